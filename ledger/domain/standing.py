"""Whose word counts: which facts stand in whose view, what is claimed and what is contested (SPEC 2.4).

Two adverse parties keep one ledger. Of record is what nobody disputes, what a neutral role says, what both agreed and
what a court decided; anything else that a party says is a claim and counts in its own view only. This stage precedes
the sweep and does not depend on the day asked about. Where nothing is claimed or contested, all views share the facts
as they are. :mod:`ledger.domain.claims` decides what is a claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

from ledger.domain.claims import Claims, named_in, since_corrected
from ledger.domain.declare import NamedTuple, replace
from ledger.domain.fact import OTHER_PARTY as OTHER
from ledger.domain.fact import Fact, chronological
from ledger.domain.hearing import Heard, changing, hear
from ledger.domain.history import (
    CHANGING,
    CORRECTED,
    NAMING,
    Act,
    Outcome,
    introduced,
    kept,
    pointed,
    settle,
    without_orphans,
)
from ledger.domain.statements import DISPUTED, Plan
from ledger.domain.view import View


class Claim(NamedTuple):
    """A fact that counts only in the view of the role that said it: ``why``, and the month, thing or fact it concerns.
    """

    fact: Fact
    why: str
    concerns: str


class Standing:
    """Which of a contract's recorded facts are claims, which are contested, and what stands in each view."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.recorded = facts
        self._decided = Claims(facts)
        self.claimed = self._decided.why
        self.said = self._decided.said
        self.contests = self._decided.contests
        self._views: dict[str | None, View] = {}

    @property
    def parted(self) -> bool:
        """Whether something is claimed or contested, so that the views may differ."""
        return bool(self.claimed or self.contests)

    def heard(self, seq: int) -> Heard:
        """What is said of record about the fact of this number."""
        return self._decided.heard_of(seq)

    # -- what stands --------------------------------------------------------------------------------

    def view(self, role: str | None = None) -> View:
        """The facts of record (None), or as a role sees them."""
        if role not in self._views:
            self._views[role] = self._view(role)
        return self._views[role]

    def _view(self, role: str | None) -> View:
        if role is None or not self.parted:
            heard, settled = self._decided.heard, self._decided.settled
            left_out = frozenset(self.claimed) - self._cores.keys()
        else:
            heard = {}
            settled = settle(self.recorded, partial(self._as_seen_by, role, heard))
            left_out = frozenset(
                seq for seq in self.claimed if self._speaker(seq) != role and seq not in self._cores
            )
        facts = kept(self.recorded, settled, left_out)
        if self._cores:
            facts = [self._core(fact) if fact.speaker != role else fact for fact in facts]
        own = frozenset(seq for seq in self.claimed if self._speaker(seq) == role)
        if facts is not self.recorded:
            facts = without_orphans(facts, since_corrected(self._decided.by_seq, settled, introduced))
        return View(role, facts, self._agreed(heard), own, settled.corrections)

    @cached_property
    def _cores(self) -> dict[int, Plan]:
        """By seq, the disputed facts on which a neutral role's word, an agreement or a ruling rests."""
        found, decided = {}, self._decided
        for seq, why in self.claimed.items():
            fact = decided.settled.get(seq) or decided.by_seq[seq]
            plan, named = decided.weighing.plans[fact.type], introduced(fact)
            if why == DISPUTED and plan.core is not None and named is not None:
                since = (one for of in (decided.resting, decided.by_neutrals) for one in of.get(named, ()) if one > seq)
                if any(decided.stands(one) and decided.binds_all(decided.by_seq[one]) for one in since):
                    found[seq] = plan
        return found

    def _core(self, fact: Fact) -> Fact:
        """What remains of a fact of record: that it happened, where what its speaker said of it is disputed."""
        plan = self._cores.get(fact.seq)
        return fact if plan is None or plan.core is None else replace(fact, what=plan.core(fact.what))

    def _agreed(self, heard: Mapping[int, Heard]) -> frozenset[int]:
        return frozenset(
            seq for seq, one in heard.items()
            if one.acked and (speaker := self._speaker(seq)) in OTHER and one.conceded_to(speaker)
        )  # fmt: skip

    def _speaker(self, seq: int) -> str:
        return self._decided.by_seq[seq].speaker

    def _as_seen_by(
        self, role: str, heard_of: dict[int, Heard], fact: Fact, acts: Sequence[Act]
    ) -> Sequence[Fact] | None:  # fmt: skip
        """The acts on a fact that count in a role's view: those of record and its own claims, less what it contests."""
        heard = heard_of[fact.seq] = hear(acts)
        if fact.seq in self.claimed and fact.speaker != role and fact.seq not in self._cores:
            return None
        if fact.seq != 1 and (heard.struck or any(one.by == role for one in heard.contests)):
            return None
        return [one for one in changing(acts) if not heard.upheld or one.type == CORRECTED]

    # -- what is told of it -------------------------------------------------------------------------

    def claims(self, day: date) -> list[Claim]:
        """The claims that count by the end of ``day``, corrections and retractions whatever their day, in order of (on,
        seq).
        """
        told = []
        for seq, why in self.claimed.items():
            fact = self._listed(seq)
            if fact is not None and _counts(fact, day) and not self._withdrawn(seq):
                told.append(Claim(fact, why, self.concerns(fact)))
        return sorted(told, key=lambda claim: chronological(claim.fact))

    @property
    def days(self) -> set[date]:
        """The days on which something more is claimed or contested."""
        decided = self._decided
        return {(decided.settled.get(seq) or decided.by_seq[seq]).day for seq in (*self.claimed, *self.contests)}

    def contested(self, day: date) -> list[Fact]:
        """The facts that a role contests; days and order as in :meth:`claims`."""
        told = [
            fact for seq, heard in self._decided.heard.items()
            if heard.contests and (fact := self._listed(seq)) is not None and _counts(fact, day)
        ]  # fmt: skip
        return sorted(told, key=chronological)

    def _listed(self, seq: int) -> Fact | None:
        """A fact, even a claim, as corrected of record; None where it no longer stands."""
        return self._decided.unheard.get(seq) or self._decided.settled.get(seq, self._decided.by_seq[seq])

    def _withdrawn(self, seq: int) -> bool:
        """Whether a claim no longer stands in its own speaker's view."""
        speaker = self._speaker(seq)
        settled = self._spoken.get(speaker)
        if settled is None:
            settled = self._spoken[speaker] = settle(self.recorded, partial(self._as_seen_by, speaker, {}))
        return seq in settled and settled[seq] is None

    @cached_property
    def _spoken(self) -> dict[str, Outcome]:
        return {}

    def concerns(self, fact: Fact) -> str:
        """The month, incident or dispute that a fact is about, or the id of the fact it acts on, or else its own id."""
        what: Any = fact.what
        if fact.type in NAMING:
            return self._decided.by_seq[pointed(self._decided.seqs, what.target, fact.seq) or 1].id
        if (month := getattr(what, "month", None)) is not None:
            return str(month)
        named = next((name for kind, name in named_in(fact) if kind in self._decided.weighing.named), None)
        return fact.id if named is None else str(named)

    def id_of(self, name: str, before: int) -> str | None:
        """The id of the fact that the fact of number ``before`` means by a name (SPEC 2.1)."""
        seq = pointed(self._decided.seqs, name, before)
        return self._decided.by_seq[seq].id if seq in self._decided.by_seq else None

    def ids_of(self, name: str, before: int) -> list[str]:
        """The id of the fact meant by a name and, for a correction, those of the facts it corrects."""
        seq = pointed(self._decided.seqs, name, before)
        found = [self._decided.by_seq[seq]] if seq in self._decided.by_seq else []
        while found and found[-1].type == "FactCorrected":
            found.append(self._decided.by_seq[pointed(self._decided.seqs, found[-1].what.target, found[-1].seq) or 1])
        return [fact.id for fact in found]


def _counts(fact: Fact, day: date) -> bool:
    return fact.day <= day or fact.type in CHANGING or fact.seq == 1
