"""How the price is made up, and why an invoice does or does not conform (SPEC 9.5)."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_01_term.state import ServiceLife
from ledger.agreements.it_operations_maintenance.article_02_payment.due import part_of
from ledger.agreements.it_operations_maintenance.article_02_payment.parts import sum_of
from ledger.agreements.it_operations_maintenance.article_02_payment.state import Acceptances
from ledger.agreements.it_operations_maintenance.article_04_assessment.coefficients import coefficient_of
from ledger.agreements.it_operations_maintenance.article_04_assessment.explain import tell_coefficient
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.agreements.it_operations_maintenance.terms.tables import PricePart
from ledger.bilingual import Bilingual, joined, phrase, weekday
from ledger.domain.fact import Fact
from ledger.domain.machine import Obligation
from ledger.domain.money import said_yuan
from ledger.domain.payments.state import Invoice, Payments
from ledger.explanation import Explanation
from ledger.explanation.balance.explain import by_now, cured, exceeds, rates


def total(x: Explanation, shown: str) -> None:
    """Part by part, with the known coefficients."""
    x.cite("2.1")
    x.rest_on(x.m.registration.id, *(fact.id for fact in x.of_type("AmendmentAgreed")))
    price = TERMS.latest(x.m).price
    for part in price.parts:
        known = coefficient_of(x.m, part.year) if part.assessed and part.year is not None else None
        if part.assessed and part.year is not None:
            tell_coefficient(x, part.year)
        code = "OPS_PART" if known is None else "OPS_PART_ASSESSED"
        x.step(code, number=part.number, after=_after(part), amount=said_yuan(price.sum_of(part)),
               coefficient=known.coefficient if known is not None else "",
               sum=said_yuan(sum_of(x.m, price, part)))  # fmt: skip
    x.step("OPS_TOTAL", total=shown)


def _after(part: PricePart) -> Bilingual:
    """After what a part is paid, as a sentence says it."""
    return phrase(f"OPS_AFTER_{part.after.upper().replace('-', '_')}", stage=part.stage or "", year=part.year or "")


def _conditions(part: PricePart) -> Bilingual:
    return joined(phrase(f"OPS_CONDITION_{one.upper().replace('-', '_')}") for one in part.requires)


def invoice(x: Explanation, duty: Obligation) -> None:
    """Why an invoice conforms, since when, and by when it is due."""
    one = x.m[Payments].invoices[duty.id.partition(":")[2]]
    day = one.fact.day
    x.cite("2.1", "2.3")
    cured(x, one)
    if one.cured_by is None and one.conforms_on is not None and one.conforms_on > day:
        x.step("OPS_CURED_BY_TIME", invoice=one.id, on=one.conforms_on, why=_why(one))
    x.rest_on_term("price", day)
    part = part_of(x.m, day, one.instalment)
    assert part is not None
    if part.assessed and part.year is not None:
        tell_coefficient(x, part.year)
    most = said_yuan(sum_of(x.m, TERMS.on(x.m, day).price, part))
    x.step("OPS_INVOICE_CONFORMS", invoice=one.id, number=part.number, amount=said_yuan(one.issued),
           rate=rates(one.fact.what), most=most, on=one.conforms_on, after=_after(part))  # fmt: skip
    if part.stage in x.m[Acceptances].accepted:
        x.step("OPS_ACCEPTED", fact=x.fact(x.m[Acceptances].accepted[part.stage or ""].id))
    if part.requires:
        x.cite("2.2")
        x.step("OPS_CONDITIONS_MET", conditions=_conditions(part))
    x.step(f"OPS_DUE_{part.unit.upper()}", number=part.number, days=part.working_days or part.months or part.days)


def _why(one: Invoice) -> Bilingual:
    return joined(phrase(f"anomaly:{code}") for code in one.faults)


def faulty(x: Explanation, fact: Fact, code: str) -> None:
    """Why an invoice did not conform on receipt, by one of its anomalies, and whether it does now."""
    one = x.m[Payments].invoices[fact.what.invoice]
    part = part_of(x.m, fact.day, one.instalment)
    match code:
        case "INVOICE_TAX_RATE":
            x.step("EX_TAX_RATE", invoice=one.id, rate=rates(fact.what), right=x.terms(fact.day).price.tax_rate)
        case "INVOICE_BEFORE_EFFECTIVE":
            effective = x.m[ServiceLife].effective_on
            known = phrase("EX_EFFECTIVE", on=effective) if effective else phrase("EX_NOT_EFFECTIVE", day=x.day)
            x.step("EX_TOO_EARLY", invoice=one.id, on=fact.day, known=known)
        case "INVOICE_BEFORE_TRIGGER" if part is not None:
            x.step("OPS_BEFORE_TRIGGER", invoice=one.id, number=part.number, after=_after(part), on=fact.day)
            year = x.m[ServiceLife].period(12, part.year) if part.year is not None else None
            if year is not None:
                x.step("OPS_YEAR_ENDS", year=part.year, last=weekday(year[1]))
        case "INVOICE_CONDITION_OPEN" if part is not None:
            x.cite("2.2")
            x.step("OPS_CONDITION_OPEN", invoice=one.id, number=part.number, conditions=_conditions(part), on=fact.day)
        case "INVOICE_AFTER_END":
            x.cite("civil code 566")
            x.step("EX_INVOICE_AFTER_END", invoice=one.id, on=fact.day, last=x.m[ServiceLife].last_day)
        case _:
            most = sum_of(x.m, TERMS.on(x.m, fact.day).price, part) if part is not None else None
            exceeds(x, one, most)
    if one.cured_by is None and one.conforms_on is not None and one.conforms_on > fact.day:
        x.step("OPS_CURED_BY_TIME", invoice=one.id, on=one.conforms_on, why=_why(one))
    else:
        by_now(x, one)


