"""The words of the report, Chinese and English: phrases, clauses as they are cited, a fact's data in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from ledger.domain.calendar import BEIJING
from ledger.domain.fact_data import data_json
from ledger.domain.facts import ContractRegistered, Fact
from ledger.labels import article, label
from ledger.messages import CATALOGUE, Language, say

Both = dict[str, str]
Text = str | Both  # what is no word of a language, as a date, an id or a quotation, stands for itself in both
_LABELLED = ("kind", "consequence", "responsibility", "attention", "scope")
_ROLES = frozenset({"party", "confirmed_by"})
_JOINTS = {"、": ", ", "，": ", ", "；": "; "}
_REPEATED = 48  # characters; what was recorded at greater length, or in Chinese, is not said again in the English


def both(code: str, /, **values: object) -> Both:
    """The sentence of the catalogue as ``{"zh", "en"}``; values may be such pairs themselves."""
    return in_both(lambda lang: say(code, lang, **{name: _in(value, lang) for name, value in values.items()}))


def in_both(said: Callable[[Language], str]) -> Both:
    """What is said in either language as ``{"zh", "en"}``."""
    return {"zh": said("zh"), "en": said("en")}


def labelled(sort: str, name: str) -> Both:
    return in_both(lambda lang: label(sort, name, lang))


def joined(parts: Iterable[Text], joint: str) -> Both:
    """The parts with the Chinese ``joint`` between them, and in English with its like."""
    listed = list(parts)
    return {"zh": joint.join(str(_in(part, "zh")) for part in listed),
            "en": _JOINTS[joint].join(str(_in(part, "en")) for part in listed)}  # fmt: skip


def _in(value: object, lang: Language) -> object:
    return value[lang] if isinstance(value, dict) else value


def clause_name(clause: str) -> Both:
    """A clause as it is cited: ``annex 1 outage B`` as 附件 1 服务中断 B 级."""
    return {"zh": article(clause, "zh"), "en": article(clause, "en")}


def moment(at: int) -> str:
    """Microseconds since the Unix epoch as Beijing's clock shows them: ``2026-11-22 14:00:00``."""
    return datetime.fromtimestamp(at // 1_000_000, BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def happened(fact: Fact) -> str:
    """``on`` as recorded, a date-time as Beijing's clock shows it."""
    return fact.on if len(fact.on) == 10 else moment(fact.at)[:16]


def grouped(amount: str) -> str:
    """``2303911.32`` as 2,303,911.32."""
    whole, dot, rest = amount.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole.lstrip("-").isdigit() else amount


def content(fact: Fact, terms_digest: str) -> Text:
    """A fact's data as one sentence of ``name value`` parts, and the documents that came with it; or nothing."""
    if isinstance(fact.what, ContractRegistered):
        digest = both("report.recorded_words", words=terms_digest)
        parts = [both("report.terms_registered", digest=digest)]
    else:
        parts = list(_parts(data_json(fact.what)))
    parts += [both("report.document", name=one.name, digest=one.sha256[:16]) for one in fact.documents]
    return joined(parts, "；") if parts else ""


def _parts(data: Mapping[str, Any]) -> Iterator[Both]:
    for key, value in data.items():
        name = _name(key)
        if isinstance(value, Mapping) and set(value) == {"commitment"}:
            told = both("report.commitment", digest=str(value["commitment"])[:16])
            yield both("report.datum", name=name, value=told)
        elif isinstance(value, Mapping):
            yield both("report.data", name=name, values=joined(_parts(value), "，"))
        else:
            yield both("report.datum", name=name, value=_value(key, value))


def _name(key: str) -> Text:
    for code in (f"datum:{key}", f"measure:{key}"):
        if code in CATALOGUE:
            return both(code)
    return key


def _value(key: str, value: object) -> Text:
    if isinstance(value, bool):
        return labelled("truth", str(value).lower())
    if isinstance(value, list):
        return joined((_value(key, one) for one in value), "、")
    text = str(value)
    if key in _ROLES:
        return labelled("role", text)
    if f"value:{key}={text}" in CATALOGUE:
        return both(f"value:{key}={text}")
    sort = "demand" if key == "ground" else key
    if (key == "ground" or key in _LABELLED) and f"{sort}:{text}" in CATALOGUE:
        return labelled(sort, text)
    return text if text.isascii() and len(text) <= _REPEATED else both("report.recorded_words", words=text)
