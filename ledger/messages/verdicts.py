"""What the first agreement says on pages: its answer to what most people ask, and its drawings."""

from __future__ import annotations

VERDICTS: dict[str, tuple[str, str]] = {
    "verdict.open": ("可以解除", "May be terminated"),
    "verdict.declared": ("已宣告解除，尚无到达记录", "Termination declared; nothing records that it arrived"),
    "verdict.exercised": ("已行使解除权", "The right to terminate was used"),
    "verdict.gone": ("无可行使的解除事由", "No ground that can be used now"),
    "verdict.none": ("无解除事由", "No ground for termination"),
    "verdict.ground": ("{day} 成立", "arose on {day}"),
    "verdict.ground.incidents": (
        "一年内 B 级事件 {count} 起，{day} 成立",
        "{count} grade B incidents within the year, arose on {day}",
    ),
    "verdict.each": ("各项事由各自足够。", "Each of these grounds is enough by itself."),
    "verdict.differs": (
        "按乙方的主张，{clause}的事由不成立。",
        "By party B's account the ground under {clause} does not hold.",
    ),
    "verdict.others": (
        "第 13.2、13.3 款及法律规定的其他解除权不受此影响。",
        "Other rights to terminate, under clauses 13.2 and 13.3 and by law, are not affected.",
    ),
    "verdict.term-over": (
        "合同该日届满，其后已无合同可以解除",
        "the contract ends that day, and nothing is left to terminate",
    ),
    "verdict.lapses": (
        "自知道或者应当知道事由起一年不行使，解除权消灭（民法典第五百六十四条）",
        "unused for a year since the ground was or should have been known, the right lapses (Civil Code art. 564)",
    ),
    "verdict.no-last-day": ("最后一日尚不能确定", "its last day is not known yet"),
    # the year of the incidents
    "year.title": ("一年内的 B 级事件与解除事由", "Grade B incidents within the year, and grounds"),
    "year.now": ("截至", "as of"),
    "year.window": ("计数期 1 年：{first} 至 {last}", "year that counts: {first} to {last}"),
    "year.finding": (
        "计数期内 B 级事件 {count} 起：{which}。数据见下表。",
        "Grade B incidents within the year: {count} ({which}). The data stand in the table below.",
    ),
    "year.finding.ground": (
        "{clause}的事由自 {day} 起，{state}。",
        "Ground under {clause}, arisen on {day}: {state}.",
    ),
    "year.nothing": ("无", "none"),
    "year.arose": ("{day} 起，{state}", "from {day}, {state}"),
    "year.would-lapse": ("否则 {day} 消灭", "would lapse {day}"),
    "year.last-day": ("最后一日 {day}", "last day {day}"),
    "year.term-over": ("合同届满，其后已无合同可以解除", "the contract ends; nothing is left to terminate"),
    "year.leaving": ("依次退出计数期", "leave the year one by one"),
    "year.caption": (
        "同上图。同一原因或同一事件只计一起，并入的缩进列在其下（第 10.3 款）。",
        "The same as drawn. What is of one cause or one event counts once; what was merged is indented below it "
        "(clause 10.3).",
    ),
    "year.counting": ("计数", "counts"),
    "year.report": ("报告", "report"),
    "year.counts": ("计 1 起", "counts once"),
    "year.ungraded": ("不计：未达附件 1 的级别", "does not count: no grade of annex 1"),
    "year.no-grade": ("未达级", "none"),
    "year.none": ("没有登记事件。", "No incidents are recorded."),
    # money
    "damages.caption": (
        "未缩进的相加即为应计；被吸收的缩进列在吸收它的那一项之下，不计入。单位：元。",
        "What is not indented adds up to what accrued; what was absorbed is indented below what took it in, and not "
        "added. In yuan.",
    ),
    "damages.none": ("没有违约金项目。", "No items of liquidated damages."),
    "damages.title": ("违约金，与合同总额同一比例", "Liquidated damages at the scale of the total"),
    "damages.share": ("合同总额的 {share}", "{share} of the total"),
    "damages.finding": (
        "应计违约金 {accrued} 元（合同总额 {total} 元），其中已结清 {settled} 元，尚可抵扣 {deductible} 元。",
        "Damages accrued: CNY {accrued} (of a total of {total}); settled: {settled}; still deductible: {deductible}.",
    ),
    "balance.title": ("合同总额与付款", "The total, and what was paid"),
    "balance.note": ("未付 {outstanding}", "outstanding {outstanding}"),
    "balance.finding": (
        "合同总额 {total} 元，已付 {paid} 元，违约金抵销 {deducted} 元，未付 {outstanding} 元，应付 {payable} 元，其"
        "中逾期 {overdue} 元。",
        "Of the total of CNY {total}, {paid} was paid and {deducted} set off; {outstanding} is outstanding, "
        "{payable} payable, of which {overdue} overdue.",
    ),
}
