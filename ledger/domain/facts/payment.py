"""Facts of any contract under which is invoiced and paid: invoices, red letters, payments and what comes back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from ledger.domain.declare import record, replace
from ledger.domain.errors import Refusal
from ledger.domain.fact import AB, PARTY_A, PERFORMED, B, fact, kind
from ledger.domain.fact_data import as_it_was
from ledger.domain.facts.settlement import SETTLEMENT, debtors_of
from ledger.domain.fields import PERCENT, Count, Day, Identifier, Money, Name, Reason, list_of, record_of
from ledger.domain.money import Fen, yuan

if TYPE_CHECKING:
    from ledger.domain.admission_names import Assertion

INVOICE = kind("invoice", "发票", "invoice", "INV-1")
PAYMENT = kind("payment", "付款", "payment", "PAY-1")

TaxRate: TypeAlias = Annotated[Decimal, replace(PERCENT, sort="share", example="0.06", label=("税率", "tax rate"))]
"""A share of one; more than one was written in per cent, which is recorded and is an anomaly."""


@record
class InvoiceLine:
    """One line of an invoice: its amount, tax included, and its rate as a share of one."""

    amount: Money
    tax_rate: TaxRate


@record
class Allocation:
    """What of one payment went to one invoice."""

    invoice: Identifier
    amount: Money


_LINE = record_of(InvoiceLine, "一行发票明细", "a line of an invoice")
_ALLOCATION = record_of(Allocation, "付给一张发票的部分", "what went to one invoice")
InvoiceLines: TypeAlias = Annotated[tuple[InvoiceLine, ...], list_of(_LINE, least=1, unique=False)]
Allocations: TypeAlias = Annotated[tuple[Allocation, ...], list_of(_ALLOCATION, least=1)]


def _adds_up(what: Any, path: str, field: str) -> None:
    total = Fen(sum(one.amount for one in getattr(what, field)))
    if total != what.amount:
        raise Refusal("AMOUNT_NOT_SUM", f"{path}.amount", parts=field, sum=yuan(total), amount=yuan(what.amount))


def _is_an_invoice(what: InvoiceIssued, path: str) -> None:
    if what.lines is not None:
        _adds_up(what, path, "lines")


@fact(
    zh="开具发票", en="invoice issued", actors=B, introduces=INVOICE,
    one_of=("tax_rate", "lines"), check=_is_an_invoice, upcasts={1: as_it_was}, debt="pay-invoice",
    usual=AB,
    meaning="乙方就某一期付款向甲方开具发票；事实的日期是甲方收到发票之日。",
    labels={
        "instalment": ("期次", "instalment"), "tax_rate": ("税率", "tax rate"), "lines": ("明细", "lines"),
        "number": ("发票号码", "invoice number"), "issued_on": ("开票日期", "issued on"),
    },
    example={"tax_rate": "0.06"},
    headings={
        "on": ("收票日期", "收票日"), "instalment": ("付款期次", "付款期数", "期数"),
        "amount": ("价税合计", "发票金额", "开票金额"), "issued_on": ("开票日",),
    },
)  # fmt: skip
class InvoiceIssued:
    """Party B gave party A an invoice for an instalment, at one ``tax_rate`` or by ``lines``; ``on`` is the day
    party A received it, ``issued_on`` the invoice's own date, ``number`` that of a 数电票.
    """

    invoice: Identifier
    instalment: Count
    amount: Money
    tax_rate: TaxRate | None = None
    lines: InvoiceLines | None = None
    number: Name | None = None
    issued_on: Day | None = None


def tax_rates(what: InvoiceIssued) -> tuple[Decimal, ...]:
    """The rates of an invoice, each once, in the order of its lines."""
    if what.lines is None:
        return () if what.tax_rate is None else (what.tax_rate,)
    return tuple(dict.fromkeys(line.tax_rate for line in what.lines))


@fact(
    zh="发票作废", en="invoice voided", actors=B, subject=INVOICE, upcasts={1: as_it_was},
    meaning="乙方将一张发票作废；写明金额的，只就该金额开具红字发票。",
    example={"reason": "税率误开，作废重开"},
)  # fmt: skip
class InvoiceVoided:
    """Party B voided an invoice, or by a red letter as much of it as ``amount`` says."""

    invoice: Identifier
    reason: Reason
    amount: Money | None = None


def _is_paid_for_one_thing(what: PaymentMade, path: str) -> None:
    if what.allocations is not None:
        again = {one.invoice: index for index, one in reversed(list(enumerate(what.allocations)))}
        for index, one in enumerate(what.allocations):
            if again[one.invoice] != index:
                raise Refusal("LIST_DUPLICATE", f"{path}.allocations.{index}.invoice", value=one.invoice)
        _adds_up(what, path, "allocations")


def _by_who_owes_it(said: Assertion) -> None:
    settlement = said.what.settlement
    debtors = (PARTY_A,) if settlement is None else debtors_of(said.state, settlement)
    if not debtors:
        raise said.unknown(SETTLEMENT, "settlement", settlement)
    if said.actor not in debtors:
        raise Refusal("PAYER_OWES_NOTHING", said.role, actor=said.actor, debtor=", ".join(debtors))


@fact(
    zh="付款", en="payment made", actors=AB, introduces=PAYMENT, subject=INVOICE, waits=False,
    mentions=((INVOICE, "allocations.invoice"),), one_of=("invoice", "allocations", "settlement"),
    check=_is_paid_for_one_thing, admit=_by_who_owes_it,
    upcasts={1: as_it_was},
    saying=PERFORMED,
    usual=AB,
    meaning="甲方就一张或几张发票付款；或应付款的一方按结算或裁判付款。",
    labels={"allocations": ("分配", "allocations"), "settlement": ("结算", "settlement")},
    example={"invoice": "INV-1"},
)  # fmt: skip
class PaymentMade:
    """Party A paid towards one invoice, or several by ``allocations``, or a debtor on a ``settlement``.

    A settlement is named by its identifier, or by that of the dispute whose judgment raised it.
    """

    payment: Identifier
    invoice: Identifier | None = None
    allocations: Allocations | None = None
    settlement: Identifier | None = None
    amount: Money


def allocated(what: PaymentMade) -> tuple[Allocation, ...]:
    """What of a payment went to which invoice, in its order; empty for one on a settlement."""
    if what.allocations is not None:
        return what.allocations
    return () if what.invoice is None else (Allocation(invoice=what.invoice, amount=what.amount),)


@fact(
    zh="退款", en="payment returned", actors=AB, subject=PAYMENT, upcasts={1: as_it_was},
    meaning="一笔付款退回：被退票、退款，或付错了账户；写明金额的，只退回该金额。",
    example={"reason": "账号有误"},
)  # fmt: skip
class PaymentReturned:
    """A payment came back: bounced, refunded or misdirected; as much of it as ``amount`` says, else all."""

    payment: Identifier
    reason: Reason
    amount: Money | None = None
