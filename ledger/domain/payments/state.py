"""Invoices, and the money paid on them or set off against them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import Any

from ledger.domain.debts import DebtsTold
from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact
from ledger.domain.money import Fen

_PLACE = attrgetter("place")


@dataclass(slots=True, eq=False)
class Piece:
    """Part of a payment or set-off: money paid for the invoice ``own``, now covering the invoice ``on`` or none.

    ``place`` orders pieces by their fact, then by allocation; ``among`` are all pieces of its allocation.
    """

    fact: Fact
    own: str
    amount: int  # fen
    place: tuple[int, int, int]
    among: list[Piece]
    on: Invoice | None = None
    covers_from: date = date.min  # since when it lies where it lies
    free_since: date = date.min  # since when it may cover its own invoice, having covered another before


@dataclass(slots=True)
class Cut:
    """A void: from its day on the amount of the invoice is ``amount``."""

    fact: Fact
    amount: int


@dataclass(slots=True, eq=False)
class Invoice:
    """An invoice as received, and what became of it.

    ``amount`` is its amount less what was voided; ``faults`` why it did not conform on receipt; ``conforms_on`` since
    when it conforms, through ``cured_by`` if later. ``earlier`` is the sum of earlier invoices of its instalment.
    """

    id: str
    fact: Fact
    issued: Fen
    instalment: int
    amount: int
    faults: tuple[str, ...] = ()
    earlier: int = 0
    conforms_on: date | None = None
    cured_by: Fact | None = None
    cuts: list[Cut] = field(default_factory=list)
    cut_by: set[str] = field(default_factory=set)  # their facts
    pieces: list[Piece] = field(default_factory=list)  # what covers it
    left: bool = False  # something that covered it no longer does, since it was last looked at
    covered: int = 0  # their sum
    direct: int = 0  # fen paid on it or set off against it, wherever that lies now
    due_on: date = date.max  # of the obligation to pay it; date.max: none
    owing: int = 0  # fen of it that the book's sums of what is unpaid contain

    @property
    def conforming(self) -> bool:
        return self.conforms_on is not None and not self.voided

    @property
    def voided(self) -> bool:
        return self.amount == 0

    @property
    def unpaid(self) -> int:
        """What is still to be paid; for one that does not conform, of its amount."""
        return self.amount - self.covered if self.conforms_on is not None else max(0, self.amount - self.direct)

    def reached(self) -> tuple[date, list[str]] | None:
        """Since when it is covered in full, and by which facts; None where it is not."""
        if not self.cuts:
            return self._reached(self.issued)
        stages = [(date.min, int(self.issued), None), *((cut.fact.day, cut.amount, cut.fact) for cut in self.cuts)]
        found = []
        for day, amount, fact in stages:
            reached = self._reached(amount)
            if reached is not None:
                on, by = reached
                found.append((max(on, day), by if fact is None or on >= day else [*by, fact.id]))
        return min(found, key=lambda one: one[0], default=None)

    def _reached(self, amount: int) -> tuple[date, list[str]] | None:
        if self.covered < amount:
            return None
        sum_, by = 0, list[Piece]()
        for piece in sorted(self.pieces, key=lambda one: (one.covers_from, one.place)):
            sum_ += piece.amount
            by.append(piece)
            if sum_ >= amount:
                in_order = sorted(by, key=lambda one: one.place)
                return piece.covers_from, list(dict.fromkeys(one.fact.id for one in in_order))
        return None


@dataclass(slots=True)
class Payment:
    """A payment, by allocation; ``returned`` is the amount returned.

    ``beyond`` are the returns of more than was left of it, by fact, with what was left then, in fen.
    """

    fact: Fact
    amount: Fen
    allocations: list[tuple[str, int]]  # invoices and amounts
    pieces: list[list[Piece]]  # of each allocation
    returned: int = 0
    returned_by: list[Fact] = field(default_factory=list)
    beyond: dict[str, int] = field(default_factory=dict)

    def give_back(self, m: Any, fact: Fact, amount: int | None) -> int:
        """Return what is left of it, at most ``amount``, by ``fact``; returns how much.

        A return of more than that, or of one returned already, is an anomaly (4.3).
        """
        left = self.amount - self.returned
        back = left if amount is None else min(amount, left)
        if left < (amount or 1):  # without an amount all that is left comes back, of which there must be some
            self.beyond[fact.id] = left
            m.anomaly("RETURN_EXCEEDS_PAYMENT", fact)
        if back:
            self.returned += back
            self.returned_by.append(fact)
        return back


@dataclass(slots=True)
class SetOff:
    """Damages deducted from an invoice, as far as both debts existed (民法典 568)."""

    fact: Fact
    amount: int
    pieces: list[list[Piece]]  # by invoice


@dataclass(slots=True)
class Payments:
    """Invoices, payments and set-offs by identifier; ``invoiced`` is the conforming sum by instalment, in fen.

    ``owed`` are the conforming invoices not covered in full, ``turns`` the order in which each instalment's are covered
    by credit, ``unpaid`` the sums unpaid on them by due day (date.max: none), ``unripe`` the invoices that may still
    come to conform, by instalment, in order. ``free`` is the money that covers nothing, in order, ``meant`` the same by
    the invoice it was paid for, ``waiting`` that for invoices not yet recorded; ``credit`` is the sum of both, in fen.
    ``moved`` are the invoices on which something changed, in the order of the changes.
    """

    invoices: dict[str, Invoice] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    set_offs: dict[str, SetOff] = field(default_factory=dict)  # by fact
    invoiced: dict[int, int] = field(default_factory=dict)
    owed: dict[str, Invoice] = field(default_factory=dict)
    unpaid: dict[date, int] = field(default_factory=dict)
    turns: dict[int, list[tuple[date, str]]] = field(default_factory=dict)
    unripe: dict[int, list[Invoice]] = field(default_factory=dict)
    free: list[Piece] = field(default_factory=list)
    meant: dict[str, list[Piece]] = field(default_factory=dict)
    waiting: dict[str, list[Piece]] = field(default_factory=dict)
    credit: int = 0
    paid: int = 0
    deducted: int = 0
    today: list[Invoice | Payment] = field(default_factory=list)  # those of the day being handled
    exceeding: set[str] = field(default_factory=set)  # payments that were beyond an invoice
    moved: list[str] = field(default_factory=list)
    told: DebtsTold = field(default_factory=DebtsTold)
    several: bool | None = None  # instalments, when the debts were last told

    def set_free(self, piece: Piece) -> None:
        """Make money credit: it covers no invoice."""
        piece.on = None
        self.credit += piece.amount
        insort(self.free, piece, key=_PLACE)
        insort(self.meant.setdefault(piece.own, []), piece, key=_PLACE)

    def take_free(self, piece: Piece) -> None:
        """Take money that is free, to use it or because nothing is left of it."""
        self.credit -= piece.amount
        for pieces in (self.free, self.meant[piece.own]):
            place = bisect_left(pieces, piece.place, key=_PLACE)
            while pieces[place] is not piece:
                place += 1
            del pieces[place]

    def owe(self, invoice: Invoice) -> None:
        """Note that a conforming invoice is not covered in full."""
        if invoice.id not in self.owed:
            self.owed[invoice.id] = invoice
            insort(self.turns.setdefault(invoice.instalment, []), (invoice.due_on, invoice.id))

    def owe_no_more(self, invoice: Invoice) -> None:
        if self.owed.pop(invoice.id, None) is not None:
            turns = self.turns[invoice.instalment]
            del turns[bisect_left(turns, (invoice.due_on, invoice.id))]

    def next_owed(self, instalment: int | None) -> Invoice:
        """The invoice that credit covers next: first one of this instalment, then others; by due day and id."""
        turns = (instalment is not None and self.turns.get(instalment)) or [
            min(turns[0] for turns in self.turns.values() if turns)
        ]
        return self.owed[turns[0][1]]

    def on_invoice(self, id_: str) -> Iterator[tuple[Fact, int]]:
        """What was paid on an invoice or set off against it, less returns, by fact."""
        for payment in self.payments.values():
            for (own, _), pieces in zip(payment.allocations, payment.pieces, strict=True):
                if own == id_:
                    yield payment.fact, sum(piece.amount for piece in pieces)
        for set_off in self.set_offs.values():
            for pieces in set_off.pieces:
                if pieces[0].own == id_:
                    yield set_off.fact, sum(piece.amount for piece in pieces)
