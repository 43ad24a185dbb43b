"""New facts as server-sent events, resumed where a reader left off."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Hashable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.components import Components
from api.fact_feed import StoredFact, following, shown
from api.parameters import choice, contract_number, not_ahead
from api.problems import document, status_of
from api.request_context import Context, RequestContext
from api.routes import Routes
from api.streams import PlacedStream, Places, Shared
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.values import quoted
from ledger.log.failure import Tampered
from ledger.service import CALENDAR
from ledger.store.encoding import encode

KIND = "text/event-stream"
AT_ONCE = 500
LOOK_SECONDS, SHARED_SECONDS = 0.25, 0.2  # what is known of a key, or of the ledger's end, is half a second old at most
BEAT_SECONDS = 15.0
_CONTRACT = contract_number()
_TYPE = choice("type", *TYPES)
_ID = re.compile("[0-9]{1,18}")


def events(components: Components) -> Routes:
    """The routes of this resource."""
    routes, places, shared = Routes("events"), Places(components.metrics.streams.set), Shared(SHARED_SECONDS)

    @routes.get("/events", kinds=(KIND,), query=(_CONTRACT, _TYPE), headers=("Last-Event-ID",), statuses=(409,))
    def stream_events(context: Context) -> Response:
        contract = context.one("contract")
        if contract is not None:
            context.permissions.may("read", contract)
            components.ledger.version(contract)
        components.ledger.custody.remembered.check()
        given = context.headers.get("last-event-id")
        if given is not None and not _ID.fullmatch(given):
            raise Refusal("HEADER_INVALID", "Last-Event-ID", name="Last-Event-ID", value=quoted(given),
                          wanted="the id of an event", wanted_zh="某个事件的 id")  # fmt: skip
        last = components.ledger.store.leaf_count()
        after = int(given) if given is not None else last
        not_ahead("Last-Event-ID", after, last)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        if context.request.method == "HEAD":
            return context.send(b"", KIND, headers=headers)
        places.take(context.principal.name)
        stream = PlacedStream(_stream(components, context, after, shared), 200, headers, KIND)
        stream.leave = lambda: places.leave(context.principal.name)
        return stream

    return routes


async def _stream(components: Components, context: RequestContext, after: int, shared: Shared) -> AsyncIterator[bytes]:
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


async def _feed(components: Components, context: RequestContext, after: int, shared: Shared) -> AsyncIterator[bytes]:
    contract, type_ = context.one("contract"), context.one("type")
    types = (type_,) if type_ is not None else ()
    who, store, beat = _identity(context), components.ledger.store, time.monotonic()
    yield b"retry: 2000\n: lvyue\n\n"
    while await shared.ask(who, _still, components, context):  # until the key is revoked or expires, or a role changes
        waits = await shared.ask("last", store.leaf_count) > after
        found = await run_in_threadpool(_look, components, after) if waits else []
        for entry in found:
            after = entry.position
            if entry.matches(contract, types) and _sees(context, entry.leaf["contract"]):
                yield _event(after, shown(store, entry))
        if len(found) == AT_ONCE:
            continue
        if time.monotonic() - beat >= BEAT_SECONDS:
            beat = time.monotonic()
            yield b": %d\nid: %d\n\n" % (after, after)
        await asyncio.sleep(LOOK_SECONDS)


def _identity(context: RequestContext) -> Hashable:
    """What :func:`_still` looks at: streams that agree in it share its answer."""
    who = context.principal
    return who.name, who.key, who.expires_at, tuple(sorted(who.roles.items()))


def _look(components: Components, after: int) -> list[StoredFact]:
    return list(following(components.ledger.store, after, AT_ONCE))


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


def _event(position: int, fact: dict[str, Any]) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (position, fact["type"].encode(), encode(fact))
