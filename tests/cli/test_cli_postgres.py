"""Every verb over a ledger in PostgreSQL: the answers of one in SQLite, and what goes wrong said in one sentence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ledger.cli.program import run
from tests.cli.conftest import CONTRACT, NOTICE, ROOT, TERMS, Ran, command

STORY = ROOT / "contracts" / "cu12-1101-2025-018605.story.jsonl"
START = 1_795_672_800_000_000  # 2026-11-26T06:00:00Z in µs
PASSWORD = "geheim-77"
PERSON: dict[str, Any] = {
    "type": "PersonnelAssigned", "on": "2026-01-05", "by": "party_b", "ref": "on-duty",
    "data": {"person": "staff-07", "nda_signed": True, "name": "值班工程师甲", "phone": "000-0000-0001"},
}  # fmt: skip
PLAN = {
    "type": "InvoiceIssued", "on": "2026-11-23", "by": "party_b",
    "data": {"invoice": "INV-9", "instalment": 1, "amount": "1.00", "tax_rate": "0.06"},
}  # fmt: skip



class Desk:
    """One ledger, a folder to stand in, and a clock that moves on by itself: the same moments in every ledger."""

    def __init__(self, store: str, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.store, self.folder, self._capture, self._now = store, folder, capture, START

    def clock(self) -> int:
        self._now += 1_000_000
        return self._now

    def __call__(self, *words: object) -> Ran:
        status = run([*map(str, words), "--store", self.store], clock=self.clock)
        return Ran(status, *self._capture.readouterr())

    def file(self, name: str, *documents: dict[str, Any]) -> Path:
        path = self.folder / name
        path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents), encoding="utf-8")
        return path


@pytest.fixture(autouse=True)
def nothing_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, a home of the test's own and no setting of whoever runs the tests."""
    for name in ("LVYUE_STORE", "LVYUE_LANG", "LVYUE_KEYS", "LVYUE_LOG_KEY", "LVYUE_LOG_KEY_FILE", "LVYUE_TSA_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LVYUE_LOG_ORIGIN", "lvyue.test/postgres")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def desk(postgres_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """At a PostgreSQL ledger that holds the contract of the story."""
    made = Desk(postgres_url, tmp_path, capsys)
    assert made("register", TERMS).status == 0
    return made


def told(desk: Desk) -> dict[str, Any]:
    """The story recorded, and what every question about it is answered."""
    assert desk("record", CONTRACT, STORY).status == 0
    assert desk("calendar", "publish", desk.file("notice.json", NOTICE)).status == 0
    plan = desk.file("plan.jsonl", PLAN)
    known = ("--known-at", "2026-11-26T06:30:00Z")
    questions: dict[str, tuple[object, ...]] = {
        "status": ("status", CONTRACT, "--as-of", "2026-11-22", "--sensitivity", *known),
        "facts": ("facts", CONTRACT),
        "replay": ("replay", CONTRACT, "--as-of", "2026-06-30", *known),
        "explain": ("explain", CONTRACT, "termination.allowed", *known),
        "diff": ("diff", CONTRACT, "--as-of", "2025-12-31", "--as-of", "2026-01-31", *known),
        "knowledge": ("diff", CONTRACT, "--known-at", "2026-11-26T06:00:02Z", *known),
        "simulate": ("simulate", CONTRACT, plan, "--as-of", "2026-11-23"),
        "portfolio": ("portfolio", "--as-of", "2026-06-30", *known),
        "calendar": ("calendar", "2027-01-09"),
    }
    answers = {}
    for name, words in questions.items():
        answer = desk(*words, "--json")
        assert (answer.status, answer.err) == (0, ""), name
        answers[name] = answer.json
        assert desk(*words).out, name
    return answers


def test_every_question_is_answered_as_it_is_on_sqlite_receipt_and_all(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    beside = Desk(f"sqlite:///{tmp_path / 'beside.db'}", tmp_path, capsys)
    assert beside("register", TERMS).status == 0

    here, there = told(desk), told(beside)

    for name in here:
        assert here[name] == there[name], name
    assert here["status"]["facts"] == 74 and here["status"]["receipt"]["head"]
    assert here["status"]["termination"]["allowed"] and here["knowledge"]["facts"]
    assert here["calendar"]["reason"] == "makeup"


def test_custody_holds_from_the_first_file_to_the_dispute_package(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "发票.pdf").write_bytes(b"%PDF-1.4 a file\n")
    assert desk("record", CONTRACT, desk.file("signed.jsonl", *signed(), PERSON)).status == 0
    held = desk("log", "checkpoint")
    (tmp_path / "held").write_text(held.out, encoding="utf-8")

    attached = desk("attach", CONTRACT, "4", "发票.pdf", "--by", "party_b", "--json")
    again = desk("attach", CONTRACT, "4", "发票.pdf", "--by", "party_b")
    proof = desk("log", "proof", CONTRACT, "3")
    compared = desk("log", "compare", "held", "--json")
    erased = desk("erase", f"{CONTRACT}/staff-07", "--reason", "本人要求", "--json")

    assert attached.json[0]["data"]["about"] == f"{CONTRACT}#4" and "未作改动" in again.out
    assert held.out.split("\n")[:2] == ["lvyue.test/postgres", "4"]
    assert proof.out.startswith("c2sp.org/tlog-proof@v1\nindex 2\n")
    assert (compared.status, compared.json["verdict"]) == (0, "prefix")
    assert (erased.status, erased.json["erased"]) == (0, 2)
    assert desk("erase", f"{CONTRACT}/staff-07", "--reason", "本人要求").status == 1
    with psycopg.connect(desk.store) as connection:
        kept = connection.execute("SELECT string_agg(encode(state, 'escape'), '') FROM stored_events").fetchone()
    assert kept and "on-duty" in kept[0] and "000-0000-0001" not in kept[0], "only a commitment to it"

    (tmp_path / "keys.txt").write_text(desk("log", "keys").out, encoding="utf-8")
    assert desk("evidence", CONTRACT, "-o", "package.zip").status == 0
    verified = desk("verify", "package.zip", "--trust", "keys.txt", "--json")
    assert (verified.status, verified.json["verdict"], verified.json["conclusions"]) == (0, "passed", "same")
    audited = desk("audit", "--json").json
    assert (audited["sound"], audited["documents"], audited["contracts"]) == (True, 1, 2)
    assert desk("audit", "--since", "held").status == 0


def test_what_somebody_with_the_password_alters_is_an_integrity_failure(desk: Desk) -> None:
    assert desk("record", CONTRACT, desk.file("signed.jsonl", *signed())).status == 0
    with psycopg.connect(desk.store) as connection:
        connection.execute("ALTER TABLE stored_events DISABLE TRIGGER USER")
        connection.execute(
            "UPDATE stored_events SET state = convert_to(replace(convert_from(state, 'UTF8'), '2025-11-19',"
            " '2025-11-18'), 'UTF8') WHERE originator_version = 2"
        )

    for verb in (["audit"], ["status", CONTRACT], ["evidence", CONTRACT, "-o", "never.zip"]):
        found = desk(*verb)
        assert found.status == 3 and found.out == "" and "Traceback" not in found.err, verb
    assert not Path("never.zip").exists()


def test_access_is_granted_listed_and_taken_away(desk: Desk) -> None:
    granted = desk("access", "grant", "bureau", "party_a", CONTRACT, "--json").json
    listed = desk("access", "list", "--json").json
    assert granted["key"].startswith("lvy_")
    assert [(one["name"], one["roles"]) for one in listed] == [("bureau", {CONTRACT: "party_a"})]
    assert granted["key"] not in json.dumps(listed)
    assert desk("access", "revoke", "bureau").status == 0
    assert desk("access", "list", "--json").json[0]["roles"] == {}


def test_a_process_of_its_own_takes_the_address_from_the_environment(desk: Desk, tmp_path: Path) -> None:
    done = command(tmp_path, "facts", CONTRACT, LVYUE_STORE=desk.store)

    assert (done.status, done.err) == (0, "") and "合同登记" in done.out


# --- where the keys are ---------------------------------------------------------------------------------


def test_where_the_keys_of_a_server_are_is_said_once_when_nobody_named_a_place(
    postgres_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(postgres_url, tmp_path, capsys)

    made, later = desk("register", TERMS, "--json"), desk("record", CONTRACT, desk.file("s.jsonl", *signed()))

    (folder,) = (tmp_path / "home" / ".lvyue").iterdir()
    assert made.json["seq"] == 1, "what is said of the keys goes to standard error"
    assert made.err.count("\n") == 1 and "LVYUE_KEYS" in made.err and str(folder) in made.err
    assert (folder / "log.key").exists() and later.err == ""


def test_another_spelling_of_the_address_finds_the_same_keys(desk: Desk, tmp_path: Path) -> None:
    joint = "&" if "?" in desk.store else "?"
    respelled = desk.store.replace("postgresql://", "postgres://") + joint + "application_name=desk&connect_timeout=9"

    recorded = Desk(respelled, tmp_path, desk._capture)("record", CONTRACT, desk.file("p.jsonl", *signed(), PERSON))

    assert (recorded.status, recorded.err) == (0, "")
    (folder,) = (tmp_path / "home" / ".lvyue").iterdir()
    assert {"log.key", "vault.key"} <= {file.name for file in folder.iterdir()}
    assert desk("audit").status == 0


def test_keys_under_the_former_name_of_their_folder_are_used(desk: Desk, tmp_path: Path) -> None:
    (present,) = (tmp_path / "home" / ".lvyue").iterdir()
    server = desk.store.rpartition("@")[2]
    name = server.partition("?")[0].rpartition("/")[2]
    former = present.with_name(f"{name}-{hashlib.sha256(server.encode()).hexdigest()[:8]}.keys")
    present.rename(former)

    recorded = desk("record", CONTRACT, desk.file("signed.jsonl", *signed()))

    assert (recorded.status, recorded.err) == (0, "") and not present.exists()


def test_keys_are_kept_where_they_are_named_and_nothing_is_said(
    postgres_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LVYUE_KEYS", str(tmp_path / "named"))

    made = Desk(postgres_url, tmp_path, capsys)("register", TERMS)

    assert (made.status, made.err) == (0, "")
    assert (tmp_path / "named" / "log.key").exists() and not (tmp_path / "home").exists()


@pytest.mark.parametrize(("lang", "words"), [("zh", "原来的密钥目录"), ("en", "original folder")])
def test_on_another_machine_the_facts_stand_and_the_missing_keys_are_named(
    lang: str, words: str, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))

    recorded = desk("record", CONTRACT, desk.file("signed.jsonl", *signed()), "--lang", lang)

    assert recorded.status == 0 and recorded.err.count("\n") == 2
    assert "LVYUE_KEYS" in recorded.err and words in recorded.err and "elsewhere" in recorded.err
    assert not (tmp_path / "elsewhere").exists(), "no second key is made"


def test_personal_values_are_not_split_between_two_keys(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk("record", CONTRACT, desk.file("signed.jsonl", *signed(), PERSON)).status == 0
    another = PERSON | {"ref": "relief", "data": PERSON["data"] | {"person": "staff-08"}}
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))

    refused = desk("record", CONTRACT, desk.file("another.jsonl", another), "--json")

    assert (refused.status, refused.json["error"]["code"]) == (1, "VAULT_KEY_MISSING")
    assert "LVYUE_KEYS" in refused.err and not (tmp_path / "elsewhere").exists()
    monkeypatch.setenv("HOME", str(home))
    assert desk("record", CONTRACT, "another.jsonl").status == 0


def test_a_person_cannot_be_erased_without_the_keys_and_no_second_key_is_made(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk("record", CONTRACT, desk.file("signed.jsonl", *signed(), PERSON)).status == 0
    subject = f"{CONTRACT}/{PERSON['data']['person']}"
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))

    refused = desk("erase", subject, "--reason", "本人要求", "--json")

    assert (refused.status, refused.json["error"]["code"]) == (1, "VAULT_KEY_MISSING")
    assert "LVYUE_KEYS" in refused.err and not (tmp_path / "elsewhere").exists()
    monkeypatch.setenv("HOME", str(home))
    erased = desk("erase", subject, "--reason", "本人要求", "--json")
    assert (erased.status, erased.json["erased"]) == (0, 2)


# --- what goes wrong ------------------------------------------------------------------------------------


@pytest.fixture
def guarded(postgres_server: str) -> Iterator[Callable[[str], str]]:
    """The address of a server that asks ``clerk`` for a password, with one put in."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        file = connection.execute("SHOW hba_file").fetchone()
        assert file
        rules = Path(file[0])
        before = rules.read_text("utf-8")
        connection.execute(f"CREATE ROLE clerk LOGIN PASSWORD '{PASSWORD}'")
        rules.write_text("local all clerk scram-sha-256\n" + before, "utf-8")
        connection.execute("SELECT pg_reload_conf()")
        user = connection.info.user
        yield lambda password: postgres_server.replace(f"//{user}:@", f"//clerk:{password}@")
        rules.write_text(before, "utf-8")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("DROP ROLE clerk")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_password_is_one_sentence_that_does_not_repeat_it(
    lang: str, guarded: Callable[[str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = Desk(guarded("falsch-88"), tmp_path, capsys)("status", CONTRACT, "--lang", lang)
    right = Desk(guarded(PASSWORD), tmp_path, capsys)("status", CONTRACT, "--lang", lang, "--json")

    assert wrong.status == 1 and wrong.err.count("\n") == 1 and "clerk" in wrong.err
    assert "falsch" not in wrong.err and "Traceback" not in wrong.err
    assert (right.status, right.json["error"]["code"]) == (1, "STORE_MISSING"), "it got in, and found no ledger"


UNREACHABLE = {
    "a server that does not answer": (f"postgresql://clerk:{PASSWORD}@localhost:1/ledger", "STORE_UNREACHABLE"),
    "a port that is none": (f"postgresql://clerk:{PASSWORD}@localhost:port/ledger", "STORE_UNREACHABLE"),
    "a password in the query": (
        f"postgresql://localhost:1/ledger?user=clerk&password={PASSWORD}", "STORE_UNREACHABLE",
    ),
    "an option nobody knows": (f"postgresql://clerk:{PASSWORD}@localhost/ledger?colour=red", "STORE_URL_INVALID"),
    "a password with an @": (f"postgresql://clerk:a@{PASSWORD}@localhost:1/ledger", "STORE_URL_UNESCAPED"),
    "a password with a stroke": (f"postgresql://clerk:a/{PASSWORD}@localhost:1/ledger", "STORE_URL_UNESCAPED"),
}  # fmt: skip


@pytest.mark.parametrize("what", UNREACHABLE)
def test_a_server_out_of_reach_is_one_sentence_for_every_verb_without_the_password(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, code = UNREACHABLE[what]
    verbs = (["status", CONTRACT], ["register", TERMS], ["audit"], ["access", "list"], ["calendar", "2026-01-01"])
    for verb in verbs:
        for lang in ("zh", "en"):
            refused = Desk(store, tmp_path, capsys)(*verb, "--json", "--lang", lang)
            assert (refused.status, refused.json["error"]["code"]) == (1, code), verb
            assert refused.err.count("\n") == 1 and PASSWORD not in refused.err + refused.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address", ["postgresq://clerk:{}@host/db", "postgres:clerk:{}@host/db", "mysql://host/db?password={}",
                "postgresql:/clerk:{}/@host/db"],
)  # fmt: skip
def test_a_misspelt_address_is_a_usage_error_that_keeps_the_password_to_itself(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = Desk(address.format(PASSWORD), tmp_path, capsys)("status", CONTRACT)
    monkeypatch.setenv("LVYUE_STORE", address.format(PASSWORD))
    named = run(["status", CONTRACT]), *capsys.readouterr()

    assert refused.status == named[0] == 2
    for err in (refused.err, named[2]):
        assert err.count("\n") == 1 and "host" in err and PASSWORD not in err


def test_a_database_of_another_program_is_left_as_it_is(
    postgres_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE stored_events (x integer)")
    foreign = Desk(postgres_url, tmp_path, capsys)

    for verb in (["status", CONTRACT], ["register", TERMS], ["record", CONTRACT, STORY], ["log", "checkpoint"]):
        refused = foreign(*verb)
        assert refused.status == 1 and refused.err.count("\n") == 1 and "不是履约账本" in refused.err, verb
    with psycopg.connect(postgres_url) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
    assert found == [("stored_events",)]


def test_an_empty_database_is_told_from_a_ledger_and_nothing_is_made_by_asking(
    postgres_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = Desk(postgres_url, tmp_path, capsys)

    for verb in (["status", CONTRACT], ["record", CONTRACT, STORY], ["audit"], ["log", "checkpoint"]):
        refused = empty(*verb)
        assert refused.status == 1 and refused.err.count("\n") == 1 and "找不到账本" in refused.err, verb
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT to_regclass('lvyue_ledger')").fetchone() == (None,)


def signed() -> list[dict[str, Any]]:
    return [
        {"type": "ContractSigned", "on": "2025-11-19", "by": party, "data": {"party": party}}
        for party in ("party_a", "party_b")
    ]
