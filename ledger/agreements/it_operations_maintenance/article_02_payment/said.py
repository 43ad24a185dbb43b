"""What is said of the clause alone: the sentences of its screens, refusals and explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "anomaly:INVOICE_BEFORE_TRIGGER": ("付款节点尚未届至即开票", "invoiced before the part's trigger"),
    "anomaly:INVOICE_CONDITION_OPEN": ("付款条件尚未成就即开票", "invoiced while a condition is open"),
    "anomaly:MONTH_OUTSIDE_SERVICE": ("所报月份不在服务期内", "the month lies outside the service period"),
    "anomaly:TICKET_OUTSIDE_SERVICE": ("报障不在服务期内", "the ticket lies outside the service period"),
    "anomaly:QUARTER_OUTSIDE_SERVICE": ("没有这一服务季度", "there is no such service quarter"),
    "anomaly:CREDIT_CLAIMED_LATE": ("主张抵扣已逾期限", "a credit claimed too late"),
    "anomaly:NOTICE_WITHOUT_GROUND": ("通知解除时没有可用的解除事由", "notice of termination with no ground open"),
    "anomaly:NOTICE_GROUND_NOT_OPEN": ("解除通知所写依据不成立", "notice of termination on a ground that was not open"),
    "anomaly:BOND_DRAWN_BEYOND": ("扣划保证金超过未结清数额或余额", "more drawn from the bond than is owed or held"),
    "anomaly:BOND_RETURNED_BEYOND": ("退还保证金超过余额", "more of the bond returned than is held"),
    "OPS_PART": ("第 {number} 期（{after}）：{amount} 元。", "Part {number} ({after}): {amount} yuan."),
    "OPS_PART_ASSESSED": (
        "第 {number} 期（{after}）：{amount} × {coefficient} = {sum} 元。",
        "Part {number} ({after}): {amount} × {coefficient} = {sum} yuan.",
    ),
    "OPS_TOTAL": ("各期合计 {total} 元。", "Together {total} yuan."),
    "OPS_AFTER_SIGNING": ("合同生效后", "once the contract is in force"),
    "OPS_AFTER_ACCEPTANCE": ("阶段 {stage} 验收通过后", "after the acceptance of stage {stage}"),
    "OPS_AFTER_SERVICE_YEAR": ("第 {year} 个服务年度届满后", "after service year {year}"),
    "OPS_AFTER_INVOICE": ("收到发票后", "on invoice"),
    "OPS_CONDITION_BOND_PAID": ("履约保证金已足额交纳", "the performance bond is paid in full"),
    "OPS_CONDITION_NO_MAJOR_INCIDENT": ("没有尚未恢复的重大事件", "no major incident is open"),
    "OPS_INVOICE_CONFORMS": (
        "发票 {invoice} 为第 {number} 期（{after}），{amount} 元，税率 {rate}，不超过该期应付的 {most} 元，自 {on} 起"
        "符合约定。",
        "Invoice {invoice} is for part {number} ({after}), {amount} yuan at a rate of {rate}, within the {most} that "
        "the part comes to; it conforms since {on}.",
    ),
    "OPS_CURED_BY_TIME": (
        "发票 {invoice} 收到时尚不符合约定（{why}），自 {on} 起符合约定。",
        "Invoice {invoice} did not conform when it was received ({why}); it does since {on}.",
    ),
    "OPS_ACCEPTED": ("验收：{fact}。", "Accepted: {fact}."),
    "OPS_CONDITIONS_MET": ("付款条件：{conditions}。", "Condition of payment: {conditions}."),
    "OPS_DUE_WORKING_DAYS": (
        "第 {number} 期自发票符合约定之日起 {days} 个工作日内支付。",
        "Part {number} is paid within {days} working days of the day the invoice conforms.",
    ),
    "OPS_DUE_DAYS": (
        "第 {number} 期自发票符合约定之日起 {days} 日内支付。",
        "Part {number} is paid within {days} days of the day the invoice conforms.",
    ),
    "OPS_DUE_MONTHS": (
        "第 {number} 期自发票符合约定之日起 {days} 个月内支付。",
        "Part {number} is paid within {days} months of the day the invoice conforms.",
    ),
    "OPS_BEFORE_TRIGGER": (
        "发票 {invoice} 为第 {number} 期（{after}），于 {on} 收到，其时付款节点尚未届至。",
        "Invoice {invoice} is for part {number} ({after}); when it was received, on {on}, that had not come.",
    ),
    "OPS_YEAR_ENDS": ("第 {year} 个服务年度于 {last} 届满。", "Service year {year} ends on {last}."),
    "OPS_CONDITION_OPEN": (
        "发票 {invoice} 为第 {number} 期，于 {on} 收到，其时付款条件（{conditions}）尚未全部成就。",
        "Invoice {invoice} is for part {number}; when it was received, on {on}, its conditions ({conditions}) were "
        "not all met.",
    ),
}
