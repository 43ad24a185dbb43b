"""What is said of the clause alone: the sentences of its screens, refusals and explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "OPS_EFFECTIVE": (
        "双方均已签署，合同于 {on} 生效：{facts}。", "Both parties have signed; effective on {on}: {facts}.",
    ),
    "OPS_ONE_SIGNED": (
        "只有一方签署，合同尚未生效：{facts}。", "Only one party has signed; not effective yet: {facts}.",
    ),
    "OPS_NOT_SIGNED": ("截至 {day} 双方均未签署。", "By {day} neither party has signed."),
    "OPS_PERIOD": ("服务期自 {first} 起至 {last} 止。", "The service period runs from {first} to {last}."),
    "OPS_PERIOD_FROM_ACCEPTANCE": (
        "服务期自验收通过之日 {first} 起 {months} 个月，至对应日 {last} 届满：{fact}。",
        "The service period runs for {months} months from {first}, the day of the acceptance, to the corresponding "
        "day {last}: {fact}.",
    ),
    "OPS_PERIOD_NOT_STATED": (
        "服务期为 {months} 个月，条款没有写明自何日起算：起止日无从确定。",
        "The service period is {months} months; the terms do not state from when, so neither its first day nor its "
        "last is known.",
    ),
    "OPS_PERIOD_WAITS": (
        "服务期自阶段 {stage} 验收通过之日起算，该阶段尚未验收通过。",
        "The service period begins with the acceptance of stage {stage}, which has not come yet.",
    ),
    "OPS_PERIOD_RUNS": (
        "截至 {day} 未过合同最后一日 {last}{state}。", "On {day} the last day, {last}{state}, has not passed.",
    ),
    "OPS_PERIOD_OVER": (
        "合同最后一日为 {last}{state}，截至 {day} 已过。", "The last day was {last}{state}; by {day} it is over.",
    ),
    "OPS_EARLY": ("（提前终止）", " (ended early)"),
    "OPS_TERMINATED": (
        "合同于 {on} 解除，最后一日为 {last}：{facts}。", "Terminated on {on}, the last day being {last}: {facts}.",
    ),
    "OPS_NOT_TERMINATED": ("截至 {day} 合同未被解除。", "By {day} nothing has terminated the contract."),
    "OPS_HANDED_OVER": ("已移交：{fact}。", "Handed over: {fact}."),
}
