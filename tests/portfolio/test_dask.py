"""A portfolio swept by a Dask cluster of processes of their own: the same rows, also where a worker is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from ledger import projector as module
from ledger.dask import in_dask
from ledger.domain.errors import Refusal
from ledger.portfolio_rows import assumed
from ledger.service import Ledger
from ledger.store import portfolio
from tests.portfolio.test_portfolio import TRIVIAL, city, clock

__all__ = ["city", "clock"]  # fixtures

distributed = pytest.importorskip("distributed")


@pytest.fixture
def url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
def cluster(city: Ledger) -> Iterator[object]:
    """A scheduler and two workers, each a process that has the store in its environment."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, env={"LVYUE_STORE": city.store.url}
    ) as made:
        yield made


def rows(city: Ledger) -> list[object]:
    serving = city.projector.serving()
    assert serving is not None
    return list(portfolio.rows(city.store, serving.number, 0, city.store.leaf_count()))


def test_other_machines_make_the_rows_this_one_would_and_a_killed_worker_is_replaced(
    city: Ledger, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHUNK", 1)
    city.projector.rebuild()
    here = rows(city)
    assumes = assumed(city.calendar())
    with in_dask(cluster.scheduler_address, city.store, assumes) as swept:
        city.projector.rebuild(swept)
        assert rows(city) == here and len(here) > 3
        victim = next(iter(cluster.workers.values())).pid
        city.projector.rebuild(swept, lambda done, _: os.kill(victim, signal.SIGKILL) if done == 1 else None)
        assert rows(city) == here and city.audit().sound

    def refused(assumed_here: str) -> str:
        with in_dask(cluster.scheduler_address, city.store, assumed_here) as made, pytest.raises(Refusal) as wrong:
            list(made([[TRIVIAL]], city.clock()))
        return wrong.value.code

    assert refused("another program") == "DASK_OTHER_PROGRAM"
    monkeypatch.setattr("ledger.dask.identity", lambda _: "another ledger")
    assert refused(assumes) == "DASK_OTHER_LEDGER"


def test_what_no_cluster_can_sweep_is_refused(city: Ledger) -> None:
    with pytest.raises(Refusal, match="DASK_UNREACHABLE"), in_dask("tcp://127.0.0.1:1", city.store, ""):
        pass
    in_memory = Ledger("sqlite:///:memory:", create=True).store
    with pytest.raises(Refusal, match="DASK_NEEDS_SERVER"), in_dask("tcp://127.0.0.1:1", in_memory, ""):
        pass
