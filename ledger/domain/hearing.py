"""What is said about a fact by those who may: acknowledgements, contests, rulings (SPEC 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ledger.domain.declare import dataclass, field
from ledger.domain.fact import OTHER_PARTY, PARTIES, Fact, chronological
from ledger.domain.history import ACKNOWLEDGED, CHANGING, CONTESTED, JUDGED, Act


@dataclass(slots=True)
class Heard:
    """What was said about a fact: ``acked`` has the seq since when each role acknowledges it, ``contests`` those open.

    ``upheld`` and ``struck`` are what the last final judgment ruled of it.
    """

    acked: dict[str, int] = field(default_factory=dict)
    contests: list[Fact] = field(default_factory=list)
    upheld: bool = False
    struck: bool = False

    def conceded_to(self, speaker: str) -> bool:
        """Whether the other party, or a court, grants what ``speaker`` said."""
        return self.upheld or OTHER_PARTY[speaker] in self.acked

    def disputes(self, fact: Fact, *roles: str) -> bool:
        """Whether one of these roles contests the fact; against a document a mere denial does not suffice."""
        return any(
            one.speaker in roles and one.speaker != fact.speaker and (one.documents or not fact.documents)
            for one in self.contests
        )  # fmt: skip


NOTHING_HEARD: Final = Heard()


def hear(acts: Sequence[Act]) -> Heard:
    """What acknowledgements, contests and rulings say of a fact; an acknowledgement ends its role's contests and bars
    new ones.
    """
    heard = Heard()
    rulings = [act for act in acts if act.fact.type == JUDGED]
    if rulings:
        last = max(rulings, key=lambda act: chronological(act.fact))
        heard.upheld, heard.struck = last.stands, not last.stands
    for fact, _ in acts:
        if fact.type == ACKNOWLEDGED and not for_another(fact):
            heard.acked.setdefault(fact.by, fact.seq)
        elif fact.type == JUDGED and heard.upheld:
            heard.acked = dict.fromkeys(PARTIES, fact.seq) | heard.acked
    if not heard.upheld:
        heard.contests = [
            fact for fact, _ in acts
            if fact.type == CONTESTED and not for_another(fact) and fact.by not in heard.acked
        ]  # fmt: skip
    return heard


def changing(acts: Sequence[Act]) -> list[Fact]:
    """The corrections and retractions among acts that may count."""
    return [act.fact for act in acts if act.fact.type in CHANGING and not for_another(act.fact)]


def for_another(fact: Fact) -> bool:
    """Whether it was recorded for the other party (代录); then an act on a fact does not count."""
    return fact.speaker != fact.by
