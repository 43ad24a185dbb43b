"""JSON bodies read strictly: no duplicate keys, no NaN, nothing deeper than a fact can be."""

from __future__ import annotations

import json
import re
from typing import Any

from ledger.domain.errors import Refusal

DEEPEST = 32  # facts nest 12 levels at most; a terms document fewer

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')


def parse(body: bytes) -> Any:
    """The JSON in ``body``. Refusal BODY_EMPTY, BODY_NOT_JSON (with the place), BODY_TOO_DEEP or KEY_TWICE."""
    if not body.strip():
        raise Refusal("BODY_EMPTY", "body")
    _check_depth(body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal("BODY_NOT_JSON", "body", detail=f"byte {error.start} is not UTF-8") from None
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        detail = f"{error.msg}, line {error.lineno} column {error.colno}"
        raise Refusal("BODY_NOT_JSON", "body", detail=detail) from None
    except ValueError:  # an integer of more digits than Python reads
        raise Refusal("BODY_NOT_JSON", "body", detail="an integer has too many digits") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                shown = key if key.isprintable() else ascii(key)[1:-1]
                raise Refusal("KEY_TWICE", shown[:60], key=shown[:60])
            seen.add(key)
    return found


def _no_constant(name: str) -> Any:
    raise Refusal("BODY_NOT_JSON", "body", detail=f"{name} is no JSON number")


def _check_depth(body: bytes) -> None:
    """Refuse nesting before the parser recurses into it; a body with few brackets is not even looked at."""
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return
    depth = 0
    for token in _TOKEN.finditer(body):
        first = token[0][0]
        if first in b"[{":
            depth += 1
            if depth > DEEPEST:
                raise Refusal("BODY_TOO_DEEP", "body", most=DEEPEST)
        elif first in b"]}":
            depth -= 1
