"""Which conclusions are at issue in a package about something, and the facts they rest on.

A conclusion is at issue where it stands on a clause in dispute or on a fact that was named; so is the grade of every
incident that such a conclusion rests on. What a conclusion rests on is taken from its explanation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ledger.domain.declare import NamedTuple, dataclass
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.facts.dispute import DisputeOpened
from ledger.domain.section import Section
from ledger.domain.template import template_of_facts
from ledger.evidence.scope import meant

FRAME = "term"  # in every report: the term within which everything else lies


@dataclass(frozen=True, slots=True)
class AtIssue:
    """Paths into the conclusions (SPEC 5), and the sections of the report they stand in."""

    paths: frozenset[str]
    sections: frozenset[str]


class _Candidate(NamedTuple):
    section: Section
    path: str
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
    """The conclusions of an `answer` at issue, given the ids of facts named and the clauses in dispute; and the ids of
    all facts that their explanations name.
    """
    candidates = list(_candidates(facts, answer))
    chosen = [
        one for one in candidates
        if not set(seeds).isdisjoint(one.facts) or any(_covers(d, c) for d in clauses for c in one.clauses)
    ]  # fmt: skip
    rests = _rest_on(chosen, explain)
    graded = [one for one in candidates if one.section.underlies and not rests.isdisjoint(one.facts)]
    chosen += [one for one in graded if one not in chosen]
    rests |= _rest_on(graded, explain)
    sections = {FRAME, *(one.section.key for one in chosen)}
    if answer["contested"] and not (rests | set(seeds)).isdisjoint(answer["contested"]):
        sections.add("contested")
    if answer["positions"] and not sections.isdisjoint(("claims", "contested")):
        sections.add("positions")
    if any(one.section.weighed for one in chosen):
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
    """Whether a clause in dispute includes another, as 10 includes 10.2, and annex 3 its rows."""
    return clause == disputed or clause.startswith((disputed + ".", disputed + " "))


def _candidates(facts: Sequence[Fact], answer: Mapping[str, Any]) -> Iterator[_Candidate]:
    for key, section in template_of_facts(facts).sections.items():
        if section.issues is not None:
            yield from (_Candidate(section, *one) for one in section.issues(facts, answer[key]))
