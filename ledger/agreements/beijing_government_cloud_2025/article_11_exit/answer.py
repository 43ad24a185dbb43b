"""Is an exit under way? (SPEC 4.1)"""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from ledger.agreements.beijing_government_cloud_2025.article_11_exit import explain, rule, screen
from ledger.domain.machine import Machine
from ledger.domain.section import Day, Section


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


EXIT = Section("exit", exit_, ExitJson, frozenset({"exit"}), _tell,
    draw=screen.exit_,
)  # fmt: skip
