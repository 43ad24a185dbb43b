"""The days of the term on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.drawing import Screen
from ledger.messages import say


def term(s: Screen, answer: Mapping[str, Any]) -> None:
    shown = [(key, day) for key, day in answer["term"].items() if day is not None]
    if shown:
        s.line(*(f"{say(f'path.term.{key}', s.lang)} {day}" for key, day in shown))
