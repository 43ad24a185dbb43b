"""Prints the OpenAPI document of a server, for linters that are no Python: ``python -m tests.api.served_document``."""

from __future__ import annotations

import sys

from api.app import make_app
from ledger.service import Ledger
from ledger.store.encoding import encode_readable

if __name__ == "__main__":
    ledger = Ledger("sqlite:///:memory:", create=True)
    sys.stdout.buffer.write(encode_readable(make_app(ledger).api.openapi()))
