"""Imports: drafts outside the stream until they are confirmed, the original bytes kept and named by the facts."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.moments import parse_on
from ledger.domain.terms_amendment import document_json
from ledger.imports import ImportOptions
from ledger.service import Ledger
from tests.importers.feeds import FIRST, NUMBER, RED, SECOND, alert, alerts, einvoice, ndjson, problem, recovery
from tests.importers.workbooks import csv_of

NUMBER_OF_CONTRACT = "CU12-1101-2025-018605"
C = NUMBER_OF_CONTRACT
TERMS = Path(__file__).parent.parent / "contracts" / "cu12-1101-2025-018605.toml"
TABLE = csv_of(
    "事件编号,类型,日期,时长（分钟）,影响人数", "INC-1,服务中断,2026/3/1 10:00,150,120000",
    "INC-2,中断,2026/3/2,十分钟,5", "INC-1,服务中断,2026/3/3,10,",
)  # fmt: skip
INCIDENTS = ImportOptions(type="IncidentReported")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    at = parse_on("2026-04-01T10:00:00+08:00").at
    opened = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}", clock=lambda: at, create=True)
    opened.register(document_json(tomllib.loads(TERMS.read_text("utf-8"))))
    yield opened
    opened.store.close()


def refused(code: str) -> Any:
    return pytest.raises(Refusal, match=code)


def codes(made: dict[str, Any]) -> list[list[str]]:
    return [[fault["code"] for fault in row["faults"]] for row in made["rows"]]


def notes(made: dict[str, Any]) -> list[list[str]]:
    return [[note["code"] for note in row["notes"]] for row in made["rows"]]


def test_a_table_becomes_drafts_with_their_faults_and_nothing_is_recorded(ledger: Ledger) -> None:
    made = ledger.imports.draft(C, "table", TABLE, name="事件.csv", asked=INCIDENTS, made_by="officer")
    assert made["counts"] == {"draft": 3, "faulty": 2, "confirmed": 0, "discarded": 0}
    assert codes(made) == [[], ["CELL_NOT_A_WORD", "DECIMAL_INVALID"], ["ID_USED"]]
    assert [fault["place"] for fault in made["rows"][1]["faults"]] == ["B3 类型", "D3 时长（分钟）"]
    assert made["rows"][1]["written"] == {"data.kind": "中断"}
    assert ledger.version(C) == 1 and ledger.imports.read(C, made["id"]) == made
    assert [one["id"] for one in ledger.imports.listed(C)] == [made["id"]]


def test_a_draft_is_changed_as_a_cell_is_written_and_the_others_are_judged_anew(ledger: Ledger) -> None:
    id_ = ledger.imports.draft(C, "table", TABLE, name="t.csv", asked=INCIDENTS)["id"]
    second, third = {"kind": "服务中断", "时长（分钟）": "1,000"}, {"data.incident": "INC-3", "on": "2026年3月3日"}
    with refused("CELL_NOT_A_DAY"):
        ledger.imports.amend_rows(C, id_, {2: second, 3: third | {"on": "上周"}})
    assert codes(ledger.imports.read(C, id_))[1] == ["CELL_NOT_A_WORD", "DECIMAL_INVALID"]
    made = ledger.imports.amend_rows(C, id_, {2: second, 3: third})
    assert codes(made) == [[], [], []]
    assert made["rows"][1]["envelope"]["data"] == {
        "incident": "INC-2", "kind": "outage", "people_affected": 5, "duration_minutes": 1000}  # fmt: skip
    for change, code in (({"amount": "1"}, "FIELD_UNKNOWN"), ({"kind": "停机"}, "CELL_NOT_A_WORD")):
        with refused(code):
            ledger.imports.amend(C, id_, 2, change)


def test_confirming_records_the_facts_and_keeps_the_file_that_each_of_them_names(ledger: Ledger) -> None:
    id_ = ledger.imports.draft(C, "table", TABLE, name="事件.csv", asked=INCIDENTS)["id"]
    count, _ = ledger.preview(C, ledger.imports.envelopes(C, id_, [1]))
    assert (count, ledger.version(C)) == (1, 1)
    with refused("FACTS_FAULTY") as found:
        ledger.imports.confirm(C, id_)
    assert {(fault.line, fault.place) for fault in found.value.faults} >= {(2, "B3 类型"), (3, "A4 事件编号")}
    [recorded] = ledger.imports.confirm(C, id_, [1], recorded_by="officer")
    digest = hashlib.sha256(TABLE).hexdigest()
    assert [(one.sha256, one.name) for one in recorded.fact.documents] == [(digest, "事件.csv")]
    assert ledger.custody.documents.content(digest) == TABLE and recorded.fact.recorded_by == "officer"
    read = ledger.imports.read(C, id_)
    assert (read["rows"][0]["state"], read["rows"][0]["fact"], read["state"]) == ("confirmed", f"{C}#2", "open")
    assert [one.repeated for one in ledger.imports.confirm(C, id_, [1])] == [True]
    with refused("ROW_DONE"):
        ledger.imports.amend(C, id_, 1, {"on": "2026/3/2"})
    assert ledger.audit().findings == []


def test_what_is_discarded_is_recorded_by_nobody_and_leaves_nothing_behind(ledger: Ledger) -> None:
    id_ = ledger.imports.draft(C, "table", TABLE, name="t.csv", asked=INCIDENTS)["id"]
    ledger.imports.discard(C, id_, [2])
    with refused("ROW_DONE"):
        ledger.imports.confirm(C, id_, [2])
    ledger.imports.discard(C, id_)
    assert ledger.imports.listed(C) == []
    digest, documents = hashlib.sha256(TABLE).hexdigest(), ledger.custody.documents
    for gone in (lambda: ledger.imports.read(C, id_), lambda: documents.content(digest)):
        with refused("IMPORT_UNKNOWN|DOCUMENT_NOT_HELD"):
            gone()
    assert ledger.audit().findings == []


def test_the_same_file_again_is_the_same_import_and_records_nothing_twice(ledger: Ledger) -> None:
    good = csv_of(*TABLE.decode().splitlines()[:2])
    first = ledger.imports.draft(C, "table", good, name="t.csv", asked=INCIDENTS)
    assert ledger.imports.draft(C, "table", good, name="t.csv", asked=INCIDENTS) == first
    ledger.imports.confirm(C, first["id"])
    again = ledger.imports.draft(C, "table", good, name="t.csv", asked=INCIDENTS)
    assert (again["state"], len(ledger.imports.listed(C)), ledger.version(C)) == ("done", 1, 2)
    with refused("IMPORT_NOTHING_LEFT"):
        ledger.imports.confirm(C, first["id"])


def test_two_who_change_one_import_do_not_undo_each_other(ledger: Ledger) -> None:
    id_ = ledger.imports.draft(C, "table", TABLE, name="t.csv", asked=INCIDENTS)["id"]
    made, rows = ledger.imports._read(C, id_)
    ledger.imports.discard(C, id_, [2])
    with refused("IMPORT_MOVED_ON"):
        ledger.imports._write(C, made, rows, b"as it was read before")


def test_a_file_with_personal_values_is_not_kept(ledger: Ledger) -> None:
    table = csv_of("日期,人员,已签保密协议,姓名", "2026/3/1,ops-01,是,张三")
    with refused("IMPORT_PERSONAL") as found:
        ledger.imports.draft(C, "table", table, name="p.csv", asked=ImportOptions(type="PersonnelAssigned"))
    assert found.value.place == "D2 姓名"


# --- 数电票 ------------------------------------------------------------------------------------------


def test_an_invoice_asks_for_its_day_and_instalment_and_tells_which_one_has_its_sum(ledger: Ledger) -> None:
    made = ledger.imports.draft(C, "einvoice", einvoice(FIRST), name="invoice.xml")
    [row] = made["rows"]
    assert sorted(fault["field"] for fault in row["faults"]) == ["data.instalment", "on"]
    assert (row["envelope"]["by"], row["envelope"]["actor"]) == ("party_a", "party_b")
    assert row["envelope"]["data"] == {
        "invoice": NUMBER, "amount": "1843129.06", "number": NUMBER, "tax_rate": "0.06", "issued_on": "2025-11-20",
    }  # fmt: skip
    assert [note["message"]["zh"] for note in row["notes"]] == [
        "发票上没有期次，请填写；金额 1,843,129.06 元与第 1 期相同。"]  # fmt: skip
    asked = ImportOptions(answers={"on": "2025-11-24", "data.instalment": 1})
    answered = ledger.imports.draft(C, "einvoice", einvoice(FIRST), name="invoice.xml", asked=asked)
    assert (codes(answered), notes(answered), len(ledger.imports.listed(C))) == ([[]], [[]], 1)


def test_an_invoice_of_others_at_another_rate_or_sum_is_drafted_and_that_is_told(ledger: Ledger) -> None:
    lines = ("100.00", "13.00", "0.13"), ("50.00", "3.00", "0.06")
    content = einvoice(*lines, seller="某某科技有限公司", buyer="某某局")
    asked = ImportOptions(answers={"on": "2025-11-24", "data.instalment": 2})
    made = ledger.imports.draft(C, "einvoice", content, name="invoice.xml", asked=asked)
    assert made["rows"][0]["envelope"]["data"]["lines"] == [
        {"amount": "113.00", "tax_rate": "0.13"}, {"amount": "53.00", "tax_rate": "0.06"}]  # fmt: skip
    assert notes(made) == [[
        "EINVOICE_SELLER_OTHER", "EINVOICE_BUYER_OTHER", "EINVOICE_SUM_OTHER", "EINVOICE_RATE_OTHER"]]  # fmt: skip
    assert codes(made) == [[]]


def test_an_invoice_that_is_on_record_under_another_name_says_so(ledger: Ledger) -> None:
    data = {"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06", "number": NUMBER}
    given = {"type": "InvoiceIssued", "on": "2025-11-24", "by": "party_a", "actor": "party_b", "data": data}
    ledger.record(C, [given])
    made = ledger.imports.draft(C, "einvoice", einvoice(FIRST), name="invoice.xml")
    assert notes(made)[0][0] == "EINVOICE_ON_RECORD"


def test_a_red_letter_voids_as_much_of_the_invoice_it_names_as_it_says(ledger: Ledger) -> None:
    asked = ImportOptions(answers={"on": "2025-11-24", "data.instalment": 2})
    blue = ledger.imports.draft(C, "einvoice", einvoice(SECOND), name="blue.xml", asked=asked)
    ledger.imports.confirm(C, blue["id"])
    content = einvoice(("-1000.00", "-60.00", "0.06"), number=RED, cancels=NUMBER)
    received = ImportOptions(answers={"on": "2025-12-01"})
    red = ledger.imports.draft(C, "einvoice", content, name="red.xml", asked=received)
    [row] = red["rows"]
    assert (row["envelope"]["type"], row["faults"]) == ("InvoiceVoided", [])
    assert row["envelope"]["data"] == {"invoice": NUMBER, "reason": f"红字发票 {RED}", "amount": "1060.00"}
    [voided] = ledger.imports.confirm(C, red["id"])
    assert voided.fact.what.amount == 106000


# --- monitoring --------------------------------------------------------------------------------------


def test_an_outage_is_drafted_when_it_begins_and_its_end_takes_the_place_of_that_draft(ledger: Ledger) -> None:
    began, ended = "2026-03-05T02:00:00Z", "2026-03-05T04:30:00Z"
    first = ledger.imports.draft(C, "alertmanager", alerts(alert("PlatformDown", began)), name="1.json")
    assert (codes(first), notes(first)) == ([[]], [["OUTAGE_TOLD", "OUTAGE_LASTS"]])
    second = ledger.imports.draft(C, "alertmanager", alerts(alert("PlatformDown", began, ended)), name="2.json")
    assert second["rows"][0]["envelope"]["data"]["duration_minutes"] == 150
    assert [one["id"] for one in ledger.imports.listed(C)] == [second["id"]]
    [recorded] = ledger.imports.confirm(C, second["id"])
    assert recorded.fact.on == "2026-03-05T10:00:00+08:00"


def test_the_end_of_an_incident_on_record_is_an_assessment_and_what_is_known_already_makes_no_draft(
    ledger: Ledger,
) -> None:
    began = 1_772_668_800
    first = ledger.imports.draft(C, "zabbix", ndjson(problem(7, began)), name="1.ndjson")
    ledger.imports.confirm(C, first["id"])
    end = ledger.imports.draft(C, "zabbix", ndjson(recovery(7, began + 90)), name="2.ndjson")
    [row] = end["rows"]
    assert (row["envelope"]["type"], row["envelope"]["data"]) == (
        "IncidentAssessed", {"incident": "zbx-7", "duration_minutes": "1.5"})  # fmt: skip
    ledger.imports.confirm(C, end["id"])
    both = ndjson(problem(7, began), recovery(7, began + 90))
    again = ledger.imports.draft(C, "zabbix", both, name="3.ndjson")
    assert (again["rows"], again["state"], len(ledger.imports.listed(C))) == ([], "done", 2)


def test_an_availability_that_the_monitor_is_too_coarse_to_decide_is_told_as_undecided(ledger: Ledger) -> None:
    """99.99 % of March allow 267.84 s, 99.99999 % 0.27 s; the times are known to 60 s, or to what is said."""
    began = "2026-03-05T02:00:00Z"

    def undecided(ended: str, **answers: object) -> list[str]:
        content = alerts(alert("PlatformDown", began, ended))
        made = ledger.imports.try_out(C, "alertmanager", content, name="a.json", asked=ImportOptions(answers=answers))
        return [note["message"]["en"].split()[3] for note in made["rows"][0]["notes"] if "UNDECIDED" in note["code"]]

    assert undecided("2026-03-05T02:00:10Z") == ["99.9999", "99.99999"]
    assert undecided("2026-03-05T02:03:30Z") == ["99.99"]
    assert undecided("2026-03-05T02:00:10Z", resolution="1") == []
    assert undecided("2026-03-05T04:30:00Z") == []


# --- another agreement -------------------------------------------------------------------------------


def test_another_agreement_makes_its_own_facts_of_the_same_feeds(ledger: Ledger) -> None:
    terms = document_json(tomllib.loads((TERMS.parent / "it-operations-example.toml").read_text("utf-8")))
    number = ledger.register(terms).fact.contract
    told = alerts(alert("PortalDown", "2026-03-05T02:00:00Z", "2026-03-05T04:30:00Z", system="portal"))
    made = ledger.imports.draft(number, "alertmanager", told, name="a.json")
    assert [row["envelope"]["type"] for row in made["rows"]] == ["TicketOpened", "TicketResolved"]
    assert [fault["field"] for fault in made["rows"][0]["faults"]] == ["data.priority"]
    ledger.imports.amend(number, made["id"], 1, {"priority": "P1 级"})
    assert [one.fact.actor for one in ledger.imports.confirm(number, made["id"])] == ["party_a", "party_b"]
    invoice = einvoice(("339622.64", "20377.36", "0.06"), seller="示例运维服务有限公司", buyer="示例市大数据中心")
    drafted = ledger.imports.draft(number, "einvoice", invoice, name="i.xml")
    assert [note["message"]["zh"] for note in drafted["rows"][0]["notes"]] == [
        "发票上没有期次，请填写；金额 360,000.00 元与第 1、2 期相同。"]  # fmt: skip


def test_an_agreement_that_says_nothing_of_a_feed_makes_no_drafts_of_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.template(C), "drafts", {})
    with refused("FEED_MAKES_NOTHING"):
        ledger.imports.draft(C, "einvoice", einvoice(FIRST), name="invoice.xml")


def test_a_line_of_a_draft_is_changed_by_its_number(ledger: Ledger) -> None:
    table = csv_of(
        "日期,发票编号,期次,金额（元）,明细1 金额,明细1 税率,明细2 金额,明细2 税率",
        "2025/11/24,INV-1,1,160,100,6%,六十,6%",
    )  # fmt: skip
    made = ledger.imports.draft(C, "table", table, name="t.csv", asked=ImportOptions(type="InvoiceIssued"))
    assert [fault["place"] for fault in made["rows"][0]["faults"]] == ["G2 明细2 金额"]
    amended = ledger.imports.amend(C, made["id"], 1, {"lines.2.amount": "60"})
    assert amended["rows"][0]["envelope"]["data"]["lines"][1] == {"tax_rate": "0.06", "amount": "60"}
    assert codes(amended) == [[]]


def test_imports_are_kept_on_postgresql_as_they_are_on_sqlite(postgres_url: str, tmp_path: Path) -> None:
    at = parse_on("2026-04-01T10:00:00+08:00").at
    with Ledger(postgres_url, clock=lambda: at, create=True).store as store:
        ledger = Ledger(store, clock=lambda: at)
        ledger.register(document_json(tomllib.loads(TERMS.read_text("utf-8"))))
        id_ = ledger.imports.draft(C, "table", TABLE, name="t.csv", asked=INCIDENTS)["id"]
        ledger.imports.amend(C, id_, 2, {"kind": "服务中断", "duration_minutes": "10"})
        ledger.imports.discard(C, id_, [3])
        assert [one.fact.id for one in ledger.imports.confirm(C, id_)] == [f"{C}#2", f"{C}#3"]
        assert ledger.custody.documents.content(hashlib.sha256(TABLE).hexdigest()) == TABLE
        assert ledger.audit().findings == []
