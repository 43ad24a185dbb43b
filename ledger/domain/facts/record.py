"""Facts about the record itself: correcting, contesting, attaching, exporting; and the yearly calendar."""

from __future__ import annotations

from datetime import date

from ledger.domain.declare import record


@record
class FactCorrected:
    """A fact's data, whole, and its day where ``on`` is given, as they should have been (Art. 14.2)."""

    target: str
    data: dict[str, object]
    on: str | None = None
    reason: str


@record
class FactRetracted:
    """A fact was withdrawn by the role that asserted it; it stays on record (Art. 14.2)."""

    target: str
    reason: str


@record
class FactAcknowledged:
    """Another role agreed that a fact is so (Art. 14.2)."""

    target: str
    reason: str | None = None


@record
class FactContested:
    """Another role disputes a fact (Art. 12.1)."""

    target: str
    reason: str | None = None


@record
class DocumentAttached:
    """A document, by its digest, was attached to a fact or a request (Art. 14.4)."""

    about: str
    sha256: str
    name: str
    media_type: str


@record
class EvidenceExported:
    """The contract's record was exported as evidence after ``facts`` facts (Art. 12.1)."""

    scope: str
    facts: int


@record
class CalendarPublished:
    """A year's notice on holidays and make-up working days (Art. 9.1: 工作日); in a stream of its own."""

    year: int
    document: str
    published_on: date
    off_days: tuple[date, ...]
    makeup_days: tuple[date, ...]
