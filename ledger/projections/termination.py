"""May party A terminate, on which grounds, and how far off is the next? (SPEC 4.5) Is an exit under way? (4.1)"""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import rule as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.article_10_termination import rule as art_10_termination
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.rule import Ground
from ledger.agreements.beijing_government_cloud_2025.article_11_exit import rule as art_11_exit
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.domain.machine import ONE_DAY, Machine
from ledger.projections.incidents import counting


def termination(m: Machine, day: date) -> dict[str, Any]:
    grounds = art_10_termination.grounds(m, day, annex_1_grades.graded_groups)
    counted = sum(group.grade == "B" for group in counting(m, day))
    return {
        "allowed": any(ground.state == "open" for ground in grounds),
        "grounds": [
            {
                "clause": ground.clause,
                "arose_on": ground.arose_on.isoformat(),
                "lapses_on": _shown(ground.lapses_on),
                "last_day": _shown(last_day(m, ground)),
                "state": ground.state,
                "because": ground.because,
            }
            for ground in grounds
        ],
        "headroom": {"b_incidents": max(0, m.agreement.terms(day).termination.b_incidents - counted)},
    }


def last_day(m: Machine, ground: Ground) -> date | None:
    """The last day on which an open ground can be used: the earlier of its lapse and the contract's last day.

    None where neither is known, and for a ground that is not open. Every face shows this day.
    """
    if ground.state != "open":
        return None
    return min((day for day in (ground.lapses_on, contract_last_day(m)) if day is not None), default=None)


def contract_last_day(m: Machine) -> date | None:
    """The last day of a running contract if nothing new happens: of its term, or before what is agreed to end it."""
    proposed = [one.takes_effect_on for one in m[Life].proposals.values()]
    ends = [day - ONE_DAY for day in (*proposed, art_11_exit.takes_effect_on(m)) if day is not None]
    return min((day for day in (m[Life].ends_on, *ends) if day is not None), default=None)


def _shown(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def exit_(m: Machine, day: date) -> dict[str, Any]:
    asked = art_11_exit.current(m)
    if asked is None:
        return {"request": None, "permitted": None, "earliest_exit_on": None}
    return {
        "request": asked.request,
        "permitted": asked.permitted,
        "earliest_exit_on": asked.earliest_on.isoformat(),
    }
