"""Chains of acts on acts: the facts at their end that an act changes by changing another act (SPEC 2.4).

To correct or retract a correction is to correct its target; a correction that names another target acts on that one
too. So whoever relies on a fact as corrected cannot be evaded by changing the correction.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from ledger.domain.declare import NamedTuple
from ledger.domain.fact import TYPES, Fact
from ledger.domain.history import CHANGING, CORRECTED, introduced, pointed
from ledger.domain.moments import parse_on

Named = tuple[str, Any]  # kind and identifier


class Taken(NamedTuple):
    """A name that a fact had ``since`` a seq and no longer has: ``gone``, or only moved."""

    named: Named
    since: int
    gone: bool


class Chains:
    """The chains of acts among a contract's facts, as recorded."""

    def __init__(self, facts: Sequence[Fact], by_seq: Mapping[int, Fact], seqs: Mapping[str, int]) -> None:
        self._facts, self._by_seq, self._seqs = facts, by_seq, seqs
        self._bottoms: dict[int, Fact] = {}

    def target(self, act: Fact) -> Fact:
        """The fact that a correction, retraction, acknowledgement or contest names."""
        what: Any = act.what
        return self._by_seq[pointed(self._seqs, what.target, act.seq) or 1]

    def bottom(self, fact: Fact) -> Fact:
        """The fact at the end of a chain of acts; a fact that is no act is its own end."""
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
        """The other target that a correction gives to the act ``fact`` or to an act on it."""
        what: Any = act.what
        said, found = what.data if act.type == CORRECTED and fact.type in CHANGING else {}, []
        while isinstance(said, dict) and isinstance(said.get("target"), str):
            seq = pointed(self._seqs, said["target"], fact.seq)
            if seq is not None:
                found.append(self._by_seq[seq])
            said = said.get("data")
        return found

    def beneath(self, act: Fact, fact: Fact) -> Iterator[Fact]:
        """What ``act`` changes by changing the act ``fact``, down to facts that are no acts."""
        if fact.type in CHANGING:
            for one in (self.target(fact), *self.redirected(act, fact)):
                yield one
                while one.type in CHANGING:
                    one = self.target(one)
                    yield one

    def takes_away(self, act: Fact, fact: Fact) -> Iterator[Taken]:
        """The names that the fact at the end of ``act``'s chain loses, by removal, renaming or moving, each with since
        when it had them.

        At the earliest since the act ``fact``: what is said between the two relates to what ``fact`` made of it.
        """
        for bottom, top in self._ends(act, fact):
            if introduced(bottom) is None:
                continue
            told = self._told.get(bottom.seq) or _Retold(bottom)
            kept = left = None
            if top.type == CORRECTED and act.type == CORRECTED:
                was = told.before(act.seq)
                now = _restated(bottom, act, was.at if fact is bottom else bottom.at)
                kept, left = now.named if now._replace(named=was.named) == was else None, now.named
            elif top.type == CORRECTED and told.one:
                continue
            elif top.type == CORRECTED and len(told.names) == 1:
                left = next(iter(told.names))
            for named, since in told.names.items():
                if named != kept:
                    yield Taken(named, max(since, fact.seq), gone=named != left)

    def _ends(self, act: Fact, fact: Fact) -> Iterator[tuple[Fact, Fact]]:
        """The facts that are no acts at the ends of ``act``'s chains, each with the act directly on it."""
        for above, one in ((act, fact), *((fact, other) for other in self.redirected(act, fact))):
            while one.type in CHANGING:
                above, one = one, self.target(one)
            yield one, above

    @cached_property
    def _told(self) -> dict[int, _Retold]:
        """By seq, what a corrected fact was recorded as and what corrections made of it."""
        found: dict[int, _Retold] = {}
        for act in self._facts:
            if act.type == CORRECTED and introduced(bottom := self.bottom(act)) is not None:
                found.setdefault(bottom.seq, _Retold(bottom)).take(bottom, act)
        return found


class _Told(NamedTuple):
    """How a neutral role identifies the fact it speaks of: its name, its kind where it has one, its moment."""

    named: Any  # kind and identifier
    kind: Any
    at: int


class _Retold:
    """What a fact was recorded as and what corrections made of it, in order of seq; ``names`` says since when it has
    each.

    ``one``: it never changed.
    """

    def __init__(self, fact: Fact) -> None:
        self._since, self._told = [fact.seq], [_recorded(fact)]
        self.names: dict[Named, int] = {self._told[0].named: fact.seq}
        self.one = True

    def take(self, fact: Fact, correction: Fact) -> None:
        told = _restated(fact, correction, self._told[-1].at)
        self._since.append(correction.seq)
        self._told.append(told)
        self.names.setdefault(told.named, correction.seq)
        self.one = self.one and told == self._told[0]

    def before(self, seq: int) -> _Told:
        """Its form before the fact of a number."""
        return self._told[bisect_left(self._since, seq) - 1]


def _recorded(fact: Fact) -> _Told:
    variants = TYPES[fact.type].variants
    return _Told(introduced(fact), None if variants is None else getattr(fact.what, variants[0]), fact.at)


def _restated(fact: Fact, correction: Fact, at: int) -> _Told:
    """What a correction of the fact, or of acts on it, makes of it; ``at`` where it states no day."""
    row = TYPES[fact.type]
    what: Any = correction.what
    said: Any = what.data
    stated: Any = what.on
    while isinstance(said, dict) and "target" in said:
        said, stated = said.get("data"), said.get("on")
    if not isinstance(said, dict) or row.introduces is None:
        return _recorded(fact)._replace(at=at)
    kind = None if row.variants is None else said.get(row.variants[0])
    return _Told((row.introduces[0], said.get(row.introduces[1])), kind, parse_on(stated).at if stated else at)
