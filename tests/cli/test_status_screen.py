"""The screen of a status: what it says of the right to terminate, of the days to come and of other readings."""

from __future__ import annotations

import io

import pytest

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.cli.status_screen import draw
from ledger.drawing import Screen
from ledger.messages import Language
from tests.happenings import a_incident, b_incident, declared, lease_started, signed
from tests.scenario import Answer, given, terms

SERVED = (signed, lease_started("2025-12-01"))


def screen(answer: Answer, lang: Language) -> str:
    """The screen, 80 cells wide, its broken lines joined again."""
    drawn = io.StringIO()
    draw(Screen(drawn, lang), answer.status, AGREEMENT, title="-")
    assert all(len(line) <= 80 for line in drawn.getvalue().splitlines())
    return " ".join(drawn.getvalue().split())


def test_given_no_ground_then_the_sentence_is_about_article_10_alone() -> None:
    told = given(*SERVED).as_of("2026-02-01")

    zh, en = screen(told, "zh").replace(" ", ""), screen(told, "en")

    assert "按第十条，甲方现无可行使的解除权（第13.2、13.3款和民法典规定的权利不在此列）" in zh
    assert "By article 10 party A has no right to terminate now" in en and "articles 13.2 and 13.3" in en
    assert "计数期内再计入3起B级事件，即产生第10.2款的解除事由" in zh
    assert "may not" not in en and "不可解除" not in zh and "不得解除" not in zh


def test_given_a_ground_that_was_used_then_it_is_told_as_used() -> None:
    told = given(*SERVED, a_incident("2026-01-10"), declared("2026-02-01", "10.1")).as_of("2026-02-01")

    zh, en = screen(told, "zh"), screen(told, "en")

    assert "甲方已行使第十条的解除权" in zh and "无可行使" not in zh and "计数期内再计入" not in zh
    assert "Party A has used its right to terminate under article 10" in en
    assert "no right" not in en and "more B-grade" not in en


def test_given_a_contract_that_ended_then_nothing_would_open_a_right() -> None:
    told = given(*SERVED, b_incident("2026-11-10")).as_of("2026-12-02")

    assert "无可行使的解除权" in screen(told, "zh").replace(" ", "") and "计数期内再计入" not in screen(told, "zh")


def test_an_open_right_is_shown_with_its_last_day_and_a_lapsed_one_with_the_day_it_lapsed() -> None:
    told = given(*SERVED, a_incident("2026-01-10"))

    assert "10.1 2026-01-10 Sat 2026-12-01 Tue open" in screen(told.as_of("2026-02-01"), "en")
    lapsed = screen(given(*SERVED, a_incident("2026-01-10"), a_incident("2025-12-01")).as_of("2026-12-01"), "en")
    assert "10.1 2025-12-01 Mon 2026-12-01 Tue open" in lapsed


def test_the_days_to_come_are_told_with_what_they_change_from_and_to() -> None:
    told = given(*SERVED, a_incident("2026-01-10")).as_of("2026-11-01")

    zh, en = screen(told, "zh"), screen(told, "en")

    assert "合同阶段：服务期内 → 期满" in zh and "phase: in service → ended" in en
    assert "甲方可否按第十条解除：是 → 否" in zh and "party A may terminate by article 10: yes → no" in en


@pytest.mark.parametrize(("lang", "said"), [("zh", "没有结论会变"), ("en", "no conclusion changes")])
def test_where_no_other_reading_matters_that_is_said(lang: Language, said: str) -> None:
    told = given(signed, under=terms(payment__stage_review_by=None)).as_of("2025-11-20", sensitivity=True)
    assert told.status["sensitivity"] == []

    assert said in screen(told, lang)


def test_what_turns_on_a_reading_is_told_with_its_name_to_type_back() -> None:
    told = given(*SERVED).as_of("2026-02-01", sensitivity=True)

    zh, en = screen(told, "zh"), screen(told, "en")

    assert "term-end=day-before" in zh and "term-end=day-before" in en
    assert "合同阶段：服务期内" in zh[zh.index("无论怎样解读都成立") : zh.index("取决于怎样解读")]
    assert "phase: in service" in en[en.index("What holds under every reading") : en.index("What turns on a reading")]
    assert "2026-12-01" in zh[zh.index("取决于怎样解读") :]
