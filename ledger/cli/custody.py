"""Verbs of custody: the log and its witnesses, the audit, documents, and erasing personal values."""

from __future__ import annotations

import base64
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.cli.arguments import UsageError
from ledger.cli.opening import checkpointed, ledger_of
from ledger.cli.output import Output
from ledger.cli.recording import read_bytes, shown
from ledger.domain.errors import Refusal
from ledger.messages import say
from ledger.service import Ledger

if TYPE_CHECKING:
    from ledger.custody.audit import Audit
    from ledger.log.kept import Head

BROKEN = 3
BAR = 24  # characters
MOST_DOCUMENT = 64 * 1024 * 1024
TAKES = {"checkpoint": 0, "proof": 2, "compare": 1, "cosign": 0, "rotate": 0, "keys": 0}  # how many words follow
_ALARMS = {"rewritten": "LOG_REWRITTEN", "split-view": "LOG_SPLIT_VIEW", "ahead": "LOG_CUT"}


def log(asked: Namespace, out: Output) -> int | None:
    """``log checkpoint``, ``proof CONTRACT FACT``, ``compare FILE``, ``cosign --key FILE``, ``rotate``, ``keys``."""
    if len(asked.words) != TAKES[asked.action] or (asked.action == "cosign") != (asked.key is not None):
        message = say("USAGE_LOG", out.lang)
        raise UsageError("USAGE_LOG", say("USAGE", out.lang, message=message, program="lvyue log"))
    ledger = ledger_of(asked)
    act = {
        "checkpoint": _checkpoint, "proof": _proof, "compare": _compare, "cosign": _cosign, "rotate": _rotate,
        "keys": _keys,
    }[asked.action]  # fmt: skip
    return act(ledger, asked, out)


def _head(ledger: Ledger) -> Head:
    head = ledger.checkpoint()
    if head is None:
        raise Refusal("CHECKPOINT_NONE", "size")
    return head


def _note(out: Output, head: Head, note: object) -> None:
    if out.as_json:
        root = base64.b64encode(head.checkpoint.root).decode()
        return out.json({"origin": head.checkpoint.origin, "size": head.checkpoint.size, "root": root,
                         "checkpoint": str(note)})  # fmt: skip
    print(note, end="", file=out.stream)


def _checkpoint(ledger: Ledger, asked: Namespace, out: Output) -> None:
    head = _head(ledger)
    _note(out, head, ledger.custody.log.cosigned(head))


def _proof(ledger: Ledger, asked: Namespace, out: Output) -> None:
    """A C2SP tlog-proof that a fact is in the log, as one text."""
    contract, name = asked.words
    fact = ledger.fact(contract, name)
    head, kept = _head(ledger), ledger.custody.log
    if out.as_json:
        path = [base64.b64encode(step).decode() for step in kept.inclusion(fact.position - 1, head.checkpoint.size)]
        return out.json({"fact": fact.id, "index": fact.position - 1, "size": head.checkpoint.size, "path": path,
                         "checkpoint": str(kept.cosigned(head))})  # fmt: skip
    print(kept.proof(fact.position - 1, head), end="", file=out.stream)


def _compare(ledger: Ledger, asked: Namespace, out: Output) -> int:
    """Is what somebody holds the beginning of what is here? Status 3 where it is not, 1 where it is another log's."""
    from ledger.log.witness import compare

    found = compare(ledger.custody.log, read_bytes(asked.words[0], 1 << 20))
    held, ours = str(found.held), str(found.ours) if found.ours else None
    if found.sound:
        size = int(found.held.text.split("\n")[1])
        if out.as_json:
            path = [base64.b64encode(step).decode() for step in found.path]
            out.json({"verdict": found.verdict, "held": held, "ours": ours, "path": path})
        else:
            out.say("DONE_COMPARED", size=size)
        return 0
    code = _ALARMS.get(found.verdict)
    if code is None:
        origin = found.held.text.split("\n")[0]
        raise Refusal("CHECKPOINT_FOREIGN", "checkpoint", origin=origin)
    sentence = say(code, out.lang, held=held.rstrip(), ours=(ours or "–").rstrip())
    return out.failed(code, sentence, BROKEN)


def _cosign(ledger: Ledger, asked: Namespace, out: Output) -> None:
    """Sign as a witness what is shown now, if it holds everything signed before; ``KEY.seen`` remembers that."""
    from ledger.log.witness import cosign, open_witness

    path = Path(asked.key)
    witness = open_witness(path, asked.name or f"witness.{path.stem}")
    head = _head(ledger)
    seen = path.with_name(path.name + ".seen")
    _note(out, head, cosign(ledger.custody.log, head, witness, seen, ledger.clock()))


def _rotate(ledger: Ledger, asked: Namespace, out: Output) -> None:
    before, after = ledger.rotate(recorded_by=asked.principal)
    if out.as_json:
        return out.json({"before": before, "after": after})
    out.say("DONE_ROTATED", before=before, after=after)


def _keys(ledger: Ledger, asked: Namespace, out: Output) -> None:
    """The public keys by which the other party and an expert verify; hand them over on another way."""
    _head(ledger)
    known = ledger.custody.log.known_keys()
    if out.as_json:
        return out.json([{"key": str(one.key), "role": one.role, "since": one.since} for one in known])
    for one in known:
        print(one.key, file=out.stream)


def audit(asked: Namespace, out: Output) -> int:
    """Read and hash everything again; status 3 and the first fact at fault where something is not as it was."""
    ledger = ledger_of(asked)

    def progress(count: int, total: int) -> None:
        filled = BAR * count // max(total, 1)
        out.progress("PROGRESS_AUDITED", count=count, total=total, bar="█" * filled + "░" * (BAR - filled))

    since = read_bytes(asked.since, 1 << 20) if asked.since is not None else None
    found = ledger.audit(since, progress)
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
        "documents": found.documents, "absent": found.absent, "findings": [],
    }  # fmt: skip


def attach(asked: Namespace, out: Output) -> None:
    """Keep files and record to which fact they belong; the same file again changes nothing."""
    import mimetypes

    files = [(Path(file).name, read_bytes(file, MOST_DOCUMENT)) for file in asked.files]
    ledger = ledger_of(asked)
    recorded = []
    for name, content in files:
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        recorded.append(ledger.attach(
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


def erase(asked: Namespace, out: Output) -> None:
    """Destroy the key to a subject's personal values, for good."""
    ledger = ledger_of(asked)
    fact = ledger.erase(asked.subject, asked.reason, recorded_by=asked.principal)
    checkpointed(ledger, out)
    what: Any = fact.what
    if out.as_json:
        return out.json({"subject": what.subject, "erased": what.erased, "fact": fact.id})
    out.say("DONE_ERASED", subject=what.subject, count=what.erased, fact=fact.id)
