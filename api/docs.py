"""The document, and a page to read and try it that needs no other server."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from api.call import JSON, compress, takes_gzip
from ledger.store.encoding import encode

# Swagger UI styles its elements inline; scripts come from this server only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"><link rel="icon" href="/docs/assets/favicon.png"></head>
<body><div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
"""
VARY = {"Vary": "Accept-Encoding"}
START = """window.ui = SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, tryItOutEnabled: true, validatorUrl: null,
  persistAuthorization: false, presets: [SwaggerUIBundle.presets.apis], layout: "BaseLayout"
});
"""


def add_docs(app: FastAPI) -> None:
    """``/openapi.json`` and ``/docs``; a browser asks for the key as a password."""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "private, no-cache"}

    @cache
    def made() -> tuple[bytes, bytes]:
        body = encode(app.openapi())
        return body, compress(body)

    def document(request: Request) -> Response:
        body, zipped = made()
        if takes_gzip(request.headers.get("accept-encoding", "")):
            return Response(zipped, 200, headers | VARY | {"Content-Encoding": "gzip"}, JSON)
        return Response(body, 200, headers | VARY, JSON)

    def page() -> Response:
        return HTMLResponse(PAGE.format(title=escape(app.title)), headers=headers)

    def start() -> Response:
        return Response(START, media_type="text/javascript", headers=headers)

    app.add_api_route("/openapi.json", document, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/docs", page, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/docs/start.js", start, methods=["GET", "HEAD"], include_in_schema=False)
    found = find_spec("fastapi_offline")
    if found is not None and found.origin is not None:
        assets = StaticFiles(directory=Path(found.origin).parent / "static")
        app.mount("/docs/assets", assets, name="assets")
