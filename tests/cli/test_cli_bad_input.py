"""Every kind of bad input: exit status 1, one sentence naming line and field, nothing recorded, no traceback."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest

from ledger.cli import main
from ledger.service import Ledger
from tests.cli.conftest import TERMS, Lvyue, process

REFS = itertools.count()
INVOICE: dict[str, Any] = {"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"}
GOOD = {"type": "InvoiceIssued", "on": "2025-11-24", "by": "party_b", "ref": "inv-1", "data": INVOICE}


def fact(**changes: Any) -> str:
    return json.dumps({**GOOD, **changes}, ensure_ascii=False)


def with_data(**changes: Any) -> str:
    return fact(data=INVOICE | changes)


def with_invoice(invoice: str) -> str:
    """An invoice under a ref nobody else uses."""
    return json.dumps(GOOD | {"ref": invoice.lower() + str(next(REFS)), "data": INVOICE | {"invoice": invoice}})


def incident(**measures: Any) -> str:
    return fact(type="IncidentReported", by="party_a", data={"incident": "inc-1", "kind": "outage", **measures})


BAD: dict[str, tuple[str | bytes, str, str | None]] = {
    "an unknown type": (fact(type="InvoiceIsued"), "FACT_UNKNOWN_TYPE", "type"),
    "an unknown field": (fact(colour="red"), "FIELD_UNKNOWN", "colour"),
    "an unknown field in data": (with_data(colour="red"), "FIELD_UNKNOWN", "data.colour"),
    "a missing field": (
        fact(data={"invoice": "INV-1", "instalment": 1, "amount": "1.00"}), "FIELD_MISSING", "data.tax_rate",
    ),
    "an unknown id": (
        fact(type="PaymentMade", by="party_a", data={"payment": "P", "invoice": "NOPE", "amount": "1"}),
        "ID_UNKNOWN", "data.invoice",
    ),
    "a wrong type": (with_data(instalment="1"), "FIELD_TYPE", "data.instalment"),
    "a float for money": (with_data(amount=1843129.06), "JSON_FLOAT", "data.amount"),
    "an integer for money": (with_data(amount=1843129), "FIELD_TYPE", "data.amount"),
    "more than two decimals": (with_data(amount="1.001"), "AMOUNT_DECIMALS", "data.amount"),
    "NaN": (with_data(amount=0).replace(": 0,", ": NaN,"), "JSON_FLOAT", "data.amount"),
    "the text NaN": (with_data(amount="NaN"), "AMOUNT_INVALID", "data.amount"),
    "a negative amount": (with_data(amount="-1.00"), "AMOUNT_NEGATIVE", "data.amount"),
    "a day that does not exist": (fact(on="2025-02-29"), "DATE_INVALID", "on"),
    "a time without an offset": (fact(on="2025-11-24T09:00:00"), "TIME_WITHOUT_OFFSET", "on"),
    "a fact from the future": (fact(on="2099-01-01"), "ON_IN_FUTURE", "on"),
    "the wrong asserting party": (fact(by="party_a"), "BY_NOT_ALLOWED", "by"),
    "an unknown role": (fact(by="mayor"), "ROLE_UNKNOWN", "by"),
    "a signature for another": (
        fact(type="ContractSigned", by="party_a", data={"party": "party_b"}), "SIGNATURE_OF_ANOTHER", "data.party",
    ),
    "a missing confirmation": (
        fact(type="ReadingAgreed", by="party_a",
             data={"reading": "lapse", "option": "never", "confirmed_by": ["party_a"]}),
        "CONFIRMATION_INCOMPLETE", "data.confirmed_by",
    ),
    "bidirectional characters": (
        fact(type="InvoiceVoided", data={"invoice": "INV-1", "reason": "a\u202eb"}), "TEXT_FORBIDDEN", "data.reason",
    ),
    "control characters": (
        fact(type="InvoiceVoided", data={"invoice": "INV-1", "reason": "a\x07b"}), "TEXT_FORBIDDEN", "data.reason",
    ),
    "half a surrogate pair": (
        fact(type="InvoiceVoided", data={"invoice": "INV-1", "reason": "?"}).replace('"?"', '"\\ud800"'),
        "TEXT_FORBIDDEN", "data.reason",
    ),
    "invalid UTF-8": (fact().encode().replace(b"INV-1", b"INV-\xff"), "NOT_UTF8", None),
    "a broken line": (fact()[:-5], "JSON_BROKEN", None),
    "no object": ("[1, 2]", "JSON_NOT_OBJECT", None),
    "a key given twice": (fact()[:-1] + ', "on": "2025-11-25"}', "JSON_KEY_TWICE", "on"),
    "too deep a nesting": (with_data(amount="?").replace('"?"', "[" * 40 + "]" * 40), "JSON_TOO_DEEP", None),
    "an abyss": (with_data(amount="?").replace('"?"', "[" * 5000 + "]" * 5000), "JSON_TOO_DEEP", None),
    "an endless number": (with_data(instalment="?").replace('"?"', "9" * 5000), "JSON_NUMBER_LONG", None),
    "an envelope of the ledger's own": (fact(seq=7), "FIELD_IS_LEDGERS", "seq"),
    "no measure of that kind": (incident(core_data=True), "MEASURE_OF_OTHER_KIND", "data.core_data"),
}  # fmt: skip


def _file(tmp_path: Path, given: str | bytes) -> None:
    """A file whose fourth line is at fault."""
    before = "# a comment\n\n" + with_invoice("GOOD") + "\n"
    line = given if isinstance(given, bytes) else given.encode()
    (tmp_path / "facts.jsonl").write_bytes(before.encode() + line + b"\n")


@pytest.mark.parametrize("name", BAD)
def test_bad_facts_are_refused_by_line_and_field_and_nothing_is_recorded(
    name: str, signed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given, code, field = BAD[name]
    _file(tmp_path, given)
    monkeypatch.chdir(tmp_path)

    for lang, line in (("zh", "第 4 行"), ("en", "line 4")):
        assert main(["--lang", lang, "record", signed, "facts.jsonl", "--json"]) == 1
        said = capsys.readouterr()
        error = json.loads(said.out)["error"]
        assert (error["code"], error["line"], error["field"]) == (code, 4, field)
        assert error["message"].startswith(line)
        assert bool(re.search("[\u4e00-\u9fff]{4}", error["message"])) == (lang == "zh")
        assert said.err == error["message"] + "\n", "one sentence, no traceback"
    assert Ledger("sqlite:///lvyue.db").version(signed) == 3


@pytest.mark.parametrize("name", ["NaN", "invalid UTF-8", "an abyss"])
def test_a_process_of_its_own_refuses_them_alike(name: str, signed: str, tmp_path: Path) -> None:
    _file(tmp_path, BAD[name][0])

    refused = process(tmp_path, "record", signed, "facts.jsonl")

    assert (refused.status, refused.out) == (1, "") and refused.err.startswith("第 4 行")
    assert refused.err.count("\n") == 1 and "Traceback" not in refused.err


def test_an_id_used_twice_is_refused(signed: str, lvyue: Lvyue) -> None:
    twice = with_invoice("INV-1") + "\n" + with_invoice("INV-1") + "\n"

    refused = lvyue("record", signed, "-", stdin=twice.encode())

    assert refused.status == 1 and "第 2 行，data.invoice" in refused.err


def test_a_ref_with_other_content_is_refused_and_with_the_same_adds_nothing(signed: str, lvyue: Lvyue) -> None:
    assert lvyue("record", signed, "-", stdin=fact().encode()).status == 0

    again = lvyue("record", signed, "-", "--json", stdin=fact().encode())
    other = lvyue("record", signed, "-", stdin=fact(on="2025-11-25").encode())

    assert (again.status, again.json["recorded"], again.json["repeated"]) == (0, 0, 1)
    assert other.status == 1 and "ref" in other.err and "inv-1" in other.err


@pytest.mark.parametrize("given", ["1948-12-31", "2200-01-01", "9999-12-31", "0001-01-01"])
@pytest.mark.parametrize("option", ["--as-of", "--known-at"])
def test_a_day_beyond_the_years_there_are_is_refused_with_the_limit(option: str, given: str, lvyue: Lvyue) -> None:
    asked = given if option == "--as-of" else f"{given}T12:00:00Z"
    for lang, said in (("zh", f"{asked} 超出范围；日期应在 1949 年至 2199 年之间"),
                       ("en", f"{asked} is out of range; a day must lie in the years 1949 to 2199")):  # fmt: skip
        refused = lvyue("status", "X", option, asked, "--lang", lang)
        assert refused.status == 2 and said in refused.err and refused.out == ""


def test_a_line_of_100_megabytes_is_refused_without_being_read(signed: str, lvyue: Lvyue, tmp_path: Path) -> None:
    with open(tmp_path / "huge.jsonl", "wb") as huge:
        huge.write(fact().encode() + b'\n{"type": "')
        huge.truncate(100_000_000)

    refused = lvyue("record", signed, "huge.jsonl")

    assert refused.status == 1 and refused.err.startswith("第 2 行：") and "1000000" in refused.err


def test_an_unknown_contract_is_refused_and_not_a_usage_error(signed: str, lvyue: Lvyue) -> None:
    for verb in (["status"], ["facts"], ["replay"], ["explain", "phase"], ["diff", "--as-of", "2026-01-01"]):
        more = ["--as-of", "2026-02-01"] if verb[0] == "diff" else []
        refused = lvyue(verb[0], "NOPE-1", *verb[1:], *more)
        assert refused.status == 1 and "NOPE-1" in refused.err and refused.out == "", verb
    assert lvyue("record", "NOPE-1", "-", stdin=fact().encode()).err.startswith("contract：账本中没有合同 NOPE-1")


def test_an_unknown_path_is_refused(signed: str, lvyue: Lvyue) -> None:
    refused = lvyue("explain", signed, "termination.alowed", "--lang", "en")

    assert refused.status == 1 and "termination.alowed" in refused.err


@pytest.mark.parametrize("content, code", [
    (b"[contract\n", "TOML_BROKEN"),
    (b'[contract]\nid = "a\xff"\n', "NOT_UTF8"),
    (b'[contract]\nid = "X-1"\n', "TERMS_INVALID"),
    (b"x = " + b"[" * 3000, "TOML_BROKEN"),
    (b"#" * 4_000_001, "FILE_TOO_LARGE"),
])  # fmt: skip
def test_terms_that_cannot_be_read_register_nothing(
    content: bytes, code: str, lvyue: Lvyue, tmp_path: Path
) -> None:
    (tmp_path / "terms.toml").write_bytes(content)

    refused = lvyue("register", "terms.toml", "--json")

    assert refused.status == 1 and refused.json["error"]["code"] == code, refused
    assert not (tmp_path / "lvyue.db").exists()


def test_every_fault_of_the_terms_is_named_at_once(lvyue: Lvyue, tmp_path: Path) -> None:
    text = TERMS.read_text("utf-8").replace('tax_rate = "0.06"', "tax_rate = 0.06")
    text = text.replace("months = 12", 'months = "x"')
    (tmp_path / "terms.toml").write_text(text, "utf-8")

    refused = lvyue("register", "terms.toml", "--json")

    assert {fault["field"] for fault in refused.json["error"]["faults"]} >= {"payment.tax_rate", "term.months"}
    assert len(refused.err.splitlines()) == len(refused.json["error"]["faults"])


def test_every_fault_of_every_line_of_a_file_is_named_at_once(signed: str, lvyue: Lvyue) -> None:
    lines = ["# facts", fact(on="2025-02-29", colour="red"), "{", fact(ref="fine"), "", "[1]"]
    lines.append(fact(type="InvoiceIsued"))
    text = "\n".join(lines).encode()

    refused = lvyue("record", signed, "-", "--lang", "en", "--json", stdin=text)
    imagined = lvyue("simulate", signed, "-", "--lang", "en", "--json", stdin=text)

    told = [(fault["line"], fault["code"], fault["field"]) for fault in refused.json["error"]["faults"]]
    assert told == [
        (2, "FIELD_UNKNOWN", "colour"), (2, "DATE_INVALID", "on"), (3, "JSON_BROKEN", None),
        (6, "JSON_NOT_OBJECT", None), (7, "FACT_UNKNOWN_TYPE", "type"),
    ]  # fmt: skip
    assert (refused.status, refused.json["error"]["code"]) == (1, "FACTS_FAULTY")
    assert len(refused.err.splitlines()) == len(told) and refused.err.startswith("line 2, colour: ")
    assert imagined.json["error"]["faults"] == refused.json["error"]["faults"]
    assert "fine" not in lvyue("facts", signed, "--json").out, "all or nothing"


def test_a_missing_file_is_one_sentence(signed: str, lvyue: Lvyue, tmp_path: Path) -> None:
    for arguments in (("record", signed, "none.jsonl"), ("register", "none.jsonl"), ("simulate", signed, "none.jsonl")):
        refused = lvyue(*arguments)
        assert (refused.status, refused.err) == (1, "没有文件 none.jsonl。\n")
    assert lvyue("record", signed, tmp_path).status == 1, "a folder is no file"


def test_keys_that_cannot_be_opened_leave_the_fact_recorded_and_say_so(
    signed: str, lvyue: Lvyue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def denied(ledger: Ledger) -> None:
        raise PermissionError(13, "Permission denied", "log.key")

    (tmp_path / "facts.jsonl").write_text(with_invoice("INV-K"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LVYUE_STORE", raising=False)
    monkeypatch.setattr(Ledger, "checkpoint", denied)

    assert main(["record", signed, "facts.jsonl", "--lang", "en"]) == 0

    said = "The facts are recorded, but no checkpoint could be signed: Permission denied\n"
    assert capsys.readouterr().err == said
    assert lvyue("facts", signed, "--json").json[-1]["data"]["invoice"] == "INV-K"


def test_every_fault_of_an_amendment_names_the_line_and_the_field(signed: str, lvyue: Lvyue) -> None:
    amendment = fact(type="AmendmentAgreed", ref="am-1", data={
        "changes": {"payment.total": "1.00"}, "confirmed_by": ["party_a", "party_b"], "summary": "a total alone",
    })  # fmt: skip

    refused = lvyue("record", signed, "-", "--lang", "en", stdin=f"{fact()}\n{amendment}\n".encode())

    assert refused.status == 1
    faults = refused.err.splitlines()
    assert [fault.partition(": ")[0] for fault in faults] == [
        "line 2, data.changes, payment.instalments", "line 2, data.changes, order.lines",
    ]  # fmt: skip
