"""开始 First run: contract, people, keys, backup; the state of each and the next step."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from api.components import Components
from api.console import forms
from api.console.context import PageContext
from api.console.controls import Stated, Typed, fault_summary
from api.console.drafting import FactDraft
from api.console.routes import Pages
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.terms_changes import advised
from api.console.terms_form import TermsAsked, document_typed, terms_control
from api.console.words import PageWords
from api.parameters import choice, contract_number
from api.permissions import MAY
from ledger import labels, messages
from ledger.custody.roles import EVERY
from ledger.domain.errors import Refusal
from ledger.domain.template import TEMPLATES, template_of
from ledger.domain.terms import parse_terms
from ledger.domain.terms_amendment import document_json
from ledger.domain.values import within
from ledger.service import Ledger

LONGEST = 4_000_000  # bytes of a document of terms
_REGISTERED = contract_number("role")
_TERMS = (choice("template", *TEMPLATES), replace(contract_number(), name="like"))


def start(pages: Pages) -> None:
    """Declares ``/start``; a POST checks a document of terms, and registers it if asked to."""
    components = pages.console.components
    ledger = components.ledger

    _terms_pages(pages)

    @pages.get("start", "/start", takes=(_REGISTERED,))
    def show_start(context: PageContext) -> Response:
        return _page(context, components, "", [])

    @pages.post("/start", takes=(_REGISTERED,))
    def take_terms(context: PageContext) -> Response:
        file = next(iter(context.form.files), None)
        text = file.content.decode("utf-8-sig", "replace") if file is not None else context.form.one("terms")
        if context.form.is_shown_only:
            return _page(context, components, text, [])
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


def _terms_pages(pages: Pages) -> None:
    """Declares ``/start/terms``: an agreement's terms as a form, optionally filled in from another contract."""
    components = pages.console.components
    ledger = components.ledger

    @pages.get("terms", "/start/terms", takes=_TERMS)
    def show_terms(context: PageContext) -> Response:
        return _terms_page(context, ledger, _asked(context, ledger), Typed(), FactDraft(Stated({})))

    @pages.post("/start/terms", takes=_TERMS)
    def take_typed_terms(context: PageContext) -> Response:
        asked, typed = _asked(context, ledger), Typed(context.form.pairs)
        draft = FactDraft(Stated({}))
        draft.stated.terms = document_typed(asked, typed, draft.stated, context.lang)
        if only_shown := typed.changes_form or context.form.is_shown_only:
            draft.stated.faults.clear()
        elif not draft.faults:
            try:
                number = parse_terms(draft.stated.terms).contract.id
                role = context.permissions.may("register", number)
                if typed.one(forms.DO) == "register":
                    ledger.register(draft.stated.terms, by=role, recorded_by=context.principal.name)
                    return context.redirect(context.words().url("start", contract=number))
            except Refusal as refused:
                draft.stated.refuse(within(refused, asked.name), context.lang)
        return _terms_page(context, ledger, asked, typed, draft, checked=not only_shown)


def _asked(context: PageContext, ledger: Ledger) -> TermsAsked:
    """The agreement chosen and the initial values of its fields. Refusal ROLE_MAY_NOT, CONTRACT_NOT_YOURS."""
    if not any(role in MAY["register"] for role in context.principal.roles.values()):
        context.permissions.may_for_all("register")
    like = context.one("like")
    if like is None:
        template = template_of(context.one("template", next(iter(TEMPLATES))))
        return TermsAsked(template, "terms", {}, {"contract": {"template": template.slug}}, whole=True)
    context.may("read", like)
    shown = ledger.terms(like)
    shown["contract"] = {**shown["contract"], "id": ""}
    return TermsAsked(ledger.template(like), "terms", {}, shown, whole=True)


def _terms_page(
    context: PageContext, ledger: Ledger, asked: TermsAsked, typed: Typed, draft: FactDraft, checked: bool = False
) -> Response:
    words = context.words()
    notes, draft.advised = advised(words, ledger, asked, draft.stated.terms)
    control = terms_control(words, asked, typed, draft.faults, notes)
    names = {one.name: one.label for one in control.each()}
    body = context.render(
        "start_terms.html", control=control, draft=draft, action=context.address(), agreement=asked.template,
        summary=fault_summary(draft.faults, names), checked=checked,
    )  # fmt: skip
    return context.page(words.plain("nav.start"), body, here="start", status=422 if draft.faults else 200,
                        filled="post", enter="do=check")  # fmt: skip


def _document(text: str) -> dict[str, Any]:
    """The document of terms, ready to register. Refusal FIELD_MISSING, TOML_BROKEN, and those of the terms."""
    if not text.strip():
        raise Refusal("FIELD_MISSING", "terms", missing="terms")
    try:
        document = tomllib.loads(text[:LONGEST])
    except (tomllib.TOMLDecodeError, RecursionError) as flaw:
        raise Refusal("TOML_BROKEN", file="TOML", detail=str(flaw)) from None
    parse_terms(document)  # reports every fault at once, before dates become text
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
    registers = any(role in MAY["register"] for role in principal.roles.values())
    body = context.render(
        "start.html", operates=operates, registers=registers,
        agreements=[(one.slug, words.both((one.zh, one.en))) for one in TEMPLATES.values()],
        contracts=[(one, ledger.terms(one)["contract"]["title"]) for one in seen[:20]], count=len(seen),
        roles=_roles(words, people), people=len(people), store=ledger.store.url if operates else "",
        keys=str(ledger.custody.directory or "") if operates else "", text=text, faults=faults,
        advice=_advice(words, advice) if advice is not None else None, registered=context.one("contract"),
    )  # fmt: skip
    return context.page(words.plain("nav.start"), body, here="start", status=422 if faults else 200,
                        filled="post" if registers else "", enter="do=check")  # fmt: skip


def _roles(words: PageWords, people: list[dict[str, Any]]) -> LedgerTable:
    """The roles held by somebody with a valid key, and by whom."""
    held: dict[str, list[str]] = {}
    for one in people:
        for role in dict.fromkeys(one["roles"].values()):
            held.setdefault(role, []).append(one["name"])
    lines = [TableRow([words.label("role", role), words.listed(map(words.ident, names))])
             for role, names in held.items()]  # fmt: skip
    heads = [TableColumn(words.plain(f"access.head.{one}")) for one in ("role", "name")]
    return table("", heads, lines, empty=words.say("access.nobody"))


def _advice(words: PageWords, told: list[dict[str, Any]]) -> LedgerTable:
    """The warnings about the terms, for counsel to see before signing."""
    lines = [
        TableRow([words.ident(one["field"]), labels.article(one["clause"], words.lang), words.running(one[words.lang])])
        for one in told
    ]
    heads = [TableColumn(words.plain(f"start.head.{one}")) for one in ("field", "clause", "advice")]
    return table("", heads, lines, empty=words.say("start.nothing-advised"))
