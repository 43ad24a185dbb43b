"""The words of the API's document on schemas and their fields. Part of the one catalogue."""

from __future__ import annotations

API_SCHEMAS: dict[str, tuple[str, str]] = {
    # --- schemas: facts --------------------------------------------------------------------------
    "api.schema.FactIn": (
        "要记录的事实：`type` 类型，`on` 发生的日期或时刻，`by` 由谁作出，`ref` 自己的编号（同一 `ref` 只记一次），"
        "`data` 内容，`documents` 附件。",
        "A fact to be recorded: its `type`, the day or moment it happened `on`, the role it is asserted `by`, a `ref` "
        "of one's own (the same `ref` is recorded once only), its `data`, and attached `documents`.",
    ),
    "api.schema.FactsIn": (
        "几条事实，依此次序，要么全部记录，要么一条也不记。",
        "Facts recorded together or not at all, in this order.",
    ),
    "api.schema.ImaginedFact": ("假设的事实。", "A fact that might be recorded."),
    "api.schema.ImaginedFacts": (
        "依次发生的几条假设的事实。",
        "Facts that might be recorded one after the other.",
    ),
    "api.schema.Fact": (
        "已记录的事实。账本填写的有：`seq` 在合同中的序号，`id` 编号，`position` 在账本中的位置，`recorded_at` "
        "记录时刻，`recorded_by` 由谁记录，`recorded_roles` 记录人当时的角色（`null`：无从得知），"
        "`on_behalf` 记录人没有 `by` 的角色，即代录，`digest` 本条的摘要，`prev` 合同前一条事实的摘要。",
        "A recorded fact. The ledger added: `seq`, its number in the contract; `id`; `position` in the ledger; when "
        "(`recorded_at`) and by whom (`recorded_by`) it was recorded, with the roles that principal then held "
        "(`recorded_roles`, `null` where nobody knows) and whether `by` is none of them (`on_behalf`); its `digest`, "
        "and that of the contract's fact before (`prev`).",
    ),
    "api.schema.RecordedFact": (
        "事实，以及它是否早已记录（早已记录则没有新增）。",
        "A fact, and whether it had been recorded before (then nothing was added).",
    ),
    "api.schema.Recorded": (
        "记录的结果：合同的版本，新记和早已记录的各几条，各条事实。",
        "What was recorded: the contract's version, how many facts are new and how many were there, and the facts.",
    ),
    "api.schema.Terms": ("合同的条款参数，日期写作文字。", "The terms of a contract, dates as text."),
    "api.schema.Document": ("附件，以摘要指明。", "An attached file, by its digest."),
    "api.schema.Identifier": (
        "编号：1 至 128 个可见字符，空格只能在中间。",
        "1 to 128 visible characters, spaces only between them.",
    ),
    "api.schema.Text": (
        "文字，不含控制字符和改变文字方向的字符。",
        "Text without control or direction-changing characters.",
    ),
    "api.schema.Name": ("一行文字。", "A line of text."),
    "api.schema.Money": ("金额（元），两位小数。", "Yuan, two decimals."),
    "api.schema.Day": ("1949 至 2199 年的某日（北京时间）。", "A day in Beijing, 1949 to 2199."),
    "api.schema.On": (
        "某日（北京时间），或带时区偏移的时刻（RFC 3339）。",
        "A day in Beijing, or a moment with an offset (RFC 3339).",
    ),
    "api.schema.Digest": ("SHA-256 摘要，小写十六进制。", "A SHA-256 digest in lower-case hexadecimal."),
    "api.schema.Commitment": (
        "个人信息，账本中只有其承诺值。",
        "A personal value; on record is a commitment to it only.",
    ),
    "api.schema.By": ("可以作出此事实的：{roles_zh}。", "May assert it: {roles}."),
    "api.schema.Advice": (
        "条款参数中合法但宜在签署前看过之处：所在条款和路径、最小的例子、可以了结它的解读（没有则为 null）。",
        "Something in the terms that is lawful but to be seen before signing: its clause and path, the smallest"
        " example, the reading that settles it (null for none).",
    ),
    "api.schema.Actor": (
        "做了（或观察到）此事的：{roles_zh}；与 by 相同时可以不写。",
        "Did or observed it: {roles}; may be left out where it is by.",
    ),
    # --- schemas: contracts and documents --------------------------------------------------------
    "api.schema.Registration": (
        "合同的条款参数，以及登记的角色，即调用者自己的角色。",
        "The terms of a contract, and the role that registers it: the caller's own.",
    ),
    "api.schema.Contract": (
        "合同的版本和登记时的条款参数。",
        "A contract's version and the terms it was registered with.",
    ),
    "api.schema.ContractLine": ("一份合同的概况。", "How a contract stands, at a glance."),
    "api.schema.SuppositionIn": (
        "假设的内容：解读、放假通知、事实，至少一样；prefix 只看编号以此开头的合同。",
        "What is supposed: readings, notices, facts, at least one of them; prefix limits it to contracts whose number "
        "begins so.",
    ),
    "api.schema.PortfolioWhatIf": (
        "推算了多少份合同（swept）、多少份会变（changing）；逐份列出至多 1000 份，每份至多 20 项变化。",
        "How many contracts were swept and how many would change; at most 1,000 are listed, with 20 changes each.",
    ),
    "api.schema.ContractChanges": (
        "一份会变的合同，共有多少项变化。", "A contract that would change, and in how many ways."
    ),
    "api.schema.NotSupposed": ("不能这样假设的合同及原因。", "A contract of which it cannot be supposed, and why."),
    "api.schema.NextDeadline": (
        "今日起最先到来的期限：义务到期、期间届满或权利的最后一日。",
        "The first deadline from today on: an obligation due, the end of the term, or the last day of a right.",
    ),
    "api.schema.NextDue": ("最先到期的义务。", "The obligation that is due first."),
    "api.schema.DraftImport": ("一次导入及其草稿。", "An import with its drafts."),
    "api.schema.DraftImportShort": ("一次导入。", "An import."),
    "api.schema.DraftCounts": (
        "草稿的条数：待登记、其中有误、已登记、已放弃。",
        "How many drafts wait, are at fault, recorded, discarded.",
    ),
    "api.schema.Draft": (
        "一条草稿：它将成为的事实、在表格中的位置、错误和提示。",
        "A draft: the fact it would be, where it stands in the table, its faults, what else is to be known.",
    ),
    "api.schema.DraftFault": ("草稿的一处错误及其所在的格。", "A fault of a draft, and its cell."),
    "api.schema.DraftTold": ("登记前应知道的。", "Something to be known before recording."),
    "api.schema.AmendedCells": (
        "字段的新值，写成表格里的样子。",
        "New values by field, written as in a table's cell.",
    ),
    "api.schema.ImportPreview": ("登记会改变什么。", "What recording would change."),
    "api.field.Draft.cells": (
        "各字段所在的列，如 `C 金额`。",
        "The column in which each field stands, such as `C amount`.",
    ),
    "api.field.Draft.written": ("读不出的格里写的内容。", "What stands in cells that could not be read."),
    "api.schema.StoredDocument": ("存放的文件。", "A file as it is kept."),
    # --- schemas: the rest -----------------------------------------------------------------------
    "api.schema.Problem": ("请求被拒绝的原因（RFC 9457）。", "Why a request was not taken (RFC 9457)."),
    "api.field.Problem.code": ("不变的代码，供程序判断。", "Stable; what a program should look at."),
    "api.field.Problem.field": (
        "出错之处，各级以点相连。",
        "The dotted path of what was at fault.",
    ),
    "api.field.Problem.line": (
        "出错的是这一批的第几条事实，从 1 起。",
        "The fact of a batch at fault, from 1.",
    ),
    "api.schema.Fault": ("几处错误中的一处。", "One of several faults."),
    "api.schema.Healthy": ("服务正常。", "All is well."),
    "api.schema.WhoAmI": (
        "使用者的名称，以及在各合同中的角色。",
        "The caller's name, and its role on each contract.",
    ),
    "api.schema.PrincipalShown": ("使用者：角色、版本和密钥。", "A principal: its roles, its version and its keys."),
    "api.schema.KeyShown": ("密钥的编号和期限，不含密钥。", "A key's id and how long it lives, without the key."),
    "api.schema.IssuedKey": ("新签发的密钥。", "A key just issued, with the key itself."),
    "api.schema.AccessEntry": (
        "一条访问记录；其余内容依所做的事而定。",
        "Something on record about access; what else it says depends on what was done.",
    ),
    "api.schema.GrantIn": (
        "在一份合同或全部合同（`*`）中的角色；`subject` 是身份提供方给此人的编号。",
        "A role on a contract, or on all (`*`); `subject` is what the identity provider calls this principal.",
    ),
    "api.schema.KeyIn": ("新密钥有效多少天。", "How many days a new key lives."),
    "api.schema.Alert": (
        "一条提醒：`id` 编号，重发不变；`path` 可向 `explain` 询问的结论；`on` 所涉之日；"
        "`because` 由哪些事实而来；`zh`、`en` 一句话。",
        "An alert: its `id`, the same if it is told again; the `path` of the conclusion, for `explain`; the day it is "
        "about (`on`); the facts it comes from (`because`); a sentence (`zh`, `en`).",
    ),
    "api.field.Alert.kind": (
        "`deadline` 期限临近，`overdue` 逾期，`right` 有了权利，`threshold` 差一次即达到约定的次数，"
        "`claim` 有待处理的主张，`state` 状态改变。",
        "A `deadline` comes near, something is `overdue`, a `right` is open, a count lacks one to its `threshold`, a "
        "`claim` waits, a `state` is another.",
    ),
    "api.field.Alert.from": ("`state`：此前的状态。", "Of a `state`, what it was."),
    "api.field.Alert.to": ("`state`：现在的状态。", "Of a `state`, what it is."),
    "api.field.Alert.views": (
        "按哪些一方所述成立：`record` 为以记录为准。甲方、乙方得到的是按自己所述的提醒，其他人是以记录为准的。",
        "In which views it stands, `record` being that of the record. A party is told by its own view, others by the "
        "record.",
    ),
    "api.field.Alert.days": ("发出时距 `on` 的天数。", "How many days it was to `on` when it was told."),
    "api.field.Alert.position": (
        "发出时账本的位置；所依据的事实不晚于此。",
        "Where the ledger stood when it was told; what it rests on is no later.",
    ),
    "api.schema.WebhookIn": (
        "把一份合同或全部合同（`*`）的哪些类型的事实（不写类型则为全部）、哪些种类的提醒（不写则没有）通知到哪里。",
        "Where to send the facts of a contract, or of all (`*`), and of which types (none named: every), and alerts of "
        "which kinds (none named: none).",
    ),
    "api.field.WebhookIn.facts": ("false：只要提醒。", "false: alerts only."),
    "api.field.WebhookIn.within_days": (
        "期限的提醒只要不多于这么多天的。", "Of deadlines only what is no more days ahead.",
    ),
    "api.field.WebhookIn.as_seen_by": (
        "接收方的角色：甲方、乙方得到按自己所述的提醒，以及只关系到自己的期限。",
        "Whose the receiver is: a party is told by its own view, and of deadlines that are its business alone.",
    ),
    "api.schema.WebhookShown": ("一个订阅，以及已通知到的位置。", "A webhook, and the position it is done with."),
    "api.field.WebhookShown.alert": ("已通知到第几条提醒。", "The number of the alert it is done with."),
    "api.schema.WebhookMade": ("新建的订阅，附签名密钥。", "A webhook just made, with its secret."),
    "api.schema.DeadLetter": ("一个未送达的通知。", "A notification that could not be delivered."),
    "api.field.DeadLetter.alert": ("提醒的编号；事实则为空。", "The alert's number; null of a fact."),
    "api.field.DeadLetter.last_status": ("0：没有答复。", "0: no answer came."),
    "api.schema.Delivered": ("重新发送的结果。", "What came of trying again."),
    "api.schema.LogKey": (
        "验证公钥，属于日志还是见证人，从哪一条起使用。",
        "A verifier key, whose it is, and from which fact on.",
    ),
    "api.schema.LogKeys": (
        "日志自己的公钥，与见证人的公钥分列。",
        "The log's own public keys, and apart from them the witnesses'.",
    ),
    "api.schema.WitnessKey": (
        "准予的见证人的公钥；只有 `principal` 可以提交它的签名。",
        "The key of a witness that is admitted; only `principal` may leave cosignatures by it.",
    ),
    "api.schema.Bound": (
        "已停用的密钥最后可签的条数和树根；它的签名超过此处即不成立。",
        "The last size and root a retired key may have signed; it passes nothing beyond.",
    ),
    "api.schema.LogProof": (
        "RFC 9162 证明：包含证明有 `index`，一致性证明有 `first`；散列值用 base64。",
        "An RFC 9162 proof: `index` for inclusion, `first` for consistency; hashes in base64.",
    ),
    "api.field.LogProof.index": ("叶的序号，见于包含证明。", "The leaf's index, for inclusion."),
    "api.field.LogProof.first": ("较早的条数，见于一致性证明。", "The earlier size, for consistency."),
    "api.field.LogProof.tlog_proof": (
        "同一证明的 C2SP tlog-proof 形式，见于包含证明。",
        "The same as a C2SP tlog-proof, for inclusion.",
    ),
    "api.schema.CosignatureIn": (
        "见证人对 `size` 条处的检查点的签名行，以及验证它的公钥。",
        "A witness's line below a checkpoint of `size` leaves, and the key it verifies with.",
    ),
    "api.schema.Verdict": (
        "核验的结果：通过、不完整或不符，以及不符和未能核对之处。",
        "What verification found: passed, incomplete or failed, and what failed or could not be checked.",
    ),
    "api.schema.EvidencePreview": ("证据包将有的内容。", "What an evidence package would hold."),
    "api.schema.ExportShown": ("证据包及其进度。", "An evidence package and how far it is."),
    "api.field.ExportShown.progress": ("百分数；做完为 100。", "Percent; 100 once it is done."),
}
