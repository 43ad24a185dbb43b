"""The demo's last step: a package is exported, verified without this program, and one altered byte is detected."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

Act = Callable[[str, list[str]], int]
Tell = Callable[..., None]
ALTERED = re.compile(rb'"type":"InvoiceIssued[^\n]*("amount":"[0-9.]*)')
INCOMPLETE, FOUND_OUT = 1, 3  # INCOMPLETE: without openssl, signatures are not checked, and the verifier says so


def hand_over(folder: Path, contract: str, as_of: list[str], act: Act, tell: Tell) -> int:
    """Export, unpack, verify with the package's own verifier, alter, verify again; returns 0 if all went as expected.

    `act` runs a command under a title; `tell` prints a sentence of the catalogue.
    """
    package, keys = folder / "evidence.zip", folder / "keys.txt"
    status = act("DEMO_EVIDENCE", ["evidence", contract, *as_of, "-o", package.as_posix()])
    if status:
        return status
    said = io.StringIO()
    with redirect_stdout(said):
        status = act("", ["log", "keys"])
    keys.write_text(said.getvalue(), "utf-8")
    tell("DEMO_KEYS", command=f"$ lvyue log keys > {keys.as_posix()}")
    with zipfile.ZipFile(package) as archive:
        bag = folder / archive.namelist()[0].partition("/")[0]
        archive.extractall(folder)
    tell("DEMO_VERIFY", command=f"$ python3 -m zipfile -e {package.as_posix()} {folder.as_posix()}")
    status = status or _verified(bag, keys, tell)
    if status not in (0, INCOMPLETE):
        return status
    place, before, after = _alter(bag / "data" / "events.jsonl")
    tell("DEMO_ALTERED", place=place, before=before, after=after)
    status = _verified(bag, keys, tell)
    tell("DEMO_FOUND_OUT" if status == FOUND_OUT else "DEMO_NOT_FOUND_OUT")
    return 0 if status == FOUND_OUT else 1


def _verified(bag: Path, keys: Path, tell: Tell) -> int:
    """The verifier's exit status, run by a Python isolated from this installation."""
    arguments = [f"{bag.as_posix()}/verify.py", bag.as_posix(), "--trust", keys.as_posix()]
    outside = getattr(sys, "_base_executable", None) or sys.executable
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [outside, "-I", "-X", "utf8", *arguments], capture_output=True, check=False, env=environment
    )
    said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
    tell("DEMO_SAID", command="$ python3 " + shlex.join(arguments), said=said)
    return done.returncode


def _alter(events: Path) -> tuple[int, str, str]:
    """Change one byte of one amount; returns its place in the file (from 1) and the quoted amount before and after."""
    data = bytearray(events.read_bytes())
    found = ALTERED.search(data)
    assert found is not None  # the story has invoices
    place = found.end() - 1
    before = found[1].decode()
    data[place] ^= 1
    events.write_bytes(data)
    return place + 1, before + '"', before[:-1] + chr(data[place]) + '"'
