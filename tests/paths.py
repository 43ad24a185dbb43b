"""The value at a path of an answer, worked out apart from what the product does with paths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.agreement import AGREEMENT
from ledger.projections.paths import addressed


def at(conclusions: Mapping[str, Any], path: str) -> Any:
    """The value at ``path``; an obligation or item may be named by its id alone. Raises KeyError."""
    flat = addressed(conclusions, AGREEMENT)
    for known, value in flat.items():
        if path == known:
            return value
        if path.startswith(known + ".") and isinstance(value, dict):
            return _inside(value, path[len(known) + 1 :])
    for section in ("obligations", "damages.items"):
        if path in flat.get(section, {}):
            return flat[section][path]
    if path in conclusions:
        return conclusions[path]
    raise KeyError(path)


def _inside(value: dict[str, Any], rest: str) -> Any:
    for key, one in value.items():
        if rest == key:
            return one
        if rest.startswith(key + ".") and isinstance(one, dict):
            return _inside(one, rest[len(key) + 1 :])
    raise KeyError(rest)
