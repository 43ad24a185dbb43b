"""A view of the record: the facts that stand in it, and which of several statements on one thing counts (SPEC 2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ledger.domain.declare import NamedTuple
from ledger.domain.fact import Fact, chronological

_PLAIN, _AGREED, _OWN = range(3)


class View(NamedTuple):
    """The facts that stand in a view, in order of seq, each as corrected there; ``role`` is None for the record.

    ``agreed`` are the seqs of those that the other party acknowledged or a final judgment upheld, ``claimed`` those of
    the role's own claims, which stand in its view alone. ``corrections`` are, by seq, those that gave a fact what it
    says here and its day.
    """

    role: str | None
    facts: Sequence[Fact]
    agreed: frozenset[int] = frozenset()
    claimed: frozenset[int] = frozenset()
    corrections: Mapping[int, Sequence[Fact]] = {}

    def replaces(self, new: Fact, old: Fact) -> bool:
        """Whether ``new`` counts instead of ``old``, two facts of the view that state the same thing.

        Of one role's statements the later by (on, seq) counts; else a role's own claims in its view, then what is
        agreed, then the one recorded later. So a neutral role prevails over what was said before, and a party's later
        statement, which against it would be a claim, counts where it is an admission.
        """
        if new.speaker == old.speaker:
            return chronological(new) > chronological(old)
        return self._weight(new) > self._weight(old)

    def prevailing(self, said: Iterable[Fact]) -> Fact:
        """The one that counts of several facts that state the same thing: each role's latest, then as in
        :meth:`replaces`.
        """
        latest: dict[str, Fact] = {}
        for fact in sorted(said, key=chronological):
            latest[fact.speaker] = fact
        return max(latest.values(), key=self._weight)

    def _weight(self, fact: Fact) -> tuple[int, int]:
        if fact.seq in self.claimed:
            return _OWN, fact.seq
        if fact.seq in self.agreed:
            return _AGREED, fact.seq
        return _PLAIN, fact.seq
