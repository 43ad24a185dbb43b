"""The command as a person runs it: real files, an empty folder to stand in, nobody's settings."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ledger.cli import main

ROOT = Path(__file__).resolve().parents[2]
TERMS = ROOT / "contracts" / "cu12-1101-2025-018605.toml"
CONTRACT = "CU12-1101-2025-018605"
NOTICE = {
    "year": 2027, "document": "国办发明电〔2026〕9号", "published_on": "2026-11-01",
    "off_days": ["2027-01-01"], "makeup_days": ["2027-01-09"],
}  # fmt: skip


@dataclass
class Ran:
    """What a command left: exit status, standard output and error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Lvyue = Callable[..., Ran]


def command(folder: Path, *arguments: object, stdin: bytes | None = None, **env: str) -> Ran:
    """Run ``lvyue`` standing in a folder, in Chinese unless the arguments or ``env`` say otherwise.

    In this process, where that costs a tenth: what only a process of its own shows is asked of :func:`process`.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    environment = dict(os.environ)
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        given = io.BufferedReader(io.BytesIO(stdin or b""))
        patch.setattr(sys, "stdin", io.TextIOWrapper(given, encoding="utf-8"))
        _become(_environment(env))
        try:
            status = main([*map(str, arguments)])
        finally:
            _become(environment)  # a verb may have set something
    return Ran(status, _written(out), _written(err))


def _become(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined]


def process(folder: Path, *arguments: object, stdin: bytes | None = None, **env: str) -> Ran:
    """The same as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "ledger.cli", *map(str, arguments)],
        cwd=folder, input=stdin or b"", capture_output=True, timeout=60, env=_environment(env),
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    left_out = ("LVYUE_", "COLUMNS", "NO_COLOR", "FORCE_COLOR")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
    return kept | {"PYTHONPATH": str(ROOT)} | more


@pytest.fixture
def lvyue(tmp_path: Path) -> Lvyue:
    """``lvyue`` in an empty folder."""
    return partial(command, tmp_path)


@pytest.fixture(scope="session")
def signed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that holds the contract of the story, signed by both."""
    folder = tmp_path_factory.mktemp("signed")
    facts = "".join(
        f'{{"type": "ContractSigned", "on": "2025-11-19", "by": "{party}", "data": {{"party": "{party}"}}}}\n'
        for party in ("party_a", "party_b")
    )
    assert command(folder, "register", TERMS).status == 0
    assert command(folder, "record", CONTRACT, "-", stdin=facts.encode()).status == 0
    return folder / "lvyue.db"


@pytest.fixture
def signed(signed_store: Path, tmp_path: Path) -> str:
    """The id of a contract signed by both, in a ledger of the test's own."""
    shutil.copy(signed_store, tmp_path)
    return CONTRACT
