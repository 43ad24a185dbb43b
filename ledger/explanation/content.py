"""A fact's data in words: field by field, or as one sentence, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from ledger.bilingual import Bilingual, Text, joined, label, phrase
from ledger.domain.fact import TYPES, Fact, FactType
from ledger.domain.fact_data import Field, data_json
from ledger.domain.fact_words import fields_in, label_of, said_of_field, said_of_option
from ledger.domain.facts.agreement import ContractRegistered
from ledger.domain.facts.record import FactCorrected
from ledger.domain.fields import MONEY
from ledger.domain.moments import beijing_time
from ledger.domain.money import thousands
from ledger.domain.rulings import RULINGS
from ledger.domain.template import all_readings
from ledger.labels import term, term_option
from ledger.messages import LOADED

_ROLES = frozenset({"party", "confirmed_by"})
_REPEATED = 48  # characters; what was recorded at greater length, or in Chinese, is not repeated in the English


def moment(at: int) -> str:
    """Microseconds since the Unix epoch as Beijing's clock shows them: ``2026-11-22 14:00:00``."""
    return f"{beijing_time(at):%Y-%m-%d %H:%M:%S}"


def happened(fact: Fact) -> str:
    """``on`` as recorded, a date-time as Beijing's clock shows it."""
    return fact.on if len(fact.on) == 10 else moment(fact.at)[:16]


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Content:
    """A fact's data as a sentence of ``name value`` parts, and the documents that came with it.

    `opened` are disclosed personal values by their commitments, `services` the names of the order's lines. Long values
    and Chinese ones are not repeated in the English below the Chinese; with `again` they are, where no Chinese stands
    above it. ``target`` finds the type of the fact that a correction changes.
    """

    def __init__(
        self, opened: Mapping[str, str] = _NOTHING, services: Mapping[str, str] = _NOTHING, *, again: bool = False,
        target: Callable[[Fact], str | None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._target = target
        self._opened = opened
        self._services = services
        self._again = again

    def of(self, fact: Fact, terms_digest: str) -> Text:
        """The sentence; empty where the fact has neither data nor documents."""
        if isinstance(fact.what, ContractRegistered):
            parts = [phrase("report.terms_registered", digest=self._as_recorded(terms_digest))]
        else:
            inside = self._target(fact) if isinstance(fact.what, FactCorrected) else None
            parts = list(self._parts(data_json(fact.what), TYPES[fact.type], TYPES.get(inside or "")))
        parts += [phrase("report.document", name=one.name, digest=one.sha256[:16]) for one in fact.documents]
        return joined(parts, "；") if parts else ""

    def data(self, type_: str, data: Mapping[str, Any], target: str | None = None) -> list[Bilingual]:
        """Data of a type as JSON, field by field; ``target`` is the type of the fact that a correction changes."""
        return list(self._parts(data, TYPES[type_], TYPES.get(target or "")))

    def fields(self, type_: str, data: Mapping[str, Any], target: str | None = None) -> dict[str, tuple[Text, Text]]:
        """The same by key: what each field is called, and its value in words."""
        row, inside = TYPES[type_], TYPES.get(target or "")
        known = _known(row)
        return {key: self._field(key, data, row, known, inside)[:2] for key in data}

    def _parts(
        self, data: Mapping[str, Any], row: FactType | None, inside: FactType | None = None
    ) -> Iterator[Bilingual]:
        """``row`` is the type of the data, ``inside`` that of data within it, None where it is not known."""
        known = _known(row)
        for key in data:
            name, value, nested = self._field(key, data, row, known, inside)
            said = {"values": value} if nested else {"value": value}
            yield phrase("report.data" if nested else "report.datum", name=name, **said)

    def _field(
        self, key: str, data: Mapping[str, Any], row: FactType | None, known: Mapping[str, Field],
        inside: FactType | None,
    ) -> tuple[Text, Text, bool]:  # fmt: skip
        """A field's name, its value in words, and whether the value is data of its own."""
        value, field = data[key], known.get(key)
        said = label_of(row, field) if row is not None and field is not None else None
        name: Text = _name(key) if said is None else Bilingual(*said)
        if key == "option" and data.get("reading") in all_readings():
            return name, label("reading", f"{data['reading']}={value}"), False
        if isinstance(value, Mapping) and set(value) == {"commitment"}:
            return name, self._personal(str(value["commitment"])), False
        if isinstance(value, Mapping):
            return name, joined(self._parts(value, inside), "，"), True
        if field is not None and field.shape.encode is MONEY.encode:
            return name, thousands(str(value)), False
        return name, self._value(key, value), False

    def _personal(self, commitment: str) -> Bilingual:
        if commitment in self._opened:
            return phrase("report.disclosed", value=self._opened[commitment], digest=commitment[:16])
        return phrase("report.commitment", digest=commitment[:16])

    def _value(self, key: str, value: object) -> Text:
        if isinstance(value, bool):
            return label("truth", str(value).lower())
        if isinstance(value, Mapping):
            return joined(self._parts(value, None), "，")
        if isinstance(value, list):
            if key == "rulings":
                return joined(map(self._ruling, value), "；")
            return joined((self._value(key, one) for one in value), "、")
        text = str(value)
        if key == "service" and text in self._services:
            return self._as_recorded(self._services[text])
        said = _worded(key, text)
        if said is not None:
            return said
        return text if text.isascii() and len(text) <= _REPEATED else self._as_recorded(text)

    def _ruling(self, said: Mapping[str, Any]) -> Bilingual:
        """What a judgment ruled, by the declaration of such a ruling; null in the words it stands for."""
        known = next(one for key, one in RULINGS.items() if key in said)
        parts: list[Text] = []
        for key, value in said.items():
            null = known.shape.parts[key].null
            if value is None and null is not None:
                parts.append(Bilingual(*null))
                continue
            name = known.labels.get(key)
            shown = self._field(key, said, None, {}, None)
            called: Text = shown[0] if name is None else Bilingual(*name)
            parts.append(phrase("report.datum", name=called, value=shown[1]))
        return phrase("report.data", name=Bilingual(*known.said), values=joined(parts, "，"))

    def _as_recorded(self, words: str) -> Text:
        return words if self._again else phrase("report.recorded_words", words=words)


def _known(row: FactType | None) -> dict[str, Field]:
    return {} if row is None else {field.key: field for field in fields_in(row)}


def _name(key: str) -> Text:
    return Bilingual(*(said_of_field(key) or term(key)))


def _worded(key: str, text: str) -> Bilingual | None:
    """The words of a value that is one of the ledger's own terms; None for any other value."""
    if key == "reading":
        return label("reading", text)
    if key in _ROLES:
        return label("role", text)
    if key == "ground" and f"demand:{text}" in LOADED:
        return label("demand", text)
    said = said_of_option(key, text) or term_option(key, text)
    return None if said is None else Bilingual(*said)
