"""The words a conclusion rests on: a clause of an agreement or an article of the law, and how it is read.

A clause is named as rules and obligations name it: ``9.1``, ``10.2``, ``annex 1 outage A``, ``annex 2 row 7``,
``annex 4``; an article of the Civil Code 民法典 as ``civil code 201``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from ledger.domain.declare import NamedTuple

Said = tuple[str, str]  # the same in Chinese and in English


class Words(NamedTuple):
    """A clause's title and its words: Chinese verbatim, English as a gloss without force."""

    title: str
    title_en: str
    zh: str
    en: str


def clause_order(name: str) -> tuple[bool, list[int]]:
    """To sort the clauses of an agreement by: articles by their numbers, then annexes."""
    return name.startswith("annex"), [int(number) for number in re.findall("[0-9]+", name)]


class Option(NamedTuple):
    """One way to read an unclear passage: what then holds, and the authority or argument for it."""

    zh: str
    en: str
    argument_zh: str
    argument_en: str


Day = Literal["fact", "as_of", "both"]


class Reading(NamedTuple):
    """An unclear passage: the clauses it stands in, what is asked of it, and the options, the default first.

    ``decided_on`` says which day decides where the parties agreed an option from a day on: that of the fact
    judged, the day asked about (what belongs to no one fact), or both (a count, and what a fact made of it).
    """

    clauses: tuple[str, ...]
    zh: str
    en: str
    options: Mapping[str, Option]
    decided_on: Day = "fact"

    @property
    def default(self) -> str:
        return next(iter(self.options))
