"""The register of a contract's facts: searched, filtered, counted by facet, sorted, page by page.

Unfiltered and in the order of recording, a page costs only what it shows, however many facts there are
(:class:`ledger.registers.Registers`). A filter, the order of occurrence or another day reads every fact once; the
result is cached until something is recorded.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any

from api.components import Components
from api.parameters import Parameter, choice, number, text
from api.response_cache import question_key
from ledger.bilingual import phrase
from ledger.domain.fact import ROLES, TYPES
from ledger.domain.fact_data import data_json
from ledger.domain.moments import parse_on
from ledger.projections.clauses import named
from ledger.projections.register import CLAIM, LATE, STANDINGS, Counts, RegisterEntry, counted
from ledger.service import Question

PAGE = 100  # facts
MOST_KEPT = 100_000  # entries cached, some 600 bytes each


def _day(given: str) -> date:
    return parse_on(given.strip()).day


def _on(name: str) -> Parameter:
    return Parameter(name, {"type": "string", "format": "date"}, _day, wanted=phrase("wanted.day"))


TAKES = (
    text("q", 200), text("under", 80), choice("fact_type", *TYPES), choice("by", *ROLES), text("recorder", 128),
    choice("standing", *STANDINGS), choice("late", *map(str, LATE)), _on("first"), _on("last"),
    choice("sort", "seq", "-seq", "on", "-on"), number("page", 1, 10**6),
)  # fmt: skip
FACETS = ("fact_type", "by", "recorder", "standing", "late")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of matching entries, the numbers of matching and of all entries, and the facets of the matching ones."""

    entries: list[RegisterEntry]
    fitting: int
    total: int
    page: int
    facets: dict[str, list[tuple[str, int]]]

    @property
    def pages(self) -> int:
        return max(1, -(-self.fitting // PAGE))


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The matching entries in the order asked for, the number of all, and the counts by facet."""

    entries: list[RegisterEntry]
    total: int
    counts: Counts


class FactRegister:
    """Looks facts up for the console, and caches the latest results."""

    def __init__(self, components: Components) -> None:
        self._components = components
        self._kept: OrderedDict[tuple[object, ...], Narrowed] = OrderedDict()
        self._lock = Lock()

    def look_through(self, contract: str, question: Question, asked: Mapping[str, Any]) -> Found:
        """The entries that match ``asked`` (values of TAKES by name); each facet counts what matches all the others."""
        order, page = str(asked.get("sort", "-seq")), int(asked.get("page", 1))
        if question.as_of is None and question.known_at is None and not order.endswith("on") and not _narrows(asked):
            return self._by_number(contract, page, down=order[0] == "-")
        narrowed = self.narrowed(contract, question, asked)
        fitting = len(narrowed.entries)
        page = min(page, max(1, -(-fitting // PAGE)))
        shown = narrowed.entries[(page - 1) * PAGE : page * PAGE]
        return Found(shown, fitting, narrowed.total, page, _facets(narrowed.counts))

    def _by_number(self, contract: str, page: int, *, down: bool) -> Found:
        registers = self._components.ledger.registers
        index = registers.index(contract)
        count = index.facts
        page = min(page, max(1, -(-count // PAGE)))
        first, last = (page - 1) * PAGE + 1, min(page * PAGE, count)
        if down:
            first, last = count + 1 - last, count + 1 - first
        entries = registers.between(contract, first, last)
        return Found(entries[::-1] if down else entries, count, count, page, _facets(index.counts))

    def narrowed(self, contract: str, question: Question, asked: Mapping[str, Any]) -> Narrowed:
        """All matching entries, cached until something they depend on changes."""
        wanted = tuple(sorted((name, str(value)) for name, value in asked.items() if name != "page"))
        state = self._components.responses.state(contract, question)[0]
        key = contract, state, wanted, *question_key(question)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        listed = self._components.ledger.registers.whole(contract, question)
        under = {"under": self._types_under(contract, asked["under"])} if "under" in asked else {}
        fitting = _fitting(listed, {**asked, **under})
        told = {entry.fact.seq: {**entry.told, CLAIM: entry.claim} for entry in fitting}
        made = Narrowed(fitting, len(listed), counted([entry.fact for entry in fitting], told))
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > 1 and sum(len(one.entries) for one in self._kept.values()) > MOST_KEPT:
                self._kept.popitem(last=False)
        return made

    def _types_under(self, contract: str, clause: str) -> frozenset[str]:
        """The fact types declared under a clause or an article of the contract. Refusal CLAUSE_UNKNOWN."""
        template = self._components.ledger.template(contract)
        meant = named(template, clause)
        return frozenset(name for name, row in template.types.items() if template.article_of(row) in meant)


def _facets(counts: Counts) -> dict[str, list[tuple[str, int]]]:
    """The values of each facet with their counts, in their natural order if they have one, else most frequent first."""
    ordered = {"standing": STANDINGS, "late": tuple(map(str, LATE))}
    return {
        name: [(one, counts[name][one]) for one in ordered[name] if one in counts[name]] if name in ordered
        else sorted(counts[name].items(), key=lambda one: (-one[1], one[0]))
        for name in FACETS
    }  # fmt: skip


def _narrows(asked: Mapping[str, Any]) -> bool:
    return any(name in _TESTS for name in asked)


def _fitting(listed: Sequence[RegisterEntry], asked: Mapping[str, Any]) -> list[RegisterEntry]:
    """All matching entries, in the order asked for."""
    tests = [_TESTS[name](value) for name, value in asked.items() if name in _TESTS]
    fitting = [entry for entry in listed if all(test(entry) for test in tests)]
    order = str(asked.get("sort", "-seq"))
    by_day = order.endswith("on")
    fitting.sort(key=lambda one: (one.fact.at, one.fact.seq) if by_day else (one.fact.seq, 0), reverse=order[0] == "-")
    return fitting


def _searched(wanted: str) -> Callable[[RegisterEntry], bool]:
    """Whether every word searched for occurs in the fact's number, ref, names or data."""
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
    "under": lambda types: lambda entry: entry.fact.type in types,
    "fact_type": lambda wanted: lambda entry: entry.fact.type == wanted,
    "by": lambda wanted: lambda entry: entry.fact.by == wanted,
    "recorder": lambda wanted: lambda entry: entry.fact.recorded_by == wanted,
    "standing": lambda wanted: lambda entry: wanted in entry.standings,
    "late": lambda wanted: lambda entry: entry.fact.days_late >= int(wanted),
    "first": lambda wanted: lambda entry: entry.fact.day >= wanted,
    "last": lambda wanted: lambda entry: entry.fact.day <= wanted,
}
