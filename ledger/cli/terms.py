"""`lvyue terms check`: warnings about a file of terms, for counsel to see before signing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from ledger import labels
from ledger.cli.output import Output
from ledger.cli.recording import terms_of
from ledger.drawing import FAINT, STRONG, Screen, Styled
from ledger.messages import say
from ledger.notices import shipped_calendar
from ledger.projections.terms_check import advice


def check(asked: Namespace, out: Output) -> None:
    """Show all warnings. Refusal only if the terms contradict themselves."""
    out.answer(advice(terms_of(asked.file), shipped_calendar()), _advice)


def _advice(s: Screen, told: Sequence[Mapping[str, Any]]) -> None:
    s.line(say("DONE_TERMS_ADVISED", s.lang, count=len(told)) if told else say("DONE_TERMS_CLEAR", s.lang))
    for one in told:
        s.line(Styled(labels.article(one["clause"], s.lang), STRONG), Styled(one["field"], FAINT))
        s.prose(one[s.lang], indent=4)
        example = [] if one["example"] is None else [s.word("advice_example", example=one["example"])]
        reading = [] if one["reading"] is None else [s.word("advice_reading", reading=one["reading"])]
        if example or reading:
            s.line(*(Styled(part, FAINT) for part in (*example, *reading)), indent=4)
    readings = dict.fromkeys(one["reading"] for one in told if one["reading"] is not None)
    if readings:
        s.section(s.word("advice_readings"))
    for name in readings:
        s.prose(f"{name}  {labels.label('reading', name, s.lang)}", hang=4)
