"""第十三条 合同期限及解除条款: signature, term, renewal and termination by consent."""

from __future__ import annotations

from datetime import date

from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import (
    ContractSigned,
    LeaseStarted,
    ProposalAccepted,
    RenewalProposed,
    TerminationProposed,
)
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life, Proposal
from ledger.agreements.beijing_government_cloud_2025.terms import latest_terms, terms_on
from ledger.domain.calendar import corresponding_day
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.agreement import AmendmentAgreed, ReadingAgreed
from ledger.domain.machine import ONE_DAY, Machine


def signed(m: Machine, fact: Fact, what: ContractSigned) -> None:
    # 13(1) "本合同自双方法定代表人或授权代表人签字并加盖公章或合同专用章之日起生效"
    life = m[Life]
    life.signed.setdefault(what.party, fact)
    if life.effective_on is None and len(life.signed) == 2:
        life.effective_on = fact.day
        m.touched.add("term")


def lease_started(m: Machine, fact: Fact, what: LeaseStarted) -> None:
    # 13(1) "履行期至起租之日起 12 个月 后终止"
    life = m[Life]
    if life.lease is None:
        life.lease = fact
        life.moved(m)
        fix_term(m)


def fix_term(m: Machine) -> None:
    """``ends_on`` as the lease, the term and the reading ``term-end`` have it now; a renewal prevails."""
    life = m[Life]
    if life.lease is None:
        return
    if life.renewed_to is not None:
        m[Life].move_end(m, life.renewed_to)
    else:
        last = corresponding_day(life.lease.day, latest_terms(m).term.months)
        m[Life].move_end(m, last - ONE_DAY if m.agreement.latest.readings["term-end"] == "day-before" else last)


def amended(m: Machine, fact: Fact, what: AmendmentAgreed) -> None:
    # 14(2) "未经甲乙双方书面确认，任何一方不得自行变更或修改本合同"
    m.agreement.amend(fact.day, what.changes, fact.id)
    _agreement_moves(m)


def reading_agreed(m: Machine, fact: Fact, what: ReadingAgreed) -> None:
    m.agreement.agree_reading(fact.day, what.reading, what.option, fact.id)
    _agreement_moves(m)


def _agreement_moves(m: Machine) -> None:
    m[Life].moved(m)
    m.touched.update(("balance", "readings"))
    fix_term(m)


def renewal_proposed(m: Machine, fact: Fact, what: RenewalProposed) -> None:
    life = m[Life]
    life.proposals[what.proposal] = Proposal(fact, renewal=True, day=what.ends_on, ends_on=life.ends_on)


def termination_proposed(m: Machine, fact: Fact, what: TerminationProposed) -> None:
    m[Life].proposals[what.proposal] = Proposal(fact, renewal=False, day=what.effective_on)


def proposal_accepted(m: Machine, fact: Fact, what: ProposalAccepted) -> None:
    # 13(2) "任何一方欲解除或续签本合同，应提前 30 个工作日以书面形式向对方提出，经对方书面同意后方可解除或续签"
    life = m[Life]
    proposal = life.proposals[what.proposal]
    if proposal.accepted:
        return
    proposal.accepted = True
    notice = m.calendar.working_days(
        proposal.fact.day, terms_on(m, proposal.fact.day).periods.termination_notice_working_days
    )
    m.years.update(notice.years)
    if proposal.renewal:
        _renew(m, fact, proposal, notice.due)
        return
    if proposal.day < notice.due:
        m.anomaly("NOTICE_TOO_SHORT", proposal.fact)
    proposal.takes_effect_on = effective_on = max(proposal.day, notice.due, fact.day)
    by = _together(proposal.fact, fact)
    rests_on_notice = notice.provisional and effective_on == notice.due

    def take_effect(m: Machine) -> None:
        life.terminate(m, effective_on, by, provisional=rests_on_notice)

    m.touched.add("termination")  # a right of party A may have another last day now
    m.wake(effective_on, "term", lambda m: m.effects.append(take_effect))


def _renew(m: Machine, fact: Fact, proposal: Proposal, earliest: date) -> None:
    """A late renewal is an anomaly, and takes effect if accepted (4.1)."""
    life = m[Life]
    if proposal.ends_on is not None and earliest > proposal.ends_on:
        m.anomaly("NOTICE_TOO_SHORT", proposal.fact)
    if life.terminated_on is not None:
        return
    life.renewed_to = proposal.day
    life.renewed_by = _together(proposal.fact, fact)
    fix_term(m)


def _together(*facts: Fact) -> list[str]:
    return [fact.id for fact in sorted(facts, key=chronological)]
