"""Bearer tokens of an identity provider (OpenID Connect), verified with its published keys.

A token says who somebody is; what they may do is granted here, to the principal connected with the token's subject.
"""

from __future__ import annotations

import time
from json import loads
from pathlib import Path
from threading import Lock

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.principals import Principal, Principals
from api.settings import Oidc
from ledger.domain.errors import Refusal

ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"]  # what is signed with a secret is refused
FRESH_SECONDS, PATIENCE_SECONDS, AGAIN_SECONDS = 600.0, 30.0, 1.0
LEEWAY = 60  # seconds two clocks may differ
MOST_BYTES = 1 << 18


class Tokens:
    """Verifies tokens; keys are fetched when first needed, every ten minutes, and when a new one is named."""

    def __init__(self, provider: Oidc, principals: Principals) -> None:
        self._provider = provider
        self._principals = principals
        self._lock = Lock()
        self._keys: KeySet | None = None
        self._asked = float("-inf")  # when they were last asked for, in vain or not

    def authenticate(self, token: str, *, nonce: str | None = None) -> Principal:
        """The principal that a token was issued to; with ``nonce``, for this very sign-in. Refusal TOKEN_INVALID or
        OIDC_UNREACHABLE.
        """
        claims = self._claims(token)
        expected = self._provider
        given = claims.get("aud")
        audiences = given if isinstance(given, list) else [given]
        now = self._principals.clock() // 1_000_000
        expires, not_before = claims.get("exp"), claims.get("nbf", 0)
        if claims.get("iss") != expected.issuer:
            raise Refusal("TOKEN_INVALID", detail="iss")
        if expected.audience not in audiences:
            raise Refusal("TOKEN_INVALID", detail="aud")
        if not isinstance(expires, int | float) or expires + LEEWAY < now:
            raise Refusal("TOKEN_INVALID", detail="exp")
        if not isinstance(not_before, int | float) or not_before - LEEWAY > now:
            raise Refusal("TOKEN_INVALID", detail="nbf")
        if nonce is not None and claims.get("nonce") != nonce:
            raise Refusal("TOKEN_INVALID", detail="nonce")
        subject = claims.get("sub")
        found = self._principals.of_subject(expected.issuer, subject) if isinstance(subject, str) else None
        if found is None:
            raise Refusal("TOKEN_INVALID", detail="sub")
        return Principal(found.name, found.roles, int((expires + LEEWAY) * 1_000_000))

    def _claims(self, token: str) -> dict[str, object]:
        try:
            return dict(jwt.decode(token, self._current(renew=False), algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError):
            keys = self._current(renew=True)  # perhaps it was signed with a key just published
        try:
            return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError):
            raise Refusal("TOKEN_INVALID", detail="signature") from None

    def _current(self, *, renew: bool) -> KeySet:
        """The keys. Where there are some, one thread at a time fetches newer ones and the others do not wait."""
        held, due = self._keys, PATIENCE_SECONDS if renew else FRESH_SECONDS
        if held is not None and time.monotonic() - self._asked <= due:
            return held
        if not self._lock.acquire(blocking=held is None):
            assert held is not None
            return held
        try:
            if self._keys is None and time.monotonic() - self._asked < AGAIN_SECONDS:
                raise Refusal("OIDC_UNREACHABLE")  # somebody has just found that out
            if self._keys is None or time.monotonic() - self._asked > due:
                self._asked = time.monotonic()
                self._keys = KeySet.import_key_set(loads(self._fetch()))
        except (OSError, httpx.HTTPError, httpx.InvalidURL, JoseError, ValueError, KeyError):
            self._asked = time.monotonic()
            if self._keys is None:
                raise Refusal("OIDC_UNREACHABLE") from None
        finally:
            self._lock.release()
        return self._keys

    def _fetch(self) -> bytes:
        place = self._provider.jwks
        if not place.startswith("https://"):
            return Path(place).read_bytes()
        answer = httpx.get(place, timeout=5.0, follow_redirects=False).raise_for_status()
        if len(answer.content) > MOST_BYTES:
            raise ValueError("the key set is too large")
        return answer.content
