"""第七条 知识产权及保密: materials returned on demand, and confidentiality for ever."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_07_confidentiality.facts import (
    LeakReported,
    MaterialsReturned,
    PersonnelAssigned,
    PersonnelReplaced,
    ReturnOfMaterialsRequested,
)
from ledger.agreements.beijing_government_cloud_2025.article_07_confidentiality.state import Leaks
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.fact import Fact
from ledger.domain.facts.agreement import ContractSigned
from ledger.domain.machine import Machine


def effective(m: Machine, fact: Fact, what: ContractSigned) -> None:
    # 7(2)4 "乙方承担上述保密义务的期限为: 永久保密"
    life = m[Life]
    if life.effective_on is None or "confidentiality" in m.duties:
        return
    raised_by = [signature.id for signature in life.signed.values()]
    m.oblige(
        "confidentiality", None, "7.2", "party_b", None, raised_by, on=life.effective_on, standing=True
    )
    _breach(m)


def leak_reported(m: Machine, fact: Fact, what: LeakReported) -> None:
    # 7(2)5 "如乙方或乙方工作人员违反了上述保密义务": a leak by others breaches nothing of party B's
    if what.leaked_by == "party_b":
        m[Leaks].reported.append(fact)
        _breach(m)


def _breach(m: Machine) -> None:
    if m[Leaks].reported:
        m.breach("confidentiality", m[Leaks].reported[0].day, [m[Leaks].reported[0].id])


def personnel_assigned(m: Machine, fact: Fact, what: PersonnelAssigned) -> None:
    # 7(2)1 "要求全体参与该项目的人员签署书面《保密协议》"
    if not what.nda_signed:
        m.anomaly("NDA_UNSIGNED", fact)


def personnel_replaced(m: Machine, fact: Fact, what: PersonnelReplaced) -> None:
    # 附件5 第三条 4 "必须做好服务内容和信息的移交…同时向甲方备案"
    if not what.handover_filed:
        m.anomaly("HANDOVER_UNFILED", fact)


def return_requested(m: Machine, fact: Fact, what: ReturnOfMaterialsRequested) -> None:
    # 7(2)2 "乙方应按照甲方指示在收到甲方书面通知后 5 个工作日内将含有保密信息的所有文件或其他资料归还甲方"
    within = TERMS.on(m, fact.day).periods.return_materials_working_days
    if within is not None:
        due = m.calendar.working_days(fact.day, within)
        m.oblige("return-materials", what.request, "7.2", "party_b", due, [fact.id], on=fact.day)


def materials_returned(m: Machine, fact: Fact, what: MaterialsReturned) -> None:
    m.settle("return-materials:" + what.request, fact)
