"""Why a party may or may not terminate under article 8, and what became of notices."""

from __future__ import annotations

from datetime import timedelta

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_03_service_levels.credits import availability
from ledger.agreements.it_operations_maintenance.article_03_service_levels.explain import percent_of
from ledger.agreements.it_operations_maintenance.article_04_assessment.coefficients import score_of
from ledger.agreements.it_operations_maintenance.article_07_cap.counting import CAP
from ledger.agreements.it_operations_maintenance.article_08_termination.answer import last_day, termination
from ledger.agreements.it_operations_maintenance.article_08_termination.grounds import grounds, state_of
from ledger.agreements.it_operations_maintenance.article_08_termination.state import (
    RightGround,
    RightState,
    TerminationNotice,
    TerminationNotices,
)
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.bilingual import clause_name, joined, label, phrase, weekday
from ledger.domain.fact import OTHER_PARTY, PARTIES, Fact
from ledger.domain.law.termination import lapses_on
from ledger.explanation import Explanation
from ledger.explanation.lapse import year_of_a_right

RIGHTS = {"party_a": ("8.1", "8.2", "8.3"), "party_b": ("8.4",)}


def tell(x: Explanation, part: str, key: str | None) -> None:
    if part == "grounds" and key is not None:
        clause, _, maker = key.partition("@")
        for one in grounds(x.m, x.day):
            if (one.clause, one.maker) == (clause, maker):
                ground(x, one)
    elif part == "declared":
        notices(x)
    elif part in PARTIES:
        _right(x, part)
    else:
        for party in PARTIES:
            _right(x, party)


def _right(x: Explanation, party: str) -> None:
    """The right of a party under article 8, ground by ground; other ways to end the contract remain."""
    x.cite(*RIGHTS[party], "8.5")
    state = termination(x.m, x.day)[party]["state"]  # type: ignore[literal-required]
    x.step("OPS_RIGHT", said=phrase(f"ops.right.{state}", party=label("role", party)))
    mine = [one for one in grounds(x.m, x.day) if one.party == party]
    for one in mine:
        ground(x, one)
    if not mine:
        x.step("OPS_NO_GROUND", party=label("role", party), day=x.day)
    x.cite("civil code 562", "civil code 563")
    x.step("OPS_OTHER_RIGHTS")
    if any(one.fact.actor == party for one in x.m[TerminationNotices].given):
        notices(x)


def ground(x: Explanation, one: RightGround) -> None:
    """A ground: what gave rise to it, since when, what became of it, and its last day."""
    x.cite(one.clause, "civil code 564")
    state = state_of(x.m, one, x.day)
    x.step("OPS_GROUND", clause=clause_name(one.clause), party=label("role", one.party), on=weekday(one.arose_on),
           facts=x.facts(one.because), state=label("ground", state))  # fmt: skip
    _made(x, one)
    _became(x, one, state)


def _made(x: Explanation, one: RightGround) -> None:
    match one.clause:
        case "8.1":
            system, _, month = one.maker.partition(":")
            measured = availability(x.m, month, system)
            if measured is not None:
                x.rest_on_term("termination.availability", measured.report.day)
                x.step("OPS_SHORTFALL", system=system, month=month, percent=percent_of(measured))
        case "8.2":
            score = score_of(x.m, int(one.maker.removeprefix("quarter:")))
            assert score is not None
            x.rest_on_term("termination.scores", score.day)
            x.read("two-scores", score.day)
        case "8.3":
            x.cite("7.1")
            for day, path in CAP:
                x.rest_on_term(path, day)
            x.step("OPS_CAP_REACHED", on=one.arose_on)
        case _:
            duty = x.m.duties[f"pay-invoice:{one.maker}"]
            assert duty.due_on is not None
            terms = TERMS.on(x.m, duty.due_on).termination
            late = terms.payment_late_days if terms is not None else None
            x.rest_on_term("termination.payment_late_days", duty.due_on)
            x.step("OPS_PAID_TOO_LATE", invoice=one.maker, due=weekday(duty.due_on), days=late,
                   on=weekday(duty.due_on + timedelta(days=(late or 0) + 1)))  # fmt: skip


def _became(x: Explanation, one: RightGround, state: RightState) -> None:
    lapse = lapses_on([one.arose_on])
    match state:
        case "open":
            last = last_day(x.m, one, state)
            assert last is not None
            x.step("OPS_GROUND_OPEN", last=weekday(last), lapse=weekday(lapse))
            year_of_a_right(x, lapse, OTHER_PARTY[one.party])
        case "lapsed":
            x.step("OPS_GROUND_LAPSED", lapse=weekday(lapse))
            year_of_a_right(x, lapse, OTHER_PARTY[one.party])
        case "cured":
            x.step("OPS_GROUND_CURED", on=one.cured_on)
        case "moot":
            x.step("OPS_GROUND_MOOT", last=x.m[ServiceLife].last_day)
        case "exercised":
            by = x.m[TerminationNotices].exercised_by
            x.step("OPS_GROUND_EXERCISED", facts=x.facts(by.told_by if by is not None else ()))


def notices(x: Explanation) -> None:
    given = x.m[TerminationNotices].given
    x.cite("8.5", "civil code 565")
    if not given:
        x.step("OPS_NO_NOTICE", day=x.day)
    for one in given:
        _notice(x, one)


def _notice(x: Explanation, one: TerminationNotice) -> None:
    fact = x.fact(one.fact.id)
    if one.arrived is None or one.arrived_on is None:
        x.step("OPS_NOTICE_WAITS", fact=fact)
        return
    x.step("OPS_NOTICE_ARRIVED", fact=fact, arrived=x.fact(one.arrived.id), on=weekday(one.arrived_on))
    if one.effective_on is None:
        x.step("OPS_NOTICE_VAIN", on=one.arrived_on, party=label("role", one.fact.actor))
        return
    x.rest_on_term("termination.notice_days", one.arrived_on)
    used = joined(clause_name(clause) for clause in dict.fromkeys(clause for clause, _ in one.uses))
    x.step("OPS_NOTICE_EFFECTIVE", on=weekday(one.effective_on), days=(one.effective_on - one.arrived_on).days,
           grounds=used)  # fmt: skip


def anomaly(x: Explanation, fact: Fact) -> None:
    """Why a notice has no effect, or names a ground that was not open."""
    one = next(one for one in x.m[TerminationNotices].given if one.fact.id == fact.id)
    named = joined(clause_name(clause) for clause in fact.what.clauses or ())
    if fact.what.clauses:
        x.step("OPS_NOTICE_NAMES", fact=x.fact(fact.id), named=named)
    _notice(x, one)
    for ground_ in grounds(x.m, x.day):
        if ground_.party == fact.actor:
            ground(x, ground_)


