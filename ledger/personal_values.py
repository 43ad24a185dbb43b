"""Personal values of recorded facts: shown to those who may see them, and erased."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ledger.custody.custody import Custody
from ledger.custody.personal import Within, personal_fields
from ledger.domain.declare import dataclass
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Fact
from ledger.domain.fact_data import data_json, parse_data
from ledger.recording import Recorder
from ledger.store import StoredRow, Transaction
from ledger.streams import Streams


@dataclass(frozen=True, slots=True)
class PersonalValues:
    """The personal values of one ledger, which facts hold as commitments."""

    streams: Streams
    recorder: Recorder
    custody: Custody

    def of(self, contract: str, fact: str) -> dict[str, str | None]:
        """A fact's personal values by field, for those who may see them; None where they were erased.

        ``fact`` is an id or a ref; Refusal FACT_UNKNOWN. A correction's fields are named ``data.name`` and so on.
        """
        with self.streams.admitted(contract) as state:
            seq = state.seq_of(fact)
            if seq is None:
                raise Refusal("FACT_UNKNOWN", "fact", fact=fact)

            def type_of(name: str) -> str | None:
                target = state.seq_of(name)
                return state.entries[target - 1].type if target is not None else None

            entry = state.entries[seq - 1]
            fields = personal_fields(entry.type, data_json(entry.what), type_of)
        return {path: self._opened(commitment) for path, commitment in fields.items()}

    def as_corrected(self, fact: Fact) -> dict[str, Any]:
        """A recorded fact's data as last corrected, personal values in the clear."""
        with self.streams.admitted(fact.contract) as state:
            data = dict(data_json(state.what(fact.seq)))
        for key in TYPES[fact.type].personal & data.keys():
            if isinstance(data[key], dict):
                data[key] = self._opened(data[key]["commitment"])
        return {key: value for key, value in data.items() if value is not None}

    def erase(self, subject: str, reason: str, *, recorded_by: str = "local") -> Fact:
        """Destroy the key to a subject's personal values, and record that; the facts stay, and stay provable.

        A subject is ``{contract}/{person}``. Refusal SUBJECT_UNKNOWN, VAULT_KEY_MISSING, or that of an invalid
        ``reason``.
        """
        given = {"subject": subject, "reason": reason, "erased": self.custody.values_of(subject)}
        self.custody.require_vault_key()
        what = parse_data("PersonalDataErased", given)

        def destroy(transaction: Transaction, rows: Sequence[StoredRow]) -> None:
            self.custody.vault(Within(transaction)).erase(subject)

        fact = self.recorder.note(what, destroy, recorded_by=recorded_by)
        self.custody.store.scrub()
        return fact

    def _opened(self, commitment: str) -> str | None:
        line = self.custody.vault().disclosure(commitment)
        return None if line is None else str(json.loads(line)[2])
