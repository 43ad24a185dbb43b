"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "duty:trial-run": ("完成迁移并投入试运行", "migrate and start the trial run"),
    "duty:rework": ("返工并重新提交验收", "rework and submit again"),
    "duty:system-availability": ("保证系统可用性和数据可靠性", "keep a system's availability and data reliability"),
    "EX_BELOW_FLOOR": (
        "{month} 的平台报告{fact}：可用性 {availability}%（应不低于 {floor}%），数据可靠性 {reliability}%（应不"
        "低于 {least}%）。",
        "Platform report for {month}, {fact}: availability {availability} % (at least {floor} %), data "
        "reliability {reliability} % (at least {least} %).",
    ),
    "EX_BELOW_FLOOR_OF": ("{month} {of}的报告{fact}：{told}。", "Report for {month} on {of}, {fact}: {told}."),
    "EX_OF_PLATFORM": ("平台", "the platform"),
    "EX_OF_SYSTEM": ("系统 {system} ", "the system {system}"),
    "EX_FLOOR_OF": ("{measure} {found}%（应不低于 {floor}%）", "{measure} {found} % (at least {floor} %)"),
}
