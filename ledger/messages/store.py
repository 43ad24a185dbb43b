"""What a store or the log over it cannot do, and what was found altered. Part of the one catalogue."""

from __future__ import annotations

STORE: dict[str, tuple[str, str]] = {
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
        "账本 {store} 只读，无法写入；请检查文件和目录的权限，若为 PostgreSQL 备库，请写入主库。",
        "The ledger {store} is read-only; check the permissions of the file and its folder, or, of a PostgreSQL"
        " replica, write to the server it follows.",
    ),
    "STORE_REPLICA": (
        "这是备库，现有 {position} 条事实，最后一条记录于 {last}；此后主库记录的不在这里的答案中。",
        "This is a replica of {position} facts, the last recorded at {last}; what was recorded since is in no answer"
        " here.",
    ),
    "STORE_DISK_FULL": (
        "磁盘已满，账本 {store} 未作任何记录；请腾出空间后再试。",
        "The disk is full and nothing was recorded in the ledger {store}; free some space and try again.",
    ),
    "TEMPORARY_FILE": (
        "批量记录所需的临时文件无法写入（{detail}）；请在 SQLITE_TMPDIR 或 TMPDIR 所指目录腾出空间，或改指他处。",
        "The temporary file that recording in bulk needs cannot be written ({detail}); free some space where"
        " SQLITE_TMPDIR or TMPDIR points, or let it point elsewhere.",
    ),
    "STORE_UNREACHABLE": (
        "无法连接账本所在的数据库 {store}（{detail}）；请检查地址、账号和网络。",
        "The ledger's database {store} cannot be reached ({detail}); check address, account and network.",
    ),
    "STORE_REPLACED": (
        "账本文件 {store} 在打开之后被移走或换成了另一个文件：为免所记丢失，不再读写。请查明原因，用 lvyue audit "
        "核对现在的文件，再重新启动。",
        "The ledger's file {store} was moved away or replaced by another after it was opened; nothing is read or"
        " written any more, so that nothing recorded is lost. Find out why, check the file that is there now with lvyue"
        " audit, and start again.",
    ),
    "STORE_BROKEN": (
        "账本 {store} 已损坏或无法读取（{detail}）；请用备份恢复，并运行 lvyue audit 核查。",
        "The ledger {store} is damaged or cannot be read ({detail}); restore a backup and run lvyue audit.",
    ),
    "STORE_DAMAGED": (
        "账本 {store} 已损坏：应止于 {kept}，实际读到 {found}。请勿再记录；请运行 lvyue audit，并用备份恢复。",
        "The ledger {store} is damaged: it should end with {kept}, and what was read ends with {found}. Record nothing"
        " more; run lvyue audit and restore a backup.",
    ),
    "STORE_EXISTS": (
        "{store} 已存在，不予覆盖；请先把它（连同 -wal、-shm）移到别处保存，或用 --store 指明另一处。",
        "{store} is there already and is not overwritten; move it (with its -wal and -shm) elsewhere and keep it, or"
        " name another place with --store.",
    ),
    "RESTORE_OLDER": (
        "这份备份只有 {found} 条事实，而此处已有或已签过 {held} 条（或其内容不同），不予恢复；请用更新的备份。"
        "若只有这一份：请自行把文件放到位，再以 lvyue log accept-rollback --reason 说明原因。",
        "This backup holds {found} facts, and {held} are here or were signed here (or others were): not restored. Use a"
        " newer backup; if there is none, put the file in place yourself and say why with lvyue log accept-rollback"
        " --reason.",
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
    "KEY_FOLDER_EXPOSED": (
        "密钥目录 {folder} 可被其他用户进入；请先执行：{command}",
        "Others can enter the key folder {folder}; run this first: {command}",
    ),
    "KEY_FOREIGN": (
        "手头的密钥 {key} 不是这本账的日志密钥；请提供原来的密钥目录。若账本被换回到更换密钥之前，请把更换时写下的"
        " log.statements（见密钥目录的备份）放回密钥目录，再接受回退；没有它，只有与账本同时备份的密钥目录能继续签名。",
        "The key at hand ({key}) is not this log's; supply the original key folder. Where the ledger was put back to"
        " before a rotation, put the log.statements written then (a backup of the key folder has it) into the folder"
        " before the rollback is accepted; without it only the key folder of the ledger's own time can sign on.",
    ),
    "KEY_RETIRED": (
        "手头的密钥 {key} 已被替换，不能再签名；若更换中断，请再运行一次 lvyue log rotate，否则请提供新的密钥目录。",
        "The key at hand ({key}) was replaced and signs nothing more; if the rotation broke off run lvyue log rotate"
        " again, else supply the new key folder.",
    ),
    "KEY_FOLDER_UNWRITABLE": (
        "无法在密钥目录 {folder} 中记下已签到哪里（{detail}），故未签名；请让账本的运行者能写这个目录。",
        "What was signed cannot be written down in the key folder {folder} ({detail}), so nothing was signed; let"
        " whoever runs the ledger write there.",
    ),
    "ROLLED_BACK": (
        "密钥目录记得本日志已签过 {size} 条（树根 {root}），而账本现有 {found} 条，没有这个检查点或内容不同："
        "账本被换回旧副本，或历史、日志被改写。请先查明并恢复；确需从现状继续的，由操作员运行"
        " lvyue log accept-rollback --reason 说明理由，在此之前不回答、不记录、不签名。",
        "The key folder remembers that this log signed {size} facts (root {root}); the ledger holds {found} now, and"
        " lacks that checkpoint or holds other facts: an older copy was put back, or history or log were rewritten."
        " Find out and restore; to go on from here an operator says why with lvyue log accept-rollback --reason."
        " Until then nothing is answered, recorded or signed.",
    ),
    "FACTS_GONE": (
        "本进程读到过 {met} 条事实，而账本现有 {found} 条：账本在原处被换回旧副本，或最后的事实被删去。请先查明并恢复；"
        "在恢复或重新启动本进程之前，本进程不回答、不记录、不签名。",
        "This process has read {met} facts, and the ledger holds {found} now: an older copy was put back in its place,"
        " or the last facts were removed. Find out and restore; until then, or until it is started again, this process"
        " answers, records and signs nothing.",
    ),
    "NOT_ROLLED_BACK": (
        "账本与密钥目录所记的一致，没有回退可接受；什么都没有记录。",
        "The ledger is the one the key folder remembers; there is no rollback to accept, and nothing was recorded.",
    ),
    "TODAY_UNKNOWN": (
        "本机时钟（{clock}）比本合同的上一条记录（{last}）慢两分钟以上，今天是哪一天不能确定，未作回答。"
        "若时钟慢了，请校准；若上一条记录时时钟快了，请由操作员运行 lvyue log correct-clock --reason 说明；"
        "也可以指明以哪一天为准（as_of）。",
        "This machine's clock ({clock}) stands more than two minutes behind the contract's last recording ({last}):"
        " which day is today is not certain, and nothing is answered. If the clock is slow, set it right; if it had"
        " stood ahead at that recording, an operator says so with lvyue log correct-clock --reason; or name the day"
        " (as_of).",
    ),
    "CLOCK_BEHIND": (
        "本机时钟（{clock}）比上一条记录（{last}）慢两分钟以上，未作记录。若时钟慢了，请校准后再记录；若上一条记录时时钟快了，"
        "请由操作员运行 lvyue log correct-clock --reason 说明。",
        "This machine's clock ({clock}) stands more than two minutes behind the last recording ({last}); nothing was"
        " recorded. If the clock is slow, set it right; if it had stood ahead at that recording, an operator says so"
        " with lvyue log correct-clock --reason.",
    ),
    "CLOCK_SOUND": (
        "没有一条事实的记录时刻晚于本机时钟（{clock}），无须更正；什么都没有记录。",
        "No fact was recorded at a later moment than the clock shows ({clock}); there is nothing to correct, and"
        " nothing was recorded.",
    ),
    "WITNESS_KEY": (
        "{key} 不能作见证密钥：须是 0x04 类型的 C2SP 见证公钥，且名称不同于日志（{origin}）。",
        "{key} cannot be a witness's key: a C2SP cosignature key (type 0x04) under another name than the log's"
        " ({origin}) is wanted.",
    ),
    "WITNESS_NOT_ADMITTED": (
        "见证公钥 {key} 未获准予；请操作员核对后运行 lvyue log admit 公钥 使用者。",
        "The witness key {key} is not admitted; the operator checks it and runs lvyue log admit KEY PRINCIPAL.",
    ),
    "WITNESS_NOT_YOURS": (
        "见证公钥 {key} 是准予另一使用者的；只有其本人可以提交见证签名。",
        "The witness key {key} was admitted for another principal, who alone may leave cosignatures by it.",
    ),
    "KEY_SUPPLIED": (
        "日志密钥由外部提供，不能在此更换；请在提供密钥的地方更换。",
        "The log's key is supplied from outside and cannot be replaced here; replace it where it comes from.",
    ),
    "PROOF_OUT_OF_RANGE": (
        "无法给出从 {first} 到 {second} 的证明：超出了日志现有的范围。",
        "There is no proof from {first} to {second}: the log does not reach that far.",
    ),
    "DASK_MISSING": (
        "没有安装 Dask；请 pip install 'lvyue-ledger[dask]'。",
        "Dask is not installed; pip install 'lvyue-ledger[dask]'.",
    ),
    "DASK_UNREACHABLE": (
        "无法连接 Dask 调度器 {scheduler}：{detail}",
        "The Dask scheduler {scheduler} cannot be reached: {detail}",
    ),
    "DASK_NEEDS_SERVER": (
        "其他机器读不了这台机器上的文件；Dask 须配 PostgreSQL 账本。",
        "Other machines cannot read a file of this one; Dask takes a ledger on PostgreSQL.",
    ),
    "DASK_OTHER_LEDGER": (
        "某个 Dask 工作进程的 LVYUE_STORE 不是这个账本。",
        "LVYUE_STORE of a Dask worker names another ledger than this one.",
    ),
    "DASK_OTHER_PROGRAM": (
        "某个 Dask 工作进程的程序版本或工作日通知与这里不同；请用同一版本。",
        "A Dask worker has another program, or other notices on working days, than this one; use the same.",
    ),
    "DASK_FAILED": ("Dask 集群没有完成：{detail}", "The Dask cluster did not finish: {detail}"),
    "LOG_ENTRY_LONG": (
        "第 {position} 条事实有 {bytes} 字节，tile/entries 文件最多容 {most} 字节一条；可不带事实写出。",
        "The fact at position {position} has {bytes} bytes and a file of tile/entries takes at most {most} each; write"
        " the log without the facts.",
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
    "KEY_ALTERED": (
        "留存的日志密钥 {key} 无法读取，被改动过。",
        "The log's key kept as {key} cannot be read: it was altered.",
    ),
    "SCHEMA_ALTERED": (
        "数据库中的 {kind} {name} 与本程序所建的不同：被改动、删去或外加。",
        "The database's {kind} {name} is not as this program makes it: it was altered, removed or added.",
    ),
    "KEPT_UNREADABLE": (
        "留存的内容有一处无法按写入时的格式读取（{detail}），被改动过；这一部分未能核查完。",
        "Something that is kept cannot be read in the form it was written in ({detail}): it was altered, and this part"
        " of the audit could not be finished.",
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
    "SERVICE_ROLE": (
        "{role} 不能作为服务账户：须为 PostgreSQL 中已有的账户，其自身和所属的角色都不是超级用户，不能建立账户，"
        "不拥有账本的表、模式或数据库，也没有另行授予的改、删、清空权限。",
        "{role} cannot be a service account: it must exist in PostgreSQL and, by itself and through the roles it"
        " belongs to, be no superuser, make no roles, own none of the tables, their schema or the database, and have no"
        " right to change, remove or truncate that was granted otherwise.",
    ),
    "PORTFOLIO_STALE": (
        "合同一览中 {contract} 的一行与按所存事实重新推算的不同；`lvyue portfolio --rebuild` 可由事实重新生成。",
        "The portfolio's row of {contract} is not what its stored facts lead to; `lvyue portfolio --rebuild` makes all "
        "rows anew from the facts.",
    ),
    "ANSWER_STALE": (
        "合同 {contract} 留存的结论与按所存事实重新推算的不同。",
        "What is remembered of contract {contract} is not what its stored facts lead to.",
    ),
    "HEAD_BROKEN": (
        "某合同（或整本账）记为止于第 {position} 条事实，与实际不符（读到 {found}）：末尾的事实被删改，或所记被改动。",
        "A contract, or the ledger, is kept as ending with fact number {position}, and does not ({found} was found):"
        " facts at its end were removed or altered, or what is kept of them.",
    ),
    "INDEX_BROKEN": (
        "按合同读取时，第 {position} 条事实处应为该合同的第 {expected} 条，读到第 {found} 条：索引已损坏。",
        "Read by contract, fact number {position} should be its number {expected} and is {found}: an index is damaged.",
    ),
    "DATABASE_DAMAGED": (
        "数据库自查发现损坏（{detail}）；请用备份恢复。",
        "The database's own check found damage ({detail}); restore a backup.",
    ),
    # --- journal ---------------------------------------------------------------------------------
    "JOURNAL_BROKEN": (
        "留存记录的日记账在第 {number} 行断开：该行被改动、删去或调换过。",
        "The journal of what is kept breaks at line {number}: it was altered, removed or exchanged.",
    ),
    "JOURNAL_CUT": (
        "留存记录的日记账变短了：已封签到第 {number} 行，现存 {found} 行；末尾被删去，或账本被换成了旧副本。",
        "The journal of what is kept was cut: sealed up to line {number}, {found} are left; "
        "its end was removed, or an older copy of the ledger put back.",
    ),
    "JOURNAL_REWRITTEN": (
        "留存记录的日记账与封签不符：第 {number} 行及以前被改写过。",
        "The journal of what is kept is not the one sealed at line {number}: it was rewritten up to there.",
    ),
    "SEAL_ALTERED": (
        "日记账第 {number} 行的封签被改动过，或不是日志当时的密钥所签。",
        "The seal over line {number} of the journal was altered, or the key the log had then did not sign it.",
    ),
    "SEAL_MISSING": (
        "日记账第 {number} 行的封签不见了。",
        "The seal over line {number} of the journal is missing.",
    ),
    "RECORD_MISSING": (
        "日记账第 {number} 行记有的留存记录（{kind}：{key}）不见了。",
        "The kept {kind} {key}, written down at line {number} of the journal, is missing.",
    ),
    "RECORD_ALTERED": (
        "留存记录（{kind}：{key}）被改动过，与日记账第 {number} 行不符。",
        "The kept {kind} {key} was altered: it is not what line {number} of the journal says.",
    ),
    "RECORD_ADDED": (
        "留存记录（{kind}：{key}）不在日记账中：不是由本程序写入的。",
        "The kept {kind} {key} stands in no line of the journal: it was not written by this program.",
    ),
    "RECORD_REPLACED": (
        "日记账第 {number} 行改写或删除了不得改删的留存记录（{kind}：{key}）。",
        "Line {number} of the journal replaces or removes the {kind} {key}, which this program never does.",
    ),
    "ACCESS_UNRECORDED": (
        "日记账第 {number} 行变更了权限（{kind}：{key}），而访问记录中没有相应的一条。",
        "Line {number} of the journal changes access ({kind} {key}) without an entry in the access log.",
    ),
    "ERASURE_UNRECORDED": (
        "{subject} 个人信息的密钥被删除，而账本中没有删除它的事实。",
        "The key to the personal values of {subject} was removed, and no fact says that it was to be.",
    ),
    "TREE_AHEAD": (
        "日志树有 {size} 条，账本中只剩 {found} 条；末尾的事实被删去。请运行 lvyue audit。",
        "The tree holds {size} facts, the ledger only {found}: its end was removed; run lvyue audit.",
    ),
}
