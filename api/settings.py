"""The settings of a server."""

from __future__ import annotations

from dataclasses import dataclass, field

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Oidc:
    """An identity provider: its issuer, our audience, and where its keys (a JWKS, by URL or file) are.

    ``redirect`` is the console's address to come back to, ending in ``/sign-in/back``: with it people sign in there,
    with the audience as client id, and with ``secret`` where the client is a confidential one.
    """

    issuer: str
    audience: str
    jwks: str
    redirect: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits in bytes, requests a second, seconds; ``require_if_match`` refuses unconditional appends (428).

    ``proxies`` are those whose ``X-Forwarded-For`` is trusted, as addresses or networks.
    ``public_log`` serves the log's checkpoint and hashes, never its facts, to anybody.
    ``receivers`` are hosts in networks that are not public which webhooks may call all the same; ``test_receivers``
    lets them call this machine, for tests. ``idle_minutes`` is after how many a session of the console that nobody uses
    ends. ``background`` runs the background tasks: checkpoints, time stamps,
    webhooks. ``shared_limits`` is the descriptor of the file in which the workers of one server count requests and open
    streams.
    """

    body_limit: int = MEBIBYTE
    document_limit: int = 64 * MEBIBYTE
    body_seconds: float = 30.0
    rate: float = 200.0
    burst: float = 400.0
    open_rate: float = 2.0
    open_burst: float = 20.0
    require_if_match: bool = False
    public_log: bool = False
    oidc: Oidc | None = None
    proxies: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    test_receivers: bool = False
    idle_minutes: float = 30.0
    background: bool = True
    logs: bool = True
    shared_limits: int | None = None
