"""What an operator decides about the ledger itself; each decision is a fact of the stream `log`, with its reason."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from ledger.custody.keeping import Custody
from ledger.domain.errors import Refusal
from ledger.domain.fact_data import parse_data
from ledger.domain.facts import Fact, WitnessAdmitted
from ledger.recording import Recorded, Recorder
from ledger.streams import LOG, Streams


@dataclass(frozen=True, slots=True)
class Operator:
    """The operator's acts over one ledger; `recorded_by` is who performs them."""

    streams: Streams
    recorder: Recorder
    custody: Custody

    def admit_witness(self, key: str, principal: str, *, recorded_by: str) -> Recorded:
        """Let `principal` leave cosignatures by `key`; the same again changes nothing.

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

    def accept_rollback(self, reason: str, *, recorded_by: str) -> Fact:
        """Go on from the ledger as it is, although it is not what was signed last. Refusal NOT_ROLLED_BACK.

        The key folder forgets what it signed; the fact says what that was, so whoever holds a checkpoint can tell.
        """
        remembered = self.custody.remembered
        fault, signed = remembered.fault(), remembered.signed()
        if fault is None or signed is None:
            raise Refusal("NOT_ROLLED_BACK", "log")
        root = base64.b64encode(signed.root).decode()
        given = {"size": signed.size, "root": root, "found": fault.values["found"], "reason": reason}
        fact = self.recorder.note(parse_data("RollbackAccepted", given), recorded_by=recorded_by, rolled_back=True)
        remembered.forget()
        return fact
