"""Canonical JSON (RFC 8785), over which receipts are computed: one form of bytes for one value.

Values are text, whole numbers of 64 bits, booleans, null, lists and objects; no floats, whose canonical form differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson

_NOTHING_ELSE = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
_SORTED = _NOTHING_ELSE | orjson.OPT_SORT_KEYS
_ASTRAL = (b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4")  # the first bytes of characters beyond the basic plane


def canonical(value: object) -> bytes:
    """The canonical JSON of a value. TypeError for anything that is not JSON (a Decimal, a lone surrogate)."""
    data = orjson.dumps(value, option=_SORTED)
    # RFC 8785 sorts keys by UTF-16 units, orjson by code points: they part only beyond the basic plane
    if data.isascii() or not any(first in data for first in _ASTRAL):
        return data
    return orjson.dumps(_by_utf16(value), option=_NOTHING_ELSE)


def digest(value: object) -> str:
    """SHA-256, as hex, of the canonical JSON of a value."""
    return sha256(canonical(value)).hexdigest()


def _by_utf16(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _by_utf16(value[key]) for key in sorted(value, key=lambda key: str(key).encode("utf-16-be"))}
    return [_by_utf16(one) for one in value] if isinstance(value, list | tuple) else value
