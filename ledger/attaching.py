"""Documents recorded with facts, stored in the transaction that records the fact naming them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ledger.custody.custody import Custody
from ledger.custody.documents import describe
from ledger.domain.admission_state import fact_number
from ledger.domain.declare import dataclass
from ledger.domain.fact import KINDS
from ledger.domain.fact_data import data_json
from ledger.domain.moments import beijing_day
from ledger.recording import Recorded, Recorder
from ledger.store import StoredRow, Transaction
from ledger.streams import Streams


@dataclass(frozen=True, slots=True)
class Attachments:
    """Stores the documents of one ledger."""

    streams: Streams
    recorder: Recorder
    custody: Custody
    clock: Callable[[], int]

    def attach(
        self, contract: str, about: str, content: bytes, *, name: str, media_type: str, by: str,
        recorded_by: str = "local",
    ) -> Recorded:  # fmt: skip
        """Store a document and record that it belongs to a fact or request; the same again changes nothing.

        Refusal DOCUMENT_EMPTY, DOCUMENT_TOO_LARGE, MEDIA_TYPE_MISMATCH, ABOUT_UNKNOWN, ABOUT_AMBIGUOUS and those of any
        fact.
        """
        at = self.clock()
        described = describe(content, media_type, recorded_by, at)
        about = self._about(contract, about)
        data = {"about": about, "sha256": described["sha256"], "name": name, "media_type": media_type}
        with self.streams.lock:
            for fact in self.streams.existing(contract).facts:
                if fact.type == "DocumentAttached" and fact.by == by and data_json(fact.what) == data:
                    return Recorded(fact, repeated=True)
            envelope = {"type": "DocumentAttached", "on": beijing_day(at).isoformat(), "by": by, "data": data}
            return self._record(contract, envelope, [(described, content, name)], recorded_by, at)

    def record(
        self, contract: str, envelope: Mapping[str, Any], files: Sequence[tuple[str, bytes, str]], *,
        recorded_by: str = "local",
    ) -> Recorded:  # fmt: skip
        """Record a fact with its documents (name, content, media type each), stored together with it.

        Refusals as for :meth:`attach`.
        """
        at = self.clock()
        described = [
            (describe(content, media_type, recorded_by, at), content, name) for name, content, media_type in files
        ]
        return self._record(contract, envelope, described, recorded_by, at)

    def _record(
        self, contract: str, envelope: Mapping[str, Any], described: Sequence[tuple[dict[str, Any], bytes, str]],
        recorded_by: str, at: int,
    ) -> Recorded:  # fmt: skip
        carried = [
            {key: one[key] for key in ("sha256", "sm3") if key in one} | {"name": name, "media_type": one["media_type"]}
            for one, _, name in described
        ]

        def keep(transaction: Transaction, _: Sequence[StoredRow]) -> None:
            for one, content, _name in described:
                self.custody.documents.keep(transaction, contract, content, one, at=at)

        stated = {**envelope, "documents": carried} if carried else dict(envelope)
        return self.recorder.record(contract, [stated], recorded_by=recorded_by, also=keep)[0]

    def _about(self, contract: str, name: str) -> str:
        """A number is kept as the id of its fact, unless something of the contract (an invoice, say) is called so."""
        with self.streams.admitted(contract) as state:
            if fact_number(name) is None or any((kind, name) in state.holders for kind in KINDS):
                return name
            seq = state.seq_of(name)
            return name if seq is None else state.id_of(seq)
