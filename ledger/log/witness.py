"""Witnesses: the other party keeps what it saw, and the log can no longer show two histories."""

from pathlib import Path
from typing import Literal

from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.log import merkle
from ledger.log.checkpoint import Checkpoint, parse_checkpoint, parse_text
from ledger.log.keys import write_private
from ledger.log.log import TransparencyLog
from ledger.log.note import MalformedNote, Note
from ledger.log.signing import Ed25519Signer, signed_by
from ledger.log.storage import SignedHead

Verdict = Literal["same", "prefix", "ahead", "rewritten", "split-view", "foreign"]
ALARMS: dict[Verdict, str] = {"rewritten": "LOG_REWRITTEN", "split-view": "LOG_SPLIT_VIEW", "ahead": "LOG_CUT"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a held checkpoint says against the log. `ours` is the log's own checkpoint it was set against.

    - same, prefix: what is held is the beginning of what the log holds; `path` proves it (RFC 9162 2.1.4).
    - rewritten: the log once signed the very checkpoint held, and its facts no longer lead to it.
    - split-view: the log's key signed the checkpoint held, and the log shows other facts under that size.
    - ahead: the log's key signed more facts than the log still holds: its end was cut off.
    - foreign: no key of this log signed it, so it says nothing about this log.
    """

    verdict: Verdict
    held: Note
    ours: Note | None
    path: tuple[bytes, ...] = ()

    @property
    def sound(self) -> bool:
        """Is what is held part of what the log holds?"""
        return self.verdict in ("same", "prefix")


def compare(log: TransparencyLog, data: bytes) -> Comparison:
    """Is the checkpoint in `data` a prefix of what `log` holds? Raises Refusal CHECKPOINT_MALFORMED."""
    try:
        checkpoint, note = parse_checkpoint(data)
    except MalformedNote as error:
        raise Refusal("CHECKPOINT_MALFORMED", "checkpoint", detail=str(error)) from error
    last = log.last()
    ours = last.note if last else None
    own = [known.key for known in log.known_keys() if known.role == "log"]  # retired ones too: they bind the operator
    if checkpoint.origin != log.origin or not any(signed_by(key, note) for key in own):
        return Comparison("foreign", note, ours)
    if last is None or checkpoint.size > log.size():
        return Comparison("ahead", note, ours)
    kept = log.head(checkpoint.size)
    ours = kept.note if kept else ours
    if checkpoint.size and log.root(checkpoint.size) != checkpoint.root:
        signed_here = kept is not None and kept.checkpoint.root == checkpoint.root
        return Comparison("rewritten" if signed_here else "split-view", note, ours)
    if kept is not None and kept.checkpoint.root != checkpoint.root:
        return Comparison("split-view", note, ours)
    if checkpoint.size in (0, last.checkpoint.size):
        return Comparison("same" if checkpoint.size else "prefix", note, ours)
    size = max(checkpoint.size, last.checkpoint.size)
    return Comparison("prefix", note, last.note, tuple(log.consistency(checkpoint.size, size)))


def open_witness(path: Path, name: str) -> Ed25519Signer:
    """The witness's key in `path`, made there under `name` where there is none. Refusal KEY_UNREADABLE."""
    try:
        if not path.exists():
            write_private(path, Ed25519Signer.generate(name).private_line())
        return Ed25519Signer.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, MalformedNote) as error:
        raise Refusal("KEY_UNREADABLE", "key", file=path.name) from error


def cosign(log: TransparencyLog, head: SignedHead, witness: Ed25519Signer, seen: Path, now: int) -> Note:
    """Cosign `head` as `witness`, who keeps in the file `seen` the last checkpoint it cosigned.

    Before it signs, the witness checks that what it saw last is a prefix of what it is shown now; the
    cosigned note is returned and kept by the log. Refusal WITNESS_SAW_ANOTHER names both checkpoints;
    WITNESS_NOT_ADMITTED the key that the operator has to admit first.
    """
    before = _last_seen(seen)
    if before is not None:
        _check_prefix(log, before, head)
    signature = witness.cosign(head.note.text, now // 1_000_000)
    log.receive(head, signature, witness.witness_key, now)
    seen.write_text(head.note.text, encoding="utf-8")
    return log.cosigned(head)


def _last_seen(seen: Path) -> Checkpoint | None:
    if not seen.exists():
        return None
    try:
        return parse_text(seen.read_text(encoding="utf-8"))
    except (MalformedNote, UnicodeDecodeError) as error:
        raise Refusal("CHECKPOINT_MALFORMED", "seen", detail=str(error)) from error


def _check_prefix(log: TransparencyLog, before: Checkpoint, head: SignedHead) -> None:
    now = head.checkpoint
    sound = before.origin == now.origin and before.size <= now.size
    if sound and before.size:
        path = log.consistency(before.size, now.size)
        sound = merkle.verify_consistency(before.size, now.size, before.root, now.root, path)
    if not sound:
        raise Refusal("WITNESS_SAW_ANOTHER", "checkpoint", seen=str(before), shown=str(now))
