"""The section ``termination``: how its value is identified, explained, drawn and reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import grouping as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.article_10_termination import (
    explain,
    explain_declared,
    page,
    report,
    screen,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.answer import (
    TerminationJson,
    termination,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import (
    Grounds,
)
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.section import Issue, Listing, Section, by_identity
from ledger.explanation.lapse import ground_name


def _idle(m: Machine) -> bool:
    """No incident graded, no demand unheeded, nothing declared: then no day alone can bring a ground."""
    return not m[Grounds].demands and not m[Grounds].declared and not annex_1_grades.grouped(m).grades


def _tell(x: Any, part: str, key: str | None, value: Any) -> None:
    match part:
        case "grounds" if key is not None:
            explain.at(x, key)
        case "grounds":
            explain.every(x)
        case "headroom":
            explain.headroom(x)
        case "declared":
            explain_declared.declarations(x)
        case "state":
            explain.state(x)
        case _:
            explain.allowed(x)


def _follows(path: str, to: Any) -> bool:
    """The headroom follows from the count, and that a right has no last day any more from its state."""
    return path == "termination.headroom.b_incidents" or (path.endswith(".last_day") and to is None)


def _issues(facts: Sequence[Fact], value: TerminationJson) -> Iterator[Issue]:
    for name, ground in by_identity(value["grounds"], ("clause", "arose_on")).items():
        yield Issue(f"termination.grounds.{name}", (ground["clause"],), tuple(ground["because"]))
    yield Issue("termination.allowed", ("10.1", "10.2", "10.4"), ())


GROUND_TONES = {"open": "wrong", "lapsed": "over", "exercised": "over", "moot": "over", "unsupported": "over"}
TERMINATION = Section(
    "termination", termination, TerminationJson, frozenset({"incidents", "termination", "term"}), _tell,
    records={"grounds": ("clause", "arose_on"), "declared": ("fact",)}, weighed=("allowed",), idle=_idle, alone=True,
    title="screen.termination", draw=screen.termination, sorts={"state": "ground"}, name=ground_name, follows=_follows,
    at_a_glance={
        "termination_allowed": "allowed", "termination_state": "state", "termination_last_day": "grounds.*.last_day",
        "b_incidents_short": "headroom.b_incidents",
    },
    short_of=frozenset({"b_incidents_short"}), glance=screen.glance,
    listings={"grounds": Listing(("clause", "arose_on", "state", "last_day", "lapses_on", "because"), GROUND_TONES)},
    verdicts=page.verdicts, report=report.termination, in_short=report.in_short, weight=30, issues=_issues,
)  # fmt: skip
