"""Is the server up, can it reach its ledger, and what has it done?"""

from __future__ import annotations

from starlette.responses import Response

from api.components import Components
from api.request_context import Context
from api.routes import Routes
from api.shapes import Healthy


def health(components: Components) -> Routes:
    """The routes of this resource; the first two are open to everybody."""
    routes = Routes("operations", prefix="")

    @routes.get("/healthz", answer=Healthy, open_=True)
    def healthz(context: Context) -> Response:
        return context.answer({"status": "ok"})

    @routes.get("/readyz", answer=Healthy, open_=True)
    def readyz(context: Context) -> Response:
        components.ledger.store.leaf_count()
        return context.answer({"status": "ok"})

    @routes.get("/metrics", kinds=("text/plain",))
    def metrics(context: Context) -> Response:
        context.permissions.may_for_all("inspect")
        components.metrics.positions.set(components.ledger.store.leaf_count())
        return context.send(components.metrics.text(), "text/plain; version=0.0.4; charset=utf-8")

    return routes
