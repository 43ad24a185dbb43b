"""The set of items with the highest sum in which no two share an occurrence (10.3, SPEC 4.6), exactly or greedily.

Items that share an occurrence exclude each other, so this is a set packing. Each weight is the amount and, below it,
one bit for the item's place: then exactly one set is the best, and of sets with the same sum it is the one that keeps
the first item it can. An item that excludes everything another excludes, and is worth no more, is never in a better
set, so of the items of one report, or of one outage, a single one remains; the rest falls into small pieces, each of
which is solved once.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

EXACT = 40  # items: a larger tangle takes the dearest first
Choice = tuple[int, int]  # the weight of a set, and the set


def dearest(tangle: Sequence[tuple[Collection[Hashable], int | None]]) -> list[int]:
    """The places of the items that stand, of at most ``EXACT``: each has its occurrences and its amount in fen."""
    return list(_bits(_Tangle(tangle).best((1 << len(tangle)) - 1)[1]))


def dearest_first(tangle: Sequence[tuple[Collection[Hashable], int | None]]) -> list[int]:
    """The places of items taken greedily: always the most expensive one that shares nothing with those taken."""
    taken: set[Hashable] = set()
    stand: list[int] = []
    for place in sorted(range(len(tangle)), key=lambda place: (-(tangle[place][1] or 0), place)):
        occurrences = tangle[place][0]
        if taken.isdisjoint(occurrences):
            taken.update(occurrences)
            stand.append(place)
    return sorted(stand)


class _Tangle:
    """Items as bits of a mask; ``excluded[i]`` are those that share an occurrence with ``i``, including itself."""

    def __init__(self, tangle: Sequence[tuple[Collection[Hashable], int | None]]) -> None:
        many = len(tangle)
        self.weights = [((amount or 0) << many) | 1 << (many - 1 - place) for place, (_, amount) in enumerate(tangle)]
        resting: dict[Hashable, int] = {}
        for place, (occurrences, _) in enumerate(tangle):
            for occurrence in occurrences:
                resting[occurrence] = resting.get(occurrence, 0) | 1 << place
        self.excluded = [
            _together(resting[occurrence] for occurrence in occurrences) | 1 << place
            for place, (occurrences, _) in enumerate(tangle)
        ]
        self._solved: dict[int, Choice] = {0: (0, 0)}

    def best(self, left: int) -> Choice:
        """The best set among the items ``left``."""
        weight = chosen = 0
        for piece in self._pieces(self._worthwhile(left)):
            one, those = self._best_of_piece(piece)
            weight, chosen = weight + one, chosen | those
        return weight, chosen

    def _best_of_piece(self, piece: int) -> Choice:
        if piece not in self._solved:
            busiest = max(_bits(piece), key=lambda place: (self.excluded[place] & piece).bit_count())
            weight, chosen = self.best(piece & ~self.excluded[busiest])
            with_it = weight + self.weights[busiest], chosen | 1 << busiest
            alone = piece == 1 << busiest
            self._solved[piece] = with_it if alone else max(with_it, self.best(piece & ~(1 << busiest)))
        return self._solved[piece]

    def _worthwhile(self, left: int) -> int:
        """Without items that exclude everything a more expensive one excludes."""
        for place in _bits(left):
            excluded = self.excluded[place] & left
            if any(
                self.weights[other] > self.weights[place] and not self.excluded[other] & left & ~excluded
                for other in _bits(excluded & ~(1 << place))
            ):
                left &= ~(1 << place)
        return left

    def _pieces(self, left: int) -> Iterator[int]:
        """The items ``left``, divided into those connected by what they share."""
        while left:
            piece = fresh = left & -left
            while fresh:
                reached = _together(self.excluded[place] for place in _bits(fresh)) & left
                fresh, piece = reached & ~piece, piece | reached
            yield piece
            left &= ~piece


def _together(masks: Iterable[int]) -> int:
    """All of these together."""
    together = 0
    for mask in masks:
        together |= mask
    return together


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield (mask & -mask).bit_length() - 1
        mask &= mask - 1
