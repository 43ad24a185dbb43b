"""What comes to stand in a contract, by a fact or because a day has passed, is told once, and nothing is lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from datetime import date, timedelta
from json import loads
from typing import Any

import pytest

from api.event_feed import EventChoice, EventPlace, StoredAlert, alert_shown, following
from ledger.domain.moments import parse_utc
from ledger.projections.alerts import KINDS
from ledger.service import CALENDAR, Ledger, Question
from ledger.store import alerts, portfolio
from tests.portfolio.test_portfolio import fact, invoice
from tests.test_service import Clock, terms

ONE, TWO = "CITY-1", "CITY-2"
DUE = "2025-12-29"  # five working days after the invoice of 2025-12-22


@pytest.fixture
def clock() -> Clock:
    return Clock("2025-12-22T02:00:00Z")


@pytest.fixture
def city(url: str, clock: Clock) -> Iterator[Ledger]:
    """Two contracts in service; the first owes an invoice by DUE. Nothing has been told yet."""
    ledger = Ledger(url, clock=clock, create=True)
    ledger.projector.current(0)
    for number in (ONE, TWO):
        document = terms()
        document["contract"] |= {"id": number}
        ledger.register(document)
        ledger.record(number, [fact("ContractSigned", "2025-11-19", by, party=by) for by in ("party_a", "party_b")])
        ledger.record(number, [fact("LeaseStarted", "2025-12-01", "party_a")])
    ledger.projector.rebuild()
    ledger.record(ONE, [invoice("i", "2025-12-22", "100.00")])
    yield ledger
    ledger.store.close()


def told(ledger: Ledger, after: int = 0) -> list[StoredAlert]:
    chosen = EventChoice(facts=False, alerts=KINDS)
    found = following(ledger.store, EventPlace(0, after), 500, chosen)
    return [one for one in found if isinstance(one, StoredAlert)]


def swept(ledger: Ledger, clock: Clock, day: date | str) -> list[tuple[str, str, int | None]]:
    """What a projector that looks on a day tells: kind, path, days."""
    clock.wind(f"{day}T02:00:00Z")
    before = alerts.last_alert(ledger.store)
    while not ledger.projector.sweep_some():
        pass
    return [(one.kind, one.alert["path"], one.days) for one in told(ledger, before)]


def test_a_deadline_is_told_ahead_on_its_day_and_when_it_has_passed_each_once(city: Ledger, clock: Clock) -> None:
    pay = "obligations.pay-invoice:i"
    days = [date(2025, 12, 22) + timedelta(days=number) for number in range(12)]
    found = [(str(day), *one) for day in days for one in swept(city, clock, day) if one[1] == pay]
    assert found == [
        ("2025-12-22", "deadline", pay, 7), ("2025-12-26", "deadline", pay, 3), ("2025-12-29", "deadline", pay, 0),
        ("2025-12-30", "overdue", pay, -1),
    ]  # fmt: skip
    [late] = [alert_shown(one, None) for one in told(city) if one.kind == "overdue" and one.alert["path"] == pay]
    assert late["on"] == DUE and late["because"] == [f"{ONE}#5"] and late["contract"] == ONE
    assert "逾期" in late["zh"] and "Overdue" in late["en"] and all(DUE in late[lang] for lang in ("zh", "en"))
    assert city.explain(ONE, late["path"])["facts"][0]["fact"] in late["because"]


def test_who_was_away_is_told_what_stands_now(city: Ledger, clock: Clock) -> None:
    assert [one[2] for one in swept(city, clock, "2025-12-27") if "invoice" in one[1]] == [2]
    assert [one[0] for one in swept(city, clock, "2026-01-20") if "invoice" in one[1]] == ["overdue"]
    assert [one for one in swept(city, clock, "2026-01-20") if "invoice" in one[1]] == []


def test_an_audit_a_rebuild_and_another_process_tell_nothing_again(city: Ledger, url: str, clock: Clock) -> None:
    swept(city, clock, "2025-12-30")
    count = alerts.last_alert(city.store)
    other = Ledger(url, clock=clock)
    while not other.projector.sweep_some():
        pass
    city.projector.rebuild()
    assert city.audit().sound and alerts.last_alert(other.store) == count
    other.store.close()


def test_a_day_that_moves_by_a_notice_is_told_by_the_generation_that_knows_it(city: Ledger, clock: Clock) -> None:
    swept(city, clock, "2025-12-22")
    off = {"year": 2025, "document": "国办发明电〔2025〕99号", "published_on": "2025-12-22",
           "off_days": ["2025-12-24"], "makeup_days": []}  # fmt: skip
    before = alerts.last_alert(city.store)
    city.record(CALENDAR, [fact("CalendarPublished", "2025-12-22", "administrator", **off)])
    city.portfolio.lines()
    [moved] = [one for one in told(city, before) if one.alert["path"] == "obligations.pay-invoice:i"]
    assert (moved.kind, moved.alert["on"] > DUE) == ("deadline", True)


def test_what_is_true_in_one_partys_view_only_is_told_to_it(city: Ledger, clock: Clock) -> None:
    swept(city, clock, "2025-12-22")
    clock.wind("2025-12-23T02:00:00Z")
    city.record(ONE, [fact("FactContested", "2025-12-23", "party_a", target="#5", reason="金额不符")])
    swept(city, clock, "2025-12-30")
    late = [one for one in told(city) if one.kind == "overdue" and one.alert["path"] == "obligations.pay-invoice:i"]
    for one in late:
        views = [machine for machine in ("party_a", "party_b")
                 if any(duty["id"] == "pay-invoice:i" and duty["state"] == "overdue" for duty in
                        city.status(ONE, Question(as_seen_by=machine))["obligations"])]  # fmt: skip
        assert [view for view in one.alert["views"] if view != "record"] == views
    assert late and late[0].alert["views"] != ["record", "party_a", "party_b"]


def test_deadlines_of_all_are_those_of_each_without_a_sweep(
    city: Ledger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2025-12-22", "2026-01-05", "2027-01-10"):
        swept(city, clock, day)
        each = [city.deadlines(number) for number in (ONE, TWO)]
        listed = city.deadlines_of_all()
        whole = list(listed.found)
        assert (listed.position, listed.current) == (city.store.leaf_count(), True)
        assert [one._replace(deadlines=tuple(e._replace(because=()) for e in one.deadlines)) for one in each] == whole
        assert [one.contract for one in city.deadlines_of_all([TWO]).found] == [TWO]


def test_the_audit_names_a_row_that_has_something_else_to_tell(city: Ledger, clock: Clock) -> None:
    swept(city, clock, "2025-12-22")
    assert city.audit().sound
    with city.store.writing() as transaction:
        transaction.execute("UPDATE portfolio_feeds SET alerts = ?", (b"[]",))
    assert {one.code for one in city.audit().findings} == {"PORTFOLIO_STALE"}


def _sweeps_and_dies(url: str) -> None:
    ledger = Ledger(url, clock=Clock("2025-12-30T02:00:00Z"))
    write = portfolio.write

    def killed(*given: Any, **named: Any) -> None:
        write(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    portfolio.write = killed
    ledger.projector.sweep_some()


def test_a_projector_killed_between_row_and_commit_has_told_nothing_and_the_next_tells_it(
    city: Ledger, url: str, clock: Clock
) -> None:
    swept(city, clock, "2025-12-22")
    before = alerts.last_alert(city.store)
    process = multiprocessing.get_context("spawn").Process(target=_sweeps_and_dies, args=(url,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL and alerts.last_alert(city.store) == before
    assert "overdue" in [one[0] for one in swept(city, clock, "2025-12-30")]
    assert [loads(one.alert)["kind"] for one in alerts.alerts_following(city.store, before, 9)].count("overdue") == 1


def test_an_alert_never_comes_before_a_fact_it_rests_on(city: Ledger, clock: Clock) -> None:
    swept(city, clock, "2025-12-22")
    city.record(TWO, [invoice("j", "2025-12-22", "5.00")])
    swept(city, clock, "2025-12-22")
    seen, place, chosen = set[str](), EventPlace(0), EventChoice(alerts=KINDS)
    while some := list(following(city.store, place, 3, chosen)):  # three of each at a time
        for one in some:
            place = one.after(place)
            if isinstance(one, StoredAlert):
                assert seen >= set(one.alert["because"])
            else:
                seen.add(f"{one.contract}#{one.leaf['seq']}")
    assert place == EventPlace(city.store.leaf_count(), alerts.last_alert(city.store))


def test_what_was_told_is_kept_for_its_days_and_numbers_go_on(city: Ledger, clock: Clock) -> None:
    swept(city, clock, "2025-12-22")
    whole = parse_utc("2026-01-05T00:00:00Z")

    def kept(at: int) -> list[int]:
        with city.store.writing() as transaction:
            alerts.tell(transaction, city.store.leaf_count(), at, [(ONE, b"{}")])
        return [one.number for one in alerts.alerts_following(city.store, 0, 500)]

    with city.store.writing() as transaction:
        alerts.tell(transaction, city.store.leaf_count(), whole, [(ONE, b"{}")])
    last = alerts.last_alert(city.store)
    days = alerts.KEPT_DAYS * 86_400_000_000
    assert last > 1 and kept(whole + days - 1) == [last, last + 1]  # those of December are gone
    assert kept(whole + days) == [last, last + 1, last + 2]  # its last moment
    assert kept(whole + days + 1) == [last + 1, last + 2, last + 3]  # just after
    assert kept(whole + 9 * days) == [last + 4]  # all are old, and the next is still the next
