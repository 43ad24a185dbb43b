"""New facts and alerts as server-sent events, resumed where a reader left off."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Hashable
from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.components import Components
from api.event_feed import EventChoice, EventPlace, StoredEvent, StoredFact, end_of, following, shown
from api.parameters import LIMIT, at, choice, contract_number, cursor, flag, not_ahead, number
from api.problems import document, status_of
from api.request_context import Context, RequestContext
from api.routes import Routes
from api.shapes import Alert
from api.streams import PlacedStream, Places, Shared
from api.tables import listed
from ledger.bilingual import phrase
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.values import quoted
from ledger.log.failure import Tampered
from ledger.projections.alerts import KINDS, LEAD_DAYS
from ledger.service import CALENDAR
from ledger.store import alerts
from ledger.store.encoding import encode

KIND = "text/event-stream"
AT_ONCE = 500
LOOK_SECONDS, SHARED_SECONDS = 0.25, 0.2  # what is known of a key, or of the ledger's end, is half a second old at most
BEAT_SECONDS = 15.0
_CONTRACT = contract_number()
_TYPE = choice("type", *TYPES)
_FACTS = flag("facts")
_ALERT = replace(choice("alert", *KINDS), most=len(KINDS))
_WITHIN = number("within_days", 0, LEAD_DAYS[0])
_CURSOR = cursor("alert")


def events(components: Components) -> Routes:
    """The routes of this resource."""
    routes, shared = Routes("events"), Shared(SHARED_SECONDS)
    places = Places(components.metrics.streams.set, components.settings.shared_limits)

    @routes.get("/events", kinds=(KIND,), query=(_CONTRACT, _TYPE, _FACTS, _ALERT, _WITHIN),
                headers=("Last-Event-ID",), statuses=(409,))  # fmt: skip
    def stream_events(context: Context) -> Response:
        contract = context.one("contract")
        if contract is not None:
            context.permissions.may("read", contract)
            components.ledger.version(contract)
        if not context.one("facts", True) and not context.query.get("alert"):
            raise Refusal("TOLD_NOTHING", "alert")
        components.ledger.custody.remembered.check()
        given, last = context.headers.get("last-event-id"), end_of(components.ledger.store)
        after = EventPlace.read(given, last.alert) if given is not None else last
        if after is None:
            zh, en = phrase("wanted.event")
            raise Refusal("HEADER_INVALID", "Last-Event-ID", name="Last-Event-ID", value=quoted(str(given)),
                          wanted=en, wanted_zh=zh)  # fmt: skip
        not_ahead("Last-Event-ID", after.position, last.position)
        not_ahead("Last-Event-ID", after.alert, last.alert)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        if context.request.method == "HEAD":
            return context.send(b"", KIND, headers=headers)
        places.take(context.principal.name)
        stream = PlacedStream(_stream(components, context, after, shared), 200, headers, KIND)
        stream.leave = lambda: places.leave(context.principal.name)
        return stream

    @routes.get("/alerts", answer=list[Alert], query=(_CONTRACT, _ALERT, _WITHIN, LIMIT, _CURSOR), statuses=(409,),
                tables=True)  # fmt: skip
    def list_alerts(context: Context) -> Response:
        contract, store = context.one("contract"), components.ledger.store
        if contract is not None:
            context.permissions.may("read", contract)
            components.ledger.version(contract)
        components.ledger.custody.remembered.check()
        after, most, found = context.one("cursor", 0), context.one("limit", 50), list[dict[str, Any]]()
        not_ahead("cursor", after, alerts.last_alert(store))
        chosen, role = _chosen(context, KINDS)._replace(facts=False), context.permissions.principal.role
        place = EventPlace(0, after)
        while some := list(following(store, place, AT_ONCE, chosen)):
            for event in some:
                if len(found) == most:
                    return listed(context, "alerts", found, context.next_page(at("alert", place.alert)))
                place = event.after(place)
                if _sees(context, event.contract) and chosen.takes(event, role(event.contract)):
                    found.append(shown(store, event, role(event.contract)))
        return listed(context, "alerts", found)

    return routes


async def _stream(
    components: Components, context: RequestContext, after: EventPlace, shared: Shared
) -> AsyncIterator[bytes]:  # fmt: skip
    """The feed; where it cannot go on, its last event is a problem document, and a reader resumes where it stood."""
    try:
        async for sent in _feed(components, context, after, shared):
            yield sent
    except (Refusal, Tampered) as flaw:
        request_id = context.request.scope["lvyue.id"]
        if isinstance(flaw, Tampered):
            components.metrics.alarmed(flaw.code)
            flaw = Refusal(flaw.code, **flaw.values)  # type: ignore[arg-type]
        else:
            components.metrics.unreadable(request_id, flaw.code)
        yield b"event: problem\ndata: %s\n\n" % encode(document(flaw, status_of(flaw), context.lang, request_id))


async def _feed(
    components: Components, context: RequestContext, after: EventPlace, shared: Shared
) -> AsyncIterator[bytes]:  # fmt: skip
    chosen, role = _chosen(context), context.permissions.principal.role
    who, store, beat = _identity(context), components.ledger.store, time.monotonic()
    yield b"retry: 2000\n: lvyue\n\n"
    while await shared.ask(who, _still, components, context):  # until the key is revoked or expires, or a role changes
        waits = chosen.waits(after, await shared.ask("last", end_of, store))
        found = await run_in_threadpool(_look, components, after, chosen) if waits else []
        for event in found:
            after = event.after(after)
            if _sees(context, event.contract) and chosen.takes(event, role(event.contract)):
                yield _event(_id(after, chosen), event, shown(store, event, role(event.contract)))
        if len(found) >= AT_ONCE:
            continue
        if time.monotonic() - beat >= BEAT_SECONDS:
            beat, at = time.monotonic(), _id(after, chosen)
            yield b": %s\nid: %s\n\n" % (at, at)
        await asyncio.sleep(LOOK_SECONDS)


def _chosen(context: RequestContext, otherwise: Collection[str] = ()) -> EventChoice:
    type_ = context.one("type")
    return EventChoice(
        context.one("contract"), context.one("facts", True), (type_,) if type_ is not None else (),
        context.query.get("alert", otherwise), context.one("within_days"),
    )  # fmt: skip


def _id(place: EventPlace, chosen: EventChoice) -> bytes:
    """What a reader resumes by: of facts alone the position, as it always was."""
    return (str(place) if chosen.alerts else str(place.position)).encode()


def _identity(context: RequestContext) -> Hashable:
    """What :func:`_still` looks at: streams that agree in it share its answer."""
    who = context.principal
    return who.name, who.key, who.expires_at, tuple(sorted(who.roles.items()))


def _look(components: Components, after: EventPlace, chosen: EventChoice) -> list[StoredEvent]:
    return list(following(components.ledger.store, after, AT_ONCE, chosen))


def _still(components: Components, context: RequestContext) -> bool:
    """May the caller go on reading? Roles may have changed since the stream was opened. Tampered ROLLED_BACK."""
    components.ledger.custody.remembered.check()
    principal = components.principals.find(context.principal.name)
    return (
        principal is not None and principal.roles == context.principal.roles
        and context.principal.expires_at > components.ledger.clock()
        and components.principals.usable(context.principal)
    )  # fmt: skip


def _sees(context: RequestContext, contract: str) -> bool:
    return contract == CALENDAR or context.permissions.sees(contract)


def _event(at: bytes, event: StoredEvent, data: dict[str, Any]) -> bytes:
    name = event.kind if isinstance(event, StoredFact) else f"alert.{event.kind}"
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (at, name.encode(), encode(data))
