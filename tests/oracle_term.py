"""The oracle's term and operating period (SPEC 4.1), and what became of notices (4.2 `rectify`, 4.5)."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from tests.oracle_facts import (
    DAY,
    Fact,
    Question,
    arrived_on,
    corresponding_day,
    first,
    midnight,
    number,
    of_type,
    place,
    reading_on,
    remembered,
    rolled,
    terms_on,
    working_days,
)


class Span(NamedTuple):
    """The operating period, first and last day, and the day the contract ended early (`terminated_on`)."""

    start: date | None
    last: date | None
    early_end: date | None

    def holds(self, day: date) -> bool:
        """Whether the day is of the operating period."""
        return self.start is not None and self.start <= day and (self.last is None or day <= self.last)


def signatures(q: Question, as_of: date) -> list[Fact]:
    """SPEC 4.1: "both parties have signed": the first signature of each, in order; fewer than two: not
    effective."""
    signed = of_type(q, as_of, "ContractSigned")
    firsts = [first([f for f in signed if f["data"]["party"] == party]) for party in ("party_a", "party_b")]
    return sorted([f for f in firsts if f is not None], key=place)


def effective_on(q: Question, as_of: date) -> date | None:
    """SPEC 4.8: "`signed_on` = `effective_on` = the later signature"."""
    signed = signatures(q, as_of)
    later: date | None = signed[1]["day"] if len(signed) == 2 else None
    return later


STARTING = {"lease": "LeaseStarted", "billing": "BillingStarted"}


def lease(q: Question, as_of: date) -> Fact | None:
    """SPEC 4.1: what the term starts with: the first LeaseStarted; "by the terms [...] BillingStarted, or [...]
    `term.starts_on` once effective", for which the registration stands, as of that day."""
    term = terms_on(q, as_of, as_of)["term"]
    if "starts_on" not in term:
        return first(of_type(q, as_of, STARTING[term.get("starts_with", "lease")]))
    day = date.fromisoformat(str(term["starts_on"]))
    if effective_on(q, as_of) is None or day > as_of:
        return None
    registration = next(f for f in q.live if f["type"] == "ContractRegistered")
    return {**registration, "day": day, "at": midnight(day)}


def acceptance_of(q: Question, as_of: date, proposal: Fact) -> Fact | None:
    """SPEC 4.8: "Of two answers to one proposal the first decides"."""
    answers = of_type(q, as_of, "ProposalAccepted", "ProposalRejected")
    answer = first([f for f in answers if f["data"]["proposal"] == proposal["data"]["proposal"]])
    return answer if answer is not None and answer["type"] == "ProposalAccepted" else None


def consent_on(proposal: Fact, acceptance: Fact) -> date:
    """SPEC 4.1: "Nothing takes effect before the day of consent", nor before there is something to
    consent to."""
    day: date = max(proposal["day"], acceptance["day"])
    return day


def renewals(q: Question, as_of: date, terminated_on: date | None) -> list[tuple[Fact, Fact]]:
    """SPEC 4.1: "Accepted renewal moves `ends_on`": (proposal, acceptance) in the order of consent, if
    not already terminated."""
    found = []
    for proposal in of_type(q, as_of, "RenewalProposed"):
        acceptance = acceptance_of(q, as_of, proposal)
        if acceptance and (terminated_on is None or consent_on(proposal, acceptance) < terminated_on):
            found.append((proposal, acceptance))
    return sorted(found, key=lambda pair: max(place(pair[0]), place(pair[1])))


@remembered
def ends_on(
    q: Question, as_of: date, terminated_on: date | None, by: date | None = None, without: Fact | None = None
) -> date | None:
    """SPEC 4.1: "`ends_on` = lease start + term.months, corresponding day, no roll [`term-end`]. Accepted renewal
    moves `ends_on`"; 4.8: "`ends_on` is null before the lease", "`term-end` is read as of D"; 2.2: term.months
    too. With the renewals consented to `by` a day, if one is given."""
    started, term = lease(q, as_of), terms_on(q, as_of, as_of)["term"]
    if "ends_on" in term:
        if effective_on(q, as_of) is None:
            return None
        day = date.fromisoformat(str(term["ends_on"]))
    elif started is None:
        return None
    else:
        day = corresponding_day(started["day"], term["months"])
        if reading_on(q, as_of, "term-end", as_of) == "day-before":
            day -= DAY
    for proposal, acceptance in renewals(q, as_of, terminated_on):
        if by is not None and consent_on(proposal, acceptance) > by:
            continue
        if without is None or proposal["seq"] != without["seq"]:
            day = date.fromisoformat(proposal["data"]["ends_on"])
    return day


def operation_start(q: Question, as_of: date) -> date | None:
    """SPEC 4.1: "The *operating period* runs from the earlier of TrialRunStarted and LeaseStarted
    [`operating-period`]"."""
    from_lease = reading_on(q, as_of, "operating-period", as_of) == "from-lease"
    trial, started = first(of_type(q, as_of, "TrialRunStarted")), lease(q, as_of)
    days = [started["day"]] if started is not None else []
    days += [trial["day"]] if trial is not None and not from_lease else []
    return min(days, default=None)


# --- when something happened ----------------------------------------------------------------------


def minutes_of(measures: dict[str, Any]) -> Fraction | None:
    """An incident's minutes, if they are given."""
    given = measures.get("duration_minutes")
    return None if given is None else number(given)


def interval(fact: Fact, minutes: Fraction | None) -> tuple[datetime, datetime]:
    """From when to when it lasted by its clock: "a date-only `on` standing at the start of its day" (2.1)."""
    seconds = (minutes or 0) * 60
    return fact["at"], fact["at"] + timedelta(microseconds=int(seconds * 1_000_000))


def within(span: Span, fact: Fact, minutes: Fraction | None) -> tuple[datetime, datetime] | None:
    """SPEC 4.4: "Only minutes within the operating period count": what of its time lies there; None: nothing."""
    if span.start is None:
        return None
    begin, end = interval(fact, minutes)
    if minutes is None or minutes == 0:
        return (begin, begin) if span.holds(fact["day"]) else None
    begin = max(begin, midnight(span.start))
    if span.last is not None:
        end = min(end, midnight(span.last + DAY))
    return (begin, end) if begin < end else None


# --- notices --------------------------------------------------------------------------------------


def standing_completion(q: Question, as_of: date, notice: Fact) -> Fact | None:
    """SPEC 4.2 `rectify`: "RectificationCompleted not rejected since"; the first such."""
    name = notice["data"]["notice"]
    completed = [f for f in of_type(q, as_of, "RectificationCompleted") if f["data"]["notice"] == name]
    rejected = [f for f in of_type(q, as_of, "RectificationRejected") if f["data"]["notice"] == name]
    return first([c for c in completed if not any(place(c) < place(r) for r in rejected)])


def has_period(q: Question, as_of: date, notice: Fact) -> bool:
    """SPEC 4.2: `NOTICE_WITHOUT_PERIOD`: "a deadline not after the day the notice was issued or arrived"."""
    deadline = date.fromisoformat(notice["data"]["deadline"])
    return deadline > notice["day"] and deadline > arrived_on(q, as_of, notice)


def unheeded_on(q: Question, as_of: date, notice: Fact, span: Span) -> date | None:
    """SPEC 4.5: "on the day after its deadline if unfulfilled at the deadline's end, else on the day a timely
    completion is rejected after it; later completion heals nothing"; 4.1: "A notice discharged is not unheeded"
    (it is, "unless already overdue (its due day before `terminated_on`)")."""
    deadline = date.fromisoformat(notice["data"]["deadline"])
    early = span.early_end
    if as_of <= deadline or (early is not None and (deadline >= early or notice["day"] >= early)):
        return None
    if standing_completion(q, deadline, notice) is None:
        return deadline + DAY
    rejected = [
        f for f in of_type(q, as_of, "RectificationRejected") if f["data"]["notice"] == notice["data"]["notice"]
    ]
    late = first([f for f in rejected if f["day"] > deadline])
    return late["day"] if late else None


# --- what two sections ask --------------------------------------------------------------------------


def scale_out_due(q: Question, as_of: date, request: Fact) -> tuple[date, bool]:
    """SPEC 4.2 `scale-out`: "on + 7 (自然日: no roll) [`natural-days`]"."""
    periods = terms_on(q, as_of, request["day"])["periods"]
    if "scale_out_working_days" in periods:
        found: tuple[date, bool] = working_days(q, request["day"], periods["scale_out_working_days"])
        return found
    count = periods["scale_out_days"]
    day = request["day"] + timedelta(days=count)
    return rolled(q, day) if reading_on(q, as_of, "natural-days", request["day"]) == "rolls" else (day, False)


def short_of(q: Question, as_of: date, report: Fact, availability: str, data_reliability: str | None) -> bool:
    """SPEC 4.6: "availability < 99.99 or data_reliability < 99.99999"; 4.7: "`six-nines` everywhere" is
    99.9999."""
    six_nines = reading_on(q, as_of, "data-reliability-floor", report["day"]) == "six-nines"
    data = report["data"]
    if data_reliability is None:
        return Fraction(data["availability"]) < Fraction(availability)
    floor = Fraction("99.9999") if six_nines else Fraction(data_reliability)
    return Fraction(data["availability"]) < Fraction(availability) or Fraction(data["data_reliability"]) < floor
