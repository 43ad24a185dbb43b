"""The composition root: one application out of its rooms, and every refusal turned into a problem."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TextIO

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.answers import Answers
from api.caller import Caller
from api.conclusions import conclusions
from api.contracts import contracts
from api.document import openapi
from api.door import Door
from api.facts import facts
from api.health import health
from api.measures import Measures
from api.principals import Principals
from api.problems import problem
from api.refusals import Refusals
from api.rooms import Rooms
from api.settings import Settings
from ledger.domain.errors import Refusal
from ledger.domain.fact_values import shown
from ledger.service import Ledger

RESOURCES = (contracts, facts, conclusions, health)


class Lvyue(Door):
    """The application as served, with its parts in reach."""

    api: FastAPI
    rooms: Rooms


def make_app(ledger: Ledger, settings: Settings | None = None, log: TextIO | None = None) -> Lvyue:
    """The whole server over one ledger."""
    settings = settings or Settings()
    principals, measures = Principals(ledger.store, ledger.clock), Measures(log, lines=settings.logs)
    refusals = Refusals(principals)
    rooms = Rooms(ledger, settings, principals, Answers(ledger), measures)
    app = FastAPI(
        title="履约 lvyue", version="2026.1.0", docs_url=None, redoc_url=None, openapi_url=None,
        redirect_slashes=False, lifespan=_lifespan(rooms),
    )  # fmt: skip
    for resource in RESOURCES:
        app.include_router(resource(rooms).router)
    _handle(app, refusals)
    app.openapi = lambda: openapi(app)  # type: ignore[method-assign]

    def remembered(token: str, moment: float) -> Caller | None:
        principal = principals.remembered(token, moment)
        return Caller(principal) if principal is not None else None

    def authenticate(token: str) -> Caller:
        return Caller(principals.authenticate(token, time.monotonic()))

    door = Lvyue(app, settings, remembered, authenticate, refusals, measures)
    door.api, door.rooms = app, rooms
    return door


def _lifespan(rooms: Rooms):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield

    return lifespan


def _handle(app: FastAPI, refusals: Refusals) -> None:
    """Everything an endpoint may raise, as a problem."""

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        await refusals.note(error, request.scope)
        return problem(error, request.scope["lvyue.lang"], request.scope["lvyue.id"])

    async def unrouted(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        said = (
            Refusal("METHOD_UNKNOWN", "method", method=shown(request.method)) if error.status_code == 405
            else Refusal("ROUTE_UNKNOWN", "path", path=shown(request.url.path))
        )  # fmt: skip
        return problem(said, request.scope["lvyue.lang"], request.scope["lvyue.id"], error.headers)

    async def failed(request: Request, error: Exception) -> Response:
        return problem(Refusal("INTERNAL"), request.scope["lvyue.lang"], request.scope["lvyue.id"])

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(HTTPException, unrouted)
    app.add_exception_handler(Exception, failed)
