"""Facts of any contract under which damages accrue: an amount agreed in place of items, what was settled of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from ledger.domain.errors import Refusal
from ledger.domain.fact import AB, ITEM, RELIED_ON, Data, fact
from ledger.domain.fact_data import as_it_was
from ledger.domain.facts.payment import INVOICE
from ledger.domain.fields import BothParties, Identifier, Identifiers, Money
from ledger.domain.values import choice

if TYPE_CHECKING:
    from ledger.domain.admission_names import Assertion

Settlement: TypeAlias = Annotated[str, choice("方式", "manner", {
    "paid": ("已付", "paid"), "deducted": ("抵扣", "deducted"),
})]


def items_exist(said: Assertion) -> None:
    """Refusal ITEM_UNKNOWN unless each of ``items`` is there in some view."""
    items = said.known_items()
    for index, item in enumerate(said.what.items):
        if item not in items:
            raise said.refusal("ITEM_UNKNOWN", f"items.{index}", item=item)


@fact(
    zh="商定违约金", en="damages agreed", actors=AB, admit=items_exist,
    saying=RELIED_ON,
    chosen={"items": ITEM},
    meaning="双方就若干违约金项目商定一个金额。",
    labels={"items": ("违约金项目", "items")},
    example={"items": ["a2-r1:avail-2026-02"], "amount": "30000.00"},
)  # fmt: skip
class DamagesAgreed:
    """Both parties settled on an amount for damages items."""

    items: Identifiers
    amount: Money
    confirmed_by: BothParties


def _of_one_item(data: Data) -> Data:
    """Version 1, of the drafts before 10.3's groups, settled one ``item`` at a time."""
    if "item" not in data:
        return data
    rest = {key: value for key, value in data.items() if key != "item"}
    return {"items": [data["item"]], **rest}


def _names_what_it_was_deducted_from(what: DamagesSettled, path: str) -> None:
    if what.manner == "deducted" and what.invoice is None:
        raise Refusal("DEDUCTION_WITHOUT_INVOICE", f"{path}.invoice")
    if what.manner != "deducted" and what.invoice is not None:
        raise Refusal("INVOICE_WITHOUT_DEDUCTION", f"{path}.invoice")


@fact(
    zh="结清违约金", en="damages settled", actors=AB, subject=INVOICE, waits=False, admit=items_exist,
    check=_names_what_it_was_deducted_from, upcasts={1: _of_one_item, 2: as_it_was},
    saying=RELIED_ON,
    chosen={"items": ITEM},
    meaning="违约金已支付，或已从所写明的发票中抵扣。",
    labels={"items": ("违约金项目", "items")},
    example={"items": ["a2-r1:avail-2026-02"], "amount": "30000.00"},
)  # fmt: skip
class DamagesSettled:
    """Damages were paid, or deducted from an invoice (Civil Code 568)."""

    items: Identifiers
    amount: Money
    manner: Settlement
    invoice: Identifier | None = None
