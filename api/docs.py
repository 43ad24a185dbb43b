"""The OpenAPI document, and a page to read it and try requests, which needs no other server."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from api.request_context import JSON, compress, takes_gzip
from ledger.messages import CATALOGUE, say
from ledger.store.encoding import encode

# Swagger UI styles its elements inline; scripts come from this server only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
PAGE = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"><link rel="icon" href="/docs/assets/favicon.png"></head>
<body><div style="{style}"><p lang="zh">{zh}</p><p lang="en">{en}</p></div>
<div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
"""
STYLE = "max-width:1460px;margin:0 auto;padding:0 20px;font-family:sans-serif;line-height:1.5"
VARY = {"Vary": "Accept-Encoding"}
# Swagger UI writes the type of a union out as "(object | object | …)", once for each of sixty types of fact: here it
# names what there is to choose from, and of many only how many.
START = f"const ONE_OF = {json.dumps(' / '.join(CATALOGUE['document.one-of']))};\n" + """const MOST_NAMED = 4;
const named = part => part.title || part.type || "any";
const strong = (system, said) => system.React.createElement(
  "strong", {className: "json-schema-2020-12__attribute", style: {color: "#3b4151"}}, said);
const Named = () => ({wrapComponents: {JSONSchema202012KeywordType: (Original, system) => props => {
  const schema = props.schema || {}, list = schema.type === "array";
  const choices = ((list ? schema.items : schema) || {}).oneOf;
  const type = ((schema.properties || {}).type || {}).const;
  // a type of fact by its names in both languages
  if (type && schema.description) return strong(system, schema.description.split("（")[0]);
  if (!Array.isArray(choices)) return system.React.createElement(Original, props);
  const many = choices.length > MOST_NAMED;
  const said = many ? ONE_OF.replace("{count}", choices.length) : choices.map(named).join(" | ");
  const shown = list ? `array<${said}>` : said;
  return strong(system, shown);
}}});
window.ui = SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, tryItOutEnabled: true, validatorUrl: null,
  persistAuthorization: false, presets: [SwaggerUIBundle.presets.apis], plugins: [Named], layout: "BaseLayout"
});
"""


def add_docs(app: FastAPI) -> None:
    """Add ``/openapi.json`` and ``/docs``. A browser asks for the key as a password, and the page says so first:
    without the key it shows that sentence only.
    """
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
        zh, en = (escape(say("DOCS_SIGNING_IN", lang)) for lang in ("zh", "en"))
        return HTMLResponse(PAGE.format(title=escape(app.title), style=STYLE, zh=zh, en=en), headers=headers)

    def start() -> Response:
        return Response(START, media_type="text/javascript", headers=headers)

    app.add_api_route("/openapi.json", document, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/docs", page, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/docs/start.js", start, methods=["GET", "HEAD"], include_in_schema=False)
    found = find_spec("fastapi_offline")
    if found is not None and found.origin is not None:
        assets = StaticFiles(directory=Path(found.origin).parent / "static")
        app.mount("/docs/assets", assets, name="assets")
