"""The sections on conclusions: what stands in the answer (SPEC 5), told from the explanations of each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.screen import clause_of_item
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.screen import right_to_terminate
from ledger.domain.fact import Fact
from ledger.domain.money import capitals, fen, percent
from ledger.evidence.report_book import Book, Cell, Column, told_first
from ledger.evidence.report_incidents import incidents
from ledger.evidence.report_words import Both, Text, both, clause_name, grouped, in_both, labelled
from ledger.labels import change, fact_type, obligation, path, value

_DASH = "—"
MOST_CHANGES = 12  # named of one day


def conclusions(book: Book) -> None:
    """Every section on conclusions but the summary, in the order of the contract's weight."""
    for section in (term, incidents, termination, damages, balance, obligations, exit_, anomalies, contested,
                    readings, next_changes):  # fmt: skip
        if book.has(section.__name__.rstrip("_")):
            section(book)


def term(book: Book) -> None:
    book.section("term")
    shown = book.answer["term"]
    days = ("signed_on", "effective_on", "lease_started_on", "ends_on", "terminated_on")
    rows: list[list[Cell]] = [[both(f"path.term.{name}"), shown[name] or _DASH] for name in days]
    book.table([("item_name", 5, "left"), ("date", "fr", "left")], rows)
    phase = labelled("phase", book.answer["phase"])
    book.tell("phase", both("report.told.phase", phase=phase))


# -- termination ------------------------------------------------------------------------------------


def termination(book: Book) -> None:
    book.section("termination")
    grounds = book.answer["termination"]["grounds"]
    rows: list[list[Cell]] = [
        [clause_name(one["clause"]), one["arose_on"], one["lapses_on"] or _DASH, one["last_day"] or _DASH,
         {"k": "bold", "t": labelled("ground", one["state"])}, book.of_ids(one["because"])]
        for one in grounds[: book.most_rows]
    ]  # fmt: skip
    if rows:
        book.table([("ground", 2.6, "left"), ("arose", 2.3, "left"), ("lapses", 2.3, "left"),
                    ("last_day", 2.3, "left"), ("state", 3, "left"), ("facts", "fr", "left")], rows)  # fmt: skip
        book.more_rows(len(grounds) - len(rows))
    else:
        book.say("report.none_grounds")
    seen = Counter[str]()
    for one in grounds[: book.most_told]:
        name = f"{one['clause']}@{one['arose_on']}"
        title = both("report.told.ground", clause=clause_name(one["clause"]), day=one["arose_on"])
        book.tell(f"termination.grounds.{name}{'+' * seen[name]}", title, labelled("ground", one["state"]))
        seen[name] += 1
    book.more_told(min(len(grounds), book.most_told), len(grounds))
    book.tell("termination.allowed", both("report.told.allowed"), may(book))
    book.tell("termination.headroom", both("report.told.headroom"))


def may(book: Book) -> Both:
    return in_both(lambda lang: right_to_terminate(book.answer["termination"], lang))


# -- money ------------------------------------------------------------------------------------------


def damages(book: Book) -> None:
    book.section("damages")
    answer = book.answer["damages"]
    items = answer["items"]
    if items:
        _damages_table(book, answer)
    else:
        book.say("report.none_items")
    weighed = sorted(items, key=lambda one: (one["absorbed_by"] is not None, -fen(one["amount"] or "0")))
    told = {one["id"] for one in weighed[: book.most_told]}
    for one in [one for one in items if one["id"] in told]:
        amount = grouped(one["amount"]) if one["amount"] else None
        code = "report.told.item" if amount else "report.told.item_without"
        book.tell(f"damages.items.{one['id']}", both(code, item=one["id"], amount=amount), _stands(one))
    book.more_told(len(told), len(items))
    book.tell("damages.accrued", both("report.told.accrued", amount=grouped(answer["accrued"])))
    book.tell("damages.settled", both("report.told.settled", amount=grouped(answer["settled"])))
    book.tell("damages.deductible", both("report.told.deductible", amount=grouped(answer["deductible"])))


def _damages_table(book: Book, answer: Mapping[str, Any]) -> None:
    rows: list[list[Cell]] = [
        [one["id"], clause_name(clause_of_item(one)),
         grouped(one["base"]) if one["base"] else _DASH, percent(one["rate"]) if one["rate"] else _DASH,
         grouped(one["amount"]) if one["amount"] else _DASH, _stands(one), book.of_ids(one["because"])]
        for one in answer["items"][: book.most_rows]
    ]  # fmt: skip
    total: list[Cell] = [both("report.total_accrued"), "", "", "", grouped(answer["accrued"]), "", ""]
    columns: list[Column] = [
        ("item", "fr", "left"), ("clause", 2.5, "left"), ("base", 2.3, "right"), ("rate", 1.3, "right"),
        ("amount", 2.3, "right"), ("stands", 2.9, "left"), ("facts", 1.9, "left"),
    ]  # fmt: skip
    book.table(columns, rows, total=total)
    book.more_rows(len(answer["items"]) - len(rows))


def _stands(item: Mapping[str, Any]) -> Both:
    by = item["absorbed_by"]
    if by is None:
        return both("report.stands")
    if by.startswith("agreed:"):
        return both("report.agreed", item=by)
    return both("report.absorbed", item=by)


def balance(book: Book) -> None:
    book.section("balance")
    shown = book.answer["balance"]
    rows: list[list[Cell]] = [
        [both(f"path.balance.{name}"), {"k": "money", "t": grouped(shown[name])},
         capitals(fen(shown[name], signed=True))]
        for name in ("total", "invoiced", "paid", "outstanding", "payable", "overdue")
    ]  # fmt: skip
    book.table([("item_name", 3, "left"), ("amount", 3.6, "right"), ("capitals", "fr", "left")], rows)
    book.tell("balance", both("report.told.balance"))


# -- obligations, exit, anomalies, contests ---------------------------------------------------------


def obligations(book: Book) -> None:
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
        title = both("report.told.duty", obligor=labelled("role", duty["obligor"]), duty=_named(duty))
        book.tell(f"obligations.{duty['id']}", title, labelled("state", duty["state"]))


def _named(duty: Mapping[str, Any]) -> Both:
    return in_both(lambda lang: obligation(duty["id"], lang))


def _duty(book: Book, duty: Mapping[str, Any]) -> list[Cell]:
    due: Text = duty["due_on"] or _DASH
    if duty["provisional"]:
        due = both("report.provisional", day=due)
    state: Cell = {"k": "bold" if duty["state"] in ("breached", "overdue", "fulfilled_late") else "text",
                   "t": labelled("state", duty["state"])}  # fmt: skip
    facts = [*duty["raised_by"], *duty["settled_by"]]
    return [_named(duty), labelled("role", duty["obligor"]), clause_name(duty["clause"]), due, state,
            duty["settled_on"] or _DASH, book.of_ids(facts, most=4)]  # fmt: skip


def exit_(book: Book) -> None:
    request = book.answer["exit"]["request"]
    if request is not None:
        book.section("exit")
        book.tell("exit", both("report.told.exit", request=request), permitted(book))


def permitted(book: Book) -> Both:
    return both("report.permitted" if book.answer["exit"]["permitted"] else "report.not_permitted")


def anomalies(book: Book) -> None:
    book.section("anomalies")
    listed = [one for one in book.answer["anomalies"] if book.concerns(f"anomalies.{one['code']}@{one['fact']}")]
    if not listed:
        book.say("report.none_anomalies")
    most = book.most_told // 2  # each is judged at its own moment, which costs a sweep
    for one in listed[:most]:
        fact = book.by_id.get(one["fact"])
        about = f"#{fact.seq}" if fact else one["fact"]
        title = both("report.told.anomaly", anomaly=labelled("anomaly", one["code"]), fact=about)
        book.tell(f"anomalies.{one['code']}@{one['fact']}", title, one["on"])
    book.more_told(min(most, len(listed)), len(listed))


def contested(book: Book) -> None:
    book.section("contested")
    if not book.answer["contested"]:
        book.say("report.none_contested")
        return
    rows = [_contest(book, book.by_id[one]) for one in book.answer["contested"][: book.most_rows] if one in book.by_id]
    columns: list[Column] = [
        ("fact", 4.2, "left"), ("contest", 3, "left"), ("reason", "fr", "left"), ("affects", 3.2, "left"),
    ]  # fmt: skip
    book.table(columns, rows)
    book.tell("contested", both("report.told.contested"))


def _contest(book: Book, fact: Fact) -> list[Cell]:
    """A contested fact, who contests it by which fact and why, and what was told to rest on it."""
    contests = book.contests(fact.seq)
    shown = [one for one in contests if one.seq not in book.material.withheld]
    reasons: list[Cell] = [str(getattr(one.what, "reason", None) or _DASH) for one in shown]
    by = [line for one in contests for line in _stated(book, one)]
    about = _stated(book, fact, in_both(lambda lang: fact_type(fact.type, lang)))
    return [{"k": "lines", "t": about}, {"k": "lines", "t": by}, {"k": "lines", "t": reasons},
            "、".join(book.touched(fact.seq)) or _DASH]  # fmt: skip


def _stated(book: Book, fact: Fact, *kind: Text) -> list[Cell]:
    """A fact, who stated it and for which day; of one not disclosed only its number."""
    if fact.seq in book.material.withheld:
        return [book.reference(fact.seq), both("report.fact_withheld")]
    return [book.reference(fact.seq), *kind, labelled("role", fact.by), str(fact.day)]


# -- readings, and what comes next ------------------------------------------------------------------


def readings(book: Book) -> None:
    book.section("readings")
    in_force = book.answer["readings"]
    rows: list[list[Cell]] = [
        [labelled("reading", name), labelled("reading", f"{name}={chosen}")] for name, chosen in in_force.items()
    ]
    book.table([("reading", "fr", "left"), ("option", 6.4, "left")], rows)
    changed = book.answer["sensitivity"]
    if changed is None:
        book.say("report.not_asked")
        return
    book.say("report.sensitivity_intro" if changed else "report.none_sensitivity")
    if changed:
        rows = [
            [labelled("reading", one["reading"]), labelled("reading", f"{one['reading']}={one['option']}"),
             _path(one["path"]), _shown(one, "from"), {"k": "bold", "t": _shown(one, "to")}]
            for one in changed[: book.most_rows]
        ]  # fmt: skip
        book.table([("reading", "fr", "left"), ("other", 3.4, "left"), ("change", 3.2, "left"), ("from", 2.2, "right"),
                    ("to", 2.2, "right")], rows)  # fmt: skip
        book.more_rows(len(changed) - len(rows))


def _path(of: str) -> Both:
    return in_both(lambda lang: path(of, lang))


def _shown(change: Mapping[str, Any], side: str) -> Text:
    if change[side] is None:
        return _DASH
    said = in_both(lambda lang: value(change["path"], change[side], lang))
    return {lang: grouped(text) for lang, text in said.items()} if change["path"].startswith("damages.") else said


def next_changes(book: Book) -> None:
    listed = book.answer["next_changes"]
    if listed:
        book.section("next")
        by_day: dict[str, list[Mapping[str, Any]]] = {}
        for one in listed:
            by_day.setdefault(one["on"], []).append(one)
        rows: list[list[Cell]] = [[day, {"k": "lines", "t": changes_of_a_day(ones)}] for day, ones in by_day.items()]
        book.table([("date", 2.4, "left"), ("change", "fr", "left")], rows)


def changes_of_a_day(changes: list[Mapping[str, Any]]) -> list[Cell]:
    """What changes on one day, a line for each: what it is about, from what, to what."""
    said: list[Cell] = [_said(one) for one in changes[:MOST_CHANGES]]
    left = len(changes) - MOST_CHANGES
    return [*said, both("report.more_changes", count=left)] if left > 0 else said


def _said(of: Mapping[str, Any]) -> Both:
    return in_both(lambda lang: change(of["what"], of["from"], of["to"], lang))
