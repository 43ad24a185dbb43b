"""第一条 养护."""

from __future__ import annotations

from ledger.domain.clause import Clause, Duty

from . import rule
from .facts import CareGiven, CareRequested, PlantsMoved
from .state import Visits

CLAUSE = Clause(
    "1",
    handles={CareRequested: rule.requested, CareGiven: rule.given},
    silent=(PlantsMoved,),
    states=(Visits,),
    duties={"care": Duty(within="care.within_working_days")},
)
