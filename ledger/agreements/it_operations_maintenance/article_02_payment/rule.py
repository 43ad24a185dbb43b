"""第二条 合同价款与支付: when an invoice conforms, and by when it is due."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_02_payment.due import part_of
from ledger.agreements.it_operations_maintenance.article_02_payment.parts import met, sum_of, triggered
from ledger.agreements.it_operations_maintenance.article_02_payment.state import Acceptances
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.domain.debts import Moved
from ledger.domain.fact import Fact
from ledger.domain.facts.payment import tax_rates
from ledger.domain.machine import ONE_DAY, Machine
from ledger.domain.payments.debts import debts as invoices_owed
from ledger.domain.payments.rule import Invoicing, ripen
from ledger.domain.payments.state import Invoice, Payments


def faults(m: Machine, invoice: Invoice) -> list[str]:
    """Why the invoice does not conform as of now; the terms of its own day apply."""
    day, what = invoice.fact.day, invoice.fact.what
    price, part = TERMS.on(m, day).price, part_of(m, day, invoice.instalment)
    found = []
    if m[ServiceLife].effective_on is None:
        found.append("INVOICE_BEFORE_EFFECTIVE")
    # 2.3 "乙方应先向甲方开具合同税率的发票"
    if price.tax_rate is not None and any(rate != price.tax_rate for rate in tax_rates(what)):
        found.append("INVOICE_TAX_RATE")
    if part is None:
        return [*found, "INVOICE_EXCEEDS_INSTALMENT"]
    # 2.3 "付款节点已经届至、付款条件已经成就并且甲方收到发票的"
    if not triggered(m, part):
        found.append("INVOICE_BEFORE_TRIGGER")
    if not all(met(m, day, condition) for condition in part.requires):
        found.append("INVOICE_CONDITION_OPEN")
    # 2.3 "各期发票金额不超过该期应付金额"
    if m[Payments].invoiced.get(part.number, 0) + invoice.amount > sum_of(m, price, part):
        found.append("INVOICE_EXCEEDS_INSTALMENT")
    return found


def ripens(m: Machine, invoice: Invoice) -> bool:
    """Whether the passing of time may cure them: all but a wrong rate and a part that does not exist."""
    # 2.3 "提前开具的发票，自前述各项均已具备之日起符合约定"
    unknown = part_of(m, invoice.fact.day, invoice.instalment) is None
    return "INVOICE_TAX_RATE" not in invoice.faults and not unknown


def last_day(m: Machine) -> date | None:
    return m[ServiceLife].early_end


def came(m: Machine, fact: Fact, what: Any, *, by: Invoicing) -> None:
    """Something was recorded that invoices may wait for; the ends of service years follow by timers."""
    ripen(m, fact, by)
    waited = m[Acceptances].waited_for
    for part in TERMS.latest(m).price.parts:
        year = m[ServiceLife].period(12, part.year) if part.year is not None else None
        if year is not None and year not in waited:
            waited.add(year)
            m.wake(year[1] + ONE_DAY, "balance", partial(ripen, fact=None, by=by))


def debts(m: Machine) -> Moved:
    return invoices_owed(m, several=len(TERMS.latest(m).price.parts) > 1)
