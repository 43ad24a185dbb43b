"""Given what happened, as of a day, then these conclusions: the language of the rules' tests.

``given(signed, lease_started("2025-12-01")).as_of("2026-05-01").then(phase("in_service"))``. Histories are
admitted fact by fact as the ledger admits them, so only what can be recorded is tested; answers come from
``ledger.projections.status``. Facts are named by their ``ref``, here and in what is expected.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ledger.domain.admission import AdmissionState, Admitted, admit
from ledger.domain.calendar import BEIJING, Calendar, parse_on
from ledger.domain.fact import Fact
from ledger.domain.fact_data import parse_data
from ledger.domain.moments import MINUTE
from ledger.domain.terms import document_json
from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.status import every_view, status
from tests.happenings import Happening

CONTRACT = "CU12-1101-2025-018605"
CONTRACTS = Path(__file__).parent.parent / "contracts"
TERMS = CONTRACTS / "cu12-1101-2025-018605.toml"
SECOND = 1_000_000  # µs
REGISTERED = "2020-01-01"
Step = Happening | Iterable["Step"]


@cache
def _document() -> dict[str, Any]:
    return document_json(tomllib.loads(TERMS.read_text(encoding="utf-8")))


def terms(**changes: Any) -> dict[str, Any]:
    """This contract's terms with some values changed, ``__`` for a dot (``term__months=24``); None takes out."""
    return changed(_document(), changes)


def changed(of: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a document of terms, changed as :func:`terms` says."""
    document = dict(deepcopy(of))
    for dotted, value in changes.items():
        *tables, key = dotted.split("__")
        table = document
        for name in tables:
            table = table[name]
        if value is None:
            del table[key]
        else:
            table[key] = value
    return document


def three_year_terms() -> dict[str, Any]:
    """The terms of the three-year example, under this contract's id."""
    text = (CONTRACTS / "three-year-example.toml").read_text(encoding="utf-8")
    document = document_json(tomllib.loads(text))
    document["contract"]["id"] = CONTRACT
    return document


def _flat(steps: Iterable[Step]) -> Iterable[Happening]:
    for step in steps:
        if isinstance(step, Happening):
            yield step
        else:
            yield from _flat(step)


@dataclass(frozen=True)
class Answer:
    """What the ledger concludes; fact ids come out as refs."""

    status: dict[str, Any]
    refs: Mapping[str, str]

    def then(self, *expected: Callable[[Answer], None]) -> Answer:
        for expect in expected:
            expect(self)
        return self

    def named(self, ids: Iterable[str]) -> list[str]:
        return [self.refs[id_] for id_ in ids]

    def obligation(self, id_: str) -> dict[str, Any] | None:
        duty = next((one for one in self.status["obligations"] if one["id"] == id_), None)
        if duty is None:
            return None
        return duty | {key: self.named(duty[key]) for key in ("raised_by", "settled_by")}

    def grounds(self, clause: str) -> list[dict[str, Any]]:
        listed = [one for one in self.status["termination"]["grounds"] if one["clause"] == clause]
        return [one | {"because": self.named(one["because"])} for one in listed]

    def items(self) -> dict[str, dict[str, Any]]:
        listed = self.status["damages"]["items"]
        return {
            one["id"]: one
            | {
                "because": self.named(one["because"]),
            }
            for one in listed
        }

    def anomalies(self) -> list[tuple[str, str, str]]:
        return [(one["code"], self.refs[one["fact"]], one["on"]) for one in self.status["anomalies"]]


class History:
    """What was recorded, fact by fact."""

    def __init__(self, document: dict[str, Any] | None = None) -> None:
        self.facts: list[Fact] = []
        document = document or _document()
        self.contract = document["contract"]["id"]
        self.known = AdmissionState(self.contract)
        moment = parse_on(REGISTERED)
        self._now = moment.at
        what = parse_data("ContractRegistered", {"terms": document})
        self._append(
            Admitted("ContractRegistered", REGISTERED, moment.day, moment.at, "party_a", "terms", what, (), "party_a")
        )

    def _append(self, told: Admitted) -> None:
        seq = len(self.facts) + 1
        prev = self.facts[-1].digest if self.facts else "0" * 64
        digest = hashlib.sha256(f"{prev}{told}".encode()).hexdigest()
        ref = told.ref or str(seq)
        fact = Fact(
            self.contract, seq, f"{self.contract}#{seq}", ref, told.type, told.on, told.day, told.at, told.by,
            told.what, told.documents, self._now, "test", seq, digest, prev, None, told.actor,
        )  # fmt: skip
        self.facts.append(fact)
        self.known.add(fact)

    def record(self, *steps: Step) -> History:
        """Record each at its own moment, an incident when it is over, or at the one it states; time never goes back."""
        for step in _flat(steps):
            lasted = 0 if step.recorded else int(Decimal(step.data.get("duration_minutes") or 0) * MINUTE)
            moment = parse_on(step.recorded or step.on).at + lasted + SECOND
            self._now = max(self._now + 1, moment)
            envelope = {"type": step.type, "on": step.on, "by": step.by, "data": step.data}
            if step.actor is not None:
                envelope["actor"] = step.actor
            if step.ref is not None:
                envelope["ref"] = step.ref
            if step.documents:
                envelope["documents"] = list(step.documents)
            told = admit(envelope, self.known, now=self._now, known_items=self._items)
            assert isinstance(told, Admitted), f"{step} repeats an earlier fact"
            self._append(told)
        return self

    def _items(self) -> set[str]:
        day = _beijing_day(self._now)
        machines = every_view(self.facts, calendar_at(self._now), day)
        clauses = self.known.template.clauses
        return {
            id_ for machine in machines for one in clauses if one.items is not None for id_ in one.items(machine, day)
        }

    def known_by(self, moment: int) -> list[Fact]:
        return [fact for fact in self.facts if fact.recorded_at <= moment]

    def as_of(
        self, day: str, *, known_at: str | None = None, as_seen_by: str | None = None,
        reading: Mapping[str, str] | None = None, sensitivity: bool = False,
    ) -> Answer:  # fmt: skip
        """The answer as of a day; ``known_at`` a day's start or a moment, else everything recorded."""
        moment = self._now if known_at is None else parse_on(known_at).at
        answer = status(Basis(
            self.known_by(moment), calendar_at(moment), date.fromisoformat(day), moment, as_seen_by, reading or {},
            sensitivity,
        ))  # fmt: skip
        return Answer(answer, {fact.id: fact.ref for fact in self.facts})


def _beijing_day(moment: int) -> date:
    return datetime.fromtimestamp(moment / SECOND, BEIJING).date()


@cache
def _calendar_known_by(day: date) -> Calendar:
    return shipped_calendar().known_by(day)


def calendar_at(moment: int) -> Calendar:
    """The notices known at a moment."""
    return _calendar_known_by(_beijing_day(moment))


def given(*steps: Step, under: dict[str, Any] | None = None) -> History:
    """The contract registered under its own terms, or others, and what happened since."""
    return History(under).record(*steps)


# -- what is expected -------------------------------------------------------------------------------

Expectation = Callable[[Answer], None]


def _holds(what: str, got: Any, expected: Any) -> None:
    assert got == expected, f"{what} is {got!r}, expected {expected!r}"


def phase(expected: str) -> Expectation:
    return lambda answer: _holds("phase", answer.status["phase"], expected)


def _section(name: str, **expected: Any) -> Expectation:
    def check(answer: Answer) -> None:
        _holds(name, {key: answer.status[name][key] for key in expected}, expected)

    return check


def term(**expected: Any) -> Expectation:
    return _section("term", **expected)


def balance(**expected: Any) -> Expectation:
    return _section("balance", **expected)


def exit_is(request: str | None, permitted: bool | None, earliest_exit_on: str | None) -> Expectation:
    return _section("exit", request=request, permitted=permitted, earliest_exit_on=earliest_exit_on)


def obligation(id_: str, state: str, **expected: Any) -> Expectation:
    def check(answer: Answer) -> None:
        duty = answer.obligation(id_)
        assert duty is not None, f"there is no obligation {id_}"
        _holds(id_, {key: duty[key] for key in ("state", *expected)}, {"state": state, **expected})

    return check


def no_obligation(id_: str) -> Expectation:
    return lambda answer: _holds(id_, answer.obligation(id_), None)


def grade(name: str, expected: str | None) -> Expectation:
    return lambda answer: _holds(f"the grade of {name}", answer.status["incidents"]["grades"].get(name), expected)


def counts(**expected: int) -> Expectation:
    """a_count, b_count_rolling_year, window, counted, excluded, grades."""
    return _section("incidents", **expected)


def b_count(expected: int) -> Expectation:
    return counts(b_count_rolling_year=expected)


def excluded(*expected: tuple[str, str, str | None]) -> Expectation:
    def check(answer: Answer) -> None:
        listed = [(e["incident"], e["reason"], e["counted_as"]) for e in answer.status["incidents"]["excluded"]]
        _holds("excluded", listed, list(expected))

    return check


def counted(*expected: tuple[str, str, str, list[str]]) -> Expectation:
    def check(answer: Answer) -> None:
        listed = [(c["incident"], c["grade"], c["on"], c["members"]) for c in answer.status["incidents"]["counted"]]
        _holds("counted", listed, list(expected))

    return check


def termination_is(state: str, *declared: tuple[str, str, str | None]) -> Expectation:
    """The state of the right under article 10, and every declaration as (ref, on, served_on)."""

    def check(answer: Answer) -> None:
        told = answer.status["termination"]
        listed = [(answer.refs[one["fact"]], one["on"], one["served_on"]) for one in told["declared"]]
        _holds("termination", (told["state"], listed), (state, list(declared)))

    return check


def headroom(expected: int | None) -> Expectation:
    return lambda answer: _holds("headroom", answer.status["termination"]["headroom"], {"b_incidents": expected})


def grounds(*expected: tuple[str, str, str]) -> Expectation:
    """Every ground as (clause, arose_on, state)."""

    def check(answer: Answer) -> None:
        listed = [(g["clause"], g["arose_on"], g["state"]) for g in answer.status["termination"]["grounds"]]
        _holds("grounds", listed, list(expected))

    return check


def ground(clause: str, state: str, **expected: Any) -> Expectation:
    """The only ground of a clause."""

    def check(answer: Answer) -> None:
        [one] = answer.grounds(clause)
        _holds(clause, {key: one[key] for key in ("state", *expected)}, {"state": state, **expected})

    return check


def termination_allowed_under(clause: str) -> Expectation:
    def check(answer: Answer) -> None:
        assert answer.status["termination"]["allowed"] is True
        assert any(one["state"] == "open" for one in answer.grounds(clause)), f"no ground of {clause} is open"

    return check


def termination_not_allowed(answer: Answer) -> None:
    assert answer.status["termination"]["allowed"] is False
    assert all(one["state"] != "open" for one in answer.status["termination"]["grounds"])


def accrued(expected: str) -> Expectation:
    return _section("damages", accrued=expected)


def settled(expected: str) -> Expectation:
    return _section("damages", settled=expected)


def deductible(expected: str) -> Expectation:
    return _section("damages", deductible=expected)


def items(**expected: Any) -> Expectation:
    """Exactly these items, by id with ``_`` for ``-`` and ``__`` for ``:``, and their amounts."""
    return items_are({key.replace("__", ":").replace("_", "-"): value for key, value in expected.items()})


def items_are(expected: Mapping[str, str | None]) -> Expectation:
    """Exactly these items, by id, and their amounts."""
    return lambda answer: _holds("items", {id_: one["amount"] for id_, one in answer.items().items()}, dict(expected))


def item(id_: str, **expected: Any) -> Expectation:
    def check(answer: Answer) -> None:
        one = answer.items().get(id_)
        assert one is not None, f"there is no item {id_}, only {sorted(answer.items())}"
        _holds(id_, {key: one[key] for key in expected}, expected)

    return check


def no_items(answer: Answer) -> None:
    _holds("items", sorted(answer.items()), [])


def anomalies(*expected: tuple[str, str, str]) -> Expectation:
    """Exactly these anomalies, as (code, ref, day)."""
    return lambda answer: _holds("anomalies", answer.anomalies(), list(expected))


no_anomalies = anomalies()


def contests(*refs: str) -> Expectation:
    return lambda answer: _holds("contested", answer.named(answer.status["contested"]), list(refs))


def debt(id_: str, state: str, **expected: Any) -> Expectation:
    """A debt and its time, ``restarted_by`` by refs."""

    def check(answer: Answer) -> None:
        found = next((one for one in answer.status["limitation"] if one["debt"] == id_), None)
        assert found is not None, f"nothing is owed as {id_}"
        told = found | {"restarted_by": answer.named(found["restarted_by"])}
        _holds(id_, {key: told[key] for key in ("state", *expected)}, {"state": state, **expected})

    return check


def debts(*expected: str) -> Expectation:
    """Exactly these debts, in this order."""
    return lambda answer: _holds("debts", [one["debt"] for one in answer.status["limitation"]], list(expected))


def changes_on(day: str, *paths: str) -> Expectation:
    """Exactly these paths change on a day to come."""

    def check(answer: Answer) -> None:
        _holds(f"changes on {day}", [c["what"] for c in answer.status["next_changes"] if c["on"] == day], list(paths))

    return check
