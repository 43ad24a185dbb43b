"""Evidence packages over the wire: built at once where that is quick, in the background where it is not."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import FileResponse, Response

from api.background.exports import Asked
from api.background.packages import Export
from api.call import ACall, Call
from api.parameters import QUESTION, text
from api.rooms import Rooms
from api.routes import Routes
from api.shapes import ExportShown
from ledger.domain.errors import Refusal

KIND = "application/zip"
WAIT_SECONDS = 25.0
_ABOUT = replace(text("about", 128, about="evidence"), most=50)
_DISCLOSE = replace(text("disclose", 300), most=50)


def evidence(rooms: Rooms) -> Routes:
    """The routes of this resource."""
    routes = Routes("evidence")

    @routes.get("/contracts/{contract}/evidence", kinds=(KIND,), query=(*QUESTION, _ABOUT, _DISCLOSE),
                headers=("Prefer",), also={202: ExportShown}, statuses=(409,), long=True)  # fmt: skip
    def export_evidence(call: ACall, contract: str) -> Response:
        role = call.caller.may("export", contract)
        rooms.known(contract)
        disclose = tuple(call.query.get("disclose", ()))
        if disclose:
            call.caller.may("disclose", contract)
        if call.request.method == "HEAD":  # it would record an export of which nothing is sent
            return call.send(b"", KIND)
        asked = Asked(contract, call.question, tuple(call.query.get("about", ())), disclose, role, call.caller.name)
        export = rooms.exports.ask(asked)
        now = "respond-async" in call.headers.get("prefer", "").lower()
        if not now and rooms.exports.ended(export.id, WAIT_SECONDS):
            return _package(rooms, rooms.exports.packages.find(export.id))
        headers = {"Location": f"/api/v1/exports/{export.id}", "Retry-After": "2"}
        return call.answer(export.shown(), 202, headers=headers)

    @routes.get("/exports/{export}", answer=ExportShown)
    def read_export(call: ACall, export: str) -> Response:
        return call.answer(_of(rooms, call, export).shown())

    @routes.delete("/exports/{export}", status=204)
    def cancel_export(call: ACall, export: str) -> Response:
        rooms.exports.cancel(_of(rooms, call, export).id)
        return call.send(b"", status=204)

    @routes.get("/exports/{export}/package", kinds=(KIND,), statuses=(409,))
    def read_package(call: ACall, export: str) -> Response:
        return _package(rooms, _of(rooms, call, export))

    return routes


def _of(rooms: Rooms, call: Call, export: str) -> Export:
    """A package is for whoever asked for it, as long as the role lasts. Refusal EXPORT_UNKNOWN."""
    found = rooms.exports.packages.find(export)
    if found.principal != call.caller.name:
        raise Refusal("EXPORT_UNKNOWN", "export", export=export)
    call.caller.may("export", found.contract)
    if found.opens:
        call.caller.may("disclose", found.contract)
    return found


def _package(rooms: Rooms, export: Export) -> Response:
    file, name = rooms.exports.packages.file(export), f"evidence-{export.contract}.zip"
    return FileResponse(file, 200, {"Cache-Control": "no-store"}, KIND, filename=name)
