"""Work that a request begins and does not wait for: done in the background, visible from any page or server, and
cancellable.

Work that ends within moments leaves no trace. Other work is stored with its progress, so that whoever began it finds it
again after looking at another page, at another server too. It is kept for a while after its end; work whose server has
gone has failed.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from json import loads
from typing import Any, Literal

from ledger.domain.errors import Refusal
from ledger.domain.values import quoted
from ledger.messages import refusal
from ledger.store import Store
from ledger.store.encoding import encode

JOB = "job"
KEPT = 600 * 1_000_000  # µs after it was last noted
SILENT = 60 * 1_000_000  # µs without a note, after which its server counts as gone
NOTED_SECONDS = 2.0  # between two notes of how far it is, for each is a commit
MOST_WAITING = 20

State = Literal["working", "done", "failed", "cancelled"]
Tell = Callable[[int], None]


class GivenUp(Exception):
    """The job was cancelled."""


@dataclass(slots=True)
class Job:
    """A piece of work: who began it, its kind (``what``), how many rows of how many are done.

    ``round`` counts how often counting started again: a file is read, then checked. When done, its outcome is shown at
    the address ``to``, with what was ``found``; when failed, ``refused`` says why, in both languages. Moments are in
    µs.
    """

    contract: str
    principal: str
    what: str
    name: str
    begun_at: int
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    state: State = "working"
    count: int = 0
    total: int = 0
    round: int = 1
    noted_at: int = 0
    to: str = ""
    found: Any = None
    refused: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class JobHere:
    """A job of this server: its thread's future, whether it is stored, and what it raised."""

    job: Job
    work: Future[None] = field(default_factory=Future)
    shown: bool = False
    cancelled: bool = False
    raised: Refusal | None = None


class Jobs:
    """The jobs begun at one server. Safe to use from several threads; other servers of the ledger may run meanwhile."""

    def __init__(self, store: Store, clock: Callable[[], int], failed: Callable[[str, Exception], object]) -> None:
        """``failed`` is called, with the job's id, for errors that are no refusal."""
        self._store, self._clock, self._failed = store, clock, failed
        self._pool = ThreadPoolExecutor(2, "job")
        self._own: dict[str, JobHere] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._keeper: threading.Thread | None = None

    def begin(self, job: Job, do: Callable[[Job, Tell], None], seconds: float) -> Job:
        """Begin a job and wait for at most so many seconds; ``do`` sets where the outcome is, and reports progress.

        Raises what the job raised, where it ended meanwhile. Refusal SERVER_BUSY where too many wait.
        """
        with self._lock:
            if sum(not one.work.done() for one in self._own.values()) >= MOST_WAITING:
                raise Refusal("SERVER_BUSY")
            own = self._own[job.id] = JobHere(job)
            own.work = self._pool.submit(self._do, own, do)
        wait([own.work], seconds)
        if own.work.done():
            self._own.pop(job.id, None)
            if own.raised is not None:
                raise own.raised
            own.work.result()
        else:
            self._show(own)
        return job

    def find(self, contract: str, id_: str, principal: str) -> Job:
        """A job of its owner. Refusal JOB_UNKNOWN."""
        own = self._own.get(id_)
        value = None if own is not None else self._store.get(JOB, id_)
        job = own.job if own is not None else self._read(value) if value is not None else None
        if job is None or (job.contract, job.principal) != (contract, principal):
            raise Refusal("JOB_UNKNOWN", "job", id=quoted(id_))
        return job

    def under_way(self, contract: str, principal: str) -> list[Job]:
        """The unfinished jobs of an owner."""
        kept = {job.id: job for job in (self._read(one.value) for one in self._store.list(JOB))}
        kept |= {id_: own.job for id_, own in list(self._own.items()) if own.shown}
        return [job for job in kept.values() if job.state == "working"
                and (job.contract, job.principal) == (contract, principal)]  # fmt: skip

    def cancel(self, job: Job) -> None:
        """Cancel a job: it ends at its next progress report, and leaves nothing behind. A finished job stays as it
        ended.
        """
        own = self._own.get(job.id)
        if own is not None:
            own.cancelled = True
            if own.work.cancel():  # it had not begun
                job.state = "cancelled"
                self._put(job)
        elif job.state == "working":
            job.state = "cancelled"  # its server finds that out when it next notes how far it is
            self._put(job)

    def stop(self) -> None:
        """End unfinished jobs; they have failed, and nothing of them is left."""
        self._stop.set()
        for own in list(self._own.values()):
            own.cancelled = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    # -- working --------------------------------------------------------------------------------------

    def _do(self, own: JobHere, do: Callable[[Job, Tell], None]) -> None:
        job = own.job
        try:
            do(job, self._teller(own))
            job.state = "done"
        except GivenUp:
            job.state = "cancelled"
            if self._stop.is_set():
                self._refuse(job, Refusal("JOB_INTERRUPTED"))
        except Refusal as refused:
            own.raised = refused
            self._refuse(job, refused)
        except Exception as error:
            self._refuse(job, Refusal("JOB_FAILED"))
            if not own.shown:  # who waits for it hears of it
                raise
            self._failed(job.id, error)
        if own.shown:
            self._put(job)

    @staticmethod
    def _refuse(job: Job, refused: Refusal) -> None:
        faults = refused.faults or (refused,)
        job.refused = [{"zh": refusal(one, "zh"), "en": refusal(one, "en")} for one in faults]
        job.state = "failed"

    def _teller(self, own: JobHere) -> Tell:
        job = own.job

        def tell(count: int) -> None:
            if own.cancelled:
                raise GivenUp
            if count < job.count:
                job.round, job.total = job.round + 1, max(job.total, job.count)
            job.count = count
            if own.shown and self._clock() - job.noted_at > NOTED_SECONDS * 1_000_000:
                self._note(own)

        return tell

    def _note(self, own: JobHere) -> None:
        value = self._store.get(JOB, own.job.id)
        if value is not None and loads(value)["state"] == "cancelled":
            raise GivenUp
        self._put(own.job)

    # -- keeping --------------------------------------------------------------------------------------

    def _show(self, own: JobHere) -> None:
        """Store an unfinished job, and remove those that ended long ago."""
        own.shown = True
        self._put(own.job)
        for one in self._store.list(JOB) if not self._store.replica else ():
            if one.recorded_at < self._clock() - KEPT:
                self._store.remove(JOB, one.key)
        with self._lock:
            self._own = {id_: one for id_, one in self._own.items() if not one.work.done() or one is own}
            if self._keeper is None or not self._keeper.is_alive():
                self._keeper = threading.Thread(target=self._keep, name="job-keeper", daemon=True)
                self._keeper.start()

    def _keep(self) -> None:
        """Let other servers know that a job without progress reports is still running."""
        while not self._stop.wait(SILENT / 6_000_000):
            working = [own for own in list(self._own.values()) if own.shown and not own.work.done()]
            if not working:
                return
            for own in working:
                with suppress(GivenUp, Refusal):
                    self._note(own)

    def _put(self, job: Job) -> None:
        job.noted_at = self._clock()
        if self._store.replica:
            return  # what is worked out on a replica only its own server knows
        self._store.put(JOB, job.id, encode(asdict(job)), at=job.noted_at)

    def _read(self, value: bytes) -> Job:
        job = Job(**loads(value))
        if job.state == "working" and job.id not in self._own and job.noted_at < self._clock() - SILENT:
            self._refuse(job, Refusal("JOB_INTERRUPTED"))
        return job
