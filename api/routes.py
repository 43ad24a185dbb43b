"""How an endpoint is declared: once, with everything its operation in the OpenAPI document says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from api.call import JSON, LONG_THREADS, RUN_IN, TAKES, THREADS, Direct
from api.parameters import Parameter
from api.problems import MEDIA_TYPE
from api.shapes import Problem
from api.threads import Threads

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

HEADERS: dict[str, dict[str, object]] = {
    "If-Match": {"description": "The version this request rests on: the `ETag` read before.",
                 "schema": {"type": "string", "pattern": '^(\\*|(W/)?"[0-9]{1,18}([.][0-9a-z.]{1,60})?")$'}},
    "If-None-Match": {"description": "The `ETag` held; 304 where nothing has changed.",
                      "schema": {"type": "string"}},
    "Idempotency-Key": {"description": "The same key with the same body again answers what was answered first.",
                        "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"}},
    "Accept-Language": {"description": "The language of problems: Chinese (default) or English.",
                        "schema": {"type": "string"}},
    "Last-Event-ID": {"description": "Go on after this event.",
                      "schema": {"type": "string", "pattern": "^[0-9]{1,18}$"}},
    "Prefer": {"description": "`respond-async`: answer 202 at once and build in the background.",
               "schema": {"type": "string"}},
}  # fmt: skip
WHY = {
    400: "The request cannot be read.", 401: "No key, or none that is accepted.", 403: "Not in this role.",
    404: "There is no such thing.", 409: "It cannot be true of what is on record.",
    412: "It has changed meanwhile.", 413: "Too large.", 415: "Another media type is wanted.",
    422: "It says something that cannot be said.", 428: "If-Match is required.", 429: "Too many requests.",
    500: "The server failed.", 503: "Not at the moment.",
}  # fmt: skip
READING, WRITING = (400, 401, 403, 404, 422, 429, 500, 503), (400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503)
_METHODS = {"get": READING, "post": WRITING, "put": WRITING, "delete": READING}


class Routes:
    """The routes of one resource, as a FastAPI router."""

    def __init__(self, tag: str, prefix: str = "/api/v1") -> None:
        self.router = APIRouter(prefix=prefix, tags=[tag], route_class=Direct)

    def get(self, path: str, summary: str, **how: Any) -> Callable[[Endpoint], Endpoint]:
        return self._declare("get", path, summary, **how)

    def post(self, path: str, summary: str, **how: Any) -> Callable[[Endpoint], Endpoint]:
        return self._declare("post", path, summary, **how)

    def put(self, path: str, summary: str, **how: Any) -> Callable[[Endpoint], Endpoint]:
        return self._declare("put", path, summary, **how)

    def delete(self, path: str, summary: str, **how: Any) -> Callable[[Endpoint], Endpoint]:
        return self._declare("delete", path, summary, **how)

    def _declare(
        self, method: str, path: str, summary: str, *, answer: Any = None, status: int = 200,
        also: dict[int, Any] | None = None, query: Sequence[Parameter] = (), headers: Sequence[str] = (),
        body: type[BaseModel] | Sequence[type[BaseModel]] | str | None = None, kinds: Sequence[str] = (JSON,),
        statuses: Sequence[int] = (), open_: bool = False, long: bool = False,
        threads: Threads = THREADS,
    ) -> Callable[[Endpoint], Endpoint]:  # fmt: skip
        """``answer`` is the model of the answer (None: bytes of ``kinds``), ``body`` that of the request."""

        def declare(endpoint: Endpoint) -> Endpoint:
            RUN_IN[endpoint] = LONG_THREADS if long else threads
            TAKES[endpoint] = {parameter.name: parameter for parameter in query}
            codes = sorted({*_METHODS[method], *statuses, *((412, 428) if "If-Match" in headers else ())})
            responses: dict[int | str, dict[str, Any]] = {
                code: {"model": Problem, "description": WHY[code], "content": {MEDIA_TYPE: {}}} for code in codes
            }
            for code in codes:  # FastAPI would show the model as application/json
                responses[code] = {"description": WHY[code], "content": _problem()}
            if answer is None and status != 204:
                plain, binary = {"type": "string"}, {"type": "string", "format": "binary"}
                shown = {kind: {"schema": plain if kind.startswith("text/") else binary} for kind in kinds}
                responses[status] = {"description": summary, "content": shown}
            if "If-None-Match" in headers:
                responses[304] = {"description": "Unchanged."}
            for code, model in (also or {}).items():
                responses[code] = {"model": model, "description": summary}
            self.router.add_api_route(
                path, endpoint, methods=[method.upper()], status_code=status, summary=summary,
                description=(endpoint.__doc__ or summary).strip(), operation_id=endpoint.__name__,
                response_model=answer, response_class=Response if answer is None else JSONResponse,
                responses=responses, openapi_extra=_extra(query, headers, body, open_),
            )  # fmt: skip
            return endpoint

        return declare


def _problem() -> dict[str, Any]:
    return {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _extra(
    query: Sequence[Parameter], headers: Sequence[str], body: Any, open_: bool
) -> dict[str, Any]:
    parameters = [parameter.openapi() for parameter in query]
    for name in (*headers, "Accept-Language"):
        parameters.append({"name": name, "in": "header", "required": False, **HEADERS[name]})
    extra: dict[str, Any] = {"parameters": parameters, "security": [] if open_ else [{"key": []}]}
    if isinstance(body, str):
        schema: dict[str, Any] = {"type": "string", "format": "binary"}
        extra["requestBody"] = {"required": True, "content": {body: {"schema": schema}}}
    elif body is not None:
        models = body if isinstance(body, tuple) else (body,)
        BODIES.update(dict.fromkeys(models))
        references = [{"$ref": f"#/components/schemas/{model.__name__}"} for model in models]
        schema = references[0] if len(references) == 1 else {"oneOf": references}
        extra["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return extra


# The request models, which FastAPI does not see because endpoints read bodies strictly themselves.
BODIES: dict[type[BaseModel], None] = {}
