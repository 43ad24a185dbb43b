"""The balance as pages draw it: the total, and what was paid and set off of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger.domain.fact import Fact
from ledger.domain.money import fen
from ledger.drawing.bands import MoneyBand, MoneyBar, MoneyPiece
from ledger.labels import money
from ledger.messages import Language, say


def nothing_payable(part: str, answer: Mapping[str, Any], lang: Language) -> str:
    """That there is nothing to deduct damages from, where some may be deducted."""
    stands = fen(answer["damages"][part]) and not fen(answer["balance"]["payable"])
    return say("damages.nothing-payable", lang) if stands else ""


def pictures(answer: Mapping[str, Any], facts: Sequence[Fact], lang: Language) -> Iterator[MoneyBand]:
    """One bar."""
    balance = answer["balance"]
    pieces = [MoneyPiece(say(f"path.balance.{part}", lang), fen(balance[part]), tone)
              for part, tone in (("paid", ""), ("deducted", "done"))]  # fmt: skip
    note = say("balance.note", lang, outstanding=money(balance["outstanding"]))
    bar = MoneyBar(say("path.balance.total", lang), fen(balance["total"]), note, tuple(pieces))
    sums = {part: money(balance[part]) for part in ("total", "paid", "deducted", "outstanding", "payable", "overdue")}
    yield MoneyBand(say("balance.title", lang), say("balance.finding", lang, **sums), (bar,))
