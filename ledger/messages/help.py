"""What the command line says of its verbs and their arguments: ``--help``. Part of the one catalogue."""

from __future__ import annotations

HELP: dict[str, tuple[str, str]] = {
    "help.lvyue": (
        "履约账本：记录事实，问合同现状、理由和期限。",
        "A ledger of contract performance: record what happened, ask what follows, and why.",
    ),
    "help.usage": ("用法：", "usage: "),
    "help.verbs": ("命令", "verbs"),
    "help.verb": ("命令", "VERB"),
    "help.arguments": ("参数", "arguments"),
    "help.options": ("选项", "options"),
    "help.question": ("提问方式", "what is asked"),
    "help.example": ("例：", "example:"),
    "help.more": ("每个命令的说明：lvyue 命令 --help", "about one verb: lvyue VERB --help"),
    "help.help": ("显示本说明", "show this help"),
    "help.version": ("显示版本", "show the version"),
    "help.store": (
        "账本地址（默认 LVYUE_STORE，否则 sqlite:///lvyue.db）",
        "the ledger's address (default LVYUE_STORE, else sqlite:///lvyue.db)",
    ),
    "help.csv": (
        "以 CSV 输出（带标记的 UTF-8，公式已失效）",
        "answer as CSV (UTF-8 with its mark, formulas disarmed)",
    ),
    "help.filters": ("只列出", "only those"),
    "help.type": ("这一类型的事实，如 InvoiceIssued 或 开具发票", "of this type, such as InvoiceIssued"),
    "help.said_by": ("这一角色所说的", "said by this role"),
    "help.recorded_by": ("此人记录的", "recorded by this principal"),
    "help.happened_from": ("此日或以后发生的", "that happened on this day or later"),
    "help.happened_until": ("此日或以前发生的", "that happened on this day or before"),
    "help.late": ("发生 N 天或更久以后才记录的", "recorded N days or more after they happened"),
    "help.replay_by": (
        "按发生的先后（happened，默认）或记录的先后（recorded）",
        "in order of happening (happened, default) or of recording (recorded)",
    ),
    "help.claims": (
        "一方主张、异议和双方分歧；认可或异议一条事实",
        "claims, contests and where the views differ; acknowledge or contest a fact",
    ),
    "help.answering": ("答复", "answering"),
    "help.acknowledge": ("认可这条事实（默认由对方认可）", "acknowledge this fact (by default as the other party)"),
    "help.contest": ("对这条事实提出异议（默认由对方提出）", "contest this fact (by default as the other party)"),
    "help.claim_reason": ("理由", "why"),
    "help.claim_document": (
        "随附的文件，可多次给出；附有文件的事实，只有附有文件的异议才能动摇",
        "a document to carry, as often as wished; what carries one is unsettled only by a contest that carries one",
    ),
    "help.claim_by": ("由谁答复（默认另一方）", "who answers (default: the other party)"),
    "help.deadlines": ("期限：已逾期的和将到期的", "deadlines: what is late and what falls due"),
    "help.until": ("只到这一天", "up to this day only"),
    "help.preview": ("只说明会引起什么变化，不作记录", "tell what it would change; record nothing"),
    "help.correct": ("更正一条事实的若干字段（原记录保留）", "correct fields of a fact (the record stays)"),
    "help.FIELD=VALUE": (
        "要改的字段，如 amount=5.00；on=日期 改发生日，值留空即去掉该字段",
        "the fields to change, such as amount=5.00; on=DAY moves the day, an empty value leaves a field out",
    ),
    "help.correct_reason": ("为什么更正", "why it is corrected"),
    "help.correct_by": ("由谁更正（默认原来说这条事实的角色）", "who corrects it (default: the role that said it)"),
    "help.as": (
        "由谁记录（默认操作系统的用户）",
        "who records (default: the operating system's user)",
    ),
    "help.json": ("结果以一份 JSON 输出", "answer with one JSON document"),
    "help.lang": (
        "语言 zh 或 en（默认 LVYUE_LANG，否则 zh）；evidence 的报告另可用 both（中英对照，默认 zh）",
        "zh or en (default LVYUE_LANG, else zh); a report of evidence may be in both (default zh)",
    ),
    "help.evidence_preview": (
        "只看证据包将有哪些内容，不作任何记录",
        "only tell what the package would hold; records nothing",
    ),
    "help.register": ("登记一份合同的条款参数", "register a contract by its terms"),
    "help.terms": (
        "签署前看条款参数：没有覆盖的数值、重复适用、不一致的下限、达不到的级别、变短的期限",
        "terms before signing: values no row holds, two rows for one, floors that disagree, grades out of reach",
    ),
    "help.check": ("check：看一份条款参数文件", "check: look at a file of terms"),
    "help.record": ("记录事实，要么全部，要么一条也不记", "record facts, all or none"),
    "help.status": (
        "合同现状：款项、义务、事件、解除、违约金",
        "how a contract stands: money, duties, incidents, grounds",
    ),
    "help.types": (
        "事实有哪些类型；一个类型的字段、含义和可照抄的例子",
        "the types of facts; of one its fields, what they mean, and an example to copy",
    ),
    "help.TYPE": (
        "类型，如 InvoiceIssued 或 开具发票；不写即列出全部",
        "a type, such as InvoiceIssued; all of them if left out",
    ),
    "help.facts": ("已记录的事实", "the facts on record"),
    "help.replay": ("逐条重演：每条事实、每个期日改变了什么", "each fact and passing day with what it changed"),
    "help.explain": ("一个结论的理由：事实、条款原文和推算", "why a conclusion is so: facts, words, arithmetic"),
    "help.clause": ("合同条款原文，各条款现在怎样", "the contract's own words, and what holds under each"),
    "help.ARTICLE": (
        "条款，如 9、9.1、第九条、附件3；不写即列出全部",
        "a clause, such as 9, 9.1 or annex 3; all of them if left out",
    ),
    "help.simulate": ("假设：多这些事实会怎样（不作记录）", "what if these facts were there too; records nothing"),
    "help.diff": (
        "两个时点之间变了什么，因为哪些事实",
        "what changed between two days or two moments, and by which facts",
    ),
    "help.portfolio": ("所有合同一览", "all contracts at a glance"),
    "help.calendar": (
        "某日是否工作日、依据哪个通知；推算期限；记录放假通知",
        "working days, by which notice; deadlines; record a notice",
    ),
    "help.demo": ("演示：一份合同的一年", "a demonstration: a year of a contract"),
    "help.DEMO": (
        "演示哪一份：contracts 目录中合同文件名的开头（默认第一份）",
        "which: how the name of a contract in contracts/ begins (the first by default)",
    ),
    "help.completion": ("输出命令补全脚本", "print a completion script for the shell"),
    "help.TERMS.toml": ("条款参数文件", "the file of terms"),
    "help.CONTRACT": ("合同编号", "the contract's id"),
    "help.FACTS.jsonl": (
        "每行一条事实的文件，或 JSON 数组、CSV、xlsx；- 为标准输入",
        "a file of one fact a line, or a JSON array, CSV or xlsx; - for standard input",
    ),
    "help.table": ("表格（没有相应的列时）", "of a table (where no column says it)"),
    "help.table_type": ("各行的事实类型", "the type of its rows"),
    "help.table_by": ("由谁陈述（默认 party_a）", "who says its facts (default party_a)"),
    "help.table_actor": ("由谁作出", "who did them"),
    "help.table_skip": (
        "不读取的列（列标题；没有标题的写字母），可重复",
        "a column not to read (its heading, or its letter where it has none); may be repeated",
    ),
    "help.PATH": (
        "结论的路径，如 termination.allowed，或义务、违约金项目的编号",
        "a conclusion such as termination.allowed, or the id of an obligation or damages item",
    ),
    "help.DAY": ("日期，或 publish（随后写通知文件）", "a day, or publish followed by a notice's file"),
    "help.NOTICE.json": (
        "通知文件：year、document、published_on、off_days、makeup_days",
        "the notice: year, document, published_on, off_days, makeup_days",
    ),
    "help.SHELL": ("bash 或 zsh", "bash or zsh"),
    "help.as_of": ("截至哪一日（默认今天，可在将来）", "as of which day (default today; may lie ahead)"),
    "help.known_at": (
        "只算此刻以前记录的事实，如 2026-11-22T14:00:00+08:00；只写日期即当日结束",
        "count facts recorded by then, e.g. 2026-11-22T06:00:00Z; a date means its end",
    ),
    "help.where": (
        "条件，可多次，须全部满足，如 overdue>10000.00、termination_allowed、next_deadline<=30d、one_short",
        "a condition (repeatable, all to be met): overdue>10000.00, termination_allowed, next_deadline<=30d, one_short",
    ),
    "help.prefix": ("只看编号以此开头的合同", "only contracts whose number begins so"),
    "help.contains": ("只看编号或名称含此字样的合同", "only contracts with this in their number or title"),
    "help.portfolio_order": (
        "按其中一项排列，前加 - 从大到小；只列该项不为零者，如 -overdue",
        "order by a name, highest first after -, of those that have something there: -overdue",
    ),
    "help.dask": (
        "在 Dask 集群上重新生成，例如 tcp://主机:8786；各工作进程的 LVYUE_STORE 指向本账本",
        "make all rows anew on a Dask cluster, such as tcp://host:8786; LVYUE_STORE names this ledger to each worker",
    ),
    "help.what_if": ("假设（不记录）：哪些合同会变", "what if (records nothing): which contracts would change"),
    "help.if_reading": ("若条款改按这一解读，可多次", "if a clause were read so (repeatable)"),
    "help.if_notice": ("若发布了这份放假通知，可多次", "if this notice on working days were published (repeatable)"),
    "help.if_facts": (
        "若每份合同都另有这些事实，如一份变更（AmendmentAgreed）",
        "if these facts were recorded in every contract, an amendment (AmendmentAgreed) for instance",
    ),
    "help.rebuild": (
        "由事实重新生成全部各行，其间照常可查",
        "make all rows anew from the facts; the old ones serve meanwhile",
    ),
    "help.as_seen_by": (
        "以该角色的视角：加上其己方主张，减去其有异议的事实",
        "as this role sees it: with its own claims, less what it contests",
    ),
    "help.reading": (
        "换一种条款解读，可多次，如 year-window=calendar-year",
        "under another reading (repeatable), e.g. year-window=calendar-year",
    ),
    "help.sensitivity": (
        "列出会改变结论的其他解读，以及无论怎样解读都成立的结论",
        "list the readings that would change a conclusion, and what holds under every one",
    ),
    "help.by": ("由谁登记：party_a 或 party_b（默认 party_a）", "who registers it: party_a (default) or party_b"),
    "help.expected_version": ("仅当合同正好有 N 条事实时才记录", "record only if the contract has exactly N facts"),
    "help.diff_as_of": ("截至日；写两个：先“从”后“到”", "as of; give two, from and to"),
    "help.diff_known_at": ("知悉时点；写两个：先“从”后“到”", "known at; give two, from and to"),
    "help.from": ("期间的触发日（当日不计入）", "the day that starts the period (not counted itself)"),
    "help.working_days": ("第几个工作日", "which working day after it"),
    "help.into": ("演示账本放在哪个目录（默认 demo）", "the folder of the demonstration's ledger (default demo)"),
    "help.contracts": (
        "演示合同所在目录（默认 contracts）",
        "the folder with the demonstration's contract (default contracts)",
    ),
    "help.evidence": ("导出证据包：事实、证明、结论、报告", "export the package: facts, proofs, conclusions, report"),
    "help.log": (
        "日志：检查点、证明、对照、见证签名、准予见证、更换密钥、公钥、静态文件、接受回退、更正时钟",
        "the log: checkpoint, proof, compare, cosign, admit, rotate, keys, tiles, accept-rollback, correct-clock",
    ),
    "help.LOG_ACTION": (
        "checkpoint、proof、compare、cosign、admit、rotate、keys、tiles、accept-rollback 或 correct-clock",
        "checkpoint, proof, compare, cosign, admit, rotate, keys, tiles, accept-rollback or correct-clock",
    ),
    "help.LOG_WORDS": (
        "proof 合同 事实；compare 检查点文件；admit 公钥 使用者；tiles 目录",
        "proof CONTRACT FACT; compare CHECKPOINT-FILE; admit KEY PRINCIPAL; tiles FOLDER",
    ),
    "help.witness_key": (
        "见证人的私钥文件，没有则新建；旁边的 .seen（见证全市日志的是 .city）记住签过什么",
        "the witness's private key, made if absent; .seen (of a city .city) beside it remembers what it signed",
    ),
    "help.log_entries": (
        "tiles 也写出事实本身（tile/entries）；不写时只有散列值",
        "tiles writes the facts themselves, too (tile/entries); without it hashes only",
    ),
    "help.workers": (
        "用几个进程应答，另有一个进程签名和送达通知；SIGHUP 逐个换成新程序，异常退出的会重新启动",
        "how many processes answer, with one more that signs and delivers; SIGHUP puts new ones in place one by one,"
        " and one that ends is started again",
    ),
    "help.no_background": (
        "只应答请求；签名、送达通知、更新合同一览由 lvyue work 做",
        "answer requests only; signing, delivering and projecting is for lvyue work",
    ),
    "help.work": (
        "在单独的进程里签检查点、送达通知、更新合同一览；可同时运行几个，由账本里的租约决定谁做",
        "sign checkpoints, deliver webhooks, keep the portfolio current, in a process of its own; of several, leases in"
        " the store say which does",
    ),
    "help.ROLE": (
        "signer、courier、projector；不写就是全部",
        "signer, courier, projector; all of them if none is named",
    ),
    "help.public_log": (
        "不要求密钥即可取得 /log/checkpoint 和散列文件 /log/tile/…；事实本身仍要求密钥",
        "serve /log/checkpoint and the hashes at /log/tile/… to anybody, without a key; the facts still need one",
    ),
    "help.idle": (
        "网页登录闲置多少分钟后自动退出，1 至 720；不写为 30",
        "after how many minutes unused a session of the console ends, 1 to 720; 30 if left out",
    ),
    "help.witness_name": ("见证人的名称（新建密钥时）", "the witness's name (for a new key)"),
    "help.backup": (
        "把整本账（密钥除外）备份到一个文件，并核查；服务器写入时也可",
        "back the ledger up to one verified file, keys left out; also while a server writes",
    ),
    "help.copy": (
        "把整本账复制到另一处空的存储（SQLite 与 PostgreSQL 之间皆可），摘要不变，并在新处全部重读核查",
        "copy the ledger to another, empty store, on either database, digests unchanged; all of it is verified there",
    ),
    "help.migrate": (
        "把存储的表升到本程序的版本（打开时自动进行）；可让一个 PostgreSQL 账户只为服务使用它",
        "bring the store's tables to this program's version, and let one PostgreSQL account serve them and no more",
    ),
    "help.service": (
        "只许读、添加和更换非事实内容的账户：不能改、删、清空事实，也不能动触发器",
        "an account that may read, add, and replace what is no fact; never change or remove facts, or touch triggers",
    ),
    "help.SOURCE": ("源存储的地址", "the address of the store to copy"),
    "help.TARGET": ("目标存储的地址，须无账本", "the address to copy it to, where there is no ledger"),
    "help.bulk": (
        "成批记录：文件每行自带 contract，可含 ContractRegistered；边读边记，每一千行提交一次，内存不随行数增加",
        "record a stream: each line names its contract and may register it; every thousand lines are committed",
    ),
    "help.restore": (
        "由备份恢复账本：先核查，不覆盖，不倒退",
        "make a ledger from a backup: verified, never over another, never older",
    ),
    "help.audit": ("重读重算一切，指出第一处不符", "read and hash everything again; name the first fault"),
    "help.since": ("只查这份检查点之后的", "only what came after this checkpoint"),
    "help.attach": ("存放文件并记入某条事实", "keep files and record to which fact they belong"),
    "help.FACT": (
        "事实的编号、序号（12；在命令行里写 #12 须加引号）或 ref",
        "a fact by id, number (12; in a shell #12 needs quotes) or ref",
    ),
    "help.FILE": ("文件", "files"),
    "help.attach_by": ("由谁附上（默认 party_a）", "who attaches them (default party_a)"),
    "help.erase": ("销毁某人个人信息的密钥，并记录在案", "destroy the key to a person's values, on record"),
    "help.SUBJECT": ("合同编号/人员代号", "CONTRACT/PERSON"),
    "help.reason": ("理由", "why"),
    "help.verify": ("核验证据包", "verify a dispute package"),
    "help.BACKUP.db": ("备份文件（SQLite 账本，不含密钥）", "the backup: a ledger in SQLite, without its keys"),
    "help.PACKAGE.zip": ("证据包，或解开后的目录", "the package, or the folder unpacked from it"),
    "help.output": ("写到哪个文件（不覆盖已有的）", "the file to write (never over one that exists)"),
    "help.about": (
        "只含与这些事实、事件、发票、争议有关的事实，其余只列摘要",
        "only facts about these facts, incidents, invoices, disputes; the rest as digests",
    ),
    "help.disclose": ("披露个人信息字段，如 staff-1.name", "open personal fields, as in staff-1.name"),
    "help.export_by": ("由谁导出（默认 party_a）", "who exports (default party_a)"),
    "help.trust": (
        "从包外取得的公钥文件或目录，可附时间戳机构的 CA 证书；可多次",
        "a file or folder with keys got elsewhere, and the time-stamp authority's CA; repeatable",
    ),
    "help.list_output": (
        "把列表写到 FILE，按扩展名为 .csv、.xlsx 或 .parquet",
        "write the list to FILE, which ends in .csv, .xlsx or .parquet",
    ),
    "help.section": (
        "只要这一部分，如 obligations、incidents、damages",
        "this section only, as obligations, incidents, damages",
    ),
}
