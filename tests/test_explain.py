"""Every conclusion can be explained, and what is said agrees with what is concluded."""

from __future__ import annotations

import os
import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import table as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import MEASURES_OF, Measures
from ledger.domain.calendar import parse_on, parse_utc
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.fact_data import parse_data
from ledger.domain.terms import document_json, parse_terms
from ledger.messages import say
from ledger.notices import shipped_calendar
from ledger.projections import paths
from ledger.projections.basis import Basis
from ledger.projections.explain import explain, explainer
from ledger.projections.status import status
from ledger.service import Ledger, Question
from tests.paths import at
from tests.random_histories import random_history
from tests.scenario import terms
from tests.story import CONTRACT, CONTRACTS, LATER, Told, ref_ids

LAST = "2026-11-20"
SUM = re.compile(r"(?<![\d.+−] )(\d+\.\d\d(?: \+ \d+\.\d\d)+) = (?:CNY )?(\d+\.\d\d)")
LEFT_EMPTY = re.compile(r"None|\{|\}|  |：。|, ,")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    yield Told(tmp_path_factory.mktemp("explained"))


def every_path(answer: dict[str, Any]) -> list[str]:
    """Every path there is into an answer, fields of records included."""
    found = ["term", "balance", "obligations", "incidents", "termination", "exit", "damages", "incidents.window"]
    for section, value in paths.addressed(answer, AGREEMENT).items():
        if section == "contract":
            continue
        found.append(section)
        for key, record in value.items() if isinstance(value, dict) else ():
            found.append(f"{section}.{key}")
            if isinstance(record, dict):
                found += [f"{section}.{key}.{field}" for field in record]
    return found + [one["id"] for one in (*answer["obligations"], *answer["damages"]["items"])]


def check(explained: dict[str, Any], ids: set[str]) -> None:
    """Said in both languages, complete sentences, sums that add up, clauses and facts that exist."""
    assert explained["steps"], explained["path"]
    for step in explained["steps"]:
        for lang in ("zh", "en"):
            assert not LEFT_EMPTY.search(step[lang]), step[lang]
            for parts, total in SUM.findall(step[lang]):
                assert sum(map(Decimal, parts.split(" + "))) == Decimal(total), step[lang]
    assert all(AGREEMENT.words[one["clause"]].zh == one["zh"] for one in explained["clauses"])
    assert {one["fact"] for one in explained["facts"]} <= ids
    assert all(one["zh"] and one["en"] for one in explained["readings"])


def why_of(told: Told, day: str, **more: Any) -> Callable[[str], dict[str, Any]]:
    """What explains any path as of a day, on one sweep: on one of its own each would take a minute in all."""
    return explainer(told.ledger.load(CONTRACT, told.question(day, **more)))


# -- all of it --------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2025-11-18", "2025-12-02", "2026-06-28", LAST, "2027-07-01"])
def test_every_path_of_the_story_is_explained_with_its_value(told: Told, day: str) -> None:
    answer = told.status(day)
    ids = {fact.id for fact in told.ledger.facts(CONTRACT)}
    why = why_of(told, day)
    for number, path in enumerate(every_path(answer)):
        explained = why(path)
        check(explained, ids)
        if "." not in path and path in answer:
            assert explained["value"] == answer[path]
        if number % 25 == 0:
            assert explained == told.explain(path, day)


def fact_of(envelope: dict[str, Any]) -> Fact:
    moment = parse_on(envelope["on"])
    return Fact(
        "C", envelope["seq"], envelope["id"], envelope.get("ref") or str(envelope["seq"]), envelope["type"],
        envelope["on"], moment.day, moment.at, envelope["by"], parse_data(envelope["type"], envelope["data"]), (),
        parse_utc(envelope["recorded_at"]), "test", envelope["seq"], "0" * 64, "0" * 64,
        None, envelope["by"],
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_every_path_of_a_random_history_is_explained(seed: int) -> None:
    rng = random.Random(seed)
    facts = [fact_of(envelope) for envelope in random_history(rng, rng.randrange(20, 70))]
    as_of = date(2025, 11, 1) + timedelta(days=rng.randrange(100, 900))
    asked = Basis(facts, shipped_calendar(), as_of, facts[-1].recorded_at, rng.choice([None, "party_a", "party_b"]))
    why = explainer(asked)
    listed = every_path(status(asked))
    for number, path in enumerate(rng.sample(listed, min(60, len(listed)))):
        explained = why(path)
        check(explained, {fact.id for fact in facts})
        if number % 20 == 0:
            assert explained == explain(asked, path)


def test_a_path_that_leads_nowhere_is_refused(told: Told) -> None:
    wrong = ("", "nonsense", "termination.allowed.x", "pay-invoice:INV-9", "incidents.grades.inc-9", "obligations.")
    for path in wrong:
        with pytest.raises(Refusal) as refused:
            told.explain(path, LAST)
        assert (refused.value.code, refused.value.field) == ("PATH_UNKNOWN", "path")
        assert told.explain(str(refused.value.values["near"]), LAST)["steps"]


@pytest.mark.parametrize(("path", "near"), [
    ("obligations.pay-invoice:INV-9.state", "obligations"), ("incidents.counted.inc-9", "incidents.counted"),
    ("incidents.counts", "incidents"), ("termination.grounds.10.1@2020-01-01", "termination.grounds"),
    ("term.ends_on.x", "term.ends_on"), ("nonsense", "termination.allowed"),
])  # fmt: skip
def test_a_refused_path_is_told_the_nearest_that_is_explained(told: Told, path: str, near: str) -> None:
    with pytest.raises(Refusal) as refused:
        told.explain(path, LAST)

    assert refused.value.values["near"] == near
    assert near in say("PATH_UNKNOWN", "zh", **refused.value.values)


# -- what is announced ------------------------------------------------------------------------------


def value_at(answer: dict[str, Any], path: str) -> Any:
    try:
        return at(answer, path)
    except KeyError:
        return None  # a record that went


@pytest.mark.parametrize("day", ["2025-11-20", "2025-12-15", "2026-02-10", "2026-06-28", "2026-09-01", LAST])
def test_every_change_the_story_announces_is_explained_on_its_day(told: Told, day: str) -> None:
    known_at = f"{day}T23:59:59+08:00"  # what is recorded later may well make it otherwise
    announced = told.status(day, known_at=known_at)["next_changes"]
    ids = {fact.id for fact in told.ledger.facts(CONTRACT)}
    assert announced
    for on, changes in groupby(announced, key=itemgetter("on")):
        why, answer = why_of(told, on, known_at=known_at), told.status(on, known_at=known_at)
        for change in changes:
            explained = why(change["what"])
            assert explained["value"] == value_at(answer, change["what"])
            check(explained, ids)


def test_what_was_announced_and_came_otherwise_is_explained_too(told: Told) -> None:
    for day in ("2025-11-20", "2025-12-15", "2026-06-28"):
        for on, changes in groupby(told.status(day)["next_changes"], key=itemgetter("on")):
            why = why_of(told, on)
            assert all(why(change["what"])["steps"] for change in changes)


@pytest.mark.parametrize("seed", range(int(os.environ.get("LVYUE_NEXT_RUNS", "6"))))
def test_every_change_a_random_history_announces_is_explained_on_its_day(seed: int) -> None:
    rng = random.Random(seed)
    facts = [fact_of(envelope) for envelope in random_history(rng, rng.randrange(20, 60))]
    known_at, seen_by = facts[-1].recorded_at, rng.choice([None, "party_a", "party_b"])
    readings = rng.choice([{}, {"year-window": "contract-year"}, {"lapse": "never"}])
    last = max(fact.day for fact in facts)
    asked = Basis(facts, shipped_calendar(), last, known_at, seen_by, readings)
    announced = status(asked)["next_changes"]
    for day in sorted({change["on"] for change in announced}):
        then = Basis(facts, shipped_calendar(), date.fromisoformat(day), known_at, seen_by, readings)
        why, answer = explainer(then), status(then)
        for change in announced:
            if change["on"] == day:
                found = why(change["what"])
                assert found["value"] == value_at(answer, change["what"])
                check(found, {fact.id for fact in facts})


def test_an_incident_that_leaves_the_year_is_explained_on_that_day(told: Told) -> None:
    [left] = [one for one in told.status(LAST)["next_changes"] if one["what"].startswith("incidents.counted.")][:1]
    incident = left["what"].removeprefix("incidents.counted.")
    day_before = (date.fromisoformat(left["on"]) - timedelta(days=1)).isoformat()

    assert told.explain(left["what"], day_before)["value"]["incident"] == incident
    gone = told.explain(left["what"], left["on"])
    assert gone["value"] is None
    assert gone["steps"] == told.explain(f"incidents.excluded.{incident}", left["on"])["steps"]


# -- particular answers -----------------------------------------------------------------------------


def test_an_ungraded_incident_is_explained_as_such(told: Told) -> None:
    explained = told.explain("incidents.grades.inc-5", LAST)
    assert explained["value"] is None
    assert "结论：事件 inc-5 不属于 A 级或 B 级。" in [step["zh"] for step in explained["steps"]]
    assert "范围须云平台整体，实为 某业务系统，不满足" in told.words("incidents.grades.inc-5", LAST)


def test_the_grade_of_an_assessed_incident_shows_report_assessment_and_each_criterion(told: Told) -> None:
    before = told.words("incidents.grades.inc-4", "2026-06-04")
    after = told.words("incidents.grades.inc-4", "2026-06-05")
    assert "经济损失（元）须达到 1,000,000.00 以上，实为 800,000.00，不满足" in before
    assert "“事件核定”" in after and "实为 1,350,000.00，满足" in after
    assert "economic loss (yuan) 1,000,000.00 or more, stated 1,350,000.00, met" in told.words(
        "incidents.grades.inc-4", "2026-06-05", "en"
    )


def test_an_ended_year_says_which_incident_left_and_when(told: Told) -> None:
    words = told.words("incidents.b_count_rolling_year", LAST)
    assert "计至 2027-02-03（含），次日起退出窗口" in words
    assert "不计：事件 inc-1" in told.words("incidents.b_count_rolling_year", "2027-02-04")


def test_damages_show_the_exact_fraction_and_round_once(told: Told) -> None:
    words = told.words("a3-r7:report-5", "2026-06-28")
    assert "845,211.20 ÷ 12 个月 = 70,434.27 元（准确值 1056514/15 元）" in words
    assert "× 50%，只在最后四舍五入到分，= 35,217.13 元" in words


def test_another_reading_is_what_the_explanation_speaks_of(told: Told) -> None:
    explained = told.explain("term.ends_on", LAST, readings={"term-end": "day-before"})
    assert explained["value"] == "2026-11-30"
    assert explained["readings"] == [{
        "reading": "term-end", "option": "day-before", "zh": "“起租之日起 12 个月后终止”的届满日：对应日的前一日",
        "en": "clause 13.1: on which day do 12 months end? the day before it", "set_by": [],
    }]  # fmt: skip


def test_a_corrected_fact_is_shown_corrected_and_its_correction_named(told: Told) -> None:
    explained = told.explain("incidents.grades.inc-1", LAST)
    shown = {fact["fact"]: fact for fact in explained["facts"]}
    assert shown[ref_ids()["report-1"]]["data"]["people_affected"] == 120000
    assert shown[ref_ids()["fix-1"]]["type"] == "FactCorrected"


def test_a_provisional_deadline_says_which_year_has_no_notice(told: Told) -> None:
    explained = told.explain("limitation.a3-r4:notice-2", "2026-11-20")
    assert explained["value"]["provisional"] is True
    assert any("2029 年的放假通知尚未公布" in step["zh"] for step in explained["steps"])


# -- one catalogue, one table -----------------------------------------------------------------------


GRADES = parse_terms(terms()).grades
MEASURE_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "scope": st.sampled_from(["platform", "system"]), "duration_minutes": st.sampled_from([29, 30, 119, 120, 500]),
    "systems_share": st.sampled_from([Decimal(s) for s in ("0.10", "0.11", "0.30", "0.31")]),
    "people_affected": st.sampled_from([99999, 100000, 499999, 500000]),
    "economic_loss": st.sampled_from([99999999, 100000000, 499999999, 500000000]),
    "attention": st.lists(st.sampled_from(["national", "municipal", "municipal_leader"]), unique=True).map(tuple),
    "systems_affected": st.sampled_from([0, 1, 3, 4]), "months_lost": st.sampled_from([Decimal("1"), Decimal("1.01")]),
    "mlps_level": st.sampled_from([2, 3]),
}  # fmt: skip


@st.composite
def incidents(draw: st.DrawFn) -> tuple[str, Measures]:
    kind = draw(st.sampled_from(sorted(MEASURES_OF)))
    stated = {
        name: draw(st.none() | MEASURE_VALUES.get(name, st.booleans()))
        for name in Measures.__slots__  # type: ignore[attr-defined]
        if name in MEASURES_OF[kind] and (name in MEASURE_VALUES or name not in ("system", "root_cause"))
        and name not in ("consequence", "responsibility", "unheeded_notice", "learned_on", "force_majeure")
    }  # fmt: skip
    return kind, Measures(**stated)


@given(incidents())
@settings(max_examples=300, deadline=None)
def test_the_criteria_shown_are_those_the_grade_follows_from(incident: tuple[str, Measures]) -> None:
    kind, measures = incident
    met = {grade: _all_met(kind, measures, grade) for grade in ("A", "B")}
    expected = "A" if met["A"] else "B" if met["B"] else None
    assert annex_1_grades.grade(kind, measures, GRADES, AGREEMENT.defaults) == expected


def _all_met(kind: str, measures: Measures, grade: str) -> bool:
    found = annex_1_grades.criteria(kind, measures, GRADES)
    asked: Sequence[bool | None] = [one.met for one in found if one.grade in ("AB", grade)]
    return bool(asked) and all(asked)


# -- anomalies, ends, and other contracts -----------------------------------------------------------


def happened(folder: Path, *facts: tuple[str, str, str, dict[str, Any]], file: str = "cu12-1101-2025-018605") -> Ledger:
    """A ledger of one contract signed on 2025-11-19 to which these happened: (type, on, by, data)."""
    ledger = Ledger(f"sqlite:///{folder / 'happened.db'}", clock=lambda: LATER, create=True)
    terms_file = (CONTRACTS / f"{file}.toml").read_text(encoding="utf-8")
    contract = ledger.register(document_json(tomllib.loads(terms_file))).fact.contract
    signed = [("ContractSigned", "2025-11-19", party, {"party": party}) for party in ("party_a", "party_b")]
    told = [{"type": t, "on": on, "by": by, "data": data} for t, on, by, data in (*signed, *facts)]
    ledger.record(contract, told)
    return ledger


def said(ledger: Ledger, path: str, as_of: str) -> str:
    [contract] = ledger.contracts()
    explained = ledger.explain(contract, path, Question(as_of=date.fromisoformat(as_of)))
    check(explained, {fact.id for fact in ledger.facts(contract)})
    return "\n".join(step["zh"] for step in explained["steps"])


def invoice(name: str, on: str, amount: str, instalment: int = 1) -> tuple[str, str, str, dict[str, Any]]:
    data = {"invoice": name, "instalment": instalment, "amount": amount, "tax_rate": "0.06"}
    return ("InvoiceIssued", on, "party_b", data)


def test_an_invoice_beyond_its_instalment_is_explained_by_what_was_invoiced_before_it(tmp_path: Path) -> None:
    ledger = happened(
        tmp_path, invoice("I1", "2025-11-20", "1843129.06"), invoice("I2", "2025-11-21", "0.01"),
        ("InvoiceVoided", "2025-11-24", "party_b", {"invoice": "I1", "reason": "重开"}),
    )  # fmt: skip
    words = said(ledger, f"anomalies.INVOICE_EXCEEDS_INSTALMENT@{CONTRACT}#5", "2025-12-01")
    assert "发票 I2 0.01 元，此前该期（第 1 期）符合合同的发票 1,843,129.06 元，合计 1,843,129.07 元" in words
    assert "自 2025-11-24 起障碍消除" in words  # SPEC 4.3: what time can cure, time cures


def test_each_other_anomaly_says_what_the_contract_provides(tmp_path: Path) -> None:
    declared = (
        ("TerminationDeclared", "2026-02-02", "party_a", {"clauses": ["10.2"]}),
        ("NoticeServed", "2026-02-02", "party_a", {"about": "11", "manner": "handed"}),
    )
    ledger = happened(
        tmp_path, invoice("I1", "2025-11-20", "100.00"), invoice("I2", "2025-11-21", "10.00", 2),
        ("PaymentMade", "2025-11-25", "party_a", {"payment": "P1", "invoice": "I1", "amount": "100.01"}),
        ("LeaseStarted", "2025-12-01", "party_a", {}),
        ("OnSiteAbsenceRecorded", "2026-01-05", "party_a", {"minutes": 90, "consequence": "problem"}),
        ("TerminationProposed", "2026-01-06", "party_b", {"proposal": "P", "effective_on": "2026-01-31"}),
        ("ProposalAccepted", "2026-01-07", "party_a", {"proposal": "P"}), *declared,
        ("ExitRequested", "2026-02-03", "party_b", {"request": "E", "exit_on": "2026-03-01"}),
    )  # fmt: skip
    [contract] = ledger.contracts()
    status = ledger.status(contract, Question(as_of=date(2026, 3, 31)))
    paths_to = {one["code"]: f"anomalies.{one['code']}@{one['fact']}" for one in status["anomalies"]}
    words = {code: said(ledger, path, "2026-03-31") for code, path in paths_to.items()}
    assert "发票 I1 金额 100.00 元，已付 100.01 元" in words["PAYMENT_EXCEEDS_INVOICE"]
    assert "当时阶段性验收评审尚未通过" in words["INVOICE_BEFORE_STAGE_REVIEW"]
    assert "没有指明已登记服务费的业务系统" in words["NO_SYSTEM_FEE"]
    assert "期间为 30 个工作日" in words["NOTICE_TOO_SHORT"]
    assert "2026-02-02 合同已经终止，该宣告没有可解除的合同" in words["TERMINATION_WITHOUT_GROUND"]
    assert "对应日为 2026-08-03" in words["EXIT_NOTICE_TOO_SHORT"]
    assert len(words) == 7
    assert "“提议解除”" in said(ledger, "term.terminated_on", "2026-03-31")


def test_an_invoice_before_the_signatures_is_explained_by_the_day_both_had_signed(tmp_path: Path) -> None:
    ledger = happened(tmp_path, invoice("I1", "2025-11-18", "100.00"))
    words = said(ledger, f"anomalies.INVOICE_BEFORE_EFFECTIVE@{CONTRACT}#4", "2025-12-01")
    assert "2025-11-18 收到，而依约定在合同签署生效后开票" in words and "合同自 2025-11-19 生效" in words


def test_a_contract_of_another_text_says_that_the_words_are_not_its_own(tmp_path: Path) -> None:
    ledger = happened(tmp_path, file="three-year-example")
    assert "这一范本的另一份合同" in said(ledger, "trial-run", "2025-12-01")
