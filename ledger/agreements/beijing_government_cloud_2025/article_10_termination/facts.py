"""第十条 违约责任及协议解除: what was demanded, what was refused, termination declared."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.vocabulary import DUAL_ACTIVE, NOTICE
from ledger.domain.admission_names import Claim, about_is_known
from ledger.domain.errors import Refusal
from ledger.domain.fact import AB, ASM, A, B, fact
from ledger.domain.fields import Count, Day, Identifier, Month, Slug, Text
from ledger.domain.values import choice

TerminationClause: TypeAlias = Annotated[str, choice("10.1", "10.2", "10.4", name="Clause")]


def _about_is_known(claim: Claim) -> None:
    about_is_known(claim, "assessment")  # annex 3 row 3


@fact(
    "10.4", zh="整改通知", en="rectification notice issued", by=ASM, introduces=NOTICE, mentions=(("about", "about"),),
    admit=_about_is_known,
)  # fmt: skip
class RectificationNoticeIssued:
    """A demand on party B with a deadline (Art. 10.4); the issuer is the role that asserts it."""

    notice: Identifier
    ground: Slug
    demand: Text
    deadline: Day
    about: Identifier | None = None


@fact("10.4", zh="整改完成", en="rectification completed", by=B, subject=NOTICE)
class RectificationCompleted:
    """Party B says it did what a notice demanded (Art. 10.4)."""

    notice: Identifier


def _by_the_issuer(claim: Claim) -> None:
    seq = claim.known.ever["notice", claim.what.notice]
    issuer = claim.known.entries[seq - 1].by
    if issuer != claim.by:
        raise Refusal("REJECTED_BY_ANOTHER", "by", by=claim.by, issuer=issuer, notice=claim.what.notice)


@fact("10.4", zh="整改未通过", en="rectification rejected", by=ASM, subject=NOTICE, admit=_by_the_issuer)
class RectificationRejected:
    """The issuer of a notice found that what was done does not meet it (Art. 10.4)."""

    notice: Identifier
    reason: Text


@fact("10.4", zh="运维人员到位情况", en="staffing reported", by=AB)
class StaffingReported:
    """The operations staff committed and actually there in a month (Art. 10.4)."""

    month: Month
    committed: Count
    actual: Count


@fact("10.4", zh="不配合双活", en="dual-active refused", by=AB, subject=(DUAL_ACTIVE, "request"), waits=False)
class DualActiveRefused:
    """Party B did not cooperate in running active-active (Art. 10.4)."""

    request: Identifier


@fact("10.1", zh="宣告解除", en="termination declared", by=A)
class TerminationDeclared:
    """Party A declared the contract terminated; ``clause`` says under which (Art. 10.1, 10.2, 10.4)."""

    clause: TerminationClause
