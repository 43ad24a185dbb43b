"""第五条 安全责任: the review of the platform's security."""

from __future__ import annotations

from ledger.domain.fact import BM, PERFORMED, fact
from ledger.domain.fields import Name


@fact(
    "5.2", zh="网络安全审查通过", en="security review passed", actors=BM,
    saying=PERFORMED,
    meaning="云平台通过第三方网络安全审查。",
    labels={"reference": ("文号", "reference")},
    example={"reference": "网审〔2026〕12号"},
)  # fmt: skip
class SecurityReviewPassed:
    """The platform passed the third-party cyber-security review 网络安全审查 (Art. 5.2)."""

    reference: Name
