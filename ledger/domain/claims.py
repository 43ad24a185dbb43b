"""Which of a contract's recorded facts are one side's word only, and so claims (SPEC 2.4).

Acts on facts (corrections, retractions, acknowledgements) are decided from the last fact to the first, as each may be
undone by a later one; then everything else from the first fact to the last, as each may rest on an earlier one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

from ledger.domain.chains import Chains
from ledger.domain.declare import replace
from ledger.domain.fact import NEUTRALS, PARTIES, TYPES, Fact
from ledger.domain.fact import OTHER_PARTY as OTHER
from ledger.domain.hearing import NOTHING_HEARD, Heard, changing, for_another, hear
from ledger.domain.history import (
    ACKNOWLEDGED,
    ACTS,
    CHANGING,
    CORRECTED,
    JUDGED,
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
)
from ledger.domain.statements import (
    CHANGES_ANOTHERS_WORD,
    SPEAKS_FOR_BOTH,
    TAKES_BACK,
    Plan,
    Statements,
    weighing_of,
)


class Claims:
    """The claims among a contract's recorded facts, and what is left of record without them.

    ``why`` has the reason for each claim by its seq; ``heard`` what is said of each fact by acts on it; ``settled`` the
    facts of record as corrected; ``unheard`` the judgments that are claims and not retracted, as corrected.
    """

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.recorded = facts
        self.why: dict[int, str] = {}
        self.weighing = weighing_of(facts)
        self._plans = self.weighing.plans
        self.said = Statements(self._plans)  # by all facts, once they are weighed
        self.heard: dict[int, Heard] = {}
        self.unheard: dict[int, Fact] = {}
        self.settled = Outcome()
        self._granted: dict[str, list[tuple[int, int]]] = {}  # by role: -seq, target of what it acknowledged
        settle(facts, self._of_record, self.settled)
        self._weigh_statements()

    def heard_of(self, seq: int) -> Heard:
        """What is said of record of the fact of a number."""
        return self.heard.get(seq, NOTHING_HEARD)

    @cached_property
    def by_seq(self) -> dict[int, Fact]:
        """The facts as recorded by their number."""
        return {fact.seq: fact for fact in self.recorded}

    @cached_property
    def seqs(self) -> dict[str, int]:
        """The number of each fact by whatever names it."""
        return numbering(self.recorded)

    @cached_property
    def contests(self) -> dict[int, list[str]]:
        """The roles that contest a fact, by its seq."""
        return {seq: sorted({one.by for one in heard.contests}) for seq, heard in self.heard.items() if heard.contests}

    # -- acts, from the last fact to the first ----------------------------------------

    def _of_record(self, fact: Fact, acts: Sequence[Act]) -> Sequence[Fact] | None:
        """The acts on a fact that count of record; acts that are claims are noted."""
        heard = hear(acts)
        if acts:
            self.heard[fact.seq] = heard
        counting = [one for one in changing(acts) if not self._claimed(one, self._why_change(one, fact, heard))]
        counting = [one for one in counting if not heard.upheld or one.type == CORRECTED]
        gone = (heard.struck or any(one.type == RETRACTED for one in counting)) and fact.seq != 1
        if fact.type == JUDGED and self._claimed(fact, self._why_judgment(fact, heard)):
            if not gone:
                self.unheard[fact.seq] = corrected(fact, counting)
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
        """Note a claim, unless the other party or a court granted it; returns whether it is one."""
        if why is None:
            return False
        if self.heard_of(fact.seq).conceded_to(fact.speaker):
            return False
        self.why[fact.seq] = why
        return True

    def _why_judgment(self, fact: Fact, heard: Heard) -> str | None:
        party = fact.speaker in OTHER
        return SPEAKS_FOR_BOTH if party and (not fact.documents or heard.disputes(fact, *PARTIES)) else None

    def _why_change(self, act: Fact, fact: Fact, heard: Heard) -> str | None:
        """Why the correction or retraction ``act`` of ``fact`` is a claim; None where it is not."""
        speaker = act.speaker
        if speaker not in OTHER:
            return None
        disputed = self.heard_of(act.seq).disputes(act, *PARTIES)
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
        """Whether a fact is an agreement, a judgment or an acknowledgement, or an act on one."""
        fact = self._chains.bottom(fact)
        return fact.seq == 1 or fact.type in (JUDGED, ACKNOWLEDGED) or self._plans[fact.type].confirmed

    def _granted_as_left(self, act: Fact, fact: Fact) -> bool:
        """Whether the other party acknowledged, in the form ``fact`` gave it, something that ``act`` changes by
        changing ``fact``.
        """
        granted = self._granted.get(OTHER[act.speaker], ())
        since = granted[bisect_left(granted, (1 - act.seq, 0)) : bisect_left(granted, (-fact.seq, 0))]
        if not since or fact.type not in CHANGING:
            return False
        under = {one.seq for one in self._chains.beneath(act, fact)}
        return any(target in under for _, target in since)

    @cached_property
    def _chains(self) -> Chains:
        return Chains(self.recorded, self.by_seq, self.seqs)

    def _relied_on(self, role: str, after: int, before: int) -> bool:
        """Whether the role relied, by a standing act recorded between ``after`` and ``before``, on what was said."""
        relied = self._relying.get(role, ())
        within = range(bisect_right(relied, after), bisect_left(relied, before))
        return any(self.stands(relied[place]) for place in within)

    def stands(self, seq: int) -> bool:
        return seq not in self.settled or self.settled[seq] is not None

    @cached_property
    def _relying(self) -> Mapping[str, Sequence[int]]:
        return _by_role(fact for fact in self.recorded if self._plans[fact.type].relied_on)

    def _takes_from_neutral(self, act: Fact, fact: Fact) -> bool:
        """Whether it takes away, renames or moves something that a neutral role has assessed or linked."""
        bound = self._neutrally_bound
        if bisect_right(bound, fact.seq) == bisect_left(bound, act.seq):
            return False
        return any(
            since < seq < act.seq and self.stands(seq)
            for named, since, _ in self._chains.takes_away(act, fact) for seq in self.by_neutrals.get(named, ())
        )  # fmt: skip

    @cached_property
    def by_neutrals(self) -> dict[tuple[str, str], list[int]]:
        """What neutral roles assessed or linked, with the numbers of the facts by which they did."""
        found: dict[tuple[str, str], list[int]] = {}
        for fact in self.recorded:
            plan = self._plans[fact.type]
            if plan.binds and fact.speaker in NEUTRALS:
                for named in named_in(fact):
                    found.setdefault(named, []).append(fact.seq)
        return found

    @cached_property
    def _neutrally_bound(self) -> list[int]:
        return sorted({seq for bound in self.by_neutrals.values() for seq in bound})

    def _takes_away_from(self, act: Fact, fact: Fact) -> bool:
        """Whether it takes away the subject of another role's statement, an agreement or a ruling made since."""
        if not self.resting:
            return False
        return any(
            since < seq < act.seq and self._of_others(self.by_seq[seq], act.speaker)
            for named, since, gone in self._chains.takes_away(act, fact) if gone
            for seq in self.resting.get(named, ())
        )  # fmt: skip

    def _of_others(self, fact: Fact, speaker: str) -> bool:
        """Whether a fact is of record and more than the word of ``speaker`` alone."""
        if not self.stands(fact.seq):
            return False
        if self.binds_all(fact):
            return True
        plan = self._plans[fact.type]
        return not (fact.speaker == speaker or plan.confirmed or plan.restates) and not self._disputed(fact, plan)

    def binds_all(self, fact: Fact) -> bool:
        """Whether a fact is a neutral role's word, granted by the other party, an agreement of record or a judgment."""
        if fact.speaker not in OTHER or fact.type == JUDGED:
            return True
        heard = self.heard_of(fact.seq)
        agreed = self._plans[fact.type].confirmed and bool(fact.documents) and not heard.disputes(fact, *PARTIES)
        return agreed or heard.conceded_to(fact.speaker)

    def _disputed(self, fact: Fact, plan: Plan) -> bool:
        done = plan.done and fact.actor == fact.speaker
        return not done and self.heard_of(fact.seq).disputes(fact, OTHER[fact.speaker], fact.actor)

    @cached_property
    def resting(self) -> dict[tuple[str, Any], list[int]]:
        """By subject, the facts that do not count without it."""
        found: dict[tuple[str, Any], list[int]] = {}
        for fact in self.recorded:
            for named in rests_on(fact):
                found.setdefault(named, []).append(fact.seq)
        return found

    # -- everything else, from the first fact to the last -------------------------------

    def _weigh_statements(self) -> None:
        said, facts = self.said, kept(self.recorded, self.settled)
        if self.why or self.contests:  # what no longer stands of record may stand in some view
            facts = [self.settled.get(fact.seq) or fact for fact in self.recorded]
        since = since_corrected(self.by_seq, self.settled, _stated) if self.settled.by else {}
        if since:
            facts = sorted(facts, key=lambda fact: since.get(fact.seq, fact.seq))
        acted_on = self.heard.keys() | self.settled.keys()
        for one in facts:
            if one.seq not in acted_on and one.type not in ACTS:
                if (why := said.next(one)) is not None:
                    self.why[one.seq] = why
                continue
            plan, heard = self._plans[one.type], self.heard.get(one.seq)
            if plan.idle and one.seq not in acted_on:
                continue
            if not self.stands(one.seq):
                self._claimed(one, self._why_gone(one, plan, heard or NOTHING_HEARD, said))
                continue
            fact = replace(one, seq=since[one.seq]) if one.seq in since else one
            if plan.ends and one.seq in self.settled:  # moving one's own act makes nothing late
                fact = replace(fact, at=min(fact.at, self.by_seq[one.seq].at))
            if heard is None and (plan.idle or (plan.late and not said.ended)):
                continue
            quiet = plan.quiet and heard is None
            weighed = quiet or fact.speaker not in OTHER or fact.type in CHANGING or fact.type == JUDGED
            why = None if weighed else said.why_claim(fact, plan, heard or NOTHING_HEARD)
            said.take(fact, plan, heard, of_record=not self._claimed(one, why))

    def _why_gone(self, fact: Fact, plan: Plan, heard: Heard, said: Statements) -> str | None:
        """Why a fact that no longer stands of record is a claim in the view of a role that contests the act that
        removed it.
        """
        if fact.type == JUDGED or fact.speaker not in OTHER:
            return None
        if fact.type in CHANGING:
            what: Any = fact.what
            target = self.by_seq[pointed(self.seqs, what.target, fact.seq) or 1]
            return self._why_change(fact, target, self.heard_of(target.seq))
        return said.why_claim(fact, plan, heard)


def _stated(fact: Fact) -> Any:
    """The identifier that a fact introduces, and the things it is a statement on."""
    things = TYPES[fact.type].saying.things
    return introduced(fact), None if things is None else set(things(fact.what))


def since_corrected(recorded: Mapping[int, Fact], settled: Outcome, told: Callable[[Fact], Any]) -> dict[int, int]:
    """By seq, the correction since which a fact says what it says now, where that differs from what was recorded."""
    found = {}
    for seq, corrections in settled.by.items():
        fact, now = recorded[seq], settled[seq]
        if now is not None and told(now) != told(fact):
            same = (one.seq for one in corrections if told(corrected(fact, [one])) == told(now))
            found[seq] = next(same, corrections[-1].seq)
    return found


def named_in(fact: Fact) -> Iterable[tuple[str, str]]:
    """The identifiers that a fact introduces, is about or links."""
    for named in (introduced(fact), subject_of(fact)):
        if named is not None:
            yield named
    if TYPES[fact.type].saying.favours:
        for kind, name in TYPES[fact.type].mentions:
            for one in getattr(fact.what, name):
                yield kind, one


def _by_role(facts: Iterable[Fact]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for fact in sorted(facts, key=attrgetter("seq")):
        found.setdefault(fact.speaker, []).append(fact.seq)
    return found
