"""第十一条 退出: exit at party B's request, and the free switch-over after the end."""

from __future__ import annotations

from datetime import date

from ledger.agreements.beijing_government_cloud_2025.article_11_exit.facts import (
    ExitPermitted,
    ExitRefused,
    ExitRequested,
    ExitWithdrawn,
    SwitchoverCompleted,
)
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.state import Exit, Exits
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.calendar import corresponding_day
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Machine


def exit_requested(m: Machine, fact: Fact, what: ExitRequested) -> None:
    # 11(1) "需至少提前 6 个月向甲方提出退出申请，并获得甲方的许可后方可退出"
    notice = corresponding_day(fact.day, TERMS.on(m, fact.day).periods.exit_notice_months or 0)
    if what.exit_on < notice:
        m.anomaly("EXIT_NOTICE_TOO_SHORT", fact)
    m[Exits].exits[what.request] = Exit(what.request, fact, what.exit_on, notice)
    m.touched.update(("exit", "termination"))


def exit_permitted(m: Machine, fact: Fact, what: ExitPermitted) -> None:
    """Of several permissions since the last refusal the first counts; it may name a day of its own."""
    asked = m[Exits].exits[what.request]
    if m[Exits].exited is not None or asked.permitted is True:
        return
    asked.permitted, asked.consent, asked.consented_on = True, fact, None
    named: date | None = what.exit_on
    if named is not None:
        # 民法典第五百六十二条: who permits an exit on a day consents to a shorter notice [notice-waiver]
        short = named < asked.earliest_on
        strict = short and m.agreement.reading("notice-waiver", fact.day) == "strict"
        asked.consented_on = asked.earliest_on if strict else named
    m.touched.update(("exit", "termination"))
    _schedule(m, asked)


def exit_refused(m: Machine, fact: Fact, what: ExitRefused) -> None:
    asked = m[Exits].exits[what.request]
    if m[Exits].exited is None:
        asked.permitted, asked.refusal, asked.consent, asked.consented_on = False, fact, None, None
        m.touched.update(("exit", "termination"))


def exit_withdrawn(m: Machine, fact: Fact, what: ExitWithdrawn) -> None:
    if m[Exits].exited is None:
        m[Exits].exits[what.request].withdrawn = True
        m.touched.update(("exit", "termination"))
        remaining = current(m)
        if remaining is not None:
            _schedule(m, remaining)


def current(m: Machine) -> Exit | None:
    """The exit that took effect, else the latest request not withdrawn."""
    if m[Exits].exited is not None:
        return m[Exits].exited
    asked = [exit_ for exit_ in m[Exits].exits.values() if not exit_.withdrawn]
    return max(asked, key=lambda exit_: chronological(exit_.fact), default=None)


def takes_effect_on(m: Machine) -> date | None:
    """The day the permitted exit takes effect, never before the day of consent; None where there is none."""
    asked = current(m)
    if asked is None or asked.permitted is not True or asked.consent is None:
        return None
    return max(asked.earliest_on, asked.consent.day)


def _schedule(m: Machine, asked: Exit) -> None:
    exits = m[Exits]
    if asked.permitted is not True or asked.consent is None:
        return

    def take_effect(m: Machine) -> None:
        consent = asked.consent  # as it stands now: refused meanwhile, perhaps, and given anew
        if consent is None or asked.permitted is not True or current(m) is not asked or exits.exited is not None:
            return
        if m.day < max(asked.earliest_on, consent.day):  # permitted anew for a later day
            return
        by = sorted((asked.fact, consent), key=chronological)
        if m[Life].terminate(m, m.day, [fact.id for fact in by]):
            exits.exited = asked
            m.touched.add("exit")

    # nothing takes effect before the day of consent
    m.wake(max(asked.earliest_on, asked.consent.day, m.day), "term", lambda m: m.effects.append(take_effect))


def switchover_completed(m: Machine, fact: Fact, what: SwitchoverCompleted) -> None:
    exits = m[Exits]
    if exits.switched_over is None:
        exits.switched_over = fact
    m.settle("switchover", fact)
    m.touched.add("term")


def close(m: Machine) -> None:
    """11(2) "服务期满或者甲方提前协议解除的, 乙方应无条件免费配合各方完成迁移和切换工作, 切换期一般延续 6 个月"."""
    exits, life = m[Exits], m[Life]
    over = life.over_from(m.day)
    running = m.duties.get("switchover")
    if running is not None and running.raised_on != over:  # renewed after its end
        del m.duties["switchover"]
        m.touched.add("obligations.switchover")
    if over is None or (running is not None and running.raised_on == over):
        return
    last = life.terminated_on if life.terminated_on is not None else life.ends_on
    assert last is not None
    months = TERMS.on(m, over).periods.switchover_months
    # "一般延续 6 个月" says how long it usually takes, and sets no deadline [switchover-period]
    deadline = months is not None and m.agreement.reading("switchover-period", over) == "deadline"
    due = m.calendar.months(last, months, rolls=True) if deadline and months is not None else None
    start = [life.start.id] if life.start is not None else []
    raised_by = life.terminated_by or life.renewed_by or start
    duty = m.oblige("switchover", None, "11.2", "party_b", due, raised_by, on=over)
    duty.expected_until = corresponding_day(last, months) if months is not None else None
    if exits.switched_over is not None:
        m.settle("switchover", exits.switched_over)
