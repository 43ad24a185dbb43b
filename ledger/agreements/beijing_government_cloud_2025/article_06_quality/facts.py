"""第六条 服务质量及验收要求: trial run, availability, acceptance."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.vocabulary import (
    CAUSES,
    INCIDENT,
    MONTHLY,
    ROUND,
    SYSTEM,
    Consequence,
)
from ledger.domain.fact import AB, ABS, DONE, DONE_AND_RELIED_ON, PERFORMED, A, B, Saying, fact
from ledger.domain.fact_data import as_it_was
from ledger.domain.fields import COUNT, IDENTIFIER, Identifier, Identifiers, Month, Percent, Text
from ledger.domain.values import Shape, choice, round_of_acceptance

_ROUND = Shape(round_of_acceptance, None, None, {"anyOf": [COUNT.schema, IDENTIFIER.schema]},
               said=("序号或名称", "a number or a name"), example=1, sort="number-or-name")
Round: TypeAlias = Annotated[int | str, _ROUND]
Rating: TypeAlias = Annotated[str, choice("评级", "rating", {
    "excellent": ("优", "excellent"), "good": ("良", "good"), "fair": ("中", "fair"), "poor": ("差", "poor"),
}, name="Rating")]


@fact(
    "6.2", zh="投入试运行", en="trial run started", actors=AB, first=True,
    saying=PERFORMED,
    meaning="业务系统在云上投入试运行。",
)  # fmt: skip
class TrialRunStarted:
    """The systems went into trial run on the cloud (Art. 6.2)."""


@fact(
    "6.3", zh="可用性报告", en="availability reported", actors=ABS, mentions=(SYSTEM, (INCIDENT, "incidents")),
    saying=MONTHLY, upcasts={1: as_it_was},
    usual=ABS,
    meaning="报告某月云平台或某业务系统的可用性和数据可靠性（百分数）。",
    labels={
        "availability": ("可用性（%）", "availability (%)"),
        "data_reliability": ("数据可靠性（%）", "data reliability (%)"), "incidents": CAUSES,
    },
    example={"availability": "99.93", "data_reliability": "99.99999", "consequence": "major"},
)  # fmt: skip
class AvailabilityReported:
    """Availability and data reliability of a month, in percent, of the platform or a system (Art. 6.3)."""

    month: Month
    system: Identifier | None = None
    availability: Percent
    data_reliability: Percent
    consequence: Consequence
    incidents: Identifiers | None = None


@fact(
    "6.6", zh="提请验收", en="acceptance requested", actors=B, introduces=ROUND,
    saying=Saying(done=True, performs=True),
    meaning="乙方通知甲方可以验收；付款条件中写明名称的验收，注明是哪一次。",
    labels={"acceptance": ("验收名称", "acceptance")},
)  # fmt: skip
class AcceptanceRequested:
    """Party B notified party A that the work is ready for acceptance (Art. 6.6), for one that instalments name."""

    round: Round
    acceptance: Identifier | None = None


@fact(
    "6.6", zh="验收合格", en="acceptance passed", actors=A, subject=ROUND, first=True,
    saying=DONE_AND_RELIED_ON,
    meaning="甲方验收合格并评定质量。",
)  # fmt: skip
class AcceptancePassed:
    """Party A accepted the work and rated its quality (Art. 6.6)."""

    round: Round
    rating: Rating


@fact(
    "6.6", zh="验收不合格", en="acceptance failed", actors=A, subject=ROUND, waits=False,
    saying=DONE,
    meaning="甲方验收不合格；乙方应在约定期限内返工。",
    labels={"defects": ("缺陷", "defects")},
    example={"defects": "备份不全"},
)  # fmt: skip
class AcceptanceFailed:
    """Party A did not accept the work (Art. 6.6); 30 days of rework follow."""

    round: Round
    defects: Text
