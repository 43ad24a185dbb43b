"""The store's tests run on both databases: ``url`` is a place with no ledger yet, ``store`` an open one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger.store import Store, open_store


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url, create=True) as opened:
        yield opened
