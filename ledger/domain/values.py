"""The shapes of values in a fact's ``data``: what is accepted, what is stored, and how both are read.

A shape has a strict reader for what a client sends, which raises a Refusal whose ``field`` is the path inside the value
(or None), a trusted reader for what the ledger stored, a writer of JSON, and the JSON Schema (2020-12) of what the
strict reader accepts. Where a schema cannot say it exactly, it is the wider of the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal
from unicodedata import normalize

from ledger.domain.commitment import Commitment
from ledger.domain.declare import dataclass, field, replace
from ledger.domain.errors import Refusal
from ledger.domain.moments import FIRST_YEAR, LAST_YEAR, NotAMoment, parse_on
from ledger.domain.money import Fen, yuan
from ledger.domain.words import Said

MOST_FEN = 10**13
MOST_COUNT = 10**9
LONGEST_TEXT = 10_000
LONGEST_NAME = 500
LONGEST_IDENTIFIER = 128
LONGEST_DECIMAL = 30


Schema = Mapping[str, Any]
Sort = Literal["pattern", 
    "text", "amount", "share", "percent", "decimal", "minutes", "integer", "number-or-name", "yes-no", "day", "moment",
    "month", "word", "list", "record", "object", "personal",
]  # fmt: skip
"""How forms and tables ask for a value; a ``share`` is a fraction of one, a ``percent`` of a hundred."""


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """How one kind of value is read strictly, decoded from the store, and written as JSON (None: as it is).

    ``schema`` is the JSON Schema of what is read, ``written`` that of what is written where it differs, ``name`` its
    name in the API document. For people: ``said`` describes such a value, ``example`` is one as JSON, ``options`` says
    what each word means where there are few, ``label`` names a field that holds it unless its type does; ``sort`` says
    how forms and tables ask for it, ``items`` is the shape of a list's items, ``parts`` those of a record's, ``null``
    what a stated null means.
    """

    parse: Callable[[Any], Any]
    decode: Callable[[Any], Any] | None
    encode: Callable[[Any], Any] | None
    schema: Schema
    written: Schema | None = None
    name: str | None = None
    said: Said = ("", "")
    example: Any = None
    options: Mapping[str, Said] = field(default_factory=dict)
    label: Said | None = None
    sort: Sort = "text"
    items: Shape | None = None
    parts: Mapping[str, Shape] = field(default_factory=dict)
    null: Said | None = None

    def called(self, zh: str, en: str, example: Any = None) -> Shape:
        """The same shape, with a name for fields that hold it."""
        return replace(self, label=(zh, en), example=self.example if example is None else example)


# --- texts -----------------------------------------------------------------------------------------

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
DIGEST = "[0-9a-f]{64}"
MEDIA_TYPE = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}"


# Control characters, what reorders text invisibly, and non-characters, as a pattern of JSON Schema writes them.
_HIDDEN = (
    r"\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff"
)
# What str.isprintable() denies, spaces apart, as far as every version of Unicode agrees.
_UNPRINTABLE = (
    r"\u0000-\u001f\u007f-\u00a0\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\u180e\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u3000\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
)
SEEN = f"^[^ {_UNPRINTABLE}]([^{_UNPRINTABLE}]*[^ {_UNPRINTABLE}])?$"


@cache
def _forbidden() -> re.Pattern[str]:
    """Invisible characters, including those beyond the first plane, and surrogates."""
    non_characters = "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    return re.compile(f"[{_HIDDEN}\\ud800-\\udfff{non_characters}]")


def quoted(value: object, longest: int = 60) -> str:
    """``value`` as a sentence quotes it: shortened, without characters that do not print."""
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, (list, tuple)):
        return "[…]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > 100:  # str() of a huge int may raise
        return "…"
    text = str(value)[: longest + 1]
    if not text.isprintable():
        text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


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
    """1 to 128 visible characters, spaces only between them, in Unicode NFC; Refusal otherwise."""
    if type(value) is not str:
        raise wrong_type("text", value)
    kept = value if value.isascii() or len(value) > LONGEST_IDENTIFIER else normalize("NFC", value)
    if not 0 < len(kept) <= LONGEST_IDENTIFIER or not kept.isprintable() or kept != kept.strip():
        raise Refusal("IDENTIFIER_INVALID", value=quoted(value))
    return kept


def to_the_eye(value: object) -> object:
    """A form that is equal for two identifiers that look the same: NFKC and case folding (SPEC 2.1)."""
    if not isinstance(value, str):
        return value
    return value.lower() if value.isascii() else normalize("NFKC", normalize("NFKC", value).casefold())


def wrong_type(expected: str, value: object) -> Refusal:
    """The Refusal that states which JSON type was expected and which came, each a key of ``JSON_TYPES``."""
    names = {str: "text", bool: "true/false", int: "integer", float: "float", list: "list", dict: "object"}
    found = "null" if value is None else names.get(type(value), "object")
    return Refusal("FIELD_TYPE", expected=JSON_TYPES[expected][1], expected_zh=JSON_TYPES[expected][0],
                   found=JSON_TYPES[found][1], found_zh=JSON_TYPES[found][0])


JSON_TYPES: dict[str, tuple[str, str]] = {
    "text": ("文字", "text"),
    "decimal": ("写在引号内的十进制数（如 \"1843129.06\"）", 'a decimal in quotes (such as "1843129.06")'),
    "date": ("日期文字（如 \"2025-11-24\"）", 'a date as text (such as "2025-11-24")'),
    "integer": ("整数", "an integer"),
    "minutes": ("整数，或写在引号内的小数（如 \"15.4\"）", 'an integer, or a decimal in quotes (such as "15.4")'),
    "float": ("浮点数", "a floating-point number"),
    "true/false": ("true 或 false", "true or false"),
    "null": ("null", "null"),
    "list": ("列表", "a list"),
    "object": ("JSON 对象", "a JSON object"),
    "any": ("文字、整数、true、false、列表或对象", "text, an integer, true, false, a list or an object"),
}


def nearest(word: str, known: Mapping[str, str] | Iterable[str]) -> str:
    """The known word most similar to ``word``, "–" where none is known; for a mapping, the value of the most similar
    key.
    """
    from difflib import get_close_matches  # only where something is at fault

    listed = known if isinstance(known, Mapping) else {one: one for one in known}
    lowered = {one.casefold(): value for one, value in listed.items()}
    found = get_close_matches(word[:LONGEST_IDENTIFIER].casefold(), lowered, n=1, cutoff=0.0)
    return lowered[found[0]] if found else "–"


def unknown_field(path: str, key: object, known: Iterable[str]) -> Refusal:
    """Refusal FIELD_UNKNOWN for ``key``, with the most similar field and all that exist."""
    listed = list(known)
    field = ".".join(part for part in (path, quoted(key)) if part)
    return Refusal("FIELD_UNKNOWN", field, nearest=nearest(str(key), listed), known=", ".join(listed) or "–")


def unknown_type(type_: object, field: str, types: Mapping[str, Any]) -> Refusal:
    """Refusal FACT_UNKNOWN_TYPE, with the type whose name, Chinese or English, is most similar, and all that exist."""
    names = {name: name for name in types} | {row.zh: name for name, row in types.items()}
    return Refusal("FACT_UNKNOWN_TYPE", field, type=quoted(type_), nearest=nearest(str(type_), names),
                   known=", ".join(types))  # fmt: skip


def within(refused: Refusal, path: str) -> Refusal:
    """``refused`` with ``path`` prefixed to its field."""
    refused.field = path if refused.field is None else f"{path}.{refused.field}"
    return refused


def matching(pattern: str, code: str, said: Said, example: str) -> Shape:
    def parse(value: object) -> str:
        if type(value) is not str:
            raise wrong_type("text", value)
        if len(value) > LONGEST_IDENTIFIER or not re.fullmatch(pattern, value):
            raise Refusal(code, value=quoted(value))
        return value

    schema = {"type": "string", "pattern": f"^{pattern}$", "maxLength": LONGEST_IDENTIFIER}
    return Shape(parse, None, None, schema, said=said, example=example, sort="pattern")


def choice(zh: str, en: str, options: Mapping[str, Said], *, name: str | None = None) -> Shape:
    """One of a few words, each with its meaning; ``zh`` and ``en`` name a field that holds it."""
    known = frozenset(options)

    def parse(value: object) -> str:
        if type(value) is not str:
            raise wrong_type("text", value)
        if value not in known:
            raise Refusal("CHOICE_UNKNOWN", value=quoted(value), known=", ".join(options))
        return value

    first = next(iter(options))
    return Shape(parse, None, None, one_of(*options), name=name, said=("以下各词之一", "one of these words"),
                 example=first, options=options, label=(zh, en), sort="word")  # fmt: skip


def one_of(*options: str) -> Schema:
    return {"type": "string", "enum": list(options)}


def text(longest: int) -> Shape:
    schema = {"type": "string", "minLength": 1, "maxLength": longest, "pattern": f"^[^{_HIDDEN}]*$"}
    return Shape(lambda value: clean(value, longest), None, None, schema, said=("文字", "text"), example="……")


def personal(value: object) -> object:
    return Commitment(commitment=value["commitment"]) if type(value) is dict else value


def personal_json(value: object) -> object:
    return {"commitment": value.commitment} if type(value) is Commitment else value


# --- numbers, money, days --------------------------------------------------------------------------

AMOUNT_PATTERN = r"^((0|[1-9][0-9]{0,10})(\.[0-9]{1,2})?|100000000000(\.00?)?)$"  # up to MOST_FEN
_YEAR_MONTH = "(1949|19[5-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])"  # FIRST_YEAR to LAST_YEAR
MONTH_PATTERN, DAY_PATTERN = f"^{_YEAR_MONTH}$", f"^{_YEAR_MONTH}-(0[1-9]|[12][0-9]|3[01])$"
# In Beijing the first and the last day may be those of the years beside.
MOMENT_PATTERN = (
    f"^({_YEAR_MONTH}-(0[1-9]|[12][0-9]|3[01])|1948-12-31|2200-01-01)"
    r"[Tt]([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\.[0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)


def amount(value: object) -> Fen:
    """An amount in yuan, a decimal string with at most two decimals, as fen; Refusal otherwise."""
    if type(value) is not str:
        raise wrong_type("decimal", value)
    whole, _, rest = value.partition(".")
    if len(rest) > 2 or not _is_decimal(value):
        raise _amount_fault(value)
    fen = int(whole) * 100 + (int(rest) * (10 if len(rest) == 1 else 1) if rest else 0)
    if fen > MOST_FEN:
        raise Refusal("AMOUNT_TOO_LARGE", value=quoted(value), most=yuan(Fen(MOST_FEN)))
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
        return Refusal("AMOUNT_NEGATIVE" if negative else "AMOUNT_DECIMALS", value=quoted(value))
    return Refusal("AMOUNT_INVALID", value=quoted(value))


@lru_cache(maxsize=4096)  # fees, fines and instalments recur
def stored_amount(text: str) -> int:
    # Amounts are stored with two decimals (money.yuan), but in a correction's data as the client wrote them.
    return int(text[:-3] + text[-2:]) if text[-3:-2] == "." else amount(text)


def decimal(least: int, most: int, example: str, sort: Sort = "decimal") -> Shape:
    low, high = Decimal(least), Decimal(most)
    met: dict[str, Decimal] = {}  # rates and percentages recur; bounded below

    def parse(value: object) -> Decimal:
        if type(value) is not str:
            raise wrong_type("decimal", value)
        if value in met:
            return met[value]
        if not _is_decimal(value.removeprefix("-")):
            raise Refusal("DECIMAL_INVALID", value=quoted(value), example=example)
        number = Decimal(value)
        if value[0] == "-" or not low <= number <= high:  # nor minus zero
            raise Refusal("NUMBER_RANGE", value=quoted(value), least=least, most=most)
        if len(met) < 1_000:
            met[value] = number
        return number

    digits = len(str(most)) - 1  # ``most`` is a power of ten
    whole = f"(0|[1-9][0-9]{{0,{digits - 1}}})" if digits else "0"
    pattern = rf"^({whole}(\.[0-9]+)?|{most}(\.0+)?)$"
    # str() would write a small one with an exponent
    schema = {"type": "string", "maxLength": LONGEST_DECIMAL, "pattern": pattern}
    said = (f"{least} 至 {most} 的小数，写在引号内", f"a decimal from {least} to {most}, in quotes")
    return Shape(parse, _stored_decimal, "{:f}".format, schema, said=said, example=example, sort=sort)


_stored_decimal = lru_cache(maxsize=4096)(Decimal)


def integer(least: int, most: int = MOST_COUNT) -> Shape:
    def parse(value: object) -> int:
        if type(value) is not int:
            raise wrong_type("integer", value)
        if not least <= value <= most:
            raise Refusal("NUMBER_RANGE", value=number_text(value), least=least, most=most)
        return value

    zh, en = (f"{least} 至 {most} 的整数", f"a whole number from {least} to {most}")
    said = (zh, en) if most < MOST_COUNT else (f"整数，不小于 {least}", f"a whole number of {least} or more")
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Shape(parse, None, None, schema, said=said, example=max(least, 1), sort="integer")


def number_text(value: int) -> str:
    return str(value) if value.bit_length() < 256 else "…"  # str() of a huge integer is slow, and limited


def boolean(value: object) -> bool:
    if type(value) is not bool:
        raise wrong_type("true/false", value)
    return value


def round_of_acceptance(value: object) -> int | str:
    """A round of acceptance, by its number or its name."""
    return integer(0).parse(value) if type(value) is int else identifier(value)


def day(value: object) -> date:
    """A day that exists, ``YYYY-MM-DD``, from 1949 to 2199; Refusal otherwise."""
    if type(value) is not str:
        raise wrong_type("date", value)
    try:
        found = date.fromisoformat(value)
        if len(value) != 10 or value[4] != "-" or value[7] != "-":
            raise ValueError(value)  # 20251124 and 2025-W48-1 are ISO 8601 too
    except ValueError:
        raise Refusal("DATE_INVALID", value=quoted(value)) from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal("DATE_RANGE", value=quoted(value), first=FIRST_YEAR, last=LAST_YEAR)
    return found


def month(value: object) -> str:
    if type(value) is not str:
        raise wrong_type("text", value)
    try:
        day(value + "-01")
    except Refusal:
        raise Refusal("MONTH_INVALID", value=quoted(value)) from None
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
    """Why ``value`` is neither a day nor a moment."""
    codes = {"naive": "TIME_WITHOUT_OFFSET", "range": "DATE_RANGE", "fraction": "TIME_TOO_FINE"}
    code = codes.get(flaw.reason, "DATE_INVALID")
    return Refusal(code, value=quoted(value), first=FIRST_YEAR, last=LAST_YEAR)
