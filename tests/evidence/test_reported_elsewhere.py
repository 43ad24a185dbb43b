"""What people reported of neighbouring systems: each under the name of its thread, with its expected outcome."""

from __future__ import annotations

import re
from pathlib import Path

import bagit
import pytest

from ledger.cli.program import run
from tests.evidence.exported import Place, unpacked, zipped
from tests.evidence.test_both_verifiers import Both, both, keys, package

__all__ = ["both", "keys", "package"]


@pytest.mark.parametrize("strewn", [".DS_Store", "Thumbs.db", "desktop.ini"])
def test_archivematica_issues_214_hathitrust_ht_sip_validator_37_guiguts_py_1938_a_finder_opened_the_folder(
    both: Both, tmp_path: Path, strewn: str
) -> None:

    (tmp_path / "bag" / strewn).touch()
    status, said = both()
    assert status == 0 and "PASSED" in said and said.count(strewn) == 2
    assert bagit.Bag(str(tmp_path / "bag")).validate()


def test_lambdatest_kane_cli_140_alphaonedev_ai_memory_mcp_1907_a_reason_that_a_clerk_understands(
    both: Both, told: Path, tmp_path: Path
) -> None:
    files = Place(told, tmp_path / "place").export()
    events = b"".join(files["data/events.jsonl"].splitlines(keepends=True)[:-1])
    zipped({**files, "data/events.jsonl": events}, tmp_path / "cut.zip")
    status, said = both("cut.zip")
    assert status == 3 and "或缺少事实" in said and "a fact has no proof, or is missing" in said
    assert "末条不是本次导出的记录，尾部可能被截" in said


def test_lambdatest_kane_cli_140_and_none_for_any_file_that_is_missing_or_made_nonsense(
    told: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = Place(told, tmp_path / "place").export()
    (tmp_path / "keys.txt").write_bytes(files["data/keys/keys.txt"])
    for name in files:
        for number, content in enumerate((None, b"[1]\n")):
            bag = tmp_path / "bag"
            if number == 0:
                unpacked(files, bag)
            (bag / name).unlink(missing_ok=True)
            if content is not None:
                (bag / name).write_bytes(content)
            if content == files[name]:
                continue
            assert run(["verify", str(bag), "--trust", str(tmp_path / "keys.txt")]) == 3, (name, content)
            said = capsys.readouterr()
            assert not re.search(r"Error|Exception|check_|Traceback|\('", said.out + said.err), said
        (bag / name).write_bytes(files[name])
