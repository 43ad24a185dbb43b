"""The agreements this ledger knows, one package each; importing this package declares them all.

They are the packages beside this file, and those of the namespace package ``lvyue_agreements``, to which any
distribution installed with this one may add its own (docs/contributing.md).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module


def _declare(package: str, path: Iterable[str]) -> None:
    for found in pkgutil.iter_modules(path):
        if found.ispkg:
            import_module(f"{package}.{found.name}")


_declare(__name__, __path__)
try:
    import lvyue_agreements  # type: ignore[import-not-found]
except ModuleNotFoundError:
    pass  # nobody added one
else:
    _declare(lvyue_agreements.__name__, lvyue_agreements.__path__)
