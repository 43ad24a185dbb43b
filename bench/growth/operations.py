"""Histories of the agreement on operation and maintenance."""

from __future__ import annotations

from collections.abc import Iterator

from bench.growth.histories import FIRST, OPERATIONS, Kind, agreement, day, each, invoice, later, paid
from bench.ledger import Envelope, fact

START = FIRST.isoformat()


def _ticket(number: int, on: str) -> Iterator[Envelope]:
    """A ticket answered and resolved too late, which makes two credits."""
    name = f"t{number}"
    yield fact("TicketOpened", f"{on}T08:00:00+08:00", "party_a", ticket=name, system="portal", priority="P2")
    yield fact("TicketResponded", f"{on}T09:00:00+08:00", "party_b", ticket=name)
    yield fact("TicketResolved", f"{on}T18:00:00+08:00", "party_b", ticket=name)


def tickets(count: int) -> Iterator[Envelope]:
    """Tickets answered and resolved too late."""
    yield from each(_ticket, count, 3)


def open_tickets(count: int) -> Iterator[Envelope]:
    """Tickets never answered."""
    yield from each(lambda number, on: [
        fact("TicketOpened", on, "party_a", ticket=f"t{number}", system="portal", priority="P1")
    ], count)  # fmt: skip


def answers(count: int) -> Iterator[Envelope]:
    """One ticket, answered again and again."""
    yield fact("TicketOpened", START, "party_a", ticket="t", system="portal", priority="P1")
    yield from each(lambda _, on: [fact("TicketResponded", on, "party_b", ticket="t")], count)


def claimed(count: int) -> Iterator[Envelope]:
    """Tickets answered and resolved too late, and the credits claimed."""
    for number in range(count // 4):
        on = day(4 * number, count)
        yield from _ticket(number, on)
        items = [f"response-credit:t{number}", f"resolution-credit:t{number}"]
        yield fact("CreditsClaimed", later(on, 1), "party_a", items=items)


def claims_of_one(count: int) -> Iterator[Envelope]:
    """One credit, claimed again and again."""
    yield from _ticket(0, START)
    yield from each(lambda _, on: [
        fact("CreditsClaimed", later(on, 1), "party_a", items=["response-credit:t0"])
    ], count)  # fmt: skip


def agreed_credits(count: int) -> Iterator[Envelope]:
    """Tickets answered and resolved too late, and a sum agreed in place of the credits of each."""
    for number in range(count // 4):
        on = day(4 * number, count)
        yield from _ticket(number, on)
        items = [f"response-credit:t{number}", f"resolution-credit:t{number}"]
        yield agreement("DamagesAgreed", later(on, 1), items=items, amount="100.00")


def maintenance(count: int) -> Iterator[Envelope]:
    """Maintenance of one system announced, and the availability of its months measured once a month."""
    yield from (measured(number, on := later(START, 31 * (number + 1))) for number in range(12))
    for number in range(count):
        on = day(number, count)
        said = {"maintenance": f"m{number}", "system": "portal", "begins": f"{later(on, 3)}T00:00:00+08:00"}
        yield fact("MaintenanceAnnounced", on, "party_b", **said, minutes=30)


def measured(number: int, on: str, minutes: int = 100) -> Envelope:
    month = f"{2025 + (11 + number // 2) // 12}-{(11 + number // 2) % 12 + 1:02}"
    system = ("portal", "approval")[number % 2]
    return fact("AvailabilityMeasured", on, "party_a", month=month, system=system, downtime_minutes=minutes,
                maintenance_minutes=0)  # fmt: skip


def one_month(count: int) -> Iterator[Envelope]:
    """The availability of one system in one month, measured again and again."""
    yield from each(lambda number, on: [measured(0, later(on, 40), 100 + number % 50)], count)


def scores(count: int) -> Iterator[Envelope]:
    """One quarter, scored again and again."""
    yield from each(lambda number, on: [
        fact("QuarterAssessed", later(on, 100), "party_a", quarter=1, score=str(50 + number % 50))
    ], count)  # fmt: skip


def bonds_paid(count: int) -> Iterator[Envelope]:
    """The bond, paid bit by bit."""
    yield from each(lambda _, on: [fact("BondPaid", on, "party_b", amount="1.00")], count)


def bonds_returned(count: int) -> Iterator[Envelope]:
    """The bond, returned bit by bit."""
    yield from each(lambda _, on: [fact("BondReturned", on, "party_a", amount="1.00")], count)


def draws(count: int) -> Iterator[Envelope]:
    """The bond, drawn on bit by bit for one credit."""
    yield from _ticket(0, START)
    yield from each(lambda _, on: [
        fact("BondDrawn", later(on, 1), "party_a", items=["response-credit:t0"], amount="1.00")
    ], count)  # fmt: skip


def stages(count: int) -> Iterator[Envelope]:
    """One stage, accepted again and again."""
    yield from each(lambda _, on: [fact("StageAccepted", on, "party_a", stage="initial")], count)


def terminations(count: int) -> Iterator[Envelope]:
    """Notices of termination without a ground, each served."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield {**fact("TerminationNoticed", on, "party_a", clauses=["8.1"]), "ref": f"t{number}"}
        yield fact("NoticeServed", on, "party_a", about=f"t{number}", manner="courier")


def handovers(count: int) -> Iterator[Envelope]:
    """Handed over again and again."""
    yield from each(lambda _, on: [fact("HandoverCompleted", on, "party_b")], count)


def paid_late(count: int) -> Iterator[Envelope]:
    """Invoices paid two months late: each an item of damages."""
    for number in range(count // 2):
        on = day(2 * number, count)
        yield invoice(f"I{number}", on)
        yield paid(f"P{number}", later(on, 60), invoice=f"I{number}")


PATHS = {
    "damages.accrued": (
        tickets, answers, claimed, claims_of_one, agreed_credits, maintenance, one_month, draws, paid_late,
    ),
    "service": (open_tickets, scores, stages),
    "bond": (bonds_paid, bonds_returned),
    "termination": (terminations, handovers),
}  # fmt: skip
KINDS = {
    f"{OPERATIONS}:{make.__name__}": Kind(make, path, OPERATIONS) for path, makes in PATHS.items() for make in makes
}
