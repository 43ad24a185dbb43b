"""What is said of damages: what the row asks and what was found, base, amount, what stands beside what; the court."""

from __future__ import annotations

import io

import pytest

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.share import share_of_total
from ledger.cli import screens
from ledger.drawing import Screen
from tests.agreements.beijing_government_cloud_2025.test_damages_occurrences import (
    INTRUDED,
    O1,
    SHORT,
    SLOW,
    TAMPERED,
    down,
    judged,
)
from tests.damages import SERVED
from tests.happenings import (
    amended,
    assessed,
    damages_agreed,
    damages_settled,
    linked,
    notice,
    on_site_absence,
    rectified,
)
from tests.happenings import incident as reported
from tests.scenario import History, given
from tests.test_explain_sources import explained, refs, words


def said(history: History, path: str, lang: str = "zh", **reading: str) -> str:
    return words(explained(history, path, "2026-06-30", reading or None), lang)


def test_an_item_says_what_its_row_asks_and_what_was_found_and_of_floors_that_one_is_enough() -> None:
    told = given(*SERVED, SHORT)
    zh, en = said(told, "a3-r1:short"), said(told, "a3-r1:short", "en")
    assert "以下有一项满足即可：可用性（%）须低于 99.99，实为 99.98，满足；" in zh
    assert "数据可靠性（%）须低于 99.9999，实为 99.99999，不满足" in zh
    assert "one of these is enough: availability (%) below 99.99, stated 99.98, met" in en
    assert "后果须为“出现问题但未造成重大影响”" in zh


def test_a_decimal_average_is_told_as_it_was_reported_and_an_end_by_the_reading_as_such() -> None:
    told = given(*SERVED, on_site_absence("2026-02-01", 120, "problem", "mail"))
    by_the_reading = explained(told, "a3-r12:nobody-2026-02-01", "2026-06-30", {"band-gaps": "a-fortiori"})
    assert "按所采用的解读，恰为或超过而不入更高区间的，也归此区间" in words(by_the_reading)
    assert [one["reading"] for one in by_the_reading["readings"]][:1] == ["band-gaps"]


def test_an_item_on_an_unheeded_notice_rests_on_the_notice_and_says_when_its_deadline_had_passed() -> None:
    warned = notice("2026-01-05", "2026-01-20", name="warning", by="supervisor")
    after = reported("2026-02-01", "outage", "x", consequence="problem", unheeded_notice="warning", system="mail")
    told = given(*SERVED, warned, after, assessed("2026-02-05", "x", consequence="major"))
    explanation = explained(told, "a2-r6:x")
    assert {"warning", "x", "x-assessed-2026-02-05"} <= set(refs(told, explanation))
    assert "（2026-01-20）届满时仍未履行" in words(explanation)
    met_late = given(*SERVED, warned, rectified("2026-01-25", "warning"), after)
    assert "届满时仍未履行" in words(explained(met_late, "a3-r7:x", "2026-06-30"))  # and not that it still is


def test_outages_say_how_many_count_and_their_minutes_in_union() -> None:
    told = given(*SERVED, O1, down("2026-02-20", "o2"), down("2026-03-10", "o3"))
    zh = said(told, "a3-r6:o3")
    assert "宕机（次，系同一事件的计一次）须达到 3 以上，实为 3，满足" in zh
    assert "宕机合计（分钟，时间重叠的计一次）须达到 480 以上，实为 360，不满足" in zh
    assert "出于同一事件（事件 o1）" in zh and "互不出于同一事件的各种组合中合计最高的一种" in zh


def test_the_base_says_of_which_days_terms_it_is_and_rests_on_the_amendment_that_set_them() -> None:
    told = given(*SERVED, amended("2026-02-01", term__months=24), on_site_absence("2026-02-02", 61, "major"))
    explanation = explained(told, "a2-r11:nobody-2026-02-02")
    assert "服务协议总金额（2026-02-02 的条款） 2,303,911.32 ÷ 24 个月" in words(explanation)
    assert "amendment" in refs(told, explanation)


def test_what_absorbs_an_item_is_told_with_the_link_that_makes_them_one() -> None:
    told = given(*SERVED, TAMPERED, INTRUDED, linked("2026-03-01", "one", "two").said_by("supervisor"))
    explanation = explained(told, "a2-r5:two")
    assert "事件 one, two 系同一事件" in words(explanation) and "linked-2026-03-01" in refs(told, explanation)


def test_agreed_and_ruled_amounts_say_so_and_by_what_they_were_replaced() -> None:
    told = given(
        *SERVED, TAMPERED, damages_agreed("2026-02-20", "1000.00", "a2-r3:one"),
        judged("2026-03-01", "court", {"items": ["a2-r3:one"], "amount": "200000.00"}),
    )  # fmt: skip
    assert "法院已判定金额，以 agreed:court" in said(told, "a2-r3:one")
    assert "agreed:agreed 所就的项目或事件后来另有 agreed:court" in said(told, "agreed:agreed")
    assert "Ruled: " in said(told, "agreed:court", "en")


def test_settled_sums_say_which_items_they_fill() -> None:
    told = given(
        *SERVED, TAMPERED, O1, damages_agreed("2026-02-20", "1000.00", "a2-r3:one"),
        damages_settled("2026-03-01", "1500.00", "a2-r3:one", "a3-r5:o1"),
    )  # fmt: skip
    assert "依次结清：agreed:agreed 1,000.00 元；a3-r5:o1 500.00 元" in said(told, "damages.settled")


# -- the court (Civil Code 585.2) -------------------------------------------------------------------

COURT = ("民法典第五百八十五条", "百分之三十", "法释〔2023〕13号第六十五条")


@pytest.mark.parametrize("path", ["damages.accrued", "damages.deductible", "damages", "a2-r3:one"])
def test_wherever_damages_are_explained_a_court_may_adjust_them_with_the_articles_words(path: str) -> None:
    told = given(*SERVED, TAMPERED)
    explanation = explained(told, path)
    assert all(one in words(explanation) for one in COURT)
    assert {"civil code 585", "contract interpretation 65"} <= {one["clause"] for one in explanation["clauses"]}
    if path != "a2-r3:one":
        assert "383,985.22 元，占合同总金额 2,303,911.32 元的 16.7%" in words(explanation)


def test_where_nothing_accrued_there_is_nothing_to_adjust() -> None:
    assert "百分之三十" not in said(given(*SERVED), "damages.accrued")


def test_the_status_screen_and_the_list_of_contracts_say_that_a_court_may_adjust_damages() -> None:
    answer = given(*SERVED, SLOW, TAMPERED).as_of("2026-03-05").status
    drawn, listed = io.StringIO(), io.StringIO()
    from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.screen import damages

    damages(Screen(drawn, "zh"), answer)
    line = {"contract": "CU-1", "title": "云", "damages_accrued": "388151.93", "next_due": None, "anomalies": 0}
    screens.portfolio(Screen(listed, "zh"), [line])
    for text in ("".join(drawn.getvalue().split()), "".join(listed.getvalue().split())):
        assert "法院" in text and "百分之三十" in text
    assert "16.8%" in drawn.getvalue()


@pytest.mark.parametrize(
    ("amount", "share"), [(0, "0.0%"), (1, "< 0.1%"), (115195, "< 0.1%"), (115196, "0.1%"), (38398522, "16.7%"),
                          (76797044, "33.3%"), (230391132, "100.0%"), (460782264, "200.0%")],
)  # fmt: skip
def test_a_share_of_the_total_is_rounded_half_up_at_its_first_decimal(amount: int, share: str) -> None:
    assert share_of_total(amount, 230391132) == share
