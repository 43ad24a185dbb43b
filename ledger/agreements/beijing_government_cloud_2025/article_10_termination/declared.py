"""Termination declared under article 10 (4.1, 4.8), judged for the day it would take effect, by all that is known now.

It takes effect on the later of its own day and the day it reached party B, if a ground is open on that day, whatever
clauses it names. The state that day counts as if it were the contract's last: later events do not matter, but what
becomes known later of that day and those before it does, and then all days since are swept again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Counted, Grouped
from ledger.agreements.beijing_government_cloud_2025.article_10_termination import rule
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import TerminationDeclared
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.grounds import open_until
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import (
    Before,
    Declaration,
    Grounds,
    Named,
)
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life, ruled
from ledger.domain.declare import NamedTuple
from ledger.domain.fact import PARTY_B, Fact, chronological
from ledger.domain.facts.record import FactAcknowledged
from ledger.domain.facts.settlement import NoticeServed
from ledger.domain.law.arrival import arrival, names
from ledger.domain.machine import Anomaly, Machine

TOOK_EFFECT = "article 10: the declaration that took effect"


class Graded(NamedTuple):
    """The incidents graded and grouped, and which of them would count if a day were the contract's last."""

    grouped: Callable[[Machine], Grouped]
    until: Callable[[Machine, date], list[Counted]]


def served(m: Machine, fact: Fact, what: NoticeServed) -> None:
    """A declaration, or a notice, reached party B on another day than its own."""
    about = m[Grounds].named.get(what.about)
    if isinstance(about, Declaration):
        arrived(m, about)
    elif about is not None:
        rule.notice_served(m, about)


def acknowledged(m: Machine, fact: Fact, what: FactAcknowledged) -> None:
    """Whoever acknowledges a declaration has received it."""
    about = m[Grounds].named.get(what.target)
    if isinstance(about, Declaration):
        arrived(m, about)


def declared(m: Machine, fact: Fact, what: TerminationDeclared) -> None:
    declaration = Declaration(fact, what.clauses or ())
    m[Grounds].declared.put(declaration)
    m[Grounds].named |= dict.fromkeys(names(fact), declaration)
    arrived(m, declaration)
    m.touched.add("termination")


def arrived(m: Machine, declaration: Declaration) -> None:
    """Whether it has reached party B; until then it ends nothing. The first service or acknowledgement counts."""
    # 民法典第五百六十五条 "合同自通知到达对方时解除"
    told = arrival(m, declaration.fact, PARTY_B)
    if told is not None and declaration.arrived is None:
        declaration.arrived = told
        m[Grounds].declared.move(declaration)
        declaration.effect_on = max(declaration.fact.day, told.day)
        m.touched.add("termination")


def judge(m: Machine, graded: Graded) -> None:
    """At the close of a day: which declaration ended the contract, as far as is known by now."""
    g = m[Grounds]
    if not g.declared:
        return
    waiting = sorted((one for one in g.declared if one.effect_on is not None), key=lambda one: one.place)
    if not waiting:
        return
    for one in waiting:
        if one.before is None:
            _look_at_the_day(m, one)
    if m.day < m.relived_until:
        for one in waiting:
            if one.fact.id == m.hindsight.get(TOOK_EFFECT) and one.effect_on == m.day:
                _take_effect(m, one)
        return
    since = _changed_since(m, graded)
    for one in waiting:
        assert one.effect_on is not None
        over, one.over = one.over, _was_over(m, one)
        if one.opened is None or since <= one.effect_on or over != one.over:
            one.opened = open_until(m, one.effect_on, graded.until(m, one.effect_on)) if _in_question(one) else []
    effective = next((one for one in waiting if one.opened and not one.over), None)
    if effective is not g.effective:
        if effective is None or g.effective is not None or effective.effect_on != m.day:
            m.look_back(TOOK_EFFECT, effective.fact.id if effective is not None else None)
            return
        _take_effect(m, effective)
    _tell(m, waiting, effective)


def _look_at_the_day(m: Machine, one: Declaration) -> None:
    assert one.effect_on is not None
    said, life = ruled(m), m[Life]
    one.ruled = said is not None and one.effect_on <= said.day
    one.before = Before(life.terminated_on is not None and life.terminated_on <= one.effect_on, life.renewed_to)


def _was_over(m: Machine, one: Declaration) -> bool:
    """Whether the contract was over on its day; agreed months and a reading of the term's end count even if known only
    later (4.8).
    """
    assert one.before is not None and one.effect_on is not None
    if one.ruled or one.before.ended:
        return True
    ends_on = m[Life].term_ends_on(m, one.before.renewed_to)
    return ends_on is not None and one.effect_on > ends_on


def _in_question(one: Declaration) -> bool:
    return one.ruled or not one.over


def _changed_since(m: Machine, graded: Graded) -> date:
    """The first day on which something that a ground rests on differs from when declarations were last judged."""
    g = m[Grounds]
    read, before = g.judged
    anew, changes, read = graded.grouped(m).since(read)
    given = g.services, len(g.demands)
    g.judged = read, given
    if anew or given != before:
        return date.min
    return min((group.all_of_them[0].fact.day for _, group in changes if group.graded), default=date.max)


def _take_effect(m: Machine, one: Declaration) -> None:
    assert one.effect_on is not None and one.arrived is not None
    by = sorted((one.fact, one.arrived), key=chronological)
    # not over by what is known now; by what is known of the term on a relived day it may seem so
    if m[Life].terminated_on is None and not one.ruled:
        m[Life].end(m, one.effect_on, [fact.id for fact in by], last_day=one.effect_on)
        m[Grounds].effective = one
        m.remember(TOOK_EFFECT, one.fact.id)


def _tell(m: Machine, waiting: list[Declaration], effective: Declaration | None) -> None:
    """Note which grounds were used, and which declarations had none or named another."""
    used: frozenset[Named] = frozenset()
    for one in waiting:
        assert one.opened is not None
        code: str | None = "TERMINATION_WITHOUT_GROUND"
        if one is effective or _confirmed(m, one):
            used |= {ground.named for ground in one.opened}
            misnamed = set(one.clauses) - {ground.clause for ground in one.opened}
            code = "TERMINATION_CLAUSE_MISNAMED" if misnamed else None
        elif one.ruled:
            code = None
        _mark(m, one, code)
    if used != m[Grounds].exercised:
        m[Grounds].exercised = used
        m.touched.add("termination")


def _confirmed(m: Machine, one: Declaration) -> bool:
    """Whether a court ruled that the contract ended on the day it would have taken effect, and there was a ground."""
    said = ruled(m)
    return one.ruled and bool(one.opened) and said is not None and said.terminated_on == one.effect_on


def _mark(m: Machine, one: Declaration, code: str | None) -> None:
    if code == (one.anomaly.code if one.anomaly is not None else None):
        return
    if one.anomaly is not None:
        m.anomalies.drop(one.anomaly)
    one.anomaly = Anomaly(code, one.fact.id, one.fact.seq, one.fact.day) if code is not None else None
    if one.anomaly is not None:
        m.anomalies.put(one.anomaly)
    m.touched.add("anomalies")
