"""A request's body, read by the one strict reader of JSON."""

from __future__ import annotations

from typing import Any

from ledger.domain.errors import Refusal
from ledger.importers import strict_json


def parse(body: bytes) -> Any:
    """The JSON in ``body``. Refusal BODY_EMPTY or those of :func:`ledger.importers.strict_json.parse`.

    The field is ``body`` where the reader knows none.
    """
    if not body.strip():
        raise Refusal("BODY_EMPTY", "body")
    try:
        return strict_json.parse(body)
    except Refusal as refused:
        refused.field = refused.field or "body"
        raise
