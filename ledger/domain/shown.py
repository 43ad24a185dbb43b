"""Things in order, each with the record in which answers show it.

A record is made when its thing appears or changes and stays the same object until the next change, so that a long list
costs one copy, and comparing two lists skips identical records.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")


class Shown(Generic[Thing]):
    """``place`` gives the sort key of a thing, which stays the same while it is listed."""

    def __init__(self, place: Callable[[Thing], Any]) -> None:
        self._place = place
        self._places: list[Any] = []
        self._things: list[Thing] = []
        self._records: list[Any] = []
        self._moved: list[Thing] = []

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def put(self, thing: Thing) -> None:
        key = self._place(thing)
        place = bisect_left(self._places, key)
        self._places.insert(place, key)
        self._things.insert(place, thing)
        self._records.insert(place, None)
        self._moved.append(thing)

    def drop(self, thing: Thing) -> None:
        place = self._index(thing)
        assert place is not None
        del self._places[place], self._things[place], self._records[place]

    def move(self, thing: Thing) -> None:
        """Note that the record of a thing is out of date."""
        self._moved.append(thing)

    def records(self, record: Callable[[Thing], Any]) -> list[Any]:
        """The records in order; ``record`` makes that of a thing."""
        for thing in self._moved:
            place = self._index(thing)
            if place is not None:
                self._records[place] = record(thing)
        self._moved.clear()
        return self._records[:]

    def _index(self, thing: Thing) -> int | None:
        wanted = self._place(thing)
        place = bisect_left(self._places, wanted)
        while place < len(self._places) and self._places[place] == wanted:
            if self._things[place] is thing:
                return place
            place += 1
        return None  # dropped since it moved
