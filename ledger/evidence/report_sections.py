"""The sections on conclusions: what stands in the answer (SPEC 5), told from the explanations of each part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.domain import history
from ledger.domain.facts import Fact, IncidentReported
from ledger.domain.money import capitals, fen
from ledger.evidence.report_book import MOST_ROWS, Book, Cell, Column, told_first
from ledger.evidence.report_timeline import Incident, drawing
from ledger.evidence.report_words import Both, both, clause_name, grouped, labelled, zh
from ledger.labels import fact_type, option, path, value

_DASH = "—"


def conclusions(book: Book) -> None:
    """Every section on conclusions but the summary, in the order of the contract's weight."""
    for section in (term, incidents, termination, damages, balance, obligations, exit_, anomalies, contested,
                    readings, next_changes):  # fmt: skip
        section(book)


def term(book: Book) -> None:
    book.section("term")
    shown = book.answer["term"]
    days = ("signed_on", "effective_on", "lease_started_on", "ends_on", "terminated_on")
    rows: list[list[Cell]] = [[zh(f"path.term.{name}"), shown[name] or _DASH] for name in days]
    book.table([("item_name", 5, "left"), ("date", "fr", "left")], rows)
    phase = labelled("phase", book.answer["phase"])
    book.tell("phase", both("report.told.phase", phase=phase))


# -- incidents --------------------------------------------------------------------------------------


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
    _more_rows(book, len(listed) - len(shown))
    told = sorted(ranked[: book.most_told], key=lambda one: (one.on, one.id))
    for one in told:
        grade = both("report.graded", grade=one.grade) if one.grade else both("report.ungraded")
        book.tell(f"incidents.grades.{one.id}", both("report.told.grade", incident=one.id, grade=grade))
    _more_told(book, len(told), len(listed))
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
        grade = zh("report.graded", grade=one.grade) if one.grade else _DASH
        rows.append([one.on.isoformat(), one.id, labelled("kind", what.kind)["zh"], {"k": "bold", "t": grade}, counts,
                     book.references([reports[one.id].seq])])  # fmt: skip
    book.table([("date", 2.3, "left"), ("incident", "fr", "left"), ("kind", 2.4, "left"), ("grade", 1.7, "center"),
                ("counts", 4.6, "left"), ("facts", 2.2, "left")], rows)  # fmt: skip


# -- termination ------------------------------------------------------------------------------------


def termination(book: Book) -> None:
    book.section("termination")
    grounds = book.answer["termination"]["grounds"]
    rows: list[list[Cell]] = [
        [clause_name(one["clause"])["zh"], one["arose_on"], one["lapses_on"] or _DASH,
         {"k": "bold", "t": labelled("ground", one["state"])["zh"]}, book.of_ids(one["because"])]
        for one in grounds[:MOST_ROWS]
    ]  # fmt: skip
    if rows:
        book.table([("ground", 3, "left"), ("arose", 2.3, "left"), ("lapses", 2.3, "left"), ("state", 3.2, "left"),
                    ("facts", "fr", "left")], rows)  # fmt: skip
        _more_rows(book, len(grounds) - len(rows))
    else:
        book.say("report.none_grounds")
    seen = Counter[str]()
    for one in grounds[: book.most_told]:
        name = f"{one['clause']}@{one['arose_on']}"
        title = both("report.told.ground", clause=clause_name(one["clause"]), day=one["arose_on"])
        book.tell(f"termination.grounds.{name}{'+' * seen[name]}", title, labelled("ground", one["state"])["zh"])
        seen[name] += 1
    _more_told(book, min(len(grounds), book.most_told), len(grounds))
    book.tell("termination.allowed", both("report.told.allowed"), _may(book)["zh"])
    book.tell("termination.headroom", both("report.told.headroom"))


def _may(book: Book) -> Both:
    return both("report.may" if book.answer["termination"]["allowed"] else "report.may_not")


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
        book.tell(f"damages.items.{one['id']}", both(code, item=one["id"], amount=amount), _stands(book, one))
    _more_told(book, len(told), len(items))
    book.tell("damages.accrued", both("report.told.accrued", amount=grouped(answer["accrued"])))
    book.tell("damages.settled", both("report.told.settled", amount=grouped(answer["settled"])))


def _damages_table(book: Book, answer: Mapping[str, Any]) -> None:
    rows: list[list[Cell]] = [
        [one["id"], clause_name(f"annex {one['annex']} row {one['row']}")["zh"],
         grouped(one["base"]) if one["base"] else _DASH, _percent(one["rate"]),
         grouped(one["amount"]) if one["amount"] else _DASH, _stands(book, one), book.of_ids(one["because"])]
        for one in answer["items"][:MOST_ROWS]
    ]  # fmt: skip
    total = [zh("report.total_accrued"), "", "", "", grouped(answer["accrued"]), "", ""]
    columns: list[Column] = [
        ("item", "fr", "left"), ("clause", 2.5, "left"), ("base", 2.3, "right"), ("rate", 1.3, "right"),
        ("amount", 2.3, "right"), ("stands", 2.9, "left"), ("facts", 1.9, "left"),
    ]  # fmt: skip
    book.table(columns, rows, total=total)
    _more_rows(book, len(answer["items"]) - len(rows))


def _stands(book: Book, item: Mapping[str, Any]) -> str:
    by = item["absorbed_by"]
    if by is None:
        return zh("report.stands")
    if by in book.by_id:
        return zh("report.agreed", fact=f"#{book.by_id[by].seq}")
    return zh("report.absorbed", item=by)


def _percent(rate: str) -> str:
    whole, _, rest = rate.partition(".")
    return f"{int(whole + rest.ljust(2, '0')[:2])}{'.' + rest[2:] if rest[2:] else ''}%"


def balance(book: Book) -> None:
    book.section("balance")
    shown = book.answer["balance"]
    rows: list[list[Cell]] = [
        [zh(f"path.balance.{name}"), {"k": "money", "t": grouped(shown[name])}, capitals(fen(shown[name], signed=True))]
        for name in ("total", "invoiced", "paid", "outstanding", "payable", "overdue")
    ]
    book.table([("item_name", 3, "left"), ("amount", 3.6, "right"), ("capitals", "fr", "left")], rows)
    book.tell("balance", both("report.told.balance"))


# -- obligations, exit, anomalies, contests ---------------------------------------------------------


def obligations(book: Book) -> None:
    book.section("obligations")
    duties = book.answer["obligations"]
    shown = told_first(duties, MOST_ROWS)
    rows: list[list[Cell]] = [_duty(book, duty) for duty in shown]
    book.table([("obligation", "fr", "left"), ("obligor", 1.5, "left"), ("clause", 2.4, "left"), ("due", 2.3, "left"),
                ("state", 1.9, "left"), ("settled", 2.1, "left"), ("facts", 2.6, "left")], rows)  # fmt: skip
    _more_rows(book, len(duties) - len(shown))
    told = told_first(duties, book.most_told)
    _more_told(book, len(told), len(duties))
    for duty in told:
        title = both("report.told.duty", obligor=labelled("role", duty["obligor"]), duty=_named(duty))
        book.tell(f"obligations.{duty['id']}", title, labelled("state", duty["state"])["zh"])


def _named(duty: Mapping[str, Any]) -> Both:
    kind, subject = labelled("duty", duty["kind"]), duty["id"].partition(":")[2]
    return {lang: f"{kind[lang]} {subject}".strip() for lang in kind}


def _duty(book: Book, duty: Mapping[str, Any]) -> list[Cell]:
    due = (duty["due_on"] or _DASH) + (zh("report.provisional") if duty["provisional"] else "")
    state: Cell = {"k": "bold" if duty["state"] in ("breached", "overdue", "fulfilled_late") else "text",
                   "t": labelled("state", duty["state"])["zh"]}  # fmt: skip
    facts = [*duty["raised_by"], *duty["settled_by"]]
    return [_named(duty)["zh"], labelled("role", duty["obligor"])["zh"], clause_name(duty["clause"])["zh"], due, state,
            duty["settled_on"] or _DASH, book.of_ids(facts, most=4)]  # fmt: skip


def exit_(book: Book) -> None:
    request = book.answer["exit"]["request"]
    if request is not None:
        book.section("exit")
        book.tell("exit", both("report.told.exit", request=request), _permitted(book))


def _permitted(book: Book) -> str:
    return zh("report.permitted" if book.answer["exit"]["permitted"] else "report.not_permitted")


def anomalies(book: Book) -> None:
    book.section("anomalies")
    listed = book.answer["anomalies"]
    if not listed:
        book.say("report.none_anomalies")
    most = book.most_told // 2  # each is judged at its own moment, which costs a sweep
    for one in listed[:most]:
        fact = book.by_id.get(one["fact"])
        about = f"#{fact.seq}" if fact else one["fact"]
        title = both("report.told.anomaly", anomaly=labelled("anomaly", one["code"]), fact=about)
        book.tell(f"anomalies.{one['code']}@{one['fact']}", title, one["on"])
    _more_told(book, min(most, len(listed)), len(listed))


def contested(book: Book) -> None:
    book.section("contested")
    if not book.answer["contested"]:
        book.say("report.none_contested")
        return
    rows = [_contest(book, book.by_id[one]) for one in book.answer["contested"][:MOST_ROWS] if one in book.by_id]
    columns: list[Column] = [
        ("fact", 4.2, "left"), ("contest", 3, "left"), ("reason", "fr", "left"), ("affects", 3.2, "left"),
    ]  # fmt: skip
    book.table(columns, rows)
    book.tell("contested", both("report.told.contested"))


def _contest(book: Book, fact: Fact) -> list[Cell]:
    """A contested fact, who contests it by which fact and why, and what was told to rest on it."""
    said: list[Cell] = []
    for one in book.contests(fact.seq):
        said += [book.references([one.seq]), f" {labelled('role', one.by)['zh']}，{one.day} "]
    reasons = "；".join(str(getattr(one.what, "reason", None) or _DASH) for one in book.contests(fact.seq))
    by = f"{labelled('role', fact.by)['zh']}，{fact.day}"
    about: Cell = [book.references([fact.seq]), {"k": "lines", "t": ["", fact_type(fact.type, "zh"), by]}]
    return [about, said, reasons, "、".join(book.touched(fact.seq)) or _DASH]


# -- readings, and what comes next ------------------------------------------------------------------


def readings(book: Book) -> None:
    book.section("readings")
    in_force = book.answer["readings"]
    rows: list[list[Cell]] = [
        [labelled("reading", name)["zh"], option(name, chosen, "zh")] for name, chosen in in_force.items()
    ]
    book.table([("reading", "fr", "left"), ("option", 6.4, "left")], rows)
    changed = book.answer["sensitivity"]
    if changed is None:
        book.say("report.not_asked")
        return
    book.say("report.sensitivity_intro" if changed else "report.none_sensitivity")
    if changed:
        rows = [
            [labelled("reading", one["reading"])["zh"], option(one["reading"], one["option"], "zh"),
             path(one["path"], "zh"), _shown(one, "from"), {"k": "bold", "t": _shown(one, "to")}]
            for one in changed[:MOST_ROWS]
        ]  # fmt: skip
        book.table([("reading", "fr", "left"), ("other", 3.4, "left"), ("change", 3.2, "left"), ("from", 2.2, "right"),
                    ("to", 2.2, "right")], rows)  # fmt: skip
        _more_rows(book, len(changed) - len(rows))


def _shown(change: Mapping[str, Any], side: str) -> str:
    if change[side] is None:
        return _DASH
    text = value(change["path"], change[side], "zh")
    return grouped(text) if change["path"].startswith("damages.") else text


def next_changes(book: Book) -> None:
    listed = book.answer["next_changes"]
    if listed:
        book.section("next")
        by_day: dict[str, list[str]] = {}
        for one in listed:
            by_day.setdefault(one["on"], []).append(path(one["what"], "zh"))
        rows: list[list[Cell]] = [[day, "；".join(dict.fromkeys(paths[:12]))] for day, paths in by_day.items()]
        book.table([("date", 2.4, "left"), ("change", "fr", "left")], rows)


# -- the summary ------------------------------------------------------------------------------------


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
        "termination": ("；".join([_may(book)["zh"], *grounds]), "termination"),
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
    day = asked["earliest_exit_on"] or _DASH
    return zh("report.exit", request=asked["request"], permitted=_permitted(book), day=day)


def _sensitive(book: Book) -> str:
    changed = book.answer["sensitivity"]
    if changed is None:
        return zh("report.not_asked")
    if not changed:
        return zh("report.insensitive")
    count = len({(one["reading"], one["option"]) for one in changed})
    return zh("report.sensitive", count=count, section=book.number("readings"))


def _more_rows(book: Book, count: int) -> None:
    if count > 0:
        book.say("report.more_rows", count=count)


def _more_told(book: Book, told: int, all_of_them: int) -> None:
    if told < all_of_them:
        book.say("report.more_told", told=told, count=all_of_them - told)
