"""Signing in with a key, and out."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.responses import Response

from api.console.context import PageContext
from api.console.preferences import session_cookie, set_cookie
from api.console.provider import BACK, COOKIE, SECONDS, Provider
from api.console.routes import Pages
from api.console.sessions import form_token
from api.parameters import text
from api.principals import Principal
from ledger import messages
from ledger.domain.errors import Refusal

_TO = text("to", 4000, about="console")
_FROM_PROVIDER = tuple(
    text(name, 4000) for name in ("code", "state", "error", "error_description", "error_uri", "iss", "session_state")
)


def sign_in(pages: Pages) -> None:
    """``/sign-in`` shows the form and takes it; ``/sign-out`` ends the session."""
    console = pages.console
    principals = console.components.principals

    def form(context: PageContext, fault: str = "", status: int = 200) -> Response:
        """The form; a browser without a cookie gets one, so that only this page of ours can send it."""
        name = session_cookie(context.request.scope)
        visitor = context.request.cookies.get(name, "") or secrets.token_urlsafe(32)
        provided = console.provider is not None
        body = context.render("sign_in.html", fault=fault, provided=provided, to=_inside(context.one("to", "/")),
                              visitor_token=form_token(visitor))  # fmt: skip
        response = context.page(context.words().plain("sign-in"), body, here="sign-in", status=status)
        if name not in context.request.cookies:
            response.headers.append("Set-Cookie", set_cookie(context.request.scope, name, visitor))
        return response

    @pages.get("sign-in", "/sign-in", takes=(_TO,), open_=True)
    def show_form(context: PageContext) -> Response:
        return form(context)

    @pages.post("/sign-in", takes=(_TO,), open_=True)
    def take_key(context: PageContext) -> Response:
        try:
            principal = principals.authenticate(context.form.one("key"), time.monotonic())
        except Refusal as refused:
            console.refusals.keep(refused, context.request.scope)
            return form(context, messages.say("console.sign-in.wrong", context.lang), 401)
        cookie = console.sessions.begin(principal, context.headers.get("user-agent", ""))
        name = session_cookie(context.request.scope)
        return context.redirect(_inside(context.one("to", "/")), [set_cookie(context.request.scope, name, cookie)])

    if console.provider is not None:
        _at_provider(pages, console.provider, form)
    console.addresses["sign-out"] = "/sign-out"

    @pages.post("/sign-out")
    def sign_out(context: PageContext) -> Response:
        if context.session is not None:
            console.sessions.end(context.session.principal, context.session.id)
        name = session_cookie(context.request.scope)
        return context.redirect("/sign-in", [set_cookie(context.request.scope, name, "", seconds=0)])


def _at_provider(pages: Pages, provider: Provider, form: Callable[[PageContext, str, int], Response]) -> None:
    """Signing in at the identity provider, and coming back."""
    console = pages.console

    @pages.get("provider", "/sign-in/provider", takes=(_TO,), open_=True)
    def go_there(context: PageContext) -> Response:
        begun = provider.begin(_inside(context.one("to", "/")))
        kept = set_cookie(context.request.scope, COOKIE, begun.cookie, seconds=SECONDS, strict=False)
        return context.redirect(begun.address, [kept])

    @pages.get("provider-back", BACK, takes=_FROM_PROVIDER, open_=True)
    def come_back(context: PageContext) -> Response:
        """A page and not a redirect: the session's cookie is not sent on a way that began at another site."""
        scope = context.request.scope
        try:
            principal, to = provider.finish(
                context.one("code", ""), context.one("state", ""), context.request.cookies.get(COOKIE, "")
            )
        except Refusal as refused:
            console.refusals.keep(refused, scope)
            return form(context, messages.say("console.sign-in.refused", context.lang), 401)
        lasting = Principal(principal.name, principal.roles)
        cookie = console.sessions.begin(lasting, context.headers.get("user-agent", ""))
        words = context.words()
        response = context.page(words.plain("sign-in"), context.render("signed_in.html", to=_inside(to)))
        response.headers.append("Set-Cookie", set_cookie(scope, session_cookie(scope), cookie))
        response.headers.append("Set-Cookie", set_cookie(scope, COOKIE, "", seconds=0, strict=False))
        response.headers["Refresh"] = f"0; url={_inside(to)}"
        return response


def _inside(to: str) -> str:
    """An address of this console, whatever was given: never one of another host."""
    parts = urlsplit(to)
    inside = not parts.scheme and not parts.netloc and to.startswith("/") and not to.startswith(("//", "/\\"))
    return to if inside and to.isprintable() else "/"
