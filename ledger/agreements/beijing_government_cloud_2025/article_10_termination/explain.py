"""May party A terminate? Each ground: how it arose, until when it lasts, what became of it (SPEC 4.5)."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades import rule as annex_1_grades
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.answer import counting, incidents
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.explain import incident
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.explain_count import (
    absorbs,
    count,
    left_out,
    operating,
    ungraded,
)
from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.state import Group, Incidents
from ledger.agreements.beijing_government_cloud_2025.article_10_termination import rule as art_10_termination
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.answer import (
    contract_last_day,
    last_day,
    termination,
)
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.facts import RectificationNoticeIssued
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.rule import SUPPORT, year_window
from ledger.agreements.beijing_government_cloud_2025.article_10_termination.state import Ground, Grounds
from ledger.agreements.beijing_government_cloud_2025.article_11_exit import rule as art_11_exit
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.domain.fact import Fact
from ledger.domain.machine import Obligation
from ledger.explanation import Both, Explanation, clause_name, label, phrase


def allowed(x: Explanation) -> None:
    x.cite("10.1", "10.2", "10.4")
    found = _grounds(x)
    for one in found:
        ground(x, one)
    if not any(one.clause == "10.2" and one.state == "open" for one in found):
        _so_far(x)
    _left_out(x)
    _demands_running(x)
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
        x.step("EX_OTHER_RIGHTS")


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
    if one.clause == "10.4":
        _unheeded(x, one)
    else:
        _of_incidents(x, one)
    if one.state != "unsupported":
        _lapse(x, one)
    _state(x, one)


def _of_incidents(x: Explanation, one: Ground) -> None:
    by_first = {group.first.fact.id: group for group in annex_1_grades.graded_groups(x.m) if group.first is not None}
    counted = [by_first[id_] for id_ in one.because]
    terms = x.terms(one.arose_on).termination
    first, last = operating(x.m)
    if one.clause == "10.1":
        x.step("EX_GROUND_A", on=one.arose_on, count=len(counted), needed=terms.a_incidents, first=first, last=last)
    else:
        option = x.read("year-window", one.arose_on)
        since, until = year_window(x.m, one.arose_on, option)
        x.cite("civil code 202")
        x.step("EX_GROUND_B", on=one.arose_on, since=since, until=until, count=len(counted), needed=terms.b_incidents,
               first=first, last=last)  # fmt: skip
    for number, group in enumerate(counted, 1):
        _counted(x, number, group)


def _counted(x: Explanation, number: int, group: Group) -> None:
    assert group.first is not None
    x.step("EX_GROUND_COUNTED", number=number, incident=group.first.id, on=group.day, grade=group.grade)
    incident(x, group.first.id)
    absorbs(x, group)


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
    support = [id_ for id_ in one.because if id_ != notice.fact.id]
    if support:
        x.step("EX_GROUND_SUPPORTED", ground=label("demand", notice.ground), facts=x.facts(support))
    else:
        x.step("EX_GROUND_UNSUPPORTED", ground=label("demand", notice.ground), on=one.arose_on)


def _lapse(x: Explanation, one: Ground) -> None:
    if x.read("lapse", one.arose_on) == "never" or one.lapses_on is None:
        x.step("EX_NEVER_LAPSES", clause=clause_name(one.clause))
        return _last_day(x, one)
    x.cite("civil code 564")
    learned = None
    if one.clause != "10.4":
        learned = x.m[Incidents].reported[one.maker].measures.learned_on
    since: Both = phrase("EX_LEARNED", on=learned) if learned is not None and learned > one.arose_on else Both("", "")
    x.step("EX_LAPSES", arose=one.arose_on, lapses=one.lapses_on, learned=since)
    _last_day(x, one)


def _last_day(x: Explanation, one: Ground) -> None:
    """Until when an open right can be used, and whether its lapse or the contract's end says so."""
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
    """The facts that fix the contract's last day: lease, renewal, what was agreed to end it."""
    life, leaving = x.m[Life], art_11_exit.current(x.m)
    facts = [life.lease] + [one.fact for one in life.proposals.values() if one.takes_effect_on is not None]
    facts += [leaving.fact, leaving.consent] if leaving is not None and leaving.permitted else []
    return [fact.id for fact in facts if fact is not None] + life.renewed_by


def _state(x: Explanation, one: Ground) -> None:
    code = "EX_GROUND_" + one.state.upper()
    facts: Both = Both("", "")
    if one.state == "exercised":
        facts = x.facts(x.m[Life].terminated_by)
    if one.state != "unsupported":
        x.step(code, clause=clause_name(one.clause), arose=one.arose_on, lapses=one.lapses_on, day=x.day, facts=facts)


def _so_far(x: Explanation) -> None:
    """How far 10.1 and 10.2 are from being met."""
    terms = x.terms(x.day).termination
    counted = counting(x.m, x.day)
    x.step("EX_SO_FAR_A", count=sum(group.grade == "A" for group in counted), needed=terms.a_incidents)
    count(x, "B")
    left = termination(x.m, x.day)["headroom"]["b_incidents"]
    x.step("EX_HEADROOM", count=sum(group.grade == "B" for group in counted), needed=terms.b_incidents, left=left)


def _left_out(x: Explanation) -> None:
    """What was not counted although graded, and what is not graded at all."""
    for entry in incidents(x.m, x.day)["excluded"]:
        left_out(x, entry)
    ungraded(x)


def _demands_running(x: Explanation) -> None:
    """Demands of party A that may yet become a ground under 10.4."""
    for notice in x.m[Grounds].notices.values():
        if notice.fact.by == "party_a" and notice.ground in SUPPORT and notice.unheeded_on is None:
            x.step("EX_DEMAND_RUNNING", fact=x.fact(notice.fact.id), ground=label("demand", notice.ground),
                   deadline=notice.deadline)  # fmt: skip


def headroom(x: Explanation) -> None:
    x.cite("10.2")
    _so_far(x)


def in_vain(x: Explanation, fact: Fact) -> None:
    """A declaration with no ground open."""
    every(x)
    x.step("EX_DECLARED_IN_VAIN", clause=getattr(fact.what, "clause", ""), on=fact.day)


def notice(x: Explanation, duty: Obligation) -> None:
    notice = x.m[Grounds].notices[duty.id.partition(":")[2]]
    for fact in x.about("notice", notice.id):
        if fact.id != notice.fact.id:
            x.step("EX_HAPPENED", fact=x.fact(fact.id))
    if notice.unheeded_on is not None:
        x.step("EX_UNHEEDED", notice=notice.id, deadline=notice.deadline, on=notice.unheeded_on)
