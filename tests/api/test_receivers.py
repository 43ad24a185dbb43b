"""Receivers that drip, stall, redirect or lie about where they are cost one delivery its time, and nobody else any."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from api.background.courier import POSITION, WEBHOOK, Courier
from api.background.receivers import ReceiverRefused, Receivers
from api.metrics import Metrics
from api.serve import open_ledger
from ledger.service import Ledger
from ledger.store.encoding import encode
from tests.api.server import CONTRACT, serving, signed, system, terms
from tests.api.test_events import SECRET

SECONDS = 0.8  # for one delivery here
BODY = b"x" * 60_000
OK = b"HTTP/1.1 204 No Content\r\n\r\n"

Does = Callable[[socket.socket], None]


@contextmanager
def receiver(does: Does) -> Iterator[int]:
    """A port of loopback where every connection is met by ``does`` in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def meet(line: socket.socket) -> None:
            with line, suppress(OSError):  # the other side has hung up
                does(line)

        def accept() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=meet, args=(line,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


def some(line: socket.socket, most: int = 65536) -> bytes:
    """What has arrived. ConnectionError where the other side has hung up, of which nothing more comes."""
    got = line.recv(most)
    if not got:
        raise ConnectionError
    return got


def reads(line: socket.socket) -> bytes:
    """A whole request."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += some(line)
    head, _, body = got.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += some(line)
    return head


def drips(line: socket.socket) -> None:
    reads(line)
    line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        line.sendall(b"a")
        time.sleep(0.05)


def drips_at_once(line: socket.socket) -> None:
    while True:
        line.sendall(b"\x16")
        time.sleep(0.05)


def says_nothing(line: socket.socket) -> None:
    reads(line)
    line.recv(1)


def reads_slowly(line: socket.socket) -> None:
    while True:
        some(line, 1)
        time.sleep(0.05)


def announces(line: socket.socket) -> None:
    """A heading without an end."""
    reads(line)
    while True:
        line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(0.05)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("does", [drips, drips_at_once, says_nothing, reads_slowly, announces])
def test_given_a_receiver_that_drips_when_the_time_of_a_delivery_is_over_then_it_is_over(
    does: Does, scheme: str
) -> None:
    receivers = Receivers(loopback=True, seconds=SECONDS)
    with receiver(does) as port:
        begun = time.monotonic()
        status = receivers.post(f"{scheme}://127.0.0.1:{port}/", BODY, {})
        took = time.monotonic() - begun
    assert status == 0
    assert took < SECONDS + 1.0, "the whole of it, and not from byte to byte"


def test_given_a_name_nobody_answers_for_when_the_time_is_over_then_it_is_over() -> None:
    asked = threading.Event()
    receivers = Receivers(loopback=True, seconds=SECONDS, resolve=lambda *_: [str(asked.wait(20))])
    begun = time.monotonic()
    assert receivers.post("https://slow.example/", b"", {}) == 0
    assert time.monotonic() - begun < SECONDS + 1.0
    asked.set()


def test_given_an_answer_when_its_body_never_ends_then_the_status_counts() -> None:
    def endless(line: socket.socket) -> None:
        reads(line)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while True:
            line.sendall(b"a")
            time.sleep(0.05)

    with receiver(endless) as port:
        assert Receivers(loopback=True, seconds=SECONDS).post(f"http://127.0.0.1:{port}/", BODY, {}) == 200


def test_given_a_redirect_then_it_is_not_followed() -> None:
    asked = list[bytes]()

    def elsewhere(line: socket.socket) -> None:
        asked.append(reads(line))
        line.sendall(OK)

    with receiver(elsewhere) as other:

        def redirects(line: socket.socket) -> None:
            reads(line)
            line.sendall(f"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:{other}/\r\n\r\n".encode())

        with receiver(redirects) as port:
            assert Receivers(loopback=True).post(f"http://127.0.0.1:{port}/", BODY, {}) == 307
    assert asked == []


# --- where they are ----------------------------------------------------------------------------------


def test_given_a_name_that_answers_differently_each_time_then_the_call_goes_where_the_first_answer_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    heads, asked = list[bytes](), list[str]()

    def answers(line: socket.socket) -> None:
        heads.append(reads(line))
        line.sendall(OK)

    def rebinds(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["169.254.169.254"]

    with receiver(answers) as port:
        receivers = Receivers(loopback=True, resolve=rebinds)
        url = f"http://receiver.example:{port}/in?a=b"
        assert receivers.post(url, b"{}", {"webhook-id": "h1-1"}) == 204
        assert receivers.post(url, b"{}", {}) == 0, "the second answer is judged too"
    assert asked == ["receiver.example"] * 2 and len(heads) == 1
    assert heads[0].startswith(b"POST /in?a=b HTTP/1.1\r\n")
    assert f"host: receiver.example:{port}".encode() in heads[0].lower()
    assert b"webhook-id: h1-1" in heads[0].lower()


NOT_PUBLIC = (
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "192.0.2.1", "198.18.0.1",
    "240.0.0.1", "255.255.255.255", "224.0.0.1", "fe80::1", "fe80::1%lo", "fd00:ec2::254", "fec0::1", "2001:db8::1",
    "ff02::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::10.0.0.1", "2002:a00:1::", "::a00:1",
    "64:ff9b:1::1",
)  # fmt: skip
HERE = ("127.0.0.1", "127.8.8.8", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::")
PUBLIC = ("8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808")


def leading_to(*addresses: str, **more: bool) -> Receivers:
    return Receivers(["OA.bureau.example."], resolve=lambda *_: list(addresses), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_given_an_address_that_is_not_public_then_only_a_host_the_operator_named_may_have_it(address: str) -> None:
    with pytest.raises(ReceiverRefused):
        leading_to(address).addresses("other.example")
    with pytest.raises(ReceiverRefused):
        leading_to("8.8.8.8", address).addresses("other.example")
    assert leading_to(address).addresses("oa.bureau.example") == [address]


@pytest.mark.parametrize("address", HERE)
def test_given_an_address_of_this_machine_then_nobody_may_have_it_outside_a_test(address: str) -> None:
    for host in ("other.example", "oa.bureau.example"):
        with pytest.raises(ReceiverRefused):
            leading_to(address).addresses(host)
        assert leading_to(address, loopback=True).addresses(host) == [address]


@pytest.mark.parametrize("address", PUBLIC)
def test_given_a_public_address_then_anybody_may_have_it(address: str) -> None:
    assert leading_to(address).addresses("other.example") == [address]


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "017700000001"])
def test_given_this_machine_under_another_name_then_it_is_this_machine(host: str) -> None:
    with pytest.raises(ReceiverRefused):
        Receivers().addresses(host)


def test_given_a_server_then_what_it_was_started_with_says_who_may_receive(tmp_path: Path) -> None:
    first = "import os; del os.environ['LVYUE_TEST_RECEIVERS']"

    def refused(client: httpx.Client, url: str) -> tuple[int, str, str]:
        answer = client.post("/api/v1/webhooks", json={"url": url}, headers={"Accept-Language": "en"})
        return answer.status_code, answer.json().get("code", ""), answer.json().get("detail", "")

    with (
        serving(tmp_path, "--allow-receiver", "10.1.2.3", "--allow-receiver", "127.0.0.1", first=first) as served,
        served.client("operator") as client,
    ):
        assert refused(client, "https://10.1.2.3/in")[0] == 201
        status, code, detail = refused(client, "https://10.1.2.4/in")
        assert (status, code) == (422, "WEBHOOK_NOT_PUBLIC") and "10.1.2.4" in detail and "--allow-receiver" in detail
        assert refused(client, "https://[::ffff:169.254.169.254]/latest")[:2] == (422, "WEBHOOK_NOT_PUBLIC")
        assert refused(client, "https://127.0.0.1/in")[:2] == (422, "WEBHOOK_NOT_PUBLIC")
        assert refused(client, "http://127.0.0.1/in")[:2] == (422, "WEBHOOK_ADDRESS")
        assert refused(client, "https://nowhere.invalid/in")[0] == 201


# --- and the others ----------------------------------------------------------------------------------


@pytest.fixture
def ledger() -> Ledger:
    made = open_ledger("sqlite:///:memory:")
    made.register(terms())
    made.record(CONTRACT, [signed(), system("one")])
    return made


def subscribe(ledger: Ledger, name: str, port: int) -> None:
    what = {"url": f"http://127.0.0.1:{port}/{name}", "contract": "*", "types": [], "secret": SECRET,
            "created_at": "2026-01-01T00:00:00.000000Z"}  # fmt: skip
    ledger.store.put(WEBHOOK, name, encode(what), at=0)
    ledger.store.put(POSITION, name, b"0", at=0)


def test_given_thirty_receivers_that_drip_when_one_is_well_then_it_does_not_wait(ledger: Ledger) -> None:
    arrived = dict[str, float]()

    def well(line: socket.socket) -> None:
        head = reads(line)
        arrived[head.split(b"webhook-id: ")[1].split(b"\r\n")[0].decode()] = time.monotonic()
        line.sendall(OK)

    with ExitStack() as stack:
        slow, quick = stack.enter_context(receiver(drips)), stack.enter_context(receiver(well))
        for number in range(30):
            subscribe(ledger, f"a{number:02d}", slow)
        subscribe(ledger, "zz", quick)
        courier = Courier(ledger, Metrics(lines=False), post=Receivers(loopback=True, seconds=5.0).post)
        begun = time.monotonic()
        courier.round()
        while len(arrived) < 3 and time.monotonic() - begun < 4.0:
            time.sleep(0.01)
        assert list(arrived) == ["zz-1", "zz-2", "zz-3"]
        assert max(arrived.values()) - begun < 4.0, "before any of the others is given up"
        courier.stop()


def test_given_a_receiver_that_drips_when_its_attempts_are_used_up_then_the_fact_is_listed_as_undelivered(
    ledger: Ledger,
) -> None:
    with receiver(drips) as port:
        subscribe(ledger, "h1", port)
        post = Receivers(loopback=True, seconds=0.05).post
        courier = Courier(ledger, Metrics(lines=False), post=post, first_wait=0.0)
        for _ in range(8):
            for done in courier.round():
                done.result(10)
        courier.stop()
    letters = [json.loads(one.value) for one in ledger.store.list("dead-letter")]
    assert [(one["fact"], one["attempts"], one["last_status"]) for one in letters] == [(f"{CONTRACT}#1", 8, 0)]
