"""An operator's decisions about the ledger itself; each is a fact of the stream `log`, with its reason."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from functools import partial

from ledger.custody.custody import Custody
from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.fact_data import parse_data
from ledger.domain.facts.log import LogKeyRotated, WitnessAdmitted
from ledger.domain.moments import format_utc, parse_utc
from ledger.recording import Recorded, Recorder
from ledger.store.leaf import decode
from ledger.streams import LOG, Streams

SOME = 500  # facts read at a time, from the end


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator's decisions about one ledger; `recorded_by` is who makes them."""

    streams: Streams
    recorder: Recorder
    custody: Custody
    clock: Callable[[], int]

    def admit_witness(self, key: str, principal: str, *, recorded_by: str) -> Recorded:
        """Accept cosignatures by `key` from `principal`; the same again changes nothing.

        Refusal WITNESS_KEY unless it is a cosignature key (type 0x04) under another name than the log's.
        """
        from ledger.log.lineage import fit_for_witness
        from ledger.log.note import MalformedNote, parse_key

        origin = self.custody.log.origin
        try:
            fit = fit_for_witness(parse_key(key), origin)
        except MalformedNote:
            fit = False
        if not fit:
            raise Refusal("WITNESS_KEY", "key", key=key[:200], origin=origin)
        what = parse_data("WitnessAdmitted", {"key": key.strip(), "principal": principal})
        with self.streams.lock:
            admitted = [fact for fact in self.streams.stream(LOG).facts if isinstance(fact.what, WitnessAdmitted)]
            for fact in admitted:
                if fact.what == what:
                    return Recorded(fact, repeated=True)
            return Recorded(self.recorder.note(what, recorded_by=recorded_by), repeated=False)

    def rotate(self, *, recorded_by: str = "local") -> tuple[str, str]:
        """Replace the log's key by a recorded fact; the verifier keys before and after. Refusal KEY_SUPPLIED."""
        return self.custody.rotate(self.clock(), partial(self.announce, recorded_by=recorded_by))

    def accept_rollback(self, reason: str, *, recorded_by: str) -> Fact:
        """Continue with the ledger as it is, although it is not what was signed last. Refusal NOT_ROLLED_BACK.

        The key folder forgets what it signed and sealed; the fact says what was signed, so that holders of a checkpoint
        can tell. Keys that took over since are announced again, each by the one before. Where only the journal was
        restored, no fact is missing: there are as many as were signed, or more.
        """
        from ledger.log import seals

        remembered, directory = self.custody.remembered, self.custody.directory
        fault, signed = remembered.fault(), remembered.signed()
        cut = any(seals.contradictions(self.custody.store.query, [seals.remembered(directory)]))
        if signed is None or (fault is None and not cut):
            raise Refusal("NOT_ROLLED_BACK", "log")
        root = base64.b64encode(signed.root).decode()
        found = fault.values["found"] if fault is not None else self.custody.store.leaf_count()
        given = {"size": signed.size, "root": root, "found": found, "reason": reason}
        fact = self.recorder.note(parse_data("RollbackAccepted", given), recorded_by=recorded_by, rolled_back=True)
        self.custody.follow(partial(self.announce, recorded_by=recorded_by, rolled_back=True))
        remembered.forget()
        seals.forget(directory)
        return fact

    def announce(self, statement: str, *, recorded_by: str, rolled_back: bool = False) -> None:
        """Record, once, the statement by which a key of the log named its successor."""
        what = LogKeyRotated(statement=statement)
        with self.streams.lock:
            if what not in [fact.what for fact in self.streams.stream(LOG).facts]:
                self.recorder.note(what, recorded_by=recorded_by, rolled_back=rolled_back)

    def correct_clock(self, reason: str, *, recorded_by: str) -> Fact:
        """Record that the clock was ahead when the last facts were recorded, and is right now. Refusal CLOCK_SOUND.

        Facts recorded at a later moment than the clock shows count as known from now on, as does what follows from
        them.
        """
        with self.recorder.group_commit():
            self.streams.corrected()
            now = self.clock()
            ahead = list(self._ahead_of(now))
            if not ahead:
                raise Refusal("CLOCK_SOUND", "clock", clock=format_utc(now))
            given = {"first": ahead[-1][0], "last": ahead[0][0], "latest": format_utc(max(at for _, at in ahead)),
                     "reason": reason}  # fmt: skip
            fact = self.recorder.note(parse_data("ClockCorrected", given), recorded_by=recorded_by, corrected=now)
            self.streams.corrected()
            return fact

    def _ahead_of(self, now: int) -> Iterator[tuple[int, int]]:
        """(position, recorded_at) of the last facts that count as known later than now, from the end."""
        store = self.custody.store
        stop = store.leaf_count() + 1
        while stop > 1:
            start = max(1, stop - SOME)
            for position, leaf in reversed(list(store.leaves(start, stop))):
                at = parse_utc(decode(leaf, position)["recorded_at"])
                if self.streams.known_from(position, at) <= now:
                    return
                yield position, at
            stop = start

    def named(self, first: int, last: int) -> list[str]:
        """The ids of the facts at positions ``first`` to ``last``."""
        leaves = (decode(leaf, position) for position, leaf in self.custody.store.leaves(first, last + 1))
        return [f"{leaf['contract']}#{leaf['seq']}" for leaf in leaves]
