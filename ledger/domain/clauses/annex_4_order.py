"""附件4 北京市级政务云产品服务订单: hosts hardened and scanned, each at least twice within the term."""

from __future__ import annotations

from ledger.domain.facts import Fact, LeaseStarted, ServicePerformed
from ledger.domain.machine import Machine

PER_TIME = ("host-hardening", "host-scan")


def lease_started(m: Machine, fact: Fact, what: LeaseStarted) -> None:
    # "共 62 台主机, 每台主机服务期内至少 2 次主机安全加固, 服务期内共 124 次主机安全加固"
    ordered = {line.service: line for line in m.agreement.terms(fact.day).order.lines}
    for service in PER_TIME:
        if service in ordered and service not in m.duties and m.life.ends_on is not None:
            due = m.calendar.fixed(m.life.ends_on)
            m.oblige(service, None, "annex 4", "party_b", due, [fact.id], on=fact.day)
            m.ordered[service] = ordered[service]
            _judge(m, service)


def service_performed(m: Machine, fact: Fact, what: ServicePerformed) -> None:
    if what.service not in PER_TIME:
        return
    m.performed.setdefault(what.service, []).append(fact)
    m.units[what.service] = m.units.get(what.service, 0) + what.units
    if what.host is not None:
        times = m.times_by_host.setdefault(what.service, {})
        times[what.host] = times.get(what.host, 0) + what.units
    _judge(m, what.service, fact)


def _judge(m: Machine, service: str, fact: Fact | None = None) -> None:
    """Fulfilled while units reach those ordered and every host named had its times."""
    line = m.ordered.get(service)
    performed = m.performed.get(service)
    if line is None or not performed:
        return
    hosts = m.times_by_host.get(service, {})
    enough = m.units[service] >= line.quantity * line.periods and all(
        times >= line.periods for times in hosts.values()
    )
    if not enough:
        m.reopen(service)
    elif m.duties[service].settled_on is None:
        m.settle(service, performed[-1])
        m.duties[service].settled_by = [one.id for one in performed]
