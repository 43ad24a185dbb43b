"""What the parties settled on or a court ruled to be owed, and what was paid on it (SPEC 4.2, 4.9).

For every contract, whatever its template: a settlement raises an obligation of the debtor, which payments fulfil.
"""

from __future__ import annotations

from bisect import insort
from datetime import date
from functools import partial
from typing import Any

from ledger.domain.debts import SECTION, Debt, DebtsTold, Moved
from ledger.domain.declare import dataclass, field
from ledger.domain.fact import OTHER_PARTY, Fact, chronological
from ledger.domain.facts.payment import PaymentMade
from ledger.domain.law.limitation import CLAIM, RULING
from ledger.domain.money import Fen
from ledger.domain.payments.state import Payment
from ledger.domain.rulings import DebtRuled, rulings_of


@dataclass(slots=True)
class Received:
    """The payments on a debt by (on, seq), their sum less returns, and the facts of those not returned in full."""

    payments: list[Payment] = field(default_factory=list)
    sum: int = 0  # fen
    performed: dict[int, Fact] = field(default_factory=dict)  # by seq

    def take(self, payment: Payment) -> None:
        insort(self.payments, payment, key=_when)
        self.sum += payment.amount
        self.performed[payment.fact.seq] = payment.fact

    def give_back(self, payment: Payment, amount: int) -> None:
        self.sum -= amount
        if payment.returned >= payment.amount:
            self.performed.pop(payment.fact.seq, None)


def _when(payment: Payment) -> tuple[int, int]:
    return chronological(payment.fact)


@dataclass(slots=True)
class SettledDebt:
    """What one party owes by a settlement or a judgment, and what was paid on it."""

    id: str
    fact: Fact
    debtor: str
    amount: Fen
    received: Received = field(default_factory=Received)
    _reached: tuple[date, list[str]] | None = None
    _by: Payment | None = None  # the payment that covered it, when that was last looked at

    @property
    def unpaid(self) -> int:
        return max(0, self.amount - self.received.sum)

    def moved(self, payment: Payment) -> None:
        """Note that a payment came or went: what comes after it was covered changes nothing."""
        if self._by is not None and (self.unpaid or _when(payment) <= _when(self._by)):
            self._reached = self._by = None

    def reached(self) -> tuple[date, list[str]] | None:
        """Since when it is paid, and by which facts; None where it is not."""
        if self.unpaid or self._reached is not None:
            return self._reached
        sum_, by = 0, list[str]()
        for one in self.received.payments:
            if one.amount > one.returned:
                sum_ += one.amount - one.returned
                by.append(one.fact.id)
            if sum_ >= self.amount:
                self._reached, self._by = (one.fact.day, by), one
                break
        return self._reached


@dataclass(slots=True)
class SettledDebts:
    """Settlements and ruled debts by name; ``waiting`` has the payments on settlements not yet recorded, and what was
    returned of these, ``on`` the settlement of each payment.
    """

    debts: dict[str, SettledDebt] = field(default_factory=dict)
    waiting: dict[str, list[Fact]] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    on: dict[str, str] = field(default_factory=dict)  # a payment's identifier: the settlement's
    told: DebtsTold = field(default_factory=DebtsTold)


def settlement_agreed(m: Any, fact: Fact, what: Any) -> None:
    """What the parties settled on is owed."""
    _owe(m, fact, what.settlement, what.debtor, what.amount, what.due_on)


def judgment_entered(m: Any, fact: Fact, what: Any) -> None:
    if not what.final:
        return
    for count, one in enumerate(rulings_of(what, DebtRuled), 1):
        name = what.dispute if count == 1 else f"{what.dispute}.{count}"
        _owe(m, fact, name, one.debtor, one.amount, one.due_on)


def payment_made(m: Any, fact: Fact, what: Any) -> None:
    """A payment on a settlement; one dated before the settlement waits for it."""
    if what.settlement is None:
        return
    book = m[SettledDebts]
    book.on[what.payment] = what.settlement
    debt = book.debts.get(what.settlement)
    if debt is None:
        book.waiting.setdefault(what.settlement, []).append(fact)
        return
    payment = book.payments[what.payment] = Payment(fact, what.amount, [], [])
    debt.received.take(payment)
    debt.moved(payment)
    _weigh(m, debt)


def payment_returned(m: Any, fact: Fact, what: Any) -> None:
    """A return of a payment on a settlement; where that waits, so does the return."""
    book = m[SettledDebts]
    name = book.on.get(what.payment)
    if name is None:
        return
    if name not in book.debts:
        book.waiting[name].append(fact)
        return
    debt, payment = book.debts[name], book.payments[what.payment]
    back = payment.give_back(m, fact, what.amount)
    if back:
        debt.received.give_back(payment, back)
        debt.moved(payment)
        _weigh(m, debt)


def _owe(m: Any, fact: Fact, name: str, debtor: str, amount: Fen, due_on: date | None) -> None:
    book = m[SettledDebts]
    before = book.debts.get(name)
    received = before.received if before is not None else Received()
    debt = book.debts[name] = SettledDebt(name, fact, debtor, amount, received)
    due = m.calendar.fixed(due_on) if due_on is not None else None
    m.oblige("settlement", name, m.template.saying("settlement"), debtor, due, [fact.id], on=fact.day)
    for waited in book.waiting.pop(name, ()):
        (payment_made if isinstance(waited.what, PaymentMade) else payment_returned)(m, waited, waited.what)
    _weigh(m, debt)


def _weigh(m: Any, debt: SettledDebt) -> None:
    """A settlement is fulfilled from the day on which payments cover it; a payment that is returned re-opens it."""
    id_ = "settlement:" + debt.id
    m[SettledDebts].told.touched.add(debt.id)
    m.touched.add(SECTION)
    reached = debt.reached()
    if reached is None:
        m.reopen(id_)
    else:
        m.settle_by(id_, max(reached[0], debt.fact.day), reached[1])


def debts(m: Any) -> Moved:
    """What settlements and judgments leave unpaid, as debts (SPEC 4.9)."""
    book: SettledDebts = m[SettledDebts]
    return book.told.now(partial(_debt, m))


def _debt(m: Any, name: str) -> Debt | None:
    one = m[SettledDebts].debts[name]
    if not one.unpaid:
        return None
    duty = m.duties["settlement:" + one.id]
    ruled = one.fact.type == "JudgmentEntered"
    since = duty.due_on if duty.due_on is not None or not ruled else one.fact.day
    return Debt(
        duty.id, OTHER_PARTY[one.debtor], one.debtor, Fen(one.unpaid), since,
        "judgment" if ruled and duty.due_on is None else "due", tuple(duty.raised_by), duty.clause,
        f"obligations.{duty.id}", () if ruled else (one.fact.id,),
        tuple(one.received.performed.values()),
        months=RULING if ruled else CLAIM,
    )  # fmt: skip
