"""Random, valid histories of one contract, for checking the product's sweep against the oracle.

`random_history(rng, size)` gives envelopes as SPEC 2.1 has them, with `seq`, `id`, `recorded_at` and
mostly a `ref`; the first is the registration. Measures stand on both sides of every threshold, days
before, on and after every deadline; some facts are recorded late, corrected, retracted or contested.
`random_question` asks something worth asking of one.
"""

import random
import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.oracle import conclude
from tests.oracle_facts import (
    BEIJING,
    CONTROL,
    INTRODUCES,
    READINGS,
    Fact,
    change,
    corresponding_day,
    day_of,
    heard,
    names,
    ref_of,
    with_subjects,
)

CONTRACTS = Path(__file__).parent.parent / "contracts"
BOTH = ["party_a", "party_b"]
Data = dict[str, Any]


def weekdays(day: date) -> bool:
    """The default calendar of the generator: every weekday is a working day."""
    return day.weekday() < 5


# --- terms ----------------------------------------------------------------------------------------


def registered(name: str) -> Data:
    """A document of contracts/, its dates as text."""
    document = tomllib.loads((CONTRACTS / f"{name}.toml").read_text(encoding="utf-8"))
    document["payment"]["stage_review_by"] = str(document["payment"]["stage_review_by"])
    return document


def order_line(rng: random.Random, service: str, periods: int) -> Data:
    price, quantity = rng.choice((1000, 800, 37)), rng.randint(2, 4)
    total = f"{price * quantity * periods}.00"
    line = {"part": "extension", "service": service, "name": service, "unit_price": str(price)}
    return {**line, "quantity": str(quantity), "periods": periods, "total": total}


def random_terms(rng: random.Random) -> Data:
    """The contract's terms, the three-year example's, or small ones of other sums, periods, thresholds
    and tables."""
    kind = rng.random()
    if kind < 0.25:
        return registered("cu12-1101-2025-018605")
    if kind < 0.35:
        return registered("three-year-example")
    document = registered("cu12-1101-2025-018605")
    document["contract"]["id"] = f"TEST-{rng.randint(1, 999)}"
    lines = [order_line(rng, s, rng.randint(1, 3)) for s in ("host-hardening", "host-scan") if rng.random() < 0.8]
    if lines:
        document["order"] = {"lines": lines}
        total = sum((Decimal(line["total"]) for line in lines), Decimal(0))
    else:
        del document["order"]
        total = Decimal(rng.choice(("100001.00", "1200.00", "99999.99")))
    first = (total * Decimal(rng.choice(("0.8", "0.5")))).quantize(Decimal("0.01"))
    payment: Data = {
        "total": str(total), "currency": "CNY", "tax_rate": rng.choice(("0.06", "0.09")),
        "pay_within_working_days": rng.randint(1, 12),
        "instalments": [{"number": 1, "amount": str(first)}, {"number": 2, "amount": str(total - first)}],
    }  # fmt: skip
    if rng.random() < 0.7:
        payment["stage_review_by"] = rng.choice(("2025-12-31", "2026-02-28", "2026-05-05"))
    if rng.random() < 0.7:
        payment["instalments"][1]["requires"] = ["stage-review"]
    document["payment"] = payment
    document["term"]["months"] = rng.choice((6, 12, 12, 18, 24, 36))
    document["periods"] = {
        "trial_run_days": rng.randint(5, 60), "rework_days": rng.randint(5, 30),
        "return_materials_working_days": rng.randint(1, 7), "scale_out_days": rng.randint(1, 9),
        "exit_notice_months": rng.choice((1, 2, 6)), "termination_notice_working_days": rng.choice((5, 10, 30)),
        "switchover_months": rng.choice((1, 3, 6)),
    }  # fmt: skip
    termination = {"a_incidents": rng.choice((1, 1, 1, 2)), "b_incidents": rng.choice((2, 3, 3))}
    if rng.random() < 0.7:
        termination["b_window_months"] = rng.choice((2, 6, 12, 12, 14))
    document["termination"] = termination
    if rng.random() < 0.1:
        del document["grades"][rng.choice(sorted(document["grades"]))]
    if rng.random() < 0.1:
        del document["damages"][rng.choice(("material", "general"))]
    options = {name: rng.choice(READINGS[name]) for name in rng.sample(sorted(READINGS), rng.randint(0, 3))}
    document["readings"] = options if rng.random() < 0.4 else {}
    return document


# --- the builder ----------------------------------------------------------------------------------


class Story:
    """One history as it is told: the facts so far, the recording clock, and days worth being near to."""

    def __init__(self, rng: random.Random, size: int, span_days: int, is_working_day: Callable[[date], bool]) -> None:
        self.rng, self.size, self.is_working_day = rng, size, is_working_day
        self.step = span_days / max(1, size)
        self.now = datetime(2025, 11, rng.randint(10, 20), 1, tzinfo=UTC)
        self.marks: set[date] = set()
        self.plan: list[Callable[[Story], None]] = []  # what is to happen next, in this order
        self.terms = random_terms(rng)
        self.contract: str = self.terms["contract"]["id"]
        self.facts: list[Fact] = []
        self.counter = 0
        self.amended = deepcopy(self.terms)
        self.put("ContractRegistered", rng.choice(BOTH), {"terms": self.terms}, on=self.today().isoformat())
        self.facts[0]["ref"] = "terms"

    # time

    def today(self) -> date:
        return self.now.astimezone(BEIJING).date()

    def advance(self) -> None:
        """On to the next recording moment: a while later, or to a day that matters."""
        self.now += timedelta(seconds=self.rng.randint(1, 5000))
        kind, today = self.rng.random(), self.today()
        ahead = sorted(d for d in self.marks if today < d <= today + timedelta(days=200))
        if kind < 0.3 and ahead:
            day = ahead[0] + timedelta(days=self.rng.choice((-1, 0, 0, 0, 1)))
            then = datetime(day.year, day.month, day.day, self.rng.randint(0, 23), tzinfo=BEIJING).astimezone(UTC)
            self.now = max(self.now, then)
        elif self.plan and kind < 0.6:
            self.now += timedelta(days=self.rng.randint(0, 4))
        elif kind < 0.85:
            self.now += timedelta(days=self.rng.expovariate(1 / self.step) if self.step else 0)

    def happened(self, not_before: date | None = None) -> str:
        """An `on` up to now: today mostly, sometimes long ago, as a date or as a moment, some on the edge
        of a day."""
        rng, today = self.rng, self.today()
        back = rng.choice((0, 0, 0, 0, 1, 2, 7)) if rng.random() < 0.85 else rng.randint(0, 150)
        day = today - timedelta(days=back)
        if not_before is not None and day < not_before and rng.random() < 0.97:
            day = min(not_before, today)
        if rng.random() < 0.6:
            return day.isoformat()
        hour, minute = rng.choice(((0, 0), (9, 30), (15, 59), (23, 59), (rng.randint(0, 23), rng.randint(0, 59))))
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=BEIJING)
        at = min(at, self.now.replace(microsecond=0).astimezone(BEIJING))
        return (at if rng.random() < 0.7 else at.astimezone(UTC)).isoformat()

    def soon(self, *, least: int = 0, most: int = 40) -> str:
        """A day ahead, marked as worth being near to."""
        day = self.today() + timedelta(days=self.rng.randint(least, most))
        self.marks |= {day, day + timedelta(days=1)}
        return day.isoformat()

    # identifiers

    def new(self, kind: str) -> str:
        """A new identifier, or now and then that of a retracted fact, which is free again."""
        if self.rng.random() < 0.3:
            lost = {
                f["data"][INTRODUCES[f["type"]][1]] for f in self.facts if INTRODUCES.get(f["type"], ("",))[0] == kind
            }
            free = sorted(lost - set(self.known(kind)))
            if free:
                return str(self.rng.choice(free))
        self.counter += 1
        return f"{kind}-{self.counter}"

    def alive(self) -> list[Fact]:
        return with_subjects(heard(self.facts))

    def introducers(self, kind: str) -> list[Fact]:
        """The facts that count and bring in an identifier of this kind."""
        return [f for f in self.alive() if f["type"] in INTRODUCES and INTRODUCES[f["type"]][0] == kind]

    def known(self, kind: str) -> list[str]:
        return [f["data"][INTRODUCES[f["type"]][1]] for f in self.introducers(kind)]

    def pick(self, kind: str) -> Fact | None:
        """One that counts of this kind, the later the likelier."""
        there = sorted(self.introducers(kind), key=lambda f: f["seq"])
        if not there:
            return None
        return self.rng.choice(there[-3:]) if self.rng.random() < 0.7 else self.rng.choice(there)

    # recording

    def put(self, type_: str, by: str, data: Data, *, on: str | None = None, after: Fact | None = None) -> None:
        """Record one fact; `after`: mostly not before the day of that one."""
        seq = len(self.facts) + 1
        fact: Fact = {"type": type_, "on": on or self.happened(after["day"] if after else None), "by": by}
        if self.rng.random() < 0.7:
            fact["ref"] = f"r{seq}"
        fact.update(data=data, seq=seq, id=f"{self.contract}#{seq}")
        fact["recorded_at"] = self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        self.facts.append(fact)
        self.now += timedelta(milliseconds=self.rng.choice((0, 0, 1, 1000)))

    def system(self) -> Data:
        """A `system`, or none."""
        known = self.known("system")
        return {"system": self.rng.choice(known)} if known and self.rng.random() < 0.8 else {}

    def consequence(self) -> str:
        return self.rng.choice(("none", "problem", "problem", "major", "major"))

    def month(self) -> str:
        """A month of late."""
        return corresponding_day(self.today(), -self.rng.choice((0, 1, 1, 1, 2, 3))).isoformat()[:7]

    def sum(self, most: str) -> str:
        """A sum up to, at and just over another."""
        top = Decimal(most)
        return str(self.rng.choice((top, top, top / 2, top / 4, top + Decimal("0.01"))).quantize(Decimal("0.01")))


# --- what can happen ------------------------------------------------------------------------------


def sign(s: Story) -> None:
    party = s.rng.choice(BOTH)
    s.put("ContractSigned", party, {"party": party})


def start_lease(s: Story) -> None:
    s.put("LeaseStarted", s.rng.choice(BOTH), {})
    end = corresponding_day(s.today(), s.terms["term"]["months"])
    s.marks |= {end, end + timedelta(days=1), end - timedelta(days=45)}


def plain(type_: str, by: tuple[str, ...], **data: Any) -> Callable[[Story], None]:
    """A fact whose data never vary."""
    return lambda s: s.put(type_, s.rng.choice(by), dict(data))


def amend(s: Story) -> None:
    rng, terms = s.rng, s.amended
    choices: list[Data] = [
        {"periods.scale_out_days": rng.randint(1, 9)},
        {"periods.exit_notice_months": rng.choice((1, 3, 6))},
        {"periods.termination_notice_working_days": rng.choice((3, 20, 30))},
        {"periods.rework_days": rng.randint(3, 20), "periods.switchover_months": rng.randint(1, 6)},
        {"payment.pay_within_working_days": rng.randint(1, 9)},
        {"payment.tax_rate": rng.choice(("0.06", "0.09", "0.03"))},
        {"payment.stage_review_by": s.soon(most=90)},
        {"term.months": rng.choice((6, 9, 12, 24))},
        {"quality.availability": rng.choice(("99.9", "99.99", "99.995"))},
        {"termination.b_incidents": rng.choice((2, 3, 4))},
        {"termination.a_incidents": rng.choice((1, 2))},
        {"termination.b_window_months": rng.choice((3, 6, 12, 18))},
        {f"readings.{name}": rng.choice(READINGS[name]) for name in rng.sample(sorted(READINGS), 1)},
    ]
    if "outage" in terms.get("grades", {}):
        choices.append({"grades.outage.minutes": rng.choice((60, 120, 240))})
        choices.append({"grades.outage.B.people_from": rng.choice((50000, 100000))})
    if terms.get("damages", {}).get("general"):
        choices.append({"damages.general.5.rate": rng.choice(("0.30", "0.35"))})
        choices.append({"damages.general.6.count": rng.choice((2, 3)), "damages.general.6.minutes": 300})
        choices.append({"damages.general.2.count": rng.choice((1, 2, 3))})
        choices.append({"damages.general.3.count": rng.choice((1, 2))})
    if terms.get("damages", {}).get("material"):
        choices.append({"damages.material.7.rate": "1.10"})
    if "order" not in terms:
        total = Decimal(rng.choice(("3600.00", "100001.00", "24000.01")))
        amounts = [i["amount"] for i in terms["payment"]["instalments"]]
        rest = total - (len(amounts) - 1) * Decimal("500.00")
        sums = [str(rest)] + ["500.00"] * (len(amounts) - 1)
        new = {f"payment.instalments.{n}.amount": amount for n, amount in enumerate(sums, start=1)}
        choices.append({"payment.total": str(total), **new})
    changes = rng.choice(choices)
    for key, value in changes.items():
        change(s.amended, key.split("."), value)
    s.put("AmendmentAgreed", rng.choice(BOTH), {"changes": changes, "confirmed_by": BOTH, "summary": "补充协议"})


def agree_reading(s: Story) -> None:
    reading = s.rng.choice(sorted(READINGS))
    data = {"reading": reading, "option": s.rng.choice(READINGS[reading]), "confirmed_by": BOTH}
    s.put("ReadingAgreed", s.rng.choice(BOTH), data)


def propose(s: Story) -> None:
    by = s.rng.choice(BOTH)
    if s.rng.random() < 0.6:
        data = {"proposal": s.new("proposal"), "ends_on": s.soon(least=20, most=500)}
        s.put("RenewalProposed", by, data)
    else:
        data = {"proposal": s.new("proposal"), "effective_on": s.soon(least=5, most=90), "reason": "协商解除"}
        s.put("TerminationProposed", by, data)


def answer(s: Story) -> None:
    proposal = s.pick("proposal")
    if proposal is not None:
        other = "party_b" if proposal["by"] == "party_a" else "party_a"
        type_ = s.rng.choice(("ProposalAccepted", "ProposalAccepted", "ProposalRejected"))
        s.put(type_, other, {"proposal": proposal["data"]["proposal"]}, after=proposal)


def declare(s: Story) -> None:
    status = s_status(s)
    open_ = [g["clause"] for g in status["termination"]["grounds"] if g["state"] == "open"]
    clause = s.rng.choice(open_) if open_ and s.rng.random() < 0.6 else s.rng.choice(("10.1", "10.2", "10.4"))
    s.put("TerminationDeclared", "party_a", {"clause": clause})


def s_status(s: Story) -> Data:
    """What the oracle concludes now, to know item ids and open grounds."""
    return conclude(
        s.facts, as_of=s.today(), known_at=None, is_working_day=s.is_working_day, provisional=lambda day: False
    )


def request_exit(s: Story) -> None:
    s.put("ExitRequested", "party_b", {"request": s.new("exit"), "exit_on": s.soon(least=10, most=250)})
    s.marks.add(corresponding_day(s.today(), s.terms["periods"]["exit_notice_months"]))


def about_exit(s: Story) -> None:
    request = s.pick("exit")
    if request is not None:
        type_ = s.rng.choice(("ExitPermitted", "ExitPermitted", "ExitRefused", "ExitWithdrawn"))
        by = "party_b" if type_ == "ExitWithdrawn" else "party_a"
        s.put(type_, by, {"request": request["data"]["request"]}, after=request)


def invoice(s: Story) -> None:
    instalments = s.terms["payment"]["instalments"]
    instalment = s.rng.choice(instalments)
    number = instalment["number"] if s.rng.random() < 0.96 else 9
    rate = s.terms["payment"]["tax_rate"] if s.rng.random() < 0.85 else "0.13"
    data = {"invoice": s.new("invoice"), "instalment": number, "amount": s.sum(instalment["amount"]), "tax_rate": rate}
    s.put("InvoiceIssued", "party_b", data)
    due = s.today() + timedelta(days=s.terms["payment"]["pay_within_working_days"] * 7 // 5)
    s.marks |= {due, due + timedelta(days=1)}


def void(s: Story) -> None:
    fact = s.pick("invoice")
    if fact is not None:
        s.put("InvoiceVoided", "party_b", {"invoice": fact["data"]["invoice"], "reason": "开具有误"}, after=fact)


def pay(s: Story) -> None:
    fact = s.pick("invoice")
    if fact is not None:
        data = {"payment": s.new("payment"), "invoice": fact["data"]["invoice"]}
        s.put("PaymentMade", "party_a", {**data, "amount": s.sum(fact["data"]["amount"])}, after=fact)


def return_payment(s: Story) -> None:
    fact = s.pick("payment")
    if fact is not None:
        s.put("PaymentReturned", s.rng.choice(BOTH), {"payment": fact["data"]["payment"], "reason": "退票"}, after=fact)


def agree_damages(s: Story) -> None:
    items = [i["id"] for i in s_status(s)["damages"]["items"]]
    if items:
        some = sorted(s.rng.sample(items, min(len(items), s.rng.randint(1, 3))))
        today = s.today().isoformat()
        if s.rng.random() < 0.6:
            data = {"items": some, "amount": s.sum("1000.00"), "confirmed_by": BOTH}
            s.put("DamagesAgreed", s.rng.choice(BOTH), data, on=today)
        else:
            data = {"items": some, "amount": s.sum("500.00"), "manner": s.rng.choice(("paid", "deducted"))}
            s.put("DamagesSettled", s.rng.choice(BOTH), data, on=today)


def register_system(s: Story) -> None:
    fee = s.rng.choice(("100001.00", "1200.00", "0.07", "99999.99"))
    data = {"system": s.new("system"), "name": "业务系统", "annual_fee": fee}
    important = s.rng.random() < 0.3
    s.put("SystemRegistered", s.rng.choice(BOTH), {**data, "mlps_level": s.rng.randint(1, 5), "important": important})


def test_system(s: Story) -> None:
    fact = s.pick("system")
    if fact is not None:
        type_, by = s.rng.choice(
            (("SystemTestPassed", "party_b"), ("SecurityAssessmentPassed", "supervisor"), ("SystemDeployed", "party_b"))
        )
        s.put(type_, by, {"system": fact["data"]["system"]}, after=fact)


def review(s: Story) -> None:
    passed = s.rng.random() < 0.7
    s.put("StageReviewPassed" if passed else "StageReviewFailed", "party_a", {} if passed else {"reason": "部署未完成"})


def acceptance(s: Story) -> None:
    judged = {f["data"]["round"] for f in s.facts if f["type"] in ("AcceptancePassed", "AcceptanceFailed")}
    fact = s.pick("round")
    if fact is None or fact["data"]["round"] in judged or s.rng.random() < 0.3:
        s.put("AcceptanceRequested", "party_b", {"round": s.new("round")})
    elif s.rng.random() < 0.6:
        s.put("AcceptanceFailed", "party_a", {"round": fact["data"]["round"], "defects": "性能不足"}, after=fact)
        s.marks.add(s.today() + timedelta(days=s.terms["periods"]["rework_days"]))
    else:
        s.put("AcceptancePassed", "party_a", {"round": fact["data"]["round"], "rating": "good"}, after=fact)


def perform(s: Story) -> None:
    lines = [line for line in s.terms.get("order", {}).get("lines", []) if line["service"].startswith("host-")]
    if lines:
        line = s.rng.choice(lines)
        most = max(1, int(Decimal(line["quantity"]) * line["periods"]) // 2)
        data: Data = {"service": line["service"], "units": s.rng.choice((1, 2, most))}
        if s.rng.random() < 0.4:
            data["host"] = s.rng.choice(("host-1", "host-2"))
        s.put("ServicePerformed", "party_b", data)


# measures: mostly such that the incident is graded, each now and then just not


def common_measures(s: Story) -> Data:
    rng = s.rng
    data: Data = {}
    if rng.random() < 0.7:
        data["consequence"] = s.consequence()
    if rng.random() < 0.5:
        data.update(s.system())
    if rng.random() < 0.3:
        data["root_cause"] = rng.choice(("cause-1", "cause-2", "cause-3", "cause-4"))
    if rng.random() < 0.3:
        data["responsibility"] = rng.choice(("provider", "shared", "other"))
    for name, chance in (("force_majeure", 0.3), ("security_service_fault", 0.5)):
        if rng.random() < chance:
            data[name] = rng.random() < 0.7
    notices = [f["data"]["notice"] for f in s.introducers("notice") if f["by"] == "supervisor"]
    if notices and rng.random() < 0.3:
        data["unheeded_notice"] = rng.choice(notices)
    if rng.random() < 0.2:
        data["learned_on"] = (s.today() - timedelta(days=rng.randint(0, 20))).isoformat()
    return data


def measures(s: Story, kind: str) -> Data:
    rng = s.rng
    often = rng.random() < 0.75

    def truth(wanted: bool) -> bool:
        return wanted if often or rng.random() < 0.6 else not wanted

    level = {"mlps_level": rng.randint(1, 5), "important": rng.random() < 0.4}
    if kind == "outage":
        grades = s.amended.get("grades", {}).get("outage")
        if rng.random() < 0.45 or grades is None:
            return {"scope": "system", "duration_minutes": rng.choice((1, 60, 119, 120, 121, 180, 240, 480))}
        bounds = grades[rng.choice(("A", "B", "B"))]
        over, people, loss = Decimal(bounds["systems_share_over"]), bounds["people_from"], Decimal(bounds["loss_from"])
        return {
            "scope": "platform",
            "systems_share": str(over + (Decimal("0.01") if truth(True) else 0)),
            "people_affected": people if truth(True) else people - 1,
            "economic_loss": str(loss if truth(True) else loss - Decimal("0.01")),
            "duration_minutes": grades["minutes"] if truth(True) else grades["minutes"] - 1,
        }
    if kind == "tampering":
        attention = rng.sample(("national", "municipal", "municipal_leader"), rng.randint(1, 3))
        return {
            "guarantee_period": rng.random() < 0.5, "provider_hazard": truth(True), "plan_followed": truth(False),
            "attention": attention, "duration_minutes": 30 if truth(True) else 29,
        }  # fmt: skip
    if kind == "data_loss":
        return {
            "core_data": truth(True), "systems_affected": rng.choice((1, 2, 3, 4, 6)),
            "months_lost": "3.01" if truth(True) else "1", "unrecoverable": truth(True), **level,
        }  # fmt: skip
    if kind == "intrusion":
        return {
            "third_party_notified": truth(True), "handled_in_time": truth(False),
            "guarantee_period": rng.random() < 0.4, "tampered_or_leaked": truth(True), **level,
        }  # fmt: skip
    return {}


def some(s: Story, data: Data, chance: float) -> Data:
    """Each measure with this chance: all are optional."""
    return {key: value for key, value in data.items() if s.rng.random() < chance}


def report_incident(s: Story) -> None:
    kinds = ("outage", "outage", "outage", "tampering", "data_loss", "intrusion", "mutual_backup")
    kind = s.rng.choice(kinds)
    data = {"incident": s.new("incident"), "kind": kind, **common_measures(s), **some(s, measures(s, kind), 0.97)}
    s.put("IncidentReported", s.rng.choice((*BOTH, "supervisor")), data)
    months = s.terms["termination"].get("b_window_months", 12)
    for day in (corresponding_day(s.today(), months), corresponding_day(s.today(), 12)):
        s.marks |= {day, day + timedelta(days=1)}


def assess_incident(s: Story) -> None:
    fact = s.pick("incident")
    if fact is not None:
        new = {**some(s, common_measures(s), 0.5), **some(s, measures(s, fact["data"]["kind"]), 0.5)}
        data = {"incident": fact["data"]["incident"], **(new or {"consequence": "problem"})}
        s.put("IncidentAssessed", s.rng.choice((*BOTH, "supervisor")), data, after=fact)


def link(s: Story) -> None:
    known = s.known("incident")
    if len(known) >= 2:
        type_ = s.rng.choice(("IncidentsLinked", "IncidentsLinked", "IncidentsUnlinked"))
        least = 2 if type_ == "IncidentsLinked" else 1
        incidents = s.rng.sample(known, s.rng.randint(least, min(3, len(known))))
        data = {"incidents": incidents, "root_cause": s.rng.choice(("cause-1", "cause-2", "cause-3"))}
        s.put(type_, s.rng.choice((*BOTH, "supervisor")), data)


def agree_grade(s: Story) -> None:
    fact = s.pick("incident")
    if fact is not None:
        grade = s.rng.choice(("A", "B", "B", "none"))
        data = {"incident": fact["data"]["incident"], "grade": grade, "confirmed_by": BOTH}
        s.put("IncidentGradeAgreed", s.rng.choice(BOTH), data, after=fact)


def issue_notice(s: Story) -> None:
    rng = s.rng
    by = rng.choice(("party_a", "party_a", "supervisor", "supervisor", "administrator"))
    named = ("unheeded-supervisor-notices", "absent-key-personnel", "understaffed", "dual-active-refused")
    data: Data = {"notice": s.new("notice"), "ground": rng.choice((*named, "patching")), "demand": "限期整改"}
    data["deadline"] = s.soon(most=25)
    scale_outs = s.introducers("scale-out")
    if by == "administrator" and scale_outs:
        request = rng.choice(scale_outs)
        data["about"] = rng.choice((request["data"]["request"], request["id"], ref_of(request)))
    elif rng.random() < 0.35:
        data["about"] = "assessment"
    elif rng.random() < 0.2:
        data["about"] = rng.choice(s.facts)["id"]
    there = [f["id"] for f in s.alive()]
    if data.get("about", "").startswith(s.contract) and data["about"] not in there:
        del data["about"]
    s.put("RectificationNoticeIssued", by, data)


def answer_notice(s: Story) -> None:
    fact = s.pick("notice")
    if fact is not None:
        name = fact["data"]["notice"]
        completed = any(f["type"] == "RectificationCompleted" and f["data"]["notice"] == name for f in s.facts)
        if completed and s.rng.random() < 0.6:
            s.put("RectificationRejected", fact["by"], {"notice": name, "reason": "未达要求"}, after=fact)
        else:
            s.put("RectificationCompleted", "party_b", {"notice": name}, after=fact)


def announce(s: Story) -> None:
    data = {"event": s.new("event"), "from": s.today().isoformat(), "to": s.soon(least=1, most=15), "personnel": 3}
    s.put("MajorEventAnnounced", "party_a", data)


def absent(s: Story) -> None:
    fact = s.pick("event")
    if fact is not None:
        data = {"event": fact["data"]["event"], "count": s.rng.randint(1, 3)}
        s.put("PersonnelAbsent", s.rng.choice(("party_a", "supervisor")), data, after=fact)


def report_staffing(s: Story) -> None:
    data = {"month": s.month(), "committed": 5, "actual": s.rng.choice((3, 4, 4, 5))}
    s.put("StaffingReported", s.rng.choice(BOTH), data)


def dual_active(s: Story) -> None:
    fact = s.pick("dual-active")
    if fact is None or s.rng.random() < 0.4:
        by = s.rng.choice(("party_a", "supervisor", "administrator"))
        s.put("DualActiveRequested", by, {"request": s.new("dual-active")})
    else:
        s.put("DualActiveRefused", s.rng.choice(BOTH), {"request": fact["data"]["request"]}, after=fact)


def report_availability(s: Story) -> None:
    data = {
        "month": s.month(), **s.system(), "availability": s.rng.choice(("99.99", "99.98", "99.989", "100", "99.95")),
        "data_reliability": s.rng.choice(("99.99999", "99.9999", "99.99989", "100")), "consequence": s.consequence(),
    }  # fmt: skip
    s.put("AvailabilityReported", s.rng.choice((*BOTH, "supervisor")), data)


def report_service_level(s: Story) -> None:
    minutes = (14, 15, 16, 29, 30, 31, 59, 60, 61, 119, 120, 121)
    data: Data = {"month": s.month(), **s.system(), "consequence": s.consequence()}
    data.update(some(s, {"response_minutes": s.rng.choice(minutes), "recovery_minutes": s.rng.choice(minutes)}, 0.7))
    if "response_minutes" not in data and "recovery_minutes" not in data:
        data["response_minutes"] = 20
    s.put("ServiceLevelReported", s.rng.choice((*BOTH, "supervisor")), data)


def record_absence(s: Story) -> None:
    minutes = s.rng.choice((59, 60, 61, 119, 120, 121, 239, 240, 241))
    data = {**s.system(), "minutes": minutes, "consequence": s.consequence()}
    s.put("OnSiteAbsenceRecorded", s.rng.choice(("party_a", "supervisor")), data)


def assess_month(s: Story) -> None:
    data = {"month": s.month(), **s.system(), "passed": s.rng.random() < 0.15}
    s.put("AssessmentRecorded", "party_a", data)


def assess_three_months(s: Story) -> None:
    """Three failed months and a notice about them."""
    system = s.system()
    for back in (3, 2, 1):
        month = corresponding_day(s.today(), -back).isoformat()[:7]
        s.put("AssessmentRecorded", "party_a", {"month": month, **system, "passed": s.rng.random() < 0.1})
    data = {"notice": s.new("notice"), "ground": "assessment", "demand": "限期整改", "deadline": s.soon(most=15)}
    s.put("RectificationNoticeIssued", "party_a", {**data, "about": "assessment"})


def complain(s: Story) -> None:
    fact = s.pick("system")
    if fact is not None:
        subject = s.rng.choice(("availability", "availability", "availability", "other"))
        data = {"complaint": s.new("complaint"), "system": fact["data"]["system"], "subject": subject}
        s.put("ComplaintFiled", "party_a", data)


def request_scale_out(s: Story) -> None:
    s.put("ScaleOutRequested", "party_a", {"request": s.new("scale-out"), **s.system()})
    due = s.today() + timedelta(days=s.terms["periods"]["scale_out_days"])
    s.marks |= {due, due + timedelta(days=1)}


REQUESTS = (
    ("scale-out", "ScaleOutCompleted", "request"),
    ("return", "MaterialsReturned", "request"),
    ("report", "MonitoringReportDelivered", "report"),
)


def complete_request(s: Story) -> None:
    kind, type_, key = s.rng.choice(REQUESTS)
    fact = s.pick(kind)
    if fact is not None:
        s.put(type_, "party_b", {key: fact["data"][key]}, after=fact)


def request_other(s: Story) -> None:
    if s.rng.random() < 0.5:
        s.put("ReturnOfMaterialsRequested", "party_a", {"request": s.new("return")})
        s.soon(least=5, most=9)
    else:
        s.put("MonitoringReportRequested", "party_a", {"report": s.new("report"), "due_on": s.soon(most=20)})


def side_fact(s: Story) -> None:
    """A fact from which little or nothing is concluded."""
    rng, n = s.rng, len(s.facts)
    any_id = rng.choice(s.alive())["id"]
    disputes = [f["data"]["dispute"] for f in s.alive() if f["type"] == "DisputeOpened"]
    persons = [f["data"]["person"] for f in s.alive() if f["type"] == "PersonnelAssigned"]
    digest = f"{rng.getrandbits(256):064x}"
    attached = {"about": any_id, "sha256": digest, "name": "附件.pdf", "media_type": "application/pdf"}
    choices: list[tuple[str, tuple[str, ...], Data]] = [
        ("DataDisposed", ("party_b",), {"manner": rng.choice(("relocated", "transferred", "destroyed"))}),
        ("PersonnelAssigned", ("party_b",), {"person": f"person-{n}", "nda_signed": rng.random() < 0.5}),
        ("DisputeOpened", tuple(BOTH), {"dispute": f"dispute-{n}", "clauses": ["10.2"], "facts": [any_id]}),
        ("DocumentAttached", (*BOTH, "supervisor", "administrator"), attached),
        ("EvidenceExported", tuple(BOTH), {"scope": "contract", "facts": n}),
        ("LeakReported", tuple(BOTH), {"leak": f"leak-{n}", "summary": "疑似泄露"}),
        ("SecurityReviewPassed", ("party_b", "administrator"), {"reference": "网审-1"}),
        ("ResourcesDeployed", ("party_b",), {}),
        ("SwitchoverCompleted", tuple(BOTH), {}),
    ]
    if disputes:
        choices.append(("LawsuitFiled", tuple(BOTH), {"dispute": rng.choice(disputes), "court": "人民法院"}))
        choices.append(("DisputeResolved", tuple(BOTH), {"dispute": rng.choice(disputes), "outcome": "和解"}))
    if persons:
        choices.append(("PersonnelReplaced", ("party_b",), {"person": rng.choice(persons), "handover_filed": True}))
    type_, by, data = rng.choice(choices)
    s.put(type_, rng.choice(by), data)


# --- corrections, retractions, contests -----------------------------------------------------------


def mention(s: Story, fact: Fact) -> str:
    return str(s.rng.choice((fact["id"], ref_of(fact))))


def altered(s: Story, fact: Fact) -> Data:
    """The data of a fact with something in them put right; what it introduces and is about stay."""
    rng = s.rng
    data: Data = deepcopy(fact["data"])
    if fact["type"] in ("InvoiceIssued", "PaymentMade", "DamagesAgreed", "DamagesSettled"):
        data["amount"] = s.sum(data["amount"])
    for key in ("effective_on", "ends_on", "exit_on", "deadline", "due_on", "to"):
        if key in data:
            day = date.fromisoformat(data[key]) + timedelta(days=rng.choice((-1, 0, 1, 5)))
            data[key] = max(day, date.fromisoformat(data.get("from", "2025-01-01"))).isoformat()
    if fact["type"] == "IncidentReported":
        data = {"incident": data["incident"], "kind": data["kind"], **common_measures(s), **measures(s, data["kind"])}
    if "availability" in data and "month" in data:
        data["availability"] = rng.choice(("99.98", "99.99"))
    for key in ("passed", "important"):
        if key in data and rng.random() < 0.5:
            data[key] = not data[key]
    if "consequence" in data:
        data["consequence"] = s.consequence()
    if "annual_fee" in data:
        data["annual_fee"] = rng.choice(("1200.00", "2400.02"))
    return data


def correct(s: Story) -> None:
    there = [f for f in s.alive() if f["type"] not in (*CONTROL, "ContractRegistered", "EvidenceExported")]
    if there:
        fact = s.rng.choice(there)
        data = {"target": mention(s, fact), "data": altered(s, fact), "reason": "笔误"}
        if s.rng.random() < 0.4:
            back = fact["day"] - timedelta(days=s.rng.choice((0, 1, 1, 3, 30)))
            data["on"] = back.isoformat() + s.rng.choice(("", "", "T00:00:00+08:00", "T12:30:00+08:00"))
        s.put("FactCorrected", fact["by"], data)


def correct_terms(s: Story) -> None:
    document = deepcopy(s.terms)
    document["periods"]["scale_out_days"] = s.rng.randint(1, 9)
    document["quality"]["availability"] = s.rng.choice(("99.9", "99.99"))
    s.put("FactCorrected", s.facts[0]["by"], {"target": "terms", "data": {"terms": document}, "reason": "笔误"})


def retract(s: Story) -> None:
    there = [f for f in s.alive() if f["type"] not in ("ContractRegistered", "FactRetracted", "EvidenceExported")]
    if there:
        fact = s.rng.choice(there)
        s.put("FactRetracted", fact["by"], {"target": mention(s, fact), "reason": "误录"})


def retract_retraction(s: Story) -> None:
    """What a retraction took away comes back, unless its identifier has been taken since."""
    for retraction in [f for f in heard(s.facts) if f["type"] == "FactRetracted"]:
        target = next(f for f in s.facts if names(retraction["data"]["target"], f))
        if target["type"] in INTRODUCES:
            kind, key = INTRODUCES[target["type"]]
            if target["data"][key] in s.known(kind):
                continue
        if target["type"] not in CONTROL:
            data = {"target": mention(s, retraction), "reason": "撤回有误"}
            return s.put("FactRetracted", retraction["by"], data)
    return None


def contest(s: Story) -> None:
    roles = ("party_a", "party_b", "party_a", "party_b", "supervisor", "administrator")
    alive = heard(s.facts)
    contested = [f for f in alive if f["type"] == "FactContested"]
    contested = [c for c in contested if any(names(c["data"]["target"], f) for f in alive)]
    if contested and s.rng.random() < 0.4:
        old = s.rng.choice(contested)
        on = s.happened(old["day"])
        return s.put("FactAcknowledged", old["by"], {"target": old["data"]["target"]}, on=on)
    fact = s.rng.choice([f for f in alive if f["type"] not in ("FactContested", "FactAcknowledged")])
    if fact["type"] == "ContractRegistered":
        return None
    by = s.rng.choice([role for role in roles if role != fact["by"]])
    return s.put("FactContested", by, {"target": mention(s, fact), "reason": "不认可"})


# --- courses of events: several facts that together open a ground or complete an item -------------


def a_year_of_b_incidents(s: Story) -> None:
    """Three B incidents, some agreed or linked, and perhaps a declaration."""
    s.plan += [incident_of_b, incident_of_b, s.rng.choice((incident_of_b, link)), incident_of_b]
    s.plan += s.rng.choice(([declare], [], [agree_grade], [link, declare]))


def incident_of_b(s: Story) -> None:
    grades = s.amended.get("grades", {}).get("outage")
    if grades is None:
        return report_incident(s)
    bounds = grades["B"]
    over = Decimal(bounds["systems_share_over"]) + Decimal("0.01")
    data = {"incident": s.new("incident"), "kind": "outage", "scope": "platform", "systems_share": str(over)}
    data.update(people_affected=bounds["people_from"], economic_loss=bounds["loss_from"])
    return s.put("IncidentReported", s.rng.choice(BOTH), {**data, "duration_minutes": grades["minutes"]})


def notice_of(by: str, ground: str) -> Callable[[Story], None]:
    def issue(s: Story) -> None:
        data = {"notice": s.new("notice"), "ground": ground, "demand": "限期整改", "deadline": s.soon(most=12)}
        s.put("RectificationNoticeIssued", by, data)

    return issue


def unheeded(s: Story) -> None:
    """What supports a ground under 10.4, in part or in whole, a notice of it, and what may follow."""
    ground = s.rng.choice(
        ("unheeded-supervisor-notices", "absent-key-personnel", "understaffed", "dual-active-refused")
    )
    supports: dict[str, list[Callable[[Story], None]]] = {
        "unheeded-supervisor-notices": [notice_of("supervisor", "patching")] * 2 + [incident_of_b, answer_notice],
        "absent-key-personnel": [announce, absent],
        "understaffed": [report_staffing, report_staffing, report_staffing],
        "dual-active-refused": [dual_active, dual_active],
    }
    ground = s.rng.choice(sorted(supports))
    s.plan += [*supports[ground], notice_of("party_a", ground)]
    s.plan += s.rng.choice(([answer_notice], [answer_notice, answer_notice], [retract], [answer_notice, declare], []))
    if s.rng.random() < 0.5:
        s.plan.append(lambda s: declare_under(s, "10.4"))


def declare_under(s: Story, clause: str) -> None:
    s.put("TerminationDeclared", "party_a", {"clause": clause})


def complaints(s: Story) -> None:
    """A shortfall and three complaints, in any order."""
    course = [complain, complain, complain, report_availability]
    s.rng.shuffle(course)
    s.plan += course


def outages(s: Story) -> None:
    """Several outages of one system."""
    known = s.known("system")
    if known:
        system = s.rng.choice(known)

        def outage(s: Story) -> None:
            minutes = s.rng.choice((1, 60, 119, 120, 200, 240))
            data = {"incident": s.new("incident"), "kind": "outage", "scope": "system", "duration_minutes": minutes}
            if system in s.known("system"):
                data["system"] = system
            s.put("IncidentReported", s.rng.choice(BOTH), {**data, **some(s, {"root_cause": "cause-5"}, 0.3)})

        s.plan += [outage, outage, s.rng.choice((outage, link)), outage]
        s.plan += s.rng.choice(([agree_damages], [agree_grade], []))


def late_scale_out(s: Story) -> None:
    def warn(s: Story) -> None:
        request = s.pick("scale-out")
        if request is not None:
            about = s.rng.choice((request["data"]["request"], request["id"], ref_of(request)))
            data = {"notice": s.new("notice"), "ground": "scale-out", "demand": "限期扩容", "deadline": s.soon(most=9)}
            s.put("RectificationNoticeIssued", "administrator", {**data, "about": about}, after=request)

    s.plan += [request_scale_out, warn, s.rng.choice((complete_request, warn, answer_notice))]


def whole_order(s: Story) -> None:
    """Hardening and scanning by the dozen."""
    s.plan += [perform] * s.rng.randint(2, 6)


def billing(s: Story) -> None:
    """An invoice and its payment, in one piece or more, and what may go wrong with them."""
    s.plan += [*s.rng.choice(([review], [])), invoice, pay]
    s.plan += s.rng.choice(([], [pay], [return_payment], [void], [return_payment, pay], [correct]))


def errands(s: Story) -> None:
    """Something asked for and done."""
    s.plan += s.rng.choice(([request_other, complete_request], [request_scale_out, complete_request]))
    s.plan += s.rng.choice(([], [acceptance, acceptance, acceptance], [issue_notice, answer_notice]))


def exit_course(s: Story) -> None:
    s.plan += [request_exit, about_exit, s.rng.choice((about_exit, request_exit, invoice))]


def proposal_course(s: Story) -> None:
    s.plan += [propose, answer]


def damages_course(s: Story) -> None:
    s.plan += [agree_damages, s.rng.choice((agree_damages, link, correct, retract))]


WEIGHTS: tuple[tuple[Callable[[Story], None], float], ...] = (
    (sign, 0.5), (start_lease, 0.3), (plain("TrialRunStarted", ("party_a", "party_b")), 0.7), (amend, 2.5),
    (agree_reading, 1.5), (propose, 1), (answer, 2), (declare, 1.5), (request_exit, 0.7), (about_exit, 1.5),
    (plain("SwitchoverCompleted", ("party_a", "party_b")), 0.3), (invoice, 3), (void, 1), (pay, 4),
    (return_payment, 1.5), (agree_damages, 1.5), (plain("ResourcesDeployed", ("party_b",)), 1), (review, 2),
    (register_system, 2), (test_system, 1), (acceptance, 3), (perform, 1), (report_incident, 11),
    (assess_incident, 4), (link, 4), (agree_grade, 1.5), (issue_notice, 5), (answer_notice, 4), (announce, 1.5),
    (absent, 1.5), (report_staffing, 2), (dual_active, 1.5), (report_availability, 6), (report_service_level, 5),
    (record_absence, 3), (assess_month, 2), (assess_three_months, 1), (complain, 2), (request_scale_out, 1.5),
    (complete_request, 3), (request_other, 2), (side_fact, 3), (correct, 5), (correct_terms, 0.2), (retract, 4),
    (retract_retraction, 0.7), (contest, 5), (a_year_of_b_incidents, 1.5), (unheeded, 4), (complaints, 1),
    (outages, 1.5), (late_scale_out, 1), (whole_order, 1), (exit_course, 0.5), (proposal_course, 0.8),
    (damages_course, 1), (billing, 2.5), (errands, 2),
)  # fmt: skip


def prologue(s: Story) -> None:
    """Most contracts are signed, begin, and know a system or two."""
    if s.rng.random() < 0.93:
        for party in s.rng.sample(BOTH, 2):
            s.put("ContractSigned", party, {"party": party})
            s.advance()
    for _ in range(s.rng.randint(0, 3)):
        register_system(s)
    if s.rng.random() < 0.4:
        s.put("TrialRunStarted", s.rng.choice(BOTH), {})
        s.advance()
    if s.rng.random() < 0.92:
        start_lease(s)


def random_history(
    rng: random.Random, size: int, *, span_days: int | None = None, is_working_day: Callable[[date], bool] = weekdays
) -> list[Fact]:
    """About `size` envelopes over about `span_days` days (else 200 to 900) from November 2025, the
    registration first."""
    story = Story(rng, size, span_days or rng.choice((200, 400, 600, 900)), is_working_day)
    prologue(story)
    happenings, weights = [h for h, _ in WEIGHTS], [w for _, w in WEIGHTS]
    for _ in range(20 * size):
        if len(story.facts) >= size:
            break
        story.advance()
        if story.plan and rng.random() < 0.6:
            story.plan.pop(0)(story)
        else:
            rng.choices(happenings, weights)[0](story)
    return story.facts


# --- questions ------------------------------------------------------------------------------------


def telling_days(facts: list[Fact]) -> list[date]:
    """The days around which something may change: of facts and of the dates in their data, a day, months,
    years later."""
    named = [value for f in facts for value in f["data"].values() if isinstance(value, str) and len(value) == 10]
    days = {day_of(f["on"]) for f in facts}
    for text in named:
        try:
            days.add(date.fromisoformat(text))
        except ValueError:
            continue
    later = {corresponding_day(day, months) for day in days for months in (1, 2, 3, 6, 12, 18)}
    return sorted({day + timedelta(days=n) for day in days | later for n in (-1, 0, 1)})


def random_question(rng: random.Random, facts: list[Fact]) -> dict[str, Any]:
    """`as_of`, `known_at`, `as_seen_by` and `readings` for `conclude`."""
    readings = {name: rng.choice(READINGS[name]) for name in rng.sample(sorted(READINGS), rng.choice((0, 0, 1, 1, 3)))}
    last = max(day_of(f["on"]) for f in facts)
    near = [day for day in telling_days(facts) if day <= last]
    as_of = rng.choice(near if rng.random() < 0.7 else telling_days(facts))
    return {
        "as_of": as_of,
        "known_at": None if rng.random() < 0.7 else rng.choice(facts)["recorded_at"],
        "as_seen_by": rng.choice((None, None, None, "party_a", "party_b", "supervisor")),
        "readings": readings,
    }
