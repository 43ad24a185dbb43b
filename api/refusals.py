"""Refusals of access are recorded in the access log, those of unknown principals only up to a limit."""

from __future__ import annotations

import time
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.types import Scope

from api.permissions import Permissions
from api.principals import Principals
from ledger.domain.errors import Refusal

ON_RECORD = frozenset(
    ("KEY_MISSING", "KEY_INVALID", "TOKEN_INVALID", "ROLE_MAY_NOT", "CONTRACT_NOT_YOURS", "BY_NOT_YOURS")
)
STRANGERS_A_MINUTE = 30


class Refusals:
    """Records every refusal of a known principal; of unknown ones a few a minute, counting the rest."""

    def __init__(self, principals: Principals) -> None:
        self._principals = principals
        self._lock = Lock()
        self._minute, self._kept, self._unkept = 0, 0, 0

    async def note(self, refused: Refusal, scope: Scope) -> Refusal:
        """Keep a refusal, if it is one of access. What to answer: the same, or why it could not be kept."""
        if refused.code in ON_RECORD:
            try:
                await run_in_threadpool(self.keep, refused, scope)
            except Refusal as unkept:
                return unkept
        return refused

    def keep(self, refused: Refusal, scope: Scope) -> None:
        """The same, from a thread that may wait for the store."""
        permissions: Permissions | None = scope.get("lvyue.permissions")
        left_out = 0
        if permissions is None:
            counted = self._stranger()
            if counted is None:
                return
            left_out = counted
        route = getattr(scope.get("route"), "path", None)
        entry: dict[str, object] = {
            "did": "refused", "code": refused.code,
            "principal": permissions.principal.name if permissions is not None else None,
            "method": scope["method"], "route": route, "contract": scope.get("path_params", {}).get("contract"),
            "request_id": scope["lvyue.id"],
        }  # fmt: skip
        if left_out:
            entry["left_out"] = left_out
        self._principals.note(entry)

    def _stranger(self) -> int | None:
        """None where this one is only counted, else how many were left out before it."""
        minute = int(time.monotonic() // 60)
        with self._lock:
            if minute != self._minute:
                self._minute, self._kept = minute, 0
            if self._kept >= STRANGERS_A_MINUTE:
                self._unkept += 1
                return None
            self._kept += 1
            left_out, self._unkept = self._unkept, 0
            return left_out
