"""Which money covers which invoice: the invoice it was paid for as far as there is room, else, as credit, others (SPEC
4.3).

Money is moved in pieces. A piece that covers an invoice does so until the invoice is voided or the money is returned.
"""

from __future__ import annotations

from collections.abc import Iterable

from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.payments.state import Invoice, Payment, Payments, Piece


def divided(fact: Fact, allocations: Iterable[tuple[str, int]]) -> list[list[Piece]]:
    """The pieces of a payment or set-off: at first one for each allocation."""
    found: list[list[Piece]] = []
    for index, (invoice, amount) in enumerate(allocations):
        among: list[Piece] = []
        among.append(Piece(fact, invoice, amount, (fact.at, fact.seq, index), among))
        found.append(among)
    return found


def receive(m: Machine, piece: Piece) -> int:
    """Receive money for an invoice; returns how much exceeded what was unpaid."""
    book = m[Payments]
    invoice = book.invoices.get(piece.own)
    if invoice is None:  # it waits for its invoice
        book.waiting.setdefault(piece.own, []).append(piece)
        book.credit += piece.amount
        return 0
    room = invoice.unpaid
    invoice.direct += piece.amount
    beyond = max(0, piece.amount - room)
    if invoice.conforming and room:
        _lay(m, piece, invoice)
    if piece.on is None:
        book.set_free(piece)
    elif beyond:
        _rest(m, piece, beyond)
    touch(m, invoice)
    return beyond


def take_own(m: Machine, invoice: Invoice) -> None:
    """An invoice that conforms at last, or is unpaid again, first takes the free money that was paid for it."""
    for piece in m[Payments].meant.get(invoice.id, [])[:]:
        if not invoice.unpaid:
            break
        _use(m, piece, invoice)
    touch(m, invoice)


def spread(m: Machine) -> None:
    """At a day's end, free money covers conforming invoices: first of its own instalment, then others, by due day and
    id.
    """
    book = m[Payments]
    while book.free and book.owed:
        piece = book.free[0]
        home = book.invoices.get(piece.own)
        target = book.next_owed(home.instalment if home is not None else None)
        _use(m, piece, target)
        touch(m, target)


def _use(m: Machine, piece: Piece, invoice: Invoice) -> None:
    """Let a free piece cover an invoice as far as there is room; the rest stays free."""
    m[Payments].take_free(piece)
    beyond = max(0, piece.amount - invoice.unpaid)
    _lay(m, piece, invoice)
    if beyond:
        _rest(m, piece, beyond)


def _lay(m: Machine, piece: Piece, invoice: Invoice) -> None:
    assert invoice.conforms_on is not None
    # what was meant for it counts from its own day, or that on which another let it go; credit from the day it came
    here_since = max(piece.fact.day, piece.free_since) if piece.own == invoice.id else m.day
    piece.on, piece.covers_from = invoice, max(here_since, invoice.conforms_on)
    invoice.pieces.append(piece)
    invoice.covered += piece.amount


def _rest(m: Machine, piece: Piece, beyond: int) -> None:
    """Split off what of a piece exceeds an amount."""
    piece.amount -= beyond
    if piece.on is not None:
        piece.on.covered -= beyond
    m[Payments].set_free(_split(piece, beyond))


def _split(piece: Piece, amount: int) -> Piece:
    """Move part of a piece's money into a new piece."""
    rest = Piece(piece.fact, piece.own, amount, piece.place, piece.among, free_since=piece.free_since)
    piece.among.append(rest)
    return rest


def uncover(m: Machine, invoice: Invoice, amount: int) -> None:
    """Turn what covers the invoice beyond ``amount`` into credit: the money that came last first."""
    beyond = invoice.covered - amount
    invoice.left = invoice.left or beyond > 0
    latest_first = sorted(invoice.pieces, key=lambda one: (one.covers_from, one.place), reverse=True)
    for piece in latest_first if beyond > 0 else ():
        if beyond <= 0:
            break
        part = min(piece.amount, beyond)
        invoice.covered -= part
        beyond -= part
        if piece.amount > part:
            piece.amount -= part
            freed = _split(piece, part)
        else:
            invoice.pieces.remove(piece)
            freed = piece
        if freed.own != invoice.id:
            freed.free_since = m.day
        m[Payments].set_free(freed)
    touch(m, invoice)


def take_back(m: Machine, payment: Payment, amount: int) -> None:
    """Return money: from the last allocation first, and there free money before what covers an invoice."""
    book, opened = m[Payments], dict[str, Invoice]()
    for among in reversed(payment.pieces):
        latest_first = list(reversed(among))
        for piece in sorted(latest_first, key=_order_of_return):
            part = min(amount, piece.amount)
            if not part:
                continue
            piece.amount -= part
            amount -= part
            if piece.on is None:
                book.credit -= part
            home = book.invoices.get(piece.own)
            if home is not None:
                home.direct -= part
            if piece.on is not None:
                piece.on.covered -= part
            if not piece.amount:
                _remove(m, piece)
            if piece.on is not None:
                opened[piece.on.id] = piece.on
                touch(m, piece.on)
    for invoice in opened.values():
        take_own(m, invoice)


def _order_of_return(piece: Piece) -> tuple[int, int]:
    """Free money goes back first, then what covers other invoices, then what covers its own; of these the last to."""
    if piece.on is None:
        return 0, 0
    return (1 if piece.on.id != piece.own else 2), -piece.covers_from.toordinal()


def _remove(m: Machine, piece: Piece) -> None:
    book = m[Payments]
    piece.among.remove(piece)
    if piece.on is not None:
        piece.on.pieces.remove(piece)
        piece.on.left = True
    elif piece.own in book.invoices:
        book.take_free(piece)
    else:
        book.waiting[piece.own].remove(piece)


def touch(m: Machine, invoice: Invoice) -> None:
    """What is unpaid on an invoice may have changed."""
    book = m[Payments]
    m.touched.add("balance")
    book.told.touched.add(invoice.id)
    book.moved.append(invoice.id)
    if invoice.conforming:
        _weigh(m, invoice)
    else:
        book.owe_no_more(invoice)
    owing = invoice.unpaid if invoice.id in book.owed else 0
    unpaid = book.unpaid.pop(invoice.due_on, 0) + owing - invoice.owing
    if unpaid:
        book.unpaid[invoice.due_on] = unpaid
    invoice.owing = owing


def _weigh(m: Machine, invoice: Invoice) -> None:
    """Its obligation counts as fulfilled since the day on which it was covered in full."""
    book, id_ = m[Payments], "pay-invoice:" + invoice.id
    if invoice.covered < invoice.amount:
        book.owe(invoice)
        m.reopen(id_)
        return
    book.owe_no_more(invoice)
    duty = m.duties[id_]
    if duty.settled_on is None:
        reached = invoice.reached()
        assert reached is not None
        on, by = reached
        m.settle_by(id_, max(on, duty.raised_on), by)
    elif invoice.left:  # a red letter over what is paid does not settle it anew, but frees what no longer covers it
        here = {one.fact.id for one in invoice.pieces}
        left = [one for one in duty.settled_by if one in here or one in invoice.cut_by]
        m.settle_by(id_, duty.settled_on, left)
    invoice.left = False
