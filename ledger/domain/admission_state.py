"""What admission needs to know of a contract's stream, updated with each fact, so that the next can be admitted at
once.

Which identifiers are in use, and by which fact; which are free again; what each fact says as last corrected; the terms
as amended. A retraction frees an identifier; retracting the retraction takes it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Protocol, TypeVar, cast
from weakref import proxy

from ledger.domain.calendar import Calendar
from ledger.domain.corrections import ACTING, Corrections
from ledger.domain.declare import NamedTuple
from ledger.domain.fact import KINDS, TYPES, Document, What
from ledger.domain.facts.agreement import AmendmentAgreed, ContractRegistered
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.facts.record import FactCorrected, FactRetracted
from ledger.domain.moments import parse_on
from ledger.domain.template import Template, template_of
from ledger.domain.terms import Version, registered
from ledger.domain.values import to_the_eye

Identifier = tuple[str, object]  # (kind, identifier)
Derived = TypeVar("Derived")
When = tuple[int, int]  # (at, seq)
_REGISTERED: When = (-(2**63), 0)  # before every amendment, whatever its day
OF_THE_TERMS = (AmendmentAgreed, ContractRegistered)
SETTLED_ANEW = (*ACTING, *OF_THE_TERMS)  # to change one of these touches other facts


class Entry(Protocol):
    """A fact of the stream: a stored ``Fact``, or one ``Admitted`` that is about to be stored."""

    @property
    def type(self) -> str: ...
    @property
    def on(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def at(self) -> int: ...
    @property
    def by(self) -> str: ...
    @property
    def actor(self) -> str: ...
    @property
    def ref(self) -> str | None: ...
    @property
    def what(self) -> What: ...
    @property
    def documents(self) -> tuple[Document, ...]: ...


class Entries(Protocol):
    """The facts of a stream in order of seq: a list, or what reads them back."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Entry]: ...
    def __getitem__(self, place: int, /) -> Entry: ...
    def append(self, entry: Entry, /) -> None: ...


def fact_number(name: str) -> int | None:
    """The seq that ``12`` or ``#12`` states, None where the text is no number of a fact."""
    digits = name.removeprefix("#")
    return int(digits) if len(digits) <= 10 and digits.isascii() and digits.isdigit() and digits[0] != "0" else None


class Moves(NamedTuple):
    """What an act changes: the identifiers of facts (seq, before, after), and whether it may change the terms."""

    identifiers: list[tuple[int, Identifier | None, Identifier | None]]
    terms: bool


def _introduced(what: What) -> Identifier | None:
    """The identifier that a fact with this content introduces."""
    introduces = TYPES[what.__class__.__name__].introduces
    return None if introduces is None else (introduces[0], getattr(what, introduces[1]))


class AdmissionState:
    """What admission knows of one contract's stream; ``add`` its facts in the order of their seq.

    ``entries[seq - 1]`` is a fact, ``refs`` its seq by ref, ``holders`` the seq of the standing fact that introduced an
    identifier, ``ever`` that of the latest fact to introduce it, standing or not. ``judgments`` are the judgments by
    every dispute that one was ever said to decide. ``items`` are the ids of the items of
    damages, as of a day and by a calendar; None once a fact may have changed them. The facts are kept in ``entries``
    and the names in tables that ``table`` makes, both empty; in memory if left out.
    """

    __slots__ = (
        "__weakref__", "_alike", "_made", "_of_terms", "_prefix", "amendments", "contract", "entries", "ever",
        "holders", "items", "judgments", "refs", "standing",
    )  # fmt: skip

    def __init__(
        self, contract: str, facts: Iterable[Entry] = (), entries: Entries | None = None,
        table: Callable[[], MutableMapping[Any, Any]] = dict,
    ) -> None:  # fmt: skip
        self.contract = contract
        self._prefix = f"{contract}#"
        self.entries: Entries = [] if entries is None else entries
        self.refs: MutableMapping[str, int] = table()
        self.holders: MutableMapping[Identifier, int] = table()
        self.ever: MutableMapping[Identifier, int] = table()
        # By what they look like: the identifiers in use.
        self._alike: MutableMapping[Identifier, tuple[object, ...]] = table()
        me = proxy(self)  # in a circle, states of contracts that are forgotten would stay until the collector comes by
        self.standing = Corrections(lambda name, before: me.seq_of(name, before), lambda seq: me.entries[seq - 1].type)
        self.amendments: list[int] = []
        self.judgments: dict[str, tuple[int, ...]] = {}
        self.items: tuple[date, Calendar, set[str]] | None = None
        self._made: list[tuple[When, Version]] | None = None
        self._of_terms: dict[Callable[..., Any], Any] = {}
        for fact in facts:
            self.add(fact)

    @property
    def template(self) -> Template:
        """The template of the contract, by its terms as registered."""
        registered: Any = self.entries[0].what
        return template_of(registered.terms["contract"]["template"])

    @property
    def version(self) -> int:
        """The seq of the last fact, 0 where there is none."""
        return len(self.entries)

    def add(self, entry: Entry) -> int:
        """Add the next fact; returns its seq."""
        self.entries.append(entry)
        seq = len(self.entries)
        if self.items is not None:
            self._keep_items(seq, entry)
        self.refs[self.next_ref(seq) if entry.ref is None else entry.ref] = seq
        what = entry.what
        introduces = TYPES[what.__class__.__name__].introduces
        if introduces is not None:
            self._hold((introduces[0], getattr(what, introduces[1])), seq)
        elif isinstance(what, ACTING):
            self._act(seq, what)
        elif isinstance(what, AmendmentAgreed):
            self.amendments.append(seq)
            self._amended(seq, what)
        elif isinstance(what, JudgmentEntered):
            self._judged(seq, what)
        return seq

    def _keep_items(self, seq: int, entry: Entry) -> None:
        """Keep the items, where it is known what the fact adds to them."""
        template = self.template
        adds = template.adds_items.get(entry.type)
        more = None if adds is None else adds(self.next_ref(seq) if entry.ref is None else entry.ref, entry.what)
        if more is None:
            self.items = None
        elif self.items is not None:
            self.items[2].update(more)

    def _judged(self, seq: int, what: JudgmentEntered) -> None:
        before = self.judgments.get(what.dispute, ())
        if seq not in before:
            self.judgments[what.dispute] = (*before, seq)

    def next_ref(self, seq: int) -> str:
        """The ref of a fact that came without one: its seq, or its id where a client has used that number as a ref."""
        return f"{self._prefix}{seq}" if str(seq) in self.refs else str(seq)

    def id_of(self, seq: int) -> str:
        """The id of a fact, ``{contract}#{seq}``."""
        return f"{self._prefix}{seq}"

    def is_an_id(self, name: str) -> bool:
        """Whether ``name`` has the form of this contract's fact ids."""
        return name.startswith(self._prefix) and name[len(self._prefix):].isdigit()

    def seq_of(self, name: str, before: int | None = None) -> int | None:
        """The seq of the fact that an id, a ref, a seq or ``#seq`` names, tried in this order; None where there is
        none.

        ``before``: as the fact of that seq meant it, whatever refs were added since.
        """
        if name.startswith(self._prefix):
            number = name[len(self._prefix):]
            if number.isascii() and number.isdigit() and number[0] != "0" and len(number) <= 10:
                seq = int(number)
                if seq <= len(self.entries):
                    return seq
        last = len(self.entries) if before is None else before - 1
        named = self.refs.get(name)
        if named is not None and named <= last:
            return named
        counted = fact_number(name)
        return counted if counted is not None and counted <= last else None

    def answering(self, name: str) -> dict[int, str]:
        """The facts that a name may mean, by seq, each with the kind of identifier it is there (a key of KINDS).

        The kind is ``""`` where the name is the fact's id, ref or number; a ref that equals its own fact's identifier
        counts once.
        """
        seq = self.seq_of(name)
        called = {self.holders[kind, name]: kind for kind in KINDS if (kind, name) in self.holders}
        return ({} if seq is None else {seq: ""}) | called

    def alike(self, identifier: Identifier) -> list[Identifier]:
        """Other identifiers of the kind in use that look the same as this one."""
        kind, value = identifier
        return [(kind, other) for other in self._alike.get((kind, to_the_eye(value)), ()) if other != value]

    def what(self, seq: int) -> What:
        """What a fact says, as last corrected."""
        return self.standing.what(seq) or self.entries[seq - 1].what

    # --- corrections and retractions ---------------------------------------------------------------

    def _hold(self, identifier: Identifier, seq: int) -> None:
        self.holders[identifier] = seq
        self.ever[identifier] = seq
        kind, value = identifier
        seen = to_the_eye(value)
        look = identifier if seen == value else (kind, seen)  # mostly the same, and then one object serves
        alike = self._alike.get(look, ())
        if value not in alike:
            self._alike[look] = (*alike, value)

    def _act(self, seq: int, what: FactCorrected | FactRetracted) -> None:
        moves = self._moves(self.standing.act(seq, what))
        if moves.terms:
            self._terms_changed()
        for moved, before, _ in moves.identifiers:
            self._exchange(moved, before, None)
        for moved, _, after in moves.identifiers:
            self._exchange(moved, None, after)

    @contextmanager
    def supposing(self, what: FactCorrected | FactRetracted) -> Iterator[Moves]:
        """What one more correction or retraction changes; within the ``with`` block the facts, but not their names, are
        as it leaves them.
        """
        seq = self.version + 1
        before = self.standing.act(seq, what)
        try:
            yield self._moves(before)
        finally:
            self.standing.forget(seq)

    def _moves(self, before: Mapping[int, tuple[bool, What | None]]) -> Moves:
        found = []
        for seq in sorted(before):
            gone, what = before[seq]
            was = None if gone else _introduced(what or self.entries[seq - 1].what)
            is_ = None if seq in self.standing.gone else _introduced(self.what(seq))
            if was != is_:
                found.append((seq, was, is_))
        for seq in before:
            if isinstance(now := self.what(seq), JudgmentEntered):
                self._judged(seq, now)
        terms = any(isinstance(self.entries[seq - 1].what, OF_THE_TERMS) for seq in before)
        return Moves(found, terms)

    def _exchange(self, seq: int, before: Identifier | None, after: Identifier | None) -> None:
        if before is not None and self.holders.get(before) == seq:
            del self.holders[before]
            look = before[0], to_the_eye(before[1])
            self._alike[look] = tuple(one for one in self._alike[look] if one != before[1])
        if after is not None:
            self._hold(after, seq)

    # --- terms -------------------------------------------------------------------------------------

    def document(self) -> dict[str, Any]:
        """The terms as amended so far, with every standing amendment, including those that take effect later."""
        return self._versions[-1][1].document

    def of_terms(self, make: Callable[[Sequence[Mapping[str, Any]]], Derived]) -> Derived:
        """The result of ``make`` for the terms as registered and after each amendment; kept until they change."""
        if make not in self._of_terms:
            self._of_terms[make] = make([version.document for _, version in self._versions])
        return cast(Derived, self._of_terms[make])

    @property
    def _versions(self) -> list[tuple[When, Version]]:
        """The terms as registered, then after each amendment in the order of their days, with the moment it was agreed.
        """
        if self._made is None:
            self._made = self._make()
        return self._made

    def _terms_changed(self) -> None:
        self._made = None
        self._of_terms.clear()

    def _amended(self, seq: int, what: AmendmentAgreed) -> None:
        when = self.entries[seq - 1].at, seq
        if self._made is not None and when > self._made[-1][0]:
            self._made.append((when, self._made[-1][1].amended(what.changes)))
            self._of_terms.clear()
        else:
            self._terms_changed()

    def _make(self, more: tuple[tuple[When, AmendmentAgreed], ...] = ()) -> list[tuple[When, Version]]:
        registration: Any = self.what(1)
        amendments: list[tuple[When, Any]] = [
            ((self.at(seq), seq), self.what(seq)) for seq in self.amendments if seq not in self.standing.gone
        ]
        made = [(_REGISTERED, registered(registration.terms))]
        for when, amendment in sorted([*amendments, *more], key=lambda one: one[0]):
            made.append((when, made[-1][1].amended(amendment.changes)))
        return made

    def at(self, seq: int) -> int:
        """When a fact happened, as last corrected, in µs."""
        on = self.standing.on(seq)
        return self.entries[seq - 1].at if on is None else parse_on(on).at

    def check_amendment(self, at: int, what: AmendmentAgreed) -> None:
        """Raise Refusal where the terms contradict themselves, now or later, with one more amendment agreed ``at``."""
        when = at, self.version + 1
        last, version = self._versions[-1]
        if when > last:
            version.amended(what.changes)
        else:
            self._make(((when, what),))

    def check_terms(self) -> None:
        """Raise Refusal where the terms contradict themselves, as registered or after any amendment."""
        self._make()
