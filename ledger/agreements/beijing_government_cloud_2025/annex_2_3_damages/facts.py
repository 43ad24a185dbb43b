"""附件2、附件3 违约金: systems, service levels, assessments, complaints, scale-outs."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.vocabulary import (
    CAUSES,
    COMPLAINT,
    INCIDENT,
    MONTHLY,
    SCALE_OUT,
    SYSTEM,
    Consequence,
    MlpsLevel,
)
from ledger.domain.fact import AB, ABS, AS, DONE, PERFORMED, A, B, S, fact
from ledger.domain.fact_data import as_it_was
from ledger.domain.fields import Identifier, Identifiers, Minutes, Money, Month, Name, YesNo
from ledger.domain.values import choice

Subject: TypeAlias = Annotated[str, choice("内容", "subject", {
    "availability": ("可用性", "availability"), "other": ("其他", "other"),
}, name="Subject")]


@fact(
    "annex 3", zh="登记业务系统", en="system registered", actors=AB, introduces=SYSTEM, first=True,
    meaning="登记一个业务系统及其年服务费和等保级别；该系统的违约金以此计算。",
    labels={
        "name": ("名称", "name"), "annual_fee": ("年服务费（元）", "annual fee (CNY)"),
        "important": ("重要业务系统", "important system"),
    },
    example={"name": "门户网站系统", "annual_fee": "612000.00"},
)  # fmt: skip
class SystemRegistered:
    """A business system, its yearly cloud fee and its protection level (Annex 3: the base of its damages)."""

    system: Identifier
    name: Name
    annual_fee: Money
    mlps_level: MlpsLevel
    important: YesNo


@fact(
    "annex 2", zh="响应与恢复时间报告", en="service level reported", actors=ABS,
    mentions=(SYSTEM, (INCIDENT, "incidents")), saying=MONTHLY, upcasts={1: as_it_was},
    usual=(*B, *S),
    meaning="报告某月的平均响应时间和平均恢复时间。",
    labels={
        "response_minutes": ("平均响应时间（分钟）", "response (min)"),
        "recovery_minutes": ("平均恢复时间（分钟）", "recovery (min)"), "incidents": CAUSES,
    },
    example={"response_minutes": 22, "recovery_minutes": 75, "consequence": "problem"},
)  # fmt: skip
class ServiceLevelReported:
    """Average response and recovery times of a month (Annex 2, rows 7 to 10; Annex 3, rows 8 to 11)."""

    month: Month
    system: Identifier | None = None
    response_minutes: Minutes | None = None
    recovery_minutes: Minutes | None = None
    consequence: Consequence
    incidents: Identifiers | None = None


@fact(
    "annex 2", zh="现场无人值守", en="on-site absence recorded", actors=AS, mentions=(SYSTEM, (INCIDENT, "incidents")),
    upcasts={1: as_it_was},
    usual=S,
    meaning="现场有若干分钟无人值守。",
    labels={"minutes": ("分钟", "minutes"), "incidents": CAUSES},
    example={"minutes": 75, "consequence": "problem"},
)  # fmt: skip
class OnSiteAbsenceRecorded:
    """Nobody was on site for some minutes (Annex 2, rows 11 and 12; Annex 3, rows 12 and 13)."""

    system: Identifier | None = None
    minutes: Minutes
    consequence: Consequence
    incidents: Identifiers | None = None


@fact(
    "annex 3", zh="月度考核", en="monthly assessment recorded", actors=A, mentions=(SYSTEM,),
    saying=MONTHLY._replace(done=True),
    usual=A,
    meaning="甲方的月度考核合格或不合格。",
    labels={"passed": ("合格", "passed")},
    example={"passed": False},
)  # fmt: skip
class AssessmentRecorded:
    """Party A's monthly assessment 月度考核 was passed or not (Annex 3, row 3)."""

    month: Month
    system: Identifier | None = None
    passed: YesNo


@fact(
    "annex 3", zh="投诉", en="complaint filed", actors=A, introduces=COMPLAINT, mentions=(SYSTEM,),
    saying=DONE,
    meaning="甲方就某业务系统提出投诉。",
)  # fmt: skip
class ComplaintFiled:
    """Party A complained about a system (Annex 3, row 2)."""

    complaint: Identifier
    system: Identifier
    subject: Subject


@fact(
    "annex 3", zh="提出扩容需求", en="scale-out requested", actors=A, introduces=(SCALE_OUT, "request"),
    mentions=(SYSTEM,),
    saying=DONE,
    meaning="甲方要求扩容。",
)  # fmt: skip
class ScaleOutRequested:
    """Party A asked for more resources 扩容 (Annex 3, row 4)."""

    request: Identifier
    system: Identifier | None = None


@fact(
    "annex 3", zh="扩容完成", en="scale-out completed", actors=B, subject=(SCALE_OUT, "request"),
    saying=PERFORMED,
    meaning="乙方完成扩容。",
)  # fmt: skip
class ScaleOutCompleted:
    """Party B completed a scale-out (Annex 3, row 4)."""

    request: Identifier
