"""The oracle's term (SPEC 4.1), incident grades (4.4) and grounds for termination (4.5)."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle_facts import (
    Fact,
    Question,
    corresponding_day,
    first,
    latest_per,
    of_type,
    place,
    reading_on,
    terms_on,
)

DAY = timedelta(days=1)

# --- the term -------------------------------------------------------------------------------------


def signatures(q: Question, as_of: date) -> list[Fact]:
    """SPEC 4.1: "both parties have signed": the first signature of each, in order; fewer than two: not
    effective."""
    signed = of_type(q, as_of, "ContractSigned")
    firsts = [first([f for f in signed if f["data"]["party"] == party]) for party in ("party_a", "party_b")]
    return sorted([f for f in firsts if f is not None], key=place)


def effective_on(q: Question, as_of: date) -> date | None:
    """SPEC 4.8: "`signed_on` = `effective_on` = the later signature"."""
    signed = signatures(q, as_of)
    later: date | None = signed[1]["day"] if len(signed) == 2 else None
    return later


def lease(q: Question, as_of: date) -> Fact | None:
    """The first LeaseStarted."""
    return first(of_type(q, as_of, "LeaseStarted"))


def acceptance_of(q: Question, as_of: date, proposal: Fact) -> Fact | None:
    """The first ProposalAccepted of that proposal."""
    accepted = of_type(q, as_of, "ProposalAccepted")
    return first([f for f in accepted if f["data"]["proposal"] == proposal["data"]["proposal"]])


def consent_on(proposal: Fact, acceptance: Fact) -> date:
    """SPEC 4.1: "Nothing takes effect before the day of consent", nor before there is something to
    consent to."""
    day: date = max(proposal["day"], acceptance["day"])
    return day


def renewals(q: Question, as_of: date, terminated_on: date | None) -> list[tuple[Fact, Fact]]:
    """SPEC 4.1: "Accepted renewal moves `ends_on`": (proposal, acceptance) in the order of consent, if
    not already terminated."""
    found = []
    for proposal in of_type(q, as_of, "RenewalProposed"):
        acceptance = acceptance_of(q, as_of, proposal)
        if acceptance and (terminated_on is None or consent_on(proposal, acceptance) < terminated_on):
            found.append((proposal, acceptance))
    return sorted(found, key=lambda pair: max(place(pair[0]), place(pair[1])))


def ends_on(q: Question, as_of: date, terminated_on: date | None, without: Fact | None = None) -> date | None:
    """SPEC 4.1: "`ends_on` = lease start + term.months, corresponding day, no roll (reading `term-end`).
    Accepted renewal moves `ends_on`"; 4.8: "`ends_on` is null before the lease", "`term-end` is read as
    of D"; 2.2: term.months too."""
    started = lease(q, as_of)
    if started is None:
        return None
    day = corresponding_day(started["day"], terms_on(q, as_of, as_of)["term"]["months"])
    if reading_on(q, as_of, "term-end", as_of) == "day-before":
        day -= DAY
    for proposal, _ in renewals(q, as_of, terminated_on):
        if without is None or proposal["seq"] != without["seq"]:
            day = date.fromisoformat(proposal["data"]["ends_on"])
    return day


def in_operation(q: Question, as_of: date, terminated_on: date | None, day: date) -> bool:
    """SPEC 4.1: "The *operating period* runs from the earlier of TrialRunStarted and LeaseStarted to
    `ends_on` or `terminated_on`", both inclusive."""
    started = first(of_type(q, as_of, "TrialRunStarted", "LeaseStarted"))
    end = terminated_on or ends_on(q, as_of, terminated_on)
    return started is not None and started["day"] <= day and (end is None or day <= end)


# --- grades ---------------------------------------------------------------------------------------


def measures_of(q: Question, as_of: date, incident: Fact) -> dict[str, Any]:
    """SPEC 4.4: "An assessment replaces measure by measure, from its day"."""
    measures = dict(incident["data"])
    for fact in of_type(q, as_of, "IncidentAssessed"):
        if fact["data"]["incident"] == incident["data"]["incident"]:
            measures.update(fact["data"])
    return measures


def outage_grade(measures: dict[str, Any], grades: dict[str, Any], criteria: str, ceiling: str) -> str | None:
    """SPEC 4.4, outage: "platform, >= 120 minutes: A if systems_share > 0.30 and people >= 500 000 and
    loss >= 5 000 000; else B if share > 0.10 and people >= 100 000 and loss >= 1 000 000"; reading
    "`thirty-percent`, where a share above 0.30 is no B"."""
    minutes = measures.get("duration_minutes")
    if measures.get("scope") != "platform" or minutes is None or minutes < grades["minutes"]:
        return None
    share, people, loss = (measures.get(k) for k in ("systems_share", "people_affected", "economic_loss"))
    for grade in ("A", "B"):
        bounds = grades[grade]
        met = [
            share is not None and Fraction(share) > Fraction(bounds["systems_share_over"]),
            people is not None and people >= bounds["people_from"],
            loss is not None and Fraction(loss) >= Fraction(bounds["loss_from"]),
        ]
        enough = all(met) if criteria == "all" else any(met)
        over = share is not None and Fraction(share) > Fraction(grades["A"]["systems_share_over"])
        if grade == "B" and ceiling == "thirty-percent" and over:
            return None
        if enough:
            return grade
    return None


def tampering_grade(measures: dict[str, Any], grades: dict[str, Any]) -> str | None:
    """SPEC 4.4, tampering: ">= 30 minutes, provider_hazard, plan not followed: A if in a guarantee period
    and attention has national or municipal_leader; else B if attention has municipal or municipal_leader
    or, a fortiori, national"."""
    minutes, attention = measures.get("duration_minutes"), measures.get("attention") or []
    if minutes is None or minutes < grades["minutes"]:
        return None
    if measures.get("provider_hazard") is not True or measures.get("plan_followed") is not False:
        return None
    if measures.get("guarantee_period") is True and ("national" in attention or "municipal_leader" in attention):
        return "A"
    return "B" if any(a in attention for a in ("municipal", "municipal_leader", "national")) else None


def weighty(measures: dict[str, Any], level_from: int) -> bool:
    """SPEC 4.4: "(mlps_level >= 3 or important)"."""
    level = measures.get("mlps_level")
    return (level is not None and level >= level_from) or measures.get("important") is True


def data_loss_grade(measures: dict[str, Any], grades: dict[str, Any]) -> str | None:
    """SPEC 4.4, data_loss: "core data, months_lost > 1, unrecoverable: A if systems > 3 and (mlps_level
    >= 3 or important); else B if systems >= 1"."""
    months, systems = measures.get("months_lost"), measures.get("systems_affected")
    if measures.get("core_data") is not True or measures.get("unrecoverable") is not True:
        return None
    if months is None or not Fraction(months) > Fraction(grades["months_over"]) or systems is None:
        return None
    if systems > grades["A"]["systems_over"] and weighty(measures, grades["A"]["mlps_level_from"]):
        return "A"
    return "B" if systems >= grades["B"]["systems_from"] else None


def intrusion_grade(measures: dict[str, Any], grades: dict[str, Any]) -> str | None:
    """SPEC 4.4, intrusion: "third_party_notified, not handled in time, tampered_or_leaked: A if in a
    guarantee period and (mlps_level >= 3 or important); else B"."""
    if measures.get("third_party_notified") is not True or measures.get("handled_in_time") is not False:
        return None
    if measures.get("tampered_or_leaked") is not True:
        return None
    return (
        "A" if measures.get("guarantee_period") is True and weighty(measures, grades["A"]["mlps_level_from"]) else "B"
    )


def computed_grade(q: Question, as_of: date, incident: Fact) -> str | None:
    """SPEC 4.4: "`responsibility` `other` is never graded"; reading `force-majeure`: "`excluded` (such an
    outage or data loss is not graded) | `required` (only such a one is)". Terms and readings of the
    incident's day."""
    measures, day = measures_of(q, as_of, incident), incident["day"]
    kind = measures["kind"]
    grades = terms_on(q, as_of, day).get("grades", {}).get(kind)
    if grades is None or measures.get("responsibility") == "other":
        return None
    if kind in ("outage", "data_loss"):
        reading, forced = reading_on(q, as_of, "force-majeure", day), measures.get("force_majeure") is True
        if (reading == "excluded" and forced) or (reading == "required" and not forced):
            return None
    if kind == "outage":
        criteria = reading_on(q, as_of, "outage-criteria", day)
        return outage_grade(measures, grades, criteria, reading_on(q, as_of, "outage-b-ceiling", day))
    if kind == "tampering":
        return tampering_grade(measures, grades)
    if kind == "data_loss":
        return data_loss_grade(measures, grades)
    return intrusion_grade(measures, grades) if kind == "intrusion" else None


def grade_of(q: Question, as_of: date, incident: Fact) -> str | None:
    """SPEC 4.4: "An agreed grade replaces the computed one from its day"; 4.8: "prevails over
    `responsibility`"."""
    agreed = [
        f for f in of_type(q, as_of, "IncidentGradeAgreed") if f["data"]["incident"] == incident["data"]["incident"]
    ]
    if agreed:
        return None if agreed[-1]["data"]["grade"] == "none" else str(agreed[-1]["data"]["grade"])
    return computed_grade(q, as_of, incident)


# --- incidents that are one (10.3) ----------------------------------------------------------------


def causes_of(q: Question, as_of: date, incident: Fact) -> set[str]:
    """SPEC 4.4: "incidents linked, or sharing a `root_cause`, are one (an unlinked incident leaves the
    group from that day)"; 4.8: "Unlinking removes the incident from that root_cause only; other ties
    hold"."""
    name = incident["data"]["incident"]
    events = [(place(incident), 0, incident)]
    for fact in of_type(q, as_of, "IncidentAssessed"):
        if fact["data"]["incident"] == name:  # an assessment never comes before what it assesses
            events.append((max(place(fact), place(incident)), 1, fact))
    for fact in of_type(q, as_of, "IncidentsLinked", "IncidentsUnlinked"):
        if name in fact["data"]["incidents"]:
            events.append((place(fact), 1, fact))
    measured: str | None = None
    linked: set[str] = set()
    for _, _, fact in sorted(events, key=lambda e: (e[0], e[1], e[2]["seq"])):
        cause = fact["data"].get("root_cause")
        if fact["type"] == "IncidentsLinked":
            linked = linked | {cause}
        elif fact["type"] == "IncidentsUnlinked":
            linked = linked - {cause}
            measured = None if measured == cause else measured
        elif cause is not None:
            measured = cause
    return linked | ({measured} if measured is not None else set())


def groups_of_incidents(q: Question, as_of: date) -> list[list[Fact]]:
    """SPEC 4.8: "They are grouped over all": the incidents reported by then, those that share a cause
    together."""
    groups: list[tuple[list[Fact], set[str]]] = []  # no two of them have a cause in common
    for incident in of_type(q, as_of, "IncidentReported"):
        members, causes = [incident], causes_of(q, as_of, incident)
        apart = []
        for other_members, other_causes in groups:
            if causes & other_causes:
                members, causes = members + other_members, causes | other_causes
            else:
                apart.append((other_members, other_causes))
        groups = [*apart, (members, causes)]
    return [sorted(members, key=place) for members, _ in groups]


def graded_groups(q: Question, as_of: date, terminated_on: date | None) -> list[dict[str, Any]]:
    """SPEC 4.4: "its grade is the highest of theirs, its day the first day a member of that grade began";
    4.8: "grade, day and members come from those of the operating period". In the order of their
    representatives."""
    graded = []
    for group in groups_of_incidents(q, as_of):
        members = [f for f in group if in_operation(q, as_of, terminated_on, f["day"])]
        grades = [grade_of(q, as_of, f) for f in members]
        for grade in ("A", "B"):
            if grade in grades:
                representative = members[grades.index(grade)]
                graded.append(
                    {"grade": grade, "on": representative["day"], "first": representative, "members": members}
                )
                break
    return sorted(graded, key=lambda g: place(g["first"]))


# --- the window -----------------------------------------------------------------------------------


def year_of(q: Question, as_of: date, reading: str, day: date) -> tuple[date, date] | None:
    """SPEC 4.4: reading `year-window`: the `calendar-year` of a day, or its `contract-year` "counted from
    the lease start"; None under `rolling` (and before there is a lease to count from)."""
    if reading == "calendar-year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    started = lease(q, as_of)
    if reading == "contract-year" and started is not None:
        number = -100
        while corresponding_day(started["day"], 12 * (number + 1)) <= day:
            number += 1
        first_day = corresponding_day(started["day"], 12 * number)
        return first_day, corresponding_day(started["day"], 12 * (number + 1)) - DAY
    return None


def window_of(q: Question, as_of: date) -> tuple[date, date]:
    """SPEC 4.8: "`window` is [first day still counting, as_of], or the calendar or contract year"."""
    year = year_of(q, as_of, reading_on(q, as_of, "year-window", as_of), as_of)
    if year is not None:
        return year
    months = terms_on(q, as_of, as_of)["termination"].get("b_window_months", 12)
    day = as_of
    while corresponding_day(day - DAY, months) >= as_of:
        day -= DAY
    return day, as_of


def incidents(q: Question, as_of: date, terminated_on: date | None) -> dict[str, Any]:
    """SPEC 5 `incidents`; 4.4: "`b_count_rolling_year` = B-grade incidents (after 10.3) of the operating
    period on day x with x <= as_of <= x + `b_window_months`"; "The others are listed as excluded, with
    the reason"."""
    start, end = window_of(q, as_of)
    counted: list[tuple[Any, dict[str, Any]]] = []
    excluded: list[tuple[Any, dict[str, Any]]] = []

    def exclude(fact: Fact, reason: str, counted_as: str | None) -> None:
        name = fact["data"]["incident"]
        excluded.append(((fact["day"], name), {"incident": name, "reason": reason, "counted_as": counted_as}))

    for group in graded_groups(q, as_of, terminated_on):
        name = group["first"]["data"]["incident"]
        if group["grade"] == "A" or start <= group["on"] <= end:
            members = [f["data"]["incident"] for f in group["members"]]
            entry = {
                "incident": name,
                "grade": group["grade"],
                "on": group["on"].isoformat(),
                "members": members,
            }
            counted.append(((group["on"], name), entry))
        else:
            exclude(group["first"], "outside-window", None)
        for fact in group["members"]:
            if fact is not group["first"]:
                exclude(fact, "same-cause", name)
    reported = of_type(q, as_of, "IncidentReported")
    grades = {f["data"]["incident"]: grade_of(q, as_of, f) for f in reported}
    for fact in reported:
        if grades[fact["data"]["incident"]] and not in_operation(q, as_of, terminated_on, fact["day"]):
            exclude(fact, "outside-operating-period", None)
    return {
        "a_count": len([1 for _, c in counted if c["grade"] == "A"]),
        "b_count_rolling_year": len([1 for _, c in counted if c["grade"] == "B"]),
        "window": [start.isoformat(), end.isoformat()],
        "counted": [entry for _, entry in sorted(counted, key=lambda pair: pair[0])],
        "excluded": [entry for _, entry in sorted(excluded, key=lambda pair: pair[0])],
        "grades": {name: grade for name, grade in grades.items() if grade},
    }


# --- notices --------------------------------------------------------------------------------------


def standing_completion(q: Question, as_of: date, notice: Fact) -> Fact | None:
    """SPEC 4.2 `rectify`: "RectificationCompleted not rejected since"; the first such."""
    name = notice["data"]["notice"]
    completed = [f for f in of_type(q, as_of, "RectificationCompleted") if f["data"]["notice"] == name]
    rejected = [f for f in of_type(q, as_of, "RectificationRejected") if f["data"]["notice"] == name]
    return first([c for c in completed if not any(place(c) < place(r) for r in rejected)])


def unheeded_on(q: Question, as_of: date, notice: Fact) -> date | None:
    """SPEC 4.5: "on the day after its deadline if unfulfilled at the deadline's end, else on the day a
    timely completion is rejected after it; later completion heals nothing"."""
    deadline = date.fromisoformat(notice["data"]["deadline"])
    if as_of <= deadline:
        return None
    if standing_completion(q, deadline, notice) is None:
        return deadline + DAY
    rejected = [
        f for f in of_type(q, as_of, "RectificationRejected") if f["data"]["notice"] == notice["data"]["notice"]
    ]
    late = first([f for f in rejected if f["day"] > deadline])
    return late["day"] if late else None


# --- grounds --------------------------------------------------------------------------------------


def next_month(month: str) -> str:
    """ "2026-12" -> "2027-01" """
    return corresponding_day(date.fromisoformat(month + "-01"), 1).isoformat()[:7]


def support(q: Question, as_of: date, terminated_on: date | None, ground: str) -> list[Fact]:
    """SPEC 4.5, art. 10.4: "at least two supervisor notices past their deadline unfulfilled and an A or B
    incident; a PersonnelAbsent; two consecutive months with actual < committed; a DualActiveRefused." The
    facts; none: no support."""
    if ground == "absent-key-personnel":
        return of_type(q, as_of, "PersonnelAbsent")
    if ground == "dual-active-refused":
        return of_type(q, as_of, "DualActiveRefused")
    if ground == "understaffed":
        reports = latest_per(of_type(q, as_of, "StaffingReported"), "month")
        short = {f["data"]["month"]: f for f in reports if f["data"]["actual"] < f["data"]["committed"]}
        pairs = [(month, next_month(month)) for month in short if next_month(month) in short]
        return sorted([short[m] for m in short if any(m in pair for pair in pairs)], key=place)
    notices = [
        f
        for f in of_type(q, as_of, "RectificationNoticeIssued")
        if f["by"] == "supervisor" and unheeded_on(q, as_of, f) is not None
    ]
    accidents = [g["first"] for g in graded_groups(q, as_of, terminated_on)]
    return sorted(notices + accidents, key=place) if len(notices) >= 2 and accidents else []


def grounds_10_1(q: Question, as_of: date, terminated_on: date | None) -> list[dict[str, Any]]:
    """SPEC 4.5: "A ground under 10.1 arises on the day of an A-grade incident", the a_incidents-th and
    each after it."""
    groups = [g for g in graded_groups(q, as_of, terminated_on) if g["grade"] == "A"]
    found = []
    for n, group in enumerate(groups):
        needed = terms_on(q, as_of, group["on"])["termination"]["a_incidents"]
        if n + 1 >= needed:
            because = [g["first"] for g in groups[n + 1 - needed : n + 1]]
            found.append({"clause": "10.1", "arose_on": group["on"], "maker": group["first"], "because": because})
    return found


def grounds_10_2(q: Question, as_of: date, terminated_on: date | None) -> list[dict[str, Any]]:
    """SPEC 4.5: "under 10.2 on the day of a B-grade incident that is at least the third within one year
    ending that day"."""
    groups = [g for g in graded_groups(q, as_of, terminated_on) if g["grade"] == "B"]
    found = []
    for n, group in enumerate(groups):
        day = group["on"]
        terms = terms_on(q, as_of, day)["termination"]
        year = year_of(q, as_of, reading_on(q, as_of, "year-window", day), day)
        if year is None:
            within = [g for g in groups[: n + 1] if day <= corresponding_day(g["on"], terms.get("b_window_months", 12))]
        else:
            within = [g for g in groups[: n + 1] if year[0] <= g["on"] <= year[1]]
        if len(within) >= terms["b_incidents"]:
            because = [g["first"] for g in within]
            found.append({"clause": "10.2", "arose_on": day, "maker": group["first"], "because": because})
    return found


NAMED_GROUNDS = ("unheeded-supervisor-notices", "absent-key-personnel", "understaffed", "dual-active-refused")


def grounds_10_4(q: Question, as_of: date, terminated_on: date | None) -> list[dict[str, Any]]:
    """SPEC 4.5: "It must be a notice by party_a whose `ground` is one of [four] and whose facts support
    it on that day"."""
    found = []
    for notice in of_type(q, as_of, "RectificationNoticeIssued"):
        if notice["by"] != "party_a" or notice["data"]["ground"] not in NAMED_GROUNDS:
            continue
        day = unheeded_on(q, as_of, notice)
        if day is None:
            continue
        over_by_then = terminated_on if terminated_on is not None and terminated_on <= day else None
        supporting = support(q, day, over_by_then, notice["data"]["ground"])
        because = sorted([notice, *supporting], key=place)
        found.append(
            {
                "clause": "10.4",
                "arose_on": day,
                "maker": notice,
                "because": because,
                "supported": bool(supporting),
            }
        )
    return found


def maker_of(ground: dict[str, Any]) -> tuple[str, str]:
    """What identifies a ground: its clause and the incident or notice that made it."""
    data = ground["maker"]["data"]
    return ground["clause"], data["notice"] if ground["clause"] == "10.4" else data["incident"]


def grounds(
    q: Question, as_of: date, terminated_on: date | None, exercised: list[tuple[str, str]]
) -> list[dict[str, Any]]:
    """SPEC 4.5: "An open ground lapses [...] after the day one year after it arose or, if later, after
    `learned_on`"; "what is still open when the contract ends is `moot`"; "Without that support the ground
    is `unsupported`"."""
    found = [
        *grounds_10_1(q, as_of, terminated_on),
        *grounds_10_2(q, as_of, terminated_on),
        *grounds_10_4(q, as_of, terminated_on),
    ]
    end = ends_on(q, as_of, terminated_on)
    over_from = terminated_on or (end + DAY if end is not None and as_of > end else None)
    for ground in found:
        begins = ground["arose_on"]
        if ground["clause"] != "10.4":
            learned = measures_of(q, as_of, ground["maker"]).get("learned_on")
            begins = max(begins, date.fromisoformat(learned)) if learned else begins
        never = reading_on(q, as_of, "lapse", ground["arose_on"]) == "never"
        lapses = None if never else corresponding_day(begins, 12)
        ground["lapses_on"] = lapses
        if maker_of(ground) in exercised:
            ground["state"] = "exercised"
        elif not ground.get("supported", True):
            ground["state"] = "unsupported"
        elif lapses is not None and lapses < (as_of if over_from is None else over_from - DAY):  # its last day
            ground["state"] = "lapsed"
        else:
            ground["state"] = "moot" if over_from is not None else "open"
    return sorted(found, key=lambda g: (g["arose_on"], g["clause"], place(g["maker"])))
