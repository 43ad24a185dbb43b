"""Facts about the ledger itself, in the stream `log`: keys, witnesses, what a rollback or a clock did, erasures."""

from __future__ import annotations

from ledger.domain.fact import M, fact
from ledger.domain.fields import Count, Name, Note, Positive, Text


@fact("12.1", zh="更换日志密钥", en="log key rotated", by=M, ledgers=True)
class LogKeyRotated:
    """The log's key named its successor (Art. 12.1: what is proof has to be signed by a known key; SPEC 7).

    ``statement`` is a note signed by the key before: the log's name and `key`, then the new key.
    """

    statement: Note


@fact("7.2", zh="删除个人信息", en="personal data erased", by=M, ledgers=True)
class PersonalDataErased:
    """The key to a subject's personal values was destroyed (Art. 7.2: confidentiality; SPEC 7).

    ``erased`` values were kept under it; the facts keep their commitments, which nobody can open any more.
    """

    subject: Name
    reason: Text
    erased: Count


@fact("12.1", zh="准予见证", en="witness admitted", by=M, ledgers=True)
class WitnessAdmitted:
    """A witness's key was admitted (Art. 12.1; SPEC 7): only its holder, ``principal``, leaves cosignatures by it.

    ``key`` is a C2SP verifier key of type 0x04.
    """

    key: Name
    principal: Name


@fact("12.1", zh="接受账本回退", en="rollback accepted", by=M, ledgers=True)
class RollbackAccepted:
    """The ledger is signed on although it is not what was signed last (Art. 12.1; SPEC 7); ``reason`` says why.

    ``size`` and ``root`` (base64) are what the key folder remembered, ``found`` the facts there were then.
    """

    size: Positive
    root: Name
    found: Count
    reason: Text


@fact("12.1", zh="更正时钟", en="clock corrected", by=M, ledgers=True)
class ClockCorrected:
    """The facts at positions ``first`` to ``last`` carry a moment that was never reached (Art. 12.1; SPEC 2.1, 7).

    The clock stood ahead when they were recorded, at most at ``latest`` (RFC 3339). They count as known from this
    fact's own ``recorded_at`` on.
    """

    first: Positive
    last: Positive
    latest: Name
    reason: Text
