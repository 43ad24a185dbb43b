"""Which incidents count, and why the others do not (SPEC 4.4, art. 10.2, 10.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import rule as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.answer import counting, incidents, window
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.explain import incident, ties
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Group, Incidents
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.domain.calendar import corresponding_day
from ledger.domain.machine import Machine
from ledger.explanation import Both, Explanation, label, phrase


def overview(x: Explanation) -> None:
    """Both counts, and every incident left out."""
    count(x, "A")
    count(x, "B")


def count(x: Explanation, grade: str) -> None:
    x.cite("10.1" if grade == "A" else "10.2", "annex 1")
    if grade == "B":
        year(x)
    counted = [group for group in counting(x.m, x.day) if group.grade == grade]
    for group in sorted(counted, key=lambda group: group.day):
        counts(x, group)
    for entry in incidents(x.m, x.day)["excluded"]:
        left_out(x, entry)
    ungraded(x)
    x.step("EX_COUNT", grade=grade, count=len(counted), day=x.day)


def year(x: Explanation) -> None:
    """The year within which B-grade incidents count, and the reading it follows."""
    first, last = window(x.m, x.day)
    option = x.read("year-window")
    x.cite("civil code 202")
    months = x.terms(x.day).termination.b_window_months
    if option == "rolling":
        x.step("EX_WINDOW_ROLLING", first=first, last=last, months=months)
    else:
        x.step("EX_WINDOW_YEAR", first=first, last=last, option=label("reading", "year-window=" + option))


def counts(x: Explanation, group: Group) -> None:
    """A group that counts: its incident, what it absorbs, and how long it counts."""
    one = group.first
    assert one is not None
    x.step("EX_COUNTED", incident=one.id, grade=group.grade, on=group.day, kind=label("kind", one.kind),
           facts=x.facts(one.facts), until=_until(x, group))  # fmt: skip
    absorbs(x, group)


def _until(x: Explanation, group: Group) -> Both:
    if group.grade != "B" or x.m.agreement.reading("year-window", x.day) != "rolling":
        return Both("", "")
    months = x.terms(group.day).termination.b_window_months
    return phrase("EX_COUNTS_UNTIL", last=corresponding_day(group.day, months))


def absorbs(x: Explanation, group: Group) -> None:
    others = [other.id for other in group.members if other is not group.first]
    if others and group.first is not None:
        x.cite("10.3")
        causes = sorted({cause for one in group.members for cause in one.causes})
        x.step("EX_ABSORBS", incident=group.first.id, others=", ".join(others), causes=", ".join(causes),
               facts=x.facts(ties(x, group.members)))  # fmt: skip


def left_out(x: Explanation, entry: Mapping[str, Any]) -> None:
    """Why a graded incident does not count; ``entry`` is one of ``incidents.excluded``."""
    one = x.m[Incidents].reported[entry["incident"]]
    named = x.fact(one.fact.id)
    if entry["reason"] == "same-cause":
        x.cite("10.3")
        x.step("EX_EXCLUDED_SAME", incident=one.id, fact=named, other=entry["counted_as"])
    elif entry["reason"] == "outside-window":
        first, last = window(x.m, x.day)
        x.step("EX_EXCLUDED_WINDOW", incident=one.id, fact=named, on=one.day, first=first, last=last)
    else:
        first_day, last_day = operating(x.m)
        x.step("EX_EXCLUDED_PERIOD", incident=one.id, fact=named, on=one.day, first=first_day, last=last_day)


def operating(m: Machine) -> tuple[Both, Both]:
    """The operating period 运营期间, its ends as phrases."""
    first, last = m[Life].operating_period
    return _known(first), _known(last)


def _known(day: date | None) -> Both:
    return Both(str(day), str(day)) if day is not None else phrase("EX_NOT_YET")


def ungraded(x: Explanation) -> None:
    """Incidents that are neither A nor B, so that none is passed over in silence."""
    none = [one for one in x.m[Incidents].reported.values() if annex_1_grades.graded(x.m, one) is None]
    if none:
        x.step("EX_UNGRADED", incidents=", ".join(sorted(one.id for one in none)))


def in_window(x: Explanation) -> None:
    x.cite("10.2")
    year(x)


def whether_counted(x: Explanation, id_: str) -> None:
    """What the incident is, and that it counts, or why it does not."""
    group = next((one for one in counting(x.m, x.day) if one.first is not None and one.first.id == id_), None)
    x.cite("10.1" if group is not None and group.grade == "A" else "10.2")
    incident(x, id_)
    if group is not None:
        if group.grade == "B":
            year(x)
        counts(x, group)
    for entry in incidents(x.m, x.day)["excluded"]:
        if entry["incident"] == id_:
            left_out(x, entry)


def graded(x: Explanation, id_: str | None) -> None:
    if id_ is not None:
        incident(x, id_)
        return
    for one in sorted(x.m[Incidents].reported):
        incident(x, one)
