"""The oracle's incidents: measures, grades (SPEC 4.4), which reports are one (2.4 and clause 10.3) and the count."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle_facts import (
    BEIJING,
    DAY,
    NEUTRAL,
    READINGS,
    Fact,
    Question,
    actor,
    corresponding_day,
    midnight,
    number,
    of_type,
    place,
    prevailing,
    read_by,
    reading_on,
    remembered,
    ruled,
    set_by,
    terms_on,
)
from tests.oracle_term import Span, interval, lease, minutes_of, within

# --- measures -------------------------------------------------------------------------------------


@remembered
def stated(q: Question, as_of: date, incident: Fact) -> dict[str, Fact]:
    """SPEC 4.4: "An assessment replaces measure by measure, from its day": of each measure the fact whose
    statement counts (2.4). The report comes before every assessment of its own role."""
    name = incident["data"]["incident"]
    assessments = [f for f in of_type(q, as_of, "IncidentAssessed") if f["data"]["incident"] == name]
    found: dict[str, Fact] = {}
    for key in {key for f in [incident, *assessments] for key in f["data"]} - {"incident"}:
        saying = [f for f in assessments if key in f["data"]]
        if key in incident["data"] and not any(f["by"] == incident["by"] for f in saying):
            saying.append(incident)
        found[key] = prevailing(saying)
    return found


@remembered
def measures_of(q: Question, as_of: date, incident: Fact) -> dict[str, Any]:
    """The measures of an incident that count."""
    told = {key: fact["data"][key] for key, fact in stated(q, as_of, incident).items()}
    return {"incident": incident["data"]["incident"], **told}


def reported(q: Question, as_of: date) -> list[Fact]:
    """Every incident reported, in order."""
    return of_type(q, as_of, "IncidentReported")


@remembered
def lasted(q: Question, as_of: date, incident: Fact, span: Span) -> tuple[datetime, datetime] | None:
    """What of an incident's time lies in the operating period; None: "wholly outside"."""
    return within(span, incident, minutes_of(measures_of(q, as_of, incident)))


def day_in(q: Question, as_of: date, incident: Fact, span: Span) -> date:
    """SPEC 4.4: "an incident's day is its first day there" (in the operating period); outside it, its own."""
    time = lasted(q, as_of, incident, span)
    day: date = incident["day"] if time is None else time[0].astimezone(BEIJING).date()
    return day


def minutes_in(q: Question, as_of: date, incident: Fact, span: Span) -> Fraction | None:
    """SPEC 4.4: "Only minutes within the operating period count [...]; one wholly outside is graded on all its
    minutes"."""
    given, time = minutes_of(measures_of(q, as_of, incident)), lasted(q, as_of, incident, span)
    if given is None or time is None or interval(incident, given) == time:
        return given
    return Fraction((time[1] - time[0]) // timedelta(microseconds=1), 60_000_000)


# --- grades ---------------------------------------------------------------------------------------


def outage_grade(
    measures: dict[str, Any], minutes: Fraction | None, grades: dict[str, Any], criteria: str, ceiling: str
) -> str | None:
    """SPEC 4.4, outage: "platform, >= 120 minutes: A if systems_share > 0.30 and people >= 500 000 and
    loss >= 5 000 000; else B if share > 0.10 and people >= 100 000 and loss >= 1 000 000" [`outage-criteria`]
    [`outage-b-ceiling`: "a share above 0.30 is no B"]."""
    if measures.get("scope") != "platform" or minutes is None or minutes < number(grades["minutes"]):
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


def tampering_grade(measures: dict[str, Any], minutes: Fraction | None, grades: dict[str, Any]) -> str | None:
    """SPEC 4.4, tampering: ">= 30 minutes, provider_hazard, plan not followed: A if in a guarantee period
    and attention has national or municipal_leader; else B if attention has municipal or municipal_leader
    or, a fortiori, national"."""
    attention = measures.get("attention") or []
    if minutes is None or minutes < number(grades["minutes"]):
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


def mainly_responsible(q: Question, as_of: date, measures: dict[str, Any], day: date) -> bool:
    """SPEC 4.4: "`responsibility` `other` is never graded [`main-responsibility`]"; 4.7: "`provider-only` (`shared`
    is not 主责) | `stated` (only where the fact says provider)"; 2.2: "left out = provider"."""
    reading, said = reading_on(q, as_of, "main-responsibility", day), measures.get("responsibility")
    if reading == "stated":
        return said == "provider"
    return said in (None, "provider") if reading == "provider-only" else said != "other"


def computed_grade(q: Question, as_of: date, incident: Fact, span: Span) -> str | None:
    """SPEC 4.4; reading `force-majeure`: "`excluded` (such an outage or loss is not graded) | `required` (only such
    a one is)". Terms and readings of the incident's day."""
    measures, day = measures_of(q, as_of, incident), day_in(q, as_of, incident, span)
    kind, minutes = measures["kind"], minutes_in(q, as_of, incident, span)
    grades = terms_on(q, as_of, day).get("grades", {}).get(kind)
    if grades is None or not mainly_responsible(q, as_of, measures, day):
        return None
    if kind in ("outage", "data_loss"):
        reading, forced = reading_on(q, as_of, "force-majeure", day), measures.get("force_majeure") is True
        if (reading == "excluded" and forced) or (reading == "required" and not forced):
            return None
    if kind == "outage":
        criteria = reading_on(q, as_of, "outage-criteria", day)
        return outage_grade(measures, minutes, grades, criteria, reading_on(q, as_of, "outage-b-ceiling", day))
    if kind == "tampering":
        return tampering_grade(measures, minutes, grades)
    if kind == "data_loss":
        return data_loss_grade(measures, grades)
    return intrusion_grade(measures, grades) if kind == "intrusion" else None


@remembered
def settled_grade(q: Question, as_of: date, incident: Fact) -> str | None:
    """SPEC 4.4: "An agreed grade replaces the computed one from its day"; 2.4: a ruling {"incident", "grade"}
    "prevails over everything from its `on`". "none" is a grade that was settled too."""
    name = incident["data"]["incident"]
    decided = [r["grade"] for _, r in ruled(q, as_of, "incident", "grade") if r["incident"] == name]
    if decided:
        return str(decided[-1])
    agreed = [f for f in of_type(q, as_of, "IncidentGradeAgreed") if f["data"]["incident"] == name]
    latest = {f["by"]: f for f in agreed}.values()  # "Of one role's own statements on one thing the latest"
    own = [f for f in latest if f["claimed"]]  # 2.4: "its claims prevail there over what others say"
    return str((own or agreed)[-1]["data"]["grade"]) if agreed else None


@remembered
def grade_of(q: Question, as_of: date, incident: Fact, span: Span) -> str | None:
    """The grade of one report by itself; 4.8: "An agreed grade prevails over `responsibility`"."""
    settled = settled_grade(q, as_of, incident)
    if settled is not None:
        return None if settled == "none" else settled
    return computed_grade(q, as_of, incident, span)


# --- reports of one event (2.4) -------------------------------------------------------------------


def same_kind(one: dict[str, Any], two: dict[str, Any]) -> bool:
    """SPEC 2.4: "of the same kind and scope (or system)"."""

    def about(m: dict[str, Any]) -> tuple[Any, ...]:
        if m["kind"] == "outage" and m.get("scope") == "platform":
            return m["kind"], "platform", None
        return m["kind"], m.get("scope"), m.get("system")

    return about(one) == about(two)


def timed(fact: Fact, measures: dict[str, Any]) -> bool:
    """Whether it has "a time of day and a duration"."""
    return len(fact["on"]) > 10 and minutes_of(measures) is not None


def span_of(fact: Fact, measures: dict[str, Any]) -> tuple[datetime, datetime]:
    """SPEC 2.4: "one without a time of day or a duration spans its days"."""
    begin, end = interval(fact, minutes_of(measures))
    if timed(fact, measures):
        return begin, end
    last = (max(begin, end - timedelta(microseconds=1))).astimezone(BEIJING).date()
    return midnight(fact["day"]), midnight(last + DAY)


def overlap(q: Question, as_of: date, one: Fact, two: Fact) -> bool:
    """Whether two reports of one kind and scope overlap in time."""
    a, b = measures_of(q, as_of, one), measures_of(q, as_of, two)
    (begin_a, end_a), (begin_b, end_b) = span_of(one, a), span_of(two, b)
    return same_kind(a, b) and begin_a < end_b and begin_b < end_a


def together(groups: list[list[Fact]]) -> list[list[Fact]]:
    """Groups that have a member in common, joined."""
    joined: list[list[Fact]] = []
    for group in groups:
        members, apart = list(group), []
        for other in joined:
            if {f["seq"] for f in other} & {f["seq"] for f in members}:
                members += [f for f in other if f["seq"] not in {m["seq"] for m in members}]
            else:
                apart.append(other)
        joined = [*apart, members]
    return [sorted(group, key=place) for group in joined]


@remembered
def events(q: Question, as_of: date) -> list[list[Fact]]:
    """SPEC 2.4: "A role's own reports of one kind and scope (or system) that overlap in time by their clock [...] are
    one incident. Reports by different roles of one outage, tampering, loss or intrusion [...] overlapping in time
    [...] are one incident (reading `overlapping-reports`: `one` | `separate` [...]): in order of beginning, then
    `seq`, each report joins the earliest group all of whose reports it overlaps and that holds no report of its
    role, supervisors' reports placed first". Whose a report is, its actor says."""
    incidents = reported(q, as_of)
    if reading_on(q, as_of, "overlapping-reports", as_of) == "separate":
        return [[f] for f in incidents]
    own = [
        [one, two]
        for one in incidents
        for two in incidents
        if one["seq"] < two["seq"]
        and actor(one) == actor(two)
        and timed(one, measures_of(q, as_of, one))
        and timed(two, measures_of(q, as_of, two))
        and overlap(q, as_of, one, two)
    ]
    groups: list[list[Fact]] = []
    for fact in sorted(incidents, key=lambda f: (actor(f) != "supervisor", place(f))):
        fits = [
            g
            for g in groups
            if measures_of(q, as_of, fact)["kind"] != "mutual_backup"
            and all(overlap(q, as_of, fact, f) and actor(f) != actor(fact) for f in g)
        ]
        if fits:
            fits[0].append(fact)
        else:
            groups.append([fact])
    return together(groups + own)


def event_of(q: Question, as_of: date, incident: Fact) -> list[Fact]:
    """The reports that are one with this one by time."""
    found: list[Fact] = next(g for g in events(q, as_of) if incident["seq"] in [f["seq"] for f in g])
    return found


def measures_count(q: Question, as_of: date, incident: Fact) -> bool:
    """SPEC 2.4: "If a report said by a supervisor (`by`) is in the group its measures alone count, for grade and
    damages, unless a member's grade is agreed or ruled: then that one's"."""
    group = event_of(q, as_of, incident)
    settled = [f["seq"] for f in group if settled_grade(q, as_of, f) is not None]
    if settled:
        return incident["seq"] in settled
    return incident["by"] == "supervisor" or all(f["by"] != "supervisor" for f in group)


# --- incidents that are one (10.3) ----------------------------------------------------------------


@remembered
def causes_of(q: Question, as_of: date, incident: Fact) -> dict[str, Fact]:
    """SPEC 4.4: "incidents linked, or sharing a `root_cause`, are one (a shared `root_cause` ties of record where
    what states it of each is party_a's or a neutral role's word, or acknowledged; else, like a link by party_b, in
    party_b's view) (an unlinked incident leaves the group from that day)"; 4.8: "Unlinking removes the incident from
    that root_cause only; other ties hold". The causes of an incident, each with what states it."""
    found = {}
    for cause, statements in ties_told(q, as_of, incident).items():
        fact = prevailing(statements)
        binding = fact["by"] in ("party_a", *NEUTRAL) or fact["agreed"] or q.role == "party_b"
        if fact["type"] != "IncidentsUnlinked" and binding:
            found[cause] = fact
    return found


def ties_told(q: Question, as_of: date, incident: Fact) -> dict[str, list[Fact]]:
    """What was said of an incident and each cause."""
    name = incident["data"]["incident"]
    saying: dict[str, list[Fact]] = {}
    if (measured := stated(q, as_of, incident).get("root_cause")) is not None:
        later = max(measured["at"], incident["at"])
        saying[measured["data"]["root_cause"]] = [{**measured, "at": later}]
    for fact in of_type(q, as_of, "IncidentsLinked", "IncidentsUnlinked"):
        if name in fact["data"]["incidents"]:
            saying.setdefault(fact["data"]["root_cause"], []).append(fact)
    return saying


@remembered
def groups_of_incidents(q: Question, as_of: date) -> list[list[Fact]]:
    """SPEC 4.8: "They are grouped over all": the incidents reported by then, those of one event or one cause
    together."""
    by_cause: dict[str, list[Fact]] = {}
    for incident in reported(q, as_of):
        for cause in causes_of(q, as_of, incident):
            by_cause.setdefault(cause, []).append(incident)
    return together(events(q, as_of) + list(by_cause.values()))


@remembered
def graded(q: Question, as_of: date, span: Span, groups: list[list[Fact]]) -> list[dict[str, Any]]:
    """SPEC 4.4: "its grade is the highest of theirs, its day the first day a member of that grade began";
    4.8: "grade, day and members come from those of the operating period". In the order of their
    representatives."""
    found = []
    for group in groups:
        members = [f for f in group if lasted(q, as_of, f, span) is not None]
        members.sort(key=lambda f: (day_in(q, as_of, f, span), place(f)))
        for grade in ("A", "B"):
            of_it = [f for f in members if measures_count(q, as_of, f) and grade_of(q, as_of, f, span) == grade]
            if of_it:
                day = day_in(q, as_of, of_it[0], span)
                found.append({"grade": grade, "on": day, "first": of_it[0], "members": members})
                break
    return sorted(found, key=lambda g: (g["on"], place(g["first"])))


def graded_groups(q: Question, as_of: date, span: Span) -> list[dict[str, Any]]:
    """The graded groups of clause 10.3, incidents that are one taken together."""
    found: list[dict[str, Any]] = graded(q, as_of, span, groups_of_incidents(q, as_of))
    return found


def counted_groups(q: Question, as_of: date, span: Span) -> list[dict[str, Any]]:
    """SPEC 4.7 `same-cause-count`: "`one` | `each` (10.3 bars repeated liability, not counting)"."""
    if reading_on(q, as_of, "same-cause-count", as_of) == "one":
        return graded_groups(q, as_of, span)
    found: list[dict[str, Any]] = graded(q, as_of, span, events(q, as_of))
    return found


# --- what a grade rests on ------------------------------------------------------------------------


def rests_of_incident(q: Question, as_of: date, incident: Fact) -> list[Fact]:
    """SPEC 4.8, of an incident: its report, the "assessments that gave [it] measures", what decided its grade, and the
    "links" that make it one with another, or part it from what it was tied to."""
    name = incident["data"]["incident"]
    found = [incident, *stated(q, as_of, incident).values()]
    decided = [f for f, r in ruled(q, as_of, "incident", "grade") if r["incident"] == name]
    agreed = [f for f in of_type(q, as_of, "IncidentGradeAgreed") if f["data"]["incident"] == name]
    own = [f for f in {f["by"]: f for f in agreed}.values() if f["claimed"]]
    found += (decided or own or agreed)[-1:]
    others = [f for f in reported(q, as_of) if f["seq"] != incident["seq"]]
    for cause, fact in causes_of(q, as_of, incident).items():  # a measure that states a cause is there already
        if fact["type"] == "IncidentsLinked" and any(cause in causes_of(q, as_of, other) for other in others):
            found.append(fact)
    for statements in ties_told(q, as_of, incident).values():
        fact = prevailing(statements)
        if fact["type"] == "IncidentsUnlinked" and any(f["type"] != fact["type"] for f in statements):
            found.append(fact)
    return found


def agreed_of_grade(q: Question, as_of: date, incident: Fact, span: Span) -> list[Fact]:
    """SPEC 4.8: "amendments and agreed readings" of a computed grade: the table of its kind; and each reading that,
    read otherwise, would give another grade."""
    if settled_grade(q, as_of, incident) is not None:
        return []
    day = day_in(q, as_of, incident, span)
    found = set_by(q, as_of, day, "grades." + measures_of(q, as_of, incident)["kind"])
    grade = computed_grade(q, as_of, incident, span)
    for reading in ("outage-criteria", "outage-b-ceiling", "force-majeure", "main-responsibility"):
        for option in READINGS[reading]:
            other = replace(q, overrides={**q.overrides, reading: option}, memo={})
            if computed_grade(other, as_of, incident, span) != grade:
                found += read_by(q, as_of, day, reading)
    return found


# --- the window -----------------------------------------------------------------------------------


def year_of(q: Question, as_of: date, reading: str, day: date) -> tuple[date, date] | None:
    """SPEC 4.4: reading `year-window`: the `calendar-year` of a day, or its `contract-year` "counted from
    the lease start"; 4.7: "before a lease `contract-year` is `rolling`"; None under `rolling`."""
    if reading == "calendar-year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    started = lease(q, as_of)
    if reading == "contract-year" and started is not None and day >= started["day"]:
        number = 0
        while corresponding_day(started["day"], 12 * (number + 1)) <= day:
            number += 1
        first_day = corresponding_day(started["day"], 12 * number)
        return first_day, corresponding_day(started["day"], 12 * (number + 1)) - DAY
    return None


def still_counts(q: Question, as_of: date, months: int, x: date, day: date, on: date) -> bool:
    """SPEC 4.4: "day x with x <= as_of <= x + `b_window_months` [`window-anniversary`]" (`exclusive`: the anniversary
    itself is no longer within)."""
    last = corresponding_day(x, months)
    if reading_on(q, as_of, "window-anniversary", on) == "exclusive":
        last -= DAY
    return x <= day <= last


def window_of(q: Question, as_of: date) -> tuple[date, date]:
    """SPEC 4.8: "`window` is [first day still counting, as_of], or the calendar or contract year"."""
    year = year_of(q, as_of, reading_on(q, as_of, "year-window", as_of), as_of)
    if year is not None:
        return year
    months = terms_on(q, as_of, as_of)["termination"].get("b_window_months", 12)
    day = min(as_of, corresponding_day(as_of, -months) + 5 * DAY)  # from there on every day counts
    while still_counts(q, as_of, months, day - DAY, as_of, as_of):
        day -= DAY
    return day, as_of


def incidents(q: Question, as_of: date, span: Span) -> dict[str, Any]:
    """SPEC 5 `incidents`; 4.4: "`b_count_rolling_year` = B-grade incidents (after 10.3) [`a-counts-as-b`] of the
    operating period on day x [...]"; "The others are listed as excluded, with the reason"; "`excluded.reason` is
    `same-event` where the head or an earlier member tells the same event"."""
    start, end = window_of(q, as_of)
    counted: list[tuple[Any, dict[str, Any]]] = []
    excluded: list[tuple[Any, dict[str, Any]]] = []

    def exclude(fact: Fact, reason: str, counted_as: str | None) -> None:
        name = fact["data"]["incident"]
        entry = {"incident": name, "reason": reason, "counted_as": counted_as}
        excluded.append(((day_in(q, as_of, fact, span), name), entry))

    for group in counted_groups(q, as_of, span):
        head, members = group["first"], group["members"]
        name = head["data"]["incident"]
        if group["grade"] == "A" or start <= group["on"] <= end:
            names = [f["data"]["incident"] for f in members]
            entry = {"incident": name, "grade": group["grade"], "on": group["on"].isoformat(), "members": names}
            counted.append(((group["on"], name), entry))
        else:
            exclude(head, "outside-window", None)
        for n, fact in enumerate(members):
            if fact["seq"] != head["seq"]:
                event = [f["seq"] for f in event_of(q, as_of, fact)]
                same = any(f["seq"] in event for f in [head, *members[:n]])
                exclude(fact, "same-event" if same else "same-cause", name)
    grades = {}
    for fact in reported(q, as_of):
        if measures_count(q, as_of, fact) and (grade := grade_of(q, as_of, fact, span)):
            grades[fact["data"]["incident"]] = grade
            if lasted(q, as_of, fact, span) is None:
                exclude(fact, "outside-operating-period", None)
    also_a = reading_on(q, as_of, "a-counts-as-b", as_of) == "yes"
    entries = [entry for _, entry in sorted(counted, key=lambda pair: pair[0])]
    as_b = [c for c in entries if c["grade"] == "B" or (also_a and start <= date.fromisoformat(c["on"]) <= end)]
    return {
        "a_count": len([c for c in entries if c["grade"] == "A"]),
        "b_count_rolling_year": len(as_b),
        "window": [start.isoformat(), end.isoformat()],
        "counted": entries,
        "excluded": [entry for _, entry in sorted(excluded, key=lambda pair: pair[0])],
        "grades": grades,
    }
