"""第十一条 退出: party B's way out, and the switch-over."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.vocabulary import EXIT_REQUEST
from ledger.domain.fact import AB, DONE, DONE_AND_RELIED_ON, PERFORMED, A, B, fact
from ledger.domain.fact_data import as_it_was
from ledger.domain.fields import Day, Identifier, Reason


@fact(
    "11.1", zh="申请退出", en="exit requested", actors=B, introduces=(EXIT_REQUEST, "request"),
    saying=DONE,
    meaning="乙方申请于某日退出。",
    labels={"exit_on": ("退出日", "exit on")},
    example={"exit_on": "2026-10-31"},
)  # fmt: skip
class ExitRequested:
    """Party B asked to leave on ``exit_on`` (Art. 11.1)."""

    request: Identifier
    exit_on: Day
    reason: Reason | None = None


@fact(
    "11.1", zh="许可退出", en="exit permitted", actors=A, subject=(EXIT_REQUEST, "request"),
    upcasts={1: as_it_was}, labels={"exit_on": ("退出日", "exit on")},
    saying=DONE_AND_RELIED_ON,
    meaning="甲方许可退出；另定退出日的，写明该日。",
)  # fmt: skip
class ExitPermitted:
    """Party A gave leave to an exit request (Art. 11.1), for the day ``exit_on`` where it says one."""

    request: Identifier
    exit_on: Day | None = None


@fact(
    "11.1", zh="不许可退出", en="exit refused", actors=A, subject=(EXIT_REQUEST, "request"),
    saying=DONE,
    meaning="甲方不许可退出。",
)  # fmt: skip
class ExitRefused:
    """Party A refused an exit request (Art. 11.1)."""

    request: Identifier


@fact(
    "11.1", zh="撤回退出申请", en="exit withdrawn", actors=B, subject=(EXIT_REQUEST, "request"),
    saying=DONE,
    meaning="乙方撤回退出申请。",
)  # fmt: skip
class ExitWithdrawn:
    """Party B withdrew its exit request (Art. 11.1)."""

    request: Identifier


@fact(
    "11.2", zh="切换完成", en="switch-over completed", actors=AB,
    saying=PERFORMED,
    meaning="合同终止后的迁移和切换完成。",
)  # fmt: skip
class SwitchoverCompleted:
    """Migration and switch-over after the end were completed (Art. 11.2)."""
