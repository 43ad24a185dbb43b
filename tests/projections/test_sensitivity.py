"""What turns on how the contract is read (SPEC 4.7): every single other reading, and what holds under all of them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.agreements.beijing_government_cloud_2025.readings import READINGS
from ledger.domain.standing import Standing
from ledger.domain.sweep import Sweep
from ledger.projections import sensitivity
from ledger.projections.basis import Basis
from ledger.projections.paths import changes
from ledger.projections.sensitivity import weighed
from ledger.projections.status import conclusions, status, with_sensitivity
from tests.happenings import (
    a_incident,
    availability,
    b_incident,
    incident,
    invoice,
    lease_started,
    notice,
    performed,
    reading_agreed,
    service_level,
    signed,
    system,
)  # fmt: skip
from tests.scenario import History, calendar_at, given, terms

DAY = "2026-03-15"


def history() -> History:
    """Incidents, reports, notices and an invoice, of which several turn on a reading."""
    return given(
        signed,
        invoice("2025-11-24"),
        lease_started("2025-12-01"),
        system(),
        b_incident("2025-12-20", "one"),
        b_incident("2026-01-10", "two"),
        incident("2026-02-10", "outage", "half", scope="platform", duration_minutes=150, systems_share="0.15"),
        notice("2026-02-12", "2026-02-20", "n-1"),
        performed("2026-02-14", "host-scan", 1),
        service_level("2026-03-01", "2026-02", "major", "r", response_minutes=30, recovery_minutes=90),
        availability("2026-03-02", "2026-02", "99.95", system="mail"),
    )


def answered(told: History, reading: Mapping[str, str] | None = None, day: str = DAY) -> dict[str, Any]:
    return told.as_of(day, reading=reading, sensitivity=True).status


def concluded(told: History, reading: Mapping[str, str], day: str = DAY) -> dict[str, Any]:
    """The conclusions under other readings, worked out by a pass of their own."""
    asked = Basis(told.facts, calendar_at(told._now), date.fromisoformat(day), told._now, None, reading)
    pass_ = asked.sweep()
    pass_.advance(asked.as_of)
    return conclusions(pass_.machine, asked.as_of)


def robust(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What the answer says of each path: True where it holds, else what changes it."""
    return {one["path"]: one.get("changed_by", True) for one in answer["robust"]["paths"]}


# -- every single other reading ---------------------------------------------------------------------


def test_sensitivity_lists_every_single_change_of_reading_and_everything_it_changes() -> None:
    told = history()
    stands = concluded(told, {})
    one_by_one = [
        {"reading": name, "option": option, **change}
        for name, reading in READINGS.items() for option in [*reading.options][1:]
        for change in changes(stands, concluded(told, {name: option}), AGREEMENT)
    ]  # fmt: skip
    assert answered(told)["sensitivity"] == one_by_one
    assert len({one["reading"] for one in one_by_one}) > 3, "and several of them change something"


def test_sensitivity_starts_from_the_readings_asked_for() -> None:
    told = given(
        signed, lease_started("2025-12-01"), service_level("2026-02-11", "2026-01", "major", "r", response_minutes=30)
    )
    listed = answered(told, {"band-gaps": "a-fortiori"}, "2026-02-11")["sensitivity"]
    assert {"reading": "band-gaps", "option": "literal", "path": "damages.accrued", "from": "191992.61", "to": "0.00"} \
        in listed  # fmt: skip
    assert not any((one["reading"], one["option"]) == ("band-gaps", "a-fortiori") for one in listed)


def test_sensitivity_starts_from_the_reading_that_the_parties_agreed() -> None:
    told = given(
        signed,
        lease_started("2025-12-01"),
        reading_agreed("2026-01-01", "band-gaps", "a-fortiori"),
        service_level("2026-02-11", "2026-01", "major", "r", response_minutes=30),
    )
    listed = answered(told, day="2026-02-11")["sensitivity"]
    assert ("band-gaps", "literal", "damages.accrued") in {(o["reading"], o["option"], o["path"]) for o in listed}


def test_where_no_reading_matters_sensitivity_is_empty_and_all_of_it_holds() -> None:
    answer = answered(given(signed, under=terms(payment__stage_review_by=None)), day="2025-11-20")
    assert answer["sensitivity"] == []
    assert answer["robust"]["paths"] and set(map(str, robust(answer).values())) == {"True"}


def test_neither_is_worked_out_unless_it_is_asked_for() -> None:
    plain = history().as_of(DAY).status
    assert plain["sensitivity"] is None and plain["robust"] is None


def test_the_rest_of_the_answer_is_the_same_with_it_and_without() -> None:
    told = history()
    plain, answer = told.as_of(DAY).status, answered(told)
    assert list(answer) == list(plain)
    left_out = {"sensitivity", "robust", "receipt"}
    assert {key: value for key, value in answer.items() if key not in left_out} == {
        key: value for key, value in plain.items() if key not in left_out
    }
    assert answer["receipt"]["result"] != plain["receipt"]["result"], "the receipt is of this answer"


# -- what holds under every reading -----------------------------------------------------------------


def test_robust_speaks_of_every_weighed_conclusion() -> None:
    answer = answered(history())
    stands = weighed(answer, AGREEMENT)
    duties = [f"obligations.{duty['id']}.{key}" for duty in answer["obligations"] for key in ("state", "due_on")]
    assert set(duties) < stands.keys() <= robust(answer).keys()
    assert {path for path in stands if not path.startswith("obligations.")} == {
        "phase", "termination.allowed", "incidents.b_count_rolling_year", "incidents.grades.one",
        "incidents.grades.two", "damages.accrued",
    }  # fmt: skip


def test_a_grade_that_only_another_reading_gives_is_told_too() -> None:
    assert {"outage-criteria": "any"} in robust(answered(history()))["incidents.grades.half"]


def test_what_holds_holds_under_any_combination_of_all_readings() -> None:
    told = given(
        signed, invoice("2025-11-24"), lease_started("2025-12-01"), b_incident("2025-12-20", "one"),
        service_level("2026-03-01", "2026-02", "major", "r", response_minutes=30, recovery_minutes=90),
    )  # fmt: skip
    answer = answered(told)
    assert answer["robust"]["tried"] == "all", "few enough matter here"
    stands = weighed(concluded(told, {}), AGREEMENT)
    holds = {path for path, what in robust(answer).items() if what is True}
    assert holds
    rng = random.Random(20262)
    for _ in range(60):
        reading = {name: rng.choice([*one.options]) for name, one in READINGS.items() if rng.random() < 0.5}
        other = weighed(concluded(told, reading), AGREEMENT)
        assert {path for path in other.keys() | stands.keys() if other.get(path) != stands.get(path)}.isdisjoint(holds)


def test_a_set_that_changes_a_conclusion_does_and_no_smaller_one_does() -> None:
    told = history()
    stands = weighed(concluded(told, {}), AGREEMENT)
    turning = {path: sets for path, sets in robust(answered(told)).items() if sets is not True}
    assert turning
    for path, sets in turning.items():
        assert len({len(one) for one in sets}) == 1
        for one in sets:
            assert weighed(concluded(told, one), AGREEMENT).get(path) != stands.get(path), (path, one)
            if len(one) > 1:
                for name in one:
                    less = {key: option for key, option in one.items() if key != name}
                    assert weighed(concluded(told, less), AGREEMENT).get(path) == stands.get(path), (path, less)


def test_two_readings_may_change_together_what_neither_changes_alone() -> None:
    told = given(
        signed,
        lease_started("2025-12-01"),
        service_level("2026-02-11", "2026-01", "major", "r", response_minutes=30, recovery_minutes=90),
    )
    found = robust(answered(told, day="2026-02-11"))
    # exactly 30 minutes fill row 7 a fortiori only, and that item stands beside row 10's only where they add up
    assert found["damages.accrued"] == [{"band-gaps": "a-fortiori", "same-cause-damages": "sum"}]


def test_sets_stand_in_the_order_of_the_table() -> None:
    order = [(name, option) for name, one in READINGS.items() for option in one.options]
    for sets in robust(answered(history())).values():
        if sets is not True:
            places = [[order.index(change) for change in one.items()] for one in sets]
            assert all(each == sorted(each) for each in places)
            assert [[order[at][0] for at in each] for each in places] == sorted(
                ([order[at][0] for at in each] for each in places), key=lambda names: [*map([*READINGS].index, names)]
            )


# -- how they are tried -----------------------------------------------------------------------------


def test_where_there_are_too_many_combinations_every_pair_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    told = history()
    everything = robust(answered(told))
    monkeypatch.setattr(sensitivity, "MOST_COMBINATIONS", 4)
    answer = answered(told)
    assert answer["robust"]["tried"] == "pairs"
    for path, sets in robust(answer).items():
        everywhere = everything[path]
        if everywhere is True or len(everywhere[0]) > 2:
            assert sets is True
        else:
            assert sets == everywhere


def test_512_combinations_are_all_tried_and_one_more_is_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    told = history()
    assert sensitivity.MOST_COMBINATIONS == 512
    of = _combinations(told)
    monkeypatch.setattr(sensitivity, "MOST_COMBINATIONS", of)
    assert answered(told)["robust"]["tried"] == "all"
    monkeypatch.setattr(sensitivity, "MOST_COMBINATIONS", of - 1)
    assert answered(told)["robust"]["tried"] == "pairs"


def _combinations(told: History) -> int:
    """How many there are of the readings that some pass consults, found by asking pass after pass."""
    consulted: set[str] = set()
    rng = random.Random(1)
    for _ in range(300):
        asked: dict[str, None] = {}
        reading = {name: rng.choice([*one.options]) for name, one in READINGS.items()}
        pass_ = Sweep(Standing(told.facts), None, calendar_at(told._now), reading, asked)
        pass_.advance(date.fromisoformat(DAY))
        conclusions(pass_.machine, date.fromisoformat(DAY))
        consulted |= asked.keys()
    count = 1
    for name in consulted:
        count *= len(READINGS[name].options)
    return count


def test_a_reading_that_no_pass_consults_costs_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    passes: list[Mapping[str, str]] = []
    begin = Sweep.__init__

    def counted(self: Sweep, *given: Any) -> None:
        passes.append(given[3])
        begin(self, *given)

    monkeypatch.setattr(Sweep, "__init__", counted)
    answered(given(signed), day="2025-11-20")
    tried = {name for reading in passes for name in reading}
    assert tried.isdisjoint({"band-gaps", "force-majeure", "lapse", "term-end", "natural-days"}), tried
    assert len(passes) == len({tuple(reading.items()) for reading in passes}) + 1, "each once, the plain one twice"


def test_listening_to_what_is_consulted_changes_nothing() -> None:
    told = history()
    asked: dict[str, None] = {}
    pass_ = Sweep(Standing(told.facts), None, calendar_at(told._now), {}, asked)
    pass_.advance(date.fromisoformat(DAY))
    assert conclusions(pass_.machine, date.fromisoformat(DAY)) == concluded(told, {})
    assert asked and asked.keys() <= READINGS.keys()


def test_the_percent_told_grows_to_a_hundred() -> None:
    told = history()
    heard: list[int] = []
    asked = Basis(told.facts, calendar_at(told._now), date.fromisoformat(DAY), told._now)
    found = status(asked)
    with_sensitivity(found, asked, heard.append)
    assert heard == sorted(set(heard)) and heard[-1] == 100 and len(heard) > 5


def test_an_a_incident_may_be_turned_by_what_the_heading_means() -> None:
    told = given(signed, lease_started("2025-12-01"), a_incident("2026-01-10", "a", responsibility="shared"))
    found = robust(answered(told, day="2026-02-01"))
    assert {"main-responsibility": "provider-only"} in found["termination.allowed"]
    assert {"main-responsibility": "stated"} in found["incidents.grades.a"]
    assert found["phase"] is True
