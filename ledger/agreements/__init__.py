"""The agreements this ledger knows, one package each; importing this package declares them all."""

from __future__ import annotations

import pkgutil
from importlib import import_module

for _found in pkgutil.iter_modules(__path__):
    if _found.ispkg:
        import_module(f"{__name__}.{_found.name}")
