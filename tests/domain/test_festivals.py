"""The statutory holidays by the law in force, checked against two libraries that know the sky."""

import re
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from ledger.domain.festivals import LUNAR, statutory


def test_every_lunar_festival_of_2006_to_2060_agrees_with_another_library() -> None:
    theirs = holidays.country_holidays("CN", years=range(2008, 2061), language="zh_CN")
    assert sorted(LUNAR) == list(range(2006, 2061))
    for year in range(2008, 2061):
        for day, name in zip(LUNAR[year], ("春节", "清明", "端午", "中秋"), strict=True):
            assert name in theirs.get(day, ""), f"{name} {day}"


def test_the_spring_festival_of_2006_and_2007_agrees_with_another_library() -> None:
    theirs = holidays.country_holidays("CN", years=(2006, 2007), language="zh_CN")
    for year in (2006, 2007):
        spring = LUNAR[year][0]
        assert all("春节" in theirs.get(spring + timedelta(days=more), "") for more in range(3))


def test_qingming_is_the_solar_term_of_that_name() -> None:
    for year, (_, qingming, _, _) in LUNAR.items():
        terms = chinese_calendar.get_solar_terms(date(year, 4, 1), date(year, 4, 10))
        assert [name for day, name in terms if day == qingming] == ["清明"]


def test_the_days_of_the_law_are_the_days_another_library_names() -> None:
    for year in range(2006, 2061):
        theirs = holidays.country_holidays("CN", years=year, language="en_US")
        # Days a notice moved, a substitute for a weekend, and days declared once are not the law's.
        named = {
            day
            for day, name in theirs.items()
            if "(observed)" not in name and "off" not in name and "Extended" not in name and "70th" not in name
        }
        assert set(statutory(year)) == named


@pytest.mark.parametrize("locale", ["", "C", "zh_CN.UTF-8", "en_US.UTF-8", "th_TH.UTF-8"])
def test_the_other_library_speaks_as_it_is_asked_whatever_the_locale(
    locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale)
    for language, new_year in (("zh_CN", "元旦"), ("en_US", "New Year's Day")):
        assert holidays.country_holidays("CN", years=2020, language=language)[date(2020, 1, 1)] == new_year


def test_no_test_asks_the_other_library_without_naming_a_language() -> None:
    asked = re.compile(r"country_holidays\((?:[^()]|\([^()]*\))*\)")
    texts = [file.read_text("utf-8") for file in Path(__file__).parents[1].rglob("*.py")]
    calls = [call for text in texts for call in asked.findall(text)]
    assert len(calls) >= 4 and all("language=" in call for call in calls), calls


def test_the_revision_of_2024_adds_new_years_eve_and_the_second_of_may_from_2025() -> None:
    assert "2024-02-09" not in map(str, statutory(2024))
    assert "2024-05-02" not in map(str, statutory(2024))
    assert statutory(2025)[date(2025, 1, 28)] == "春节"
    assert statutory(2025)[date(2025, 1, 31)] == "春节"
    assert date(2025, 2, 1) not in statutory(2025)
    assert statutory(2025)[date(2025, 5, 2)] == "劳动节"
    assert date(2025, 5, 3) not in statutory(2025)


@pytest.mark.parametrize(
    ("year", "count"), [(2007, 10), (2008, 11), (2013, 11), (2014, 11), (2024, 11), (2025, 13)]
)
def test_each_revision_gives_its_number_of_days(year: int, count: int) -> None:
    assert len(statutory(year)) == count


def test_a_festival_that_falls_on_another_shares_its_day() -> None:
    assert statutory(2031)[date(2031, 10, 1)] == "国庆节、中秋节"
    assert len(statutory(2031)) == 12


@pytest.mark.parametrize("year", [1999, 2005, 2061, 2199])
def test_a_year_outside_the_lunar_table_has_the_holidays_of_fixed_date(year: int) -> None:
    assert set(statutory(year).values()) == {"元旦", "劳动节", "国庆节"}
