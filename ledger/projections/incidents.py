"""How many A- and B-grade incidents count, and which do not, and why? (SPEC 4.4)"""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import rule as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Group, Incident
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.rule import year_window
from ledger.domain.machine import Machine


def window(m: Machine, day: date) -> tuple[date, date]:
    """The year in which B-grade incidents count as of ``day``."""
    return year_window(m, day, m.agreement.reading("year-window", day))


def counting(m: Machine, day: date) -> list[Group]:
    """The groups that count as of ``day``: every A, and every B within the year."""
    first, _ = window(m, day)
    return [
        group for group in annex_1_grades.grouped(m).graded
        if group.first is not None and (group.grade == "A" or first <= group.day <= day)
    ]  # fmt: skip


def incidents(m: Machine, day: date) -> dict[str, Any]:
    counted = sorted(counting(m, day), key=lambda group: (group.day, group.first.id if group.first else ""))
    return {
        "a_count": sum(group.grade == "A" for group in counted),
        "b_count_rolling_year": sum(group.grade == "B" for group in counted),
        "window": [end.isoformat() for end in window(m, day)],
        "counted": [_counted(group) for group in counted],
        "excluded": _excluded(m, {id(group) for group in counted}),
        "grades": dict(sorted(annex_1_grades.grouped(m).grades.items())),
    }


def _counted(group: Group) -> dict[str, Any]:
    assert group.first is not None
    return {
        "incident": group.first.id,
        "grade": group.grade,
        "on": group.day.isoformat(),
        "members": [member.id for member in group.members],
    }


def _excluded(m: Machine, counted: set[int]) -> list[dict[str, Any]]:
    grades = annex_1_grades.grouped(m).grades
    found: list[tuple[Incident, str, str | None]] = []
    for group in annex_1_grades.grouped(m).graded:
        inside = {member.id for member in group.members}
        for one in group.all_of_them:
            if one.id not in inside:
                if one.id in grades:
                    found.append((one, "outside-operating-period", None))
            elif group.first is None:
                continue
            elif one is not group.first:
                found.append((one, "same-cause", group.first.id))
            elif id(group) not in counted:
                found.append((one, "outside-window", None))
    found.sort(key=lambda entry: (entry[0].day, entry[0].id))
    return [{"incident": one.id, "reason": reason, "counted_as": other} for one, reason, other in found]
