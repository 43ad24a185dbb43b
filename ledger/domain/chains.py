"""What an act on an act comes down to: the facts beneath it that it changes with the act it changes (SPEC 2.4).

To correct or take back a correction is to correct what that one corrected, and a correction that names another target
acts on that too. Who counts on a fact as corrected is not to be passed over by changing the correction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ledger.domain.fact import TYPES, Fact
from ledger.domain.history import CHANGING, CORRECTED, introduced, pointed

Named = tuple[str, Any]


class Chains:
    """The chains of acts among a contract's facts, as they were recorded."""

    def __init__(self, facts: Sequence[Fact], by_seq: Mapping[int, Fact], seqs: Mapping[str, int]) -> None:
        self._facts, self._by_seq, self._seqs = facts, by_seq, seqs
        self._bottoms: dict[int, Fact] = {}

    def target(self, act: Fact) -> Fact:
        """What a correction, retraction, acknowledgement or contest names."""
        what: Any = act.what
        return self._by_seq[pointed(self._seqs, what.target, act.seq) or 1]

    def bottom(self, fact: Fact) -> Fact:
        """The fact that acts on acts come down to; a fact that is no act, itself."""
        seen: list[int] = []
        while fact.type in CHANGING:
            known = self._bottoms.get(fact.seq)
            if known is not None:
                fact = known
                break
            seen.append(fact.seq)
            fact = self.target(fact)
        self._bottoms |= dict.fromkeys(seen, fact)
        return fact

    def redirected(self, act: Fact, fact: Fact) -> list[Fact]:
        """What a correction of the act ``fact``, or of an act on it, says that it acts on instead."""
        what: Any = act.what
        said, found = what.data if act.type == CORRECTED and fact.type in CHANGING else {}, []
        while isinstance(said, dict) and isinstance(said.get("target"), str):
            seq = pointed(self._seqs, said["target"], fact.seq)
            if seq is not None:
                found.append(self._by_seq[seq])
            said = said.get("data")
        return found

    def beneath(self, act: Fact, fact: Fact) -> Iterator[Fact]:
        """What ``act`` on the act ``fact`` changes with it, down to the facts that are no acts."""
        if fact.type in CHANGING:
            for one in (self.target(fact), *self.redirected(act, fact)):
                yield one
                while one.type in CHANGING:
                    one = self.target(one)
                    yield one

    def takes_away(self, act: Fact, fact: Fact) -> Iterator[tuple[Named, int]]:
        """What the fact that ``act`` comes down to is called and may be called no more, each with since when it is.

        Since the act ``fact`` at the earliest: what is said between the two is said of it as ``fact`` left it.
        """
        for bottom, top in self._ends(act, fact):
            own = introduced(bottom)
            if own is None:
                continue
            names = [(own, bottom.seq), *self._renamed.get(bottom.seq, ())]
            if top.type == CORRECTED and act.type == CORRECTED:
                kept = _called(bottom, act)
                names = [(named, since) for named, since in names if named != kept]
            elif top.type == CORRECTED and len({named for named, _ in names}) == 1:
                continue
            yield from ((named, max(since, fact.seq)) for named, since in names)

    def _ends(self, act: Fact, fact: Fact) -> Iterator[tuple[Fact, Fact]]:
        """The facts that are no acts to which ``act`` comes down, each with the act right above it."""
        for above, one in ((act, fact), *((fact, other) for other in self.redirected(act, fact))):
            while one.type in CHANGING:
                above, one = one, self.target(one)
            yield one, above

    @cached_property
    def _renamed(self) -> dict[int, list[tuple[Named, int]]]:
        """By seq, what corrections call a fact instead, each with the number of the correction."""
        found: dict[int, list[tuple[Named, int]]] = {}
        for act in self._facts:
            if act.type == CORRECTED:
                bottom = self.bottom(act)
                named = _called(bottom, act)
                if named is not None and named != introduced(bottom):
                    found.setdefault(bottom.seq, []).append((named, act.seq))
        return found


def _called(fact: Fact, correction: Fact) -> Named | None:
    """What a correction, of the fact or of acts on it, calls the fact; None where it brings in no identifier."""
    introduces = TYPES[fact.type].introduces
    said: Any = correction.what
    said = said.data
    while isinstance(said, dict) and "target" in said:
        said = said.get("data")
    if introduces is None or not isinstance(said, dict) or introduces[1] not in said:
        return None
    return introduces[0], said[introduces[1]]
