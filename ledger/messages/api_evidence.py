"""What the OpenAPI document says of operations on events and evidence; as in ``api``."""

from __future__ import annotations

API_EVIDENCE: dict[str, tuple[str, str]] = {
    "api.stream_events": ("新事实的推送", "New facts as they are recorded"),
    "api.stream_events.more": (
        "服务器推送事件：`id` 是在账本中的位置，`event` 是事实类型，`data` 是事实。带 `Last-Event-ID` "
        "时先补发其后的全部事实（0 为从头开始），否则只推送新的。遇到无法读取的事实时，以 `problem` 事件"
        "说明原因（同一份 problem 文档）并结束，重连后从该处继续。给出 `alert` 时也推送提醒，"
        "事件名为 `alert.` 加其种类，排在所依据的事实之后；`id` 同时写明两处位置，如 `12-3`。",
        "Server-sent events: `id` is the position in the ledger, `event` the type, `data` the fact. With "
        "`Last-Event-ID` every fact since is sent first (0: from the beginning); without, only new ones. Where a "
        "fact cannot be read, an event `problem` says why (the problem document) and ends the stream; a reader that "
        "connects again goes on from there. With `alert`, alerts come too, as `alert.` and their kind, each after the "
        "facts it rests on; `id` then names both places, as `12-3`.",
    ),
    "api.list_alerts": ("提醒", "Alerts"),
    "api.list_alerts.more": (
        "已发出的提醒，依次序：日子临近或已过，或有事实记录，使合同出现了应让人知道的情况。只到期限而无新事实时也会提醒。"
        "首次建立合同总览时已有的情况不提醒。",
        "What was told, in order: of contracts in which something came to be that people have to know, because a day "
        "came near or passed, or a fact was recorded. What stood when the portfolio was first built was not told.",
    ),
    "api.create_webhook": ("订阅新事实", "Tell an address of new facts"),
    "api.create_webhook.more": (
        "通知为 CloudEvents 1.0 格式，按 Standard Webhooks 签名；签名所用的密钥只在这次答复中显示。事实的 `type` 为 "
        "`lvyue.fact.` 加类型，提醒为 `lvyue.alert.` 加种类。按次序逐条送达，至少一次：重发的 `webhook-id` 不变。",
        "CloudEvents 1.0, signed as Standard Webhooks has it; the secret is shown in this answer only. The `type` of a "
        "fact is `lvyue.fact.` and its type, that of an alert `lvyue.alert.` and its kind. Each comes in order and at "
        "least once: what is sent again has the same `webhook-id`.",
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
}
