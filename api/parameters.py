"""Query parameters: each is declared once, with its schema in the document and the reader that checks it."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, quote

from api.wording import paragraphs
from ledger.bilingual import phrase
from ledger.domain.errors import Refusal
from ledger.domain.fact import ROLES, unknown_role
from ledger.domain.moments import NotAMoment, parse_known_at, parse_on
from ledger.domain.template import all_readings, reading_known
from ledger.domain.values import moment_fault, quoted, within
from ledger.service import Question

MOST_FIELDS = 256
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CONTRACT_ID = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
_DATES = "(1949|19[5-9][0-9]|20[0-9]{2}|21[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter, given at most ``most`` times; ``read`` raises a Refusal or a ValueError.

    The catalogue has its description at ``api.parameter.NAME``, or ``….NAME.ABOUT`` where names coincide; ``wanted``
    says in Chinese and English what a value must be (``wanted.CODE``).
    """

    name: str
    schema: Mapping[str, object]
    read: Callable[[str], Any]
    most: int = 1
    required: bool = False
    wanted: tuple[str, str] = ("", "")
    about: str = ""

    def openapi(self) -> dict[str, object]:
        """Its parameter object in the OpenAPI document."""
        one = dict(self.schema)
        schema = one if self.most == 1 else {"type": "array", "items": one, "maxItems": self.most}
        said = ".".join(part for part in ("api.parameter", self.name, self.about) if part)
        return {"name": self.name, "in": "query", "required": self.required, "description": paragraphs(said),
                "schema": schema}  # fmt: skip


def read_query(raw: bytes, known: Mapping[str, Parameter]) -> dict[str, list[Any]]:
    """The values of a query string by name.

    Refusal PARAMETERS_MANY, PARAMETER_UNKNOWN, PARAMETER_TWICE, PARAMETER_MISSING,
    PARAMETER_INVALID, PLUS_UNESCAPED, or the reader's own.
    """
    found: dict[str, list[Any]] = {}
    count = raw.count(b"&") + 1
    if count > MOST_FIELDS:
        raise Refusal("PARAMETERS_MANY", "query", count=count, most=MOST_FIELDS)
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:
        zh, en = phrase("wanted.percent-encoded")
        raise Refusal("PARAMETER_INVALID", "query", name="?", value=ascii(raw)[2:-1][:60],
                      wanted=en, wanted_zh=zh) from None  # fmt: skip
    for name, text in pairs:
        parameter = known.get(name)
        if parameter is None:
            raise Refusal("PARAMETER_UNKNOWN", quoted(name), name=quoted(name), known=", ".join(known) or "–")
        values = found.setdefault(name, [])
        if len(values) >= parameter.most:
            raise Refusal("PARAMETER_TWICE", name, name=name, most=parameter.most)
        values.append(read(parameter, text))
    for name, parameter in known.items():
        if parameter.required and name not in found:
            raise Refusal("PARAMETER_MISSING", name, name=name)
    return found


def read(parameter: Parameter, text: str) -> Any:
    """One value of a parameter. Refusal PARAMETER_INVALID, PLUS_UNESCAPED, or the reader's own."""
    try:
        return parameter.read(text)
    except (Refusal, ValueError) as flaw:
        _explain_plus(parameter, text)
        if isinstance(flaw, Refusal):
            raise
        zh, en = parameter.wanted
        raise Refusal("PARAMETER_INVALID", parameter.name, name=parameter.name, value=quoted(text),
                      wanted=en, wanted_zh=zh) from None  # fmt: skip


def _explain_plus(parameter: Parameter, text: str) -> None:
    """Raise Refusal PLUS_UNESCAPED where ``text`` would be valid with plus signs for spaces: in a query + is a space.
    """
    meant = text.replace(" ", "+")
    if meant == text:
        return
    try:
        parameter.read(meant)
    except (Refusal, ValueError):
        return
    raise Refusal("PLUS_UNESCAPED", parameter.name, name=parameter.name, value=quoted(text),
                  right=f"{parameter.name}={quoted(quote(meant, safe=':'))}") from None  # fmt: skip


def _day(field: str) -> Callable[[str], date]:
    def read(text: str) -> date:
        try:
            if not _DAY.fullmatch(text):
                raise NotAMoment("format", text)
            return parse_on(text).day
        except NotAMoment as flaw:
            raise within(moment_fault(flaw, text), field) from None

    return read


def _moment(text: str) -> int:
    try:
        return parse_known_at(text)
    except NotAMoment as flaw:
        raise within(moment_fault(flaw, text), "known_at") from None


def _role(text: str) -> str:
    if text not in ROLES:
        raise unknown_role(text, "as_seen_by")
    return text


def _reading(text: str) -> tuple[str, str]:
    reading, _, option = text.partition("=")
    reading_known(all_readings(), reading, option)
    return reading, option


def _choice(*options: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in options:
            raise ValueError(text)
        return text

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch("[0-9]{1,18}", text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def number(name: str, least: int, most: int, *, required: bool = False) -> Parameter:
    """A whole number between two others."""
    schema = {"type": "integer", "minimum": least, "maximum": most}
    wanted = phrase("wanted.whole", least=least, most=most)
    return Parameter(name, schema, _whole(least, most), required=required, wanted=wanted)


def choice(name: str, *options: str, about: str = "") -> Parameter:
    """One of a few words."""
    wanted = ", ".join(options)
    return Parameter(name, {"type": "string", "enum": list(options)}, _choice(*options), wanted=(wanted, wanted),
                     about=about)  # fmt: skip


def text(name: str, longest: int, *, required: bool = False, about: str = "") -> Parameter:
    """Text of 1 to ``longest`` characters; it is only compared with stored values."""

    def read(value: str) -> str:
        if not 0 < len(value) <= longest or "\x00" in value:
            raise ValueError(value)
        return value

    wanted = phrase("wanted.text", longest=longest)
    schema = {"type": "string", "minLength": 1, "maxLength": longest, "pattern": r"^[^\u0000]*$"}
    return Parameter(name, schema, read, required=required, wanted=wanted, about=about)


def matching(name: str, pattern: str, wanted: str, *, about: str = "") -> Parameter:
    """Text that matches a pattern; ``wanted`` is the end of the code that describes it."""

    def read(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(value)
        return value

    return Parameter(name, {"type": "string", "pattern": pattern}, read,
                     wanted=phrase(f"wanted.{wanted}"), about=about)  # fmt: skip


def contract_number(about: str = "", *, every: bool = False) -> Parameter:
    """A contract's number; ``every`` accepts ``*`` too."""
    pattern = CONTRACT_ID if not every else "^([*]|[A-Za-z0-9][A-Za-z0-9._-]{0,63})$"
    return matching("contract", pattern, "contract", about=about)


def flag(name: str) -> Parameter:
    """``true`` or ``false``."""
    return Parameter(name, {"type": "boolean"}, lambda given: _choice("true", "false")(given) == "true",
                     wanted=phrase("wanted.flag"))  # fmt: skip


AS_OF = Parameter("as_of", {"type": "string", "format": "date", "pattern": f"^{_DATES}$", "examples": ["2026-04-16"]},
                  _day("as_of"))  # fmt: skip
KNOWN_AT = Parameter("known_at", {"type": "string", "examples": ["2026-04-16T09:00:00+08:00", "2026-04-16"],
                                  "anyOf": [{"format": "date-time"}, {"format": "date", "pattern": f"^{_DATES}$"}]},
                     _moment)  # fmt: skip
AS_SEEN_BY = Parameter("as_seen_by", {"type": "string", "enum": list(ROLES), "examples": ["party_b"]}, _role)
READING = Parameter("reading", {"type": "string", "enum": [f"{name}={option}" for name, one in all_readings().items()
                                                           for option in one.options],
                                "examples": ["year-window=calendar-year"]},
                    _reading, most=len(all_readings()))  # fmt: skip
SENSITIVITY = flag("sensitivity")
QUESTION = (AS_OF, KNOWN_AT, AS_SEEN_BY, READING)
LIMIT = number("limit", 1, 1000)


def question(found: Mapping[str, Sequence[Any]]) -> Question:
    """The question that these parameters ask."""
    one: dict[str, Any] = {name: values[0] for name, values in found.items() if values}
    readings = dict(found.get("reading", ()))
    if len(readings) != len(found.get("reading", ())):
        raise Refusal("READING_TWICE", "reading")
    return Question(one.get("as_of"), one.get("known_at"), one.get("as_seen_by"), readings,
                    one.get("sensitivity", False))  # fmt: skip


def cursor(kind: str, numbers: int = 1) -> Parameter:
    """An opaque place in a list, made by :func:`at` from so many numbers; several are read as a tuple."""

    def read(given: str) -> Any:
        try:
            padded = given + "=" * (-len(given) % 4)
            known, _, place = urlsafe_b64decode(padded.encode("ascii")).decode("ascii").partition(":")
            if known != kind or not re.fullmatch(",".join(["-?[0-9]{1,18}"] * numbers), place):
                raise ValueError(given)
            found = tuple(int(number) for number in place.split(","))
            if at(kind, *found) != given or found[-1] < 0:
                raise ValueError(given)
            return found[0] if numbers == 1 else found
        except (ValueError, BadBase64):
            raise Refusal("CURSOR_INVALID", "cursor") from None

    schema = {"type": "string", "minLength": 4, "maxLength": 60, "pattern": "^[A-Za-z0-9_-]+$"}
    return Parameter("cursor", schema, read)


def not_ahead(name: str, place: int, last: int) -> None:
    """Raise Refusal CURSOR_AHEAD where a reader claims to have read up to ``place``, which is after ``last``."""
    if place > last:
        raise Refusal("CURSOR_AHEAD", name, name=name, value=place, last=last)


def at(kind: str, *place: int) -> str:
    """The cursor of a place, from one number or several."""
    return urlsafe_b64encode(f"{kind}:{','.join(map(str, place))}".encode()).decode().rstrip("=")
