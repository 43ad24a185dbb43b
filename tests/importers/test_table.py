"""Tables of facts: CSV and workbooks as people have them, each fault with its cell."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import Refusal
from ledger.domain.fact_envelope import read_envelope, recordable
from ledger.domain.fact_words import example_data
from ledger.importers.table import FactRow, Told, read_table
from ledger.importers.template import template
from tests.importers.workbooks import csv_of, workbook

NOW = 2**60
PARTY_A = Told(by="party_a")


def envelopes(content: bytes, told: Told = PARTY_A) -> list[dict[str, object]]:
    rows = read_table(content, told)
    assert [row.faults for row in rows] == [[] for _ in rows]
    return [row.envelope for row in rows]


def faults(row: FactRow) -> list[tuple[str, str | None]]:
    stated = row.stated(NOW)
    assert isinstance(stated, Refusal)
    return [(fault.code, fault.place) for fault in stated.faults or (stated,)]


def refused(content: bytes, told: Told = PARTY_A) -> Refusal:
    with pytest.raises(Refusal) as found:
        read_table(content, told)
    return found.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_of_incidents_as_a_spreadsheet_saves_it(encoding: str) -> None:
    headings, row = "事件编号,类型,开始时间,时长(分钟),影响人数", 'INC-1,服务中断,2026/3/1 10:00,150,"120,000"'
    content = csv_of(headings, row, encoding=encoding)
    assert envelopes(content, Told("事件报告", "party_a")) == [{
        "type": "IncidentReported", "on": "2026-03-01T10:00:00+08:00", "by": "party_a",
        "data": {"incident": "INC-1", "kind": "outage", "duration_minutes": 150, "people_affected": 120000},
    }]  # fmt: skip


def test_a_workbook_has_a_type_a_sheet_values_of_formulas_and_numbered_columns_for_lines() -> None:
    content = workbook({
        "开具发票": [
            ["北京市某局发票登记表"],
            ["日期", "发票编号", "期次", "金额（元）", "明细1 金额", "明细1 税率", "明细2 金额", "明细2 税率"],
            [date(2025, 11, 24), "INV-1", 1, "=E3+G3→1060.5", 1000, 0.06, 60.5, "13%"],
        ],
        "付款": [["日期", "付款", "发票", "金额"], [datetime(2025, 12, 1), "PAY-1", "INV-1", 1060.5]],
        "说明": [["随便写什么"]],
        "空表": [],
    })  # fmt: skip
    assert envelopes(content) == [
        {"type": "InvoiceIssued", "on": "2025-11-24", "by": "party_a", "actor": "party_b", "data": {
            "invoice": "INV-1", "instalment": 1, "amount": "1060.5",
            "lines": [{"amount": "1000", "tax_rate": "0.06"}, {"amount": "60.5", "tax_rate": "0.13"}],
        }},
        {"type": "PaymentMade", "on": "2025-12-01", "by": "party_a",
         "data": {"payment": "PAY-1", "invoice": "INV-1", "amount": "1060.5"}},
    ]  # fmt: skip


def test_a_column_says_the_type_of_each_row_and_the_ledgers_own_columns_are_read_over() -> None:
    content = csv_of(
        "seq,type,on,by,data.party,data.system,data.name,data.annual_fee,data.mlps_level,data.important,recorded_at,digest",
        "1,ContractRegistered,2025-11-19,party_a,,,,,,,2025-11-19T00:00:00Z,ab",
        "2,签署合同,2025-11-19,甲方,甲方,,,,,,2025-11-19T00:00:00Z,cd",
        "3,SystemRegistered,2025-11-20,乙方,,portal,门户,1000.00,3,否,2025-11-20T00:00:00Z,ef",
    )
    assert envelopes(content, Told()) == [
        {"type": "ContractSigned", "on": "2025-11-19", "by": "party_a", "data": {"party": "party_a"}},
        {"type": "SystemRegistered", "on": "2025-11-20", "by": "party_b", "data": {
            "system": "portal", "name": "门户", "annual_fee": "1000.00", "mlps_level": 3, "important": False}},
    ]  # fmt: skip


def test_every_fault_of_every_row_is_told_at_once_with_its_cell() -> None:
    content = workbook({"事件报告": [
        ["事件编号", "类型", "日期", "时长（分钟）", "经济损失（元）", "责任方"],
        ["INC-1", "服务中断", date(2026, 3, 1), 150, 1000, "云服务商"],
        [25117000000012345678, "中断", "3/4/2026", "十分钟", -5, "我们"],
    ]})  # fmt: skip
    good, bad = read_table(content, PARTY_A)
    assert good.stated(NOW) == good.envelope
    assert sorted(faults(bad), key=lambda one: str(one[1])) == [
        ("CELL_DIGITS_LOST", "事件报告!A3 事件编号"), ("CELL_NOT_A_WORD", "事件报告!B3 类型"),
        ("CELL_NOT_A_DAY", "事件报告!C3 日期"), ("DECIMAL_INVALID", "事件报告!D3 时长（分钟）"),
        ("AMOUNT_NEGATIVE", "事件报告!E3 经济损失（元）"), ("CELL_NOT_A_WORD", "事件报告!F3 责任方"),
    ]  # fmt: skip


def test_headings_that_name_nothing_are_told_together_with_what_they_may_have_meant() -> None:
    said = "日期,事件,类型,经济损失（美元）,影响人数,影响人数（人）,经办人"
    content = csv_of(said, "2026/3/1,INC-1,服务中断,120,1,1,")
    found = refused(content, Told("IncidentReported", "party_a"))
    assert found.code == "HEADINGS_FAULTY"
    assert [(one.code, one.place) for one in found.faults] == [
        ("HEADING_UNKNOWN", "D1"), ("HEADING_UNKNOWN", "G1"), ("HEADING_TWICE", "F1")]  # fmt: skip
    assert found.faults[0].values["nearest"] == "经济损失（元）"


def test_columns_that_are_named_to_skip_are_not_read_whatever_stands_in_them() -> None:
    said = "发票编号,日期,期次,金额,经办人,税额,金额（元）,"
    content = csv_of(said, "INV-1,2026/3/1,1,100,某人,6.00,99,随手记", "INV-2,2026/3/2,1,200,,,,")
    told = Told("InvoiceIssued", "party_b")
    assert refused(content, told).code == "HEADINGS_FAULTY"
    for skip in (("经办人", " 税额 ", "金额（元）", "h"), ("E", "F", "G", "H")):
        assert [one["data"] for one in envelopes(content, told._replace(skip=skip))] == [
            {"invoice": "INV-1", "instalment": 1, "amount": "100"},
            {"invoice": "INV-2", "instalment": 1, "amount": "200"},
        ]
    typed = csv_of("事实类型,签署方,日期", "ContractSigned,party_a,2025-11-19")
    assert refused(typed, PARTY_A._replace(skip=("事实类型",))).code == "TABLE_TYPE_UNSAID", "nor is the type then read"
    missing = refused(content, told._replace(skip=("E", "F", "G", "H", "I")))
    assert (missing.code, missing.field, missing.values["column"]) == ("COLUMN_TO_SKIP_UNKNOWN", "skip", "I")


def test_a_cell_under_a_heading_of_another_type_is_no_value_of_this_one() -> None:
    [row] = [one for one in read_table(csv_of(
        "type,on,by,data.party,data.system", "ContractSigned,2025-11-19,party_a,party_a,portal",
        "SystemTestPassed,2025-11-20,party_b,,portal",
    ), Told()) if one.faults]  # fmt: skip
    assert faults(row) == [("CELL_NO_COLUMN", "E2 data.system")]


@pytest.mark.parametrize(("content", "code"), [
    (b"", "TABLE_EMPTY"), (csv_of("日期,签署方"), "TABLE_EMPTY"), (b"\x81\x30,\xff\xff\r\n", "TABLE_ENCODING"),
    (b'a,"b\r\n1,2', "TABLE_QUOTES"), (b"PK\x03\x04 no zip", "TABLE_BROKEN"),
    (b"\xd0\xcf\x11\xe0 an old one", "TABLE_OLD_OR_LOCKED"),
    (csv_of("甲,乙", "1,2"), "TABLE_NO_HEADINGS"), (csv_of("日期,签署方", "2025/11/19,甲方"), "TABLE_TYPE_UNSAID"),
])  # fmt: skip
def test_what_is_no_table_of_facts_is_refused_as_a_whole(content: bytes, code: str) -> None:
    assert refused(content).code == code


def test_one_cell_far_away_does_not_take_the_memory_of_all_before_it() -> None:
    from io import BytesIO
    from zipfile import ZipFile

    small = workbook({"签署合同": [["日期"], [date(2025, 11, 19)]]})
    made = BytesIO()
    with ZipFile(BytesIO(small)) as parts, ZipFile(made, "w") as to:
        for name in parts.namelist():
            part = parts.read(name)
            if name.startswith("xl/worksheets/sheet"):
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                part = part.replace(b"</sheetData>", far)
            to.writestr(name, part)
    assert refused(made.getvalue()).code == "TABLE_TOO_LARGE"


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_of_every_type_imports_its_own_example(form: str, lang: str) -> None:
    for name, row in recordable().items():
        [read] = read_table(template(row, form, "zh" if lang == "zh" else "en"))
        assert (read.faults, read.envelope["type"], read.envelope["data"]) == ([], name, example_data(row))
        assert read_envelope(read.envelope, NOW).on == "2026-03-31"


def test_a_register_as_officers_keep_it_is_read() -> None:
    """A title, headings in row 3, dates that lost their format, 万元, ordinals, a remark, a sum at the bottom."""
    sheet = [
        ["2026 年发票台账"], ["制表：合同科"],
        ["序号", "收票日期", "发票编号", "付款期次", "价税合计（万元）", "税率", "备注"],
        [1, 46350, "FP-1", "第 1 期", 184.312906, "６％", "首期"], [],
        [2, 46351.0, "FP-2", "第二期", "0.5", 0.06, None],
        ["合计", None, None, None, 184.812906],
    ]  # fmt: skip
    first, second = envelopes(workbook({"开具发票": sheet}))
    assert (first["on"], second["on"]) == ("2026-11-24", "2026-11-25")
    assert first["data"] == {"invoice": "FP-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"}
    assert second["data"] == {"invoice": "FP-2", "instalment": 2, "amount": "5000", "tax_rate": "0.06"}


def test_a_cell_merged_with_one_above_says_nothing_of_its_own_row_and_that_is_told() -> None:
    """An amount merged over two rows would count twice."""
    head = ["收到日期", "发票编号", "期次", "金额（元）", "税率"]
    rows = [head, [None, "FP-1", 1, 100, None], [None, "FP-2", 2, 100, None]]
    first, second = read_table(workbook({"开具发票": rows}, {"A2:A3": "2026-11-24", "E2:E3": "6%"}), PARTY_A)
    assert not first.faults and [(one.code, one.place) for one in second.faults] == [
        ("CELL_MERGED", "开具发票!A3 收到日期"), ("CELL_MERGED", "开具发票!E3 税率")]  # fmt: skip


@pytest.mark.parametrize(("number", "day"), [(36_525, None), (36_526, "2000-01-01"), (73_415, "2100-12-31"),
                                              (73_416, None), (46350.5, None)])  # fmt: skip
def test_a_number_in_a_column_of_days_is_the_day_it_stands_for_from_2000_to_2100(
    number: float, day: str | None
) -> None:
    sheet = [["收到日期", "发票编号", "期次", "金额（元）", "税率"], [number, "FP-1", 1, 100, "6%"]]
    (row,) = read_table(workbook({"开具发票": sheet}), Told(None, "party_a"))
    assert row.envelope.get("on") == day and [one.code for one in row.faults] == ["CELL_NOT_A_DAY"] * (day is None)


def test_what_is_never_recorded_from_a_table_has_no_template() -> None:
    from ledger.domain.fact import TYPES

    for form, code in (("xlsx", "TEMPLATE_NOT_RECORDED"), ("ods", "TEMPLATE_FORM")):
        with pytest.raises(Refusal) as found:
            template(TYPES["ContractRegistered"], form)
        assert found.value.code == code


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_refusal(content: bytes) -> None:
    for told in (PARTY_A, Told("IncidentReported", "party_a")):
        with suppress(Refusal):
            for row in read_table(content, told):
                row.stated(NOW)


LINE = st.text(st.sampled_from("12，,;\"'=是甲方年月/.%-JINC \t"), max_size=30)


@given(st.lists(LINE, max_size=5))
def test_any_lines_below_headings_are_rows_or_a_refusal(lines: list[str]) -> None:
    content = csv_of("事件编号,类型,日期,影响时间（分钟）,经济损失（元）,通报或关注,不可抗力", *lines)
    with suppress(Refusal):
        for row in read_table(content, Told("IncidentReported", "party_a")):
            stated = row.stated(NOW)
            assert isinstance(stated, Refusal) or stated["type"] == "IncidentReported"


def test_a_hidden_sheet_and_a_workbook_of_another_kind_are_not_read() -> None:
    import io
    import zipfile

    from xlsxwriter import Workbook

    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        shown, hidden = book.add_worksheet("签署合同"), book.add_worksheet("下拉选项")
        for at, row in enumerate((["日期", "签署方"], ["2025/11/19", "甲方"])):
            shown.write_row(at, 0, row)
        hidden.write_row(0, 0, ["甲方", "乙方"])
        hidden.hide()
    assert [one["data"] for one in envelopes(made.getvalue())] == [{"party": "party_a"}]
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as parts:
        parts.writestr("content.xml", "<office/>")
    assert refused(other.getvalue()).code == "TABLE_BROKEN"
