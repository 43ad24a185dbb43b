"""The section on incidents: the drawing, the table of all, and how each came to its grade and count."""

from __future__ import annotations

from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import IncidentReported
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.year_drawing import DrawnIncident, drawing
from ledger.bilingual import Bilingual, Text, joined, label, phrase
from ledger.domain.standing import Standing
from ledger.explanation.report import Cell, ReportBook


def incidents(book: ReportBook) -> None:
    book.section("incidents")
    listed, left = _incidents(book)
    if left:
        book.say("report.incidents_withheld", count=left)
    if not listed:
        if not left:
            book.say("report.none_incidents")
        return
    answer = book.answer["incidents"]
    as_of = date.fromisoformat(book.answer["as_of"])
    book.add(drawing(listed, answer["window"], book.answer["termination"]["grounds"], as_of))
    ranked = sorted(listed, key=lambda one: one.form == "ungraded")
    shown = sorted(ranked[: book.most_rows], key=lambda one: (one.on, one.id))
    _incident_table(book, shown)
    book.more_rows(len(listed) - len(shown))
    told = sorted(ranked[: book.most_told], key=lambda one: (one.on, one.id))
    for one in told:
        grade = phrase("report.graded", grade=one.grade) if one.grade else phrase("report.ungraded")
        book.tell(f"incidents.grades.{one.id}", phrase("report.told.grade", incident=one.id, grade=grade))
    book.more_told(len(told), len(listed))
    book.tell("incidents.b_count_rolling_year", phrase("report.told.b_count", count=answer["b_count_rolling_year"]))
    book.tell("incidents.a_count", phrase("report.told.a_count", count=answer["a_count"]))


def _incidents(book: ReportBook) -> tuple[list[DrawnIncident], int]:
    """The incidents counted, excluded and reported without a grade; and how many more have undisclosed reports.

    Of an incident whose report is not disclosed only a count is in the conclusions with its day.
    """
    answer = book.answer["incidents"]
    counted = {one["incident"]: one for one in answer["counted"]}
    excluded = {one["incident"]: one for one in answer["excluded"]}
    found: dict[str, DrawnIncident] = {}
    left = set[str]()
    as_of = date.fromisoformat(book.answer["as_of"])
    for fact in Standing(book.material.facts).view(book.material.as_seen_by).facts:
        what = fact.what
        if not isinstance(what, IncidentReported) or fact.day > as_of:
            continue
        name, form, tied, on = what.incident, "ungraded", None, fact.day
        if name in counted:
            form, on = "counted", date.fromisoformat(counted[name]["on"])
        elif name in excluded:
            form = "same-cause" if excluded[name]["counted_as"] else "outside"
            tied = excluded[name]["counted_as"]
        if fact.seq in book.material.withheld and form != "counted":
            left.add(name)
            continue
        found[name] = DrawnIncident(name, on, answer["grades"].get(name), form, tied)
    return sorted(found.values(), key=lambda one: (one.on, one.id)), len(left)


def _incident_table(book: ReportBook, listed: list[DrawnIncident]) -> None:
    reports = {fact.what.incident: fact for fact in book.material.facts if isinstance(fact.what, IncidentReported)}
    members: dict[str, list[str]] = {one["incident"]: one["members"] for one in book.answer["incidents"]["counted"]}
    reasons = {one["incident"]: one["reason"] for one in book.answer["incidents"]["excluded"]}
    rows: list[list[Cell]] = []
    for one in listed:
        what = reports[one.id].what
        assert isinstance(what, IncidentReported)
        grade = phrase("report.graded", grade=one.grade) if one.grade else "—"
        kind = label("kind", what.kind) if reports[one.id].seq not in book.material.withheld else "—"
        counts = _counts(one, members.get(one.id, []), reasons.get(one.id))
        rows.append([one.on.isoformat(), one.id, kind, {"k": "bold", "t": grade}, counts,
                     book.references([reports[one.id].seq])])  # fmt: skip
    book.table([("date", 2.3, "left"), ("incident", "fr", "left"), ("kind", 2.4, "left"), ("grade", 2.1, "center"),
                ("counts", 4.4, "left"), ("facts", 2.2, "left")], rows)  # fmt: skip


def _counts(one: DrawnIncident, members: list[str], reason: str | None) -> Bilingual:
    """Whether an incident counts, with which others, or why not."""
    if one.form == "counted":
        ties = [other for other in members if other != one.id]
        return phrase("report.counts_for", incidents=joined(ties, "、")) if ties else phrase("report.counts")
    if one.tied:
        return phrase("report.counts_with", incident=one.tied)
    return phrase(f"excluded:{reason}" if reason else "report.counts_not")


def in_short(book: ReportBook) -> Text:
    counts = book.answer["incidents"]
    first, last = counts["window"]
    return phrase("report.counted", a=counts["a_count"], b=counts["b_count_rolling_year"], first=first, last=last)
