"""What an anomaly says: what was recorded, and what the contract provides instead (SPEC 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.bilingual import label
from ledger.explanation import Explanation


def every(x: Explanation, listed: Sequence[Mapping[str, Any]]) -> None:
    if not listed:
        x.step("EX_NO_ANOMALIES", day=x.day)
    for entry in listed:
        x.cite(*x.m.template.anomalies[entry["code"]].clauses)
        x.step("EX_ANOMALY_LINE", name=entry["code"], fact=x.fact(entry["fact"]), on=entry["on"],
               what=label("anomaly", entry["code"]))  # fmt: skip


def one(x: Explanation, key: str) -> None:
    """``key`` is ``CODE@fact``, with ``+`` for each earlier one of that code and fact."""
    code, _, id_ = key.rstrip("+").partition("@")
    told = x.m.template.anomalies[code]
    x.cite(*told.clauses)
    x.step("EX_ANOMALY", fact=x.fact(id_), what=label("anomaly", code))
    told.tell(x, x.by_id[id_])
