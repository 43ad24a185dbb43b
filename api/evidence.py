"""Evidence packages over the wire: built at once where that is quick, in the background where it is not."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import FileResponse, Response

from api.call import ACall, Call
from api.exports import Asked, Export
from api.parameters import QUESTION, text
from api.rooms import Rooms
from api.routes import Routes
from api.shapes import ExportShown
from ledger.domain.errors import Refusal

KIND = "application/zip"
WAIT_SECONDS = 25.0
_ABOUT = replace(text("about", "Only what concerns this fact, incident, invoice, dispute …; all if left out.", 128),
                 most=50)  # fmt: skip
_DISCLOSE = replace(text("disclose", "Open this personal field, as `FACT.FIELD`; for the parties.", 300), most=50)


def evidence(rooms: Rooms) -> Routes:
    """The routes of this resource."""
    routes = Routes("evidence")

    @routes.get("/contracts/{contract}/evidence", "The dispute package", kinds=(KIND,),
                query=(*QUESTION, _ABOUT, _DISCLOSE), headers=("Prefer",), also={202: ExportShown},
                statuses=(409, 412), long=True)  # fmt: skip
    def export_evidence(call: ACall, contract: str) -> Response:
        """A BagIt bag in a zip, with its own verifier. The export is itself recorded (`EvidenceExported`). Where it
        takes long, or with `Prefer: respond-async`, 202 says where it will be."""
        role = call.caller.may("export", contract)
        rooms.known(contract)
        disclose = tuple(call.query.get("disclose", ()))
        if disclose:
            call.caller.may("disclose", contract)
        asked = Asked(contract, call.question, tuple(call.query.get("about", ())), disclose, role, call.caller.name)
        export = rooms.exports.ask(asked)
        now = "respond-async" in call.headers.get("prefer", "").lower()
        if not now and export.done.wait(WAIT_SECONDS):
            return _package(export)
        headers = {"Location": f"/api/v1/exports/{export.id}", "Retry-After": "2"}
        return call.answer(export.shown(), 202, headers=headers)

    @routes.get("/exports/{export}", "How far a package is", answer=ExportShown)
    def read_export(call: ACall, export: str) -> Response:
        """`done` with a link to the package, or `failed` with a code. Kept for an hour."""
        return call.answer(_of(rooms, call, export).shown())

    @routes.get("/exports/{export}/package", "The package itself", kinds=(KIND,), statuses=(409, 412))
    def read_package(call: ACall, export: str) -> Response:
        """For whoever asked for it; 409 while it is not done."""
        found = _of(rooms, call, export)
        if not found.done.is_set():
            raise Refusal("EXPORT_NOT_DONE", "export")
        return _package(found)

    return routes


def _of(rooms: Rooms, call: Call, export: str) -> Export:
    """A package is for whoever asked for it, as long as the role lasts. Refusal EXPORT_UNKNOWN."""
    found = rooms.exports.find(export)
    if found.asked.principal != call.caller.name:
        raise Refusal("EXPORT_UNKNOWN", "export", export=export)
    call.caller.may("export", found.asked.contract)
    return found


def _package(export: Export) -> Response:
    if export.refused is not None:
        raise export.refused
    name = f"evidence-{export.asked.contract}.zip"
    return FileResponse(export.file, 200, {"Cache-Control": "no-store"}, KIND, filename=name)
