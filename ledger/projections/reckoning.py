"""How each due day was worked out, in one line: the period, and the rest days that moved it.

The full calculation is in the explanation (:mod:`ledger.explanation.deadline`); this fits beside a day.
"""

from __future__ import annotations

from ledger import labels
from ledger.domain.calendar import Deadline
from ledger.domain.declare import TypedDict
from ledger.domain.machine import Machine
from ledger.messages import Language, say


class Reckoned(TypedDict):
    """``moved_from`` is the rest day the period would have ended on; None where its end did not move."""

    zh: str
    en: str
    moved_from: str | None


def reckoned(m: Machine) -> dict[str, Reckoned]:
    """By the id of each obligation that has a due day, after a sweep."""
    return {id_: _told(duty.due) for id_, duty in m.duties.items() if duty.due is not None}


def _told(due: Deadline) -> Reckoned:
    moved = due.skipped[0].day.isoformat() if due.skipped and due.rule in ("days", "months") else None
    return {"zh": _said(due, moved, "zh"), "en": _said(due, moved, "en"), "moved_from": moved}


def _said(due: Deadline, moved: str | None, lang: Language) -> str:
    if due.rule == "fixed":
        return say("reckoned.fixed", lang)
    said = say(f"reckoned.{due.rule}", lang, start=due.start.isoformat(), count=due.count)
    if moved is not None:
        said += say("reckoned.rolled", lang, end=labels.weekday(moved, lang))
    elif due.skipped:
        said += say("reckoned.skipped", lang, count=len(due.skipped))
    return said + (say("reckoned.provisional", lang) if due.provisional else "")
