"""May this fact be recorded? Only what cannot be true of this contract is refused (SPEC 2.1, 2.2, 4.8).

An unknown or retracted identifier, an identifier used twice, a role that may not report the type, a confirmation that
lacks a party, a day in the future, terms that contradict themselves. What the contract merely forbids is recorded; the
clauses decide what follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from operator import attrgetter
from typing import cast
from unicodedata import normalize

from ledger.domain.admission_names import Assertion
from ledger.domain.admission_rules import check
from ledger.domain.admission_state import AdmissionState, Entry
from ledger.domain.declare import NamedTuple, replace
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Data, What
from ledger.domain.fact_data import data_json, decode_data, parse_data
from ledger.domain.fact_envelope import Admitted, read_envelope
from ledger.domain.facts.record import FactCorrected

__all__ = ["AdmissionState", "Admitted", "Repeat", "admit"]


class Repeat(NamedTuple):
    """The same ref with the same content was recorded before, as ``seq``; nothing is added."""

    seq: int
    first: Entry


def admit(
    envelope: Mapping[str, object], state: AdmissionState, *, now: int,
    known_items: Callable[[], Collection[str]] = tuple, opened: Callable[[Entry], What] = attrgetter("what"),
) -> Admitted | Repeat:
    """The fact that an envelope states, if it may be recorded after what is ``known``; ``known`` is not changed.

    ``now`` is the moment of recording in µs since the epoch. ``known_items`` gives the ids of the items of damages; it
    is called only for facts that name some. ``opened`` gives what a recorded fact said before its personal values were
    replaced by commitments, as far as they are still known. Raises Refusal with a stable code and field.
    """
    try:
        admitted = read_envelope(envelope, now)
    except Refusal:
        seq = _as_it_was_taken(envelope, state, opened)
        if seq is None:
            raise
        return Repeat(seq, state.entries[seq - 1])
    if admitted.type == "ContractRegistered":
        raise Refusal("REGISTRATION_ONLY_FIRST", "type")
    if admitted.type == "CalendarPublished":
        raise Refusal("CALENDAR_NOT_OF_CONTRACT", "type")
    if TYPES[admitted.type].ledgers:
        raise Refusal("LOG_NOT_OF_CONTRACT", "type", type=admitted.type)
    template = state.template
    if admitted.type not in template.types:
        raise Refusal("FACT_OF_ANOTHER_AGREEMENT", "type", type=admitted.type, template=template.slug)
    if admitted.ref is not None:
        seq = state.refs.get(admitted.ref)
        if seq is not None:
            return _repeated(admitted, state, seq, opened)
        if state.is_an_id(admitted.ref):
            raise Refusal("REF_IS_AN_ID", "ref", ref=admitted.ref)
    elif str(state.version + 1) in state.refs:
        admitted = admitted._replace(ref=state.next_ref(state.version + 1))
    check(Assertion(admitted.type, admitted.what, admitted.by, admitted.actor, admitted.at, state, now, known_items))
    if isinstance(admitted.what, FactCorrected):
        admitted = admitted._replace(what=_in_one_form(admitted.what, state))
    return admitted


def _in_one_form(what: FactCorrected, state: AdmissionState) -> FactCorrected:
    """A correction keeps its data as given, except that identifiers in it are in NFC as everywhere (SPEC 2.1)."""
    type_ = state.entries[(state.seq_of(what.target) or 1) - 1].type
    kept = data_json(parse_data(type_, what.data))
    composed = {key: _composed(value) for key, value in what.data.items()}
    return replace(what, data={
        key: composed[key] if composed[key] == kept.get(key) else value for key, value in what.data.items()
    })  # fmt: skip


def _composed(value: object) -> object:
    if isinstance(value, list):
        return [_composed(one) for one in value]
    return normalize("NFC", value) if isinstance(value, str) else value


def _repeated(admitted: Admitted, state: AdmissionState, seq: int, opened: Callable[[Entry], What]) -> Repeat:
    first = state.entries[seq - 1]
    if (
        first.type == admitted.type and first.at == admitted.at
        and first.by == admitted.by and first.actor == admitted.actor
        and first.documents == admitted.documents and _same(opened(first), admitted.what, state)
    ):
        return Repeat(seq, first)
    raise Refusal("REF_CONFLICT", "ref", ref=admitted.ref, first=state.id_of(seq))


def _as_it_was_taken(
    envelope: Mapping[str, object], state: AdmissionState, opened: Callable[[Entry], What]
) -> int | None:
    """The seq of the fact that an envelope repeats in the shape in which an earlier version accepted it; else None."""
    seq = state.refs.get(str(envelope.get("ref"))) if isinstance(envelope, Mapping) else None
    if seq is None:
        return None
    first = state.entries[seq - 1]
    told = {key: value for key, value in envelope.items() if key != "data"}
    shown: dict[str, object] = {"type": first.type, "on": first.on, "by": first.by, "ref": envelope["ref"]}
    if first.actor != first.by:
        shown["actor"] = first.actor
    if told != shown or first.documents:
        return None
    row, data = TYPES[first.type], cast(Data, envelope.get("data", {}))
    for version in range(1, row.version + 1):
        with suppress(LookupError, ValueError, TypeError, AttributeError, ArithmeticError):  # of no fact
            data = data if version == 1 else row.upcasts[version - 1](data)
            said = decode_data(row.stored_name, data)
            if said == opened(first) and data.keys() == data_json(said).keys():
                return seq
    return None


def _same(one: What, other: What, state: AdmissionState) -> bool:
    """Whether two facts of one type have the same content; amounts and decimals compare by value."""
    if one == other:
        return True
    if not isinstance(one, FactCorrected) or not isinstance(other, FactCorrected):
        return False
    target = state.seq_of(other.target)
    if (
        target is None or target != state.seq_of(one.target)
        or (one.on, one.reason) != (other.on, other.reason)
    ):
        return False
    type_ = state.entries[target - 1].type
    try:
        return bool(parse_data(type_, one.data) == parse_data(type_, other.data))
    except Refusal:  # personal values that were erased since: it can no longer be told
        return False
