"""What HTTP asks of every server: HEAD beside GET, one Host, bodies that came compressed."""

from __future__ import annotations

import gzip
import json
import zlib
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.api.server import AT, CONTRACT, Own, Served, serving, signed, system
from tests.api.test_connection import problem, told
from tests.api.test_matrix import TABLE

# --- HEAD ------------------------------------------------------------------------------------------

READ = [row for row in TABLE if row.route.startswith("GET ")]
# Made anew for each request, or built only to be sent.
UNLIKE = ("/metrics", f"{AT}/evidence?about=nothing")


@pytest.mark.parametrize("who", ["operator", "bureau", "stranger", None])
def test_given_head_when_get_is_taken_there_then_it_answers_the_same_without_a_body(
    served: Served, who: str | None
) -> None:
    with served.client(who) as client:
        for row in READ:
            head, got = client.head(row.path), client.get(row.path)
            assert head.content == b"", row.route
            if row.path not in UNLIKE:
                assert head.status_code == got.status_code, row.route
                assert head.headers.get("Content-Type") == got.headers.get("Content-Type"), row.route
                assert head.headers.get("ETag") == got.headers.get("ETag"), row.route


@pytest.mark.parametrize("path", [
    "/docs", "/openapi.json", "/docs/start.js", "/docs/assets/swagger-ui.css", "/healthz",
])  # fmt: skip
def test_given_head_when_a_page_or_the_document_is_asked_for_then_it_answers(bureau: httpx.Client, path: str) -> None:
    head, got = bureau.head(path), bureau.get(path)
    assert (head.status_code, head.content, head.headers["Content-Type"]) == (200, b"", got.headers["Content-Type"])


def test_given_head_when_get_would_stream_for_ever_then_it_ends(bureau: httpx.Client) -> None:
    head = bureau.head("/api/v1/events", timeout=10)
    assert (head.status_code, head.headers["Content-Type"]) == (200, "text/event-stream; charset=utf-8")


def test_given_head_when_get_would_record_an_export_then_nothing_is_recorded(own: Own) -> None:
    with own.client("party_a") as client:
        assert client.head(f"{own.at}/evidence").status_code == 200
        assert [fact["type"] for fact in client.get(f"{own.at}/facts").json()] == ["ContractRegistered"]


def test_given_a_method_an_address_does_not_take_then_allow_names_head_too(bureau: httpx.Client) -> None:
    answer = bureau.request("PATCH", f"{AT}/facts")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert bureau.head("/api/v1/verify").status_code == 405


# --- Host ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hosts", "code"), [(b"", "HEADER_MISSING"), (b"Host: a\r\nHost: a\r\n", "HEADER_TWICE")])
@pytest.mark.parametrize("path", [b"/healthz", f"{AT}/status".encode()])
def test_given_no_host_or_two_then_the_request_is_refused(served: Served, hosts: bytes, code: str, path: bytes) -> None:
    said = told(served, b"GET " + path + b" HTTP/1.1\r\nConnection: close\r\n" + hosts + b"\r\n")
    assert problem(said) == (400, code)


def test_given_http_1_0_when_no_host_is_named_then_it_is_answered(served: Served) -> None:
    assert told(served, b"GET /healthz HTTP/1.0\r\n\r\n").split()[1] == b"200"


# --- Content-Encoding ------------------------------------------------------------------------------

FACTS = f"{AT}/facts"


def send(
    client: httpx.Client, path: str, content: bytes, encoding: str, kind: str = "application/json"
) -> httpx.Response:
    return client.post(path, content=content, headers={"Content-Type": kind, "Content-Encoding": encoding})


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "x-gzip"])
def test_given_a_body_in_gzip_then_what_is_in_it_is_recorded(own: Own, encoding: str) -> None:
    with own.client("party_a") as client:
        sent = send(client, f"{own.at}/facts", gzip.compress(json.dumps(signed()).encode()), encoding)
    assert (sent.status_code, sent.json()["facts"][0]["type"]) == (201, "ContractSigned")


def test_given_a_document_in_gzip_then_the_document_is_kept_and_not_its_envelope(own: Own) -> None:
    two = gzip.compress(b"%PDF-1.7 first half, ") + gzip.compress(b"second half")
    with own.client("party_a") as client:
        made = send(client, f"{own.at}/documents", two, "gzip", "application/pdf").json()
        kept = client.get(f"{own.at}/documents/{made['sha256']}").content
    assert kept == b"%PDF-1.7 first half, second half"


@pytest.mark.parametrize("encoding", [
    "br", "deflate", "zstd", "gzip, gzip", "gzip, br", "identity, gzip", "汉".encode().decode("latin-1"),
])  # fmt: skip
def test_given_a_coding_we_do_not_undo_then_415_names_the_one_we_do(bureau: httpx.Client, encoding: str) -> None:
    answer = bureau.post(FACTS, content=b"{}", headers=[(b"Content-Encoding", encoding.encode("latin-1"))])
    assert (answer.status_code, answer.json()["code"]) == (415, "ENCODING_UNSUPPORTED")
    assert (answer.json()["field"], answer.headers["Accept-Encoding"]) == ("Content-Encoding", "gzip")


def test_given_two_headers_of_codings_then_they_are_one_list(bureau: httpx.Client) -> None:
    for pair in (("gzip", "br"), ("br", "gzip"), ("gzip", "gzip")):
        answer = bureau.post(FACTS, content=b"{}", headers=[("Content-Encoding", one) for one in pair])
        assert (answer.status_code, answer.json()["code"]) == (415, "ENCODING_UNSUPPORTED")


WHOLE = gzip.compress(b"{}", mtime=0)


@pytest.mark.parametrize("content", [
    b"", b"{}", WHOLE[:-1], WHOLE[:12], WHOLE + b"x", WHOLE[:-8] + bytes(8), zlib.compress(b"{}"),
], ids=["nothing", "plain", "cut", "half", "more", "sum", "zlib"])  # fmt: skip
def test_given_what_is_no_whole_gzip_then_it_is_refused(bureau: httpx.Client, content: bytes) -> None:
    answer = send(bureau, FACTS, content, "gzip")
    assert (answer.status_code, answer.json()["code"]) == (400, "ENCODING_BROKEN")


@pytest.mark.parametrize("members", [1, 40])
def test_given_a_small_body_that_grows_past_the_bound_then_it_is_refused_before_it_has(
    bureau: httpx.Client, members: int
) -> None:
    bomb = gzip.compress(bytes((200 << 20) // members)) * members
    assert len(bomb) < 1 << 20
    answer = send(bureau, FACTS, bomb, "gzip")
    assert (answer.status_code, answer.json()["code"]) == (413, "BODY_TOO_LARGE")


@pytest.mark.parametrize(("size", "status"), [((1 << 20), 400), ((1 << 20) + 1, 413)])
def test_given_a_compressed_body_then_it_may_be_as_large_as_any_other(
    bureau: httpx.Client, size: int, status: int
) -> None:
    assert send(bureau, FACTS, gzip.compress(b" " * size), "gzip").status_code == status


# --- 412 -------------------------------------------------------------------------------------------


def test_given_two_servers_on_one_sqlite_store_when_both_write_without_if_match_then_nobody_is_told_412(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("two")
    with serving(folder) as one, serving(folder, seeded=False, store=one.store) as other:
        other.keys = one.keys

        def write(number: int) -> list[int]:
            served = (one, other)[number % 2]
            with served.client("bureau") as client:
                return [client.post(FACTS, json=system(f"{number}-{count}")).status_code for count in range(10)]

        with ThreadPoolExecutor(8) as pool:
            found = [status for statuses in pool.map(write, range(8)) for status in statuses]
        with one.client("bureau") as client:
            assert client.get(f"/api/v1/contracts/{CONTRACT}").json()["version"] == 1 + 8 * 10
    assert set(found) == {201}
