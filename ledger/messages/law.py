"""What the law makes of any contract's facts: how days are counted, until when a debt is worth something."""

from __future__ import annotations

LAW: dict[str, tuple[str, str]] = {
    # --- deadlines -------------------------------------------------------------------------------
    "EX_DUE_WORKING_DAYS": (
        "期间为 {count} 个工作日：{start} 是起始日，当日不计入，自次日起算（民法典第201条）。",
        "The period is {count} working days: {start} is its first day and not counted; counting begins on the next "
        "day (article 201 of the Civil Code).",
    ),
    "EX_DUE_SKIPPED": (
        "其间有 {count} 个休息日不计：{days}。",
        "Rest days in between, which are not counted ({count}): {days}.",
    ),
    "EX_DUE_NONE_SKIPPED": ("其间没有休息日。", "There is no rest day in between."),
    "EX_DUE_MAKEUP": ("其间的调休上班日按工作日计：{days}。", "Make-up working days in between are counted: {days}."),
    "EX_DUE_IS": ("因此到期日是 {due}，至当日二十四时。", "Hence it is due on {due}, by the end of that day."),
    "EX_DUE_DAYS": (
        "期间为 {count} 日：自 {start} 的次日起算，第 {count} 日是 {end}（民法典第200、201条）。",
        "The period is {count} days, counted from the day after {start}; its last day is {end} (articles 200 and "
        "201 of the Civil Code).",
    ),
    "EX_DUE_MONTHS": (
        "期间为 {count} 个月：自 {start} 起算，到期月的对应日（没有对应日的为月末日）是 {end}（民法典第201、202条）。",
        "The period is {count} months from {start}; its last day is the corresponding day (or that month's last), "
        "{end} (articles 201 and 202 of the Civil Code).",
    ),
    "EX_DUE_ROLLED": (
        "{end} 是休息日，顺延至休息日结束后的第一个工作日 {due}（民法典第203条）；越过的休息日：{days}。",
        "{end} is a rest day, so the period ends on the next working day, {due} (article 203 of the Civil Code); "
        "rest days passed over: {days}.",
    ),
    "EX_DUE_ON_WORKING_DAY": ("{due} 是工作日，不需顺延。", "{due} is a working day, so nothing moves."),
    "EX_DUE_NO_ROLL": (
        "按自然日计算，不因休息日顺延，到期日是 {due}。",
        "Natural days: it does not move for rest days, due {due}.",
    ),
    "EX_DUE_FIXED": (
        "到期日 {due} 由{source}确定，不顺延。",
        "The due day {due} is fixed by {source}; it does not move.",
    ),
    "EX_DUE_PROVISIONAL": (
        "{due} 为暂定：{years} 年的放假通知尚未公布，按法定节假日和周末推算。",
        "{due} is provisional: no notice is known yet for {years}, so statutory holidays and weekends are used.",
    ),
    # --- limitation ------------------------------------------------------------------------------
    "EX_LIMITATION_NONE": ("截至 {day}，账本里没有尚未清偿的债务。", "As of {day} the ledger shows no unpaid debt."),
    "EX_LIMITATION_UNOWED": (
        "{debt}：截至 {day}，账本里没有未清偿的数额，因此没有期间在进行。",
        "{debt}: as of {day} the ledger shows nothing unpaid of it, so no time runs.",
    ),
    "EX_LIMITATION_LINE": (
        "{debt}：{creditor}对{debtor}的债权 {amount} 元；{state}；最后一日 {last}。",
        "{debt}: a claim of {creditor} against {debtor}, CNY {amount}; {state}; last day {last}.",
    ),
    "EX_LIMITATION_NO_LAST": ("现在没有", "none now"),
    "EX_LIMITATION_RUNNING": (
        "{debt}：{creditor}对{debtor}的债权 {amount} 元，诉讼时效期间的最后一日是 {last}，截至 {day} 尚未届满。",
        "{debt}: a claim of {creditor} against {debtor}, CNY {amount}. The last day of the limitation period is "
        "{last}; as of {day} it has not expired.",
    ),
    "EX_LIMITATION_STOPPED": (
        "{debt}：{creditor}对{debtor}的债权 {amount} 元，{creditor}已经起诉（{facts}）；诉讼时效因此中断，自程序终"
        "结之日重新计算（民法典第195条），在此之前没有最后一日。",
        "{debt}: a claim of {creditor} against {debtor}, CNY {amount}. It is being sued for ({facts}): limitation "
        "is interrupted, and counted anew from the day the proceedings end (article 195 of the Civil Code). Until "
        "then there is no last day.",
    ),
    "EX_LIMITATION_BARRED": (
        "{debt}：{creditor}对{debtor}的债权 {amount} 元，诉讼时效期间已随 {last} 届满：{debtor}可以提出不履行义务的"
        "抗辩（民法典第192条）。",
        "{debt}: a claim of {creditor} against {debtor}, CNY {amount}. The limitation period expired with {last}: "
        "{debtor} may raise the defence of not performing (article 192 of the Civil Code).",
    ),
    "EX_LIMITATION_DEFENCE": (
        "债权不因期间届满而消灭：抗辩须由债务人提出，且应在一审期间提出，法院不主动适用，也不释明（民法典第193条，"
        "诉讼时效规定第2、3条）；债务人同意履行的，不得再以此抗辩，已经自愿履行的，不得请求返还（民法典第192条，诉"
        "讼时效规定第19条）。债权人以它主张抵销，而对方提出时效抗辩的，法院支持该抗辩（合同编通则解释第58条）。",
        "The expiry does not extinguish the claim: the debtor has to raise the defence, at first instance; no "
        "court applies limitation of its own motion or points to it (Civil Code, article 193; Provisions on "
        "Limitation, articles 2 and 3). A debtor who agrees to perform cannot raise it any more, and one who "
        "performed of its own will cannot claim back (Civil Code, article 192; Provisions on Limitation, article "
        "19). Where the creditor sets it off and the other side raises limitation, the courts uphold the defence "
        "(Interpretation of the General Provisions on Contracts, article 58).",
    ),
    "EX_ENFORCEMENT_RUNNING": (
        "{debt}：依生效裁判，{creditor}对{debtor}的债权 {amount} 元，申请执行期间的最后一日是 {last}，截至 {day} 尚"
        "未届满。",
        "{debt}: by a judgment in force, a claim of {creditor} against {debtor}, CNY {amount}. The last day to "
        "apply for enforcement is {last}; as of {day} it has not passed.",
    ),
    "EX_ENFORCEMENT_BARRED": (
        "{debt}：依生效裁判，{creditor}对{debtor}的债权 {amount} 元，申请执行的期间已随 {last} 届满；逾期申请仍应受"
        "理，{debtor}对期间提出异议并成立的，裁定不予执行（民诉法解释第481条）。",
        "{debt}: by a judgment in force, a claim of {creditor} against {debtor}, CNY {amount}. The time to apply "
        "for enforcement expired with {last}. A late application is still taken; only if {debtor} objects that the "
        "time has passed, and the objection is good, is nothing enforced (Interpretation of the Civil Procedure "
        "Law, article 481).",
    ),
    "EX_LIMITATION_NOT_BEGUN": (
        "{debt}：{creditor}对{debtor}的债权 {amount} 元，没有约定履行的日期，账本里也没有{creditor}的催告；期间自催"
        "告给出的宽限期届满之日起算（诉讼时效规定第4条），现在没有最后一日。",
        "{debt}: a claim of {creditor} against {debtor}, CNY {amount}. No day for performance was set, and no "
        "demand by {creditor} is on record. The period runs from the end of the time of grace in a demand "
        "(Provisions on Limitation, article 4); there is no last day now.",
    ),
    "EX_SINCE_DUE": (
        "期间从履行期限的最后一日 {since} 起算：{facts}。",
        "The period is counted from {since}, the last day for performance: {facts}.",
    ),
    "EX_SINCE_ARISEN": (
        "期间从 {since} 起算，这一日违约金项目的条件齐备：{facts}。",
        "The period is counted from {since}, the day on which the item was complete: {facts}.",
    ),
    "EX_SINCE_LEARNED": (
        "期间从债权人知道之日 {since} 起算（民法典第188条第2款）：{facts}。",
        "The period is counted from {since}, the day on which the creditor learned of it (Civil Code, article "
        "188): {facts}.",
    ),
    "EX_SINCE_AGREED": (
        "期间从约定之日 {since} 起算：{facts}。",
        "The period is counted from {since}, the day of the agreement: {facts}.",
    ),
    "EX_SINCE_JUDGMENT": (
        "裁判没有规定履行期间，期间从其生效之日 {since} 起算：{facts}。",
        "The judgment sets no time for performance; the period is counted from {since}, the day it took effect: "
        "{facts}.",
    ),
    "EX_SINCE_DEMAND": (
        "没有约定履行的日期；期间本应从催告给出的宽限期届满之日起算（诉讼时效规定第4条），这里从催告到达之日 "
        "{since} 起算，只会更早：{facts}。",
        "No day for performance was set; the period runs from the end of the time of grace in the demand "
        "(Provisions on Limitation, article 4). Here it is counted from {since}, the day the demand arrived, which "
        "can only be earlier: {facts}.",
    ),
    "EX_PERIOD_OF_A_CLAIM": (
        "诉讼时效期间为三年（民法典第188条）。",
        "The limitation period is three years (Civil Code, article 188).",
    ),
    "EX_PERIOD_OF_A_RULING": (
        "申请执行的期间为二年（民事诉讼法第250条）。",
        "Enforcement is to be applied for within two years (Civil Procedure Law, article 250).",
    ),
    "EX_ANEW_DEMAND": (
        "{fact}：债权人提出履行请求，于 {on} 到达，期间自该日重新计算（民法典第195条第1项）。",
        "{fact}: the creditor demanded performance, which arrived on {on}; the period is counted anew from that "
        "day (Civil Code, article 195).",
    ),
    "EX_ANEW_PERFORMANCE": (
        "{fact}：{on} 的部分履行视为同意履行，期间自该日重新计算（民法典第195条第2项，诉讼时效规定第14条）。",
        "{fact}: performance in part on {on} is agreement to perform; the period is counted anew from that day "
        "(Civil Code, article 195; Provisions on Limitation, article 14).",
    ),
    "EX_ANEW_TAKEN": (
        "{fact}：债权人于 {on} 自行抵销或者扣划，即向债务人主张权利，期间自该日重新计算（民法典第195条第1项）。",
        "{fact}: on {on} the creditor set off or drew what it was owed, and so claimed it; the period is counted anew "
        "from that day (Civil Code, article 195).",
    ),
    "EX_ANEW_ACKNOWLEDGEMENT": (
        "{fact}：债务人于 {on} 认可，视为同意履行，期间自该日重新计算（民法典第195条第2项）。",
        "{fact}: the debtor acknowledged it on {on}, which is agreement to perform; the period is counted anew "
        "from that day (Civil Code, article 195).",
    ),
    "EX_ANEW_ENDED": (
        "{fact}：诉讼程序于 {on} 终结，期间自该日重新计算（民法典第195条）。",
        "{fact}: the proceedings ended on {on}; the period is counted anew from that day (Civil Code, article 195).",
    ),
    "EX_ENDED_OTHERWISE": (
        "以撤诉终结的，期间自撤诉还是自起诉重新计算，裁判不一；从起诉之日算，最后一日是 {last}。",
        "Where the suit was withdrawn, courts differ on whether the period is counted from its withdrawal or from "
        "its filing; from the filing its last day would be {last}.",
    ),
    "EX_PERFORMED_TOO_LATE": (
        "{fact}：{on} 部分履行时期间已经届满；已经履行的不得请求返还，是否由此同意履行其余部分、因而不得再以届满抗辩"
        "（民法典第192条，诉讼时效规定第19条），此处不作结论。",
        "{fact}: the performance in part on {on} came when the period had expired. What was performed cannot be "
        "claimed back; whether it shows agreement to perform the rest, so that the defence is given up (Civil Code, "
        "article 192; Provisions on Limitation, article 19), is not concluded here.",
    ),
    "EX_ACKNOWLEDGED_TOO_LATE": (
        "{fact}：债务人于 {on} 认可时期间已经届满；是否由此同意履行、因而不得再以届满抗辩（民法典第192条，诉讼时效规定"
        "第19条），此处不作结论。",
        "{fact}: the debtor acknowledged it on {on}, when the period had expired. Whether that shows agreement to "
        "perform, so that the defence is given up (Civil Code, article 192; Provisions on Limitation, article 19), is "
        "not concluded here.",
    ),
    "EX_DEMAND_TOO_LATE": (
        "{fact}于 {on} 到达时期间已经届满，单凭催告不使它重新计算。",
        "{fact} arrived on {on}, when the period had expired; a demand alone does not start it anew.",
    ),
    "EX_TAKEN_TOO_LATE": (
        "{fact}：{on} 期间已经届满，债权人自行抵销或者扣划不使它重新计算；对方提出时效抗辩的，法院支持该抗辩"
        "（合同编通则解释第58条）。",
        "{fact}: on {on} the period had expired; that the creditor set off or drew it does not start it anew, and a "
        "defence of limitation is upheld (Interpretation of the General Provisions on Contracts, article 58).",
    ),
    "EX_LIMITATION_INSTALMENT": (
        "这笔款是合同价款分期支付中的一期。约定同一债务分期履行的，期间自最后一期履行期限届满之日起算（民法典第189"
        "条），可能更晚；这里所示是从本期起算的、较为稳妥的一日。",
        "This is one instalment of the contract's price. Where one debt is to be performed in instalments the "
        "period runs from the day on which the last one falls due (Civil Code, article 189), which may be later; "
        "the day shown, counted from this instalment, is the cautious one.",
    ),
    "EX_LIMITATION_KNOWN": (
        "以上只按账本所载事实推算：未记录的催告、同意履行、起诉和与之效力相同的事项、中止的事由（民法典第194、195条，"
        "诉讼时效规定第11条），或者债权人更早知道、应当知道的情形，会使它不同。期间、算法和中止、中断的事由由法律规"
        "定，双方不能另行约定（民法典第197条）。",
        "This rests on what the ledger has: a demand, an agreement to perform, a suit or what has the same effect, "
        "or an obstacle (Civil Code, articles 194 and 195; Provisions on Limitation, article 11) that is not "
        "recorded, or that the creditor knew or should have known earlier, makes it another day. The period and "
        "what interrupts it are the law's; the parties cannot agree otherwise (Civil Code, article 197).",
    ),
    # --- termination, set-off, liquidated damages --------------------------------------------------
    "EX_LAPSE_FIXED": (
        "这一年是除斥期间，不适用诉讼时效中止、中断和延长的规定（民法典第199条）。",
        "Suspension, interruption and extension of limitation do not apply to this year (article 199 of the Civil "
        "Code).",
    ),
    "EX_LAPSE_ON_REST_DAY": (
        "{lapses} 是休息日；期间的最后一日是法定休假日的，以休假日结束的次日为最后一日（民法典第203条），依此至 "
        "{rolled} 仍可行使；这里取较早的、稳妥的一日。",
        "{lapses} is a rest day. A period whose last day is one ends on the day after the rest days (article 203 "
        "of the Civil Code), by which the right could still be used until {rolled}; the day shown is the earlier, "
        "cautious one.",
    ),
    "EX_LAPSE_DEMANDED": (
        "该条另有规定：经{other}催告后在合理期限内不行使的，解除权也消灭；是否有此催告、期限是否合理，此处不作结论。",
        "The article also ends a right that is not used within a reasonable time after {other} demands it; whether "
        "there was such a demand, and what is reasonable, is not concluded here.",
    ),
    "EX_TERMINATION_REVIEWED": (
        "对解除有异议的，任何一方都可以请求法院确认其效力（民法典第565条）；法院审查解除权是否成立，对方未及时提出"
        "异议并不使它成立（合同编通则解释第53条）。",
        "Who objects, either party, may ask a court to confirm whether it took effect (article 565 of the Civil "
        "Code). The court examines whether there was a right to terminate; that the other side did not object in "
        "time makes none (Interpretation of the General Provisions on Contracts, article 53).",
    ),
    "EX_SET_OFF_NOTICE": (
        "抵销须通知对方，自通知到达时在同等数额内消灭双方的债务（民法典第568条，合同编通则解释第55条）。",
        "Set-off takes a notice to the other party; when it arrives the debts are extinguished in equal amount "
        "(article 568 of the Civil Code; Interpretation of the General Provisions on Contracts, article 55).",
    ),
    "EX_DUE_NOT_SET": (
        "没有约定履行期限：债务人可以随时履行，债权人也可以随时请求履行，但应当给必要的准备时间（民法典第511条第（"
        "四）项）。",
        "No time for performance was agreed: the debtor may perform and the creditor ask for it at any time, "
        "leaving the time needed to prepare (article 511, item 4, of the Civil Code).",
    ),
    "EX_STATE_DISCHARGED": (
        "合同已于 {ended} 提前终止（{facts}），届时尚未履行、也未逾期，自 {on} 起不再履行（民法典第557、566条）；由"
        "此产生的结算和赔偿另行解决，此处不作结论。",
        "The contract ended early on {ended} ({facts}); this was then neither done nor overdue, and from {on} need "
        "no longer be done (articles 557 and 566 of the Civil Code). Accounts and compensation are settled apart; "
        "nothing is concluded about them here.",
    ),
    "EX_STATE_DISCHARGED_TERM": (
        "服务期已届满，自 {on} 起不再负担（民法典第557条）；此前的违反不因此消除。",
        "The term is over, and from {on} it is no longer owed (article 557 of the Civil Code); what breached it "
        "before is not undone.",
    ),
    "EX_NO_EXEMPTION": (
        "造成对方人身损害的，或者因故意、重大过失造成对方财产损失的，免责条款无效（民法典第506条）；限额是否因此不适用，此处"
        "不作结论。",
        "A clause that exempts from liability for injury to the person, or for loss caused on purpose or by gross "
        "negligence, is void (article 506 of the Civil Code); whether the cap therefore does not apply is not "
        "concluded here.",
    ),
    "damages.nothing-payable": (
        "目前没有应付款可抵扣；收取须另行主张",
        "nothing is payable now from which to deduct it; to collect it, it must be claimed",
    ),
    "damages.adjustable": (
        "以上是按合同算出的违约金，当事人请求时法院可以调整：低于所造成的损失的可以增加，过分高于损失的可以适当减少"
        "（民法典第五百八十五条第二款）；超过所造成损失百分之三十的，法院一般可以认定为过分高于损失"
        "（法释〔2023〕13号第六十五条）。",
        "This is what the contract's tables come to. At a party's request a court may adjust it: increase what is "
        "lower than the loss caused, reduce what is excessively higher (Civil Code 585.2); what exceeds the loss "
        "caused by more than 30 % it may as a rule find excessive (Fa Shi [2023] No. 13, article 65).",
    ),
}
