"""What the report of the dispute package says, in both languages. Part of the one catalogue."""

from __future__ import annotations

REPORT: dict[str, tuple[str, str]] = {
    "report.title": ("合同履约证据报告", "Evidence report on the performance of a contract"),
    "report.header": ("合同履约证据报告 · 截至 {day}", "Evidence report · as of {day}"),
    "report.contract": ("合同编号", "Contract"),
    "report.contract_title": ("合同名称", "Title"),
    "report.as_of": ("截至日", "As of"),
    "report.known_at": ("知悉时点", "Known at"),
    "report.made_at": ("导出时间", "Exported at"),
    "report.clock": ("北京时间 {beijing}（{utc}）", "{beijing} Beijing time ({utc})"),
    "report.as_seen_by": ("所依立场", "As seen by"),
    "report.facts_counted": ("所依据的事实", "Facts counted"),
    "report.facts_count": ("{count} 条", "{count} in all"),
    "report.digests": ("摘要与见证", "Digests and witnesses"),
    "report.head": ("末条事实摘要", "Head: the last fact"),
    "report.result": ("结论摘要", "Result: the conclusions"),
    "report.terms": ("条款参数摘要", "Registered terms"),
    "report.log": ("透明日志", "Transparency log"),
    "report.log_size": ("检查点规模", "Checkpoint size"),
    "report.log_leaves": ("{size} 条事实", "facts: {size}"),
    "report.log_root": ("检查点根哈希", "Checkpoint root"),
    "report.rules": ("规则版本", "Version of the rules"),
    "report.calendar": ("放假通知", "Working-day notices"),
    "report.calendar_year": ("{year} 年：{document}", "{year}: {document}"),
    "report.nature": (
        "本报告的每项结论均由登记的合同条款参数和各方确认或主张的履约事实，按所引条款逐步推算得出，并列明所"
        "引条款的原文、所依据的事实和推算过程；任何一项均可由包内数据重新算出。摘要采用 SHA-256。事实一经记"
        "录即不可改动，更正、撤回和异议均另作一条事实；本报告证明事实于何时由谁记录、此后未变，不证明事实本"
        "身为真。",
        "Every conclusion in this report follows, step by step and by the clauses cited, from the "
        "registered terms of the contract and from the facts that the parties confirmed or asserted; the "
        "words of those clauses, the facts relied on and the reasoning are set out. Each can be derived "
        "again from the data of this package. Digests are SHA-256. A fact once recorded cannot be altered: "
        "a correction, a retraction or a contest is a further fact. The report proves when and by whom a "
        "fact was recorded and that it has not changed since; it does not prove that the fact is true.",
    ),
    "report.boundary": (
        "性质与界线：检查点签名之时为界，此后对任何一条事实的改动、增删或调换次序都会在核验中显出；此前发生过什么、事实本身"
        "是否真实，须由其他证据证明。账本可以由当事人一方自行运行，是否存在利害关系及不当干预，可由包内见证签名、时间戳和对方留存"
        "的检查点核对（参照《人民法院在线诉讼规则》第十七条第二项）。",
        "The boundary is the moment the checkpoint was signed: whatever was altered, added, removed or reordered "
        "after it shows in verifying. What happened before, and whether a fact is true, other evidence has to "
        "show. The ledger may be run by one of the parties; whether that party interfered can be checked against "
        "cosignatures and time stamps in this package and against checkpoints the other side kept (compare "
        "article 17, item 2, of the online litigation rules).",
    ),
    "report.draft": (
        "预览稿：尚未导出，没有登记，不附文件，不能作为证据包的报告提交。",
        "A draft: nothing was exported or recorded, no files are attached; it is not the report of a package.",
    ),
    "report.languages.zh": (
        "合同条款原文为引文；当事人记录的文字照录。本报告另有英文版和中英对照版，以中文为准。",
        "The words of the contract are quotations; what the parties wrote is given as recorded. There are an "
        "English and a two-language edition as well; the Chinese prevails.",
    ),
    "report.languages.en": (
        "本版为英文版，供对照，以中文版为准。合同条款只列大意，原文见包内 clauses/；当事人记录的文字照录，不作翻译。",
        "This is the English edition, for reference; the Chinese prevails. Of the clauses of the contract it gives the "
        "gist; their own words are in clauses/ of the package. What the parties wrote is given as recorded and not "
        "translated.",
    ),
    "report.languages.both": (
        "中文为准，其下或其旁的灰色英文供对照。合同条款原文为引文，不另翻译，其下的英文仅为大意；当事人记录"
        "的文字照录，不作翻译，英文中以 (as above) 指代。",
        "The Chinese prevails; the grey English below or beside it is for reference. The words of the "
        "contract are quotations and are not translated: the English below them gives only their gist. "
        "What the parties wrote is given as recorded and not translated; in the English, (as above) stands "
        "for it.",
    ),
    "report.withheld": (
        "本包只披露与争议有关的事实，另有 {count} 条事实仅列摘要，以示无所隐漏；依据其中任何一条的结论只列"
        "结果，不列推算。",
        "This package discloses only the facts that bear on the dispute. Facts listed by their digests "
        "alone, to show that nothing was left out: {count}; of a conclusion that rests on any of them the "
        "result is given, but not the reasoning.",
    ),
    "report.at_issue": (
        "本报告只列与争议有关的各节：{sections}；其余各节从略。",
        "Only the sections that are at issue are in this report: {sections}; the others are left out.",
    ),
    "report.contents": ("目录", "Contents"),
    # --- the catalogue of evidence -----------------------------------------------------------------
    "catalogue.title": ("证据目录", "Catalogue of evidence"),
    "catalogue.contract": ("合同：{title}（{contract}）", "Contract: {title} ({contract})"),
    "catalogue.exported": ("证据包导出时间：{at}（北京时间）", "Package exported at {at}, Beijing time"),
    "catalogue.number": ("序号", "No."),
    "catalogue.name": ("证据名称", "Item"),
    "catalogue.source": ("证据来源", "Source"),
    "catalogue.proves": ("证明内容", "What it proves"),
    "catalogue.pages": ("页数", "Pages"),
    "catalogue.copies": ("份数", "Copies"),
    "catalogue.note": (
        "电子数据的原件在证据包内（以文件名标明），页数、份数留空处由提交人按实际提交的打印件填写。个人信息未披露的，以承诺值代替。",
        "The originals of electronic data are in the package, under the file names given; pages and copies left blank "
        "are filled in by whoever submits printouts. A personal value that is not disclosed stands as its commitment.",
    ),
    "catalogue.submitter": ("提交人", "Submitted by"),
    "catalogue.signature": ("签名（盖章）", "Signature (seal)"),
    "catalogue.date": ("提交日期", "Date"),
    "catalogue.report": ("合同履约证据报告（report.pdf）", "Evidence report (report.pdf)"),
    "catalogue.report.source": (
        "由履约账本按包内事实和所引条款推得",
        "derived by the ledger from the facts and the clauses cited",
    ),
    "catalogue.report.proves": (
        "各项结论及其依据的条款、事实和推算",
        "the conclusions, with the clauses, facts and reasoning they rest on",
    ),
    "catalogue.facts": ("履约事实：{kind}（{facts}）", "Facts: {kind} ({facts})"),
    "catalogue.facts.done": ("{actor}{kind}", "{kind} by {actor}"),
    "catalogue.facts.source": (
        "{by}陈述，{recorders}记录；原始字节在 data/events.jsonl",
        "said by {by}, recorded by {recorders}; stored bytes in data/events.jsonl",
    ),
    "catalogue.facts.proves": (
        "{by}于 {recorded} 记录称：{kind}，{days}；此后未变",
        "that {by}, recorded {recorded}, stated: {kind}, {days}; unchanged since",
    ),
    "catalogue.document.source": (
        "随事实 {fact} 由{by}提供；data/sources/ 内，SHA-256 {digest}…",
        "handed in with fact {fact} by {by}; in data/sources/, SHA-256 {digest}…",
    ),
    "catalogue.document.absent": (
        "事实 {fact}（{by}）载明其 SHA-256 {digest}…，原件未在账本，由持有人另行提交",
        "named by fact {fact} ({by}) with SHA-256 {digest}…; not held by the ledger, to be handed in by its holder",
    ),
    "catalogue.document.proves": (
        "事实 {fact} 所述；文书与该条所载摘要一致，此后未变",
        "what fact {fact} states; the document has the digest stated there, unchanged since",
    ),
    "catalogue.log": ("日志检查点、收录证明与时间戳（data/log/）", "Checkpoints, proofs and time stamps (data/log/)"),
    "catalogue.log.source": (
        "透明日志签名；有见证人、时间戳的，由其签名、签发",
        "signed by the log, and by witnesses and a time-stamp authority where there are any",
    ),
    "catalogue.log.proves": (
        "上列事实最迟于检查点时已存在，此后未被改动、增删或调换次序",
        "that the facts above existed by the checkpoint, and were not altered, added, removed or reordered since",
    ),
    "report.page": ("第 {page} 页", "p. {page}"),
    "report.section_at": ("第 {section} 节", "section {section}"),
    "report.page_of": ("第 {page} 页，共 {pages} 页", "page {page} of {pages}"),
    "report.result_short": ("结论摘要 SHA-256", "result digest"),
    # --- what a conclusion is told with ----------------------------------------------------------
    "report.clause_words": ("条款原文", "Clause"),
    "report.gist": ("英文大意", "Gist"),
    "report.steps": ("推算", "Reasoning"),
    "report.rests_on": ("依据事实", "Facts"),
    "report.clause_changed": (
        "{name}（原文；其中的约定已由 {facts} 变更）", "{name} (as first agreed; changed since by {facts})",
    ),
    "report.readings_used": ("所用解读", "Readings"),
    "report.words_at": ("{names}（原文见 {number} 项）", "{names} (words quoted at {number})"),
    "report.readings_at": ("同 {number} 项", "as at {number}"),
    "report.steps_at": ("（此处 {count} 步见 {numbers} 项）", "(steps here as at {numbers}: {count})"),
    "report.steps_left": (
        "（另有 {count} 步，见附件 explanations.json 或 lvyue explain {path}）",
        "(steps left out here: {count}; see the attached explanations.json, or lvyue explain {path})",
    ),
    "report.steps_withheld": (
        "所依据的事实有未披露的（{facts}），推算从略；结果见包内 conclusions.json。",
        "This rests on facts that are not disclosed ({facts}), so the reasoning is left out; for the result "
        "see conclusions.json in the package.",
    ),
    "report.more_facts": ("等 {count} 条", "and others, {count} in all"),
    "report.contested_mark": ("有异议", "contested"),
    "report.corrected_mark": ("已更正", "corrected"),
    "report.retracted_mark": ("已撤回", "retracted"),
    "report.more_rows": (
        "另有 {count} 项未列入本表，全部见附件 conclusions.json。",
        "Not in this table: {count} more; all are in the attached conclusions.json.",
    ),
    "report.more_told": (
        "本节逐项说明其中 {told} 项，已违反、逾期和待履行的在先；其余 {count} 项的结果见附件 "
        "conclusions.json。",
        "Set out in this section: {told}, those breached, overdue or pending before others; for the "
        "results of the others ({count}) see the attached conclusions.json.",
    ),
    # --- sections --------------------------------------------------------------------------------
    "report.section.summary": ("结论概览", "Summary of conclusions"),
    "report.section.term": ("合同阶段与期限", "Phase and term"),
    "report.section.incidents": ("重大事件与一年内的计数", "Incidents and the rolling year"),
    "report.section.termination": ("解除权及其理由", "Termination and its grounds"),
    "report.section.damages": ("违约金", "Liquidated damages"),
    "report.section.balance": ("款项", "Balance"),
    "report.section.obligations": ("义务与期限的计算", "Obligations and their deadlines"),
    "report.section.exit": ("退出", "Exit"),
    "report.section.limitation": ("诉讼时效", "Limitation of claims"),
    "report.section.anomalies": ("与合同不符的事实", "Facts at odds with the contract"),
    "report.section.claims": ("一方主张（不计入共同记录）", "Claims (one side's word, not of record)"),
    "report.section.positions": ("双方视角的分歧", "Where the parties' views differ"),
    "report.section.contested": ("有异议的事实", "Contested facts"),
    "report.section.readings": ("条款解读及其对结论的影响", "Readings, and what another would change"),
    "report.section.next": ("若无新事实，接下来的变化", "What changes next if nothing new happens"),
    "report.section.facts": ("履约事实", "The facts in order"),
    "report.section.verify": ("如何核验", "How to verify"),
    # --- facts -----------------------------------------------------------------------------------
    "report.facts_intro": (
        "按发生先后列出截至 {day} 的全部 {count} 条事实。“发生”为主张方所称时间，“记录”为账本记录的时间"
        "（北京时间），其下为该条事实原始字节的 SHA-256 前 16 位；原始字节全文见附件 events.jsonl。",
        "All {count} facts up to {day}, in the order in which they happened. “On” is the time the "
        "asserting party states; “Recorded” is the time the ledger recorded it (Beijing time), and below "
        "it stand the first 16 digits of the SHA-256 of the fact's stored bytes; those bytes are in full "
        "in the attached events.jsonl.",
    ),
    "report.facts_cited": (
        "截至 {day} 共有 {count} 条事实。本表只列本报告所引的 {shown} 条；其余事实的原始字节全文（未披露的"
        "除外），在本 PDF 附件（不超过 4 MiB 时）和包内 data/events.jsonl 中，一条不少。“发生”为主张方所"
        "称时间，“记录”为账本记录的时间（北京时间），其下为该条事实原始字节的 SHA-256 前 16 位。",
        "There are {count} facts up to {day}. This table lists only the {shown} that this report cites; "
        "the stored bytes of every one of them (those not disclosed excepted) are attached to this PDF, "
        "where they take no more than 4 MiB, and are in data/events.jsonl of the package. “On” is the "
        "time the asserting party states; “Recorded” is the time the ledger recorded it (Beijing time), "
        "and below it stand the first 16 digits of the SHA-256 of the fact's stored bytes.",
    ),
    "report.facts_cited_left": (
        "所引事实另有 {count} 条未列入本表。",
        "Facts cited that are not in this table: {count}.",
    ),
    "report.facts_columns": (
        "“主张方”为陈述该事实的一方；事实是另一方所为的，先写明是谁所为，括注由谁陈述。“记录人”为记入账本的人，不具有主张方身份的注明“代录”；其下"
        "为发生之日至记录之日相隔的天数。",
        "“By” is who says it; where another did it, who did stands first and who tells it in brackets. "
        "“Recorded by” is who put it into the "
        "ledger, marked “on behalf” where that person has not the role that says it; below it stand the days "
        "from the day it happened to the day it was recorded.",
    ),
    "report.facts_withheld": (
        "其中未披露的 {count} 条列于最后，仅有序号和摘要。",
        "Those not disclosed ({count}) stand last, with their numbers and digests only.",
    ),
    "report.fact_withheld": ("未披露，仅列摘要", "not disclosed; only its digest is listed"),
    "report.terms_registered": (
        "登记合同条款参数，SHA-256 {digest}",
        "registered terms of the contract, SHA-256 {digest}",
    ),
    "report.disclosed": (
        "{value}（个人信息，已披露，承诺值 {digest}…）",
        "{value} (personal value, disclosed; committed as {digest}…)",
    ),
    "report.commitment": ("个人信息，承诺值 {digest}…", "personal value, committed as {digest}…"),
    "report.proves": (
        "{role}称：{on}，{of}{type}；{recorded} 记录，此后未变",
        "{role} stated: {type}{of}, {on}; recorded {recorded}, unchanged since",
    ),
    "report.datum": ("{name} {value}", "{name} {value}"),
    "report.data": ("{name}：{values}", "{name}: {values}"),
    "report.recorded_words": ("{words}", "(as above)"),
    "report.document": ("附件文件 {name}（SHA-256 {digest}…）", "document {name} (SHA-256 {digest}…)"),
    "report.glyphs": (
        "注：本报告字体没有下列字符，以其 Unicode 编号〔U+…〕表示，原文见附件 events.jsonl：{characters}。",
        "Note: the report's font lacks the following characters, which are shown by their Unicode numbers "
        "〔U+…〕; the text itself is in the attached events.jsonl: {characters}.",
    ),
    # --- how to verify ---------------------------------------------------------------------------
    "report.verify.intro": (
        "核验不需要信任本报告的作者，也不需要其任何程序。以下命令在证据包解开后的目录中运行；包内 "
        "HOW-TO-VERIFY.txt 有更详细的说明。",
        "To verify, nobody has to trust the author of this report or to use any program of the author's. "
        "The commands below run in the folder into which the package was unpacked; HOW-TO-VERIFY.txt in "
        "the package says more.",
    ),
    "report.verify.one": (
        "一条命令（Python 3.8 以上，仅用标准库，并调用 openssl 3）。公钥须取自本包以外：合同约定的日志公"
        "钥、对方留存的公钥或时间戳机构的证书；包内公钥只供比对，证明不了来源，不给 --trust 时结果至多是“不完"
        "整 INCOMPLETE”（退出码 1）。末行为“通过 PASSED”方为通过；程序并报出有多少条事实只列摘要。",
        "One command (Python 3.8 or later, standard library only, with openssl 3). The public keys must "
        "come from outside this package: the log's key the contract names, the key the other side kept, or "
        "the certificate of the time-stamping authority; the keys in the package serve for comparison and "
        "prove nothing: without --trust the result is INCOMPLETE at best (exit status 1). It has passed only "
        "if the last line ends in PASSED; the program also says how many facts stand as digests only.",
    ),
    "report.verify.files": (
        "文件完整：包内每个文件的摘要与清单一致（国密 SM3 清单为 manifest-sm3.txt）。",
        "Files complete: every file of the package has the digest the manifests state (those by the SM3 "
        "standard are in manifest-sm3.txt).",
    ),
    "report.verify.report": (
        "本报告：其摘要列于清单；报告的附件与包内 data/ 下的同名文件逐字节相同（explanations.json 只附于本"
        "报告）。取出附件：",
        "This report: its digest is in the manifest; the files attached to it are byte for byte those of "
        "the same names under data/ in the package (explanations.json is attached to this report only). To "
        "take them out:",
    ),
    "report.verify.signature": (
        "签名：检查点空行以上（含末尾换行）为被签文本，签名行末段 base64 解码后去掉前 4 字节为 Ed25519 签名。",
        "Signature: the text signed is what stands above the empty line of the checkpoint, its last line end "
        "included; the Ed25519 signature is the last part of the signature line, decoded from base64, "
        "without its first 4 bytes.",
    ),
    "report.verify.leaf": (
        "事实：events.jsonl 每行（不含换行）为一条事实的原始字节，其 SHA-256 即“履约事实”一节所列摘要，亦"
        "即同一合同下一条事实的 prev；例如第 {seq} 条：",
        "Facts: each line of events.jsonl (without its line end) is the stored bytes of one fact; its "
        "SHA-256 is the digest listed in the section “The facts in order”, and the prev of the "
        "contract's next fact. For fact {seq}, for example:",
    ),
    "report.verify.log": (
        "收录：叶哈希 = SHA-256(00 ‖ 该行)，按 data/log/inclusion.jsonl 的路径依 RFC 9162 第 2.1.3.2 "
        "节算到根，应等于封面所列检查点根哈希；末条事实为本次导出的记录，载明此前的事实条数，尾部被截即显出。",
        "Inclusion: leaf hash = SHA-256(00 ‖ the line); computed to the root along the path in "
        "data/log/inclusion.jsonl by RFC 9162, section 2.1.3.2, it must give the checkpoint's root shown on "
        "the cover. The last fact records this export and states how many facts came before it, so that a "
        "missing end shows.",
    ),
    "report.verify.result": (
        "结论：将 conclusions.json 去掉 receipt 一项，按 RFC 8785 规范化后的 SHA-256 应等于封面和页脚的结论"
        "摘要；装有同版规则（{rules}）的 lvyue 可由事实重新推出全部结论并比对。",
        "Conclusions: conclusions.json without its receipt, canonicalised by RFC 8785, has as its SHA-256 "
        "the result digest shown on the cover and in the footers; with lvyue of the same version of the "
        "rules ({rules}) all conclusions can be derived again from the facts and compared.",
    ),
    "report.verify.stamp": (
        "时间戳（如有）：.tsr 文件为可信时间戳机构对同名文件签发的 RFC 3161 时间戳。",
        "Time stamps, where there are any: a .tsr file is the RFC 3161 time stamp that a time-stamping "
        "authority issued for the file of the same name.",
    ),
    "report.attachments": ("本 PDF 所附文件", "Files attached to this PDF"),
    "report.not_attached": (
        "下列文件较大，未附于本 PDF，见证据包 data/ 目录：{files}。",
        "These files are too large to be attached to this PDF; see data/ in the package: {files}.",
    ),
    "report.attached.conclusions.json": ("全部结论及其回执", "all conclusions, with their receipt"),
    "report.attached.events.jsonl": ("事实的原始字节，每行一条", "the facts' stored bytes, one a line"),
    "report.attached.explanations.json": (
        "本报告各项结论的推算（中英文）",
        "the reasoning of each conclusion, in Chinese and English",
    ),
    "report.attached.items.json": ("证据材料清单", "the list of items"),
    "report.attached.log-checkpoint": ("日志检查点", "the log's checkpoint"),
    "report.attached.other": ("附件", "attachment"),
}
