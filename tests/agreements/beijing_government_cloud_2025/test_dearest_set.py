"""The dearest set of items of which no two share an occurrence (10.3, SPEC 4.6), held against trying every set."""

from __future__ import annotations

import random
import time
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.dearest import (
    EXACT,
    dearest,
    dearest_first,
)

Items = list[tuple[frozenset[int], int | None]]

ITEMS = st.lists(
    st.tuples(
        st.frozensets(st.integers(0, 7), max_size=3), st.one_of(st.none(), st.integers(0, 4), st.integers(0, 1000))
    ),
    max_size=9,
)


def _apart(items: Items, places: tuple[int, ...]) -> bool:
    occurrences = [occurrence for place in places for occurrence in items[place][0]]
    return len(occurrences) == len(set(occurrences))


def _worth(items: Items, places: tuple[int, ...] | list[int]) -> int:
    return sum(items[place][1] or 0 for place in places)


def _by_trying_all(items: Items) -> list[int]:
    """SPEC 4.6: "the dearest set of items of which no two share an occurrence (of equally dear sets, going through the
    items by annex, row, id, the one that keeps the first it can; a null amount weighs nothing)"."""
    every = chain.from_iterable(combinations(range(len(items)), count) for count in range(len(items) + 1))
    apart = [places for places in every if _apart(items, places)]
    most = max(_worth(items, places) for places in apart)
    left = [places for places in apart if _worth(items, places) == most]
    for place in range(len(items)):
        left = [places for places in left if place in places] or left
    return list(left[0])


@settings(max_examples=400, deadline=None)
@given(ITEMS)
def test_the_dearest_set_is_the_one_found_by_trying_all(items: Items) -> None:
    assert dearest(items) == _by_trying_all(items)


@settings(max_examples=100, deadline=None)
@given(ITEMS)
def test_the_dearest_first_are_apart_each_leaves_no_room_for_another_and_are_never_dearer(items: Items) -> None:
    taken = dearest_first(items)
    assert _apart(items, tuple(taken))
    for place in set(range(len(items))) - set(taken):
        assert not _apart(items, (*taken, place))
    assert _worth(items, taken) <= _worth(items, dearest(items))


def test_one_dear_item_of_three_occurrences_gives_way_to_three_that_are_dearer_together() -> None:
    items: Items = [(frozenset({1}), 15), (frozenset({2}), 15), (frozenset({3}), 15), (frozenset({1, 2, 3}), 30)]
    assert dearest(items) == [0, 1, 2]
    assert dearest_first(items) == [3]


def test_of_equally_dear_sets_the_one_that_keeps_the_first_item() -> None:
    items: Items = [(frozenset({1, 2}), 20), (frozenset({1}), 10), (frozenset({2}), 10)]
    assert dearest(items) == [0]
    assert dearest([*items[1:], items[0]]) == [0, 1]


def test_an_item_without_an_amount_stands_where_it_takes_nothing_away() -> None:
    assert dearest([(frozenset({1}), None), (frozenset({1}), 5), (frozenset({2}), None)]) == [1, 2]
    assert dearest([(frozenset({1}), None), (frozenset({1}), 0)]) == [0]


@pytest.mark.parametrize("shared", [2, 3, 4, 6, 10])
def test_forty_items_are_weighed_exactly_in_less_than_a_second(shared: int) -> None:
    """Each shares its occurrences with others at random, the amounts nearly alike: what is hardest to choose from."""
    dice = random.Random(shared)
    ends = [place for place in range(EXACT) for _ in range(shared)]
    dice.shuffle(ends)
    occurrences: list[set[int]] = [set() for _ in range(EXACT)]
    for number in range(len(ends) // 2):
        occurrences[ends[2 * number]].add(number)
        occurrences[ends[2 * number + 1]].add(number)
    items: Items = [(frozenset(one), dice.randint(90, 110)) for one in occurrences]
    began = time.process_time()
    stand = dearest(items)
    assert time.process_time() - began < 1
    assert _apart(items, tuple(stand))
    assert _worth(items, stand) >= _worth(items, dearest_first(items))
