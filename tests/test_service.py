"""The service: recording is all or nothing, and questions are answered by what was known then."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.moments import parse_utc
from ledger.domain.terms import document_json
from ledger.service import CALENDAR, Ledger, Question

CONTRACTS = Path(__file__).parent.parent / "contracts"
NUMBER = "CU12-1101-2025-018605"


class Clock:
    """A clock the test winds."""

    def __init__(self, at: str) -> None:
        self.at = parse_utc(at)

    def __call__(self) -> int:
        return self.at

    def wind(self, at: str) -> None:
        self.at = parse_utc(at)


@pytest.fixture
def clock() -> Clock:
    return Clock("2025-12-01T02:00:00Z")


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    opened = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}", clock=clock, create=True)
    opened.register(terms())
    yield opened
    opened.store.close()


def terms() -> dict[str, Any]:
    return document_json(tomllib.loads((CONTRACTS / "cu12-1101-2025-018605.toml").read_text(encoding="utf-8")))


def signed(party: str, **more: Any) -> dict[str, Any]:
    return {"type": "ContractSigned", "on": "2025-11-19", "by": party, "data": {"party": party}, **more}


def test_a_moment_in_small_letters_is_kept_as_written_and_repeats_the_one_in_capitals(ledger: Ledger) -> None:
    [first] = ledger.record(NUMBER, [signed("party_a", ref="s", on="2025-11-24t16:00:00z")], recorded_by="test")
    [again] = ledger.record(NUMBER, [signed("party_a", ref="s", on="2025-11-25T00:00:00+08:00")], recorded_by="test")

    assert (first.fact.on, first.fact.day) == ("2025-11-24t16:00:00z", date(2025, 11, 25))
    assert again.repeated and again.fact.on == first.fact.on


def test_a_fact_that_leaves_out_what_it_might_be_about_can_be_corrected(ledger: Ledger, clock: Clock) -> None:
    clock.wind("2026-03-01T02:00:00Z")
    report = {"month": "2026-01", "availability": "99.90", "data_reliability": "100", "consequence": "major"}
    settled = {"items": ["a2-r1:av"], "amount": "1.00", "manner": "paid"}
    ledger.record(NUMBER, [
        signed("party_a"), signed("party_b"),
        {"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "data": {}},
        {"type": "AvailabilityReported", "on": "2026-02-01", "by": "party_a", "ref": "av", "data": report},
    ])  # fmt: skip
    ledger.record(NUMBER, [
        {"type": "DamagesSettled", "on": "2026-02-02", "by": "party_a", "ref": "settled", "data": settled},
        {"type": "FactCorrected", "on": "2026-02-03", "by": "party_a",
         "data": {"target": "settled", "data": {**settled, "amount": "2.00"}, "reason": "笔误"}},
    ])  # fmt: skip
    assert ledger.status(NUMBER)["damages"]["settled"] == "2.00"


def test_registering_the_same_terms_again_changes_nothing(ledger: Ledger) -> None:
    again = ledger.register(terms())
    assert again.repeated and ledger.version(NUMBER) == 1


def test_registering_other_terms_under_the_same_number_is_refused(ledger: Ledger) -> None:
    other = terms()
    other["contract"]["title"] = "另一份"
    with pytest.raises(Refusal, match="CONTRACT_EXISTS"):
        ledger.register(other)


def test_a_batch_with_one_bad_fact_records_nothing_and_names_the_line(ledger: Ledger) -> None:
    with pytest.raises(Refusal) as refused:
        ledger.record(NUMBER, [signed("party_a"), signed("party_b"), {**signed("party_a"), "type": "Nonsense"}])
    assert (refused.value.code, refused.value.line) == ("FACT_UNKNOWN_TYPE", 3)
    assert ledger.version(NUMBER) == 1
    assert [one.fact.seq for one in ledger.record(NUMBER, [signed("party_a")])] == [2]


def test_a_later_fact_of_a_batch_may_name_what_an_earlier_one_brought_in(ledger: Ledger) -> None:
    invoice = {"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"}
    payment = {"payment": "PAY-1", "invoice": "INV-1", "amount": "1843129.06"}
    ledger.record(NUMBER, [
        signed("party_a"), signed("party_b"),
        {"type": "InvoiceIssued", "on": "2025-11-24", "by": "party_b", "data": invoice},
        {"type": "PaymentMade", "on": "2025-11-25", "by": "party_a", "data": payment},
    ])  # fmt: skip
    assert ledger.status(NUMBER)["balance"]["paid"] == "1843129.06"


def test_the_same_ref_with_the_same_content_returns_the_first_and_adds_nothing(ledger: Ledger) -> None:
    first = ledger.record(NUMBER, [signed("party_a", ref="sign-a")])[0]
    again = ledger.record(NUMBER, [signed("party_a", ref="sign-a")])[0]
    assert again.repeated and again.fact.digest == first.fact.digest and ledger.version(NUMBER) == 2


def test_the_same_ref_twice_in_one_batch_is_one_fact(ledger: Ledger) -> None:
    both = ledger.record(NUMBER, [signed("party_a", ref="sign-a"), signed("party_a", ref="sign-a")])
    assert [one.fact.seq for one in both] == [2, 2] and [one.repeated for one in both] == [False, True]


def test_a_ref_reused_with_other_content_is_a_conflict(ledger: Ledger) -> None:
    ledger.record(NUMBER, [signed("party_a", ref="sign")])
    with pytest.raises(Refusal, match="REF_CONFLICT"):
        ledger.record(NUMBER, [signed("party_b", ref="sign")])


def test_two_ledgers_over_one_store_see_each_others_facts(ledger: Ledger, tmp_path: Path, clock: Clock) -> None:
    other = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}", clock=clock)
    other.record(NUMBER, [signed("party_a")])
    ledger.record(NUMBER, [signed("party_b")])
    other.record(NUMBER, [{"type": "LeaseStarted", "on": "2025-12-01", "by": "party_a", "data": {}}])
    assert ledger.status(NUMBER)["phase"] == "in_service"
    assert ledger.status(NUMBER) == other.status(NUMBER)
    other.store.close()


def leak(name: str) -> dict[str, Any]:
    data = {"leak": name, "summary": "s", "leaked_by": "unknown"}
    return {"type": "LeakReported", "on": "2025-12-01", "by": "party_a", "data": data}


@pytest.mark.parametrize("grouped", [False, True])
def test_who_named_no_version_is_never_told_of_a_conflict_however_often_another_process_is_first(
    ledger: Ledger, tmp_path: Path, clock: Clock, grouped: bool
) -> None:
    others, decided = list[threading.Thread](), list[int]()

    def another(line: int) -> None:
        """While a thousand facts are being decided upon, somebody else records one, if the store lets it."""

        def write() -> None:
            other = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}", clock=clock)
            other.record(NUMBER, [leak(f"theirs-{len(decided)}")])
            other.store.close()

        decided.append(line)
        others.append(threading.Thread(target=write))
        others[-1].start()
        others[-1].join(0.5)

    with ledger.group_commit() if grouped else nullcontext():
        made = ledger.record(NUMBER, [leak(f"ours-{number}") for number in range(1000)], progress=another)
    for one in others:
        one.join()
    assert len(made) == 1000 and len(decided) <= 2
    assert ledger.version(NUMBER) == 1 + 1000 + len(decided)
    assert [fact.digest for fact in ledger.facts(NUMBER)][1:] == [
        digest for _, _, digest in ledger.store.decoded(NUMBER, after_seq=1)
    ]


def test_an_expected_version_that_has_moved_on_is_refused(ledger: Ledger) -> None:
    ledger.record(NUMBER, [signed("party_a")], expected_version=1)
    with pytest.raises(Refusal, match="VERSION_CONFLICT"):
        ledger.record(NUMBER, [signed("party_b")], expected_version=1)


def test_a_correction_changes_the_answer_but_not_what_was_known_before(ledger: Ledger, clock: Clock) -> None:
    ledger.record(NUMBER, [signed("party_a"), signed("party_b")])
    before = clock.at
    clock.wind("2025-12-05T02:00:00Z")
    ledger.record(NUMBER, [{
        "type": "FactCorrected", "on": "2025-12-05", "by": "party_b",
        "data": {"target": "3", "data": {"party": "party_b"}, "on": "2025-11-21", "reason": "签字日误记"},
    }])  # fmt: skip
    assert ledger.status(NUMBER)["term"]["effective_on"] == "2025-11-21"
    then = Question(as_of=date(2025, 12, 5), known_at=before)
    assert ledger.status(NUMBER, then)["term"]["effective_on"] == "2025-11-19"
    found = ledger.diff(NUMBER, then, Question(as_of=date(2025, 12, 5)))
    changed = [(one["path"], one["from"], one["to"]) for one in found["changes"]]
    assert ("term.effective_on", "2025-11-19", "2025-11-21") in changed
    assert [one["type"] for one in found["facts"]] == ["FactCorrected"]


def test_before_a_contract_was_registered_nothing_was_known_of_it(ledger: Ledger) -> None:
    with pytest.raises(Refusal, match="CONTRACT_UNKNOWN_THEN"):
        ledger.status(NUMBER, Question(known_at=parse_utc("2025-11-30T00:00:00Z")))


def test_what_if_records_nothing_and_may_speak_of_the_future(ledger: Ledger) -> None:
    ledger.record(NUMBER, [signed("party_a"), signed("party_b")])
    found = ledger.simulate(NUMBER, [{"type": "LeaseStarted", "on": "2026-01-01", "by": "party_a", "data": {}}])
    assert found["status"]["term"]["ends_on"] == "2027-01-01"
    assert {"path": "phase", "from": "effective", "to": "in_service"} in found["changes"]
    assert ledger.version(NUMBER) == 3


def test_a_working_day_notice_recorded_here_moves_a_deadline_from_when_it_was_known(
    ledger: Ledger, clock: Clock
) -> None:
    ledger.record(NUMBER, [signed("party_a"), signed("party_b")])
    before = clock.at
    clock.wind("2025-12-20T02:00:00Z")
    ledger.record(CALENDAR, [{
        "type": "CalendarPublished", "on": "2025-12-19", "by": "administrator",
        "data": {"year": 2026, "document": "示例补充通知", "published_on": "2025-12-19",
                 "off_days": ["2026-01-19"], "makeup_days": []},
    }])  # fmt: skip
    assert due(ledger, Question()) == "2026-01-20"
    assert due(ledger, Question(known_at=before)) == "2026-01-19"


def due(ledger: Ledger, question: Question) -> str:
    duties = {duty["id"]: duty for duty in ledger.status(NUMBER, question)["obligations"]}
    return str(duties["trial-run"]["due_on"])


def test_the_calendar_stream_takes_no_contract_facts(ledger: Ledger) -> None:
    with pytest.raises(Refusal, match="CALENDAR_ONLY_NOTICES"):
        ledger.record(CALENDAR, [signed("party_a")])


def test_the_portfolio_has_a_line_for_every_contract_and_none_for_the_calendar(ledger: Ledger) -> None:
    other = tomllib.loads((CONTRACTS / "three-year-example.toml").read_text(encoding="utf-8"))
    ledger.register(document_json(other))
    assert [line["contract"] for line in ledger.portfolio.lines()] == [NUMBER, other["contract"]["id"]]


def test_the_portfolio_of_a_moment_has_the_contracts_known_then(ledger: Ledger, clock: Clock) -> None:
    before = clock.at
    clock.wind("2025-12-20T02:00:00Z")
    other = tomllib.loads((CONTRACTS / "three-year-example.toml").read_text(encoding="utf-8"))
    ledger.register(document_json(other))
    assert [line["contract"] for line in ledger.portfolio.lines(Question(known_at=before))] == [NUMBER]
    assert ledger.portfolio.lines(Question(known_at=parse_utc("2025-11-01T00:00:00Z"))) == []
    with pytest.raises(Refusal, match="READING_UNKNOWN"):
        ledger.portfolio.lines(Question(readings={"no-such": "x"}))


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (Question(readings={"nonsense": "x"}), "READING_UNKNOWN"),
        (Question(readings={"lapse": "x"}), "READING_OPTION_UNKNOWN"),
        (Question(as_seen_by="judge"), "ROLE_UNKNOWN"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(ledger: Ledger, question: Question, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        ledger.status(NUMBER, question)


def test_every_fact_of_the_replay_is_listed_once_in_order_of_its_day(ledger: Ledger) -> None:
    ledger.record(NUMBER, [signed("party_a"), signed("party_b")])
    entries = [entry for entry in ledger.replay(NUMBER) if entry["fact"] is not None]
    assert sorted(entry["fact"] for entry in entries) == [f"{NUMBER}#{seq}" for seq in (1, 2, 3)]
    assert entries[0]["fact"] == f"{NUMBER}#1", "the registration counts before all other facts, whatever its day"
    days = [entry["on"] for entry in entries[1:]]
    assert days == sorted(days)
    effective = next(entry for entry in entries if entry["fact"] == f"{NUMBER}#3")
    assert {"path": "phase", "from": "registered", "to": "effective"} in effective["changes"]


def test_a_clock_that_steps_back_does_not_make_what_is_recorded_unknown(ledger: Ledger, clock: Clock) -> None:
    ledger.record(NUMBER, [signed("party_a"), signed("party_b")])
    clock.wind("2025-12-01T01:58:00Z")
    assert ledger.status(NUMBER)["phase"] == "effective" and ledger.portfolio.page().current
    assert ledger.status(NUMBER)["known_at"] == "2025-12-01T02:00:00.000000Z"
    for behind in ("2025-12-01T01:57:59.999999Z", "2024-10-27T02:00:00Z"):  # just after two minutes; 400 days
        clock.wind(behind)
        with pytest.raises(Refusal, match="TODAY_UNKNOWN"):
            ledger.status(NUMBER)
        shown = ledger.portfolio.page()
        assert (shown.shown()[0]["phase"], shown.current) == ("effective", False), "the row stays as it was made"
        assert len(ledger.facts(NUMBER)) == 3, "which are the same whatever day it is"
        assert ledger.status(NUMBER, Question(as_of=date(2025, 12, 1)))["known_at"] == "2025-12-01T02:00:00.000000Z"


def test_one_incident_may_be_tied_to_a_cause_another_reported(ledger: Ledger) -> None:
    outage = {"kind": "outage", "scope": "platform"}
    ledger.record(NUMBER, [
        {"type": "IncidentReported", "on": "2025-11-20", "by": "party_b",
         "data": {"incident": "inc 1", "root_cause": "switch", **outage}},
        {"type": "IncidentReported", "on": "2025-11-21", "by": "party_b", "data": {"incident": "inc 2", **outage}},
        {"type": "IncidentsLinked", "on": "2025-11-22", "by": "supervisor",
         "data": {"incidents": ["inc 2"], "root_cause": "switch"}},
    ])  # fmt: skip
    assert ledger.version(NUMBER) == 4


def test_changing_the_terms_one_was_given_changes_nothing_of_the_ledger(ledger: Ledger) -> None:
    for given in (ledger.terms(NUMBER), ledger.terms_in_force(NUMBER)):
        given["contract"]["id"] = "ANOTHER"
    assert ledger.terms(NUMBER)["contract"]["id"] == ledger.terms_in_force(NUMBER)["contract"]["id"] == NUMBER
