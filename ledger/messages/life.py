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
    "EX_AFTER_THE_END": (
        "合同解除后，尚未履行的不再履行，但不影响结算和清理条款，也不影响已到期的付款、保密、资料归还、迁移切换以及赔偿损失"
        "的请求（民法典第566、567条）。",
        "What was still to be performed is no longer to be; clauses on settling accounts hold, and so do payments "
        "already due, confidentiality, the return of materials, the switch-over and claims for loss (articles 566 and "
        "567 of the Civil Code).",
    ),
    "EX_STATE_DISCHARGED": (
        "合同已于 {ended} 提前终止（{facts}），届时尚未履行、也未逾期，自 {on} 起不再履行（民法典第557、566条）；"
        "由此产生的结算和赔偿另行解决，此处不作结论。",
        "The contract ended early on {ended} ({facts}); this was then neither done nor overdue, and from {on} need no "
        "longer be done (articles 557 and 566 of the Civil Code). Accounts and compensation are settled apart; nothing "
        "is concluded about them here.",
    ),
    "EX_STATE_DISCHARGED_TERM": (
        "服务期已届满，自 {on} 起不再负担（民法典第557条）；此前的违反不因此消除。",
        "The term is over, and from {on} it is no longer owed (article 557 of the Civil Code); what breached it before "
        "is not undone.",
    ),
    "EX_NO_DEADLINE": (
        "合同没有规定期限：“一般延续”是通常所需的时间，预计至 {on}，届时未完成并不因此逾期。",
        "The contract sets no deadline: 一般延续 says how long it usually takes, until about {on}; what is not done "
        "then is not overdue for that.",
    ),
    "EX_DUE_NOT_SET": (
        "没有约定履行期限：债务人可以随时履行，债权人也可以随时请求履行，但应当给必要的准备时间（民法典第511条第（四）项）。",
        "No time for performance was agreed: the debtor may perform and the creditor ask for it at any time, leaving "
        "the time needed to prepare (article 511, item 4, of the Civil Code).",
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
}
