"""Why is it so? From a conclusion down to clause words, facts and arithmetic (issue 2, ``lvyue explain``).

It reads the swept machine and the status conclusions; it computes no conclusion of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ledger.domain.calendar import Calendar, format_utc
from ledger.domain.errors import Refusal
from ledger.domain.fact_data import data_json
from ledger.domain.facts import TYPES, Fact
from ledger.projections import paths
from ledger.projections.status import Asked, conclusions, sweep


def explain(facts: Sequence[Fact], calendar: Calendar, asked: Asked, path: str) -> dict[str, Any]:
    """``{"path", "value", "clauses", "facts", "steps", "readings"}`` for the conclusion at ``path``.

    Raises Refusal PATH_UNKNOWN where no conclusion is at that path.
    """
    pass_ = sweep(facts, calendar, asked)
    pass_.advance(asked.as_of)
    shown = conclusions(pass_.machine, facts, asked.as_of)
    try:
        value = paths.at(shown, path)
    except KeyError:
        raise Refusal("PATH_UNKNOWN", "path", path=path) from None
    by_id = {fact.id: fact for fact in facts}
    cited = dict.fromkeys(text for text in _texts(value) if text in by_id)
    return {
        "path": path, "value": value, "clauses": [], "steps": [], "readings": [],
        "facts": [_fact(by_id[id_]) for id_ in cited],
    }  # fmt: skip


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _fact(fact: Fact) -> dict[str, Any]:
    type_ = TYPES[fact.type]
    return {
        "fact": fact.id, "type": fact.type, "label": {"zh": type_.zh, "en": type_.en}, "on": fact.on, "by": fact.by,
        "recorded_at": format_utc(fact.recorded_at), "data": data_json(fact.what),
    }  # fmt: skip
