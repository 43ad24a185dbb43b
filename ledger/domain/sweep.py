"""The sweep: one pure pass over facts and timers, from which every conclusion follows (ARCHITECTURE).

Facts come in order of (``on``, ``seq``). Within a day a rule that speaks of a day looks at the whole day
(SPEC 4.8), so what such rules look up (signatures, terms, the stage review …) is taken first, and what is
judged by the whole day (declarations, grounds under 10.4) is judged at its close.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from ledger.domain.agreement import Agreement
from ledger.domain.calendar import Calendar
from ledger.domain.clauses import (
    annex_1_grades,
    annex_2_3_damages,
    annex_4_order,
    art_04_operation,
    art_05_security,
    art_06_quality,
    art_07_confidentiality,
    art_09_payment,
    art_10_same_cause,
    art_10_termination,
    art_11_exit,
    art_13_term,
)
from ledger.domain.facts import TYPES, ContractRegistered, Fact, TerminationDeclared
from ledger.domain.machine import Machine

Handler = Callable[[Machine, Fact, Any], None]
Step = Callable[[date, Fact | None], None]

# Looked up by rules that speak of a whole day, hence taken first.
FIRST: dict[str, tuple[Handler, ...]] = {
    "ContractSigned": (
        art_13_term.signed, art_06_quality.effective, art_09_payment.effective, art_05_security.effective,
        art_07_confidentiality.effective,
    ),
    "LeaseStarted": (
        art_13_term.lease_started, art_06_quality.lease_started, annex_1_grades.watch_anew,
        annex_4_order.lease_started,
    ),
    "AmendmentAgreed": (art_13_term.amended, art_09_payment.effective, annex_1_grades.watch_anew),
    "ReadingAgreed": (art_13_term.reading_agreed,),
    "TrialRunStarted": (art_06_quality.trial_run_started,),
    "StageReviewPassed": (art_09_payment.stage_review_passed,),
    "SystemRegistered": (annex_2_3_damages.system_registered,),
}
THEN: dict[str, tuple[Handler, ...]] = {
    # 第四条
    "MonitoringReportRequested": (art_04_operation.monitoring_report_requested,),
    "MonitoringReportDelivered": (art_04_operation.monitoring_report_delivered,),
    "MajorEventAnnounced": (art_04_operation.major_event_announced,),
    "PersonnelAbsent": (art_04_operation.personnel_absent,),
    # 第五条
    "SecurityReviewPassed": (art_05_security.security_review_passed,),
    # 第六条
    "AvailabilityReported": (art_06_quality.availability_reported,),
    "AcceptanceRequested": (art_06_quality.acceptance_requested,),
    "AcceptanceFailed": (art_06_quality.acceptance_failed,),
    # 第七条
    "ReturnOfMaterialsRequested": (art_07_confidentiality.return_requested,),
    "MaterialsReturned": (art_07_confidentiality.materials_returned,),
    "LeakReported": (art_07_confidentiality.leak_reported,),
    # 第九条
    "ResourcesDeployed": (art_09_payment.resources_deployed,),
    "InvoiceIssued": (art_09_payment.invoice_issued,),
    "InvoiceVoided": (art_09_payment.invoice_voided,),
    "PaymentMade": (art_09_payment.payment_made,),
    "PaymentReturned": (art_09_payment.payment_returned,),
    # 第十条
    "RectificationNoticeIssued": (art_10_termination.notice_issued,),
    "RectificationCompleted": (art_10_termination.rectification_completed,),
    "RectificationRejected": (art_10_termination.rectification_rejected,),
    "StaffingReported": (art_10_termination.staffing_reported,),
    "DualActiveRefused": (art_10_termination.dual_active_refused,),
    "TerminationDeclared": (art_10_termination.declared,),
    # 第十一条
    "ExitRequested": (art_11_exit.exit_requested,),
    "ExitPermitted": (art_11_exit.exit_permitted,),
    "ExitRefused": (art_11_exit.exit_refused,),
    "ExitWithdrawn": (art_11_exit.exit_withdrawn,),
    "SwitchoverCompleted": (art_11_exit.switchover_completed,),
    # 第十三条
    "RenewalProposed": (art_13_term.renewal_proposed,),
    "TerminationProposed": (art_13_term.termination_proposed,),
    "ProposalAccepted": (art_13_term.proposal_accepted,),
    # 附件1
    "IncidentReported": (annex_1_grades.reported,),
    "IncidentAssessed": (annex_1_grades.assessed,),
    "IncidentGradeAgreed": (annex_1_grades.grade_agreed,),
    "IncidentsLinked": (annex_1_grades.linked,),
    "IncidentsUnlinked": (annex_1_grades.unlinked,),
    # 附件2, 附件3
    "ServiceLevelReported": (annex_2_3_damages.service_level_reported,),
    "OnSiteAbsenceRecorded": (annex_2_3_damages.on_site_absence_recorded,),
    "AssessmentRecorded": (annex_2_3_damages.assessment_recorded,),
    "ComplaintFiled": (annex_2_3_damages.complaint_filed,),
    "ScaleOutRequested": (annex_2_3_damages.scale_out_requested,),
    "ScaleOutCompleted": (annex_2_3_damages.scale_out_completed,),
    "DamagesAgreed": (art_10_same_cause.agreed,),
    "DamagesSettled": (art_10_same_cause.settled,),
    # 附件4
    "ServicePerformed": (annex_4_order.service_performed,),
}
# On record, and no conclusion rests on them by themselves.
SILENT = frozenset({
    "ContractRegistered", "ProposalRejected", "DataDisposed", "DisputeOpened", "LawsuitFiled", "DisputeResolved",
    "StageReviewFailed", "SystemTestPassed", "SecurityAssessmentPassed", "SystemDeployed", "AcceptancePassed",
    "DualActiveRequested", "PersonnelAssigned", "PersonnelReplaced", "FactCorrected", "FactRetracted",
    "FactAcknowledged", "FactContested", "DocumentAttached", "EvidenceExported", "CalendarPublished",
    "LogKeyRotated", "PersonalDataErased", "WitnessAdmitted", "RollbackAccepted", "ClockCorrected",
})  # fmt: skip
HANDLERS = THEN | FIRST
# These count by themselves, whenever the invoice, event, round or request they name came to be; other facts wait.
_AT_ONCE = ("PaymentMade", "PersonnelAbsent", "AcceptanceFailed", "DualActiveRefused")
_SUBJECT = {
    name: type_.subject for name, type_ in TYPES.items()
    if type_.subject is not None and name in HANDLERS and name not in _AT_ONCE
}  # fmt: skip
_PLAN = {
    name: (_SUBJECT.get(name), HANDLERS.get(name, ()), type_.introduces) for name, type_ in TYPES.items()
}  # fmt: skip


class Sweep:
    """A contract's pass; ``machine`` holds it as of the end of the last day handled."""

    def __init__(self, facts: Sequence[Fact], calendar: Calendar, asked: Mapping[str, str]) -> None:
        """``facts``: those that stand, in order of ``seq``, the registration among them; ``asked``: readings."""
        registration = next(fact for fact in facts if isinstance(fact.what, ContractRegistered))
        assert isinstance(registration.what, ContractRegistered)
        self.machine = Machine(Agreement(registration.what.terms, asked), calendar, registration)
        self.machine.heard = [fact for fact in facts if fact.type in ("FactContested", "FactAcknowledged")]
        self._facts = sorted(facts, key=attrgetter("at"))  # stable: equal moments keep the order of seq
        self._next = 0
        self._here: set[tuple[str, str]] = set()
        self._waiting: dict[tuple[str, str], list[Fact]] = {}

    def advance(self, until: date, step: Step | None = None) -> None:
        """Handle every fact and timer up to the end of ``until``; ``step`` hears of each."""
        while (day := self.next_day()) is not None and day <= until:
            self._handle_day(day, step)

    def next_day(self) -> date | None:
        """The next day on which a fact or a timer stands."""
        fact_day = self._facts[self._next].day if self._next < len(self._facts) else None
        timer_day = self.machine.next_timer
        if fact_day is None or timer_day is None:
            return fact_day or timer_day
        return min(fact_day, timer_day)

    def stop_facts(self) -> None:
        """From here on nothing new happens: only timers remain."""
        del self._facts[self._next :]

    def _handle_day(self, day: date, step: Step | None) -> None:
        machine = self.machine
        if machine.next_timer == day:
            machine.ring()
            if step is not None:
                step(day, None)
        machine.day = day
        first, then = self._of_day(day)
        for fact in first + then:
            self._handle(fact)
            if step is not None and not isinstance(fact.what, TerminationDeclared):
                step(day, fact)
        self._close(day, step)

    def _of_day(self, day: date) -> tuple[list[Fact], list[Fact]]:
        first: list[Fact] = []
        then: list[Fact] = []
        facts, index = self._facts, self._next
        while index < len(facts) and facts[index].day == day:
            fact = facts[index]
            (first if fact.type in FIRST else then).append(fact)
            index += 1
        self._next = index
        return first, then

    def _handle(self, fact: Fact) -> None:
        subject, handlers, introduces = _PLAN[fact.type]
        what = fact.what
        if subject is not None:
            about = (subject[0], getattr(what, subject[1]))
            if about not in self._here:
                self._waiting.setdefault(about, []).append(fact)
                return
        for handler in handlers:
            handler(self.machine, fact, what)
        if introduces is not None:
            brought = (introduces[0], getattr(what, introduces[1]))
            self._here.add(brought)
            if brought in self._waiting:
                for waiting in self._waiting.pop(brought):
                    self._handle(waiting)

    def _close(self, day: date, step: Step | None) -> None:
        """What is judged by the whole day."""
        machine = self.machine
        if machine.unsettled_grounds:
            art_10_termination.settle_grounds(machine, annex_1_grades.graded_groups)
        for take_effect in machine.effects:
            take_effect(machine)
        machine.effects.clear()
        for fact in machine.declarations:
            art_10_termination.declare(machine, fact, annex_1_grades.graded_groups)
            if step is not None:
                step(day, fact)
        machine.declarations.clear()
        art_11_exit.close(machine)
        if step is not None:
            step(day, None)
