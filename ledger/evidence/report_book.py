"""The report as it is put together: numbered sections, conclusions told once, everything cited remembered.

What comes out is plain data for the template `report.typ`; no word of it is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ledger.bilingual import Bilingual, Edition, Text, clause_name, joined, path_name, phrase
from ledger.domain import history
from ledger.domain.declare import dataclass, field
from ledger.domain.errors import Refusal
from ledger.domain.fact import Fact
from ledger.domain.facts.record import FactContested
from ledger.domain.template import template_of
from ledger.evidence.at_issue import AtIssue
from ledger.explanation.content import Content
from ledger.explanation.report import Cell, Column, head
from ledger.messages import CATALOGUE

MANY = 400  # facts; of a longer history less is told, for each conclusion costs a look at all, each page memory
MOST_TOLD, MOST_TOLD_OF_MANY = 24, 12  # conclusions of one section told step by step
MOST_ROWS, MOST_ROWS_OF_MANY = 120, 60  # rows of one table of conclusions
MOST_STEPS, FIRST_STEPS, LAST_STEPS = 50, 36, 8
MOST_REFERENCES = 16  # facts named in one place


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is made of.

    `conclusions` is the answer of SPEC section 5, best with its sensitivity; `facts` are those recorded by its
    `known_at`, by `seq`; `explain` tells of a path what ``ledger.projections.explain`` does; `made_at` is in µs
    since the Unix epoch; `checkpoint` the signed note of the log; `attachments` are files by name, byte for byte
    as in the package; `withheld` the seqs of facts that the package does not disclose; `as_seen_by`
    the role the question was asked as; `disclosed` personal values by their commitments; `edition` the languages;
    `at_issue` what of the conclusions is told (all, if None); `draft`: it says that it is none that was exported.
    """

    terms: Mapping[str, Any]
    conclusions: Mapping[str, Any]
    facts: Sequence[Fact]
    explain: Callable[[str], Mapping[str, Any]]
    made_at: int
    checkpoint: str
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    withheld: frozenset[int] = frozenset()
    as_seen_by: str | None = None
    disclosed: Mapping[str, str] = field(default_factory=dict)
    edition: Edition = "both"
    at_issue: AtIssue | None = None
    draft: bool = False


class Book:
    """Sections of blocks. What was quoted or reckoned before is referred to, not repeated."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.answer = material.conclusions
        self.template = template_of(material.terms["contract"]["template"])
        self.sections: list[dict[str, Any]] = []
        self.explanations: list[Mapping[str, Any]] = []
        self.cited: dict[int, None] = {}
        self.by_id = {fact.id: fact for fact in material.facts}
        few = len(material.facts) <= MANY
        self.most_told = MOST_TOLD if few else MOST_TOLD_OF_MANY
        self.most_rows = MOST_ROWS if few else MOST_ROWS_OF_MANY
        self.content = Content(material.disclosed, _services(material.terms), again=material.edition == "en",
                               target=self._target)  # fmt: skip
        self._quoted: dict[str, str] = {}
        self._said: dict[str, str] = {}
        self._number = 0
        self._contested = set(material.conclusions["contested"])
        self._told_of = _told_of(material.facts)
        self._seqs = history.numbering(material.facts)
        self._touching: dict[int, list[str]] = {}

    def _target(self, fact: Fact) -> str | None:
        """The type of the fact that a correction is of, as far as it is disclosed."""
        what: Any = fact.what
        seq = history.pointed(self._seqs, what.target, fact.seq)
        return next((one.type for one in self.material.facts if one.seq == seq), None)

    # -- what is at issue --------------------------------------------------------------------------

    def has(self, section: str) -> bool:
        """Is there anything at issue in a section?"""
        return self.material.at_issue is None or section in self.material.at_issue.sections

    def concerns(self, path: str) -> bool:
        """Is the conclusion at a path at issue?"""
        return self.material.at_issue is None or path in self.material.at_issue.paths

    # -- building ---------------------------------------------------------------------------------

    def section(self, name: str) -> None:
        known = f"report.section.{name}"
        title = phrase(known) if known in CATALOGUE else path_name(name)
        self.sections.append({"name": name, "number": len(self.sections) + 1, "title": title, "blocks": []})
        self._number = 0
        self._quoted = {}

    def number(self, name: str) -> int:
        """The number of a section; StopIteration where the report has none of that name."""
        return next(int(each["number"]) for each in self.sections if each["name"] == name)

    def add(self, block: Mapping[str, Any]) -> None:
        self.sections[-1]["blocks"].append(dict(block))

    def say(self, code: str, /, **values: object) -> None:
        self.add({"kind": "text", "text": phrase(code, **values)})

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, total: Sequence[Cell] = ()) -> None:
        """`columns` are (catalogue code, width in cm or ``fr``, alignment); `total` a last row set apart."""
        heads = [{**head(code).json(), "width": width, "align": align} for code, width, align in columns]
        self.add({"kind": "table", "columns": heads, "rows": list(rows), "total": list(total)})

    def more_rows(self, count: int) -> None:
        """Say how many rows a table leaves out, if any."""
        if count > 0:
            self.say("report.more_rows", count=count)

    def more_told(self, told: int, all_of_them: int) -> None:
        """Say how many conclusions of a section are not told, if any."""
        if told < all_of_them:
            self.say("report.more_told", told=told, count=all_of_them - told)

    def tell(self, path: str, title: Bilingual, tag: Text = "") -> str | None:
        """The conclusion at `path` with clause words, steps and facts; its number, None where there is none."""
        try:
            told = self.material.explain(path)
        except Refusal:
            return None
        self._number += 1
        number = f"{self.sections[-1]['number']}.{self._number}"
        self.explanations.append(told)
        seqs = [self.by_id[one["fact"]].seq for one in told["facts"] if one["fact"] in self.by_id]
        for seq in seqs:
            self._touching.setdefault(seq, []).append(number)
        block = {"kind": "conclusion", "number": number, "title": title, "tag": tag,
                 "clauses": self._clauses(told["clauses"], number),
                 "steps": self._steps(told, seqs, number), "facts": self.references(seqs),
                 "readings": self._readings(told, number)}  # fmt: skip
        self.add(block)
        return number

    # -- what a block is made of ------------------------------------------------------------------

    def _clauses(self, clauses: Iterable[Mapping[str, Any]], number: str) -> dict[str, Any]:
        """The words of clauses not yet quoted in this section; of the others, where they are."""
        quoted: list[dict[str, Any]] = []
        before: dict[str, list[Bilingual]] = {}
        for clause in clauses:
            name, at = clause["clause"], self._quoted.setdefault(clause["clause"], number)
            if at == number:
                title = "" if self.material.edition == "en" else clause["title"]
                quoted.append({"name": _clause_name(clause), "title": title, "words": clause["zh"],
                               "gist": clause["en"]})  # fmt: skip
            else:
                before.setdefault(at, []).append(clause_name(name))
        listed = [phrase("report.words_at", names=joined(names, "、"), number=at) for at, names in before.items()]
        return {"quoted": quoted, "before": listed}

    def _readings(self, told: Mapping[str, Any], number: str) -> Text:
        if not told["readings"]:
            return ""
        said = joined(Bilingual(one["zh"], one["en"]) for one in told["readings"])
        before = self._quoted.setdefault(said.zh, number)
        return said if before == number else phrase("report.readings_at", number=before)

    def _steps(self, told: Mapping[str, Any], seqs: Sequence[int], number: str) -> list[dict[str, Any]]:
        hidden = [seq for seq in seqs if seq in self.material.withheld]
        if hidden:
            return [_aside(phrase("report.steps_withheld", facts=", ".join(f"#{seq}" for seq in hidden)))]
        steps = [Bilingual(**step) for step in told["steps"]]
        left = len(steps) - FIRST_STEPS - LAST_STEPS if len(steps) > MOST_STEPS else 0
        if not left:
            return self._new_steps(steps, number)
        aside = _aside(phrase("report.steps_left", count=left, path=told["path"]))
        ending = self._new_steps(steps[-LAST_STEPS:], number)
        return [*self._new_steps(steps[:FIRST_STEPS], number), aside, *ending]

    def _new_steps(self, steps: Iterable[Bilingual], number: str) -> list[dict[str, Any]]:
        """The steps not taken before; a run of those that were becomes one reference."""
        shown: list[dict[str, Any]] = []
        run: list[str] = []
        for step in [*steps, None]:
            if step is not None and (before := self._said.setdefault(step.zh, number)) != number:
                run.append(before)
                continue
            if run:
                numbers = joined(dict.fromkeys(run), "、")
                shown.append(_aside(phrase("report.steps_at", count=len(run), numbers=numbers)))
                run = []
            if step is not None:
                shown.append({"text": step, "aside": False})
        return shown

    # -- references to facts ----------------------------------------------------------------------

    def reference(self, seq: int) -> dict[str, Any]:
        """A link to a fact's row, with what has become of it since."""
        self.cited[seq] = None
        return {"k": "fact", "seq": seq, "mark": self.mark(seq)}

    def references(self, seqs: Iterable[int], most: int = MOST_REFERENCES) -> dict[str, Any]:
        listed = list(dict.fromkeys(seqs))
        more: Text = phrase("report.more_facts", count=len(listed)) if len(listed) > most else ""
        return {"k": "facts", "of": [self.reference(seq) for seq in listed[:most]], "more": more}

    def of_ids(self, ids: Iterable[str], most: int = MOST_REFERENCES) -> dict[str, Any]:
        """References to facts by their ids."""
        return self.references((self.by_id[one].seq for one in ids if one in self.by_id), most)

    def contests(self, seq: int) -> list[Fact]:
        """The contests of a fact up to the day asked about, whether or not they still stand."""
        return [
            fact for fact in self.material.facts
            if isinstance(fact.what, FactContested) and history.pointed(self._seqs, fact.what.target, fact.seq) == seq
            and fact.day.isoformat() <= self.answer["as_of"]
        ]  # fmt: skip

    def touched(self, seq: int) -> list[str]:
        """The numbers of the conclusions told so far that rest on a fact."""
        return self._touching.get(seq, [])

    def mark(self, seq: int) -> Text:
        told = [self._told_of[seq]] if seq in self._told_of and seq not in self.material.withheld else []
        if f"{self.answer['contract']}#{seq}" in self._contested:
            told.append(phrase("report.contested_mark"))
        return joined(told, "，") if told else ""


def _clause_name(clause: Mapping[str, Any]) -> Bilingual:
    """A clause as it is cited; of one whose words were amended since, by what."""
    facts = ", ".join(f"#{id_.rpartition('#')[2]}" for id_ in clause["changed_by"])
    name = clause_name(clause["clause"])
    return phrase("report.clause_changed", name=name, facts=facts) if facts else name


def _aside(text: Bilingual) -> dict[str, Any]:
    return {"text": text, "aside": True}


def _services(terms: Mapping[str, Any]) -> dict[str, str]:
    """The names the order gives its services."""
    return {line["service"]: line["name"] for line in terms.get("order", {}).get("lines", ())}


def _told_of(facts: Sequence[Fact]) -> dict[int, Bilingual]:
    """What has become of facts by those recorded after them: corrected or retracted."""
    settled = {fact.seq: fact for fact in history.resolve(facts)}
    gone = {fact.seq: phrase("report.retracted_mark") for fact in facts if fact.seq not in settled}
    changed = {fact.seq: phrase("report.corrected_mark") for fact in facts if settled.get(fact.seq, fact) is not fact}
    return gone | changed
