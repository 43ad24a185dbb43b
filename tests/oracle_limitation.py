"""The oracle's limitation (SPEC 4.9): what a debt is still worth."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle_damages import filled, items_on, value
from tests.oracle_facts import (
    Fact,
    Question,
    actor,
    arrived_on,
    corresponding_day,
    meant,
    money,
    of_type,
    other,
    place,
    rolled,
    shown,
)
from tests.oracle_incidents import measures_of
from tests.oracle_life import settlements_of
from tests.oracle_money import Accounts, accounts_of, name_of, paid_on_settlement, pay_by

Debt = dict[str, Any]


def learned_on(q: Question, as_of: date, item: dict[str, Any]) -> list[date]:
    """The `learned_on` of the incidents an item rests on."""
    told = [measures_of(q, as_of, f).get("learned_on") for f in item["facts"] if f["type"] == "IncidentReported"]
    return [date.fromisoformat(day) for day in told if day]


def invoice_debts(q: Question, as_of: date) -> list[Debt]:
    """SPEC 4.9: "Each unpaid conforming invoice"; "d = its due day"."""
    accounts, found = accounts_of(q, as_of), []
    for entry in accounts.conforming():
        unpaid = accounts.unpaid(entry)
        parts = [f for f in of_type(q, as_of, "PaymentMade") if went_to(accounts, f, entry)]
        set_off = [f for f, amount in accounts.settlements if amount > 0 and f["data"].get("invoice") == name_of(entry)]
        if unpaid > 0:
            debt = {"debt": f"pay-invoice:{name_of(entry)}", "creditor": "party_b", "amount": unpaid, "months": 36}
            begins = pay_by(q, as_of, entry)[0]
            found.append({**debt, "d": begins, "raised": [entry["fact"]], "parts": parts + set_off})
    return found


def went_to(accounts: Accounts, payment: Fact, entry: dict[str, Any]) -> bool:
    """Whether something of a payment that names an invoice covers it: what was beyond it is no part payment of it."""
    parcels = [p for p in accounts.parcels if p["fact"] is payment and p["invoice"] == name_of(entry)]
    return any(covered is entry for p in parcels for covered, _, _ in p["covers"])


def item_debts(q: Question, as_of: date) -> list[Debt]:
    """SPEC 4.9: "standing and unsettled damages item"; d = "an item's day of completion (of annex 3 rows 3
    and 4 the day the notice went unheeded) or later `learned_on` (an item
    without an amount is not listed)"; "An item's or agreement's settlement is part payment"; "A ruling: months(d, 24),
    d without a due day the judgment's"."""
    items, settlements, found = items_on(q, as_of), accounts_of(q, as_of).settlements, []
    full = filled(items, settlements)
    for item in [i for i in items if i["absorbed_by"] is None and i["amount"] is not None]:
        left = value(item) - full.get(item["id"], Fraction(0))
        if left <= 0:
            continue
        parts = [f for n, (f, _) in enumerate(settlements) if fills(items, settlements[: n + 1], item["id"])]
        months = 24 if item["completing"]["type"] == "JudgmentEntered" else 36
        day = max([item.get("unheeded") or item["day"], *learned_on(q, as_of, item)])
        debt = {"debt": item["id"], "creditor": "party_a", "amount": left, "months": months, "d": day}
        found.append({**debt, "raised": item["facts"], "parts": parts})
    return found


def fills(items: list[dict[str, Any]], settlements: list[tuple[Fact, Fraction]], item: str) -> bool:
    """Whether the last of these settlements settles some of an item."""
    before = filled(items, settlements[:-1]).get(item, Fraction(0))
    return filled(items, settlements).get(item, Fraction(0)) > before


def settlement_debts(q: Question, as_of: date) -> list[Debt]:
    """SPEC 4.9: "unpaid settlement or ruling"; "d = its due day (without one, the first demand's)"; "A ruling:
    months(d, 24), d without a due day the judgment's (民事诉讼法 250)"."""
    found = []
    for one in settlements_of(q, as_of):
        made, paid = paid_on_settlement(q, as_of, one["name"])
        left = Fraction(one["amount"]) - paid
        if left <= 0:
            continue
        day = date.fromisoformat(one["due_on"]) if one.get("due_on") else one["fact"]["day"] if one["ruling"] else None
        debt = {"debt": f"settlement:{one['name']}", "creditor": other(one["debtor"]), "amount": left, "d": day}
        found.append({**debt, "months": 24 if one["ruling"] else 36, "raised": [one["fact"]], "parts": made})
    return found


def demands_of(q: Question, as_of: date, debt: Debt) -> list[Fact]:
    """The demands about a debt by its creditor."""
    made = of_type(q, as_of, "DemandMade")
    return [f for f in made if actor(f) == debt["creditor"] and debt["debt"] in f["data"]["about"]]


def restarts(q: Question, as_of: date, debt: Debt) -> list[tuple[date, Fact]]:
    """SPEC 4.9: "While it is not barred, a DemandMade by the creditor about it (the day it arrived), part payment
    [...] or the debtor's FactAcknowledged of the demand, invoice or agreement (not of an incident), become the new d if
    later (192, 195)". As (day, fact)."""
    demands = demands_of(q, as_of, debt)
    found = [(arrived_on(q, as_of, f), f) for f in demands]
    found += [(f["day"], f) for f in debt["parts"]]
    owed = [f["seq"] for f in demands]
    kinds = ["DamagesAgreed", "SettlementAgreed"]
    kinds += ["InvoiceIssued"] if debt["debt"].startswith("pay-invoice:") else []  # not what its delay made
    owed += [f["seq"] for f in debt["raised"] if f["type"] in kinds]
    for f, target in q.acknowledged:
        if target["seq"] in owed and f["by"] == other(debt["creditor"]) and f["day"] <= as_of:
            found.append((f["day"], f))
    return [one for one in found if one[0] <= as_of]


def suits(q: Question, as_of: date, debt: Debt) -> list[tuple[Fact, Fact | None]]:
    """SPEC 4.9: "while it is not barred, a LawsuitFiled by the creditor whose dispute's `facts` raised it stops time
    until the final JudgmentEntered or the DisputeResolved, the first of them". Each suit with what ended it."""
    seqs = {f["seq"] for f in debt["raised"]}
    found = []
    for dispute in of_type(q, as_of, "DisputeOpened"):
        named = [f for name in dispute["data"]["facts"] for f in meant(q, name)]
        if not any(f["seq"] in seqs for f in named):
            continue
        of_it = [f for f in of_type(q, as_of, "LawsuitFiled", "JudgmentEntered", "DisputeResolved")
                 if f["data"]["dispute"] == dispute["data"]["dispute"]]  # fmt: skip
        ends = [f for f in of_it if f["type"] == "DisputeResolved" or f["data"].get("final") is True]
        for suit in [f for f in of_it if f["type"] == "LawsuitFiled" and actor(f) == debt["creditor"]]:
            found.append((suit, next((f for f in ends if place(f) > place(suit)), None)))
    return found


def last_day_of_debt(q: Question, debt: Debt, day: date) -> tuple[date, bool]:
    """SPEC 4.9: "`last_day` = months(d, 36), rolls"; "`provisional` marks a last day in a year without a notice"."""
    return rolled(q, corresponding_day(day, debt["months"]))


def limited(q: Question, as_of: date, debt: Debt) -> dict[str, Any]:
    """SPEC 4.9: one debt with its last day, in the order of what happened."""
    day: date | None = debt["d"]
    by: list[Fact] = []
    happened: list[tuple[date, int, str, Any]] = []
    for on, fact in restarts(q, as_of, debt):
        happened.append((on, fact["seq"], "anew", fact))
    for number, (suit, end) in enumerate(suits(q, as_of, debt)):
        happened.append((suit["day"], suit["seq"], "sued", number))
        if end is not None:
            happened.append((end["day"], end["seq"], "ended", (number, end)))
    stopped: set[int] = set()
    for on, _, kind, told in sorted(happened, key=lambda h: h[:2]):
        barred = not stopped and day is not None and on > last_day_of_debt(q, debt, day)[0]
        if kind == "sued":
            stopped |= set() if barred else {told}
        elif kind == "ended":
            pending = told[0] in stopped
            stopped.discard(told[0])
            if pending and not stopped and (day is None or on > day):
                day, by = on, [*by, told[1]]
        elif stopped or barred:
            continue
        elif (day is None and told["type"] == "DemandMade") or (day is not None and on > day):
            day, by = on, [*by, told]
    last, provisional = (None, False) if day is None or stopped else last_day_of_debt(q, debt, day)
    state = "stopped" if stopped else "barred" if last is not None and as_of > last else "running"
    return {
        "debt": debt["debt"],
        "clause": debt.get("clause"),  # as the agreement says
        "creditor": debt["creditor"],
        "amount": money(debt["amount"]),
        "state": state,
        "last_day": shown(last),
        "provisional": provisional,
        "raised_by": [f["id"] for f in debt["raised"]],
        "restarted_by": [f["id"] for f in by],
    }


def limitation_of(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.9: "`limitation` lists them by last_day, then debt"."""
    debts = [*invoice_debts(q, as_of), *item_debts(q, as_of), *settlement_debts(q, as_of)]
    found = [limited(q, as_of, debt) for debt in debts]
    return sorted(found, key=lambda e: (e["last_day"] is None, e["last_day"] or "", e["debt"]))
