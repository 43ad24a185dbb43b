"""What the terms are called, and which clauses state them, by dotted paths; a row's number is ``{number}``."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.domain.words import Said

NAMES: Mapping[str, Said] = {
    "contract.title": ("合同名称", "title of the contract"),
    "term.from": ("服务期起始日", "first day of the service period"),
    "term.to": ("服务期届满日", "last day of the service period"),
    "term.months": ("服务期（月）", "service period (months)"),
    "term.accepted": ("起算服务期的验收阶段", "stage from whose acceptance the service period runs"),
    "price.total": ("合同总价（元）", "total (CNY)"),
    "price.tax_rate": ("合同税率", "tax rate agreed"),
    "price.parts.share": ("第 {number} 期价款比例", "share of part {number}"),
    "price.parts.amount": ("第 {number} 期价款（元）", "amount of part {number} (CNY)"),
    "price.parts.days": ("第 {number} 期付款期限（日）", "part {number} to be paid within (days)"),
    "price.parts.working_days": ("第 {number} 期付款期限（工作日）", "part {number} to be paid within (working days)"),
    "service.maintenance_notice_hours": ("维护公告提前时间（小时）", "maintenance announced ahead (hours)"),
    "delay.rate_per_day": ("迟延违约金日比例", "rate for each day late"),
    "delay.cap": ("迟延违约金上限（占迟延部分）", "cap on damages for delay (of what is late)"),
    "bond.amount": ("履约保证金（元）", "performance bond (CNY)"),
    "bond.pay_within_days": ("保证金交纳期限（日）", "bond to be paid within (days)"),
    "bond.return_within_days": ("保证金退还期限（日）", "bond to be returned within (days)"),
    "cap.share": ("责任限额（占总价）", "cap (share of the total)"),
    "termination.notice_days": ("解除通知期（日）", "notice of termination (days)"),
    "termination.payment_late_days": ("乙方解除的逾期天数", "days late after which party B may terminate"),
    "handover.within_days": ("移交期限（日）", "hand-over within (days)"),
    "credits.within_days": ("主张抵扣的期限（日）", "credits to be claimed within (days)"),
}
STATED_IN: Mapping[str, tuple[str, ...]] = {
    "1.2": ("term",),
    "2.1": ("price",),
    "2.2": ("price.parts",),
    "2.3": ("price.parts", "price.tax_rate"),
    "3.1": ("service.availability", "service.systems", "service.maintenance_notice_hours"),
    "3.2": ("service.priorities",),
    "4.2": ("assessment",),
    "5.1": ("delay", "stages"),
    "5.2": ("delay",),
    "6.1": ("bond.amount", "bond.pay_within_days"),
    "6.3": ("bond.return_within_days",),
    "7.1": ("cap",),
    "8.1": ("termination.availability",),
    "8.2": ("termination.scores",),
    "8.3": ("termination.cap_reached",),
    "8.4": ("termination.payment_late_days",),
    "8.5": ("termination.notice_days",),
    "9.1": ("handover",),
    "10.1": ("credits",),
}
