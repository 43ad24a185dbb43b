"""The notices that come with the product, day by day against three sources nobody here wrote."""

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from ledger import messages
from ledger.domain.calendar import Calendar
from ledger.domain.errors import Refusal
from ledger.notices import notice_from_data, shipped_calendar, shipped_notices

VECTORS = Path(__file__).resolve().parents[2] / "shared" / "vectors" / "working-days-cn.json"
# Written by others and no part of the project: checked where they lie beside the checkout, as they do in CI.
needs_vectors = pytest.mark.skipif(not VECTORS.exists(), reason="the shared vectors are not beside this checkout")
YEARS = range(2007, 2027)
NOTICE = {
    "year": 2027,
    "document": "国办发明电〔2026〕0号",
    "published_on": "2026-11-05",
    "off_days": ["2027-01-01"],
    "makeup_days": ["2026-12-26"],
}


def days_of(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    calendar = shipped_calendar()
    assert [
        day for day in days_of(year) if calendar.is_working_day(day) != chinese_calendar.is_workday(day)
    ] == []


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_holidays(year: int) -> None:
    calendar, theirs = shipped_calendar(), holidays.country_holidays("CN", years=year, language="zh_CN")
    assert [day for day in days_of(year) if calendar.is_working_day(day) != theirs.is_working_day(day)] == []


@needs_vectors
def test_every_day_agrees_with_the_collected_notices() -> None:
    collected = json.loads(VECTORS.read_text(encoding="utf-8"))
    off = {day for year in YEARS for day in collected[str(year)]["off"]}
    work = {day for year in YEARS for day in collected[str(year)]["work"]}
    calendar = shipped_calendar()
    for day in (day for year in YEARS for day in days_of(year)):
        expected = str(day) in work or (day.weekday() < 5 and str(day) not in off)
        assert calendar.is_working_day(day) == expected, day


def test_the_days_a_notice_names_in_the_year_before_are_respected() -> None:
    calendar = shipped_calendar()
    for text in ("2006-12-30", "2006-12-31", "2007-12-29", "2011-12-31", "2018-12-29"):
        assert calendar.is_working_day(date.fromisoformat(text)), text
    for text in ("2007-12-31", "2018-12-31"):
        assert not calendar.is_working_day(date.fromisoformat(text)), text
    assert not calendar.provisional(date(2006, 12, 30))
    assert calendar.provisional(date(2006, 12, 29))
    assert calendar.explain(date(2007, 12, 31)).document == "国办发明电〔2007〕52号"


def test_every_year_has_its_notice_published_before_it_began_and_numbered() -> None:
    first = {notice.year: notice for notice in reversed(shipped_notices())}
    assert sorted(first) == list(YEARS)
    for year, notice in first.items():
        assert notice.published_on.year == year - 1
        assert notice.document.startswith(f"国办发明电〔{year - 1}〕")
        assert notice.document.endswith("号")
    assert len({notice.document for notice in shipped_notices()}) == len(shipped_notices()) == 23
    published = [notice.published_on for notice in shipped_notices()]
    assert published == sorted(published)


def test_every_make_up_working_day_is_a_weekend() -> None:
    for notice in shipped_notices():
        assert all(day.weekday() >= 5 for day in notice.makeup_days)


def test_the_notice_of_2026_is_the_one_published_on_4_november_2025() -> None:
    before, after = (shipped_calendar().known_by(date(2025, 11, day)) for day in (3, 4))
    assert before.provisional(date(2026, 1, 1))
    assert not after.provisional(date(2026, 1, 1))
    assert after.documents([2025, 2026]) == {
        "2025": "国办发明电〔2024〕12号",
        "2026": "国办发明电〔2025〕7号",
    }


def test_nobody_knew_of_the_longer_spring_festival_of_2020_before_it_was_published() -> None:
    before, after = (shipped_calendar().known_by(date(2020, 1, day)) for day in (26, 27))
    assert [before.is_working_day(date(2020, 2, day)) for day in (1, 2, 3)] == [True, False, True]
    assert [after.is_working_day(date(2020, 2, day)) for day in (1, 2, 3)] == [False, False, True]
    assert before.is_working_day(date(2020, 1, 31))
    assert not after.is_working_day(date(2020, 1, 31))
    assert after.explain(date(2020, 2, 1)).document == "国办发明电〔2020〕1号"
    assert after.explain(date(2020, 1, 30)).document == "国办发明电〔2019〕16号"
    assert after.documents([2020]) == {"2020": "国办发明电〔2019〕16号、国办发明电〔2020〕1号"}


def test_labour_day_2019_grew_to_four_days_on_22_march() -> None:
    before, after = (shipped_calendar().known_by(date(2019, 3, day)) for day in (21, 22))
    assert [before.is_working_day(date(2019, 5, day)) for day in range(1, 6)] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert [after.is_working_day(date(2019, 5, day)) for day in range(1, 6)] == [
        False,
        False,
        False,
        False,
        True,
    ]
    assert not before.is_working_day(date(2019, 4, 28))
    assert after.is_working_day(date(2019, 4, 28))


def test_3_september_2015_became_a_day_off_on_13_may() -> None:
    before, after = (shipped_calendar().known_by(date(2015, 5, day)) for day in (12, 13))
    assert [before.is_working_day(date(2015, 9, day)) for day in range(3, 7)] == [True, True, False, False]
    assert [after.is_working_day(date(2015, 9, day)) for day in range(3, 7)] == [False, False, False, True]
    assert "抗日战争" in after.explain(date(2015, 9, 4)).name


def test_every_day_off_by_notice_can_say_what_for() -> None:
    calendar = shipped_calendar()
    kinds = [calendar.explain(day) for year in YEARS for day in days_of(year)]
    assert all(kind.name and kind.document for kind in kinds if kind.reason == "notice")
    assert {kind.name for kind in kinds if kind.reason == "notice"} == {
        "元旦",
        "春节",
        "清明节",
        "劳动节",
        "端午节",
        "中秋节",
        "国庆节",
        "中秋节、国庆节",
        "国庆节、中秋节",
        "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日",
    }


def test_in_a_break_for_two_festivals_each_keeps_its_own_day() -> None:
    names = {
        day: shipped_calendar().explain(date.fromisoformat(day)).name for day in ("2023-09-29", "2023-10-01")
    }
    assert names == {"2023-09-29": "中秋节", "2023-10-01": "国庆节"}
    assert shipped_calendar().explain(date(2023, 10, 4)).name == "中秋节、国庆节"


def test_the_shipped_notices_are_read_once() -> None:
    assert shipped_notices() is shipped_notices()
    assert shipped_calendar().notices == shipped_notices()


def test_a_notice_recorded_by_a_user_extends_the_shipped_ones() -> None:
    calendar = Calendar((*shipped_notices(), notice_from_data(NOTICE)))
    assert calendar.is_working_day(date(2026, 12, 26))
    assert not shipped_calendar().is_working_day(date(2026, 12, 26))
    assert not calendar.provisional(date(2027, 6, 1))
    assert shipped_calendar().provisional(date(2027, 6, 1))


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"source": "x"}, "NOTICE_KEYS", "data.source"),
        ({"year": "2027"}, "NOTICE_VALUE", "data.year"),
        ({"year": True}, "NOTICE_VALUE", "data.year"),
        ({"year": 10000}, "NOTICE_VALUE", "data.year"),
        ({"document": " "}, "NOTICE_VALUE", "data.document"),
        ({"document": 7}, "NOTICE_VALUE", "data.document"),
        ({"published_on": "2026-02-30"}, "NOTICE_VALUE", "data.published_on"),
        ({"published_on": "2026-W05-1"}, "NOTICE_VALUE", "data.published_on"),
        ({"published_on": "20261105"}, "NOTICE_VALUE", "data.published_on"),
        ({"published_on": None}, "NOTICE_VALUE", "data.published_on"),
        ({"off_days": "2027-01-01"}, "NOTICE_VALUE", "data.off_days"),
        ({"off_days": ["2027-01-01", 2]}, "NOTICE_VALUE", "data.off_days.1"),
        ({"makeup_days": ["2027-01-01"]}, "NOTICE_DAY_TWICE", "data.makeup_days"),
        ({"makeup_days": ["2029-01-01"]}, "NOTICE_DAY_FAR", "data.makeup_days"),
        ({"off_days": ["2025-12-31"]}, "NOTICE_DAY_FAR", "data.off_days"),
    ],
)
def test_a_notice_that_cannot_be_is_refused_and_the_field_named(
    change: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        notice_from_data(NOTICE | change)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert field in messages.refusal(refused.value, "zh")
    assert field in messages.refusal(refused.value, "en")


def test_a_notice_without_one_of_its_keys_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        notice_from_data({key: value for key, value in NOTICE.items() if key != "published_on"})
    assert (refused.value.code, refused.value.field) == ("NOTICE_KEYS", "data.published_on")


@pytest.mark.parametrize("text", ["2026-01-01", "2028-12-31"])
def test_a_notice_may_name_days_of_the_years_beside_it(text: str) -> None:
    assert notice_from_data(NOTICE | {"off_days": [text]}).off_days == {date.fromisoformat(text)}
