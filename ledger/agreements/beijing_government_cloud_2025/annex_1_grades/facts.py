"""附件1 重大事件: incidents, their measures, what ties them together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal
from typing import Annotated, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.vocabulary import INCIDENT, NOTICE, SYSTEM, Consequence, MlpsLevel
from ledger.domain.admission_names import Assertion
from ledger.domain.declare import record, replace
from ledger.domain.fact import AB, ABS, SUPERVISOR, A, B, S, Saying, fact
from ledger.domain.fact_data import as_it_was, check_variant, stated
from ledger.domain.fields import (
    BothParties,
    Count,
    Day,
    Identifier,
    Identifiers,
    Minutes,
    Money,
    Share,
    YesNo,
    list_of,
)
from ledger.domain.moments import MINUTE, format_utc
from ledger.domain.rulings import ruling
from ledger.domain.values import choice, decimal

IncidentKind: TypeAlias = Annotated[str, choice("类型", "kind", {
    "outage": ("服务中断", "outage"),
    "tampering": ("篡改", "tampering"),
    "data_loss": ("数据丢失", "data loss"),
    "intrusion": ("恶意入侵", "intrusion"),
    "mutual_backup": ("互备缺失", "missing mutual backup"),
})]
Grade: TypeAlias = Annotated[str, choice("级别", "grade", {
    "A": ("A 级", "grade A"), "B": ("B 级", "grade B"), "none": ("不定级", "none"),
}, name="Grade")]
Responsibility: TypeAlias = Annotated[str, choice("责任方", "responsibility", {
    "provider": ("云服务商", "the provider"), "shared": ("多方", "shared"), "other": ("他方", "others"),
}, name="Responsibility")]
Attention: TypeAlias = Annotated[tuple[str, ...], list_of(choice("通报或关注", "attention", {
    "national": ("国家级机构或媒体通报", "notified nationally"),
    "municipal": ("市级机构或媒体通报", "notified by the municipality"),
    "municipal_leader": ("市级领导批示或关注", "noted by municipal leaders"),
}))]
Scope: TypeAlias = Annotated[str, choice("范围", "scope", {
    "platform": ("云平台整体", "the platform as a whole"), "system": ("某业务系统", "one system"),
})]
Months: TypeAlias = Annotated[Decimal, decimal(0, 10_000, "1.5")]


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
    duration_minutes: Minutes | None = None
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


MEASURES = {
    "root_cause": ("根本原因", "root cause"),
    "force_majeure": ("不可抗力", "force majeure"),
    "security_service_fault": ("安全服务故障", "fault of the security service"),
    "unheeded_notice": ("未处置的监管通知", "supervisor's notice not heeded"),
    "learned_on": ("甲方知悉日", "day party A learned of it"),
    "systems_share": ("中断业务系统比例", "share of systems interrupted"),
    "people_affected": ("影响人数", "people affected"),
    "economic_loss": ("经济损失（元）", "economic loss (yuan)"),
    "duration_minutes": ("影响时间（分钟）", "duration (minutes)"),
    "guarantee_period": ("处于重大保障期间", "in a guarantee period"),
    "provider_hazard": ("因云服务商安全隐患", "due to a security weakness of the provider"),
    "plan_followed": ("已按应急预案处置", "emergency plan followed"),
    "core_data": ("核心业务数据", "core data"),
    "systems_affected": ("受影响业务系统数", "systems affected"),
    "months_lost": ("丢失数据的月数", "months of data lost"),
    "unrecoverable": ("确认无法恢复", "beyond recovery"),
    "important": ("重要业务系统", "important system"),
    "third_party_notified": ("第三方安全机构通报", "notified by a third-party security body"),
    "handled_in_time": ("规定时间内有效处置", "dealt with in time"),
    "tampered_or_leaked": ("被篡改或信息泄露", "tampered with or leaked"),
}
HEADINGS = {
    "kind": ("事件类型",),
    "duration_minutes": ("时长（分钟）", "中断时长（分钟）", "持续时间（分钟）", "影响时长（分钟）"),
    "people_affected": ("影响人数（人）",),
    "systems_share": ("影响业务系统比例",),
}
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


def _lasts_no_longer_than_till_now(said: Assertion, began: int) -> None:
    """A duration that from its incident's beginning (µs) reaches past the recording moment cannot be known yet."""
    duration = said.what.measures.duration_minutes
    if duration is not None and began + duration * MINUTE > said.now:
        raise said.refusal("DURATION_IN_FUTURE", "duration_minutes", minutes=duration, now=format_utc(said.now))


def _can_be_reported(said: Assertion) -> None:
    _notice_is_a_supervisors(said)
    _lasts_no_longer_than_till_now(said, said.at)


def _without_measures(what: IncidentReported) -> IncidentReported:
    return replace(what, measures=Measures())


def _notice_is_a_supervisors(said: Assertion) -> None:
    notice = said.what.measures.unheeded_notice
    if notice is not None:
        seq = said.state.ever["notice", notice]
        if said.state.entries[seq - 1].actor != SUPERVISOR:
            raise said.refusal("NOTICE_NOT_SUPERVISORS", "unheeded_notice", notice=notice)


@fact(
    "annex 1", zh="事件报告", en="incident reported", actors=ABS, introduces=INCIDENT,
    mentions=(SYSTEM, (NOTICE, "unheeded_notice")), variants=("kind", MEASURES_OF), admit=_can_be_reported,
    upcasts={1: as_it_was}, saying=Saying(core=_without_measures),
    usual=ABS,
    meaning="报告一起某类事件，连同当时已知的各项情况。",
    labels=MEASURES, headings=HEADINGS,
    example={
        "kind": "outage", "scope": "platform", "systems_share": "0.15", "people_affected": 120000,
        "economic_loss": "1200000.00", "duration_minutes": 45,
    },
)  # fmt: skip
class IncidentReported:
    """An incident of some kind, with the measures known when it was reported (Annex 1)."""

    incident: Identifier
    kind: IncidentKind
    measures: Measures


def _measures_stated(what: IncidentAssessed) -> Iterable[Hashable]:
    return [(what.incident, measure) for measure in stated(what.measures)]


def _measures_fit_the_kind(said: Assertion) -> None:
    seq = said.state.ever["incident", said.what.incident]
    check_variant(said.state.what(seq).kind, stated(said.what.measures), MEASURES_OF, said.path)
    _notice_is_a_supervisors(said)
    _lasts_no_longer_than_till_now(said, said.state.at(seq))


@fact(
    "annex 1", zh="事件核定", en="incident assessed", actors=ABS, subject=INCIDENT,
    mentions=(SYSTEM, (NOTICE, "unheeded_notice")), admit=_measures_fit_the_kind, upcasts={1: as_it_was},
    saying=Saying(things=_measures_stated, restates=True, binds=True),
    usual=S,
    meaning="核定事件的情况：所写各项自当日起取代此前所报，未写的不变。",
    labels=MEASURES, headings=HEADINGS,
    example={"economic_loss": "1350000.00"},
)  # fmt: skip
class IncidentAssessed:
    """Measures that replace those reported, one by one, from this fact's day onwards (Annex 1)."""

    incident: Identifier
    measures: Measures


@fact(
    "10.3", zh="认定同一原因", en="incidents linked", actors=ABS, mentions=((INCIDENT, "incidents"),),
    saying=Saying(favours=B, binds=True),
    meaning="认定几起事件出于同一事件或同一原因。",
    labels={"root_cause": ("根本原因", "root cause")},
    example={"root_cause": "storage-firmware"},
)  # fmt: skip
class IncidentsLinked:
    """Incidents were found to come from one event or cause (Art. 10.3)."""

    incidents: Identifiers
    root_cause: Identifier


@fact(
    "10.3", zh="解除同因认定", en="incidents unlinked", actors=ABS, mentions=((INCIDENT, "incidents"),),
    saying=Saying(favours=A),
    meaning="认定几起事件并非出于该原因。",
    labels={"root_cause": ("根本原因", "root cause")},
    example={"root_cause": "storage-firmware"},
)  # fmt: skip
class IncidentsUnlinked:
    """Incidents were found not to come from that cause after all (Art. 10.3)."""

    incidents: Identifiers
    root_cause: Identifier


@fact(
    "10.3", zh="商定事件级别", en="incident grade agreed", actors=AB, subject=INCIDENT,
    meaning="双方商定一起事件的级别：A 级、B 级或不定级。",
    example={"grade": "B"},
)  # fmt: skip
class IncidentGradeAgreed:
    """Both parties agreed an incident's grade: A, B or none (Art. 10.3)."""

    incident: Identifier
    grade: Grade
    confirmed_by: BothParties


def _incident_known(said: Assertion, one: GradeRuled, path: str) -> None:
    if (INCIDENT, one.incident) not in said.state.holders:
        raise said.unknown(INCIDENT, f"{path}.incident", one.incident)


@ruling("事件级别裁判", "a ruling on a grade", _incident_known, names={"incident": INCIDENT})
class GradeRuled:
    """An incident has this grade, whatever was computed or agreed (Annex 1)."""

    incident: Identifier
    grade: Grade
