"""Is an exit under way? (SPEC 4.1)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.article_11_exit import explain, report, rule, screen
from ledger.domain.declare import TypedDict
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine
from ledger.domain.section import Day, Issue, Section


class ExitJson(TypedDict):
    """The exit that took effect, else the latest asked for and not withdrawn."""

    request: str | None
    permitted: bool | None
    earliest_exit_on: Day | None


def exit_(m: Machine, day: date) -> ExitJson:
    asked = rule.current(m)
    if asked is None:
        return {"request": None, "permitted": None, "earliest_exit_on": None}
    return {
        "request": asked.request,
        "permitted": asked.permitted,
        "earliest_exit_on": asked.earliest_on.isoformat(),
    }


def _tell(x: Any, part: str, key: str | None, value: Any) -> None:
    explain.exit_(x)


def _issues(facts: Sequence[Fact], value: ExitJson) -> Iterator[Issue]:
    if value["request"] is not None:
        asked = ("ExitRequested", "ExitPermitted", "ExitRefused", "ExitWithdrawn")
        yield Issue("exit", ("11.1",), tuple(fact.id for fact in facts if fact.type in asked))


EXIT = Section("exit", exit_, ExitJson, frozenset({"exit"}), _tell,
    title="screen.exit", draw=screen.exit_,
    report=report.exit_, in_short=report.in_short, weight=70, issues=_issues,
)  # fmt: skip
