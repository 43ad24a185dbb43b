"""A fact in words for people: its content, who stated and who recorded it when, its standing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from api.console.words import PageWords
from ledger import labels
from ledger.bilingual import in_one
from ledger.domain.fact import TYPES, WRITERS, Fact
from ledger.domain.fact_data import data_json
from ledger.domain.fact_words import fields_in, label_of
from ledger.domain.moments import format_utc
from ledger.explanation.content import Content
from ledger.projections.register import RegisterEntry

ACTS = {
    "correct": "FactCorrected", "retract": "FactRetracted", "acknowledge": "FactAcknowledged",
    "contest": "FactContested",
}  # fmt: skip
_OF_THE_LEDGER = ("ContractRegistered", "EvidenceExported")  # types that cannot be retracted
_DIGEST = re.compile("[0-9a-f]{64}")
_SHORT = 4  # fields shown in a row; the fact's own page has all


class FieldChange(NamedTuple):
    """One field that a correction changes: its label, before and after."""

    name: str
    before: str
    after: str


def content(words: PageWords, fact: Fact) -> list[tuple[str, str]]:
    """A fact's data, field by field, in words; for a correction without the new data, which :func:`changes` shows."""
    data = {key: value for key, value in data_json(fact.what).items() if key != "terms"}
    if fact.type == ACTS["correct"]:
        data.pop("data", None)
    return [_pair(words, both) for both in Content(again=True).fields(fact.type, data).values()]


def in_short(words: PageWords, fact: Fact) -> Markup:
    """The first fields of a fact in one line, and the number of the others."""
    said = [f"{name} {value}" for name, value in content(words, fact) if not _DIGEST.fullmatch(value)]
    shown = words.running(words.plain("comma").join(said[:_SHORT]))
    return shown if len(said) <= _SHORT else shown + words.say("facts.more-fields", count=len(said) - _SHORT)


def changes(words: PageWords, target: Fact, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """The differences in a fact's data before and after a correction, in words; "none" for an absent value."""
    told = Content(again=True)
    was, now = told.fields(target.type, before), told.fields(target.type, after)
    found = []
    for key in {**was, **now}:
        if before.get(key) != after.get(key):
            name = _text(words, (was.get(key) or now[key])[0])
            found.append(FieldChange(name, _said(words, was.get(key)), _said(words, now.get(key))))
    return found


def corrections(
    words: PageWords, entry: RegisterEntry, by_id: Mapping[str, Fact]
) -> Iterator[tuple[Fact, list[FieldChange]]]:
    """Each correction of a fact that stands, in order, with its changes against the data before it."""
    said = data_json(entry.fact.what)
    for id_ in entry.told["corrected_by"]:
        correction = by_id.get(id_)
        if correction is not None:
            what: Any = correction.what
            moved = changes(words, entry.fact, said, what.data)
            if what.on:
                days = _on(words, entry.fact.on), _on(words, what.on)
                moved.insert(0, FieldChange(words.plain("facts.on"), *days))
            yield correction, moved
            said = what.data


def may_do(entry: RegisterEntry, role: str) -> list[str]:
    """The acts on a fact that a role may take (SPEC 2.2), keys of ACTS; none on one that was retracted."""
    fact, row = entry.fact, TYPES[entry.fact.type]
    if role not in WRITERS or row.ledgers or fact.type == "EvidenceExported" or entry.told["retracted_by"]:
        return []
    if role == fact.by:
        return ["correct"] if fact.type in _OF_THE_LEDGER else ["correct", "retract"]
    done = ["contest"] if row.saying.done or fact.type == "ContractRegistered" else []
    return [act for act in ("acknowledge", "contest") if act not in done and role in TYPES[ACTS[act]].by]


def standing(words: PageWords, entry: RegisterEntry) -> Markup:
    """A fact's standing: symbols with words, and the facts that cause it."""
    told, found = entry.told, []
    if entry.claim:
        found.append(words.state("contested", words.say("facts.claim-why", why=words.label("why", entry.claim))))
    if told["contested_by"]:
        found.append(words.state("contested", words.say("facts.contested")) + _by(words, told["contested_by"]))
    if told["retracted_by"]:
        found.append(words.state("broken", words.say("facts.retracted")) + _by(words, told["retracted_by"]))
    if told["corrected_by"]:
        found.append(words.state("differs", words.say("facts.corrected")) + _by(words, told["corrected_by"]))
    return Markup("<br>").join(found) if found else words.state("", words.say("facts.stands"))


def recorded(words: PageWords, fact: Fact) -> Markup:
    """When a fact was recorded, by whom, and how many days after it happened."""
    who = labels.recorder(fact.recorded_by, fact.on_behalf, words.lang)
    late = words.say("facts.late", days=fact.days_late) if fact.days_late > 0 else Markup("")
    return words.moment(format_utc(fact.recorded_at)) + Markup(" <small>{} {}</small>").format(who, late)


def who(words: PageWords, fact: Fact) -> str:
    return labels.who(fact.by, fact.actor, words.lang)


def type_name(words: PageWords, name: str) -> str:
    return labels.fact_type(name, words.lang)


def called(words: PageWords, type_: str, path: str) -> str:
    """The label of a fact's field, by its path in the data."""
    key, row = path.rpartition(".")[2], TYPES[type_]
    field = next((one for one in fields_in(row) if one.key == key), None)
    return words.both(label_of(row, field)) if field is not None else words.label("measure", key)


def links_to_acts(words: PageWords, entry: RegisterEntry, role: str) -> Markup:
    """Links to the forms of the acts this role may take on a fact."""
    acts = may_do(entry, role) if words.url("act", fact=1, act="correct") else []
    to = [words.link("act", words.say(f"act.{act}"), fact=entry.fact.seq, act=act) for act in acts]
    return Markup(' <span class="acts">{}</span>').format(Markup(" ").join(to)) if to else Markup("")


def _by(words: PageWords, ids: Sequence[str]) -> Markup:
    return Markup(" {}").format(words.facts(ids))


def _on(words: PageWords, on: str) -> str:
    return labels.weekday(on, words.lang)


def _pair(words: PageWords, both: tuple[Any, Any]) -> tuple[str, str]:
    return _text(words, both[0]), _text(words, both[1])


def _said(words: PageWords, both: tuple[Any, Any] | None) -> str:
    return words.plain("nothing") if both is None else _text(words, both[1])


def _text(words: PageWords, text: Any) -> str:
    return str(in_one(text, words.lang))
