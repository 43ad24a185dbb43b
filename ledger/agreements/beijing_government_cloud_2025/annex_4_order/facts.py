"""附件4 服务订单: per-time services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.domain.admission_names import Assertion
from ledger.domain.fact import PERFORMED, B, fact
from ledger.domain.fields import Identifier, Positive


def _services(documents: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The services of the order, as registered or as any amendment made it; empty without an order."""
    return frozenset(line["service"] for one in documents for line in one.get("order", {}).get("lines", ()))


def _ordered(said: Assertion) -> None:
    services = said.state.of_terms(_services)
    if services and said.what.service not in services:
        raise said.refusal("SERVICE_UNKNOWN", "service", service=said.what.service)


@fact(
    "annex 4", zh="按次服务完成", en="service performed", actors=B, admit=_ordered,
    saying=PERFORMED,
    chosen={"service": "order.lines"}, usual=B,
    meaning="乙方完成订单中按次服务若干次。",
    labels={"service": ("服务", "service"), "units": ("数量", "units"), "host": ("主机", "host")},
    example={"service": "host-scan", "units": 62},
)  # fmt: skip
class ServicePerformed:
    """Party B performed units of a per-time service of the order (Annex 4)."""

    service: Identifier
    units: Positive
    host: Identifier | None = None
