"""What the terms are called, in Chinese and English, by their dotted paths; a row's number stands in ``{number}``."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.domain.words import Said

NAMES: Mapping[str, Said] = {
    "contract.title": ("合同名称", "title of the contract"),
    "payment.total": ("合同总额（元）", "total (CNY)"),
    "payment.tax_rate": ("合同税率", "tax rate agreed"),
    "payment.pay_within_working_days": ("付款期限（工作日）", "days to pay (working days)"),
    "payment.stage_review_by": ("阶段性验收评审期限", "stage review by"),
    "payment.instalments.amount": ("第 {number} 期金额（元）", "amount of instalment {number} (CNY)"),
    "term.months": ("服务期（月）", "term (months)"),
    "term.starts_with": ("服务期起算", "what starts the term"),
    "term.starts_on": ("服务期起始日", "first day of the term"),
    "term.ends_on": ("服务期止日", "last day of the term"),
    "periods.trial_run_days": ("试运行期限（日）", "trial run within (days)"),
    "periods.rework_days": ("返工期限（日）", "rework within (days)"),
    "periods.return_materials_working_days": ("归还资料期限（工作日）", "return of materials (working days)"),
    "periods.scale_out_days": ("扩容期限（日）", "scale-out within (days)"),
    "periods.scale_out_working_days": ("扩容期限（工作日）", "scale-out within (working days)"),
    "periods.exit_notice_months": ("退出提前期（月）", "notice of exit (months)"),
    "periods.termination_notice_working_days": (
        "解除或续签提前期（工作日）", "notice to end or renew (working days)",
    ),
    "periods.switchover_months": ("迁移过渡期（月）", "switch-over (months)"),
    "quality.availability": ("可用性下限（%）", "floor of availability (%)"),
    "quality.data_reliability": ("数据可靠性下限（%）", "floor of data reliability (%)"),
    "quality.systems.availability": ("系统 {number} 可用性下限（%）", "floor of availability of system {number} (%)"),
    "quality.systems.data_reliability": (
        "系统 {number} 数据可靠性下限（%）", "floor of data reliability of system {number} (%)",
    ),
    "termination.a_incidents": ("A 级事件解除次数", "grade A incidents to terminate"),
    "termination.b_incidents": ("B 级事件解除次数", "grade B incidents to terminate"),
    "termination.b_window_months": ("B 级事件计数期（月）", "months in which grade B counts"),
}
