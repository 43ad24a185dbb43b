"""第一条 合同生效与服务期: signature, and the service period by dates or from an acceptance."""

from __future__ import annotations

from datetime import date

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_02_payment.facts import StageAccepted
from ledger.agreements.it_operations_maintenance.article_02_payment.state import Acceptances
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.domain.calendar import corresponding_day
from ledger.domain.fact import Fact
from ledger.domain.facts.agreement import AmendmentAgreed, ContractSigned
from ledger.domain.machine import ONE_DAY, End, Machine


def signed(m: Machine, fact: Fact, what: ContractSigned) -> None:
    # 1.1 "本合同自双方签字并加盖公章之日起生效"
    life = m[ServiceLife]
    life.signed.setdefault(what.party, fact)
    if life.effective_on is None and len(life.signed) == 2:
        life.effective_on = fact.day
    set_term(m)


def amended(m: Machine, fact: Fact, what: AmendmentAgreed) -> None:
    set_term(m)
    m.touched.update(m.template.sections)


def stage_accepted(m: Machine, fact: Fact, what: StageAccepted) -> None:
    m[Acceptances].accepted.setdefault(what.stage, fact)
    set_term(m)


def set_term(m: Machine) -> None:
    """Set the service period by the terms as they are now, and wake whatever waits for its days."""
    # 1.2 "以某一阶段验收通过之日为起始日的，服务期自该日起算，按约定的月数届满"
    life, term = m[ServiceLife], TERMS.latest(m).term
    began = m[Acceptances].accepted.get(term.accepted) if term.accepted is not None else None
    starts, ends = term.from_, term.to
    if began is not None:
        starts, ends = began.day, corresponding_day(began.day, term.months or 0)
    m.touched.add("term")
    if (starts, ends, began) == (life.starts_on, life.ends_on, life.began_by) and life.version:
        return
    life.starts_on, life.ends_on, life.began_by = starts, ends, began
    _moved(m)
    for day in (starts, ends + ONE_DAY if ends is not None else None):
        if day is not None:
            m.wake(day, "term", _run_out)


def _moved(m: Machine) -> None:
    m[ServiceLife].version += 1
    m.touched.update(("term", "service", "damages", "termination", "balance"))


def _run_out(m: Machine) -> None:
    """The term is over or, after an amendment, no longer is."""
    life = m[ServiceLife]
    if life.terminated_on is None:
        by = [life.began_by.id] if life.began_by is not None else [m.registration.id]
        over = life.over_on(m.day) and life.ends_on is not None
        m.end(End(life.ends_on + ONE_DAY, False, by) if over and life.ends_on is not None else None)


def terminate(m: Machine, day: date, last_day: date, by: list[str]) -> None:
    """The contract is terminated on ``day``; ``last_day`` is its last."""
    life = m[ServiceLife]
    life.terminated_on, life.terminated_last, life.terminated_by = day, last_day, by
    m.end(End(day, True, by))
    m.wake(last_day + ONE_DAY, "term")
    _moved(m)
