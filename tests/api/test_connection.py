"""Before a request is one: heads too large or too slow, bytes that are no request, refusals that cannot be kept."""

from __future__ import annotations

import json
import socket
import sqlite3
import time
from pathlib import Path

import httpx
import pytest

from api.connection import MOST_HEAD
from tests.api.server import AT, Served, serving

QUICK = "import api.connection; api.connection.HEAD_SECONDS = 1.0"


def told(served: Served, *pieces: bytes, pause: float = 0.0, seconds: float = 10.0) -> bytes:
    """What the server says to these bytes until it hangs up or has answered."""
    host, port = served.url.removeprefix("http://").split(":")
    said = b""
    with socket.create_connection((host, int(port)), timeout=seconds) as line:
        try:
            for piece in pieces:
                line.sendall(piece)
                time.sleep(pause)
            while chunk := line.recv(65536):
                said += chunk
                if b"\r\n\r\n" in said and b"connection: close" not in said.lower():
                    break
        except (ConnectionError, TimeoutError):
            pass
    return said


def problem(said: bytes) -> tuple[int, str]:
    """Status and code of a problem document."""
    head, _, body = said.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head, said
    document = json.loads(body)
    assert document["status"] == int(head.split()[1])
    return document["status"], document["code"]


def head(size: int) -> bytes:
    """A request whose path and headers have so many bytes, as the gateway counts them."""
    start, name = b"GET /healthz HTTP/1.1\r\nHost: x\r\n", b"X-Filler"
    filler = size - len(b"/healthz") - len(b"hostx") - len(name)
    return start + name + b": " + b"a" * filler + b"\r\n\r\n"


@pytest.mark.parametrize(("size", "status"), [(MOST_HEAD - 1, 200), (MOST_HEAD, 200), (MOST_HEAD + 1, 431)])
def test_given_a_head_when_it_is_larger_than_it_may_be_then_it_is_refused(
    served: Served, size: int, status: int
) -> None:
    said = told(served, head(size)[: MOST_HEAD // 2], head(size)[MOST_HEAD // 2 :], pause=0.05)
    assert int(said.split()[1]) == status
    if status == 431:
        assert problem(said)[1] == "HEAD_TOO_LARGE"


def test_given_a_head_without_an_end_when_it_passes_the_limit_then_it_is_refused_unread(served: Served) -> None:
    begun = time.monotonic()
    said = told(served, b"GET /healthz HTTP/1.1\r\nX: ", *[b"a" * 65536] * 20)
    assert said == b"" or problem(said) == (431, "HEAD_TOO_LARGE")  # reset where we were still sending
    assert time.monotonic() - begun < 5
    with served.client() as client:
        assert client.get("/healthz").status_code == 200


def test_given_a_head_that_drips_when_its_time_is_over_then_it_is_refused_and_the_silent_are_let_go(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, first=QUICK) as quick:
        begun = time.monotonic()
        assert problem(told(quick, b"GET /healthz HTTP/1.1\r\n", b"X: a\r\n", pause=0.4)) == (408, "HEAD_TOO_SLOW")
        assert told(quick) == b""
        assert time.monotonic() - begun < 8
        with quick.client("bureau") as client:  # a connection that is kept alive is not taken for a silent one
            assert client.get(f"{AT}/status").status_code == 200
            time.sleep(1.5)
            assert client.get(f"{AT}/status").status_code == 200


def test_given_a_question_when_it_is_answered_then_head_and_body_come_as_one_packet(served: Served) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        for method, text in ((b"GET", b"\r\n\r\n{"), (b"HEAD", b"\r\n\r\n"), (b"GET", b"\r\n\r\n{")):
            line.sendall(method + b" /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            said = line.recv(65536)
            assert said.startswith(b"HTTP/1.1 200 ") and text in said, said


@pytest.mark.parametrize("bytes_", [
    b"FOO / HTTP/1.1\r\nHost: x\r\n\r\n", b"get / HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01",
    "GET /汉 HTTP/1.1\r\nHost: x\r\n\r\n".encode(), b"GET / HTTP/1.1\r\nContent-Length: abc\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: \x00\r\n\r\n",
])  # fmt: skip
def test_given_bytes_that_are_no_request_then_a_problem_says_so(served: Served, bytes_: bytes) -> None:
    assert problem(told(served, bytes_)) == (400, "REQUEST_UNREADABLE")


def test_given_two_keys_in_one_request_then_it_is_refused_whichever_came_first(served: Served) -> None:
    good = f"Authorization: Bearer {served.keys['bureau']}\r\n".encode()
    for keys in (good + b"Authorization: Bearer nope\r\n", b"Authorization: Bearer nope\r\n" + good):
        said = told(served, b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + keys + b"\r\n")
        assert problem(said) == (400, "HEADER_TWICE")


def test_given_a_store_that_somebody_keeps_locked_when_a_refusal_cannot_be_kept_then_that_is_the_answer(
    tmp_path: Path,
) -> None:
    short = "from ledger.store.sqlite import SqliteDatabase as S; S.__init__.__kwdefaults__['busy_seconds'] = 1.0"
    with serving(tmp_path, first=short) as server:
        other = sqlite3.connect(server.store.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        answer = httpx.get(f"{server.url}/api/v1/me", timeout=30, trust_env=False)
        other.execute("ROLLBACK")
        assert (answer.status_code, answer.json()["code"]) == (503, "STORE_LOCKED")
        assert answer.headers["X-Request-Id"] and answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not [line for line in server.printed if "Traceback" in line], server.printed
        assert httpx.get(f"{server.url}/api/v1/me", timeout=30, trust_env=False).status_code == 401
