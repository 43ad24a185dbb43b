"""What a killed export leaves behind goes with the next one; what another is still working in stays."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger.evidence.workplace import workplace

WORKING = """
import sys, time
from pathlib import Path
from ledger.evidence.workplace import workplace
with workplace(Path(sys.argv[1])) as folder:
    (folder / "package.zip").write_bytes(b"half")
    print(folder, flush=True)
    time.sleep(60)
"""


def working(beside: Path) -> tuple[subprocess.Popen[str], Path]:
    """Another process that puts a package together in ``beside``."""
    process = subprocess.Popen([sys.executable, "-c", WORKING, str(beside)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


@pytest.mark.skipif(os.name != "posix", reason="the lock that goes with its process is POSIX's")
def test_a_killed_exports_folder_goes_with_the_next_and_a_working_ones_stays(tmp_path: Path) -> None:
    killed, left = working(tmp_path)
    alive, used = working(tmp_path)
    try:
        killed.kill()
        killed.wait(10)
        assert left.is_dir()
        with workplace(tmp_path) as own:
            assert sorted(path.name for path in tmp_path.iterdir()) == sorted([own.name, used.name])
        assert used.is_dir() and not own.exists()
    finally:
        alive.kill()
        alive.wait(10)


def test_a_folder_just_made_is_left_and_an_old_one_without_a_lock_goes(tmp_path: Path) -> None:
    young, old, another = tmp_path / ".lvyue-young", tmp_path / ".lvyue-old", tmp_path / "lvyue-mine"
    for folder in (young, old, another):
        folder.mkdir()
    long_ago = time.time() - 48 * 3600
    for folder in (old, another):
        os.utime(folder, (long_ago, long_ago))
    with workplace(tmp_path):
        assert young.is_dir() and another.is_dir() and not old.exists()
