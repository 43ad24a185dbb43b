"""Reading a document of terms against its shape: every value checked, every fault kept.

A shape is data: :class:`Table` (known keys), :class:`Rows` (a list of tables, each addressed by one of its
keys), :class:`Value` (one value and how it is read). :func:`read` walks a document along a shape and
appends a :class:`~ledger.domain.errors.Refusal` for every fault; what could not be read is left out, so
that checks across values can still look at the rest. A row's path is its address
(``parts.2``), or its place in the file (``parts[2]``) where that cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.domain.moments import FIRST_YEAR, LAST_YEAR
from ledger.domain.money import Fen, fen, yuan
from ledger.domain.values import DAY_PATTERN, Sort, quoted


@dataclass(frozen=True, slots=True)
class Reader:
    """Takes a raw value and returns the value read, or raises :class:`Unreadable`.

    ``schema`` is the JSON Schema (2020-12) of what it accepts; it does not state the bounds of decimals. ``sort`` says
    how forms ask for such a value.
    """

    read: Callable[[object], Any]
    schema: Mapping[str, Any]
    sort: Sort = "text"

    def __call__(self, raw: object) -> Any:
        return self.read(raw)


class Unreadable(Exception):
    """A value that does not fit its key: a code of the catalogue and the values of its sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Value:
    """One value; ``optional`` keys may be left out."""

    read: Reader
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with exactly these keys; an optional table may be left out or, which is the same, be empty."""

    keys: Mapping[str, Shape]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of tables, each addressed by the value of its key ``address``, which must be unique.

    It has at least one row; an optional list may be left out or, which is the same, be empty.
    """

    row: Table
    address: str
    optional: bool = False


Shape = Value | Table | Rows
Row = tuple[str, dict[str, Any]]
"""A row as read: its path, and its readable values by key."""
_ANY: Table = Table({})
ABSENT = object()
"""Stands for what could not be read."""

# C0 and C1 controls, Arabic letter mark, direction marks and overrides, isolates, line and paragraph
# separators, lone surrogates, byte order mark, non-characters: invisible, or they turn the words around.
_BASIC = r"\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff"
_HIDDEN = (
    f"[{_BASIC}\\ud800-\\udfff"
    + "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_DECIMAL = r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?"
_FINE_MONEY = r"[0-9]+\.[0-9]{3,}"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
_WORDS = "[a-z0-9]+(?:-[a-z0-9]+)*"
_SLUG = rf"(?=.{{1,64}}$){_WORDS}"


class Traced:
    """A record of terms that passes the dotted path of each value taken from it to ``note``.

    ``shape`` is what the record was read by. An attribute is its key in lower case (``from_`` where Python reserves the
    word); reading a row's address is not noted.
    """

    __slots__ = ("_address", "_note", "_path", "_record", "_shape")

    def __init__(self, record: Any, shape: Table, path: str, note: Callable[[str], None], address: str = "") -> None:
        self._record, self._shape, self._path, self._note, self._address = record, shape, path, note, address

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._record, name)
        key = next((key for key in self._shape.keys if key.lower() == name.rstrip("_")), None)
        if key is None:
            raise AttributeError(name)
        shape = self._shape.keys[key]
        path = f"{self._path}.{key}" if self._path else key
        if isinstance(shape, Rows):
            return tuple(
                Traced(row, shape.row, f"{path}.{getattr(row, shape.address)}", self._note, shape.address)
                for row in value
            )
        if isinstance(shape, Table) and value is not None:
            return Traced(value, shape, path, self._note)
        if key != self._address:
            self._note(path)
        return value


def without_rows(shape: Shape, path: str) -> tuple[str, list[str]]:
    """A dotted path without the addresses of its rows, and those addresses; parts that ``shape`` does not know stay."""
    named, rows = [], []
    for part in path.split("."):
        if isinstance(shape, Rows):
            rows.append(part)
            shape = shape.row
            continue
        named.append(part)
        shape = shape.keys.get(part, _ANY) if isinstance(shape, Table) else _ANY
    return ".".join(named), rows


def value_at(record: Any, shape: Table, path: str) -> Any:
    """The value at a dotted path of a record of terms read by ``shape``, a row by its address; None where there is
    none.
    """
    found: Any = record
    within: Any = shape
    for part in path.split("."):
        if isinstance(within, Rows):
            address = within.address
            found = next((row for row in found if str(getattr(row, address)) == part), None)
            within = within.row
        else:
            name = part.lower()
            found = getattr(found, name if hasattr(found, name) else f"{name}_")
            within = within.keys[part]
        if found is None:
            return None
    return found


def read(shape: Shape, raw: object, path: str, faults: list[Refusal]) -> Any:
    """``raw`` read by ``shape``: a dict, a list of :data:`Row`, a value, or ABSENT; faults are added to ``faults``."""
    if isinstance(shape, Table):
        return _table(shape, raw, path, faults)
    if isinstance(shape, Rows):
        return _rows(shape, raw, path, faults)
    try:
        return shape.read(raw)
    except Unreadable as unreadable:
        faults.append(Refusal(unreadable.code, path, **unreadable.values))
        return ABSENT


def _table(shape: Table, raw: object, path: str, faults: list[Refusal]) -> Any:
    if not isinstance(raw, Mapping):
        faults.append(Refusal("TERMS_NOT_A_TABLE", path or None, given=quoted(raw)))
        return ABSENT
    if shape.optional and not raw:
        return {}
    stem = f"{path}." if path else ""
    values: dict[str, Any] = {}
    for key, part in shape.keys.items():
        given = raw.get(key, ABSENT)
        if given is not ABSENT:
            value = read(part, given, stem + key, faults)
            if value is not ABSENT:
                values[key] = value
        elif not part.optional:
            faults.append(Refusal("TERMS_KEY_MISSING", stem + key))
    if len(raw) > len(values):  # else every key was known
        known = ", ".join(shape.keys)
        unknown = (quoted(key) for key in raw if key not in shape.keys)
        faults.extend(Refusal("TERMS_KEY_UNKNOWN", stem + key, known=known) for key in unknown)
    return values


def _rows(shape: Rows, raw: object, path: str, faults: list[Refusal]) -> Any:
    if not isinstance(raw, (list, tuple)):
        faults.append(Refusal("TERMS_NOT_A_LIST", path, given=quoted(raw)))
        return ABSENT
    if not raw and not shape.optional:
        faults.append(Refusal("TERMS_LIST_EMPTY", path))
        return ABSENT
    rows: list[Row] = []
    seen: set[object] = set()
    for place, given in enumerate(raw, 1):
        address = row_address(shape, given)
        where = f"{path}.{address}" if address is not None else f"{path}[{place}]"
        if address is not None and address in seen:
            faults.append(Refusal("TERMS_DUPLICATE", f"{where}.{shape.address}", given=address))
        seen.add(address)
        values = _table(shape.row, given, where, faults)
        rows.append((where, {} if values is ABSENT else values))
    return rows


def row_address(shape: Rows, raw: object) -> object | None:
    """The address of a raw row, a number or a slug; None where it cannot be read."""
    if not isinstance(raw, Mapping):
        return None
    reader = shape.row.keys[shape.address]
    if not isinstance(reader, Value):
        raise TypeError(f"{shape.address} must be a plain value")
    try:
        return reader.read(raw.get(shape.address))  # type: ignore[no-any-return]
    except Unreadable:
        return None


def value_in(row: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path within a recorded row; None where there is none."""
    found: Any = row
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


# --- the kinds of values ---------------------------------------------------------------------------


def text(raw: object, *, longest: int = 200) -> str:
    """A text that is not blank, has at most ``longest`` characters, and none that is hidden."""
    if not isinstance(raw, str):
        raise Unreadable("TERMS_NOT_TEXT", given=quoted(raw))
    hidden = None if raw.isprintable() else re.search(_HIDDEN, raw)
    if hidden:
        raise Unreadable("TERMS_TEXT_HIDDEN", character=f"U+{ord(hidden[0]):04X}")
    if not raw.strip():
        raise Unreadable("TERMS_TEXT_BLANK")
    if len(raw) > longest:
        raise Unreadable("TERMS_TEXT_LONG", length=len(raw), longest=longest)
    return raw


def contract_id(raw: object) -> str:
    """A contract's number: it stands in URLs and fact ids, so only a few characters are allowed."""
    if not re.fullmatch(_ID, text(raw)):
        raise Unreadable("TERMS_ID_CHARACTERS", given=quoted(raw))
    return str(raw)


def slug(raw: object) -> str:
    """A short name for machines: lower-case letters, digits and hyphens."""
    if not re.fullmatch(_SLUG, text(raw)):
        raise Unreadable("TERMS_SLUG_CHARACTERS", given=quoted(raw))
    return str(raw)


def choice(*options: str) -> Reader:
    """One of a few words."""

    def read_choice(raw: object) -> str:
        if text(raw) not in options:
            raise Unreadable("TERMS_CHOICE_UNKNOWN", given=quoted(raw), known=", ".join(options))
        return str(raw)

    return Reader(read_choice, {"type": "string", "enum": list(options)}, "word")


def choices(*options: str) -> Reader:
    """A list, possibly empty, of different words from a few."""
    return several(choice(*options))


def several(one: Reader) -> Reader:
    """A list, possibly empty, of different words, each read by ``one``."""

    def read_choices(raw: object) -> tuple[str, ...]:
        if not isinstance(raw, (list, tuple)):
            raise Unreadable("TERMS_NOT_A_LIST", given=quoted(raw))
        words = tuple(one(word) for word in raw)
        if len(set(words)) < len(words):
            raise Unreadable("TERMS_DUPLICATE", given=next(word for word in words if words.count(word) > 1))
        return words

    return Reader(read_choices, {"type": "array", "items": one.schema, "uniqueItems": True}, "list")


def integer(least: int, most: int) -> Reader:
    """A whole number from ``least`` to ``most``; the bounds keep dates within the calendar."""

    def read_integer(raw: object) -> int:
        if type(raw) is not int:  # bool is an int to isinstance
            raise Unreadable("TERMS_NOT_INTEGER", given=quoted(raw))
        if not least <= raw <= most:
            raise Unreadable("TERMS_OUT_OF_RANGE", given=quoted(raw), range=f"≥ {least}, ≤ {most}")
        return raw

    return Reader(read_integer, {"type": "integer", "minimum": least, "maximum": most}, "integer")


def decimal(
    least: str, most: str, *, above: bool = False, below: bool = False, sort: Sort = "decimal"
) -> Reader:
    """An exact decimal as a string, within bounds that ``above`` and ``below`` make exclusive; keeps its text.

    ``sort`` says whether it is a ``share`` of one or a ``percent``.
    """
    low, high = Decimal(least), Decimal(most)
    span = f"{'>' if above else '≥'} {least}, {'<' if below else '≤'} {most}"

    def read_decimal(raw: object) -> Decimal:
        if not isinstance(raw, str) or not re.fullmatch(_DECIMAL, raw):
            raise Unreadable("TERMS_NOT_DECIMAL", given=quoted(raw))
        number = Decimal(raw)
        if not low <= number <= high or (above and number == low) or (below and number == high):
            raise Unreadable("TERMS_OUT_OF_RANGE", given=raw, range=span)
        return number

    return Reader(read_decimal, {"type": "string", "pattern": f"^{_DECIMAL}$"}, sort)


def money(*, zero: bool = False) -> Reader:
    """An amount in yuan as a decimal string with at most two decimals, not negative; zero only where allowed."""

    def read_money(raw: object) -> Fen:
        if not isinstance(raw, str):
            raise Unreadable("TERMS_NOT_MONEY", given=quoted(raw))
        try:
            amount = fen(raw)
        except ValueError:
            code = "TERMS_MONEY_TOO_FINE" if re.fullmatch(_FINE_MONEY, raw) else "TERMS_NOT_MONEY"
            raise Unreadable(code, given=quoted(raw)) from None
        if not amount and not zero:
            raise Unreadable("TERMS_OUT_OF_RANGE", given=raw, range="> 0")
        return amount

    return Reader(read_money, {"type": "string", "pattern": r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,2})?$"}, "amount")


def day(raw: object) -> date:
    """A calendar day of 1949–2199: a TOML date, or its JSON text ``2025-12-31``."""
    if isinstance(raw, str) and re.fullmatch(_DAY, raw):
        try:
            raw = date.fromisoformat(raw)
        except ValueError:
            raise Unreadable("TERMS_NO_SUCH_DAY", given=raw) from None
    if not isinstance(raw, date) or isinstance(raw, datetime):
        raise Unreadable("TERMS_NOT_A_DAY", given=quoted(raw))
    if not FIRST_YEAR <= raw.year <= LAST_YEAR:
        span = f"≥ {FIRST_YEAR}-01-01, ≤ {LAST_YEAR}-12-31"
        raise Unreadable("TERMS_OUT_OF_RANGE", given=raw.isoformat(), range=span)
    return raw


def boolean(raw: object) -> bool:
    """True or false."""
    if not isinstance(raw, bool):
        raise Unreadable("TERMS_NOT_BOOLEAN", given=quoted(raw))
    return raw


BOOLEAN = Reader(boolean, {"type": "boolean"}, "yes-no")
TEXT = Reader(text, {"type": "string", "maxLength": 200, "pattern": rf"^[^{_BASIC}]*[^\s{_BASIC}][^{_BASIC}]*$"})
CONTRACT_ID = Reader(contract_id, {"type": "string", "pattern": f"^{_ID}$"})
SLUG = Reader(slug, {"type": "string", "pattern": f"^{_WORDS}$", "maxLength": 64})
DAY = Reader(day, {"type": "string", "format": "date", "pattern": DAY_PATTERN}, "day")


def adds_up(code: str, field: str, amounts: Sequence[Fen] | None, total: Fen | None) -> Iterator[Refusal]:
    """Refuse amounts that do not add up to their total; not checked where one of them could not be read."""
    added = Fen(sum(amounts)) if amounts is not None else None
    if added is not None and total is not None and added != total:
        yield Refusal(code, field, sum=yuan(added), total=yuan(total))
