"""A ledger as command line and API use it: the parts that act on it, and questions about one contract.

Recording (load, decide, append) is :mod:`ledger.recording`; a question is loaded by :mod:`ledger.loading`, swept and
answered here. The clock is read here and nowhere below. A ledger may be used from several threads; what it caches of a
contract is checked against the store each time and can be discarded at any time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import deepcopy
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ledger.answer_cache import AnswerCache
from ledger.collector import collector_paused
from ledger.custody.custody import CHECKPOINT_SECONDS, Custody
from ledger.domain.calendar import Calendar
from ledger.domain.declare import replace
from ledger.domain.errors import Refusal
from ledger.domain.fact import ROLES, Fact
from ledger.domain.facts.agreement import ContractRegistered
from ledger.domain.moments import beijing_day
from ledger.domain.standing import Standing
from ledger.domain.template import Template, template_of_facts
from ledger.domain.values import quoted
from ledger.elsewhere import Elsewhere, elsewhere
from ledger.loading import TODAY, Loader, Question
from ledger.log.failure import Tampered
from ledger.log.tables import TreeTables
from ledger.projections import timeline
from ledger.projections.basis import counted, counts
from ledger.projections.paths import askable
from ledger.projections.status import with_sensitivity
from ledger.store import Conflict, Store, open_store
from ledger.streams import CALENDAR, LOG, SYSTEM, Streams, envelope

if TYPE_CHECKING:
    from ledger.attaching import Attachments
    from ledger.custody.audit import Audit
    from ledger.domain.fact_faults import Stated
    from ledger.imports import Imports
    from ledger.log.storage import SignedHead
    from ledger.operating import Operator
    from ledger.personal_values import PersonalValues
    from ledger.portfolio import Portfolio
    from ledger.projections.deadlines import Deadlines, DeadlinesOfAll
    from ledger.projections.reckoning import Reckoned
    from ledger.projections.sensitivity import Each
    from ledger.projector import Projector
    from ledger.recording import Once, Recorded, Recorder
    from ledger.registers import Registers
    from ledger.store import Also

__all__ = [
    "CALENDAR", "LOG", "ROLES", "Conflict", "Ledger", "Question", "envelope", "now",
]  # fmt: skip


def now() -> int:
    """The system's clock, in microseconds since the Unix epoch."""
    return time.time_ns() // 1000


class Ledger:
    """A compliance ledger over one store.

    ``register`` and ``record`` record facts; ``attachments`` documents with them; ``personal`` shows and erases
    personal values; ``imports`` keeps drafts; ``portfolio`` finds contracts, ``registers`` the facts of one;
    ``operator`` decides about the ledger itself; ``custody`` has its keys, log and documents. Each raises
    :class:`Refusal`, with a stable code, for what is not accepted.
    """

    def __init__(self, store: str | Store = "sqlite:///lvyue.db", *, clock: Callable[[], int] = now,
                 create: bool = False) -> None:  # fmt: skip
        if isinstance(store, str):
            store = open_store(store, create=create, extensions=[TreeTables()])
        self.store = store
        self.custody = Custody(store)
        self.clock = clock
        self._streams = Streams(store)
        self._loader = Loader(self._streams, self.custody, clock)
        self._answers = AnswerCache()
        self.spill = self._streams.spill
        self.load, self.day = self._loader.load, self._loader.day
        self.elsewhere: Elsewhere | None = None

    # -- its parts, imported when first asked for: most commands need none of them ------------------

    @cached_property
    def _recorder(self) -> Recorder:
        from ledger.recording import Recorder

        return Recorder(self.store, self._streams, self.custody, self.clock)

    @cached_property
    def operator(self) -> Operator:
        """An operator's decisions about the ledger itself."""
        from ledger.operating import Operator

        return Operator(self._streams, self._recorder, self.custody, self.clock)

    @cached_property
    def attachments(self) -> Attachments:
        """Documents with facts."""
        from ledger.attaching import Attachments

        return Attachments(self._streams, self._recorder, self.custody, self.clock)

    @cached_property
    def personal(self) -> PersonalValues:
        """Personal values, shown and erased."""
        from ledger.personal_values import PersonalValues

        return PersonalValues(self._streams, self._recorder, self.custody)

    @cached_property
    def imports(self) -> Imports:
        """Drafts made from files and feeds."""
        from ledger.imports import Imports

        return Imports(self.store, self._streams, self._recorder, self.custody, self.clock)

    @cached_property
    def projector(self) -> Projector:
        """Keeps the portfolio current."""
        from ledger.projector import Projector

        return Projector(self.store, self._streams, self.clock, self.elsewhere)

    @cached_property
    def portfolio(self) -> Portfolio:
        """Finds contracts by how they stand."""
        from ledger.portfolio import Portfolio

        return Portfolio(self.projector, self._loader, self._recorder)

    @cached_property
    def registers(self) -> Registers:
        """Facts of a contract, each with what is concluded of it."""
        from ledger.registers import Registers

        return Registers(self.projector, self._loader, self._streams)

    # -- recording: see ledger.recording.Recorder ----------------------------------------------------

    def register(self, document: Mapping[str, object], *, by: str = "party_a", recorded_by: str = "local") -> Recorded:
        """Register a contract by its terms; the same terms again change nothing."""
        return self._recorder.register(document, by=by, recorded_by=recorded_by)

    def record(
        self, contract: str, envelopes: Sequence[Stated], *, recorded_by: str = "local",
        expected_version: int | None = None, once: Once | None = None,
        progress: Callable[[int], None] | None = None, also: Also | None = None,
    ) -> list[Recorded]:  # fmt: skip
        """Record facts, all or nothing, in the order given; see :meth:`ledger.recording.Recorder.record`."""
        return self._recorder.record(contract, envelopes, recorded_by=recorded_by, expected_version=expected_version,
                                     once=once, progress=progress, also=also)  # fmt: skip

    def group_commit(self) -> AbstractContextManager[None]:
        """One durable commit for all that this thread records inside."""
        return self._recorder.group_commit()

    # -- the ledger as a whole --------------------------------------------------------------------

    def checkpoint(self) -> SignedHead | None:
        """A signed head over everything recorded; see :meth:`ledger.custody.custody.Custody.checkpoint`."""
        return self.custody.checkpoint(self.clock())

    def checkpoint_if_due(self, seconds: float = CHECKPOINT_SECONDS) -> SignedHead | None:
        """Make a checkpoint where facts have waited ``seconds`` for one; a server calls this now and then."""
        return self.custody.checkpoint_if_due(self.clock(), seconds)

    def audit(self, since: bytes | None = None, progress: Callable[[int, int], None] | None = None) -> Audit:
        """Read everything again, or all after a checkpoint that somebody holds: bytes, chains, tree, checkpoints,
        documents.

        What this ledger caches of contracts, and the rows of the portfolio, are compared with a fresh sweep of what is
        stored. ``progress`` is called with how many of how many facts were read. Refusal CHECKPOINT_MALFORMED,
        CHECKPOINT_FOREIGN.
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

    # -- one contract -------------------------------------------------------------------------------

    def contracts(self) -> list[str]:
        """Every registered contract, in the order of registration."""
        self._loader.check()
        return [contract for contract in self.store.contracts() if contract not in SYSTEM]

    def version(self, contract: str) -> int:
        """The last ``seq`` of the contract."""
        self._loader.check()
        seq = self.store.last_seq(contract)
        if not seq and contract not in SYSTEM:
            raise Refusal("CONTRACT_UNKNOWN", "contract", contract=contract)
        return seq

    def facts(self, contract: str, question: Question = TODAY) -> list[Fact]:
        """The facts recorded by ``known_at`` whose ``on`` is not after ``as_of``, in order of ``seq``."""
        facts = list(self.load(contract, question, of_system=True, dated=False).facts)
        return facts if question.as_of is None else counted(facts, question.as_of)

    def fact(self, contract: str, name: str) -> Fact:
        """The fact that an id, a number or a ref names. Refusal FACT_UNKNOWN."""
        self._loader.check()
        with self._streams.admitted(contract) as state:
            seq = state.seq_of(name)
        if seq is None:
            raise Refusal("FACT_UNKNOWN", "fact", fact=quoted(name))
        return self._streams.committed(contract)[seq - 1]

    @elsewhere
    def status(
        self, contract: str, question: Question = TODAY, *, progress: Callable[[int], None] | None = None,
        each: Each = map,
    ) -> dict[str, Any]:  # fmt: skip
        """The answer of SPEC section 5.

        ``progress`` is called with the percentage of the sensitivity that is done; ``each`` replaces ``map`` for
        working it out.
        """
        with collector_paused():
            basis = self.load(contract, question)
            found = self._answers.status(basis)
        return with_sensitivity(found, basis, progress, each) if basis.sensitivity else found

    @elsewhere
    def register_of(self, contract: str, question: Question = TODAY) -> list[dict[str, Any]]:
        """The facts of :meth:`facts` as SPEC 2.1 shows them, with what :func:`register` adds to each."""
        from ledger.projections.register import register

        known_at = replace(question, as_of=None)  # a correction holds at every day
        told = {line.pop("fact"): line for line in register(self.facts(contract, known_at))}
        return [envelope(fact) | told[fact.id] for fact in self.facts(contract, question)]

    def register_each(self, contract: str, question: Question = TODAY) -> Iterator[dict[str, Any]]:
        """The lines of :meth:`register_of` as they are read, never all in memory where no fact is about another."""
        from ledger.projections.register import ACTS, plain

        self._loader.askable(contract, question, of_system=True)
        if not self.store.types(contract).isdisjoint(ACTS):
            yield from self.register_of(contract, question)
            return
        known_at, empty = question.known_at, True
        for fact in self.store.each_fact(contract):
            if known_at is not None and self._streams.moment(fact) > known_at:
                break
            empty = False
            if question.as_of is None or counts(fact, question.as_of):
                line = plain(fact)
                del line["fact"]
                yield envelope(fact) | line
        if empty:
            self.facts(contract, question)  # says what is wrong with the contract or the moment

    def identifiers(self, contract: str) -> dict[str, list[str]]:
        """The identifiers of the contract so far, by kind; those of retracted facts are left out."""
        found: dict[str, list[str]] = {}
        with self._streams.admitted(contract) as state:
            for kind, name in state.holders:
                found.setdefault(kind, []).append(str(name))
        return found

    @elsewhere
    def replay(
        self, contract: str, question: Question = TODAY, *, as_recorded: bool = False, since: date | None = None
    ) -> list[dict[str, Any]]:
        """What changed when, in order of happening or of recording; in order of happening optionally only after the day
        ``since``.
        """
        basis = self.load(contract, question)
        if as_recorded:
            return timeline.replay_as_recorded(basis, as_of_given=question.as_of is not None)
        with collector_paused():
            return timeline.replay(basis, since)

    @elsewhere
    def deadlines(self, contract: str, question: Question = TODAY) -> Deadlines:
        """Due days and last days of rights, as a calendar shows them.

        In a role's view, those that concern another role only are left out.
        """
        from ledger.projections.deadlines import Deadlines, deadlines

        basis = self.load(contract, question)
        changed_at = max(basis.facts[-1].recorded_at, self._heard_at(basis.known_at))
        title = self.title(contract)
        found = tuple(deadlines(basis.swept().machine, basis.as_of))
        if basis.as_seen_by is not None:
            found = tuple(one for one in found if one.for_role in (None, basis.as_seen_by))
        return Deadlines(contract, title, changed_at, found)

    def deadlines_of_all(
        self, contracts: Collection[str] | None = None, question: Question = TODAY
    ) -> DeadlinesOfAll:
        """The :meth:`deadlines` of each contract that may be seen (None: all).

        As they stand today they are read from the portfolio's rows; for another ``question`` each contract is swept.
        """
        from ledger.projections.deadlines import Deadlines, DeadlinesOfAll, deadlines_in

        if question != TODAY:
            return DeadlinesOfAll(self._deadlines_of_each(contracts, question), self.store.leaf_count(), True)
        heard, feeds = self._heard_at(self.clock()), self.portfolio.feeds(contracts)
        found = (
            Deadlines(contract, feed["title"], max(feed["recorded_at"], heard), deadlines_in(feed))
            for contract, feed in feeds.found
        )
        return DeadlinesOfAll(found, feeds.position, feeds.current)

    def _deadlines_of_each(self, contracts: Collection[str] | None, question: Question) -> Iterator[Deadlines]:
        for contract in self.contracts():
            if contracts is None or contract in contracts:
                try:
                    yield self.deadlines(contract, question)
                except Refusal as refused:
                    if refused.code != "CONTRACT_UNKNOWN_THEN":
                        raise

    def _heard_at(self, known_at: int) -> int:
        """When (µs) the last notice on working days was recorded that was known at a moment; 0 where none was."""
        heard = self._streams.known_by(self._streams.snapshot(CALENDAR), known_at)
        return self._streams.moment(heard[-1]) if heard else 0

    @elsewhere
    def reckoned(self, contract: str, question: Question = TODAY) -> dict[str, Reckoned]:
        """How each due day came about, by obligation (:func:`ledger.projections.reckoning.reckoned`)."""
        with collector_paused():
            return self._answers.reckoned(self.load(contract, question))

    def standing(self, contract: str, question: Question = TODAY) -> list[Fact]:
        """The facts that stand in the view asked for by the end of the day, each as corrected."""
        basis = self.load(contract, question)
        return counted(Standing(basis.facts).view(basis.as_seen_by).facts, basis.as_of)

    def template(self, contract: str) -> Template:
        """The template the contract was drawn from."""
        return template_of_facts([self._streams.registration(contract)])

    def paths(self, contract: str, question: Question = TODAY) -> list[dict[str, Any]]:
        """Every path :meth:`explain` can be asked for, with its value: ``{"path", "value"}``."""
        answer = self.status(contract, question)
        return [{"path": path, "value": value} for path, value in askable(answer, self.template(contract))]

    def effects(self, recorded: Sequence[Recorded]) -> list[dict[str, Any]]:
        """What facts just recorded changed in today's answer; notices on working days have no answer."""
        fresh = [one.fact.seq for one in recorded if not one.repeated]
        if not fresh or recorded[0].fact.contract in SYSTEM:
            return []
        basis = self.load(recorded[0].fact.contract)
        return timeline.effects(replace(basis, facts=basis.facts[: fresh[0] - 1]), basis.facts[: fresh[-1]])

    def preview(
        self, contract: str, envelopes: Sequence[Stated], progress: Callable[[int], None] | None = None
    ) -> tuple[int, list[dict[str, Any]]]:
        """How many facts would be recorded now, and what they would change; records nothing.

        ``progress`` is called with the number checked, after every thousand.
        """
        basis = self.load(contract)
        facts, at = basis.facts, self.clock()
        imagined = self._recorder.imagine(contract, facts, envelopes, at, plans=False, progress=progress)
        return len(imagined), timeline.effects(basis, [*facts, *imagined])

    @elsewhere
    def clauses(self, contract: str, article: str | None = None, question: Question = TODAY) -> dict[str, Any]:
        """The agreement's own words, or those of one article, each clause with what stands on it. Refusal
        CLAUSE_UNKNOWN.
        """
        from ledger.projections.clauses import clauses

        return clauses(self.load(contract, question), article)

    @elsewhere
    def explain(self, contract: str, path: str, question: Question = TODAY) -> dict[str, Any]:
        from ledger.projections.explain import explain

        with collector_paused():
            return explain(self.load(contract, question), path)

    @elsewhere
    def diff(self, contract: str, first: Question, second: Question) -> dict[str, Any]:
        with collector_paused():
            return timeline.diff(self.load(contract, first), self.load(contract, second))

    @elsewhere
    def simulate(
        self, contract: str, envelopes: Sequence[Stated], question: Question = TODAY
    ) -> dict[str, Any]:
        """The answer if these facts were recorded too; records nothing.

        Facts may lie in the future. Without ``as_of`` the answer is as of the last day they speak of, or today.
        """
        basis = self.load(contract, question)
        imagined = self._recorder.imagine(contract, basis.facts, envelopes, basis.known_at)
        if question.as_of is None:
            basis = replace(basis, as_of=max([basis.as_of, *(fact.day for fact in imagined)]))
        return timeline.what_if(basis, imagined)

    def terms(self, contract: str) -> dict[str, Any]:
        """The registered terms document; a copy, since contracts with the same tables share these."""
        return deepcopy(dict(self._registered(contract).terms))

    def title(self, contract: str) -> str:
        """The contract's title."""
        return str(self._registered(contract).terms["contract"]["title"])

    def _registered(self, contract: str) -> ContractRegistered:
        registered = self._streams.registration(contract).what
        assert isinstance(registered, ContractRegistered)
        return registered

    def terms_in_force(self, contract: str, question: Question = TODAY) -> dict[str, Any]:
        """The document of terms as amended by the day asked about, in the view asked for; a copy."""
        basis = self.load(contract, question)
        return deepcopy(dict(basis.swept().machine.agreement.on(basis.as_of).document))

    def advice(self, terms: Mapping[str, object]) -> list[dict[str, Any]]:
        """What counsel should see of a document of terms before signing (:mod:`ledger.projections.terms_check`)."""
        from ledger.projections.terms_check import advice

        return advice(terms, self.calendar())

    def calendar(self, known_at: int | None = None) -> Calendar:
        """The working days as known at a moment: by the notices installed and those recorded here."""
        return self._streams.calendar(self.clock() if known_at is None else known_at)
