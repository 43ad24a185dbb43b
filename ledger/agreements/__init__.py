"""The agreements this ledger knows, one package each; each declares itself when its module ``agreement`` is imported.

They are the packages beside this file, and those of the namespace package ``lvyue_agreements``, to which any
distribution installed with this one may add its own (docs/contributing.md). A command that asks about one contract
needs the agreement of that contract alone; whoever speaks of all of them, or of what a stranger wrote, declares all.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path


def declare(slug: str) -> None:
    """Declare the agreement of this ``SLUG``; where there is none, all, so that a refusal can name them."""
    packages = _packages()
    if slug in packages:
        import_module(f"{packages[slug]}.agreement")
    else:
        declare_all()


@cache
def declare_all() -> None:
    """Declare every agreement: its template, its fact types, its sentences."""
    for package in _packages().values():
        import_module(f"{package}.agreement")


@cache
def _packages() -> dict[str, str]:
    """The package of each agreement, by the slug it states."""
    found = {}
    for parent in (__name__, "lvyue_agreements"):
        for package in _within(parent):
            found[str(import_module(package).SLUG)] = package
    return found


def _within(parent: str) -> list[str]:
    """The packages of a package, in the order of their names; none where nobody installed it."""
    try:
        folders = import_module(parent).__path__
    except ModuleNotFoundError:
        return []
    return [f"{parent}.{init.parent.name}" for folder in folders for init in sorted(Path(folder).glob("*/__init__.py"))]
