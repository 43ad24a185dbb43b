"""Appending: one order, one transaction, bytes that never depend on the database."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.store import Conflict, Draft, Question, Store, StoredRow, Transaction, open_store
from tests.store.sample import NOON, invoice, record, refused, ticking

GOLDEN = (
    '{"type":"InvoiceIssued.v1","contract":"采购-1","seq":1,"on":"2025-11-24","by":"party_b","ref":"inv-1",'
    '"data":{"invoice":"INV-1","instalment":1,"amount":"1843129.06","tax_rate":"0.06"},'
    '"documents":[{"sha256":"' + "ab" * 32 + '","name":"发票.pdf","media_type":"application/pdf"}],'
    '"recorded_at":"2025-11-25T04:00:00.000000Z","recorded_by":"local","prev":"' + "0" * 64 + '"}'
)


def test_a_fact_is_stored_as_exactly_these_bytes(store: Store) -> None:
    document = {"sha256": "ab" * 32, "name": "发票.pdf", "media_type": "application/pdf"}
    draft = invoice(1, ref="inv-1")._replace(documents=[document])
    (row,) = store.append("采购-1", [draft], now=lambda: NOON, recorded_by="local")
    assert row.bytes.decode() == GOLDEN
    assert list(store.rows("采购-1")) == [(1, 1, GOLDEN.encode())]
    assert row.digest == sha256(GOLDEN.encode()).hexdigest()


def test_a_fact_tells_who_did_it_only_where_another_says_so(store: Store) -> None:
    draft = invoice(1, ref="inv-1")
    same, told = (draft._replace(actor="party_b"), draft._replace(by="party_a", actor="party_b", ref="inv-2"))
    first, second = store.append("采购-1", [same, told], now=lambda: NOON, recorded_by="local")
    assert "actor" not in json.loads(first.bytes)
    assert b'"by":"party_a","actor":"party_b","ref":"inv-2"' in second.bytes


def test_a_fact_without_a_ref_of_its_own_is_called_by_its_seq(store: Store) -> None:
    first, second = record(store, "c", 2)
    assert [json.loads(row.bytes)["ref"] for row in (first, second)] == ["1", "2"]


def test_each_fact_names_the_digest_of_the_one_before_it(store: Store) -> None:
    first, second = record(store, "c", 2)
    (third,) = record(store, "c")
    assert [first.prev, second.prev, third.prev] == ["0" * 64, first.digest, second.digest]
    assert store.head("c") == (3, 3, third.digest)


def test_positions_run_over_the_whole_ledger_and_seqs_in_each_contract(store: Store) -> None:
    rows = record(store, "a", 2) + record(store, "b", 1) + record(store, "a", 2)
    assert [(row.contract, row.seq, row.position) for row in rows] == [
        ("a", 1, 1), ("a", 2, 2), ("b", 1, 3), ("a", 3, 4), ("a", 4, 5),
    ]  # fmt: skip
    assert [position - 1 for position, _ in store.leaves()] == list(range(store.leaf_count()))


def test_the_same_facts_at_the_same_times_have_the_same_bytes_on_both_databases(postgres_url: str) -> None:
    def told(url: str) -> list[tuple[int, bytes]]:
        clock = ticking()
        with open_store(url, create=True) as store:
            store.append("甲", [invoice(1), invoice(2, ref="二")], now=clock, recorded_by="local")
            store.append("乙", [invoice(3)], now=clock, recorded_by="审", expected_seq=0)
            store.append("甲", [invoice(4)], now=clock, recorded_by="审", expected_seq=2)
            return list(store.leaves())

    assert told("sqlite:///:memory:") == told(postgres_url)


def test_appending_no_facts_does_nothing(store: Store) -> None:
    assert store.append("c", [], now=ticking(), recorded_by="local", expected_seq=0) == []
    assert store.leaf_count() == 0


def test_recorded_at_never_decreases_when_the_clock_steps_back(store: Store, url: str) -> None:
    record(store, "a", at=NOON)
    assert record(store, "b", at=NOON - 60_000_000)[0].recorded_at == NOON
    with open_store(url) as another:
        assert record(another, "a", at=5)[0].recorded_at == NOON
    assert record(store, "c", at=NOON + 1)[0].recorded_at == NOON + 1
    assert record(store, "c", at=NOON)[0].recorded_at == NOON + 1


@pytest.mark.parametrize("unstorable", ["\ud800", 1 << 64, {1: "key"}])
def test_data_that_is_no_json_is_refused_and_nothing_is_recorded(store: Store, unstorable: object) -> None:
    bad = Draft("InvoiceVoided.v1", "2025-11-24", "party_b", None, {"reason": unstorable})
    with refused("FACT_UNSTORABLE"):
        store.append("c", [invoice(), bad], now=ticking(), recorded_by="local")
    assert store.leaf_count() == 0
    assert record(store, "c")[0].position == 1


def test_what_the_caller_adds_is_undone_with_the_facts_and_leaves_no_gap(store: Store) -> None:
    record(store, "c")

    def fail(transaction: Transaction, rows: object) -> None:
        transaction.execute(
            "INSERT INTO records (kind, key, value, recorded_at, kept) VALUES (?, ?, ?, ?, ?)",
            ("k", "x", b"", 0, 0),
        )
        raise RuntimeError("after the rows are in")

    with pytest.raises(RuntimeError, match="after the rows"):
        store.append("c", [invoice(2)], now=ticking(), recorded_by="local", also=fail)
    assert store.get("k", "x") is None
    assert record(store, "c")[0][:3] == (2, "c", 2)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 64) - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), JSON, max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_json_comes_back_as_it_was_given(data: dict[str, object]) -> None:
    with open_store("sqlite:///:memory:", create=True) as store:
        store.append("c", [Draft("X.v1", "2025-11-24", "party_a", None, data)] * 2, now=ticking(), recorded_by="x")
        assert [fields["data"] for _, fields, _ in store.decoded("c")] == [data, data]
        assert all(json.loads(leaf)["data"] == data and b"\n" not in leaf for _, leaf in store.leaves())


class Tally:
    """An extension that counts the bytes recorded."""

    def __init__(self) -> None:
        self.rows: list[StoredRow] = []

    def schema(self, dialect: str) -> list[str]:
        return ["CREATE TABLE IF NOT EXISTS tally (position bigint PRIMARY KEY, size bigint NOT NULL)"]

    def ahead(self) -> list[Question]:
        return []

    def appended(self, transaction: Transaction, rows: list[StoredRow]) -> None:
        self.rows += rows
        transaction.executemany(
            "INSERT INTO tally (position, size) VALUES (?, ?)", [(row.position, len(row.bytes)) for row in rows]
        )


def test_an_extension_keeps_its_rows_in_the_same_transaction(url: str) -> None:
    tally = Tally()
    with open_store(url, create=True, extensions=[tally]) as store:
        assert store.query("SELECT count(*) FROM tally") == [(0,)]  # there before the first fact
        rows = record(store, "c", 3)
        with pytest.raises(Conflict) as conflict:
            store.append("c", [invoice()], now=ticking(), recorded_by="local", expected_seq=1)
        assert (conflict.value.contract, conflict.value.expected, conflict.value.actual) == ("c", 1, 3)
        assert store.query("SELECT position, size FROM tally ORDER BY position") == [
            (row.position, len(row.bytes)) for row in rows
        ]
    assert tally.rows == rows


def test_an_extension_that_is_new_to_a_ledger_gets_its_tables_at_the_first_append(store: Store, url: str) -> None:
    record(store, "c")
    with open_store(url, extensions=[Tally()]) as extended:
        record(extended, "c", 2)
        assert extended.query("SELECT count(*) FROM tally") == [(2,)]


def test_a_batch_larger_than_the_library_can_take_on_postgresql_is_recorded_whole(store: Store) -> None:
    rows = record(store, "c", 5000)
    assert store.last_seq("c") == 5000
    assert [leaf for _, leaf in store.leaves()] == [row.bytes for row in rows]
