"""An audit of the whole ledger, worked out beside the requests; what the last one found is kept with the records."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc
from ledger.service import Ledger
from ledger.store.encoding import encode
from ledger.store.records import put

KIND, LAST = "audit", "last"
MOST_FINDINGS = 20  # kept of one audit, the first of them


@dataclass(slots=True)
class AuditUnderWay:
    """Facts read so far, of how many."""

    count: int = 0
    total: int = 0


class Audits:
    """The audits asked for at one server, one at a time."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self.under_way: AuditUnderWay | None = None

    def begin(self, by: str) -> None:
        """Begin one, unless one is under way."""
        with self._lock:
            if self.under_way is not None:
                return
            self.under_way = AuditUnderWay()
        # A daemon: nothing is lost where the server stops meanwhile.
        threading.Thread(target=self._run, args=(by,), name="audit", daemon=True).start()

    def last(self) -> dict[str, Any] | None:
        """What the last audit found: ``{"at", "by", "sound", "facts", …, "findings": [{"code", "values"}]}``."""
        kept = self._ledger.store.get(KIND, LAST)
        return json.loads(kept) if kept is not None else None

    def _run(self, by: str) -> None:
        try:
            self._keep(self._found(), by)
        finally:
            self.under_way = None

    def _found(self) -> dict[str, Any]:
        def progress(count: int, total: int) -> None:
            self.under_way = AuditUnderWay(count, total)

        try:
            found = self._ledger.audit(progress=progress)
        except Refusal as refused:
            return {"sound": False, "findings": [{"code": refused.code, "values": _plain(refused.values)}]}
        counts = ("facts", "contracts", "checkpoints", "cosignatures", "stamps", "documents")
        findings = [{"code": one.code, "values": _plain(one.values)} for one in found.findings[:MOST_FINDINGS]]
        return {"sound": found.sound, **{name: getattr(found, name) for name in counts},
                "absent": len(found.absent), "findings": findings}  # fmt: skip

    def _keep(self, found: dict[str, Any], by: str) -> None:
        at = self._ledger.clock()
        with self._ledger.store.writing() as transaction:
            put(transaction, KIND, LAST, encode({"at": format_utc(at), "by": by, **found}), at=at)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}
