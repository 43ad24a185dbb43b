"""Facts about the ledger itself, in the stream `log`: keys, witnesses, what a rollback or a clock did, erasures."""

from __future__ import annotations

from ledger.domain.declare import record


@record
class LogKeyRotated:
    """The log's key named its successor (Art. 12.1: what is proof has to be signed by a known key; SPEC 7).

    ``statement`` is a note signed by the key before: the log's name and `key`, then the new key.
    """

    statement: str


@record
class PersonalDataErased:
    """The key to a subject's personal values was destroyed (Art. 7.2: confidentiality; SPEC 7).

    ``erased`` values were kept under it; the facts keep their commitments, which nobody can open any more.
    """

    subject: str
    reason: str
    erased: int


@record
class WitnessAdmitted:
    """A witness's key was admitted (Art. 12.1; SPEC 7): only its holder, ``principal``, leaves cosignatures by it.

    ``key`` is a C2SP verifier key of type 0x04.
    """

    key: str
    principal: str


@record
class RollbackAccepted:
    """The ledger is signed on although it is not what was signed last (Art. 12.1; SPEC 7); ``reason`` says why.

    ``size`` and ``root`` (base64) are what the key folder remembered, ``found`` the facts there were then.
    """

    size: int
    root: str
    found: int
    reason: str


@record
class ClockCorrected:
    """The facts at positions ``first`` to ``last`` carry a moment that was never reached (Art. 12.1; SPEC 2.1, 7).

    The clock stood ahead when they were recorded, at most at ``latest`` (RFC 3339). They count as known from this
    fact's own ``recorded_at`` on.
    """

    first: int
    last: int
    latest: str
    reason: str
