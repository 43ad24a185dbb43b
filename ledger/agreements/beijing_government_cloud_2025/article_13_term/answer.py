"""The phase of the contract, and its days (SPEC 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, NotRequired, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.article_11_exit.state import Exits
from ledger.agreements.beijing_government_cloud_2025.article_13_term import explain, report, screen
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.clause import FeedEntry
from ledger.domain.declare import TypedDict
from ledger.domain.machine import Machine
from ledger.domain.moments import shown_day
from ledger.domain.section import Day, Section
from ledger.explanation.sections import phase_of


class TermJson(TypedDict):
    """Days as ``YYYY-MM-DD``; ``provisional`` where the end rests on a year without a notice on working days.

    ``starts_on``, and what the term ``starts_with``, only where that is not the lease: its ``dates``, or ``billing``.
    """

    signed_on: Day | None
    effective_on: Day | None
    lease_started_on: Day | None
    ends_on: Day | None
    terminated_on: Day | None
    provisional: bool
    starts_on: NotRequired[Day | None]
    starts_with: NotRequired[Literal["billing", "dates"]]


def phase(m: Machine, day: date) -> str:
    """registered, effective, in_service, ended, terminated or closed at the end of ``day``."""
    life = m[Life]
    if life.over_from(day) is not None:
        if m[Exits].switched_over is not None:
            return "closed"
        return "terminated" if life.terminated_on is not None and life.terminated_on <= day else "ended"
    if life.start is not None:
        return "in_service"
    return "effective" if life.effective_on is not None else "registered"


def term(m: Machine, day: date) -> TermJson:
    life = m[Life]
    terminated = life.terminated_on is not None and life.terminated_on <= day
    starts_with = _starts_with(m)
    starts_on = shown_day(life.start.day) if life.start is not None else None
    told: TermJson = {
        "signed_on": shown_day(life.effective_on),
        "effective_on": shown_day(life.effective_on),
        "lease_started_on": starts_on if starts_with is None else None,
        "ends_on": shown_day(life.ends_on),
        "terminated_on": shown_day(life.terminated_on) if terminated else None,
        "provisional": life.provisional and terminated,
    }
    return told if starts_with is None else told | {"starts_on": starts_on, "starts_with": starts_with}


def _starts_with(m: Machine) -> Literal["billing", "dates"] | None:
    """What starts the term, where it is not the lease."""
    stated = TERMS.latest(m).term
    if stated.starts_on is not None:
        return "dates"
    return "billing" if stated.starts_with == "billing" else None


def feed(m: Machine, day: date) -> Iterator[FeedEntry]:
    """The last day of a term that is running."""
    life = m[Life]
    if life.ends_on is not None and phase(m, day) == "in_service":
        began = [life.start.id] if life.start is not None else []
        yield FeedEntry(
            "term-end", life.ends_on, "term-ends", "", "13.1", None, False, "term.ends_on",
            because=[*began, *life.renewed_by],
        )  # fmt: skip


def _tell_term(x: Any, part: str, key: str | None, value: Any) -> None:
    explain.part(x, part, phase(x.m, x.day))


Phase: TypeAlias = Annotated[str, "Phase"]
PHASE = phase_of(phase, Phase, explain.phase)
TERM = Section("term", term, TermJson, frozenset({"term"}), _tell_term,
    draw=screen.term, at_a_glance={"ends_on": "ends_on"},
    report=report.term, weight=10,
)  # fmt: skip
