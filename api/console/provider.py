"""Signing in at an identity provider: the authorization code flow of OpenID Connect, with PKCE (RFC 7636).

Offered if the settings name the address to which the provider sends browsers back. State, nonce, verifier and target
are kept meanwhile in the browser, in a cookie valid for ten minutes. Roles are granted in this ledger, to the
principal mapped to the provider's subject, as for tokens (:mod:`api.oidc`).
"""

from __future__ import annotations

import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from hashlib import sha256
from hmac import compare_digest
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import httpx

from api.oidc import MOST_BYTES, Tokens
from api.principals import Principal
from api.settings import Oidc
from ledger.domain.errors import Refusal

COOKIE, SECONDS = "lvyue-provider", 600
FRESH_SECONDS = 600.0
BACK = "/sign-in/back"  # the path that the return address must have
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Begun(NamedTuple):
    """The address to send the browser to, and the cookie it keeps until it returns."""

    address: str
    cookie: str


class Provider:
    """One identity provider. Safe to use from several threads."""

    def __init__(self, settings: Oidc, tokens: Tokens) -> None:
        self._settings, self._tokens = settings, tokens
        self._known: tuple[float, dict[str, str]] | None = None

    def begin(self, to: str) -> Begun:
        """Begin signing in; the browser ends at ``to``. Refusal OIDC_UNREACHABLE."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "response_type": "code", "scope": "openid", "client_id": self._settings.audience, "state": state,
            "redirect_uri": self._settings.redirect, "nonce": nonce, "code_challenge": challenge,
            "code_challenge_method": "S256",
        }  # fmt: skip
        place = self._endpoint("authorization_endpoint")
        kept = json.dumps([state, nonce, verifier, to]).encode()
        return Begun(f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}", urlsafe_b64encode(kept).decode())

    def finish(self, code: str, state: str, cookie: str) -> tuple[Principal, str]:
        """The principal that returned with a code, and the target. Refusal TOKEN_INVALID, OIDC_UNREACHABLE."""
        try:
            expected, nonce, verifier, to = json.loads(urlsafe_b64decode(cookie.encode()))
        except (ValueError, BadBase64):
            raise Refusal("TOKEN_INVALID", detail="state") from None
        if not compare_digest(str(expected), state):
            raise Refusal("TOKEN_INVALID", detail="state")
        return self._tokens.authenticate(self._id_token(code, str(verifier)), nonce=str(nonce)), str(to)

    def _id_token(self, code: str, verifier: str) -> str:
        given = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self._settings.redirect,
            "client_id": self._settings.audience, "code_verifier": verifier,
        }  # fmt: skip
        secret = {"client_secret": self._settings.secret} if self._settings.secret else {}
        try:
            answer = httpx.post(self._endpoint("token_endpoint"), data=given | secret, timeout=10.0)
            token = _object(answer).get("id_token") if answer.is_success else None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise Refusal("OIDC_UNREACHABLE") from None
        if not isinstance(token, str):
            raise Refusal("TOKEN_INVALID", detail="code")
        return token

    def _endpoint(self, name: str) -> str:
        """An endpoint from the provider's metadata (OpenID Connect Discovery), refreshed every ten minutes."""
        if self._known is None or time.monotonic() - self._known[0] > FRESH_SECONDS:
            try:
                where = f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration"
                found = _object(httpx.get(_allowed(where), timeout=5.0).raise_for_status())
            except (httpx.HTTPError, httpx.InvalidURL, ValueError):
                raise Refusal("OIDC_UNREACHABLE") from None
            if found.get("issuer") != self._settings.issuer:
                raise Refusal("OIDC_UNREACHABLE")
            self._known = (time.monotonic(), {key: one for key, one in found.items() if isinstance(one, str)})
        try:
            return _allowed(self._known[1][name])
        except (KeyError, ValueError):
            raise Refusal("OIDC_UNREACHABLE") from None


def _allowed(place: str) -> str:
    """The address, if it is https or on this machine. Raises ValueError for any other."""
    parts = urlsplit(place)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise ValueError(place)
    return place


def _object(answer: httpx.Response) -> dict[str, Any]:
    if len(answer.content) > MOST_BYTES:
        raise ValueError("too large")
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found
