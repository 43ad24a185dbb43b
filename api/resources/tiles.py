"""The log as tiles (C2SP tlog-tiles): the last checkpoint signed, and the files of hashes and facts under it."""

from __future__ import annotations

from starlette.responses import Response

from api.components import Components
from api.request_context import Context
from api.routes import Routes
from ledger.domain.errors import Refusal
from ledger.domain.values import quoted
from ledger.log.storage import SignedHead
from ledger.log.tiles import ENTRIES, entries, hashes, parse_path

BINARY = "application/octet-stream"


def tiles(components: Components) -> Routes:
    """The routes of this resource."""
    routes, ledger = Routes("evidence", prefix="/log"), components.ledger
    shared = "public" if components.settings.public_log else "private"

    def head() -> SignedHead:
        found = ledger.custody.log.last()
        if found is None:
            raise Refusal("CHECKPOINT_NONE", "size")
        return found

    @routes.get("/checkpoint", kinds=("text/plain",))
    def published_checkpoint(context: Context) -> Response:
        note = str(ledger.custody.log.cosigned(head())).encode()
        return context.send(note, "text/plain; charset=utf-8", headers={"Cache-Control": f"{shared}, max-age=5"})

    @routes.get("/tile/{tile:path}", kinds=(BINARY,))
    def published_tile(context: Context, tile: str) -> Response:
        found, size = parse_path(tile), head().checkpoint.size
        if found is not None and found.level == ENTRIES:
            context.permissions.may_for_all("read")
        if found is None or found.leaves > size:
            raise Refusal("TILE_UNKNOWN", "tile", tile=quoted(tile), size=size)
        facts = found.level == ENTRIES
        content = entries(found, ledger.store) if facts else hashes(found, ledger.custody.log.node())
        kept = f"{'private' if facts else shared}, max-age=31536000, immutable"
        return context.send(content, BINARY, headers={"Cache-Control": kept})

    return routes
