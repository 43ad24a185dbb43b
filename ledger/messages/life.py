"""What is said of a contract's life, of obligations beside payment, and of how they end (SPEC 4.1, 4.2)."""

from __future__ import annotations

LIFE: dict[str, tuple[str, str]] = {
    # --- the end and what follows ------------------------------------------------------------------
    "EX_NO_DEADLINE": (
        "合同没有规定期限，只说明通常所需的时间，预计至 {on}；届时未完成并不因此逾期。",
        "The contract sets no deadline and only says how long it usually takes, until about {on}; what is not done "
        "then is not overdue for that.",
    ),
    # --- invoices, payments, set-off (9, 13.2) -----------------------------------------------------
    "EX_INVOICE_VOIDED": (
        "不计：{fact}，发票 {invoice} 已作废（{cuts}）。",
        "Not counted: {fact}, invoice {invoice} was voided ({cuts}).",
    ),
    "EX_INVOICE_CUT": (
        "发票 {invoice} 原为 {issued} 元，红字冲减后为 {amount} 元：{cuts}。",
        "Invoice {invoice} was of CNY {issued} and after red letters is of CNY {amount}: {cuts}.",
    ),
    "EX_INVOICE_CURED": (
        "发票 {invoice} 收到时不符合合同（{why}）；自 {on} 起障碍消除（{fact}），自该日起符合合同，付款期限由此起算。",
        "Invoice {invoice} did not conform when it was received ({why}); from {on} nothing stands in the way ({fact}): "
        "it conforms from that day, and the time to pay runs from it.",
    ),
    "EX_INVOICE_MAY_RIPEN": (
        "因此发票 {invoice} 现在不引起付款义务，不计入已开票金额；障碍消除之日起它将符合合同，期限自该日起算。",
        "Hence invoice {invoice} raises no duty to pay now and is not counted as invoiced; it conforms from the day on "
        "which nothing stands in the way any more, and the time to pay runs from then.",
    ),
    "EX_PAYMENT_RETURNED": (
        "其中 {amount} 元已退回，不计：{facts}。",
        "Of it CNY {amount} came back and are not counted: {facts}.",
    ),
    "EX_SET_OFF": (
        "{fact}：抵扣违约金 {amount} 元，就发票 {invoices} 抵销 {set_off} 元（民法典第568条）。",
        "{fact}: damages of CNY {amount} deducted; set off against invoice {invoices}: CNY {set_off} (article 568 of "
        "the Civil Code).",
    ),
    "EX_SET_OFF_REST": (
        "其余 {rest} 元当日没有可以抵销的发票欠款或未结清的违约金，不计入任何一处。",
        "The other CNY {rest} met no unpaid invoice or unsettled damages on that day, and count nowhere.",
    ),
    "EX_DEDUCTED": ("抵销 {sum} 元。", "Set off: CNY {sum}."),
    "EX_OUTSTANDING": (
        "未付余额 = 合同总额 {total} − 已付 {paid} − 抵销 {deducted} = {outstanding} 元。",
        "Outstanding = total {total} − paid {paid} − set off {deducted} = CNY {outstanding}.",
    ),
    "EX_PAYABLE_LINE": (
        "{fact}，发票 {invoice}：{amount} − 已付或抵销 {paid}，应付 {unpaid} 元。",
        "{fact}, invoice {invoice}: {amount} − paid or set off {paid}, to be paid CNY {unpaid}.",
    ),
    "EX_PAYABLE_CAPPED": (
        "应付不超过未付余额 {outstanding} 元，因此应付 {payable} 元。",
        "No more is payable than is outstanding, CNY {outstanding}: hence CNY {payable}.",
    ),
    "EX_OVERDUE_CAPPED": (
        "逾期不超过应付，因此为 {payable} 元。",
        "No more is overdue than is payable: hence CNY {payable}.",
    ),
    "EX_COVERED_BY_CREDIT": (
        "发票 {invoice} 其中 {amount} 元自 {on} 起由原就发票 {own} 所付的款项支付：{fact}。",
        "Of invoice {invoice}, CNY {amount} are covered since {on} by money meant for invoice {own}: {fact}.",
    ),
    "EX_CREDIT_FREE": (
        "{fact}，原就发票 {invoice}：{amount} 元尚未用于任何发票，{why}。",
        "{fact}, meant for invoice {invoice}: CNY {amount} cover nothing yet, {why}.",
    ),
    "EX_FREE_VOIDED": ("该发票已作废（{facts}）", "for that invoice was voided ({facts})"),
    "EX_FREE_FAULTY": ("该发票不符合合同（{why}）", "for that invoice does not conform ({why})"),
    "EX_FREE_BEYOND": ("超出该发票所余金额", "being beyond what was left of that invoice"),
    "EX_CREDIT_WAITS": (
        "{fact}：{amount} 元等待发票 {invoice}，该发票尚未收到。",
        "{fact}: CNY {amount} wait for invoice {invoice}, which has not been received.",
    ),
    "EX_CREDIT": ("预存款项 {sum} 元。", "Credit: CNY {sum}."),
    "EX_INVOICE_AFTER_END": (
        "发票 {invoice} 于 {on} 收到，而合同已提前终止，最后一日是 {last}；终止后的款项由双方结算或由裁判确定"
        "（民法典第566条），此处不判断是否还应付款。",
        "Invoice {invoice} was received on {on}, after the contract had ended early, its last day being {last}. "
        "Accounts are then settled by agreement or judgment (article 566 of the Civil Code); whether anything is still "
        "owed is not concluded here.",
    ),
    "EX_NOT_CONFORMING": (
        "因此发票 {invoice} 不引起付款义务，不计入已开票金额。",
        "Hence invoice {invoice} raises no duty to pay and is not counted as invoiced.",
    ),
    "EX_BEYOND_IS_CREDIT": (
        "超出部分是预存款项，先用于同一期、再用于其他各期符合合同而未付清的发票；是否应退还，此处不作结论。",
        "What is beyond it is credit: it covers unpaid conforming invoices of the same instalment, then others. "
        "Whether it has to be paid back is not concluded here.",
    ),
    "EX_PAID_EARLY": (
        "{fact}先于发票 {invoice}（{received}）；自该发票引起付款义务之日起抵作付款。",
        "{fact} came before invoice {invoice} ({received}); it counts from the day on which that raises a duty to pay.",
    ),
    "EX_PAID_EARLY_WAITS": (
        "{fact}，而发票 {invoice} 当日尚未收到；款项等待该发票。",
        "{fact}, when invoice {invoice} had not been received; the money waits for it.",
    ),
    "EX_DEBT": ("{fact}：{debtor}应付 {amount} 元。", "{fact}: {debtor} owes CNY {amount}."),
    "EX_DEBT_PAID": (
        "已付 {paid} 元，应付 {amount} 元，未付 {unpaid} 元。",
        "Paid CNY {paid} of CNY {amount}; unpaid CNY {unpaid}.",
    ),
    "duty:settlement": ("支付结算或裁判确定的款项", "pay what was settled or ruled"),
    "anomaly:INVOICE_AFTER_END": ("合同提前终止后开具发票", "invoice after the contract ended early"),
    "EX_RETURN_OF": (
        "所退的付款是 {payment}：{fact}，{amount} 元。", "The payment is {payment}: {fact}, CNY {amount}.",
    ),
    "EX_RETURNED_BEFORE": (
        "其中 {amount} 元此前已退回：{facts}。", "CNY {amount} of it had come back before: {facts}.",
    ),
    "EX_RETURN_BEYOND": (
        "记录称退回 {said} 元，而该付款当时尚余 {left} 元未退回；超出的 {beyond} 元不计入任何一处。",
        "The fact says that CNY {said} came back, while CNY {left} of the payment was left; the CNY {beyond} beyond it "
        "counts nowhere.",
    ),
    "EX_RETURN_OF_NOTHING": (
        "记录称退回全部，而该付款当时已无余额（0.00 元）；该记录不改变任何数额。",
        "The fact says that all of it came back, while nothing (CNY 0.00) of the payment was left; the fact changes no "
        "sum.",
    ),
    "anomaly:RETURN_EXCEEDS_PAYMENT": ("退款超出付款余额", "return beyond what is left of the payment"),
    "anomaly:PAYMENT_BEFORE_INVOICE": ("先于发票付款", "payment before its invoice"),
}
