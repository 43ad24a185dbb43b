"""What terms are told that are lawful but unwise (SPEC 2.3). Part of the one catalogue."""

from __future__ import annotations

ADVICE: dict[str, tuple[str, str]] = {
    # --- what no row holds, what two rows hold -----------------------------------------------------
    "ADVICE_FLOORS_DISAGREE": (
        "{measure}的下限不一致：{floors}。介于其间的数值，依一处违约，依另一处不违约。",
        "The floors of {measure} disagree: {floors}. A value between them is a breach by one and none by the other.",
    ),
    "advice.floor": ("{clauses}为 {floor}%", "{floor} % in {clauses}"),
    # --- grades --------------------------------------------------------------------------------------
    # --- periods -------------------------------------------------------------------------------------
    "ADVICE_DAY_OFF": (
        "{day} 不是工作日，约定的日期不顺延：最后一个工作日是 {before}。",
        "{day} is no working day, and a day agreed does not roll: the last working day is {before}.",
    ),
    "ADVICE_MONTHS_SHORT": (
        "{months} 个月不顺延，期末没有对应日的，以月末为期末：自 {from} 起算到 {to} 止，少 {days} 日。",
        "{months} months do not roll and end on a month's last day where there is no corresponding one: from {from}"
        " they end on {to}, {days} day(s) earlier than the number of the day.",
    ),
    # --- words ---------------------------------------------------------------------------------------
    "advice.months": ("{months} 个月", "{months} month(s)"),
    "advice.band.within": (" {low} 分钟以上", "{low} minutes or more"),
    "advice.band.over": ("大于 {low} 分钟", "over {low} minutes"),
    "advice.band.within-to": (" {low} 分钟以上至 {high} 分钟", "from {low} minutes to {high}"),
    "advice.band.within-under": (" {low} 分钟以上且小于 {high} 分钟", "from {low} minutes and under {high}"),
    "advice.band.over-to": ("大于 {low} 分钟至 {high} 分钟", "over {low} minutes to {high}"),
    "advice.band.over-under": ("大于 {low} 分钟且小于 {high} 分钟", "over {low} minutes and under {high}"),
    "advice.rule.response": ("平均响应时间", "the average response time"),
    "advice.rule.recovery": ("平均故障恢复时间", "the average recovery time"),
    "advice.rule.on-site-absence": ("现场无人值守", "an absence from the site"),
    "advice.measure.availability": ("可用性", "availability"),
    "advice.measure.data_reliability": ("数据可靠性", "data reliability"),
    "DONE_TERMS_CLEAR": ("没有需要提示之处。", "Nothing to point out."),
    "DONE_TERMS_ADVISED": (
        "签署前宜看 {count} 处（不影响登记）：",
        "To see before signing: {count} (nothing of it stands in the way of registering)",
    ),
    "DONE_TERMS_ADVISED_SHORT": (
        "这些条款有 {count} 处宜在签署前看过：lvyue terms check {file}",
        "There are {count} things in these terms to see before signing: lvyue terms check {file}",
    ),
    "screen.advice_example": ("例：{example}", "example: {example}"),
    "screen.advice_reading": ("解读 {reading}", "reading {reading}"),
    "screen.advice_readings": (
        "可以了结上述问题的解读（在条款参数的 [readings] 中选定）",
        "Readings that settle these (chosen in the terms, [readings])",
    ),
}
