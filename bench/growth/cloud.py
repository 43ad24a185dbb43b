"""Histories of the agreement on government cloud."""

from __future__ import annotations

from collections.abc import Iterator

from bench.growth.histories import CLOUD, FIRST, SYSTEMS, Kind, agreement, day, documented, each, later, named
from bench.ledger import Envelope, fact

START = FIRST.isoformat()

# -- incidents ---------------------------------------------------------------------------------------


def _renewed() -> Iterator[Envelope]:
    yield fact("RenewalProposed", "2025-12-02", "party_a", proposal="long", ends_on="2090-12-31")
    yield fact("ProposalAccepted", "2025-12-02", "party_b", proposal="long")


def outage(number: int, on: str, by: str, **measures: object) -> Envelope:
    said = {"scope": "system", "system": f"s{number % SYSTEMS}", "duration_minutes": 130, **measures}
    return fact("IncidentReported", on, by, incident=f"i{number}", kind="outage", **said)


GRADE_B = {"scope": "platform", "duration_minutes": 150, "systems_share": "0.15", "people_affected": 200_000,
           "economic_loss": "2000000.00"}  # fmt: skip


def incidents(count: int) -> Iterator[Envelope]:
    """B-grade incidents, one a week while the contract is renewed; each ground shows the year before it."""
    yield from _renewed()
    for number in range(count):
        yield fact("IncidentReported", day(number, count, count * 6), "supervisor", incident=f"i{number}",
                   kind="outage", **GRADE_B)  # fmt: skip


def incidents_dense(count: int) -> Iterator[Envelope]:
    """B-grade incidents, all within ten months."""
    for number in range(count):
        yield fact("IncidentReported", day(number, count), "supervisor", incident=f"i{number}", kind="outage",
                   **GRADE_B)  # fmt: skip


def outages(count: int) -> Iterator[Envelope]:
    """Outages of single systems, each an item of damages and every third linked with the one before."""
    for number in range(count):
        on = day(number, count)
        yield outage(number, on, "supervisor")
        if number % 3 == 2:
            yield fact("IncidentsLinked", on, "supervisor", incidents=[f"i{number}", f"i{number - 1}"],
                       root_cause=f"cause{number}")  # fmt: skip


def one_cause(count: int) -> Iterator[Envelope]:
    """Outages of one cause."""
    yield from each(lambda number, on: [outage(number, on, "supervisor", root_cause="cause")], count)


def linked(count: int) -> Iterator[Envelope]:
    """Outages, each linked with the first."""
    yield outage(0, START, "supervisor")
    for number in range(1, count // 2 + 1):
        on = day(2 * number, count + 2)
        yield outage(number, on, "supervisor")
        yield fact("IncidentsLinked", on, "supervisor", incidents=["i0", f"i{number}"], root_cause="cause")


def relinked(count: int) -> Iterator[Envelope]:
    """Two outages, linked and unlinked again and again."""
    yield outage(0, START, "supervisor")
    yield outage(1, START, "supervisor")
    for number in range(count):
        type_ = ("IncidentsLinked", "IncidentsUnlinked")[number % 2]
        yield fact(type_, day(number, count), "supervisor", incidents=["i0", "i1"], root_cause="cause")


def same_event(count: int) -> Iterator[Envelope]:
    """Outages that party A and the supervisor each report on the same day under their own id: one event each."""
    for number in range(count // 2):
        on = day(number, count // 2, count * 2)
        yield outage(2 * number, on, "party_a", system="s0")
        yield outage(2 * number + 1, on, "supervisor", system="s0")


def overlapping(count: int) -> Iterator[Envelope]:
    """Outages of one system at one time, which party A and the supervisor report by turns."""
    for number in range(count):
        yield outage(number, "2026-03-02T08:00:00+08:00", ("party_a", "supervisor")[number % 2], system="s0")


def assessments(count: int) -> Iterator[Envelope]:
    """One incident, assessed again and again."""
    yield outage(0, START, "supervisor")
    for number in range(count):
        yield fact("IncidentAssessed", day(number, count), "supervisor", incident="i0", duration_minutes=number)


def claims(count: int) -> Iterator[Envelope]:
    """Incidents reported by the supervisor, each assessed otherwise by party B: every other fact is a claim."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield outage(number, on, "supervisor")
        yield fact("IncidentAssessed", on, "party_b", incident=f"i{number}", duration_minutes=1)


def acknowledgements(count: int) -> Iterator[Envelope]:
    """Claims of party B that party A acknowledges."""
    for number in range(count // 3):
        on = day(3 * number, count)
        yield outage(number, on, "supervisor")
        yield named(f"as{number}", fact("IncidentAssessed", on, "party_b", incident=f"i{number}", duration_minutes=1))
        yield fact("FactAcknowledged", on, "party_a", target=f"as{number}")


def grades(count: int) -> Iterator[Envelope]:
    """One incident, its grade agreed again and again."""
    yield outage(0, START, "supervisor")
    yield from each(lambda number, on: [
        agreement("IncidentGradeAgreed", on, incident="i0", grade="AB"[number % 2])
    ], count)  # fmt: skip


# -- service ---------------------------------------------------------------------------------------


def complaints(count: int) -> Iterator[Envelope]:
    """Complaints about the availability of ten systems, each reported below its floor once."""
    for system in range(SYSTEMS):
        yield _availability("2025-11", f"s{system}", "2025-12-02")
    for number in range(count):
        said = {"complaint": f"c{number}", "system": f"s{number % SYSTEMS}", "subject": "availability"}
        yield fact("ComplaintFiled", day(number, count), "party_a", **said)


def _availability(month: str, system: str, on: str, percent: str = "99.5") -> Envelope:
    return fact("AvailabilityReported", on, "party_a", month=month, system=system, availability=percent,
                data_reliability="99.9999", consequence="problem")  # fmt: skip


def _month(number: int) -> str:
    return f"{2000 + number // SYSTEMS // 12}-{number // SYSTEMS % 12 + 1:02}"


def availability(count: int) -> Iterator[Envelope]:
    """Monthly availability of ten systems, always below the floor."""
    for number in range(count):
        yield _availability(_month(number), f"s{number % SYSTEMS}", day(number, count))


def one_month(count: int) -> Iterator[Envelope]:
    """The availability of one system in one month, reported again and again."""
    yield from each(lambda number, on: [_availability("2025-11", "s0", on, f"99.{number % 90:02}")], count)


def levels(count: int) -> Iterator[Envelope]:
    """Monthly response times of ten systems, each an item of damages."""
    for number in range(count):
        said = {"month": _month(number), "system": f"s{number % SYSTEMS}", "response_minutes": 20}
        yield fact("ServiceLevelReported", day(number, count), "party_a", **said, consequence="problem")


def absences(count: int) -> Iterator[Envelope]:
    """Absences from the site, each an item of damages."""
    for number in range(count):
        said = {"system": f"s{number % SYSTEMS}", "minutes": 90, "consequence": "problem"}
        yield named(f"absent{number}", fact("OnSiteAbsenceRecorded", day(number, count), "party_a", **said))


def assessed(count: int) -> Iterator[Envelope]:
    """Monthly assessments of ten systems, none passed."""
    for number in range(count):
        said = {"month": _month(number), "system": f"s{number % SYSTEMS}", "passed": False}
        yield fact("AssessmentRecorded", day(number, count), "party_a", **said)


def staffing(count: int) -> Iterator[Envelope]:
    """Monthly staff, always too few."""
    for number in range(count):
        month = f"{2000 + number // 12 % 25}-{number % 12 + 1:02}"
        yield fact("StaffingReported", day(number, count), "party_a", month=month, committed=8, actual=6)


def scale_outs(count: int) -> Iterator[Envelope]:
    """Scale-outs, completed late."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("ScaleOutRequested", on, "party_a", request=f"r{number}", system=f"s{number % SYSTEMS}")
        yield fact("ScaleOutCompleted", later(on, 9), "party_b", request=f"r{number}")


def systems(count: int) -> Iterator[Envelope]:
    """Systems registered, tested, assessed and deployed."""
    for number in range(count // 4):
        on, name = day(4 * number, count), f"n{number}"
        yield fact("SystemRegistered", on, "party_a", system=name, name="业务系统", annual_fee="120000.00",
                   mlps_level=3, important=False)  # fmt: skip
        yield fact("SystemTestPassed", on, "party_b", system=name)
        yield fact("SecurityAssessmentPassed", on, "supervisor", system=name)
        yield fact("SystemDeployed", on, "party_b", system=name)


def system_again(count: int) -> Iterator[Envelope]:
    """One system tested and deployed again and again, with an outage each time."""
    for number in range(count // 3):
        on = day(3 * number, count)
        yield fact("SystemTestPassed", on, "party_b", system="s0")
        yield fact("SystemDeployed", on, "party_b", system="s0")
        yield outage(number, on, "supervisor", system="s0")


def services(count: int) -> Iterator[Envelope]:
    """Services performed by the piece."""
    yield from each(lambda _, on: [fact("ServicePerformed", on, "party_b", service="vcpu", units=1)], count)


def agreed(count: int) -> Iterator[Envelope]:
    """Items of damages, and an amount agreed for each."""
    yield from absences(count // 2)
    for number in range(count // 2):
        said = {"items": [f"a3-r12:absent{number}"], "amount": "1.00"}
        yield agreement("DamagesAgreed", day(count // 2 + number, count), **said)


def agreed_together(count: int) -> Iterator[Envelope]:
    """Items of damages, and amounts agreed each in place of an item and the one after it."""
    yield from absences(count // 2)
    for number in range(count // 2 - 1):
        said = {"items": [f"a3-r12:absent{number}", f"a3-r12:absent{number + 1}"], "amount": "1.00"}
        yield agreement("DamagesAgreed", day(count // 2 + number, count), **said)


def deducted(count: int) -> Iterator[Envelope]:
    """Items of damages, each paid."""
    yield from absences(count // 2)
    for number in range(count // 2):
        said = {"items": [f"a3-r12:absent{number}"], "amount": "1.00", "manner": "paid"}
        yield fact("DamagesSettled", day(count // 2 + number, count), "party_b", **said)


# -- obligations and notices ------------------------------------------------------------------------


def obligations(count: int) -> Iterator[Envelope]:
    """Monitoring reports asked for and never delivered."""
    for number in range(count):
        on = day(number, count)
        yield fact("MonitoringReportRequested", on, "party_a", report=f"r{number}", due_on=on)


def deliveries(count: int) -> Iterator[Envelope]:
    """One monitoring report, delivered again and again."""
    yield fact("MonitoringReportRequested", START, "party_a", report="r", due_on=START)
    yield from each(lambda _, on: [fact("MonitoringReportDelivered", on, "party_b", report="r")], count)


def events(count: int) -> Iterator[Envelope]:
    """Major events, and staff absent from each."""
    for number in range(count // 2):
        on = day(2 * number, count)
        said = {"event": f"e{number}", "from": on, "to": later(on, 5), "personnel": 6}
        yield fact("MajorEventAnnounced", on, "party_a", **said)
        yield fact("PersonnelAbsent", on, "supervisor", event=f"e{number}", count=2)


def absent(count: int) -> Iterator[Envelope]:
    """One major event, and staff absent from it again and again."""
    yield fact("MajorEventAnnounced", START, "party_a", event="e", to=later(START, 500), personnel=6, **{"from": START})
    yield from each(lambda _, on: [fact("PersonnelAbsent", on, "supervisor", event="e", count=2)], count)


def notices(count: int) -> Iterator[Envelope]:
    """Rectification notices that were not complied with."""
    for number in range(count):
        yield _notice(f"n{number}", on := day(number, count), later(on, 10))


def _notice(name: str, on: str, deadline: str, **about: object) -> Envelope:
    said = {"notice": name, "ground": "understaffed", "demand": "整改", "deadline": deadline, **about}
    return fact("RectificationNoticeIssued", on, "party_a", **said)


def notices_about_one(count: int) -> Iterator[Envelope]:
    """Rectification notices about one outage."""
    yield named("report", outage(0, START, "supervisor"))
    yield from each(lambda number, on: [_notice(f"n{number}", on, later(on, 10), about="report")], count)


def rectified(count: int) -> Iterator[Envelope]:
    """One notice, rectified and rejected again and again."""
    yield _notice("n", START, later(START, 10))
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("RectificationCompleted", on, "party_b", notice="n")
        yield fact("RectificationRejected", on, "party_a", notice="n", reason="未通过")


def unheeded(count: int) -> Iterator[Envelope]:
    """Outages that each did not heed one supervisor's notice."""
    said = {"notice": "n", "ground": "firmware", "demand": "整改", "deadline": later(START, 10)}
    yield fact("RectificationNoticeIssued", START, "supervisor", **said)
    for number in range(count):
        yield outage(number, later(day(number, count), 15), "supervisor", unheeded_notice="n")


def dual_active(count: int) -> Iterator[Envelope]:
    """Dual-active operation asked for once, refused again and again."""
    yield fact("DualActiveRequested", START, "party_a", request="da")
    yield from each(lambda _, on: [fact("DualActiveRefused", on, "party_b", request="da")], count)


def rounds(count: int) -> Iterator[Envelope]:
    """Acceptances asked for and failed."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("AcceptanceRequested", on, "party_b", round=number + 1)
        yield fact("AcceptanceFailed", on, "party_a", round=number + 1, defects="备份不全")


def reviews(count: int) -> Iterator[Envelope]:
    """Stage reviews, failed and passed."""
    yield from each(lambda number, on: [
        fact(("StageReviewFailed", "StageReviewPassed")[number % 2], on, "party_a")
    ], count)  # fmt: skip


def materials(count: int) -> Iterator[Envelope]:
    """Materials asked back and returned."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("ReturnOfMaterialsRequested", on, "party_a", request=f"r{number}")
        yield fact("MaterialsReturned", later(on, 3), "party_b", request=f"r{number}")


def personnel(count: int) -> Iterator[Envelope]:
    """Staff that come without a confidentiality agreement and leave without a hand-over."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("PersonnelAssigned", on, "party_b", person=f"p{number}", nda_signed=False)
        yield fact("PersonnelReplaced", later(on, 3), "party_b", person=f"p{number}", handover_filed=False)


def leaks(count: int) -> Iterator[Envelope]:
    """Leaks."""
    yield from each(lambda number, on: [
        fact("LeakReported", on, "party_a", leak=f"l{number}", summary="外泄", leaked_by="party_b")
    ], count)  # fmt: skip


# -- the end -----------------------------------------------------------------------------------------


def anomalies(count: int) -> Iterator[Envelope]:
    """Declarations of termination for which there is no ground."""
    for number in range(count):
        yield fact("TerminationDeclared", day(number, count), "party_a", clauses=["10.1"])


def declarations(count: int) -> Iterator[Envelope]:
    """Declarations of termination for grounds that there are, each served."""
    for number in range(3):
        yield fact("IncidentReported", START, "supervisor", incident=f"b{number}", kind="outage", **GRADE_B)
    for number in range(count // 2):
        on = day(2 * number, count)
        yield named(f"t{number}", fact("TerminationDeclared", on, "party_a", clauses=["10.2"]))
        yield fact("NoticeServed", on, "party_a", about=f"t{number}", manner="courier")


def exits(count: int) -> Iterator[Envelope]:
    """Exits asked for and withdrawn."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("ExitRequested", on, "party_b", request=f"x{number}", exit_on=later(on, 300))
        yield fact("ExitWithdrawn", on, "party_b", request=f"x{number}")


def exits_permitted(count: int) -> Iterator[Envelope]:
    """Exits asked for and permitted."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("ExitRequested", on, "party_b", request=f"x{number}", exit_on=later(on, 300))
        yield fact("ExitPermitted", on, "party_a", request=f"x{number}")


def renewals(count: int) -> Iterator[Envelope]:
    """Renewals proposed and accepted, each for a day more."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("RenewalProposed", on, "party_a", proposal=f"p{number}", ends_on=later("2026-12-31", number))
        yield fact("ProposalAccepted", on, "party_b", proposal=f"p{number}")


def proposals(count: int) -> Iterator[Envelope]:
    """Renewals and ends proposed, and rejected."""
    for number in range(count // 2):
        on = day(2 * number, count)
        if number % 2:
            yield fact("RenewalProposed", on, "party_a", proposal=f"p{number}", ends_on="2028-12-31")
        else:
            yield fact("TerminationProposed", on, "party_a", proposal=f"p{number}", effective_on="2026-11-30")
        yield fact("ProposalRejected", on, "party_b", proposal=f"p{number}")


def terminations(count: int) -> Iterator[Envelope]:
    """Ends proposed and accepted, each for a day later."""
    for number in range(count // 2):
        on = day(2 * number, count)
        said = {"proposal": f"p{number}", "effective_on": later("2026-11-01", number % 300)}
        yield fact("TerminationProposed", on, "party_a", **said)
        yield fact("ProposalAccepted", on, "party_b", proposal=f"p{number}")


def readings(count: int) -> Iterator[Envelope]:
    """One reading, agreed again and again, with invoices that ask for it."""
    yield from each(lambda number, on: [
        agreement("ReadingAgreed", on, reading="invoice-received", option=("that-day", "next-working-day")[number % 2])
    ], count)  # fmt: skip


def disposals(count: int) -> Iterator[Envelope]:
    """Data disposed of again and again."""
    yield from each(lambda _, on: [fact("DataDisposed", on, "party_b", manner="relocated")], count)


def documents_of_damages(count: int) -> Iterator[Envelope]:
    """Absences with documents, each contested by party B with a document, then acknowledged."""
    for number in range(count // 3):
        on = day(3 * number, count)
        said = {"system": f"s{number % SYSTEMS}", "minutes": 90, "consequence": "problem"}
        yield named(f"a{number}", documented(fact("OnSiteAbsenceRecorded", on, "party_a", **said)))
        yield documented(fact("FactContested", on, "party_b", target=f"a{number}"))
        yield fact("FactAcknowledged", on, "party_b", target=f"a{number}")


PATHS = {
    "incidents.b_count_rolling_year": (incidents, incidents_dense, assessments, grades),
    "damages.accrued": (
        outages, one_cause, linked, relinked, same_event, overlapping, acknowledgements, complaints, availability,
        one_month, levels, absences, assessed, scale_outs, system_again, agreed, agreed_together, deducted, unheeded,
        documents_of_damages,
    ),
    "claims": (claims,),
    "anomalies": (anomalies, staffing, personnel, leaks, disposals, systems),
    "termination.allowed": (notices, notices_about_one, rectified, dual_active, absent, events, declarations),
    "obligations": (
        obligations, deliveries, rounds, reviews, materials, exits, exits_permitted, renewals, proposals, terminations,
        readings, services,
    ),
}  # fmt: skip
KINDS = {make.__name__: Kind(make, path, CLOUD) for path, makes in PATHS.items() for make in makes}
