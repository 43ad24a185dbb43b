"""How classes of values are declared: ``dataclass``, ``replace``, ``record``, ``NamedTuple`` and
``TypedDict``, quick to import.

They are the standard library's, and type checkers take them for those. The standard ones compile their methods where
they stand, some 0.4 ms for a class and 70 ms for those that the command line imports, of which a command uses few. Here
``__eq__`` and ``__hash__`` are compiled when first called; instances are made by a loop until there are some of them,
then by ``__init__`` and ``__new__`` with a code that classes with as many fields share
(docs/adr/0005-records-have-their-own-declaration.md).
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError, make_dataclass
from dataclasses import field as field
from functools import cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

Happened = TypeVar("Happened")


def _values(told: Any) -> tuple[object, ...]:
    return tuple(getattr(told, name) for name in type(told).__declared__)


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self).__declared__)
    return f"{type(self).__qualname__}({shown})"


def _frozen(self: Any, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"{type(self).__name__} is immutable: {name} cannot be changed")


def _reduce(self: Any) -> tuple[object, ...]:
    return _revive, (type(self), _values(self))


def _revive(cls: Any, values: tuple[object, ...]) -> object:
    made = cls.__new__(cls)
    for name, value in zip(cls.__declared__, values, strict=True):
        object.__setattr__(made, name, value)
    return made


class _DataclassFields:
    """``__dataclass_fields__``, made when ``dataclasses`` first asks for it."""

    def __get__(self, told: object, cls: Any) -> dict[str, Any]:
        hints = cls.__annotations__
        like: Any = make_dataclass(
            cls.__name__,
            [(name, hints[name], cls.__optional__.get(name, MISSING)) for name in cls.__declared__],
            init=False, repr=False, eq=False, kw_only=True,
        )  # fmt: skip
        cls.__dataclass_fields__ = fields = like.__dataclass_fields__
        return fields  # type: ignore[no-any-return]


@cache
def _code(head: str, body: tuple[str, ...]) -> CodeType:
    """The code of ``def made(head)``; parsing takes most of the time, so it is shared by classes alike in this."""
    known: dict[str, Any] = {}
    exec(f"def made({head}):\n " + "\n ".join(body or ("pass",)), known)
    return known["made"].__code__  # type: ignore[no-any-return]


def _places(count: int) -> list[str]:
    """Names of fields in a code that is shared."""
    return [f"f{number}" for number in range(count)]


def _function(cls: Any, name: str, code: CodeType, first: str, names: tuple[str, ...], known: dict[str, Any]) -> Any:
    """A method of a class: a shared code, in which the class's fields are named."""
    told = dict(zip(_places(len(names)), names, strict=True))
    named = code.replace(
        co_name=name, co_qualname=f"{cls.__qualname__}.{name}", co_varnames=(first, *names),
        co_names=tuple(told.get(one, one) for one in code.co_names),
    )  # fmt: skip
    return FunctionType(named, known, name)


def _init(cls: Any) -> Any:
    """The ``__init__`` of a class."""
    names, optional = cls.__declared__, cls.__optional__
    places = _places(len(names))
    known: dict[str, Any] = {"MISSING": MISSING}
    defaults = {one: _default(optional[one]) for one in names if one in optional}
    body = []
    for place, name in zip(places, names, strict=True):
        value = place
        if defaults.get(name) is MISSING:
            known[f"_new_{place}"] = optional[name].default_factory
            value = f"_new_{place}() if {place} is MISSING else {place}"
        if cls.__frozen__:
            known[f"_set_{place}"] = getattr(cls, name).__set__
        body.append(f"_set_{place}(_, {value})" if cls.__frozen__ else f"_.{place} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("_.__post_init__()")
    head = ", ".join(["_", *(["*"] if cls.__by_keyword__ and names else []), *places])
    made = _function(cls, "__init__", _code(head, tuple(body)), "self", names, known)
    if cls.__by_keyword__:
        made.__kwdefaults__ = defaults
    else:
        made.__defaults__ = tuple(defaults.values())
    return made


def _default(one: Any) -> Any:
    """The default of a parameter; MISSING where a value is made anew each time."""
    return one.default if isinstance(one, Field) else one


def _compared(cls: Any, of: str) -> str:
    unlike = {name for name, one in cls.__optional__.items() if isinstance(one, Field) and not one.compare}
    names = [name for name in cls.__declared__ if name not in unlike]
    return f"({''.join(f'{of}.{name}, ' for name in names)})"


def _eq(cls: Any) -> FunctionType:
    """The ``__eq__`` of a class."""
    ours, theirs = _compared(cls, "self"), _compared(cls, "other")
    return _compiled("__eq__", (
        f"def __eq__(self, other):\n if other.__class__ is self.__class__:\n  return {ours} == {theirs}\n"
        " return NotImplemented"
    ))  # fmt: skip


def _hash(cls: Any) -> FunctionType:
    """The ``__hash__`` of a class; of types without fields, too, no two are alike."""
    source = f"def __hash__(self):\n return hash((self.__class__, {_compared(cls, 'self')}))"
    return _compiled("__hash__", source)


def _compiled(name: str, source: str) -> FunctionType:
    known: dict[str, Any] = {}
    exec(source, known)
    return known[name]  # type: ignore[no-any-return]


def _at_first_call(name: str, make: Callable[[Any], FunctionType]) -> Callable[..., Any]:
    """A method that makes the class's own when it is first called, which stands in its place from then on."""

    def method(self: Any, *given: object) -> Any:
        cls = type(self)
        if vars(cls).get(name) is method:
            setattr(cls, name, make(cls))
        return getattr(self, name)(*given)

    method.__name__ = name
    return method


FEW = 6  # instances of a class; to compile what makes them takes as long as to make some hundred by a loop


def _values_of_few(
    cls: Any, names: tuple[str, ...], given: tuple[object, ...], named: dict[str, object], defaults: dict[str, Any]
) -> list[object] | None:
    """What the fields of one of the first few instances hold; None for further ones, and where something is amiss."""
    cls.__made__ += 1
    if cls.__made__ > FEW:
        return None
    values, used = list(given), 0
    for name in names[len(given) :]:
        if name in named:
            values.append(named[name])
            used += 1
        elif name in defaults:
            values.append(defaults[name])
        else:
            return None
    return values if used == len(named) and len(values) == len(names) else None


def _init_of_few(self: Any, *given: object, **named: object) -> None:
    cls = type(self)
    values = None
    if not (given and cls.__by_keyword__):
        values = _values_of_few(cls, cls.__declared__, given, named, cls.__optional__)
    if values is None:
        if vars(cls).get("__init__") is _init_of_few:
            cls.__init__ = _init(cls)
        return self.__init__(*given, **named)  # type: ignore[no-any-return]
    for name, value in zip(cls.__declared__, values, strict=True):
        if isinstance(value, Field):
            value = value.default if value.default_factory is MISSING else value.default_factory()
        object.__setattr__(self, name, value)
    if hasattr(cls, "__post_init__"):
        self.__post_init__()
    return None


_INIT, _EQ, _HASH = _init_of_few, _at_first_call("__eq__", _eq), _at_first_call("__hash__", _hash)


def _declared(
    *, slots: bool = False, frozen: bool = False, eq: bool = True, kw_only: bool = False
) -> Callable[[Any], Any]:
    """The decorator ``dataclass(…)``: what is frozen has slots, and nobody inherits from what it makes."""

    methods: dict[str, Any] = {"__init__": _INIT, "__repr__": _repr, "__reduce__": _reduce}
    if eq:
        methods |= {"__eq__": _EQ, "__hash__": _HASH if frozen else None}
    if frozen:
        methods |= {"__setattr__": _frozen, "__delattr__": _frozen}

    def declare(cls: Any) -> Any:
        body = dict(vars(cls))
        for made in ("__dict__", "__weakref__"):
            body.pop(made, None)
        names = tuple(body.get("__annotations__", ()))
        optional = {name: body.pop(name) for name in names if name in body}
        told = {
            "__declared__": names, "__match_args__": () if kw_only else names, "__optional__": optional,
            "__frozen__": frozen, "__by_keyword__": kw_only, "__made__": 0, "__dataclass_fields__": _DataclassFields(),
        }  # fmt: skip
        if slots:
            told["__slots__"] = names
        return type(cls)(cls.__name__, cls.__bases__, methods | body | told)

    return declare


def _new_of_few(cls: Any, *given: object, **named: object) -> Any:
    made = next(one for one in cls.__mro__ if vars(one).get("__new__") is _NEW)
    values = _values_of_few(made, made._fields, given, named, made._field_defaults)
    if values is not None:
        return tuple.__new__(cls, values)
    places = _places(len(made._fields))
    code = _code(", ".join(["_", *places]), (f"return _new(_, ({''.join(f'{one}, ' for one in places)}))",))
    new = _function(made, "__new__", code, "_cls", made._fields, {"_new": tuple.__new__})
    new.__defaults__ = tuple(made._field_defaults.values())
    made.__new__ = staticmethod(new)
    return cls.__new__(cls, *given, **named)


_NEW = staticmethod(_new_of_few)
_PLACES = [f"at_{number}" for number in range(60)]
_HELD = [namedtuple("_Place", _PLACES)]  # for the collector empties the dictionary of a class that nobody holds
_GETTERS = tuple(map(vars(_HELD[0]).__getitem__, _PLACES))  # written in C


class _Tuple(tuple[Any, ...]):
    """What the classes of tuples have in common."""

    __slots__ = ()
    if TYPE_CHECKING:
        _fields: tuple[str, ...]

    @classmethod
    def _make(cls, values: Iterable[object]) -> Any:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, **changes: object) -> Any:
        made = self._make(map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __getnewargs__(self) -> tuple[object, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({shown})"


class _Fields(type):
    """Makes a class of tuples of its annotations."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        fields = tuple(body.get("__annotations__", ()))
        if len(fields) > len(_PLACES):
            raise TypeError(f"{name} has more than {len(_PLACES)} fields")
        defaults = {one: body.pop(one) for one in fields if one in body}
        told = dict(zip(fields, _GETTERS, strict=False)) | {
            "__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields, "__new__": _NEW,
            "__made__": 0,
        }  # fmt: skip
        return type(name, (_Tuple,), told | body)


class _TupleBase:
    """What a class that names ``NamedTuple`` as its base is made by."""

    def __mro_entries__(self, bases: tuple[type, ...]) -> tuple[type, ...]:
        return (_NAMED,)


class _DictBase:
    """What a class that names ``TypedDict`` as its base is made by: nobody reads its annotations until asked to."""

    def __mro_entries__(self, bases: tuple[type, ...]) -> tuple[type, ...]:
        return (dict,)


_NAMED = type.__new__(_Fields, "NamedTuple", (), {})


def _replaced(told: Any, **changes: object) -> Any:
    """Another of its class, with these fields changed."""
    return type(told)(**(dict(zip(type(told).__declared__, _values(told), strict=True)) | changes))


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
    from typing import NamedTuple as NamedTuple
    from typing import TypedDict as TypedDict
else:
    dataclass, replace, NamedTuple, TypedDict = _declared, _replaced, _TupleBase(), _DictBase()


def is_typed_dict(shape: object) -> bool:
    """Does it say which keys a dictionary has (``typing.get_type_hints``)? The standard library's do too."""
    return isinstance(shape, type) and issubclass(shape, dict) and shape is not dict


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[Happened]) -> type[Happened]:
    """Make ``cls`` an immutable record of its annotated fields; a field with a value is optional."""
    made: Any = _declared(frozen=True, slots=True, kw_only=True)(cls)
    made.__setters__ = tuple((name, getattr(made, name).__set__) for name in made.__declared__)
    return made  # type: ignore[no-any-return]
