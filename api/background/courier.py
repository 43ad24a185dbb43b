"""Delivering facts and alerts to webhooks: in order, signed, retried with back-off, given up into a dead-letter list.

Each webhook stands at a place of the feed, kept in the store with the attempts made on the next event, so that
nothing is lost over a restart; a delivery may be repeated (its ``webhook-id`` stays the same). Every webhook has a
thread of its own while something is delivered to it, so no receiver waits for another. Of the servers of one ledger,
one at a time delivers to a webhook: whichever holds its lease.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from json import loads
from typing import Any

from api.background.leases import LEASE, Leases
from api.background.receivers import SECONDS
from api.event_feed import EventChoice, EventPlace, StoredAlert, StoredEvent, end_of, following, shown
from api.metrics import Metrics
from ledger.domain.errors import INTEGRITY, Refusal
from ledger.domain.moments import format_utc
from ledger.log.failure import Tampered
from ledger.service import Ledger
from ledger.store.database import Transaction
from ledger.store.encoding import encode
from ledger.store.records import put, remove

WEBHOOK, POSITION, ATTEMPTS, DEAD = "webhook", "webhook-position", "webhook-attempts", "dead-letter"
MOST_ATTEMPTS = 8
FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0  # seconds; doubled each time
MOST_WEBHOOKS = 200
AT_ONCE = 100
LOOK_SECONDS = 0.5

Post = Callable[[str, bytes, dict[str, str]], int]


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often the event that leads to a place was tried in vain, and from which moment (µs) on it may be again."""

    position: int
    made: int
    not_before: int
    alert: int = 0

    @property
    def place(self) -> EventPlace:
        return EventPlace(self.position, self.alert)


class Courier:
    """The deliveries of one server; other servers of the same ledger may run at the same time."""

    def __init__(self, ledger: Ledger, metrics: Metrics, *, post: Post, first_wait: float = FIRST_WAIT) -> None:
        self._ledger = ledger
        self._metrics = metrics
        self._post = post
        self._first_wait = first_wait
        self._leases = Leases(ledger.store, ledger.clock)
        self._running: dict[str, Future[None]] = {}
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(MOST_WEBHOOKS, "courier")  # made as they are needed
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more, and wait for the answers still awaited: they are to be noted down."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join(SECONDS)
        self._pool.shutdown(wait=False, cancel_futures=True)
        wait([running for running in self._running.values() if not running.done()], SECONDS)

    def _run(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            try:
                self.round()
            except (Refusal, Tampered) as flaw:
                self._metrics.failed("courier", flaw)

    def round(self) -> list[Future[None]]:
        """Begin what is due and nobody delivers; one delivery at a time for each webhook.

        Raises Tampered ROLLED_BACK: what may be no ledger of ours is told to nobody.
        """
        self._ledger.custody.remembered.check()
        begun, end = [], end_of(self._ledger.store)
        for one in self._ledger.store.list(WEBHOOK):
            running = self._running.get(one.key)
            if running is not None and not running.done():
                self._leases.renew(_lease(one.key))
                continue
            waits = chosen_by(loads(one.value)).waits(self.place(one.key), end)
            if waits and self._due(one.key) and self._leases.free(_lease(one.key)):
                self._running[one.key] = self._pool.submit(self._deliver, one.key)
                begun.append(self._running[one.key])
        return begun

    def place(self, webhook: str) -> EventPlace:
        """The place up to which this webhook is done."""
        value = self._ledger.store.get(POSITION, webhook)
        return (EventPlace.read(value.decode()) if value is not None else None) or EventPlace(0)

    def _due(self, webhook: str) -> bool:
        attempts = self._attempts(webhook)
        return attempts is None or attempts.not_before <= self._ledger.clock()

    def _attempts(self, webhook: str) -> Attempts | None:
        value = self._ledger.store.get(ATTEMPTS, webhook)
        return Attempts(**loads(value)) if value is not None else None

    def _deliver(self, webhook: str) -> None:
        try:
            if self._leases.take(_lease(webhook)):
                try:
                    # What `round` saw may be past: another server has delivered, the webhook was removed.
                    after, what = self.place(webhook), self._ledger.store.get(WEBHOOK, webhook)
                    if what is not None and self._due(webhook):
                        self._some_readable(webhook, loads(what), after)
                finally:
                    self._leases.release(_lease(webhook))
        except Exception as error:  # it is tried again in the next round; somebody should know
            self._metrics.failed("courier", error)

    def _some_readable(self, webhook: str, what: dict[str, Any], after: EventPlace) -> None:
        """Deliver events up to the first fact that cannot be read; that one waits until program or store is mended.

        It is no failed attempt: no receiver answered, and nothing is given up.
        """
        try:
            self._some(webhook, what, after)
        except Refusal as refused:
            if refused.code != "STORE_NEWER" and refused.code not in INTEGRITY:
                raise
            self._metrics.unreadable("courier", refused.code)
            stands = self.place(webhook)
            not_before = self._ledger.clock() + int(LONGEST_WAIT * 1_000_000)
            self._done(webhook, stands, Attempts(stands.position + 1, 0, not_before, stands.alert))

    def _some(self, webhook: str, what: dict[str, Any], after: EventPlace) -> None:
        """Deliver events after a place, until there are no more or one of them has to wait."""
        chosen, role, noted = chosen_by(what), what.get("as_seen_by"), after
        for event in following(self._ledger.store, after, AT_ONCE, chosen):
            if self._stop.is_set():
                return
            reached = event.after(after)
            if chosen.takes(event, role):
                if not self._one(webhook, what, event, after):
                    return
                noted = reached
            after = reached
        if after != noted:
            self._done(webhook, after)

    def _one(self, webhook: str, what: dict[str, Any], event: StoredEvent, stands: EventPlace) -> bool:
        """Deliver one event; False where this server does not go on to the next."""
        reached, status = event.after(stands), self.send(webhook, what, event)
        if 200 <= status < 300:
            return self._done(webhook, reached)
        before = self._attempts(webhook)
        made = 1 + (before.made if before is not None and before.place == reached else 0)
        if made >= MOST_ATTEMPTS or status == 410:
            return self._give_up(webhook, event, reached, made, status)
        pause = min(self._first_wait * 2 ** (made - 1), LONGEST_WAIT)
        not_before = self._ledger.clock() + int(pause * 1_000_000)
        self._done(webhook, stands, Attempts(reached.position, made, not_before, reached.alert))
        return False

    def send(self, webhook: str, what: dict[str, Any], event: StoredEvent) -> int:
        """One attempt: the event as a CloudEvent 1.0, signed as Standard Webhooks has it; the status.

        Refusal STORE_NEWER, LEAF_BROKEN: a fact that cannot be read is not sent.
        """
        body = encode(cloud_event(event, shown(self._ledger.store, event, what.get("as_seen_by"))))
        id_, at = f"{webhook}-{event.name}", str(int(time.time()))
        headers = {"Content-Type": "application/cloudevents+json; charset=utf-8", "User-Agent": "lvyue",
                   "webhook-id": id_, "webhook-timestamp": at,
                   "webhook-signature": sign(what["secret"], id_, at, body)}  # fmt: skip
        return self._post(what["url"], body, headers)

    def _done(
        self, webhook: str, place: EventPlace, attempts: Attempts | None = None,
        letter: tuple[str, bytes] | None = None,
    ) -> bool:  # fmt: skip
        """Note in one transaction where the webhook stands; False, and nothing noted, where it is not ours any more."""
        at = self._ledger.clock()
        with self._ledger.store.writing() as transaction:
            if not self._leases.keep_in(transaction, _lease(webhook)):
                return False
            put(transaction, POSITION, webhook, str(place).encode(), at=at)
            if attempts is not None:
                put(transaction, ATTEMPTS, webhook, encode(attempts), at=at)
            else:
                remove(transaction, ATTEMPTS, webhook)
            if letter is not None:
                put(transaction, DEAD, *letter, at=at)
        return True

    def _give_up(
        self, webhook: str, event: StoredEvent, reached: EventPlace, attempts: int, status: int
    ) -> bool:  # fmt: skip
        given_up_at = format_utc(self._ledger.clock())
        alert = event.number if isinstance(event, StoredAlert) else None
        fact = f"{event.contract}#{event.leaf['seq']}" if not isinstance(event, StoredAlert) else None
        letter = {"webhook": webhook, "position": event.position, "fact": fact, "alert": alert,
                  "attempts": attempts, "last_status": status, "given_up_at": given_up_at}  # fmt: skip
        given_up = self._done(webhook, reached, letter=(f"{webhook}-{event.name}", encode(letter)))
        if given_up:
            self._metrics.undelivered.inc()
        return given_up


def forget(transaction: Transaction, webhook: str) -> None:
    """Remove a webhook and where it stands; whoever is delivering to it finds its lease gone, and stops."""
    for kind, key in ((WEBHOOK, webhook), (POSITION, webhook), (ATTEMPTS, webhook), (LEASE, _lease(webhook))):
        remove(transaction, kind, key)


def _lease(webhook: str) -> str:
    return f"webhook {webhook}"


def chosen_by(what: dict[str, Any]) -> EventChoice:
    """What a webhook is told of, of its record; one of an earlier program names no alerts."""
    contract = None if what["contract"] == "*" else what["contract"]
    return EventChoice(
        contract, what.get("facts", True), what["types"], what.get("alerts", ()), what.get("within_days")
    )  # fmt: skip


def cloud_event(event: StoredEvent, data: dict[str, Any]) -> dict[str, Any]:
    """A fact or an alert as a CloudEvents 1.0 structured event."""
    sort, time = ("alert", data.get("told_at")) if isinstance(event, StoredAlert) else ("fact", data.get("recorded_at"))
    return {
        "specversion": "1.0", "id": data["id"], "source": f"/api/v1/contracts/{event.contract}",
        "type": f"lvyue.{sort}.{event.kind}", "subject": event.contract, "time": time,
        "datacontenttype": "application/json", "data": data,
    }  # fmt: skip


def sign(secret: str, id_: str, at: str, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256 of id, time and body, in base64 (Standard Webhooks)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{id_}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()
