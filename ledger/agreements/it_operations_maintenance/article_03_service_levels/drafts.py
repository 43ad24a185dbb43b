"""Which facts an outage that monitoring saw makes: a ticket opened, and resolved when it ended.

Its priority, and which system of the contract it was unless a label ``system`` says so, are for a person to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ledger.agreements.it_operations_maintenance.vocabulary import TICKET
from ledger.domain.feeds import DraftingBasis, DraftNote, MonitoredOutage, Proposed


def tickets(told: Sequence[MonitoredOutage], known: DraftingBasis) -> list[Proposed]:
    """The drafts of the outages of a file or post; none of what is on record."""
    found: list[Proposed] = []
    resolved = {
        entry.what.ticket for entry in known.stream.entries if entry.type == "TicketResolved"
    }  # fmt: skip
    for one in told:
        if (TICKET, one.name) not in known.stream.holders and one.began is not None:
            found.append(_opened(one, known))
        if one.ended is not None and one.name not in resolved:
            found.append(_resolved(one, known))
    return found


def _opened(one: MonitoredOutage, known: DraftingBasis) -> Proposed:
    assert one.began is not None
    data: dict[str, Any] = {"ticket": one.name}
    if "system" in one.labels:
        data["system"] = one.labels["system"]
    said = known.answers.get("resolution")
    seconds = str(said) if said is not None else f"{(Decimal(one.resolution) / 1_000_000).normalize():f}"
    notes = (DraftNote("OUTAGE_TOLD", {"about": one.about, "seconds": seconds}), DraftNote("OUTAGE_PRIORITY"))
    return Proposed(known.envelope("TicketOpened", one.began, one.name, data), notes)


def _resolved(one: MonitoredOutage, known: DraftingBasis) -> Proposed:
    """Party B restored the service, whoever says so."""
    assert one.ended is not None
    envelope = known.envelope("TicketResolved", one.ended, f"{one.name}-ended", {"ticket": one.name})
    return Proposed(envelope if known.by == "party_b" else envelope | {"actor": "party_b"})
