"""Decode the stored JSON of a leaf into the domain's fact: the only decoder of stored facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from sys import intern
from typing import Any

import orjson

from ledger.agreements import declare, declare_all
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Document, Fact
from ledger.domain.fact_data import decoder_of
from ledger.domain.facts.agreement import ContractRegistered
from ledger.domain.moments import parse_on
from ledger.domain.terms import TermsDocument

FACT_BYTES = 1300  # 1,060 to 1,650 were measured
TERMS_TIMES = 4  # bytes for each of the JSON of registered terms; 3.4 were measured
_NONE: tuple[Document, ...] = ()
_STORED_NAME = r"[A-Z][A-Za-z0-9]*\.v[1-9][0-9]*"
_UNIX_EPOCH_ORDINAL = datetime(1970, 1, 1).toordinal()


def decode_fact(store: str, position: int, leaf: Mapping[str, Any], digest: str, prev: str | None = None) -> Fact:
    """The fact in ``leaf``, the JSON stored at ``position``; ``store`` is the store's name, for the refusal.

    ``prev`` is the leaf's prev where the caller has it, so that two facts share one string. Trusts what was checked
    before it was stored. Refusal STORE_NEWER for a type or version that this program does not know, LEAF_BROKEN where
    the JSON is not that of a fact.
    """
    try:
        contract, seq, name, data = leaf["contract"], leaf["seq"], leaf["type"], leaf["data"]
        (on, day, at), (type_, by, actor, decode) = _on(leaf["on"]), _told(name, leaf["by"])
        documents, roles = leaf.get("documents"), leaf.get("recorded_roles")
        if seq == 1 and "terms" in data:
            declare(str(data["terms"]["contract"].get("template")))  # none of a name: all are declared
            data = {**data, "terms": TermsDocument(data["terms"], orjson.dumps)}
        return Fact(
            contract, seq, f"{contract}#{seq}", leaf["ref"], type_, on, day, at, by, decode(data),
            tuple([Document(**document) for document in documents]) if documents else _NONE,
            _stored_moment(leaf["recorded_at"]), intern(leaf["recorded_by"]), position, digest, prev or leaf["prev"],
            None if roles is None else tuple(roles), intern(leaf["actor"]) if "actor" in leaf else actor,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code == "FACT_UNKNOWN_TYPE" and re.fullmatch(_STORED_NAME, name):
            raise Refusal("STORE_NEWER", "store", store=store, found=name, known=_known(name)) from refusal
        raise Refusal("LEAF_BROKEN", position=position, detail=str(refusal)) from refusal
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise Refusal("LEAF_BROKEN", position=position, detail=f"{type(error).__name__}: {error}") from error


def weight_of(facts: Sequence[Fact]) -> int:
    """How many bytes of memory a contract's facts hold, as measured, with what admission knows of them."""
    first = facts[0].what if facts else None
    terms = first.terms if isinstance(first, ContractRegistered) else {}
    stated = sum(len(text) for _, text in terms.texts) if isinstance(terms, TermsDocument) else len(orjson.dumps(terms))
    return len(facts) * FACT_BYTES + stated * TERMS_TIMES


@lru_cache(maxsize=4096)
def _on(text: str) -> tuple[str, date, int]:
    """An ``on`` with its day and its moment, one object for all facts with that text."""
    happened = parse_on(text)
    return intern(text), happened.day, happened.at


@lru_cache(maxsize=1024)
def _told(stored_name: str, by: str) -> tuple[str, str, str, Callable[[dict[str, Any]], Any]]:
    """By stored name: the type, the role that reports, the actor where no ``actor`` is stored, and the decoder of its
    data.

    Who reports something also did it, unless only another role may have (until rules 2026.1). Refusal
    FACT_UNKNOWN_TYPE.
    """
    type_ = _type_of(stored_name)
    if type_ not in TYPES:
        declare_all()  # it is read without the registration of its contract
    decode, actors = decoder_of(stored_name), TYPES[type_].actors
    return type_, intern(by), by if by in actors else actors[0], decode


def _type_of(stored_name: str) -> str:
    return intern(stored_name.partition(".v")[0])


@lru_cache(maxsize=4096)
def _stored_moment(text: str) -> int:
    """Microseconds since the Unix epoch of a moment that the store wrote itself, always in UTC."""
    at = datetime.fromisoformat(text)
    seconds = (at.toordinal() - _UNIX_EPOCH_ORDINAL) * 86_400 + at.hour * 3_600 + at.minute * 60 + at.second
    return seconds * 1_000_000 + at.microsecond


def _known(stored_name: str) -> str:
    known = TYPES.get(_type_of(stored_name))
    return known.stored_name if known else "–"
