"""The one table of fact types: stored name and version, article, labels, who may assert it, what it names."""

from __future__ import annotations

from typing import NamedTuple

from ledger.domain.facts import agreement, log, payment, record, service, supervision

PARTY_A, PARTY_B = "party_a", "party_b"
SUPERVISOR, INTEGRATOR, ADMINISTRATOR, AUDITOR = "supervisor", "integrator", "administrator", "auditor"
ROLES = (PARTY_A, PARTY_B, SUPERVISOR, INTEGRATOR, ADMINISTRATOR, AUDITOR)

A, B, AB = (PARTY_A,), (PARTY_B,), (PARTY_A, PARTY_B)
S = (SUPERVISOR,)
AS, ABS, ASM, BM = (*A, *S), (*AB, *S), (*A, *S, ADMINISTRATOR), (*B, ADMINISTRATOR)
WRITERS = (*AB, SUPERVISOR, INTEGRATOR, ADMINISTRATOR)

Naming = tuple[str, str]  # (kind of identifier, field that holds it)


class FactType(NamedTuple):
    """A row of the table.

    ``introduces`` is the identifier the fact brings in, ``subject`` the one it is about (when that is
    retracted, the fact counts for nothing), ``mentions`` those merely mentioned; ``personal`` names the
    fields whose values are stored as commitments only.
    """

    cls: type
    name: str
    version: int
    article: str
    zh: str
    en: str
    by: tuple[str, ...]
    introduces: Naming | None = None
    subject: Naming | None = None
    mentions: tuple[Naming, ...] = ()
    personal: frozenset[str] = frozenset()

    @property
    def stored_name(self) -> str:
        """The stable name in the stored bytes, ``InvoiceIssued.v1``."""
        return f"{self.name}.v{self.version}"


def _type(
    cls: type, article: str, zh: str, en: str, by: tuple[str, ...], *, introduces: Naming | None = None,
    subject: Naming | None = None, mentions: tuple[Naming, ...] = (), version: int = 1,
    personal: frozenset[str] = frozenset(),
) -> FactType:
    return FactType(cls, cls.__name__, version, article, zh, en, by, introduces, subject, mentions, personal)


_PROPOSAL, _EXIT = ("proposal", "proposal"), ("exit-request", "request")
_INVOICE, _PAYMENT = ("invoice", "invoice"), ("payment", "payment")
_SYSTEM, _ROUND, _EVENT = ("system", "system"), ("round", "round"), ("event", "event")
_INCIDENT, _INCIDENTS, _NOTICE = ("incident", "incident"), ("incident", "incidents"), ("notice", "notice")
_UNHEEDED = ("notice", "unheeded_notice")
_DUAL_ACTIVE, _SCALE_OUT = ("dual-active", "request"), ("scale-out", "request")
_REPORT, _RETURN, _PERSON = ("report", "report"), ("return-request", "request"), ("person", "person")
_LEAK, _DISPUTE, _COMPLAINT = ("leak", "leak"), ("dispute", "dispute"), ("complaint", "complaint")

_AGREEMENT = (
    _type(agreement.ContractRegistered, "14.4", "合同登记", "contract registered", AB),
    _type(agreement.ContractSigned, "13.1", "签署合同", "contract signed", AB),
    _type(agreement.LeaseStarted, "13.1", "起租", "lease started", AB),
    _type(agreement.AmendmentAgreed, "14.2", "合同变更", "amendment agreed", AB),
    _type(agreement.ReadingAgreed, "14.2", "约定条款解读", "reading agreed", AB),
    _type(agreement.RenewalProposed, "13.2", "提议续签", "renewal proposed", AB, introduces=_PROPOSAL),
    _type(agreement.TerminationProposed, "13.2", "提议解除", "termination proposed", AB,
          introduces=_PROPOSAL),
    _type(agreement.ProposalAccepted, "13.2", "同意提议", "proposal accepted", AB, subject=_PROPOSAL),
    _type(agreement.ProposalRejected, "13.2", "拒绝提议", "proposal rejected", AB, subject=_PROPOSAL),
    _type(agreement.TerminationDeclared, "10.1", "宣告解除", "termination declared", A),
    _type(agreement.ExitRequested, "11.1", "申请退出", "exit requested", B, introduces=_EXIT),
    _type(agreement.ExitPermitted, "11.1", "许可退出", "exit permitted", A, subject=_EXIT),
    _type(agreement.ExitRefused, "11.1", "不许可退出", "exit refused", A, subject=_EXIT),
    _type(agreement.ExitWithdrawn, "11.1", "撤回退出申请", "exit withdrawn", B, subject=_EXIT),
    _type(agreement.SwitchoverCompleted, "11.2", "切换完成", "switch-over completed", AB),
    _type(agreement.DataDisposed, "13.2", "数据处置", "data disposed of", B),
    _type(agreement.DisputeOpened, "12.1", "发生争议", "dispute opened", AB, introduces=_DISPUTE),
    _type(agreement.LawsuitFiled, "12.1", "提起诉讼", "lawsuit filed", AB, subject=_DISPUTE),
    _type(agreement.DisputeResolved, "12.2", "争议解决", "dispute resolved", AB, subject=_DISPUTE),
)
_PAYMENTS = (
    _type(payment.InvoiceIssued, "9.1", "开具发票", "invoice issued", B, introduces=_INVOICE),
    _type(payment.InvoiceVoided, "9.1", "发票作废", "invoice voided", B, subject=_INVOICE),
    _type(payment.PaymentMade, "9.1", "付款", "payment made", A, introduces=_PAYMENT, subject=_INVOICE),
    _type(payment.PaymentReturned, "9.1", "退款", "payment returned", AB, subject=_PAYMENT),
    _type(payment.DamagesAgreed, "10.3", "商定违约金", "damages agreed", AB),
    _type(payment.DamagesSettled, "annex 2", "结清违约金", "damages settled", AB, version=2),
)
_SERVICE = (
    _type(service.ResourcesDeployed, "9.1", "云资源部署完成", "resources deployed", B),
    _type(service.StageReviewPassed, "9.1", "阶段性验收评审通过", "stage review passed", A),
    _type(service.StageReviewFailed, "9.1", "阶段性验收评审未通过", "stage review failed", A),
    _type(service.SystemRegistered, "annex 3", "登记业务系统", "system registered", AB, introduces=_SYSTEM),
    _type(service.TrialRunStarted, "6.2", "投入试运行", "trial run started", AB),
    _type(service.SystemTestPassed, "4.3", "系统测试通过", "system test passed", B, subject=_SYSTEM),
    _type(service.SecurityAssessmentPassed, "4.3", "安全测评通过", "security assessment passed", S,
          subject=_SYSTEM),
    _type(service.SystemDeployed, "4.3", "系统上云", "system deployed", B, subject=_SYSTEM),
    _type(service.AcceptanceRequested, "6.6", "提请验收", "acceptance requested", B, introduces=_ROUND),
    _type(service.AcceptancePassed, "6.6", "验收合格", "acceptance passed", A, subject=_ROUND),
    _type(service.AcceptanceFailed, "6.6", "验收不合格", "acceptance failed", A, subject=_ROUND),
    _type(service.SecurityReviewPassed, "5.2", "网络安全审查通过", "security review passed", BM),
    _type(service.ServicePerformed, "annex 4", "按次服务完成", "service performed", B),
    _type(service.MajorEventAnnounced, "4.2", "重大活动", "major event announced", A, introduces=_EVENT),
    _type(service.PersonnelAbsent, "10.4", "骨干人员缺席", "personnel absent", AS, subject=_EVENT),
    _type(service.StaffingReported, "10.4", "运维人员到位情况", "staffing reported", AB),
    _type(service.DualActiveRequested, "4.3", "提出双活需求", "dual-active requested", ASM,
          introduces=_DUAL_ACTIVE),
    _type(service.DualActiveRefused, "10.4", "不配合双活", "dual-active refused", AB, subject=_DUAL_ACTIVE),
    _type(service.ScaleOutRequested, "annex 3", "提出扩容需求", "scale-out requested", A,
          introduces=_SCALE_OUT, mentions=(_SYSTEM,)),
    _type(service.ScaleOutCompleted, "annex 3", "扩容完成", "scale-out completed", B, subject=_SCALE_OUT),
    _type(service.MonitoringReportRequested, "4.2", "要求监控报告", "monitoring report requested", A,
          introduces=_REPORT),
    _type(service.MonitoringReportDelivered, "4.2", "提供监控报告", "monitoring report delivered", B,
          subject=_REPORT),
    _type(service.ReturnOfMaterialsRequested, "7.2", "要求归还资料", "return of materials requested", A,
          introduces=_RETURN),
    _type(service.MaterialsReturned, "7.2", "归还资料", "materials returned", B, subject=_RETURN),
    _type(service.PersonnelAssigned, "7.2", "人员到岗", "personnel assigned", B, introduces=_PERSON,
          personal=frozenset(("name", "phone"))),
    _type(service.PersonnelReplaced, "7.2", "人员更换", "personnel replaced", B, subject=_PERSON),
    _type(service.LeakReported, "7.2", "泄密报告", "leak reported", AB, introduces=_LEAK),
)
_SUPERVISION = (
    _type(supervision.IncidentReported, "annex 1", "事件报告", "incident reported", ABS,
          introduces=_INCIDENT, mentions=(_SYSTEM, _UNHEEDED)),
    _type(supervision.IncidentAssessed, "annex 1", "事件核定", "incident assessed", ABS,
          subject=_INCIDENT, mentions=(_SYSTEM, _UNHEEDED)),
    _type(supervision.IncidentsLinked, "10.3", "认定同一原因", "incidents linked", ABS,
          mentions=(_INCIDENTS,)),
    _type(supervision.IncidentsUnlinked, "10.3", "解除同因认定", "incidents unlinked", ABS,
          mentions=(_INCIDENTS,)),
    _type(supervision.IncidentGradeAgreed, "10.3", "商定事件级别", "incident grade agreed", AB,
          subject=_INCIDENT),
    _type(supervision.RectificationNoticeIssued, "10.4", "整改通知", "rectification notice issued", ASM,
          introduces=_NOTICE, mentions=(("about", "about"),)),
    _type(supervision.RectificationCompleted, "10.4", "整改完成", "rectification completed", B,
          subject=_NOTICE),
    _type(supervision.RectificationRejected, "10.4", "整改未通过", "rectification rejected", ASM,
          subject=_NOTICE),
    _type(supervision.AvailabilityReported, "6.3", "可用性报告", "availability reported", ABS,
          mentions=(_SYSTEM,)),
    _type(supervision.ServiceLevelReported, "annex 2", "响应与恢复时间报告", "service level reported", ABS,
          mentions=(_SYSTEM,)),
    _type(supervision.OnSiteAbsenceRecorded, "annex 2", "现场无人值守", "on-site absence recorded", AS,
          mentions=(_SYSTEM,)),
    _type(supervision.AssessmentRecorded, "annex 3", "月度考核", "monthly assessment recorded", A,
          mentions=(_SYSTEM,)),
    _type(supervision.ComplaintFiled, "annex 3", "投诉", "complaint filed", A, introduces=_COMPLAINT,
          mentions=(_SYSTEM,)),
)
_RECORD = (
    _type(record.FactCorrected, "14.2", "更正", "fact corrected", WRITERS),
    _type(record.FactRetracted, "14.2", "撤回", "fact retracted", WRITERS),
    _type(record.FactAcknowledged, "14.2", "认可", "fact acknowledged", WRITERS),
    _type(record.FactContested, "12.1", "异议", "fact contested", WRITERS),
    _type(record.DocumentAttached, "14.4", "附件", "document attached", WRITERS),
    _type(record.EvidenceExported, "12.1", "导出证据", "evidence exported", ROLES),
    _type(record.CalendarPublished, "9.1", "放假通知", "calendar published", (ADMINISTRATOR,)),
    _type(log.LogKeyRotated, "12.1", "更换日志密钥", "log key rotated", (ADMINISTRATOR,)),
    _type(log.PersonalDataErased, "7.2", "删除个人信息", "personal data erased", (ADMINISTRATOR,)),
    _type(log.WitnessAdmitted, "12.1", "准予见证", "witness admitted", (ADMINISTRATOR,)),
    _type(log.RollbackAccepted, "12.1", "接受账本回退", "rollback accepted", (ADMINISTRATOR,)),
    _type(log.ClockCorrected, "12.1", "更正时钟", "clock corrected", (ADMINISTRATOR,)),
)

TYPES: dict[str, FactType] = {
    row.name: row for row in (*_AGREEMENT, *_PAYMENTS, *_SERVICE, *_SUPERVISION, *_RECORD)
}

# What an identifier of each kind names, for a person to read: Chinese, English.
KINDS: dict[str, tuple[str, str]] = {
    "invoice": ("发票", "invoice"), "payment": ("付款", "payment"), "proposal": ("提议", "proposal"),
    "exit-request": ("退出申请", "exit request"), "notice": ("整改通知", "notice"),
    "incident": ("事件", "incident"), "system": ("业务系统", "system"), "event": ("重大活动", "event"),
    "return-request": ("资料归还要求", "return request"), "scale-out": ("扩容需求", "scale-out request"),
    "dual-active": ("双活需求", "dual-active request"), "report": ("监控报告", "monitoring report"),
    "round": ("验收轮次", "acceptance round"), "complaint": ("投诉", "complaint"), "person": ("人员", "person"),
    "dispute": ("争议", "dispute"), "leak": ("泄密报告", "leak"),
}
