"""Growth of the time per fact with the number of facts of one kind. Wanted: at most 1.5 × when they double.

Processor time, as other work may share the machine. ``python -m bench.growth [KIND…] [--sizes 250,500,…]``; work that
took longer than ``MOST`` seconds is not tried at the next size. Nothing is asserted: read the table.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.ledger import Envelope, fact, terms
from ledger.service import Ledger, Question

SIZES = (250, 500, 1_000, 2_000)
WORKS = ("record", "status", "other day", "replay", "explain", "diff")
WANTED = 1.5
MOST = 20.0  # seconds
NOW = int(dt.datetime(2060, 1, 1, tzinfo=dt.UTC).timestamp()) * 1_000_000
FIRST = dt.date(2025, 12, 2)
SYSTEMS = 10


def day(number: int, count: int, days: int = 300) -> str:
    """The day of the fact numbered ``number`` out of ``count`` spread evenly over ``days``."""
    return (FIRST + dt.timedelta(days=days * number // count)).isoformat()


# -- the kinds --------------------------------------------------------------------------------------


def incidents(count: int) -> Iterator[Envelope]:
    """B-grade incidents, one a week while the contract is renewed; each ground shows the year before it."""
    yield fact("RenewalProposed", "2025-12-02", "party_a", proposal="long", ends_on="2090-12-31")
    yield fact("ProposalAccepted", "2025-12-02", "party_b", proposal="long")
    for number in range(count):
        measures = {"scope": "platform", "duration_minutes": 150, "systems_share": "0.15", "people_affected": 200_000,
                    "economic_loss": "2000000.00"}  # fmt: skip
        yield fact("IncidentReported", day(number, count, count * 6), "supervisor", incident=f"i{number}",
                   kind="outage", **measures)  # fmt: skip


def outages(count: int) -> Iterator[Envelope]:
    """Outages of single systems, each an item of damages and every third linked with the one before."""
    for number in range(count):
        measures = {"scope": "system", "system": f"s{number % SYSTEMS}", "duration_minutes": 130}
        on = day(number, count)
        yield fact("IncidentReported", on, "supervisor", incident=f"i{number}", kind="outage", **measures)
        if number % 3 == 2:
            yield fact("IncidentsLinked", on, "supervisor", incidents=[f"i{number}", f"i{number - 1}"],
                       root_cause=f"cause{number}")  # fmt: skip


def complaints(count: int) -> Iterator[Envelope]:
    """Complaints about the availability of ten systems, each reported below its floor once."""
    for system in range(SYSTEMS):
        yield _availability("2025-11", f"s{system}", "2025-12-02")
    for number in range(count):
        said = {"complaint": f"c{number}", "system": f"s{number % SYSTEMS}", "subject": "availability"}
        yield fact("ComplaintFiled", day(number, count), "party_a", **said)


def _availability(month: str, system: str, on: str) -> Envelope:
    return fact("AvailabilityReported", on, "party_a", month=month, system=system, availability="99.5",
                data_reliability="99.9999", consequence="problem")  # fmt: skip


def _month(number: int) -> str:
    return f"{2000 + number // SYSTEMS // 12}-{number // SYSTEMS % 12 + 1:02}"


def availability(count: int) -> Iterator[Envelope]:
    """Monthly availability of ten systems, always below the floor."""
    for number in range(count):
        yield _availability(_month(number), f"s{number % SYSTEMS}", day(number, count))


def levels(count: int) -> Iterator[Envelope]:
    """Monthly response times of ten systems, each an item of damages."""
    for number in range(count):
        said = {"month": _month(number), "system": f"s{number % SYSTEMS}", "response_minutes": 20}
        yield fact("ServiceLevelReported", day(number, count), "party_a", **said, consequence="problem")


def absences(count: int) -> Iterator[Envelope]:
    """Absences from the site, each an item of damages."""
    for number in range(count):
        said = {"system": f"s{number % SYSTEMS}", "minutes": 90, "consequence": "problem"}
        yield fact("OnSiteAbsenceRecorded", day(number, count), "party_a", ref=f"absent{number}", **said)


def agreed(count: int) -> Iterator[Envelope]:
    """Items of damages, and an amount agreed for each."""
    yield from absences(count // 2)
    for number in range(count // 2):
        said = {"items": [f"a3-r12:absent{number}"], "amount": "1.00"}
        yield agreement("DamagesAgreed", day(count // 2 + number, count), **said)


def agreement(type_: str, on: str, **data: object) -> Envelope:
    """An agreement of both parties with its document, without which it would be a claim."""
    document = {"sha256": "0" * 64, "name": "协议.pdf", "media_type": "application/pdf"}
    return {**fact(type_, on, "party_a", **data, confirmed_by=["party_a", "party_b"]), "documents": [document]}


def anomalies(count: int) -> Iterator[Envelope]:
    """Declarations of termination for which there is no ground."""
    for number in range(count):
        yield fact("TerminationDeclared", day(number, count), "party_a", clauses=["10.1"])


def notices(count: int) -> Iterator[Envelope]:
    """Rectification notices that were not complied with."""
    for number in range(count):
        deadline = (dt.date.fromisoformat(day(number, count)) + dt.timedelta(days=10)).isoformat()
        said = {"notice": f"n{number}", "ground": "understaffed", "demand": "整改", "deadline": deadline}
        yield fact("RectificationNoticeIssued", day(number, count), "party_a", **said)


def contests(count: int) -> Iterator[Envelope]:
    """Reports of work, each contested."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield fact("ServicePerformed", on, "party_b", ref=f"work{number}", service="vcpu", units=1)
        yield fact("FactContested", on, "party_a", target=f"work{number}", reason="不实")


def obligations(count: int) -> Iterator[Envelope]:
    """Monitoring reports asked for and never delivered."""
    for number in range(count):
        on = day(number, count)
        yield fact("MonitoringReportRequested", on, "party_a", report=f"r{number}", due_on=on)


def invoices(count: int) -> Iterator[Envelope]:
    """Invoices, half of them paid."""
    for number in range(count // 2):
        on, invoice = day(2 * number, count), f"I{number}"
        yield fact("InvoiceIssued", on, "party_b", invoice=invoice, instalment=1, amount="10.00", tax_rate="0.06")
        if number % 2:
            yield fact("PaymentMade", on, "party_a", payment=f"P{number}", invoice=invoice, amount="10.00")


def corrections(count: int) -> Iterator[Envelope]:
    """A fact, and a chain of corrections, each of the one before."""
    yield fact("ServicePerformed", FIRST.isoformat(), "party_b", ref="work", service="vcpu", units=1)
    for number in range(count):
        data = {"service": "vcpu", "units": number + 2}
        target = "work"
        if number:
            target, data = "first", {"target": "work", "data": data, "reason": "更正"}
        said = {"ref": "first"} if not number else {}
        yield fact("FactCorrected", FIRST.isoformat(), "party_b", **said, target=target, data=data, reason="更正")


def claims(count: int) -> Iterator[Envelope]:
    """Incidents reported by the supervisor, each assessed otherwise by party B: every other fact is a claim."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield _outage(number, on, "supervisor")
        yield fact("IncidentAssessed", on, "party_b", incident=f"i{number}", duration_minutes=1)


def _outage(number: int, on: str, by: str, **measures: object) -> Envelope:
    said = {"scope": "system", "system": f"s{number % SYSTEMS}", "duration_minutes": 130, **measures}
    return fact("IncidentReported", on, by, incident=f"i{number}", kind="outage", **said)


def acknowledgements(count: int) -> Iterator[Envelope]:
    """Claims of party B that party A acknowledges."""
    for number in range(count // 3):
        on = day(3 * number, count)
        yield _outage(number, on, "supervisor")
        assessed = fact("IncidentAssessed", on, "party_b", incident=f"i{number}", duration_minutes=1)
        yield {**assessed, "data": {**assessed["data"], "ref": f"as{number}"}}
        yield fact("FactAcknowledged", on, "party_a", target=f"as{number}")


def demands(count: int) -> Iterator[Envelope]:
    """Invoices, each with a demand for payment a week later."""
    for number in range(count // 2):
        on, invoice = day(2 * number, count), f"I{number}"
        yield fact("InvoiceIssued", on, "party_b", invoice=invoice, instalment=1, amount="10.00", tax_rate="0.06")
        yield fact("DemandMade", on, "party_b", demand=f"d{number}", about=[f"pay-invoice:{invoice}"])


def settlements(count: int) -> Iterator[Envelope]:
    """Agreed settlement sums, half of them paid."""
    for number in range(count // 2):
        on = day(2 * number, count)
        said = {"settlement": f"S{number}", "debtor": "party_a", "amount": "10.00", "due_on": on}
        yield agreement("SettlementAgreed", on, **said, summary="结算")
        if number % 2:
            yield fact("PaymentMade", on, "party_a", payment=f"P{number}", settlement=f"S{number}", amount="10.00")


def returns(count: int) -> Iterator[Envelope]:
    """Invoices paid, the payment returned and the invoice voided."""
    for number in range(count // 4):
        on, invoice = day(4 * number, count), f"I{number}"
        yield fact("InvoiceIssued", on, "party_b", invoice=invoice, instalment=1, amount="10.00", tax_rate="0.06")
        yield fact("PaymentMade", on, "party_a", payment=f"P{number}", invoice=invoice, amount="10.00")
        yield fact("PaymentReturned", on, "party_a", payment=f"P{number}", reason="退票")
        yield fact("InvoiceVoided", on, "party_b", invoice=invoice, reason="作废")


def same_event(count: int) -> Iterator[Envelope]:
    """Outages that party A and the supervisor each report on the same day under their own id: one event each."""
    for number in range(count // 2):
        on = day(number, count // 2, count * 2)
        yield _outage(2 * number, on, "party_a", system="s0")
        yield _outage(2 * number + 1, on, "supervisor", system="s0")


KINDS: dict[str, tuple[Callable[[int], Iterator[Envelope]], str]] = {
    "incidents": (incidents, "incidents.b_count_rolling_year"),
    "outages": (outages, "damages.accrued"),
    "complaints": (complaints, "damages.accrued"),
    "availability": (availability, "damages.accrued"),
    "levels": (levels, "damages.accrued"),
    "absences": (absences, "damages.accrued"),
    "agreed": (agreed, "damages.accrued"),
    "anomalies": (anomalies, "anomalies"),
    "notices": (notices, "termination.allowed"),
    "contests": (contests, "contested"),
    "obligations": (obligations, "obligations"),
    "invoices": (invoices, "balance.overdue"),
    "corrections": (corrections, "balance.overdue"),
    "claims": (claims, "claims"),
    "acknowledgements": (acknowledgements, "damages.accrued"),
    "demands": (demands, "limitation"),
    "settlements": (settlements, "limitation"),
    "returns": (returns, "balance.overdue"),
    "same_event": (same_event, "damages.accrued"),
}


# -- measuring --------------------------------------------------------------------------------------


def _stated(envelope: Envelope) -> Envelope:
    """Move ``ref`` from the data to the envelope."""
    data = dict(envelope["data"])
    ref = data.pop("ref", None)
    return {**envelope, "data": data} | ({} if ref is None else {"ref": ref})


def _beginning() -> Iterator[Envelope]:
    for party in ("party_a", "party_b"):
        yield fact("ContractSigned", "2025-11-19", party, party=party)
    yield fact("LeaseStarted", "2025-12-01", "party_a")
    for system in range(SYSTEMS):
        yield fact("SystemRegistered", "2025-12-01", "party_a", system=f"s{system}", name="业务系统",
                   annual_fee="120000.00", mlps_level=3, important=False)  # fmt: skip


def measured(folder: Path, kind: str, size: int, tired: set[str]) -> Iterator[tuple[str, float]]:
    """Processor seconds for each work on ``size`` facts of the kind, except works in ``tired``, which took too long."""
    make, path = KINDS[kind]
    url = f"sqlite:///{folder / f'{kind}-{size}.db'}"
    ledger = Ledger(url, create=True, clock=lambda: NOW)
    contract = ledger.register(terms()).fact.contract
    ledger.record(contract, list(_beginning()))
    facts = [_stated(one) for one in make(size)]
    last = max(dt.date.fromisoformat(one["on"]) for one in facts)
    before = last - (last - FIRST) // 4

    def record() -> None:
        for start in range(0, len(facts), 50):
            ledger.record(contract, facts[start : start + 50])

    if "record" in tired:
        return
    yield "record", _seconds(record)
    ledger.store.close()
    ledger = Ledger(url, clock=lambda: NOW)
    asked = Question(as_of=last)
    works: dict[str, Callable[[], object]] = {
        "status": lambda: ledger.status(contract, asked),
        "other day": lambda: ledger.status(contract, Question(as_of=before)),
        "replay": lambda: ledger.replay(contract, asked),
        "explain": lambda: ledger.explain(contract, path, asked),
        "diff": lambda: ledger.diff(contract, Question(as_of=before), asked),
    }
    for work, do in works.items():
        if work not in tired:
            yield work, _seconds(do)
    ledger.store.close()


def _seconds(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return time.process_time() - start


def main() -> None:
    """Print, for each kind and work, µs per fact at each size and the growth from the size before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    print(f"{'':28}" + "".join(f"{size:>8}      " for size in sizes) + " µs a fact, × the size before; * over 1.5")
    for kind in given.kinds or KINDS:
        found: dict[str, dict[int, float]] = {work: {} for work in WORKS}
        tired: set[str] = set()
        for size in sizes:
            with tempfile.TemporaryDirectory() as name:
                for work, seconds in measured(Path(name), kind, size, tired):
                    found[work][size] = seconds / size * 1e6
                    if seconds > MOST / 4:
                        tired.add(work)
        for work in WORKS:
            print(f"{kind:17}{work:11}" + "".join(_cells(found[work], sizes)), flush=True)


def _cells(found: dict[int, float], sizes: list[int]) -> Iterator[str]:
    before: tuple[int, float] | None = None
    for size in sizes:
        if size not in found:
            yield f"{'–':>8}      "
            continue
        grew = "      "
        if before is not None:
            times = found[size] / before[1]
            grew = f" {times:4.2f}{'*' if times > WANTED ** math.log2(size / before[0]) else ' '}"
        yield f"{found[size]:8.0f}{grew}"
        before = size, found[size]


if __name__ == "__main__":
    main()
