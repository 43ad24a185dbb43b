"""A fact's ``data``: read strictly from a client, read fast from the store, written as JSON.

``parse_data`` trusts nothing and names the field at fault; ``decode_data`` reads what the ledger itself
stored, older versions included; ``data_json`` is the inverse of both. What is stored under a
name like ``InvoiceIssued.v1`` never changes its meaning: a new shape is a new version, and the old one
keeps an entry in ``UPCASTERS`` that turns its data into the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple, cast

from ledger.domain.calendar import Notice
from ledger.domain.errors import Refusal
from ledger.domain.fact_fields import FIELDS, OWN_FIELDS
from ledger.domain.fact_values import Shape, shown, unknown_field, unknown_type, within, wrong_type
from ledger.domain.facts import (
    MEASURES_OF,
    PARTY_A,
    PARTY_B,
    TYPES,
    CalendarPublished,
    ContractSigned,
    IncidentAssessed,
    IncidentReported,
    MajorEventAnnounced,
    Measures,
    What,
)

Data = dict[str, Any]
_ABSENT: Any = object()
_new: Callable[[type], Any] = object.__new__


class _Field(NamedTuple):
    """A field of a type: its JSON key, how it is put into and taken from the record, and its shape."""

    key: str
    put: Callable[[Any, Any], None]
    take: Callable[[Any], Any]
    shape: Shape
    required: bool


def _fields(cls: Any) -> tuple[_Field, ...]:
    return tuple(
        _Field(name.removesuffix("_"), put, attrgetter(name),
               OWN_FIELDS.get((cls.__name__, name)) or FIELDS[name], name not in cls.__optional__)
        for name, put in cls.__setters__ if name != "measures"
    )


_MEASURES: dict[str, _Field] = {field.key: field for field in _fields(Measures)}
_FIELDS: dict[type, tuple[_Field, ...]] = {}


def fields_of(cls: type) -> tuple[_Field, ...]:
    """The fields of a type, measures apart; worked out when a type is first met."""
    found = _FIELDS.get(cls)
    if found is None:
        found = _FIELDS[cls] = _fields(cls)
    return found


# --- strict ----------------------------------------------------------------------------------------

def parse_data(type: str, data: object, *, path: str = "data") -> What:
    """The fact of ``type`` that ``data`` (parsed JSON) states.

    Raises Refusal FACT_UNKNOWN_TYPE, FIELD_UNKNOWN, FIELD_MISSING, FIELD_TYPE or that of the value's
    shape, with the field's path under ``path``.
    """
    read = _READERS.get(type) or _reader(type)
    if data.__class__ is not dict:
        raise within(wrong_type("object", data), path)
    return cast(What, read(cast(Data, data), path))


_READERS: dict[str, Callable[[Data, str], Any]] = {}


def _reader(type: str) -> Callable[[Data, str], Any]:
    row = TYPES.get(type)
    if row is None:
        raise unknown_type(type, "type", TYPES)
    read = _incident_reader(row.cls) if row.cls in _WITH_MEASURES else _plain_reader(row.cls)
    if row.cls in _WHOLE:
        read = _then(read, _WHOLE[row.cls])
    _READERS[type] = read
    return read


def _then(
    read: Callable[[Data, str], Any], check: Callable[[Any, str], None]
) -> Callable[[Data, str], Any]:
    def read_and_check(data: Data, path: str) -> Any:
        what = read(data, path)
        check(what, path)
        return what

    return read_and_check


def _plain_reader(cls: type) -> Callable[[Data, str], Any]:
    fields = fields_of(cls)
    plan = tuple((field.key, field.put, field.shape.parse, field.required) for field in fields)

    def read(data: Data, path: str) -> Any:
        what = _new(cls)
        met = 0
        for key, put, parse, required in plan:
            value = data.get(key, _ABSENT)
            if value is not _ABSENT:
                met += 1
                try:
                    put(what, parse(value))
                except Refusal as refused:
                    raise within(refused, f"{path}.{key}") from None
            elif required:
                raise _misfit(fields, data, path)
            else:
                put(what, None)
        if met != len(data):
            raise _misfit(fields, data, path)
        return what

    return read


def _misfit(fields: tuple[_Field, ...], data: Data, path: str) -> Refusal:
    """An unknown field, which is likely a misspelt one, or else the first that is missing."""
    keys = [field.key for field in fields]
    for key in data:
        if key not in keys:
            return unknown_field(path, key, keys)
    missing = next(field.key for field in fields if field.required and field.key not in data)
    return Refusal("FIELD_MISSING", f"{path}.{missing}", missing=missing)


_WITH_MEASURES: frozenset[type] = frozenset((IncidentReported, IncidentAssessed))


def _incident_reader(cls: Any) -> Callable[[Data, str], Any]:
    """Measures stand flat beside the incident's own fields."""
    read_own = _plain_reader(cls)

    def read(data: Data, path: str) -> Any:
        own: Data = {}
        given: Data = {}
        for key, value in data.items():
            (given if key in _MEASURES else own)[key] = value
        what = read_own(own, path)
        if cls is IncidentReported:
            check_measures(what.kind, given, path)
        cls.measures.__set__(what, _read_measures(given, path))
        return what

    return read


def _read_measures(given: Data, path: str) -> Measures:
    measures = _no_measures()
    for key, value in given.items():
        _, put, _, shape, _ = _MEASURES[key]
        try:
            put(measures, shape.parse(value))
        except Refusal as refused:
            raise within(refused, f"{path}.{key}") from None
    return measures


def _no_measures() -> Measures:
    measures = _new(Measures)
    for put in _MEASURE_SETTERS:
        put(measures, None)
    return measures  # type: ignore[no-any-return]


_MEASURE_SETTERS = tuple(field.put for field in _MEASURES.values())


def check_measures(kind: str, given: Mapping[str, object], path: str = "data") -> None:
    """Refusal MEASURE_OF_OTHER_KIND when a measure in ``given`` does not belong to incidents of ``kind``."""
    for key in given:
        if key not in MEASURES_OF[kind]:
            raise Refusal("MEASURE_OF_OTHER_KIND", f"{path}.{key}", measure=key, kind=kind)


def measures_given(measures: Measures) -> dict[str, object]:
    """The measures that are stated, by name."""
    return {key: value for key, field in _MEASURES.items() if (value := field.take(measures)) is not None}


def _check_signature(what: ContractSigned, path: str) -> None:
    if what.party not in (PARTY_A, PARTY_B):
        raise Refusal("SIGNATURE_BY_NON_PARTY", f"{path}.party", party=shown(what.party))


def _check_event(what: MajorEventAnnounced, path: str) -> None:
    if what.to < what.from_:
        raise Refusal("PERIOD_REVERSED", f"{path}.to", first=what.from_, last=what.to)


def _check_calendar(what: CalendarPublished, path: str) -> None:
    for index, off in enumerate(what.off_days):
        if off in what.makeup_days:
            raise Refusal("DAY_OFF_AND_MADE_UP", f"{path}.off_days.{index}", day=off)
    try:  # what no calendar can be made of would be in the way of every question
        Notice(what.year, what.document, what.published_on, frozenset(what.off_days), frozenset(what.makeup_days))
    except Refusal as refused:
        raise within(refused, path) from None


_WHOLE: dict[type, Callable[[Any, str], None]] = {
    ContractSigned: _check_signature,
    MajorEventAnnounced: _check_event, CalendarPublished: _check_calendar,
}


# --- JSON ------------------------------------------------------------------------------------------

def stored_name(what: What) -> str:
    """The stable, versioned name of a fact's type in the stored bytes, ``InvoiceIssued.v1``."""
    return _STORED_NAMES[what.__class__]


_STORED_NAMES: dict[type, str] = {row.cls: row.stored_name for row in TYPES.values()}


def data_json(what: What) -> Data:
    """The JSON of a fact's data, fields in declared order, what is not stated left out.

    Amounts are written with two decimals, decimals as they came, days as ``YYYY-MM-DD``.
    """
    data = _json(what)
    if what.__class__ in _WITH_MEASURES:
        data.update(_json(what.measures))  # type: ignore[union-attr]
    return data


def _json(what: object) -> Data:
    cls = what.__class__
    plan = _WRITERS.get(cls)
    if plan is None:
        plan = _WRITERS[cls] = tuple((field.key, field.take, field.shape.encode) for field in fields_of(cls))
    data: Data = {}
    for key, take, write in plan:
        value = take(what)
        if value is not None:
            data[key] = value if write is None else write(value)
    return data


_Writer = tuple[str, Callable[[Any], Any], Callable[[Any], Any] | None]
_WRITERS: dict[type, tuple[_Writer, ...]] = {}


# --- trusted ---------------------------------------------------------------------------------------

def decode_data(name: str, data: Data) -> What:
    """The fact stored under ``name`` with ``data``: nothing is checked, older versions are brought up.

    Raises Refusal FACT_UNKNOWN_TYPE for a name this version does not know.
    """
    decode = _DECODERS.get(name) or _decoder(name)
    return decode(data)


def _decoder(name: str) -> Callable[[Data], What]:
    type, _, version = name.partition(".v")
    row = TYPES.get(type)
    if row is None or not version.isdigit() or not 0 < int(version) <= row.version:
        raise unknown_type(name, "type", TYPES)
    made = _measured_decoder(row.cls) if row.cls in _WITH_MEASURES else _plain_decoder(row.cls)
    for step in range(row.version - 1, int(version) - 1, -1):
        made = _after(UPCASTERS[f"{type}.v{step}"], made)
    _DECODERS[name] = made
    return made


def _plain_decoder(cls: type) -> Callable[[Data], Any]:
    plan = tuple((field.key, field.put, field.shape.decode) for field in fields_of(cls))

    def decode(data: Data) -> Any:
        what = _new(cls)
        for key, put, read in plan:
            value = data.get(key)
            put(what, value if read is None or value is None else read(value))
        return what

    return decode


def _measured_decoder(cls: Any) -> Callable[[Data], Any]:
    own = _plain_decoder(cls)

    def decode(data: Data) -> Any:
        what = own(data)
        measures = _no_measures()
        for key, value in data.items():
            measure = _MEASURE_DECODERS.get(key)
            if measure is not None:
                put, read = measure
                put(measures, value if read is None else read(value))
        cls.measures.__set__(what, measures)
        return what

    return decode


_MEASURE_DECODERS = {key: (field.put, field.shape.decode) for key, field in _MEASURES.items()}


def _after(upcast: Callable[[Data], Data], decode: Callable[[Data], What]) -> Callable[[Data], What]:
    return lambda data: decode(upcast(data))


_DECODERS: dict[str, Callable[[Data], What]] = {}


def _damages_settled_v1(data: Data) -> Data:
    """Version 1, of the drafts before 10.3's groups, settled one ``item`` at a time."""
    if "item" not in data:
        return data
    rest = {key: value for key, value in data.items() if key != "item"}
    return {"items": [data["item"]], **rest}


UPCASTERS: dict[str, Callable[[Data], Data]] = {"DamagesSettled.v1": _damages_settled_v1}


def restate(type: str, data: Data) -> What:
    """The fact of ``type`` that a recorded correction states; ``data`` may have any version's shape.

    A correction keeps the data it was given, not their version: so an upcaster must know its own shape.
    """
    row = TYPES[type]
    for version in range(1, row.version):
        data = UPCASTERS[f"{type}.v{version}"](data)
    return decode_data(row.stored_name, data)
