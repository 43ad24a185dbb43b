"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "anomaly:INVOICE_BEFORE_DEPLOYMENT": ("云资源部署完成前收到发票", "invoice before the resources were deployed"),
    "duty:deployment": ("完成云资源部署", "deploy the cloud resources"),
    "duty:stage-review": ("通过阶段性验收评审", "pass the stage review"),
    "anomaly:INVOICE_BEFORE_STAGE_REVIEW": ("阶段性验收评审通过前收到发票", "invoice before the stage review"),
    "anomaly:INVOICE_BEFORE_ACCEPTANCE": ("约定的验收合格前收到发票", "invoice before the acceptance it waits for"),
    "EX_SOURCE_CONTRACT": (
        "合同约定的阶段性验收评审期限（payment.stage_review_by）", "the contract (payment.stage_review_by)",
    ),
    "EX_INVOICE_CONFORMS": (
        "发票 {invoice}（第 {instalment} 期，{amount} 元，税率 {rate}）符合合同：合同已于 {effective} 生效，税率"
        "与约定相同，连同此前发票未超过该期金额 {most} 元。",
        "Invoice {invoice} (instalment {instalment}, CNY {amount}, tax rate {rate}) conforms: the contract was "
        "effective since {effective}, the tax rate is the contract's, and with earlier invoices it stays within "
        "the instalment's CNY {most}.",
    ),
    "EX_INVOICE_CONFORMS_ANY_RATE": (
        "发票 {invoice}（第 {instalment} 期，{amount} 元，税率 {rate}）符合合同：合同已于 {effective} 生效，条款参数"
        "没有约定税率，连同此前发票未超过该期金额 {most} 元。",
        "Invoice {invoice} (instalment {instalment}, CNY {amount}, tax rate {rate}) conforms: the contract was "
        "effective since {effective}, its terms state no tax rate, and with earlier invoices it stays within CNY "
        "{most}.",
    ),
    "EX_INVOICE_AFTER_ACCEPTANCE": ("本期以“{name}”合格为前提，已有{fact}。",
                                    "The instalment waits for “{name}”, which came with {fact}."),
    "EX_INVOICE_AFTER_REVIEW": ("此前已有{fact}。", "Before it came {fact}."),
    "EX_TOTAL": (
        "合同总额 {total} 元（{capitals}）= 各期之和 {parts}。",
        "The contract's total CNY {total} ({capitals}) = the instalments {parts}.",
    ),
    "EX_BEFORE_ACCEPTANCE": (
        "发票 {invoice}（第 {instalment} 期）于 {on} 收到，当时尚未合格的验收：{names}。",
        "Invoice {invoice} (instalment {instalment}) was received on {on}, when these had not been passed: {names}.",
    ),
    "EX_BEFORE_REVIEW": (
        "发票 {invoice}（第 {instalment} 期）于 {on} 收到，当时阶段性验收评审尚未通过。",
        "Invoice {invoice} (instalment {instalment}) was received on {on}, when the stage review had not been "
        "passed.",
    ),
    "EX_INVOICE_RECEIVED": (
        "按所采用的解读，休息日收到的发票视为下一个工作日收到，期限自 {on} 起算。",
        "By the reading in force an invoice received on a rest day counts as received on the next working day; the "
        "time to pay runs from {on}.",
    ),
    "EX_BEFORE_DEPLOYMENT": (
        "发票 {invoice}（第 {instalment} 期）于 {on} 收到，当时云资源部署尚未完成。",
        "Invoice {invoice} (instalment {instalment}) was received on {on}, when the resources had not been deployed.",
    ),
    "acceptance:acceptance": ("验收", "acceptance"),
    "acceptance:preliminary-acceptance": ("初步验收", "preliminary acceptance"),
    "acceptance:final-acceptance": ("最终验收", "final acceptance"),
    "acceptance:completion-acceptance": ("竣工验收", "acceptance on completion"),
}
