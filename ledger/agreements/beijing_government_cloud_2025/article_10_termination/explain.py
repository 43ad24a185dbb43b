"""May party A terminate? Each ground: how it arose, until when it lasts, what became of it (SPEC 4.5)."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import grouping as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.answer import b_counting, counting, incidents
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.explain import incident, operating
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.explain_count import (
    absorbs,
    count,
    left_out,
    ungraded,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import IncidentReported
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Counted
from ledger.agreements.beijing_government_cloud_2025.article_10_termination import grounds as art_10_termination
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.answer import (
    contract_last_day,
    headroom_left,
    last_day,
    stands,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.explain_declared import declarations
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import RectificationNoticeIssued
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.rule import SUPPORT
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Demand, Ground, Grounds
from ledger.agreements.beijing_government_cloud_2025.article_11_exit import rule as art_11_exit
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.bilingual import Bilingual, clause_name, label, phrase
from ledger.domain.fact import PARTY_A, PARTY_B, Fact, chronological
from ledger.domain.machine import Obligation
from ledger.explanation import Explanation
from ledger.explanation.lapse import year_of_a_right


def allowed(x: Explanation) -> None:
    """The answer first, then each ground, and further remarks."""
    x.cite("10.1", "10.2", "10.4")
    found = _grounds(x)
    _conclusion(x, found)
    if x.m[Grounds].declared:
        declarations(x)
    for one in found:
        ground(x, one)
    if not any(one.clause == "10.2" and one.state == "open" for one in found):
        _so_far(x)
    _left_out(x)
    _demands_running(x)


def _conclusion(x: Explanation, found: list[Ground]) -> None:
    open_ = [one for one in found if one.state == "open"]
    exercised = [one for one in found if one.state == "exercised"]
    if exercised:
        named = ", ".join(dict.fromkeys(one.clause for one in exercised))
        x.step("EX_USED", clauses=named, facts=x.facts(x.m[Life].terminated_by), on=x.m[Life].terminated_on)
    elif open_:
        named = ", ".join(dict.fromkeys(one.clause for one in open_))
        x.step("EX_ALLOWED", day=x.day, count=len(open_), clauses=named)
    else:
        x.step("EX_NOT_ALLOWED" if found else "EX_NO_GROUND", day=x.day, count=len(found))
        x.cite("13.2", "13.3", "civil code 563")
        x.step("EX_OTHER_RIGHTS")


def state(x: Explanation) -> None:
    """The word for the state of the right, and then the whole explanation."""
    arisen = art_10_termination.grounds(x.m, x.day, annex_1_grades.grouped)
    now = stands(x.m, arisen, any(one.state == "open" for one in arisen.grounds))
    x.step("EX_TERMINATION_STATE", day=x.day, state=label("ground", now))
    allowed(x)


def _grounds(x: Explanation) -> list[Ground]:
    return list(art_10_termination.grounds(x.m, x.day, annex_1_grades.grouped).grounds)


def every(x: Explanation) -> None:
    for one in _grounds(x):
        ground(x, one)
    if not _grounds(x):
        x.cite("10.1", "10.2", "10.4")
        x.step("EX_NO_GROUND", day=x.day)


def at(x: Explanation, key: str) -> None:
    """The ground a path names, ``10.2@2026-05-01``; ``+`` for each earlier one of that clause and day."""
    clause, _, day = key.rstrip("+").partition("@")
    same = [one for one in _grounds(x) if (one.clause, one.arose_on.isoformat()) == (clause, day)]
    ground(x, same[len(key) - len(key.rstrip("+"))])


def ground(x: Explanation, one: Ground) -> None:
    x.cite(one.clause)
    x.rest_on(*one.because)
    _state(x, one)
    if one.clause == "10.4":
        _unheeded(x, one)
    else:
        _of_incidents(x, one)
    if one.state != "unsupported":
        _lapse(x, one)


def _counted_in(x: Explanation, one: Ground) -> list[Counted]:
    groups = annex_1_grades.graded_groups(x.m)
    by_report = {counted.first.fact.id: counted for group in groups for counted in group.counted}
    return [by_report[id_] for id_ in one.making if id_ in by_report]


def _of_incidents(x: Explanation, one: Ground) -> None:
    counted = _counted_in(x, one)
    terms = x.terms(one.arose_on).termination
    first, last = operating(x.m)
    x.read("operating-period")
    if one.clause == "10.1":
        x.step("EX_GROUND_A", on=one.arose_on, count=len(counted), needed=terms.a_incidents, first=first, last=last)
    else:
        x.read("year-window", one.arose_on)
        x.read("window-anniversary", one.arose_on)
        x.read("a-counts-as-b", one.arose_on)
        since, until = art_10_termination.year_window(x.m, one.arose_on, x.m.agreement.on(one.arose_on).readings)
        x.cite("civil code 202")
        x.step("EX_GROUND_B", on=one.arose_on, since=since, until=until, count=len(counted), needed=terms.b_incidents,
               first=first, last=last)  # fmt: skip
    for number, each in enumerate(counted, 1):
        _counted(x, number, each)


def _counted(x: Explanation, number: int, one: Counted) -> None:
    x.step("EX_GROUND_COUNTED", number=number, incident=one.first.id, on=one.day, grade=one.grade)
    incident(x, one.first.id)
    absorbs(x, one)


def _unheeded(x: Explanation, one: Ground) -> None:
    notice = x.m[Grounds].notices[one.maker]
    what = notice.fact.what
    assert isinstance(what, RectificationNoticeIssued)
    x.step("EX_GROUND_NOTICE", fact=x.fact(notice.fact.id), ground=label("demand", notice.ground), demand=what.demand,
           deadline=notice.deadline)  # fmt: skip
    for fact in x.about("notice", notice.id):
        if fact.id != notice.fact.id:
            x.step("EX_HAPPENED", fact=x.fact(fact.id))
    x.step("EX_GROUND_UNHEEDED", notice=notice.id, deadline=notice.deadline, on=one.arose_on)
    demand = next(each for each in x.m[Grounds].demands if each.notice is notice)
    _supported(x, demand)


def _supported(x: Explanation, demand: Demand) -> None:
    ground = label("demand", demand.notice.ground)
    if demand.notice.ground == "unheeded-supervisor-notices":
        several, cause = x.read("several-notices", demand.on), x.read("notice-cause", demand.on)
        x.step("EX_GROUND_SUPERVISORS", several=label("reading", f"several-notices={several}"),
               cause=label("reading", f"notice-cause={cause}"))  # fmt: skip
    if demand.notice.ground == "dual-active-refused":
        x.read("dual-active-optional", demand.on)
    support = sorted(demand.support(x.m).facts, key=chronological)
    if not support:
        x.step("EX_GROUND_UNSUPPORTED", ground=ground, on=demand.on)
        return
    x.step("EX_GROUND_SUPPORTED", ground=ground, facts=x.facts(fact.id for fact in support))
    for fact in support:
        if isinstance(fact.what, IncidentReported):
            incident(x, fact.what.incident)


def _lapse(x: Explanation, one: Ground) -> None:
    if x.read("lapse", one.arose_on) == "never" or one.lapses_on is None:
        x.step("EX_NEVER_LAPSES", clause=clause_name(one.clause))
        return _last_day(x, one)
    x.step("EX_LAPSES", arose=one.arose_on, lapses=one.lapses_on, learned=_known(x, one))
    year_of_a_right(x, one.lapses_on, PARTY_B)
    _last_day(x, one)


def _known(x: Explanation, one: Ground) -> Bilingual:
    """The later day from which the year runs, where it is not the ground's own day."""
    known = [(one.arose_on, Bilingual("", ""))]
    for counted in _counted_in(x, one):
        learned = counted.first.measures.learned_on
        if learned is not None:
            known.append((learned, phrase("EX_LEARNED", on=learned, incident=counted.first.id)))
        since = art_10_termination.graded_since(x.m, counted.first, counted.grade)
        known.append((since, phrase("EX_GRADED_SINCE", on=since, incident=counted.first.id, grade=counted.grade)))
    return max(known, key=lambda pair: pair[0])[1]


def _last_day(x: Explanation, one: Ground) -> None:
    """Until when an open right can be used, and whether its lapse or the contract's end decides."""
    last, end = last_day(x.m, one), contract_last_day(x.m)
    if last is not None and end is not None:
        x.rest_on(*_ending(x))
        lapses = one.lapses_on if one.lapses_on is not None else phrase("EX_DOES_NOT_LAPSE")
        x.step("EX_LAST_DAY", clause=clause_name(one.clause), last=last, lapses=lapses, end=end)
    elif last is not None:
        x.step("EX_LAST_DAY_LAPSE", clause=clause_name(one.clause), last=last)
    elif one.state == "open":
        x.step("EX_LAST_DAY_UNKNOWN", clause=clause_name(one.clause))


def _ending(x: Explanation) -> list[str]:
    """The facts that set the contract's last day: start, renewal, agreed end."""
    life, leaving = x.m[Life], art_11_exit.current(x.m)
    facts: list[Fact | None] = [life.start.fact] if life.start is not None else []
    facts += [one.fact for one in life.proposals.values() if one.takes_effect_on is not None]
    facts += [leaving.fact, leaving.consent] if leaving is not None and leaving.permitted else []
    return [fact.id for fact in facts if fact is not None] + life.renewed_by


def _state(x: Explanation, one: Ground) -> None:
    code = "EX_GROUND_" + one.state.upper()
    facts = Bilingual("", "")
    if one.state == "exercised":
        facts = x.facts(x.m[Life].terminated_by)
    if one.state != "unsupported":
        x.step(code, clause=clause_name(one.clause), arose=one.arose_on, lapses=one.lapses_on, day=x.day, facts=facts)


def _so_far(x: Explanation) -> None:
    """How much is missing to 10.1 and 10.2."""
    terms = x.terms(x.day).termination
    if x.m.agreement.on(x.day).terms.termination is None:  # type: ignore[attr-defined]
        x.step("EX_NO_TERMINATION_TERMS")
        return
    a_count = sum(one.grade == "A" for one in counting(x.m, x.day))
    x.step("EX_SO_FAR_A", count=a_count, needed=terms.a_incidents)
    count(x, "B")
    x.step("EX_HEADROOM", count=len(b_counting(x.m, x.day)), needed=terms.b_incidents, left=headroom_left(x.m, x.day))


def _left_out(x: Explanation) -> None:
    """Graded incidents that did not count, and incidents without a grade."""
    for entry in incidents(x.m, x.day)["excluded"]:
        left_out(x, entry)
    ungraded(x)


def _demands_running(x: Explanation) -> None:
    """Demands of party A that may still become a ground under 10.4."""
    for notice in x.m[Grounds].notices.values():
        if notice.fact.actor == PARTY_A and notice.ground in SUPPORT and notice.unheeded_on is None:
            x.step("EX_DEMAND_RUNNING", fact=x.fact(notice.fact.id), ground=label("demand", notice.ground),
                   deadline=notice.deadline)  # fmt: skip


def headroom(x: Explanation) -> None:
    x.cite("10.2")
    _so_far(x)


def notice(x: Explanation, duty: Obligation) -> None:
    notice = x.m[Grounds].notices[duty.id.partition(":")[2]]
    for fact in x.about("notice", notice.id):
        if fact.id != notice.fact.id:
            x.step("EX_HAPPENED", fact=x.fact(fact.id))
    if notice.unheeded_on is not None:
        x.step("EX_UNHEEDED", notice=notice.id, deadline=notice.deadline, on=notice.unheeded_on)


def without_period(x: Explanation, fact: Fact) -> None:
    """A notice whose deadline has passed when it arrives."""
    x.cite("10.4")
    notice = x.m[Grounds].notices[fact.what.notice]
    x.step("EX_NOTICE_WITHOUT_PERIOD", fact=x.fact(fact.id), arrived=notice.arrived_on, deadline=notice.deadline)


def ground_unknown(x: Explanation, fact: Fact) -> None:
    """A notice of party A on a ground that 10.4 does not have."""
    x.cite("10.4")
    known = ", ".join(SUPPORT)
    x.step("EX_NOTICE_GROUND_UNKNOWN", fact=x.fact(fact.id), ground=label("demand", fact.what.ground), known=known)
