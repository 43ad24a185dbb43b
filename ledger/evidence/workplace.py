"""The folder a package is put together in, beside where it will lie; what a killed export left there is removed.

Whoever works in such a folder holds a lock on a file in it, which the system lets go of with the process.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PREFIX = ".lvyue-"
LOCK = "lock"
YOUNG = 60.0  # seconds within which a folder without its lock may be one just made
ABANDONED = 24 * 3600.0  # where there are no such locks: nothing is exported that long


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder of this process's own in ``beside``, gone afterwards; those of exports that were killed go first."""
    with TemporaryDirectory(dir=beside, prefix=PREFIX) as own, Path(own, LOCK).open("wb") as lock:
        _hold(lock)
        now = Path(own).stat().st_mtime  # by the clock of the disk that the others' ages are by, too
        for folder in beside.glob(f"{PREFIX}*"):
            if folder != Path(own) and folder.is_dir() and not folder.is_symlink() and _abandoned(folder, now):
                shutil.rmtree(folder, ignore_errors=True)
        yield Path(own)


def _abandoned(folder: Path, now: float) -> bool:
    with suppress(OSError):  # somebody else's, or gone meanwhile
        age = now - folder.stat().st_mtime
        if fcntl is None:
            return age > ABANDONED
        if not (folder / LOCK).exists():
            return age > YOUNG
        with (folder / LOCK).open("rb+") as lock:
            return _hold(lock)
    return False


def _hold(lock: IO[bytes]) -> bool:
    """Take the lock, unless another process has it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
