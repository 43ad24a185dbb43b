"""What a fact may name and say, given the facts before it: one small rule per type that needs one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger.domain.admission_names import Claim, check_names, target_of, used
from ledger.domain.errors import Refusal
from ledger.domain.fact_data import check_measures, measures_given, parse_data
from ledger.domain.fact_envelope import not_in_future
from ledger.domain.fact_values import within
from ledger.domain.facts import (
    KINDS,
    SUPERVISOR,
    AmendmentAgreed,
    ContractRegistered,
    ContractSigned,
    DamagesAgreed,
    DamagesSettled,
    DisputeOpened,
    DocumentAttached,
    FactAcknowledged,
    FactContested,
    FactCorrected,
    FactRetracted,
    IncidentAssessed,
    IncidentReported,
    ProposalAccepted,
    ProposalRejected,
    ReadingAgreed,
    RectificationNoticeIssued,
    RectificationRejected,
    ServicePerformed,
    What,
)
from ledger.domain.known import SETTLED_ANEW
from ledger.domain.moments import parse_on
from ledger.domain.readings import READINGS
from ledger.domain.terms import parse_terms

_WITH_MEASURES = (IncidentReported, IncidentAssessed)


def check(claim: Claim) -> None:
    """Raise Refusal when the claim cannot be true of this contract."""
    check_names(claim)
    rule = _RULES.get(claim.what.__class__)
    if rule is not None:
        rule(claim)


# --- the agreement ---------------------------------------------------------------------------------

def _signed_by_itself(claim: Claim) -> None:
    if claim.what.party != claim.by:
        raise claim.refusal("SIGNATURE_OF_ANOTHER", "party", party=claim.what.party, by=claim.by)


def _terms_still_hold(claim: Claim) -> None:
    if claim.own is not None:
        return  # a corrected amendment is judged where it is corrected, in _leaves_order
    known = claim.known
    try:
        known.check_terms(known.standing, ((claim.at, known.version + 1, claim.what),))
    except Refusal as refused:
        raise within(refused, f"{claim.path}.changes") from None


def _reading_exists(claim: Claim) -> None:
    reading, option = claim.what.reading, claim.what.option
    if reading not in READINGS:
        raise claim.refusal("READING_UNKNOWN", "reading", reading=reading, known=", ".join(READINGS))
    if option not in READINGS[reading]:
        known = ", ".join(READINGS[reading])
        raise claim.refusal("READING_OPTION_UNKNOWN", "option", reading=reading, option=option, known=known)


def _answered_by_the_other(claim: Claim) -> None:
    seq = claim.known.ever["proposal", claim.what.proposal]
    proposer = claim.known.entries[seq - 1].by
    if proposer == claim.by:
        raise Refusal("PROPOSAL_ANSWERED_BY_PROPOSER", "by", by=claim.by, proposal=claim.what.proposal)


def _items_exist(claim: Claim) -> None:
    items = claim.known_items()
    for index, item in enumerate(claim.what.items):
        if item not in items:
            raise claim.refusal("ITEM_UNKNOWN", f"items.{index}", item=item)


def _service_is_ordered(claim: Claim) -> None:
    services = claim.known.services()
    if services and claim.what.service not in services:
        raise claim.refusal("SERVICE_UNKNOWN", "service", service=claim.what.service)


# --- incidents and notices -------------------------------------------------------------------------

def _notice_is_a_supervisors(claim: Claim) -> None:
    notice = claim.what.measures.unheeded_notice
    if notice is not None:
        seq = claim.known.ever["notice", notice]
        if claim.known.entries[seq - 1].by != SUPERVISOR:
            raise claim.refusal("NOTICE_NOT_SUPERVISORS", "unheeded_notice", notice=notice)


def _measures_fit_the_kind(claim: Claim) -> None:
    seq = claim.known.ever["incident", claim.what.incident]
    reported: Any = claim.known.what(seq)
    check_measures(reported.kind, measures_given(claim.what.measures), claim.path)
    _notice_is_a_supervisors(claim)


def _about_is_known(claim: Claim) -> None:
    about, known = claim.what.about, claim.known
    if about is None or known.seq_of(about) is not None:
        return
    if claim.own is not None and getattr(known.what(claim.own), "about", None) == about:
        return  # left as it was
    if any((kind, about) in known.holders for kind in KINDS):
        return
    if isinstance(claim.what, RectificationNoticeIssued) and about == "assessment":
        return
    raise claim.refusal("ABOUT_UNKNOWN", "about", about=about)


def _rejected_by_the_issuer(claim: Claim) -> None:
    seq = claim.known.ever["notice", claim.what.notice]
    issuer = claim.known.entries[seq - 1].by
    if issuer != claim.by:
        raise Refusal("REJECTED_BY_ANOTHER", "by", by=claim.by, issuer=issuer, notice=claim.what.notice)


# --- facts about facts -----------------------------------------------------------------------------

def _facts_are_known(claim: Claim) -> None:
    for index, name in enumerate(claim.what.facts):
        target_of(claim, name, f"facts.{index}")


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
    check(claim._replace(type=entry.type, what=restated, by=entry.by, at=entry.at, own=seq,
                         path=f"{claim.path}.data"))
    _leaves_order(claim, seq)


def _same_contract(claim: Claim, restated: ContractRegistered) -> None:
    try:
        terms = parse_terms(restated.terms)
    except Refusal as refused:
        raise within(refused, f"{claim.path}.data.terms") from None
    if terms.contract.id != claim.known.contract:
        raise claim.refusal("CONTRACT_ID_FIXED", "data.terms.contract.id", contract=claim.known.contract)


def _leaves_order(claim: Claim, target: int) -> None:
    """No two facts may hold one identifier afterwards, and the terms must still hold together."""
    known = claim.known
    if claim.own is not None or not isinstance(known.entries[target - 1].what, SETTLED_ANEW):
        return
    standing = known.settle([(known.version + 1, claim.what)])
    leaving = {before for _, before, _ in known.changes(standing)}
    taken: dict[object, int] = {}
    for seq, _, after in known.changes(standing):
        if after is not None:
            holder = taken.get(after) or (None if after in leaving else known.holders.get(after))
            if holder is not None:
                raise used(claim, "target", after, holder)
            for other in known.alike(after):
                if other not in leaving:
                    raise used(claim, "target", other, known.holders[other], instead=after[1])
            taken[after] = seq
    try:
        known.check_terms(standing)
    except Refusal as refused:
        raise within(refused, f"{claim.path}.target") from None


_RULES: dict[type[What], Callable[[Claim], None]] = {
    ContractSigned: _signed_by_itself,
    AmendmentAgreed: _terms_still_hold,
    ReadingAgreed: _reading_exists,
    ProposalAccepted: _answered_by_the_other,
    ProposalRejected: _answered_by_the_other,
    DamagesAgreed: _items_exist,
    DamagesSettled: _items_exist,
    ServicePerformed: _service_is_ordered,
    IncidentReported: _notice_is_a_supervisors,
    IncidentAssessed: _measures_fit_the_kind,
    RectificationNoticeIssued: _about_is_known,
    RectificationRejected: _rejected_by_the_issuer,
    DisputeOpened: _facts_are_known,
    DocumentAttached: _about_is_known,
    FactCorrected: _correction,
    FactRetracted: _retraction,
    FactAcknowledged: _said_by_another,
    FactContested: _said_by_another,
}
