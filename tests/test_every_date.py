"""Whatever day is asked about or recorded, from year 1 to 9999: an answer or a refusal, never a defect."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.moments import parse_utc
from ledger.service import CALENDAR, Ledger, Question
from tests.domain.fact_samples import SAMPLES
from tests.test_service import terms

OF_THE_LOG = frozenset(name for name, row in TYPES.items() if row.ledgers)

RUNS = int(os.environ.get("LVYUE_DATE_RUNS", "25"))
FIRST, LAST = date(1949, 1, 1), date(2199, 12, 31)
NEAR = [edge + timedelta(days=days) for edge in (FIRST, LAST) for days in (-1, 0, 1)]
DAYS = st.sampled_from([date.min, date.max, *NEAR]) | st.dates() | st.dates(FIRST, LAST)
NUMBERS = count(1)
OF_ANOTHER = ("ContractRegistered", "CalendarPublished", *OF_THE_LOG, "FactRetracted")
FIRST_OF_ALL = (
    "SystemRegistered", "AcceptanceRequested", "RectificationNoticeIssued", "IncidentReported", "SettlementAgreed",
    "DemandMade",
)


def occurrence(type_: str, **data: Any) -> dict[str, Any]:
    by, sample = SAMPLES[type_]
    return {"type": type_, "on": "2026-04-01", "by": by, "ref": type_, "data": deepcopy(sample) | data}


def life() -> list[dict[str, Any]]:
    """Nearly every fact type once, in an order in which all of them can be recorded."""
    others = (one for one in SAMPLES if one in AGREEMENT.types and one not in (*FIRST_OF_ALL, *OF_ANOTHER))
    types = [*FIRST_OF_ALL, *others]
    told = [occurrence(type_) for type_ in types]
    notice = next(fact for fact in told if fact["type"] == "RectificationNoticeIssued")
    del notice["data"]["about"]
    demand = next(fact for fact in told if fact["type"] == "DemandMade")
    demand["data"]["about"] = ["settlement:JS-1"]
    judgment = next(fact for fact in told if fact["type"] == "JudgmentEntered")
    judgment["data"]["rulings"] = [
        one | {"fact": "inv-1"} if "fact" in one else one for one in judgment["data"]["rulings"] if "items" not in one
    ]
    told.insert(4, occurrence("IncidentReported", incident="INC-2") | {"ref": "another"})
    told.insert(4, occurrence("InvoiceIssued", invoice="INV-2") | {"ref": "second"})
    told.insert(5, occurrence("AcceptanceRequested", round="final") | {"ref": "final"})
    told.insert(6, occurrence("LeaseStarted") | {"ref": "lease"})
    text = json.dumps([fact for fact in told if not fact["type"].startswith("Damages")])
    text = text.replace('"GOLDEN-1#1"', '"lease"').replace('"inv-1"', '"InvoiceIssued"')
    return list(json.loads(text))


def dates_in(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], bool]]:
    """Where a value says a day, or (True) a month."""
    if isinstance(value, str) and value[:2] == "20" and value[4:5] == "-":
        yield path, len(value) == 7
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from dates_in(inner, (*path, key))


LIFE = life()
WHERE = [((index, *path), month) for index, fact in enumerate(LIFE) for path, month in dates_in(fact)]


def with_day(where: tuple[str | int, ...], text: str) -> list[dict[str, Any]]:
    told: Any = deepcopy(LIFE)
    inner = told
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = text
    return list(told)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    at = parse_utc("2199-12-31T15:59:59Z")  # so that what happened may have happened on the last day there is
    opened = Ledger(f"sqlite:///{tmp_path_factory.mktemp('dates') / 'ledger.db'}", clock=lambda: at, create=True)
    yield opened
    opened.store.close()


def registered(ledger: Ledger, stage_review_by: str = "2025-12-31") -> str:
    document = terms()
    document["contract"]["id"] = f"D-{next(NUMBERS)}"
    document["payment"]["stage_review_by"] = stage_review_by
    return ledger.register(document).fact.contract


def everything_asked(ledger: Ledger, contract: str, question: Question) -> None:
    answer = ledger.status(contract, question)
    ledger.facts(contract, question)
    ledger.replay(contract, question)
    for path in ("phase", "term", "balance", "obligations", "incidents", "termination", "exit", "damages"):
        ledger.explain(contract, path, question)
    for duty in answer["obligations"]:
        ledger.explain(contract, duty["id"], question)


def test_the_facts_of_a_life_are_all_taken_and_say_every_kind_of_date(ledger: Ledger) -> None:
    contract = registered(ledger)
    ledger.record(contract, LIFE)

    everything_asked(ledger, contract, Question())
    kinds = {f"{LIFE[int(where[0])]['type']}.{where[-1]}" for where, _ in WHERE}
    assert {
        "RenewalProposed.ends_on", "TerminationProposed.effective_on", "ExitRequested.exit_on",
        "RectificationNoticeIssued.deadline", "MajorEventAnnounced.from", "MajorEventAnnounced.to",
        "MonitoringReportRequested.due_on", "IncidentReported.learned_on", "FactCorrected.on",
        "StaffingReported.month", "LeaseStarted.on",
    } <= kinds  # fmt: skip


@settings(max_examples=RUNS, deadline=None)
@given(st.sampled_from(WHERE), DAYS, DAYS | st.none())
def test_any_day_in_any_date_of_any_fact_is_taken_or_refused(
    ledger: Ledger, place: tuple[tuple[str | int, ...], bool], day: date, as_of: date | None
) -> None:
    where, month = place
    told, contract = with_day(where, day.isoformat()[:7] if month else day.isoformat()), registered(ledger)
    question = Question(as_of=as_of)

    for ask in (
        lambda: ledger.simulate(contract, told, question),
        lambda: ledger.record(contract, told),
        lambda: everything_asked(ledger, contract, question),
    ):
        try:
            ask()
        except Refusal as refused:
            # Facts that rest on the one refused are refused with it, each by its own code.
            codes = {fault.code for fault in refused.faults} or {refused.code}
            assert codes & {
                "DATE_RANGE", "MONTH_INVALID", "MONTH_NOT_OVER", "PERIOD_REVERSED", "TARGET_NOT_EARLIER",
            }, refused.faults  # fmt: skip


@pytest.mark.parametrize("day", [date.min, FIRST - timedelta(days=1), LAST + timedelta(days=1), date.max])
def test_a_day_asked_about_beyond_the_years_there_are_is_refused_with_the_limit(ledger: Ledger, day: date) -> None:
    contract, question = registered(ledger), Question(as_of=day)
    for ask in (
        lambda: ledger.status(contract, question), lambda: ledger.replay(contract, question),
        lambda: ledger.explain(contract, "phase", question), lambda: ledger.portfolio.lines(question),
        lambda: ledger.facts(contract, question), lambda: ledger.diff(contract, Question(), question),
        lambda: ledger.simulate(contract, LIFE, question),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            ask()
        assert (refused.value.code, refused.value.field) == ("DATE_RANGE", "as_of")
        assert (refused.value.values["first"], refused.value.values["last"]) == (1949, 2199)


@pytest.mark.parametrize("day", [FIRST, LAST])
def test_the_first_and_the_last_day_there_are_can_be_asked_about(ledger: Ledger, day: date) -> None:
    contract = registered(ledger, stage_review_by=day.isoformat())
    ledger.record(contract, LIFE)

    everything_asked(ledger, contract, Question(as_of=day))


@settings(max_examples=RUNS, deadline=None)
@given(DAYS)
def test_any_day_in_the_terms_is_taken_or_refused(ledger: Ledger, day: date) -> None:
    try:
        contract = registered(ledger, stage_review_by=day.isoformat())
    except Refusal as refused:
        assert not FIRST <= day <= LAST and [fault.code for fault in refused.faults] == ["TERMS_OUT_OF_RANGE"]
    else:
        everything_asked(ledger, contract, Question(as_of=LAST))


def noticed(ledger: Ledger, **changes: Any) -> None:
    notice = {"year": 2098, "document": "国办发明电〔2097〕1号", "published_on": "2097-11-01", "off_days": [],
              "makeup_days": []} | changes  # fmt: skip
    ledger.record(CALENDAR, [{"type": "CalendarPublished", "on": "2026-01-01", "by": "administrator", "data": notice}])


@pytest.fixture(scope="module")
def of_notices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    at = parse_utc("2199-12-31T15:59:59Z")
    opened = Ledger(f"sqlite:///{tmp_path_factory.mktemp('notices') / 'ledger.db'}", clock=lambda: at, create=True)
    opened.record(registered(opened), LIFE)
    yield opened
    opened.store.close()


@settings(max_examples=RUNS, deadline=None)
@given(st.sampled_from([1948, 1949, 1950, 2198, 2199, 2200]) | st.integers(-1, 10_001),
       st.lists(DAYS, min_size=1, max_size=3, unique=True), DAYS)  # fmt: skip
def test_any_day_in_a_notice_of_working_days_is_taken_or_refused(
    of_notices: Ledger, year: int, days: list[date], published_on: date
) -> None:
    off = [day.isoformat() for day in days]
    with suppress(Refusal):
        noticed(of_notices, year=year, off_days=off, published_on=published_on.isoformat())

    for day in (FIRST, LAST):
        assert of_notices.portfolio.lines(Question(as_of=day))
        assert of_notices.calendar().explain(day).day == day


@pytest.mark.parametrize(("changes", "code", "field"), [
    ({"off_days": ["2096-12-31"]}, "NOTICE_DAY_FAR", "data.off_days"),
    ({"off_days": ["2098-01-01"], "makeup_days": ["2100-01-01"]}, "NOTICE_DAY_FAR", "data.makeup_days"),
    ({"document": " "}, "NOTICE_VALUE", "data.document"),
])  # fmt: skip
def test_a_notice_no_calendar_can_be_made_of_is_refused_before_it_is_in_the_way_of_every_question(
    of_notices: Ledger, changes: dict[str, Any], code: str, field: str
) -> None:
    before = of_notices.store.leaf_count()
    with pytest.raises(Refusal) as refused:
        noticed(of_notices, **changes)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert of_notices.store.leaf_count() == before and of_notices.portfolio.lines()


@pytest.mark.parametrize("day", ["2097-01-01", "2099-12-31"])
def test_a_notice_may_name_days_of_the_years_beside_it(of_notices: Ledger, day: str) -> None:
    noticed(of_notices, off_days=[day])

    assert not of_notices.calendar().is_working_day(date.fromisoformat(day))
