"""Damages for delay: of party B with an acceptance, of party A with a payment (article 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from heapq import heappop, heappush

from ledger.agreements.it_operations_maintenance.article_01_term.bounds import Bound, last_day
from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_02_payment.due import due_within
from ledger.agreements.it_operations_maintenance.article_02_payment.state import Acceptances
from ledger.agreements.it_operations_maintenance.article_07_cap.state import Delays, Items, OwedItem, Running
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.agreements.it_operations_maintenance.terms.tables import Delay, PricePart
from ledger.domain.because import Used
from ledger.domain.fact import PARTY_A, PARTY_B
from ledger.domain.machine import ONE_DAY, Machine, Obligation
from ledger.domain.money import Fen, round_half_up
from ledger.domain.payments.state import Invoice, Payments

PAY, ACCEPT = "pay-invoice:", "accept:"


def days_to_cap(delay: Delay) -> int:
    """After how many days late the cap is reached, where all of it stays late."""
    return -((-Fraction(delay.cap)) // Fraction(delay.rate_per_day))


def days_after(day: date, days: int) -> date | None:
    """The day so many days later; None for one that no calendar has, which so small a rest may need."""
    return day + timedelta(days=days) if days <= (date.max - day).days else None


def amount_on(delay: Delay, one: Running, day: date) -> Fen:
    """What a delay comes to at the end of a day, the cap considered."""
    # 5.2 "按逾期未付部分的 0.05% 支付违约金，但不超过该部分的 5%"
    days = one.before + one.unpaid * max(0, (day - one.since).days)
    return round_half_up(min(Fraction(delay.rate_per_day) * days, Fraction(delay.cap) * one.late))


def follow_delays(m: Machine, day: date) -> None:
    """Look at what is late at the end of ``day``, or was, where that may have changed.

    A delay that goes on becomes an item on the day on which its cap is reached.
    """
    delays, moved = m[Items].delays, m[Payments].moved
    again = {*(PAY + name for name in moved[delays.followed :]), *delays.stages}
    delays.followed = len(moved)
    while delays.moves and delays.moves[0][0] <= day:
        again.add(heappop(delays.moves)[1])
    for id_ in again:
        _look_at(m, delays, id_, day)


def _look_at(m: Machine, delays: Delays, id_: str, day: date) -> None:
    delays.items.pop(id_, None)
    delays.running.pop(id_, None)
    one = next(_late(m, id_, day), None)
    if isinstance(one, OwedItem):
        delays.items[id_] = one
    elif one is not None:
        delays.running[id_] = one
        if one.until is not None:
            heappush(delays.moves, (one.until, id_))
            m.look_again(one.until, "damages")
    elif (duty := m.duties.get(id_)) is not None and duty.due_on is not None and day <= duty.due_on:
        heappush(delays.moves, (duty.due_on + ONE_DAY, id_))
    delays.changed.add(id_)


def _late(m: Machine, id_: str, day: date) -> Iterator[OwedItem | Running]:
    duty = m.duties.get(id_)
    if duty is None:
        return
    if id_.startswith(ACCEPT):
        yield from _of_acceptance(m, duty, day)
        return
    invoice = m[Payments].invoices[id_.removeprefix(PAY)]
    if invoice.conforming:
        yield from _of_payment(m, invoice, duty, day)


def _of_acceptance(m: Machine, duty: Obligation, day: date) -> Iterator[OwedItem | Running]:
    # 5.1 "按以该阶段验收为付款节点的各期价款的 0.05% 支付违约金，但不超过该价款的 5%"
    by, stage = duty.due_on, duty.id.removeprefix(ACCEPT)
    assert by is not None
    terms = TERMS.on(m, by)
    parts = [part for part in terms.price.parts if part.after == "acceptance" and part.stage == stage]
    base, delay = sum(terms.price.sum_of(part) for part in parts), terms.delay
    if delay is None or not base or day <= by:
        return
    accepted = m[Acceptances].accepted.get(stage)
    last = m[ServiceLife].last_day
    until = (days_after(by, days_to_cap(delay)), accepted.day if accepted is not None else None, last)
    end = min((one for one in until if one is not None), default=None)
    if end is not None and end <= by:
        return
    one = Running("delay:" + duty.id, "5.1", PARTY_B, by, base, 0, base, end)
    if end is None or end > day:
        yield one
        return
    facts = [m.fact(id_) for id_ in duty.raised_by]
    facts += [accepted] if accepted is not None and accepted.day == end else []
    used = [(by, "delay"), (date.max, f"stages.{stage}.by"), *(used for part in parts for used in _price_of(by, part))]
    over = last_day(m) if end == last and not (accepted is not None and accepted.day == end) else Bound()
    yield OwedItem(one.id, "5.1", PARTY_B, amount_on(delay, one, end), end, tuple(facts), over.facts,
                   (*used, *over.terms), late=base)  # fmt: skip


def _price_of(day: date, part: PricePart) -> list[Used]:
    """The terms of a day that say what a part comes to, and after what."""
    path = f"price.parts.{part.number}"
    stated = "share" if part.share is not None else "amount"
    return [(day, f"{path}.stage"), (day, f"{path}.{stated}"), *([(day, "price.total")] if stated == "share" else [])]


def _of_payment(m: Machine, invoice: Invoice, duty: Obligation, day: date) -> Iterator[OwedItem | Running]:
    due = duty.due_on
    assert due is not None
    delay = TERMS.on(m, due).delay
    late = [piece for piece in invoice.pieces if piece.covers_from > due]
    if delay is None or day <= due or not (late or invoice.unpaid):
        return
    paid: dict[date, int] = {}
    for piece in late:
        paid[piece.covers_from] = paid.get(piece.covers_from, 0) + piece.amount
    whole = sum(paid.values()) + invoice.unpaid
    capped = _cap_reached(delay, due, paid, invoice.unpaid)
    before = sum(amount * (on - due).days for on, amount in paid.items())
    one = Running(f"delay:{duty.id}", "5.2", PARTY_A, due, whole, before, invoice.unpaid, capped)
    ends = [capped] if capped is not None else []
    ends += [max(paid)] if not invoice.unpaid else []
    end = min(ends, default=None)
    if end is None or end > day:
        yield one
        return
    amount = round_half_up(Fraction(delay.cap) * whole) if end == capped else amount_on(delay, one, end)
    raised = [m.fact(id_) for id_ in duty.raised_by]
    by = {fact.seq: fact for fact in (*raised, *(piece.fact for piece in late))}
    used = (due_within(m, invoice), (due, "delay"))
    yield OwedItem(one.id, "5.2", PARTY_A, amount, end, tuple(by.values()), terms=used, late=whole)


def _cap_reached(delay: Delay, due: date, paid: Mapping[date, int], unpaid: int) -> date | None:
    """The first day on which the damages reach the cap, if they do with what was ``paid`` on which day."""
    have, since = 0, 0
    late = sum(paid.values()) + unpaid
    needed = Fraction(delay.cap) / Fraction(delay.rate_per_day) * late
    for day in sorted(paid):
        until = (day - due).days
        if have + late * (until - since) >= needed:
            break
        have += late * (until - since)
        since = until
        late -= paid[day]
    return days_after(due, since - ((have - needed) // late)) if late else None
