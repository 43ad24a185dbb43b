"""What was typed into a form that could not be taken: its session had ended, or its token was of an earlier one.

It goes through the sign-in in the page itself, and is then sent once more, only ever as a preview: which button was
pressed is not kept, nor tokens, nor files. Only forms that have a preview are kept, and only what a page of this
console sent, as far as the browser tells (``Sec-Fetch-Site``).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from starlette.responses import Response

from api.console import controls, drafting, forms
from api.console.context import PageContext
from api.console.preferences import session_cookie, set_cookie
from api.console.sessions import form_token
from ledger.domain.errors import Refusal

SIGN_IN = "/sign-in"
PREFIX = "typed."  # before the names of fields that go through the sign-in
NOT_KEPT = {forms.TOKEN, drafting.DO, drafting.SHOWN, controls.MORE, controls.DROP, "key"}
MOST_FIELDS = forms.MOST_FIELDS - 10  # the sign-in has fields of its own
OF_A_FIELD = 250  # bytes around its value, at most, as a browser sends it


class KeptForm(NamedTuple):
    """Where a form goes, which value of DO only shows what it would do there, and its fields."""

    address: str
    preview: str
    fields: list[tuple[str, str]]


def kept_form(context: PageContext) -> KeptForm | None:
    """What was typed into the form that was sent, or goes through this sign-in; None where it is not kept."""
    request = context.request
    if request.method != "POST" or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return None
    if request.url.path == SIGN_IN:
        address = inside(context.one("to", "/"))
        given = [(name[len(PREFIX) :], value) for name, value in context.form.pairs if name.startswith(PREFIX)]
    else:
        address, given = context.address(), list(context.form.pairs)
    preview = preview_at(context.console.previews, address)
    fields = [(name, value) for name, value in given if name not in NOT_KEPT]
    size = sum(len(name.encode()) + len(value.encode()) + OF_A_FIELD for name, value in fields)
    if preview is None or not fields or len(fields) > MOST_FIELDS:
        return None
    return KeptForm(address, preview, fields) if size < context.components.settings.body_limit else None


def preview_at(previews: Mapping[re.Pattern[str], str], address: str) -> str | None:
    """The value of DO that only shows what the form of an address would do; None where no such form is."""
    path = unquote(urlsplit(address).path)
    if "\\" in path or {".", ".."} & set(path.split("/")):  # which a browser would take for another path
        return None
    return next((do for pattern, do in previews.items() if pattern.fullmatch(path)), None)


def not_taken(context: PageContext, refused: Refusal) -> Response:
    """The page that keeps what was typed; raises ``refused`` where that is not kept."""
    kept = kept_form(context)
    if kept is None:
        raise refused
    if context.signed_in is not None:
        return typed_page(context, kept, context.form_token, 403)
    response = sign_in_page(context, status=401 if refused.code == "SESSION_OVER" else 403)
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="lvyue"'  # which RFC 9110, 15.5.2 asks for
    return response


def sign_in_page(context: PageContext, fault: str = "", status: int = 200) -> Response:
    """The form to sign in; a browser without a cookie gets one, so that only this page of ours can send it."""
    name = session_cookie(context.request.scope)
    visitor = context.request.cookies.get(name, "") or secrets.token_urlsafe(32)
    kept = kept_form(context)
    to = kept.address if kept is not None else inside(context.one("to", "/"))
    body = context.render(
        "sign_in.html", fault=fault, provided=context.console.provider is not None, to=to,
        typed=[(PREFIX + field, value) for field, value in kept.fields] if kept is not None else [],
        visitor_token=form_token(visitor),
    )  # fmt: skip
    response = context.page(context.words().plain("sign-in"), body, here="sign-in", status=status)
    if not context.request.cookies.get(name):
        response.headers.append("Set-Cookie", set_cookie(context.request.scope, name, visitor))
    return response


def typed_page(context: PageContext, kept: KeptForm, token: str, status: int = 200) -> Response:
    """What had been typed, in a form that goes to its preview; ``token`` is the one of the session now open."""
    body = context.render("typed.html", kept=kept, token=token, expired=status != 200)
    return context.page(context.words().plain("typed"), body, status=status)


def inside(to: str) -> str:
    """An address of this console, whatever was given: never one of another host."""
    parts = urlsplit(to)
    within = not parts.scheme and not parts.netloc and to.startswith("/") and not to.startswith(("//", "/\\"))
    return to if within and to.isprintable() else "/"
