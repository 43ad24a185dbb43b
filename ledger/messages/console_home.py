"""What the console's home page says of the portfolio."""

from __future__ import annotations

CONSOLE_HOME: dict[str, tuple[str, str]] = {
    "console.home.as-of": ("截至", "As of"),
    "console.home.today": ("今日", "Today"),
    "console.home.lead": ("{decide} 份合同有待决定。", "{decide} contracts wait for a decision."),
    "console.home.at-least": ("至少 {count}", "at least {count}"),
    "console.home.lead.since": (
        "自您上次登录（{moment}）以来新增 {facts} 条事实，{changes} 项结论改变。",
        " Since your last session ({moment}) {facts} facts came and {changes} conclusions changed.",
    ),
    "console.home.decide": ("须决定", "To decide"),
    "console.home.decide.none": (
        "截至该日，没有合同约定的解除事由成立而可以行使；法律规定的权利不在此列。",
        "As of that day no ground for termination agreed in a contract is open; rights given by law are another "
        "matter.",
    ),
    "console.home.contracts": ("{count} 份", "{count}"),
    "console.home.due": ("30 日内", "Within 30 days"),
    "console.home.until": (" 至 ", " to "),
    "console.home.due.caption": (
        "我方与对方的期日，逾期的也在内。被休息日移动的，写明原来是哪一天。",
        "Days of ours and of theirs, overdue ones too. A day moved by rest days says from where.",
    ),
    "console.home.due.none": (
        "30 日内没有到期的，也没有逾期的。",
        "Nothing falls due within 30 days, and nothing is overdue.",
    ),
    "console.home.sums": ("款项与主张", "Sums and claims"),
    "console.home.sums.caption": (
        "各合同中可以抵扣的（违约金法院可以调整，民法典第五百八十五条第二款）；有期日、逾期、主张或解除事由的合同，另列应付"
        "的、待答复的。为零的不列。",
        "What may be deducted in any contract (a court may adjust damages, Civil Code 585.2); of contracts with "
        "days, delays, claims or open grounds also what is payable and what waits for an answer. What is nothing is "
        "left out.",
    ),
    "console.home.sums.none": (
        "没有可抵扣的违约金；有期日、逾期、主张或解除事由的合同中，没有应付的款项和待答复的主张。",
        "Nothing may be deducted; in contracts with days, delays, claims or open grounds nothing is payable and no "
        "claim waits for an answer.",
    ),
    "console.home.more-sums": ("还有合同：{name}", "more contracts: {name}"),
    "console.column.sums": ("数额与主张", "sums and claims"),
    "console.home.more-due": ("还有合同在 30 日内有期日", "more contracts have days within 30 days"),
    "console.home.more-late": ("还有合同有逾期", "more contracts have something overdue"),
    "console.home.since": ("上次以来", "Since last time"),
    "console.home.since.from": ("自 {moment}", "since {moment}"),
    "console.home.since.caption": (
        "有新事实的合同，其结论有何改变。",
        "What changed in the conclusions of contracts with new facts.",
    ),
    "console.home.since.none": (
        "没有因新事实而改变的结论；仅随日期而来的变化见各合同的“时间”。",
        "No new fact changed a conclusion; what changes with the days alone stands under each contract's “time”.",
    ),
    "console.home.since.facts": (
        "新增 {facts} 条事实，涉及 {contracts} 份合同。",
        "{facts} new facts on {contracts} contracts.",
    ),
    "console.home.since.first": ("这是您第一次登录。", "This is your first session."),
    "console.home.all": ("全部合同", "All contracts"),
    "console.whose.ours": ("我方", "we"),
    "console.whose.theirs": ("对方", "they"),
    "console.nothing": ("无", "none"),
    "console.column.contract": ("合同", "contract"),
    "console.column.was": ("原为", "was"),
    "console.column.became": ("改为", "became"),
    "console.portfolio.building": (
        "正在整理全部合同的一览，请稍候。",
        "The list of all contracts is being made; try again in a moment.",
    ),
    "console.portfolio.behind": (
        "一览正在更新，最近的登记可能尚未列入。",
        "The list is being brought up to date; the latest records may be missing.",
    ),
    "console.portfolio.caption": ("每份一句话。", "A sentence each."),
    "console.portfolio.none": ("没有符合的合同。", "No contract matches."),
    "console.portfolio.find": ("查找", "find"),
    "console.portfolio.state": ("状态", "state"),
    "console.portfolio.any": ("全部", "all"),
    "console.portfolio.sort": ("排序", "order"),
    "console.portfolio.registered": ("登记先后", "as registered"),
    "console.portfolio.all": ("全部列出", "list all"),
    "console.portfolio.following": ("下一页 ›", "next page ›"),
    "console.portfolio.due": ("30 日内有期日", "a day within 30 days"),
    "console.portfolio.late": ("有逾期", "something overdue"),
    "console.portfolio.claims": ("有主张", "has claims"),
    "console.portfolio.one-short": ("再有一起即成立", "one short of a ground"),
    "console.portfolio.by.next_deadline": ("最近的期日", "next deadline"),
    "console.portfolio.by.next_change": ("最近的变化", "next change"),
    "console.portfolio.by.-overdue_obligations": ("逾期最多", "most overdue"),
    "console.portfolio.by.-claims": ("主张最多", "most claims"),
    "console.portfolio.head.contract": ("合同", "contract"),
    "console.portfolio.head.sentence": ("一句话", "in a sentence"),
    "console.portfolio.head.next": ("下一期日", "next day"),
    "console.portfolio.head.late": ("逾期", "overdue"),
    "console.portfolio.head.claims": ("主张", "claims"),
}
