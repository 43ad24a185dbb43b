"""What a clause of an agreement declares: which facts it handles and how, what it remembers, what it answers.

A clause owns its facts, rule, state and explanation; the sweep knows it by this declaration alone. Handlers take the
machine, the fact and what it says. ``silent`` facts are on record, and no conclusion rests on them by themselves.
``at_close`` are judged when the day's other facts are in; ``settles`` runs at the close of a day before what takes
effect that day, ``closes`` after it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ledger.domain.fact import Fact
    from ledger.domain.machine import Machine

Handler = Callable[["Machine", "Fact", Any], None]
Act = Callable[["Machine"], None]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, named as it is cited (``article 9``); types are the classes of its facts."""

    name: str
    handles: Mapping[type, Handler] = field(default_factory=dict)
    at_close: Mapping[type, Handler] = field(default_factory=dict)
    silent: tuple[type, ...] = ()
    states: tuple[type, ...] = ()
    settles: Act | None = None
    closes: Act | None = None
