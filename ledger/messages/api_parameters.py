"""The words of the API's document on parameters, headers, statuses and examples. Part of the one catalogue."""

from __future__ import annotations

API_PARAMETERS: dict[str, tuple[str, str]] = {
    # --- what is wanted where something else was given ---------------------------------------------
    "document.title": ("履约 lvyue", "lvyue"),
    "document.one-of": ("{count} 种之一", "one of {count}"),
    "wanted.percent-encoded": ("百分号编码的 UTF-8", "percent-encoded UTF-8"),
    "wanted.whole": ("{least} 至 {most} 的整数", "a whole number from {least} to {most}"),
    "wanted.text": ("1 至 {longest} 个字符，不含 NUL", "1 to {longest} characters, none of them NUL"),
    "wanted.flag": ("true 或 false", "true or false"),
    "wanted.day": ("日期，如 2026-04-16", "a date, such as 2026-04-16"),
    "wanted.contract": ("合同编号", "a contract's number"),
    "wanted.contract-beginning": ("合同编号的开头", "how a contract's number begins"),
    "wanted.order": ("列中的一项，如 -overdue", "a name in the lines, such as -overdue"),
    "wanted.listed": ("列中的一项", "one of the list"),
    "wanted.entry": ("某条记录的 id", "an entry's id"),
    "wanted.event": ("某个事件的 id", "the id of an event"),
    "wanted.preview": ("推算的编号", "the number of a preview"),
    "wanted.seconds": ("秒数", "seconds"),
    "wanted.version": ("带引号的版本号，如 \"41\"", 'a quoted version such as "41"'),
    "wanted.etag": ("带引号的 ETag", "an ETag in quotes"),
    "wanted.strong-etag": ("强 ETag（不带 W/）", "a strong ETag, without W/"),
    "wanted.visible": ("1 至 128 个 ASCII 可见字符", "1 to 128 visible ASCII characters"),
    # --- parameters, headers ---------------------------------------------------------------------
    "api.parameter.as_of": (
        "截至哪一日（北京时间，可在将来）；不写为今天。",
        "The day the answer is about, in Beijing; today if left out.",
    ),
    "api.parameter.known_at": (
        "只算此刻以前记录的事实（RFC 3339，带时区偏移；只写日期即当日结束，北京时间）。",
        "Only what was recorded by this moment counts (RFC 3339, with an offset; a date means its end in Beijing).",
    ),
    "api.parameter.as_seen_by": (
        "以该角色的视角：共同记录加上其己方主张，减去其有异议的事实。",
        "As this role sees it: the record with its own claims, less what it contests.",
    ),
    "api.parameter.reading": (
        "换一种条款解读：`解读=选项`，每种解读一次。",
        "Ask under another reading: `name=option`; once for each.",
    ),
    "api.parameter.sensitivity": (
        "同时列出会改变结论的其他解读，以及无论怎样解读都成立的。",
        "Also list every single change of reading that would change a conclusion, and what holds under every reading.",
    ),
    "api.parameter.limit": ("最多返回多少条。", "How many at most."),
    "api.parameter.cursor": (
        "从哪里接着往下：照用上一页的响应头 `Link`。",
        "Where to go on: as the `Link` header of the page before says.",
    ),
    "api.parameter.state": ("只看这一状态的义务。", "Only obligations in this state."),
    "api.parameter.obligor": ("只看这一方的义务。", "Only this role's obligations."),
    "api.parameter.article": (
        "条款，如 `9`、`9.1`、`第九条`、`附件3`；不写即全部。",
        "A clause, such as `9`, `9.1` or `annex 3`; all of them if left out.",
    ),
    "api.parameter.path": (
        "结论的路径，如 `termination.allowed`，或义务、违约金项目的编号。",
        "A conclusion, such as `termination.allowed`, or the id of an obligation or item.",
    ),
    "api.parameter.phase": ("只看这一阶段的合同。", "Only contracts in this phase."),
    "api.parameter.kind.imports": ("导入的是什么。", "What is imported."),
    "api.parameter.on": (
        "文件里没有的日期；发票为甲方收到之日。",
        "The day that the file does not say; of an invoice the day party A received it.",
    ),
    "api.parameter.instalment": ("发票的期次。", "The instalment an invoice is for."),
    "api.parameter.type.imports": (
        "表格各行的事实类型，表格自己没有写明时。",
        "The type of a table's rows, where it does not say so itself.",
    ),
    "api.parameter.actor": (
        "各条事实由谁作出，表格没有相应的列时。",
        "Who did the facts, where no column of the table says it.",
    ),
    "api.parameter.skip.imports": (
        "表格中不读取的列（列标题；没有标题的写字母），可重复。文件仍原样存为文件，不读取的列也在内。",
        "A column of the table that is not read (its heading, or its letter where it has none); may be repeated. The"
        " file is kept whole, with the columns that are not read.",
    ),
    "api.parameter.resolution": (
        "监控的时刻精确到几秒（默认 60）。",
        "To how many seconds the monitor's times are known (60 if left out).",
    ),
    "api.parameter.row": ("只要这一条，可重复；不写则为全部。", "This draft only, may be repeated; all, if left out."),
    "api.parameter.where": (
        "条件，须全部满足：一项的名称、`>` `>=` `=` `<=` `<` 和一个值；为零、为空、为否者不算在内。",
        "Conditions, all to be met: a name in the lines, `>` `>=` `=` `<=` `<` and a value; what is nothing, 0 or "
        "false meets none.",
    ),
    "api.parameter.prefix": ("只看编号以此开头的合同。", "Only contracts whose number begins so."),
    "api.parameter.order.contracts": (
        "按哪一项排列，前加 `-` 从大到小；只列出该项不为零、不为空的合同。以今日现状为限。",
        "By which name of the lines they are ordered, after `-` the highest first; only contracts with something there "
        "are listed. Of how they stand today only.",
    ),
    "api.parameter.contains": (
        "只看编号或名称含有这段文字的合同。",
        "Only contracts whose number or title contains this.",
    ),
    "api.parameter.type": ("只看这一类型的事实。", "Only facts of this type."),
    "api.parameter.facts": ("是否推送事实（默认 true）。", "Whether facts are sent (true if left out)."),
    "api.parameter.alert": (
        "也要这一种提醒，可重复：`deadline` 期限临近，`overdue` 逾期，`right` 有了权利，"
        "`threshold` 差一次即达到约定的次数，`claim` 有待处理的主张，`state` 状态改变。",
        "Alerts of this kind too, may be repeated: a `deadline` comes near, something is `overdue`, a `right` is open, "
        "a count lacks one to its `threshold`, a `claim` waits, a `state` is another.",
    ),
    "api.parameter.within_days": (
        "期限的提醒只要不多于这么多天的（提前 30、7、3 天和当天各提醒一次）。",
        "Of deadlines only what is no more days ahead (told 30, 7 and 3 days before, and on the day).",
    ),
    "api.parameter.by": ("只看由该角色作出的事实。", "Only facts this role asserted."),
    "api.parameter.by.replay": (
        "先后依事实发生之日（`happened`，默认）或记录之时（`recorded`）。",
        "In order of happening (`happened`, the default) or of recording (`recorded`).",
    ),
    "api.parameter.contract": ("只看这份合同的事实。", "Only facts of this contract."),
    "api.parameter.contract.role": (
        "只撤销这份合同（`*`：其余全部合同）中的角色；不写则撤销全部角色和密钥。",
        "Only the role on this contract (`*`: on all others); every role and key if left out.",
    ),
    "api.parameter.contract.proof": (
        "证明这份合同的某条事实在日志中；与 `seq` 一起给出。",
        "Prove that a fact of this contract is in the log; goes with `seq`.",
    ),
    "api.parameter.seq": (
        "该事实在合同中的序号；与 `contract` 一起给出。",
        "The fact's number in the contract; goes with `contract`.",
    ),
    "api.parameter.first": (
        "证明最前的这么多条事实是 `size` 条的开头。",
        "Prove that the first so many facts are a prefix of `size`.",
    ),
    "api.parameter.size": (
        "正好这么多条事实处的检查点；不写为最新的。",
        "The checkpoint of exactly so many facts; the newest if left out.",
    ),
    "api.parameter.about": (
        "同时记录文件属于这条事实（编号或 ref）或这项需求。",
        "Record, too, that it belongs to this fact (id or ref) or request.",
    ),
    "api.parameter.about.evidence": (
        "只含与这条事实、这起事件、这张发票、这个争议等有关的事实；不写为全部。",
        "Only what concerns this fact, incident, invoice, dispute …; all if left out.",
    ),
    "api.parameter.edition": (
        "报告和证据目录的语言：中文（默认）、英文，或中英对照。",
        "The languages of report and catalogue: Chinese (the default), English, or both.",
    ),
    "api.parameter.name": ("文件名；带 `about` 时给出。", "The file's name, with `about`."),
    "api.parameter.disclose": (
        "披露这个个人信息字段，写作 `事实.字段`；只限合同双方。",
        "Open this personal field, as `FACT.FIELD`; for the parties.",
    ),
    "api.parameter.after": ("从这一条之后接着往下。", "Go on after the entry with this id."),
    "api.path.contract": ("合同编号。", "The contract's number."),
    "api.path.type": ("类型的名称，中英文皆可。", "The type's name, or its Chinese or English one."),
    "api.path.fact": (
        "一条事实：序号、`#序号`、编号或其 `ref`。", "A fact: its number, `#number`, id or `ref`.",
    ),
    "api.path.sha256": ("文件的 SHA-256 摘要。", "The document's SHA-256 digest."),
    "api.path.name": ("使用者的名称。", "The principal's name."),
    "api.path.key": ("密钥的编号，不是密钥本身。", "The key's id, not the key."),
    "api.path.webhook": ("订阅的编号。", "The webhook's id."),
    "api.path.delivery": ("未送达的通知的编号。", "The undelivered notification's id."),
    "api.path.supposition": ("假设的编号。", "The supposition's id."),
    "api.path.export": ("导出的编号。", "The export's id."),
    "api.path.imported": ("导入的编号。", "The import's id."),
    "api.path.row": ("草稿的序号，从 1 起。", "The draft's number, from 1."),
    "api.header.If-Match": (
        "本请求所依据的版本，即先前读到的 `ETag`。",
        "The version this request rests on: the `ETag` read before.",
    ),
    "api.header.If-None-Match": (
        "手头的 `ETag`；没有变化时返回 304。",
        "The `ETag` held; 304 where nothing has changed.",
    ),
    "api.header.Idempotency-Key": (
        "以同一个键、同样的正文再次请求，得到第一次的答复。",
        "The same key with the same body again answers what was answered first.",
    ),
    "api.header.Accept-Language": (
        "问题文档的语言：中文（默认）或英文。",
        "The language of problems: Chinese (default) or English.",
    ),
    "api.header.Last-Event-ID": ("从这个事件之后接着推送。", "Go on after this event."),
    "api.header.Lvyue-Position": (
        "所列依据账本的前多少条事实；读取备库时，每个答复都带有它。",
        "The position in the ledger of the last fact that the list rests on; on a replica every answer has it.",
    ),
    "api.header.Lvyue-Current": (
        "是否已含全部事实、各行均为今日现状；false：正在补上，或读取的是备库。",
        "Whether that is the ledger's last fact and every line that of today; false: it is catching up, or a replica.",
    ),
    "api.header.Prefer": (
        "`respond-async`：立即返回 202，在后台进行。",
        "`respond-async`: answer 202 at once and work in the background.",
    ),
    # --- statuses --------------------------------------------------------------------------------
    "api.status.200": ("所问的内容。", "What was asked for."),
    "api.status.200.again": ("早已有了，未作改动。", "It was there before; nothing changed."),
    "api.status.201": ("已记录或建立。", "Recorded, or made."),
    "api.status.202": ("正在后台进行，地址在响应头 `Location` 中。", "Under way; the `Location` header says where."),
    "api.status.204": ("已完成，没有正文。", "Done; there is nothing to say."),
    "api.status.304": ("没有变化。", "Unchanged."),
    "api.status.400": ("请求无法读取。", "The request cannot be read."),
    "api.status.401": ("没有密钥，或密钥不被接受。", "No key, or none that is accepted."),
    "api.status.403": ("这个角色不能做这件事。", "Not in this role."),
    "api.status.404": ("没有所指的内容。", "There is no such thing."),
    "api.status.409": ("与已记录的内容不能并存。", "It cannot be true of what is on record."),
    "api.status.412": ("此间已经改变。", "It has changed meanwhile."),
    "api.status.413": ("过大。", "Too large."),
    "api.status.415": ("应为另一种媒体类型。", "Another media type is wanted."),
    "api.status.422": ("所写的内容不成立。", "It says something that cannot be said."),
    "api.status.428": ("须带 `If-Match`。", "If-Match is required."),
    "api.status.429": ("请求太频繁。", "Too many requests."),
    "api.status.500": ("服务出错。", "The server failed."),
    "api.status.503": ("暂时不能答复。", "Not at the moment."),
    # --- examples --------------------------------------------------------------------------------
    "api.example.another_reading": ("若租期改按另一种读法", "If the end of the term were read otherwise"),
    "api.example.three_years": (
        "另一份合同的条款参数：三年期（示例，并非真实合同）",
        "The terms of another contract: three years (illustrative)",
    ),
    "api.example.signing": ("甲方签署合同", "Party A signs"),
    "api.example.invoice": ("乙方开具第一期发票", "Party B invoices the first instalment"),
    "api.example.payment": ("甲方支付该发票", "Party A pays that invoice"),
    "api.example.incident": (
        "云安全监管服务商报告服务中断，附各项指标",
        "The supervisor reports an outage, with its measures",
    ),
    "api.example.rectification_notice": (
        "云安全监管服务商发出整改通知",
        "The supervisor issues a rectification notice",
    ),
    "api.example.exit_request": ("乙方申请退出", "Party B asks to leave"),
    "api.example.two_systems": ("一并登记两个业务系统", "Two systems registered together"),
    "api.example.third_b_incident": (
        "假设发生第三起 B 级事件（as_of 写 2026-04-16）",
        "What if a third B-grade incident came (as_of 2026-04-16)",
    ),
    "api.example.invoices_and_payments": ("发票和付款", "Invoices and payments"),
    "api.example.cosignature": (
        "见证签名的样子（每份账本各有其签名）",
        "What a cosignature looks like (each ledger has its own)",
    ),
    "api.example.auditor": ("审计可查看这份合同", "An auditor may read this contract"),
    "api.example.ninety_days": ("有效 90 天的密钥", "A key for 90 days"),
    "api.example.an_alert": ("Alertmanager 报告的一次中断", "An outage, as Alertmanager tells it"),
    "api.example.people_and_loss": ("补上监控不知道的", "What monitoring did not know"),
    "api.example.signing_recorded": ("甲方的签署已记录", "Party A's signature is on record"),
    "api.example.signing_again": ("此前早已记录", "It was on record before"),
    "api.example.first_two": ("双方的签署", "Both signatures"),
    "api.example.bureau": ("甲方的使用者", "A principal of party A"),
    "api.example.then_it_may": (
        "若发生第三起 B 级事件，甲方可解除合同",
        "With a third B-grade incident party A may terminate",
    ),
    "api.example.march": ("2026 年 3 月的变化", "What changed in March 2026"),
    "api.example.one_type": ("一个类型", "One type"),
    "api.example.one_fact": ("合同的第二条事实", "The contract's second fact"),
    "api.example.in_april": ("2026 年 4 月 16 日的现状", "How it stood on 16 April 2026"),
    "api.example.why_not_yet": (
        "为什么 2026 年 4 月 16 日甲方还不可解除合同",
        "Why party A could not yet terminate on 16 April 2026",
    ),
    "api.example.one_contract": ("一份合同的概况", "One contract at a glance"),
}
