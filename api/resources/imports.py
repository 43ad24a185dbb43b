"""Imports: files and feeds that become drafts, looked at, changed, recorded as facts or discarded (SPEC 8).

A monitoring system posts here as it would to any webhook, with a key; what it tells waits until somebody confirms it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from starlette.responses import Response

from api.components import Components
from api.multipart import FORM, read_form
from api.parameters import choice, matching, number, text
from api.request_context import Context, RequestContext, placed
from api.resources.facts import recorded_answer
from api.routes import Routes
from api.shapes import DraftImport, DraftImportShort, ImportPreview, RecordedJson
from api.shapes.bodies import AmendedCells
from api.tables import listed
from ledger.domain.errors import Refusal
from ledger.domain.fact import ROLES
from ledger.domain.values import quoted
from ledger.imports import IMPORT_KINDS, ImportOptions, Imports

_KIND = replace(choice("kind", *IMPORT_KINDS, about="imports"), required=True)
_NAME = text("name", 255)
_TYPE = text("type", 100, about="imports")
_ACTOR = choice("actor", *ROLES)
_DAY = text("on", 40)
_INSTALMENT = number("instalment", 0, 10**6)
_SKIP = replace(text("skip", 200, about="imports"), most=100)
_RESOLUTION = matching("resolution", "^[0-9]{1,6}([.][0-9]{1,6})?$", "seconds")
_ROW = replace(number("row", 1, 10**6), most=200)
_FILE: dict[str, object] = {"type": "string", "format": "binary"}
_BODIES: dict[str, dict[str, object]] = {
    "application/octet-stream": _FILE,
    "application/json": {
        "type": "object", "title": "AlertmanagerNotification", "required": ["version", "alerts"],
        "properties": {"version": {"const": "4"}, "alerts": {"type": "array", "items": {"type": "object"}}},
    },
    FORM: {"type": "object", "title": "ImportUpload", "required": ["file"], "additionalProperties": False,
           "properties": {"file": _FILE}},
}  # fmt: skip


def imports(components: Components) -> Routes:
    """The routes of this resource."""
    routes, ledger = Routes("imports"), components.ledger

    def of_role(context: RequestContext, contract: str, action: str = "record") -> Imports:
        """The imports of the caller's own role; no other role sees them."""
        role = context.permissions.may(action, contract)
        components.known(contract)
        return ledger.imports.of(role)

    @routes.post("/contracts/{contract}/imports", body=_BODIES, answer=DraftImport, status=201,
                 also={200: DraftImport}, long=True,
                 query=(_KIND, _NAME, _DAY, _INSTALMENT, _TYPE, _ACTOR, _SKIP, _RESOLUTION))  # fmt: skip
    def make_import(context: Context, contract: str) -> Response:
        role, kept = context.permissions.may("record", contract), of_role(context, contract)
        kind, (content, name) = context.one("kind"), _handed_in(context)
        held = {one["id"] for one in kept.listed(contract)}
        made = kept.draft(contract, kind, content, name=context.one("name") or name or kind,
                          asked=_options(context, role), made_by=context.principal.name)  # fmt: skip
        headers = {"Location": f"/api/v1/contracts/{contract}/imports/{made['id']}"}
        fresh = made["id"] not in held and bool(made["rows"])
        return context.answer(made, 201 if fresh else 200, headers=headers if made["rows"] else None)

    @routes.get("/contracts/{contract}/imports", answer=list[DraftImportShort], tables=True)
    def list_imports(context: Context, contract: str) -> Response:
        kept = of_role(context, contract, "read")
        return listed(context, f"imports-{contract}", kept.listed(contract))

    @routes.get("/contracts/{contract}/imports/{imported}", answer=DraftImport)
    def read_import(context: Context, contract: str, imported: str) -> Response:
        kept = of_role(context, contract, "read")
        return context.answer(kept.read(contract, imported))

    @routes.put("/contracts/{contract}/imports/{imported}/rows/{row}", body=AmendedCells, answer=DraftImport)
    def amend_draft(context: Context, contract: str, imported: str, row: str) -> Response:
        kept = of_role(context, contract)
        cells = context.json()
        if not isinstance(cells, dict):
            raise Refusal("JSON_NOT_OBJECT", "body", found=quoted(cells))
        return context.answer(kept.amend(contract, imported, _row(row), cells))

    @routes.post("/contracts/{contract}/imports/{imported}/preview", answer=ImportPreview, query=(_ROW,), long=True)
    def preview_import(context: Context, contract: str, imported: str) -> Response:
        kept = of_role(context, contract, "read")
        count, effects = ledger.preview(contract, kept.envelopes(contract, imported, _rows(context)))
        return context.answer({"contract": contract, "would_record": count, "effects": effects})

    @routes.post("/contracts/{contract}/imports/{imported}/confirm", answer=RecordedJson, status=201,
                 also={200: RecordedJson}, query=(_ROW,), headers=("If-Match",), long=True)  # fmt: skip
    def confirm_import(context: Context, contract: str, imported: str) -> Response:
        kept = of_role(context, contract)
        expected = context.expected_version()
        context.permissions.asserts(contract, kept.envelopes(contract, imported, _rows(context)))
        try:
            done = kept.confirm(contract, imported, _rows(context), recorded_by=context.principal.name,
                                expected_version=expected)  # fmt: skip
        except Refusal as refused:
            raise placed(refused, expected) from None
        return recorded_answer(context, ledger, done)

    @routes.delete("/contracts/{contract}/imports/{imported}", status=204, query=(_ROW,))
    def discard_import(context: Context, contract: str, imported: str) -> Response:
        kept = of_role(context, contract)
        kept.discard(contract, imported, _rows(context))
        return context.send(b"", status=204)

    return routes


def _handed_in(context: RequestContext) -> tuple[bytes, str | None]:
    """The file and its name: the body itself, or the file of a form. Refusals of :func:`api.multipart.read_form`."""
    given = context.headers.get("content-type", "")
    if given.partition(";")[0].strip().lower() != FORM:
        return context.body, None
    form = read_form(given, context.body, ())
    return form.content, form.filename


def _options(context: RequestContext, role: str) -> ImportOptions:
    answers = {
        "on": context.one("on"), "data.instalment": context.one("instalment"), "resolution": context.one("resolution"),
    }  # fmt: skip
    found = {path: value for path, value in answers.items() if value is not None}
    return ImportOptions(role, context.one("type"), context.one("actor"), found, tuple(context.query.get("skip") or ()))


def _rows(context: RequestContext) -> Sequence[int] | None:
    """The rows named, none for all."""
    return context.query.get("row") or None


def _row(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 8):
        raise Refusal("ROW_UNKNOWN", "row", row=quoted(given), last="…")
    return int(given)


