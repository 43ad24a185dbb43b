"""Which incidents count, and why the others do not (SPEC 4.4, art. 10.2, 10.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import grouping as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.answer import (
    b_counting,
    counting,
    incidents,
    window,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.explain import incident, operating, ties
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Counted, Incidents
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS, window_months
from ledger.bilingual import Bilingual, label, phrase
from ledger.domain.calendar import corresponding_day
from ledger.domain.machine import ONE_DAY
from ledger.explanation import Explanation


def overview(x: Explanation) -> None:
    """Both counts, and every incident left out."""
    count(x, "A")
    count(x, "B")


def count(x: Explanation, grade: str) -> None:
    x.cite("10.1" if grade == "A" else "10.2", "annex 1")
    if grade == "B":
        year(x)
    counted = b_counting(x.m, x.day) if grade == "B" else [one for one in counting(x.m, x.day) if one.grade == "A"]
    for one in counted:
        counts(x, one)
    for entry in incidents(x.m, x.day)["excluded"]:
        left_out(x, entry)
    ungraded(x)
    x.step("EX_COUNT", grade=grade, count=len(counted), day=x.day)


def year(x: Explanation) -> None:
    """The year within which B-grade incidents count, and the readings behind it."""
    first, last = window(x.m, x.day)
    option = x.read("year-window")
    x.read("window-anniversary")
    x.read("a-counts-as-b")
    x.cite("civil code 202")
    if option == "rolling":
        x.step("EX_WINDOW_ROLLING", first=first, last=last, months=_months(x))
    else:
        x.step("EX_WINDOW_YEAR", first=first, last=last, option=label("reading", "year-window=" + option))


def _months(x: Explanation) -> int:
    x.rest_on_term("termination.b_window_months", x.day)
    return window_months(TERMS.on(x.m, x.day))


def counts(x: Explanation, counted: Counted) -> None:
    """A counted incident: what it includes, and until when it counts."""
    one = counted.first
    x.step("EX_COUNTED", incident=one.id, grade=counted.grade, on=counted.day, kind=label("kind", one.kind),
           facts=x.facts(one.facts), until=_until(x, counted))  # fmt: skip
    absorbs(x, counted)


def _until(x: Explanation, counted: Counted) -> Bilingual:
    readings = x.m.agreement.on(x.day).readings
    if counted.grade != "B" or readings["year-window"] != "rolling":
        return Bilingual("", "")
    last = corresponding_day(counted.day, window_months(TERMS.on(x.m, counted.day)))
    return phrase("EX_COUNTS_UNTIL", last=last if readings["window-anniversary"] == "inclusive" else last - ONE_DAY)


def absorbs(x: Explanation, counted: Counted) -> None:
    others = [other for other in counted.members if other is not counted.first]
    event = [other.id for other in others if counted.same_event(other)]
    cause = [other.id for other in others if not counted.same_event(other)]
    if others:
        x.cite("10.3")
    if event:
        x.read("overlapping-reports")
        x.step("EX_ABSORBS_EVENT", incident=counted.first.id, others=", ".join(event))
    if cause:
        x.read("same-cause-count")
        causes = sorted({cause for one in counted.members for cause in one.causes})
        x.step("EX_ABSORBS", incident=counted.first.id, others=", ".join(cause), causes=", ".join(causes),
               facts=x.facts(ties(x, counted.members)))  # fmt: skip


def left_out(x: Explanation, entry: Mapping[str, Any]) -> None:
    """Why a graded incident does not count; ``entry`` is one of ``incidents.excluded``."""
    one = x.m[Incidents].reported[entry["incident"]]
    named = x.fact(one.fact.id)
    match entry["reason"]:
        case "same-event":
            x.cite("10.3")
            x.read("overlapping-reports")
            x.step("EX_EXCLUDED_EVENT", incident=one.id, fact=named, other=entry["counted_as"])
        case "same-cause":
            x.cite("10.3")
            x.step("EX_EXCLUDED_SAME", incident=one.id, fact=named, other=entry["counted_as"])
        case "outside-window":
            first, last = window(x.m, x.day)
            x.step("EX_EXCLUDED_WINDOW", incident=one.id, fact=named, on=one.day, first=first, last=last)
        case _:
            x.read("operating-period")
            first_day, last_day = operating(x.m)
            x.step("EX_EXCLUDED_PERIOD", incident=one.id, fact=named, on=one.day, first=first_day, last=last_day)


def ungraded(x: Explanation) -> None:
    """Incidents that are neither A nor B, so that every one is mentioned."""
    none = [one for one in x.m[Incidents].reported.values() if annex_1_grades.graded(x.m, one) is None]
    if none:
        x.step("EX_UNGRADED", incidents=", ".join(sorted(one.id for one in none)))


def in_window(x: Explanation) -> None:
    x.cite("10.2")
    year(x)


def whether_counted(x: Explanation, id_: str) -> None:
    """The incident, and that it counts, or why it does not."""
    counted = next((one for one in counting(x.m, x.day) if one.first.id == id_), None)
    x.cite("10.1" if counted is not None and counted.grade == "A" else "10.2")
    incident(x, id_)
    if counted is not None:
        if counted.grade == "B":
            year(x)
        counts(x, counted)
    for entry in incidents(x.m, x.day)["excluded"]:
        if entry["incident"] == id_:
            left_out(x, entry)


def graded(x: Explanation, id_: str | None) -> None:
    if id_ is not None:
        incident(x, id_)
        return
    for one in sorted(x.m[Incidents].reported):
        incident(x, one)
