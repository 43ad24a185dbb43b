"""证据 Evidence: choose a package's subject, tick what to disclose, preview, export; verify a package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup
from starlette.responses import FileResponse, Response

from api.background.exports import ExportRequest
from api.background.packages import Export
from api.components import Components
from api.console import fact_telling as told
from api.console.context import PageContext
from api.console.long_pages import AGAIN_SECONDS
from api.console.routes import Pages
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.words import PageWords
from api.parameters import choice, text
from api.permissions import MAY
from api.resources.verify import verdict
from ledger import labels, messages
from ledger.bilingual import in_one
from ledger.domain.errors import Refusal
from ledger.domain.fact import KINDS
from ledger.domain.fact_data import data_json
from ledger.evidence.export import Wanted
from ledger.evidence.inventory import commitments
from ledger.evidence.preview import catalogued, report_draft
from ledger.exporting import exporting
from ledger.service import Ledger

FORMAT = "application/zip"
WAIT_SECONDS = 4.0  # wait for a package before a page shows progress instead
FIRST = ("dispute", "incident", "notice", "invoice")  # the most usual subjects of evidence
MOST_NAMES = 60  # things of one kind offered as tick boxes; others can be typed
_TAKES = (
    replace(text("about", 128), most=50), replace(text("disclose", 300), most=50), text("others", 500),
    choice("edition", "zh", "en", "both"), choice("look", "preview"),
)  # fmt: skip


def evidence(pages: Pages) -> None:
    """Declares ``/contract/{contract}/evidence``, the page of each export, and ``/verify``."""
    components = pages.console.components
    ledger = components.ledger

    @pages.get("evidence", "/contract/{contract}/evidence", takes=_TAKES, long=True)
    def show_choice(context: PageContext, contract: str) -> Response:
        context.may("read", contract)
        return _choice(context, components, contract)

    @pages.get("evidence-report", "/contract/{contract}/evidence/report.pdf", takes=_TAKES, long=True)
    def show_report(context: PageContext, contract: str) -> Response:
        about, disclose, edition = _wanted(context, contract)
        source = exporting(ledger, contract, context.question, weighed=True)
        drawn = report_draft(source, Wanted(about, disclose, edition), ledger.clock())
        headers = {"Content-Disposition": 'inline; filename="report-draft.pdf"', "Cache-Control": "no-store"}
        return Response(drawn, 200, headers, "application/pdf")

    @pages.post("/contract/{contract}/evidence", takes=_TAKES)
    def take_choice(context: PageContext, contract: str) -> Response:
        role = context.may("export", contract)
        if context.form.is_shown_only:
            return _choice(context, components, contract)
        about, disclose, edition = _wanted(context, contract)
        asked = ExportRequest(contract, context.question, about, disclose, role, context.principal.name, edition)
        return context.redirect(context.words(contract).url("export", export=components.exports.ask(asked).id))

    _packages(pages, components)


def _packages(pages: Pages, components: Components) -> None:
    @pages.get("export", "/contract/{contract}/evidence/{export}", long=True)
    def show_export(context: PageContext, contract: str, export: str) -> Response:
        found = _of(components, context, contract, export)
        if found.ended_at is None and components.exports.ended(found.id, WAIT_SECONDS):
            found = components.exports.packages.find(found.id)
        words = context.words(contract)
        refused = messages.say(found.refused[0], context.lang, **found.refused[2]) if found.refused is not None else ""
        body = context.render("export.html", contract, export=found, refused=refused, again=context.address(),
                              size=f"{(found.bytes or 0) / 1024:,.0f}")  # fmt: skip
        again = AGAIN_SECONDS if found.ended_at is None else 0
        return context.page(words.plain("evidence.package"), body, here="evidence", contract=contract, again=again)

    @pages.get("package", "/contract/{contract}/evidence/{export}/package.zip", long=True)
    def hand_out(context: PageContext, contract: str, export: str) -> Response:
        found = _of(components, context, contract, export)
        file, name = components.exports.packages.file(found), f"evidence-{contract}.zip"
        return FileResponse(file, 200, {"Cache-Control": "no-store"}, FORMAT, filename=name)

    @pages.get("verify", "/verify")
    def show_verify(context: PageContext) -> Response:
        body = context.render("verify.html", found=None, name="", fault="")
        return context.page(context.words().plain("evidence.verify"), body, here="verify", filled="post")

    @pages.post("/verify", long=True)
    def take_package(context: PageContext) -> Response:
        file = next(iter(context.form.files), None)
        if context.form.is_shown_only:
            return show_verify(context)
        if file is None:
            body = context.render("verify.html", found=None, name="", fault=context.words().plain("evidence.no-file"))
            title = context.words().plain("evidence.verify")
            return context.page(title, body, here="verify", status=422, filled="post")
        found = verdict(components.ledger.custody.log, file.content, context.lang)
        body = context.render("verify.html", found=found, name=file.name, fault="")
        return context.page(context.words().plain("evidence.verify"), body, here="verify", filled="post")


def _wanted(context: PageContext, contract: str) -> tuple[tuple[str, ...], tuple[str, ...], Any]:
    """The package's subjects, the values to disclose, the languages. Refusal if the role may not export or disclose."""
    context.may("export", contract)
    disclose = tuple(context.query.get("disclose", ()))
    if disclose:
        context.permissions.may("disclose", contract)
    others = [one for one in context.one("others", "").replace("、", " ").replace(",", " ").split() if one]
    return (*context.query.get("about", ()), *others), disclose, context.one("edition", "zh")


def _of(components: Components, context: PageContext, contract: str, export: str) -> Export:
    """The export, if it was begun by the same principal. Refusal EXPORT_UNKNOWN."""
    context.may("export", contract)
    found = components.exports.packages.find(export)
    if found.principal != context.principal.name or found.contract != contract:
        raise Refusal("EXPORT_UNKNOWN", "export", export=export)
    if found.opens:
        context.permissions.may("disclose", contract)
    return found


# --- showing ---------------------------------------------------------------------------------------


def _choice(context: PageContext, components: Components, contract: str) -> Response:
    words, ledger, role = context.words(contract), components.ledger, context.may("read", contract)
    about, disclose = context.query.get("about", []), context.query.get("disclose", [])
    looked = fault = None
    if context.one("look") == "preview":
        try:
            named, opened, _ = _wanted(context, contract)
            looked = catalogued(exporting(ledger, contract, context.question), Wanted(named, opened))
        except Refusal as refused:
            fault = messages.say(refused.code, context.lang, **refused.values)
    chosen = {"about": about, "disclose": disclose, "others": context.one("others"), "edition": context.one("edition")}
    body = context.render(
        "evidence.html", contract, kinds=list(_kinds(words, ledger, contract)), chosen=chosen, fault=fault,
        personal=list(_personal(words, ledger, contract)) if role in MAY["disclose"] else [],
        may_export=role in MAY["export"], carried=context.carried,
        looked=looked, preview=looked.preview if looked is not None else None,
        sections=_sections(words, looked.preview.sections) if looked is not None else "",
        catalogue=_catalogue(words, looked.rows) if looked is not None else None,
        report=_with_query(words.url("evidence-report"), context), action=_with_query(words.url("evidence"), context),
    )  # fmt: skip
    status = 422 if fault else 200
    return context.page(words.plain("nav.evidence"), body, here="evidence", contract=contract, status=status,
                        filled="get", enter="" if looked else "look=preview")  # fmt: skip


def _with_query(path: str, context: PageContext) -> str:
    """``path`` with the query of this address."""
    _, question, query = context.address().partition("?")
    return path.partition("?")[0] + question + query


def _kinds(words: PageWords, ledger: Ledger, contract: str) -> Iterator[tuple[str, Sequence[str], bool]]:
    """The names of things in the contract, by kind, the most usual subjects of evidence first."""
    known = ledger.identifiers(contract)
    ordered = [*(kind for kind in FIRST if kind in known), *sorted(kind for kind in known if kind not in FIRST)]
    for kind in ordered:
        said = words.both(KINDS[kind][:2]) if kind in KINDS else kind
        names = [one for one in known[kind] if not one.isdigit()]  # a bare number is that of a fact
        if names:
            yield said, names[-MOST_NAMES:], kind in FIRST[:2]


def _personal(words: PageWords, ledger: Ledger, contract: str) -> Iterator[tuple[str, Markup]]:
    """Every personal field stored as a commitment: its name for ``disclose``, and its label."""
    for fact in ledger.facts(contract):
        for field, _ in commitments(data_json(fact.what)):
            said = words.say("evidence.personal", fact=words.fact(fact.id), type=told.type_name(words, fact.type),
                             field=told.called(words, fact.type, field))  # fmt: skip
            yield f"{fact.seq}.{field}", said


def _sections(words: PageWords, sections: Sequence[str] | None) -> Markup:
    if sections is None:
        return words.say("evidence.every-section")
    codes = {one: f"report.section.{one}" for one in sections}
    return words.listed(
        messages.say(code, words.lang) if code in messages.CATALOGUE else labels.path(one, words.lang)
        for one, code in codes.items()
    )


def _catalogue(words: PageWords, rows: Sequence[Sequence[Any]]) -> LedgerTable:
    """The 证据目录 as it will be printed; pages and copies are filled in only there."""

    def said(one: Any) -> str:
        return str(in_one(one, words.lang))

    lines = [
        TableRow([str(number), *(words.running(said(one)) for one in row[:3])]) for number, row in enumerate(rows, 1)
    ]
    said_of = ("number", "name", "source", "proves")
    heads = [TableColumn(messages.say(f"catalogue.{one}", words.lang)) for one in said_of]
    return table(words.say("evidence.catalogue-caption"), heads, lines)
