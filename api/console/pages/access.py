"""访问 Access, for operators: principals, their roles, keys and sessions, and the record of changes to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from api.console import forms
from api.console.context import PageContext
from api.console.forms import Form
from api.console.routes import Pages
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.words import PageWords
from api.parameters import choice, text
from api.principals import KEY_DAYS, ROLES, Principals
from ledger import messages
from ledger.custody.roles import EVERY
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc, parse_utc

MOST_ENTRIES = 40
_HOLDER = text("holder", 64)
FIELDS = ("name", "role", "contract", "holder", "days")
_DONE = choice("done", "grant", "take-away", "revoke", "end-session")


def access(pages: Pages) -> None:
    """``/access`` shows everything; a POST grants or revokes a role, issues or revokes a key, or ends a session."""
    console = pages.console
    principals = console.components.principals

    @pages.get("access", "/access", takes=(_DONE, _HOLDER))
    def show_access(context: PageContext) -> Response:
        context.permissions.may_for_all("administer")
        return _page(context, pages)

    @pages.post("/access", takes=(_DONE, _HOLDER))
    def change_access(context: PageContext) -> Response:
        context.permissions.may_for_all("administer")
        form, by, done = context.form, context.principal.name, context.form.one("do")
        try:
            match done:
                case "grant":
                    principals.grant(form.one("name"), form.one("role"), form.one("contract") or EVERY, by=by)
                case "issue":  # a new key is shown once and not stored: a redirect would lose it
                    days = form.one("days") or str(KEY_DAYS)
                    key = principals.issue(form.one("holder"), by=by, days=int(days) if days.isdigit() else 0)[1]
                    return _page(context, pages, key=key, key_of=form.one("holder"))
                case forms.SHOW:
                    return _page(context, pages)
                case "revoke":
                    principals.revoke(form.one("key"), by=by)
                case "take-away":
                    principals.take_away(form.one("name"), form.one("contract") or None, by=by)
                case "end-session":
                    console.sessions.end(form.one("name"), form.one("session"))
                case _:
                    raise Refusal("FIELD_MISSING", "do", missing="do")
        except Refusal as refused:
            return _page(context, pages, fault=messages.say(refused.code, context.lang, **refused.values))
        holder = form.one("name") if done == "grant" else None
        return context.redirect(context.words().url("access", done=done, holder=holder))


def _page(
    context: PageContext, pages: Pages, *, key: str = "", key_of: str = "", fault: str = ""
) -> Response:
    words, principals = context.words(), pages.console.components.principals
    listed = principals.listed()
    sent = context.form if context.request.method == "POST" else Form()
    form = sent if sent.all("role") else Form()  # and not of a button in a table
    given = {name: form.one(name) for name in FIELDS}
    given["holder"] = given["holder"] or context.one("holder", "")
    body = context.render(
        "access.html", people=_people(context, words, listed), keys=_keys(context, words, listed, principals.clock()),
        sessions=_sessions(context, words, pages, listed), entries=_entries(words, principals), key=key, key_of=key_of,
        fault=fault, given=given,
        roles=[(role, words.label("role", role)) for role in ROLES], names=[one["name"] for one in listed],
        days=KEY_DAYS, done=context.one("done"), contracts=pages.console.components.ledger.contracts(),
    )  # fmt: skip
    return context.page(words.plain("nav.access"), body, here="access", status=422 if fault else 200,
                        filled="post", enter="do=show")  # fmt: skip


def _button(context: PageContext, words: PageWords, do: str, said: str, **fields: str) -> Markup:
    """A form of one button; screen readers also read what it applies to."""
    hidden = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
        for name, value in (("form_token", context.form_token), ("do", do), *fields.items())
    )
    about = " ".join(fields.values())
    form = '<form method="post" action="/access">{}<button>{}<span class="only-read"> {}</span></button></form>'
    return Markup(form).format(hidden, words.say(said), about)


def _people(context: PageContext, words: PageWords, listed: list[dict[str, Any]]) -> LedgerTable:
    lines = [
        TableRow([words.ident(one["name"]), words.label("role", role),
                  words.say("access.every") if contract == EVERY else words.ident(contract),
                  _button(context, words, "take-away", "access.do-take-away", name=one["name"], contract=contract)])
        for one in listed for contract, role in one["roles"].items()
    ]  # fmt: skip
    lines += [TableRow([words.ident(one["name"]), words.say("access.no-role"), "–", ""])
              for one in listed if not one["roles"]]  # fmt: skip
    heads = [TableColumn(words.plain(f"access.head.{one}")) for one in ("name", "role", "contract", "act")]
    return table("", heads, lines, empty=words.say("access.nobody"))


def _keys(context: PageContext, words: PageWords, listed: list[dict[str, Any]], now: int) -> LedgerTable:
    lines = []
    for one in listed:
        for key in one["keys"]:
            usable = key["revoked_at"] is None and parse_utc(key["expires_at"]) > now
            said = "access.usable" if usable else "access.revoked" if key["revoked_at"] else "access.expired"
            end = _button(context, words, "revoke", "access.do-revoke", key=key["id"]) if usable else ""
            lines.append(TableRow([
                words.ident(key["id"]), words.ident(one["name"]), words.moment(key["created_at"]),
                words.moment(key["revoked_at"] or key["expires_at"]),
                words.state("live" if usable else "over", words.say(said)), end,
            ], "" if usable else "out"))  # fmt: skip
    heads = [TableColumn(words.plain(f"access.head.{one}")) for one in
             ("key", "name", "made", "until", "state", "act")]  # fmt: skip
    return table("", heads, lines, empty=words.say("access.no-keys"))


def _sessions(context: PageContext, words: PageWords, pages: Pages, listed: list[dict[str, Any]]) -> LedgerTable:
    now, kept = pages.console.components.ledger.clock(), pages.console.sessions
    lines = [
        TableRow([words.ident(one["name"]), words.moment(format_utc(session.created_at)),
                  words.moment(format_utc(session.until)), session.agent,
                  _button(context, words, "end-session", "sessions.do-end", name=one["name"], session=session.id)])
        for one in listed for session in kept.of(one["name"]) if session.open_at(now)
    ]  # fmt: skip
    heads = [TableColumn(words.plain(one)) for one in
             ("access.head.name", "sessions.began", "sessions.until", "sessions.browser", "sessions.end")]  # fmt: skip
    return table("", heads, lines, empty=words.say("sessions.none"))


def _entries(words: PageWords, principals: Principals) -> LedgerTable:
    """The latest entries of the access record: grants, keys, refusals, exports, sign-ins; newest first."""
    lines = [
        TableRow([words.moment(one["at"], seconds=True), words.label("did", one["did"]), _told(words, one)])
        for one in principals.latest(MOST_ENTRIES)
    ]
    heads = [TableColumn(words.plain(f"access.head.{one}")) for one in ("at", "did", "about")]
    return table(words.say("access.log-caption", most=MOST_ENTRIES), heads, lines, empty=words.say("access.log-empty"))


def _told(words: PageWords, entry: Mapping[str, Any]) -> str:
    """An entry's details, each with its label."""
    parts = []
    for name, value in entry.items():
        if name not in ("id", "at", "did"):
            said = words.plain("access.every") if value == EVERY else value
            said = words.label("role", value) if name == "role" else said
            parts.append(words.plain("access.part", name=words.label("entry", name), value=said))
    return words.plain("comma").join(parts)
