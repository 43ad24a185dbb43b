"""One server for all tests that leave it as they found it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import httpx
import pytest

from tests.api.server import Own, Served, serving, terms


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("api")) as server:
        yield server


_numbers = count(1)


@pytest.fixture
def own(served: Served) -> Own:
    """A contract of the test's own, just registered."""
    made = Own(served, f"T-{next(_numbers)}")
    with made.client("party_a") as client:
        client.post("/api/v1/contracts", json={"terms": terms(made.number)}).raise_for_status()
    return made


@pytest.fixture(scope="session")
def bureau(served: Served) -> Iterator[httpx.Client]:
    with served.client("bureau") as client:
        yield client


@pytest.fixture(scope="session")
def operator(served: Served) -> Iterator[httpx.Client]:
    with served.client("operator") as client:
        yield client
