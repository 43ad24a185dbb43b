"""The one catalogue of what a person sees: Chinese first, English second.

``CATALOGUE`` maps a stable code to its two sentences, as ``str.format`` templates. Each room has a part of its
own, and no code stands in two of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ledger.domain.errors import Refusal
from ledger.messages.advice import ADVICE
from ledger.messages.alerts import ALERTS
from ledger.messages.api import API
from ledger.messages.api_conclusions import API_CONCLUSIONS
from ledger.messages.api_evidence import API_EVIDENCE
from ledger.messages.api_parameters import API_PARAMETERS
from ledger.messages.api_schemas import API_SCHEMAS
from ledger.messages.city import CITY
from ledger.messages.cli import COMMAND_LINE
from ledger.messages.console import CONSOLE
from ledger.messages.console_facts import CONSOLE_FACTS
from ledger.messages.console_home import CONSOLE_HOME
from ledger.messages.console_text import CONSOLE_TEXT
from ledger.messages.console_work import CONSOLE_WORK
from ledger.messages.evidence import EVIDENCE
from ledger.messages.explain import EXPLANATIONS
from ledger.messages.facts import FACTS
from ledger.messages.help import HELP
from ledger.messages.http import HTTP
from ledger.messages.imports import IMPORTS
from ledger.messages.labels import LABELS
from ledger.messages.law import LAW
from ledger.messages.life import LIFE
from ledger.messages.paths import PATHS
from ledger.messages.report import REPORT
from ledger.messages.report_tables import REPORT_TABLES
from ledger.messages.store import STORE
from ledger.messages.terms import TERMS
from ledger.messages.verbs import VERBS

Language = Literal["zh", "en"]

PARTS = (
    ADVICE, ALERTS, API, API_CONCLUSIONS, API_EVIDENCE, API_PARAMETERS, API_SCHEMAS, CITY, COMMAND_LINE, CONSOLE,
    CONSOLE_FACTS, CONSOLE_HOME, CONSOLE_TEXT, CONSOLE_WORK, EVIDENCE, EXPLANATIONS, FACTS, HELP, HTTP, IMPORTS,
    LABELS, LAW, LIFE, PATHS, REPORT, REPORT_TABLES, STORE, TERMS, VERBS,
)  # fmt: skip
CATALOGUE: dict[str, tuple[str, str]] = {code: said for part in PARTS for code, said in part.items()}


def declare(part: Mapping[str, tuple[str, str]]) -> None:
    """What an agreement of its own says (labels, steps of explanations) joins the one catalogue.

    Raises ValueError where a code says something else already.
    """
    taken = [code for code, said in part.items() if CATALOGUE.get(code, said) != said]
    if taken:
        raise ValueError(f"the catalogue has another sentence for {', '.join(taken)}")
    CATALOGUE.update(part)


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
