"""How far an export is: whole percent by what has been done, never by the time it took."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Step = Literal["read", "documents", "recorded", "proved", "listed", "reported", "written", "whole"]

Counted = Callable[[int, int], None]
"""Told how many of how many are done."""

# What each step adds, about as it costs for a long contract with its report; without one that step is passed over.
_SHARES: dict[Step, int] = {
    "read": 25, "documents": 5, "recorded": 5, "proved": 10, "listed": 5, "reported": 40, "written": 9, "whole": 1,
}  # fmt: skip


class Progress:
    """Tells a listener each time the percentage has grown: 0 is not told, 100 only once the package is whole."""

    def __init__(self, tell: Callable[[int], None] | None = None) -> None:
        self._tell = tell
        self._told = 0

    def __call__(self, step: Step, done: int = 1, of: int = 1) -> None:
        """``done`` of ``of`` parts of a step are done. A step begun again takes nothing back."""
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
        """For who counts the parts of one step and need not know of the others."""
        return lambda done, of: self(step, done, of)


def unheard(done: int, of: int) -> None:
    """For counting that nobody listens to."""
