"""How annex 1 grades: the readings of its rows and of its heading."""

from __future__ import annotations

from ledger.domain.words import Option, Reading

ANNEX_1 = {
    "outage-criteria": Reading(
        ("annex 1 outage A", "annex 1 outage B"),
        "附件1 服务中断的三项条件是否须同时满足",
        "annex 1, outage: all three criteria, or any one?",
        {
            "all": Option(
                "三项须同时满足",
                "all three must be met",
                "“超过 30% 以上业务系统中断、影响人数 50 万以上、导致 500 万元以上经济损失”以顿号并列，没有“或”字；"
                "同一张表需要择一时写明了“或”（“国家级机构或媒体通报、市级领导批示或关注的”）。按词句的通常含义，"
                "三项是并列的条件（民法典第一百四十二条、民法典第四百六十六条）。",
                "The three stand side by side without an “or”, while the same table writes “or” (或) where one of "
                "several is enough. By the ordinary meaning of the words they are cumulative (Civil Code 142, 466).",
            ),
            "any": Option(
                "满足任一项即可",
                "any one is enough",
                "三项各自都说明事故重大，顿号也可以只是列举。如须同时满足，"
                "全部业务系统中断而损失不足 100 万元的事故也不定级，与本表“重大安全事故”、"
                "“退出触发条件”的目的不合（民法典第一百四十二条：结合目的解释）。",
                "Each of the three shows a major accident, and the comma may merely list. If all were needed, an "
                "outage of every system with a loss below 1 million yuan would have no grade, against the purpose of "
                "a table of major security accidents (Civil Code 142: purpose).",
            ),
        },
    ),
    "outage-b-ceiling": Reading(
        ("annex 1 outage B",),
        "附件1“超过 10% 至 30%”是否为 B 级的上限",
        "annex 1, over 10 % to 30 %: is 30 % a ceiling of grade B?",
        {
            "open": Option(
                "超过 30% 而未达 A 级的仍为 B 级",
                "above 30 % and no A is still a B",
                "举轻以明重：中断超过 30% 的系统，重于“超过 10% 至 30%”。如因人数或损失未达 A 级就落在表外，"
                "较重的事故反而没有级别。“至 30%”是与 A 级“超过 30% 以上”衔接的分界。",
                "A fortiori: more than 30 % of the systems is graver than 10 to 30 %. If such an outage fell outside "
                "the table because people or loss are short of grade A, the graver accident would have no grade. “To "
                "30 %” marks where grade A takes over.",
            ),
            "thirty-percent": Option(
                "超过 30% 的不是 B 级",
                "above 30 % is no B",
                "“至 30%”是文字写明的上限。B 级事件计入解除合同的次数，后果重大，"
                "应当按所使用的词句确定范围（民法典第一百四十二条、民法典第四百六十六条），不宜以类推扩大。",
                "“To 30 %” is a ceiling in so many words. Grade B counts towards termination; a consequence of that "
                "weight follows the words used (Civil Code 142, 466) and is not to be widened by analogy.",
            ),
        },
    ),
    "force-majeure": Reading(
        ("annex 1", "annex 1 outage A", "annex 1 outage B", "annex 1 data_loss A", "annex 1 data_loss B"),
        "附件1“因不可抗力造成”如何理解",
        "annex 1: what does 因不可抗力造成 (by force majeure) mean?",
        {
            "ignored": Option(
                "不作为条件",
                "it is no condition",
                "本表以“云服务商主责”为前提，而不可抗力是不能预见、"
                "不能避免且不能克服的客观情况（民法典第一百八十条），二者难以并存。这几个字不作条件，"
                "服务中断和数据丢失两栏才有适用余地，也合于全表的目的（民法典第一百四十二条）。",
                "The table presupposes the provider's main responsibility; force majeure is what can be neither "
                "foreseen, avoided nor overcome (Civil Code 180). The two hardly go together. Only if the words are "
                "no condition do these rows have a use, as the table's purpose asks (Civil Code 142).",
            ),
            "excluded": Option(
                "不可抗力造成的不定级",
                "what force majeure caused is not graded",
                "标题“云服务商主责”把本表限于乙方主责的事故；因不可抗力不能履行合同的，"
                "根据其影响部分或者全部免除责任（民法典第五百九十条）。故不可抗力造成的服务中断和数据丢失不在其内。",
                "Force majeure frees in part or in whole according to its effect (Civil Code 590), and the heading "
                "limits the table to the provider's main responsibility. So outages and losses by force majeure are "
                "outside it.",
            ),
            "required": Option(
                "仅不可抗力造成的定级",
                "only what force majeure caused is graded",
                "“因不可抗力造成”是双方写下的条件；把它略去，等于改写合同（第十四条第(2)项：“未经甲乙双方书面确认，"
                "任何一方不得自行变更或修改本合同”）。",
                "“By force majeure” is a condition that the parties wrote; to leave it out is to rewrite the contract "
                "(clause 14.2: no change without both parties' written confirmation).",
            ),
        },
    ),
    "main-responsibility": Reading(
        ("annex 1",),
        "附件1“云服务商主责”何时成立",
        "annex 1: when is the provider mainly responsible?",
        {
            "unless-other": Option(
                "责任不记为其他的即成立，共同责任和未记明的也算",
                "unless another is recorded as responsible; shared or unstated responsibility is enough",
                "“乙方负责所建设政务云平台的具体管理、监控、安全防护等工作”（第四条），事故原因在其掌握之中；"
                "违约责任不以过错为前提（民法典第五百七十七条），主张责任在他人的，应当说明。"
                "共同责任不排除以乙方为主。",
                "Managing, monitoring and securing the platform is party B's work (article 4), so causes lie in its "
                "sphere. Liability for breach needs no fault (Civil Code 577); who says that another is responsible "
                "should show it. Shared responsibility may still be mainly the provider's.",
            ),
            "provider-only": Option(
                "共同责任不算",
                "shared responsibility is not enough",
                "“主责”即主要责任。记为共同责任而未分主次的，尚不能说是“云服务商主责”。",
                "“Main” (主责) means the larger part. Where it is recorded as shared, with no one's share the larger, "
                "that is not yet the provider's main responsibility.",
            ),
            "stated": Option(
                "仅记明为乙方责任的算",
                "only where the fact says that the provider is responsible",
                "“云服务商主责”是定级的前提；主张权利的一方对其基本事实负举证责任（民诉法解释第九十一条）。"
                "没有记明乙方责任的，前提尚未成立。",
                "The provider's main responsibility is a condition of every grade, and who claims a right bears the "
                "burden of its facts (judicial interpretation on civil procedure, no. 91). Where no fact says so, it "
                "is not met.",
            ),
        },
    ),
}
