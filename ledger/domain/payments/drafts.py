"""Facts drafted from an electronic invoice: the invoice issued or, for a red letter, a (partial) void.

When party A received it and which instalment it is for are not in the invoice and must be answered. Whether parties,
sum and rate are those of the contract is remarked beside the draft; the fact can be recorded all the same and is judged
like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ledger.domain.admission_state import AdmissionState
from ledger.domain.declare import NamedTuple
from ledger.domain.fact import PARTY_A, PARTY_B
from ledger.domain.facts.payment import INVOICE
from ledger.domain.feeds import Drafting, DraftingBasis, DraftNote, ElectronicInvoice, Proposed
from ledger.domain.money import Fen, percent, said_yuan, yuan


class Expected(NamedTuple):
    """What the terms say of invoices: the sum of each instalment that is fixed, and the tax rate as a share of one."""

    amounts: Mapping[int, Fen]
    tax_rate: Decimal | None


def invoices(expects: Callable[[Mapping[str, Any]], Expected]) -> Drafting:
    """Drafts for the invoices of a file; ``expects`` gives what the agreement's terms, as amended, say of invoices."""

    def drafted(told: Sequence[ElectronicInvoice], known: DraftingBasis) -> list[Proposed]:
        expected = expects(known.stream.document())
        return [_voided(one, known) if one.red else _issued(one, known, expected) for one in told]

    return drafted


def _issued(one: ElectronicInvoice, known: DraftingBasis, expected: Expected) -> Proposed:
    data: dict[str, Any] = {"invoice": one.number, "amount": yuan(one.total), "number": one.number}
    by_rate = _by_rate(one)
    if len(by_rate) == 1:
        data["tax_rate"] = f"{next(iter(by_rate)):f}"
    else:
        data["lines"] = [{"amount": yuan(amount), "tax_rate": f"{rate:f}"} for rate, amount in by_rate.items()]
    if one.issued_on is not None:
        data["issued_on"] = one.issued_on.isoformat()
    if "data.instalment" in known.answers:
        data["instalment"] = known.answers["data.instalment"]
    held = _invoice_of(known.stream, one.number)
    again = [DraftNote("EINVOICE_ON_RECORD", {"invoice": held})] if held != one.number else []
    notes = (
        *again, *_parties(one, known), *_sum(one, expected, data.get("instalment")), *_rates(one, by_rate, expected),
    )  # fmt: skip
    return Proposed(_envelope("InvoiceIssued", one, data, known), notes)


def _by_rate(one: ElectronicInvoice) -> dict[Decimal, Fen]:
    """The sum at each rate of an invoice; discount lines are negative and reduce the sum of their rate."""
    found: dict[Decimal, Fen] = {}
    for line in one.lines:
        rate = line.tax_rate or Decimal(0)
        found[rate] = Fen(found.get(rate, 0) + line.amount)
    return found


def _envelope(type_: str, one: ElectronicInvoice, data: dict[str, Any], known: DraftingBasis) -> dict[str, Any]:
    who = {"by": known.by} if known.by == PARTY_B else {"by": known.by, "actor": PARTY_B}
    on = {"on": known.answers["on"]} if "on" in known.answers else {}
    return {"type": type_, **on, **who, "ref": f"einvoice-{one.number}", "data": data}


def _parties(one: ElectronicInvoice, known: DraftingBasis) -> Iterator[DraftNote]:
    """Compare seller and buyer with the parties in the terms."""
    terms = known.stream.document()
    for role, named in ((PARTY_B, one.seller), (PARTY_A, one.buyer)):
        wanted = terms["parties"][role]["name"]
        if _name(named) != _name(wanted):
            code = "EINVOICE_SELLER_OTHER" if role == PARTY_B else "EINVOICE_BUYER_OTHER"
            yield DraftNote(code, {"named": named, "wanted": wanted})


def _name(text: str) -> str:
    """A name for comparison: width of brackets and spaces do not matter."""
    return text.translate(str.maketrans("（）", "()")).replace(" ", "")


def _sum(one: ElectronicInvoice, expected: Expected, instalment: object) -> Iterator[DraftNote]:
    """Compare the sum with the stated instalment, or with all of them where none is stated."""
    total = said_yuan(one.total)
    if instalment is None:
        like = [str(number) for number, amount in expected.amounts.items() if amount == one.total]
        shown = "; ".join(f"{number}: {said_yuan(amount)}" for number, amount in expected.amounts.items())
        code = "EINVOICE_INSTALMENT_LIKE" if like else "EINVOICE_INSTALMENT_ASKED"
        said = {"like_zh": "、".join(like), "like": ", ".join(like)}
        yield DraftNote(code, {**said, "amounts": shown or "–", "total": total})
    elif isinstance(instalment, int) and expected.amounts.get(instalment, one.total) != one.total:
        amount = said_yuan(expected.amounts[instalment])
        yield DraftNote("EINVOICE_SUM_OTHER", {"total": total, "number": instalment, "amount": amount})


def _rates(one: ElectronicInvoice, by_rate: dict[Decimal, Fen], expected: Expected) -> Iterator[DraftNote]:
    others = [rate for rate in by_rate if expected.tax_rate not in (None, rate)]
    if others and expected.tax_rate is not None:
        said = {"rates": ", ".join(map(percent, others)), "agreed": percent(expected.tax_rate)}
        yield DraftNote("EINVOICE_RATE_OTHER", said)
    if any(line.tax_rate is None for line in one.lines):
        yield DraftNote("EINVOICE_NO_RATE")


def _voided(one: ElectronicInvoice, known: DraftingBasis) -> Proposed:
    """A red letter voids as much of the invoice it names as its sum says."""
    invoice = _invoice_of(known.stream, one.cancels)
    data: dict[str, Any] = {"reason": f"红字发票 {one.number}", "amount": yuan(Fen(abs(one.total)))}
    if invoice is not None:
        data = {"invoice": invoice, **data}
    notes = list(_parties(one, known))
    if one.cancels is None:
        notes.append(DraftNote("EINVOICE_RED_OF_WHICH"))
    return Proposed(_envelope("InvoiceVoided", one, data, known), tuple(notes))


def _invoice_of(stream: AdmissionState, number: str | None) -> str | None:
    """The invoice with this 发票号码, by its identifier here; a number not found stands for itself."""
    if number is None or (INVOICE, number) in stream.holders:
        return number
    for seq, entry in enumerate(stream.entries, 1):
        if entry.type == "InvoiceIssued" and stream.what(seq).number == number:
            return str(stream.what(seq).invoice)
    return number
