"""One server for all tests that leave it as they found it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api.server import Served, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("api")) as server:
        yield server


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    """A server of the test's own."""
    with serving(tmp_path) as server:
        yield server


@pytest.fixture(scope="session")
def bureau(served: Served) -> Iterator[httpx.Client]:
    with served.client("bureau") as client:
        yield client


@pytest.fixture(scope="session")
def operator(served: Served) -> Iterator[httpx.Client]:
    with served.client("operator") as client:
        yield client
