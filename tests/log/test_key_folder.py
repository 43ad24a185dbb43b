"""The folder of a server's keys: one for each ledger, however its address is spelled."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from ledger.custody.vault import open_secret
from ledger.domain.errors import Refusal
from ledger.log.folder import key_directory
from ledger.log.keys import open_keyring
from ledger.messages import say

PLAIN = "postgresql://db.example/gov"
SAME = [
    "postgres://db.example/gov", "postgresql://db.example:5432/gov", "postgresql://DB.example/gov",
    "postgresql://clerk@db.example/gov", "postgresql://clerk:s%40cret@db.example:5432/gov",
    "postgresql://db.example/gov?sslmode=require", "postgresql://db.example/gov?",
    "postgresql://db.example/gov?connect_timeout=5&application_name=x", "postgresql:///gov?host=db.example",
    "postgresql://?host=db.example&dbname=gov&port=5432", "postgresql://db.example?dbname=gov",
    "postgresql://gov@db.example", "postgresql://db.example/%67ov", "postgresql://db.example:/gov",
    "postgresql://db.example/gov?options=-cwork_mem%3D8MB",
]
OTHER = [
    "postgresql://db.example:5433/gov", "postgresql://db.example/gov?port=5434", "postgresql://db.example/town",
    "postgresql://db2.example/gov", "postgresql:///gov", "postgresql://db.example/gov?options=-csearch_path%3Da",
    "postgresql://db.example/gov?options=-csearch_path%3Db", "postgresql://db.example,db2.example/gov",
    "postgresql://[::1]/gov", "postgresql://[::1]:5433/gov", "postgresql://?service=gov", "postgresql:///gov?host=/run/pg",
    "postgresql:///gov?host=%2Frun%2Fother",
]


def folder(url: str, home: Path, **environment: str) -> Path:
    found = key_directory(url, {"HOME": str(home)} | environment)
    assert found is not None
    return found


def made_before(url: str, home: Path) -> Path:
    """The folder as it was named by the whole address as spelled, with keys in it."""
    server = url.rpartition("@")[2]
    made = home / ".lvyue" / f"gov-{hashlib.sha256(server.encode()).hexdigest()[:8]}.keys"
    made.mkdir(parents=True)
    return made


@pytest.mark.parametrize("url", SAME)
def test_another_spelling_of_the_address_means_the_same_folder(url: str, tmp_path: Path) -> None:
    assert folder(url, tmp_path) == folder(PLAIN, tmp_path)
    assert folder(url, tmp_path).name.startswith("gov-")


def test_every_other_place_has_a_folder_of_its_own(tmp_path: Path) -> None:
    assert len({folder(url, tmp_path) for url in [PLAIN, *OTHER]}) == len(OTHER) + 1


@pytest.mark.parametrize("options", ["-csearch_path%3Da", "-c%20search_path%3Da", "--search_path=a",
                                     "-cwork_mem%3D8MB%20-csearch_path%3Da", "-csearch_path%3Db%20-csearch_path%3Da"])
def test_a_search_path_is_the_same_however_it_is_given(options: str, tmp_path: Path) -> None:
    assert folder(f"{PLAIN}?options={options}", tmp_path) == folder(f"{PLAIN}?options=-csearch_path%3Da", tmp_path)


def test_what_the_address_leaves_out_is_taken_from_the_environment(tmp_path: Path) -> None:
    named = folder(PLAIN, tmp_path)

    assert folder("postgresql://", tmp_path, PGHOST="db.example", PGDATABASE="gov") == named
    assert folder("postgresql:///gov", tmp_path, PGHOST="db.example", PGPORT="5432") == named
    assert folder(PLAIN, tmp_path, PGPORT="5433") == folder("postgresql://db.example:5433/gov", tmp_path) != named
    assert folder(PLAIN, tmp_path, PGHOST="elsewhere", PGDATABASE="other") == named


@pytest.mark.parametrize(("before", "now"), [
    (PLAIN, PLAIN), (PLAIN, f"{PLAIN}?sslmode=require"), (PLAIN, "postgresql://db.example:5432/gov?sslmode=require"),
    (PLAIN, "postgresql://clerk@db.example/gov"), ("postgresql://db.example:5432/gov", PLAIN),
    ("postgresql://clerk@db.example/gov", "postgresql://chief:word@db.example:5432/gov"),
    ("postgresql://clerk@db.example:5432/gov", "postgresql://db.example/gov?sslmode=require"),
    (f"{PLAIN}?options=-csearch_path%3Da", f"{PLAIN}?options=-csearch_path%3Da"),
])  # fmt: skip
def test_a_folder_made_under_its_former_name_is_still_found(before: str, now: str, tmp_path: Path) -> None:
    made = made_before(before, tmp_path)

    assert folder(now, tmp_path) == made


@pytest.mark.parametrize("url", OTHER)
def test_a_former_folder_of_another_place_is_never_taken(url: str, tmp_path: Path) -> None:
    made = made_before(PLAIN, tmp_path)

    assert folder(url, tmp_path) != made


def test_the_folder_under_the_present_name_goes_before_a_former_one(tmp_path: Path) -> None:
    present = folder(PLAIN, tmp_path)
    made_before(PLAIN, tmp_path)
    assert folder(PLAIN, tmp_path) != present

    present.mkdir(parents=True)

    assert folder(PLAIN, tmp_path) == present


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701])
def test_a_folder_that_others_can_enter_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "keys of ours"
    open_keyring(folder, {}, sm2=False)
    folder.chmod(mode)
    for opening in (lambda: open_keyring(folder, {}, sm2=False), lambda: open_secret(folder)):
        with pytest.raises(Refusal) as refused:
            opening()
        assert refused.value.code == "KEY_FOLDER_EXPOSED"
        command = str(refused.value.values["command"])
        assert command in say("KEY_FOLDER_EXPOSED", "zh", **refused.value.values)
    subprocess.run(command, shell=True, check=True)
    assert open_keyring(folder, {}, sm2=False)
