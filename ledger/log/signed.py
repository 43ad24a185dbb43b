"""The key folder's memory of the last checkpoint signed, which reveals a ledger that was restored or rewritten (SPEC
7).

Somebody with access to the database alone can make facts, tree and checkpoints agree with each other, but cannot reach
this file. A check takes one look at the file and one at the database; nothing heavy is imported for it.
"""

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.log import merkle
from ledger.log.checkpoint import parse_checkpoint
from ledger.log.failure import Tampered
from ledger.log.note import MalformedNote
from ledger.log.tables import Source, as_bytes, node_source, tree_size

FILE, LOCK = "log.signed", "log.signed.lock"
FACTS_HELD = "SELECT max(notification_id) FROM stored_events"


@dataclass(frozen=True, slots=True)
class Signed:
    """The largest checkpoint that the keys of a folder signed: its size and root (32 bytes).

    ``kept`` is False from just before signing until the store has it, so that a crash in between raises no alarm.
    """

    size: int
    root: bytes
    kept: bool


class Remembered:
    """The memory in one key folder, compared with a ledger. Safe to use from several threads and processes."""

    def __init__(self, directory: Path | None, source: Source, held: str = FACTS_HELD) -> None:
        """``held`` is the query that counts the leaves kept."""
        self._there = f"SELECT ({held}), (SELECT note FROM log_checkpoints WHERE size = ?)"
        self._directory, self._source, self._query = directory, source, source.query
        self._file = None if directory is None else os.path.join(directory, FILE)  # looked at for every fact recorded
        self._read: tuple[object, Signed | None] = (None, None)  # the file's mark when it was read, and what it said
        self._agreed: tuple[int, bytes] | None = None  # the stored tree had this root there
        self._kept: tuple[Signed, bytes] | None = None  # what was signed, and the note that was found to say so
        self._met = 0, 0  # the size signed last, and how many facts there were, when this process was asked something

    def signed(self) -> Signed | None:
        """What was signed last; None where nothing was, or nobody remembers. Refusal KEY_UNREADABLE."""
        if self._file is None:
            return None
        try:
            stat = os.stat(self._file)
        except OSError:  # none, or the folder is another user's, who signs nothing either
            return None
        mark = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if self._read[0] != mark:
            self._read = mark, _parsed(Path(self._file))
        return self._read[1]

    def fault(self) -> Tampered | None:
        """ROLLED_BACK where the ledger is not the one signed last: fewer facts, another root, or no checkpoint."""
        signed = self.signed()
        return None if signed is None else self._compared(signed)[1]

    def _compared(self, signed: Signed) -> tuple[int, Tampered | None]:
        """How many facts the ledger holds, and :meth:`fault`."""
        try:
            ((facts, note),) = self._query(self._there, (signed.size,))
        except Refusal:
            if self._source.holds("log_checkpoints"):  # not asked before: this is for every fact recorded
                raise
            facts, note = 0, None
        if (facts or 0) >= signed.size and self._holds(signed, note) and self._agrees(signed):
            return facts or 0, None
        root = base64.b64encode(signed.root).decode()
        return facts or 0, Tampered("ROLLED_BACK", size=signed.size, root=root, found=facts or 0)

    def check(self, *, asking: bool = False) -> None:
        """Raise what :meth:`fault` finds, and FACTS_GONE where there are fewer facts than this process has met.

        What was recorded since the last checkpoint is in no memory but that of the processes that run. What this thread
        has not committed yet is no such fact: others do not meet it, and it may be undone. Another replica may be
        behind; and where what was signed is fewer than before, an operator has accepted that.
        """
        signed = self.signed()
        if signed is None:
            return
        size, met = self._met  # before the facts are counted: what others meet meanwhile may not be there yet
        facts, fault = self._compared(signed)
        if fault is not None:
            raise fault
        if self._source.replica:  # as the server that counted has told just now
            return
        if facts < met and size <= signed.size:
            raise Tampered("FACTS_GONE", met=met, found=facts)
        if asking and not self._source.transacting:
            self._met = signed.size, facts

    def remember(self, size: int, root: bytes, *, kept: bool) -> None:
        """Write down what is signed, durably; a larger checkpoint, or one already stored, stays. Refusal
        KEY_FOLDER_UNWRITABLE.
        """
        if self._directory is None:
            return
        with _alone(self._directory):
            last = self.signed()
            if last is None or (last.size, last.kept) < (size, kept):
                shown = {"size": size, "root": base64.b64encode(root).decode(), "kept": kept}
                _write(self._directory, json.dumps(shown) + "\n")

    def forget(self) -> None:
        """Accept the ledger as it is now as the one to continue, whatever was signed."""
        if self._directory is not None:
            with _alone(self._directory):
                (self._directory / FILE).unlink(missing_ok=True)

    def _holds(self, signed: Signed, note: bytes | None) -> bool:
        """Whether the signed checkpoint is stored; it need not be where a crash may have come before."""
        if note is None:
            return not signed.kept
        if (signed, note) == self._kept:
            return True
        with suppress(MalformedNote, TypeError):
            checkpoint, _ = parse_checkpoint(as_bytes(note))
            if (checkpoint.size, checkpoint.root) == (signed.size, signed.root):
                self._kept = signed, as_bytes(note)
                return True
        return False

    def _agrees(self, signed: Signed) -> bool:
        """Whether the stored tree has that root; checked once for each checkpoint signed."""
        if self._agreed != (signed.size, signed.root):
            if tree_size(self._query) < signed.size:
                return False
            try:
                root = merkle.root(signed.size, node_source(self._query))
            except LookupError:
                return False
            if root != signed.root:
                return False
            self._agreed = signed.size, signed.root
        return True


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Nobody else writes the memory meanwhile, on systems that can lock a file."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(directory / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.name == "posix":
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
    except OSError as error:
        raise Refusal("KEY_FOLDER_UNWRITABLE", "key", folder=str(directory), detail=error.strerror) from error


def _parsed(path: Path) -> Signed:
    try:
        said = json.loads(path.read_bytes())
        root = base64.b64decode(said["root"], validate=True)
        size, kept = said["size"], said["kept"]
        if type(size) is not int or size < 1 or len(root) != merkle.HASH_SIZE or type(kept) is not bool:
            raise ValueError(path.name)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Refusal("KEY_UNREADABLE", "key", file=path.name) from error
    return Signed(size, root, kept)


def _write(directory: Path, text: str) -> None:
    """Put the file in place whole or not at all, and durably."""
    new = directory / f"{FILE}.{os.getpid()}"
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, directory / FILE)
    if os.name == "posix":
        folder = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
