"""Which roles a principal holds, as far as this ledger was told (SPEC 2.1, ``recorded_by``)."""

from __future__ import annotations

from collections.abc import Mapping
from json import loads

from ledger.log.tables import Query
from ledger.store import Conflict, Question, Store
from ledger.store.records import SELECT_RECORD

PRINCIPAL = "principal"  # the kind of the records that say who may do what
EVERY = "*"  # every contract that is not named itself


class HeldRoles:
    """The roles of principals as last read; used by one thread at a time.

    Another process may have changed them since, so whoever records under them has them confirmed in the same
    transaction.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[str, tuple[bytes | None, Mapping[str, str]]] = {}  # the record, and the roles it gives

    def of(self, name: str, contract: str, *, anew: bool = False) -> tuple[str, ...] | None:
        """The roles of ``name`` on ``contract``; None where no such name was ever granted anything."""
        if anew or name not in self._read:
            value = self._store.get(PRINCIPAL, name)
            self._read[name] = value, {} if value is None else loads(value)["roles"]
        value, roles = self._read[name]
        if value is None:
            return None
        role = roles.get(contract) or roles.get(EVERY)
        return () if role is None else (role,)

    def question(self, name: str) -> Question:
        """What ``confirm`` looks up."""
        return SELECT_RECORD, (PRINCIPAL, name)

    def confirm(self, query: Query, name: str) -> None:
        """Raise Conflict where the ledger has other roles of ``name`` by now; they are then read again on the next use.
        """
        found = query(*self.question(name))
        if (found[0][1] if found else None) != self._read[name][0]:
            del self._read[name]
            raise Conflict(name, 0, 0)
