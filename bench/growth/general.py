"""Histories that any contract may have: accounts, disputes, corrections, terms. Each ``of`` an agreement."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.growth.histories import (
    CLOUD,
    FIRST,
    OPERATIONS,
    Kind,
    agreement,
    damages,
    day,
    dispute,
    documented,
    each,
    invoice,
    judgment,
    later,
    named,
    paid,
    settlement,
)
from bench.ledger import Envelope, fact

START = FIRST.isoformat()

# -- invoices and payments -----------------------------------------------------------------------


def invoices(of: str, count: int) -> Iterator[Envelope]:
    """Invoices, half of them paid."""
    for number in range(count // 2):
        on, name = day(2 * number, count), f"I{number}"
        yield invoice(name, on)
        if number % 2:
            yield paid(f"P{number}", on, invoice=name)


def returns(of: str, count: int) -> Iterator[Envelope]:
    """Invoices paid, the payment returned and the invoice voided."""
    for number in range(count // 4):
        on, name = day(4 * number, count), f"I{number}"
        yield invoice(name, on)
        yield paid(f"P{number}", on, invoice=name)
        yield fact("PaymentReturned", on, "party_a", payment=f"P{number}", reason="退票")
        yield fact("InvoiceVoided", on, "party_b", invoice=name, reason="作废")


def payments(of: str, count: int) -> Iterator[Envelope]:
    """One invoice, paid in parts."""
    yield invoice("I", START, "300000.00")
    yield from each(lambda number, on: [paid(f"P{number}", on, "1.00", invoice="I")], count)


def payments_first(of: str, count: int) -> Iterator[Envelope]:
    """One invoice, and payments on it from before it."""
    yield invoice("I", later(START, 300), "300000.00")
    yield from each(lambda number, on: [paid(f"P{number}", on, "1.00", invoice="I")], count)


def credit(of: str, count: int) -> Iterator[Envelope]:
    """Payments on an invoice that is paid, then invoices which that money covers."""
    yield invoice("I", START)
    for number in range(count // 2):
        yield paid(f"P{number}", day(number, count), "2.00", invoice="I")
    for number in range(count // 2):
        yield invoice(f"I{number}", day(count // 2 + number, count), "1.00")


def returns_of_one(of: str, count: int) -> Iterator[Envelope]:
    """One payment, returned bit by bit."""
    yield invoice("I", START, "300000.00")
    yield paid("P", START, "300000.00", invoice="I")
    yield from each(lambda _, on: [
        fact("PaymentReturned", on, "party_a", payment="P", amount="1.00", reason="退款")
    ], count)  # fmt: skip


def red_letters(of: str, count: int) -> Iterator[Envelope]:
    """One invoice, paid, and cut bit by bit."""
    yield invoice("I", START, "300000.00")
    yield paid("P", START, "300000.00", invoice="I")
    yield from each(lambda _, on: [
        fact("InvoiceVoided", on, "party_b", invoice="I", amount="1.00", reason="红字")
    ], count)  # fmt: skip


def unripe(of: str, count: int) -> Iterator[Envelope]:
    """Invoices of an instalment that waits for something, and others voided meanwhile, which may let them conform."""
    for number in range(count // 3):
        on = day(3 * number, count)
        waits = fact("InvoiceIssued", on, "party_b", invoice=f"W{number}", instalment=2, amount="1.00", tax_rate="0.06")
        voided = fact("InvoiceVoided", on, "party_b", invoice=f"I{number}", reason="作废")
        yield from (waits, invoice(f"I{number}", on), voided)


def allocations(of: str, count: int) -> Iterator[Envelope]:
    """Invoices, and payments of five at a time."""
    for number in range(count // 6):
        on, names = day(6 * number, count), [f"I{number}-{place}" for place in range(5)]
        yield from (invoice(name, on) for name in names)
        parts = [{"invoice": name, "amount": "10.00"} for name in names]
        yield paid(f"P{number}", on, "50.00", allocations=parts)


# -- damages and settlements --------------------------------------------------------------------


def set_offs(of: str, count: int) -> Iterator[Envelope]:
    """One amount of damages, set off bit by bit against one invoice."""
    yield from damages(of, START)
    yield invoice("I", later(START, 1), "300000.00")
    yield from each(lambda _, on: [fact(
        "DamagesSettled", later(on, 1), "party_a", items=["agreed:sum"], amount="1.00", manner="deducted", invoice="I"
    )], count)  # fmt: skip


def damages_paid(of: str, count: int) -> Iterator[Envelope]:
    """One amount of damages, paid bit by bit."""
    yield from damages(of, START)
    yield from each(lambda _, on: [
        fact("DamagesSettled", later(on, 1), "party_b", items=["agreed:sum"], amount="1.00", manner="paid")
    ], count)  # fmt: skip


def agreed_again(of: str, count: int) -> Iterator[Envelope]:
    """Amounts agreed one after another in place of one item."""
    yield from damages(of, START)
    item = "a3-r12:item" if of == CLOUD else "response-credit:item"
    yield from each(lambda _, on: [agreement("DamagesAgreed", on, items=[item], amount="1.00")], count)


def settlements(of: str, count: int) -> Iterator[Envelope]:
    """Agreed settlement sums, half of them paid."""
    for number in range(count // 2):
        on, name = day(2 * number, count), f"S{number}"
        yield settlement(name, on)
        if number % 2:
            yield paid(f"P{number}", on, settlement=name)


def settlement_paid(of: str, count: int) -> Iterator[Envelope]:
    """One settlement, paid in parts."""
    yield settlement("S", START, "300000.00")
    yield from each(lambda number, on: [paid(f"P{number}", on, "1.00", settlement="S")], count)


def settlement_paid_first(of: str, count: int) -> Iterator[Envelope]:
    """One settlement, and payments on it from before it."""
    yield settlement("S", later(START, 300), "300000.00")
    yield from each(lambda number, on: [paid(f"P{number}", on, "1.00", settlement="S")], count)


def settlement_returned(of: str, count: int) -> Iterator[Envelope]:
    """One settlement, paid in parts each of which is returned."""
    yield settlement("S", START, "300000.00")
    for number in range(count // 2):
        on = day(2 * number, count)
        yield paid(f"P{number}", on, "1.00", settlement="S")
        yield fact("PaymentReturned", on, "party_a", payment=f"P{number}", reason="退票")


def demands(of: str, count: int) -> Iterator[Envelope]:
    """Invoices, each with a demand for payment."""
    for number in range(count // 2):
        on, name = day(2 * number, count), f"I{number}"
        yield invoice(name, on)
        yield fact("DemandMade", on, "party_b", demand=f"d{number}", about=[f"pay-invoice:{name}"])


def demands_of_one(of: str, count: int) -> Iterator[Envelope]:
    """Demands for payment of one invoice, each served."""
    yield invoice("I", START, "300000.00")
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("DemandMade", on, "party_b", demand=f"d{number}", about=["pay-invoice:I"])
        yield fact("NoticeServed", on, "party_b", about=f"d{number}", manner="post")


def debts_acknowledged(of: str, count: int) -> Iterator[Envelope]:
    """Settlements, each acknowledged by the debtor, which starts its time again."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield named(f"S{number}", settlement(f"S{number}", on))
        yield fact("FactAcknowledged", later(on, 1), "party_b", target=f"S{number}")


# -- disputes --------------------------------------------------------------------------------------


def lawsuits(of: str, count: int) -> Iterator[Envelope]:
    """Invoices, each disputed and sued on."""
    for number in range(count // 3):
        on = day(3 * number, count)
        yield named(f"I{number}", invoice(f"I{number}", on))
        yield dispute(f"D{number}", on, f"I{number}")
        yield fact("LawsuitFiled", on, "party_b", dispute=f"D{number}", court="某法院")


def suits_on_one(of: str, count: int) -> Iterator[Envelope]:
    """One dispute, brought to court and resolved again and again."""
    yield named("I", invoice("I", START, "300000.00"))
    yield dispute("D", START, "I")
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("LawsuitFiled", on, "party_b", dispute="D", court="某法院")
        yield documented(fact("DisputeResolved", on, "party_a", dispute="D", outcome="调解"))


def disputes_of_one(of: str, count: int) -> Iterator[Envelope]:
    """Disputes over one fact."""
    yield named("I", invoice("I", START, "300000.00"))
    yield from each(lambda number, on: [dispute(f"D{number}", on, "I")], count)


def judgments(of: str, count: int) -> Iterator[Envelope]:
    """Disputes, each decided for a sum, which is paid."""
    for number in range(count // 3):
        on = day(3 * number, count)
        yield dispute(f"D{number}", on, by="party_a")
        yield judgment(f"D{number}", on, {"debtor": "party_a", "amount": "10.00"})
        yield paid(f"P{number}", on, settlement=f"D{number}")


def judgments_on_one(of: str, count: int) -> Iterator[Envelope]:
    """One dispute, decided again and again, each time for another sum."""
    yield dispute("D", START)
    yield from each(lambda number, on: [
        judgment("D", on, {"debtor": "party_a", "amount": f"{number + 1}.00"})
    ], count)  # fmt: skip


def facts_ruled(of: str, count: int) -> Iterator[Envelope]:
    """One fact, ruled to stand and not to stand in turns."""
    yield named("I", invoice("I", START, "300000.00"))
    yield dispute("D", START, "I")
    yield from each(lambda number, on: [judgment("D", on, {"fact": "I", "stands": number % 2 == 0})], count)


# -- the record itself ---------------------------------------------------------------------------


def corrections(of: str, count: int) -> Iterator[Envelope]:
    """One fact, corrected again and again."""
    yield named("I", invoice("I", START, "300000.00"))
    for number in range(count):
        data = {"invoice": "I", "instalment": 1, "amount": f"{number + 1}.00", "tax_rate": "0.06"}
        yield fact("FactCorrected", day(number, count), "party_b", target="I", data=data, reason="更正")


def corrections_of_one(of: str, count: int) -> Iterator[Envelope]:
    """A fact with a correction, which is corrected again and again."""
    yield named("I", invoice("I", START, "300000.00"))
    for number in range(count):
        data: dict[str, object] = {
            "invoice": "I", "instalment": 1, "amount": f"{number + 1}.00", "tax_rate": "0.06",
        }  # fmt: skip
        target = "I"
        if number:
            target, data = "first", {"target": "I", "data": data, "reason": "更正"}
        one = fact("FactCorrected", day(number, count), "party_b", target=target, data=data, reason="更正")
        yield one if number else named("first", one)


def corrected_days(of: str, count: int) -> Iterator[Envelope]:
    """Invoices, each corrected to another day."""
    for number in range(count // 2):
        on, name = day(2 * number, count), f"I{number}"
        yield named(name, invoice(name, on))
        data = {"invoice": name, "instalment": 1, "amount": "9.00", "tax_rate": "0.06"}
        one = fact("FactCorrected", on, "party_b", target=name, data=data, reason="更正")
        yield {**one, "data": {**one["data"], "on": later(on, 1)}}


def retractions(of: str, count: int) -> Iterator[Envelope]:
    """A fact, retracted, the retraction retracted, and so on."""
    yield named("r0", invoice("I", START, "300000.00"))
    for number in range(count):
        one = fact("FactRetracted", day(number, count), "party_b", target=f"r{number}", reason="撤回")
        yield named(f"r{number + 1}", one)


def retracted(of: str, count: int) -> Iterator[Envelope]:
    """Invoices, each retracted, and the identifier used anew."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield named(f"i{number}", invoice("I", on))
        yield fact("FactRetracted", on, "party_b", target=f"i{number}", reason="撤回")


def contests(of: str, count: int) -> Iterator[Envelope]:
    """Invoices, each contested."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield named(f"I{number}", invoice(f"I{number}", on))
        yield fact("FactContested", on, "party_a", target=f"I{number}", reason="不实")


def contests_of_one(of: str, count: int) -> Iterator[Envelope]:
    """One fact, contested again and again."""
    yield named("I", invoice("I", START, "300000.00"))
    yield from each(lambda _, on: [documented(fact("FactContested", on, "party_a", target="I"))], count)


def acknowledgements_of_one(of: str, count: int) -> Iterator[Envelope]:
    """One fact, acknowledged again and again."""
    yield named("I", invoice("I", START, "300000.00"))
    yield from each(lambda _, on: [fact("FactAcknowledged", on, "party_a", target="I")], count)


def acknowledged(of: str, count: int) -> Iterator[Envelope]:
    """Contests of invoices, each given up by acknowledging."""
    for number in range(count // 3):
        on = day(3 * number, count)
        yield named(f"I{number}", invoice(f"I{number}", on))
        yield fact("FactContested", on, "party_a", target=f"I{number}")
        yield fact("FactAcknowledged", on, "party_a", target=f"I{number}")


def attachments(of: str, count: int) -> Iterator[Envelope]:
    """Documents attached to one fact."""
    yield named("I", invoice("I", START, "300000.00"))
    for number in range(count):
        said = {"about": "I", "sha256": f"{number:064x}", "name": "发票.pdf", "media_type": "application/pdf"}
        yield fact("DocumentAttached", day(number, count), "party_a", **said)


def with_documents(of: str, count: int) -> Iterator[Envelope]:
    """Invoices, each with a document of its own."""
    for number in range(count):
        document = {"sha256": f"{number:064x}", "name": "发票.pdf", "media_type": "application/pdf"}
        yield {**invoice(f"I{number}", day(number, count)), "documents": [document]}


def exports(of: str, count: int) -> Iterator[Envelope]:
    """Exports of evidence."""
    yield from each(lambda number, on: [
        fact("EvidenceExported", on, "party_a", scope="全部", facts=number + 1)
    ], count)  # fmt: skip


# -- terms and time --------------------------------------------------------------------------------


def amendments(of: str, count: int) -> Iterator[Envelope]:
    """Amendments of one term."""
    yield from each(lambda number, on: [
        agreement("AmendmentAgreed", on, changes={"contract.title": f"合同 {number}"}, summary="补充协议")
    ], count)  # fmt: skip


def amended_invoices(of: str, count: int) -> Iterator[Envelope]:
    """Amendments of one term, and invoices after each."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield agreement("AmendmentAgreed", on, changes={"contract.title": f"合同 {number}"}, summary="补充协议")
        yield invoice(f"I{number}", on)


def one_day(of: str, count: int) -> Iterator[Envelope]:
    """Invoices and payments of one day."""
    yield from ({**one, "on": START} for one in invoices(of, count))


def late(of: str, count: int) -> Iterator[Envelope]:
    """Invoices recorded from the last to the first, long after."""
    yield from reversed([invoice(f"I{number}", day(number, count)) for number in range(count)])


def future(of: str, count: int) -> Iterator[Envelope]:
    """Settlements that are due in coming years, a day each."""
    for number in range(count):
        one = settlement(f"S{number}", START)
        yield {**one, "data": {**one["data"], "due_on": later(START, 400 + number)}}


def signatures(of: str, count: int) -> Iterator[Envelope]:
    """Signatures of a contract that both have signed."""
    yield from each(lambda _, on: [fact("ContractSigned", on, "party_a", party="party_a")], count)


PATHS = {
    "limitation": (
        settlements, settlement_paid, settlement_paid_first, settlement_returned, demands, demands_of_one,
        debts_acknowledged, lawsuits, suits_on_one, judgments, judgments_on_one, future,
    ),
    "balance.overdue": (
        invoices, returns, payments, payments_first, credit, returns_of_one, red_letters, unripe, allocations,
        corrections, corrections_of_one, corrected_days, retractions, retracted, facts_ruled, amended_invoices, one_day,
        late, signatures, with_documents,
    ),
    "damages.accrued": (set_offs, damages_paid, agreed_again),
    "contested": (contests, contests_of_one, acknowledgements_of_one, acknowledged, disputes_of_one),
    "obligations": (attachments, exports, amendments),
}  # fmt: skip


def kinds(of: str) -> dict[str, Kind]:
    """Every kind of this module, in an agreement."""
    return {
        f"{of}:{make.__name__}": Kind(partial(make, of), path, of) for path, makes in PATHS.items() for make in makes
    }


KINDS = kinds(CLOUD) | kinds(OPERATIONS)
