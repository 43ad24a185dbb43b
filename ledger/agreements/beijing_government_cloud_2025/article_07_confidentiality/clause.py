"""第七条 知识产权及保密."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_07_confidentiality import explain, rule
from ledger.agreements.beijing_government_cloud_2025.article_07_confidentiality.facts import (
    LeakReported,
    MaterialsReturned,
    PersonnelAssigned,
    PersonnelReplaced,
    ReturnOfMaterialsRequested,
)
from ledger.agreements.beijing_government_cloud_2025.article_07_confidentiality.said import SAID
from ledger.agreements.beijing_government_cloud_2025.article_07_confidentiality.state import Leaks
from ledger.domain.clause import Anomalous, Clause, Duty
from ledger.domain.facts.agreement import ContractSigned
from ledger.messages import declare

declare(SAID)

CLAUSE = Clause(
    "article 7",
    handles={
        ContractSigned: rule.effective,
        ReturnOfMaterialsRequested: rule.return_requested,
        MaterialsReturned: rule.materials_returned,
        LeakReported: rule.leak_reported,
        PersonnelAssigned: rule.personnel_assigned,
        PersonnelReplaced: rule.personnel_replaced,
    },
    states=(Leaks,),
    duties={"return-materials": Duty(within="periods.return_materials_working_days")},
    anomalies={
        "NDA_UNSIGNED": Anomalous(("7.2",), explain.nda_unsigned),
        "HANDOVER_UNFILED": Anomalous(("annex 5",), explain.handover_unfiled),
    },
)
