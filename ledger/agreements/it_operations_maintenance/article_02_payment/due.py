"""Which part of the price an invoice is for, and by when it is to be paid (2.1, 2.3)."""

from __future__ import annotations

from datetime import date

from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.agreements.it_operations_maintenance.terms.tables import PricePart
from ledger.domain.because import Used
from ledger.domain.calendar import Deadline
from ledger.domain.machine import Machine
from ledger.domain.payments.state import Invoice


def part_of(m: Machine, day: date, number: int) -> PricePart | None:
    """The part of that number by the terms of a day."""
    return next((one for one in TERMS.on(m, day).price.parts if one.number == number), None)


def due_on(m: Machine, invoice: Invoice) -> Deadline:
    # 2.3 "首付款自发票符合约定之日起 10 个工作日内支付"
    part = part_of(m, invoice.fact.day, invoice.instalment)
    assert part is not None and invoice.conforms_on is not None
    if part.working_days is not None:
        return m.calendar.working_days(invoice.conforms_on, part.working_days)
    if part.months is not None:
        return m.calendar.months(invoice.conforms_on, part.months, rolls=True)
    return m.calendar.days(invoice.conforms_on, part.days or 0, rolls=True)


def due_within(m: Machine, invoice: Invoice) -> Used:
    """The term, of the invoice's day, by which :func:`due_on` counts."""
    day = invoice.fact.day
    part = part_of(m, day, invoice.instalment)
    assert part is not None
    return day, f"price.parts.{part.number}.{part.unit}"
