"""What is said of the clause alone: the sentences of its screens, refusals and explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "screen.ops_termination": ("解除（第八条）", "Termination (art. 8)"),
    "report.column.ops_party": ("权利方", "Party"),
    "ops.no_grounds": ("截至当日没有第八条的解除事由。", "By that day there is no ground under article 8."),
    "ops.verdict.open": ("{party}可以解除", "{party} may terminate"),
    "ops.verdict.declared": ("{party}已通知解除，尚未生效", "notice of termination by {party}, without effect yet"),
    "ops.verdict.exercised": ("{party}已行使解除权", "the right to terminate was used by {party}"),
    "ops.verdict.gone": ("{party}无可行使的解除事由", "no ground that {party} can use now"),
    "ops.verdict.none": ("{party}无解除事由", "no ground for {party} to terminate"),
    "ops.verdict.ground": ("{day} 成立", "arose on {day}"),
    "ops.verdict.term-over": (
        "合同该日届满，其后已无合同可以解除", "the contract ends that day, and nothing is left to terminate",
    ),
    "ops.verdict.lapses": (
        "自知道或者应当知道事由起一年不行使，解除权消灭（民法典第五百六十四条）；此处自事由成立之日起算",
        "unused for a year since the ground was or should have been known, the right lapses (Civil Code art. 564); "
        "counted here from the day it arose",
    ),
    "ops.right.open": ("按第八条，{party}现可解除合同", "By article 8 {party} may terminate"),
    "ops.right.declared": (
        "{party}已发出解除通知，尚未发生效力", "Notice of termination by {party} was given and has no effect yet",
    ),
    "ops.right.exercised": (
        "{party}已行使第八条的解除权", "The right to terminate under article 8 was used by {party}",
    ),
    "ops.right.gone": (
        "按第八条，{party}曾有解除事由，现均不能行使（民法典规定的权利不在此列）",
        "For {party} there were grounds under article 8 and none can be used now (the Civil Code's own rights are "
        "another matter)",
    ),
    "ops.right.none": (
        "按第八条，{party}现无解除事由（民法典规定的权利不在此列）",
        "By article 8 there is no ground for {party} to terminate now (the Civil Code's own rights are another matter)",
    ),
    "OPS_RIGHT": ("{said}。", "{said}."),
    "OPS_NO_GROUND": ("截至 {day} 没有{party}的解除事由。", "By {day} no ground of {party} has arisen."),
    "OPS_OTHER_RIGHTS": (
        "双方协商一致的解除和民法典规定的解除权不受第八条影响。",
        "Termination by agreement and the rights the Civil Code itself gives are not touched by article 8.",
    ),
    "OPS_GROUND": (
        "{clause}：{party}的解除事由于 {on} 产生，{state}：{facts}。",
        "{clause}: a ground of {party}, arisen on {on}, {state}: {facts}.",
    ),
    "OPS_SHORTFALL": (
        "{system} {month} 的可用性为 {percent}%，连同约定期间内的其他月份，达到约定的月数。",
        "{system} was {percent} % available in {month}, which with other months of the window makes the number agreed.",
    ),
    "OPS_CAP_REACHED": (
        "乙方应付且计入的数额于 {on} 达到限额。", "What counts of what party B owes reached the cap on {on}.",
    ),
    "OPS_PAID_TOO_LATE": (
        "发票 {invoice} 于 {due} 到期，逾期超过 {days} 日，自 {on} 起成立。",
        "Invoice {invoice} was due on {due}; more than {days} days late since {on}.",
    ),
    "OPS_GROUND_OPEN": (
        "可以行使的最后一日为 {last}：合同最后一日与一年届满之日中较早的一日。解除权一年内不行使而消灭（民法典第564"
        "条），自事由产生之日起算至 {lapse}；何时知道或者应当知道，此处不作结论。",
        "It can be used until {last}, the earlier of the contract's last day and the end of a year in which it lapses "
        "if unused (article 564 of the Civil Code), counted from the day the ground arose, to {lapse}; when it was or "
        "should have been known is not concluded here.",
    ),
    "OPS_GROUND_LAPSED": (
        "自事由产生之日起一年已于 {lapse} 届满，未行使的解除权消灭（民法典第564条）；何时知道或者应当知道，此处不作"
        "结论。",
        "The year from the day the ground arose ended with {lapse}, and with it a right that was not used (article 564 "
        "of the Civil Code); when the ground was or should have been known is not concluded here.",
    ),
    "OPS_GROUND_CURED": (
        "甲方已于 {on} 付清，此前没有到达的解除通知。",
        "It was paid in full on {on}, and no notice had arrived before.",
    ),
    "OPS_GROUND_MOOT": (
        "合同最后一日为 {last}，此事由失去意义。", "The contract's last day was {last}; the ground is moot.",
    ),
    "OPS_GROUND_EXERCISED": ("已行使：{facts}。", "Used: {facts}."),
    "OPS_NO_NOTICE": ("截至 {day} 没有解除通知。", "By {day} no notice of termination was given."),
    "OPS_NOTICE_WAITS": (
        "{fact}尚无到达记录，到达前不发生效力。",
        "Nothing records yet that {fact} arrived, before which it ends nothing.",
    ),
    "OPS_NOTICE_ARRIVED": ("{fact}于 {on} 到达：{arrived}。", "{fact} arrived on {on}: {arrived}."),
    "OPS_NOTICE_VAIN": (
        "{on} 没有{party}可以行使的第八条解除事由，通知不发生第八条的效力。",
        "On {on} no ground of {party} under article 8 was open; the notice has no effect under it.",
    ),
    "OPS_NOTICE_EFFECTIVE": (
        "到达之日有解除事由（{grounds}），自到达之日起第 {days} 日即 {on} 解除，该日为合同的最后一日。",
        "On the day it arrived {grounds} was open; it ends the contract {days} days later, on {on}, its last day.",
    ),
    "OPS_NOTICE_NAMES": ("{fact}写明的依据：{named}。", "{fact} names {named}."),
}
