"""What people reported of neighbouring systems (tests/cases/NN-name), and small histories on other terms (rules).

Each is recorded in a real ledger; ``expected`` beside the facts says what is right.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.moments import parse_utc
from ledger.domain.terms import document_json
from ledger.service import Ledger, Question

CASES = Path(__file__).parent / "cases"
TERMS = Path(__file__).parent.parent / "contracts" / "cu12-1101-2025-018605.toml"
TEMPLATE = "beijing-municipal-government-cloud-2025"
PARTIES = ("party_a", "party_b")
NUMBER = "CU12-1101-2025-018605"
IN_SERVICE = [
    {"type": "ContractSigned", "on": "2025-11-19", "by": "party_a", "data": {"party": "party_a"}},
    {"type": "ContractSigned", "on": "2025-11-19", "by": "party_b", "data": {"party": "party_b"}},
    {"type": "LeaseStarted", "on": "2025-11-24", "by": "party_b", "data": {}},
    {"type": "SystemRegistered", "on": "2025-11-24", "by": "party_b", "data": {
        "system": "portal", "name": "门户", "annual_fee": "360000.00", "mlps_level": 3, "important": True}},
]  # fmt: skip


class Story:
    """A contract in a ledger of its own."""

    def __init__(self, ledger: Ledger, terms: Path) -> None:
        document = document_json(tomllib.loads(terms.read_text(encoding="utf-8")))
        if document["contract"]["template"] == "x":  # the cases of other systems name none
            document["contract"]["template"] = TEMPLATE
        self.ledger, self.contract = ledger, document["contract"]["id"]
        ledger.register(document)

    def record(self, *names: str) -> None:
        """The facts of each file, in one batch each."""
        for name in names:
            lines = (CASES / name).read_text(encoding="utf-8").splitlines()
            self.tell(*(_with_its_paper(json.loads(line)) for line in lines))

    def tell(self, *facts: dict[str, Any]) -> None:
        self.ledger.record(self.contract, list(facts), recorded_by="test")

    def as_of(self, day: str, **asked: Any) -> dict[str, Any]:
        return dict(self.ledger.status(self.contract, Question(as_of=date.fromisoformat(day), **asked)))


@pytest.fixture
def under(tmp_path: Path) -> Iterator[Callable[..., Story]]:
    """Opens a ledger on 2026-11-26 and registers the terms of a file in it."""
    opened: list[Ledger] = []

    def begin(terms: Path = TERMS) -> Story:
        now = parse_utc("2026-11-26T04:00:00Z")
        opened.append(Ledger(f"sqlite:///{tmp_path / f'{len(opened)}.db'}", clock=lambda: now, create=True))
        return Story(opened[-1], terms)

    yield begin
    for ledger in opened:
        ledger.store.close()


@pytest.fixture
def story(under: Callable[..., Story]) -> Story:
    """The contract in service, with one system of 30,000.00 a month."""
    begun = under()
    begun.tell(*IN_SERVICE)
    return begun


def _with_its_paper(fact: dict[str, Any]) -> dict[str, Any]:
    """The cases tell what both agreed without the paper they signed, which is of record only with it (SPEC 2.4)."""
    if "confirmed_by" not in fact["data"]:
        return fact
    return fact | {"documents": [{"sha256": "0" * 64, "name": "补充协议.pdf", "media_type": "application/pdf"}]}


def items(answer: dict[str, Any]) -> dict[str, str]:
    return {one["id"]: one["amount"] for one in answer["damages"]["items"]}


def codes(answer: dict[str, Any]) -> set[str]:
    return {one["code"] for one in answer["anomalies"]}


def duty(answer: dict[str, Any], id_: str) -> dict[str, Any]:
    return next(one for one in answer["obligations"] if one["id"] == id_)


def test_01_of_overlapping_outages_the_union_of_their_times_counts(story: Story) -> None:
    story.record("01-overlapping-outages/facts.jsonl")
    answer = story.as_of("2026-11-20")
    assert answer["damages"]["accrued"] == "9000.00"
    assert all("-r6:" not in id_ for id_ in items(answer))


def test_05_a_month_before_the_contract_raises_no_damages_and_is_an_anomaly(story: Story) -> None:
    story.record("05-month-before-contract/facts.jsonl")
    answer = story.as_of("2026-04-30")
    assert (answer["damages"]["accrued"], items(answer)) == ("0.00", {})
    assert "MONTH_OUTSIDE_OPERATION" in codes(answer)


def test_06_a_duration_that_reaches_past_the_recording_moment_is_refused(story: Story) -> None:
    before = story.ledger.version(story.contract)
    with pytest.raises(Refusal) as refused:
        story.record("06-duration-into-future/facts.jsonl")
    assert refused.value.field is not None and refused.value.field.endswith("duration_minutes")
    assert story.ledger.version(story.contract) == before


def test_07_what_was_paid_on_a_voided_invoice_covers_the_one_issued_in_its_place(story: Story) -> None:
    story.record("07-void-and-reissue-after-payment/facts.jsonl")
    answer = story.as_of("2025-12-15")
    balance = answer["balance"]
    assert (balance["paid"], balance["payable"], balance["overdue"]) == ("1843129.06", "0.00", "0.00")
    assert duty(answer, "pay-invoice:B")["state"] == "fulfilled"


def test_09_a_part_of_a_payment_can_be_returned(story: Story) -> None:
    story.record("09-partial-return/facts.jsonl", "09-partial-return/part.jsonl")
    answer = story.as_of("2026-01-10")
    assert (answer["balance"]["paid"], answer["balance"]["payable"]) == ("1843129.06", "0.00")
    assert duty(answer, "pay-invoice:A")["state"] == "fulfilled"


def test_09_a_payment_returned_whole_leaves_the_invoice_unpaid(story: Story) -> None:
    story.record("09-partial-return/facts.jsonl", "09-partial-return/whole.jsonl")
    answer = story.as_of("2026-01-10")
    assert (answer["balance"]["paid"], answer["balance"]["payable"]) == ("0.00", "1843129.06")


def test_11_one_transfer_over_two_invoices_can_be_said(story: Story) -> None:
    story.record("11-one-transfer-two-invoices/facts.jsonl")
    with pytest.raises(Refusal):
        story.record("11-one-transfer-two-invoices/p1.jsonl")
    with pytest.raises(Refusal):
        story.record("11-one-transfer-two-invoices/p2.jsonl")
    shares = [{"invoice": "A", "amount": "1000000.00"}, {"invoice": "B", "amount": "843129.06"}]
    paid = {"payment": "BANK-77", "amount": "1843129.06", "allocations": shares}
    story.tell({"type": "PaymentMade", "on": "2025-12-05", "by": "party_a", "data": paid})
    answer = story.as_of("2025-12-06")
    assert answer["balance"]["payable"] == "0.00"
    assert {duty(answer, f"pay-invoice:{name}")["state"] for name in "AB"} == {"fulfilled"}


@pytest.mark.parametrize(
    ("file", "accrued"),
    [("text", "191992.61"), ("i15", "0.00"), ("i16", "191992.61"), ("i29", "191992.61"), ("i30", "0.00")],
)
def test_13_minutes_may_have_a_fraction_which_decides(story: Story, file: str, accrued: str) -> None:
    story.record(f"13-average-minutes-fraction/{file}.jsonl")
    assert story.as_of("2026-05-01")["damages"]["accrued"] == accrued


def test_13_minutes_as_a_float_are_refused(story: Story) -> None:
    with pytest.raises(Refusal) as refused:
        story.record("13-average-minutes-fraction/float.jsonl")
    assert refused.value.field is not None and refused.value.field.endswith("response_minutes")


def test_33_a_fixed_end_and_instalments_after_acceptances_can_be_said(under: Callable[..., Story]) -> None:
    story = under(CASES / "33-terms-changsha" / "terms.toml")
    story.tell(
        *({"type": "ContractSigned", "on": "2021-10-18", "by": by, "data": {"party": by}} for by in PARTIES),
        {"type": "InvoiceIssued", "on": "2022-01-04", "by": "party_b", "ref": "early",
         "data": {"invoice": "INV-1", "instalment": 1, "amount": "300000.00", "tax_rate": "0.06"}},
        {"type": "AcceptanceRequested", "on": "2022-02-10", "by": "party_b",
         "data": {"round": 1, "acceptance": "preliminary-acceptance"}},
        {"type": "AcceptancePassed", "on": "2022-02-14", "by": "party_a", "data": {"round": 1, "rating": "good"}},
    )  # fmt: skip
    before, after = story.as_of("2022-02-13"), story.as_of("2022-02-14")
    assert (after["phase"], after["term"]["starts_on"], after["term"]["ends_on"]) == (
        "in_service", "2021-10-18", "2023-05-31",
    )  # fmt: skip
    assert codes(before) == codes(after) == {"INVOICE_BEFORE_ACCEPTANCE"}
    assert duty(after, "pay-invoice:INV-1")["due_on"] == "2022-03-07"  # the 15th working day
    assert story.as_of("2023-05-31")["phase"] == "in_service" and story.as_of("2023-06-01")["phase"] == "ended"


def test_35_a_month_that_has_not_come_cannot_be_reported(story: Story) -> None:
    with pytest.raises(Refusal) as refused:
        story.record("35-staffing-months-ahead/ahead.jsonl")
    assert {fault.code for fault in refused.value.faults} == {"MONTH_NOT_OVER"}
    assert story.as_of("2026-03-10")["termination"]["allowed"] is False


def test_35_months_before_the_contract_support_no_ground(story: Story) -> None:
    story.record("35-staffing-months-ahead/before.jsonl")
    answer = story.as_of("2026-03-10")
    assert answer["termination"]["allowed"] is False
    assert [ground["state"] for ground in answer["termination"]["grounds"]] in ([], ["unsupported"])
    assert "MONTH_OUTSIDE_OPERATION" in codes(answer)


def test_40_an_identifier_in_nfc_and_in_nfd_is_one(story: Story) -> None:
    with pytest.raises(Refusal) as refused:
        story.record("40-nfd-identifier/facts.jsonl")
    assert refused.value.code == "ID_USED"


def test_47_of_an_outage_that_crosses_the_end_only_the_minutes_before_it_count(story: Story) -> None:
    story.record("47-outage-crosses-termination/facts.jsonl")
    answer = story.as_of("2026-06-05")
    assert answer["term"]["terminated_on"] == "2026-06-01"
    assert (answer["damages"]["accrued"], items(answer)) == ("0.00", {})


# -- rules: other terms ------------------------------------------------------------------------------


@pytest.fixture
def minimal(under: Callable[..., Story]) -> Story:
    return under(CASES / "rules" / "base.toml")


def test_p1_an_amendment_of_the_day_of_signature_governs_the_whole_day(minimal: Story) -> None:
    minimal.record("rules/p1-amendment-same-day.jsonl")
    assert duty(minimal.as_of("2025-12-01"), "trial-run")["due_on"] == "2026-02-24"


def test_p2_a_rejected_offer_cannot_be_accepted(minimal: Story) -> None:
    minimal.record("rules/p2-rejected-then-accepted.jsonl")
    assert minimal.as_of("2025-07-10")["phase"] == "in_service"


def test_p3_an_agreement_that_was_replaced_stays_replaced(minimal: Story) -> None:
    minimal.record("rules/p3-two-agreements.jsonl")
    before = minimal.as_of("2025-03-01")["damages"]["accrued"]
    minimal.record("rules/p3-then-correction.jsonl")
    assert (before, minimal.as_of("2025-03-01")["damages"]["accrued"]) == ("2000.00", "2000.00")


def test_p5_an_empty_list_means_what_leaving_it_out_means(under: Callable[..., Story]) -> None:
    assert under(CASES / "rules" / "p5-empty-lists.toml").as_of("2026-01-01")["damages"]["items"] == []


def test_s1_what_happens_after_the_operating_period_raises_nothing(minimal: Story) -> None:
    minimal.record("rules/s1-after-termination.jsonl")
    assert minimal.as_of("2026-10-01")["damages"]["accrued"] == "0.00"
