"""The oracle's invoices, payments and balance (SPEC 4.3): the days one after the other, each fact in its turn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle_damages import filled, items_on
from tests.oracle_facts import (
    Fact,
    Question,
    actor,
    first,
    money,
    of_type,
    place,
    reading_on,
    remembered,
    terms_on,
    working_days,
)
from tests.oracle_grounds import last_day, life_of
from tests.oracle_term import effective_on, signatures

REQUIRED = {
    "deployment": ("ResourcesDeployed", "INVOICE_BEFORE_DEPLOYMENT"),
    "stage-review": ("StageReviewPassed", "INVOICE_BEFORE_STAGE_REVIEW"),
}
TIME_CURES = {
    "INVOICE_BEFORE_EFFECTIVE", "INVOICE_EXCEEDS_INSTALMENT", "INVOICE_BEFORE_ACCEPTANCE",
    *(code for _, code in REQUIRED.values()),
}  # fmt: skip


class Accounts:
    """Invoices and money as of one day."""

    def __init__(self) -> None:
        self.invoices: list[dict[str, Any]] = []  # fact, faults, raised_on, left, voided_by, settled_on
        self.parcels: list[dict[str, Any]] = []  # fact, invoice, free, covers: [[invoice entry, amount]], waits
        self.anomalies: list[tuple[str, Fact]] = []
        self.settlements: list[tuple[Fact, Fraction]] = []  # DamagesSettled and what of it counts
        self.returned: dict[str, list[Fact]] = {}  # what came back before it was paid, by payment

    def entry(self, name: str) -> dict[str, Any] | None:
        """An invoice that is there, by its identifier."""
        return first([e for e in self.invoices if e["fact"]["data"]["invoice"] == name])

    def conforming(self, instalment: int | None = None) -> list[dict[str, Any]]:
        """Those that conform and are not voided."""
        there = [e for e in self.invoices if e["raised_on"] is not None and e["voided_by"] is None]
        return [e for e in there if instalment is None or e["fact"]["data"]["instalment"] == instalment]

    def covered(self, entry: dict[str, Any]) -> Fraction:
        """What covers an invoice."""
        parts = [amount for p in self.parcels for e, amount, _ in p["covers"] if e is entry]
        return sum(parts, Fraction(0))

    def unpaid(self, entry: dict[str, Any]) -> Fraction:
        """What of an invoice is still unpaid; 4.3: "(its amount, where it does not conform yet)", less its own."""
        if entry["voided_by"] is not None:
            return Fraction(0)
        if entry["raised_on"] is not None:
            return max(Fraction(0), entry["left"] - self.covered(entry))
        own = [p["free"] + sum(a for _, a, _ in p["covers"]) for p in self.parcels if p["invoice"] == name_of(entry)]
        return max(Fraction(0), entry["left"] - sum(own, Fraction(0)))


def name_of(entry: dict[str, Any]) -> str:
    """The identifier of an invoice."""
    return str(entry["fact"]["data"]["invoice"])


def amount_of(invoice: Fact) -> Fraction:
    """The amount of an invoice."""
    return Fraction(invoice["data"]["amount"])


def rates_of(invoice: Fact) -> list[Fraction]:
    """2.2: "tax_rate or lines [{amount, tax_rate}]"."""
    lines = invoice["data"].get("lines") or [invoice["data"]]
    return [Fraction(line["tax_rate"]) for line in lines]


def instalment_of(q: Question, as_of: date, invoice: Fact) -> dict[str, Any] | None:
    """The instalment it is for, in the terms of its day."""
    instalments = terms_on(q, as_of, invoice["day"])["payment"]["instalments"]
    return first([i for i in instalments if i["number"] == invoice["data"]["instalment"]])


def faults_on(q: Question, as_of: date, accounts: Accounts, entry: dict[str, Any], day: date) -> list[str]:
    """SPEC 4.3: "An invoice conforms when the contract is effective, its tax rate (each line's) is the contract's, its
    amount together with the earlier conforming, unvoided invoices of that instalment is within the instalment, and
    what the instalment `requires` [...] has happened. [...] (also an unknown instalment)"; 4.1: "An invoice received
    after an early end is `INVOICE_AFTER_END`"."""
    invoice, faults = entry["fact"], []
    if effective_on(q, day) is None:
        faults.append("INVOICE_BEFORE_EFFECTIVE")
    rate = Fraction(terms_on(q, as_of, invoice["day"])["payment"]["tax_rate"])
    if any(r != rate for r in rates_of(invoice)):
        faults.append("INVOICE_TAX_RATE")
    instalment = instalment_of(q, as_of, invoice)
    taken = sum((e["left"] for e in accounts.conforming(invoice["data"]["instalment"])), Fraction(0))
    if instalment is None or taken + entry["left"] > Fraction(instalment["amount"]):
        faults.append("INVOICE_EXCEEDS_INSTALMENT")
    for name in (instalment or {}).get("requires", []):
        if name not in REQUIRED:
            passed = [f for f in acceptances(q, day, name) if not after_end(q, as_of, f["day"])]
            faults += ["INVOICE_BEFORE_ACCEPTANCE"] if not passed and "INVOICE_BEFORE_ACCEPTANCE" not in faults else []
            continue
        type_, code = REQUIRED[name]
        if not [f for f in of_type(q, day, type_) if not after_end(q, as_of, f["day"])]:
            faults.append(code)
    if after_end(q, as_of, invoice["day"]):
        faults.append("INVOICE_AFTER_END")
    return faults


def acceptances(q: Question, day: date, name: str) -> list[Fact]:
    """SPEC 4.3: "a named acceptance by an AcceptancePassed of a round requested for it (`acceptance`, else the round's
    own name)"; it waits for its round."""
    rounds = {str(f["data"]["round"]): f["data"].get("acceptance") or str(f["data"]["round"])
              for f in of_type(q, day, "AcceptanceRequested")}  # fmt: skip
    return [f for f in of_type(q, day, "AcceptancePassed") if rounds.get(str(f["data"]["round"])) == name]


def after_end(q: Question, as_of: date, day: date) -> bool:
    """After an early end; SPEC 4.3: "Deployment or review after an early end cures nothing"."""
    return life_of(q, as_of)["terminated_on"] is not None and bool(day > last_day(q, as_of))


def ripen(q: Question, as_of: date, accounts: Accounts, day: date) -> None:
    """SPEC 4.3: "What time can cure, time cures [`early-invoice`] [...] conforms from the day the condition holds (of
    several, in (`on`, `seq`) order; those conforming already go first), is raised then"."""
    for entry in accounts.invoices:
        if entry["raised_on"] is not None or entry["voided_by"] is not None:
            continue
        if reading_on(q, as_of, "early-invoice", entry["fact"]["day"]) == "void":
            continue
        if set(entry["faults"]) <= TIME_CURES and not faults_on(q, as_of, accounts, entry, day):
            entry["raised_on"] = day
            entry["cured_by"] = cure_of(q, as_of, accounts, entry, day)


def cure_of(q: Question, as_of: date, accounts: Accounts, entry: dict[str, Any], day: date) -> list[Fact]:
    """SPEC 4.3: "the fact that cured it stands in `raised_by` beside the invoice": the last that had to happen."""
    found: list[Fact] = []
    for type_, code in REQUIRED.values():
        found += of_type(q, day, type_)[:1] if code in entry["faults"] else []
    if "INVOICE_BEFORE_EFFECTIVE" in entry["faults"]:
        found += signatures(q, day)
    if "INVOICE_BEFORE_ACCEPTANCE" in entry["faults"]:
        required = (instalment_of(q, as_of, entry["fact"]) or {}).get("requires", [])
        found += [acceptances(q, day, name)[0] for name in required if name not in REQUIRED]
    voids = [f for f in of_type(q, day, "InvoiceVoided") if f["day"] == day]  # of what took up its instalment
    number = entry["fact"]["data"]["instalment"]
    of_it = {name_of(e) for e in accounts.invoices if e["fact"]["data"]["instalment"] == number}
    found += [f for f in voids if f["data"]["invoice"] in of_it][-1:]
    return sorted(found, key=place)[-1:]


def cover(accounts: Accounts, parcel: dict[str, Any], entry: dict[str, Any], day: date) -> None:
    """Let a parcel cover an invoice from a day, as far as both go."""
    part = min(parcel["free"], accounts.unpaid(entry))
    if part > 0:
        parcel["free"] -= part
        parcel["covers"].append([entry, part, day])


def cover_own(accounts: Accounts) -> None:
    """SPEC 4.3: "an invoice that comes to conform takes first of its own payments what is still free"."""
    for entry in accounts.conforming():
        for parcel in accounts.parcels:
            if parcel["invoice"] == name_of(entry):
                cover(accounts, parcel, entry, max(parcel["fact"]["day"], entry["raised_on"]))


def cover_with_credit(accounts: Accounts, due_of: Callable[[dict[str, Any]], date | None], day: date) -> None:
    """SPEC 4.3: credit "covers conforming invoices of the same instalment, then others, in order of due date then id,
    from the day both exist, and stays there"; "A payment recorded for a day before its invoice waits for it"."""
    for parcel in accounts.parcels:
        if accounts.entry(parcel["invoice"]) is None:
            continue
        own = accounts.entry(parcel["invoice"])["fact"]["data"]["instalment"]
        due = sorted(accounts.conforming(), key=lambda e: (due_of(e) or date.max, name_of(e)))
        for entry in sorted(due, key=lambda e: e["fact"]["data"]["instalment"] != own):
            cover(accounts, parcel, entry, day)


def take(parcel: dict[str, Any], amount: Fraction) -> Fraction:
    """SPEC 4.3: "A return takes back what is free first, then what covers other invoices, then what covers its own;
    of these what came to cover last first". What is left to take."""
    part = min(parcel["free"], amount)
    parcel["free"] -= part
    amount -= part
    order = [c for c in parcel["covers"] if name_of(c[0]) != parcel["invoice"]]
    order = [c for c in parcel["covers"] if name_of(c[0]) == parcel["invoice"]] + order
    for cover_ in reversed(order):
        part = min(cover_[1], amount)
        cover_[1] -= part
        amount -= part
    parcel["covers"] = [c for c in parcel["covers"] if c[1] > 0]
    return amount


def give_back(accounts: Accounts, payment: str, fact: Fact) -> None:
    """SPEC 4.3: "less what was returned (a partial return takes from the last allocation first"."""
    mine = [p for p in accounts.parcels if p["fact"]["data"].get("payment") == payment]
    if not mine:
        accounts.returned.setdefault(payment, []).append(fact)
        return
    whole = sum((p["free"] + sum(a for _, a, _ in p["covers"]) for p in mine), Fraction(0))
    left = Fraction(fact["data"]["amount"]) if fact["data"].get("amount") else whole
    for parcel in reversed(mine):
        left = take(parcel, left)


def release(accounts: Accounts, entry: dict[str, Any]) -> None:
    """What was paid on an invoice beyond what is left of it is credit: the last to cover it is freed first."""
    most = Fraction(0) if entry["voided_by"] is not None else entry["left"]
    surplus = accounts.covered(entry) - most
    for parcel in reversed(accounts.parcels):
        for cover_ in reversed(parcel["covers"]):
            if cover_[0] is entry and surplus > 0:
                part = min(cover_[1], surplus)
                cover_[1] -= part
                parcel["free"] += part
                surplus -= part
        parcel["covers"] = [c for c in parcel["covers"] if c[1] > 0]


def void(accounts: Accounts, fact: Fact) -> None:
    """2.2: InvoiceVoided, "amount? (a partial red letter)"."""
    entry = accounts.entry(fact["data"]["invoice"])
    if entry is None or entry["voided_by"] is not None:
        return
    if fact["data"].get("amount"):
        entry["left"] -= Fraction(fact["data"]["amount"])
        entry["cuts"].append(fact)
    if not fact["data"].get("amount") or entry["left"] <= 0:
        entry["voided_by"] = fact
    release(accounts, entry)


def exceeds(accounts: Accounts, parcel: dict[str, Any]) -> None:
    """SPEC 4.3: "beyond what is left of an invoice (`PAYMENT_EXCEEDS_INVOICE` where it exceeded on its day)"."""
    entry = accounts.entry(parcel["invoice"])
    found = "PAYMENT_EXCEEDS_INVOICE", parcel["fact"]
    known = [(code, f["seq"]) for code, f in accounts.anomalies]
    amount, parcel["free"] = parcel["free"], Fraction(0)
    before = accounts.unpaid(entry)  # without it
    parcel["free"] = amount
    if amount > before and (found[0], found[1]["seq"]) not in known:
        accounts.anomalies.append(found)


def pay(accounts: Accounts, fact: Fact) -> None:
    """Money comes in: one parcel for each allocation, "allocations add up to `amount`"."""
    data = fact["data"]
    single = [{"invoice": data["invoice"], "amount": data["amount"]}] if data.get("invoice") else []
    parts = data.get("allocations") or single
    for part in parts:
        parcel = {"fact": fact, "invoice": part["invoice"], "free": Fraction(part["amount"]), "covers": []}
        entry = accounts.entry(part["invoice"])
        accounts.parcels.append(parcel)
        if entry is not None:
            exceeds(accounts, parcel)
    for back in accounts.returned.pop(data["payment"], []):
        give_back(accounts, data["payment"], back)


def receive(q: Question, as_of: date, accounts: Accounts, fact: Fact) -> None:
    """An invoice comes in; a payment before it "is `PAYMENT_BEFORE_INVOICE`"."""
    entry = {"fact": fact, "faults": [], "raised_on": None, "left": amount_of(fact), "voided_by": None}
    entry.update(settled_on=None, cured_by=[], cuts=[])
    entry["faults"] = faults_on(q, as_of, accounts, entry, fact["day"])
    take_in(accounts, entry, [f for f in of_type(q, as_of, "InvoiceVoided") if place(f) < place(fact)])


def take_in(accounts: Accounts, entry: dict[str, Any], voids: list[Fact]) -> None:
    """An invoice and its faults; the money that waited for it; the voids told of it before."""
    fact = entry["fact"]
    accounts.invoices.append(entry)
    accounts.anomalies += [(code, fact) for code in entry["faults"]]
    if not entry["faults"]:
        entry["raised_on"] = fact["day"]
    waiting = [p for p in accounts.parcels if p["invoice"] == name_of(entry)]
    room = entry["left"]
    for parcel in waiting:
        if parcel["fact"]["type"] == "PaymentMade":
            told = [f["seq"] for code, f in accounts.anomalies if code == "PAYMENT_BEFORE_INVOICE"]
            if parcel["fact"]["day"] < fact["day"] and parcel["fact"]["seq"] not in told:
                accounts.anomalies.append(("PAYMENT_BEFORE_INVOICE", parcel["fact"]))
            exceeded = [f["seq"] for code, f in accounts.anomalies if code == "PAYMENT_EXCEEDS_INVOICE"]
            if parcel["free"] > room and parcel["fact"]["seq"] not in exceeded:  # once, of however many parts
                accounts.anomalies.append(("PAYMENT_EXCEEDS_INVOICE", parcel["fact"]))
        room = max(Fraction(0), room - parcel["free"])
    for early in voids:
        if early["data"]["invoice"] == fact["data"]["invoice"]:
            void(accounts, early)


def when(q: Question, fact: Fact) -> Question:
    """What was there when a fact happened: "facts compared with facts use (`on`, `seq`)" (4.8)."""
    live = [f for f in q.live if place(f) <= place(fact)]
    acknowledged = [pair for pair in q.acknowledged if place(pair[0]) <= place(fact)]
    return replace(q, live=live, acknowledged=acknowledged, memo={})


def settle(q: Question, as_of: date, accounts: Accounts, fact: Fact) -> None:
    """SPEC 4.3: "`deducted` = DamagesSettled with manner deducted, set off against the invoice it names (Civil Code
    568), each as far as that invoice [...] is unpaid and what stands of its items is unsettled on its day; the rest of
    it counts nowhere"."""
    data = fact["data"]
    if data["manner"] == "paid":
        accounts.settlements.append((fact, Fraction(data["amount"])))
        return
    items = items_on(when(q, fact), fact["day"])
    already = filled(items, accounts.settlements)
    together = filled(items, [*accounts.settlements, (fact, Fraction(data["amount"]))])
    owed = sum(together.values(), Fraction(0)) - sum(already.values(), Fraction(0))
    entry = accounts.entry(data["invoice"]) if data.get("invoice") else None
    part = min(owed, accounts.unpaid(entry) if entry is not None else Fraction(0))
    accounts.settlements.append((fact, part))
    if part > 0:
        parcel = {"fact": fact, "invoice": data["invoice"], "free": part, "covers": []}
        accounts.parcels.append(parcel)


@remembered
def accounts_of(q: Question, as_of: date) -> Accounts:
    """Invoices and money as of the end of D."""
    accounts = Accounts()
    types = ("InvoiceIssued", "InvoiceVoided", "PaymentMade", "PaymentReturned", "DamagesSettled")
    moved = of_type(q, as_of, *types)
    curing = ("ContractSigned", "ResourcesDeployed", "StageReviewPassed", "AcceptanceRequested", "AcceptancePassed")
    days = {f["day"] for f in of_type(q, as_of, *types, *curing)}
    for day in sorted(days):
        ripen(q, as_of, accounts, day)
        cover_own(accounts)
        for fact in [f for f in moved if f["day"] == day]:
            if fact["type"] == "InvoiceIssued":
                receive(q, as_of, accounts, fact)
            elif fact["type"] == "InvoiceVoided":
                void(accounts, fact)
            elif fact["type"] == "PaymentMade":
                pay(accounts, fact)
            elif fact["type"] == "PaymentReturned":
                give_back(accounts, fact["data"]["payment"], fact)
            else:
                settle(q, as_of, accounts, fact)
            ripen(q, as_of, accounts, day)
            cover_own(accounts)
        cover_with_credit(accounts, lambda entry: pay_by(q, as_of, entry)[0], day)
        note_settled(accounts, day)
    close_accounts(accounts)
    return accounts


def note_settled(accounts: Accounts, day: date) -> None:
    """Since which day each invoice has been covered, as it stands at the end of a day."""
    for entry in accounts.conforming():
        if accounts.unpaid(entry) > 0:
            entry["settled_on"] = None
        elif entry["settled_on"] is None:
            entry["settled_on"] = day


def close_accounts(accounts: Accounts) -> None:
    """What only the whole tells: since when what covers an invoice now does, and which payments still wait."""
    for entry in [e for e in accounts.conforming() if e["settled_on"] is not None]:
        # by what covers it now: what came back has settled nothing
        entry["settled_on"] = max([entry["settled_on"], *since_when(accounts, entry)])
    for parcel in accounts.parcels:
        before = "PAYMENT_BEFORE_INVOICE", parcel["fact"]
        waits = accounts.entry(parcel["invoice"]) is None and parcel["fact"]["type"] == "PaymentMade"
        if waits and before[1]["seq"] not in [f["seq"] for code, f in accounts.anomalies if code == before[0]]:
            accounts.anomalies.append(before)


def since_when(accounts: Accounts, entry: dict[str, Any]) -> list[date]:
    """The days from which what covers an invoice covers it."""
    return [day for p in accounts.parcels for e, _, day in p["covers"] if e is entry]


def covering(accounts: Accounts, entry: dict[str, Any]) -> list[Fact]:
    """SPEC 4.2: the facts that settled it: "payments, set-offs and credit that cover it", "and the red letter that left
    no more than they cover"."""
    found = {p["fact"]["seq"]: p["fact"] for p in accounts.parcels for e, _, _ in p["covers"] if e is entry}
    if all(day < entry["settled_on"] for day in since_when(accounts, entry)):
        found |= {f["seq"]: f for f in entry["cuts"] if f["day"] == entry["settled_on"]}
    return sorted(found.values(), key=place)


def pay_by(q: Question, as_of: date, entry: dict[str, Any]) -> tuple[date, bool]:
    """SPEC 4.2 `pay-invoice`: "working_days(on, 5)"; 4.3: one that time cured is "due 5 working days from that day (not
    rolled first)"; [`invoice-received`: `next-working-day` (received on a rest day)]."""
    day: date = entry["raised_on"]
    count = terms_on(q, as_of, entry["fact"]["day"])["payment"]["pay_within_working_days"]
    received: date = entry["fact"]["day"]
    reading = reading_on(q, as_of, "invoice-received", received)
    if reading == "next-working-day" and not q.is_working_day(received):
        received, _ = working_days(q, received, 1)
        day = max(day, received)
    found: tuple[date, bool] = working_days(q, day, count)
    return found


def paid_of(q: Question, as_of: date) -> Fraction:
    """SPEC 4.3: "`paid` = party_a's payments on invoices, less what was returned"."""
    paid = Fraction(0)
    for fact in of_type(q, as_of, "PaymentMade"):
        if actor(fact) == "party_a" and not fact["data"].get("settlement"):
            paid += left_of_payment(q, as_of, fact)
    return paid


def left_of_payment(q: Question, as_of: date, fact: Fact) -> Fraction:
    """A payment less what was returned of it."""
    amount = Fraction(fact["data"]["amount"])
    for back in of_type(q, as_of, "PaymentReturned"):
        if back["data"]["payment"] == fact["data"]["payment"]:
            amount -= Fraction(back["data"]["amount"]) if back["data"].get("amount") else amount
    return max(Fraction(0), amount)


def returns_beyond(q: Question, as_of: date, settlements: set[str]) -> list[tuple[str, Fact]]:
    """SPEC 4.3: "A return of more than is left of its payment [...], or of all of one of which nothing is left, [...]
    is `RETURN_EXCEEDS_PAYMENT`: of returns those earlier by (`on`, `seq`) come first"; one "of one that does not
    stand, waits for it"; "what is paid on a settlement or ruled debt that is not there waits", too: ``settlements`` are
    the names of those there are."""
    found: list[tuple[str, Fact]] = []
    for fact in of_type(q, as_of, "PaymentMade"):
        if fact["data"].get("settlement") not in {None, *settlements}:
            continue
        left = Fraction(fact["data"]["amount"])
        for back in of_type(q, as_of, "PaymentReturned"):
            if back["data"]["payment"] != fact["data"]["payment"]:
                continue
            said = back["data"].get("amount")
            if left == 0 or (said and Fraction(said) > left):
                found.append(("RETURN_EXCEEDS_PAYMENT", back))
            left -= min(left, Fraction(said)) if said else left
    return found


def balance_of(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 4.3: "`invoiced` = conforming and unvoided (less partial red letters)"; "`outstanding` = total − paid −
    deducted; `payable` = the sum over conforming invoices of what is still unpaid; `overdue` = the part of payable
    past due"; "`credit` is what covers nothing yet"."""
    accounts, payment = accounts_of(q, as_of), terms_on(q, as_of, as_of)["payment"]
    conforming = accounts.conforming()
    payable = sum((accounts.unpaid(e) for e in conforming), Fraction(0))
    overdue = sum((accounts.unpaid(e) for e in conforming if as_of > pay_by(q, as_of, e)[0]), Fraction(0))
    paid = paid_of(q, as_of)  # "`payable` never exceeds `outstanding` [...], and `overdue` not `payable`"
    deducted = sum((a for f, a in accounts.settlements if f["data"]["manner"] == "deducted"), Fraction(0))
    total = Fraction(payment["total"])
    payable = max(Fraction(0), min(payable, total - paid - deducted))
    overdue = min(overdue, payable)
    return {
        "currency": payment["currency"],
        "total": money(total),
        "invoiced": money(sum((e["left"] for e in conforming), Fraction(0))),
        "paid": money(paid),
        "deducted": money(deducted),
        "credit": money(sum((p["free"] for p in accounts.parcels), Fraction(0))),
        "outstanding": money(total - paid - deducted),
        "payable": money(payable),
        "overdue": money(overdue),
    }


# --- settlements (13.2) ---------------------------------------------------------------------------


def paid_on_settlement(q: Question, as_of: date, name: str) -> tuple[list[Fact], Fraction]:
    """The payments on a settlement, and their sum less what was returned."""
    made = [f for f in of_type(q, as_of, "PaymentMade") if f["data"].get("settlement") == name]
    made = [f for f in made if left_of_payment(q, as_of, f) > 0]
    return made, sum((left_of_payment(q, as_of, f) for f in made), Fraction(0))


def settled_by_payments(q: Question, as_of: date, name: str, owed: Fraction) -> list[Fact]:
    """SPEC 4.2: "settled on the day those that cover it now did": the payments, less what came back of them, up to the
    one that covers a settlement; none where they do not."""
    made, _ = paid_on_settlement(q, as_of, name)
    paid = Fraction(0)
    for n, fact in enumerate(made, start=1):
        paid += left_of_payment(q, as_of, fact)
        if paid >= owed:
            return made[:n]
    return []
