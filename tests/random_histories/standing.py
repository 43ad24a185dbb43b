"""Whose word counts (SPEC 2.4) and what courts, creditors and couriers do: contests, acknowledgements, judgments,
demands, settlements, service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.oracle_facts import INTRODUCES, READINGS, Fact, identifier
from tests.random_histories.changing import mention
from tests.random_histories.status import claims, section
from tests.random_histories.story import BOTH, Data, Story

NEVER = ("FactContested", "FactAcknowledged", "ContractRegistered", "EvidenceExported")


def the_other(role: str) -> str:
    return "party_b" if role == "party_a" else "party_a"


def acknowledge(s: Story) -> None:
    """The other side accepts what was said: what waits for it, mostly."""
    waiting = [c["fact"] for c in claims(s)]
    there = [f for f in s.heard() if f["type"] not in NEVER]
    there = [f for f in there if f["id"] in waiting] if waiting and s.rng.random() < 0.7 else there
    if there:
        fact = s.rng.choice(there)
        others = [the_other(fact["by"]), the_other(fact["by"]), *BOTH, "supervisor"]
        by = s.rng.choice([role for role in others if role != fact["by"]])
        s.put("FactAcknowledged", by, {"target": mention(s, fact)})


def contest(s: Story) -> None:
    """Somebody disputes what was said, with a document or without."""
    there = [f for f in s.heard() if f["type"] not in NEVER]
    if not there:
        return
    fact = s.rng.choice(there[-8:] if s.rng.random() < 0.6 else there)
    roles = (*BOTH, *BOTH, *BOTH, "supervisor", "administrator", fact.get("actor", "party_b"))
    by = s.rng.choice([role for role in roles if role != fact["by"]])
    s.put("FactContested", by, {"target": mention(s, fact), "reason": "不认可"}, documents=0.5)


def serve(s: Story) -> None:
    """A declaration, proposal, notice, request or demand arrives."""
    types = ("TerminationDeclared", "RectificationNoticeIssued", "TerminationProposed", "RenewalProposed", "DemandMade")
    there = [f for f in s.alive() if f["type"] in types]
    there = [f for f in there if f["type"] == "TerminationDeclared" or s.rng.random() < 0.4]
    if there:
        fact = s.rng.choice(there[-4:])
        about = identifier(INTRODUCES, fact)
        names = [mention(s, fact), *([about[1]] if about else [])]
        on = None if s.rng.random() < 0.3 else min(fact["day"] + timedelta(days=s.rng.choice((0, 0, 1, 3))), s.today())
        data = {"about": s.rng.choice(names), "manner": s.rng.choice(("handed", "courier", "court"))}
        s.put("NoticeServed", s.rng.choice(BOTH), data, on=None if on is None else on.isoformat(), after=fact)


def declare_and_serve(s: Story) -> None:
    """A declaration under some clauses, or none named, and its service."""
    grounds = section(s, "termination")["grounds"]
    clauses = sorted({g["clause"] for g in grounds if g["state"] == "open"}) or ["10.1", "10.2", "10.4"]
    clauses = sorted(s.rng.sample(clauses, s.rng.randint(1, len(clauses))))
    data: Data = {"clauses": clauses} if s.rng.random() < 0.8 else {}
    if s.rng.random() < 0.15:
        data = {"clauses": ["10.2"]}
    s.put("TerminationDeclared", "party_a", data)
    s.plan += s.rng.choice(([serve], [serve], [acknowledge, serve], []))


def settle_accounts(s: Story) -> None:
    """A settlement of both."""
    data: Data = {"settlement": s.new("settlement"), "debtor": s.rng.choice(BOTH), "amount": s.sum("800.00")}
    if s.rng.random() < 0.7:
        data["due_on"] = s.soon(most=30)
    s.put("SettlementAgreed", s.rng.choice(BOTH), {**data, "summary": "结算", "confirmed_by": BOTH})
    s.plan += s.rng.choice(([pay_settlement], [demand], []))


def pay_settlement(s: Story) -> None:
    """The debtor pays what was settled or ruled, whole or in part."""
    debts = [o for o in section(s, "obligations") if o["kind"] == "settlement"]
    if debts:
        debt = s.rng.choice(debts)
        data = {"payment": s.new("payment"), "settlement": debt["id"].partition(":")[2]}
        s.put("PaymentMade", debt["obligor"], {**data, "amount": s.sum("800.00")})


def demand(s: Story) -> None:
    """A creditor demands what is owed; now and then somebody who is not."""
    debts = section(s, "limitation")
    if debts:
        some = s.rng.sample(debts, min(len(debts), s.rng.randint(1, 2)))
        by = some[0]["creditor"] if s.rng.random() < 0.85 else s.rng.choice(BOTH)
        s.put("DemandMade", by, {"demand": s.new("demand"), "about": sorted(d["debt"] for d in some)})


def dispute(s: Story) -> None:
    """A dispute over some facts, perhaps before a court."""
    facts = [f for f in s.alive() if f["type"] not in ("EvidenceExported", "ContractSigned")]
    incidents = [f for f in facts if f["type"] in ("IncidentReported", "InvoiceIssued", "SettlementAgreed")]
    pool = incidents if incidents and s.rng.random() < 0.7 else facts
    names = sorted({mention(s, f) for f in s.rng.sample(pool, min(len(pool), s.rng.randint(1, 2)))})
    s.put("DisputeOpened", s.rng.choice(BOTH), {"dispute": s.new("dispute"), "clauses": ["10.2"], "facts": names})
    s.plan += s.rng.choice(([sue], [sue, resolve], [sue, judge], [judge], []))


def sue(s: Story) -> None:
    fact = s.pick("dispute")
    if fact is not None:
        s.put("LawsuitFiled", s.rng.choice(BOTH), {"dispute": fact["data"]["dispute"], "court": "人民法院"}, after=fact)


def resolve(s: Story) -> None:
    fact = s.pick("dispute")
    if fact is not None:
        s.put(
            "DisputeResolved", s.rng.choice(BOTH), {"dispute": fact["data"]["dispute"], "outcome": "和解"}, after=fact
        )


def judge(s: Story) -> None:
    """A judgment on one to three matters."""
    fact = s.pick("dispute")
    if fact is None:
        return
    rulings = [ruling(s) for ruling in s.rng.sample(RULINGS, s.rng.randint(1, 3))]
    rulings = [one for one in rulings if one]
    if rulings:
        data = {"dispute": fact["data"]["dispute"], "court": "人民法院", "reference": "（2026）京01民终1号"}
        final = s.rng.random() < 0.8
        s.put("JudgmentEntered", s.rng.choice(BOTH), {**data, "final": final, "rulings": rulings}, after=fact)


def rule_grade(s: Story) -> Data:
    fact = s.pick("incident")
    return {"incident": fact["data"]["incident"], "grade": s.rng.choice(("A", "B", "none"))} if fact else {}


def rule_damages(s: Story) -> Data:
    items = [i["id"] for i in section(s, "damages")["items"]]
    some = sorted(s.rng.sample(items, min(len(items), s.rng.randint(1, 2))))
    return {"items": some, "amount": s.sum("900.00")} if some else {}


def rule_reading(s: Story) -> Data:
    reading = s.rng.choice(sorted(READINGS))
    return {"reading": reading, "option": s.rng.choice(READINGS[reading])}


def rule_fact(s: Story) -> Data:
    waiting = [c["fact"] for c in claims(s)]
    there = [f["id"] for f in s.heard() if f["type"] not in (*NEVER, "JudgmentEntered")]
    named = s.rng.choice(waiting if waiting and s.rng.random() < 0.6 else there or waiting)
    return {"fact": named, "stands": s.rng.random() < 0.5}


def rule_end(s: Story) -> Data:
    back = timedelta(days=s.rng.choice((0, 1, 5, 20, -10)))
    return {"terminated_on": None if s.rng.random() < 0.5 else (s.today() - back).isoformat()}


def rule_debt(s: Story) -> Data:
    data: Data = {"debtor": s.rng.choice(BOTH), "amount": s.sum("700.00")}
    return {**data, "due_on": s.soon(most=30)} if s.rng.random() < 0.6 else data


RULINGS: tuple[Callable[[Story], Data], ...] = (
    rule_grade, rule_damages, rule_reading, rule_fact, rule_end, rule_debt
)  # fmt: skip


def relied(s: Story) -> None:
    """The other side relies on what was said, and then the one who said it takes it back or retells it."""
    facts: list[Fact] = [f for f in s.alive() if f["by"] in BOTH and f["type"] not in NEVER]
    if not facts:
        return
    fact = s.rng.choice(facts[-6:])

    def take_back(s: Story) -> None:
        if s.rng.random() < 0.5:
            s.put("FactRetracted", fact["by"], {"target": mention(s, fact), "reason": "改口"}, documents=0.3)
        elif fact["type"] == "IncidentReported":
            data = {"incident": fact["data"]["incident"], "responsibility": "other"}
            s.put("IncidentAssessed", fact["by"], data, documents=0.3)
        else:
            data = {"target": mention(s, fact), "data": fact["data"], "on": fact["day"].isoformat(), "reason": "更正"}
            s.put("FactCorrected", fact["by"], data, documents=0.3)

    s.plan += [
        s.rng.choice((declare_and_serve, acknowledge)),
        take_back,
        s.rng.choice((contest, acknowledge, take_back)),
    ]
