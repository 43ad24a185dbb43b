"""Several servers of one ledger: one at a time delivers to a webhook, and another takes over from one that died."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from json import loads

import pytest

from api.background import leases
from api.background.courier import DEAD, MOST_ATTEMPTS, POSITION, Courier, forget
from api.background.leases import LEASE, LEASE_SECONDS, Leases
from api.metrics import Metrics
from ledger.log.tables import TreeTables
from ledger.service import Ledger
from ledger.store import Store, open_store
from tests.api.server import CONTRACT, signed, system, terms
from tests.api.test_events import Receiver, hook, rounds

MICROSECONDS = 1_000_000
LENGTH = int(LEASE_SECONDS * MICROSECONDS)


class Clock:
    """Stands still until it is moved; starts after every fact of these tests."""

    def __init__(self) -> None:
        self.now = 1_795_000_000_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    url = "sqlite:///:memory:" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with open_store(url, create=True, extensions=[TreeTables()]) as made:
        yield made


@pytest.fixture
def ledger(store: Store, clock: Clock) -> Ledger:
    """With three facts and a webhook that wants them all."""
    made = Ledger(store, clock=clock)
    made.register(terms())
    made.record(CONTRACT, [signed(), system("one")])
    hook(made)
    return made


# --- a lease -----------------------------------------------------------------------------------------


def test_what_one_holds_another_does_not_get(store: Store, clock: Clock) -> None:
    one, other = Leases(store, clock), Leases(store, clock)
    assert one.take("work") and not other.take("work") and not other.free("work")
    assert not one.take("work"), "not even another thread of the same server"
    one.release("work")
    assert other.take("work")


@pytest.mark.parametrize(("passed", "free"), [(LENGTH - 1, False), (LENGTH, True), (LENGTH + 1, True)])
def test_a_lease_runs_out(store: Store, clock: Clock, passed: int, free: bool) -> None:
    one, other = Leases(store, clock), Leases(store, clock)
    one.take("work")
    clock.now += passed
    assert (other.free("work"), other.take("work")) == (free, free)


def test_who_has_lost_it_neither_keeps_nor_releases_it(store: Store, clock: Clock) -> None:
    one, other = Leases(store, clock), Leases(store, clock)
    one.take("work")
    clock.now += LENGTH
    other.take("work")
    with store.writing() as transaction:
        assert not one.keep_in(transaction, "work")
    one.renew("work")
    one.release("work")
    with store.writing() as transaction:
        assert other.keep_in(transaction, "work")


@pytest.mark.parametrize(("passed", "renewed"), [(LENGTH // 3 - 1, False), (LENGTH // 3, True)])
def test_a_lease_is_renewed_once_a_third_has_passed(store: Store, clock: Clock, passed: int, renewed: bool) -> None:
    one = Leases(store, clock)
    one.take("work")
    clock.now += passed
    one.renew("work")
    clock.now += LENGTH - passed
    assert one.free("work") is not renewed


def test_of_many_that_take_it_at_once_one_gets_it(store: Store, clock: Clock) -> None:
    got, ready = list[bool](), threading.Barrier(8)

    def take() -> None:
        mine = Leases(store, clock)
        ready.wait()
        got.append(mine.take("work"))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 7 + [True]


# --- deliveries under it -----------------------------------------------------------------------------


class Held(Receiver):
    """Does the one thing it is told to before it answers its first delivery."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        super().__init__()
        self.meanwhile: Callable[[], None] | None = meanwhile

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        status = super().post(url, body, headers)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return status


def courier(ledger: Ledger, receiver: Receiver, first_wait: float = 1.0) -> Courier:
    return Courier(ledger, Metrics(lines=False), post=receiver.post, first_wait=first_wait)


def ids(receiver: Receiver) -> list[str]:
    return [headers["webhook-id"] for _, _, headers in receiver.got]


def test_while_one_server_delivers_another_keeps_away(ledger: Ledger) -> None:
    idle = Receiver()
    busy = Held(lambda: rounds(courier(ledger, idle)))
    rounds(courier(ledger, busy))
    assert (ids(busy), ids(idle)) == (["h1-1", "h1-2", "h1-3"], [])


def test_who_was_overtaken_notes_nothing_and_stops(ledger: Ledger, clock: Clock) -> None:
    def overtake() -> None:
        clock.now += LENGTH
        rounds(courier(ledger, swift))

    swift, slow = Receiver(), Held(overtake)
    rounds(courier(ledger, slow))
    assert (ids(slow), ids(swift)) == (["h1-1"], ["h1-1", "h1-2", "h1-3"]), "repeated under the same id, in order"
    assert ledger.store.get(POSITION, "h1") == b"3-0"


def test_a_long_delivery_is_not_taken_away_from_whoever_renews(ledger: Ledger, clock: Clock) -> None:
    idle, begun = Receiver(), threading.Event()

    def long() -> None:
        begun.wait(10)
        for _ in range(6):
            clock.now += LENGTH // 2
            slow.round()
            rounds(courier(ledger, idle))

    busy = Held(long)
    slow = courier(ledger, busy)
    delivery = slow.round()[0]
    begun.set()
    delivery.result(10)
    assert (ids(busy), ids(idle)) == (["h1-1", "h1-2", "h1-3"], [])


def test_attempts_count_and_waits_hold_across_servers(ledger: Ledger, clock: Clock) -> None:
    failing = Receiver(*([500] * MOST_ATTEMPTS))
    for number in range(MOST_ATTEMPTS):
        assert len(failing.got) == number
        rounds(courier(ledger, failing, first_wait=1.0))
        rounds(courier(ledger, failing, first_wait=1.0))  # another server, at once: it waits too
        clock.now += 2**number * MICROSECONDS
    letters = [loads(one.value) for one in ledger.store.list(DEAD)]
    assert [(one["position"], one["attempts"], one["last_status"]) for one in letters] == [(1, MOST_ATTEMPTS, 500)]
    assert ids(failing) == ["h1-1"] * MOST_ATTEMPTS + ["h1-2", "h1-3"]


def test_a_wait_ends_when_it_is_over(ledger: Ledger, clock: Clock) -> None:
    failing = Receiver(500)
    rounds(courier(ledger, failing, first_wait=60.0))
    clock.now += 60 * MICROSECONDS - 1
    rounds(courier(ledger, failing))
    assert ids(failing) == ["h1-1"]
    clock.now += 1
    rounds(courier(ledger, failing))
    assert ids(failing) == ["h1-1", "h1-1", "h1-2", "h1-3"]


def test_a_webhook_removed_in_the_middle_gets_no_more_and_leaves_nothing(ledger: Ledger) -> None:
    def removed() -> None:
        with ledger.store.writing() as transaction:
            forget(transaction, "h1")

    receiver = Held(removed)
    rounds(courier(ledger, receiver))
    assert ids(receiver) == ["h1-1"]
    assert not ledger.store.list(POSITION) and not ledger.store.list(LEASE)


def test_no_lease_is_held_where_there_is_nothing_to_deliver(ledger: Ledger) -> None:
    rounds(courier(ledger, Receiver()))
    assert ledger.store.list(leases.LEASE) == []
