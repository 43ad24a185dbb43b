"""Addresses inside a conclusion, and what changed between two (SPEC 5, ``next_changes``).

A path joins keys with dots: ``balance.overdue``, ``obligations.pay-invoice:INV-1.state``,
``incidents.counted.inc-3``. Elements of a list are addressed by what identifies them, as the template's sections say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from operator import is_not
from typing import Any, TypeAlias

from ledger.domain.section import by_identity
from ledger.domain.template import Template

Records: TypeAlias = Sequence[Mapping[str, Any]]
READINGS = "readings"  # beside the sections, and asked about like one


def addressed(conclusions: Mapping[str, Any], template: Template) -> dict[str, Any]:
    """The conclusions by path: lists of records as mappings, everything else as it is; without parts that are no
    change.
    """
    found: dict[str, Any] = {}
    for key, value in conclusions.items():
        section = template.sections.get(key)
        if section is None:
            if key == READINGS:
                found |= {f"{key}.{reading}": option for reading, option in value.items()}
        elif isinstance(value, dict):
            found |= {
                _joined(key, part): by_identity(one, section.records[part]) if part in section.records else one
                for part, one in value.items() if part not in section.no_change
            }  # fmt: skip
        else:
            found[key] = by_identity(value, section.records[""]) if "" in section.records else value
    return found


def _joined(key: str, part: str) -> str:
    return f"{key}.{part}" if part else key


def of_sections(template: Template, attribute: str) -> list[str]:
    """The paths of the parts that sections list under ``records``, ``named`` or ``maps``."""
    return [_joined(key, part) for key, one in template.sections.items() for part in getattr(one, attribute)]


def askable(conclusions: Mapping[str, Any], template: Template) -> list[tuple[str, Any]]:
    """Every path worth asking about, with its value: each record of lists of records, otherwise the value."""
    keyed = {*of_sections(template, "records"), *of_sections(template, "maps")}
    found: list[tuple[str, Any]] = []
    for path, value in addressed(conclusions, template).items():
        if path in keyed:
            found += [(f"{path}.{key}", one) for key, one in value.items()]
        else:
            found.append((path, value))
    return found


def in_one_line(path: str, other: str) -> bool:
    """Whether the paths are equal, or one lies above the other."""
    return path == other or path.startswith(f"{other}.") or other.startswith(f"{path}.")


def changes(before: Mapping[str, Any], after: Mapping[str, Any], template: Template) -> list[dict[str, Any]]:
    """The differences, as ``{"path", "from", "to"}`` by path; an added or removed record is one change."""
    found: list[dict[str, Any]] = []
    before, after = _unlike(before, after, template)
    old, new = addressed(before, template), addressed(after, template)
    for path in sorted(old.keys() | new.keys()):
        _compare(path, old.get(path), new.get(path), found)
    return found


def compared(path: str, before: Any, after: Any) -> list[dict[str, Any]]:
    """The differences at a path, records by what identifies each, as in :func:`changes`."""
    found: list[dict[str, Any]] = []
    _compare(path, before, after, found)
    return found


def differing(views: Sequence[Mapping[str, Any]], template: Template) -> list[tuple[str, tuple[Any, ...]]]:
    """Every path on which conclusions differ, with its value in each (None where there is nothing); by path."""
    found: list[tuple[str, tuple[Any, ...]]] = []
    flat = [addressed(one, template) for one in views]
    for path in sorted(set().union(*flat)):
        _part(path, tuple(one.get(path) for one in flat), found)
    return found


def _part(path: str, values: tuple[Any, ...], found: list[tuple[str, tuple[Any, ...]]]) -> None:
    if all(value == values[0] for value in values[1:]):
        return
    if all(isinstance(value, dict) for value in values):
        for key in sorted(set().union(*values)):
            _part(f"{path}.{key}", tuple(value.get(key) for value in values), found)
    else:
        found.append((path, values))


def _unlike(
    before: Mapping[str, Any], after: Mapping[str, Any], template: Template
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both without the records that are the same objects: one step of a sweep makes few records anew."""
    old, new = dict(before), dict(after)
    for key in old.keys() & new.keys() & template.sections.keys():
        for part, identity in template.sections[key].records.items():
            if part == "":
                old[key], new[key] = _trimmed(old[key], new[key], identity)
            elif part in old[key] and part in new[key]:
                left, right = _trimmed(old[key][part], new[key][part], identity)
                old[key], new[key] = {**old[key], part: left}, {**new[key], part: right}
    return old, new


def _trimmed(one: Records, other: Records, identity: tuple[str, ...]) -> tuple[Records, Records]:
    start = _common(one, other, identity)
    one, other = one[start:], other[start:]
    end = _common(one[::-1], other[::-1], identity)
    one, other = one[: len(one) - end], other[: len(other) - end]
    if len(identity) == 1:  # a name by itself, which no other record bears
        same = {id(record) for record in one} & {id(record) for record in other}
        one, other = ([record for record in records if id(record) not in same] for records in (one, other))
    return one, other


def _common(one: Records, other: Records, identity: tuple[str, ...]) -> int:
    """How many records the two begin with; not one that bears the name of the next, which stands beside it."""
    most = min(len(one), len(other))
    count = next(compress(range(most), map(is_not, one, other)), most)
    while count and any(
        count < len(records) and all(records[count - 1][key] == records[count][key] for key in identity)
        for records in (one, other)
    ):  # fmt: skip
        count -= 1
    return count


def _compare(path: str, before: Any, after: Any, found: list[dict[str, Any]]) -> None:
    if before is after or before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        unlike = {key for key, value in after.items() if before.get(key) is not value}
        unlike.update(key for key in before if key not in after)
        for key in sorted(unlike):
            _compare(f"{path}.{key}", before.get(key), after.get(key), found)
        return
    found.append({"path": path, "from": before, "to": after})
