"""The one passage that two careful people may read differently."""

from __future__ import annotations

from ledger.domain.words import Reading

READINGS = {
    # 第二条 “每次养护”: is care that nobody asked for paid for?
    "paid-visits": Reading(
        "第二条“每次养护”是否包括甲方未要求的养护",
        "article 2: is care that nobody requested paid for?",
        {
            "requested": ("只付甲方要求过的", "only what party A requested"),
            "every": ("每次都付", "every visit"),
        },
    ),
}
