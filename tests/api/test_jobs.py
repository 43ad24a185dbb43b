"""What a page begins and does not wait for: how far it is, its end, its giving up, its server's end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.background import jobs as module
from api.background.jobs import Job, Jobs, Tell
from ledger.domain.errors import Refusal
from ledger.service import Ledger

SOON = 0.05  # seconds that a page waits here
LONG_ENOUGH = 10.0


class Bench:
    """A server's jobs and another server's, over one store whose clock is set; work goes on when it is let."""

    def __init__(self, folder: Path) -> None:
        self.now = 1_790_000_000_000_000
        self.ledger = Ledger(f"sqlite:///{folder / 'jobs.db'}", clock=lambda: self.now, create=True)
        self.errors: list[Exception] = []
        self.here, self.there = self.server(), self.server()
        self.go, self.ended = threading.Event(), threading.Event()

    def server(self) -> Jobs:
        return Jobs(self.ledger.store, lambda: self.now, lambda _, error: self.errors.append(error))

    def job(self) -> Job:
        return Job("C-1", "officer", "import", "十月.xlsx", self.now)

    def work(self, job: Job, tell: Tell) -> None:
        """Tells a thousand rows twice: read, then judged."""
        try:
            tell(1000)
            self.go.wait(LONG_ENOUGH)
            self.now += 10_000_000
            tell(500)
            job.to = "/done"
        finally:
            self.ended.set()

    def begun(self) -> Job:
        return self.here.begin(self.job(), self.work, SOON)

    def finished(self) -> None:
        self.go.set()
        assert self.ended.wait(LONG_ENOUGH)
        self.here._pool.submit(lambda: None).result(LONG_ENOUGH)
        self.here._pool.shutdown(wait=True)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.go.set()
    made.here.stop()
    made.there.stop()
    made.ledger.store.close()


def test_what_is_over_within_moments_leaves_no_trace(bench: Bench) -> None:
    bench.go.set()
    done = bench.here.begin(bench.job(), bench.work, LONG_ENOUGH)
    assert (done.state, done.to) == ("done", "/done")
    assert bench.ledger.store.list(module.JOB) == []


def test_what_refuses_within_moments_is_refused_to_who_waits(bench: Bench) -> None:
    def refuse(job: Job, tell: Tell) -> None:
        raise Refusal("IMPORT_NOTHING_NEW", "file")

    with pytest.raises(Refusal) as refused:
        bench.here.begin(bench.job(), refuse, LONG_ENOUGH)
    assert refused.value.code == "IMPORT_NOTHING_NEW"


def test_what_takes_longer_is_found_at_every_server_until_its_end(bench: Bench) -> None:
    job = bench.begun()
    assert bench.there.find("C-1", job.id, "officer").state == "working"
    assert [one.id for one in bench.there.under_way("C-1", "officer")] == [job.id]
    bench.finished()
    found = bench.there.find("C-1", job.id, "officer")
    assert (found.state, found.to, found.round, found.total, found.count) == ("done", "/done", 2, 1000, 500)
    assert bench.there.under_way("C-1", "officer") == []


def test_it_is_its_beginners_alone(bench: Bench) -> None:
    job = bench.begun()
    for contract, principal in (("C-1", "another"), ("C-2", "officer")):
        with pytest.raises(Refusal) as refused:
            bench.here.find(contract, job.id, principal)
        assert refused.value.code == "JOB_UNKNOWN"
        assert bench.here.under_way(contract, principal) == []


@pytest.mark.parametrize("server", ["here", "there"])
def test_it_can_be_given_up_at_any_server(bench: Bench, server: str) -> None:
    job, at = bench.begun(), getattr(bench, server)
    at.cancel(at.find("C-1", job.id, "officer"))
    bench.finished()
    assert bench.there.find("C-1", job.id, "officer").state == "cancelled"
    assert job.to == ""


def test_one_that_fails_says_why_and_the_operator_hears_of_it(bench: Bench) -> None:
    def fail(job: Job, tell: Tell) -> None:
        bench.work(job, tell)
        raise ValueError("broken")

    job = bench.here.begin(bench.job(), fail, SOON)
    bench.finished()
    found = bench.there.find("C-1", job.id, "officer")
    assert found.state == "failed"
    assert set(found.refused[0]) == {"zh", "en"}
    assert [str(error) for error in bench.errors] == ["broken"]


def test_one_whose_server_has_gone_has_failed_after_a_minute(bench: Bench) -> None:
    job = bench.begun()
    bench.now += module.SILENT
    assert bench.there.find("C-1", job.id, "officer").state == "working"
    bench.now += 1
    gone = bench.there.find("C-1", job.id, "officer")
    assert gone.state == "failed"
    assert gone.refused
    assert bench.here.find("C-1", job.id, "officer").state == "working"  # here it is known to go on
