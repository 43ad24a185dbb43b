"""Contracts found by a part of their number or title, among as many as there may be, on both databases."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.store import Store, open_store, portfolio, portfolio_names

titles = st.text("水务局clO_%!", max_size=6)


def found(store: Store, text: str) -> list[int]:
    """Everything found, two places a page."""
    met: list[int] = []
    while some := portfolio_names.places(store, 1, text, met[-1] if met else 0, 2):
        met += some
    return met


def test_a_name_is_found_by_any_part_wherever_it_came_in_and_whatever_it_was_called_before(store: Store) -> None:
    first = {place: f"city-{place:05} 政务云 {'水务' if place % 400 == 0 else '财政'}" for place in range(1, 2001)}
    with store.writing() as transaction:
        for places in (range(401, 1501), range(1, 401), range(1501, 2001)):
            portfolio_names.keep(transaction, 1, {place: first[place] for place in places})
        portfolio_names.keep(transaction, 2, {7: "水务"})
    assert found(store, "水务") == [400, 800, 1200, 1600, 2000] and found(store, "务 ") == found(store, "水财") == []
    assert found(store, "01999") == [1999] and portfolio_names.places(store, 1, "政", 1998, 9) == [1999, 2000]
    with store.writing() as transaction:
        portfolio_names.keep(transaction, 1, {800: "city-00800 教育", 3000: "city-03000 水务"})
    assert found(store, "水务") == [400, 1200, 1600, 2000, 3000] and found(store, "教育") == [800]
    assert [place for place, _ in portfolio_names.names(store, 1)] == [*range(1, 2001), 3000]
    assert store.query("SELECT count(*) FROM portfolio_names")[0][0] < 20


def test_rows_made_by_a_program_that_kept_no_names_are_found_once_the_ledger_is_migrated(store: Store) -> None:
    made = portfolio.KeptRow(7, "CITY-7", "city-7 水务", 1, 1, b"{}", {}, b"{}", b"[]", b"")
    with store.writing() as transaction:
        generation = portfolio.begin(transaction, "", 7)
        portfolio.write(transaction, generation.number, [made], fresh=True)
        transaction.execute("DELETE FROM portfolio_names")
        portfolio_names.fill(transaction)
    assert portfolio_names.places(store, generation.number, "水务", 0, 9) == [7]


@given(st.lists(st.dictionaries(st.integers(1, 900), titles, max_size=300), max_size=6), titles.filter(bool))
@settings(max_examples=30, deadline=None)
def test_what_is_found_is_what_looking_at_every_name_finds(told: list[dict[int, str]], text: str) -> None:
    held: dict[int, str] = {}
    with open_store("sqlite:///:memory:", create=True) as store:
        for some in told:
            with store.writing() as transaction:
                portfolio_names.keep(transaction, 1, some)
            held |= some
        assert dict(portfolio_names.names(store, 1)) == held
        assert found(store, text) == sorted(place for place, name in held.items() if text in name)
