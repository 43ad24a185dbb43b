"""导入 Import: paste or drop a table, an invoice or a monitoring feed; edit its drafts in a grid, confirm rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from starlette.responses import Response

from api.background.jobs import Job, Tell
from api.console import forms
from api.console.context import PageContext
from api.console.draft_grid import Grid, changed_cells, grid
from api.console.pages.facts import effects_table
from api.console.pages.jobs import to_outcome
from api.console.pages.record import recordable, usual_types
from api.console.routes import Pages
from api.console.tables import LedgerTable, TableColumn, TableRow, table
from api.console.words import PageWords
from api.parameters import choice, matching, number
from ledger import labels, messages
from ledger.domain.errors import Refusal
from ledger.imports import IMPORT_KINDS, ImportOptions, Imports
from ledger.service import Ledger

MOST_EFFECTS = 200  # changes shown, the most important ones
WAIT_SECONDS = 1.5  # wait for long work; after that a page shows its progress
FIELDS = ("kind", "type", "actor", "on", "instalment", "pasted", "skip")
SEPARATORS = re.compile(r"[,，、;；\n]+")  # between the columns to skip
_TAKES = (choice("show", "faulty", "all"), number("page", 1, 10**6), number("recorded", 0, 10**9),
          matching("previewed", "[0-9a-f]{16}", "preview"))  # fmt: skip


class Attempt(NamedTuple):
    """The result of an action on drafts: cells typed with the faults of those refused, why nothing was recorded,
    the effects of recording (the first MOST_EFFECTS, and how many in all), and the rows ticked."""

    typed: Mapping[tuple[int, str], str] = {}
    faults: Mapping[tuple[int, str], str] = {}
    refused: Sequence[str] = ()
    effects: Sequence[Mapping[str, Any]] | None = None
    changes: int = 0
    ticked: Sequence[int] | None = None


def importing(pages: Pages) -> None:
    """Declares ``/contract/{contract}/import`` and the page of each import."""
    ledger = pages.console.components.ledger

    @pages.get("import", "/contract/{contract}/import")
    def show_imports(context: PageContext, contract: str) -> Response:
        context.may("record", contract)
        return _start(context, ledger, contract, {}, [])

    @pages.post("/contract/{contract}/import", long=True)
    def take_import(context: PageContext, contract: str) -> Response:
        role = context.may("record", contract)
        given = {name: context.form.one(name) for name in FIELDS}
        ticked = context.form.all("column")
        if context.form.is_shown_only:
            return _start(context, ledger, contract, given, [], ticked)
        file = next(iter(context.form.files), None)
        content = file.content if file is not None else given["pasted"].encode()
        name = file.name if file is not None else context.words().plain("import.pasted")
        own, words, made_by = _own(context, ledger, contract), context.words(contract), context.principal.name

        def read(job: Job, tell: Tell) -> None:
            made = own.draft(
                contract, given["kind"], content, name=name,
                media_type=file.media_type if file is not None and given["kind"] != "table" else "",
                asked=_asked(role, given, ticked), made_by=made_by, progress=tell,
            )  # fmt: skip
            if not made["rows"]:
                raise Refusal("IMPORT_NOTHING_NEW", "file")
            job.to = words.url("drafts", id=made["id"])

        try:
            return to_outcome(context, _begun(context, contract, "import", name, read))
        except Refusal as refused:
            return _start(context, ledger, contract, given, _said(context, refused), ticked, _unknown(refused))

    @pages.get("drafts", "/contract/{contract}/import/{id}", takes=_TAKES)
    def show_drafts(context: PageContext, contract: str, id: str) -> Response:
        context.may("record", contract)
        found, tried = _own(context, ledger, contract).read(contract, id), Attempt()
        if (previewed := context.one("previewed")) is not None:
            job = pages.console.components.jobs.find(contract, previewed, context.principal.name)
            tried = Attempt(**job.found) if job.state == "done" and job.found is not None else tried
        return _drafts(context, ledger, contract, found, tried)

    @pages.post("/contract/{contract}/import/{id}", takes=_TAKES, long=True)
    def take_drafts(context: PageContext, contract: str, id: str) -> Response:
        context.may("record", contract)
        faulty = _faulty(_own(context, ledger, contract).read(contract, id))
        typed, faults = _amended(context, ledger, contract, id)
        done, chosen = context.form.one(forms.DO), _chosen(context, ledger, contract, id)
        if faults or done in ("check", forms.SHOW):
            found = _own(context, ledger, contract).read(contract, id)
            ticked = sorted({*(chosen or ()), *faulty} - _faulty(found))  # earlier ticks and mended rows
            return _drafts(context, ledger, contract, found, Attempt(typed, faults, ticked=ticked))
        try:
            return _do(context, ledger, contract, id, done, chosen)
        except Refusal as refused:
            found = _own(context, ledger, contract).read(contract, id)
            return _drafts(context, ledger, contract, found, Attempt(typed, {}, _said(context, refused)))


def _faulty(found: Mapping[str, Any]) -> set[int]:
    return {row["row"] for row in found["rows"] if row["faults"]}


def _own(context: PageContext, ledger: Ledger, contract: str) -> Imports:
    """The imports of the reader's role; other roles cannot see them."""
    return ledger.imports.of(context.may("record", contract))


def _asked(role: str, given: Mapping[str, str], ticked: Sequence[str]) -> ImportOptions:
    answers: dict[str, Any] = {}
    if given["on"]:
        answers["on"] = given["on"]
    if given["instalment"]:
        answers["data.instalment"] = int(given["instalment"]) if given["instalment"].isdigit() else given["instalment"]
    typed = [column for one in SEPARATORS.split(given["skip"]) if (column := one.strip())]
    return ImportOptions(role, given["type"] or None, given["actor"] or None, answers, [*typed, *ticked])


def _unknown(refused: Refusal) -> list[str]:
    """Headings that name nothing, which can be ticked so as not to be read."""
    return [str(fault.values["column"]) for fault in refused.faults or (refused,) if fault.code == "HEADING_UNKNOWN"]


def _said(context: PageContext, refused: Refusal) -> list[str]:
    return [messages.refusal(fault, context.lang) for fault in refused.faults or (refused,)]


# --- acting on drafts ------------------------------------------------------------------------------


def _amended(
    context: PageContext, ledger: Ledger, contract: str, id_: str
) -> tuple[dict[tuple[int, str], str], dict[tuple[int, str], str]]:
    """Apply typed cells to the drafts; returns the text typed in each cell and the faults of those refused."""
    found = _own(context, ledger, contract).read(contract, id_)
    typed = changed_cells(found["rows"], context.form.pairs)
    faults: dict[tuple[int, str], str] = {}
    changes: dict[int, dict[str, str | None]] = {}
    for (row, path), text in typed.items():
        changes.setdefault(row, {})[path] = text or None
    with suppress(Refusal):  # all at once, as each change checks every draft again; else row by row
        _own(context, ledger, contract).amend_rows(contract, id_, changes)
        return typed, {}
    for number_, cells in changes.items():
        try:
            _own(context, ledger, contract).amend(contract, id_, number_, cells)
        except Refusal:
            faults |= _one_by_one(context, ledger, contract, id_, number_, cells)
    return typed, faults


def _one_by_one(
    context: PageContext, ledger: Ledger, contract: str, id_: str, row: int, cells: Mapping[str, str | None]
) -> dict[tuple[int, str], str]:
    faults = {}
    for path, text in cells.items():
        try:
            _own(context, ledger, contract).amend(contract, id_, row, {path: text})
        except Refusal as refused:
            faults[row, path] = messages.say(refused.code, context.lang, **refused.values)
    return faults


def _chosen(context: PageContext, ledger: Ledger, contract: str, id_: str) -> list[int] | None:
    """The rows ticked; if all were asked for, those that can be recorded."""
    if context.form.one(forms.DO) in ("all", "preview-all"):
        rows = _own(context, ledger, contract).read(contract, id_)["rows"]
        return [row["row"] for row in rows if row["state"] == "draft" and not row["faults"]]
    return [int(one) for one in context.form.all("row") if one.isdigit()]


def _do(
    context: PageContext, ledger: Ledger, contract: str, id_: str, done: str, chosen: Sequence[int] | None
) -> Response:
    words, own, principal = context.words(contract), _own(context, ledger, contract), context.principal.name
    if done == "discard":
        own.discard(contract, id_, chosen)
        left = any(one["id"] == id_ for one in own.listed(contract))
        return context.redirect(words.url("drafts", id=id_) if left else words.url("import"))
    envelopes = own.envelopes(contract, id_, chosen)
    if done in ("confirm", "all"):
        context.permissions.asserts(contract, envelopes)

        def confirm(job: Job, tell: Tell) -> None:
            job.total = len(envelopes)
            recorded = own.confirm(contract, id_, chosen, recorded_by=principal, progress=tell)
            job.to = words.url("drafts", id=id_, recorded=len(recorded))

        return to_outcome(context, _begun(context, contract, "confirm", _name(own, contract, id_), confirm))

    def preview(job: Job, tell: Tell) -> None:
        job.total = len(envelopes)
        _, effects = ledger.preview(contract, envelopes, progress=tell)
        first = sorted(effects, key=lambda one: labels.weight(one["path"]))[:MOST_EFFECTS]
        job.found = {"effects": first, "changes": len(effects), "ticked": chosen}
        job.to = words.url("drafts", id=id_, previewed=job.id)

    job = _begun(context, contract, "preview", _name(own, contract, id_), preview)
    if job.state == "done":
        return _drafts(context, ledger, contract, own.read(contract, id_), Attempt(**job.found))
    return to_outcome(context, job)


def _name(own: Imports, contract: str, id_: str) -> str:
    return str(own.read(contract, id_)["name"])


def _begun(context: PageContext, contract: str, what: str, name: str, do: Callable[[Job, Tell], None]) -> Job:
    """Start a job and wait for it up to the limit for a page. Raises whatever the job raised."""
    components = context.components
    job = Job(contract, context.principal.name, what, name, components.ledger.clock())
    return components.jobs.begin(job, do, WAIT_SECONDS)


# --- showing ---------------------------------------------------------------------------------------


def _start(
    context: PageContext, ledger: Ledger, contract: str, given: Mapping[str, str], faults: Sequence[str],
    ticked: Sequence[str] = (), unknown: Sequence[str] = (),
) -> Response:  # fmt: skip
    words, role = context.words(contract), context.may("record", contract)
    known = recordable(ledger, contract, role)
    usual = usual_types(ledger, contract, role, known)
    types = [
        (words.plain(f"record.{said}"), [(name, words.both((known[name].zh, known[name].en))) for name in names])
        for said, names in (("usual", usual), ("by-clause", [one for one in known if one not in usual]))
    ]
    body = context.render(
        "import.html", contract, given=dict.fromkeys(FIELDS, "") | dict(given), faults=faults,
        ticked=ticked, unknown=[*ticked, *unknown],
        kinds=[(kind, words.say(f"import.kind.{kind}")) for kind in IMPORT_KINDS], types=types,
        imports=_imports(words, _own(context, ledger, contract).listed(contract)),
        under_way=context.components.jobs.under_way(contract, context.principal.name),
    )  # fmt: skip
    status = 422 if faults else 200
    return context.page(words.plain("nav.import"), body, here="import", contract=contract, status=status, filled="post")


def _imports(words: PageWords, listed: Sequence[Mapping[str, Any]]) -> LedgerTable:
    lines = [
        TableRow([
            words.link("drafts", one["name"], id=one["id"]), words.say(f"import.kind.{one['kind']}"),
            words.moment(one["made_at"]), one["made_by"],
            words.say("import.counts", **one["counts"]),
        ])
        for one in listed
    ]  # fmt: skip
    heads = [TableColumn(words.plain(f"import.head.{one}")) for one in ("file", "kind", "made", "by", "rows")]
    return table(words.say("import.earlier-caption"), heads, lines, empty=words.say("import.none"))


def _drafts(
    context: PageContext, ledger: Ledger, contract: str, found: Mapping[str, Any], tried: Attempt
) -> Response:
    words = context.words(contract)
    shown: Grid = grid(words, found["rows"], tried.typed, tried.faults, only_faulty=context.one("show") == "faulty",
                       page=context.one("page", 1))  # fmt: skip
    counts = found["counts"]
    body = context.render(
        "drafts.html", contract, found=found, counts=counts, grid=shown, refused=tried.refused,
        ready=counts["draft"] - counts["faulty"], recorded=context.one("recorded"),
        action=words.url("drafts", id=found["id"], show=context.one("show"), page=context.one("page")),
        effects=None if tried.effects is None else effects_table(words, tried.effects),
        effects_left=tried.changes - len(tried.effects or ()),
        ticked=set(tried.ticked or ()), all_ticked=tried.ticked is None,
        page_url=lambda page: words.url("drafts", id=found["id"], show=context.one("show"), page=page),
    )  # fmt: skip
    title = words.plain("import.title", name=found["name"])
    status = 422 if tried.faults or tried.refused else 200
    return context.page(title, body, here="import", contract=contract, status=status, filled="post", enter="do=check")
