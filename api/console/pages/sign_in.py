"""Signing in with a key, and out."""

from __future__ import annotations

import time

from starlette.responses import Response

from api.console import forms
from api.console.context import Console, PageContext
from api.console.kept_forms import SIGN_IN, inside, kept_form, sign_in_page, typed_page
from api.console.preferences import session_cookie, set_cookie
from api.console.provider import BACK, COOKIE, SECONDS, Provider
from api.console.routes import Pages
from api.console.sessions import form_token
from api.parameters import text
from api.permissions import MAY
from api.principals import Principal
from ledger import messages
from ledger.domain.errors import Refusal

SIGNED_IN = f"{SIGN_IN}/done"
GO_ON = "go-on"  # the button pressed after signing in in another window
_TO = text("to", 4000, about="console")
_FROM_PROVIDER = tuple(
    text(name, 4000) for name in ("code", "state", "error", "error_description", "error_uri", "iss", "session_state")
)


def sign_in(pages: Pages) -> None:
    """Declares ``/sign-in``, which shows and accepts the form, and ``/sign-out``, which ends the session."""
    console = pages.console
    principals = console.components.principals

    @pages.get("sign-in", "/sign-in", takes=(_TO,), open_=True)
    def show_form(context: PageContext) -> Response:
        return sign_in_page(context)

    @pages.post("/sign-in", takes=(_TO,), open_=True)
    def take_key(context: PageContext) -> Response:
        if context.form.is_shown_only:
            return sign_in_page(context)
        if context.form.one(forms.DO) == GO_ON:
            return sign_in_page(context, messages.say("console.sign-in.not-yet", context.lang), 401)
        try:
            principal = principals.authenticate(context.form.one("key"), time.monotonic())
        except Refusal as refused:
            console.refusals.keep(refused, context.request.scope)
            return sign_in_page(context, messages.say("console.sign-in.wrong", context.lang), 401)
        cookie = console.sessions.begin(principal, context.headers.get("user-agent", ""))
        name = session_cookie(context.request.scope)
        begun = set_cookie(context.request.scope, name, cookie)
        if (kept := kept_form(context)) is None:
            return context.redirect(_first(console, principal, inside(context.one("to", "/"))), [begun])
        response = typed_page(context, kept, form_token(cookie))
        response.headers.append("Set-Cookie", begun)
        return response

    if console.provider is not None:
        _at_provider(pages, console.provider)
    console.addresses["sign-out"] = "/sign-out"

    @pages.post("/sign-out", kept=False)
    def sign_out(context: PageContext) -> Response:
        if context.session is not None:
            console.sessions.end(context.session.principal, context.session.id)
        name = session_cookie(context.request.scope)
        return context.redirect("/sign-in", [set_cookie(context.request.scope, name, "", seconds=0)])


def _first(console: Console, principal: Principal, to: str) -> str:
    """The address after signing in: the first-run page if there is no contract yet and the principal may add one."""
    roles = set(principal.roles.values())
    begins = to == "/" and not console.components.ledger.contracts() and roles & {*MAY["register"], *MAY["administer"]}
    return console.addresses["start"] if begins else to


def _at_provider(pages: Pages, provider: Provider) -> None:
    """Declares the pages that send to the identity provider and receive its answer."""
    console = pages.console

    @pages.get("provider", "/sign-in/provider", takes=(_TO,), open_=True)
    def go_there(context: PageContext) -> Response:
        begun = provider.begin(inside(context.one("to", "/")))
        kept = set_cookie(context.request.scope, COOKIE, begun.cookie, seconds=SECONDS, strict=False)
        return context.redirect(begun.address, [kept])

    @pages.get("signed-in", SIGNED_IN, open_=True)
    def tell_signed_in(context: PageContext) -> Response:
        """The page of the sign-in window, while the other window keeps what was typed."""
        return context.page(context.words().plain("sign-in"), context.render("signed_in.html", to=""))

    @pages.get("provider-back", BACK, takes=_FROM_PROVIDER, open_=True)
    def come_back(context: PageContext) -> Response:
        """A page, not a redirect: browsers withhold the session's cookie on a redirect that began at another site."""
        scope = context.request.scope
        try:
            principal, to = provider.finish(
                context.one("code", ""), context.one("state", ""), context.request.cookies.get(COOKIE, "")
            )
        except Refusal as refused:
            console.refusals.keep(refused, scope)
            return sign_in_page(context, messages.say("console.sign-in.refused", context.lang), 401)
        lasting = Principal(principal.name, principal.roles)
        cookie = console.sessions.begin(lasting, context.headers.get("user-agent", ""))
        words = context.words()
        response = context.page(words.plain("sign-in"), context.render("signed_in.html", to=inside(to)))
        response.headers.append("Set-Cookie", set_cookie(scope, session_cookie(scope), cookie))
        response.headers.append("Set-Cookie", set_cookie(scope, COOKIE, "", seconds=0, strict=False))
        response.headers["Refresh"] = f"0; url={inside(to)}"
        return response
