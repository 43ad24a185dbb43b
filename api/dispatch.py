"""The short way from the gateway to an endpoint: FastAPI describes these routes but does not handle their requests.

Its middlewares, routers and exit stacks cost more per request than the gateway, and no endpoint here uses them. A route
that is neither a :class:`~api.request_context.Direct` route nor a page, and an address without a route, still go
through them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from api.console.routes import PageRoute
from api.request_context import THREADS, Direct, stands_at
from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered
from ledger.store import Store

Handler = Callable[[Request, Exception], Awaitable[Response]]


def without_body(response: Response) -> Response:
    """The same status and headers without a body, for HEAD; a file response sets its own length."""
    if isinstance(response, FileResponse):
        return response
    bare = Response(None, response.status_code)
    bare.raw_headers = response.raw_headers
    return bare


class Dispatch:
    """Routes requests to endpoints; ``refused`` and ``tampered`` answer what these raise.

    On a replica every answer of the interface says at which position the replica stood before it was worked out.
    """

    def __init__(
        self, app: ASGIApp, routes: Sequence[BaseRoute], refused: Handler, tampered: Handler, store: Store
    ) -> None:
        self._app = app
        self._store = store
        self._refused = refused
        self._tampered = tampered
        self._routes: dict[str, list[tuple[Direct | PageRoute, Callable[[Request], Awaitable[Response]]]]] = {}
        for route in routes:
            if isinstance(route, Direct | PageRoute):
                for method in route.methods or ():
                    self._routes.setdefault(method, []).append((route, route.get_route_handler()))
        self._routes["HEAD"] = self._routes.get("GET", [])  # RFC 9110, 9.3.2

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        handle = self._found(scope) if scope["type"] == "http" and not scope["root_path"] else None
        if handle is None:
            await self._app(scope, receive, send)
            return
        request, stands = Request(scope, receive, send), dict[str, str]()
        try:
            if self._store.replica and scope["path"].startswith("/api/"):
                stands = stands_at(await THREADS.run(self._store.leaf_count), current=False)
            response = await handle(request)
        except Refusal as error:
            response = await self._refused(request, error)
        except Tampered as error:
            response = await self._tampered(request, error)
        for name, value in stands.items():
            response.headers.setdefault(name, value)
        try:
            if scope["method"] == "HEAD":
                response = without_body(response)
            await response(scope, receive, send)
        except Refusal as error:
            raise RuntimeError("refused after the answer had begun") from error

    def _found(self, scope: Scope) -> Callable[[Request], Awaitable[Response]] | None:
        """The first route of this path and method, as the router would find it; it is noted in the scope."""
        path = scope["path"]
        for route, handle in self._routes.get(scope["method"], ()):
            matched = route.path_regex.match(path)
            if matched is not None:
                convertors = route.param_convertors
                scope["path_params"] = {key: convertors[key].convert(text) for key, text in matched.groupdict().items()}
                scope["route"], scope["endpoint"] = route, route.endpoint
                return handle
        return None
