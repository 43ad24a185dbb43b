"""事实 Facts: the register of a contract's facts with filters and facets, and the page of one fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup
from starlette.responses import Response

from api.console import fact_telling as told
from api.console.context import PageContext
from api.console.fact_register import FACETS, PAGE, TAKES, Found
from api.console.routes import Pages
from api.console.tables import LedgerTable, RowGroup, TableColumn, TableRow, table
from api.console.words import PageWords
from api.parameters import flag
from api.permissions import MAY
from ledger import labels, messages
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Fact
from ledger.domain.fact_data import data_json
from ledger.domain.facts.record import DocumentAttached
from ledger.evidence.inventory import commitments
from ledger.exporters import FORMS, facts_tables, written
from ledger.projections.register import RegisterEntry
from ledger.recording import Recorded
from ledger.service import Ledger, envelope

MOST_OF_A_FACET = 8  # values shown of a facet; the others are folded away
RECORDED, EFFECTS = flag("recorded"), flag("effects")
MOST_SWEPT = 2_000  # facts: for longer contracts a fact's effects are computed only on request


def facts(pages: Pages) -> None:
    """Declares ``/contract/{contract}/facts`` and the page of each fact."""
    ledger = pages.console.components.ledger

    @pages.get("facts", "/contract/{contract}/facts", takes=TAKES)
    def show_facts(context: PageContext, contract: str) -> Response:
        role, words = context.may("read", contract), context.words(contract)
        asked = _asked(context)
        what = f"facts {sorted(asked.items())}"
        body = context.remembered(contract, what, lambda: _listed(context, words, contract, asked, role))
        return context.page(words.plain("nav.facts"), body, here="facts", contract=contract)

    def _listed(
        context: PageContext, words: PageWords, contract: str, asked: Mapping[str, Any], role: str
    ) -> Markup:
        found = context.console.register.look_through(contract, context.question, asked)
        return context.render(
            "facts.html", contract, found=found, asked=asked, carried=context.carried,
            facets=_facets(words, found, asked),
            formats=[(form, words.url("facts-file", form=form, **_query(asked))) for form in FORMS],
            sorts=[(one, words.say(f"facts.sort.{one}")) for one in ("-seq", "seq", "-on", "on")],
            table=_table(words, found, _correcting(ledger, contract, found.entries), role),
            page_url=lambda page: words.url("facts", **_query(asked), page=page),
        )  # fmt: skip

    @pages.get("facts-file", "/contract/{contract}/facts.{form}", takes=TAKES, long=True)
    def take_out(context: PageContext, contract: str, form: str) -> Response:
        context.may("read", contract)
        if form not in FORMS:
            raise Refusal("EXPORT_FORM", "form", form=form, known=", ".join(FORMS))
        fitting = context.console.register.narrowed(contract, context.question, _asked(context)).entries
        tables = facts_tables([envelope(one.fact) | dict(one.told) for one in fitting], form, context.lang)
        named = {"Content-Disposition": f'attachment; filename="facts-{contract}.{form}"', "Cache-Control": "no-store"}
        return Response(written(tables, form), 200, named, FORMS[form])

    @pages.get("fact", "/contract/{contract}/facts/{fact}", takes=(RECORDED, EFFECTS), long=True)
    def show_fact(context: PageContext, contract: str, fact: str) -> Response:
        context.may("read", contract)
        return _fact(context, ledger, contract, fact)

    @pages.post("/contract/{contract}/facts/{fact}")
    def do_with_fact(context: PageContext, contract: str, fact: str) -> Response:
        if context.form.is_shown_only:
            return show_fact(context, contract, fact)
        if context.form.one("do") == "disclose":
            context.may("disclose", contract)
            wanted = ledger.registers.named(contract, fact).fact
            personal = ledger.personal.of(contract, wanted.id)
            done = {"did": "disclosed", "fact": wanted.id, "by": context.principal.name}
            pages.console.components.principals.note(done)
            return _fact(context, ledger, contract, fact, personal=personal)
        role, file = context.may("attach", contract), next(iter(context.form.files), None)
        try:
            if file is None:
                raise Refusal("DOCUMENT_EMPTY", "file")
            kind = file.media_type or "application/octet-stream"
            ledger.attachments.attach(
                contract, ledger.registers.named(contract, fact).fact.id, file.content, name=file.name,
                media_type=kind, by=role, recorded_by=context.principal.name,
            )  # fmt: skip
        except Refusal as refused:
            fault = messages.say(refused.code, context.lang, **refused.values)
            return _fact(context, ledger, contract, fact, fault=fault)
        return context.redirect(context.words(contract).url("fact", fact=fact, anchor="documents"))

    @pages.get("document", "/contract/{contract}/documents/{sha256}")
    def show_document(context: PageContext, contract: str, sha256: str) -> Response:
        context.may("read", contract)
        if ledger.custody.documents.described(contract, sha256) is None:
            raise Refusal("DOCUMENT_UNKNOWN", "sha256", sha256=sha256[:64])
        content = ledger.custody.documents.content(sha256)  # always sent as a download, never shown in the page
        headers = {"Content-Disposition": f'attachment; filename="{sha256[:16]}"', "Cache-Control": "private, no-cache"}
        return Response(content, 200, headers, "application/octet-stream")


def _fact(
    context: PageContext, ledger: Ledger, contract: str, name: str, *,
    personal: Mapping[str, str | None] | None = None, fault: str = "",
) -> Response:  # fmt: skip
    """The page of one fact, with its personal values if they were asked for."""
    role, words = context.may("read", contract), context.words(contract)
    entry = ledger.registers.named(contract, name, context.question)
    wanted = entry.fact
    wants = ledger.version(contract) <= MOST_SWEPT or context.one("effects", context.one("recorded", False))
    clause = ledger.template(contract).article_of(TYPES[wanted.type])
    effects = ledger.effects([Recorded(wanted, repeated=False)]) if wants and wanted.seq > 1 else []
    body = context.render(
        "fact.html", contract, fact=wanted, entry=entry, role=role, content=told.content(words, wanted),
        told=told, documents=_documents(ledger, words, contract, wanted),
        effects=effects_table(words, effects, now="before") if wants else None, clause=clause,
        corrections=_corrections(words, entry, _correcting(ledger, contract, [entry])),
        acts=told.may_do(entry, role), fault=fault,
        just_recorded=context.one("recorded", False), may_attach=role in MAY["attach"],
        concealed=role in MAY["disclose"] and any(commitments(data_json(wanted.what))),
        personal=None if personal is None else [
            (told.called(words, wanted.type, field), value) for field, value in personal.items()
        ],
    )  # fmt: skip
    title = f"#{wanted.seq} {told.type_name(words, wanted.type)}"
    return context.page(title, body, here="facts", contract=contract, status=422 if fault else 200,
                        filled="post" if role in MAY["attach"] else "", enter="do=attach")  # fmt: skip


def _asked(context: PageContext) -> dict[str, Any]:
    return {one.name: context.one(one.name) for one in TAKES if context.one(one.name) is not None}


def _query(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name != "page"}


def _facets(words: PageWords, found: Found, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each facet with its values: label, count, address that selects it, and whether it is selected."""
    shown = []
    for name in FACETS:
        values = [
            {"said": _facet_value(words, name, value), "count": count, "chosen": str(asked.get(name)) == value,
             "to": words.url("facts", **(_query(asked) | {name: None if str(asked.get(name)) == value else value}))}
            for value, count in found.facets[name]
        ]  # fmt: skip
        if values:
            shown.append({"name": name, "first": values[:MOST_OF_A_FACET], "rest": values[MOST_OF_A_FACET:]})
    return shown


def _facet_value(words: PageWords, facet: str, value: str) -> str:
    match facet:
        case "fact_type":
            return told.type_name(words, value)
        case "by":
            return words.label("role", value)
        case "standing":
            return words.plain(f"facts.standing.{value}")
        case "late":
            return words.plain("facts.late-from", days=value)
        case _:
            return value


def _table(words: PageWords, found: Found, by_id: Mapping[str, Fact], role: str) -> LedgerTable:
    heads = [TableColumn(words.plain(f"facts.head.{one}"), id=one == "seq") for one in
             ("seq", "on", "fact", "who", "recorded", "standing")]  # fmt: skip
    lines: list[TableRow] = []
    for entry in found.entries:
        lines.append(_line(words, entry, role))
        for correction, changed in told.corrections(words, entry, by_id):
            lines.append(_correction_line(words, correction, changed))
    caption = words.say("facts.caption", first=(found.page - 1) * PAGE + bool(found.entries), count=len(found.entries),
                        fitting=found.fitting)  # fmt: skip
    return LedgerTable(caption, heads, [RowGroup("", lines)] if lines else [], empty=words.say("facts.none"),
                       cls="facts")  # fmt: skip


def _line(words: PageWords, entry: RegisterEntry, role: str) -> TableRow:
    fact = entry.fact
    named = Markup("<small>{}</small>").format(words.ident(fact.ref)) if fact.ref != str(fact.seq) else Markup("")
    said = Markup("<b>{}</b><small>{}</small>").format(told.type_name(words, fact.type), told.in_short(words, fact))
    if fact.documents:
        said += Markup("<small>{}</small>").format(words.say("facts.documents", count=len(fact.documents)))
    gone = "out" if entry.told["retracted_by"] else ""
    return TableRow([words.fact(fact.id) + named, words.day(fact.on), said, told.who(words, fact),
                 told.recorded(words, fact), told.standing(words, entry) + told.links_to_acts(words, entry, role)],
                gone)  # fmt: skip


def _correction_line(words: PageWords, correction: Fact, changed: Sequence[told.FieldChange]) -> TableRow:
    what: Any = correction.what
    values = Markup("<br>").join(
        words.say("facts.change", name=one.name, before=one.before, after=one.after) for one in changed
    )
    said = Markup("{}<small>{}</small>").format(values, what.reason)
    return TableRow(["↳ " + words.fact(correction.id), words.day(correction.on), said, told.who(words, correction),
                 told.recorded(words, correction), ""], "under")  # fmt: skip


def effects_table(
    words: PageWords, effects: Sequence[Mapping[str, Any]], then: str = "then", now: str = "now"
) -> LedgerTable:
    """Changes that facts make in the answer, the most important first; ``now`` and ``then`` are the headings of the
    columns before and after."""
    lines = [
        TableRow([labels.path(one["path"], words.lang), words.value(one["path"], one["from"]),
              words.value(one["path"], one["to"])])
        for one in sorted(effects, key=lambda one: labels.weight(one["path"]))
    ]  # fmt: skip
    heads = [TableColumn(words.plain(f"effects.{one}")) for one in ("conclusion", now, then)]
    return table(words.say("effects.caption"), heads, lines, empty=words.say("effects.none"))


def _correcting(ledger: Ledger, contract: str, entries: Sequence[RegisterEntry]) -> dict[str, Fact]:
    """The facts that correct these, by id."""
    ids = {id_ for entry in entries for id_ in entry.told["corrected_by"]}
    return {id_: ledger.registers.named(contract, id_).fact for id_ in ids}


def _corrections(words: PageWords, entry: RegisterEntry, by_id: Mapping[str, Fact]) -> LedgerTable:
    lines = [
        TableRow([words.fact(correction.id), one.name, one.before, one.after, correction.what.reason])
        for correction, changed in told.corrections(words, entry, by_id) for one in changed
    ]
    heads = [TableColumn(words.plain(f"facts.head.{one}"), id=one == "seq") for one in
             ("seq", "field", "before", "after", "reason")]  # fmt: skip
    return table(words.say("facts.corrections"), heads, lines, empty=words.say("facts.never-corrected"))


def _documents(ledger: Ledger, words: PageWords, contract: str, fact: Fact) -> LedgerTable:
    """The documents recorded with the fact and those attached later, each with its digest."""
    lines = []
    for one in _documents_of(ledger, contract, fact):
        held = ledger.custody.documents.described(contract, one.sha256) is not None
        lines.append(TableRow([
            words.link("document", one.name, sha256=one.sha256) if held else one.name, words.fact(one.by),
            words.ident(one.sha256[:16]), words.say("facts.held" if held else "facts.not-held"),
        ]))  # fmt: skip
    heads = [TableColumn(words.plain(f"facts.head.{one}")) for one in ("document", "seq", "digest", "kept")]
    return table("", heads, lines, empty=words.say("facts.no-documents"))


class NamedDocument(NamedTuple):
    """A document as a fact names it, and the fact ``by`` which it was added."""

    name: str
    sha256: str
    by: str


def _documents_of(ledger: Ledger, contract: str, fact: Fact) -> Iterator[NamedDocument]:
    """The documents that a fact carries, and those that later facts attached to it."""
    yield from (NamedDocument(one.name, one.sha256, fact.id) for one in fact.documents)
    own = [fact] if isinstance(fact.what, DocumentAttached) else []
    for one in [*own, *(entry.fact for entry in ledger.registers.attached_to(contract, fact))]:
        what: Any = one.what
        yield NamedDocument(what.name, what.sha256, one.id)
