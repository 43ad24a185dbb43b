"""The fees as the answer has them, and why they are what they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.domain.declare import TypedDict
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, yuan
from ledger.domain.section import Section, Sum
from ledger.explanation import Explanation

from .rule import fees
from .state import Paid


class FeesJson(TypedDict):
    """Sums in yuan."""

    visits: int
    due: Sum
    paid: Sum
    outstanding: Sum


def show(m: Machine, day: date) -> FeesJson:
    visits, due, paid = fees(m)
    return {"visits": len(visits), "due": yuan(due), "paid": yuan(paid), "outstanding": yuan(Fen(due - paid))}


def tell(x: Explanation, part: str, key: str | None, value: Any) -> None:
    visits, due, paid = fees(x.m)
    x.cite("2")
    x.read("paid-visits")
    if visits and part != "paid":
        each = {yuan(x.terms(visit.day).care.fee) for visit in visits}
        x.step("PLANT_FEES", visits=len(visits), fee=" / ".join(sorted(each)), due=yuan(due),
               facts=x.facts(visit.id for visit in visits))  # fmt: skip
    elif part != "paid":
        x.step("PLANT_NO_VISITS", day=x.day)
    made = x.m[Paid].made
    if made and part in ("", "paid", "outstanding"):
        x.step("PLANT_PAID", paid=yuan(paid), facts=x.facts(payment.id for payment in made))
    elif part in ("", "paid", "outstanding"):
        x.step("PLANT_NOTHING_PAID", day=x.day)


FEES = Section(
    "fees", show, FeesJson, frozenset({"fees"}), tell, money=True, weighed=("due",),
    at_a_glance={"care_outstanding": "outstanding"},
)  # fmt: skip
