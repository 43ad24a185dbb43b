"""What a conclusion rests on: every fact without which it would not follow (SPEC 4.8).

A rule names the facts it looked at, and which terms and readings it took, with their day. The facts that corrected
those facts, or set those terms and readings, are found here, in one way for every rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ledger.domain.fact import Fact, chronological
from ledger.domain.machine import Machine

Used = tuple[date, str]
"""A day, and what was used as of it: a dotted path of the terms, or a reading."""


def because(
    m: Machine, facts: Iterable[Fact], *, terms: Iterable[Used] = (), readings: Iterable[Used] = ()
) -> list[str]:  # fmt: skip
    """The ids of the ``facts``, of the corrections that made them what they are, and of the amendments, agreed readings
    and rulings that set ``terms`` and ``readings``; in order of (on, seq).
    """
    found = {fact.seq: fact for fact in facts}
    if m.agreement.changed:
        found |= {fact.seq: fact for fact in _agreed(m, terms, readings)}
    corrections = m.view.corrections
    if corrections:
        waiting = list(found)
        while waiting:
            for one in corrections.get(waiting.pop(), ()):
                if one.seq not in found:
                    found[one.seq] = one
                    waiting.append(one.seq)
    if len(found) == 1:
        return [fact.id for fact in found.values()]
    return [fact.id for fact in sorted(found.values(), key=chronological)]


def _agreed(m: Machine, terms: Iterable[Used], readings: Iterable[Used]) -> Iterator[Fact]:
    for day, path in terms:
        for change in m.agreement.on(day).changes(path):
            yield m.fact(change.fact)
    for day, reading in readings:
        for change in m.agreement.reading_changes(reading, day):
            yield m.fact(change.fact)
