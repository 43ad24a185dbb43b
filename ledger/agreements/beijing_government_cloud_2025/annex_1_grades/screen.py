"""The incidents on the screen: what counts, and what does not and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger import labels
from ledger.drawing import FAINT, STRONG, Screen, Styled
from ledger.messages import say


def incidents(s: Screen, answer: Mapping[str, Any]) -> None:
    incidents = answer["incidents"]
    s.section(s.word("incidents"))
    first, last = incidents["window"]
    counts = s.word("counts", a=incidents["a_count"], b=incidents["b_count_rolling_year"])
    s.line(Styled(counts, STRONG), s.word("window", first=first, last=last))
    rows: list[tuple[str, list[str]]] = []
    for one in incidents["counted"]:
        others = [member for member in one["members"] if member != one["incident"]]
        joined = f"{say('field.members', s.lang)} {', '.join(others)}" if others else ""
        rows.append(("", [one["incident"], labels.weekday(one["on"], s.lang), one["grade"], joined]))
    for one in incidents["excluded"]:
        reason = say(f"excluded:{one['reason']}", s.lang)
        grade = incidents["grades"].get(one["incident"], "-")
        rows.append((FAINT, [one["incident"], "", grade, " ".join(filter(None, (reason, one["counted_as"])))]))
    if rows:
        s.table(("incident", "day", "grade", "counts"), rows, wide=(0, 3))
