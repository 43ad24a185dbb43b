"""Dispute packages: the verb evidence writes one, verify checks one, whoever made it."""

from __future__ import annotations

import os
from argparse import ArgumentTypeError, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.cli.arguments import UsageError
from ledger.cli.asking import question_of
from ledger.cli.opening import ledger_of
from ledger.cli.output import Output
from ledger.domain.errors import Refusal
from ledger.messages import Language, refusal, say

if TYPE_CHECKING:
    from ledger.evidence.rederive import Rederived
    from ledger.evidence.verify import Verification

PASSED, INCOMPLETE, FAILED = 0, 1, 3


def evidence(asked: Namespace, out: Output) -> None:
    """Export a contract's package; an existing file is never overwritten. A preview records and writes nothing."""
    if asked.preview:
        return _preview(asked, out)
    if asked.output is None:
        raise UsageError("USAGE", say("EVIDENCE_OUTPUT", out.lang))
    target = Path(asked.output)
    if os.path.lexists(target):
        raise Refusal("FILE_EXISTS", "--output", file=asked.output)
    if not target.parent.is_dir():
        raise Refusal("FOLDER_MISSING", "--output", folder=str(target.parent))
    from ledger.evidence.export import Wanted, export
    from ledger.exporting import exporting

    source = exporting(
        ledger_of(asked), asked.contract, question_of(asked), by=asked.by, recorded_by=asked.principal, weighed=True
    )
    exported = export(source, Wanted(tuple(asked.about), tuple(asked.disclose), asked.edition), target)
    size = target.stat().st_size
    if out.as_json:
        return out.json({"file": asked.output, "bytes": size, "fact": exported.id, "facts": exported.seq})
    out.say("DONE_EVIDENCE", file=asked.output, size=f"{size:,}", fact=exported.id, count=exported.seq)
    out.say("DONE_EVIDENCE_NEXT", file=asked.output)


def _preview(asked: Namespace, out: Output) -> None:
    if asked.output is not None:
        raise UsageError("USAGE", say("EVIDENCE_PREVIEW_OUTPUT", out.lang))
    from ledger.evidence.export import Wanted, preview
    from ledger.exporting import exporting

    source = exporting(ledger_of(asked), asked.contract, question_of(asked))
    found = preview(source, Wanted(tuple(asked.about), tuple(asked.disclose)))
    if out.as_json:
        return out.json(asdict(found))
    out.say("PREVIEW_EVIDENCE", facts=found.facts, withheld=found.withheld)
    if found.sections is not None:
        named = [say(f"report.section.{name}", out.lang) for name in found.sections]
        out.say("PREVIEW_SECTIONS", sections=say("joint:list", out.lang).join(named))
    out.say("PREVIEW_DOCUMENTS", held=len(found.documents), absent=len(found.absent), disclosed=found.disclosed)
    out.say("PREVIEW_NOTHING")


def verify(asked: Namespace, out: Output) -> int:
    """Run the package's own checks (verify.py); then recompute its conclusions, if this program has the same rules."""
    trust = trusted(asked.trust, out.lang)
    if not Path(asked.file).exists():
        raise UsageError("FILE_MISSING", say("FILE_MISSING", out.lang, file=asked.file))
    try:
        found = _verification(Path(asked.file), trust)
    except Exception as flaw:  # as in verify.py: an unreadable package has failed, whatever the cause
        return _told(asked, out, failed=[_no_package(flaw, out.lang)])
    failed = list(found.failed)
    drawn = None
    if not failed:
        drawn, flaw_ = _drawn_again(found, out.lang)
        if flaw_ is not None:
            failed.append("data/conclusions.json: " + flaw_)
        elif drawn is not None and drawn.verdict == "differs":
            if drawn.differences:
                differing = say("VERIFY_DIFFERS", out.lang, paths=", ".join(drawn.differences))
                failed.append("data/conclusions.json: " + differing)
            failed += [f"{name}: {say('VERIFY_ALTERED', out.lang)}" for name in drawn.altered]
    return _told(asked, out, found=found, failed=failed, drawn=drawn)


def _no_package(flaw: Exception, lang: Language) -> str:
    """Why a package cannot be read, in the verifier's own bilingual words, never as a Python error."""
    from ledger.evidence.verify import NoPackage

    if isinstance(flaw, NoPackage):
        return say("VERIFY_PACKAGE_REFUSED", lang, detail=str(flaw))
    return say("VERIFY_NO_PACKAGE", lang)


def trusted(paths: list[str], lang: Language) -> str:
    """The keys in files and folders given as --trust, as verify.py reads them. Raises UsageError if there are none."""
    from ledger.evidence import verify

    try:
        return "".join(verify.trusted(path) for path in paths)  # type: ignore[no-untyped-call]
    except ArgumentTypeError:
        raise UsageError("TRUST_EMPTY", say("TRUST_EMPTY", lang, files=", ".join(paths))) from None


def _verification(file: Path, trust: str) -> Verification:
    from ledger.evidence.verify import Verification, open_package

    return Verification(open_package(file), trust)  # type: ignore[no-untyped-call]


def _drawn_again(found: Verification, lang: Language) -> tuple[Rederived | None, str | None]:
    """The recomputed conclusions, or a sentence saying what could not be read, which fails the package."""
    from ledger.evidence.rederive import rederive

    try:
        return rederive(found.read), None
    except Refusal as refused:
        return None, refusal(refused, lang)
    except Exception:  # packages are untrusted input: any failure here counts against the package
        return None, say("VERIFY_NOT_DRAWN", lang, file=found.reading)


def _told(
    asked: Namespace, out: Output, *, failed: list[str], found: Verification | None = None,
    drawn: Rederived | None = None,
) -> int:  # fmt: skip
    """Report the findings; returns the exit status."""
    unchecked = list(found.unchecked) if found is not None else []
    status = FAILED if failed else INCOMPLETE if unchecked else PASSED
    verdict = {PASSED: "passed", INCOMPLETE: "incomplete", FAILED: "failed"}[status]
    facts, withheld = (len(found.facts), found.withheld) if found is not None else (0, 0)
    aside = list(found.aside) if found is not None else []
    if out.as_json:
        document: dict[str, Any] = {
            "file": asked.file, "verdict": verdict, "facts": facts, "withheld": withheld, "failed": failed,
            "unchecked": unchecked, "set_aside": aside,
            "trusted": bool(asked.trust) and found is not None,
            "conclusions": drawn.verdict if drawn is not None else None,
        }  # fmt: skip
        out.json(document)
        return status
    for name in aside:
        out.say("VERIFY_SET_ASIDE", file=name)
    for finding in failed:
        out.say("VERIFY_FINDING_FAILED", finding=finding)
    for finding in unchecked:
        out.say("VERIFY_FINDING_UNCHECKED", finding=finding)
    out.say("VERIFY_FACTS", count=facts, withheld=withheld)
    if drawn is not None and drawn.verdict != "differs":
        out.say(f"VERIFY_CONCLUSIONS_{drawn.verdict.upper().replace('-', '_')}", rules=drawn.rules)
    out.say(f"VERIFY_{verdict.upper()}")
    return status
