"""One request as an endpoint sees it: who calls, what is asked, the body read strictly; and how to answer."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Coroutine, Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive

from api import content_encoding, strict_json
from api.parameters import Parameter, question, read_query
from api.permissions import Permissions
from api.principals import Principal
from api.threads import Threads
from ledger.bilingual import phrase
from ledger.domain.errors import Refusal
from ledger.domain.values import quoted, unknown_field, within, wrong_type
from ledger.messages import Language
from ledger.service import Question
from ledger.store.encoding import encode

JSON = "application/json"
WORTH_COMPRESSING = 1024  # bytes
# Bare as well as quoted: a shell takes quotes away unasked.
_ETAG = re.compile(r'("?)([0-9]{1,18})(?:[.][0-9a-z.]{1,60})?\1')
_OPAQUE = re.compile(r'("?)([!#-)+-~]{1,80})\1')  # no asterisk: quoted it is a tag, and none of ours
_IDEMPOTENCY = re.compile(r"[!-~]{1,128}")

# Which query parameters each endpoint takes, and the threads it runs in; filled as endpoints are declared.
TAKES: dict[Callable[..., Any], dict[str, Parameter]] = {}
RUN_IN: dict[Callable[..., Any], Threads] = {}
TABULAR: set[Callable[..., Any]] = set()  # endpoints whose answer depends on Accept


class RequestContext:
    """A request that the gateway let pass, and how to answer it."""

    __slots__ = ("body", "headers", "query", "request")

    def __init__(self, request: Request, body: bytes) -> None:
        self.request = request
        self.headers = request.headers
        self.body = body
        known = TAKES.get(request.scope["endpoint"], {})
        raw: bytes = request.scope["query_string"]
        self.query: dict[str, list[Any]] = read_query(raw, known) if raw or known else {}

    @property
    def permissions(self) -> Permissions:
        """What whoever sent the request may do; only open routes have nobody."""
        found: Permissions = self.request.scope["lvyue.permissions"]
        return found

    @property
    def principal(self) -> Principal:
        """Who sent the request."""
        return self.permissions.principal

    @property
    def lang(self) -> Language:
        lang: Language = self.request.scope["lvyue.lang"]
        return lang

    @property
    def question(self) -> Question:
        return question(self.query)

    def one(self, name: str, otherwise: Any = None) -> Any:
        """The only value of a parameter."""
        values = self.query.get(name)
        return values[0] if values else otherwise

    def json(self) -> Any:
        """The body. Refusal MEDIA_TYPE_UNSUPPORTED, or those of :func:`api.strict_json.parse`."""
        given = self.headers.get("content-type", "")
        essence = given.partition(";")[0].strip().lower()
        if essence != JSON:
            raise Refusal("MEDIA_TYPE_UNSUPPORTED", "Content-Type", wanted=JSON, given=quoted(given))
        return strict_json.parse(self.body)

    def fields(self, **known: type) -> dict[str, Any]:
        """The body, an object with these keys and no others. Refusal FIELD_UNKNOWN, FIELD_TYPE, TEXT_FORBIDDEN."""
        given = self.json()
        if not isinstance(given, dict):
            raise within(wrong_type("object", given), "body")
        names = {str: "text", int: "integer", bool: "true/false", list: "list", dict: "object"}
        for key, value in given.items():
            if key not in known:
                raise unknown_field("", key, known)
            if type(value) is not known[key]:
                raise within(wrong_type(names[known[key]], value), key)
            if isinstance(value, str) and "\x00" in value:  # no database keeps it as text
                raise Refusal("TEXT_FORBIDDEN", key, position=value.index("\x00") + 1, character="U+0000")
        return given

    # --- conditions ------------------------------------------------------------------------------

    def expected_version(self) -> int | None:
        """The version in ``If-Match``; None without one and for ``*``. Refusal HEADER_INVALID, HEADER_TWICE."""
        given = self._if_match()
        if given is None or given == "*":
            return None
        matched = _ETAG.fullmatch(given)
        if matched is None:
            raise _header("If-Match", given, "version")
        return int(matched[2])

    def expected_tag(self) -> str | None:
        """The opaque text of ``If-Match``, or ``*``; None without one. Refusal HEADER_INVALID, HEADER_TWICE."""
        given = self._if_match()
        if given is None or given == "*":
            return given
        matched = _OPAQUE.fullmatch(given)
        if matched is None:
            raise _header("If-Match", given, "etag")
        return matched[2]

    def _if_match(self) -> str | None:
        """What ``If-Match`` says; never a weak tag, because it compares strongly (RFC 9110, 13.1.1)."""
        given = self._only("If-Match")
        if given is not None and given.strip().startswith("W/"):
            raise _header("If-Match", given, "strong-etag")
        return given.strip() if given is not None else None

    def _only(self, name: str) -> str | None:
        """A header that may be there once. Refusal HEADER_TWICE."""
        given = self.headers.getlist(name)
        if len(given) > 1:
            raise Refusal("HEADER_TWICE", name, name=name)
        return given[0] if given else None

    def idempotency_key(self) -> str | None:
        """The ``Idempotency-Key``, quoted or not. Refusal HEADER_INVALID, HEADER_TWICE."""
        given = self._only("Idempotency-Key")
        if given is None:
            return None
        bare = given[1:-1] if len(given) > 2 and given[0] == given[-1] == '"' else given
        if not _IDEMPOTENCY.fullmatch(bare):
            raise _header("Idempotency-Key", given, "visible")
        return bare

    def unchanged(self, tag: str) -> bool:
        """Does the client hold this very answer (``If-None-Match``)?"""
        given = self.headers.get("if-none-match")
        if given is None:
            return False
        return given.strip() == "*" or tag in [part.strip().removeprefix("W/") for part in given.split(",")]

    def next_page(self, cursor: str | None) -> dict[str, str]:
        """The ``Link`` header (RFC 8288) of a list that goes on at ``cursor``."""
        if cursor is None:
            return {}
        raw: bytes = self.request.scope["query_string"]
        pairs = [pair for pair in parse_qsl(raw.decode("ascii")) if pair[0] != "cursor"]
        path = quote(self.request.scope["path"])
        return {"Link": f'<{path}?{urlencode([*pairs, ("cursor", cursor)])}>; rel="next"'}

    # --- answering -------------------------------------------------------------------------------

    def answer(
        self, value: object, status: int = 200, *, tag: str | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """``value`` as JSON."""
        return self.send(encode(value), status=status, tag=tag, headers=headers)

    def send(
        self, body: bytes, media_type: str = JSON, *, status: int = 200, tag: str | None = None,
        zipped: bytes | None = None, headers: Mapping[str, str] | None = None,
    ) -> Response:  # fmt: skip
        """``body`` as it is, or gzipped where the client takes that; 304 where it holds it already."""
        added = {"Cache-Control": "private, no-cache" if tag is not None else "no-store"}
        if self.request.scope.get("endpoint") in TABULAR:
            added["Vary"] = "Accept"
        if tag is not None:
            added["ETag"] = tag
            if status == 200 and self.unchanged(tag):
                return Response(None, 304, added)
        if headers:
            added |= headers
        if status == 204:
            return Response(None, 204, added)
        if len(body) >= WORTH_COMPRESSING:
            added["Vary"] = ", ".join(filter(None, (added.get("Vary"), "Accept-Encoding")))
            if takes_gzip(self.headers.get("accept-encoding", "")):
                added["Content-Encoding"] = "gzip"
                body = zipped if zipped is not None else compress(body)
        return Response(body, status, added, media_type)


def stands_at(position: int, current: bool) -> dict[str, str]:
    """The headers of a list made from rows: the position of the last fact it rests on, and whether that is the
    ledger's last and every line that of today."""
    return {"Lvyue-Position": str(position), "Lvyue-Current": "true" if current else "false"}


def compress(body: bytes) -> bytes:
    """Gzipped, the same bytes each time."""
    return gzip.compress(body, 5, mtime=0)


def takes_gzip(accepted: str) -> bool:
    """Does ``Accept-Encoding`` name gzip, with a quality above nothing?"""
    for part in accepted.split(","):
        name, _, rest = part.strip().partition(";")
        if name.strip().lower() == "gzip":
            return rest.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


async def body_of(receive: Receive) -> bytes:
    """A request's body. ClientDisconnect where its client goes before the end."""
    pieces, more = list[bytes](), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        pieces.append(message.get("body", b""))
        more = message.get("more_body", False)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def refuse_unprintable(request: Request) -> None:
    """Refusal PATH_PART_UNUSABLE: a NUL no database takes; the other such characters are no part of any name."""
    for name, value in request.path_params.items():
        if not value.isprintable():
            raise Refusal("PATH_PART_UNUSABLE", name, name=name, value=quoted(value))


def placed(refused: Refusal, expected: int | None = None) -> Refusal:
    """A refusal of the ledger, with the part of the request that it is about where the ledger cannot know it."""
    if refused.code == "VERSION_CONFLICT" and expected is not None:
        refused.field = "If-Match"
    elif refused.code == "FIELD_TYPE" and refused.field is None:
        refused.field = "body"
    return refused


def _header(name: str, given: str, code: str) -> Refusal:
    wanted_zh, wanted = phrase(f"wanted.{code}")
    return Refusal("HEADER_INVALID", name, name=name, value=quoted(given), wanted=wanted, wanted_zh=wanted_zh)


class Direct(APIRoute):
    """A route whose endpoint gets a :class:`RequestContext` and the path's values, in a thread: the store blocks.

    FastAPI reads the endpoint for its document only: solving dependencies for every request costs more than
    answering it.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        endpoint = self.endpoint
        threads = RUN_IN[endpoint]

        def answer(request: Request, body: bytes) -> Response:
            refuse_unprintable(request)
            if "lvyue.gzip_most" in request.scope:
                body = content_encoding.undone(body, request.scope["lvyue.gzip_most"])
            response: Response = endpoint(RequestContext(request, body), **request.path_params)
            return response

        async def handle(request: Request) -> Response:
            body = await body_of(request.receive) if request.method in ("POST", "PUT") else b""
            response: Response = await threads.run(answer, request, body)
            return response

        return handle


def _undocumented() -> None:
    """Keeps the parameter out of the OpenAPI document."""


# What may take seconds waits in a queue of its own, so that it never keeps others from an answer.
THREADS, LONG_THREADS = Threads(12, "answer"), Threads(8, "long")
Context = Annotated[RequestContext, Depends(_undocumented)]
