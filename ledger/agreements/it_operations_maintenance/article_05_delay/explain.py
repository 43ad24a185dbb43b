"""How damages for delay were worked out."""

from __future__ import annotations

from ledger.agreements.it_operations_maintenance.article_05_delay.delays import amount_on
from ledger.agreements.it_operations_maintenance.article_07_cap.state import Running
from ledger.agreements.it_operations_maintenance.terms import TERMS
from ledger.bilingual import obligation_name, phrase, weekday
from ledger.domain.machine import Obligation
from ledger.domain.money import Fen, percent, said_yuan
from ledger.explanation import Explanation


def running(x: Explanation, one: Running) -> None:
    """A running delay: since when, its amount, and when it reaches its cap."""
    delay = TERMS.on(x.m, one.since).delay
    assert delay is not None
    x.cite(one.clause, "civil code 585")
    x.rest_on_term("delay", one.since)
    x.step("OPS_DELAY_RUNS", duty=obligation_name(one.id.removeprefix("delay:")), since=weekday(one.since),
           days=(x.day - one.since).days, late=said_yuan(Fen(one.late)), rate=percent(delay.rate_per_day),
           amount=said_yuan(amount_on(delay, one, x.day)), day=x.day)  # fmt: skip
    if one.until is not None:
        x.step("OPS_DELAY_CAP", cap=percent(delay.cap), on=weekday(one.until))
    x.step("damages.adjustable")


def source(x: Explanation, duty: Obligation) -> object:
    x.rest_on_term("stages", x.day)
    stage = duty.id.removeprefix("accept:")
    return phrase("OPS_STAGE_DAY", stage=stage)
