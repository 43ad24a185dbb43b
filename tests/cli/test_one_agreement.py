"""A question about one contract needs its agreement alone, and is answered as where every agreement is declared."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, _environment, command

CLOUD, OPERATIONS = "CU12-1101-2025-018605", "OPS-2025-001"
FILES = {CLOUD: "cu12-1101-2025-018605", OPERATIONS: "it-operations-example"}
THEN = ("--known-at", "2099-01-01T00:00:00Z", "--json")
QUESTIONS = (("status", "--as-of", "2026-06-30"), ("facts",), ("explain", "balance.outstanding"), ("clause", "9"))
ASKED = (
    "import sys\n"
    "from ledger.cli import main\n"
    "from ledger.domain.template import TEMPLATES\n"
    "status = main(sys.argv[1:])\n"
    "print(*sorted(TEMPLATES), file=sys.stderr)\n"
    "sys.exit(status)\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the year of a contract of each agreement."""
    made = tmp_path_factory.mktemp("two")
    for contract, name in FILES.items():
        assert command(made, "register", ROOT / f"contracts/{name}.toml").status == 0
        assert command(made, "record", contract, ROOT / f"contracts/{name}.story.jsonl").status == 0
    return made


@pytest.mark.parametrize(
    ("contract", "slug"),
    [(CLOUD, "beijing-municipal-government-cloud-2025"), (OPERATIONS, "it-operations-maintenance")],
)
def test_one_agreement_is_declared_and_the_answer_is_the_same(folder: Path, contract: str, slug: str) -> None:
    for verb, *options in QUESTIONS:
        asked = (verb, contract, *options, *THEN)
        done = subprocess.run([sys.executable, "-c", ASKED, *asked], cwd=folder, capture_output=True, timeout=60,
                              env=_environment({}))  # fmt: skip
        assert (done.returncode, done.stderr.decode().split()) == (0, [slug]), asked
        assert done.stdout.decode() == command(folder, *asked).out, asked
