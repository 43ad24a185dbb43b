"""What would change over the whole portfolio: under other readings, by another notice, if something were agreed.

Each contract is swept twice, as it stands and as supposed; nothing is recorded. A contract whose rules looked up
neither a supposed reading nor a day of the notice's years is not swept again, since nothing can change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ledger.collector import collector_paused
from ledger.domain.calendar import Calendar, WorkingDayNotice
from ledger.domain.declare import NamedTuple, dataclass, field, replace
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.fact_faults import Stated
from ledger.domain.standing import Standing
from ledger.domain.sweep import Sweep
from ledger.projections.basis import Basis
from ledger.projections.paths import changes
from ledger.projections.status import conclusions

MOST_CHANGES = 20  # of a contract, told one by one
MOST_CONTRACTS = 1000  # changed ones told one by one


@dataclass(frozen=True, slots=True)
class Supposition:
    """Readings that hold throughout, notices on working days beside those known, facts recorded in every contract."""

    readings: Mapping[str, str] = field(default_factory=dict)
    notices: Sequence[WorkingDayNotice] = ()
    facts: Sequence[Stated] = ()


class Supposed(NamedTuple):
    """What changes in a contract, as :func:`ledger.projections.paths.changes` says it, or why it cannot be supposed."""

    contract: str
    changes: list[dict[str, Any]]
    refused: Refusal | None = None


Imagine = Callable[[str, Sequence[Fact], Sequence[Stated], int], list[Fact]]


def supposed(basis: Basis, supposition: Supposition, imagine: Imagine) -> Supposed:
    """What a supposition changes in a contract; ``imagine`` makes facts of envelopes."""
    contract, template = basis.facts[0].contract, basis.template
    readings = {name: option for name, option in supposition.readings.items() if name in template.readings}
    after = replace(basis, readings={**basis.readings, **readings})
    try:
        imagined = imagine(contract, basis.facts, supposition.facts, basis.known_at) if supposition.facts else []
    except Refusal as refused:
        return Supposed(contract, [], refused)
    if imagined:
        after = replace(after, as_of=max([basis.as_of, *(fact.day for fact in imagined)]))
    with collector_paused():
        before, consulted = _swept(replace(basis, as_of=after.as_of))
        years = {day.year for notice in supposition.notices for day in (*notice.off_days, *notice.makeup_days)}
        if not imagined and consulted.isdisjoint(readings) and years.isdisjoint(before.machine.years):
            return Supposed(contract, [])
        supposing = Calendar((*basis.calendar.notices, *supposition.notices)) if supposition.notices else basis.calendar
        then, _ = _swept(replace(after, facts=[*basis.facts, *imagined], calendar=supposing))
        one, other = conclusions(before.machine, after.as_of), conclusions(then.machine, after.as_of)
    return Supposed(contract, changes(one, other, template))


def _swept(basis: Basis) -> tuple[Sweep, set[str]]:
    consulted: dict[str, None] = {}
    pass_ = Sweep(Standing(basis.facts), basis.as_seen_by, basis.calendar, basis.readings, consulted)
    pass_.advance(basis.as_of)
    conclusions(pass_.machine, basis.as_of)  # what is looked up only to be shown counts, too
    return pass_, set(consulted)


class Changing:
    """The answer about many contracts: those that change are listed, the first ones in full."""

    def __init__(self) -> None:
        self.swept = self.changing = 0
        self.listed: list[dict[str, Any]] = []
        self.refused: list[dict[str, Any]] = []

    def add(self, one: Supposed) -> None:
        self.swept += 1
        if one.refused is not None and len(self.refused) < MOST_CONTRACTS:
            self.refused.append({"contract": one.contract, "code": one.refused.code})
        if one.changes:
            self.changing += 1
            if len(self.listed) < MOST_CONTRACTS:
                self.listed.append({
                    "contract": one.contract, "count": len(one.changes), "changes": one.changes[:MOST_CHANGES],
                })  # fmt: skip

    def shown(self) -> dict[str, Any]:
        """``{"swept", "changing", "changed", "refused"}``: how many, and which with their changes."""
        return {"swept": self.swept, "changing": self.changing, "changed": self.listed, "refused": self.refused}
