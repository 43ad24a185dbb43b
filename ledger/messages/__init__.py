"""The one catalogue of what a person sees: Chinese first, English second.

``CATALOGUE`` maps a stable code to its two sentences, as ``str.format`` templates. Each room has a part of its
own, and no code stands in two of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Literal, TypeAlias

from ledger.domain.errors import Refusal
from ledger.messages.cli import CLI
from ledger.messages.help import HELP
from ledger.messages.labels import LABELS
from ledger.messages.life import LIFE
from ledger.messages.paths import PATHS

Language = Literal["zh", "en"]
Said: TypeAlias = tuple[str, str]

# The parts that most commands print nothing of: each is imported when a code is asked for that is not loaded yet. Its
# dictionary has the module's name in capitals. What is put together of a sort and a name (``state:pending``,
# ``path.balance``) stands in the parts above, so that a name without a label asks for none of these.
LATER = (
    "law", "store", "facts", "verbs", "terms", "explain", "advice", "imports", "evidence", "report", "report_tables",
    "city", "http", "alerts", "console", "console_facts", "console_home", "console_text", "console_work", "api",
    "api_conclusions", "api_evidence", "api_parameters", "api_schemas",
)  # fmt: skip
LOADED: dict[str, Said] = {**CLI, **HELP, **LABELS, **LIFE, **PATHS}


class _Catalogue(Mapping[str, Said]):
    """Every code with what it says; parts are imported as they are asked for."""

    def __getitem__(self, code: str) -> Said:
        said = LOADED.get(code)
        for part in LATER if said is None else ():
            _load(part)
            if (said := LOADED.get(code)) is not None:
                break
        if said is None:
            raise KeyError(code)
        return said

    def __iter__(self) -> Iterator[str]:
        for part in LATER:
            _load(part)
        return iter(LOADED)

    def __len__(self) -> int:
        return sum(1 for _ in self)


CATALOGUE = _Catalogue()


@cache
def _load(part: str) -> None:
    declare(getattr(import_module(f"{__name__}.{part}"), part.upper()))


def declare(part: Mapping[str, Said]) -> None:
    """A part joins the catalogue, as what an agreement says of its own does (labels, steps of explanations).

    Raises ValueError where a code says something else already.
    """
    taken = [code for code, said in part.items() if LOADED.get(code, said) != said]
    if taken:
        raise ValueError(f"the catalogue has another sentence for {', '.join(taken)}")
    LOADED.update(part)


def say(code: str, lang: Language = "zh", **values: object) -> str:
    """The sentence for ``code`` in ``lang``, its template filled with ``values``."""
    return in_language(CATALOGUE[code], lang).format(**values)


def in_language(said: Sequence[str] | Mapping[str, str], lang: Language) -> str:
    """Of something said in Chinese and in English, in that order or by name, the one that is asked for."""
    return said[lang] if isinstance(said, Mapping) else said[lang == "en"]


def refusal(refused: Refusal, lang: Language = "zh") -> str:
    """One line for a refusal: where (line and field, or its place in a table), then the sentence; several faults on
    lines of their own."""
    if not refused.faults:
        return _located(refused, lang, refused.line, refused.field)
    return "\n".join(
        _located(fault, lang, fault.line or refused.line, refused.field, fault.field) for fault in refused.faults
    )


def _located(refused: Refusal, lang: Language, line: int | None, *fields: str | None) -> str:
    if refused.place is not None:  # says the row too, and its heading more than a path
        line, fields = None, (refused.place,)
    counted = say("fault.line", lang, line=line) if line else None
    where = say("joint:clause", lang).join(part for part in (counted, *fields) if part)
    sentence = say(refused.code, lang, **refused.values)
    return f"{where}{say('joint:colon', lang)}{sentence}" if where else sentence
