"""Random, valid histories of the second agreement: its terms, and what happens under them.

As the first agreement's (``tests.random_histories``): measures stand on both sides of every threshold, days before, on
and after every deadline; some facts are recorded late, corrected, retracted, claimed or contested.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.oracle_facts import BEIJING, Fact, corresponding_day
from tests.oracle_operations_life import READINGS
from tests.random_histories.changing import correct, retract, retract_retraction
from tests.random_histories.single import pay, return_payment, void
from tests.random_histories.standing import (
    acknowledge,
    contest,
    demand,
    dispute,
    mention,
    pay_settlement,
    relied,
    resolve,
    rule_debt,
    rule_end,
    rule_fact,
    settle_accounts,
    sue,
)
from tests.random_histories.status import items_in_some_view, section
from tests.random_histories.story import BOTH, Data, Story, weekdays

SYSTEMS = ("portal", "mail")
STAGES = ("initial", "final")


# --- terms ----------------------------------------------------------------------------------------


def random_parts(rng: random.Random, total: Decimal, *, years: int, bond: bool, assessed: bool) -> list[Data]:
    """Parts by share or by amount, after every kind of trigger, that add up."""
    triggers: list[Data] = [{"after": "signing"}, {"after": "invoice"}]
    triggers += [{"after": "acceptance", "stage": stage} for stage in STAGES]
    triggers += [{"after": "service-year", "year": year} for year in range(1, years + 1)]
    chosen = rng.sample(triggers, rng.randint(2, min(4, len(triggers))))
    shares = {2: ("0.5", "0.5"), 3: ("0.3", "0.3", "0.4"), 4: ("0.25", "0.25", "0.3", "0.2")}[len(chosen)]
    parts: list[Data] = []
    rest = total
    for n, (trigger, share) in enumerate(zip(chosen, shares, strict=True), start=1):
        part: Data = {"number": n, **trigger}
        amount = (total * Decimal(share)).quantize(Decimal("0.01"))
        by_share = rng.random() < 0.5 and total * Decimal(share) == amount
        amount = amount if n < len(chosen) else rest
        rest -= amount
        part |= {"share": share} if by_share else {"amount": str(amount)}
        part |= rng.choice(({"days": rng.randint(1, 20)}, {"working_days": rng.randint(1, 10)}, {"months": 1}))
        conditions = [one for one in ("bond-paid", "no-major-incident") if rng.random() < 0.35]
        conditions = [one for one in conditions if bond or one != "bond-paid"]
        part |= {"requires": conditions} if conditions else {}
        if trigger["after"] == "service-year" and assessed and rng.random() < 0.8:
            part["assessed"] = True
        parts.append(part)
    return parts


def random_service(rng: random.Random) -> Data:
    service: Data = {"systems": [
        {"system": system, "name": system, "monthly_fee": rng.choice(("40000.00", "333.33"))} for system in SYSTEMS
    ]}  # fmt: skip
    if rng.random() < 0.85:
        service["maintenance_notice_hours"] = rng.choice((0, 1, 24))
    if rng.random() < 0.9:
        bands = [{"row": 1, "below": "99.90", "credit": "0.05"}, {"row": 2, "below": "99.00", "credit": "0.15"}]
        service["availability"] = bands[: rng.randint(1, 2)]
    if rng.random() < 0.9:
        per = ("breach", "hour")
        service["priorities"] = [
            {"priority": priority,
             "respond": {"within_minutes": 15, "amount": "500.00", "per": rng.choice(per)},
             "resolve": {"within_minutes": 240, "amount": rng.choice(("200.00", "900.01")), "per": rng.choice(per)}}
            for priority in ("P1", "P2")
        ]  # fmt: skip
    return service


def random_terms(rng: random.Random) -> Data:
    """Terms of the second agreement, each table there or not."""
    total = Decimal(rng.choice(("1200000.00", "99999.99", "4800.00")))
    months = rng.choice((6, 12, 12, 15, 24))
    from_to, stated = rng.random() < 0.65, rng.random() < 0.8
    start = date(2025, 11, 1) + timedelta(days=rng.randint(0, 60))
    end = corresponding_day(start, months) - timedelta(days=rng.choice((0, 1, 1, 10)))
    term: Data = {"from": start.isoformat(), "to": end.isoformat()}
    bond, assessed = rng.random() < 0.7, rng.random() < 0.75
    stages: list[Data] = [{"stage": stage, "name": stage} for stage in STAGES]
    for stage in stages:
        if rng.random() < 0.7:
            stage["by"] = (date(2025, 12, 1) + timedelta(days=rng.randint(0, 90))).isoformat()
    terms: Data = {
        "contract": {"id": f"OPS-{rng.randint(1, 999)}", "title": "运维", "template": "it-operations-maintenance"},
        "parties": {"party_a": {"name": "甲"}, "party_b": {"name": "乙"}},
        "term": term if from_to else {"months": months, **({"accepted": rng.choice(STAGES)} if stated else {})},
        "stages": stages,
        "price": {"total": str(total), "currency": "CNY", "tax_rate": "0.06",
                  "parts": random_parts(rng, total, years=-(-months // 12), bond=bond, assessed=assessed)},
        "service": random_service(rng),
    }  # fmt: skip
    if rng.random() < 0.1:
        del terms["price"]["tax_rate"]
    if assessed and rng.random() < 0.9:
        rows = [{"row": 1, "from": "0", "coefficient": "0.80"}, {"row": 2, "from": "60", "coefficient": "0.95"},
                {"row": 3, "from": "90", "coefficient": "1.00"}]  # fmt: skip
        terms["assessment"] = {"coefficients": rows[: rng.randint(1, 3)]}
    if rng.random() < 0.8:
        terms["delay"] = rng.choice(({"rate_per_day": "0.0005", "cap": "0.05"}, {"rate_per_day": "0.01", "cap": "0.05"},
                                     {"rate_per_day": "0.003", "cap": "0.01"}))  # fmt: skip
    if bond:
        days = {"pay_within_days": rng.randint(1, 20), "return_within_days": rng.randint(1, 30)}
        terms["bond"] = {"amount": "6000.00", **days}
    if rng.random() < 0.8:
        terms["cap"] = {"share": rng.choice(("0.20", "0.05", "0.01"))}
    if rng.random() < 0.85:
        terms["termination"] = random_termination(rng, capped="cap" in terms)
    if rng.random() < 0.7:
        terms["handover"] = {"within_days": rng.randint(1, 40)}
    if rng.random() < 0.65:
        terms["credits"] = {"within_days": rng.choice((1, 5, 15))}
    if rng.random() < 0.3:
        terms["readings"] = {name: rng.choice(options) for name, options in READINGS.items() if rng.random() < 0.5}
    return terms


def random_termination(rng: random.Random, *, capped: bool) -> Data:
    found: Data = {"notice_days": rng.choice((0, 5, 15))}
    if rng.random() < 0.85:
        months = rng.choice((1, 2))
        found["availability"] = {"below": rng.choice(("95.00", "99.50")), "months": months, "within_months": months + 1}
    if rng.random() < 0.85:
        found["scores"] = {"below": "60", "count": rng.choice((1, 2))}
    if capped and rng.random() < 0.85:
        found["cap_reached"] = True
    if rng.random() < 0.85:
        found["payment_late_days"] = rng.choice((1, 10, 60))
    return found


# --- what happens ---------------------------------------------------------------------------------


def plain(type_: str, by: tuple[str, ...]) -> Callable[[Story], None]:
    return lambda s: s.put(type_, s.rng.choice(by), {})


def sign(s: Story) -> None:
    party = s.rng.choice(BOTH)
    s.put("ContractSigned", party, {"party": party})


def accept(s: Story) -> None:
    s.put("StageAccepted", "party_a", {"stage": s.rng.choice(STAGES)})


def amend(s: Story) -> None:
    """Changes of single values that contradict nothing, whatever was changed before."""
    rng, terms = s.rng, s.terms
    part = rng.choice(terms["price"]["parts"])
    unit = next(key for key in ("days", "working_days", "months") if key in part)
    choices: list[Data] = [
        {"price.tax_rate": rng.choice(("0.06", "0.09"))},
        {f"price.parts.{part['number']}.{unit}": rng.randint(1, 15)},
        {f"service.systems.{rng.choice(SYSTEMS)}.monthly_fee": rng.choice(("40000.00", "500.01"))},
        {"service.maintenance_notice_hours": rng.choice((0, 2, 48))},
        {f"readings.{name}": rng.choice(options) for name, options in READINGS.items() if rng.random() < 0.4},
    ]
    if "to" in terms["term"]:
        choices.append({"term.to": s.soon(least=-20, most=200)})
    else:
        choices.append({"term.months": rng.choice((3, 6, 12, 18))})
        choices.append({"term.accepted": rng.choice(STAGES)})
    choices += [{f"stages.{one['stage']}.by": s.soon(least=-10, most=40)} for one in terms["stages"] if "by" in one]
    if "cap" in terms:
        choices.append({"cap.share": rng.choice(("0.01", "0.20"))})
    if "credits" in terms:
        choices.append({"credits.within_days": rng.choice((1, 20))})
    if "delay" in terms:
        choices.append({"delay.cap": rng.choice(("0.05", "0.02"))})
    if terms.get("termination", {}).get("payment_late_days"):
        choices.append({"termination.payment_late_days": rng.choice((1, 5, 30))})
    changes = rng.choice([one for one in choices if one])
    s.put("AmendmentAgreed", rng.choice(BOTH), {"changes": changes, "confirmed_by": BOTH, "summary": "补充协议"})


def agree_reading(s: Story) -> None:
    reading = s.rng.choice(sorted(READINGS))
    data = {"reading": reading, "option": s.rng.choice(READINGS[reading]), "confirmed_by": BOTH}
    s.put("ReadingAgreed", s.rng.choice(BOTH), data)


def announce(s: Story) -> None:
    rng = s.rng
    begins = s.today() + timedelta(days=rng.choice((0, 1, 1, 2, -1)))
    at = datetime(begins.year, begins.month, begins.day, rng.choice((0, 2, 23)), rng.choice((0, 30)), tzinfo=BEIJING)
    data = {"maintenance": s.new("maintenance"), "system": rng.choice(SYSTEMS), "begins": at.isoformat()}
    s.put("MaintenanceAnnounced", "party_b", {**data, "minutes": rng.choice((60, 120, 1440, "30.5"))})


def measure(s: Story) -> None:
    rng, month = s.rng, s.month()
    downtime = rng.choice((0, 30, 43, 44, 60, 450, 2000, 2300, "44.64", "446.4", 50000))
    data: Data = {"month": month, "system": rng.choice(SYSTEMS), "downtime_minutes": downtime}
    if rng.random() < 0.5:
        most = int(Decimal(str(downtime)))
        data["maintenance_minutes"] = rng.choice((0, most // 2, most))
    by = rng.choice(("party_a", "party_b", "party_b", "supervisor"))
    s.put("AvailabilityMeasured", by, data, on=s.told(month))


def measure_months(s: Story) -> None:
    """Several months of one system, most of them bad."""
    system = s.rng.choice(SYSTEMS)
    for back in range(s.rng.randint(2, 4), 0, -1):
        month = corresponding_day(s.today(), -back).isoformat()[:7]
        data = {"month": month, "system": system, "downtime_minutes": s.rng.choice((300, 2300, 5000, 50000, 0))}
        s.put("AvailabilityMeasured", s.rng.choice(("party_a", "party_b")), data, on=s.told(month))


def ticket(s: Story) -> None:
    data = {"ticket": s.new("ticket"), "system": s.rng.choice(SYSTEMS)}
    s.put("TicketOpened", s.rng.choice(BOTH), {**data, "priority": s.rng.choice(("P1", "P1", "P2", "P3"))})
    s.plan += s.rng.choice(([answer_ticket], [answer_ticket, answer_ticket], []))


def answer_ticket(s: Story) -> None:
    """An answer or a resolution, often on the minute that decides."""
    fact = s.pick("ticket")
    if fact is None:
        return
    type_ = s.rng.choice(("TicketResponded", "TicketResolved"))
    minutes = s.rng.choice((15, 240, 300, 60 + 15, 240 + 120, 1000))
    late = timedelta(minutes=minutes) + s.rng.choice((timedelta(0), timedelta(microseconds=1), timedelta(minutes=-1)))
    at = min(fact["at"] + late, s.now)
    on = at.astimezone(BEIJING).isoformat() if s.rng.random() < 0.7 else None
    s.put(type_, "party_b", {"ticket": fact["data"]["ticket"]}, on=on, after=fact)


def assess_quarter(s: Story) -> None:
    score = s.rng.choice(("59", "60", "59.9", "88.25", "90", "100", "40"))
    by = "party_a"
    s.put("QuarterAssessed", by, {"quarter": s.rng.choice((1, 1, 2, 2, 3, 4, 5, 9)), "score": score})


def assess_year(s: Story) -> None:
    for quarter in range(1, 5):
        score = s.rng.choice(("59", "75", "92", "100"))
        s.put("QuarterAssessed", "party_a", {"quarter": quarter, "score": score})


def items(s: Story, *debtors: str, states: tuple[str, ...] = ()) -> list[str]:
    """The ids of items there are now, of these debtors and states."""
    there = section(s, "damages")["items"]
    there = [one for one in there if not debtors or one["debtor"] in debtors]
    return [one["id"] for one in there if not states or one["state"] in states]


def some(s: Story, names: list[str]) -> list[str]:
    return sorted(s.rng.sample(names, min(len(names), s.rng.randint(1, 2))))


def claim(s: Story) -> None:
    wanted = items(s, "party_b", states=("claimable",)) or items(s, "party_b")
    if wanted:
        s.put("CreditsClaimed", "party_a", {"items": some(s, wanted)})
        s.plan += s.rng.choice(([serve], []))


def pay_bond(s: Story) -> None:
    s.put("BondPaid", "party_b", {"amount": s.sum("6000.00")})


def draw_bond(s: Story) -> None:
    wanted = items(s, "party_b")
    if wanted:
        s.put("BondDrawn", "party_a", {"items": some(s, wanted), "amount": s.sum("2000.00")})


def return_bond(s: Story) -> None:
    s.put("BondReturned", "party_a", {"amount": s.sum("6000.00")})


def invoice(s: Story) -> None:
    part = s.rng.choice(s.terms["price"]["parts"])
    total = Decimal(s.terms["price"]["total"])
    whole = Decimal(part["amount"]) if "amount" in part else total * Decimal(part["share"])
    if part.get("assessed") and s.rng.random() < 0.5:
        whole *= Decimal(s.rng.choice(("0.80", "0.95")))
    amount = s.sum(str(whole))
    number = part["number"] if s.rng.random() < 0.96 else 9
    data = {"invoice": s.new("invoice"), "instalment": number, "amount": amount}
    rate = s.rng.choice(("0.06", "0.06", "0.06", "0.06", "0.09"))
    s.put("InvoiceIssued", "party_b", {**data, "tax_rate": rate})
    s.soon(least=1, most=25)


def agree_damages(s: Story) -> None:
    wanted = items(s, s.rng.choice(BOTH)) or items(s)
    if wanted:
        data = {"items": some(s, wanted), "amount": s.sum("900.00"), "confirmed_by": BOTH}
        s.put("DamagesAgreed", s.rng.choice(BOTH), data)


def settle_damages(s: Story) -> None:
    """Paid by who owes them, or set off against an invoice."""
    debtor = s.rng.choice(("party_b", "party_b", "party_a"))
    wanted = items(s, debtor)
    if not wanted:
        return
    data: Data = {"items": some(s, wanted), "amount": s.sum("800.00"), "manner": "paid"}
    fact = s.pick("invoice")
    if fact is not None and debtor == "party_b" and s.rng.random() < 0.6:
        data |= {"manner": "deducted", "invoice": fact["data"]["invoice"]}
    s.put("DamagesSettled", s.rng.choice(BOTH), data)


def give_notice(s: Story) -> None:
    """Notice of termination, by who has a ground mostly, and its service."""
    grounds = [one for one in section(s, "termination")["grounds"] if one["state"] == "open"]
    one = s.rng.choice(grounds) if grounds else None
    by = one["party"] if one is not None and s.rng.random() < 0.85 else s.rng.choice(BOTH)
    data: Data = {"clauses": [one["clause"] if one is not None else "8.1"]} if s.rng.random() < 0.7 else {}
    s.put("TerminationNoticed", by, data)
    s.plan += s.rng.choice(([serve], [serve], [acknowledge, serve], []))


def serve(s: Story) -> None:
    """A notice, a claim or a demand arrives."""
    there = [f for f in s.alive() if f["type"] in ("TerminationNoticed", "CreditsClaimed", "DemandMade")]
    if there:
        fact: Fact = s.rng.choice(there[-4:])
        on = min(fact["day"] + timedelta(days=s.rng.choice((0, 0, 1, 3))), s.today())
        data = {"about": mention(s, fact), "manner": s.rng.choice(("handed", "courier"))}
        s.put("NoticeServed", s.rng.choice(BOTH), data, on=on.isoformat(), after=fact)


def judge(s: Story) -> None:
    fact = s.pick("dispute")
    if fact is None:
        return
    wanted = items(s)
    reading = s.rng.choice(sorted(READINGS))
    choices: list[Data] = [
        rule_debt(s), rule_fact(s), rule_end(s), {"reading": reading, "option": s.rng.choice(READINGS[reading])},
    ]  # fmt: skip
    if wanted:
        choices.append({"items": some(s, wanted), "amount": s.sum("900.00")})
    rulings = [one for one in s.rng.sample(choices, s.rng.randint(1, 2)) if one]
    data = {"dispute": fact["data"]["dispute"], "court": "人民法院", "reference": "（2026）京01民终1号"}
    final = s.rng.random() < 0.8
    s.put("JudgmentEntered", s.rng.choice(BOTH), {**data, "final": final, "rulings": rulings}, after=fact)


WEIGHTS: tuple[tuple[Callable[[Story], None], float], ...] = (
    (sign, 0.7), (accept, 3), (amend, 2.5), (agree_reading, 1), (announce, 3), (measure, 7), (measure_months, 2),
    (ticket, 7), (answer_ticket, 5), (assess_quarter, 4), (assess_year, 1), (claim, 5), (pay_bond, 3), (draw_bond, 2),
    (return_bond, 1.5), (invoice, 6), (void, 1.5), (pay, 5), (return_payment, 1.5), (agree_damages, 2),
    (settle_damages, 3), (give_notice, 2), (serve, 2), (plain("HandoverCompleted", ("party_b",)), 0.5), (correct, 4),
    (retract, 3), (retract_retraction, 0.5), (contest, 3.5), (acknowledge, 3), (relied, 1), (settle_accounts, 0.7),
    (pay_settlement, 0.7), (demand, 1), (dispute, 1), (sue, 0.5), (resolve, 0.5), (judge, 0.8),
)  # fmt: skip


def random_operations(
    rng: random.Random, size: int, *, is_working_day: Callable[[date], bool] = weekdays
) -> list[Fact]:
    """About ``size`` envelopes over 200 to 700 days from November 2025, the registration first."""
    story = Story(rng, size, rng.choice((200, 400, 700)), is_working_day, random_terms(rng))
    story.items = lambda: items_in_some_view(story)
    for party in rng.sample(BOTH, 2) if rng.random() < 0.94 else ():
        story.put("ContractSigned", party, {"party": party})
        story.advance()
    happenings, weights = [h for h, _ in WEIGHTS], [w for _, w in WEIGHTS]
    for _ in range(20 * size):
        if len(story.facts) >= size:
            break
        story.advance()
        if story.plan and rng.random() < 0.6:
            story.plan.pop(0)(story)
        else:
            rng.choices(happenings, weights)[0](story)
    return story.facts


def random_readings(rng: random.Random) -> dict[str, Any]:
    """Readings a question asks with, none mostly."""
    names = rng.sample(sorted(READINGS), rng.choice((0, 0, 1, 3)))
    return {name: rng.choice(READINGS[name]) for name in names}
