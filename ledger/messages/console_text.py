"""What the console's pages of the contract's text and of time say."""

from __future__ import annotations

CONSOLE_TEXT: dict[str, tuple[str, str]] = {
    # the text
    "console.text.about": (
        "旁注为截至 {day} 的现状。红线并标 ▲✕：违反或事由成立；粗线：正在起作用；细线：已了结或尚未触发。"
        "原文下划线：有不止一种解读。",
        "The margin tells how each clause stands as of {day}: a red rule with ▲ or ✕, breached or a ground open; a "
        "thick rule, at work; a thin one, done with or not come up. Words underlined can be read in more than one way.",
    ),
    "console.text.now": ("现状", "as it stands"),
    "console.text.idle": ("此处没有事实或结论", "no fact or conclusion here"),
    "console.text.note": ("{clause}的现状", "how {clause} stands"),
    "console.text.facts": ("事实 {facts}", "facts {facts}"),
    "console.text.due": ("，应于 {day}", ", due {day}"),
    "console.text.until": ("，最后一日 {day}", ", last day {day}"),
    "console.text.otherwise": ("{who}：{value}", "{who}: {value}"),
    "console.text.changed": ("所述已由 {facts} 变更", "what it states was changed by {facts}"),
    "console.text.reading": ("解读 {reading}：{option}", "read: {reading} {option}"),
    "console.text.reading.same": ("。改读不改变任何结论", "; another reading changes no conclusion"),
    "console.text.reading.elsewhere": ("。改读不改变此处的结论", "; another reading changes nothing here"),
    "console.text.reading.other": ("；若“{option}”，{change}", "; if “{option}”: {change}"),
    "console.text.readings": ("解读 {count} 处", "{count} unclear passages as read"),
    "console.text.readings.same": (
        "解读 {count} 处，改读不改变此处的结论",
        "{count} unclear passages; another reading changes nothing here",
    ),
    "console.text.foot": (
        "此处列出账本据以推算的 {count} 条条款，文字照录合同；合同的其余文字同样有效，账本不据以推算。",
        "These are the {count} clauses from which the ledger concludes, in the contract's own words; the rest of its "
        "text is as binding, and nothing is concluded from it here.",
    ),
    "console.text.weighing": (
        "推算完毕后，改读会改变什么列在各条旁注。",
        "Once it is done, the margin of each clause tells what another reading would change.",
    ),
    "console.text.not-weighed": (
        "旁注尚不含改读会改变什么", "The margin does not tell yet what other readings would change"
    ),
    "console.text.not-weighed.why": (
        "此合同有 {count} 条事实，逐一试算其他读法须数分钟，故待要求才推算；其间可继续使用。",
        "The contract has {count} facts, so trying every other reading takes minutes and is done when asked for; "
        "meanwhile everything else goes on.",
    ),
    "console.text.weigh": ("开始推算", "work it out"),
    # time
    "console.more": ("另 {count} 项", "{count} more"),
    "console.time.title": ("时间", "Time"),
    "console.time.steps": ("变化", "Changes"),
    "console.time.steps.note": ("按发生先后", "as they happened"),
    "console.time.steps.caption": (
        "截至日前后改变了什么，因为哪条事实或到了哪一天；灰色的在截至日之后。",
        "What changed around the day asked about, by which fact or day; what is grey comes after it.",
    ),
    "console.time.steps.none": ("没有变化。", "Nothing changed."),
    "console.time.recording": ("按登记先后：共 {count} 条事实。", "In order of recording: {count} facts."),
    "console.time.recorded-before": ("‹ 上一次登记之前", "‹ before the last recording"),
    "console.time.recorded-after": ("下一次登记之后", "after the next recording"),
    "console.time.as-recorded": ("按登记先后列出事实", "the facts in order of recording"),
    "console.time.compare": ("两个时点", "Two moments"),
    "console.time.compare.note": ("并列比较", "side by side"),
    "console.time.first": ("从，截至", "from, as of"),
    "console.time.second": ("到，截至", "to, as of"),
    "console.time.the-same": ("同", "the same"),
    "console.time.do-compare": ("比较", "compare"),
    "console.time.compared": (
        "从截至 {one}、知悉至 {one_known}（{one_facts} 条事实）到截至 {two}、知悉至 {two_known}（{two_facts} 条事实）"
        "。",
        "From as of {one}, known at {one_known} ({one_facts} facts), to as of {two}, known at {two_known} "
        "({two_facts} facts).",
    ),
    "console.time.differences.caption": (
        "每一处不同，和造成它的事实或日期。",
        "Each difference, with the facts or the day that made it.",
    ),
    "console.time.differences.none": ("没有不同。", "There is no difference."),
    "console.time.facts": (
        "只在其中一个时点计入的事实：{facts}。",
        "Facts that count at one of the two only: {facts}.",
    ),
    "console.column.by-what": ("因为", "by"),
    "console.column.change": ("改变", "change"),
    "console.column.first": ("前", "first"),
    "console.column.second": ("后", "second"),
    "reckoned.fixed": ("所定之日，不顺延", "a day that was set; it does not move"),
    "reckoned.working-days": ("{start} 次日起 {count} 个工作日", "{count} working days from the day after {start}"),
    "reckoned.days": ("{start} 次日起 {count} 日", "{count} days from the day after {start}"),
    "reckoned.months": ("自 {start} 起 {count} 个月", "{count} months from {start}"),
    "reckoned.rolled": ("；{end} 是休息日，顺延", "; {end} is a rest day, so it moves on"),
    "reckoned.skipped": ("，{count} 个休息日不计", ", {count} rest days not counted"),
    "reckoned.provisional": ("；暂定", "; provisional"),
}
