"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "migration:tested": ("系统测试", "the system test"),
    "migration:assessed": ("安全测评", "the security assessment"),
    "migration:deployed": ("上云部署", "its deployment"),
    "anomaly:DEPLOYED_UNTESTED": ("未经测试和测评即上云", "a system moved untested or unassessed"),
    "anomaly:TRIAL_RUN_UNTESTED": ("系统未备妥即投入试运行", "a trial run with systems that were not ready"),
    "duty:monitoring-report": ("提供监控报告", "deliver the monitoring report"),
    "duty:on-site-duty": ("重大活动现场值守", "on-site duty during a major event"),
    "EX_HAPPENED": ("其间有{fact}。", "Then came {fact}."),
    "EX_DEPLOYED_UNTESTED": (
        "{fact}：业务系统 {system} 上云时缺少：{missing}；依第 4.3 款应在迁移、部署之前完成。",
        "{fact}: system {system} was moved without: {missing}; clause 4.3 asks for it before the move.",
    ),
    "EX_TRIAL_RUN_UNTESTED": (
        "{fact}，而依第 6.2 款投入试运行之前应完成各系统的检测和迁移。",
        "{fact}; by clause 6.2 every system is to be checked and moved before the trial run.",
    ),
    "EX_SYSTEM_UNREADY": (
        "已登记的业务系统 {system}（{registered}）当日缺少：{missing}。",
        "System {system} was registered ({registered}) and on that day lacked: {missing}.",
    ),
    "PERIOD_REVERSED": ("结束日 {last} 早于开始日 {first}。", "The end {last} is before the start {first}."),
}
