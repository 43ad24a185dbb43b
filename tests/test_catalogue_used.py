"""No sentence stands in the catalogue that nobody says: each key is named in the code, or put together there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import api.app  # declares every sentence  # noqa: F401
import ledger.cli.program  # noqa: F401
from ledger.messages import CATALOGUE

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted((*(ROOT / "ledger").rglob("*.py"), *(ROOT / "api").rglob("*.py")))
OTHERS = sorted(
    file for folder, kinds in (("ledger", ("typ",)), ("api", ("html", "js", "json")), ("contracts", ("toml",)))
    for kind in kinds for file in (ROOT / folder).rglob(f"*.{kind}")
)  # fmt: skip
PUT_TOGETHER = {
    "festival:",  # of a day off that no festival names
    "advice.band.within-to", "advice.band.within-under", "advice.band.over-under", "advice.band.over-to",  # how it ends
    "duty:response-credit", "duty:resolution-credit",  # kinds of items, from f"{kind}-credit:{ticket}"
}  # fmt: skip


def pieces(node: ast.AST) -> Iterator[str]:
    """What a node says: a text; or a pattern, ``(.+)`` where something is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(one.value)) if isinstance(one, ast.Constant) else "(.+)" for one in node.values)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant):
        yield re.escape(str(node.left.value)) + "(.+)"
    elif isinstance(node, (ast.ClassDef, ast.FunctionDef)):
        yield node.name
        yield node.name.removesuffix("Json")  # of what sections are made of
    elif isinstance(node, ast.alias):
        yield node.name
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    elif isinstance(node, ast.keyword) and node.arg is not None:
        yield node.arg


@cache
def said() -> set[str]:
    """Every such piece of the code, keys of the catalogue's own tables left out."""
    found: set[str] = set()
    for file in CODE:
        tree = ast.parse(file.read_text("utf-8"))
        keys = {
            key for node in ast.walk(tree)
            if isinstance(node, ast.Dict) and all(isinstance(value, ast.Tuple) for value in node.values)
            for key in node.keys
        }  # fmt: skip
        found |= {piece for node in ast.walk(tree) if node not in keys for piece in pieces(node)}
    for file in OTHERS:
        text = file.read_text("utf-8")
        found |= {re.escape(one) for one in re.findall(r"""["']([^"'\n]+)["']|([\w-]+)""", text) for one in one if one}
        found |= {re.escape(one) + "(.+)" for one in re.findall(r'"([^"\n]+)" ~', text)}
    return found


@cache
def texts() -> set[str]:
    return {re.sub(r"\\(.)", r"\1", piece) for piece in said() if "(.+)" not in piece}


@cache
def words() -> set[str]:
    found = (word for text in texts() if len(text) < 80 for word in (text, *re.findall(r"[\w-]+", text)))
    return {re.sub("[- ]", "_", word.lower()) for word in found}


@cache
def patterns() -> list[re.Pattern[str]]:
    put_together = (piece for piece in said() if "(.+)" in piece)
    return [re.compile(piece) for piece in put_together if re.search(r"[\w:]", piece.replace("(.+)", ""))]


@cache
def is_said(key: str, within: int = 2) -> bool:
    if key in texts() or key.isdigit():
        return True
    named = re.split(r"[.:]", key)
    if within < 2 and all(word.isdigit() or word.lower().replace("-", "_") in words() for word in named):
        return True
    matched = (pattern.fullmatch(key) for pattern in patterns()) if within else ()
    return any(one is not None and all(is_said(part, within - 1) for part in one.groups()) for one in matched)


def test_every_sentence_of_the_catalogue_is_said_somewhere() -> None:
    assert [key for key in CATALOGUE.keys() - PUT_TOGETHER if not is_said(key)] == []
    assert not is_said("report.told.nobody-says-this") and not is_said("NOBODY_SAYS_THIS")
