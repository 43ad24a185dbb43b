"""The reader's own sessions: begin, last use, key, expiry; each can be ended."""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import Response

from api.console.context import PageContext
from api.console.routes import Pages
from api.console.sessions import MINUTE, Session
from api.console.tables import TableColumn, TableRow, table
from api.console.words import PageWords
from ledger.domain.moments import format_utc


def sessions(pages: Pages) -> None:
    """Declares ``/sessions``, which lists them; a POST ends one."""
    kept = pages.console.sessions

    @pages.get("sessions", "/sessions")
    def list_sessions(context: PageContext) -> Response:
        words, now = context.words(), pages.console.components.ledger.clock()
        found = reversed(kept.of(context.principal.name))
        heads = ("began", "used", "state", "until", "key", "browser", "end")
        shown = table(
            words.say("sessions.caption"), [TableColumn(words.plain(f"sessions.{head}")) for head in heads],
            [_line(context, words, one, one.open_at(now)) for one in found], empty=words.say("sessions.none"),
        )  # fmt: skip
        body = context.render("sessions.html", sessions=shown, minutes=kept.idle // MINUTE)
        return context.page(words.plain("nav.sessions"), body, here="sessions")

    @pages.post("/sessions")
    def end_session(context: PageContext) -> Response:
        if not context.form.is_shown_only:
            kept.end(context.principal.name, context.form.one("session"))
        return context.redirect("/sessions")


def _line(context: PageContext, words: PageWords, one: Session, open_: bool) -> TableRow:
    this = context.session is not None and context.session.id == one.id
    said = "sessions.this" if this else "sessions.open" if open_ else "sessions.over"
    end: Markup | str = ""
    if open_:
        end = Markup(
            '<form method="post" action="/sessions"><input type="hidden" name="form_token" value="{}">'
            '<input type="hidden" name="session" value="{}"><button>{}</button></form>'
        ).format(context.form_token, one.id, words.say("sessions.do-end"))
    return TableRow([
        words.moment(format_utc(one.created_at)), words.moment(format_utc(one.used_at)),
        words.state("live" if open_ else "over", words.say(said)),
        words.moment(format_utc(one.until)), words.ident(one.key or "OIDC"), one.agent, end,
    ])  # fmt: skip
