"""What the facts of several clauses name: the kinds of identifiers, and the words that stand for a few choices."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Annotated, Any, TypeAlias

from ledger.domain.fact import Saying, kind
from ledger.domain.values import choice, integer

EXIT_REQUEST = kind("exit-request", "退出申请", "exit request", "EX-1")
PROPOSAL = kind("proposal", "提议", "proposal", "P-1")
NOTICE = kind("notice", "整改通知", "notice", "N-1")
INCIDENT = kind("incident", "事件", "incident", "inc-1")
SYSTEM = kind("system", "业务系统", "system", "portal")
EVENT = kind("event", "重大活动", "event", "two-sessions-2026")
RETURN_REQUEST = kind("return-request", "资料归还要求", "return request", "RM-1")
SCALE_OUT = kind("scale-out", "扩容需求", "scale-out request", "SO-1")
DUAL_ACTIVE = kind("dual-active", "双活需求", "dual-active request", "DA-1")
REPORT = kind("report", "监控报告", "monitoring report", "MR-1")
ROUND = kind("round", "验收轮次", "acceptance round", 1)
COMPLAINT = kind("complaint", "投诉", "complaint", "C-1")
PERSON = kind("person", "人员", "person", "ops-01")
LEAK = kind("leak", "泄密报告", "leak", "L-1")

CAUSES = ("所涉事件", "incidents that caused it")

Consequence: TypeAlias = Annotated[str, choice("后果", "consequence", {
    "none": ("无影响", "no consequence"),
    "problem": ("出现问题但未造成重大影响", "problems, no major effect"),
    "major": ("造成重大影响", "major effect"),
}, name="Consequence")]
MlpsLevel: TypeAlias = Annotated[int, integer(1, 5).called("等保级别", "level of protection", 3)]


def _month_and_system(what: Any) -> Iterable[Hashable]:
    return ((what.__class__, what.month, getattr(what, "system", None)),)


MONTHLY = Saying(things=_month_and_system)
"""A report or assessment of a month (and system): the later of one role's counts, another's does not (SPEC 2.4)."""
