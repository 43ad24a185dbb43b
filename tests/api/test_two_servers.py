"""Two servers in processes of their own over one store: one delivers, one key is printed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from api.principals import KEY, PRINCIPAL, Principals
from api.serve import open_ledger
from ledger.service import Ledger
from tests.api.server import AT, Served, serving, system

LEASE = 4.0  # seconds; the servers under test are told so
# A delivery may take longer here than it has elsewhere: a second server starts meanwhile, on however busy a machine.
SHORT = (
    f"from api.background import leases, receivers; leases.LEASE_SECONDS = {LEASE};"
    " receivers.Receivers.__init__.__kwdefaults__['seconds'] = 120.0"
)
STORES = ["sqlite", "postgresql"]


class Receiver(ThreadingHTTPServer):
    """Listens on loopback; keeps what arrives, how many came at once, and an answer back while it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[str] = []
        self.at_once, self.most_at_once = 0, 0
        self.lock, self.answering = threading.Lock(), threading.Event()
        self.answering.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/in"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        to = self.server
        with to.lock:
            to.got.append(self.headers["webhook-id"].partition("-")[2])
            to.at_once += 1
            to.most_at_once = max(to.most_at_once, to.at_once)
        self.rfile.read(int(self.headers["Content-Length"]))
        to.answering.wait(100)
        with to.lock:
            to.at_once -= 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.answering.set()
    made.shutdown()
    made.server_close()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'lvyue.db'}"


def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "it never came about"
        time.sleep(0.02)


def record(served: Served, *names: str) -> list[str]:
    """Record systems; their positions in the ledger."""
    with served.client("bureau") as client:
        made = client.post(f"{AT}/facts", json=[system(name) for name in names]).raise_for_status()
    return [str(fact["position"]) for fact in made.json()["facts"]]


def test_one_server_delivers_and_the_other_takes_over_when_it_is_killed(
    store: str, receiver: Receiver, tmp_path: Path
) -> None:
    with serving(tmp_path, store=store, first=SHORT) as one:
        with one.client("operator") as client:
            client.post("/api/v1/webhooks", json={"url": receiver.url}).raise_for_status()
        with serving(tmp_path, store=store, first=SHORT, seeded=False) as other:
            other.keys = one.keys
            wanted = [position for number in range(10) for served in (one, other)
                      for position in record(served, f"{number}-{served.url[-5:]}")]  # fmt: skip
            until(lambda: len(receiver.got) >= len(wanted))
            time.sleep(1.0)  # twice as long as a server waits before it looks for what is due
            assert receiver.got == wanted, "each once and in order, whichever server recorded or delivered it"
            assert receiver.most_at_once == 1
        receiver.got.clear()
        receiver.answering.clear()
        first, second = record(one, "first", "second")
        until(lambda: receiver.got == [first])
        held = time.monotonic()
        with serving(tmp_path, store=store, first=SHORT, seeded=False):
            time.sleep(max(0.0, held + LEASE * 1.25 - time.monotonic()))
            assert receiver.got == [first], "the lease is renewed as long as the delivery takes"
            one.process.kill()
            one.process.join(10)
            receiver.answering.set()
            until(lambda: len(receiver.got) >= 3)
            assert receiver.got == [first, first, second], "what was under way is repeated, the rest follows"


# --- the first key -----------------------------------------------------------------------------------


def first_keys(served: Served) -> list[str]:
    return [line for line in served.printed if line.startswith("lvy_")]


def test_two_first_starts_at_once_print_one_key(store: str, tmp_path: Path) -> None:
    with ExitStack() as stack, ThreadPoolExecutor(2) as pool:
        two = [serving(tmp_path, store=store, seeded=False) for _ in range(2)]
        both = list(pool.map(lambda one: stack.enter_context(one), two))
        printed = [key for one in both for key in first_keys(one)]
        assert len(printed) == 1
        for one in both:
            one.keys["operator"] = printed[0]
            with one.client("operator") as client:
                assert [found["name"] for found in client.get("/api/v1/access/principals").json()] == ["operator"]


def test_of_many_that_ask_for_the_first_key_at_once_one_gets_it(store: str) -> None:
    open_ledger(store).store.close()
    ledgers = [Ledger(store) for _ in range(6)]
    ready = threading.Barrier(6)

    def ask(ledger: Ledger) -> str | None:
        ready.wait()
        return Principals(ledger.store, ledger.clock).first_key()

    with ThreadPoolExecutor(6) as pool:
        keys = list(pool.map(ask, ledgers))
    assert len([key for key in keys if key is not None]) == 1
    assert [len(ledgers[0].store.list(kind)) for kind in (PRINCIPAL, KEY)] == [1, 1]
    for ledger in ledgers:
        ledger.store.close()
