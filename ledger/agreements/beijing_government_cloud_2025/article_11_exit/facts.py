"""第十一条 退出: party B's way out, and the switch-over."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.vocabulary import EXIT_REQUEST
from ledger.domain.fact import AB, A, B, fact
from ledger.domain.fields import Day, Identifier, Text


@fact("11.1", zh="申请退出", en="exit requested", by=B, introduces=(EXIT_REQUEST, "request"))
class ExitRequested:
    """Party B asked to leave on ``exit_on`` (Art. 11.1)."""

    request: Identifier
    exit_on: Day
    reason: Text | None = None


@fact("11.1", zh="许可退出", en="exit permitted", by=A, subject=(EXIT_REQUEST, "request"))
class ExitPermitted:
    """Party A gave leave to an exit request (Art. 11.1)."""

    request: Identifier


@fact("11.1", zh="不许可退出", en="exit refused", by=A, subject=(EXIT_REQUEST, "request"))
class ExitRefused:
    """Party A refused an exit request (Art. 11.1)."""

    request: Identifier


@fact("11.1", zh="撤回退出申请", en="exit withdrawn", by=B, subject=(EXIT_REQUEST, "request"))
class ExitWithdrawn:
    """Party B withdrew its exit request (Art. 11.1)."""

    request: Identifier


@fact("11.2", zh="切换完成", en="switch-over completed", by=AB)
class SwitchoverCompleted:
    """Migration and switch-over after the end were completed (Art. 11.2)."""
