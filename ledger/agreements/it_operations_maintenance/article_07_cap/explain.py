"""How each sum of credits and damages was worked out, and why an item counts or does not (SPEC 9.6)."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_03_service_levels import explain as service_levels
from ledger.agreements.it_operations_maintenance.article_05_delay import explain as delay
from ledger.agreements.it_operations_maintenance.article_07_cap.counting import (
    CAP,
    accrued,
    counted,
    debtor_of,
    settled,
)
from ledger.agreements.it_operations_maintenance.article_07_cap.state import AgreedSum, CountedItem, Items, OwedItem
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.bilingual import debt_name, label, weekday
from ledger.domain.fact import PARTY_A, PARTY_B, Fact
from ledger.domain.law.arrival import arrived_on
from ledger.domain.money import Fen, percent, said_yuan
from ledger.explanation import Explanation, summed
from ledger.explanation.deadline import deadline


def tell(x: Explanation, part: str, key: str | None) -> None:
    book = counted(x.m, x.day)
    if part == "items" and key is not None:
        item(x, book.listed[key])
    elif part == "running":
        for one in sorted(book.delays.running.values(), key=lambda one: one.id):
            if key in (None, one.id):
                delay.running(x, one)
    elif part == "cap":
        _cap(x, book)
    elif part == "settled":
        _settled(x, book, PARTY_B)
    elif part == "owed_by_party_a":
        _accrued(x, book, PARTY_A)
        _settled(x, book, PARTY_A)
    else:
        _accrued(x, book, PARTY_B)
        if part in ("", "deductible"):
            _settled(x, book, PARTY_B)
            of_b, done = accrued(book, PARTY_B), settled(book, PARTY_B)
            x.step("OPS_DEDUCTIBLE", accrued=said_yuan(of_b), settled=said_yuan(done),
                   deductible=said_yuan(Fen(max(0, of_b - done))))  # fmt: skip


def _accrued(x: Explanation, book: Items, debtor: str) -> None:
    x.cite("7.1", "civil code 585")
    mine = [one for one in book.in_order if one.debtor == debtor]
    for one in mine:
        x.cite(one.clause)
        x.rest_on(*one.because)
        x.step("OPS_ITEM_LINE", item=debt_name(one.id), amount=said_yuan(one.amount),
               counted=said_yuan(Fen(one.counted)), state=label("item", one.state))  # fmt: skip
    code = "OPS_ACCRUED" if mine else "OPS_NOTHING_ACCRUED"
    x.step(code, debtor=label("role", debtor), day=x.day, sum=said_yuan(accrued(book, debtor)))
    _cap(x, book)
    if accrued(book, debtor):
        x.step("damages.adjustable")


def _cap(x: Explanation, book: Items) -> None:
    terms = TERMS.latest(x.m)
    if terms.cap is None or book.cap is None:
        x.step("OPS_NO_CAP")
        return
    x.cite("7.1", "civil code 506")
    for day, path in CAP:
        x.rest_on_term(path, day)
    x.step("OPS_CAP", share=percent(terms.cap.share), total=said_yuan(terms.price.total), cap=said_yuan(book.cap))
    x.step("EX_NO_EXEMPTION")


def _settled(x: Explanation, book: Items, debtor: str) -> None:
    mine = [one for one in book.settled.settlements if debtor_of(book, one.items[0]) == debtor]
    for one in mine:
        x.step("OPS_SETTLED_LINE", fact=x.fact(one.fact.id), amount=said_yuan(one.amount))
    x.step("OPS_SETTLED", debtor=label("role", debtor), sum=summed(one.amount for one in mine) if mine else "0.00")


def item(x: Explanation, one: CountedItem) -> None:
    """What gave rise to an item, whether it was claimed in time, and what of it counts."""
    x.cite(one.clause)
    x.step("OPS_ITEM", item=debt_name(one.id), debtor=label("role", one.debtor), amount=said_yuan(one.amount),
           day=one.day, facts=x.facts(one.because))  # fmt: skip
    if isinstance(one.of, AgreedSum):
        x.step("OPS_ITEM_RULED" if one.of.ruled else "OPS_ITEM_AGREED", fact=x.fact(one.of.fact.id),
               items=", ".join(one.of.covers))  # fmt: skip
    elif one.of.credit:
        service_levels.credit(x, one.of)
    else:
        _delay(x, one, one.of)
    if one.claim_by is not None:
        _claim(x, one)
    if one.absorbed_by is not None:
        x.step("OPS_ITEM_REPLACED", item=debt_name(one.id), by=one.absorbed_by)
    elif one.since is not None and one.counted < one.amount:
        x.cite("7.1")
        for day, path in CAP:
            x.rest_on_term(path, day)
        x.step("OPS_ITEM_CUT", item=debt_name(one.id), amount=said_yuan(one.amount),
               counted=said_yuan(Fen(one.counted)))  # fmt: skip
    if one.state == "standing":
        x.cite("civil code 585")
        x.step("damages.adjustable")


def _delay(x: Explanation, one: CountedItem, of: OwedItem) -> None:
    duty = x.m.duties.get(one.id.removeprefix("delay:"))
    since = duty.due_on if duty is not None else None
    terms = TERMS.on(x.m, since) if since is not None else None
    if since is not None and terms is not None and terms.delay is not None:
        for day, path in of.terms:
            x.rest_on_term(path, day)
        code = "OPS_STAGE_DELAY_ENDED" if of.debtor == PARTY_B else "OPS_DELAY_ENDED"
        x.step(code, since=weekday(since), on=weekday(one.day), days=(one.day - since).days,
               late=said_yuan(Fen(of.late)), rate=percent(terms.delay.rate_per_day),
               cap=percent(terms.delay.cap))  # fmt: skip


def _claim(x: Explanation, one: CountedItem) -> None:
    """By when the credit must be claimed, and whether it was."""
    x.cite("10.1")
    assert one.claim_by is not None
    x.rest_on_term("credits", one.day)
    if not isinstance(one.of, AgreedSum) and one.of.window_from is not None:
        x.read("credit-window", one.day)
    deadline(x, one.claim_by)
    by = weekday(one.claim_by.due)
    if one.claims:
        x.step("OPS_CLAIMED", facts=x.facts(fact.id for fact in one.claims), on=weekday(arrived_on(x.m, one.claims[0])),
               by=by)  # fmt: skip
    elif one.state == "claimable":
        x.step("OPS_CLAIMABLE", by=by)
    elif one.state == "forfeited":
        x.step("OPS_FORFEITED", by=by)


def claimed_late(x: Explanation, fact: Fact) -> None:
    """The credits for which a claim came too late."""
    book = counted(x.m, x.day)
    arrived = arrived_on(x.m, fact)
    for id_ in fact.what.items:
        one = book.listed.get(id_)
        if one is not None and one.claim_by is not None and arrived > one.claim_by.due:
            x.step("OPS_CLAIMED_LATE", fact=x.fact(fact.id), item=debt_name(id_), by=weekday(one.claim_by.due),
                   on=weekday(arrived))  # fmt: skip
