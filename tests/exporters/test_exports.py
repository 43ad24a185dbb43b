"""Exports: the same values in every form, nothing calculated on opening, facts that import again as the same."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ledger.domain.errors import Refusal
from ledger.domain.money import Fen, yuan
from ledger.domain.values import MOST_FEN
from ledger.exporters import Form, ListTable, facts_tables, portfolio_table, section_table, table_of, written
from ledger.exporters.csv_table import disarmed
from ledger.importers.cells import plain
from ledger.importers.table import Told as ToldOfTable
from ledger.importers.table import read_table
from ledger.service import Ledger, Question
from tests.story import CONTRACT, Told

AS_OF = Question(as_of=date(2026, 11, 22))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger to which the story was told."""
    ledger = Told(tmp_path_factory.mktemp("told")).ledger
    yield ledger
    ledger.store.close()


def said(fact: dict[str, Any]) -> tuple[Any, ...]:
    ref = fact.get("ref")
    own = None if ref is None or ref == str(fact.get("seq")) else ref
    return fact["type"], fact["on"], fact["by"], fact.get("actor", fact["by"]), own


def concealed(fact: dict[str, Any]) -> bool:
    return any(isinstance(value, dict) and "commitment" in value for value in fact["data"].values())


@pytest.mark.parametrize(("form", "lang"), [("csv", "zh"), ("xlsx", "zh"), ("xlsx", "en")])
def test_facts_exported_as_a_table_import_again_as_the_same_facts(told: Ledger, form: Form, lang: Any) -> None:
    register = [fact for fact in told.register_of(CONTRACT) if not concealed(fact)]
    rows = read_table(written(facts_tables(register, form, lang), form), ToldOfTable())
    wanted = [fact for fact in register if fact["type"] != "ContractRegistered"]
    assert [row.faults for row in rows] == [[]] * len(wanted) and len(wanted) > 60
    assert [said(row.envelope) for row in rows] == [said(fact) for fact in wanted]
    with_terms = Ledger("sqlite:///:memory:", create=True, clock=told.clock)
    with_terms.register(told.terms(CONTRACT))
    with_terms.record(CONTRACT, [row.envelope for row in rows])
    again = [fact for fact in with_terms.register_of(CONTRACT) if fact["type"] != "ContractRegistered"]
    assert [fact["data"] for fact in again] == [fact["data"] for fact in wanted]


def test_facts_as_parquet_say_what_they_say_as_csv(told: Ledger) -> None:
    [table] = facts_tables(told.register_of(CONTRACT), "parquet")
    parquet = pq.read_table(io.BytesIO(written([table], "parquet")))
    rows = read_csv(written([table], "csv"))
    assert parquet.column_names == rows[0] and parquet.num_rows == len(rows) - 1
    for name, cells in zip(rows[0], zip(*rows[1:], strict=True), strict=True):
        values = parquet.column(name).to_pylist()
        said = ["" if value is None else str(value).lower() if isinstance(value, bool) else value for value in values]
        as_text = [str(value) if not isinstance(value, str) else value for value in said]
        assert [Decimal(one) if one and name.endswith("amount") else one for one in as_text] == [
            Decimal(one) if one and name.endswith("amount") else plain(one) for one in cells]  # fmt: skip


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_section_is_the_same_in_every_form_and_its_sums_are_exact(told: Ledger) -> None:
    answer, template = told.status(CONTRACT, AS_OF), told.template(CONTRACT)
    items = answer["damages"]["items"]
    table = section_table(answer, template, "damages")
    rows = read_csv(written([table], "csv"))
    assert rows[0] == list(table.headings) and [row[0] for row in rows[1:]] == [item["id"] for item in items]
    parquet = pq.read_table(io.BytesIO(written([table], "parquet")))
    assert str(parquet.schema.field("amount").type) == "decimal128(18, 2)"
    assert parquet.column("amount").to_pylist() == [Decimal(item["amount"]) for item in items]
    [sheet] = CalamineWorkbook.from_filelike(io.BytesIO(written([table], "xlsx"))).sheet_names
    cells = CalamineWorkbook.from_filelike(io.BytesIO(written([table], "xlsx"))).get_sheet_by_name(sheet).to_python()
    at = table.headings.index("amount")
    assert [f"{row[at]:.2f}" for row in cells[1:]] == [item["amount"] for item in items]


def test_every_section_and_the_portfolio_can_be_had_as_tables(told: Ledger) -> None:
    answer, template = told.status(CONTRACT, AS_OF), told.template(CONTRACT)
    tables = [section_table(answer, template, key) for key in template.sections]
    tables.append(portfolio_table(told.portfolio.lines(AS_OF)))
    for table in tables:
        assert [len(row) for row in table.rows] == [len(table.headings)] * len(table.rows)
        for form in ("csv", "xlsx", "parquet"):
            assert written([table], form)  # type: ignore[arg-type]
    assert [row[0] for row in section_table(answer, template, "incidents").rows] == ["counted"] * 3 + ["excluded"]
    assert "sum" in tables[-1].sorts and tables[-1].rows[0][0] == CONTRACT


@given(st.integers(0, MOST_FEN))
def test_every_amount_a_fact_may_have_is_the_same_number_in_a_workbook(fen: int) -> None:
    from ledger.domain.fields import MONEY
    from ledger.importers.cells import value_of

    assert value_of(float(yuan(Fen(fen))), MONEY) in (yuan(Fen(fen)), yuan(Fen(fen)).rstrip("0").rstrip("."))


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), max_size=12))
def test_no_text_is_a_formula_and_each_comes_back_as_it_was(text: str) -> None:
    for one in (text, f"={text}", f"@{text}", f"'{text}", f"'={text}", f"+{text}", f"-{text}"):
        shown = disarmed(one)
        number = one.removeprefix("-").replace(".", "", 1)
        assert not shown.startswith(("=", "+", "@")) and (not shown.startswith("-") or number.isdigit())
        assert shown == one or plain(shown) == one


def test_a_formula_in_a_text_stays_a_text_in_a_workbook() -> None:
    table = table_of("x", [{"reason": '=HYPERLINK("http://x","y")', "count": 2, "done": True, "none": None}])
    assert table.sorts == ("text", "count", "flag", "text")
    content = written([table], "xlsx")
    row = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1]
    assert row == ['=HYPERLINK("http://x","y")', 2.0, True, ""]
    from zipfile import ZipFile

    assert b"<f>" not in ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(("table", "form", "code"), [
    (ListTable("x", ("a",), ("text",), [("y" * 40_000,)]), "xlsx", "EXPORT_TOO_LARGE"),
    (ListTable("x", ("a",), ("text",), []), "ods", "EXPORT_FORM"),
])  # fmt: skip
def test_what_a_form_cannot_hold_is_refused(table: ListTable, form: Any, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        written([table], form)
    assert refused.value.code == code


def test_where_parquet_is_not_installed_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Refusal, match="EXPORT_NEEDS_PARQUET"):
        written([table_of("x", [{"a": 1}])], "parquet")
