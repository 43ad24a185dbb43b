"""The rows that reports raise: availability and complaints about it, average minutes, absences from the site."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from heapq import merge

from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.facts import (
    OnSiteAbsenceRecorded,
    ServiceLevelReported,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Item, Measured
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.made import (
    CONSEQUENCE,
    Minutes,
    is_,
    make,
    minutes_of,
    reported,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.state import Reports
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.facts import AvailabilityReported
from ledger.agreements.beijing_government_cloud_2025.article_06_quality.state import Quality
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.readings import reliability_floor
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS, DamagesRow
from ledger.domain.bands import Band
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Machine

# -- availability: annex 2 row 1, annex 3 rows 1 and 2 ----------------------------------------------


def _floors(m: Machine, row: DamagesRow, fact: Fact) -> list[Measured]:
    """可用性低于 99.99%, 或数据可用性低于 …: the month reported beside the row's floors, of which one is enough."""
    report = fact.what
    assert isinstance(report, AvailabilityReported)
    floors = {"availability": row.availability, "data_reliability": row.data_reliability}
    if row.data_reliability is not None:
        told = report.data_reliability
        floors["data_reliability"] = reliability_floor(m, fact.day, row.data_reliability, told)
    return [
        Measured(name, "below", floor, found, found < floor, (fact.id,), either=True)
        for name, floor in floors.items() if floor is not None for found in [getattr(report, name)]
    ]  # fmt: skip


def _short(m: Machine, row: DamagesRow, fact: Fact) -> bool:
    return any(one.met for one in _floors(m, row, fact))


def of_availability(m: Machine, key: tuple[str, str | None]) -> Iterator[Item]:
    month, system = key
    fact = m[Quality].availability[system][month]
    report = fact.what
    assert isinstance(report, AvailabilityReported)
    if not m[Life].operating_month(month):
        return
    for annex, row in TERMS.on(m, fact.day).damages.by_rule.get("availability", ()):
        if report.consequence == CONSEQUENCE[annex] and _short(m, row, fact):
            measured = [*_floors(m, row, fact), is_("consequence", CONSEQUENCE[annex], report.consequence, fact)]
            yield make(m, annex, row, fact, system, reported(m, fact, month=month), [fact], measured)


def of_complaints(m: Machine, system: str) -> Iterator[Item]:
    # 附件3 第2行 "且在服务期内被甲方投诉此类情况 3 次以上的": once per system
    complaints = [fact for fact in m[Reports].complaints.get(system, []) if m[Life].operating(fact.day)]
    months = m[Quality].availability.get(system, {}) if complaints else {}
    reports = sorted(
        (fact for month, fact in months.items() if m[Life].operating_month(month)), key=chronological
    )  # fmt: skip
    completed: dict[tuple[int, int], Item] = {}
    ever = dict.fromkeys(one for terms in TERMS.ever(m) for one in terms.damages.by_rule.get("repeated-complaints", ()))
    for annex, row in ever:
        first = next((fact for fact in reports if _short(m, row, fact)), None)
        counted = complaints[: row.count or 0]
        if first is None or len(counted) < (row.count or 0):
            continue
        both_there = max(chronological(fact) for fact in (first, *counted))
        from_then = (facts[bisect_left(facts, both_there, key=chronological) :] for facts in (complaints, reports))
        for completed_by in merge(*from_then, key=chronological):
            if (annex, row) in TERMS.on(m, completed_by.day).damages.by_rule.get("repeated-complaints", ()):
                item = _complained(m, annex, row, completed_by, system, first, counted)
                other = completed.setdefault((annex, row.row), item)
                # an amended row may have been completed before this one
                if chronological(completed_by) < chronological(other.completed_by):
                    completed[annex, row.row] = item
                break
    yield from completed.values()


def _complained(
    m: Machine, annex: int, row: DamagesRow, completed_by: Fact, system: str, first: Fact, counted: list[Fact]
) -> Item:
    report = first.what
    assert isinstance(report, AvailabilityReported)
    number = Measured("complaints", "from", row.count, len(counted), True, tuple(fact.id for fact in counted))
    because = sorted([first, *counted], key=chronological)
    origins = reported(m, first, month=report.month)
    return make(m, annex, row, completed_by, system, origins, because, [*_floors(m, row, first), number])


# -- bands of minutes: annex 2 rows 7 to 12, annex 3 rows 8 to 13 -----------------------------------


BANDED = {"response": "response_minutes", "recovery": "recovery_minutes", "on-site-absence": "absence_minutes"}


def _in_band(
    m: Machine, rule: str, minutes: Minutes, consequence: str, fact: Fact
) -> Iterator[tuple[int, DamagesRow, list[Measured]]]:
    """The row of each annex whose band holds ``minutes``."""
    rows = TERMS.on(m, fact.day).damages.by_rule.get(rule, ())
    for annex in (2, 3):
        if consequence != CONSEQUENCE[annex]:
            continue
        bands = [row for of, row in rows if of == annex]
        row = band(bands, minutes)
        beyond = row is not None and not row.band.holds(minutes)
        if row is not None and not (beyond and m.agreement.reading("band-gaps", fact.day) == "literal"):
            of_band = _ends(row.band, minutes)
            yield annex, row, [
                *(Measured(BANDED[rule], test, end, minutes, True, (fact.id,)) for test, end in of_band),
                is_("consequence", CONSEQUENCE[annex], consequence, fact),
            ]


def _ends(of: Band, minutes: Minutes) -> Iterator[tuple[str, Minutes]]:
    """How ``minutes`` compare with the ends of the band that contains them, or that they passed."""
    yield "from" if of.low_within else "over", of.low
    if of.high is not None:
        yield "beyond" if of.passed_by(minutes) else "to" if of.high_within else "under", of.high


def band(bands: list[DamagesRow], minutes: Minutes) -> DamagesRow | None:
    """The row whose band contains ``minutes``, of bands in ascending order: "大于 15 分钟且小于 30 分钟".

    By the reading ``band-gaps`` (a fortiori), a value on a band's upper end that is in no other band belongs to that
    band, and a value above the last band to the last.
    """
    for row in bands:
        if row.band.holds(minutes):
            return row
    reached = [row for row in bands if row.band.passed_by(minutes)]
    on_an_end = reached and (minutes == reached[-1].band.high or reached[-1] is bands[-1])
    return reached[-1] if on_an_end else None


def of_service_level(m: Machine, key: tuple[str, str | None]) -> Iterator[Item]:
    month, system = key
    fact = m[Reports].service_levels[key]
    report = fact.what
    assert isinstance(report, ServiceLevelReported)
    if not m[Life].operating_month(month):
        return
    for rule, minutes in (("response", report.response_minutes), ("recovery", report.recovery_minutes)):
        if minutes is not None:
            for annex, row, measured in _in_band(m, rule, minutes, report.consequence, fact):
                yield make(m, annex, row, fact, system, reported(m, fact, month=month), [fact], measured)


def of_absence(m: Machine, number: int) -> Iterator[Item]:
    fact = m[Reports].on_site[number]
    absence = fact.what
    assert isinstance(absence, OnSiteAbsenceRecorded)
    minutes = minutes_of(m, fact, absence.minutes)
    for annex, row, measured in _in_band(m, "on-site-absence", minutes, absence.consequence, fact):
        yield make(m, annex, row, fact, absence.system, reported(m, fact), [fact], measured)
