"""Every verb: what it prints, in which language, with which exit status."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import pytest

from ledger.cli import main
from ledger.cli.verbs import VERBS
from ledger.service import Ledger
from tests.cli.conftest import CONTRACT, NOTICE, ROOT, TERMS, Lvyue, command, process

CHINESE = re.compile("[一-鿿]")
INVOICE = {
    "type": "InvoiceIssued", "on": "2025-11-24", "by": "party_b", "ref": "inv-1",
    "data": {"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"},
}  # fmt: skip


@pytest.fixture
def invoiced(signed: str, lvyue: Lvyue) -> str:
    assert lvyue("record", signed, "-", stdin=json.dumps(INVOICE).encode()).status == 0
    return signed


def test_register_makes_the_ledger_and_the_same_terms_again_change_nothing(lvyue: Lvyue, tmp_path: Path) -> None:
    first, again = lvyue("register", TERMS), lvyue("register", TERMS, "--json")

    assert (first.status, again.status) == (0, 0)
    registered, advised = first.out.splitlines()
    assert registered == f"已登记合同 {CONTRACT}（北京市广播电视局宣传中心政务云租赁），事实 {CONTRACT}#1。"
    assert "签署前" in advised and advised.endswith(f"lvyue terms check {TERMS}")
    assert (again.json["id"], again.json["repeated"]) == (f"{CONTRACT}#1", True)
    assert (tmp_path / "lvyue.db").exists()


def test_terms_are_looked_at_before_signing_and_nothing_is_recorded(lvyue: Lvyue, tmp_path: Path) -> None:
    told = lvyue("terms", "check", TERMS, "--json")
    assert told.status == 0 and not (tmp_path / "lvyue.db").exists()
    codes = {one["code"] for one in told.json}
    assert {"ADVICE_GAP_POINT", "ADVICE_GAP_ABOVE", "ADVICE_FLOORS_DISAGREE", "ADVICE_OVER_AND_FROM"} <= codes
    for lang in ("zh", "en"):
        shown = lvyue("terms", "check", TERMS, "--lang", lang).out
        assert "damages.material.7" in shown and "99.9999" in shown and "band-gaps" in shown
    assert lvyue("register", TERMS, "--json").json["advice"] == told.json
    assert lvyue("terms", "look", TERMS).status == 2


def test_terms_that_contradict_themselves_are_refused_by_the_check_too(lvyue: Lvyue, tmp_path: Path) -> None:
    wrong = TERMS.read_text("utf-8").replace('total = "2303911.32"', 'total = "1.00"')
    (tmp_path / "wrong.toml").write_text(wrong, "utf-8")
    done = lvyue("terms", "check", tmp_path / "wrong.toml")
    assert done.status == 1 and "payment.instalments" in done.err


def test_the_other_agreement_registers_beside_it(lvyue: Lvyue) -> None:
    lvyue("register", TERMS)

    other = lvyue("register", ROOT / "contracts" / "three-year-example.toml", "--by", "party_b", "--lang", "en")

    assert other.status == 0 and other.out.startswith("Registered contract")
    assert len(lvyue("portfolio", "--json").json) == 2


def test_status_as_json_is_exactly_what_the_service_answers(invoiced: str, lvyue: Lvyue, tmp_path: Path) -> None:
    from datetime import date

    from ledger.domain.moments import parse_utc
    from ledger.service import Question

    asked = lvyue("status", invoiced, "--as-of", "2025-12-31", "--json")

    at = parse_utc(asked.json["known_at"])
    expected = Ledger(f"sqlite:///{tmp_path}/lvyue.db").status(invoiced, Question(date(2025, 12, 31), at))
    assert asked.json == expected and asked.out.count("\n") == 1 and asked.err == ""


def test_status_for_people_says_it_in_both_languages_within_80_cells(invoiced: str, lvyue: Lvyue) -> None:
    from ledger.drawing.wrapping import cells

    zh = lvyue("status", invoiced, "--as-of", "2025-12-02")
    en = lvyue("--lang", "en", "status", invoiced, "--as-of", "2025-12-02")

    for word in ("款项", "1,843,129.06", "逾期 1 天", "支付发票 INV-1", "甲方", "2025-12-01 周一"):
        assert word in zh.out, word
    for word in ("Money", "invoiced", "1 d late", "pay the invoice INV-1", "party A", "2025-12-01 Mon"):
        assert word in en.out, word
    assert "\x1b" not in zh.out, "no colours where nobody sees them"
    assert max(map(cells, (zh.out + en.out).splitlines())) <= 80


def test_colours_are_asked_for_and_refused_by_environment(invoiced: str, lvyue: Lvyue) -> None:
    assert "\x1b[1;31m" in lvyue("status", invoiced, "--as-of", "2025-12-02", FORCE_COLOR="1").out
    assert "\x1b" not in lvyue("status", invoiced, "--as-of", "2025-12-02", FORCE_COLOR="1", NO_COLOR="1").out


@pytest.mark.parametrize("where", ["before", "after", "environment"])
def test_store_json_and_language_stand_before_or_after_the_verb_or_in_the_environment(
    where: str, invoiced: str, lvyue: Lvyue, tmp_path: Path
) -> None:
    (tmp_path / "lvyue.db").rename(tmp_path / "other.db")
    options = ["--store", "sqlite:///other.db", "--lang", "en"]

    told = {
        "before": lambda: lvyue(*options, "facts", invoiced),
        "after": lambda: lvyue("facts", invoiced, *options),
        "environment": lambda: lvyue("facts", invoiced, LVYUE_STORE="sqlite:///other.db", LVYUE_LANG="en"),
    }[where]()

    assert told.status == 0 and "invoice issued" in told.out


def test_replay_explain_simulate_and_diff_answer_in_json_and_in_words(
    invoiced: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = {"type": "PaymentMade", "on": "2030-01-05", "by": "party_a",
            "data": {"payment": "P-1", "invoice": "INV-1", "amount": "1843129.06"}}  # fmt: skip
    (tmp_path / "plan.jsonl").write_text("# a plan\n" + json.dumps(plan), "utf-8")
    questions = {
        "期日经过": ["replay", invoiced, "--as-of", "2025-12-31"],
        "推算": ["explain", invoiced, "pay-invoice:INV-1"],
        "已付：0.00 → 1,843,129.06": ["simulate", invoiced, "plan.jsonl"],
        "其中逾期：0.00 → 1,843,129.06": ["diff", invoiced, "--as-of", "2025-12-01", "--as-of", "2025-12-02"],
        "合同一览": ["portfolio"],
    }
    monkeypatch.chdir(tmp_path)
    for words, arguments in questions.items():
        assert main(arguments) == 0
        assert words in capsys.readouterr().out, arguments
        assert main([*arguments, "--lang", "en"]) == 0
        assert words not in capsys.readouterr().out, arguments
        assert main([*arguments, "--json"]) == 0
        assert json.loads(capsys.readouterr().out), arguments
    assert Ledger("sqlite:///lvyue.db").version(invoiced) == 4, "simulate recorded nothing"


def test_diff_between_two_moments_of_knowledge_names_the_facts(signed: str, lvyue: Lvyue) -> None:
    from ledger.domain.moments import format_utc

    before = format_utc(time.time_ns() // 1000)
    lvyue("record", signed, "-", stdin=json.dumps(INVOICE).encode())

    told = lvyue("diff", signed, "--known-at", before, "--known-at", "2100-01-01T00:00:00Z", "--json")

    assert [fact["type"] for fact in told.json["facts"]] == ["InvoiceIssued"]
    assert "balance.invoiced" in {change["path"] for change in told.json["changes"]}


def test_known_at_a_day_means_its_end_in_beijing(signed: str, lvyue: Lvyue) -> None:
    told = lvyue("status", signed, "--known-at", "2100-01-01", "--json")
    assert told.json["known_at"] == "2100-01-01T15:59:59.999999Z"


def test_known_at_before_the_registration_is_refused(signed: str, lvyue: Lvyue) -> None:
    assert lvyue("status", signed, "--known-at", "2001-01-01T00:00:00+08:00").status == 1


def test_record_is_all_or_nothing_and_holds_to_the_version_expected(signed: str, lvyue: Lvyue) -> None:
    stale = lvyue("record", signed, "-", "--expected-version", "2", stdin=json.dumps(INVOICE).encode())
    right = lvyue("record", signed, "-", "--expected-version", "3", stdin=json.dumps(INVOICE).encode())

    assert stale.status == 1 and "VERSION" not in stale.err and "3" in stale.err
    assert right.status == 0 and right.out.startswith(f"已记录 1 条事实，合同 {signed} 现有 4 条。\n")


def test_a_long_file_shows_progress_on_standard_error_only(signed: str, lvyue: Lvyue) -> None:
    fact = json.dumps({key: value for key, value in INVOICE.items() if key != "ref"}) + "\n"
    facts = "".join(fact.replace("INV-1", f"I{n}") for n in range(6_000))

    done = lvyue("record", signed, "-", stdin=facts.encode())

    assert done.status == 0 and "6000" in done.out and done.out.count("\n") < 50
    assert "已核对" in done.err and done.err.count("\n") <= 3


def test_a_day_says_whether_it_is_a_working_day_and_by_which_notice_without_any_ledger(lvyue: Lvyue) -> None:
    makeup = lvyue("calendar", "2026-02-14", "--json").json
    holiday = lvyue("calendar", "2026-10-05", "--lang", "en").out
    counted = lvyue("calendar", "--from", "2026-02-12", "--working-days", "5", "--json").json

    assert (makeup["working"], makeup["reason"], makeup["document"]) == (True, "makeup", "国办发明电〔2025〕7号")
    assert "no working day" in holiday and "National Day" in holiday
    assert counted["due"] == "2026-02-26" and len(counted["skipped"]) == 9
    assert "暂定" in lvyue("calendar", "2031-05-01").out
    assert lvyue("calendar", "2026-02-14", "--store", "sqlite:///none.db").status == 1, "a ledger named must be there"


def test_a_published_notice_counts_from_the_day_it_is_recorded(lvyue: Lvyue, tmp_path: Path) -> None:
    (tmp_path / "notice.json").write_text(json.dumps(NOTICE), "utf-8")
    assert lvyue("calendar", "2027-01-09", "--json").json["provisional"]

    first, again = lvyue("calendar", "publish", "notice.json"), lvyue("calendar", "publish", "notice.json")

    assert (first.status, again.status) == (0, 0) and "早已" in again.out
    known = lvyue("calendar", "2027-01-09", "--json").json
    assert (known["working"], known["reason"], known["document"]) == (True, "makeup", NOTICE["document"])
    (tmp_path / "notice.json").write_text(json.dumps(NOTICE | {"off_days": ["2027-02-30"]}), "utf-8")
    assert lvyue("calendar", "publish", "notice.json").status == 1


def test_every_verb_has_help_with_an_example_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for verb, lang in product([verb.name for verb in VERBS], ["zh", "en"]):
        assert main([verb, "--help", "--lang", lang]) == 0, verb
        told = capsys.readouterr().out
        assert f"lvyue {verb}" in told.partition("例：" if lang == "zh" else "example:")[2]
        assert bool(CHINESE.search(told)) == (lang == "zh"), verb


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_is_a_script_that_names_every_verb(shell: str, lvyue: Lvyue, tmp_path: Path) -> None:
    script = lvyue("completion", shell)

    assert script.status == 0 and all(verb.name in script.out for verb in VERBS)
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=script.out.encode(), check=True)


def test_version_and_bare_command(lvyue: Lvyue) -> None:
    assert lvyue("--version").out.startswith("lvyue 20")
    bare = lvyue()
    assert bare.status == 2 and "status" in bare.err and bare.out == ""


USAGE = [
    ["nope"], ["status"], ["status", "X", "--as-of"], ["status", "X", "--as-of", "2025-02-30"],
    ["status", "X", "--as-of", "2025-11-24T00:00:00Z"], ["status", "X", "--known-at", "2025-11-31"],
    ["status", "X", "--known-at", "2025-11-24T09:00:00"], ["status", "X", "--known-at", "yesterday"],
    ["status", "X", "--reading", "lapse"], ["status", "X", "--reading", "laps=never"],
    ["status", "X", "--reading", "lapse=sometimes"], ["status", "X", "--as-seen-by", "mayor"],
    ["status", "X", "--colour"], ["status", "X", "Y"], ["status", "X", "--as-o", "2026-01-01"],
    ["--store", "mysql://x", "status", "X"], ["--store", "lvyue.db", "status", "X"],
    ["--lang", "fr", "status", "X"], ["record", "X", "-", "--expected-version", "-1"],
    ["diff", "X"], ["diff", "X", "--as-of", "2026-01-01"], ["diff", "X", *["--as-of", "2026-01-01"] * 3],
    ["calendar"], ["calendar", "--from", "2026-01-01"], ["calendar", "2026-13-01"], ["calendar", "publish"],
    ["calendar", "--from", "2026-01-01", "--working-days", "99999"], ["status", "X\x1b[31m"],
    ["completion", "fish"], ["register", "t.toml", "--by", "auditor"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
def test_what_cannot_be_understood_is_a_usage_error_in_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for lang in ("zh", "en"):
        monkeypatch.setenv("LVYUE_LANG", lang)
        assert main(arguments) == 2
        said = capsys.readouterr()
        assert said.out == "" and said.err.count("\n") == 1 and "--help" in said.err, said
        if "fr" not in arguments:
            assert bool(CHINESE.search(said.err)) == (lang == "zh"), said.err
        assert "\x1b" not in said.err
    assert main([*arguments, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["message"]
    assert list(tmp_path.iterdir()) == [], "no ledger is made for it"


def test_a_wrong_address_or_language_in_the_environment_is_a_usage_error(lvyue: Lvyue) -> None:
    assert lvyue("status", "X", LVYUE_STORE="lvyue.db").status == 2
    assert lvyue("status", "X", LVYUE_LANG="fr").status == 2


def test_a_missing_foreign_or_newer_ledger_is_one_sentence(signed: str, lvyue: Lvyue, tmp_path: Path) -> None:
    (tmp_path / "foreign.db").write_text("these are no facts " * 100)
    sqlite3.connect(tmp_path / "tables.db").execute("CREATE TABLE t (x)").connection.close()
    with sqlite3.connect(tmp_path / "lvyue.db") as newer:
        newer.execute("PRAGMA user_version = 99")
    told = {"none": "找不到账本", "foreign": "不是履约账本", "tables": "不是履约账本", "lvyue": "更新版本"}
    for name, words in told.items():
        for verb in (["status", signed], ["record", signed, "-"]):
            refused = lvyue(*verb, "--store", f"sqlite:///{name}.db", stdin=json.dumps(INVOICE).encode())
            assert refused.status == 1 and words in refused.err and refused.err.count("\n") == 1, (name, verb)
    assert not (tmp_path / "none.db").exists()


def test_stored_bytes_that_were_altered_are_an_integrity_failure(invoiced: str, lvyue: Lvyue, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "lvyue.db") as store:
        for (trigger,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            store.execute(f'DROP TRIGGER "{trigger}"')
        store.execute(
            "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '2025-11-19', '2025-11-18') AS BLOB)"
            " WHERE originator_version = 2"
        )

    told = lvyue("status", invoiced, "--json")

    assert (told.status, told.json["error"]["code"]) == (3, "CHAIN_BROKEN")
    assert told.err.count("\n") == 1


def _started(tmp_path: Path, *arguments: str, **streams: object) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "ledger.cli", *arguments]
    return subprocess.Popen(command, cwd=tmp_path, env=environment, **streams)  # type: ignore[call-overload]


def test_processes_of_their_own_hand_the_ledger_on_and_say_what_the_tests_process_says(tmp_path: Path) -> None:
    assert process(tmp_path, "register", TERMS).out.startswith(f"已登记合同 {CONTRACT}")
    assert process(tmp_path, "record", CONTRACT, "-", stdin=json.dumps(INVOICE).encode()).status == 0

    for question in (["status", CONTRACT, "--known-at", "2100-01-01"], ["log", "keys"], ["nope"]):
        assert process(tmp_path, *question) == command(tmp_path, *question), question


def test_a_reader_who_leaves_ends_it_quietly(signed: str, tmp_path: Path) -> None:
    running = _started(tmp_path, "facts", signed, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout and running.stderr
    running.stdout.close()

    assert running.wait(30) == 0 and running.stderr.read() == b""


def test_an_interrupt_ends_it_quietly(signed: str, tmp_path: Path) -> None:
    running = _started(
        tmp_path, "record", signed, "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job ignores it
    )
    assert running.stdin
    running.stdin.write(json.dumps(INVOICE).encode() + b"\n")
    running.stdin.flush()
    time.sleep(1.5)  # by now it waits for more
    running.send_signal(signal.SIGINT)

    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, b"", b"")
    assert Ledger(f"sqlite:///{tmp_path}/lvyue.db").version(signed) == 3


def test_streams_that_were_closed_are_no_defect(signed: str, tmp_path: Path) -> None:
    lvyue = f'"{sys.executable}" -m ledger.cli'
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for line, status in ((f"{lvyue} status {signed} >&-", 0), (f"{lvyue} record {signed} - <&-", 1)):
        done = subprocess.run(["sh", "-c", line], cwd=tmp_path, env=environment, capture_output=True, timeout=60)
        assert done.returncode == status and done.stderr.count(b"\n") == status, done


def test_a_full_disk_where_the_answer_goes_is_one_sentence(signed: str, tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        running = _started(tmp_path, "facts", signed, stdout=full, stderr=subprocess.PIPE)
        _, err = running.communicate(timeout=30)

    assert running.returncode == 1 and err.decode().startswith("无法写出结果") and err.count(b"\n") == 1


def test_a_defect_is_one_sentence_and_its_own_status(
    signed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("nobody thought of this")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Ledger, "status", broken)
    assert main(["status", signed]) == 70
    said = capsys.readouterr()
    assert "KeyError" in said.err and said.err.count("\n") == 1 and "Traceback" not in said.err


def test_the_demonstration_tells_the_story_prints_what_it_runs_and_keeps_what_it_finds(
    lvyue: Lvyue, tmp_path: Path
) -> None:
    kept = {"ledger/lvyue.db": b"another's ledger", "ledger/year.jsonl": b"a year", "ledger-2": b"a file, no folder"}
    for name, content in kept.items():
        (tmp_path / "demo" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "demo" / name).write_bytes(content)

    told = lvyue("demo", "--contracts", ROOT / "contracts", "--lang", "en")

    assert told.status == 0, told.err
    commands = re.findall(r"^\$ lvyue (\w+)", told.out, re.MULTILINE)
    assert commands == [
        "register", "record", "record", "diff", "record", "attach", "status", "replay", "explain", "claims", "record",
        "diff", "explain", "status", "record", "explain", "record", "explain", "evidence", "log",
    ]  # fmt: skip
    for said in ("would change what another role said", "set off", "holds under every reading", "terminated"):
        assert said in " ".join(told.out.split()), said
    before, _, after = told.out.partition("is flipped")
    assert "RESULT: 通过 PASSED" in before and "RESULT: 不符 FAILED" in after and "found out" in after
    assert {name: (tmp_path / "demo" / name).read_bytes() for name in kept} == kept
    assert "Conclusion" in told.out and (tmp_path / "demo" / "ledger-3" / "lvyue.db").exists()
    assert "demo/ledger-3/lvyue.db" in told.out, "its commands name its own ledger"
    assert lvyue("demo", "--contracts", "nowhere").status == 1


def test_clause_shows_the_contracts_words_and_what_holds_under_them(invoiced: str, lvyue: Lvyue) -> None:
    shown = lvyue("clause", CONTRACT, "第九条", "--as-of", "2025-12-05")
    same = lvyue("clause", CONTRACT, "9.1", "--as-of", "2025-12-05", "--lang", "en")
    data = lvyue("clause", CONTRACT, "--as-of", "2025-12-05", "--json")
    unknown = lvyue("clause", CONTRACT, "99")

    assert (shown.status, same.status, unknown.status) == (0, 0, 1)
    assert "第 9.1 款" in shown.out and "第 9.2 款" in shown.out and "“支付发票 INV-1”   逾期" in shown.out
    assert "贰佰叁拾万叁仟玖佰壹拾壹元叁角" in same.out and "pays within 5 working" in " ".join(same.out.split())
    assert [one["clause"] for one in data.json["clauses"]][:2] == ["4.2", "4.3"]
    assert "99" in unknown.err and "9.2" in unknown.err


@pytest.mark.parametrize(("lang", "said"), [
    ("zh", "发票 INV-1；期次 1；金额（元） 1,843,129.06；税率 0.13"),
    ("en", "invoice INV-1; instalment 1; amount (CNY) 1,843,129.06; tax rate 0.13"),
])  # fmt: skip
def test_what_a_fact_states_is_said_in_the_words_of_its_type(lang: str, said: str, signed: str, lvyue: Lvyue) -> None:
    wrong = {"type": "InvoiceIssued", "on": "2025-11-20", "by": "party_b", "ref": "inv-1",
             "data": {"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.13"}}  # fmt: skip
    right = {"type": "FactCorrected", "on": "2025-11-20", "by": "party_b", "ref": "fix",
             "data": {"target": "inv-1", "data": wrong["data"] | {"tax_rate": "0.06"}, "reason": "x"}}  # type: ignore[operator]
    stdin = "\n".join(map(json.dumps, (wrong, right))).encode()
    assert lvyue("record", signed, "-", stdin=stdin).status == 0

    told = lvyue("facts", signed, "--lang", lang).out
    explained = lvyue("explain", signed, "balance.invoiced", "--lang", lang).out

    assert said in told
    assert said.replace("0.13", "0.06") in explained  # as it stands
    assert "tax_rate" not in told and "tax_rate" not in explained
