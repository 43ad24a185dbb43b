"""Opening: a clear sentence for every store that is not there, not ours, or not usable."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from ledger.domain.errors import Refusal
from ledger.store import Store, open_store
from ledger.store.postgres import PostgresDatabase
from ledger.store.sqlite import SqliteDatabase
from tests.store.sample import NOON, invoice, record, refused


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.mark.parametrize(
    "url", ["", "lvyue.db", "sqlite:lvyue.db", "sqlite:///", "mysql://host/db", "postgresql:host", "http://x"]
)
def test_what_is_no_store_address_is_refused(url: str) -> None:
    with refused("STORE_URL_INVALID"):
        open_store(url)


def test_no_password_is_repeated_in_a_refusal() -> None:
    for url in ("mysql://u:geheim@h/db", "postgresql://u:geheim@localhost:1/db", "postgresql://u:geheim@h/db?x=y"):
        with pytest.raises(Refusal) as caught:
            open_store(url)
        assert "geheim" not in str(caught.value)


def test_a_relative_address_is_relative_to_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store("sqlite:///账本 1.db", create=True) as store:
        record(store, "c")
    assert (tmp_path / "账本 1.db").exists()


def test_a_ledger_in_memory_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store("sqlite:///:memory:", create=True) as one, open_store("sqlite:///:memory:") as two:
        record(one, "c")
        assert (one.leaf_count(), two.leaf_count()) == (1, 0)
    assert list(tmp_path.iterdir()) == []


def test_reading_a_ledger_that_is_not_there_makes_none(url: str, tmp_path: Path) -> None:
    with refused("STORE_MISSING"):
        open_store(url)
    assert list(tmp_path.iterdir()) == []
    with refused("STORE_MISSING"):
        open_store(url)


def test_a_ledger_is_made_once_and_found_again(url: str) -> None:
    with open_store(url, create=True) as store:
        record(store, "c")
    with open_store(url, create=True) as store:
        assert store.contracts() == ["c"]


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with refused("STORE_MISSING"):
        open_store(sqlite_url(tmp_path / "absent" / "ledger.db"), create=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_ledger_until_one_is_made_of_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.touch()
    with refused("STORE_MISSING"):
        open_store(sqlite_url(path))
    assert path.stat().st_size == 0
    with open_store(sqlite_url(path), create=True) as store:
        record(store, "c")


@pytest.mark.parametrize("create", [False, True])
def test_another_programs_file_is_refused_and_left_alone(tmp_path: Path, create: bool) -> None:
    text, database, folder = tmp_path / "text.db", tmp_path / "other.db", tmp_path / "folder.db"
    text.write_text("not a database, but long enough to have a header" * 40)
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    folder.mkdir()
    before = [text.read_bytes(), database.read_bytes()]
    for path in (text, database, folder):
        with refused("STORE_FOREIGN"):
            open_store(sqlite_url(path), create=create)
    assert [text.read_bytes(), database.read_bytes()] == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.db", "other.db", "text.db"]


def test_a_ledger_of_a_newer_program_is_refused(store: Store, url: str) -> None:
    record(store, "c")
    store.close()
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA user_version = 99")
        connection.close()
    else:
        with psycopg.connect(url) as connection:
            connection.execute("UPDATE lvyue_ledger SET version = 99")
    with refused("STORE_NEWER"):
        open_store(url)


def test_a_database_with_another_programs_events_is_refused(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE stored_events (x integer)")
    for create in (False, True):
        with refused("STORE_FOREIGN"):
            open_store(postgres_url, create=create)


def test_a_server_that_does_not_answer_is_named(postgres_url: str) -> None:
    with refused("STORE_UNREACHABLE"):
        open_store("postgresql://nobody@localhost:1/nowhere", create=True)
    with refused("STORE_UNREACHABLE"):
        open_store(postgres_url.replace("/postgres?", "/absent?"))


# --- locks, permissions, space ---------------------------------------------------------------------


def test_a_ledger_another_program_keeps_locked_is_refused_after_the_wait(store: Store, url: str) -> None:
    record(store, "c")
    impatient: SqliteDatabase | PostgresDatabase
    if url.startswith("sqlite"):
        impatient = SqliteDatabase(url.removeprefix("sqlite:///"), create=False, busy_seconds=0.05)
    else:
        impatient = PostgresDatabase(url, create=False, lock_seconds=0.05)
    with store.writing(), refused("STORE_LOCKED"), impatient.writing():
        raise AssertionError("the lock was given twice")
    assert impatient.query("SELECT count(*) FROM stored_events") == [(1,)]  # reading never waits
    record(Store(impatient), "c")
    impatient.close()
    assert store.leaf_count() == 2


def test_a_full_disk_records_nothing_and_says_so(tmp_path: Path) -> None:
    database = SqliteDatabase(str(tmp_path / "ledger.db"), create=True)
    with Store(database) as store:
        record(store, "c", 10)
        database.connection.execute(f"PRAGMA max_page_count = {database.query('PRAGMA page_count')[0][0] + 4}")
        with refused("STORE_DISK_FULL"):
            record(store, "c", 500)
        assert store.last_seq("c") == 10
        database.connection.execute("PRAGMA max_page_count = 100000")
        assert record(store, "c", 500)[-1].position == 510


def test_a_file_moved_away_or_replaced_while_it_is_open_is_neither_read_nor_written(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_store(sqlite_url(path), create=True) as store:
        record(store, "c", 3)
        older = tmp_path / "older.db"
        with closing(sqlite3.connect(older)) as copy, closing(sqlite3.connect(path)) as original:
            original.backup(copy)
        record(store, "c", 2)
        path.rename(tmp_path / "away.db")
        with refused("STORE_REPLACED"):
            store.last_seq("c")
        older.rename(path)
        with refused("STORE_REPLACED"):
            record(store, "c")
        with refused("STORE_REPLACED"):
            store.last_seq("c")
        (tmp_path / "away.db").rename(path)  # back again: it goes on where it was
        assert record(store, "c")[-1].position == 6


def test_a_key_that_could_not_be_written_whole_leaves_nothing_that_would_be_read_as_one(tmp_path: Path) -> None:
    program = """
import resource, sys
from pathlib import Path
from ledger.log.keys import write_private
resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))
write_private(Path(sys.argv[1]), b"a key of 32 bytes, of which 4 fit")
"""
    key = tmp_path / "keys" / "vault.key"
    run = subprocess.run([sys.executable, "-c", program, str(key)], capture_output=True, text=True, check=False)
    assert run.returncode != 0 and "OSError" in run.stderr
    assert key.parent.is_dir() and not key.exists()


def read_only_transaction(url: str) -> str:
    return url.replace("options=", "options=-cdefault_transaction_read_only%3Don%20")


def test_a_read_only_database_is_read_and_refuses_facts(postgres_url: str) -> None:
    with open_store(postgres_url, create=True) as store:
        record(store, "c")
    with open_store(read_only_transaction(postgres_url)) as store:
        assert store.last_seq("c") == 1
        with refused("STORE_READ_ONLY"):
            record(store, "c")


def attempt(url: str) -> str:
    """Open, read and append; what came of it, in words."""
    said = []
    try:
        with open_store(url) as store:
            said.append(str(store.last_seq("c")))
            record(store, "c")
    except Refusal as refusal:
        said.append(refusal.code)
    return " ".join(said)


def as_somebody_else(url: str) -> str:
    """What comes of an attempt by a user who owns nothing here; root, whom nothing stops, becomes one."""
    if os.geteuid() != 0:
        return attempt(url)
    attempt("sqlite:///:memory:")  # imports what the child may not be able to read
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgid(65534)
            os.setuid(65534)
            os.write(writing, attempt(url).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        told = said.read()
    os.waitpid(child, 0)
    return told


@pytest.fixture
def open_folder() -> Path:
    """A folder that other users may read (pytest's own is closed to them)."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="lvyue-read-only-"))
    folder.chmod(0o755)
    yield folder  # type: ignore[misc]
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("folder_writable", [False, True])
def test_a_read_only_file_is_read_and_refuses_facts(open_folder: Path, folder_writable: bool) -> None:
    path = open_folder / "ledger.db"
    with open_store(sqlite_url(path), create=True) as store:
        record(store, "c", 3)
    path.chmod(0o444)
    open_folder.chmod(0o777 if folder_writable else 0o555)
    assert as_somebody_else(sqlite_url(path)) == "3 STORE_READ_ONLY"


def test_a_file_that_may_not_be_read_is_refused(open_folder: Path) -> None:
    path = open_folder / "ledger.db"
    with open_store(sqlite_url(path), create=True) as store:
        record(store, "c", 3)
    path.chmod(0o000)
    assert as_somebody_else(sqlite_url(path)) == "STORE_DENIED"


# --- damage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offset", "code"),
    [
        (0, "STORE_FOREIGN"),
        (16, "STORE_FOREIGN"),
        (18, "STORE_READ_ONLY"),
        (68, "STORE_FOREIGN"),
        (100, "STORE_BROKEN"),
    ],
)
def test_a_damaged_header_is_refused(tmp_path: Path, offset: int, code: str) -> None:
    path = tmp_path / "ledger.db"
    with open_store(sqlite_url(path), create=True) as store:
        record(store, "c", 3)
    damaged = bytearray(path.read_bytes())
    damaged[offset] ^= 0xFF
    path.write_bytes(damaged)
    with refused(code):
        store = open_store(sqlite_url(path))
        record(store, "c")


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_store(sqlite_url(path), create=True) as store:
        record(store, "c", 300)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with refused("STORE_BROKEN"):
        list(open_store(sqlite_url(path)).leaves())


def test_every_damaged_page_is_refused_or_read_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_store(sqlite_url(path), create=True) as store:
        leaves = [row.bytes for row in record(store, "c", 100)]
    whole = path.read_bytes()
    codes = set()
    for page in range(0, len(whole), 4096):
        path.write_bytes(whole[:page] + b"\xa5" * 4096 + whole[page + 4096 :])
        try:
            with open_store(sqlite_url(path)) as store:
                assert [leaf for _, leaf in store.leaves()] == leaves
                record(store, "c")
        except Refusal as refusal:
            codes.add(refusal.code)
    assert codes <= {"STORE_BROKEN", "STORE_FOREIGN", "LEAF_BROKEN"}
    assert "STORE_BROKEN" in codes


# --- start-up --------------------------------------------------------------------------------------


def imported(statement: str, *arguments: str) -> set[str]:
    code = f"import sys; {statement}; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_reading_imports_neither_the_library_nor_psycopg(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "ledger.db")
    with open_store(url, create=True) as store:
        record(store, "c")
    declaring = "from ledger.agreements import declare_all; declare_all()"
    reading = f"{declaring}; from ledger.store import open_store; len(open_store(sys.argv[1]).facts('c'))"
    assert not {"eventsourcing", "psycopg"} & imported(reading, url)


def test_postgresql_without_its_driver_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "ledger.store.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with refused("STORE_DRIVER_MISSING"):
        open_store("postgresql://localhost/ledger")


def test_a_connection_the_server_has_dropped_is_made_anew(
    postgres_url: str, postgres_address: Callable[[], str]
) -> None:
    with open_store(postgres_url, create=True) as store, psycopg.connect(postgres_url, autocommit=True) as other:
        record(store, "c")

        def drop() -> None:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND datname = current_database() AND backend_type = 'client backend'"
            )

        drop()
        assert store.last_seq("c") == 1
        drop()
        assert store.append("c", [invoice()], now=lambda: NOON, recorded_by="x", expected_seq=1)[0].seq == 2
