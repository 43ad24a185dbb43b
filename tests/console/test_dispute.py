"""What a court could rule on a disputed fact, and what of the conclusions depends on it (SPEC 2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from tests.api.server import Served
from tests.console.served import YOUNG
from tests.console.test_work import send, words
from tests.console.visitor import AT

PAPER = {"sha256": "a" * 64, "name": "发票.pdf", "media_type": "application/pdf"}


@pytest.fixture(scope="module")
def parties(served: Served) -> Iterator[SimpleNamespace]:
    """Both parties of a contract on which little happened, by JSON and by pages."""
    opened = {who: served.client(who) for who in ("bureau", "provider", "operator")}
    send(opened["operator"], "/access", do="grant", name="provider", role="party_b", contract=YOUNG)
    yield SimpleNamespace(**opened)
    for client in opened.values():
        client.close()


def says(client: httpx.Client, by: str, type_: str, *documents: Any, on: str = "2026-11-20", **data: Any) -> int:
    """A party records a fact; its seq."""
    envelope = {"type": type_, "on": on, "by": by, "data": data, "documents": list(documents)}
    answer = client.post(f"/api/v1/contracts/{YOUNG}/facts", json=envelope)
    assert answer.is_success, answer.text
    seq: int = answer.json()["facts"][0]["seq"]
    return seq


def invoiced(parties: SimpleNamespace, name: str, *documents: Any) -> int:
    return says(parties.provider, "party_b", "InvoiceIssued", *documents, invoice=name, instalment=1, amount="1000.00",
                tax_rate="0.06")  # fmt: skip


def outcome(client: httpx.Client, contract: str, seq: int) -> str:
    """What the dispute page says of a fact, "" where it is not one to be thought otherwise."""
    page = client.get(f"/contract/{contract}/dispute?fact={seq}", headers={"accept": "text/html"})
    assert page.status_code == 200
    return words(page).partition("只是试算")[2].partition("各方立场")[0]


def test_a_contested_fact_of_record_counts_until_a_court_holds_that_it_does_not_stand(parties: SimpleNamespace) -> None:
    told = outcome(parties.bureau, AT.rpartition("/")[2], 39)
    assert "现在它计入共同记录" in told and "认定成立 认定不成立" in told
    assert "inc-4" in told  # whose grade rests on what the administrator reported


def test_a_contested_claim_counts_once_a_court_holds_that_it_stands(parties: SimpleNamespace) -> None:
    seq = invoiced(parties, "OF-A-CLAIM")
    assert outcome(parties.bureau, YOUNG, seq) == ""  # nobody disputes it
    says(parties.bureau, "party_a", "FactContested", target=f"#{seq}", reason="没有收到")
    told = outcome(parties.bureau, YOUNG, seq)
    assert "是一方主张，不计入共同记录" in told and "已开票 0.00 ≠ 1,000.00 0.00" in told


def test_a_documented_fact_yields_to_a_documented_contest_alone(parties: SimpleNamespace) -> None:
    seq = invoiced(parties, "ON-PAPER", PAPER)
    says(parties.bureau, "party_a", "FactContested", target=f"#{seq}", reason="没有收到")
    told = outcome(parties.bureau, YOUNG, seq)
    assert "现在它计入共同记录" in told and "已开票 1,000.00 1,000.00 ≠ 0.00" in told
    says(parties.bureau, "party_a", "FactContested", PAPER, target=f"#{seq}", reason="查验为假")
    told = outcome(parties.bureau, YOUNG, seq)
    assert "是一方主张，不计入共同记录" in told and "已开票 0.00 ≠ 1,000.00 0.00" in told


def test_an_acknowledged_fact_is_no_longer_in_dispute(parties: SimpleNamespace) -> None:
    seq = invoiced(parties, "ADMITTED")
    says(parties.bureau, "party_a", "FactContested", target=f"#{seq}", reason="没有收到")
    says(parties.bureau, "party_a", "FactAcknowledged", target=f"#{seq}")
    assert outcome(parties.bureau, YOUNG, seq) == ""
