"""A cache of answers as bytes, each valid for as long as nothing it rests on has changed.

A status rests on the contract's facts, the notices recorded, the day, and the question. As long as none has
changed, the answer given before is the answer; its ``known_at`` says when it was worked out. Nothing here
is truth: it may be forgotten at any moment.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from starlette.responses import Response

from api.request_context import WORTH_COMPRESSING, RequestContext, compress
from ledger.projections.status import RULES
from ledger.service import CALENDAR, Ledger, Question
from ledger.store.encoding import encode

MOST_BYTES = 12 << 20

Bytes = tuple[bytes, bytes | None]


class ResponseCache:
    """The answers given last; the least recently used one is dropped first."""

    def __init__(self, ledger: Ledger, most_bytes: int = MOST_BYTES) -> None:
        self.ledger = ledger
        self._most = most_bytes
        self._size = 0
        self._kept: OrderedDict[tuple[object, ...], Bytes] = OrderedDict()
        self._lock = Lock()

    def give(self, context: RequestContext, contract: str, what: str, make: Callable[[Question], Any]) -> Response:
        """The answer to ``context`` about ``contract``; ``make`` is asked where it is not remembered."""
        asked = context.question
        state, tag = self.state(contract, asked)
        if context.unchanged(tag):
            return context.send(b"", tag=tag)
        found = self._made(contract, what, asked, state, lambda: encoded(make(asked)))
        return context.send(found[0], tag=tag, zipped=found[1])

    def recall(self, contract: str, what: str, asked: Question, make: Callable[[], Bytes]) -> Bytes:
        """What was made for this question while nothing it rests on has changed; ``make`` is asked otherwise."""
        return self._made(contract, what, asked, self.state(contract, asked)[0], make)

    def recall_of_all(self, what: str, asked: Question, make: Callable[[], Bytes]) -> Bytes:
        """The same of an answer that rests on every contract: remembered until anything is recorded."""
        state = self.ledger.store.leaf_count(), self._today()
        key = ("", what, state, *question_key(asked))
        found = self._recall(key)
        if found is None:
            found = make()
            self._keep(key, found)
        return found

    def _made(
        self, contract: str, what: str, asked: Question, state: object, make: Callable[[], Bytes]
    ) -> Bytes:  # fmt: skip
        key = (contract, what, state, *question_key(asked))
        found = self._recall(key)
        if found is None:
            found = make()
            if self.state(contract, asked)[0] == state:  # nothing was recorded meanwhile
                self._keep(key, found)
        return found

    def state(self, contract: str, asked: Question) -> tuple[object, str]:
        """What the answer rests on besides the question, and its ETag.

        The ETag is the contract's version; after a point follow today, where the answer also rests on it, the
        notices recorded here, and the rules: what an earlier program concluded is not "unchanged" by another's.
        """
        version = self.ledger.version(contract)
        notices = self.ledger.store.last_seq(CALENDAR)
        today = self._today()
        rest = [today] if asked.as_of is None else []
        rest += [f"c{notices}"] if notices else []
        rest += [f"r{RULES}"]
        return (version, notices, today), f'"{".".join([str(version), *rest])}"'

    def _today(self) -> str:
        return f"{self.ledger.day():%Y%m%d}"

    def _recall(self, key: tuple[object, ...]) -> Bytes | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _keep(self, key: tuple[object, ...], found: Bytes) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += _weight(found) - (_weight(before) if before else 0)
            self._kept[key] = found
            while self._size > self._most:
                self._size -= _weight(self._kept.popitem(last=False)[1])


def question_key(asked: Question) -> tuple[object, ...]:
    """What tells a question from others."""
    readings = tuple(sorted(asked.readings.items()))
    return asked.as_of, asked.known_at, asked.as_seen_by, readings, asked.sensitivity


def encoded(answer: Any) -> Bytes:
    """An answer as JSON, and compressed where that is worth it."""
    body = encode(answer)
    return body, compress(body) if len(body) >= WORTH_COMPRESSING else None


def _weight(found: Bytes) -> int:
    return 512 + len(found[0]) + len(found[1] or b"")


def version_tag(version: int) -> str:
    """The ETag of what rests on a contract's facts alone."""
    return f'"{version}"'
