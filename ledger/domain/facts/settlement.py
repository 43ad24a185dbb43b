"""Facts of any contract's accounts between the parties: a settlement agreed, a demand made, a notice served."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from ledger.domain.fact import AB, DEBT, DONE, NOTICE, RELIED_ON, fact, kind
from ledger.domain.fields import IDENTIFIER, BothParties, Day, Identifier, Money, Text, list_of
from ledger.domain.rulings import Debtor, DebtRuled, rulings_of
from ledger.domain.values import choice

SETTLEMENT = kind("settlement", "结算", "settlement", "JS-1")
DEMAND = kind("demand", "催告", "demand", "CG-1")
Debts: TypeAlias = Annotated[tuple[str, ...], list_of(IDENTIFIER, least=1)]
Service: TypeAlias = Annotated[str, choice("方式", "manner", {
    "handed": ("当面交付", "handed over"), "post": ("邮寄", "by post"), "courier": ("快递", "by courier"),
    "electronic": ("电子送达", "electronically"), "publication": ("公告送达", "by publication"),
    "court": ("法院送达", "by the court"),
}, name="ServiceManner")]


@fact(
    zh="结算", en="settlement agreed", actors=AB, introduces=SETTLEMENT, debt="settlement", saying=RELIED_ON,
    meaning="双方确认结算：由一方向另一方支付一笔款项；约定付款日的，写明付款日。",
    labels={"debtor": ("付款义务人", "debtor"), "due_on": ("付款日", "due on"), "summary": ("摘要", "summary")},
    example={"amount": "120000.00", "due_on": "2026-12-31", "summary": "终止后结算"},
)  # fmt: skip
class SettlementAgreed:
    """Both parties settled accounts: ``debtor`` owes ``amount``, by ``due_on`` where they agreed a day."""

    settlement: Identifier
    debtor: Debtor
    amount: Money
    due_on: Day | None = None
    summary: Text
    confirmed_by: BothParties


def debtors_of(known: Any, settlement: str) -> tuple[str, ...]:
    """Who owes by the settlement of that name, or by judgments on the dispute of that name; empty for none known.

    ``known`` is what admission knows (:class:`ledger.domain.admission_state.AdmissionState`). A later ruling of one
    judgment on a debt is named ``{dispute}.2`` (SPEC 2.4).
    """
    seq = known.holders.get((SETTLEMENT, settlement))
    if seq is not None:
        return (known.what(seq).debtor,)
    stem, _, number = settlement.rpartition(".")
    disputes = {settlement, stem} if number.isdigit() else {settlement}
    found = []
    for seq in sorted({seq for name in disputes for seq in known.judgments.get(name, ())}):
        if seq not in known.standing.gone:
            judgment = known.what(seq)
            if judgment.dispute in disputes:
                found += [one.debtor for one in rulings_of(judgment, DebtRuled)]
    return tuple(dict.fromkeys(found))


@fact(
    zh="催告", en="demand made", actors=AB, introduces=DEMAND, served=True, saying=DONE,
    chosen={"about": DEBT},
    meaning="债权人催告债务人履行若干债务；债务以时效一节所列的编号指明。",
    labels={"about": ("所催债务", "debts")},
    example={"about": ["pay-invoice:INV-1"]},
)  # fmt: skip
class DemandMade:
    """A creditor demanded that debts, named as `limitation` names them, be paid (Civil Code 195)."""

    demand: Identifier
    about: Debts


@fact(
    zh="送达", en="notice served", actors=AB, mentions=(("about", "about"),),
    chosen={"about": NOTICE},
    meaning="一份通知（解除通知、提议、整改通知或催告）送达对方。",
    labels={"about": ("所送达的通知", "notice")},
    example={"about": "CG-1", "manner": "courier"},
)  # fmt: skip
class NoticeServed:
    """A declaration, proposal, notice or demand reached the other side (in writing; Civil Code 137, 565)."""

    about: Identifier
    manner: Service
