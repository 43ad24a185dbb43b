"""One envelope of every fact type, every field given; and the golden bytes they are stored as.

``python -m tests.domain.fact_samples`` writes the golden files that do not exist yet. A golden file is never
written again: a changed shape is a new version, with an upcaster for the old one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ledger.domain.fact_data import data_json, decode_data, parse_data, stored_name
from ledger.domain.fact_envelope import read_envelope
from ledger.domain.moments import parse_utc
from ledger.store import Draft
from ledger.store.leaf import seal
from ledger.streams import attached_json

GOLDEN = Path(__file__).parents[1] / "golden" / "facts"
CONTRACT = "GOLDEN-1"
RECORDED_AT = parse_utc("2026-11-22T06:00:00.000000Z")
BOTH = ["party_a", "party_b"]
DIGEST = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
COMMON = {
    "system": "oa", "root_cause": "power-feed", "consequence": "major", "responsibility": "provider",
    "force_majeure": False, "security_service_fault": True, "unheeded_notice": "N-1", "learned_on": "2026-03-02",
}
OUTAGE = {
    "scope": "platform", "systems_share": "0.35", "people_affected": 500000, "economic_loss": "5000000.00",
    "duration_minutes": "130.5",
}
OTHER_KINDS: dict[str, dict[str, Any]] = {
    "tampering": {
        "guarantee_period": True, "provider_hazard": True, "plan_followed": False,
        "attention": ["national", "municipal_leader"], "duration_minutes": 30,
    },
    "data_loss": {
        "core_data": True, "systems_affected": 4, "months_lost": "1.5", "unrecoverable": True, "mlps_level": 3,
        "important": False,
    },
    "intrusion": {
        "third_party_notified": True, "handled_in_time": False, "guarantee_period": False,
        "tampered_or_leaked": True, "mlps_level": 2, "important": True,
    },
    "mutual_backup": {},
}

# type: (by, data); the first role that may assert it, every field of SPEC 2.2.
SAMPLES: dict[str, tuple[str, dict[str, Any]]] = {
    "ContractRegistered": ("party_a", {"terms": {
        "contract": {"id": CONTRACT, "title": "政务云租赁"}, "payment": {"stage_review_by": "2025-12-31"},
        "term": {"months": 12},
    }}),
    "ContractSigned": ("party_b", {"party": "party_b"}),
    "LeaseStarted": ("party_a", {}),
    "BillingStarted": ("party_a", {}),
    "AmendmentAgreed": ("party_a", {
        "changes": {"payment.instalments.2.amount": "460782.26", "payment.stage_review_by": None},
        "confirmed_by": BOTH, "summary": "阶段性验收不再限期",
    }),
    "ReadingAgreed": ("party_b", {"reading": "band-gaps", "option": "a-fortiori", "confirmed_by": BOTH}),
    "RenewalProposed": ("party_a", {"proposal": "P-1", "ends_on": "2027-12-01", "reason": "业务延续"}),
    "TerminationProposed": ("party_b", {"proposal": "P-2", "effective_on": "2026-09-30", "reason": "机构调整"}),
    "ProposalAccepted": ("party_b", {"proposal": "P-1"}),
    "ProposalRejected": ("party_a", {"proposal": "P-2"}),
    "TerminationDeclared": ("party_a", {"clauses": ["10.2", "10.4"]}),
    "NoticeServed": ("party_b", {"about": "CG-1", "manner": "courier"}),
    "ExitRequested": ("party_b", {"request": "E-1", "exit_on": "2026-10-01", "reason": "业务收缩"}),
    "ExitPermitted": ("party_a", {"request": "E-1", "exit_on": "2026-08-31"}),
    "ExitRefused": ("party_a", {"request": "E-1"}),
    "ExitWithdrawn": ("party_b", {"request": "E-1"}),
    "SwitchoverCompleted": ("party_a", {}),
    "DataDisposed": ("party_b", {"manner": "destroyed"}),
    "InvoiceIssued": ("party_b", {
        "invoice": "INV-1", "instalment": 1, "amount": "1843129.06",
        "lines": [{"amount": "1800000.00", "tax_rate": "0.06"}, {"amount": "43129.06", "tax_rate": "0.13"}],
        "number": "26112000000012345678", "issued_on": "2026-02-27",
    }),
    "InvoiceVoided": ("party_b", {"invoice": "INV-1", "reason": "抬头有误", "amount": "43129.06"}),
    "PaymentMade": ("party_a", {
        "payment": "PAY-1", "amount": "1843129.06", "allocations": [
            {"invoice": "INV-1", "amount": "1843000.00"}, {"invoice": "INV-2", "amount": "129.06"},
        ],
    }),
    "PaymentReturned": ("party_b", {"payment": "PAY-1", "reason": "账号有误", "amount": "1000.00"}),
    "DamagesAgreed": ("party_a", {"items": ["a2-r7:sl-1", "a3-r8:sl-1"], "amount": "50000.00",
                                  "confirmed_by": BOTH}),
    "DamagesSettled": ("party_b", {"items": ["a2-r7:sl-1"], "amount": "50000.00", "manner": "deducted",
                                   "invoice": "INV-1"}),
    "SettlementAgreed": ("party_b", {
        "settlement": "JS-1", "debtor": "party_a", "amount": "120000.00", "due_on": "2026-12-31",
        "summary": "终止后结算", "confirmed_by": BOTH,
    }),
    "DemandMade": ("party_a", {"demand": "CG-1", "about": ["settlement:JS-1", "a2-r7:sl-1"]}),
    "ResourcesDeployed": ("party_b", {}),
    "StageReviewPassed": ("party_a", {"reason": "资料齐全"}),
    "StageReviewFailed": ("party_a", {"reason": "缺测评报告"}),
    "SystemRegistered": ("party_a", {
        "system": "oa", "name": "办公系统", "annual_fee": "100001.00", "mlps_level": 3, "important": True,
    }),
    "TrialRunStarted": ("party_b", {}),
    "SystemTestPassed": ("party_b", {"system": "oa"}),
    "SecurityAssessmentPassed": ("supervisor", {"system": "oa"}),
    "SystemDeployed": ("party_b", {"system": "oa"}),
    "AcceptanceRequested": ("party_b", {"round": 1}),
    "AcceptancePassed": ("party_a", {"round": 1, "rating": "excellent"}),
    "AcceptanceFailed": ("party_a", {"round": "final", "defects": "备份不全"}),
    "SecurityReviewPassed": ("administrator", {"reference": "网审〔2026〕12号"}),
    "ServicePerformed": ("party_b", {"service": "host-scan", "units": 2, "host": "host-01"}),
    "IncidentReported": ("supervisor", {"incident": "INC-1", "kind": "outage", **COMMON, **OUTAGE}),
    "IncidentAssessed": ("party_a", {"incident": "INC-1", **COMMON, **OUTAGE}),
    "IncidentsLinked": ("party_a", {"incidents": ["INC-1", "INC-2"], "root_cause": "power-feed"}),
    "IncidentsUnlinked": ("party_b", {"incidents": ["INC-2"], "root_cause": "power-feed"}),
    "IncidentGradeAgreed": ("party_a", {"incident": "INC-1", "grade": "B", "confirmed_by": BOTH}),
    "RectificationNoticeIssued": ("supervisor", {
        "notice": "N-1", "ground": "unheeded-supervisor-notices", "demand": "修复备份", "deadline": "2026-04-01",
        "about": "assessment",
    }),
    "RectificationCompleted": ("party_b", {"notice": "N-1"}),
    "RectificationRejected": ("supervisor", {"notice": "N-1", "reason": "复测未过"}),
    "MajorEventAnnounced": ("party_a", {"event": "EV-1", "from": "2026-03-04", "to": "2026-03-12", "personnel": 4}),
    "PersonnelAbsent": ("supervisor", {"event": "EV-1", "count": 1}),
    "StaffingReported": ("party_b", {"month": "2026-03", "committed": 6, "actual": 5}),
    "DualActiveRequested": ("administrator", {"request": "DA-1"}),
    "DualActiveRefused": ("party_b", {"request": "DA-1"}),
    "AvailabilityReported": ("party_b", {
        "month": "2026-03", "system": "oa", "availability": "99.98", "data_reliability": "99.99990",
        "consequence": "problem", "incidents": ["INC-1"],
    }),
    "ServiceLevelReported": ("supervisor", {
        "month": "2026-03", "system": "oa", "response_minutes": "15.4", "recovery_minutes": 45, "consequence": "major",
        "incidents": ["INC-1", "INC-2"],
    }),
    "OnSiteAbsenceRecorded": ("supervisor", {
        "system": "oa", "minutes": "90.25", "consequence": "problem", "incidents": ["INC-1"],
    }),
    "AssessmentRecorded": ("party_a", {"month": "2026-03", "system": "oa", "passed": False}),
    "ComplaintFiled": ("party_a", {"complaint": "C-1", "system": "oa", "subject": "availability"}),
    "ScaleOutRequested": ("party_a", {"request": "SO-1", "system": "oa"}),
    "ScaleOutCompleted": ("party_b", {"request": "SO-1"}),
    "MonitoringReportRequested": ("party_a", {"report": "MR-1", "due_on": "2026-04-05"}),
    "MonitoringReportDelivered": ("party_b", {"report": "MR-1"}),
    "ReturnOfMaterialsRequested": ("party_a", {"request": "RM-1"}),
    "MaterialsReturned": ("party_b", {"request": "RM-1"}),
    "PersonnelAssigned": ("party_b", {"person": "staff-07", "nda_signed": True}),
    "PersonnelReplaced": ("party_b", {"person": "staff-07", "handover_filed": False}),
    "LeakReported": ("party_a", {"leak": "L-1", "summary": "网络拓扑外泄", "leaked_by": "unknown"}),
    "DisputeOpened": ("party_b", {"dispute": "D-1", "clauses": ["10.3", "annex 2"], "facts": ["GOLDEN-1#1"]}),
    "JudgmentEntered": ("party_a", {
        "dispute": "D-1", "court": "北京市第二中级人民法院", "reference": "（2026）京02民终1号", "final": True,
        "rulings": [
            {"incident": "INC-1", "grade": "B"}, {"items": ["a2-r7:sl-1"], "amount": "50000.00"},
            {"reading": "band-gaps", "option": "a-fortiori"}, {"fact": "GOLDEN-1#3", "stands": False},
            {"terminated_on": None}, {"debtor": "party_b", "amount": "30000.00", "due_on": "2026-12-31"},
        ],
    }),
    "LawsuitFiled": ("party_a", {"dispute": "D-1", "court": "北京市东城区人民法院"}),
    "DisputeResolved": ("party_b", {"dispute": "D-1", "outcome": "调解"}),
    "FactCorrected": ("party_b", {
        "target": "inv-1", "data": {"invoice": "INV-1", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"},
        "on": "2025-11-25T09:30:00+08:00", "reason": "笔误",
    }),
    "FactRetracted": ("party_b", {"target": "GOLDEN-1#3", "reason": "重复记录"}),
    "FactAcknowledged": ("party_a", {"target": "inv-1", "reason": "无异议"}),
    "FactContested": ("party_a", {"target": "inv-1", "reason": "未收到"}),
    "DocumentAttached": ("integrator", {
        "about": "inv-1", "sha256": DIGEST, "name": "发票.pdf", "media_type": "application/pdf",
    }),
    "EvidenceExported": ("auditor", {"scope": "全部", "facts": 41}),
    "CalendarPublished": ("administrator", {
        "year": 2026, "document": "国办发明电〔2025〕7号", "published_on": "2025-11-04",
        "off_days": ["2026-01-01", "2026-01-02"], "makeup_days": ["2026-01-04"],
    }),
    "LogKeyRotated": ("administrator", {
        "statement": "log.example/lvyue key\nlog.example/lvyue+5b1a2c3d+AQ\n\n— log.example/lvyue Wxos\n",
    }),
    "PersonalDataErased": ("administrator", {
        "subject": "GOLDEN-1/staff-07", "reason": "本人要求删除", "erased": 2,
    }),
    "WitnessAdmitted": ("administrator", {
        "key": "party-b.example+5b1a2c3d+BA", "principal": "party-b",
    }),
    "RollbackAccepted": ("administrator", {
        "size": 70, "root": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "found": 41,
        "reason": "磁盘损坏，恢复昨日备份",
    }),
    "ClockCorrected": ("administrator", {
        "first": 42, "last": 43, "latest": "2026-03-05T08:00:00Z", "reason": "时钟曾快四天",
    }),
    "StageAccepted": ("party_a", {"stage": "initial"}),
    "MaintenanceAnnounced": ("party_b", {
        "maintenance": "M-1", "system": "portal", "begins": "2026-03-28T22:00:00+08:00", "minutes": 120,
    }),
    "AvailabilityMeasured": ("party_a", {
        "month": "2026-02", "system": "portal", "downtime_minutes": "90.5", "maintenance_minutes": 60,
    }),
    "TicketOpened": ("party_a", {"ticket": "T-1", "system": "portal", "priority": "P1"}),
    "TicketResponded": ("party_b", {"ticket": "T-1"}),
    "TicketResolved": ("party_b", {"ticket": "T-1"}),
    "QuarterAssessed": ("party_a", {"quarter": 1, "score": "92.5"}),
    "BondPaid": ("party_b", {"amount": "60000.00"}),
    "BondDrawn": ("party_a", {"items": ["delay:accept:initial"], "amount": "1200.00"}),
    "BondReturned": ("party_a", {"amount": "58800.00"}),
    "CreditsClaimed": ("party_a", {"items": ["availability-credit:2026-02:portal"]}),
    "TerminationNoticed": ("party_b", {"clauses": ["8.4"]}),
    "HandoverCompleted": ("party_b", {}),
}

# What is stored, where it is not what was sent: a personal value becomes a commitment to it.
STORED: dict[str, dict[str, Any]] = {
    "PersonnelAssigned": {
        "person": "staff-07", "nda_signed": True, "name": {"commitment": DIGEST}, "phone": {"commitment": DIGEST},
    },
}


def envelope(type_: str) -> dict[str, Any]:
    """The sample as a client sends it."""
    by, data = SAMPLES[type_]
    return {
        "type": type_, "on": "2026-03-01T08:00:00+08:00", "by": by, "ref": "sample", "data": data,
        "documents": [{"sha256": DIGEST, "name": "附件.pdf", "media_type": "application/pdf"}],
    }


def leaf(type_: str) -> bytes:
    """The sample as it is stored, first in its contract."""
    admitted = read_envelope(envelope(type_), RECORDED_AT)
    name = stored_name(admitted.what)
    data = data_json(decode_data(name, STORED[type_]) if type_ in STORED else admitted.what)
    draft = Draft(name, admitted.on, admitted.by, admitted.ref, data,
                  [attached_json(one) for one in admitted.documents])  # fmt: skip
    rows = seal(CONTRACT, [draft], seq=0, prev="0" * 64, position=0, recorded_at=RECORDED_AT, recorded_by="local")
    return rows[0].bytes


def write_missing() -> None:
    for type_ in SAMPLES:
        path = GOLDEN / f"{stored_name(parse_data(type_, SAMPLES[type_][1]))}.json"
        if not path.exists():
            path.write_bytes(leaf(type_))


if __name__ == "__main__":
    write_missing()
