"""第六条 服务质量及验收要求: trial run, availability, acceptance and rework."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import (
    AcceptanceFailed,
    AcceptanceRequested,
    AvailabilityReported,
    TrialRunStarted,
)
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Quality
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import LeaseStarted
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.readings import reliability_floor
from ledger.agreements.beijing_government_cloud_2025.terms import terms_on
from ledger.domain.fact import Fact, chronological
from ledger.domain.facts.agreement import ContractSigned
from ledger.domain.machine import Machine


def effective(m: Machine, fact: Fact, what: ContractSigned) -> None:
    # 6(2) "乙方自协议签署之日起 60 日内完成系统入云检测和迁移等工作, 并投入试运行"
    life = m[Life]
    signed = life.effective_on
    if signed is None or "trial-run" in m.duties:
        return
    due = m.calendar.days(signed, terms_on(m, signed).periods.trial_run_days, rolls=True)
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


def lease_started(m: Machine, fact: Fact, what: LeaseStarted) -> None:
    # 6(3) "整体可用性应不低于 99.99%，数据可靠性应不低于 99.9999%"
    if "availability" not in m.duties and terms_on(m, fact.day).quality is not None:
        m.oblige("availability", None, "6.3", "party_b", None, [fact.id], on=fact.day, standing=True, ends_with="any")
        _breach(m)


def availability_reported(m: Machine, fact: Fact, what: AvailabilityReported) -> None:
    """A later report for the same month and system replaces the earlier one, within 2.4."""
    reports = m[Quality].availability.setdefault(what.system, {})
    before = reports.get(what.month)
    if before is None or m.replaces(fact, before):
        reports[what.month] = fact
        if what.system is None:
            _weigh(m, what.month)


def _weigh(m: Machine, month: str) -> None:
    """Is the month, of the operating period, below the floor by the latest report of the platform?"""
    quality = m[Quality]
    fact = quality.availability[None][month]
    if m[Life].operating_month(month) and short(m, fact):
        quality.below_floor[month] = fact
    else:
        quality.below_floor.pop(month, None)
    if not quality.below_floor:
        quality.below_since, quality.healed = None, (m.day, quality.below_since)
    elif quality.below_since is None:  # a breach healed and taken up again within a day went on
        day, since = quality.healed
        quality.below_since = since if day == m.day and since is not None else fact.day
    _breach(m)


def short(m: Machine, fact: Fact) -> bool:
    """Does a report tell of less than the floors of 6.3, as they were on its day?"""
    what = fact.what
    assert isinstance(what, AvailabilityReported)
    floor = terms_on(m, fact.day).quality
    if floor is None:
        return False
    reliability = reliability_floor(m, fact.day, floor.data_reliability, what.data_reliability)
    return what.availability < floor.availability or what.data_reliability < reliability


def _breach(m: Machine) -> None:
    """Breached while the latest platform report of any month is below the floor."""
    below = sorted(m[Quality].below_floor.values(), key=chronological)
    m.breach("availability", m[Quality].below_since, [report.id for report in below])


def close(m: Machine) -> None:
    """Months outside the operating period breach nothing: they are weighed again where that has moved."""
    quality, period = m[Quality], m[Life].operating_period
    if quality.weighed_within != period:
        quality.weighed_within = period
        sound = quality.below_since is None
        for month in quality.availability.get(None, {}):
            _weigh(m, month)
        if sound and quality.below_floor:
            quality.below_since = min(fact.day for fact in quality.below_floor.values())
            _breach(m)


def acceptance_failed(m: Machine, fact: Fact, what: AcceptanceFailed) -> None:
    # 6(6) "验收不合格的, 乙方应当在 30 日内进行返工或调整, 并重新提交甲方验收"
    due = m.calendar.days(fact.day, terms_on(m, fact.day).periods.rework_days, rolls=True)
    m.oblige("rework", str(what.round), "6.6", "party_b", due, [fact.id], on=fact.day, ends_with="early")
    m[Quality].rework.append(f"rework:{what.round}")


def acceptance_requested(m: Machine, fact: Fact, what: AcceptanceRequested) -> None:
    own = f"rework:{what.round}"  # 重新提交: a round's own request is not its re-submission
    for id_ in m[Quality].rework:
        if id_ != own:
            m.settle(id_, fact)
    m[Quality].rework = [id_ for id_ in m[Quality].rework if id_ == own]
