"""Tables of the conclusions in every answer: obligations, next changes, claims, positions, anomalies, limitation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup, escape

from api.console.tables import LedgerTable, RowGroup, TableColumn, TableRow, table
from api.console.words import PageWords
from ledger import labels
from ledger.domain.template import Template
from ledger.drawing.sections import days_between

Answer = Mapping[str, Any]
TONES = {"overdue": "wrong", "breached": "broken", "pending": "due", "standing": "live", "fulfilled_late": "over",
         "fulfilled": "over", "discharged": "over", "cancelled": "over",
         "running": "due", "stopped": "live", "barred": "wrong"}  # fmt: skip
OPEN = ("overdue", "breached", "pending", "standing")
SETTLED = ("fulfilled_late", "fulfilled", "discharged", "cancelled")
SOON = 30  # days
MOST_CHANGES = 3  # changes shown of one day
A_YEAR = 366  # days ahead for which changes are listed; the time page has the rest


def state_of(duty: Mapping[str, Any], as_of: str, words: PageWords) -> Markup:
    """The state of an obligation, with the days it is overdue or the days left."""
    state, due = duty["state"], duty["due_on"]
    if state == "overdue":
        said: object = words.say("overdue-by", days=days_between(due, as_of))
    elif state == "pending" and due is not None:
        said = words.say("days-left", days=days_between(as_of, due))
    else:
        said = words.label("state", state)
    shown = words.state(TONES[state], said)
    return shown if duty["settled_on"] is None else shown + Markup(" ") + words.day(duty["settled_on"], weekday=False)


def until(as_of: str, count: int = SOON) -> str:
    return (date.fromisoformat(as_of) + timedelta(days=count)).isoformat()


def due_soon(answer: Answer, obligor: str) -> list[Mapping[str, Any]]:
    """A role's obligations that are overdue or due within thirty days."""
    last = until(answer["as_of"])
    mine = (duty for duty in answer["obligations"] if duty["obligor"] == obligor)
    return [duty for duty in mine if duty["state"] in ("overdue", "pending") and (duty["due_on"] or "9") <= last]


def due_cell(duty: Mapping[str, Any], words: PageWords) -> Markup:
    if duty["due_on"] is None:
        expected = duty.get("expected_until")
        return words.say("expected-until", day=words.day(expected)) if expected else Markup("–")
    shown = words.day(duty["due_on"])
    return shown + Markup("<small>{}</small>").format(words.say("provisional")) if duty["provisional"] else shown


def obligation_link(duty: Mapping[str, Any], words: PageWords) -> Markup:
    return words.fig(f"obligations.{duty['id']}", words.obligation(duty["id"]))


def obligations(answer: Answer, how: Mapping[str, Mapping[str, Any]], words: PageWords) -> LedgerTable:
    """Obligations by state, those not performed first; a due day that was moved shows the earlier one."""
    heads = ("due", "state", "obligation", "obligor", "clause", "because")
    columns = [TableColumn(words.plain(f"column.{name}")) for name in heads]
    groups = []
    for name, states in (("open", OPEN), *((state, (state,)) for state in SETTLED)):
        found = [duty for duty in answer["obligations"] if duty["state"] in states]
        found.sort(key=lambda duty: (states.index(duty["state"]), duty["due_on"] or "9", duty["id"]))
        head = words.plain("obligations.open") if name == "open" else words.label("state", name)
        if found:
            groups.append(RowGroup(head, [_duty(duty, how, answer["as_of"], words) for duty in found]))
    return LedgerTable(words.say("obligations.caption"), columns, groups, empty=words.say("obligations.none"))


def _duty(duty: Mapping[str, Any], how: Mapping[str, Mapping[str, Any]], as_of: str, words: PageWords) -> TableRow:
    told = how.get(duty["id"])
    what = obligation_link(duty, words)
    if told is not None and told["moved_from"] is not None:
        what += Markup("<small>{}</small>").format(words.running(words.both(told)))
    return TableRow([
        due_cell(duty, words), state_of(duty, as_of, words), what, words.ident(words.label("role", duty["obligor"])),
        words.clause(duty["clause"]), words.facts([*duty["raised_by"], *duty["settled_by"]]),
    ])  # fmt: skip


def coming(
    answer: Answer, how: Mapping[str, Mapping[str, Any]], template: Template, words: PageWords
) -> LedgerTable:  # fmt: skip
    """What falls due, and what will change if nothing new happens, day by day."""
    heads = ("due", "what", "obligor", "clause", "how")
    columns = [TableColumn(words.plain(f"column.{name}")) for name in heads]
    found: list[tuple[str, TableRow]] = []
    for duty in answer["obligations"]:
        if duty["state"] in ("overdue", "pending") and duty["due_on"] is not None:
            told = how.get(duty["id"])
            found.append((duty["due_on"], TableRow([
                state_of(duty, answer["as_of"], words) + Markup("<br>") + words.day(duty["due_on"]),
                obligation_link(duty, words), words.ident(words.label("role", duty["obligor"])),
                words.clause(duty["clause"]), words.running(words.both(told)) if told is not None else "",
            ])))  # fmt: skip
    last = until(answer["as_of"], A_YEAR)
    for on, changed in _by_day(answer, template).items():
        if on <= last:
            found.append((on, TableRow([words.day(on), _changes(changed, words), "–", "", words.say("by-itself")])))
    rows = [row for _, row in sorted(found, key=lambda one: one[0])]
    return table(words.say("coming.caption"), columns, rows, empty=words.say("coming.none"))


def _changes(changed: Sequence[Mapping[str, Any]], words: PageWords) -> Markup:
    """The changes of a day, the most important first; those beyond the first few are folded on screen, not in print."""
    told = [_change(one, words) for one in sorted(changed, key=lambda one: labels.weight(one["what"]))]
    shown, rest = Markup("<br>").join(told[:MOST_CHANGES]), Markup("<br>").join(told[MOST_CHANGES:])
    if not rest:
        return shown
    head = words.say("more", count=len(told) - MOST_CHANGES)
    folded = '<details class="no-print"><summary>{}</summary>{}</details><div class="on-paper">{}</div>'
    return shown + Markup(folded).format(head, rest, rest)


def _change(one: Mapping[str, Any], words: PageWords) -> Markup:
    said = labels.change(one["what"], one["from"], one["to"], words.lang)
    return words.fig(one["what"], said) if one["from"] is not None else words.running(said)  # else: not there yet


def _by_day(answer: Answer, template: Template) -> dict[str, list[Mapping[str, Any]]]:
    """The changes by day, without mere consequences of others and without obligations falling overdue, which their
    due days tell."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in answer["next_changes"]:
        section = template.sections.get(one["what"].partition(".")[0])
        follows = section is not None and section.follows is not None and section.follows(one["what"], one["to"])
        if not follows and not (one["what"].startswith("obligations.") and one["to"] == "overdue"):
            found.setdefault(one["on"], []).append(one)
    return found


def claims(answer: Answer, said: Mapping[str, Any], role: str | None, words: PageWords) -> LedgerTable:
    """Claims: one party's statements that are not of record, and the answers open to the other. ``said``: by id."""
    heads = ("recorded", "who", "claim", "concerns", "you-may")
    columns = [TableColumn(words.plain(f"column.{name}")) for name in heads]
    rows = []
    for one in answer["claims"]:
        fact = said.get(one["fact"])
        type_ = labels.fact_type(fact.type, words.lang) if fact is not None else ""
        may: Markup | str = ""
        if role is not None and role != one["by"]:
            may = _may_be_said(one["fact"], words)
        why = Markup("<small>{}</small>").format(words.label("why", one["why"]))
        rows.append(TableRow([
            words.day(fact.day.isoformat()) if fact is not None else "–", words.ident(words.label("role", one["by"])),
            words.fig(f"claims.{one['fact']}", type_ or labels.short_id(one["fact"])) + why,
            words.ident(one["concerns"]) + Markup(" ") + words.fact(one["fact"]), may,
        ]))  # fmt: skip
    return table(words.say("claims.caption"), columns, rows, empty=words.say("claims.none"))


def _may_be_said(fact: str, words: PageWords) -> Markup:
    """Links by which the other party answers a claim or sees what depends on it."""
    number = fact.rpartition("#")[2]
    ways = [words.link("act", words.say(f"act.{act}"), fact=number, act=act) for act in ("acknowledge", "contest")]
    ways.append(words.link("dispute", words.say("dispute.think-otherwise"), fact=number))
    return Markup("　").join(ways)


def positions(answer: Answer, words: PageWords) -> LedgerTable:
    """Record, party A and party B side by side; differences are marked and stated."""
    columns = [TableColumn(words.plain("column.conclusion")), *(
        TableColumn(labels.field(view, words.lang)) for view in ("record", "party_a", "party_b"))]  # fmt: skip
    rows = []
    for one in sorted(answer["positions"], key=lambda one: labels.weight(one["path"])):
        cells: list[Markup | str] = [escape(labels.path(one["path"], words.lang))]
        for view in ("record", "party_a", "party_b"):
            shown = words.value(one["path"], one[view]) if one[view] is not None else words.say("positions.nothing")
            asked = {} if view == "record" else {"as_seen_by": view}
            there = one[view] is not None and "<a " not in shown
            told = words.fig(one["path"], shown, **asked) if there else shown
            cells.append(Markup("≠ ") + told if one[view] != one["record"] else told)
        rows.append(TableRow(cells, "differs" if one["party_b"] != one["record"] else "differs-a"))
    return table(words.say("positions.caption"), columns, rows, cls="three-views", empty=words.say("positions.none"))


def anomalies(answer: Answer, words: PageWords) -> LedgerTable:
    heads = ("day", "anomaly", "fact")
    rows = [TableRow([words.day(one["on"]),
                      words.fig(f"anomalies.{one['code']}@{one['fact']}", words.label("anomaly", one["code"])),
                      words.fact(one["fact"])]) for one in answer["anomalies"]]  # fmt: skip
    columns = [TableColumn(words.plain(f"column.{name}")) for name in heads]
    return table(words.say("anomalies.caption"), columns, rows, empty=words.say("anomalies.none"))


def limitation(answer: Answer, words: PageWords) -> LedgerTable:
    heads = ("debt", "creditor", "amount", "state", "last-day", "restarted")
    columns = [TableColumn(words.plain(f"column.{name}"), number=name == "amount") for name in heads]
    rows = []
    for one in answer["limitation"]:
        path = f"limitation.{one['debt']}"
        last = words.day(one["last_day"])
        if one["provisional"]:
            last += Markup("<small>{}</small>").format(words.say("provisional"))
        rows.append(TableRow([
            words.fig(path, labels.debt(one["debt"], words.lang)), words.ident(words.label("role", one["creditor"])),
            words.fig(f"{path}.amount", words.sum(one["amount"])),
            words.state(TONES[one["state"]], words.label("limitation", one["state"])), last,
            words.facts(one["restarted_by"]) or "–",
        ]))  # fmt: skip
    return table(words.say("limitation.caption"), columns, rows, empty=words.say("limitation.none"))


def counted(duties: Sequence[Mapping[str, Any]], words: PageWords) -> Markup:
    """The number of items, and how many of them are overdue."""
    states = Counter(duty["state"] for duty in duties)
    late = states["overdue"]
    to = words.url("contract", anchor="obligations")
    said = Markup('<a class="fig" href="{}">{}</a>').format(to, words.say("items", count=len(duties)))
    return said if not late else said + Markup("<small>{}</small>").format(
        words.state("wrong", words.say("items-late", count=late))
    )
