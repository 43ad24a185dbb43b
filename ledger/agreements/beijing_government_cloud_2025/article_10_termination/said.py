"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "duty:rectify": ("整改", "rectify"),
    "demand:unheeded-supervisor-notices": (
        "多次未按监管整改通知处置并造成 B 级及以上事故",
        "supervisor's notices unheeded, and a grade A or B accident",
    ),
    "demand:absent-key-personnel": (
        "重大活动期间骨干和管理人员未到场",
        "key personnel absent from a major event",
    ),
    "demand:understaffed": ("连续 2 个月运维人员不足", "understaffed for 2 consecutive months"),
    "demand:dual-active-refused": ("不配合双活", "active-active running refused"),
    "anomaly:NOTICE_WITHOUT_PERIOD": ("整改通知没有期限", "notice that leaves no period"),
    "anomaly:NOTICE_GROUND_UNKNOWN": (
        "整改通知的事由不在第 10.4 款之内", "notice on a ground clause 10.4 does not name"
    ),
    "EX_UNHEEDED": (
        "期限 {deadline} 届满时未完成整改，自 {on} 起视为未履行；此后再完成也不补救。",
        "Not met when its time limit {deadline} ended, hence unheeded from {on}; later completion heals nothing.",
    ),
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
    "EX_NEVER_LAPSES": (
        "按所采用的解读，{clause}的解除权不因时间消灭。",
        "By the reading in force the right under {clause} does not lapse.",
    ),
    "EX_LAST_DAY": (
        "{clause}的解除权可以行使的最后一日为 {last}：一年届满之日（{lapses}）与合同最后一日"
        "（若无新事实，{end}）中较早的一日。",
        "The last day to use the right under {clause} is {last}: the earlier of the end of that year ({lapses}) and "
        "the contract's last day ({end}, if nothing new happens).",
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
    "EX_DECLARED_IN_VAIN": (
        "{on} 按第十条没有成立的理由，该宣告依第十条不发生解除的效力。",
        "On {on} no ground under article 10 was open; by article 10 the declaration has no effect.",
    ),
    "anomaly:TERMINATION_WITHOUT_GROUND": (
        "宣告解除时，第十条没有可以行使的理由", "termination declared with no ground of article 10 open"
    ),
    "anomaly:TERMINATION_CLAUSE_MISNAMED": ("解除写明的条款与理由不符", "termination names another clause"),
    "REJECTED_BY_ANOTHER": (
        "整改通知 {notice} 由 {issuer} 发出，只有它能认定整改未通过，{actor} 不能。",
        "The notice {notice} was issued by {issuer}; only {issuer} may reject its completion, not {actor}.",
    ),
    "report.told.headroom": (
        "距第 10.2 款的解除事由还差的 B 级事件", "How many B-grade incidents short of a ground under clause 10.2"
    ),
    "report.none_grounds": ("没有解除理由。", "There is no ground for termination."),
    "verdict.open": ("可以解除", "May be terminated"),
    "verdict.declared": ("已宣告解除，尚无到达记录", "Termination declared; nothing records that it arrived"),
    "verdict.exercised": ("已行使解除权", "The right to terminate was used"),
    "verdict.used": ("行使的事由：{clauses}；合同 {day} 解除", "on {clauses}; the contract ended on {day}"),
    "verdict.gone": ("无可行使的解除事由", "No ground that can be used now"),
    "verdict.none": ("无解除事由", "No ground for termination"),
    "verdict.grounds": (
        "{first} 至 {last} 先后成立 {count} 项事由",
        "{count} grounds, which arose from {first} to {last}",
    ),
    "verdict.differs.some": (
        "按乙方的主张，{clause}的事由有 {count} 项不成立。",
        "By party B's account {count} of the grounds under {clause} do not hold.",
    ),
    "verdict.ground": ("{day} 成立", "arose on {day}"),
    "verdict.ground.incidents": (
        "一年内 B 级事件 {count} 起，{day} 成立",
        "{count} grade B incidents within the year, arose on {day}",
    ),
    "verdict.each": ("各项事由各自足够。", "Each of these grounds is enough by itself."),
    "verdict.differs": (
        "按乙方的主张，{clause}的事由不成立。",
        "By party B's account the ground under {clause} does not hold.",
    ),
    "verdict.others": (
        "第 13.2、13.3 款及法律规定的其他解除权不受此影响。",
        "Other rights to terminate, under clauses 13.2 and 13.3 and by law, are not affected.",
    ),
    "verdict.term-over": (
        "合同该日届满，其后已无合同可以解除",
        "the contract ends that day, and nothing is left to terminate",
    ),
    "verdict.lapses": (
        "自知道或者应当知道事由起一年不行使，解除权消灭（民法典第五百六十四条）",
        "unused for a year since the ground was or should have been known, the right lapses (Civil Code art. 564)",
    ),
    "verdict.no-last-day": ("最后一日尚不能确定", "its last day is not known yet"),
    "screen.termination": ("解除（第十条）", "Termination (art. 10)"),
    "termination.open": ("按第十条，甲方现可解除合同", "By article 10 party A may terminate"),
    "termination.exercised": (
        "甲方已行使第十条的解除权",
        "Party A has used its right to terminate under article 10",
    ),
    "termination.declared": (
        "甲方已宣告解除，尚无到达乙方的记录；到达时才可能生效",
        "Party A has declared termination; nothing records yet that it reached party B, before which it ends nothing",
    ),
    "termination.gone": (
        "按第十条曾有解除理由，现均不能行使（第 13.2、13.3 款和民法典规定的权利不在此列）",
        "There were grounds under article 10 and none can be used now (articles 13.2 and 13.3 and the Civil Code's own "
        "rights are another matter)",
    ),
    "termination.none": (
        "按第十条，甲方现无可行使的解除权（第 13.2、13.3 款和民法典规定的权利不在此列）",
        "By article 10 party A has no right to terminate now (articles 13.2 and 13.3 and the Civil Code's own rights "
        "are another matter)",
    ),
    "screen.headroom": (
        "计数期内再计入 {count} 起 B 级事件，即产生第 10.2 款的解除事由",
        "{count} more B-grade incidents that count within the year would make a ground under clause 10.2",
    ),
    "screen.first_last_day": ("最早的最后一日 {value}", "the earliest last day {value}"),
}
