"""The oracle of the second agreement: service levels, delay, what was agreed, claims, cap, bond (SPEC 9.6)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle_facts import (
    DAY,
    Fact,
    Question,
    arrived_on,
    corresponding_day,
    first,
    midnight,
    moment,
    number,
    of_type,
    place,
    prevailing,
    ref_of,
    remembered,
    rolled,
    ruled,
    served,
)
from tests.oracle_money import Accounts, name_of
from tests.oracle_operations_life import (
    accepted,
    counts_in_service,
    in_order,
    known_on,
    later,
    reading_on,
    rounded,
    service_period,
    term_ends_on,
    terms_on,
)
from tests.oracle_operations_money import due_on, operations_accounts, part_of_price, stated_amount
from tests.oracle_term import effective_on, signatures

MICROSECOND = timedelta(microseconds=1)
MINUTE, HOUR = 60_000_000, 3_600_000_000  # microseconds
Item = dict[str, Any]
Window = tuple[datetime, datetime, Fact]
Used = tuple[date, str]  # a term, or a reading, and the day of which it was used


# --- availability (3.1) ---------------------------------------------------------------------------


def month_in_service(q: Question, as_of: date, month: str, ended: date | None) -> tuple[date, date] | None:
    """The days of a month that are of the service period, the first and the last; None where it shares none."""
    begins = date.fromisoformat(month + "-01")
    ends = corresponding_day(begins, 1) - DAY
    period = service_period(q, as_of, ended)
    if period is None:
        return None
    begins = max(begins, period[0])
    ends = ends if period[1] is None else min(ends, period[1])
    return (begins, ends) if begins <= ends else None


def counting_reports(q: Question, as_of: date, ended: date | None) -> list[Fact]:
    """SPEC 9.2: "AvailabilityMeasured is a statement on its month and system". One for each, of the service period."""
    told: dict[tuple[str, str], list[Fact]] = {}
    for f in of_type(q, as_of, "AvailabilityMeasured"):
        if month_in_service(q, f["day"], f["data"]["month"], known_on(ended, f["day"])) is not None:
            told.setdefault((f["data"]["month"], f["data"]["system"]), []).append(f)
    return [prevailing(said) for _, said in sorted(told.items())]


def microseconds(begins: datetime, ends: datetime) -> int:
    return (ends - begins) // MICROSECOND


def windows_of(q: Question, as_of: date, report: Fact, days: tuple[date, date]) -> list[Window]:
    """SPEC 9.6: "A window is announced where its MaintenanceAnnounced is at least `maintenance_notice_hours` before
    `begins`"; what of each lies within the days of the month in service."""
    found = []
    for f in of_type(q, as_of, "MaintenanceAnnounced"):
        hours = terms_on(q, as_of, f["day"])["service"].get("maintenance_notice_hours", 0)
        begins = moment(f["data"]["begins"])
        if f["data"]["system"] != report["data"]["system"] or microseconds(f["at"], begins) < hours * HOUR:
            continue
        ends = begins + int(number(f["data"]["minutes"]) * MINUTE) * MICROSECOND
        begins, ends = max(begins, midnight(days[0])), min(ends, midnight(days[1] + DAY))
        if begins < ends:
            found.append((begins, ends, f))
    return sorted(found, key=lambda w: (w[0], w[2]["seq"]))


def union_of(windows: list[Window]) -> int:
    """The microseconds in any of them."""
    found, reach = 0, None
    for begins, ends, _ in windows:
        begins = begins if reach is None else max(begins, reach)
        found += max(0, microseconds(begins, ends))
        reach = ends if reach is None else max(reach, ends)
    return found


def availability_of(q: Question, as_of: date, report: Fact, ended: date | None) -> tuple[Fraction | None, list[Fact]]:
    """SPEC 9.6: "A = (T − W − (downtime − W)) ÷ (T − W), exactly; W = the least of `maintenance_minutes` (0 if left
    out), the minutes of the union of the announced windows [...], and the downtime. [...] Where T = W there is no
    availability. Downtime counts up to T". And the announcements that left minutes out."""
    days = month_in_service(q, as_of, report["data"]["month"], ended)
    if days is None:  # by what is known now it shares no day with the service period
        return None, []
    whole = Fraction(((days[1] - days[0]).days + 1) * 24 * 60)
    windows = windows_of(q, as_of, report, days)
    downtime = min(number(report["data"]["downtime_minutes"]), whole)
    left_out = min(
        number(report["data"].get("maintenance_minutes") or 0), Fraction(union_of(windows), MINUTE), downtime
    )
    if whole == left_out:
        return None, [f for _, _, f in windows]
    return (whole - downtime) / (whole - left_out), [f for _, _, f in windows] if left_out else []


def last_day_set_by(q: Question, as_of: date, ended: date | None) -> tuple[list[Fact], list[Used]]:
    """SPEC 9.3: the contract's last day: "`ends_on`, or if earlier the last day of a terminated contract"; what ended
    it, or "`term.to`, or months(`starts_on`, `term.months`)", from the acceptance that starts it."""
    from tests.oracle_operations_termination import operations_end

    if ended is not None:
        return list(operations_end(q, as_of)[2]), []
    term = terms_on(q, as_of, as_of)["term"]
    if "to" in term:
        return [], [(as_of, "term.to")]
    started = accepted(q, as_of, term.get("accepted", ""))
    return ([started] if started is not None else []), [(as_of, "term.accepted"), (as_of, "term.months")]


def month_rests_on(
    q: Question, as_of: date, report: Fact, announced: list[Fact], ended: date | None
) -> tuple[list[Fact], list[Used]]:
    """SPEC 9.9: of an availability "what set the first or last day of service where it cuts the month"; and the terms
    by which what was announced was in time, of the day it was."""
    days = month_in_service(q, as_of, report["data"]["month"], ended)
    begins = date.fromisoformat(report["data"]["month"] + "-01")
    facts, terms = [], [(f["day"], "service.maintenance_notice_hours") for f in announced]
    if days is not None and days[0] > begins:
        term = terms_on(q, as_of, as_of)["term"]
        started = accepted(q, as_of, term["accepted"]) if "accepted" in term else None
        facts += [started] if started is not None else []
        terms += [(as_of, "term.accepted" if started is not None else "term.from")]
    if days is not None and days[1] < corresponding_day(begins, 1) - DAY:
        by, used = last_day_set_by(q, as_of, ended)
        facts, terms = [*facts, *by], [*terms, *used]
    return facts, terms


def availability_items(q: Question, as_of: date, ended: date | None) -> list[Item]:
    """SPEC 9.6: "The item `availability-credit:{month}:{system}` is the band with the lowest `below` above A × 100:
    credit × monthly_fee; its day is that of the report that counts, its terms those of that day"."""
    found = []
    for report in counting_reports(q, as_of, ended):
        share, announced = availability_of(q, as_of, report, ended)
        service, month = terms_on(q, as_of, report["day"])["service"], report["data"]["month"]
        bands = [band for band in service.get("availability", []) if share is not None
                 and share * 100 < Fraction(band["below"])]  # fmt: skip
        system = first([one for one in service["systems"] if one["system"] == report["data"]["system"]])
        if bands and system is not None:
            band = min(bands, key=lambda one: Fraction(one["below"]))
            credit = rounded(Fraction(band["credit"]) * Fraction(system["monthly_fee"]))
            begins = date.fromisoformat(month + "-01")
            occurred = corresponding_day(begins, 1) - DAY
            item = {"id": f"availability-credit:{month}:{system['system']}", "clause": "3.1", "debtor": "party_b"}
            item |= {"amount": credit, "day": report["day"], "credit": True, "occurred": occurred}
            used = ["service.availability", f"service.systems.{system['system']}.monthly_fee"]
            item["period"], item["terms"] = month_rests_on(q, as_of, report, announced, ended)
            item["terms"] += [(report["day"], path) for path in used]
            found.append({**item, "facts": in_order([report, *announced])})
    return found


# --- response and resolution (3.2) ----------------------------------------------------------------


def tickets(q: Question, as_of: date, ended: date | None) -> list[Fact]:
    """Tickets of the service period: those outside it "have no other effect"."""
    return [f for f in of_type(q, as_of, "TicketOpened") if counts_in_service(q, f, ended)]


def answer_to(q: Question, as_of: date, ticket: Fact, *types: str) -> Fact | None:
    """The first of these about a ticket."""
    return first([f for f in of_type(q, as_of, *types) if f["data"]["ticket"] == ticket["data"]["ticket"]])


def late_charge(q: Question, as_of: date, row: dict[str, Any], ticket: Fact, answer: Fact) -> Fraction | None:
    """SPEC 9.6: late "more than `within_minutes` after it was opened, to the microsecond; exactly then is in time.
    `breach`: the amount; `hour`: the amount for each hour of what is late, a begun one counting as one
    [`late-hours`]"; 9.8: "`full` (only full hours; none, no item)"."""
    late = microseconds(ticket["at"], answer["at"]) - int(row["within_minutes"]) * MINUTE
    if late <= 0:
        return None
    if row["per"] == "breach":
        return Fraction(row["amount"])
    full = reading_on(q, as_of, "late-hours", answer["day"]) == "full"
    hours = late // HOUR if full else -(-late // HOUR)
    return Fraction(row["amount"]) * hours if hours else None


def ticket_items(q: Question, as_of: date, ended: date | None) -> list[Item]:
    """SPEC 9.6: "Items `response-credit:{ticket}` and `resolution-credit:{ticket}`, of the day it was answered,
    resolved"."""
    found = []
    for ticket in tickets(q, as_of, ended):
        rows = terms_on(q, as_of, ticket["day"]).get("service", {}).get("priorities", [])
        row = first([one for one in rows if one["priority"] == ticket["data"]["priority"]])
        answers = (("response", "respond", ("TicketResponded", "TicketResolved")),
                   ("resolution", "resolve", ("TicketResolved",)))  # fmt: skip
        for name, key, types in answers:
            answer = answer_to(q, as_of, ticket, *types)
            if row is None or key not in row or answer is None:
                continue
            amount = late_charge(q, as_of, row[key], ticket, answer)
            if amount is not None:
                item = {"id": f"{name}-credit:{ticket['data']['ticket']}", "clause": "3.2", "debtor": "party_b"}
                item |= {"amount": amount, "day": answer["day"], "credit": True, "occurred": answer["day"]}
                item["terms"] = [(ticket["day"], f"service.priorities.{ticket['data']['priority']}.{key}")]
                item["readings"] = [(answer["day"], "late-hours")] if row[key]["per"] == "hour" else []
                found.append({**item, "facts": in_order([ticket, answer])})
    return found


# --- delay (5.1, 5.2) -----------------------------------------------------------------------------


def stage_delay(q: Question, as_of: date, stage: dict[str, Any], ended: date | None) -> Item | None:
    """SPEC 9.6, *Delay by party_b*: "Days late run from the day after `by` to the day of acceptance, the contract's
    last day or the day the cap is reached, the first of them: that day the item `delay:accept:{stage}` arises, until
    then it is listed under `running`. Terms are those of `by`"."""
    by = date.fromisoformat(str(stage["by"]))
    terms = terms_on(q, as_of, by)
    parts = [p for p in terms["price"]["parts"] if p["after"] == "acceptance" and p["stage"] == stage["stage"]]
    if "delay" not in terms or not parts or effective_on(q, as_of) is None:
        return None
    sum_ = sum((stated_amount(terms, part) for part in parts), Fraction(0))
    rate, cap = Fraction(terms["delay"]["rate_per_day"]), Fraction(terms["delay"]["cap"])
    done, last = accepted(q, as_of, stage["stage"]), term_ends_on(q, as_of)
    to_the_cap = -(-cap // rate)
    ends = [later(by, to_the_cap)] if to_the_cap <= (date.max - by).days else []
    ends += [done["day"]] if done is not None else []
    ends += [day for day in (last, ended) if day is not None]
    until = min(ends, default=date.max)
    days = (min(until, as_of) - by).days
    if days <= 0:
        return None
    amount = rounded(min(rate * days, cap) * sum_)
    item = {"id": f"delay:accept:{stage['stage']}", "clause": "5.1", "debtor": "party_b", "amount": amount}
    item |= {"day": until if until <= as_of else None, "days": days, "credit": False}
    came = [done] if done is not None and done["day"] == until else []
    item["terms"] = [(as_of, f"stages.{stage['stage']}.by"), (by, "delay.rate_per_day"), (by, "delay.cap")]
    for part in parts:
        stated = "amount" if "amount" in part else "share"
        item["terms"] += [(by, f"price.parts.{part['number']}.{key}") for key in (stated, "stage")]
        item["terms"] += [(by, "price.total")] if stated == "share" else []
    if not came and until in (last, ended):
        item["period"], used = last_day_set_by(q, as_of, ended)
        item["terms"] += used
    return {**item, "facts": in_order([*signatures(q, as_of), *came])}


def payment_delay(q: Question, as_of: date, accounts: Accounts, entry: dict[str, Any]) -> Item | None:
    """SPEC 9.6, *Delay by party_a*: "of a conforming invoice, each sum of it that came to be covered after its due day,
    or is not covered: rate_per_day × the days from the due day to the day on which it was covered (to D where it is
    not); at most cap × these sums together. The item [...] arises on the day the last of it was covered or, if earlier,
    the first day on which the cap is reached; until then it is `running`"."""
    due = due_on(q, entry)[0]
    terms = terms_on(q, as_of, due)
    if "delay" not in terms or as_of <= due or entry["voided_by"] is not None:
        return None
    covers = [(day, amount, p["fact"]) for p in accounts.parcels for e, amount, day in p["covers"] if e is entry]
    late = [(day, amount) for day, amount, _ in covers if day > due]
    unpaid = accounts.unpaid(entry)
    owed = sum((amount for _, amount in late), Fraction(0)) + unpaid
    if owed <= 0:
        return None
    rate, cap = Fraction(terms["delay"]["rate_per_day"]), Fraction(terms["delay"]["cap"]) * owed

    def accrued(day: date) -> Fraction:
        by_then = sum((amount * ((min(on, day) - due).days) for on, amount in late), Fraction(0))
        return rate * (by_then + unpaid * (day - due).days)

    days = [later(due, n) for n in range(1, (as_of - due).days + 1)]
    reached = first([day for day in days if accrued(day) >= cap])
    covered = max((day for day, _ in late), default=None) if unpaid == 0 else None
    ends = [day for day in (reached, covered) if day is not None]
    arose = min(ends) if ends else None
    until = arose or as_of
    item = {"id": f"delay:pay-invoice:{name_of(entry)}", "clause": "5.2", "debtor": "party_a"}
    item |= {"amount": rounded(min(accrued(until), cap)), "day": arose, "days": (until - due).days, "credit": False}
    item["terms"] = [*paid_within(q, as_of, entry), (due, "delay.rate_per_day"), (due, "delay.cap")]
    covered_late = [f for day, _, f in covers if day > due]
    return {**item, "facts": in_order([entry["fact"], *entry["cured_by"], *covered_late])}


def paid_within(q: Question, as_of: date, entry: dict[str, Any]) -> list[tuple[date, str]]:
    """The term by which the due day of an invoice was counted: the part's `days`, `months` or `working_days`, of its
    day."""
    day, number = entry["fact"]["day"], entry["fact"]["data"]["instalment"]
    part = part_of_price(terms_on(q, as_of, day), number)
    assert part is not None
    unit = next(key for key in ("days", "months", "working_days") if key in part)
    return [(day, f"price.parts.{number}.{unit}")]


def delays(q: Question, as_of: date, ended: date | None) -> list[Item]:
    """Those that have become items, and those that run."""
    stages = [one for one in terms_on(q, as_of, as_of).get("stages", []) if one.get("by")]
    found = [stage_delay(q, as_of, stage, ended) for stage in stages]
    accounts = operations_accounts(q, as_of, ended)
    found += [payment_delay(q, as_of, accounts, entry) for entry in accounts.invoices if entry["raised_on"]]
    return [one for one in found if one is not None]


# --- claims (10.1) --------------------------------------------------------------------------------


def claims_on(q: Question, as_of: date, item: Item) -> list[tuple[date, Fact]]:
    """The claims that name a credit, with the day each arrived."""
    made = [f for f in of_type(q, as_of, "CreditsClaimed") if item["id"] in f["data"]["items"]]
    arrived = [(arrived_on(q, as_of, f), f) for f in made]
    return sorted([one for one in arrived if one[0] <= as_of], key=lambda one: (one[0], place(one[1])))


def claim_by(q: Question, as_of: date, item: Item) -> date | None:
    """SPEC 9.6: "`claim_by` = days(its day, `credits.within_days`), rolls [`credit-window`]; terms of the item's day";
    9.8: "`occurred` (of availability from the month's last day)". None of what need not be claimed."""
    claims = terms_on(q, as_of, item["day"]).get("credits")
    if not item["credit"] or claims is None:
        return None
    occurred = reading_on(q, as_of, "credit-window", item["day"]) == "occurred"
    day = item["occurred"] if occurred else item["day"]
    return rolled(q, later(day, claims["within_days"]))[0]


# --- what was agreed or ruled ---------------------------------------------------------------------


def agreements(q: Question, as_of: date) -> list[Item]:
    """SPEC 9.6: "an item `agreed:{ref}` (of a ruling `agreed:{ref}.2` from the second on), of the debtor of the first
    item it names, from the fact's day"; "naming an agreed amount names its items too"."""
    said: list[tuple[Fact, str, dict[str, Any]]] = []
    for f in of_type(q, as_of, "DamagesAgreed"):
        said.append((f, f"agreed:{ref_of(f)}", f["data"]))
    counted: dict[int, int] = {}
    for f, ruling in ruled(q, as_of, "items", "amount"):
        counted[f["seq"]] = counted.get(f["seq"], 0) + 1
        suffix = "" if counted[f["seq"]] == 1 else f".{counted[f['seq']]}"
        said.append((f, f"agreed:{ref_of(f)}{suffix}", ruling))
    said.sort(key=lambda one: place(one[0]))
    found: list[Item] = []
    for f, id_, data in said:
        names = dict.fromkeys(data["items"])
        for one in found:
            if one["id"] in names:
                names |= dict.fromkeys(one["names"])
        item = {"id": id_, "clause": "10.2", "debtor": debtor_of(id_, said), "names": list(names)}
        item |= {"amount": Fraction(data["amount"]), "day": f["day"], "credit": False, "agreed": True}
        found.append({**item, "facts": [f]})
    return found


def debtor_of(name: str, said: list[tuple[Fact, str, dict[str, Any]]]) -> str:
    """Whose debt an item of that name is: of an agreed one, that of the first it names."""
    first, passed = {id_: data["items"][0] for _, id_, data in said}, set[str]()
    while name in first and name not in passed:
        passed.add(name)
        name = first[name]
    return "party_a" if name.startswith("delay:pay-invoice:") else "party_b"


# --- all of them ----------------------------------------------------------------------------------


@remembered
def operations_items(q: Question, as_of: date, ended: date | None) -> list[Item]:
    """Every item, with its `state`, `claim_by`, `counts_from`, `absorbed_by` and what is `counted` of it."""
    items = [*availability_items(q, as_of, ended), *ticket_items(q, as_of, ended)]
    items += [one for one in delays(q, as_of, ended) if one["day"] is not None]
    agreed = agreements(q, as_of)
    for one in [*items, *agreed]:
        one.update(claim_by=claim_by(q, as_of, one), absorbed_by=None, state="standing", counts_from=one["day"])
        if one["claim_by"] is not None:
            made = [claim for claim in claims_on(q, as_of, one) if claim[0] <= one["claim_by"]]
            one["state"] = "standing" if made else "claimable" if as_of <= one["claim_by"] else "forfeited"
            one["counts_from"] = max(made[0][0], one["day"]) if made else None
            arrived = [f for _, claim in made[:1] for f in [claim, *served(q, as_of, claim)[:1]]]
            one["facts"] = in_order([*one["facts"], *arrived])
            one["terms"] = [*one["terms"], (one["day"], "credits.within_days")]
            if one["clause"] == "3.1":
                one["readings"] = [*one.get("readings", []), (one["day"], "credit-window")]
    # SPEC 9.6: "of two that share an item a ruling counts before any agreement, else the later by (`on`, `seq`)"
    agreed.sort(key=lambda one: (one["facts"][0]["type"] == "JudgmentEntered", place(one["facts"][0])))
    for n, agreement in enumerate(agreed):
        for one in items:
            if one["id"] in agreement["names"]:
                one.update(absorbed_by=agreement["id"], state="absorbed")
        for one in agreed[:n]:
            if one["id"] in agreement["names"] or set(one["names"]) & set(agreement["names"]):
                one.update(absorbed_by=agreement["id"], state="absorbed")
    found = sorted([*items, *agreed], key=lambda one: (one["day"], one["id"]))
    count(q, as_of, found)
    return found


def cap_of(q: Question, as_of: date) -> Fraction | None:
    """SPEC 9.6: "round(cap.share × price.total) as of D"."""
    terms = terms_on(q, as_of, as_of)
    return rounded(Fraction(terms["cap"]["share"]) * Fraction(terms["price"]["total"])) if "cap" in terms else None


def count(q: Question, as_of: date, items: list[Item]) -> None:
    """SPEC 9.6, *Cap*: "of each debtor's standing items in order of the day they count from [...], then id, each is
    `counted` as far as what was counted before leaves room [...]; agreed and ruled amounts are counted in full"."""
    cap = cap_of(q, as_of)
    for debtor in ("party_a", "party_b"):
        standing = [one for one in items if one["state"] == "standing" and one["debtor"] == debtor]
        before = Fraction(0)
        for one in sorted(standing, key=lambda one: (one["counts_from"], one["id"])):
            room = one["amount"] if cap is None or one.get("agreed") else max(Fraction(0), cap - before)
            one["counted"] = min(one["amount"], room)
            before += one["counted"]
    for one in items:
        one.setdefault("counted", Fraction(0))


# --- settlement, bond -----------------------------------------------------------------------------


def filled(items: list[Item], settlements: list[tuple[Fact, Fraction]]) -> dict[str, Fraction]:
    """SPEC 9.6: "A settlement fills its items in the order it names them, an absorbed item standing for what absorbed
    it"."""
    by_id, full = {one["id"]: one for one in items}, dict[str, Fraction]()
    for fact, amount in settlements:
        for name in fact["data"]["items"]:
            one = by_id.get(name)
            while one is not None and one["absorbed_by"] is not None:
                one = by_id[one["absorbed_by"]]
            if one is None:
                continue
            part = min(amount, one["counted"] - full.get(one["id"], Fraction(0)))
            if part > 0:
                full[one["id"]] = full.get(one["id"], Fraction(0)) + part
                amount -= part
    return full


def when(q: Question, fact: Fact) -> Question:
    """What was there before a fact happened: 4.3 "by what came before it in (`on`, `seq`)"."""
    live = [f for f in q.live if place(f) < place(fact)]
    acknowledged = [pair for pair in q.acknowledged if place(pair[0]) < place(fact)]
    return replace(q, live=live, acknowledged=acknowledged, memo={})


def unsettled_of(q: Question, fact: Fact, before: list[tuple[Fact, Fraction]], amount: Fraction) -> Fraction:
    """How much of a sum meets what of the items named is counted and unsettled on its day, by what came before it."""
    from tests.oracle_operations_termination import ended_early

    then = when(q, fact)
    items = operations_items(then, fact["day"], ended_early(then, fact["day"]))
    already, together = filled(items, before), filled(items, [*before, (fact, amount)])
    return sum(together.values(), Fraction(0)) - sum(already.values(), Fraction(0))


def settlements_before(q: Question, accounts: Accounts, fact: Fact) -> list[tuple[Fact, Fraction]]:
    """What was settled before a fact: DamagesSettled as far as they count, and draws on the bond."""
    drawn = [(f, Fraction(f["data"]["amount"])) for f in of_type(q, fact["day"], "BondDrawn")]
    both = [*accounts.settlements, *drawn]
    return sorted([one for one in both if place(one[0]) < place(fact)], key=lambda one: place(one[0]))


def set_off(q: Question, accounts: Accounts, fact: Fact) -> None:
    """SPEC 9.6: a set-off "as far as what is counted of the items it names is unsettled then (of a set-off also as far
    as its invoice is unpaid, 4.3; what is `paid` or drawn in full)"."""
    data = fact["data"]
    if data["manner"] == "paid":
        accounts.settlements.append((fact, Fraction(data["amount"])))
        return
    owed = unsettled_of(q, fact, settlements_before(q, accounts, fact), Fraction(data["amount"]))
    entry = accounts.entry(data["invoice"]) if data.get("invoice") else None
    part = min(owed, accounts.unpaid(entry) if entry is not None else Fraction(0))
    accounts.settlements.append((fact, part))
    if part > 0:
        accounts.parcels.append({"fact": fact, "invoice": data["invoice"], "free": part, "covers": []})


def settled_by_then(q: Question, as_of: date, ended: date | None) -> list[tuple[Fact, Fraction]]:
    """Every settlement and draw as of D, as far as it counts, in order."""
    drawn = [(f, Fraction(f["data"]["amount"])) for f in of_type(q, as_of, "BondDrawn")]
    both = [*operations_accounts(q, as_of, ended).settlements, *drawn]
    return sorted(both, key=lambda one: place(one[0]))


def bond_of(q: Question, as_of: date) -> dict[str, Fraction]:
    """SPEC 9.6: "`paid`, `drawn`, `returned` are sums, `held` = paid − drawn − returned"."""
    types = {"paid": "BondPaid", "drawn": "BondDrawn", "returned": "BondReturned"}
    sums = {
        name: sum((Fraction(f["data"]["amount"]) for f in of_type(q, as_of, type_)), Fraction(0))
        for name, type_ in types.items()
    }
    return {**sums, "held": sums["paid"] - sums["drawn"] - sums["returned"]}


def held_before(q: Question, fact: Fact) -> Fraction:
    """What of the bond is held when something is drawn or returned; BondPaid of a day come first (9.5)."""
    live = [f for f in q.live if place(f) < place(fact) or (f["type"] == "BondPaid" and f["day"] == fact["day"])]
    then = Question(live, q.terms, q.overrides, q.is_working_day, q.provisional)
    return bond_of(then, fact["day"])["held"]


def bond_anomalies(q: Question, as_of: date, ended: date | None) -> list[tuple[str, Fact]]:
    """SPEC 9.6: "A draw beyond what is unsettled of its items on that day, or held, is `BOND_DRAWN_BEYOND`; a return
    beyond what is held `BOND_RETURNED_BEYOND`"."""
    found, accounts = [], operations_accounts(q, as_of, ended)
    for f in of_type(q, as_of, "BondDrawn"):
        amount = Fraction(f["data"]["amount"])
        owed = unsettled_of(q, f, settlements_before(q, accounts, f), amount)
        if amount > owed or amount > held_before(q, f):
            found.append(("BOND_DRAWN_BEYOND", f))
    for f in of_type(q, as_of, "BondReturned"):
        if Fraction(f["data"]["amount"]) > held_before(q, f):
            found.append(("BOND_RETURNED_BEYOND", f))
    return found


