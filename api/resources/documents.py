"""Documents: files that facts speak of, kept by their digest and shown to who may read the contract."""

from __future__ import annotations

import hashlib
import re
from json import loads

from starlette.responses import Response

from api.components import Components
from api.multipart import FORM, read_form
from api.parameters import Parameter, read, text
from api.request_context import Context
from api.routes import Routes
from api.shapes import StoredDocument
from api.tables import listed
from ledger.custody.documents import describe
from ledger.custody.media_types import require_fit
from ledger.domain.errors import Refusal
from ledger.domain.values import quoted

_ABOUT = text("about", 128)
_NAME = text("name", 255)
_BODIES: dict[str, dict[str, object]] = {
    "application/octet-stream": {"type": "string", "format": "binary"},
    FORM: {
        "type": "object", "title": "Upload", "required": ["file"], "additionalProperties": False,
        "properties": {"file": {"type": "string", "format": "binary"}, "about": _ABOUT.schema, "name": _NAME.schema},
    },
}  # fmt: skip
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,63}")
_DIGEST = re.compile("[0-9a-f]{64}")


def documents(components: Components) -> Routes:
    """The routes of this resource."""
    routes, ledger, store = Routes("documents"), components.ledger, components.ledger.store

    @routes.post("/contracts/{contract}/documents", body=_BODIES, answer=StoredDocument, status=201,
                 also={200: StoredDocument}, query=(_ABOUT, _NAME))  # fmt: skip
    def upload_document(context: Context, contract: str) -> Response:
        role = context.permissions.may("attach", contract)
        components.known(contract)
        content, media_type, about, name = _handed_in(context)
        if about is not None:
            if name is None:
                raise Refusal("FIELD_MISSING", "name", missing="name")
            done = ledger.attachments.attach(contract, about, content, name=name, media_type=media_type, by=role,
                                 recorded_by=context.principal.name)  # fmt: skip
        digest = hashlib.sha256(content).hexdigest()
        described = store.get(_of(contract), digest)
        if described is not None:
            fresh = about is not None and not done.repeated
            return context.answer(loads(described), 201 if fresh else 200)
        at = ledger.clock()
        made = describe(content, media_type, context.principal.name, at)
        with store.writing() as transaction:
            ledger.custody.documents.keep(transaction, contract, content, made, at=at)
        location = f"/api/v1/contracts/{contract}/documents/{digest}"
        return context.answer(made, 201, headers={"Location": location})

    @routes.get("/contracts/{contract}/documents", answer=list[StoredDocument], tables=True)
    def list_documents(context: Context, contract: str) -> Response:
        context.permissions.may("read", contract)
        components.known(contract)
        return listed(context, f"documents-{contract}", [loads(one.value) for one in store.list(_of(contract))])

    @routes.get("/contracts/{contract}/documents/{sha256}", kinds=("application/octet-stream",))
    def read_document(context: Context, contract: str, sha256: str) -> Response:
        context.permissions.may("read", contract)
        if not _DIGEST.fullmatch(sha256) or ledger.custody.documents.described(contract, sha256) is None:
            raise Refusal("DOCUMENT_UNKNOWN", "sha256", sha256=quoted(sha256))
        content = ledger.custody.documents.content(sha256)
        headers = {"Content-Disposition": f'attachment; filename="{sha256}"', "ETag": f'"{sha256}"'}
        return Response(content, 200, headers, "application/octet-stream")

    return routes


def _handed_in(context: Context) -> tuple[bytes, str, str | None, str | None]:
    """The file, its media type, what it is about and its name: the body itself, or the file of a form.

    Refusal MEDIA_TYPE_UNSUPPORTED, MEDIA_TYPE_MISMATCH, and those of :func:`api.multipart.read_form`.
    """
    given = context.headers.get("content-type", "")
    media_type, content = given.partition(";")[0].strip(), context.body
    about, name = context.one("about"), context.one("name")
    if media_type.lower() == FORM:
        form = read_form(given, context.body, ("about", "name"))
        content, media_type = form.content, form.media_type
        about = about or _fitting(_ABOUT, form.texts.get("about"))
        name = name or _fitting(_NAME, form.texts.get("name") or (form.filename if about is not None else None))
    if not _MEDIA_TYPE.fullmatch(media_type) or media_type.lower().startswith("multipart/"):
        raise Refusal("MEDIA_TYPE_UNSUPPORTED", "Content-Type", wanted=f"application/pdf, {FORM}", given=quoted(given))
    require_fit(content, media_type, "Content-Type")
    return content, media_type, about, name


def _fitting(parameter: Parameter, given: str | None) -> str | None:
    """A text of the form, as the query parameter of its name would be."""
    return str(read(parameter, given)) if given is not None else None


def _of(contract: str) -> str:
    return f"document-of {contract}"
