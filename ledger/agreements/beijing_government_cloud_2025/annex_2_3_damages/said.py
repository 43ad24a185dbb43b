"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "duty:scale-out": ("完成扩容", "scale out"),
    "measure:absence_minutes": ("现场无人值守（分钟）", "nobody on site (minutes)"),
    "measure:complaints": ("甲方投诉此类情况（次）", "complaints of such by party A"),
    "measure:failed_in_a_row": ("连续未通过月度考核（次）", "monthly assessments failed in a row"),
    "measure:deadline_passed": ("整改通知的期限", "the deadline of the notice"),
    "measure:scale_out_due": ("扩容的期限", "the day the scale-out was due"),
    "measure:outages": ("宕机（次，系同一事件的计一次）", "outages (those that are one count once)"),
    "measure:outage_minutes": ("宕机合计（分钟，时间重叠的计一次）", "minutes of outages in all (overlaps count once)"),
    "anomaly:NO_SYSTEM_FEE": ("没有业务系统服务费，违约金无从计算", "no system's fee to charge damages on"),
    "column.base": ("基数", "Base"),
    "EX_ITEM": (
        "{id}：依{clause}，由 {on} 的事实构成，依据：{facts}。",
        "{id}: by {clause}, made complete by what came on {on}, because of: {facts}.",
    ),
    "EX_ITEM_MEASURED": ("{id}——{criteria}。", "{id}: {criteria}."),
    "EX_ITEM_EITHER": ("{id}——以下有一项满足即可：{criteria}。", "{id}: one of these is enough: {criteria}."),
    "EX_IS": ("为“{threshold}”", "“{threshold}”"),
    "EX_BELOW": ("低于 {threshold}", "below {threshold}"),
    "EX_UNDER": ("小于 {threshold}", "under {threshold}"),
    "EX_BEYOND": (
        "小于 {threshold}（按所采用的解读，恰为或超过而不入更高区间的，也归此区间）",
        "under {threshold} (by the reading in force also that or more, where no higher band holds it)",
    ),
    "EX_CRITERION_PAST": (
        "{measure}（{threshold}）届满时仍未履行，{verdict}",
        "{measure} ({threshold}) passed unfulfilled, {verdict}",
    ),
    "EX_BASE_TOTAL": ("服务协议总金额（{on} 的条款）", "the agreement's total (terms of {on})"),
    "EX_BASE_FEE": ("业务系统 {system} 的年云服务费（{fact}）", "the yearly cloud fee of system {system} ({fact})"),
    "EX_ITEM_AMOUNT": (
        "{id}：取费基数 = {of} {whole} ÷ {months} 个月 = {base} 元；违约金 = {base} × {rate} = {amount} 元。",
        "{id}: base = {of} {whole} ÷ {months} months = CNY {base}; amount = {base} × {rate} = CNY {amount}.",
    ),
    "EX_ITEM_AMOUNT_ROUNDED": (
        "{id}：取费基数 = {of} {whole} ÷ {months} 个月 = {base} 元（准确值 {exact} 元）；违约金 = {exact} × "
        "{rate}，只在最后四舍五入到分，= {amount} 元。",
        "{id}: base = {of} {whole} ÷ {months} months = CNY {base} (exactly {exact}); amount = {exact} × "
        "{rate}, rounded once, at the end, = CNY {amount}.",
    ),
    "EX_ITEM_NO_FEE": (
        "{id}：没有指明已登记服务费的业务系统，取费基数不明，金额未定。",
        "{id}: no system with a registered fee is named, so there is no base and no amount.",
    ),
    "EX_ACCRUED": (
        "结论：截至 {day}，{count} 项成立，违约金合计 {sum} 元。",
        "Conclusion: as of {day} {count} items stand, CNY {sum}.",
    ),
    "EX_ACCRUED_SHARE": (
        "合计 {sum} 元，占合同总金额 {total} 元的 {share}。",
        "CNY {sum} is {share} of the contract's total of CNY {total}.",
    ),
    "EX_DEDUCTIBLE": (
        "结论：截至 {day} 尚可抵扣 = 应计 {accrued} − 已结清 {settled}，不小于零，= {deductible} 元。",
        "Conclusion: what may still be deducted as of {day} = accrued {accrued} − settled {settled}, not below zero, "
        "= CNY {deductible}.",
    ),
    "EX_SETTLED": ("截至 {day} 已结清 {sum} 元。", "Settled as of {day}: CNY {sum}."),
    "EX_NO_FEE": (
        "{fact}符合附件3 的一行，但没有指明已登记服务费的业务系统，取费基数不明。",
        "{fact} matches a row of annex 3 but names no system with a registered fee, so the base is unknown.",
    ),
    "report.damages_adjustable": (
        "应计 {accrued}，占合同总金额的 {share}；已结清 {settled}；尚可抵扣 {deductible}（元）。法院可以调整违约金"
        "（民法典第五百八十五条第二款），超过所造成损失百分之三十的，法院一般可以认定为过分高于损失"
        "（法释〔2023〕13号第六十五条）",
        "accrued {accrued}, {share} of the contract's total; settled {settled}; still deductible {deductible} (CNY). A "
        "court may adjust them (Civil Code 585.2); what exceeds the loss caused by more than 30 % it may as a rule "
        "find excessive (Fa Shi [2023] No. 13, article 65)",
    ),
    "report.told.item_without": ("违约金 {item}：无从计算", "Liquidated damages {item}: not computable"),
    "report.total_accrued": ("应计合计", "Accrued in all"),
    "report.none_items": ("没有违约金项目。", "There are no items of liquidated damages."),
    "damages.caption": (
        "未缩进的相加即为应计；被吸收的缩进列在吸收它的那一项之下，不计入。单位：元。",
        "What is not indented adds up to what accrued; what was absorbed is indented below what took it in, and not "
        "added. In yuan.",
    ),
    "damages.row:2:1": ("可用性不足，造成重大损失", "availability short, with a major loss"),
    "damages.row:2:2": ("未做好系统和数据互备", "mutual backup not done"),
    "damages.row:2:3": ("网页被篡改，造成重大影响", "web pages tampered with, to major effect"),
    "damages.row:2:4": ("数据丢失，造成重大影响", "data lost, to major effect"),
    "damages.row:2:5": ("系统被入侵，造成重大影响", "system intruded, to major effect"),
    "damages.row:2:6": ("整改通知后未正确处置，造成重大事故", "notice not properly acted on, with a major accident"),
    "damages.row:2:7": ("平均响应时间过长，造成重大事故", "response too slow, with a major accident"),
    "damages.row:2:8": ("平均响应时间过长，造成重大事故", "response too slow, with a major accident"),
    "damages.row:2:9": ("平均故障恢复时间过长，造成重大影响", "recovery too slow, to major effect"),
    "damages.row:2:10": ("平均故障恢复时间过长，造成重大影响", "recovery too slow, to major effect"),
    "damages.row:2:11": ("现场无人值守，造成重大事故", "nobody on site, with a major accident"),
    "damages.row:2:12": ("现场无人值守，造成重大事故", "nobody on site, with a major accident"),
    "damages.row:3:1": ("可用性不足，出现问题", "availability short, with a problem"),
    "damages.row:3:2": ("可用性不足，多次被投诉", "availability short, with several complaints"),
    "damages.row:3:3": ("连续未通过月度考核", "monthly assessments failed in a row"),
    "damages.row:3:4": ("扩容逾期，书面通知后仍未满足", "scale-out late, still not done after written notice"),
    "damages.row:3:5": ("系统宕机时间过长", "system down too long"),
    "damages.row:3:6": ("系统多次宕机，或累计过长", "system down too often, or too long in all"),
    "damages.row:3:7": ("整改通知后未正确处置，出现问题", "notice not properly acted on, with a problem"),
    "damages.row:3:8": ("平均响应时间过长，出现问题", "response too slow, with a problem"),
    "damages.row:3:9": ("平均响应时间过长，出现问题", "response too slow, with a problem"),
    "damages.row:3:10": ("平均故障恢复时间过长，出现问题", "recovery too slow, with a problem"),
    "damages.row:3:11": ("平均故障恢复时间过长，出现问题", "recovery too slow, with a problem"),
    "damages.row:3:12": ("现场无人值守，出现问题", "nobody on site, with a problem"),
    "damages.row:3:13": ("现场无人值守，出现问题", "nobody on site, with a problem"),
    "damages.item.agreed": ("双方商定的违约金", "damages the parties agreed"),
    "damages.item.absorbed": ("{item}，由 {by} 吸收", "{item}, absorbed by {by}"),
    "damages.item": ("项目", "item"),
    "damages.none": ("没有违约金项目。", "No items of liquidated damages."),
    "damages.title": ("违约金，与合同总额同一比例", "Liquidated damages at the scale of the total"),
    "damages.share": ("合同总额的 {share}", "{share} of the total"),
    "damages.finding": (
        "应计违约金 {accrued} 元（合同总额 {total} 元），其中已结清 {settled} 元，尚可抵扣 {deductible} 元。",
        "Damages accrued: CNY {accrued} (of a total of {total}); settled: {settled}; still deductible: {deductible}.",
    ),
    "screen.damages": ("违约金（附件 2、3）", "Liquidated damages (annexes 2, 3)"),
    "screen.not_absorbed": ("成立各项合计", "total standing"),
}
