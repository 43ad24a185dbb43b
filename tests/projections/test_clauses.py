"""The agreement's own words, each clause with what holds under it: ``lvyue clause``, ``GET …/clauses`` (SPEC 6)."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from ledger import labels
from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.cli.screens import clauses as drawn
from ledger.domain.errors import Refusal
from ledger.domain.law.source import source_of
from ledger.drawing import Screen
from ledger.messages import Language
from ledger.projections.basis import Basis
from ledger.projections.clauses import clauses, in_order, named
from tests.happenings import a_incident, amended, invoice, lease_started, reading_agreed, retracted, signed
from tests.scenario import History, calendar_at, given

SERVED = (signed, lease_started("2025-12-01"), invoice("2025-12-04"))
NAMES = in_order(AGREEMENT)


def of(told: History, day: str, article: str | None = None) -> dict[str, dict[str, Any]]:
    found = clauses(Basis(told.facts, calendar_at(told._now), date.fromisoformat(day), told._now), article)
    return {one["clause"]: one for one in found["clauses"]}


def states(clause: dict[str, Any]) -> dict[str, str]:
    return {one["path"]: one["state"] for one in clause["conclusions"] if one["state"] is not None}


def refs(told: History, ids: list[str]) -> list[str]:
    named = {fact.id: fact.ref for fact in told.facts}
    return [named[id_] for id_ in ids]


def test_every_clause_of_the_agreement_is_there_once_in_its_order_and_no_law() -> None:
    assert list(of(given(*SERVED), "2025-12-04")) == NAMES
    assert set(NAMES) == {name for name in AGREEMENT.words if source_of(name) is None}
    assert NAMES.index("9.2") < NAMES.index("10.1") < NAMES.index("annex 1") < NAMES.index("annex 2 row 2")
    assert NAMES.index("annex 2 row 9") < NAMES.index("annex 2 row 10")


def test_a_clause_shows_its_words_and_what_holds_under_it_on_the_day() -> None:
    told = given(*SERVED)
    before, after = of(told, "2025-12-11")["9.1"], of(told, "2025-12-12")["9.1"]
    assert before["zh"] == AGREEMENT.words["9.1"].zh and before["title"] == "第九条 支付条款"
    assert states(before)["obligations.pay-invoice:inv"] == "pending"
    assert states(after)["obligations.pay-invoice:inv"] == "overdue"
    assert states(after)["limitation.pay-invoice:inv"] == "running"
    sums = {one["path"]: one["says"]["zh"] for one in after["conclusions"]}
    assert sums["balance.overdue"] == "1,843,129.06"


def test_an_open_ground_and_the_grade_that_made_it_stand_under_their_clauses() -> None:
    told = given(*SERVED, a_incident("2026-01-10", "big"))
    found = of(told, "2026-01-11")
    [ground] = [one for one in found["10.1"]["conclusions"] if one["path"].startswith("termination.grounds.")]
    assert ground["state"] == "open" and refs(told, ground["facts"]) == ["big"]
    assert "incidents.grades.big" in {one["path"] for one in found["annex 1"]["conclusions"]}


def test_the_facts_under_a_clause_are_those_of_its_article_and_those_its_conclusions_name() -> None:
    told = given(*SERVED)
    under = refs(told, [one["fact"] for one in of(told, "2025-12-04")["9.1"]["facts"]])
    assert under == ["signed-a", "signed-b", "inv"]  # by day, then number
    issued = invoice("2025-12-05", "0.01", "other")
    told = given(*SERVED, issued, retracted("2025-12-08", issued))
    assert "other" not in refs(told, [one["fact"] for one in of(told, "2025-12-08")["9.1"]["facts"]])


def test_what_is_amended_and_how_it_is_read_stand_beside_the_words() -> None:
    told = given(*SERVED, amended("2026-01-05", payment__pay_within_working_days=10),
                 reading_agreed("2026-01-06", "early-invoice", "void"))  # fmt: skip
    clause = of(told, "2026-01-06")["9.1"]
    assert refs(told, clause["changed_by"]) == ["amendment"]
    options = {one["reading"]: one["option"] for one in clause["readings"]}
    assert options["early-invoice"] == "void" and options["stage-review-date"] == "deadline"


@pytest.mark.parametrize(("typed", "meant"), [
    ("9", ["9.1", "9.2"]), ("9.1", ["9.1"]), ("第九条", ["9.1", "9.2"]), ("Article 12", ["12.1", "12.2"]),
    ("10(2)", ["10.2"]), ("第 10.2 款", ["10.2"]), ("附件 3-5", ["annex 3 row 5"]), ("annex 3-5", ["annex 3 row 5"]),
    ("annex 1 outage B", ["annex 1 outage B"]), ("附件 1 服务中断 B 级", ["annex 1 outage B"]), ("附件5", ["annex 5"]),
])  # fmt: skip
def test_a_clause_is_meant_by_its_number_its_heading_or_as_it_is_cited(typed: str, meant: list[str]) -> None:
    assert named(AGREEMENT, typed) == meant


def test_an_annex_is_its_rows_as_well_and_annex_1_is_not_10() -> None:
    assert named(AGREEMENT, "annex 3") == [name for name in NAMES if name.startswith("annex 3")]
    assert named(AGREEMENT, "annex 2 row 1") == ["annex 2 row 1"]
    assert all(name.startswith("annex 1") for name in named(AGREEMENT, "附件1"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_screen_shows_of_a_clause_can_be_typed_back(lang: Language) -> None:
    for name in NAMES:
        for shown in (name, labels.article(name, lang), labels.clause(name, lang)):
            assert name in named(AGREEMENT, shown), shown


def test_a_clause_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refusal) as refused:
        named(AGREEMENT, "9.3")
    assert (refused.value.code, refused.value.values["near"]) == ("CLAUSE_UNKNOWN", "9.2")


def test_the_screen_shows_the_contracts_chinese_in_both_languages_and_the_gloss_in_english() -> None:
    told = given(*SERVED)
    answer = clauses(Basis(told.facts, calendar_at(told._now), date(2025, 12, 12), told._now), "9.1")
    for lang, words in (("zh", "其中逾期   1,843,129.06"), ("en", "The total is CNY 2,303,911.32.")):
        screen = io.StringIO()
        drawn(Screen(screen, "zh" if lang == "zh" else "en"), answer)
        assert words in " ".join(screen.getvalue().split()) or words in screen.getvalue()
        assert "贰佰叁拾万叁仟玖佰壹拾壹元叁角" in screen.getvalue()
        assert all(len(line) <= 80 for line in screen.getvalue().splitlines())
