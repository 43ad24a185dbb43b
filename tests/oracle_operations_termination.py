"""The oracle of the second agreement: either party's right to end it, notices, what ended it (SPEC 9.7)."""

from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle_facts import (
    DAY,
    Fact,
    Question,
    actor,
    corresponding_day,
    judgments,
    of_type,
    place,
    remembered,
    shown,
)
from tests.oracle_money import name_of
from tests.oracle_operations_because import because_of_ground, cap_terms
from tests.oracle_operations_life import (
    later,
    notice_arrived_on,
    reading_on,
    scores_of,
    term_ends_on,
    terms_on,
)
from tests.oracle_operations_money import due_on, operations_accounts
from tests.oracle_operations_service import (
    availability_of,
    cap_of,
    counting_reports,
    month_rests_on,
    operations_items,
    paid_within,
)

Ground = dict[str, Any]


def month_number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


def ground(clause: str, party: str, maker: str, arose: date, facts: list[Fact]) -> Ground:
    return {"clause": clause, "party": party, "maker": maker, "arose_on": arose, "facts": facts}


def made_by(own: Fact, others: list[Fact], least: int) -> list[Fact] | None:
    """SPEC 9.7: "made by that month's report and the earliest, by day then seq, `months` − 1 others"; None where there
    are too few."""
    earliest = sorted((f for f in others if f is not own), key=lambda f: (f["day"], f["seq"]))
    return [own, *earliest[: least - 1]] if len(earliest) >= least - 1 else None


def availability_grounds(q: Question, as_of: date, ended: date | None) -> list[Ground]:
    """SPEC 9.7 on clause 8.1:
    "a month in which a system's availability is below `below`, and which with the `within_months` − 1
    months before it has at least `months` such months of that system. It … arises on the latest of their days. Floor
    and numbers are those of the day of that month's report. Maker `{system}:{month}`"."""
    found = []
    reports = counting_reports(q, as_of, ended)
    for own in reports:
        asked = terms_on(q, as_of, own["day"]).get("termination", {}).get("availability")
        if asked is None:
            continue
        at, system = month_number(own["data"]["month"]), own["data"]["system"]
        below = []
        for f in reports:
            share, _ = availability_of(q, as_of, f, ended)
            near = at - asked["within_months"] < month_number(f["data"]["month"]) <= at
            if f["data"]["system"] == system and near and share is not None:
                below += [f] if share * 100 < Fraction(asked["below"]) else []
        made = made_by(own, below, asked["months"]) if own in below else None
        if made is not None:
            day, facts, terms = max(f["day"] for f in made), list(made), [(own["day"], "termination.availability")]
            for f in made:
                announced = availability_of(q, as_of, f, ended)[1]
                period, used = month_rests_on(q, as_of, f, announced, ended)
                facts, terms = [*facts, *announced, *period], [*terms, *used]
            one = ground("8.1", "party_a", f"{system}:{own['data']['month']}", day, facts)
            found.append({**one, "terms": terms})
    return found


def score_grounds(q: Question, as_of: date) -> list[Ground]:
    """SPEC 9.7 on clause 8.2:
    "a quarter's score below `below`, with which there are at least `count` such quarters up to it
    [`two-scores`]. It … arises on the latest of their days; terms and reading are those of the day of that quarter's
    assessment. Maker `quarter:{q}`"; 9.8: "`consecutive` (that many quarters in a row, this one the last)"."""
    found = []
    scores = scores_of(q, as_of)
    for quarter, own in scores.items():
        asked = terms_on(q, as_of, own["day"]).get("termination", {}).get("scores")
        if asked is None:
            continue
        below = {n: f for n, f in scores.items() if n <= quarter
                 and Fraction(f["data"]["score"]) < Fraction(asked["below"])}  # fmt: skip
        if reading_on(q, as_of, "two-scores", own["day"]) == "consecutive":
            below = {n: f for n, f in below.items() if n > quarter - asked["count"]}
        made = made_by(own, list(below.values()), asked["count"]) if quarter in below else None
        if made is not None:
            one = ground("8.2", "party_a", f"quarter:{quarter}", max(f["day"] for f in made), made)
            one["readings"] = [(own["day"], "two-scores")] if asked["count"] > 1 else []
            found.append({**one, "terms": [(own["day"], "termination.scores")]})
    return found


def cap_grounds(q: Question, as_of: date, ended: date | None) -> list[Ground]:
    """SPEC 9.7 on clause 8.3:
    "the day on which what is counted of party_b's items first reaches the cap. Maker `cap`. Where it
    is below again by what is known later, there is none"; "(8.3: as of D)"."""
    cap = cap_of(q, as_of)
    if cap is None or not terms_on(q, as_of, as_of).get("termination", {}).get("cap_reached"):
        return []
    standing = [one for one in operations_items(q, as_of, ended) if one["debtor"] == "party_b" and one["counted"] > 0]
    standing.sort(key=lambda one: (one["counts_from"], one["id"]))
    sum_ = Fraction(0)
    for n, one in enumerate(standing):
        sum_ += one["counted"]
        if sum_ >= cap:
            made = standing[: n + 1]
            facts = [f for other in made for f in (*other["facts"], *other.get("period", []))]
            reached = ground("8.3", "party_a", "cap", one["counts_from"], facts)
            reached["terms"] = [used for other in made for used in other.get("terms", [])]
            reached["terms"] += [*cap_terms(q, as_of), (as_of, "termination.cap_reached")]
            reached["readings"] = [read for other in made for read in other.get("readings", [])]
            return [reached]
    return []


def payment_grounds(q: Question, as_of: date, ended: date | None) -> list[Ground]:
    """SPEC 9.7 on clause 8.4:
    "an invoice not covered at the end of its due day + `payment_late_days`; arises the day after.
    Maker its invoice. `cured` from the day it is covered"; "Terms are … of 8.4 those of the due day"."""
    found, accounts = [], operations_accounts(q, as_of, ended)
    for entry in [e for e in accounts.invoices if e["raised_on"] is not None]:
        due = due_on(q, entry)[0]
        covered = entry["voided_by"]["day"] if entry["voided_by"] is not None else entry["settled_on"]
        late = terms_on(q, as_of, due).get("termination", {}).get("payment_late_days")
        if late is None:
            continue
        day = later(due, late + 1)
        if day <= as_of and (covered is None or covered >= day):
            one = ground("8.4", "party_b", name_of(entry), day, [entry["fact"], *entry["cured_by"]])
            terms = [*paid_within(q, as_of, entry), (due, "termination.payment_late_days")]
            found.append({**one, "covered": covered, "terms": terms})
    return found


@remembered
def operations_grounds(q: Question, as_of: date, ended: date | None) -> list[Ground]:
    """SPEC 9.7: "A ground arises only up to the contract's last day"."""
    found = [
        *availability_grounds(q, as_of, ended),
        *score_grounds(q, as_of),
        *cap_grounds(q, as_of, ended),
        *payment_grounds(q, as_of, ended),
    ]
    last = ended or term_ends_on(q, as_of)
    there = [one for one in found if last is None or one["arose_on"] <= last]
    return sorted(there, key=lambda one: (one["arose_on"], one["clause"], one["maker"]))


def lapses_on(one: Ground) -> date:
    """SPEC 9.7: "lapsing one year after they arose (Civil Code 564, as in 4.5)"."""
    return corresponding_day(one["arose_on"], 12)


def open_on(q: Question, as_of: date, day: date, party: str) -> list[Ground]:
    """A party's grounds that were open on a day, as found as of D, without an early end."""
    return [
        one
        for one in operations_grounds(q, as_of, None)
        if one["party"] == party
        and one["arose_on"] <= day <= lapses_on(one)
        and (one.get("covered") is None or one["covered"] > day)
    ]


@remembered
def notices_of(q: Question, as_of: date) -> list[dict[str, Any]]:
    """Every TerminationNoticed: the day it arrived, the grounds of its actor open then, the day it takes effect."""
    found, end, ruled = [], term_ends_on(q, as_of), ended_as_ruled(q, as_of)
    for f in of_type(q, as_of, "TerminationNoticed"):
        arrived, arrival = notice_arrived_on(q, as_of, f)
        over = arrived is not None and ((end is not None and arrived > end) or (ruled is not None and arrived >= ruled))
        grounds = open_on(q, as_of, arrived, actor(f)) if arrived is not None and not over else []
        days = terms_on(q, as_of, arrived or f["day"]).get("termination", {}).get("notice_days", 0)
        effective = later(arrived, days) if arrived is not None and grounds else None
        one = {"fact": f, "arrived": arrived, "arrival": arrival, "grounds": grounds, "effective": effective}
        found.append(one)
    in_time = [one for one in found if one["effective"] is not None and (end is None or one["effective"] <= end)
               and not ruled_away(q, as_of, one["effective"])]  # fmt: skip
    first_end = min((one["effective"] for one in in_time), default=None)
    for one in found:  # the contract was over when it arrived
        if first_end is not None and one["arrived"] is not None and one["arrived"] > first_end:
            one.update(grounds=[], effective=None)
    return found


def ending_notice(q: Question, as_of: date) -> dict[str, Any] | None:
    """SPEC 9.7: "Of several notices the one that takes effect first counts"; by its end, not after `ends_on`."""
    end = term_ends_on(q, as_of)
    there = [one for one in notices_of(q, as_of) if one["effective"] is not None]
    there = [one for one in there if end is None or one["effective"] <= end]
    there = [one for one in there if not ruled_away(q, as_of, one["effective"])]
    return min(there, key=lambda one: (one["effective"], place(one["fact"])), default=None)


def ruling_on_end(q: Question, as_of: date) -> dict[str, Any] | None:
    """SPEC 9.7: "A final ruling `terminated_on` ends the contract from that day (last day: the one before), null undoes
    an end by notice; either from the judgment's day on"; the later of two."""
    rulings = [{**r, "by": f} for f in judgments(q, as_of) for r in f["data"]["rulings"] if "terminated_on" in r]
    return rulings[-1] if rulings else None


def ended_as_ruled(q: Question, as_of: date) -> date | None:
    """The day from which a ruling says that the contract had ended, if it has come and the term had not run out."""
    ruling, end = ruling_on_end(q, as_of), term_ends_on(q, as_of)
    if ruling is None or ruling["terminated_on"] is None:
        return None
    day = date.fromisoformat(ruling["terminated_on"])
    return None if day > as_of or (end is not None and day > end) else day


def ruled_away(q: Question, as_of: date, effective: date) -> bool:
    """Whether a ruling says that nothing had ended the contract by a day on which a notice would have."""
    ruling = ruling_on_end(q, as_of)
    return ruling is not None and ruling["terminated_on"] is None and effective <= ruling["by"]["day"]


@remembered
def operations_end(q: Question, as_of: date) -> tuple[date | None, date | None, list[Fact]]:
    """`terminated_on` and the last day of a contract that ended early by D, and the facts that ended it."""
    ruling = ruling_on_end(q, as_of)
    if ruling is not None and ruling["terminated_on"] is not None:
        day = ended_as_ruled(q, as_of)
        return (day, day - DAY, [ruling["by"]]) if day is not None else (None, None, [])
    notice = ending_notice(q, as_of)
    if notice is None or notice["effective"] > as_of:
        return None, None, []
    by = sorted([notice["fact"], *notice["arrival"]], key=place)
    return notice["effective"], notice["effective"], by


def ended_early(q: Question, as_of: date) -> date | None:
    """The last day of a contract that ended early by D."""
    found: date | None = operations_end(q, as_of)[1]
    return found


def last_day_of(q: Question, as_of: date) -> date | None:
    """The contract's last day, as far as it is known."""
    end, early = term_ends_on(q, as_of), ended_early(q, as_of)
    return early if early is not None else end


def state_of(q: Question, as_of: date, one: Ground) -> str:
    """SPEC 9.7: `exercised`, `moot`, `lapsed`, `cured`, `open`."""
    terminated, _, _ = operations_end(q, as_of)
    notice = ending_notice(q, as_of)
    key = one["clause"], one["maker"]
    by_notice = terminated is not None and notice is not None and notice["effective"] == terminated
    if by_notice and notice is not None and key in [(g["clause"], g["maker"]) for g in notice["grounds"]]:
        return "exercised"
    end = last_day_of(q, as_of)
    over = terminated or (end + DAY if end is not None else None)
    until = min(as_of, end) if end is not None else as_of  # "What is open when the contract ends is `moot`"
    covered = one.get("covered")
    lapsed_first = covered is None or covered > lapses_on(one)
    if lapsed_first and until > lapses_on(one):
        return "lapsed"
    if covered is not None and covered <= until and covered <= as_of:
        return "cured"
    return "moot" if over is not None and over <= as_of else "open"


def termination_of(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 9.9 `termination`."""
    early, end = ended_early(q, as_of), last_day_of(q, as_of)
    found = []
    for one in operations_grounds(q, as_of, early):
        state = state_of(q, as_of, one)
        last = min([day for day in (lapses_on(one), end) if day is not None]) if state == "open" else None
        told = {"clause": one["clause"], "party": one["party"], "maker": one["maker"]}
        told |= {"arose_on": shown(one["arose_on"]), "lapses_on": shown(lapses_on(one)), "last_day": shown(last)}
        found.append({**told, "state": state, "because": because_of_ground(q, as_of, one)})
    declared = [
        {"fact": one["fact"]["id"], "by": actor(one["fact"]), "on": shown(one["fact"]["day"]),
         "served_on": shown(one["arrived"]), "effective_on": shown(one["effective"])}
        for one in notices_of(q, as_of)
    ]  # fmt: skip
    parties = {party: side_of(q, as_of, party, found) for party in ("party_a", "party_b")}
    return {**parties, "grounds": found, "declared": declared}


def side_of(q: Question, as_of: date, party: str, grounds: list[dict[str, Any]]) -> dict[str, Any]:
    """SPEC 9.7: "`allowed` = one of its grounds is open, `state` = `exercised`, `declared` (a notice of its own not
    served, or served and not yet in effect), `open`, `gone`, `none`, the first that holds"."""
    states = [one["state"] for one in grounds if one["party"] == party]
    own = [one for one in notices_of(q, as_of) if actor(one["fact"]) == party]
    waiting = [one for one in own if one["arrived"] is None or (one["effective"] is not None
               and one["effective"] > as_of)]  # fmt: skip
    end = last_day_of(q, as_of)
    waiting = [] if end is not None and as_of > end else waiting
    if "exercised" in states:
        state = "exercised"
    elif waiting:
        state = "declared"
    else:
        state = "open" if "open" in states else "gone" if states else "none"
    return {"allowed": "open" in states, "state": state}


def notice_anomalies(q: Question, as_of: date) -> list[tuple[str, Fact]]:
    """SPEC 9.7: "naming one that was not open is `NOTICE_GROUND_NOT_OPEN`; with none open it is
    `NOTICE_WITHOUT_GROUND`, at the notice"."""
    found = []
    for one in notices_of(q, as_of):
        if one["arrived"] is None:
            continue
        if not one["grounds"]:
            found.append(("NOTICE_WITHOUT_GROUND", one["fact"]))
        elif not set(one["fact"]["data"].get("clauses") or []) <= {g["clause"] for g in one["grounds"]}:
            found.append(("NOTICE_GROUND_NOT_OPEN", one["fact"]))
    return found
