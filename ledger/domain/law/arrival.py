"""When a notice arrived: a declaration to an absent party takes effect when it reaches that party (民法典 137, 565).

A clause with such notices has :class:`Served` among its states and hands the facts that report arrival to
:func:`served` and :func:`acknowledged`; :func:`arrived_on` answers for any notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.domain.declare import dataclass, field
from ledger.domain.fact import TYPES, Fact, chronological

if TYPE_CHECKING:
    from ledger.domain.machine import Machine


@dataclass(slots=True)
class Served:
    """The facts that report a notice's arrival, by the name they use for it: its service, and acknowledgements of it.
    """

    services: dict[str, list[Fact]] = field(default_factory=dict)
    acknowledgements: dict[str, list[Fact]] = field(default_factory=dict)


def served(m: Machine, fact: Fact, what: Any) -> None:
    m[Served].services.setdefault(what.about, []).append(fact)


def acknowledged(m: Machine, fact: Fact, what: Any) -> None:
    m[Served].acknowledgements.setdefault(what.target, []).append(fact)


def services(m: Machine, notice: Fact) -> list[Fact]:
    """The services of a notice recorded so far, in order."""
    return _about(m[Served].services, notice)


def arrived_on(m: Machine, notice: Fact) -> date:
    """The day on which a notice arrived: its own day, unless it was served on another; the first service counts."""
    # 民法典 137 "以非对话方式作出的意思表示，到达相对人时生效"
    told = services(m, notice)
    return max(notice.day, told[0].day) if told else notice.day


def arrival(m: Machine, notice: Fact, addressee: str) -> Fact | None:
    """The fact by which a notice reached ``addressee``, where only that counts: its service, or the addressee's
    acknowledgement.
    """
    # 民法典 565 "合同自通知到达对方时解除"
    told = [
        *services(m, notice), *(one for one in _about(m[Served].acknowledgements, notice) if one.by == addressee)
    ]  # fmt: skip
    return min(told, key=chronological, default=None)


def _about(told: dict[str, list[Fact]], notice: Fact) -> list[Fact]:
    if not told:
        return []
    found = {one.seq: one for name in names(notice) for one in told.get(name, ())}
    return sorted(found.values(), key=chronological)


def names(notice: Fact) -> Iterator[str]:
    """The names of a notice: id, ref, number, and the identifier it introduced."""
    yield from (notice.id, notice.ref, str(notice.seq), f"#{notice.seq}")
    introduces = TYPES[notice.type].introduces
    if introduces is not None:
        yield str(getattr(notice.what, introduces[1]))
