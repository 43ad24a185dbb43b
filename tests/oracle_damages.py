"""The oracle's liquidated damages (SPEC 4.6, annexes 2 and 3)."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle_facts import (
    DAY,
    Fact,
    Question,
    actor,
    arrived_on,
    corresponding_day,
    latest_per,
    money,
    named_by,
    number,
    of_type,
    place,
    read_by,
    reading_on,
    ref_of,
    remembered,
    rests_on,
    ruled,
    served,
    set_by,
    terms_on,
)
from tests.oracle_grounds import life_of, month_in, rejections, span_of_contract
from tests.oracle_incidents import (
    day_in,
    graded_groups,
    groups_of_incidents,
    lasted,
    measures_count,
    measures_of,
    minutes_in,
    reported,
    rests_of_incident,
)
from tests.oracle_term import ends_on, has_period, lease, scale_out_due, short_of, unheeded_on, within

Item = dict[str, Any]
Row = dict[str, Any]
Occurrence = tuple[str, int]
ANNEXES = ((2, "material", "major"), (3, "general", "problem"))


def rows(q: Question, as_of: date, day: date, *rules: str) -> list[tuple[int, str, Row]]:
    """The rows of both annexes with one of these rules, in the terms of that day: (annex, its
    consequence, row)."""
    damages = terms_on(q, as_of, day).get("damages", {})
    return [
        (annex, consequence, row)
        for annex, table, consequence in ANNEXES
        for row in damages.get(table, [])
        if row["rule"] in rules
    ]


def months_of_base(q: Question, as_of: date, day: date) -> int:
    """SPEC 4.7 `base-months`: "`initial-term` (`term.months`) | `extended-term` (months from the lease to `ends_on` as
    of D, a part counting as one; no lease: `term.months`)"; 4.8: "term.months of the day the item was completed"."""
    months: int = terms_on(q, as_of, day)["term"]["months"]
    started, end = lease(q, as_of), ends_on(q, as_of, life_of(q, as_of)["terminated_on"])
    if reading_on(q, as_of, "base-months", day) == "initial-term" or started is None or end is None:
        return months
    count = 0
    while corresponding_day(started["day"], count) < end:
        count += 1
    return max(count, 1)


def item(
    q: Question, as_of: date, annex: int, row: Row, completing: Fact, day: date, system: str | None,
    occurrences: list[Occurrence], because: list[Fact], suffix: str = "",
) -> Item:  # fmt: skip
    """SPEC 4.6: "Base: annex 2 = total / term.months [`base-months`]; annex 3 = the system's monthly fee, annual_fee /
    12, `null` [...] where no system is named"; 4.8: "total and term.months of the day the item was completed"."""
    base = None
    if annex == 2:
        base = Fraction(terms_on(q, as_of, day)["payment"]["total"]) / months_of_base(q, as_of, day)
    else:
        fees = [f["data"]["annual_fee"] for f in of_type(q, as_of, "SystemRegistered") if f["data"]["system"] == system]
        if fees:
            base = Fraction(fees[-1]) / 12
    return {
        "id": f"a{annex}-r{row['row']}:{ref_of(completing)}{suffix}",
        "annex": annex,
        "row": row["row"],
        "base": base,
        "rate": row["rate"],
        "amount": None if base is None else money(base * Fraction(row["rate"])),
        "occurrences": set(occurrences),
        "because": because_of(q, as_of, annex, row, day, because),
        "facts": because,
        "completing": completing,
        "day": day,
    }


READ = {
    "availability": ("data-reliability-floor",), "repeated-complaints": ("data-reliability-floor",),
    "response": ("band-gaps",), "recovery": ("band-gaps",), "on-site-absence": ("band-gaps",),
    "repeated-outages": ("consecutive-outages", "repeated-outages"), "late-scale-out": ("natural-days",),
}  # fmt: skip
"""4.6, 4.7: the readings that a rule names."""


def because_of(q: Question, as_of: date, annex: int, row: Row, day: date, facts: list[Fact]) -> list[str]:
    """SPEC 4.8: "`because` names every fact without which the conclusion would not follow": also what set the row, the
    base and the readings of the item's day."""
    span, found = span_of_contract(q, as_of), list(facts)
    table = next(name for n, name, _ in ANNEXES if n == annex)
    for path in (f"damages.{table}.{row['row']}", *(("payment.total", "term.months") if annex == 2 else ())):
        found += set_by(q, as_of, day, path)
    for reading in (*READ.get(row["rule"], ()), *(("base-months",) if annex == 2 else ())):
        found += read_by(q, as_of, day, reading)
    for fact in facts:
        if fact["type"] == "IncidentReported":
            found += rests_of_incident(q, as_of, fact)
        if fact["type"] == "RectificationNoticeIssued":
            found += rejections(q, as_of, fact, unheeded_on(q, as_of, fact, span))
    return rests_on(found)


# --- occurrences ----------------------------------------------------------------------------------


def occurrence_of(q: Question, as_of: date, incident: Fact) -> Occurrence:
    """SPEC 4.6: "an incident (those that are one are one)"."""
    for group in groups_of_incidents(q, as_of):
        if incident["seq"] in [f["seq"] for f in group]:
            return "incident", min(f["seq"] for f in group)
    raise AssertionError(incident)


def told_by(q: Question, as_of: date, report: Fact) -> list[Occurrence]:
    """SPEC 4.6: "a report, absence or scale-out and the incidents it names [`shortfall-cause`: `same-month` presumes
    that an incident begun in the month, of that system or of the platform (for a report without a system: any), caused
    what a monthly report of annexes 2 and 3 tells]"."""
    data = report["data"]
    found = [("fact", report["seq"])]
    presumed = reading_on(q, as_of, "shortfall-cause", as_of) == "same-month" and "month" in data
    for incident in reported(q, as_of):
        measures = measures_of(q, as_of, incident)
        ours = data.get("system") is None or measures.get("system") == data["system"]
        ours = ours or measures.get("scope") == "platform"
        ours = ours or (measures.get("scope") is None and measures.get("system") is None)
        same_month = presumed and ours and incident["day"].isoformat()[:7] == data["month"]
        if same_month or incident["data"]["incident"] in (data.get("incidents") or []):
            found.append(occurrence_of(q, as_of, incident))
    return found


# --- which incidents can raise an item ------------------------------------------------------------


def chargeable(q: Question, as_of: date) -> list[tuple[Fact, bool]]:
    """SPEC 4.6: "An incident that is part of a graded group raises no item and does not count in row 6
    [`graded-damages`: `a-fortiori` (an incident of a graded group bears the row it would bear as `major`)]; nor
    does one whose `responsibility` is `other`. Months and minutes outside the operating period raise nothing"; 2.4: of
    an event only the reports whose measures count. With whether it is of a graded group."""
    span = span_of_contract(q, as_of)
    in_graded = {f["seq"] for g in graded_groups(q, as_of, span) for f in g["members"]}
    found = []
    for fact in reported(q, as_of):
        graded = fact["seq"] in in_graded
        reading = reading_on(q, as_of, "graded-damages", day_in(q, as_of, fact, span))
        barred = graded and reading == "none"
        other = measures_of(q, as_of, fact).get("responsibility") == "other"
        if measures_count(q, as_of, fact) and lasted(q, as_of, fact, span) is not None and not barred and not other:
            found.append((fact, graded))
    return sorted(found, key=lambda pair: (day_in(q, as_of, pair[0], span), place(pair[0])))


def unheeded(q: Question, as_of: date, measures: dict[str, Any], day: date) -> bool:
    """SPEC 4.6: "incident with unheeded_notice (a supervisor's, past its deadline unfulfilled when the incident began:
    the notice's deadline before the incident's day)"."""
    for notice in of_type(q, as_of, "RectificationNoticeIssued"):
        if notice["data"]["notice"] == measures.get("unheeded_notice") and actor(notice) == "supervisor":
            since = unheeded_on(q, as_of, notice, span_of_contract(q, as_of))
            return date.fromisoformat(notice["data"]["deadline"]) < day and since is not None and since <= day
    return False


def system_outage(measures: dict[str, Any]) -> bool:
    """SPEC 4.6: a "system outage": kind outage, scope system."""
    return measures["kind"] == "outage" and measures.get("scope") == "system"


def matches(q: Question, as_of: date, row: Row, consequence: str, fact: Fact, graded: bool) -> bool:
    """SPEC 4.6: "2 mutual_backup, 50 % (any consequence); 3/4/5 tampering / data_loss / intrusion with
    security_service_fault; 6 incident with unheeded_notice"; annex 3: "5 system outage >= 120 minutes (any
    consequence)", "7 incident with unheeded_notice"."""
    span, m = span_of_contract(q, as_of), measures_of(q, as_of, fact)
    weight = "major" if graded else m.get("consequence")
    if row["rule"] == "mutual-backup":
        return bool(m["kind"] == "mutual_backup")
    if row["rule"] == "outage":
        minutes = minutes_in(q, as_of, fact, span)
        return system_outage(m) and minutes is not None and minutes >= number(row["minutes"])
    if row["rule"] == "unheeded-notice":
        return weight == consequence and unheeded(q, as_of, m, day_in(q, as_of, fact, span))
    kind = m["kind"] == row["rule"].replace("-", "_")
    return bool(kind and m.get("security_service_fault") is True and weight == consequence)


def incident_items(q: Question, as_of: date) -> list[Item]:
    """The items of single incidents: rows 2 to 6 of annex 2, rows 5 and 7 of annex 3."""
    found, span = [], span_of_contract(q, as_of)
    rules = ("mutual-backup", "tampering", "data-loss", "intrusion", "unheeded-notice", "outage")
    for fact, graded in chargeable(q, as_of):
        day, system = day_in(q, as_of, fact, span), measures_of(q, as_of, fact).get("system")
        for annex, consequence, row in rows(q, as_of, day, *rules):
            if matches(q, as_of, row, consequence, fact, graded):
                found.append(item(q, as_of, annex, row, fact, day, system, [occurrence_of(q, as_of, fact)], [fact]))
    return found


def union_minutes(times: list[tuple[datetime, datetime]]) -> Fraction:
    """SPEC 4.6: "minutes are those of the union of their times"."""
    total, until = timedelta(0), None
    for begin, end in sorted(times):
        begin = begin if until is None else max(begin, until)
        total += max(end - begin, timedelta(0))
        until = end if until is None else max(end, until)
    return Fraction(total // timedelta(microseconds=1), 60_000_000)


def count_of(q: Question, as_of: date, outages: list[Fact]) -> int:
    """SPEC 4.6: "outages that are one count once"."""
    return len({occurrence_of(q, as_of, f) for f in outages})


def repeated_outages(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6, annex 3 row 6: "three outages of a system [`consecutive-outages`], or 480 minutes in all, once per
    system [`repeated-outages`] (any consequence; outages that are one count once, minutes are those of the union of
    their times)"; "row 6 [rests] on the outages up to the one that completed it (under `each-three` each item on its
    own three, none of them one with an outage that counted before)"; 4.7: "`each-three` (again with every three further
    outages)"; "`in-one-month` (three of one system in one calendar month)"."""
    span, found = span_of_contract(q, as_of), []
    by_system: dict[str, list[Fact]] = {}
    for fact, _ in chargeable(q, as_of):
        m = measures_of(q, as_of, fact)
        if system_outage(m) and m.get("system") is not None:
            by_system.setdefault(m["system"], []).append(fact)
    for system, outages in by_system.items():
        since: dict[tuple[int, int], int] = {}  # how many outages earlier items used up, by row
        for n, fact in enumerate(outages):
            day = day_in(q, as_of, fact, span)
            for annex, _, row in rows(q, as_of, day, "repeated-outages"):
                key = annex, row["row"]
                again = reading_on(q, as_of, "repeated-outages", day) == "each-three"
                if key in since and not again:
                    continue
                before = {occurrence_of(q, as_of, f) for f in outages[: since.get(key, 0)]}
                counted = [f for f in outages[since.get(key, 0) : n + 1] if occurrence_of(q, as_of, f) not in before]
                near = counted
                if reading_on(q, as_of, "consecutive-outages", day) == "in-one-month":
                    near = [f for f in counted if day_in(q, as_of, f, span).replace(day=1) == day.replace(day=1)]
                times = [time for f in outages[: n + 1] if (time := lasted(q, as_of, f, span)) is not None]
                long = key not in since and union_minutes(times) >= number(row["minutes"])
                if fact not in counted and not long:
                    continue  # one with an outage that counted before: no further outage
                if count_of(q, as_of, near) >= row["count"] or long:
                    since[key] = n + 1
                    occurrences = [occurrence_of(q, as_of, f) for f in counted]
                    found.append(item(q, as_of, annex, row, fact, day, system, occurrences, counted))
    return found


# --- reports --------------------------------------------------------------------------------------


def monthly(q: Question, as_of: date, type_: str) -> list[Fact]:
    """SPEC 4.6: "Months [...] outside the operating period raise nothing. A later report for the same month and system
    replaces the earlier one, within 2.4." """
    span = span_of_contract(q, as_of)
    reports = latest_per(of_type(q, as_of, type_), "month", "system")
    return [f for f in reports if month_in(span, f["data"]["month"])]


def availability_items(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6, row 1 of both annexes: "AvailabilityReported with availability < 99.99 or
    data_reliability < [...]"."""
    found = []
    for fact in monthly(q, as_of, "AvailabilityReported"):
        for annex, consequence, row in rows(q, as_of, fact["day"], "availability"):
            below = short_of(q, as_of, fact, row["availability"], row["data_reliability"])
            if below and fact["data"].get("consequence") == consequence:
                told = told_by(q, as_of, fact)
                found.append(item(q, as_of, annex, row, fact, fact["day"], fact["data"].get("system"), told, [fact]))
    return found


def lower(row: Row) -> tuple[Fraction, bool]:
    """The lower end of a band, and whether it belongs to it: "over and under are exclusive, from and to inclusive"."""
    return (number(row["from"]), True) if "from" in row else (number(row["over"]), False)


def upper(row: Row) -> tuple[Fraction, bool]:
    """The upper end of a band, and whether it belongs to it."""
    return (number(row["to"]), True) if "to" in row else (number(row["under"]), False)


def in_band(q: Question, as_of: date, day: date, annex: int, row: Row, value: Fraction) -> bool:
    """SPEC 4.6: "Values on or above a band's upper end match no row as written [`band-gaps`: `a-fortiori` gives a
    boundary the band below it and what is above the last band the last]"."""

    def literally(r: Row) -> bool:
        (low, low_in), (high, high_in) = lower(r), upper(r)
        return (low < value or (low_in and low == value)) and (value < high or (high_in and high == value))

    if literally(row):
        return True
    bands = [r for a, _, r in rows(q, as_of, day, row["rule"]) if a == annex]
    if reading_on(q, as_of, "band-gaps", day) != "a-fortiori" or any(literally(r) for r in bands):
        return False
    below = [r for r in bands if upper(r)[0] <= value]
    gap = below and max(below, key=lambda r: upper(r)[0]) is row
    last = max(bands, key=lambda r: upper(r)[0]) is row
    return bool(gap and (value == upper(row)[0] or last))


def band_items(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6: "7/8 response > 15 and < 30 / > 30 and < 60 minutes; 9/10 recovery > 30 and < 60 / > 60
    and < 120; 11/12 on-site absence > 60 and < 120 / > 120 and < 240 minutes"; annex 3 rows 8-13 as
    above."""
    measured = [
        (fact, rule, fact["data"].get(key))
        for fact in monthly(q, as_of, "ServiceLevelReported")
        for rule, key in (("response", "response_minutes"), ("recovery", "recovery_minutes"))
    ]
    span = span_of_contract(q, as_of)
    for fact in of_type(q, as_of, "OnSiteAbsenceRecorded"):
        time = within(span, fact, number(fact["data"]["minutes"]))
        if time is not None:
            measured.append((fact, "on-site-absence", union_minutes([time])))
    found = []
    for fact, rule, value in measured:
        for annex, consequence, row in rows(q, as_of, fact["day"], rule):
            if value is None or fact["data"].get("consequence") != consequence:
                continue
            if in_band(q, as_of, fact["day"], annex, row, number(value)):
                told = told_by(q, as_of, fact)
                found.append(item(q, as_of, annex, row, fact, fact["day"], fact["data"].get("system"), told, [fact]))
    return found


# --- annex 3, rows 2, 3 and 4 ---------------------------------------------------------------------


def complaint_items(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6, annex 3 row 2: "such a shortfall of a system and its third availability complaint (any
    consequence), once per system" (annex 3: 在服务期内, within the operating period); "row 2 rests on the first
    shortfall"; "notices, complaints and
    assessments are no occurrence"; 4.8: "completed by the later of first shortfall and third complaint"."""
    reports = monthly(q, as_of, "AvailabilityReported")
    complaints = [f for f in of_type(q, as_of, "ComplaintFiled") if f["data"]["subject"] == "availability"]
    complaints = [f for f in complaints if span_of_contract(q, as_of).holds(f["day"])]
    found, done = [], []
    for fact in sorted(reports + complaints, key=place):
        name = fact["data"].get("system")
        for annex, _consequence, row in rows(q, as_of, fact["day"], "repeated-complaints"):
            if name is None or (annex, row["row"], name) in done:
                continue
            upto = [f for f in complaints if f["data"].get("system") == name and place(f) <= place(fact)]
            below = [
                report
                for report in reports
                if report["data"].get("system") == name and place(report) <= place(fact)
                for a, _, r in rows(q, as_of, report["day"], "repeated-complaints")
                if (a, r["row"]) == (annex, row["row"])
                and short_of(q, as_of, report, r["availability"], r["data_reliability"])
            ]
            if below and len(upto) >= row["count"]:
                done.append((annex, row["row"], name))
                because = [below[0], *upto[: row["count"]]]
                told = told_by(q, as_of, below[0])
                found.append(item(q, as_of, annex, row, fact, fact["day"], name, told, because))
    return found


def assessment_items(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6, annex 3 row 3: "three consecutive months' assessments failed and a later notice `about`
    "assessment" past its deadline unfulfilled"; 4.8: "rows 3 and 4 [are completed] by the notice (a row 3
    id ends in `:{system}` where a system is named; they use the terms of the notice's day)"."""
    reports, span = monthly(q, as_of, "AssessmentRecorded"), span_of_contract(q, as_of)
    failed = {(f["data"].get("system"), f["data"]["month"]): f for f in reports if f["data"]["passed"] is False}
    systems = sorted({system for system, _ in failed}, key=lambda s: s or "")
    found = []
    for notice in of_type(q, as_of, "RectificationNoticeIssued"):
        if notice["data"].get("about") != "assessment" or unheeded_on(q, as_of, notice, span) is None:
            continue
        if not has_period(q, as_of, notice):
            continue
        for annex, _consequence, row in rows(q, as_of, notice["day"], "failed-assessments"):
            for system in systems:
                runs = []
                for month in sorted(month for s, month in failed if s == system):
                    start = date.fromisoformat(month + "-01")
                    months = [corresponding_day(start, n).isoformat()[:7] for n in range(row["count"])]
                    run = [failed[(system, m)] for m in months if (system, m) in failed]
                    if len(run) == row["count"] and all(place(f) < place(notice) for f in run):
                        runs.append(run)
                if runs:
                    suffix = f":{system}" if system is not None else ""
                    because = [*runs[0], notice]
                    made = item(q, as_of, annex, row, notice, notice["day"], system, [], because, suffix)
                    found.append({**made, "unheeded": unheeded_on(q, as_of, notice, span)})
    return found


def scale_out_items(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6, annex 3 row 4: "a scale-out past due and an administrator's notice `about` its request that arrived
    after it was due, past its deadline, still not completed"; "a notice that leaves no period raises nothing"; 4.1:
    "A notice discharged is not unheeded; a scale-out discharged raises no
    item"; 4.8: "A notice's `about` is a request's identifier, a fact's `id` or `ref`"."""
    found, early = [], span_of_contract(q, as_of).early_end
    for notice in of_type(q, as_of, "RectificationNoticeIssued"):
        about = notice["data"].get("about")
        for request in of_type(q, as_of, "ScaleOutRequested"):
            name = request["data"]["request"]
            if actor(notice) != "administrator" or about is None or not about_request(q, about, request):
                continue
            due, last = scale_out_due(q, as_of, request)[0], date.fromisoformat(notice["data"]["deadline"])
            arrived = arrived_on(q, as_of, notice)
            if arrived <= due or not has_period(q, as_of, notice):
                continue
            completed = [f for f in of_type(q, last, "ScaleOutCompleted") if f["data"]["request"] == name]
            if as_of < last + DAY or completed or (early is not None and last >= early):
                continue
            for annex, _consequence, row in rows(q, as_of, notice["day"], "late-scale-out"):
                told, because, system = [("fact", request["seq"])], [request, notice], request["data"].get("system")
                if arrived > notice["day"]:
                    because += served(q, as_of, notice)[:1]
                made = item(q, as_of, annex, row, notice, notice["day"], system, told, because)
                found.append({**made, "unheeded": last + DAY})
    return found


def about_request(q: Question, about: str, request: Fact) -> bool:
    """Whether a notice is about a scale-out: by its identifier, or by its fact's reference."""
    meant = named_by(about, q.live)
    return about == request["data"]["request"] or (meant is not None and meant["seq"] == request["seq"])


# --- what stands ----------------------------------------------------------------------------------


@remembered
def raised(q: Question, as_of: date) -> list[Item]:
    """Every item of both annexes, ordered by the day it was completed, then id."""
    found = [
        *incident_items(q, as_of),
        *repeated_outages(q, as_of),
        *availability_items(q, as_of),
        *band_items(q, as_of),
        *complaint_items(q, as_of),
        *assessment_items(q, as_of),
        *scale_out_items(q, as_of),
    ]
    return sorted(found, key=lambda i: (i["day"], i["id"]))


def agreement_rows(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6: the agreed amount, "listed as item `agreed:{ref}` (annex, row, base, rate null)"; 2.4: a ruling
    {"items", "amount"} "(as DamagesAgreed, and before any: items `agreed:{ref}`, from the second on `agreed:{ref}.2`)".
    The later, and the rulings, last."""
    facts = of_type(q, as_of, "DamagesAgreed")
    said = [(f, f["data"], f"agreed:{ref_of(f)}") for f in facts]
    there: dict[int, int] = {}
    for fact, ruling in ruled(q, as_of, "items", "amount"):
        there[fact["seq"]] = count = there.get(fact["seq"], 0) + 1
        said.append((fact, ruling, f"agreed:{ref_of(fact)}" + (f".{count}" if count > 1 else "")))
    empty = dict.fromkeys(("annex", "row", "base", "rate"))
    of = {id_: set(data["items"]) for _, data, id_ in said}

    def named(items: set[str]) -> set[str]:
        """What is agreed of an agreed amount, is agreed of its items."""
        more = items | {name for item in items if item in of for name in of[item]}
        return items if more == items else named(more)

    return [
        {
            **empty, "id": id_, "amount": money(Fraction(data["amount"])), "named": named(set(data["items"])),
            "because": rests_on([fact]), "facts": [fact], "completing": fact, "day": fact["day"],
        }
        for fact, data, id_ in said
    ]  # fmt: skip


def occurrences_of(q: Question, as_of: date, agreement: Item) -> set[Occurrence]:
    """What the items that an agreement names rest on; 4.6: "An item that is no longer there still rests on what it
    rested on when the agreement was made, and on the report or incident of the fact that had completed it"."""
    now = {i["id"]: i for i in raised(q, as_of)}
    day = min(as_of, agreement["day"])
    then = {i["id"]: (i, q) for i in raised(q, day)}
    if q.then is not None and any(name not in now for name in agreement["named"]):  # by what was recorded when made
        made = q.then(agreement["completing"])
        then |= {i["id"]: (i, made) for i in raised(made, day)}
    found: set[Occurrence] = set()
    for name in agreement["named"]:
        if name in now:
            found |= now[name]["occurrences"]
            continue
        old: set[Occurrence] = set()
        seqs: set[int] = set()  # all incidents that were one then: they may be several, or one with others, now
        if name in then:
            item, known = then[name]
            old = item["occurrences"]
            groups = [{f["seq"] for f in group} for group in groups_of_incidents(known, day)]
            seqs = {seq for group in groups if {("incident", seq) for seq in group} & old for seq in group}
        found |= {o for o in old if o[0] != "incident"}
        ref = name.partition(":")[2]
        completing = [f for f in of_type(q, as_of, "IncidentReported") if f["seq"] in seqs or ref_of(f) == ref]
        found |= {occurrence_of(q, as_of, f) for f in completing}
        found |= {("fact", f["seq"]) for f in q.live if ref_of(f) == ref and f["type"] != "IncidentReported"}
    return found


def replaced(q: Question, as_of: date, rows_: list[Item]) -> dict[str, str]:
    """SPEC 4.8: "of two agreements that share, or shared when the later was made, an item or occurrence the later alone
    counts, whatever vanishes afterwards"; 2.4: "an agreement replaced stays listed, `absorbed_by` the later"."""
    found: dict[str, str] = {}
    for n, later in enumerate(rows_):
        for earlier in rows_[:n]:
            made = min(as_of, max(later["day"], earlier["day"]))  # when the later was made, or the ruling
            share = bool(earlier["named"] & later["named"]) or earlier["id"] in later["named"]
            for day in (as_of, made):
                share = share or bool(occurrences_of(q, day, earlier) & occurrences_of(q, day, later))
            if share:
                found[earlier["id"]] = later["id"]
    return found


def value(one: Item) -> Fraction:
    """ "a null amount weighs nothing"."""
    return Fraction(one["amount"] or 0)


def share_occurrence(one: Item, two: Item) -> bool:
    """Whether two items share an occurrence."""
    return bool(one["occurrences"] & two["occurrences"])


def tangles(items: list[Item]) -> list[list[Item]]:
    """ "in a tangle, items joined by shared occurrences"."""
    groups: list[list[Item]] = []
    for one in items:
        touching = [g for g in groups if any(share_occurrence(one, i) for i in g)]
        groups = [g for g in groups if g not in touching] + [[one] + [i for g in touching for i in g]]
    return groups


def dearest(items: list[Item]) -> list[Item]:
    """SPEC 4.6: "What stands is the dearest set of items of which no two share an occurrence (of equally dear sets,
    going through the items by annex, row, id, the one that keeps the first it can". Every subset is tried: with the
    first, and without it."""
    found: dict[tuple[str, ...], tuple[Fraction, list[Item]]] = {}

    def best(rest: tuple[Item, ...]) -> tuple[Fraction, list[Item]]:
        key = tuple(i["id"] for i in rest)
        if not rest:
            return Fraction(0), []
        if key not in found:
            sum_with, with_it = best(tuple(i for i in rest[1:] if not share_occurrence(i, rest[0])))
            sum_without, without = best(rest[1:])
            sum_with += value(rest[0])
            found[key] = (sum_with, [rest[0], *with_it]) if sum_with >= sum_without else (sum_without, without)
        return found[key]

    return best(tuple(sorted(items, key=lambda i: (i["annex"], i["row"], i["id"]))))[1]


def one_after_the_other(items: list[Item]) -> list[Item]:
    """SPEC 4.6: "in a tangle [...] of more than 40, instead the dearest first, then the next that shares nothing with
    those taken"."""
    taken: list[Item] = []
    for one in sorted(items, key=lambda i: (-value(i), i["annex"], i["row"], i["id"])):
        if not any(share_occurrence(one, other) for other in taken):
            taken.append(one)
    return taken


@remembered
def standing_of(q: Question, as_of: date) -> tuple[dict[str, str], list[Fact]]:
    """What absorbs each item that does not stand, and the facts of `DAMAGES_TANGLED`: "DamagesAgreed first puts the
    agreed amount [...] in the place of its items and of what shares an occurrence with them [...] (`absorbed_by` names
    it); the dearest set is taken of the rest"."""
    items, agreements = raised(q, as_of), agreement_rows(q, as_of)
    absorbed = replaced(q, as_of, agreements)
    for agreement in [a for a in agreements if a["id"] not in absorbed]:
        occurrences = occurrences_of(q, as_of, agreement)
        for one in items:
            if one["id"] in agreement["named"] or one["occurrences"] & occurrences:
                absorbed[one["id"]] = agreement["id"]
    if reading_on(q, as_of, "same-cause-damages", as_of) == "sum":
        return absorbed, []
    tangled = []
    for tangle in tangles([i for i in items if i["id"] not in absorbed]):
        stands = dearest(tangle) if len(tangle) <= 40 else one_after_the_other(tangle)
        if len(tangle) > 40:
            tangled.append(max(tangle, key=lambda i: (i["day"], place(i["completing"])))["completing"])
        for one in [i for i in tangle if i not in stands]:
            by = [s for s in stands if share_occurrence(s, one)]
            absorbed[one["id"]] = min(by, key=lambda s: (-value(s), s["annex"], s["row"], s["id"]))["id"]
    return absorbed, tangled


@remembered
def items_on(q: Question, as_of: date) -> list[Item]:
    """Every item and agreed amount with `absorbed_by`; 4.8: "items by the day completed then id"."""
    absorbed, _ = standing_of(q, as_of)
    found = [*raised(q, as_of), *agreement_rows(q, as_of)]
    found = [{**i, "absorbed_by": absorbed.get(i["id"])} for i in found]
    return sorted(found, key=lambda i: (i["day"], i["id"]))


def filled(items: list[Item], settlements: list[tuple[Fact, Fraction]]) -> dict[str, Fraction]:
    """SPEC 4.3: "A settlement fills its items in the order it names them, an absorbed item standing for what absorbed
    it". How far each standing item is settled."""
    by_id = {i["id"]: i for i in items}
    full: dict[str, Fraction] = {}
    for fact, amount in settlements:
        left = amount
        for name in fact["data"]["items"]:
            one = by_id.get(name)
            while one is not None and one["absorbed_by"] is not None:
                one = by_id.get(one["absorbed_by"])
            if one is None:
                continue
            part = min(left, value(one) - full.get(one["id"], Fraction(0)))
            full[one["id"]] = full.get(one["id"], Fraction(0)) + part
            left -= part
    return full


def damages_of(q: Question, as_of: date, settlements: list[tuple[Fact, Fraction]]) -> dict[str, Any]:
    """SPEC 5 `damages`: "`damages.accrued` = the sum of what stands"; "`damages.settled` = the sums paid and what was
    set off"; "`damages.deductible` = accrued − settled, never below 0"."""
    items = items_on(q, as_of)
    accrued = sum((value(i) for i in items if i["absorbed_by"] is None), Fraction(0))
    settled = sum((amount for _, amount in settlements), Fraction(0))
    keys = ("id", "annex", "row", "base", "rate", "amount", "absorbed_by", "because")
    rows_ = [{**{k: i[k] for k in keys}, "base": None if i["base"] is None else money(i["base"])} for i in items]
    return {
        "accrued": money(accrued),
        "settled": money(settled),
        "deductible": money(max(Fraction(0), accrued - settled)),
        "items": rows_,
    }


def damages_anomalies(q: Question, as_of: date) -> list[tuple[str, Fact]]:
    """SPEC 4.6: "`null` with anomaly `NO_SYSTEM_FEE` (once a fact)"; `DAMAGES_TANGLED` "at the fact that completed its
    latest item"."""
    without_fee = {i["completing"]["seq"]: i["completing"] for i in raised(q, as_of) if i["base"] is None}
    found = [("NO_SYSTEM_FEE", f) for f in without_fee.values()]
    return found + [("DAMAGES_TANGLED", f) for f in standing_of(q, as_of)[1]]
