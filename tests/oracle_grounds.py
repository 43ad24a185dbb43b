"""The oracle's grounds for termination (SPEC 4.5) and the life of the contract (4.1)."""

from datetime import date
from typing import Any

from tests.oracle_facts import (
    DAY,
    Fact,
    Question,
    actor,
    arrived_on,
    corresponding_day,
    latest_per,
    of_type,
    place,
    read_by,
    reading_on,
    remembered,
    rests_on,
    ruled,
    served,
    set_by,
    shown,
    terms_on,
    working_days,
)
from tests.oracle_incidents import (
    agreed_of_grade,
    counted_groups,
    day_in,
    grade_of,
    lasted,
    measures_count,
    measures_of,
    reported,
    rests_of_incident,
    still_counts,
    year_of,
)
from tests.oracle_term import (
    Span,
    acceptance_of,
    consent_on,
    effective_on,
    ends_on,
    has_period,
    lease,
    operation_start,
    unheeded_on,
)

NAMED_GROUNDS = ("unheeded-supervisor-notices", "absent-key-personnel", "understaffed", "dual-active-refused")

# --- support under 10.4 ---------------------------------------------------------------------------


def next_month(month: str) -> str:
    """ "2026-12" -> "2027-01" """
    return corresponding_day(date.fromisoformat(month + "-01"), 1).isoformat()[:7]


def month_in(span: Span, month: str) -> bool:
    """Whether a month shares a day with the operating period."""
    begin = date.fromisoformat(month + "-01")
    end = corresponding_day(begin, 1) - DAY
    return span.start is not None and span.start <= end and (span.last is None or begin <= span.last)


def support(q: Question, as_of: date, span: Span, ground: str) -> list[Fact]:
    """SPEC 4.5, art. 10.4, as of the day: "a PersonnelAbsent; two consecutive months with actual < committed; a
    DualActiveRefused"; "Only incidents, months, absences and refusals of the operating period count". The facts;
    none: no support."""
    if ground == "absent-key-personnel":
        return [f for f in of_type(q, as_of, "PersonnelAbsent") if span.holds(f["day"])]
    if ground == "dual-active-refused":
        if reading_on(q, as_of, "dual-active-optional", as_of) == "not-agreed":  # "可选: no ground"
            return []
        return [f for f in of_type(q, as_of, "DualActiveRefused") if span.holds(f["day"])]
    if ground == "understaffed":
        reports = [
            f for f in latest_per(of_type(q, as_of, "StaffingReported"), "month") if month_in(span, f["data"]["month"])
        ]
        short = {f["data"]["month"]: f for f in reports if f["data"]["actual"] < f["data"]["committed"]}
        pairs = [(month, next_month(month)) for month in short if next_month(month) in short]
        return sorted([short[m] for m in short if any(m in pair for pair in pairs)], key=place)
    return unheeded_notices(q, as_of, span)


def unheeded_notices(q: Question, as_of: date, span: Span) -> list[Fact]:
    """SPEC 4.5: "at least two [`several-notices`] supervisor notices past their deadline unfulfilled and an A or B
    incident after the first of those deadlines that names one of them, then past its deadline, as `unheeded_notice`
    [`notice-cause`: `later` (any graded incident after the second deadline)]"."""
    notices = [
        f
        for f in of_type(q, as_of, "RectificationNoticeIssued")
        if actor(f) == "supervisor" and has_period(q, as_of, f) and unheeded_on(q, as_of, f, span) is not None
    ]
    if len(notices) < (3 if reading_on(q, as_of, "several-notices", as_of) == "three" else 2):
        return []
    deadlines = {f["data"]["notice"]: date.fromisoformat(f["data"]["deadline"]) for f in notices}
    accidents = []
    for fact in reported(q, as_of):
        graded = measures_count(q, as_of, fact) and grade_of(q, as_of, fact, span) is not None
        if not graded or lasted(q, as_of, fact, span) is None:
            continue
        day, named = day_in(q, as_of, fact, span), measures_of(q, as_of, fact).get("unheeded_notice")
        if reading_on(q, as_of, "notice-cause", as_of) == "later":
            caused = day > sorted(deadlines.values())[1]
        else:
            caused = named in deadlines and day > deadlines[named] and day > min(deadlines.values())
        if caused:
            accidents.append(fact)
    return sorted(notices + accidents, key=place) if accidents else []


# --- grounds --------------------------------------------------------------------------------------


def grounds_10_1(q: Question, as_of: date, span: Span) -> list[dict[str, Any]]:
    """SPEC 4.5: "A ground under 10.1 arises on the day of an A-grade incident"; 4.8: "With a_incidents = n, every A
    from the n-th makes a ground"."""
    groups = [g for g in counted_groups(q, as_of, span) if g["grade"] == "A"]
    found = []
    for n, group in enumerate(groups):
        needed = terms_on(q, as_of, group["on"])["termination"]["a_incidents"]
        if n + 1 >= needed:
            making = groups[n + 1 - needed : n + 1]
            found.append({"clause": "10.1", "arose_on": group["on"], "maker": group["first"], "making": making})
    return found


def grounds_10_2(q: Question, as_of: date, span: Span) -> list[dict[str, Any]]:
    """SPEC 4.5: "under 10.2 on the day of a B-grade incident that is at least the third within one year
    ending that day"."""
    found = []
    groups = counted_groups(q, as_of, span)
    for group in groups:
        day = group["on"]
        also_a = reading_on(q, as_of, "a-counts-as-b", day) == "yes"
        of_b = [g for g in groups if g["grade"] == "B" or also_a]
        if group not in of_b:
            continue
        upto = of_b[: of_b.index(group) + 1]
        terms = terms_on(q, as_of, day)["termination"]
        year = year_of(q, as_of, reading_on(q, as_of, "year-window", day), day)
        if year is None:
            months = terms.get("b_window_months", 12)
            within = [g for g in upto if still_counts(q, as_of, months, g["on"], day, day)]
        else:
            within = [g for g in upto if year[0] <= g["on"] <= year[1]]
        if len(within) >= terms["b_incidents"]:
            found.append({"clause": "10.2", "arose_on": day, "maker": group["first"], "making": within})
    return found


def grounds_10_4(q: Question, as_of: date, span: Span) -> list[dict[str, Any]]:
    """SPEC 4.5: "under 10.4 when a notice is unheeded [...] It must be a notice by party_a, with a deadline after the
    day it arrived, whose `ground` is one of [four] and whose facts support it on that day"."""
    found = []
    for notice in of_type(q, as_of, "RectificationNoticeIssued"):
        data = notice["data"]
        if actor(notice) != "party_a" or data["ground"] not in NAMED_GROUNDS or not has_period(q, as_of, notice):
            continue
        day = unheeded_on(q, as_of, notice, span)
        if day is None:
            continue
        facts = support(q, day, span, data["ground"])
        found.append(
            {"clause": "10.4", "arose_on": day, "maker": notice, "making": [], "supported": bool(facts), "facts": facts}
        )
    return found


def first_graded(q: Question, as_of: date, span: Span, incident: Fact) -> date:
    """SPEC 4.5: "the day they first had that grade": the first day as of which the report has the grade it has."""
    grade = grade_of(q, as_of, incident, span)
    days = sorted({f["day"] for f in q.live if incident["day"] <= f["day"] <= as_of})
    return next((day for day in days if grade_of(q, day, incident, span) == grade), as_of)


def known_on(q: Question, as_of: date, span: Span, ground: dict[str, Any]) -> date:
    """SPEC 4.5: "after the latest of the day it arose, the `learned_on` of the incidents that make it and the day they
    first had that grade"."""
    days = [ground["arose_on"]]
    for group in ground["making"]:
        learned = measures_of(q, as_of, group["first"]).get("learned_on")
        days += [date.fromisoformat(learned)] if learned else []
        days.append(first_graded(q, as_of, span, group["first"]))
    return max(days)


@remembered
def grounds(q: Question, as_of: date, span: Span) -> list[dict[str, Any]]:
    """SPEC 4.5: every ground, "none arises after its last day", with the day it lapses: "one year after party_a knew
    of it (Civil Code 564) [`lapse`]"."""
    found = [*grounds_10_1(q, as_of, span), *grounds_10_2(q, as_of, span), *grounds_10_4(q, as_of, span)]
    found = [g for g in found if span.last is None or g["arose_on"] <= span.last]
    for ground in found:
        never = reading_on(q, as_of, "lapse", ground["arose_on"]) == "never"
        ground["lapses_on"] = None if never else corresponding_day(known_on(q, as_of, span, ground), 12)
    return sorted(found, key=lambda g: (g["arose_on"], g["clause"], place(g["maker"])))


def maker_of(ground: dict[str, Any]) -> tuple[str, int]:
    """What identifies a ground: its clause and the fact that made it."""
    return ground["clause"], ground["maker"]["seq"]


# --- exit (11.1) ----------------------------------------------------------------------------------


def least_notice(q: Question, as_of: date, request: Fact) -> date:
    """SPEC 4.1: "months(requested, 6) without roll"."""
    return corresponding_day(
        arrived_on(q, as_of, request), terms_on(q, as_of, request["day"])["periods"]["exit_notice_months"]
    )


def exit_request(q: Question, as_of: date) -> Fact | None:
    """SPEC 4.1: "the latest request not withdrawn"."""
    withdrawn = [f["data"]["request"] for f in of_type(q, as_of, "ExitWithdrawn")]
    standing = [f for f in of_type(q, as_of, "ExitRequested") if f["data"]["request"] not in withdrawn]
    return standing[-1] if standing else None


def permission(q: Question, as_of: date, request: Fact) -> Fact | None:
    """SPEC 4.1: "the latest answer says whether it is permitted; a permission (of several since the last refusal the
    first that stands)". The ExitPermitted or ExitRefused that answers."""
    answers = of_type(q, as_of, "ExitPermitted", "ExitRefused")
    answers = [f for f in answers if f["data"]["request"] == request["data"]["request"]]
    while len(answers) > 1 and answers[-2]["type"] == answers[-1]["type"]:
        answers.pop()
    return answers[-1] if answers else None


def earliest_exit_on(q: Question, as_of: date, request: Fact) -> date:
    """SPEC 4.1: "max(`exit_on`, months(requested, 6) without roll)"; a permission "that names an `exit_on` of its own
    consents to that day, which is then `earliest_exit_on` [`notice-waiver`: `strict`, if later]"."""
    day = max(date.fromisoformat(request["data"]["exit_on"]), least_notice(q, as_of, request))
    answer = permission(q, as_of, request)
    if answer is not None and answer["type"] == "ExitPermitted" and answer["data"].get("exit_on"):
        named = date.fromisoformat(answer["data"]["exit_on"])
        strict = reading_on(q, as_of, "notice-waiver", answer["day"]) == "strict"  # "by the day of consent"
        return max(day, named) if strict else named
    return day


def exit_to_come(q: Question, as_of: date) -> date | None:
    """SPEC 4.1: the day a permitted exit takes effect, "Nothing takes effect before the day of consent"."""
    request = exit_request(q, as_of)
    answer = permission(q, as_of, request) if request is not None else None
    if request is None or answer is None or answer["type"] != "ExitPermitted":
        return None
    return max(earliest_exit_on(q, as_of, request), answer["day"], request["day"])


def exit_due(q: Question, as_of: date) -> Fact | None:
    """The request whose exit is in effect by then, if nothing else ended the contract."""
    day = exit_to_come(q, as_of)
    return exit_request(q, as_of) if day is not None and day <= as_of else None


# --- by agreement (13.2) --------------------------------------------------------------------------


def notice_end(q: Question, as_of: date, proposal: Fact) -> tuple[date, bool]:
    """SPEC 4.1: "the 30th working day from the proposal"; "The working days run from the day the proposal arrived, by
    what there was when it was accepted (who accepts has received it)"; and whether it is provisional."""
    accepted = acceptance_of(q, as_of, proposal)
    by = as_of if accepted is None else min(as_of, accepted["day"])
    count = terms_on(q, as_of, proposal["day"])["periods"]["termination_notice_working_days"]
    found: tuple[date, bool] = working_days(q, arrived_on(q, by, proposal), count)
    return found


def agreed_termination(q: Question, as_of: date, proposal: Fact) -> dict[str, Any]:
    """SPEC 4.1: "an accepted proposal takes effect on its `effective_on`, never before the day of acceptance. If that
    is not after the 30th working day from the proposal [`notice-day`, by the day of the proposal], the anomaly
    `NOTICE_TOO_SHORT` stands at the proposal and the parties' consent cures it [`notice-waiver`, by the day of consent:
    under `strict` it takes effect on the first day that is]"."""
    acceptance = acceptance_of(q, as_of, proposal)
    wished = date.fromisoformat(proposal["data"]["effective_on"])
    end, rests = notice_end(q, as_of, proposal)
    same_day = reading_on(q, as_of, "notice-day", proposal["day"]) == "same-day"
    soonest = end if same_day else end + DAY
    if acceptance is None:
        return {"acceptance": None, "short": False, "day": wished, "provisional": False}
    agreed = max(wished, consent_on(proposal, acceptance))
    strict = reading_on(q, as_of, "notice-waiver", acceptance["day"]) == "strict"
    day = max(agreed, soonest) if strict else agreed
    return {
        "acceptance": acceptance,
        "short": agreed < soonest,
        "day": day,
        "provisional": rests and day > agreed,
    }


# --- the life of the contract ---------------------------------------------------------------------


def services_of(q: Question, as_of: date, declaration: Fact) -> list[Fact]:
    """SPEC 4.1: "the day it was served on party_b (Civil Code 565: when the notice arrives; NoticeServed about it, or
    party_b's acknowledgement of it)"; "the first service counting" (4.5)."""
    acknowledged = [
        f
        for f, target in q.acknowledged
        if target["seq"] == declaration["seq"] and f["by"] == "party_b" and f["day"] <= as_of
    ]
    return sorted(served(q, as_of, declaration) + acknowledged, key=place)


def effect_of(q: Question, as_of: date, declaration: Fact) -> date | None:
    """SPEC 4.1: "the later of its `on` and the day it was served"; None until served."""
    services = services_of(q, as_of, declaration)
    return max(declaration["day"], services[0]["day"]) if services else None


def turning_days(q: Question, as_of: date) -> list[date]:
    """Every day up to as_of on which a termination can take effect: days of facts, and days they name."""
    days = {f["day"] for f in q.live} | {f["day"] for f, _ in q.acknowledged}
    for day in sorted(days):
        for proposal in of_type(q, day, "TerminationProposed"):
            days.add(agreed_termination(q, day, proposal)["day"])
        if (to_come := exit_to_come(q, day)) is not None:
            days.add(to_come)
    return sorted(day for day in days if day <= as_of)


def open_on(q: Question, as_of: date, day: date) -> list[dict[str, Any]]:
    """SPEC 4.8: "a ground as found as of D that arose by that day, had not lapsed on it, and found the contract not
    over" (its end counted as that day, so that what would lie after it does not count)."""
    end = ends_on(q, as_of, None, day)
    if end is not None and day > end:
        return []
    return [
        g
        for g in grounds(q, as_of, Span(operation_start(q, as_of), day, day))
        if g["arose_on"] <= day and g.get("supported", True) and (g["lapses_on"] is None or day <= g["lapses_on"])
    ]


@remembered
def life_of(q: Question, as_of: date) -> dict[str, Any]:
    """When and by what the contract was terminated (SPEC 4.1), which grounds were exercised, which declarations had
    none or misnamed theirs. 2.4: "a ruling {"terminated_on": date or null: nothing ended it up to that day}" prevails
    from its `on`; 4.8: "An exit that took effect is not undone by a later withdrawal or request"."""
    life: dict[str, Any] = {"terminated_on": None, "how": None, "by": [], "exit": None, "provisional": False}
    life.update(exercised=[], groundless=[], misnamed=[])
    rulings = ruled(q, as_of, "terminated_on")
    judgment, said = rulings[-1] if rulings else (None, None)
    fixed = date.fromisoformat(said["terminated_on"]) if said is not None and said["terminated_on"] else None
    for day in turning_days(q, as_of):
        barred = fixed is not None or (judgment is not None and day <= judgment["day"])
        end = ends_on(q, day, None)
        over = end is not None and day > end  # "the contract ended first"
        if life["terminated_on"] is None and not barred and not over:
            for proposal in of_type(q, day, "TerminationProposed"):
                agreed = agreed_termination(q, day, proposal)
                if agreed["acceptance"] is not None and agreed["day"] == day:
                    by = sorted([proposal, agreed["acceptance"]], key=place)
                    life.update(terminated_on=day, how="agreement", by=by, provisional=agreed["provisional"])
                    break
        if life["terminated_on"] is None and not barred and not over:
            request, before = exit_due(q, day), exit_due(q, day - DAY)
            if request is not None and (before is None or before["seq"] != request["seq"]):
                by = sorted([request, permission(q, day, request)], key=place)
                life.update(terminated_on=day, how="exit", by=by, exit=request)
        declarations = [f for f in of_type(q, day, "TerminationDeclared") if effect_of(q, as_of, f) == day]
        for declaration in declarations:
            decided = judgment is not None and day <= judgment["day"]  # a court said what became of it
            over_by_then = life["terminated_on"] is not None or (fixed is not None and not decided)
            opened = [] if over_by_then else open_on(q, as_of, day)
            if decided and not (opened and fixed == day):
                continue
            if opened:
                by = sorted([declaration, services_of(q, as_of, declaration)[0]], key=place)
                if not decided:
                    life.update(terminated_on=day, how="declaration", by=by)
                life["exercised"] = [maker_of(g) for g in opened]
                if any(c not in {g["clause"] for g in opened} for c in declaration["data"].get("clauses") or []):
                    life["misnamed"].append(declaration)
            else:
                life["groundless"].append(declaration)
    if fixed is not None and fixed <= as_of:
        life.update(terminated_on=fixed, how="judgment", by=[judgment])
    return life


def last_day(q: Question, as_of: date) -> date | None:
    """SPEC 4.1: "to the end of `ends_on`, of the day before `terminated_on` (agreement, exit, judgment) or of the day a
    declaration took effect; that day is the contract's last day"."""
    life = life_of(q, as_of)
    if life["terminated_on"] is None:
        end: date | None = ends_on(q, as_of, None)
        return end
    last: date = life["terminated_on"] if life["how"] == "declaration" else life["terminated_on"] - DAY
    return last


def span_of_contract(q: Question, as_of: date) -> Span:
    """The operating period as of D."""
    return Span(operation_start(q, as_of), last_day(q, as_of), life_of(q, as_of)["terminated_on"])


def state_of(q: Question, as_of: date, ground: dict[str, Any]) -> str:
    """SPEC 4.5: "An open ground lapses (state `lapsed`) [...]; a declaration that takes effect makes every ground open
    that day `exercised`; what is still open when the contract ends is `moot`"."""
    last = last_day(q, as_of)
    over = life_of(q, as_of)["terminated_on"] is not None or (last is not None and as_of > last)
    if maker_of(ground) in life_of(q, as_of)["exercised"]:
        return "exercised"
    if not ground.get("supported", True):
        return "unsupported"
    if ground["lapses_on"] is not None and ground["lapses_on"] < (last if over and last is not None else as_of):
        return "lapsed"
    return "moot" if over else "open"


def last_day_of(q: Question, as_of: date, ground: dict[str, Any]) -> date | None:
    """SPEC 4.5: "`last_day` of an open ground = the earlier of its lapse and the contract's last day (null where there
    is neither, and for a ground not open)"."""
    if state_of(q, as_of, ground) != "open":
        return None
    accepted = [agreed_termination(q, as_of, p) for p in of_type(q, as_of, "TerminationProposed")]
    ends = [a["day"] for a in accepted if a["acceptance"] is not None and a["day"] > as_of]
    ends += [day for day in [exit_to_come(q, as_of)] if day is not None and day > as_of]
    rulings = [r["terminated_on"] for _, r in ruled(q, as_of, "terminated_on")]
    if rulings and rulings[-1]:
        ends = [date.fromisoformat(rulings[-1])]
    days = [ground["lapses_on"], ends_on(q, as_of, None), *(day - DAY for day in ends)]
    return min((day for day in days if day is not None), default=None)


def termination_of(q: Question, as_of: date, b_count: int) -> dict[str, Any]:
    """SPEC 5 `termination`; 4.5: "`termination.allowed` for party_a = some ground is open; `termination.state` = `none`
    | `open` | `declared` (not served yet) | `exercised` | `gone` (lapsed, moot or unsupported only), the first that
    holds of `exercised`, `declared`, `open`, `gone`, `none`; `declared` lists every declaration, served or not"."""
    found = grounds(q, as_of, span_of_contract(q, as_of))
    states = [state_of(q, as_of, g) for g in found]
    declared = []
    for fact in of_type(q, as_of, "TerminationDeclared"):
        services = services_of(q, as_of, fact)
        served_on = services[0]["day"] if services else None
        declared.append({"fact": fact["id"], "on": shown(fact["day"]), "served_on": shown(served_on)})
    waits = any(d["served_on"] is None for d in declared)
    held = [("exercised", "exercised" in states), ("declared", waits), ("open", "open" in states)]
    held.append(("gone", bool(found)))
    needed = terms_on(q, as_of, as_of)["termination"]["b_incidents"]
    return {
        "allowed": "open" in states,
        "state": next((name for name, holds in held if holds), "none"),
        "grounds": [
            {
                "clause": g["clause"],
                "arose_on": shown(g["arose_on"]),
                "lapses_on": shown(g["lapses_on"]),
                "last_day": shown(last_day_of(q, as_of, g)),
                "state": state,
                "because": because_of(q, as_of, g),
            }
            for g, state in zip(found, states, strict=True)
        ],
        "declared": declared,
        "headroom": {"b_incidents": max(0, needed - b_count)},
    }


TERMS_OF_GROUND = {
    "10.1": ("termination.a_incidents",),
    "10.2": ("termination.b_incidents", "termination.b_window_months"),
    "10.4": (),
}


def because_of(q: Question, as_of: date, ground: dict[str, Any]) -> list[str]:
    """SPEC 4.8: "`because` names every fact without which the conclusion would not follow"."""
    span, day = span_of_contract(q, as_of), ground["arose_on"]
    supporting = ground.get("facts", [])
    incidents = [g["first"] for g in ground["making"]] + [f for f in supporting if f["type"] == "IncidentReported"]
    found = [ground["maker"], *supporting, *read_by(q, as_of, day, "lapse")]
    for notice in [f for f in (ground["maker"], *supporting) if f["type"] == "RectificationNoticeIssued"]:
        found += rejections(q, as_of, notice, unheeded_on(q, as_of, notice, span))
    for path in TERMS_OF_GROUND[ground["clause"]]:
        found += set_by(q, as_of, day, path)
    for incident in incidents:
        found += rests_of_incident(q, as_of, incident) + agreed_of_grade(q, as_of, incident, span)
    return rests_on(found)


def rejections(q: Question, as_of: date, notice: Fact, until: date | None) -> list[Fact]:
    """SPEC 4.5: "on the day a timely completion is rejected": what was done in time and rejected by the day a notice
    was unheeded, and what rejected it."""
    name, standing, found = notice["data"]["notice"], None, []
    for fact in of_type(q, as_of, "RectificationCompleted", "RectificationRejected"):
        if fact["data"]["notice"] != name or until is None or fact["day"] > until:
            continue
        if fact["type"] == "RectificationCompleted":
            timely = shown(fact["day"]) <= notice["data"]["deadline"]
            standing = standing or (fact if timely else None)
        elif standing is not None:
            found += [standing, fact]
            standing = None
    return found


def too_short(q: Question, as_of: date, proposal: Fact) -> bool:
    """SPEC 4.1: "A renewal whose 30th working day is not before the `ends_on` of its day (`same-day`: is after it) has
    the anomaly too"."""
    if proposal["type"] == "TerminationProposed":
        return bool(agreed_termination(q, as_of, proposal)["short"])
    day = proposal["day"]
    end = ends_on(q, day, life_of(q, day)["terminated_on"], None, proposal)
    last, _ = notice_end(q, as_of, proposal)
    same_day = reading_on(q, as_of, "notice-day", day) == "same-day"
    return end is not None and (last > end if same_day else last >= end)


def phase_of(q: Question, as_of: date) -> str:
    """SPEC 4.1: `registered` -> `effective` -> `in_service` -> `ended` ("the day after `ends_on`") or
    `terminated` ("from the day termination took effect") -> `closed` ("ended or terminated, and
    SwitchoverCompleted")."""
    terminated_on = life_of(q, as_of)["terminated_on"]
    end = ends_on(q, as_of, terminated_on)
    over = "terminated" if terminated_on else "ended" if end is not None and as_of > end else None
    if over is not None:
        return "closed" if of_type(q, as_of, "SwitchoverCompleted") else over
    if lease(q, as_of) is not None:
        return "in_service"
    return "effective" if effective_on(q, as_of) is not None else "registered"


def term_of(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 5 `term`; 4.8: "`term.provisional` [...] marks a date that rests on a year without a notice"."""
    started, signed, life = lease(q, as_of), shown(effective_on(q, as_of)), life_of(q, as_of)
    term = terms_on(q, as_of, as_of)["term"]
    other_start = "dates" if "starts_on" in term else "billing" if term.get("starts_with") == "billing" else None
    began = shown(started["day"]) if started else None
    more = {"starts_on": began, "starts_with": other_start} if other_start else {}
    return {
        **more,
        "signed_on": signed,
        "effective_on": signed,
        "lease_started_on": None if other_start else began,
        "ends_on": shown(ends_on(q, as_of, life["terminated_on"])),
        "terminated_on": shown(life["terminated_on"]),
        "provisional": life["provisional"],
    }


def exit_of(q: Question, as_of: date) -> dict[str, Any]:
    """SPEC 5 `exit`: the latest request not withdrawn, or the one that took effect."""
    life = life_of(q, as_of)
    request = life["exit"] or exit_request(q, as_of)
    if request is None:
        return {"request": None, "permitted": None, "earliest_exit_on": None}
    when = life["terminated_on"] if life["exit"] else as_of  # "not undone by a later withdrawal or request"
    answer = permission(q, when, request)
    permitted = None if answer is None else answer["type"] == "ExitPermitted"
    earliest = shown(earliest_exit_on(q, when, request))
    return {"request": request["data"]["request"], "permitted": permitted, "earliest_exit_on": earliest}
