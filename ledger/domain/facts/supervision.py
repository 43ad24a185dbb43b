"""Incidents, what was measured, and what was demanded (art. 6.3, art. 10, annexes 1 to 3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ledger.domain.declare import record
from ledger.domain.money import Fen


@record
class Measures:
    """What is known of an incident (Annex 1); ``None`` means not stated, which never satisfies a rule.

    ``systems_share`` is a share of 1, ``months_lost`` months, ``economic_loss`` fen; the first eight
    fields are common to every kind, the others belong to the kinds in ``MEASURES_OF``.
    """

    system: str | None = None
    root_cause: str | None = None
    consequence: str | None = None
    responsibility: str | None = None
    force_majeure: bool | None = None
    security_service_fault: bool | None = None
    unheeded_notice: str | None = None
    learned_on: date | None = None
    scope: str | None = None
    systems_share: Decimal | None = None
    people_affected: int | None = None
    economic_loss: Fen | None = None
    duration_minutes: int | None = None
    guarantee_period: bool | None = None
    provider_hazard: bool | None = None
    plan_followed: bool | None = None
    attention: tuple[str, ...] | None = None
    core_data: bool | None = None
    systems_affected: int | None = None
    months_lost: Decimal | None = None
    unrecoverable: bool | None = None
    mlps_level: int | None = None
    important: bool | None = None
    third_party_notified: bool | None = None
    handled_in_time: bool | None = None
    tampered_or_leaked: bool | None = None


COMMON_MEASURES = ("system", "root_cause", "consequence", "responsibility", "force_majeure",
                   "security_service_fault", "unheeded_notice", "learned_on")
MEASURES_OF: dict[str, frozenset[str]] = {
    kind: frozenset((*COMMON_MEASURES, *own)) for kind, own in {
        "outage": ("scope", "systems_share", "people_affected", "economic_loss", "duration_minutes"),
        "tampering": ("guarantee_period", "provider_hazard", "plan_followed", "attention",
                      "duration_minutes"),
        "data_loss": ("core_data", "systems_affected", "months_lost", "unrecoverable", "mlps_level",
                      "important"),
        "intrusion": ("third_party_notified", "handled_in_time", "guarantee_period", "tampered_or_leaked",
                      "mlps_level", "important"),
        "mutual_backup": (),
    }.items()
}


@record
class IncidentReported:
    """An incident of some kind, with the measures known when it was reported (Annex 1)."""

    incident: str
    kind: str
    measures: Measures


@record
class IncidentAssessed:
    """Measures that replace those reported, one by one, from this fact's day onwards (Annex 1)."""

    incident: str
    measures: Measures


@record
class IncidentsLinked:
    """Incidents were found to come from one event or cause (Art. 10.3)."""

    incidents: tuple[str, ...]
    root_cause: str


@record
class IncidentsUnlinked:
    """Incidents were found not to come from that cause after all (Art. 10.3)."""

    incidents: tuple[str, ...]
    root_cause: str


@record
class IncidentGradeAgreed:
    """Both parties agreed an incident's grade: A, B or none (Art. 10.3)."""

    incident: str
    grade: str
    confirmed_by: tuple[str, ...]


@record
class RectificationNoticeIssued:
    """A demand on party B with a deadline (Art. 10.4); the issuer is the role that asserts it."""

    notice: str
    ground: str
    demand: str
    deadline: date
    about: str | None = None


@record
class RectificationCompleted:
    """Party B says it did what a notice demanded (Art. 10.4)."""

    notice: str


@record
class RectificationRejected:
    """The issuer of a notice found that what was done does not meet it (Art. 10.4)."""

    notice: str
    reason: str


@record
class AvailabilityReported:
    """Availability and data reliability of a month, in percent, of the platform or a system (Art. 6.3)."""

    month: str
    system: str | None = None
    availability: Decimal
    data_reliability: Decimal
    consequence: str


@record
class ServiceLevelReported:
    """Average response and recovery times of a month (Annex 2, rows 7 to 10; Annex 3, rows 8 to 11)."""

    month: str
    system: str | None = None
    response_minutes: int | None = None
    recovery_minutes: int | None = None
    consequence: str


@record
class OnSiteAbsenceRecorded:
    """Nobody was on site for some minutes (Annex 2, rows 11 and 12; Annex 3, rows 12 and 13)."""

    system: str | None = None
    minutes: int
    consequence: str


@record
class AssessmentRecorded:
    """Party A's monthly assessment 月度考核 was passed or not (Annex 3, row 3)."""

    month: str
    system: str | None = None
    passed: bool


@record
class ComplaintFiled:
    """Party A complained about a system (Annex 3, row 2)."""

    complaint: str
    system: str
    subject: str
