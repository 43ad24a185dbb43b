"""What people see of this agreement beside what its fact types and readings say themselves: Chinese, then English."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    # --- obligations, items, anomalies ------------------------------------------------------------
    "duty:accept": ("按期通过阶段验收", "have the stage accepted in time"),
    "duty:pay-bond": ("交纳履约保证金", "pay the performance bond"),
    "duty:return-bond": ("退还履约保证金", "return the performance bond"),
    "duty:hand-over": ("移交资料、账号和配置", "hand over documents, accounts and configurations"),
    "duty:availability-credit": ("可用性抵扣", "credit for availability"),
    "duty:response-credit": ("响应超时抵扣", "credit for a late response"),
    "duty:resolution-credit": ("恢复超时抵扣", "credit for a late resolution"),
    "duty:delay": ("迟延违约金", "damages for delay:"),
    "item:standing": ("成立", "stands"),
    "item:claimable": ("待主张", "to be claimed"),
    "item:forfeited": ("逾期未主张", "not claimed in time"),
    "item:absorbed": ("由商定或裁判的数额取代", "replaced by an agreed or ruled sum"),
    "ground:cured": ("已因付清而消灭", "made good by payment"),
    "anomaly:INVOICE_BEFORE_TRIGGER": ("付款节点尚未届至即开票", "invoiced before the part's trigger"),
    "anomaly:INVOICE_CONDITION_OPEN": ("付款条件尚未成就即开票", "invoiced while a condition is open"),
    "anomaly:MONTH_OUTSIDE_SERVICE": ("所报月份不在服务期内", "the month lies outside the service period"),
    "anomaly:TICKET_OUTSIDE_SERVICE": ("报障不在服务期内", "the ticket lies outside the service period"),
    "anomaly:QUARTER_OUTSIDE_SERVICE": ("没有这一服务季度", "there is no such service quarter"),
    "anomaly:CREDIT_CLAIMED_LATE": ("主张抵扣已逾期限", "a credit claimed too late"),
    "anomaly:NOTICE_WITHOUT_GROUND": ("通知解除时没有可用的解除事由", "notice of termination with no ground open"),
    "anomaly:NOTICE_GROUND_NOT_OPEN": ("解除通知所写依据不成立", "notice of termination on a ground that was not open"),
    "anomaly:BOND_DRAWN_BEYOND": ("扣划保证金超过未结清数额或余额", "more drawn from the bond than is owed or held"),
    "anomaly:BOND_RETURNED_BEYOND": ("退还保证金超过余额", "more of the bond returned than is held"),
    # --- paths and fields -------------------------------------------------------------------------
    "path.term.starts_on": ("服务期起始日", "service period starts on"),
    "path.service": ("服务情况", "service"),
    "path.service.availability": ("月度可用性（%）", "availability by month (%)"),
    "path.service.open_tickets": ("未恢复的报障", "tickets not resolved"),
    "path.service.scores": ("季度评分", "scores by quarter"),
    "path.service.coefficients": ("年度考核系数", "coefficients by year"),
    "path.bond": ("履约保证金", "performance bond"),
    "path.bond.paid": ("已交纳", "paid"),
    "path.bond.drawn": ("已扣划", "drawn"),
    "path.bond.returned": ("已退还", "returned"),
    "path.bond.held": ("余额", "held"),
    "path.damages.cap": ("责任限额", "cap"),
    "path.damages.owed_by_party_a": ("甲方应付而未付的违约金", "damages owed by party A"),
    "path.damages.running": ("持续中的迟延", "delay that goes on"),
    "path.termination.party_a": ("甲方按第八条的解除权", "party A's right to terminate under article 8"),
    "path.termination.party_a.allowed": ("甲方可否按第八条解除", "party A may terminate by article 8"),
    "path.termination.party_a.state": ("甲方按第八条的解除权", "party A's right to terminate under article 8"),
    "path.termination.party_b": ("乙方按第八条的解除权", "party B's right to terminate under article 8"),
    "path.termination.party_b.allowed": ("乙方可否按第八条解除", "party B may terminate by article 8"),
    "path.termination.party_b.state": ("乙方按第八条的解除权", "party B's right to terminate under article 8"),
    "field.counted": ("计入限额内", "counted within the cap"),
    "field.debtor": ("应付方", "owed by"),
    "field.day": ("日期", "day"),
    "field.claim_by": ("主张的最后一日", "to be claimed by"),
    "field.days": ("天数", "days"),
    "field.party": ("权利方", "whose right"),
    "field.maker": ("由何而生", "made by"),
    "field.effective_on": ("解除日", "takes effect on"),
    "field.allowed": ("可否解除", "may terminate"),
    "field.month": ("月份", "month"),
    "field.system": ("系统", "system"),
    "field.availability": ("可用性（%）", "availability (%)"),
    "field.ticket": ("报障单", "ticket"),
    "field.priority": ("级别", "priority"),
    "field.opened_by": ("报障事实", "opened by"),
    "field.quarter": ("服务季度", "quarter"),
    "field.score": ("评分", "score"),
    "field.year": ("服务年度", "year"),
    "field.average": ("平均分", "average"),
    "field.coefficient": ("系数", "coefficient"),
    # --- screens and report -----------------------------------------------------------------------
    "screen.ops_termination": ("解除（第八条）", "Termination (art. 8)"),
    "screen.ops_damages": ("抵扣与违约金（第三、五、七条）", "Credits and damages (arts. 3, 5, 7)"),
    "screen.ops_running": (
        "{duty}：截至当日已迟延 {days} 日，计 {amount} 元，仍在继续",
        "{duty} {days} days late so far, {amount} yuan, and going on",
    ),
    "screen.ops_claim_by": ("待主张，最后一日 {day}", "to be claimed by {day}"),
    "screen.ops_replaced_by": ("由 {item} 取代", "replaced by {item}"),
    "column.ops_debtor": ("应付方", "Owed by"),
    "column.ops_counted": ("计入", "Counted"),
    "column.ops_item_state": ("状态", "State"),
    "column.ops_party": ("权利方", "Party"),
    "column.ops_notice": ("解除通知", "Notice"),
    "column.ops_served": ("到达对方", "Arrived"),
    "column.ops_effective": ("解除日", "Takes effect"),
    "report.column.ops_debtor": ("应付方", "Owed by"),
    "report.column.ops_counted": ("计入", "Counted"),
    "report.column.ops_party": ("权利方", "Party"),
    "ops.total_of_b": ("乙方应付合计", "owed by party B, together"),
    "ops.no_items": ("没有抵扣或违约金项目。", "There are no credits or damages."),
    "ops.no_grounds": ("截至当日没有第八条的解除事由。", "By that day there is no ground under article 8."),
    "ops.damages_in_short": (
        "乙方应付抵扣款和违约金 {accrued} 元，已结清 {settled} 元，尚可抵扣 {deductible} 元；甲方应付违约金 "
        "{owed_by_party_a} 元；违约金法院可以调整（民法典第五百八十五条第二款）",
        "party B owes {accrued} yuan in credits and damages, {settled} settled, {deductible} still deductible; party A "
        "owes {owed_by_party_a} yuan in damages; a court may adjust them (Civil Code 585.2)",
    ),
    "ops.verdict.open": ("{party}可以解除", "{party} may terminate"),
    "ops.verdict.declared": ("{party}已通知解除，尚未生效", "notice of termination by {party}, without effect yet"),
    "ops.verdict.exercised": ("{party}已行使解除权", "the right to terminate was used by {party}"),
    "ops.verdict.gone": ("{party}无可行使的解除事由", "no ground that {party} can use now"),
    "ops.verdict.none": ("{party}无解除事由", "no ground for {party} to terminate"),
    "ops.verdict.ground": ("{day} 成立", "arose on {day}"),
    "ops.verdict.term-over": (
        "合同该日届满，其后已无合同可以解除", "the contract ends that day, and nothing is left to terminate",
    ),
    "ops.verdict.lapses": (
        "自知道或者应当知道事由起一年不行使，解除权消灭（民法典第五百六十四条）；此处自事由成立之日起算",
        "unused for a year since the ground was or should have been known, the right lapses (Civil Code art. 564); "
        "counted here from the day it arose",
    ),
    "ops.right.open": ("按第八条，{party}现可解除合同", "By article 8 {party} may terminate"),
    "ops.right.declared": (
        "{party}已发出解除通知，尚未发生效力", "Notice of termination by {party} was given and has no effect yet",
    ),
    "ops.right.exercised": (
        "{party}已行使第八条的解除权", "The right to terminate under article 8 was used by {party}",
    ),
    "ops.right.gone": (
        "按第八条，{party}曾有解除事由，现均不能行使（民法典规定的权利不在此列）",
        "For {party} there were grounds under article 8 and none can be used now (the Civil Code's own rights are "
        "another matter)",
    ),
    "ops.right.none": (
        "按第八条，{party}现无解除事由（民法典规定的权利不在此列）",
        "By article 8 there is no ground for {party} to terminate now (the Civil Code's own rights are another matter)",
    ),
    # --- refusals ---------------------------------------------------------------------------------
    "SYSTEM_NOT_IN_TERMS": (
        "合同条款中没有系统 {system}；有：{known}。", "The terms have no system {system}; they have {known}.",
    ),
    "STAGE_UNKNOWN": (
        "合同条款中没有验收阶段 {stage}；有：{known}。", "The terms have no stage {stage}; they have {known}.",
    ),
    "MAINTENANCE_BEYOND_DOWNTIME": (
        "维护时间 {maintenance} 分钟超过不可用时间 {downtime} 分钟；它应是其中的一部分。",
        "{maintenance} minutes of maintenance exceed the downtime of {downtime} minutes, of which they are a part.",
    ),
    "TERM_STATED_TWO_WAYS": (
        "服务期应写明 from 和 to，或者写明 months 和 accepted（自何日起算未约定的，只写 months）；现写有 {given}。",
        "the service period is stated by from and to, or by months and accepted (by months alone where it is not "
        "agreed from when); given are {given}.",
    ),
    "TERM_ENDS_BEFORE": (
        "服务期于 {last} 届满，早于起始日 {first}。", "the service period ends on {last}, before it starts on {first}.",
    ),
    "PARTS_NOT_TOTAL": (
        "各期价款合计 {sum} 元，与总价 {total} 元不符。", "the parts come to {sum} yuan, not to the total of {total}.",
    ),
    "PART_ONE_OF": ("应写明下列各项中的一项，且只一项：{keys}。", "states exactly one of {keys}."),
    "PART_LACKS": ("以 {after} 为付款节点的，应写明 {key}。", "{key} is missing, which after = {after} needs."),
    "PART_TAKES_NOT": ("以 {after} 为付款节点的，不写 {key}。", "{key} does not go with after = {after}."),
    "PART_NEEDS": ("{key} 以 {needs} 为前提，条款中没有。", "{key} needs {needs}, which the terms do not have."),
    "COEFFICIENTS_FROM_ZERO": (
        "系数表应有一行自 0 分起，否则低分没有系数。", "one row is from 0, else a low score has no coefficient.",
    ),
    "BAND_TWICE": ("{value} 已在另一行写明。", "{value} stands in another row already."),
    "DELAY_CAP_BELOW_RATE": (
        "上限 {cap} 低于一日的比例 {rate}。", "the cap of {cap} is below the rate of a single day, {rate}.",
    ),
    "MONTHS_BEYOND_WINDOW": (
        "{months} 个月多于所在期间的 {within} 个月，条件不可能成就。",
        "{months} months are more than the {within} they are counted in: the condition cannot be fulfilled.",
    ),
    # --- explanations: term -----------------------------------------------------------------------
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
    "OPS_NO_COEFFICIENTS": (
        "第 {year} 个服务年度的系数无从确定：条款没有写明考核系数表。",
        "The coefficient of service year {year} cannot be known: the terms state no table of coefficients.",
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
    # --- explanations: price and payment ----------------------------------------------------------
    "OPS_PART": ("第 {number} 期（{after}）：{amount} 元。", "Part {number} ({after}): {amount} yuan."),
    "OPS_PART_ASSESSED": (
        "第 {number} 期（{after}）：{amount} × {coefficient} = {sum} 元。",
        "Part {number} ({after}): {amount} × {coefficient} = {sum} yuan.",
    ),
    "OPS_TOTAL": ("各期合计 {total} 元。", "Together {total} yuan."),
    "OPS_AFTER_SIGNING": ("合同生效后", "once the contract is in force"),
    "OPS_AFTER_ACCEPTANCE": ("阶段 {stage} 验收通过后", "after the acceptance of stage {stage}"),
    "OPS_AFTER_SERVICE_YEAR": ("第 {year} 个服务年度届满后", "after service year {year}"),
    "OPS_AFTER_INVOICE": ("收到发票后", "on invoice"),
    "OPS_CONDITION_BOND_PAID": ("履约保证金已足额交纳", "the performance bond is paid in full"),
    "OPS_CONDITION_NO_MAJOR_INCIDENT": ("没有尚未恢复的重大事件", "no major incident is open"),
    "OPS_INVOICE_CONFORMS": (
        "发票 {invoice} 为第 {number} 期（{after}），{amount} 元，税率 {rate}，不超过该期应付的 {most} 元，自 {on} 起"
        "符合约定。",
        "Invoice {invoice} is for part {number} ({after}), {amount} yuan at a rate of {rate}, within the {most} that "
        "the part comes to; it conforms since {on}.",
    ),
    "OPS_CURED_BY_TIME": (
        "发票 {invoice} 收到时尚不符合约定（{why}），自 {on} 起符合约定。",
        "Invoice {invoice} did not conform when it was received ({why}); it does since {on}.",
    ),
    "OPS_ACCEPTED": ("验收：{fact}。", "Accepted: {fact}."),
    "OPS_CONDITIONS_MET": ("付款条件：{conditions}。", "Condition of payment: {conditions}."),
    "OPS_DUE_WORKING_DAYS": (
        "第 {number} 期自发票符合约定之日起 {days} 个工作日内支付。",
        "Part {number} is paid within {days} working days of the day the invoice conforms.",
    ),
    "OPS_DUE_DAYS": (
        "第 {number} 期自发票符合约定之日起 {days} 日内支付。",
        "Part {number} is paid within {days} days of the day the invoice conforms.",
    ),
    "OPS_DUE_MONTHS": (
        "第 {number} 期自发票符合约定之日起 {days} 个月内支付。",
        "Part {number} is paid within {days} months of the day the invoice conforms.",
    ),
    "OPS_BEFORE_TRIGGER": (
        "发票 {invoice} 为第 {number} 期（{after}），于 {on} 收到，其时付款节点尚未届至。",
        "Invoice {invoice} is for part {number} ({after}); when it was received, on {on}, that had not come.",
    ),
    "OPS_YEAR_ENDS": ("第 {year} 个服务年度于 {last} 届满。", "Service year {year} ends on {last}."),
    "OPS_CONDITION_OPEN": (
        "发票 {invoice} 为第 {number} 期，于 {on} 收到，其时付款条件（{conditions}）尚未全部成就。",
        "Invoice {invoice} is for part {number}; when it was received, on {on}, its conditions ({conditions}) were "
        "not all met.",
    ),
    # --- explanations: service levels -------------------------------------------------------------
    "OPS_AVAILABILITY": (
        "{system} {month}：服务时间 {total} 分钟，不可用 {downtime} 分钟，其中公告的维护 {left_out} 分钟不计；可用性 "
        "{percent}%：{fact}。",
        "{system} {month}: {total} minutes of service, {downtime} unavailable, {left_out} of them announced "
        "maintenance and left out; availability {percent} %: {fact}.",
    ),
    "OPS_WINDOWS": (
        "提前公告的维护，{left_out} 分钟不计：{facts}。",
        "Maintenance announced ahead, {left_out} minutes left out: {facts}.",
    ),
    "OPS_NOT_MEASURED": (
        "{system} {month} 没有可据以计算的服务时间。", "Of {system} in {month} there is no service time to measure by.",
    ),
    "OPS_NOTHING_MEASURED": ("截至 {day} 没有可用性月报。", "By {day} no availability was reported."),
    "OPS_BAND": (
        "低于 {below}%，抵扣月服务费 {fee} 元的 {credit}，即 {amount} 元。",
        "Below {below} %: {credit} of the monthly fee of {fee} yuan, {amount} yuan, is credited.",
    ),
    "OPS_LATE_RESPONSE": (
        "报障单 {ticket}（{priority}）应在 {within} 分钟内响应，实际 {minutes} 分钟，超时 {over} 分钟：{opened}；"
        "{done}。",
        "Ticket {ticket} ({priority}) was to be answered within {within} minutes; it took {minutes}, {over} too many: "
        "{opened}; {done}.",
    ),
    "OPS_LATE_RESOLUTION": (
        "报障单 {ticket}（{priority}）应在 {within} 分钟内恢复，实际 {minutes} 分钟，逾期 {over} 分钟：{opened}；"
        "{done}。",
        "Ticket {ticket} ({priority}) was to be resolved within {within} minutes; it took {minutes}, {over} too many: "
        "{opened}; {done}.",
    ),
    "OPS_LATE_HOURS": (
        "逾期计 {hours} 小时，每小时 {each} 元，共 {amount} 元。",
        "{hours} hours late at {each} yuan each make {amount} yuan.",
    ),
    "OPS_TICKET_OPEN": (
        "报障单 {ticket}（{system}，{priority}）尚未恢复：{fact}。",
        "Ticket {ticket} ({system}, {priority}) is not resolved: {fact}.",
    ),
    "OPS_NO_TICKET_OPEN": ("截至 {day} 没有未恢复的报障。", "On {day} no ticket is open."),
    "OPS_OUTSIDE_SERVICE": (
        "{fact}所述不在服务期（{first} 至 {last}）内，不产生后果。",
        "What {fact} tells lies outside the service period ({first} to {last}) and has no effect.",
    ),
    # --- explanations: assessment -----------------------------------------------------------------
    "OPS_SCORE": ("第 {quarter} 季度 {score} 分（{fact}）", "quarter {quarter}: {score} ({fact})"),
    "OPS_SCORES_SO_FAR": (
        "第 {year} 个服务年度已有评分：{scores}。", "Scores of service year {year} so far: {scores}.",
    ),
    "OPS_COEFFICIENT": (
        "第 {year} 个服务年度：{scores}；平均 {average} 分，系数 {coefficient}。",
        "Service year {year}: {scores}; {average} on average, coefficient {coefficient}.",
    ),
    "OPS_COEFFICIENT_UNKNOWN": (
        "第 {year} 个服务年度的系数截至 {day} 未定，尚缺季度：{missing}。",
        "The coefficient of service year {year} is not known by {day}; quarters lacking: {missing}.",
    ),
    "OPS_QUARTER_OUTSIDE": (
        "服务期（{first} 至 {last}）没有第 {quarter} 季度，该评分不产生后果。",
        "The service period ({first} to {last}) has no quarter {quarter}; the score has no effect.",
    ),
    # --- explanations: delay, credits and damages -------------------------------------------------
    "OPS_DELAY_RUNS": (
        "{duty}自 {since} 届满后迟延，截至 {day} 计 {days} 日；迟延部分 {late} 元，每日 {rate}，计 {amount} 元。",
        "{duty}: late since {since}, {days} days by {day}; {late} yuan are late, at {rate} a day {amount} yuan.",
    ),
    "OPS_DELAY_CAP": (
        "若一直迟延，至 {on} 达到上限（迟延部分的 {cap}），届时计为一项违约金；提前履行的，于履行之日计。",
        "If it goes on it reaches the cap, {cap} of what is late, on {on} and then becomes an item of damages; if "
        "performed before, on that day.",
    ),
    "OPS_DELAY_ENDED": (
        "到期日 {since}，迟延计至 {on}，共 {days} 日；每日 {rate}，不超过迟延部分的 {cap}，分次付款的按各自迟延天数计"
        "。",
        "Due on {since}, late until {on}, {days} days; {rate} a day, at most {cap} of what is late, each payment for "
        "its own days.",
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
    # --- explanations: bond -----------------------------------------------------------------------
    "OPS_BOND_PAID": ("已交纳 {sum} 元：{facts}。", "{sum} yuan were paid: {facts}."),
    "OPS_BOND_NOT_PAID": (
        "截至 {day} 没有交纳履约保证金的记录（{sum} 元）{facts}。",
        "By {day} no bond is recorded as paid ({sum} yuan){facts}.",
    ),
    "OPS_BOND_DRAWN": ("已扣划 {sum} 元：{facts}。", "{sum} yuan were drawn: {facts}."),
    "OPS_BOND_NOT_DRAWN": (
        "截至 {day} 没有扣划（{sum} 元）{facts}。", "By {day} nothing was drawn ({sum} yuan){facts}.",
    ),
    "OPS_BOND_RETURNED": ("已退还 {sum} 元：{facts}。", "{sum} yuan were returned: {facts}."),
    "OPS_BOND_NOT_RETURNED": (
        "截至 {day} 没有退还（{sum} 元）{facts}。", "By {day} nothing was returned ({sum} yuan){facts}.",
    ),
    "OPS_BOND_HELD": (
        "{paid} − {drawn} − {returned} = {held} 元由甲方保管。",
        "{paid} − {drawn} − {returned} = {held} yuan are held.",
    ),
    "OPS_BOND_BEYOND": (
        "{fact}为 {amount} 元，超过其当日未结清的数额或保证金余额。",
        "{fact} is of {amount} yuan, more than was unsettled, or held, on its day.",
    ),
    # --- explanations: termination ----------------------------------------------------------------
    "OPS_RIGHT": ("{said}。", "{said}."),
    "OPS_NO_GROUND": ("截至 {day} 没有{party}的解除事由。", "By {day} no ground of {party} has arisen."),
    "OPS_OTHER_RIGHTS": (
        "双方协商一致的解除和民法典规定的解除权不受第八条影响。",
        "Termination by agreement and the rights the Civil Code itself gives are not touched by article 8.",
    ),
    "OPS_GROUND": (
        "{clause}：{party}的解除事由于 {on} 产生，{state}：{facts}。",
        "{clause}: a ground of {party}, arisen on {on}, {state}: {facts}.",
    ),
    "OPS_SHORTFALL": (
        "{system} {month} 的可用性为 {percent}%，连同约定期间内的其他月份，达到约定的月数。",
        "{system} was {percent} % available in {month}, which with other months of the window makes the number agreed.",
    ),
    "OPS_CAP_REACHED": (
        "乙方应付且计入的数额于 {on} 达到限额。", "What counts of what party B owes reached the cap on {on}.",
    ),
    "OPS_PAID_TOO_LATE": (
        "发票 {invoice} 于 {due} 到期，逾期超过 {days} 日，自 {on} 起成立。",
        "Invoice {invoice} was due on {due}; more than {days} days late since {on}.",
    ),
    "OPS_GROUND_OPEN": (
        "可以行使的最后一日为 {last}：合同最后一日与一年届满之日中较早的一日。解除权一年内不行使而消灭（民法典第564"
        "条），自事由产生之日起算至 {lapse}；何时知道或者应当知道，此处不作结论。",
        "It can be used until {last}, the earlier of the contract's last day and the end of a year in which it lapses "
        "if unused (article 564 of the Civil Code), counted from the day the ground arose, to {lapse}; when it was or "
        "should have been known is not concluded here.",
    ),
    "OPS_GROUND_LAPSED": (
        "自事由产生之日起一年已于 {lapse} 届满，未行使的解除权消灭（民法典第564条）；何时知道或者应当知道，此处不作"
        "结论。",
        "The year from the day the ground arose ended with {lapse}, and with it a right that was not used (article 564 "
        "of the Civil Code); when the ground was or should have been known is not concluded here.",
    ),
    "OPS_GROUND_CURED": (
        "甲方已于 {on} 付清，此前没有到达的解除通知。",
        "It was paid in full on {on}, and no notice had arrived before.",
    ),
    "OPS_GROUND_MOOT": (
        "合同最后一日为 {last}，此事由失去意义。", "The contract's last day was {last}; the ground is moot.",
    ),
    "OPS_GROUND_EXERCISED": ("已行使：{facts}。", "Used: {facts}."),
    "OPS_NO_NOTICE": ("截至 {day} 没有解除通知。", "By {day} no notice of termination was given."),
    "OPS_NOTICE_WAITS": (
        "{fact}尚无到达记录，到达前不发生效力。",
        "Nothing records yet that {fact} arrived, before which it ends nothing.",
    ),
    "OPS_NOTICE_ARRIVED": ("{fact}于 {on} 到达：{arrived}。", "{fact} arrived on {on}: {arrived}."),
    "OPS_NOTICE_VAIN": (
        "{on} 没有{party}可以行使的第八条解除事由，通知不发生第八条的效力。",
        "On {on} no ground of {party} under article 8 was open; the notice has no effect under it.",
    ),
    "OPS_NOTICE_EFFECTIVE": (
        "到达之日有解除事由（{grounds}），自到达之日起第 {days} 日即 {on} 解除，该日为合同的最后一日。",
        "On the day it arrived {grounds} was open; it ends the contract {days} days later, on {on}, its last day.",
    ),
    "OPS_NOTICE_NAMES": ("{fact}写明的依据：{named}。", "{fact} names {named}."),
    # --- the schemas of the API document ----------------------------------------------------------
    "api.schema.ServiceTerm": (
        "生效日、服务期起止日和解除日。", "The days of effect, of the service period, of termination.",
    ),
    "api.schema.Service": (
        "服务情况：可用性、未恢复的报障、评分和系数。", "Availability, open tickets, scores, coefficients.",
    ),
    "api.schema.Availability": (
        "某系统某月的可用性（%），四位小数。", "A system's availability in a month, per cent to four decimals.",
    ),
    "api.schema.OpenTicket": ("尚未恢复的报障。", "A ticket that is not resolved."),
    "api.schema.Score": ("一个服务季度的评分。", "The score of a service quarter."),
    "api.schema.Coefficient": ("一个服务年度的考核系数。", "The coefficient of a service year."),
    "api.schema.Bond": ("履约保证金，金额为元。", "The performance bond; sums in yuan."),
    "api.schema.CappedDamages": (
        "双方应付的抵扣款和违约金，金额为元；是按合同算出的数额，法院可以调整（民法典第五百八十五条第二款）。",
        "What either party owes in credits and damages; sums in yuan, as the contract comes to them: a court may "
        "adjust them (Civil Code 585.2).",
    ),
    "api.schema.CountedItem": (
        "一项抵扣、迟延违约金或商定数额。", "A credit, damages for delay, or a sum agreed in their place.",
    ),
    "api.schema.RunningDelay": ("持续中的迟延。", "A delay that goes on."),
    "api.schema.EitherTermination": (
        "双方的解除权、解除事由和解除通知。", "Either party's right to terminate, grounds and notices.",
    ),
    "api.schema.Right": ("一方的解除权。", "A party's right to terminate."),
    "api.schema.RightGround": ("一方的一项解除事由。", "A ground of a party's right to terminate."),
    "api.schema.TerminationNotice": ("解除通知及其到达和生效。", "A notice of termination, its arrival and effect."),
}  # fmt: skip
