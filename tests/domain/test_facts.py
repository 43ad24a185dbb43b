"""The types of facts: one table, immutable records, golden bytes for ever, and the way there and back."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
import string
import typing
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.agreements.beijing_government_cloud_2025.annex_1_grades.facts import (
    MEASURES_OF,
    GradeRuled,
    IncidentReported,
    Measures,
)
from ledger.agreements.beijing_government_cloud_2025.article_13_term.facts import RenewalProposed
from ledger.domain.commitment import Commitment
from ledger.domain.errors import Refusal
from ledger.domain.fact import KINDS, ROLES, TYPES, FactType
from ledger.domain.fact_data import data_json, decode_data, parse_data, restate, stored_name
from ledger.domain.fact_words import fields_in, label_of, meaning_of, options_of
from ledger.domain.facts.damages import DamagesSettled
from ledger.domain.facts.payment import Allocation, InvoiceIssued, InvoiceLine, PaymentMade
from ledger.domain.money import Fen
from ledger.domain.rulings import DamagesRuled, DebtRuled, FactRuled, ReadingRuled, TerminationRuled
from tests.domain.fact_samples import GOLDEN, OTHER_KINDS, SAMPLES, leaf

ROWS = list(TYPES.values())
CHINESE = re.compile("[\u4e00-\u9fff]")


def of(cls: type[Any], **values: object) -> Any:
    return cls(**values)


# --- the table -------------------------------------------------------------------------------------

def test_given_the_table_then_it_has_each_type_under_its_own_name() -> None:
    assert len(ROWS) == len({row.name for row in ROWS})
    assert all(name == row.name == row.cls.__name__ for name, row in TYPES.items())


def test_given_the_table_then_stored_names_are_unique() -> None:
    assert len({row.stored_name for row in ROWS}) == len(ROWS)


def test_given_a_type_then_its_docstring_cites_the_article_of_its_row() -> None:
    for row in [row for row in ROWS if row.article]:
        cited = re.findall(r"\b(?:Art\.|Annex) [^)]*", row.cls.__doc__ or "")
        article = row.article.replace("annex", "Annex")
        assert any(article in one.replace("Art. ", "") for one in cited), f"{row.name} should cite {article}: {cited}"


def test_given_a_type_then_it_has_labels_roles_and_names_only_fields_it_has() -> None:
    for row in ROWS:
        assert re.search("[\u4e00-\u9fff]", row.zh) and row.en.isascii()
        assert set(row.actors) <= set(ROLES) and len(set(row.actors)) == len(row.actors) > 0
        fields = {*row.cls.__slots__, *(Measures.__slots__ if "measures" in row.cls.__slots__ else ())}
        named = [one for one in (row.introduces, row.subject, *row.mentions) if one is not None]
        assert all(field.partition(".")[0] in fields and (kind in KINDS or kind == "about") for kind, field in named)
        assert row.personal <= fields


def test_given_a_type_then_everything_said_of_it_is_said_in_both_languages() -> None:
    for row in ROWS:
        fields = {field.key: field for field in fields_in(row)}
        said = {row.name: meaning_of(row)}
        said |= {key: label_of(row, field) for key, field in fields.items()}
        said |= {f"{key}, its value": field.shape.said for key, field in fields.items()}
        for key, field in fields.items():
            said |= {f"{key}={word}": both for word, both in options_of(row, field).items()}
        for what, (zh, en) in said.items():
            assert CHINESE.search(zh) or zh == en, what
            quotes = what == row.name or what.startswith("reading=")  # the contract's own words
            assert en and (quotes or not CHINESE.search(en)), what
        assert row.meaning.endswith("。") and set(row.labels) | set(row.example) <= set(fields)


def test_given_a_word_of_a_field_then_it_means_the_same_wherever_the_field_is() -> None:
    meant: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in ROWS:
        for field in fields_in(row):
            for word, said in field.shape.options.items():
                meant.setdefault((field.key, word), set()).add(said)
    assert len(meant) > 20 and all(len(said) == 1 for said in meant.values())


def test_given_the_kinds_of_identifiers_then_each_is_introduced_by_some_type() -> None:
    assert {row.introduces[0] for row in ROWS if row.introduces} == set(KINDS)


def test_given_the_kinds_of_incidents_then_every_measure_belongs_to_one() -> None:
    assert frozenset().union(*MEASURES_OF.values()) == set(Measures.__slots__)


# --- records ---------------------------------------------------------------------------------------

def test_given_a_fact_then_it_cannot_be_changed() -> None:
    paid = PaymentMade(payment="PAY-1", invoice="INV-1", amount=Fen(100))
    with pytest.raises(AttributeError, match="immutable"):
        paid.amount = Fen(1)  # type: ignore[misc]
    with pytest.raises(AttributeError, match="immutable"):
        del paid.amount
    with pytest.raises(AttributeError):
        paid.note = "x"  # type: ignore[attr-defined]


def test_given_two_facts_then_they_are_equal_only_with_the_same_type_and_values() -> None:
    paid = PaymentMade(payment="PAY-1", invoice="INV-1", amount=Fen(100))
    assert paid == PaymentMade(payment="PAY-1", invoice="INV-1", amount=Fen(100))
    assert hash(paid) == hash(PaymentMade(payment="PAY-1", invoice="INV-1", amount=Fen(100)))
    assert paid != PaymentMade(payment="PAY-1", invoice="INV-1", amount=Fen(101))
    assert TYPES["ProposalAccepted"].cls(proposal="P") != TYPES["ProposalRejected"].cls(proposal="P")
    assert repr(paid) == (
        "PaymentMade(payment='PAY-1', invoice='INV-1', allocations=None, settlement=None, amount=100)"
    )


def test_given_a_record_made_by_hand_then_fields_are_needed_known_and_keyworded() -> None:
    assert RenewalProposed(proposal="P", ends_on=date(2027, 1, 1)).reason is None
    with pytest.raises(TypeError, match="'ends_on'"):
        of(RenewalProposed, proposal="P")
    with pytest.raises(TypeError, match="'colour'"):
        of(RenewalProposed, proposal="P", ends_on=date(2027, 1, 1), colour="red")
    with pytest.raises(TypeError):
        RenewalProposed("P")  # type: ignore[misc, call-arg]


def test_given_a_record_then_the_dataclasses_module_copy_and_pickle_take_it() -> None:
    proposed: Any = RenewalProposed(proposal="P", ends_on=date(2027, 1, 1))
    assert dataclasses.replace(proposed, reason="x").reason == "x"
    assert dataclasses.asdict(proposed) == {"proposal": "P", "ends_on": date(2027, 1, 1), "reason": None}
    assert [field.name for field in dataclasses.fields(proposed)] == ["proposal", "ends_on", "reason"]
    assert pickle.loads(pickle.dumps(proposed)) == copy.deepcopy(proposed) == proposed


# --- golden bytes ----------------------------------------------------------------------------------

def test_given_a_sample_then_it_is_stored_as_the_golden_bytes() -> None:
    for type_ in SAMPLES:
        assert leaf(type_) == (GOLDEN / f"{TYPES[type_].stored_name}.json").read_bytes()


def test_given_golden_bytes_then_they_read_as_the_sample_and_write_as_they_are() -> None:
    for type_ in SAMPLES:
        stored = json.loads((GOLDEN / f"{TYPES[type_].stored_name}.json").read_bytes())
        read: Any = decode_data(stored["type"], stored["data"])
        assert data_json(read) == stored["data"] and stored_name(read) == stored["type"]
        if not TYPES[type_].personal:
            assert read == parse_data(type_, SAMPLES[type_][1])


def test_given_the_golden_files_then_there_is_one_for_every_name_ever_stored() -> None:
    names = {path.stem for path in GOLDEN.glob("*.json")}
    versions = {f"{row.name}.v{version}" for row in ROWS for version in range(1, row.version + 1)}
    assert names == versions


def test_given_a_fact_stored_by_an_older_version_then_it_reads_as_the_newest() -> None:
    stored = json.loads((GOLDEN / "DamagesSettled.v1.json").read_bytes())
    assert stored["data"] == {"item": "a2-r7:sl-1", "amount": "50000.00", "manner": "deducted"}
    read = decode_data("DamagesSettled.v1", stored["data"])
    assert read == DamagesSettled(items=("a2-r7:sl-1",), amount=Fen(50_000_00), manner="deducted")
    assert stored_name(read) == "DamagesSettled.v3"


def test_given_golden_bytes_of_any_version_then_they_read_as_the_newest_and_lose_nothing() -> None:
    for path in sorted(GOLDEN.glob("*.json")):
        stored = json.loads(path.read_bytes())
        read = decode_data(stored["type"], stored["data"])
        assert stored_name(read) == TYPES[type(read).__name__].stored_name
        moved = {"DamagesSettled.v1": {"items": ["a2-r7:sl-1"]}, "TerminationDeclared.v1": {"clauses": ["10.2"]}}
        gone = {"DamagesSettled.v1": {"item"}, "TerminationDeclared.v1": {"clause"}}.get(path.stem, set())
        kept = {key: value for key, value in stored["data"].items() if key not in gone} | moved.get(path.stem, {})
        assert {key: data_json(read).get(key) for key in kept} == kept


def test_given_a_leak_told_before_it_was_said_whose_then_it_is_read_as_party_bs() -> None:
    stored = json.loads((GOLDEN / "LeakReported.v1.json").read_bytes())
    assert decode_data("LeakReported.v1", stored["data"]).leaked_by == "party_b"
    said = {"leak": "L-1", "summary": "网络拓扑外泄", "leaked_by": "party_a"}
    assert restate("LeakReported", said).leaked_by == "party_a"


def test_given_a_correction_recorded_in_an_older_shape_then_what_it_states_reads_as_the_newest() -> None:
    old = {"item": "a2-r7:sl-1", "amount": "5", "manner": "paid"}
    new = {"items": ["a2-r7:sl-1"], "amount": "5.00", "manner": "paid"}
    assert restate("DamagesSettled", old) == restate("DamagesSettled", new)


def test_given_a_name_a_newer_version_stored_then_reading_it_is_refused() -> None:
    for name in ("InvoiceIssued.v3", "InvoiceIssued.v0", "InvoiceIssued", "TeaServed.v1", "InvoiceIssued.vx"):
        with pytest.raises(Refusal) as caught:
            decode_data(name, {})
        assert caught.value.code == "FACT_UNKNOWN_TYPE"


def test_given_a_personal_value_then_the_stored_fact_holds_a_commitment() -> None:
    sent: Any = parse_data("PersonnelAssigned", {"person": "p", "nda_signed": True, "name": "张"})
    assert sent.name == "张" and TYPES["PersonnelAssigned"].personal == {"name", "phone"}
    kept: Any = dataclasses.replace(sent, name=Commitment(commitment="0" * 64))
    assert data_json(kept) == {"person": "p", "nda_signed": True, "name": {"commitment": "0" * 64}}
    assert decode_data("PersonnelAssigned.v1", data_json(kept)) == kept


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_given_an_incident_of_each_kind_then_its_measures_stand_flat_in_its_data(kind: str) -> None:
    data = {"incident": "INC-1", "kind": kind, **OTHER_KINDS[kind]}
    read = parse_data("IncidentReported", data)
    assert isinstance(read, IncidentReported) and read.kind == kind
    assert data_json(read) == data
    assert decode_data("IncidentReported.v1", data) == read


# --- there and back --------------------------------------------------------------------------------

_visible = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=40).map(partial(normalize, "NFC"))
_words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=200)
_days = st.dates(date(1949, 1, 1), date(2199, 12, 31))
_both = st.just(("party_a", "party_b"))
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | _words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_visible, inner, max_size=3), max_leaves=6,
)


def _decimals(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=6).map(lambda number: Decimal(f"{abs(number):f}"))


RULED = st.one_of(
    st.builds(GradeRuled, incident=_visible, grade=st.sampled_from(("A", "B", "none"))),
    st.builds(DamagesRuled, items=st.lists(_visible, min_size=1, max_size=3, unique=True).map(tuple),
              amount=st.integers(0, 10**13).map(Fen)),
    st.builds(ReadingRuled, reading=_visible, option=_visible),
    st.builds(FactRuled, fact=_visible, stands=st.booleans()),
    st.builds(TerminationRuled, terminated_on=st.none() | _days),
    st.builds(DebtRuled, debtor=st.sampled_from(("party_a", "party_b")), amount=st.integers(0, 10**13).map(Fen),
              due_on=st.none() | _days),
)  # fmt: skip
_names = st.lists(_visible, min_size=2, max_size=4, unique=True).map(tuple)
BY_ANNOTATION: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("Identifier", "Name", "Text", "Reason", "Note", "Personal"), _visible),
    **dict.fromkeys(("Identifiers", "Clauses", "FactNames", "Debts"), _names),
    "Minutes": st.integers(0, 10**9) | _decimals(0, 10**6).filter(lambda one: one != int(one)),
    "TerminationClauses": st.lists(st.sampled_from(("10.1", "10.2", "10.4")), min_size=1, unique=True).map(tuple),
    "Rulings": st.lists(RULED, min_size=1, max_size=4).map(tuple),
    **dict.fromkeys(("Count", "Positive", "MlpsLevel", "Year"), st.integers(1, 5)),
    "YesNo": st.booleans(), "Day": _days, "Days": st.lists(_days, max_size=3, unique=True).map(tuple),
    "Money": st.integers(0, 10**13).map(Fen), "Share": _decimals(0, 1), "Percent": _decimals(0, 1),
    "Round": st.integers(0, 10**9) | _visible, "JsonObject": st.dictionaries(_visible, _json, max_size=4),
}
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "party": st.sampled_from(("party_a", "party_b")), "confirmed_by": _both,
    "debtor": st.sampled_from(("party_a", "party_b")),
    "leaked_by": st.sampled_from(("party_a", "party_b", "other", "unknown")),
    "rating": st.sampled_from(("excellent", "good", "fair", "poor")),
    "grade": st.sampled_from(("A", "B", "none")), "kind": st.sampled_from(sorted(MEASURES_OF)),
    "consequence": st.sampled_from(("none", "problem", "major")),
    "responsibility": st.sampled_from(("provider", "shared", "other")),
    "attention": st.lists(st.sampled_from(("national", "municipal", "municipal_leader")), unique=True).map(tuple),
    "subject": st.sampled_from(("availability", "other")),
    "ground": st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=20),
    "month": st.builds("{:04d}-{:02d}".format, st.integers(1949, 2199), st.integers(1, 12)),
    "sha256": st.text("0123456789abcdef", min_size=64, max_size=64), "media_type": st.just("text/plain"),
    "on": st.sampled_from((None, "2026-01-31", "2026-01-31T23:59:59.5+08:00", "2026-01-31T16:00:00Z")),
    "makeup_days": st.just(()), "to": st.just(date(2199, 12, 31)),
    "months_lost": _decimals(0, 10_000), "availability": _decimals(0, 100), "data_reliability": _decimals(0, 100),
    "units": st.integers(1, 10**9), "instalment": st.integers(1, 10**9),
}
OWN: dict[tuple[str, str], st.SearchStrategy[Any]] = {
    ("DataDisposed", "manner"): st.sampled_from(("relocated", "transferred", "destroyed")),
    ("NoticeServed", "manner"): st.sampled_from(("handed", "post", "courier", "electronic", "publication", "court")),
    ("AvailabilityMeasured", "maintenance_minutes"): st.none(),
    ("MaintenanceAnnounced", "begins"): st.just("2026-03-28T22:00:00+08:00"),
    ("TicketOpened", "priority"): st.sampled_from(("P1", "P2", "P3", "P4")),
    ("TerminationNoticed", "clauses"): st.just(("8.1", "8.4")),
    ("Measures", "scope"): st.sampled_from(("platform", "system")),
    ("CalendarPublished", "year"): st.just(2026),  # days off are of that year or the ones beside it
    ("CalendarPublished", "off_days"): st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=3,
                                                unique=True).map(tuple),
}


def _values(cls: Any, names: typing.Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {}
    for name in names:
        hint = cls.__annotations__[name]
        known = (OWN.get((cls.__name__, name)), BY_NAME.get(name), BY_ANNOTATION.get(hint.removesuffix(" | None")))
        strategy = next(one for one in known if one is not None)
        fields[name] = st.none() | strategy if hint.endswith("None") else strategy
    return st.fixed_dictionaries(fields)


_amounts = st.integers(0, 10**12).map(Fen)


def _with_lines(lines: list[InvoiceLine]) -> dict[str, Any]:
    return {"lines": tuple(lines), "amount": Fen(sum(one.amount for one in lines))}


def _allocated(parts: dict[str, Fen]) -> dict[str, Any]:
    allocations = tuple(Allocation(invoice=invoice, amount=amount) for invoice, amount in parts.items())
    return {"allocations": allocations, "amount": Fen(sum(parts.values()))}


# What fields depend on one another in a type: one way or another of stating them.
TOGETHER: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "InvoiceIssued": st.fixed_dictionaries({"amount": _amounts, "tax_rate": _decimals(0, 1)}) | st.lists(
        st.builds(InvoiceLine, amount=_amounts, tax_rate=_decimals(0, 1)), min_size=1, max_size=3).map(_with_lines),
    "PaymentMade": st.fixed_dictionaries({"amount": _amounts, "invoice": _visible}) | st.fixed_dictionaries(
        {"amount": _amounts, "settlement": _visible}) | st.dictionaries(
        _visible, _amounts, min_size=1, max_size=3).map(_allocated),
    "DamagesSettled": st.just({"manner": "paid"}) | st.fixed_dictionaries(
        {"manner": st.just("deducted"), "invoice": _visible}),
}  # fmt: skip
TOGETHER_FIELDS = {
    "InvoiceIssued": {"amount", "tax_rate", "lines"}, "PaymentMade": {"amount", "invoice", "allocations", "settlement"},
    "DamagesSettled": {"manner", "invoice"},
}  # fmt: skip


def _records(cls: Any) -> st.SearchStrategy[Any]:
    if cls.__name__ in TOGETHER:
        rest = _values(cls, [name for name in cls.__slots__ if name not in TOGETHER_FIELDS[cls.__name__]])
        return st.builds(lambda one, other: cls(**one, **other), rest, TOGETHER[cls.__name__])
    plain = _values(cls, [name for name in cls.__slots__ if name != "measures"])
    if "measures" not in cls.__slots__:
        return plain.map(lambda values: cls(**values))
    return plain.flatmap(lambda values: _measures(values.get("kind")).map(
        lambda measures: cls(**values, measures=measures)))


def _measures(kind: str | None) -> st.SearchStrategy[Measures]:
    names = Measures.__slots__ if kind is None else sorted(MEASURES_OF[kind])
    return _values(Measures, names).map(lambda values: Measures(**values))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_given_any_fact_then_its_json_reads_back_as_the_same_fact(row: FactType, data: st.DataObject) -> None:
    what = data.draw(_records(row.cls))
    written = json.loads(json.dumps(data_json(what)))
    assert parse_data(row.name, written) == what
    assert decode_data(row.stored_name, written) == what
    assert data_json(parse_data(row.name, written)) == written


def test_given_a_decimal_then_it_is_kept_as_written() -> None:
    read = parse_data("InvoiceIssued", {"invoice": "I", "instalment": 1, "amount": "10", "tax_rate": "0.060"})
    assert isinstance(read, InvoiceIssued)
    assert data_json(read)["tax_rate"] == "0.060" and data_json(read)["amount"] == "10.00"
