"""How the contract begins, ends and is paid for: articles 9, 11 and 13."""

from __future__ import annotations

from ledger.domain.words import Option, Reading

TERM_AND_PAYMENT = {
    "notice-waiver": Reading(
        ("11.1", "13.2"),
        "对方同意的，提前期是否可以不足",
        "clauses 11.1, 13.2: can the other party's consent cure a short notice?",
        {
            "waivable": Option(
                "可以，自其同意的日期生效",
                "it can: it takes effect on the day consented to",
                "提前期保护收到通知的一方，该方可以放弃；当事人协商一致，可以解除合同（民法典第五百六十二条第一款），"
                "也可以变更合同（民法典第五百四十三条）。",
                "The period protects the party that is given notice, who may waive it; parties may agree to end a "
                "contract (Civil Code 562.1) and to change it (543).",
            ),
            "strict": Option(
                "不可以，期满才生效",
                "it cannot: it takes effect when the period has passed",
                "“应提前 30 个工作日”、“需至少提前 6 个月”与“同意”、“许可”是并列的两个条件，“后方可”解除、退出；"
                "变更提前期须双方书面确认（第十四条第(2)项），单凭同意解除还不是。",
                "The period and the consent are two conditions, and only “after” both may the contract end or the "
                "provider exit; changing the period takes a written confirmation of both (clause 14.2), which consent "
                "to ending is not.",
            ),
        },
    ),
    "notice-day": Reading(
        ("13.2",),
        "“提前 30 个工作日”届满当日是否可以生效",
        "clause 13.2: may it take effect on the 30th working day itself?",
        {
            "next-day": Option(
                "不可以，次日起",
                "no, from the day after",
                "30 个工作日须已过完：期间的最后一日至二十四时截止（民法典第二百零三条第二款），其后果自次日发生。",
                "The 30 working days must have passed: the last day of a period ends at 24:00 (Civil Code 203.2), and "
                "what follows from it follows on the next.",
            ),
            "same-day": Option(
                "可以，当日起",
                "yes, on that day",
                "提出的当日不计入（民法典第二百零一条），自次日数至第 30 个工作日，"
                "该日与提出之日之间已“提前 30 个工作日”。",
                "The day of the proposal is not counted (Civil Code 201); counted from the next, the 30th working day "
                "is 30 working days ahead of it.",
            ),
        },
    ),
    "term-end": Reading(
        ("13.1",),
        "“起租之日起 12 个月后终止”的届满日",
        "clause 13.1: on which day do 12 months end?",
        {
            "corresponding-day": Option(
                "对应日",
                "the corresponding day",
                "按月计算期间，开始的当日不计入（民法典第二百零一条），"
                "到期月的对应日为最后一日（民法典第二百零二条）。",
                "In a period of months the first day is not counted (Civil Code 201) and the corresponding day is the "
                "last (202).",
            ),
            "day-before": Option(
                "对应日的前一日",
                "the day before it",
                "起租当日已经提供服务并计入租期；“服务期 12 个月”（附件4）自该日起，止于对应日的前一日，否则多出一日。"
                "当事人可以另行约定期间的计算（民法典第二百零四条）。",
                "Service is given and counted on the first day of the lease; the 12 months of service of annex 4 then "
                "end on the day before the corresponding one, or there would be a day too many. Parties may agree how "
                "a period is counted (Civil Code 204).",
            ),
        },
        "as_of",
    ),
    "switchover-period": Reading(
        ("11.2", "4.2"),
        "“切换期一般延续 6 个月”是否为期限",
        "clause 11.2: is “as a rule 6 months” a deadline?",
        {
            "measure": Option(
                "不是，只是通常所需的时间",
                "no, it is what a switch-over usually takes",
                "“一般”说的是通常情形；义务是“配合各方完成迁移和切换工作”，以完成为止，早于或晚于 6 个月都可以。",
                "“As a rule” tells what is usual. The duty is to help all parties complete the migration, and lasts "
                "until that is done, sooner or later than 6 months.",
            ),
            "deadline": Option(
                "是履行期限",
                "yes, it is due by then",
                "合同只写了这一个时间；不以它为限，该义务就没有履行期限，"
                "只能随时请求履行并给必要的准备时间（民法典第五百一十一条第四项），不合双方预定 6 个月的本意。",
                "It is the only time the contract names. Without it the duty would have no due day and could only be "
                "demanded with time to prepare (Civil Code 511(4)), which is not what parties who wrote 6 months "
                "meant.",
            ),
        },
    ),
    "stage-review-date": Reading(
        ("9.1",),
        "“2025 年底前”完成部署和评审是否为乙方的期限",
        "clause 9.1: is “before the end of 2025” a deadline for party B?",
        {
            "deadline": Option(
                "是乙方履行的期限",
                "it is a deadline for party B",
                "“待 2025 年底前, 乙方完成云资源部署且通过阶段性验收评审后”：写明了由谁、在何时之前完成。",
                "The words name who is to complete deployment and stage review, and by when.",
            ),
            "condition": Option(
                "只是第二期付款的条件",
                "it is only a condition of the second payment",
                "该句规定的是付款：“待”某事完成之“后”，甲方“在收到发票后 5 个工作日内”支付；没有写“应”于某日前完成。"
                "条件未成就的，第二期发票须等待，不是乙方违约。",
                "The sentence is about payment: once something is done, party A pays within 5 working days of the "
                "invoice. It does not say that party B shall be done by a day. Until then the invoice waits; party B "
                "is not in breach.",
            ),
        },
        "as_of",
    ),
    "early-invoice": Reading(
        ("9.1",),
        "条件成就前提供的发票，条件成就后是否有效",
        "clause 9.1: does an invoice that came too early count once its condition holds?",
        {
            "ripens": Option(
                "自条件成就之日起算作收到",
                "it counts from the day the condition holds",
                "条件是为付款而设。条件成就时发票已在甲方手中，再要求作废重开并无实益，"
                "也不合诚信履行（民法典第五百零九条第二款）；付款期限自条件成就之日起算，于甲方无损。",
                "The condition protects payment. When it holds party A has the invoice; to demand a new one serves "
                "nothing and sits ill with good faith (Civil Code 509.2). As the 5 working days run from that day, "
                "party A loses nothing.",
            ),
            "void": Option(
                "不算，须重新提供",
                "it does not; a new one is needed",
                "合同先写“通过阶段性验收评审后”，再写“向甲方提供合同额 20% 的发票”，先后有序；"
                "不依约定的提供不起算“收到发票后 5 个工作日内”。",
                "The contract puts the stage review first and the invoice after it; an invoice given otherwise than "
                "agreed does not start the 5 working days.",
            ),
        },
    ),
    "invoice-received": Reading(
        ("9.1",),
        "休息日收到的发票，何日算收到",
        "clause 9.1: when is an invoice received on a rest day received?",
        {
            "that-day": Option(
                "当日",
                "on that day",
                "合同只问“收到发票”，不问是否工作日；到达即为收到。5 个工作日从其后的第一个工作日起数，"
                "甲方的时间并未减少。",
                "The contract asks when the invoice is received, not whether on a working day. The 5 working days are "
                "counted from the first one after it, so party A has them in full.",
            ),
            "next-working-day": Option(
                "下一个工作日",
                "on the next working day",
                "休息日甲方不办公；有业务时间的，以停止业务活动的时间为截止（民法典第二百零三条第二款），"
                "业务时间以外送到的，宜作次一工作日收到，自其次日起数。",
                "Party A does not work on rest days; where there are business hours they bound the day (Civil Code "
                "203.2), and what comes outside them is best taken as received on the next working day, from which "
                "the 5 are counted.",
            ),
        },
    ),
}
