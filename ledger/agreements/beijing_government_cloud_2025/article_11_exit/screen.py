"""An exit asked for, on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import labels
from ledger.drawing import Screen
from ledger.messages import say


def exit_(s: Screen, answer: Mapping[str, Any]) -> None:
    asked = answer["exit"]
    if asked["request"] is None:
        return
    s.section(s.word("exit"))
    parts = (f"{say(f'path.exit.{key}', s.lang)} {labels.value(f'exit.{key}', asked[key], s.lang)}" for key in asked)
    s.line(*parts)
