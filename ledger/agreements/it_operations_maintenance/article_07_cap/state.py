"""Items of credits and damages, what was agreed in their place, and what of each counts (articles 3, 5, 7, 10)."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import Literal

from ledger.domain.because import Used
from ledger.domain.calendar import Deadline
from ledger.domain.damages import Filled, SumsSettled
from ledger.domain.debts import DebtsTold
from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Anomaly
from ledger.domain.money import Fen
from ledger.domain.shown import Shown

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
    how many changes of invoices were followed. ``changed`` are those looked at since items were counted.
    """

    items: dict[str, OwedItem] = field(default_factory=dict)
    running: dict[str, Running] = field(default_factory=dict)
    stages: dict[str, None] = field(default_factory=dict)
    moves: list[tuple[date, str]] = field(default_factory=list)
    followed: int = 0
    changed: set[str] = field(default_factory=set)


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


def place(one: CountedItem) -> tuple[date, str]:
    """Items stand by the day on which they arose, then id."""
    return one.day, one.id


@dataclass(slots=True)
class InTurn:
    """The items of a debtor that count, by the day from which they do, then id; ``sums`` is what counts up to each.

    From the place ``moved`` on it is to be worked out again.
    """

    places: list[tuple[date, str]] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)  # fen
    moved: int = 0

    def put(self, one: CountedItem) -> None:
        if one.since is not None:
            at = bisect_left(self.places, (one.since, one.id))
            self.places.insert(at, (one.since, one.id))
            self.moved = min(self.moved, at)

    def drop(self, one: CountedItem) -> None:
        if one.since is not None:
            at = bisect_left(self.places, (one.since, one.id))
            del self.places[at]
            self.moved = min(self.moved, at)


@dataclass(slots=True)
class SettledBy:
    """What was settled by debtor, of so many ``settlements`` and agreed ``sums``."""

    settlements: int = 0
    sums: int = 0
    of: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Items:
    """Items as they arose, by id and by what they come from; ``stale`` are sources to be worked out again.

    ``listed`` is how each counts, by id, ``in_order`` the same by :func:`place`, ``in_turn`` by debtor; ``again`` are
    those to be counted again, ``moves`` the days on which one may be claimed no more, the earliest first. ``claims``
    are the claims by the items they name, ``named`` the same by every name of theirs, ``covering`` agreed sums by what
    they cover. ``version`` changes whenever what stands for an item that was settled may have, ``changed`` are items
    whose debts may have since they were last told, ``filled`` and ``parts`` how far settlements were followed then.
    ``cap`` is the cap by ``terms``, None where there is none.
    """

    arisen: dict[Source, list[OwedItem]] = field(default_factory=dict)
    owed: dict[str, OwedItem] = field(default_factory=dict)
    stale: set[Source] = field(default_factory=set)
    agreed: dict[str, AgreedSum] = field(default_factory=dict)
    covering: dict[str, list[AgreedSum]] = field(default_factory=dict)
    claims: dict[str, list[Fact]] = field(default_factory=dict)
    named: dict[str, list[Fact]] = field(default_factory=dict)
    late: dict[str, Anomaly] = field(default_factory=dict)  # claims that came too late, by fact
    settled: SumsSettled = field(default_factory=SumsSettled)
    settled_by: SettledBy = field(default_factory=SettledBy)
    listed: dict[str, CountedItem] = field(default_factory=dict)
    in_order: Shown[CountedItem] = field(default_factory=lambda: Shown(place))
    in_turn: dict[str, InTurn] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    moves: list[tuple[date, str]] = field(default_factory=list)
    delays: Delays = field(default_factory=Delays)
    terms: object = None
    cap: Fen | None = None
    reached_on: date | None = None
    reached_by: list[Fact] = field(default_factory=list)
    version: int = 0
    life: int = -1  # the version of the service period by which availability was worked out
    changed: set[str] = field(default_factory=set)
    filled: Filled | None = None
    parts: int = 0
    told: DebtsTold = field(default_factory=DebtsTold)
