"""What is said of the clause alone: the sentences of its screens, refusals and explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "screen.ops_bond": ("履约保证金（第六条）", "Performance bond (art. 6)"),
    "report.section.bond": ("履约保证金", "Performance bond"),
    "OPS_BOND_PAID": ("已交纳 {sum} 元：{facts}。", "{sum} yuan were paid: {facts}."),
    "OPS_BOND_NOT_PAID": (
        "截至 {day} 没有交纳履约保证金的记录（{sum} 元）{facts}。",
        "By {day} no bond is recorded as paid ({sum} yuan){facts}.",
    ),
    "OPS_BOND_DRAWN": ("已扣划 {sum} 元：{facts}。", "{sum} yuan were drawn: {facts}."),
    "OPS_BOND_NOT_DRAWN": (
        "截至 {day} 没有扣划（{sum} 元）{facts}。", "By {day} nothing was drawn ({sum} yuan){facts}.",
    ),
    "OPS_BOND_RETURNED": ("已退还 {sum} 元：{facts}。", "{sum} yuan were returned: {facts}."),
    "OPS_BOND_NOT_RETURNED": (
        "截至 {day} 没有退还（{sum} 元）{facts}。", "By {day} nothing was returned ({sum} yuan){facts}.",
    ),
    "OPS_BOND_HELD": (
        "{paid} − {drawn} − {returned} = {held} 元由甲方保管。",
        "{paid} − {drawn} − {returned} = {held} yuan are held.",
    ),
    "OPS_BOND_BEYOND": (
        "{fact}为 {amount} 元，超过其当日未结清的数额或保证金余额。",
        "{fact} is of {amount} yuan, more than was unsettled, or held, on its day.",
    ),
}
