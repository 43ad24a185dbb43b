"""What is owed under annexes 2 and 3: their rows, their bases, several items for one event."""

from __future__ import annotations

from ledger.domain.words import Option, Reading

ANNEXES_2_3 = {
    "natural-days": Reading(
        ("annex 3 row 4",),
        "附件3 第4行“7 个自然日”遇休息日是否顺延",
        "annex 3 row 4: do 7 natural days roll over rest days?",
        {
            "no-roll": Option(
                "不顺延",
                "they do not",
                "合同别处用“工作日”，此处用“自然日”，即约定休息日照算；当事人另有约定的，"
                "从其约定（民法典第二百零四条），不适用民法典第二百零三条的顺延。",
                "Elsewhere the contract says working days, here natural days: rest days are meant to count. What "
                "parties agree on counting goes first (Civil Code 204), before the rolling of article 203.",
            ),
            "rolls": Option(
                "最后一日为休息日的顺延",
                "a last day that is a rest day rolls on",
                "“自然日”说的是期间之内休息日也计入，没有说最后一日是法定休假日时不顺延；"
                "民法典第二百零三条第一款仍适用。",
                "Natural days says that rest days within the period count; it does not say that a last day which is a "
                "statutory rest day stays. Civil Code 203.1 still applies.",
            ),
        },
    ),
    "band-gaps": Reading(
        ("annex 2", "annex 3"),
        "附件2、附件3 区间端点及最高区间以上如何适用",
        "annexes 2 and 3: what of a band's ends, and above the last band?",
        {
            "literal": Option(
                "按字面，不属于任何一行",
                "as written: no row",
                "“大于 15 分钟且小于 30 分钟”、“大于 30 分钟且小于 60 分钟”：恰为 30 分钟的，两行都不是；"
                "违约金以约定为据（民法典第五百八十五条第一款），没有写的数值没有约定。",
                "Over 15 and under 30, over 30 and under 60: exactly 30 is neither. Liquidated damages rest on "
                "agreement (Civil Code 585.1), and on a value that no row names there is none.",
            ),
            "a-fortiori": Option(
                "端点归较低的区间，最高区间以上归最高区间",
                "ends fall into the band below, more into the last",
                "各行随程度递增，恰为 30 分钟的重于 29 分钟，超过 60 分钟的重于 59 分钟；较重的反而不付，"
                "不合约定的目的（民法典第一百四十二条）。端点取较低的一行，是对债务人较轻的解释。",
                "The rows rise with gravity; 30 minutes is worse than 29, and 61 than 59. That the graver breach "
                "should cost nothing is against their purpose (Civil Code 142). The lower row for an end is the "
                "reading easier on the debtor.",
            ),
        },
    ),
    "data-reliability-floor": Reading(
        ("6.3", "annex 2 row 1", "annex 3 row 1", "annex 3 row 2"),
        "附件2 第1行的 99.99999% 与第六条的 99.9999% 不一致",
        "annex 2 row 1 says 99.99999 %, article 6 says 99.9999 %",
        {
            "as-written": Option(
                "各按其文字",
                "each as written",
                "“所有附件作为合同不可分割的组成部分，与合同正文具有同等法律效力”（第十四条）；正文是服务标准，"
                "附件2 是重大违约的约定，各从其文字。",
                "The annexes are part of the contract and of equal force (article 14); article 6 sets the standard of "
                "service, annex 2 what a major breach costs, each in its own words.",
            ),
            "six-nines": Option(
                "一律按 99.9999%",
                "99.9999 % everywhere",
                "正文与附件3 都写“99.9999%”，附件2 多出一个 9，像是笔误：照其文字，"
                "达到第六条承诺的服务也成了重大违约。应结合相关条款解释（民法典第一百四十二条）。",
                "The body and annex 3 say 99.9999 %; the further nine of annex 2 looks like a slip, for by it a "
                "service that keeps article 6 would be in major breach. Related clauses are read together (Civil Code "
                "142).",
            ),
        },
    ),
    "graded-damages": Reading(
        ("annex 2",),
        "附件2 注1：已定级的事故是否也计违约金",
        "annex 2 note 1: does a graded incident bear liquidated damages too?",
        {
            "none": Option(
                "不计违约金",
                "it bears none",
                "注1 把“重大影响”、“重大事故”限于“未达到 B 级事故的”；已定级的事故，附件2 没有对应的行，"
                "违约金没有约定。实际损失的赔偿（民法典第五百七十七条、民法典第五百八十四条）不在此列，仍可主张。",
                "Note 1 confines major effect and major accident to what falls short of grade B, so annex 2 has no "
                "row for a graded one and no sum is agreed. Damages for actual loss (Civil Code 577, 584) are another "
                "matter and remain.",
            ),
            "a-fortiori": Option(
                "按其作为重大事故时的那一行计",
                "it bears the row it would bear as a major one",
                "举轻以明重：较轻的事故付违约金，达到 B 级的反而不付，不合“违约责任”的目的。注1 意在与解除的事由划界，"
                "不在免除违约金。",
                "A fortiori: that a lesser accident costs and one of grade B does not is against the purpose of the "
                "annex. Note 1 marks the line to termination; it does not free from damages.",
            ),
        },
    ),
    "consecutive-outages": Reading(
        ("annex 3 row 6",),
        "附件3 第6行“连续宕机 3 次以上”的期间",
        "annex 3 row 6: three outages within what?",
        {
            "in-term": Option(
                "整个服务期内",
                "the term",
                "该行没有写期间。“连续”是一次接一次；与之并列的“累计 8 小时以上”，也只能在整个服务期内累计。",
                "The row names no period. Consecutive is one after another; and the 8 hours in all beside it can only "
                "add up over the term.",
            ),
            "in-one-month": Option(
                "同一自然月内",
                "one calendar month",
                "“连续”要求时间上相接，相隔数月的三次不是。取费基数是“月均云服务费”，考核是“月度考核”，"
                "以一个自然月为限与之相合。",
                "Consecutive means close in time; three outages months apart are not. The base is a monthly fee and "
                "assessment is monthly, so a calendar month fits.",
            ),
        },
    ),
    "repeated-outages": Reading(
        ("annex 3 row 6",),
        "附件3 第6行在第三次之后是否再计",
        "annex 3 row 6: does it arise again after the third outage?",
        {
            "once": Option(
                "每个系统只计一次",
                "once per system",
                "“3 次以上”包括三次和更多次：第四次、第六次仍是同一行所说的情形，没有约定每满三次另计。",
                "Three or more includes the fourth and the sixth: they are still the one case the row describes, and "
                "nothing says that every three count anew.",
            ),
            "each-three": Option(
                "每再满三次再计一次",
                "again with every three further outages",
                "“以上”定的是起点。再满三次，就再次构成该行的情形；如只计一次，其后的宕机便无后果，"
                "不合违约金督促履行的目的。",
                "“Or more” sets where it begins. Three further outages make out the row again; if it arose once only, "
                "later outages would cost nothing, against the purpose of such damages.",
            ),
        },
    ),
    "same-cause-damages": Reading(
        ("10.3",),
        "同一事件的多项违约金如何计",
        "clause 10.3: several damages for one event?",
        {
            "highest": Option(
                "只计最高的一项",
                "only the highest stands",
                "“甲方不可就同一事件重复要求乙方承担违约责任”：同一事件只计一次；取最高的一项，"
                "使较重的违约不因另有较轻的而减轻。",
                "Party A may not claim twice for one event, so one item stands; it is the highest, lest a lighter "
                "breach beside it make the graver one cheaper.",
            ),
            "sum": Option(
                "各项相加",
                "they add up",
                "各行针对不同的违约（可用性、响应、恢复、值守），分别约定、分别取费；就不同的违约各要求一次，"
                "不是就同一事件“重复要求”。",
                "The rows concern different breaches (availability, response, recovery, presence), each with its own "
                "rate; to claim each of them once is not to claim twice for one event.",
            ),
        },
        "as_of",
    ),
    "shortfall-cause": Reading(
        ("10.3", "annex 2", "annex 3"),
        "月度指标不足与当月的事件是否为同一事件",
        "clause 10.3: did the month's incidents cause a monthly report's shortfall?",
        {
            "stated": Option(
                "报告写明的才是",
                "only those the report names",
                "指标不足可以有多种原因；仅因同在一月，不足以认定“系同一事件或原因”。由报告写明是哪些事件造成。",
                "A shortfall may have many causes, and falling in one month does not make it one event or cause. The "
                "report is to name the incidents it comes from.",
            ),
            "same-month": Option(
                "推定为当月、该系统或平台的事件造成",
                "those of the month, of that system or the platform, are presumed to",
                "中断的时间本就计入当月的可用性；当月该系统或平台的事件，推定即为不足的原因，"
                "同时计两项就是“重复要求”。",
                "The time of an outage is part of the month's availability; incidents of that month, of the system or "
                "the platform, are presumed its cause, and to charge both would be to claim twice.",
            ),
        },
        "as_of",
    ),
    "base-months": Reading(
        ("annex 2",),
        "附件2“服务月数”是几个月",
        "annex 2: which are the months of service?",
        {
            "initial-term": Option(
                "合同约定的履行期",
                "those of the agreed term",
                "基数是“服务协议总金额/服务月数”。总金额对应合同约定的履行期（第九条、第十三条），分子、"
                "分母应属同一期间。",
                "The base is the contract's total over its months of service. The total is the price of the agreed "
                "term (articles 9, 13); both parts of a fraction should be of one period.",
            ),
            "extended-term": Option(
                "起租至届满的全部月数，含续签",
                "all from the lease to the end, renewals included",
                "“服务月数”按字面是提供服务的月数；续签后服务延长，月数随之增加，不足一月的按一月计。",
                "By its words it is the number of months in which service is given; a renewal lengthens service and "
                "adds to them, a part of a month counting as one.",
            ),
        },
    ),
}
