"""The registers of a ledger's contracts: facts by their numbers, each with what is concluded of it.

What is concluded of facts comes from the index stored with a contract's row in the portfolio. Facts recorded since are
added to it where they act on no earlier fact; otherwise, and where no row holds today, the index is made from all the
facts. So the cost does not depend on the number of facts, except once after an act on another fact.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock

from ledger.collector import collector_paused
from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.standing import Standing
from ledger.domain.statements import Statements
from ledger.domain.values import quoted
from ledger.loading import TODAY, Loader, Question
from ledger.projections.basis import counted, counts
from ledger.projections.register import RegisterEntry, RegisterIndex, extended, register_index
from ledger.projector import Projector
from ledger.store import Head
from ledger.streams import Streams

MOST_FACTS = 200_000  # of all contracts whose index is remembered: what was said by them is remembered too


class RememberedIndex(NamedTuple):
    """An index as of a day; ``said`` has the statements of its facts, None where it comes from a stored row."""

    of: RegisterIndex
    day: date
    said: Statements | None


class Registers:
    """The registers of one ledger. Safe to use from several threads."""

    def __init__(self, projector: Projector, loader: Loader, streams: Streams) -> None:
        self._projector, self._loader, self._streams = projector, loader, streams
        self._held: OrderedDict[str, RememberedIndex] = OrderedDict()
        self._lock = Lock()

    def index(self, contract: str) -> RegisterIndex:
        """The index of everything recorded of a contract, as of today. Refusal CONTRACT_UNKNOWN."""
        self._loader.askable(contract, TODAY, of_system=False)
        head, day = self._streams.head(contract), self._loader.day()
        with self._lock:
            held = self._held.get(contract)
            if held is None or held.day != day or not _is_of(held, head):
                held = self._brought_up(contract, head, day)
            if held is not None:
                self._keep(contract, held)
                return held.of
        with collector_paused():
            standing = Standing(self._streams.committed(contract))
            made = RememberedIndex(register_index(standing, day), day, standing.said)
        with self._lock:
            self._keep(contract, made)
        return made.of

    def between(self, contract: str, first: int, last: int) -> list[RegisterEntry]:
        """The entries of the facts of these numbers, both inclusive, in order of seq."""
        index = self.index(contract)
        return [index.entry(fact) for fact in self._streams.between(contract, first, min(last, index.facts))]

    def named(self, contract: str, name: str, question: Question = TODAY) -> RegisterEntry:
        """The entry of the fact that an id, a number or a ref names, if the question covers it. Refusal FACT_UNKNOWN.
        """
        entry = self._named(contract, name)
        if question.known_at is not None:
            for one in self.whole(contract, question):
                if one.fact.seq == entry.fact.seq:
                    return one
            raise _unknown(name)
        if question.as_of is not None and not counts(entry.fact, question.as_of):
            raise _unknown(name)
        return entry

    def _named(self, contract: str, name: str) -> RegisterEntry:
        index = self.index(contract)
        seq = index.named(contract, name)
        if seq is None:
            with self._streams.admitted(contract) as state:
                seq = state.seq_of(name)
        if seq is None or not 1 <= seq <= index.facts:
            raise _unknown(name)
        return index.entry(self._streams.between(contract, seq, seq)[0])

    def attached_to(self, contract: str, fact: Fact) -> list[RegisterEntry]:
        """The entries of the facts that attached a document to one, in order of seq."""
        attached = self.index(contract).attached
        names = (fact.id, fact.ref, f"#{fact.seq}", str(fact.seq))
        seqs = sorted({seq for name in names for seq in attached.get(name, ())})
        return [entry for seq in seqs for entry in self.between(contract, seq, seq)]

    def whole(self, contract: str, question: Question) -> list[RegisterEntry]:
        """The entries of all facts that a question covers, in order of seq; a correction holds on every day."""
        basis = self._loader.load(contract, question, dated=False)
        if question.known_at is None and question.as_of is None:
            index = self.index(contract)
            return [index.entry(fact) for fact in basis.facts[: index.facts]]
        index = register_index(Standing(basis.facts), basis.as_of)
        facts = basis.facts if question.as_of is None else counted(basis.facts, question.as_of)
        return [index.entry(fact) for fact in facts]

    def _brought_up(self, contract: str, head: Head, day: date) -> RememberedIndex | None:
        """The cached or stored index, with what was recorded since; None where all facts must be read."""
        held = self._held.get(contract)
        brought = self._extended(contract, held, head, day) if held is not None and held.day == day else None
        if brought is None and (kept := self._projector.register_of(contract)) is not None:
            brought = self._extended(contract, RememberedIndex(kept, day, None), head, day)
        return brought

    def _extended(
        self, contract: str, held: RememberedIndex, head: Head, day: date
    ) -> RememberedIndex | None:
        if _is_of(held, head):
            return held
        more = self._since(contract, held.of, head) if held.of.facts < head.seq else []
        index = extended(held.of, more, held.said, day) if more else None
        return None if index is None else RememberedIndex(index, day, held.said)

    def _since(self, contract: str, index: RegisterIndex, head: Head) -> list[Fact]:
        more = self._streams.between(contract, index.facts + 1, head.seq)
        return more if more and more[0].prev == index.digest else []

    def _keep(self, contract: str, held: RememberedIndex) -> None:
        before = self._held.pop(contract, None)
        if before is not None and before.day == held.day and before.of.facts > held.of.facts:
            held = before
        self._held[contract] = held
        while len(self._held) > 1 and sum(one.of.facts for one in self._held.values()) > MOST_FACTS:
            self._held.popitem(last=False)


def _unknown(name: str) -> Refusal:
    return Refusal("FACT_UNKNOWN", "fact", fact=quoted(name))


def _is_of(held: RememberedIndex, head: Head) -> bool:
    return (held.of.facts, held.of.digest) == (head.seq, head.digest)
