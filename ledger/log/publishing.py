"""The log written to a folder of tiles, which goes on only where what is there is the log's own beginning."""

from pathlib import Path

from ledger.domain.errors import Refusal
from ledger.log import tiles
from ledger.log.failure import Tampered
from ledger.log.log import TransparencyLog
from ledger.log.storage import SignedHead
from ledger.log.tables import Source
from ledger.log.witness import ALARMS, compare


def publish(log: TransparencyLog, head: SignedHead, folder: Path, *, leaves: Source | None = None) -> int:
    """Bring `folder` to `head` (see :func:`ledger.log.tiles.write`); how many tiles were written.

    Raises Refusal CHECKPOINT_FOREIGN where another log is there; Tampered LOG_REWRITTEN, LOG_SPLIT_VIEW or LOG_CUT
    where this log once published another history there; Refusal CHECKPOINT_MALFORMED, LOG_ENTRY_LONG; OSError.
    """
    there = folder / tiles.CHECKPOINT
    if there.exists():
        found = compare(log, there.read_bytes())
        if found.verdict == "foreign":
            raise Refusal("CHECKPOINT_FOREIGN", "checkpoint", origin=found.held.text.split("\n")[0])
        if not found.sound:
            raise Tampered(ALARMS[found.verdict], held=str(found.held).rstrip(), ours=str(found.ours or "–").rstrip())
    return tiles.write(folder, log.node(), head.checkpoint.size, log.cosigned(head), leaves)
