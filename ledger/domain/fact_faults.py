"""Every fault of a fact, and of a batch of facts, named at once (SPEC 2.1).

Admission stops at the first fault, which is fast. A client whose facts are refused should see all faults, so a refused
fact is read a second time, field by field, and the rest of its batch is checked as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, FactType
from ledger.domain.fact_data import check_variant, fields_of, flat_of, parse_data
from ledger.domain.fact_envelope import (
    DOCUMENT_SHAPES,
    KEYS,
    MOST_DOCUMENTS,
    read_on,
    read_ref,
    read_role,
    read_roles,
    read_type,
    stranger,
)
from ledger.domain.values import Shape, unknown_field, within, wrong_type

# A fact as sent, or why it could not be read.
Stated = Mapping[str, object] | Refusal

# Codes that may be mere consequences of an earlier fact of the batch that was refused.
_FOLLOWS = {"ID_UNKNOWN": "value", "ID_RETRACTED": "value", "TARGET_UNKNOWN": "target", "ABOUT_UNKNOWN": "about"}


class Faults:
    """The faults of a batch, gathered fact by fact; ``now`` is the moment of recording (µs)."""

    def __init__(self, now: int, *, several: bool) -> None:
        self._now = now
        self._several = several  # a fact that comes alone has no line
        self._found: list[Refusal] = []
        self._facts = 0
        self._untold: set[object] = set()  # what the refused facts would have introduced, as far as can be seen
        self._unread = False

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, refused: Refusal, stated: object, line: int) -> None:
        """Note that the fact on ``line`` (1, 2, 3 …) was refused; consequences of earlier faults are not repeated."""
        if not self._follows(refused):
            faults = list(fact_faults(stated, self._now)) or [refused]
            for fault in faults:
                fault.line = line if self._several else None
            self._found += faults
            self._facts += 1
        self._untold |= set(_names(stated))
        self._unread = self._unread or not isinstance(stated, Mapping)

    def refusal(self) -> Refusal:
        """The one fault found, or FACTS_FAULTY with all of them."""
        if len(self._found) == 1:
            return self._found[0]
        faults = [single for fault in self._found for single in _singles(fault)]
        return Refusal("FACTS_FAULTY", faults=faults, facts=self._facts, count=len(faults))

    def _follows(self, refused: Refusal) -> bool:
        if not self._found:
            return False
        if refused.code == "ITEM_UNKNOWN":  # which damages there are rests on every fact before
            return True
        named = refused.values.get(_FOLLOWS.get(refused.code, ""))
        by_number = isinstance(named, str) and named.removeprefix("#").isdigit()
        return named is not None and (self._unread or by_number or named in self._untold)


def _names(stated: object) -> Iterator[object]:
    """The texts of a fact by which a later fact might refer to it or to what it introduces."""
    if isinstance(stated, Mapping):
        data = stated.get("data")
        values = [stated.get("ref"), *(data.values() if isinstance(data, Mapping) else ())]
        yield from (value for value in values if isinstance(value, str))


def _singles(fault: Refusal) -> Iterator[Refusal]:
    """A fault, or the faults it consists of, each with its line and whole path."""
    for single in fault.faults:
        field = ".".join(part for part in (fault.field, single.field) if part)
        flat = Refusal(single.code, field or None, line=fault.line)
        flat.values.update(single.values)
        flat.place = single.place
        yield flat
    if not fault.faults:
        yield fault


# --- one fact --------------------------------------------------------------------------------------


def fact_faults(stated: object, now: int) -> Iterator[Refusal]:
    """Every fault of a fact that can be found without looking at other facts; codes as in ``read_envelope``."""
    if isinstance(stated, Refusal):
        yield stated
        return
    if not isinstance(stated, Mapping):
        yield wrong_type("object", stated)
        return
    yield from (stranger(key) for key in stated if key not in KEYS)
    row = TYPES.get(stated["type"]) if isinstance(stated.get("type"), str) else None
    yield from _caught(lambda: read_type(stated))
    yield from _role_faults(stated, row)
    yield from _caught(lambda: read_on(stated, now))
    if "ref" in stated:
        yield from _caught(lambda: read_ref(stated["ref"]))
    if row is not None:
        yield from data_faults(row, stated.get("data", {}))
    if "documents" in stated:
        yield from _document_faults(stated["documents"])


def _role_faults(stated: Mapping[str, Any], row: FactType | None) -> list[Refusal]:
    """Faults of ``by`` and ``actor``: roles that do not exist, else what these roles may not say or do of the type."""
    fields = ("by", "actor") if "actor" in stated else ("by",)
    unknown = [fault for field in fields for fault in _caught(partial(read_role, stated, field))]
    return unknown if unknown or row is None else _caught(lambda: read_roles(stated, row))


def data_faults(row: FactType, data: object, path: str = "data") -> Iterator[Refusal]:
    """Every fault of a type's ``data``."""
    if not isinstance(data, dict):
        yield within(wrong_type("object", data), path)
        return
    fields = {field.key: field for field in fields_of(row.cls)}
    flat = flat_of(row.cls)
    inner = flat.fields if flat is not None else {}
    found = [*_value_faults({key: field.shape for key, field in {**fields, **inner}.items()}, data, path)]
    found += [
        Refusal("FIELD_MISSING", f"{path}.{key}", missing=key)
        for key, field in fields.items() if field.required and key not in data
    ]  # fmt: skip
    if row.variants is not None:
        by, known = row.variants
        variant = data.get(by)
        if isinstance(variant, str) and variant in known:
            given = [key for key in inner if key in data]
            found += [
                fault for key in given for fault in _caught(partial(check_variant, variant, {key: None}, known, path))
            ]
    yield from found
    if not found:  # what only the whole can tell
        yield from _caught(lambda: parse_data(row.name, data, path=path))


def _value_faults(known: Mapping[str, Shape], data: Mapping[str, object], path: str) -> Iterator[Refusal]:
    for key, value in data.items():
        if key not in known:
            yield unknown_field(path, key, known)
            continue
        for fault in _caught(partial(known[key].parse, value)):
            yield within(fault, f"{path}.{key}")


def _document_faults(given: object) -> Iterator[Refusal]:
    if not isinstance(given, list):
        yield within(wrong_type("list", given), "documents")
        return
    if len(given) > MOST_DOCUMENTS:
        yield Refusal("LIST_LENGTH", "documents", length=len(given), least=0, most=MOST_DOCUMENTS)
    for index, one in enumerate(given[:MOST_DOCUMENTS]):
        path = f"documents.{index}"
        if not isinstance(one, dict):
            yield within(wrong_type("object", one), path)
            continue
        yield from _value_faults(DOCUMENT_SHAPES, one, path)
        yield from (
            Refusal("FIELD_MISSING", f"{path}.{key}", missing=key)
            for key in ("sha256", "name", "media_type") if key not in one
        )


def _caught(check: Callable[[], object]) -> list[Refusal]:
    try:
        check()
    except Refusal as refused:
        return [refused]
    return []
