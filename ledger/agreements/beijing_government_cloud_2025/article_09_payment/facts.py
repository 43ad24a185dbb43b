"""第九条 支付条款: deployment, stage review, invoices and payments."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.vocabulary import INVOICE, PAYMENT
from ledger.domain.fact import AB, DONE, PERFORMED, A, B, fact
from ledger.domain.fields import Count, Identifier, Money, Percent, Reason


@fact(
    "9.1", zh="云资源部署完成", en="resources deployed", actors=B,
    saying=PERFORMED,
    meaning="乙方完成云资源部署。",
)  # fmt: skip
class ResourcesDeployed:
    """Party B finished deploying the cloud resources (Art. 9.1)."""


@fact(
    "9.1", zh="阶段性验收评审通过", en="stage review passed", actors=A, first=True,
    saying=DONE,
    meaning="阶段性验收评审通过。",
)  # fmt: skip
class StageReviewPassed:
    """The stage review was passed (Art. 9.1)."""

    reason: Reason | None = None


@fact(
    "9.1", zh="阶段性验收评审未通过", en="stage review failed", actors=A,
    saying=DONE,
    meaning="阶段性验收评审未通过。",
)  # fmt: skip
class StageReviewFailed:
    """The stage review was not passed (Art. 9.1)."""

    reason: Reason | None = None


@fact(
    "9.1", zh="开具发票", en="invoice issued", actors=B, introduces=INVOICE,
    meaning="乙方就某一期付款向甲方开具发票。",
    labels={"instalment": ("期次", "instalment"), "tax_rate": ("税率", "tax rate")},
    example={"tax_rate": "0.06"},
)  # fmt: skip
class InvoiceIssued:
    """Party B gave party A an invoice for an instalment (Art. 9.1, 9.2)."""

    invoice: Identifier
    instalment: Count
    amount: Money
    tax_rate: Percent


@fact(
    "9.1", zh="发票作废", en="invoice voided", actors=B, subject=INVOICE,
    meaning="乙方将一张发票作废。",
    example={"reason": "税率误开，作废重开"},
)  # fmt: skip
class InvoiceVoided:
    """Party B voided an invoice (Art. 9.1)."""

    invoice: Identifier
    reason: Reason


@fact(
    "9.1", zh="付款", en="payment made", actors=A, introduces=PAYMENT, subject=INVOICE, waits=False,
    saying=PERFORMED,
    meaning="甲方就一张发票付款。",
)  # fmt: skip
class PaymentMade:
    """Party A paid towards an invoice (Art. 9.1)."""

    payment: Identifier
    invoice: Identifier
    amount: Money


@fact(
    "9.1", zh="退款", en="payment returned", actors=AB, subject=PAYMENT,
    meaning="一笔付款退回：被退票、退款，或付错了账户。",
    example={"reason": "账号有误"},
)  # fmt: skip
class PaymentReturned:
    """A payment came back: bounced, refunded or misdirected (Art. 9.1)."""

    payment: Identifier
    reason: Reason
