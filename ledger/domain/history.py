"""How corrections, retractions and rulings leave a contract's facts, and which facts depend on those gone (SPEC 2.2,
4.8).

An act deletes nothing. Once recorded it applies to its target whatever day is asked about; only the moment of knowledge
decides whether it is seen. The stream given ends at that moment, so an old answer comes out as it did then. Which acts
count is decided by :mod:`ledger.domain.claims`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from ledger.domain.admission_state import fact_number
from ledger.domain.calendar import parse_on
from ledger.domain.declare import NamedTuple, replace
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Fact, chronological
from ledger.domain.fact_data import flat_of, restate
from ledger.domain.rulings import FactRuled, rulings_of
from ledger.domain.terms import registered

CORRECTED, RETRACTED, ACKNOWLEDGED = "FactCorrected", "FactRetracted", "FactAcknowledged"
CONTESTED, JUDGED, AMENDED = "FactContested", "JudgmentEntered", "AmendmentAgreed"
CHANGING = frozenset({CORRECTED, RETRACTED})
NAMING = frozenset({*CHANGING, ACKNOWLEDGED, CONTESTED})
ACTS = NAMING | {JUDGED}


class Act(NamedTuple):
    """A fact as it acts on another; ``stands`` is what a judgment rules of that one."""

    fact: Fact
    stands: bool = True


Weigh = Callable[[Fact, Sequence[Act]], Sequence[Fact] | None]


class Outcome(dict[int, Fact | None]):
    """By seq, the facts that differ from what was recorded: as corrected, or None for those that no longer stand.

    ``by`` are the corrections behind a fact that is no act, in order of seq; ``corrections`` those that gave a fact,
    act or not, its final content and day.
    """

    def __init__(self) -> None:
        super().__init__()
        self.by: dict[int, Sequence[Fact]] = {}
        self.corrections: dict[int, Sequence[Fact]] = {}


def settle(facts: Sequence[Fact], weigh: Weigh, settled: Outcome | None = None) -> Outcome:
    """The facts as acts on them leave them, decided from the last to the first, since an act names an earlier fact.

    ``weigh`` gets a fact as recorded and the standing acts on it, as corrected, in order of seq; it returns the
    corrections and retractions that count, or None where the fact itself does not count. ``settled`` is filled
    meanwhile.
    """
    settled = Outcome() if settled is None else settled
    if ACTS.isdisjoint(map(attrgetter("type"), facts)):
        return settled
    seqs = numbering(facts)
    acts: dict[int, list[Act]] = {}
    for fact in reversed(facts):
        on_it = acts.pop(fact.seq, None)
        if on_it is None and fact.type not in ACTS:
            continue
        changing = weigh(fact, on_it[::-1] if on_it else ())
        if changing is None or any(one.type == RETRACTED for one in changing):
            settled[fact.seq] = None
            continue
        now = corrected(fact, changing) if changing else fact
        if now is not fact:
            settled[fact.seq] = now
            settled.corrections[fact.seq] = corrections_of(changing)
            if fact.type not in ACTS:
                settled.by[fact.seq] = changing
        for target, stands in _targets(now, seqs):
            acts.setdefault(target, []).append(Act(now, stands))
    return settled


def _targets(fact: Fact, seqs: Mapping[str, int]) -> Iterator[tuple[int, bool]]:
    """By seq, the facts that an act is on, with what a final judgment rules of each."""
    what: Any = fact.what
    if fact.type in NAMING:
        target = pointed(seqs, what.target, fact.seq)
        if target is not None:
            yield target, True
    elif fact.type == JUDGED and what.final:
        for ruling in rulings_of(what, FactRuled):
            target = pointed(seqs, ruling.fact, fact.seq)
            if target is not None:
                yield target, ruling.stands


def corrected(fact: Fact, corrections: Sequence[Fact]) -> Fact:
    """A fact as corrected: its data by the latest correction, its day by the latest that states one."""
    said: list[Any] = [one.what for one in corrections if one.type == CORRECTED]
    days = [what.on for what in said if what.on is not None]
    if said:
        fact = replace(fact, what=restate(fact.type, said[-1].data))
    if days:
        moment = parse_on(days[-1])
        fact = replace(fact, on=days[-1], day=moment.day, at=moment.at)
    return fact


def corrections_of(corrections: Sequence[Fact]) -> tuple[Fact, ...]:
    """The corrections that :func:`corrected` uses: the latest, and the latest that states a day."""
    said: list[Any] = [one for one in corrections if one.type == CORRECTED]
    days = [one for one in said if one.what.on is not None]
    return tuple(said[-1:] if days[-1:] == said[-1:] else [*days[-1:], *said[-1:]])


def resolve(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts as their speakers left them, whoever objects: every standing correction and retraction counts."""
    settled = settle(facts, lambda fact, acts: [act.fact for act in acts if act.fact.type in CHANGING])
    return kept(facts, settled)


def kept(facts: Sequence[Fact], settled: Outcome, left_out: frozenset[int] = frozenset()) -> Sequence[Fact]:
    """The facts as settled, without those that no longer stand and those ``left_out``."""
    if not settled and not left_out:
        return facts
    now = (settled.get(fact.seq, fact) for fact in facts if fact.seq not in left_out)
    return [fact for fact in now if fact is not None]


def numbering(facts: Iterable[Fact]) -> dict[str, int]:
    """The ``seq`` behind every ``id`` and ``ref`` (an ``id`` wins over another fact's ``ref``)."""
    seqs: dict[str, int] = {}
    named: dict[str, int] = {}
    for fact in facts:
        seqs[fact.ref] = fact.seq
        named[fact.id] = fact.seq
    return seqs | named


def pointed(seqs: Mapping[str, int], name: str, before: int) -> int | None:
    """The ``seq`` that the fact of number ``before`` means by an id, a ref, a seq or ``#seq``."""
    seq = seqs.get(name)
    if seq is not None and seq < before:
        return seq
    counted = fact_number(name)
    return counted if counted is not None and counted < before else None


# -- what hangs on facts that are gone ----------------------------------------------------------------


def without_orphans(facts: Sequence[Fact], since: Mapping[int, int]) -> list[Fact]:
    """Leave out the facts whose subject does not stand; identifiers merely mentioned are then read as not given.

    Of two facts that introduce one identifier the one recorded first counts; one renamed by a correction counts as
    recorded with the correction (``since``, by seq). An amendment that cannot be made is left out.
    """
    while True:
        holders: dict[tuple[str, Any], int] = {}
        for fact in sorted(facts, key=lambda one: since.get(one.seq, one.seq)) if since else facts:
            own = names_of(fact.type).own
            if own is not None:
                holders.setdefault((own.kind, own.take(fact.what)), fact.seq)
        fit = [fact for fact in facts if _hangs_on(fact, holders)]
        if len(fit) == len(facts):
            return _makeable([
                _without_dead_mentions(fact, holders) if _any_dead(fact, holders) else fact for fact in fit
            ])  # fmt: skip
        facts = fit


def _hangs_on(fact: Fact, holders: Mapping[tuple[str, Any], int]) -> bool:
    """Whether the fact's subject stands, and the fact's own identifier belongs to it."""
    own, subject, _ = names_of(fact.type)
    if own is not None and holders[own.kind, own.take(fact.what)] != fact.seq:
        return False
    named = None if subject is None else subject.take(fact.what)
    return subject is None or named is None or (subject.kind, named) in holders


def _any_dead(fact: Fact, live: Mapping[tuple[str, Any], int]) -> bool:
    for kind, take, _ in names_of(fact.type).mentions:
        value = take(fact.what)
        if value.__class__ is tuple:
            if any((kind, one) not in live for one in value):
                return True
        elif value is not None and (kind, value) not in live:
            return True
    return False


class _Name(NamedTuple):
    """A kind of identifier, and how to read it from a fact's data."""

    kind: str
    take: Callable[[Any], Any]
    of_parts: bool = False  # of the records of a list


class _Names(NamedTuple):
    """What facts of a type name: identifiers they introduce, are about, and mention."""

    own: _Name | None
    subject: _Name | None
    mentions: tuple[_Name, ...]


@cache
def names_of(type: str) -> _Names:
    """The identifiers that facts of a type name."""
    row = TYPES[type]
    own, subject = (
        None if one is None else _Name(one[0], attrgetter(one[1])) for one in (row.introduces, row.subject)
    )  # fmt: skip
    return _Names(own, subject, tuple(_mention(row.cls, *one) for one in row.mentions if one[0] != "about"))


def _mention(cls: type, kind: str, field: str) -> _Name:
    flat = flat_of(cls)
    if flat is not None and field in flat.fields:
        return _Name(kind, attrgetter(f"{flat.name}.{field}"))
    field, _, within = field.partition(".")
    if not within:
        return _Name(kind, attrgetter(field))
    each = attrgetter(within)
    return _Name(kind, lambda what: tuple(map(each, getattr(what, field) or ())), of_parts=True)


def introduced(fact: Fact) -> tuple[str, str] | None:
    """The identifier that a fact introduces."""
    own = names_of(fact.type).own
    return None if own is None else (own.kind, own.take(fact.what))


def subject_of(fact: Fact) -> tuple[str, str] | None:
    """The identifier that a fact is about; None where it is optional and left out."""
    subject = names_of(fact.type).subject
    named = None if subject is None else subject.take(fact.what)
    return None if subject is None or named is None else (subject.kind, named)


def rests_on(fact: Fact) -> Iterator[tuple[str, Any]]:
    """The identifiers without which a fact, or a part of it, does not count: its subject's, and those of its parts."""
    _, subject, mentions = names_of(fact.type)
    if subject is not None and (named := subject.take(fact.what)) is not None:
        yield subject.kind, named
    for part in mentions:
        if part.of_parts:
            for named in part.take(fact.what):
                yield part.kind, named


def _makeable(facts: list[Fact]) -> list[Fact]:
    """The facts without amendments that the terms as they stand here do not allow."""
    amendments = sorted((fact for fact in facts if fact.type == AMENDED), key=chronological)
    if not amendments:
        return facts
    registration: Any = facts[0].what
    version, unmade = registered(registration.terms), set()
    for fact in amendments:
        what: Any = fact.what
        try:
            version = version.amended(what.changes)
        except Refusal:
            unmade.add(fact.seq)
    return [fact for fact in facts if fact.seq not in unmade] if unmade else facts


def _without_dead_mentions(fact: Fact, live: Mapping[tuple[str, Any], int]) -> Fact:
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
