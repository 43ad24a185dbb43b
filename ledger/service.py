"""The application service that command line and API call: load, decide, append; load, sweep, answer.

The clock is read here and nowhere below. A ledger may be used from several threads; what it remembers of
a contract is a cache, checked against the store each time and thrown away freely.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from ledger.answer_cache import AnswerCache
from ledger.custody.custody import CHECKPOINT_SECONDS, Custody
from ledger.custody.documents import describe
from ledger.custody.personal import Within, personal_fields
from ledger.domain.admission_state import fact_number
from ledger.domain.calendar import Calendar, format_utc
from ledger.domain.clause import FeedEntry
from ledger.domain.errors import Refusal
from ledger.domain.fact import KINDS, ROLES, TYPES, Fact, unknown_role
from ledger.domain.fact_data import data_json, parse_data
from ledger.domain.fact_faults import Stated
from ledger.domain.facts.agreement import ContractRegistered
from ledger.domain.moments import FIRST_YEAR, LAST_YEAR, beijing_day
from ledger.domain.standing import Standing
from ledger.domain.template import Template, reading_known, template_of_facts
from ledger.domain.values import quoted
from ledger.imports import Imports
from ledger.log.failure import Tampered
from ledger.log.tables import TreeTables
from ledger.operating import Operator
from ledger.portfolio import Page, Portfolio, PortfolioPlace, PortfolioQuery
from ledger.projections import terms_check, timeline
from ledger.projections.clauses import clauses
from ledger.projections.collector import collector_paused
from ledger.projections.deadlines import deadlines
from ledger.projections.explain import explain, explainer
from ledger.projections.paths import askable
from ledger.projections.portfolio import row
from ledger.projections.reckoning import Reckoned, reckoned
from ledger.projections.register import ACTS, plain, register
from ledger.projections.sensitivity import Each
from ledger.projections.status import Asked, sweep, with_sensitivity
from ledger.projector import Projector
from ledger.recording import AlreadyAnswered, Once, Recorded, Recorder
from ledger.store import Conflict, Store, StoredRow, Transaction, open_store
from ledger.streams import CALENDAR, LOG, SYSTEM, Streams, envelope
from ledger.supposing import Changing, Supposition, supposed

if TYPE_CHECKING:
    from ledger.custody.audit import Audit
    from ledger.custody.backup import Copied
    from ledger.evidence.export import Exporting, Preview
    from ledger.evidence.preview import Catalogued
    from ledger.explanation.bilingual import Edition
    from ledger.log.storage import SignedHead

__all__ = [
    "CALENDAR", "LOG", "ROLES", "AlreadyAnswered", "Conflict", "Deadlines", "Ledger", "Once", "Question", "Recorded",
    "envelope", "now",
]  # fmt: skip


LINES_AT_ONCE = 1000
ALL = PortfolioQuery()
P = ParamSpec("P")
Answered = TypeVar("Answered")
Elsewhere = Callable[[str, str, Sequence[Any], Mapping[str, Any]], Any]
"""Answers a method of the ledger, by its name, for a contract and what else the method is given."""
MOST_WEIGHED = 2_000  # facts: of a longer contract a report tries no other readings, which takes minutes, unless asked


LONG, LONG_TRIED = 1_000, 200  # facts: from here on answered elsewhere, if there is; and where readings are tried


def elsewhere(
    method: Callable[Concatenate[Ledger, str, P], Answered],
) -> Callable[Concatenate[Ledger, str, P], Answered]:
    """Let :attr:`Ledger.elsewhere` answer where it takes long: for a long contract, sooner where readings are tried."""

    @wraps(method)
    def asked(ledger: Ledger, contract: str, *given: P.args, **named: P.kwargs) -> Answered:
        if ledger.elsewhere is None or ledger.version(contract) < (LONG_TRIED if _tries_readings(given) else LONG):
            return method(ledger, contract, *given, **named)
        found: Answered = ledger.elsewhere(method.__name__, contract, given, named)
        return found

    return asked  # type: ignore[return-value]  # the contract may be named


def _tries_readings(given: Sequence[object]) -> bool:
    return any(isinstance(one, Question) and one.sensitivity for one in given)


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


class Deadlines(NamedTuple):
    """The open deadlines of a contract; ``changed_at`` (µs) is when something they rest on was last recorded."""

    contract: str
    title: str
    changed_at: int
    deadlines: tuple[FeedEntry, ...]


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
        self._streams = Streams(store)
        self._recorder = Recorder(store, self._streams, self.custody, clock)
        self.register, self.record = self._recorder.register, self._recorder.record
        self.group_commit = self._recorder.group_commit
        self.operator = Operator(self._streams, self._recorder, self.custody, clock)
        self.imports = Imports(store, self._streams, self._recorder, self.custody, clock)
        self._answers = AnswerCache()
        self.elsewhere: Elsewhere | None = None
        self.projector = Projector(store, self._streams, clock)
        self._portfolio = Portfolio(self.projector, clock)

    # -- custody ----------------------------------------------------------------------------------

    def checkpoint(self) -> SignedHead | None:
        """A signed head over everything recorded; see :meth:`ledger.custody.custody.Custody.checkpoint`."""
        return self.custody.checkpoint(self.clock())

    def checkpoint_if_due(self, seconds: float = CHECKPOINT_SECONDS) -> SignedHead | None:
        """A checkpoint where facts have waited ``seconds`` for one; a server asks now and then."""
        return self.custody.checkpoint_if_due(self.clock(), seconds)

    def rotate(self, *, recorded_by: str = "local") -> tuple[str, str]:
        """Replace the log's key by a recorded fact; the verifier keys before and after. Refusal KEY_SUPPLIED."""
        return self.custody.rotate(self.clock(), partial(self.operator.announce, recorded_by=recorded_by))

    def erase(self, subject: str, reason: str, *, recorded_by: str = "local") -> Fact:
        """Destroy the key to a subject's personal values, and record that; the facts stay, and stay provable.

        A subject is ``{contract}/{person}``. Refusal SUBJECT_UNKNOWN, VAULT_KEY_MISSING, or that of an unfit
        ``reason``.
        """
        given = {"subject": subject, "reason": reason, "erased": self.custody.values_of(subject)}
        self.custody.require_vault_key()
        what = parse_data("PersonalDataErased", given)

        def destroy(transaction: Transaction, rows: Sequence[StoredRow]) -> None:
            self.custody.vault(Within(transaction)).erase(subject)

        fact = self._recorder.note(what, destroy, recorded_by=recorded_by)
        self.store.scrub()
        return fact

    def personal(self, contract: str, fact: str) -> dict[str, str | None]:
        """A fact's personal values in the clear by field, for who may see them; None where they were erased.

        ``fact`` is an id or a ref; Refusal FACT_UNKNOWN. A correction's fields are named ``data.name`` and so on.
        """
        with self._streams.admitted(contract) as state:
            seq = state.seq_of(fact)
            if seq is None:
                raise Refusal("FACT_UNKNOWN", "fact", fact=fact)

            def type_of(name: str) -> str | None:
                target = state.seq_of(name)
                return state.entries[target - 1].type if target is not None else None

            entry = state.entries[seq - 1]
            fields = personal_fields(entry.type, data_json(entry.what), type_of)
        lines = {path: self.custody.vault().disclosure(commitment) for path, commitment in fields.items()}
        return {path: None if line is None else str(json.loads(line)[2]) for path, line in lines.items()}

    def attach(
        self, contract: str, about: str, content: bytes, *, name: str, media_type: str, by: str,
        recorded_by: str = "local",
    ) -> Recorded:  # fmt: skip
        """Keep a document and record that it belongs to a fact or request; the same again changes nothing.

        Refusal DOCUMENT_EMPTY, DOCUMENT_TOO_LARGE, MEDIA_TYPE_MISMATCH, ABOUT_UNKNOWN, ABOUT_AMBIGUOUS and those
        of any fact.
        """
        at = self.clock()
        described = describe(content, media_type, recorded_by, at)
        about = self._about(contract, about)
        data = {"about": about, "sha256": described["sha256"], "name": name, "media_type": media_type}
        with self._streams.lock:
            for fact in self._streams.existing(contract).facts:
                if fact.type == "DocumentAttached" and fact.by == by and data_json(fact.what) == data:
                    return Recorded(fact, repeated=True)
            document = {key: described[key] for key in ("sha256", "sm3") if key in described}
            envelope = {
                "type": "DocumentAttached", "on": beijing_day(at).isoformat(), "by": by, "data": data,
                "documents": [document | {"name": name, "media_type": media_type}],
            }  # fmt: skip
            return self.record(
                contract, [envelope], recorded_by=recorded_by,
                also=lambda transaction, _: self.custody.documents.keep(
                    transaction, contract, content, described, at=at
                ),
            )[0]  # fmt: skip

    def record_documented(
        self, contract: str, envelope: Mapping[str, Any], files: Sequence[tuple[str, bytes, str]], *,
        recorded_by: str = "local",
    ) -> Recorded:  # fmt: skip
        """Record a fact with the documents it carries (name, content, media type each), kept together with it.

        Refusals as for :meth:`attach`.
        """
        at = self.clock()
        described = [(describe(content, media_type, recorded_by, at), content) for _, content, media_type in files]
        carried = [
            {key: one[key] for key in ("sha256", "sm3") if key in one} | {"name": name, "media_type": media_type}
            for (one, _), (name, _, media_type) in zip(described, files, strict=True)
        ]

        def keep(transaction: Transaction, _: Sequence[StoredRow]) -> None:
            for one, content in described:
                self.custody.documents.keep(transaction, contract, content, one, at=at)

        stated = {**envelope, "documents": carried} if carried else dict(envelope)
        return self.record(contract, [stated], recorded_by=recorded_by, also=keep if carried else None)[0]

    def _about(self, contract: str, name: str) -> str:
        """A number is kept as the id of its fact, unless something of the contract (an invoice, say) is called so."""
        with self._streams.admitted(contract) as state:
            if fact_number(name) is None or any((kind, name) in state.holders for kind in KINDS):
                return name
            seq = state.seq_of(name)
            return name if seq is None else state.id_of(seq)

    def document(self, sha256: str) -> bytes:
        """A document by its digest, checked. Refusal DOCUMENT_NOT_HELD; Tampered DOCUMENT_ALTERED, DOCUMENT_MISSING."""
        content = self.custody.documents.read(sha256)
        if content is None:
            raise Refusal("DOCUMENT_NOT_HELD", "sha256", sha256=sha256)
        return content

    def audit(self, since: bytes | None = None, progress: Callable[[int, int], None] | None = None) -> Audit:
        """Read everything again, or all after a checkpoint that is held: bytes, chains, tree, checkpoints, documents.

        What this ledger remembers of contracts, and the rows of the portfolio, are held against a fresh sweep of what
        is stored. ``progress``
        is told how many facts of how many were read. Refusal CHECKPOINT_MALFORMED, CHECKPOINT_FOREIGN.
        """
        from ledger.custody.audit import Auditor

        found = Auditor(self.store, self.custody, progress).run(since)
        at = self.clock()
        question = Question(as_of=beijing_day(at), known_at=at)
        for contract in [name for name in self._streams if name not in SYSTEM] if found.sound else ():
            found.answers += 1
            if self.status(contract, question) != Ledger(self.store, clock=self.clock).status(contract, question):
                found.findings.append(Tampered("ANSWER_STALE", contract=contract))
        if found.sound and since is None:
            found.findings += [Tampered("PORTFOLIO_STALE", contract=one) for one in self.projector.untrue()]
        return found

    def backup(self, out: Path, progress: Callable[[int, int], None] | None = None) -> Copied:
        """Write a verified copy of everything but the keys to ``out``; see :func:`ledger.custody.backup.backup`."""
        from ledger.custody.backup import backup

        return backup(self.custody, out, self.clock(), progress)

    def export(
        self, contract: str, question: Question = Question(), *, about: Sequence[str] = (),
        disclose: Sequence[str] = (), edition: Edition = "zh", by: str = "party_a", recorded_by: str = "local",
        out: Path, pdf: bool = True, progress: Callable[[int], None] | None = None,
    ) -> Fact:  # fmt: skip
        """Write the dispute package of a contract to ``out``; returns the fact that records the export.

        ``about`` names facts or what they are about (everything, if none), ``disclose`` personal fields as
        FACT.FIELD, ``edition`` the languages of the report. ``progress`` is told the percent that is done, never
        less than before, 100 at the end. Raises what :func:`ledger.evidence.export.export` raises; ``out`` is
        then as it was.
        """
        from ledger.evidence.export import Wanted, export
        from ledger.evidence.progress import Progress

        exporting = self._exporting(contract, question, by, recorded_by, weighed=pdf)
        return export(exporting, Wanted(tuple(about), tuple(disclose), edition, pdf), out, Progress(progress))

    def preview_export(
        self, contract: str, question: Question = Question(), *, about: Sequence[str] = (),
        disclose: Sequence[str] = (),
    ) -> Preview:  # fmt: skip
        """What :meth:`export` would put into a package; records nothing. Raises what choosing it raises."""
        from ledger.evidence.export import Wanted, preview

        exporting = self._exporting(contract, question, "party_a", "local", weighed=False)
        return preview(exporting, Wanted(tuple(about), tuple(disclose)))

    def catalogue_of_export(
        self, contract: str, question: Question = Question(), *, about: Sequence[str] = (),
        disclose: Sequence[str] = (),
    ) -> Catalogued:  # fmt: skip
        """The same with the rows of its 证据目录."""
        from ledger.evidence.export import Wanted
        from ledger.evidence.preview import catalogued

        exporting = self._exporting(contract, question, "party_a", "local", weighed=False)
        return catalogued(exporting, Wanted(tuple(about), tuple(disclose)))

    def report_draft(
        self, contract: str, question: Question = Question(), *, about: Sequence[str] = (),
        disclose: Sequence[str] = (), edition: Edition = "zh",
    ) -> bytes:  # fmt: skip
        """The report that :meth:`export` would write, as PDF, marked as a draft; records nothing."""
        from ledger.evidence.export import Wanted
        from ledger.evidence.preview import report_draft

        exporting = self._exporting(contract, question, "party_a", "local", weighed=True)
        return report_draft(exporting, Wanted(tuple(about), tuple(disclose), edition), self.clock())

    def _exporting(self, contract: str, question: Question, by: str, recorded_by: str, *, weighed: bool) -> Exporting:
        """What an export asks of this ledger; `weighed` for a report, which tells what other readings would change."""
        from ledger.evidence.export import Conclusions, Exporting

        def answer(counted: Callable[[int, int], None]) -> Conclusions:
            asked, facts, calendar = self._asked(contract, question)
            sensitivity = question.sensitivity or (weighed and len(facts) <= MOST_WEIGHED)
            fixed = replace(question, as_of=asked.as_of, known_at=asked.known_at, sensitivity=sensitivity)
            said = {"as_seen_by": fixed.as_seen_by, "readings": dict(fixed.readings), "sensitivity": sensitivity}
            told = cache(lambda: explainer(facts, calendar, asked))  # a sweep of its own, and not always asked for
            answer = self.status(contract, fixed, progress=lambda percent: counted(percent, 100))
            terms = self.terms(contract)
            return Conclusions(said, answer, terms, facts, lambda path: told()(path))

        def record(scope: str, count: int) -> Fact:
            on, data = beijing_day(self.clock()).isoformat(), {"scope": scope, "facts": count}
            given = {"type": "EvidenceExported", "on": on, "by": by, "data": data}
            return self.record(contract, [given], recorded_by=recorded_by, expected_version=count)[0].fact

        def checkpoint() -> SignedHead:
            head = self.checkpoint()
            assert head is not None  # the export itself is in the log
            return head

        custody = self.custody

        def stream() -> list[Fact]:
            return self._streams.committed(contract)

        self._asked(contract, question)  # refuses a contract that is none before anything is made
        return Exporting(
            self.store, custody.log, self.store.dialect, stream, answer, record, checkpoint,
            custody.documents.read, lambda commitment: custody.vault().disclosure(commitment),
        )  # fmt: skip

    # -- asking -----------------------------------------------------------------------------------

    def contracts(self) -> list[str]:
        """Every registered contract, in the order of registration."""
        self.custody.remembered.check()
        return [contract for contract in self.store.contracts() if contract not in SYSTEM]

    def version(self, contract: str) -> int:
        """The last ``seq`` of the contract."""
        self.custody.remembered.check()
        seq = self.store.last_seq(contract)
        if not seq and contract not in SYSTEM:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        return seq

    def facts(self, contract: str, question: Question = Question()) -> list[Fact]:
        """The facts recorded by ``known_at`` whose ``on`` is not after ``as_of``, in order of ``seq``."""
        asked, facts, _ = self._asked(contract, question, of_system=True)
        return facts if question.as_of is None else [f for f in facts if f.day <= asked.as_of or f.seq == 1]

    def fact(self, contract: str, name: str) -> Fact:
        """The fact that an id, a number or a ref names. Refusal FACT_UNKNOWN."""
        self.custody.remembered.check()
        with self._streams.admitted(contract) as state:
            seq = state.seq_of(name)
        if seq is None:
            raise Refusal("FACT_UNKNOWN", "fact", fact=quoted(name))
        return self._streams.committed(contract)[seq - 1]

    @elsewhere
    def status(
        self, contract: str, question: Question = Question(), *, progress: Callable[[int], None] | None = None,
        each: Each = map,
    ) -> dict[str, Any]:  # fmt: skip
        """The answer of SPEC section 5.

        ``progress`` hears how many percent of the sensitivity are worked out, by ``each``, which does as ``map`` does.
        """
        with collector_paused():
            asked, facts, calendar = self._asked(contract, question)
            found = self._answers.status(facts, calendar, asked)
        return with_sensitivity(found, facts, calendar, asked, progress, each) if asked.sensitivity else found

    @elsewhere
    def register_of(self, contract: str, question: Question = Question()) -> list[dict[str, Any]]:
        """The facts of :meth:`facts` as SPEC 2.1 shows them, with what :func:`register` adds to each."""
        return [envelope(fact) | line for fact, line in self.register_lines(contract, question)]

    def register_each(self, contract: str, question: Question = Question()) -> Iterator[dict[str, Any]]:
        """The lines of :meth:`register_of` as they are read, never all in memory where no fact is about another."""
        self._askable(contract, question, of_system=True)
        if not self.store.types(contract).isdisjoint(ACTS):
            yield from self.register_of(contract, question)
            return
        known_at, empty = question.known_at, True
        for fact in self.store.each_fact(contract):
            if known_at is not None and self._streams.moment(fact) > known_at:
                break
            empty = False
            if question.as_of is None or fact.day <= question.as_of or fact.seq == 1:
                line = plain(fact)
                del line["fact"]
                yield envelope(fact) | line
        if empty:
            self.facts(contract, question)  # says what is wrong with the contract or the moment

    def register_lines(
        self, contract: str, question: Question = Question()
    ) -> list[tuple[Fact, dict[str, Any]]]:
        """The facts of :meth:`facts`, each with what :func:`register` adds to it."""
        known_at = replace(question, as_of=None)  # a correction holds at every day
        told = {line.pop("fact"): line for line in register(self.facts(contract, known_at))}
        return [(fact, told[fact.id]) for fact in self.facts(contract, question)]

    def claims_of(self, contract: str, question: Question = Question()) -> dict[str, str]:
        """Why each fact that is a claim by the end of the day asked about is one, by id (SPEC 2.4): no sweep."""
        asked, facts, _ = self._asked(contract, question)
        return {claim.fact.id: claim.why for claim in Standing(facts).claims(asked.as_of)}

    def identifiers(self, contract: str) -> dict[str, list[str]]:
        """What the contract's facts call things so far, by kind, those of retracted facts left out."""
        found: dict[str, list[str]] = {}
        with self._streams.admitted(contract) as state:
            for kind, name in state.holders:
                found.setdefault(kind, []).append(str(name))
        return found

    @elsewhere
    def replay(
        self, contract: str, question: Question = Question(), *, as_recorded: bool = False
    ) -> list[dict[str, Any]]:
        """What changed when, in order of happening or of recording."""
        asked, facts, calendar = self._asked(contract, question)
        if as_recorded:
            return timeline.replay_as_recorded(facts, calendar, asked, as_of_given=question.as_of is not None)
        with collector_paused():
            return timeline.replay(facts, calendar, asked)

    @elsewhere
    def deadlines(self, contract: str, question: Question = Question()) -> Deadlines:
        """What falls due and the last days of rights, as a calendar shows them.

        Seen by a role, what is another's business alone is left out.
        """
        asked, facts, calendar = self._asked(contract, question)
        pass_ = sweep(facts, calendar, asked)
        pass_.advance(asked.as_of)
        heard = self._streams.known_by(self._streams.snapshot(CALENDAR), asked.known_at)
        changed_at = max([facts[-1].recorded_at, *(self._streams.moment(notice) for notice in heard[-1:])])
        title = self.terms(contract)["contract"]["title"]
        found = tuple(deadlines(pass_.machine, asked.as_of))
        if asked.as_seen_by is not None:
            found = tuple(one for one in found if one.for_role in (None, asked.as_seen_by))
        return Deadlines(contract, title, changed_at, found)

    def reckoned(self, contract: str, question: Question = Question()) -> dict[str, Reckoned]:
        """How each due day came about, by obligation (:func:`ledger.projections.reckoning.reckoned`)."""
        asked, facts, calendar = self._asked(contract, question)
        return reckoned(facts, calendar, asked)

    def standing(self, contract: str, question: Question = Question()) -> list[Fact]:
        """The facts that stand in the view asked for by the end of the day, each as corrected."""
        asked, facts, _ = self._asked(contract, question)
        standing = Standing(facts).view(asked.as_seen_by).facts
        return [fact for fact in standing if fact.day <= asked.as_of or fact.seq == 1]

    def day(self, question: Question = Question()) -> date:
        """The day a question is about: the one it names, or today in Beijing."""
        return question.as_of or beijing_day(self.clock())

    def template(self, contract: str) -> Template:
        """The template the contract was drawn from."""
        return template_of_facts([self._streams.registration(contract)])

    def paths(self, contract: str, question: Question = Question()) -> list[dict[str, Any]]:
        """Every path :meth:`explain` can be asked for, with its value: ``{"path", "value"}``."""
        answer = self.status(contract, question)
        return [{"path": path, "value": value} for path, value in askable(answer, self.template(contract))]

    def effects(self, recorded: Sequence[Recorded]) -> list[dict[str, Any]]:
        """What facts just recorded changed in the answer of today; working-day notices have no answer."""
        fresh = [one.fact.seq for one in recorded if not one.repeated]
        if not fresh or recorded[0].fact.contract in SYSTEM:
            return []
        asked, facts, calendar = self._asked(recorded[0].fact.contract, Question())
        return timeline.effects(facts[: fresh[0] - 1], facts[: fresh[-1]], calendar, asked)

    def preview(
        self, contract: str, envelopes: Sequence[Stated], progress: Callable[[int], None] | None = None
    ) -> tuple[int, list[dict[str, Any]]]:
        """How many facts would be recorded now, and what they would change; records nothing.

        ``progress`` is told how many were looked at, every thousand.
        """
        asked, facts, calendar = self._asked(contract, Question())
        imagined = self._recorder.imagine(contract, facts, envelopes, self.clock(), plans=False, progress=progress)
        return len(imagined), timeline.effects(facts, [*facts, *imagined], calendar, asked)

    def as_corrected(self, contract: str, name: str) -> tuple[Fact, dict[str, Any]]:
        """The fact of that name and its data as last corrected, personal values in the clear. Refusal FACT_UNKNOWN."""
        fact = self.fact(contract, name)
        with self._streams.admitted(contract) as state:
            data = dict(data_json(state.what(fact.seq)))
        for key in TYPES[fact.type].personal & data.keys():
            if isinstance(data[key], dict):
                line = self.custody.vault().disclosure(data[key]["commitment"])
                data[key] = None if line is None else json.loads(line)[2]
        return fact, {key: value for key, value in data.items() if value is not None}

    @elsewhere
    def clauses(self, contract: str, article: str | None = None, question: Question = Question()) -> dict[str, Any]:
        """The agreement's own words, or one article's, each clause with what holds under it. Refusal CLAUSE_UNKNOWN."""
        asked, facts, calendar = self._asked(contract, question)
        return clauses(facts, calendar, asked, article)

    @elsewhere
    def explain(self, contract: str, path: str, question: Question = Question()) -> dict[str, Any]:
        with collector_paused():
            asked, facts, calendar = self._asked(contract, question)
            return explain(facts, calendar, asked, path)

    @elsewhere
    def diff(self, contract: str, first: Question, second: Question) -> dict[str, Any]:
        with collector_paused():
            before, before_facts, before_calendar = self._asked(contract, first)
            after, after_facts, after_calendar = self._asked(contract, second)
            return timeline.diff(before_facts, before_calendar, before, after_facts, after_calendar, after)

    @elsewhere
    def simulate(
        self, contract: str, envelopes: Sequence[Stated], question: Question = Question()
    ) -> dict[str, Any]:
        """What the answer would be if these facts were recorded too; records nothing.

        Plans may lie ahead. Without ``as_of`` the answer is as of the last day they speak of, or today.
        """
        asked, facts, calendar = self._asked(contract, question)
        imagined = self._recorder.imagine(contract, facts, envelopes, asked.known_at)
        if question.as_of is None:
            asked = replace(asked, as_of=max([asked.as_of, *(fact.day for fact in imagined)]))
        return timeline.what_if(facts, [*facts, *imagined], calendar, asked)

    def portfolio_page(
        self, wanted: PortfolioQuery = ALL, after: PortfolioPlace | None = None, most: int = 50,
        question: Question = Question(),
    ) -> Page:  # fmt: skip
        """The next at most ``most`` contracts of what is wanted after a place, a line each, JSON as bytes.

        A line is ``{"contract", "title", …}`` with what the sections of its agreement show at a glance (``phase``,
        ``outstanding``, ``overdue``, ``credit``, ``termination_allowed``, ``claims`` …), ``next_due``,
        ``next_deadline``, ``next_change`` and ``one_short``; :func:`ledger.portfolio.names` lists by what can be
        found. As they stand today it costs the same whatever the number of contracts; by another ``question`` each is
        swept for it. Refusals as for :meth:`ledger.portfolio.Portfolio.page` and ``page_as``.
        """
        self.custody.remembered.check()
        if question == Question():
            return self._portfolio.page(wanted, after, most)
        return self._portfolio.page_as(
            lambda contract: self.portfolio_line(contract, question), self.day(question), wanted, after, most
        )

    def portfolio_count(self, wanted: PortfolioQuery = ALL) -> int:
        """How many contracts there are of what is wanted, as they stand today."""
        self.custody.remembered.check()
        return self._portfolio.count(wanted)

    def portfolio(self, question: Question = Question(), wanted: PortfolioQuery = ALL) -> list[dict[str, Any]]:
        """Every line of :meth:`portfolio_page`; the portfolio is brought up to date for it, however long that takes."""
        self.projector.current(self.store.leaf_count())
        lines, after = list[dict[str, Any]](), None
        while True:
            page = self.portfolio_page(wanted, after, LINES_AT_ONCE, question)
            lines += page.shown()
            if (after := page.following) is None:
                return lines

    def portfolio_what_if(
        self, prefix: str, supposition: Supposition, contracts: Collection[str] | None = None, *,
        progress: Callable[[int], None] | None = None,
    ) -> dict[str, Any]:  # fmt: skip
        """Which contracts would change, of those whose number begins with ``prefix`` and that may be seen (None: all).

        ``{"swept", "changing", "changed": [{"contract", "count", "changes"}], "refused": [{"contract", "code"}]}``;
        ``progress`` hears the percent that is done. Records nothing.
        """
        wanted, after, found = PortfolioQuery(prefix=prefix, contracts=contracts), None, Changing()
        self.projector.current(self.store.leaf_count())
        total = max(1, self._portfolio.count(wanted))
        while listed := self._portfolio.contracts(wanted, after, LINES_AT_ONCE):
            for place, contract in listed:
                asked, facts, calendar = self._asked(contract, Question())
                found.add(supposed(facts, calendar, asked, supposition, self._recorder.imagine))
                after = place
                if progress is not None:
                    progress(100 * found.swept // total)
        return found.shown()

    def portfolio_line(self, contract: str, question: Question = Question()) -> dict[str, Any] | None:
        """A contract at a glance; None where nothing of it was known by ``known_at``."""
        try:
            asked, facts, calendar = self._asked(contract, question)
        except Refusal as refused:
            if refused.code == "CONTRACT_UNKNOWN_THEN":
                return None
            raise
        with collector_paused():
            return row(facts, calendar, asked).line

    def terms(self, contract: str) -> dict[str, Any]:
        """The registered terms document."""
        registered = self._streams.registration(contract).what
        assert isinstance(registered, ContractRegistered)
        return dict(registered.terms)

    def advice(self, terms: Mapping[str, object]) -> list[dict[str, Any]]:
        """What of a document of terms counsel wants to see before signing (:mod:`ledger.projections.terms_check`)."""
        return terms_check.advice(terms, self.calendar())

    def calendar(self, known_at: int | None = None) -> Calendar:
        """The working days as known at a moment: the notices shipped and those recorded here."""
        return self._streams.calendar(self.clock() if known_at is None else known_at)

    # -- loading ----------------------------------------------------------------------------------

    def _askable(self, contract: str, question: Question, *, of_system: bool) -> None:
        """Refusal CONTRACT_UNKNOWN, DATE_RANGE, ROLE_UNKNOWN; Tampered ROLLED_BACK: nothing can be asked then."""
        if contract in SYSTEM and not of_system:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        if question.as_of is not None and not FIRST_YEAR <= question.as_of.year <= LAST_YEAR:
            raise Refusal("DATE_RANGE", "as_of", value=question.as_of.isoformat(), first=FIRST_YEAR, last=LAST_YEAR)
        if question.as_seen_by is not None and question.as_seen_by not in ROLES:
            raise unknown_role(question.as_seen_by, "as_seen_by")
        self.custody.remembered.check()
        self._streams.corrected()

    def _asked(
        self, contract: str, question: Question, *, of_system: bool = False
    ) -> tuple[Asked, list[Fact], Calendar]:
        self._askable(contract, question, of_system=of_system)
        at = self.clock()
        committed = self._streams.committed(contract)
        # a clock that stands behind what is recorded does not make it unknown
        now_known = max(at, self._streams.moment(committed[-1])) if committed else at
        known_at = now_known if question.known_at is None else question.known_at
        facts = self._streams.known_by(committed, known_at)
        if not facts:
            raise Refusal("CONTRACT_UNKNOWN_THEN", contract=contract, moment=format_utc(known_at))
        for reading, option in question.readings.items():
            reading_known(template_of_facts(facts).readings, reading, option)
        asked = Asked(
            question.as_of or beijing_day(at), known_at, question.as_seen_by, question.readings, question.sensitivity
        )
        return asked, facts, self._streams.calendar(known_at)
