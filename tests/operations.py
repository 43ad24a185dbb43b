"""What may happen to a contract on operation and maintenance: the words of the second agreement's tests.

The terms are those of ``contracts/it-operations-example.toml``: a service period from 2025-07-01 to 2026-06-30, 1.2
million in three parts, two systems.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from ledger.domain.terms import document_json
from tests.happenings import BOTH, A, B, Happening, fact
from tests.scenario import CONTRACTS, Expectation, History, Step, changed

EXAMPLE = CONTRACTS / "it-operations-example.toml"
SIGNED_ON, NINE = "2025-06-20", "T09:00:00+08:00"


@cache
def _document() -> dict[str, Any]:
    return document_json(tomllib.loads(EXAMPLE.read_text("utf-8")))


def terms(**changes: Any) -> dict[str, Any]:
    """The example's terms with some values changed, ``__`` for a dot; None takes out."""
    return changed(_document(), changes)


def given(*steps: Step, **changes: Any) -> History:
    """The contract registered, its terms changed as said, and what happened since."""
    return History(terms(**changes)).record(*steps)


SIGNED = [fact("ContractSigned", SIGNED_ON, role, f"signed-{role}", party=role) for role in (A, B)]


def accepted(on: str, stage: str = "initial") -> Happening:
    return fact("StageAccepted", on, A, f"accepted-{stage}", stage=stage)


def bond(on: str, amount: str = "60000.00", name: str = "bond") -> Happening:
    return fact("BondPaid", on, B, name, amount=amount)


def bond_drawn(on: str, *items: str, amount: str) -> Happening:
    return fact("BondDrawn", on, A, f"drawn-{on}", items=list(items), amount=amount)


def bond_returned(on: str, amount: str) -> Happening:
    return fact("BondReturned", on, A, f"returned-{on}", amount=amount)


def invoice(name: str, part: int, on: str, amount: str = "360000.00", rate: str = "0.06") -> Happening:
    data = {"invoice": name, "instalment": part, "amount": amount, "tax_rate": rate}
    return Happening("InvoiceIssued", on, A, data, name, actor=B)


def paid(on: str, invoice: str, amount: str, name: str | None = None) -> Happening:
    name = name or f"pay-{invoice}-{on}"
    return fact("PaymentMade", on, A, name, payment=name, invoice=invoice, amount=amount)


def maintenance(name: str, on: str, begins: str, minutes: int, system: str = "portal") -> Happening:
    return fact("MaintenanceAnnounced", on, B, name, maintenance=name, system=system, begins=begins, minutes=minutes)


def measured(
    month: str, downtime: int | str, left_out: int | str | None = None, *, on: str, by: str = A, system: str = "portal"
) -> Happening:  # fmt: skip
    data: dict[str, Any] = {"month": month, "system": system, "downtime_minutes": downtime}
    if left_out is not None:
        data["maintenance_minutes"] = left_out
    return Happening("AvailabilityMeasured", on, by, data, f"measured-{month}-{system}-{by}")


def opened(ticket: str, on: str, priority: str = "P1", system: str = "portal") -> Happening:
    return fact("TicketOpened", on, A, ticket, ticket=ticket, system=system, priority=priority)


def responded(ticket: str, on: str) -> Happening:
    return fact("TicketResponded", on, B, f"responded-{ticket}", ticket=ticket)


def resolved(ticket: str, on: str) -> Happening:
    return fact("TicketResolved", on, B, f"resolved-{ticket}", ticket=ticket)


def scored(quarter: int, score: str, on: str) -> Happening:
    return fact("QuarterAssessed", on, A, f"score-{quarter}-{on}", quarter=quarter, score=score)


def claimed(on: str, *items: str) -> Happening:
    return fact("CreditsClaimed", on, A, f"claim-{on}", items=list(items))


def agreed(on: str, *items: str, amount: str) -> Happening:
    return fact("DamagesAgreed", on, A, f"sum-{on}", items=list(items), amount=amount, confirmed_by=BOTH)


def settled(on: str, *items: str, amount: str, invoice: str | None = None, by: str = B) -> Happening:
    manner = {"manner": "paid"} if invoice is None else {"manner": "deducted", "invoice": invoice}
    return fact("DamagesSettled", on, by, f"settled-{on}", items=list(items), amount=amount, **manner)


def noticed(on: str, by: str = A, *clauses: str) -> Happening:
    return fact("TerminationNoticed", on, by, f"notice-{by}-{on}", **({"clauses": list(clauses)} if clauses else {}))


def served(on: str, about: str) -> Happening:
    return fact("NoticeServed", on, A, f"served-{about}", about=about, manner="courier")


def handed_over(on: str) -> Happening:
    return fact("HandoverCompleted", on, B, "handed-over")


def amended(on: str, **changes: Any) -> Happening:
    data = {key.replace("__", "."): value for key, value in changes.items()}
    return fact("AmendmentAgreed", on, A, f"amended-{on}", changes=data, confirmed_by=BOTH, summary="补充协议")


# -- what is expected -------------------------------------------------------------------------------


def section(name: str, **expected: Any) -> Expectation:
    """The values of some keys of a section."""
    def check(answer: Any) -> None:
        shown = {key: answer.status[name][key] for key in expected}
        assert shown == expected, f"{name}: {shown!r}, expected {expected!r}"

    return check


def item(id_: str, **expected: Any) -> Expectation:
    """The values of some keys of an item; without any: that there is none."""
    def check(answer: Any) -> None:
        found = answer.items().get(id_)
        assert (found is not None) == bool(expected), f"{id_}: {found!r}"
        shown = {key: found[key] for key in expected} if found is not None else {}
        assert shown == expected, f"{id_}: {shown!r}, expected {expected!r}"

    return check


def anomalies(*expected: tuple[str, str]) -> Expectation:
    """Code and fact of each anomaly."""
    def check(answer: Any) -> None:
        shown = [(code, fact) for code, fact, _ in answer.anomalies()]
        assert shown == list(expected), shown

    return check


def right(party: str, state: str) -> Expectation:
    """Where a party's right to terminate stands."""
    def check(answer: Any) -> None:
        shown = answer.status["termination"][party]
        assert shown["state"] == state and (state == "declared" or shown["allowed"] == (state == "open")), shown

    return check
