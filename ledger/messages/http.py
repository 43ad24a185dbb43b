"""What the HTTP API says when it refuses a request, and its verbs on the command line. Part of the one catalogue."""

from __future__ import annotations

HTTP: dict[str, tuple[str, str]] = {
    # --- http: requests ------------------------------------------------------------------------------------
    "BODY_EMPTY": ("请求正文是空的，应为 JSON。", "The body is empty; JSON is wanted."),
    "BODY_TOO_LARGE": ("请求正文过大，最多 {most} 字节。", "The body is too large; at most {most} bytes."),
    "BODY_TOO_SLOW": (
        "请求正文在 {seconds} 秒内没有送完。",
        "The body did not arrive within {seconds} seconds.",
    ),
    "MEDIA_TYPE_UNSUPPORTED": (
        "Content-Type 应为 {wanted}，而不是“{given}”。",
        "The Content-Type must be {wanted}, not {given!r}.",
    ),
    "DOCS_SIGNING_IN": (
        "浏览器询问用户名和密码时：用户名可任意填写（例如您的名称），密码填您的密钥（以 lvy_ 开头，由 operator 签发）。"
        "在本页试用接口，还须点 Authorize 填入同一密钥（Bearer）。日历订阅（.ics）与本页一样填用户名和密码；"
        "其余请求在 Authorization 中写 Bearer 和密钥。",
        "When the browser asks for a user name and a password: any user name (yours, say), and your key as the "
        "password (it begins with lvy_ and comes from an operator). To try operations out on this page, give the same "
        "key under Authorize (Bearer). Calendar feeds (.ics) take user name and password as this page does; all other "
        "requests take Authorization: Bearer and the key.",
    ),
    "MEDIA_TYPE_MISMATCH": (
        "文件说是 {given}，内容的开头却是 {found}；请改正媒体类型（命令行看文件名的后缀），或换成正确的文件。",
        "The file says that it is {given}, and begins as {found} does; mend the media type (on the command line, the"
        " ending of its name), or send the right file.",
    ),
    "MULTIPART_MALFORMED": (
        "这不是完整的 multipart/form-data 表单（RFC 7578）：请检查 boundary 和各部分的 Content-Disposition。",
        "This is no whole multipart/form-data form (RFC 7578): check the boundary and each part's Content-Disposition.",
    ),
    "MULTIPART_FILES": (
        "表单里有 {count} 个文件；一次上传一个。",
        "The form holds {count} files; send one at a time.",
    ),
    "FIELD_TWICE": ("表单里的 {name} 出现了不止一次。", "The form's {name} stands there more than once."),
    "PARAMETER_UNKNOWN": (
        "没有查询参数 {name}，可用的有：{known}。",
        "There is no query parameter {name}; there are: {known}.",
    ),
    "PARAMETER_MISSING": ("缺少查询参数 {name}。", "The query parameter {name} is missing."),
    "PARAMETER_TWICE": (
        "查询参数 {name} 只能给 {most} 次。",
        "The query parameter {name} may be given {most} times only.",
    ),
    "PARAMETER_INVALID": (
        "查询参数 {name} 不能是“{value}”，应为{wanted_zh}。",
        "The query parameter {name} cannot be {value!r}; it must be {wanted}.",
    ),
    "PARAMETERS_MANY": (
        "查询参数有 {count} 个，最多 {most} 个。",
        "There are {count} query parameters; at most {most} are taken.",
    ),
    "CURSOR_INVALID": (
        "游标无效；请原样使用上一页 Link 给出的地址。",
        "This is no cursor; use the Link of the page before as it is.",
    ),
    "CURSOR_AHEAD": (
        "{name} 指向 {value}，而这里只到 {last}：所读的账本可能是从较早的备份恢复的；请从头或从 {last} 重新读取。",
        "{name} points at {value}, and there is nothing after {last} here: this ledger may have been restored from an "
        "earlier backup; read again from the beginning, or from {last}.",
    ),
    "PLUS_UNESCAPED": (
        "查询参数 {name} 的“{value}”中有空格：查询串里未编码的 + 表示空格；请把 + 写成 %2B，例如 {right}。",
        "The query parameter {name} reads {value!r}, with a space: an unescaped + in a query means a space; write + as "
        "%2B, for example {right}.",
    ),
    "PATH_PART_UNUSABLE": (
        "地址中的 {name} 含有不可见的字符（{value}）；没有这样的名称。",
        "The {name} in the address holds a character that cannot be seen ({value}); nothing has such a name.",
    ),
    "READING_TWICE": ("同一解读只能给一个选项。", "A reading may be given one option only."),
    "PROOF_BACKWARDS": (
        "一致性证明由小到大：first（{first}）不能大于 size（{size}）。",
        "A consistency proof goes from the smaller to the larger: first ({first}) must be at most the size, {size}.",
    ),
    "REQUEST_UNREADABLE": (
        "这不是可读的 HTTP/1.1 请求：请检查请求行（方法大写、路径为百分号编码的 ASCII）、请求头和正文长度。",
        "This is no HTTP/1.1 request that can be read: check the request line (method in capitals, path "
        "percent-encoded ASCII), the headers and the length of the body.",
    ),
    "HEAD_TOO_LARGE": (
        "请求行和请求头过大，合计最多 {most} 字节。",
        "The request line and headers are too large; at most {most} bytes together.",
    ),
    "HEAD_TOO_SLOW": (
        "请求头在 {seconds} 秒内没有送完。",
        "The headers did not arrive within {seconds} seconds.",
    ),
    "HEADER_TWICE": (
        "请求头 {name} 出现了不止一次，只能有一个。",
        "The header {name} stands there more than once; there may be one only.",
    ),
    "HEADER_MISSING": ("缺少请求头 {name}。", "The header {name} is missing."),
    "ENCODING_UNSUPPORTED": (
        "Content-Encoding 不能是“{given}”；请不压缩，或用 {wanted}。",
        "The Content-Encoding cannot be {given!r}; send the body as it is, or with {wanted}.",
    ),
    "ENCODING_BROKEN": (
        "请求正文不是完整的 {encoding} 数据。",
        "The body is not, or not only, whole {encoding} data.",
    ),
    "HEADER_INVALID": (
        "请求头 {name} 不能是“{value}”，应为{wanted_zh}。",
        "The header {name} cannot be {value!r}; it must be {wanted}.",
    ),
    "KEY_MISSING": (
        "需要密钥：请在请求头 Authorization 中写 Bearer 和密钥。",
        "A key is needed: send Authorization: Bearer and the key.",
    ),
    "KEY_INVALID": (
        "密钥不被接受：无此密钥，或已过期，或已撤销。",
        "The key is not accepted: unknown, expired or revoked.",
    ),
    "TOKEN_INVALID": ("登录令牌不被接受（{detail}）。", "The bearer token is not accepted ({detail})."),
    "OIDC_UNREACHABLE": (
        "暂时取不到身份提供方的公钥，请稍后再试。",
        "The identity provider's keys cannot be had at the moment; try again later.",
    ),
    "ROLE_MAY_NOT": (
        "角色 {role} 不能做这件事（{action}）；可以的有：{allowed}。",
        "The role {role} may not do this ({action}); these may: {allowed}.",
    ),
    "CONTRACT_NOT_YOURS": (
        "您在合同 {contract} 中没有角色。",
        "You have no role in contract {contract}.",
    ),
    "BY_NOT_YOURS": (
        "by 必须是您在该合同中的角色 {role}，而不是 {by}。",
        "`by` must be your role on this contract, {role}, not {by}.",
    ),
    "RATE_EXCEEDED": (
        "请求太频繁，请 {seconds} 秒后再试。",
        "Too many requests; try again in {seconds} seconds.",
    ),
    "STREAMS_MANY": (
        "同一使用者最多同时打开 {most} 个事件流；请先关闭一个，或 {seconds} 秒后再试。",
        "A principal may have {most} event streams open at a time; close one, or try again in {seconds} seconds.",
    ),
    "EXPORTS_MANY": (
        "同一使用者最多同时有 {most} 个证据包在等待或制作；请取消一个（DELETE），或 {seconds} 秒后再试。",
        "A principal may have {most} packages waiting or being built; cancel one (DELETE), or try again in {seconds} "
        "seconds.",
    ),
    "ROUTE_UNKNOWN": ("没有这个地址：{path}。", "There is nothing at {path}."),
    "METHOD_UNKNOWN": ("这个地址不支持 {method}。", "This address does not take {method}."),
    "IF_MATCH_REQUIRED": (
        "需要请求头 If-Match，写明所依据的版本（先读取，用其 ETag）。",
        "If-Match is required, with the version this rests on (read it first and use its ETag).",
    ),
    "PRECONDITION_FAILED": (
        "它在您读取之后已经改变；请重新读取后再试。",
        "It has changed since you read it; read it again and retry.",
    ),
    "IDEMPOTENCY_KEY_REUSED": (
        "这个 Idempotency-Key 已用于另一个请求；请换一个。",
        "This Idempotency-Key was used for another request; choose another.",
    ),
    "BATCH_LENGTH": (
        "一次应记录 1 至 {most} 条事实，而不是 {length} 条。",
        "Record 1 to {most} facts at a time, not {length}.",
    ),
    "DOCUMENT_UNKNOWN": ("合同中没有文件 {sha256}。", "The contract has no document {sha256}."),
    "DOCUMENT_TOO_LARGE": ("文件过大，最多 {most} 字节。", "The document is too large; at most {most} bytes."),
    "FACT_UNKNOWN": ("合同中没有事实 {fact}。", "The contract has no fact {fact}."),
    "WEBHOOK_UNKNOWN": ("没有订阅 {webhook}。", "There is no webhook {webhook}."),
    "WEBHOOK_ADDRESS": (
        "地址 {url} 无效：应为 https 地址，不含账号和片段。",
        "{url} cannot be called: use an https address without account or fragment.",
    ),
    "WEBHOOK_NOT_PUBLIC": (
        "{host} 的地址 {address} 不在公网：内部网络中的主机须由管理人员在启动时写明（lvyue serve --allow-receiver），"
        "本机不能作为接收方。",
        "{host} is at {address}, which is not public: hosts of inner networks must be named by whoever starts the "
        "server (lvyue serve --allow-receiver), and this machine is no receiver.",
    ),
    "ALERT_UNKNOWN": ("没有提醒 {alert}；有 {known}。", "There is no alert {alert}; there are {known}."),
    "WITHIN_DAYS": ("应为 0 至 {most} 的整数。", "It is a whole number from 0 to {most}."),
    "TOLD_NOTHING": (
        "既不要事实（facts 为 false），又没有选提醒，就没有什么可通知。",
        "With neither facts (facts is false) nor alerts there is nothing to tell.",
    ),
    "WEBHOOKS_MANY": (
        "订阅已有 {most} 个，不能再多；请先取消不用的。",
        "There are {most} webhooks already, and no more are taken; remove one first.",
    ),
    "DELIVERY_UNKNOWN": ("没有未送达的通知 {delivery}。", "There is no undelivered notification {delivery}."),
    "PRINCIPAL_UNKNOWN": ("没有名为 {name} 的使用者。", "There is no principal {name}."),
    "PRINCIPAL_NAME": (
        "名称 {name} 无效：小写字母或数字开头，其余可用小写字母、数字和 . _ -，最多 64 个字符。",
        "{name} is no principal's name: a lower-case letter or digit, then those and . _ -, at most 64.",
    ),
    "PRINCIPAL_LAST_OPERATOR": (
        "这是最后一个可用的 operator，不能撤销；请先授予另一个。",
        "This is the last operator with a key; grant another one first.",
    ),
    "KEY_UNKNOWN": ("没有编号为 {key} 的密钥。", "There is no key with the id {key}."),
    "CHECKPOINT_NONE": ("日志还没有检查点。", "The log has no checkpoint yet."),
    "CHECKPOINT_UNKNOWN": (
        "日志没有大小为 {size} 的检查点；最新的检查点大小为 {latest}。",
        "The log has no checkpoint of size {size}; the latest is of size {latest}.",
    ),
    "TILE_UNKNOWN": (
        "日志没有文件 {tile}；最新的检查点大小为 {size}。",
        "The log has no file {tile}; its latest checkpoint is of size {size}.",
    ),
    "EXPORT_UNKNOWN": ("没有编号为 {export} 的导出。", "There is no export {export}."),
    "EXPORT_NOT_DONE": ("证据包还没有做完。", "The package is not done yet."),
    "EXPORT_INTERRUPTED": (
        "服务在证据包做完之前停止了；请重新导出。",
        "The server stopped before the package was done; ask for it again.",
    ),
    "EXPORT_NOT_HELD": (
        "证据包不在这台服务器上；请向做它的服务器下载，或重新导出。",
        "This server does not hold the package; fetch it from the one that made it, or ask for it again.",
    ),
    "EXPORT_FAILED": ("导出没有完成：{detail}", "The export was not completed: {detail}"),
    "SUPPOSITION_UNKNOWN": (
        "没有这一假设的推算（已过期、没有完成，或由别人提出）；请重新提出。",
        "Nothing of that supposition is worked out (it is past, was not completed, or is another's); ask again.",
    ),
    "SUPPOSITION_EMPTY": (
        "什么都没有假设：请给出 readings、notices 或 facts。",
        "Nothing is supposed: give readings, notices or facts.",
    ),
    "PORTFOLIO_BUILDING": (
        "合同一览正在首次生成，请稍后再试。",
        "The portfolio is being made for the first time; try again later.",
    ),
    "SERVE_WORKERS": (
        "这个系统不能让几个进程共用一个端口；请不用 --workers，或每个端口启动一个服务。",
        "Processes cannot share a port on this system; leave --workers out, or start a server for each port.",
    ),
    "WORK_ROLE": ("没有 {role} 这一职责；可用的是 {known}。", "There is no role {role}; there are {known}."),
    "WORK_READY": ("后台进程已启动：{roles}", "lvyue works in the background: {roles}"),
    "SERVER_BUSY": ("服务繁忙，请稍后再试。", "The server is busy; try again later."),
    "INTERNAL": (
        "服务出错，请求没有完成；请把请求编号告诉管理人员。",
        "The server failed and the request was not completed; tell the operator the request's id.",
    ),
    "ROLE_FOR_ALL_ONLY": (
        "角色 {role} 不属于某一份合同，只能授予全部（*）。",
        "The role {role} belongs to no single contract; grant it for all (*).",
    ),
    "PARAMETER_TWO_WANTED": (
        "请给出两个 as_of，或两个 known_at（{names} 之一，恰好两次）。",
        "Give as_of twice or known_at twice ({names}: one of them, exactly two times).",
    ),
    "DOCUMENT_EMPTY": ("文件是空的。", "The file is empty."),
    "PROOF_OF_WHAT": (
        "请给出 contract 和 seq（证明某条事实在日志中），或 first（证明较早的日志是其开头），二者择一。",
        "Give contract and seq (that a fact is in the log), or first (that an earlier log is its beginning).",
    ),
    "COSIGNATURE_MALFORMED": (
        "这不是见证签名行或其公钥（{detail}）。",
        "This is no cosignature line, or no verifier key ({detail}).",
    ),
    "ICS_NAME": ("履约期限 {name}", "Deadlines {name}"),
    "ICS_DESCRIPTION": (
        "各方尚未履行的义务、合同期限和解除权的最后一日；提醒在北京时间上午九点。",
        "What is still to be performed, the end of the term and the last days of rights; alarms at nine, Beijing time.",
    ),
    "ICS_DUE": ("{subject}（{obligor}，{clause}）· {title}", "{subject} ({obligor}, {clause}) · {title}"),
    "ICS_OVERDUE": (
        "逾期：{subject}（{obligor}，{clause}）· {title}",
        "Overdue: {subject} ({obligor}, {clause}) · {title}",
    ),
    "ICS_TERM_ENDS": ("合同期限届满 · {title}", "The term ends · {title}"),
    "ICS_LIMITATION": (
        "{subject}：诉讼时效（申请执行）期间的最后一日（{clause}）· {title}",
        "{subject}: last day of its limitation period ({clause}) · {title}",
    ),
    "ICS_RIGHT_ENDS": (
        "依{clause}解除合同的最后一日（{subject}）· {title}",
        "Last day to terminate under {clause} ({subject}) · {title}",
    ),
    "ICS_CLAIM_ENDS": (
        "依{clause}主张{subject}的最后一日 · {title}",
        "Last day to claim {subject} under {clause} · {title}",
    ),
    "ICS_ABOUT": (
        "合同 {contract}。理由：lvyue explain {contract} {path}",
        "Contract {contract}. Why: lvyue explain {contract} {path}",
    ),
    # --- http: the verbs serve and access --------------------------------------------------------
    "USAGE_PORT": ("端口应为 0 至 65535 的整数，而不是“{given}”", "a port is a number from 0 to 65535, not {given!r}"),
    "USAGE_ACTION": (
        "应为 grant、key、revoke 或 list，而不是“{given}”",
        "must be grant, key, revoke or list, not {given!r}",
    ),
    "help.serve": (
        "启动服务：浏览器打开 / 即控制台，程序用 /api/v1",
        "serve the console to browsers at / and the API at /api/v1",
    ),
    "help.access": (
        "谁可以做什么：授予角色、签发和撤销密钥、列出",
        "who may what: grant roles, issue and revoke keys, list",
    ),
    "help.host": ("在哪个地址监听（默认 127.0.0.1）", "the address to listen at (default 127.0.0.1)"),
    "help.port": ("端口（默认 8000，0 为任一空闲端口）", "the port (default 8000; 0 for any that is free)"),
    "help.tls_cert": ("TLS 证书文件（PEM）", "the file with the TLS certificate (PEM)"),
    "help.tls_key": ("TLS 私钥文件（PEM）", "the file with its private key (PEM)"),
    "help.require_if_match": (
        "记录事实时必须带 If-Match（否则 428）",
        "refuse facts without If-Match (428)",
    ),
    "help.rate": ("每个使用者每秒最多多少请求（默认 200）", "requests a second for each principal (default 200)"),
    "help.proxy_headers": (
        "信任哪个反向代理（地址或网段）所写的 X-Forwarded-For，可给多次",
        "a reverse proxy (address or network) whose X-Forwarded-For is believed; may be repeated",
    ),
    "help.allow_receiver": (
        "允许通知（webhook）送往的内部网络主机，可给多次",
        "a host of an inner network that webhooks may call; may be repeated",
    ),
    "help.ACTION": ("grant、key、revoke 或 list", "grant, key, revoke or list"),
    "help.WORDS": (
        "grant 名称 角色 [合同]；key 名称；revoke 名称或密钥编号 [合同]",
        "grant NAME ROLE [CONTRACT]; key NAME; revoke NAME_OR_KEY [CONTRACT]",
    ),
    "help.days": ("密钥有效多少天（默认 365）", "how many days the key lives (default 365)"),
    "help.issuer": ("身份提供方（配合 --subject）", "the identity provider (with --subject)"),
    "help.subject": ("身份提供方给此人的编号", "what the identity provider calls this principal"),
    "SERVE_READY": ("履约服务已启动：{url}", "lvyue serves at {url}"),
    "SERVE_FIRST_KEY": (
        "账本中还没有使用者，已建立 operator。它的密钥只显示这一次，请妥善保存：\n{key}",
        "Nobody may use this ledger yet, so an operator was made. Its key is shown this once; keep it safe:\n{key}",
    ),
    "SERVE_IN_THE_CLEAR": (
        "注意：{host} 上的连接没有加密；请用 --tls-cert 和 --tls-key，或放在加密的反向代理之后。",
        "Mind: connections to {host} are in the clear; use --tls-cert and --tls-key, or a proxy that encrypts.",
    ),
    "SERVE_ADDRESS": (
        "无法在 {host} 的 {port} 端口启动服务（{detail}）；请换一个 --port。",
        "Cannot serve at {host}, port {port} ({detail}); choose another --port.",
    ),
    "SERVE_PROXY": (
        "--proxy-headers 应为反向代理的 IP 地址或网段（如 10.0.0.5、10.0.0.0/24），而不是“{given}”。",
        "--proxy-headers takes the address or network of a reverse proxy (10.0.0.5, 10.0.0.0/24), not {given!r}.",
    ),
    "SERVE_TLS_HALF": (
        "--tls-cert 和 --tls-key 要一起给出。",
        "--tls-cert and --tls-key go together.",
    ),
    "OIDC_INCOMPLETE": (
        "身份提供方的设置不完整，缺少：{missing}。",
        "The identity provider is only half configured; missing: {missing}.",
    ),
    "ACCESS_WORDS": (
        "用法：access grant 名称 角色 [合同]，access key 名称，access revoke 名称或密钥编号 [合同]，access list。",
        "Use: access grant NAME ROLE [CONTRACT], access key NAME, access revoke NAME_OR_KEY [CONTRACT], access list.",
    ),
    "ACCESS_SUBJECT_HALF": ("--issuer 和 --subject 要一起给出。", "--issuer and --subject go together."),
    "ACCESS_GRANTED": (
        "已授予 {name}：角色 {role}，合同 {contract}。",
        "{name} now has the role {role} on {contract}.",
    ),
    "ACCESS_KEY_ISSUED": ("已为 {name} 签发密钥 {id}。", "Issued key {id} to {name}."),
    "ACCESS_KEY_ONCE": ("密钥只显示这一次：\n{key}", "The key is shown this once:\n{key}"),
    "ACCESS_KEY_REVOKED": ("密钥 {id} 已撤销。", "Key {id} is revoked."),
    "ACCESS_REVOKED": ("{name} 在 {contract} 的角色已撤销。", "{name} has no role on {contract} any more."),
    "ACCESS_KEY_UNTIL": ("密钥 {id}，有效至 {at}", "key {id}, until {at}"),
    "ACCESS_KEY_WAS_REVOKED": ("密钥 {id}，{at} 撤销", "key {id}, revoked at {at}"),
    "ACCESS_NOBODY": ("账本中还没有使用者。", "The ledger has no principals yet."),
}
