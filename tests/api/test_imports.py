"""Imports and tables over HTTP: a file becomes drafts, the role confirms them, lists come as tables by ``Accept``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import httpx
import pytest

from ledger.exporters import FORMS
from tests.api.server import AT, CONTRACT, Served, serving, signed, terms
from tests.importers.feeds import FIRST, alert, alerts, einvoice
from tests.importers.workbooks import csv_of

TABLE = csv_of(
    "事件编号,类型,日期,影响人数", "API-1,服务中断,2026/3/1 10:00,120000", "API-2,中断,2026/3/2,5", encoding="gb18030"
)
IMPORTS = f"{AT}/imports"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("imports")) as served:
        with served.client("bureau") as client:
            client.post("/api/v1/contracts", json={"terms": terms()})
            client.post(f"{AT}/facts", json=signed())
        yield served


@pytest.fixture
def bureau(server: Served) -> Iterator[httpx.Client]:
    with server.client("bureau") as client:
        yield client


def posted(client: httpx.Client, content: bytes, query: str) -> httpx.Response:
    return client.post(f"{IMPORTS}?{query}", content=content, headers={"Content-Type": "text/csv"})


def test_a_table_is_drafted_amended_previewed_and_confirmed(bureau: httpx.Client) -> None:
    made = posted(bureau, TABLE, "kind=table&type=IncidentReported&name=t.csv")
    assert (made.status_code, made.json()["counts"]["faulty"]) == (201, 1)
    at = made.headers["Location"]
    [fault] = made.json()["rows"][1]["faults"]
    assert (fault["code"], fault["place"]) == ("CELL_NOT_A_WORD", "B3 类型")
    assert posted(bureau, TABLE, "kind=table&type=IncidentReported&name=t.csv").status_code == 200
    refused = bureau.post(f"{at}/confirm")
    assert (refused.status_code, refused.json()["line"]) == (422, 2)
    amended = bureau.put(f"{at}/rows/2", json={"kind": "服务中断"}).json()
    assert amended["counts"]["faulty"] == 0
    before = bureau.get(AT).json()["version"]
    assert bureau.post(f"{at}/preview?row=1").json()["would_record"] == 1
    done = bureau.post(f"{at}/confirm", headers={"If-Match": f'"{before}"'})
    assert (done.status_code, done.json()["recorded"], done.json()["version"]) == (201, 2, before + 2)
    digest = done.json()["facts"][0]["documents"][0]["sha256"]
    assert bureau.get(f"{AT}/documents/{digest}").content == TABLE
    assert [row["state"] for row in bureau.get(at).json()["rows"]] == ["confirmed"] * 2
    again = bureau.post(f"{at}/confirm?row=1")
    assert (again.status_code, again.json()["repeated"]) == (200, 1)
    assert bureau.post(f"{at}/confirm").json()["code"] == "IMPORT_NOTHING_LEFT"


def test_a_table_with_columns_of_its_own_is_drafted_without_those_named_to_skip(bureau: httpx.Client) -> None:
    table = "事件,类型,开始时间,时长（分钟）,经办人\nSKIP-1,服务中断,2026/3/3 10:00,9,某人\n".encode()
    asked = "kind=table&type=IncidentReported"
    refused = posted(bureau, table, asked).json()
    assert refused["code"] == "HEADING_UNKNOWN" and "skip" in str(refused)
    assert posted(bureau, table, f"{asked}&skip=无此列&skip=经办人").json()["code"] == "COLUMN_TO_SKIP_UNKNOWN"
    made = posted(bureau, table, f"{asked}&skip=经办人").json()
    assert (made["counts"]["faulty"], made["rows"][0]["envelope"]["data"]["incident"]) == (0, "SKIP-1")
    assert bureau.delete(f"{IMPORTS}/{made['id']}").status_code == 204


def test_a_monitor_posts_with_its_key_and_only_its_own_role_sees_and_confirms_what_it_says(server: Served) -> None:
    body = alerts(alert("GatewayDown", "2026-03-05T02:00:00Z", "2026-03-05T04:30:00Z"))
    headers = {"Content-Type": "application/json"}
    with server.client("watch") as watch, server.client("bureau") as bureau:
        made = watch.post(f"{IMPORTS}?kind=alertmanager", content=body, headers=headers)
        assert (made.status_code, made.json()["rows"][0]["envelope"]["by"]) == (201, "supervisor")
        at = made.headers["Location"]
        assert [bureau.get(at).status_code, bureau.post(f"{at}/confirm").status_code] == [404, 404]
        assert at.rpartition("/")[2] not in [one["id"] for one in bureau.get(IMPORTS).json()]
        assert watch.post(f"{at}/confirm").status_code == 201
        retried = watch.post(f"{IMPORTS}?kind=alertmanager", content=body, headers=headers)
        assert (retried.status_code, retried.json()["state"]) == (200, "done")


def test_an_invoice_in_a_form_is_discarded_again(bureau: httpx.Client) -> None:
    files = {"file": ("发票.xml", einvoice(FIRST), "application/xml")}
    made = bureau.post(f"{IMPORTS}?kind=einvoice&on=2025-11-24&instalment=1", files=files)
    assert (made.status_code, made.json()["name"], made.json()["counts"]["faulty"]) == (201, "发票.xml", 0)
    at = made.headers["Location"]
    assert at.rpartition("/")[2] in [one["id"] for one in bureau.get(IMPORTS).json()]
    assert bureau.delete(at).status_code == 204
    assert bureau.get(at).json()["code"] == "IMPORT_UNKNOWN"


@pytest.mark.parametrize(("query", "content", "status", "code"), [
    ("kind=table&type=IncidentReported", b"", 422, "DOCUMENT_EMPTY"),
    ("kind=spreadsheet", b"x", 400, "PARAMETER_INVALID"),
    ("kind=einvoice", b"<Invoice/>", 422, "EINVOICE_ROOT"), ("kind=alertmanager", b"{", 400, "JSON_BROKEN"),
    ("kind=table", TABLE, 422, "TABLE_TYPE_UNSAID"), ("kind=einvoice&on=soon", einvoice(FIRST), 422, "CELL_NOT_A_DAY"),
])  # fmt: skip
def test_what_cannot_be_imported_is_a_problem(
    bureau: httpx.Client, query: str, content: bytes, status: int, code: str
) -> None:
    answer = posted(bureau, content, query)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


LISTS = (
    "facts", "obligations", "incidents", "termination", "damages", "claims", "replay", "imports", "documents",
)  # fmt: skip


@pytest.mark.parametrize("accept", FORMS.values())
def test_every_list_comes_as_the_table_that_accept_asks_for(
    server: Served, bureau: httpx.Client, accept: str
) -> None:
    begins = {"text/csv": b"\xef\xbb\xbf", FORMS["xlsx"]: b"PK", FORMS["parquet"]: b"PAR1"}[accept]
    paths = [*(f"{AT}/{name}" for name in LISTS), "/api/v1/portfolio", "/api/v1/contracts", "/api/v1/types"]
    for path in paths:
        answer = bureau.get(path, headers={"Accept": accept})
        assert answer.status_code == 200, (path, answer.text)
        assert answer.headers["Content-Type"].startswith(accept) and answer.content.startswith(begins), path
        assert "Accept" in answer.headers["Vary"].split(", ") and "attachment" in answer.headers["Content-Disposition"]
        tag = answer.headers.get("ETag")
        if tag is not None:
            held = {"Accept": accept, "If-None-Match": tag}
            assert bureau.get(path, headers=held).status_code == 304
            assert bureau.get(path, headers={"If-None-Match": tag}).status_code == 200
    with server.client("operator") as operator:
        for path in ("access/principals", "access/log", "webhooks", "dead-letters"):
            answer = operator.get(f"/api/v1/{path}", headers={"Accept": accept})
            assert answer.headers["Content-Type"].startswith(accept) and answer.content.startswith(begins), path
    plain = bureau.get(f"{AT}/facts", headers={"Accept": "application/json, text/csv;q=0.5"})
    assert plain.headers["Content-Type"] == "application/json" and plain.json()[0]["id"] == f"{CONTRACT}#1"


def test_facts_as_csv_are_filtered_as_the_list_is(bureau: httpx.Client) -> None:
    answer = bureau.get(f"{AT}/facts?type=ContractSigned", headers={"Accept": "text/csv"})
    [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["type"], row["data.party"], row["recorded_by"]) == ("ContractSigned", "party_a", "bureau")
