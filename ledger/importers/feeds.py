"""The feeds: a reader for each, which gives what it reports as the classes of :mod:`ledger.domain.feeds`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ledger.importers.alertmanager import read_alerts
from ledger.importers.einvoice import read_invoice
from ledger.importers.zabbix import read_events

FEEDS: dict[str, Callable[[bytes], Sequence[object]]] = {
    "einvoice": read_invoice,
    "alertmanager": read_alerts,
    "zabbix": read_events,
}
