"""Who owes what, by when, and is it done? (SPEC 4.2)"""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.domain.machine import Machine, Obligation


def obligations(m: Machine, day: date) -> list[dict[str, Any]]:
    """Every obligation as it stands at the end of ``day``, by the day it was raised, then id."""
    duties = sorted(m.duties.values(), key=lambda duty: (duty.raised_on, duty.id))
    return [obligation(duty, day) for duty in duties]


def obligation(duty: Obligation, day: date) -> dict[str, Any]:
    due = duty.due
    settled = duty.settled(day)
    provisional, due_on = (due.provisional, due.due.isoformat()) if due is not None else (False, None)
    return {
        "id": duty.id,
        "kind": duty.kind,
        "clause": duty.clause,
        "obligor": duty.obligor,
        "raised_on": duty.raised_on.isoformat(),
        "due_on": due_on,
        "provisional": provisional,
        "state": duty.state(day),
        "settled_on": settled.isoformat() if settled is not None else None,
        "raised_by": duty.raised_by,
        "settled_by": duty.settled_by,
    }
