"""第四条 运维、云迁移与重大活动: monitoring, migration, major events."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.vocabulary import DUAL_ACTIVE, EVENT, REPORT, SYSTEM
from ledger.domain.errors import Refusal
from ledger.domain.fact import AS, ASM, DONE, PERFORMED, A, B, S, fact
from ledger.domain.fields import Count, Day, Identifier, Positive


@fact(
    "4.2", zh="要求监控报告", en="monitoring report requested", actors=A, introduces=REPORT,
    saying=DONE,
    meaning="甲方要求乙方在某日之前提供监控报告。",
    labels={"due_on": ("应交付日", "due on")},
    example={"due_on": "2026-04-10"},
)  # fmt: skip
class MonitoringReportRequested:
    """Party A asked for a monitoring report by ``due_on`` (Art. 4.2)."""

    report: Identifier
    due_on: Day


@fact(
    "4.2", zh="提供监控报告", en="monitoring report delivered", actors=B, subject=REPORT,
    saying=PERFORMED,
    meaning="乙方提供了监控报告。",
)  # fmt: skip
class MonitoringReportDelivered:
    """Party B delivered a monitoring report (Art. 4.2)."""

    report: Identifier


def _not_reversed(what: MajorEventAnnounced, path: str) -> None:
    if what.to < what.from_:
        raise Refusal("PERIOD_REVERSED", f"{path}.to", first=what.from_, last=what.to)


@fact(
    "4.2", zh="重大活动", en="major event announced", actors=A, introduces=EVENT, check=_not_reversed,
    saying=DONE,
    meaning="甲方通知重大活动的起止日期和应到场的人数。",
    labels={"from": ("自", "from"), "to": ("至", "to"), "personnel": ("应到人数", "personnel")},
    example={"from": "2026-03-04", "to": "2026-03-12", "personnel": 6},
)  # fmt: skip
class MajorEventAnnounced:
    """Party A announced a major event 重大活动 and the staff to be on duty (Art. 4.2)."""

    event: Identifier
    from_: Day
    to: Day
    personnel: Count


@fact(
    "10.4", zh="骨干人员缺席", en="personnel absent", actors=AS, subject=EVENT, waits=False,
    meaning="重大活动期间，承诺到场的骨干人员缺席。",
    labels={"count": ("人数", "count")},
)  # fmt: skip
class PersonnelAbsent:
    """Promised key staff were absent during a major event (Art. 10.4)."""

    event: Identifier
    count: Positive


@fact(
    "4.3", zh="系统测试通过", en="system test passed", actors=B, subject=SYSTEM,
    meaning="某业务系统迁移前的系统测试通过。",
)  # fmt: skip
class SystemTestPassed:
    """Party B's system test of a business system was passed before migration (Art. 4.3)."""

    system: Identifier


@fact(
    "4.3", zh="安全测评通过", en="security assessment passed", actors=S, subject=SYSTEM,
    usual=S,
    meaning="云安全监管服务商出具某业务系统通过安全测评的意见。",
)  # fmt: skip
class SecurityAssessmentPassed:
    """The security supervisor issued a passed assessment of a business system (Art. 4.3)."""

    system: Identifier


@fact(
    "4.3", zh="系统上云", en="system deployed", actors=B, subject=SYSTEM,
    meaning="某业务系统迁移上云。",
)  # fmt: skip
class SystemDeployed:
    """A business system was moved to the cloud (Art. 4.3)."""

    system: Identifier


@fact(
    "4.3", zh="提出双活需求", en="dual-active requested", actors=ASM, introduces=(DUAL_ACTIVE, "request"),
    saying=DONE,
    meaning="要求与另一家云服务商双活运行。",
)  # fmt: skip
class DualActiveRequested:
    """Running 双活 active-active with the other provider was asked for (Art. 4.3)."""

    request: Identifier
