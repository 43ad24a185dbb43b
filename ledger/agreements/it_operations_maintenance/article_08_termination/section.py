"""The section ``termination``: how its value is identified, explained, drawn and reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ledger.agreements.it_operations_maintenance.article_08_termination import explain, page, report, screen
from ledger.agreements.it_operations_maintenance.article_08_termination.answer import (
    EitherTerminationJson,
    termination,
)
from ledger.domain.fact import PARTIES, Fact
from ledger.domain.section import Issue, Listing, Section, by_identity
from ledger.explanation.lapse import ground_name


def _tell(x: Any, part: str, key: str | None, value: Any) -> None:
    explain.tell(x, part, key)


def _issues(facts: Sequence[Fact], value: EitherTerminationJson) -> Iterator[Issue]:
    for name, ground in by_identity(value["grounds"], ("clause", "maker")).items():
        yield Issue(f"termination.grounds.{name}", (ground["clause"],), tuple(ground["because"]))
    for party in PARTIES:
        yield Issue(f"termination.{party}", ("8.1", "8.2", "8.3", "8.4", "8.5"), ())


GROUND_FIELDS = ("clause", "party", "arose_on", "state", "last_day", "lapses_on", "because")
GROUND_TONES = {"open": "wrong", "cured": "over", "lapsed": "over", "exercised": "over", "moot": "over"}
TERMINATION = Section(
    "termination", termination, EitherTerminationJson,
    frozenset({"termination", "term", "damages", "balance", "service"}), _tell,
    records={"grounds": ("clause", "maker"), "declared": ("fact",)}, weighed=("party_a.allowed", "party_b.allowed"),
    at_a_glance={"party_a_may_terminate": "party_a.allowed", "party_b_may_terminate": "party_b.allowed"},
    glance=screen.glance, alone=True, title="screen.ops_termination", draw=screen.termination,
    sorts={"state": "ground", "party": "role", "by": "role"}, name=ground_name, report=report.termination,
    listings={"grounds": Listing(GROUND_FIELDS, GROUND_TONES)}, verdicts=page.verdicts,
    in_short=report.in_short, weight=30, issues=_issues,
)  # fmt: skip
