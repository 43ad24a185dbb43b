"""Evidence packages over HTTP: built at once where that is quick, in the background where it is not."""

from __future__ import annotations

from dataclasses import asdict, replace

from starlette.responses import FileResponse, Response

from api.background.exports import ExportRequest
from api.background.packages import Export
from api.components import Components
from api.parameters import QUESTION, choice, text
from api.request_context import Context, RequestContext
from api.routes import Routes
from api.shapes import EvidencePreview, ExportShown
from ledger.bilingual import Edition
from ledger.domain.errors import Refusal
from ledger.evidence.export import Wanted, preview
from ledger.exporting import exporting

KIND = "application/zip"
WAIT_SECONDS = 25.0
_ABOUT = replace(text("about", 128, about="evidence"), most=50)
_DISCLOSE = replace(text("disclose", 300), most=50)
_EDITION = choice("edition", "zh", "en", "both")


def evidence(components: Components) -> Routes:
    """The routes of this resource."""
    routes = Routes("evidence")

    @routes.get("/contracts/{contract}/evidence", kinds=(KIND,), query=(*QUESTION, _ABOUT, _DISCLOSE, _EDITION),
                headers=("Prefer",), also={202: ExportShown}, statuses=(409,), long=True)  # fmt: skip
    def export_evidence(context: Context, contract: str) -> Response:
        role, about, disclose = _wanted(components, context, contract)
        if context.request.method == "HEAD":  # it would record an export of which nothing is sent
            return context.send(b"", KIND)
        edition: Edition = context.query.get("edition", ["zh"])[0]
        asked = ExportRequest(contract, context.question, about, disclose, role, context.principal.name, edition)
        export = components.exports.ask(asked)
        now = "respond-async" in context.headers.get("prefer", "").lower()
        if not now and components.exports.ended(export.id, WAIT_SECONDS):
            return _package(components, components.exports.packages.find(export.id))
        headers = {"Location": f"/api/v1/exports/{export.id}", "Retry-After": "2"}
        return context.answer(export.shown(), 202, headers=headers)

    @routes.get("/contracts/{contract}/evidence/preview", answer=EvidencePreview, query=(*QUESTION, _ABOUT, _DISCLOSE),
                statuses=(409,), long=True)  # fmt: skip
    def preview_evidence(context: Context, contract: str) -> Response:
        _, about, disclose = _wanted(components, context, contract)
        found = preview(exporting(components.ledger, contract, context.question), Wanted(about, disclose))
        return context.answer(asdict(found))

    @routes.get("/exports/{export}", answer=ExportShown)
    def read_export(context: Context, export: str) -> Response:
        return context.answer(_of(components, context, export).shown())

    @routes.delete("/exports/{export}", status=204)
    def cancel_export(context: Context, export: str) -> Response:
        components.exports.cancel(_of(components, context, export).id)
        return context.send(b"", status=204)

    @routes.get("/exports/{export}/package", kinds=(KIND,), statuses=(409,))
    def read_package(context: Context, export: str) -> Response:
        return _package(components, _of(components, context, export))

    return routes


def _wanted(
    components: Components, context: RequestContext, contract: str
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The role that exports, what about, what to disclose; refused to whoever may not."""
    role = context.permissions.may("export", contract)
    components.known(contract)
    disclose = tuple(context.query.get("disclose", ()))
    if disclose:
        context.permissions.may("disclose", contract)
    return role, tuple(context.query.get("about", ())), disclose


def _of(components: Components, context: RequestContext, export: str) -> Export:
    """A package is for whoever asked for it, as long as the role lasts. Refusal EXPORT_UNKNOWN."""
    found = components.exports.packages.find(export)
    if found.principal != context.principal.name:
        raise Refusal("EXPORT_UNKNOWN", "export", export=export)
    context.permissions.may("export", found.contract)
    if found.opens:
        context.permissions.may("disclose", found.contract)
    return found


def _package(components: Components, export: Export) -> Response:
    file, name = components.exports.packages.file(export), f"evidence-{export.contract}.zip"
    return FileResponse(file, 200, {"Cache-Control": "no-store"}, KIND, filename=name)
