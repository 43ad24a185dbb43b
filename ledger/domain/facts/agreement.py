"""The agreement itself: signing, amending, proposing to end or renew it, leaving it (arts. 10 to 14)."""

from __future__ import annotations

from datetime import date

from ledger.domain.declare import record


@record
class ContractRegistered:
    """The contract's terms, body and annexes as one document, entered the ledger (Art. 14.4)."""

    terms: dict[str, object]


@record
class ContractSigned:
    """A party signed and sealed the contract (Art. 13.1); ``party`` is the one that asserts it."""

    party: str


@record
class LeaseStarted:
    """The lease began 起租: the term of months runs from this day (Art. 13.1)."""


@record
class AmendmentAgreed:
    """Both parties confirmed in writing a change of terms (Art. 14.2); ``changes`` by dotted key."""

    changes: dict[str, object]
    confirmed_by: tuple[str, ...]
    summary: str


@record
class ReadingAgreed:
    """Both parties confirmed how an unclear passage is to be read (Art. 14.2)."""

    reading: str
    option: str
    confirmed_by: tuple[str, ...]


@record
class RenewalProposed:
    """A party proposed in writing to renew until ``ends_on`` (Art. 13.2)."""

    proposal: str
    ends_on: date
    reason: str | None = None


@record
class TerminationProposed:
    """A party proposed in writing to terminate on ``effective_on`` (Art. 13.2)."""

    proposal: str
    effective_on: date
    reason: str | None = None


@record
class ProposalAccepted:
    """The other party consented in writing to a proposal (Art. 13.2)."""

    proposal: str


@record
class ProposalRejected:
    """The other party turned a proposal down (Art. 13.2)."""

    proposal: str


@record
class TerminationDeclared:
    """Party A declared the contract terminated; ``clause`` says under which (Art. 10.1, 10.2, 10.4)."""

    clause: str


@record
class ExitRequested:
    """Party B asked to leave on ``exit_on`` (Art. 11.1)."""

    request: str
    exit_on: date
    reason: str | None = None


@record
class ExitPermitted:
    """Party A gave leave to an exit request (Art. 11.1)."""

    request: str


@record
class ExitRefused:
    """Party A refused an exit request (Art. 11.1)."""

    request: str


@record
class ExitWithdrawn:
    """Party B withdrew its exit request (Art. 11.1)."""

    request: str


@record
class SwitchoverCompleted:
    """Migration and switch-over after the end were completed (Art. 11.2)."""


@record
class DataDisposed:
    """Party A's data were moved, handed over or destroyed at the end (Art. 13.2)."""

    manner: str


@record
class DisputeOpened:
    """A party raised a dispute over clauses and facts (Art. 12.1)."""

    dispute: str
    clauses: tuple[str, ...]
    facts: tuple[str, ...]


@record
class LawsuitFiled:
    """A party brought a dispute before a court (Art. 12.1)."""

    dispute: str
    court: str


@record
class DisputeResolved:
    """A dispute came to its end (Art. 12.2)."""

    dispute: str
    outcome: str
