"""时点: as-of and known-at on a drawn line with the days on which something changes, and the form to change them.

Changes up to today come from the replay; later ones are those that will happen if nothing new is recorded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from api.console.drawing import figure
from api.console.svg import Scale, element, line, text, width
from api.console.words import PageWords
from ledger.domain.calendar import format_utc
from ledger.domain.fact import ROLES
from ledger.domain.moments import beijing_day, parse_utc
from ledger.labels import weekday
from ledger.store.encoding import encode

if TYPE_CHECKING:
    from api.console.context import PageContext

MOST_REPLAYED = 2_000  # facts: longer contracts are not replayed, the days of their facts are shown
A_YEAR_AHEAD = 400  # days drawn after the day asked about


@dataclass(frozen=True, slots=True)
class Changes:
    """The days on which something changes: those up to ``through``, then those ``ahead`` if nothing new happens.

    If not ``replayed`` (long contracts), the former are the days on which a fact happened.
    """

    until: tuple[str, ...]
    ahead: tuple[str, ...]
    through: str
    known_at: str
    replayed: bool = True

    def before(self, day: str) -> str | None:
        return max((one for one in (*self.until, *self.ahead) if one < day), default=None)

    def after(self, day: str) -> str | None:
        return min((one for one in (*self.until, *self.ahead) if one > day), default=None)


def changes(context: PageContext, contract: str) -> Changes:
    """The changes of a contract, cached until something is recorded, as they take a replay."""
    ledger, asked = context.components.ledger, context.question
    known = ledger.clock() if asked.known_at is None else asked.known_at
    through = max(beijing_day(min(known, ledger.clock())), asked.as_of or date.min)
    at = replace(asked, as_of=through)

    def make() -> bytes:
        answer, standing = ledger.status(contract, at), ledger.standing(contract, at)
        replayed = len(standing) <= MOST_REPLAYED
        if replayed:
            until = {entry["on"] for entry in entries(context, contract, through)}
        else:
            until = {fact.day.isoformat() for fact in standing[1:]}
        ahead = {one["on"] for one in answer["next_changes"]}
        return encode([sorted(until), sorted(ahead), answer["known_at"], replayed])

    kept = context.components.responses.recall(contract, "days", at, lambda: (make(), None))
    until, ahead, known_at, replayed = json.loads(kept[0])
    return Changes(tuple(until), tuple(ahead), through.isoformat(), known_at, replayed)


def entries(
    context: PageContext, contract: str, through: date, since: date | None = None
) -> list[dict[str, Any]]:  # fmt: skip
    """The replay's entries that changed something, up to a day and, if given, after another."""
    ledger, at = context.components.ledger, replace(context.question, as_of=through)

    def make() -> tuple[bytes, None]:
        return encode([entry for entry in ledger.replay(contract, at, since=since) if entry["changes"]]), None

    found: list[dict[str, Any]] = json.loads(
        context.components.responses.recall(contract, f"entries {since}", at, make)[0]
    )
    return found


def moment(context: PageContext, contract: str) -> Markup:
    """The line, the form and the list of days for the current page."""
    words, asked = context.words(contract), context.question
    found = changes(context, contract)
    as_of = (asked.as_of or beijing_day(context.components.ledger.clock())).isoformat()
    known = format_utc(asked.known_at) if asked.known_at is not None else found.known_at
    since = beijing_day(context.components.ledger.facts(contract)[0].recorded_at).isoformat()
    return context.render(
        "moment.html", contract, drawing=drawing(words, found, as_of, known), as_of=as_of,
        known_at=known if asked.known_at is not None else "", seen_by=asked.as_seen_by or "", roles=ROLES,
        readings=sorted(asked.readings.items()), before=found.before(as_of), after=found.after(as_of),
        until=[on for on in found.until if on <= as_of], later=[on for on in found.until if on > as_of],
        ahead=found.ahead, replayed=found.replayed, here=context.address, path=context.request.url.path,
        then="" if asked.known_at is not None or as_of >= found.through else f"{as_of} 23:59", since=since,
        fixed=asked.as_of is not None or asked.known_at is not None,
        without=lambda *pair: context.address(without=("reading", "=".join(pair))),
    )  # fmt: skip


def drawing(words: PageWords, found: Changes, as_of: str, known_at: str) -> Markup:
    """The drawn line."""
    past = [on for on in found.until if on <= as_of]
    rest = [on for on in found.until if on > as_of]
    first = min([*found.until[:1], as_of])
    limit = (date.fromisoformat(max(as_of, found.through)) + timedelta(days=A_YEAR_AHEAD)).isoformat()
    shown = [on for on in found.ahead if on <= limit]
    last = max([as_of, found.through, *shown])
    said = words.plain(
        "moment.finding" if found.replayed else "moment.finding.happened", first=first, as_of=as_of, past=len(past),
        later=len(rest), ahead=len(found.ahead), last=found.ahead[-1] if found.ahead else "–",
    )  # fmt: skip

    def draw(size: float) -> tuple[Markup, float]:
        return _line(words, size, (first, last), (past, rest, shown), as_of, found, known_at), 92.0

    return figure("moment", words.plain("moment.title"), said, draw)


def _line(
    words: PageWords, size: float, ends: tuple[str, str], days: tuple[Sequence[str], Sequence[str], Sequence[str]],
    as_of: str, found: Changes, known_at: str,
) -> Markup:  # fmt: skip
    margin = timedelta(days=4)
    scale = Scale(date.fromisoformat(ends[0]) - margin, date.fromisoformat(ends[1]) + margin, 8.0, size - 8)
    now, x = scale.x(found.through), scale.x(as_of)
    content = line("k", 8.0, 46.0, now, 46.0) + line("g", now, 46.0, size - 8, 46.0, stroke_dasharray="2 4")
    for on in days[0]:
        content += line("k", scale.x(on), 39.0, scale.x(on), 46.0)
    for on in days[1]:
        content += line("g", scale.x(on), 39.0, scale.x(on), 46.0)
    for on in days[2]:
        content += element("circle", cls="o", cx=scale.x(on), cy=46, r=3.5)
    for at, label in scale.months(70):
        content += line("r", at, 47.0, at, 52.0)
        if width(label) / 2 < at < size - width(label) / 2:
            content += text(at, 66.0, label, cls="m", anchor="middle")
    content += element("path", cls="x", d=f"M{x - 6:.1f} 28h12l-6 10z")
    here = words.plain("moment.as-of", day=weekday(as_of, words.lang))
    left = x - 10 - width(here) > 0
    content += text(x - 10 if left else x + 10, 24.0, here, cls="b", anchor="end" if left else None)
    taken = (x - 10 - width(here), x) if left else (x, x + 10 + width(here))
    begins = words.plain("moment.begins", day=ends[0])
    if 8 + width(begins) < taken[0] - 8:
        content += text(8.0, 32.0, begins, cls="m")
    ahead = words.plain("moment.ahead", count=len(found.ahead))
    if found.ahead and size - 8 - width(ahead) > taken[1] + 12:
        content += text(size - 8, 32.0, ahead, cls="m", anchor="end")
    return content + _known(words, scale, size, known_at)


def _known(words: PageWords, scale: Scale, size: float, known_at: str) -> Markup:
    """The known-at moment, if it falls on the line."""
    shown = words.plain("moment.known", moment=words.clock(known_at))
    x = scale.x(beijing_day(parse_utc(known_at)))
    left = x + 4 + width(shown) > size
    return line("g", x, 36.0, x, 76.0) + text(x - 4 if left else x + 4, 84.0, shown, anchor="end" if left else None)
