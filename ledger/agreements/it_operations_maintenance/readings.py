"""The open questions of the text: three passages that two careful people may read differently (SPEC 9.8)."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.domain.words import Option, Reading

READINGS: Mapping[str, Reading] = {
    "late-hours": Reading(
        ("3.2",),
        "第 3.2 款“每逾期 1 小时”，不足 1 小时的是否计入",
        "3.2, “for each hour late”: does a begun hour count?",
        {
            "begun": Option(
                "不足 1 小时的按 1 小时计", "a begun hour counts as one",
                "抵扣旨在补偿服务中断，自逾期起即有损失。",
                "Credits make up for the service being down, which costs from the first minute late.",
            ),
            "full": Option(
                "只计满 1 小时的", "only full hours count",
                "文字是“每逾期 1 小时”，未满 1 小时的不在其内。",
                "The words are “for each hour late”; what is less than an hour is none.",
            ),
        },
    ),
    "two-scores": Reading(
        ("8.2",),
        "第 8.2 款“有两次季度评分低于 60 分”，是否须为连续的季度",
        "8.2, “two quarterly scores below 60”: must the quarters follow each other?",
        {
            "any": Option(
                "任意几次", "any of them",
                "文字没有“连续”二字；第 8.1 款需要限定期间时写明了“任意连续 6 个月内”。",
                "The words do not say “in a row”; 8.1, where it means to limit the time, says so.",
            ),
            "consecutive": Option(
                "须为连续的季度", "they must follow each other",
                "解除是最后的手段，相隔很久的两次低分不足以说明不能履行。",
                "Termination is the last resort; two low scores far apart do not show that performance fails.",
            ),
        },
    ),
    "credit-window": Reading(
        ("10.1",),
        "第 10.1 款“知道或者应当知道抵扣事由之日”，就可用性是报告之日还是当月最后一日",
        "10.1, “the day it knew or should have known”: of availability, the day of the report or the month's last?",
        {
            "known": Option(
                "自报告之日起算", "from the day of the report",
                "报告之前甲方无从知道可用性是多少。", "Before the report party A cannot know what it was.",
            ),
            "occurred": Option(
                "自当月最后一日起算", "from the month's last day",
                "当月终了，可用性即可算出，甲方应当知道。",
                "Once the month is over it can be worked out, and party A should know.",
            ),
        },
    ),
}
