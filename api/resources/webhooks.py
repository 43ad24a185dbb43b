"""Webhooks: who is told of which facts and alerts, and what could not be delivered. For operators."""

from __future__ import annotations

import base64
import secrets
from json import loads
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import Response

from api.background.courier import DEAD, MOST_WEBHOOKS, POSITION, WEBHOOK, Courier, chosen_by, forget
from api.background.receivers import ReceiverRefused, Receivers
from api.components import Components
from api.event_feed import EventPlace, end_of, following
from api.request_context import Context
from api.routes import Routes
from api.shapes import DeadLetter, Delivered, WebhookMade, WebhookShown
from api.shapes.bodies import WebhookIn
from api.tables import listed
from ledger.custody.roles import EVERY
from ledger.domain.errors import Refusal
from ledger.domain.fact import ROLES, TYPES, unknown_role
from ledger.domain.moments import format_utc
from ledger.domain.values import quoted, unknown_type
from ledger.projections.alerts import KINDS, LEAD_DAYS
from ledger.store.encoding import encode
from ledger.store.records import put

HERE = ("127.0.0.1", "::1", "localhost")


def webhooks(components: Components) -> Routes:
    """The routes of this resource."""
    routes, store = Routes("events"), components.ledger.store

    @routes.post("/webhooks", body=WebhookIn, answer=WebhookMade, status=201, long=True)
    def create_webhook(context: Context) -> Response:
        context.permissions.may_for_all("administer")
        given = context.fields(
            url=str, contract=str, facts=bool, types=list, alerts=list, within_days=int, as_seen_by=str
        )
        if "url" not in given:
            raise Refusal("FIELD_MISSING", "url", missing="url")
        contract, types = given.get("contract", EVERY), given.get("types", [])
        if contract != EVERY:
            components.ledger.version(contract)
        for type_ in types:
            if not isinstance(type_, str) or type_ not in TYPES:
                raise unknown_type(type_, "types", TYPES)
        _choosable(given)
        url = _address(given["url"], components.receivers)
        if len(store.list(WEBHOOK)) >= MOST_WEBHOOKS:
            raise Refusal("WEBHOOKS_MANY", most=MOST_WEBHOOKS)
        at, id_ = components.ledger.clock(), secrets.token_hex(8)
        kept = {"url": url, "contract": contract, "facts": given.get("facts", True), "types": types,
                "alerts": given.get("alerts", []), "within_days": given.get("within_days"),
                "as_seen_by": given.get("as_seen_by"), "created_at": format_utc(at),
                "secret": "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()}  # fmt: skip
        with store.writing() as transaction:
            put(transaction, POSITION, id_, str(end_of(store)).encode(), at=at)
            put(transaction, WEBHOOK, id_, encode(kept), at=at)
            done = {"did": "webhook", "webhook": id_, "contract": contract, "by": context.principal.name}
            components.principals.note(done)
        return context.answer({"id": id_, **kept}, 201, headers={"Location": f"/api/v1/webhooks/{id_}"})

    @routes.get("/webhooks", answer=list[WebhookShown], tables=True)
    def list_webhooks(context: Context) -> Response:
        context.permissions.may_for_all("administer")
        found = [_shown(components.courier, one.key, one.value) for one in store.list(WEBHOOK)]
        return listed(context, "webhooks", found)

    @routes.delete("/webhooks/{webhook}", status=204)
    def delete_webhook(context: Context, webhook: str) -> Response:
        context.permissions.may_for_all("administer")
        if store.get(WEBHOOK, webhook) is None:
            raise Refusal("WEBHOOK_UNKNOWN", "webhook", webhook=quoted(webhook))
        with store.writing() as transaction:
            forget(transaction, webhook)
            components.principals.note({"did": "webhook-removed", "webhook": webhook, "by": context.principal.name})
        return context.send(b"", status=204)

    @routes.get("/dead-letters", answer=list[DeadLetter], tables=True)
    def list_dead_letters(context: Context) -> Response:
        context.permissions.may_for_all("administer")
        return listed(context, "dead-letters", [{"id": one.key, **loads(one.value)} for one in store.list(DEAD)])

    @routes.post("/dead-letters/{delivery}/retry", answer=Delivered, long=True)
    def retry_delivery(context: Context, delivery: str) -> Response:
        context.permissions.may_for_all("administer")
        letter = store.get(DEAD, delivery)
        webhook = store.get(WEBHOOK, delivery.partition("-")[0]) if letter is not None else None
        if letter is None or webhook is None:
            raise Refusal("DELIVERY_UNKNOWN", "delivery", delivery=quoted(delivery))
        told, what = loads(letter), loads(webhook)
        before = EventPlace(told["position"] - 1, told["alert"] - 1 if told.get("alert") else end_of(store).alert)
        chosen = chosen_by(what)._replace(facts=not told.get("alert"))
        event = next(iter(following(store, before, 1, chosen)), None)
        if event is None or not delivery.endswith(f"-{event.name}"):  # an alert that is not kept any longer
            raise Refusal("DELIVERY_UNKNOWN", "delivery", delivery=quoted(delivery))
        status = components.courier.send(delivery.partition("-")[0], what, event)
        delivered = 200 <= status < 300
        if delivered:
            store.remove(DEAD, delivery)
        return context.answer({"id": delivery, "delivered": delivered, "status": status})

    return routes


def _choosable(given: dict[str, Any]) -> None:
    """Refusal ALERT_UNKNOWN, WITHIN_DAYS, ROLE_UNKNOWN, TOLD_NOTHING."""
    for kind in given.get("alerts", []):
        if kind not in KINDS:
            raise Refusal("ALERT_UNKNOWN", "alerts", alert=quoted(kind), known=", ".join(KINDS))
    if not 0 <= given.get("within_days", 0) <= LEAD_DAYS[0]:
        raise Refusal("WITHIN_DAYS", "within_days", most=LEAD_DAYS[0])
    if given.get("as_seen_by", ROLES[0]) not in ROLES:
        raise unknown_role(given["as_seen_by"], "as_seen_by")
    if not given.get("facts", True) and not given.get("alerts"):
        raise Refusal("TOLD_NOTHING", "alerts")


def _address(url: str, receivers: Receivers) -> str:
    """Refusal WEBHOOK_ADDRESS unless it is https (in tests, http on this machine too); WEBHOOK_NOT_PUBLIC where it
    leads into a network that is not public. A host that cannot be found now may be later: each delivery judges it anew.
    """
    try:
        parts = urlsplit(url)
        host, fine = parts.hostname, parts.port is None or parts.port > 0
    except ValueError:
        host, fine, parts = None, False, urlsplit("")
    secure = parts.scheme == "https" or (receivers.loopback and parts.scheme == "http" and host in HERE)
    plain = url.isascii() and url.isprintable() and " " not in url and not parts.fragment and "@" not in parts.netloc
    if not (host and fine and secure and plain and len(url) <= 2000):
        raise Refusal("WEBHOOK_ADDRESS", "url", url=quoted(url))
    try:
        receivers.addresses(host)
    except ReceiverRefused as refused:
        raise Refusal("WEBHOOK_NOT_PUBLIC", "url", host=quoted(host), address=str(refused.address)) from None
    except OSError:
        pass
    return url


def _shown(courier: Courier, id_: str, value: bytes) -> dict[str, object]:
    kept = {key: given for key, given in loads(value).items() if key != "secret"}
    place = courier.place(id_)
    chosen = {"facts": True, "alerts": [], "within_days": None, "as_seen_by": None}
    return {"id": id_, **chosen, **kept, "position": place.position, "alert": place.alert}
