"""The oracle's obligations (SPEC 4.2) and the anomalies told without one."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle_facts import (
    DAY,
    Fact,
    Question,
    actor,
    corresponding_day,
    latest_per,
    of_type,
    place,
    reading_on,
    rolled,
    ruled,
    shown,
    terms_on,
    working_days,
)
from tests.oracle_grounds import (
    NAMED_GROUNDS,
    least_notice,
    life_of,
    month_in,
    span_of_contract,
    too_short,
)
from tests.oracle_money import accounts_of, covering, pay_by, returns_beyond, settled_by_payments
from tests.oracle_standing import MONTHLY
from tests.oracle_term import (
    acceptance_of,
    effective_on,
    ends_on,
    has_period,
    lease,
    renewals,
    scale_out_due,
    short_of,
    signatures,
    standing_completion,
)

# 4.1: "`discharged` on the day the contract ended early"
DISCHARGED = (
    "trial-run", "deployment", "stage-review", "scale-out", "monitoring-report", "on-site-duty",
    "host-hardening", "host-scan", "security-review", "rework", "rectify",
)  # fmt: skip


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
    `breached`, `discharged` (4.1), `cancelled`". Settled on the day of the last fact that settles it ("never before it
    was raised"), raised on that of the last that raises it."""
    due_on, provisional = due
    began = raised_on or raised[-1]["day"]
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
        "raised_on": shown(began),
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


def obligations_of(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.2, the whole table."""
    found = [
        *contract_obligations(q, as_of),
        *invoice_obligations(q, as_of),
        *requested_obligations(q, as_of),
        *service_obligations(q, as_of),
        *switchover_obligation(q, as_of),
        *settlement_obligations(q, as_of),
    ]
    return sorted((discharged(q, as_of, o) for o in found), key=lambda o: (o["raised_on"], o["id"]))


def discharged(q: Question, as_of: date, entry: dict[str, Any]) -> dict[str, Any]:
    """SPEC 4.1: "what was to be performed later is `discharged` on the day the contract ended early [...] unless
    already overdue (its due day before `terminated_on`) or performed by then; one raised later is discharged
    on the day it is raised"."""
    life = life_of(q, as_of)
    if life["terminated_on"] is None or entry["kind"] not in DISCHARGED:
        return entry
    ended = life["terminated_on"].isoformat()
    performed = entry["settled_on"] is not None and entry["settled_on"] <= ended
    overdue = entry["due_on"] is not None and entry["due_on"] < ended
    if entry["raised_on"] <= ended and (performed or overdue):
        return entry
    day = max(ended, entry["raised_on"])
    return {**entry, "state": "discharged", "settled_on": day, "settled_by": ids(life["by"])}


def contract_obligations(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.2: those that arise "with both signed" or "effective"; 4.8: "Without `stage_review_by` there
    is neither `deployment` nor `stage-review`"; [`stage-review-date`: `condition` (no duty of party_b)];
    `confidentiality` "`breached` once a leak by party_b is reported", "`settled_on` of a breach is its first day"."""
    day = effective_on(q, as_of)
    if day is None:
        return []
    signed = signatures(q, as_of)
    trial_run_days = terms_on(q, as_of, day)["periods"]["trial_run_days"]
    due = rolled(q, day + timedelta(days=trial_run_days))
    found = [obligation(as_of, "trial-run", "6.2", signed, due, the_first(q, as_of, "TrialRunStarted"))]
    review_by = terms_on(q, as_of, as_of)["payment"].get("stage_review_by")
    if review_by is not None and reading_on(q, as_of, "stage-review-date", as_of) == "deadline":
        by = date.fromisoformat(str(review_by)), False
        found.append(obligation(as_of, "deployment", "9.1", signed, by, the_first(q, as_of, "ResourcesDeployed")))
        found.append(obligation(as_of, "stage-review", "9.1", signed, by, the_first(q, as_of, "StageReviewPassed")))
    end = ends_on(q, as_of, life_of(q, as_of)["terminated_on"]), False
    found.append(obligation(as_of, "security-review", "5.2", signed, end, the_first(q, as_of, "SecurityReviewPassed")))
    leaks = the_first(q, as_of, "LeakReported", "leaked_by", "party_b")
    state = "breached" if leaks else "standing"
    found.append(obligation(as_of, "confidentiality", "7.2", signed, (None, False), leaks, state=state))
    return found


def invoice_obligations(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.2 `pay-invoice`: "each conforming invoice"; `cancelled` (its trigger was voided); "settled on the day they
    do, never before it was raised"."""
    found, accounts = [], accounts_of(q, as_of)
    for entry in accounts.invoices:
        if entry["raised_on"] is None:
            continue
        identity, due = f"pay-invoice:{entry['fact']['data']['invoice']}", pay_by(q, as_of, entry)
        void, settled_on = entry["voided_by"], entry["settled_on"]
        fixed: dict[str, Any] = {"obligor": "party_a", "raised_on": entry["raised_on"]}
        raised = sorted([entry["fact"], *entry["cured_by"]], key=place)
        if void is not None:
            done = obligation(as_of, identity, "9.1", raised, due, [void], state="cancelled", **fixed)
            found.append({**done, "settled_on": shown(max(void["day"], entry["raised_on"]))})
        elif settled_on is not None:
            state = "fulfilled" if settled_on <= due[0] else "fulfilled_late"
            facts = covering(accounts, entry)
            done = obligation(as_of, identity, "9.1", raised, due, facts, state=state, **fixed)
            found.append({**done, "settled_on": shown(settled_on)})
        else:
            found.append(obligation(as_of, identity, "9.1", raised, due, [], **fixed))
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
        name = fact["data"]["request"]
        done = the_first(q, as_of, "ScaleOutCompleted", "request", name)
        counted = "scale_out_working_days" in terms_on(q, as_of, fact["day"])["periods"]
        within = {"within": "periods.scale_out_working_days"} if counted else {}
        due = scale_out_due(q, as_of, fact)
        found.append(
            obligation(as_of, f"scale-out:{name}", "annex 3 row 4", [fact], due, done, **within)
        )
    for fact in of_type(q, as_of, "MonitoringReportRequested"):
        name, by = fact["data"]["report"], (date.fromisoformat(fact["data"]["due_on"]), False)
        done = the_first(q, as_of, "MonitoringReportDelivered", "report", name)
        found.append(obligation(as_of, f"monitoring-report:{name}", "4.2", [fact], by, done))
    for fact in of_type(q, as_of, "MajorEventAnnounced"):
        found.append(on_site_duty(q, as_of, fact))
    return found


def on_site_duty(q: Question, as_of: date, event: Fact) -> dict[str, Any]:
    """SPEC 4.2 `on-site-duty`: due "its `to`"; fulfilled by "that day, if no PersonnelAbsent; else
    `breached`"; 4.8: "`settled_on` of a breach is its first day (`on-site-duty`: the first absence, also
    when recorded later)"."""
    name, until = event["data"]["event"], date.fromisoformat(event["data"]["to"])
    absent = the_first(q, as_of, "PersonnelAbsent", "event", name)
    entry = obligation(as_of, f"on-site-duty:{name}", "4.2", [event], (until, False), absent)
    if absent:
        return {**entry, "state": "breached", "settled_on": shown(absent[0]["day"])}
    if as_of >= until:
        return {**entry, "state": "fulfilled", "settled_on": shown(until)}
    return {**entry, "state": "pending"}


def service_obligations(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.2: `host-hardening`, `host-scan`, `availability`, which arise with LeaseStarted."""
    started = lease(q, as_of)
    if started is None:
        return []
    end, found = (ends_on(q, as_of, life_of(q, as_of)["terminated_on"]), False), []
    for line in terms_on(q, as_of, started["day"]).get("order", {}).get("lines", []):
        if line["service"] in ("host-hardening", "host-scan"):
            performed = [f for f in of_type(q, as_of, "ServicePerformed") if f["data"]["service"] == line["service"]]
            done = performed_enough(performed, line)
            found.append(obligation(as_of, line["service"], "annex 4", [started], end, done))
    found += availability_obligation(q, as_of, started, None)
    for row in (terms_on(q, as_of, as_of).get("quality") or {}).get("systems", []):
        found += availability_obligation(q, as_of, started, row["system"])
    return found


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


def availability_obligation(q: Question, as_of: date, started: Fact, system: str | None) -> list[dict[str, Any]]:
    """SPEC 4.2 `availability`: "standing | `breached` while the latest platform report (no system) of any
    month is below the floor"; 4.8: "`settled_on` of a breach is its first day"; 4.1: "and `availability`, unless
    breached, on any end (settled_on the first day out of service)"."""
    if terms_on(q, as_of, as_of).get("quality") is None:  # 2.3: "left out [...]: what they would give does not arise"
        return []
    span, life = span_of_contract(q, as_of), life_of(q, as_of)

    def below(day: date) -> list[Fact]:
        platform = [f for f in of_type(q, day, "AvailabilityReported") if f["data"].get("system") == system]
        platform = [f for f in platform if month_in(span, f["data"]["month"])]
        return [f for f in latest_per(platform, "month") if below_floor(q, as_of, f)]

    name = "availability" if system is None else f"system-availability:{system}"
    entry = obligation(as_of, name, "6.3", [started], (None, False), [], state="standing")
    if below(as_of):
        days = sorted({f["day"] for f in of_type(q, as_of, "AvailabilityReported")})
        since = next(day for day in days if all(below(later) for later in days if later >= day))
        return [{**entry, "state": "breached", "settled_on": shown(since), "settled_by": ids(below(as_of))}]
    end = ends_on(q, as_of, life["terminated_on"])
    if life["terminated_on"] is not None:
        out = {"settled_on": shown(life["terminated_on"]), "settled_by": ids(life["by"])}
        return [{**entry, "state": "discharged", **out}]
    if end is not None and as_of > end:
        return [{**entry, "state": "discharged", "settled_on": shown(end + DAY), "settled_by": ids(ended_by(q, as_of))}]
    return [entry]


def below_floor(q: Question, as_of: date, report: Fact) -> bool:
    """SPEC 4.2: below `quality.availability` or `quality.data_reliability` (reading
    `data-reliability-floor`)."""
    quality = terms_on(q, as_of, report["day"])["quality"]
    if report["data"].get("system") is not None:
        quality = next(row for row in quality["systems"] if row["system"] == report["data"]["system"])
    return short_of(q, as_of, report, quality.get("availability", "0"), quality.get("data_reliability"))


def ended_by(q: Question, as_of: date) -> list[Fact]:
    """The facts that fixed the end of the term: the last renewal, else the lease."""
    moved = renewals(q, as_of, None)
    started = lease(q, as_of)
    return sorted(moved[-1], key=place) if moved else [started] if started is not None else []


def switchover_obligation(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.2 `switchover`: "ended, terminated or exited | none: 一般延续 6 个月 is a measure; `expected_until` =
    months(`ends_on` or `terminated_on`, 6) [`switchover-period`: `deadline` makes it due then, rolls]"; 4.8:
    "`switchover` of an ended contract is raised on ends_on + 1"."""
    life = life_of(q, as_of)
    end = ends_on(q, as_of, life["terminated_on"])
    if life["terminated_on"] is not None:
        over, raised_on, by = life["terminated_on"], life["terminated_on"], life["by"]
    elif end is not None and as_of > end:
        over, raised_on, by = end, end + DAY, ended_by(q, as_of)
    else:
        return []
    expected = corresponding_day(over, terms_on(q, as_of, raised_on)["periods"]["switchover_months"])
    deadline = reading_on(q, as_of, "switchover-period", raised_on) == "deadline"
    due = rolled(q, expected) if deadline else (None, False)
    done = the_first(q, as_of, "SwitchoverCompleted")
    entry = obligation(as_of, "switchover", "11.2", by, due, done, raised_on=raised_on)
    return [{**entry, "expected_until": shown(expected)}]


def settlements_of(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.2 `settlement`: "SettlementAgreed, or a ruling with a debtor"; 2.4: "(raises `settlement:{dispute}`, from
    the second on `settlement:{dispute}.2`)"."""
    found = []
    for fact in of_type(q, as_of, "SettlementAgreed"):
        found.append({"name": fact["data"]["settlement"], "fact": fact, "ruling": False, **fact["data"]})
    there: dict[str, dict[str, Any]] = {}  # "the later of two" judgments prevails, each with its first, second …
    number: dict[int, int] = {}
    for fact, ruling in ruled(q, as_of, "debtor", "amount"):
        dispute = fact["data"]["dispute"]
        number[fact["seq"]] = n = number.get(fact["seq"], 0) + 1
        name = dispute if n == 1 else f"{dispute}.{n}"
        there[name] = {"name": name, "fact": fact, "ruling": True, **ruling}
    return [*found, *there.values()]


def settlement_obligations(q: Question, as_of: date) -> list[dict[str, Any]]:
    """SPEC 4.2: "its due_on, if any | payments that cover it"."""
    found = []
    for one in settlements_of(q, as_of):
        paid = settled_by_payments(q, as_of, one["name"], Fraction(one["amount"]))
        due = (date.fromisoformat(one["due_on"]) if one.get("due_on") else None), False
        identity, obligor = f"settlement:{one['name']}", {"obligor": one["debtor"]}
        entry = obligation(as_of, identity, "13.2", [one["fact"]], due, paid, **obligor)
        if paid:
            settled_on = max(paid[-1]["day"], one["fact"]["day"])  # "never before it was raised"
            state = "fulfilled" if due[0] is None or settled_on <= due[0] else "fulfilled_late"
            entry = {**entry, "state": state, "settled_on": shown(settled_on)}
        found.append(entry)
    return found


# --- anomalies ------------------------------------------------------------------------------------


def anomalies_of(q: Question, as_of: date) -> list[tuple[str, Fact]]:
    """SPEC 4.1 to 4.3 (NO_SYSTEM_FEE and DAMAGES_TANGLED come from the damages): (code, fact)."""
    life = life_of(q, as_of)
    found = [("TERMINATION_WITHOUT_GROUND", f) for f in life["groundless"]]
    found += [("TERMINATION_CLAUSE_MISNAMED", f) for f in life["misnamed"]]
    found += accounts_of(q, as_of).anomalies
    found += returns_beyond(q, as_of, {one["name"] for one in settlements_of(q, as_of)})
    for request in of_type(q, as_of, "ExitRequested"):  # 4.1: "a shorter notice is `EXIT_NOTICE_TOO_SHORT`"
        if date.fromisoformat(request["data"]["exit_on"]) < least_notice(q, as_of, request):
            found.append(("EXIT_NOTICE_TOO_SHORT", request))
    for proposal in of_type(q, as_of, "TerminationProposed", "RenewalProposed"):
        if acceptance_of(q, as_of, proposal) is not None and too_short(q, as_of, proposal):
            found.append(("NOTICE_TOO_SHORT", proposal))
    started = lease(q, as_of)
    if started is not None and effective_on(q, as_of) is None:  # "In service without both signatures"
        found.append(("SIGNATURE_MISSING", started))
    return found + service_anomalies(q, as_of) + notice_anomalies(q, as_of)


def service_anomalies(q: Question, as_of: date) -> list[tuple[str, Fact]]:
    """SPEC 4.2: `DEPLOYED_UNTESTED` "(a system deployed without test and security assessment, 4.3)",
    `TRIAL_RUN_UNTESTED` "(a trial run started with a registered system not tested, assessed and deployed, 6.2)",
    `NDA_UNSIGNED`, `HANDOVER_UNFILED`, `DATA_DESTROYED_EARLY` "(before the switch-over was completed, 13.2)"."""
    found = []

    def told(system: str, day: date, *types: str) -> bool:
        return all(any(f["data"]["system"] == system for f in of_type(q, day, type_)) for type_ in types)

    # 4.8: "A rule that speaks of a day looks at the whole day"
    for fact in of_type(q, as_of, "SystemDeployed"):
        if not told(fact["data"]["system"], fact["day"], "SystemTestPassed", "SecurityAssessmentPassed"):
            found.append(("DEPLOYED_UNTESTED", fact))
    needed = ("SystemTestPassed", "SecurityAssessmentPassed", "SystemDeployed")
    for fact in of_type(q, as_of, "TrialRunStarted"):
        systems = [f["data"]["system"] for f in of_type(q, fact["day"], "SystemRegistered")]
        if not all(told(system, fact["day"], *needed) for system in systems):
            found.append(("TRIAL_RUN_UNTESTED", fact))
    found += [("NDA_UNSIGNED", f) for f in of_type(q, as_of, "PersonnelAssigned") if not f["data"]["nda_signed"]]
    replaced = of_type(q, as_of, "PersonnelReplaced")
    found += [("HANDOVER_UNFILED", f) for f in replaced if not f["data"]["handover_filed"]]
    for fact in of_type(q, as_of, "DataDisposed"):
        over = any(place(f) < place(fact) for f in of_type(q, as_of, "SwitchoverCompleted"))
        if fact["data"]["manner"] == "destroyed" and not over:
            found.append(("DATA_DESTROYED_EARLY", fact))
    return found


def notice_anomalies(q: Question, as_of: date) -> list[tuple[str, Fact]]:
    """SPEC 4.2: `MONTH_OUTSIDE_OPERATION`, `NOTICE_WITHOUT_PERIOD`, `NOTICE_GROUND_UNKNOWN` "(a party_a notice whose
    ground is none of 4.5's)"."""
    span, found = span_of_contract(q, as_of), []
    for fact in of_type(q, as_of, *MONTHLY):
        if not month_in(span, fact["data"]["month"]):
            found.append(("MONTH_OUTSIDE_OPERATION", fact))
    for fact in of_type(q, as_of, "RectificationNoticeIssued"):
        if not has_period(q, as_of, fact):
            found.append(("NOTICE_WITHOUT_PERIOD", fact))
        if actor(fact) == "party_a" and fact["data"]["ground"] not in NAMED_GROUNDS:
            found.append(("NOTICE_GROUND_UNKNOWN", fact))
    return found
