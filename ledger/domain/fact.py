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
    """What saying a fact of a type does to what was said before, by whose word it is of record (SPEC 2.4).

    ``things`` are what the fact is a statement on, each hashable: of one role's statements on a thing the latest
    counts, and a party's is a claim where another role's of record came before. ``restates``: it takes the place of
    what its subject's own fact says. ``favours`` are the roles by whose word alone it is a claim, for it relieves them.
    ``binds``: where a neutral role says it, nobody takes back alone the report of what it is about. ``done``: the
    speaker does it by saying it, so that nobody can dispute it. ``relied_on``: who says it acts on what the other party
    said before, which that party cannot take back alone then; ``ends`` is such an act that ends the contract, after
    which no performance of before is told without a document. ``performs``: it is what fulfils an obligation of its
    actor. ``core`` is what stands of a disputed one on which a neutral role's word, an agreement or a ruling rests.
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
    """What is declared of a type.

    ``actors`` are the roles that do or observe it; a party may say it of any of them, other roles of themselves only,
    and ``own`` marks what nobody says of another. ``introduces`` is the identifier the fact brings in, ``subject`` the
    one it is about (when that is retracted, the fact counts for nothing), ``mentions`` those merely mentioned;
    ``personal`` names the fields whose values are stored as commitments only. ``first``: rules that speak of a whole
    day look it up, so it is taken before the day's other facts. ``waits``: it counts only once its subject has come to
    be. ``ledgers``: only the ledger itself records it; ``served``: it is a notice, whose arrival NoticeServed tells;
    ``debt``: the kind of obligation to pay that it raises, under its identifier; ``stranger`` is the code of the
    Refusal where a role does it that may not.
    ``variants`` names the field that tells which fields of a flat record may be
    stated, and which those are. ``check`` judges the data as a whole (Refusal), ``admit`` the claim against what
    is known of the contract; ``upcasts`` turns the data of version n into that of n + 1; ``saying`` tells what saying
    it does to what was said before.

    ``meaning`` is in Chinese what the docstring of the class says in English. ``labels`` name its own fields, those
    that are called neither like what they name nor as their shape is; ``example`` has values of fields that an example
    to copy states, beside what is required (:mod:`ledger.domain.fact_words`). ``headings`` are further names under
    which tables made elsewhere have a field (:mod:`ledger.importers.columns`). ``usual`` are the roles that say it
    month by month, to whom it is offered first. ``chosen`` are the fields that name something that is there already,
    beside identifiers, by what: :data:`DEBT`, :data:`ITEM`, :data:`NOTICE`, a :data:`READING` with its
    :data:`OPTION`, or a list of the terms by its path.
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
        """The roles that may say it: a party says it of whoever did it, unless nobody says it of another."""
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
    """Declare a kind of identifier."""
    KINDS[name] = Kind(zh, en, example)
    return name


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fact(
    article: str = "", *, zh: str, en: str, actors: tuple[str, ...], introduces: str | Naming | None = None,
    subject: str | Naming | None = None, mentions: tuple[str | Naming, ...] = (), first: bool = False,
    waits: bool = True, ledgers: bool = False, stranger: str = "BY_NOT_ALLOWED",
    own: bool = False, served: bool = False, debt: str = "",
    variants: tuple[str, Mapping[str, frozenset[str]]] | None = None,
    check: Callable[[Any, str], None] | None = None,
    admit: Callable[[Any], None] | None = None, upcasts: Mapping[int, Callable[[Data], Data]] | None = None,
    saying: Saying = SAID,
    meaning: str, labels: Mapping[str, Said] | None = None, example: Mapping[str, Any] | None = None,
    headings: Mapping[str, tuple[str, ...]] | None = None, usual: tuple[str, ...] = (),
    chosen: Mapping[str, str] | None = None,
) -> Callable[[type[Happened]], type[Happened]]:  # fmt: skip
    """Declare the class a fact type, an immutable record; parameters as in :class:`FactType`.

    A name of a kind alone says that the field is called like the kind. ValueError where the type's name is taken.
    """

    def declare(cls: type[Happened]) -> type[Happened]:
        made = record(cls)
        if made.__name__ in TYPES:
            raise ValueError(f"two fact types are called {made.__name__}")
        personal = frozenset(name for name, of in vars(cls).get("__annotations__", {}).items() if "Personal" in of)
        TYPES[made.__name__] = FactType(
            made, made.__name__, 1 + len(upcasts or ()), article, zh, en, actors, _naming(introduces), _naming(subject),
            tuple(map(_naming, mentions)), personal, first, waits, ledgers, stranger, own or ledgers, served, debt,
            variants, check, admit, upcasts or {}, saying, meaning, labels or {}, example or {}, headings or {},
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

    ``on`` is as recorded; ``day`` its Beijing day; ``at`` and ``recorded_at`` are microseconds since the
    Unix epoch (a date-only ``on`` stands at the start of its Beijing day); ``digest`` is the SHA-256 of
    the stored bytes and ``prev`` that of the fact before it, both 64 hex digits. ``recorded_roles`` are the
    roles ``recorded_by`` held on this contract when recording, None where nobody knows. ``by`` is the role that says
    the fact, ``actor`` the one that did or observed it: the same where a fact does not tell them apart.
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
    recorded_roles: tuple[str, ...] | None = None
    actor: str = ""

    def __post_init__(self) -> None:
        if not self.actor:
            self.actor = self.by

    @property
    def on_behalf(self) -> bool:
        """代录: the recorder is known not to hold the role that says this (SPEC 2.1)."""
        return self.recorded_roles is not None and self.by not in self.recorded_roles

    @property
    def speaker(self) -> str:
        """Whose word it weighs as: a party's that recorded it for another role, else that of who says it (SPEC 2.4)."""
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
    """The Refusal of a ``role`` that is none of ROLES."""
    return Refusal("ROLE_UNKNOWN", field, role=quoted(role), known=", ".join(ROLES))
