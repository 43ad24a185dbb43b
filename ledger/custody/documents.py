"""Attached documents, kept in the ledger's own database under their SHA-256.

They are permanent records: the database refuses to change or remove them, one backup has facts and documents together,
and a document exists if and only if the fact that attached it does. The file's name is text in the fact and never a
path.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from ledger.custody.media_types import require_fit
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc
from ledger.log.failure import Tampered
from ledger.store import Store, Transaction
from ledger.store.records import keep

CONTENT = "document"  # records of this kind are the files, by SHA-256
LARGEST = 64 * 1024 * 1024  # bytes of one document
_OF = "document-of "  # and these describe them, a kind for each contract
_DESCRIBED = "SELECT kind, value FROM records WHERE key = ? AND kind LIKE ?"


class Documents:
    """The documents of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(
        self, transaction: Transaction, contract: str, content: bytes, described: dict[str, Any], *, at: int
    ) -> None:
        """Store a document within the transaction that records what it belongs to; the same again does nothing."""
        digest = described["sha256"]
        keep(transaction, CONTENT, digest, content, at=at)
        found = transaction.query("SELECT 1 FROM records WHERE kind = ? AND key = ?", (_OF + contract, digest))
        if not found:
            keep(transaction, _OF + contract, digest, json.dumps(described, ensure_ascii=False).encode(), at=at)

    def of(self, contract: str) -> list[dict[str, Any]]:
        """The documents handed in for a contract, as :func:`describe` describes them."""
        return [json.loads(one.value) for one in self._store.list(_OF + contract)]

    def described(self, contract: str, sha256: str) -> dict[str, Any] | None:
        """The document of a digest as it was handed in for a contract; None where it was not."""
        found = self._store.get(_OF + contract, sha256)
        return None if found is None else dict(json.loads(found))

    def held(self, sha256: str) -> bool:
        """Whether a document of this digest was ever handed in here."""
        return bool(self._store.query(_DESCRIBED, (sha256, _OF + "%")))

    def content(self, sha256: str) -> bytes:
        """A document, checked. Refusal DOCUMENT_NOT_HELD; Tampered as for :meth:`read`."""
        content = self.read(sha256)
        if content is None:
            raise Refusal("DOCUMENT_NOT_HELD", "sha256", sha256=sha256)
        return content

    def read(self, sha256: str) -> bytes | None:
        """A document, its digest computed again; None where it was never handed in.

        Raises Tampered DOCUMENT_ALTERED, or DOCUMENT_MISSING where it was handed in and is no longer there.
        """
        content = self._store.get(CONTENT, sha256)
        if content is None:
            if self.held(sha256):
                raise Tampered("DOCUMENT_MISSING", sha256=sha256)
            return None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Tampered("DOCUMENT_ALTERED", sha256=sha256)
        return content

    def digests(self) -> Iterator[str]:
        """The digest of every document handed in, in order."""
        last = ""
        while found := self._store.query(
            "SELECT DISTINCT key FROM records WHERE kind LIKE ? AND key > ? ORDER BY key LIMIT 1000", (_OF + "%", last)
        ):
            yield from (key for (key,) in found)
            last = found[-1][0]


def describe(content: bytes, media_type: str, by: str, at: int) -> dict[str, Any]:
    """A document's digests, size, type and origin. Refusal DOCUMENT_EMPTY, DOCUMENT_TOO_LARGE, MEDIA_TYPE_MISMATCH."""
    require_fit(content, media_type, "media_type")
    if not content:
        raise Refusal("DOCUMENT_EMPTY", "file")
    if len(content) > LARGEST:
        raise Refusal("DOCUMENT_TOO_LARGE", "file", size=len(content), most=LARGEST)
    described: dict[str, Any] = {"sha256": hashlib.sha256(content).hexdigest()}
    if "sm3" in hashlib.algorithms_available:
        described["sm3"] = hashlib.new("sm3", content).hexdigest()
    return described | {
        "size": len(content), "media_type": media_type, "uploaded_at": format_utc(at), "uploaded_by": by,
    }  # fmt: skip
