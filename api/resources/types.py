"""The types of facts: what may be recorded, and how it is written. The same for everybody who has a key."""

from __future__ import annotations

from starlette.responses import Response

from api.components import Components
from api.request_context import Context
from api.routes import Routes
from api.shapes.types import FactType, TypeLine
from ledger.projections.fact_types import fact_type, fact_types


def types(_: Components) -> Routes:
    """The routes of this resource."""
    routes = Routes("facts")

    @routes.get("/types", answer=list[TypeLine])
    def list_types(context: Context) -> Response:
        return context.answer(fact_types())

    @routes.get("/types/{type}", answer=FactType)
    def read_type(context: Context, type: str) -> Response:
        return context.answer(fact_type(type))

    return routes
