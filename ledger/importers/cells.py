"""What a cell says, as the JSON value that its column's shape accepts: dates, amounts and words as people write them.

Cells are text (CSV), or what a workbook contains: text, numbers, true and false, dates, times. Only the form is read
here; whether the value fits is decided by the shape and by admission.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias
from unicodedata import normalize

from ledger.domain.errors import Refusal
from ledger.domain.fact import PARTIES, ROLES
from ledger.domain.moments import BEIJING
from ledger.domain.values import Shape, quoted
from ledger.importers.strict_json import parse as parse_json
from ledger.messages import CATALOGUE, Language, in_language, say

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
EXACT_DIGITS = 15  # of a number in a workbook; what has more was cut when it was typed
SEPARATORS = re.compile(r"\s*[、;；,，\n]\s*")

_DAY = re.compile(
    r"(?P<y>[0-9]{4})(?:(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})|年(?P<m2>[0-9]{1,2})月(?P<d2>[0-9]{1,2})日?"
    r"|(?P<m3>[0-9]{2})(?P<d3>[0-9]{2}))"
)
_CLOCK = re.compile(r"(?P<h>[0-9]{1,2})[:时](?P<i>[0-9]{1,2})分?(?:[:]?(?P<sec>[0-9]{1,2}(?:\.[0-9]{1,6})?)秒?)?")
_MONTH = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})|年([0-9]{1,2})月?|([0-9]{2}))")
_MANGLED = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+[0-9]+")  # 2.5112E+19: Excel's way to show many digits
_TRUE = ("true", "yes", "y", "是", "对", "有", "√", "✓", "✔", "1")
_FALSE = ("false", "no", "n", "否", "不是", "无", "×", "✗", "✘", "0")
_TOTALS = ("合计", "总计", "小计", "共计", "本页合计", "total", "subtotal", "sum", "grandtotal")
_BOTH = ("双方", "甲乙双方", "both", "bothparties")
_TEN_THOUSANDS = re.compile(r"(?P<number>[0-9]{1,9}(\.[0-9]{1,6})?)(?P<unit>万|亿)元?")
_ORDINAL = re.compile(r"第?(?P<number>[0-9]{1,6}|[一二三四五六七八九十])(?:期|次|轮|季度|批)")
_DIGITS = "一二三四五六七八九十"
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_415  # 2000-01-01 to 2100-12-31
_SERIAL_0 = date(1899, 12, 30)
_FORMULA = re.compile("['=+@\t\r-]")


def value_of(cell: Cell, shape: Shape) -> Any:
    """The JSON value that a cell states for a shape.

    Raises Refusal CELL_NOT_A_WORD, CELL_DIGITS_LOST, CELL_PERCENT_UNCLEAR, CELL_IN_TEN_THOUSANDS, CELL_FORMULA,
    CELL_ERROR, CELL_NOT_A_DAY, CELL_NOT_A_MONTH, CELL_NOT_YES_OR_NO, CELL_RECORD, CELL_CONCEALED, or those of JSON in a
    cell. A value of no known form is passed on unchanged, for the shape to refuse.
    """
    if isinstance(cell, str):
        cell = plain(cell)
    return _READERS.get(shape.sort, _text)(cell, shape)


def times_ten_thousand(value: Any) -> Any:
    """An amount under a heading that says 万元, in yuan; anything that is no number is passed on unchanged."""
    if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        return value
    return f"{(Decimal(value) * 10_000).normalize():f}"


def is_total(cell: Cell) -> bool:
    """Whether it says that its row is the sum of others."""
    return isinstance(cell, str) and re.sub(r"[\s:：]", "", halfwidth(cell)).casefold() in _TOTALS


def is_empty(cell: Cell) -> bool:
    """Whether nothing was written in it."""
    return isinstance(cell, str) and not cell.strip()


def plain(text: str) -> str:
    """Text without the marks spreadsheets need: a quote that disarms a formula, ``="00123"``. Refusal CELL_FORMULA."""
    text = text.strip(" \u3000\u00a0\n\r\t") if not text.startswith(("\t", "\r")) else text
    if text.startswith("'") and _FORMULA.match(text[1:]):
        return text[1:]
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        return text[2:-1].replace('""', '"')
    if text.startswith("=") and len(text) > 1:
        raise Refusal("CELL_FORMULA", given=quoted(text))
    if text.startswith("#") and re.fullmatch(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)", text):
        raise Refusal("CELL_ERROR", given=text)
    return text


def halfwidth(text: str) -> str:
    """１２３ and ， as 123 and ``,`` (NFKC)."""
    return normalize("NFKC", text)


# --- one reader for each sort ----------------------------------------------------------------------


def _text(cell: Cell, shape: Shape) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, (int, float)):
        return _digits(cell)
    if isinstance(cell, (date, time, timedelta)):
        return _shown(cell)
    if _MANGLED.fullmatch(cell):
        raise Refusal("CELL_DIGITS_LOST", given=quoted(cell))
    return cell


def _digits(number: int | float) -> str:
    """A number of a workbook as text that names something. Refusal CELL_DIGITS_LOST where digits were cut."""
    text = _exact(number)
    if len(text.lstrip("-").replace(".", "").lstrip("0")) > EXACT_DIGITS or abs(number) >= 10**EXACT_DIGITS:
        raise Refusal("CELL_DIGITS_LOST", given=text)
    return text


def _exact(number: int | float) -> str:
    """A number as a spreadsheet shows it in full: fifteen significant digits, no exponent."""
    return f"{Decimal(format(number, f'.{EXACT_DIGITS}g')):f}"


def _shown(cell: date | time | timedelta) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, (date, time)) else str(cell)


def _number(cell: Cell, shape: Shape) -> str:
    """A decimal: ``1,843,129.06``, ``￥1,200``, ``12 元``, digits of any width."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _exact(cell)
    if not isinstance(cell, str):
        return _text(cell, shape)
    if _MANGLED.fullmatch(cell):
        raise Refusal("CELL_DIGITS_LOST", given=quoted(cell))
    text = halfwidth(cell).replace(" ", "")
    text = re.sub(r"^(¥|￥|CNY|RMB|人民币)|(元|分钟|人|个|个月|min)$", "", text)
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", text):
        text = text.replace(",", "")
    return _trimmed(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else cell


def _trimmed(text: str) -> str:
    """Without leading zeros."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{point}{rest}"


def _share(cell: Cell, shape: Shape) -> str:
    """A share of one: ``6%`` is 0.06."""
    if isinstance(cell, str) and (stated := _percentage(cell)) is not None:
        return f"{(stated / 100).normalize():f}"
    return _number(cell, shape)


def _percent(cell: Cell, shape: Shape) -> str:
    """Per cent: ``99.95%`` is 99.95.

    A workbook stores 99.95 % as the number 0.9995 and shows it by its format, which is not available here: a number up
    to 1 may mean either, and is Refusal CELL_PERCENT_UNCLEAR.
    """
    if isinstance(cell, str) and (stated := _percentage(cell)) is not None:
        return f"{stated:f}"
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 0 < cell <= 1:
        raise Refusal("CELL_PERCENT_UNCLEAR", given=_exact(cell), hundredfold=_exact(cell * 100))
    return _number(cell, shape)


def _percentage(text: str) -> Decimal | None:
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)%", halfwidth(text).replace(" ", ""))
    return None if found is None else Decimal(found[1])


def _amount(cell: Cell, shape: Shape) -> str:
    """An amount in yuan. Refusal CELL_IN_TEN_THOUSANDS, which states the amount in yuan, instead of guessing the unit.
    """
    text = _number(cell, shape)
    stated = _TEN_THOUSANDS.fullmatch(halfwidth(text).replace(" ", "").replace(",", ""))
    if stated is not None:
        meant = Decimal(stated["number"]) * (10_000 if stated["unit"] == "万" else 100_000_000)
        raise Refusal("CELL_IN_TEN_THOUSANDS", given=quoted(text), meant=f"{meant:.2f}")
    whole, point, rest = text.partition(".")
    while point and len(rest) > 2 and rest.endswith("0"):
        rest = rest[:-1]
    return f"{whole}.{rest}" if point and rest else whole


def _integer(cell: Cell, shape: Shape) -> Any:
    """A whole number, also written as an ordinal: ``第 2 期``, ``第二季度``."""
    if isinstance(cell, str) and (ordinal := _ORDINAL.fullmatch(halfwidth(cell).replace(" ", ""))) is not None:
        number = ordinal["number"]
        return _DIGITS.index(number) + 1 if number in _DIGITS else int(number)
    text = _number(cell, shape)
    whole, _, rest = text.partition(".")
    return int(whole) if re.fullmatch("-?[0-9]{1,18}", whole) and not rest.strip("0") else text


def _minutes(cell: Cell, shape: Shape) -> Any:
    """Minutes; a time of day or a span of a workbook (``2:30``) is read as a duration."""
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond)
    if isinstance(cell, timedelta):
        exact = Decimal(cell // timedelta(microseconds=1)) / 60_000_000
        return int(exact) if exact == int(exact) else f"{exact.normalize():f}"
    return _integer(cell, shape)


def _number_or_name(cell: Cell, shape: Shape) -> Any:
    text = _text(cell, shape)
    return int(halfwidth(text)) if re.fullmatch("[0-9]{1,9}", halfwidth(text)) else text


def _yes_no(cell: Cell, shape: Shape) -> Any:
    if isinstance(cell, bool):
        return cell
    said = halfwidth(_text(cell, shape)).strip().casefold()
    if said in _TRUE or said in _FALSE:
        return said in _TRUE
    raise Refusal("CELL_NOT_YES_OR_NO", given=quoted(cell))


def _day(cell: Cell, shape: Shape) -> str:
    """A day: ``2026/2/3``, ``2026.2.3``, ``2026年2月3日``, 20260203, a date of a workbook or its number there."""
    cell = _dated(cell)
    if isinstance(cell, date):
        return cell.date().isoformat() if isinstance(cell, datetime) else cell.isoformat()
    text = halfwidth(_text(cell, shape)).strip()
    found = _DAY.match(text)
    if found is None or (found.end() != len(text) and not re.fullmatch(r"[T ]0{1,2}:00(:00)?", text[found.end():])):
        raise Refusal("CELL_NOT_A_DAY", given=quoted(text))
    return _iso(found)


def _dated(cell: Cell) -> Cell:
    """A number of a workbook from 2000 to 2100 as the day it stands for: the cell has lost its format."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return _SERIAL_0 + timedelta(days=int(cell)) if cell == int(cell) else cell
    return cell


def _iso(found: re.Match[str]) -> str:
    month, day = (next(found[f"{part}{n}"] for n in ("", "2", "3") if found[f"{part}{n}"]) for part in "md")
    return f"{found['y']}-{int(month):02d}-{int(day):02d}"


def _moment(cell: Cell, shape: Shape) -> str:
    """A day, or a day with a time of day, which is Beijing's unless an offset says otherwise."""
    cell = _dated(cell)
    if isinstance(cell, datetime):
        if cell.time() == time():
            return cell.date().isoformat()
        return cell.replace(tzinfo=cell.tzinfo or BEIJING).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = halfwidth(_text(cell, shape)).strip()
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]+([Zz]|[+-][0-9:]+)", text):
        return text
    found = _DAY.match(text)
    if found is None:
        raise Refusal("CELL_NOT_A_DAY", given=quoted(text))
    rest = text[found.end():].strip().lstrip("T")
    if not rest:
        return _iso(found)
    clock = _CLOCK.fullmatch(rest)
    if clock is None:
        raise Refusal("CELL_NOT_A_DAY", given=quoted(text))
    seconds, point, fraction = (clock["sec"] or "0").partition(".")
    return f"{_iso(found)}T{int(clock['h']):02d}:{int(clock['i']):02d}:{int(seconds):02d}{point}{fraction}+08:00"


def _month(cell: Cell, shape: Shape) -> str:
    """A month: ``2026-02``, ``2026/2``, ``2026年2月``, or the first day of one."""
    if isinstance(cell, date):
        if cell.day != 1:
            raise Refusal("CELL_NOT_A_MONTH", given=cell.isoformat()[:10])
        return f"{cell.year:04d}-{cell.month:02d}"
    text = halfwidth(_text(cell, shape)).strip()
    found = _MONTH.fullmatch(text)
    if found is None:
        day = _DAY.fullmatch(text)
        if day is not None and _iso(day).endswith("-01"):
            return _iso(day)[:7]
        raise Refusal("CELL_NOT_A_MONTH", given=quoted(text))
    return f"{found[1]}-{int(found[2] or found[3] or found[4]):02d}"


def _word(cell: Cell, shape: Shape) -> str:
    """One of a few words, in Chinese, in English or as it stands in data. Refusal CELL_NOT_A_WORD."""
    text = _text(cell, shape)
    words = _words_of(shape)
    if words and _folded(text) not in words:
        zh, en = (joint.join(both[at] for both in words_of(shape)) for at, joint in ((1, "、"), (2, ", ")))
        raise Refusal("CELL_NOT_A_WORD", given=quoted(text), words_zh=zh, words=en)
    return words.get(_folded(text), text)


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", halfwidth(text).casefold())


def _words_of(shape: Shape) -> Mapping[str, str]:
    words = {_folded(said): option for option, both in shape.options.items() for said in (*both, option)}
    for option in shape.schema.get("enum", ()):
        words.setdefault(_folded(str(option)), str(option))
        if option in ROLES:
            for said in CATALOGUE[f"role:{option}"]:
                words.setdefault(_folded(said), option)
                words.setdefault(_folded(said.removeprefix("the ")), option)
    return words


def _list(cell: Cell, shape: Shape) -> Any:
    """Several values in a cell, separated by 、 ； or a comma; or as JSON."""
    items = shape.items
    text = _text(cell, shape)
    if text.startswith("["):
        return _json(text)
    if items is None or items.parts or items.sort == "object":
        raise Refusal("CELL_RECORD", given=quoted(text))
    if items.sort == "word" and _folded(text) in _BOTH:
        return list(PARTIES)
    read = _READERS.get(items.sort, _text)
    return [read(one.strip(), items) for one in SEPARATORS.split(text) if one]


def _object(cell: Cell, shape: Shape) -> Any:
    """JSON; or ``key=value`` in lines, the values as JSON where they are, else as text."""
    text = _text(cell, shape)
    if text.startswith(("{", "[")):
        return _json(text)
    pairs = [one.partition("=") for one in re.split(r"\s*[;；\n]\s*", text) if one]
    if not pairs or not all(equals for _, equals, _ in pairs):
        raise Refusal("CELL_RECORD", given=quoted(text))
    return {key.strip(): _scalar(value.strip()) for key, _, value in pairs}


def _scalar(text: str) -> Any:
    if re.fullmatch("-?[0-9]{1,15}|true|false|null", text) or text.startswith(("[", "{", '"')):
        return _json(text)
    return text


def _json(text: str) -> Any:
    return parse_json(text.encode("utf-8", "surrogatepass"))


def _personal(cell: Cell, shape: Shape) -> str:
    text = _text(cell, shape)
    if text.startswith('{"commitment"'):
        raise Refusal("CELL_CONCEALED")
    return text


_READERS: dict[str, Callable[[Any, Shape], Any]] = {
    "text": _text, "amount": _amount, "share": _share, "percent": _percent, "decimal": _number, "minutes": _minutes,
    "integer": _integer, "number-or-name": _number_or_name, "yes-no": _yes_no, "day": _day, "moment": _moment,
    "month": _month, "word": _word, "list": _list, "record": _object, "object": _object, "personal": _personal,
}  # fmt: skip


# --- the other way -----------------------------------------------------------------------------------


def cell_of(value: Any, shape: Shape, lang: Language | None = None) -> str | int | bool | None:
    """The content of a cell that :func:`value_of` reads as ``value``; words in ``lang``, or as in data (None)."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if shape.sort == "word" and lang is not None:
        return _called(str(value), shape, lang)
    if isinstance(value, str):
        return value
    if isinstance(value, list) and shape.items is not None and not shape.items.parts and shape.items.sort != "object":
        cells = [str(cell_of(one, shape.items, lang)) for one in value]
        if cells and not any(SEPARATORS.search(one) or one.startswith("[") or one != one.strip() for one in cells):
            return "、".join(cells)
    return json.dumps(value, ensure_ascii=False)


def text_of(value: Any, shape: Shape, lang: Language | None = None) -> str:
    """The same as a person would type it."""
    said = cell_of(value, shape, lang)
    return "" if said is None else str(said).lower() if isinstance(said, bool) else str(said)


def _called(value: str, shape: Shape, lang: Language) -> str:
    if value in shape.options:
        return in_language(shape.options[value], lang)
    return say(f"role:{value}", lang) if value in ROLES else value


def words_of(shape: Shape) -> Iterable[tuple[str, str, str]]:
    """The words a column takes where there are few: as in data, in Chinese, in English."""
    if shape.sort == "yes-no":
        return [("true", *CATALOGUE["truth:true"]), ("false", *CATALOGUE["truth:false"])]
    of = shape.items if shape.sort == "list" and shape.items is not None else shape
    listed = [str(one) for one in of.schema.get("enum", ())] or list(of.options)
    return [(one, _called(one, of, "zh"), _called(one, of, "en")) for one in listed] if of.sort == "word" else []
