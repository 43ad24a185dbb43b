"""A browser before the console, and the day after the story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.server import Served
from tests.browsers import chromium
from tests.console.served import console, told_store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder with a store that was told the story, and everybody's key; copied, never changed."""
    folder = tmp_path_factory.mktemp("told")
    return folder, told_store(folder)


@pytest.fixture(scope="module")
def served(told: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with console(tmp_path_factory.mktemp("console"), *told) as server:
        yield server


# Of a module and not of the session: while Playwright runs, no other test of this process can use asyncio.run.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    opened = chromium(playwright)
    yield opened
    opened.close()
