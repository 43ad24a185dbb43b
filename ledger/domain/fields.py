"""The types of fields in which fact types are declared: each a Python type with its shape.

``Money`` is ``Annotated[Fen, MONEY]``: a type checker uses the first; parsing, storing and the JSON schema use the
second. What only one agreement needs is declared beside its facts, with the makers of shapes in
:mod:`ledger.domain.values` and here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeAlias, cast

from ledger.domain.commitment import Commitment
from ledger.domain.declare import replace
from ledger.domain.errors import Refusal
from ledger.domain.fact import PARTY_A, PARTY_B
from ledger.domain.fact_data import fields_of
from ledger.domain.moments import FIRST_YEAR, LAST_YEAR
from ledger.domain.money import Fen, yuan
from ledger.domain.values import (
    AMOUNT_PATTERN,
    DAY_PATTERN,
    DIGEST,
    LONGEST_IDENTIFIER,
    LONGEST_NAME,
    LONGEST_TEXT,
    MEDIA_TYPE,
    MOMENT_PATTERN,
    MONTH_PATTERN,
    MOST_COUNT,
    SEEN,
    SLUG,
    Schema,
    Shape,
    amount,
    boolean,
    clean,
    day,
    decimal,
    identifier,
    integer,
    matching,
    moment,
    month,
    number_text,
    one_of,
    personal,
    personal_json,
    quoted,
    stored_amount,
    text,
    unknown_field,
    within,
    wrong_type,
)
from ledger.domain.words import Said

LONGEST_LIST = 1_000
DEEPEST = 12
MOST_NODES = 100_000

# --- lists and documents ---------------------------------------------------------------------------

def list_of(of: Shape, least: int = 0, most: int = LONGEST_LIST, *, unique: bool = True) -> Shape:
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
        if unique and len(set(found)) != len(found):
            again = next(index for index, item in enumerate(found) if item in found[:index])
            raise Refusal("LIST_DUPLICATE", str(again), value=quoted(value[again]))
        return tuple(found)

    read, write = of.decode, of.encode
    return Shape(
        parse,
        tuple if read is None else lambda stored: tuple(map(read, stored)),
        list if write is None else lambda values: list(map(write, values)),
        _array(of.schema, least, most, unique=unique),
        None if of.written is None else _array(of.written, least, most, unique=unique),
        said=(f"列表，每项是{of.said[0]}", f"a list; each is {of.said[1]}"),
        example=[of.example], options=of.options, label=of.label, sort="list", items=of,
    )


def _array(items: Schema, least: int, most: int, *, unique: bool) -> dict[str, object]:
    told = {"type": "array", "items": items, "minItems": least, "maxItems": most}
    return told | {"uniqueItems": True} if unique else told


def record_of(cls: type, zh: str, en: str) -> Shape:
    """The shape of a record within data: a JSON object with its own fields; those that may be null must be stated as
    null.
    """
    fields = {field.key: field for field in fields_of(cls)}

    def parse(value: object) -> object:
        if type(value) is not dict:
            raise wrong_type("object", value)
        for key in value:
            if key not in fields:
                raise unknown_field("", key, fields)
        made: object = object.__new__(cls)
        for key, field in fields.items():
            if key not in value:
                if field.required:
                    raise Refusal("FIELD_MISSING", key, missing=key)
                field.put(made, None)
                continue
            try:
                field.put(made, field.shape.parse(value[key]))
            except Refusal as refused:
                raise within(refused, key) from None
        return made

    def decode(stored: dict[str, object]) -> object:
        made: object = object.__new__(cls)
        for key, field in fields.items():
            value, read = stored.get(key), field.shape.decode
            field.put(made, value if read is None or value is None else read(value))
        return made

    def encode(made: object) -> dict[str, object]:
        said: dict[str, object] = {}
        for key, field in fields.items():
            value, write = field.take(made), field.shape.encode
            if value is not None or field.required:
                said[key] = value if write is None or value is None else write(value)
        return said

    def schema(of: Callable[[Shape], Schema]) -> dict[str, object]:
        return {
            "type": "object", "properties": {key: of(field.shape) for key, field in fields.items()},
            "required": [key for key, field in fields.items() if field.required], "additionalProperties": False,
        }  # fmt: skip

    keys = ", ".join(key if field.required else f"{key}?" for key, field in fields.items())
    example = {key: field.shape.example for key, field in fields.items() if field.required}
    return Shape(
        parse, decode, encode, schema(lambda of: of.schema), schema(lambda of: of.written or of.schema),
        said=(f"{zh} {{{keys}}}", f"{en} {{{keys}}}"), example=example, sort="record",
        parts={key: field.shape for key, field in fields.items()},
    )  # fmt: skip


def or_null(of: Shape, means: Said) -> Shape:
    """The shape ``of``, or null with the meaning ``means``; the field must be stated either way."""
    return replace(
        of, null=means, parse=lambda value: None if value is None else of.parse(value),
        schema={"anyOf": [of.schema, {"type": "null"}]},
        said=(f"{of.said[0]}，或 null", f"{of.said[1]}, or null"),
    )  # fmt: skip


def minutes(value: object) -> int | Decimal:
    """Minutes: a whole number, or a decimal as text with up to six places, exact to the microsecond."""
    if type(value) is int:
        return COUNT.parse(value)  # type: ignore[no-any-return]
    if type(value) is not str:
        raise wrong_type("minutes", value)
    exact: Decimal = _EXACT_MINUTES.parse(value)
    if int(cast(int, exact.as_tuple().exponent)) < -MINUTE_PLACES:
        raise Refusal("MINUTES_TOO_FINE", value=quoted(value), places=MINUTE_PLACES)
    return int(exact) if exact == int(exact) else exact


def both_parties(value: object) -> tuple[str, ...]:
    """Both parties, in either order; stored in one order, so that the order makes no difference to the content."""
    if type(value) is not list:
        raise wrong_type("list", value)
    if len(value) != 2 or PARTY_A not in value or PARTY_B not in value:
        raise Refusal("CONFIRMATION_INCOMPLETE")
    return (PARTY_A, PARTY_B)


def document(value: object) -> dict[str, object]:
    """A JSON object without floats, of bounded depth and size, whose texts are clean; Refusal otherwise."""
    if type(value) is not dict:
        raise wrong_type("object", value)
    if _walk(value, 0) > MOST_NODES:
        raise Refusal("DATA_TOO_LARGE", most=MOST_NODES)
    return value


def _walk(value: object, depth: int) -> int:
    """How many values ``value`` contains; each is checked."""
    if depth > DEEPEST:
        raise Refusal("DATA_TOO_DEEP", most=DEEPEST)
    if type(value) is str:
        if value:
            clean(value)
    elif type(value) is dict or type(value) is list:
        return 1 + sum(_step(key, item, depth) for key, item in _items(value))
    elif type(value) is int:
        if abs(value) > 10**15:
            raise Refusal("NUMBER_RANGE", value=number_text(value), least=-(10**15), most=10**15)
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
        raise within(refused, quoted(key)) from None


def lines(value: object) -> str:
    """A text of several lines, each clean or empty; Refusal otherwise."""
    if type(value) is not str or not value:
        return clean(value)
    if len(value) > LONGEST_TEXT:
        raise Refusal("TEXT_TOO_LONG", length=len(value), longest=LONGEST_TEXT)
    for line in filter(None, value.split("\n")):
        clean(line)
    return value


# --- shapes --------------------------------------------------------------------------------------

_NAMED = {"type": "string", "minLength": 1, "maxLength": LONGEST_IDENTIFIER, "pattern": SEEN}
_COMMITMENT = {
    "type": "object", "properties": {"commitment": {"type": "string", "pattern": f"^{DIGEST}$"}},
    "required": ["commitment"], "additionalProperties": False,
}
_ON = {"anyOf": [{"type": "string", "format": "date", "pattern": DAY_PATTERN},
                 {"type": "string", "format": "date-time", "pattern": MOMENT_PATTERN}]}
_PARTY = one_of(PARTY_A, PARTY_B)
_BOTH = {"type": "array", "items": _PARTY, "minItems": 2, "maxItems": 2, "uniqueItems": True}

IDENTIFIER = Shape(identifier, None, None, _NAMED, said=("编号或名称", "an identifier"), example="X-1")
TEXT, NAME = text(LONGEST_TEXT), text(LONGEST_NAME)
REASON = TEXT.called("理由", "reason", "说明理由")
MONEY = Shape(amount, stored_amount, yuan, {"type": "string", "pattern": AMOUNT_PATTERN},
              {"type": "string", "pattern": r"^[0-9]+\.[0-9]{2}$"},
              said=("金额（元），至多两位小数，写在引号内", "an amount in yuan, at most two decimals, in quotes"),
              example="1843129.06", label=("金额（元）", "amount (CNY)"), sort="amount")
MINUTE_PLACES = 6
_EXACT_MINUTES = decimal(0, MOST_COUNT, "15.4")
_MINUTES_AS_TEXT = {
    "type": "string",
    "pattern": rf"^((0|[1-9][0-9]{{0,8}})(\.[0-9]{{1,{MINUTE_PLACES}}})?|{MOST_COUNT}(\.0{{1,{MINUTE_PLACES}}})?)$",
}  # fmt: skip
PERCENT, SHARE = decimal(0, 100, "99.95", "percent"), decimal(0, 1, "0.15", "share")
BOOLEAN = Shape(boolean, None, None, {"type": "boolean"}, said=("true 或 false", "true or false"), example=True,
                sort="yes-no")
DAY = Shape(day, date.fromisoformat, date.isoformat, {"type": "string", "format": "date", "pattern": DAY_PATTERN},
            said=("日期", "a date"), example="2026-03-31", sort="day")
MONTH = Shape(month, None, None, {"type": "string", "pattern": MONTH_PATTERN}, said=("月份", "a month"),
              example="2026-02", label=("月份", "month"), sort="month")
SHA256 = matching(DIGEST, "DIGEST_INVALID", ("64 位十六进制摘要", "a digest, 64 hex digits"), "0" * 64)
SHA256 = SHA256.called("SHA-256", "SHA-256")
TYPE_OF_MEDIA = matching(MEDIA_TYPE, "MEDIA_TYPE_INVALID", ("媒体类型", "a media type"), "application/pdf")
TYPE_OF_MEDIA = TYPE_OF_MEDIA.called("格式", "media type")
GROUND = matching(SLUG, "SLUG_INVALID", ("小写字母、数字和连字符", "lower-case letters, digits and hyphens"),
                  "understaffed")
COUNT, FROM_1 = integer(0), integer(1)
MINUTES = Shape(
    minutes, lambda stored: Decimal(stored) if type(stored) is str else stored,
    lambda value: f"{value:f}" if type(value) is Decimal else value,
    {"anyOf": [COUNT.schema, _MINUTES_AS_TEXT]},
    said=("分钟数：整数，或写在引号内的小数（至多六位）",
          "minutes: a whole number, or a decimal in quotes (at most six places)"),
    example=45, sort="minutes",
)  # fmt: skip
IDENTIFIERS = list_of(IDENTIFIER, least=1)
PERSONAL = Shape(NAME.parse, personal, personal_json, NAME.schema, _COMMITMENT,
                 said=("文字；个人信息，账本只存承诺值", "text; personal, kept as a commitment only"), example="……",
                 sort="personal")
DOCUMENT = Shape(document, None, None, {"type": "object"}, said=("JSON 对象", "a JSON object"), example={},
                 sort="object")
NOTE = Shape(lines, None, None, {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
             said=("几行文字", "lines of text"), example="……")
ON = Shape(moment, None, None, _ON, said=("日期，或带时区偏移的时刻", "a date, or a moment with its offset"),
           example="2026-03-31", sort="moment")

PARTY = replace(IDENTIFIER, schema=_PARTY, name="Party", said=("party_a 或 party_b", "party_a or party_b"),
                example=PARTY_A, label=("签署方", "signatory"), sort="word")  # who is none is told so
BOTH = Shape(both_parties, tuple, list, _BOTH, said=("双方", "both parties"), example=[PARTY_A, PARTY_B],
             label=("确认方", "confirmed by"), sort="list", items=PARTY)
YEAR = replace(integer(FIRST_YEAR, LAST_YEAR), example=2027, label=("年份", "year"))

# --- the types of fields ---------------------------------------------------------------------------

Identifier: TypeAlias = Annotated[str, IDENTIFIER]
Identifiers: TypeAlias = Annotated[tuple[str, ...], IDENTIFIERS]
Text: TypeAlias = Annotated[str, TEXT]
Reason: TypeAlias = Annotated[str, REASON]
Name: TypeAlias = Annotated[str, NAME]
Note: TypeAlias = Annotated[str, NOTE]
Slug: TypeAlias = Annotated[str, GROUND]
Money: TypeAlias = Annotated[Fen, MONEY]
Share: TypeAlias = Annotated[Decimal, SHARE]
Minutes: TypeAlias = Annotated[int | Decimal, MINUTES]
Percent: TypeAlias = Annotated[Decimal, PERCENT]
YesNo: TypeAlias = Annotated[bool, BOOLEAN]
Count: TypeAlias = Annotated[int, COUNT]
Positive: TypeAlias = Annotated[int, FROM_1]
Day: TypeAlias = Annotated[date, DAY]
Days: TypeAlias = Annotated[tuple[date, ...], list_of(DAY)]
Month: TypeAlias = Annotated[str, MONTH]
Moment: TypeAlias = Annotated[str, ON]
Year: TypeAlias = Annotated[int, YEAR]
Digest: TypeAlias = Annotated[str, SHA256]
MediaType: TypeAlias = Annotated[str, TYPE_OF_MEDIA]
JsonObject: TypeAlias = Annotated[dict[str, Any], DOCUMENT]
Party: TypeAlias = Annotated[str, PARTY]
BothParties: TypeAlias = Annotated[tuple[str, ...], BOTH]
Personal: TypeAlias = Annotated[str | Commitment, PERSONAL]
