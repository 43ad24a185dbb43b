"""New facts and alerts in one order: the source of event streams and webhooks.

An alert comes after every fact it rests on, by the position at which it arose.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from json import loads
from typing import Any, NamedTuple

from ledger.domain.fact import PARTIES
from ledger.domain.moments import beijing_day, format_utc
from ledger.projections.alert_words import sentence
from ledger.projections.alerts import RECORD
from ledger.service import envelope
from ledger.store import Store, alerts, digest_of
from ledger.store.leaf import decode

_PLACE = re.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?")
_SHOWN = ("kind", "path", "from", "to", "on", "what", "subject", "clause", "obligor", "provisional", "views", "because")


class EventPlace(NamedTuple):
    """How far a reader has read: up to a position of the ledger, and up to the alert of a number."""

    position: int
    alert: int = 0

    def __str__(self) -> str:
        return f"{self.position}-{self.alert}"

    @classmethod
    def read(cls, text: str, alert: int = 0) -> EventPlace | None:
        """The place that a text states; a fact's alone (``12``) includes ``alert``. None where it states none."""
        matched = _PLACE.fullmatch(text)
        return cls(int(matched[1]), int(matched[2] or alert)) if matched is not None else None


class StoredFact(NamedTuple):
    """A fact of the feed as stored: its position, the stored JSON, and the digest of its bytes."""

    position: int
    leaf: dict[str, Any]
    digest: str

    @property
    def name(self) -> str:
        """Its name among those that one receiver gets."""
        return str(self.position)

    @property
    def contract(self) -> str:
        return str(self.leaf["contract"])

    @property
    def kind(self) -> str:
        """Its type."""
        return str(self.leaf["type"]).rpartition(".")[0]

    def after(self, place: EventPlace) -> EventPlace:
        """The place of a reader who has read it too."""
        return place._replace(position=self.position)


class StoredAlert(NamedTuple):
    """An alert of the feed as it arose."""

    number: int
    position: int
    contract: str
    told_at: int
    alert: dict[str, Any]

    @property
    def name(self) -> str:
        return f"alert-{self.number}"

    @property
    def kind(self) -> str:
        return str(self.alert["kind"])

    @property
    def days(self) -> int | None:
        """The days from when it arose to the day it is about."""
        on = self.alert["on"]
        return (date.fromisoformat(on) - beijing_day(self.told_at)).days if on is not None else None

    def after(self, place: EventPlace) -> EventPlace:
        return place._replace(alert=self.number)


StoredEvent = StoredFact | StoredAlert


class EventChoice(NamedTuple):
    """What a reader chose: one contract (None: any), facts of some types (none named: any) or no facts, alerts of some
    kinds (none named: none), deadlines at most so many days ahead.
    """

    contract: str | None = None
    facts: bool = True
    types: Collection[str] = ()
    alerts: Collection[str] = ()
    within_days: int | None = None

    def takes(self, event: StoredEvent, role: str | None) -> bool:
        """Whether a reader with a role on the contract gets it. Parties get alerts as they see the contract, others
        those of record; an alert about one role's matter goes to that role only.
        """
        if self.contract not in (None, event.contract):
            return False
        if isinstance(event, StoredFact):
            return self.facts and (not self.types or event.kind in self.types)
        if event.kind not in self.alerts or event.alert["for_role"] not in (None, role):
            return False
        if (role if role in PARTIES else RECORD) not in event.alert["views"]:
            return False
        return event.kind != "deadline" or self.within_days is None or (event.days or 0) <= self.within_days

    def waits(self, place: EventPlace, end: EventPlace) -> bool:
        """Whether there may be something for a reader at a place, given the place where everything ends."""
        return (self.facts and place.position < end.position) or (bool(self.alerts) and place.alert < end.alert)


def end_of(store: Store) -> EventPlace:
    """The place after everything."""
    return EventPlace(store.leaf_count(), alerts.last_alert(store))


def following(store: Store, after: EventPlace, most: int, chosen: EventChoice) -> Iterator[StoredEvent]:
    """The next facts and alerts after a place, at most ``most`` of each, as chosen."""
    told = alerts.alerts_following(store, after.alert, most) if chosen.alerts else []
    waiting = [StoredAlert(one.number, one.position, one.contract, one.told_at, loads(one.alert)) for one in told]
    waiting.reverse()
    read = after.position
    for position, leaf in store.following(read, most) if chosen.facts else ():
        while waiting and waiting[-1].position < position:
            yield waiting.pop()
        yield StoredFact(position, decode(leaf, position), digest_of(leaf))
        read = position
    while waiting and (waiting[-1].position <= read or not chosen.facts):
        yield waiting.pop()


def shown(store: Store, event: StoredEvent, role: str | None) -> dict[str, Any]:
    """A fact as every other answer shows it, with its contract; an alert in both languages.

    Refusal STORE_NEWER, LEAF_BROKEN where the fact cannot be read.
    """
    if isinstance(event, StoredAlert):
        return alert_shown(event, role)
    fact = store.fact_in(event.leaf, event.position, event.digest)
    return {"contract": fact.contract, **envelope(fact)}


def alert_shown(event: StoredAlert, role: str | None) -> dict[str, Any]:
    """An alert as a role sees it: its sentence, the day, the path that explains it, the facts it comes from."""
    seen_by = role if role in PARTIES else None
    return {
        "id": event.name, "contract": event.contract,
        **{name: event.alert.get(name) for name in _SHOWN}, "days": event.days,
        "zh": sentence(event.alert, seen_by, "zh"), "en": sentence(event.alert, seen_by, "en"),
        "told_at": format_utc(event.told_at), "position": event.position,
    }  # fmt: skip
