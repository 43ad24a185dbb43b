"""Rate limits: a token bucket for each client, in memory."""

from __future__ import annotations

from collections import OrderedDict
from math import ceil

MOST_REMEMBERED = 10_000


class RateLimits:
    """``rate`` requests a second in the long run, ``burst`` at once. Used from the event loop only."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, who: str, now: float) -> int:
        """0 and one token taken, or the seconds until there is one; ``now`` is monotonic seconds."""
        tokens, before = self._buckets.pop(who, (self._burst, now))
        tokens = min(self._burst, tokens + (now - before) * self._rate)
        taken = tokens >= 1
        self._buckets[who] = (tokens - 1 if taken else tokens, now)
        if len(self._buckets) > MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return 0 if taken else max(1, ceil((1 - tokens) / self._rate))
