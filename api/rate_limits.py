"""Rate limits: a token bucket for each client, in memory, or in a file that the workers of one server share."""

from __future__ import annotations

import mmap
import os
import tempfile
from collections import OrderedDict
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from hashlib import blake2b
from math import ceil
from struct import Struct
from typing import NamedTuple

MOST_REMEMBERED = 10_000
_BUCKET = Struct("<16sdd")  # whose, by a digest; tokens left; when last looked at
_PLACES, _TRIED = 1 << 14, 4  # of the file, and those where a client's bucket may stand, side by side
_RUN = _TRIED * _BUCKET.size


class Bucket(NamedTuple):
    """How many tokens a client had left at a moment (monotonic seconds, the same in every process)."""

    tokens: float
    at: float


class RateLimits:
    """``rate`` requests a second in the long run, ``burst`` at once. Used from the event loop only.

    With ``shared`` the limit holds over every process that has the same file; ``name`` tells limits in it apart.
    """

    def __init__(self, rate: float, burst: float, name: str = "", shared: SharedBuckets | None = None) -> None:
        self._rate = rate
        self._burst = burst
        self._name = name
        self._shared = shared
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def wait(self, who: str, now: float) -> int:
        """0 and one token taken, or the seconds until there is one; ``now`` is monotonic seconds."""
        if self._shared is not None:
            with self._shared.of(f"{self._name} {who}") as held:
                held["bucket"], seconds = self._turn(held.get("bucket"), now)
            return seconds
        self._buckets[who], seconds = self._turn(self._buckets.pop(who, None), now)
        if len(self._buckets) > MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return seconds

    def _turn(self, bucket: Bucket | None, now: float) -> tuple[Bucket, int]:
        tokens, before = bucket or Bucket(self._burst, now)
        tokens = min(self._burst, tokens + max(0.0, now - before) * self._rate)
        if tokens >= 1:
            return Bucket(tokens - 1, now), 0
        return Bucket(tokens, now), max(1, ceil((1 - tokens) / self._rate))


class SharedBuckets:
    """Buckets in a file without a name, which processes share by its descriptor; whoever was not heard of longest
    makes room."""

    def __init__(self, descriptor: int) -> None:
        self._file = descriptor
        self._bytes = mmap.mmap(descriptor, _PLACES * _BUCKET.size)

    @contextmanager
    def of(self, who: str) -> Iterator[MutableMapping[str, Bucket]]:
        """The ``bucket`` of a client, if it has one, and to be put there; no other process touches it meanwhile."""
        import fcntl  # there is none on Windows, and no workers

        whose = blake2b(who.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        first = int.from_bytes(whose[:4], "big") % (_PLACES - _TRIED) * _BUCKET.size
        fcntl.lockf(self._file, fcntl.LOCK_EX, _RUN, first)
        try:
            places = [(*_BUCKET.unpack_from(self._bytes, at), at) for at in range(first, first + _RUN, _BUCKET.size)]
            mine = next((place for place in places if place[0] == whose), None)
            held: dict[str, Bucket] = {} if mine is None else {"bucket": Bucket(mine[1], mine[2])}
            yield held
            at = mine[3] if mine is not None else min(places, key=lambda place: place[2])[3]
            _BUCKET.pack_into(self._bytes, at, whose, *held["bucket"])
        finally:
            fcntl.lockf(self._file, fcntl.LOCK_UN, _RUN, first)


@contextmanager
def shared_file() -> Iterator[int]:
    """The descriptor of an empty file for :class:`SharedBuckets`, gone once every process that has it has ended."""
    with tempfile.TemporaryFile() as file:
        os.truncate(file.fileno(), _PLACES * _BUCKET.size)
        yield file.fileno()
