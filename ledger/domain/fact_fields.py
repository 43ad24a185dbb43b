"""The shapes of values in a fact's ``data``: what is accepted, what is stored, what it becomes.

Each shape has a strict reader for what a client sends, which raises a Refusal whose ``field`` is the path
inside the value (or None), a trusted reader for what the ledger stored, and the way back to JSON.
``FIELDS`` says by name which shape a field has; where one name means two things, ``OWN_FIELDS``
says it by type and name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from ledger.domain.errors import Refusal
from ledger.domain.facts.personal import Commitment
from ledger.domain.facts.table import PARTY_A, PARTY_B
from ledger.domain.moments import FIRST_YEAR, LAST_YEAR, NotAMoment, parse_on
from ledger.domain.money import Fen, yuan

MOST_FEN = 10**13
MOST_COUNT = 10**9
LONGEST_TEXT = 10_000
LONGEST_NAME = 500
LONGEST_IDENTIFIER = 128
LONGEST_DECIMAL = 30
LONGEST_LIST = 1_000
DEEPEST = 12
MOST_NODES = 100_000


class Shape(NamedTuple):
    """How one kind of value is read strictly, read back from store, and written as JSON (None: as it is)."""

    parse: Callable[[Any], Any]
    decode: Callable[[Any], Any] | None = None
    encode: Callable[[Any], Any] | None = None


# --- texts -----------------------------------------------------------------------------------------

_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_DIGEST = "[0-9a-f]{64}"
_MEDIA_TYPE = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}"


@cache
def _forbidden() -> re.Pattern[str]:
    """Control characters, surrogates, non-characters, and what reorders text invisibly."""
    non_characters = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    return re.compile(
        "[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
        f"\\ufdd0-\\ufdef{non_characters}]"
    )


def shown(value: object) -> str:
    """``value`` as a refusal may quote it: short, and nothing in it that prints invisibly."""
    text = value if isinstance(value, str) else repr(value)
    text = text if text.isprintable() else text.encode("unicode_escape", "backslashreplace").decode("ascii")
    return text if len(text) <= 60 else text[:57] + "..."


def clean(value: object, longest: int = LONGEST_TEXT) -> str:
    """A text of 1 to ``longest`` characters without control or direction-changing ones; Refusal otherwise."""
    if type(value) is not str:
        raise wrong_type("text", value)
    if not value:
        raise Refusal("TEXT_EMPTY")
    if len(value) > longest:
        raise Refusal("TEXT_TOO_LONG", length=len(value), longest=longest)
    if not value.isprintable():
        forbidden = _forbidden().search(value)
        if forbidden is not None:
            raise Refusal("TEXT_FORBIDDEN", position=forbidden.start() + 1,
                          character=f"U+{ord(forbidden[0]):04X}")
    return value


def identifier(value: object) -> str:
    """1 to 128 visible characters, no spaces; Refusal otherwise."""
    if type(value) is not str:
        raise wrong_type("text", value)
    if not 0 < len(value) <= LONGEST_IDENTIFIER or not value.isprintable() or " " in value:
        raise Refusal("IDENTIFIER_INVALID", value=shown(value))
    return value


def wrong_type(expected: str, value: object) -> Refusal:
    """A Refusal that says what JSON type was expected and what came, a key of ``JSON_TYPES`` each."""
    names = {str: "text", bool: "true/false", int: "integer", float: "float", list: "list", dict: "object"}
    found = "null" if value is None else names.get(type(value), "object")
    return Refusal("FIELD_TYPE", expected=JSON_TYPES[expected][1], expected_zh=JSON_TYPES[expected][0],
                   found=JSON_TYPES[found][1], found_zh=JSON_TYPES[found][0])


JSON_TYPES: dict[str, tuple[str, str]] = {
    "text": ("文字", "text"),
    "decimal": ("写在引号内的十进制数（如 \"1843129.06\"）", 'a decimal in quotes (such as "1843129.06")'),
    "date": ("日期文字（如 \"2025-11-24\"）", 'a date as text (such as "2025-11-24")'),
    "integer": ("整数", "an integer"),
    "float": ("浮点数", "a floating-point number"),
    "true/false": ("true 或 false", "true or false"),
    "null": ("null", "null"),
    "list": ("列表", "a list"),
    "object": ("JSON 对象", "a JSON object"),
    "any": ("文字、整数、true、false、列表或对象", "text, an integer, true, false, a list or an object"),
}


def _matching(pattern: str, code: str) -> Shape:
    def parse(value: object) -> str:
        if type(value) is not str:
            raise wrong_type("text", value)
        if len(value) > LONGEST_IDENTIFIER or not re.fullmatch(pattern, value):
            raise Refusal(code, value=shown(value))
        return value

    return Shape(parse)


def choice(*options: str) -> Shape:
    """One of a few words."""
    known = frozenset(options)

    def parse(value: object) -> str:
        if type(value) is not str:
            raise wrong_type("text", value)
        if value not in known:
            raise Refusal("CHOICE_UNKNOWN", value=shown(value), known=", ".join(options))
        return value

    return Shape(parse)


def _text(longest: int) -> Shape:
    return Shape(lambda value: clean(value, longest))


def _personal(value: object) -> object:
    return Commitment(commitment=value["commitment"]) if type(value) is dict else value


def _personal_json(value: object) -> object:
    return {"commitment": value.commitment} if type(value) is Commitment else value


# --- numbers, money, days --------------------------------------------------------------------------

def amount(value: object) -> Fen:
    """An amount in yuan, a decimal string with at most two decimals, as fen; Refusal otherwise."""
    if type(value) is not str:
        raise wrong_type("decimal", value)
    whole, _, rest = value.partition(".")
    if len(rest) > 2 or not _is_decimal(value):
        raise _amount_fault(value)
    fen = int(whole) * 100 + (int(rest) * (10 if len(rest) == 1 else 1) if rest else 0)
    if fen > MOST_FEN:
        raise Refusal("AMOUNT_TOO_LARGE", value=shown(value), most=yuan(Fen(MOST_FEN)))
    return Fen(fen)


def _is_decimal(text: str) -> bool:
    """Digits, and perhaps a point and more digits; no sign, exponent, or zeros in front."""
    whole, point, rest = text.partition(".")
    return (
        len(text) <= LONGEST_DECIMAL and text.isascii() and whole.isdigit()
        and (whole[0] != "0" or whole == "0") and (rest.isdigit() if point else True)
    )


def _amount_fault(value: str) -> Refusal:
    negative = value.startswith("-")
    if _is_decimal(value.removeprefix("-")):
        return Refusal("AMOUNT_NEGATIVE" if negative else "AMOUNT_DECIMALS", value=shown(value))
    return Refusal("AMOUNT_INVALID", value=shown(value))


def _stored_amount(text: str) -> int:
    # Amounts are stored with two decimals (money.yuan), but in a correction's data as the client wrote them.
    return int(text[:-3] + text[-2:]) if text[-3:-2] == "." else amount(text)


def _decimal(least: int, most: int) -> Shape:
    low, high = Decimal(least), Decimal(most)
    met: dict[str, Decimal] = {}  # rates and percentages recur; bounded below

    def parse(value: object) -> Decimal:
        if type(value) is not str:
            raise wrong_type("decimal", value)
        if value in met:
            return met[value]
        if not _is_decimal(value.removeprefix("-")):
            raise Refusal("DECIMAL_INVALID", value=shown(value))
        number = Decimal(value)
        if not low <= number <= high:
            raise Refusal("NUMBER_RANGE", value=shown(value), least=least, most=most)
        if len(met) < 1_000:
            met[value] = number
        return number

    return Shape(parse, Decimal, str)


def _integer(least: int, most: int = MOST_COUNT) -> Shape:
    def parse(value: object) -> int:
        if type(value) is not int:
            raise wrong_type("integer", value)
        if not least <= value <= most:
            raise Refusal("NUMBER_RANGE", value=_number(value), least=least, most=most)
        return value

    return Shape(parse)


def _number(value: int) -> str:
    return str(value) if value.bit_length() < 256 else "…"  # str() of a huge integer is slow, and limited


def _boolean(value: object) -> bool:
    if type(value) is not bool:
        raise wrong_type("true/false", value)
    return value


def _round(value: object) -> int | str:
    """A round of acceptance has a number or a name."""
    return count.parse(value) if type(value) is int else identifier(value)


def day(value: object) -> date:
    """A day that exists, ``YYYY-MM-DD``, from 1949 to 2199; Refusal otherwise."""
    if type(value) is not str:
        raise wrong_type("date", value)
    try:
        found = date.fromisoformat(value)
        if len(value) != 10 or value[4] != "-" or value[7] != "-":
            raise ValueError(value)  # 20251124 and 2025-W48-1 are ISO 8601 too
    except ValueError:
        raise Refusal("DATE_INVALID", value=shown(value)) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal("DATE_RANGE", value=shown(value), first=FIRST_YEAR, last=LAST_YEAR)
    return found


def _month(value: object) -> str:
    if type(value) is not str:
        raise wrong_type("text", value)
    try:
        day(value + "-01")
    except Refusal:
        raise Refusal("MONTH_INVALID", value=shown(value)) from None
    return value


def moment(value: object) -> str:
    """The text of a day or of an RFC 3339 moment with an offset; Refusal otherwise."""
    if type(value) is not str:
        raise wrong_type("date", value)
    try:
        parse_on(value)
    except NotAMoment as flaw:
        raise moment_fault(flaw, value) from None
    return value


def moment_fault(flaw: NotAMoment, value: str) -> Refusal:
    """Why ``value`` is no day and no moment."""
    code = {"naive": "TIME_WITHOUT_OFFSET", "range": "DATE_RANGE"}.get(flaw.reason, "DATE_INVALID")
    return Refusal(code, value=shown(value), first=FIRST_YEAR, last=LAST_YEAR)


# --- lists and documents ---------------------------------------------------------------------------

def _list(of: Shape, least: int = 0, most: int = LONGEST_LIST) -> Shape:
    def parse(value: object) -> tuple[object, ...]:
        if type(value) is not list:
            raise wrong_type("list", value)
        if not least <= len(value) <= most:
            raise Refusal("LIST_LENGTH", length=len(value), least=least, most=most)
        found = []
        for index, item in enumerate(value):
            try:
                found.append(of.parse(item))
            except Refusal as refused:
                raise within(refused, str(index)) from None
        if len(set(found)) != len(found):
            again = next(index for index, item in enumerate(found) if item in found[:index])
            raise Refusal("LIST_DUPLICATE", str(again), value=shown(value[again]))
        return tuple(found)

    read, write = of.decode, of.encode
    return Shape(
        parse,
        tuple if read is None else lambda stored: tuple(map(read, stored)),
        list if write is None else lambda values: list(map(write, values)),
    )


def _both(value: object) -> tuple[str, ...]:
    """Both parties, in any order; they are kept in one order, so that the order makes no other content."""
    if type(value) is not list:
        raise wrong_type("list", value)
    if len(value) != 2 or PARTY_A not in value or PARTY_B not in value:
        raise Refusal("CONFIRMATION_INCOMPLETE")
    return (PARTY_A, PARTY_B)


def document(value: object) -> dict[str, object]:
    """A JSON object without floats, of bounded depth and size, with clean texts; Refusal otherwise."""
    if type(value) is not dict:
        raise wrong_type("object", value)
    if _walk(value, 0) > MOST_NODES:
        raise Refusal("DATA_TOO_LARGE", most=MOST_NODES)
    return value


def _walk(value: object, depth: int) -> int:
    """How many values ``value`` holds, all of them checked."""
    if depth > DEEPEST:
        raise Refusal("DATA_TOO_DEEP", most=DEEPEST)
    if type(value) is str:
        if value:
            clean(value)
    elif type(value) is dict or type(value) is list:
        return 1 + sum(_step(key, item, depth) for key, item in _items(value))
    elif type(value) is int:
        if abs(value) > 10**15:
            raise Refusal("NUMBER_RANGE", value=_number(value), least=-(10**15), most=10**15)
    elif value is not None and type(value) is not bool:
        raise wrong_type("any", value)
    return 1


def _items(value: Any) -> Any:
    return value.items() if type(value) is dict else enumerate(value)


def _step(key: object, item: object, depth: int) -> int:
    try:
        if type(key) is str:
            clean(key, LONGEST_NAME)
        return _walk(item, depth + 1)
    except Refusal as refused:
        raise within(refused, shown(key)) from None


def within(refused: Refusal, path: str) -> Refusal:
    """``refused`` with ``path`` put before its own field."""
    refused.field = path if refused.field is None else f"{path}.{refused.field}"
    return refused


# --- which field has which shape -------------------------------------------------------------------

IDENTIFIER = Shape(identifier)
TEXT, NAME = _text(LONGEST_TEXT), _text(LONGEST_NAME)
MONEY = Shape(amount, _stored_amount, yuan)
PERCENT, SHARE = _decimal(0, 100), _decimal(0, 1)
BOOLEAN = Shape(_boolean)
DAY = Shape(day, date.fromisoformat, date.isoformat)
MONTH = Shape(_month)
DIGEST, MEDIA_TYPE = _matching(_DIGEST, "DIGEST_INVALID"), _matching(_MEDIA_TYPE, "MEDIA_TYPE_INVALID")
SLUG = _matching(_SLUG, "SLUG_INVALID")
count, number_from_1 = _integer(0), _integer(1)
IDENTIFIERS = _list(IDENTIFIER, least=1)
PERSONAL = Shape(NAME.parse, _personal, _personal_json)
DOCUMENT = Shape(document)

FIELDS: dict[str, Shape] = {
    **dict.fromkeys(("proposal", "request", "invoice", "payment", "system", "host", "service", "incident",
                     "root_cause", "unheeded_notice", "notice", "event", "complaint", "report", "person",
                     "leak", "dispute", "target", "about", "reading", "option"), IDENTIFIER),
    **dict.fromkeys(("reason", "summary", "defects", "demand", "outcome"), TEXT),
    **dict.fromkeys(("name", "reference", "court", "document", "scope"), NAME),
    **dict.fromkeys(("amount", "annual_fee", "economic_loss"), MONEY),
    **dict.fromkeys(("tax_rate", "systems_share"), SHARE),
    **dict.fromkeys(("availability", "data_reliability"), PERCENT),
    **dict.fromkeys(("count", "committed", "actual", "personnel", "minutes", "response_minutes",
                     "recovery_minutes", "duration_minutes", "people_affected", "systems_affected",
                     "facts"), count),
    **dict.fromkeys(("instalment", "units"), number_from_1),
    **dict.fromkeys(("important", "nda_signed", "handover_filed", "passed", "force_majeure",
                     "security_service_fault", "guarantee_period", "provider_hazard", "plan_followed",
                     "core_data", "unrecoverable", "third_party_notified", "handled_in_time",
                     "tampered_or_leaked"), BOOLEAN),
    **dict.fromkeys(("ends_on", "effective_on", "exit_on", "deadline", "from_", "to", "due_on", "learned_on",
                     "published_on"), DAY),
    "terms": DOCUMENT, "changes": DOCUMENT, "data": DOCUMENT,
    "party": IDENTIFIER,
    "confirmed_by": Shape(_both, tuple, list),
    "clause": choice("10.1", "10.2", "10.4"),
    "items": IDENTIFIERS, "incidents": IDENTIFIERS, "clauses": _list(NAME),
    "mlps_level": _integer(1, 5),
    "months_lost": _decimal(0, 10_000),
    "round": Shape(_round),
    "rating": choice("excellent", "good", "fair", "poor"),
    "grade": choice("A", "B", "none"),
    "kind": choice("outage", "tampering", "data_loss", "intrusion", "mutual_backup"),
    "consequence": choice("none", "problem", "major"),
    "responsibility": choice("provider", "shared", "other"),
    "attention": _list(choice("national", "municipal", "municipal_leader")),
    "subject": choice("availability", "other"),
    "ground": SLUG,
    "month": MONTH,
    "phone": PERSONAL,
    "on": Shape(moment),
    "sha256": DIGEST, "sm3": DIGEST, "media_type": MEDIA_TYPE,
    "year": _integer(FIRST_YEAR, LAST_YEAR),
    "off_days": _list(DAY), "makeup_days": _list(DAY),
}
OWN_FIELDS: dict[tuple[str, str], Shape] = {
    ("DataDisposed", "manner"): choice("relocated", "transferred", "destroyed"),
    ("DamagesSettled", "manner"): choice("paid", "deducted"),
    ("DisputeOpened", "facts"): _list(IDENTIFIER),
    ("IncidentsLinked", "incidents"): _list(IDENTIFIER, least=2),
    ("Measures", "scope"): choice("platform", "system"),
    ("PersonnelAssigned", "name"): PERSONAL,
}
