"""Facts about the record itself: correcting, contesting, attaching, exporting; and the yearly calendar."""

from __future__ import annotations

from ledger.domain.calendar import WorkingDayNotice
from ledger.domain.errors import Refusal
from ledger.domain.fact import DONE, ROLES, WRITERS, M, fact
from ledger.domain.fields import Count, Day, Days, Digest, Identifier, JsonObject, MediaType, Moment, Name, Reason, Year
from ledger.domain.values import within


@fact(
    zh="更正", en="fact corrected", actors=WRITERS, own=True,
    meaning="更正一条事实：写明其全部数据应当如何；日期也有误的，一并写明。",
    labels={"target": ("所指事实", "target"), "data": ("更正为", "corrected to"), "on": ("更正后日期", "right day")},
    example={"target": "#2", "data": {"party": "party_a"}, "on": "2025-11-20", "reason": "日期有误"},
)  # fmt: skip
class FactCorrected:
    """A fact's data, whole, and its day where ``on`` is given, as they should have been."""

    target: Identifier
    data: JsonObject
    on: Moment | None = None
    reason: Reason


@fact(
    zh="撤回", en="fact retracted", actors=WRITERS, own=True,
    meaning="作出一条事实的角色将其撤回；撤回的事实仍留在记录中。",
    labels={"target": ("所指事实", "target")},
    example={"target": "#2", "reason": "重复记录"},
)  # fmt: skip
class FactRetracted:
    """A fact was withdrawn by the role that asserted it; it stays on record."""

    target: Identifier
    reason: Reason


@fact(
    zh="认可", en="fact acknowledged", actors=WRITERS, own=True,
    saying=DONE,
    meaning="另一角色认可某条事实属实。",
    labels={"target": ("所指事实", "target")},
    example={"target": "#3"},
)  # fmt: skip
class FactAcknowledged:
    """Another role agreed that a fact is so."""

    target: Identifier
    reason: Reason | None = None


@fact(
    zh="异议", en="fact contested", actors=WRITERS, own=True,
    saying=DONE,
    meaning="另一角色对某条事实提出异议。",
    labels={"target": ("所指事实", "target")},
    example={"target": "#3", "reason": "与事实不符"},
)  # fmt: skip
class FactContested:
    """Another role disputes a fact."""

    target: Identifier
    reason: Reason | None = None


@fact(
    zh="附件", en="document attached", actors=WRITERS,
    meaning="一份文件（以其摘要指明）附于某条事实或某项请求。",
    labels={"about": ("所涉", "about"), "name": ("名称", "name")},
    example={"about": "#2", "name": "签署页.pdf"},
)  # fmt: skip
class DocumentAttached:
    """A document, by its digest, was attached to a fact or a request."""

    about: Identifier
    sha256: Digest
    name: Name
    media_type: MediaType


@fact(
    zh="导出证据", en="evidence exported", actors=ROLES,
    meaning="合同的记录作为证据导出，导出时已有若干条事实。",
    labels={"scope": ("范围", "scope"), "facts": ("事实条数", "facts")},
    example={"scope": "全部", "facts": 3},
)  # fmt: skip
class EvidenceExported:
    """The contract's record was exported as evidence after ``facts`` facts."""

    scope: Name
    facts: Count


def _makes_a_calendar(what: CalendarPublished, path: str) -> None:
    for index, off in enumerate(what.off_days):
        if off in what.makeup_days:
            raise Refusal("DAY_OFF_AND_MADE_UP", f"{path}.off_days.{index}", day=off)
    try:  # what no calendar can be made of would be in the way of every question
        off_days, makeup_days = frozenset(what.off_days), frozenset(what.makeup_days)
        WorkingDayNotice(what.year, what.document, what.published_on, off_days, makeup_days)
    except Refusal as refused:
        raise within(refused, path) from None


@fact(
    zh="放假通知", en="calendar published", actors=M, own=True, check=_makes_a_calendar,
    meaning="公布某一年的放假日和补班日，用以推算工作日；记在日历自己的流中。",
    labels={
        "document": ("文号", "document"), "published_on": ("发布日", "published on"),
        "off_days": ("放假日", "days off"), "makeup_days": ("补班日", "make-up working days"),
    },
    example={
        "document": "国办发明电〔2026〕9号", "published_on": "2026-11-04", "off_days": ["2027-01-01"],
        "makeup_days": ["2027-01-09"],
    },
)  # fmt: skip
class CalendarPublished:
    """A year's notice on holidays and make-up working days; in a stream of its own."""

    year: Year
    document: Name
    published_on: Day
    off_days: Days
    makeup_days: Days
