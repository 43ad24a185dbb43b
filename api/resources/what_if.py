"""What would change over all of the caller's contracts, worked out in the background; nothing is recorded."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from starlette.responses import Response

from api.background.jobs import Job, Tell
from api.components import Components
from api.request_context import Context, RequestContext
from api.routes import Routes
from api.shapes import PortfolioWhatIf, WeighingShown
from api.shapes.bodies import SuppositionIn
from ledger.domain.calendar import format_utc
from ledger.domain.errors import Refusal
from ledger.domain.template import all_readings, reading_known
from ledger.domain.values import within, wrong_type
from ledger.notices import notice_from_data
from ledger.store.encoding import encode
from ledger.supposing import Supposition

ALL = "*"  # in the place of a contract: the work is over all that the caller may see
WAIT_SECONDS = 2.0
MOST_NOTICES, MOST_FACTS = 5, 100


def what_if(components: Components) -> Routes:
    """The routes of this resource."""
    routes, ledger, jobs = Routes("contracts"), components.ledger, components.suppositions

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

        def work_out(job: Job, tell: Tell) -> None:
            job.found = ask(prefix, supposition, seen, tell)

        begun = found(context, name)
        if begun is None:
            job = Job(ALL, context.principal.name, "what-if", f"{prefix}*", ledger.clock(), name)
            begun = jobs.begin(job, work_out, WAIT_SECONDS)
        return _told(context, begun)

    @routes.get("/portfolio/what-if/{supposition}", answer=PortfolioWhatIf, also={202: WeighingShown})
    def supposed_portfolio(context: Context, supposition: str) -> Response:
        begun = found(context, supposition)
        if begun is None:
            raise Refusal("SUPPOSITION_UNKNOWN", "supposition")
        return _told(context, begun)

    def found(context: RequestContext, name: str) -> Job | None:
        """The caller's supposition of that name, at whichever process it was asked; None where it came to nothing."""
        try:
            job = jobs.find(ALL, name, context.principal.name)
        except Refusal as refused:
            if refused.code != "JOB_UNKNOWN":
                raise
            return None
        return job if job.what == "what-if" and job.state in ("working", "done") else None

    return routes


def _told(context: RequestContext, job: Job) -> Response:
    if job.state == "done":
        return context.answer(job.found)
    address = f"/api/v1/portfolio/what-if/{job.id}"
    shown = {"contract": job.name, "progress": job.count, "asked_at": format_utc(job.begun_at), "answer": address}
    return context.answer(shown, 202, headers={"Location": address, "Retry-After": "1"})


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
