"""Which facts a package about something shows: those connected with what is named; the others stand as digests.

Connections are the identifiers that a fact introduces, is about or mentions; corrections, retractions, contests,
acknowledgements and attachments of it; and the facts it points at. A business system is only the setting: a fact that
names one draws in what the system is, not everything else that happened on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ledger.domain.admission_state import fact_number
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.facts.settlement import DemandMade
from ledger.domain.history import names_of, numbering, pointed, resolve

# Without these no other fact can be weighed: who agreed to what, and since when.
AGREEMENT = frozenset({
    "ContractRegistered", "ContractSigned", "LeaseStarted", "AmendmentAgreed", "ReadingAgreed",
})  # fmt: skip
_SCENE = "system"

Name = tuple[str, str]  # (kind, identifier)


class _Web:
    """The connections between the facts of one contract's stream."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.by_seq = {fact.seq: fact for fact in facts}
        self.seqs = numbering(facts)
        self.holders: dict[Name, list[int]] = defaultdict(list)  # bring it in, or are about it
        self.mentioning: dict[Name, list[int]] = defaultdict(list)
        self.kinds: dict[str, set[str]] = defaultdict(set)
        self.pointing: dict[int, list[int]] = defaultdict(list)  # seq -> the facts that point at it
        self.corrected = {fact.seq: fact for fact in resolve(facts)}
        for fact in (*facts, *self.corrected.values()):  # what was said first counts as well as what was meant
            for name in _held(fact):
                self.holders[name].append(fact.seq)
                self.kinds[name[1]].add(name[0])
            for name in _mentioned(fact):
                self.mentioning[name].append(fact.seq)
            for pointer in _pointers(fact):
                if (meant := self._meant(pointer, fact)) is not None:
                    self.pointing[meant].append(fact.seq)
        for fact in facts:  # once every identifier is known: ``about`` may hold one
            for name in self._pointed(fact):
                self.mentioning[name].append(fact.seq)

    def next_to(self, seq: int) -> Iterator[int]:
        """The facts directly connected with this one."""
        yield from self.pointing[seq]
        if self.by_seq[seq].type in AGREEMENT:
            return
        for fact in (self.by_seq[seq], self.corrected.get(seq, self.by_seq[seq])):
            yield from (one for pointer in _pointers(fact) if (one := self._meant(pointer, fact)) is not None)
            for name in self._names(fact):
                yield from self.holders[name]
                if name[0] != _SCENE:
                    yield from self.mentioning[name]

    def _meant(self, pointer: str, fact: Fact) -> int | None:
        """The fact a pointer means; what something of the contract is called by is no number of a fact."""
        if pointer in self.seqs:
            return self.seqs[pointer]
        return None if pointer in self.kinds else pointed(self.seqs, pointer, fact.seq)

    def _names(self, fact: Fact) -> Iterator[Name]:
        yield from _held(fact)
        yield from _mentioned(fact)
        yield from self._pointed(fact)

    def _pointed(self, fact: Fact) -> Iterator[Name]:
        for pointer in _pointers(fact):
            if self._meant(pointer, fact) is None:
                yield from ((kind, pointer) for kind in self.kinds.get(pointer, ()))

    def named(self, name: str) -> list[int]:
        """The facts a person means by an id, a ref or an identifier. Refusal SCOPE_UNKNOWN for nothing."""
        if name in self.seqs:
            return [self.seqs[name]]
        found = [
            seq for kind in sorted(self.kinds.get(name, ()))
            for seq in (*self.holders[kind, name], *self.mentioning[kind, name])
        ]  # fmt: skip
        counted = fact_number(name)
        if not found and counted in self.by_seq:
            return [counted]
        if not found:
            raise Refusal("SCOPE_UNKNOWN", "about", name=name)
        return found


def closure(facts: Sequence[Fact], about: Iterable[str]) -> set[int]:
    """The seqs of the facts connected with what is named: ids or refs of facts, identifiers of incidents, invoices,
    disputes …

    The agreement itself (registration, signatures, amendments, readings) is always included. Raises Refusal
    SCOPE_UNKNOWN.
    """
    web = _Web(facts)
    open_ = [seq for name in about for seq in web.named(name)]
    open_ += [fact.seq for fact in facts if fact.type in AGREEMENT]
    found: set[int] = set()
    while open_:
        seq = open_.pop()
        if seq not in found:
            found.add(seq)
            open_ += [other for other in web.next_to(seq) if other not in found]
    return found


def meant(facts: Sequence[Fact], names: Iterable[str]) -> set[int]:
    """The seqs of the facts that ids, refs or identifiers name. Refusal SCOPE_UNKNOWN."""
    web = _Web(facts)
    return {seq for name in names for seq in web.named(name)}


def with_what_is_said_of(facts: Sequence[Fact], ids: Iterable[str]) -> set[int]:
    """The seqs of these facts and of all that correct, retract, contest, acknowledge or attach to them."""
    web = _Web(facts)
    open_ = [web.seqs[one] for one in ids if one in web.seqs]
    found: set[int] = set()
    while open_:
        seq = open_.pop()
        if seq not in found:
            found.add(seq)
            open_ += web.pointing[seq]
    return found


def identifier(fact: Fact) -> str | None:
    """The identifier that the fact introduces or is about."""
    return next((name for _, name in _held(fact)), None)


def _held(fact: Fact) -> Iterator[Name]:
    names = names_of(fact.type)
    for naming in (names.own, names.subject):
        if naming is not None and (name := naming.take(fact.what)) is not None:
            yield naming.kind, str(name)


def _mentioned(fact: Fact) -> Iterator[Name]:
    for kind, take, _ in names_of(fact.type).mentions:
        given = take(fact.what)
        for name in given if isinstance(given, tuple) else (given,):
            if name is not None:
                yield kind, str(name)
    for holder in (fact.what, getattr(fact.what, "measures", None)):
        for field in ("root_cause", "ground"):  # one cause ties incidents and the notices about it (10.3)
            if (cause := getattr(holder, field, None)) is not None:
                yield "cause", str(cause)


def _pointers(fact: Fact) -> Iterator[str]:
    """The facts named by an id or ref; the id of an item of damages ends in the ref of the fact it rests on."""
    what: Any = fact.what
    for field in ("target", "about", "settlement"):
        one = getattr(what, field, None)
        if isinstance(one, str) and fact.type != "SettlementAgreed":  # which brings its own name in
            yield one
    yield from getattr(what, "facts", ()) if fact.type == "DisputeOpened" else ()
    debts = what.about if isinstance(what, DemandMade) else ()
    items = getattr(what, "items", ()) if fact.type in ("DamagesAgreed", "DamagesSettled") else ()
    for ruling in what.rulings if isinstance(what, JudgmentEntered) else ():
        items = (*items, *getattr(ruling, "items", ()))
        yield from (str(one) for field in ("incident", "fact") if (one := getattr(ruling, field, None)) is not None)
    for item in (*debts, *items):  # a debt is named by its kind and what raised it
        rest = str(item).partition(":")[2]
        yield rest
        yield rest.rpartition(":")[0]  # of a system
