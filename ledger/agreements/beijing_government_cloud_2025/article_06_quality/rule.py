"""第六条 服务质量及验收要求: trial run, availability, acceptance and rework."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import (
    AcceptanceFailed,
    AcceptanceRequested,
    AvailabilityReported,
    TrialRunStarted,
)
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Kept, Quality
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import BillingStarted, LeaseStarted
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.readings import reliability_floor
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS, QualityTerms, SystemFloors
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.agreement import ContractSigned
from ledger.domain.machine import Machine


def effective(m: Machine, fact: Fact, what: ContractSigned) -> None:
    # 6(2) "乙方自协议签署之日起 60 日内完成系统入云检测和迁移等工作, 并投入试运行"
    life = m[Life]
    signed = life.effective_on
    if signed is None or "trial-run" in m.duties:
        return
    within = TERMS.on(m, signed).periods.trial_run_days
    if within is None:
        return
    due = m.calendar.days(signed, within, rolls=True)
    raised_by = [signature.id for signature in life.signed.values()]
    m.oblige("trial-run", None, "6.2", "party_b", due, raised_by, on=signed, ends_with="early")
    if life.trial_run is not None:
        m.settle("trial-run", life.trial_run)


def trial_run_started(m: Machine, fact: Fact, what: TrialRunStarted) -> None:
    life = m[Life]
    if life.trial_run is None:
        life.trial_run = fact
        life.moved(m)
    m.settle("trial-run", fact)


def service_started(m: Machine, fact: Fact, what: LeaseStarted | BillingStarted) -> None:
    promise(m)


def promise(m: Machine) -> None:
    """What is promised of the platform, and of single systems, once the term runs."""
    # 6(3) "整体可用性应不低于 99.99%，数据可靠性应不低于 99.9999%"
    start = m[Life].start
    quality = TERMS.on(m, start.day).quality if start is not None else None
    if start is None or quality is None or quality is m[Quality].promised:
        return
    m[Quality].promised = quality
    for system in (None, *(one.system for one in quality.systems)):
        id_ = duty_of(system)
        if id_ not in m.duties and (floors := quality.of(system)) is not None and states_any(floors):
            kind = id_.partition(":")[0]
            m.oblige(
                kind, system, "6.3", "party_b", None, [start.id], on=start.day, standing=True, ends_with="any"
            )
            _breach(m, system)


def duty_of(system: str | None) -> str:
    return "availability" if system is None else f"system-availability:{system}"


def states_any(floors: QualityTerms | SystemFloors) -> bool:
    return floors.availability is not None or floors.data_reliability is not None


def availability_reported(m: Machine, fact: Fact, what: AvailabilityReported) -> None:
    """A later report for the same month and system replaces the earlier one, within 2.4."""
    reports = m[Quality].availability.setdefault(what.system, {})
    before = reports.get(what.month)
    if before is None or m.replaces(fact, before):
        reports[what.month] = fact
        _weigh(m, what.system, what.month)


def _weigh(m: Machine, system: str | None, month: str) -> None:
    """Is the month, of the operating period, below the floor by the latest report of the platform, or of a system?"""
    fact = m[Quality].availability[system][month]
    kept = m[Quality].kept.setdefault(system, Kept())
    if m[Life].operating_month(month) and short(m, fact):
        kept.below[month] = fact
    else:
        kept.below.pop(month, None)
    if not kept.below:
        kept.below_since, kept.healed = None, (m.day, kept.below_since)
    elif kept.below_since is None:  # a breach healed and taken up again within a day went on
        day, since = kept.healed
        kept.below_since = since if day == m.day and since is not None else fact.day
    _breach(m, system)


def short(m: Machine, fact: Fact) -> bool:
    """Does a report tell of less than the floors of 6.3 of what it is about, as they were on its day?"""
    what = fact.what
    assert isinstance(what, AvailabilityReported)
    quality = TERMS.on(m, fact.day).quality
    floors = quality.of(what.system) if quality is not None else None
    if floors is None:
        return False
    least = floors.data_reliability
    if least is not None:
        least = reliability_floor(m, fact.day, least, what.data_reliability)
    return (floors.availability is not None and what.availability < floors.availability) or (
        least is not None and what.data_reliability < least
    )


def _breach(m: Machine, system: str | None) -> None:
    """Breached while the latest report of any month, of the platform or of the system, is below the floor."""
    kept = m[Quality].kept.get(system, Kept())
    below = sorted(kept.below.values(), key=chronological)
    m.breach(duty_of(system), kept.below_since, [report.id for report in below])


def close(m: Machine) -> None:
    """A term from a day to a day no fact starts; months outside the operating period breach nothing: they are weighed
    again where that has moved.
    """
    quality, life = m[Quality], m[Life]
    if quality.version == life.version:
        return
    quality.version, period = life.version, life.operating_period
    promise(m)
    if quality.weighed_within == period:
        return
    quality.weighed_within = period
    for system, months in quality.availability.items():
        sound = system not in quality.kept or quality.kept[system].below_since is None
        for month in months:
            _weigh(m, system, month)
        kept = quality.kept[system]
        if sound and kept.below:
            kept.below_since = min(fact.day for fact in kept.below.values())
            _breach(m, system)


def acceptance_failed(m: Machine, fact: Fact, what: AcceptanceFailed) -> None:
    # 6(6) "验收不合格的, 乙方应当在 30 日内进行返工或调整, 并重新提交甲方验收"
    within = TERMS.on(m, fact.day).periods.rework_days
    if within is None:
        return
    due = m.calendar.days(fact.day, within, rolls=True)
    m.oblige("rework", str(what.round), "6.6", "party_b", due, [fact.id], on=fact.day, ends_with="early")
    m[Quality].rework.append(f"rework:{what.round}")


def acceptance_requested(m: Machine, fact: Fact, what: AcceptanceRequested) -> None:
    own = f"rework:{what.round}"  # 重新提交: a round's own request is not its re-submission
    for id_ in m[Quality].rework:
        if id_ != own:
            m.settle(id_, fact)
    m[Quality].rework = [id_ for id_ in m[Quality].rework if id_ == own]
