"""民法典, the Civil Code, as far as conclusions cite it: title and words, Chinese and an English gloss."""

from __future__ import annotations

from ledger.domain.words import Words

WORDS: dict[str, Words] = {
    "civil code 200": Words(
        "民法典第二百条", "Civil Code, article 200",
        "民法所称的期间按照公历年、月、日、小时计算。",
        "Periods are counted in years, months, days and hours of the Gregorian calendar.",
    ),
    "civil code 201": Words(
        "民法典第二百零一条", "Civil Code, article 201",
        "按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算。"
        "按照小时计算期间的，自法律规定或者当事人约定的时间开始计算。",
        "In periods of years, months or days the first day is not counted; counting begins on the next.",
    ),
    "civil code 202": Words(
        "民法典第二百零二条", "Civil Code, article 202",
        "按照年、月计算期间的，到期月的对应日为期间的最后一日；没有对应日的，月末日为期间的最后一日。",
        "A period of years or months ends on the corresponding day of its last month, or where there is none on "
        "that month's last day.",
    ),
    "civil code 203": Words(
        "民法典第二百零三条", "Civil Code, article 203",
        "期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。"
        "期间的最后一日的截止时间为二十四时；有业务时间的，停止业务活动的时间为截止时间。",
        "A period whose last day is a statutory rest day ends on the day after the rest days; that day ends at 24:00.",
    ),
    "civil code 204": Words(
        "民法典第二百零四条", "Civil Code, article 204",
        "期间的计算方法依照本法的规定，但是法律另有规定或者当事人另有约定的除外。",
        "Periods are counted as this code says unless law or the parties provide otherwise.",
    ),
    "civil code 564": Words(
        "民法典第五百六十四条", "Civil Code, article 564",
        "法律规定或者当事人约定解除权行使期限，期限届满当事人不行使的，该权利消灭。"
        "法律没有规定或者当事人没有约定解除权行使期限，自解除权人知道或者应当知道解除事由之日起一年内不行使，"
        "或者经对方催告后在合理期限内不行使的，该权利消灭。",
        "A right to terminate lapses when its period passes unused; where none is set, one year from the day its "
        "holder knew or should have known of the ground.",
    ),
    "civil code 1259": Words(
        "民法典第一千二百五十九条", "Civil Code, article 1259",
        "民法所称的“以上”、“以下”、“以内”、“届满”，包括本数；所称的“不满”、“超过”、“以外”，不包括本数。",
        "以上, 以下, 以内 and 届满 include the number; 不满, 超过 and 以外 do not.",
    ),
}
