"""What feeds tell of a contract, before it is a fact of it: an electronic invoice, an outage that monitoring saw.

An agreement declares beside its clauses which of its facts such a thing makes (``Clause.drafts``); nothing outside its
folder names their types. What comes of it is a draft (:mod:`ledger.imports`): no fact until somebody confirms it.
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
    """Something that monitoring found down, by the monitor's own clock.

    ``name`` is the feed's, the same whenever it tells of this outage; ``about`` what was down, ``labels`` all it said
    of it. ``began`` and ``ended`` are µs since the Unix epoch: ``ended`` None while it lasts, ``began`` where only the
    end was told. ``resolution`` is how exactly the feed knows them (µs): a length within it of a threshold decides
    nothing.
    """

    name: str
    about: str
    began: int | None
    ended: int | None
    resolution: int
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftingBasis:
    """What a clause knows when it makes drafts: the contract's stream and terms as amended, who says them, the answers.

    ``answers`` are values somebody gave because no feed knows them, by their path: ``on``, ``data.instalment``;
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
    """Something to be told beside a draft: the code of its sentence, and the values in it."""

    code: str
    values: Mapping[str, object] = {}


class Proposed(NamedTuple):
    """A fact that a feed would state: its envelope as far as it is known, and what is to be told of it."""

    envelope: dict[str, Any]
    notes: tuple[DraftNote, ...] = ()


Drafting = Callable[[Sequence[Any], DraftingBasis], Sequence[Proposed]]
"""Of all that a file or a post tells of one class."""
