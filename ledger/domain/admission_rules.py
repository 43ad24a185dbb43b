"""What facts about other facts or about terms may say, given the facts before; other types declare their own rule."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from ledger.domain.admission_names import Assertion, about_is_known, check_names, facts_are_known, target_of, used
from ledger.domain.admission_state import SETTLED_ANEW
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.fact_data import parse_data
from ledger.domain.fact_envelope import not_in_future
from ledger.domain.facts.agreement import AmendmentAgreed, ContractRegistered, ReadingAgreed
from ledger.domain.facts.dispute import DISPUTE, DisputeOpened, JudgmentEntered
from ledger.domain.facts.record import (
    DocumentAttached,
    FactAcknowledged,
    FactContested,
    FactCorrected,
    FactRetracted,
)
from ledger.domain.facts.settlement import (
    SETTLEMENT,
    DemandMade,
    NoticeServed,
    SettlementAgreed,
    debtors_of,
)
from ledger.domain.moments import beijing_day, parse_on
from ledger.domain.rulings import RULINGS
from ledger.domain.terms import parse_terms
from ledger.domain.values import within


def check(said: Assertion) -> None:
    """Raise Refusal where what is said cannot be true of this contract."""
    check_names(said)
    cls = said.what.__class__
    if "month" in cls.__slots__:
        _month_is_over(said)
    rule = _RULES.get(cls) or TYPES[cls.__name__].admit
    if rule is not None:
        rule(said)


def _month_is_over(said: Assertion) -> None:
    """A report on a whole month cannot be made before the month's last day (SPEC 2.1)."""
    year, number = (int(part) for part in said.what.month.split("-"))
    last = date(year, number, monthrange(year, number)[1])
    if beijing_day(said.at) < last:
        raise said.refusal("MONTH_NOT_OVER", "month", month=said.what.month, last=last, on=beijing_day(said.at))


# --- the agreement ---------------------------------------------------------------------------------

def _terms_still_hold(said: Assertion) -> None:
    if said.own is not None:
        return  # a corrected amendment is judged where it is corrected, in _leaves_order
    state = said.state
    try:
        state.check_amendment(said.at, said.what)
    except Refusal as refused:
        raise within(refused, f"{said.path}.changes") from None


def _reading_exists(said: Assertion) -> None:
    readings, what = said.state.template.readings, said.what
    if what.reading not in readings:
        raise said.refusal("READING_UNKNOWN", "reading", reading=what.reading, known=", ".join(readings))
    options = readings[what.reading].options
    if what.option not in options:
        known = ", ".join(options)
        raise said.refusal("READING_OPTION_UNKNOWN", "option", reading=what.reading, option=what.option, known=known)


# --- accounts between the parties ---------------------------------------------------------------------


def _is_a_notice(said: Assertion) -> None:
    """Raise Refusal NOT_A_NOTICE unless ``about`` names a declaration, proposal, notice or demand, which has to arrive.
    """
    about_is_known(said)
    state = said.state
    for seq in state.answering(said.what.about):
        if not TYPES[state.entries[seq - 1].type].served:
            raise said.refusal("NOT_A_NOTICE", "about", about=said.what.about, type=state.entries[seq - 1].type)


def _debts_are_known(said: Assertion) -> None:
    state = said.state
    raised = {row.debt: row.introduces[0] for row in state.template.types.values() if row.debt and row.introduces}
    for index, debt in enumerate(said.what.about):
        kind, _, identifier = debt.partition(":")
        if (raised.get(kind), identifier) in state.holders or debt in said.known_items():
            continue
        if kind != "settlement" or not debtors_of(state, identifier):
            raise said.refusal("DEBT_UNKNOWN", f"about.{index}", debt=debt)


def _rulings_are_possible(said: Assertion) -> None:
    before = () if said.own is None else said.state.what(said.own).rulings
    for index, one in enumerate(said.what.rulings):
        admit = RULINGS[one.__slots__[0]].admit
        if admit is not None and one not in before:
            admit(said, one, f"rulings.{index}")


def _no_dispute_is_called_so(said: Assertion) -> None:
    """A settlement and a ruling on a dispute share the names ``settlement:{name}``, so one of each name is refused."""
    holder = said.state.holders.get((DISPUTE, said.what.settlement))
    if holder is not None:
        raise used(said, "settlement", (DISPUTE, said.what.settlement), holder)


def _dispute_opened(said: Assertion) -> None:
    facts_are_known(said)
    holder = said.state.holders.get((SETTLEMENT, said.what.dispute))
    if holder is not None:
        raise used(said, "dispute", (SETTLEMENT, said.what.dispute), holder)


# --- facts about facts -----------------------------------------------------------------------------

def _said_by_another(said: Assertion) -> None:
    target = said.state.entries[target_of(said, said.what.target, "target") - 1]
    if target.by == said.by:
        raise Refusal("BY_ASSERTED_IT_ITSELF", "by", by=said.by)


def _own_target(said: Assertion) -> int:
    """The seq of the fact to be corrected or retracted: the same role reported it, and it was recorded before."""
    seq = target_of(said, said.what.target, "target")
    asserted_by = said.state.entries[seq - 1].by
    if asserted_by != said.by:
        raise Refusal("BY_DID_NOT_ASSERT", "by", by=said.by, asserted_by=asserted_by)
    if said.own is not None and seq >= said.own:
        raise said.refusal("TARGET_NOT_EARLIER", "target", target=said.what.target)
    return seq


def _retraction(said: Assertion) -> None:
    seq = _own_target(said)
    if seq == 1:
        raise said.refusal("REGISTRATION_STAYS", "target")
    _leaves_order(said, seq)


def _correction(said: Assertion) -> None:
    state, what = said.state, said.what
    seq = _own_target(said)
    entry = state.entries[seq - 1]
    if what.on is not None:
        not_in_future(parse_on(what.on), what.on, said.now, f"{said.path}.on")
    restated = parse_data(entry.type, what.data, path=f"{said.path}.data")
    if isinstance(restated, ContractRegistered):
        _same_contract(said, restated)
    at = state.at(seq) if what.on is None else parse_on(what.on).at
    check(said._replace(type=entry.type, what=restated, by=entry.by, actor=entry.actor, at=at, own=seq,
                         path=f"{said.path}.data"))
    _leaves_order(said, seq)


def _same_contract(said: Assertion, restated: ContractRegistered) -> None:
    try:
        terms = parse_terms(restated.terms)
    except Refusal as refused:
        raise within(refused, f"{said.path}.data.terms") from None
    if terms.contract.id != said.state.contract:
        raise said.refusal("CONTRACT_ID_FIXED", "data.terms.contract.id", contract=said.state.contract)
    if terms.contract.template != said.state.template.slug:
        raise said.refusal("AMENDMENT_TEMPLATE", "data.terms.contract.template")


def _leaves_order(said: Assertion, target: int) -> None:
    """No two facts may have one identifier afterwards, and the terms must not contradict themselves."""
    state = said.state
    if said.own is not None or not isinstance(state.entries[target - 1].what, SETTLED_ANEW):
        return
    with state.supposing(said.what) as moves:
        leaving = {before for _, before, _ in moves.identifiers}
        taken: dict[object, int] = {}
        for seq, _, after in moves.identifiers:
            if after is not None:
                holder = taken.get(after) or (None if after in leaving else state.holders.get(after))
                if holder is not None:
                    raise used(said, "target", after, holder)
                for other in state.alike(after):
                    if other not in leaving:
                        raise used(said, "target", other, state.holders[other], instead=after[1])
                taken[after] = seq
        if moves.terms:
            _hold_together(said)


def _hold_together(said: Assertion) -> None:
    try:
        said.state.check_terms()
    except Refusal as refused:
        raise within(refused, f"{said.path}.target") from None


_RULES: dict[type, Callable[[Assertion], None]] = {
    AmendmentAgreed: _terms_still_hold,
    ReadingAgreed: _reading_exists,
    DisputeOpened: _dispute_opened,
    JudgmentEntered: _rulings_are_possible,
    SettlementAgreed: _no_dispute_is_called_so,
    DemandMade: _debts_are_known,
    NoticeServed: _is_a_notice,
    DocumentAttached: about_is_known,
    FactCorrected: _correction,
    FactRetracted: _retraction,
    FactAcknowledged: _said_by_another,
    FactContested: _said_by_another,
}
