"""Prints the OpenAPI document of a server, for linters that are no Python: ``python -m tests.api.served_document``."""

from __future__ import annotations

import json
import sys

from api.app import make_app
from ledger.service import Ledger

if __name__ == "__main__":
    ledger = Ledger("sqlite:///:memory:", create=True)
    document = json.dumps(make_app(ledger).api.openapi(), ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(document.encode() + b"\n")
