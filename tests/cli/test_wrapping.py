"""Lines broken by cells, as a terminal shows Chinese and Latin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.drawing.wrapping import broken, cells


@given(st.text(st.sampled_from("甲方支付，。（）“”ab cd-1.2 "), max_size=80), st.integers(12, 40))
def test_no_line_is_wider_and_no_character_is_lost(text: str, width: int) -> None:
    lines = broken(text, width)

    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_chinese_breaks_anywhere_and_latin_between_words() -> None:
    assert broken("甲方应在五个工作日内付款", 10) == ["甲方应在五", "个工作日内", "付款"]
    assert broken("party A pays within five days", 12) == ["party A pays", "within five", "days"]


def test_punctuation_stays_with_what_it_closes_and_brackets_with_what_they_open() -> None:
    assert broken("义务人是甲方。乙方", 12) == ["义务人是甲", "方。乙方"]
    assert broken("依据合同（第九条", 10) == ["依据合同", "（第九条"]


def test_a_day_of_the_week_is_not_taken_apart() -> None:
    assert broken("最后一日 2026-12-01 周二", 22) == ["最后一日 2026-12-01", "周二"]
    assert broken("最后一日 2026-12-01 周二", 24) == ["最后一日 2026-12-01 周二"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert broken("CU12-1101-2025-018605", 8) == ["CU12-110", "1-2025-0", "18605"]
