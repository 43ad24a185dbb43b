"""The contract of a random history, and the story told of it so far."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ledger.domain.admission import AdmissionState, Admitted, admit
from ledger.domain.calendar import parse_on, parse_utc
from ledger.domain.errors import Refusal
from ledger.domain.fact_data import parse_data
from tests.oracle_facts import BEIJING, CONTROL, INTRODUCES, READINGS, Fact, corresponding_day
from tests.oracle_standing import Standing, heard, with_subjects

CONTRACTS = Path(__file__).parents[2] / "contracts"
BOTH = ["party_a", "party_b"]
Data = dict[str, Any]


def weekdays(day: date) -> bool:
    """The default calendar of the generator: every weekday is a working day."""
    return day.weekday() < 5


# --- terms ----------------------------------------------------------------------------------------


@cache
def shipped(name: str) -> Data:
    return tomllib.loads((CONTRACTS / f"{name}.toml").read_text(encoding="utf-8"))


def registered(name: str) -> Data:
    """A document of contracts/, its dates as text."""
    document = deepcopy(shipped(name))
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
        payment["instalments"][1]["requires"] = rng.choice((["stage-review"], ["deployment", "stage-review"]))
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
    if rng.random() < 0.4:
        say_otherwise(rng, document)
    return document


def say_otherwise(rng: random.Random, document: Data) -> None:
    """What other contracts of the kind say: the term by billing or from day to day, acceptances by name, scale-out in
    working days, floors of systems."""
    kind = rng.random()
    if kind < 0.4:
        document["term"]["starts_with"] = "billing"
    elif kind < 0.8:
        start = date(2025, 11, 15) + timedelta(days=rng.randint(0, 60))
        end = corresponding_day(start, document["term"]["months"]) - timedelta(days=rng.choice((0, 1, 30)))
        document["term"] |= {"starts_on": start.isoformat(), "ends_on": end.isoformat()}
    if rng.random() < 0.6:
        requires = rng.choice((["preliminary-acceptance"], ["acceptance"], ["deployment", "acceptance"]))
        document["payment"]["instalments"][1]["requires"] = requires
    if rng.random() < 0.5:
        del document["periods"]["scale_out_days"]
        document["periods"]["scale_out_working_days"] = rng.randint(1, 7)
    if rng.random() < 0.5 and "quality" in document:
        floors = rng.choice(({"availability": "99.98"}, {"data_reliability": "99.9999", "availability": "99.99"}))
        document["quality"]["systems"] = [{"system": "system-1", **floors}]


# --- the builder ----------------------------------------------------------------------------------


class Story:
    """One history as it is told: the facts so far, the recording clock, and days worth being near to."""

    def __init__(
        self, rng: random.Random, size: int, span_days: int, is_working_day: Callable[[date], bool],
        terms: Data | None = None,
    ) -> None:  # fmt: skip
        self.rng, self.size, self.is_working_day = rng, size, is_working_day
        self.step = span_days / max(1, size)
        self.now = datetime(2025, 11, rng.randint(10, 20), 1, tzinfo=UTC)
        self.marks: set[date] = set()
        self.plan: list[Callable[[Story], None]] = []  # what is to happen next, in this order
        self.terms = terms or random_terms(rng)
        self.contract: str = self.terms["contract"]["id"]
        self.facts: list[Fact] = []
        self.admitted = AdmissionState(self.contract)
        self.refused: list[tuple[str, str]] = []
        self.items: Callable[[], set[str]] = set
        self.found: dict[str, Any] = {}
        self.counter = 0
        self.amended = deepcopy(self.terms)
        registration = {"type": "ContractRegistered", "on": self.today().isoformat(), "by": rng.choice(BOTH)}
        self.admit({**registration, "ref": "terms", "data": {"terms": self.terms}})

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

    def once(self, name: str, find: Callable[[], Any]) -> Any:
        """What is found of the facts so far, found once until there are more."""
        if name not in self.found:
            self.found[name] = find()
        return self.found[name]

    def standing(self) -> Standing:
        standing: Standing = self.once("standing", lambda: Standing(list(self.facts)))
        return standing

    def heard(self) -> list[Fact]:
        return list(self.once("heard", lambda: heard(self.facts)))

    def alive(self) -> list[Fact]:
        return list(self.once("alive", lambda: with_subjects(self.heard())))

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

    def put(
        self, type_: str, by: str, data: Data, *, on: str | None = None, after: Fact | None = None,
        documents: float | None = None,
    ) -> None:  # fmt: skip
        """Record one fact if it is admitted; `after`: mostly not before the day of that one. Now and then a party says
        what another did (SPEC 2.1), and some facts carry a document, with a chance of `documents`."""
        rng, seq = self.rng, len(self.facts) + 1
        fact: Fact = {"type": type_, "on": on or self.happened(after["day"] if after else None), "by": by}
        if rng.random() < 0.12 and type_ not in (*CONTROL, "EvidenceExported", "DocumentAttached"):
            fact["by"] = rng.choice(BOTH)
            if fact["by"] != by:
                fact["actor"] = by
        if rng.random() < 0.7:
            fact["ref"] = f"r{seq}"
        fact["data"] = data
        both = "confirmed_by" in data or type_ == "JudgmentEntered"
        if rng.random() < (documents if documents is not None else 0.75 if both else 0.12):
            digest = f"{rng.getrandbits(256):064x}"
            fact["documents"] = [{"sha256": digest, "name": "附件.pdf", "media_type": "application/pdf"}]
        self.admit(fact)

    def admit(self, fact: Fact) -> None:
        """Record a fact as the ledger would, or not at all."""
        at = self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        seq = len(self.facts) + 1
        if seq == 1:
            moment, what = parse_on(fact["on"]), parse_data(fact["type"], fact["data"])
            said = fact["by"]
            told = Admitted(fact["type"], fact["on"], moment.day, moment.at, said, "terms", what, (), said)
        else:
            try:
                answer = admit(fact, self.admitted, now=parse_utc(at), known_items=self.items)
            except Refusal as refused:
                self.refused.append((fact["type"], refused.code))
                return
            if not isinstance(answer, Admitted):
                return
            told = answer
        self.admitted.add(told)
        if seq > 1 and self.rng.random() < 0.06:  # who held the key or token then, where it is known
            fact = {**fact, "recorded_roles": [self.rng.choice((*BOTH, *BOTH, "supervisor", fact["by"]))]}
        self.facts.append({**fact, "seq": seq, "id": f"{self.contract}#{seq}", "recorded_at": at})
        self.found.clear()
        self.now += timedelta(milliseconds=self.rng.choice((0, 0, 1, 1000)))

    def system(self) -> Data:
        """A `system`, or none."""
        known = self.known("system")
        return {"system": self.rng.choice(known)} if known and self.rng.random() < 0.8 else {}

    def causes(self) -> Data:
        """The incidents that a report names, or none."""
        known = self.known("incident")
        if not known or self.rng.random() < 0.5:
            return {}
        return {"incidents": sorted(self.rng.sample(known[-4:], min(len(known[-4:]), self.rng.randint(1, 2))))}

    def consequence(self) -> str:
        return self.rng.choice(("none", "problem", "problem", "major", "major"))

    def month(self) -> str:
        """A month of late, that is over."""
        return corresponding_day(self.today(), -self.rng.choice((1, 1, 1, 2, 3))).isoformat()[:7]

    def told(self, month: str) -> str:
        """When a month is reported: on its last day at the earliest, on the day itself mostly."""
        last = corresponding_day(date.fromisoformat(month + "-01"), 1) - timedelta(days=1)
        late = timedelta(days=self.rng.choice((0, 1, 1, 2, 5, 30)))
        return min(max(last, last + late), self.today()).isoformat()

    def sum(self, most: str) -> str:
        """A sum up to, at and just over another."""
        top = Decimal(most)
        return str(self.rng.choice((top, top, top / 2, top / 4, top + Decimal("0.01"))).quantize(Decimal("0.01")))
