"""The one catalogue of what a person sees: Chinese first, English second.

``CATALOGUE`` maps a stable code to its two sentences, as ``str.format`` templates. Rooms keep their
entries under a heading of their own.
"""

from __future__ import annotations

from typing import Literal

from ledger.domain.errors import Refusal
from ledger.messages.cli import COMMAND_LINE
from ledger.messages.explain import EXPLANATIONS
from ledger.messages.http import HTTP
from ledger.messages.labels import LABELS
from ledger.messages.report import DATA, REPORT

Language = Literal["zh", "en"]

CATALOGUE: dict[str, tuple[str, str]] = {
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
    "PATH_UNKNOWN": (
        "结论中没有路径 {path}（截至 {day}）；可以改问 {near}，或某项义务的编号。",
        "No conclusion is at path {path} as of {day}; ask for {near}, or for an obligation by its id.",
    ),
    # --- terms -----------------------------------------------------------------------------------
    "TERMS_INVALID": ("合同条款参数有 {count} 处错误。", "The terms have {count} faults."),
    "TERMS_KEY_UNKNOWN": (
        "没有这个键；此处可用的有：{known}。",
        "there is no such key; known here: {known}.",
    ),
    "TERMS_KEY_MISSING": ("缺少这个键，必须填写。", "this key is missing and must be given."),
    "TERMS_NOT_A_TABLE": (
        "应为表（键和值），而不是 {given}。",
        "must be a table of keys and values, not {given}.",
    ),
    "TERMS_NOT_A_LIST": ("应为列表，而不是 {given}。", "must be a list, not {given}."),
    "TERMS_LIST_EMPTY": ("列表不能为空，至少要有一项。", "must not be empty: give at least one entry."),
    "TERMS_NOT_TEXT": ("应为文字，写在引号内，而不是 {given}。", "must be text in quotes, not {given}."),
    "TERMS_TEXT_BLANK": ("不能是空白文字。", "must not be blank."),
    "TERMS_TEXT_LONG": (
        "文字有 {length} 个字符，最多 {longest} 个。",
        "has {length} characters; at most {longest} are allowed.",
    ),
    "TERMS_TEXT_HIDDEN": (
        "文字含有不可见的控制字符或方向控制字符 {character}，请删除。",
        "contains the invisible control or bidirectional character {character}; remove it.",
    ),
    "TERMS_ID_CHARACTERS": (
        "合同编号 {given} 无效：只能用字母、数字和 - _ .，以字母或数字开头，最多 64 个字符。",
        "{given} is no contract id: use letters, digits and - _ . only, a letter or digit first, at most 64.",
    ),
    "TERMS_SLUG_CHARACTERS": (
        "名称 {given} 无效：只能用小写字母、数字和连字符，最多 64 个字符。",
        "{given} is no short name: use lower-case letters, digits and hyphens only, at most 64.",
    ),
    "TERMS_CHOICE_UNKNOWN": (
        "没有 {given} 这个选项，可用的有：{known}。",
        "there is no {given}; there are: {known}.",
    ),
    "TERMS_NOT_INTEGER": (
        "应为整数，不带引号和小数点，而不是 {given}。",
        "must be a whole number without quotes or point, not {given}.",
    ),
    "TERMS_NOT_DECIMAL": (
        "应为写在引号内的十进制数，如 \"0.06\"（不用浮点数、正负号或指数），而不是 {given}。",
        "must be a decimal in quotes such as \"0.06\" (no float, sign or exponent), not {given}.",
    ),
    "TERMS_NOT_MONEY": (
        "应为写在引号内的金额（元），如 \"1843129.06\"（不用浮点数、正负号或分隔符），而不是 {given}。",
        "must be an amount in yuan in quotes such as \"1843129.06\" (no float, no separators), not {given}.",
    ),
    "TERMS_MONEY_TOO_FINE": (
        "金额 {given} 的小数超过两位，最小单位是分。",
        "{given} has more than two decimals; the fen is the smallest unit.",
    ),
    "TERMS_NO_SUCH_DAY": ("日期 {given} 不存在。", "there is no day {given}."),
    "TERMS_NOT_A_DAY": (
        "应为日期，如 2025-12-31，而不是 {given}。",
        "must be a date such as 2025-12-31, not {given}.",
    ),
    "TERMS_OUT_OF_RANGE": (
        "{given} 超出范围，应 {range}。",
        "{given} is out of range; it must be {range}.",
    ),
    "TERMS_DUPLICATE": ("{given} 重复出现，只能有一个。", "{given} stands twice; there may be only one."),
    "TERMS_INSTALMENTS_SUM": (
        "各期金额合计 {sum}，与合同总额 {total} 不符。",
        "the instalments add up to {sum}, not to the total {total}.",
    ),
    "TERMS_LINE_PRODUCT": (
        "合价 {total} 不等于单价 {unit_price} × 数量 {quantity} × 期数 {periods} = {product}。",
        "{total} is not unit price {unit_price} × quantity {quantity} × periods {periods} = {product}.",
    ),
    "TERMS_LINES_SUM": (
        "订单各行合计 {sum}，与合同总额 payment.total {total} 不符。",
        "the order lines add up to {sum}, not to payment.total {total}.",
    ),
    "TERMS_GRADES_EXCHANGED": (
        "A 级的条件低于 B 级；A 级应当更严重，两级可能写反了。",
        "grade A asks less than grade B; A is the graver, perhaps the two were exchanged.",
    ),
    "TERMS_RULE_WRONG_ANNEX": (
        "规则 {rule} 只用于附件3（damages.general），不用于附件2。",
        "rule {rule} belongs to annex 3 (damages.general) only, not to annex 2.",
    ),
    "TERMS_RULE_KEY_MISSING": ("规则 {rule} 需要这个参数。", "rule {rule} needs this parameter."),
    "TERMS_RULE_KEY_FOREIGN": (
        "规则 {rule} 没有这个参数，它的参数是：{known}。",
        "rule {rule} has no such parameter; it has: {known}.",
    ),
    "TERMS_BAND_CROSSED": (
        "区间上限 {under} 应大于下限 {over}。",
        "the upper end {under} must be greater than the lower end {over}.",
    ),
    "TERMS_BANDS_OVERLAP": (
        "区间从 {over} 起，与 {other}（到 {under} 止）重叠。",
        "the band from {over} overlaps that of {other}, which ends at {under}.",
    ),
    "TERMS_NOT_JSON": (
        "{given} 不能作为条款参数登记；只能用文字、整数、日期、表和列表。",
        "{given} cannot be recorded; use text, whole numbers, dates, tables and lists only.",
    ),
    "AMENDMENT_INVALID": ("变更内容有 {count} 处错误。", "The amendment has {count} faults."),
    "AMENDMENT_EMPTY": ("没有写明任何变更。", "names no change."),
    "AMENDMENT_KEY_UNKNOWN": (
        "合同条款参数中没有这个键；此处可用的有：{known}。",
        "the terms have no such key; known here: {known}.",
    ),
    "AMENDMENT_ROW_UNKNOWN": (
        "没有 {by} 为 {address} 的行；要新增一行，请给出整行的内容。",
        "there is no row whose {by} is {address}; to add one, give the whole row.",
    ),
    "AMENDMENT_ADDRESS": (
        "行的 {by} 必须与键一致，不能变更；请删除该行（null）再新增。",
        "a row's {by} must agree with the key and cannot change; take the row away (null) and add another.",
    ),
    "AMENDMENT_CONTRACT_ID": ("合同编号不能变更。", "the contract's id cannot change."),
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
    # --- store -----------------------------------------------------------------------------------
    "STORE_URL_INVALID": (
        "{url} 不是账本地址；例如 sqlite:///lvyue.db 或 postgresql://主机/库名。",
        "{url} is no store address; write sqlite:///lvyue.db or postgresql://host/database.",
    ),
    "STORE_URL_UNESCAPED": (
        "账本地址的账号或密码里有 @ 或 /，须写成 %40 或 %2F。",
        "The user or password in the store address holds @ or /; write them as %40 and %2F.",
    ),
    "STORE_MISSING": (
        "找不到账本 {store}；请先登记一份合同来建立它，或用 --store 指明位置。",
        "There is no ledger at {store}; register a contract to make one, or say where it is with --store.",
    ),
    "STORE_FOREIGN": (
        "{store} 不是履约账本；请指定另一个文件或数据库。",
        "{store} is not a lvyue ledger; name another file or database.",
    ),
    "STORE_NEWER": (
        "{store} 由更新版本的程序写成（{found}，本程序识别到 {known}）；请升级程序。",
        "{store} was written by a newer program ({found}; this one knows {known}); upgrade this one.",
    ),
    "STORE_LOCKED": (
        "账本 {store} 正被另一个程序写入，等待超时；请稍后再试。",
        "Another program kept the ledger {store} locked too long; try again later.",
    ),
    "STORE_DENIED": (
        "无权打开账本 {store}；请检查文件和目录的权限，或数据库账号的授权。",
        "The ledger {store} may not be opened; check the permissions of file and folder, or of the account.",
    ),
    "STORE_READ_ONLY": (
        "账本 {store} 只读，无法写入；请检查文件和目录的权限。",
        "The ledger {store} is read-only; check the permissions of the file and its folder.",
    ),
    "STORE_DISK_FULL": (
        "磁盘已满，账本 {store} 未作任何记录；请腾出空间后再试。",
        "The disk is full and nothing was recorded in the ledger {store}; free some space and try again.",
    ),
    "STORE_UNREACHABLE": (
        "无法连接账本所在的数据库 {store}（{detail}）；请检查地址、账号和网络。",
        "The ledger's database {store} cannot be reached ({detail}); check address, account and network.",
    ),
    "STORE_BROKEN": (
        "账本 {store} 已损坏或无法读取（{detail}）；请用备份恢复，并运行 lvyue audit 核查。",
        "The ledger {store} is damaged or cannot be read ({detail}); restore a backup and run lvyue audit.",
    ),
    "STORE_DRIVER_MISSING": (
        "使用 PostgreSQL 账本需要 psycopg；请运行 pip install 'lvyue-ledger[postgres]'。",
        "A PostgreSQL ledger needs psycopg; run pip install 'lvyue-ledger[postgres]'.",
    ),
    "FACT_UNSTORABLE": (
        "{type} 的内容无法写成 JSON（{detail}）；请改用普通文本和 64 位以内的整数。",
        "The content of {type} cannot be written as JSON ({detail}); use plain text and integers of 64 bits.",
    ),
    "CHAIN_BROKEN": (
        "事实 {fact} 所记的前一条摘要与前一条事实不符，存储的内容被改动过；请运行 lvyue audit。",
        "Fact {fact} does not follow from the one before it: stored bytes were altered; run lvyue audit.",
    ),
    "LEAF_BROKEN": (
        "存储中第 {position} 条事实无法读取（{detail}），存储的内容被改动过；请运行 lvyue audit。",
        "The fact at position {position} cannot be read ({detail}): stored bytes were altered; run lvyue audit.",
    ),
    "RECORD_KEPT": (
        "{kind} 记录 {key} 已永久保存，不能改动。",
        "The {kind} record {key} is kept for good and cannot be changed.",
    ),
    # --- log -------------------------------------------------------------------------------------
    "KEY_UNREADABLE": (
        "密钥 {file} 无法读取或格式不对；请检查文件、权限，以及 LVYUE_LOG_KEY 等环境变量。",
        "The key {file} cannot be read or is no such key; check the file, its permissions and LVYUE_LOG_KEY.",
    ),
    "KEY_EXPOSED": (
        "密钥文件 {file} 可被其他用户读取；请先执行 chmod 600。",
        "Others can read the key file {file}; run chmod 600 on it first.",
    ),
    "KEY_FOREIGN": (
        "手头的密钥 {key} 不是这本账的日志密钥；请提供原来的密钥目录，或由原密钥声明更换。",
        "The key at hand ({key}) is not this log's; supply the original key folder, or have the old key name it.",
    ),
    "KEY_SUPPLIED": (
        "日志密钥由外部提供，不能在此更换；请在提供密钥的地方更换。",
        "The log's key is supplied from outside and cannot be replaced here; replace it where it comes from.",
    ),
    "PROOF_OUT_OF_RANGE": (
        "无法给出从 {first} 到 {second} 的证明：超出了日志现有的范围。",
        "There is no proof from {first} to {second}: the log does not reach that far.",
    ),
    "CHECKPOINT_MALFORMED": (
        "这不是检查点文件（{detail}）；应为 C2SP 签名文本。",
        "This is no checkpoint ({detail}); a C2SP signed note is wanted.",
    ),
    "COSIGNATURE_INVALID": (
        "{name} 的见证签名与该检查点不符，未予保存。",
        "The cosignature of {name} does not verify for this checkpoint and was not kept.",
    ),
    "WITNESS_SAW_ANOTHER": (
        "拒绝见证：上次所见与现在出示的不是同一段历史。上次所见：\n{seen}现在出示：\n{shown}",
        "Not cosigned: what was seen before is no prefix of what is shown now. Seen:\n{seen}Shown:\n{shown}",
    ),
    "LOG_SHRUNK": (
        "日志变短了：已签名 {size} 条，现存 {found} 条；末尾的事实被删去。",
        "The log shrank: {size} facts were signed, {found} are left; its end was removed.",
    ),
    "CHECKPOINT_ALTERED": (
        "第 {size} 条处的检查点被改动过，或不是本日志的密钥所签。",
        "The checkpoint of {size} facts was altered, or no key of this log signed it.",
    ),
    "LEAF_ALTERED": (
        "第 {position} 条事实的存储内容被改动过，与写入时不符；未予签名。",
        "The stored bytes of fact number {position} are not those recorded; nothing was signed.",
    ),
    "LEAF_MISSING": (
        "从第 {position} 条起缺少事实；未予签名。",
        "Facts are missing from number {position} on; nothing was signed.",
    ),
    "TREE_ALTERED": (
        "日志树（{size} 条）与重新计算的结果不符，历史或日志被改写；未予签名。",
        "The tree of {size} facts is not what recomputation gives: history or log was rewritten; not signed.",
    ),
    "POSITION_GAP": (
        "第 {position} 条事实不见了，其后是第 {found} 条。",
        "Fact number {position} is missing; number {found} stands in its place.",
    ),
    "SEQ_GAP": (
        "第 {position} 条事实在其合同中应为第 {expected} 条，却记为第 {found} 条。",
        "Fact number {position} should be number {expected} of its contract, and says {found}.",
    ),
    "LEAF_MISLABELLED": (
        "第 {position} 条事实的内容与其所在合同、序号或类型不符，存储的内容被改动过。",
        "What fact number {position} says is not of the contract, number or type it is kept under: it was altered.",
    ),
    "PREV_BROKEN": (
        "第 {position} 条事实所记的前一条摘要与该合同的前一条事实不符，两者之一被改动过。",
        "Fact number {position} does not follow from its contract's fact before: one of the two was altered.",
    ),
    "TIME_REVERSED": (
        "第 {position} 条事实的记录时间 {recorded_at} 早于前一条。",
        "Fact number {position} says it was recorded ({recorded_at}) before the fact that precedes it.",
    ),
    "HISTORY_REWRITTEN": (
        "现存的事实与日志签过名的 {size} 条检查点不符：第 {position} 条起的内容被改写过。",
        "The facts are not those of the checkpoint signed over {size}: they were rewritten from number {position} on.",
    ),
    "LEAF_UNLOGGED": (
        "第 {position} 条起的事实不在日志树中：写入时未经本程序，或未带日志。",
        "The facts from number {position} on are not in the log's tree: they were not written by this program.",
    ),
    "KEY_UNANNOUNCED": (
        "日志密钥 {key} 没有经原密钥声明。",
        "The log's key {key} was not named by the key before it.",
    ),
    "COSIGNATURE_ALTERED": (
        "{size} 条检查点的一个见证签名不成立，被改动过。",
        "A witness's signature under the checkpoint of {size} facts does not verify: it was altered.",
    ),
    "STAMP_ALTERED": (
        "{size} 条检查点的时间戳不是对它的，被改动过。",
        "A time stamp of the checkpoint of {size} facts is not over it: it was altered.",
    ),
    "CHECKPOINT_FOREIGN": (
        "这份检查点不是本日志（或当时的密钥）签的：{origin}。",
        "No key of this log signed that checkpoint: {origin}.",
    ),
    "ANSWER_STALE": (
        "合同 {contract} 留存的结论与按所存事实重新推算的不同。",
        "What is remembered of contract {contract} is not what its stored facts lead to.",
    ),
    "TREE_AHEAD": (
        "日志树有 {size} 条，账本中只剩 {found} 条；末尾的事实被删去。请运行 lvyue audit。",
        "The tree holds {size} facts, the ledger only {found}: its end was removed; run lvyue audit.",
    ),
    # --- facts and their admission ---------------------------------------------------------------
    "FACT_UNKNOWN_TYPE": ("没有名为 {type} 的事实类型。", "There is no fact type {type}."),
    "FIELD_UNKNOWN": ("没有这个字段；可用的有：{known}。", "There is no such field; there are: {known}."),
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
        "“{value}”不是十进制数；应如 \"0.06\"，最多 30 个字符。",
        "{value!r} is no decimal number; it should be like 0.06, of at most 30 characters.",
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
    "MONTH_INVALID": ("“{value}”不是月份；应如 2026-03。", "{value!r} is no month; it should be like 2026-03."),
    "LIST_LENGTH": (
        "列表有 {length} 项，应有 {least} 至 {most} 项。",
        "The list has {length} entries; it must have {least} to {most}.",
    ),
    "LIST_DUPLICATE": ("“{value}”重复出现。", "{value!r} stands twice."),
    "CONFIRMATION_INCOMPLETE": (
        "须由双方确认：应恰好列出 party_a 和 party_b。",
        "Both parties must confirm: list exactly party_a and party_b.",
    ),
    "DATA_TOO_LARGE": ("内容过多，最多 {most} 个值。", "Too much content; at most {most} values."),
    "DATA_TOO_DEEP": ("嵌套过深，最多 {most} 层。", "Nested too deeply; at most {most} levels."),
    "MEASURE_OF_OTHER_KIND": (
        "{kind} 类事件没有指标 {measure}。",
        "Incidents of kind {kind} have no measure {measure}.",
    ),
    "PERIOD_REVERSED": ("结束日 {last} 早于开始日 {first}。", "The end {last} is before the start {first}."),
    "DAY_OFF_AND_MADE_UP": (
        "{day} 不能既是休息日又是补班日。",
        "{day} cannot be both a day off and a make-up working day.",
    ),
    "BY_NOT_ALLOWED": (
        "{by} 不能作出 {type}；可以作出的有：{allowed}。",
        "{by} may not assert {type}; these may: {allowed}.",
    ),
    "SIGNATURE_BY_NON_PARTY": (
        "{party} 不是合同当事人；签署方应为 party_a 或 party_b。",
        "{party} is no party to the contract; party_a or party_b signs.",
    ),
    "SIGNATURE_OF_ANOTHER": (
        "{by} 只能记录自己的签署，不能记录 {party} 的。",
        "{by} may record its own signature only, not that of {party}.",
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
    "ID_UNKNOWN": (
        "本合同中没有{kind_zh} {value}；请先记录它，或改正编号。",
        "This contract has no {kind} {value}; record it first, or mend the identifier.",
    ),
    "ID_RETRACTED": (
        "{kind_zh} {value} 已被撤回或更正，不能再引用。",
        "The {kind} {value} was retracted or corrected away and can no longer be named.",
    ),
    "TARGET_UNKNOWN": (
        "本合同中没有 id 或 ref 为 {target} 的事实。",
        "No fact of this contract has the id or ref {target}.",
    ),
    "TARGET_NOT_EARLIER": (
        "更正后的目标 {target} 必须是更早的事实。",
        "The corrected target {target} must be an earlier fact.",
    ),
    "PROPOSAL_ANSWERED_BY_PROPOSER": (
        "提议 {proposal} 由 {by} 提出，应由另一方答复。",
        "The proposal {proposal} was made by {by}; the other party answers it.",
    ),
    "REJECTED_BY_ANOTHER": (
        "整改通知 {notice} 由 {issuer} 发出，只有它能认定整改未通过，{by} 不能。",
        "The notice {notice} was issued by {issuer}; only {issuer} may reject its completion, not {by}.",
    ),
    "NOTICE_NOT_SUPERVISORS": (
        "整改通知 {notice} 不是云安全监管服务商发出的。",
        "The notice {notice} was not issued by the supervisor.",
    ),
    "ITEM_UNKNOWN": ("没有违约金项目 {item}。", "There is no damages item {item}."),
    "SERVICE_UNKNOWN": ("服务定单中没有服务 {service}。", "The order has no service {service}."),
    "ABOUT_UNKNOWN": (
        "{about} 不是本合同中的需求编号、事实 id 或 ref。",
        "{about} is no request, fact id or ref of this contract.",
    ),
    "BY_DID_NOT_ASSERT": (
        "该事实由 {asserted_by} 作出，只有它能更正或撤回，{by} 不能。",
        "That fact was asserted by {asserted_by}; only {asserted_by} may correct or retract it, not {by}.",
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
    # --- command line: what cannot be done -------------------------------------------------------
    "FILE_MISSING": ("没有文件 {file}。", "There is no file {file}."),
    "FILE_UNREADABLE": (
        "无法读取 {file}（{detail}）；请检查路径和权限。",
        "{file} cannot be read ({detail}); check the path and its permissions.",
    ),
    "FILE_TOO_LARGE": (
        "{file} 超过 {longest} 字节，不会是合同条款参数或放假通知。",
        "{file} is larger than {longest} bytes; no terms and no notice are.",
    ),
    "TOML_BROKEN": (
        "{file} 不是有效的 TOML（{detail}）。",
        "{file} is no valid TOML ({detail}).",
    ),
    "OUTPUT_FAILED": (
        "无法写出结果（{detail}）。",
        "The answer could not be written ({detail}).",
    ),
    "DEMO_FILES_MISSING": (
        "找不到演示所用的 {file}；请在仓库目录里运行，或用 --contracts 指明 contracts 目录。",
        "The demonstration needs {file}; run it in a clone of the repository or name its folder with --contracts.",
    ),
    "INTERNAL_ERROR": (
        "程序内部出错（{detail}），这是程序的缺陷；设 LVYUE_DEBUG=1 再运行可看到详情，请据此报告。",
        "An internal error ({detail}): a defect of this program; run again with LVYUE_DEBUG=1 and report it.",
    ),
    # --- command line: usage ---------------------------------------------------------------------
    "USAGE": ("{message}。用法见：{program} --help", "{message}. See: {program} --help"),
    "USAGE_VERB_UNKNOWN": ("没有命令 {given}，可用的有：{known}", "There is no verb {given}; there are: {known}"),
    "USAGE_ARGUMENT_MISSING": ("缺少参数 {names}", "Missing: {names}"),
    "USAGE_ARGUMENT_UNKNOWN": ("不认识的参数 {given}", "Unknown argument {given}"),
    "USAGE_VALUE_MISSING": ("{option} 后面缺少值", "{option} needs a value"),
    "USAGE_VALUE_WRONG": ("{option}：{message}", "{option}: {message}"),
    "USAGE_NO_VALUE": ("{option} 后面不带值", "{option} takes no value"),
    "USAGE_CHOICE": ("{given} 不可用，可选：{known}", "{given} is none of: {known}"),
    "USAGE_DAY": (
        "“{given}”不是日期；应如 2026-11-22",
        "{given!r} is no day; write it like 2026-11-22",
    ),
    "USAGE_DAY_RANGE": (
        "{given} 超出范围；日期应在 {first} 年至 {last} 年之间",
        "{given} is out of range; a day must lie in the years {first} to {last}",
    ),
    "USAGE_MOMENT": (
        "“{given}”不是带时区偏移的时间；应如 2026-11-22T14:00:00+08:00 或 2026-11-22T06:00:00Z",
        "{given!r} is no moment with an offset; write it like 2026-11-22T14:00:00+08:00 or 2026-11-22T06:00:00Z",
    ),
    "USAGE_READING_SHAPE": (
        "“{given}”应写成 解读=选项，如 year-window=calendar-year",
        "{given!r} should be READING=OPTION, such as year-window=calendar-year",
    ),
    "USAGE_READING": ("没有名为 {given} 的解读，可用的有：{known}", "There is no reading {given}; there are: {known}"),
    "USAGE_OPTION": (
        "解读 {reading} 没有选项 {given}，可选：{known}",
        "Reading {reading} has no option {given}; it has: {known}",
    ),
    "USAGE_ROLE": ("没有角色 {given}，可用的有：{known}", "There is no role {given}; there are: {known}"),
    "USAGE_COUNT": (
        "“{given}”应为 {least} 至 {most} 的整数",
        "{given!r} must be a whole number from {least} to {most}",
    ),
    "USAGE_TEXT": ("“{given}”含有不可见的字符或不是 UTF-8", "{given!r} has invisible characters or is no UTF-8"),
    "USAGE_STORE": (
        "{given} 不是账本地址；应如 sqlite:///lvyue.db 或 postgresql://主机/库名",
        "{given} is no store address; write sqlite:///lvyue.db or postgresql://host/database",
    ),
    "USAGE_DIFF": (
        "diff 需要两个 --as-of 或两个 --known-at（先写从何时，再写到何时）",
        "diff needs two --as-of or two --known-at, from the first to the second",
    ),
    "USAGE_CALENDAR": (
        "写一个日期，或同时写 --from 和 --working-days，或 publish 加通知文件",
        "Give a day, or --from with --working-days, or publish and a notice's file",
    ),
    "USAGE_LANGUAGE": ("语言只能是 zh 或 en，而不是 {given}", "The language is zh or en, not {given}"),
    # --- command line: what was done -------------------------------------------------------------
    "DONE_REGISTERED": (
        "已登记合同 {contract}（{title}），事实 {fact}。",
        "Registered contract {contract} ({title}) as fact {fact}.",
    ),
    "DONE_REGISTERED_BEFORE": (
        "合同 {contract} 早已按同样的条款登记，未作改动。",
        "Contract {contract} was registered with these terms before; nothing was changed.",
    ),
    "DONE_RECORDED": (
        "已记录 {count} 条事实，合同 {contract} 现有 {version} 条。",
        "Recorded {count} facts; contract {contract} now has {version}.",
    ),
    "DONE_REPEATED": (
        "其中 {count} 条早已记录过，未重复记录。",
        "{count} of them had been recorded before and were not recorded again.",
    ),
    "DONE_NOTHING": ("没有可记录的事实。", "There was no fact to record."),
    "DONE_PUBLISHED": (
        "已记录 {year} 年放假通知 {document}，自 {published_on} 起适用。",
        "Recorded the {year} notice {document}, known from {published_on} on.",
    ),
    "DONE_PUBLISHED_BEFORE": (
        "{year} 年放假通知 {document} 早已记录过，未作改动。",
        "The {year} notice {document} was recorded before; nothing was changed.",
    ),
    "DONE_COMPARED": (
        "相符：这份 {size} 条的检查点是现有日志的开头。",
        "Consistent: this checkpoint of {size} facts is the beginning of the log.",
    ),
    "DONE_ROTATED": (
        "已更换日志密钥，并记录在案。\n原：{before}\n新：{after}",
        "The log's key was replaced, on record.\nbefore: {before}\nafter:  {after}",
    ),
    "DONE_AUDITED": (
        "核查通过：{facts} 条事实（第 {since} 条之后）、{contracts} 份合同或系统流、{checkpoints} 份检查点、"
        "{cosignatures} 个见证签名、{stamps} 个时间戳、{documents} 份文件，均与记录时一致。",
        "Sound: {facts} facts (after number {since}) in {contracts} streams, {checkpoints} checkpoints, {cosignatures}"
        " cosignatures, {stamps} time stamps and {documents} documents are as they were recorded.",
    ),
    "AUDIT_ABSENT": (
        "另有 {count} 份文件只有摘要、未曾存入（如 {first}）。",
        "{count} documents were only ever named by their digest and not handed in (such as {first}).",
    ),
    "DONE_ATTACHED": (
        "已存放 {name}，附于 {about}，记为事实 {fact}；SHA-256 {sha256}",
        "Kept {name} with {about} as fact {fact}; SHA-256 {sha256}",
    ),
    "DONE_ATTACHED_BEFORE": (
        "{name} 早已附于 {about}（事实 {fact}），未作改动；SHA-256 {sha256}",
        "{name} was attached to {about} before (fact {fact}); nothing was changed; SHA-256 {sha256}",
    ),
    "DONE_ERASED": (
        "已销毁 {subject} 的密钥，{count} 项个人信息不再能打开，记为事实 {fact}。",
        "The key of {subject} was destroyed: {count} personal values can be opened no more; recorded as {fact}.",
    ),
    "LOG_REWRITTEN": (
        "历史被改写：日志签过这份检查点，现存的事实却得不出它。\n你手中的：\n{held}\n账本现在的：\n{ours}",
        "History was rewritten: this log signed the checkpoint you hold, and its facts no longer lead to it.\n"
        "you hold:\n{held}\nthe ledger shows:\n{ours}",
    ),
    "LOG_SPLIT_VIEW": (
        "两份不同的历史：日志的密钥签了你手中的检查点，却对同样条数给出另一份。\n你手中的：\n{held}\n账本现在的：\n{ours}",
        "A split view: the log's key signed what you hold, and the log shows other facts under that size.\n"
        "you hold:\n{held}\nthe ledger shows:\n{ours}",
    ),
    "LOG_CUT": (
        "日志的末尾被删去：其密钥签过的条数多于现存的。\n你手中的：\n{held}\n账本现在的：\n{ours}",
        "The end of the log was cut off: its key signed more facts than are left.\n"
        "you hold:\n{held}\nthe ledger shows:\n{ours}",
    ),
    "CHECKPOINT_NOT_MADE": (
        "事实已记录，但未能签署检查点：{detail}",
        "The facts are recorded, but no checkpoint could be signed: {detail}",
    ),
    "KEYS_MADE": (
        "未设 LVYUE_KEYS：本账本的签名密钥和个人信息密钥保存在 {folder}，请备份；"
        "在别处使用同一账本时，把 LVYUE_KEYS 指向这些密钥。",
        "LVYUE_KEYS is not set: this ledger's signing and personal-data keys are kept in {folder}; back them up, "
        "and point LVYUE_KEYS at them wherever else this ledger is used.",
    ),
    "KEYS_SOUGHT": (
        "未设 LVYUE_KEYS，{folder} 中没有本账本的密钥；请把 LVYUE_KEYS 指向原来的密钥目录。",
        "LVYUE_KEYS is not set and {folder} does not hold this ledger's keys; point LVYUE_KEYS at the original folder.",
    ),
    "PROGRESS_AUDITED": ("{bar} 已核查 {count}/{total} 条", "{bar} audited {count} of {total} facts"),
    "USAGE_LOG": (
        "写 checkpoint、proof 合同 事实、compare 文件、cosign --key 文件、rotate 或 keys 之一。",
        "write one of checkpoint, proof CONTRACT FACT, compare FILE, cosign --key FILE, rotate, keys.",
    ),
    "USAGE_LOG_ACTION": (
        "{given} 不是 checkpoint、proof、compare、cosign、rotate 或 keys",
        "{given} is not checkpoint, proof, compare, cosign, rotate or keys",
    ),
    "PROGRESS_READ": ("已读取 {count} 行", "read {count} lines"),
    "PROGRESS_CHECKED": ("已核对 {count}/{total} 条", "checked {count} of {total} facts"),
    "PROGRESS_WRITING": ("正在写入 {total} 条", "writing {total} facts"),
    **COMMAND_LINE,
    **LABELS,
    **EXPLANATIONS,
    **HTTP,
    **REPORT,
    **DATA,
    # --- evidence --------------------------------------------------------------------------------
    "SCOPE_UNKNOWN": (
        "本合同没有 {name}；请写事实的 id 或 ref，或事件、发票、争议等的编号。",
        "This contract has no {name}; give a fact's id or ref, or the id of an incident, invoice, dispute …",
    ),
    "DISCLOSE_UNKNOWN": (
        "{name} 不是个人信息字段；请写 事实.字段，如 staff-1.name。",
        "{name} is no personal field; write FACT.FIELD, as in staff-1.name.",
    ),
    "DISCLOSE_ERASED": (
        "{name} 的个人信息已删除，无法披露；不披露也能导出和核验。",
        "The value of {name} was erased and cannot be disclosed; the package verifies without it.",
    ),
    "FILE_EXISTS": ("已有文件 {file}，不覆盖；请换一个名字。", "There is a file {file} already; choose another."),
    "FOLDER_MISSING": ("没有目录 {folder}。", "There is no folder {folder}."),
    "TRUST_EMPTY": (
        "其中没有公钥；公钥每行一个，形如 名称+编号+base64。",
        "There is no public key in it; a key is a line name+id+base64.",
    ),
    "DONE_EVIDENCE": (
        "已导出证据包 {file}（{size} 字节，事实 {count} 条；本次导出记为 {fact}）",
        "exported to {file} ({size} bytes, {count} facts; the export itself is {fact})",
    ),
    "DONE_EVIDENCE_NEXT": (
        "核验：解压后运行 python3 verify.py . --trust 公钥文件，或 lvyue verify {file} --trust 公钥文件；"
        "公钥须从包外取得。",
        "To verify: unpack it and run python3 verify.py . --trust KEYS, or lvyue verify {file} --trust KEYS; "
        "the keys have to come from elsewhere.",
    ),
    "VERIFY_FINDING_FAILED": ("不符：{finding}", "FAILED: {finding}"),
    "VERIFY_FINDING_UNCHECKED": ("未核对：{finding}", "UNCHECKED: {finding}"),
    "VERIFY_FACTS": ("核对事实 {count} 条", "{count} facts checked"),
    "VERIFY_NO_PACKAGE": ("不是证据包，或已损坏：{detail}", "This is no package, or it is damaged: {detail}"),
    "VERIFY_DIFFERS": (
        "由包内事实按同一规则重新推得的结论不同：{paths}",
        "drawn again from the facts by the same rules the conclusions are others: {paths}",
    ),
    "VERIFY_CONCLUSIONS_SAME": (
        "已由包内事实按规则 {rules} 重新推得同样的结论",
        "the same conclusions were drawn again from the facts by rules {rules}",
    ),
    "VERIFY_CONCLUSIONS_PARTIAL": (
        "部分事实只列摘要，结论未重新推导；结论以全部事实为据",
        "some facts stand as digests only, so the conclusions, which rest on all of them, were not drawn again",
    ),
    "VERIFY_CONCLUSIONS_OTHER_RULES": (
        "包内结论出自规则 {rules}，此处未安装，未重新推导",
        "the conclusions were drawn by rules {rules}, which are not installed here, and were not drawn again",
    ),
    "VERIFY_UNTRUSTED": (
        "注意：未给出 --trust，公钥取自包内，证明不了来源；任何人都能造出这样的包",
        "NOTE: without --trust the keys come from inside the package and prove nothing: anybody could have made it",
    ),
    "VERIFY_PASSED": ("结论：通过", "result: PASSED"),
    "VERIFY_INCOMPLETE": ("结论：不完整，有未能核对之处", "result: INCOMPLETE, not everything could be checked"),
    "VERIFY_FAILED": ("结论：不符", "result: FAILED"),
    "VAULT_KEY_MISSING": (
        "{folder} 中没有本账本的 vault.key，无法保存、读取或删除个人信息；请把 LVYUE_KEYS 指向原来的密钥目录。",
        "{folder} lacks this ledger's vault.key, so personal values cannot be kept, read or erased; "
        "point LVYUE_KEYS at the original key folder.",
    ),
    "VAULT_UNREADABLE": (
        "{subject} 的个人信息无法解密；请检查密钥目录中的 vault.key。",
        "The personal values of {subject} cannot be decrypted; check vault.key in the key folder.",
    ),
    "SUBJECT_UNKNOWN": (
        "没有 {subject} 的个人信息，或已经删除。",
        "There are no personal values of {subject}, or they were erased already.",
    ),
}


def say(code: str, lang: Language = "zh", **values: object) -> str:
    """The sentence for ``code`` in ``lang``, its template filled with ``values``."""
    return CATALOGUE[code][0 if lang == "zh" else 1].format(**values)


def refusal(refused: Refusal, lang: Language = "zh") -> str:
    """One line for a refusal: where (line, field), then the sentence; several faults on lines of their own."""
    if not refused.faults:
        return _located(refused, lang, refused.line, refused.field)
    return "\n".join(
        _located(fault, lang, fault.line or refused.line, refused.field, fault.field) for fault in refused.faults
    )


def _located(refused: Refusal, lang: Language, line: int | None, *fields: str | None) -> str:
    counted = (f"第 {line} 行" if lang == "zh" else f"line {line}") if line else None
    where = ("，" if lang == "zh" else ", ").join(part for part in (counted, *fields) if part)
    sentence = say(refused.code, lang, **refused.values)
    return f"{where}：{sentence}" if where and lang == "zh" else f"{where}: {sentence}" if where else sentence
