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
# What is done to a table, with {} for its name and {column} for a column of it.
ACTS = {
    "UPDATE": "UPDATE {} SET {column} = {column}", "DELETE": "DELETE FROM {}", "TRUNCATE": "TRUNCATE {}",
    "ADD COLUMN": "ALTER TABLE {} ADD COLUMN more text", "DROP COLUMN": "ALTER TABLE {} DROP COLUMN {column} CASCADE",
    "DISABLE TRIGGER": "ALTER TABLE {} DISABLE TRIGGER ALL", "RENAME": "ALTER TABLE {} RENAME TO mine",
    "OWNER": "ALTER TABLE {} OWNER TO CURRENT_USER", "DROP": "DROP TABLE {} CASCADE",
    "RULE": "CREATE RULE nothing AS ON INSERT TO {} DO INSTEAD NOTHING", "INDEX": "CREATE INDEX ON {} ({column})",
    "TRIGGER": "CREATE TRIGGER mine BEFORE INSERT ON {} FOR EACH STATEMENT EXECUTE FUNCTION lvyue_refuse()",
    "POLICY": "ALTER TABLE {} ENABLE ROW LEVEL SECURITY",
}
REPLACED = {"UPDATE": {"answers", "heads", "records"}, "DELETE": {"alerts", "answers", "records"}}
FORBIDDEN = (
    "CREATE TABLE mine (x integer)", "SET session_replication_role = replica", "INSERT INTO lvyue_ledger VALUES (99)",
    "CREATE OR REPLACE FUNCTION lvyue_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$",
    "DROP FUNCTION lvyue_refuse() CASCADE", "DROP FUNCTION lvyue_headed() CASCADE", "DROP INDEX stored_events_first",
    "ALTER DATABASE postgres SET session_replication_role = replica", "ALTER ROLE CURRENT_USER SUPERUSER",
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
    """Every act on every table and trigger is tried; what succeeds is undone, and is what is replaced or derived."""
    done: dict[str, set[str]] = {}
    with psycopg.connect(served, autocommit=True) as connection:

        def allowed(statement: str) -> bool:
            try:
                with connection.transaction(force_rollback=True):
                    connection.execute(statement.encode())
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation):
                return False
            return True

        tables = connection.execute(
            "SELECT table_name, min(column_name) FROM information_schema.columns WHERE table_schema = current_schema()"
            " GROUP BY table_name"
        ).fetchall()
        assert len(tables) >= 20
        for table, column in tables:
            for name, act in ACTS.items():
                if allowed(act.format(table, column=column)):
                    done.setdefault(name, set()).add(table)
        for trigger, table in connection.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE relnamespace = current_schema()::regnamespace"
        ).fetchall():
            assert not allowed(f"DROP TRIGGER {trigger} ON {table}"), trigger
            assert not allowed(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}"), trigger
        for statement in FORBIDDEN:
            assert not allowed(statement), statement
    derived = {table for table, _ in tables if table.startswith("portfolio")}
    # heads do not change: a trigger lets them only move forward
    assert done == {act: (of - {"heads"}) | derived for act, of in REPLACED.items()}


def test_an_account_that_has_more_rights_by_another_way_is_refused(served: str, postgres_url: str) -> None:
    owner = Ledger(postgres_url)
    with psycopg.connect(postgres_url, autocommit=True) as server:
        schema = server.execute("SELECT current_schema()").fetchone()
        assert schema is not None
        for give, take in (
            ("GRANT pg_write_all_data TO {}", "REVOKE pg_write_all_data FROM {}"),
            ("GRANT postgres TO {}", "REVOKE postgres FROM {}"),
            ("ALTER ROLE {} CREATEROLE", "ALTER ROLE {} NOCREATEROLE"),
            ("ALTER ROLE {} SUPERUSER", "ALTER ROLE {} NOSUPERUSER"),
            (f"ALTER SCHEMA {schema[0]} OWNER TO {{}}", f"ALTER SCHEMA {schema[0]} OWNER TO postgres"),
            ("ALTER TABLE heads OWNER TO {}", "ALTER TABLE heads OWNER TO postgres"),
        ):
            server.execute(give.format(ROLE).encode())
            with pytest.raises(Refusal, match="SERVICE_ROLE"):
                owner.store.let_serve(ROLE)
            server.execute(take.format(ROLE).encode())
    owner.store.let_serve(ROLE)
    owner.store.close()
