"""The sections after the conclusions: the facts in order, and how to verify the whole."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Mapping

from ledger.bilingual import Bilingual, in_both, joined, phrase, type_name, who
from ledger.domain.fact import Fact
from ledger.evidence.report_book import MANY, Book
from ledger.explanation.content import happened, moment
from ledger.explanation.report import Cell
from ledger.labels import recorder
from ledger.messages import CATALOGUE

MOST_FACTS, MOST_CITED = MANY, 240  # rows of the table of facts: 20,000 would cost seconds and gigabytes
_DASH = "—"
MOST_ATTACHED = 4 * 1024 * 1024  # bytes of one file attached to the PDF


def facts(book: Book) -> None:
    """All facts up to the day asked about; of a long history only those cited."""
    all_of_them = counted(book)
    cited = [fact for fact in all_of_them if fact.seq in book.cited]
    listed = all_of_them if len(all_of_them) <= MOST_FACTS else cited[:MOST_CITED]
    book.section("facts")
    said = {"day": book.answer["as_of"], "count": len(all_of_them), "shown": len(listed)}
    book.say("report.facts_intro" if listed is all_of_them else "report.facts_cited", **said)
    book.say("report.facts_columns")
    if listed is not all_of_them and len(cited) > len(listed):
        book.say("report.facts_cited_left", count=len(cited) - len(listed))
    shown = [fact for fact in listed if fact.seq not in book.material.withheld]
    hidden = [fact for fact in listed if fact.seq in book.material.withheld]
    if hidden:
        book.say("report.facts_withheld", count=len(hidden))
    ordered = sorted(shown, key=lambda fact: (fact.at, fact.seq) if fact.seq > 1 else (fact.at - 2**62, 1))
    book.table(
        [("seq", 0.95, "left"), ("on", 1.9, "left"), ("fact", 2.75, "left"), ("data", "fr", "left"),
         ("recorder", 2.2, "left"), ("recorded", 2.75, "left")],
        [*(_row(book, fact) for fact in ordered), *map(_withheld, hidden)],
    )  # fmt: skip


def counted(book: Book) -> list[Fact]:
    """The facts whose recorded `on` is not after the day asked about; the registration always."""
    day = book.answer["as_of"]
    return [fact for fact in book.material.facts if fact.day.isoformat() <= day or fact.seq == 1]


def _row(book: Book, fact: Fact) -> list[Cell]:
    kind = type_name(fact.type)
    return [
        {"k": "row", "seq": fact.seq},
        happened(fact),
        {"k": "lines", "t": [{"k": "bold", "t": kind}, who(fact), book.mark(fact.seq)]},
        book.content.of(fact, book.answer["receipt"]["terms"]) or _DASH,
        {"k": "lines", "t": [in_both(lambda lang: recorder(fact.recorded_by, fact.on_behalf, lang)), _delay(fact)]},
        {"k": "recorded", "at": moment(fact.recorded_at)[:16], "digest": fact.digest[:16]},
    ]


def _delay(fact: Fact) -> Bilingual:
    days = fact.days_late
    if days > 1:
        return phrase("report.delay", days=days)
    return phrase("report.delay_one" if days == 1 else "report.delay_none")


def _withheld(fact: Fact) -> list[Cell]:
    """What the package shows of a fact that is not disclosed: its place in the stream and its digest."""
    digest = {"k": "recorded", "at": _DASH, "digest": fact.digest[:16]}
    return [{"k": "row", "seq": fact.seq}, _DASH, _DASH, phrase("report.fact_withheld"), _DASH, digest]


def verify(book: Book, attached: Mapping[str, bytes]) -> None:
    """The steps by which a reader with standard tools only checks the package, and the files attached here."""
    book.section("verify")
    book.say("report.verify.intro")
    last = max((fact for fact in book.material.facts if fact.seq not in book.material.withheld), key=lambda f: f.seq)
    names = {"contract": book.answer["contract"], "seq": last.seq}
    stored = json.dumps(names, ensure_ascii=False, separators=(",", ":"))
    steps = [
        ("one", ["python3 verify.py . --trust KEYS"]),
        ("files", ["sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt", "bagit.py --validate ."]),
        ("report", ["qpdf --list-attachments data/report.pdf",
                    "qpdf data/report.pdf --show-attachment=conclusions.json | cmp - data/conclusions.json"]),
        ("signature", ["openssl pkeyutl -verify -pubin -inkey data/keys/log.pem -rawin -in TEXT -sigfile SIGNATURE"]),
        ("leaf", [f"grep -F {shlex.quote(stored[1:-1] + ',')} data/events.jsonl | tr -d '\\n' | sha256sum",
                  f"# {last.digest}"]),
        ("log", []),
        ("result", ["lvyue verify PACKAGE.zip --trust KEYS"]),
        ("stamp", ["openssl ts -verify -data data/log/checkpoint -in data/log/checkpoint.tsr -CAfile CA.pem"]),
    ]  # fmt: skip
    rules = book.answer["receipt"]["rules"]
    book.add({"kind": "steps", "steps": [
        {**phrase(f"report.verify.{name}", seq=last.seq, rules=rules).json(), "commands": commands}
        for name, commands in steps
    ]})  # fmt: skip
    book.add({"kind": "subtitle", "title": phrase("report.attachments")})
    rows: list[list[Cell]] = [
        [name, phrase(told(name)), {"k": "mono", "t": hashlib.sha256(data).hexdigest()}]
        for name, data in attached.items()
    ]
    book.table([("file", 3.4, "left"), ("data", 4.4, "left"), ("sha256", "fr", "left")], rows)
    left = [name for name in book.material.attachments if name not in attached]
    if left:
        book.say("report.not_attached", files=joined(left, "、"))


def told(name: str) -> str:
    return f"report.attached.{name}" if f"report.attached.{name}" in CATALOGUE else "report.attached.other"
