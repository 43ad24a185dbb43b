"""What one principal or stranger may take, and that the others get theirs all the same."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from api.background.exports import ExportRequest, Exports
from api.background.packages import MOST_OF_ONE as MOST_EXPORTS
from api.oidc import Tokens
from api.principals import Principals
from api.proxies import Proxies
from api.serve import open_ledger
from api.settings import Oidc
from api.streams import MOST_OF_ONE as MOST_STREAMS
from ledger.domain.errors import Refusal
from ledger.service import Ledger, Question
from tests.api.server import AT, CONTRACT, Served, serving, terms

WRONG = "lvy_000000000000_" + "A" * 43


def ask(served: Served, key: str, **headers: str) -> httpx.Response:
    with served.client() as client:
        return client.get("/api/v1/me", headers={"Authorization": f"Bearer {key}"} | headers)


# --- strangers -----------------------------------------------------------------------------------------


def test_given_strangers_from_one_address_when_they_have_to_wait_then_no_good_key_from_there_does(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, rate=1) as served:
        found = [ask(served, WRONG) for _ in range(20)]
        assert {answer.status_code for answer in found} == {401, 429}
        refused = next(answer for answer in found if answer.status_code == 429)
        assert (refused.json()["code"], refused.headers["Retry-After"]) == ("RATE_EXCEEDED", "1")
        # Looked up for the first time, and so known to nobody yet.
        assert [ask(served, served.keys[who]).status_code for who in ("provider", "watch", "audit")] == [200] * 3


def test_given_a_proxy_that_is_named_then_each_client_behind_it_has_its_own_turn(tmp_path: Path) -> None:
    with serving(tmp_path, "--proxy-headers", "127.0.0.1", rate=1) as served:
        hasty = [ask(served, WRONG, **{"X-Forwarded-For": f"10.9.9.{count}, 8.8.8.8"}) for count in range(20)]
        calm = ask(served, WRONG, **{"X-Forwarded-For": "8.8.4.4"})
    assert 429 in {answer.status_code for answer in hasty}, "what it wrote itself into the header changes nothing"
    assert calm.status_code == 401


def test_given_no_proxy_that_is_named_then_the_header_is_anybodys_word(tmp_path: Path) -> None:
    with serving(tmp_path, rate=1) as served:
        found = [ask(served, WRONG, **{"X-Forwarded-For": f"8.8.8.{count}"}) for count in range(20)]
    assert 429 in {answer.status_code for answer in found}


@pytest.mark.parametrize(("peer", "forwarded", "client"), [
    ("8.8.8.8", [], "8.8.8.8"),
    ("8.8.8.8", ["9.9.9.9"], "8.8.8.8"),
    ("10.0.0.5", [], "10.0.0.5"),
    ("10.0.0.5", ["9.9.9.9"], "9.9.9.9"),
    ("10.0.0.5", ["1.1.1.1, 9.9.9.9"], "9.9.9.9"),
    ("10.0.0.5", ["1.1.1.1", "9.9.9.9, 10.1.2.3"], "9.9.9.9"),
    ("10.0.0.5", ["10.1.2.3"], "10.1.2.3"),
    ("10.0.0.5", ["9.9.9.9, unknown"], "10.0.0.5"),
    ("10.0.0.5", ["9.9.9.9, junk, 10.1.2.3"], "10.1.2.3"),
    ("10.0.0.5", [""], "10.0.0.5"),
    ("10.0.0.5", ["9.9.9.9:4711"], "9.9.9.9"),
    ("10.0.0.5", ["[2001:db8::1]:4711"], "2001:db8::/64"),
    ("::ffff:10.0.0.5", ["2001:db8::1"], "2001:db8::/64"),
    ("fd00::5", ["::ffff:9.9.9.9"], "9.9.9.9"),
    ("2400:3200::1:2:3:4", [], "2400:3200:0:0::/64"),
    ("local", ["9.9.9.9"], "local"),
])  # fmt: skip
def test_whose_request_it_is_behind_proxies(peer: str, forwarded: list[str], client: str) -> None:
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    expected = client.replace("2400:3200:0:0::/64", "2400:3200::/64")
    assert Proxies(["10.0.0.5", "10.1.0.0/16", "fd00::5"]).client(peer, headers) == expected


@pytest.mark.parametrize("given", ["proxy.example", "10.0.0.5/8", "10.0.0", ""])
def test_what_names_no_proxy_is_refused(given: str) -> None:
    with pytest.raises(Refusal, match="SERVE_PROXY"):
        Proxies([given])


def test_given_a_provider_that_answers_no_more_when_strangers_bring_tokens_then_nobody_waits_twice() -> None:
    """An address nobody answers at: each look-up of the keys would take its whole timeout."""
    silent = socket.create_server(("127.0.0.1", 0))  # connections are taken, and nothing is said
    ledger = open_ledger("sqlite:///:memory:")
    provider = Oidc("https://id.example", "lvyue", f"https://127.0.0.1:{silent.getsockname()[1]}/keys")
    tokens = Tokens(provider, Principals(ledger.store, ledger.clock))
    refused = list[str]()

    def bring() -> None:
        try:
            tokens.authenticate("a.b.c")
        except Refusal as said:
            refused.append(said.code)

    threads = [threading.Thread(target=bring) for _ in range(20)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    silent.close()
    assert refused == ["OIDC_UNREACHABLE"] * 20
    assert time.monotonic() - begun < 8.0, "once for all of them, and not one after another"


# --- event streams -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose places nobody else's tests take."""
    with serving(tmp_path_factory.mktemp("bounds")) as served:
        yield served


def test_given_one_principal_with_its_share_of_streams_then_it_waits_and_nobody_else_does(apart: Served) -> None:
    def opened(client: httpx.Client) -> int:
        return stack.enter_context(client.stream("GET", "/api/v1/events")).status_code

    with ExitStack() as stack:
        greedy = stack.enter_context(apart.client("bureau", limits=httpx.Limits(max_connections=None)))
        assert [opened(greedy) for _ in range(MOST_STREAMS)] == [200] * MOST_STREAMS
        refused = greedy.get("/api/v1/events")
        assert (refused.status_code, refused.json()["code"]) == (429, "STREAMS_MANY")
        assert int(refused.headers["Retry-After"]) >= 1
        assert greedy.get(f"{AT}/status").status_code == 200
        for who in ("provider", "watch"):
            assert opened(stack.enter_context(apart.client(who))) == 200
    with apart.client("bureau") as again:
        give_up = time.monotonic() + 10
        while True:
            with again.stream("GET", "/api/v1/events") as stream:
                if stream.status_code == 200:
                    break
            assert time.monotonic() < give_up, "a place is given back with the stream"
            time.sleep(0.05)


def test_given_many_that_ask_at_once_when_there_is_room_for_some_then_no_more_get_in(apart: Served) -> None:
    found, ready, done = list[int](), threading.Barrier(3 * MOST_STREAMS), threading.Event()

    def open_() -> None:
        with apart.client("watch") as client:
            ready.wait(30)
            with client.stream("GET", "/api/v1/events") as stream:
                found.append(stream.status_code)
                done.wait(30)

    threads = [threading.Thread(target=open_) for _ in range(3 * MOST_STREAMS)]
    for thread in threads:
        thread.start()
    give_up = time.monotonic() + 30
    while len(found) < len(threads) and time.monotonic() < give_up:
        time.sleep(0.05)
    done.set()
    for thread in threads:
        thread.join()
    assert found.count(200) <= MOST_STREAMS and set(found) == {200, 429}


@pytest.mark.parametrize("by", ["key", "role"])
def test_given_a_stream_when_its_key_is_revoked_then_it_ends_within_a_second(apart: Served, by: str) -> None:
    def once(number: int) -> float:
        """Seconds from the revocation's answer to the end of the stream."""
        with apart.client("operator") as operator, apart.client() as client:
            name = f"reader-{by}-{number}"
            operator.put(f"/api/v1/access/principals/{name}", json={"role": "auditor"}).raise_for_status()
            issued = operator.post(f"/api/v1/access/principals/{name}/keys", json={}).json()
            headers = {"Authorization": f"Bearer {issued['key']}"}
            with client.stream("GET", "/api/v1/events", headers=headers) as stream:
                lines = stream.iter_lines()
                next(lines)
                if by == "key":
                    operator.delete(f"/api/v1/access/keys/{issued['id']}").raise_for_status()
                else:
                    at = f"/api/v1/access/principals/{name}?contract=*"
                    operator.delete(at, headers={"If-Match": "*"}).raise_for_status()
                begun = time.monotonic()
                assert not [line for line in lines if line.startswith("data")]
                return time.monotonic() - begun

    assert min(once(number) for number in range(3)) < 1.0  # of three, for the machine may be busy with others


# --- packages ------------------------------------------------------------------------------------------


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = open_ledger(f"sqlite:///{tmp_path / 'lvyue.db'}")
    made.register(terms())
    yield made
    made.store.close()


def wanted(principal: str) -> ExportRequest:
    return ExportRequest(CONTRACT, Question(), (), (), "party_a", principal)


def test_given_one_principal_with_its_share_of_packages_then_it_waits_and_nobody_else_does(ledger: Ledger) -> None:
    exports = Exports(ledger, Principals(ledger.store, ledger.clock))
    other = Exports(ledger, Principals(ledger.store, ledger.clock))  # of another server of the same ledger
    mine = [exports.ask(wanted("bureau")) for _ in range(MOST_EXPORTS)]
    for server in (exports, other):
        with pytest.raises(Refusal, match="EXPORTS_MANY"):
            server.ask(wanted("bureau"))
    theirs = other.ask(wanted("provider"))
    for export in mine:
        exports.cancel(export.id)
    again = exports.ask(wanted("bureau"))
    assert exports.ended(again.id, 60) and other.ended(theirs.id, 60)
    exports.stop()
    other.stop()
    assert exports.packages.find(again.id).state == other.packages.find(theirs.id).state == "done"


def test_given_packages_that_wait_are_built_and_are_done_when_each_is_cancelled_then_nothing_of_it_is_left(
    ledger: Ledger, tmp_path: Path
) -> None:
    exports = Exports(ledger, Principals(ledger.store, ledger.clock))
    done = exports.ask(wanted("bureau"))
    assert exports.ended(done.id, 60)
    assert exports.packages.file(exports.packages.find(done.id)).is_file()
    building, waiting = exports.ask(wanted("bureau")), exports.ask(wanted("bureau"))
    while exports.packages.find(building.id).progress == 0:
        time.sleep(0.005)
    for export in (done, building, waiting):
        exports.cancel(export.id)
        with pytest.raises(Refusal, match="EXPORT_UNKNOWN"):
            exports.packages.find(export.id)
    assert exports.ended(building.id, 60)
    exports.stop()
    assert ledger.store.list("export") == [] and ledger.store.list("lease") == []
    assert list((tmp_path / "lvyue.db.exports").iterdir()) == []
    assert sum(fact.type == "EvidenceExported" for fact in ledger.facts(CONTRACT)) <= 2, "the one that waited is none"


def test_given_a_package_when_it_is_cancelled_over_the_wire_then_only_whoever_asked_may(tmp_path: Path) -> None:
    slow = "import time, ledger.evidence.export as e; w = e.write; e.write = lambda *a: (time.sleep(3), w(*a))[1]"
    at, background = f"{AT}/evidence", {"Prefer": "respond-async"}
    with serving(tmp_path, first=slow) as served, served.client("bureau") as bureau, served.client("watch") as watch:
        asked = [bureau.get(at, headers=background) for _ in range(MOST_EXPORTS + 1)]
        assert [answer.status_code for answer in asked] == [202] * MOST_EXPORTS + [429]
        assert asked[-1].json()["code"] == "EXPORTS_MANY" and int(asked[-1].headers["Retry-After"]) >= 1
        assert watch.get(at, headers=background).status_code == 202
        for place in [answer.headers["Location"] for answer in asked[:-1]]:
            assert watch.delete(place).status_code == 404
            assert bureau.delete(place).status_code == 204
            assert bureau.get(place).status_code == bureau.delete(place).status_code == 404
        assert bureau.get(at, headers=background).status_code == 202
