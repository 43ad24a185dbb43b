"""The one passage that two careful people may read differently."""

from __future__ import annotations

from ledger.domain.words import Option, Reading

READINGS = {
    "paid-visits": Reading(
        ("2",),
        "第二条“每次养护”是否包括甲方未要求的养护",
        "article 2: is care that nobody requested paid for?",
        {
            "requested": Option(
                "只付甲方要求过的", "only what party A requested",
                "没有要求过的给付，不在约定之内。", "What nobody asked for was not agreed.",
            ),
            "every": Option(
                "每次都付", "every visit",
                "“每次养护”没有以要求为条件。", "“Every visit” is not made to depend on a request.",
            ),
        },
    ),
}
