"""The store: facts kept for good, in one order, on SQLite or PostgreSQL.

The only package that imports eventsourcing, orjson, sqlite3 or psycopg. What it promises:

- **append only**: triggers in the database refuse UPDATE, DELETE, REPLACE and TRUNCATE of facts;
- **one order**: positions run 1, 2, 3 … without a gap over the whole ledger, seqs likewise in each
  contract; both, and ``recorded_at`` (never decreasing), are given under the write lock;
- **one transaction**: the facts, what the extensions keep (the Merkle log) and the remembered answer
  of an idempotent request are all there afterwards, or none is;
- **stored bytes are the truth**: digests, chain and log are over the exact bytes of the leaf.

Reading starts without importing eventsourcing (40 ms); the application is built at the first append.
Every failure is a :class:`~ledger.domain.errors.Refusal` with a ``STORE_…`` code, or :class:`Conflict`.
"""

from __future__ import annotations

from ledger.store.appending import Also
from ledger.store.database import Conflict, Extension, Question, Transaction
from ledger.store.heads import Head
from ledger.store.leaf import Draft, StoredRow, digest_of, originator
from ledger.store.opening import open_store
from ledger.store.records import Answer, Idempotency, Record
from ledger.store.store import FirstRows, Store

__all__ = [
    "Also",
    "Answer",
    "Conflict",
    "Draft",
    "Extension",
    "FirstRows",
    "Head",
    "Idempotency",
    "Question",
    "Record",
    "Store",
    "StoredRow",
    "Transaction",
    "digest_of",
    "open_store",
    "originator",
]
