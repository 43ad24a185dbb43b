"""The sentences of ``lvyue explain``: how a conclusion follows from clauses and facts. Part of the one catalogue."""

from __future__ import annotations

EXPLAIN: dict[str, tuple[str, str]] = {
    "EX_FACT": ("“{label}”#{seq}（{on}，{by}）", "{label} #{seq} ({on}, {by})"),
    "EX_FACT_CORRECTED": (
        "“{label}”#{seq}（{on}，{by}，经 {corrections} 更正）",
        "{label} #{seq} ({on}, {by}, corrected by {corrections})",
    ),
    "EX_CORRECTED": (
        "注意：{fact}已经{by}更正，{changes}，理由：{reason}；以上按更正后的内容。",
        "Note: {fact} was corrected by {by}, {changes}, for this reason: {reason}; the above follows the correction.",
    ),
    "EX_CORRECTED_FIELD": ("{name}由 {before} 改为 {after}", "{name} from {before} to {after}"),
    "EX_CORRECTED_WHOLE": ("{name}整份更正", "{name} as a whole"),
    "EX_CORRECTED_DAY": ("日期", "its day"),
    "EX_CORRECTED_ALIKE": ("内容相同", "which says the same"),
    "EX_TERM_AMENDED": (
        "自 {on} 起，{name}由 {before} 改为 {after}，依据：{fact}，{summary}。",
        "From {on}, {name} is {after} instead of {before}, by {fact}: {summary}.",
    ),
    "EX_TERM_AMENDED_WHOLE": (
        "自 {on} 起，{name}按变更后的约定，依据：{fact}，{summary}。",
        "From {on}, {name} is as amended by {fact}: {summary}.",
    ),
    "EX_READING_AGREED": (
        "自 {on} 起，{question}：双方约定为“{option}”，依据：{fact}。",
        "From {on}, the parties agreed on how this is read: {question} “{option}”, by {fact}.",
    ),
    "EX_READING_RULED": (
        "{question}：生效裁判（{on}）认定为“{option}”，自始适用，依据：{fact}。",
        "{question} A final judgment of {on} ruled “{option}”, which holds throughout, by {fact}.",
    ),
    "EX_WORDS_CHANGED": (
        "注意：{clause}引用的是原文，其中的约定自 {on} 起由{facts}变更。",
        "Note: {clause} is quoted as first agreed; what it provides was changed from {on} on by {facts}.",
    ),
    "EX_CONTESTED": ("注意：{by}对{fact}提出了异议，尚未撤回。", "Note: {fact} is contested by {by}."),
    "EX_OTHER_WORDS": (
        "注意：所引条款文字出自这一范本的另一份合同；其中的数额、期限以本合同登记的条款参数为准。",
        "Note: the words quoted are those of another contract of this template; for sums and periods the terms "
        "registered of this contract prevail.",
    ),
    "EX_READING": ("{question}：{option}", "{question} {option}"),
    "EX_READING_IN_FORCE": (
        "条款解读 {reading}（{question}）：截至 {day} 采用“{option}”。",
        "Reading {reading} ({question}): as of {day} it is “{option}”.",
    ),
    "EX_READING_ARGUMENT": (
        "理由：{argument}",
        "Why it may be read so: {argument}",
    ),
    "EX_READING_OTHER_ARGUMENT": (
        "也可以读作“{said}”（{option}）。理由：{argument}",
        "It may also be read as “{said}” ({option}), because: {argument}",
    ),
    "EX_READING_BY_FACT": (
        "双方自某日起另有约定的，以所判断的事实发生之日为准。",
        "Where the parties agreed otherwise from a day on, the day of the fact that is judged decides.",
    ),
    "EX_READING_BY_AS_OF": (
        "双方自某日起另有约定的，以截至日为准。",
        "Where the parties agreed otherwise from a day on, the day asked about decides.",
    ),
    "EX_READING_BY_BOTH": (
        "双方自某日起另有约定的，计数以截至日为准，由某一事实产生的以该事实发生之日为准。",
        "Where the parties agreed otherwise from a day on, the day asked about decides a count, the day of a fact what "
        "arose from it.",
    ),
    "EX_TERM_STATED": ("期限依条款参数“{name}”：{value}（{path}）。", "The term “{name}” sets it: {value} ({path})."),
    # --- deadlines: how days are counted stands with the law -------------------------------------
    "EX_DUE_WITH_LEASE": (
        "应在服务期届满前完成；尚未起租，届满日未定。",
        "It is due by the end of the term, which is not known before the lease starts.",
    ),
    "EX_REST_WEEKEND": ("{day}", "{day}"),
    "EX_REST_NOTICE": ("{day}{name}放假，{document}", "{day} {name}, {document}"),
    "EX_REST_STATUTORY": ("{day}{name}，法定节日", "{day} {name}, statutory"),
    "EX_MAKEUP_DAY": ("{day}，{document}", "{day}, {document}"),
    "EX_SOURCE_FACT": ("{fact}", "{fact}"),
    # --- obligations -----------------------------------------------------------------------------
    "EX_NO_DUE_DAY": ("没有到期日", "no due day"),
    "EX_DUTY_LINE": (
        "{id}：{obligor}{kind}；到期 {due}；{state}。",
        "{id}: {obligor} is to {kind}; due {due}; {state}.",
    ),
    "EX_NO_DUTIES": (
        "截至 {day} 还没有义务：合同尚未生效。",
        "As of {day} there are no obligations: the contract is not effective.",
    ),
    "EX_NO_ANOMALIES": ("截至 {day} 没有异常。", "As of {day} there are no anomalies."),
    "EX_DUTY_RAISED": (
        "依合同{clause}，{obligor}负有“{duty}”的义务，自 {on} 起，起因：{facts}。",
        "By {clause} {obligor} is to {duty} since {on}, because of: {facts}.",
    ),
    "EX_STATE_PENDING": (
        "截至 {day} 尚未履行；到期日 {due}，还有 {left} 日。",
        "As of {day} it is not done; due {due}, {left} days from then.",
    ),
    "EX_STATE_OVERDUE": (
        "截至 {day} 尚未履行，到期日 {due}，已逾期 {late} 日。",
        "As of {day} it is not done; due {due}, {late} days overdue.",
    ),
    "EX_STATE_OPEN": ("截至 {day} 尚未履行。", "As of {day} it is not done."),
    "EX_STATE_FULFILLED": ("已于 {on} 按期履行，依据：{facts}。", "Done in time on {on}, by: {facts}."),
    "EX_STATE_KEPT": (
        "至 {on} 期间届满，没有违反，视为履行。",
        "It was kept to its end on {on}, hence fulfilled.",
    ),
    "EX_STATE_LATE": (
        "已于 {on} 履行，依据：{facts}；比到期日晚 {late} 日，属逾期履行。",
        "Done on {on}, by: {facts}; late by {late} d.",
    ),
    "EX_STATE_BREACHED": ("自 {on} 起已被违反，依据：{facts}。", "Breached since {on}, because of: {facts}."),
    "EX_STATE_CANCELLED": ("已于 {on} 取消，依据：{facts}。", "Cancelled on {on}, by: {facts}."),
    "EX_STATE_STANDING": (
        "这是持续性义务，没有到期日；截至 {day} 未见违反。",
        "A standing duty without a due day; as of {day} nothing breaches it.",
    ),
    # --- invoices, payments, balance -------------------------------------------------------------
    "EX_PAYMENT": ("{fact}：{amount} 元。", "{fact}: CNY {amount}."),
    "EX_INVOICE_PAID": (
        "发票 {invoice} 已付 {paid} 元，发票金额 {amount} 元，未付 {unpaid} 元。",
        "Invoice {invoice}: paid CNY {paid} of CNY {amount}; unpaid CNY {unpaid}.",
    ),
    "EX_CURRENCY": ("币种为合同约定的 {currency}。", "The currency is the contract's, {currency}."),
    "EX_INVOICE_COUNTS": (
        "计入：{fact}，发票 {invoice}，{amount} 元。",
        "Counted: {fact}, invoice {invoice}, CNY {amount}.",
    ),
    "EX_INVOICE_FAULTY": (
        "不计：{fact}，发票 {invoice} 不符合合同（{why}）。",
        "Not counted: {fact}, invoice {invoice} does not conform ({why}).",
    ),
    "EX_INVOICED": (
        "已开票（符合合同且未作废）{sum} 元。",
        "Invoiced, conforming and unvoided: CNY {sum}.",
    ),
    "EX_PAID": ("已付（未退回）{sum} 元。", "Paid and not returned: CNY {sum}."),
    "EX_PAYABLE": ("应付合计 {sum} 元。", "Payable: CNY {sum}."),
    "EX_OVERDUE_LINE": (
        "{fact}，发票 {invoice}：到期日 {due}，逾期未付 {unpaid} 元。",
        "{fact}, invoice {invoice}: due {due}, overdue CNY {unpaid}.",
    ),
    "EX_NOT_YET_DUE_LINE": (
        "{fact}，发票 {invoice}：到期日 {due}，尚未到期，{unpaid} 元不计入逾期。",
        "{fact}, invoice {invoice}: due {due}, not yet overdue, CNY {unpaid}.",
    ),
    "EX_OVERDUE": ("截至 {day} 逾期 {sum} 元。", "Overdue as of {day}: CNY {sum}."),
    # --- grades ----------------------------------------------------------------------------------
    "EX_NOT_STATED": ("未载明", "not stated"),
    # --- term and exit ---------------------------------------------------------------------------
    "EX_EFFECTIVE": (
        "双方均已签署，合同自 {on} 生效。",
        "Both have signed; the contract is effective since {on}.",
    ),
    "EX_NOT_EFFECTIVE": (
        "截至 {day} 双方尚未都签署，合同未生效。",
        "As of {day} not both have signed; the contract is not effective.",
    ),
    # --- anomalies -------------------------------------------------------------------------------
    "EX_ANOMALY_LINE": ("{on} {name}（{what}）：{fact}。", "{on} {name} ({what}): {fact}."),
    "EX_ANOMALY": (
        "{fact}照实记录，但与合同不符：{what}。",
        "{fact} is on record, but not what the contract provides: {what}.",
    ),
    "EX_TAX_RATE": (
        "发票 {invoice} 的税率是 {rate}，合同约定 {right}（第 9.2 款）。",
        "Invoice {invoice} states the tax rate {rate}; the contract says {right} (clause 9.2).",
    ),
    "EX_TOO_EARLY": (
        "发票 {invoice} 于 {on} 收到，而依约定在合同签署生效后开票。{known}",
        "Invoice {invoice} was received on {on}, but only an effective contract may be invoiced. {known}",
    ),
    "EX_NO_INSTALMENT": (
        "发票 {invoice} 所称第 {instalment} 期不存在。",
        "Invoice {invoice} names instalment {instalment}, which there is not.",
    ),
    "EX_EXCEEDS": (
        "发票 {invoice} {amount} 元，此前该期（第 {instalment} 期）符合合同的发票 {earlier} 元，合计 {sum} 元，"
        "超过该期金额 {most} 元。",
        "Invoice {invoice} of CNY {amount}, with CNY {earlier} of instalment {instalment} invoiced before, "
        "makes CNY {sum}, more than the instalment's CNY {most}.",
    ),
    "EX_PAID_TOO_MUCH": (
        "发票 {invoice} 金额 {amount} 元，已付 {paid} 元：{payments}",
        "Invoice {invoice} is of CNY {amount}; paid: {paid}: {payments}",
    ),
    "EX_CLAIMS_COUNT": (
        "截至 {day} 有 {count} 项陈述仅为一方主张，不计入共同记录，只在陈述方自己的视角下计入。",
        "As of {day} {count} statements are one side's claims: they are not of record and count only as seen by "
        "the side that made them.",
    ),
    "EX_CLAIMS_NONE": (
        "截至 {day} 没有仅为一方主张的陈述。",
        "As of {day} no statement is one side's claim alone.",
    ),
    "EX_CLAIM": (
        "{fact}目前只是{by}一方的主张：{why}。",
        "{fact} is at present {by}'s claim alone: {why}.",
    ),
    "EX_CLAIM_CHANGES": (
        "它会改变他方所说：一方不能单独更改对方、监管方或双方共同的陈述，也不能单独作出对自己有利的同因认定。",
        "It would change what another role said: one side alone cannot alter the word of the other side, of a neutral "
        "role or of both, nor by its own word alone tie together or part incidents in its favour.",
    ),
    "EX_CLAIM_FOR_BOTH": (
        "它以双方或法院的名义说话，而既未附文件，也未经{other}认可。",
        "It speaks for both parties, or for the court, and neither carries a document nor was acknowledged by {other}.",
    ),
    "EX_CLAIM_FOR_BOTH_DISPUTED": (
        "它以双方或法院的名义说话，虽附有文件，{other}以附有文件的异议提出了争议。",
        "It speaks for both parties, or for the court; it carries a document, and {other} contests it with one.",
    ),
    "EX_CLAIM_TAKES_BACK": (
        "它更改或收回{by}自己先前的陈述（或在对方宣告解除之后追述此前的履行），而{other}已认可该陈述、已据以行事，或对此有异议。",
        "It changes or takes back what {by} said before (or tells, after the other side declared an end, a performance "
        "of before), though {other} had acknowledged that, had acted on it, or contests this.",
    ),
    "EX_CLAIM_DISPUTED": (
        "{other}或作出所述行为的一方（{actor}）对它有异议，须由文件、认可、中立方或法院来定。",
        "{other}, or the role whose act it tells ({actor}), contests it: a document, an acknowledgement, a neutral "
        "role or a court has to decide.",
    ),
    "EX_CLAIM_CONTEST": ("{by}的异议：{contest}。", "{by} contests it: {contest}."),
    "EX_CLAIM_BARE_CONTEST": (
        "{by}的异议未附文件，不足以动摇附有文件的陈述：{contest}。",
        "{by} contests it without a document, which does not unsettle a statement that carries one: {contest}.",
    ),
    "EX_CLAIM_RECORD": (
        "经{other}认可（对该事实记录“认可”），或由生效裁判支持，它即计入共同记录，并自其发生之日起算。",
        "Once {other} acknowledges it, or a final judgment upholds it, it is of record and counts from its own day.",
    ),
    "EX_CLAIM_CORRECTION_RECORD": (
        "经{other}认可这项更正（而非被更正的事实），或由生效裁判支持，更正即计入共同记录；在此之前以更正前的内容为准。",
        "Once {other} acknowledges the correction itself, or a final judgment upholds it, it is of record; until then "
        "what was said before it stands.",
    ),
    "EX_CLAIM_RETRACTION_RECORD": (
        "经{other}认可这项撤回，或由生效裁判支持，撤回即计入共同记录；在此之前被撤回的事实仍在记录中。",
        "Once {other} acknowledges the retraction, or a final judgment upholds it, it is of record; until then the "
        "fact it takes back stays of record.",
    ),
    "EX_CLAIM_DOCUMENT": (
        "{by}重新记录并附上经双方确认的文件（或裁判文书），也可使其计入共同记录，除非对方以附有文件的异议提出争议。",
        "{by} may also record it anew with the document that both confirmed, or the court's: it is then of record, "
        "unless the other side contests it with a document.",
    ),
    "EX_POSITIONS_COUNT": (
        "截至 {day} 共同记录与双方视角有 {count} 处不同；未被一方主张或异议触及的结论三者一致。",
        "As of {day} the record and the views of the parties differ on {count} points; on all else they agree.",
    ),
    "EX_POSITIONS_NONE": (
        "截至 {day} 双方视角与共同记录一致。",
        "As of {day} the views of both parties agree with the record.",
    ),
    "EX_NOTHING_THERE": ("无", "nothing"),
    "EX_POSITION": (
        "{about}：共同记录为 {record}；甲方视角为 {party_a}；乙方视角为 {party_b}。",
        "{about}: of record {record}; as party A sees it {party_a}; as party B sees it {party_b}.",
    ),
    "EX_VIEWS_DIFFER": (
        "注意：各方视角对此不同。{about}：共同记录为 {record}；甲方视角为 {party_a}；乙方视角为 {party_b}；为何不同，"
        "见“双方视角的分歧”。",
        "Note: the views differ here. {about}: of record {record}; as party A sees it {party_a}; as party B sees it "
        "{party_b}. Why: see where the parties' views differ.",
    ),
    "EX_POSITION_CLAIMS": (
        "{by}视角另计入其己方主张：{facts}。",
        "{by}'s view also counts its own claims: {facts}.",
    ),
    "EX_POSITION_CONTESTS": (
        "{by}视角略去其有异议的事实：{facts}。",
        "{by}'s view leaves out what it contests: {facts}.",
    ),
    "EX_CONTESTED_COUNT": ("截至 {day} 有 {count} 项事实存在异议。", "Facts contested as of {day}: {count}."),
    "balance.title": ("合同总额与付款", "The total, and what was paid"),
    "balance.note": ("未付 {outstanding}", "outstanding {outstanding}"),
    "balance.finding": (
        "合同总额 {total} 元，已付 {paid} 元，违约金抵销 {deducted} 元，未付 {outstanding} 元，应付 {payable} 元，其"
        "中逾期 {overdue} 元。",
        "Of the total of CNY {total}, {paid} was paid and {deducted} set off; {outstanding} is outstanding, "
        "{payable} payable, of which {overdue} overdue.",
    ),
}
