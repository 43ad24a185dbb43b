"""第十条 违约责任及协议解除: what was demanded, what was refused, termination declared."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.vocabulary import DUAL_ACTIVE, MONTHLY, NOTICE
from ledger.domain.admission_names import Assertion, about_is_known
from ledger.domain.errors import Refusal
from ledger.domain.fact import ABS, ASM, DONE, PERFORMED, A, B, Data, M, S, Saying, fact
from ledger.domain.fields import Count, Day, Identifier, Month, Reason, Slug, Text, list_of
from ledger.domain.values import choice

TerminationClauses: TypeAlias = Annotated[tuple[str, ...], list_of(choice("条款", "clauses", {
    "10.1": ("第 10.1 款", "clause 10.1"), "10.2": ("第 10.2 款", "clause 10.2"), "10.4": ("第 10.4 款", "clause 10.4"),
}, name="Clause"), least=1)]


def _about_is_known(said: Assertion) -> None:
    about_is_known(said, "assessment")  # annex 3 row 3


@fact(
    "10.4", zh="整改通知", en="rectification notice issued", actors=ASM, introduces=NOTICE,
    mentions=(("about", "about"),), admit=_about_is_known, served=True,
    saying=DONE,
    usual=ASM,
    meaning="要求乙方限期整改；以作出这条事实的角色为发出者。",
    labels={
        "ground": ("事由", "ground"), "demand": ("要求", "demand"), "deadline": ("期限", "deadline"),
        "about": ("所涉", "about"),
    },
    example={"demand": "按约定配足运维服务人员", "deadline": "2026-04-15"},
)  # fmt: skip
class RectificationNoticeIssued:
    """A demand on party B with a deadline (Art. 10.4); the issuer is the role that asserts it."""

    notice: Identifier
    ground: Slug
    demand: Text
    deadline: Day
    about: Identifier | None = None


@fact(
    "10.4", zh="整改完成", en="rectification completed", actors=B, subject=NOTICE,
    saying=PERFORMED,
    usual=B,
    meaning="乙方称已按整改通知整改。",
)  # fmt: skip
class RectificationCompleted:
    """Party B says it did what a notice demanded (Art. 10.4)."""

    notice: Identifier


def _by_the_issuer(said: Assertion) -> None:
    seq = said.state.ever["notice", said.what.notice]
    issuer = said.state.entries[seq - 1].actor
    if issuer != said.actor:
        raise Refusal("REJECTED_BY_ANOTHER", said.role, actor=said.actor, issuer=issuer, notice=said.what.notice)


@fact(
    "10.4", zh="整改未通过", en="rectification rejected", actors=ASM, subject=NOTICE, admit=_by_the_issuer,
    saying=DONE,
    usual=M,
    meaning="整改通知的发出者认为整改不符合要求。",
    example={"reason": "复测未通过"},
)  # fmt: skip
class RectificationRejected:
    """The issuer of a notice found that what was done does not meet it (Art. 10.4)."""

    notice: Identifier
    reason: Reason


@fact(
    "10.4", zh="运维人员到位情况", en="staffing reported", actors=ABS,
    saying=MONTHLY,
    usual=(*B, *S),
    meaning="某月承诺的运维人数和实到人数。",
    labels={"committed": ("承诺人数", "committed"), "actual": ("实到人数", "actual")},
    example={"committed": 8, "actual": 6},
)  # fmt: skip
class StaffingReported:
    """The operations staff committed and actually there in a month (Art. 10.4)."""

    month: Month
    committed: Count
    actual: Count


@fact(
    "10.4", zh="不配合双活", en="dual-active refused", actors=B, subject=(DUAL_ACTIVE, "request"), waits=False,
    saying=DONE,
    meaning="乙方不配合双活。",
)  # fmt: skip
class DualActiveRefused:
    """Party B did not cooperate in running active-active (Art. 10.4)."""

    request: Identifier


def _of_one_clause(data: Data) -> Data:
    """Version 1 named one ``clause``."""
    rest = {key: value for key, value in data.items() if key != "clause"}
    return {"clauses": [data["clause"]]} | rest if "clause" in data else data


@fact(
    "10.1", zh="宣告解除", en="termination declared", actors=A, served=True, upcasts={1: _of_one_clause},
    saying=Saying(done=True, relied_on=True, ends=True),
    meaning="甲方宣告解除合同，可写明依据哪几款。",
    example={"clauses": ["10.2"]},
)  # fmt: skip
class TerminationDeclared:
    """Party A declared the contract terminated; ``clauses`` says under which (Art. 10.1, 10.2, 10.4)."""

    clauses: TerminationClauses | None = None
