"""An account of PostgreSQL that serves a ledger and can change nothing that is recorded."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from ledger.domain.errors import Refusal
from ledger.service import Ledger
from tests.test_service import signed, terms

ROLE, PASSWORD = "lvyue_server", "serves-only"
NUMBER = terms()["contract"]["id"]
FORBIDDEN = (
    "UPDATE stored_events SET topic = 'x'", "DELETE FROM stored_events", "TRUNCATE stored_events",
    "ALTER TABLE stored_events DISABLE TRIGGER ALL", "DROP TRIGGER stored_events_kept ON stored_events",
    "ALTER TABLE stored_events ADD COLUMN more text", "DROP TABLE stored_events", "CREATE TABLE mine (x integer)",
    "CREATE OR REPLACE FUNCTION lvyue_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$",
    "DELETE FROM heads", "TRUNCATE heads, records, answers", "UPDATE journal SET act = 'x'", "DELETE FROM journal",
    "DELETE FROM log_hashes", "DELETE FROM log_checkpoints", "UPDATE lvyue_ledger SET version = 1",
    "SET session_replication_role = replica",
)  # fmt: skip


@pytest.fixture
def served(postgres_url: str) -> Iterator[str]:
    """The address for the account that serves a ledger made and migrated by another."""
    owner = Ledger(postgres_url, create=True)
    owner.register(terms())
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"DROP ROLE IF EXISTS {ROLE}")
        server.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
        found = server.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'stored_events'").fetchone()
    owner.store.let_serve(ROLE)
    owner.store.let_serve(ROLE)  # as often as one likes
    assert found is not None
    for refused in (found[0], "no_such_account"):
        with pytest.raises(Refusal, match="SERVICE_ROLE"):
            owner.store.let_serve(refused)
    owner.store.close()
    yield psycopg.conninfo.make_conninfo(postgres_url, user=ROLE, password=PASSWORD)
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"DROP OWNED BY {ROLE}")
        server.execute(f"DROP ROLE {ROLE}")


def test_a_server_records_keeps_its_portfolio_and_answers_with_it(served: str, postgres_url: str) -> None:
    with psycopg.connect(served) as connection:
        named = connection.info
        address = f"postgresql://{ROLE}:{PASSWORD}@/{named.dbname}?{postgres_url.partition('?')[2]}"
    ledger = Ledger(address)
    assert ledger.record(NUMBER, [signed("party_a")])[0].fact.seq == 2
    assert [line["contract"] for line in ledger.portfolio.lines()] == [NUMBER]
    ledger.projector.rebuild()
    ledger.store.put("note", "a", b"1", at=1)
    ledger.store.put("note", "a", b"2", at=2)
    ledger.store.remove("note", "a")
    assert ledger.checkpoint() is not None
    assert ledger.audit().sound
    ledger.store.close()


def test_it_can_change_nothing_that_is_recorded(served: str) -> None:
    for statement in FORBIDDEN:
        with psycopg.connect(served) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())
