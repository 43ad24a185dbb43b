"""Who records (SPEC 2.1): a real principal, with the roles it then held, marked 代录 where it says it for another."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import CONTRACT, NOTICE, ROOT, TERMS, Lvyue

LEAK = {"type": "LeakReported", "on": "2025-12-20", "by": "party_b",
        "data": {"leak": "L-1", "summary": "疑似外泄", "leaked_by": "unknown"}}  # fmt: skip
FIRST = json.dumps(LEAK).encode()


def test_without_a_name_the_operating_systems_user_records(signed: str, lvyue: Lvyue) -> None:
    import pwd

    lvyue("record", signed, "-", stdin=FIRST, LOGNAME="somebody-else", USER="somebody-else")

    [*_, last] = lvyue("facts", signed, "--json").json
    assert last["recorded_by"] == pwd.getpwuid(os.getuid()).pw_name
    assert (last["recorded_roles"], last["on_behalf"]) == (None, False), "nobody vouches for it: at its word"


@pytest.mark.parametrize("verb", ["register", "record", "attach", "evidence", "calendar", "erase", "rotate"])
def test_every_verb_that_records_names_its_principal(verb: str, lvyue: Lvyue, tmp_path: Path) -> None:
    assert lvyue("register", TERMS).status == 0
    assigned = {"type": "PersonnelAssigned", "on": "2025-12-20", "by": "party_b", "ref": "staff",
                "data": {"person": "P-1", "nda_signed": True, "name": "某人"}}  # fmt: skip
    assert lvyue("record", CONTRACT, "-", stdin=json.dumps(assigned).encode()).status == 0
    (tmp_path / "a.txt").write_text("hello")
    (tmp_path / "notice.json").write_text(json.dumps(NOTICE), "utf-8")
    arguments = {
        "register": ["register", ROOT / "contracts" / "three-year-example.toml"],
        "record": ["record", CONTRACT, "-"],
        "attach": ["attach", CONTRACT, "staff", "a.txt"],
        "evidence": ["evidence", CONTRACT, "-o", "e.zip"],
        "calendar": ["calendar", "publish", "notice.json"],
        "erase": ["erase", f"{CONTRACT}/P-1", "--reason", "本人要求"],
        "rotate": ["log", "rotate"],
    }[verb]

    done = lvyue(*arguments, "--as", "王敏", stdin=FIRST)

    assert done.status == 0, done.err
    assert _recorders(tmp_path)[-1] == "王敏"


def _recorders(folder: Path) -> list[str]:
    """Of every fact of the ledger, those of the system too, in order of recording."""
    from ledger.store import open_store

    with open_store(f"sqlite:///{folder}/lvyue.db", create=False) as store:
        found = store.query("SELECT state FROM stored_events ORDER BY notification_id", ())
    return [json.loads(state)["recorded_by"] for (state,) in found]


def test_a_principal_that_holds_another_role_records_on_behalf(signed: str, lvyue: Lvyue) -> None:
    assert lvyue("access", "grant", "wang", "party_a", signed).status == 0

    assert lvyue("--as", "wang", "record", signed, "-", stdin=FIRST).status == 0

    [*_, last] = lvyue("facts", signed, "--json").json
    assert (last["recorded_by"], last["recorded_roles"], last["on_behalf"]) == ("wang", ["party_a"], True)
    assert "记录人 wang（代录）" in lvyue("facts", signed).out
    assert "recorded by wang (on behalf)" in lvyue("facts", signed, "--lang", "en").out


@pytest.mark.parametrize(("role", "contract", "on_behalf"), [
    ("party_b", "", False), ("party_b", "*", False), ("party_a", "another", True), ("operator", "*", True),
])  # fmt: skip
def test_the_roles_are_those_held_on_this_contract(
    role: str, contract: str, on_behalf: bool, signed: str, lvyue: Lvyue
) -> None:
    lvyue("access", "grant", "wang", role, contract or signed)

    lvyue("record", signed, "-", "--as", "wang", stdin=FIRST)

    assert lvyue("facts", signed, "--json").json[-1]["on_behalf"] is on_behalf


def test_roles_granted_later_do_not_change_what_was_kept(signed: str, lvyue: Lvyue) -> None:
    lvyue("access", "grant", "wang", "party_a", signed)
    lvyue("record", signed, "-", "--as", "wang", stdin=FIRST)

    lvyue("access", "grant", "wang", "party_b", signed)

    assert lvyue("facts", signed, "--json").json[-1]["on_behalf"] is True
    assert lvyue("audit").status == 0


def test_an_explanation_shows_who_recorded_what_it_rests_on(signed: str, lvyue: Lvyue) -> None:
    lvyue("access", "grant", "wang", "party_a", signed)
    acted = {"type": "LeaseStarted", "on": "2025-12-02", "by": "party_b"}
    lvyue("record", signed, "-", "--as", "wang", stdin=json.dumps(acted).encode())

    assert "记录人 wang（代录）" in lvyue("explain", signed, "term.lease_started_on").out
    told = lvyue("explain", signed, "term.lease_started_on", "--json").json["facts"]
    assert ("wang", True) in {(fact["recorded_by"], fact["on_behalf"]) for fact in told}


@pytest.mark.parametrize("name", ["", " wang", "a\u202eb", "x" * 65])
def test_a_name_nobody_can_read_is_a_usage_error(name: str, signed: str, lvyue: Lvyue) -> None:
    done = lvyue("record", signed, "-", "--as", name, stdin=FIRST)

    assert (done.status, done.out) == (2, "") and "--as" in done.err


def test_a_client_that_sends_back_what_the_ledger_added_is_told_so(signed: str, lvyue: Lvyue) -> None:
    for key in ("recorded_roles", "on_behalf"):
        done = lvyue("record", signed, "-", "--json", stdin=json.dumps(LEAK | {key: None}).encode())

        assert (done.status, done.json["error"]["code"]) == (1, "FIELD_IS_LEDGERS")
