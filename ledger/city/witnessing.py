"""A bureau witnesses the city's log, and with it every other bureau: one cosignature over all their checkpoints."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from ledger.city.city import Bureau, cosigned_file
from ledger.city.histories import judge, parse_origin, signed
from ledger.city.published import PublishedCity
from ledger.domain.declare import dataclass, field
from ledger.domain.errors import Refusal
from ledger.log.checkpoint import Checkpoint, parse_checkpoint, parse_text
from ledger.log.log import TransparencyLog
from ledger.log.note import MalformedNote, Note
from ledger.log.signing import Ed25519Signer
from ledger.log.tile_reader import TileReader
from ledger.log.tiles import place
from ledger.log.witness import compare


@dataclass(slots=True)
class Seen:
    """What a witness remembers of a city: its last checkpoint, the hashes of that tree's subtrees, each log's last
    checkpoint.
    """

    checkpoint: Checkpoint | None = None
    frontier: list[bytes] = field(default_factory=list)
    logs: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Witnessed:
    """The city's checkpoint as cosigned, and what was found on the way.

    `two_histories` are (bureau, one checkpoint, the other); `unchecked` the bureaus whose tiles were not available.
    """

    note: Note
    two_histories: list[tuple[str, str, str]] = field(default_factory=list)
    unchecked: list[tuple[str, Refusal]] = field(default_factory=list)


def witness(
    city: PublishedCity, own: TransparencyLog, signer: Ed25519Signer, memory: Path, folder: Path, now: int
) -> Witnessed:
    """Cosign the city's checkpoint, and write that into `folder`, among the tiles of the witness's own log.

    Before it signs, it reads everything added since `memory` was written, which must continue what was seen then:
    Refusal WITNESS_SAW_ANOTHER names both checkpoints. What was added is judged: the witness's own log as it knows it,
    those of others by their tiles. A bureau that shows two histories is reported, and the checkpoint signed all the
    same: so the checkpoints that prove it can no longer leave the city's log. Raises Refusal LEAF_OF_NOBODY,
    SEEN_UNREADABLE.
    """
    seen = _remembered(memory)
    if seen.checkpoint is not None and judge(city.tiles, seen.checkpoint, city.checkpoint) not in ("same", "grown"):
        raise Refusal("WITNESS_SAW_ANOTHER", "checkpoint", seen=str(seen.checkpoint), shown=str(city.checkpoint))
    found = Witnessed(Note(city.note.text, ()))
    added, pairs = _added(city, own, seen, found)
    _judge_others(city, pairs, found)
    found.note = city.note.with_signatures(signer.cosign(city.note.text, now // 1_000_000))
    seen.checkpoint, seen.logs = city.checkpoint, seen.logs | added
    _remember(memory, seen)
    place(folder / cosigned_file(city.checkpoint.origin), str(found.note).encode())
    return found


def _added(
    city: PublishedCity, own: TransparencyLog, seen: Seen, found: Witnessed
) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """The largest checkpoint of each log among the leaves added since, and those of others to be judged by tiles:
    (origin, what was known, what came) where that is larger than at the last time, or smaller than one before it.
    """
    names = {bureau.origin: bureau.name for bureau in city.bureaus()}
    keys = {origin: city.keys_of(origin) for origin in names}
    added, pairs = dict[str, str](), list[tuple[str, str, str]]()

    def leaf(index: int, content: bytes) -> None:
        origin = parse_origin(content)
        if origin not in keys:
            raise Refusal("LEAF_OF_NOBODY", "city", index=index, origin=origin)
        checkpoint, note = signed(content, keys[origin])
        if origin == own.origin and not (mine := compare(own, content)).sound:
            found.two_histories.append((names[origin], str(mine.ours or "–"), str(note)))
            return
        known = added.get(origin) or seen.logs.get(origin)
        before = parse_checkpoint(known.encode())[0] if known else None
        if known and before and before.size == checkpoint.size and before.root != checkpoint.root:
            found.two_histories.append((names[origin], known, str(note)))
        elif before is None or before.size < checkpoint.size:
            added[origin] = str(note)
        elif known and before.size > checkpoint.size:
            pairs.append((origin, known, str(note)))

    start = seen.checkpoint.size if seen.checkpoint else 0
    seen.frontier = city.read(leaf, start, seen.frontier)
    grown = [(origin, seen.logs[origin], note) for origin, note in added.items() if origin in seen.logs]
    return added, [pair for pair in pairs + grown if pair[0] != own.origin]


def _judge_others(city: PublishedCity, pairs: list[tuple[str, str, str]], found: Witnessed) -> None:
    """Whether one of two checkpoints that another bureau signed is the beginning of the other, by its own tiles."""
    bureaus: dict[str, Bureau] = {bureau.origin: bureau for bureau in city.bureaus()}
    for origin, known, came in pairs:
        bureau = bureaus[origin]
        try:
            before, now = (parse_checkpoint(one.encode())[0] for one in (known, came))
            if judge(TileReader(bureau.address), before, now) == "two-histories":
                found.two_histories.append((bureau.name, known, came))
        except Refusal as refused:
            found.unchecked.append((bureau.name, refused))


def _remembered(memory: Path) -> Seen:
    if not memory.exists():
        return Seen()
    try:
        kept = json.loads(memory.read_bytes())
        frontier = [base64.b64decode(one, validate=True) for one in kept["frontier"]]
        return Seen(parse_text(kept["checkpoint"]), frontier, dict(kept["logs"]))
    except (OSError, ValueError, KeyError, TypeError, MalformedNote) as error:
        raise Refusal("SEEN_UNREADABLE", "seen", file=memory.name) from error


def _remember(memory: Path, seen: Seen) -> None:
    frontier = [base64.b64encode(one).decode() for one in seen.frontier]
    kept = {"checkpoint": str(seen.checkpoint), "frontier": frontier, "logs": seen.logs}
    place(memory, (json.dumps(kept) + "\n").encode())
