"""What the kinds of histories are told with: the agreements, and the facts that occur in many of them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bench.ledger import CONTRACTS, Envelope, fact, terms
from ledger.domain.terms import document_json

FIRST = dt.date(2025, 12, 2)
SYSTEMS = 10
CLOUD, OPERATIONS = "cloud", "operations"
Make = Callable[[int], Iterable[Envelope]]


class Kind(NamedTuple):
    """Histories of ``make`` of one agreement; ``path`` is the conclusion that is explained."""

    make: Make
    path: str
    agreement: str


def day(number: int, count: int, days: int = 300) -> str:
    """The day of the fact numbered ``number`` out of ``count`` spread evenly over ``days``."""
    return (FIRST + dt.timedelta(days=days * number // count)).isoformat()


def later(on: str, days: int) -> str:
    return (dt.date.fromisoformat(on) + dt.timedelta(days=days)).isoformat()


def each(make: Callable[[int, str], Iterable[Envelope]], count: int, facts: int = 1) -> Iterator[Envelope]:
    """``make`` for every ``facts`` facts, given their number and day, so that some ``count`` come together."""
    for number in range(count // facts):
        yield from make(number, day(facts * number, count))


def agreement(type_: str, on: str, **data: object) -> Envelope:
    """An agreement of both parties with its document, without which it would be a claim."""
    return documented(fact(type_, on, "party_a", **data, confirmed_by=["party_a", "party_b"]))


def documented(envelope: Envelope) -> Envelope:
    document = {"sha256": "0" * 64, "name": "协议.pdf", "media_type": "application/pdf"}
    return {**envelope, "documents": [document]}


def named(ref: str, envelope: Envelope) -> Envelope:
    return {**envelope, "ref": ref}


def invoice(name: str, on: str, amount: str = "10.00") -> Envelope:
    return fact("InvoiceIssued", on, "party_b", invoice=name, instalment=1, amount=amount, tax_rate="0.06")


def paid(name: str, on: str, amount: str = "10.00", **on_what: object) -> Envelope:
    return fact("PaymentMade", on, "party_a", payment=name, **on_what, amount=amount)


def settlement(name: str, on: str, amount: str = "10.00") -> Envelope:
    return agreement("SettlementAgreed", on, settlement=name, debtor="party_a", amount=amount, due_on=on,
                     summary="结算")  # fmt: skip


def dispute(name: str, on: str, *facts: str, by: str = "party_b") -> Envelope:
    return fact("DisputeOpened", on, by, dispute=name, clauses=[], facts=list(facts))


def judgment(about: str, on: str, *rulings: dict[str, object], by: str = "party_a") -> Envelope:
    data = {"dispute": about, "court": "某法院", "reference": "某号", "final": True, "rulings": list(rulings)}
    return documented(fact("JudgmentEntered", on, by, **data))


def damages(of: str, on: str) -> Iterator[Envelope]:
    """An item of damages, and 100,000.00 yuan agreed in its place, which is the item ``agreed:sum``."""
    if of == CLOUD:
        said = {"system": "s0", "minutes": 90, "consequence": "problem"}
        yield named("item", fact("OnSiteAbsenceRecorded", on, "party_a", **said))
    else:
        yield fact("TicketOpened", f"{on}T08:00:00+08:00", "party_a", ticket="item", system="portal", priority="P1")
        yield fact("TicketResponded", f"{on}T18:00:00+08:00", "party_b", ticket="item")
    item = "a3-r12:item" if of == CLOUD else "response-credit:item"
    yield named("sum", agreement("DamagesAgreed", on, items=[item], amount="100000.00"))


def terms_of(agreement: str) -> Envelope:
    """The terms to register; of the second agreement such as let it last for years."""
    if agreement == CLOUD:
        return terms()
    document = document_json(tomllib.loads((CONTRACTS / "it-operations-example.toml").read_text(encoding="utf-8")))
    document["term"] = {"from": "2025-12-01", "to": "2035-11-30"}
    document["stages"][0]["by"] = "2026-08-15"
    return document


def beginning(agreement: str) -> Iterator[Envelope]:
    for party in ("party_a", "party_b"):
        yield fact("ContractSigned", "2025-11-19", party, party=party)
    if agreement == OPERATIONS:
        yield fact("BondPaid", "2025-11-20", "party_b", amount="60000.00")
        return
    yield fact("LeaseStarted", "2025-12-01", "party_a")
    for system in range(SYSTEMS):
        yield fact("SystemRegistered", "2025-12-01", "party_a", system=f"s{system}", name="业务系统",
                   annual_fee="120000.00", mlps_level=3, important=False)  # fmt: skip
