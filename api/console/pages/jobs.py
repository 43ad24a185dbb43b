"""Background jobs: a page that shows the progress of a job and reloads itself until the outcome is there."""

from __future__ import annotations

from starlette.responses import Response

from api.background.jobs import Job
from api.console.context import PageContext
from api.console.long_pages import AGAIN_SECONDS
from api.console.routes import Pages
from ledger.domain.moments import format_utc


def jobs(pages: Pages) -> None:
    """Declares ``/contract/{contract}/job/{job}``; a POST cancels the job."""
    kept = pages.console.components.jobs

    @pages.get("job", "/contract/{contract}/job/{job}")
    def show_job(context: PageContext, contract: str, job: str) -> Response:
        context.may("record", contract)
        found, words = kept.find(contract, job, context.principal.name), context.words(contract)
        if found.state == "done":
            return context.redirect(found.to)
        refused = [words.both(one) for one in found.refused]
        body = context.render(
            "job.html", contract, job=found, begun=format_utc(found.begun_at), refused=refused
        )
        again = AGAIN_SECONDS if found.state == "working" else 0
        title = words.plain("job.title", name=found.name)
        return context.page(title, body, here="import", contract=contract, again=again)

    @pages.post("/contract/{contract}/job/{job}")
    def cancel_job(context: PageContext, contract: str, job: str) -> Response:
        context.may("record", contract)
        if not context.form.is_shown_only:
            kept.cancel(kept.find(contract, job, context.principal.name))
        return context.redirect(context.words(contract).url("job", job=job))


def to_outcome(context: PageContext, job: Job) -> Response:
    """Redirect to the outcome, or to the page that shows the job's progress."""
    done = job.state == "done"
    return context.redirect(job.to if done else context.words(job.contract).url("job", job=job.id))
