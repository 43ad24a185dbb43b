"""Reading back: by contract, by position, by moment."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from ledger.domain.fact import Document
from ledger.domain.facts.payment import InvoiceIssued
from ledger.domain.money import fen
from ledger.store import Draft, Store, digest_of, originator
from ledger.store import store as reading
from tests.store.sample import NOON, invoice, record, refused, ticking


def test_a_contracts_facts_come_back_by_seq_as_the_domain_knows_them(store: Store) -> None:
    document = {"sha256": "ab" * 32, "name": "发票.pdf", "media_type": "application/pdf"}
    record(store, "other")
    draft = invoice(7, ref="inv-7")._replace(documents=[document], on="2025-11-24T23:30:00+08:00")
    rows = store.append("c", [invoice(1), draft], now=lambda: NOON, recorded_by="银海")
    first, second = store.facts("c")
    assert second.what == InvoiceIssued(
        invoice="INV-7",
        instalment=1,
        amount=fen("1843129.06"),
        tax_rate=second.what.tax_rate,  # type: ignore[union-attr]
    )
    assert (second.contract, second.seq, second.id, second.ref, second.type) == (
        "c", 2, "c#2", "inv-7", "InvoiceIssued",
    )  # fmt: skip
    assert (second.on, second.day, second.by) == ("2025-11-24T23:30:00+08:00", date(2025, 11, 24), "party_b")
    assert second.documents == (Document("ab" * 32, "发票.pdf", "application/pdf"),)
    assert (second.recorded_at, second.recorded_by, second.position) == (NOON, "银海", 3)
    assert (second.digest, second.prev) == (rows[1].digest, rows[0].digest)
    assert second.prev is first.digest  # one string for both, for the sake of memory
    assert (first.ref, first.prev, first.documents) == ("1", "0" * 64, ())


def test_the_recorders_roles_are_kept_only_where_they_are_known(store: Store) -> None:
    known = [invoice(2)._replace(recorded_roles=roles) for roles in (["party_a"], [])]
    rows = store.append("c", [invoice(1), *known], now=lambda: NOON, recorded_by="wang")

    unknown, another, none = store.facts("c")
    assert (unknown.recorded_roles, another.recorded_roles, none.recorded_roles) == (None, ("party_a",), ())
    assert (unknown.on_behalf, another.on_behalf, none.on_behalf) == (False, True, True), "party B says it"
    assert b"recorded_roles" not in rows[0].bytes, "facts of before keep their bytes"
    assert b'"recorded_by":"wang","recorded_roles":["party_a"],"prev":"' in rows[1].bytes


def test_only_what_follows_a_seq_or_was_recorded_up_to_a_position_is_read(store: Store) -> None:
    record(store, "c", 3)
    record(store, "d", 1)
    record(store, "c", 2)
    assert [fact.seq for fact in store.facts("c", 2)] == [3, 4, 5]
    assert [fact.seq for fact in store.facts("c", up_to_position=4)] == [1, 2, 3]
    assert [fact.seq for fact in store.facts("c", 1, 5)] == [2, 3, 4]
    assert store.facts("nobody") == []


def test_the_beginnings_of_many_contracts_are_read_at_once_and_the_rest_of_the_long_ones_after_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "FIRST_ROWS", 3)
    for contract, count in (("short", 2), ("just", 3), ("long", 7)):
        record(store, contract, count)
    first = store.first_rows(["long", "nobody", "short", "just"])
    assert {name: (one.head.seq, len(one.rows)) for name, one in first.items()} == {
        "short": (2, 2), "just": (3, 3), "long": (7, 3),
    }  # fmt: skip
    record(store, "short")  # meanwhile: it lies beyond the head that was read
    for name, one in first.items():
        assert store.facts(name, first=one) == store.facts(name)[: one.head.seq]
    assert store.first_rows([]) == {}
    position, seq, leaf = first["long"].rows[1]
    altered = [first["long"].rows[0], (position, seq, leaf.replace(b"INV-2", b"INV-3")), first["long"].rows[2]]
    with refused("CHAIN_BROKEN"):
        store.facts("long", first=first["long"]._replace(rows=altered))
    with refused("CHAIN_BROKEN"):
        store.facts("just", first=first["just"]._replace(rows=[first["just"].rows[0], first["just"].rows[2]]))
    assert len(store.facts("just", first=first["just"]._replace(rows=first["just"].rows[:1]))) == 3


def test_streams_longer_than_one_fetch_are_read_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "READ_ROWS", 3)
    record(store, "c", 7)
    assert [seq for _, seq, _ in store.rows("c")] == [1, 2, 3, 4, 5, 6, 7]
    assert [position for position, _ in store.leaves(2, 7)] == [2, 3, 4, 5, 6]
    assert [position for position, _ in store.leaves()] == [1, 2, 3, 4, 5, 6, 7]


def test_an_empty_ledger_answers_with_nothing(store: Store) -> None:
    assert (store.contracts(), store.leaf_count(), list(store.leaves()), store.last_seq("c")) == ([], 0, [], 0)
    assert store.head("c") == (0, 0, "0" * 64)


def test_contracts_are_listed_in_the_order_of_their_registration(store: Store) -> None:
    for contract in ("乙", "甲", "乙", "丙"):
        record(store, contract)
    assert store.contracts() == ["乙", "甲", "丙"]


def test_a_contracts_stream_id_never_changes() -> None:
    assert originator("CU12-1101-2025-018605") == "2c70d1eb643f5fe58a92672e2d394ca3"


def test_a_fact_of_a_newer_version_is_named_and_refused(store: Store) -> None:
    newer = Draft("InvoiceIssued.v99", "2025-11-24", "party_b", None, {})
    store.append("c", [invoice(), newer], now=ticking(), recorded_by="local")
    with refused("STORE_NEWER"):
        store.facts("c")
    assert [fact.seq for fact in store.facts("c", up_to_position=1)] == [1]


def test_a_fact_whose_json_lacks_a_field_is_named_and_refused(store: Store) -> None:
    torn = Draft("InvoiceIssued.v1", "no day", "party_b", None, {})
    store.append("c", [torn], now=ticking(), recorded_by="local")
    with refused("LEAF_BROKEN"):
        store.facts("c")


def alter(url: str, leaf: bytes, position: int) -> None:
    """What an operator with the file in hand can do: drop the trigger, change the bytes."""
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("DROP TRIGGER stored_events_update")
        connection.execute("UPDATE stored_events SET state = ? WHERE notification_id = ?", (leaf, position))
    connection.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_an_altered_fact_is_found_when_the_contract_is_read(store: Store, url: str) -> None:
    rows = record(store, "c", 3)
    alter(url, rows[1].bytes.replace(b"1843129.06", b"1843129.05"), 2)
    with refused("CHAIN_BROKEN"):
        store.facts("c")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("bytes_", [b"\x00not json", b"[]", b"{}"])
def test_bytes_that_are_no_fact_are_refused_where_they_stand(store: Store, url: str, bytes_: bytes) -> None:
    record(store, "c", 2)
    alter(url, bytes_, 2)
    with refused("LEAF_BROKEN"):
        store.facts("c")
    assert [digest_of(leaf) for _, leaf in store.leaves()][1] == digest_of(bytes_)  # the audit can still read it


def test_the_librarys_own_reading_sees_the_same_facts(store: Store) -> None:
    rows = record(store, "c", 3) + record(store, "d", 2)
    application = store.application()
    section = application.notification_log.select(2, 10)
    assert [(note.id, note.topic, note.state) for note in section] == [
        (row.position, "InvoiceIssued.v1", row.bytes) for row in rows[1:]
    ]
    assert application.notification_log.select(1, 10, stop=2, topics=["Other.v1"]) == []
    assert application.recorder.max_notification_id() == 5
    stream = application.events.get(rows[0].originator_id, gt=1)
    assert [event._replace(position=row.position) for event, row in zip(stream, rows[1:3], strict=True)] == rows[1:3]


def test_the_librarys_own_writing_is_closed(store: Store) -> None:
    (row,) = record(store, "c")
    application = store.application()
    event = application.mapper.to_stored_event(row)
    assert (event.originator_id, event.originator_version, event.state) == (originator("c"), 1, row.bytes)
    with pytest.raises(TypeError, match="facts enter through"):
        application.save(row)
    with pytest.raises(TypeError, match="facts enter through"):
        application.recorder.insert_events([event])
    assert store.leaf_count() == 1


def test_the_librarys_subscriptions_are_closed_because_they_can_miss_a_fact(store: Store) -> None:
    with pytest.raises(TypeError, match="leaves"):
        store.application().recorder.subscribe(gt=0)
