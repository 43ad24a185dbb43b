"""Evidence packages outlive the server that built them; what it left unfinished has failed, and says so."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.background.exports import ExportRequest, Exports
from api.background.leases import LEASE_SECONDS
from api.background.packages import KEPT, Export, Packages, folder_of
from api.principals import Principals
from ledger.domain.errors import Refusal
from ledger.log.tables import TreeTables
from ledger.service import Ledger, Question
from ledger.store import open_store
from tests.api.server import AT, CONTRACT, Own, serving, terms

LENGTH = int(LEASE_SECONDS * 1_000_000)
ID = "0123456789abcdef"
SHORT = "import api.background.leases; api.background.leases.LEASE_SECONDS = 1.5"
# The server's own export, held up for so long before anything of the package is written.
SLOW = "import time, ledger.evidence.export as e; w = e.write; e.write = lambda *a: (time.sleep({}), w(*a))[1]"


class Clock:
    """The time of day, moved forward by what a test wants to have passed."""

    def __init__(self) -> None:
        self.passed = 0

    def __call__(self) -> int:
        return time.time_ns() // 1000 + self.passed


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Ledger:
    store = open_store(f"sqlite:///{tmp_path / 'lvyue.db'}", create=True, extensions=[TreeTables()])
    made = Ledger(store, clock=clock)
    made.register(terms())
    return made


class Still(Clock):
    """Stands still until it is moved."""

    def __call__(self) -> int:
        return 1_795_000_000_000_000 + self.passed


def packages(ledger: Ledger, folder: Path, clock: Clock) -> Packages:
    return Packages(ledger.store, clock, folder)


def asked(**more: Any) -> Export:
    return Export(ID, CONTRACT, "bureau", False, 0, **more)


def written(where: Packages) -> Path:
    file = where.place(ID)
    file.write_bytes(b"a package")
    return file


def built(ledger: Ledger, *, about: tuple[str, ...] = ()) -> tuple[Exports, Export]:
    """A package asked for, and built as far as it can be."""
    exports = Exports(ledger, Principals(ledger.store, ledger.clock))
    export = exports.ask(ExportRequest(CONTRACT, Question(), about, (), "party_a", "bureau"))
    assert exports.ended(export.id, 60)
    return exports, exports.packages.find(export.id)


# --- what is kept, and for how long ------------------------------------------------------------------


def test_a_package_is_for_the_servers_own_user_alone(ledger: Ledger, tmp_path: Path) -> None:
    exports, export = built(ledger)
    file = exports.packages.file(export)
    exports.stop()
    assert file.parent.parent == tmp_path / "lvyue.db.exports"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent, file.parent.parent)] == \
        [0o600, 0o700, 0o700]  # fmt: skip
    assert os.listdir(file.parent) == ["package.zip"], "nothing is left of the making"
    assert (export.state, export.progress, export.bytes) == ("done", 100, file.stat().st_size)


def test_how_far_a_package_is_only_grows_and_comes_to_100_with_it(ledger: Ledger) -> None:
    exports = Exports(ledger, Principals(ledger.store, ledger.clock))
    export = exports.ask(ExportRequest(CONTRACT, Question(), (), (), "party_a", "bureau"))
    seen = [export]
    while not exports.ended(export.id, 0.005):
        seen.append(exports.packages.find(export.id))
    seen.append(exports.packages.find(export.id))
    exports.stop()
    percents = [one.progress for one in seen]
    assert percents == sorted(percents) and len(set(percents)) > 2, "0, something between, and 100"
    assert all((one.progress == 100) == (one.state == "done") for one in seen)


@pytest.mark.parametrize(("passed", "there"), [(KEPT - 1, True), (KEPT, True), (KEPT + 1, False)])
def test_a_package_is_kept_for_an_hour_after_its_end(
    ledger: Ledger, tmp_path: Path, passed: int, there: bool
) -> None:
    clock = Still()
    kept = packages(ledger, tmp_path / "exports", clock)
    kept.begin(asked())
    file = written(kept)
    assert kept.note(ID, lambda export: Export(**{**_fields(export), "state": "done", "ended_at": clock()}))
    clock.passed = passed
    if there:
        assert kept.file(kept.find(ID)) == file
    else:
        with pytest.raises(Refusal, match="EXPORT_UNKNOWN"):
            kept.find(ID)
    assert file.exists() is there


def _fields(export: Export) -> dict[str, Any]:
    return {name: getattr(export, name) for name in Export.__slots__}


def test_what_ended_long_ago_is_removed_at_the_next_start(ledger: Ledger, clock: Clock) -> None:
    exports, export = built(ledger)
    file = exports.packages.file(export)
    exports.stop()
    clock.passed = KEPT + 1
    again = Exports(ledger, Principals(ledger.store, ledger.clock))
    give_up = time.monotonic() + 10
    while file.parent.exists() and time.monotonic() < give_up:
        time.sleep(0.01)
    again.stop()
    assert not file.parent.exists() and ledger.store.list("export") == []


@pytest.mark.parametrize(("age", "there"), [(2 * KEPT - 1_000_000, True), (2 * KEPT + 1_000_000, False)])
def test_a_folder_nobody_knows_of_is_removed_once_it_is_old(
    ledger: Ledger, tmp_path: Path, clock: Clock, age: int, there: bool
) -> None:
    kept = packages(ledger, tmp_path / "exports", clock)
    file = written(kept)
    at = (clock() - age) * 1000
    os.utime(file.parent, ns=(at, at))
    (tmp_path / "exports" / "somebody's").mkdir()
    os.utime(tmp_path / "exports" / "somebody's", ns=(0, 0))
    kept.sweep()
    assert file.exists() is there
    assert (tmp_path / "exports" / "somebody's").exists(), "what is none of ours is left alone"


@pytest.mark.parametrize(("url", "environment", "folder"), [
    ("sqlite:////data/lvyue.db", {}, Path("/data/lvyue.db.exports")),
    ("sqlite:////data/lvyue.db", {"LVYUE_KEYS": "/keys"}, Path("/data/lvyue.db.exports")),
    ("sqlite:////data/lvyue.db", {"LVYUE_EXPORTS": "/out"}, Path("/out")),
    ("sqlite:///:memory:", {}, None),
    ("", {}, None),
])  # fmt: skip
def test_where_packages_are_kept(url: str, environment: dict[str, str], folder: Path | None) -> None:
    assert folder_of(url, environment) == folder


def test_packages_of_a_server_are_kept_beside_its_keys() -> None:
    found = folder_of("postgresql://somebody@host/ledger", {"HOME": "/home/lvyue"})
    assert found is not None
    assert (found.parent, found.suffix) == (Path("/home/lvyue/.lvyue"), ".exports")
    assert found == folder_of("postgresql://another@host/ledger", {"HOME": "/home/lvyue"})
    assert found != folder_of("postgresql://somebody@other/ledger", {"HOME": "/home/lvyue"})


def test_a_package_whose_file_is_not_here_is_not_promised(ledger: Ledger) -> None:
    exports, export = built(ledger)
    exports.packages.discard(export.id)
    with pytest.raises(Refusal, match="EXPORT_NOT_HELD"):
        exports.packages.file(export)
    exports.stop()


# --- what was left unfinished ------------------------------------------------------------------------


@pytest.mark.parametrize(("passed", "state"), [(LENGTH - 1, "waiting"), (LENGTH, "failed"), (LENGTH + 1, "failed")])
def test_what_its_server_says_no_more_of_has_failed(ledger: Ledger, tmp_path: Path, passed: int, state: str) -> None:
    clock = Still()
    gone, here = (packages(ledger, tmp_path / "exports", clock) for _ in range(2))
    gone.begin(asked())
    clock.passed = passed
    found = here.find(ID)
    assert (found.state, found.shown()["code"]) == (state, "EXPORT_INTERRUPTED" if state == "failed" else None)


def test_what_its_server_still_builds_has_not_failed(ledger: Ledger, tmp_path: Path) -> None:
    clock = Still()
    building, here = (packages(ledger, tmp_path / "exports", clock) for _ in range(2))
    building.begin(asked())
    for _ in range(5):
        clock.passed += LENGTH // 2
        building.renew(ID)
        assert here.find(ID).state == "waiting"


def test_who_was_given_up_cannot_end_it_any_more(ledger: Ledger, tmp_path: Path) -> None:
    clock = Still()
    slow, here = (packages(ledger, tmp_path / "exports", clock) for _ in range(2))
    slow.begin(asked())
    file = written(slow)
    clock.passed = LENGTH
    assert here.find(ID).state == "failed"
    assert not file.exists()
    assert not slow.note(ID, lambda export: Export(**{**_fields(export), "state": "done", "ended_at": clock()}))
    assert here.find(ID).state == "failed"


def test_a_package_refused_says_why_and_leaves_no_file(ledger: Ledger, tmp_path: Path) -> None:
    exports, export = built(ledger, about=("nobody",))
    exports.stop()
    with pytest.raises(Refusal) as refused:
        exports.packages.file(export)
    assert (refused.value.code, refused.value.field, refused.value.values["name"]) == \
        ("SCOPE_UNKNOWN", "about", "nobody")  # fmt: skip
    assert os.listdir(tmp_path / "lvyue.db.exports") == []


@pytest.mark.parametrize("id_", ["", "..", "0" * 15, "0" * 17, "../../etc/passwd", "0123456789ABCDEF", "\x00" * 16])
def test_an_id_that_is_none(ledger: Ledger, tmp_path: Path, clock: Clock, id_: str) -> None:
    with pytest.raises(Refusal, match="EXPORT_UNKNOWN"):
        packages(ledger, tmp_path / "exports", clock).find(id_)


# --- servers in processes of their own ---------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path / 'lvyue.db'}"


def ask(client: httpx.Client) -> str:
    answer = client.get(f"{AT}/evidence", headers={"Prefer": "respond-async"})
    assert answer.status_code == 202
    return answer.headers["Location"]


def when(client: httpx.Client, location: str, *states: str) -> dict[str, Any]:
    """The export once it is in one of these states."""
    give_up = time.monotonic() + 60
    while (found := client.get(location).raise_for_status().json())["state"] not in states:
        assert time.monotonic() < give_up, found
        time.sleep(0.05)
    return dict(found)


def test_a_package_is_had_from_the_next_server_by_whoever_may_have_it(store: str, tmp_path: Path) -> None:
    with serving(tmp_path, store=store) as before, before.client("bureau") as client:
        location = ask(client)
        found = when(client, location, "done")
        package = client.get(found["package"]).content
        keys = before.keys
    with serving(tmp_path, store=store, seeded=False) as after:
        after.keys = keys
        with after.client("bureau") as client, after.client("provider") as other, after.client("operator") as operator:
            assert client.get(location).json() == found
            assert client.get(found["package"]).content == package
            assert [other.get(where).status_code for where in (location, found["package"])] == [404, 404]
            tag = operator.get("/api/v1/access/principals/bureau").headers["ETag"]
            operator.delete(f"/api/v1/access/principals/bureau?contract={CONTRACT}", headers={"If-Match": tag}) \
                .raise_for_status()  # fmt: skip
        with after.client("bureau") as client:
            assert [client.get(where).status_code for where in (location, found["package"])] == [403, 403]


def test_what_a_killed_server_was_building_has_failed_after_the_next_start(tmp_path: Path) -> None:
    with serving(tmp_path, first=f"{SHORT}\n{SLOW.format(60)}") as killed:
        with killed.client("bureau") as client:
            building, waiting = ask(client), ask(client)
            when(client, building, "building")
            assert client.get(waiting).json()["state"] == "waiting"
            assert client.get(f"{building}/package").json()["code"] == "EXPORT_NOT_DONE", "a half-written file is none"
        killed.process.kill()
        killed.process.join(10)
        with serving(tmp_path, first=SHORT, seeded=False) as after:
            after.keys = killed.keys
            with after.client("bureau") as client:
                for location in (building, waiting):
                    assert when(client, location, "failed")["code"] == "EXPORT_INTERRUPTED"
                    answer = client.get(f"{location}/package")
                    assert (answer.status_code, answer.json()["code"]) == (409, "EXPORT_INTERRUPTED")
                assert not list(tmp_path.glob("**/*.exports/*")), "nor is anything left of it"
                when(client, ask(client), "done")


def test_a_server_told_to_stop_finishes_what_it_builds_and_fails_what_waits(tmp_path: Path) -> None:
    with serving(tmp_path, first=SLOW.format(1)) as stopped, stopped.client("bureau") as client:
        building, waiting = ask(client), ask(client)
        when(client, building, "building")
    with serving(tmp_path, seeded=False) as after:
        after.keys = stopped.keys
        with after.client("bureau") as client:
            assert client.get(building).json()["state"] == "done"
            assert client.get(waiting).json()["code"] == "EXPORT_INTERRUPTED"


def test_a_package_with_opened_fields_needs_the_role_that_may_open_them(own: Own) -> None:
    person = {"person": "p-1", "nda_signed": True, "name": "值班员甲"}
    fact = {"type": "PersonnelAssigned", "on": "2025-10-02", "by": "party_b", "ref": "p", "data": person}
    with own.client("party_b") as client, own.client("operator") as operator:
        client.post(f"{own.at}/facts", json=fact).raise_for_status()
        opened, plain = (
            client.get(f"{own.at}/evidence{query}", headers={"Prefer": "respond-async"}).headers["Location"]
            for query in ("?disclose=p.name", "")
        )
        assert [when(client, one, "done", "failed")["state"] for one in (opened, plain)] == ["done", "done"]
        tag = operator.get("/api/v1/access/principals/party_b").headers["ETag"]
        operator.put("/api/v1/access/principals/party_b", json={"role": "auditor", "contract": own.number},
                     headers={"If-Match": tag}).raise_for_status()  # fmt: skip
        until = time.monotonic() + 5
        while client.get(f"{opened}/package").status_code == 200 and time.monotonic() < until:
            time.sleep(0.1)
        assert [client.get(f"{one}/package").status_code for one in (opened, plain)] == [403, 200]
