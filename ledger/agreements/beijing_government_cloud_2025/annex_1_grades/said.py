"""What is said of the clause alone: its names, and the sentences of its explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "excluded:same-event": ("同一事件，并入", "same event, counted as"),
    "excluded:same-cause": ("同一原因，并入", "same cause, counted as"),
    "excluded:outside-window": ("不在计数期内", "outside the year"),
    "excluded:outside-operating-period": ("不在运营期内", "outside the operating period"),
    "measure:weighty": ("等保级别或重要业务系统", "level of protection, or important"),
    "path.incidents": ("事件", "incidents"),
    "path.incidents.a_count": ("A 级事件数", "A-grade incidents"),
    "path.incidents.b_count_rolling_year": ("B 级事件数", "B-grade incidents"),
    "path.incidents.window": ("计数期", "counting from – to"),
    "path.incidents.counted": ("计入的事件", "incident counted"),
    "path.incidents.excluded": ("不计入的事件", "incident excluded"),
    "path.incidents.grades": ("事件级别", "grade of incident"),
    "EX_NOT_YET": ("未定", "not yet known"),
    "EX_NO_INCIDENTS": ("截至 {day} 没有事件。", "As of {day} there are no incidents."),
    "EX_REPORTED": (
        "{fact}报告事件 {incident}（{kind}）：{measures}。",
        "{fact} reported incident {incident} ({kind}): {measures}.",
    ),
    "EX_ASSESSED": (
        "{fact}核定事件 {incident}，自其当日起以下列指标代替原报：{measures}。",
        "{fact} assessed incident {incident}; from that day these measures replace those reported: {measures}.",
    ),
    "EX_MEASURE": ("{measure} {value}", "{measure} {value}"),
    "EX_NOTHING_MEASURED": ("没有载明指标", "no measures stated"),
    "EX_CRITERIA": (
        "事件 {incident} 的 {grade} 级条件：{criteria}。",
        "Incident {incident}, grade {grade} asks: {criteria}.",
    ),
    "EX_CRITERIA_BOTH": (
        "事件 {incident} 的两级共同条件：{criteria}。",
        "Incident {incident}, both grades ask: {criteria}.",
    ),
    "EX_CRITERION": (
        "{measure}须{needed}，实为 {stated}，{verdict}",
        "{measure} {needed}, stated {stated}, {verdict}",
    ),
    "EX_MET": ("满足", "met"),
    "EX_NOT_MET": ("不满足", "not met"),
    "EX_NOT_STATED_HENCE": ("不视为满足", "hence not met"),
    "EX_FROM": ("达到 {threshold} 以上", "{threshold} or more"),
    "EX_OVER": ("超过 {threshold}", "more than {threshold}"),
    "EX_ONE_OF": ("有其一：{options}", "one of: {options}"),
    "EX_WEIGHTY": ("等保 {level} 级以上，或重要业务系统", "level {level} or higher, or an important system"),
    "EX_FORCE_MAJEURE": (
        "不可抗力：{stated}；采用的解读是“{option}”。",
        "Force majeure: {stated}; the reading in force is “{option}”.",
    ),
    "EX_GRADE_NO_ROW": ("附件1 没有“{kind}”的等级。", "Annex 1 of this contract has no grade for {kind}."),
    "EX_GRADE_OTHERS": (
        "事件 {incident} 的责任方：{stated}；附件1 限于云服务商主责的事故，不定级。",
        "Responsible for incident {incident}: {stated}; annex 1 covers only accidents the provider is mainly "
        "responsible "
        "for, so it is not graded.",
    ),
    "EX_GRADE_AGREED": (
        "双方已商定事件 {incident} 的级别为 {grade}，以此为准：{facts}。",
        "The parties agreed the grade of incident {incident} to be {grade}, which prevails: {facts}.",
    ),
    "EX_GRADE_RULED": (
        "生效裁判已定事件 {incident} 的级别：{grade}，以此为准：{facts}。",
        "A final judgment fixed the grade of incident {incident}: {grade}, which prevails: {facts}.",
    ),
    "EX_MINUTES_WITHIN": (
        "事件 {incident} 共 {whole} 分钟，其中 {within} 分钟在运营期间（{first} 至 {last}）内；只计这一部分，"
        "事件日为 {day}。",
        "Of the {whole} minutes of incident {incident}, {within} lie within the operating period ({first} to {last}); "
        "only these count, and its day is {day}.",
    ),
    "EX_MEASURES_SUPERVISORS": (
        "事件 {incident} 的这份报告与监管方的报告 {others} 说的是同一事件；定级和违约金以监管方所报为准（{facts}），"
        "这份报告不另定级。",
        "This report of incident {incident} tells of the event that the supervisor's report {others} tells of; "
        "for grade "
        "and damages the supervisor's measures alone count ({facts}), and this report is not graded.",
    ),
    "EX_MEASURES_DECIDED": (
        "事件 {incident} 的这份报告与 {others} 说的是同一事件，后者的级别已经商定或裁判（{facts}），以其为准，"
        "这份报告不另定级。",
        "This report of incident {incident} tells of the same event as {others}, whose grade was agreed or ruled "
        "({facts}) and prevails; this report is not graded.",
    ),
    "EX_SAME_EVENT": (
        "事件 {incident} 与 {others} 种类、范围相同而时间重叠，视为同一事件。",
        "Incident {incident} and {others} are of one kind and scope and overlap in time: they are taken as one event.",
    ),
    "EX_CAUSE_CLAIMED": (
        "乙方称事件 {incident} 的根本原因是 {cause}（{fact}）；甲方未认可，这只在乙方看来使事件归为一次（第 10.3 "
        "款）。",
        "Party B says that the root cause of incident {incident} is {cause} ({fact}); party A has not "
        "acknowledged it, so "
        "by clause 10.3 it ties incidents in party B's view only.",
    ),
    "EX_GRADE": ("结论：事件 {incident} 为 {grade} 级。", "Conclusion: incident {incident} is grade {grade}."),
    "EX_GRADE_NONE": (
        "结论：事件 {incident} 不属于 A 级或 B 级。",
        "Conclusion: incident {incident} is neither grade A nor grade B.",
    ),
    "EX_TIED": (
        "事件 {incident} 与 {others} 系同一事件或原因（{facts}），依第 10.3 款视为一次。",
        "Incident {incident} is one with {others} by event or cause ({facts}); by clause 10.3 they are one.",
    ),
    "EX_WINDOW_ROLLING": (
        "“1 年内”为连续 {months} 个月：截至 {last}，{first} 及以后发生的 B 级事件仍计入。",
        "The year is any {months} months on end: as of {last}, grade B incidents from {first} on still count.",
    ),
    "EX_WINDOW_YEAR": (
        "“1 年内”按“{option}”：{first} 至 {last}。",
        "The year follows the reading “{option}”: {first} to {last}.",
    ),
    "EX_COUNTED": (
        "计入：事件 {incident}（{kind}），{grade} 级，{on} 发生，依据：{facts}{until}。",
        "Counted: incident {incident} ({kind}), grade {grade}, of {on}, by: {facts}{until}.",
    ),
    "EX_COUNTS_UNTIL": ("；计至 {last}（含），次日起退出窗口", "; it counts until {last} and not after"),
    "EX_ABSORBS": (
        "事件 {others} 与 {incident} 系同一原因（{causes}；{facts}），依第 10.3 款并为一次，不另计。",
        "Incidents {others} have the same cause as {incident} ({causes}; {facts}); by clause 10.3 they are one "
        "with it.",
    ),
    "EX_ABSORBS_EVENT": (
        "报告 {others} 与 {incident} 说的是同一事件（种类、范围相同而时间重叠），只计一次。",
        "Reports {others} tell of the same event as {incident} (one kind and scope, overlapping in time); it "
        "counts once.",
    ),
    "EX_EXCLUDED_EVENT": (
        "不另计：事件 {incident}（{fact}），与 {other} 系同一事件，已随其计为一次。",
        "Not counted: incident {incident} ({fact}); it tells of the same event as {other} and is counted with it.",
    ),
    "EX_EXCLUDED_SAME": (
        "不另计：事件 {incident}（{fact}），与 {other} 系同一原因，已随其计为一次。",
        "Not counted: incident {incident} ({fact}); of the same cause as {other} and counted with it.",
    ),
    "EX_EXCLUDED_WINDOW": (
        "不计：事件 {incident}（{fact}）发生于 {on}，不在 {first} 至 {last} 之内。",
        "Not counted: incident {incident} ({fact}) of {on}, which is not within {first} to {last}.",
    ),
    "EX_EXCLUDED_PERIOD": (
        "不计：事件 {incident}（{fact}）发生于 {on}，不在运营期间（{first} 至 {last}）。",
        "Not counted: incident {incident} ({fact}) of {on}, which is outside the operating period ({first} to "
        "{last}).",
    ),
    "EX_UNGRADED": (
        "未达 A 级或 B 级的事件：{incidents}。",
        "Incidents that are neither grade A nor B: {incidents}.",
    ),
    "EX_COUNT": (
        "截至 {day}，计入的 {grade} 级事件共 {count} 次。",
        "As of {day}, {count} grade {grade} incidents count.",
    ),
    "OUTAGE_OPEN": (
        "监控不知道的仍空着：影响人数、经济损失、业务系统比例、后果。",
        "Left open is what monitoring does not know: people affected, loss, share of systems, consequence.",
    ),
    "OUTAGE_LASTS": (
        "监控尚未报告恢复，时长空着；恢复后会另有一条草稿。",
        "Monitoring has not told its end: how long it lasts stays open, and a draft will say it then.",
    ),
    "DURATION_IN_FUTURE": (
        "自事件发生起 {minutes} 分钟要到记录时刻（{now}）之后；尚未经过的时间不能记录。",
        "{minutes} minutes from the incident's beginning reach past the moment of recording ({now});"
        " time that has not passed cannot be recorded.",
    ),
    "NOTICE_NOT_SUPERVISORS": (
        "整改通知 {notice} 不是云安全监管服务商发出的。",
        "The notice {notice} was not issued by the supervisor.",
    ),
    "report.graded": ("{grade} 级", "grade {grade}"),
    "report.told.b_count": ("一年内 B 级事件计 {count} 次", "Grade B incidents counted within a year: {count}"),
    "report.told.a_count": ("A 级事件计 {count} 次", "Grade A incidents counted: {count}"),
    "report.counts_for": ("计入（含 {incidents}）", "counted (with {incidents})"),
    "report.counts_with": ("同因，随 {incident} 计", "same cause; counted with {incident}"),
    "report.counts_not": ("不计", "not counted"),
    "report.none_incidents": ("没有事件。", "There are no incidents."),
    "report.incidents_withheld": (
        "另有 {count} 起事件的报告未披露，此处不列。",
        "Incidents whose reports are not disclosed and which are not listed here: {count}.",
    ),
    "report.drawing": ("一年内的重大事件与解除权", "Incidents within a year, and grounds for termination"),
    "report.drawing_left": (
        "图中略去 {count} 起不属于 A 级或 B 级的事件。",
        "Left out of the drawing, being neither grade A nor grade B: {count}.",
    ),
    "report.drawing_older": (
        "图中只列最近 {shown} 起，另有 {count} 起见下表。",
        "The drawing shows the latest {shown} only; for the others ({count}) see the table below.",
    ),
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
    "year.grounds": ("{count} 项，{day} 起先后成立", "{count} grounds, from {day} on"),
    "year.would-lapse": ("否则 {day} 届满", "would end {day}"),
    "year.last-day": ("最后一日 {day}", "last day {day}"),
    "year.term-over": ("合同届满，其后已无合同可以解除", "the contract ends; nothing is left to terminate"),
    "year.leaving": ("依次退出计数期", "leave the year one by one"),
    "year.caption": (
        "同上图。同一原因或同一事件只计一起，并入的缩进列在其下（第 10.3 款）。",
        "The same as drawn. What is of one cause or one event counts once; what was merged is indented below it "
        "(clause 10.3).",
    ),
    "year.counting": ("计数", "counts"),
    "year.counts.until": ("计 1 起，计至 {day}", "counts once, until {day}"),
    "year.counts": ("计 1 起", "counts once"),
    "year.ungraded": ("不计：未达附件 1 的级别", "does not count: no grade of annex 1"),
    "year.no-grade": ("未达级", "none"),
    "year.none": ("没有登记事件。", "No incidents are recorded."),
    "screen.incidents": ("重大事件（附件 1）", "Incidents (annex 1)"),
    "screen.window": ("计数期 {first} 至 {last}", "counting from {first} to {last}"),
    "screen.counts": ("A 级 {a} 起，B 级 {b} 起", "{a} of grade A, {b} of grade B"),
}
