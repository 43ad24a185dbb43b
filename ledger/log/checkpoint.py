"""Checkpoints: what the log commits itself to, as a C2SP tlog-checkpoint."""

import base64
import re

from ledger.domain.declare import dataclass
from ledger.log.merkle import HASH_SIZE
from ledger.log.note import COSIGNATURE, MalformedNote, Note, Signature, decode_base64, parse_note

_SIZE = r"0|[1-9][0-9]{0,18}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of the tree: whose log, how many leaves, their root (32 bytes), lines others may add."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions)
        return "".join(line + "\n" for line in lines)


def parse_text(text: str) -> Checkpoint:
    """Read a checkpoint's text. Raises MalformedNote unless every line is as the format wants it."""
    lines = text.removesuffix("\n").split("\n")
    if not text.endswith("\n") or len(lines) < 3 or not all(lines):
        raise MalformedNote("a checkpoint has an origin, a size and a root, each on a line, none empty")
    origin, size, encoded, *extensions = lines
    if not re.fullmatch(_SIZE, size):
        raise MalformedNote(f"{size!r} is no tree size")
    root = decode_base64(encoded)
    if len(root) != HASH_SIZE:
        raise MalformedNote("the root is not 32 bytes")
    return Checkpoint(origin, int(size), root, tuple(extensions))


def parse_checkpoint(data: bytes) -> tuple[Checkpoint, Note]:
    """Read a signed checkpoint; its signatures are not verified here. Raises MalformedNote."""
    note = parse_note(data)
    return parse_text(note.text), note


def cosigned_text(time: int, text: str) -> bytes:
    """What a witness signs: that at `time` (seconds since the Unix epoch) it saw this checkpoint."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def cosigned_at(signature: Signature) -> int:
    """The moment a witness names in its cosignature, in seconds since the Unix epoch."""
    return int.from_bytes(signature.value[:8], "big")


__all__ = ["COSIGNATURE", "Checkpoint", "cosigned_at", "cosigned_text", "parse_checkpoint", "parse_text"]
