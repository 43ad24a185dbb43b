"""开始 First run: the contract, the people, the keys, the backup; each with what is there and what to do next."""

from __future__ import annotations

import tomllib
from typing import Any

from starlette.responses import Response

from api.components import Components
from api.console.context import PageContext
from api.console.routes import Pages
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.words import PageWords
from api.parameters import contract_number
from api.permissions import MAY
from ledger import labels, messages
from ledger.custody.roles import EVERY
from ledger.domain.errors import Refusal
from ledger.domain.terms import parse_terms
from ledger.domain.terms_amendment import document_json

LONGEST = 4_000_000  # bytes of a document of terms
_REGISTERED = contract_number("role")


def start(pages: Pages) -> None:
    """``/start``; a POST checks a document of terms, and registers it where that is asked."""
    components = pages.console.components
    ledger = components.ledger

    @pages.get("start", "/start", takes=(_REGISTERED,))
    def show_start(context: PageContext) -> Response:
        return _page(context, components, "", [])

    @pages.post("/start", takes=(_REGISTERED,))
    def take_terms(context: PageContext) -> Response:
        file = next(iter(context.form.files), None)
        text = file.content.decode("utf-8-sig", "replace") if file is not None else context.form.one("terms")
        try:
            document = _document(text)
            number = str(document["contract"]["id"])
            role = context.permissions.may("register", number)
            if context.form.one("do") != "register":
                return _page(context, components, text, [], ledger.advice(document))
            ledger.register(document_json(document), by=role, recorded_by=context.principal.name)
        except Refusal as refused:
            said = [messages.refusal(fault, context.lang) for fault in refused.faults or (refused,)]
            return _page(context, components, text, said)
        return context.redirect(context.words().url("start", contract=number))


def _document(text: str) -> dict[str, Any]:
    """The document of terms, as it can be registered. Refusal FIELD_MISSING, TOML_BROKEN, and those of terms."""
    if not text.strip():
        raise Refusal("FIELD_MISSING", "terms", missing="terms")
    try:
        document = tomllib.loads(text[:LONGEST])
    except (tomllib.TOMLDecodeError, RecursionError) as flaw:
        raise Refusal("TOML_BROKEN", file="TOML", detail=str(flaw)) from None
    parse_terms(document)  # names every fault at once, before dates become text
    return document


def _page(
    context: PageContext, components: Components, text: str, faults: list[str],
    advice: list[dict[str, Any]] | None = None,
) -> Response:  # fmt: skip
    words, ledger = context.words(), components.ledger
    principal = context.principal
    operates = principal.roles.get(EVERY) in MAY["administer"]
    seen = [one for one in ledger.contracts() if context.permissions.sees(one)]
    people = components.principals.listed() if operates else []
    body = context.render(
        "start.html", operates=operates, registers=any(role in MAY["register"] for role in principal.roles.values()),
        contracts=[(one, ledger.terms(one)["contract"]["title"]) for one in seen[:20]], count=len(seen),
        roles=_roles(words, people), people=len(people), store=ledger.store.url if operates else "",
        keys=str(ledger.custody.directory or "") if operates else "", text=text, faults=faults,
        advice=_advice(words, advice) if advice is not None else None, registered=context.one("contract"),
    )  # fmt: skip
    return context.page(words.plain("nav.start"), body, here="start", status=422 if faults else 200)


def _roles(words: PageWords, people: list[dict[str, Any]]) -> LedgerTable:
    """Which roles somebody holds with a key that may be used, and who."""
    held: dict[str, list[str]] = {}
    for one in people:
        for role in dict.fromkeys(one["roles"].values()):
            held.setdefault(role, []).append(one["name"])
    lines = [TableRow([words.label("role", role), words.listed(map(words.ident, names))])
             for role, names in held.items()]  # fmt: skip
    heads = [TableColumn(words.plain(f"access.head.{one}")) for one in ("role", "name")]
    return table("", heads, lines, empty=words.say("access.nobody"))


def _advice(words: PageWords, told: list[dict[str, Any]]) -> LedgerTable:
    """What of the terms counsel wants to see before signing."""
    lines = [
        TableRow([words.ident(one["field"]), labels.article(one["clause"], words.lang), words.running(one[words.lang])])
        for one in told
    ]
    heads = [TableColumn(words.plain(f"start.head.{one}")) for one in ("field", "clause", "advice")]
    return table("", heads, lines, empty=words.say("start.nothing-advised"))
