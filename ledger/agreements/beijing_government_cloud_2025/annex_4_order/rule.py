"""附件4 北京市级政务云产品服务订单: hosts hardened and scanned, each at least twice within the term."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.annex_4_order.facts import ServicePerformed
from ledger.agreements.beijing_government_cloud_2025.annex_4_order.state import Order, ServiceTally
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import BillingStarted, LeaseStarted
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life
from ledger.agreements.beijing_government_cloud_2025.terms import TERMS
from ledger.domain.fact import Fact
from ledger.domain.machine import Machine

PER_TIME = ("host-hardening", "host-scan")


def service_started(m: Machine, fact: Fact, what: LeaseStarted | BillingStarted) -> None:
    order(m)


def order(m: Machine) -> None:
    """What was ordered is owed once the term runs and its end is known; one from a day to a day no fact starts."""
    # "共 62 台主机, 每台主机服务期内至少 2 次主机安全加固, 服务期内共 124 次主机安全加固"
    life = m[Life]
    if m[Order].version == life.version or life.start is None or life.ends_on is None:
        return
    m[Order].version, missing = life.version, [service for service in PER_TIME if service not in m.duties]
    ordered = {line.service: line for line in TERMS.on(m, life.start.day).order.lines}
    for service in missing:
        if service in ordered:
            due = m.calendar.fixed(life.ends_on)
            m.oblige(
                service, None, "annex 4", "party_b", due, [life.start.id], on=life.start.day, with_term=True,
                ends_with="early",
            )  # fmt: skip
            m[Order].tallies[service] = ServiceTally(ordered[service])
            for performed in m[Order].performed.get(service, []):
                _count(m, m[Order].tallies[service], performed)


def service_performed(m: Machine, fact: Fact, what: ServicePerformed) -> None:
    order = m[Order]
    if what.service in PER_TIME:
        order.performed.setdefault(what.service, []).append(fact)
        if what.service in order.tallies:
            _count(m, order.tallies[what.service], fact)


def _count(m: Machine, tally: ServiceTally, fact: Fact) -> None:
    """Fulfilled while units reach those ordered and every host named had its times."""
    what = fact.what
    assert isinstance(what, ServicePerformed)
    tally.units += what.units
    tally.facts.append(fact.id)
    if what.host is not None:
        times = tally.times.get(what.host)
        tally.times[what.host] = (times or 0) + what.units
        was_short = times is not None and times < tally.line.periods
        tally.short += (tally.times[what.host] < tally.line.periods) - was_short
    duty = m.duties[what.service]
    enough = tally.units >= tally.line.quantity * tally.line.periods and tally.short == 0
    if not enough and duty.settled_on is not None:
        tally.undone = fact.day, duty.settled_on, duty.settled_by
        m.reopen(duty.id)
    elif enough and duty.settled_on is None:
        day, since, by = tally.undone
        if day == fact.day and since is not None and since < day:  # undone and made good within a day
            duty.settled_on, duty.settled_by = since, by
        else:
            m.settle(duty.id, fact)
            duty.settled_by = list(tally.facts)
