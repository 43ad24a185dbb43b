"""Facts as they come, in the order of the whole ledger: what event streams and webhooks are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ledger.service import envelope, fact_of_leaf
from ledger.store import Store, digest_of
from ledger.store.leaf import decode


def following(store: Store, after: int, most: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """(position, stored fields) of at most ``most`` facts after a position."""
    for position, leaf in store.following(after, most):
        yield position, decode(leaf, position) | {"digest": digest_of(leaf)}


def wanted(fields: dict[str, Any], contract: str | None, types: Collection[str]) -> bool:
    """Is it of this contract (None: any) and of one of these types (none: any)?"""
    return contract in (None, fields["contract"]) and (not types or _type(fields) in types)


def shown(position: int, fields: dict[str, Any]) -> dict[str, Any]:
    """The fact as every other answer shows it, with its contract."""
    leaf = {key: value for key, value in fields.items() if key != "digest"}
    return {"contract": fields["contract"], **envelope(fact_of_leaf(position, leaf, fields["digest"]))}


def _type(fields: dict[str, Any]) -> str:
    name: str = fields["type"]
    return name.rpartition(".")[0]
