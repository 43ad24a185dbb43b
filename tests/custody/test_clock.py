"""A clock that stood ahead, or stands behind: it refuses to record, and what it got wrong is corrected on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.cli.program import run
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc
from ledger.evidence.export import Wanted, export
from ledger.evidence.rederive import rederive
from ledger.exporting import exporting
from ledger.service import CALENDAR, LOG, Question
from tests.custody.conftest import NUMBER, SECOND, House, fact
from tests.evidence.conftest import unzipped

DAY = 86_400 * SECOND
MINUTE = 60 * SECOND
LEAK = fact("LeakReported", "party_b", leak="L-1", summary="credentials found outside", leaked_by="unknown")


def ahead(house: House, by: int = 3 * DAY) -> int:
    """Record two facts with the clock ahead, then set it right; returns the moment it is right again."""
    house.now += by
    house.record(LEAK, fact("LeaseStarted", "party_a"))
    house.now -= by
    return house.now


def known(house: House, moment: int) -> int:
    return len(house.again().facts(NUMBER, Question(known_at=moment)))


def test_given_a_clock_ahead_for_one_write_then_the_next_is_refused_with_both_moments_and_what_to_do(
    either: House,
) -> None:
    right = ahead(either)
    for ledger in (either.ledger, either.again()):
        with pytest.raises(Refusal, match="CLOCK_BEHIND") as refused:
            ledger.record(NUMBER, [fact("LeaseStarted", "party_b", ref="again")])
        assert refused.value.values["clock"] == format_utc(either.now)
        assert refused.value.values["last"] > format_utc(right + 2 * DAY)
    document = either.again().terms(NUMBER)
    document["contract"]["id"] = "ANOTHER"
    with pytest.raises(Refusal, match="CLOCK_BEHIND"):
        either.ledger.register(document)
    with pytest.raises(Refusal, match="CLOCK_BEHIND"):
        either.ledger.operator.rotate()
    assert either.again().store.last_seq(LOG) == 0


@pytest.mark.parametrize(("behind", "refused"), [(110 * SECOND, False), (121 * SECOND, True)])
def test_given_a_clock_behind_by_little_then_the_moment_of_the_last_recording_serves(
    house: House, behind: int, refused: bool
) -> None:
    last = house.now
    house.now -= behind + SECOND
    if refused:
        with pytest.raises(Refusal, match="CLOCK_BEHIND"):
            house.record(LEAK)
    else:
        assert house.record(LEAK)[0].fact.recorded_at == last


def test_given_a_clock_set_back_then_it_is_told_before_any_fault_it_makes_of_a_fact(house: House) -> None:
    """On the 20th, says the clock; a fact of the 22nd is no future one."""
    house.now -= 2 * DAY
    with pytest.raises(Refusal, match="CLOCK_BEHIND"):
        house.record(LEAK | {"on": "2026-11-22"})


def test_given_a_correction_then_it_names_the_facts_and_what_follows_carries_true_moments(either: House) -> None:
    right = ahead(either)
    corrected = either.ledger.operator.correct_clock("three days ahead", recorded_by="chief")
    what = corrected.what
    assert (what.first, what.last, what.reason) == (4, 5, "three days ahead")  # type: ignore[union-attr]
    assert corrected.recorded_at == either.now and corrected.recorded_by == "chief"
    assert either.ledger.operator.named(4, 5) == [f"{NUMBER}#4", f"{NUMBER}#5"]
    for ledger in (either.ledger, either.again()):
        (after,) = ledger.record(NUMBER, [fact("ServicePerformed", "party_b", service="vcpu", units=1)])
        assert right < after.fact.recorded_at <= either.now
    assert either.again().audit().sound


def test_given_a_correction_then_its_facts_count_as_known_from_it_on(house: House) -> None:
    other = house.again()
    other.status(NUMBER)
    right = ahead(house)
    house.ledger.operator.correct_clock("three days ahead", recorded_by="chief")
    corrected = house.now
    assert [known(house, moment) for moment in (right, corrected - 1, corrected, right + 9 * DAY)] == [3, 3, 5, 5]
    for ledger in (house.ledger, other):  # one knew the facts by their wrong moments, one by none
        assert len(ledger.facts(NUMBER, Question(known_at=corrected))) == 5
        assert ledger.status(NUMBER)["facts"] == 5
        assert ledger.status(NUMBER)["known_at"] < format_utc(right + DAY)
        replayed = ledger.replay(NUMBER, Question(known_at=corrected))
        assert sum(one["fact"] is not None for one in replayed) == 5
    (shown,) = [one for one in house.again().facts(NUMBER) if one.seq == 4]
    assert shown.recorded_at > right + 2 * DAY, "what is stored stays as it is"


def test_given_a_notice_recorded_with_the_clock_ahead_then_it_counts_from_the_correction_on(house: House) -> None:
    notice = {"year": 2027, "document": "国办发明电〔2026〕9号", "published_on": "2026-11-20",
              "off_days": ["2027-01-01"], "makeup_days": []}  # fmt: skip
    house.now += 3 * DAY
    house.ledger.record(CALENDAR, [fact("CalendarPublished", "administrator", "2026-11-20", **notice)])
    house.now -= 3 * DAY
    house.ledger.operator.correct_clock("three days ahead", recorded_by="chief")
    assert len(house.again().facts(CALENDAR, Question(known_at=house.now))) == 1


def test_given_a_clock_corrected_too_little_then_it_is_corrected_again(house: House) -> None:
    right = ahead(house, 5 * DAY)
    house.now = right + 2 * DAY  # still ahead
    house.ledger.operator.correct_clock("three days less", recorded_by="chief")
    house.record(fact("ServicePerformed", "party_b", service="vcpu", units=1))
    house.now = right
    with pytest.raises(Refusal, match="CLOCK_BEHIND"):
        house.record(fact("ServicePerformed", "party_b", service="vcpu", units=2))
    again = house.ledger.operator.correct_clock("and two less", recorded_by="chief")
    assert (again.what.first, again.what.last) == (4, 7)  # type: ignore[union-attr]
    assert known(house, house.now) == 6 and house.again().audit().sound


def test_given_nothing_to_correct_then_nothing_is_recorded(house: House) -> None:
    with pytest.raises(Refusal, match="CLOCK_SOUND"):
        house.ledger.operator.correct_clock("to be sure", recorded_by="chief")
    with pytest.raises(Refusal, match="reason"):
        ahead(house)
        house.ledger.operator.correct_clock("", recorded_by="chief")
    assert house.again().store.last_seq(LOG) == 0


@pytest.mark.parametrize("said", ['"first":4,"last":4', '"first":5,"last":5', '"first":9,"last":5'])
def test_given_a_correction_that_names_too_few_then_the_audit_names_the_moment_that_goes_back(
    house: House, said: str
) -> None:
    ahead(house)
    house.ledger.operator.correct_clock("three days ahead", recorded_by="chief")
    leaf = house.leaf(6).replace(b'"first":4,"last":5', said.encode())
    house.tamper(("UPDATE stored_events SET state = ? WHERE notification_id = 6", (leaf,)), thorough=True)
    assert ("TIME_REVERSED", 6) in [(one.code, one.values.get("position")) for one in house.again().audit().findings]


def test_given_a_package_with_a_corrected_clock_then_its_conclusions_are_drawn_again_alike(
    house: House, tmp_path: Path
) -> None:
    ahead(house)
    house.ledger.operator.correct_clock("three days ahead", recorded_by="chief")
    export(exporting(house.ledger, NUMBER), Wanted(pdf=False), tmp_path / "p.zip")
    files = unzipped((tmp_path / "p.zip").read_bytes())
    assert rederive(files.__getitem__).verdict == "same"
    assert json.loads(files["data/conclusions.json"])["facts"] == 5


def test_the_command_says_what_to_do_and_does_it(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    ahead(house)
    house.ledger.checkpoint()
    (house.folder / "facts.jsonl").write_text(json.dumps(LEAK | {"ref": "later"}), encoding="utf-8")
    record = ["--store", house.url, "record", NUMBER, str(house.folder / "facts.jsonl")]
    assert run(record, clock=house.clock) == 1
    assert "lvyue log correct-clock --reason" in capsys.readouterr().err
    assert run(["--store", house.url, "log", "correct-clock"], clock=house.clock) == 2
    capsys.readouterr()
    done = ["--store", house.url, "--as", "chief", "log", "correct-clock", "--reason", "快了三天"]
    assert run(done, clock=house.clock) == 0
    assert f"{NUMBER}#4, {NUMBER}#5" in capsys.readouterr().out
    assert run(record, clock=house.clock) in (0, 1) and "CLOCK_BEHIND" not in capsys.readouterr().err
