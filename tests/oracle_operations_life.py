"""The oracle of the second agreement (SPEC 9): its terms by day, its readings, its life, years and quarters."""

from copy import deepcopy
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

from tests.oracle_facts import (
    DAY,
    PARTIES,
    Fact,
    Question,
    actor,
    corresponding_day,
    first,
    of_type,
    other,
    place,
    prevailing,
    read_by,
    remembered,
    ruled,
    served,
)
from tests.oracle_term import effective_on

# SPEC 9.8: the table, default first
READINGS: dict[str, tuple[str, ...]] = {
    "late-hours": ("begun", "full"),
    "two-scores": ("any", "consecutive"),
    "credit-window": ("known", "occurred"),
}
ADDRESSES = ("stage", "number", "system", "row", "priority")  # 9.1: "Rows are addressed by"


# --- terms and readings ---------------------------------------------------------------------------


def change(node: Any, path: list[str], value: Any) -> None:
    """SPEC 9.1: "Rows are addressed by stage, number, system, row, priority"."""
    if isinstance(node, list):
        node = next(e for e in node if path[0] in (str(e.get(key)) for key in ADDRESSES))
        path = path[1:]
    if len(path) == 1:
        node[path[0]] = value
    else:
        change(node.setdefault(path[0], {}), path[1:], value)


@remembered
def operations_terms_after(q: Question, amendments: list[Fact]) -> dict[str, Any]:
    """The terms as these amendments leave them, one after the other."""
    if not amendments:
        return q.terms
    changed = deepcopy(operations_terms_after(q, amendments[:-1]))
    for key, value in amendments[-1]["data"]["changes"].items():
        change(changed, key.split("."), value)
    return changed


def terms_on(q: Question, as_of: date, day: date) -> dict[str, Any]:
    """SPEC 2.2: "a rule uses the terms [...] in force on the day of the fact that triggered it"."""
    amendments = [f for f in of_type(q, as_of, "AmendmentAgreed") if f["day"] <= day]
    found: dict[str, Any] = operations_terms_after(q, amendments)
    return found


def reading_on(q: Question, as_of: date, reading: str, day: date) -> str:
    """SPEC 4.7, 9.8: "default first. Terms may choose another option, and so may ReadingAgreed from its day"; a ruling
    "throughout"."""
    if reading in q.overrides:
        return q.overrides[reading]
    decided = [r["option"] for _, r in ruled(q, as_of, "reading", "option") if r["reading"] == reading]
    agreed = [f for f in of_type(q, as_of, "ReadingAgreed") if f["data"]["reading"] == reading and f["day"] <= day]
    if decided or agreed:
        return str(decided[-1] if decided else agreed[-1]["data"]["option"])
    return str(terms_on(q, as_of, day).get("readings", {}).get(reading, READINGS[reading][0]))


__all__ = ["read_by"]


# --- numbers --------------------------------------------------------------------------------------


def rounded(amount: Fraction) -> Fraction:
    """SPEC 3: rounded half up to the fen (of what is not negative)."""
    return Fraction((amount * 100 + Fraction(1, 2)) // 1, 100)


def decimals(value: Fraction, places: int) -> str:
    """SPEC 9.9: "shown cut after six decimals [...], never rounded [...], zeros at the end left out from the third
    decimal on"."""
    digits = f"{value * 10**places // 1:0{places + 1}d}"
    return f"{digits[:-places]}.{digits[-places:][:2]}{digits[-places:][2:].rstrip('0')}"


# --- life -----------------------------------------------------------------------------------------


def accepted(q: Question, as_of: date, stage: str) -> Fact | None:
    """The acceptance of a stage: its first StageAccepted."""
    return first([f for f in of_type(q, as_of, "StageAccepted") if f["data"]["stage"] == stage])


@remembered
def starts_on(q: Question, as_of: date) -> date | None:
    """SPEC 9.3: "`starts_on` = `term.from`, or the first day on which the stage `term.accepted` was accepted; [...]
    null until known, and read by the terms as of D"."""
    term = terms_on(q, as_of, as_of)["term"]
    if "from" in term:
        return date.fromisoformat(str(term["from"]))
    done = accepted(q, as_of, term.get("accepted", ""))
    return done["day"] if done is not None else None


@remembered
def term_ends_on(q: Question, as_of: date) -> date | None:
    """SPEC 9.3: "`ends_on` = `term.to`, or months(`starts_on`, `term.months`) without roll"."""
    term, start = terms_on(q, as_of, as_of)["term"], starts_on(q, as_of)
    if "to" in term:
        return date.fromisoformat(str(term["to"]))
    return corresponding_day(start, term["months"]) if start is not None else None


class Part(NamedTuple):
    """A service year or quarter: its first and its last day."""

    begins: date
    ends: date


def part_of_service(q: Question, as_of: date, number: int, months: int) -> Part | None:
    """SPEC 9.3: "Service year k begins on the corresponding day of `starts_on` + 12(k−1) months and ends on the day
    before that of `starts_on` + 12k months, or on `ends_on` where that corresponding day is not before `ends_on`; it is
    none where it would begin on or after `ends_on` (the first always is). Service quarter q likewise, of 3 months"."""
    start, end = starts_on(q, as_of), term_ends_on(q, as_of)
    if start is None or end is None or number < 1:
        return None
    begins = corresponding_day(start, months * (number - 1))
    corresponding = corresponding_day(start, months * number)
    if number > 1 and begins >= end:
        return None
    return Part(begins, end if corresponding >= end else corresponding - DAY)


def service_period(q: Question, as_of: date, ended: date | None) -> tuple[date, date | None] | None:
    """SPEC 9.3: "The *service period* runs from `starts_on` to the contract's last day: `ends_on`, or if earlier the
    last day of a terminated contract"."""
    start, end = starts_on(q, as_of), term_ends_on(q, as_of)
    if start is None:
        return None
    if ended is not None and (end is None or ended < end):
        end = ended
    return start, end


def in_service(q: Question, as_of: date, day: date, ended: date | None) -> bool:
    """Whether a day is of the service period."""
    period = service_period(q, as_of, ended)
    return period is not None and period[0] <= day and (period[1] is None or day <= period[1])


def known_on(ended: date | None, day: date) -> date | None:
    """SPEC 9.6: "each by what is known of the period on its own day": an early end that had come by then."""
    return ended if ended is not None and ended <= day else None


def counts_in_service(q: Question, fact: Fact, ended: date | None) -> bool:
    """Whether a ticket's day is of the service period, by what was known of it on that day."""
    return in_service(q, fact["day"], fact["day"], known_on(ended, fact["day"]))


def quarters_of(q: Question, as_of: date, year: int) -> list[int]:
    """SPEC 9.3: "The quarters of year k are 4k−3 … 4k, as many as there are"."""
    if part_of_service(q, as_of, year, 12) is None:
        return []
    return [n for n in range(4 * year - 3, 4 * year + 1) if part_of_service(q, as_of, n, 3) is not None]


def scores_of(q: Question, as_of: date) -> dict[int, Fact]:
    """SPEC 9.2: "QuarterAssessed [is a statement] on its quarter"; 9.6: those of "quarters that are none" have no
    effect. The one that counts of each quarter there is."""
    told: dict[int, list[Fact]] = {}
    for f in of_type(q, as_of, "QuarterAssessed"):
        if part_of_service(q, f["day"], f["data"]["quarter"], 3) is not None:
            told.setdefault(f["data"]["quarter"], []).append(f)
    return {quarter: prevailing(said) for quarter, said in sorted(told.items())}


def average_of(q: Question, as_of: date, year: int) -> Fraction | None:
    """SPEC 9.5: "A year's coefficient is known once each of its quarters is assessed: [...] the exact average of the
    year's scores"."""
    scores, quarters = scores_of(q, as_of), quarters_of(q, as_of, year)
    if not quarters or any(n not in scores for n in quarters):
        return None
    return sum((Fraction(scores[n]["data"]["score"]) for n in quarters), Fraction(0)) / len(quarters)


def coefficient_row(q: Question, as_of: date, year: int, terms: dict[str, Any]) -> dict[str, Any] | None:
    """SPEC 9.5: "the row with the highest `from` that is not above the exact average"."""
    average = average_of(q, as_of, year)
    rows = terms.get("assessment", {}).get("coefficients", [])
    met = [row for row in rows if average is not None and Fraction(row["from"]) <= average]
    return max(met, key=lambda row: Fraction(row["from"])) if met else None


def coefficient_of(q: Question, as_of: date, year: int, terms: dict[str, Any]) -> Fraction | None:
    """The coefficient of a year, once it is known."""
    row = coefficient_row(q, as_of, year, terms)
    return Fraction(row["coefficient"]) if row is not None else None


# --- notices --------------------------------------------------------------------------------------


def notice_arrived_on(q: Question, as_of: date, notice: Fact) -> tuple[date | None, list[Fact]]:
    """SPEC 9.7: "arrived: served, or acknowledged by the other party, whichever first, never before its own day"; and
    the fact by which it did."""
    told = list(served(q, as_of, notice))
    told += [
        f
        for f, target in q.acknowledged
        if target["seq"] == notice["seq"] and f["by"] == other(actor(notice)) and f["day"] <= as_of
    ]
    told.sort(key=place)
    return (max(notice["day"], told[0]["day"]), told[:1]) if told else (None, [])


def of_party(fact: Fact, party: str) -> bool:
    return actor(fact) == party and party in PARTIES


def later(day: date, days: int) -> date:
    """SPEC 3: days(d, n) without roll."""
    return day + timedelta(days=days)


def in_order(facts: list[Fact]) -> list[Fact]:
    return sorted({f["seq"]: f for f in facts}.values(), key=place)


__all__ += ["effective_on"]
