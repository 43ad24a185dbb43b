"""The envelope a client sends (SPEC 2.1): type, on, by, actor, ref, data, documents, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.domain.fact import PARTIES, ROLES, TYPES, Document, FactType, What, unknown_role
from ledger.domain.fact_data import parse_data
from ledger.domain.fields import NAME, SHA256, TYPE_OF_MEDIA
from ledger.domain.moments import NotAMoment, On, format_utc, parse_on
from ledger.domain.values import (
    identifier,
    moment_fault,
    unknown_field,
    unknown_type,
    within,
    wrong_type,
)

MOST_DOCUMENTS = 100
KEYS = ("type", "on", "by", "actor", "ref", "data", "documents")
_KEYS = frozenset(KEYS)
LEDGERS_OWN = frozenset((
    "seq", "id", "contract", "position", "recorded_at", "recorded_by", "recorded_roles", "on_behalf", "digest", "prev",
))
DOCUMENT_SHAPES = {
    "sha256": SHA256, "name": NAME.called("名称", "name"), "media_type": TYPE_OF_MEDIA,
    "sm3": SHA256.called("SM3", "SM3"),
}
_NO_DATA: dict[str, object] = {}


def recordable() -> dict[str, FactType]:
    """The types that may be recorded of at least one agreement's contracts."""
    return {
        name: row for name, row in TYPES.items()
        if name not in ("ContractRegistered", "CalendarPublished") and not row.ledgers
    }


class Admitted(NamedTuple):
    """A fact that may be recorded, before the ledger adds its own fields; fields as in ``Fact``.

    ``ref`` is None where the client gave none; then the seq serves as one.
    """

    type: str
    on: str
    day: date
    at: int
    by: str
    ref: str | None
    what: What
    documents: tuple[Document, ...]
    actor: str


def read_envelope(envelope: object, now: int) -> Admitted:
    """The fact that an envelope states, checked in every respect that needs no other fact.

    ``now`` is the moment of recording in µs since the epoch. Raises Refusal with the field at fault: FIELD_UNKNOWN,
    FIELD_IS_LEDGERS, FIELD_MISSING, FIELD_TYPE, FACT_UNKNOWN_TYPE, ROLE_UNKNOWN, BY_NOT_ALLOWED, ACTOR_NOT_ALLOWED,
    BY_SAYS_OF_ANOTHER, SIGNATURE_BY_NON_PARTY, TIME_WITHOUT_OFFSET, DATE_INVALID, DATE_RANGE, ON_IN_FUTURE, those of
    ``parse_data`` and those of documents.
    """
    if envelope.__class__ is not dict and not isinstance(envelope, Mapping):
        raise wrong_type("object", envelope)
    given: Mapping[str, Any] = envelope
    for key in given:
        if key not in _KEYS:
            raise stranger(key)
    row = read_type(given)
    by, actor = read_roles(given, row)
    moment = read_on(given, now)
    ref = read_ref(given["ref"]) if "ref" in given else None
    what = parse_data(row.name, given.get("data", _NO_DATA))
    documents = _documents(given["documents"]) if "documents" in given else ()
    return Admitted(row.name, given["on"], moment.day, moment.at, by, ref, what, documents, actor)


def read_ref(given: object) -> str:
    """The ``ref`` of an envelope."""
    try:
        return identifier(given)
    except Refusal as refused:
        raise within(refused, "ref") from None


def _missing(key: str) -> Any:
    raise Refusal("FIELD_MISSING", key, missing=key)


def stranger(key: object) -> Refusal:
    """The Refusal of a ``key`` that does not belong in an envelope."""
    if key in LEDGERS_OWN:
        return Refusal("FIELD_IS_LEDGERS", str(key), key=key)
    return unknown_field("", key, KEYS)


def _word(envelope: Mapping[str, object], key: str) -> str:
    given: Any = envelope[key] if key in envelope else _missing(key)
    if given.__class__ is not str:
        raise within(wrong_type("text", given), key)
    return given


def read_type(envelope: Mapping[str, object]) -> FactType:
    """The declaration of the envelope's ``type``."""
    type_ = _word(envelope, "type")
    row = TYPES.get(type_)
    if row is None:
        raise unknown_type(type_, "type", recordable())
    return row


def read_roles(envelope: Mapping[str, object], row: FactType) -> tuple[str, str]:
    """``by``, the role that reports the fact, and ``actor``, the role that did or observed it (left out: the same).

    A party may report what any permitted role did or observed; other roles report only what they did themselves (SPEC
    2.2).
    """
    by = read_role(envelope, "by")
    if "actor" not in envelope:
        if by not in row.actors:
            raise Refusal(row.stranger, "by", by=by, party=by, type=row.name, allowed=", ".join(row.actors))
        return by, by
    actor = read_role(envelope, "actor")
    if actor not in row.actors:
        code = "ACTOR_NOT_ALLOWED" if row.stranger == "BY_NOT_ALLOWED" else row.stranger
        raise Refusal(code, "actor", actor=actor, party=actor, type=row.name, allowed=", ".join(row.actors))
    if actor != by and (row.own or by not in PARTIES):
        raise Refusal("BY_SAYS_OF_ANOTHER", "actor", by=by, actor=actor, type=row.name)
    return by, actor


def read_role(envelope: Mapping[str, object], field: str) -> str:
    """The role that a field names. Refusal ROLE_UNKNOWN."""
    role = _word(envelope, field)
    if role not in ROLES:
        raise unknown_role(role, field)
    return role


def read_on(envelope: Mapping[str, object], now: int) -> On:
    """When it happened; not after ``now``."""
    on: Any = envelope["on"] if "on" in envelope else _missing("on")
    if on.__class__ is not str:
        raise within(wrong_type("date", on), "on")
    text: str = on
    try:
        moment = parse_on(text)
    except NotAMoment as flaw:
        raise within(moment_fault(flaw, text), "on") from None
    not_in_future(moment, text, now, "on")
    return moment


def not_in_future(moment: On, text: str, now: int, field: str) -> None:
    """Raise Refusal ON_IN_FUTURE where ``moment`` is after ``now``; a day counts from its start in Beijing."""
    if moment.at > now:
        raise Refusal("ON_IN_FUTURE", field, on=text, now=format_utc(now))


def _documents(given: object) -> tuple[Document, ...]:
    if given.__class__ is not list:
        raise within(wrong_type("list", given), "documents")
    listed: list[object] = given
    if len(listed) > MOST_DOCUMENTS:
        raise Refusal("LIST_LENGTH", "documents", length=len(listed), least=0, most=MOST_DOCUMENTS)
    return tuple(_document(item, f"documents.{index}") for index, item in enumerate(listed))


def _document(given: object, path: str) -> Document:
    if given.__class__ is not dict:
        raise within(wrong_type("object", given), path)
    stated: dict[str, object] = given
    values: dict[str, Any] = {}
    for key, value in stated.items():
        if key not in DOCUMENT_SHAPES:
            raise unknown_field(path, key, DOCUMENT_SHAPES)
        try:
            values[key] = DOCUMENT_SHAPES[key].parse(value)
        except Refusal as refused:
            raise within(refused, f"{path}.{key}") from None
    for key in ("sha256", "name", "media_type"):
        if key not in values:
            raise Refusal("FIELD_MISSING", f"{path}.{key}", missing=key)
    return Document(**values)
