"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "duty:switchover": ("免费配合迁移和切换", "migrate and switch over free of charge"),
    "anomaly:EXIT_NOTICE_TOO_SHORT": ("退出申请提前不足", "exit applied for too late"),
    "path.exit.request": ("退出申请", "exit request"),
    "path.exit.permitted": ("退出已获许可", "exit permitted"),
    "path.exit.earliest_exit_on": ("最早退出日", "earliest exit on"),
    "EX_OVER_TERMINATED": (
        "合同已于 {on} 解除，依据：{facts}。",
        "The contract was terminated on {on}, by: {facts}.",
    ),
    "EX_EXIT_NONE": ("截至 {day}，没有有效的退出申请。", "As of {day} there is no request to exit."),
    "EX_EXIT_WITHDRAWN": ("{fact}已经撤回。", "{fact} was withdrawn."),
    "EX_EXIT_ASKED": ("{fact}申请于 {on} 退出。", "{fact} asked to exit on {on}."),
    "EX_EXIT_NO_NOTICE": (
        "条款参数没有约定退出须提前多久。", "The terms state no notice that an exit would need.",
    ),
    "EX_EXIT_NOTICE": (
        "依第 11.1 款须至少提前 {months} 个月：自 {asked} 起，对应日为 {notice}（不因休息日顺延），按提前期最"
        "早在该日退出。",
        "Clause 11.1 asks for {months} months at least: from {asked} the corresponding day is {notice} (it does not "
        "move for rest days), the earliest that keeps the notice.",
    ),
    "EX_EXIT_UNANSWERED": (
        "截至 {day}，甲方尚未答复；依第 11.1 款，获得甲方许可后方可退出。",
        "As of {day} party A has not answered; by clause 11.1 party B may exit only with its permission.",
    ),
    "EX_EXIT_PERMITTED": ("甲方已经许可：{fact}。", "Party A permitted it: {fact}."),
    "EX_EXIT_REFUSED": (
        "甲方不许可：{fact}；依第 11.1 款，乙方不能据这项申请退出。",
        "Party A refused: {fact}; by clause 11.1 party B cannot exit on this request.",
    ),
    "EX_EXIT_TOO_SHORT": (
        "申请的 {on} 早于 {notice}，提前不足。",
        "The day asked for, {on}, is before {notice}: too late a request.",
    ),
    "EX_EXIT_IN_TIME": (
        "申请的 {on} 不早于 {notice}，提前足够。",
        "The day asked for, {on}, is not before {notice}: in time.",
    ),
    "EX_EXIT_CONSENT": (
        "许可写明 {on}，即同意在该日退出；当事人协商一致的，以其同意的日期为准（民法典第562条）。",
        "The permission names {on} and so consents to that day; what the parties agree on goes first (article 562 of "
        "the Civil Code).",
    ),
    "EX_EXIT_CONSENT_STRICT": (
        "许可写明 {on}；按所采用的解读，提前的期限不因许可而缩短。",
        "The permission names {on}; by the reading in force it does not shorten the notice.",
    ),
    "EX_EXIT_EARLIEST": ("最早退出日为 {earliest}。", "The earliest exit is {earliest}."),
    "EX_EXIT_FROM_CONSENT": (
        "许可在该日之后作出，退出自许可之日 {on} 起。",
        "The permission came after that day; the exit is from the day of the permission, {on}.",
    ),
    "report.exit": (
        "申请 {request}；{permitted}；最早退出日 {day}",
        "request {request}: {permitted}; earliest day of exit {day}",
    ),
    "report.not_permitted": ("未获许可", "not permitted"),
    "report.told.exit": ("退出申请 {request}", "Exit request {request}"),
    "screen.exit": ("退出（第十一条）", "Exit (art. 11)"),
}
