"""Documents: files that facts speak of, kept by their digest and shown to who may read the contract."""

from __future__ import annotations

import hashlib
import re
from json import loads

from starlette.responses import Response

from api.call import ACall
from api.parameters import text
from api.rooms import Rooms
from api.routes import Routes
from api.shapes import StoredDocument
from ledger.custody.documents import describe
from ledger.domain.errors import Refusal
from ledger.domain.fact_values import shown

_ABOUT = text("about", 128)
_NAME = text("name", 255)
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}")
_DIGEST = re.compile("[0-9a-f]{64}")


def documents(rooms: Rooms) -> Routes:
    """The routes of this resource."""
    routes, ledger, store = Routes("documents"), rooms.ledger, rooms.ledger.store

    @routes.post("/contracts/{contract}/documents", body="application/octet-stream", answer=StoredDocument, status=201,
                 also={200: StoredDocument}, query=(_ABOUT, _NAME))  # fmt: skip
    def upload_document(call: ACall, contract: str) -> Response:
        role = call.caller.may("attach", contract)
        rooms.known(contract)
        given = call.headers.get("content-type", "")
        media_type = given.partition(";")[0].strip()
        if not _MEDIA_TYPE.fullmatch(media_type):
            raise Refusal("MEDIA_TYPE_UNSUPPORTED", "Content-Type", wanted="application/pdf", given=shown(given))
        about, name = call.one("about"), call.one("name")
        if about is not None:
            if name is None:
                raise Refusal("FIELD_MISSING", "name", missing="name")
            done = ledger.attach(contract, about, call.body, name=name, media_type=media_type, by=role,
                                 recorded_by=call.caller.name)  # fmt: skip
        digest = hashlib.sha256(call.body).hexdigest()
        described = store.get(_of(contract), digest)
        if described is not None:
            fresh = about is not None and not done.repeated
            return call.answer(loads(described), 201 if fresh else 200)
        at = ledger.clock()
        made = describe(call.body, media_type, call.caller.name, at)
        with store.writing() as transaction:
            ledger.custody.documents.keep(transaction, contract, call.body, made, at=at)
        location = f"/api/v1/contracts/{contract}/documents/{digest}"
        return call.answer(made, 201, headers={"Location": location})

    @routes.get("/contracts/{contract}/documents", answer=list[StoredDocument])
    def list_documents(call: ACall, contract: str) -> Response:
        call.caller.may("read", contract)
        rooms.known(contract)
        return call.answer([loads(one.value) for one in store.list(_of(contract))])

    @routes.get("/contracts/{contract}/documents/{sha256}", kinds=("application/octet-stream",))
    def read_document(call: ACall, contract: str, sha256: str) -> Response:
        call.caller.may("read", contract)
        described = store.get(_of(contract), sha256) if _DIGEST.fullmatch(sha256) else None
        if described is None:
            raise Refusal("DOCUMENT_UNKNOWN", "sha256", sha256=shown(sha256))
        content = ledger.document(sha256)
        headers = {"Content-Disposition": f'attachment; filename="{sha256}"', "ETag": f'"{sha256}"'}
        return Response(content, 200, headers, "application/octet-stream")

    return routes


def _of(contract: str) -> str:
    return f"document-of {contract}"
