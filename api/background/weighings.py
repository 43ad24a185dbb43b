"""What depends on readings, worked out in the background; the question itself is the address to ask again at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Lock

from api.response_cache import Bytes
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc

MOST_WAITING = 20
MOST_KEPT = 32  # answers, of which each is some hundred kilobytes at most

Key = tuple[object, ...]
Tell = Callable[[int], None]


class Interrupted(Exception):
    """The server stops."""


@dataclass(slots=True)
class Weighing:
    """One question being worked out: where the answer will be, ``progress`` in percent, ``asked_at`` in µs."""

    contract: str
    address: str
    asked_at: int
    answer: Future[Bytes] = field(default_factory=Future)
    progress: int = 0

    def shown(self) -> dict[str, object]:
        """Its JSON: its progress, and where the answer can be fetched."""
        return {"contract": self.contract, "progress": self.progress, "asked_at": format_utc(self.asked_at),
                "answer": self.address}  # fmt: skip


class Weighings:
    """The questions asked at one server, answered one after another; the last answers are kept for repeated requests.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "weighing")
        self._lock = Lock()
        self._asked: OrderedDict[Key, Weighing] = OrderedDict()
        self._stopping = False

    def known(self, key: Key) -> Weighing | None:
        """The question of that key, where it was asked here and did not fail."""
        with self._lock:
            return self._known(key)

    def begin(self, keys: Sequence[Key], asked: Weighing, make: Callable[[Tell], Bytes]) -> Weighing:
        """Have a question answered, to be found by any of ``keys``; simultaneous requests with the same first key share
        one answer. Refusal SERVER_BUSY where too many wait.
        """
        with self._lock:
            found = self._known(keys[0])
            if found is not None:
                return found
            if len({id(one) for one in self._asked.values() if not one.answer.done()}) >= MOST_WAITING:
                raise Refusal("SERVER_BUSY")
            asked.answer = self._pool.submit(make, self._teller(asked))
            self._asked |= dict.fromkeys(keys, asked)
            self._drop_oldest()
        return asked

    def _known(self, key: Key) -> Weighing | None:
        found = self._asked.get(key)
        if found is None or (found.answer.done() and not _succeeded(found)):
            return None
        self._asked.move_to_end(key)
        return found

    @staticmethod
    def within(asked: Weighing, seconds: float) -> Bytes | None:
        """The answer, if it comes within so many seconds. Raises what working it out raised; SERVER_BUSY at the end."""
        wait([asked.answer], 0 if asked.answer.done() else seconds)
        if not asked.answer.done():
            return None
        try:
            return asked.answer.result()
        except (CancelledError, Interrupted):
            raise Refusal("SERVER_BUSY") from None

    def stop(self) -> None:
        """End unfinished work; nothing is lost."""
        self._stopping = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _teller(self, weighing: Weighing) -> Tell:
        def tell(percent: int) -> None:
            if self._stopping:
                raise Interrupted
            weighing.progress = percent

        return tell

    def _drop_oldest(self) -> None:
        done = [key for key, one in self._asked.items() if one.answer.done()]
        for key in done[: max(0, len(self._asked) - MOST_KEPT)]:
            del self._asked[key]


def _succeeded(asked: Weighing) -> bool:
    return not asked.answer.cancelled() and asked.answer.exception() is None
