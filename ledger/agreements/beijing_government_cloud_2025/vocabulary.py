"""What the facts of several clauses name: the kinds of identifiers, and the words that stand for a few choices."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ledger.domain.fact import kind
from ledger.domain.values import choice, integer

EXIT_REQUEST = kind("exit-request", "退出申请", "exit request")
PROPOSAL = kind("proposal", "提议", "proposal")
INVOICE = kind("invoice", "发票", "invoice")
PAYMENT = kind("payment", "付款", "payment")
NOTICE = kind("notice", "整改通知", "notice")
INCIDENT = kind("incident", "事件", "incident")
SYSTEM = kind("system", "业务系统", "system")
EVENT = kind("event", "重大活动", "event")
RETURN_REQUEST = kind("return-request", "资料归还要求", "return request")
SCALE_OUT = kind("scale-out", "扩容需求", "scale-out request")
DUAL_ACTIVE = kind("dual-active", "双活需求", "dual-active request")
REPORT = kind("report", "监控报告", "monitoring report")
ROUND = kind("round", "验收轮次", "acceptance round")
COMPLAINT = kind("complaint", "投诉", "complaint")
PERSON = kind("person", "人员", "person")
DISPUTE = kind("dispute", "争议", "dispute")
LEAK = kind("leak", "泄密报告", "leak")

Consequence: TypeAlias = Annotated[str, choice("none", "problem", "major", name="Consequence")]
MlpsLevel: TypeAlias = Annotated[int, integer(1, 5)]  # 等保级别
