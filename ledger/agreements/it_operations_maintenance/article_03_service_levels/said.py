"""What is said of the clause alone: the sentences of its screens, refusals and explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "screen.ops_service": ("服务情况（第三、四条）", "Service levels and assessment (arts. 3, 4)"),
    "report.section.service": ("服务情况", "Service levels and assessment"),
    "MAINTENANCE_BEYOND_DOWNTIME": (
        "维护时间 {maintenance} 分钟超过不可用时间 {downtime} 分钟；它应是其中的一部分。",
        "{maintenance} minutes of maintenance exceed the downtime of {downtime} minutes, of which they are a part.",
    ),
    "OPS_AVAILABILITY": (
        "{system} {month}：服务时间 {total} 分钟，不可用 {downtime} 分钟，其中公告的维护 {left_out} 分钟不计；可用性 "
        "{percent}%：{fact}。",
        "{system} {month}: {total} minutes of service, {downtime} unavailable, {left_out} of them announced "
        "maintenance and left out; availability {percent} %: {fact}.",
    ),
    "OPS_WINDOWS": (
        "提前公告的维护，{left_out} 分钟不计：{facts}。",
        "Maintenance announced ahead, {left_out} minutes left out: {facts}.",
    ),
    "OPS_NOT_MEASURED": (
        "{system} {month} 没有可据以计算的服务时间。", "Of {system} in {month} there is no service time to measure by.",
    ),
    "OPS_NOTHING_MEASURED": ("截至 {day} 没有可用性月报。", "By {day} no availability was reported."),
    "OPS_BAND": (
        "低于 {below}%，抵扣月服务费 {fee} 元的 {credit}，即 {amount} 元。",
        "Below {below} %: {credit} of the monthly fee of {fee} yuan, {amount} yuan, is credited.",
    ),
    "OPS_LATE_RESPONSE": (
        "报障单 {ticket}（{priority}）应在 {within} 分钟内响应，实际 {minutes} 分钟，超时 {over} 分钟：{opened}；"
        "{done}。",
        "Ticket {ticket} ({priority}) was to be answered within {within} minutes; it took {minutes}, {over} too many: "
        "{opened}; {done}.",
    ),
    "OPS_LATE_RESOLUTION": (
        "报障单 {ticket}（{priority}）应在 {within} 分钟内恢复，实际 {minutes} 分钟，逾期 {over} 分钟：{opened}；"
        "{done}。",
        "Ticket {ticket} ({priority}) was to be resolved within {within} minutes; it took {minutes}, {over} too many: "
        "{opened}; {done}.",
    ),
    "OPS_LATE_HOURS": (
        "逾期计 {hours} 小时，每小时 {each} 元，共 {amount} 元。",
        "{hours} hours late at {each} yuan each make {amount} yuan.",
    ),
    "OPS_TICKET_OPEN": (
        "报障单 {ticket}（{system}，{priority}）尚未恢复：{fact}。",
        "Ticket {ticket} ({system}, {priority}) is not resolved: {fact}.",
    ),
    "OPS_NO_TICKET_OPEN": ("截至 {day} 没有未恢复的报障。", "On {day} no ticket is open."),
    "OPS_OUTSIDE_SERVICE": (
        "{fact}所述不在服务期（{first} 至 {last}）内，不产生后果。",
        "What {fact} tells lies outside the service period ({first} to {last}) and has no effect.",
    ),
}
