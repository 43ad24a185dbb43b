"""Imports and exports on the command line: a template filled in, drafts looked at and recorded, lists as files."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.conftest import CONTRACT, Lvyue
from tests.importers.feeds import FIRST, alert, alerts, einvoice
from tests.importers.workbooks import csv_of, workbook

HEADINGS = ["事件", "类型", "日期", "影响时间（分钟）", "影响人数"]


@pytest.fixture
def incidents(tmp_path: Path) -> Path:
    """A workbook of two incidents, one of them with two faults."""
    file = tmp_path / "事件.xlsx"
    file.write_bytes(workbook({"事件报告": [
        HEADINGS, ["inc-1", "服务中断", datetime(2026, 3, 1, 10), 150, 120000],
        ["inc-2", "停机", date(2026, 3, 2), "十分钟", None],
    ]}))  # fmt: skip
    return file


def test_a_template_is_written_and_imports_its_example(signed: str, lvyue: Lvyue, tmp_path: Path) -> None:
    for name in ("t.xlsx", "t.csv"):
        done = lvyue("types", "商定事件级别", "--template", name)
        assert (done.status, name in done.out, (tmp_path / name).exists()) == (0, True, True)
    book = CalamineWorkbook.from_path(tmp_path / "t.xlsx")
    assert book.sheet_names == ["商定事件级别", "选项"]
    assert book.get_sheet_by_name("商定事件级别").to_python()[0][4:] == ["事件", "级别", "确认方"]
    refused = lvyue("types", "--template", "x.xlsx")
    assert refused.status == 2 and "--template" in refused.err
    assert "EXPORT" not in lvyue("types", "开具发票", "--template", "t.ods").err


SAID = {"zh": "事件报告!B3 类型：“停机”不是这一列的词", "en": "事件报告!B3 类型: '停机' is none"}


def test_every_fault_of_a_workbook_is_told_with_its_cell_and_nothing_is_recorded(
    signed: str, incidents: Path, lvyue: Lvyue
) -> None:
    for verb in (("record", signed, incidents), ("import", "table", signed, incidents, "--confirm")):
        for lang, said in SAID.items():
            done = lvyue(*verb, "--lang", lang)
            assert done.status == 1 and "事件报告!D3 影响时间（分钟）" in done.err, done.err
            assert said in done.err, done.err
    assert lvyue("facts", signed, "--type", "IncidentReported", "--json").json == []


def test_drafts_are_listed_changed_previewed_recorded_and_discarded(
    signed: str, incidents: Path, lvyue: Lvyue
) -> None:
    made = lvyue("import", "table", signed, incidents, "--json").json
    id_ = made["id"]
    for lang, waits in (("zh", "草稿 2 条"), ("en", "drafts: 2")):
        assert waits in lvyue("drafts", signed, "--lang", lang).out
        shown = lvyue("drafts", signed, id_, "--lang", lang).out
        assert "事件报告!B3" in shown and f"lvyue drafts {CONTRACT}" in shown
    assert lvyue("drafts", signed, id_, "--set", "kind=服务中断").status == 1  # of which draft?
    changed = lvyue("drafts", signed, id_, "--row", "2", "--set", "kind=服务中断", "--set", "duration_minutes=10")
    assert changed.status == 0 and "✗" not in changed.out
    assert lvyue("drafts", signed, id_, "--preview", "--json").json["would_record"] == 2
    assert lvyue("drafts", signed, id_, "--row", "1", "--confirm", "--json").json["recorded"] == 1
    assert lvyue("drafts", signed, id_, "--row", "1", "--discard").status == 1  # it is on record
    assert lvyue("drafts", signed, id_, "--discard").status == 0
    [left] = lvyue("drafts", signed, "--json").json
    assert left["counts"] == {"draft": 0, "faulty": 0, "confirmed": 1, "discarded": 1}
    assert lvyue("audit").status == 0


def test_an_invoice_and_alerts_are_previewed_without_leaving_a_draft(
    signed: str, lvyue: Lvyue, tmp_path: Path
) -> None:
    (tmp_path / "i.xml").write_bytes(einvoice(FIRST))
    asked = ("import", "einvoice", signed, "i.xml")
    assert "data.instalment" in lvyue(*asked, "--preview").err
    told = lvyue(*asked, "--on", "2025/11/24", "--instalment", "1", "--preview", "--json").json
    assert told["would_record"] == 1 and any("INV" not in one["path"] for one in told["effects"])
    piped = alerts(alert("PlatformDown", "2026-03-05T02:00:00Z", "2026-03-05T02:00:10Z"))
    shown = lvyue("import", "alertmanager", signed, "-", "--resolution", "30", stdin=piped).out
    assert "99.9999%" in shown and "30 秒" in shown
    assert [one["kind"] for one in lvyue("drafts", signed, "--json").json] == ["alertmanager"]
    for wrong in (("import", "spreadsheet", signed, "i.xml"), (*asked, "--instalment", "first")):
        assert lvyue(*wrong).status == 2


def test_a_list_is_written_as_the_file_its_name_says(signed: str, lvyue: Lvyue, tmp_path: Path) -> None:
    lists = (("facts", signed), ("status", signed, "--section", "obligations"), ("portfolio",), ("replay", signed),
             ("deadlines",), ("types",), ("access", "list"), ("log", "keys"))  # fmt: skip
    lvyue("access", "grant", "bureau", "party_a", CONTRACT)
    begins = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "parquet": b"PAR1"}
    for words in lists:
        for form, bytes_ in begins.items():
            done = lvyue(*words, "--output", f"out.{form}")
            assert done.status == 0 and f"out.{form}" in done.out, (words, done.err)
            assert (tmp_path / f"out.{form}").read_bytes().startswith(bytes_)
    assert lvyue("facts", signed, "-o", "facts.ods").status == 1
    assert lvyue("facts", signed, "-o", "facts.csv", "--csv").status == 2
    assert lvyue("status", signed, "--section", "weather").status == 1
    told = lvyue("facts", signed, "-o", "facts.xlsx", "--json").json
    assert (told["file"], told["rows"]) == ("facts.xlsx", 3)


def test_a_json_array_and_a_table_are_read_from_standard_input(signed: str, lvyue: Lvyue) -> None:
    lease = b'[{"type": "LeaseStarted", "on": "2025-11-24", "by": "party_a"}, 7]'
    refused = lvyue("record", signed, "-", "--json", stdin=lease).json["error"]
    assert (refused["code"], refused["line"]) == ("JSON_NOT_OBJECT", 2)
    table = csv_of("事实类型,日期", "起租,2025/11/24", encoding="gb18030")
    assert lvyue("simulate", signed, "-", stdin=table).status == 0
    assert lvyue("record", signed, "-", "--by", "party_b", "--json", stdin=table).json["recorded"] == 1
