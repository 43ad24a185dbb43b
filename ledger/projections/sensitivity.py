"""What depends on how the contract is read (SPEC 4.7): every single other reading, and what holds under all of them.

A pass consults only some readings, and which it consults next depends on earlier options. So passes form a tree: each
node is a reading, in the order in which it is first consulted, each branch an option. Combinations that lead to the
same leaf are one pass with one answer; a reading that no pass consults changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import Any, Literal, TypeAlias

from ledger.domain.declare import NamedTuple
from ledger.domain.template import Template
from ledger.projections.paths import addressed, changes

MOST_COMBINATIONS = 512  # beyond, every set of at most two
SINGLES = 15  # percent of the work, about, when every single change has been tried

Change: TypeAlias = Mapping[str, str]
"""Options by reading, of those that are read otherwise than they stand, in the order of the agreement's table."""
Concluding: TypeAlias = Callable[[Change], tuple[Mapping[str, Any], Sequence[str]]]
"""The conclusions of a pass under other readings, and what it consulted, in the order of first asking."""
Tell: TypeAlias = Callable[[int], None]
"""Hears how many percent are done."""
Each: TypeAlias = Callable[[Callable[[Change], Any], Iterable[Change]], Iterable[Any]]
"""What ``map`` does: several processes may do it together, since a pass is pure."""


class Weighed(NamedTuple):
    """The parts ``sensitivity`` and ``robust`` of the answer."""

    sensitivity: list[dict[str, Any]]
    robust: dict[str, Any]


def weigh(
    concluding: Concluding, template: Template, in_force: Mapping[str, str], tell: Tell | None = None,
    each: Each = map,
) -> Weighed:  # fmt: skip
    """Try other readings than those ``in_force``, as far as they can matter; ``tell`` is called with the percentage
    done.
    """
    passes = _Passes(concluding, template)
    others = {
        name: [option for option in one.options if option != in_force[name]] for name, one in template.readings.items()
    }
    singles = list(_sets(others, 1))
    listed = [
        {"reading": reading, "option": option, **change}
        for single in _told(singles, tell, 0, SINGLES) for change in passes.changes(single)
        for reading, option in single.items()
    ]  # fmt: skip
    tried, sets = _search(passes, others, tell, each)
    return Weighed(listed, {"tried": tried, "paths": _paths(passes, sets)})


def _search(
    passes: _Passes, others: Mapping[str, Sequence[str]], tell: Tell | None, each: Each
) -> tuple[Literal["all", "pairs"], list[Change]]:
    """Every combination of the readings consulted, until none consults another; every pair where they are too many."""
    while True:
        consulted = {name: options for name, options in others.items() if name in passes.consulted}
        few = prod(1 + len(options) for options in consulted.values()) <= MOST_COMBINATIONS
        sets = [one for size in range(1, 1 + (len(consulted) if few else 2)) for one in _sets(consulted, size)]
        for one, found in zip(_told(sets, tell, SINGLES, 100), each(passes.tried, sets), strict=True):
            passes.learn(one, found)
        if not few:
            return "pairs", sets
        if passes.consulted <= consulted.keys():
            return "all", sets


def _sets(others: Mapping[str, Sequence[str]], size: int) -> Iterator[Change]:
    """The sets of ``size`` changes, in the order of the table."""
    for names in combinations(others, size):
        for options in product(*(others[name] for name in names)):
            yield dict(zip(names, options, strict=True))


def _told(sets: Sequence[Change], tell: Tell | None, start: int, end: int) -> Iterator[Change]:
    """The sets one by one; the listener is called for each further percent, from ``start`` to ``end``."""
    for number, one in enumerate(sets):
        yield one
        if tell is not None:
            before, done = ((end - start) * count // len(sets) for count in (number, number + 1))
            if done > before:
                tell(start + done)


def _paths(passes: _Passes, sets: Iterable[Change]) -> list[dict[str, Any]]:
    """What holds under every set tried, and for everything else the smallest sets that change it."""
    smallest: dict[str, list[Change]] = {}
    for one in sets:  # smaller ones come first
        for path in passes.moved(one):
            found = smallest.setdefault(path, [])
            if not found or len(found[0]) == len(one):
                found.append(one)
    return [
        {"path": path, "changed_by": [dict(one) for one in smallest[path]]} if path in smallest
        else {"path": path, "holds": "under-every-reading"}
        for path in sorted(passes.as_it_stands.keys() | smallest.keys())
    ]  # fmt: skip


Tried: TypeAlias = tuple[Sequence[str], frozenset[str]]
"""What a pass consulted, in the order of first asking, and the weighed paths that it moved."""


class _Leaf(NamedTuple):
    """What the conclusions of a pass differ in: every path, where it was asked for; those weighed one by one."""

    changes: list[dict[str, Any]]
    moved: frozenset[str]


class _Node(NamedTuple):
    """A reading that a pass consulted next, and where each option leads; None is the option as it stands."""

    reading: str
    branches: dict[str | None, _Node | _Leaf]


class _Passes:
    """Passes under other readings, each made once."""

    def __init__(self, concluding: Concluding, template: Template) -> None:
        self._concluding, self._template = concluding, template
        self._stands, asked = concluding({})
        self.consulted: set[str] = set(asked)
        self.as_it_stands = weighed(self._stands, template)
        self._tree = _grown(None, {}, asked, _Leaf([], frozenset()))

    def changes(self, single: Change) -> list[dict[str, Any]]:
        """Everything that differs from the conclusions in force, by path; to be called before :meth:`moved`."""
        known = self._leaf(single)
        if known is None:
            found, asked = self._concluding(single)
            known = _Leaf(changes(self._stands, found, self._template), self._moved(found))
            self._put(single, asked, known)
        return known.changes

    def moved(self, change: Change) -> frozenset[str]:
        """The weighed paths whose values differ."""
        self.tried(change)
        known = self._leaf(change)
        assert known is not None
        return known.moved

    def tried(self, change: Change) -> Tried | None:
        """What a pass consulted and changed; None where it leads to a known leaf. It is known from then on."""
        if self._leaf(change) is not None:
            return None
        found, asked = self._concluding(change)
        tried = asked, self._moved(found)
        self.learn(change, tried)
        return tried

    def learn(self, change: Change, tried: Tried | None) -> None:
        """Add what :meth:`tried` found in another process."""
        if tried is not None and self._leaf(change) is None:
            self._put(change, tried[0], _Leaf([], tried[1]))

    def _moved(self, found: Mapping[str, Any]) -> frozenset[str]:
        stands, here = self.as_it_stands, weighed(found, self._template)
        return frozenset(path for path in here.keys() | stands.keys() if here.get(path) != stands.get(path))

    def _leaf(self, change: Change) -> _Leaf | None:
        at = self._tree
        while isinstance(at, _Node) and change.get(at.reading) in at.branches:
            at = at.branches[change.get(at.reading)]
        return at if isinstance(at, _Leaf) else None

    def _put(self, change: Change, asked: Sequence[str], leaf: _Leaf) -> None:
        self.consulted.update(asked)
        self._tree = _grown(self._tree, change, asked, leaf)


def _grown(tree: _Node | _Leaf | None, change: Change, asked: Sequence[str], leaf: _Leaf) -> _Node | _Leaf:
    """The tree with the walk of one more pass."""
    if not asked:
        return leaf
    reading, option = asked[0], change.get(asked[0])
    node = tree if isinstance(tree, _Node) else _Node(reading, {})
    assert node.reading == reading, "what a pass asks next follows from what it was told"
    node.branches[option] = _grown(node.branches.get(option), change, asked[1:], leaf)
    return node


def weighed(conclusions: Mapping[str, Any], template: Template) -> dict[str, Any]:
    """The values, by path, that are compared under every reading."""
    return {path: value for part in weighed_parts(conclusions, template).values() for path, value in part.items()}


def weighed_parts(conclusions: Mapping[str, Any], template: Template) -> dict[str, dict[str, Any]]:
    """The same by what a section declares (``Section.weighed``): ``obligations.*.state`` has that of each."""
    found: dict[str, dict[str, Any]] = {}
    for key, section in template.sections.items():
        if not section.weighed:
            continue
        parts = addressed({key: conclusions[key]}, template)
        for pattern in section.weighed:
            head, *rest = pattern.split(".")
            path, rest = (key, [head, *rest]) if head == "*" else (f"{key}.{head}" if head else key, rest)
            found[f"{key}.{pattern}" if pattern else key] = _matching(path, parts[path], rest)
    return found


def _matching(path: str, value: Any, pattern: Sequence[str]) -> dict[str, Any]:
    if not pattern:
        return {path: value}
    names = value if pattern[0] == "*" else [pattern[0]]
    return {
        one: each for name in names for one, each in _matching(f"{path}.{name}", value[name], pattern[1:]).items()
    }
