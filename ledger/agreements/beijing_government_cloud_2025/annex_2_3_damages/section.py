"""The section ``damages``: how its value is identified, explained, drawn and reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages import explain, page, report, screen
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.answer import (
    DamagesJson,
    damages,
)
from ledger.domain.fact import Fact
from ledger.domain.section import Issue, Section
from ledger.explanation.balance.page import nothing_payable


def _tell(x: Any, part: str, key: str | None, value: Any) -> None:
    if key is not None:
        explain.at(x, key)
    elif part == "settled":
        explain.settled(x)
    elif part == "deductible":
        explain.deductible(x)
    else:
        explain.accrued(x)


def _issues(facts: Sequence[Fact], value: DamagesJson) -> Iterator[Issue]:
    for item in value["items"]:
        yield Issue(f"damages.items.{item['id']}", (screen.clause_of_item(item),), tuple(item["because"]))


def _cites(value: DamagesJson) -> Iterator[str]:
    for item in value["items"]:
        if item["annex"] is not None:
            yield f"annex {item['annex']}"
            yield screen.clause_of_item(item)


DAMAGES = Section(
    "damages", damages, DamagesJson, frozenset({"damages", "anomalies"}), _tell, records={"items": ("id",)},
    named=frozenset({"items"}), weighed=("accrued",), alone=True,
    title="screen.damages", draw=screen.damages, figures=("deductible",), under=nothing_payable,
    pictures=page.pictures, money=True,
    at_a_glance={"damages_accrued": "accrued", "deductible": "deductible"}, report=report.damages,
    in_short=report.in_short, weight=40,
    issues=_issues, cites=_cites, proviso="damages.adjustable",
)  # fmt: skip
