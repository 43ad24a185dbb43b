"""The oracle of the second agreement: SPEC 9 again, slowly and obviously, independent of ledger/.

As the first agreement's (`tests/oracle.py`): every conclusion is recomputed from the whole list of facts, and each
function quotes the sentence of SPEC it obeys. It was written from section 9 before its rules were looked at.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle import VIEWS, number_of_facts
from tests.oracle_changes import EVERYWHERE, positions_of
from tests.oracle_facts import DAY, Fact, Question, known, money, of_type, place, rolled, shown
from tests.oracle_life import ids, obligation, settlement_obligations, settlements_of
from tests.oracle_limitation import limited
from tests.oracle_money import covering, name_of, paid_on_settlement, returns_beyond
from tests.oracle_operations_because import because_of_item, resting
from tests.oracle_operations_life import (
    READINGS,
    accepted,
    average_of,
    coefficient_row,
    counts_in_service,
    decimals,
    known_on,
    later,
    part_of_service,
    reading_on,
    scores_of,
    starts_on,
    term_ends_on,
    terms_on,
)
from tests.oracle_operations_money import balance_of, due_on, open_tickets, operations_accounts
from tests.oracle_operations_service import (
    availability_of,
    bond_anomalies,
    bond_of,
    cap_of,
    claims_on,
    counting_reports,
    delays,
    filled,
    month_in_service,
    month_rests_on,
    operations_items,
    settled_by_then,
)
from tests.oracle_operations_termination import (
    ended_early,
    last_day_of,
    notice_anomalies,
    operations_end,
    termination_of,
)
from tests.oracle_standing import Standing
from tests.oracle_term import effective_on, signatures

ZERO = Fraction(0)
RECORDS = {  # 9.9: its lists of records, by what names each
    **EVERYWHERE,
    "service.availability": ["month", "system"],
    "service.open_tickets": ["ticket"],
    "service.scores": ["quarter"],
    "service.coefficients": ["year"],
    "damages.items": ["id"],
    "termination.grounds": ["clause", "maker"],
    "termination.declared": ["fact"],
}


# --- life -----------------------------------------------------------------------------------------


def phase_of(q: Question, as_of: date) -> str:
    """SPEC 9.3, the phases in their order."""
    start, end = starts_on(q, as_of), term_ends_on(q, as_of)
    terminated, effective = operations_end(q, as_of)[0], effective_on(q, as_of)
    if terminated is not None or (effective is not None and end is not None and as_of > end):
        handed_over = "handover" in terms_on(q, as_of, as_of) and of_type(q, as_of, "HandoverCompleted")
        return "closed" if handed_over else "terminated" if terminated is not None else "ended"
    if effective is None:
        return "registered"
    return "in_service" if start is not None and start <= as_of else "effective"


def term_of(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 9.9 `term`."""
    days = (effective_on(q, as_of), starts_on(q, as_of), term_ends_on(q, as_of), operations_end(q, as_of)[0])
    names = ("effective_on", "starts_on", "ends_on", "terminated_on")
    return dict(zip(names, map(shown, days), strict=True))


# --- obligations (9.4) ----------------------------------------------------------------------------


def obligations_of(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 9.4, the table."""
    found = [
        *invoice_obligations(q, as_of),
        *stage_obligations(q, as_of),
        *bond_obligations(q, as_of),
        *hand_over(q, as_of),
        *({**one, "clause": "10.2"} for one in settlement_obligations(q, as_of)),
    ]
    return sorted((discharged(q, as_of, one) for one in found), key=lambda o: (o["raised_on"], o["id"]))


def invoice_obligations(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 9.4 `pay-invoice`: "each conforming invoice | 9.5 | as in 4.2"."""
    found, accounts = [], operations_accounts(q, as_of, ended_early(q, as_of))
    for entry in [e for e in accounts.invoices if e["raised_on"] is not None]:
        identity, due = f"pay-invoice:{name_of(entry)}", due_on(q, entry)
        fixed: dict[str, Any] = {"obligor": "party_a", "raised_on": entry["raised_on"]}
        raised = sorted([entry["fact"], *entry["cured_by"]], key=place)
        void, settled = entry["voided_by"], entry["settled_on"]
        if void is not None:
            one = obligation(as_of, identity, "2.3", raised, due, [void], state="cancelled", **fixed)
            one["settled_on"] = shown(max(void["day"], entry["raised_on"]))
        elif settled is not None:
            state = "fulfilled" if settled <= due[0] else "fulfilled_late"
            one = obligation(as_of, identity, "2.3", raised, due, covering(accounts, entry), state=state, **fixed)
            one["settled_on"] = shown(settled)
        else:
            one = obligation(as_of, identity, "2.3", raised, due, [], **fixed)
        found.append(one)
    return found


def stage_obligations(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 9.4 `accept:{stage}`: "effective, for each stage with `by` | `by` (a date: no roll) | its StageAccepted"."""
    effective = effective_on(q, as_of)
    if effective is None:
        return []
    found = []
    for stage in [one for one in terms_on(q, as_of, as_of).get("stages", []) if one.get("by")]:
        by, done = date.fromisoformat(str(stage["by"])), accepted(q, as_of, stage["stage"])
        settled = [done] if done is not None else []
        identity = f"accept:{stage['stage']}"
        found.append(obligation(as_of, identity, "5.1", signatures(q, as_of), (by, False), settled))
    return found


def bond_obligations(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 9.4 `pay-bond`, `return-bond`."""
    found, effective = [], effective_on(q, as_of)
    bond = terms_on(q, as_of, effective).get("bond") if effective is not None else None
    if effective is not None and bond is not None:
        due, paid, reached = rolled(q, later(effective, bond["pay_within_days"])), ZERO, list[Fact]()
        counting: list[Fact] = []
        for f in of_type(q, as_of, "BondPaid"):
            paid += Fraction(f["data"]["amount"])
            counting.append(f)
            if paid >= Fraction(bond["amount"]) and not reached:
                reached = list(counting)
        one = obligation(as_of, "pay-bond", "6.1", signatures(q, as_of), due, reached)
        if reached:  # "never before it was raised"
            settled = max(reached[-1]["day"], effective)
            one |= {"settled_on": shown(settled), "state": "fulfilled" if settled <= due[0] else "fulfilled_late"}
        found.append(one)
    last = last_day_of(q, as_of)
    bond = terms_on(q, as_of, last).get("bond") if last is not None else None
    if last is None or as_of <= last or bond is None:
        return found
    days = {last + DAY} | {f["day"] for f in of_type(q, as_of, "BondPaid") if f["day"] > last}
    since = min((day for day in days if bond_of(q, day)["held"] > 0), default=None)
    if since is None:
        return found
    # what is paid only after the end is to be returned within as many days of that
    from_ = last if since == last + DAY else since
    due, emptied = rolled(q, later(from_, bond["return_within_days"])), []
    for f in [f for f in of_type(q, as_of, "BondReturned", "BondDrawn") if f["day"] > since]:
        live = [g for g in q.live if place(g) <= place(f)]
        then = Question(live, q.terms, q.overrides, q.is_working_day, q.provisional)
        if bond_of(then, f["day"])["held"] <= 0 and not emptied:
            emptied = [f]
    paid_in = [f for f in of_type(q, as_of, "BondPaid") if f["day"] <= since]
    raised = obligation(as_of, "return-bond", "6.3", paid_in, due, emptied, obligor="party_a", raised_on=since)
    return [*found, raised]


def hand_over(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 9.4 `hand-over`: "the day after the contract's last day, with [handover] | days(last day,
    `handover.within_days`), rolls | HandoverCompleted (also one before: settled that day)"."""
    last = last_day_of(q, as_of)
    if last is None or as_of <= last:
        return []
    asked = terms_on(q, as_of, last).get("handover")
    if asked is None:
        return []
    due = rolled(q, later(last, asked["within_days"]))
    done = of_type(q, as_of, "HandoverCompleted")[:1]
    started = accepted(q, as_of, terms_on(q, as_of, as_of)["term"].get("accepted", ""))
    registration = next(f for f in q.live if f["type"] == "ContractRegistered")
    by = operations_end(q, as_of)[2] or [started or registration]
    return [obligation(as_of, "hand-over", "9.1", by, due, done, raised_on=last + DAY)]


def discharged(q: Question, as_of: date, entry: dict[str, Any]) -> dict[str, Any]:
    """SPEC 9.4: "`accept` and `pay-bond` are discharged by an early end (4.1) unless overdue"."""
    terminated, _, by = operations_end(q, as_of)
    if terminated is None or entry["kind"] not in ("accept", "pay-bond"):
        return entry
    ended = terminated.isoformat()
    performed = entry["settled_on"] is not None and entry["settled_on"] <= ended
    overdue = entry["due_on"] is not None and entry["due_on"] < ended
    if entry["raised_on"] <= ended and (performed or overdue):
        return entry
    day = max(ended, entry["raised_on"])
    return {**entry, "state": "discharged", "settled_on": day, "settled_by": ids(by)}


# --- sections -------------------------------------------------------------------------------------


def service_of(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 9.9 `service`."""
    ended, measured = ended_early(q, as_of), []
    for report in counting_reports(q, as_of, ended):
        share, announced = availability_of(q, as_of, report, ended)
        if share is not None:
            told = {"month": report["data"]["month"], "system": report["data"]["system"]}
            period, used = month_rests_on(q, as_of, report, announced, ended)
            because = resting(q, as_of, [report, *announced, *period], used, [])
            measured.append({**told, "availability": decimals(share * 100, 6), "because": because})
    waiting = [f for f in open_tickets(q, as_of) if counts_in_service(q, f, ended)]
    terms, coefficients = terms_on(q, as_of, as_of), []
    for year in range(1, 60):
        average = average_of(q, as_of, year)
        row = coefficient_row(q, as_of, year, terms)
        if average is not None and row is not None:
            told = {"year": year, "average": decimals(average, 4), "coefficient": str(row["coefficient"])}
            coefficients.append(told)
    return {
        "availability": sorted(measured, key=lambda one: (one["month"], one["system"])),
        "open_tickets": [
            {"ticket": f["data"]["ticket"], "system": f["data"]["system"], "priority": f["data"]["priority"],
             "opened_by": f["id"]} for f in waiting
        ],
        "scores": [
            {"quarter": quarter, "score": f["data"]["score"], "fact": f["id"]}
            for quarter, f in scores_of(q, as_of).items()
        ],
        "coefficients": coefficients,
    }  # fmt: skip


def damages_of(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 9.6, 9.9: "`accrued` = the counted of party_b's standing items, `settled` = DamagesSettled and BondDrawn on
    them [...], `deductible` = accrued − settled, never below 0; `owed_by_party_a` = the counted of party_a's standing
    items less what was paid on them, never below 0"."""
    ended = ended_early(q, as_of)
    items, settlements, cap = operations_items(q, as_of, ended), settled_by_then(q, as_of, ended), cap_of(q, as_of)
    of = {one["id"]: one["debtor"] for one in items}
    accrued = sum((one["counted"] for one in items if one["debtor"] == "party_b"), ZERO)
    owed = sum((one["counted"] for one in items if one["debtor"] == "party_a"), ZERO)

    def on(debtor: str) -> Fraction:
        mine = [a for f, a in settlements if debtor_named(f, of) == debtor]
        return sum(mine, ZERO)

    settled = on("party_b")
    running = [one for one in delays(q, as_of, ended) if one["day"] is None]
    return {
        "accrued": money(accrued),
        "settled": money(settled),
        "deductible": money(max(ZERO, accrued - settled)),
        "cap": money(cap) if cap is not None else None,
        "owed_by_party_a": money(max(ZERO, owed - on("party_a"))),
        "items": [
            {"id": one["id"], "clause": one["clause"], "debtor": one["debtor"], "amount": money(one["amount"]),
             "counted": money(one["counted"]), "day": shown(one["day"]), "claim_by": shown(one["claim_by"]),
             "state": one["state"], "absorbed_by": one["absorbed_by"], "because": because_of_item(q, as_of, one)}
            for one in items
        ],
        "running": sorted(
            ({"id": one["id"], "clause": one["clause"], "debtor": one["debtor"], "days": one["days"],
              "amount": money(one["amount"])} for one in running), key=lambda one: one["id"],
        ),
    }  # fmt: skip


def debtor_named(fact: Fact, of: dict[str, str]) -> str:
    """Whose items a settlement is on: those it names, the first of them that is there; else by their names."""
    names = fact["data"]["items"]
    known_of = [of[name] for name in names if name in of]
    if known_of:
        return known_of[0]
    return "party_a" if names and names[0].startswith("delay:pay-invoice:") else "party_b"


def anomalies_of(q: Question, as_of: date) -> list[tuple[str, Fact]]:
    """SPEC 9.5–9.7."""
    ended = ended_early(q, as_of)
    found = [*operations_accounts(q, as_of, ended).anomalies, *notice_anomalies(q, as_of)]
    found += bond_anomalies(q, as_of, ended)
    found += returns_beyond(q, as_of, {one["name"] for one in settlements_of(q, as_of)})
    for f in of_type(q, as_of, "AvailabilityMeasured"):
        if month_in_service(q, f["day"], f["data"]["month"], known_on(ended, f["day"])) is None:
            found.append(("MONTH_OUTSIDE_SERVICE", f))
    for f in of_type(q, as_of, "TicketOpened"):
        if not counts_in_service(q, f, ended):
            found.append(("TICKET_OUTSIDE_SERVICE", f))
    for f in of_type(q, as_of, "QuarterAssessed"):
        if part_of_service(q, f["day"], f["data"]["quarter"], 3) is None:
            found.append(("QUARTER_OUTSIDE_SERVICE", f))
    late: dict[int, Fact] = {}
    for one in operations_items(q, as_of, ended):
        if one["claim_by"] is not None:
            late |= {f["seq"]: f for day, f in claims_on(q, as_of, one) if day > one["claim_by"]}
    return [*found, *(("CREDIT_CLAIMED_LATE", f) for f in late.values())]


# --- limitation (9.9, 4.9) ------------------------------------------------------------------------


def limitation_of(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 9.9: "Debts (4.9): a standing item's counted amount unsettled, from the day it counts from; the unpaid
    invoices; settlements; what of the bond is held, from `return-bond`'s due day"."""
    ended = ended_early(q, as_of)
    debts = [*invoice_debts(q, as_of, ended), *item_debts(q, as_of, ended), *settlement_debts(q, as_of)]
    debts += bond_debts(q, as_of)
    found = [limited(q, as_of, debt) for debt in debts]
    return sorted(found, key=lambda e: (e["last_day"] is None, e["last_day"] or "", e["debt"]))


def invoice_debts(q: Question, as_of: date, ended: date | None) -> list[dict[str, Any]]:
    found, accounts = [], operations_accounts(q, as_of, ended)
    for entry in accounts.conforming():
        own = [p["fact"] for p in accounts.parcels if p["invoice"] == name_of(entry)
               and any(e is entry and amount > 0 for e, amount, _ in p["covers"])]  # fmt: skip
        if accounts.unpaid(entry) > 0:
            debt = {"debt": f"pay-invoice:{name_of(entry)}", "clause": "2.3", "creditor": "party_b", "months": 36}
            debt |= {"amount": accounts.unpaid(entry), "d": due_on(q, entry)[0], "raised": [entry["fact"]]}
            found.append({**debt, "parts": own})
    return found


def item_debts(q: Question, as_of: date, ended: date | None) -> list[dict[str, Any]]:
    items, settlements, found = operations_items(q, as_of, ended), settled_by_then(q, as_of, ended), []
    full = filled(items, settlements)
    for one in [i for i in items if i["state"] == "standing"]:
        left = one["counted"] - full.get(one["id"], ZERO)
        if left <= 0:
            continue
        parts = [f for n, (f, _) in enumerate(settlements) if grows(items, settlements[: n + 1], one["id"])]
        ruled = one.get("agreed") and one["facts"][0]["type"] == "JudgmentEntered"
        creditor = "party_a" if one["debtor"] == "party_b" else "party_b"
        debt = {"debt": one["id"], "clause": one["clause"], "creditor": creditor, "amount": left}
        debt["months"] = 24 if ruled else 36
        found.append({**debt, "d": one["counts_from"], "raised": one["facts"], "parts": parts})
    return found


def grows(items: list[dict[str, Any]], settlements: list[tuple[Fact, Fraction]], item: str) -> bool:
    """Whether the last of these settlements settles some of an item."""
    return filled(items, settlements).get(item, ZERO) > filled(items, settlements[:-1]).get(item, ZERO)


def settlement_debts(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.9: "unpaid settlement or ruling"."""
    found = []
    for one in settlements_of(q, as_of):
        made, paid = paid_on_settlement(q, as_of, one["name"])
        left = Fraction(one["amount"]) - paid
        day = date.fromisoformat(one["due_on"]) if one.get("due_on") else one["fact"]["day"] if one["ruling"] else None
        creditor = "party_a" if one["debtor"] == "party_b" else "party_b"
        debt = {"debt": f"settlement:{one['name']}", "clause": "10.2", "creditor": creditor, "amount": left, "d": day}
        if left > 0:
            found.append({**debt, "months": 24 if one["ruling"] else 36, "raised": [one["fact"]], "parts": made})
    return found


def bond_debts(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 9.9: "what of the bond is held, from `return-bond`'s due day"."""
    duties = [one for one in bond_obligations(q, as_of) if one["id"] == "return-bond"]
    held = bond_of(q, as_of)["held"]
    if not duties or held <= 0:
        return []
    parts = of_type(q, as_of, "BondReturned")
    raised = [f for f in of_type(q, as_of, "BondPaid") if f["day"] <= date.fromisoformat(duties[0]["raised_on"])]
    debt = {"debt": "return-bond", "clause": "6.3", "creditor": "party_b", "amount": held, "months": 36}
    return [{**debt, "parts": parts, "raised": raised, "d": date.fromisoformat(duties[0]["due_on"])}]


# --- the answer -----------------------------------------------------------------------------------


def question(
    standing: Standing,
    role: str | None,
    is_working_day: Callable[[date], bool],
    provisional: Callable[[date], bool],
    readings: Mapping[str, str] | None,
) -> Question:
    """What is asked of one view."""
    facts, acknowledged, registration = standing.view(role)
    terms = registration["data"]["terms"]
    asked = Question(facts, terms, dict(readings or {}), is_working_day, provisional, role, acknowledged, None)
    asked.recorded = standing.recorded
    return asked


SECTIONS: dict[str, Callable[[Question, date], Any]] = {
    "contract": lambda q, as_of: q.terms["contract"]["id"],
    "as_of": lambda q, as_of: as_of.isoformat(),
    "phase": phase_of,
    "term": term_of,
    "balance": lambda q, as_of: balance_of(q, as_of, operations_accounts(q, as_of, ended_early(q, as_of))),
    "obligations": obligations_of,
    "service": service_of,
    "damages": damages_of,
    "bond": lambda q, as_of: {name: money(sum_) for name, sum_ in bond_of(q, as_of).items()},
    "termination": termination_of,
    "anomalies": lambda q, as_of: [
        {"code": code, "fact": fact["id"], "on": fact["day"].isoformat()}
        for code, fact in sorted(anomalies_of(q, as_of), key=lambda a: (a[1]["day"], a[1]["seq"], a[0]))
    ],
    "limitation": limitation_of,
    "readings": lambda q, as_of: {name: reading_on(q, as_of, name, as_of) for name in READINGS},
}


def concluded(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 9.9, of one view."""
    return {name: section(q, as_of) for name, section in SECTIONS.items()}


def conclude(
    facts: list[dict[str, Any]],
    *,
    as_of: date,
    known_at: str | None,
    is_working_day: Callable[[date], bool],
    provisional: Callable[[date], bool],
    readings: Mapping[str, str] | None = None,
    as_seen_by: str | None = None,
    positions: bool = True,
) -> dict[str, Any]:
    """SPEC 9.9, without next_changes, sensitivity, robust and receipt."""
    recorded = known(facts, known_at)
    standing = Standing(recorded)

    def answer(role: str | None) -> dict[str, Any]:
        return concluded(question(standing, role, is_working_day, provisional, readings), as_of)

    asked = answer(as_seen_by)
    views = [answer(role) if role != as_seen_by else asked for role in VIEWS] if positions else []
    return {
        **asked,
        "known_at": known_at,
        "facts": number_of_facts(standing, recorded, as_of),
        "contested": standing.contested_facts(as_of),
        "claims": standing.claims(as_of),
        "positions": positions_of(views, RECORDS) if positions else [],
    }


