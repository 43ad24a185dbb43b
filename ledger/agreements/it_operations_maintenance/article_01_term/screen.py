"""The phase and the days of the term, on the screen and in the report's summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import labels
from ledger.drawing import Screen
from ledger.explanation.bilingual import Text, labelled
from ledger.explanation.report import ReportBook
from ledger.messages import Language, say


def phase(value: str, lang: Language) -> str:
    """Beside the contract's number."""
    return labels.label("phase", value, lang)


def glance(name: str, line: Mapping[str, Any], lang: Language) -> str:
    return phase(line[name], lang)


def term(s: Screen, answer: Mapping[str, Any]) -> None:
    shown = [(key, day) for key, day in answer["term"].items() if day is not None]
    if shown:
        s.line(*(f"{say(f'path.term.{key}', s.lang)} {day}" for key, day in shown))


def phase_in_short(book: ReportBook) -> Text:
    return labelled("phase", book.answer["phase"])
