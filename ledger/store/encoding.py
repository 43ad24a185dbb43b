"""JSON as bytes, for rooms that answer with it; orjson stays in this room."""

from __future__ import annotations

import orjson


def encode(value: object) -> bytes:
    """``value`` as compact UTF-8 JSON; TypeError for what is no JSON (a Decimal, a lone surrogate)."""
    return orjson.dumps(value)


def encode_readable(value: object) -> bytes:
    """The same, indented by two and ended by a newline."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
