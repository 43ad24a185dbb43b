"""Refusals: why a request or a fact is not accepted, as data.

A refusal carries a stable ``code`` (UPPER_SNAKE), the dotted path of the ``field`` at fault where there is one, and the
``values`` of its sentence; the sentence itself, in Chinese and English, is in :mod:`ledger.messages`. It knows nothing
of HTTP or exit statuses.
"""

from __future__ import annotations

from collections.abc import Iterable

INTEGRITY = frozenset(("STORE_BROKEN", "STORE_DAMAGED", "STORE_REPLACED", "CHAIN_BROKEN", "LEAF_BROKEN"))
"""Codes that say that stored data is not as it was written: an alarm, whatever was asked."""


class Refusal(Exception):
    """A request or a fact that is not accepted; ``faults`` lists every fault where there are several.

    ``line`` says which of several facts is at fault; ``place`` is its cell in a table, as a spreadsheet writes it.
    """

    def __init__(
        self, code: str, field: str | None = None, *, faults: Iterable[Refusal] = (), line: int | None = None,
        **values: object,
    ) -> None:
        super().__init__(code, field)
        self.code = code
        self.field = field
        self.line = line
        self.place: str | None = None
        self.values = values
        self.faults = tuple(faults)

    def __str__(self) -> str:
        named = ", ".join(f"{key}={value!r}" for key, value in self.values.items())
        inner = "; ".join(str(fault) for fault in self.faults)
        return " ".join(part for part in (self.code, self.field or "", named, inner) if part)
