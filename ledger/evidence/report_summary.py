"""What the report says at a glance."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ledger.evidence.report_book import Book
from ledger.evidence.report_sections import may, permitted
from ledger.evidence.report_words import both, clause_name, grouped, labelled, zh


def summary(book: Book) -> list[dict[str, Any]]:
    """What the first pages say at a glance: each row leads to its section."""
    answer = book.answer
    grounds = [zh("report.ground", clause=clause_name(one["clause"]), day=one["arose_on"],
                  state=labelled("ground", one["state"])) for one in answer["termination"]["grounds"][:6]]  # fmt: skip
    counts = answer["incidents"]
    states = Counter(duty["state"] for duty in answer["obligations"])
    said = [zh("report.states", state=labelled("state", state), count=count) for state, count in sorted(states.items())]
    money = {name: grouped(amount) for name, amount in answer["balance"].items() if name != "currency"}
    damages = {name: grouped(answer["damages"][name]) for name in ("accrued", "settled")}
    contested = [f"#{book.by_id[one].seq}" for one in answer["contested"][:12] if one in book.by_id]
    told = "、".join(contested)
    rows = {
        "phase": (labelled("phase", answer["phase"])["zh"], "term"),
        "termination": ("；".join([may(book)["zh"], *grounds]), "termination"),
        "incidents": (zh("report.counted", a=counts["a_count"], b=counts["b_count_rolling_year"],
                         first=counts["window"][0], last=counts["window"][1]), "incidents"),
        "damages": (zh("report.damages", **damages), "damages"),
        "balance": (zh("report.money", **money), "balance"),
        "obligations": ("；".join(said) or zh("report.none"), "obligations"),
        "exit": (_exit(book), "exit"),
        "anomalies": (zh("report.count", count=len(answer["anomalies"])), "anomalies"),
        "contested": (zh("report.contested_count", count=len(answer["contested"]), facts=told) if told
                      else zh("report.none"), "contested"),
        "readings": (_sensitive(book), "readings"),
    }  # fmt: skip
    numbers = {each["name"]: each["number"] for each in book.sections}
    return [{"name": both(f"report.row.{row}"), "text": text, "section": numbers[section]}
            for row, (text, section) in rows.items() if section in numbers]  # fmt: skip


def _exit(book: Book) -> str:
    asked = book.answer["exit"]
    day = asked["earliest_exit_on"] or "—"
    return zh("report.exit", request=asked["request"], permitted=permitted(book), day=day)


def _sensitive(book: Book) -> str:
    changed = book.answer["sensitivity"]
    if changed is None:
        return zh("report.not_asked")
    if not changed:
        return zh("report.insensitive")
    count = len({(one["reading"], one["option"]) for one in changed})
    return zh("report.sensitive", count=count, section=book.number("readings"))
