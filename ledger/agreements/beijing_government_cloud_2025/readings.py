"""The open questions of the text: ten passages two careful people may read differently (SPEC 4.7).

The first option of each is the default. A contract's terms may settle another, the parties may agree
one from a day on (``ReadingAgreed``), and any question may be asked under another.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ledger.domain.words import Reading

SIX_NINES = Decimal("99.9999")

READINGS: Mapping[str, Reading] = {
    # 附件1 “30% 以上业务系统中断、影响人数 50 万以上、导致 500 万元以上经济损失”: all three, or any one?
    "outage-criteria": Reading(
        "附件1 服务中断的三项条件是否须同时满足",
        "annex 1, outage: all three criteria, or any one?",
        {"all": ("三项须同时满足", "all three must be met"), "any": ("满足任一项即可", "any one is enough")},
    ),
    # 附件1 B 级 “超过 10% 至 30%”: does a share above 30 % that is no A fall out of the table?
    "outage-b-ceiling": Reading(
        "附件1“超过 10% 至 30%”是否为 B 级的上限",
        "annex 1, over 10 % to 30 %: is 30 % a ceiling of grade B?",
        {
            "open": ("超过 30% 而未达 A 级的仍为 B 级", "above 30 % and no A is still a B"),
            "thirty-percent": ("超过 30% 的不是 B 级", "above 30 % is no B"),
        },
    ),
    # 附件1 “因不可抗力造成” under the heading “云服务商主责”
    "force-majeure": Reading(
        "附件1“因不可抗力造成”如何理解",
        "annex 1: what does 因不可抗力造成 (by force majeure) mean?",
        {
            "ignored": ("不作为条件", "it is no condition"),
            "excluded": ("不可抗力造成的不定级", "what force majeure caused is not graded"),
            "required": ("仅不可抗力造成的定级", "only what force majeure caused is graded"),
        },
    ),
    # 第十条(2) “1 年内”
    "year-window": Reading(
        "第十条第(2)项“1 年内”如何计算",
        "clause 10.2: which year is 1 年内 (within 1 year)?",
        {
            "rolling": ("任意连续一年", "any year on end"),
            "calendar-year": ("公历年度", "the calendar year"),
            "contract-year": ("自起租日起算的合同年度", "the contract year from the start of the lease"),
        },
    ),
    # 第十三条(1) “起租之日起 12 个月后终止”
    "term-end": Reading(
        "“起租之日起 12 个月后终止”的届满日",
        "clause 13.1: on which day do 12 months end?",
        {
            "corresponding-day": ("对应日", "the corresponding day"),
            "day-before": ("对应日的前一日", "the day before it"),
        },
    ),
    # 解除权的消灭, 民法典第五百六十四条
    "lapse": Reading(
        "解除权是否因一年不行使而消灭",
        "does the right to terminate lapse after a year?",
        {
            "civil-code-564": ("依民法典第五百六十四条消灭", "it does, by article 564 of the Civil Code"),
            "never": ("不消灭", "it does not"),
        },
    ),
    # 附件2/3 “大于 15 分钟且小于 30 分钟”, “大于 30 分钟”: what of exactly 30, and of more than the last band?
    "band-gaps": Reading(
        "附件2、附件3 区间端点及最高区间以上如何适用",
        "annexes 2 and 3: what of a band's ends, and above the last band?",
        {
            "literal": ("按字面，不属于任何一行", "as written: no row"),
            "a-fortiori": (
                "端点归下一区间，最高区间以上归最高区间",
                "ends fall into the band below, more into the last",
            ),
        },
    ),
    # 附件3 第6行 “连续宕机 3 次以上”
    "consecutive-outages": Reading(
        "附件3 第6行“连续宕机 3 次以上”的期间",
        "annex 3 row 6: three outages within what?",
        {"in-term": ("整个服务期内", "the term"), "in-one-month": ("同一自然月内", "one calendar month")},
    ),
    # 第十条(3) “不可就同一事件重复要求乙方承担违约责任”
    "same-cause-damages": Reading(
        "同一事件的多项违约金如何计",
        "clause 10.3: several damages for one event?",
        {"highest": ("只计最高的一项", "only the highest stands"), "sum": ("各项相加", "they add up")},
    ),
    # 附件2 第1行 99.99999% against 第六条(3) and 附件3 99.9999%
    "data-reliability-floor": Reading(
        "附件2 第1行的 99.99999% 与第六条的 99.9999% 不一致",
        "annex 2 row 1 says 99.99999 %, article 6 says 99.9999 %",
        {"as-written": ("各按其文字", "each as written"), "six-nines": ("一律按 99.9999%", "99.9999 % everywhere")},
    ),
}


def reliability_floor(written: Decimal, readings: Mapping[str, str]) -> Decimal:
    """The floor of data reliability in percent: as written, or six nines everywhere (``data-reliability-floor``)."""
    return SIX_NINES if readings["data-reliability-floor"] == "six-nines" else written
