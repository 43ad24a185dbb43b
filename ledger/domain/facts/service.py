"""Delivering the service: migration, trial run, acceptance, staff, reports (arts. 4 to 7, annexes 3 to 5)."""

from __future__ import annotations

from datetime import date

from ledger.domain.declare import record
from ledger.domain.facts.personal import Commitment
from ledger.domain.money import Fen


@record
class ResourcesDeployed:
    """Party B finished deploying the cloud resources (Art. 9.1)."""


@record
class StageReviewPassed:
    """The stage review was passed (Art. 9.1)."""

    reason: str | None = None


@record
class StageReviewFailed:
    """The stage review was not passed (Art. 9.1)."""

    reason: str | None = None


@record
class SystemRegistered:
    """A business system, its yearly cloud fee and its protection level (Annex 3: the base of its damages)."""

    system: str
    name: str
    annual_fee: Fen
    mlps_level: int
    important: bool


@record
class TrialRunStarted:
    """The systems went into trial run on the cloud (Art. 6.2)."""


@record
class SystemTestPassed:
    """Party B's system test of a business system was passed before migration (Art. 4.3)."""

    system: str


@record
class SecurityAssessmentPassed:
    """The security supervisor issued a passed assessment of a business system (Art. 4.3)."""

    system: str


@record
class SystemDeployed:
    """A business system was moved to the cloud (Art. 4.3)."""

    system: str


@record
class AcceptanceRequested:
    """Party B notified party A that the work is ready for acceptance (Art. 6.6)."""

    round: int | str


@record
class AcceptancePassed:
    """Party A accepted the work and rated its quality (Art. 6.6)."""

    round: int | str
    rating: str


@record
class AcceptanceFailed:
    """Party A did not accept the work (Art. 6.6); 30 days of rework follow."""

    round: int | str
    defects: str


@record
class SecurityReviewPassed:
    """The platform passed the third-party cyber-security review 网络安全审查 (Art. 5.2)."""

    reference: str


@record
class ServicePerformed:
    """Party B performed units of a per-time service of the order (Annex 4)."""

    service: str
    units: int
    host: str | None = None


@record
class MajorEventAnnounced:
    """Party A announced a major event 重大活动 and the staff to be on duty (Art. 4.2)."""

    event: str
    from_: date
    to: date
    personnel: int


@record
class PersonnelAbsent:
    """Promised key staff were absent during a major event (Art. 10.4)."""

    event: str
    count: int


@record
class StaffingReported:
    """The operations staff committed and actually there in a month (Art. 10.4)."""

    month: str
    committed: int
    actual: int


@record
class DualActiveRequested:
    """Running 双活 active-active with the other provider was asked for (Art. 4.3)."""

    request: str


@record
class DualActiveRefused:
    """Party B did not cooperate in running active-active (Art. 10.4)."""

    request: str


@record
class ScaleOutRequested:
    """Party A asked for more resources 扩容 (Annex 3, row 4)."""

    request: str
    system: str | None = None


@record
class ScaleOutCompleted:
    """Party B completed a scale-out (Annex 3, row 4)."""

    request: str


@record
class MonitoringReportRequested:
    """Party A asked for a monitoring report by ``due_on`` (Art. 4.2)."""

    report: str
    due_on: date


@record
class MonitoringReportDelivered:
    """Party B delivered a monitoring report (Art. 4.2)."""

    report: str


@record
class ReturnOfMaterialsRequested:
    """Party A asked in writing for its confidential materials back (Art. 7.2)."""

    request: str


@record
class MaterialsReturned:
    """Party B returned the confidential materials (Art. 7.2)."""

    request: str


@record
class PersonnelAssigned:
    """A person, by pseudonym, joined party B's project staff (Art. 7.2); name and phone are personal."""

    person: str
    nda_signed: bool
    name: str | Commitment | None = None
    phone: str | Commitment | None = None


@record
class PersonnelReplaced:
    """A person left the project's staff; ``handover_filed`` with party A or not (Annex 5, Art. 7.2)."""

    person: str
    handover_filed: bool


@record
class LeakReported:
    """Confidential information got out (Art. 7.2)."""

    leak: str
    summary: str
