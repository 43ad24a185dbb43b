"""Which field of a fact's ``data`` has which shape; and the shapes made of others: lists, whole documents.

``FIELDS`` says by name which shape a field has; where one name means two things, ``OWN_FIELDS`` says it
by type and name.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.fact_values import (
    AMOUNT_PATTERN,
    DAY_PATTERN,
    DIGEST,
    LONGEST_IDENTIFIER,
    LONGEST_NAME,
    LONGEST_TEXT,
    MEDIA_TYPE,
    MOMENT_PATTERN,
    MONTH_PATTERN,
    SEEN,
    SLUG,
    Shape,
    amount,
    boolean,
    choice,
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
    round_of_acceptance,
    shown,
    stored_amount,
    text,
    within,
    wrong_type,
)
from ledger.domain.facts.table import PARTY_A, PARTY_B
from ledger.domain.moments import FIRST_YEAR, LAST_YEAR
from ledger.domain.money import yuan

LONGEST_LIST = 1_000
DEEPEST = 12
MOST_NODES = 100_000

# --- lists and documents ---------------------------------------------------------------------------

def list_of(of: Shape, least: int = 0, most: int = LONGEST_LIST) -> Shape:
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
        {"type": "array", "items": of.schema, "minItems": least, "maxItems": most, "uniqueItems": True},
    )


def both_parties(value: object) -> tuple[str, ...]:
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
        raise within(refused, shown(key)) from None


def lines(value: object) -> str:
    """A text of several lines, each of them clean or empty; Refusal otherwise."""
    if type(value) is not str or not value:
        return clean(value)
    if len(value) > LONGEST_TEXT:
        raise Refusal("TEXT_TOO_LONG", length=len(value), longest=LONGEST_TEXT)
    for line in filter(None, value.split("\n")):
        clean(line)
    return value


# --- which field has which shape -------------------------------------------------------------------

_NAMED = {"type": "string", "minLength": 1, "maxLength": LONGEST_IDENTIFIER, "pattern": SEEN}
_COMMITMENT = {
    "type": "object", "properties": {"commitment": {"type": "string", "pattern": f"^{DIGEST}$"}},
    "required": ["commitment"], "additionalProperties": False,
}
_ON = {"anyOf": [{"type": "string", "format": "date", "pattern": DAY_PATTERN},
                 {"type": "string", "format": "date-time", "pattern": MOMENT_PATTERN}]}
_PARTY = one_of(PARTY_A, PARTY_B)
_BOTH = {"type": "array", "items": _PARTY, "minItems": 2, "maxItems": 2, "uniqueItems": True}

IDENTIFIER = Shape(identifier, None, None, _NAMED)
TEXT, NAME = text(LONGEST_TEXT), text(LONGEST_NAME)
MONEY = Shape(amount, stored_amount, yuan, {"type": "string", "pattern": AMOUNT_PATTERN},
              {"type": "string", "pattern": r"^[0-9]+\.[0-9]{2}$"})
PERCENT, SHARE = decimal(0, 100), decimal(0, 1)
BOOLEAN = Shape(boolean, None, None, {"type": "boolean"})
DAY = Shape(day, date.fromisoformat, date.isoformat, {"type": "string", "format": "date", "pattern": DAY_PATTERN})
MONTH = Shape(month, None, None, {"type": "string", "pattern": MONTH_PATTERN})
SHA256, TYPE_OF_MEDIA = matching(DIGEST, "DIGEST_INVALID"), matching(MEDIA_TYPE, "MEDIA_TYPE_INVALID")
GROUND = matching(SLUG, "SLUG_INVALID")
COUNT, FROM_1 = integer(0), integer(1)
IDENTIFIERS = list_of(IDENTIFIER, least=1)
PERSONAL = Shape(NAME.parse, personal, personal_json, NAME.schema, _COMMITMENT)
DOCUMENT = Shape(document, None, None, {"type": "object"})
NOTE = Shape(lines, None, None, {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT})
ON = Shape(moment, None, None, _ON)

FIELDS: dict[str, Shape] = {
    **dict.fromkeys(("proposal", "request", "invoice", "payment", "system", "host", "service", "incident",
                     "root_cause", "unheeded_notice", "notice", "event", "complaint", "report", "person",
                     "leak", "dispute", "target", "about", "reading", "option"), IDENTIFIER),
    **dict.fromkeys(("reason", "summary", "defects", "demand", "outcome"), TEXT),
    **dict.fromkeys(("name", "reference", "court", "document", "scope", "key", "principal", "root", "latest"), NAME),
    **dict.fromkeys(("amount", "annual_fee", "economic_loss"), MONEY),
    "systems_share": SHARE,
    # a wrong rate, such as 6 for 6 %, is a fact all the same (SPEC 2.1)
    **dict.fromkeys(("tax_rate", "availability", "data_reliability"), PERCENT),
    **dict.fromkeys(("count", "committed", "actual", "personnel", "minutes", "response_minutes",
                     "recovery_minutes", "duration_minutes", "people_affected", "systems_affected",
                     "facts", "erased", "found", "instalment"), COUNT),
    **dict.fromkeys(("units", "size", "first", "last"), FROM_1),
    **dict.fromkeys(("important", "nda_signed", "handover_filed", "passed", "force_majeure",
                     "security_service_fault", "guarantee_period", "provider_hazard", "plan_followed",
                     "core_data", "unrecoverable", "third_party_notified", "handled_in_time",
                     "tampered_or_leaked"), BOOLEAN),
    **dict.fromkeys(("ends_on", "effective_on", "exit_on", "deadline", "from_", "to", "due_on", "learned_on",
                     "published_on"), DAY),
    "terms": DOCUMENT, "changes": DOCUMENT, "data": DOCUMENT,
    "party": IDENTIFIER._replace(schema=_PARTY),  # who is none is told so in words of its own
    "confirmed_by": Shape(both_parties, tuple, list, _BOTH),
    "clause": choice("10.1", "10.2", "10.4"),
    "items": IDENTIFIERS, "incidents": IDENTIFIERS, "clauses": list_of(NAME),
    "mlps_level": integer(1, 5),
    "months_lost": decimal(0, 10_000),
    "round": Shape(round_of_acceptance, None, None, {"anyOf": [COUNT.schema, _NAMED]}),
    "rating": choice("excellent", "good", "fair", "poor"),
    "grade": choice("A", "B", "none"),
    "kind": choice("outage", "tampering", "data_loss", "intrusion", "mutual_backup"),
    "consequence": choice("none", "problem", "major"),
    "responsibility": choice("provider", "shared", "other"),
    "attention": list_of(choice("national", "municipal", "municipal_leader")),
    "subject": choice("availability", "other"),
    "ground": GROUND,
    "month": MONTH,
    "phone": PERSONAL,
    "on": ON,
    "statement": NOTE,
    "sha256": SHA256, "sm3": SHA256, "media_type": TYPE_OF_MEDIA,
    "year": integer(FIRST_YEAR, LAST_YEAR),
    "off_days": list_of(DAY), "makeup_days": list_of(DAY),
}
OWN_FIELDS: dict[tuple[str, str], Shape] = {
    ("DataDisposed", "manner"): choice("relocated", "transferred", "destroyed"),
    ("DamagesSettled", "manner"): choice("paid", "deducted"),
    ("DisputeOpened", "facts"): list_of(IDENTIFIER),
    ("Measures", "scope"): choice("platform", "system"),
    ("PersonalDataErased", "subject"): NAME,
    ("PersonnelAssigned", "name"): PERSONAL,
}
