"""The oracle of the second agreement: price, invoices, what covers them, the balance (SPEC 9.5, 4.3)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle_facts import (
    DAY,
    Fact,
    Question,
    corresponding_day,
    first,
    money,
    of_type,
    place,
    remembered,
    rolled,
    working_days,
)
from tests.oracle_money import (
    Accounts,
    amount_of,
    close_accounts,
    cover_own,
    cover_with_credit,
    give_back,
    name_of,
    note_settled,
    paid_of,
    pay,
    rates_of,
    take_in,
    void,
)
from tests.oracle_operations_life import (
    accepted,
    coefficient_of,
    counts_in_service,
    later,
    part_of_service,
    rounded,
    terms_on,
)
from tests.oracle_term import effective_on

CONFIRMING = ("ContractSigned", "StageAccepted", "BondPaid", "QuarterAssessed")  # 9.5: they "of a day come first"
MOVING = (
    "InvoiceIssued", "InvoiceVoided", "PaymentMade", "PaymentReturned", "DamagesSettled", "TicketOpened",
    "TicketResolved", "AmendmentAgreed",
)  # fmt: skip
INCURABLE = {"INVOICE_TAX_RATE", "INVOICE_AFTER_END"}


# --- parts ----------------------------------------------------------------------------------------


def part_of_price(terms: dict[str, Any], number: int) -> dict[str, Any] | None:
    """The part of the price with a number."""
    return first([p for p in terms["price"]["parts"] if p["number"] == number])


def stated_amount(terms: dict[str, Any], part: dict[str, Any]) -> Fraction:
    """SPEC 9.5: "A part's *amount* is its `amount` or round(share × total)"."""
    if "amount" in part:
        return Fraction(part["amount"])
    return rounded(Fraction(part["share"]) * Fraction(terms["price"]["total"]))


def amount_of_part(q: Question, as_of: date, terms: dict[str, Any], part: dict[str, Any]) -> Fraction:
    """SPEC 9.5: "of an assessed part that × the coefficient of its year, once that is known"."""
    stated = stated_amount(terms, part)
    coefficient = coefficient_of(q, as_of, part["year"], terms) if part.get("assessed") else None
    return stated if coefficient is None else rounded(stated * coefficient)


# --- when an invoice conforms ---------------------------------------------------------------------


def so_far(q: Question, day: date, done: list[Fact]) -> Question:
    """The view by what happened before a day, and of that day by the facts that are `done`."""
    seqs = {f["seq"] for f in done}
    live = [f for f in q.live if f["day"] < day or f["seq"] in seqs]
    return replace(q, live=live, memo={})


def bond_paid_in_full(q: Question, day: date, terms: dict[str, Any]) -> bool:
    """SPEC 9.5: "`bond-paid`: `bond.amount` was paid in full at some time"."""
    paid = sum((Fraction(f["data"]["amount"]) for f in of_type(q, day, "BondPaid")), Fraction(0))
    return paid >= Fraction(terms["bond"]["amount"])


def open_tickets(q: Question, day: date) -> list[Fact]:
    """SPEC 9.5: "opened and not resolved"."""
    resolved = [f["data"]["ticket"] for f in of_type(q, day, "TicketResolved")]
    return [f for f in of_type(q, day, "TicketOpened") if f["data"]["ticket"] not in resolved]


def triggered(q: Question, day: date, terms: dict[str, Any], part: dict[str, Any]) -> bool:
    """SPEC 9.5, *Triggers*."""
    match part["after"]:
        case "acceptance":
            return accepted(q, day, part["stage"]) is not None
        case "service-year":
            year = part_of_service(q, day, part["year"], 12)
            known = not part.get("assessed") or coefficient_of(q, day, part["year"], terms) is not None
            return year is not None and day > year.ends and known
        case _:
            return True


def fulfilled(q: Question, day: date, terms: dict[str, Any], condition: str, ended: date | None) -> bool:
    """SPEC 9.5, *Conditions*: "`no-major-incident`: no P1 ticket is open (opened and not resolved)"; 9.6: tickets
    outside the service period "have no other effect"."""
    if condition == "bond-paid":
        return bond_paid_in_full(q, day, terms)
    major = [f for f in open_tickets(q, day) if f["data"]["priority"] == "P1"]
    return not [f for f in major if counts_in_service(q, f, ended)]


def faults_on(q: Question, day: date, accounts: Accounts, entry: dict[str, Any], ended: date | None) -> list[str]:
    """SPEC 9.5: "An invoice conforms when [...]. Terms are those of the invoice's day"."""
    invoice, faults = entry["fact"], []
    terms = terms_on(q, day, invoice["day"])
    part = part_of_price(terms, invoice["data"]["instalment"])
    if effective_on(q, day) is None:
        faults.append("INVOICE_BEFORE_EFFECTIVE")
    agreed = terms["price"].get("tax_rate")  # 9.1: left out, where it is not stated
    if agreed is not None and any(rate != Fraction(agreed) for rate in rates_of(invoice)):
        faults.append("INVOICE_TAX_RATE")
    if part is not None and not triggered(q, day, terms, part):
        faults.append("INVOICE_BEFORE_TRIGGER")
    if part is not None and not all(fulfilled(q, day, terms, one, ended) for one in part.get("requires", [])):
        faults.append("INVOICE_CONDITION_OPEN")
    taken = sum((e["left"] for e in accounts.conforming(invoice["data"]["instalment"])), Fraction(0))
    if part is None or taken + entry["left"] > amount_of_part(q, day, terms, part):
        faults.append("INVOICE_EXCEEDS_INSTALMENT")
    if ended is not None and invoice["day"] > ended:
        faults.append("INVOICE_AFTER_END")
    return faults


def may_ripen(q: Question, day: date, entry: dict[str, Any]) -> bool:
    """SPEC 9.5: "What time can cure, time cures: every anomaly but `INVOICE_TAX_RATE` and an unknown part"."""
    invoice = entry["fact"]
    unknown = part_of_price(terms_on(q, day, invoice["day"]), invoice["data"]["instalment"]) is None
    return not unknown and not INCURABLE & set(entry["faults"])


def ripen(q: Question, day: date, accounts: Accounts, ended: date | None, cure: Fact | None) -> None:
    """SPEC 9.5: "the invoice conforms from the day all hold, in order of receipt [...] The fact that cured it stands in
    `raised_by` beside it; none where a year's end did"."""
    for entry in accounts.invoices:
        waits = entry["raised_on"] is None and entry["voided_by"] is None
        if waits and may_ripen(q, day, entry) and not faults_on(q, day, accounts, entry, ended):
            entry["raised_on"] = day
            entry["cured_by"] = [cure] if cure is not None else []


def due_on(q: Question, entry: dict[str, Any]) -> tuple[date, bool]:
    """SPEC 9.5: "Due: the part's `days` or `months` (both roll) or `working_days` after the day on which it came to
    conform"."""
    invoice = entry["fact"]
    part = part_of_price(terms_on(q, invoice["day"], invoice["day"]), invoice["data"]["instalment"])
    assert part is not None
    if "days" in part:
        return rolled(q, later(entry["raised_on"], part["days"]))
    if "months" in part:
        return rolled(q, corresponding_day(entry["raised_on"], part["months"]))
    found: tuple[date, bool] = working_days(q, entry["raised_on"], part["working_days"])
    return found


# --- the days, one after the other ----------------------------------------------------------------


def years_end(q: Question, as_of: date) -> list[date]:
    """The days after the service years' last days, as the term was known on any day up to D."""
    days = {f["day"] for f in of_type(q, as_of, "AmendmentAgreed", "StageAccepted", "ContractSigned")} | {as_of}
    ends = [part_of_service(q, day, year, 12) for day in days for year in range(1, 12)]
    return [part.ends + DAY for part in ends if part is not None and part.ends < as_of]


@remembered
def operations_accounts(q: Question, as_of: date, ended: date | None) -> Accounts:
    """Invoices and money as of the end of D; `ended`: the last day of a contract that ended early."""
    from tests.oracle_operations_service import set_off

    accounts = Accounts()
    there = of_type(q, as_of, *CONFIRMING, *MOVING)
    for day in sorted({f["day"] for f in there} | set(years_end(q, as_of))):
        todays = [f for f in there if f["day"] == day]
        amendments = [f for f in todays if f["type"] == "AmendmentAgreed"]  # 4.8: they govern the whole day
        order = amendments + [f for f in todays if f["type"] in CONFIRMING]
        order += [f for f in todays if f["type"] in MOVING and f not in amendments]
        done = list(amendments)
        ripen(so_far(q, day, done), day, accounts, ended, None)
        cover_own(accounts)
        for fact in order:
            done = done if fact in done else [*done, fact]
            then = so_far(q, day, done)
            if fact["type"] == "InvoiceIssued":
                receive(q, then, as_of, accounts, fact, ended)
            elif fact["type"] == "InvoiceVoided":
                void(accounts, fact)
            elif fact["type"] == "PaymentMade":
                pay(accounts, fact)
            elif fact["type"] == "PaymentReturned":
                give_back(accounts, fact["data"]["payment"], fact)
            elif fact["type"] == "DamagesSettled":
                set_off(q, accounts, fact)
            ripen(then, day, accounts, ended, fact)
            cover_own(accounts)
        cover_with_credit(accounts, lambda entry: due_on(q, entry)[0], day)
        note_settled(accounts, day)
    close_accounts(accounts)
    return accounts


def receive(q: Question, then: Question, as_of: date, accounts: Accounts, fact: Fact, ended: date | None) -> None:
    """SPEC 9.5: "Judged when it is received, of what happened that day by what came before it"."""
    entry = {"fact": fact, "faults": [], "raised_on": None, "left": amount_of(fact), "voided_by": None}
    entry.update(settled_on=None, cured_by=[], cuts=[])
    entry["faults"] = faults_on(then, fact["day"], accounts, entry, ended)
    take_in(accounts, entry, [f for f in of_type(q, as_of, "InvoiceVoided") if place(f) < place(fact)])


# --- balance --------------------------------------------------------------------------------------


def balance_of(q: Question, as_of: date, accounts: Accounts) -> dict[str, Any]:
    """SPEC 9.5: "`balance.total` = the sum of the parts' amounts as of D"; the rest as in 4.3."""
    terms = terms_on(q, as_of, as_of)
    total = sum((amount_of_part(q, as_of, terms, part) for part in terms["price"]["parts"]), Fraction(0))
    conforming = accounts.conforming()
    payable = sum((accounts.unpaid(e) for e in conforming), Fraction(0))
    overdue = sum((accounts.unpaid(e) for e in conforming if as_of > due_on(q, e)[0]), Fraction(0))
    paid = paid_of(q, as_of)
    deducted = sum((a for f, a in accounts.settlements if f["data"]["manner"] == "deducted"), Fraction(0))
    payable = max(Fraction(0), min(payable, total - paid - deducted))
    return {
        "currency": terms["price"]["currency"],
        "total": money(total),
        "invoiced": money(sum((e["left"] for e in conforming), Fraction(0))),
        "paid": money(paid),
        "deducted": money(deducted),
        "credit": money(sum((p["free"] for p in accounts.parcels), Fraction(0))),
        "outstanding": money(total - paid - deducted),
        "payable": money(payable),
        "overdue": money(min(overdue, payable)),
    }


def invoice_named(accounts: Accounts, name: str) -> dict[str, Any] | None:
    return first([e for e in accounts.invoices if name_of(e) == name])
