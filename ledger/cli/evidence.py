"""The dispute package: evidence writes one, verify checks one, ours or anybody's."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.cli.asking import question_of
from ledger.cli.opening import ledger_of
from ledger.cli.output import Output
from ledger.domain.errors import Refusal
from ledger.messages import Language, say

if TYPE_CHECKING:
    from ledger.evidence.rederive import Rederived
    from ledger.evidence.verify import Verification

PASSED, INCOMPLETE, FAILED = 0, 1, 3


def evidence(asked: Namespace, out: Output) -> None:
    """Export a contract; a file that is there already is never written over."""
    target = Path(asked.output)
    if os.path.lexists(target):
        raise Refusal("FILE_EXISTS", "--output", file=asked.output)
    if not target.parent.is_dir():
        raise Refusal("FOLDER_MISSING", "--output", folder=str(target.parent))
    exported = ledger_of(asked).export(
        asked.contract, question_of(asked), about=asked.about, disclose=asked.disclose, by=asked.by,
        recorded_by=asked.principal, out=target,
    )
    size = target.stat().st_size
    if out.as_json:
        return out.json({"file": asked.output, "bytes": size, "fact": exported.id, "facts": exported.seq})
    out.say("DONE_EVIDENCE", file=asked.output, size=f"{size:,}", fact=exported.id, count=exported.seq)
    out.say("DONE_EVIDENCE_NEXT", file=asked.output)


def verify(asked: Namespace, out: Output) -> int:
    """What verify.py inside a package finds; then the conclusions drawn again, where the same rules are here."""
    trust = trusted(asked.trust)
    try:
        found = _verification(Path(asked.file), trust)
    except FileNotFoundError:
        raise Refusal("FILE_MISSING", file=asked.file) from None
    except Exception as flaw:  # as in verify.py itself: what cannot be read has failed, whatever is wrong with it
        return _told(asked, out, failed=[_no_package(flaw, out.lang)])
    failed = list(found.failed)
    drawn = None
    if not failed:
        drawn, flaw_ = _drawn_again(found)
        if flaw_ is not None or (drawn is not None and drawn.verdict == "differs"):
            differing = flaw_ or ", ".join(drawn.differences if drawn else ())
            failed.append("data/conclusions.json: " + say("VERIFY_DIFFERS", out.lang, paths=differing))
    return _told(asked, out, found=found, failed=failed, drawn=drawn)


def _no_package(flaw: Exception, lang: Language) -> str:
    """Why it cannot be read: in the verifier's own words, which are in both languages; never in Python's."""
    if type(flaw) is ValueError and not str(flaw).isascii():
        return say("VERIFY_PACKAGE_REFUSED", lang, detail=str(flaw))
    return say("VERIFY_NO_PACKAGE", lang)


def trusted(paths: list[str]) -> str:
    """The keys in files and folders given as --trust. Refusal FILE_MISSING, FILE_UNREADABLE or TRUST_EMPTY."""
    files = [one for path in map(Path, paths) for one in (sorted(path.glob("*")) if path.is_dir() else [path])]
    texts = []
    for file in files:
        try:
            texts.append(file.read_text("utf-8"))
        except FileNotFoundError:
            raise Refusal("FILE_MISSING", "--trust", file=str(file)) from None
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal("FILE_UNREADABLE", "--trust", file=str(file), detail=str(error)) from None
    text = "\n".join(texts)
    if paths and not re.search(r"^\S+\+[0-9a-f]{8}\+\S+$", text, re.MULTILINE):
        raise Refusal("TRUST_EMPTY", "--trust")
    return text


def _verification(file: Path, trust: str) -> Verification:
    from ledger.evidence.verify import Verification, open_package

    return Verification(open_package(file), trust)  # type: ignore[no-untyped-call]


def _drawn_again(found: Verification) -> tuple[Rederived | None, str | None]:
    """The conclusions drawn again; or what could not be read, which counts against the package."""
    from ledger.evidence.rederive import rederive

    try:
        return rederive(found.read), None
    except Exception as flaw:  # anybody may have written the package: whatever fails here is its fault
        return None, f"{type(flaw).__name__}: {flaw}"[:200]


def _told(
    asked: Namespace, out: Output, *, failed: list[str], found: Verification | None = None,
    drawn: Rederived | None = None,
) -> int:  # fmt: skip
    """Say what was found; the exit status."""
    unchecked = list(found.unchecked) if found is not None else []
    status = FAILED if failed else INCOMPLETE if unchecked else PASSED
    verdict = {PASSED: "passed", INCOMPLETE: "incomplete", FAILED: "failed"}[status]
    facts = len(found.facts) if found is not None else 0
    if out.as_json:
        document: dict[str, Any] = {
            "file": asked.file, "verdict": verdict, "facts": facts, "failed": failed, "unchecked": unchecked,
            "trusted": bool(asked.trust) and found is not None,
            "conclusions": drawn.verdict if drawn is not None else None,
        }  # fmt: skip
        out.json(document)
        return status
    for finding in failed:
        out.say("VERIFY_FINDING_FAILED", finding=finding)
    for finding in unchecked:
        out.say("VERIFY_FINDING_UNCHECKED", finding=finding)
    out.say("VERIFY_FACTS", count=facts)
    if drawn is not None and drawn.verdict != "differs":
        out.say(f"VERIFY_CONCLUSIONS_{drawn.verdict.upper().replace('-', '_')}", rules=drawn.rules)
    if not asked.trust:
        out.say("VERIFY_UNTRUSTED")
    out.say(f"VERIFY_{verdict.upper()}")
    return status
