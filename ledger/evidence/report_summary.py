"""What the report says at a glance."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ledger.evidence.report_book import Book
from ledger.evidence.report_sections import may, permitted
from ledger.evidence.report_words import Both, both, clause_name, grouped, joined, labelled

MOST_GROUNDS = 6  # named at a glance


def summary(book: Book) -> list[dict[str, Any]]:
    """What the first pages say at a glance: each row leads to its section."""
    answer = book.answer
    all_grounds = answer["termination"]["grounds"]
    grounds = [both("report.ground", clause=clause_name(one["clause"]), day=one["arose_on"],
                    state=labelled("ground", one["state"])) for one in all_grounds[:MOST_GROUNDS]]  # fmt: skip
    if len(all_grounds) > MOST_GROUNDS:
        grounds.append(both("report.more_changes", count=len(all_grounds) - MOST_GROUNDS))
    counts = answer["incidents"]
    states = Counter(duty["state"] for duty in answer["obligations"])
    said = [both("report.states", state=labelled("state", state), count=count)
            for state, count in sorted(states.items())]  # fmt: skip
    money = {name: grouped(amount) for name, amount in answer["balance"].items() if name != "currency"}
    damages = {name: grouped(answer["damages"][name]) for name in ("accrued", "settled", "deductible")}
    rows = {
        "phase": (labelled("phase", answer["phase"]), "term"),
        "termination": (joined([may(book), *grounds], "；"), "termination"),
        "incidents": (both("report.counted", a=counts["a_count"], b=counts["b_count_rolling_year"],
                           first=counts["window"][0], last=counts["window"][1]), "incidents"),
        "damages": (both("report.damages", **damages), "damages"),
        "balance": (both("report.money", **money), "balance"),
        "obligations": (joined(said, "；") if said else both("report.none"), "obligations"),
        "exit": (_exit(book), "exit"),
        "anomalies": (both("report.count", count=len(answer["anomalies"])), "anomalies"),
        "contested": (_contested(book), "contested"),
        "readings": (_sensitive(book), "readings"),
    }  # fmt: skip
    numbers = {each["name"]: each["number"] for each in book.sections}
    return [{"name": both(f"report.row.{row}"), "text": text, "section": numbers[section]}
            for row, (text, section) in rows.items() if section in numbers]  # fmt: skip


def _contested(book: Book) -> Both:
    listed = book.answer["contested"]
    named = [f"#{book.by_id[one].seq}" for one in listed[:12] if one in book.by_id]
    if not named:
        return both("report.none")
    return both("report.contested_count", count=len(listed), facts=joined(named, "、"))


def _exit(book: Book) -> Both:
    asked = book.answer["exit"]
    day = asked["earliest_exit_on"] or "—"
    return both("report.exit", request=asked["request"], permitted=permitted(book), day=day)


def _sensitive(book: Book) -> Both:
    changed = book.answer["sensitivity"]
    if changed is None or not book.has("readings"):
        return both("report.not_asked")
    if not changed:
        return both("report.insensitive")
    count = len({(one["reading"], one["option"]) for one in changed})
    return both("report.sensitive", count=count, section=book.number("readings"))
