"""What feeds report of a contract before it becomes a fact: electronic invoices, outages seen by monitoring.

An agreement declares which of its facts such a report makes (``Clause.drafts``); no module outside its folder names
their types. The result is a draft (:mod:`ledger.imports`), which is no fact until somebody confirms it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.domain.declare import NamedTuple, dataclass, field
from ledger.domain.moments import beijing_time
from ledger.domain.money import Fen

if TYPE_CHECKING:
    from ledger.domain.admission_state import AdmissionState


class InvoicedLine(NamedTuple):
    """A line of an invoice: its amount with tax, negative in a red letter; its rate as a share of one, or none."""

    amount: Fen
    tax_rate: Decimal | None


@dataclass(frozen=True, slots=True)
class ElectronicInvoice:
    """An invoice as the tax platform issued it; ``total`` with tax, negative in a red letter, which ``cancels`` the
    invoice of that number (None: it does not say which)."""

    number: str
    issued_on: date | None
    seller: str
    buyer: str
    lines: tuple[InvoicedLine, ...]
    total: Fen
    red: bool = False
    cancels: str | None = None


@dataclass(frozen=True, slots=True)
class MonitoredOutage:
    """An outage as monitoring reported it, by the monitor's clock.

    ``name`` is the feed's name of the outage, the same in every report of it; ``about`` is what was down, ``labels``
    everything that the feed said of it. ``began`` and ``ended`` are µs since the Unix epoch: ``ended`` is None while it
    lasts, ``began`` where only the end was reported. ``resolution`` is the feed's precision in µs: a duration that
    close to a threshold is not decisive.
    """

    name: str
    about: str
    began: int | None
    ended: int | None
    resolution: int
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftingBasis:
    """What a clause knows when it makes drafts: the contract's stream, its terms as amended, who reports, and the
    answers.

    ``answers`` are values that a person entered because no feed knows them, by path: ``on``, ``data.instalment``;
    ``resolution`` is in seconds. ``now`` is in µs.
    """

    stream: AdmissionState
    by: str
    answers: Mapping[str, Any]
    now: int


    def envelope(self, type_: str, at: int, ref: str, data: dict[str, Any]) -> dict[str, Any]:
        """The envelope of a fact that happened at a moment (µs)."""
        return {"type": type_, "on": beijing_time(at).isoformat(), "by": self.by, "ref": ref, "data": data}


class DraftNote(NamedTuple):
    """A remark beside a draft: the code of its sentence and the values in it."""

    code: str
    values: Mapping[str, object] = {}


class Proposed(NamedTuple):
    """A fact that a feed would state: its envelope as far as known, and remarks on it."""

    envelope: dict[str, Any]
    notes: tuple[DraftNote, ...] = ()


Drafting = Callable[[Sequence[Any], DraftingBasis], Sequence[Proposed]]
"""Of all that a file or a post tells of one class."""
