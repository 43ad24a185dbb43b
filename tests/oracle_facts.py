"""The oracle's reading of the facts: SPEC 2.1, 2.2, 3 (time), 4.7 (readings), 4.8 (fine print).

Everything here is recomputed from the whole list, on purpose: it is meant to be obviously right, not fast.
Nothing under ledger/ is imported. `remembered` only keeps an answer that was already found.
"""

import calendar
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from functools import wraps
from typing import Any

Fact = dict[str, Any]
BEIJING = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
PARTIES = ("party_a", "party_b")
NEUTRAL = ("supervisor", "administrator")

# SPEC 4.7: the table, "default first"
READINGS: dict[str, tuple[str, ...]] = {
    "outage-criteria": ("all", "any"),
    "outage-b-ceiling": ("open", "thirty-percent"),
    "force-majeure": ("ignored", "excluded", "required"),
    "main-responsibility": ("unless-other", "provider-only", "stated"),
    "operating-period": ("from-trial-run", "from-lease"),
    "year-window": ("rolling", "calendar-year", "contract-year"),
    "window-anniversary": ("inclusive", "exclusive"),
    "a-counts-as-b": ("no", "yes"),
    "same-cause-count": ("one", "each"),
    "overlapping-reports": ("one", "separate"),
    "several-notices": ("two", "three"),
    "notice-cause": ("stated", "later"),
    "dual-active-optional": ("agreed", "not-agreed"),
    "lapse": ("civil-code-564", "never"),
    "notice-waiver": ("waivable", "strict"),
    "notice-day": ("next-day", "same-day"),
    "term-end": ("corresponding-day", "day-before"),
    "switchover-period": ("measure", "deadline"),
    "stage-review-date": ("deadline", "condition"),
    "early-invoice": ("ripens", "void"),
    "invoice-received": ("that-day", "next-working-day"),
    "natural-days": ("no-roll", "rolls"),
    "band-gaps": ("literal", "a-fortiori"),
    "data-reliability-floor": ("as-written", "six-nines"),
    "graded-damages": ("none", "a-fortiori"),
    "consecutive-outages": ("in-term", "in-one-month"),
    "repeated-outages": ("once", "each-three"),
    "same-cause-damages": ("highest", "sum"),
    "shortfall-cause": ("stated", "same-month"),
    "base-months": ("initial-term", "extended-term"),
}

# type -> (kind of identifier, key in data): the identifier a fact brings in
INTRODUCES: dict[str, tuple[str, str]] = {
    "InvoiceIssued": ("invoice", "invoice"),
    "PaymentMade": ("payment", "payment"),
    "RenewalProposed": ("proposal", "proposal"),
    "TerminationProposed": ("proposal", "proposal"),
    "ExitRequested": ("exit", "request"),
    "RectificationNoticeIssued": ("notice", "notice"),
    "IncidentReported": ("incident", "incident"),
    "SystemRegistered": ("system", "system"),
    "MajorEventAnnounced": ("event", "event"),
    "DualActiveRequested": ("dual-active", "request"),
    "ReturnOfMaterialsRequested": ("return", "request"),
    "ScaleOutRequested": ("scale-out", "request"),
    "MonitoringReportRequested": ("report", "report"),
    "AcceptanceRequested": ("round", "round"),
    "SettlementAgreed": ("settlement", "settlement"),
    "DemandMade": ("demand", "demand"),
    "DisputeOpened": ("dispute", "dispute"),
    "PersonnelAssigned": ("person", "person"),
    "MaintenanceAnnounced": ("maintenance", "maintenance"),
    "TicketOpened": ("ticket", "ticket"),
}

# type -> the identifier it is about (SPEC 4.8: "Only a fact whose subject is retracted counts for nothing")
SUBJECTS: dict[str, tuple[str, str]] = {
    "InvoiceVoided": ("invoice", "invoice"),
    "PaymentReturned": ("payment", "payment"),
    "ExitPermitted": ("exit", "request"),
    "ExitRefused": ("exit", "request"),
    "ExitWithdrawn": ("exit", "request"),
    "ProposalAccepted": ("proposal", "proposal"),
    "ProposalRejected": ("proposal", "proposal"),
    "RectificationCompleted": ("notice", "notice"),
    "RectificationRejected": ("notice", "notice"),
    "IncidentAssessed": ("incident", "incident"),
    "IncidentGradeAgreed": ("incident", "incident"),
    "PersonnelAbsent": ("event", "event"),
    "MaterialsReturned": ("return", "request"),
    "ScaleOutCompleted": ("scale-out", "request"),
    "DualActiveRefused": ("dual-active", "request"),
    "MonitoringReportDelivered": ("report", "report"),
    "AcceptancePassed": ("round", "round"),
    "AcceptanceFailed": ("round", "round"),
    "LawsuitFiled": ("dispute", "dispute"),
    "DisputeResolved": ("dispute", "dispute"),
    "JudgmentEntered": ("dispute", "dispute"),
    "SystemTestPassed": ("system", "system"),
    "SecurityAssessmentPassed": ("system", "system"),
    "SystemDeployed": ("system", "system"),
    "ComplaintFiled": ("system", "system"),
    "PersonnelReplaced": ("person", "person"),
    "TicketResponded": ("ticket", "ticket"),
    "TicketResolved": ("ticket", "ticket"),
}

CONTROL = ("FactCorrected", "FactRetracted", "FactAcknowledged", "FactContested")


@dataclass(eq=False)
class Question:
    """What is asked of one view, with every fact of it (at any `on`), ordered by (`on`, `seq`)."""

    live: list[Fact]
    terms: dict[str, Any]
    overrides: dict[str, str]
    is_working_day: Callable[[date], bool]
    provisional: Callable[[date], bool]
    role: str | None = None  # whose view; None: of record
    acknowledged: list[tuple[Fact, Fact]] = field(default_factory=list)  # (FactAcknowledged, its target)
    then: Callable[[Fact], "Question"] | None = None  # the same view by what was recorded up to a fact
    recorded: list[Fact] = field(default_factory=list)  # corrections among them
    memo: dict[Any, Any] = field(default_factory=dict)


def key_of(argument: Any) -> Any:
    """A fact by its seq, a list by its elements, anything else by itself."""
    if type(argument) is dict:
        return "fact", argument["seq"]
    return tuple(map(key_of, argument)) if type(argument) is list else argument


def remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Do not find the same answer to the same question twice."""

    @wraps(function)
    def ask(q: Question, *arguments: Any) -> Any:
        key = function.__name__, *map(key_of, arguments)
        if key not in q.memo:
            q.memo[key] = function(q, *arguments)
        return q.memo[key]

    return ask


# --- time -----------------------------------------------------------------------------------------


def moment(on: str) -> datetime:
    """SPEC 2.1/3: "a date-only `on` standing at the start of its day", in Asia/Shanghai."""
    if len(on) == 10:
        day = date.fromisoformat(on)
        return datetime(day.year, day.month, day.day, tzinfo=BEIJING).astimezone(UTC)
    return datetime.fromisoformat(on).astimezone(UTC)


def day_of(on: str) -> date:
    """SPEC 3: "Days are days in Asia/Shanghai." """
    return moment(on).astimezone(BEIJING).date()


def midnight(day: date) -> datetime:
    """The moment a Beijing day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING).astimezone(UTC)


def corresponding_day(day: date, months: int) -> date:
    """SPEC 3: "a period in months or years ends on the corresponding day, or the month's last day where
    there is none"."""
    number = day.year * 12 + (day.month - 1) + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def rolled(q: Question, end: date) -> tuple[date, bool]:
    """SPEC 3: "both move to the next working day when they end on a rest day"; and whether a day looked
    at is provisional."""
    due = end
    while not q.is_working_day(due):
        due += DAY
    looked_at = [end + timedelta(days=n) for n in range((due - end).days + 1)]
    return due, any(q.provisional(day) for day in looked_at)


@remembered
def working_days(q: Question, start: date, count: int) -> tuple[date, bool]:
    """SPEC 3: "`working_days(d, n)` = the n-th working day after d"; and whether a day looked at is
    provisional."""
    day, seen, rests = start, 0, False
    while seen < count:
        day += DAY
        rests = rests or q.provisional(day)
        if q.is_working_day(day):
            seen += 1
    return day, rests


# --- numbers --------------------------------------------------------------------------------------


def money(amount: Fraction) -> str:
    """SPEC 3: "computed from exact fractions and rounded half up once, at its end"."""
    sign = "-" if amount < 0 else ""
    fen = (abs(amount) * 100 + Fraction(1, 2)) // 1
    return f"{sign}{fen // 100}.{fen % 100:02d}"


def number(value: Any) -> Fraction:
    """SPEC 2.1: "minutes are integers or decimal strings (an average of 15.4 minutes is `"15.4"`)"."""
    return Fraction(str(value))


def shown(day: date | None) -> str | None:
    """SPEC 5: "dates as YYYY-MM-DD"."""
    return day.isoformat() if day is not None else None


# --- facts ----------------------------------------------------------------------------------------


def actor(fact: Fact) -> str:
    """SPEC 2.1: "`actor` the role that *did* it, left out where it is the same"."""
    return str(fact.get("actor") or fact["by"])


def other(party: str) -> str:
    """The other party."""
    return "party_b" if party == "party_a" else "party_a"


def ref_of(fact: Fact) -> str:
    """SPEC 2.1: "without one the `seq` serves"."""
    return fact.get("ref") or str(fact["seq"])


def named_by(target: str, facts: list[Fact]) -> Fact | None:
    """SPEC 2.1: "`target`, `about` and `facts` take a fact's `id`, `ref`, `seq` or `#seq`, the first that
    exists"."""
    target = str(target)
    for fact in facts:
        if fact["id"] == target:
            return fact
    for name in (ref_of, lambda f: str(f["seq"]), lambda f: f"#{f['seq']}"):
        for fact in facts:
            if name(fact) == target:
                return fact
    return None


def meant(q: Question, name: str) -> list[Fact]:
    """The fact that is named and, of a correction, what it corrects."""
    found = [f for f in [named_by(name, q.recorded) or named_by(name, q.live)] if f is not None]
    while found and found[-1]["type"] == "FactCorrected":
        target = named_by(found[-1]["data"]["target"], q.recorded)
        assert target is not None
        found.append(target)
    return found


def names(target: str, fact: Fact) -> bool:
    """Whether a reference may mean this fact, taken by itself."""
    return named_by(target, [fact]) is not None


def place(fact: Fact) -> tuple[datetime, int]:
    """SPEC 2.1: "conclusions order facts by (`on`, `seq`)"."""
    return fact["at"], fact["seq"]


def dated(fact: Fact, data: dict[str, Any], on: str) -> Fact:
    """A fact with its data and its `on` as corrected."""
    return {**fact, "data": data, "on": on, "at": moment(on), "day": day_of(on)}


def known(facts: list[Fact], known_at: str | None) -> list[Fact]:
    """SPEC 3: "it was recorded no later than `known_at`"."""
    if known_at is None:
        return list(facts)
    return [f for f in facts if moment(f["recorded_at"]) <= moment(known_at)]


def identifier(table: dict[str, tuple[str, str]], fact: Fact) -> tuple[str, str] | None:
    """The (kind, identifier) that `table` says this fact introduces or is about."""
    if fact["type"] not in table:
        return None
    kind, key = table[fact["type"]]
    return kind, fact["data"][key]


def of_type(q: Question, as_of: date, *types: str) -> list[Fact]:
    """SPEC 3: "A fact counts when its `on` is not after the end of D". In (`on`, `seq`) order."""
    if "by type" not in q.memo:
        q.memo["by type"] = {}
        for f in q.live:
            q.memo["by type"].setdefault(f["type"], []).append(f)
    found = [f for type_ in types for f in q.memo["by type"].get(type_, []) if f["day"] <= as_of]
    return found if len(types) == 1 else sorted(found, key=place)


def first(facts: list[Fact]) -> Fact | None:
    """The first of ordered facts, if there is one."""
    return facts[0] if facts else None


def prevailing(statements: list[Fact]) -> Fact:
    """SPEC 2.4, of statements on one thing in one view: "Of one role's own statements on one thing the latest
    by (`on`, `seq`) counts; which role spoke before goes by `seq`; what the other party acknowledged is
    agreed"; "its claims prevail there over what others say of the same thing"; what a neutral role says
    "prevails over what parties said of the same thing before, not over what both agreed"."""
    latest = {f["by"]: f for f in sorted(statements, key=place)}
    return max(latest.values(), key=lambda f: (f["rank"], f["seq"]))


def latest_per(facts: list[Fact], *keys: str) -> list[Fact]:
    """SPEC 4.6: "A later report for the same month and system replaces the earlier one, within 2.4." """
    same: dict[tuple[Any, ...], list[Fact]] = {}
    for f in facts:
        same.setdefault(tuple(f["data"].get(key) for key in keys), []).append(f)
    return sorted((prevailing(statements) for statements in same.values()), key=place)


# --- terms and readings in force ------------------------------------------------------------------


def change(node: Any, path: list[str], value: Any) -> None:
    """SPEC 4.8: "An amendment addresses an instalment, row or line by its number, row or service"."""
    if isinstance(node, list):
        node = next(e for e in node if path[0] in (str(e.get(key)) for key in ("number", "row", "service")))
        path = path[1:]
    if len(path) == 1:
        node[path[0]] = value
    else:
        if path[0] not in node:
            node[path[0]] = {}
        change(node[path[0]], path[1:], value)


def amended(document: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """SPEC 2.4: "an amendment that a view cannot make is left out of it": one that addresses what is not
    there, or whose instalments do not add up to the total."""
    changed = deepcopy(document)
    try:
        for key, value in changes.items():
            change(changed, key.split("."), value)
        parts = sum(Fraction(i["amount"]) for i in changed["payment"]["instalments"])
    except (StopIteration, KeyError, TypeError):
        return document
    return changed if parts == Fraction(changed["payment"]["total"]) else document


@remembered
def terms_on(q: Question, as_of: date, day: date) -> dict[str, Any]:
    """SPEC 2.2: "An amendment [...] count[s] from [its] own `on`: a rule uses the terms [...] in force on
    the day of the fact that triggered it"."""
    return terms_after(q, [f for f in of_type(q, as_of, "AmendmentAgreed") if f["day"] <= day])


@remembered
def terms_after(q: Question, amendments: list[Fact]) -> dict[str, Any]:
    """The terms as these amendments leave them, one after the other."""
    if not amendments:
        return q.terms
    return amended(terms_after(q, amendments[:-1]), amendments[-1]["data"]["changes"])


def judgments(q: Question, as_of: date) -> list[Fact]:
    """SPEC 2.4: "A final judgment that is record prevails over everything from its `on`"; in order, so that the
    last is "the later of two". A fact about an identifier waits for what introduces it."""
    there = [f["data"]["dispute"] for f in of_type(q, as_of, "DisputeOpened")]
    final = [f for f in of_type(q, as_of, "JudgmentEntered") if f["data"]["final"] is True]
    return [f for f in final if f["data"]["dispute"] in there]


def ruled(q: Question, as_of: date, *keys: str) -> list[tuple[Fact, dict[str, Any]]]:
    """The rulings that have these keys, as (judgment, ruling), the latest judgment last."""
    return [
        (fact, ruling)
        for fact in judgments(q, as_of)
        for ruling in fact["data"]["rulings"]
        if all(key in ruling for key in keys)
    ]


@remembered
def reading_on(q: Question, as_of: date, reading: str, day: date) -> str:
    """SPEC 4.7: "default first. Terms may choose another option, and so may ReadingAgreed from its day [...].
    Any query may ask with other readings, which then hold throughout"; 2.4: a ruling "{"reading", "option"}
    (throughout)"."""
    if reading in q.overrides:
        return q.overrides[reading]
    decided = [r["option"] for _, r in ruled(q, as_of, "reading", "option") if r["reading"] == reading]
    if decided:
        return str(decided[-1])
    agreed = [f for f in of_type(q, as_of, "ReadingAgreed") if f["data"]["reading"] == reading and f["day"] <= day]
    if agreed:
        return str(agreed[-1]["data"]["option"])
    return str(terms_on(q, as_of, day).get("readings", {}).get(reading, READINGS[reading][0]))


# --- what a conclusion rests on -------------------------------------------------------------------


def set_by(q: Question, as_of: date, day: date, path: str) -> list[Fact]:
    """SPEC 4.8: "amendments": the last one in force on a day that changes this term, or what it is part of, and later
    ones of its parts."""
    found: list[Fact] = []
    for fact in [f for f in of_type(q, as_of, "AmendmentAgreed") if f["day"] <= day]:
        keys = fact["data"]["changes"]
        if any(path == key or path.startswith(key + ".") for key in keys):
            found = [fact]
        elif any(key.startswith(path + ".") for key in keys):
            found.append(fact)
    return found


def read_by(q: Question, as_of: date, day: date, reading: str) -> list[Fact]:
    """SPEC 4.8: "agreed readings": what set the option in force on a day; none where the question asks for it, a
    judgment ("throughout") before any agreement."""
    if reading in q.overrides:
        return []
    decided = [fact for fact, r in ruled(q, as_of, "reading", "option") if r["reading"] == reading]
    agreed = [f for f in of_type(q, as_of, "ReadingAgreed") if f["data"]["reading"] == reading and f["day"] <= day]
    return (decided or agreed)[-1:] or set_by(q, as_of, day, f"readings.{reading}")


def rests_on(facts: list[Fact]) -> list[str]:
    """SPEC 4.8: "Lists of facts are in (`on`, `seq`) order. `because` names every fact without which the conclusion
    would not follow: reports, the corrections [...] that gave them their measures"; and what corrected these."""
    found: dict[int, Fact] = {}
    left = list(facts)
    while left:
        fact = left.pop()
        if fact["seq"] not in found:
            found[fact["seq"]] = fact
            left += fact["corrected_by"]
    return [f["id"] for f in sorted(found.values(), key=place)]


# --- notices that arrive --------------------------------------------------------------------------


def served(q: Question, as_of: date, notice: Fact) -> list[Fact]:
    """SPEC 2.2: NoticeServed, "about (a declaration, proposal, notice or demand)", by its reference or by its
    identifier; in order."""
    introduced = identifier(INTRODUCES, notice)
    own = introduced[1] if introduced else None
    found = []
    for f in of_type(q, as_of, "NoticeServed"):
        meant = named_by(f["data"]["about"], q.live)
        if f["data"]["about"] == own or (meant is not None and meant["seq"] == notice["seq"]):
            found.append(f)
    return found


def arrived_on(q: Question, as_of: date, notice: Fact) -> date:
    """SPEC 4.1: "Other notices count as arrived on their day unless a NoticeServed says otherwise"."""
    service = first(served(q, as_of, notice))
    day: date = notice["day"] if service is None else max(notice["day"], service["day"])
    return day
