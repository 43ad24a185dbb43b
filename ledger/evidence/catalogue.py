"""证据目录 (`catalogue.pdf`): the list that accompanies evidence in court.

Number, name, source, what it proves, pages, copies; submitter, signature and date are left open. It is made from the
entries of items.json alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ledger.bilingual import Bilingual, Edition, Text, in_edition, joined, label, phrase
from ledger.domain.declare import dataclass
from ledger.domain.moments import beijing_day, parse_utc
from ledger.evidence.report import compiled
from ledger.evidence.report_glyphs import Glyphs
from ledger.explanation.content import moment

TEMPLATE = Path(__file__).with_name("catalogue.typ")
MOST_NAMED = 12  # facts, days or recorders named in one place
_COLUMNS = ("number", "name", "source", "proves", "pages", "copies")
_OPEN = ("submitter", "signature", "date")


@dataclass(frozen=True, slots=True)
class Cataloguing:
    """The heading of a catalogue: contract and terms, the role that exports and when (µs), the languages."""

    contract: str
    terms: Mapping[str, Any]
    by: str
    made_at: int
    edition: Edition


def catalogue(items: Sequence[Mapping[str, Any]], report: bytes, made: Cataloguing) -> bytes:
    """The catalogue as PDF/A-3b; `report` is the report.pdf whose pages it counts."""
    rows = list(rows_of([one for one in items if str(one["fact"]).startswith(f"{made.contract}#")], report))
    party = made.terms.get("parties", {}).get(made.by, {}).get("name", "")
    whole = {
        "edition": made.edition, "title": phrase("catalogue.title"),
        "page": phrase("report.page_of", page="%1", pages="%2"),
        "heads": [phrase("catalogue.contract", title=made.terms["contract"]["title"], contract=made.contract),
                  phrase("catalogue.exported", at=moment(made.made_at))],
        "columns": [phrase(f"catalogue.{name}") for name in _COLUMNS],
        "rows": [[str(number), *row] for number, row in enumerate(rows, 1)],
        "note": phrase("catalogue.note"),
        "open": [{"name": phrase(f"catalogue.{name}"), "value": party if name == "submitter" else ""}
                 for name in _OPEN],
    }  # fmt: skip
    fitted: dict[str, Any] = Glyphs().fit(in_edition(whole, made.edition))
    return compiled(TEMPLATE, fitted, {}, made.made_at, tagged=True)


def rows_of(items: Sequence[Mapping[str, Any]], report: bytes) -> Iterator[list[Text]]:
    pages = re.search(rb"/Type\s*/Pages\s*/Count (\d+)", report)
    yield [phrase("catalogue.report"), phrase("catalogue.report.source"), phrase("catalogue.report.proves"),
           pages[1].decode() if pages else "", "1"]  # fmt: skip
    kinds: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for item in items:
        if "happened" in item:
            kinds.setdefault((item["title"]["zh"], item["author"], item["actor"]), []).append(item)
    for alike in kinds.values():
        yield _alike(alike)
    yield from (_document(item) for item in items if "happened" not in item)
    yield [phrase("catalogue.log"), phrase("catalogue.log.source"), phrase("catalogue.log.proves"), "", ""]


def _alike(items: Sequence[Mapping[str, Any]]) -> list[Text]:
    """A row for facts of one kind, done by one role and reported by one role."""
    first = items[0]
    kind, by = Bilingual(**first["title"]), label("role", first["author"])
    if first["actor"] != first["author"]:
        kind = phrase("catalogue.facts.done", kind=kind, actor=label("role", first["actor"]))
    facts = _some([_number(one) for one in items])
    recorders = _some(list(dict.fromkeys(str(one["custodian"]) for one in items)))
    days = _some(list(dict.fromkeys(str(one["happened"])[:10] for one in items)))
    recorded = _some(list(dict.fromkeys(str(beijing_day(parse_utc(one["recorded"]))) for one in items)))
    return [phrase("catalogue.facts", kind=kind, facts=facts),
            phrase("catalogue.facts.source", by=by, recorders=recorders),
            phrase("catalogue.facts.proves", by=by, recorded=recorded, kind=kind, days=days), "", ""]  # fmt: skip


def _document(item: Mapping[str, Any]) -> list[Text]:
    code = "catalogue.document.absent" if item.get("absent") else "catalogue.document.source"
    fact, by = _number(item), label("role", item["author"])
    return [str(item["title"]), phrase(code, fact=fact, by=by, digest=str(item["sha256"])[:16]),
            phrase("catalogue.document.proves", fact=fact), "", ""]  # fmt: skip


def _number(item: Mapping[str, Any]) -> str:
    return "#" + str(item["fact"]).rpartition("#")[2]


def _some(listed: Sequence[str]) -> Bilingual:
    more = [phrase("report.more_changes", count=len(listed) - MOST_NAMED)] if len(listed) > MOST_NAMED else []
    return joined([*listed[:MOST_NAMED], *more], "、")
