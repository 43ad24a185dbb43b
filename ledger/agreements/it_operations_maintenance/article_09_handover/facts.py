"""第九条 移交: documents, accounts and configurations handed over."""

from __future__ import annotations

from ledger.domain.fact import PERFORMED, B, fact


@fact(
    "9.1", zh="移交完成", en="hand-over completed", actors=B,
    saying=PERFORMED,
    meaning="乙方已移交全部运行维护资料、账号和配置。",
)  # fmt: skip
class HandoverCompleted:
    """Party B handed over all documents, accounts and configurations (Art. 9.1)."""
