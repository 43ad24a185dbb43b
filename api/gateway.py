"""The gateway around the whole application, through which every request passes.

It gives the request an id, authenticates it, limits its rate and the size and time of its head and body, and refuses
unknown clients before it reads anything of the body. On the way out it adds headers, counts and logs. What a principal
may do is checked by the endpoints (:mod:`api.permissions`).
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import content_encoding
from api.connection import MOST_HEAD, WHOLE
from api.console.context import Console
from api.console.kept_forms import kept_at
from api.console.preferences import cookies, is_page, preferences, session_cookie, wants_html
from api.metrics import Metrics
from api.permissions import Permissions
from api.problems import language
from api.proxies import Proxies
from api.rate_limits import RateLimits, SharedBuckets
from api.refusals import Refusals
from api.settings import Settings
from ledger.domain.errors import Refusal

Authenticate = Callable[[str], Permissions]
Tell = Callable[[Refusal, Scope, Mapping[str, str]], Response]  # a refusal as a page or a problem document

OPEN = {("GET", "/healthz"), ("HEAD", "/healthz"), ("GET", "/readyz"), ("HEAD", "/readyz"), ("POST", "/api/v1/verify")}
CLOSING = frozenset(("BODY_TOO_LARGE", "BODY_TOO_SLOW", "HEAD_TOO_LARGE"))
LARGE_FORM = re.compile(r"/verify|/contract/[^/]+/(?:record|import|facts/[^/]+(?:/[a-z]+)?)")  # files are dropped there
HEALTH = frozenset(("/healthz", "/readyz"))
LARGE = re.compile(r"/api/v1/(?:verify|contracts/[^/]+/(?:documents|imports))")
DOCS = re.compile(r"/docs(?:/.*)?")  # the page without its document: which key is needed, and a library's files
PUBLISHED = re.compile(r"/log/(?:checkpoint|tile/[0-9].*)")  # the log as tiles, without the facts
BASIC = re.compile(r"/(?:openapi\.json|.*\.ics)")  # what a browser or a calendar fetches by itself
ASSETS = "/console/"
DRAIN_BYTES, DRAIN_SECONDS = 8 << 20, 2.0
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_CHALLENGE = (b"www-authenticate", b'Bearer realm="lvyue"')
_ASK_BASIC = (b"www-authenticate", b'Basic realm="lvyue: any user name, your key as password", charset="UTF-8"')
_SECURITY = [
    (b"x-content-type-options", b"nosniff"), (b"x-frame-options", b"DENY"), (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000"), (b"cross-origin-resource-policy", b"same-origin"),
]  # fmt: skip
_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")


class Gateway:
    """The ASGI application as served."""

    def __init__(
        self, app: ASGIApp, settings: Settings, remembered: Callable[[str, float], Permissions | None],
        authenticate: Authenticate, refusals: Refusals, metrics: Metrics, console: Console, tell: Tell,
    ) -> None:  # fmt: skip
        self.app = app
        self._settings = settings
        self._remembered = remembered
        self._authenticate = authenticate
        self._refusals = refusals
        self._metrics = metrics
        self._console = console
        self._tell = tell
        shared = SharedBuckets(settings.shared_limits) if settings.shared_limits is not None else None
        self._limits = RateLimits(settings.rate, settings.burst, "own", shared)
        self._stranger_limits = RateLimits(settings.rate, settings.burst, "stranger", shared)
        self._open_limits = RateLimits(settings.open_rate, settings.open_burst, "open", shared)
        self._proxies = Proxies(settings.proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        given = headers.get(b"x-request-id", "")
        visit = _Visit(scope, send, given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8))
        scope["lvyue.id"], scope["lvyue.lang"] = visit.id, language(headers.get(b"accept-language"))
        if is_page(scope):
            if self._proxies.over_tls((scope.get("client") or ("local", 0))[0], scope["headers"]):
                scope["scheme"] = "https"
            if wants_html(scope):
                scope["lvyue.lang"] = preferences(scope).lang
        try:
            _well_formed(scope)
            await self._admit(scope, headers)
            await self.app(scope, self._bounded(scope, headers, receive), visit.send)
        except Refusal as refused:
            await _drain(receive)
            await self._refuse(refused, scope, visit)
        except ClientDisconnect:
            visit.status = 0  # the client has gone; what was committed stays, the rest never began
        except Exception as error:
            self._metrics.failed(visit.id, error)
            if visit.status not in (0, 500):
                raise  # half an answer is sent: the connection must be closed
            await self._refuse(Refusal("INTERNAL"), scope, visit)
        finally:
            self._metrics.served(scope, visit.id, visit.status, time.perf_counter() - visit.began)

    async def _admit(self, scope: Scope, headers: dict[bytes, str]) -> None:
        """Who is it, and is it their turn? Refusal KEY_MISSING, KEY_INVALID, TOKEN_INVALID or RATE_EXCEEDED."""
        path, now, reads = scope["path"], time.monotonic(), scope["method"] in ("GET", "HEAD")
        if (scope["method"], path) in OPEN:
            if path not in HEALTH:
                _turn(self._open_limits, self._client(scope), now)
            return
        if reads and DOCS.fullmatch(path):
            _turn(self._limits, f"docs {self._client(scope)}", now)
            return
        if reads and self._settings.public_log and PUBLISHED.fullmatch(path):
            _turn(self._limits, f"log {self._client(scope)}", now)
            return
        if b"authorization" not in headers and is_page(scope):
            await self._admit_browser(scope, now)
            return
        token = _token(headers.get(b"authorization", ""), basic=_takes_basic(scope))
        permissions = self._remembered(token, now) if token else None
        if permissions is None:
            try:
                permissions = await self._look_up(token)
            except Refusal:
                # Only requests without a valid key share this limit: a valid key may come from the same address.
                _turn(self._stranger_limits, self._client(scope), now)
                raise
        scope["lvyue.permissions"] = permissions
        _turn(self._limits, permissions.principal.name, now)

    async def _admit_browser(self, scope: Scope, now: float) -> None:
        """The session of a browser's cookie; pages that are open to everybody take whoever comes. Refusal SESSION_OVER
        or RATE_EXCEEDED."""
        cookie = cookies(scope["headers"]).get(session_cookie(scope), "")
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        anybody = (method, scope["path"]) in self._console.open_paths or scope["path"].startswith(ASSETS)
        sessions = self._console.sessions
        try:
            found = sessions.remembered(cookie, now)
            if found is None:
                found = await run_in_threadpool(sessions.find, cookie, now)
        except Refusal as refused:
            limits = self._limits if method == "GET" else self._open_limits
            filled_in = method == "POST" and wants_html(scope) and kept_at(self._console.kept_forms, scope["path"])
            _turn(limits if anybody or filled_in else self._stranger_limits, f"page {self._client(scope)}", now)
            if anybody:
                return
            if filled_in and refused.code == "SESSION_OVER":  # its route answers with a page that keeps what was typed
                scope["lvyue.refused"] = refused
                return
            if cookie or wants_html(scope):
                raise
            raise Refusal("KEY_MISSING", "Authorization") from None
        scope["lvyue.session"], scope["lvyue.permissions"] = found[0], Permissions(found[1])
        _turn(self._limits, found[1].name, now)

    async def _look_up(self, token: str) -> Permissions:
        if not token:
            raise Refusal("KEY_MISSING", "Authorization")
        return await run_in_threadpool(self._authenticate, token)

    def _client(self, scope: Scope) -> str:
        """The address that a request came from, as far as trusted proxies say."""
        return self._proxies.client((scope.get("client") or ("local", 0))[0], scope["headers"])

    def _bounded(self, scope: Scope, headers: dict[bytes, str], receive: Receive) -> Receive:
        """The body, within the limits of size and time."""
        large = LARGE.fullmatch(scope["path"]) or LARGE_FORM.fullmatch(scope["path"])
        most = self._settings.document_limit if large else self._settings.body_limit
        length = headers.get(b"content-length", "0")
        if not length.isdigit() or int(length) > most:
            raise Refusal("BODY_TOO_LARGE", "body", most=most)
        if scope["method"] in ("GET", "HEAD", "DELETE"):
            return receive
        if b"content-encoding" in headers and content_encoding.is_gzip(scope["headers"]):
            scope["lvyue.gzip_most"] = most
        if WHOLE in scope and b"content-length" in headers:
            return receive  # it is here, and no longer than it may be
        seconds = self._settings.body_seconds * (10 if large else 1)
        deadline = time.monotonic() + seconds
        size, done = 0, False

        async def bounded() -> Message:
            nonlocal size, done
            if done:
                return await receive()
            try:
                async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
                    message = await receive()
            except TimeoutError:
                raise Refusal("BODY_TOO_SLOW", "body", seconds=int(seconds)) from None
            size += len(message.get("body", b""))
            done = not message.get("more_body", False)
            if size > most:
                raise Refusal("BODY_TOO_LARGE", "body", most=most)
            return message

        return bounded

    async def _refuse(self, refused: Refusal, scope: Scope, visit: _Visit) -> None:
        if visit.status:
            return  # the answer had begun; nothing can be added to it
        refused = await self._refusals.note(refused, scope)
        headers = {"Connection": "close"} if refused.code in CLOSING else {}
        if refused.code == "ENCODING_UNSUPPORTED":
            headers["Accept-Encoding"] = content_encoding.GZIP
        response = self._tell(refused, scope, headers)
        if response.status_code == 401:
            response.raw_headers.append(_CHALLENGE)
            if _takes_basic(scope):
                response.raw_headers.append(_ASK_BASIC)
        await response(scope, _nothing, visit.send)


class _Visit:
    """The answer to one request on its way out: headers added, status, duration."""

    __slots__ = ("_scope", "_send", "began", "id", "status")

    def __init__(self, scope: Scope, send: Send, id_: str) -> None:
        self._scope = scope
        self._send = send
        self.id = id_
        self.began = time.perf_counter()
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
            if not any(name == b"content-security-policy" for name, _ in headers):
                headers.append(_POLICY)
            message["headers"] = [*headers, *_SECURITY, (b"x-request-id", self.id.encode())]
        await self._send(message)


def _well_formed(scope: Scope) -> None:
    """Raise Refusal HEAD_TOO_LARGE; HEADER_TWICE where a second key or host makes the request ambiguous; HEADER_MISSING
    for HTTP/1.1 without a host (RFC 9112, 3.2).
    """
    size = len(scope["raw_path"]) + len(scope["query_string"])
    keys = hosts = 0
    for name, value in scope["headers"]:
        size += len(name) + len(value)
        keys += name == b"authorization"
        hosts += name == b"host"
    if size > MOST_HEAD:
        raise Refusal("HEAD_TOO_LARGE", "headers", most=MOST_HEAD)
    if keys > 1:
        raise Refusal("HEADER_TWICE", "Authorization", name="Authorization")
    if hosts > 1:
        raise Refusal("HEADER_TWICE", "Host", name="Host")
    if not hosts and scope["http_version"] != "1.0":
        raise Refusal("HEADER_MISSING", "Host", name="Host")


def _turn(limits: RateLimits, who: str, now: float) -> None:
    seconds = limits.wait(who, now)
    if seconds:
        raise Refusal("RATE_EXCEEDED", seconds=seconds)


def _takes_basic(scope: Scope) -> bool:
    """Whether basic credentials are accepted: browsers send them unasked, so they open only pages that change nothing.
    """
    return scope["method"] in ("GET", "HEAD") and BASIC.fullmatch(scope["path"]) is not None


def _token(authorization: str, *, basic: bool) -> str:
    scheme, _, rest = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()[:8192]
    if basic and scheme.lower() == "basic":
        try:
            return base64.b64decode(rest.strip(), validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return ""
    return ""


async def _drain(receive: Receive) -> None:
    """Read a little of a refused body: a client that is still sending it would never see why it was refused."""
    size, end = 0, time.monotonic() + DRAIN_SECONDS
    with suppress(TimeoutError):
        while size < DRAIN_BYTES:
            message = await asyncio.wait_for(receive(), max(0.0, end - time.monotonic()))
            size += len(message.get("body", b""))
            if not message.get("more_body", False):
                return


async def _nothing() -> Any:
    return {"type": "http.disconnect"}
