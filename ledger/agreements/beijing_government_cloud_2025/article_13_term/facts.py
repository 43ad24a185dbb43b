"""第十三条 合同期限及解除条款: signing, lease, proposals, data at the end."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.vocabulary import PROPOSAL
from ledger.domain.admission_names import Assertion
from ledger.domain.errors import Refusal
from ledger.domain.fact import AB, DONE, DONE_AND_RELIED_ON, B, fact
from ledger.domain.fields import Day, Identifier, Reason
from ledger.domain.values import choice

Disposal: TypeAlias = Annotated[str, choice("方式", "manner", {
    "relocated": ("迁移", "relocated"), "transferred": ("移交", "transferred"), "destroyed": ("销毁", "destroyed"),
})]


@fact(
    "13.1", zh="起租", en="lease started", actors=AB, first=True,
    meaning="起租：合同期限自当日起算。",
)  # fmt: skip
class LeaseStarted:
    """The lease began 起租: the term of months runs from this day (Art. 13.1)."""


@fact(
    "13.1", zh="开通计费", en="billing started", actors=AB, first=True,
    meaning="云服务实际开通计费：约定服务期自计费之日起算的，自当日起算。",
)  # fmt: skip
class BillingStarted:
    """Billing began 开通计费: a term that starts with billing runs from this day (Art. 13.1)."""


@fact(
    "13.2", zh="提议续签", en="renewal proposed", actors=AB, introduces=PROPOSAL, served=True,
    saying=DONE,
    meaning="一方书面提议续签至某日。",
    labels={"ends_on": ("届满日", "ends on")},
    example={"ends_on": "2027-12-01"},
)  # fmt: skip
class RenewalProposed:
    """A party proposed in writing to renew until ``ends_on`` (Art. 13.2)."""

    proposal: Identifier
    ends_on: Day
    reason: Reason | None = None


@fact(
    "13.2", zh="提议解除", en="termination proposed", actors=AB, introduces=PROPOSAL, served=True,
    saying=DONE,
    meaning="一方书面提议于某日解除合同。",
    labels={"effective_on": ("生效日", "effective on")},
    example={"effective_on": "2026-09-30"},
)  # fmt: skip
class TerminationProposed:
    """A party proposed in writing to terminate on ``effective_on`` (Art. 13.2)."""

    proposal: Identifier
    effective_on: Day
    reason: Reason | None = None


def _answered_by_the_other(said: Assertion) -> None:
    seq = said.state.ever["proposal", said.what.proposal]
    proposer = said.state.entries[seq - 1].actor
    if proposer == said.actor:
        raise Refusal("PROPOSAL_ANSWERED_BY_PROPOSER", said.role, actor=said.actor, proposal=said.what.proposal)


@fact(
    "13.2", zh="同意提议", en="proposal accepted", actors=AB, subject=PROPOSAL, admit=_answered_by_the_other,
    saying=DONE_AND_RELIED_ON,
    meaning="另一方书面同意提议。",
)  # fmt: skip
class ProposalAccepted:
    """The other party consented in writing to a proposal (Art. 13.2)."""

    proposal: Identifier


@fact(
    "13.2", zh="拒绝提议", en="proposal rejected", actors=AB, subject=PROPOSAL, admit=_answered_by_the_other,
    saying=DONE,
    meaning="另一方拒绝提议。",
)  # fmt: skip
class ProposalRejected:
    """The other party turned a proposal down (Art. 13.2)."""

    proposal: Identifier


@fact(
    "13.2", zh="数据处置", en="data disposed of", actors=B,
    meaning="合同终止时甲方数据已迁移、移交或销毁。",
)  # fmt: skip
class DataDisposed:
    """Party A's data were moved, handed over or destroyed at the end (Art. 13.2)."""

    manner: Disposal
