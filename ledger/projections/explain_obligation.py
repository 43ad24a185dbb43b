"""Why an obligation is there, when it is due, and what became of it (SPEC 4.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_4_order.rule import PER_TIME
from ledger.agreements.beijing_government_cloud_2025.annex_4_order.state import Order
from ledger.agreements.beijing_government_cloud_2025.article_04_operation.state import Events
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import AvailabilityReported
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Quality
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.facts import InvoiceIssued
from ledger.agreements.beijing_government_cloud_2025.article_09_payment.state import Invoice, Payments
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.domain.calendar import corresponding_day
from ledger.domain.machine import Obligation
from ledger.domain.money import Fen, yuan
from ledger.projections.explain_deadline import deadline
from ledger.projections.explanation import Both, Explanation, clause_name, duty_name, label, phrase, summed, weekday


def every(x: Explanation) -> None:
    """A line for each."""
    if not x.m.duties:
        x.cite("13.1")
        x.step("EX_NO_DUTIES", day=x.day)
    for duty in sorted(x.m.duties.values(), key=lambda duty: (duty.raised_on, duty.id)):
        due = weekday(duty.due_on) if duty.due_on is not None else phrase("EX_NO_DUE_DAY")
        x.cite(duty.clause)
        x.rest_on(*duty.raised_by, *duty.settled_by)
        state = label("state", duty.state(x.day))
        x.step("EX_DUTY_LINE", id=duty.id, obligor=label("role", duty.obligor), kind=label("duty", duty.kind), due=due,
               state=state)  # fmt: skip


def one(x: Explanation, id_: str) -> None:
    duty = x.m.duties[id_]
    x.cite(duty.clause)
    x.step(
        "EX_DUTY_RAISED", clause=clause_name(duty.clause), obligor=label("role", duty.obligor),
        duty=duty_name(duty.id), on=duty.raised_on, facts=x.facts(duty.raised_by),
    )  # fmt: skip
    detail = _BEFORE.get(duty.kind)
    if detail is not None:
        detail(x, duty)
    if duty.due is not None:
        deadline(x, duty.due, source=_source(x, duty))
    elif not duty.standing:
        x.step("EX_DUE_WITH_LEASE")
    detail = _AFTER.get(duty.kind)
    if detail is not None:
        detail(x, duty)
    _state(x, duty)


def _source(x: Explanation, duty: Obligation) -> Both:
    if duty.kind in ("security-review", *PER_TIME):
        x.cite("13.1")
        return phrase("EX_SOURCE_TERM_END")
    if duty.kind in ("deployment", "stage-review"):
        return phrase("EX_SOURCE_CONTRACT")
    return phrase("EX_SOURCE_FACT", fact=x.fact(duty.raised_by[0]))


def _state(x: Explanation, duty: Obligation) -> None:
    state, due, settled = duty.state(x.day), duty.due_on, duty.settled(x.day)
    by = x.facts(duty.settled_by)
    match state:
        case "pending" if due is not None:
            x.step("EX_STATE_PENDING", day=x.day, due=due, left=(due - x.day).days)
        case "overdue" if due is not None:
            x.step("EX_STATE_OVERDUE", day=x.day, due=due, late=(x.day - due).days)
        case "fulfilled" if settled is not None and not duty.settled_by:
            x.step("EX_STATE_KEPT", on=settled)
        case "fulfilled":
            x.step("EX_STATE_FULFILLED", on=settled, facts=by)
        case "fulfilled_late" if due is not None and settled is not None:
            x.step("EX_STATE_LATE", on=settled, facts=by, late=(settled - due).days)
        case "breached":
            x.step("EX_STATE_BREACHED", on=settled, facts=by)
        case "cancelled":
            x.step("EX_STATE_CANCELLED", on=settled, facts=by)
        case "standing":
            x.step("EX_STATE_STANDING", day=x.day)
        case _:
            x.step("EX_STATE_OPEN", day=x.day)


# -- what is particular to a kind -------------------------------------------------------------------


def conforming(x: Explanation, invoice: Invoice) -> None:
    """Why an invoice conforms, by what it was judged."""
    book = x.m[Payments]
    what = invoice.fact.what
    assert isinstance(what, InvoiceIssued)
    terms = x.m.agreement.terms(invoice.fact.day)
    instalment = next(one for one in terms.payment.instalments if one.number == what.instalment)
    x.cite("9.1", "9.2")
    x.step(
        "EX_INVOICE_CONFORMS", invoice=invoice.id, instalment=what.instalment, amount=yuan(invoice.amount),
        rate=what.tax_rate, most=yuan(instalment.amount), effective=x.m[Life].effective_on,
    )  # fmt: skip
    if "stage-review" in instalment.requires and book.stage_review is not None:
        x.step("EX_INVOICE_AFTER_REVIEW", fact=x.fact(book.stage_review.id))


def _invoice(x: Explanation, duty: Obligation) -> None:
    conforming(x, x.m[Payments].invoices[duty.id.partition(":")[2]])


def _payments(x: Explanation, duty: Obligation) -> None:
    book = x.m[Payments]
    invoice = book.invoices[duty.id.partition(":")[2]]
    payments = book.paid_by_invoice.get(invoice.id, [])
    for payment in payments:
        code = "EX_PAYMENT_RETURNED" if payment.returned else "EX_PAYMENT"
        x.step(code, fact=x.fact(payment.fact.id), amount=yuan(payment.amount))
    if payments:
        kept = summed(payment.amount for payment in payments if not payment.returned)
        unpaid = yuan(Fen(max(0, invoice.amount - invoice.paid)))
        x.step("EX_INVOICE_PAID", invoice=invoice.id, sum=kept, paid=yuan(Fen(invoice.paid)),
               amount=yuan(invoice.amount), unpaid=unpaid)  # fmt: skip


def _units(x: Explanation, duty: Obligation) -> None:
    order = x.m[Order]
    tally = order.tallies[duty.kind]
    line = tally.line
    hosts = tally.times
    short = [f"{host} ({times}/{line.periods})" for host, times in sorted(hosts.items()) if times < line.periods]
    x.rest_on(*(fact.id for fact in order.performed.get(duty.kind, [])))
    x.step(
        "EX_UNITS", name=line.name, hosts=line.quantity, times=line.periods, ordered=line.quantity * line.periods,
        done=tally.units, day=x.day,
    )  # fmt: skip
    if short:
        x.step("EX_UNITS_SHORT", times=line.periods, hosts=", ".join(short))


def _below_floor(x: Explanation, duty: Obligation) -> None:
    for month, fact in sorted(x.m[Quality].below_floor.items()):
        report = fact.what
        assert isinstance(report, AvailabilityReported)
        floor = x.m.agreement.terms(fact.day).quality
        x.step(
            "EX_BELOW_FLOOR", month=month, fact=x.fact(fact.id), availability=report.availability,
            floor=floor.availability, reliability=report.data_reliability, least=floor.data_reliability,
        )  # fmt: skip


def _notice(x: Explanation, duty: Obligation) -> None:
    notice = x.m[Grounds].notices[duty.id.partition(":")[2]]
    for fact in x.about("notice", notice.id):
        if fact.id != notice.fact.id:
            x.step("EX_HAPPENED", fact=x.fact(fact.id))
    if notice.unheeded_on is not None:
        x.step("EX_UNHEEDED", notice=notice.id, deadline=notice.deadline, on=notice.unheeded_on)


def _absences(x: Explanation, duty: Obligation) -> None:
    for fact in x.m[Events].absences.get(duty.id.partition(":")[2], []):
        x.step("EX_HAPPENED", fact=x.fact(fact.id))


def term_end(x: Explanation, duty: Obligation | None = None) -> None:
    """The day the term ends, and why that one."""
    life = x.m[Life]
    x.cite("13.1")
    if life.ends_on is None or life.lease is None:
        x.step("EX_TERM_NO_LEASE")
        return
    if life.renewed_to is not None:
        x.cite("13.2")
        x.step("EX_TERM_RENEWED", ends_on=life.ends_on, facts=x.facts(life.renewed_by))
        return
    months = x.m.agreement.latest.terms.term.months
    corresponding: date = corresponding_day(life.lease.day, months)
    option = x.read("term-end")
    code = "EX_TERM_DAY_BEFORE" if option == "day-before" else "EX_TERM_ENDS"
    x.cite("civil code 202")
    x.step(code, lease=x.fact(life.lease.id), months=months, corresponding=corresponding, ends_on=life.ends_on)


def _over(x: Explanation, duty: Obligation) -> None:
    life = x.m[Life]
    if life.terminated_on is not None:
        x.step("EX_OVER_TERMINATED", on=life.terminated_on, facts=x.facts(life.terminated_by))
    else:
        term_end(x)


_Detail = Callable[[Explanation, Obligation], None]
_BEFORE: dict[str, _Detail] = {
    "pay-invoice": _invoice, "switchover": _over, "security-review": term_end, **dict.fromkeys(PER_TIME, term_end),
}  # fmt: skip
_AFTER: dict[str, _Detail] = {
    "pay-invoice": _payments, "availability": _below_floor, "rectify": _notice, "on-site-duty": _absences,
    **dict.fromkeys(PER_TIME, _units),
}  # fmt: skip
