"""What a browser brings beside the address: its cookies, the language and the size of type it chose.

Chinese unless English was chosen by ``lang=en`` in an address, which a cookie then keeps; larger type (大字版) by
``type=large`` in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.types import Scope

from ledger.messages import Language

LANG, TYPE = "lvyue-lang", "lvyue-type"
A_YEAR = 31_536_000  # s
NOT_PAGES = ("/api/", "/docs", "/openapi.json", "/healthz", "/readyz", "/metrics", "/log/")


class Preferences(NamedTuple):
    """The language, and whether type is to be large."""

    lang: Language
    large: bool


def is_page(scope: Scope) -> bool:
    """Is it for a person with a browser? Everything is that is not the API's."""
    return not str(scope["path"]).startswith(NOT_PAGES) and not str(scope["path"]).endswith(".ics")


def wants_html(scope: Scope) -> bool:
    """Does it ask for a page, as browsers do? Whoever asks for anything else gets problem documents as ever."""
    return is_page(scope) and any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def is_secure(scope: Scope) -> bool:
    """Did the browser come over TLS, as far as this server ends it?"""
    return bool(scope["scheme"] == "https")


def session_cookie(scope: Scope) -> str:
    """The name of the cookie that holds the session; over TLS the prefix binds it to this host (RFC 6265bis)."""
    return "__Host-lvyue" if is_secure(scope) else "lvyue"


def cookies(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The cookies of a request; of two of a name the first, which is the more specific one."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                key, equals, text = pair.strip().partition("=")
                if equals:
                    found.setdefault(key, text)
    return found


def set_cookie(scope: Scope, name: str, value: str, *, seconds: int | None = None, strict: bool = True) -> str:
    """A ``Set-Cookie`` header no script can read; without ``seconds`` it goes with the browser's window."""
    parts = [f"{name}={value}", "Path=/", "HttpOnly", f"SameSite={'Strict' if strict else 'Lax'}"]
    parts += [f"Max-Age={seconds}"] if seconds is not None else []
    parts += ["Secure"] if is_secure(scope) else []
    return "; ".join(parts)


def preferences(scope: Scope) -> Preferences:
    """What the address says, else the cookies."""
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    kept = cookies(scope["headers"])
    lang = asked.get("lang", [kept.get(LANG, "")])[0]
    size = asked.get("type", [kept.get(TYPE, "")])[0]
    return Preferences("en" if lang == "en" else "zh", size == "large")


def kept_preferences(scope: Scope, now: Preferences) -> list[str]:
    """The ``Set-Cookie`` headers that keep what the address has just chosen."""
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    found: list[tuple[str, str]] = [(LANG, now.lang)] if "lang" in asked else []
    found += [(TYPE, "large" if now.large else "normal")] if "type" in asked else []
    return [set_cookie(scope, name, value, seconds=A_YEAR, strict=False) for name, value in found]
