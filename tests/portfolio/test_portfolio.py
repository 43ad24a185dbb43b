"""The portfolio keeps itself current: rows are found by what they hold, and are what a fresh sweep gives."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from json import loads
from pathlib import Path
from typing import Any

import pytest

from api.background.projection import Projection
from api.metrics import Metrics
from ledger import portfolio_rows
from ledger import projector as module
from ledger.domain.calendar import WorkingDayNotice
from ledger.domain.errors import Refusal
from ledger.portfolio import PortfolioQuery as Query
from ledger.portfolio import names
from ledger.portfolio_rows import in_processes
from ledger.projections.portfolio import values
from ledger.projections.status import RULES
from ledger.service import CALENDAR, Ledger, Question
from ledger.store import portfolio
from ledger.store.portfolio import Generation, KeptRow
from ledger.streams import Streams
from ledger.supposing import Supposition
from tests.test_service import Clock, terms

PAPER = {"sha256": "5a" * 32, "name": "双方签署件.pdf", "media_type": "application/pdf"}
NUMBERS = [f"CITY-{number:03}" for number in range(6)]
NOTICE = {
    "year": 2027, "document": "国办发明电〔2026〕9号", "published_on": "2026-11-01",
    "off_days": ["2027-01-01"], "makeup_days": ["2027-01-09"],
}  # fmt: skip
TRIVIAL = NUMBERS[5]


def fact(type_: str, on: str, by: str, **data: Any) -> dict[str, Any]:
    return {"type": type_, "on": on, "by": by, "data": data}


def invoice(name: str, on: str, amount: str) -> dict[str, Any]:
    return fact("InvoiceIssued", on, "party_b", invoice=name, instalment=1, amount=amount, tax_rate="0.06")


@pytest.fixture
def clock() -> Clock:
    return Clock("2025-12-20T02:00:00Z")


@pytest.fixture
def city(url: str, clock: Clock) -> Iterator[Ledger]:
    """Six contracts: the first owes an invoice since 2025-11-24, the second more; the last is only registered."""
    ledger = Ledger(url, clock=clock, create=True)
    for number in NUMBERS:
        document = terms()
        document["contract"] |= {"id": number, "title": f"Cloud of bureau {number[-1]} 100%_"}
        ledger.register(document)
    for number in NUMBERS[:5]:
        ledger.record(number, [fact("ContractSigned", "2025-11-19", by, party=by) for by in ("party_a", "party_b")])
        ledger.record(number, [fact("LeaseStarted", "2025-12-01", "party_a")])
    ledger.record(NUMBERS[0], [invoice("i", "2025-11-24", "100.00")])
    ledger.record(NUMBERS[1], [invoice("i", "2025-11-24", "30000.00")])
    yield ledger
    ledger.store.close()


def found(ledger: Ledger, *where: str, **more: Any) -> list[str]:
    return [loads(line)["contract"] for line in ledger.portfolio.page(Query(where, **more)).lines]


def fresh(ledger: Ledger) -> list[dict[str, Any] | None]:
    """Every line swept for the asking."""
    return [ledger.portfolio.line(contract, Question()) for contract in ledger.contracts()]


def swept_since(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The contracts whose rows are made from here on."""
    made: list[str] = []
    rows_of = module.rows_of

    def noting(streams: Streams, contracts: Sequence[str], at: int) -> list[KeptRow]:
        made.extend(contracts)
        return rows_of(streams, contracts, at)

    monkeypatch.setattr(module, "rows_of", noting)
    return made


def test_contracts_are_found_by_what_their_sections_show_at_a_glance(city: Ledger) -> None:
    assert found(city) == NUMBERS
    assert found(city, "overdue>100.00") == [NUMBERS[1]]
    assert found(city, "overdue>=100.00") == [NUMBERS[1], NUMBERS[0]]  # the highest first
    assert found(city, "overdue<=100.00") == [NUMBERS[0]]
    assert found(city, "phase=registered") == [TRIVIAL]
    assert found(city, "phase=in_service", "overdue>0.00", order="overdue") == [NUMBERS[0], NUMBERS[1]]
    assert found(city, "termination_allowed") == found(city, "one_short") == found(city, "claims>=1") == []
    assert found(city, prefix="CITY-00") == NUMBERS and found(city, prefix="CITY-003") == [NUMBERS[3]]
    assert found(city, contains="BUREAU 4") == [NUMBERS[4]] and found(city, contains="100%_") == NUMBERS
    assert found(city, contains="100_%") == found(city, contains="\x1f") == []
    assert found(city, "overdue>0.00", contains="bureau 1", order="overdue") == [NUMBERS[1]]
    assert found(city, contains="city", order="overdue") == [NUMBERS[0], NUMBERS[1]]
    assert found(city, contains="城", contracts=NUMBERS) == []
    assert found(city, contracts=[NUMBERS[2], "CITY-999"]) == [NUMBERS[2]]
    assert city.portfolio.count(Query(["phase=in_service"])) == 5


def test_credit_counts_open_grounds_and_claims_are_found_on_both_sides_of_their_bounds(city: Ledger) -> None:
    def outage(on: str) -> dict[str, Any]:
        measures = {"systems_share": "0.11", "people_affected": 100000, "economic_loss": "1000000.00"}  # just grade B
        return fact("IncidentReported", on, "party_a", incident=on, kind="outage", scope="platform",
                    duration_minutes=120, **measures)  # fmt: skip

    owing, contested, one_short, open_ = NUMBERS[0], NUMBERS[1], NUMBERS[3], NUMBERS[4]
    pay = fact("PaymentMade", "2025-12-01", "party_a", payment="p", invoice="i", amount="150.00")
    city.record(owing, [pay])
    target = city.facts(contested)[-1].id
    city.record(contested, [fact("FactContested", "2025-12-19", "party_a", target=target, reason="金额不符")])
    city.record(one_short, [outage(f"2025-12-{day:02}") for day in (5, 9)])
    city.record(open_, [outage(f"2025-12-{day:02}") for day in (5, 9, 13)])
    assert found(city, "credit>=50.00") == found(city, "credit<=50.00") == [owing]
    assert found(city, "credit>50.00") == found(city, "credit<50.00") == []
    assert found(city, "outstanding>0.00", prefix=owing) == [owing]
    assert found(city, "claims>=1") == [contested] and found(city, "claims>=2") == []
    assert found(city, "one_short") == [one_short]
    assert found(city, "b_count_rolling_year=2") == [one_short] and found(city, "b_count_rolling_year>2") == [open_]
    assert found(city, "termination_allowed") == found(city, "termination_state=open") == [open_]
    for name in ("termination_last_day", "next_deadline", "next_change", "next_due"):
        [line] = [line for line in city.portfolio.lines() if line["contract"] == open_]
        day = line[name] if isinstance(line[name], str) else line[name].get("on") or line[name]["due_on"]
        before = date.fromisoformat(day) - timedelta(days=1)
        assert open_ in found(city, f"{name}={day}") and open_ in found(city, f"{name}<={day}"), name
        assert open_ not in found(city, f"{name}<={before}") and open_ in found(city, f"{name}>{before}"), name
        ahead = (date.fromisoformat(day) - city.day()).days
        assert open_ in found(city, f"{name}<={ahead}d") and open_ not in found(city, f"{name}<={ahead - 1}d"), name


def test_a_page_begins_where_the_one_before_ended(city: Ledger) -> None:
    for wanted in (Query(), Query(order="-overdue"), Query(["next_deadline<=400d"]), Query(contains="cloud")):
        whole, after, paged = city.portfolio.page(wanted).lines, None, list[bytes]()
        while True:
            page = city.portfolio.page(wanted, after, 1)
            paged += page.lines
            if (after := page.following) is None:
                break
        assert paged == whole


def test_what_cannot_be_sought_is_named_with_what_can(city: Ledger) -> None:
    with pytest.raises(Refusal, match="WHERE_UNKNOWN"):
        city.portfolio.page(Query(["overdu>1"]))
    unusable = "overdue>1.234", "phase>registered", "next_due<=2026-13-01", "termination_allowed=false", "claims>=x"
    for where in unusable:
        with pytest.raises(Refusal, match="WHERE_VALUE"):
            city.portfolio.page(Query([where]))
    with pytest.raises(Refusal, match="ORDER_UNKNOWN"):
        city.portfolio.page(Query(order="phase"))
    with pytest.raises(Refusal, match="ORDER_TODAY_ONLY"):
        city.portfolio.page(Query(order="overdue"), question=Question(as_of=date(2025, 12, 1)))
    assert {"overdue", "phase", "termination_allowed", "claims", "one_short", "next_deadline"} <= {*names()}


def test_another_day_is_swept_and_found_alike(city: Ledger) -> None:
    before = Question(as_of=date(2025, 12, 1))
    page = city.portfolio.page(Query(["overdue>0.00"]), None, 50, before)
    assert page.lines == []
    [line] = city.portfolio.page(Query(["outstanding>0.00"]), None, 1, before).shown()
    assert line["contract"] == NUMBERS[0]


def test_a_row_is_swept_again_when_a_fact_comes_and_when_its_day_has_come(
    city: Ledger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.portfolio.lines()
    made = swept_since(monkeypatch)
    assert found(city, "overdue>0.00") and made == []
    city.record(NUMBERS[2], [invoice("late", "2025-12-19", "5.00")])
    assert found(city, prefix=NUMBERS[2]) and made == [NUMBERS[2]]
    city.portfolio.lines()
    del made[:]
    line = city.portfolio.line(NUMBERS[2], Question())
    assert line is not None
    due = date.fromisoformat(line["next_due"]["due_on"])
    for moment, overdue in ((f"{due}T15:59:59.999999Z", "0.00"), (f"{due}T16:00:00Z", "5.00")):  # midnight in Beijing
        clock.wind(moment)
        [line] = city.portfolio.page(Query(prefix=NUMBERS[2])).shown()
        assert line["overdue"] == overdue
    assert city.portfolio.lines() == fresh(city)
    del made[:]
    clock.wind(f"{due + timedelta(days=1)}T03:00:00Z")
    city.portfolio.lines()
    assert made == []


def test_what_is_recorded_while_a_round_is_under_way_waits_for_the_next(
    city: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.portfolio.lines()
    made = swept_since(monkeypatch)
    city.record(NUMBERS[2], [invoice("a", "2025-12-01", "1.00")])
    until = city.store.leaf_count()
    city.record(NUMBERS[3], [invoice("b", "2025-12-01", "1.00")])
    while not city.projector.sweep_some(until=until):
        assert made == [NUMBERS[2]]
    serving = city.projector.serving()
    assert serving is not None and serving.position == until
    while not city.projector.sweep_some():
        pass
    assert made == [NUMBERS[2], NUMBERS[3]]


def test_the_rows_of_every_day_are_those_of_fresh_sweeps_though_few_are_made(
    city: Ledger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = fact("MonitoringReportRequested", "2025-12-20", "party_a", report="r", due_on="2025-12-24")
    city.record(NUMBERS[3], [asked])
    made, days = swept_since(monkeypatch), 0
    for days in range(40):
        clock.wind(f"{date(2025, 12, 20) + timedelta(days=days)}T02:00:00Z")
        assert city.portfolio.lines() == fresh(city)
    assert len(made) < 6 * (days + 1) / 3


def test_a_new_notice_builds_a_new_generation_while_the_old_one_serves(city: Ledger, clock: Clock) -> None:
    city.portfolio.lines()
    clock.wind("2026-11-02T02:00:00Z")
    city.portfolio.lines()
    before = city.projector.serving()
    city.record(CALENDAR, [{"type": "CalendarPublished", "on": "2026-11-01", "by": "administrator", "data": NOTICE}])
    assert city.projector.current(0) is False  # more is to be swept than may be: the old one serves on
    served = city.projector.serving()
    assert before is not None and served is not None and served.number == before.number
    assert city.portfolio.lines() == fresh(city)
    after = city.projector.serving()
    assert after is not None and after.number == before.number + 1
    assert portfolio.in_state(city.store, "retired") is None


def test_rows_are_made_anew_in_other_processes_alike(city: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.projector.CHUNK", 2)
    lines = city.portfolio.lines()
    told: list[tuple[int, int]] = []
    with in_processes(city.store.url) as swept:
        city.projector.rebuild(swept, lambda done, total: told.append((done, total)))
    assert city.portfolio.lines() == lines
    assert told[-1][0] == 6 and city.audit().sound


def _builds_and_dies(url: str, at: str) -> None:
    ledger, write, batches = Ledger(url, clock=Clock(at)), portfolio.write, iter(range(9))
    module.CHUNK = 2

    def killed(*given: Any, **named: Any) -> None:
        write(*given, **named)
        if next(batches):
            os.kill(os.getpid(), signal.SIGKILL)  # with the second batch written, but not committed

    portfolio.write = killed
    ledger.projector.rebuild()


def test_a_build_that_was_killed_is_gone_on_with_while_the_old_rows_serve_and_two_at_once_make_one(
    city: Ledger, url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.projector.CHUNK", 2)
    lines, before = city.portfolio.lines(), city.projector.serving()
    process = multiprocessing.get_context("spawn").Process(target=_builds_and_dies, args=(url, "2025-12-20T02:00:00Z"))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    building = portfolio.in_state(city.store, "building")
    assert building is not None and building.step == 1
    assert len(portfolio.rows(city.store, building.number, 0, 99)) == 2, "the first batch, and nothing of the second"
    assert city.projector.serving() == before and city.portfolio.lines() == lines and city.audit().sound
    other = Ledger(url, clock=clock)
    steps = iter(range(9))

    def beside(done: int, total: int) -> None:
        if next(steps) == 0:
            other.projector.rebuild()

    city.projector.rebuild(None, beside)
    served = city.projector.serving()
    assert served is not None and served.number == building.number
    assert city.portfolio.lines() == fresh(city) == other.portfolio.lines()
    assert city.audit().sound
    other.store.close()


ALTERED = (
    ("portfolio_values", "value = value + 1"), ("portfolio_values", "name = name || 'x'"),
    ("portfolio_lines", "line = ?"), ("portfolio_feeds", "feed = ?"), ("portfolio_feeds", "alerts = ?"),
    ("portfolio_registers", "register = ?"), ("portfolio", "again_on = again_on + 1"),
    ("portfolio", "facts = facts + 1"),
    ("portfolio", "contract = 'CITY-x'"), ("portfolio", "named = 'x'"), ("portfolio_names", "names = 'x'"),
)  # fmt: skip


def test_the_audit_names_a_row_that_is_not_what_its_facts_lead_to(city: Ledger) -> None:
    """Whatever of a row is altered by hand or removed, and whatever is said of how far it goes."""
    city.portfolio.lines()
    assert city.audit().sound
    tables = dict.fromkeys(table for table, _ in ALTERED)
    acts = [*((table, f"UPDATE {table} SET {change}") for table, change in ALTERED),
            *((table, f"DELETE FROM {table}") for table in tables)]  # fmt: skip
    for table, act in acts:
        with pytest.raises(KeyboardInterrupt), city.store.writing() as transaction:
            [(place,)] = transaction.query(f"SELECT max(place) FROM {table}")
            transaction.execute(f"{act} WHERE place = ?", (*((b"{}",) if "?" in act else ()), place))
            assert list(city.projector.untrue()), act
            raise KeyboardInterrupt  # which undoes it
    with city.store.writing() as transaction:  # so that what is recorded next is passed over
        transaction.execute("UPDATE portfolio_generations SET position = position + 1, step = step + 1")
    city.record(NUMBERS[2], [invoice("late", "2025-12-19", "5.00")])
    assert [(one.code, one.values) for one in city.audit().findings] == [("PORTFOLIO_STALE", {"contract": NUMBERS[2]})]
    city.projector.rebuild()
    assert city.audit().sound


def test_a_copy_has_no_rows_and_makes_its_own(city: Ledger, tmp_path: Path) -> None:
    lines = city.portfolio.lines()
    copy = Ledger(f"sqlite:///{tmp_path}/copy.db", clock=city.clock, create=True)
    city.store.copy_to(copy.store)
    assert portfolio.in_state(copy.store, "serving") is None and copy.portfolio.lines() == lines
    copy.store.close()


def test_what_cannot_be_written_to_is_answered_from_memory(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "folder" / "ledger.db"
    path.parent.mkdir()
    ledger = Ledger(f"sqlite:///{path}", clock=clock, create=True)
    ledger.register(terms())
    ledger.store.close()
    reader = Ledger(f"sqlite:///{path}", clock=clock)
    reader.store._database.connection.execute("PRAGMA query_only = ON")  # type: ignore[attr-defined]
    assert [line["phase"] for line in reader.portfolio.lines()] == ["registered"]
    assert reader.store.query("SELECT count(*) FROM portfolio") == [(0,)]
    reader.store.close()


def test_a_portfolio_never_built_and_too_large_to_wait_for_says_so(
    city: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.portfolio.AT_ONCE", 2)
    with pytest.raises(Refusal, match="PORTFOLIO_BUILDING"):
        city.portfolio.page()
    city.projector.rebuild()
    page = city.portfolio.page()
    assert page.current and page.position == city.store.leaf_count() and len(page.lines) == 6


def test_every_value_of_a_line_can_be_found(city: Ledger) -> None:
    for line in city.portfolio.lines():
        for name, value in values(line).items():
            kind = names().get(name, "word")
            if kind in ("sum", "day", "count"):
                assert line["contract"] in found(city, order=name), (name, value)
            else:
                assert line["contract"] in found(city, name)



def test_what_rows_rest_on_is_told_alike_in_every_process() -> None:
    program = (
        "from ledger.portfolio_rows import assumed; from ledger.service import Ledger;"
        " print(assumed(Ledger('sqlite:///:memory:', create=True, clock=lambda: 1795681158000000).calendar()))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1, "else each process would take the rows of all others for stale"


def test_while_programs_of_two_versions_run_the_older_leaves_the_rows_of_the_newer_alone(
    city: Ledger, url: str, clock: Clock
) -> None:
    def beside(rules: str) -> Generation:
        """What is served once the background of a program of these rules has seen to the portfolio."""
        with pytest.MonkeyPatch.context() as patch, Ledger(url, clock=clock).store as store:
            patch.setattr(portfolio_rows, "RULES", rules)
            portfolio_rows.assumed.cache_clear()
            ledger = Ledger(store, clock=clock)
            background = Projection(ledger, Metrics())
            background.round()
            background.round()
            ledger.portfolio.page()
            assert ledger.audit().sound
        portfolio_rows.assumed.cache_clear()
        serving = city.projector.serving()
        assert serving is not None
        return serving

    first = beside("2026.1")
    assert first.assumes.startswith("2026.1/")
    city.record(NUMBERS[2], [invoice("late", "2025-12-19", "5.00")])
    assert city.portfolio.lines() == fresh(city)
    served = city.projector.serving()
    assert served is not None and served.number == first.number + 1, "the newer program builds its own"
    told = city.store.query("SELECT count(*) FROM alerts")
    city.record(NUMBERS[3], [invoice("late", "2025-12-19", "5.00")])
    assert beside("2026.1") == served, "the older one writes nothing into it"
    assert city.audit().sound and city.store.query("SELECT count(*) FROM alerts") == told
    assert city.portfolio.lines() == fresh(city)
    year, number = RULES.split(".")
    assert beside(f"{year}.{int(number) + 10}").number == served.number + 1
    assert city.projector.catch_up(9) is False and city.portfolio.page().current is False


def test_which_contracts_another_reading_a_notice_or_an_amendment_would_change(city: Ledger, clock: Clock) -> None:
    city.record(NUMBERS[2], [invoice("early", "2025-12-18", "5.00")])
    told: list[int] = []
    changed = city.portfolio.what_if("", Supposition(readings={"term-end": "day-before"}), progress=told.append)
    assert {one["contract"] for one in changed["changed"]} == {*NUMBERS[:5]} and changed["swept"] == 6
    assert {change["path"] for change in changed["changed"][0]["changes"]} >= {"term.ends_on"} and told[-1] == 100

    day = frozenset({date(2025, 12, 23)})
    off = WorkingDayNotice(2025, "国办发明电〔2025〕99号", date(2025, 12, 1), day, frozenset())
    changed = city.portfolio.what_if("CITY", Supposition(notices=[off]))
    assert [one["contract"] for one in changed["changed"]] == [NUMBERS[2]]
    assert "obligations.pay-invoice:early.due_on" in {one["path"] for one in changed["changed"][0]["changes"]}

    both = ["party_a", "party_b"]
    longer = {"changes": {"payment.pay_within_working_days": 10}, "confirmed_by": both, "summary": "变更"}
    agreed = fact("AmendmentAgreed", "2025-12-20", "party_a", **longer) | {"documents": [PAPER]}
    later = fact("InvoiceIssued", "2025-12-21", "party_b", invoice="next", instalment=1, amount="1.00", tax_rate="0.06")
    days = []
    for supposing in ([later], [agreed, later]):
        [changed] = city.portfolio.what_if(NUMBERS[0], Supposition(facts=supposing))["changed"]
        [raised] = [one["to"] for one in changed["changes"] if one["path"].startswith("obligations.pay-invoice:next")]
        days.append(raised["due_on"])
    assert days[0] < days[1]

    foreign = fact("AmendmentAgreed", "2025-12-20", "party_a", **longer | {"changes": {"no.such": 1}})
    refused = city.portfolio.what_if("", Supposition(facts=[foreign]), [NUMBERS[1]])
    assert [one["contract"] for one in refused["refused"]] == [NUMBERS[1]] and refused["changed"] == []
    assert city.version(NUMBERS[0]) == 5 and city.portfolio.lines() == fresh(city)
