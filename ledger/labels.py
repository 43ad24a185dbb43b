"""Conclusions in words: labels, days with their weekday, paths and values, in Chinese or English.

The words of the labels stand in the catalogue; this module decides which label applies.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ledger.domain.fact import TYPES
from ledger.domain.fact_words import said_of_field, said_of_option
from ledger.domain.law.source import source_of
from ledger.domain.moments import beijing_time, parse_utc
from ledger.domain.money import thousands
from ledger.domain.section import Section
from ledger.domain.template import TEMPLATES, all_readings
from ledger.domain.terms_values import without_rows
from ledger.domain.terms_words import term_of
from ledger.domain.words import Said
from ledger.messages import LOADED, Language, in_language, say

# Of records that are named by their id alone (obligations), and in whatever section.
_SUM = re.compile(r"-?[0-9]+\.[0-9]{2}")
_VIEWS = ("record", "party_a", "party_b")
_FACTS = ("fact", "concerns", "opened_by")  # fields that name a fact, or what it is about
_DETAILS = frozenset({"settled_by", "settled_on", "raised_by", "restarted_by", "because", "provisional", "members"})
# What a reader looks for first in a record, in this order, and how it is said where its value alone says too little.
_TELLING = {
    "by": "", "why": "", "concerns": "screen.concerns", "state": "", "due_on": "screen.due_on", "grade": "", "on": "",
    "amount": "", "absorbed_by": "screen.absorbed_by", "reason": "", "last_day": "screen.last_day",
}  # fmt: skip
_VALUES = {"obligor": "role", "by": "role", "creditor": "role", "code": "anomaly", "kind": "duty", "state": "state"}


def label(sort: str, name: str, lang: Language) -> str:
    """The label of a ``name`` of a ``sort`` (``state``, ``phase`` …); a name without one stands for itself.

    A ``reading``, ``lapse``, and an option of one, ``lapse=never``, are named by the agreement that declares it;
    measures of an incident, and the words of fields (``kind``, ``consequence`` …), by the fact types.
    """
    if sort == "reading":
        return _reading(*name.partition("=")[::2], lang)
    both = LOADED.get(f"{sort}:{name}") or (said_of_field(name) if sort == "measure" else said_of_option(sort, name))
    return name if both is None else in_language(both, lang)


def _reading(name: str, option: str, lang: Language) -> str:
    known = all_readings().get(name)
    if known is None or (option and option not in known.options):
        return f"{name}={option}" if option else name
    return in_language(known.options[option] if option else (known.zh, known.en), lang)


def term(path: str) -> Said:
    """What a dotted path of the terms is called; one that no agreement names stands for itself."""
    return next((said for one in TEMPLATES.values() if (said := term_of(one, path)) is not None), (path, path))


def term_option(path: str, word: str) -> Said | None:
    """What a word means at a dotted path of the terms; None where no agreement says."""
    for template in TEMPLATES.values():
        named, _ = without_rows(template.shape, path)
        if (said := template.terms.names.get(f"{named}={word}")) is not None:
            return said
    return None


def option(reading: str, option: str, lang: Language) -> str:
    """What an option of a reading says."""
    return label("reading", f"{reading}={option}", lang)


def argument(reading: str, option: str, lang: Language) -> str:
    """The authority or argument for an option of a reading; "" where no agreement declares it."""
    known = all_readings().get(reading)
    if known is None or option not in known.options:
        return ""
    one = known.options[option]
    return in_language((one.argument_zh, one.argument_en), lang)


def fact_type(name: str, lang: Language) -> str:
    row = TYPES[name]
    return in_language((row.zh, row.en), lang)


def weekday(on: str, lang: Language) -> str:
    """A day with its weekday, ``2026-02-14 周六``; a moment as Beijing's clock shows it, ``2026-02-14 09:20 周六``."""
    if len(on) > 10:
        at = beijing_time(parse_utc(on))
        on = at.strftime("%Y-%m-%d %H:%M:%S" if at.second else "%Y-%m-%d %H:%M")
    return f"{on} {label('weekday', str(date.fromisoformat(on[:10]).weekday()), lang)}"


def clock(moment: str, lang: Language, *, exact: bool = False) -> str:
    """A UTC moment as Beijing reads it: ``2026-11-22 14:00:00``, if ``exact`` with its microseconds."""
    shown = "%Y-%m-%d %H:%M:%S.%f" if exact else "%Y-%m-%d %H:%M:%S"
    return say("screen.beijing", lang, clock=beijing_time(parse_utc(moment)).strftime(shown))


def article(clause: str, lang: Language) -> str:
    """A clause as cited in a sentence: ``10.2``, ``annex 3 row 4``, ``annex 1 outage B`` or ``civil code 203``."""
    source = source_of(clause)
    if source is not None:
        return say("clause:law", lang, source=in_language(source.called, lang), article=clause.rpartition(" ")[2])
    parts = clause.split(" ")
    if parts[0] != "annex":
        return say("clause:part" if "." in clause else "clause:article", lang, number=clause)
    if parts[2:3] == ["row"]:
        return say("clause:row", lang, annex=parts[1], row=parts[3])
    if len(parts) == 4:
        return say("clause:grade", lang, annex=parts[1], kind=label("kind", parts[2], lang), grade=parts[3])
    return say("clause:annex", lang, annex=parts[1])


def clause(clause: str, lang: Language) -> str:
    """A clause for a column that says that it contains clauses: ``9.1``, 附件 3-4 for row 4 of annex 3, 民法典 188."""
    source = source_of(clause)
    if source is not None:
        return f"{in_language(source.called, lang)} {clause.rpartition(' ')[2]}"
    if not clause.startswith("annex "):
        return clause
    return say("clause:annex", lang, annex=clause.removeprefix("annex ").replace(" row ", "-"))


def short_id(fact: str) -> str:
    """A fact's id within its own contract: ``#12``."""
    return "#" + fact.rpartition("#")[2]


def recorder(name: str, on_behalf: bool, lang: Language) -> str:
    """Who recorded a fact; marked 代录 where it is known not to hold the role that says it (SPEC 2.1)."""
    return say("screen.on_behalf", lang, name=name) if on_behalf else name


def who(by: str, actor: str, lang: Language) -> str:
    """Who did a fact, and who reported it where that is another role: 乙方（甲方述）."""
    did = label("role", actor, lang)
    return did if actor == by else say("screen.as_told", lang, actor=did, by=label("role", by, lang))


def obligation(id_: str, lang: Language) -> str:
    """``pay-invoice:INV-1`` as 支付发票 INV-1."""
    kind, colon, subject = id_.partition(":")
    if f"duty:{subject.partition(':')[0]}" in LOADED:  # damages for delay with another
        subject = obligation(subject, lang)
    return f"{label('duty', kind, lang)} {subject}" if colon else label("duty", kind, lang)


def debt(id_: str, lang: Language) -> str:
    """What is owed by its id: an obligation to pay as such, else an item of damages."""
    kind = id_.partition(":")[0]
    return obligation(id_, lang) if f"duty:{kind}" in LOADED else say("screen.debt_item", lang, item=id_)


def path(path: str, lang: Language) -> str:
    """What a path into a conclusion (SPEC 5) is about, in words; one without words stands for itself."""
    if f"path.{path}" in LOADED:
        return say(f"path.{path}", lang)
    for records in (*_records(), "readings"):
        if path.startswith(records + "."):
            return _record(records, path[len(records) + 1 :], lang)
    return path


def field(name: str, lang: Language) -> str:
    """What a field of a record is called."""
    return say(f"field.{name}", lang) if f"field.{name}" in LOADED else name


def _records() -> list[str]:
    """The parts of answers that hold records, or values by identifier."""
    return [
        f"{key}.{part}" if part else key
        for template in TEMPLATES.values() for key, one in template.sections.items()
        for part in (*one.records, *one.maps)
    ]  # fmt: skip


def _section(path: str) -> Section | None:
    return next(iter(_sections(path)), None)


def _sections(path: str) -> list[Section]:
    """The declarations of the section a path is in, by each agreement that has it; they call its parts by the same
    names.
    """
    key = path.partition(".")[0]
    return [one.sections[key] for one in TEMPLATES.values() if key in one.sections]


def _record(records: str, rest: str, lang: Language) -> str:
    head, dot, name = rest.rpartition(".")
    if not (dot and f"field.{name}" in LOADED):
        head, name = rest, ""
    about = say(f"path.{records}", lang) if f"path.{records}" in LOADED else records
    return " ".join([about, _named(records, head, lang), *([say(f"field.{name}", lang)] if name else [])])


def _named(records: str, name: str, lang: Language) -> str:
    if records == "readings":
        return f"“{label('reading', name, lang)}”"
    named = next((one.name for one in _sections(records) if one.name is not None), None)
    return name if named is None else named(records.partition(".")[2], name, lang)


def change(path_: str, before: Any, after: Any, lang: Language) -> str:
    """A change at a path in one line: what it is about, what it was and what it becomes."""
    if isinstance(after, dict) and before is None:
        said = say("screen.arises", lang, value=value(path_, after, lang).removeprefix("-")).rstrip(", ")
    elif isinstance(before, dict) and after is None:
        was = value(path_, before, lang)
        said = say("screen.vanishes", lang) if was == "-" else say("screen.vanishes_was", lang, value=was)
    else:
        said = f"{value(path_, before, lang)} → {value(path_, after, lang)}"
    return f"{path(path_, lang)}{say('joint:colon', lang)}{said}"


def weight(path: str) -> tuple[bool, bool, int]:
    """The sort key of a change at a path: anomalies first, then sections as the report orders them; of these, details
    that only say by what or on which day something was settled come last.
    """
    section = _section(path)
    odd = section is not None and section.key == "anomalies"
    return not odd, path.rpartition(".")[2] in _DETAILS, 0 if section is None else section.weight


def money(amount: str | None) -> str:
    """An amount for people; a dash where there is none."""
    return "-" if amount is None else thousands(amount)


def glance(path_: str, one: Any, lang: Language) -> str:
    """A value at a path with its label; nothing for none."""
    return f"{path(path_, lang)} {value(path_, one, lang)}" if one is not None else ""


def value(path: str, value: Any, lang: Language) -> str:
    """A value at a path in words: states and phases by their labels, dates with weekdays, records in short."""
    if path.startswith("positions.") and path.rpartition(".")[2] in _VIEWS:
        path = path.removeprefix("positions.").rpartition(".")[0]
    if value is None or value == []:
        return say("screen.none", lang)
    if isinstance(value, bool):
        return label("truth", str(value).lower(), lang)
    if isinstance(value, list):
        return ", ".join(_listed(path, one, lang) for one in value)
    if isinstance(value, dict):
        return _in_short(path, value, lang)
    return _scalar(path, str(value), lang)


def _listed(path: str, one: Any, lang: Language) -> str:
    if isinstance(one, dict):
        return _in_short(path, one, lang)
    return short_id(one) if isinstance(one, str) and "#" in one else str(one)


def _scalar(path: str, text: str, lang: Language) -> str:
    name = path.rpartition(".")[2]
    if path.startswith("readings."):
        return option(name, text, lang)
    sections = _sections(path)
    if any(one.money for one in sections) and _SUM.fullmatch(text):
        return money(text)
    sort = next((one.sorts[name] for one in sections if name in one.sorts), None)
    if sort is None:
        sort = _VALUES.get(name)
    if sort is not None:
        return label(sort, text, lang)
    if name in _FACTS and "#" in text:
        return short_id(text)
    if len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit():
        return weekday(text, lang)
    return text


def _in_short(path: str, record: dict[str, Any], lang: Language) -> str:
    """The parts of a record a reader looks for first."""
    if record.keys() == {"path", *_VIEWS}:
        views = {view: value(record["path"], record[view], lang) for view in _VIEWS}
        return say("screen.position", lang, **views)
    told = {key: value(f"{path}.{key}", record[key], lang) for key in _TELLING if record.get(key) is not None}
    if record.get("counted_as") is not None:  # the reason ends with what comes here
        told["reason"] = f"{told['reason']} {record['counted_as']}"
    if not told:  # of a record that has none of these, what it states
        told = {key: value(f"{path}.{key}", one, lang) for key, one in record.items() if isinstance(one, (str, int))}
    shown = [say(_TELLING[key], lang, value=one) if _TELLING.get(key) else one for key, one in told.items()]
    return say("joint:clause", lang).join(shown) or "-"
