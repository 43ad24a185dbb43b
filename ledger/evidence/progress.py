"""The progress of an export: whole percent by the work done, never by the time it took."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Step = Literal["read", "documents", "recorded", "proved", "listed", "reported", "written", "whole"]

Counted = Callable[[int, int], None]
"""Told how many of how many are done."""

# The share of each step, roughly its cost for a long contract with a report; without a report that step is skipped.
_SHARES: dict[Step, int] = {
    "read": 25, "documents": 5, "recorded": 5, "proved": 10, "listed": 5, "reported": 40, "written": 9, "whole": 1,
}  # fmt: skip


class Progress:
    """Calls a listener each time the percentage has grown: never with 0, with 100 only once the package is whole."""

    def __init__(self, tell: Callable[[int], None] | None = None) -> None:
        self._tell = tell
        self._told = 0

    def __call__(self, step: Step, done: int = 1, of: int = 1) -> None:
        """``done`` of ``of`` parts of a step are done. Repeating a step does not reduce the percentage."""
        if self._tell is None:
            return
        before = 0
        for name, share in _SHARES.items():
            if name == step:
                before += share * done // max(of, 1)
                break
            before += share
        if before > self._told:
            self._told = before
            self._tell(before)

    def of(self, step: Step) -> Counted:
        """The progress of one step, for code that does not know the other steps."""
        return lambda done, of: self(step, done, of)


def unheard(done: int, of: int) -> None:
    """Progress without a listener."""
