"""`lvyue types`: what may be recorded, and how it is written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from ledger.domain.fact import TYPES
from tests.cli.conftest import Lvyue


def test_the_list_names_every_type_with_its_article_and_who_may_say_it(lvyue: Lvyue) -> None:
    for lang, heading, role in (("zh", "账本自己的事实", "乙方"), ("en", "Facts of the ledger itself", "party B")):
        shown = lvyue("types", "--lang", lang).out
        assert heading in shown and shown.count("\n") < 165
        assert all(f" {name} " in shown and f" {row.zh} " in shown for name, row in TYPES.items())
        lines = [line.split(maxsplit=3) for line in shown.splitlines() if " InvoiceIssued " in line]
        assert lines == [["开具发票", "InvoiceIssued", clause, role] for clause in ("9.1", "2.3")]  # by agreement
    listed = lvyue("types", "--json").json
    assert [one["type"] for one in listed] == list(TYPES)
    table = list(csv.DictReader(io.StringIO(lvyue("types", "--csv").out.removeprefix("\ufeff"))))
    assert [json.loads(one["name"]) for one in table] == [one["name"] for one in listed]


def test_the_example_of_a_type_is_recorded_as_it_was_printed(signed: str, lvyue: Lvyue, tmp_path: Path) -> None:
    for given in ("InvoiceIssued", "开具发票"):
        shown = lvyue("types", given).out
        assert "金额（元）   必填" in shown and "乙方就某一期付款向甲方开具发票；" in shown
    [line] = [line for line in shown.splitlines() if line.startswith("{")]
    (tmp_path / "facts.jsonl").write_text(line + "\n", "utf-8")
    assert lvyue("record", signed, "facts.jsonl").status == 0
    assert lvyue("facts", signed, "--type", "开具发票", "--json").json[0]["data"]["invoice"] == "INV-1"


def test_every_type_has_a_screen_in_either_language(capsys: pytest.CaptureFixture[str]) -> None:
    from ledger.cli.program import run

    for name, row in TYPES.items():
        assert run(["types", name, "--json"]) == 0, name
        told = json.loads(capsys.readouterr().out)
        for lang in ("zh", "en"):
            assert run(["types", name, "--lang", lang]) == 0, name
            shown = capsys.readouterr().out
            assert row.zh in shown and row.en in shown, name
            assert all(f" {field['field']} " in shown for field in told["fields"]), name


def test_a_type_there_is_not_is_told_the_nearest(lvyue: Lvyue) -> None:
    for lang in ("zh", "en"):
        done = lvyue("types", "InvoiceIssed", "--lang", lang)
        assert (done.status, done.out, done.err.count("\n")) == (2, "", 1) and "InvoiceIssued" in done.err
        assert lvyue("types", "InvoiceIssued", "--csv", "--lang", lang).status == 2
