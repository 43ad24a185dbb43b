"""What the verbs of the command line say: what they did, and what they cannot do. Part of the one catalogue."""

from __future__ import annotations

VERBS: dict[str, tuple[str, str]] = {
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
    "USAGE_FACT_MISSING": (
        "缺少参数 {names}（命令行里 #12 须写成 '#12' 或 12，否则 # 之后的都被当作注释）",
        "Missing: {names} (in a shell write '#12' or 12: what follows a bare # is a comment)",
    ),
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
        "“{given}”不是日期，也不是带时区偏移的时间；应如 2026-11-22（当日结束）或 2026-11-22T14:00:00+08:00",
        "{given!r} is no day and no moment with an offset; write it like 2026-11-22 (its end) or "
        "2026-11-22T14:00:00+08:00",
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
    "USAGE_CSV_OR_JSON": ("--csv 和 --json 只能选一个", "Choose one of --csv and --json"),
    "USAGE_CSV_ONE_TYPE": ("一个类型不是列表，没有 CSV", "One type is no list, and has no CSV"),
    "USAGE_CSV_ACTION": ("这里只有 {action} 有 CSV", "Here only {action} has a CSV"),
    "USAGE_CSV_NO_LIST": ("一个结论的理由不是列表，没有 CSV", "Why one conclusion is so is no list, and has no CSV"),
    "USAGE_TYPE": (
        "没有名为 {given} 的事实类型，最接近的是 {nearest}；lvyue types 列出全部",
        "There is no fact type {given}; the nearest is {nearest}; lvyue types lists them all",
    ),
    "USAGE_FIELD": ("“{given}”应写成 字段=值，如 amount=5.00", "{given!r} should be FIELD=VALUE, such as amount=5.00"),
    "USAGE_PRINCIPAL": (
        "“{given}”不能作为记录人的名字；应为 1 至 {longest} 个字符，首尾没有空格",
        "{given!r} cannot be the name of who records; give 1 to {longest} characters, no spaces at the ends",
    ),
    "USAGE_TEXT": ("“{given}”含有不可见的字符或不是 UTF-8", "{given!r} has invisible characters or is no UTF-8"),
    "USAGE_STORE": (
        "{given} 不是账本地址；应如 sqlite:///lvyue.db 或 postgresql://主机/库名",
        "{given} is no store address; write sqlite:///lvyue.db or postgresql://host/database",
    ),
    "USAGE_FILE_MISSING": (
        "缺少事实文件；只有 --bulk 时文件的每一行自带合同编号",
        "The file of facts is missing; only with --bulk does each line name its contract",
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
        "Facts recorded: {count}; contract {contract} now has {version}.",
    ),
    "DONE_PREVIEWED": (
        "预览：会在合同 {contract} 记录 {count} 条事实；现在没有记录。",
        "A preview; facts that would be recorded in contract {contract}: {count}. Nothing was.",
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
    "DONE_BACKED_UP": (
        "已备份到 {file}，并已核查：{facts} 条事实，最新检查点 {size} 条，根 {root}。\n"
        "密钥不在其中，请另行备份：{keys}",
        "Backed up to {file} and verified: {facts} facts, newest checkpoint over {size}, root {root}.\nThe keys are not"
        " in it; keep a copy of them elsewhere: {keys}",
    ),
    "DONE_RESTORED": (
        "已由 {file} 恢复到 {store}，恢复前已核查：{facts} 条事实，最新检查点 {size} 条，根 {root}。",
        "Restored {file} to {store}, verified beforehand: {facts} facts, newest checkpoint over {size}, root {root}.",
    ),
    "DONE_MIGRATED": ("存储的表为第 {version} 版。", "The store's tables are of version {version}."),
    "DONE_SERVICE_ROLE": (
        "账户 {role} 现可用于服务：读、添加，不能改、删、清空事实，不能动触发器。",
        "Account {role} may serve now: read and add, never change, remove or truncate facts, nor touch triggers.",
    ),
    "DONE_COPIED": (
        "已由 {file} 复制到 {store}，并在新处核查：{facts} 条事实，最新检查点 {size} 条，根 {root}。\n"
        "密钥不在其中：{keys}",
        "Copied {file} to {store} and verified there: {facts} facts, newest checkpoint over {size}, root {root}.\n"
        "The keys were not copied: {keys}",
    ),
    "DONE_BULK": (
        "已记录 {count} 条（另有 {repeated} 条先前已有），读取 {lines} 行。",
        "Recorded {count} facts ({repeated} had been recorded before) of {lines} lines.",
    ),
    "BULK_STOPPED": (
        "第 {line} 行以前的均已记录（{count} 条）；改正后可从头再运行，有编号（ref）的不会重复。",
        "Everything before line {line} is recorded ({count} facts); mend the line and run it again: what has a ref is "
        "not recorded twice.",
    ),
    "RESTORED_WITHOUT_KEYS": (
        "备份不含密钥：请把原来的密钥目录放回 {keys}，否则不能再签检查点，个人信息也不能打开。",
        "A backup holds no keys: put the former key folder back to {keys}; without it nothing can be signed and no"
        " personal value be opened.",
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
        "写 checkpoint、proof 合同 事实、compare 文件、cosign --key 文件、admit 公钥 使用者、rotate、keys"
        "、tiles 目录 [--entries]、accept-rollback 或 correct-clock --reason 理由之一。",
        "write one of checkpoint, proof CONTRACT FACT, compare FILE, cosign --key FILE, admit KEY PRINCIPAL, rotate,"
        " keys, tiles FOLDER [--entries], accept-rollback or correct-clock --reason TEXT.",
    ),
    "USAGE_LOG_ACTION": (
        "{given} 不是 checkpoint、proof、compare、cosign、admit、rotate、keys、tiles、accept-rollback 或 correct-clock",
        "{given} is not checkpoint, proof, compare, cosign, admit, rotate, keys, tiles, accept-rollback"
        " or correct-clock",
    ),
    "DONE_TILES": (
        "日志（{size} 条）已写入 {folder}：新增 {count} 个散列文件和检查点；不含事实本身。",
        "The log ({size} facts) stands in {folder}: {count} new files of hashes, and the checkpoint; no facts.",
    ),
    "DONE_TILES_WITH_ENTRIES": (
        "日志（{size} 条）已写入 {folder}：新增 {count} 个文件和检查点，含事实本身：请勿公开未获许可的内容。",
        "The log ({size} facts) stands in {folder}: {count} new files, and the checkpoint. The facts themselves are"
        " among them: publish nothing that nobody allowed.",
    ),
    "LOG_KEY": ("{role}，指纹 {fingerprint}{bound}", "{role}, fingerprint {fingerprint}{bound}"),
    "LOG_KEY_log": ("日志密钥", "key of the log"),
    "LOG_KEY_sm2": ("日志的 SM2 密钥", "SM2 key of the log"),
    "LOG_KEY_witness": ("{principal} 的见证密钥", "witness key of {principal}"),
    "LOG_KEY_RETIRED": (
        "，已停用：最后可签 {size} 条，树根 {root}",
        ", retired: the last it may have signed is {size} facts, root {root}",
    ),
    "DONE_ADMITTED": (
        "已准予 {principal} 以 {key} 见证，记为事实 {fact}。",
        "{principal} may leave cosignatures by {key}; recorded as {fact}.",
    ),
    "DONE_CLOCK_CORRECTED": (
        "已更正时钟，记为事实 {fact}：{count} 条事实所记时刻（最晚 {latest}）从未到来，自更正之时起视为知悉：{named}。",
        "The clock was corrected, recorded as {fact}: {count} facts carry a moment (at most {latest}) that was never"
        " reached and count as known from the correction on: {named}.",
    ),
    "DONE_ROLLBACK_ACCEPTED": (
        "已接受回退（曾签 {size} 条，当时现存 {found} 条），记为事实 {fact}，并从现状继续签名；"
        "持有旧检查点的人会看到不同。",
        "The rollback was accepted ({size} facts were signed, {found} were left), recorded as {fact}, and signing goes"
        " on from here; who holds an older checkpoint will see the difference.",
    ),
    "PROGRESS_WEIGHED": ("{bar} 换用其他解读 {count}%", "{bar} trying other readings {count} %"),
    "PROGRESS_SUPPOSED": ("{bar} 已推算 {count}%", "{bar} swept {count} %"),
    "PROGRESS_PORTFOLIO": ("已推算 {count}/{total} 份合同", "swept {count} of {total} contracts"),
    "PROGRESS_COPIED": ("{bar} 已复制 {count}/{total} 条", "{bar} copied {count} of {total} facts"),
    "PROGRESS_BULK": ("已记录 {count} 条", "recorded {count} facts"),
    "PROGRESS_READ": ("已读取 {count} 行", "read {count} lines"),
    "PROGRESS_CHECKED": ("已核对 {count}/{total} 条", "checked {count} of {total} facts"),
}
