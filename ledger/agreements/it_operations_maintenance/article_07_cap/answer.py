"""What the parties owe each other in credits and damages (SPEC 9.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ledger import labels
from ledger.agreements.it_operations_maintenance.article_05_delay.delays import amount_on
from ledger.agreements.it_operations_maintenance.article_07_cap import explain, report, screen
from ledger.agreements.it_operations_maintenance.article_07_cap.counting import accrued, counted, settled
from ledger.agreements.it_operations_maintenance.article_07_cap.state import CountedItem, Items, ItemState, Running
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.domain.clause import FeedEntry
from ledger.domain.declare import TypedDict
from ledger.domain.fact import PARTY_A, PARTY_B, Fact
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, yuan
from ledger.domain.section import Day, FactId, Issue, Listing, Role, Section, Sum
from ledger.explanation.balance.page import nothing_payable
from ledger.messages import LOADED, Language


class CountedItemJson(TypedDict):
    """A credit, damages for delay, or a sum agreed in their place; ``counted`` is what of it lies within the cap."""

    id: str
    clause: str
    debtor: Role
    amount: Sum
    counted: Sum
    day: Day
    claim_by: Day | None
    state: ItemState
    absorbed_by: str | None
    because: list[FactId]


class RunningDelayJson(TypedDict):
    """A running delay: how many days late at the end of the day, and the amount."""

    id: str
    clause: str
    debtor: Role
    days: int
    amount: Sum


class CappedDamagesJson(TypedDict):
    """Sums in yuan: what party B owes, what of it was settled, what may still be deducted; what party A owes."""

    accrued: Sum
    settled: Sum
    deductible: Sum
    cap: Sum | None
    owed_by_party_a: Sum
    items: list[CountedItemJson]
    running: list[RunningDelayJson]


def damages(m: Machine, day: date) -> CappedDamagesJson:
    book = counted(m, day)
    of_b, of_a = accrued(book, PARTY_B), accrued(book, PARTY_A)
    done = settled(book, PARTY_B)
    return {
        "accrued": yuan(of_b),
        "settled": yuan(done),
        "deductible": yuan(Fen(max(0, of_b - done))),
        "cap": yuan(book.cap) if book.cap is not None else None,
        "owed_by_party_a": yuan(Fen(max(0, of_a - settled(book, PARTY_A)))),
        "items": book.in_order.records(_item),
        "running": _running(m, book, day),
    }


def _item(one: CountedItem) -> CountedItemJson:
    return {
        "id": one.id,
        "clause": one.clause,
        "debtor": one.debtor,
        "amount": yuan(one.amount),
        "counted": yuan(Fen(one.counted)),
        "day": one.day.isoformat(),
        "claim_by": one.claim_by.due.isoformat() if one.claim_by is not None else None,
        "state": one.state,
        "absorbed_by": one.absorbed_by,
        "because": one.because,
    }


def _running(m: Machine, book: Items, day: date) -> list[RunningDelayJson]:
    running = {one.id: one for one in book.delays.running.values()}
    return [_delay(m, running[id_], day) for id_ in sorted(running)]


def _delay(m: Machine, one: Running, day: date) -> RunningDelayJson:
    delay = TERMS.on(m, one.since).delay
    assert delay is not None
    return {
        "id": one.id, "clause": one.clause, "debtor": one.debtor, "days": (day - one.since).days,
        "amount": yuan(amount_on(delay, one, day)),
    }  # fmt: skip


def item_ids(m: Machine, day: date) -> Iterator[str]:
    """The ids of the items there are, agreed amounts among them."""
    return iter(counted(m, m.day).listed)


def _on(m: Machine, day: date, value: Any) -> Any:
    """Running delays, on another day of the same state."""
    return value | {"running": _running(m, m[Items], day)}


def feed(m: Machine, day: date) -> Iterator[FeedEntry]:
    """The last days on which credits may be claimed: they concern party A only."""
    for one in counted(m, day).in_order:
        if one.state == "claimable" and one.claim_by is not None:
            yield FeedEntry(
                f"claim-{one.id}", one.claim_by.due, "claim-ends", one.id, "10.1", None, one.claim_by.provisional,
                f"damages.items.{one.id}", for_role=PARTY_A, because=one.because,
            )  # fmt: skip


def _tell(x: Any, part: str, key: str | None, value: Any) -> None:
    explain.tell(x, part, key)


def _name(part: str, key: str, lang: Language) -> str:
    """The name of an item for people; its id where it has no name of its own."""
    return labels.debt(key, lang) if f"duty:{key.partition(':')[0]}" in LOADED else key


def _issues(facts: Sequence[Fact], value: CappedDamagesJson) -> Iterator[Issue]:
    for item in value["items"]:
        yield Issue(f"damages.items.{item['id']}", (item["clause"],), tuple(item["because"]))


def _cites(value: CappedDamagesJson) -> Iterator[str]:
    yield from dict.fromkeys(item["clause"] for item in value["items"])


ITEM_FIELDS = ("id", "clause", "debtor", "amount", "counted", "claim_by", "state", "because")
ITEM_TONES = {"standing": "live", "claimable": "due", "forfeited": "over", "absorbed": "over"}
DAMAGES = Section(
    "damages", damages, CappedDamagesJson, frozenset({"damages", "balance", "anomalies"}), _tell,
    records={"items": ("id",), "running": ("id",)}, named=frozenset({"items"}), no_change=frozenset({"running"}),
    on=_on, weighed=("accrued",), alone=True, title="screen.ops_damages",
    draw=screen.damages, sorts={"state": "item", "debtor": "role"}, money=True,
    at_a_glance={"damages_accrued": "accrued", "deductible": "deductible"}, report=report.damages,
    in_short=report.in_short, weight=40,
    name=_name, issues=_issues, cites=_cites, proviso="damages.adjustable", figures=("deductible",),
    under=nothing_payable,
    listings={"items": Listing(ITEM_FIELDS, ITEM_TONES)},
)  # fmt: skip
