"""The types of facts as reference: what each means, its fields, and an example to copy."""

from __future__ import annotations

from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.fact import KINDS, TYPES, FactType, Naming
from ledger.domain.fact_data import Field
from ledger.domain.fact_words import example_data, example_of, fields_in, kind_of, label_of, meaning_of, options_of
from ledger.domain.facts.agreement import ContractRegistered
from ledger.domain.facts.record import CalendarPublished
from ledger.domain.template import TEMPLATES
from ledger.domain.values import nearest, quoted
from ledger.domain.words import Said

EXAMPLE_DAY = "2026-03-31"
_RECORDED_WITH = {ContractRegistered: "register", CalendarPublished: "calendar publish"}


def fact_types() -> list[dict[str, Any]]:
    """Every type in short: ``type``, ``name``, ``clauses`` (where it stands in each agreement that has it, by slug),
    ``by`` (roles that may say it), ``actor`` (roles that do or observe it), ``clause`` and ``template`` (those of the
    agreement it belongs to, null where it is of no single one) and ``recorded_with`` (``record``, ``register``,
    ``calendar publish``; ``ledger`` where only the ledger itself does)."""
    return [_in_short(row) for row in TYPES.values()]


def clauses_of(row: FactType) -> dict[str, str]:
    """The clause under which a type stands in each agreement that has it, by the agreement's slug."""
    return {slug: one.article_of(row) for slug, one in TEMPLATES.items() if row.name in one.types}


def fact_type(given: str) -> dict[str, Any]:
    """A type, by its name or its Chinese or English one, as :func:`fact_types` and with meaning, fields and example.

    Refusal TYPE_UNKNOWN, with the nearest.
    """
    names = type_names()
    if given not in names:
        raise Refusal("TYPE_UNKNOWN", "type", type=quoted(given), nearest=nearest(given, names))
    row = TYPES[names[given]]
    example = {"type": row.name, "on": EXAMPLE_DAY, "by": row.actors[0], "data": example_data(row)}
    told = row.cls is not ContractRegistered and not row.ledgers
    return _in_short(row) | {
        "meaning": _both(meaning_of(row)), "introduces": _named(row.introduces), "subject": _named(row.subject),
        "fields": [_field(row, field) for field in fields_in(row)], "example_fact": example if told else None,
    }  # fmt: skip


def type_names() -> dict[str, str]:
    """The types by every name they may be asked by."""
    return {name: row.name for row in TYPES.values() for name in (row.zh, row.en, row.name)}


def _in_short(row: FactType) -> dict[str, Any]:
    template = next((slug for slug, one in TEMPLATES.items() if row.name in one.own), None)
    return {
        "type": row.name, "name": _both((row.zh, row.en)), "clause": row.article or None,
        "clauses": clauses_of(row), "by": list(row.by),
        "actor": list(row.actors), "template": template,
        "recorded_with": "ledger" if row.ledgers else _RECORDED_WITH.get(row.cls, "record"),
    }  # fmt: skip


def _field(row: FactType, field: Field) -> dict[str, Any]:
    kind = kind_of(row, field.key)
    options = [{"option": one, "name": _both(said)} for one, said in options_of(row, field).items()]
    return {
        "field": field.key, "name": _both(label_of(row, field)), "required": field.required,
        "value": _both(field.shape.said), "example": example_of(row, field), "options": options,
        "names": kind, "only_for": _only_for(row, field.key),
    }  # fmt: skip


def _only_for(row: FactType, key: str) -> dict[str, Any] | None:
    """Of which variants the field is, where it is not of all."""
    if row.variants is None:
        return None
    by, known = row.variants
    of = [variant for variant, fields in known.items() if key in fields]
    return {"field": by, "options": of} if of and len(of) < len(known) else None


def _named(naming: Naming | None) -> dict[str, Any] | None:
    if naming is None:
        return None
    return {"kind": naming[0], "name": _both(KINDS[naming[0]][:2]), "field": naming[1]}


def _both(said: Said) -> dict[str, str]:
    return {"zh": said[0], "en": said[1]}
