"""The rows that incidents raise: each by itself, and the outages of a system together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.because import told_by
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.grouping import within
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.items import Item, Measured, Origin
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.made import (
    CONSEQUENCE,
    Minutes,
    in_minutes,
    is_,
    make,
    times,
)
from ledger.agreements.beijing_government_cloud_2025.annex_2_3_damages.state import Reports
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Grounds, RectificationNotice
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS, DamagesRow
from ledger.domain.declare import NamedTuple
from ledger.domain.fact import SUPERVISOR, Fact
from ledger.domain.machine import Machine

# -- incidents: annex 2 rows 2 to 6, annex 3 rows 5 and 7 -------------------------------------------


def bears(m: Machine, incident: Incident) -> bool:
    """Whether the incident can raise a row of the annexes.

    Its measures must count (2.4), in the operating period; it must not be graded, nor be the responsibility of others.
    """
    return _answered_for(m, incident) and not _barred_by_grade(m, incident)


def _answered_for(m: Machine, incident: Incident) -> bool:
    return incident.counts and incident.measures.responsibility != "other" and m[Life].operating(incident.day)


def _barred_by_grade(m: Machine, incident: Incident) -> bool:
    # 附件2 注 "但事故的影响程度和经济损失未达到 B 级事故的"
    return _of_a_grade(m, incident) and m.agreement.reading("graded-damages", incident.day) == "none"


def _of_a_grade(m: Machine, incident: Incident) -> bool:
    """Whether it is graded, or one with an incident that is."""
    grouped = m[Incidents].grouped
    return grouped.of[incident.id].first is not None or incident.id in grouped.grades


def of_incident(m: Machine, name: str) -> Iterator[Item]:
    incident = m[Incidents].reported[name]
    if not _answered_for(m, incident):
        return
    # [graded-damages] a fortiori: what is of a grade bears what it would bear as major
    consequence = "major" if _of_a_grade(m, incident) else incident.measures.consequence
    rows = TERMS.on(m, incident.day).damages.by_rule
    for told in _incident_rules(m, incident):
        rule = told.name
        for annex, row in rows.get(rule, ()):
            measured = told.measured(row)
            if rule not in ("mutual-backup", "outage"):
                measured.append(is_("consequence", CONSEQUENCE[annex], consequence, incident.fact))
            if all(one.met for one in measured) and not _barred_by_grade(m, incident):
                facts = [*told_by(incident), *told.by]
                yield make(
                    m, annex, row, incident.fact, incident.measures.system, [("incident", name)], facts, measured,
                    day=incident.day, incidents=[incident],
                )  # fmt: skip


class Rule(NamedTuple):
    """A rule of a row, what it requires of an incident besides a consequence, and on which other facts it rests."""

    name: str
    measured: Callable[[DamagesRow], list[Measured]]
    by: tuple[Fact, ...] = ()


def _incident_rules(m: Machine, incident: Incident) -> Iterator[Rule]:
    measures, fact = incident.measures, incident.fact
    if incident.kind == "mutual_backup":  # 附件2 第2行, any consequence
        yield Rule("mutual-backup", lambda row: [is_("kind", incident.kind, incident.kind, fact)])
    # 附件2 第3至5行 "因所提供的安全服务出现故障"
    if incident.kind in ("tampering", "data_loss", "intrusion"):
        kind = is_("kind", incident.kind, incident.kind, fact)
        fault = is_("security_service_fault", True, measures.security_service_fault, fact)
        yield Rule(incident.kind.replace("_", "-"), lambda row: [kind, fault])
    # 附件2 第6行, 附件3 第7行 "在云安全监管服务商已发出整改通知后未正确处置"
    notice = m[Grounds].notices.get(measures.unheeded_notice or "")
    if notice is not None:
        yield Rule("unheeded-notice", lambda row: [_unheeded(incident, notice)], notice.told_by)
    # 附件3 第5行 "造成某系统宕机 2 小时以上"
    if incident.kind == "outage" and measures.scope == "system" and measures.duration_minutes is not None:
        minutes = within(incident, m[Life].operating_period).measures.duration_minutes or 0
        yield Rule("outage", lambda row: [
            Measured("duration_minutes", "from", row.minutes, minutes, minutes >= (row.minutes or 0), (fact.id,))
        ])  # fmt: skip


def _unheeded(incident: Incident, notice: RectificationNotice) -> Measured:
    """A supervisor's notice whose deadline had passed unfulfilled when the incident began."""
    unheeded = notice.unheeded_on is not None and notice.unheeded_on <= incident.day
    met = notice.fact.actor == SUPERVISOR and notice.deadline < incident.day and unheeded
    return Measured("unheeded_notice", "past", notice.deadline, incident.day, met, (notice.fact.id,))


# -- outages in all: annex 3 row 6 ------------------------------------------------------------------


def of_repeated_outages(m: Machine, system: str) -> Iterator[Item]:
    # 附件3 第6行 "造成某系统连续宕机 3 次以上或累计 8 小时以上"
    done: dict[tuple[int, int], int] = {}
    rows = [one for terms in TERMS.ever(m) for one in terms.damages.by_rule.get("repeated-outages", ())]
    ever, fewest = {(annex, row.row) for annex, row in rows}, min((row.count or 0 for _, row in rows), default=0)
    incidents = m[Reports].outages.get(system, [])
    outages: list[SystemOutage] = []
    for number, outage in enumerate(_in_union(m, incidents), 1):
        outages.append(outage)
        day = outage.incident.day
        if done and done.keys() >= ever and (len(incidents) - min(done.values()) < fewest or _once(m, day)):
            return
        for annex, row in TERMS.on(m, day).damages.by_rule.get("repeated-outages", ()):
            since = done.get((annex, row.row), 0)
            count, run = _run(m, row, outages, since)
            if run and not (since and _once(m, day)):
                done[annex, row.row] = number
                yield _repeated(m, annex, row, system, count, run)


def _once(m: Machine, day: date) -> bool:
    """Whether the row arises once per system [``repeated-outages``], or again with every three further outages."""
    return m.agreement.reading("repeated-outages", day) == "once"


class SystemOutage(NamedTuple):
    """An outage of a system, its occurrence, and the minutes of all outages up to it, none counted twice."""

    incident: Incident
    occurrence: str
    minutes: Minutes


def _in_union(m: Machine, outages: Iterable[Incident]) -> Iterator[SystemOutage]:
    """Outages by their beginning, with the union of their times so far."""
    together, until = 0, -(2**63)
    for incident in outages:
        begin, end = times(m, incident.fact.at, incident.measures.duration_minutes)
        together += max(0, end - max(begin, until))
        until = max(until, end)
        yield SystemOutage(incident, m[Incidents].grouped.of[incident.id].id, in_minutes(together))


def _run(m: Machine, row: DamagesRow, outages: list[SystemOutage], since: int) -> tuple[int, list[SystemOutage]]:
    """How many outages make up the ``count``, and those up to the last where the number or the minutes complete the
    row.

    Those that are one count once, and those that counted before do not count again.
    """
    last = outages[-1].incident
    before = {one.occurrence for one in outages[:since]}
    run = [one for one in outages[since:] if one.occurrence not in before]
    long = not since and outages[-1].minutes >= (row.minutes or 0)
    # "连续宕机 3 次以上": within the term, or [consecutive-outages] one month
    near, month = run, (last.day.year, last.day.month)
    if long or len({one.occurrence for one in run}) >= (row.count or 0):
        of_month = [one for one in run if (one.incident.day.year, one.incident.day.month) == month]
        if of_month != run and m.agreement.reading("consecutive-outages", last.day) == "in-one-month":
            near = of_month
    number = len({one.occurrence for one in near})
    if near and near[-1] is outages[-1] and number >= (row.count or 0):
        return number, run
    return number, outages if long else []


def _repeated(m: Machine, annex: int, row: DamagesRow, system: str, number: int, run: list[SystemOutage]) -> Item:
    last, facts = run[-1], tuple(one.incident.fact.id for one in run)
    measured = [
        Measured("outages", "from", row.count, number, number >= (row.count or 0), facts, either=True),
        Measured(
            "outage_minutes", "from", row.minutes, last.minutes, last.minutes >= (row.minutes or 0), facts, either=True
        ),
    ]
    origins: list[Origin] = [("incident", one.incident.id) for one in run]
    incidents = [one.incident for one in run]
    told = [fact for incident in incidents for fact in told_by(incident)]
    fact, day = last.incident.fact, last.incident.day
    return make(m, annex, row, fact, system, origins, told, measured, day=day, incidents=incidents)
