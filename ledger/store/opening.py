"""Store addresses: ``sqlite:///relative.db``, ``sqlite:////absolute.db``, ``sqlite:///:memory:``, ``postgresql://…``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from ledger.domain.errors import Refusal
from ledger.store.database import Database, Extension
from ledger.store.sqlite import SqliteDatabase
from ledger.store.store import Store


def open_store(url: str, *, create: bool = False, extensions: Sequence[Extension] = ()) -> Store:
    """Open the ledger at ``url``; with ``create`` an absent or empty one is made.

    Raises Refusal STORE_URL_INVALID, STORE_MISSING (without ``create`` nothing is ever made), STORE_FOREIGN,
    STORE_NEWER, STORE_LOCKED, STORE_READ_ONLY, STORE_DISK_FULL, STORE_UNREACHABLE or STORE_BROKEN.
    """
    return Store(_database(url, create=create), extensions, url)


def _database(url: str, *, create: bool) -> Database:
    scheme, colon, rest = url.partition(":")
    if colon and scheme == "sqlite" and rest.startswith("///") and len(rest) > 3:
        return SqliteDatabase(unquote(rest[3:]), create=create)
    if colon and scheme in ("postgresql", "postgres") and rest.startswith("//"):
        from ledger.store.postgres import PostgresDatabase

        return PostgresDatabase(url, create=create)
    raise Refusal("STORE_URL_INVALID", "store", url=without_password(url))


def without_password(url: str) -> str:
    """An address, however mistaken, as it may be shown: whoever logs in, and with what, is left out."""
    shown = re.sub(r":/*.*@", "://…@" if "//" in url else ":…@", url, flags=re.DOTALL)
    return re.sub(r"(pass\w*=)[^&]*", r"\1…", shown, flags=re.IGNORECASE)
