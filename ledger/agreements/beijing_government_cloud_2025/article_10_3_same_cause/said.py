"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "anomaly:DAMAGES_TANGLED": (
        "同一事件牵连的违约金项目过多，合计为下限", "too many damages items tangled: their sum is a lower bound"
    ),
    "EX_ITEM_ABSORBS": (
        "{id} 成立；与它出于同一事件、依第 10.3 款不重复计的有 {others}。",
        "{id} stands; {others} rest on the same occurrence and by clause 10.3 are not counted beside it.",
    ),
    "EX_ITEM_ABSORBED": (
        "{id}（{amount} 元）与成立的 {by}（{larger} 元）出于同一事件（{shared}），依第 10.3 款不得重复要求，"
        "故不计；成立的各项，是互不出于同一事件的各种组合中合计最高的一种。",
        "{id} (CNY {amount}) rests on the same occurrence as {by} (CNY {larger}), which stands: {shared}. Clause 10.3 "
        "bars claiming twice for it; what stands is, of all sets without two items of one occurrence, the dearest.",
    ),
    "EX_ONE_INCIDENT": ("事件 {incidents} 系同一事件（{facts}）", "incidents {incidents}, which are one ({facts})"),
    "EX_AN_INCIDENT": ("事件 {incident}", "incident {incident}"),
    "EX_A_SCALE_OUT": ("扩容需求 {request}", "scale-out {request}"),
    "EX_ITEM_AGREED": (
        "{id}：双方已商定金额，以 {by}（{fact}）为准，不另计。",
        "{id}: the parties agreed an amount, {by} ({fact}), which takes its place.",
    ),
    "EX_ITEM_RULED": (
        "{id}：法院已判定金额，以 {by}（{fact}）为准，不另计。",
        "{id}: a court ruled an amount, {by} ({fact}), which takes its place.",
    ),
    "EX_AGREED": ("商定金额：{fact}，就 {items}，{amount} 元。", "Agreed: {fact}, for {items}, CNY {amount}."),
    "EX_RULED": ("法院判定的金额：{fact}，就 {items}，{amount} 元。", "Ruled: {fact}, for {items}, CNY {amount}."),
    "EX_AGREED_REPLACED": (
        "{id} 所就的项目或事件后来另有 {by}（{fact}），以后者为准，{id} 不计。",
        "{id}: on its items or their occurrences {by} ({fact}) counts instead; {id} does not count.",
    ),
    "EX_SETTLED_LINE": ("{fact}，就 {items}：{amount} 元。", "{fact}, for {items}: CNY {amount}."),
    "EX_SET_OFF_PARTLY": (
        "{fact}写明抵扣 {stated} 元，当日发票未付而违约金未结清的以 {amount} 元为限，"
        "只抵销此数（民法典第五百六十八条），其余不计。",
        "{fact} states CNY {stated}, but on that day no more than CNY {amount} was both unpaid of the invoice and "
        "unsettled of the items; so much is set off (Civil Code 568), the rest counts nowhere.",
    ),
    "EX_FILLED": ("{fact}依次结清：{parts}。", "{fact} settles in this order: {parts}."),
    "EX_FILLED_PART": ("{item} {amount} 元", "{item} CNY {amount}"),
    "EX_TANGLED": (
        "{fact}使互有同一事件的违约金项目达到 {count} 项，多于 {most} 项：这些项目先取金额最高的，"
        "再依次取与已取的没有同一事件的，不逐一比较所有组合，所得之和是第 10.3 款所许的下限。",
        "With {fact} there are {count} items of damages tied to each other by shared occurrences, more than {most}: of "
        "these the dearest is taken first, then the next that shares nothing with those taken; not all combinations "
        "are compared, and their sum is a lower bound of what clause 10.3 allows.",
    ),
}
