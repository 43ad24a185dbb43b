"""What counsel should see in a document of terms before signing, as its agreement declares it (SPEC 2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.domain.advice import Advice
from ledger.domain.calendar import Calendar
from ledger.domain.template import template_of
from ledger.domain.terms import parse_terms
from ledger.labels import article, label
from ledger.messages import Language, in_language, say


def advice(document: Mapping[str, object], calendar: Calendar) -> list[dict[str, Any]]:
    """Each as ``{"code", "clause", "field", "example", "reading", "zh", "en"}``; ``reading`` is a name or null.

    Raises Refusal TERMS_INVALID where the terms contradict themselves.
    """
    terms: Any = parse_terms(document)
    return [_told(one) for one in template_of(terms.contract.template).terms.advise(terms, calendar)]


def _told(one: Advice) -> dict[str, Any]:
    return {
        "code": one.code, "clause": one.clause, "field": one.field, "example": one.example, "reading": one.reading,
        "zh": _said(one, "zh"), "en": _said(one, "en"),
    }  # fmt: skip


def _said(one: Advice, lang: Language) -> str:
    return say(one.code, lang, **{key: _value(key, value, lang) for key, value in one.values.items()})


def _value(key: str, value: Any, lang: Language) -> object:
    """A value in words: a clause as it is cited, a rule or measure by its name, what is said in both languages."""
    if key in ("first", "second"):
        return article(value, lang)
    if key in ("rule", "measure"):
        return say(f"advice.{key}.{value}", lang)
    if key == "kind":
        return label("kind", value, lang)
    if key == "floors":
        joint, comma = say("joint:part", lang), say("joint:list", lang)
        floors = [
            say("advice.floor", lang, floor=floor, clauses=comma.join(article(clause, lang) for clause in clauses))
            for floor, clauses in value
        ]  # fmt: skip
        return joint.join(floors)
    return in_language(value, lang) if isinstance(value, tuple) else value
