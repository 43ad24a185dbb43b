"""What is said of the clause alone: the sentences of its screens, refusals and explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "OPS_STAGE_DAY": (
        "条款参数中阶段 {stage} 的日期（stages.{stage}.by）",
        "the day of the stage {stage} in the terms (stages.{stage}.by)",
    ),
    "OPS_DELAY_RUNS": (
        "{duty}自 {since} 届满后迟延，截至 {day} 计 {days} 日；迟延部分 {late} 元，每日 {rate}，计 {amount} 元。",
        "{duty}: late since {since}, {days} days by {day}; {late} yuan are late, at {rate} a day {amount} yuan.",
    ),
    "OPS_DELAY_CAP": (
        "若一直迟延，至 {on} 达到上限（迟延部分的 {cap}），届时计为一项违约金；提前履行的，于履行之日计。",
        "If it goes on it reaches the cap, {cap} of what is late, on {on} and then becomes an item of damages; if "
        "performed before, on that day.",
    ),
}
