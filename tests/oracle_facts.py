"""The oracle's reading of the facts: SPEC 2.1, 2.2 (control facts), 3 (time), 4.7 (readings), 4.8 (fine
print).

Everything here is recomputed from the whole list at each call, on purpose: it is meant to be obviously
right, not fast. Nothing under ledger/ is imported.
"""

import calendar
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any, NamedTuple

Fact = dict[str, Any]
BEIJING = timezone(timedelta(hours=8))

# SPEC 4.7: "The first option is the default"
READINGS: dict[str, tuple[str, ...]] = {
    "outage-criteria": ("all", "any"),
    "outage-b-ceiling": ("open", "thirty-percent"),
    "force-majeure": ("ignored", "excluded", "required"),
    "year-window": ("rolling", "calendar-year", "contract-year"),
    "term-end": ("corresponding-day", "day-before"),
    "lapse": ("civil-code-564", "never"),
    "band-gaps": ("literal", "a-fortiori"),
    "consecutive-outages": ("in-term", "in-one-month"),
    "same-cause-damages": ("highest", "sum"),
    "data-reliability-floor": ("as-written", "six-nines"),
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
}

# type -> the identifier it is about (SPEC 4.8: "Only a fact whose subject is retracted counts for nothing")
SUBJECTS: dict[str, tuple[str, str]] = {
    "PaymentMade": ("invoice", "invoice"),
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
}

CONTROL = ("FactCorrected", "FactRetracted", "FactAcknowledged", "FactContested")


class Question(NamedTuple):
    """What is asked, with every fact that counts (at any `on`), ordered by (`on`, `seq`)."""

    live: list[Fact]
    terms: dict[str, Any]
    overrides: dict[str, str]
    is_working_day: Callable[[date], bool]
    provisional: Callable[[date], bool]


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
        due += timedelta(days=1)
    looked_at = [end + timedelta(days=n) for n in range((due - end).days + 1)]
    return due, any(q.provisional(day) for day in looked_at)


def working_days(q: Question, start: date, count: int) -> tuple[date, bool]:
    """SPEC 3: "`working_days(d, n)` = the n-th working day after d"; and whether a day looked at is
    provisional."""
    day, seen, rests = start, 0, False
    while seen < count:
        day += timedelta(days=1)
        rests = rests or q.provisional(day)
        if q.is_working_day(day):
            seen += 1
    return day, rests


# --- money ----------------------------------------------------------------------------------------


def money(amount: Fraction) -> str:
    """SPEC 3: "computed from exact fractions and rounded half up once, at its end"."""
    sign = "-" if amount < 0 else ""
    fen = (abs(amount) * 100 + Fraction(1, 2)) // 1
    return f"{sign}{fen // 100}.{fen % 100:02d}"


# --- which facts count ----------------------------------------------------------------------------


def ref_of(fact: Fact) -> str:
    """SPEC 2.1: "without one the `seq` serves"."""
    return fact.get("ref") or str(fact["seq"])


def names(target: str, fact: Fact) -> bool:
    """SPEC 2.1: "`target`, `about` and `facts` take a fact's `id` or `ref`."""
    return target in (fact["id"], ref_of(fact))


def place(fact: Fact) -> tuple[datetime, int]:
    """SPEC 2.1: "conclusions order facts by (`on`, `seq`)"."""
    return fact["at"], fact["seq"]


def heard(facts: list[Fact]) -> list[Fact]:
    """SPEC 2.2: "A correction or retraction [...] applies to its target at every `as_of`"; 4.8: "`data`
    and `on` are each those of the latest correction that states them." A retraction may itself be
    retracted: so from the last fact back."""
    alive: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: fact["seq"], reverse=True):
        retracted = any(o["type"] == "FactRetracted" and names(o["data"]["target"], fact) for o in alive)
        if retracted and fact["type"] != "ContractRegistered":
            continue
        data, on = fact["data"], fact["on"]
        for other in reversed(alive):  # lowest seq first, so that the latest prevails
            if other["type"] == "FactCorrected" and names(other["data"]["target"], fact):
                data = other["data"].get("data", data)
                on = other["data"].get("on") or on
        alive.append({**fact, "data": data, "on": on, "at": moment(on), "day": day_of(on)})
    return sorted(alive, key=place)


def known(facts: list[Fact], known_at: str | None) -> list[Fact]:
    """SPEC 3: "it was recorded no later than `known_at`"."""
    if known_at is None:
        return list(facts)
    return [f for f in facts if moment(f["recorded_at"]) <= moment(known_at)]


def contested_by(facts: list[Fact], alive: list[Fact], as_of: date) -> list[tuple[str, Fact]]:
    """SPEC 4.8: "A contest counts from its own `on`; an acknowledgement by the same role ends it." As
    (role, fact)."""
    found = []
    for fact in facts:
        for contest in alive:
            if (
                contest["type"] != "FactContested"
                or not names(contest["data"]["target"], fact)
                or contest["day"] > as_of
            ):
                continue
            ended = any(
                f["type"] == "FactAcknowledged"
                and f["by"] == contest["by"]
                and names(f["data"]["target"], fact)
                and place(contest) < place(f)
                and f["day"] <= as_of
                for f in alive
            )
            if not ended:
                found.append((contest["by"], fact))
    return found


def seen_by(facts: list[Fact], as_of: date, role: str | None) -> list[Fact]:
    """SPEC 2.2: "a question asked `as_seen_by` a party leaves out what that party contests"."""
    if role is None:
        return facts
    left_out = [fact["seq"] for by, fact in contested_by(facts, heard(facts), as_of) if by == role]
    return [f for f in facts if f["type"] == "ContractRegistered" or f["seq"] not in left_out]


def identifier(table: dict[str, tuple[str, str]], fact: Fact) -> tuple[str, str] | None:
    """The (kind, identifier) that `table` says this fact introduces or is about."""
    if fact["type"] not in table:
        return None
    kind, key = table[fact["type"]]
    return kind, fact["data"][key]


def with_subjects(alive: list[Fact]) -> list[Fact]:
    """SPEC 4.8: "Only a fact whose subject is retracted counts for nothing", and what is about that fact
    in its turn; "Facts naming an identifier introduced again belong to the new fact"."""
    kept = alive
    while True:
        owner = {identifier(INTRODUCES, f): f["seq"] for f in sorted(kept, key=lambda f: f["seq"])}
        left = [
            f
            for f in kept
            if (f["type"] not in SUBJECTS or identifier(SUBJECTS, f) in owner)
            and (f["type"] not in INTRODUCES or owner[identifier(INTRODUCES, f)] == f["seq"])
        ]
        if len(left) == len(kept):
            return left
        kept = left


def without_lost_mentions(kept: list[Fact]) -> list[Fact]:
    """SPEC 4.8: "a retracted system, notice or incident merely mentioned [...] is read as not given".
    (`about` is resolved where it is used.)"""
    there = [identifier(INTRODUCES, f) for f in kept]
    result = []
    for fact in kept:
        data = dict(fact["data"])
        if fact["type"] != "SystemRegistered" and "system" in data and ("system", data["system"]) not in there:
            del data["system"]
        if "unheeded_notice" in data and ("notice", data["unheeded_notice"]) not in there:
            del data["unheeded_notice"]
        if "incidents" in data:
            data["incidents"] = [i for i in data["incidents"] if ("incident", i) in there]
        result.append({**fact, "data": data})
    return result


def counting(facts: list[Fact]) -> list[Fact]:
    """Every fact that can count for a conclusion, at any `on`, as corrected, ordered by (`on`, `seq`)."""
    subjects = with_subjects(heard(facts))
    return [f for f in without_lost_mentions(subjects) if f["type"] not in CONTROL]


def of_type(q: Question, as_of: date, *types: str) -> list[Fact]:
    """SPEC 3: "A fact counts when its `on` is not after the end of D". In (`on`, `seq`) order."""
    return [f for f in q.live if f["type"] in types and f["day"] <= as_of]


def first(facts: list[Fact]) -> Fact | None:
    """The first of ordered facts, if there is one."""
    return facts[0] if facts else None


def latest_per(facts: list[Fact], *keys: str) -> list[Fact]:
    """SPEC 4.6: "A later report for the same month and system replaces the earlier one." """
    same = [[f["data"].get(key) for key in keys] for f in facts]
    return [fact for n, fact in enumerate(facts) if same[n] not in same[n + 1 :]]


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


def terms_on(q: Question, as_of: date, day: date) -> dict[str, Any]:
    """SPEC 2.2: "An amendment [...] count[s] from [its] own `on`: a rule uses the terms [...] in force on
    the day of the fact that triggered it"."""
    amendments = [f for f in of_type(q, as_of, "AmendmentAgreed") if f["day"] <= day]
    if not amendments:
        return q.terms
    document = deepcopy(q.terms)
    for fact in amendments:
        for key, value in fact["data"]["changes"].items():
            change(document, key.split("."), value)
    return document


def reading_on(q: Question, as_of: date, reading: str, day: date) -> str:
    """SPEC 4.7: "The first option is the default; terms may choose another, and so may ReadingAgreed from
    its day [...]. Any query may ask with another reading, which then holds throughout"."""
    if reading in q.overrides:
        return q.overrides[reading]
    agreed = [f for f in of_type(q, as_of, "ReadingAgreed") if f["data"]["reading"] == reading and f["day"] <= day]
    if agreed:
        return str(agreed[-1]["data"]["option"])
    return str(terms_on(q, as_of, day).get("readings", {}).get(reading, READINGS[reading][0]))
