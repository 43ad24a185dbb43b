"""Personal values on their way into the ledger: a commitment is stored in their place, also inside a correction.

The subject of a value is its contract and the person's pseudonym there, ``{contract}/{person}``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ledger.custody.custody import Custody
from ledger.domain.admission import Admitted
from ledger.domain.admission_state import AdmissionState, Entry
from ledger.domain.fact import TYPES, What
from ledger.domain.fact_data import data_json, decode_data, stored_name
from ledger.store import Conflict, StoredRow, Transaction
from ledger.store.records import SELECT_RECORD, keep, put, remove

if TYPE_CHECKING:
    from ledger.custody.vault import Vault

Data = dict[str, Any]


class Concealing:
    """The personal values of one request, stored in the transaction that records its facts."""

    def __init__(self, custody: Custody, contract: str, known: AdmissionState, at: int) -> None:
        self._custody, self._contract, self._known, self._at = custody, contract, known, at
        self._waiting: Waiting | None = None

    def conceal(self, admitted: Admitted) -> Admitted:
        """The fact with commitments in place of personal values."""
        if not _personal(admitted.type):
            return admitted
        before = data_json(admitted.what)
        data = self._each(admitted.type, before, self._commit)
        return admitted if data == before else admitted._replace(what=decode_data(stored_name(admitted.what), data))

    def opened(self, entry: Entry) -> What:
        """What a recorded fact said, as far as the vault can still open it."""
        if not _personal(entry.type):
            return entry.what
        data = self._each(entry.type, data_json(entry.what), self._open)
        return decode_data(TYPES[entry.type].stored_name, data)

    def keep(self, transaction: Transaction, rows: Sequence[StoredRow]) -> None:
        """Store the values; Conflict where somebody made or destroyed a subject's key meanwhile."""
        if self._waiting is not None:
            self._waiting.write(transaction)

    def _commit(self, subject: str, name: str, value: object) -> object:
        if type(value) is not str:
            return value
        if self._waiting is None:
            self._waiting = Waiting(self._custody)
        return {"commitment": self._waiting.vault.commit(subject, name, value, at=self._at)}

    def _open(self, subject: str, name: str, value: object) -> object:
        vault = self._custody.vault() if self._waiting is None else self._waiting.vault
        line = vault.disclosure(value["commitment"]) if isinstance(value, dict) else None
        return value if line is None else json.loads(line)[2]

    def _each(self, type_: str, data: Data, do: Callable[[str, str, object], object]) -> Data:
        """``data`` with every personal value replaced by the result of ``do``."""
        if type_ == "FactCorrected":
            target = self._known.seq_of(data["target"])
            if target is None:
                return data
            return data | {"data": self._each(self._known.entries[target - 1].type, data["data"], do)}
        given = [name for name in sorted(TYPES[type_].personal) if name in data]
        if not given:
            return data  # nor is it asked whose: a fact may leave out what it is about
        subject = subject_of(self._contract, type_, data)
        return data | {name: do(subject, name, data[name]) for name in given}


def _personal(type_: str) -> bool:
    """May a fact of the type hold personal values? Asked anew each time: agreements may declare their types late."""
    return type_ == "FactCorrected" or bool(TYPES[type_].personal)


def subject_of(contract: str, type_: str, data: Mapping[str, Any]) -> str:
    """Whose values a fact's personal fields are: ``{contract}/{person}``."""
    named = TYPES[type_].introduces or TYPES[type_].subject
    return f"{contract}/{data[named[1]]}" if named is not None else contract


def personal_fields(type_: str, data: Mapping[str, Any], type_of: Callable[[str], str | None]) -> dict[str, str]:
    """The commitments in a stored fact's data by the path of their field, ``name`` or ``data.name``.

    ``type_of`` gives the type of the fact that an id or a ref names.
    """
    if type_ == "FactCorrected":
        target = type_of(data["target"])
        inner = personal_fields(target, data["data"], type_of) if target is not None else {}
        return {f"data.{path}": commitment for path, commitment in inner.items()}
    return {
        name: data[name]["commitment"] for name in sorted(TYPES[type_].personal)
        if isinstance(data.get(name), dict)
    }  # fmt: skip


class Waiting:
    """Records that the vault wants to store, held back until the facts are appended."""

    def __init__(self, custody: Custody) -> None:
        self._store = custody.store
        self._seen: dict[tuple[str, str], bytes | None] = {}
        self._held: dict[tuple[str, str], tuple[bytes, int, bool]] = {}
        self.vault: Vault = custody.vault(self)

    def keep(self, kind: str, key: str, value: bytes, *, at: int) -> None:
        self._held[kind, key] = value, at, True

    def put(self, kind: str, key: str, value: bytes, *, at: int) -> None:
        self._held[kind, key] = value, at, False

    def get(self, kind: str, key: str) -> bytes | None:
        if (kind, key) in self._held:
            return self._held[kind, key][0]
        return self._seen.setdefault((kind, key), self._store.get(kind, key))

    def remove(self, kind: str, key: str) -> None:
        raise AssertionError("nothing is erased while facts are recorded")

    def write(self, transaction: Transaction) -> None:
        for (kind, key), seen in self._seen.items():
            found = transaction.query(SELECT_RECORD, (kind, key))
            if (bytes(found[0][1]) if found else None) != seen:
                raise Conflict(key, 0, 0)
        for (kind, key), (value, at, kept) in self._held.items():
            (keep if kept else put)(transaction, kind, key, value, at=at)


class Within:
    """The records as the vault sees them inside an open transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def keep(self, kind: str, key: str, value: bytes, *, at: int) -> None:
        keep(self._transaction, kind, key, value, at=at)

    def put(self, kind: str, key: str, value: bytes, *, at: int) -> None:
        put(self._transaction, kind, key, value, at=at)

    def get(self, kind: str, key: str) -> bytes | None:
        found = self._transaction.query(SELECT_RECORD, (kind, key))
        return bytes(found[0][1]) if found else None

    def remove(self, kind: str, key: str) -> None:
        remove(self._transaction, kind, key)
