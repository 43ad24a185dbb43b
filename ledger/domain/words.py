"""The words a conclusion rests on: a clause of an agreement or an article of the law, and how it is read.

A clause is named as rules and obligations name it: ``9.1``, ``10.2``, ``annex 1 outage A``, ``annex 2 row 7``,
``annex 4``; an article of the Civil Code 民法典 as ``civil code 201``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Said = tuple[str, str]  # the same in Chinese and in English


class Words(NamedTuple):
    """A clause's title and its words: Chinese verbatim, English as a gloss without force."""

    title: str
    title_en: str
    zh: str
    en: str


class Reading(NamedTuple):
    """An unclear passage: what is asked of it, and the options, the default first, each in Chinese and English."""

    zh: str
    en: str
    options: Mapping[str, tuple[str, str]]

    @property
    def default(self) -> str:
        return next(iter(self.options))
