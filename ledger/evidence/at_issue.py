"""Which conclusions are at issue in what a package is about, and the facts they rest on.

At issue is a conclusion that stands on a clause in dispute or on a fact that was named; and the grade of every
incident that such a conclusion rests on. What each rests on is what its explanation says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import IncidentReported
from ledger.agreements.beijing_government_cloud_2025.article_12_disputes.facts import DisputeOpened
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.evidence.scope import meant
from ledger.projections.paths import addressed
from ledger.projections.timeline import of_contract

EXIT = frozenset({"ExitRequested", "ExitPermitted", "ExitRefused", "ExitWithdrawn"})
MONEY = frozenset({"InvoiceIssued", "InvoiceVoided", "PaymentMade", "DamagesSettled"})
WEIGHED = frozenset({"incidents", "termination", "damages"})  # what another reading could change


@dataclass(frozen=True, slots=True)
class AtIssue:
    """Paths into the conclusions (SPEC 5), and the sections of the report they stand in."""

    paths: frozenset[str]
    sections: frozenset[str]


class _Candidate(NamedTuple):
    path: str
    section: str
    clauses: tuple[str, ...]
    facts: tuple[str, ...]


def named(facts: Sequence[Fact], about: Iterable[str]) -> tuple[set[str], set[str]]:
    """The ids of the facts a person names, those a named dispute is about among them; and the clauses in dispute.

    Raises Refusal SCOPE_UNKNOWN.
    """
    seqs = meant(facts, about)
    disputes = [fact.what for fact in facts if fact.seq in seqs and isinstance(fact.what, DisputeOpened)]
    seqs |= meant(facts, [name for what in disputes for name in what.facts])
    clauses = {clause for what in disputes for clause in what.clauses}
    return {fact.id for fact in facts if fact.seq in seqs}, clauses


def at_issue(
    facts: Sequence[Fact], seeds: Collection[str], clauses: Collection[str], answer: Mapping[str, Any],
    explain: Callable[[str], Mapping[str, Any]],
) -> tuple[AtIssue, set[str]]:  # fmt: skip
    """What is at issue of an `answer`, given the ids of facts named and the clauses in dispute; and the ids of all
    the facts that the explanations of it name."""
    candidates = list(_candidates(facts, answer))
    chosen = [
        one for one in candidates
        if not set(seeds).isdisjoint(one.facts) or any(_covers(d, c) for d in clauses for c in one.clauses)
    ]  # fmt: skip
    rests = _rest_on(chosen, explain)
    graded = [one for one in candidates if one.section == "incidents" and not rests.isdisjoint(one.facts)]
    chosen += [one for one in graded if one not in chosen]
    rests |= _rest_on(graded, explain)
    sections = {"term", *(one.section for one in chosen)}
    if answer["contested"] and not (rests | set(seeds)).isdisjoint(answer["contested"]):
        sections.add("contested")
    if not sections.isdisjoint(WEIGHED):
        sections.add("readings")
    return AtIssue(frozenset(one.path for one in chosen), frozenset(sections)), rests


def _rest_on(candidates: Iterable[_Candidate], explain: Callable[[str], Mapping[str, Any]]) -> set[str]:
    found: set[str] = set()
    for one in candidates:
        try:
            found |= {fact["fact"] for fact in explain(one.path)["facts"]}
        except Refusal:  # nothing is told of it
            continue
    return found


def _covers(disputed: str, clause: str) -> bool:
    """Does a clause in dispute take in this one, as 10 does 10.2, and annex 3 its rows?"""
    return clause == disputed or clause.startswith((disputed + ".", disputed + " "))


def _candidates(facts: Sequence[Fact], answer: Mapping[str, Any]) -> Iterator[_Candidate]:
    found = addressed(answer, of_contract(facts))
    for id_, duty in found["obligations"].items():
        because = (*duty["raised_by"], *duty["settled_by"])
        yield _Candidate(f"obligations.{id_}", "obligations", (duty["clause"],), because)
    for name, ground in found["termination.grounds"].items():
        because = tuple(ground["because"])
        yield _Candidate(f"termination.grounds.{name}", "termination", (ground["clause"],), because)
    for id_, item in found["damages.items"].items():
        clauses = (f"annex {item['annex']} row {item['row']}",) if item["annex"] else ("10.3",)
        yield _Candidate(f"damages.items.{id_}", "damages", clauses, tuple(item["because"]))
    reports: dict[str, tuple[str, ...]] = {}
    for fact in facts:
        if isinstance(fact.what, IncidentReported):
            reports[fact.what.incident] = (*reports.get(fact.what.incident, ()), fact.id)
    for incident in answer["incidents"]["grades"]:
        yield _Candidate(f"incidents.grades.{incident}", "incidents", ("annex 1",), reports.get(incident, ()))
    yield _Candidate("incidents.a_count", "incidents", ("10.1",), ())
    yield _Candidate("incidents.b_count_rolling_year", "incidents", ("10.2",), ())
    yield _Candidate("termination.allowed", "termination", ("10.1", "10.2", "10.4"), ())
    for name, entry in found["anomalies"].items():
        yield _Candidate(f"anomalies.{name}", "anomalies", (), (entry["fact"],))
    if answer["exit"]["request"] is not None:
        yield _Candidate("exit", "exit", ("11.1",), tuple(fact.id for fact in facts if fact.type in EXIT))
    yield _Candidate("balance", "balance", ("9.1", "9.2"), tuple(fact.id for fact in facts if fact.type in MONEY))
