"""The words a conclusion rests on: clauses of the contract and articles of the Civil Code, with a gloss.

A clause is named as rules and obligations name it: ``9.1``, ``10.2``, ``annex 1 outage A``, ``annex 2 row 7``,
``annex 4``; an article of the Civil Code 民法典 as ``civil code 201``.
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.domain.clauses.words_annexes import ANNEXES
from ledger.domain.clauses.words_articles import ARTICLES

TEMPLATE = "beijing-municipal-government-cloud-2025"  # the model agreement these are the words of


class Words(NamedTuple):
    """A clause's title and its words: Chinese verbatim, English as a gloss without force."""

    title: str
    title_en: str
    zh: str
    en: str


_CIVIL_CODE: dict[str, tuple[str, str, str, str]] = {
    "civil code 200": (
        "民法典第二百条", "Civil Code, article 200",
        "民法所称的期间按照公历年、月、日、小时计算。",
        "Periods are counted in years, months, days and hours of the Gregorian calendar.",
    ),
    "civil code 201": (
        "民法典第二百零一条", "Civil Code, article 201",
        "按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算。"
        "按照小时计算期间的，自法律规定或者当事人约定的时间开始计算。",
        "In periods of years, months or days the first day is not counted; counting begins on the next.",
    ),
    "civil code 202": (
        "民法典第二百零二条", "Civil Code, article 202",
        "按照年、月计算期间的，到期月的对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日。",
        "A period of years or months ends on the corresponding day of its last month, or where there is none on "
        "that month's last day.",
    ),
    "civil code 203": (
        "民法典第二百零三条", "Civil Code, article 203",
        "期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。"
        "期间的最后一日的截止时间为二十四时；有业务时间的，停止业务活动的时间为截止时间。",
        "A period whose last day is a statutory rest day ends on the day after the rest days; that day ends at 24:00.",
    ),
    "civil code 204": (
        "民法典第二百零四条", "Civil Code, article 204",
        "期间的计算方法依照本法的规定，但是法律另有规定或者当事人另有约定的除外。",
        "Periods are counted as this code says unless law or the parties provide otherwise.",
    ),
    "civil code 564": (
        "民法典第五百六十四条", "Civil Code, article 564",
        "法律规定或者当事人约定解除权行使期限，期限届满当事人不行使的，该权利消灭。"
        "法律没有规定或者当事人没有约定解除权行使期限，自解除权人知道或者应当知道解除事由之日起一年内不行使，"
        "或者经对方催告后在合理期限内不行使的，该权利消灭。",
        "A right to terminate lapses when its period passes unused; where none is set, one year from the day its "
        "holder knew or should have known of the ground.",
    ),
    "civil code 1259": (
        "民法典第一千二百五十九条", "Civil Code, article 1259",
        "民法所称的“以上”、“以下”、“以内”、“届满”，包括本数；所称的“不满”、“超过”、“以外”，不包括本数。",
        "以上, 以下, 以内 and 届满 include the number; 不满, 超过 and 以外 do not.",
    ),
}

WORDS: dict[str, Words] = {
    clause: Words(*words) for table in (ARTICLES, ANNEXES, _CIVIL_CODE) for clause, words in table.items()
}


def words(clause: str) -> Words:
    """The words of a clause; KeyError for one that no conclusion cites."""
    return WORDS[clause]
