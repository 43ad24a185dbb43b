"""When article 10 opens the right to terminate: its period, its counts, its notices, its end."""

from __future__ import annotations

from ledger.domain.words import Option, Reading

ARTICLE_10 = {
    "operating-period": Reading(
        ("10.1", "10.2", "10.4"),
        "第十条“运营期间”自何时起",
        "article 10: from when does the operating period run?",
        {
            "from-trial-run": Option(
                "自试运行或起租起，以较早者为准",
                "from the trial run or the lease, whichever comes first",
                "合同没有给“运营期间”下定义，也没有说它自起租起；别处用的是“服务期内”（第十一条），用词有别。"
                "自“投入试运行”（第六条）起，系统就在乙方的平台上运行，事故的风险从那时起。",
                "The contract does not define the operating period and does not tie it to the lease; elsewhere it "
                "says “service period” (article 11), another word. From the trial run (article 6) systems run on the "
                "platform, and so does the risk.",
            ),
            "from-lease": Option(
                "自起租起",
                "from the lease",
                "履行期自“起租之日起 12 个月”（第十三条）计算；“试运行”是检验的阶段，尚非正式运营，"
                "其间的问题由第六条的检测、验收解决。",
                "Performance is counted from the lease (article 13). A trial run tests; it is not yet operation, and "
                "what it shows is settled by testing and acceptance under article 6.",
            ),
        },
        "as_of",
    ),
    "year-window": Reading(
        ("10.2",),
        "第十条第(2)项“1 年内”如何计算",
        "clause 10.2: which year is 1 年内 (within 1 year)?",
        {
            "rolling": Option(
                "任意连续一年",
                "any year on end",
                "“1 年内”没有写明哪一年，也没有写明从何日起。按民法典第二百零一条、民法典第二百零二条，"
                "从任一事件起算的一年都是一年。",
                "The words name no particular year and no first day. By articles 201 and 202 of the Civil Code a year "
                "from any incident is a year.",
            ),
            "calendar-year": Option(
                "公历年度",
                "the calendar year",
                "民法典第二百条：期间“按照公历年、月、日、小时计算”；合同中的年份也是公历年（“2025 年底前”），"
                "按年度计次明确易行。",
                "Periods go by years of the calendar (Civil Code 200), the contract's years are calendar years "
                "(“before the end of 2025”), and counting by them is plain.",
            ),
            "contract-year": Option(
                "自起租日起算的合同年度",
                "the contract year from the start of the lease",
                "合同的一年是“起租之日起 12 个月”（第十三条），服务期、费用和违约金基数都以此为单位；"
                "“1 年内”宜与之一致（民法典第一百四十二条：结合相关条款）。",
                "The contract's own year is the 12 months from the lease (article 13); service, price and the base of "
                "damages go by it, and related clauses should be read alike (Civil Code 142).",
            ),
        },
        "both",
    ),
    "window-anniversary": Reading(
        ("10.2",),
        "第十条第(2)项“1 年内”是否含对应日",
        "clause 10.2: is the corresponding day still within 1 year?",
        {
            "inclusive": Option(
                "含对应日",
                "it is",
                "“1 年内”包括本数（民法典第一千二百五十九条）；按年计算期间，开始的当日不计入（民法典第二百零一条），"
                "到期月的对应日为最后一日（民法典第二百零二条），对应日因此仍在一年之内。",
                "In a period of years the first day is not counted (Civil Code 201), the corresponding day is its "
                "last (202), and “within” includes the number (1259).",
            ),
            "exclusive": Option(
                "止于对应日的前一日",
                "it ends the day before",
                "事件当日已经计入一次，如对应日也计入，首尾共一年零一日。民法典第二百零一条不计开始的当日，"
                "是为履行期间而设，不是为数事件的次数；民法典第二百零四条容许合同另有安排。",
                "The day of the incident is counted already; with the corresponding day the span would be a year and "
                "a day. That the first day is left out is meant for periods in which to act, not for counting events, "
                "and article 204 leaves room for the contract's own way.",
            ),
        },
        "both",
    ),
    "a-counts-as-b": Reading(
        ("10.2",),
        "A 级事件是否也计入 B 级的次数",
        "clause 10.2: does a grade A incident count among the B?",
        {
            "no": Option(
                "不计入",
                "it does not",
                "第(1)项写“A 级事件 1 次”，第(2)项写“B 级事件 3 次”，各有其次数；A 级一次已可解除，不必再计。",
                "Clause 10.1 says grade A, once; 10.2 says grade B, three times; each has its own number, and one A "
                "opens the right by itself.",
            ),
            "yes": Option(
                "计入",
                "it does",
                "举轻以明重：A 级重于 B 级，一年内两次 B 级加一次 A 级，不应轻于三次 B 级。",
                "A fortiori: an A is graver than a B; two B and one A within a year should not weigh less than three "
                "B.",
            ),
        },
        "both",
    ),
    "same-cause-count": Reading(
        ("10.3", "10.1", "10.2"),
        "同一原因的数次事故如何计次",
        "clause 10.3: do several accidents of one cause count once?",
        {
            "one": Option(
                "计一次",
                "once",
                "“系同一事件或原因导致的事故, 甲方不可就同一事件重复要求乙方承担违约责任”：计次是追究责任的依据，"
                "同一原因计数次，就是就同一事件重复追究。",
                "Party A may not hold party B liable twice for one event or cause. Counting is what liability under "
                "article 10 rests on; to count one cause several times is to use it several times.",
            ),
            "each": Option(
                "各计一次",
                "each once",
                "该项禁止的只是“重复要求乙方承担违约责任”。解除合同是行使权利，"
                "不在民法典第五百七十七条所列的违约责任之中；第(2)项数的是“发生”的次数。",
                "The clause only bars claiming liability twice. Terminating is the exercise of a right and not among "
                "the forms of liability in Civil Code 577, and clause 10.2 counts what occurred.",
            ),
        },
        "as_of",
    ),
    "overlapping-reports": Reading(
        ("10.3",),
        "不同角色报告的、时间重叠的同类事件是否为一次",
        "clause 10.3: are overlapping reports of one kind and scope one incident?",
        {
            "one": Option(
                "是一次",
                "they are one",
                "种类、范围相同而时间重叠的报告，通常说的是“同一事件”；由几方各报一次，事故并不变成几次。",
                "Reports of one kind and scope that overlap in time as a rule tell of one event; that several told it "
                "does not make it several.",
            ),
            "separate": Option(
                "各是一次",
                "each is one",
                "各报告编号不同、报告人不同，时间重叠本身不能证明是“同一事件”；是否同一，"
                "由双方协商（第十条第(3)项“经甲乙双方协商”）并记录关联。",
                "The reports bear numbers and reporters of their own, and an overlap alone does not prove one event; "
                "whether it is one is for the parties to settle (clause 10.3) and to record as a link.",
            ),
        },
        "as_of",
    ),
    "several-notices": Reading(
        ("10.4",),
        "第十条第(4)项“多次”是几次",
        "clause 10.4: how many are several notices?",
        {
            "two": Option(
                "两次以上",
                "two or more",
                "“多次”与一次相对，两次即不止一次；该项另要求已“造成 B 级及以上事故”，不必再以次数从严。",
                "Several is more than once, and two are. The clause demands a grade B accident besides and need not "
                "be made narrower by the number.",
            ),
            "three": Option(
                "三次以上",
                "three or more",
                "通常以三次以上为多次（如法释〔2013〕8号第三条以三次以上为“多次”，该条针对盗窃刑事案件）；解除合同后果重大，"
                "宜从严。",
                "Several is commonly taken as three or more (as in judicial interpretation 法释〔2013〕8号, art. 3, "
                "there of a criminal statute); termination is grave enough to read it narrowly.",
            ),
        },
    ),
    "notice-cause": Reading(
        ("10.4",),
        "事故须由未处置的通知所指问题造成，还是在其后发生即可",
        "clause 10.4: must the accident come from the unheeded notice, or only after it?",
        {
            "stated": Option(
                "须记明由该通知所指的问题造成",
                "the incident must name the notice as its cause",
                "“未正确处置, 出现问题并造成 B 级及以上事故”：“造成”要求因果关系，事故须指明是哪一份通知未处置的结果。",
                "“Not properly dealt with, problems arose and caused an accident”: caused asks for a causal link, so "
                "the incident must name the notice it comes from.",
            ),
            "later": Option(
                "第二份通知逾期后发生的即可",
                "any graded incident after the second deadline will do",
                "隐患已经通知而多次未处置，其后发生的事故，推定与之有关更合情理；平台在乙方管理之下（第四条），"
                "无关的由乙方说明。",
                "Where weaknesses were notified and repeatedly left, it is fair to presume that a later accident is "
                "connected; the platform is managed by party B (article 4), which can show the contrary.",
            ),
        },
    ),
    "dual-active-optional": Reading(
        ("10.4", "4.3"),
        "第十条第(4)项“双活”后的“(可选)”",
        "clause 10.4: what does “optional” after dual-active mean?",
        {
            "agreed": Option(
                "该项已约定",
                "the ground is agreed",
                "该项留在双方签署的正文里，没有划去；第四条又约定“乙方应与另一家云服务商共同实现双活”，可见已被选用。",
                "It stands in the text that both signed and was not struck out; and article 4 obliges party B to "
                "bring about dual-active operation, so it was chosen.",
            ),
            "not-agreed": Option(
                "该项未约定，不是解除事由",
                "it is not, and is no ground",
                "“(可选)”是范本留给当事人选择的标记，合同中没有选定的表示；"
                "约定的解除事由须有双方的约定（民法典第五百六十二条第二款）。",
                "“Optional” is a model form's mark for the parties to choose, and nothing shows that they did; a "
                "contractual ground for termination needs agreement (Civil Code 562.2).",
            ),
        },
    ),
    "lapse": Reading(
        ("10.1", "10.2", "10.4"),
        "解除权是否因一年不行使而消灭",
        "does the right to terminate lapse after a year?",
        {
            "civil-code-564": Option(
                "依民法典第五百六十四条消灭",
                "it does, by article 564 of the Civil Code",
                "合同没有约定解除权的行使期限；依民法典第五百六十四条第二款，"
                "自解除权人知道或者应当知道解除事由之日起一年内不行使的，该权利消灭。",
                "The contract sets no period for using the right; by Civil Code 564.2 it lapses one year after its "
                "holder knew or should have known of the ground.",
            ),
            "never": Option(
                "不消灭",
                "it does not",
                "第十条写“在运营期间”出现该情形，“甲方有权解除本协议”，可以理解为约定在运营期间内均可行使；"
                "有约定的依约定（民法典第五百六十四条第一款）。",
                "Article 10 gives the right “in the operating period”, which can be read as agreeing that it may be "
                "used throughout; what the parties agreed goes first (Civil Code 564.1).",
            ),
        },
    ),
}
