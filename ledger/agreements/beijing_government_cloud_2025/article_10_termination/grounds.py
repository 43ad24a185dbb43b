"""第十条(1)(2)(4): the grounds on which party A may terminate, from their rise to their end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.because import (
    readings_of,
    settled_by,
    terms_of,
    told_by,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Counted, Incident, Incidents
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.rule import Groups
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import (
    Arisen,
    Demand,
    Ground,
    Grounds,
    State,
)
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS, window_months
from ledger.domain.because import Used
from ledger.domain.because import because as rests_on
from ledger.domain.calendar import corresponding_day
from ledger.domain.fact import chronological
from ledger.domain.law.termination import lapses_on
from ledger.domain.machine import ONE_DAY, Machine

DAY = attrgetter("day")
ROLLING, EXCLUSIVE, *_ = WINDOWS = [
    {"year-window": year, "window-anniversary": anniversary}
    for year, anniversary in (
        ("rolling", "inclusive"), ("rolling", "exclusive"),
        ("calendar-year", "inclusive"), ("contract-year", "inclusive"),
    )
]  # fmt: skip

COUNTED_BY = {
    "10.1": ("termination.a_incidents",),
    "10.2": ("termination.b_incidents", "termination.b_window_months"),
}
"""The terms, by their dotted paths, that say how many incidents make a ground, and within how long."""

# -- when a ground arises ---------------------------------------------------------------------------


def serious(m: Machine, listed: Sequence[Counted], index: int) -> list[Counted]:
    """The grade A incidents, up to the one at ``index``, that make a ground on its day; empty where they make none."""
    # 10(1) "如发生附件 1 中所列 A 级事件 1 次, 甲方有权解除本协议"
    termination = TERMS.on(m, listed[index].day).termination
    if termination is None:
        return []
    first = index + 1 - termination.a_incidents
    return list(listed[first : index + 1]) if first >= 0 else []


def repeated(m: Machine, listed: Sequence[Counted], index: int) -> list[Counted]:
    """The incidents of a year, up to the one at ``index``, that make a ground on its day; empty where they make none.
    """
    # 10(2) "如 1 年内发生附件 1 所列 B 级事件 3 次, 甲方有权解除本协议"
    last, so_far = listed[index], listed[: index + 1]
    termination = TERMS.on(m, last.day).termination
    if termination is None or len(so_far) < termination.b_incidents:
        return []
    if any(one.grade == "A" for one in so_far) and m.agreement.reading("a-counts-as-b", last.day) == "no":
        if last.grade == "A":
            return []
        so_far = [one for one in so_far if one.grade == "B"]
    within = so_far[bisect_left(so_far, first_counting(m, last.day, so_far), key=DAY) :]
    return list(within) if len(within) >= termination.b_incidents else []


def first_counting(m: Machine, day: date, listed: Sequence[Counted]) -> date:
    """The first day of the year of ``day``; the readings on which year it is are consulted only where they matter."""
    asked = window_readings(m, day, listed)
    if not asked:
        return year_window(m, day, ROLLING)[0]
    readings: Mapping[str, str] = m.agreement.on(day).readings
    if asked == ("year-window",):
        readings = ROLLING | {"year-window": readings["year-window"]}
    return year_window(m, day, readings)[0]


def window_readings(m: Machine, day: date, listed: Sequence[Counted]) -> tuple[str, ...]:
    """The readings on which year is that of ``day``, as far as they matter to those listed."""

    if not listed:
        return ()

    def counting(window: Mapping[str, str]) -> int:
        return bisect_left(listed, year_window(m, day, window)[0], key=DAY)

    if len({counting(window) for window in WINDOWS}) == 1:
        return ()
    return tuple(ROLLING)[: 1 if counting(ROLLING) == counting(EXCLUSIVE) else 2]


def year_window(m: Machine, day: date, readings: Mapping[str, str]) -> tuple[date, date]:
    """The year that ``day`` belongs to: [first day that still counts, ``day``], or its calendar or contract year."""
    began = m[Life].start
    if readings["year-window"] == "calendar-year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if readings["year-window"] == "contract-year" and began is not None and began.day <= day:
        years = day.year - began.day.year
        if corresponding_day(began.day, 12 * years) > day:
            years -= 1
        return corresponding_day(began.day, 12 * years), corresponding_day(began.day, 12 * (years + 1)) - ONE_DAY
    months = window_months(TERMS.on(m, day))
    least = day if readings["window-anniversary"] == "inclusive" else day + ONE_DAY
    start = corresponding_day(least, -months)
    while corresponding_day(start, months) < least:
        start += ONE_DAY
    while corresponding_day(start - ONE_DAY, months) >= least:
        start -= ONE_DAY
    return start, day


def _of_incidents(m: Machine, clause: str, counted: list[Counted], listed: Sequence[Counted]) -> Ground:
    """The ground made by the last of the incidents counted; ``listed`` are those among which they were found."""
    last = counted[-1]
    known = [day for one in counted for day in (one.first.measures.learned_on, graded_since(m, one.first, one.grade))]
    facts = [fact for one in counted for fact in (*told_by(one.first), *settled_by(m, one.first))]
    terms, readings = _used(m, clause, counted, listed) if m.agreement.changed else ((), ())
    because = rests_on(m, facts, terms=terms, readings=readings)
    making = [one.first.fact.id for one in counted]
    lapse = _lapse(m, last.day, known)
    return Ground(clause, last.first.id, last.day, lapse, making, because, "open", last.first.moment)


def _used(
    m: Machine, clause: str, counted: Sequence[Counted], listed: Sequence[Counted]
) -> tuple[list[Used], list[Used]]:  # fmt: skip
    """The terms and the readings from which a ground of incidents follows."""
    day, incidents = counted[-1].day, [one.first for one in counted]
    terms = [(day, path) for path in COUNTED_BY[clause]]
    readings = [(day, "lapse")]
    if clause == "10.2":
        readings += ((day, reading) for reading in window_readings(m, day, listed))
        if any(one.grade == "A" for one in listed):
            readings.append((day, "a-counts-as-b"))
    if any(len({member.event for member in one.members}) > 1 for one in counted):
        readings.append((m.day, "same-cause-count"))
    for incident in incidents:
        terms += terms_of(m, incident)
        readings += readings_of(m, incident)
    return terms, readings


def _of_demand(m: Machine, demand: Demand) -> Ground | None:
    """The ground of a notice; None where the notice left no period or was unheeded after the contract's last day."""
    _, last = m[Life].operating_period
    if not demand.notice.leaves_a_period or (last is not None and demand.on > last):
        return None
    fact, support = demand.notice.fact, demand.support(m)
    lapse = _lapse(m, demand.on, ())
    state: State = "open" if support.facts else "unsupported"
    facts = [*demand.notice.told_by, *support.facts]
    for incident in support.incidents:
        facts += [*told_by(incident), *settled_by(m, incident)]
    because = rests_on(
        m, facts, terms=[one for incident in support.incidents for one in terms_of(m, incident)],
        readings=[
            *((demand.on, reading) for reading in ("lapse", *support.readings)),
            *(one for incident in support.incidents for one in readings_of(m, incident)),
        ],
    )  # fmt: skip
    return Ground("10.4", demand.notice.id, demand.on, lapse, [fact.id], because, state, chronological(fact))


def graded_since(m: Machine, incident: Incident, grade: str) -> date:
    """The day on which an incident first had a grade: today for one it has by a fact of today, noted at the close."""
    return incident.had.get(grade, m.day if incident.id in m[Incidents].today else incident.fact.day)


def _lapse(m: Machine, arose_on: date, known: Iterable[date | None]) -> date | None:
    # 民法典第五百六十四条 "期限届满当事人不行使的，该权利消灭"
    if m.agreement.reading("lapse", arose_on) == "never":
        return None
    return lapses_on([arose_on, *(day for day in known if day is not None)])


# -- kept as incidents and notices come -------------------------------------------------------------

MAKES = {"10.1": serious, "10.2": repeated}


def grounds(m: Machine, day: date, groups: Groups) -> Arisen:
    """The grounds that have arisen by ``day``, which is not before the machine's."""
    kept = m[Grounds].kept
    anew, changes, read = groups(m).since(kept.read)
    if anew:
        kept = m[Grounds].kept = Arisen()
    kept.read = read
    for came, group in changes:
        for one in group.counted:
            if one.grade == "A":
                _follow(m, kept, "10.1", kept.serious, came, one)
            _follow(m, kept, "10.2", kept.repeated, came, one)
    given = m[Life].version, m[Grounds].services, len(m[Grounds].demands)
    if given != kept.demands:
        _follow_demands(m, kept, from_the_first=given[:2] != kept.demands[:2])
        kept.demands = given
    _states(m, kept, day)
    return kept


def _follow_demands(m: Machine, kept: Arisen, *, from_the_first: bool) -> None:
    """Work out the grounds of notices: of new ones, and of those that incidents support, of which more may be known."""
    done, supported = (0, list[Demand]()) if from_the_first else (kept.demands[2], kept.supported)
    fresh = m[Grounds].demands[done:]
    for demand in (*supported, *fresh):
        _restate(kept, ("10.4", demand.notice.id), _of_demand(m, demand))
    kept.supported = [*supported, *(demand for demand in fresh if demand.support(m).incidents)]


def _follow(m: Machine, kept: Arisen, clause: str, listed: list[Counted], came: bool, one: Counted) -> None:
    """An incident was added or removed: work out again the ground it makes, and later ones towards which it counts."""
    place = bisect_left(listed, one.began, key=lambda other: other.began)
    if came:
        listed.insert(place, one)
    else:
        del listed[place]
        _restate(kept, (clause, one.first.id), None)
    for index in range(place, _reaches(m, clause, listed, place, one.day)):
        counted = MAKES[clause](m, listed, index)
        ground = _of_incidents(m, clause, counted, listed[: index + 1]) if counted else None
        _restate(kept, (clause, listed[index].first.id), ground)


def _reaches(m: Machine, clause: str, listed: list[Counted], place: int, day: date) -> int:
    """Up to which place an incident of ``day`` may count towards a ground, under any terms that ever held."""
    ever = TERMS.ever(m)
    if clause == "10.1":
        most = max((terms.termination.a_incidents for terms in ever if terms.termination is not None), default=0)
        return min(len(listed), place + most)
    last = corresponding_day(day, max(12, *map(window_months, ever)))
    return bisect_left(listed, last + ONE_DAY, lo=place, key=lambda one: one.day)


def _restate(kept: Arisen, named: tuple[str, str], ground: Ground | None) -> None:
    before = kept.of.pop(named, None)
    if before is not None:
        kept.grounds.drop(before)
        kept.unsettled.pop(named, None)
        kept.fresh.pop(named, None)
    if ground is not None:
        kept.of[named] = ground
        kept.grounds.put(ground)
        if ground.state != "unsupported":
            kept.unsettled[named] = ground
            kept.fresh[named] = ground


# -- what becomes of it -----------------------------------------------------------------------------


def _states(m: Machine, kept: Arisen, day: date) -> None:
    """The state of each ground; one that lapsed stays so as long as the term is the same."""
    over = m[Life].over_from(day)
    given = m[Life].version, over, m[Grounds].exercised
    if given != kept.given or day < kept.stated_on:
        supported = (one for one in kept.grounds if one.state != "unsupported")
        kept.unsettled = {one.named: one for one in supported}
        kept.next_lapse = date.min
    stated = list(kept.unsettled.items() if day >= kept.next_lapse else kept.fresh.items())
    kept.next_lapse = date.max if day >= kept.next_lapse else kept.next_lapse
    kept.given, kept.stated_on = given, day
    kept.fresh.clear()
    _, last = m[Life].operating_period
    end = day if over is None or last is None else min(day, last)
    for key, ground in stated:
        state = _state(m, ground, end, over)
        if state != ground.state:
            ground.state = state
            kept.grounds.move(ground)
        if state == "lapsed":
            del kept.unsettled[key]
        elif ground.lapses_on is not None:
            kept.next_lapse = min(kept.next_lapse, ground.lapses_on + ONE_DAY)


def _state(m: Machine, ground: Ground, end: date, over: date | None) -> State:
    """At ``end``, the day asked about or the contract's last."""
    if ground.named in m[Grounds].exercised:
        return "exercised"
    if ground.lapses_on is not None and end > ground.lapses_on:
        return "lapsed"
    return "open" if over is None else "moot"


# -- had the contract ended -------------------------------------------------------------------------


def open_until(m: Machine, day: date, counted: list[Counted]) -> list[Ground]:
    """The grounds open on ``day``, if it were the contract's last; ``counted`` is what would count then, in order."""
    listed = {"10.1": [one for one in counted if one.grade == "A"], "10.2": counted}
    found = [
        _of_incidents(m, clause, made, listed[clause][: index + 1])
        for clause, makes in MAKES.items() for index in range(len(listed[clause]))
        if (made := makes(m, listed[clause], index))
    ] + [ground for demand in m[Grounds].demands if (ground := _of_demand(m, demand)) is not None]  # fmt: skip
    return [ground for ground in found if ground.open_on(day)]
