"""From the stored JSON of a leaf to the fact the domain knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from sys import intern
from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Document, Fact
from ledger.domain.fact_data import decode_data
from ledger.domain.moments import parse_on, parse_utc

_NONE: tuple[Document, ...] = ()
_moment = lru_cache(maxsize=4096)(parse_utc)
_on = lru_cache(maxsize=4096)(parse_on)


def fact_of(store: str, contract: str, position: int, leaf: dict[str, Any], digest: str, prev: str | None) -> Fact:
    """The fact in ``leaf``. ``prev`` is its prev where the caller has it, so that one string serves two facts.

    Trusts what was checked before it was stored. Refusal STORE_NEWER for a type or version unknown here,
    LEAF_BROKEN where the JSON is not that of a fact.
    """
    try:
        name: str = leaf["type"]
        seq: int = leaf["seq"]
        on = _on(leaf["on"])
        given = leaf.get("documents")
        return Fact(
            contract, seq, f"{contract}#{seq}", leaf["ref"], _type_of(name), intern(leaf["on"]), on.day, on.at,
            intern(leaf["by"]), decode_data(name, leaf["data"]),
            tuple(Document(**document) for document in given) if given else _NONE,
            _moment(leaf["recorded_at"]), intern(leaf["recorded_by"]), position, digest, prev or leaf["prev"],
            roles_in(leaf),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code != "FACT_UNKNOWN_TYPE":
            raise
        raise Refusal("STORE_NEWER", "type", store=store, found=name, known=_known(name)) from refusal
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise Refusal("LEAF_BROKEN", position=position, detail=repr(error)) from error


def roles_in(leaf: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The roles the recorder held, None where the leaf does not say (nobody knew, or it is an older one)."""
    given = leaf.get("recorded_roles")
    return None if given is None else tuple(given)


@lru_cache(maxsize=1024)
def _type_of(stored_name: str) -> str:
    return intern(stored_name.partition(".v")[0])


def _known(stored_name: str) -> str:
    known = TYPES.get(_type_of(stored_name))
    return known.stored_name if known else "–"
