"""What is said of tables and feeds on their way in, of drafts, and of tables on their way out."""

IMPORTS: dict[str, tuple[str, str]] = {
    # --- columns: what the envelope's are called, and other headings that name them
    "table.type": ("事实类型", "fact type"),
    "table.type.also": ("类型|事实", "type of fact"),
    "table.on": ("日期", "day"),
    "table.on.also": (
        "发生日期|发生时间|开始时间|开始日期|时间|收到日期|事实日期|日期时间",
        "date|time|happened on|began|began at|start|start time|received on|received",
    ),
    "table.by": ("陈述方", "said by"),
    "table.by.also": ("记录方|由谁陈述|陈述人", "by|role"),
    "table.actor": ("行为方", "done by"),
    "table.actor.also": ("由谁作出|作出方|行为人", "actor|done|observed by"),
    "table.ref": ("引用号", "reference of the fact"),
    "table.ref.also": ("客户端编号|外部编号", "ref|client reference"),
    "table.documents": ("文件", "documents"),
    "table.seq": ("序号", "no."),
    "table.id": ("事实编号", "fact"),
    "table.position": ("账本位置", "position"),
    "table.recorded_at": ("登记时间（UTC）", "recorded at (UTC)"),
    "table.recorded_by": ("记录人", "recorded by"),
    "table.recorded_roles": ("记录人当时角色", "roles of the recorder"),
    "table.on_behalf": ("代录", "on behalf"),
    "table.days_late": ("迟登天数", "days late"),
    "table.corrected_by": ("被更正于", "corrected by"),
    "table.retracted_by": ("被撤回于", "retracted by"),
    "table.contested_by": ("被异议于", "contested by"),
    "table.digest": ("摘要值", "digest"),
    "table.prev": ("前一摘要值", "digest before"),
    # --- the file as a whole
    "TABLE_EMPTY": ("表格里没有数据行。", "The table has no rows."),
    "TABLE_ENCODING": (
        "无法识别表格的文字编码：请另存为 UTF-8 或 GB18030（“CSV（逗号分隔）”）。",
        "The table's encoding is neither UTF-8 nor GB18030; save it as one of these.",
    ),
    "TABLE_QUOTES": ("这一行的引号没有配对。", "Quotation marks do not match in this line."),
    "TABLE_BROKEN": ("文件不是完好的表格（{detail}）。", "The file is no sound table ({detail})."),
    "TABLE_OLD_OR_LOCKED": (
        "这是旧式的 .xls，或设有密码的工作簿：请去除密码，另存为 .xlsx 再导入。",
        "This is an old .xls, or a workbook with a password: remove the password and save it as .xlsx first.",
    ),
    "TABLE_TOO_LARGE": (
        "表格过大：至多 {rows} 行、{columns} 列。",
        "The table is too large: at most {rows} rows and {columns} columns.",
    ),
    "TABLE_NO_HEADINGS": (
        "{sheet} 的前几行里没有认得的列标题；认得的有：{known}。",
        "None of the first rows of {sheet} has headings that are known; known are: {known}.",
    ),
    "TABLE_TYPE_UNSAID": (
        "看不出 {sheet} 里是哪类事实（按列标题看最像“{type_zh}”）：请用 --type 指明，"
        "或把工作表命名为事实类型，或加一列“事实类型”。全部类型见 lvyue types。",
        "Which facts {sheet} holds is not said (by its headings most likely “{type}”): say it with --type, name the"
        " sheet after a type, or add a column “fact type”. lvyue types lists them all.",
    ),
    "HEADINGS_FAULTY": ("列标题有 {count} 处错误。", "{count} headings are at fault."),
    "HEADING_UNKNOWN": (
        "列标题“{heading}”不是这类事实的字段；最接近的是“{nearest}”。认得的有：{known}。不需要此列时，"
        "可用 skip 指明不读取。",
        "The heading {heading!r} names no field of this type; the nearest is {nearest}. Known are: {known}. A column"
        " that is not needed can be named to skip.",
    ),
    "COLUMN_TO_SKIP_UNKNOWN": (
        "指明不读取的列“{column}”，表中没有：请写列标题；没有标题的列，写列的字母。",
        "The table has no column {column!r} to skip: name it by its heading, or by its letter where it has none.",
    ),
    "HEADING_TWICE": (
        "列标题“{heading}”与 {first} 列指同一字段。",
        "The heading {heading} names the same field as column {first}.",
    ),
    # --- one cell
    "CELL_NO_COLUMN": (
        "{type_zh}没有列标题“{heading}”所指的字段，而此格写有“{cell}”；"
        "不需要此列（{column}）时，可用 skip 指明不读取。",
        "{type} has no field called {heading!r}, and this cell says {cell!r}; a column that is not needed can be named"
        " to skip ({column}).",
    ),
    "CELL_FORMULA": (
        "此格是公式 {given}，不是值：请粘贴为数值。",
        "This cell is a formula, {given}, and no value; paste it as a value.",
    ),
    "CELL_ERROR": ("此格的公式出错（{given}）。", "The formula of this cell failed ({given})."),
    "CELL_DIGITS_LOST": (
        "“{given}”的位数超过表格软件保留的 15 位，末位已丢失：请把该列设为文本格式后重新填写。",
        "{given!r} has more digits than the fifteen a spreadsheet keeps, and the last are lost: format the column as"
        " text"
        " and write it again.",
    ),
    "CELL_PERCENT_UNCLEAR": (
        "{given} 是百分之 {given} 还是百分之 {hundredfold}，从工作簿里看不出：请写成文本，如“{hundredfold}%”。",
        "Whether {given} means {given} % or {hundredfold} % cannot be seen in a workbook: write it as text, such as"
        " “{hundredfold}%”.",
    ),
    "CELL_IN_TEN_THOUSANDS": (
        "“{given}”不是以元计的数字；若是 {meant} 元，请写 {meant}。",
        "{given!r} is no number of yuan; if {meant} yuan are meant, write {meant}.",
    ),
    "CELL_MERGED": (
        "与上方的单元格合并，上方为“{above}”；请取消合并，逐行写明。",
        "It is merged with a cell above that says {above!r}; split it and say it in each row.",
    ),
    "CELL_NOT_A_DAY": (
        "“{given}”不是日期：写作 2026/2/3、2026-02-03 或 2026年2月3日，时刻写在其后，如 2026/2/3 9:30（北京时间）。",
        "{given!r} is no day: write 2026/2/3 or 2026-02-03, and a time of day after it, as 2026/2/3 9:30 (Beijing).",
    ),
    "CELL_NOT_A_MONTH": (
        "“{given}”不是月份：写作 2026-02 或 2026年2月。",
        "{given!r} is no month: write 2026-02 or 2026/2.",
    ),
    "CELL_NOT_A_WORD": (
        "“{given}”不是这一列的词：可填 {words_zh}。",
        "{given!r} is none of the words this column takes: {words}.",
    ),
    "CELL_NOT_YES_OR_NO": ("“{given}”不是“是”或“否”。", "{given!r} is neither yes nor no."),
    "CELL_RECORD": (
        "“{given}”读不成所需的内容：写成 JSON，或用编号的列（如“明细1 金额”），或写成“键=值”的行。",
        "{given!r} cannot be read: write JSON, or numbered columns (such as “lines 1 amount”), or lines of key=value.",
    ),
    "CELL_CONCEALED": (
        "这是个人信息的承诺值，不是信息本身，不能导入。",
        "This is the commitment to a personal value and not the value itself; it cannot be imported.",
    ),
    # --- templates
    "TEMPLATE_FORM": (
        "模板只有 {known} 两种，没有“{form}”：文件名请以 .xlsx 或 .csv 结尾。",
        "Templates come as {known}, not as {form}: let the file's name end in .xlsx or .csv.",
    ),
    "TEMPLATE_NOT_RECORDED": (
        "“{type}”不经表格登记，没有模板。",
        "“{type}” is not recorded from a table and has no template.",
    ),
    "DONE_TEMPLATE": ("已写出“{type}”的表格模板：{file}", "The table for “{type}” is written to {file}."),
    "template.word": ("{said}（{word}）", "{said} ({word})"),
    "template.options": ("选项", "options"),
    "template.heading": ("列标题", "heading"),
    "template.key": ("字段", "field"),
    "template.needed": ("必填", "needed"),
    "template.holds": ("填写内容", "what it holds"),
    "template.words": ("可选的词", "words it takes"),
    "template.required": ("是", "yes"),
    "template.optional": ("否", "no"),
    "template.note": (
        "第二行是示例，登记时也算一条“{type}”：请改写或删去。未列出的列标题会被指出；没有的字段留空。",
        "The second row is an example and counts as a fact of type “{type}”: change or delete it. Leave empty what is"
        " not known.",
    ),
    "template.holds.amount": ("金额（元），如 1,843,129.06", "an amount in yuan, such as 1,843,129.06"),
    "template.holds.share": ("比例，如 6% 或 0.06", "a share, such as 6% or 0.06"),
    "template.holds.percent": ("百分数，如 99.95% 或 99.95（文本）", "per cent, such as 99.95% or 99.95 (as text)"),
    "template.holds.decimal": ("小数，如 1.5", "a decimal, such as 1.5"),
    "template.holds.minutes": ("分钟数，如 45 或 15.4", "minutes, such as 45 or 15.4"),
    "template.holds.integer": ("整数", "a whole number"),
    "template.holds.day": ("日期，如 2026/3/31", "a day, such as 2026/3/31"),
    "template.holds.month": ("月份，如 2026-02", "a month, such as 2026-02"),
    "template.holds.moment": (
        "日期，如 2026/3/31；或加时刻（北京时间），如 2026/3/31 9:30",
        "a day, such as 2026/3/31, or with a time of day (Beijing), as 2026/3/31 9:30",
    ),
    "template.holds.word": ("右边各词之一", "one of the words beside"),
    "template.holds.yes-no": ("是或否", "yes or no"),
    "template.holds.list": ("一个或几个，以顿号分隔", "one or several, separated by commas"),
    "template.holds.object": ("JSON，或“键=值”各占一行", "JSON, or key=value on lines of their own"),
    # --- imports
    "draft.draft": ("草稿", "draft"),
    "draft.confirmed": ("已登记", "recorded"),
    "draft.discarded": ("已放弃", "discarded"),
    "IMPORT_KIND": ("没有“{kind}”这种导入；有：{known}。", "There is no import of kind {kind}; there are: {known}."),
    "IMPORT_UNKNOWN": ("这份合同没有编号为 {id} 的导入。", "This contract has no import {id}."),
    "IMPORT_MOVED_ON": (
        "导入 {id} 刚被他人改动：请重新查看后再操作。",
        "Import {id} was changed by somebody else meanwhile; look at it again first.",
    ),
    "IMPORT_NOTHING_LEFT": ("导入 {id} 没有待登记的草稿。", "Import {id} has no drafts left to record."),
    "IMPORTS_MANY": (
        "这份合同已有 {most} 次导入待处理：请先登记或放弃其中一些。",
        "{most} imports of this contract wait already; record or discard some of them first.",
    ),
    "IMPORT_PERSONAL": (
        "导入的文件须永久保存，而个人信息须能删除：请把这一列从文件中去掉，改用 lvyue record 登记。",
        "An imported file is kept for good, and personal values must be able to go: take this column out of the file"
        " and record it with lvyue record.",
    ),
    "ROW_UNKNOWN": ("没有第 {row} 条，共 {last} 条。", "There is no draft {row}; there are {last}."),
    "ROW_DONE": ("第 {row} 条{state}，不能再改。", "Draft {row} ({state}) can no longer be changed."),
    "FEED_MAKES_NOTHING": (
        "“{agreement_zh}”没有说明这类来源记为哪些事实。",
        "The agreement “{agreement}” does not say which facts such a feed makes.",
    ),
    "FEED_VERSION": (
        "版本 {given} 的通知读不了，只读版本 {known}。",
        "Notifications of version {given} are not read, only those of version {known}.",
    ),
    "FEED_NO_EVENT": (
        "这一行不是触发器事件（value 为 1 或 0）：请导出事件，而不是监控数据。",
        "This line is no trigger event (value 1 or 0): export events, not item values.",
    ),
    "FEED_ENDS_BEFORE": (
        "结束（{ended}）早于开始（{began}）。",
        "It ends ({ended}) before it began ({began}).",
    ),
    # --- 数电票
    "EINVOICE_XML": ("文件不是完好的 XML（{detail}）。", "The file is no sound XML ({detail})."),
    "EINVOICE_ROOT": (
        "根元素是{found}，不是 EInvoice：这不是数电票的 XML。",
        "The root is {found} and not EInvoice: this is not the XML of a fully digital invoice.",
    ),
    "EINVOICE_MISSING": ("发票缺少 {missing}。", "The invoice lacks {missing}."),
    "EINVOICE_VALUE": ("{given} 不是该处应有的值。", "{given} is not what belongs here."),
    "EINVOICE_SUM": (
        "各行价税合计之和 {sum} 元不等于票面价税合计 {total} 元。",
        "The lines add up to {sum} yuan, and the total is {total} yuan.",
    ),
    "EINVOICE_ON_RECORD": (
        "这张发票已登记为“{invoice}”（发票号码相同）：再登记就成了两张，除非那一张已更正或撤回。",
        "This invoice is on record as {invoice} (with the same number): recorded again it would be two, unless that one"
        " is corrected or retracted.",
    ),
    "EINVOICE_SELLER_OTHER": (
        "销售方“{named}”不是合同乙方“{wanted}”。",
        "The seller, {named}, is not party B of the contract, {wanted}.",
    ),
    "EINVOICE_BUYER_OTHER": (
        "购买方“{named}”不是合同甲方“{wanted}”。",
        "The buyer, {named}, is not party A of the contract, {wanted}.",
    ),
    "EINVOICE_INSTALMENT_LIKE": (
        "发票上没有期次，请填写；金额 {total} 元与第 {like_zh} 期相同。",
        "An invoice does not say its instalment: fill it in. Its sum, {total} yuan, is that of instalment {like}.",
    ),
    "EINVOICE_INSTALMENT_ASKED": (
        "发票上没有期次，请填写；金额 {total} 元与任何一期都不同（{amounts}）。",
        "An invoice does not say its instalment: fill it in. Its sum, {total} yuan, is that of none ({amounts}).",
    ),
    "EINVOICE_SUM_OTHER": (
        "金额 {total} 元不同于第 {number} 期的 {amount} 元。",
        "Its sum, {total} yuan, is not that of instalment {number}, {amount} yuan.",
    ),
    "EINVOICE_RATE_OTHER": (
        "税率 {rates} 不同于合同约定的 {agreed}。",
        "Its rate, {rates}, is not the one agreed, {agreed}.",
    ),
    "EINVOICE_NO_RATE": (
        "有的行写“免税”或“不征税”，没有税率，记为 0。",
        "Some lines are exempt or not taxed and have no rate; it is kept as 0.",
    ),
    "EINVOICE_RED_OF_WHICH": (
        "红字发票的备注没有写明所冲蓝字发票的号码，请填写发票。",
        "The red letter's remark does not say which invoice it takes back: fill in the invoice.",
    ),
    # --- outages
    "OUTAGE_TOLD": (
        "监控所报：{about}；起止时刻精确到 {seconds} 秒。",
        "As monitoring told it: {about}; its times are known to {seconds} seconds.",
    ),
    "OUTAGE_PRIORITY": (
        "监控不知道报障的级别，也未必知道是哪个系统：请填写。",
        "Monitoring does not know the ticket's priority, and perhaps not its system: fill them in.",
    ),
    "OUTAGE_END_ALONE": (
        "只报告了 {incident} 的恢复，没有它的开始：须先有这起事件。",
        "Only the end of {incident} was told: the incident itself has to be on record first.",
    ),
    "OUTAGE_UNDECIDED": (
        "{month} 是否达到 {floor}%，不能由此判定：该月允许中断 {allowed} 秒，这次为 {lasted} 秒，"
        "而时刻只精确到 {blur} 秒。",
        "Whether {month} kept {floor} % cannot be decided by this: the month allows {allowed} s, this lasted"
        " {lasted} s, and the times are known to {blur} s only.",
    ),
    # --- command line
    "help.import": (
        "导入表格、数电票或监控告警，成为草稿；确认后才登记",
        "import a table, an electronic invoice or monitoring alerts as drafts, recorded once confirmed",
    ),
    "help.drafts": ("查看、修改、登记或放弃导入的草稿", "look at, change, record or discard imported drafts"),
    "help.KIND": ("table、einvoice、alertmanager 或 zabbix", "table, einvoice, alertmanager or zabbix"),
    "help.IMPORT": ("一次导入的编号", "the id of an import"),
    "help.asked_of_import": ("文件里没有的", "what no file says"),
    "help.import_on": ("日期（发票：甲方收到之日）", "the day (of an invoice: when party A received it)"),
    "help.import_instalment": ("发票的期次", "the instalment an invoice is for"),
    "help.import_resolution": (
        "监控时刻精确到几秒（默认 60）",
        "to how many seconds the monitor's times are known (default 60)",
    ),
    "help.import_preview": ("只看登记会改变什么，不保留草稿", "only tell what recording would change; keep no drafts"),
    "help.import_confirm": ("随即登记", "record them at once"),
    "help.draft_row": ("只要第 N 条，可重复", "draft N only; may be repeated"),
    "help.draft_set": (
        "改这一条的字段，如 amount=1200.00；空值删去",
        "change a field of the draft, as amount=1200.00; an empty value removes it",
    ),
    "help.draft_confirm": ("登记（全部或 --row）", "record them (all, or --row)"),
    "help.draft_discard": ("放弃（全部或 --row）", "discard them (all, or --row)"),
    "help.template": (
        "把这类事实的表格模板写到 FILE（.xlsx 或 .csv）",
        "write the type's table to fill in to FILE (.xlsx or .csv)",
    ),
    "USAGE_TEMPLATE": ("--template 要有事实类型", "--template needs a type"),
    "DRAFTS_ONE_ACT": (
        "--preview、--confirm、--discard、--set 一次只能用一个。",
        "Only one of --preview, --confirm, --discard and --set can be used at a time.",
    ),
    "DRAFTS_SET_ROW": ("--set 要用 --row 指明是哪一条。", "--set needs --row to say which draft."),
    "PROGRESS_IMPORTED": ("已读 {count} 行…", "{count} rows read…"),
    "column.import": ("导入", "Import"),
    "column.import_kind": ("来源", "Kind"),
    "column.file": ("文件", "File"),
    "column.made_at": ("导入时间", "Imported"),
    "column.made_by": ("导入人", "By"),
    "column.import_rows": ("条数", "Drafts"),
    "screen.no_imports": ("没有导入。", "Nothing was imported."),
    "screen.import_table": ("表格", "table"),
    "screen.import_einvoice": ("数电票", "e-invoice"),
    "screen.import_alertmanager": ("Alertmanager", "Alertmanager"),
    "screen.import_zabbix": ("Zabbix", "Zabbix"),
    "screen.import_id": ("导入 {id}", "import {id}"),
    "screen.count_draft": ("草稿 {count} 条", "drafts: {count}"),
    "screen.count_faulty": ("有误 {count} 条", "at fault: {count}"),
    "screen.count_confirmed": ("已登记 {count} 条", "recorded: {count}"),
    "screen.count_discarded": ("已放弃 {count} 条", "discarded: {count}"),
    "screen.feed_nothing_new": ("没有尚未登记的内容", "nothing that is not on record"),
    "screen.more_drafts": ("另有 {count} 条（--json 列出全部）。", "{count} more (all with --json)."),
    "screen.no_type": ("类型不明", "of no known type"),
    "screen.no_day": ("日期未填", "no day yet"),
    "screen.drafts_hint": (
        "尚未登记。登记：lvyue drafts {contract} {id} --confirm；先看会改变什么：--preview；"
        "改一条：--row N --set 字段=值；放弃：--discard。",
        "Nothing is recorded yet. To record: lvyue drafts {contract} {id} --confirm; to see first what would change:"
        " --preview; to change one: --row N --set FIELD=VALUE; to discard: --discard.",
    ),
    # --- exports
    "USAGE_SECTION": (
        "status 的答复不是列表：--csv、--output 要有 --section",
        "the answer of status is no list: --csv and --output need --section",
    ),
    "USAGE_CSV_OR_OUTPUT": ("--csv 与 --output 只能用一个", "only one of --csv and --output"),
    "DONE_EXPORTED": ("已写出 {count} 行：{file}", "{count} rows are written to {file}."),
    "EXPORT_FORM": ("不能写成“{form}”：可用 {known}。", "It cannot be written as {form}; it can as {known}."),
    "EXPORT_TOO_LARGE": (
        "“{name}”超出工作簿的容量（每表 1,048,575 行，每格 32,767 字）：请改用 CSV 或 Parquet。",
        "{name} is more than a workbook holds (1,048,575 rows a sheet, 32,767 characters a cell); use CSV or Parquet.",
    ),
    "EXPORT_NEEDS_PARQUET": (
        "写 Parquet 需要 pyarrow：pip install \"lvyue-ledger[parquet]\"。",
        "Parquet needs pyarrow: pip install \"lvyue-ledger[parquet]\".",
    ),
    "SECTION_UNKNOWN": (
        "答复没有“{section}”这一部分；有：{known}。",
        "The answer has no section {section}; it has: {known}.",
    ),
}
