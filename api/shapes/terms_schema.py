"""The JSON schema of a contract's terms, worked out from the keys that each agreement declares.

Whether terms agree with themselves it cannot say: sums, bands, bounds of decimals, which rule has which parameters,
numbers used twice. The ledger does, naming every fault.
"""

from __future__ import annotations

from typing import Any

from ledger.domain.template import TEMPLATES
from ledger.domain.terms_values import Rows, Shape, Table


def terms_schemas() -> dict[str, dict[str, Any]]:
    """The terms of some agreement, ``Terms``, and those of each by a name made of its slug."""
    each = {
        _named(slug): schema(one.shape) | {"description": f"{one.zh}\n\n{one.en}"} for slug, one in TEMPLATES.items()
    }
    return {"Terms": {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in each]}, **each}


def _named(slug: str) -> str:
    return "".join(word.capitalize() for word in slug.split("-")) + "Terms"


def schema(shape: Shape) -> dict[str, Any]:
    """The schema of a part of the terms, or of all."""
    if isinstance(shape, Rows):
        return {"type": "array", "items": schema(shape.row), "minItems": 0 if shape.optional else 1}
    if isinstance(shape, Table):
        properties = {key: schema(part) for key, part in shape.keys.items()}
        required = [key for key, part in shape.keys.items() if not part.optional]
        made = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
        return {"anyOf": [made, {"type": "object", "maxProperties": 0}]} if shape.optional and required else made
    return dict(shape.read.schema)
