"""The performance bond (article 6)."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.domain.debts import DebtsTold
from ledger.domain.declare import dataclass, field
from ledger.domain.fact import Fact, chronological


@dataclass(slots=True)
class BondAccount:
    """What was paid, drawn and returned, in fen, and by which facts."""

    payments: list[Fact] = field(default_factory=list)
    draws: list[Fact] = field(default_factory=list)
    returns: list[Fact] = field(default_factory=list)
    paid: int = 0
    drawn: int = 0
    returned: int = 0
    told: DebtsTold = field(default_factory=DebtsTold)

    def pay(self, fact: Fact) -> None:
        self.payments.append(fact)
        self.paid += fact.what.amount

    def draw(self, fact: Fact) -> None:
        self.draws.append(fact)
        self.drawn += fact.what.amount

    def give_back(self, fact: Fact) -> None:
        self.returns.append(fact)
        self.returned += fact.what.amount

    @property
    def held(self) -> int:
        return self.paid - self.drawn - self.returned

    def course(self) -> Iterator[tuple[Fact, int]]:
        """What was paid, drawn and returned, in order, and what was held after each."""
        held = 0
        paid_in = {fact.seq for fact in self.payments}
        for fact in sorted([*self.payments, *self.draws, *self.returns], key=chronological):
            held += fact.what.amount if fact.seq in paid_in else -fact.what.amount
            yield fact, held
