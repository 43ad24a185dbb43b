"""Personal values: stored as commitments, opened for who may, erased for good; the facts stay provable."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256

import pytest

from ledger.custody.vault import KEY, LINE
from ledger.domain.commitment import Commitment
from ledger.domain.errors import Refusal
from ledger.service import LOG, Conflict, Ledger, envelope
from tests.custody.conftest import NUMBER, House, assigned, fact

NAME, PHONE = "值班工程师甲", "000-0000-0001"
SUBJECT = f"{NUMBER}/staff-07"


def test_given_a_person_when_recorded_then_the_fact_holds_commitments_and_nothing_in_the_clear(either: House) -> None:
    (recorded,) = either.record(assigned(name=NAME, phone=PHONE))
    shown = envelope(recorded.fact)["data"]
    assert shown["person"] == "staff-07" and set(shown["name"]) == {"commitment"}
    leaf = either.leaf(recorded.fact.position)
    assert NAME.encode() not in leaf and PHONE.encode() not in leaf
    assert sha256(leaf).hexdigest() == recorded.fact.digest
    assert envelope(either.again().facts(NUMBER)[-1]) == envelope(recorded.fact)


def test_given_a_person_then_no_file_of_the_ledger_holds_the_value_or_its_plain_hash(house: House) -> None:
    house.record(assigned(name=NAME, phone=PHONE))
    written = house.files()
    for value in (NAME, PHONE):
        assert value.encode() not in written
        assert sha256(value.encode()).hexdigest().encode() not in written
        assert json.dumps(value).encode() not in written


@pytest.mark.parametrize("first", ["api.app", "ledger.cli", "ledger.service", "ledger.custody.personal"])
def test_given_whatever_a_program_imports_first_then_nothing_is_kept_in_the_clear(house: House, first: str) -> None:
    said = json.dumps(assigned(name=NAME, phone=PHONE) | {"on": "2025-12-01"})
    code = (
        f"import importlib, json; importlib.import_module({first!r})\n"
        "from ledger.service import Ledger\n"
        f"Ledger({house.url!r}, clock=lambda: {house.now + 1_000_000}).record({NUMBER!r}, [json.loads({said!r})])\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    leaf = house.leaf(house.ledger.store.leaf_count())
    assert b"staff-07" in leaf and NAME.encode() not in leaf and PHONE.encode() not in leaf


def test_given_a_person_then_the_values_are_opened_by_field_and_match_their_commitments(either: House) -> None:
    (recorded,) = either.record(assigned(ref="on-duty", name=NAME, phone=PHONE))
    assert either.again().personal.of(NUMBER, recorded.fact.id) == {"name": NAME, "phone": PHONE}
    assert either.ledger.personal.of(NUMBER, "on-duty") == {"name": NAME, "phone": PHONE}
    line = either.ledger.custody.vault().disclosure(recorded.fact.what.phone.commitment)
    assert line is not None and sha256(line.encode()).hexdigest() == recorded.fact.what.phone.commitment
    assert json.loads(line)[1:] == ["phone", PHONE]


def test_given_the_same_value_twice_then_the_commitments_differ(house: House) -> None:
    one, other = house.record(assigned("p-1", name=NAME), assigned("p-2", name=NAME))
    assert one.fact.what.name != other.fact.what.name


def test_given_a_fact_without_personal_values_then_there_are_none_to_open(house: House) -> None:
    assert house.ledger.personal.of(NUMBER, f"{NUMBER}#2") == {}
    with pytest.raises(Refusal, match="FACT_UNKNOWN"):
        house.ledger.personal.of(NUMBER, f"{NUMBER}#99")


@pytest.mark.parametrize("anew", [False, True])
def test_given_the_same_ref_sent_again_in_the_clear_then_nothing_is_added(house: House, anew: bool) -> None:
    sent = assigned(ref="on-duty", name=NAME, phone=PHONE)
    house.record(sent)
    ledger = house.again() if anew else house.ledger
    (again,) = ledger.record(NUMBER, [sent])
    assert again.repeated and ledger.version(NUMBER) == 4
    assert len(ledger.store.list(LINE)) == 2
    for other in ({"name": NAME}, {"name": "值班员乙", "phone": PHONE}):
        with pytest.raises(Refusal, match="REF_CONFLICT"):
            ledger.record(NUMBER, [assigned(ref="on-duty", **other)])


def test_given_the_same_ref_twice_in_one_request_then_the_second_is_a_repeat(house: House) -> None:
    sent = assigned(ref="on-duty", name=NAME)
    first, second = house.record(sent, sent)
    assert not first.repeated and second.repeated


def test_given_a_correction_then_its_personal_values_are_commitments_too(either: House) -> None:
    either.record(assigned(ref="on-duty", name=NAME, phone=PHONE))
    whole = {"person": "staff-07", "nda_signed": True, "name": "值班工程师乙", "phone": PHONE}
    sent = fact("FactCorrected", "party_b", ref="fix", target="on-duty", data=whole, reason="写错了名字")
    (corrected,) = either.record(sent)
    leaf = either.leaf(corrected.fact.position)
    assert "值班工程师乙".encode() not in leaf and PHONE.encode() not in leaf
    assert either.ledger.personal.of(NUMBER, "fix") == {"data.name": "值班工程师乙", "data.phone": PHONE}
    assert either.again().record(NUMBER, [sent])[0].repeated

    twice = fact("FactCorrected", "party_b", target="fix", reason="号码也错", data={
        "target": "on-duty", "data": whole | {"phone": "000-0000-0002"}, "reason": "写错了名字和号码",
    })  # fmt: skip
    (again,) = either.record(twice)
    assert b"000-0000-0002" not in either.leaf(again.fact.position)
    opened = either.ledger.personal.of(NUMBER, again.fact.id)
    assert opened == {"data.data.name": "值班工程师乙", "data.data.phone": "000-0000-0002"}


def test_given_a_request_that_is_refused_then_nothing_of_it_is_kept(house: House) -> None:
    with pytest.raises(Refusal):
        house.record(assigned(name=NAME), fact("PaymentMade", "party_a", payment="P", invoice="none", amount="1.00"))
    assert house.ledger.store.list(LINE) == [] == house.ledger.store.list(KEY)
    house.record(assigned(name=NAME))
    assert house.ledger.personal.of(NUMBER, f"{NUMBER}#4") == {"name": NAME}


def test_given_a_simulation_then_nothing_personal_is_kept(house: House) -> None:
    house.ledger.simulate(NUMBER, [assigned(name=NAME, phone=PHONE)])
    assert house.ledger.store.list(LINE) == [] == house.ledger.store.list(KEY)
    assert NAME.encode() not in house.files()


def test_given_an_erasure_between_reading_and_writing_then_the_request_is_decided_anew(house: House) -> None:
    house.record(assigned("staff-07", ref="on-duty", name=NAME))
    other, done = house.again(), []
    original = house.ledger.store.append

    def append(*arguments: object, **more: object) -> object:
        if not done:
            done.append(other.personal.erase(SUBJECT, "本人要求"))
        return original(*arguments, **more)  # type: ignore[arg-type]

    house.ledger.store.append = append  # type: ignore[method-assign, assignment]
    whole = {"person": "staff-07", "nda_signed": True, "name": "值班工程师乙"}
    house.record(fact("FactCorrected", "party_b", ref="fix", target="on-duty", data=whole, reason="改名"))
    assert done and house.again().personal.of(NUMBER, "fix") == {"data.name": "值班工程师乙"}
    assert house.again().personal.of(NUMBER, "on-duty") == {"name": None}


def test_given_an_erasure_then_the_values_are_gone_the_act_is_on_record_and_everything_verifies(either: House) -> None:
    (recorded,) = either.record(assigned(ref="on-duty", name=NAME, phone=PHONE))
    head = either.ledger.checkpoint()
    leaf = either.leaf(recorded.fact.position)
    erased = either.ledger.personal.erase(SUBJECT, "本人要求删除")
    assert erased.what.erased == 2 and erased.contract == LOG and erased.by == "administrator"

    after = either.again()
    assert after.personal.of(NUMBER, "on-duty") == {"name": None, "phone": None}
    assert isinstance(after.facts(NUMBER)[-1].what.name, Commitment)
    assert either.leaf(recorded.fact.position) == leaf
    assert [one.what.subject for one in after.facts(LOG)] == [SUBJECT]
    assert after.audit().sound and head is not None and after.audit(str(head.note).encode()).sound
    with pytest.raises(Refusal, match="SUBJECT_UNKNOWN"):
        after.personal.erase(SUBJECT, "再次")


def test_given_an_erasure_then_the_files_hold_no_copy_of_the_key(house: House) -> None:
    house.record(assigned(name=NAME, phone=PHONE))
    (wrapped,) = house.ledger.store.list(KEY)
    assert wrapped.value in house.files()
    house.ledger.personal.erase(SUBJECT, "本人要求删除")
    assert wrapped.value not in house.files()


def test_given_an_erased_person_when_sent_again_in_the_clear_then_it_is_refused_and_not_kept(house: House) -> None:
    sent = assigned(ref="on-duty", name=NAME)
    house.record(sent)
    house.ledger.personal.erase(SUBJECT, "本人要求删除")
    with pytest.raises(Refusal, match="REF_CONFLICT"):
        house.record(sent)
    assert house.ledger.store.get(KEY, SUBJECT) is None


@pytest.mark.parametrize("subject", ["nobody", "", f"{NUMBER}/staff-08"])
def test_given_a_subject_nothing_is_kept_of_then_erasing_is_refused(house: House, subject: str) -> None:
    with pytest.raises(Refusal, match="SUBJECT_UNKNOWN"):
        house.ledger.personal.erase(subject, "理由")
    with pytest.raises(Refusal):
        house.ledger.facts(LOG)


def test_given_a_machine_without_the_keys_then_erasing_and_reading_are_refused_and_no_second_key_is_made(
    either: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    either.record(assigned(ref="on-duty", name=NAME))
    elsewhere = either.folder / "elsewhere"
    with monkeypatch.context() as patched:
        patched.setenv("LVYUE_KEYS", str(elsewhere))
        stranger = either.again()
        personal = stranger.personal
        for attempt in (lambda: personal.erase(SUBJECT, "理由"), lambda: personal.of(NUMBER, "on-duty")):
            with pytest.raises(Refusal, match="VAULT_KEY_MISSING"):
                attempt()
        assert not elsewhere.exists()
        with pytest.raises(Refusal):
            stranger.facts(LOG)

    assert either.again().personal.of(NUMBER, "on-duty") == {"name": NAME}
    assert either.again().personal.erase(SUBJECT, "理由").what.erased == 1


def test_given_an_unfit_reason_then_nothing_is_erased(house: House) -> None:
    house.record(assigned(name=NAME))
    with pytest.raises(Refusal):
        house.ledger.personal.erase(SUBJECT, "")
    assert house.ledger.personal.of(NUMBER, f"{NUMBER}#4") == {"name": NAME}


def test_given_two_processes_recording_of_one_person_then_both_values_can_be_opened(either: House) -> None:
    one, other = either.ledger, either.again()
    either.record(assigned(ref="on-duty"))
    other.facts(NUMBER)
    for index, ledger in enumerate((one, other, one)):
        whole = {"person": "staff-07", "nda_signed": True, "name": f"名{index}"}
        ledger.record(NUMBER, [fact("FactCorrected", "party_b", ref=f"fix-{index}", target="on-duty", data=whole,
                                    reason="改名")])  # fmt: skip
    fresh: Ledger = either.again()
    assert [fresh.personal.of(NUMBER, f"fix-{index}")["data.name"] for index in range(3)] == ["名0", "名1", "名2"]


def test_given_a_key_made_by_another_meanwhile_then_what_waited_is_not_written(house: House) -> None:
    from ledger.custody.personal import Waiting

    waiting = Waiting(house.ledger.custody)
    waiting.vault.commit(SUBJECT, "name", NAME, at=house.now)
    house.record(assigned(name=NAME))
    with pytest.raises(Conflict), house.ledger.store.writing() as transaction:
        waiting.write(transaction)
    assert house.ledger.personal.of(NUMBER, f"{NUMBER}#4") == {"name": NAME}
