"""第三条 枯死和变更."""

from __future__ import annotations

from ledger.domain.clause import Anomalous, Clause
from ledger.domain.facts.agreement import AmendmentAgreed, ReadingAgreed

from . import rule
from .explain import lost_before_care
from .facts import PestsAssessed, PestsReported, PlantsLost

CLAUSE = Clause(
    "3",
    handles={PlantsLost: rule.lost, AmendmentAgreed: rule.amended, ReadingAgreed: rule.amended},
    silent=(PestsReported, PestsAssessed),
    anomalies={"LOST_BEFORE_CARE": Anomalous(("3",), lost_before_care)},
)
