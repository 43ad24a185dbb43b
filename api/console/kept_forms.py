"""Keeps what was typed into a form that was refused because its session had ended or its token was out of date.

The fields travel through the sign-in inside the page, so the server stores nothing, and are then sent again only to be
shown in their form (:data:`api.console.forms.SHOW`). Not kept are the button pressed, tokens, and files, of which only
the names are shown. An identity provider signs in in a window of its own, while this page stays open. Only forms sent
by a page of this console are kept, as far as the browser tells (``Sec-Fetch-Site``), and only as much as the sign-in
accepts.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import unquote, urlencode, urlsplit

from starlette.responses import Response

from api.console import controls, documents_dropped, drafting, forms
from api.console.context import PageContext
from api.console.preferences import session_cookie, set_cookie
from api.console.sessions import form_token
from ledger.domain.errors import Refusal

SIGN_IN = "/sign-in"
PREFIX = "typed."  # prefix of fields that go through the sign-in
NOT_KEPT = {forms.TOKEN, forms.DO, drafting.SHOWN, controls.MORE, controls.DROP}
MOST_FIELDS = forms.MOST_FIELDS - 10  # less the fields of the sign-in itself
UNTOLD = {drafting.ONCE, documents_dropped.KEPT, forms.LEFT}  # fields that were not typed
OF_A_FIELD = 250  # most bytes that a browser adds around a value
OF_THE_SIGN_IN = 1024  # most bytes of the sign-in's own fields


class KeptForm(NamedTuple):
    """A form's address and its fields, including names of files left out; ``too_large``: no fields were kept."""

    address: str
    fields: list[tuple[str, str]]
    too_large: bool = False


def kept_form(context: PageContext) -> KeptForm | None:
    """The fields of the form just sent, or of the form going through this sign-in; None if not kept."""
    request = context.request
    if request.method != "POST" or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return None
    if request.url.path == SIGN_IN:
        address = inside(context.one("to", "/"))
        given = [(name[len(PREFIX) :], value) for name, value in context.form.pairs if name.startswith(PREFIX)]
    else:
        address = context.address()
        given = [*context.form.pairs, *((forms.LEFT, one.name) for one in context.form.files)]
    if not kept_at(context.console.kept_forms, address) or (request.url.path == SIGN_IN and not given):
        return None
    fields = [(name, value) for name, value in given if name not in NOT_KEPT]
    size = OF_THE_SIGN_IN + sum(len(name.encode()) + len(value.encode()) + OF_A_FIELD for name, value in fields)
    if len(fields) > MOST_FIELDS or size > context.components.settings.body_limit:
        return KeptForm(address, [], too_large=True)
    return KeptForm(address, fields)


def kept_at(kept_forms: Iterable[re.Pattern[str]], address: str) -> bool:
    """Whether forms sent to an address are kept."""
    path = unquote(urlsplit(address).path)
    if "\\" in path or {".", ".."} & set(path.split("/")):  # which a browser would take for another path
        return False
    return any(pattern.fullmatch(path) for pattern in kept_forms)


def not_taken(context: PageContext, refused: Refusal) -> Response:
    """The page that keeps what was typed; raises ``refused`` if it cannot be kept."""
    kept = kept_form(context)
    if kept is None:
        raise refused
    if context.signed_in is not None:
        elsewhere = context.request.url.path == SIGN_IN  # signed in meanwhile in another window
        return typed_page(context, kept, context.form_token, 200 if elsewhere else 403)
    response = sign_in_page(context, status=401 if refused.code == "SESSION_OVER" else 403)
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="lvyue"'  # which RFC 9110, 15.5.2 asks for
    return response


def sign_in_page(context: PageContext, fault: str = "", status: int = 200) -> Response:
    """The sign-in form; a browser without a cookie gets one, so that only this page can send the form."""
    name = session_cookie(context.request.scope)
    visitor = context.request.cookies.get(name, "") or secrets.token_urlsafe(32)
    kept = kept_form(context)
    to = kept.address if kept is not None else inside(context.one("to", "/"))
    body = context.render(
        "sign_in.html", fault=fault, provided=context.console.provider is not None, to=to, kept=kept,
        typed=[(PREFIX + field, value) for field, value in kept.fields] if kept is not None else [],
        visitor_token=form_token(visitor), most=context.components.settings.body_limit // 1024,
    )  # fmt: skip
    title = context.words().plain("sign-in")
    response = context.page(title, body, here="sign-in", status=status, filled="post", at=sign_in_address(to))
    if not context.request.cookies.get(name):
        response.headers.append("Set-Cookie", set_cookie(context.request.scope, name, visitor))
    return response


def typed_page(context: PageContext, kept: KeptForm, token: str, status: int = 200) -> Response:
    """The fields typed, in a form sent back to its page; ``token`` is that of the present session."""
    most = context.components.settings.body_limit // 1024
    body = context.render(
        "typed.html", kept=kept, token=token, expired=status != 200, most=most,
        shown=[value for name, value in kept.fields if value.strip() and name not in UNTOLD],
        left=[value for name, value in kept.fields if name == forms.LEFT],
    )  # fmt: skip
    title = context.words().plain("typed")
    return context.page(title, body, status=status, filled="post", enter="do=show", at=kept.address)


def sign_in_address(to: str) -> str:
    return SIGN_IN + (f"?{urlencode({'to': to})}" if to != "/" else "")


def inside(to: str) -> str:
    """The address given if it is one of this console, else its home page: never another host."""
    parts = urlsplit(to)
    within = not parts.scheme and not parts.netloc and to.startswith("/") and not to.startswith(("//", "/\\"))
    return to if within and to.isprintable() else "/"
