"""May party A terminate, on which grounds, and how far off is the next? (SPEC 4.5) Is an exit under way? (4.1)"""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.domain.clauses import annex_1_grades, art_10_termination, art_11_exit
from ledger.domain.machine import Machine
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
                "lapses_on": ground.lapses_on.isoformat() if ground.lapses_on is not None else None,
                "state": ground.state,
                "because": ground.because,
            }
            for ground in grounds
        ],
        "headroom": {"b_incidents": max(0, m.agreement.terms(day).termination.b_incidents - counted)},
    }


def exit_(m: Machine, day: date) -> dict[str, Any]:
    asked = art_11_exit.current(m)
    if asked is None:
        return {"request": None, "permitted": None, "earliest_exit_on": None}
    return {
        "request": asked.request,
        "permitted": asked.permitted,
        "earliest_exit_on": asked.earliest_on.isoformat(),
    }
