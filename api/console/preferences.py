"""A browser's settings: its cookies, and the language and type size it chose.

The language is Chinese unless ``lang=en`` in an address chose English, which a cookie then keeps; ``type=large``
chooses larger type (大字版) in the same way.
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
    """The language, and whether the type is large."""

    lang: Language
    large: bool


def is_page(scope: Scope) -> bool:
    """Whether a path is a page of the console, that is none of the API's."""
    return not str(scope["path"]).startswith(NOT_PAGES) and not str(scope["path"]).endswith(".ics")


def wants_html(scope: Scope) -> bool:
    """Whether the request accepts HTML, as browsers do; other clients get errors as problem documents."""
    return is_page(scope) and any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def is_secure(scope: Scope) -> bool:
    """Whether the browser's connection uses TLS, as far as this server can tell."""
    return bool(scope["scheme"] == "https")


def session_cookie(scope: Scope) -> str:
    """The name of the session's cookie; over TLS its prefix binds it to this host (RFC 6265bis)."""
    return "__Host-lvyue" if is_secure(scope) else "lvyue"


def cookies(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The cookies of a request; of two with one name the first, which is the more specific."""
    found: dict[str, str] = {}
    for name, value in headers:
        if name == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                key, equals, text = pair.strip().partition("=")
                if equals:
                    found.setdefault(key, text)
    return found


def set_cookie(scope: Scope, name: str, value: str, *, seconds: int | None = None, strict: bool = True) -> str:
    """A ``Set-Cookie`` header for an HttpOnly cookie; without ``seconds`` it lasts as long as the browser's session."""
    parts = [f"{name}={value}", "Path=/", "HttpOnly", f"SameSite={'Strict' if strict else 'Lax'}"]
    parts += [f"Max-Age={seconds}"] if seconds is not None else []
    parts += ["Secure"] if is_secure(scope) else []
    return "; ".join(parts)


def preferences(scope: Scope) -> Preferences:
    """The settings in the address, else those in the cookies."""
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    kept = cookies(scope["headers"])
    lang = asked.get("lang", [kept.get(LANG, "")])[0]
    size = asked.get("type", [kept.get(TYPE, "")])[0]
    return Preferences("en" if lang == "en" else "zh", size == "large")


def kept_preferences(scope: Scope, now: Preferences) -> list[str]:
    """The ``Set-Cookie`` headers that keep the settings chosen in the address."""
    asked = parse_qs(scope["query_string"].decode("latin-1"))
    found: list[tuple[str, str]] = [(LANG, now.lang)] if "lang" in asked else []
    found += [(TYPE, "large" if now.large else "normal")] if "type" in asked else []
    return [set_cookie(scope, name, value, seconds=A_YEAR, strict=False) for name, value in found]
