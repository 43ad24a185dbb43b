"""System tools a test may need, which pip does not bring."""

from __future__ import annotations

import shutil

import pytest


def installed(command: str) -> str:
    """Where a command is; a test that needs one this machine lacks is skipped by name.

    In CI, which installs them all, ``pytest_runtest_makereport`` in tests/conftest.py makes every skip a failure.
    """
    found = shutil.which(command)
    if found is None:
        pytest.skip(f"{command} is not installed")
    return found
