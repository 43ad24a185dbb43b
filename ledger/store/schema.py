"""The tables, and the triggers that keep what is recorded as it was recorded.

``stored_events`` is the table eventsourcing's recorders know (originator_id, originator_version, topic,
state) with the position as a column of its own, given under the lock: SQLite may renumber a bare rowid
on VACUUM, and a PostgreSQL sequence leaves gaps after a failed transaction.
"""

from __future__ import annotations

from ledger.store.database import Dialect

SCHEMA_VERSION = 1
APPLICATION_ID = 0x6C767975  # "lvyu", in the SQLite header, so that `file` and we know our own

_REFUSE = "recorded facts are never changed or removed"

SQLITE = (
    """CREATE TABLE stored_events (
        notification_id INTEGER PRIMARY KEY,
        originator_id TEXT NOT NULL,
        originator_version INTEGER NOT NULL,
        topic TEXT NOT NULL,
        state BLOB NOT NULL)""",
    "CREATE UNIQUE INDEX stored_events_stream ON stored_events (originator_id, originator_version)",
    "CREATE UNIQUE INDEX stored_events_first ON stored_events (notification_id) WHERE originator_version = 1",
    # A BEFORE INSERT guard, because INSERT OR REPLACE walks around a delete trigger where the connection
    # has not switched recursive_triggers on. It also keeps positions and seqs gapless whoever writes.
    f"""CREATE TRIGGER stored_events_insert BEFORE INSERT ON stored_events
        WHEN NEW.notification_id IS NOT (SELECT coalesce(max(notification_id), 0) + 1 FROM stored_events)
          OR NEW.originator_version IS NOT (SELECT coalesce(max(originator_version), 0) + 1 FROM stored_events
                                            WHERE originator_id = NEW.originator_id)
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END""",
    f"""CREATE TRIGGER stored_events_update BEFORE UPDATE ON stored_events
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END""",
    f"""CREATE TRIGGER stored_events_delete BEFORE DELETE ON stored_events
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END""",
    """CREATE TABLE answers (
        principal TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, response BLOB NOT NULL,
        recorded_at INTEGER NOT NULL, PRIMARY KEY (principal, key))""",
    """CREATE TABLE records (
        kind TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, recorded_at INTEGER NOT NULL,
        kept INTEGER NOT NULL, PRIMARY KEY (kind, key))""",
    f"""CREATE TRIGGER records_insert BEFORE INSERT ON records
        WHEN EXISTS (SELECT 1 FROM records WHERE kind = NEW.kind AND key = NEW.key AND kept = 1)
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END""",
    f"""CREATE TRIGGER records_update BEFORE UPDATE ON records WHEN OLD.kept = 1
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END""",
    f"""CREATE TRIGGER records_delete BEFORE DELETE ON records WHEN OLD.kept = 1
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END""",
)

POSTGRESQL = (
    # The columns, types and names of eventsourcing's own table; only the bigserial is a plain bigint.
    """CREATE TABLE stored_events (
        originator_id uuid NOT NULL,
        originator_version bigint NOT NULL CHECK (originator_version > 0),
        topic text NOT NULL,
        state bytea NOT NULL,
        notification_id bigint NOT NULL CHECK (notification_id > 0),
        PRIMARY KEY (originator_id, originator_version))""",
    "CREATE UNIQUE INDEX stored_events_notification_id_idx ON stored_events (notification_id)",
    "CREATE UNIQUE INDEX stored_events_first ON stored_events (notification_id) WHERE originator_version = 1",
    f"""CREATE FUNCTION lvyue_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN RAISE EXCEPTION '{_REFUSE}' USING ERRCODE = 'restrict_violation'; END$$""",
    """CREATE TRIGGER stored_events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON stored_events
        FOR EACH STATEMENT EXECUTE FUNCTION lvyue_refuse()""",
    """CREATE TABLE answers (
        principal text NOT NULL, key text NOT NULL, request text NOT NULL, response bytea NOT NULL,
        recorded_at bigint NOT NULL, PRIMARY KEY (principal, key))""",
    """CREATE TABLE records (
        kind text NOT NULL, key text NOT NULL, value bytea NOT NULL, recorded_at bigint NOT NULL,
        kept integer NOT NULL, PRIMARY KEY (kind, key))""",
    """CREATE TRIGGER records_kept BEFORE UPDATE OR DELETE ON records
        FOR EACH ROW WHEN (OLD.kept = 1) EXECUTE FUNCTION lvyue_refuse()""",
    """CREATE TRIGGER records_truncate BEFORE TRUNCATE ON records
        FOR EACH STATEMENT EXECUTE FUNCTION lvyue_refuse()""",
    "CREATE TABLE lvyue_ledger (version integer NOT NULL)",
    f"INSERT INTO lvyue_ledger VALUES ({SCHEMA_VERSION})",
)


def statements(dialect: Dialect) -> tuple[str, ...]:
    """Everything that makes an empty database a ledger."""
    return SQLITE if dialect == "sqlite" else POSTGRESQL
