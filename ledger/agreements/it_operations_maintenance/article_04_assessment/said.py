"""What is said of the clause alone: the sentences of its screens, refusals and explanations."""

from __future__ import annotations

SAID: dict[str, tuple[str, str]] = {
    "OPS_NO_COEFFICIENTS": (
        "第 {year} 个服务年度的系数无从确定：条款没有写明考核系数表。",
        "The coefficient of service year {year} cannot be known: the terms state no table of coefficients.",
    ),
    "OPS_SCORE": ("第 {quarter} 季度 {score} 分（{fact}）", "quarter {quarter}: {score} ({fact})"),
    "OPS_SCORES_SO_FAR": (
        "第 {year} 个服务年度已有评分：{scores}。", "Scores of service year {year} so far: {scores}.",
    ),
    "OPS_COEFFICIENT": (
        "第 {year} 个服务年度：{scores}；平均 {average} 分，系数 {coefficient}。",
        "Service year {year}: {scores}; {average} on average, coefficient {coefficient}.",
    ),
    "OPS_COEFFICIENT_UNKNOWN": (
        "第 {year} 个服务年度的系数截至 {day} 未定，尚缺季度：{missing}。",
        "The coefficient of service year {year} is not known by {day}; quarters lacking: {missing}.",
    ),
    "OPS_QUARTER_OUTSIDE": (
        "服务期（{first} 至 {last}）没有第 {quarter} 季度，该评分不产生后果。",
        "The service period ({first} to {last}) has no quarter {quarter}; the score has no effect.",
    ),
}
