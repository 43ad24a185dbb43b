"""A fact's ``data``: read strictly from a client, read fast from the store, written as JSON.

``parse_data`` trusts nothing and names the field at fault; ``decode_data`` reads what the ledger itself stored, older
versions included; ``data_json`` is the inverse of both. What is stored under a name like ``InvoiceIssued.v1`` never
changes its meaning: a new shape is a new version, and the declaration has a function that turns the data of one version
into those of the next. The fields of a flat record (an incident's measures) stand in ``data`` beside the type's other
fields.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import cache, partial
from operator import attrgetter
from typing import Any, get_args

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Data, FactType, What
from ledger.domain.values import Shape, unknown_field, unknown_type, within, wrong_type

_ABSENT: Any = object()
_new: Callable[[type], Any] = object.__new__


class Field(NamedTuple):
    """A field of a type: its JSON key, how it is put into and taken from the record, and its shape."""

    key: str
    put: Callable[[Any, Any], None]
    take: Callable[[Any], Any]
    shape: Shape
    required: bool


class Flat(NamedTuple):
    """A field that is itself a record, whose fields stand flat beside the type's own."""

    name: str
    cls: Any
    put: Callable[[Any, Any], None]
    fields: Mapping[str, Field]
    puts: tuple[Callable[[Any, Any], None], ...]


@cache
def fields_of(cls: Any) -> tuple[Field, ...]:
    """The fields of a record in the order declared, without its flat record."""
    hints = _hints(cls)
    return tuple(
        Field(name.removesuffix("_"), put, attrgetter(name), _shape(hints[name]), name not in cls.__optional__)
        for name, put in cls.__setters__ if not _is_record(hints[name])
    )


@cache
def flat_of(cls: Any) -> Flat | None:
    """The field of a type that is itself a record."""
    for name, put in cls.__setters__:
        of = _hints(cls)[name]
        if _is_record(of):
            fields = fields_of(of)
            return Flat(name, of, put, {field.key: field for field in fields}, tuple(field.put for field in fields))
    return None


@cache
def _hints(cls: Any) -> dict[str, Any]:
    # typing.get_type_hints compiles each annotation twice, a tenth of what a command takes in all; a name, with or
    # without "| None", is looked up
    known = vars(sys.modules[cls.__module__])
    return {name: _hint(hint, known) for name, hint in cls.__annotations__.items()}


def _hint(hint: str, known: dict[str, Any]) -> Any:
    named = hint.removesuffix(" | None")
    found = known[named] if named in known else eval(named, known)
    return found if named == hint else found | None


def _is_record(of: Any) -> bool:
    return hasattr(of, "__setters__")


def _shape(hint: Any) -> Shape:
    """The shape in ``Annotated[T, shape]`` or ``Annotated[T, shape] | None``."""
    if (found := _shape_in(hint)) is not None:
        return found
    return next(found for one in get_args(hint) if (found := _shape_in(one)) is not None)


def _shape_in(hint: Any) -> Shape | None:
    return next((one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Shape)), None)


def declared(name: str) -> FactType:
    """The declaration of a type. Refusal FACT_UNKNOWN_TYPE."""
    row = TYPES.get(name)
    if row is None:
        raise unknown_type(name, "type", TYPES)
    return row


# --- strict ----------------------------------------------------------------------------------------


def parse_data(type: str, data: object, *, path: str = "data") -> What:
    """The fact of ``type`` that ``data`` (parsed JSON) states.

    Raises Refusal FACT_UNKNOWN_TYPE, FIELD_UNKNOWN, FIELD_MISSING, FIELD_TYPE or that of the value's
    shape, with the field's path under ``path``.
    """
    read = _READERS.get(type) or _reader(declared(type))
    if data.__class__ is not dict:
        raise within(wrong_type("object", data), path)
    return read(data, path)


Reader = Callable[[Any, str], Any]
_READERS: dict[str, Reader] = {}


def _reader(row: FactType) -> Reader:
    flat = flat_of(row.cls)
    read = _plain_reader(row.cls) if flat is None else _flat_reader(row, flat)
    if row.one_of:
        read = _then(read, partial(_one_stated, row.one_of))
    if row.check is not None:
        read = _then(read, row.check)
    _READERS[row.name] = read
    return read


def _then(read: Reader, check: Callable[[Any, str], None]) -> Reader:
    def read_and_check(data: Data, path: str) -> Any:
        what = read(data, path)
        check(what, path)
        return what

    return read_and_check


def _one_stated(fields: tuple[str, ...], what: Any, path: str) -> None:
    given = [field for field in fields if getattr(what, field) is not None]
    if not given:
        raise Refusal("FIELD_MISSING", f"{path}.{fields[0]}", missing=" / ".join(fields))
    if len(given) > 1:
        raise Refusal("FIELDS_EXCLUDE", f"{path}.{given[1]}", first=given[0], second=given[1])


def _plain_reader(cls: type) -> Reader:
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


def _misfit(fields: tuple[Field, ...], data: Data, path: str) -> Refusal:
    """The Refusal of an unknown field, which is probably a misspelt one; otherwise of the first field that is missing.
    """
    keys = [field.key for field in fields]
    for key in data:
        if key not in keys:
            return unknown_field(path, key, keys)
    missing = next(field.key for field in fields if field.required and field.key not in data)
    return Refusal("FIELD_MISSING", f"{path}.{missing}", missing=missing)


def _flat_reader(row: FactType, flat: Flat) -> Reader:
    read_own = _plain_reader(row.cls)

    def read(data: Data, path: str) -> Any:
        own: Data = {}
        given: Data = {}
        for key, value in data.items():
            (given if key in flat.fields else own)[key] = value
        what = read_own(own, path)
        if row.variants is not None:
            by, fields = row.variants
            check_variant(getattr(what, by), given, fields, path)
        flat.put(what, _read_flat(flat, given, path))
        return what

    return read


def _read_flat(flat: Flat, given: Data, path: str) -> Any:
    inner = _empty(flat)
    for key, value in given.items():
        field = flat.fields[key]
        try:
            field.put(inner, field.shape.parse(value))
        except Refusal as refused:
            raise within(refused, f"{path}.{key}") from None
    return inner


def _empty(flat: Flat) -> Any:
    inner = _new(flat.cls)
    for put in flat.puts:
        put(inner, None)
    return inner


def check_variant(variant: str, given: Mapping[str, object], fields: Mapping[str, frozenset[str]], path: str) -> None:
    """Refusal MEASURE_OF_OTHER_KIND when a field in ``given`` is not one of the variant's."""
    for key in given:
        if key not in fields[variant]:
            raise Refusal("MEASURE_OF_OTHER_KIND", f"{path}.{key}", measure=key, kind=variant)


def stated(record: Any) -> dict[str, object]:
    """The fields of a record that have a value, by key."""
    keys, take = _taken(record.__class__)
    return {key: value for key, value in zip(keys, take(record), strict=True) if value is not None}


@cache
def _taken(cls: Any) -> tuple[list[str], Callable[[Any], Any]]:
    """The keys of a record's fields, and what takes all their values at once."""
    names = [name for name, _ in cls.__setters__]
    return [name.removesuffix("_") for name in names], attrgetter(*names)


# --- JSON ------------------------------------------------------------------------------------------


def stored_name(what: What) -> str:
    """The stable, versioned name of a fact's type in the stored bytes, ``InvoiceIssued.v1``."""
    return TYPES[what.__class__.__name__].stored_name


def data_json(what: What) -> Data:
    """The JSON of a fact's data: fields in the order declared, those without a value left out.

    Amounts have two decimals, other decimals keep their text, days are ``YYYY-MM-DD``.
    """
    plan, inner = _WRITERS.get(what.__class__) or _writer(what.__class__)
    data = _json(what, plan)
    if inner is not None:
        take, of = inner
        data.update(_json(take(what), of))
    return data


_Plan = tuple[tuple[str, Callable[[Any], Any], Callable[[Any], Any] | None], ...]


_Writer = tuple[_Plan, tuple[Callable[[Any], Any], _Plan] | None]  # of the own fields, and of a flat one's
_WRITERS: dict[type, _Writer] = {}


def _writer(cls: type) -> _Writer:
    flat = flat_of(cls)
    inner = (attrgetter(flat.name), _plan(tuple(flat.fields.values()))) if flat is not None else None
    made = _WRITERS[cls] = _plan(fields_of(cls)), inner
    return made


def _plan(fields: tuple[Field, ...]) -> _Plan:
    return tuple((field.key, field.take, field.shape.encode) for field in fields)


def _json(record: object, plan: _Plan) -> Data:
    data: Data = {}
    for key, take, write in plan:
        value = take(record)
        if value is not None:
            data[key] = value if write is None else write(value)
    return data


# --- trusted ---------------------------------------------------------------------------------------


def decode_data(name: str, data: Data) -> What:
    """The fact stored under ``name`` with ``data``: nothing is checked, older versions are converted to the current
    one.

    Raises Refusal FACT_UNKNOWN_TYPE for a name this version does not know; KeyError where a field is missing.
    """
    return decoder_of(name)(data)


def decoder_of(name: str) -> Callable[[Data], What]:
    """The function that decodes data stored under ``name``, as :func:`decode_data` does. Refusal FACT_UNKNOWN_TYPE."""
    return _DECODERS.get(name) or _decoder(name)


def _decoder(name: str) -> Callable[[Data], What]:
    type, _, version = name.partition(".v")
    row = TYPES.get(type)
    if row is None or not version.isdigit() or not 0 < int(version) <= row.version:
        raise unknown_type(name, "type", TYPES)
    flat = flat_of(row.cls)
    made = _plain_decoder(row.cls) if flat is None else _flat_decoder(row.cls, flat)
    for step in range(row.version - 1, int(version) - 1, -1):
        made = _after(row.upcasts[step], made)
    _DECODERS[name] = made
    return made


def _plain_decoder(cls: type) -> Callable[[Data], Any]:
    plan = tuple((field.key, field.put, field.shape.decode, field.required) for field in fields_of(cls))

    def decode(data: Data) -> Any:
        what = _new(cls)
        for key, put, read, required in plan:
            value = data.get(key)
            if required and value is None:
                raise KeyError(key)
            put(what, value if read is None or value is None else read(value))
        return what

    return decode


def _flat_decoder(cls: Any, flat: Flat) -> Callable[[Data], Any]:
    own = _plain_decoder(cls)
    plan = {key: (field.put, field.shape.decode) for key, field in flat.fields.items()}

    def decode(data: Data) -> Any:
        what = own(data)
        inner = _empty(flat)
        for key, value in data.items():
            if key in plan:
                put, read = plan[key]
                put(inner, value if read is None else read(value))
        flat.put(what, inner)
        return what

    return decode


def _after(upcast: Callable[[Data], Data], decode: Callable[[Data], What]) -> Callable[[Data], What]:
    return lambda data: decode(upcast(data))


_DECODERS: dict[str, Callable[[Data], What]] = {}


def as_it_was(data: Data) -> Data:
    """An upcast that keeps the data: the next version only has further fields, or accepts more values."""
    return data


def restate(type: str, data: Data) -> What:
    """The fact of ``type`` that a recorded correction states; ``data`` may have the shape of any version.

    A correction keeps the data it was given but not their version, so an upcast must recognise data of its own version.
    """
    row = TYPES[type]
    for version in range(1, row.version):
        data = row.upcasts[version](data)
    return decode_data(row.stored_name, data)
