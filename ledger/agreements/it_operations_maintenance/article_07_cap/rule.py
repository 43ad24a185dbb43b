"""第七条 责任限额: sums agreed, ruled and paid in place of, or on, what is owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ledger.agreements.it_operations_maintenance.article_07_cap.state import AgreedSum, CountedItem, Items, OwedItem
from ledger.domain.damages import agreed_item
from ledger.domain.debts import Debt, Moved
from ledger.domain.fact import OTHER_PARTY, Fact, chronological
from ledger.domain.facts.damages import DamagesAgreed, DamagesSettled
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.law.limitation import CLAIM, RULING
from ledger.domain.machine import Machine
from ledger.domain.money import Fen
from ledger.domain.rulings import DamagesRuled, rulings_of

Count = Callable[[Machine, date], Items]  # the items, brought up to date
Standing = Callable[[Items, str], tuple[str, int] | None]  # what stands in the place of an item


def damages_agreed(m: Machine, fact: Fact, what: DamagesAgreed) -> None:
    _enter(m, AgreedSum(agreed_item(fact.ref), fact, 1, what.amount, ruled=False, covers=what.items))


def judgment_entered(m: Machine, fact: Fact, what: JudgmentEntered) -> None:
    for number, one in enumerate(rulings_of(what, DamagesRuled) if what.final else (), 1):
        _enter(m, AgreedSum(agreed_item(fact.ref, number), fact, number, one.amount, ruled=True, covers=one.items))


def _enter(m: Machine, one: AgreedSum) -> None:
    """A fact that names an agreed amount names its items."""
    book = m[Items]
    agreed = book.agreed
    of_others = [id_ for name in one.covers if name in agreed for id_ in agreed[name].covers]
    one.covers = tuple(dict.fromkeys([*one.covers, *of_others]))
    agreed[one.id] = one
    book.again.add(one.id)
    for id_ in one.covers:
        sharing = book.covering.setdefault(id_, [])
        book.again.update(other.id for other in sharing)
        sharing.append(one)
    book.again.update(one.covers)
    m.touched.add("damages")


def sum_added(ref: str, what: DamagesAgreed) -> list[str]:
    return [agreed_item(ref)]


def none_if_paid(ref: str, what: DamagesSettled) -> tuple[str, ...] | None:
    """A deduction may end a delay with the payment of its invoice, which is an item then."""
    return () if what.manner == "paid" else None


def damages_settled(m: Machine, fact: Fact, what: DamagesSettled) -> None:
    """A payment; a deduction counts as far as it was set off (article 2)."""
    if what.manner == "paid":
        m[Items].settled.settle(fact, what.items, what.amount)
        m.touched.add("damages")


def debts(m: Machine, *, count: Count, standing: Standing) -> Moved:
    """What counts of items and is unsettled."""
    # 7.1 "任何一方按本合同应付的抵扣款和违约金，累计不超过合同总价的 20%"
    book = count(m, m.day)
    filled = book.settled.filled(book.version, lambda id_: standing(book, id_))
    book.told.touched |= book.changed  # they share the cap: one that moves may move those after it
    book.changed.clear()
    if filled is not book.filled:
        book.told.touched.update(book.told.debts, book.listed)
    else:
        book.told.touched.update(part.item for part in filled.parts[book.parts :])
    book.filled, book.parts = filled, len(filled.parts)

    def owed_on(name: str) -> Debt | None:
        one = book.listed.get(name)
        left = one.counted - filled.sums.get(name, 0) if one is not None else 0
        if one is None or one.since is None or left <= 0:
            return None
        return _debt(one, Fen(left), tuple(filled.facts.get(name, ())))

    return book.told.now(owed_on)


def _debt(one: CountedItem, left: Fen, performed: tuple[Fact, ...]) -> Debt:
    agreed = one.of if isinstance(one.of, AgreedSum) else None
    ruled = agreed is not None and agreed.ruled
    facts = one.of.facts if isinstance(one.of, OwedItem) else (one.of.fact,)
    raised = tuple(fact.id for fact in sorted((*facts, *one.claims), key=chronological))
    assert one.since is not None
    return Debt(
        one.id, OTHER_PARTY[one.debtor], one.debtor, left, one.since,
        "judgment" if ruled else "agreed" if agreed is not None else "arisen", raised, one.clause,
        f"damages.items.{one.id}", raised if agreed is not None and not ruled else (), performed,
        RULING if ruled else CLAIM,
    )  # fmt: skip
