"""`verify.py` and `lvyue verify` on the same folder: one verdict, whatever lies beside the package."""

from __future__ import annotations

import ast
import base64
import builtins
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.cli.program import run
from ledger.evidence import verify
from tests.evidence.conftest import Files
from tests.evidence.exported import Place, unpacked, zipped
from tests.story import CONTRACT

Both = Callable[..., tuple[int, str]]
EXCEPTIONS = [name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, Exception)]


@pytest.fixture(scope="module")
def package(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Place(told, tmp_path_factory.mktemp("package")).export()


@pytest.fixture(scope="module")
def keys(told: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return Place(told, tmp_path_factory.mktemp("keys")).trust


@pytest.fixture
def both(package: Files, keys: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Both:
    """Run both verifiers on a package in `tmp_path`; the exit status they agree on, and all they said."""
    unpacked(package, tmp_path / "bag")
    (tmp_path / "keys.txt").write_text(keys)

    def verified(name: str = "bag", *trust: str | Path) -> tuple[int, str]:
        given = [part for one in trust or ("keys.txt",) for part in ("--trust", str(tmp_path / one))]
        given = [] if trust == ("",) else given
        alone = subprocess.run(
            [sys.executable, verify.__file__, str(tmp_path / name), *given], capture_output=True, text=True,
            encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, timeout=60,
        )  # fmt: skip
        capsys.readouterr()
        status = run(["verify", str(tmp_path / name), *given])
        ours = capsys.readouterr()
        assert status == alone.returncode, (ours, alone)
        said = alone.stdout + alone.stderr + ours.out + ours.err
        assert not re.search(rf"\b({'|'.join(EXCEPTIONS)}|Traceback|BadZipFile)\b|check_", said), said
        return status, said

    return verified


# -- trust ------------------------------------------------------------------------------------------


def test_with_the_keys_it_passes_and_without_them_it_is_incomplete(both: Both) -> None:
    assert both()[0] == 0
    status, said = both("bag", "")
    assert status == 1 and "INCOMPLETE" in said and "结论：不完整" in said
    assert said.count("任何人都能造出这样的包") == 2, "both say why"


@pytest.mark.parametrize(
    ("encoding", "end"), [("utf-8-sig", "\r\n"), ("utf-16", "\r\n"), ("utf-16-le", "\n"), ("utf-8", "\r")]
)
def test_a_trust_file_is_read_as_any_system_wrote_it(
    both: Both, keys: str, tmp_path: Path, encoding: str, end: str
) -> None:
    (tmp_path / "written").write_bytes(keys.replace("\n", end).encode(encoding))
    assert both("bag", "written")[0] == 0


@pytest.mark.parametrize("content", [None, b"", b"hello", b"\xff\xfe\x00", b"\x80\x81"])
def test_a_trust_file_that_gives_no_key_is_a_usage_error_and_blames_no_package(
    both: Both, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "given").write_bytes(content)
    status, said = both("bag", "given")
    assert status == 2 and said.count("不存在、读不了，或其中没有公钥") == 2 and "FAILED" not in said


def test_a_folder_of_keys_is_read_past_what_is_strewn_in_it(both: Both, keys: str, tmp_path: Path) -> None:
    (tmp_path / "trusted").mkdir()
    (tmp_path / "trusted" / "log.txt").write_text(keys)
    (tmp_path / "trusted" / ".DS_Store").write_bytes(b"\x00\x80\xff")
    os.mkfifo(tmp_path / "trusted" / "pipe")
    assert both("bag", "trusted")[0] == 0


def test_a_certificate_alone_is_no_key_of_the_log(both: Both, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    status, said = both("bag", "ca.pem")
    assert status == 1 and "INCOMPLETE" in said
    assert both("bag", "ca.pem", "keys.txt")[0] == 0


def test_a_package_that_is_not_there_is_a_usage_error(both: Both) -> None:
    assert both("nowhere.zip")[0] == 2


# -- what lies beside the package -------------------------------------------------------------------


STREWN = (
    ".DS_Store", "data/.DS_Store", "Thumbs.db", "data/sources/thumbs.db", "desktop.ini", "data/Desktop.ini",
    "._verify.py", "__MACOSX/data/x", "__pycache__/verify.cpython-312.pyc",
)  # fmt: skip


def test_what_systems_strew_is_named_and_set_aside(both: Both, tmp_path: Path) -> None:
    for name in STREWN:
        (tmp_path / "bag" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "bag" / name).write_bytes(b"\0strewn")
    status, said = both()
    assert status == 0
    for name in STREWN:
        assert f"SET ASIDE  {name}" in said and f"忽略：{name}" in said


def test_a_package_zipped_anew_by_finder_passes(both: Both, package: Files, tmp_path: Path) -> None:
    path = zipped({**package, ".DS_Store": b"x"}, tmp_path / "finder.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/bag/._verify.py", b"x")
    status, said = both("finder.zip")
    assert status == 0 and said.count("__MACOSX/bag/._verify.py") == 2


def test_a_zip_with_something_before_it_is_refused_as_some_readers_would_see_that_first(
    both: Both, package: Files, tmp_path: Path
) -> None:
    true = zipped(package, tmp_path / "true.zip").read_bytes()
    (tmp_path / "two.zip").write_bytes(true + true)
    assert both("true.zip")[0] == 0
    status, said = both("two.zip")
    assert status == 3 and "开头另有内容" in said


def test_it_tells_its_result_where_no_chinese_can_be_written(both: Both, tmp_path: Path) -> None:
    assert both()[0] == 0
    alone = subprocess.run(
        [sys.executable, verify.__file__, str(tmp_path / "bag"), "--trust", str(tmp_path / "keys.txt")], timeout=60,
        capture_output=True, text=True, env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert (alone.returncode, alone.stderr) == (0, "") and alone.stdout.endswith("PASSED\n")


@pytest.mark.parametrize("name", ["extra.txt", "data/extra.txt", "data/desktop.ini.exe", "x.DS_Store"])
def test_what_nobody_strews_is_not_set_aside(both: Both, tmp_path: Path, name: str) -> None:
    (tmp_path / "bag" / name).write_bytes(b"more")
    status, said = both()
    assert status == 3 and name in said


def test_a_strewn_name_cannot_stand_for_a_file_of_the_package(both: Both, tmp_path: Path) -> None:
    (tmp_path / "bag" / "__pycache__").mkdir()
    (tmp_path / "bag" / "data" / "custody.jsonl").rename(tmp_path / "bag" / "__pycache__" / "custody.jsonl")
    status, said = both()
    assert status == 3 and "data/custody.jsonl" in said


# -- what would hang it -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pipe", "data/pipe", "data/conclusions.json"])
def test_a_pipe_in_the_folder_does_not_hang_it(both: Both, tmp_path: Path, name: str) -> None:
    (tmp_path / "bag" / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / "bag" / name)
    status, said = both()
    assert status == 3 and name in said and "no regular file" in said


def test_a_strewn_pipe_is_not_read(both: Both, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bag" / "Thumbs.db")
    assert both()[0] == 0


@pytest.mark.parametrize("target", ["/dev/zero", "/etc/hostname", "/", "nowhere"])
def test_a_link_out_of_the_folder_is_refused_unread(both: Both, tmp_path: Path, target: str) -> None:
    (tmp_path / "bag" / "data" / "linked").symlink_to(target)
    status, said = both()
    assert status == 3 and "data/linked" in said


def test_a_pipe_instead_of_a_package_is_no_package(both: Both, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    status, said = both("pipe.zip")
    assert status == 3 and "不是证据包" in said


# -- what is withheld ---------------------------------------------------------------------------------


def test_both_say_how_many_facts_stand_as_digests_only(both: Both, told: Path, tmp_path: Path) -> None:
    place = Place(told, tmp_path / "place")
    zipped(place.export(about=("INV-1",)), tmp_path / "about.zip")
    status, said = both("about.zip")
    rows = [json.loads(line) for line in place.files()["data/log/inclusion.jsonl"].splitlines()]
    withheld = sum("leaf" in row for row in rows)
    assert status == 0 and withheld > 10
    assert f"facts: {len(rows)}，其中只列摘要 of them digests only: {withheld}" in said
    assert f"核对事实 {len(rows)} 条，其中只列摘要 {withheld} 条" in said


def insider(package: Files, change: Callable[[list[dict[str, object]]], None]) -> str:
    """What is found once the rows of the proofs were changed by somebody who can seal, as far as rows go."""
    rows = [json.loads(line) for line in package["data/log/inclusion.jsonl"].splitlines()]
    change(rows)
    files = {**package, "data/log/inclusion.jsonl": b"".join(json.dumps(row).encode() + b"\n" for row in rows)}
    opened = {name: (lambda data=data: io.BytesIO(data)) for name, data in files.items()}
    found = verify.Verification(opened, "")
    return "\n".join(line for line in found.failed if "manifest" not in line)


def test_a_withheld_row_cannot_bring_a_fact_of_its_own(told: Path, tmp_path: Path) -> None:
    package = Place(told, tmp_path).export(about=("INV-1",))

    def smuggle(rows: list[dict[str, object]]) -> None:
        last = next(row for row in reversed(rows) if row["contract"] == CONTRACT)
        rows.remove(last)  # the export record, and its bytes stay behind: it must be missed
        end = next(row for row in reversed(rows) if "leaf" in row and row["contract"] == CONTRACT)
        end["body"] = {"type": "EvidenceExported.v1", "seq": end["seq"], "data": {"facts": int(str(end["seq"])) - 1}}

    said = insider(package, smuggle)
    assert "末条不是本次导出的记录" in said and "有未经证明的事实" in said


def test_a_withheld_row_without_its_leaf_proves_nothing(told: Path, tmp_path: Path) -> None:
    package = Place(told, tmp_path).export(about=("INV-1",))

    def hollow(rows: list[dict[str, object]]) -> None:
        row = next(row for row in rows if "leaf" in row)
        row["leaf"], row["path"] = "", base64.b64encode(bytes(32)).decode()

    assert "不在检查点的树中" in insider(package, hollow)


# -- the program itself -------------------------------------------------------------------------------


def test_the_verifier_is_python_of_3_8() -> None:
    ast.parse(Path(verify.__file__).read_text(encoding="utf-8"), feature_version=(3, 8))
