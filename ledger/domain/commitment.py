"""Personal values are never stored in the clear: the stored fact holds a commitment to them."""

from __future__ import annotations

from ledger.domain.declare import record


@record
class Commitment:
    """SHA-256 (64 lower-case hex digits) over [salt, name, value]; value and salt live elsewhere."""

    commitment: str
