"""Documents: files that facts speak of, kept by their digest and shown to who may read the contract."""

from __future__ import annotations

import hashlib
import re
from json import loads

from starlette.responses import Response

from api.call import ACall
from api.rooms import Rooms
from api.routes import Routes
from api.shapes import StoredDocument
from ledger.domain.errors import Refusal
from ledger.domain.fact_values import shown
from ledger.domain.moments import format_utc
from ledger.store import Store
from ledger.store.encoding import encode
from ledger.store.records import keep

CONTENT = "document"  # records of this kind are the files, by SHA-256
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}")
_DIGEST = re.compile("[0-9a-f]{64}")


def documents(rooms: Rooms) -> Routes:
    """The routes of this resource."""
    routes, store = Routes("documents"), rooms.ledger.store

    @routes.post("/contracts/{contract}/documents", "Upload a document", body="application/octet-stream",
                 answer=StoredDocument, status=201, also={200: StoredDocument})  # fmt: skip
    def upload_document(call: ACall, contract: str) -> Response:
        """The body is the file, its `Content-Type` the file's. The answer says what a fact names in `documents`;
        the same file again changes nothing (200)."""
        call.caller.may("attach", contract)
        rooms.known(contract)
        given = call.headers.get("content-type", "")
        media_type = given.partition(";")[0].strip()
        if not _MEDIA_TYPE.fullmatch(media_type):
            raise Refusal("MEDIA_TYPE_UNSUPPORTED", "Content-Type", wanted="application/pdf", given=shown(given))
        if not call.body:
            raise Refusal("DOCUMENT_EMPTY", "body")
        digest = hashlib.sha256(call.body).hexdigest()
        before = store.get(_of(contract), digest)
        if before is not None:
            return call.answer(loads(before), 200)
        at = rooms.ledger.clock()
        described = {
            "sha256": digest, "sm3": hashlib.new("sm3", call.body).hexdigest(), "size": len(call.body),
            "media_type": media_type, "uploaded_at": format_utc(at), "uploaded_by": call.caller.name,
        }  # fmt: skip
        with store.writing() as transaction:
            keep(transaction, CONTENT, digest, call.body, at=at)
            keep(transaction, _of(contract), digest, encode(described), at=at)
        location = f"/api/v1/contracts/{contract}/documents/{digest}"
        return call.answer(described, 201, headers={"Location": location})

    @routes.get("/contracts/{contract}/documents", "The documents of a contract", answer=list[StoredDocument])
    def list_documents(call: ACall, contract: str) -> Response:
        """What was uploaded, by digest."""
        call.caller.may("read", contract)
        rooms.known(contract)
        return call.answer([loads(one.value) for one in store.list(_of(contract))])

    @routes.get("/contracts/{contract}/documents/{sha256}", "A document", kinds=("application/octet-stream",))
    def read_document(call: ACall, contract: str, sha256: str) -> Response:
        """The file itself, to be saved and never shown in place."""
        call.caller.may("read", contract)
        described = store.get(_of(contract), sha256) if _DIGEST.fullmatch(sha256) else None
        content = document_of(store, sha256) if described is not None else None
        if content is None:
            raise Refusal("DOCUMENT_UNKNOWN", "sha256", sha256=shown(sha256))
        headers = {"Content-Disposition": f'attachment; filename="{sha256}"', "ETag": f'"{sha256}"'}
        return Response(content, 200, headers, "application/octet-stream")

    return routes


def document_of(store: Store, sha256: str) -> bytes | None:
    """An uploaded file by its digest; the evidence package asks here for its sources."""
    return store.get(CONTENT, sha256)


def _of(contract: str) -> str:
    return f"document-of {contract}"
