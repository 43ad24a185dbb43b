"""What is said of the clause alone: the sentences of its screens, refusals and explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "screen.ops_damages": ("抵扣与违约金（第三、五、七条）", "Credits and damages (arts. 3, 5, 7)"),
    "screen.ops_running": (
        "{duty}：截至当日已迟延 {days} 日，计 {amount} 元，仍在继续",
        "{duty} {days} days late so far, {amount} yuan, and going on",
    ),
    "screen.ops_claim_by": ("待主张，最后一日 {day}", "to be claimed by {day}"),
    "screen.ops_replaced_by": ("由 {item} 取代", "replaced by {item}"),
    "report.column.ops_debtor": ("应付方", "Owed by"),
    "report.column.ops_counted": ("计入", "Counted"),
    "ops.total_of_b": ("乙方应付合计", "owed by party B, together"),
    "ops.no_items": ("没有抵扣或违约金项目。", "There are no credits or damages."),
    "ops.damages_in_short": (
        "乙方应付抵扣款和违约金 {accrued} 元，已结清 {settled} 元，尚可抵扣 {deductible} 元；甲方应付违约金 "
        "{owed_by_party_a} 元；违约金法院可以调整（民法典第五百八十五条第二款）",
        "party B owes {accrued} yuan in credits and damages, {settled} settled, {deductible} still deductible; party A "
        "owes {owed_by_party_a} yuan in damages; a court may adjust them (Civil Code 585.2)",
    ),
    "OPS_DELAY_ENDED": (
        "到期日 {since}，迟延计至 {on}，共 {days} 日；逾期的 {late} 元，每日 {rate}，不超过其 {cap}，分次付款的按各自迟"
        "延天数计。",
        "Due on {since}, late until {on}, {days} days; {late} yuan are late, {rate} a day, at most {cap} of them, each "
        "payment for its own days.",
    ),
    "OPS_STAGE_DELAY_ENDED": (
        "到期日 {since}，迟延计至 {on}，共 {days} 日；以该阶段验收为付款节点的价款 {late} 元，每日 {rate}，不超过其 "
        "{cap}。",
        "Due on {since}, late until {on}, {days} days; {late} yuan are to be paid after this stage's acceptance, "
        "{rate} a day, at most {cap} of them.",
    ),
    "OPS_ITEM": (
        "{item}：{debtor}应付 {amount} 元，{day} 产生：{facts}。",
        "{item}: {debtor} owes {amount} yuan, since {day}: {facts}.",
    ),
    "OPS_ITEM_LINE": (
        "{item}：{amount} 元，{state}，计入 {counted} 元。", "{item}: {amount} yuan, {state}, {counted} counted.",
    ),
    "OPS_ITEM_AGREED": (
        "双方商定以此数额取代 {items}：{fact}。", "The parties agreed on this in place of {items}: {fact}.",
    ),
    "OPS_ITEM_RULED": ("裁判以此数额取代 {items}：{fact}。", "A court ruled this in place of {items}: {fact}."),
    "OPS_ITEM_REPLACED": (
        "{item} 由 {by} 取代，不再单独计算。", "{item} is replaced by {by} and counts no more by itself.",
    ),
    "OPS_ITEM_CUT": (
        "{item} 为 {amount} 元，限额内尚余的只有 {counted} 元，计入此数。",
        "{item} is {amount} yuan; the cap leaves room for {counted}, which count.",
    ),
    "OPS_CLAIMED": (
        "已于 {on} 主张，不晚于最后一日 {by}：{facts}。", "Claimed on {on}, not after {by}, the last day: {facts}.",
    ),
    "OPS_CLAIMABLE": (
        "尚未主张；主张应于 {by} 或之前到达乙方，此前不计入。",
        "Not claimed yet; a claim is to reach party B on or before {by}, until when it does not count.",
    ),
    "OPS_FORFEITED": (
        "至最后一日 {by} 没有到达乙方的主张记录；按第 10.1 款视为放弃，不计入。",
        "No claim is recorded to have reached party B by {by}, the last day; by 10.1 it is taken to be waived and "
        "does not count.",
    ),
    "OPS_CLAIMED_LATE": (
        "{fact}于 {on} 到达，{item} 应于 {by} 或之前主张。",
        "{fact} arrived on {on}; {item} was to be claimed by {by}.",
    ),
    "OPS_ACCRUED": ("截至 {day}，{debtor}应付合计 {sum} 元。", "By {day} {debtor} owes {sum} yuan together."),
    "OPS_NOTHING_ACCRUED": (
        "截至 {day}，没有{debtor}应付的抵扣或违约金（{sum} 元）。",
        "By {day} {debtor} owes no credits or damages ({sum} yuan).",
    ),
    "OPS_CAP": (
        "限额为合同总价 {total} 元的 {share}，即 {cap} 元；先产生的先计，商定或裁判的数额不受限。",
        "The cap is {share} of the total of {total} yuan, {cap} yuan; what arose first counts first, and sums agreed "
        "or ruled are not limited.",
    ),
    "OPS_NO_CAP": ("合同条款未约定限额。", "The terms set no cap."),
    "OPS_SETTLED_LINE": ("已结清 {amount} 元：{fact}。", "{amount} yuan settled: {fact}."),
    "OPS_SETTLED": ("{debtor}已结清合计：{sum} 元。", "Settled by {debtor} together: {sum} yuan."),
    "OPS_DEDUCTIBLE": (
        "{accrued} − {settled}，尚可抵扣 {deductible} 元。",
        "{accrued} − {settled}: {deductible} yuan still deductible.",
    ),
}
