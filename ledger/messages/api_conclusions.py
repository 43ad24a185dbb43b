"""The words of the API's document on the schemas of conclusions and their fields."""

from __future__ import annotations

API_CONCLUSIONS: dict[str, tuple[str, str]] = {
    "api.schema.Status": ("合同的全部结论。", "Everything that holds of a contract."),
    "api.schema.Term": (
        "合同期限；`provisional` 为暂定。",
        "The term of the contract; `provisional` where it may still move.",
    ),
    "api.schema.Balance": ("款项（元）。", "Money, in yuan."),
    "api.schema.Obligation": (
        "一项义务：条款、义务方、到期日、状态，以及产生和了结的依据。",
        "An obligation: its clause, who owes it, by when, its state, and the facts that raised and settled it.",
    ),
    "api.schema.Incidents": (
        "重大事件：计数期内 A 级、B 级各几起，计入和不计入的事件，各事件的级别。",
        "How many incidents of each grade the year counts, which count, which do not, and every grade.",
    ),
    "api.schema.CountedIncident": (
        "计入的事件；`members` 是同因事件。",
        "An incident that counts; `members` are those of the same cause.",
    ),
    "api.schema.ExcludedIncident": ("不计入的事件及其理由。", "An incident that does not count, and why."),
    "api.schema.Termination": (
        "甲方可否解除合同，有哪些事由，还差多少。",
        "Whether party A may terminate, the grounds, and how far off the next is.",
    ),
    "api.schema.Ground": (
        "一个解除事由：条款、发生日、消灭日、可以行使的最后一日（消灭日与合同最后一日中较早者，仅限成立中的）和依据。",
        "A ground for termination: its clause, when it arose, when it lapses, the last day it can be used (the earlier "
        "of its lapse and the contract's last day; only of an open one), and the facts.",
    ),
    "api.schema.Declaration": (
        "一次宣告解除；送达乙方之前 served_on 为空。",
        "A declaration; served_on is the day it reached party B, null until it has.",
    ),
    "api.schema.Headroom": (
        "距解除还差的 B 级事件数。",
        "How many more B-grade incidents would open the right to terminate.",
    ),
    "api.schema.Exit": ("乙方的退出申请（第十一条）。", "Party B's request to leave (art. 11)."),
    "api.schema.Damages": (
        "违约金：应计、已结清、尚可抵扣和各项目（元）。应计的是按合同算出的数额，法院可以调整（民法典第五百八十五条"
        "第二款）；超过所造成损失百分之三十的，法院一般可以认定为过分高于损失（法释〔2023〕13号第六十五条）。",
        "Liquidated damages: accrued, settled, still deductible, and item by item (yuan). What accrued is what the "
        "contract's tables come to: a court may adjust it (Civil Code 585.2), and what exceeds the loss caused by more "
        "than 30 % it may as a rule find excessive (Fa Shi [2023] No. 13, article 65).",
    ),
    "api.schema.DamagesItem": (
        "违约金项目：附件和行、基数、比例、金额和依据；双方商定或法院判定的金额（agreed:…）没有附件、行、基数和比例。",
        "A damages item: annex and row, base, rate, amount, and the facts; an amount that the parties agreed or a "
        "court ruled (agreed:…) has no annex, row, base or rate.",
    ),
    "api.schema.Limitation": (
        "一项尚未清偿的债务及其诉讼时效（申请执行）期间；期间不在进行时 last_day 为空。",
        "A debt and until when a court protects it; last_day is null where time does not run.",
    ),
    "api.schema.Anomaly": ("与合同不符的事实。", "A fact that does not agree with the contract."),
    "api.schema.Claim": (
        "只在陈述方自己视角下计入的事实：谁说的、因何不计入共同记录（`why`）、所涉的事件、月份、事实或争议。",
        "A fact that counts only as seen by the role that said it: whose it is, why it is not of record, and the "
        "incident, month, fact or dispute it concerns.",
    ),
    "api.schema.Position": (
        "共同记录与双方视角不一致的一处结论，及其在三者之下的值；没有的为 `null`。",
        "A path on which the record and the views of the parties differ, with its value in each; `null` for none.",
    ),
    "api.schema.NextChange": (
        "若无新事实，接下来的变化：哪一天、哪一处，由什么变为什么。",
        "What changes next if nothing new happens: the day, the path, and its values before and from then on.",
    ),
    "api.schema.ReadingMatters": (
        "会改变结果的另一种解读。",
        "A change of reading that would change the outcome.",
    ),
    "api.schema.Receipt": (
        "结论的凭据：规则版本、条款参数、放假通知、最后一条事实和结论的摘要。",
        "What the answer rests on: the rules, and digests of the terms, the calendar, the last fact and the result.",
    ),
    "api.schema.ObligationsSection": ("现状中的义务部分。", "The obligations of a status."),
    "api.schema.IncidentsSection": ("现状中的重大事件部分。", "The incidents of a status."),
    "api.schema.TerminationSection": ("现状中的解除部分。", "The termination of a status."),
    "api.schema.ClaimsSection": ("现状中的主张部分。", "The claims of a status."),
    "api.schema.DamagesSection": ("现状中的违约金部分。", "The damages of a status."),
    "api.schema.SensitivitySection": (
        "会改变结论的其他解读，以及无论怎样解读都成立的结论。",
        "The readings that would change a conclusion, and what holds under every reading.",
    ),
    "api.schema.Robust": (
        "无论怎样解读都成立的结论；其余的，列出能改变它的最少的换用。`tried` 为 `all` 时，"
        "可能有影响的解读的全部组合都已试过；为 `pairs` 时只试了每一项和每两项。",
        "What holds under every reading; of the rest the fewest exchanges that change it. With `tried` `all` every "
        "combination of the readings that can matter was tried, with `pairs` each one and each two.",
    ),
    "api.schema.Holds": ("在所试的各种解读下都不变的结论。", "A conclusion that no reading that was tried changes."),
    "api.schema.TurnsOn": (
        "取决于怎样解读的结论：`changed_by` 是能改变它的换用，每组最少，按解读表的次序。",
        "A conclusion that turns on a reading: `changed_by` has every smallest set of exchanges that changes it, in "
        "the order of the table of readings.",
    ),
    "api.schema.WeighingShown": (
        "正在换用其他解读逐一计算，以及进度。",
        "Other readings are being tried; how far that is.",
    ),
    "api.field.WeighingShown.progress": ("百分数。", "Percent."),
    "api.field.WeighingShown.answer": (
        "答复的地址：截至日和知悉时点已写明，可以反复询问，算完即答。",
        "Where the answer is: with the day and the moment of the question written out; ask there again until it "
        "answers.",
    ),
    "api.schema.Change": (
        "一处变化：结论的路径、原为、变为。",
        "A change: the path of a conclusion, what it was, what it is.",
    ),
    "api.schema.ReplayEntry": (
        "一条事实，或（为 null 时）经过的期日，以及它改变了什么；依记录先后时另有何时由谁记录。",
        "A fact, or (with null) a day that passed, and what it changed; in order of recording also when and by whom.",
    ),
    "api.schema.Diff": (
        "两个时点之间的变化，以及造成变化的事实。",
        "What changed from one to the other, and the facts that make the difference.",
    ),
    "api.schema.DiffChange": (
        "一处变化，以及造成它的事实或期日。",
        "A change, and the facts or days that made it.",
    ),
    "api.schema.Because": (
        "造成变化的事实和它的日期；`fact` 为 `null`：期日经过。",
        "A fact that made a change, and its day; where `fact` is `null` the day itself did.",
    ),
    "api.schema.DiffSide": ("相比的时点之一。", "One of the two that are compared."),
    "api.schema.DiffFact": ("造成变化的一条事实。", "A fact that makes the difference."),
    "api.schema.ImaginedReceipt": ("假设的现状的凭据。", "What an imagined status rests on."),
    "api.field.ImaginedReceipt.head": (
        "为空：假设的事实没有摘要。",
        "Empty: what is imagined has no digest.",
    ),
    "api.schema.ImaginedStatus": ("假设之下的现状。", "The status if it were so."),
    "api.schema.WhatIf": (
        "假设之下的现状，以及与实际的不同。",
        "The status if it were so, and what would be different.",
    ),
    "api.schema.TypeLine": ("一类事实。", "A type of facts."),
    "api.schema.FactType": ("一类事实：字段、含义和例子。", "A type of facts: fields, meaning, an example."),
    "api.schema.NamedBy": (
        "引入或所关于的，及指明它的字段。",
        "What it brings in or is about, and the field that names it.",
    ),
    "api.schema.TypeField": ("一个字段，及其可填的值。", "A field, and the values it takes."),
    "api.schema.FieldOption": ("可填的一个词。", "A word it takes."),
    "api.schema.OnlyFor": ("只用于另一字段为这些词时。", "Only where another field has one of these words."),
    "api.schema.Words": ("同一句话的中文和英文。", "The same in Chinese and in English."),
    "api.schema.ClauseWords": ("合同或法律的原文。", "What the contract, or the law, says."),
    "api.schema.ReadingWords": ("所用的条款解读。", "A reading the answer used."),
    "api.schema.ExplainedFact": (
        "现在的事实；`data` 依类型而定，合同登记的为空。",
        "A fact as it stands; `data` by its type, of a registration empty.",
    ),
    "api.schema.ClauseNow": (
        "一条条款：原文、现状、其下的事实、所用的解读。",
        "A clause: its words, what holds under it, the facts under it, the readings used.",
    ),
    "api.schema.ClauseConclusion": (
        "以某条款为据的一个结论，现在怎样。",
        "A conclusion that stands on a clause, as it is now.",
    ),
    "api.schema.Clauses": ("合同的条款。", "The clauses of a contract."),
    "api.schema.Explanation": (
        "结论的理由：值、条款原文、推算、事实。",
        "Why it is so: the value, the words of the contract, the arithmetic, the facts.",
    ),
    "api.schema.JsonValue": ("任意 JSON 值。", "Any JSON value."),
}
