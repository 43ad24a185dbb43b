"""The register of a contract's facts as a person looks through it: searched, filtered, counted by facet, sorted."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

from api.components import Components
from api.parameters import Parameter, choice, number, text
from api.response_cache import question_key
from ledger.bilingual import phrase
from ledger.domain.fact import ROLES, TYPES, Fact
from ledger.domain.fact_data import data_json
from ledger.domain.moments import parse_on
from ledger.service import Ledger, Question

PAGE = 100  # facts
MOST_KEPT = 100_000  # entries remembered, some 600 bytes each
STANDINGS = ("record", "claim", "contested", "corrected", "retracted", "on-behalf")
LATE = ("1", "7", "30")  # days, at least


def _day(given: str) -> date:
    return parse_on(given.strip()).day


def _on(name: str) -> Parameter:
    return Parameter(name, {"type": "string", "format": "date"}, _day, wanted=phrase("wanted.day"))


TAKES = (
    text("q", 200), choice("fact_type", *TYPES), choice("by", *ROLES), text("recorder", 128),
    choice("standing", *STANDINGS), choice("late", *LATE), _on("first"), _on("last"),
    choice("sort", "seq", "-seq", "on", "-on"), number("page", 1, 10**6),
)  # fmt: skip
FACETS = ("fact_type", "by", "recorder", "standing", "late")


class RegisterEntry(NamedTuple):
    """A fact with what the register tells of it, and why it is a claim ("" where it is of record)."""

    fact: Fact
    told: Mapping[str, Any]
    claim: str

    @property
    def standings(self) -> tuple[str, ...]:
        fact, told = self.fact, self.told
        found = ["claim" if self.claim else "record"]
        found += ["contested"] if told["contested_by"] else []
        found += ["corrected"] if told["corrected_by"] else []
        found += ["retracted"] if told["retracted_by"] else []
        found += ["on-behalf"] if fact.on_behalf else []
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the entries that fit, how many fit and how many there are, and the facets of those that fit."""

    entries: list[RegisterEntry]
    fitting: int
    total: int
    page: int
    facets: dict[str, list[tuple[str, int]]]

    @property
    def pages(self) -> int:
        return max(1, -(-self.fitting // PAGE))


class ContractRegister:
    """Every fact that a question counts, in order of seq, and what is looked up or counted of all of them once."""

    def __init__(self, entries: Sequence[RegisterEntry]) -> None:
        self.entries = entries

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        return {entry.fact.id: entry.fact for entry in self.entries}

    @cached_property
    def facets(self) -> dict[str, list[tuple[str, int]]]:
        return {name: _counted(name, self.entries) for name in FACETS}

    def entry(self, seq: int) -> RegisterEntry | None:
        """The entry of a fact; None where the question does not count it."""
        place = bisect_left(self.entries, seq, key=lambda entry: entry.fact.seq)
        found = self.entries[place] if place < len(self.entries) else None
        return found if found is not None and found.fact.seq == seq else None

    def look_through(self, asked: Mapping[str, Any]) -> Found:
        """What fits ``asked``, values of TAKES by name; a facet counts what fits all the others.

        Where nothing narrows it, a page costs what it shows, however many facts there are.
        """
        fitting: Sequence[RegisterEntry]
        narrowed, order = any(name in _TESTS for name in asked), str(asked.get("sort", "-seq"))
        if narrowed or order.endswith("on"):
            fitting = fitting_of(self.entries, asked)
            facets = {name: _counted(name, fitting) for name in FACETS}
        else:
            fitting, facets = self.entries, self.facets
        page = min(int(asked.get("page", 1)), max(1, -(-len(fitting) // PAGE)))
        first, last = (page - 1) * PAGE, page * PAGE
        if fitting is self.entries and order[0] == "-":
            count = len(fitting)
            shown = [*fitting[max(0, count - last) : count - first]][::-1]
        else:
            shown = [*fitting[first:last]]
        return Found(shown, len(fitting), len(self.entries), page, facets)


class Registers:
    """The registers looked through last, each for as long as nothing it rests on has changed."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], ContractRegister] = OrderedDict()
        self._lock = Lock()

    def of(self, components: Components, contract: str, question: Question) -> ContractRegister:
        """The register of a contract; made where it is not remembered."""
        key = contract, components.responses.state(contract, question)[0], *question_key(question)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = ContractRegister(_entries(components.ledger, contract, question))
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > 1 and sum(len(one.entries) for one in self._kept.values()) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made


def _entries(ledger: Ledger, contract: str, question: Question) -> list[RegisterEntry]:
    claims = ledger.claims_of(contract, question)
    lines = ledger.register_lines(contract, question)
    return [RegisterEntry(fact, told, claims.get(fact.id, "")) for fact, told in lines]


def fitting_of(listed: Sequence[RegisterEntry], asked: Mapping[str, Any]) -> list[RegisterEntry]:
    """Everything that fits, in the order asked for."""
    tests = [_TESTS[name](value) for name, value in asked.items() if name in _TESTS]
    fitting = [entry for entry in listed if all(test(entry) for test in tests)]
    order = str(asked.get("sort", "-seq"))
    by_day = order.endswith("on")
    fitting.sort(key=lambda one: (one.fact.at, one.fact.seq) if by_day else (one.fact.seq, 0), reverse=order[0] == "-")
    return fitting


def _counted(facet: str, fitting: Iterable[RegisterEntry]) -> list[tuple[str, int]]:
    if facet == "late":
        days = [entry.fact.days_late for entry in fitting]
        return [(least, count) for least in LATE if (count := sum(one >= int(least) for one in days))]
    if facet == "standing":
        counts = Counter(one for entry in fitting for one in entry.standings)
        return [(one, counts[one]) for one in STANDINGS if counts[one]]
    value: Callable[[Fact], str] = {
        "fact_type": lambda fact: fact.type, "by": lambda fact: fact.by, "recorder": lambda fact: fact.recorded_by,
    }[facet]  # fmt: skip
    return Counter(value(entry.fact) for entry in fitting).most_common()


def _searched(wanted: str) -> Callable[[RegisterEntry], bool]:
    """Every word of it stands in the fact's number, ref, names or data."""
    words = wanted.casefold().split()

    def test(entry: RegisterEntry) -> bool:
        fact, row = entry.fact, TYPES[entry.fact.type]
        said = f"{fact.id} {fact.ref} {row.zh} {row.en} {row.name} {fact.on} {fact.recorded_by}"
        documents = " ".join(one.name for one in fact.documents)
        whole = f"{said} {documents} {json.dumps(data_json(fact.what), ensure_ascii=False)}".casefold()
        return all(word in whole for word in words)

    return test


_TESTS: dict[str, Callable[[Any], Callable[[RegisterEntry], bool]]] = {
    "q": _searched,
    "fact_type": lambda wanted: lambda entry: entry.fact.type == wanted,
    "by": lambda wanted: lambda entry: entry.fact.by == wanted,
    "recorder": lambda wanted: lambda entry: entry.fact.recorded_by == wanted,
    "standing": lambda wanted: lambda entry: wanted in entry.standings,
    "late": lambda wanted: lambda entry: entry.fact.days_late >= int(wanted),
    "first": lambda wanted: lambda entry: entry.fact.day >= wanted,
    "last": lambda wanted: lambda entry: entry.fact.day <= wanted,
}
