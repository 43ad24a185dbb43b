"""附件2、附件3 违约金: systems, service levels, assessments, complaints, scale-outs."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.vocabulary import (
    COMPLAINT,
    SCALE_OUT,
    SYSTEM,
    Consequence,
    MlpsLevel,
)
from ledger.domain.fact import AB, ABS, AS, A, B, fact
from ledger.domain.fields import Count, Identifier, Money, Month, Name, YesNo
from ledger.domain.values import choice

Subject: TypeAlias = Annotated[str, choice("availability", "other", name="Subject")]


@fact("annex 3", zh="登记业务系统", en="system registered", by=AB, introduces=SYSTEM, first=True)
class SystemRegistered:
    """A business system, its yearly cloud fee and its protection level (Annex 3: the base of its damages)."""

    system: Identifier
    name: Name
    annual_fee: Money
    mlps_level: MlpsLevel
    important: YesNo


@fact("annex 2", zh="响应与恢复时间报告", en="service level reported", by=ABS, mentions=(SYSTEM,))
class ServiceLevelReported:
    """Average response and recovery times of a month (Annex 2, rows 7 to 10; Annex 3, rows 8 to 11)."""

    month: Month
    system: Identifier | None = None
    response_minutes: Count | None = None
    recovery_minutes: Count | None = None
    consequence: Consequence


@fact("annex 2", zh="现场无人值守", en="on-site absence recorded", by=AS, mentions=(SYSTEM,))
class OnSiteAbsenceRecorded:
    """Nobody was on site for some minutes (Annex 2, rows 11 and 12; Annex 3, rows 12 and 13)."""

    system: Identifier | None = None
    minutes: Count
    consequence: Consequence


@fact("annex 3", zh="月度考核", en="monthly assessment recorded", by=A, mentions=(SYSTEM,))
class AssessmentRecorded:
    """Party A's monthly assessment 月度考核 was passed or not (Annex 3, row 3)."""

    month: Month
    system: Identifier | None = None
    passed: YesNo


@fact("annex 3", zh="投诉", en="complaint filed", by=A, introduces=COMPLAINT, mentions=(SYSTEM,))
class ComplaintFiled:
    """Party A complained about a system (Annex 3, row 2)."""

    complaint: Identifier
    system: Identifier
    subject: Subject


@fact(
    "annex 3", zh="提出扩容需求", en="scale-out requested", by=A, introduces=(SCALE_OUT, "request"), mentions=(SYSTEM,)
)
class ScaleOutRequested:
    """Party A asked for more resources 扩容 (Annex 3, row 4)."""

    request: Identifier
    system: Identifier | None = None


@fact("annex 3", zh="扩容完成", en="scale-out completed", by=B, subject=(SCALE_OUT, "request"))
class ScaleOutCompleted:
    """Party B completed a scale-out (Annex 3, row 4)."""

    request: Identifier
