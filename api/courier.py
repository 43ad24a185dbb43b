"""Delivering facts to webhooks: in order, signed, retried with back-off, given up into a dead-letter list.

Each webhook stands at a position of the ledger, kept in the store, so that nothing is lost over a restart; a
delivery may be repeated (its ``webhook-id`` stays the same). A slow receiver holds up nobody else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from json import loads
from typing import Any

import httpx

from api.leaves import following, shown, wanted
from api.measures import Measures
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc
from ledger.service import Ledger
from ledger.store.encoding import encode

WEBHOOK, POSITION, DEAD = "webhook", "webhook-position", "dead-letter"
MOST_ATTEMPTS = 8
FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0  # seconds; doubled each time
TIMEOUT = 10.0
AT_ONCE = 100

Post = Callable[[str, bytes, dict[str, str]], int]


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Send it; the status, or 0 where no answer came. Redirects are not followed, answers not read far."""
    try:
        with httpx.stream("POST", url, content=body, headers=headers, timeout=TIMEOUT, follow_redirects=False) as sent:
            return sent.status_code
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return 0


class Courier:
    """The deliveries of one ledger; run it in one process only."""

    def __init__(
        self, ledger: Ledger, measures: Measures, *, post: Post = post, first_wait: float = FIRST_WAIT
    ) -> None:
        self._ledger = ledger
        self._measures = measures
        self._post = post
        self._first_wait = first_wait
        self._failed: dict[str, tuple[int, float]] = {}  # webhook: attempts so far, not before (monotonic)
        self._running: dict[str, Future[None]] = {}
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(8, "courier")
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        while not self._stop.wait(0.5):
            try:
                self.round()
            except Refusal as refused:
                self._measures.failed("courier", refused)

    def round(self) -> list[Future[None]]:
        """Begin what is due; one delivery at a time for each webhook."""
        begun, now, end = [], time.monotonic(), self._ledger.store.leaf_count()
        for one in self._ledger.store.list(WEBHOOK):
            busy = one.key in self._running and not self._running[one.key].done()
            due = self._failed.get(one.key, (0, 0.0))[1] <= now
            if not busy and due and self.position(one.key) < end:
                self._running[one.key] = self._pool.submit(self._deliver, one.key, loads(one.value))
                begun.append(self._running[one.key])
        return begun

    def position(self, webhook: str) -> int:
        """The last position this webhook is done with."""
        value = self._ledger.store.get(POSITION, webhook)
        return int(value) if value is not None else 0

    def _deliver(self, webhook: str, what: dict[str, Any]) -> None:
        store = self._ledger.store
        contract = None if what["contract"] == "*" else what["contract"]
        after = self.position(webhook)
        for position, fields in following(store, after, AT_ONCE):
            if self._stop.is_set():
                return
            if wanted(fields, contract, what["types"]) and not self._one(webhook, what, position, fields):
                return
            after = position
        self._done(webhook, after)

    def _one(self, webhook: str, what: dict[str, Any], position: int, fields: dict[str, Any]) -> bool:
        """Deliver one fact; False where it has to be tried again later."""
        status = self.send(webhook, what, position, shown(position, fields))
        if 200 <= status < 300:
            self._failed.pop(webhook, None)
        else:
            attempts = self._failed.get(webhook, (0, 0.0))[0] + 1
            if attempts < MOST_ATTEMPTS and status != 410:
                wait = min(self._first_wait * 2 ** (attempts - 1), LONGEST_WAIT)
                self._failed[webhook] = (attempts, time.monotonic() + wait)
                self._done(webhook, position - 1)
                return False
            self._failed.pop(webhook, None)
            self._give_up(webhook, position, fields, attempts, status)
        self._done(webhook, position)
        return True

    def send(self, webhook: str, what: dict[str, Any], position: int, fact: dict[str, Any]) -> int:
        """One attempt: the fact as a CloudEvent 1.0, signed as Standard Webhooks has it; the status."""
        body = encode(cloud_event(fact))
        id_, at = f"{webhook}-{position}", str(int(time.time()))
        headers = {"Content-Type": "application/cloudevents+json; charset=utf-8", "User-Agent": "lvyue",
                   "webhook-id": id_, "webhook-timestamp": at,
                   "webhook-signature": sign(what["secret"], id_, at, body)}  # fmt: skip
        return self._post(what["url"], body, headers)

    def _done(self, webhook: str, position: int) -> None:
        if self._ledger.store.get(WEBHOOK, webhook) is not None:
            self._ledger.store.put(POSITION, webhook, str(position).encode(), at=self._ledger.clock())

    def _give_up(self, webhook: str, position: int, fields: dict[str, Any], attempts: int, status: int) -> None:
        at = self._ledger.clock()
        letter = {"webhook": webhook, "position": position, "fact": f"{fields['contract']}#{fields['seq']}",
                  "attempts": attempts, "last_status": status, "given_up_at": format_utc(at)}  # fmt: skip
        self._ledger.store.put(DEAD, f"{webhook}-{position}", encode(letter), at=at)
        self._measures.undelivered.inc()


def cloud_event(fact: dict[str, Any]) -> dict[str, Any]:
    """A fact as a CloudEvents 1.0 structured event."""
    return {
        "specversion": "1.0", "id": fact["id"], "source": f"/api/v1/contracts/{fact['contract']}",
        "type": f"lvyue.fact.{fact['type']}", "subject": fact["contract"], "time": fact["recorded_at"],
        "datacontenttype": "application/json", "data": fact,
    }  # fmt: skip


def sign(secret: str, id_: str, at: str, body: bytes) -> str:
    """``v1,`` and the HMAC-SHA256 of id, time and body, in base64 (Standard Webhooks)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{id_}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()
