"""What people ask of the command line (SPEC 6): previews, effects, corrections, deadlines, CSV, names as shown."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from ledger.cli import main
from tests.cli.conftest import CONTRACT, NOTICE, TERMS, Lvyue, Ran

WRONG_RATE = {
    "type": "InvoiceIssued", "on": "2025-11-24", "by": "party_b", "ref": "inv-1",
    "data": {"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.09"},
}  # fmt: skip
RIGHT = WRONG_RATE | {"ref": "inv-2", "data": WRONG_RATE["data"] | {"invoice": "INV-2", "tax_rate": "0.06"}}  # type: ignore[operator]


@pytest.fixture
def lvyue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Lvyue:
    """``lvyue`` in a folder of its own, within this process: there are many questions here."""
    monkeypatch.chdir(tmp_path)
    for name in ("LVYUE_STORE", "LVYUE_LANG", "LVYUE_KEYS", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        status = main(list(map(str, arguments)))
        said = capsysbinary.readouterr()
        return Ran(status, said.out.decode(), said.err.decode())

    return command


def lines(*facts: object) -> bytes:
    return "\n".join(json.dumps(fact) for fact in facts).encode()


@pytest.fixture
def invoiced(signed: str, lvyue: Lvyue) -> str:
    """Fact 4 is an invoice at a wrong rate, fact 5 one that conforms."""
    assert lvyue("record", signed, "-", stdin=lines(WRONG_RATE, RIGHT)).status == 0
    return signed


def rows(ran: Ran) -> list[dict[str, str]]:
    assert ran.status == 0 and ran.out.startswith("\ufeff"), ran.err
    return list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"))))


def test_a_preview_tells_what_recording_tells_and_records_nothing(signed: str, lvyue: Lvyue) -> None:
    asked = ("record", signed, "-")
    before = lvyue("facts", signed, "--json").json

    previewed = lvyue(*asked, "--preview", "--json", stdin=lines(WRONG_RATE, RIGHT)).json
    shown = lvyue(*asked, "--preview", stdin=lines(WRONG_RATE, RIGHT))
    assert lvyue("facts", signed, "--json").json == before
    recorded = lvyue(*asked, "--json", stdin=lines(WRONG_RATE, RIGHT)).json

    assert previewed["effects"] == recorded["effects"] != []
    assert (previewed["recorded"], previewed["would_record"], previewed["version"]) == (0, 2, 3)
    assert "预览" in shown.out and "义务 “支付发票 INV-2”：新增" in shown.out


def test_effects_are_told_after_recording_anomalies_first(signed: str, lvyue: Lvyue) -> None:
    for lang, title, anomaly in (("zh", "由此引起的变化", "异常 发票税率与合同不符 #4"),
                                 ("en", "What this changes", "anomaly")):  # fmt: skip
        told = lvyue("record", signed, "-", "--preview", "--lang", lang, stdin=lines(WRONG_RATE, RIGHT)).out
        after = told[told.index(title):].splitlines()
        assert after[1].strip().startswith(anomaly), after[:3]


def test_what_repeats_changes_nothing_and_says_so(invoiced: str, lvyue: Lvyue) -> None:
    again = lvyue("record", invoiced, "-", stdin=lines(RIGHT))

    assert again.status == 0 and "由此引起" not in again.out
    assert lvyue("record", invoiced, "-", "--preview", "--json", stdin=lines(RIGHT)).json["would_record"] == 0


def test_a_notice_recorded_as_a_fact_has_no_effects_to_tell(signed: str, lvyue: Lvyue) -> None:
    stated = {"type": "CalendarPublished", "on": "2026-11-01", "by": "administrator", "data": NOTICE}

    done = lvyue("record", "calendar", "-", stdin=lines(stated))

    assert done.status == 0 and done.out.count("\n") == 1, done.err
    assert lvyue("facts", "calendar", "--json").json[0]["type"] == "CalendarPublished"


def test_a_preview_refuses_what_recording_would(signed: str, lvyue: Lvyue) -> None:
    ahead = WRONG_RATE | {"on": "2199-01-01"}

    for more in ([], ["--preview"]):
        done = lvyue("record", signed, "-", *more, "--json", stdin=lines(ahead))
        assert (done.status, done.json["error"]["code"]) == (1, "ON_IN_FUTURE")


@pytest.mark.parametrize("name", ["4", "#4", "inv-1", f"{CONTRACT}#4"])
def test_a_fact_is_corrected_by_any_name_it_is_shown_with(name: str, invoiced: str, lvyue: Lvyue) -> None:
    done = lvyue("correct", invoiced, name, "tax_rate=0.06", "--reason", "录错税率", "--as", "wang")

    assert done.status == 0 and "异常 发票税率与合同不符 #4：不再列出" in done.out, done.out
    [*_, last] = lvyue("facts", invoiced, "--json").json
    assert (last["type"], last["by"], last["recorded_by"]) == ("FactCorrected", "party_b", "wang")
    assert last["data"]["target"] == f"{CONTRACT}#4"
    assert last["data"]["data"] == WRONG_RATE["data"] | {"tax_rate": "0.06"}  # type: ignore[operator]


def test_a_number_names_the_fact_for_documents_and_packages_too(lvyue: Lvyue, tmp_path: Path) -> None:
    assigned = {"type": "PersonnelAssigned", "on": "2025-12-20", "by": "party_b", "ref": "staff",
                "data": {"person": "P-1", "nda_signed": False, "name": "某人"}}  # fmt: skip
    (tmp_path / "a.txt").write_text("hello")
    lvyue("register", TERMS)
    assert lvyue("record", CONTRACT, "-", stdin=lines(assigned)).status == 0

    assert lvyue("attach", CONTRACT, "#2", "a.txt").status == 0
    done = lvyue("evidence", CONTRACT, "-o", "e.zip", "--about", "#2", "--disclose", "#2.name", "--json")

    assert done.status == 0, done.err
    assert lvyue("facts", CONTRACT, "--json").json[2]["data"]["about"] == f"{CONTRACT}#2"


def test_a_correction_reads_values_as_the_field_wants_them(signed: str, lvyue: Lvyue) -> None:
    incident = {"type": "IncidentReported", "on": "2026-02-03", "by": "party_b", "ref": "r", "data": {
        "incident": "inc-1", "kind": "tampering", "consequence": "major", "duration_minutes": 150}}  # fmt: skip
    lvyue("record", signed, "-", stdin=lines(incident))

    changed = ("duration_minutes=15", "guarantee_period=true", "attention=national,municipal", "consequence=",
               "root_cause=12", "on=2026-02-04")  # fmt: skip
    done = lvyue("correct", signed, "r", *changed, "--reason", "核实")

    assert done.status == 0, done.err
    corrected = lvyue("facts", signed, "--json").json[-1]["data"]
    assert corrected["on"] == "2026-02-04"
    assert corrected["data"] == {
        "incident": "inc-1", "kind": "tampering", "duration_minutes": 15, "guarantee_period": True,
        "attention": ["national", "municipal"], "root_cause": "12",
    }  # fmt: skip


@pytest.mark.parametrize(("given", "code"), [
    ("taxrate=0.06", "FIELD_UNKNOWN"), ("amount=much", "AMOUNT_INVALID"), ("invoice=INV-2", "ID_USED"),
    ("on=2025-02-30", "DATE_INVALID"),
])  # fmt: skip
def test_a_correction_that_cannot_be_is_refused_and_nothing_recorded(
    given: str, code: str, invoiced: str, lvyue: Lvyue
) -> None:
    done = lvyue("correct", invoiced, "4", given, "--reason", "错", "--json")

    assert (done.status, done.json["error"]["code"]) == (1, code)
    assert len(lvyue("facts", invoiced, "--json").json) == 5


def test_a_personal_value_survives_the_correction_of_another_field(signed: str, lvyue: Lvyue) -> None:
    assigned = {"type": "PersonnelAssigned", "on": "2025-12-20", "by": "party_b", "ref": "staff",
                "data": {"person": "P-1", "nda_signed": False, "name": "某人"}}  # fmt: skip
    lvyue("record", signed, "-", stdin=lines(assigned))

    done = lvyue("correct", signed, "staff", "nda_signed=true", "--reason", "已补签")

    assert done.status == 0, done.err
    corrected = lvyue("facts", signed, "--json").json[-1]["data"]["data"]
    assert corrected["nda_signed"] is True and set(corrected["name"]) == {"commitment"}


def test_facts_tell_the_delay_and_what_became_of_them(invoiced: str, lvyue: Lvyue) -> None:
    lvyue("correct", invoiced, "4", "tax_rate=0.06", "--reason", "录错税率")
    retracted = {"type": "FactRetracted", "on": "2026-01-01", "by": "party_b",
                 "data": {"target": "#5", "reason": "重复"}}  # fmt: skip
    lvyue("record", invoiced, "-", stdin=lines(retracted))

    listed = {fact["seq"]: fact for fact in lvyue("facts", invoiced, "--json").json}
    assert (listed[4]["corrected_by"], listed[5]["retracted_by"]) == ([f"{CONTRACT}#6"], [f"{CONTRACT}#7"])
    assert listed[4]["days_late"] > 300 and listed[1]["days_late"] == 0
    zh, en = lvyue("facts", invoiced).out, lvyue("facts", invoiced, "--lang", "en").out
    assert "已由 #6 更正" in zh and "已由 #7 撤回" in zh and f"（{listed[4]['days_late']} 天后记录）" in zh
    assert "corrected by #6" in en and "retracted by #7" in en


@pytest.mark.parametrize(("filters", "seqs"), [
    (["--type", "InvoiceIssued"], [4, 5]), (["--type", "签署合同"], [2, 3]), (["--by", "party_a"], [1, 2]),
    (["--from", "2025-11-20", "--until", "2025-11-24"], [4, 5]), (["--recorded-by", "nobody"], []),
    (["--late", "1", "--by", "party_a"], [2]),
])  # fmt: skip
def test_facts_are_filtered(filters: list[str], seqs: list[int], invoiced: str, lvyue: Lvyue) -> None:
    assert [fact["seq"] for fact in lvyue("facts", invoiced, *filters, "--json").json] == seqs
    assert lvyue("facts", invoiced, *filters).status == 0


def test_a_type_nobody_knows_is_told_the_nearest(invoiced: str, lvyue: Lvyue) -> None:
    done = lvyue("facts", invoiced, "--type", "InvoiceIsued")

    assert done.status == 2 and "最接近的是 InvoiceIssued" in done.err


def test_explain_without_a_path_lists_paths_that_can_all_be_typed_back(invoiced: str, lvyue: Lvyue) -> None:
    listed = lvyue("explain", invoiced, "--json").json

    paths = [one["path"] for one in listed]
    assert {"termination.allowed", "balance.overdue", "obligations.pay-invoice:INV-2"} <= set(paths)
    shown = lvyue("explain", invoiced).out
    assert all(path in shown for path in paths)
    assert [row["path"] for row in rows(lvyue("explain", invoiced, "--csv"))] == paths


def test_every_path_listed_is_explained(invoiced: str, tmp_path: Path) -> None:
    from ledger.service import Ledger

    ledger = Ledger(f"sqlite:///{tmp_path}/lvyue.db")
    for one in ledger.paths(invoiced):
        assert ledger.explain(invoiced, one["path"])["value"] == one["value"], one


@pytest.mark.parametrize("typed", [
    "obligations.pay-invoice:INV-2", "支付发票 INV-2", "pay the invoice INV-2", "INV-2", "甲方可否按第十条解除",
    "发票税率与合同不符 #4", "#4",
])  # fmt: skip
def test_a_path_is_typed_back_as_a_screen_shows_it(typed: str, invoiced: str, lvyue: Lvyue) -> None:
    done = lvyue("explain", invoiced, typed)

    assert done.status == 0, done.err
    assert done.out.strip().startswith(("义务", "甲方可否", "异常 发票税率"))


def test_an_unknown_path_is_told_the_nearest(invoiced: str, lvyue: Lvyue) -> None:
    done = lvyue("explain", invoiced, "termination.alowed")

    assert done.status == 1 and "最接近的是 termination.allowed" in done.err


def test_deadlines_list_what_is_late_and_what_comes_up_to_a_day(invoiced: str, lvyue: Lvyue) -> None:
    asked = ("deadlines", invoiced, "--as-of", "2025-12-02")
    every = lvyue(*asked, "--json").json

    assert every == sorted(every, key=lambda one: (one["on"], one["path"]))
    late = every[0]
    assert (late["path"], late["on"], late["what"]) == ("obligations.pay-invoice:INV-2", "2025-12-01", "overdue")
    until = lvyue(*asked, "--until", "2025-12-31", "--json").json
    assert until == [one for one in every if one["on"] <= "2025-12-31"] != every
    assert "逾期 1 天" in lvyue(*asked).out and "1 d late" in lvyue(*asked, "--lang", "en").out
    assert lvyue("deadlines", "--as-of", "2025-12-02", "--json").json == every, "of every contract, here of one"
    assert [row["path"] for row in rows(lvyue(*asked, "--csv"))] == [one["path"] for one in every]
    assert "没有" in lvyue("deadlines", invoiced, "--as-of", "2025-11-20", "--until", "2025-11-20").out


def test_replay_in_the_order_of_recording_tells_what_each_recording_changed(invoiced: str, lvyue: Lvyue) -> None:
    lease = {"type": "LeaseStarted", "on": "2025-11-20", "by": "party_a"}
    lvyue("record", invoiced, "-", stdin=lines(lease))

    entries = lvyue("replay", invoiced, "--by", "recorded", "--json").json

    assert [entry["fact"].rpartition("#")[2] for entry in entries] == ["1", "2", "3", "4", "5", "6"]
    changed = {change["path"] for change in entries[3]["changes"]}
    assert changed == {f"anomalies.INVOICE_TAX_RATE@{CONTRACT}#4"}
    assert "term.lease_started_on" in {change["path"] for change in entries[5]["changes"]}
    assert "term.effective_on" in {change["path"] for change in entries[2]["changes"]}, "both have signed"
    [first, *_] = rows(lvyue("replay", invoiced, "--by", "recorded", "--csv"))
    assert {"fact", "path", "from", "to", "recorded_by"} <= first.keys()
    assert "#6" in lvyue("replay", invoiced, "--by", "recorded").out


def test_diff_ties_each_change_to_the_facts_or_the_day_that_made_it(invoiced: str, lvyue: Lvyue) -> None:
    days = lvyue("diff", invoiced, "--as-of", "2025-11-23", "--as-of", "2025-12-02", "--json").json

    because = {change["path"]: [one["fact"] for one in change["because"]] for change in days["changes"]}
    assert because["balance.invoiced"] == [f"{CONTRACT}#5"]
    assert because["balance.overdue"] == [None], "a day passed"
    shown = lvyue("diff", invoiced, "--as-of", "2025-11-23", "--as-of", "2025-12-02").out
    assert "1,843,129.06（因 #5）" in shown and "2025-12-02 周二 期日经过" in shown


def test_diff_of_two_states_of_knowledge_names_the_one_fact_among_many(invoiced: str, lvyue: Lvyue) -> None:
    before = lvyue("facts", invoiced, "--json").json[-1]["recorded_at"]
    idle = [{"type": "LeakReported", "on": "2025-12-20", "by": "party_a",
             "data": {"leak": f"L-{n}", "summary": "s", "leaked_by": "unknown"}}
            for n in range(6)]  # fmt: skip
    paid = {"type": "PaymentMade", "on": "2025-11-26", "by": "party_a",
            "data": {"payment": "P-1", "invoice": "INV-2", "amount": "1843129.06"}}  # fmt: skip
    lvyue("record", invoiced, "-", stdin=lines(*idle[:4], paid, *idle[4:]))
    after = lvyue("facts", invoiced, "--json").json[-1]["recorded_at"]

    found = lvyue("diff", invoiced, "--known-at", before, "--known-at", after, "--as-of", "2025-12-02", "--json").json

    because = {change["path"]: [one["fact"] for one in change["because"]] for change in found["changes"]}
    assert because["balance.paid"] == [f"{CONTRACT}#10"]
    assert all(facts for facts in because.values())


FORMULA = {"type": "LeakReported", "on": "2025-12-20", "by": "party_a", "ref": "=1+1",
           "data": {"leak": "-2+3", "summary": "@SUM(A1)", "leaked_by": "unknown"}}  # fmt: skip


def test_csv_has_a_mark_and_no_formula(invoiced: str, lvyue: Lvyue) -> None:
    assert lvyue("record", invoiced, "-", stdin=lines(FORMULA)).status == 0

    listed = rows(lvyue("facts", invoiced, "--csv"))

    assert len(listed) == 6 and listed[3]["seq"] == "4" and listed[5]["ref"] == "'=1+1"
    assert listed[5]["data.leak"] == "'-2+3"
    assert not any(cell.startswith(("=", "+", "@")) for row in listed for cell in row.values())
    assert [row["contract"] for row in rows(lvyue("portfolio", "--csv"))] == [CONTRACT]
    assert rows(lvyue("diff", invoiced, "--as-of", "2025-11-23", "--as-of", "2025-12-02", "--csv"))


def test_principals_and_keys_are_tables_too(signed: str, lvyue: Lvyue) -> None:
    lvyue("access", "grant", "bureau", "party_a", CONTRACT)
    lvyue("access", "grant", "audit", "auditor", "--issuer", "https://id.example", "--subject", "7")
    [audit, bureau] = rows(lvyue("access", "list", "--csv"))
    assert (audit["name"], audit["id"], json.loads(audit["roles"])) == ("audit", "", {"*": "auditor"})
    assert (bureau["name"], len(bureau["id"]), bureau["revoked_at"]) == ("bureau", 12, "")
    keys = rows(lvyue("log", "keys", "--csv"))
    assert [key["role"] for key in keys] == ["log", "sm2"]
    assert all(key["trust"] in lvyue("log", "keys").out and "pem" not in key for key in keys)
    for words in (["access", "key", "bureau"], ["log", "checkpoint"]):
        for lang in ("zh", "en"):
            done = lvyue(*words, "--csv", "--lang", lang)
            assert (done.status, done.out, done.err.count("\n")) == (2, "", 1), done


def test_a_shell_that_took_the_number_for_a_comment_is_told(lvyue: Lvyue) -> None:
    for arguments in (["correct", CONTRACT], ["attach", CONTRACT]):
        done = lvyue(*arguments)
        assert done.status == 2 and "'#12'" in done.err


@pytest.mark.parametrize("arguments", [
    ["facts", CONTRACT, "--csv", "--json"], ["explain", CONTRACT, "phase", "--csv"], ["status", CONTRACT, "--csv"],
    ["correct", CONTRACT, "4", "amount", "--reason", "x"], ["correct", CONTRACT, "4", "amount=1"],
    ["replay", CONTRACT, "--by", "whim"], ["deadlines", CONTRACT, "--until", "soon"],
])  # fmt: skip
def test_what_cannot_be_asked_so_is_a_usage_error(arguments: list[str], signed: str, lvyue: Lvyue) -> None:
    for lang in ("zh", "en"):
        done = lvyue(*arguments, "--lang", lang)
        assert (done.status, done.err.count("\n")) == (2, 1), done
