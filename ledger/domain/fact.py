"""A fact, and the declaration of a fact type: everything about a type stands at its class (SPEC 2.2).

    @fact("9.1", zh="开具发票", en="invoice issued", actors=B, introduces=INVOICE,
          meaning="乙方就某一期付款向甲方开具发票。", labels={"instalment": ("期次", "instalment")})
    class InvoiceIssued:
        "Party B gave party A an invoice for an instalment (Art. 9.1, 9.2)."

        invoice: Identifier
        instalment: Count
        amount: Money

From that follow parsing, the stored bytes, admission of identifiers, JSON schema, labels and help. ``TYPES`` has every
type declared so far, by name; names are stable for ever, for they stand in the stored bytes (``InvoiceIssued.v1``).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias, TypeVar, dataclass_transform

from ledger.domain.declare import NamedTuple, dataclass, record
from ledger.domain.errors import Refusal
from ledger.domain.moments import beijing_day
from ledger.domain.values import quoted
from ledger.domain.words import Said

PARTY_A, PARTY_B = "party_a", "party_b"
SUPERVISOR, INTEGRATOR, ADMINISTRATOR, AUDITOR = "supervisor", "integrator", "administrator", "auditor"
ROLES = (PARTY_A, PARTY_B, SUPERVISOR, INTEGRATOR, ADMINISTRATOR, AUDITOR)
PARTIES = (PARTY_A, PARTY_B)
NEUTRALS = (SUPERVISOR, ADMINISTRATOR)
OTHER_PARTY = {PARTY_A: PARTY_B, PARTY_B: PARTY_A}
WRITERS = (PARTY_A, PARTY_B, SUPERVISOR, INTEGRATOR, ADMINISTRATOR)

# Roles that do or observe what a type tells, as declarations abbreviate them.
A, B, S, M, AB = (PARTY_A,), (PARTY_B,), (SUPERVISOR,), (ADMINISTRATOR,), (PARTY_A, PARTY_B)
AS, ABS, ASM, BM = (*A, *S), (*AB, *S), (*A, *S, *M), (*B, *M)

What: TypeAlias = Any  # an instance of a declared type; which types there are is the agreements' to say
ITEM, READING, OPTION, DEBT, NOTICE = "damages item", "reading", "option", "debt", "notice served"
"""What a field may name beside what facts introduce: an option is one of the reading beside it."""
Naming = tuple[str, str]  # (kind of identifier, field that holds it)
Data = dict[str, Any]
Happened = TypeVar("Happened")


class Saying(NamedTuple):
    """How a statement of this type affects what was said before, which decides by whose word it is of record (SPEC
    2.4).

    ``things`` gives what the fact is a statement on, each hashable: among one role's statements on a thing the latest
    counts, and a party's statement is a claim where another role already made one of record. ``restates``: it replaces
    what the fact about its subject says. ``favours``: the roles that it relieves, on whose word alone it is only a
    claim. ``binds``: after a neutral role has said it, nobody can take back alone the report that it is about.
    ``done``: the speaker performs the act by saying so, so nobody can dispute it. ``relied_on``: its speaker acts on
    what the other party said before, which that party can then no longer take back alone; ``ends``: such an act that
    ends the contract, after which an earlier performance needs a document. ``performs``: it fulfils an obligation of
    its actor. ``core`` gives what remains of a disputed fact on which a neutral role's word, an agreement or a ruling
    rests.
    """

    things: Callable[[Any], Iterable[Hashable]] | None = None
    restates: bool = False
    favours: tuple[str, ...] = ()
    binds: bool = False
    done: bool = False
    relied_on: bool = False
    ends: bool = False
    performs: bool = False
    core: Callable[[Any], Any] | None = None


SAID = Saying()
DONE = Saying(done=True)
PERFORMED = Saying(performs=True)
RELIED_ON = Saying(relied_on=True)
DONE_AND_RELIED_ON = Saying(done=True, relied_on=True)


class FactType(NamedTuple):
    """The declaration of a fact type.

    ``actors``: the roles that may do or observe it. A party may report it of any of them, other roles of themselves
    only; ``own``: nobody reports it of another. ``introduces``: the identifier that the fact brings in; ``subject``:
    the identifier it is about (when the fact that introduced that is retracted, this one no longer counts);
    ``mentions``: identifiers merely mentioned; ``personal``: the fields whose values are stored as commitments only.
    ``first``: it is handled before the other facts of its day, because rules about a whole day look it up. ``waits``:
    it counts only once its subject exists. ``ledgers``: only the ledger itself records it; ``served``: it is a notice,
    whose arrival NoticeServed reports; ``debt``: the kind of obligation to pay that it raises under its identifier;
    ``stranger``: the code of the Refusal when a role does it that may not. ``variants``: the field that says which
    fields of a flat record may be stated, and which those are. ``one_of``: fields of which exactly one is stated.
    ``check`` judges the data as a whole (Refusal),
    ``admit`` judges the assertion against what is known of the contract; ``upcasts`` turns the data of version n into
    that of n + 1; ``saying`` says how it affects earlier statements.

    ``meaning`` is the Chinese counterpart of the docstring. ``labels`` name the type's own fields, where the name of
    what the field refers to, or of its shape, does not serve; ``example`` adds values of optional fields to the example
    to copy (:mod:`ledger.domain.fact_words`). ``headings`` are further column headings under which tables made
    elsewhere have a field (:mod:`ledger.importers.columns`). ``usual``: the roles that report it month by month, to
    whom it is offered first. ``chosen``: the fields that name something that exists already and is no identifier, by
    what it is: :data:`DEBT`, :data:`ITEM`, :data:`NOTICE`, a :data:`READING` with its :data:`OPTION`, or a list of the
    terms by its path.
    """

    cls: type
    name: str
    version: int
    article: str
    zh: str
    en: str
    actors: tuple[str, ...]
    introduces: Naming | None = None
    subject: Naming | None = None
    mentions: tuple[Naming, ...] = ()
    personal: frozenset[str] = frozenset()
    first: bool = False
    waits: bool = True
    ledgers: bool = False
    stranger: str = "BY_NOT_ALLOWED"
    own: bool = False
    served: bool = False
    debt: str = ""
    variants: tuple[str, Mapping[str, frozenset[str]]] | None = None
    one_of: tuple[str, ...] = ()
    check: Callable[[Any, str], None] | None = None
    admit: Callable[[Any], None] | None = None
    upcasts: Mapping[int, Callable[[Data], Data]] = {}
    saying: Saying = SAID
    meaning: str = ""
    labels: Mapping[str, Said] = {}
    example: Mapping[str, Any] = {}
    headings: Mapping[str, tuple[str, ...]] = {}
    usual: tuple[str, ...] = ()
    chosen: Mapping[str, str] = {}

    @property
    def by(self) -> tuple[str, ...]:
        """The roles that may say it: those that may do it and, unless ``own``, the parties, who may report it of
        others.
        """
        return self.actors if self.own else tuple(role for role in ROLES if role in self.actors or role in PARTIES)

    @property
    def stored_name(self) -> str:
        """The stable name in the stored bytes, ``InvoiceIssued.v1``."""
        return f"{self.name}.v{self.version}"


TYPES: dict[str, FactType] = {}


class Kind(NamedTuple):
    """What an identifier of a kind names, for a person to read, and such an identifier."""

    zh: str
    en: str
    example: Any


KINDS: dict[str, Kind] = {}


def kind(name: str, zh: str, en: str, example: Any) -> str:
    """Declare a kind of identifier. Raises ValueError where another agreement calls something else by that name."""
    declared = KINDS.setdefault(name, Kind(zh, en, example))
    if declared[:2] != (zh, en):
        raise ValueError(f"two kinds of identifier are called {name}: {declared.zh} and {zh}")
    return name


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(
    article: str = "", *, zh: str, en: str, actors: tuple[str, ...], introduces: str | Naming | None = None,
    subject: str | Naming | None = None, mentions: tuple[str | Naming, ...] = (), first: bool = False,
    waits: bool = True, ledgers: bool = False, stranger: str = "BY_NOT_ALLOWED",
    own: bool = False, served: bool = False, debt: str = "",
    variants: tuple[str, Mapping[str, frozenset[str]]] | None = None, one_of: tuple[str, ...] = (),
    check: Callable[[Any, str], None] | None = None,
    admit: Callable[[Any], None] | None = None, upcasts: Mapping[int, Callable[[Data], Data]] | None = None,
    saying: Saying = SAID,
    meaning: str, labels: Mapping[str, Said] | None = None, example: Mapping[str, Any] | None = None,
    headings: Mapping[str, tuple[str, ...]] | None = None, usual: tuple[str, ...] = (),
    chosen: Mapping[str, str] | None = None,
) -> Callable[[type[Happened]], type[Happened]]:  # fmt: skip
    """Declare a class to be a fact type: an immutable record, with the parameters of :class:`FactType`.

    A kind of identifier given without a field means the field of the same name. Raises ValueError where the name of the
    type is taken.
    """

    def declare(cls: type[Happened]) -> type[Happened]:
        made = record(cls)
        if made.__name__ in TYPES:
            raise ValueError(f"two fact types are called {made.__name__}")
        personal = frozenset(name for name, of in vars(cls).get("__annotations__", {}).items() if "Personal" in of)
        TYPES[made.__name__] = FactType(
            made, made.__name__, 1 + len(upcasts or ()), article, zh, en, actors, _naming(introduces), _naming(subject),
            tuple(map(_naming, mentions)), personal, first, waits, ledgers, stranger, own or ledgers, served, debt,
            variants, one_of, check, admit, upcasts or {}, saying, meaning, labels or {}, example or {}, headings or {},
            usual, chosen or {},
        )  # fmt: skip
        return made

    return declare


def _naming(given: str | Naming | None) -> Any:
    return (given, given) if isinstance(given, str) else given


@dataclass(frozen=True, slots=True)
class Document:
    """An attached file by its SHA-256 (and SM3 where given), 64 lower-case hex digits each."""

    sha256: str
    name: str
    media_type: str
    sm3: str | None = None


@dataclass(slots=True)
class Fact:
    """One recorded fact of one contract.

    ``on`` is when it happened, as recorded; ``day`` is its Beijing day; ``at`` and ``recorded_at`` are microseconds
    since the Unix epoch (a date-only ``on`` counts from the start of its Beijing day). ``digest`` is the SHA-256 of the
    stored bytes and ``prev`` that of the fact before it, both as 64 hex digits. ``recorded_roles`` are the roles that
    ``recorded_by`` held on this contract when recording, None where unknown. ``by`` is the role that reports the fact,
    ``actor`` the role that did or observed it; they are equal where a fact does not tell them apart.
    """

    contract: str
    seq: int
    id: str
    ref: str
    type: str
    on: str
    day: date
    at: int
    by: str
    what: What
    documents: tuple[Document, ...]
    recorded_at: int
    recorded_by: str
    position: int
    digest: str
    prev: str
    recorded_roles: tuple[str, ...] | None
    actor: str

    @property
    def on_behalf(self) -> bool:
        """代录: the recorder is known not to hold the role that says this (SPEC 2.1)."""
        return self.recorded_roles is not None and self.by not in self.recorded_roles

    @property
    def speaker(self) -> str:
        """The role whose statement it counts as (SPEC 2.4): ``by``, or the party that recorded it for another role."""
        roles = self.recorded_roles
        if roles is None or self.by in roles:
            return self.by
        return next((role for role in PARTIES if role in roles), self.by)

    @property
    def days_late(self) -> int:
        """Whole Beijing days from the day it happened to the day it was recorded."""
        return (beijing_day(self.recorded_at) - self.day).days


def chronological(fact: Fact) -> tuple[int, int]:
    """The sort key of facts: when they happened, then the order of recording."""
    return fact.at, fact.seq


def unknown_role(role: object, field: str) -> Refusal:
    """The Refusal of a ``role`` that does not exist."""
    return Refusal("ROLE_UNKNOWN", field, role=quoted(role), known=", ".join(ROLES))
