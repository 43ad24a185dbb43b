"""docs/architecture.md and docs/contributing.md are true: packages, layers, code and files are as they say."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path

from ledger.domain.clause import Clause, Duty
from ledger.domain.fact import fact

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def packages() -> set[str]:
    """Every folder and file that the drawing of the packages names, as a path; what follows two spaces describes it."""
    found: set[str] = set()
    open_ = [(-1, "")]
    for line in re.findall(r"(?ms)^```\n(.*?)^```", PAGE)[0].splitlines():
        depth = len(line) - len(line.lstrip())
        while open_[-1][0] >= depth:
            open_.pop()
        names = [open_[-1][1] + name for name in re.split(" {2,}", line.strip())[0].split()]
        found |= set(names)
        if names[0].endswith("/"):
            open_.append((depth, names[0]))
    return found


def test_every_package_that_is_drawn_is_there() -> None:
    drawn = packages()
    assert len(drawn) > 40
    for name in drawn:
        assert (ROOT / name).is_dir() if name.endswith("/") else (ROOT / name).is_file(), name


def test_every_package_of_the_ledger_and_every_module_of_the_kernel_is_drawn() -> None:
    inside = [*ROOT.glob("ledger/*"), *ROOT.glob("ledger/domain/*"), *ROOT.glob("ledger/agreements/*")]
    named = {f"{one.relative_to(ROOT)}/" if one.is_dir() else str(one.relative_to(ROOT)) for one in inside}
    unnamed = re.compile(r"__init__\.py$|__pycache__")
    assert {name for name in named if not unnamed.search(name)} <= packages()


def test_the_layers_are_those_that_import_linter_checks() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers" and one.get("containers") == ["ledger"])
    said = " ".join(PAGE.split()).partition("Imports run downwards: `")[2].partition("`")[0]
    assert said == " → ".join(["api | cli", *layers[1:]])


def test_its_code_is_the_code() -> None:
    files = [*ROOT.glob("ledger/**/*.py"), *ROOT.glob("tests/agreements/**/*.py")]
    code = "\n".join(file.read_text("utf-8") for file in files)
    blocks = re.findall(r"(?ms)^```python\n(.*?)^```", PAGE)
    assert len(blocks) == 3
    for block in blocks:
        assert block.strip() in code, block


def test_every_file_that_contributing_sends_to_is_there() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text("utf-8")
    named = re.findall(r"`(?:AGREEMENT/|(?=<clause>/)|(?=ledger/|tests/|docs/|contracts/))([\w<>*./-]+)`", page)
    assert len(named) > 25
    agreement = ROOT / "ledger" / "agreements" / "beijing_government_cloud_2025"
    for name in named:
        pattern = re.sub(r"<\w+>", "*", name)
        assert any([*ROOT.glob(pattern), *agreement.glob(pattern)]), name


def test_what_contributing_has_declared_can_be_declared() -> None:
    page = (ROOT / "docs" / "contributing.md").read_text("utf-8")
    declared = {"handles": Clause, "silent": Clause, "duties": Clause, "anomalies": Clause, "within": Duty,
                "upcasts": fact, "labels": fact, "meaning": fact, "introduces": fact}  # fmt: skip
    for name, where in declared.items():
        assert re.search(rf"\b{name}\b", page), name
        assert name in inspect.signature(where).parameters, name
    for module in re.findall(r"`python -m ([\w.]+)`", page):
        assert 'if __name__ == "__main__":' in (ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8"), module
