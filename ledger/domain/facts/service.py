"""Delivering the service: migration, trial run, acceptance, staff, reports (arts. 4 to 7, annexes 3 to 5)."""

from __future__ import annotations

from datetime import date

from ledger.domain.facts.declare import fact
from ledger.domain.facts.personal import Commitment
from ledger.domain.money import Fen


@fact
class ResourcesDeployed:
    """Party B finished deploying the cloud resources (Art. 9.1)."""


@fact
class StageReviewPassed:
    """The stage review was passed (Art. 9.1)."""

    reason: str | None = None


@fact
class StageReviewFailed:
    """The stage review was not passed (Art. 9.1)."""

    reason: str | None = None


@fact
class SystemRegistered:
    """A business system, its yearly cloud fee and its protection level (Annex 3: the base of its damages)."""

    system: str
    name: str
    annual_fee: Fen
    mlps_level: int
    important: bool


@fact
class TrialRunStarted:
    """The systems went into trial run on the cloud (Art. 6.2)."""


@fact
class SystemTestPassed:
    """Party B's system test of a business system was passed before migration (Art. 4.3)."""

    system: str


@fact
class SecurityAssessmentPassed:
    """The security supervisor issued a passed assessment of a business system (Art. 4.3)."""

    system: str


@fact
class SystemDeployed:
    """A business system was moved to the cloud (Art. 4.3)."""

    system: str


@fact
class AcceptanceRequested:
    """Party B notified party A that the work is ready for acceptance (Art. 6.6)."""

    round: int | str


@fact
class AcceptancePassed:
    """Party A accepted the work and rated its quality (Art. 6.6)."""

    round: int | str
    rating: str


@fact
class AcceptanceFailed:
    """Party A did not accept the work (Art. 6.6); 30 days of rework follow."""

    round: int | str
    defects: str


@fact
class SecurityReviewPassed:
    """The platform passed the third-party cyber-security review 网络安全审查 (Art. 5.2)."""

    reference: str


@fact
class ServicePerformed:
    """Party B performed units of a per-time service of the order (Annex 4)."""

    service: str
    units: int
    host: str | None = None


@fact
class MajorEventAnnounced:
    """Party A announced a major event 重大活动 and the staff to be on duty (Art. 4.2)."""

    event: str
    from_: date
    to: date
    personnel: int


@fact
class PersonnelAbsent:
    """Promised key staff were absent during a major event (Art. 10.4)."""

    event: str
    count: int


@fact
class StaffingReported:
    """The operations staff committed and actually there in a month (Art. 10.4)."""

    month: str
    committed: int
    actual: int


@fact
class DualActiveRequested:
    """Running 双活 active-active with the other provider was asked for (Art. 4.3)."""

    request: str


@fact
class DualActiveRefused:
    """Party B did not cooperate in running active-active (Art. 10.4)."""

    request: str


@fact
class ScaleOutRequested:
    """Party A asked for more resources 扩容 (Annex 3, row 4)."""

    request: str
    system: str | None = None


@fact
class ScaleOutCompleted:
    """Party B completed a scale-out (Annex 3, row 4)."""

    request: str


@fact
class MonitoringReportRequested:
    """Party A asked for a monitoring report by ``due_on`` (Art. 4.2)."""

    report: str
    due_on: date


@fact
class MonitoringReportDelivered:
    """Party B delivered a monitoring report (Art. 4.2)."""

    report: str


@fact
class ReturnOfMaterialsRequested:
    """Party A asked in writing for its confidential materials back (Art. 7.2)."""

    request: str


@fact
class MaterialsReturned:
    """Party B returned the confidential materials (Art. 7.2)."""

    request: str


@fact
class PersonnelAssigned:
    """A person, by pseudonym, joined party B's project staff (Art. 7.2); name and phone are personal."""

    person: str
    nda_signed: bool
    name: str | Commitment | None = None
    phone: str | Commitment | None = None


@fact
class PersonnelReplaced:
    """A person left the project's staff; ``handover_filed`` with party A or not (Annex 5, Art. 7.2)."""

    person: str
    handover_filed: bool


@fact
class LeakReported:
    """Confidential information got out (Art. 7.2)."""

    leak: str
    summary: str
