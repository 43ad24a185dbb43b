"""The balance on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.drawing import ALARM, Screen, Styled
from ledger.labels import money
from ledger.messages import Language, say


def glance(name: str, line: Mapping[str, Any], lang: Language) -> str | None:
    """What is overdue stands out; that and a credit are left out where there is nothing."""
    if name == "outstanding":
        return None
    said = f"{say(f'path.balance.{name}', lang)} {money(line[name])}"
    return Styled(said, ALARM if name == "overdue" else "") if line[name] != "0.00" else ""


def balance(s: Screen, answer: Mapping[str, Any]) -> None:
    s.section(s.word("balance"))
    rows = []
    for keys in (("total", "paid", "deducted"), ("invoiced", "outstanding", "credit"), ("payable", "overdue")):
        row: list[str] = []
        for key in keys:
            amount = answer["balance"][key]
            alarming = key == "overdue" and amount != "0.00"
            row += [say(f"path.balance.{key}", s.lang), Styled(money(amount), ALARM if alarming else "")]
        rows.append(("", row + [""] * (6 - len(row))))
    s.table([""] * 6, rows, right=(1, 3, 5))
