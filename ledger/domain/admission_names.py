"""The names in a fact: identifiers that must exist, one that must be free, facts that must exist."""

from __future__ import annotations

from collections.abc import Callable, Collection
from operator import attrgetter
from typing import Any

from ledger.domain.admission_state import AdmissionState, Identifier
from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.domain.fact import KINDS, TYPES
from ledger.domain.fact_data import flat_of
from ledger.domain.values import quoted


class Assertion(NamedTuple):
    """An assertion to be checked: what it says, by whom, of whom (``actor``), when (``at``, µs), and what is known
    before it.

    When a correction restates an earlier fact, ``own`` is the seq of that fact.
    """

    type: str
    what: Any
    by: str
    actor: str
    at: int
    state: AdmissionState
    now: int
    known_items: Callable[[], Collection[str]]
    own: int | None = None
    path: str = "data"

    @property
    def role(self) -> str:
        """The field that says who did it: ``actor`` where it was given."""
        return "by" if self.actor == self.by else "actor"

    def refusal(self, code: str, field: str, **values: object) -> Refusal:
        """A Refusal about a field of this assertion's data."""
        refused = Refusal(code, f"{self.path}.{field}")
        refused.values.update(values)
        return refused

    def unknown(self, kind: str, field: str, value: object) -> Refusal:
        """Refusal ID_UNKNOWN for an identifier that does not exist, or ID_RETRACTED where it was in use before."""
        code = "ID_RETRACTED" if (kind, value) in self.state.ever else "ID_UNKNOWN"
        return self.refusal(code, field, value=value, kind=KINDS[kind][1], kind_zh=KINDS[kind][0])


class _Named(NamedTuple):
    kind: str
    field: str
    take: Callable[[Any], Any]
    introduces: bool


_NAMES: dict[type, tuple[_Named, ...]] = {}


def _named_by(cls: type) -> tuple[_Named, ...]:
    """The identifiers that a type names; the one it introduces comes first."""
    row = TYPES[cls.__name__]
    named = [_Named(*row.introduces, attrgetter(row.introduces[1]), True)] if row.introduces else []
    for kind, field in (*((row.subject,) if row.subject else ()), *row.mentions):
        if kind != "about":
            flat = flat_of(cls)
            inside = flat is not None and field in flat.fields
            if "." in field:
                named.append(_Named(kind, field, _each(*field.split(".")), False))
                continue
            named.append(_Named(kind, field, attrgetter(f"{flat.name}.{field}" if flat and inside else field), False))
    return tuple(named)


def _each(field: str, inner: str) -> Callable[[Any], tuple[object, ...] | None]:
    """The identifiers that the records in a list name."""
    take, of = attrgetter(field), attrgetter(inner)
    return lambda what: None if take(what) is None else tuple(map(of, take(what)))


def check_names(said: Assertion) -> None:
    """Raise Refusal ID_USED, ID_UNKNOWN or ID_RETRACTED for an identifier that cannot be used."""
    cls = said.what.__class__
    names = _NAMES.get(cls)
    if names is None:
        names = _NAMES[cls] = _named_by(cls)
    holders = said.state.holders
    restated = None if said.own is None else said.state.what(said.own)
    for kind, field, take, introduces in names:
        value = take(said.what)
        if introduces:
            holder = holders.get((kind, value))
            if holder not in (None, said.own) and said.own not in said.state.standing.gone:
                raise used(said, field, (kind, value), holder or 0)
            for other in said.state.alike((kind, value)):
                if holders[other] != said.own:
                    raise used(said, field, other, holders[other], instead=value)
        elif restated is not None and take(restated) == value:
            continue  # a correction may leave a name as it was, though what it names is gone by now
        elif value.__class__ is tuple:
            for index, one in enumerate(value):
                if (kind, one) not in holders:
                    place = f".{index}.".join(field.split(".")) if "." in field else f"{field}.{index}"
                    raise said.unknown(kind, place, one)
        elif value is not None and (kind, value) not in holders:
            raise said.unknown(kind, field, value)


def used(said: Assertion, field: str, identifier: Identifier, holder: int, instead: object = None) -> Refusal:
    """Refusal ID_USED, naming the fact that has the identifier; ID_LOOKALIKE where it only looks like ``instead``."""
    kind, value = identifier
    code = "ID_USED" if instead is None else "ID_LOOKALIKE"
    return said.refusal(code, field, value=value, instead=instead, kind=KINDS[kind][1], kind_zh=KINDS[kind][0],
                         fact=said.state.id_of(holder))


def target_of(said: Assertion, name: str, field: str) -> int:
    """The seq of the fact that ``name``, an id or a ref, refers to; Refusal TARGET_UNKNOWN where there is none."""
    seq = said.state.seq_of(name)
    if seq is None:
        raise said.refusal("TARGET_UNKNOWN", field, target=quoted(name))
    return seq


def about_is_known(said: Assertion, *words: str) -> None:
    """Raise Refusal ABOUT_UNKNOWN unless ``about`` names a fact, an identifier in use or one of ``words``.

    Refusal ABOUT_AMBIGUOUS, with the facts it may mean, where there are several (SPEC 2.1).
    """
    about, state = said.what.about, said.state
    if about is None or about in words:
        return
    if said.own is not None and getattr(state.what(said.own), "about", None) == about:
        return  # left as it was
    found = state.answering(about)
    if not found:
        raise said.refusal("ABOUT_UNKNOWN", "about", about=about)
    if len(found) > 1:
        zh, en = (", ".join(_called(state, *one, lang) for one in sorted(found.items())) for lang in (0, 1))
        raise said.refusal("ABOUT_AMBIGUOUS", "about", about=about, facts_zh=zh, facts=en, one=state.id_of(min(found)))


def _called(state: AdmissionState, seq: int, kind: str, lang: int) -> str:
    """A fact with the kind of identifier by which it has that name: ``CU-1#4 (invoice)``; none for its number or ref.
    """
    return state.id_of(seq) + (f" ({KINDS[kind][lang]})" if kind else "")


def facts_are_known(said: Assertion) -> None:
    """Raise Refusal TARGET_UNKNOWN unless each of ``facts`` names a fact."""
    for index, name in enumerate(said.what.facts):
        target_of(said, name, f"facts.{index}")
