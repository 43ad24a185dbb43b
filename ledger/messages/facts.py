"""Why a fact, a notice or a question is not taken. Part of the one catalogue."""

from __future__ import annotations

FACTS: dict[str, tuple[str, str]] = {
    # --- service ---------------------------------------------------------------------------------
    "CONTRACT_UNKNOWN": ("账本中没有合同 {contract}。", "The ledger holds no contract {contract}."),
    "CONTRACT_EXISTS": ("合同 {contract} 已经登记过。", "Contract {contract} is registered already."),
    "CONTRACT_ID_RESERVED": (
        "{contract} 是账本自用的名称，不能作为合同编号。",
        "{contract} is a name of the ledger's own and cannot be a contract's id.",
    ),
    "DOCUMENT_NOT_HELD": ("账本没有存放文件 {sha256}。", "The ledger does not hold the document {sha256}."),
    "DOCUMENT_MISSING": (
        "存放过的文件 {sha256} 已不在账本中。",
        "The document {sha256} was kept here and is no longer there.",
    ),
    "DOCUMENT_ALTERED": (
        "文件 {sha256} 的内容被改动过，与其摘要不符。",
        "The content of the document {sha256} was altered: it is not what its digest says.",
    ),
    "VERSION_CONFLICT": (
        "合同当前版本是 {actual}，请求依据的是 {expected}；请重新读取后再试。",
        "The contract is at version {actual}, the request was made for {expected}; read it again and retry.",
    ),
    "READING_UNKNOWN": (
        "没有名为 {reading} 的解读，可用的有：{known}。",
        "There is no reading {reading}; there are: {known}.",
    ),
    "READING_OPTION_UNKNOWN": (
        "解读 {reading} 没有选项 {option}，可选：{known}。",
        "Reading {reading} has no option {option}; it has: {known}.",
    ),
    "ROLE_UNKNOWN": ("没有角色 {role}，可用的有：{known}。", "There is no role {role}; there are: {known}."),
    "CONTRACT_UNKNOWN_THEN": (
        "到 {moment} 为止，账本中还没有合同 {contract}。",
        "By {moment} the ledger did not yet hold contract {contract}.",
    ),
    "CALENDAR_ONLY_NOTICES": (
        "calendar 流只记放假通知（CalendarPublished），不记 {type}。",
        "The calendar stream holds working-day notices (CalendarPublished) only, not {type}.",
    ),
    "BULK_CONTRACT": (
        "成批记录的每一行都须有 contract（合同编号，文字）。",
        "Each line of a bulk file needs contract, the number of its contract, as text.",
    ),
    "WHERE_UNKNOWN": (
        "条件的名称不能是“{name}”，可用：{known}。",
        "A condition cannot be on {name!r}; it can be on one of {known}.",
    ),
    "WHERE_VALUE": (
        "条件 {name} 不能是“{value}”，应为{wanted_zh}。",
        "A condition on {name} cannot be {value!r}; it must be {wanted}.",
    ),
    "where.sum": ("金额，元，至多两位小数", "a sum in yuan, at most two decimals"),
    "where.day": ("日期 YYYY-MM-DD，或从今日起的天数如 30d", "a day YYYY-MM-DD, or days from today such as 30d"),
    "where.count": ("整数", "a whole number"),
    "where.flag": ("true", "true"),
    "where.word": ("= 和一个词，如 phase=in_service", "= and a word, as in phase=in_service"),
    "ORDER_UNKNOWN": (
        "不能按“{order}”排列；最接近的是 {near}。",
        "Contracts cannot be ordered by {order!r}; the nearest name is {near}.",
    ),
    "ORDER_TODAY_ONLY": (
        "排列只适用于今日现状，不能与其他日期、视角或解读同用。",
        "Contracts are ordered by how they stand today only, not by another day, view or reading.",
    ),
    "PATH_UNKNOWN": (
        "结论中没有路径 {path}（截至 {day}）；最接近的是 {near}。不写路径即列出全部。",
        "No conclusion is at path {path} as of {day}; the nearest is {near}. Without a path all are listed.",
    ),
    "CLAUSE_UNKNOWN": (
        "合同里没有条款 {article}；最接近的是 {near}。不写条款即列出全部。",
        "The contract has no clause {article}; the nearest is {near}. Without one all are listed.",
    ),
    # --- facts and their admission ---------------------------------------------------------------
    "TYPE_UNKNOWN": (
        "没有名为 {type} 的事实类型，最接近的是 {nearest}。",
        "There is no fact type {type}; the nearest is {nearest}.",
    ),
    "FACT_UNKNOWN_TYPE": (
        "没有名为 {type} 的事实类型，最接近的是 {nearest}；可用的有：{known}。",
        "There is no fact type {type}; the nearest is {nearest}. There are: {known}.",
    ),
    "FIELD_UNKNOWN": (
        "没有这个字段，最接近的是 {nearest}；可用的有：{known}。",
        "There is no such field; the nearest is {nearest}. There are: {known}.",
    ),
    "FIELD_MISSING": ("缺少字段 {missing}，必须填写。", "The field {missing} is missing and must be given."),
    "FIELD_TYPE": ("应为{expected_zh}，而不是{found_zh}。", "Must be {expected}, not {found}."),
    "FIELD_IS_LEDGERS": (
        "{key} 由账本自己填写，请去掉。",
        "{key} is written by the ledger itself; leave it out.",
    ),
    "TEXT_EMPTY": ("不能是空的文字。", "Must not be empty."),
    "TEXT_TOO_LONG": (
        "文字有 {length} 个字符，最多 {longest} 个。",
        "The text has {length} characters; at most {longest} are allowed.",
    ),
    "TEXT_FORBIDDEN": (
        "第 {position} 个字符 {character} 是控制字符、半个代理对或会改变文字方向，请去掉。",
        "Character {position}, {character}, is a control character, half a surrogate pair, or changes the direction of "
        "text; remove it.",
    ),
    "IDENTIFIER_INVALID": (
        "编号须为 1 至 128 个可见字符，空格只能在中间，而不是“{value}”。",
        "An identifier has 1 to 128 visible characters, spaces only between them; {value!r} does not.",
    ),
    "DIGEST_INVALID": (
        "摘要须为 64 位小写十六进制数字，而不是“{value}”。",
        "A digest has 64 lower-case hexadecimal digits; {value!r} does not.",
    ),
    "MEDIA_TYPE_INVALID": (
        "“{value}”不是媒体类型；应如 application/pdf。",
        "{value!r} is no media type; it should be like application/pdf.",
    ),
    "SLUG_INVALID": (
        "只能用小写字母、数字和单个连字符，如 absent-key-personnel，而不是“{value}”。",
        "Only lower-case letters, digits and single hyphens, as in absent-key-personnel; not {value!r}.",
    ),
    "CHOICE_UNKNOWN": ("不能是“{value}”，可选：{known}。", "Cannot be {value!r}; it is one of: {known}."),
    "AMOUNT_INVALID": (
        "“{value}”不是金额；应为以元计的十进制数，最多两位小数，如 \"1843129.06\"。",
        "{value!r} is no amount; it should be a decimal number of yuan with at most two decimals, like 1843129.06.",
    ),
    "AMOUNT_NEGATIVE": ("金额不能为负：{value}。", "An amount cannot be negative: {value}."),
    "AMOUNT_DECIMALS": (
        "金额 {value} 超过两位小数；金额精确到分。",
        "The amount {value} has more than two decimals; amounts are exact to the fen.",
    ),
    "AMOUNT_TOO_LARGE": ("金额 {value} 过大，最多 {most}。", "The amount {value} is too large; at most {most}."),
    "DECIMAL_INVALID": (
        "“{value}”不是十进制数；应如 \"{example}\"，最多 30 个字符。",
        "{value!r} is no decimal number; it should be like {example}, of at most 30 characters.",
    ),
    "NUMBER_RANGE": (
        "{value} 超出范围，应在 {least} 至 {most} 之间。",
        "{value} is out of range; it must be from {least} to {most}.",
    ),
    "DATE_INVALID": (
        "“{value}”不是存在的日期或时间；应如 2025-11-24 或 2025-11-24T09:30:00+08:00。",
        "{value!r} is no existing day or moment; it should be like 2025-11-24 or 2025-11-24T09:30:00+08:00.",
    ),
    "DATE_RANGE": (
        "日期 {value} 应在 {first} 年至 {last} 年之间。",
        "The day {value} must lie in the years {first} to {last}.",
    ),
    "TIME_WITHOUT_OFFSET": (
        "时间 {value} 没有时区偏移；应如 2025-11-24T09:30:00+08:00。",
        "The time {value} has no offset; it should be like 2025-11-24T09:30:00+08:00.",
    ),
    "NOTICE_FORM": (
        "放假通知文件应是一个 JSON 对象，例如 {{\"year\": 2027, \"document\": \"国办发明电〔2026〕9号\", "
        "\"published_on\": \"2026-11-04\", \"off_days\": [\"2027-01-01\"], \"makeup_days\": [\"2027-01-09\"]}}；"
        "什么都没有记录。",
        "A notice is a JSON object like {{\"year\": 2027, \"document\": \"国办发明电〔2026〕9号\", \"published_on\": "
        "\"2026-11-04\", \"off_days\": [\"2027-01-01\"], \"makeup_days\": [\"2027-01-09\"]}}; nothing was recorded.",
    ),
    "FACTS_FAULTY": (
        "{facts} 条事实共有 {count} 处错误，什么都没有记录。",
        "{facts} of the facts have {count} faults between them; nothing was recorded.",
    ),
    "TIME_TOO_FINE": (
        "时间 {value} 的秒以下超过九位；最多九位（纳秒），比较到微秒。",
        "The time {value} has more than nine fraction digits; at most nine (nanoseconds) are taken, and "
        "compared to the microsecond.",
    ),
    "MONTH_INVALID": ("“{value}”不是月份；应如 2026-03。", "{value!r} is no month; it should be like 2026-03."),
    "LIST_LENGTH": (
        "列表有 {length} 项，应有 {least} 至 {most} 项。",
        "The list has {length} entries; it must have {least} to {most}.",
    ),
    "LIST_DUPLICATE": ("“{value}”重复出现。", "{value!r} stands twice."),
    "CONFIRMATION_INCOMPLETE": (
        "须由双方确认：应恰好列出甲方（party_a）和乙方（party_b）。",
        "Both parties must confirm: list exactly party A (party_a) and party B (party_b).",
    ),
    "DATA_TOO_LARGE": ("内容过多，最多 {most} 个值。", "Too much content; at most {most} values."),
    "DATA_TOO_DEEP": ("嵌套过深，最多 {most} 层。", "Nested too deeply; at most {most} levels."),
    "MEASURE_OF_OTHER_KIND": (
        "{kind} 类事件没有指标 {measure}。",
        "Incidents of kind {kind} have no measure {measure}.",
    ),
    "DAY_OFF_AND_MADE_UP": (
        "{day} 不能既是休息日又是补班日。",
        "{day} cannot be both a day off and a make-up working day.",
    ),
    "MINUTES_TOO_FINE": (
        "{value} 的小数超过 {places} 位；分钟数至多 {places} 位小数。",
        "{value} has more than {places} decimals; minutes have {places} at most.",
    ),
    "MONTH_NOT_OVER": (
        "{month} 的最后一日是 {last}；在 {on} 还不能报告全月情况。",
        "The last day of {month} is {last}; the whole month cannot be reported on {on}.",
    ),
    "AMOUNT_NOT_SUM": (
        "{parts} 各项合计 {sum}，与 amount {amount} 不符。",
        "The {parts} add up to {sum}, not to the amount {amount}.",
    ),
    "FIELDS_EXCLUDE": (
        "{first} 与 {second} 只能写一个。",
        "Only one of {first} and {second} may be stated.",
    ),
    "DEDUCTION_WITHOUT_INVOICE": (
        "抵扣应写明从哪一张发票中抵扣（invoice）。",
        "A deduction names the invoice it was deducted from (invoice).",
    ),
    "INVOICE_WITHOUT_DEDUCTION": (
        "只有抵扣（deducted）才写明发票。",
        "Only a deduction (deducted) names an invoice.",
    ),
    "PAYER_OWES_NOTHING": (
        "{actor} 不是这笔债务的债务人；应由 {debtor} 付款。",
        "{actor} does not owe this; {debtor} does.",
    ),
    "NOT_A_NOTICE": (
        "{about} 所指的是 {type}，不是须送达的解除通知、提议、整改通知或催告。",
        "{about} names {type}, which is no declaration, proposal, notice or demand that is served.",
    ),
    "DEBT_UNKNOWN": (
        "本合同没有债务 {debt}；写法如 pay-invoice:INV-1、settlement:JS-1，或违约金项目编号。",
        "This contract has no debt {debt}; write pay-invoice:INV-1, settlement:JS-1 or the id of a damages item.",
    ),
    "RULING_UNKNOWN": (
        "裁判事项应有以下字段之一：{known}。",
        "A ruling has one of these fields: {known}.",
    ),
    "BY_NOT_ALLOWED": (
        "{by} 不做 {type} 所说的事；可以做的有：{allowed}。由一方代述它们所做的，另以 actor 写明是谁做的。",
        "{by} does not do what {type} tells; these may: {allowed}."
        " A party that tells what one of them did names it as actor.",
    ),
    "ACTOR_NOT_ALLOWED": (
        "{actor} 不做 {type} 所说的事；可以做的有：{allowed}。",
        "{actor} does not do what {type} tells; these may: {allowed}.",
    ),
    "BY_SAYS_OF_ANOTHER": (
        "{by} 不能代 {actor} 作出 {type}；只有双方当事人能述说他方所为，更正、撤回、认可和异议只能由本方作出。",
        "{by} may not say {type} of {actor}: only a party tells what others did,"
        " and nobody corrects, retracts, acknowledges or contests for another.",
    ),
    "SIGNATURE_BY_NON_PARTY": (
        "{party} 不是合同当事人；签署方应为 party_a 或 party_b。",
        "{party} is no party to the contract; party_a or party_b signs.",
    ),
    "SIGNATURE_OF_ANOTHER": (
        "{party} 的签署由 {party} 作出，不由 {actor} 作出。",
        "{party} signs for itself; {actor} cannot sign for it.",
    ),
    "ON_IN_FUTURE": (
        "{on} 晚于记录时刻 {now}；计划应写在 data 中，而不是 on。",
        "{on} is later than the recording moment {now}; plans belong into data, not into on.",
    ),
    "REGISTRATION_ONLY_FIRST": (
        "合同登记是合同的第一条事实，请用 lvyue register 登记。",
        "A registration is a contract's first fact; use lvyue register.",
    ),
    "CALENDAR_NOT_OF_CONTRACT": (
        "放假通知不属于任何合同，不能记入合同。",
        "A calendar notice belongs to no contract and cannot be recorded in one.",
    ),
    "LOG_NOT_OF_CONTRACT": (
        "{type} 由账本自己记入 log 流，不能由他人记录。",
        "{type} is recorded by the ledger itself in the stream log and cannot be recorded otherwise.",
    ),
    "REF_CONFLICT": (
        "ref {ref} 已用于事实 {first}，内容不同；请换一个 ref，或记录更正。",
        "The ref {ref} is that of fact {first}, whose content differs; choose another ref, or record a correction.",
    ),
    "REF_IS_AN_ID": (
        "ref {ref} 的形式是账本自己的事实编号，请换一个。",
        "The ref {ref} has the form of the ledger's own fact ids; choose another.",
    ),
    "ID_USED": (
        "{kind_zh} {value} 已由事实 {fact} 使用；请换一个编号，或先撤回该事实。",
        "The {kind} {value} is in use by fact {fact}; choose another identifier, or retract that fact first.",
    ),
    "ID_LOOKALIKE": (
        "{kind_zh} {instead} 与事实 {fact} 使用的 {value} 看上去一样（只有大小写、全半角或字符编码不同）；"
        "请用原来的写法，或换一个编号。",
        "The {kind} {instead} looks the same as {value}, in use by fact {fact} (they differ in case, width or encoding "
        "only); write it as there, or choose another identifier.",
    ),
    "ID_UNKNOWN": (
        "本合同中没有{kind_zh} {value}；请先记录它，或改正编号。",
        "This contract has no {kind} {value}; record it first, or mend the identifier.",
    ),
    "ID_RETRACTED": (
        "{kind_zh} {value} 已被撤回或更正，不能再引用。",
        "The {kind} {value} was retracted or corrected away and can no longer be named.",
    ),
    "TARGET_UNKNOWN": (
        "本合同中没有编号、ref 或序号为 {target} 的事实。",
        "No fact of this contract has the id, ref or number {target}.",
    ),
    "TARGET_NOT_EARLIER": (
        "更正后的目标 {target} 必须是更早的事实。",
        "The corrected target {target} must be an earlier fact.",
    ),
    "ITEM_UNKNOWN": ("没有违约金项目 {item}。", "There is no damages item {item}."),
    "ABOUT_UNKNOWN": (
        "{about} 不是本合同中的需求编号、事实 id 或 ref。",
        "{about} is no request, fact id or ref of this contract.",
    ),
    "ABOUT_AMBIGUOUS": (
        "{about} 在本合同中指多条事实：{facts_zh}；请改用事实 id，如 {one}。",
        "{about} names several facts of this contract: {facts}; say which by its id, such as {one}.",
    ),
    "BY_DID_NOT_ASSERT": (
        "该事实由 {asserted_by} 作出，只有它能更正或撤回，{by} 不能。",
        "That fact was asserted by {asserted_by}; only {asserted_by} may correct or retract it, not {by}.",
    ),
    "CLAIM_ANSWERED_TWICE": (
        "一次只能认可或异议一条事实，不能同时。",
        "A fact is either acknowledged or contested, one at a time.",
    ),
    "CLAIM_ANSWERED_BY_WHOM": (
        "这条事实由{said_by}陈述，须用 --by 写明由谁答复。",
        "That fact is said by {said_by}; say with --by who answers it.",
    ),
    "BY_ASSERTED_IT_ITSELF": (
        "该事实由 {by} 自己作出；应由另一角色认可或提出异议。",
        "That fact was asserted by {by} itself; another role acknowledges or contests it.",
    ),
    "REGISTRATION_STAYS": ("合同登记不能撤回。", "The registration of a contract cannot be retracted."),
    "CONTRACT_ID_FIXED": (
        "更正不能改变合同编号 {contract}。",
        "A correction cannot change the contract's id {contract}.",
    ),
    # --- facts as JSON ---------------------------------------------------------------------------
    "LINE_TOO_LONG": (
        "这一行超过 {longest} 字节；一行只写一条事实，大文件请作为附件。",
        "This line is longer than {longest} bytes; write one fact a line and attach large documents instead.",
    ),
    "NOT_UTF8": (
        "第 {byte} 个字节处不是有效的 UTF-8；请改用 UTF-8 编码。",
        "This is no valid UTF-8 at byte {byte}; encode it as UTF-8.",
    ),
    "JSON_BROKEN": (
        "JSON 在这一行第 {column} 个字符处有误；应是一个完整的 JSON 值。",
        "The JSON is broken at character {column} of this line; one whole JSON value is wanted.",
    ),
    "JSON_NOT_OBJECT": (
        "应是一个 JSON 对象 {{…}}，而不是 {found}。",
        "This must be a JSON object {{…}}, not {found}.",
    ),
    "JSON_TOO_DEEP": (
        "JSON 嵌套超过 {deepest} 层，请简化。",
        "The JSON is nested more than {deepest} levels deep; simplify it.",
    ),
    "JSON_KEY_TWICE": (
        "键 {key} 在同一个对象里出现两次，只能有一个。",
        "The key {key} stands twice in one object; there may be only one.",
    ),
    "JSON_FLOAT": (
        "不能用浮点数 {given}；金额和比例请写成带引号的十进制数，如 \"1843129.06\"。",
        "The floating-point number {given} is not exact; write a decimal in quotes, such as \"1843129.06\".",
    ),
    "JSON_NUMBER_LONG": (
        "数字过长；请写成带引号的文字或较短的整数。",
        "A number has too many digits; use a shorter whole number or text in quotes.",
    ),
    # --- working-day notices ---------------------------------------------------------------------
    "NOTICE_KEYS": (
        "放假通知须且只能有这些键：{known}。",
        "a working-day notice has exactly these keys: {known}.",
    ),
    "NOTICE_VALUE": (
        "值 {given} 无效，应形如 {right}。",
        "{given} is no valid value; it should look like {right}.",
    ),
    "NOTICE_DAY_TWICE": (
        "{day} 不能既是放假日又是调休上班日。",
        "{day} cannot be both a day off and a make-up working day.",
    ),
    "NOTICE_DAY_FAR": (
        "{day} 与通知所属的 {year} 年相差超过一年。",
        "{day} is more than a year away from the notice's year {year}.",
    ),
}
