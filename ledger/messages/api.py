"""What the OpenAPI document and the page made of it say of the ledger and of each operation.

Part of the one catalogue, in Markdown. An operation has its title at ``api.NAME``, and what more there is to say at
``api.NAME.more``.
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
        "超过所造成损失百分之三十的，法院一般可以认定为过分高于损失（法释〔2023〕13号第六十五条）。",
        "What has accrued by annexes 2 and 3, item by item, and what was settled. A court may adjust liquidated "
        "damages (Civil Code 585.2); what exceeds the loss caused by more than 30 % it may as a rule find excessive "
        "(Fa Shi [2023] No. 13, article 65).",
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
}
