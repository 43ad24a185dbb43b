"""What counsel sees of these terms before signing, in both languages (``advice``)."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "OPS_ADVICE_YEAR_NEVER": (
        "第 {number} 期在第 {year} 个服务年度届满后支付，而服务期只有 {years} 个年度：这一期永远不到期。",
        "Part {number} is paid after service year {year}, and the term has {years}: it never falls due.",
    ),
    "OPS_ADVICE_NO_START": (
        "服务期为 {months} 个月，但没有写明自何日起算：约定之前，服务年度和季度无从确定，"
        "以之为节点的各期款项都不会届至。",
        "The service period is {months} months, but from when is not stated: until it is agreed there are no service "
        "years or quarters, and no part that waits for one is to be paid.",
    ),
    "OPS_ADVICE_NO_COEFFICIENTS": (
        "第 {number} 期乘以考核系数，但没有考核系数表：约定之前，系数无从确定，该期不会届至。",
        "Part {number} is paid times a coefficient, but there is no table of coefficients: until it is agreed none is "
        "known, and the part is not to be paid.",
    ),
    "OPS_ADVICE_NO_INCIDENT": (
        "第 {number} 期以没有重大故障为条件，但没有列出任何系统，无从报障：条件总是成就。",
        "Part {number} waits until no major incident is open, but no system is listed that a ticket could be of: the"
        " condition is always met.",
    ),
    "OPS_ADVICE_NO_SYSTEM": (
        "约定了服务水平，但没有列出任何系统：不会产生抵扣。",
        "Service levels are agreed, but no system is listed: no credit can arise.",
    ),
    "OPS_ADVICE_BAND_NOT_GRAVER": (
        "可用性低于 {below}% 的，抵扣 {credit}，不多于低于 {other}% 的 {more}：更差的月份并不多抵。",
        "Below {below} % the credit is {credit}, no more than the {more} below {other} %: the worse month earns no"
        " more.",
    ),
    "OPS_ADVICE_MAINTENANCE_UNANNOUNCED": (
        "维护公告没有约定提前多久：开始时才公告的维护也不计入停机。",
        "Nothing says how long ahead maintenance is announced: what is announced as it begins is left out of downtime.",
    ),
    "OPS_ADVICE_COUNTS_UNCREDITED": (
        "可用性低于 {below}% 的月份计入解除事由，而 {most}% 以上不产生抵扣：介于其间的月份只计入解除。",
        "Months below {below} % count towards termination, while from {most} % on no credit arises: a month between"
        " counts for the one and not for the other.",
    ),
    "OPS_ADVICE_PRIORITY_WITHOUT_ROW": (
        "表中没有 {missing}：这些级别的报障超时不产生任何抵扣。",
        "The table has no row for {missing}: whatever comes late of these earns no credit.",
    ),
    "OPS_ADVICE_RESOLVED_FIRST": (
        "{priority} 须在 {resolve} 分钟内恢复，不长于响应的 {respond} 分钟：恢复即视为响应，按时恢复的不会响应超时。",
        "{priority} is to be resolved within {resolve} minutes, no longer than the {respond} for a response: a"
        " resolution answers too, so who resolves in time never responds late.",
    ),
    "OPS_ADVICE_BEGUN_HOUR": (
        "{priority} 历时 {minutes} 分钟的，只逾期 1 分钟：不足 1 小时的计 1 小时（{amount} 元）还是不计，没有写明。",
        "What takes {minutes} minutes at {priority} is one minute late: the text does not say whether a begun hour"
        " counts as one (CNY {amount}) or as none.",
    ),
    "OPS_ADVICE_PRIORITIES_EXCHANGED": (
        "{graver} 的期限 {longer} 分钟，长于较轻的 {lesser} 的 {shorter} 分钟。",
        "{graver} has {longer} minutes, longer than the {shorter} of {lesser}, which is less grave.",
    ),
    "OPS_ADVICE_COEFFICIENT_NOT_HIGHER": (
        "{score} 分以上的系数 {coefficient} 不高于 {other} 分以上的 {less}：评分更高并不多付。",
        "From a score of {score} the coefficient is {coefficient}, no higher than the {less} from {other}: the better"
        " score is paid no more.",
    ),
    "OPS_ADVICE_NOTHING_ASSESSED": (
        "约定了考核系数，但没有一期价款乘以系数：考核不影响付款。",
        "Coefficients are agreed, but no part of the price is multiplied by them: assessment changes no payment.",
    ),
    "OPS_ADVICE_STAGE_AFTER_END": (
        "“{stage}”最迟 {by} 通过，不早于服务期最后一日 {last}：到期时还不算迟延。",
        "“{stage}” is to be accepted by {by}, not before the last day of the service period, {last}: it cannot be late"
        " within it.",
    ),
    "OPS_ADVICE_DELAY_OF_NOTHING": (
        "没有一期价款在“{stage}”通过后支付：迟延违约金没有计算基数，不会产生。",
        "No part of the price is paid after “{stage}” is accepted: damages for its delay have no base and cannot"
        " arise.",
    ),
    "OPS_ADVICE_BOND_ABOVE_TENTH": (
        "履约保证金 {amount} 元，超过合同金额的 10%（{most} 元）；属于政府采购的，不得超过"
        "（政府采购法实施条例第四十八条）。",
        "The bond of CNY {amount} is above 10 % of the price, CNY {most}; in government procurement it may not be"
        " (Regulations for Implementing the Government Procurement Law, 48).",
    ),
    "OPS_ADVICE_CAP_BELOW_DELAY": (
        "责任限额 {cap} 元，低于一个阶段迟延违约金自己的上限 {delay} 元：后者达不到。",
        "The cap on all, CNY {cap}, is below that on the delay of a single stage, CNY {delay}: the latter is out of"
        " reach.",
    ),
    "OPS_ADVICE_SCORES_NEVER": (
        "需要 {needed} 次低分，而服务期只有 {there} 个季度：这项解除权不会产生。",
        "{needed} low scores are needed, and the service period has {there} quarters: this right cannot arise.",
    ),
    "OPS_ADVICE_MONTHS_NEVER": (
        "需要 {needed} 个月，而服务期至多涉及 {there} 个月：这项解除权不会产生。",
        "{needed} months are needed, and the service period touches {there} at most: this right cannot arise.",
    ),
    "OPS_ADVICE_NEVER_BELOW": (
        "没有低于 0 的数：这项解除权不会产生。", "Nothing is below 0: this right cannot arise.",
    ),
    "OPS_ADVICE_SCORES_APART": (
        "{count} 次低分是否须为连续的季度，文字没有写明。",
        "The text does not say whether the {count} low scores have to be of quarters in a row.",
    ),
    "OPS_ADVICE_CAP_NEVER": (
        "以达到责任限额为解除事由，但没有抵扣也没有迟延违约金的约定：限额不会达到。",
        "Reaching the cap is to open a right, but neither credits nor damages for delay are agreed: nothing can"
        " reach it.",
    ),
    "OPS_ADVICE_CLAIM_WINDOW": (
        "“知道或者应当知道”两可：若自当月最后一日起算，月报晚于该日 {days} 日（遇休息日顺延）作出的，抵扣已不能主张。",
        "“Knew or should have known” can be read in two ways: counted from the month's last day, a credit can no"
        " longer be claimed where the report comes more than {days} days after it (a rest day moves the last on).",
    ),
    "STAGE_UNKNOWN": (
        "合同条款中没有验收阶段 {stage}；有：{known}。", "The terms have no stage {stage}; they have {known}.",
    ),
    "TERM_STATED_TWO_WAYS": (
        "服务期应写明 from 和 to，或者写明 months 和 accepted（自何日起算未约定的，只写 months）；现写有 {given}。",
        "the service period is stated by from and to, or by months and accepted (by months alone where it is not "
        "agreed from when); given are {given}.",
    ),
    "TERM_ENDS_BEFORE": (
        "服务期于 {last} 届满，早于起始日 {first}。", "the service period ends on {last}, before it starts on {first}.",
    ),
    "PARTS_NOT_TOTAL": (
        "各期价款合计 {sum} 元，与总价 {total} 元不符。", "the parts come to {sum} yuan, not to the total of {total}.",
    ),
    "PART_ONE_OF": ("应写明下列各项中的一项，且只一项：{keys}。", "states exactly one of {keys}."),
    "PART_LACKS": ("以 {after} 为付款节点的，应写明 {key}。", "{key} is missing, which after = {after} needs."),
    "PART_TAKES_NOT": ("以 {after} 为付款节点的，不写 {key}。", "{key} does not go with after = {after}."),
    "PART_NEEDS": ("{key} 以 {needs} 为前提，条款中没有。", "{key} needs {needs}, which the terms do not have."),
    "COEFFICIENTS_FROM_ZERO": (
        "系数表应有一行自 0 分起，否则低分没有系数。", "one row is from 0, else a low score has no coefficient.",
    ),
    "BAND_TWICE": ("{value} 已在另一行写明。", "{value} stands in another row already."),
    "DELAY_CAP_BELOW_RATE": (
        "上限 {cap} 低于一日的比例 {rate}。", "the cap of {cap} is below the rate of a single day, {rate}.",
    ),
    "MONTHS_BEYOND_WINDOW": (
        "{months} 个月多于所在期间的 {within} 个月，条件不可能成就。",
        "{months} months are more than the {within} they are counted in: the condition cannot be fulfilled.",
    ),
}
