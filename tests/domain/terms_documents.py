"""Documents of terms for the tests: the shipped files, changed in one place at a time."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.terms import parse_terms

CONTRACTS = Path(__file__).parents[2] / "contracts"


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTRACTS / name).read_text("utf-8"))


THIS = read_toml("cu12-1101-2025-018605.toml")
THREE_YEARS = read_toml("three-year-example.toml")


def faults(document: Any) -> list[Refusal]:
    """The faults of a document; none if it parses."""
    try:
        parse_terms(document)
    except Refusal as refused:
        assert refused.code == "TERMS_INVALID"
        assert refused.values["count"] == len(refused.faults) > 0
        return list(refused.faults)
    return []


def named(document: Any) -> set[tuple[str | None, str]]:
    return {(fault.field, fault.code) for fault in faults(document)}


def with_(path: str, value: object, document: Mapping[str, Any] = THIS) -> dict[str, Any]:
    """A copy of the document with one value put in; a list is entered by place (0, 1, …)."""
    changed: Any = copy.deepcopy(dict(document))
    *stem, last = path.split("/")
    within = changed
    for part in stem:
        within = within[int(part)] if isinstance(within, list) else within.setdefault(part, {})
    if isinstance(within, list):
        within[int(last)] = value
    else:
        within[last] = value
    return changed  # type: ignore[no-any-return]


def without(path: str, document: Mapping[str, Any] = THIS) -> dict[str, Any]:
    changed: Any = copy.deepcopy(dict(document))
    *stem, last = path.split("/")
    within = changed
    for part in stem:
        within = within[int(part)] if isinstance(within, list) else within[part]
    del within[int(last) if isinstance(within, list) else last]
    return changed  # type: ignore[no-any-return]
