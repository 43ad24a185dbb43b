"""Style sheet, script and icon: served without signing in, cached by browsers until they change."""

from __future__ import annotations

from starlette.responses import Response

from api.console import assets
from api.console.context import PageContext
from api.console.routes import Pages
from api.request_context import WORTH_COMPRESSING, compress, takes_gzip
from ledger.domain.errors import Refusal
from ledger.domain.values import quoted


def static(pages: Pages) -> None:
    @pages.get("asset", "/console/{digest}/{name}", open_=True)
    def asset(context: PageContext, digest: str, name: str) -> Response:
        content = assets.content(name)
        if content is None:
            raise Refusal("ROUTE_UNKNOWN", "path", path=quoted(context.request.url.path))
        same = digest == assets.digest(name)
        headers = {"Cache-Control": "public, max-age=31536000, immutable" if same else "no-cache",
                   "Vary": "Accept-Encoding"}  # fmt: skip
        if len(content) >= WORTH_COMPRESSING and takes_gzip(context.headers.get("accept-encoding", "")):
            content, headers["Content-Encoding"] = compress(content), "gzip"
        return Response(content, 200, headers, assets.NAMES[name])
