"""An explanation: steps in two languages, and the clauses, facts and readings they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any

from ledger import labels
from ledger.bilingual import Bilingual, clause_name, joined, label, phrase, who
from ledger.domain import history
from ledger.domain.calendar import format_utc
from ledger.domain.fact import TYPES, Fact, FactType, chronological
from ledger.domain.fact_data import data_json, restate
from ledger.domain.fact_words import fields_in, label_of
from ledger.domain.facts.record import FactCorrected
from ledger.domain.history import JUDGED
from ledger.domain.machine import Machine
from ledger.domain.money import Fen, said_yuan
from ledger.domain.terms_values import Traced, value_at
from ledger.domain.values import quoted
from ledger.domain.words import Words


def summed(amounts: Iterable[int]) -> str:
    """``a + b + c``, in yuan; ``0.00`` for none."""
    return " + ".join(said_yuan(Fen(amount)) for amount in amounts) or "0.00"


def added(amounts: Iterable[int], total: str) -> str:
    """``a + b = total``, in yuan; the total alone where nothing was added to it."""
    parts = summed(amounts)
    return total if parts == total else f"{parts} = {total}"


class Explanation:
    """An explanation as it is built; ``m`` is swept to the end of ``day``, the day asked about."""

    def __init__(
        self, m: Machine, facts: Sequence[Fact], standing: Sequence[Fact], day: date,
        when_judged: Callable[[Fact], Machine],
    ) -> None:  # fmt: skip
        """``when_judged`` gives the machine as it was when a fact was judged."""
        self.m = m
        self.day = day
        self.when_judged = when_judged
        self.standing = [fact for fact in standing if fact.day <= day or fact.seq == 1]
        self.by_id = {fact.id: fact for fact in facts} | {fact.id: fact for fact in standing}
        self.steps: dict[Bilingual, None] = {}  # in the order they were said
        self._types: dict[tuple[str, ...], list[Fact]] = {}
        self._about: dict[str, list[Fact]] = {}
        self._clauses: dict[str, None] = {}
        self._facts: dict[str, None] = {}
        self._readings: dict[str, tuple[str, list[str]]] = {}
        self._corrections = _corrections(facts)
        self._by_seq = {fact.seq: fact for fact in facts}
        self._as_recorded = {fact.id: fact for fact in facts}

    def anew(self) -> Explanation:
        """An empty explanation that shares what was looked up."""
        other = copy(self)
        other.steps, other._clauses, other._facts, other._readings = {}, {}, {}, {}
        return other

    # -- saying -----------------------------------------------------------------------------------

    def step(self, code: str, /, **values: object) -> None:
        """Add one sentence of the catalogue; one that was added before is not repeated."""
        self.steps[phrase(code, **values)] = None

    def cite(self, *clauses: str) -> None:
        self._clauses |= dict.fromkeys(clauses)

    def rest_on(self, *ids: str) -> None:
        self._facts |= dict.fromkeys(id_ for id_ in ids if id_ in self.by_id)

    def read(self, reading: str, on: date | None = None) -> str:
        """The option of ``reading`` in force on a day; it is cited."""
        day = on or self.day
        option = self.m.agreement.reading(reading, day)
        changes = self.m.agreement.reading_changes(reading, day)
        for change in changes:
            code = "EX_READING_RULED" if self.by_id[change.fact].type == JUDGED else "EX_READING_AGREED"
            self.step(code, on=change.day, question=label("reading", reading),
                      option=label("reading", f"{reading}={option}"), fact=self.fact(change.fact))  # fmt: skip
        self._readings[reading] = option, [change.fact for change in changes]
        return option

    def terms(self, day: date) -> Any:
        """The terms in force on a day; amendments of the values taken from them are explained and cited."""
        agreement = self.m.agreement
        return Traced(agreement.on(day).terms, agreement.template.shape, "", lambda path: self.rest_on_term(path, day))

    def rest_on_term(self, path: str, day: date) -> None:
        """Explain who set the value at a dotted path of the terms on a day, if it was amended."""
        for change in self.m.agreement.on(day).changes(path):
            summary: Any = self.by_id[change.fact].what
            whole = isinstance(change.before, dict | list) or isinstance(change.after, dict | list)
            self.step("EX_TERM_AMENDED_WHOLE" if whole else "EX_TERM_AMENDED", on=change.day,
                      name=Bilingual(*labels.term(change.path)), before=_value(change.before),
                      after=_value(change.after), fact=self.fact(change.fact), summary=summary.summary)  # fmt: skip

    def term(self, path: str, day: date) -> None:
        """Name the term that set a day, and its value on a day; nothing where it has none."""
        agreement = self.m.agreement
        stated = value_at(agreement.on(day).terms, agreement.template.shape, path)
        if stated is not None:
            self.step("EX_TERM_STATED", name=Bilingual(*labels.term(path)), value=_value(stated), path=path)

    def fact(self, id_: str) -> Bilingual:
        """A fact as a sentence names it; it is cited."""
        corrections = self._corrections.get(id_, [])
        self.rest_on(id_, *(one.id for one in corrections))
        return _named(self.by_id[id_], corrections)

    def facts(self, ids: Iterable[str]) -> Bilingual:
        return joined([self.fact(id_) for id_ in ids])

    def of_type(self, *types: str) -> list[Fact]:
        """The facts of these types that stand by the day asked about, in order of (on, seq)."""
        found = self._types.get(types)
        if found is None:
            found = [fact for fact in self.standing if fact.type in types]
            self._types[types] = found = sorted(found, key=chronological)
        return found

    def about(self, kind: str, identifier: str) -> list[Fact]:
        """The facts that introduce or are about what ``identifier`` names, in order of (on, seq)."""
        if not self._about:
            for fact in sorted(self.standing, key=chronological):
                for named in {history.introduced(fact), history.subject_of(fact)}:
                    if named is not None:
                        self._about.setdefault(f"{named[0]}:{named[1]}", []).append(fact)
        return self._about.get(f"{kind}:{identifier}", [])

    # -- the answer -------------------------------------------------------------------------------

    def answer(self, path: str, value: Any) -> dict[str, Any]:
        clauses = [_clause(name, self.m.template.words[name]) | {"changed_by": self._changed(name)}
                   for name in self._clauses]  # fmt: skip
        self._told_otherwise()
        return {
            "path": path,
            "value": value,
            "clauses": clauses,
            "facts": [_fact(self.by_id[id_]) for id_ in self._facts],
            "steps": [step.json() for step in self.steps],
            "readings": [_reading(name, *read) for name, read in self._readings.items()],
        }

    def _changed(self, clause: str) -> list[str]:
        """The amendments, by the day asked about, of what a clause's words state; they are named beside the words."""
        settled = self.m.agreement.on(self.day)
        found = {change.order: change for path in self.m.template.terms.stated_in.get(clause, ())
                 for change in settled.changes(path)}  # fmt: skip
        changes = [found[order] for order in sorted(found)]
        if changes:
            self.step("EX_WORDS_CHANGED", clause=clause_name(clause), on=changes[0].day,
                      facts=self.facts(change.fact for change in changes))  # fmt: skip
        return [change.fact for change in changes]

    def _told_otherwise(self) -> None:
        """Explain which of the facts were corrected or are contested, and that the words are another contract's."""
        for target, corrections in self._corrections.items():
            if target in self._facts:
                said = _said(self._as_recorded[target])
                for correction in corrections:
                    what: Any = correction.what
                    before, said = said, _corrected(self._as_recorded[target], what, said)
                    changes = _exchanged(TYPES[self._as_recorded[target].type], before, said)
                    self.step("EX_CORRECTED", fact=_named(self.by_id[target]), by=self.fact(correction.id),
                              reason=what.reason, changes=changes)  # fmt: skip
        for seq, roles in self.m.standing.contests.items():
            if self._by_seq[seq].id in self._facts:
                by = joined(label("role", role) for role in roles)
                self.step("EX_CONTESTED", fact=self.fact(self._by_seq[seq].id), by=by)
        if self._clauses and self.m.registration.contract != self.m.template.words_of:
            self.step("EX_OTHER_WORDS")


def _named(fact: Fact, corrections: Sequence[Fact] = ()) -> Bilingual:
    type_, by = TYPES[fact.type], who(fact)
    code = "EX_FACT_CORRECTED" if corrections else "EX_FACT"
    return phrase(code, label=Bilingual(type_.zh, type_.en), seq=fact.seq, on=fact.day, by=by,
                  corrections=", ".join(f"#{one.seq}" for one in corrections))  # fmt: skip


def _corrections(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    """The corrections that stand, by the id of the fact they correct."""
    seqs = history.numbering(facts)
    ids = {fact.seq: fact.id for fact in facts}
    found: dict[str, list[Fact]] = {}
    for fact in history.resolve(facts):
        if isinstance(fact.what, FactCorrected):
            target = history.pointed(seqs, fact.what.target, fact.seq) or 0
            found.setdefault(ids[target], []).append(fact)
    return found


def _said(fact: Fact) -> dict[str, Any]:
    return data_json(fact.what) | {"on": fact.on}


def _corrected(recorded: Fact, correction: FactCorrected, said: Mapping[str, Any]) -> dict[str, Any]:
    on = said["on"] if correction.on is None else correction.on
    return data_json(restate(recorded.type, correction.data)) | {"on": on}


def _exchanged(row: FactType, before: Mapping[str, Any], after: Mapping[str, Any]) -> Bilingual:
    """What a correction changed, value by value."""
    names = {field.key: Bilingual(*label_of(row, field)) for field in fields_in(row)}
    names["on"] = phrase("EX_CORRECTED_DAY")
    told = [
        _value_exchanged(names[key], before.get(key), after.get(key))
        for key in {**before, **after} if before.get(key) != after.get(key)
    ]  # fmt: skip
    return joined(told) if told else phrase("EX_CORRECTED_ALIKE")


def _value_exchanged(name: Bilingual, before: Any, after: Any) -> Bilingual:
    """A changed value; a whole document, such as a registration's terms, is not shown in a sentence."""
    if isinstance(before, dict) or isinstance(after, dict):
        return phrase("EX_CORRECTED_WHOLE", name=name)
    return phrase("EX_CORRECTED_FIELD", name=name, before=_value(before), after=_value(after))


def _value(value: object) -> Bilingual:
    """A value as recorded, as a sentence shows it."""
    if value is None:
        return phrase("EX_NOT_STATED")
    return label("truth", str(value).lower()) if isinstance(value, bool) else Bilingual(quoted(value), quoted(value))


def _clause(clause: str, words: Words) -> dict[str, str]:
    return {"clause": clause, "title": words.title, "zh": words.zh, "en": words.en}


def _fact(fact: Fact) -> dict[str, Any]:
    type_ = TYPES[fact.type]
    data = data_json(fact.what) if fact.type != "ContractRegistered" else {}
    return {
        "fact": fact.id, "type": fact.type, "label": {"zh": type_.zh, "en": type_.en}, "on": fact.on, "by": fact.by,
        "actor": fact.actor,
        "recorded_at": format_utc(fact.recorded_at), "recorded_by": fact.recorded_by, "on_behalf": fact.on_behalf,
        "data": data,
    }  # fmt: skip


def _reading(name: str, option: str, set_by: list[str]) -> dict[str, Any]:
    said = phrase("EX_READING", question=label("reading", name), option=label("reading", f"{name}={option}"))
    return {"reading": name, "option": option, "zh": said.zh, "en": said.en, "set_by": set_by}
