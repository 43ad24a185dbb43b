"""What a section contributes to the report: the book it is written into, and the sections that every answer has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from ledger import labels
from ledger.bilingual import (
    Bilingual,
    Text,
    clause_name,
    debt_name,
    in_both,
    joined,
    label,
    obligation_name,
    path_name,
    phrase,
    type_name,
    who,
    worded,
)
from ledger.domain.fact import Fact
from ledger.messages import CATALOGUE

Cell = Text | dict[str, Any] | list[Any]
Column = tuple[str, float | str, str]
DASH = "—"


class ReportBook(Protocol):
    """The report being written (see :class:`ledger.evidence.report_book.Book`)."""

    material: Any
    answer: Mapping[str, Any]
    by_id: dict[str, Fact]
    most_rows: int
    most_told: int

    def concerns(self, path: str) -> bool: ...
    def section(self, name: str) -> None: ...
    def add(self, block: Mapping[str, Any]) -> None: ...
    def say(self, code: str, /, **values: object) -> None: ...
    def table(
        self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, total: Sequence[Cell] = ()
    ) -> None: ...
    def more_rows(self, count: int) -> None: ...
    def more_told(self, told: int, all_of_them: int) -> None: ...
    def tell(self, path: str, title: Bilingual, tag: Text = "") -> str | None: ...
    def reference(self, seq: int) -> dict[str, Any]: ...
    def references(self, seqs: Iterable[int], most: int = ...) -> dict[str, Any]: ...
    def of_ids(self, ids: Iterable[str], most: int = ...) -> dict[str, Any]: ...
    def contests(self, seq: int) -> list[Fact]: ...
    def touched(self, seq: int) -> list[str]: ...
    def number(self, name: str) -> int: ...


def plain(book: ReportBook, key: str, value: Any) -> None:
    """Write a section by its labels: its parts, a table for each list of records, and the explanations."""
    book.section(key)
    parts = value if isinstance(value, Mapping) else {"": value}
    rows: list[list[Cell]] = []
    for part, one in parts.items():
        path = f"{key}.{part}" if part else key
        if isinstance(one, list) and one and isinstance(one[0], Mapping):
            heads: list[Column] = [(name, "fr", "left") for name in one[0]]
            book.table(heads, [[worded(f"{path}.{name}", cell) for name, cell in row.items()] for row in one])
        else:
            rows.append([path_name(path), worded(path, one)])
    if rows:
        book.table([("item_name", 5, "left"), ("result", "fr", "left")], rows)
    for part in parts:
        path = f"{key}.{part}" if part else key
        book.tell(path, path_name(path))


def head(code: str) -> Bilingual:
    """A column's heading; for a field, its name in the catalogue."""
    known = f"report.column.{code}"
    return phrase(known) if known in CATALOGUE else in_both(lambda lang: labels.field(code, lang))


def obligations(book: ReportBook) -> None:
    book.section("obligations")
    duties = [duty for duty in book.answer["obligations"] if book.concerns(f"obligations.{duty['id']}")]
    shown = told_first(duties, book.most_rows)
    rows: list[list[Cell]] = [_duty(book, duty) for duty in shown]
    book.table([("obligation", "fr", "left"), ("obligor", 1.5, "left"), ("clause", 2.4, "left"), ("due", 2.3, "left"),
                ("state", 1.9, "left"), ("settled", 2.1, "left"), ("facts", 2.6, "left")], rows)  # fmt: skip
    book.more_rows(len(duties) - len(shown))
    told = told_first(duties, book.most_told)
    book.more_told(len(told), len(duties))
    for duty in told:
        title = phrase("report.told.duty", obligor=label("role", duty["obligor"]), duty=obligation_name(duty["id"]))
        book.tell(f"obligations.{duty['id']}", title, label("state", duty["state"]))


def _duty(book: ReportBook, duty: Mapping[str, Any]) -> list[Cell]:
    due: Text = duty["due_on"] or DASH
    if "expected_until" in duty and not duty["due_on"]:
        due = phrase("screen.expected_until", day=duty["expected_until"])
    if duty["provisional"]:
        due = phrase("report.provisional", day=due)
    state: Cell = {"k": "bold" if duty["state"] in ("breached", "overdue", "fulfilled_late") else "text",
                   "t": label("state", duty["state"])}  # fmt: skip
    facts = [*duty["raised_by"], *duty["settled_by"]]
    return [obligation_name(duty["id"]), label("role", duty["obligor"]), clause_name(duty["clause"]), due, state,
            duty["settled_on"] or DASH, book.of_ids(facts, most=4)]  # fmt: skip


def obligations_in_short(book: ReportBook) -> Text:
    states = Counter(duty["state"] for duty in book.answer["obligations"])
    said = [phrase("report.states", state=label("state", state), count=count)
            for state, count in sorted(states.items())]  # fmt: skip
    return joined(said, "；") if said else phrase("report.none")


def anomalies(book: ReportBook) -> None:
    book.section("anomalies")
    listed = [one for one in book.answer["anomalies"] if book.concerns(f"anomalies.{one['code']}@{one['fact']}")]
    if not listed:
        book.say("report.none_anomalies")
    most = book.most_told // 2  # each is judged at its own moment, which costs a sweep
    for one in listed[:most]:
        fact = book.by_id.get(one["fact"])
        about = f"#{fact.seq}" if fact else one["fact"]
        title = phrase("report.told.anomaly", anomaly=label("anomaly", one["code"]), fact=about)
        book.tell(f"anomalies.{one['code']}@{one['fact']}", title, one["on"])
    book.more_told(min(most, len(listed)), len(listed))


def anomalies_in_short(book: ReportBook) -> Text:
    return phrase("report.count", count=len(book.answer["anomalies"]))


def limitation(book: ReportBook) -> None:
    listed = book.answer["limitation"]
    if not listed:
        return
    book.section("limitation")
    rows: list[list[Cell]] = [_debt(book, one) for one in listed[: book.most_rows]]
    book.table([("debt", "fr", "left"), ("creditor", 1.5, "left"), ("amount", 2.6, "right"), ("last_day", 2.9, "left"),
                ("state", 2.9, "left"), ("anew", 2.2, "left")], rows)  # fmt: skip
    book.more_rows(len(listed) - len(rows))
    for one in listed[: book.most_told]:
        title = phrase("report.told.limitation", debt=debt_name(one["debt"]))
        book.tell(f"limitation.{one['debt']}", title, label("limitation", one["state"]))
    book.more_told(min(len(listed), book.most_told), len(listed))


def _debt(book: ReportBook, one: Mapping[str, Any]) -> list[Cell]:
    return [debt_name(one["debt"]), label("role", one["creditor"]), labels.money(one["amount"]), _last_day(one),
            label("limitation", one["state"]), book.of_ids(one["restarted_by"])]  # fmt: skip


def _last_day(one: Mapping[str, Any]) -> Text:
    """The last day of a debt's time, marked where provisional."""
    last = one["last_day"] or DASH
    return phrase("report.provisional", day=last) if one["provisional"] else last


def phase_in_short(book: ReportBook) -> Text:
    return label("phase", book.answer["phase"])


def limitation_in_short(book: ReportBook) -> Text:
    """The next last day of a claim, and how many have expired."""
    listed = book.answer["limitation"]
    running = [one for one in listed if one["state"] == "running" and one["last_day"]]
    said = [phrase("report.limitation_next", debt=debt_name(one["debt"]), day=_last_day(one)) for one in running[:1]]
    barred = sum(one["state"] == "barred" for one in listed)
    if barred:
        said.append(phrase("report.limitation_barred", count=barred))
    return joined(said, "；") if said else phrase("report.none")


def contested(book: ReportBook) -> None:
    book.section("contested")
    if not book.answer["contested"]:
        book.say("report.none_contested")
        return
    rows = [_contest(book, book.by_id[one]) for one in book.answer["contested"][: book.most_rows] if one in book.by_id]
    columns: list[Column] = [
        ("fact", 4.2, "left"), ("contest", 3, "left"), ("reason", "fr", "left"), ("affects", 3.2, "left"),
    ]  # fmt: skip
    book.table(columns, rows)
    book.tell("contested", phrase("report.told.contested"))


def _contest(book: ReportBook, fact: Fact) -> list[Cell]:
    """A contested fact, who contests it by which fact and why, and the conclusions that rest on it."""
    contests = book.contests(fact.seq)
    shown = [one for one in contests if one.seq not in book.material.withheld]
    reasons: list[Cell] = [str(getattr(one.what, "reason", None) or DASH) for one in shown]
    by = [line for one in contests for line in _stated(book, one)]
    about = _stated(book, fact, type_name(fact.type))
    return [{"k": "lines", "t": about}, {"k": "lines", "t": by}, {"k": "lines", "t": reasons},
            "、".join(book.touched(fact.seq)) or DASH]  # fmt: skip


def _stated(book: ReportBook, fact: Fact, *kind: Text) -> list[Cell]:
    """A fact, who reported it and for which day; of one not disclosed only its number."""
    if fact.seq in book.material.withheld:
        return [book.reference(fact.seq), phrase("report.fact_withheld")]
    return [book.reference(fact.seq), *kind, who(fact), str(fact.day)]


def claims(book: ReportBook) -> None:
    """What one side alone says, why it is not of record, and who contests it."""
    book.section("claims")
    listed = [one for one in book.answer["claims"] if book.concerns(f"claims.{one['fact']}")]
    if not listed:
        book.say("report.none_claims")
        return
    rows = [_claim(book, one) for one in listed[: book.most_rows]]
    book.table([("fact", 5, "left"), ("claimed_by", 1.8, "left"), ("why", "fr", "left"), ("contest", 3, "left")], rows)
    book.more_rows(len(listed) - len(rows))
    for one in listed[: book.most_told]:
        title = phrase("report.told.claim", by=label("role", one["by"]), fact=_short(one["fact"]))
        book.tell(f"claims.{one['fact']}", title)
    book.more_told(min(book.most_told, len(listed)), len(listed))


def _claim(book: ReportBook, one: Mapping[str, Any]) -> list[Cell]:
    fact = book.by_id.get(one["fact"])
    if fact is None:
        return [_short(one["fact"]), label("role", one["by"]), label("why", one["why"]), DASH]
    about = _stated(book, fact, type_name(fact.type))
    contests = [line for each in book.contests(fact.seq) for line in _stated(book, each)]
    return [{"k": "lines", "t": about}, label("role", one["by"]), label("why", one["why"]),
            {"k": "lines", "t": contests or [DASH]}]  # fmt: skip


def _short(id_: str) -> str:
    return labels.short_id(id_)


def claims_in_short(book: ReportBook) -> Text:
    named = [_short(one["fact"]) for one in book.answer["claims"][:12]]
    if not named:
        return phrase("report.none")
    return phrase("report.contested_count", count=len(book.answer["claims"]), facts=joined(named, "、"))


def positions(book: ReportBook) -> None:
    """What follows on either side: every path where the record and the views of the parties differ."""
    book.section("positions")
    listed = book.answer["positions"]
    if not listed:
        book.say("report.none_positions")
        return
    rows = [[path_name(one["path"]), *(worded(one["path"], one[view]) for view in ("record", "party_a", "party_b"))]
            for one in listed[: book.most_rows]]  # fmt: skip
    book.table([("conclusion", "fr", "left"), ("record", 3, "left"), ("party_a", 3, "left"), ("party_b", 3, "left")],
               rows)  # fmt: skip
    book.more_rows(len(listed) - len(rows))
    book.tell("positions", phrase("report.told.positions"))


def positions_in_short(book: ReportBook) -> Text:
    return phrase("report.count", count=len(book.answer["positions"]))


def contested_in_short(book: ReportBook) -> Text:
    listed = book.answer["contested"]
    named = [f"#{book.by_id[one].seq}" for one in listed[:12] if one in book.by_id]
    if not named:
        return phrase("report.none")
    return phrase("report.contested_count", count=len(listed), facts=joined(named, "、"))


def told_first(listed: Sequence[Mapping[str, Any]], most: int) -> list[Mapping[str, Any]]:
    """At most `most` obligations or the like, in their own order: those breached or open are preferred to those done.
    """
    order = ("breached", "overdue", "fulfilled_late", "pending", "standing")
    weighed = sorted(listed, key=lambda one: order.index(one["state"]) if one["state"] in order else len(order))
    chosen = {id(one) for one in weighed[:most]}
    return [one for one in listed if id(one) in chosen]
