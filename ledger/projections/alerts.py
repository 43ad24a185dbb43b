"""Alerts: what somebody must be told as soon as it holds, even if nothing was recorded (SPEC 6).

The alerts that hold at the end of a day are listed with a row of the portfolio; those that did not hold before are
sent. So the effect of a mere passing of a day is told like that of a fact, once, and later readers see what holds now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from json import loads
from typing import Any, Literal, NotRequired, get_args

from ledger.domain.clause import FeedEntry
from ledger.domain.declare import TypedDict
from ledger.domain.fact import PARTY_A, PARTY_B
from ledger.domain.machine import Machine
from ledger.explanation.sections import CLAIMS

AlertKind = Literal["deadline", "overdue", "right", "threshold", "claim", "state"]
KINDS: tuple[AlertKind, ...] = get_args(AlertKind)
LEAD_DAYS = (30, 7, 3, 0)  # so many days before a deadline somebody is told of it
RECORD = "record"
VIEWS = (RECORD, PARTY_A, PARTY_B)


class StandingAlert(TypedDict):
    """An alert that holds: under one ``key`` it is the same as before, and is not sent again.

    ``path`` is the conclusion's (SPEC 5), ``on`` the day it is about, ``because`` the facts (ids) it follows from,
    ``views`` the views in which it holds (``record``, ``party_a``, ``party_b``), ``for_role`` the role that alone it
    concerns. A ``deadline`` comes ``lead`` days ahead; it and a ``right`` have ``what``, ``subject``, ``clause``,
    ``obligor`` and ``provisional`` of the feed's entry, an ``overdue`` one too. ``value`` is the word of a ``state``.
    """

    kind: AlertKind
    key: str
    path: str
    on: str | None
    because: list[str]
    views: list[str]
    for_role: str | None
    lead: NotRequired[int]
    what: NotRequired[str]
    subject: NotRequired[str]
    clause: NotRequired[str]
    obligor: NotRequired[str | None]
    provisional: NotRequired[bool]
    value: NotRequired[str]


def of_view(
    m: Machine, entries: Sequence[FeedEntry], states: Mapping[str, str], day: date
) -> Iterator[StandingAlert]:  # fmt: skip
    """The alerts that hold in the view of a machine, except for thresholds; ``entries`` are its deadlines, ``states``
    the words of its states by path.
    """
    for entry in entries:
        if entry.what == "overdue":
            yield _of_entry("overdue", entry)
            continue
        lead = min((days for days in LEAD_DAYS if entry.day - day <= timedelta(days)), default=None)
        if entry.day >= day and lead is not None:
            yield _of_entry("deadline", entry) | {"lead": lead, "key": f"deadline:{entry.uid}@{entry.day}:{lead}"}
        if entry.what in ("right-ends", "claim-ends"):
            yield _of_entry("right", entry)
    for claim in m.standing.claims(day):
        path = f"{CLAIMS.key}.{claim.fact.id}"
        yield _alert("claim", path, f"claim:{claim.fact.id}", claim.fact.day, [claim.fact.id])
    for path, word in states.items():
        yield _alert("state", path, f"state:{path}={word}", None, ()) | {"value": word}


def one_short(path: str, because: Sequence[str]) -> StandingAlert:
    """The alert of a count at a path that lacks one to its threshold."""
    return _alert("threshold", path, f"threshold:{path}", None, because)


def leads(entries: Sequence[FeedEntry], day: date) -> Iterator[date]:
    """The days after ``day`` on which a deadline reaches a lead."""
    for entry in entries:
        yield from (on for days in LEAD_DAYS if (on := entry.day - timedelta(days)) > day)


def in_views(views: Mapping[str, Sequence[StandingAlert]]) -> list[StandingAlert]:
    """The alerts of several views, each once with all views in which it holds, by key."""
    found: dict[str, StandingAlert] = {}
    for view, alerts in views.items():
        for one in alerts:
            held = found.setdefault(one["key"], {**one, "views": []})
            held["views"].append(view)
    return [found[key] for key in sorted(found)]


def news(before: bytes | None, after: bytes) -> Iterator[dict[str, Any]]:
    """The alerts to send, given those that held ``before`` and hold ``after``, both as JSON; for a new contract all of
    them.

    A state is sent where it changed, with ``from`` and ``to``; an alert that held in one view before, for the other
    views.
    """
    if before == after:
        return
    held: dict[str, StandingAlert] = {one["key"]: one for one in loads(before or b"[]")}
    was = {one["path"]: one["value"] for one in held.values() if one["kind"] == "state"}
    for one in loads(after):
        known = held[one["key"]]["views"] if one["key"] in held else ()
        views = [view for view in one["views"] if view not in known]
        if views and one["kind"] != "state":
            yield {**one, "views": views}
        elif views and one["path"] in was:
            yield {**one, "views": views, "from": was[one["path"]], "to": one["value"]}


def _of_entry(kind: AlertKind, entry: FeedEntry) -> StandingAlert:
    key = f"{kind}:{entry.uid}" if kind == "right" else f"{kind}:{entry.uid}@{entry.day}"
    return _alert(kind, entry.path, key, entry.day, entry.because, entry.for_role) | {
        "what": entry.what, "subject": entry.subject, "clause": entry.clause, "obligor": entry.obligor,
        "provisional": entry.provisional,
    }  # fmt: skip


def _alert(
    kind: AlertKind, path: str, key: str, on: date | None, because: Sequence[str], for_role: str | None = None
) -> StandingAlert:  # fmt: skip
    return {
        "kind": kind, "key": key, "path": path, "on": on.isoformat() if on is not None else None,
        "because": list(because), "views": [], "for_role": for_role,
    }  # fmt: skip
