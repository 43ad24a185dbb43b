"""第十三条 合同期限及解除条款: signature, term, renewal and termination by consent."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.article_11_exit.state import Exits
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import (
    BillingStarted,
    DataDisposed,
    LeaseStarted,
    ProposalAccepted,
    ProposalRejected,
    RenewalProposed,
    TerminationProposed,
)
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import (
    Life,
    Months,
    Proposal,
    Ruled,
    Start,
    ruled,
)
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.agreement import AmendmentAgreed, ContractSigned, ReadingAgreed
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.law.arrival import arrived_on
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.rulings import TerminationRuled, rulings_of

STARTS_WITH: dict[type, str] = {LeaseStarted: "lease", BillingStarted: "billing"}


def signed(m: Machine, fact: Fact, what: ContractSigned) -> None:
    # 13(1) "本合同自双方法定代表人或授权代表人签字并加盖公章或合同专用章之日起生效"
    life = m[Life]
    _end_as_ruled(m)
    life.signed.setdefault(what.party, fact)
    if life.effective_on is None and len(life.signed) == 2:
        life.effective_on = fact.day
        m.touched.add("term")
        if life.unsigned is not None:
            m.no_anomaly(life.unsigned)
            life.unsigned = None
        begin_on_the_day_agreed(m)


def service_started(m: Machine, fact: Fact, what: LeaseStarted | BillingStarted) -> None:
    # 13(1) "履行期至起租之日起 12 个月 后终止"; in other contracts from 实际开通计费之日
    life, term = m[Life], TERMS.on(m, fact.day).term
    _end_as_ruled(m)
    if life.start is None and term.starts_on is None and term.starts_with == STARTS_WITH[type(what)]:
        # 民法典第四百九十条 "当事人一方已经履行主要义务，对方接受时，该合同成立": performed and accepted, but unsigned
        if life.effective_on is None:
            life.unsigned = m.anomaly("SIGNATURE_MISSING", fact)
        life.start = Start(fact.day, fact)
        life.moved(m)
        fix_term(m)


def begin_on_the_day_agreed(m: Machine) -> None:
    """A term from a day to a day needs no fact to start it, only a contract that is effective."""
    life, starts_on = m[Life], TERMS.latest(m).term.starts_on
    if starts_on is None or life.effective_on is None:
        return
    start = Start(starts_on, m.registration) if starts_on <= m.day else None
    if start is None:
        m.wake(starts_on, "term", begin_on_the_day_agreed)
    if start != life.start:
        life.start = start
        life.moved(m)
    fix_term(m)


def fix_term(m: Machine) -> None:
    """``ends_on`` by the start, the terms and the reading ``term-end`` as they are now; a renewal prevails."""
    ends_on = m[Life].term_ends_on(m, m[Life].renewed_to)
    if ends_on is not None:
        m[Life].move_end(m, ends_on)


def amended(m: Machine, fact: Fact, what: AmendmentAgreed | ReadingAgreed) -> None:
    # 14(2) "未经甲乙双方书面确认，任何一方不得自行变更或修改本合同"
    m[Life].moved(m)
    m.touched.add("balance")
    begin_on_the_day_agreed(m)
    fix_term(m)


def renewal_proposed(m: Machine, fact: Fact, what: RenewalProposed) -> None:
    life = m[Life]
    life.proposals[what.proposal] = Proposal(fact, renewal=True, day=what.ends_on, ends_on=life.ends_on)


def termination_proposed(m: Machine, fact: Fact, what: TerminationProposed) -> None:
    m[Life].proposals[what.proposal] = Proposal(fact, renewal=False, day=what.effective_on)


def judgment_entered(m: Machine, fact: Fact, what: JudgmentEntered) -> None:
    """A final judgment on the termination prevails over everything up to its day, the later of two (SPEC 2.4)."""
    if what.final:
        for ruling in rulings_of(what, TerminationRuled):
            m.look_back("terminated_on", Ruled(fact.day, ruling.terminated_on, fact.id))
        _end_as_ruled(m)


def _end_as_ruled(m: Machine) -> None:
    """Let the contract end on the day that a judgment known by now ruled."""
    said, life = ruled(m), m[Life]
    if said is None or said.terminated_on is None or life.awaits_ruled_end:
        return
    life.awaits_ruled_end = True
    day, by = said.terminated_on, said.by

    def take_effect(m: Machine) -> None:
        if life.terminated_on is None or life.terminated_on > day:
            life.end(m, day, [by])

    m.wake(day, "term", lambda m: m.effects.append(take_effect))


def proposal_rejected(m: Machine, fact: Fact, what: ProposalRejected) -> None:
    # 民法典第四百七十八条 "要约被拒绝": the offer is extinct, and a later acceptance finds nothing to accept
    proposal = m[Life].proposals[what.proposal]
    if proposal.answer is None:
        proposal.answer = fact


def proposal_accepted(m: Machine, fact: Fact, what: ProposalAccepted) -> None:
    # 13(2) "任何一方欲解除或续签本合同，应提前 30 个工作日以书面形式向对方提出，经对方书面同意后方可解除或续签"
    proposal = m[Life].proposals[what.proposal]
    if proposal.answer is not None:
        return
    # 民法典第四百八十三条 "承诺生效时合同成立": a later rejection undoes nothing
    proposal.answer, proposal.accepted = fact, True
    arrived = min(arrived_on(m, proposal.fact), fact.day)
    count = TERMS.on(m, proposal.fact.day).periods.termination_notice_working_days
    if count is not None:
        proposal.notice = m.calendar.working_days(arrived, count)
        m.years.update(proposal.notice.years)
    if proposal.renewal:
        _renew(m, fact, proposal)
    else:
        _terminate(m, fact, proposal)


def first_in_time(m: Machine, proposal: Proposal) -> date:
    """The first day that keeps the notice period: the day after it, or its last [``notice-day``]; any day, where none
    is agreed.
    """
    notice = proposal.notice
    if notice is None:
        return date.min
    same_day = m.agreement.reading("notice-day", proposal.fact.day) == "same-day"
    return notice.due if same_day else notice.due + ONE_DAY


def _terminate(m: Machine, fact: Fact, proposal: Proposal) -> None:
    # 民法典第五百六十二条 "当事人协商一致，可以解除合同": consent cures a short notice [notice-waiver]
    agreed, in_time = max(proposal.day, fact.day), first_in_time(m, proposal)
    strict = False
    if agreed < in_time:
        m.anomaly("NOTICE_TOO_SHORT", proposal.fact)
        strict = m.agreement.reading("notice-waiver", fact.day) == "strict"
    proposal.takes_effect_on = effective_on = max(agreed, in_time) if strict else agreed
    by = _together(proposal.fact, fact)
    provisional = proposal.notice is not None and proposal.notice.provisional
    rests_on_notice = provisional and effective_on == in_time and effective_on != agreed

    def take_effect(m: Machine) -> None:
        m[Life].terminate(m, effective_on, by, provisional=rests_on_notice)

    m.touched.add("termination")  # a right of party A may have another last day now
    m.wake(effective_on, "term", lambda m: m.effects.append(take_effect))


def _renew(m: Machine, fact: Fact, proposal: Proposal) -> None:
    """A late renewal is an anomaly, and takes effect if accepted (4.1)."""
    life = m[Life]
    if proposal.ends_on is not None and first_in_time(m, proposal) > proposal.ends_on:
        m.anomaly("NOTICE_TOO_SHORT", proposal.fact)
    if life.terminated_on is not None:
        return
    life.renewed_on, life.before_renewal = fact.day, (life.renewed_to, life.renewed_by)
    life.renewed_to = proposal.day
    life.renewed_by = _together(proposal.fact, fact)
    fix_term(m)


def _together(*facts: Fact) -> list[str]:
    return [fact.id for fact in sorted(facts, key=chronological)]


def data_disposed(m: Machine, fact: Fact, what: DataDisposed) -> None:
    # 13(2) "解除合同期间，乙方应配合甲方对其数据进行搬迁、转移或销毁": what is destroyed cannot be moved any more
    if what.manner == "destroyed" and m[Exits].switched_over is None:
        m.anomaly("DATA_DESTROYED_EARLY", fact)


# -- months that were no part of the operation -------------------------------------------------------


def month_told(m: Machine, fact: Fact, what: Any) -> None:
    m[Months].told.append((what.month, fact))
    _hold_against(m, what.month, fact)


def _hold_against(m: Machine, month: str, fact: Fact) -> None:
    """A report or assessment of a month outside the operating period has no other effect (4.2)."""
    outside = m[Months].outside
    inside = m[Life].operating_month(month)
    if inside and fact.id in outside:
        m.no_anomaly(outside.pop(fact.id))
    elif not inside and fact.id not in outside:
        outside[fact.id] = m.anomaly("MONTH_OUTSIDE_OPERATION", fact)


def close(m: Machine) -> None:
    """Where the operating period changed, every month is compared with it again."""
    months, period = m[Months], m[Life].operating_period
    if months.within != period:
        months.within = period
        for month, fact in months.told:
            _hold_against(m, month, fact)
