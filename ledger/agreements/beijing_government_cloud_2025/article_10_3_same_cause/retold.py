"""Was something that items rest on told otherwise since an amount was agreed? Then what was known counts too (10.3)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import (
    IncidentAssessed,
    IncidentGradeAgreed,
    IncidentReported,
    IncidentsLinked,
    IncidentsUnlinked,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.facts import (
    AssessmentRecorded,
    ComplaintFiled,
    OnSiteAbsenceRecorded,
    ScaleOutCompleted,
    ScaleOutRequested,
    ServiceLevelReported,
)
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import (
    AvailabilityReported,
    TrialRunStarted,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_3_same_cause.state import Retold, Settlements
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import (
    RectificationCompleted,
    RectificationNoticeIssued,
    RectificationRejected,
)
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import LeaseStarted
from ledger.domain.fact import Fact
from ledger.domain.facts.dispute import JudgmentEntered
from ledger.domain.facts.record import FactContested, FactCorrected, FactRetracted
from ledger.domain.facts.settlement import NoticeServed
from ledger.domain.machine import Machine
from ledger.domain.rulings import FactRuled, rulings_of
from ledger.domain.standing import Standing

TELLING = (
    IncidentReported, IncidentAssessed, IncidentGradeAgreed, IncidentsLinked, IncidentsUnlinked, AvailabilityReported,
    ServiceLevelReported, OnSiteAbsenceRecorded, AssessmentRecorded, ComplaintFiled, ScaleOutRequested,
    ScaleOutCompleted, RectificationNoticeIssued, RectificationCompleted, RectificationRejected, NoticeServed,
    TrialRunStarted, LeaseStarted,
)  # fmt: skip
"""What items rest on, or that they do not arise: told otherwise, or late for a day before, it may take one away."""


def retold_since(m: Machine, fact: Fact) -> bool:
    """Was what items rest on corrected, taken back or disputed since ``fact``, or recorded since for a day before?"""
    kept = m[Settlements].retold
    if kept is None:
        kept = m[Settlements].retold = _retold(m.standing)
    act, late = bisect_right(kept.acts, fact.seq), bisect_right(kept.late, fact.seq)
    return (act < len(kept.acts) and kept.of[act] <= fact.seq) or (
        late < len(kept.late) and kept.days[late] <= fact.day
    )


def _retold(standing: Standing) -> Retold:
    recorded = {fact.id: fact for fact in standing.recorded}
    acts = [(fact.seq, of.seq) for fact in standing.recorded for of in _told_of(standing, recorded, fact)]
    late = [(fact.seq, fact.day) for fact in standing.recorded if isinstance(fact.what, TELLING)]
    of = [*accumulate((of for _, of in reversed(acts)), min)][::-1]
    days = [*accumulate((day for _, day in reversed(late)), min)][::-1]
    return Retold([seq for seq, _ in acts], of, [seq for seq, _ in late], days)


def _told_of(standing: Standing, recorded: dict[str, Fact], fact: Fact) -> Iterator[Fact]:
    """The facts items rest on that a correction, retraction, contest or ruling is about."""
    what: Any = fact.what
    names = []
    if isinstance(what, FactCorrected | FactRetracted | FactContested):
        names.append(what.target)
    elif isinstance(what, JudgmentEntered):
        names += [ruled.fact for ruled in rulings_of(what, FactRuled) if not ruled.stands]
    for name in names:
        target = recorded.get(standing.id_of(name, fact.seq) or "")
        if target is not None and isinstance(target.what, TELLING):
            yield target
