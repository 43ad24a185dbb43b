"""What was performed of the per-time services ordered (annex 4)."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.annex_4_order.state import Order
from ledger.domain.machine import Obligation
from ledger.explanation import Explanation


def units(x: Explanation, duty: Obligation) -> None:
    order = x.m[Order]
    tally = order.tallies[duty.kind]
    line = tally.line
    hosts = tally.times
    short = [f"{host} ({times}/{line.periods})" for host, times in sorted(hosts.items()) if times < line.periods]
    x.rest_on_term(f"order.lines.{line.service}", duty.raised_on)
    x.rest_on(*(fact.id for fact in order.performed.get(duty.kind, [])))
    x.step(
        "EX_UNITS", name=line.name, hosts=line.quantity, times=line.periods, ordered=line.quantity * line.periods,
        done=tally.units, day=x.day,
    )  # fmt: skip
    if short:
        x.step("EX_UNITS_SHORT", times=line.periods, hosts=", ".join(short))
