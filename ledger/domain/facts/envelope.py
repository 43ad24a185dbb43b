"""A recorded fact: what happened, with everything the ledger knows about how it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from ledger.domain.facts.agreement import (
    AmendmentAgreed,
    ContractRegistered,
    ContractSigned,
    DataDisposed,
    DisputeOpened,
    DisputeResolved,
    ExitPermitted,
    ExitRefused,
    ExitRequested,
    ExitWithdrawn,
    LawsuitFiled,
    LeaseStarted,
    ProposalAccepted,
    ProposalRejected,
    ReadingAgreed,
    RenewalProposed,
    SwitchoverCompleted,
    TerminationDeclared,
    TerminationProposed,
)
from ledger.domain.facts.log import (
    ClockCorrected,
    LogKeyRotated,
    PersonalDataErased,
    RollbackAccepted,
    WitnessAdmitted,
)
from ledger.domain.facts.payment import (
    DamagesAgreed,
    DamagesSettled,
    InvoiceIssued,
    InvoiceVoided,
    PaymentMade,
    PaymentReturned,
)
from ledger.domain.facts.record import (
    CalendarPublished,
    DocumentAttached,
    EvidenceExported,
    FactAcknowledged,
    FactContested,
    FactCorrected,
    FactRetracted,
)
from ledger.domain.facts.service import (
    AcceptanceFailed,
    AcceptancePassed,
    AcceptanceRequested,
    DualActiveRefused,
    DualActiveRequested,
    LeakReported,
    MajorEventAnnounced,
    MaterialsReturned,
    MonitoringReportDelivered,
    MonitoringReportRequested,
    PersonnelAbsent,
    PersonnelAssigned,
    PersonnelReplaced,
    ResourcesDeployed,
    ReturnOfMaterialsRequested,
    ScaleOutCompleted,
    ScaleOutRequested,
    SecurityAssessmentPassed,
    SecurityReviewPassed,
    ServicePerformed,
    StaffingReported,
    StageReviewFailed,
    StageReviewPassed,
    SystemDeployed,
    SystemRegistered,
    SystemTestPassed,
    TrialRunStarted,
)
from ledger.domain.facts.supervision import (
    AssessmentRecorded,
    AvailabilityReported,
    ComplaintFiled,
    IncidentAssessed,
    IncidentGradeAgreed,
    IncidentReported,
    IncidentsLinked,
    IncidentsUnlinked,
    OnSiteAbsenceRecorded,
    RectificationCompleted,
    RectificationNoticeIssued,
    RectificationRejected,
    ServiceLevelReported,
)
from ledger.domain.moments import beijing_day

What: TypeAlias = (
    ContractRegistered | ContractSigned | LeaseStarted | AmendmentAgreed | ReadingAgreed
    | RenewalProposed | TerminationProposed | ProposalAccepted | ProposalRejected | TerminationDeclared
    | ExitRequested | ExitPermitted | ExitRefused | ExitWithdrawn | SwitchoverCompleted | DataDisposed
    | InvoiceIssued | InvoiceVoided | PaymentMade | PaymentReturned | DamagesAgreed | DamagesSettled
    | ResourcesDeployed | StageReviewPassed | StageReviewFailed | SystemRegistered | TrialRunStarted
    | SystemTestPassed | SecurityAssessmentPassed | SystemDeployed | AcceptanceRequested
    | AcceptancePassed | AcceptanceFailed | SecurityReviewPassed | ServicePerformed
    | IncidentReported | IncidentAssessed | IncidentsLinked | IncidentsUnlinked | IncidentGradeAgreed
    | RectificationNoticeIssued | RectificationCompleted | RectificationRejected
    | MajorEventAnnounced | PersonnelAbsent | StaffingReported | DualActiveRequested | DualActiveRefused
    | AvailabilityReported | ServiceLevelReported | OnSiteAbsenceRecorded | AssessmentRecorded
    | ComplaintFiled | ScaleOutRequested | ScaleOutCompleted
    | MonitoringReportRequested | MonitoringReportDelivered
    | ReturnOfMaterialsRequested | MaterialsReturned | PersonnelAssigned | PersonnelReplaced | LeakReported
    | DisputeOpened | LawsuitFiled | DisputeResolved
    | FactCorrected | FactRetracted | FactAcknowledged | FactContested
    | DocumentAttached | EvidenceExported | CalendarPublished | LogKeyRotated | PersonalDataErased
    | WitnessAdmitted | RollbackAccepted | ClockCorrected
)


@dataclass(frozen=True, slots=True)
class Document:
    """An attached file by its SHA-256 (and SM3 where given), 64 lower-case hex digits each."""

    sha256: str
    name: str
    media_type: str
    sm3: str | None = None


@dataclass(slots=True)
class Fact:
    """One recorded fact of one contract.

    ``on`` is as recorded; ``day`` its Beijing day; ``at`` and ``recorded_at`` are microseconds since the
    Unix epoch (a date-only ``on`` stands at the start of its Beijing day); ``digest`` is the SHA-256 of
    the stored bytes and ``prev`` that of the fact before it, both 64 hex digits. ``recorded_roles`` are the
    roles ``recorded_by`` held on this contract when recording, None where nobody knows.
    """

    contract: str
    seq: int
    id: str
    ref: str
    type: str
    on: str
    day: date
    at: int
    by: str
    what: What
    documents: tuple[Document, ...]
    recorded_at: int
    recorded_by: str
    position: int
    digest: str
    prev: str
    recorded_roles: tuple[str, ...] | None = None

    @property
    def on_behalf(self) -> bool:
        """代录: the recorder is known not to hold the role that says this (SPEC 2.1)."""
        return self.recorded_roles is not None and self.by not in self.recorded_roles

    @property
    def days_late(self) -> int:
        """Whole Beijing days from the day it happened to the day it was recorded."""
        return (beijing_day(self.recorded_at) - self.day).days
