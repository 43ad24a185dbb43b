"""What is said of a city's log of logs. Part of the one catalogue; Chinese first, English second."""

from __future__ import annotations

CITY: dict[str, tuple[str, str]] = {
    "help.city": (
        "全市日志：汇集各局日志的检查点，彼此见证，供任何人核对",
        "a city's log of logs: collect the bureaus' checkpoints, witness one another, let anybody check",
    ),
    "help.CITY_ACTION": (
        "init、add、collect、list、keys、rotate、proof、cosign 或 verify",
        "init, add, collect, list, keys, rotate, proof, cosign or verify",
    ),
    "help.CITY_WORDS": (
        "init 名称；add 局名 公钥文件 地址；collect 目录；proof 检查点文件；cosign 全市日志地址；"
        "verify 检查点文件 全市日志地址",
        "init NAME; add BUREAU KEYS-FILE ADDRESS; collect FOLDER; proof CHECKPOINT-FILE; cosign CITY-ADDRESS; verify"
        " CHECKPOINT-FILE CITY-ADDRESS",
    ),
    "help.city_witness": ("add：该局的见证公钥（0x04 类型）", "add: the bureau's witness key (type 0x04)"),
    "help.city_trust": (
        "cosign、verify：事先取得的全市日志公钥文件；其中的见证公钥用来数见证",
        "cosign, verify: the file with the city's key, obtained beforehand; witness keys in it are counted",
    ),
    "help.city_into": (
        "cosign：本局静态日志所在目录，见证签名留在其中的 cosigned",
        "cosign: the folder of the bureau's own tiles, where the cosignature is left, in cosigned",
    ),
    "help.city_bureau": (
        "verify：该局静态日志的地址（默认取全市日志所载）",
        "verify: where the bureau's tiles are (by default where the city says)",
    ),
    "USAGE_CITY": (
        "写 init 名称、add 局名 公钥文件 地址 [--witness 公钥]、collect 目录、list、keys、rotate、proof 检查点文件、"
        "cosign 全市日志地址 --key 文件 --trust 公钥文件 --into 目录、"
        "verify 检查点文件 全市日志地址 --trust 公钥文件 之一。",
        "write one of init NAME, add BUREAU KEYS-FILE ADDRESS [--witness KEY], collect FOLDER, list, keys, rotate,"
        " proof CHECKPOINT-FILE, cosign CITY-ADDRESS --key FILE --trust KEYS --into FOLDER, verify CHECKPOINT-FILE"
        " CITY-ADDRESS --trust KEYS.",
    ),
    "USAGE_CITY_ACTION": ("{given} 不是 {known} 之一", "{given} is none of {known}"),
    "DONE_CITY": (
        "已建立全市日志 {origin}。公钥（请另行交给各局和公众）：{key}",
        "Made the city's log {origin}. Its key, to be handed to the bureaus and the public by another way: {key}",
    ),
    "DONE_BUREAU": ("已收入 {name}（日志 {origin}，{address}）。", "Following {name} (log {origin}, {address})."),
    "DONE_CITY_ROTATED": (
        "已更换全市日志密钥。旧：{before}\n新：{after}\n请把 lvyue city keys 的输出重新交给各局和公众。",
        "The city's key is replaced. Old: {before}\nNew: {after}\nHand what lvyue city keys prints to the bureaus and"
        " the public again.",
    ),
    "DONE_COLLECTED": (
        "全市日志现有 {size} 个检查点，已写入 {folder}。",
        "The city's log holds {size} checkpoints now and stands in {folder}.",
    ),
    "DONE_CITY_COSIGNED": (
        "已见证全市日志（{size} 个检查点），签名在 {folder}。见证公钥：{key}",
        "Witnessed the city's log ({size} checkpoints); the signature is in {folder}. Witness key: {key}",
    ),
    "CITY_first": ("{name}：首次收集，{size} 条。", "{name}: collected for the first time, {size} facts."),
    "CITY_grown": (
        "{name}：已收集，现为 {size} 条，与以前一致。",
        "{name}: collected, {size} facts, going on from before.",
    ),
    "CITY_same": ("{name}：没有变化，{size} 条。", "{name}: nothing new, {size} facts."),
    "CITY_behind": (
        "{name}：所示检查点（{size} 条）早于已收集的，两者一致。",
        "{name}: shows an earlier checkpoint ({size} facts) than the one collected; they agree.",
    ),
    "CITY_two-histories": (
        "{name}：出示了两段历史！同一密钥签了互不相容的两个检查点：\n{held}\n{shown}",
        "{name}: two histories! One key signed two checkpoints of which neither goes on from the other:"
        "\n{held}\n{shown}",
    ),
    "CITY_REFUSED": ("{name}：未能核对。{detail}", "{name}: not checked. {detail}"),
    "CITY_IS": (
        "全市日志 {origin}，{size} 个检查点。公钥：{key}",
        "The city's log {origin}, {size} checkpoints. Key: {key}",
    ),
    "CITY_BUREAU": (
        "{name}　{size} 条，收集于 {collected_at}，{cosigned}　{origin}　{address}",
        "{name}  {size} facts, collected at {collected_at}, {cosigned}  {origin}  {address}",
    ),
    "CITY_BUREAU_NEW": ("{name}　尚未收集　{origin}　{address}", "{name}  nothing collected yet  {origin}  {address}"),
    "CITY_BUREAU_BROKEN": (
        "{name}　出示过两段历史（{two_histories} 个互不相容的检查点）！　{size} 条，{cosigned}　{origin}　{address}",
        "{name}  showed two histories ({two_histories} checkpoints that do not fit)!  {size} facts, {cosigned}"
        "  {origin}  {address}",
    ),
    "CITY_COSIGNED": ("已见证最新检查点", "has witnessed the newest checkpoint"),
    "CITY_NOT_COSIGNED": ("未见证最新检查点", "has not witnessed the newest checkpoint"),
    "CITY_STANDING_held": (
        "在全市日志中：{origin} 的这个检查点（{size} 条）是第 {index} 项，全市日志共 {city} 项，逐项核对无误。",
        "In the city's log: this checkpoint of {origin} ({size} facts) is entry {index} of {city}, all of them"
        " checked.",
    ),
    "CITY_STANDING_beginning": (
        "在全市日志中：{origin} 的这个检查点（{size} 条）是全市日志第 {index} 项所签历史的开头"
        "（共 {city} 项，逐项核对无误）。",
        "In the city's log: this checkpoint of {origin} ({size} facts) is the beginning of what entry {index} of"
        " {city} signs; all of them checked.",
    ),
    "CITY_STANDING_newer": (
        "还不在全市日志中：{origin} 的这个检查点（{size} 条）接续第 {index} 项，全市日志下次收集时才会收入。",
        "Not in the city's log yet: this checkpoint of {origin} ({size} facts) goes on from entry {index}; the next"
        " collection takes it in.",
    ),
    "CITY_STANDING_two-histories": (
        "{origin} 出示了两段历史！所持的检查点与全市日志第 {index} 项不相容：\n{held}\n{leaf}",
        "{origin} showed two histories! The checkpoint held and entry {index} of the city's log do not fit:"
        "\n{held}\n{leaf}",
    ),
    "CITY_COSIGNED_BY": (
        "见证全市检查点的可信见证人：{count} 个（{names}）",
        "Trusted witnesses of it: {count} ({names})",
    ),
    "CITY_UNPROVEN": (
        "未能与该局另一已收集的检查点对照：{detail}",
        "It could not be held against another checkpoint collected of that bureau: {detail}",
    ),
    "CITY_MISSING": (
        "这里没有全市日志；先运行 lvyue city init 名称。",
        "There is no city's log here; run lvyue city init NAME.",
    ),
    "CITY_IS_A_LEDGER": (
        "这里是记录事实的账本；全市日志要有自己的账本地址（--store）。",
        "This store holds a ledger's facts; a city's log takes a store of its own (--store).",
    ),
    "CITY_NAMED": (
        "密钥目录里的密钥属于日志 {origin}，不能用于另一名称。",
        "The keys here are those of the log {origin} and serve no other name.",
    ),
    "CITY_EMPTY": ("还没有收集到任何检查点。", "Nothing has been collected yet."),
    "CITY_LACKS_LOG": (
        "全市日志没有日志 {origin} 的检查点。",
        "The city's log holds no checkpoint of the log {origin}.",
    ),
    "CITY_LACKS_CHECKPOINT": (
        "全市日志没有 {origin} 的这个检查点（{size} 条）；verify 可核对它是否是已收集历史的开头。",
        "The city's log does not hold this checkpoint of {origin} ({size} facts); verify tells whether it is the"
        " beginning of what was collected.",
    ),
    "KEY_MALFORMED": ("{given} 不是公钥（名称+编号+base64）。", "{given} is no public key (name+id+base64)."),
    "KEYS_OF_NO_LOG": (
        "公钥文件应只含一个日志的密钥（lvyue log keys 的输出）；这里有 {count} 个日志的。",
        "The file of keys must hold those of one log (what lvyue log keys prints); here are {count} logs'.",
    ),
    "BUREAU_OTHER_LOG": (
        "{name} 已登记为日志 {origin}；换日志请用新名称。",
        "{name} is the log {origin}; another takes a new name.",
    ),
    "BUREAU_TWICE": ("日志 {origin} 已登记为 {name}。", "The log {origin} is followed already, as {name}."),
    "COSIGNED_ANOTHER": (
        "{name} 的见证人所签的全市检查点不是本日志签过的：\n{shown}",
        "The witness of {name} signed a checkpoint of this city that this log never signed:\n{shown}",
    ),
    "BUREAU_BEHIND_UNPROVEN": (
        "出示的检查点只有 {size} 条，少于已收集的 {collected} 条，而其静态日志又不能证明前者是后者的开头。",
        "It shows a checkpoint of {size} facts, fewer than the {collected} collected, and its tiles do not prove the"
        " one to be the beginning of the other.",
    ),
    "LEAF_OF_NOBODY": (
        "全市日志第 {index} 项属于日志 {origin}，名单中没有这个局。",
        "Entry {index} of the city's log is of the log {origin}, which no bureau listed has.",
    ),
    "SEEN_UNREADABLE": (
        "{file} 无法读取；它记着上次见证的全市检查点，没有它就无从比较。",
        "{file} cannot be read; it says which checkpoint was witnessed last, without which nothing can be compared.",
    ),
    "TILES_UNREACHABLE": ("无法读取 {address}：{detail}", "{address} cannot be read: {detail}"),
    "TILES_MISSING": ("{address} 没有文件 {file}。", "{address} has no file {file}."),
    "TILES_UNSOUND": (
        "{address} 的 {file} 与其签名的检查点不符；这证明不了任何历史。",
        "{file} at {address} does not lead to the checkpoint signed there; it proves no history either way.",
    ),
}
