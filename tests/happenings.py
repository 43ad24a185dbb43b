"""What may happen to the contract, each as the envelope of SPEC 2.1: the words of the given/when/then tests.

A happening's ``ref`` is the identifier it brings in, where it has one, so that tests can name facts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

BOTH = ["party_a", "party_b"]
A, B, SUPERVISOR, ADMINISTRATOR = "party_a", "party_b", "supervisor", "administrator"
PAPER = ({"sha256": "5a" * 32, "name": "双方签署件.pdf", "media_type": "application/pdf"},)


@dataclass(frozen=True)
class Happening:
    """One envelope, and the day (or moment) it is recorded if that is not at once."""

    type: str
    on: str
    by: str
    data: dict[str, Any]
    ref: str | None = None
    recorded: str | None = None
    actor: str | None = None
    documents: tuple[dict[str, str], ...] = ()

    def documented(self) -> Happening:
        """With its paper."""
        return replace(self, documents=PAPER)

    def bare(self) -> Happening:
        """Without its paper: one side's word alone (2.4)."""
        return replace(self, documents=())

    def recorded_on(self, moment: str) -> Happening:
        return replace(self, recorded=moment)

    def named(self, ref: str) -> Happening:
        return replace(self, ref=ref)

    def done_by(self, role: str) -> Happening:
        """Said by whom it says, of what another role did."""
        return replace(self, actor=role)

    def said_by(self, role: str) -> Happening:
        return replace(self, by=role)


def fact(type: str, on: str, by: str, ref: str | None = None, /, **data: Any) -> Happening:
    """Any fact; a trailing underscore in a key is dropped (``from_``). What both confirmed carries its paper."""
    papers = PAPER if "confirmed_by" in data or type == "JudgmentEntered" else ()
    return Happening(type, on, by, {key.removesuffix("_"): value for key, value in data.items()}, ref, documents=papers)


# -- life of the contract ---------------------------------------------------------------------------


def signature(party: str, on: str) -> Happening:
    return fact("ContractSigned", on, party, f"signed-{party[-1]}", party=party)


def signed_on(on: str) -> tuple[Happening, Happening]:
    return signature(A, on), signature(B, on)


signed = signed_on("2025-11-19")


def lease_started(on: str) -> Happening:
    return fact("LeaseStarted", on, A, "lease")


def trial_run(on: str) -> Happening:
    return fact("TrialRunStarted", on, B, "trial-run")


def amended(on: str, ref: str = "amendment", **changes: Any) -> Happening:
    """``__`` in a key stands for a dot: payment__total."""
    dotted = {key.replace("__", "."): value for key, value in changes.items()}
    return fact("AmendmentAgreed", on, A, ref, changes=dotted, confirmed_by=BOTH, summary="变更")


def reading_agreed(on: str, reading: str, option: str) -> Happening:
    return fact("ReadingAgreed", on, A, f"reading-{on}", reading=reading, option=option, confirmed_by=BOTH)


def renewal_proposed(on: str, ends_on: str, proposal: str = "renewal", by: str = A) -> Happening:
    return fact("RenewalProposed", on, by, proposal, proposal=proposal, ends_on=ends_on)


def termination_proposed(on: str, effective_on: str, proposal: str = "termination", by: str = A) -> Happening:
    return fact("TerminationProposed", on, by, proposal, proposal=proposal, effective_on=effective_on)


def accepted(on: str, proposal: str = "termination", by: str = B) -> Happening:
    return fact("ProposalAccepted", on, by, f"{proposal}-accepted", proposal=proposal)


def rejected(on: str, proposal: str = "termination", by: str = B) -> Happening:
    return fact("ProposalRejected", on, by, f"{proposal}-rejected", proposal=proposal)


def only_declared(on: str, *clauses: str, ref: str = "declaration") -> Happening:
    """A declaration of which nothing tells that it arrived."""
    return fact("TerminationDeclared", on, A, ref, **({"clauses": list(clauses)} if clauses else {}))


def declared(on: str, clause: str, ref: str = "declaration", arrived: str | None = None) -> tuple[Happening, Happening]:
    """A declaration served on party B, the same day unless told otherwise."""
    arrival = fact("NoticeServed", arrived or on[:10], A, f"{ref}-served", about=ref, manner="handed")
    return only_declared(on, clause, ref=ref), arrival


def exit_requested(on: str, exit_on: str, request: str = "exit") -> Happening:
    return fact("ExitRequested", on, B, request, request=request, exit_on=exit_on)


def exit_permitted(on: str, request: str = "exit", exit_on: str | None = None) -> Happening:
    more = {} if exit_on is None else {"exit_on": exit_on}
    return fact("ExitPermitted", on, A, f"{request}-permitted", request=request, **more)


def exit_refused(on: str, request: str = "exit") -> Happening:
    return fact("ExitRefused", on, A, f"{request}-refused", request=request)


def exit_withdrawn(on: str, request: str = "exit") -> Happening:
    return fact("ExitWithdrawn", on, B, f"{request}-withdrawn", request=request)


def switched_over(on: str) -> Happening:
    return fact("SwitchoverCompleted", on, B, "switched-over")


# -- payment ----------------------------------------------------------------------------------------

FIRST, SECOND = "1843129.06", "460782.26"


def invoice(on: str, amount: str = FIRST, name: str = "inv", instalment: int = 1, tax_rate: str = "0.06") -> Happening:
    return fact("InvoiceIssued", on, B, name, invoice=name, instalment=instalment, amount=amount, tax_rate=tax_rate)


def voided(on: str, name: str = "inv", amount: str | None = None) -> Happening:
    """Wholly, or by a red letter over ``amount``."""
    more = {} if amount is None else {"amount": amount}
    ref = f"{name}-voided" if amount is None else f"{name}-red-{on}"
    return fact("InvoiceVoided", on, B, ref, invoice=name, reason="开票有误", **more)


def paid(on: str, amount: str = FIRST, payment: str = "pay", name: str = "inv") -> Happening:
    return fact("PaymentMade", on, A, payment, payment=payment, invoice=name, amount=amount)


def paid_together(on: str, payment: str = "pay", **amounts: str) -> Happening:
    """One payment over several invoices, by their names."""
    allocations = [{"invoice": name, "amount": amount} for name, amount in amounts.items()]
    total = sum(Decimal(amount) for amount in amounts.values())
    return fact("PaymentMade", on, A, payment, payment=payment, allocations=allocations, amount=f"{total:.2f}")


def returned(on: str, payment: str = "pay", amount: str | None = None) -> Happening:
    more = {} if amount is None else {"amount": amount}
    return fact("PaymentReturned", on, B, f"{payment}-returned", payment=payment, reason="退票", **more)


def settlement(on: str, amount: str, due_on: str | None = None, debtor: str = A, name: str = "JS-1") -> Happening:
    """Agreed by both, on paper."""
    more = {} if due_on is None else {"due_on": due_on}
    return fact(
        "SettlementAgreed", on, A, name, settlement=name, debtor=debtor, amount=amount, summary="结算",
        confirmed_by=BOTH, **more,
    )  # fmt: skip


def paid_settlement(on: str, amount: str, payment: str = "pay", name: str = "JS-1", by: str = A) -> Happening:
    return fact("PaymentMade", on, by, payment, payment=payment, settlement=name, amount=amount)


def judgment(on: str, *rulings: dict[str, Any], dispute: str = "D-1", ref: str = "judgment") -> Happening:
    """A final judgment on a dispute that was opened."""
    return fact(
        "JudgmentEntered", on, A, ref, dispute=dispute, court="法院", reference="民初1号", final=True,
        rulings=list(rulings),
    )  # fmt: skip


def deployed(on: str) -> Happening:
    return fact("ResourcesDeployed", on, B, "deployed")


def stage_review(on: str) -> Happening:
    return fact("StageReviewPassed", on, A, "stage-review")


# -- incidents --------------------------------------------------------------------------------------


def incident(on: str, kind: str, name: str = "inc", by: str = A, **measures: Any) -> Happening:
    return fact("IncidentReported", on, by, name, incident=name, kind=kind, **measures)


def b_incident(on: str, name: str | None = None, **more: Any) -> Happening:
    """A platform outage just inside grade B on every count."""
    measures = {
        "scope": "platform", "systems_share": "0.11", "people_affected": 100000, "economic_loss": "1000000.00",
        "duration_minutes": 120,
    }  # fmt: skip
    return incident(on, "outage", name or f"b-{on[:10]}", **(measures | more))


def a_incident(on: str, name: str | None = None, **more: Any) -> Happening:
    """A platform outage just inside grade A on every count."""
    measures = {"systems_share": "0.31", "people_affected": 500000, "economic_loss": "5000000.00"}
    return b_incident(on, name or f"a-{on[:10]}", **(measures | more))


def assessed(on: str, name: str = "inc", by: str = A, ref: str | None = None, **measures: Any) -> Happening:
    return fact("IncidentAssessed", on, by, ref or f"{name}-assessed-{on}", incident=name, **measures)


def grade_agreed(on: str, grade: str, name: str = "inc") -> Happening:
    return fact("IncidentGradeAgreed", on, A, f"{name}-agreed-{on}", incident=name, grade=grade, confirmed_by=BOTH)


def linked(on: str, *incidents: str, cause: str = "光缆") -> Happening:
    return fact("IncidentsLinked", on, A, f"linked-{on}", incidents=list(incidents), root_cause=cause)


def unlinked(on: str, *incidents: str, cause: str = "光缆", by: str = B) -> Happening:
    """By party B, whom the link shields: unlinked by party A alone it would be a claim."""
    return fact("IncidentsUnlinked", on, by, f"unlinked-{on}", incidents=list(incidents), root_cause=cause)


# -- supervision ------------------------------------------------------------------------------------


def notice(
    on: str, deadline: str, ground: str = "patching", name: str = "notice", by: str = A, about: str | None = None
) -> Happening:
    more = {} if about is None else {"about": about}
    return fact(
        "RectificationNoticeIssued", on, by, name, notice=name, ground=ground, demand="限期整改", deadline=deadline,
        **more,
    )  # fmt: skip


def rectified(on: str, name: str = "notice") -> Happening:
    return fact("RectificationCompleted", on, B, f"{name}-rectified-{on}", notice=name)


def rectification_rejected(on: str, name: str = "notice", by: str = A) -> Happening:
    return fact("RectificationRejected", on, by, f"{name}-rejected-{on}", notice=name, reason="未整改到位")


def major_event(on: str, to: str, name: str = "event") -> Happening:
    return fact("MajorEventAnnounced", on, A, name, event=name, from_=on[:10], to=to, personnel=3)


def absent(on: str, name: str = "event", ref: str | None = None) -> Happening:
    return fact("PersonnelAbsent", on, A, ref or f"absent-{on}", event=name, count=1)


def staffing(on: str, month: str, actual: int, committed: int = 5) -> Happening:
    return fact("StaffingReported", on, A, f"staff-{on}", month=month, committed=committed, actual=actual)


def dual_active_refused(requested: str, refused: str) -> tuple[Happening, Happening]:
    return (
        fact("DualActiveRequested", requested, A, "dual", request="dual"),
        fact("DualActiveRefused", refused, B, "dual-refused", request="dual"),
    )


def availability(
    on: str, month: str, value: str = "99.99", reliability: str = "99.99999", consequence: str = "none",
    system: str | None = None, ref: str | None = None,
) -> Happening:  # fmt: skip
    more = {} if system is None else {"system": system}
    return fact(
        "AvailabilityReported", on, B, ref or f"avail-{on}", month=month, availability=value,
        data_reliability=reliability, consequence=consequence, **more,
    )  # fmt: skip


def service_level(on: str, month: str, consequence: str, ref: str | None = None, **measured: Any) -> Happening:
    return fact("ServiceLevelReported", on, B, ref or f"sl-{on}", month=month, consequence=consequence, **measured)


def on_site_absence(on: str, minutes: int, consequence: str, system: str | None = None) -> Happening:
    more = {} if system is None else {"system": system}
    return fact("OnSiteAbsenceRecorded", on, A, f"nobody-{on}", minutes=minutes, consequence=consequence, **more)


def assessment(on: str, month: str, system: str | None = "mail", passed: bool = False) -> Happening:
    more = {} if system is None else {"system": system}
    return fact("AssessmentRecorded", on, A, f"assessed-{on}", month=month, passed=passed, **more)


def complaint(on: str, name: str, system: str = "mail", subject: str = "availability") -> Happening:
    return fact("ComplaintFiled", on, A, name, complaint=name, system=system, subject=subject)


def system(on: str = "2025-12-01", name: str = "mail", annual_fee: str = "100001.00") -> Happening:
    """A system whose annual fee does not divide by twelve: base 8333.42."""
    return fact(
        "SystemRegistered", on, A, name, system=name, name=name, annual_fee=annual_fee, mlps_level=3, important=False
    )


def scale_out_requested(on: str, request: str = "more", system: str | None = "mail") -> Happening:
    more = {} if system is None else {"system": system}
    return fact("ScaleOutRequested", on, A, request, request=request, **more)


def scale_out_completed(on: str, request: str = "more") -> Happening:
    return fact("ScaleOutCompleted", on, B, f"{request}-completed", request=request)


def performed(on: str, service: str, units: int, host: str | None = None) -> Happening:
    more = {} if host is None else {"host": host}
    return fact("ServicePerformed", on, B, f"done-{on}-{host}", service=service, units=units, **more)


def damages_agreed(on: str, amount: str, *items: str, ref: str = "agreed") -> Happening:
    return fact("DamagesAgreed", on, A, ref, items=list(items), amount=amount, confirmed_by=BOTH)


def damages_settled(on: str, amount: str, *items: str) -> Happening:
    return fact("DamagesSettled", on, B, f"settled-{on}", items=list(items), amount=amount, manner="paid")


def damages_deducted(on: str, amount: str, name: str, *items: str) -> Happening:
    """Deducted from the invoice ``name``."""
    return fact("DamagesSettled", on, A, f"deducted-{on}", items=list(items), amount=amount, manner="deducted",
                invoice=name)  # fmt: skip


# -- facts about facts ------------------------------------------------------------------------------


def corrected(on: str, target: Happening, new_on: str | None = None, /, **data: Any) -> Happening:
    """The target's data with some values put right, and its day if ``new_on`` is given; with the target's paper."""
    more = {} if new_on is None else {"on": new_on}
    whole = {key: value for key, value in {**target.data, **data}.items() if value is not None}
    made = fact(
        "FactCorrected", on, target.by, f"{target.ref}-corrected-{on}", target=target.ref, data=whole,
        reason="笔误", **more,
    )  # fmt: skip
    return replace(made, documents=target.documents)


def retracted(on: str, target: Happening) -> Happening:
    """With the paper of what it takes back, where that has one."""
    made = fact("FactRetracted", on, target.by, f"{target.ref}-retracted-{on}", target=target.ref, reason="误录")
    return replace(made, documents=target.documents)


def contested(on: str, target: Happening, by: str) -> Happening:
    return fact("FactContested", on, by, f"{target.ref}-contested-{by}-{on}", target=target.ref, reason="不认可")


def acknowledged(on: str, target: Happening, by: str) -> Happening:
    return fact("FactAcknowledged", on, by, f"{target.ref}-acknowledged-{by}-{on}", target=target.ref)


# -- demands, disputes, judgments --------------------------------------------------------------------


def demanded(on: str, *debts: str, name: str = "demand", by: str = B) -> Happening:
    return fact("DemandMade", on, by, name, demand=name, about=list(debts))


def served(on: str, about: str = "demand", by: str = B) -> Happening:
    return fact("NoticeServed", on, by, f"{about}-served-{on}", about=about, manner="courier")


def dispute_opened(on: str, *facts: str, name: str = "dispute", by: str = A) -> Happening:
    return fact("DisputeOpened", on, by, name, dispute=name, clauses=["9.1"], facts=list(facts))


def sued(on: str, name: str = "dispute", by: str = A) -> Happening:
    return fact("LawsuitFiled", on, by, f"{name}-sued-{on}", dispute=name, court="北京市东城区人民法院")


def resolved(on: str, name: str = "dispute", by: str = A) -> Happening:
    return fact("DisputeResolved", on, by, f"{name}-resolved-{on}", dispute=name, outcome="调解")


def judged(on: str, *rulings: dict[str, Any], name: str = "dispute", by: str = A, final: bool = True) -> Happening:
    return fact(
        "JudgmentEntered", on, by, f"{name}-judged-{on}", dispute=name, court="北京市第二中级人民法院",
        reference="（2026）京02民终1号", final=final, rulings=list(rulings),
    )  # fmt: skip
