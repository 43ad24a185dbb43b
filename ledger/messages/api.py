"""What the OpenAPI document and the page made of it say of the ledger and of each operation.

Part of the one catalogue, Chinese first, English second; :mod:`ledger.messages` is the door. An operation has its
title at ``api.NAME`` and what more there is to say at ``api.NAME.more``. Markdown.
"""

from __future__ import annotations

API: dict[str, tuple[str, str]] = {
    # --- the document ----------------------------------------------------------------------------
    "api.about": (
        "记入事实，得出结论。`/api/v1` 下的地址除 `verify` 外都需要密钥：`Authorization: Bearer lvy_…`；"
        "在 `/docs` 页上试用，先按 Authorize 填入密钥。日期为北京时间，金额是写在引号内的十进制数（元）。"
        "请求被拒绝时返回 RFC 9457 问题文档，供程序判断的是其中不变的 `code`。"
        "示例取自随附的合同 CU12-1101-2025-018605 及其一年的履约事实。",
        "Facts go in, conclusions come out. Every path under `/api/v1` except `verify` needs a key: "
        "`Authorization: Bearer lvy_…`; to try things out at `/docs`, press Authorize and give it first. Days are "
        "those of Beijing, amounts decimals in quotes (yuan). Errors are RFC 9457 problem documents with a stable "
        "`code`. The examples are of the contract that ships, CU12-1101-2025-018605, and its year of facts.",
    ),
    "api.server": ("本服务", "This server"),
    "api.key": (
        "密钥（以 lvy_ 开头），或身份提供方签发的令牌。打开本页和订阅日历（.ics）时浏览器询问用户名和密码："
        "用户名可任意填写，密码填密钥；其余请求用 `Authorization: Bearer` 加密钥。",
        "An API key (lvy_…), or a token of the identity provider. For this page and for calendars (.ics) a user name "
        "and a password are asked for: any user name, the key as the password; all else takes `Authorization: Bearer` "
        "and the key.",
    ),
    "api.tag.contracts": ("合同及其条款参数", "Contracts and their terms"),
    "api.tag.facts": ("发生了什么：一经记录，不再改变", "What happened, recorded once and for good"),
    "api.tag.conclusions": ("由事实得出的结论", "What follows from the facts"),
    "api.tag.documents": ("事实所附的文件，以摘要指明", "Files that facts speak of, by their digest"),
    "api.tag.imports": (
        "导入：表格、数电票、监控告警先成为草稿，确认后才登记",
        "Imports: tables, electronic invoices and alerts become drafts, recorded once confirmed",
    ),
    "api.tag.deadlines": ("履约期限（iCalendar）", "Deadlines as iCalendar"),
    "api.tag.events": (
        "新事实的推送：服务器推送事件和订阅",
        "New facts as they come: server-sent events and webhooks",
    ),
    "api.tag.evidence": (
        "透明日志、证据包及其核验",
        "The transparency log, evidence packages and their verifier",
    ),
    "api.tag.access": ("谁可以做什么", "Who may what"),
    "api.tag.operations": ("运行状况和指标", "Health and metrics"),
    # --- contracts -------------------------------------------------------------------------------
    "api.register_contract": ("登记合同", "Register a contract by its terms"),
    "api.register_contract.more": (
        "登记即合同的第一条事实。以同样的条款参数再次登记，不作改动（200）。`by` 是调用者的角色：甲方或乙方。",
        "The registration is the contract's first fact. The same terms again change nothing (200). `by` is the "
        "caller's role, party A or party B.",
    ),
    "api.list_contracts": ("可查看的合同及其现状", "The contracts the caller may see, and how each stands"),
    "api.list_contracts.more": (
        "分页返回，默认按登记先后；下一页的地址在响应头 `Link` 中。条件如 `where=overdue>10000.00`、"
        "`where=termination_allowed`、`where=next_deadline<=30d`、`where=one_short`、`where=claims>=1`。",
        "A page at a time, in the order of registration unless told otherwise; the `Link` header names the next one. "
        "Conditions are such as `where=overdue>10000.00`, `where=termination_allowed`, `where=next_deadline<=30d`, "
        "`where=one_short`, `where=claims>=1`.",
    ),
    "api.portfolio": ("合同一览", "How every contract of the caller stands, at once"),
    "api.portfolio.more": ("可查看的合同每份一行。", "A line for every contract the caller may see."),
    "api.suppose": (
        "假设：全部合同中哪些会变", "What if: which of the caller's contracts would change?"
    ),
    "api.suppose.more": (
        "换一种解读（readings）、多一份放假通知（notices）、或每份合同都另有这些事实（facts）；不记录。"
        "两秒内算不完则答 202，`Location` 是结果的地址。",
        "Under other readings, with another notice on working days, or with these facts in every contract (an "
        "AmendmentAgreed, say); nothing is recorded. Where it takes more than two seconds the answer is 202 and "
        "`Location` is where the result will be.",
    ),
    "api.supposed_portfolio": ("一项假设的结果", "The result of a supposition"),
    "api.supposed_portfolio.more": (
        "仅提出者可取；算完以前答 202 和进度。",
        "Only for who asked; 202 and how far it is until it is worked out.",
    ),
    "api.read_contract": ("一份合同：版本和登记的条款参数", "A contract: its version and registered terms"),
    "api.read_contract.more": ("其中的版本用于 `If-Match`。", "The version is what `If-Match` takes."),
    # --- facts -----------------------------------------------------------------------------------
    "api.record_facts": ("记录一条或几条事实", "Record a fact, or several together"),
    "api.record_facts.more": (
        "要么全部记录，要么一条也不记。带 `If-Match` 时，合同此间已有新版本则不记录（412）；带 `Idempotency-Key` 时，"
        "重发同一请求得到第一次的答复。全部事实早已记录（`ref` 相同）的，返回 200。",
        "All or nothing. `If-Match` refuses where the contract has moved on (412); `Idempotency-Key` makes a retry "
        "answer what was answered first. 200 where every fact had been recorded before (same `ref`).",
    ),
    "api.list_facts": ("合同的事实，按记录先后", "The facts of a contract, in the order they were recorded"),
    "api.list_facts.more": (
        "分页返回；下一页的地址在响应头 `Link` 中。",
        "A page at a time; the `Link` header names the next one.",
    ),
    "api.read_fact": ("一条事实", "One fact"),
    "api.read_fact.more": (
        "以序号、`#序号`、编号或 `ref` 指明；事实一经记录，不再改变。",
        "By its number, `#number`, id or `ref`; facts never change.",
    ),
    "api.list_types": ("事实有哪些类型", "The types of facts"),
    "api.list_types.more": (
        "各有名称、条款、谁可以说，以及属于哪个协议范本（null：每份合同都有，或账本自己记录）。",
        "Each with its names, article, who may say it, and the model agreement it belongs to (null: every "
        "contract's, or the ledger's own).",
    ),
    "api.read_type": ("一个类型：字段、含义和例子", "One type: fields, meaning, an example"),
    "api.read_type.more": (
        "例子可以照抄记录；账本自己记录的和合同登记没有例子。",
        "The example can be recorded as it stands; what the ledger itself records, and a registration, have none.",
    ),
    "api.read_personal": ("一条事实中的个人信息原文", "The personal values of a fact, in the clear"),
    "api.read_personal.more": (
        "按字段列出，已删除的为 null。只向须知情的合同双方提供；提供本身会留下记录。",
        "By field; null where they were erased. For the parties, who have to know; that they were shown is kept.",
    ),
    # --- conclusions -----------------------------------------------------------------------------
    "api.status": ("合同现状", "Everything that holds"),
    "api.status.more": (
        "截至某日、按某一时刻所知、略去某角色有异议的事实、按所选的条款解读，得出的全部结论。",
        "As of a day, by what was known at a moment, as one role sees it, under the readings asked for.",
    ),
    "api.obligations": ("义务：谁应做什么、何时到期", "Who owes what, by when"),
    "api.obligations.more": (
        "全部义务，或只看某一状态的、某一方的。",
        "Every obligation, or those in one state, or of one party.",
    ),
    "api.claims": ("哪些话只是一方主张", "What one side alone claims"),
    "api.claims.more": (
        "只在陈述方自己视角下计入的事实，和因何如此；经另一方认可（`FactAcknowledged`）或由生效裁判支持，"
        "即计入共同记录。"
        "双方视角因此不同之处见现状的 `positions`。",
        "The facts that count only as seen by the role that said them, and why. Once the other party acknowledges one "
        "(`FactAcknowledged`), or a final judgment upholds it, it is of record. Where the views differ for that is in "
        "the status, under `positions`.",
    ),
    "api.incidents": ("重大事件：定级和计数", "Incidents, graded and counted"),
    "api.incidents.more": (
        "一年内计入哪些事件，哪些不计入及其理由（附件 1，第 10.3 条）。",
        "Which incidents count within the year, which do not and why (annex 1, art. 10.3).",
    ),
    "api.termination": ("甲方可否解除合同", "May party A terminate?"),
    "api.termination.more": (
        "第 10.1、10.2、10.4 条的解除事由，以及距下一个事由还差多少。",
        "The grounds under articles 10.1, 10.2 and 10.4, and how far off the next is.",
    ),
    "api.damages": ("违约金", "Liquidated damages"),
    "api.damages.more": (
        "按附件 2、附件 3 逐项列出应计的违约金，以及已结清的。法院可以调整违约金（民法典第五百八十五条第二款）；"
        "超过所造成损失百分之三十的，一般认定为过分高于损失（法释〔2023〕13号第六十五条）。",
        "What has accrued by annexes 2 and 3, item by item, and what was settled. A court may adjust liquidated "
        "damages (Civil Code 585.2); what exceeds the loss caused by more than 30 % is as a rule held excessive (Fa "
        "Shi [2023] No. 13, article 65).",
    ),
    "api.sensitivity": ("换一种解读会怎样", "What another reading would change"),
    "api.sensitivity.more": (
        "逐一改变条款解读，列出会改变任何结论的；并列出无论怎样解读都成立的。费时较长或带 `Prefer: respond-async` 时，"
        "以 202 告知进度和再问的地址。",
        "Every single change of reading that would change a conclusion, and what holds under every reading. Where it "
        "takes long, or with `Prefer: respond-async`, 202 says how far it is and where to ask again.",
    ),
    "api.replay": ("重演：每条事实改变了什么", "What each fact changed"),
    "api.replay.more": (
        "按先后列出每条事实和每个引起变化的期日，以及各自改变了什么。",
        "Every fact, and every day that changed something, in order, with what it changed.",
    ),
    "api.explain": ("一个结论的理由", "Why is it so?"),
    "api.explain.more": (
        "从结论追溯到条款原文、推算和所依据的事实。",
        "From a conclusion to the words of the contract, the arithmetic, and the facts it rests on.",
    ),
    "api.clauses": ("合同条款原文及其现状", "The contract's own words, and what holds under each"),
    "api.clauses.more": (
        "逐条列出合同原文、以其为据的结论和现状、其下的事实、所用的条款解读。`article` 只取其中一条及其下各款。",
        "Clause by clause: the contract's words, the conclusions that stand on it as they are now, the facts under it, "
        "the readings in force. `article` takes one, with what is within it.",
    ),
    "api.diff": ("两个时点之间变了什么", "What changed between two days or two moments"),
    "api.diff.more": (
        "`as_of` 或 `known_at` 给两个，先“从”后“到”：列出其间的变化，以及造成变化的事实。",
        "Give `as_of` twice, or `known_at` twice: from the first to the second, and which facts changed it.",
    ),
    "api.simulate": ("假设：多这些事实会怎样", "What if these facts were recorded too?"),
    "api.simulate.more": (
        "不作记录。假设的事实可在将来，也不限于由调用者作出。",
        "Records nothing. Facts may lie ahead, and may be anybody's.",
    ),
    # --- documents, deadlines --------------------------------------------------------------------
    "api.upload_document": ("上传文件", "Upload a document"),
    "api.upload_document.more": (
        "请求正文即文件，`Content-Type` 为文件的媒体类型，须与内容相符；也可以是 `multipart/form-data` 表单，"
        "含一个文件，`about` 和 `name` 可写在表单里。答复的内容可写入事实的 `documents`；"
        "再次上传同一文件不作改动（200）。带 `about` 时，同时记录它属于哪条事实或哪项需求。",
        "The body is the file, its `Content-Type` the file's, which must fit what it holds; or a `multipart/form-data` "
        "form with one file, in which `about` and `name` may stand. The answer says what a fact names in `documents`; "
        "the same file again changes nothing (200). With `about` it is also recorded to belong to a fact or request.",
    ),
    "api.list_documents": ("合同的文件", "The documents of a contract"),
    "api.list_documents.more": ("已上传的文件，按摘要排列。", "What was uploaded, by digest."),
    "api.make_import": ("导入文件", "Import a file"),
    "api.make_import.more": (
        "请求正文即文件，也可以是含一个文件的 `multipart/form-data` 表单。`kind` 为 `table`（CSV 或 xlsx）、"
        "`einvoice`（数电票 XML）、"
        "`alertmanager`（Prometheus Alertmanager 的 webhook，版本 4）或 `zabbix`（触发器事件，每行一个 JSON）。"
        "答复是草稿及其错误；在确认之前什么都不登记。监控系统可以直接把通知发到这里，以密钥作 Bearer。"
        "同一文件再次导入是同一次导入（200）。",
        "The body is the file, or a `multipart/form-data` form with one file. `kind` is `table` (CSV or xlsx),"
        " `einvoice`"
        " (the XML of a 数电票), `alertmanager` (the webhook of Prometheus Alertmanager, version 4) or `zabbix`"
        " (trigger"
        " events, one JSON a line). The answer has the drafts with their faults; nothing is recorded until they are"
        " confirmed. A monitoring system can post its notifications here, its key as Bearer. The same file again is the"
        " same import (200).",
    ),
    "api.list_imports": ("合同的导入", "The imports of a contract"),
    "api.list_imports.more": (
        "调用者自己的角色所作的导入，最近的在前，不含各条草稿；其他角色看不到。",
        "Those of the caller's own role, the latest first, without their drafts; no other role sees them.",
    ),
    "api.read_import": ("一次导入及其草稿", "An import with its drafts"),
    "api.read_import.more": (
        "每条草稿、其中的错误及所在的格、登记后的事实编号。",
        "Every draft, what is wrong with it and in which cell, and the fact it became.",
    ),
    "api.amend_draft": ("修改一条草稿", "Change a draft"),
    "api.amend_draft.more": (
        "正文以字段为键，值写成表格里的样子（如 `\"1,200.00\"`、`\"2026/3/2\"`）；null 删去该值。"
        "其余草稿随之重新核对。",
        "The body has values by field, written as in a table's cell (such as `\"1,200.00\"` or `\"2026/3/2\"`); null"
        " takes"
        " one away. The other drafts are judged anew.",
    ),
    "api.preview_import": ("登记会改变什么", "What recording would change"),
    "api.preview_import.more": (
        "所指各条（不指明则全部草稿）若现在登记，结论会有哪些变化；什么都不登记。",
        "What the conclusions would be if these rows (all drafts, if none are named) were recorded now; records"
        " nothing.",
    ),
    "api.confirm_import": ("登记草稿", "Record drafts"),
    "api.confirm_import.more": (
        "登记所指各条（不指明则全部草稿），要么全部，要么全不；原文件存为文件，由每条事实指明。"
        "只能登记由自己的角色陈述的草稿。再次确认不作改动（200）。",
        "Records these rows (all drafts, if none are named), all or nothing; the file is kept as a document that each"
        " fact names. Only drafts said by the caller's own role. Confirmed again, nothing changes (200).",
    ),
    "api.discard_import": ("放弃草稿", "Discard drafts"),
    "api.discard_import.more": (
        "放弃所指各条（不指明则全部草稿）；没有登记过的导入随之删除。",
        "Discards these rows (all drafts, if none are named); an import of which nothing was recorded goes as a whole.",
    ),
    "api.read_document": ("下载文件", "A document"),
    "api.read_document.more": (
        "文件本身，供保存，不在浏览器中打开。",
        "The file itself, to be saved and never shown in place.",
    ),
    "api.contract_deadlines": ("合同的履约期限", "The deadlines of a contract"),
    "api.contract_deadlines.more": (
        "待履行和逾期的义务、合同期限的届满日，以及解除权的消灭日。",
        "What is pending or overdue, the end of the term, and the day an open ground lapses.",
    ),
    "api.all_deadlines": ("可查看的全部合同的履约期限", "The deadlines of every contract the caller may see"),
    "api.all_deadlines.more": (
        "内容与单份合同的相同，合为一份日历。",
        "The same for the whole portfolio.",
    ),
    # --- events ----------------------------------------------------------------------------------
    "api.stream_events": ("新事实的推送", "New facts as they are recorded"),
    "api.stream_events.more": (
        "服务器推送事件：`id` 是在账本中的位置，`event` 是事实类型，`data` 是事实。带 `Last-Event-ID` "
        "时先补发其后的全部事实（0 为从头开始），否则只推送新的。遇到无法读取的事实时，以 `problem` 事件"
        "说明原因（同一份 problem 文档）并结束，重连后从该处继续。",
        "Server-sent events: `id` is the position in the ledger, `event` the type, `data` the fact. With "
        "`Last-Event-ID` every fact since is sent first (0: from the beginning); without, only new ones. Where a "
        "fact cannot be read, an event `problem` says why (the problem document) and ends the stream; a reader that "
        "connects again goes on from there.",
    ),
    "api.create_webhook": ("订阅新事实", "Tell an address of new facts"),
    "api.create_webhook.more": (
        "通知为 CloudEvents 1.0 格式，按 Standard Webhooks 签名；签名所用的密钥只在这次答复中显示。",
        "CloudEvents 1.0, signed as Standard Webhooks has it; the secret is shown in this answer only.",
    ),
    "api.list_webhooks": ("全部订阅", "Every webhook"),
    "api.list_webhooks.more": (
        "以及各自已通知到账本的哪个位置。",
        "And the position of the ledger each is done with.",
    ),
    "api.delete_webhook": ("取消订阅", "Tell it no more"),
    "api.delete_webhook.more": ("未送达的通知仍然列出。", "What could not be delivered stays listed."),
    "api.list_dead_letters": ("未送达的通知", "What could not be delivered"),
    "api.list_dead_letters.more": (
        "尝试八次后放弃；接收方答复 410 的，立即放弃。",
        "Given up after eight attempts, or at once where the receiver answered 410.",
    ),
    "api.retry_delivery": ("重新发送", "Try it once more"),
    "api.retry_delivery.more": ("送达后不再列出。", "Where it arrives now, it leaves the list."),
    # --- evidence --------------------------------------------------------------------------------
    "api.log_checkpoint": ("日志的检查点", "The signed head of the log"),
    "api.log_checkpoint.more": (
        "对已记录的全部事实签名的 C2SP tlog-checkpoint，附收到的见证签名。",
        "A C2SP tlog-checkpoint over everything recorded, with every cosignature that came for it.",
    ),
    "api.published_checkpoint": ("静态日志的检查点", "The log as tiles: its signed head"),
    "api.published_checkpoint.more": (
        "最近签名的检查点（C2SP tlog-tiles 的 `checkpoint`）。以 `--public-log` 启动的服务不要求密钥。",
        "The last checkpoint signed (`checkpoint` of C2SP tlog-tiles). A server started with `--public-log` asks for no"
        " key.",
    ),
    "api.published_tile": ("静态日志的一个文件", "The log as tiles: one file"),
    "api.published_tile.more": (
        "C2SP tlog-tiles 的 `tile/<层>/<序号>[.p/<宽>]`：256 个散列值一个文件，签名后不再改变。`entries` "
        "是事实本身，须有对全部合同的读取权限。",
        "`tile/<L>/<N>[.p/<W>]` of C2SP tlog-tiles: 256 hashes a file, which never changes once signed. `entries` are"
        " the facts themselves, for who may read every contract.",
    ),
    "api.path.tile": ("层、序号、宽度，例如 `0/000.p/7`", "level, index and width, such as `0/000.p/7`"),
    "api.log_keys": ("日志和见证人的公钥", "The public keys of the log and its witnesses"),
    "api.log_keys.more": (
        "日志自己的公钥与见证人的分列，各附 PEM 和可在电话中核对的指纹；已停用的附其最后可签的条数和树根。"
        "请与从别处取得的核对。",
        "The log's own apart from the witnesses', each with PEM and a fingerprint for the telephone; a retired one with"
        " the last size and root it may have signed. Compare them with what you were told elsewhere.",
    ),
    "api.log_proof": (
        "证明某条事实在日志中，或较早的日志是其开头",
        "Prove that a fact is in the log, or that an earlier log is its beginning",
    ),
    "api.log_proof.more": (
        "包含证明：给出 `contract` 和 `seq`。一致性证明：给出 `first`。都以 `size` 条处的检查点为准（RFC 9162）。",
        "Inclusion: `contract` and `seq`. Consistency: `first`. Both against the checkpoint of `size` (RFC 9162).",
    ),
    "api.log_cosign": ("提交见证签名", "Leave a witness's cosignature"),
    "api.log_cosign.more": (
        "`signature` 是检查点文本下面的签名行，`key` 是操作员准予本使用者的见证公钥（0x04 类型）。"
        "返回附有见证签名的检查点。",
        "`signature` is the line below the note, `key` the cosignature key (type 0x04) that the operator admitted for "
        "you. Answers the cosigned note.",
    ),
    "api.export_evidence": ("导出证据包", "The dispute package"),
    "api.export_evidence.more": (
        "zip 中的 BagIt 包，附核验程序。导出本身也作为事实记录（`EvidenceExported`）。费时较长或带 `Prefer: "
        "respond-async` 时，返回 202 和取包的地址。",
        "A BagIt bag in a zip, with its own verifier. The export is itself recorded (`EvidenceExported`). Where it "
        "takes long, or with `Prefer: respond-async`, 202 says where it will be.",
    ),
    "api.cancel_export": ("取消导出", "Cancel a package"),
    "api.cancel_export.more": (
        "等待中的不再制作，制作中的在下一步停下，已做好的不再保留。已记录的 `EvidenceExported` 不会撤销。",
        "One that waits is not begun, one being built ends at its next step, one that is done is no longer kept. What "
        "was recorded of it (`EvidenceExported`) stays recorded.",
    ),
    "api.preview_evidence": ("预览证据包", "What a package would hold"),
    "api.preview_evidence.more": (
        "列出证据包将有多少条事实、多少条只列摘要、报告的各节、附哪些文书；不作任何记录，也不签名。",
        "How many facts it would show or stand for by digests, the sections of its report, its documents. Nothing is "
        "recorded or signed.",
    ),
    "api.read_export": ("证据包的进度", "How far a package is"),
    "api.read_export.more": (
        "`progress` 为百分数；`done` 时给出证据包的地址，`failed` 时给出代码。保留一小时。",
        "`progress` in percent; `done` with a link to the package, or `failed` with a code. Kept for an hour.",
    ),
    "api.read_package": ("下载证据包", "The package itself"),
    "api.read_package.more": (
        "只给导出的人；还没有做完时返回 409。",
        "For whoever asked for it; 409 while it is not done.",
    ),
    "api.verify_package": ("核验证据包", "Verify an evidence package"),
    "api.verify_package.more": (
        "在单独的进程中运行 `lvyue verify`，以本日志自己的公钥核对。请不要只凭我们的答复："
        "用从别处取得的公钥，自己运行包内的 `verify.py`。",
        "What `lvyue verify` says, in a process of its own, against this log's own keys. Do not take our word for it: "
        "run the `verify.py` that lies in the package yourself, with keys you were given elsewhere.",
    ),
    # --- access, operations ----------------------------------------------------------------------
    "api.who_am_i": ("我是谁，有哪些角色", "Who the caller is, and its roles"),
    "api.who_am_i.more": (
        "记入 `recorded_by` 的名称，以及在各合同中的角色（`*` 为其余全部合同）。",
        "The name that `recorded_by` will show, and the role on each contract (`*`: on all others).",
    ),
    "api.list_principals": ("全部使用者", "Every principal"),
    "api.list_principals.more": ("列出角色和密钥的编号，从不列出密钥。", "Roles and keys, never a secret."),
    "api.read_principal": ("一个使用者", "One principal"),
    "api.read_principal.more": (
        "改变其角色时，`If-Match` 用这里的 ETag。全部角色都撤销了的，`roles` 为空。",
        "Its ETag is what `If-Match` takes when its roles are changed. `roles` is empty where all were taken away.",
    ),
    "api.grant_role": ("授予角色", "Grant a role"),
    "api.grant_role.more": (
        "取代其在该合同中原有的角色。改变已有的使用者，须带 `If-Match`（否则 428）。",
        "Instead of the role it had on that contract. Changing one that exists needs `If-Match` (428).",
    ),
    "api.revoke_role": ("撤销角色", "Take roles away"),
    "api.revoke_role.more": (
        "某一份合同中的；不带 `contract` 时，全部角色和全部密钥。须带 `If-Match`（否则 428）。"
        "使用者本身留在册上，没有角色，仍可读取（200）：访问记录所记是谁，日后还要查得到。",
        "On one contract, or (without `contract`) every role and every key. Needs `If-Match` (428). The principal stays"
        " on the list without a role and can still be read (200): the access log names it for good.",
    ),
    "api.issue_key": ("签发密钥", "A new key"),
    "api.issue_key.more": ("密钥只在这次答复中显示。", "Shown in this answer and never again."),
    "api.revoke_key": ("撤销密钥", "Revoke a key"),
    "api.revoke_key.more": (
        "在本进程立即生效，在其他进程一秒内生效。",
        "At once here, within a second in other processes.",
    ),
    "api.read_access_log": ("授予、拒绝和导出的记录", "What was granted, refused and exported"),
    "api.read_access_log.more": (
        "按先后排列，供 operator 和审计查看；只审计某些合同的，只看到与这些合同有关的记录，以及对全部合同的授权。"
        "接着往下读：`after` 写最后一条的 `id`。",
        "In order; for operators and auditors. An auditor of some contracts sees what concerns these, and who was "
        "given or lost a role on every contract. Go on with `after` = the last `id`.",
    ),
    "api.healthz": ("服务是否在运行", "Is the server up?"),
    "api.healthz.more": ("有答复，就是在运行。", "It answers, so it is."),
    "api.readyz": ("服务能否读到账本", "Can the server reach its ledger?"),
    "api.readyz.more": (
        "读取账本的最后位置；读不到时返回 503。",
        "Reads the last position of the ledger; 503 where it cannot.",
    ),
    "api.metrics": ("Prometheus 指标", "Counters for Prometheus"),
    "api.metrics.more": ("供 operator 和审计查看。", "For operators and auditors."),
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
    # --- schemas: conclusions --------------------------------------------------------------------
    "api.schema.Status": ("合同的全部结论。", "Everything that holds of a contract."),
    "api.schema.Term": (
        "合同期限；`provisional` 为暂定。",
        "The term of the contract; `provisional` where it may still move.",
    ),
    "api.schema.Balance": ("款项（元）。", "Money, in yuan."),
    "api.schema.Obligation": (
        "一项义务：条款、义务方、到期日、状态，以及产生和了结的依据。",
        "An obligation: its clause, who owes it, by when, its state, and the facts that raised and settled it.",
    ),
    "api.schema.Incidents": (
        "重大事件：计数期内 A 级、B 级各几起，计入和不计入的事件，各事件的级别。",
        "How many incidents of each grade the year counts, which count, which do not, and every grade.",
    ),
    "api.schema.CountedIncident": (
        "计入的事件；`members` 是同因事件。",
        "An incident that counts; `members` are those of the same cause.",
    ),
    "api.schema.ExcludedIncident": ("不计入的事件及其理由。", "An incident that does not count, and why."),
    "api.schema.Termination": (
        "甲方可否解除合同，有哪些事由，还差多少。",
        "Whether party A may terminate, the grounds, and how far off the next is.",
    ),
    "api.schema.Ground": (
        "一个解除事由：条款、发生日、消灭日、可以行使的最后一日（消灭日与合同最后一日中较早者，仅限成立中的）和依据。",
        "A ground for termination: its clause, when it arose, when it lapses, the last day it can be used (the earlier "
        "of its lapse and the contract's last day; only of an open one), and the facts.",
    ),
    "api.schema.Declaration": (
        "一次宣告解除；送达乙方之前 served_on 为空。",
        "A declaration; served_on is the day it reached party B, null until it has.",
    ),
    "api.schema.Headroom": (
        "距解除还差的 B 级事件数。",
        "How many more B-grade incidents would open the right to terminate.",
    ),
    "api.schema.Exit": ("乙方的退出申请（第十一条）。", "Party B's request to leave (art. 11)."),
    "api.schema.Damages": (
        "违约金：应计、已结清、尚可抵扣和各项目（元）。应计的是按合同算出的数额，法院可以调整（民法典第五百八十五条"
        "第二款）；超过所造成损失百分之三十的，一般认定为过分高于损失（法释〔2023〕13号第六十五条）。",
        "Liquidated damages: accrued, settled, still deductible, and item by item (yuan). What accrued is what the "
        "contract's tables come to: a court may adjust it (Civil Code 585.2), and what exceeds the loss caused by more "
        "than 30 % is as a rule held excessive (Fa Shi [2023] No. 13, article 65).",
    ),
    "api.schema.DamagesItem": (
        "违约金项目：附件和行、基数、比例、金额和依据；双方商定或法院判定的金额（agreed:…）没有附件、行、基数和比例。",
        "A damages item: annex and row, base, rate, amount, and the facts; an amount that the parties agreed or a "
        "court ruled (agreed:…) has no annex, row, base or rate.",
    ),
    "api.schema.Limitation": (
        "一项尚未清偿的债务及其诉讼时效（申请执行）期间；期间不在进行时 last_day 为空。",
        "A debt and until when a court protects it; last_day is null where time does not run.",
    ),
    "api.schema.Anomaly": ("与合同不符的事实。", "A fact that does not agree with the contract."),
    "api.schema.Claim": (
        "只在陈述方自己视角下计入的事实：谁说的、因何不计入共同记录（`why`）、所涉的事件、月份、事实或争议。",
        "A fact that counts only as seen by the role that said it: whose it is, why it is not of record, and the "
        "incident, month, fact or dispute it concerns.",
    ),
    "api.schema.Position": (
        "共同记录与双方视角不一致的一处结论，及其在三者之下的值；没有的为 `null`。",
        "A path on which the record and the views of the parties differ, with its value in each; `null` for none.",
    ),
    "api.schema.NextChange": (
        "若无新事实，接下来的变化：哪一天、哪一处，由什么变为什么。",
        "What changes next if nothing new happens: the day, the path, and its values before and from then on.",
    ),
    "api.schema.ReadingMatters": (
        "会改变结果的另一种解读。",
        "A change of reading that would change the outcome.",
    ),
    "api.schema.Receipt": (
        "结论的凭据：规则版本、条款参数、放假通知、最后一条事实和结论的摘要。",
        "What the answer rests on: the rules, and digests of the terms, the calendar, the last fact and the result.",
    ),
    "api.schema.ObligationsSection": ("现状中的义务部分。", "The obligations of a status."),
    "api.schema.IncidentsSection": ("现状中的重大事件部分。", "The incidents of a status."),
    "api.schema.TerminationSection": ("现状中的解除部分。", "The termination of a status."),
    "api.schema.ClaimsSection": ("现状中的主张部分。", "The claims of a status."),
    "api.schema.DamagesSection": ("现状中的违约金部分。", "The damages of a status."),
    "api.schema.SensitivitySection": (
        "会改变结论的其他解读，以及无论怎样解读都成立的结论。",
        "The readings that would change a conclusion, and what holds under every reading.",
    ),
    "api.schema.Robust": (
        "无论怎样解读都成立的结论；其余的，列出能改变它的最少的换用。`tried` 为 `all` 时，"
        "可能有影响的解读的全部组合都已试过；为 `pairs` 时只试了每一项和每两项。",
        "What holds under every reading; of the rest the fewest exchanges that change it. With `tried` `all` every "
        "combination of the readings that can matter was tried, with `pairs` each one and each two.",
    ),
    "api.schema.Holds": ("在所试的各种解读下都不变的结论。", "A conclusion that no reading that was tried changes."),
    "api.schema.TurnsOn": (
        "取决于怎样解读的结论：`changed_by` 是能改变它的换用，每组最少，按解读表的次序。",
        "A conclusion that turns on a reading: `changed_by` has every smallest set of exchanges that changes it, in "
        "the order of the table of readings.",
    ),
    "api.schema.WeighingShown": (
        "正在换用其他解读逐一计算，以及进度。",
        "Other readings are being tried; how far that is.",
    ),
    "api.field.WeighingShown.progress": ("百分数。", "Percent."),
    "api.field.WeighingShown.answer": (
        "答复的地址：截至日和知悉时点已写明，可以反复询问，算完即答。",
        "Where the answer is: with the day and the moment of the question written out; ask there again until it "
        "answers.",
    ),
    "api.schema.Change": (
        "一处变化：结论的路径、原为、变为。",
        "A change: the path of a conclusion, what it was, what it is.",
    ),
    "api.schema.ReplayEntry": (
        "一条事实，或（为 null 时）经过的期日，以及它改变了什么；依记录先后时另有何时由谁记录。",
        "A fact, or (with null) a day that passed, and what it changed; in order of recording also when and by whom.",
    ),
    "api.schema.Diff": (
        "两个时点之间的变化，以及造成变化的事实。",
        "What changed from one to the other, and the facts that make the difference.",
    ),
    "api.schema.DiffChange": (
        "一处变化，以及造成它的事实或期日。",
        "A change, and the facts or days that made it.",
    ),
    "api.schema.Because": (
        "造成变化的事实和它的日期；`fact` 为 `null`：期日经过。",
        "A fact that made a change, and its day; where `fact` is `null` the day itself did.",
    ),
    "api.schema.DiffSide": ("相比的时点之一。", "One of the two that are compared."),
    "api.schema.DiffFact": ("造成变化的一条事实。", "A fact that makes the difference."),
    "api.schema.ImaginedReceipt": ("假设的现状的凭据。", "What an imagined status rests on."),
    "api.field.ImaginedReceipt.head": (
        "为空：假设的事实没有摘要。",
        "Empty: what is imagined has no digest.",
    ),
    "api.schema.ImaginedStatus": ("假设之下的现状。", "The status if it were so."),
    "api.schema.WhatIf": (
        "假设之下的现状，以及与实际的不同。",
        "The status if it were so, and what would be different.",
    ),
    "api.schema.TypeLine": ("一类事实。", "A type of facts."),
    "api.schema.FactType": ("一类事实：字段、含义和例子。", "A type of facts: fields, meaning, an example."),
    "api.schema.NamedBy": (
        "引入或所关于的，及指明它的字段。",
        "What it brings in or is about, and the field that names it.",
    ),
    "api.schema.TypeField": ("一个字段，及其可填的值。", "A field, and the values it takes."),
    "api.schema.FieldOption": ("可填的一个词。", "A word it takes."),
    "api.schema.OnlyFor": ("只用于另一字段为这些词时。", "Only where another field has one of these words."),
    "api.schema.Words": ("同一句话的中文和英文。", "The same in Chinese and in English."),
    "api.schema.ClauseWords": ("合同或法律的原文。", "What the contract, or the law, says."),
    "api.schema.ReadingWords": ("所用的条款解读。", "A reading the answer used."),
    "api.schema.ExplainedFact": (
        "现在的事实；`data` 依类型而定，合同登记的为空。",
        "A fact as it stands; `data` by its type, of a registration empty.",
    ),
    "api.schema.ClauseNow": (
        "一条条款：原文、现状、其下的事实、所用的解读。",
        "A clause: its words, what holds under it, the facts under it, the readings used.",
    ),
    "api.schema.ClauseConclusion": (
        "以某条款为据的一个结论，现在怎样。",
        "A conclusion that stands on a clause, as it is now.",
    ),
    "api.schema.Clauses": ("合同的条款。", "The clauses of a contract."),
    "api.schema.Explanation": (
        "结论的理由：值、条款原文、推算、事实。",
        "Why it is so: the value, the words of the contract, the arithmetic, the facts.",
    ),
    "api.schema.JsonValue": ("任意 JSON 值。", "Any JSON value."),
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
    "api.schema.WebhookIn": (
        "把一份合同或全部合同（`*`）的哪些类型的事实通知到哪里（不写类型则为全部）。",
        "Where to send the facts of a contract, or of all (`*`), and of which types (none named: every).",
    ),
    "api.schema.WebhookShown": ("一个订阅，以及已通知到的位置。", "A webhook, and the position it is done with."),
    "api.schema.WebhookMade": ("新建的订阅，附签名密钥。", "A webhook just made, with its secret."),
    "api.schema.DeadLetter": ("一个未送达的通知。", "A notification that could not be delivered."),
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
