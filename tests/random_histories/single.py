"""What can happen by itself: one fact, or one and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.oracle_facts import READINGS, change, corresponding_day, ref_of
from tests.random_histories.status import section
from tests.random_histories.story import BOTH, Data, Story

# --- what can happen ------------------------------------------------------------------------------


def sign(s: Story) -> None:
    party = s.rng.choice(BOTH)
    s.put("ContractSigned", party, {"party": party})


def start_lease(s: Story) -> None:
    billed = s.terms["term"].get("starts_with") == "billing"
    other = s.rng.random() < 0.2  # it starts nothing where the terms say otherwise
    s.put("BillingStarted" if billed != other else "LeaseStarted", s.rng.choice(BOTH), {})
    end = corresponding_day(s.today(), s.terms["term"]["months"])
    s.marks |= {end, end + timedelta(days=1), end - timedelta(days=45)}


def plain(type_: str, by: tuple[str, ...], **data: Any) -> Callable[[Story], None]:
    """A fact whose data never vary."""
    return lambda s: s.put(type_, s.rng.choice(by), dict(data))


def amend(s: Story) -> None:
    rng, terms = s.rng, s.amended
    choices: list[Data] = [
        {f"periods.{'scale_out_days' if 'scale_out_days' in terms['periods'] else 'scale_out_working_days'}":
         rng.randint(1, 9)},
        {"periods.exit_notice_months": rng.choice((1, 3, 6))},
        {"periods.termination_notice_working_days": rng.choice((3, 20, 30))},
        {"periods.rework_days": rng.randint(3, 20), "periods.switchover_months": rng.randint(1, 6)},
        {"payment.pay_within_working_days": rng.randint(1, 9)},
        {"payment.tax_rate": rng.choice(("0.06", "0.09", "0.03"))},
        {"payment.stage_review_by": s.soon(most=90)},
        {"term.months": rng.choice((6, 9, 12, 24))},
        {"quality.availability": rng.choice(("99.9", "99.99", "99.995"))},
        {"termination.b_incidents": rng.choice((2, 3, 4))},
        {"termination.a_incidents": rng.choice((1, 2))},
        {"termination.b_window_months": rng.choice((3, 6, 12, 18))},
        {f"readings.{name}": rng.choice(READINGS[name]) for name in rng.sample(sorted(READINGS), 1)},
    ]
    if "outage" in terms.get("grades", {}):
        choices.append({"grades.outage.minutes": rng.choice((60, 120, 240))})
        choices.append({"grades.outage.B.people_from": rng.choice((50000, 100000))})
    if terms.get("damages", {}).get("general"):
        choices.append({"damages.general.5.rate": rng.choice(("0.30", "0.35"))})
        choices.append({"damages.general.6.count": rng.choice((2, 3)), "damages.general.6.minutes": 300})
        choices.append({"damages.general.2.count": rng.choice((1, 2, 3))})
        choices.append({"damages.general.3.count": rng.choice((1, 2))})
    if terms.get("damages", {}).get("material"):
        choices.append({"damages.material.7.rate": "1.10"})
    if "order" not in terms:
        total = Decimal(rng.choice(("3600.00", "100001.00", "24000.01")))
        amounts = [i["amount"] for i in terms["payment"]["instalments"]]
        rest = total - (len(amounts) - 1) * Decimal("500.00")
        sums = [str(rest)] + ["500.00"] * (len(amounts) - 1)
        new = {f"payment.instalments.{n}.amount": amount for n, amount in enumerate(sums, start=1)}
        choices.append({"payment.total": str(total), **new})
    changes = rng.choice(choices)
    for key, value in changes.items():
        change(s.amended, key.split("."), value)
    s.put("AmendmentAgreed", rng.choice(BOTH), {"changes": changes, "confirmed_by": BOTH, "summary": "补充协议"})


def agree_reading(s: Story) -> None:
    reading = s.rng.choice(sorted(READINGS))
    data = {"reading": reading, "option": s.rng.choice(READINGS[reading]), "confirmed_by": BOTH}
    s.put("ReadingAgreed", s.rng.choice(BOTH), data)


def propose(s: Story) -> None:
    by = s.rng.choice(BOTH)
    if s.rng.random() < 0.6:
        data = {"proposal": s.new("proposal"), "ends_on": s.soon(least=20, most=500)}
        s.put("RenewalProposed", by, data)
    else:
        data = {"proposal": s.new("proposal"), "effective_on": s.soon(least=5, most=90), "reason": "协商解除"}
        s.put("TerminationProposed", by, data)


def answer(s: Story) -> None:
    proposal = s.pick("proposal")
    if proposal is not None:
        other = "party_b" if proposal["by"] == "party_a" else "party_a"
        type_ = s.rng.choice(("ProposalAccepted", "ProposalAccepted", "ProposalRejected"))
        s.put(type_, other, {"proposal": proposal["data"]["proposal"]}, after=proposal)


def request_exit(s: Story) -> None:
    s.put("ExitRequested", "party_b", {"request": s.new("exit"), "exit_on": s.soon(least=10, most=250)})
    s.marks.add(corresponding_day(s.today(), s.terms["periods"]["exit_notice_months"]))


def about_exit(s: Story) -> None:
    request = s.pick("exit")
    if request is not None:
        type_ = s.rng.choice(("ExitPermitted", "ExitPermitted", "ExitRefused", "ExitWithdrawn"))
        by = "party_b" if type_ == "ExitWithdrawn" else "party_a"
        own = {"exit_on": s.soon(most=60)} if type_ == "ExitPermitted" and s.rng.random() < 0.4 else {}
        s.put(type_, by, {"request": request["data"]["request"], **own}, after=request)


def invoice(s: Story) -> None:
    instalments = s.terms["payment"]["instalments"]
    instalment = s.rng.choice(instalments)
    number = instalment["number"] if s.rng.random() < 0.96 else 9
    rate = s.terms["payment"]["tax_rate"] if s.rng.random() < 0.85 else "0.13"
    amount = s.sum(instalment["amount"])
    data: Data = {"invoice": s.new("invoice"), "instalment": number, "amount": amount}
    if s.rng.random() < 0.25 and Decimal(amount) > 1:
        other = s.rng.choice((rate, rate, "0.13"))
        rest = str(Decimal(amount) - Decimal("0.50"))
        data["lines"] = [{"amount": rest, "tax_rate": rate}, {"amount": "0.50", "tax_rate": other}]
    else:
        data["tax_rate"] = rate
    s.put("InvoiceIssued", "party_b", data)
    due = s.today() + timedelta(days=s.terms["payment"]["pay_within_working_days"] * 7 // 5)
    s.marks |= {due, due + timedelta(days=1)}


def void(s: Story) -> None:
    fact = s.pick("invoice")
    if fact is not None:
        part = {"amount": s.sum(fact["data"]["amount"])} if s.rng.random() < 0.35 else {}
        data = {"invoice": fact["data"]["invoice"], "reason": "开具有误", **part}
        s.put("InvoiceVoided", "party_b", data, after=fact)


def pay(s: Story) -> None:
    fact = s.pick("invoice")
    if fact is not None:
        other = s.pick("invoice")
        data: Data = {"payment": s.new("payment"), "amount": s.sum(fact["data"]["amount"])}
        if other is not None and other["data"]["invoice"] != fact["data"]["invoice"] and s.rng.random() < 0.5:
            parts = [data["amount"], s.sum(other["data"]["amount"])]
            names = (fact["data"]["invoice"], other["data"]["invoice"])
            allocations = [{"invoice": n, "amount": a} for n, a in zip(names, parts, strict=True)]
            data = {**data, "amount": str(sum(Decimal(a) for a in parts)), "allocations": allocations}
        else:
            data["invoice"] = fact["data"]["invoice"]
        s.put("PaymentMade", "party_a", data, after=fact)


def return_payment(s: Story) -> None:
    fact = s.pick("payment")
    if fact is not None:
        part = {"amount": s.sum(fact["data"]["amount"])} if s.rng.random() < 0.4 else {}
        data = {"payment": fact["data"]["payment"], "reason": "退票", **part}
        s.put("PaymentReturned", s.rng.choice(BOTH), data, after=fact)


def agree_damages(s: Story) -> None:
    items = [i["id"] for i in section(s, "damages")["items"]]
    if items:
        some = sorted(s.rng.sample(items, min(len(items), s.rng.randint(1, 3))))
        today = s.today().isoformat()
        if s.rng.random() < 0.6:
            data = {"items": some, "amount": s.sum("1000.00"), "confirmed_by": BOTH}
            s.put("DamagesAgreed", s.rng.choice(BOTH), data, on=today)
        else:
            data = {"items": some, "amount": s.sum("500.00"), "manner": "paid"}
            fact = s.pick("invoice")
            if fact is not None and s.rng.random() < 0.7:
                data.update(manner="deducted", invoice=fact["data"]["invoice"])
            s.put("DamagesSettled", s.rng.choice(BOTH), data, on=today)


def register_system(s: Story) -> None:
    fee = s.rng.choice(("100001.00", "1200.00", "0.07", "99999.99"))
    data = {"system": s.new("system"), "name": "业务系统", "annual_fee": fee}
    important = s.rng.random() < 0.3
    s.put("SystemRegistered", s.rng.choice(BOTH), {**data, "mlps_level": s.rng.randint(1, 5), "important": important})


def test_system(s: Story) -> None:
    fact = s.pick("system")
    if fact is not None:
        type_, by = s.rng.choice(
            (("SystemTestPassed", "party_b"), ("SecurityAssessmentPassed", "supervisor"), ("SystemDeployed", "party_b"))
        )
        s.put(type_, by, {"system": fact["data"]["system"]}, after=fact)


def review(s: Story) -> None:
    passed = s.rng.random() < 0.7
    s.put("StageReviewPassed" if passed else "StageReviewFailed", "party_a", {} if passed else {"reason": "部署未完成"})


def acceptance(s: Story) -> None:
    judged = {f["data"]["round"] for f in s.facts if f["type"] in ("AcceptancePassed", "AcceptanceFailed")}
    fact = s.pick("round")
    if fact is None or fact["data"]["round"] in judged or s.rng.random() < 0.3:
        named = s.rng.choice((None, "acceptance", "preliminary-acceptance"))
        data: Data = {"round": s.new("round")} if named is None or s.rng.random() < 0.5 else {
            "round": s.new("round"), "acceptance": named}  # fmt: skip
        taken = named is None or named in s.known("round")
        if not taken and s.rng.random() < 0.3:
            data = {"round": named}
        s.put("AcceptanceRequested", "party_b", data)
    elif s.rng.random() < 0.6:
        s.put("AcceptanceFailed", "party_a", {"round": fact["data"]["round"], "defects": "性能不足"}, after=fact)
        s.marks.add(s.today() + timedelta(days=s.terms["periods"]["rework_days"]))
    else:
        s.put("AcceptancePassed", "party_a", {"round": fact["data"]["round"], "rating": "good"}, after=fact)


def perform(s: Story) -> None:
    lines = [line for line in s.terms.get("order", {}).get("lines", []) if line["service"].startswith("host-")]
    if lines:
        line = s.rng.choice(lines)
        most = max(1, int(Decimal(line["quantity"]) * line["periods"]) // 2)
        data: Data = {"service": line["service"], "units": s.rng.choice((1, 2, most))}
        if s.rng.random() < 0.4:
            data["host"] = s.rng.choice(("host-1", "host-2"))
        s.put("ServicePerformed", "party_b", data)


# measures: mostly such that the incident is graded, each now and then just not


def common_measures(s: Story) -> Data:
    rng = s.rng
    data: Data = {}
    if rng.random() < 0.7:
        data["consequence"] = s.consequence()
    if rng.random() < 0.5:
        data.update(s.system())
    if rng.random() < 0.3:
        data["root_cause"] = rng.choice(("cause-1", "cause-2", "cause-3", "cause-4"))
    if rng.random() < 0.3:
        data["responsibility"] = rng.choice(("provider", "shared", "other"))
    for name, chance in (("force_majeure", 0.3), ("security_service_fault", 0.5)):
        if rng.random() < chance:
            data[name] = rng.random() < 0.7
    notices = [f["data"]["notice"] for f in s.introducers("notice") if f["by"] == "supervisor"]
    if notices and rng.random() < 0.3:
        data["unheeded_notice"] = rng.choice(notices)
    if rng.random() < 0.2:
        data["learned_on"] = (s.today() - timedelta(days=rng.randint(0, 20))).isoformat()
    return data


def measures(s: Story, kind: str) -> Data:
    rng = s.rng
    often = rng.random() < 0.75

    def truth(wanted: bool) -> bool:
        return wanted if often or rng.random() < 0.6 else not wanted

    level = {"mlps_level": rng.randint(1, 5), "important": rng.random() < 0.4}
    if kind == "outage":
        grades = s.amended.get("grades", {}).get("outage")
        if rng.random() < 0.45 or grades is None:
            minutes = rng.choice((1, 60, 119, "119.9", 120, "120.5", 121, 180, 240, 480, 1500))
            return {"scope": "system", "duration_minutes": minutes}
        bounds = grades[rng.choice(("A", "B", "B"))]
        over, people, loss = Decimal(bounds["systems_share_over"]), bounds["people_from"], Decimal(bounds["loss_from"])
        return {
            "scope": "platform",
            "systems_share": str(over + (Decimal("0.01") if truth(True) else 0)),
            "people_affected": people if truth(True) else people - 1,
            "economic_loss": str(loss if truth(True) else loss - Decimal("0.01")),
            "duration_minutes": grades["minutes"] if truth(True) else rng.choice((grades["minutes"] - 1, "119.5")),
        }
    if kind == "tampering":
        attention = rng.sample(("national", "municipal", "municipal_leader"), rng.randint(1, 3))
        return {
            "guarantee_period": rng.random() < 0.5, "provider_hazard": truth(True), "plan_followed": truth(False),
            "attention": attention, "duration_minutes": 30 if truth(True) else 29,
        }  # fmt: skip
    if kind == "data_loss":
        return {
            "core_data": truth(True), "systems_affected": rng.choice((1, 2, 3, 4, 6)),
            "months_lost": "3.01" if truth(True) else "1", "unrecoverable": truth(True), **level,
        }  # fmt: skip
    if kind == "intrusion":
        return {
            "third_party_notified": truth(True), "handled_in_time": truth(False),
            "guarantee_period": rng.random() < 0.4, "tampered_or_leaked": truth(True), **level,
        }  # fmt: skip
    return {}


def some(s: Story, data: Data, chance: float) -> Data:
    """Each measure with this chance: all are optional."""
    return {key: value for key, value in data.items() if s.rng.random() < chance}


def report_incident(s: Story) -> None:
    kinds = ("outage", "outage", "outage", "tampering", "data_loss", "intrusion", "mutual_backup")
    kind = s.rng.choice(kinds)
    data = {"incident": s.new("incident"), "kind": kind, **common_measures(s), **some(s, measures(s, kind), 0.97)}
    s.put("IncidentReported", s.rng.choice((*BOTH, "supervisor")), data)
    months = s.terms["termination"].get("b_window_months", 12)
    for day in (corresponding_day(s.today(), months), corresponding_day(s.today(), 12)):
        s.marks |= {day, day + timedelta(days=1)}


def assess_incident(s: Story) -> None:
    fact = s.pick("incident")
    if fact is not None:
        new = {**some(s, common_measures(s), 0.5), **some(s, measures(s, fact["data"]["kind"]), 0.5)}
        data = {"incident": fact["data"]["incident"], **(new or {"consequence": "problem"})}
        s.put("IncidentAssessed", s.rng.choice((*BOTH, "supervisor")), data, after=fact)


def link(s: Story) -> None:
    known = s.known("incident")
    if len(known) >= 2:
        type_ = s.rng.choice(("IncidentsLinked", "IncidentsLinked", "IncidentsUnlinked"))
        least = 2 if type_ == "IncidentsLinked" else 1
        incidents = s.rng.sample(known, s.rng.randint(least, min(3, len(known))))
        data = {"incidents": incidents, "root_cause": s.rng.choice(("cause-1", "cause-2", "cause-3"))}
        s.put(type_, s.rng.choice((*BOTH, "supervisor")), data)


def agree_grade(s: Story) -> None:
    fact = s.pick("incident")
    if fact is not None:
        grade = s.rng.choice(("A", "B", "B", "none"))
        data = {"incident": fact["data"]["incident"], "grade": grade, "confirmed_by": BOTH}
        s.put("IncidentGradeAgreed", s.rng.choice(BOTH), data, after=fact)


def issue_notice(s: Story) -> None:
    rng = s.rng
    by = rng.choice(("party_a", "party_a", "supervisor", "supervisor", "administrator"))
    named = ("unheeded-supervisor-notices", "absent-key-personnel", "understaffed", "dual-active-refused")
    data: Data = {"notice": s.new("notice"), "ground": rng.choice((*named, "patching")), "demand": "限期整改"}
    data["deadline"] = s.soon(most=25)
    scale_outs = s.introducers("scale-out")
    if by == "administrator" and scale_outs:
        request = rng.choice(scale_outs)
        data["about"] = rng.choice((request["data"]["request"], request["id"], ref_of(request)))
    elif rng.random() < 0.35:
        data["about"] = "assessment"
    elif rng.random() < 0.2:
        data["about"] = rng.choice(s.facts)["id"]
    there = [f["id"] for f in s.alive()]
    if data.get("about", "").startswith(s.contract) and data["about"] not in there:
        del data["about"]
    s.put("RectificationNoticeIssued", by, data)


def answer_notice(s: Story) -> None:
    fact = s.pick("notice")
    if fact is not None:
        name = fact["data"]["notice"]
        completed = any(f["type"] == "RectificationCompleted" and f["data"]["notice"] == name for f in s.facts)
        if completed and s.rng.random() < 0.6:
            s.put("RectificationRejected", fact["by"], {"notice": name, "reason": "未达要求"}, after=fact)
        else:
            s.put("RectificationCompleted", "party_b", {"notice": name}, after=fact)


def announce(s: Story) -> None:
    data = {"event": s.new("event"), "from": s.today().isoformat(), "to": s.soon(least=1, most=15), "personnel": 3}
    s.put("MajorEventAnnounced", "party_a", data)


def absent(s: Story) -> None:
    fact = s.pick("event")
    if fact is not None:
        data = {"event": fact["data"]["event"], "count": s.rng.randint(1, 3)}
        s.put("PersonnelAbsent", s.rng.choice(("party_a", "supervisor")), data, after=fact)


def report_staffing(s: Story) -> None:
    data = {"month": s.month(), "committed": 5, "actual": s.rng.choice((3, 4, 4, 5))}
    s.put("StaffingReported", s.rng.choice((*BOTH, "supervisor")), data, on=s.told(data["month"]))


def dual_active(s: Story) -> None:
    fact = s.pick("dual-active")
    if fact is None or s.rng.random() < 0.4:
        by = s.rng.choice(("party_a", "supervisor", "administrator"))
        s.put("DualActiveRequested", by, {"request": s.new("dual-active")})
    else:
        s.put("DualActiveRefused", s.rng.choice(BOTH), {"request": fact["data"]["request"]}, after=fact)


def report_availability(s: Story) -> None:
    month = s.month()
    data = {
        "month": month, **s.system(), **s.causes(),
        "availability": s.rng.choice(("99.99", "99.98", "99.989", "100", "99.95")),
        "data_reliability": s.rng.choice(("99.99999", "99.9999", "99.99989", "100")), "consequence": s.consequence(),
    }  # fmt: skip
    s.put("AvailabilityReported", s.rng.choice((*BOTH, "supervisor")), data, on=s.told(month))


def report_service_level(s: Story) -> None:
    minutes = (14, 15, "15.4", 16, 29, "29.99", 30, 31, 59, 60, "60.5", 61, 119, 120, 121)
    data: Data = {"month": s.month(), **s.system(), **s.causes(), "consequence": s.consequence()}
    data.update(some(s, {"response_minutes": s.rng.choice(minutes), "recovery_minutes": s.rng.choice(minutes)}, 0.7))
    if "response_minutes" not in data and "recovery_minutes" not in data:
        data["response_minutes"] = 20
    s.put("ServiceLevelReported", s.rng.choice((*BOTH, "supervisor")), data, on=s.told(data["month"]))


def record_absence(s: Story) -> None:
    minutes = s.rng.choice((59, 60, "60.1", 61, 119, 120, 121, 239, 240, 241))
    data = {**s.system(), **s.causes(), "minutes": minutes, "consequence": s.consequence()}
    s.put("OnSiteAbsenceRecorded", s.rng.choice(("party_a", "supervisor")), data)


def assess_month(s: Story) -> None:
    data = {"month": s.month(), **s.system(), "passed": s.rng.random() < 0.15}
    s.put("AssessmentRecorded", "party_a", data, on=s.told(data["month"]))


def assess_three_months(s: Story) -> None:
    """Three failed months and a notice about them."""
    system = s.system()
    for back in (3, 2, 1):
        month = corresponding_day(s.today(), -back).isoformat()[:7]
        s.put(
            "AssessmentRecorded",
            "party_a",
            {"month": month, **system, "passed": s.rng.random() < 0.1},
            on=s.told(month),
        )
    data = {"notice": s.new("notice"), "ground": "assessment", "demand": "限期整改", "deadline": s.soon(most=15)}
    s.put("RectificationNoticeIssued", "party_a", {**data, "about": "assessment"})


def complain(s: Story) -> None:
    fact = s.pick("system")
    if fact is not None:
        subject = s.rng.choice(("availability", "availability", "availability", "other"))
        data = {"complaint": s.new("complaint"), "system": fact["data"]["system"], "subject": subject}
        s.put("ComplaintFiled", "party_a", data)


def request_scale_out(s: Story) -> None:
    s.put("ScaleOutRequested", "party_a", {"request": s.new("scale-out"), **s.system()})
    periods = s.terms["periods"]
    due = s.today() + timedelta(days=periods.get("scale_out_days") or periods["scale_out_working_days"] * 7 // 5)
    s.marks |= {due, due + timedelta(days=1)}


REQUESTS = (
    ("scale-out", "ScaleOutCompleted", "request"),
    ("return", "MaterialsReturned", "request"),
    ("report", "MonitoringReportDelivered", "report"),
)


def complete_request(s: Story) -> None:
    kind, type_, key = s.rng.choice(REQUESTS)
    fact = s.pick(kind)
    if fact is not None:
        s.put(type_, "party_b", {key: fact["data"][key]}, after=fact)


def request_other(s: Story) -> None:
    if s.rng.random() < 0.5:
        s.put("ReturnOfMaterialsRequested", "party_a", {"request": s.new("return")})
        s.soon(least=5, most=9)
    else:
        s.put("MonitoringReportRequested", "party_a", {"report": s.new("report"), "due_on": s.soon(most=20)})


def side_fact(s: Story) -> None:
    """A fact from which little or nothing is concluded."""
    rng, n = s.rng, len(s.facts)
    any_id = rng.choice(s.alive())["id"]
    persons = [f["data"]["person"] for f in s.alive() if f["type"] == "PersonnelAssigned"]
    digest = f"{rng.getrandbits(256):064x}"
    attached = {"about": any_id, "sha256": digest, "name": "附件.pdf", "media_type": "application/pdf"}
    choices: list[tuple[str, tuple[str, ...], Data]] = [
        ("DataDisposed", ("party_b",), {"manner": rng.choice(("relocated", "transferred", "destroyed"))}),
        ("PersonnelAssigned", ("party_b",), {"person": s.new("person"), "nda_signed": rng.random() < 0.5}),
        ("DocumentAttached", (*BOTH, "supervisor", "administrator"), attached),
        ("EvidenceExported", tuple(BOTH), {"scope": "contract", "facts": n}),
        (
            "LeakReported",
            tuple(BOTH),
            {"leak": f"leak-{n}", "summary": "疑似泄露", "leaked_by": rng.choice((*BOTH, "other", "unknown"))},
        ),
        ("SecurityReviewPassed", ("party_b", "administrator"), {"reference": "网审-1"}),
        ("ResourcesDeployed", ("party_b",), {}),
        ("SwitchoverCompleted", tuple(BOTH), {}),
    ]
    if persons:
        choices.append(
            ("PersonnelReplaced", ("party_b",), {"person": rng.choice(persons), "handover_filed": rng.random() < 0.6})
        )
    type_, by, data = rng.choice(choices)
    s.put(type_, rng.choice(by), data)
