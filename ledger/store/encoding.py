"""JSON as bytes, for packages that answer with it; only the store imports orjson."""

from __future__ import annotations

import orjson


def encode(value: object) -> bytes:
    """``value`` as compact UTF-8 JSON; TypeError for anything that is not JSON (a Decimal, a lone surrogate)."""
    return orjson.dumps(value)
