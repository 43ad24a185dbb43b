"""The composition root: one application from its components, with every refusal turned into a problem document."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TextIO

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Scope

from api.background.courier import Courier
from api.background.exports import Exports
from api.background.jobs import Jobs
from api.background.processes import Processes
from api.background.receivers import Receivers
from api.background.roles import roles
from api.background.weighings import Weighings
from api.components import Components
from api.console.context import Console
from api.console.failures import refused_page
from api.console.pages import PAGES
from api.console.preferences import wants_html
from api.console.provider import Provider
from api.console.routes import Pages
from api.console.sessions import Sessions
from api.dispatch import Dispatch, Handler
from api.docs import add_docs
from api.document import methods_of, openapi
from api.gateway import Gateway, Tell
from api.metrics import Metrics
from api.oidc import Tokens
from api.permissions import Permissions
from api.principals import Principals
from api.problems import problem
from api.refusals import Refusals
from api.resources.access import access
from api.resources.conclusions import conclusions
from api.resources.contracts import contracts
from api.resources.deadlines import deadlines
from api.resources.documents import documents
from api.resources.events import events
from api.resources.evidence import evidence
from api.resources.facts import facts
from api.resources.health import health
from api.resources.imports import imports
from api.resources.tiles import tiles
from api.resources.transparency import transparency
from api.resources.types import types
from api.resources.verify import verifying
from api.resources.webhooks import webhooks
from api.resources.what_if import what_if
from api.response_cache import ResponseCache
from api.settings import Settings
from api.threads import Writer
from ledger.domain.errors import INTEGRITY, Refusal
from ledger.domain.values import quoted
from ledger.elsewhere import LONG
from ledger.log.failure import Tampered
from ledger.messages import say
from ledger.service import Ledger

RESOURCES = (conclusions, facts, types, contracts, what_if, documents, imports, deadlines, events, webhooks,
             transparency, tiles, evidence, verifying, access, health)


class Lvyue(Gateway):
    """The application as served; its parts are attributes."""

    api: FastAPI
    components: Components


def make_app(ledger: Ledger, settings: Settings | None = None, *, out: TextIO | None = None) -> Lvyue:
    """The whole server over one ledger; log lines about requests go to ``out``, or to standard error."""
    settings = settings or Settings()
    principals, metrics = Principals(ledger.store, ledger.clock), Metrics(out, lines=settings.logs)
    refusals = Refusals(principals)
    receivers = Receivers(settings.receivers, loopback=settings.test_receivers)
    components = Components(
        ledger, settings, principals, ResponseCache(ledger), metrics, receivers,
        Courier(ledger, metrics, post=receivers.post), Exports(ledger, principals), Weighings(),
        Jobs(ledger.store, ledger.clock, metrics.failed), Jobs(ledger.store, ledger.clock, metrics.failed),
        Writer(ledger.group_commit),
    )  # fmt: skip
    processes = Processes(ledger.store.url)
    if not ledger.store.url.endswith(":memory:"):
        ledger.elsewhere = processes.answering(ledger.clock)
    app = FastAPI(
        title=say("document.title"), version="2026.1.0", docs_url=None, redoc_url=None, openapi_url=None,
        redirect_slashes=False, lifespan=_lifespan(components, processes),
    )  # fmt: skip
    for resource in RESOURCES:  # not included but added: looking through router after router takes its time
        app.router.routes.extend(resource(components).router.routes)
    add_docs(app)
    tokens = Tokens(settings.oidc, principals) if settings.oidc is not None else None
    provider = None
    if settings.oidc is not None and tokens is not None and settings.oidc.redirect:
        provider = Provider(settings.oidc, tokens)
    console = Console(components, Sessions(principals, settings.idle_minutes), refusals, provider)
    pages = Pages(console)
    for page in PAGES:
        page(pages)
    app.router.routes.extend(pages.routes)

    def tell(refused: Refusal, scope: Scope, headers: Mapping[str, str]) -> Response:
        if wants_html(scope):
            return refused_page(console, refused, scope, headers)
        return problem(refused, scope["lvyue.lang"], scope["lvyue.id"], headers)

    refused, tampered = _handle(app, refusals, metrics, tell)
    app.openapi = lambda: openapi(app)  # type: ignore[method-assign]

    def remembered(token: str, moment: float) -> Permissions | None:
        principal = principals.remembered(token, moment)
        return Permissions(principal) if principal is not None else None


    def authenticate(token: str) -> Permissions:
        if tokens is not None and token.count(".") == 2:
            return Permissions(tokens.authenticate(token))
        return Permissions(principals.authenticate(token, time.monotonic()))

    straight = Dispatch(app, app.router.routes, refused, tampered, ledger.store)
    app_served = Lvyue(straight, settings, remembered, authenticate, refusals, metrics, console, tell)
    app_served.api, app_served.components = app, components
    return app_served


def _lifespan(components: Components, processes: Processes):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        running = roles(components.ledger, components.metrics, components.courier)
        beside = [*running.values()] if components.settings.background else []
        for role in beside:
            role.start()
        if components.ledger.elsewhere is not None and components.ledger.store.leaf_count() >= LONG:
            await run_in_threadpool(processes.begin)
        yield
        for role in beside:
            await run_in_threadpool(role.stop)
        await run_in_threadpool(components.jobs.stop)
        await run_in_threadpool(components.suppositions.stop)
        components.exports.stop()
        await run_in_threadpool(processes.stop)
        components.weighings.stop()
        components.metrics.flush()

    return lifespan


def _handle(app: FastAPI, refusals: Refusals, metrics: Metrics, tell: Tell) -> tuple[Handler, Handler]:
    """Everything an endpoint may raise, told; what answers a Refusal, and what answers Tampered."""

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        said = await refusals.note(error, request.scope)
        if said.code.startswith("STORE_") or said.code in INTEGRITY:
            metrics.unreadable(request.scope["lvyue.id"], said.code)
        return tell(said, request.scope, {})

    async def tampered(request: Request, error: Exception) -> Response:
        assert isinstance(error, Tampered)
        metrics.alarmed(error.code)
        said = Refusal(error.code, **error.values)  # type: ignore[arg-type]
        return tell(said, request.scope, {})

    async def unrouted(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        said, headers = Refusal("ROUTE_UNKNOWN", "path", path=quoted(request.url.path)), {}
        if error.status_code == 405:
            said = Refusal("METHOD_UNKNOWN", "method", method=quoted(request.method))
            headers["Allow"] = ", ".join(methods_of(app, request.url.path))
        return tell(said, request.scope, headers)

    async def failed(request: Request, error: Exception) -> Response:
        return tell(Refusal("INTERNAL"), request.scope, {})

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(Tampered, tampered)
    app.add_exception_handler(HTTPException, unrouted)
    app.add_exception_handler(Exception, failed)
    return refused, tampered
