"""Which facts stand: corrections, retractions and contests applied to a contract's stream (SPEC 2.2, 4.8).

A correction or retraction removes nothing. Once recorded it applies to its target whatever day is asked
about; only the moment of knowledge decides whether it is seen. The stream handed in already ends at that
moment, so an old answer comes out as it did then.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ledger.domain.admission_state import fact_number
from ledger.domain.calendar import parse_on
from ledger.domain.corrections import ACTING, Standing
from ledger.domain.fact import TYPES, Fact, chronological
from ledger.domain.fact_data import flat_of

CONTROL = frozenset({"FactCorrected", "FactRetracted", "FactContested", "FactAcknowledged"})


def standing(facts: Sequence[Fact], *, as_of: date | None = None, as_seen_by: str | None = None) -> list[Fact]:
    """The facts that stand, each as last corrected, in the order they were recorded.

    ``as_seen_by`` a role leaves out what that role contests as of ``as_of``, and what hangs on it.
    """
    if as_seen_by is not None and as_of is not None:
        contested = contests(facts, as_of)
        left_out = {seq for seq, roles in contested.items() if as_seen_by in roles and seq != 1}
        if left_out:
            facts = [fact for fact in facts if fact.seq not in left_out]
            return _without_orphans(resolve(facts))
    resolved = resolve(facts)
    if resolved is facts:
        return list(facts)
    return _without_orphans(resolved)


def resolve(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts as corrections and retractions leave them."""
    acting = [fact for fact in facts if isinstance(fact.what, ACTING)]
    if not acting:
        return facts
    seqs = numbering(facts)
    types = {fact.seq: fact.type for fact in facts}

    def target_of(name: str, before: int) -> int | None:
        target = pointed(seqs, name, before)
        return target if target in types else None

    standing = Standing(target_of, types.__getitem__)
    for fact in acting:
        what: Any = fact.what
        standing.act(fact.seq, what)
    return [_corrected(fact, standing) for fact in facts if fact.seq not in standing.gone]


def _corrected(fact: Fact, standing: Standing) -> Fact:
    what, on = standing.what(fact.seq), standing.on(fact.seq)
    if what is not None:
        fact = replace(fact, what=what)
    if on is not None:
        moment = parse_on(on)
        fact = replace(fact, on=on, day=moment.day, at=moment.at)
    return fact


def numbering(facts: Iterable[Fact]) -> dict[str, int]:
    """The ``seq`` behind every ``id`` and ``ref`` (an ``id`` wins over another fact's ``ref``)."""
    seqs: dict[str, int] = {}
    named: dict[str, int] = {}
    for fact in facts:
        seqs[fact.ref] = fact.seq
        named[fact.id] = fact.seq
    return seqs | named


def pointed(seqs: Mapping[str, int], name: str, before: int) -> int | None:
    """The ``seq`` a fact of number ``before`` means by an id, a ref, a seq or ``#seq``, the first that there was."""
    seq = seqs.get(name)
    if seq is not None and seq < before:
        return seq
    counted = fact_number(name)
    return counted if counted is not None and counted < before else None


class Contests:
    """Who contests which fact, as contests and acknowledgements are heard in the order of their moments.

    ``recorded`` are the facts they may name; ``open`` the roles by ``seq``, ``listed`` what is contested by its moment.
    """

    def __init__(self, recorded: Sequence[Fact]) -> None:
        self._recorded = recorded
        self._seqs: dict[str, int] | None = None
        self._standing: dict[int, Fact] = {}
        self.open: dict[int, set[str]] = {}
        self.listed: list[tuple[int, int, str]] = []

    def anew(self) -> Contests:
        """The same with nothing heard yet."""
        return Contests(self._recorded)

    def hear(self, fact: Fact) -> None:
        """An acknowledgement by the same role ends a contest."""
        if self._seqs is None:
            self._seqs = numbering(self._recorded)
            self._standing = {one.seq: one for one in resolve(self._recorded)}
        what: Any = fact.what
        target = pointed(self._seqs, what.target, fact.seq)
        if target is None:
            return
        roles = self.open.pop(target, set())
        before = bool(roles)
        if fact.type == "FactContested":
            roles.add(fact.by)
        else:
            roles.discard(fact.by)
        if roles:
            self.open[target] = roles
        if before != bool(roles) and target in self._standing:
            one = self._standing[target]
            place = bisect_left(self.listed, (one.at, one.seq))
            if roles:
                self.listed.insert(place, (one.at, one.seq, one.id))
            else:
                del self.listed[place]


def contests(facts: Sequence[Fact], as_of: date) -> dict[int, set[str]]:
    """Who contests which fact (by ``seq``) at the end of ``as_of``, by the contests among ``facts`` that stand."""
    said = [f for f in resolve(facts) if f.type in ("FactContested", "FactAcknowledged") and f.day <= as_of]
    heard = Contests(facts)
    for fact in sorted(said, key=chronological):
        heard.hear(fact)
    return heard.open


def _without_orphans(facts: Sequence[Fact]) -> list[Fact]:
    """Leave out the facts whose subject no longer stands; read what is merely mentioned as not given."""
    while True:
        holders = {named: fact.seq for fact in facts if (named := _introduces(fact)) is not None}
        kept = [fact for fact in facts if _hangs_on(fact, holders)]
        if len(kept) == len(facts):
            return [_without_dead_mentions(fact, holders) for fact in kept]
        facts = kept


def _hangs_on(fact: Fact, holders: Mapping[tuple[str, str], int]) -> bool:
    """Does what the fact is about stand, and does its own identifier still belong to it?

    Where a view leaves out a retraction, two facts may bring in one identifier: it belongs to the new one.
    """
    subject, introduces = _subject(fact), _introduces(fact)
    return (subject is None or subject in holders) and (introduces is None or holders[introduces] == fact.seq)


def _introduces(fact: Fact) -> tuple[str, str] | None:
    introduces = TYPES[fact.type].introduces
    return None if introduces is None else (introduces[0], getattr(fact.what, introduces[1]))


def _subject(fact: Fact) -> tuple[str, str] | None:
    subject = TYPES[fact.type].subject
    if subject is None or (named := getattr(fact.what, subject[1])) is None:
        return None
    return subject[0], named


def _without_dead_mentions(fact: Fact, live: Mapping[tuple[str, str], int]) -> Fact:
    what: Any = fact.what
    flat = flat_of(what.__class__)
    own: Any = getattr(what, flat.name) if flat is not None else None
    inner = own
    for kind, field in TYPES[fact.type].mentions:
        if flat is not None and field in flat.fields:
            if (kind, getattr(inner, field)) not in live:
                inner = replace(inner, **{field: None}) if getattr(inner, field) is not None else inner
        elif kind != "about":
            field, _, within = field.partition(".")
            value = getattr(what, field)
            if within and value is not None:  # records of a list, each of which names one
                alive: Any = tuple(one for one in value if (kind, getattr(one, within)) in live)
            elif value.__class__ is tuple:
                alive = tuple(name for name in value if (kind, name) in live)
            else:
                alive = value if (kind, value) in live else None
            what = what if alive == value else replace(what, **{field: alive})
    if inner is not own and flat is not None:
        what = replace(what, **{flat.name: inner})
    return fact if what is fact.what else replace(fact, what=what)
