"""Facts about the ledger itself, in the stream `log`: keys, witnesses, what a rollback or a clock did, erasures."""

from __future__ import annotations

from ledger.domain.fact import M, fact
from ledger.domain.fields import Count, Name, Note, Positive, Reason


@fact(
    zh="更换日志密钥", en="log key rotated", actors=M, ledgers=True,
    meaning="日志密钥指明了接替它的密钥；声明由前一密钥签名。",
    labels={"statement": ("声明", "statement")},
)  # fmt: skip
class LogKeyRotated:
    """The log's key named its successor (SPEC 7: what is proof has to be signed by a known key).

    ``statement`` is a note signed by the key before: the log's name and `key`, then the new key.
    """

    statement: Note


@fact(
    zh="删除个人信息", en="personal data erased", actors=M, ledgers=True,
    meaning="某人个人信息的密钥已销毁；事实中只留下无人能再打开的承诺值。",
    labels={"subject": ("个人", "person"), "erased": ("删除个数", "values erased")},
)  # fmt: skip
class PersonalDataErased:
    """The key to a subject's personal values was destroyed (SPEC 7: confidentiality).

    ``erased`` values were kept under it; the facts keep their commitments, which nobody can open any more.
    """

    subject: Name
    reason: Reason
    erased: Count


@fact(
    zh="准予见证", en="witness admitted", actors=M, ledgers=True,
    meaning="准予一位见证人的公钥；只有其持有人可以用它留下见证签名。",
    labels={"key": ("公钥", "key"), "principal": ("使用者", "principal")},
)  # fmt: skip
class WitnessAdmitted:
    """A witness's key was admitted (SPEC 7): only its holder, ``principal``, leaves cosignatures by it.

    ``key`` is a C2SP verifier key of type 0x04.
    """

    key: Name
    principal: Name


@fact(
    zh="接受账本回退", en="rollback accepted", actors=M, ledgers=True,
    meaning="账本与上次签名时不同，仍继续签名，并说明理由。",
    labels={"size": ("已签条数", "facts signed"), "root": ("树根", "root"), "found": ("当时现存条数", "facts found")},
)  # fmt: skip
class RollbackAccepted:
    """The ledger is signed on although it is not what was signed last (SPEC 7); ``reason`` says why.

    ``size`` and ``root`` (base64) are what the key folder remembered, ``found`` the facts there were then.
    """

    size: Positive
    root: Name
    found: Count
    reason: Reason


@fact(
    zh="更正时钟", en="clock corrected", actors=M, ledgers=True,
    meaning="某几条事实所记的时刻并未真正到达（当时时钟快了）；它们自本事实起才算已知。",
    labels={
        "first": ("自第几条", "from position"), "last": ("至第几条", "to position"),
        "latest": ("所记最晚时刻", "latest moment carried"),
    },
)  # fmt: skip
class ClockCorrected:
    """The facts at positions ``first`` to ``last`` carry a moment that was never reached (SPEC 2.1, 7).

    The clock stood ahead when they were recorded, at most at ``latest`` (RFC 3339). They count as known from this
    fact's own ``recorded_at`` on.
    """

    first: Positive
    last: Positive
    latest: Name
    reason: Reason
