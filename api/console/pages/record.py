"""登记 Record: choose a type, fill in the form made from its declaration, preview the changes, record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from api.console import documents_dropped, drafting
from api.console.context import PageContext
from api.console.controls import Stated, Typed, fault_summary
from api.console.drafting import FactDraft
from api.console.fact_form import Asking, actors, asking, controls, of_envelope, read_data, role_words
from api.console.fact_telling import ACTS
from api.console.pages.facts import effects_table
from api.console.routes import Pages
from api.console.tables import LedgerTable, RowGroup, TableColumn, TableRow
from api.console.words import PageWords
from api.parameters import choice, text
from ledger import messages
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, FactType
from ledger.domain.fact_words import fields_in, label_of, meaning_of
from ledger.domain.fields import ON
from ledger.exporters import FORMS
from ledger.importers.cells import value_of
from ledger.importers.template import template
from ledger.service import Ledger

NOT_BY_FORM = ("ContractRegistered", "DocumentAttached", "EvidenceExported", *ACTS.values())
MOST_USUAL = 8
_TAKES = (text("q", 200), choice("fact_type", *TYPES), text("variant", 60))


def record(pages: Pages) -> None:
    """Declares ``/contract/{contract}/record``: the list of types, or the form of one."""
    ledger = pages.console.components.ledger

    @pages.get("record", "/contract/{contract}/record", takes=_TAKES)
    def show_form(context: PageContext, contract: str) -> Response:
        role = context.may("record", contract)
        row = _chosen(ledger, contract, role, context.one("fact_type"))
        if row is None or (row.variants is not None and not _variant(row, context)):
            return _types(context, ledger, contract, role)
        asked = asking(ledger, context.words(contract), contract, row, role, _variant(row, context))
        return _form(context, ledger, contract, asked, Typed(), FactDraft(Stated({})))

    @pages.get("template", "/contract/{contract}/record/template.xlsx", takes=_TAKES)
    def hand_out_template(context: PageContext, contract: str) -> Response:
        row = _chosen(ledger, contract, context.may("record", contract), context.one("fact_type"))
        if row is None:
            raise Refusal("PARAMETER_MISSING", "fact_type", name="fact_type")
        headers = {"Content-Disposition": f'attachment; filename="{row.name}.xlsx"', "Cache-Control": "no-store"}
        return Response(template(row, "xlsx", context.lang), 200, headers, FORMS["xlsx"])

    @pages.post("/contract/{contract}/record", takes=_TAKES)
    def take_form(context: PageContext, contract: str) -> Response:
        role = context.may("record", contract)
        row = _chosen(ledger, contract, role, context.one("fact_type"))
        if row is None:
            raise Refusal("PARAMETER_MISSING", "fact_type", name="fact_type")
        asked = asking(ledger, context.words(contract), contract, row, role, _variant(row, context))
        typed = Typed(context.form.pairs)
        draft = FactDraft(_stated(asked, typed, context.lang))
        seq = drafting.sent(context, ledger, contract, typed, draft)
        if seq is not None:
            return context.redirect(context.words(contract).url("fact", fact=seq, recorded="true"))
        return _form(context, ledger, contract, asked, typed, draft)


def recordable(ledger: Ledger, contract: str, role: str) -> dict[str, FactType]:
    """The types a role may record by a form."""
    return {
        name: row for name, row in ledger.template(contract).types.items()
        if role in row.by and not row.ledgers and name not in NOT_BY_FORM
    }


def _chosen(ledger: Ledger, contract: str, role: str, name: str | None) -> FactType | None:
    """The type named, or None. Refusal FACT_TYPE_NOT_YOURS if this role may not state facts of that type."""
    if name is None:
        return None
    known = recordable(ledger, contract, role)
    if name not in known:
        raise Refusal("FACT_TYPE_NOT_YOURS", "fact_type", type=name)
    return known[name]


def _variant(row: FactType, context: PageContext) -> str:
    given = context.one("variant", "")
    return given if row.variants is not None and given in row.variants[1] else ""


def _stated(asked: Asking, typed: Typed, lang: messages.Language) -> Stated:
    """The fact as typed, stated by the role of the principal who typed it."""
    stated = Stated({"type": asked.row.name, "by": asked.role})
    try:
        if typed.one("on"):
            stated.envelope["on"] = value_of(typed.one("on"), ON)
    except Refusal as refused:
        stated.faults["on"] = [messages.say(refused.code, lang, **refused.values)]
    known = actors(asked.row, asked.role)
    actor = typed.one("actor") or known[0]
    if actor != asked.role:
        stated.envelope["actor"] = actor
    if typed.one("ref"):
        stated.envelope["ref"] = typed.one("ref")
    stated.envelope["data"] = read_data(asked, typed, stated, lang)
    return stated


# --- showing ---------------------------------------------------------------------------------------


def _form(
    context: PageContext, ledger: Ledger, contract: str, asked: Asking, typed: Typed, draft: FactDraft
) -> Response:
    asked = drafting.with_terms(context, ledger, contract, asked, draft)
    words, row, known = context.words(contract), asked.row, actors(asked.row, asked.role)
    today = "" if context.request.method == "POST" else ledger.day().isoformat()
    shown = [
        of_envelope(words, "on", "form.on", typed, draft.faults, hint="form.hint.on", required=True, value=today),
        *controls(words, asked, typed, draft.faults),
    ]
    ref = of_envelope(words, "ref", "form.ref", typed, draft.faults, hint="form.hint.ref")
    names = {one.name: one.label for control in (*shown, ref) for one in control.each()}
    names |= {"actor": words.plain("form.actor"), "documents": words.plain("form.documents")}
    body = context.render(
        "record.html", contract, row=row, controls=shown, ref=ref, meaning=_meaning(words, row),
        clause=ledger.template(contract).article_of(row),
        variant=words.both(_variant_words(row)[asked.variant]) if asked.variant else "",
        faults=draft.faults, summary=fault_summary(draft.faults, names), actor=typed.one("actor") or known[0],
        actors=role_words(words, known) if len(known) > 1 else [],
        documents=[(documents_dropped.as_field(one), one["name"]) for one in draft.documents],
        once=context.form.one(drafting.ONCE) if context.request.method == "POST" else drafting.new_once(),
        effects=None if draft.effects is None else effects_table(words, draft.effects), action=context.address(),
        draft=draft, wide=asked.terms is not None,
    )  # fmt: skip
    title = words.plain("record.title", type=words.both((row.zh, row.en)))
    return context.page(title, body, here="record", contract=contract, status=422 if draft.faults else 200,
                        filled="post", enter="do=preview")  # fmt: skip


def _types(context: PageContext, ledger: Ledger, contract: str, role: str) -> Response:
    words, wanted = context.words(contract), context.one("q", "")
    known = recordable(ledger, contract, role)
    clauses = {name: ledger.template(contract).article_of(row) for name, row in known.items()}
    fitting = {name: row for name, row in known.items() if _fits(row, clauses[name], wanted)}
    usual = usual_types(ledger, contract, role, known)
    body = context.render(
        "record_types.html", contract, wanted=wanted, count=len(fitting), carried=context.carried,
        table=_types_table(words, fitting, clauses, [] if wanted else usual),
    )  # fmt: skip
    return context.page(words.plain("nav.record"), body, here="record", contract=contract)


def usual_types(ledger: Ledger, contract: str, role: str, known: Mapping[str, FactType]) -> list[str]:
    """The types declared as usual for a role, whoever the actor; then those it recorded most often here."""
    declared = [name for name, row in known.items() if role in row.usual]
    said = Counter(fact.type for fact in ledger.facts(contract) if fact.type in known and fact.by == role)
    return list(dict.fromkeys([*declared, *(name for name, _ in said.most_common())]))[:MOST_USUAL]


def _fits(row: FactType, clause: str, wanted: str) -> bool:
    """Whether every word searched for occurs in the type's names, meaning, clause or field labels."""
    said = [row.name, row.zh, row.en, clause, *meaning_of(row)]
    said += [one for both in (*row.labels.values(), *_variant_words(row).values()) for one in both]
    whole = " ".join(said).casefold()
    return all(word in whole for word in wanted.casefold().split())


def _variant_words(row: FactType) -> Mapping[str, Any]:
    if row.variants is None:
        return {}
    return next(one.shape.options for one in fields_in(row) if row.variants is not None and one.key == row.variants[0])


def _types_table(
    words: PageWords, fitting: Mapping[str, FactType], clauses: Mapping[str, str], usual: Sequence[str]
) -> LedgerTable:
    first = {name: fitting[name] for name in usual}
    groups = [RowGroup(words.plain("record.usual"), list(_type_lines(words, first, clauses)))] if first else []
    rest = {name: row for name, row in fitting.items() if name not in usual}
    by_clause = sorted(rest.items(), key=lambda one: _clause_order(clauses[one[0]]))
    if by_clause:
        groups.append(RowGroup(words.plain("record.by-clause"), list(_type_lines(words, dict(by_clause), clauses))))
    heads = [TableColumn(words.plain(f"record.head.{one}")) for one in ("type", "meaning", "clause")]
    return LedgerTable("", heads, groups, empty=words.say("record.none"), cls="types")


def _type_lines(
    words: PageWords, listed: Mapping[str, FactType], clauses: Mapping[str, str]
) -> Iterator[TableRow]:
    for name, row in listed.items():
        said = words.both((row.zh, row.en))
        if row.variants is None:
            named = words.link("record", said, fact_type=name)
        else:
            named = words.say("record.variants", type=said, variants=words.listed(
                words.link("record", words.both(both), fact_type=name, variant=variant)
                for variant, both in _variant_words(row).items()
            ))  # fmt: skip
        yield TableRow([named, _meaning(words, row), words.clause(clauses[name])])


def _meaning(words: PageWords, row: FactType) -> str:
    """The type's meaning, with field names replaced by the labels of its form."""
    called = {one.key: words.both(label_of(row, one)) for one in fields_in(row)} | {"on": words.plain("form.on")}
    return re.sub(r"`+([^`]*)`+", lambda found: called.get(found[1], found[1]), words.both(meaning_of(row)))


def _clause_order(article: str) -> tuple[bool, list[int], str]:
    """Sort key: articles in order, then annexes."""
    parts = [int(part) if part.isdigit() else 0 for part in article.replace(" ", ".").split(".")]
    return not article[:1].isdigit(), parts, article
