"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "anomaly:SIGNATURE_MISSING": ("已起租而双方未签署齐全", "in service without both signatures"),
    "anomaly:DATA_DESTROYED_EARLY": ("切换完成前销毁数据", "data destroyed before the switch-over"),
    "anomaly:MONTH_OUTSIDE_OPERATION": ("所报月份不在运营期间内", "a month outside the operating period"),
    "anomaly:NOTICE_TOO_SHORT": ("提前通知的期限不足", "notice too short"),
    "path.term.lease_started_on": ("起租日", "lease started on"),
    "EX_SOURCE_TERM_END": ("服务期届满日", "the end of the term"),
    "EX_SIGNED": ("{party}已签署：{fact}。", "Signed by {party}: {fact}."),
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
    "EX_NOTICE_NONE_AGREED": (
        "条款参数没有约定解除或续签须提前多久。", "The terms state no notice that ending or renewing would need.",
    ),
    "EX_ARRIVED": (
        "提前通知的期限自其到达之日起算（民法典第137条）：{service}。",
        "The notice runs from the day it arrived (article 137 of the Civil Code): {service}.",
    ),
    "EX_CONSENTED": (
        "对方已同意（{fact}；第 13.2 款要求书面，形式是否具备此处不作结论）；依民法典第562条，合同自 {on} 起解除，"
        "不早于同意之日。",
        "The other party consented ({fact}; clause 13.2 asks for writing, whether it was is not concluded here); by "
        "article 562 of the Civil Code the contract is terminated from {on}, not before the day of consent.",
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
    "EX_TERMINATED": (
        "合同自 {on} 起解除，运营期间的最后一日是 {last}，依据：{facts}。",
        "The contract is terminated from {on}; the last day of operation is {last}; by: {facts}.",
    ),
    "EX_RULED_NOT_TERMINATED": (
        "生效裁判认定，至 {on} 合同没有终止：{fact}。",
        "A final judgment has it that nothing ended the contract up to {on}: {fact}.",
    ),
    "EX_RULED_TERMINATED": (
        "生效裁判认定合同自 {on} 起终止，其他解除不再计：{fact}。",
        "A final judgment has it that the contract ended from {on}; no other termination counts: {fact}.",
    ),
    "EX_AFTER_THE_END": (
        "合同解除后，尚未履行的不再履行，但不影响结算和清理条款，也不影响已到期的付款、保密、资料归还、迁移切换以及赔偿损失"
        "的请求（民法典第566、567条）。",
        "What was still to be performed is no longer to be; clauses on settling accounts hold, and so do payments "
        "already due, confidentiality, the return of materials, the switch-over and claims for loss (articles 566 and "
        "567 of the Civil Code).",
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
    "starts_with:billing": ("开通计费", "billing started"),
    "starts_with:dates": ("合同约定", "agreed in the contract"),
    "PROPOSAL_ANSWERED_BY_PROPOSER": (
        "提议 {proposal} 由 {actor} 提出，应由另一方答复。",
        "The proposal {proposal} was made by {actor}; the other party answers it.",
    ),
}
