"""New facts in the order of the whole ledger: what event streams and webhooks are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from ledger.service import envelope
from ledger.store import Store, digest_of
from ledger.store.leaf import decode


class StoredFact(NamedTuple):
    """A fact of the feed as stored: its position, the stored JSON, and the digest of its bytes."""

    position: int
    leaf: dict[str, Any]
    digest: str

    def matches(self, contract: str | None, types: Collection[str]) -> bool:
        """Is it of this contract (None: any) and of one of these types (none: any)?"""
        return contract in (None, self.leaf["contract"]) and (
            not types or self.leaf["type"].rpartition(".")[0] in types
        )


def following(store: Store, after: int, most: int) -> Iterator[StoredFact]:
    """At most ``most`` facts after a position."""
    for position, leaf in store.following(after, most):
        yield StoredFact(position, decode(leaf, position), digest_of(leaf))


def shown(store: Store, entry: StoredFact) -> dict[str, Any]:
    """The fact as every other answer shows it, with its contract. Refusal STORE_NEWER, LEAF_BROKEN."""
    fact = store.fact_in(entry.leaf, entry.position, entry.digest)
    return {"contract": fact.contract, **envelope(fact)}
