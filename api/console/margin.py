"""The margin beside a clause of the contract: its state, its facts, the readings in force, and what other readings
would change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from api.console import conclusions
from api.console.conclusions import TONES
from api.console.words import SYMBOLS, PageWords
from ledger import labels
from ledger.domain.fact import PARTIES
from ledger.domain.section import by_identity
from ledger.domain.template import Template
from ledger.projections.paths import in_one_line

Changes = Mapping[str, Sequence[Mapping[str, Any]]]
ORDER = ("wrong", "broken", "contested", "due", "live", "", "over")  # conclusions shown, the most important ones
WRONG, LIVE = ("wrong", "broken"), ("due", "live")
MOST_FACTS = 16  # facts shown, the latest ones
MOST_CONCLUSIONS = 12  # anomalies shown, the most important ones
MOST_TOLD = 2  # changes shown that another reading would make


class Margin:
    """The margins of one contract's text, from its status ``answer`` and the ``changes`` of other readings."""

    def __init__(
        self, words: PageWords, template: Template, answer: Mapping[str, Any], changes: Changes | None
    ) -> None:
        self.words, self.template, self.answer, self.changes = words, template, answer, changes
        self._duties = {f"obligations.{duty['id']}": duty for duty in answer["obligations"]}
        self._positions = {one["path"]: one for one in answer["positions"]}

    def of(self, clause: Mapping[str, Any]) -> tuple[str, list[Markup]]:
        """A clause's state ("breach", "live" or "") and its notes."""
        told = [one for one in clause["conclusions"] if self._telling(one["path"])]
        by_tone = sorted(((self._tone(one), one) for one in told), key=lambda pair: ORDER.index(pair[0]))
        tones = {tone for tone, _ in by_tone}
        notes = [self._conclusion(one, tone) for tone, one in by_tone[:MOST_CONCLUSIONS]]
        if len(by_tone) > MOST_CONCLUSIONS:
            left = self.words.say("more", count=len(by_tone) - MOST_CONCLUSIONS)
            notes.append(self.words.link("contract", left, all="true"))
        if clause["changed_by"]:
            notes.append(self.words.say("text.changed", facts=self.words.facts(clause["changed_by"])))
        if clause["facts"]:
            ids = [one["fact"] for one in clause["facts"]]
            code, words = "text.facts" if len(ids) <= MOST_FACTS else "text.facts.most", self.words
            every = words.link("facts", words.say("text.facts.all"), under=clause["clause"])
            notes.append(words.say(code, facts=words.facts(ids[-MOST_FACTS:]), count=len(ids), all=every))
        paths = {one["path"] for one in clause["conclusions"]}
        notes += self._readings([one["reading"] for one in clause["readings"]], paths)
        if any(tone in WRONG for tone in tones):
            return "breach", notes
        return ("live" if any(tone in LIVE for tone in tones) else ""), notes

    def open_words(self, clause: Mapping[str, Any]) -> list[str]:
        """The words of a clause that are quoted by its open questions."""
        asked = (self.template.readings[one["reading"]].zh for one in clause["readings"])
        return [words for question in asked for words in re.findall("“([^”]+)”", question)]

    def _telling(self, path: str) -> bool:
        """The conclusions to show: of a section with many parts only those an officer needs, of one that answers for
        the whole contract those about the clause; records always."""
        key, _, part = path.partition(".")
        section = self.template.sections[key]
        if section.verdicts is not None:
            return part.partition(".")[0] in section.records
        return not section.money or part in section.figures or part.partition(".")[0] in section.records or part == ""

    def _tone(self, one: Mapping[str, Any]) -> str:
        key, _, part = one["path"].partition(".")
        section = self.template.sections[key]
        listing = section.listings.get(part.partition(".")[0])
        tones = {**TONES, **(listing.tones if listing is not None else {})}
        return tones.get(one["state"] or "", "")

    def _conclusion(self, one: Mapping[str, Any], tone: str) -> Markup:
        words, path = self.words, one["path"]
        about, says = words.both(one["about"]), words.both(one["says"])
        duty = self._duties.get(path)
        if duty is not None:
            said = conclusions.state_of(duty, self.answer["as_of"], words) + Markup(" ")
            said += conclusions.obligation_link(duty, words)
            if duty["due_on"] is not None and duty["state"] not in ("fulfilled", "discharged", "cancelled"):
                said += words.say("text.due", day=words.day(duty["due_on"], weekday=False))
        elif tone:
            said = words.state(tone, says) + Markup(" ") + words.fig(path, about) + self._until(path)
        else:
            unusual = path.startswith("anomalies.")  # a notice to check, not a breach of the clause
            warns = Markup('<span aria-hidden="true">{}</span> ').format(SYMBOLS["wrong"])
            said = (warns if unusual else Markup("")) + words.fig(path, f"{about} {says}")
        return said + self._otherwise(path)

    def _until(self, path: str) -> Markup:
        """A record's last day, if it has one."""
        key, part, id_ = [*path.split(".", 2), "", ""][:3]
        records, identity = self.answer[key], self.template.sections[key].records.get(part)
        if identity is None:
            return Markup("")
        record = by_identity(records[part], identity).get(id_, {})
        last = record.get("last_day")
        return self.words.say("text.until", day=self.words.day(last, weekday=False)) if last else Markup("")

    def _otherwise(self, path: str) -> Markup:
        """A party's own view, where it differs from the record."""
        words, held = self.words, self._positions.get(path)
        if held is None:
            return Markup("")
        said = Markup("")
        for view in PARTIES:
            if held[view] != held["record"]:
                value = words.value(path, held[view]) if held[view] is not None else words.say("positions.nothing")
                said += Markup("<br>≠ ") + words.say("text.otherwise", who=labels.field(view, words.lang), value=value)
        return said

    def _readings(self, names: Sequence[str], paths: set[str]) -> list[Markup]:
        """The readings that would change a conclusion here; the others are folded away."""
        told = [(self._made(name, paths), self._reading(name, paths)) for name in names]
        shown, rest = [said for made, said in told if made], [said for made, said in told if not made]
        if rest:
            code = "text.readings" if self.changes is None else "text.readings.same"
            inside = Markup("").join(Markup("<p>{}</p>").format(said) for said in rest)
            shown.append(Markup("<details><summary>{}</summary>{}</details>").format(
                self.words.say(code, count=len(rest)), inside))  # fmt: skip
        return shown

    def _made(self, name: str, paths: set[str]) -> list[Mapping[str, Any]]:
        """The changes another reading makes to the conclusions here, without details that merely follow."""
        telling = (one for one in (self.changes or {}).get(name, ()) if not labels.weight(one["path"])[1])
        return [one for one in telling if any(in_one_line(one["path"], path) for path in paths)]

    def _reading(self, name: str, paths: set[str]) -> Markup:
        """The reading of an unclear passage, and what other readings would change here."""
        words = self.words
        asked = words.link("readings", labels.label("reading", name, words.lang), anchor=name)
        option = labels.option(name, self.answer["readings"][name], words.lang)
        said = words.say("text.reading", reading=asked, option=option)
        if self.changes is None:
            return said
        here = self._made(name, paths)
        if not here:
            return said + words.say("text.reading.same" if name not in self.changes else "text.reading.elsewhere")
        for option, made in groupby(here, key=lambda one: one["option"]):
            told = sorted(made, key=lambda one: labels.weight(one["path"]))
            changes = words.listed(words.running(labels.change(one["path"], one["from"], one["to"], words.lang))
                                   for one in told[:MOST_TOLD])  # fmt: skip
            if len(told) > MOST_TOLD:
                changes += words.say("readings.and-more", count=len(told) - MOST_TOLD)
            said += words.say("text.reading.other", option=labels.option(name, option, words.lang), change=changes)
        return said
