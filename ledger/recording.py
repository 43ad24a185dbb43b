"""Recording: load, decide, append; wholly or not at all, and once.

The cache may be behind: the store refuses an append decided on an older version, and the decision is then made again
under the store's write lock.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from itertools import chain
from sys import intern
from typing import Any

from ledger.agreements import declare_all
from ledger.collector import collector_paused
from ledger.custody.custody import Custody
from ledger.custody.personal import Concealing
from ledger.custody.roles import HeldRoles
from ledger.domain.admission import AdmissionState, Admitted, Repeat, admit
from ledger.domain.calendar import parse_on
from ledger.domain.clock import LATE
from ledger.domain.declare import dataclass, field
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Document, Fact, What
from ledger.domain.fact_data import data_json, stored_name
from ledger.domain.fact_envelope import read_envelope
from ledger.domain.fact_faults import Faults, Stated
from ledger.domain.facts.agreement import ContractRegistered
from ledger.domain.facts.record import CalendarPublished
from ledger.domain.moments import beijing_day, format_utc
from ledger.domain.terms import to_register
from ledger.projections.status import every_view
from ledger.store import Also, Conflict, Draft, Store, StoredRow, Transaction
from ledger.store.records import Answer, Idempotency
from ledger.streams import CALENDAR, LOG, SYSTEM, Stream, Streams, attached_json

MANY = 50  # facts at once: from here on the garbage collector pauses, since the objects made have no cycles


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact as recorded; ``repeated`` where it had been recorded before and nothing was added."""

    fact: Fact
    repeated: bool


@dataclass(slots=True)
class Batch:
    """Facts of one request as admitted, in order; ``fresh`` are those that were not recorded before."""

    faults: Faults
    admitted: list[Recorded] = field(default_factory=list)
    fresh: list[Fact] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Once:
    """A key under which a request is recorded once; ``respond`` makes the answer kept in the same transaction.

    ``request`` is the digest of the request. Where the key was used before, ``record`` raises
    :class:`AlreadyAnswered` with what was answered then.
    """

    principal: str
    key: str
    request: str
    respond: Callable[[Sequence[Recorded]], bytes]


class AlreadyAnswered(Exception):
    """A request with this key was answered before."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.request)
        self.answer = answer


class Recorder:
    """Appends facts to the streams of one store; ``clock`` gives microseconds since the Unix epoch."""

    def __init__(self, store: Store, streams: Streams, custody: Custody, clock: Callable[[], int]) -> None:
        self._store = store
        self._streams = streams
        self._custody = custody
        self._clock = clock
        self._roles = HeldRoles(store)

    def register(self, document: Mapping[str, object], *, by: str = "party_a", recorded_by: str = "local") -> Recorded:
        """Register a contract by its terms; the same terms again change nothing."""
        declare_all()  # they may be of any agreement
        terms = to_register(document)
        contract = str(terms["contract"]["id"])
        if contract in SYSTEM:
            raise Refusal("CONTRACT_ID_RESERVED", "contract.id", contract=contract)
        with self._streams.lock:
            stream = self._streams.stream(contract)
            if stream.facts:
                first = stream.facts[0]
                if isinstance(first.what, ContractRegistered) and first.what.terms == document:
                    return Recorded(first, repeated=True)
                raise Refusal("CONTRACT_EXISTS", "contract.id", contract=contract)
            self._custody.remembered.check()
            at = self._clock()
            what = ContractRegistered(terms=terms)
            roles = self._roles.of(recorded_by, contract, anew=True)
            draft = Draft(stored_name(what), beijing_day(at).isoformat(), by, "terms", data_json(what), None, roles)
            row = self._store.append(
                contract, [draft], now=lambda: at, recorded_by=recorded_by, expected_seq=0, moment=reached
            )[0]
            fact = _fact_of_row(row, draft, what, (), recorded_by)
            with stream.lock:
                if not stream.facts:  # else whoever reads has found it already
                    self._streams.add(contract, stream, [fact])
            return Recorded(fact, repeated=False)

    @contextmanager
    def group_commit(self) -> Iterator[None]:
        """One durable commit for everything that this thread records inside; each :meth:`record` is still all or
        nothing by itself.

        Nobody may be told of a result before the end: where the commit fails its Refusal is raised there, and nothing
        of the group was recorded. Other writers wait, and see nothing of the group until then.
        """
        with self._streams.lock:
            try:
                with self._store.group_commit():
                    yield
            except BaseException:
                self._streams.forget_all()  # what is remembered may never have been committed
                raise

    def record(
        self, contract: str, envelopes: Sequence[Stated], *, recorded_by: str = "local",
        expected_version: int | None = None, once: Once | None = None,
        progress: Callable[[int], None] | None = None, also: Also | None = None,
    ) -> list[Recorded]:  # fmt: skip
        """Record facts, all or nothing, in the order given.

        ``expected_version`` is the ``seq`` that the caller decided on: Refusal VERSION_CONFLICT where the contract has
        more facts by now. Personal values are replaced by commitments; what opens these is stored in the same
        transaction, and so is what ``also`` writes. A Refusal names the ``line`` (1, 2, 3 … of ``envelopes``) at fault;
        FACTS_FAULTY has every fault of every line. An envelope that could not be read is passed as its Refusal.
        """
        if contract == LOG:
            raise Refusal("LOG_NOT_OF_CONTRACT", "contract", type=LOG)
        declare_all()  # facts of another agreement are told apart from what is no fact
        with self._streams.lock:
            try:
                return self._decide(contract, envelopes, recorded_by, expected_version, once, progress, also)
            except Conflict:
                # Another process was first. Decided again with the write lock held, nobody can be first once more.
                self._streams.forget(contract)
            try:
                with self._store.group_commit():
                    return self._decide(contract, envelopes, recorded_by, expected_version, once, progress, also)
            except BaseException:
                self._streams.forget(contract)  # what is remembered may never have been committed
                raise

    def _decide(
        self, contract: str, envelopes: Sequence[Stated], recorded_by: str,
        expected_version: int | None, once: Once | None, progress: Callable[[int], None] | None, also: Also | None,
    ) -> list[Recorded]:  # fmt: skip
        self._custody.remembered.check()
        if once is not None and (answered := self._store.answer(once.principal, once.key)) is not None:
            raise AlreadyAnswered(answered)
        stream = self._streams.remembered(contract)
        if expected_version not in (None, len(stream.facts)):
            stream = self._streams.existing(contract)  # what is remembered may be behind
        with stream.lock:
            seq = len(stream.facts)
            if expected_version is not None and expected_version != seq:
                raise Refusal("VERSION_CONFLICT", expected=expected_version, actual=seq)
            with collector_paused() if len(envelopes) >= MANY else nullcontext():
                return self._append(contract, stream, envelopes, recorded_by, once, progress, also)

    def _append(
        self, contract: str, stream: Stream, envelopes: Sequence[Stated], recorded_by: str,
        once: Once | None, progress: Callable[[int], None] | None, also: Also | None,
    ) -> list[Recorded]:  # fmt: skip
        clock = self._clock()
        if stream.facts and clock < self._streams.moment(stream.facts[-1]) - LATE:
            self._streams.corrected()  # by another process, perhaps
        at = reached(clock, self._streams.moment(stream.facts[-1]) if stream.facts else 0)
        personal = Concealing(self._custody, contract, stream.admission(contract), at)
        batch = self._admit(contract, stream, envelopes, recorded_by, personal, at, progress)
        if batch.faults:
            stream.state = None if batch.fresh else stream.state
            reached(clock, self._store.last_moment())  # a clock that is behind makes faults that are none
            self._roles.confirm(self._store.query, recorded_by)  # and so do roles that have changed since
            raise batch.faults.refusal()

        def keep(transaction: Transaction, rows: Sequence[StoredRow]) -> None:
            self._roles.confirm(transaction.query, recorded_by)
            personal.keep(transaction, rows)
            if also is not None:
                also(transaction, rows)

        try:
            rows = self._store.append(
                contract, batch.drafts, now=lambda: clock, recorded_by=recorded_by, expected_seq=len(stream.facts),
                moment=reached, idempotency=_guard(once, batch.fresh, batch.admitted), also=keep,
                ahead=(self._roles.question(recorded_by),),
            ) if batch.drafts or once is not None else []  # fmt: skip
        except BaseException:
            stream.state = None  # it knows facts that were not recorded
            raise
        _settle(batch.fresh, rows)
        self._streams.add(contract, stream, batch.fresh)
        return batch.admitted

    def _admit(
        self, contract: str, stream: Stream, envelopes: Sequence[Stated], recorded_by: str, personal: Concealing,
        at: int, progress: Callable[[int], None] | None,
    ) -> Batch:  # fmt: skip
        """Decide on the envelopes one after another, each after those before it."""
        state, seq, roles = stream.admission(contract), len(stream.facts), self._roles.of(recorded_by, contract)
        batch = Batch(Faults(at, several=len(envelopes) > 1))

        def items() -> Collection[str]:
            return self.items(state, chain(stream.facts, batch.fresh), at)

        for line, envelope in enumerate(envelopes, 1):
            try:
                if isinstance(envelope, Refusal):
                    raise envelope
                if contract == CALENDAR:
                    decided = _admit_notice(envelope, state, at)
                else:
                    decided = admit(envelope, state, now=at, known_items=items, opened=personal.opened)
                if not isinstance(decided, Repeat):
                    decided = personal.conceal(decided)
            except Refusal as refused:
                batch.faults.add(refused, envelope, line)
                continue
            if isinstance(decided, Repeat):
                first = stream.facts[decided.seq - 1] if decided.seq <= seq else batch.fresh[decided.seq - seq - 1]
                batch.admitted.append(Recorded(first, repeated=True))
                continue
            fact = provisional(contract, seq + len(batch.drafts) + 1, decided, at, recorded_by, roles)
            batch.drafts.append(_draft(decided, roles))
            batch.fresh.append(fact)
            batch.admitted.append(Recorded(fact, repeated=False))
            state.add(fact)
            if progress is not None and line % 1000 == 0:
                progress(line)
        return batch

    def note(
        self, what: What, also: Also | None = None, *, recorded_by: str = "local", rolled_back: bool = False,
        corrected: int | None = None,
    ) -> Fact:  # fmt: skip
        """Record an operation on the ledger itself; for one that is ``rolled_back`` only its acceptance can be
        recorded.

        ``corrected`` is the moment (µs) from which a clock that was ahead is right again.
        """
        assert TYPES[type(what).__name__].ledgers
        with self._streams.lock:
            if not rolled_back:
                self._custody.remembered.check()
            at = self._clock() if corrected is None else corrected
            draft = Draft(stored_name(what), beijing_day(at).isoformat(), "administrator", None, data_json(what))
            row = self._store.append(
                LOG, [draft], now=lambda: at, recorded_by=recorded_by, also=also,
                moment=reached if corrected is None else min,
            )[0]  # fmt: skip
            return _fact_of_row(row, draft, what, (), recorded_by)

    def imagine(
        self, contract: str, facts: Sequence[Fact], envelopes: Sequence[Stated], at: int, *, plans: bool = True,
        progress: Callable[[int], None] | None = None,
    ) -> list[Fact]:  # fmt: skip
        """The facts that these envelopes would be after ``facts``; records nothing. ``plans`` may lie in the future.

        ``progress`` is called with the number checked, after every thousand.
        """
        declare_all()
        state = AdmissionState(contract, facts)
        imagined: list[Fact] = []
        now = 2**62 if plans else at
        until = 2**52 if plans else at
        opened = Concealing(self._custody, contract, state, at).opened
        faults = Faults(now, several=True)
        for line, envelope in enumerate(envelopes, 1):
            if progress is not None and line % 1000 == 0:
                progress(line)
            try:
                if isinstance(envelope, Refusal):
                    raise envelope
                decided = admit(
                    envelope, state, now=now, opened=opened,
                    known_items=lambda: self.items(state, chain(facts, imagined), until),
                )
            except Refusal as refused:
                faults.add(refused, envelope, line)
                continue
            if isinstance(decided, Admitted):
                fact = provisional(contract, len(facts) + len(imagined) + 1, decided, at, "simulation")
                state.add(fact)
                imagined.append(fact)
        if faults:
            raise faults.refusal()
        return imagined

    def items(self, state: AdmissionState, facts: Iterable[Fact], at: int) -> Collection[str]:
        """The ids of the damages items there are in some view as of the moment of recording.

        The facts are read only where the items are not known: those of a large contract are not in memory.
        """
        day, calendar = beijing_day(at), self._streams.calendar(at)
        if state.items is None or state.items[0] != day or state.items[1] is not calendar:
            told = (
                clause.items(machine, day)
                for machine in every_view(list(facts), calendar, day)
                for clause in machine.template.clauses if clause.items is not None
            )  # fmt: skip
            state.items = day, calendar, set(chain.from_iterable(told))
        return state.items[2]


def reached(clock: int, last: int) -> int:
    """The moment recorded, given what the clock says and the ledger's last moment (µs).

    Refusal CLOCK_BEHIND where the clock stands behind that by more than two minutes: one of the two was wrong.
    """
    if clock < last - LATE:
        raise Refusal("CLOCK_BEHIND", clock=format_utc(clock), last=format_utc(last))
    return max(clock, last)


def _admit_notice(envelope: Mapping[str, object], state: AdmissionState, at: int) -> Admitted | Repeat:
    """The calendar's own stream holds working-day notices and nothing else (SPEC 2.2)."""
    admitted = read_envelope(envelope, at)
    if not isinstance(admitted.what, CalendarPublished):
        raise Refusal("CALENDAR_ONLY_NOTICES", "type", type=admitted.type)
    seq = state.refs.get(admitted.ref) if admitted.ref is not None else None
    if seq is None:
        return admitted
    first = state.entries[seq - 1]
    said = (admitted.at, admitted.by, admitted.what, admitted.documents)
    if (first.at, first.by, first.what, first.documents) != said:
        raise Refusal("REF_CONFLICT", "ref", ref=admitted.ref, first=state.id_of(seq))
    return Repeat(seq, first)


def provisional(
    contract: str, seq: int, decided: Admitted, at: int, recorded_by: str, roles: tuple[str, ...] | None = None
) -> Fact:
    """A fact as admitted; position and digests are added on appending. Texts that facts share are one object in memory.
    """
    ref = decided.ref if decided.ref is not None else str(seq)
    return Fact(
        contract, seq, f"{contract}#{seq}", ref, decided.type, intern(decided.on), decided.day, decided.at,
        intern(decided.by), decided.what, decided.documents, at, recorded_by, 0, "", "", roles, intern(decided.actor),
    )  # fmt: skip


def _guard(once: Once | None, fresh: Sequence[Fact], admitted: Sequence[Recorded]) -> Idempotency | None:
    """The store's guard of a request: its answer is made once the rows, and so the digests, are known."""
    if once is None:
        return None

    def respond(rows: Sequence[StoredRow]) -> bytes:
        _settle(fresh, rows)
        return once.respond(admitted)

    return Idempotency(once.principal, once.key, once.request, respond)


def _settle(fresh: Sequence[Fact], rows: Sequence[StoredRow]) -> None:
    """Give the facts the fields that the ledger added."""
    for fact, row in zip(fresh, rows, strict=True):
        fact.position, fact.recorded_at = row.position, row.recorded_at
        fact.digest, fact.prev = row.digest, row.prev


def _draft(decided: Admitted, roles: tuple[str, ...] | None) -> Draft:
    documents = [attached_json(one) for one in decided.documents] if decided.documents else None
    return Draft(
        TYPES[decided.type].stored_name, decided.on, decided.by, decided.ref, data_json(decided.what), documents, roles,
        decided.actor,
    )  # fmt: skip


def _fact_of_row(row: StoredRow, draft: Draft, what: Any, documents: tuple[Document, ...], recorded_by: str) -> Fact:
    moment = parse_on(draft.on)
    return Fact(
        row.contract, row.seq, f"{row.contract}#{row.seq}", draft.ref or str(row.seq), row.type.rpartition(".")[0],
        draft.on, moment.day, moment.at, draft.by, what, documents, row.recorded_at, recorded_by, row.position,
        row.digest, row.prev, None if draft.recorded_roles is None else tuple(draft.recorded_roles),
        draft.actor or draft.by,
    )  # fmt: skip
