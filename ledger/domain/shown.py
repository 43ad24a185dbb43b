"""Things in the order of their places, each with the record it is shown as.

A record is made when its thing came or moved and is the same object until then, so that a list of many costs a copy,
and what compares two lists passes over what is the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")


class Shown(Generic[Thing]):
    """``place`` gives where a thing stands."""

    def __init__(self, place: Callable[[Thing], Any]) -> None:
        self._place = place
        self._things: list[Thing] = []
        self._records: list[Any] = []
        self._moved: list[Thing] = []

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def put(self, thing: Thing) -> None:
        place = bisect_left(self._things, self._place(thing), key=self._place)
        self._things.insert(place, thing)
        self._records.insert(place, None)
        self._moved.append(thing)

    def drop(self, thing: Thing) -> None:
        place = self._index(thing)
        assert place is not None
        del self._things[place], self._records[place]

    def move(self, thing: Thing) -> None:
        """What is shown of a thing that stands here is another now."""
        self._moved.append(thing)

    def records(self, record: Callable[[Thing], Any]) -> list[Any]:
        """The records by place; ``record`` makes that of a thing."""
        for thing in self._moved:
            place = self._index(thing)
            if place is not None:
                self._records[place] = record(thing)
        self._moved.clear()
        return self._records[:]

    def _index(self, thing: Thing) -> int | None:
        wanted = self._place(thing)
        place = bisect_left(self._things, wanted, key=self._place)
        while place < len(self._things) and self._place(self._things[place]) == wanted:
            if self._things[place] is thing:
                return place
            place += 1
        return None  # dropped since it moved
