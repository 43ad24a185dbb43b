"""Where the contract stands between signature and switch-over, and why (SPEC 4.1)."""

from __future__ import annotations

from datetime import date

from ledger.agreements.beijing_government_cloud_2025.article_11_exit.explain import leaving
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.state import Exits
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life, Proposal
from ledger.domain.calendar import corresponding_day
from ledger.domain.fact import Fact
from ledger.domain.machine import Obligation
from ledger.explanation import Both, Explanation, label, phrase
from ledger.explanation.deadline import deadline


def phase(x: Explanation, now: str) -> None:
    """``now`` is the phase."""
    exits = x.m[Exits]
    effective(x)
    lease(x)
    if x.m[Life].lease is not None:
        term_end(x)
    terminated(x)
    if exits.switched_over is not None:
        x.cite("11.2")
        x.step("EX_SWITCHED_OVER", fact=x.fact(exits.switched_over.id))
    disputes = x.of_type("DisputeOpened")
    if disputes:
        x.cite("12.2")
        x.step("EX_DISPUTED", facts=x.facts(fact.id for fact in disputes))
    x.step("EX_PHASE", day=x.day, phase=label("phase", now))


def part(x: Explanation, name: str, now: str) -> None:
    match name:
        case "signed_on" | "effective_on":
            effective(x)
        case "lease_started_on":
            lease(x)
        case "ends_on":
            term_end(x)
        case "terminated_on" | "provisional":
            terminated(x)
        case _:
            phase(x, now)


def effective(x: Explanation) -> None:
    x.cite("13.1")
    life = x.m[Life]
    for party, signature in life.signed.items():
        x.step("EX_SIGNED", party=label("role", party), fact=x.fact(signature.id))
    if life.effective_on is not None:
        x.step("EX_EFFECTIVE", on=life.effective_on)
    else:
        x.step("EX_NOT_EFFECTIVE", day=x.day)


def lease(x: Explanation) -> None:
    life = x.m[Life]
    x.cite("13.1")
    if life.lease is not None:
        x.step("EX_LEASE", fact=x.fact(life.lease.id))
    else:
        x.step("EX_TERM_NO_LEASE")


def terminated(x: Explanation) -> None:
    """What ended the contract early, or what would."""
    x.cite("10.1", "10.2", "10.4", "11.1", "13.2")
    life = x.m[Life]
    over = life.terminated_on is not None and life.terminated_on <= x.day
    if not over:
        x.step("EX_NOT_TERMINATED", day=x.day)
        return
    facts = [x.by_id[id_] for id_ in life.terminated_by]
    for proposal in life.proposals.values():
        if proposal.fact in facts:
            _by_consent(x, proposal)
    exited = x.m[Exits].exited
    if exited is not None:
        leaving(x, exited)
    if any(fact.type == "TerminationDeclared" for fact in facts):
        x.cite(*(getattr(fact.what, "clause", "10.1") for fact in facts))
    x.step("EX_TERMINATED", on=life.terminated_on, facts=x.facts(life.terminated_by))


def _by_consent(x: Explanation, proposal: Proposal) -> None:
    x.cite("13.2")
    x.step("EX_PROPOSED", fact=x.fact(proposal.fact.id), on=proposal.day)
    notice_period(x, proposal)


def notice_period(x: Explanation, proposal: Proposal) -> None:
    """The working days of notice a proposal needs (13.2)."""
    count = x.terms(proposal.fact.day).periods.termination_notice_working_days
    deadline(x, x.m.calendar.working_days(proposal.fact.day, count))


def term_end(x: Explanation, duty: Obligation | None = None) -> None:
    """The day the term ends, and why that one."""
    life = x.m[Life]
    x.cite("13.1")
    if life.ends_on is None or life.lease is None:
        x.step("EX_TERM_NO_LEASE")
        return
    if life.renewed_to is not None:
        x.cite("13.2")
        x.step("EX_TERM_RENEWED", ends_on=life.ends_on, facts=x.facts(life.renewed_by))
        return
    months = x.terms(x.day).term.months
    corresponding: date = corresponding_day(life.lease.day, months)
    option = x.read("term-end")
    code = "EX_TERM_DAY_BEFORE" if option == "day-before" else "EX_TERM_ENDS"
    x.cite("civil code 202")
    x.step(code, lease=x.fact(life.lease.id), months=months, corresponding=corresponding, ends_on=life.ends_on)


def source(x: Explanation, duty: Obligation) -> Both:
    """Who set the due day of what is due by the end of the term."""
    x.cite("13.1")
    return phrase("EX_SOURCE_TERM_END")


def notice_too_short(x: Explanation, fact: Fact) -> None:
    proposal = next(other for other in x.m[Life].proposals.values() if other.fact.id == fact.id)
    x.step("EX_PROPOSED", fact=x.fact(fact.id), on=proposal.day)
    notice_period(x, proposal)
