"""The facts that `make cluster-test` records."""

from __future__ import annotations


def complaint(ref: str) -> dict[str, object]:
    """A fact independent of others, with a ref under which it can be sent again until it is acknowledged."""
    return {"type": "ComplaintFiled", "on": "2026-05-01", "by": "party_a", "ref": ref,
            "data": {"complaint": ref, "system": "portal", "subject": "availability"}}  # fmt: skip
