"""The oracle of the second agreement: what its items and grounds rest on (SPEC 9.9 `because`, 4.8)."""

from datetime import date
from typing import Any

from tests.oracle_facts import Fact, Question, read_by, rests_on, set_by
from tests.oracle_operations_life import terms_on


def resting(
    q: Question, as_of: date, facts: list[Fact], terms: list[tuple[date, str]], readings: list[tuple[date, str]]
) -> list[str]:
    """SPEC 9.9: the facts themselves and "amendments and agreed readings of what was used, corrections (4.8)": each
    term and reading as in force on the day for which it was asked."""
    found = list(facts)
    for day, path in terms:
        found += set_by(q, as_of, day, path)
    for day, reading in readings:
        found += read_by(q, as_of, day, reading)
    return rests_on(found)


def cap_terms(q: Question, as_of: date) -> list[tuple[date, str]]:
    """SPEC 9.6: "round(cap.share × price.total) as of D"."""
    return [(as_of, "cap.share"), (as_of, "price.total")] if "cap" in terms_on(q, as_of, as_of) else []


def because_of_item(q: Question, as_of: date, one: dict[str, Any]) -> list[str]:
    """SPEC 9.9: "the report, the announcements that left minutes out; the ticket's facts; the signatures that raised it
    and, if it has come, the acceptance; the invoice, what cured it and what covered it late; beside them claims that
    made it stand (and the service that made them arrive), amendments and agreed readings of what was used,
    corrections (4.8)"; and, of what the cap was held against, what set the cap."""
    capped = cap_terms(q, as_of) if one["state"] == "standing" and not one.get("agreed") else []
    facts, terms = [*one["facts"], *one.get("period", [])], [*one.get("terms", []), *capped]
    return resting(q, as_of, facts, terms, one.get("readings", []))


def because_of_ground(q: Question, as_of: date, one: dict[str, Any]) -> list[str]:
    """SPEC 9.7: what makes it; 4.8: "`because` names every fact without which the conclusion would not follow"."""
    return resting(q, as_of, one["facts"], one["terms"], one.get("readings", []))
