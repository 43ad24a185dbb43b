"""How facts and terms are declared: an immutable, slotted, keyword-only record.

``@record`` does what ``@dataclass(frozen=True, slots=True, kw_only=True)`` does, and type checkers treat
it so. It exists because the standard decorator compiles five functions a class: some 60 ms for the
72 types, more than the command line takes for everything else (measured). Here one set of
methods serves every type, which costs a tenth of it; ``dataclasses.replace``, ``fields`` and ``asdict``
take a record for one of theirs.
"""

from __future__ import annotations

from dataclasses import field, make_dataclass
from typing import Any, TypeVar, dataclass_transform

Happened = TypeVar("Happened")


def _values(record: Any) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in record.__slots__)


def _init(self: Any, **values: object) -> None:
    cls = type(self)
    for name, put in cls.__setters__:
        if name in values:
            put(self, values.pop(name))
        elif name in cls.__optional__:
            put(self, cls.__optional__[name])
        else:
            raise TypeError(f"{cls.__name__} needs {name}")
    if values:
        raise TypeError(f"{cls.__name__} has no {', '.join(values)}")


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
    return f"{type(self).__name__}({shown})"


def _eq(self: Any, other: object) -> bool:
    return type(other) is type(self) and _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash((type(self), *_values(self)))


def _frozen(self: Any, name: str, value: object = None) -> None:
    raise AttributeError(f"{type(self).__name__} is immutable: {name} cannot be changed")


def _reduce(self: Any) -> tuple[object, ...]:
    return _revive, (type(self), _values(self))


def _revive(cls: Any, values: tuple[object, ...]) -> object:
    return cls(**dict(zip(cls.__slots__, values, strict=True)))


class _DataclassFields:
    """``__dataclass_fields__``, made when ``dataclasses`` first asks for it."""

    def __get__(self, record: object, cls: Any) -> dict[str, Any]:
        optional, hints = cls.__optional__, cls.__annotations__
        made: Any = make_dataclass(cls.__name__, [
            (name, hints[name], field(default=optional[name]) if name in optional else field())
            for name in cls.__slots__
        ], kw_only=True)
        cls.__dataclass_fields__ = fields = made.__dataclass_fields__
        return fields  # type: ignore[no-any-return]


_METHODS = {
    "__dataclass_fields__": _DataclassFields(),
    "__init__": _init, "__repr__": _repr, "__eq__": _eq, "__hash__": _hash,
    "__setattr__": _frozen, "__delattr__": _frozen, "__reduce__": _reduce,
}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[Happened]) -> type[Happened]:
    """Make ``cls`` an immutable record of its annotated fields; a field with a value is optional."""
    names = tuple(vars(cls).get("__annotations__", ()))
    optional = {name: vars(cls)[name] for name in names if name in vars(cls)}
    body = {key: value for key, value in vars(cls).items()
            if key not in optional and key not in ("__dict__", "__weakref__")}
    made: Any = type(cls.__name__, (), body | _METHODS | {"__slots__": names, "__optional__": optional})
    made.__setters__ = tuple((name, getattr(made, name).__set__) for name in names)
    return made  # type: ignore[no-any-return]
