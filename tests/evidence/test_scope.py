"""What a package about something shows: payments, demands, settlements and judgments with what they name."""

from __future__ import annotations

import pytest

from ledger.evidence.scope import closure
from tests.happenings import A, B, fact, incident, invoice, signed
from tests.scenario import History

BOTH = ["party_a", "party_b"]
PARTS = [{"invoice": "INV-1", "amount": "60.00"}, {"invoice": "INV-2", "amount": "40.00"}]
TOLD = (
    signed, invoice("2025-11-24", "60.00", "INV-1"), invoice("2025-11-25", "40.00", "INV-2"),
    invoice("2025-11-26", "5.00", "INV-3"), incident("2026-01-10", "outage", "inc-1"),
    incident("2026-01-20", "outage", "inc-2"),
    fact("PaymentMade", "2025-12-01", A, "both", payment="PAY-1", amount="100.00", allocations=PARTS),
    fact("PaymentMade", "2025-12-02", A, "one", payment="PAY-2", amount="5.00", invoice="INV-3"),
    fact("SettlementAgreed", "2026-02-01", A, "settled", settlement="JS-1", debtor=B, amount="9.00", summary="结算",
         confirmed_by=BOTH),
    fact("PaymentMade", "2026-02-02", B, "on it", payment="PAY-3", amount="9.00", settlement="JS-1"),
    fact("DemandMade", "2026-02-03", B, "demand", demand="CG-1", about=["pay-invoice:INV-3"]),
    fact("NoticeServed", "2026-02-04", B, "served", about="CG-1", manner="courier"),
    fact("DisputeOpened", "2026-02-05", A, "dispute", dispute="D-1", clauses=["10.1"], facts=[]),
    fact("JudgmentEntered", "2026-02-06", A, "judged", dispute="D-1", court="法院", reference="1 号", final=True,
         rulings=[{"incident": "inc-1", "grade": "B"}]),
)  # fmt: skip


@pytest.mark.parametrize(("about", "shown", "hidden"), [
    ("INV-1", {"INV-1", "INV-2", "both"}, {"INV-3", "one", "settled", "on it", "demand", "dispute"}),
    ("INV-3", {"INV-3", "one", "demand", "served"}, {"INV-1", "both", "settled", "dispute"}),
    ("JS-1", {"settled", "on it"}, {"INV-1", "both", "one", "demand", "dispute"}),
    ("D-1", {"dispute", "judged", "inc-1"}, {"inc-2", "INV-1", "settled"}),
    ("CG-1", {"demand", "served", "INV-3"}, {"INV-1", "settled"}),
])  # fmt: skip
def test_what_names_something_is_shown_with_it_and_what_does_not_is_withheld(
    about: str, shown: set[str], hidden: set[str]
) -> None:
    facts = History().record(*TOLD).facts
    found = {one.ref for one in facts if one.seq in closure(facts, [about])}
    assert shown <= found and not found & hidden
