"""Verbs import and drafts: a file becomes drafts, which are reviewed, changed, recorded or discarded."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from ledger.cli.opening import checkpointed, ledger_of
from ledger.cli.output import Output, bar
from ledger.cli.recording import LONG, preview, read_bytes, tell
from ledger.custody.documents import LARGEST
from ledger.domain.errors import Refusal
from ledger.importers.drafts import DRAFT
from ledger.imports import ImportOptions
from ledger.service import Ledger


def import_(asked: Namespace, out: Output) -> None:
    """Make drafts from a file; --preview keeps none and shows what recording would change, --confirm records them."""
    from ledger.cli.draft_screens import drafts as draw

    ledger = ledger_of(asked)
    content, name = _file(asked.file)
    told = ImportOptions(asked.by, asked.type, asked.actor, _answers(asked), tuple(asked.skip or ()))
    make = ledger.imports.try_out if asked.preview else ledger.imports.draft
    made = make(asked.contract, asked.kind, content, name=name, asked=told, made_by=asked.principal,
                progress=_progress(out, len(content)))  # fmt: skip
    out.progress_done()
    if asked.preview or asked.confirm:
        _require_sound(made)
    if asked.preview:
        facts = [row["envelope"] for row in made["rows"]]
        return preview(ledger, asked.contract, facts, out)
    if asked.confirm and made["counts"][DRAFT]:
        return _confirm(ledger, asked.contract, made["id"], None, asked, out)
    out.answer(made, draw)


def _answers(asked: Namespace) -> dict[str, Any]:
    given = {"on": asked.on, "data.instalment": asked.instalment, "resolution": asked.resolution}
    return {path: value for path, value in given.items() if value is not None}


def _file(path: str) -> tuple[bytes, str]:
    """A file's bytes and its name; ``-`` is standard input."""
    if path != "-":
        return read_bytes(path, LARGEST), path.replace("\\", "/").rpartition("/")[2]
    content = sys.stdin.buffer.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refusal("FILE_TOO_LARGE", file="-", longest=LARGEST)
    return content, "stdin"


def _progress(out: Output, size: int) -> Callable[[int], None] | None:
    """A function that reports the progress of a long import; None for a short one."""
    def told(count: int) -> None:
        out.progress("PROGRESS_IMPORTED", count=count)

    return told if size > LONG * 20 else None


def _require_sound(made: dict[str, Any]) -> None:
    """Refusal FACTS_FAULTY, listing all faults, if any draft has one: then nothing is recorded or previewed."""
    faults = []
    for row in made["rows"]:
        for one in row["faults"] if row["state"] == DRAFT else ():
            fault = Refusal(one["code"], one["field"], line=row["row"])
            fault.values.update(one["values"])
            fault.place = one["place"]
            faults.append(fault)
    if faults:
        facts = len({fault.line for fault in faults})
        raise faults[0] if len(faults) == 1 else Refusal("FACTS_FAULTY", faults=faults, facts=facts, count=len(faults))


def drafts(asked: Namespace, out: Output) -> None:
    """List a contract's imports, or show one; --set changes its drafts, --confirm records, --discard deletes them."""
    from ledger.cli import draft_screens

    ledger = ledger_of(asked)
    if asked.id is None:
        return out.answer(ledger.imports.listed(asked.contract), draft_screens.imports)
    _require_one_act(asked)
    if asked.preview:
        facts = ledger.imports.envelopes(asked.contract, asked.id, asked.rows)
        return preview(ledger, asked.contract, facts, out)
    if asked.confirm:
        return _confirm(ledger, asked.contract, asked.id, asked.rows, asked, out)
    made = _changed(ledger, asked)
    out.answer(made, partial(draft_screens.drafts, only=asked.rows), _flat(made["rows"]))


def _require_one_act(asked: Namespace) -> None:
    acts = [asked.preview, asked.confirm, asked.discard, bool(asked.cells)]
    if sum(acts) > 1:
        raise Refusal("DRAFTS_ONE_ACT")
    if asked.cells and (asked.rows is None or len(asked.rows) != 1):
        raise Refusal("DRAFTS_SET_ROW")


def _changed(ledger: Ledger, asked: Namespace) -> dict[str, Any]:
    if asked.discard:
        return ledger.imports.discard(asked.contract, asked.id, asked.rows)
    if asked.cells:
        return ledger.imports.amend(asked.contract, asked.id, asked.rows[0], dict(asked.cells))
    return ledger.imports.read(asked.contract, asked.id)


def _flat(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Drafts as rows of a table: the envelope's values by path, then the faults as text."""
    return [
        {"row": row["row"], "state": row["state"], "place": row["place"], "fact": row["fact"],
         **{key: value for key, value in row["envelope"].items() if key != "data"},
         **{f"data.{key}": value for key, value in row["envelope"].get("data", {}).items()},
         "faults": "\n".join(f"{one['place'] or one['field'] or ''} {one['message']['zh']}" for one in row["faults"])}
        for row in rows
    ]  # fmt: skip


def _confirm(
    ledger: Ledger, contract: str, id_: str, rows: Sequence[int] | None, asked: Namespace, out: Output
) -> None:
    def told(count: int) -> None:
        out.progress("PROGRESS_CHECKED", count=count, total=total, bar=bar(count, total))

    total = ledger.imports.read(contract, id_)["counts"][DRAFT]
    recorded = ledger.imports.confirm(contract, id_, rows, recorded_by=asked.principal,
                                      progress=told if total >= LONG else None)  # fmt: skip
    out.progress_done()
    checkpointed(ledger, out)
    tell(ledger, contract, recorded, out)
