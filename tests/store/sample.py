"""Drafts, clocks and refusals for the store's tests."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from ledger import messages
from ledger.domain.errors import Refusal
from ledger.store import Draft, Store, StoredRow

NOON = 1_764_043_200_000_000  # 2025-11-25T04:00:00Z, noon in Beijing


def invoice(number: int = 1, *, ref: str | None = None) -> Draft:
    """An invoice as admitted."""
    data = {"invoice": f"INV-{number}", "instalment": 1, "amount": "1843129.06", "tax_rate": "0.06"}
    return Draft("InvoiceIssued.v1", "2025-11-24", "party_b", ref, data)


def ticking(start: int = NOON, step: int = 1_000_000) -> Callable[[], int]:
    """A clock that goes on by ``step`` µs each time it is read."""
    return itertools.count(start, step).__next__


def record(store: Store, contract: str, count: int = 1, *, at: int = NOON) -> list[StoredRow]:
    """Append ``count`` invoices at ``at``."""
    drafts = [invoice(number) for number in range(1, count + 1)]
    return store.append(contract, drafts, now=lambda: at, recorded_by="local")


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The block is refused with ``code``, and a sentence can be said about it in both languages."""
    with pytest.raises(Refusal) as caught:
        yield
    assert caught.value.code == code
    assert messages.refusal(caught.value, "zh") != messages.refusal(caught.value, "en")
