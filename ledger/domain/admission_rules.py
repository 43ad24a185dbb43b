"""What a fact about facts or terms may say, given the facts before it; other types declare their own rule."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date

from ledger.domain.admission_names import Claim, about_is_known, check_names, facts_are_known, target_of, used
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


def check(claim: Claim) -> None:
    """Raise Refusal when the claim cannot be true of this contract."""
    check_names(claim)
    cls = claim.what.__class__
    if "month" in cls.__slots__:
        _month_is_over(claim)
    rule = _RULES.get(cls) or TYPES[cls.__name__].admit
    if rule is not None:
        rule(claim)


def _month_is_over(claim: Claim) -> None:
    """What a whole month was like is known on its last day at the earliest (SPEC 2.1)."""
    year, number = (int(part) for part in claim.what.month.split("-"))
    last = date(year, number, monthrange(year, number)[1])
    if beijing_day(claim.at) < last:
        raise claim.refusal("MONTH_NOT_OVER", "month", month=claim.what.month, last=last, on=beijing_day(claim.at))


# --- the agreement ---------------------------------------------------------------------------------

def _terms_still_hold(claim: Claim) -> None:
    if claim.own is not None:
        return  # a corrected amendment is judged where it is corrected, in _leaves_order
    known = claim.known
    try:
        known.check_amendment(claim.at, claim.what)
    except Refusal as refused:
        raise within(refused, f"{claim.path}.changes") from None


def _reading_exists(claim: Claim) -> None:
    readings, what = claim.known.template.readings, claim.what
    if what.reading not in readings:
        raise claim.refusal("READING_UNKNOWN", "reading", reading=what.reading, known=", ".join(readings))
    options = readings[what.reading].options
    if what.option not in options:
        known = ", ".join(options)
        raise claim.refusal("READING_OPTION_UNKNOWN", "option", reading=what.reading, option=what.option, known=known)


# --- accounts between the parties ---------------------------------------------------------------------


def _is_a_notice(claim: Claim) -> None:
    """Refusal NOT_A_NOTICE unless ``about`` names what has to arrive: a declaration, proposal, notice or demand."""
    about_is_known(claim)
    known = claim.known
    for seq in known.answering(claim.what.about):
        if not TYPES[known.entries[seq - 1].type].served:
            raise claim.refusal("NOT_A_NOTICE", "about", about=claim.what.about, type=known.entries[seq - 1].type)


def _debts_are_known(claim: Claim) -> None:
    known = claim.known
    raised = {row.debt: row.introduces[0] for row in known.template.types.values() if row.debt and row.introduces}
    for index, debt in enumerate(claim.what.about):
        kind, _, identifier = debt.partition(":")
        if (raised.get(kind), identifier) in known.holders or debt in claim.known_items():
            continue
        if kind != "settlement" or not debtors_of(known, identifier):
            raise claim.refusal("DEBT_UNKNOWN", f"about.{index}", debt=debt)


def _rulings_are_possible(claim: Claim) -> None:
    before = () if claim.own is None else claim.known.what(claim.own).rulings
    for index, one in enumerate(claim.what.rulings):
        admit = RULINGS[one.__slots__[0]].admit
        if admit is not None and one not in before:
            admit(claim, one, f"rulings.{index}")


def _no_dispute_is_called_so(claim: Claim) -> None:
    """A settlement and a ruling on a dispute are both told as ``settlement:{name}``."""
    holder = claim.known.holders.get((DISPUTE, claim.what.settlement))
    if holder is not None:
        raise used(claim, "settlement", (DISPUTE, claim.what.settlement), holder)


def _dispute_opened(claim: Claim) -> None:
    facts_are_known(claim)
    holder = claim.known.holders.get((SETTLEMENT, claim.what.dispute))
    if holder is not None:
        raise used(claim, "dispute", (SETTLEMENT, claim.what.dispute), holder)


# --- facts about facts -----------------------------------------------------------------------------

def _said_by_another(claim: Claim) -> None:
    target = claim.known.entries[target_of(claim, claim.what.target, "target") - 1]
    if target.by == claim.by:
        raise Refusal("BY_ASSERTED_IT_ITSELF", "by", by=claim.by)


def _own_target(claim: Claim) -> int:
    """The seq of the fact to be corrected or retracted: the same role asserted it, and it came before."""
    seq = target_of(claim, claim.what.target, "target")
    asserted_by = claim.known.entries[seq - 1].by
    if asserted_by != claim.by:
        raise Refusal("BY_DID_NOT_ASSERT", "by", by=claim.by, asserted_by=asserted_by)
    if claim.own is not None and seq >= claim.own:
        raise claim.refusal("TARGET_NOT_EARLIER", "target", target=claim.what.target)
    return seq


def _retraction(claim: Claim) -> None:
    seq = _own_target(claim)
    if seq == 1:
        raise claim.refusal("REGISTRATION_STAYS", "target")
    _leaves_order(claim, seq)


def _correction(claim: Claim) -> None:
    known, what = claim.known, claim.what
    seq = _own_target(claim)
    entry = known.entries[seq - 1]
    if what.on is not None:
        not_in_future(parse_on(what.on), what.on, claim.now, f"{claim.path}.on")
    restated = parse_data(entry.type, what.data, path=f"{claim.path}.data")
    if isinstance(restated, ContractRegistered):
        _same_contract(claim, restated)
    at = known.at(seq) if what.on is None else parse_on(what.on).at
    check(claim._replace(type=entry.type, what=restated, by=entry.by, actor=entry.actor, at=at, own=seq,
                         path=f"{claim.path}.data"))
    _leaves_order(claim, seq)


def _same_contract(claim: Claim, restated: ContractRegistered) -> None:
    try:
        terms = parse_terms(restated.terms)
    except Refusal as refused:
        raise within(refused, f"{claim.path}.data.terms") from None
    if terms.contract.id != claim.known.contract:
        raise claim.refusal("CONTRACT_ID_FIXED", "data.terms.contract.id", contract=claim.known.contract)
    if terms.contract.template != claim.known.template.slug:
        raise claim.refusal("AMENDMENT_TEMPLATE", "data.terms.contract.template")


def _leaves_order(claim: Claim, target: int) -> None:
    """No two facts may hold one identifier afterwards, and the terms must still hold together."""
    known = claim.known
    if claim.own is not None or not isinstance(known.entries[target - 1].what, SETTLED_ANEW):
        return
    with known.supposing(claim.what) as moves:
        leaving = {before for _, before, _ in moves.identifiers}
        taken: dict[object, int] = {}
        for seq, _, after in moves.identifiers:
            if after is not None:
                holder = taken.get(after) or (None if after in leaving else known.holders.get(after))
                if holder is not None:
                    raise used(claim, "target", after, holder)
                for other in known.alike(after):
                    if other not in leaving:
                        raise used(claim, "target", other, known.holders[other], instead=after[1])
                taken[after] = seq
        if moves.terms:
            _hold_together(claim)


def _hold_together(claim: Claim) -> None:
    try:
        claim.known.check_terms()
    except Refusal as refused:
        raise within(refused, f"{claim.path}.target") from None


_RULES: dict[type, Callable[[Claim], None]] = {
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
