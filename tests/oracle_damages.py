"""The oracle's liquidated damages (SPEC 4.6, annexes 2 and 3)."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle_facts import (
    Fact,
    Question,
    corresponding_day,
    latest_per,
    money,
    names,
    of_type,
    place,
    reading_on,
    ref_of,
    terms_on,
)
from tests.oracle_incidents import (
    grade_of,
    graded_groups,
    groups_of_incidents,
    in_operation,
    measures_of,
    unheeded_on,
)
from tests.oracle_life import scale_out_due, short_of

Item = dict[str, Any]
Row = dict[str, Any]
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


def item(
    q: Question, as_of: date, annex: int, row: Row, completing: Fact, system: str | None,
    occurrences: list[tuple[str, Any]], because: list[Fact], suffix: str = "",
) -> Item:  # fmt: skip
    """SPEC 4.6: "Base: annex 2 = total / term.months; annex 3 = the system's annual_fee / term.months,
    `null` [...] where no system is named"; 4.8: "A damages base uses total and term.months of the day the
    item was completed"."""
    terms = terms_on(q, as_of, completing["day"])
    base = None
    if annex == 2:
        base = Fraction(terms["payment"]["total"]) / terms["term"]["months"]
    else:
        fees = [f["data"]["annual_fee"] for f in of_type(q, as_of, "SystemRegistered") if f["data"]["system"] == system]
        if fees:
            base = Fraction(fees[-1]) / terms["term"]["months"]
    rate = Fraction(row["rate"])
    return {
        "id": f"a{annex}-r{row['row']}:{ref_of(completing)}{suffix}",
        "annex": annex,
        "row": row["row"],
        "base": base,
        "rate": row["rate"],
        "amount": None if base is None else money(base * rate),
        "occurrences": occurrences,
        "because": [f["id"] for f in sorted(because, key=place)],
        "completing": completing,
    }


# --- which incidents can raise an item ------------------------------------------------------------


def chargeable(q: Question, as_of: date, terminated_on: date | None) -> list[tuple[Fact, int]]:
    """SPEC 4.6: "An incident that is part of a graded group raises no item and does not count in row 6;
    nor does one whose `responsibility` is `other`"; 4.8: a graded one outside the operating period "still
    raises no damages". With the number of the group of each ("incidents that are one")."""
    graded = [g["first"]["seq"] for g in graded_groups(q, as_of, terminated_on)]
    found = []
    for number, group in enumerate(groups_of_incidents(q, as_of)):
        if any(f["seq"] in graded for f in group):
            continue
        for fact in group:
            outside = grade_of(q, as_of, fact) and not in_operation(q, as_of, terminated_on, fact["day"])
            if not outside and measures_of(q, as_of, fact).get("responsibility") != "other":
                found.append((fact, number))
    return sorted(found, key=lambda pair: place(pair[0]))


def incident_items(q: Question, as_of: date, terminated_on: date | None) -> list[Item]:
    """SPEC 4.6: "2 mutual_backup, 50 % (any consequence); 3/4/5 tampering / data_loss / intrusion with
    security_service_fault; 6 incident with unheeded_notice"; annex 3: "5 system outage >= 120 minutes (any
    consequence)", "7 incident with unheeded_notice"."""
    found = []
    rules = ("mutual-backup", "tampering", "data-loss", "intrusion", "unheeded-notice", "outage")
    for fact, group in chargeable(q, as_of, terminated_on):
        m = measures_of(q, as_of, fact)
        for annex, consequence, row in rows(q, as_of, fact["day"], *rules):
            if row["rule"] == "mutual-backup":
                matches = m["kind"] == "mutual_backup"
            elif row["rule"] == "outage":
                matches = system_outage(m) and m.get("duration_minutes", -1) >= row["minutes"]
            elif row["rule"] == "unheeded-notice":
                matches = m.get("unheeded_notice") is not None and m.get("consequence") == consequence
            else:
                matches = (
                    m["kind"] == row["rule"].replace("-", "_")
                    and m.get("security_service_fault") is True
                    and m.get("consequence") == consequence
                )
            if matches:
                found.append(item(q, as_of, annex, row, fact, m.get("system"), [("incident", group)], [fact]))
    return found


def system_outage(measures: dict[str, Any]) -> bool:
    """SPEC 4.6: a "system outage": kind outage, scope system."""
    return measures["kind"] == "outage" and measures.get("scope") == "system"


def repeated_outages(q: Question, as_of: date, terminated_on: date | None) -> list[Item]:
    """SPEC 4.6, annex 3 row 6: "three outages of a system, or 480 minutes in all, once per system (any
    consequence; reading `consecutive-outages`, for the three)"; 4.8: completed "by the last outage;
    `in-one-month` means three outages of one system in one calendar month"."""
    outages = [(f, g) for f, g in chargeable(q, as_of, terminated_on) if system_outage(measures_of(q, as_of, f))]
    system = {f["seq"]: measures_of(q, as_of, f).get("system") for f, _ in outages}
    found, done = [], []
    for n, (fact, _) in enumerate(outages):
        name = system[fact["seq"]]
        for annex, _consequence, row in rows(q, as_of, fact["day"], "repeated-outages"):
            if name is None or (annex, row["row"], name) in done:
                continue
            before = [pair for pair in outages[: n + 1] if system[pair[0]["seq"]] == name]
            three = before
            if reading_on(q, as_of, "consecutive-outages", fact["day"]) == "in-one-month":
                three = [
                    p for p in before if (p[0]["day"].year, p[0]["day"].month) == (fact["day"].year, fact["day"].month)
                ]
            minutes = sum(measures_of(q, as_of, f).get("duration_minutes", 0) for f, _ in before)
            if minutes >= row["minutes"]:
                counted = before
            elif len(three) >= row["count"]:
                counted = three
            else:
                continue
            done.append((annex, row["row"], name))
            occurrences = [("incident", group) for _, group in counted]
            found.append(item(q, as_of, annex, row, fact, name, occurrences, [f for f, _ in counted]))
    return found


# --- reports --------------------------------------------------------------------------------------


def availability_items(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6, row 1 of both annexes: "AvailabilityReported with availability < 99.99 or
    data_reliability < [...]"; "A later report for the same month and system replaces the earlier one"."""
    found = []
    for fact in latest_per(of_type(q, as_of, "AvailabilityReported"), "month", "system"):
        for annex, consequence, row in rows(q, as_of, fact["day"], "availability"):
            below = short_of(q, as_of, fact, row["availability"], row["data_reliability"])
            if below and fact["data"].get("consequence") == consequence:
                occurrences = [("fact", fact["seq"])]
                found.append(item(q, as_of, annex, row, fact, fact["data"].get("system"), occurrences, [fact]))
    return found


def in_band(q: Question, as_of: date, day: date, annex: int, row: Row, value: int) -> bool:
    """SPEC 4.6: "Values on or above a band's upper end match no row as written (reading `band-gaps`:
    `literal` | `a-fortiori`, where a value on a boundary takes the band below it and one above the last
    band takes the last)"; bounds are exclusive."""
    if row["over"] < value < row["under"]:
        return True
    if reading_on(q, as_of, "band-gaps", day) != "a-fortiori":
        return False
    bands = [r for a, _, r in rows(q, as_of, day, row["rule"]) if a == annex]
    last = max(bands, key=lambda r: r["under"])
    return bool(value == row["under"] or (row["row"] == last["row"] and value > row["under"]))


def band_items(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6: "7/8 response > 15 and < 30 / > 30 and < 60 minutes; 9/10 recovery > 30 and < 60 / > 60
    and < 120; 11/12 on-site absence > 60 and < 120 / > 120 and < 240 minutes"; annex 3 rows 8-13 as
    above."""
    measured = [
        (fact, rule, fact["data"].get(key))
        for fact in latest_per(of_type(q, as_of, "ServiceLevelReported"), "month", "system")
        for rule, key in (("response", "response_minutes"), ("recovery", "recovery_minutes"))
    ]
    absences = of_type(q, as_of, "OnSiteAbsenceRecorded")
    measured += [(fact, "on-site-absence", fact["data"]["minutes"]) for fact in absences]
    found = []
    for fact, rule, value in measured:
        for annex, consequence, row in rows(q, as_of, fact["day"], rule):
            if value is None or fact["data"].get("consequence") != consequence:
                continue
            if in_band(q, as_of, fact["day"], annex, row, value):
                occurrences = [("fact", fact["seq"])]
                found.append(item(q, as_of, annex, row, fact, fact["data"].get("system"), occurrences, [fact]))
    return found


# --- annex 3, rows 2, 3 and 4 ---------------------------------------------------------------------


def complaint_items(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6, annex 3 row 2: "such a shortfall of a system and its third availability complaint (any
    consequence), once per system"; "row 2 rests on the first shortfall and the first three complaints";
    complaints are no occurrence; 4.8: "completed by the later of first shortfall and third complaint"."""
    reports = latest_per(of_type(q, as_of, "AvailabilityReported"), "month", "system")
    complaints = [f for f in of_type(q, as_of, "ComplaintFiled") if f["data"]["subject"] == "availability"]
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
                occurrences = [("fact", below[0]["seq"])]
                found.append(item(q, as_of, annex, row, fact, name, occurrences, because))
    return found


def assessment_items(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6, annex 3 row 3: "three consecutive months' assessments failed and a later notice `about`
    "assessment" past its deadline unfulfilled"; 4.8: "rows 3 and 4 [are completed] by the notice (a row 3
    id ends in `:{system}`)"."""
    reports = latest_per(of_type(q, as_of, "AssessmentRecorded"), "month", "system")
    failed = {(f["data"].get("system"), f["data"]["month"]): f for f in reports if f["data"]["passed"] is False}
    systems = sorted({system for system, _ in failed}, key=lambda s: s or "")
    found = []
    for notice in of_type(q, as_of, "RectificationNoticeIssued"):
        if notice["data"].get("about") != "assessment" or unheeded_on(q, as_of, notice) is None:
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
                    found.append(item(q, as_of, annex, row, notice, system, [], [*runs[0], notice], suffix))
    return found


def scale_out_items(q: Question, as_of: date) -> list[Item]:
    """SPEC 4.6, annex 3 row 4: "a scale-out past due and an administrator's notice `about` its request
    past its deadline, still not completed"; `about` is the request's identifier or the fact's id or ref."""
    found = []
    for notice in of_type(q, as_of, "RectificationNoticeIssued"):
        about = notice["data"].get("about")
        for request in of_type(q, as_of, "ScaleOutRequested"):
            name = request["data"]["request"]
            if notice["by"] != "administrator" or about is None or not (about == name or names(about, request)):
                continue
            last = max(scale_out_due(q, as_of, request), date.fromisoformat(notice["data"]["deadline"]))
            completed = [f for f in of_type(q, last, "ScaleOutCompleted") if f["data"]["request"] == name]
            if as_of < last + timedelta(days=1) or completed:
                continue
            for annex, _consequence, row in rows(q, as_of, notice["day"], "late-scale-out"):
                occurrences, because = [("fact", request["seq"])], [request, notice]
                found.append(item(q, as_of, annex, row, notice, request["data"].get("system"), occurrences, because))
    return found


# --- what stands ----------------------------------------------------------------------------------


def items_of(q: Question, as_of: date, terminated_on: date | None) -> list[Item]:
    """Every item of both annexes, ordered by the day it was completed, then id."""
    found = [
        *incident_items(q, as_of, terminated_on),
        *repeated_outages(q, as_of, terminated_on),
        *availability_items(q, as_of),
        *band_items(q, as_of),
        *complaint_items(q, as_of),
        *assessment_items(q, as_of),
        *scale_out_items(q, as_of),
    ]
    return sorted(found, key=lambda i: (i["completing"]["day"], i["id"]))


def groups_of_items(items: list[Item]) -> list[list[Item]]:
    """SPEC 4.6, art. 10.3: "items that rest on one occurrence [...], or on incidents that are one, form a
    group"."""
    groups: list[list[Item]] = []
    for one in items:
        touching = [g for g in groups if any(set(i["occurrences"]) & set(one["occurrences"]) for i in g)]
        groups = [g for g in groups if g not in touching] + [[one] + [i for g in touching for i in g]]
    return groups


def counting_agreements(q: Question, as_of: date, groups: list[list[Item]]) -> dict[str, Fact]:
    """SPEC 4.6: "DamagesAgreed puts the agreed amount in the place of its items' groups"; 4.8: "An agreed
    amount stands even if its items vanish later or in another view; of two agreements on one group the later
    counts". For every item, named or tied to one named, the latest agreement."""
    latest: dict[str, Fact] = {}
    for agreement in of_type(q, as_of, "DamagesAgreed"):
        named = set(agreement["data"]["items"])
        tied = {i["id"] for g in groups if any(j["id"] in named for j in g) for i in g}
        for item in named | tied:
            latest[item] = agreement
    return latest


def row_of(agreement: Fact) -> dict[str, Any]:
    """An agreed amount as an item; 2.1: "without [a `ref`] the `seq` serves"."""
    name, data = agreement.get("ref") or agreement["seq"], agreement["data"]
    empty = dict.fromkeys(("annex", "row", "base", "rate"))
    amount = money(Fraction(data["amount"]))
    return {"id": f"agreed:{name}", **empty, "amount": amount, "absorbed_by": None, "because": [agreement["id"]]}


def damages_of(q: Question, as_of: date, terminated_on: date | None) -> tuple[dict[str, Any], list[Fact]]:
    """SPEC 5 `damages`, and the facts of the anomaly `NO_SYSTEM_FEE` ("once a fact")."""
    items = items_of(q, as_of, terminated_on)
    groups = groups_of_items(items)
    absorbed: dict[str, str] = {}
    if reading_on(q, as_of, "same-cause-damages", as_of) == "highest":
        # "Only the largest of a group stands (of equals the lower annex, then row)"; what has no amount is least
        for group in groups:
            ranked = sorted(
                group,
                key=lambda i: (
                    i["amount"] is None,
                    -Fraction(i["amount"] or 0),
                    i["annex"],
                    i["row"],
                    i["completing"]["day"],
                    i["id"],
                ),
            )
            for other in ranked[1:]:
                absorbed[other["id"]] = ranked[0]["id"]
    accrued = Fraction(0)
    agreed = counting_agreements(q, as_of, groups)
    for agreement in {a["seq"]: a for a in agreed.values()}.values():
        accrued += Fraction(agreement["data"]["amount"])
    for one in items:
        if one["id"] in agreed:
            absorbed[one["id"]] = row_of(agreed[one["id"]])["id"]
    accrued += sum((Fraction(i["amount"] or 0) for i in items if i["id"] not in absorbed), Fraction(0))
    settled = sum((Fraction(f["data"]["amount"]) for f in of_type(q, as_of, "DamagesSettled")), Fraction(0))
    shown = [
        {
            "id": i["id"],
            "annex": i["annex"],
            "row": i["row"],
            "base": None if i["base"] is None else money(i["base"]),
            "rate": i["rate"],
            "amount": i["amount"],
            "absorbed_by": absorbed.get(i["id"]),
            "because": i["because"],
        }
        for i in items
    ]
    # 4.6: the agreed amount "listed as item `agreed:{ref}` (annex, row, base, rate null)"; 4.8: "by the day
    # completed then id"
    dated = [(i["completing"]["day"], i["id"], row) for i, row in zip(items, shown, strict=True)]
    dated += [(a["day"], row_of(a)["id"], row_of(a)) for a in {a["seq"]: a for a in agreed.values()}.values()]
    shown = [row for _, _, row in sorted(dated, key=lambda d: d[:2])]
    left = max(Fraction(0), accrued - settled)  # "`damages.deductible` = accrued − settled, never below 0"
    without_fee = {i["completing"]["seq"]: i["completing"] for i in items if i["base"] is None}
    damages = {"accrued": money(accrued), "settled": money(settled), "deductible": money(left), "items": shown}
    return damages, [without_fee[seq] for seq in sorted(without_fee)]
