"""What people reported of neighbouring systems, each under its thread's name, tried on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.cli import main

HOLIDAY_CN = {"$schema": "schema.json", "year": 2027, "papers": [], "days": []}
NOTICE = {"year": 2027, "document": "国办发明电〔2026〕9号", "published_on": "2026-11-04",
          "off_days": ["2027-01-01"], "makeup_days": []}  # fmt: skip
INCIDENTS = "事件编号,类型,开始时间,时长(分钟),影响人数\r\nINC-1,服务中断,2026/3/1 10:00,150,120000\r\n"


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in NOTICE.items() if name != key}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LVYUE_STORE", raising=False)
    return tmp_path


@pytest.mark.parametrize(("given", "fields"), [
    (HOLIDAY_CN, {"$schema", "papers", "days", "document", "published_on", "off_days", "makeup_days"}),
    (without("published_on"), {"published_on"}),
    (without("document"), {"document"}),
    (NOTICE | {"published_on": "2026-11-31", "off_days": "2027-01-01"}, {"published_on", "off_days"}),
    ([], {None}),
], ids=["holiday-cn", "no day", "no number", "wrong values", "no object"])  # fmt: skip
def test_nager_date_1075_a_year_file_of_another_form_is_told_what_it_lacks_and_what_is_wanted(
    here: Path, capsys: pytest.CaptureFixture[str], given: object, fields: set[str | None]
) -> None:
    (here / "notice.json").write_text(json.dumps(given), "utf-8")
    for lang, said in (("zh", "放假通知文件应是"), ("en", "A notice is a JSON object like")):
        assert main(["calendar", "publish", "notice.json", "--json", "--lang", lang]) == 1
        error = json.loads(capsys.readouterr().out)["error"]
        assert error["code"] == "NOTICE_FORM" and said in error["message"]
        assert {fault["field"] for fault in error["faults"][:-1]} == fields
    assert not (here / "lvyue.db").exists()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_myexcel_118_a_csv_of_incidents_is_read_in_whatever_encoding_once_its_type_is_said(
    here: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    terms = Path(__file__).parents[2] / "contracts" / "cu12-1101-2025-018605.toml"
    assert main(["register", str(terms)]) == 0
    (here / "incidents.csv").write_bytes(INCIDENTS.encode(encoding))
    capsys.readouterr()
    for lang, said in (("zh", "最像“事件报告”"), ("en", "most likely “incident reported”")):
        assert main(["record", "CU12-1101-2025-018605", "incidents.csv", "--json", "--lang", lang]) == 1
        error = json.loads(capsys.readouterr().out)["error"]
        assert error["code"] == "TABLE_TYPE_UNSAID" and said in error["message"]
    assert main(["record", "CU12-1101-2025-018605", "incidents.csv", "--type", "事件报告", "--json"]) == 0
    [fact] = json.loads(capsys.readouterr().out)["facts"]
    assert (fact["on"], fact["data"]) == ("2026-03-01T10:00:00+08:00", {
        "incident": "INC-1", "kind": "outage", "people_affected": 120000, "duration_minutes": 150,
    })  # fmt: skip
