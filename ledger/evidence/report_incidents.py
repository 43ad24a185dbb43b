"""The section on incidents: the drawing, the table of all, and how each came to its grade and count."""

from __future__ import annotations

from datetime import date

from ledger.domain import history
from ledger.domain.facts import IncidentReported
from ledger.evidence.report_book import MOST_ROWS, Book, Cell
from ledger.evidence.report_timeline import Incident, drawing
from ledger.evidence.report_words import both, labelled, zh


def incidents(book: Book) -> None:
    book.section("incidents")
    listed = _incidents(book)
    if not listed:
        book.say("report.none_incidents")
        return
    answer = book.answer["incidents"]
    as_of = date.fromisoformat(book.answer["as_of"])
    book.add(drawing(listed, answer["window"], book.answer["termination"]["grounds"], as_of))
    ranked = sorted(listed, key=lambda one: one.form == "ungraded")
    shown = sorted(ranked[:MOST_ROWS], key=lambda one: (one.on, one.id))
    _incident_table(book, shown)
    book.more_rows(len(listed) - len(shown))
    told = sorted(ranked[: book.most_told], key=lambda one: (one.on, one.id))
    for one in told:
        grade = both("report.graded", grade=one.grade) if one.grade else both("report.ungraded")
        book.tell(f"incidents.grades.{one.id}", both("report.told.grade", incident=one.id, grade=grade))
    book.more_told(len(told), len(listed))
    book.tell("incidents.b_count_rolling_year", both("report.told.b_count", count=answer["b_count_rolling_year"]))
    book.tell("incidents.a_count", both("report.told.a_count", count=answer["a_count"]))


def _incidents(book: Book) -> list[Incident]:
    """Every incident there is by the answer: those counted and excluded, and those reported without a grade."""
    answer = book.answer["incidents"]
    counted = {one["incident"]: one for one in answer["counted"]}
    excluded = {one["incident"]: one for one in answer["excluded"]}
    found: dict[str, Incident] = {}
    as_of = date.fromisoformat(book.answer["as_of"])
    for fact in history.standing(book.material.facts, as_of=as_of, as_seen_by=book.material.as_seen_by):
        what = fact.what
        if not isinstance(what, IncidentReported) or fact.day > as_of:
            continue
        name, form, tied, on = what.incident, "ungraded", None, fact.day
        if name in counted:
            form, on = "counted", date.fromisoformat(counted[name]["on"])
        elif name in excluded:
            form = "same-cause" if excluded[name]["reason"] == "same-cause" else "outside"
            tied = excluded[name]["counted_as"]
        found[name] = Incident(name, on, answer["grades"].get(name), form, tied)
    return sorted(found.values(), key=lambda one: (one.on, one.id))


def _incident_table(book: Book, listed: list[Incident]) -> None:
    reports = {fact.what.incident: fact for fact in book.material.facts if isinstance(fact.what, IncidentReported)}
    members: dict[str, list[str]] = {one["incident"]: one["members"] for one in book.answer["incidents"]["counted"]}
    reasons = {one["incident"]: one["reason"] for one in book.answer["incidents"]["excluded"]}
    rows: list[list[Cell]] = []
    for one in listed:
        what = reports[one.id].what
        assert isinstance(what, IncidentReported)
        if one.form == "counted":
            ties = [other for other in members[one.id] if other != one.id]
            counts = zh("report.counts") + (f"（+ {'、'.join(ties)}）" if ties else "")
        elif one.tied:
            counts = zh("report.counts_with", incident=one.tied)
        else:
            counts = zh(f"excluded.{reasons[one.id]}") if one.id in reasons else zh("report.counts_not")
        grade = zh("report.graded", grade=one.grade) if one.grade else "—"
        rows.append([one.on.isoformat(), one.id, labelled("kind", what.kind)["zh"], {"k": "bold", "t": grade}, counts,
                     book.references([reports[one.id].seq])])  # fmt: skip
    book.table([("date", 2.3, "left"), ("incident", "fr", "left"), ("kind", 2.4, "left"), ("grade", 1.7, "center"),
                ("counts", 4.6, "left"), ("facts", 2.2, "left")], rows)  # fmt: skip
