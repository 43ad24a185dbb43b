"""Facts about the record itself: correcting, contesting, attaching, exporting; and the yearly calendar."""

from __future__ import annotations

from ledger.domain.calendar import Notice
from ledger.domain.errors import Refusal
from ledger.domain.fact import ROLES, WRITERS, M, fact
from ledger.domain.fields import Count, Day, Days, Digest, Identifier, JsonObject, MediaType, Moment, Name, Text, Year
from ledger.domain.values import within


@fact("14.2", zh="更正", en="fact corrected", by=WRITERS)
class FactCorrected:
    """A fact's data, whole, and its day where ``on`` is given, as they should have been (Art. 14.2)."""

    target: Identifier
    data: JsonObject
    on: Moment | None = None
    reason: Text


@fact("14.2", zh="撤回", en="fact retracted", by=WRITERS)
class FactRetracted:
    """A fact was withdrawn by the role that asserted it; it stays on record (Art. 14.2)."""

    target: Identifier
    reason: Text


@fact("14.2", zh="认可", en="fact acknowledged", by=WRITERS)
class FactAcknowledged:
    """Another role agreed that a fact is so (Art. 14.2)."""

    target: Identifier
    reason: Text | None = None


@fact("12.1", zh="异议", en="fact contested", by=WRITERS)
class FactContested:
    """Another role disputes a fact (Art. 12.1)."""

    target: Identifier
    reason: Text | None = None


@fact("14.4", zh="附件", en="document attached", by=WRITERS)
class DocumentAttached:
    """A document, by its digest, was attached to a fact or a request (Art. 14.4)."""

    about: Identifier
    sha256: Digest
    name: Name
    media_type: MediaType


@fact("12.1", zh="导出证据", en="evidence exported", by=ROLES)
class EvidenceExported:
    """The contract's record was exported as evidence after ``facts`` facts (Art. 12.1)."""

    scope: Name
    facts: Count


def _makes_a_calendar(what: CalendarPublished, path: str) -> None:
    for index, off in enumerate(what.off_days):
        if off in what.makeup_days:
            raise Refusal("DAY_OFF_AND_MADE_UP", f"{path}.off_days.{index}", day=off)
    try:  # what no calendar can be made of would be in the way of every question
        Notice(what.year, what.document, what.published_on, frozenset(what.off_days), frozenset(what.makeup_days))
    except Refusal as refused:
        raise within(refused, path) from None


@fact("9.1", zh="放假通知", en="calendar published", by=M, check=_makes_a_calendar)
class CalendarPublished:
    """A year's notice on holidays and make-up working days (Art. 9.1: 工作日); in a stream of its own."""

    year: Year
    document: Name
    published_on: Day
    off_days: Days
    makeup_days: Days
