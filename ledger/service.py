"""The one door for command line and API: load, decide, append; load, sweep, answer.

The clock is read here and nowhere below. A ledger may be used from several threads; what it remembers of
a contract is a cache, checked against the store each time and thrown away freely.
"""

from __future__ import annotations

import gc
import json
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.answers import Answers
from ledger.custody.documents import describe
from ledger.custody.keeping import CHECKPOINT_SECONDS, Custody
from ledger.custody.personal import Concealing, Within, personal_fields
from ledger.domain.admission import OF_THE_LOG, Admitted, Known, Repeat, admit
from ledger.domain.calendar import BEIJING, Calendar, format_utc, parse_on
from ledger.domain.errors import Refusal
from ledger.domain.fact_data import data_json, decode_data, parse_data, stored_name
from ledger.domain.fact_envelope import read_envelope
from ledger.domain.facts import CalendarPublished, ContractRegistered, Document, Fact, LogKeyRotated, What
from ledger.domain.readings import READINGS
from ledger.domain.terms import parse_terms
from ledger.log.failure import Tampered
from ledger.log.tables import TreeTables
from ledger.notices import notice_from_data, shipped_notices
from ledger.projections import portfolio, timeline
from ledger.projections.damages import found
from ledger.projections.explain import explain, explainer
from ledger.projections.status import Asked, sweep
from ledger.store import Also, Conflict, Draft, Store, StoredRow, Transaction, open_store
from ledger.store.records import Answer, Idempotency

if TYPE_CHECKING:
    from ledger.custody.audit import Audit
    from ledger.log.kept import Head

CALENDAR = "calendar"  # the stream of working-day notices recorded here
LOG = "log"  # the stream of what was done to the ledger itself
SYSTEM = frozenset({CALENDAR, LOG})
ROLES = ("party_a", "party_b", "supervisor", "integrator", "administrator", "auditor")
ATTEMPTS = 20


def now() -> int:
    """The system's clock, in microseconds since the Unix epoch."""
    return time.time_ns() // 1000


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: as of which day (today), by whose knowledge (now), in whose view, under which readings."""

    as_of: date | None = None
    known_at: int | None = None
    as_seen_by: str | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    sensitivity: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact as recorded; ``repeated`` where it had been recorded before and nothing was added."""

    fact: Fact
    repeated: bool


@dataclass(frozen=True, slots=True)
class Once:
    """A key under which a request is recorded once; ``respond`` makes the answer kept in the same transaction.

    ``request`` is the digest of the request. Where the key was used before, ``record`` raises
    :class:`Answered` with what was answered then.
    """

    principal: str
    key: str
    request: str
    respond: Callable[[Sequence[Recorded]], bytes]


class Answered(Exception):
    """A request with this key was answered before."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.request)
        self.answer = answer


@dataclass(slots=True)
class _Stream:
    """What is remembered of one contract: its facts, when they were recorded, what admission knows."""

    facts: list[Fact] = field(default_factory=list)
    moments: list[int] = field(default_factory=list)
    known: Known | None = None


class Ledger:
    """A compliance ledger over one store.

    Raises :class:`Refusal` for whatever cannot be taken, with a stable code.
    """

    def __init__(self, store: str | Store = "sqlite:///lvyue.db", *, clock: Callable[[], int] = now,
                 create: bool = False) -> None:  # fmt: skip
        if isinstance(store, str):
            store = open_store(store, create=create, extensions=[TreeTables()])
        self.store = store
        self.custody = Custody(store)
        self.clock = clock
        self._streams: dict[str, _Stream] = {}
        self._answers = Answers()
        self._lock = threading.RLock()

    # -- recording --------------------------------------------------------------------------------

    def register(self, document: Mapping[str, object], *, by: str = "party_a", recorded_by: str = "local") -> Recorded:
        """Register a contract by its terms; the same terms again change nothing."""
        terms = parse_terms(document)
        contract = terms.contract.id
        if contract in SYSTEM:
            raise Refusal("CONTRACT_ID_RESERVED", "contract.id", contract=contract)
        with self._lock:
            stream = self._stream(contract)
            if stream.facts:
                first = stream.facts[0]
                if isinstance(first.what, ContractRegistered) and first.what.terms == document:
                    return Recorded(first, repeated=True)
                raise Refusal("CONTRACT_EXISTS", "contract.id", contract=contract)
            at = self.clock()
            what = ContractRegistered(terms=dict(document))
            draft = Draft(stored_name(what), _beijing_day(at).isoformat(), by, "terms", data_json(what))
            row = self.store.append(contract, [draft], now=lambda: at, recorded_by=recorded_by, expected_seq=0)[0]
            fact = _fact_of_row(row, draft, what, (), recorded_by)
            stream.facts.append(fact)
            stream.moments.append(fact.recorded_at)
            return Recorded(fact, repeated=False)

    def record(
        self, contract: str, envelopes: Sequence[Mapping[str, object]], *, recorded_by: str = "local",
        expected_version: int | None = None, once: Once | None = None,
        progress: Callable[[int], None] | None = None, also: Also | None = None,
    ) -> list[Recorded]:  # fmt: skip
        """Record facts, all or nothing, in the order given.

        ``expected_version`` is the ``seq`` the caller decided upon: Refusal VERSION_CONFLICT where the
        contract has moved on. Personal values are replaced by commitments to them; what opens these is kept in
        the same transaction, and so is what ``also`` writes. A Refusal names the ``line`` (1, 2, 3 … of
        ``envelopes``) at fault.
        """
        if contract == LOG:
            raise Refusal("LOG_NOT_OF_CONTRACT", "contract", type=LOG)
        with self._lock:
            for _ in range(ATTEMPTS):
                if once is not None and (answered := self.store.answer(once.principal, once.key)) is not None:
                    raise Answered(answered)
                stream = self._streams.get(contract) or self._existing(contract)
                if not stream.facts or expected_version not in (None, len(stream.facts)):
                    stream = self._existing(contract)  # what is remembered may be behind
                seq = len(stream.facts)
                if expected_version is not None and expected_version != seq:
                    raise Refusal("VERSION_CONFLICT", expected=expected_version, actual=seq)
                try:
                    return self._append(contract, stream, envelopes, recorded_by, once, progress, also)
                except Conflict:
                    self._streams.pop(contract, None)
            raise Refusal("VERSION_CONFLICT", expected=seq, actual=self.store.last_seq(contract))

    def _append(
        self, contract: str, stream: _Stream, envelopes: Sequence[Mapping[str, object]], recorded_by: str,
        once: Once | None, progress: Callable[[int], None] | None, also: Also | None,
    ) -> list[Recorded]:  # fmt: skip
        at = max(self.clock(), stream.moments[-1] if stream.moments else 0)
        seq = len(stream.facts)
        known = self._known(contract, stream)
        personal = Concealing(self.custody, contract, known, at)
        admitted: list[Recorded] = []
        drafts: list[Draft] = []
        fresh: list[Fact] = []
        line = 0

        def items() -> set[str]:
            return self._items([*stream.facts, *fresh], at)

        try:
            for envelope in envelopes:
                line += 1
                if contract == CALENDAR:
                    decided = _admit_notice(envelope, known, at)
                else:
                    decided = admit(envelope, known, now=at, known_items=items, opened=personal.opened)
                if isinstance(decided, Repeat):
                    first = stream.facts[decided.seq - 1] if decided.seq <= seq else fresh[decided.seq - seq - 1]
                    admitted.append(Recorded(first, repeated=True))
                    continue
                decided = personal.conceal(decided)
                fact = _provisional(contract, seq + len(drafts) + 1, decided, at, recorded_by)
                drafts.append(_draft(decided))
                fresh.append(fact)
                admitted.append(Recorded(fact, repeated=False))
                known.add(fact)
                if progress is not None and line % 1000 == 0:
                    progress(line)
        except Refusal as refused:
            refused.line = line if len(envelopes) > 1 else None
            stream.known = None if fresh else known
            raise
        try:
            rows = self.store.append(
                contract, drafts, now=lambda: at, recorded_by=recorded_by, expected_seq=seq,
                idempotency=_guard(once, fresh, admitted), also=_both(personal.keep, also),
            ) if drafts or once is not None else []  # fmt: skip
        except BaseException:
            stream.known = None  # it knows facts that were not recorded
            raise
        _settle(fresh, rows)
        stream.facts += fresh
        stream.moments += [fact.recorded_at for fact in fresh]
        return admitted

    def _items(self, facts: Sequence[Fact], at: int) -> set[str]:
        """The ids of the damages items there are as of the moment of recording."""
        pass_ = sweep(facts, self._calendar(at), Asked(_beijing_day(at), at))
        pass_.advance(_beijing_day(at))
        return {item.id for item in found(pass_.machine, _beijing_day(at)).items}

    # -- custody ----------------------------------------------------------------------------------

    def checkpoint(self) -> Head | None:
        """A signed head over everything recorded; see :meth:`ledger.custody.keeping.Custody.checkpoint`."""
        return self.custody.checkpoint(self.clock())

    def checkpoint_if_due(self, seconds: float = CHECKPOINT_SECONDS) -> Head | None:
        """A checkpoint where facts have waited ``seconds`` for one; a server asks now and then."""
        return self.custody.checkpoint_if_due(self.clock(), seconds)

    def rotate(self) -> tuple[str, str]:
        """Replace the log's key by a recorded fact; the verifier keys before and after. Refusal KEY_SUPPLIED."""

        def announce(statement: str) -> None:
            with self._lock:
                said = [fact.what.statement for fact in self._stream(LOG).facts if isinstance(fact.what, LogKeyRotated)]
                if statement not in said:
                    self._note(LogKeyRotated(statement=statement))

        return self.custody.rotate(self.clock(), announce)

    def erase(self, subject: str, reason: str) -> Fact:
        """Destroy the key to a subject's personal values, and record that; the facts stay, and stay provable.

        A subject is ``{contract}/{person}``. Refusal SUBJECT_UNKNOWN, or that of an unfit ``reason``.
        """
        given = {"subject": subject, "reason": reason, "erased": self.custody.values_of(subject)}
        what = parse_data("PersonalDataErased", given)

        def destroy(transaction: Transaction, rows: Sequence[StoredRow]) -> None:
            self.custody.vault(Within(transaction)).erase(subject)

        fact = self._note(what, destroy)
        self.store.scrub()
        return fact

    def personal(self, contract: str, fact: str) -> dict[str, str | None]:
        """A fact's personal values in the clear by field, for who may see them; None where they were erased.

        ``fact`` is an id or a ref; Refusal FACT_UNKNOWN. A correction's fields are named ``data.name`` and so on.
        """
        with self._lock:
            stream = self._existing(contract)
            known = self._known(contract, stream)
        seq = known.seq_of(fact)
        if seq is None:
            raise Refusal("FACT_UNKNOWN", "fact", fact=fact)

        def type_of(name: str) -> str | None:
            target = known.seq_of(name)
            return known.entries[target - 1].type if target is not None else None

        entry = known.entries[seq - 1]
        fields = personal_fields(entry.type, data_json(entry.what), type_of)
        lines = {path: self.custody.vault().disclosure(commitment) for path, commitment in fields.items()}
        return {path: None if line is None else str(json.loads(line)[2]) for path, line in lines.items()}

    def attach(
        self, contract: str, about: str, content: bytes, *, name: str, media_type: str, by: str,
        recorded_by: str = "local",
    ) -> Recorded:  # fmt: skip
        """Keep a document and record that it belongs to a fact or request; the same again changes nothing.

        Refusal DOCUMENT_EMPTY, DOCUMENT_TOO_LARGE, ABOUT_UNKNOWN and those of any fact.
        """
        at = self.clock()
        described = describe(content, media_type, recorded_by, at)
        data = {"about": about, "sha256": described["sha256"], "name": name, "media_type": media_type}
        with self._lock:
            for fact in self._existing(contract).facts:
                if fact.type == "DocumentAttached" and fact.by == by and data_json(fact.what) == data:
                    return Recorded(fact, repeated=True)
            document = {key: described[key] for key in ("sha256", "sm3") if key in described}
            envelope = {
                "type": "DocumentAttached", "on": _beijing_day(at).isoformat(), "by": by, "data": data,
                "documents": [document | {"name": name, "media_type": media_type}],
            }  # fmt: skip
            return self.record(
                contract, [envelope], recorded_by=recorded_by,
                also=lambda transaction, _: self.custody.documents.keep(
                    transaction, contract, content, described, at=at
                ),
            )[0]  # fmt: skip

    def document(self, sha256: str) -> bytes:
        """A document by its digest, checked. Refusal DOCUMENT_NOT_HELD; Tampered DOCUMENT_ALTERED, DOCUMENT_MISSING."""
        content = self.custody.documents.read(sha256)
        if content is None:
            raise Refusal("DOCUMENT_NOT_HELD", "sha256", sha256=sha256)
        return content

    def audit(self, since: bytes | None = None, progress: Callable[[int, int], None] | None = None) -> Audit:
        """Read everything again, or all after a checkpoint that is held: bytes, chains, tree, checkpoints, documents.

        What this ledger remembers of contracts is held against a fresh sweep of what is stored. ``progress``
        is told how many facts of how many were read. Refusal CHECKPOINT_MALFORMED, CHECKPOINT_FOREIGN.
        """
        from ledger.custody.audit import Auditor

        found = Auditor(self.store, self.custody, progress).run(since)
        at = self.clock()
        question = Question(as_of=_beijing_day(at), known_at=at)
        for contract in [name for name in self._streams if name not in SYSTEM] if found.sound else ():
            found.answers += 1
            if self.status(contract, question) != Ledger(self.store, clock=self.clock).status(contract, question):
                found.findings.append(Tampered("ANSWER_STALE", contract=contract))
        return found

    def _note(self, what: What, also: Also | None = None) -> Fact:
        """Record what was done to the ledger itself."""
        assert type(what).__name__ in OF_THE_LOG
        with self._lock:
            at = self.clock()
            draft = Draft(stored_name(what), _beijing_day(at).isoformat(), "administrator", None, data_json(what))
            row = self.store.append(LOG, [draft], now=lambda: at, recorded_by="local", also=also)[0]
            return _fact_of_row(row, draft, what, (), "local")

    def export(
        self, contract: str, question: Question = Question(), *, about: Sequence[str] = (),
        disclose: Sequence[str] = (), by: str = "party_a", recorded_by: str = "local", out: Path, pdf: bool = True,
    ) -> Fact:  # fmt: skip
        """Write the dispute package of a contract to ``out``; returns the fact that records the export.

        ``about`` names facts or what they are about (everything, if none), ``disclose`` personal fields as
        FACT.FIELD. Raises what :func:`ledger.evidence.export.export` raises; ``out`` is then as it was.
        """
        from ledger.evidence.export import Answered, Exporting, Wanted, export

        def answer() -> Answered:
            asked, facts, calendar = self._asked(contract, question)
            weighed = pdf or question.sensitivity  # the report tells which readings would change the outcome
            fixed = replace(question, as_of=asked.as_of, known_at=asked.known_at, sensitivity=weighed)
            said = {"as_seen_by": fixed.as_seen_by, "readings": dict(fixed.readings), "sensitivity": weighed}
            told = explainer(facts, calendar, asked) if pdf else None
            return Answered(said, self.status(contract, fixed), self.terms(contract), facts, told)

        def record(scope: str, count: int) -> Fact:
            on, data = _beijing_day(self.clock()).isoformat(), {"scope": scope, "facts": count}
            given = {"type": "EvidenceExported", "on": on, "by": by, "data": data}
            return self.record(contract, [given], recorded_by=recorded_by, expected_version=count)[0].fact

        def checkpoint() -> Head:
            head = self.checkpoint()
            assert head is not None  # the export itself is in the log
            return head

        custody = self.custody
        exporting = Exporting(
            self.store, custody.log, self.store.dialect, lambda: list(self._existing(contract).facts), answer, record,
            checkpoint, custody.documents.read, lambda commitment: custody.vault().disclosure(commitment),
        )  # fmt: skip
        self._asked(contract, question)  # refuses a contract that is none before anything is made
        return export(exporting, Wanted(tuple(about), tuple(disclose)), out)

    # -- asking -----------------------------------------------------------------------------------

    def contracts(self) -> list[str]:
        """Every registered contract, in the order of registration."""
        return [contract for contract in self.store.contracts() if contract not in SYSTEM]

    def version(self, contract: str) -> int:
        """The last ``seq`` of the contract."""
        with self._lock:
            return len(self._existing(contract).facts)

    def facts(self, contract: str, question: Question = Question()) -> list[Fact]:
        """The facts recorded by ``known_at`` whose ``on`` is not after ``as_of``, in order of ``seq``."""
        asked, facts, _ = self._asked(contract, question, of_system=True)
        return facts if question.as_of is None else [f for f in facts if f.day <= asked.as_of or f.seq == 1]

    def fact(self, contract: str, name: str) -> Fact:
        """The fact that an id, a number or a ref names. Refusal FACT_UNKNOWN."""
        with self._lock:
            stream = self._existing(contract)
            seq = self._known(contract, stream).seq_of(name)
            if seq is None and name.isascii() and name.isdigit() and 0 < int(name[:12]) <= len(stream.facts):
                seq = int(name)
            if seq is None:
                raise Refusal("FACT_UNKNOWN", "fact", fact=name)
            return stream.facts[seq - 1]

    def status(self, contract: str, question: Question = Question()) -> dict[str, Any]:
        """The answer of SPEC section 5."""
        asked, facts, calendar = self._asked(contract, question)
        with self._lock, _collector_paused():
            return self._answers.status(facts, calendar, asked)

    def replay(self, contract: str, question: Question = Question()) -> list[dict[str, Any]]:
        asked, facts, calendar = self._asked(contract, question)
        return timeline.replay(facts, calendar, asked)

    def explain(self, contract: str, path: str, question: Question = Question()) -> dict[str, Any]:
        asked, facts, calendar = self._asked(contract, question)
        return explain(facts, calendar, asked, path)

    def diff(self, contract: str, first: Question, second: Question) -> dict[str, Any]:
        before, before_facts, before_calendar = self._asked(contract, first)
        after, after_facts, after_calendar = self._asked(contract, second)
        return timeline.diff(before_facts, before_calendar, before, after_facts, after_calendar, after)

    def simulate(
        self, contract: str, envelopes: Sequence[Mapping[str, object]], question: Question = Question()
    ) -> dict[str, Any]:
        """What the answer would be if these facts were recorded too; records nothing.

        Plans may lie ahead. Without ``as_of`` the answer is as of the last day they speak of, or today.
        """
        asked, facts, calendar = self._asked(contract, question)
        known = Known(contract, facts)
        imagined: list[Fact] = []
        for line, envelope in enumerate(envelopes, 1):
            try:
                decided = admit(envelope, known, now=2**62, known_items=lambda: self._items(facts + imagined, 2**52))
            except Refusal as refused:
                refused.line = line
                raise
            if isinstance(decided, Admitted):
                fact = _provisional(contract, len(facts) + len(imagined) + 1, decided, asked.known_at, "simulation")
                known.add(fact)
                imagined.append(fact)
        if question.as_of is None:
            asked = replace(asked, as_of=max([asked.as_of, *(fact.day for fact in imagined)]))
        return timeline.what_if(facts, [*facts, *imagined], calendar, asked)

    def portfolio(self, question: Question = Question()) -> list[dict[str, Any]]:
        """A line for every contract."""
        lines = []
        for contract in self.contracts():
            if self.facts(contract, question):
                answer = self.status(contract, question)
                lines.append(portfolio.summary(answer, self.terms(contract)["contract"]["title"]))
        return lines

    def terms(self, contract: str) -> dict[str, Any]:
        """The registered terms document."""
        with self._lock:
            registered = self._existing(contract).facts[0].what
        assert isinstance(registered, ContractRegistered)
        return dict(registered.terms)

    def calendar(self, known_at: int | None = None) -> Calendar:
        """The working days as known at a moment: the notices shipped and those recorded here."""
        return self._calendar(self.clock() if known_at is None else known_at)

    # -- loading ----------------------------------------------------------------------------------

    def _asked(
        self, contract: str, question: Question, *, of_system: bool = False
    ) -> tuple[Asked, list[Fact], Calendar]:
        if contract in SYSTEM and not of_system:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        for reading, option in question.readings.items():
            if reading not in READINGS:
                raise Refusal("READING_UNKNOWN", "reading", reading=reading, known=", ".join(READINGS))
            if option not in READINGS[reading]:
                known = ", ".join(READINGS[reading])
                raise Refusal("READING_OPTION_UNKNOWN", "reading", reading=reading, option=option, known=known)
        if question.as_seen_by is not None and question.as_seen_by not in ROLES:
            raise Refusal("ROLE_UNKNOWN", "as_seen_by", role=question.as_seen_by, known=", ".join(ROLES))
        at = self.clock()
        known_at = at if question.known_at is None else question.known_at
        with self._lock:
            stream = self._existing(contract)
            facts = stream.facts[: bisect_right(stream.moments, known_at)]
        if not facts:
            raise Refusal("CONTRACT_UNKNOWN_THEN", contract=contract, moment=format_utc(known_at))
        asked = Asked(
            question.as_of or _beijing_day(at), known_at, question.as_seen_by, question.readings, question.sensitivity
        )
        return asked, facts, self._calendar(known_at)

    def _existing(self, contract: str) -> _Stream:
        stream = self._stream(contract)
        if not stream.facts and contract not in SYSTEM:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        return stream

    def _stream(self, contract: str) -> _Stream:
        """What is remembered, brought up to what the store holds."""
        stream = self._streams.setdefault(contract, _Stream())
        if self.store.last_seq(contract) != len(stream.facts):
            with _collector_paused():
                more = [fact_of_leaf(*row) for row in self.store.decoded(contract, after_seq=len(stream.facts))]
            stream.facts += more
            stream.moments += [fact.recorded_at for fact in more]
            if stream.known is not None:
                for fact in more:
                    stream.known.add(fact)
        return stream

    def _known(self, contract: str, stream: _Stream) -> Known:
        if stream.known is None:
            stream.known = Known(contract, stream.facts)
        return stream.known

    def _calendar(self, known_at: int) -> Calendar:
        with self._lock:
            stream = self._stream(CALENDAR)
            recorded = stream.facts[: bisect_right(stream.moments, known_at)]
        published = tuple(
            notice_from_data(data_json(fact.what)) for fact in recorded if isinstance(fact.what, CalendarPublished)
        )
        return _calendar_by(_beijing_day(known_at), published)


_calendars: dict[tuple[date, tuple[Any, ...]], Calendar] = {}


def _calendar_by(day: date, published: tuple[Any, ...]) -> Calendar:
    """Calendars are immutable and remember what they worked out, so the same one serves again."""
    known = (day, published)
    if known not in _calendars:
        if len(_calendars) > 64:
            _calendars.clear()
        _calendars[known] = Calendar((*shipped_notices(), *published)).known_by(day)
    return _calendars[known]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Loading and sweeping make many objects and no cycles: looking for cycles meanwhile costs a sixth."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def fact_of_leaf(position: int, leaf: Mapping[str, Any], digest: str) -> Fact:
    """A fact from its stored JSON."""
    contract, seq, on, name = leaf["contract"], leaf["seq"], leaf["on"], leaf["type"]
    moment = parse_on(on)
    documents = tuple([Document(**one) for one in leaf["documents"]]) if "documents" in leaf else ()
    return Fact(
        contract, seq, f"{contract}#{seq}", leaf["ref"], _type_of(name), on, moment.day, moment.at, leaf["by"],
        decode_data(name, leaf["data"]), documents, _stored_moment(leaf["recorded_at"]), leaf["recorded_by"],
        position, digest, leaf["prev"],
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _type_of(stored_name: str) -> str:
    return stored_name.rpartition(".")[0]


def _admit_notice(envelope: Mapping[str, object], known: Known, at: int) -> Admitted | Repeat:
    """The calendar's own stream holds working-day notices and nothing else (SPEC 2.2)."""
    admitted = read_envelope(envelope, at)
    if not isinstance(admitted.what, CalendarPublished):
        raise Refusal("CALENDAR_ONLY_NOTICES", "type", type=admitted.type)
    seq = known.refs.get(admitted.ref) if admitted.ref is not None else None
    if seq is None:
        return admitted
    first = known.entries[seq - 1]
    said = (admitted.at, admitted.by, admitted.what, admitted.documents)
    if (first.at, first.by, first.what, first.documents) != said:
        raise Refusal("REF_CONFLICT", "ref", ref=admitted.ref, first=known.id_of(seq))
    return Repeat(seq, first)


@lru_cache(maxsize=256)
def _stored_moment(text: str) -> int:
    """Microseconds since the Unix epoch of a moment this ledger wrote itself, always in UTC."""
    at = datetime.fromisoformat(text)
    seconds = (at.toordinal() - 719_163) * 86_400 + at.hour * 3_600 + at.minute * 60 + at.second
    return seconds * 1_000_000 + at.microsecond


def _provisional(contract: str, seq: int, decided: Admitted, at: int, recorded_by: str) -> Fact:
    """A fact as admitted; position and digests come with the append."""
    ref = decided.ref if decided.ref is not None else str(seq)
    return Fact(
        contract, seq, f"{contract}#{seq}", ref, decided.type, decided.on, decided.day, decided.at, decided.by,
        decided.what, decided.documents, at, recorded_by, 0, "", "",
    )  # fmt: skip


def _guard(once: Once | None, fresh: Sequence[Fact], admitted: Sequence[Recorded]) -> Idempotency | None:
    """The store's guard for a request: its answer is made once the rows, and so the digests, are known."""
    if once is None:
        return None

    def respond(rows: Sequence[StoredRow]) -> bytes:
        _settle(fresh, rows)
        return once.respond(admitted)

    return Idempotency(once.principal, once.key, once.request, respond)


def _both(first: Also, second: Also | None) -> Also:
    """One after the other, in one transaction."""
    if second is None:
        return first
    then = second

    def both(transaction: Transaction, rows: Sequence[StoredRow]) -> None:
        first(transaction, rows)
        then(transaction, rows)

    return both


def _settle(fresh: Sequence[Fact], rows: Sequence[StoredRow]) -> None:
    """Give the facts what the ledger added."""
    for fact, row in zip(fresh, rows, strict=True):
        fact.position, fact.recorded_at = row.position, row.recorded_at
        fact.digest, fact.prev = row.digest, row.prev


def _draft(decided: Admitted) -> Draft:
    documents = [_document(one) for one in decided.documents] or None
    return Draft(
        stored_name(decided.what), decided.on, decided.by, decided.ref, data_json(decided.what), documents
    )


def _document(one: Document) -> dict[str, object]:
    shown: dict[str, object] = {"sha256": one.sha256, "name": one.name, "media_type": one.media_type}
    return shown if one.sm3 is None else shown | {"sm3": one.sm3}


def _fact_of_row(row: StoredRow, draft: Draft, what: Any, documents: tuple[Document, ...], recorded_by: str) -> Fact:
    moment = parse_on(draft.on)
    return Fact(
        row.contract, row.seq, f"{row.contract}#{row.seq}", draft.ref or str(row.seq), row.type.rpartition(".")[0],
        draft.on, moment.day, moment.at, draft.by, what, documents, row.recorded_at, recorded_by, row.position,
        row.digest, row.prev,
    )  # fmt: skip


def envelope(fact: Fact) -> dict[str, Any]:
    """A fact as SPEC 2.1 shows it, with what the ledger added."""
    shown: dict[str, Any] = {
        "type": fact.type, "on": fact.on, "by": fact.by, "ref": fact.ref, "data": data_json(fact.what),
    }  # fmt: skip
    if fact.documents:
        shown["documents"] = [_document(one) for one in fact.documents]
    return shown | {
        "seq": fact.seq, "id": fact.id, "position": fact.position, "recorded_at": format_utc(fact.recorded_at),
        "recorded_by": fact.recorded_by, "digest": fact.digest, "prev": fact.prev,
    }  # fmt: skip


def _beijing_day(at: int) -> date:
    return datetime.fromtimestamp(at // 1_000_000, BEIJING).date()
