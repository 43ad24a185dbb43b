"""The types of facts: what may be recorded, and how it is written. The same for everybody who has a key."""

from __future__ import annotations

from starlette.responses import Response

from api.components import Components
from api.request_context import Context
from api.routes import Routes
from api.shapes.types import FactTypeJson, TypeLine
from api.tables import tabulated
from ledger.exporters import table_of
from ledger.exporters.tables import flat
from ledger.projections.fact_types import fact_type, fact_types


def types(_: Components) -> Routes:
    """The routes of this resource."""
    routes = Routes("facts")

    @routes.get("/types", answer=list[TypeLine], tables=True)
    def list_types(context: Context) -> Response:
        table = tabulated(context, "types", lambda _: [table_of("types", map(flat, fact_types()))])
        return table if table is not None else context.answer(fact_types())

    @routes.get("/types/{type}", answer=FactTypeJson)
    def read_type(context: Context, type: str) -> Response:
        return context.answer(fact_type(type))

    return routes
