"""The sentences of ``lvyue explain``: how a conclusion follows from clauses and facts. Part of the one catalogue."""

from __future__ import annotations

EXPLANATIONS: dict[str, tuple[str, str]] = {
    "EX_FACT": ("“{label}”#{seq}（{on}，{by}）", "{label} #{seq} ({on}, {by})"),
    "EX_FACT_CORRECTED": (
        "“{label}”#{seq}（{on}，{by}，经 {corrections} 更正）",
        "{label} #{seq} ({on}, {by}, corrected by {corrections})",
    ),
    "EX_CORRECTED": (
        "注意：{fact}已经{by}更正，{changes}，理由：{reason}；以上按更正后的内容。",
        "Note: {fact} was corrected by {by}, {changes}, for this reason: {reason}; the above follows the correction.",
    ),
    "EX_CORRECTED_FIELD": ("{name}由 {before} 改为 {after}", "{name} from {before} to {after}"),
    "EX_CORRECTED_WHOLE": ("{name}整份更正", "{name} as a whole"),
    "EX_CORRECTED_DAY": ("日期", "its day"),
    "EX_CORRECTED_ALIKE": ("内容相同", "which says the same"),
    "EX_TERM_AMENDED": (
        "自 {on} 起，{name}由 {before} 改为 {after}，依据：{fact}，{summary}。",
        "From {on}, {name} is {after} instead of {before}, by {fact}: {summary}.",
    ),
    "EX_TERM_AMENDED_WHOLE": (
        "自 {on} 起，{name}按变更后的约定，依据：{fact}，{summary}。",
        "From {on}, {name} is as amended by {fact}: {summary}.",
    ),
    "EX_READING_AGREED": (
        "自 {on} 起，{question}：双方约定为“{option}”，依据：{fact}。",
        "From {on}, the parties agreed on how this is read: {question} “{option}”, by {fact}.",
    ),
    "EX_READING_RULED": (
        "{question}：生效裁判（{on}）认定为“{option}”，自始适用，依据：{fact}。",
        "{question} A final judgment of {on} ruled “{option}”, which holds throughout, by {fact}.",
    ),
    "EX_WORDS_CHANGED": (
        "注意：{clause}引用的是原文，其中的约定自 {on} 起由{facts}变更。",
        "Note: {clause} is quoted as first agreed; what it provides was changed from {on} on by {facts}.",
    ),
    "EX_CONTESTED": ("注意：{by}对{fact}提出了异议，尚未撤回。", "Note: {fact} is contested by {by}."),
    "EX_OTHER_WORDS": (
        "注意：所引条款文字出自这一范本的另一份合同；其中的数额、期限以本合同登记的条款参数为准。",
        "Note: the words quoted are those of another contract of this template; for sums and periods the terms "
        "registered of this contract prevail.",
    ),
    "EX_READING": ("{question}：{option}", "{question} {option}"),
    "EX_READING_IN_FORCE": (
        "条款解读 {reading}（{question}）：截至 {day} 采用“{option}”。",
        "Reading {reading} ({question}): as of {day} it is “{option}”.",
    ),
    "EX_READING_ARGUMENT": (
        "理由：{argument}",
        "Why it may be read so: {argument}",
    ),
    "EX_READING_OTHER_ARGUMENT": (
        "也可以读作“{said}”（{option}）。理由：{argument}",
        "It may also be read as “{said}” ({option}), because: {argument}",
    ),
    "EX_READING_BY_FACT": (
        "双方自某日起另有约定的，以所判断的事实发生之日为准。",
        "Where the parties agreed otherwise from a day on, the day of the fact that is judged decides.",
    ),
    "EX_READING_BY_AS_OF": (
        "双方自某日起另有约定的，以截至日为准。",
        "Where the parties agreed otherwise from a day on, the day asked about decides.",
    ),
    "EX_READING_BY_BOTH": (
        "双方自某日起另有约定的，计数以截至日为准，由某一事实产生的以该事实发生之日为准。",
        "Where the parties agreed otherwise from a day on, the day asked about decides a count, the day of a fact what "
        "arose from it.",
    ),
    "EX_HAPPENED": ("其间有{fact}。", "Then came {fact}."),
    "EX_NOT_YET": ("未定", "not yet known"),
    "EX_TERM_STATED": ("期限依条款参数“{name}”：{value}（{path}）。", "The term “{name}” sets it: {value} ({path})."),
    # --- deadlines: how days are counted stands with the law -------------------------------------
    "EX_DUE_WITH_LEASE": (
        "应在服务期届满前完成；尚未起租，届满日未定。",
        "It is due by the end of the term, which is not known before the lease starts.",
    ),
    "EX_REST_WEEKEND": ("{day}", "{day}"),
    "EX_REST_NOTICE": ("{day}{name}放假，{document}", "{day} {name}, {document}"),
    "EX_REST_STATUTORY": ("{day}{name}，法定节日", "{day} {name}, statutory"),
    "EX_MAKEUP_DAY": ("{day}，{document}", "{day}, {document}"),
    "EX_SOURCE_TERM_END": ("服务期届满日", "the end of the term"),
    "EX_SOURCE_CONTRACT": (
        "合同约定的阶段性验收评审期限（payment.stage_review_by）", "the contract (payment.stage_review_by)",
    ),
    "EX_SOURCE_FACT": ("{fact}", "{fact}"),
    # --- obligations -----------------------------------------------------------------------------
    "EX_NO_DUE_DAY": ("没有到期日", "no due day"),
    "EX_DUTY_LINE": (
        "{id}：{obligor}{kind}；到期 {due}；{state}。",
        "{id}: {obligor} is to {kind}; due {due}; {state}.",
    ),
    "EX_NO_DUTIES": (
        "截至 {day} 还没有义务：合同尚未生效。",
        "As of {day} there are no obligations: the contract is not effective.",
    ),
    "EX_NO_INCIDENTS": ("截至 {day} 没有事件。", "As of {day} there are no incidents."),
    "EX_NO_ANOMALIES": ("截至 {day} 没有异常。", "As of {day} there are no anomalies."),
    "EX_DUTY_RAISED": (
        "依合同{clause}，{obligor}负有“{duty}”的义务，自 {on} 起，起因：{facts}。",
        "By {clause} {obligor} is to {duty} since {on}, because of: {facts}.",
    ),
    "EX_STATE_PENDING": (
        "截至 {day} 尚未履行；到期日 {due}，还有 {left} 日。",
        "As of {day} it is not done; due {due}, {left} days from then.",
    ),
    "EX_STATE_OVERDUE": (
        "截至 {day} 尚未履行，到期日 {due}，已逾期 {late} 日。",
        "As of {day} it is not done; due {due}, {late} days overdue.",
    ),
    "EX_STATE_OPEN": ("截至 {day} 尚未履行。", "As of {day} it is not done."),
    "EX_STATE_FULFILLED": ("已于 {on} 按期履行，依据：{facts}。", "Done in time on {on}, by: {facts}."),
    "EX_STATE_KEPT": (
        "至 {on} 期间届满，没有违反，视为履行。",
        "It was kept to its end on {on}, hence fulfilled.",
    ),
    "EX_STATE_LATE": (
        "已于 {on} 履行，依据：{facts}；比到期日晚 {late} 日，属逾期履行。",
        "Done on {on}, by: {facts}; late by {late} d.",
    ),
    "EX_STATE_BREACHED": ("自 {on} 起已被违反，依据：{facts}。", "Breached since {on}, because of: {facts}."),
    "EX_STATE_CANCELLED": ("已于 {on} 取消，依据：{facts}。", "Cancelled on {on}, by: {facts}."),
    "EX_STATE_STANDING": (
        "这是持续性义务，没有到期日；截至 {day} 未见违反。",
        "A standing duty without a due day; as of {day} nothing breaches it.",
    ),
    "EX_UNITS": (
        "订单约定{name}：{hosts} 台 × {times} 次 = {ordered} 次；截至 {day} 已完成 {done} 次。",
        "The order asks for {name}: {hosts} hosts × {times} times = {ordered}; as of {day} {done} are done.",
    ),
    "EX_UNITS_SHORT": (
        "登记了主机名而不足 {times} 次的：{hosts}。",
        "Hosts named with fewer than {times} times: {hosts}.",
    ),
    "EX_BELOW_FLOOR": (
        "{month} 的平台报告{fact}：可用性 {availability}%（应不低于 {floor}%），数据可靠性 {reliability}%（应不"
        "低于 {least}%）。",
        "Platform report for {month}, {fact}: availability {availability} % (at least {floor} %), data "
        "reliability {reliability} % (at least {least} %).",
    ),
    "EX_UNHEEDED": (
        "期限 {deadline} 届满时未完成整改，自 {on} 起视为未履行；此后再完成也不补救。",
        "Not met when its time limit {deadline} ended, hence unheeded from {on}; later completion heals nothing.",
    ),
    "EX_OVER_TERMINATED": (
        "合同已于 {on} 解除，依据：{facts}。",
        "The contract was terminated on {on}, by: {facts}.",
    ),
    # --- invoices, payments, balance -------------------------------------------------------------
    "EX_BELOW_FLOOR_OF": ("{month} {of}的报告{fact}：{told}。", "Report for {month} on {of}, {fact}: {told}."),
    "EX_OF_PLATFORM": ("平台", "the platform"),
    "EX_OF_SYSTEM": ("系统 {system} ", "the system {system}"),
    "EX_FLOOR_OF": ("{measure} {found}%（应不低于 {floor}%）", "{measure} {found} % (at least {floor} %)"),
    "EX_INVOICE_CONFORMS": (
        "发票 {invoice}（第 {instalment} 期，{amount} 元，税率 {rate}）符合合同：合同已于 {effective} 生效，税率"
        "与约定相同，连同此前发票未超过该期金额 {most} 元。",
        "Invoice {invoice} (instalment {instalment}, CNY {amount}, tax rate {rate}) conforms: the contract was "
        "effective since {effective}, the tax rate is the contract's, and with earlier invoices it stays within "
        "the instalment's CNY {most}.",
    ),
    "EX_INVOICE_CONFORMS_ANY_RATE": (
        "发票 {invoice}（第 {instalment} 期，{amount} 元，税率 {rate}）符合合同：合同已于 {effective} 生效，条款参数"
        "没有约定税率，连同此前发票未超过该期金额 {most} 元。",
        "Invoice {invoice} (instalment {instalment}, CNY {amount}, tax rate {rate}) conforms: the contract was "
        "effective since {effective}, its terms state no tax rate, and with earlier invoices it stays within CNY "
        "{most}.",
    ),
    "EX_INVOICE_AFTER_ACCEPTANCE": ("本期以“{name}”合格为前提，已有{fact}。",
                                    "The instalment waits for “{name}”, which came with {fact}."),
    "EX_INVOICE_AFTER_REVIEW": ("此前已有{fact}。", "Before it came {fact}."),
    "EX_PAYMENT": ("{fact}：{amount} 元。", "{fact}: CNY {amount}."),
    "EX_INVOICE_PAID": (
        "发票 {invoice} 已付 {paid} 元，发票金额 {amount} 元，未付 {unpaid} 元。",
        "Invoice {invoice}: paid CNY {paid} of CNY {amount}; unpaid CNY {unpaid}.",
    ),
    "EX_TOTAL": (
        "合同总额 {total} 元（{capitals}）= 各期之和 {parts}。",
        "The contract's total CNY {total} ({capitals}) = the instalments {parts}.",
    ),
    "EX_CURRENCY": ("币种为合同约定的 {currency}。", "The currency is the contract's, {currency}."),
    "EX_INVOICE_COUNTS": (
        "计入：{fact}，发票 {invoice}，{amount} 元。",
        "Counted: {fact}, invoice {invoice}, CNY {amount}.",
    ),
    "EX_INVOICE_FAULTY": (
        "不计：{fact}，发票 {invoice} 不符合合同（{why}）。",
        "Not counted: {fact}, invoice {invoice} does not conform ({why}).",
    ),
    "EX_INVOICED": (
        "已开票（符合合同且未作废）{sum} 元。",
        "Invoiced, conforming and unvoided: CNY {sum}.",
    ),
    "EX_PAID": ("已付（未退回）{sum} 元。", "Paid and not returned: CNY {sum}."),
    "EX_PAYABLE": ("应付合计 {sum} 元。", "Payable: CNY {sum}."),
    "EX_OVERDUE_LINE": (
        "{fact}，发票 {invoice}：到期日 {due}，逾期未付 {unpaid} 元。",
        "{fact}, invoice {invoice}: due {due}, overdue CNY {unpaid}.",
    ),
    "EX_NOT_YET_DUE_LINE": (
        "{fact}，发票 {invoice}：到期日 {due}，尚未到期，{unpaid} 元不计入逾期。",
        "{fact}, invoice {invoice}: due {due}, not yet overdue, CNY {unpaid}.",
    ),
    "EX_OVERDUE": ("截至 {day} 逾期 {sum} 元。", "Overdue as of {day}: CNY {sum}."),
    # --- grades ----------------------------------------------------------------------------------
    "EX_REPORTED": (
        "{fact}报告事件 {incident}（{kind}）：{measures}。",
        "{fact} reported incident {incident} ({kind}): {measures}.",
    ),
    "EX_ASSESSED": (
        "{fact}核定事件 {incident}，自其当日起以下列指标代替原报：{measures}。",
        "{fact} assessed incident {incident}; from that day these measures replace those reported: {measures}.",
    ),
    "EX_MEASURE": ("{measure} {value}", "{measure} {value}"),
    "EX_NOTHING_MEASURED": ("没有载明指标", "no measures stated"),
    "EX_NOT_STATED": ("未载明", "not stated"),
    "EX_CRITERIA": (
        "事件 {incident} 的 {grade} 级条件：{criteria}。",
        "Incident {incident}, grade {grade} asks: {criteria}.",
    ),
    "EX_CRITERIA_BOTH": (
        "事件 {incident} 的两级共同条件：{criteria}。",
        "Incident {incident}, both grades ask: {criteria}.",
    ),
    "EX_CRITERION": (
        "{measure}须{needed}，实为 {stated}，{verdict}",
        "{measure} {needed}, stated {stated}, {verdict}",
    ),
    "EX_MET": ("满足", "met"),
    "EX_NOT_MET": ("不满足", "not met"),
    "EX_NOT_STATED_HENCE": ("不视为满足", "hence not met"),
    "EX_FROM": ("达到 {threshold} 以上", "{threshold} or more"),
    "EX_OVER": ("超过 {threshold}", "more than {threshold}"),
    "EX_ONE_OF": ("有其一：{options}", "one of: {options}"),
    "EX_WEIGHTY": ("等保 {level} 级以上，或重要业务系统", "level {level} or higher, or an important system"),
    "EX_FORCE_MAJEURE": (
        "不可抗力：{stated}；采用的解读是“{option}”。",
        "Force majeure: {stated}; the reading in force is “{option}”.",
    ),
    "EX_GRADE_NO_ROW": ("附件1 没有“{kind}”的等级。", "Annex 1 of this contract has no grade for {kind}."),
    "EX_GRADE_OTHERS": (
        "事件 {incident} 的责任方：{stated}；附件1 限于云服务商主责的事故，不定级。",
        "Responsible for incident {incident}: {stated}; annex 1 covers only accidents the provider is mainly "
        "responsible "
        "for, so it is not graded.",
    ),
    "EX_GRADE_AGREED": (
        "双方已商定事件 {incident} 的级别为 {grade}，以此为准：{facts}。",
        "The parties agreed the grade of incident {incident} to be {grade}, which prevails: {facts}.",
    ),
    "EX_GRADE_RULED": (
        "生效裁判已定事件 {incident} 的级别：{grade}，以此为准：{facts}。",
        "A final judgment fixed the grade of incident {incident}: {grade}, which prevails: {facts}.",
    ),
    "EX_MINUTES_WITHIN": (
        "事件 {incident} 共 {whole} 分钟，其中 {within} 分钟在运营期间（{first} 至 {last}）内；只计这一部分，"
        "事件日为 {day}。",
        "Of the {whole} minutes of incident {incident}, {within} lie within the operating period ({first} to {last}); "
        "only these count, and its day is {day}.",
    ),
    "EX_MEASURES_SUPERVISORS": (
        "事件 {incident} 的这份报告与监管方的报告 {others} 说的是同一事件；定级和违约金以监管方所报为准（{facts}），"
        "这份报告不另定级。",
        "This report of incident {incident} tells of the event that the supervisor's report {others} tells of; "
        "for grade "
        "and damages the supervisor's measures alone count ({facts}), and this report is not graded.",
    ),
    "EX_MEASURES_DECIDED": (
        "事件 {incident} 的这份报告与 {others} 说的是同一事件，后者的级别已经商定或裁判（{facts}），以其为准，"
        "这份报告不另定级。",
        "This report of incident {incident} tells of the same event as {others}, whose grade was agreed or ruled "
        "({facts}) and prevails; this report is not graded.",
    ),
    "EX_SAME_EVENT": (
        "事件 {incident} 与 {others} 种类、范围相同而时间重叠，视为同一事件。",
        "Incident {incident} and {others} are of one kind and scope and overlap in time: they are taken as one event.",
    ),
    "EX_CAUSE_CLAIMED": (
        "乙方称事件 {incident} 的根本原因是 {cause}（{fact}）；甲方未认可，这只在乙方看来使事件归为一次（第 10.3 "
        "款）。",
        "Party B says that the root cause of incident {incident} is {cause} ({fact}); party A has not "
        "acknowledged it, so "
        "by clause 10.3 it ties incidents in party B's view only.",
    ),
    "EX_GRADE": ("结论：事件 {incident} 为 {grade} 级。", "Conclusion: incident {incident} is grade {grade}."),
    "EX_GRADE_NONE": (
        "结论：事件 {incident} 不属于 A 级或 B 级。",
        "Conclusion: incident {incident} is neither grade A nor grade B.",
    ),
    "EX_TIED": (
        "事件 {incident} 与 {others} 系同一事件或原因（{facts}），依第 10.3 款视为一次。",
        "Incident {incident} is one with {others} by event or cause ({facts}); by clause 10.3 they are one.",
    ),
    # --- counts ----------------------------------------------------------------------------------
    "EX_WINDOW_ROLLING": (
        "“1 年内”为连续 {months} 个月：截至 {last}，{first} 及以后发生的 B 级事件仍计入。",
        "The year is any {months} months on end: as of {last}, grade B incidents from {first} on still count.",
    ),
    "EX_WINDOW_YEAR": (
        "“1 年内”按“{option}”：{first} 至 {last}。",
        "The year follows the reading “{option}”: {first} to {last}.",
    ),
    "EX_COUNTED": (
        "计入：事件 {incident}（{kind}），{grade} 级，{on} 发生，依据：{facts}{until}。",
        "Counted: incident {incident} ({kind}), grade {grade}, of {on}, by: {facts}{until}.",
    ),
    "EX_COUNTS_UNTIL": ("；计至 {last}（含），次日起退出窗口", "; it counts until {last} and not after"),
    "EX_ABSORBS": (
        "事件 {others} 与 {incident} 系同一原因（{causes}；{facts}），依第 10.3 款并为一次，不另计。",
        "Incidents {others} have the same cause as {incident} ({causes}; {facts}); by clause 10.3 they are one "
        "with it.",
    ),
    "EX_ABSORBS_EVENT": (
        "报告 {others} 与 {incident} 说的是同一事件（种类、范围相同而时间重叠），只计一次。",
        "Reports {others} tell of the same event as {incident} (one kind and scope, overlapping in time); it "
        "counts once.",
    ),
    "EX_EXCLUDED_EVENT": (
        "不另计：事件 {incident}（{fact}），与 {other} 系同一事件，已随其计为一次。",
        "Not counted: incident {incident} ({fact}); it tells of the same event as {other} and is counted with it.",
    ),
    "EX_EXCLUDED_SAME": (
        "不另计：事件 {incident}（{fact}），与 {other} 系同一原因，已随其计为一次。",
        "Not counted: incident {incident} ({fact}); of the same cause as {other} and counted with it.",
    ),
    "EX_EXCLUDED_WINDOW": (
        "不计：事件 {incident}（{fact}）发生于 {on}，不在 {first} 至 {last} 之内。",
        "Not counted: incident {incident} ({fact}) of {on}, which is not within {first} to {last}.",
    ),
    "EX_EXCLUDED_PERIOD": (
        "不计：事件 {incident}（{fact}）发生于 {on}，不在运营期间（{first} 至 {last}）。",
        "Not counted: incident {incident} ({fact}) of {on}, which is outside the operating period ({first} to "
        "{last}).",
    ),
    "EX_UNGRADED": (
        "未达 A 级或 B 级的事件：{incidents}。",
        "Incidents that are neither grade A nor B: {incidents}.",
    ),
    "EX_COUNT": (
        "截至 {day}，计入的 {grade} 级事件共 {count} 次。",
        "As of {day}, {count} grade {grade} incidents count.",
    ),
    # --- termination -----------------------------------------------------------------------------
    "EX_GROUND_A": (
        "运营期间（{first} 至 {last}）内，A 级事件于 {on} 达到 {count} 次（约定 {needed} 次），依第 10.1 款产生"
        "解除权。",
        "Within the operating period ({first} to {last}) grade A incidents reached {count} on {on} (agreed: "
        "{needed}); by clause 10.1 a ground arose.",
    ),
    "EX_GROUND_B": (
        "运营期间（{first} 至 {last}）内，{since} 至 {until} 的一年中 B 级事件达到 {count} 次（约定 {needed} 次"
        "），依第 10.2 款于 {on} 产生解除权。",
        "Within the operating period ({first} to {last}) grade B incidents of the year {since} to {until} "
        "reached {count} (agreed: {needed}); by clause 10.2 a ground arose on {on}.",
    ),
    "EX_GROUND_COUNTED": (
        "第 {number} 次：事件 {incident}，{grade} 级，{on}。",
        "No. {number}: incident {incident}, grade {grade}, {on}.",
    ),
    "EX_GROUND_NOTICE": (
        "甲方以“{ground}”为由提出整改要求：{fact}，要求：{demand}；期限 {deadline}。",
        "Party A demanded rectification on the ground “{ground}”: {fact}; demand: {demand}; time limit "
        "{deadline}.",
    ),
    "EX_GROUND_UNHEEDED": (
        "通知 {notice} 的期限为 {deadline}，期限内未履行，{on} 起成为第 10.4 款的理由；此后再完成也不补救。",
        "Notice {notice} had to be met by {deadline} and was not; from {on} it is a ground under clause 10.4, "
        "which later completion does not heal.",
    ),
    "EX_GROUND_SUPERVISORS": (
        "“多次”按“{several}”，“造成”按“{cause}”；以当日为准，监管方的通知须已逾期未履行，事故须发生在其后。",
        "“Several” by the reading “{several}”, “causing” by “{cause}”; on that day the supervisor's notices must "
        "be past "
        "their deadlines unfulfilled, and the accident must come after.",
    ),
    "EX_GROUND_SUPPORTED": ("“{ground}”有事实支持：{facts}。", "“{ground}” is supported by: {facts}."),
    "EX_GROUND_UNSUPPORTED": (
        "截至 {on} 没有足以支持“{ground}”的事实，该理由不成立。",
        "On {on} no facts supported “{ground}”, so the ground is unsupported and opens nothing.",
    ),
    "EX_LAPSES": (
        "解除权自 {arose} 起{learned}一年内不行使而消灭（民法典第564条），一年至 {lapses}（含）届满。",
        "The right arose on {arose}{learned} and lapses unless exercised within a year (article 564 of the "
        "Civil Code); the year ends with {lapses}.",
    ),
    "EX_LEARNED": (
        "（记明甲方于 {on} 知悉事件 {incident}，自该日起算；是否更早应当知道，此处不作结论）",
        " (it is on record that party A learned of incident {incident} on {on}, from which the year runs; whether "
        "it should have known earlier is not concluded here)",
    ),
    "EX_GRADED_SINCE": (
        "（事件 {incident} 自 {on} 起才为 {grade} 级，自该日起算；是否更早应当知道，此处不作结论）",
        " (incident {incident} had grade {grade} only from {on}, from which the year runs; whether party A should "
        "have known earlier is not concluded here)",
    ),
    "EX_LAPSE_DEMANDED": (
        "该条另有规定：经乙方催告后在合理期限内不行使的，解除权也消灭；是否有此催告、期限是否合理，此处不作结论。",
        "The article also ends a right that is not used within a reasonable time after party B demands it; "
        "whether there "
        "was such a demand, and what is reasonable, is not concluded here.",
    ),
    "EX_NEVER_LAPSES": (
        "按所采用的解读，{clause}的解除权不因时间消灭。",
        "By the reading in force the right under {clause} does not lapse.",
    ),
    "EX_LAST_DAY": (
        "{clause}的解除权可以行使的最后一日为 {last}：消灭日（{lapses}）与合同最后一日（若无新事实，{end}）中较早的一"
        "日。",
        "The last day to use the right under {clause} is {last}: the earlier of its lapse ({lapses}) and the "
        "contract's last day ({end}, if nothing new happens).",
    ),
    "EX_DOES_NOT_LAPSE": ("不因时间消灭", "it does not lapse"),
    "EX_LAST_DAY_LAPSE": (
        "{clause}的解除权可以行使的最后一日为 {last}；合同最后一日尚未确定。",
        "The last day to use the right under {clause} is {last}; the contract's own last day is not known yet.",
    ),
    "EX_LAST_DAY_UNKNOWN": (
        "{clause}的解除权没有确定的最后一日：不因时间消灭，合同最后一日也未确定。",
        "The right under {clause} has no known last day: it does not lapse, and the contract's last day is not known.",
    ),
    "EX_GROUND_OPEN": (
        "截至 {day}，{clause}（{arose}）的解除权仍可行使。",
        "As of {day} the ground under {clause} of {arose} is open.",
    ),
    "EX_GROUND_LAPSED": (
        "{clause}（{arose}）的解除权已于 {lapses} 届满消灭。",
        "The ground under {clause} of {arose} lapsed after {lapses}.",
    ),
    "EX_GROUND_EXERCISED": (
        "{clause}（{arose}）的解除权已经行使：{facts}。",
        "The ground under {clause} of {arose} was exercised: {facts}.",
    ),
    "EX_GROUND_MOOT": (
        "合同已经终止，{clause}（{arose}）的解除权不再有意义。",
        "The contract is over; the ground under {clause} of {arose} is moot.",
    ),
    "EX_SO_FAR_A": (
        "第 10.1 款：计入的 A 级事件 {count} 次，约定 {needed} 次。",
        "Clause 10.1: grade A incidents that count: {count}; needed: {needed}.",
    ),
    "EX_HEADROOM": (
        "第 10.2 款：约定 {needed} 次 − 已计 {count} 次，还差 {left} 次。",
        "Clause 10.2: {needed} needed − {count} counted, {left} more.",
    ),
    "EX_NO_TERMINATION_TERMS": (
        "本合同的条款参数没有约定第 10.1、10.2 款的次数，这两款不产生解除权。",
        "The terms of this contract set no numbers for clauses 10.1 and 10.2; no right arises under them.",
    ),
    "EX_TERMINATION_STATE": (
        "截至 {day}，第十条的解除权：{state}。",
        "As of {day}, the right to terminate under article 10: {state}.",
    ),
    "EX_NOTHING_DECLARED": (
        "截至 {day} 没有宣告解除的记录。",
        "As of {day} no termination was declared on record.",
    ),
    "EX_DECLARED_WAITING": (
        "{fact}，截至 {day} 没有送达乙方或经乙方确认收到的记录；通知到达时合同才解除（民法典第565条）。",
        "{fact}; as of {day} nothing records that it reached party B or that party B acknowledged it. "
        "Termination takes "
        "effect when the notice arrives (article 565 of the Civil Code).",
    ),
    "EX_DECLARED_ARRIVED": (
        "{fact}经{arrived}到达乙方；宣告之日与到达之日中较晚的是 {on}，"
        "以该日为合同最后一日、按现已知道的全部事实判断。",
        "{fact} is judged for {on}: it reached party B by {arrived}. It is judged as if that day were the "
        "contract's last, "
        "by all that is known by now.",
    ),
    "EX_DECLARED_EFFECTIVE": (
        "{on} 有第 {clauses} 款的理由成立，合同自该日起解除，该日是合同的最后一日。",
        "On {on} grounds under clause {clauses} were open; the contract is terminated from that day, which is "
        "its last.",
    ),
    "EX_DECLARED_MISNAMED": (
        "宣告写明了第 {named} 款，该款当日没有成立的理由；成立的是第 {clauses} 款，写错条款不影响解除。",
        "The declaration names clause {named}, under which no ground was open that day; grounds under {clauses} were. "
        "Naming the wrong clause does not prevent the termination.",
    ),
    "EX_DECLARED_OVER": (
        "{on} 合同已经终止，该宣告没有可解除的合同。",
        "On {on} the contract was over already; there was nothing left to terminate.",
    ),
    "EX_DECLARED_RULED": (
        "生效裁判已就合同是否解除作出裁判，{fact}以裁判为准。",
        "A final judgment has ruled on whether the contract was terminated; of {fact} the judgment decides.",
    ),
    "EX_NOTICE_WITHOUT_PERIOD": (
        "{fact}于 {arrived} 到达，期限为 {deadline}：期限不在到达日之后，没有给乙方整改的期限，不产生第 10.4 "
        "款的解除权。",
        "{fact} arrived on {arrived} and is due by {deadline}, which is not after that day: it left party B no "
        "time and "
        "opens nothing under clause 10.4.",
    ),
    "EX_NOTICE_GROUND_UNKNOWN": (
        "{fact}的事由“{ground}”不是第 10.4 款所列的事由（{known}），不产生该款的解除权。",
        "{fact} is on the ground “{ground}”, which is none of those of clause 10.4 ({known}); it opens nothing "
        "under it.",
    ),
    "EX_DEMAND_RUNNING": (
        "{fact}（{ground}）的期限为 {deadline}，尚未成为第 10.4 款的理由。",
        "{fact} ({ground}) runs until {deadline} and is no ground under clause 10.4 so far.",
    ),
    "EX_ALLOWED": (
        "结论：截至 {day}，按第十条甲方可以解除合同：有 {count} 项理由成立（第 {clauses} 款）。",
        "Conclusion: as of {day} party A may terminate by article 10; grounds that are open: {count} (clause "
        "{clauses}).",
    ),
    "EX_NOT_ALLOWED": (
        "结论：截至 {day}，按第十条甲方没有可行使的解除权：曾有 {count} 项理由，均不成立或已失效。",
        "Conclusion: as of {day} party A has no right to terminate by article 10: of the grounds that arose ("
        "{count}) none is open.",
    ),
    "EX_NO_GROUND": (
        "结论：截至 {day}，第 10.1、10.2、10.4 款的解除理由均未出现，按第十条甲方没有可行使的解除权。",
        "Conclusion: as of {day} no ground under clauses 10.1, 10.2 or 10.4 has arisen; by article 10 party A has "
        "no right to terminate.",
    ),
    "EX_USED": (
        "结论：甲方已行使第 {clauses} 款的解除权（{facts}），合同自 {on} 起解除。",
        "Conclusion: party A has used its right under clause {clauses} ({facts}); the contract is terminated from "
        "{on}.",
    ),
    "EX_OTHER_RIGHTS": (
        "以上只就第十条而言；第 13.2、13.3 款和民法典规定的权利不在此列。",
        "This is about article 10 alone; articles 13.2 and 13.3 and the Civil Code's own rights are another matter.",
    ),
    # --- term and exit ---------------------------------------------------------------------------
    "EX_SIGNED": ("{party}已签署：{fact}。", "Signed by {party}: {fact}."),
    "EX_EFFECTIVE": (
        "双方均已签署，合同自 {on} 生效。",
        "Both have signed; the contract is effective since {on}.",
    ),
    "EX_NOT_EFFECTIVE": (
        "截至 {day} 双方尚未都签署，合同未生效。",
        "As of {day} not both have signed; the contract is not effective.",
    ),
    "EX_LEASE": ("起租：{fact}。", "The lease started: {fact}."),
    "EX_BILLING": ("服务期自开通计费起算：{fact}。", "The term starts with billing: {fact}."),
    "EX_TERM_NO_BILLING": (
        "尚未开通计费，服务期届满日未定。",
        "Billing has not started, so the end of the term is not known.",
    ),
    "EX_TERM_DATED": (
        "合同约定服务期自 {starts_on} 起至 {ends_on} 止（含），不因休息日顺延（term.starts_on、term.ends_on）。",
        "The contract states the term: from {starts_on} to {ends_on}, that day included; it does not move for rest "
        "days (term.starts_on, term.ends_on).",
    ),
    "EX_TERM_DATED_UNSIGNED": (
        "双方尚未都签署，服务期尚不计为开始。",
        "Not both parties have signed yet: the term is not taken to have begun.",
    ),
    "EX_TERM_ENDS_FROM_BILLING": (
        "服务期自开通计费（{lease}）起 {months} 个月，到期月的对应日为 {corresponding}，即届满日 {ends_on}（含），不"
        "因休息日顺延。",
        "The term is {months} months from the start of billing ({lease}); the corresponding day is {corresponding}, "
        "which is its last, {ends_on}; it does not move for rest days.",
    ),
    "EX_TERM_DAY_BEFORE_FROM_BILLING": (
        "服务期自开通计费（{lease}）起 {months} 个月，对应日为 {corresponding}；按所采用的解读，届满日是其前一日 "
        "{ends_on}。",
        "The term is {months} months from the start of billing ({lease}); the corresponding day is {corresponding}, "
        "and by the reading in force the term ends the day before, {ends_on}.",
    ),
    "EX_TERM_NO_LEASE": (
        "尚未起租，服务期届满日未定。",
        "The lease has not started, so the end of the term is not known.",
    ),
    "EX_TERM_ENDS": (
        "服务期自起租（{lease}）起 {months} 个月，到期月的对应日为 {corresponding}，即届满日 {ends_on}（含），不"
        "因休息日顺延。",
        "The term is {months} months from the start of the lease ({lease}); the corresponding day is "
        "{corresponding}, which is its last, {ends_on}; it does not move for rest days.",
    ),
    "EX_TERM_DAY_BEFORE": (
        "服务期自起租（{lease}）起 {months} 个月，对应日为 {corresponding}；按所采用的解读，届满日是其前一日 "
        "{ends_on}。",
        "The term is {months} months from the start of the lease ({lease}); the corresponding day is "
        "{corresponding}, and by the reading in force the term ends the day before, {ends_on}.",
    ),
    "EX_TERM_RENEWED": (
        "续签后服务期至 {ends_on} 届满（{facts}）。",
        "Renewed: the term ends on {ends_on} ({facts}).",
    ),
    "EX_NOT_TERMINATED": ("截至 {day}，合同没有提前解除。", "As of {day} the contract was not terminated early."),
    "EX_PROPOSED": (
        "{fact}提议的日期是 {on}；依第 13.2 款须提前书面提出。",
        "{fact} proposed {on}; clause 13.2 asks for notice ahead in writing.",
    ),
    "EX_SWITCHED_OVER": ("迁移切换已完成：{fact}。", "The switch-over is complete: {fact}."),
    "EX_DISPUTED": (
        "发生争议（{facts}）不改变合同阶段（第 12.2 款）。",
        "A dispute ({facts}) leaves the phase as it is (clause 12.2).",
    ),
    "EX_PHASE": ("结论：截至 {day}，合同处于“{phase}”。", "Conclusion: as of {day} the contract is {phase}."),
    "EX_EXIT_NONE": ("截至 {day}，没有有效的退出申请。", "As of {day} there is no request to exit."),
    "EX_EXIT_WITHDRAWN": ("{fact}已经撤回。", "{fact} was withdrawn."),
    "EX_EXIT_ASKED": ("{fact}申请于 {on} 退出。", "{fact} asked to exit on {on}."),
    "EX_EXIT_NO_NOTICE": (
        "条款参数没有约定退出须提前多久。", "The terms state no notice that an exit would need.",
    ),
    "EX_NOTICE_NONE_AGREED": (
        "条款参数没有约定解除或续签须提前多久。", "The terms state no notice that ending or renewing would need.",
    ),
    "EX_EXIT_NOTICE": (
        "依第 11.1 款须至少提前 {months} 个月：自 {asked} 起，对应日为 {notice}，此前不得退出（不因休息日顺延）"
        "。",
        "Clause 11.1 asks for {months} months at least: from {asked} the corresponding day is {notice}, the "
        "earliest there is (it does not move for rest days).",
    ),
    "EX_EXIT_UNANSWERED": (
        "截至 {day}，甲方尚未答复；依第 11.1 款，获得甲方许可后方可退出。",
        "As of {day} party A has not answered; by clause 11.1 party B may exit only with its permission.",
    ),
    "EX_EXIT_PERMITTED": ("甲方已经许可：{fact}。", "Party A permitted it: {fact}."),
    "EX_EXIT_REFUSED": (
        "甲方不许可：{fact}；依第 11.1 款，乙方不能据这项申请退出。",
        "Party A refused: {fact}; by clause 11.1 party B cannot exit on this request.",
    ),
    # --- damages ---------------------------------------------------------------------------------
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
        "{measure}（{threshold}）届满，至 {stated} 仍未履行，{verdict}",
        "{measure} ({threshold}) had passed, unfulfilled, by {stated}, {verdict}",
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
    "EX_ITEM_ABSORBS": (
        "{id} 成立；与它出于同一事件、依第 10.3 款不重复计的有 {others}。",
        "{id} stands; {others} rest on the same occurrence and by clause 10.3 are not counted beside it.",
    ),
    "EX_ITEM_ABSORBED": (
        "{id}（{amount} 元）与成立的 {by}（{larger} 元）出于同一事件（{shared}），依第 10.3 款不得重复要求，"
        "故不计；成立的各项，是互不出于同一事件的各种组合中合计最高的一种。",
        "{id} (CNY {amount}) rests on the same occurrence as {by} (CNY {larger}), which stands: {shared}. Clause 10.3 "
        "bars claiming twice for it; what stands is, of all sets without two items of one occurrence, the dearest.",
    ),
    "EX_ONE_INCIDENT": ("事件 {incidents} 系同一事件（{facts}）", "incidents {incidents}, which are one ({facts})"),
    "EX_AN_INCIDENT": ("事件 {incident}", "incident {incident}"),
    "EX_A_SCALE_OUT": ("扩容需求 {request}", "scale-out {request}"),
    "EX_ITEM_AGREED": (
        "{id}：双方已商定金额，以 {by}（{fact}）为准，不另计。",
        "{id}: the parties agreed an amount, {by} ({fact}), which takes its place.",
    ),
    "EX_ITEM_RULED": (
        "{id}：法院已判定金额，以 {by}（{fact}）为准，不另计。",
        "{id}: a court ruled an amount, {by} ({fact}), which takes its place.",
    ),
    "EX_AGREED": ("商定金额：{fact}，就 {items}，{amount} 元。", "Agreed: {fact}, for {items}, CNY {amount}."),
    "EX_RULED": ("法院判定的金额：{fact}，就 {items}，{amount} 元。", "Ruled: {fact}, for {items}, CNY {amount}."),
    "EX_AGREED_REPLACED": (
        "{id} 所就的项目或事件后来另有 {by}（{fact}），以后者为准，{id} 不计。",
        "{id}: on its items or their occurrences {by} ({fact}) counts instead; {id} does not count.",
    ),
    "EX_ACCRUED": (
        "结论：截至 {day}，{count} 项成立，违约金合计 {sum} 元。",
        "Conclusion: as of {day} {count} items stand, CNY {sum}.",
    ),
    "EX_ACCRUED_SHARE": (
        "合计 {sum} 元，占合同总金额 {total} 元的 {share}。",
        "CNY {sum} is {share} of the contract's total of CNY {total}.",
    ),
    "EX_SETTLED_LINE": ("{fact}，就 {items}：{amount} 元。", "{fact}, for {items}: CNY {amount}."),
    "EX_SET_OFF_PARTLY": (
        "{fact}写明抵扣 {stated} 元，当日发票未付而违约金未结清的以 {amount} 元为限，"
        "只抵销此数（民法典第五百六十八条），其余不计。",
        "{fact} states CNY {stated}, but on that day no more than CNY {amount} was both unpaid of the invoice and "
        "unsettled of the items; so much is set off (Civil Code 568), the rest counts nowhere.",
    ),
    "EX_FILLED": ("{fact}依次结清：{parts}。", "{fact} settles in this order: {parts}."),
    "EX_FILLED_PART": ("{item} {amount} 元", "{item} CNY {amount}"),
    "EX_DEDUCTIBLE": (
        "结论：截至 {day} 尚可抵扣 = 应计 {accrued} − 已结清 {settled}，不小于零，= {deductible} 元。",
        "Conclusion: what may still be deducted as of {day} = accrued {accrued} − settled {settled}, not below zero, "
        "= CNY {deductible}.",
    ),
    "EX_SETTLED": ("截至 {day} 已结清 {sum} 元。", "Settled as of {day}: CNY {sum}."),
    # --- anomalies -------------------------------------------------------------------------------
    "EX_ANOMALY_LINE": ("{on} {name}（{what}）：{fact}。", "{on} {name} ({what}): {fact}."),
    "EX_ANOMALY": (
        "{fact}照实记录，但与合同不符：{what}。",
        "{fact} is on record, but not what the contract provides: {what}.",
    ),
    "EX_TAX_RATE": (
        "发票 {invoice} 的税率是 {rate}，合同约定 {right}（第 9.2 款）。",
        "Invoice {invoice} states the tax rate {rate}; the contract says {right} (clause 9.2).",
    ),
    "EX_TOO_EARLY": (
        "发票 {invoice} 于 {on} 开具，而合同签署生效后方可开票。{known}",
        "Invoice {invoice} was issued on {on}, but only an effective contract may be invoiced. {known}",
    ),
    "EX_BEFORE_ACCEPTANCE": (
        "发票 {invoice}（第 {instalment} 期）于 {on} 开具，当时尚未合格的验收：{names}。",
        "Invoice {invoice} (instalment {instalment}) was issued on {on}, when these had not been passed: {names}.",
    ),
    "EX_BEFORE_REVIEW": (
        "发票 {invoice}（第 {instalment} 期）于 {on} 开具，当时阶段性验收评审尚未通过。",
        "Invoice {invoice} (instalment {instalment}) was issued on {on}, when the stage review had not been "
        "passed.",
    ),
    "EX_NO_INSTALMENT": (
        "发票 {invoice} 所称第 {instalment} 期不存在。",
        "Invoice {invoice} names instalment {instalment}, which there is not.",
    ),
    "EX_EXCEEDS": (
        "发票 {invoice} {amount} 元，此前该期（第 {instalment} 期）符合合同的发票 {earlier} 元，合计 {sum} 元，"
        "超过该期金额 {most} 元。",
        "Invoice {invoice} of CNY {amount}, with CNY {earlier} of instalment {instalment} invoiced before, "
        "makes CNY {sum}, more than the instalment's CNY {most}.",
    ),
    "EX_PAID_TOO_MUCH": (
        "发票 {invoice} 金额 {amount} 元，已付 {paid} 元：{payments}",
        "Invoice {invoice} is of CNY {amount}; paid: {paid}: {payments}",
    ),
    "EX_DECLARED_IN_VAIN": (
        "{on} 按第十条没有成立的理由，该宣告依第十条不发生解除的效力。",
        "On {on} no ground under article 10 was open; by article 10 the declaration has no effect.",
    ),
    "EX_NO_FEE": (
        "{fact}符合附件3 的一行，但没有指明已登记服务费的业务系统，取费基数不明。",
        "{fact} matches a row of annex 3 but names no system with a registered fee, so the base is unknown.",
    ),
    "EX_TANGLED": (
        "{fact}使互有同一事件的违约金项目达到 {count} 项，多于 {most} 项：这些项目先取金额最高的，"
        "再依次取与已取的没有同一事件的，不逐一比较所有组合，所得之和是第 10.3 款所许的下限。",
        "With {fact} there are {count} items of damages tied to each other by shared occurrences, more than {most}: of "
        "these the dearest is taken first, then the next that shares nothing with those taken; not all combinations "
        "are compared, and their sum is a lower bound of what clause 10.3 allows.",
    ),
    "EX_CLAIMS_COUNT": (
        "截至 {day} 有 {count} 项陈述仅为一方主张，不计入共同记录，只在陈述方自己的视角下计入。",
        "As of {day} {count} statements are one side's claims: they are not of record and count only as seen by "
        "the side that made them.",
    ),
    "EX_CLAIMS_NONE": (
        "截至 {day} 没有仅为一方主张的陈述。",
        "As of {day} no statement is one side's claim alone.",
    ),
    "EX_CLAIM": (
        "{fact}目前只是{by}一方的主张：{why}。",
        "{fact} is at present {by}'s claim alone: {why}.",
    ),
    "EX_CLAIM_CHANGES": (
        "它会改变他方所说：一方不能单独更改对方、监管方或双方共同的陈述，也不能单独作出对自己有利的同因认定。",
        "It would change what another role said: one side alone cannot alter the word of the other side, of a neutral "
        "role or of both, nor by its own word alone tie together or part incidents in its favour.",
    ),
    "EX_CLAIM_FOR_BOTH": (
        "它以双方或法院的名义说话，而既未附文件，也未经{other}认可。",
        "It speaks for both parties, or for the court, and neither carries a document nor was acknowledged by {other}.",
    ),
    "EX_CLAIM_FOR_BOTH_DISPUTED": (
        "它以双方或法院的名义说话，虽附有文件，{other}以附有文件的异议提出了争议。",
        "It speaks for both parties, or for the court; it carries a document, and {other} contests it with one.",
    ),
    "EX_CLAIM_TAKES_BACK": (
        "它更改或收回{by}自己先前的陈述（或在对方宣告解除之后追述此前的履行），而{other}已认可该陈述、已据以行事，或对此有异议。",
        "It changes or takes back what {by} said before (or tells, after the other side declared an end, a performance "
        "of before), though {other} had acknowledged that, had acted on it, or contests this.",
    ),
    "EX_CLAIM_DISPUTED": (
        "{other}或作出所述行为的一方（{actor}）对它有异议，须由文件、认可、中立方或法院来定。",
        "{other}, or the role whose act it tells ({actor}), contests it: a document, an acknowledgement, a neutral "
        "role or a court has to decide.",
    ),
    "EX_CLAIM_CONTEST": ("{by}的异议：{contest}。", "{by} contests it: {contest}."),
    "EX_CLAIM_BARE_CONTEST": (
        "{by}的异议未附文件，不足以动摇附有文件的陈述：{contest}。",
        "{by} contests it without a document, which does not unsettle a statement that carries one: {contest}.",
    ),
    "EX_CLAIM_RECORD": (
        "经{other}认可（对该事实记录“认可”），或由生效裁判支持，它即计入共同记录，并自其发生之日起算。",
        "Once {other} acknowledges it, or a final judgment upholds it, it is of record and counts from its own day.",
    ),
    "EX_CLAIM_CORRECTION_RECORD": (
        "经{other}认可这项更正（而非被更正的事实），或由生效裁判支持，更正即计入共同记录；在此之前以更正前的内容为准。",
        "Once {other} acknowledges the correction itself, or a final judgment upholds it, it is of record; until then "
        "what was said before it stands.",
    ),
    "EX_CLAIM_RETRACTION_RECORD": (
        "经{other}认可这项撤回，或由生效裁判支持，撤回即计入共同记录；在此之前被撤回的事实仍在记录中。",
        "Once {other} acknowledges the retraction, or a final judgment upholds it, it is of record; until then the "
        "fact it takes back stays of record.",
    ),
    "EX_CLAIM_DOCUMENT": (
        "{by}重新记录并附上经双方确认的文件（或裁判文书），也可使其计入共同记录，除非对方以附有文件的异议提出争议。",
        "{by} may also record it anew with the document that both confirmed, or the court's: it is then of record, "
        "unless the other side contests it with a document.",
    ),
    "EX_POSITIONS_COUNT": (
        "截至 {day} 共同记录与双方视角有 {count} 处不同；未被一方主张或异议触及的结论三者一致。",
        "As of {day} the record and the views of the parties differ on {count} points; on all else they agree.",
    ),
    "EX_POSITIONS_NONE": (
        "截至 {day} 双方视角与共同记录一致。",
        "As of {day} the views of both parties agree with the record.",
    ),
    "EX_NOTHING_THERE": ("无", "nothing"),
    "EX_POSITION": (
        "{about}：共同记录为 {record}；甲方视角为 {party_a}；乙方视角为 {party_b}。",
        "{about}: of record {record}; as party A sees it {party_a}; as party B sees it {party_b}.",
    ),
    "EX_VIEWS_DIFFER": (
        "注意：各方视角对此不同。{about}：共同记录为 {record}；甲方视角为 {party_a}；乙方视角为 {party_b}；为何不同，"
        "见 positions.{path}。",
        "Note: the views differ here. {about}: of record {record}; as party A sees it {party_a}; as party B sees it "
        "{party_b}. Why, positions.{path} tells.",
    ),
    "EX_POSITION_CLAIMS": (
        "{by}视角另计入其己方主张：{facts}。",
        "{by}'s view also counts its own claims: {facts}.",
    ),
    "EX_POSITION_CONTESTS": (
        "{by}视角略去其有异议的事实：{facts}。",
        "{by}'s view leaves out what it contests: {facts}.",
    ),
    "EX_CONTESTED_COUNT": ("截至 {day} 有 {count} 项事实存在异议。", "Facts contested as of {day}: {count}."),
}
