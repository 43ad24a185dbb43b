"""What is said of terms of this agreement alone: why they are refused, and what is unwise in them."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
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
    "ADVICE_ALL_OR_ANY": (
        "中断的业务系统比例、影响人数、经济损失三项以顿号并列，须同时具备还是具备其一，没有写明；本程序要求同时具备。",
        "Share of systems, people affected and loss stand side by side: whether all of them are needed or any is"
        " enough is not said. All are asked for.",
    ),
    "ADVICE_ABOVE_CEILING": (
        "B 级写“超过 10% 至 30%”：中断比例超过 30%，而影响人数或经济损失不到 A 级的，按字面哪一级都不是；"
        "本程序作 B 级。",
        "Grade B says “over 10 % to 30 %”: a share above 30 % whose people affected or loss fall short of grade A has,"
        " as written, no grade. It is taken as a B.",
    ),
    "ADVICE_SYSTEMS_BETWEEN": (
        "数据丢失的 B 级写“{from} 个业务系统”，A 级写“超过 {over} 个”：介于其间的，按字面哪一级都不是；本程序作 B 级。",
        "Grade B of data loss says {from} system(s), grade A more than {over}: a number in between has, as written, no"
        " grade. It is taken as a B.",
    ),
    "ADVICE_NO_SYSTEM_PRICE": (
        "附件3的取费基数是“某业务系统云服务费”，条款参数和订单都没有分系统的价款：各系统的费用须经双方确认并登记，"
        "否则附件3的违约金无从计算。",
        "The base of annex 3 is the fee of one system, and neither terms nor order have a price by system: unless both"
        " parties settle each system's fee and it is recorded, no amount under annex 3 can be computed.",
    ),
    "ADVICE_INSTALMENT_WAITS_NOT": (
        "第 {number} 期没有付款条件，而第 {waiting} 期有：合同生效后即可先开第 {number} 期的发票。",
        "Instalment {number} waits for nothing, while instalment {waiting} does: its invoice may come before that"
        " one's, as soon as the contract is effective.",
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
    "TERMS_INSTALMENTS_SUM": (
        "各期金额合计 {sum}，与合同总额 {total} 不符。",
        "the instalments add up to {sum}, not to the total {total}.",
    ),
    "TERMS_LINE_PRODUCT": (
        "合价 {total} 不等于单价 {unit_price} × 数量 {quantity} × 期数 {periods} = {product}。",
        "{total} is not unit price {unit_price} × quantity {quantity} × periods {periods} = {product}.",
    ),
    "TERMS_LINES_SUM": (
        "订单各行合计 {sum}，与合同总额 payment.total {total} 不符。",
        "the order lines add up to {sum}, not to payment.total {total}.",
    ),
    "TERMS_GRADES_EXCHANGED": (
        "A 级的条件低于 B 级；A 级应当更严重，两级可能写反了。",
        "grade A asks less than grade B; A is the graver, perhaps the two were exchanged.",
    ),
    "TERMS_RULE_WRONG_ANNEX": (
        "规则 {rule} 只用于附件3（damages.general），不用于附件2。",
        "rule {rule} belongs to annex 3 (damages.general) only, not to annex 2.",
    ),
    "TERMS_RULE_KEY_MISSING": ("规则 {rule} 需要这个参数。", "rule {rule} needs this parameter."),
    "TERMS_RULE_KEY_FOREIGN": (
        "规则 {rule} 没有这个参数，它的参数是：{known}。",
        "rule {rule} has no such parameter; it has: {known}.",
    ),
    "TERMS_BAND_CROSSED": (
        "区间上限 {high} 应大于下限 {low}。",
        "the upper end {high} must be greater than the lower end {low}.",
    ),
    "TERMS_BAND_TWICE": (
        "同一端不能既写 {first} 又写 {second}。",
        "one end of a band cannot be given as both {first} and {second}.",
    ),
    "TERMS_PERIOD_TWICE": (
        "同一期限不能既写 {first} 又写 {second}。",
        "one period cannot be given as both {first} and {second}.",
    ),
    "TERMS_START_TWICE": (
        "服务期已写明起止日，不能再写由什么起算。",
        "the days of the term are stated already, so nothing else can start it.",
    ),
    "TERMS_TERM_CROSSED": (
        "服务期止日 {ends_on} 不得早于起日 {starts_on}。",
        "the last day of the term, {ends_on}, must not be before its first, {starts_on}.",
    ),
    "TERMS_BANDS_OVERLAP": (
        "区间从 {low} 起，与 {other}（到 {high} 止）重叠。",
        "the band from {low} overlaps that of {other}, which ends at {high}.",
    ),
}
