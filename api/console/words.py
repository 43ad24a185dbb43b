"""The words of pages: sentences of the catalogue, days, sums, states, and figures linked to what they rest on.

Everything passed in is escaped unless it is markup already, so templates and pages insert values freely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from ledger import labels
from ledger.domain.law.source import source_of
from ledger.domain.moments import beijing_time, parse_utc
from ledger.messages import CATALOGUE, Language, in_language, say

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IN_TEXT = re.compile(  # days, with their weekday where it is said; facts by their number
    r"(?<![0-9A-Za-z#-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?: 周[一二三四五六日]| (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b)?"
    r"|(?<![\w&])#[0-9]+\b"
)
_LONG = 24  # letters of an identifier
SYMBOLS = {"wrong": "▲", "broken": "✕", "due": "○", "live": "●", "over": "✓", "contested": "◇", "differs": "≠"}
CLASSES = {"wrong": "bad", "broken": "bad", "due": "due", "live": "", "over": "done", "contested": "", "differs": ""}


class PageWords:
    """The words of one page: its language, the pages that exist, the contract it is about, the question in its address.
    """

    def __init__(
        self, lang: Language, addresses: Mapping[str, str], contract: str | None, carried: Sequence[tuple[str, str]]
    ) -> None:
        self.lang = lang
        self.contract = contract
        self._addresses = addresses
        self._carried = carried

    # --- sentences -------------------------------------------------------------------------------

    def say(self, code: str, **values: object) -> Markup:
        """The sentence ``console.<code>``; values that are not markup are escaped."""
        return Markup(escape(in_language(CATALOGUE[f"console.{code}"], self.lang))).format(**values)

    def plain(self, code: str, **values: object) -> str:
        """The same as text."""
        return say(f"console.{code}", self.lang, **values)

    def label(self, sort: str, name: str) -> str:
        return labels.label(sort, name, self.lang)

    def both(self, said: Mapping[str, str] | Sequence[str]) -> str:
        """The sentence in the page's language, of a pair (``{"zh", "en"}``, or two in that order)."""
        return in_language(said, self.lang)

    def listed(self, parts: Iterable[str]) -> Markup:
        """Several things one after another."""
        return Markup(say("joint:list", self.lang)).join(parts)

    # --- addresses -------------------------------------------------------------------------------

    def url(self, name: str, **given: object) -> str:
        """The address of a page; "" where there is none of that name.

        What its path names is filled in from ``given`` and the contract at hand, the rest of ``given`` becomes its
        query (None: leave out); a page of the same contract is asked the same question.
        """
        path = self._addresses.get(name)
        if path is None:
            return ""
        parts = {"contract": self.contract, **given}
        used = set(re.findall(r"\{(\w+)\}", path))
        anchor = given.get("anchor")
        carried = [*self._carried] if "contract" in used and parts["contract"] == self.contract else []
        query = [(key, value) for key, value in carried if key not in given]
        query += [(key, str(one)) for key, one in given.items() if key not in (*used, "anchor") and one is not None]
        filled = re.sub(r"\{(\w+)\}", lambda found: quote(str(parts[found[1]]), safe=":@+"), path)
        return filled + (f"?{urlencode(query)}" if query else "") + (f"#{quote(str(anchor))}" if anchor else "")

    def link(self, name: str, text: object, **given: object) -> Markup:
        """A link to a page; the text alone where the page is not there."""
        to = self.url(name, **given)
        return Markup('<a href="{}">{}</a>').format(to, text) if to else escape(text)

    # --- values ----------------------------------------------------------------------------------

    def day(self, on: str | None, *, weekday: bool = True, short: bool = False) -> Markup:
        """A day with its weekday (or a moment, as Beijing's clock shows it), never broken; a dash for none.

        ``short``: month and day, where the year stands beside it.
        """
        if on is None:
            return Markup("–")
        shown = labels.weekday(str(on), self.lang)
        if not weekday:
            shown = shown.rpartition(" ")[0]
        return Markup('<time datetime="{}">{}</time>').format(on, shown[5:10] if short else shown)

    def moment(self, at: str, *, seconds: bool = False) -> Markup:
        """A UTC moment by Beijing's clock, ``2026-11-26 08:22``."""
        return Markup('<time datetime="{}">{}</time>').format(at, self.clock(at, seconds=seconds))

    def clock(self, at: str, *, seconds: bool = False) -> str:
        """The same as text, as the form of every page takes it back."""
        return beijing_time(parse_utc(at)).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")

    def width(self, text: str, least: int) -> int:
        """How many letters wide an input must be to show all of a text, up to 40; a Chinese character is two."""
        return min(40, max(least, 1 + sum(2 if ord(one) > 0x2E7F else 1 for one in text)))

    def ident(self, text: object) -> Markup:
        """An identifier, broken only where it is too long for a line of a phone."""
        return Markup('<span class="id{}">{}</span>').format(" long" if len(str(text)) > _LONG else "", text)

    def sum(self, amount: str | None) -> str:
        return labels.money(amount) if amount is not None else "–"

    def fig(self, path: str, text: object, **asked: object) -> Markup:
        """A figure, linked to what it rests on (依据)."""
        to, shown = self.url("explain", path=path, **asked), self.running(text, link=False)
        return Markup('<a class="fig" href="{}">{}</a>').format(to, shown) if to else shown

    def clause(self, name: str, text: object = None) -> Markup:
        """A clause as a sentence cites it, linked to its words; an article of the law as such."""
        shown = labels.article(name, self.lang) if text is None else text
        if source_of(name) is not None:
            return escape(shown)  # as long as a law's name, and broken where need be
        to = self.url("text", anchor=clause_anchor(name))
        return Markup('<a class="id" href="{}">{}</a>').format(to, shown) if to else self.ident(shown)

    def called(self, clause: str) -> str:
        """A clause as a sentence cites it, as text."""
        return labels.article(clause, self.lang)

    def anchor(self, clause: str) -> str:
        return clause_anchor(clause)

    def fact(self, id_: str, **asked: object) -> Markup:
        """A fact by its number, linked to it; ``asked`` changes the question (None leaves a part of it out)."""
        number = labels.short_id(id_)
        to = self.url("fact", fact=number[1:], **asked)
        return Markup('<a class="fig" href="{}">{}</a>').format(to, number) if to else self.ident(number)

    def facts(self, ids: Iterable[str]) -> Markup:
        return Markup(" ").join(self.fact(one) for one in ids)

    def obligation(self, id_: str) -> Markup:
        kind, colon, subject = id_.partition(":")
        called = escape(labels.label("duty", kind, self.lang))
        return called + Markup(" ") + self.ident(subject) if colon else called

    def state(self, tone: str, text: object) -> Markup:
        """A symbol and a word; colour only third. ``tone`` is a key of SYMBOLS, or "" for the word alone."""
        if not tone:
            return Markup('<span class="state">{}</span>').format(text)
        return Markup('<span class="state {}"><span aria-hidden="true">{}</span> {}</span>').format(
            CLASSES[tone], SYMBOLS[tone], text
        )

    def value(self, path: str, one: Any) -> Markup:
        """A value at a path of the answer, days and facts marked as such."""
        return self.running(labels.value(path, one, self.lang))

    def running(self, text: object, *, link: bool = True) -> Markup:
        """Running text of the ledger, its days unbroken and its facts (``#12``) linked; markup is left as it is."""
        if isinstance(text, Markup):
            return text
        said, shown, last = str(text), Markup(""), 0
        for found in _IN_TEXT.finditer(said):
            shown += escape(said[last : found.start()]) + self._marked(found[0], link)
            last = found.end()
        return shown + escape(said[last:])

    def _marked(self, text: str, link: bool) -> Markup:
        if text.startswith("#"):
            return self.fact(text) if link else self.ident(text)
        return Markup('<time datetime="{}">{}</time>').format(text[:10], text)


def clause_anchor(name: str) -> str:
    """Where a clause's words stand on the page of the text: ``c10.2``, ``annex-3-row-4``."""
    return f"c{name}" if name[:1].isdigit() else re.sub(r"[^A-Za-z0-9.]+", "-", name)


def is_day(text: object) -> bool:
    return isinstance(text, str) and _DAY.fullmatch(text) is not None
