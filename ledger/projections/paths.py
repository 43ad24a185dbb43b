"""Addresses inside a conclusion, and what changed between two (SPEC 5, ``next_changes``).

A path joins keys with dots: ``balance.overdue``, ``obligations.pay-invoice:INV-1.state``,
``incidents.counted.inc-3``. Elements of a list are addressed by what identifies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NO_CHANGE = frozenset({"as_of", "known_at", "facts", "receipt", "next_changes", "sensitivity", "incidents.window"})
_IDENTITY = {
    "obligations": ("id",),
    "incidents.counted": ("incident",),
    "incidents.excluded": ("incident",),
    "termination.grounds": ("clause", "arose_on"),
    "damages.items": ("id",),
    "anomalies": ("code", "fact"),
}


def addressed(conclusions: Mapping[str, Any]) -> dict[str, Any]:
    """The conclusions by path: lists of records as mappings, everything else as it is."""
    return {
        path: _by_identity(value, identity) if (identity := _IDENTITY.get(path)) else value
        for path, value in _sections(conclusions)
        if path not in NO_CHANGE
    }


def _sections(conclusions: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found = []
    for key, value in conclusions.items():
        if key in NO_CHANGE or not isinstance(value, dict):
            found.append((key, value))
            continue
        found += [(f"{key}.{inner}", one) for inner, one in value.items()]
    return found


def _by_identity(records: list[dict[str, Any]], identity: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for record in records:
        name = "@".join(str(record[key]) for key in identity)
        while name in found:  # two grounds of one clause on one day
            name += "+"
        found[name] = record
    return found


def askable(conclusions: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Every path worth asking about, with its value: of lists of records each record, of all else the value."""
    found: list[tuple[str, Any]] = []
    for path, value in addressed(conclusions).items():
        if path in ("contract", "robust"):
            continue
        if isinstance(value, dict) and (path in _IDENTITY or path in ("incidents.grades", "readings")):
            found += [(f"{path}.{key}", one) for key, one in value.items()]
        else:
            found.append((path, value))
    return found


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What differs, as ``{"path", "from", "to"}`` by path; a record that came or went is one change."""
    found: list[dict[str, Any]] = []
    old, new = addressed(before), addressed(after)
    for path in sorted(old.keys() | new.keys()):
        _compare(path, old.get(path), new.get(path), found)
    return found


def _compare(path: str, before: Any, after: Any, found: list[dict[str, Any]]) -> None:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            _compare(f"{path}.{key}", before.get(key), after.get(key), found)
        return
    found.append({"path": path, "from": before, "to": after})


def at(conclusions: Mapping[str, Any], path: str) -> Any:
    """The value at ``path``; an obligation or item may be named by its id alone. Raises KeyError."""
    flat = addressed(conclusions)
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
