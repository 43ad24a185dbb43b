"""The oracle's life of the contract: terminations, exits, phase, obligations and money (SPEC 4.1, 4.2,
4.3)."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle_facts import (
    Fact,
    Question,
    corresponding_day,
    first,
    latest_per,
    money,
    of_type,
    place,
    reading_on,
    rolled,
    terms_on,
    working_days,
)
from tests.oracle_incidents import (
    DAY,
    acceptance_of,
    consent_on,
    effective_on,
    ends_on,
    grounds,
    lease,
    maker_of,
    renewals,
    signatures,
    standing_completion,
)

# --- exit (11.1) ----------------------------------------------------------------------------------


def least_notice(q: Question, as_of: date, request: Fact) -> date:
    """SPEC 4.1: "months(requested, 6) without roll"."""
    return corresponding_day(request["day"], terms_on(q, as_of, request["day"])["periods"]["exit_notice_months"])


def earliest_exit_on(q: Question, as_of: date, request: Fact) -> date:
    """SPEC 4.1: "`earliest_exit_on` = max(`exit_on`, months(requested, 6) without roll)"."""
    return max(date.fromisoformat(request["data"]["exit_on"]), least_notice(q, as_of, request))


def exit_request(q: Question, as_of: date) -> Fact | None:
    """SPEC 4.1: "the latest request not withdrawn"."""
    withdrawn = [f["data"]["request"] for f in of_type(q, as_of, "ExitWithdrawn")]
    standing = [f for f in of_type(q, as_of, "ExitRequested") if f["data"]["request"] not in withdrawn]
    return standing[-1] if standing else None


def answer_to(q: Question, as_of: date, request: Fact) -> Fact | None:
    """The ExitPermitted or ExitRefused that stands: the latest of a request, or the one it only repeats."""
    answers = of_type(q, as_of, "ExitPermitted", "ExitRefused")
    answers = [f for f in answers if f["data"]["request"] == request["data"]["request"]]
    while len(answers) > 1 and answers[-2]["type"] == answers[-1]["type"]:
        answers.pop()
    return answers[-1] if answers else None


def exit_due(q: Question, as_of: date) -> Fact | None:
    """SPEC 4.1: "An exit takes effect on `earliest_exit_on` [...] of the latest request not withdrawn, if
    permitted"."""
    request = exit_request(q, as_of)
    if request is None or earliest_exit_on(q, as_of, request) > as_of:
        return None
    answer = answer_to(q, as_of, request)
    return request if answer is not None and answer["type"] == "ExitPermitted" else None


def exit_to_come(q: Question, as_of: date) -> date | None:
    """SPEC 4.1: the day a permitted exit takes effect, "nothing takes effect before the day of consent"."""
    request = exit_request(q, as_of)
    answer = answer_to(q, as_of, request) if request is not None else None
    if request is None or answer is None or answer["type"] != "ExitPermitted":
        return None
    return max(earliest_exit_on(q, as_of, request), answer["day"])


# --- termination (13.2, 10.x, 11.1), day by day ---------------------------------------------------


def agreed_termination(q: Question, as_of: date, proposal: Fact) -> dict[str, Any]:
    """SPEC 4.1: "Accepted termination takes effect on its `effective_on` if that is at least 30 working
    days after the proposal (13.2): otherwise on the first day that is [...]. Nothing takes effect before
    the day of consent." """
    acceptance = acceptance_of(q, as_of, proposal)
    wished = date.fromisoformat(proposal["data"]["effective_on"])
    count = terms_on(q, as_of, proposal["day"])["periods"]["termination_notice_working_days"]
    soonest, rests = working_days(q, proposal["day"], count)
    day = max(wished, soonest)
    if acceptance is not None:
        day = max(day, consent_on(proposal, acceptance))
    return {
        "acceptance": acceptance,
        "short": wished < soonest,
        "day": day,
        "provisional": rests and wished < soonest and day == soonest,
    }


def turning_days(q: Question, as_of: date) -> list[date]:
    """Every day up to as_of on which a termination can take effect: days of facts, and days proposals and
    requests name."""
    days = {f["day"] for f in q.live}
    for proposal in of_type(q, as_of, "TerminationProposed"):
        days.add(agreed_termination(q, as_of, proposal)["day"])
    for request in of_type(q, as_of, "ExitRequested"):
        days.add(earliest_exit_on(q, as_of, request))
    return sorted(day for day in days if day <= as_of)


def life_of(q: Question, as_of: date) -> dict[str, Any]:
    """When and by what the contract was terminated, which grounds were exercised, which declarations had
    none.

    SPEC 4.1: "A termination declared under 10.x takes effect on its `on` if that ground is open that day;
    otherwise it has no effect"; 4.8: "A declaration is judged at the end of its day, without itself and
    later ones", "An exit that took effect is not undone by a later withdrawal or request". What took
    effect is not undone by later facts.
    """
    life: dict[str, Any] = {"terminated_on": None, "by": [], "exit": None, "provisional": False}
    life.update(exercised=[], groundless=[])
    for day in turning_days(q, as_of):
        if life["terminated_on"] is None:
            end = ends_on(q, day, None)
            over = end is not None and day > end  # "the contract ended first"
            for proposal in of_type(q, day, "TerminationProposed"):
                agreed = agreed_termination(q, day, proposal)
                if agreed["acceptance"] is not None and agreed["day"] == day and not over:
                    by = sorted([proposal, agreed["acceptance"]], key=place)
                    life.update(terminated_on=day, by=by, provisional=agreed["provisional"])
                    break
        if life["terminated_on"] is None:
            request, before = exit_due(q, day), exit_due(q, day - DAY)
            if request is not None and not over and (before is None or before["seq"] != request["seq"]):
                answer = answer_to(q, day, request)
                life.update(terminated_on=day, by=sorted([request, answer], key=place), exit=request)
        for declaration in [f for f in of_type(q, day, "TerminationDeclared") if f["day"] == day]:
            clause = declaration["data"]["clause"]
            judged = grounds(q, day, life["terminated_on"], life["exercised"])
            opened = [maker_of(g) for g in judged if g["clause"] == clause and g["state"] == "open"]
            if opened:
                life.update(terminated_on=day, by=[declaration], exercised=life["exercised"] + opened)
            else:
                life["groundless"].append(declaration)
    return life


def last_day_of(q: Question, as_of: date, life: dict[str, Any], ground: dict[str, Any]) -> date | None:
    """SPEC 4.5: "`last_day` of an open ground = the earlier of its lapse and the contract's last day (null
    where there is neither, and for a ground not open)"; 4.1: that is "the end of `ends_on`, of the day before
    `terminated_on` (agreement, exit [...])"."""
    if ground["state"] != "open":
        return None
    accepted = [agreed_termination(q, as_of, p) for p in of_type(q, as_of, "TerminationProposed")]
    terminations = [a["day"] for a in accepted if a["acceptance"] is not None]
    terminations += [day for day in [exit_to_come(q, as_of)] if day is not None]
    days = [ground["lapses_on"], ends_on(q, as_of, life["terminated_on"]), *(day - DAY for day in terminations)]
    return min((day for day in days if day is not None), default=None)


def phase_of(q: Question, as_of: date, life: dict[str, Any]) -> str:
    """SPEC 4.1: `registered` -> `effective` -> `in_service` -> `ended` ("the day after `ends_on`") or
    `terminated` ("from the day termination took effect") -> `closed` ("ended or terminated, and
    SwitchoverCompleted")."""
    end = ends_on(q, as_of, life["terminated_on"])
    over = "terminated" if life["terminated_on"] else "ended" if end is not None and as_of > end else None
    if over is not None:
        return "closed" if of_type(q, as_of, "SwitchoverCompleted") else over
    if lease(q, as_of) is not None:
        return "in_service"
    return "effective" if effective_on(q, as_of) is not None else "registered"


def term_of(q: Question, as_of: date, life: dict[str, Any]) -> dict[str, Any]:
    """SPEC 5 `term`; 4.8: "`term.provisional` [...] marks a date that rests on a year without a notice"."""
    started, signed = lease(q, as_of), shown(effective_on(q, as_of))
    return {
        "signed_on": signed,
        "effective_on": signed,
        "lease_started_on": shown(started["day"]) if started else None,
        "ends_on": shown(ends_on(q, as_of, life["terminated_on"])),
        "terminated_on": shown(life["terminated_on"]),
        "provisional": life["provisional"],
    }


def shown(day: date | None) -> str | None:
    """SPEC 5: "dates as YYYY-MM-DD"."""
    return day.isoformat() if day is not None else None


def exit_of(q: Question, as_of: date, life: dict[str, Any]) -> dict[str, Any]:
    """SPEC 5 `exit`: the latest request not withdrawn, or the one that took effect."""
    request = life["exit"] or exit_request(q, as_of)
    if request is None:
        return {"request": None, "permitted": None, "earliest_exit_on": None}
    answer = answer_to(q, as_of, request)
    permitted = True if life["exit"] else None if answer is None else answer["type"] == "ExitPermitted"
    earliest = shown(earliest_exit_on(q, as_of, request))
    return {"request": request["data"]["request"], "permitted": permitted, "earliest_exit_on": earliest}


# --- invoices and payments (art. 9) ---------------------------------------------------------------


def void_of(q: Question, as_of: date, invoice: Fact) -> Fact | None:
    """The first InvoiceVoided of an invoice."""
    voids = of_type(q, as_of, "InvoiceVoided")
    return first([f for f in voids if f["data"]["invoice"] == invoice["data"]["invoice"]])


def faults_of(q: Question, as_of: date, invoice: Fact) -> list[str]:
    """SPEC 4.3: "An invoice conforms when the contract is effective on its day, its tax rate is the
    contract's, its amount together with the earlier conforming, unvoided invoices of that instalment is
    within the instalment, and (instalment 2) the stage review has passed on or before its day. [...] all
    that apply; judged at the invoice's own moment, healed by no later void; an unknown instalment is
    `INVOICE_EXCEEDS_INSTALMENT`"."""
    day, data, faults = invoice["day"], invoice["data"], []
    payment = terms_on(q, as_of, day)["payment"]
    if effective_on(q, day) is None:
        faults.append("INVOICE_BEFORE_EFFECTIVE")
    if Fraction(data["tax_rate"]) != Fraction(payment["tax_rate"]):
        faults.append("INVOICE_TAX_RATE")
    instalments = [i for i in payment["instalments"] if i["number"] == data["instalment"]]
    earlier = [
        f
        for f in of_type(q, as_of, "InvoiceIssued")
        if f["data"]["instalment"] == data["instalment"] and place(f) < place(invoice)
    ]
    taken = Fraction(0)
    for other in earlier:
        void = void_of(q, as_of, other)
        if not faults_of(q, as_of, other) and (void is None or place(void) > place(invoice)):
            taken += Fraction(other["data"]["amount"])
    if not instalments or taken + Fraction(data["amount"]) > Fraction(instalments[0]["amount"]):
        faults.append("INVOICE_EXCEEDS_INSTALMENT")
    reviewed = of_type(q, day, "StageReviewPassed")
    if instalments and "stage-review" in instalments[0].get("requires", []) and not reviewed:
        faults.append("INVOICE_BEFORE_STAGE_REVIEW")
    return faults


def payments_of(q: Question, as_of: date, invoice: Fact) -> list[Fact]:
    """SPEC 4.3: "payments not returned", of one invoice."""
    returned = [f["data"]["payment"] for f in of_type(q, as_of, "PaymentReturned")]
    return [
        f
        for f in of_type(q, as_of, "PaymentMade")
        if f["data"]["invoice"] == invoice["data"]["invoice"] and f["data"]["payment"] not in returned
    ]


def covering(q: Question, as_of: date, invoice: Fact) -> list[Fact]:
    """SPEC 4.2: "payments that cover it": those up to the one that does; none while it is not covered."""
    paid, used = Fraction(0), []
    for payment in payments_of(q, as_of, invoice):
        used.append(payment)
        paid += Fraction(payment["data"]["amount"])
        if paid >= Fraction(invoice["data"]["amount"]):
            return used
    return []


def pay_by(q: Question, as_of: date, invoice: Fact) -> tuple[date, bool]:
    """SPEC 4.2 `pay-invoice`: "working_days(on, 5)"."""
    count = terms_on(q, as_of, invoice["day"])["payment"]["pay_within_working_days"]
    return working_days(q, invoice["day"], count)


def balance_of(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 4.3: "`total` = the contract's; `invoiced` = conforming and unvoided; `paid` = payments not
    returned; `outstanding` = total - paid; `payable` = the sum over conforming invoices of what is still
    unpaid; `overdue` = the part of payable past due"."""
    payment = terms_on(q, as_of, as_of)["payment"]
    invoiced = payable = overdue = Fraction(0)
    for invoice in of_type(q, as_of, "InvoiceIssued"):
        if faults_of(q, as_of, invoice) or void_of(q, as_of, invoice):
            continue
        amount = Fraction(invoice["data"]["amount"])
        settled = sum((Fraction(f["data"]["amount"]) for f in payments_of(q, as_of, invoice)), Fraction(0))
        unpaid = max(Fraction(0), amount - settled)
        invoiced += amount
        payable += unpaid
        overdue += unpaid if as_of > pay_by(q, as_of, invoice)[0] else 0
    returned = [f["data"]["payment"] for f in of_type(q, as_of, "PaymentReturned")]
    made = [f for f in of_type(q, as_of, "PaymentMade") if f["data"]["payment"] not in returned]
    paid = sum((Fraction(f["data"]["amount"]) for f in made), Fraction(0))
    total = Fraction(payment["total"])
    return {
        "currency": payment["currency"],
        "total": money(total),
        "invoiced": money(invoiced),
        "paid": money(paid),
        "outstanding": money(total - paid),
        "payable": money(payable),
        "overdue": money(overdue),
    }


def overpayments(q: Question, as_of: date) -> list[Fact]:
    """SPEC 4.3: "paying more than an invoice is `PAYMENT_EXCEEDS_INVOICE`", judged at the payment's own
    moment."""
    found = []
    for invoice in of_type(q, as_of, "InvoiceIssued"):
        made = [f for f in of_type(q, as_of, "PaymentMade") if f["data"]["invoice"] == invoice["data"]["invoice"]]
        for payment in made:
            judged = max(place(payment), place(invoice))
            gone = [f["data"]["payment"] for f in of_type(q, as_of, "PaymentReturned") if place(f) < judged]
            gone = [name for name in gone if name != payment["data"]["payment"] or judged != place(payment)]
            there = [f for f in made if place(f) <= place(payment) and f["data"]["payment"] not in gone]
            if sum(Fraction(f["data"]["amount"]) for f in there) > Fraction(invoice["data"]["amount"]):
                found.append(payment)
    return found


# --- anomalies ------------------------------------------------------------------------------------


def anomalies_of(q: Question, as_of: date, life: dict[str, Any]) -> list[tuple[str, Fact]]:
    """SPEC 4.1 and 4.3 (NO_SYSTEM_FEE comes from the damages): (code, fact)."""
    found = [("TERMINATION_WITHOUT_GROUND", f) for f in life["groundless"]]
    for invoice in of_type(q, as_of, "InvoiceIssued"):
        found += [(code, invoice) for code in faults_of(q, as_of, invoice)]
    found += [("PAYMENT_EXCEEDS_INVOICE", f) for f in overpayments(q, as_of)]
    for request in of_type(q, as_of, "ExitRequested"):  # 4.1: "a shorter notice is the anomaly"
        if date.fromisoformat(request["data"]["exit_on"]) < least_notice(q, as_of, request):
            found.append(("EXIT_NOTICE_TOO_SHORT", request))
    for proposal in of_type(q, as_of, "TerminationProposed", "RenewalProposed"):
        if acceptance_of(q, as_of, proposal) is not None and too_short(q, as_of, proposal):
            found.append(("NOTICE_TOO_SHORT", proposal))
    return found


def too_short(q: Question, as_of: date, proposal: Fact) -> bool:
    """SPEC 4.1: "if that is at least 30 working days after the proposal (13.2)"; "A renewal proposed
    fewer than 30 working days before `ends_on` is `NOTICE_TOO_SHORT` too" (the `ends_on` it proposes to
    move, on its own day)."""
    if proposal["type"] == "TerminationProposed":
        return bool(agreed_termination(q, as_of, proposal)["short"])
    day = proposal["day"]
    terminated_on = life_of(q, day)["terminated_on"]
    end = ends_on(q, day, terminated_on, without=proposal)
    count = terms_on(q, as_of, day)["periods"]["termination_notice_working_days"]
    return end is not None and working_days(q, day, count)[0] > end


# --- obligations ----------------------------------------------------------------------------------


def ids(facts: list[Fact]) -> list[str]:
    """The ids of facts, in their order."""
    return [f["id"] for f in facts]


def obligation(
    as_of: date,
    identity: str,
    clause: str,
    raised: list[Fact],
    due: tuple[date | None, bool],
    settled: list[Fact],
    *,
    obligor: str = "party_b",
    raised_on: date | None = None,
    **fixed: Any,
) -> dict[str, Any]:
    """SPEC 4.2: "States: `pending`, `overdue` (as of > due), `fulfilled`, `fulfilled_late`, `standing`,
    `breached`, `cancelled`". Settled on the day of the last fact that settles it, raised on that of the
    last that raises it."""
    due_on, provisional = due
    settled_on = settled[-1]["day"] if settled else None
    if settled_on is not None:
        state = "fulfilled" if due_on is None or settled_on <= due_on else "fulfilled_late"
    else:
        state = "overdue" if due_on is not None and as_of > due_on else "pending"
    entry = {
        "id": identity,
        "kind": identity.split(":")[0],
        "clause": clause,
        "obligor": obligor,
        "raised_on": shown(raised_on or raised[-1]["day"]),
        "due_on": shown(due_on),
        "provisional": provisional,
        "state": state,
        "settled_on": shown(settled_on),
        "raised_by": ids(raised),
        "settled_by": ids(settled),
    }
    return {**entry, **fixed}


def the_first(q: Question, as_of: date, type_: str, key: str = "", value: str = "") -> list[Fact]:
    """The first fact of a type (whose data say `key` = `value`), as a list."""
    return [f for f in of_type(q, as_of, type_) if not key or f["data"][key] == value][:1]


def obligations_of(q: Question, as_of: date, life: dict[str, Any]) -> list[dict[str, Any]]:
    """SPEC 4.2, the whole table."""
    found = [
        *contract_obligations(q, as_of, life),
        *invoice_obligations(q, as_of),
        *requested_obligations(q, as_of),
        *service_obligations(q, as_of, life),
        *switchover_obligation(q, as_of, life),
    ]
    return sorted(found, key=lambda o: (o["raised_on"], o["id"]))


def contract_obligations(q: Question, as_of: date, life: dict[str, Any]) -> list[dict[str, Any]]:
    """SPEC 4.2: those that arise "with both signed" or "effective"; 4.8: "Without `stage_review_by` there
    is neither `deployment` nor `stage-review`"; `confidentiality` "`breached` once a leak is reported",
    "`settled_on` of a breach is its first day"."""
    day = effective_on(q, as_of)
    if day is None:
        return []
    signed = signatures(q, as_of)
    trial_run_days = terms_on(q, as_of, day)["periods"]["trial_run_days"]
    due = rolled(q, day + timedelta(days=trial_run_days))
    found = [obligation(as_of, "trial-run", "6.2", signed, due, the_first(q, as_of, "TrialRunStarted"))]
    review_by = terms_on(q, as_of, as_of)["payment"].get("stage_review_by")
    if review_by is not None:
        by = date.fromisoformat(str(review_by)), False
        found.append(obligation(as_of, "deployment", "9.1", signed, by, the_first(q, as_of, "ResourcesDeployed")))
        found.append(obligation(as_of, "stage-review", "9.1", signed, by, the_first(q, as_of, "StageReviewPassed")))
    end = ends_on(q, as_of, life["terminated_on"]), False
    found.append(obligation(as_of, "security-review", "5.2", signed, end, the_first(q, as_of, "SecurityReviewPassed")))
    leaks = the_first(q, as_of, "LeakReported")
    state = "breached" if leaks else "standing"
    found.append(obligation(as_of, "confidentiality", "7.2", signed, (None, False), leaks, state=state))
    return found


def invoice_obligations(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.2 `pay-invoice`: "each conforming invoice"; `cancelled` (its trigger was voided)."""
    found = []
    for invoice in of_type(q, as_of, "InvoiceIssued"):
        if faults_of(q, as_of, invoice):
            continue
        identity, due = f"pay-invoice:{invoice['data']['invoice']}", pay_by(q, as_of, invoice)
        void = void_of(q, as_of, invoice)
        if void is not None:
            entry = obligation(as_of, identity, "9.1", [invoice], due, [void], obligor="party_a", state="cancelled")
        else:
            entry = obligation(as_of, identity, "9.1", [invoice], due, covering(q, as_of, invoice), obligor="party_a")
        found.append(entry)
    return found


def requested_obligations(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.2: `rework`, `return-materials`, `rectify`, `scale-out`, `monitoring-report`, `on-site-duty`."""
    found = []
    for fact in of_type(q, as_of, "AcceptanceFailed"):
        later = [f for f in of_type(q, as_of, "AcceptanceRequested") if place(f) > place(fact)]
        again = [f for f in later if f["data"]["round"] != fact["data"]["round"]][:1]
        due = rolled(q, fact["day"] + timedelta(days=terms_on(q, as_of, fact["day"])["periods"]["rework_days"]))
        found.append(obligation(as_of, f"rework:{fact['data']['round']}", "6.6", [fact], due, again))
    for fact in of_type(q, as_of, "ReturnOfMaterialsRequested"):
        name = fact["data"]["request"]
        due = working_days(q, fact["day"], terms_on(q, as_of, fact["day"])["periods"]["return_materials_working_days"])
        done = the_first(q, as_of, "MaterialsReturned", "request", name)
        found.append(obligation(as_of, f"return-materials:{name}", "7.2", [fact], due, done))
    for fact in of_type(q, as_of, "RectificationNoticeIssued"):
        completion = standing_completion(q, as_of, fact)
        by = date.fromisoformat(fact["data"]["deadline"]), False
        done = [completion] if completion else []
        found.append(obligation(as_of, f"rectify:{fact['data']['notice']}", "10.4", [fact], by, done))
    for fact in of_type(q, as_of, "ScaleOutRequested"):
        name, by = fact["data"]["request"], (scale_out_due(q, as_of, fact), False)
        done = the_first(q, as_of, "ScaleOutCompleted", "request", name)
        found.append(obligation(as_of, f"scale-out:{name}", "annex 3 row 4", [fact], by, done))
    for fact in of_type(q, as_of, "MonitoringReportRequested"):
        name, by = fact["data"]["report"], (date.fromisoformat(fact["data"]["due_on"]), False)
        done = the_first(q, as_of, "MonitoringReportDelivered", "report", name)
        found.append(obligation(as_of, f"monitoring-report:{name}", "4.2", [fact], by, done))
    for fact in of_type(q, as_of, "MajorEventAnnounced"):
        found.append(on_site_duty(q, as_of, fact))
    return found


def scale_out_due(q: Question, as_of: date, request: Fact) -> date:
    """SPEC 4.2 `scale-out`: "on + 7 (no roll)"."""
    return date.fromordinal(
        request["day"].toordinal() + terms_on(q, as_of, request["day"])["periods"]["scale_out_days"]
    )


def on_site_duty(q: Question, as_of: date, event: Fact) -> dict[str, Any]:
    """SPEC 4.2 `on-site-duty`: due "its `to`"; fulfilled by "that day, if no PersonnelAbsent; else
    `breached`"; 4.8: "`settled_on` of a breach is its first day (`on-site-duty`: the first absence, also
    when recorded later)"."""
    name, until = event["data"]["event"], date.fromisoformat(event["data"]["to"])
    absent = the_first(q, as_of, "PersonnelAbsent", "event", name)
    entry = obligation(as_of, f"on-site-duty:{name}", "4.2", [event], (until, False), absent)
    if absent:
        return {**entry, "state": "breached"}
    if as_of >= until:
        return {**entry, "state": "fulfilled", "settled_on": shown(until)}
    return {**entry, "state": "pending"}


def service_obligations(q: Question, as_of: date, life: dict[str, Any]) -> list[dict[str, Any]]:
    """SPEC 4.2: `host-hardening`, `host-scan`, `availability`, which arise with LeaseStarted."""
    started = lease(q, as_of)
    if started is None:
        return []
    end, found = (ends_on(q, as_of, life["terminated_on"]), False), []
    for line in terms_on(q, as_of, started["day"]).get("order", {}).get("lines", []):
        if line["service"] in ("host-hardening", "host-scan"):
            performed = [f for f in of_type(q, as_of, "ServicePerformed") if f["data"]["service"] == line["service"]]
            done = performed_enough(performed, line)
            found.append(obligation(as_of, line["service"], "annex 4", [started], end, done))
    return [*found, availability_obligation(q, as_of, started)]


def enough_performed(facts: list[Fact], line: dict[str, Any]) -> bool:
    """SPEC 4.2: "units performed >= units ordered (124 each) and, where hosts are named, each at least
    `periods` (2) times"; 4.8: "For named hosts, units are times; only hosts named are checked"."""
    hosts = {f["data"]["host"] for f in facts if f["data"].get("host") is not None}
    times = [sum(f["data"]["units"] for f in facts if f["data"].get("host") == host) for host in hosts]
    ordered = Fraction(str(line["quantity"])) * line["periods"]
    return sum(f["data"]["units"] for f in facts) >= ordered and all(n >= line["periods"] for n in times)


def performed_enough(facts: list[Fact], line: dict[str, Any]) -> list[Fact]:
    """If all the facts perform enough: those up to the one since which it has been enough; else none.

    Since which day, is asked of whole days (4.8); since which fact of that day, of the facts."""
    days = sorted({f["day"] for f in facts})
    by_the_end = [enough_performed([f for f in facts if f["day"] <= day], line) for day in days]
    since = [day for n, day in enumerate(days) if all(by_the_end[n:])]
    if not since:
        return []
    until = [f for f in facts if f["day"] <= since[0]]
    enough = [enough_performed(until[:n], line) for n in range(len(until) + 1)]
    return until[: next(n for n in range(1, len(until) + 1) if all(enough[n:]))]


def availability_obligation(q: Question, as_of: date, started: Fact) -> dict[str, Any]:
    """SPEC 4.2 `availability`: "standing | `breached` while the latest platform report (no system) of any
    month is below the floor"; 4.8: "`settled_on` of a breach is its first day"."""

    def below(day: date) -> list[Fact]:
        platform = [f for f in of_type(q, day, "AvailabilityReported") if f["data"].get("system") is None]
        return [f for f in latest_per(platform, "month") if below_floor(q, as_of, f)]

    entry = obligation(as_of, "availability", "6.3", [started], (None, False), [], state="standing")
    if not below(as_of):
        return entry
    days = sorted({f["day"] for f in of_type(q, as_of, "AvailabilityReported")})
    since = next(day for day in days if all(below(later) for later in days if later >= day))
    return {**entry, "state": "breached", "settled_on": shown(since), "settled_by": ids(below(as_of))}


def below_floor(q: Question, as_of: date, report: Fact) -> bool:
    """SPEC 4.2: below `quality.availability` or `quality.data_reliability` (reading
    `data-reliability-floor`)."""
    quality = terms_on(q, as_of, report["day"])["quality"]
    return short_of(q, as_of, report, quality["availability"], quality["data_reliability"])


def short_of(q: Question, as_of: date, report: Fact, availability: str, data_reliability: str) -> bool:
    """SPEC 4.6: "availability < 99.99 or data_reliability < 99.99999"; 4.7: "`six-nines` everywhere" is
    99.9999."""
    six_nines = reading_on(q, as_of, "data-reliability-floor", report["day"]) == "six-nines"
    floor = Fraction("99.9999") if six_nines else Fraction(data_reliability)
    data = report["data"]
    return Fraction(data["availability"]) < Fraction(availability) or Fraction(data["data_reliability"]) < floor


def switchover_obligation(q: Question, as_of: date, life: dict[str, Any]) -> list[dict[str, Any]]:
    """SPEC 4.2 `switchover`: "ended, terminated or exited | months(`ends_on` or `terminated_on`, 6),
    rolls"; 4.8: "`switchover` of an ended contract is raised on ends_on + 1"."""
    end = ends_on(q, as_of, life["terminated_on"])
    if life["terminated_on"] is not None:
        over, raised_on, by = life["terminated_on"], life["terminated_on"], life["by"]
    elif end is not None and as_of > end:
        moved = renewals(q, as_of, None)
        by = sorted(moved[-1], key=place) if moved else [lease(q, as_of)]
        over, raised_on = end, end + DAY
    else:
        return []
    months = terms_on(q, as_of, raised_on)["periods"]["switchover_months"]
    due = rolled(q, corresponding_day(over, months))
    done = the_first(q, as_of, "SwitchoverCompleted")
    return [obligation(as_of, "switchover", "11.2", by, due, done, raised_on=raised_on)]
