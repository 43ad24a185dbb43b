"""Alerts about contracts, kept beside the facts in the order in which they arose (:mod:`ledger.projections.alerts`).

An alert is written in the transaction that writes the row it comes from, so none is lost or written twice, whatever
process is killed when. Their numbers have no gaps and are committed in order: a reader who has read up to a number has
missed none of those kept, which are those of the last ``KEPT_DAYS`` days, and the latest one.
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.domain.declare import NamedTuple
from ledger.log.tables import as_bytes
from ledger.store.database import Transaction
from ledger.store.portfolio_names import Selecting

KEPT_DAYS = 400  # a year and a month; a webhook has delivered an alert, or given it up, within an hour
_DAY = 86_400_000_000  # µs
_LOOKED_AT = 500  # of the oldest are checked at each writing: more than are added


class ToldAlert(NamedTuple):
    """The alert of a number: it arose at a moment (µs) when the ledger stood at ``position``; ``alert`` is its JSON."""

    number: int
    position: int
    contract: str
    told_at: int
    alert: bytes


def tell(transaction: Transaction, position: int, at: int, fresh: Sequence[tuple[str, bytes]]) -> None:
    """Write alerts (contract, JSON), the ledger standing at ``position``; some that are past ``KEPT_DAYS`` are deleted.
    """
    if not fresh:
        return
    number = last_alert(transaction)
    transaction.executemany(
        "INSERT INTO alerts VALUES (?, ?, ?, ?, ?)",
        [(number + count, position, contract, at, alert) for count, (contract, alert) in enumerate(fresh, 1)],
    )
    transaction.execute(
        "DELETE FROM alerts WHERE told_at < ? AND number IN (SELECT number FROM alerts ORDER BY number LIMIT ?)",
        (at - KEPT_DAYS * _DAY, _LOOKED_AT + len(fresh)),
    )


def last_alert(source: Selecting) -> int:
    """The number of the last alert; 0 before the first."""
    return int(source.query("SELECT coalesce(max(number), 0) FROM alerts")[0][0])


def alerts_following(source: Selecting, after: int, most: int) -> list[ToldAlert]:
    """The alerts after a number, at most ``most``."""
    found = source.query(
        "SELECT number, position, contract, told_at, alert FROM alerts WHERE number > ? ORDER BY number LIMIT ?",
        (after, most),
    )
    return [ToldAlert(number, position, contract, at, as_bytes(kept)) for number, position, contract, at, kept in found]
