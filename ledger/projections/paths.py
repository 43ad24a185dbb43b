"""Addresses inside a conclusion, and what changed between two (SPEC 5, ``next_changes``).

A path joins keys with dots: ``balance.overdue``, ``obligations.pay-invoice:INV-1.state``,
``incidents.counted.inc-3``. Elements of a list are addressed by what identifies them, as the template's sections say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.domain.template import Template

READINGS = "readings"  # beside the sections, and asked about like one


def addressed(conclusions: Mapping[str, Any], template: Template) -> dict[str, Any]:
    """The conclusions by path: lists of records as mappings, everything else as it is; without what is no change."""
    found: dict[str, Any] = {}
    for key, value in conclusions.items():
        section = template.sections.get(key)
        if section is None:
            if key == READINGS:
                found |= {f"{key}.{reading}": option for reading, option in value.items()}
        elif isinstance(value, dict):
            found |= {
                _joined(key, part): _by_identity(one, section.records[part]) if part in section.records else one
                for part, one in value.items() if part not in section.no_change
            }  # fmt: skip
        else:
            found[key] = _by_identity(value, section.records[""]) if "" in section.records else value
    return found


def _joined(key: str, part: str) -> str:
    return f"{key}.{part}" if part else key


def of_sections(template: Template, attribute: str) -> list[str]:
    """The paths of the parts that sections list under ``records``, ``named`` or ``maps``."""
    return [_joined(key, part) for key, one in template.sections.items() for part in getattr(one, attribute)]


def _by_identity(records: Sequence[Mapping[str, Any]], identity: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for record in records:
        name = "@".join(str(record[key]) for key in identity)
        while name in found:  # two grounds of one clause on one day
            name += "+"
        found[name] = record
    return found


def askable(conclusions: Mapping[str, Any], template: Template) -> list[tuple[str, Any]]:
    """Every path worth asking about, with its value: of lists of records each record, of all else the value."""
    keyed = {*of_sections(template, "records"), *of_sections(template, "maps")}
    found: list[tuple[str, Any]] = []
    for path, value in addressed(conclusions, template).items():
        if path in keyed:
            found += [(f"{path}.{key}", one) for key, one in value.items()]
        else:
            found.append((path, value))
    return found


def changes(before: Mapping[str, Any], after: Mapping[str, Any], template: Template) -> list[dict[str, Any]]:
    """What differs, as ``{"path", "from", "to"}`` by path; a record that came or went is one change."""
    found: list[dict[str, Any]] = []
    old, new = addressed(before, template), addressed(after, template)
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
