"""How corrections and retractions leave the facts (SPEC 2.2, 4.8), updated act by act as they are recorded.

The latest standing correction decides what its target says, the latest that states ``on`` decides its day; a standing
retraction removes its target. Corrections and retractions can be corrected and retracted themselves; their effect is
then replaced or undone. An act names an earlier fact, so this ends.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable
from heapq import heappop, heappush

from ledger.domain.declare import dataclass, field
from ledger.domain.fact import What
from ledger.domain.fact_data import restate
from ledger.domain.facts.record import FactCorrected, FactRetracted

Act = FactCorrected | FactRetracted
ACTING = (FactCorrected, FactRetracted)


@dataclass(slots=True)
class _Acts:
    """The acts on one fact that stand, by seq; ``moving`` are the corrections that state ``on``."""

    retracting: list[int] = field(default_factory=list)
    correcting: list[int] = field(default_factory=list)
    moving: list[int] = field(default_factory=list)

    def drop(self, seq: int) -> None:
        for acts in (self.retracting, self.correcting, self.moving):
            place = bisect_left(acts, seq)
            if place < len(acts) and acts[place] == seq:
                del acts[place]


class Corrections:
    """Which facts are ``gone``, and the content and day of the others, by seq.

    A standing act is placed on its target. Where that changes a fact that is itself an act, that one is placed again,
    from the last fact to the first: acts on an act are settled before the act.
    """

    def __init__(self, target_of: Callable[[str, int], int | None], type_of: Callable[[int], str]) -> None:
        """``target_of`` gives the seq that a name means in the act of a seq, ``type_of`` the type of a fact."""
        self.gone: set[int] = set()
        self._target_of, self._type_of = target_of, type_of
        self._said: dict[int, Act] = {}  # every act, as recorded
        self._named: dict[int, int] = {}  # by act, the fact it acts on
        self._acts: dict[int, _Acts] = {}  # by that fact
        self._whats: dict[int, What] = {}  # what corrected facts say

    def what(self, seq: int) -> What | None:
        """What a fact says as last corrected; None where no standing correction changes it."""
        return self._whats.get(seq)

    def on(self, seq: int) -> str | None:
        """The ``on`` of a fact as last corrected; None where no correction that stands states one."""
        acts = self._acts.get(seq)
        if acts is None or not acts.moving:
            return None
        correction = self._now(acts.moving[-1])
        assert isinstance(correction, FactCorrected)
        return correction.on

    def act(self, seq: int, what: Act) -> dict[int, tuple[bool, What | None]]:
        """Take in an act; every fact it affected, with whether it was gone before and what it said then."""
        before: dict[int, tuple[bool, What | None]] = {}
        self._said[seq] = what
        self._place(seq, before)
        return before

    def forget(self, seq: int) -> None:
        """Undo the act of this seq."""
        del self._said[seq]
        self._place(seq, {})

    def _now(self, seq: int) -> Act:
        what = self._whats.get(seq)
        return what if isinstance(what, ACTING) else self._said[seq]

    def _place(self, seq: int, before: dict[int, tuple[bool, What | None]]) -> None:
        """Replace the act's former effect by what it says now, if it stands; likewise for the acts it changes."""
        waiting = [-seq]
        while waiting:
            one = -heappop(waiting)
            if one != seq:
                self._settle(one)
            if one == seq or one in self._said:
                for target in self._exchange(one, before):
                    if -target not in waiting:
                        heappush(waiting, -target)

    def _exchange(self, seq: int, before: dict[int, tuple[bool, What | None]]) -> set[int]:
        """Remove an act from its former target and place it on its present one; the facts affected."""
        old = self._named.pop(seq, None)
        if old is not None:
            self._acts[old].drop(seq)
        what = self._now(seq) if seq in self._said else None
        target = None if what is None or seq in self.gone else self._target_of(what.target, seq)
        if what is None or target is None or target >= seq:
            return set() if old is None else {old}
        self._remember(target, before)
        acts = self._acts.setdefault(target, _Acts())
        insort(acts.retracting if isinstance(what, FactRetracted) else acts.correcting, seq)
        if isinstance(what, FactCorrected) and what.on is not None:
            insort(acts.moving, seq)
        self._named[seq] = target
        return {target} if old is None else {old, target}

    def _remember(self, seq: int, before: dict[int, tuple[bool, What | None]]) -> None:
        """Note how a fact, and the fact it acts on, stand before they are affected."""
        one: int | None = seq
        while one is not None and one not in before:
            before[one] = one in self.gone, self._whats.get(one)
            one = self._named.get(one)

    def _settle(self, seq: int) -> None:
        """Apply a change of the acts on a fact."""
        acts = self._acts[seq]
        if acts.retracting:
            self.gone.add(seq)
        else:
            self.gone.discard(seq)
        self._whats.pop(seq, None)
        if acts.correcting:
            correction = self._now(acts.correcting[-1])
            assert isinstance(correction, FactCorrected)
            self._whats[seq] = restate(self._type_of(seq), correction.data)
