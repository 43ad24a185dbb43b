"""What alerts say: of a day that comes near, of what is so since a day has passed."""

ALERTS = {
    "ALERT_DUE": (
        "{subject}（{obligor}，{clause}）最迟于 {day} 履行。",
        "{subject} ({obligor}, {clause}) is to be performed by {day}.",
    ),
    "ALERT_TERM_ENDS": (
        "{day} 是合同期限的最后一日（{clause}）。",
        "{day} is the last day of the contract's term ({clause}).",
    ),
    "ALERT_RIGHT_ENDS": (
        "依{clause}解除合同的最后一日是 {day}（{subject}）。",
        "The last day to terminate under {clause} ({subject}) is {day}.",
    ),
    "ALERT_CLAIM_ENDS": (
        "依{clause}主张{subject}的最后一日是 {day}。",
        "The last day to claim {subject} under {clause} is {day}.",
    ),
    "ALERT_LIMITATION": (
        "{subject}的诉讼时效（申请执行）期间的最后一日是 {day}（{clause}）。",
        "{day} is the last day of the limitation period of {subject} ({clause}).",
    ),
    "ALERT_OVERDUE": (
        "逾期：{subject}（{obligor}，{clause}）应不迟于 {day} 履行，账本中没有履行的记录。",
        "Overdue: {subject} ({obligor}, {clause}) was to be performed by {day}; no performance is on record.",
    ),
    "ALERT_RIGHT": (
        "有解除事由：依{clause}可以解除合同（{subject}），最后一日是 {day}。",
        "A ground for termination is open under {clause} ({subject}); its last day is {day}.",
    ),
    "ALERT_CLAIMABLE": (
        "依{clause}可以主张{subject}，最后一日是 {day}。",
        "{subject} can be claimed under {clause}; the last day is {day}.",
    ),
    "ALERT_THRESHOLD": (
        "{about}：还差 1，即达到约定的次数。",
        "{about}: one more makes the number agreed.",
    ),
    "ALERT_CLAIM": (
        "待处理的主张：{fact} 目前只是一方的陈述，另一方可以确认或提出异议。",
        "A claim waits: {fact} is one side's word so far; the other may acknowledge or contest it.",
    ),
    "ALERT_STATE": ("{change}", "{change}"),
    "ALERT_PROVISIONAL": (
        "（该年放假安排尚未公布，此日可能变动。）",
        " (The year's notice on working days is not published yet: the day may move.)",
    ),
    "ALERT_SEEN_BY": ("以{role}所述为准：{said}", "As {role} sees it: {said}"),
}  # fmt: skip
