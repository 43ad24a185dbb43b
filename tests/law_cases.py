"""Small histories that counsel would fight over (tests/cases/law): what was recorded, what is asked, what is right.

Each folder has ``terms`` (which contract file, and what of it is changed), ``facts.jsonl`` or ``facts-1.jsonl``,
``facts-2.jsonl`` … recorded one after the other, ``ask.json`` and ``expected.md``, whose table gives the right value of
each path per question. A value ``absent`` is null or not there; ``count(…)`` is how many match.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ledger.domain.terms import document_json

FOLDER = Path(__file__).parent / "cases" / "law"
CONTRACTS = Path(__file__).parent.parent / "contracts"
ABSENT = "absent"
_ROW = re.compile(r"\| (\d+) \| `(.+)` \| `(.+)` \|")
_PICK = re.compile(r"([a-z_]+)\[([a-z]+)=(.+)\]")


@dataclass(frozen=True)
class Expected:
    """The right value, as JSON text or ``absent``, of a path asked by question ``q``."""

    q: int
    path: str
    right: str


@dataclass(frozen=True)
class LawCase:
    """One history: its terms, the facts of each step, the questions by number, and what is right."""

    name: str
    terms: dict[str, Any]
    steps: tuple[list[dict[str, Any]], ...]
    questions: Mapping[int, dict[str, Any]]
    expected: tuple[Expected, ...]
    refused: frozenset[int]  # the steps that must be refused


@cache
def law_cases() -> dict[str, LawCase]:
    """Every case, by the name of its folder."""
    return {folder.name: _read(folder) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()}


def _read(folder: Path) -> LawCase:
    told = (folder / "expected.md").read_text(encoding="utf-8")
    files = sorted(folder.glob("facts*.jsonl"))
    steps = tuple([json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] for file in files)
    asked = json.loads((folder / "ask.json").read_text(encoding="utf-8"))
    rows = tuple(Expected(int(q), path, right) for q, path, right in _ROW.findall(told))
    refused = frozenset(int(n) for n in re.findall(r"Step (\d+) is refused", told))
    questions = {
        one["q"]: {**one, "readings": dict(said.split("=") for said in one.get("readings", ()))} for one in asked
    }
    return LawCase(folder.name, _terms(folder), steps, questions, rows, refused)


def _terms(folder: Path) -> dict[str, Any]:
    said = (folder / "terms").read_text(encoding="utf-8")
    file = said.split()[0].removeprefix("contracts/")
    document: dict[str, Any] = document_json(tomllib.loads((CONTRACTS / file).read_text(encoding="utf-8")))
    document["payment"]["instalments"][1]["requires"] = ["deployment", "stage-review"]
    if (months := re.search(r"term\.months = (\d+)", said)) is not None:
        document["term"]["months"] = int(months[1])
    return document


def value_at(answer: Mapping[str, Any], path: str, ids: Mapping[str, str]) -> Any:
    """What ``answer`` has at a path of ``expected.md``; None where there is nothing. ``ids`` are fact ids by ref."""
    if path.startswith("count("):
        return len(_picked(answer, path.removeprefix("count(").removesuffix(")"), ids))
    found = _picked(answer, path, ids)
    return found[0] if found else None


def _picked(answer: Any, path: str, ids: Mapping[str, str]) -> list[Any]:
    """Every value the path leads to; a part ``key[field=value]`` picks the elements of a list."""
    values = [answer]
    for part in _split(path):
        pick = _PICK.fullmatch(part)
        if pick is None:
            values = [one[part] for one in values if isinstance(one, Mapping) and part in one]
        else:
            key, field, wanted = pick.groups()
            wanted = ids.get(wanted, wanted) if field == "fact" else wanted
            values = [element for one in values for element in one.get(key, ()) if str(element[field]) == wanted]
    return values


def _split(path: str) -> list[str]:
    """The parts of a path; a dot within brackets separates nothing."""
    return re.findall(r"[^.\[]+(?:\[[^\]]*\])?", path)


def wanted(expected: Expected, ids: Mapping[str, str]) -> Any:
    """The right value, with fact ids in place of refs."""
    if expected.right == ABSENT:
        return None
    value = json.loads(expected.right)
    if expected.path.endswith(("restarted_by", "because", "raised_by", "settled_by")):
        return [ids[ref] for ref in value]
    return value
