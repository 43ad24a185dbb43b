"""The words of the report: phrases in both languages, clauses as they are cited, a fact's data in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ledger.domain.calendar import BEIJING
from ledger.domain.fact_data import data_json
from ledger.domain.facts import ContractRegistered, Fact
from ledger.labels import label
from ledger.messages import CATALOGUE, say

Both = dict[str, str]
_LABELLED = ("kind", "consequence", "responsibility", "attention", "scope")
_ROLES = frozenset({"party", "confirmed_by"})


def both(code: str, /, **values: object) -> Both:
    """The sentence of the catalogue as ``{"zh", "en"}``; values may be such pairs themselves."""
    return {
        "zh": say(code, "zh", **{name: _in(value, "zh") for name, value in values.items()}),
        "en": say(code, "en", **{name: _in(value, "en") for name, value in values.items()}),
    }


def zh(code: str, /, **values: object) -> str:
    return both(code, **values)["zh"]


def labelled(sort: str, name: str) -> Both:
    return {"zh": label(sort, name, "zh"), "en": label(sort, name, "en")}


def _in(value: object, lang: str) -> object:
    return value[lang] if isinstance(value, dict) else value


def clause_name(clause: str) -> Both:
    """``10.2`` as 第 10.2 款, ``annex 1 outage B`` as 附件1 服务中断 B 级, ``civil code 203`` as 民法典第 203 条."""
    parts = clause.split(" ")
    if parts[0] == "civil":
        return {"zh": f"民法典第 {parts[2]} 条", "en": f"Civil Code art. {parts[2]}"}
    if parts[0] != "annex":
        return {"zh": f"第 {clause} 款", "en": f"cl. {clause}"}
    name = {"zh": f"附件{parts[1]}", "en": f"annex {parts[1]}"}
    if parts[2:3] == ["row"]:
        return {"zh": f"{name['zh']}第 {parts[3]} 行", "en": f"{name['en']} row {parts[3]}"}
    if len(parts) == 4:
        kind = labelled("kind", parts[2])
        return {"zh": f"{name['zh']} {kind['zh']} {parts[3]} 级", "en": f"{name['en']} {kind['en']} {parts[3]}"}
    return name


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


def content(fact: Fact, terms_digest: str) -> str:
    """A fact's data as one sentence of ``name value`` parts, and the documents that came with it."""
    if isinstance(fact.what, ContractRegistered):
        parts = [zh("report.terms_registered", digest=terms_digest)]
    else:
        parts = list(_parts(data_json(fact.what)))
    parts += [zh("report.document", name=one.name, digest=one.sha256[:16]) for one in fact.documents]
    return "；".join(parts)


def _parts(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Mapping) and set(value) == {"commitment"}:
            yield f"{_name(key)} {zh('report.commitment', digest=str(value['commitment'])[:16])}"
        elif isinstance(value, Mapping):
            yield f"{_name(key)}：{'，'.join(_parts(value))}"
        else:
            yield f"{_name(key)} {_value(key, value)}"


def _name(key: str) -> str:
    for code in (f"datum:{key}", f"measure:{key}"):
        if code in CATALOGUE:
            return CATALOGUE[code][0]
    return key


def _value(key: str, value: object) -> str:
    if isinstance(value, bool):
        return label("truth", str(value).lower(), "zh")
    if isinstance(value, list):
        return "、".join(_value(key, one) for one in value)
    text = str(value)
    if key in _ROLES:
        return label("role", text, "zh")
    if f"value:{key}={text}" in CATALOGUE:
        return CATALOGUE[f"value:{key}={text}"][0]
    if key == "ground":
        return label("demand", text, "zh")
    return label(key, text, "zh") if key in _LABELLED else text

