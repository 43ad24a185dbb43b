"""The words of the report, Chinese and English: phrases, clauses as they are cited, a fact's data in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

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
from ledger.labels import article, label, term, term_option
from ledger.labels import who as did
from ledger.messages import CATALOGUE, Language, say

Edition = Literal["zh", "en", "both"]

Both = dict[str, str]
Text = str | Both  # what is no word of a language, as a date, an id or a quotation, stands for itself in both
_ROLES = frozenset({"party", "confirmed_by"})
_JOINTS = {"、": ", ", "，": ", ", "；": "; ", "：": ": "}
_REPEATED = 48  # characters; what was recorded at greater length, or in Chinese, is not said again in the English


def both(code: str, /, **values: object) -> Both:
    """The sentence of the catalogue as ``{"zh", "en"}``; values may be such pairs themselves."""
    return in_both(lambda lang: say(code, lang, **{name: _in(value, lang) for name, value in values.items()}))


def in_both(said: Callable[[Language], str]) -> Both:
    """What is said in either language as ``{"zh", "en"}``."""
    return {"zh": said("zh"), "en": said("en")}


def labelled(sort: str, name: str) -> Both:
    return in_both(lambda lang: label(sort, name, lang))


def who(fact: Fact) -> Both:
    """Who did a fact, and who says so where that is another role."""
    return in_both(lambda lang: did(fact.by, fact.actor, lang))


def joined(parts: Iterable[Text], joint: str) -> Both:
    """The parts with the Chinese ``joint`` between them, and in English with its like."""
    listed = list(parts)
    return {"zh": joint.join(str(_in(part, "zh")) for part in listed),
            "en": _JOINTS[joint].join(str(_in(part, "en")) for part in listed)}  # fmt: skip


def in_edition(value: Any, edition: Edition) -> Any:
    """`value` with whatever it says in both languages said in those of the edition only: one takes both places."""
    if edition == "both":
        return value
    if isinstance(value, dict):
        said = {key: in_edition(one, edition) for key, one in value.items()}
        return said | {"zh": said[edition], "en": said[edition]} if {"zh", "en"} <= said.keys() else said
    return [in_edition(one, edition) for one in value] if isinstance(value, list | tuple) else value


def _in(value: object, lang: Language) -> object:
    return value[lang] if isinstance(value, dict) else value


def clause_name(clause: str) -> Both:
    """A clause as it is cited: ``annex 1 outage B`` as 附件 1 服务中断 B 级."""
    return {"zh": article(clause, "zh"), "en": article(clause, "en")}


def moment(at: int) -> str:
    """Microseconds since the Unix epoch as Beijing's clock shows them: ``2026-11-22 14:00:00``."""
    return f"{beijing_time(at):%Y-%m-%d %H:%M:%S}"


def happened(fact: Fact) -> str:
    """``on`` as recorded, a date-time as Beijing's clock shows it."""
    return fact.on if len(fact.on) == 10 else moment(fact.at)[:16]


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Content:
    """A fact's data as a sentence of ``name value`` parts, and the documents that came with it.

    `opened` are disclosed personal values by their commitments, `services` the names of the order's lines. What
    was recorded at length or in Chinese is not said again in the English below the Chinese; with `again` it is,
    where no Chinese stands above it. ``target`` finds the type of the fact that a correction is of.
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
        """The sentence; nothing where the fact has neither data nor documents."""
        if isinstance(fact.what, ContractRegistered):
            parts = [both("report.terms_registered", digest=self._as_recorded(terms_digest))]
        else:
            inside = self._target(fact) if isinstance(fact.what, FactCorrected) else None
            parts = list(self._parts(data_json(fact.what), TYPES[fact.type], TYPES.get(inside or "")))
        parts += [both("report.document", name=one.name, digest=one.sha256[:16]) for one in fact.documents]
        return joined(parts, "；") if parts else ""

    def data(self, type_: str, data: Mapping[str, Any], target: str | None = None) -> list[Both]:
        """Data of a type as JSON, field by field; ``target`` is the type of the fact that a correction is of."""
        return list(self._parts(data, TYPES[type_], TYPES.get(target or "")))

    def fields(self, type_: str, data: Mapping[str, Any], target: str | None = None) -> dict[str, tuple[Text, Text]]:
        """The same by key: what each field is called, and its value in words."""
        row, inside = TYPES[type_], TYPES.get(target or "")
        known = _known(row)
        return {key: self._field(key, data, row, known, inside)[:2] for key in data}

    def _parts(self, data: Mapping[str, Any], row: FactType | None, inside: FactType | None = None) -> Iterator[Both]:
        """``row`` is the type of the data, ``inside`` that of data within it, None where it is not known."""
        known = _known(row)
        for key in data:
            name, value, nested = self._field(key, data, row, known, inside)
            said = {"values": value} if nested else {"value": value}
            yield both("report.data" if nested else "report.datum", name=name, **said)

    def _field(
        self, key: str, data: Mapping[str, Any], row: FactType | None, known: Mapping[str, Field],
        inside: FactType | None,
    ) -> tuple[Text, Text, bool]:  # fmt: skip
        """A field's name, its value in words, and whether that is data of its own."""
        value, field = data[key], known.get(key)
        said = label_of(row, field) if row is not None and field is not None else None
        name: Text = _name(key) if said is None else {"zh": said[0], "en": said[1]}
        if key == "option" and data.get("reading") in all_readings():
            return name, labelled("reading", f"{data['reading']}={value}"), False
        if isinstance(value, Mapping) and set(value) == {"commitment"}:
            return name, self._personal(str(value["commitment"])), False
        if isinstance(value, Mapping):
            return name, joined(self._parts(value, inside), "，"), True
        if field is not None and field.shape.encode is MONEY.encode:
            return name, thousands(str(value)), False
        return name, self._value(key, value), False

    def _personal(self, commitment: str) -> Both:
        if commitment in self._opened:
            return both("report.disclosed", value=self._opened[commitment], digest=commitment[:16])
        return both("report.commitment", digest=commitment[:16])

    def _value(self, key: str, value: object) -> Text:
        if isinstance(value, bool):
            return labelled("truth", str(value).lower())
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

    def _ruling(self, said: Mapping[str, Any]) -> Both:
        """What a judgment ruled, by the declaration of such a ruling; null in the words it stands for."""
        known = next(one for key, one in RULINGS.items() if key in said)
        parts: list[Text] = []
        for key, value in said.items():
            null = known.shape.parts[key].null
            if value is None and null is not None:
                parts.append({"zh": null[0], "en": null[1]})
                continue
            name = known.labels.get(key)
            shown = self._field(key, said, None, {}, None)
            called: Text = shown[0] if name is None else {"zh": name[0], "en": name[1]}
            parts.append(both("report.datum", name=called, value=shown[1]))
        return both("report.data", name={"zh": known.said[0], "en": known.said[1]}, values=joined(parts, "，"))

    def _as_recorded(self, words: str) -> Text:
        return words if self._again else both("report.recorded_words", words=words)


def _known(row: FactType | None) -> dict[str, Field]:
    return {} if row is None else {field.key: field for field in fields_in(row)}


def _name(key: str) -> Text:
    zh, en = said_of_field(key) or term(key)
    return {"zh": zh, "en": en}


def _worded(key: str, text: str) -> Both | None:
    """A value that is a word of the ledger's own, in the words of either language."""
    if key == "reading":
        return labelled("reading", text)
    if key in _ROLES:
        return labelled("role", text)
    if key == "ground" and f"demand:{text}" in CATALOGUE:
        return labelled("demand", text)
    said = said_of_option(key, text) or term_option(key, text)
    return None if said is None else {"zh": said[0], "en": said[1]}
