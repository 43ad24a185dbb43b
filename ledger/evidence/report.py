"""The report of the dispute package: `report.pdf`, PDF/A-3b with the data it rests on attached.

The same material gives the same bytes: no clock, no font of the machine and no network is asked. The template
`report.typ` gets everything as JSON, so that nothing anybody recorded is ever read as markup.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import typst

from ledger.bilingual import Bilingual, Text, in_edition, joined, label, phrase
from ledger.domain.calendar import format_utc, parse_utc
from ledger.evidence import report_facts, report_sections
from ledger.evidence.progress import Counted, unheard
from ledger.evidence.report_book import Book, Material
from ledger.evidence.report_glyphs import FONTS, Glyphs
from ledger.evidence.report_summary import summary
from ledger.explanation.content import moment

__all__ = ["Material", "composed", "report"]

TEMPLATE = Path(__file__).with_name("report.typ")
_MEDIA = {".json": "application/json", ".jsonl": "application/jsonl", ".txt": "text/plain"}


def report(material: Material, progress: Counted = unheard) -> bytes:
    """The report as PDF/A-3b. Raises RuntimeError where it cannot be set, as with a character without a glyph."""
    whole, attached = composed(material)
    progress(1, 2)  # setting the pages is about the other half
    set_ = compiled(TEMPLATE, whole, attached, material.made_at, tagged=bool(whole["listed"]))
    progress(2, 2)
    return set_


def composed(material: Material) -> tuple[dict[str, Any], dict[str, bytes]]:
    """All that the template sets, as plain data, and the files to attach by name."""
    book = Book(material)
    report_sections.conclusions(book)
    report_facts.facts(book)
    attached = _attached(book)
    report_facts.verify(book, attached)
    return in_edition(_whole(book, list(attached)), material.edition), attached


def _attached(book: Book) -> dict[str, bytes]:
    """The files handed in that are small enough, and every explanation told, in both languages."""
    told = [{key: one[key] for key in ("path", "value", "clauses", "facts", "steps", "readings")} for one in
            book.explanations if not _hidden(book, one)]  # fmt: skip
    explained = json.dumps({"contract": book.answer["contract"], "result": book.answer["receipt"]["result"],
                            "explanations": told}, ensure_ascii=False, sort_keys=True, indent=1).encode()  # fmt: skip
    files = {**book.material.attachments, "explanations.json": explained}
    return {name: data for name, data in files.items() if len(data) <= report_facts.MOST_ATTACHED}


def _hidden(book: Book, told: Any) -> bool:
    """Whether an explanation rests on a fact that is not disclosed."""
    seqs = {book.by_id[one["fact"]].seq for one in told["facts"] if one["fact"] in book.by_id}
    return not seqs.isdisjoint(book.material.withheld)


# -- the whole --------------------------------------------------------------------------------------


def _whole(book: Book, attached: list[str]) -> dict[str, Any]:
    glyphs = Glyphs()
    answer = book.answer
    whole: dict[str, Any] = glyphs.fit({
        "title": phrase("report.title"), "header": phrase("report.header", day=answer["as_of"]),
        "page": phrase("report.page_of", page="%1", pages="%2"), "at_page": phrase("report.page", page="%1"),
        "at_section": phrase("report.section_at", section="%1"),
        "cover_title": _short(str(book.material.terms["contract"]["title"])),
        "contract": answer["contract"], "cover": _cover(book),
        "nature": [phrase("report.nature"), phrase("report.boundary")], "notes": _notes(book),
        "summary": summary(book), "sections": book.sections,
        "words": {name: phrase(f"report.{name}") for name in
                  ("clause_words", "gist", "steps", "rests_on", "readings_used", "contents", "result_short")},
        "summary_title": phrase("report.section.summary"),
        "columns": [phrase(f"report.column.{name}") for name in ("conclusion", "result", "at")],
    })  # fmt: skip
    if glyphs.spelled:
        listed = joined((f"〔U+{ord(char):04X}〕" for char in sorted(glyphs.spelled)), "、")
        whole["notes"].append(phrase("report.glyphs", characters=listed))
    return whole | {
        "edition": book.material.edition, "digest": answer["receipt"]["result"],
        "made_at": moment(book.material.made_at), "listed": _linked(book),
        "attached": [{"name": name, "media": _MEDIA.get(Path(name).suffix, "application/octet-stream"),
                      "told": phrase(report_facts.told(name))} for name in attached],
    }  # fmt: skip


def _short(title: str) -> str:
    return title if len(title) <= 36 else title[:35] + "…"


def _linked(book: Book) -> list[str]:
    """The facts that references lead to: all of a short history, none of a long one, where links cost most."""
    counted = report_facts.counted(book)
    return [str(fact.seq) for fact in counted] if len(counted) <= report_facts.MOST_FACTS else []


def _cover(book: Book) -> dict[str, Any]:
    answer, terms, receipt = book.answer, book.material.terms, book.answer["receipt"]
    made, known = moment(book.material.made_at), parse_utc(answer["known_at"])
    asked = [_row("contract", answer["contract"]), _row("contract_title", terms["contract"]["title"])]
    asked += [{"name": label("role", role), "value": party["name"]} for role, party in terms["parties"].items()]
    asked += [_row("as_of", answer["as_of"]), _row("known_at", _clock(moment(known), answer["known_at"]))]
    if book.material.as_seen_by is not None:
        asked.append(_row("as_seen_by", label("role", book.material.as_seen_by)))
    asked += [_row("made_at", _clock(made, format_utc(book.material.made_at))),
              _row("facts_counted", phrase("report.facts_count", count=answer["facts"]))]  # fmt: skip
    origin, size, root = book.material.checkpoint.split("\n")[:3]
    notices = [phrase("report.calendar_year", year=year, document=document)
               for year, document in receipt["calendar"].items()]  # fmt: skip
    digests = [_row("result", receipt["result"], mono=True), _row("head", receipt["head"], mono=True),
               _row("terms", receipt["terms"], mono=True), _row("log", origin),
               _row("log_size", phrase("report.log_leaves", size=size)), _row("log_root", _hex(root), mono=True),
               _row("rules", receipt["rules"]),
               _row("calendar", joined(notices, "；") if notices else "—")]  # fmt: skip
    return {"asked": asked, "digests": digests, "digests_title": phrase("report.digests")}


def _row(name: str, value: Text, *, mono: bool = False) -> dict[str, Any]:
    return {"name": phrase(f"report.{name}"), "value": value, "mono": mono}


def _clock(beijing: str, utc: str) -> Bilingual:
    return phrase("report.clock", beijing=beijing, utc=utc)


def _hex(root: str) -> str:
    """The root as the checkpoint writes it, base64, in lower-case hex."""
    return base64.b64decode(root, validate=True).hex()


def _notes(book: Book) -> list[Bilingual]:
    withheld = [phrase("report.withheld", count=len(book.material.withheld))] if book.material.withheld else []
    if book.material.at_issue is not None:
        told = joined((one["title"] for one in book.sections if one["name"] not in ("facts", "verify")), "、")
        withheld.append(phrase("report.at_issue", sections=told))
    languages = phrase(f"report.languages.{book.material.edition}")
    return [*([phrase("report.draft")] if book.material.draft else []), languages, *withheld]


# -- setting it -------------------------------------------------------------------------------------


def compiled(
    template: Path, whole: dict[str, Any], attached: dict[str, bytes], made_at: int, *, tagged: bool
) -> bytes:  # fmt: skip
    """A template set with its data as PDF/A-3b. RuntimeError where it cannot be set."""
    files = {"main.typ": template.read_bytes(), "data.json": json.dumps(whole, ensure_ascii=False).encode()}
    files |= {f"attached/{name}": data for name, data in attached.items()}
    compiled: Any = typst.compile  # its stubs know of no files in memory
    try:
        pdf: bytes = compiled(
            files, font_paths=[str(FONTS)], ignore_system_fonts=True, format="pdf", pdf_standards=["a-3b"],
            timestamp=made_at // 1_000_000, pdf_tags=tagged,
        )  # fmt: skip
    except typst.TypstError as error:
        raise RuntimeError(f"{template.stem}.pdf could not be set: {error}") from error
    return pdf
