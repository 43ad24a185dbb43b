"""附件1 重大事件: incidents, their measures, what ties them together."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.vocabulary import INCIDENT, NOTICE, SYSTEM, Consequence, MlpsLevel
from ledger.domain.admission_names import Claim
from ledger.domain.declare import record
from ledger.domain.fact import AB, ABS, SUPERVISOR, fact
from ledger.domain.fact_data import check_variant, stated
from ledger.domain.fields import BothParties, Count, Day, Identifier, Identifiers, Money, Share, YesNo, list_of
from ledger.domain.values import choice, decimal

IncidentKind: TypeAlias = Annotated[str, choice("outage", "tampering", "data_loss", "intrusion", "mutual_backup")]
Grade: TypeAlias = Annotated[str, choice("A", "B", "none", name="Grade")]
Responsibility: TypeAlias = Annotated[str, choice("provider", "shared", "other", name="Responsibility")]
Attention: TypeAlias = Annotated[tuple[str, ...], list_of(choice("national", "municipal", "municipal_leader"))]
Scope: TypeAlias = Annotated[str, choice("platform", "system")]
Months: TypeAlias = Annotated[Decimal, decimal(0, 10_000)]


@record
class Measures:
    """What is known of an incident (Annex 1); ``None`` means not stated, which never satisfies a rule.

    ``systems_share`` is a share of 1, ``months_lost`` months, ``economic_loss`` fen; the first eight
    fields are common to every kind, the others belong to the kinds in ``MEASURES_OF``.
    """

    system: Identifier | None = None
    root_cause: Identifier | None = None
    consequence: Consequence | None = None
    responsibility: Responsibility | None = None
    force_majeure: YesNo | None = None
    security_service_fault: YesNo | None = None
    unheeded_notice: Identifier | None = None
    learned_on: Day | None = None
    scope: Scope | None = None
    systems_share: Share | None = None
    people_affected: Count | None = None
    economic_loss: Money | None = None
    duration_minutes: Count | None = None
    guarantee_period: YesNo | None = None
    provider_hazard: YesNo | None = None
    plan_followed: YesNo | None = None
    attention: Attention | None = None
    core_data: YesNo | None = None
    systems_affected: Count | None = None
    months_lost: Months | None = None
    unrecoverable: YesNo | None = None
    mlps_level: MlpsLevel | None = None
    important: YesNo | None = None
    third_party_notified: YesNo | None = None
    handled_in_time: YesNo | None = None
    tampered_or_leaked: YesNo | None = None


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


def _notice_is_a_supervisors(claim: Claim) -> None:
    notice = claim.what.measures.unheeded_notice
    if notice is not None:
        seq = claim.known.ever["notice", notice]
        if claim.known.entries[seq - 1].by != SUPERVISOR:
            raise claim.refusal("NOTICE_NOT_SUPERVISORS", "unheeded_notice", notice=notice)


@fact(
    "annex 1", zh="事件报告", en="incident reported", by=ABS, introduces=INCIDENT,
    mentions=(SYSTEM, (NOTICE, "unheeded_notice")), variants=("kind", MEASURES_OF), admit=_notice_is_a_supervisors,
)  # fmt: skip
class IncidentReported:
    """An incident of some kind, with the measures known when it was reported (Annex 1)."""

    incident: Identifier
    kind: IncidentKind
    measures: Measures


def _measures_fit_the_kind(claim: Claim) -> None:
    seq = claim.known.ever["incident", claim.what.incident]
    check_variant(claim.known.what(seq).kind, stated(claim.what.measures), MEASURES_OF, claim.path)
    _notice_is_a_supervisors(claim)


@fact(
    "annex 1", zh="事件核定", en="incident assessed", by=ABS, subject=INCIDENT,
    mentions=(SYSTEM, (NOTICE, "unheeded_notice")), admit=_measures_fit_the_kind,
)  # fmt: skip
class IncidentAssessed:
    """Measures that replace those reported, one by one, from this fact's day onwards (Annex 1)."""

    incident: Identifier
    measures: Measures


@fact("10.3", zh="认定同一原因", en="incidents linked", by=ABS, mentions=((INCIDENT, "incidents"),))
class IncidentsLinked:
    """Incidents were found to come from one event or cause (Art. 10.3)."""

    incidents: Identifiers
    root_cause: Identifier


@fact("10.3", zh="解除同因认定", en="incidents unlinked", by=ABS, mentions=((INCIDENT, "incidents"),))
class IncidentsUnlinked:
    """Incidents were found not to come from that cause after all (Art. 10.3)."""

    incidents: Identifiers
    root_cause: Identifier


@fact("10.3", zh="商定事件级别", en="incident grade agreed", by=AB, subject=INCIDENT)
class IncidentGradeAgreed:
    """Both parties agreed an incident's grade: A, B or none (Art. 10.3)."""

    incident: Identifier
    grade: Grade
    confirmed_by: BothParties
