"""The JSON schemas of facts, worked out from the one table of types and the shapes of their fields.

A fact is one of the members of a union that its `type` tells apart, each with the roles that may assert it and
its own `data`. What a schema cannot say is left to the ledger's admission: which identifiers there are, that a
day has come, that a signature is one's own, which kind of incident an assessment is of, that a correction fits
the fact it corrects, that terms agree with themselves; and that a whole number has no decimal point, that a text
has no forbidden characters beyond the basic plane, an identifier none that Unicode has not assigned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from api.shapes.terms_schema import terms_schemas
from api.shapes.values import AnyRole
from api.wording import describe, entitle, paragraphs
from ledger.domain.fact import TYPES, FactType
from ledger.domain.fact_data import Field, fields_of, flat_of
from ledger.domain.fact_envelope import DOCUMENT_SHAPES, MOST_DOCUMENTS
from ledger.domain.fact_words import fields_in, label_of, meaning_of
from ledger.domain.facts.agreement import ContractRegistered, ReadingAgreed
from ledger.domain.fields import (
    COUNT,
    DAY,
    GROUND,
    IDENTIFIER,
    MONEY,
    MONTH,
    NAME,
    ON,
    PERCENT,
    PERSONAL,
    SHA256,
    SHARE,
    TEXT,
    TYPE_OF_MEDIA,
)
from ledger.domain.template import TEMPLATES, all_readings
from ledger.domain.values import Shape, one_of
from ledger.domain.words import Said
from ledger.labels import article, label
from ledger.projections.fact_types import clauses_of

Schema = dict[str, Any]

# What may be told to a contract or to the calendar, what may be imagined of a contract, what may be on record.
TOLD = tuple(name for name in sorted(TYPES) if name != "ContractRegistered" and not TYPES[name].ledgers)
IMAGINED = tuple(name for name in TOLD if name != "CalendarPublished")
UNIONS: dict[str, tuple[str, ...]] = {
    "FactIn": TOLD, "ImaginedFact": IMAGINED, "Fact": tuple(sorted(TYPES)), "RecordedFact": TOLD,
}
_MEMBERS = {"ImaginedFact": "FactIn"}  # where a union has no members of its own, whose it shares


def _camel(words: str) -> str:
    return words.title().replace("_", "").replace("-", "")


def _shapes() -> Iterator[Shape]:
    """The shape of every field of every type."""
    return (field.shape for row in TYPES.values() for field in fields_in(row))


_NAMED: dict[str, Shape] = {
    "Identifier": IDENTIFIER, "Text": TEXT, "Name": NAME, "Amount": MONEY, "Percentage": PERCENT, "Share": SHARE,
    "Day": DAY, "Month": MONTH, "On": ON, "Digest": SHA256, "MediaType": TYPE_OF_MEDIA, "Slug": GROUND, "Count": COUNT,
    **{shape.name: shape for shape in _shapes() if shape.name is not None},
}  # fmt: skip
_WRITTEN = {"Money": MONEY.written or {}, "Commitment": PERSONAL.written or {}}
_NAMES = {id(of.schema): name for name, of in _NAMED.items()} | {id(of): name for name, of in _WRITTEN.items()}
_DIGITS: Schema = {"type": "integer", "minimum": 0}


def fact_schemas() -> dict[str, Schema]:
    """Everything about facts for `components.schemas` of the document, by name."""
    made = {name: _with(dict(of.schema), _value(of)) for name, of in _NAMED.items()}
    made |= {name: dict(schema) for name, schema in _WRITTEN.items()}
    made["Document"] = _document()
    made |= terms_schemas()
    for row in TYPES.values():
        made[_role("By", row.by)] = _roles("By", row.by)
        made[_role("Actor", row.actors)] = _roles("Actor", row.actors)
        made |= _data(row)
        if row.cls is ContractRegistered:
            made["ContractRegisteredData"]["properties"]["terms"] = _ref("Terms")
        stated, recorded = _stated(row, made), _recorded(row, made)
        if row.name in TOLD:
            made[f"{row.name}FactIn"] = stated
            made[f"{row.name}RecordedFact"] = _and_repeated(recorded)
        made[f"{row.name}Fact"] = recorded
    made["Advice"] = _advice()
    made["ContractRegisteredRecordedFact"] = _with_advice(_and_repeated(made["ContractRegisteredFact"]))
    for union, types in UNIONS.items():
        made[union] = _union("type", {name: f"{name}{_MEMBERS.get(union, union)}" for name in types})
    describe(made)
    entitle(made)
    return made


def _value(of: Shape) -> str:
    """What a value of a shape is, and what each word means where it takes few; the catalogue may say it better."""
    if not of.options or of.label is None:
        return "\n\n".join(of.said)
    zh = "；".join(f"`{word}` {both[0]}" for word, both in of.options.items())
    en = "; ".join(f"`{word}` {both[1]}" for word, both in of.options.items())
    return f"{of.label[0]}：{zh}\n\n{of.label[1]}: {en}"


# --- envelopes -------------------------------------------------------------------------------------


def _stated(row: FactType, made: Mapping[str, Schema]) -> Schema:
    """The envelope a client sends."""
    data = f"{row.name}Data"
    needed = "oneOf" in made[data] or bool(made[data]["required"])
    return _object(_named(row), _said(row, data), ["type", "on", "by", *(["data"] if needed else [])])


def _recorded(row: FactType, made: Mapping[str, Schema]) -> Schema:
    """A fact with what the ledger added."""
    data = f"{row.name}RecordedData"
    added: dict[str, Schema] = {
        "seq": {"type": "integer", "minimum": 1}, "id": {"type": "string"}, "position": _DIGITS,
        "recorded_at": {"type": "string", "format": "date-time"}, "recorded_by": {"type": "string"},
        "recorded_roles": {"type": ["array", "null"], "items": {"type": "string", "enum": list(get_args(AnyRole))}},
        "on_behalf": {"type": "boolean"},
        "digest": _ref("Digest"), "prev": _ref("Digest"),
    }  # fmt: skip
    said = _said(row, data if data in made else f"{row.name}Data")
    return _object(_named(row), said | added, [key for key in (*said, *added) if key != "documents"])


def _said(row: FactType, data: str) -> dict[str, Schema]:
    listed = {"type": "array", "items": _ref("Document"), "maxItems": MOST_DOCUMENTS}
    return {
        "type": {"type": "string", "const": row.name}, "on": _ref("On"), "by": _ref(_role("By", row.by)),
        "actor": _ref(_role("Actor", row.actors)), "ref": _ref("Identifier"), "data": _ref(data), "documents": listed,
    }  # fmt: skip


def _and_repeated(recorded: Schema) -> Schema:
    """A fact, and whether it had been recorded before (then nothing was added)."""
    properties = recorded["properties"] | {"repeated": {"type": "boolean"}}
    return recorded | {"properties": properties, "required": [*recorded["required"], "repeated"]}


def _with_advice(registered: Schema) -> Schema:
    """A registration, and what of its terms is lawful but unwise."""
    properties = registered["properties"] | {"advice": {"type": "array", "items": _ref("Advice")}}
    return registered | {"properties": properties, "required": [*registered["required"], "advice"]}


def _advice() -> Schema:
    told: dict[str, Schema] = {
        "code": {"type": "string"}, "clause": {"type": "string"}, "field": {"type": "string"},
        "example": {"type": ["string", "integer", "null"]}, "reading": {"type": ["string", "null"]},
        "zh": {"type": "string"}, "en": {"type": "string"},
    }  # fmt: skip
    return _object(paragraphs("api.schema.Advice"), told, told)


def _role(field: str, roles: Iterable[str]) -> str:
    return field + "Or".join(_camel(role) for role in roles)


def _roles(field: str, roles: tuple[str, ...]) -> Schema:
    said = paragraphs(f"api.schema.{field}", roles_zh="、".join(label("role", role, "zh") for role in roles),
                      roles=", ".join(label("role", role, "en") for role in roles))  # fmt: skip
    return {"type": "string", "enum": list(roles), "description": said}


def _document() -> Schema:
    keys = ("sha256", "name", "media_type", "sm3")
    shapes = {key: DOCUMENT_SHAPES[key] for key in keys}
    return _object("", {key: _field(of.label or ("", ""), of.schema) for key, of in shapes.items()}, keys[:3])


# --- data ------------------------------------------------------------------------------------------


def _data(row: FactType) -> dict[str, Schema]:
    """What a type's `data` is when it is stated, and when it is on record where that differs."""
    fields, flat = fields_of(row.cls), flat_of(row.cls)
    inner = tuple(flat.fields.values()) if flat is not None else ()
    if row.variants is not None:  # which of the flat fields there are depends on another
        by, known = row.variants
        variants = {name: [*fields, *(field for field in inner if field.key in of)] for name, of in known.items()}
        return _told_apart(by, row, {
            name: (_both(f"{row.name}{_camel(name)}", row, of), {}) for name, of in variants.items()
        })  # fmt: skip
    if row.cls is ReadingAgreed:  # its option depends on the reading
        return _told_apart("reading", row, {
            reading: (_both(f"{row.name}{_camel(reading)}", row, fields), {"option": one_of(*one.options)})
            for reading, one in all_readings().items()
        })  # fmt: skip
    return _both(row.name, row, [*fields, *inner])


def _told_apart(
    key: str, row: FactType, variants: Mapping[str, tuple[dict[str, Schema], Mapping[str, Any]]]
) -> dict[str, Schema]:
    """A union of variants of a type's `data` that the value of ``key`` tells apart."""
    made: dict[str, Schema] = {}
    for value, (members, others) in variants.items():
        for member in members.values():
            for own, schema in {key: {"type": "string", "const": value}, **others}.items():
                member["properties"][own] = _with(dict(schema), member["properties"][own]["description"])
        made |= members
    stated, recorded = ({value: list(members)[which] for value, (members, _) in variants.items()} for which in (0, -1))
    made[f"{row.name}Data"] = _union(key, stated) | {"description": _about(row)}
    if recorded != stated:
        made[f"{row.name}RecordedData"] = _union(key, recorded) | {"description": _named(row)}
    return made


def _both(name: str, row: FactType, fields: Iterable[Field]) -> dict[str, Schema]:
    required = [field.key for field in fields if field.required]
    stated = {field.key: _field(label_of(row, field), field.shape.schema) for field in fields}
    recorded = {field.key: _field(label_of(row, field), _written(field.shape)) for field in fields}
    about = _about(row) if name == row.name else _named(row)
    made = {f"{name}Data": _object(about, stated, required)}
    if recorded != stated:
        made[f"{name}RecordedData"] = _object(_named(row), recorded, required)
    return made


def _written(shape: Shape) -> Mapping[str, Any]:
    return shape.schema if shape.written is None else shape.written


def _field(label: Said, schema: Mapping[str, Any]) -> Schema:
    return _with(_shared(schema), " · ".join(dict.fromkeys(label)))


def _shared(schema: Any) -> Any:
    """A schema, with a reference wherever there is a name for it."""
    if isinstance(schema, list):
        return [_shared(one) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    name = _NAMES.get(id(schema))
    return _ref(name) if name is not None else {key: _shared(value) for key, value in schema.items()}


# --- schemas ---------------------------------------------------------------------------------------


def _named(row: FactType) -> str:
    return f"{row.zh} · {row.en}"


def _about(row: FactType) -> str:
    """Its names, Chinese first, its clause in each agreement, and what it says; said of its data, and once."""
    zh, en = meaning_of(row)
    stated = clauses_of(row).items()
    in_zh = "；".join(f"{TEMPLATES[slug].zh}{article(clause, 'zh')}" for slug, clause in stated)
    in_en = "; ".join(f"{TEMPLATES[slug].en}, {article(clause, 'en')}" for slug, clause in stated)
    if not stated:
        return f"{row.zh}：{zh}\n\n{row.en}: {en}"
    return f"{row.zh}（{in_zh}）：{zh}\n\n{row.en} ({in_en}): {en}"


def _object(about: str, properties: Schema, required: Iterable[str]) -> Schema:
    return {
        "type": "object", "description": about, "properties": properties, "required": list(required),
        "additionalProperties": False,
    }  # fmt: skip


def _union(key: str, members: Mapping[str, str]) -> Schema:
    mapping = {value: f"#/components/schemas/{member}" for value, member in members.items()}
    discriminator = {"propertyName": key, "mapping": mapping}
    return {"type": "object", "oneOf": [{"$ref": path} for path in mapping.values()], "discriminator": discriminator}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _with(schema: Schema, about: str) -> Schema:
    return schema | {"description": about}
