"""Seals: how far the journal reaches, signed by the log's key beside each checkpoint.

Rules, all of them kept in this module:
1. A seal is signed only after every line since the last seal was followed from that seal's own chain.
2. The key folder remembers what was sealed last. A journal that does not hold that line was cut, rewritten or put
   back, and is not sealed again.
3. Only the newest of the log's keys seals: one that was replaced can no longer speak for later lines.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.log import journal, storage
from ledger.log.failure import Tampered
from ledger.log.journal import START, JournaledTable, JournalLine
from ledger.log.keys import Keyring, replace_private
from ledger.log.merkle import HASH_SIZE
from ledger.log.note import MalformedNote, Note, VerifierKey, decode_base64, parse_note
from ledger.log.signing import signed_by
from ledger.log.tables import Query, Source, as_bytes

SEALED = "journal.sealed"  # in the key folder: number and chain of the line sealed last
SEALS = JournaledTable("journal_seals", ("number", "note", "sealed_at"), 1, lambda row: ("seal", str(row[0])))


class Seal(NamedTuple):
    """A stored seal: its line, that line's chain, and when it was signed (µs)."""

    number: int
    chain: bytes
    sealed_at: int
    note: Note


def seal(source: Source, keyring: Keyring, now: int) -> bool:
    """Seal the journal up to its last line; False where that is sealed already, or where the key at hand may not seal.

    Raises Tampered (JOURNAL_BROKEN, JOURNAL_CUT, JOURNAL_REWRITTEN, SEAL_ALTERED, SEAL_MISSING) instead of sealing over
    an alteration.
    """
    keys = [known.key for known in storage.keys(source.query) if known.role == "log"]
    if not keys or keyring.signer.key != keys[-1]:
        return False
    with source.writing() as transaction:
        last = newest(transaction.query)
        if last is not None and not any(sealed_by(last, key) for key in keys):
            raise Tampered("SEAL_ALTERED", number=last.number)
        end = _followed(transaction.query, last, remembered(keyring.directory))
        if last is not None and last.number == end.number:
            return False
        said = text(keyring.origin, end, now)
        note = Note(said, (keyring.signer.sign(said),))
        transaction.execute(
            "INSERT INTO journal_seals (number, note, sealed_at) VALUES (?, ?, ?)",
            (end.number, str(note).encode(), now),
        )
    _remember(keyring.directory, end)
    return True


def due(query: Query, before: int) -> bool:
    """Whether lines wait for a seal and the last seal was made by ``before`` (µs)."""
    found = query("SELECT number, sealed_at FROM journal_seals ORDER BY number DESC LIMIT 1")
    number, sealed_at = map(int, found[0]) if found else (0, 0)
    return journal.end(query).number > number and sealed_at <= before


def newest(query: Query) -> Seal | None:
    """The last seal. Raises Tampered SEAL_ALTERED where it cannot be read."""
    found = query("SELECT number, note, sealed_at FROM journal_seals ORDER BY number DESC LIMIT 1")
    return read(found[0]) if found else None


def text(origin: str, line: JournalLine, at: int) -> str:
    """The text that is signed: whose journal, up to which line, that line's chain, when (µs)."""
    return f"{origin} journal\n{line.number}\n{base64.b64encode(line.chain).decode()}\n{at}\n"


def remembered(directory: Path | None) -> tuple[int, bytes]:
    """Number and chain of the line sealed last, as the key folder has it; (0, START) where it has none.

    Raises Refusal KEY_UNREADABLE.
    """
    try:
        number, chain = (directory / SEALED).read_text(encoding="ascii").split() if directory else ("0", START.hex())
        return int(number), bytes.fromhex(chain)
    except FileNotFoundError:
        return 0, START
    except (OSError, ValueError) as error:
        raise Refusal("KEY_UNREADABLE", "key", file=SEALED) from error


def forget(directory: Path | None) -> None:
    """Accept the journal as it is now as the one to continue, whatever was sealed."""
    if directory is not None:
        (directory / SEALED).unlink(missing_ok=True)


def contradictions(query: Query, held: Sequence[tuple[int, bytes]]) -> Iterator[Tampered]:
    """Lines (number and chain) known elsewhere that the journal does not have: it was cut or rewritten."""
    for number, chain in held:
        line = journal.at(query, number) if number else None
        if number and line is None:
            yield Tampered("JOURNAL_CUT", number=number, found=journal.end(query).number)
        elif line is not None and line.chain != chain:
            yield Tampered("JOURNAL_REWRITTEN", number=number)


def _followed(query: Query, last: Seal | None, memory: tuple[int, bytes]) -> JournalLine:
    """The journal's last line, after verifying every line since the last seal."""
    number, chain = (last.number, last.chain) if last is not None else (0, START)
    for altered in contradictions(query, [memory, (number, chain)]):
        raise altered
    if memory[0] > number:
        raise Tampered("SEAL_MISSING", number=memory[0])
    end = JournalLine(number, "", "", "", b"", chain)
    for line in journal.lines(query, number):
        if line.number != end.number + 1 or line.chain != journal.chained(end.chain, line):
            raise Tampered("JOURNAL_BROKEN", number=end.number + 1)
        end = line
    return end


def _remember(directory: Path | None, line: JournalLine) -> None:
    """Write what was sealed into the key folder, where there is one; wholly or not at all."""
    if directory is None or not directory.is_dir():
        return
    replace_private(directory / SEALED, f"{line.number} {line.chain.hex()}\n")


def read(row: Sequence[Any]) -> Seal:
    """A row of SEALS. Raises Tampered SEAL_ALTERED."""
    number, data, sealed_at = row
    try:
        note = parse_note(as_bytes(data))
        _, over, chain, at = note.text.removesuffix("\n").split("\n")
        seal = Seal(int(over), decode_base64(chain), int(at), note)
    except (MalformedNote, ValueError, TypeError) as error:
        raise Tampered("SEAL_ALTERED", number=number) from error
    if (seal.number, seal.sealed_at) != (number, sealed_at) or len(seal.chain) != HASH_SIZE:
        raise Tampered("SEAL_ALTERED", number=number)
    return seal


def sealed_by(seal: Seal, key: VerifierKey) -> bool:
    """Whether this key of the log, whose name is the log's, signed the seal."""
    return seal.note.text.startswith(f"{key.name} journal\n") and signed_by(key, seal.note)
