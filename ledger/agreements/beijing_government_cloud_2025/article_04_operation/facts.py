"""第四条 运维、云迁移与重大活动: monitoring, migration, major events."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.vocabulary import DUAL_ACTIVE, EVENT, REPORT, SYSTEM
from ledger.domain.errors import Refusal
from ledger.domain.fact import AS, ASM, A, B, S, fact
from ledger.domain.fields import Count, Day, Identifier


@fact("4.2", zh="要求监控报告", en="monitoring report requested", by=A, introduces=REPORT)
class MonitoringReportRequested:
    """Party A asked for a monitoring report by ``due_on`` (Art. 4.2)."""

    report: Identifier
    due_on: Day


@fact("4.2", zh="提供监控报告", en="monitoring report delivered", by=B, subject=REPORT)
class MonitoringReportDelivered:
    """Party B delivered a monitoring report (Art. 4.2)."""

    report: Identifier


def _not_reversed(what: MajorEventAnnounced, path: str) -> None:
    if what.to < what.from_:
        raise Refusal("PERIOD_REVERSED", f"{path}.to", first=what.from_, last=what.to)


@fact("4.2", zh="重大活动", en="major event announced", by=A, introduces=EVENT, check=_not_reversed)
class MajorEventAnnounced:
    """Party A announced a major event 重大活动 and the staff to be on duty (Art. 4.2)."""

    event: Identifier
    from_: Day
    to: Day
    personnel: Count


@fact("10.4", zh="骨干人员缺席", en="personnel absent", by=AS, subject=EVENT, waits=False)
class PersonnelAbsent:
    """Promised key staff were absent during a major event (Art. 10.4)."""

    event: Identifier
    count: Count


@fact("4.3", zh="系统测试通过", en="system test passed", by=B, subject=SYSTEM)
class SystemTestPassed:
    """Party B's system test of a business system was passed before migration (Art. 4.3)."""

    system: Identifier


@fact("4.3", zh="安全测评通过", en="security assessment passed", by=S, subject=SYSTEM)
class SecurityAssessmentPassed:
    """The security supervisor issued a passed assessment of a business system (Art. 4.3)."""

    system: Identifier


@fact("4.3", zh="系统上云", en="system deployed", by=B, subject=SYSTEM)
class SystemDeployed:
    """A business system was moved to the cloud (Art. 4.3)."""

    system: Identifier


@fact("4.3", zh="提出双活需求", en="dual-active requested", by=ASM, introduces=(DUAL_ACTIVE, "request"))
class DualActiveRequested:
    """Running 双活 active-active with the other provider was asked for (Art. 4.3)."""

    request: Identifier
