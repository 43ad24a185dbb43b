"""Verbs audit, attach and erase: verify everything, keep documents, destroy personal values."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.cli.opening import checkpointed, ledger_of
from ledger.cli.output import Output, bar
from ledger.cli.recording import read_bytes, shown
from ledger.custody.media_types import require_fit
from ledger.messages import say

if TYPE_CHECKING:
    from ledger.custody.audit import Audit

BROKEN = 3
MOST_DOCUMENT = 64 * 1024 * 1024


def audit_progress(out: Output) -> Callable[[int, int], None]:
    """A progress bar by facts read."""

    def progress(count: int, total: int) -> None:
        out.progress("PROGRESS_AUDITED", count=count, total=total, bar=bar(count, total))

    return progress


def audit(asked: Namespace, out: Output) -> int:
    """Read and hash everything again. Returns 3, and names the first faulty fact, if anything was altered."""
    ledger = ledger_of(asked)
    since = read_bytes(asked.since, 1 << 20) if asked.since is not None else None
    found = ledger.audit(since, audit_progress(out))
    out.progress_done()
    if found.sound:
        if out.as_json:
            out.json(_audited(found))
        else:
            out.say("DONE_AUDITED", **{key: value for key, value in _audited(found).items() if key != "findings"})
        if found.absent and not out.as_json:
            out.say("AUDIT_ABSENT", count=len(found.absent), first=found.absent[0])
        return 0
    faults = [
        {"code": one.code, "field": None, "line": None, "message": say(one.code, out.lang, **one.values),
         **one.values} for one in found.findings
    ]  # fmt: skip
    sentence = "\n".join(str(fault["message"]) for fault in faults[:20])
    return out.failed(found.findings[0].code, sentence, BROKEN, faults=faults)


def _audited(found: Audit) -> dict[str, Any]:
    return {
        "sound": found.sound, "since": found.since, "facts": found.facts, "contracts": found.contracts,
        "checkpoints": found.checkpoints, "cosignatures": found.cosignatures, "stamps": found.stamps,
        "documents": found.documents, "indexes": found.indexes, "absent": found.absent, "findings": [],
    }  # fmt: skip


def attach(asked: Namespace, out: Output) -> None:
    """Store files and record to which fact they belong; attaching the same file again changes nothing."""
    files = read_files(asked.files)
    ledger = ledger_of(asked)
    recorded = []
    for name, content, media_type in files:
        recorded.append(ledger.attachments.attach(
            asked.contract, asked.fact, content, name=name, media_type=media_type, by=asked.by,
            recorded_by=asked.principal,
        ))  # fmt: skip
    checkpointed(ledger, out)
    if out.as_json:
        return out.json([shown(one) for one in recorded])
    for one in recorded:
        code = "DONE_ATTACHED_BEFORE" if one.repeated else "DONE_ATTACHED"
        what: Any = one.fact.what
        out.say(code, name=what.name, about=what.about, sha256=what.sha256, fact=one.fact.id)


def read_files(named: Iterable[str]) -> list[tuple[str, bytes, str]]:
    """Name, content and media type of each file; all are checked before the first is stored."""
    import mimetypes

    files = []
    for file in named:
        name, content = Path(file).name, read_bytes(file, MOST_DOCUMENT)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        require_fit(content, media_type, name)
        files.append((name, content, media_type))
    return files


def erase(asked: Namespace, out: Output) -> None:
    """Destroy the key to a subject's personal values, irrevocably."""
    ledger = ledger_of(asked)
    fact = ledger.personal.erase(asked.subject, asked.reason, recorded_by=asked.principal)
    checkpointed(ledger, out)
    what: Any = fact.what
    if out.as_json:
        return out.json({"subject": what.subject, "erased": what.erased, "fact": fact.id})
    out.say("DONE_ERASED", subject=what.subject, count=what.erased, fact=fact.id)
