"""Phrases in Chinese and English at once, for what shows both: explanations, the report, answers over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Literal

from ledger import labels
from ledger.domain.declare import NamedTuple
from ledger.domain.fact import Fact
from ledger.messages import Language, in_language, say

Edition = Literal["zh", "en", "both"]  # the languages of a document


class Bilingual(NamedTuple):
    """One phrase in Chinese and in English."""

    zh: str
    en: str

    def json(self) -> dict[str, str]:
        """``{"zh", "en"}``, as answers show it."""
        return {"zh": self.zh, "en": self.en}


Text = str | Bilingual  # what is a word of neither language (a date, an id, a quotation) is the same string in both
_JOINTS = {"、": ", ", "，": ", ", "；": "; ", "：": ": "}


def in_both(said: Callable[[Language], str]) -> Bilingual:
    """What ``said`` gives for either language."""
    return Bilingual(said("zh"), said("en"))


def in_one(text: object, lang: Language) -> object:
    """A bilingual phrase in one language; anything else as it is."""
    return in_language(text, lang) if isinstance(text, Bilingual) else text


def phrase(code: str, /, **values: object) -> Bilingual:
    """The sentence of the catalogue in both languages; values may be bilingual themselves."""
    return in_both(lambda lang: say(code, lang, **{name: in_one(value, lang) for name, value in values.items()}))


def label(sort: str, name: object) -> Bilingual:
    """The name of a role, obligation, state …; one that nothing names stands for itself."""
    return in_both(lambda lang: labels.label(sort, str(name), lang))


def who(fact: Fact) -> Bilingual:
    """Who did a fact, and who reported it where that is another role."""
    return in_both(lambda lang: labels.who(fact.by, fact.actor, lang))


def joined(parts: Iterable[Text], joint: str = "；") -> Bilingual:
    """The parts with the Chinese ``joint`` between them, and with its counterpart in English."""
    listed = list(parts)
    return Bilingual(joint.join(str(in_one(part, "zh")) for part in listed),
                     _JOINTS[joint].join(str(in_one(part, "en")) for part in listed))  # fmt: skip


def weekday(day: date) -> Bilingual:
    """``2025-11-24（周一）``."""
    name = label("weekday", day.weekday())
    return Bilingual(f"{day}（{name.zh}）", f"{day} ({name.en})")


def clause_name(clause: str) -> Bilingual:
    """A clause as it is cited: ``10.2`` as 第 10.2 款, ``annex 1 outage B`` as 附件 1 服务中断 B 级."""
    return in_both(lambda lang: labels.article(clause, lang))


def obligation_name(id_: str) -> Bilingual:
    """``pay-invoice:INV-1`` as 支付发票 INV-1."""
    return in_both(lambda lang: labels.obligation(id_, lang))


def debt_name(id_: str) -> Bilingual:
    """What is owed by its id: an obligation to pay as such, else an item of damages."""
    return in_both(lambda lang: labels.debt(id_, lang))


def path_name(path: str) -> Bilingual:
    """What a path into a conclusion (SPEC 5) is about."""
    return in_both(lambda lang: labels.path(path, lang))


def worded(path: str, value: Any) -> Bilingual:
    """A value at a path into a conclusion, in words."""
    return in_both(lambda lang: labels.value(path, value, lang))


def type_name(type_: str) -> Bilingual:
    """What a fact type is called."""
    return in_both(lambda lang: labels.fact_type(type_, lang))


def in_edition(value: Any, edition: Edition) -> Any:
    """``value`` as JSON, in which each phrase is ``{"zh", "en"}``; an edition of one language has it in both places."""
    if isinstance(value, Bilingual):
        return value.json() if edition == "both" else dict.fromkeys(("zh", "en"), in_one(value, edition))
    if isinstance(value, dict):
        said = {key: in_edition(one, edition) for key, one in value.items()}
        return said | {"zh": said[edition], "en": said[edition]} if edition in said else said
    return [in_edition(one, edition) for one in value] if isinstance(value, list | tuple) else value
