"""Declaration of pages: name, path, query parameters, and whether signing in is required."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, compile_path

from api.console.context import Console, PageContext
from api.console.kept_forms import not_taken
from api.console.long_pages import AGAIN_SECONDS
from api.console.preferences import is_page
from api.parameters import Parameter
from api.request_context import LONG_THREADS, THREADS, refuse_unprintable
from api.threads import Threads

Endpoint = TypeVar("Endpoint", bound=Callable[..., Response])


class PageRoute(Route):
    """A page's route: its endpoint is called in a thread with a :class:`PageContext` and the path's values."""

    def __init__(
        self, path: str, method: str, endpoint: Callable[..., Response], console: Console,
        takes: Sequence[Parameter], threads: Threads,
    ) -> None:  # fmt: skip
        known = {parameter.name: parameter for parameter in takes}

        def answer(request: Request, body: bytes) -> Response:
            refuse_unprintable(request)
            context = PageContext(request, body, console, known)
            refused = context.refused_form()
            if refused is not None:
                return context.kept(not_taken(context, refused))
            return context.kept(endpoint(context, **request.path_params))

        def meanwhile(request: Request, seconds: int) -> Response:
            context = PageContext(request, b"", console, known)
            contract = request.path_params.get("contract")
            sees = contract is not None and context.permissions.sees(contract)
            facts = console.components.ledger.version(str(contract)) if sees else 0
            body = context.render("long.html", contract, facts=facts, seconds=seconds)
            title = context.words().plain("long.title")
            return context.page(title, body, contract=contract, status=202, again=AGAIN_SECONDS)

        async def handle(request: Request) -> Response:
            if method == "GET" and threads is LONG_THREADS:
                return await console.long_pages.answered(
                    request, lambda: threads.run(answer, request, b""),
                    lambda seconds: THREADS.run(meanwhile, request, seconds),
                )  # fmt: skip
            if method == "POST":
                console.long_pages.forget(request)
            body = await request.body() if method == "POST" else b""
            response: Response = await threads.run(answer, request, body)
            return response

        self._handle = handle
        super().__init__(path, handle, methods=[method], include_in_schema=False)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The function that answers requests of this route."""
        return self._handle


class Pages:
    """The pages of one console."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.routes: list[PageRoute] = []

    def get(
        self, name: str, path: str, *, takes: Sequence[Parameter] = (), open_: bool = False, long: bool = False
    ) -> Callable[[Endpoint], Endpoint]:
        """Declare a view, linked to by ``name``. ``open_``: needs no sign-in; ``long``: may take seconds."""
        self.console.addresses[name] = path
        return self._declare("GET", path, takes, open_, long)

    def post(
        self, path: str, *, takes: Sequence[Parameter] = (), open_: bool = False, long: bool = False, kept: bool = True
    ) -> Callable[[Endpoint], Endpoint]:
        """Declare an action; the form's token is checked before the endpoint is called.

        If ``context.form.is_shown_only``, the endpoint must only show its page with what was typed. This keeps a
        refused form (:mod:`api.console.kept_forms`) and lets it be shown in another language. ``kept`` is false for
        forms into which nothing is typed.
        """
        if kept and not open_:
            self.console.kept_forms.append(compile_path(path)[0])
        return self._declare("POST", path, takes, open_, long)

    def _declare(
        self, method: str, path: str, takes: Sequence[Parameter], open_: bool, long: bool
    ) -> Callable[[Endpoint], Endpoint]:
        if not is_page({"path": path}):  # no browser could sign in
            raise ValueError(f"{path} is no address of a page")

        def declare(endpoint: Endpoint) -> Endpoint:
            threads = LONG_THREADS if long else THREADS
            self.routes.append(PageRoute(path, method, endpoint, self.console, takes, threads))
            if open_:
                self.console.open_paths.add((method, path))
            return endpoint

        return declare
