"""The phase of the contract between signature and switch-over, and why (SPEC 4.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.article_11_exit.explain import leaving
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.state import Exits
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life, Proposal, ruled
from ledger.bilingual import Bilingual, joined, label, phrase
from ledger.domain.calendar import corresponding_day
from ledger.domain.fact import Fact
from ledger.domain.law import arrival
from ledger.domain.machine import ONE_DAY, Obligation
from ledger.explanation import Explanation
from ledger.explanation.deadline import deadline


def phase(x: Explanation, now: str) -> None:
    """``now`` is the phase."""
    exits = x.m[Exits]
    effective(x)
    lease(x)
    if x.m[Life].ends_on is not None:
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
        case "lease_started_on" | "starts_on" | "starts_with":
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
    """What starts the term, and whether it has started."""
    life, term = x.m[Life], x.terms(x.day).term
    x.cite("13.1")
    if term.starts_on is not None:
        x.rest_on(x.m.registration.id)
        x.step("EX_TERM_DATED", starts_on=term.starts_on, ends_on=term.ends_on)
        if life.effective_on is None:
            x.step("EX_TERM_DATED_UNSIGNED")
    elif life.start is not None:
        x.step("EX_BILLING" if term.starts_with == "billing" else "EX_LEASE", fact=x.fact(life.start.id))
    else:
        x.step("EX_TERM_NO_BILLING" if term.starts_with == "billing" else "EX_TERM_NO_LEASE")


def terminated(x: Explanation) -> None:
    """What ended the contract early, or would do so."""
    x.cite("10.1", "10.2", "10.4", "11.1", "13.2")
    life = x.m[Life]
    over = life.terminated_on is not None and life.terminated_on <= x.day
    said = ruled(x.m)
    if said is not None and said.by in x.by_id:
        x.cite("12.1")
        code = "EX_RULED_NOT_TERMINATED" if said.terminated_on is None else "EX_RULED_TERMINATED"
        x.step(code, on=said.terminated_on or said.day, fact=x.fact(said.by))
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
    x.step("EX_TERMINATED", on=life.terminated_on, facts=x.facts(life.terminated_by), last=life.last_day)
    x.step("EX_AFTER_THE_END")
    x.cite("civil code 557", "civil code 566", "civil code 567")


def _by_consent(x: Explanation, proposal: Proposal) -> None:
    notice_period(x, proposal)
    if proposal.answer is not None:
        x.cite("civil code 562")
        x.step("EX_CONSENTED", fact=x.fact(proposal.answer.id), on=proposal.takes_effect_on)


def notice_period(x: Explanation, proposal: Proposal) -> None:
    """The working days of notice that a proposal needs (13.2), and whether it kept them."""
    x.cite("13.2")
    x.step("EX_PROPOSED", fact=x.fact(proposal.fact.id), on=proposal.day)
    for service in arrival.services(x.m, proposal.fact)[:1]:
        x.cite("civil code 137")
        x.step("EX_ARRIVED", service=x.fact(service.id))
    x.rest_on_term("periods.termination_notice_working_days", proposal.fact.day)
    if proposal.notice is None:
        if x.terms(proposal.fact.day).periods.termination_notice_working_days is None:
            x.step("EX_NOTICE_NONE_AGREED")
        return
    deadline(x, proposal.notice)
    same_day = x.read("notice-day", proposal.fact.day) == "same-day"
    first = proposal.notice.due if same_day else proposal.notice.due + ONE_DAY
    x.step("EX_NOTICE_SAME_DAY" if same_day else "EX_NOTICE_NEXT_DAY", last=proposal.notice.due, first=first)
    if proposal.answer is not None and not proposal.renewal:
        agreed = max(proposal.day, proposal.answer.day)
        if agreed >= first:
            x.step("EX_NOTICE_KEPT", on=agreed)
        elif x.read("notice-waiver", proposal.answer.day) == "strict":
            x.step("EX_NOTICE_STRICT", on=agreed, effective=proposal.takes_effect_on)
        else:
            x.cite("civil code 562")
            x.step("EX_NOTICE_WAIVED", on=agreed, fact=x.fact(proposal.answer.id))
    elif proposal.ends_on is not None:
        code = "EX_RENEWAL_LATE" if first > proposal.ends_on else "EX_RENEWAL_IN_TIME"
        x.step(code, first=first, ends_on=proposal.ends_on)


def term_end(x: Explanation, duty: Obligation | None = None) -> None:
    """The day the term ends, and why that one."""
    life = x.m[Life]
    x.cite("13.1")
    if life.ends_on is None:
        lease(x)
        return
    if life.renewed_to is not None:
        x.cite("13.2")
        x.step("EX_TERM_RENEWED", ends_on=life.ends_on, facts=x.facts(life.renewed_by))
        return
    term = x.terms(x.day).term
    if term.ends_on is not None or life.start is None:
        lease(x)
        return
    months = term.months
    corresponding: date = corresponding_day(life.start.day, months)
    option = x.read("term-end")
    code = "EX_TERM_DAY_BEFORE" if option == "day-before" else "EX_TERM_ENDS"
    x.cite("civil code 202")
    if term.starts_with == "billing":
        code = "EX_TERM_DAY_BEFORE_FROM_BILLING" if option == "day-before" else "EX_TERM_ENDS_FROM_BILLING"
    x.step(code, lease=x.fact(life.start.id), months=months, corresponding=corresponding, ends_on=life.ends_on)


def ended_before_switchover(x: Explanation, duty: Obligation) -> None:
    """What ended the contract, before the switch-over began."""
    life = x.m[Life]
    if life.terminated_on is not None:
        x.step("EX_OVER_TERMINATED", on=life.terminated_on, facts=x.facts(life.terminated_by))
    else:
        term_end(x)
    x.read("switchover-period", duty.raised_on)


def source(x: Explanation, duty: Obligation) -> Bilingual:
    """Who set the due day of an obligation due by the end of the term."""
    x.cite("13.1")
    return phrase("EX_SOURCE_TERM_END")


def notice_too_short(x: Explanation, fact: Fact) -> None:
    notice_period(x, next(other for other in x.m[Life].proposals.values() if other.fact.id == fact.id))


def signature_missing(x: Explanation, fact: Fact) -> None:
    life = x.m[Life]
    x.cite("civil code 490")
    missing = joined(label("role", party) for party in ("party_a", "party_b") if party not in life.signed)
    x.step("EX_SIGNATURE_MISSING", fact=x.fact(fact.id), missing=missing, day=x.day)


def destroyed_early(x: Explanation, fact: Fact) -> None:
    x.cite("11.2")
    x.step("EX_DESTROYED_EARLY", fact=x.fact(fact.id))
    done = x.m[Exits].switched_over
    if done is not None:
        x.step("EX_SWITCHED_OVER", fact=x.fact(done.id))


def month_outside(x: Explanation, fact: Fact) -> None:
    what: Any = fact.what
    operating_period(x)
    x.step("EX_MONTH_OUTSIDE", fact=x.fact(fact.id), month=what.month)


def operating_period(x: Explanation) -> None:
    """The operating period, and what set its first and last day."""
    life = x.m[Life]
    x.read("operating-period")
    first, last = life.operating_period
    starts = [one for one in (life.trial_run, life.start) if one is not None and one.day == first]
    if first is None or not starts:
        x.step("EX_NOT_OPERATING", day=x.day)
    elif last is None:
        x.step("EX_OPERATING_SINCE", first=first, fact=x.fact(starts[0].id))
    else:
        x.step("EX_OPERATING_FROM_TO", first=first, fact=x.fact(starts[0].id), last=last)

