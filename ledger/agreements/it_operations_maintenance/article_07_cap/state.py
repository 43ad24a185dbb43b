"""Items of credits and damages, what was agreed in their place, and what of each counts (articles 3, 5, 7, 10)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ledger.domain.because import Used
from ledger.domain.calendar import Deadline
from ledger.domain.damages import SumsSettled
from ledger.domain.debts import DebtsTold
from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Anomaly
from ledger.domain.money import Fen

Source = tuple[str, ...]
"""What items come from: ``("availability", month, system)``, ``("ticket", id)``, ``("accept", stage)``."""
ItemState = Literal["standing", "claimable", "forfeited", "absorbed"]


class OwedItem(NamedTuple):
    """A credit of article 3, or damages for delay of article 5, as it arose.

    ``facts``, ``terms`` and ``readings`` are what it follows from, ``period`` the facts that set the days of service
    that count for it; ``window_from`` is the last day of its month; ``late`` is the amount in fen on which a delay is
    charged.
    """

    id: str
    clause: str
    debtor: str
    amount: Fen
    day: date
    facts: tuple[Fact, ...]
    period: tuple[Fact, ...] = ()
    terms: tuple[Used, ...] = ()
    readings: tuple[Used, ...] = ()
    credit: bool = False
    window_from: date | None = None
    late: int = 0


class Running(NamedTuple):
    """A running delay that began the day after ``since``; ``until`` is its last day if nothing more happens."""

    id: str
    clause: str
    debtor: str
    since: date
    late: int  # fen, so much is late
    before: int  # fen times days, of what is late no more
    unpaid: int  # fen, so much is still late
    until: date | None


@dataclass(slots=True)
class Delays:
    """What is late, or was, by the obligation that was not performed in time; ``stages`` are those of acceptance.

    ``moves`` are the days on which one becomes something else if nothing happens, the earliest first; ``followed`` is
    how many changes of invoices were followed. ``changed``: an item came or went since items were counted.
    """

    items: dict[str, OwedItem] = field(default_factory=dict)
    running: dict[str, Running] = field(default_factory=dict)
    stages: dict[str, None] = field(default_factory=dict)
    moves: list[tuple[date, str]] = field(default_factory=list)
    followed: int = 0
    changed: bool = False


@dataclass(slots=True, eq=False)
class AgreedSum:
    """An amount agreed, or ruled, in place of the items it names; ``covers`` are these and the items of sums among
    them.
    """

    id: str
    fact: Fact
    number: int
    amount: Fen
    ruled: bool
    covers: tuple[str, ...]

    @property
    def rank(self) -> tuple[bool, tuple[int, int], int]:
        """Of two that share an item the higher counts: a ruling before any agreement, then the later."""
        return self.ruled, chronological(self.fact), self.number


@dataclass(slots=True, eq=False)
class CountedItem:
    """An item, or an agreed sum, and how it counts: ``since`` is the day from which it counts, None while it does not.

    ``claims`` are the facts by which a credit was claimed in time, ``counted`` is its amount within the cap, in fen.
    """

    of: OwedItem | AgreedSum
    id: str
    clause: str
    debtor: str
    day: date
    amount: Fen
    since: date | None
    state: ItemState = "standing"
    claim_by: Deadline | None = None
    claims: tuple[Fact, ...] = ()
    absorbed_by: str | None = None
    counted: int = 0
    because: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Items:
    """Items as they arose, by what they come from; ``stale`` are sources to be worked out again.

    ``listed`` is how each counts, by id. ``version`` changes
    whenever the items that count may have. ``cap`` is the cap then, None where there is none.
    """

    arisen: dict[Source, list[OwedItem]] = field(default_factory=dict)
    stale: set[Source] = field(default_factory=set)
    agreed: dict[str, AgreedSum] = field(default_factory=dict)
    claimed: list[Fact] = field(default_factory=list)
    late: dict[str, Anomaly] = field(default_factory=dict)  # claims that came too late, by fact
    settled: SumsSettled = field(default_factory=SumsSettled)
    drawn: int = 0
    listed: dict[str, CountedItem] = field(default_factory=dict)
    delays: Delays = field(default_factory=Delays)
    cap: Fen | None = None
    reached_on: date | None = None
    reached_by: list[Fact] = field(default_factory=list)
    version: int = 0
    looked_at: tuple[object, ...] = ()
    life: int = -1  # the version of the service period by which availability was worked out
    told: DebtsTold = field(default_factory=DebtsTold)
