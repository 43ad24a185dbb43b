"""What would change over all of the caller's contracts, worked out in the background; nothing is recorded."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from starlette.responses import Response

from api.background.weighings import Tell, Weighing
from api.components import Components
from api.request_context import Context, RequestContext
from api.response_cache import encoded
from api.routes import Routes
from api.shapes import PortfolioWhatIf, WeighingShown
from api.shapes.bodies import SuppositionIn
from ledger.domain.errors import Refusal
from ledger.domain.template import all_readings, reading_known
from ledger.domain.values import within, wrong_type
from ledger.notices import notice_from_data
from ledger.store.encoding import encode
from ledger.supposing import Supposition

WAIT_SECONDS = 2.0
MOST_NOTICES, MOST_FACTS = 5, 100


def what_if(components: Components) -> Routes:
    """The routes of this resource."""
    routes, ledger, weighings = Routes("contracts"), components.ledger, components.weighings

    def ask(prefix: str, supposition: Supposition, seen: frozenset[str] | None, tell: Tell) -> dict[str, Any]:
        """In a process of its own, where there are any: every contract is swept twice."""
        if ledger.elsewhere is None:
            return ledger.portfolio.what_if(prefix, supposition, seen, progress=tell)
        given, named = (supposition, seen), {"progress": tell}
        found: dict[str, Any] = ledger.elsewhere("portfolio.what_if", prefix, given, named)
        return found

    @routes.post("/portfolio/what-if", body=SuppositionIn, answer=PortfolioWhatIf, also={202: WeighingShown})
    def suppose(context: Context) -> Response:
        given = context.fields(prefix=str, readings=dict, notices=list, facts=list)
        supposition, prefix, seen = _supposition(given), str(given.get("prefix", "")), context.permissions.seen()
        stands = (ledger.store.leaf_count(), ledger.day().isoformat())
        asked = [given, stands, context.principal.name, None if seen is None else sorted(seen)]
        name = sha256(encode(asked)).hexdigest()[:32]
        begun = weighings.begin(
            [_key(context, name)],
            Weighing(f"{prefix}*", f"/api/v1/portfolio/what-if/{name}", ledger.clock()),
            lambda tell: encoded(ask(prefix, supposition, seen, tell)),
        )
        return _told(context, begun)

    @routes.get("/portfolio/what-if/{supposition}", answer=PortfolioWhatIf, also={202: WeighingShown})
    def supposed_portfolio(context: Context, supposition: str) -> Response:
        begun = weighings.known(_key(context, supposition))
        if begun is None:
            raise Refusal("SUPPOSITION_UNKNOWN", "supposition")
        return _told(context, begun)

    def _told(context: RequestContext, begun: Weighing) -> Response:
        found = weighings.within(begun, WAIT_SECONDS)
        if found is not None:
            return context.send(found[0], zipped=found[1])
        return context.answer(begun.shown(), 202, headers={"Location": begun.address, "Retry-After": "1"})

    return routes


def _key(context: RequestContext, name: str) -> tuple[object, ...]:
    return "what-if", context.principal.name, name


def _supposition(given: dict[str, Any]) -> Supposition:
    """What is supposed. Refusal LIST_LENGTH, SUPPOSITION_EMPTY, FIELD_TYPE, and those of readings and notices."""
    readings, notices, facts = given.get("readings", {}), given.get("notices", []), given.get("facts", [])
    for name, listed, most in (("notices", notices, MOST_NOTICES), ("facts", facts, MOST_FACTS)):
        if len(listed) > most:
            raise Refusal("LIST_LENGTH", name, least=0, most=most, length=len(listed))
    if not readings and not notices and not facts:
        raise Refusal("SUPPOSITION_EMPTY", "body")
    for reading, option in readings.items():
        reading_known(all_readings(), reading, option if isinstance(option, str) else str(option))
    for at, one in enumerate(facts):
        if not isinstance(one, dict):
            raise within(wrong_type("object", one), f"facts.{at}")
    stated = [one if isinstance(one, dict) else {} for one in notices]
    made = [notice_from_data(one, path=f"notices.{at}") for at, one in enumerate(stated)]
    return Supposition(readings, made, facts)
