"""The terms of public notices are terms like any other: each file registers, and its status is asked."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.moments import parse_utc
from ledger.domain.terms import document_json, parse_terms
from ledger.service import Ledger, Question

CONTRACTS = Path(__file__).parent.parent / "contracts"
PARTIES = ("party_a", "party_b")
Tell = Callable[..., Callable[[str], dict[str, Any]]]


BLANKS: dict[str, dict[str, Any]] = {  # what a text leaves blank, as it may be filled in once the contract is awarded
    "lanzhou-new-area-cloud": {"price": {"total": "1000000.00"}},
    "pingdingshan-government-cloud": {
        "payment": {"total": "900000.00", "instalments": [{"number": 1, "amount": "900000.00"}]}
    },
}


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTRACTS / f"{name}.toml").read_text(encoding="utf-8"))


def filled(name: str) -> dict[str, Any]:
    """The terms of a notice, its blanks filled in."""
    terms = read(name)
    for table, blanks in BLANKS.get(name, {}).items():
        terms[table] |= blanks
    return document_json(terms)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Tell]:
    """Registers a file of contracts/, signed by both on a day, records facts, and answers as of a day."""
    now = parse_utc("2028-04-01T04:00:00Z")
    ledger = Ledger(f"sqlite:///{tmp_path / 'notices.db'}", clock=lambda: now, create=True)

    def tell(name: str, signed: str, *facts: dict[str, Any]) -> Callable[[str], dict[str, Any]]:
        document = filled(name)
        contract = document["contract"]["id"]
        ledger.register(document)
        signatures = [fact("ContractSigned", signed, by, party=by) for by in PARTIES]
        ledger.record(contract, [*signatures, *facts], recorded_by="test")
        return lambda day: dict(ledger.status(contract, Question(as_of=date.fromisoformat(day))))

    yield tell
    ledger.store.close()


def fact(type: str, on: str, by: str, **data: Any) -> dict[str, Any]:
    return {"type": type, "on": on, "by": by, "data": data}


def invoice(on: str, name: str, instalment: int, amount: str) -> dict[str, Any]:
    data = {"invoice": name, "instalment": instalment, "amount": amount, "tax_rate": "0.06"}
    return fact("InvoiceIssued", on, "party_b", **data)


def duty(answer: dict[str, Any], id_: str) -> dict[str, Any] | None:
    return next((one for one in answer["obligations"] if one["id"] == id_), None)


def test_changsha_runs_from_day_to_day_and_pays_on_named_acceptances(told: Tell) -> None:
    as_of = told(
        "changsha-open-data-2021", "2021-10-18",
        invoice("2021-10-20", "one", 1, "627000.00"),
        fact("AcceptanceRequested", "2022-03-01", "party_b", round=1, acceptance="completion-acceptance"),
        fact("AcceptancePassed", "2022-03-10", "party_a", round=1, rating="good"),
        invoice("2022-03-11", "three", 3, "731500.00"),
        invoice("2022-03-11", "two", 2, "627000.00"),
    )  # fmt: skip
    answer = as_of("2022-03-31")
    assert (answer["term"]["ends_on"], answer["balance"]["total"]) == ("2023-05-31", "2090000.00")
    paid_by = {id_: (duty(answer, f"pay-invoice:{id_}") or {}).get("due_on") for id_ in ("one", "two", "three")}
    assert paid_by == {"one": "2021-11-10", "two": None, "three": "2022-04-01"}
    assert [one["code"] for one in answer["anomalies"]] == ["INVOICE_BEFORE_ACCEPTANCE"]
    assert as_of("2023-06-01")["phase"] == "ended"


def test_pingdingshan_starts_with_billing_and_allots_within_working_days(told: Tell) -> None:
    as_of = told(
        "pingdingshan-government-cloud", "2022-01-10",
        fact("BillingStarted", "2022-02-01", "party_b"),
        fact("ScaleOutRequested", "2022-09-28", "party_a", request="more"),
    )
    assert as_of("2022-01-31")["phase"] == "effective"
    answer = as_of("2022-09-30")
    assert (answer["phase"], answer["term"]["ends_on"]) == ("in_service", "2025-02-01")
    asked = duty(answer, "scale-out:more")
    assert asked is not None  # 1 to 7 October are off, 8 and 9 are worked
    assert (asked["due_on"], asked["within"]) == ("2022-10-10", "periods.scale_out_working_days")


AGREED = {  # what the notice does not state, as the parties may agree it
    "price.tax_rate": "0.06", "term": {"from": "2025-03-01", "to": "2028-02-29"},
    "assessment": {"coefficients": [{"row": 1, "from": "0", "coefficient": "0.90"}]},
}  # fmt: skip
SCORES = [fact("QuarterAssessed", "2026-03-02", "party_a", quarter=n, score="85") for n in range(1, 5)]


def lanzhou(told: Tell, *facts: dict[str, Any]) -> Callable[[str], dict[str, Any]]:
    agreed = fact("AmendmentAgreed", "2025-02-20", "party_a", changes=AGREED, confirmed_by=list(PARTIES),
                  summary="中标后补充约定")  # fmt: skip
    confirmed = fact("FactAcknowledged", "2025-02-20", "party_b", target="agreed")
    return told("lanzhou-new-area-cloud", "2025-02-20", agreed | {"ref": "agreed"}, confirmed, *SCORES, *facts)


def test_of_lanzhou_nothing_is_concluded_from_what_its_notice_does_not_state(told: Tell) -> None:
    early = fact("QuarterAssessed", "2026-03-02", "party_a", quarter=1, score="85")
    as_of = told("lanzhou-new-area-cloud", "2025-02-20", early, invoice("2026-03-10", "one", 1, "300000.00"))
    answer = as_of("2028-03-31")
    assert (answer["phase"], answer["term"]["starts_on"], answer["term"]["ends_on"]) == ("effective", None, None)
    assert [one["code"] for one in answer["anomalies"]] == ["QUARTER_OUTSIDE_SERVICE", "INVOICE_BEFORE_TRIGGER"]
    assert (duty(answer, "pay-invoice:one"), answer["service"]["coefficients"]) == (None, [])


def test_lanzhou_pays_after_each_year_times_its_assessment(told: Tell) -> None:  # reported as case 31
    as_of = lanzhou(told, invoice("2026-02-27", "early", 1, "270000.00"), invoice("2026-03-10", "more", 2, "300000.00"))
    before = as_of("2026-03-01")
    assert [(one["code"], one["fact"]) for one in before["anomalies"]] == [
        ("INVOICE_BEFORE_TRIGGER", before["anomalies"][0]["fact"])
    ]
    assert duty(before, "pay-invoice:early") is None  # the year is over, its score is not known
    answer = as_of("2026-03-10")
    paid = duty(answer, "pay-invoice:early")
    assert paid is not None and (paid["raised_on"], paid["due_on"]) == ("2026-03-02", "2026-04-14")
    assert [one["code"] for one in answer["anomalies"]] == ["INVOICE_BEFORE_TRIGGER"] * 2
    assert answer["service"]["coefficients"] == [{"year": 1, "average": "85.00", "coefficient": "0.90"}]
    assert (answer["term"]["ends_on"], answer["balance"]["total"]) == ("2028-02-29", "970000.00")


def test_lanzhou_s_last_part_follows_the_third_year_whatever_its_assessment(told: Tell) -> None:
    as_of = lanzhou(told, invoice("2028-02-29", "last", 4, "100000.00"))
    assert duty(as_of("2028-02-29"), "pay-invoice:last") is None
    paid = duty(as_of("2028-03-01"), "pay-invoice:last")
    assert paid is not None and paid["due_on"] == "2028-05-03"  # 1 May, two months on, and the day after are holidays


def test_lanzhou_as_first_published_came_to_a_hundred_and_twenty_per_cent() -> None:
    document = filled("lanzhou-new-area-cloud")
    document["price"]["parts"][3]["share"] = "0.30"
    with pytest.raises(Refusal) as refused:
        parse_terms(document)
    [one] = refused.value.faults
    assert (one.code, one.values["sum"], one.values["total"]) == ("PARTS_NOT_TOTAL", "1200000.00", "1000000.00")


NOTICES = ["changsha-open-data-2021", "pingdingshan-government-cloud", "lanzhou-new-area-cloud"]


@pytest.mark.parametrize("name", NOTICES)
def test_what_a_notice_does_not_state_is_said_in_the_first_line(name: str) -> None:
    first = (CONTRACTS / f"{name}.toml").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# 据公开") and "没有写明的一概不写" in first


@pytest.mark.parametrize(
    ("name", "blanks"),
    [
        ("lanzhou-new-area-cloud", ["price.total"]),
        ("pingdingshan-government-cloud", ["payment.instalments", "payment.total"]),
    ],
)
def test_a_text_with_blanks_is_refused_by_the_name_of_each_blank(name: str, blanks: list[str]) -> None:
    with pytest.raises(Refusal) as refused:
        parse_terms(document_json(read(name)))
    found = sorted((one.field, one.code) for one in refused.value.faults)
    assert found == [(one, "TERMS_KEY_MISSING") for one in blanks]
