"""How an endpoint is declared: once, with everything its operation in the OpenAPI document says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from api.parameters import Parameter
from api.problems import MEDIA_TYPE
from api.request_context import JSON, LONG_THREADS, RUN_IN, TABULAR, TAKES, THREADS, Direct
from api.threads import Threads
from api.wording import line, paragraphs
from ledger.exporters import FORMS

Body = type[BaseModel] | Sequence[type[BaseModel]] | Mapping[str, dict[str, Any]] | str | None
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

VERSION, PRINCIPAL = "[0-9]{1,18}([.][0-9a-z.]{1,60})?", "[0-9a-f]{16}"  # what ETags hold
HEADERS: dict[str, dict[str, str]] = {
    "If-None-Match": {"type": "string"},
    "Idempotency-Key": {"type": "string", "pattern": "^[!-~]{1,128}$"},
    "Accept-Language": {"type": "string"},
    "Last-Event-ID": {"type": "string", "pattern": "^[0-9]{1,18}(-[0-9]{1,18})?$"},
    "Prefer": {"type": "string"},
}
STANDS = {"Lvyue-Position": {"type": "integer", "minimum": 0}, "Lvyue-Current": {"type": "boolean"}}
READING, WRITING = (400, 401, 403, 404, 422, 429, 500, 503), (400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503)
_METHODS = {"get": READING, "post": WRITING, "put": WRITING, "delete": READING}


class Routes:
    """The routes of one resource, as a FastAPI router. What the document says of each is in the catalogue, at
    ``api.`` and the name of its endpoint."""

    def __init__(self, tag: str, prefix: str = "/api/v1") -> None:
        self.router = APIRouter(prefix=prefix, tags=[tag], route_class=Direct)

    def get(self, path: str, **how: Any) -> Callable[[Endpoint], Endpoint]:
        return self._declare("get", path, **how)

    def post(self, path: str, **how: Any) -> Callable[[Endpoint], Endpoint]:
        return self._declare("post", path, **how)

    def put(self, path: str, **how: Any) -> Callable[[Endpoint], Endpoint]:
        return self._declare("put", path, **how)

    def delete(self, path: str, **how: Any) -> Callable[[Endpoint], Endpoint]:
        return self._declare("delete", path, **how)

    def _declare(
        self, method: str, path: str, *, answer: Any = None, status: int = 200,
        also: dict[int, Any] | None = None, query: Sequence[Parameter] = (), headers: Sequence[str] = (),
        body: Body = None, kinds: Sequence[str] = (JSON,),
        statuses: Sequence[int] = (), open_: bool = False, long: bool = False,
        threads: Threads = THREADS, tag: str = VERSION,
        tables: bool = False, stands: bool = False,
    ) -> Callable[[Endpoint], Endpoint]:  # fmt: skip
        """``answer`` is the model of the answer (None: bytes of ``kinds``), ``body`` that of the request, or schemas
        by media type. ``tables``: the answer is a list that may also be had as a table (:mod:`api.tables`).
        ``stands``: it says at which position it stands (:func:`api.request_context.stands_at`)."""

        def declare(endpoint: Endpoint) -> Endpoint:
            RUN_IN[endpoint] = LONG_THREADS if long else threads
            TAKES[endpoint] = {parameter.name: parameter for parameter in query}
            codes = sorted({*_METHODS[method], *statuses, *((412, 428) if "If-Match" in headers else ())})
            responses: dict[int | str, dict[str, Any]] = {
                code: {"description": paragraphs(f"api.status.{code}"), "content": _problem()} for code in codes
            }  # of a model FastAPI would say that it is application/json
            if answer is None and status != 204:
                plain, binary = {"type": "string"}, {"type": "string", "format": "binary"}
                shown = {kind: {"schema": plain if kind.startswith("text/") else binary} for kind in kinds}
                responses[status] = {"content": shown}
            if tables:
                TABULAR.add(endpoint)
                responses[status] = {"content": {
                    kind: {"schema": {"type": "string"} if form == "csv" else {"type": "string", "format": "binary"}}
                    for form, kind in FORMS.items()
                }}  # fmt: skip
            if stands:
                responses.setdefault(status, {})["headers"] = {
                    name: {"description": paragraphs(f"api.header.{name}"), "schema": schema}
                    for name, schema in STANDS.items()
                }  # fmt: skip
            if "If-None-Match" in headers:
                responses[304] = {"description": paragraphs("api.status.304")}
            for code, model in (also or {}).items():
                said = "api.status.200.again" if code == 200 else f"api.status.{code}"
                responses[code] = {"model": model, "description": paragraphs(said)}
            name = endpoint.__name__
            self.router.add_api_route(
                path, endpoint, methods=[method.upper()], status_code=status, summary=line(f"api.{name}"),
                description=paragraphs(f"api.{name}.more"), operation_id=name,
                response_description=paragraphs(f"api.status.{status}"),
                response_model=answer, response_class=Response if answer is None else JSONResponse,
                responses=responses, openapi_extra=_extra(query, headers, body, open_, tag),
            )  # fmt: skip
            return endpoint

        return declare


def _problem() -> dict[str, Any]:
    return {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def _extra(
    query: Sequence[Parameter], headers: Sequence[str], body: Any, open_: bool, tag: str
) -> dict[str, Any]:
    parameters = [parameter.openapi() for parameter in query]
    # If-Match is quoted or bare, as api.request_context reads it.
    schemas = HEADERS | {"If-Match": {"type": "string", "pattern": f'^(\\*|"{tag}"|{tag})$'}}
    for name in (*headers, "Accept-Language"):
        parameters.append({"name": name, "in": "header", "required": False,
                           "description": paragraphs(f"api.header.{name}"), "schema": schemas[name]})  # fmt: skip
    extra: dict[str, Any] = {"parameters": parameters, "security": [] if open_ else [{"key": []}]}
    if isinstance(body, str):
        schema: dict[str, Any] = {"type": "string", "format": "binary"}
        extra["requestBody"] = {"required": True, "content": {body: {"schema": schema}}}
    elif isinstance(body, Mapping):
        extra["requestBody"] = {"required": True, "content": {kind: {"schema": of} for kind, of in body.items()}}
    elif body is not None:
        models = body if isinstance(body, tuple) else (body,)
        BODIES.update(dict.fromkeys(models))
        references = [{"$ref": f"#/components/schemas/{model.__name__}"} for model in models]
        schema = references[0] if len(references) == 1 else {"oneOf": references}
        extra["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return extra


# The request models, which FastAPI does not see because endpoints read bodies strictly themselves.
BODIES: dict[type[BaseModel], None] = {}
