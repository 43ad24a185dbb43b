"""What terms are told that are lawful but unwise (SPEC 2.3). Part of the one catalogue."""

from __future__ import annotations

ADVICE: dict[str, tuple[str, str]] = {
    # --- what no row holds, what two rows hold -----------------------------------------------------
    "ADVICE_GAP_POINT": (
        "{rule}恰为 {value} 分钟的，哪一行都不是：第 {below} 行是{below_band}，第 {above} 行是{above_band}。",
        "Of {rule}, exactly {value} minutes match no row: row {below} is {below_band}, row {above} is {above_band}.",
    ),
    "ADVICE_GAP_BETWEEN": (
        "{rule}{gap}的，哪一行都不是：第 {below} 行是{below_band}，第 {above} 行是{above_band}。",
        "Of {rule}, {gap} matches no row: row {below} is {below_band}, row {above} is {above_band}.",
    ),
    "ADVICE_GAP_ABOVE": (
        "{rule}{gap}的，哪一行都不是：最高的第 {below} 行是{below_band}。",
        "Of {rule}, {gap} matches no row: the last, row {below}, is {below_band}.",
    ),
    "ADVICE_BELOW_BOTH": (
        "可用性低于 {availability}% 或数据可靠性低于 {reliability}% 的月份，同时低于{first}和{second}的下限，"
        "两行可能都适用。",
        "A month below {availability} % of availability or {reliability} % of data reliability is below the floors of"
        " both {first} and {second}; both rows may apply.",
    ),
    "ADVICE_OUTAGE_BOTH": (
        "一次中断达到 {minutes} 分钟的，既符合{first}，一次就又符合{second}的累计时间。",
        "An outage of {minutes} minutes meets {first} and, alone, the hours in all of {second}.",
    ),
    "ADVICE_FLOORS_DISAGREE": (
        "{measure}的下限不一致：{floors}。介于其间的数值，依一处违约，依另一处不违约。",
        "The floors of {measure} disagree: {floors}. A value between them is a breach by one and none by the other.",
    ),
    "advice.floor": ("{clauses}为 {floor}%", "{floor} % in {clauses}"),
    # --- grades --------------------------------------------------------------------------------------
    "ADVICE_NOTHING_GRADED": (
        "约定了 A 级、B 级事件达到次数即可解除，但没有任何定级标准：这项解除权不会产生。",
        "A number of A or B incidents is to open a right to terminate, but nothing says what is graded so:"
        " that right cannot arise.",
    ),
    "ADVICE_FORCE_MAJEURE": (
        "表头限于“云服务商主责”，服务中断和数据丢失两栏又写“因不可抗力造成”，二者难以并存："
        "按字面，这两类事件不会有级别。",
        "The heading limits the table to the provider's main responsibility, while its rows on outages and data loss"
        " say “caused by force majeure”. The two hardly go together: as written, neither kind can have a grade.",
    ),
    "ADVICE_OVER_AND_FROM": (
        "“超过……以上”自相矛盾：“超过”不含本数，“以上”包含本数（民法典第一千二百五十九条）。"
        "恰为 {value}，本程序按“超过”（{taken}），不计入。",
        "“超过 … 以上” (over … and above) contradicts itself: over leaves the number out, 以上 takes it in (Civil Code"
        " 1259). Exactly {value} is taken as over ({taken}) and does not count.",
    ),
    "ADVICE_ATTENTION_BOTH": (
        "“市级领导批示或关注”既写在 A 级也写在 B 级：重大保障期间的同一篡改事件同时符合两级，本程序取 A 级。",
        "Note by municipal leaders stands in grade A and in grade B: one tampering in a guarantee period meets both;"
        " it is taken as an A.",
    ),
    "ADVICE_B_OUT_OF_REACH": (
        "{kind}的 B 级无法达到：凡符合 B 级条件的，都已符合 A 级。",
        "Grade B of {kind} cannot be reached: whatever meets it meets grade A already.",
    ),
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
    "ADVICE_DAYS_SHORT": (
        "{days} 个自然日不顺延：自 {from} 起算到 {to} 止，其间只有 {left} 个工作日。",
        "{days} natural days do not roll: from {from} to {to} there are only {left} working days.",
    ),
    "ADVICE_DAYS_NONE": (
        "{days} 个自然日不顺延：自 {from} 起算到 {to} 止，其间没有一个工作日。",
        "{days} natural days do not roll: from {from} to {to} there is not one working day.",
    ),
    "ADVICE_NO_DAY_TO_PAY": (
        "没有约定收到发票后多少个工作日内付款：履行期限不明确的，可以随时请求履行，但应给对方必要的准备时间"
        "（民法典第五百一十一条），逾期自何日起无从确定。",
        "Nothing says within how many working days an invoice is to be paid: where no time is set, performance may be"
        " asked for at any time, with time to prepare (Civil Code 511), and no day tells since when payment is late.",
    ),
    "ADVICE_MONTHS_DIFFER": (
        "服务期自 {from} 至 {to}，不是整 {months} 个月，而附件2的取费基数按 {months} 个月计算。",
        "The term from {from} to {to} is not {months} months, by which the base of annex 2 is divided.",
    ),
    "ADVICE_ROW_NEVER": (
        "条款参数没有约定扩容期限：{first}没有可逾的期限，不会产生。",
        "The terms state no period for scale-out: {first} has no period to run past, and cannot arise.",
    ),
    # --- words ---------------------------------------------------------------------------------------
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
