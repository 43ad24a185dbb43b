"""Courses of events: several facts that together open a ground or complete an item."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from tests.oracle_facts import ref_of
from tests.random_histories.changing import correct, retract
from tests.random_histories.single import (
    about_exit,
    absent,
    acceptance,
    agree_damages,
    agree_grade,
    announce,
    answer,
    answer_notice,
    assess_incident,
    complain,
    complete_request,
    dual_active,
    invoice,
    issue_notice,
    link,
    pay,
    perform,
    propose,
    report_availability,
    report_incident,
    report_staffing,
    request_exit,
    request_other,
    request_scale_out,
    return_payment,
    review,
    some,
    void,
)
from tests.random_histories.standing import declare_and_serve, serve
from tests.random_histories.story import BEIJING, BOTH, Data, Story

# --- courses of events: several facts that together open a ground or complete an item -------------


def a_year_of_b_incidents(s: Story) -> None:
    """Three B incidents, some agreed or linked, and perhaps a declaration."""
    s.plan += [incident_of_b, incident_of_b, s.rng.choice((incident_of_b, link)), incident_of_b]
    s.plan += s.rng.choice(([declare_and_serve], [], [agree_grade], [link, declare_and_serve]))


def incident_of_b(s: Story) -> None:
    grades = s.amended.get("grades", {}).get("outage")
    if grades is None:
        return report_incident(s)
    bounds = grades["B"]
    over = Decimal(bounds["systems_share_over"]) + Decimal("0.01")
    data = {"incident": s.new("incident"), "kind": "outage", "scope": "platform", "systems_share": str(over)}
    data.update(people_affected=bounds["people_from"], economic_loss=bounds["loss_from"])
    return s.put("IncidentReported", s.rng.choice(BOTH), {**data, "duration_minutes": grades["minutes"]})


def notice_of(by: str, ground: str) -> Callable[[Story], None]:
    def issue(s: Story) -> None:
        data = {"notice": s.new("notice"), "ground": ground, "demand": "限期整改", "deadline": s.soon(most=12)}
        s.put("RectificationNoticeIssued", by, data)

    return issue


def unheeded(s: Story) -> None:
    """What supports a ground under 10.4, in part or in whole, a notice of it, and what may follow."""
    ground = s.rng.choice(
        ("unheeded-supervisor-notices", "absent-key-personnel", "understaffed", "dual-active-refused")
    )
    supports: dict[str, list[Callable[[Story], None]]] = {
        "unheeded-supervisor-notices": [notice_of("supervisor", "patching")] * 2 + [incident_of_b, answer_notice],
        "absent-key-personnel": [announce, absent],
        "understaffed": [report_staffing, report_staffing, report_staffing],
        "dual-active-refused": [dual_active, dual_active],
    }
    ground = s.rng.choice(sorted(supports))
    s.plan += [*supports[ground], notice_of("party_a", ground)]
    s.plan += s.rng.choice(
        ([answer_notice], [answer_notice, answer_notice], [retract], [answer_notice, declare_and_serve], [])
    )
    if s.rng.random() < 0.5:
        s.plan.append(lambda s: declare_under(s, "10.4"))


def declare_under(s: Story, clause: str) -> None:
    s.put("TerminationDeclared", "party_a", {"clauses": [clause]})
    s.plan.append(serve)


def complaints(s: Story) -> None:
    """A shortfall and three complaints, in any order."""
    course = [complain, complain, complain, report_availability]
    s.rng.shuffle(course)
    s.plan += course


def outages(s: Story) -> None:
    """Several outages of one system."""
    known = s.known("system")
    if known:
        system = s.rng.choice(known)

        def outage(s: Story) -> None:
            minutes = s.rng.choice((1, 60, 119, 120, 200, 240))
            data = {"incident": s.new("incident"), "kind": "outage", "scope": "system", "duration_minutes": minutes}
            if system in s.known("system"):
                data["system"] = system
            s.put("IncidentReported", s.rng.choice(BOTH), {**data, **some(s, {"root_cause": "cause-5"}, 0.3)})

        s.plan += [outage, outage, s.rng.choice((outage, link)), outage]
        s.plan += s.rng.choice(([agree_damages], [agree_grade], []))


def late_scale_out(s: Story) -> None:
    def warn(s: Story) -> None:
        request = s.pick("scale-out")
        if request is not None:
            about = s.rng.choice((request["data"]["request"], request["id"], ref_of(request)))
            data = {"notice": s.new("notice"), "ground": "scale-out", "demand": "限期扩容", "deadline": s.soon(most=9)}
            s.put("RectificationNoticeIssued", "administrator", {**data, "about": about}, after=request)

    s.plan += [request_scale_out, warn, s.rng.choice((complete_request, warn, answer_notice))]


def whole_order(s: Story) -> None:
    """Hardening and scanning by the dozen."""
    s.plan += [perform] * s.rng.randint(2, 6)


def billing(s: Story) -> None:
    """An invoice and its payment, in one piece or more, and what may go wrong with them."""
    s.plan += [*s.rng.choice(([review], [])), invoice, pay]
    s.plan += s.rng.choice(([], [pay], [return_payment], [void], [return_payment, pay], [correct]))


def errands(s: Story) -> None:
    """Something asked for and done."""
    s.plan += s.rng.choice(([request_other, complete_request], [request_scale_out, complete_request]))
    s.plan += s.rng.choice(([], [acceptance, acceptance, acceptance], [issue_notice, answer_notice]))


def exit_course(s: Story) -> None:
    s.plan += [request_exit, about_exit, s.rng.choice((about_exit, request_exit, invoice))]


def proposal_course(s: Story) -> None:
    s.plan += [propose, answer]


def damages_course(s: Story) -> None:
    s.plan += [agree_damages, s.rng.choice((agree_damages, link, correct, retract))]


def one_outage_told_by_several(s: Story) -> None:
    """One outage reported by several roles, under several ids, with times of day or without."""
    begin = s.now - timedelta(hours=s.rng.randint(4, 30))
    scope: Data = {"scope": "platform"} if s.rng.random() < 0.5 else {"scope": "system", **s.system()}
    grades = s.amended.get("grades", {}).get("outage")
    if scope["scope"] == "platform" and grades:
        bounds = grades[s.rng.choice("AB")]
        over = Decimal(bounds["systems_share_over"]) + Decimal("0.01")
        scope.update(systems_share=str(over), people_affected=bounds["people_from"], economic_loss=bounds["loss_from"])

    def report(s: Story) -> None:
        at = (begin + timedelta(minutes=s.rng.choice((-60, -1, 0, 0, 30, 119, 120)))).astimezone(BEIJING)
        on = at.date().isoformat() if s.rng.random() < 0.25 else at.replace(microsecond=0).isoformat()
        data: Data = {"incident": s.new("incident"), "kind": "outage", **scope, "consequence": s.consequence()}
        if "system" in data and data["system"] not in s.known("system"):
            del data["system"]
        if s.rng.random() < 0.9:
            data["duration_minutes"] = s.rng.choice((120, 121, "120.5", 130, 240))
        s.put("IncidentReported", s.rng.choice((*BOTH, "supervisor")), data, on=on)

    s.plan += [report, report, s.rng.choice((report, link)), s.rng.choice((report, agree_grade, assess_incident))]


def set_off(s: Story) -> None:
    """Damages, an invoice, and the one against the other."""
    s.plan += [invoice, incident_of_b, s.rng.choice((pay, agree_damages)), agree_damages, agree_damages]
