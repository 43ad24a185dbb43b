"""An empty table to fill in for a type: its headings from the declaration, an example row, the words it takes.

As a workbook a second sheet says of each column what it holds and which words it takes, and the cells offer them. The
example row is a fact like any other: whoever leaves it in imports it.
"""

from __future__ import annotations

import csv
import io
from typing import Any

from ledger.domain.declare import replace
from ledger.domain.errors import Refusal
from ledger.domain.fact import FactType
from ledger.domain.fact_envelope import recordable
from ledger.domain.fact_words import example_data
from ledger.domain.values import one_of
from ledger.importers.cells import cell_of, words_of
from ledger.importers.columns import DATA, Column, columns_of
from ledger.labels import fact_type
from ledger.messages import CATALOGUE, Language, in_language, say

EXAMPLE_DAY = "2026/3/31"
FORMS = ("xlsx", "csv")
_LAST = 1_048_575  # the last row a sheet has, counted from 0
_WIDEST = 40


def template(row: FactType, form: str, lang: Language = "zh") -> bytes:
    """The table of a type as ``xlsx`` or ``csv`` (UTF-8 with its mark).

    Refusal TEMPLATE_FORM for another form, TEMPLATE_NOT_RECORDED for a type that is recorded in another way.
    """
    if form not in FORMS:
        raise Refusal("TEMPLATE_FORM", form=form, known=", ".join(FORMS))
    if row.name not in recordable():
        raise Refusal("TEMPLATE_NOT_RECORDED", type=fact_type(row.name, lang))
    columns = [_of_roles(row, one) for one in columns_of(row) if one.key != "actor" or len(row.actors) > 1]
    return _csv(row, columns, lang) if form == "csv" else _xlsx(row, columns, lang)


def _of_roles(row: FactType, column: Column) -> Column:
    """Of the columns that name roles, those offered that may say or do it."""
    roles = {"by": row.by, "actor": row.actors}.get(column.key)
    return column if roles is None else column._replace(shape=replace(column.shape, schema=one_of(*roles)))


def _example(row: FactType, column: Column, lang: Language) -> str | int | bool | None:
    """What the example row says in a column, so that it is read as the declaration's example."""
    if column.key == "on":
        return EXAMPLE_DAY
    if column.key == "by":
        return cell_of(row.actors[0], column.shape, lang)
    if not column.key.startswith(DATA):
        return None
    value: Any = example_data(row)
    for part in column.key[len(DATA) :].split("."):
        if isinstance(value, list):
            value = value[int(part) - 1] if int(part) <= len(value) else None
        else:
            value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, bool):
        return say(f"truth:{str(value).lower()}", lang)
    return cell_of(value, column.shape, lang)


def _csv(row: FactType, columns: list[Column], lang: Language) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([say("table.type", lang), *(_heading(column, lang) for column in columns)])
    writer.writerow([fact_type(row.name, lang), *("" if (cell := _example(row, column, lang)) is None else cell
                                                  for column in columns)])  # fmt: skip
    return stream.getvalue().encode("utf-8-sig")


def _heading(column: Column, lang: Language) -> str:
    return in_language(column.name, lang)


def _xlsx(row: FactType, columns: list[Column], lang: Language) -> bytes:
    from xlsxwriter import Workbook

    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": fact_type(row.name, lang)})
        required = book.add_format({"bold": True, "bg_color": "#DCE6F1", "bottom": 1, "num_format": "@"})
        optional = book.add_format({"bg_color": "#F2F2F2", "bottom": 1, "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        example = book.add_format({"num_format": "@", "italic": True, "font_color": "#595959"})
        sheet = book.add_worksheet(fact_type(row.name, lang)[:31])
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            heading, cell = _heading(column, lang), _example(row, column, lang)
            sheet.set_column(at, at, min(_WIDEST, max(map(_cells, (heading, str(cell or "")))) + 3), text)
            sheet.write_string(0, at, heading, required if column.required else optional)
            if cell is not None:
                sheet.write_string(1, at, str(cell), example)
            _offer(sheet, at, column, lang)
        _options(book, row, columns, lang)
    return made.getvalue()


def _cells(text: str) -> int:
    """How wide a text is, a Chinese character as two."""
    return sum(2 if ord(one) > 0x2E7F else 1 for one in text)


def _offer(sheet: Any, at: int, column: Column, lang: Language) -> None:
    """The cells of a column offer its words, and take others: a list may name several."""
    words = [in_language(both, lang) for _, *both in words_of(column.shape)]
    if words and column.shape.sort != "list" and len(",".join(words)) <= 255:
        sheet.data_validation(1, at, _LAST, at, {"validate": "list", "source": words, "error_type": "warning"})


def _options(book: Any, row: FactType, columns: list[Column], lang: Language) -> None:
    """The sheet that says what each column holds."""
    sheet = book.add_worksheet(say("template.options", lang))
    bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, (code, width) in enumerate((("heading", 24), ("key", 26), ("needed", 9), ("holds", 44), ("words", 60))):
        sheet.set_column(place, place, width, wrapped)
        sheet.write_string(0, place, say(f"template.{code}", lang), bold)
    for line, column in enumerate(columns, 1):
        words = "\n".join(say("template.word", lang, word=word, said=in_language(both, lang))
                          for word, *both in words_of(column.shape))  # fmt: skip
        needed = say("template.required" if column.required else "template.optional", lang)
        told = (_heading(column, lang), column.key, needed, _holds(column, lang), words)
        for place, cell in enumerate(told):
            sheet.write_string(line, place, cell, wrapped)
    sheet.write_string(len(columns) + 2, 0, say("template.note", lang, type=fact_type(row.name, lang)))


def _holds(column: Column, lang: Language) -> str:
    code = f"template.holds.{column.shape.sort}"
    return say(code, lang) if code in CATALOGUE else in_language(column.shape.said, lang)
