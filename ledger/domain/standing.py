"""Whose word counts: which facts stand in whose view, what is claimed and what is contested (SPEC 2.4).

Two adverse parties keep one ledger. Of record is what nobody disputes, what a neutral role says, what both agreed and
what a court decided; a party's word beyond that is a claim and counts in its own view alone. This is one stage before
the sweep, it does not depend on the day asked about, and where nothing is claimed or contested all views share the
facts as they are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

from ledger.domain.chains import Chains
from ledger.domain.declare import NamedTuple, replace
from ledger.domain.fact import NEUTRALS, PARTIES, TYPES, Fact, chronological
from ledger.domain.fact import OTHER_PARTY as OTHER
from ledger.domain.hearing import NOTHING_HEARD, Heard, changing, for_another, hear
from ledger.domain.history import (
    ACKNOWLEDGED,
    ACTS,
    CHANGING,
    CORRECTED,
    JUDGED,
    NAMING,
    RETRACTED,
    Act,
    Outcome,
    corrected,
    introduced,
    kept,
    numbering,
    pointed,
    rests_on,
    settle,
    subject_of,
    without_orphans,
)
from ledger.domain.statements import (
    CHANGES_ANOTHERS_WORD,
    DISPUTED,
    SPEAKS_FOR_BOTH,
    TAKES_BACK,
    Plan,
    Statements,
    plan_of,
    told_by_name,
)
from ledger.domain.view import View


class Claim(NamedTuple):
    """A fact that counts only as seen by the role that said it: ``why``, and the month, thing or fact it is about."""

    fact: Fact
    why: str
    concerns: str


class Standing:
    """Which of a contract's recorded facts are claims, which are contested, and what stands in each view."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.recorded = facts
        self.claimed: dict[int, str] = {}  # by seq, why
        self.said = Statements()  # by all of them, once they are weighed
        self._heard: dict[int, Heard] = {}
        self._settled = Outcome()
        self._views: dict[str | None, View] = {}
        self._granted: dict[str, list[tuple[int, int]]] = {}  # by role: -seq, target of what it acknowledged
        self._unheard: dict[int, Fact] = {}  # by seq, the judgments that are claims and not gone, as corrected
        settle(facts, self._of_record, self._settled)
        self._weigh_statements()

    @cached_property
    def parted(self) -> bool:
        """Is something claimed or contested, so that the views may differ?"""
        return bool(self.claimed or self.contests)

    @cached_property
    def contests(self) -> dict[int, list[str]]:
        """The roles that contest a fact, by its seq."""
        return {
            seq: sorted({one.by for one in heard.contests}) for seq, heard in self._heard.items() if heard.contests
        }

    def heard(self, seq: int) -> Heard:
        """What is said of record of the fact of a number."""
        return self._heard.get(seq, NOTHING_HEARD)

    # -- what stands --------------------------------------------------------------------------------

    def view(self, role: str | None = None) -> View:
        """The record, or what stands as seen by a role."""
        if role not in self._views:
            self._views[role] = self._view(role)
        return self._views[role]

    def _view(self, role: str | None) -> View:
        if role is None or not self.parted:
            heard, settled, left_out = self._heard, self._settled, frozenset(self.claimed) - self._cores.keys()
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
            facts = without_orphans(facts, _since(self._by_seq, settled, introduced))
        return View(role, facts, self._agreed(heard), own, settled.corrections)

    @cached_property
    def _cores(self) -> dict[int, Plan]:
        """By seq, the disputed facts on which a neutral role's word, an agreement or a ruling rests."""
        found = {}
        for seq, why in self.claimed.items():
            fact = self._settled.get(seq) or self._by_seq[seq]
            plan, named = plan_of(fact.type), introduced(fact)
            if why == DISPUTED and plan.core is not None and named is not None:
                since = (one for of in (self._resting, self._by_neutrals) for one in of.get(named, ()) if one > seq)
                if any(self._stands(one) and self._binds_all(self._by_seq[one]) for one in since):
                    found[seq] = plan
        return found

    def _core(self, fact: Fact) -> Fact:
        """What stands of a fact of record: that it happened, where only its speaker's own word is disputed."""
        plan = self._cores.get(fact.seq)
        return fact if plan is None or plan.core is None else replace(fact, what=plan.core(fact.what))

    def _agreed(self, heard: Mapping[int, Heard]) -> frozenset[int]:
        return frozenset(
            seq for seq, one in heard.items()
            if one.acked and (speaker := self._speaker(seq)) in OTHER and one.conceded_to(speaker)
        )  # fmt: skip

    def _speaker(self, seq: int) -> str:
        return self._by_seq[seq].speaker

    @cached_property
    def _by_seq(self) -> dict[int, Fact]:
        return {fact.seq: fact for fact in self.recorded}

    def _as_seen_by(
        self, role: str, heard_of: dict[int, Heard], fact: Fact, acts: Sequence[Act]
    ) -> Sequence[Fact] | None:  # fmt: skip
        """The acts on a fact that count in a role's view: the record and its own claims, less what it contests."""
        heard = heard_of[fact.seq] = hear(acts)
        if fact.seq in self.claimed and fact.speaker != role and fact.seq not in self._cores:
            return None
        if fact.seq != 1 and (heard.struck or any(one.by == role for one in heard.contests)):
            return None
        return [one for one in changing(acts) if not heard.upheld or one.type == CORRECTED]

    # -- what is told of it -------------------------------------------------------------------------

    def claims(self, day: date) -> list[Claim]:
        """The claims that count by the end of ``day``, corrections and retractions on any, in order of (on, seq)."""
        told = []
        for seq, why in self.claimed.items():
            fact = self._listed(seq)
            if fact is not None and _counts(fact, day) and not self._withdrawn(seq):
                told.append(Claim(fact, why, self.concerns(fact)))
        return sorted(told, key=lambda claim: chronological(claim.fact))

    @property
    def days(self) -> set[date]:
        """The days on which something more is claimed or contested."""
        listed = (self._settled.get(seq) or self._by_seq[seq] for seq in (*self.claimed, *self.contests))
        return {fact.day for fact in listed}

    def contested(self, day: date) -> list[Fact]:
        """The facts that a role contests, as :meth:`claims` lists them."""
        told = [
            fact for seq, heard in self._heard.items()
            if heard.contests and (fact := self._listed(seq)) is not None and _counts(fact, day)
        ]  # fmt: skip
        return sorted(told, key=chronological)

    def _listed(self, seq: int) -> Fact | None:
        """A fact as corrected of record, be it a claim; None where it is gone."""
        return self._unheard.get(seq) or self._settled.get(seq, self._by_seq[seq])

    def _withdrawn(self, seq: int) -> bool:
        """Is a claim gone as its own speaker sees it?"""
        speaker = self._speaker(seq)
        settled = self._spoken.get(speaker)
        if settled is None:
            settled = self._spoken[speaker] = settle(self.recorded, partial(self._as_seen_by, speaker, {}))
        return seq in settled and settled[seq] is None

    @cached_property
    def _spoken(self) -> dict[str, Outcome]:
        return {}

    def concerns(self, fact: Fact) -> str:
        """The month, incident or dispute that a fact is about, or the id of the fact it acts on, or else its own."""
        what: Any = fact.what
        if fact.type in NAMING:
            return self._by_seq[pointed(self._seqs, what.target, fact.seq) or 1].id
        if (month := getattr(what, "month", None)) is not None:
            return str(month)
        named = next((name for kind, name in _about(fact) if kind in told_by_name()), None)
        return fact.id if named is None else str(named)

    def id_of(self, name: str, before: int) -> str | None:
        """The id of the fact that one of number ``before`` means by a name (SPEC 2.1)."""
        seq = pointed(self._seqs, name, before)
        return self._by_seq[seq].id if seq in self._by_seq else None

    def ids_of(self, name: str, before: int) -> list[str]:
        """The id of the fact meant by a name and, of a correction, of what it corrects."""
        seq = pointed(self._seqs, name, before)
        found = [self._by_seq[seq]] if seq in self._by_seq else []
        while found and found[-1].type == "FactCorrected":
            found.append(self._by_seq[pointed(self._seqs, found[-1].what.target, found[-1].seq) or 1])
        return [fact.id for fact in found]

    @cached_property
    def _seqs(self) -> dict[str, int]:
        return numbering(self.recorded)

    # -- what is a claim: acts, from the last fact to the first ----------------------------------------

    def _of_record(self, fact: Fact, acts: Sequence[Act]) -> Sequence[Fact] | None:
        """The acts on a fact that count of record; what of them is a claim is noted."""
        heard = hear(acts)
        if acts:
            self._heard[fact.seq] = heard
        counting = [one for one in changing(acts) if not self._claimed(one, self._why_change(one, fact, heard))]
        counting = [one for one in counting if not heard.upheld or one.type == CORRECTED]
        gone = (heard.struck or any(one.type == RETRACTED for one in counting)) and fact.seq != 1
        if fact.type == JUDGED and self._claimed(fact, self._why_judgment(fact, heard)):
            if not gone:
                self._unheard[fact.seq] = corrected(fact, counting)
            return None
        if gone:
            return None
        if fact.type == ACKNOWLEDGED and not for_another(fact):
            self._note_grant(fact, counting)
        return counting

    def _note_grant(self, fact: Fact, changing: Sequence[Fact]) -> None:
        if all(one.type == CORRECTED for one in changing):
            target = self._chains.target(corrected(fact, changing)).seq
            self._granted.setdefault(fact.by, []).append((-fact.seq, target))

    def _claimed(self, fact: Fact, why: str | None) -> bool:
        """Note a claim, unless the other party or a court granted it."""
        if why is None:
            return False
        if self.heard(fact.seq).conceded_to(fact.speaker):
            return False
        self.claimed[fact.seq] = why
        return True

    def _why_judgment(self, fact: Fact, heard: Heard) -> str | None:
        party = fact.speaker in OTHER
        return SPEAKS_FOR_BOTH if party and (not fact.documents or heard.disputes(fact, *PARTIES)) else None

    def _why_change(self, act: Fact, fact: Fact, heard: Heard) -> str | None:
        """Why the correction or retraction ``act`` of ``fact`` is a claim."""
        speaker = act.speaker
        if speaker not in OTHER:
            return None
        disputed = self.heard(act.seq).disputes(act, *PARTIES)
        if self._takes_from_neutral(act, fact):
            return CHANGES_ANOTHERS_WORD
        if any(map(self._binding, (fact, *self._chains.redirected(act, fact)))) and (not act.documents or disputed):
            return SPEAKS_FOR_BOTH
        other = OTHER[speaker]
        held = fact.speaker == speaker and (
            heard.acked.get(other, act.seq) < act.seq or self._relied_on(other, fact.seq, act.seq)
            or self._granted_as_left(act, fact) or self._takes_away_from(act, fact)
        )  # fmt: skip
        return TAKES_BACK if held or disputed else None

    def _binding(self, fact: Fact) -> bool:
        """Does it speak for both or for the court, or acknowledge, or change what does?"""
        fact = self._chains.bottom(fact)
        return fact.seq == 1 or fact.type in (JUDGED, ACKNOWLEDGED) or plan_of(fact.type).confirmed

    def _granted_as_left(self, act: Fact, fact: Fact) -> bool:
        """Did the other party acknowledge, as the act ``fact`` left it, what ``act`` changes by changing that?"""
        granted = self._granted.get(OTHER[act.speaker], ())
        since = granted[bisect_left(granted, (1 - act.seq, 0)) : bisect_left(granted, (-fact.seq, 0))]
        if not since or fact.type not in CHANGING:
            return False
        under = {one.seq for one in self._chains.beneath(act, fact)}
        return any(target in under for _, target in since)

    @cached_property
    def _chains(self) -> Chains:
        return Chains(self.recorded, self._by_seq, self._seqs)

    def _relied_on(self, role: str, after: int, before: int) -> bool:
        """Did the role rely, by an act that stands, on what was recorded before as ``after``?"""
        relied = self._relying.get(role, ())
        within = range(bisect_right(relied, after), bisect_left(relied, before))
        return any(self._stands(relied[place]) for place in within)

    def _stands(self, seq: int) -> bool:
        return seq not in self._settled or self._settled[seq] is not None

    @cached_property
    def _relying(self) -> Mapping[str, Sequence[int]]:
        return _by_role(fact for fact in self.recorded if plan_of(fact.type).relied_on)

    def _takes_from_neutral(self, act: Fact, fact: Fact) -> bool:
        """Does it take away, rename or move what a neutral role has assessed or linked?"""
        bound = self._neutrally_bound
        if bisect_right(bound, fact.seq) == bisect_left(bound, act.seq):
            return False
        return any(
            since < seq < act.seq and self._stands(seq)
            for named, since, _ in self._chains.takes_away(act, fact) for seq in self._by_neutrals.get(named, ())
        )  # fmt: skip

    @cached_property
    def _by_neutrals(self) -> dict[tuple[str, str], list[int]]:
        """What neutral roles assessed or linked, with the numbers of the facts by which they did."""
        found: dict[tuple[str, str], list[int]] = {}
        for fact in self.recorded:
            plan = plan_of(fact.type)
            if plan.binds and fact.speaker in NEUTRALS:
                for named in _about(fact):
                    found.setdefault(named, []).append(fact.seq)
        return found

    @cached_property
    def _neutrally_bound(self) -> list[int]:
        return sorted({seq for bound in self._by_neutrals.values() for seq in bound})

    def _takes_away_from(self, act: Fact, fact: Fact) -> bool:
        """Does it take away what another's word, an agreement or a ruling, said since, is about?"""
        if not self._resting:
            return False
        return any(
            since < seq < act.seq and self._of_others(self._by_seq[seq], act.speaker)
            for named, since, gone in self._chains.takes_away(act, fact) if gone
            for seq in self._resting.get(named, ())
        )  # fmt: skip

    def _of_others(self, fact: Fact, speaker: str) -> bool:
        """Is it of record, and not the word of ``speaker`` alone?"""
        if not self._stands(fact.seq):
            return False
        if self._binds_all(fact):
            return True
        plan = plan_of(fact.type)
        return not (fact.speaker == speaker or plan.confirmed or plan.restates) and not self._disputed(fact, plan)

    def _binds_all(self, fact: Fact) -> bool:
        """Is it a neutral role's word, granted by the other party, an agreement of record or a court's judgment?"""
        if fact.speaker not in OTHER or fact.type == JUDGED:
            return True
        heard = self.heard(fact.seq)
        agreed = plan_of(fact.type).confirmed and bool(fact.documents) and not heard.disputes(fact, *PARTIES)
        return agreed or heard.conceded_to(fact.speaker)

    def _disputed(self, fact: Fact, plan: Plan) -> bool:
        done = plan.done and fact.actor == fact.speaker
        return not done and self.heard(fact.seq).disputes(fact, OTHER[fact.speaker], fact.actor)

    @cached_property
    def _resting(self) -> dict[tuple[str, Any], list[int]]:
        """By what it is about, the facts that count for nothing without it."""
        found: dict[tuple[str, Any], list[int]] = {}
        for fact in self.recorded:
            for named in rests_on(fact):
                found.setdefault(named, []).append(fact.seq)
        return found

    # -- what is a claim: everything else, from the first fact to the last -------------------------------

    def _weigh_statements(self) -> None:
        said, facts = self.said, kept(self.recorded, self._settled)
        if self.claimed or self.contests:  # what is gone of record may stand in some view
            facts = [self._settled.get(fact.seq) or fact for fact in self.recorded]
        since = _since(self._by_seq, self._settled, _stated) if self._settled.by else {}
        if since:
            facts = sorted(facts, key=lambda fact: since.get(fact.seq, fact.seq))
        for one in facts:
            plan, heard = plan_of(one.type), self._heard.get(one.seq)
            if plan.idle and heard is None and one.seq not in self._settled:
                continue
            if heard is None and one.seq not in self._settled and one.type not in ACTS:
                if (why := said.next(one)) is not None:
                    self.claimed[one.seq] = why
                continue
            if not self._stands(one.seq):
                self._claimed(one, self._why_gone(one, plan, heard or NOTHING_HEARD, said))
                continue
            fact = replace(one, seq=since[one.seq]) if one.seq in since else one
            if plan.ends and one.seq in self._settled:  # nobody makes late what was told in time by moving his own act
                fact = replace(fact, at=min(fact.at, self._by_seq[one.seq].at))
            if heard is None and (plan.idle or (plan.late and not said.ended)):
                continue
            quiet = plan.quiet and heard is None
            weighed = quiet or fact.speaker not in OTHER or fact.type in CHANGING or fact.type == JUDGED
            why = None if weighed else said.why_claim(fact, plan, heard or NOTHING_HEARD)
            said.take(fact, plan, heard, of_record=not self._claimed(one, why))

    def _why_gone(self, fact: Fact, plan: Plan, heard: Heard, said: Statements) -> str | None:
        """Why what is gone of record is a claim where it is not: in the view of who contests what took it away."""
        if fact.type == JUDGED or fact.speaker not in OTHER:
            return None
        if fact.type in CHANGING:
            what: Any = fact.what
            target = self._by_seq[pointed(self._seqs, what.target, fact.seq) or 1]
            return self._why_change(fact, target, self.heard(target.seq))
        return said.why_claim(fact, plan, heard)


def _stated(fact: Fact) -> Any:
    """What a fact brings in, and the things on which it is a statement."""
    things = plan_of(fact.type).things
    return introduced(fact), None if things is None else set(things(fact.what))


def _since(recorded: Mapping[int, Fact], settled: Outcome, told: Callable[[Fact], Any]) -> dict[int, int]:
    """By seq, since which correction facts tell what they tell now, where they did not as recorded."""
    found = {}
    for seq, corrections in settled.by.items():
        fact, now = recorded[seq], settled[seq]
        if now is not None and told(now) != told(fact):
            same = (one.seq for one in corrections if told(corrected(fact, [one])) == told(now))
            found[seq] = next(same, corrections[-1].seq)
    return found


def _counts(fact: Fact, day: date) -> bool:
    return fact.day <= day or fact.type in CHANGING or fact.seq == 1


def _about(fact: Fact) -> Iterable[tuple[str, str]]:
    """The identifiers that a fact brings in, is about or ties."""
    for named in (introduced(fact), subject_of(fact)):
        if named is not None:
            yield named
    if plan_of(fact.type).favours:
        for kind, name in TYPES[fact.type].mentions:
            for one in getattr(fact.what, name):
                yield kind, one


def _by_role(facts: Iterable[Fact]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for fact in sorted(facts, key=attrgetter("seq")):
        found.setdefault(fact.speaker, []).append(fact.seq)
    return found
