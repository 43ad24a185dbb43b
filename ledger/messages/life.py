"""What is said of a contract's life, of obligations beside payment, and of how they end (SPEC 4.1, 4.2)."""

from __future__ import annotations

LIFE: dict[str, tuple[str, str]] = {
    # --- termination by consent, renewal (13.2) ---------------------------------------------------
    "EX_ARRIVED": (
        "提前通知的期限自其到达之日起算（民法典第137条）：{service}。",
        "The notice runs from the day it arrived (article 137 of the Civil Code): {service}.",
    ),
    "EX_CONSENTED": (
        "对方已书面同意（{fact}）；依民法典第562条，合同自 {on} 起解除，不早于同意之日。",
        "The other party consented in writing ({fact}); by article 562 of the Civil Code the contract is terminated "
        "from {on}, not before the day of consent.",
    ),
    "EX_NOTICE_NEXT_DAY": (
        "期间至 {last} 二十四时届满，因此最早 {first} 才满足提前通知的要求。",
        "The period runs to the end of {last}, so that {first} is the first day by which the notice is kept.",
    ),
    "EX_NOTICE_SAME_DAY": (
        "按所采用的解读，期间的最后一日 {last} 当日即满足提前通知的要求（{first}）。",
        "By the reading in force the last day of the period, {last}, keeps the notice itself ({first}).",
    ),
    "EX_NOTICE_KEPT": ("{on} 不早于该日，提前足够。", "{on} is not before that day: the notice is kept."),
    "EX_NOTICE_WAIVED": (
        "{on} 早于该日，提前不足；但对方同意该日（{fact}），当事人协商一致可以解除合同，期限不足由同意补正。此处不判断"
        "解除合同方应承担的损失（第 13.2 款）。",
        "{on} is before that day: the notice is too short. But the other party consented to it ({fact}); parties who "
        "agree may terminate, and consent cures the short notice. Nothing is concluded here about the loss that the "
        "terminating party bears (clause 13.2).",
    ),
    "EX_NOTICE_STRICT": (
        "{on} 早于该日，提前不足；按所采用的解读，同意不能补正，解除于 {effective} 生效。",
        "{on} is before that day: the notice is too short; by the reading in force consent does not cure it, and the "
        "termination takes effect on {effective}.",
    ),
    "EX_RENEWAL_LATE": (
        "提议续签时的届满日是 {ends_on}，早于 {first}：提前不足；经同意的续签仍然有效。",
        "When the renewal was proposed the term was to end on {ends_on}, before {first}: the notice is too short. A "
        "renewal that was agreed holds all the same.",
    ),
    "EX_RENEWAL_IN_TIME": (
        "提议续签时的届满日是 {ends_on}，不早于 {first}：提前足够。",
        "When the renewal was proposed the term was to end on {ends_on}, not before {first}: the notice is kept.",
    ),
    # --- the end and what follows ------------------------------------------------------------------
    "EX_TERMINATED": (
        "合同自 {on} 起解除，运营期间的最后一日是 {last}，依据：{facts}。",
        "The contract is terminated from {on}; the last day of operation is {last}; by: {facts}.",
    ),
    "EX_RULED_NOT_TERMINATED": (
        "终局裁判认定，至 {on} 合同没有终止：{fact}。",
        "A final judgment has it that nothing ended the contract up to {on}: {fact}.",
    ),
    "EX_RULED_TERMINATED": (
        "终局裁判认定合同自 {on} 起终止，其他解除不再计：{fact}。",
        "A final judgment has it that the contract ended from {on}; no other termination counts: {fact}.",
    ),
    "EX_AFTER_THE_END": (
        "合同解除后，尚未履行的不再履行，但不影响结算和清理条款，也不影响已到期的付款、保密、资料归还、迁移切换以及赔偿损失"
        "的请求（民法典第566、567条）。",
        "What was still to be performed is no longer to be; clauses on settling accounts hold, and so do payments "
        "already due, confidentiality, the return of materials, the switch-over and claims for loss (articles 566 and "
        "567 of the Civil Code).",
    ),
    "EX_NO_DEADLINE": (
        "合同没有规定期限，只说明通常所需的时间，预计至 {on}；届时未完成并不因此逾期。",
        "The contract sets no deadline and only says how long it usually takes, until about {on}; what is not done "
        "then is not overdue for that.",
    ),
    "EX_SIGNATURE_MISSING": (
        "已起租（{fact}），而截至 {day} 尚缺签署：{missing}。已履行主要义务且对方接受的，合同成立（民法典第490条），"
        "但本账本不能据此认定合同已生效。",
        "The lease started ({fact}), and as of {day} these have not signed: {missing}. Where the main duty was "
        "performed and accepted the contract is made (article 490 of the Civil Code); the ledger does not conclude "
        "from that alone that it is in effect.",
    ),
    "EX_DESTROYED_EARLY": (
        "{fact}：数据已销毁，而当时迁移切换尚未完成（第 11.2、13.2 款）。是否造成损失，此处不作结论。",
        "{fact}: the data were destroyed when the switch-over had not been completed (clauses 11.2, 13.2). Whether "
        "that caused loss is not concluded here.",
    ),
    "EX_NOT_OPERATING": (
        "截至 {day} 既无试运行也未起租，没有运营期间。",
        "As of {day} there was neither a trial run nor a lease, and so no operating period.",
    ),
    "EX_OPERATING_SINCE": (
        "运营期间自 {first} 起（{fact}），终日未定。",
        "The operating period runs from {first} ({fact}); its end is not known.",
    ),
    "EX_OPERATING_FROM_TO": (
        "运营期间自 {first}（{fact}）至 {last}（含）。",
        "The operating period runs from {first} ({fact}) to {last}, that day included.",
    ),
    "EX_MONTH_OUTSIDE": (
        "{fact}所说的 {month} 没有一日在运营期间内，因此没有其他后果。",
        "{fact} speaks of {month}, no day of which lies in the operating period; it has no other effect.",
    ),
    # --- exit (11.1) -------------------------------------------------------------------------------
    "EX_EXIT_TOO_SHORT": (
        "申请的 {on} 早于 {notice}，提前不足。",
        "The day asked for, {on}, is before {notice}: too late a request.",
    ),
    "EX_EXIT_IN_TIME": (
        "申请的 {on} 不早于 {notice}，提前足够。",
        "The day asked for, {on}, is not before {notice}: in time.",
    ),
    "EX_EXIT_CONSENT": (
        "许可写明 {on}，即同意在该日退出；当事人协商一致的，以其同意的日期为准（民法典第562条）。",
        "The permission names {on} and so consents to that day; what the parties agree on goes first (article 562 of "
        "the Civil Code).",
    ),
    "EX_EXIT_CONSENT_STRICT": (
        "许可写明 {on}；按所采用的解读，提前的期限不因许可而缩短。",
        "The permission names {on}; by the reading in force it does not shorten the notice.",
    ),
    "EX_EXIT_EARLIEST": ("最早退出日为 {earliest}。", "The earliest exit is {earliest}."),
    "EX_EXIT_FROM_CONSENT": (
        "许可在该日之后作出，退出自许可之日 {on} 起。",
        "The permission came after that day; the exit is from the day of the permission, {on}.",
    ),
    # --- before a system is moved (4.3, 6.2) -------------------------------------------------------
    "EX_DEPLOYED_UNTESTED": (
        "{fact}：业务系统 {system} 上云时缺少：{missing}；依第 4.3 款应在迁移、部署之前完成。",
        "{fact}: system {system} was moved without: {missing}; clause 4.3 asks for it before the move.",
    ),
    "EX_TRIAL_RUN_UNTESTED": (
        "{fact}，而依第 6.2 款投入试运行之前应完成各系统的检测和迁移。",
        "{fact}; by clause 6.2 every system is to be checked and moved before the trial run.",
    ),
    "EX_SYSTEM_UNREADY": (
        "已登记的业务系统 {system}（{registered}）当日缺少：{missing}。",
        "System {system} was registered ({registered}) and on that day lacked: {missing}.",
    ),
    "migration:tested": ("系统测试", "the system test"),
    "migration:assessed": ("安全测评", "the security assessment"),
    "migration:deployed": ("上云部署", "its deployment"),
    # --- confidentiality (7.2, annex 5) ------------------------------------------------------------
    "EX_NDA_UNSIGNED": (
        "{fact}：人员 {person} 未签署书面《保密协议》，第 7.2 款要求全体参与人员签署。",
        "{fact}: {person} has not signed the written non-disclosure agreement that clause 7.2 asks of everyone taking "
        "part.",
    ),
    "EX_HANDOVER_UNFILED": (
        "{fact}：人员 {person} 离开时的移交未向甲方备案（附件5 第三条第4项）。",
        "{fact}: when {person} left, the handover was not filed with party A (annex 5, article 3, item 4).",
    ),
    "anomaly:SIGNATURE_MISSING": ("已起租而双方未签署齐全", "in service without both signatures"),
    "anomaly:DATA_DESTROYED_EARLY": ("切换完成前销毁数据", "data destroyed before the switch-over"),
    "anomaly:MONTH_OUTSIDE_OPERATION": ("所报月份不在运营期间内", "a month outside the operating period"),
    "anomaly:DEPLOYED_UNTESTED": ("未经测试和测评即上云", "a system moved untested or unassessed"),
    "anomaly:TRIAL_RUN_UNTESTED": ("系统未备妥即投入试运行", "a trial run with systems that were not ready"),
    "anomaly:NDA_UNSIGNED": ("人员未签保密协议", "staff without a non-disclosure agreement"),
    "anomaly:HANDOVER_UNFILED": ("人员移交未备案", "a handover not filed"),
    # --- invoices, payments, set-off (9, 13.2) -----------------------------------------------------
    "EX_INVOICE_VOIDED": (
        "不计：{fact}，发票 {invoice} 已作废（{cuts}）。",
        "Not counted: {fact}, invoice {invoice} was voided ({cuts}).",
    ),
    "EX_INVOICE_CUT": (
        "发票 {invoice} 原为 {issued} 元，红字冲减后为 {amount} 元：{cuts}。",
        "Invoice {invoice} was of CNY {issued} and after red letters is of CNY {amount}: {cuts}.",
    ),
    "EX_INVOICE_CURED": (
        "发票 {invoice} 收到时不符合合同（{why}）；自 {on} 起障碍消除（{fact}），自该日起符合合同，付款期限由此起算。",
        "Invoice {invoice} did not conform when it was received ({why}); from {on} nothing stands in the way ({fact}): "
        "it conforms from that day, and the time to pay runs from it.",
    ),
    "EX_INVOICE_MAY_RIPEN": (
        "因此发票 {invoice} 现在不引起付款义务，不计入已开票金额；障碍消除之日起它将符合合同，期限自该日起算。",
        "Hence invoice {invoice} raises no duty to pay now and is not counted as invoiced; it conforms from the day on "
        "which nothing stands in the way any more, and the time to pay runs from then.",
    ),
    "EX_INVOICE_RECEIVED": (
        "按所采用的解读，休息日收到的发票视为下一个工作日收到，期限自 {on} 起算。",
        "By the reading in force an invoice received on a rest day counts as received on the next working day; the "
        "time to pay runs from {on}.",
    ),
    "EX_PAYMENT_RETURNED": (
        "其中 {amount} 元已退回，不计：{facts}。",
        "Of it CNY {amount} came back and are not counted: {facts}.",
    ),
    "EX_SET_OFF": (
        "{fact}：抵扣违约金 {amount} 元，就发票 {invoices} 抵销 {set_off} 元（民法典第568条）。",
        "{fact}: damages of CNY {amount} deducted; set off against invoice {invoices}: CNY {set_off} (article 568 of "
        "the Civil Code).",
    ),
    "EX_SET_OFF_REST": (
        "其余 {rest} 元当日没有可以抵销的发票欠款或未结清的违约金，不计入任何一处。",
        "The other CNY {rest} met no unpaid invoice or unsettled damages on that day, and count nowhere.",
    ),
    "EX_DEDUCTED": ("抵销 {sum} 元。", "Set off: CNY {sum}."),
    "EX_OUTSTANDING": (
        "未付余额 = 合同总额 {total} − 已付 {paid} − 抵销 {deducted} = {outstanding} 元。",
        "Outstanding = total {total} − paid {paid} − set off {deducted} = CNY {outstanding}.",
    ),
    "EX_PAYABLE_LINE": (
        "{fact}，发票 {invoice}：{amount} − 已付或抵销 {paid}，应付 {unpaid} 元。",
        "{fact}, invoice {invoice}: {amount} − paid or set off {paid}, to be paid CNY {unpaid}.",
    ),
    "EX_PAYABLE_CAPPED": (
        "应付不超过未付余额 {outstanding} 元，因此应付 {payable} 元。",
        "No more is payable than is outstanding, CNY {outstanding}: hence CNY {payable}.",
    ),
    "EX_OVERDUE_CAPPED": (
        "逾期不超过应付，因此为 {payable} 元。",
        "No more is overdue than is payable: hence CNY {payable}.",
    ),
    "EX_COVERED_BY_CREDIT": (
        "发票 {invoice} 其中 {amount} 元自 {on} 起由原就发票 {own} 所付的款项支付：{fact}。",
        "Of invoice {invoice}, CNY {amount} are covered since {on} by money meant for invoice {own}: {fact}.",
    ),
    "EX_CREDIT_FREE": (
        "{fact}，原就发票 {invoice}：{amount} 元尚未用于任何发票，{why}。",
        "{fact}, meant for invoice {invoice}: CNY {amount} cover nothing yet, {why}.",
    ),
    "EX_FREE_VOIDED": ("该发票已作废（{facts}）", "for that invoice was voided ({facts})"),
    "EX_FREE_FAULTY": ("该发票不符合合同（{why}）", "for that invoice does not conform ({why})"),
    "EX_FREE_BEYOND": ("超出该发票所余金额", "being beyond what was left of that invoice"),
    "EX_CREDIT_WAITS": (
        "{fact}：{amount} 元等待发票 {invoice}，该发票尚未收到。",
        "{fact}: CNY {amount} wait for invoice {invoice}, which has not been received.",
    ),
    "EX_CREDIT": ("预存款项 {sum} 元。", "Credit: CNY {sum}."),
    "EX_BEFORE_DEPLOYMENT": (
        "发票 {invoice}（第 {instalment} 期）于 {on} 收到，当时云资源部署尚未完成。",
        "Invoice {invoice} (instalment {instalment}) was received on {on}, when the resources had not been deployed.",
    ),
    "EX_INVOICE_AFTER_END": (
        "发票 {invoice} 于 {on} 收到，而合同已提前终止，最后一日是 {last}；终止后的款项由双方结算或由裁判确定"
        "（民法典第566条），此处不判断是否还应付款。",
        "Invoice {invoice} was received on {on}, after the contract had ended early, its last day being {last}. "
        "Accounts are then settled by agreement or judgment (article 566 of the Civil Code); whether anything is still "
        "owed is not concluded here.",
    ),
    "EX_NOT_CONFORMING": (
        "因此发票 {invoice} 不引起付款义务，不计入已开票金额。",
        "Hence invoice {invoice} raises no duty to pay and is not counted as invoiced.",
    ),
    "EX_BEYOND_IS_CREDIT": (
        "超出部分是预存款项，先用于同一期、再用于其他各期符合合同而未付清的发票；是否应退还，此处不作结论。",
        "What is beyond it is credit: it covers unpaid conforming invoices of the same instalment, then others. "
        "Whether it has to be paid back is not concluded here.",
    ),
    "EX_PAID_EARLY": (
        "{fact}先于发票 {invoice}（{received}）；自该发票引起付款义务之日起抵作付款。",
        "{fact} came before invoice {invoice} ({received}); it counts from the day on which that raises a duty to pay.",
    ),
    "EX_PAID_EARLY_WAITS": (
        "{fact}，而发票 {invoice} 当日尚未收到；款项等待该发票。",
        "{fact}, when invoice {invoice} had not been received; the money waits for it.",
    ),
    "EX_DEBT": ("{fact}：{debtor}应付 {amount} 元。", "{fact}: {debtor} owes CNY {amount}."),
    "EX_DEBT_PAID": (
        "已付 {paid} 元，应付 {amount} 元，未付 {unpaid} 元。",
        "Paid CNY {paid} of CNY {amount}; unpaid CNY {unpaid}.",
    ),
    "duty:settlement": ("支付结算或裁判确定的款项", "pay what was settled or ruled"),
    "anomaly:INVOICE_BEFORE_DEPLOYMENT": ("云资源部署完成前开具发票", "invoice before the resources were deployed"),
    "anomaly:INVOICE_AFTER_END": ("合同提前终止后开具发票", "invoice after the contract ended early"),
    "anomaly:PAYMENT_BEFORE_INVOICE": ("先于发票付款", "payment before its invoice"),
}
