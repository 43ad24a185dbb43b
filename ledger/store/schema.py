"""The tables, the triggers that prevent changes to recorded facts, and the steps from version to version.

``STEPS[n]`` takes a ledger of version n to version n + 1; version 0 is an empty database. A new ledger takes all steps,
an older one those it lacks, in one transaction (:func:`advance`): there is no second description of the tables. A
released step is never changed; every change is a new step at the end.

``stored_events`` is the table that eventsourcing's recorders know (originator_id, originator_version, topic, state)
with the position as a column of its own, assigned under the lock: SQLite may renumber a bare rowid on VACUUM, and a
PostgreSQL sequence leaves gaps after a failed transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ledger.domain.declare import dataclass
from ledger.store import portfolio_names
from ledger.store.database import Transaction
from ledger.store.leaf import digest_bytes
from ledger.store.records import adopt

APPLICATION_ID = 0x6C767975  # "lvyu", in the SQLite header, so that `file` and we know our own
LEDGER = "0" * 32  # the nil UUID, under which the head of the whole ledger stands among those of the contracts

_REFUSE = "recorded facts are never changed or removed"
_ROWS = 2000  # read at a time while a step fills a table


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to the next: statements for either database, then ``fill``, which derives rows from existing
    data.
    """

    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]
    fill: Callable[[Transaction], None] | None = None

    def take(self, transaction: Transaction) -> None:
        """Run the step in the open write transaction."""
        for statement in self.sqlite if transaction.dialect == "sqlite" else self.postgresql:
            transaction.execute(statement)
        if self.fill is not None:
            self.fill(transaction)


_FACTS_SQLITE = (
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

_FACTS_POSTGRESQL = (
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
    "INSERT INTO lvyue_ledger VALUES (1)",
)


# The head of each contract, and of the ledger as a whole (seq is then the position): what an index that was damaged
# cannot say otherwise. It is moved before the facts are inserted, so that a program of version 1 that is still
# running, which would leave it behind, can insert nothing more.
_HEADS_SQLITE = (
    """CREATE TABLE heads (
        originator_id TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, position INTEGER NOT NULL,
        digest BLOB NOT NULL) WITHOUT ROWID""",
    f"""CREATE TRIGGER heads_update BEFORE UPDATE ON heads
        WHEN NEW.originator_id IS NOT OLD.originator_id OR NEW.seq <= OLD.seq OR NEW.position <= OLD.position
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END""",
    f"""CREATE TRIGGER heads_delete BEFORE DELETE ON heads
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END""",
    f"""CREATE TRIGGER stored_events_headed BEFORE INSERT ON stored_events
        WHEN NEW.notification_id > (SELECT coalesce(max(seq), 0) FROM heads WHERE originator_id = '{LEDGER}')
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}, and new ones need a newer program'); END""",
)

_HEADS_POSTGRESQL = (
    """CREATE TABLE heads (
        originator_id uuid PRIMARY KEY, seq bigint NOT NULL, position bigint NOT NULL, digest bytea NOT NULL)""",
    """CREATE TRIGGER heads_update BEFORE UPDATE ON heads FOR EACH ROW
        WHEN (NEW.originator_id <> OLD.originator_id OR NEW.seq <= OLD.seq OR NEW.position <= OLD.position)
        EXECUTE FUNCTION lvyue_refuse()""",
    """CREATE TRIGGER heads_kept BEFORE DELETE OR TRUNCATE ON heads
        FOR EACH STATEMENT EXECUTE FUNCTION lvyue_refuse()""",
    f"""CREATE FUNCTION lvyue_headed() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN
            IF (SELECT max(notification_id) FROM stored_events)
                > (SELECT coalesce(max(seq), 0) FROM heads WHERE originator_id = '{LEDGER}') THEN
                RAISE EXCEPTION 'facts of this ledger need a newer program' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        END$$""",
    """CREATE TRIGGER stored_events_headed AFTER INSERT ON stored_events
        FOR EACH STATEMENT EXECUTE FUNCTION lvyue_headed()""",
)


def fill_heads(transaction: Transaction) -> None:
    """Write the heads of the facts by position; whether the index over streams agrees is checked when reading."""
    last: dict[Any, tuple[int, int, Any]] = {}
    after = 0
    while rows := transaction.query(
        "SELECT notification_id, originator_id, originator_version, state FROM stored_events"
        " WHERE notification_id > ? ORDER BY notification_id LIMIT ?", (after, _ROWS),
    ):  # fmt: skip
        last.update((stream, (seq, position, leaf)) for position, stream, seq, leaf in rows)
        after, _, _, leaf = rows[-1]
        last[LEDGER] = after, after, leaf
    transaction.executemany(
        "INSERT INTO heads (originator_id, seq, position, digest) VALUES (?, ?, ?, ?)",
        [(stream, seq, position, digest_bytes(leaf)) for stream, (seq, position, leaf) in last.items()],
    )


# The journal of what is kept and is no fact, and its seals (ledger.log.journal, ledger.log.seals). A row's salt goes
# with the row: what the journal holds of a removed one tells nobody what it said.
_JOURNAL_SQLITE = (
    "ALTER TABLE records ADD COLUMN salt BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE answers ADD COLUMN salt BLOB NOT NULL DEFAULT x''",
    """CREATE TABLE journal (
        number INTEGER PRIMARY KEY, act TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
        fingerprint BLOB NOT NULL, chain BLOB NOT NULL)""",
    "CREATE TABLE journal_seals (number INTEGER PRIMARY KEY, note BLOB NOT NULL, sealed_at INTEGER NOT NULL)",
    f"""CREATE TRIGGER journal_insert BEFORE INSERT ON journal
        WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM journal)
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END""",
    f"""CREATE TRIGGER journal_seals_insert BEFORE INSERT ON journal_seals
        WHEN NEW.number <= (SELECT coalesce(max(number), 0) FROM journal_seals)
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END""",
    *(
        f"""CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table}
        BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"""
        for table in ("journal", "journal_seals")
        for event in ("UPDATE", "DELETE")
    ),
)

_JOURNAL_POSTGRESQL = (
    "ALTER TABLE records ADD COLUMN salt bytea NOT NULL DEFAULT ''",
    "ALTER TABLE answers ADD COLUMN salt bytea NOT NULL DEFAULT ''",
    """CREATE TABLE journal (
        number bigint PRIMARY KEY, act text NOT NULL, kind text NOT NULL, key text NOT NULL,
        fingerprint bytea NOT NULL, chain bytea NOT NULL)""",
    "CREATE TABLE journal_seals (number bigint PRIMARY KEY, note bytea NOT NULL, sealed_at bigint NOT NULL)",
    *(
        f"""CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION lvyue_refuse()"""
        for table in ("journal", "journal_seals")
    ),
)


# The portfolio (ledger.store.portfolio): rows made of the facts, in generations of which one is served while the
# next is built. ``place`` is the position of the contract's registration.
def _portfolio(number: str, text: str, data: str, without_rowid: str) -> tuple[str, ...]:
    return (
        f"""CREATE TABLE portfolio_generations (
            generation {number} PRIMARY KEY, state {text} NOT NULL, assumes {text} NOT NULL,
            position {number} NOT NULL, place {number} NOT NULL, step {number} NOT NULL){without_rowid}""",
        f"""CREATE TABLE portfolio (
            generation {number} NOT NULL, place {number} NOT NULL, contract {text} NOT NULL, named {text} NOT NULL,
            facts {number} NOT NULL, again_on {number} NOT NULL, PRIMARY KEY (generation, place)){without_rowid}""",
        "CREATE UNIQUE INDEX portfolio_contract ON portfolio (generation, contract)",
        "CREATE INDEX portfolio_again ON portfolio (generation, again_on)",
        f"""CREATE TABLE portfolio_lines (
            generation {number} NOT NULL, place {number} NOT NULL, line {data} NOT NULL,
            PRIMARY KEY (generation, place))""",
        f"""CREATE TABLE portfolio_values (
            generation {number} NOT NULL, place {number} NOT NULL, name {text} NOT NULL, value {number} NOT NULL,
            PRIMARY KEY (generation, place, name)){without_rowid}""",
        "CREATE INDEX portfolio_values_found ON portfolio_values (generation, name, value, place)",
    )


_PORTFOLIO_SQLITE = _portfolio("INTEGER", "TEXT", "BLOB", " WITHOUT ROWID")
_PORTFOLIO_POSTGRESQL = _portfolio("bigint", 'text COLLATE "C"', "bytea", "")


# The deadlines of each row and what of it somebody is told; and what was told, in order (ledger.store.alerts).
def _alerts(number: str, text: str, data: str) -> tuple[str, ...]:
    return (
        f"""CREATE TABLE portfolio_feeds (
            generation {number} NOT NULL, place {number} NOT NULL, feed {data} NOT NULL, alerts {data} NOT NULL,
            PRIMARY KEY (generation, place))""",
        f"""CREATE TABLE alerts (
            number {number} PRIMARY KEY, position {number} NOT NULL, contract {text} NOT NULL,
            told_at {number} NOT NULL, alert {data} NOT NULL)""",
    )


# The names of rows, many in a text (ledger.store.portfolio_names). EXTERNAL: looked through without being unpacked.
def _names(number: str, text: str) -> str:
    return f"""CREATE TABLE portfolio_names (
            generation {number} NOT NULL, place {number} NOT NULL, places {text} NOT NULL, names {text} NOT NULL,
            PRIMARY KEY (generation, place))"""


_NAMES_SQLITE = (_names("INTEGER", "TEXT"),)
_NAMES_POSTGRESQL = (
    _names("bigint", 'text COLLATE "C"'), "ALTER TABLE portfolio_names ALTER COLUMN names SET STORAGE EXTERNAL",
)  # fmt: skip


# The index of each contract's register (ledger.projections.register).
def _registers(number: str, data: str) -> str:
    return f"""CREATE TABLE portfolio_registers (
            generation {number} NOT NULL, place {number} NOT NULL, register {data} NOT NULL,
            PRIMARY KEY (generation, place))"""


_ALERTS_SQLITE = _alerts("INTEGER", "TEXT", "BLOB")
_ALERTS_POSTGRESQL = _alerts("bigint", 'text COLLATE "C"', "bytea")


STEPS = (
    Step(_FACTS_SQLITE, _FACTS_POSTGRESQL),
    Step(_HEADS_SQLITE, _HEADS_POSTGRESQL, fill_heads),
    Step(_JOURNAL_SQLITE, _JOURNAL_POSTGRESQL, adopt),
    Step(_PORTFOLIO_SQLITE, _PORTFOLIO_POSTGRESQL),
    Step(_ALERTS_SQLITE, _ALERTS_POSTGRESQL),
    Step(_NAMES_SQLITE, _NAMES_POSTGRESQL, portfolio_names.fill),
    Step((_registers("INTEGER", "BLOB"),), (_registers("bigint", "bytea"),)),
)
SCHEMA_VERSION = len(STEPS)


def advance(transaction: Transaction, found: int) -> None:
    """Take a ledger of version ``found`` (0: an empty database) to SCHEMA_VERSION; the caller stores the new version.
    """
    for step in STEPS[found:]:
        step.take(transaction)
