"""Bearer tokens of an identity provider (OpenID Connect), verified with its published keys.

A token says who somebody is; what they may do is granted here, to the principal its subject was tied to.
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
FRESH_SECONDS, PATIENCE_SECONDS = 600.0, 30.0
LEEWAY = 60  # seconds two clocks may differ
MOST_BYTES = 1 << 18


class Tokens:
    """Verifies tokens; keys are fetched when first needed, every ten minutes, and when a new one is named."""

    def __init__(self, provider: Oidc, principals: Principals) -> None:
        self._provider = provider
        self._principals = principals
        self._lock = Lock()
        self._keys: KeySet | None = None
        self._fetched = 0.0

    def authenticate(self, token: str) -> Principal:
        """The principal a token was issued to. Refusal TOKEN_INVALID or OIDC_UNREACHABLE."""
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
        with self._lock:
            age = time.monotonic() - self._fetched
            if self._keys is None or age > (PATIENCE_SECONDS if renew else FRESH_SECONDS):
                try:
                    self._keys = KeySet.import_key_set(loads(self._fetch()))
                    self._fetched = time.monotonic()
                except (OSError, httpx.HTTPError, httpx.InvalidURL, JoseError, ValueError, KeyError):
                    if self._keys is None:
                        raise Refusal("OIDC_UNREACHABLE") from None
            return self._keys

    def _fetch(self) -> bytes:
        place = self._provider.jwks
        if not place.startswith("https://"):
            return Path(place).read_bytes()
        answer = httpx.get(place, timeout=5.0, follow_redirects=False).raise_for_status()
        if len(answer.content) > MOST_BYTES:
            raise ValueError("the key set is too large")
        return answer.content
