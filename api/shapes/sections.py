"""The models of what sections of the answer are, made from the types that clauses declare."""

from __future__ import annotations

import inspect
import types
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

from pydantic import Field, create_model

from api.shapes import values
from api.shapes.values import Model
from ledger.domain.declare import is_typed_dict

_PAIR = Field(min_length=2, max_length=2)


def declared(of: Any) -> Any:
    """A type of an answer as the document declares it; a TypedDict becomes a model named without its ``Json``."""
    origin, args = get_origin(of), get_args(of)
    if is_typed_dict(of):
        return _model(of)
    if origin is Annotated:
        inner, name = args
        return Annotated[declared(inner), _PAIR] if name == "pair" else getattr(values, name)
    if origin in (Union, types.UnionType):
        return reduce(or_, [declared(one) for one in args])
    if origin is Literal or origin is None:
        return of
    return origin[tuple(declared(one) for one in args)]


@cache
def _model(of: Any) -> type[Model]:
    hints = get_type_hints(of, include_extras=True)
    fields: dict[str, Any] = {key: _member(hint) for key, hint in hints.items()}
    made = create_model(of.__name__, __base__=Model, **fields)
    made.__doc__ = inspect.getdoc(of)
    return made


def _without_default(schema: dict[str, Any]) -> None:
    """What an answer lacks is not null in it."""
    schema.pop("default", None)


def _member(hint: Any) -> tuple[Any, Any]:
    """What a key holds, and its default: none, unless an answer may lack it."""
    if get_origin(hint) is NotRequired:
        return declared(get_args(hint)[0]), Field(default=None, json_schema_extra=_without_default)
    return declared(hint), ...
