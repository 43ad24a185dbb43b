"""Personal values: the ledger holds a commitment, the vault what opens it, and erasing leaves the proof whole.

A commitment is SHA-256 over the line `["salt", "name", "value"]` (JSON, UTF-8), the salt being 128 random bits in
base64url; without the line nobody can guess the value from it. The line is kept encrypted (AES-256-GCM) under
a key of its subject, and that key encrypted under the vault's own, which lives beside the log's keys.
Erasing a subject removes its key: what is left is noise, also in older copies of the lines. A copy of the
store made before still holds the encrypted key, so the vault's own key does not belong into the same backup.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.domain.errors import Refusal
from ledger.log.keys import require_private, write_private

LINE, KEY = "personal", "personal-key"  # kinds of records
_NONCE = 12
_KEY = 32  # bytes, of AES-256


class Records(Protocol):
    """What the vault needs of the store: permanent records, and replaceable ones that can be removed."""

    def keep(self, kind: str, key: str, value: bytes, *, at: int) -> None: ...
    def put(self, kind: str, key: str, value: bytes, *, at: int) -> None: ...
    def get(self, kind: str, key: str) -> bytes | None: ...
    def remove(self, kind: str, key: str) -> None: ...


class Vault:
    """The personal values of one ledger."""

    def __init__(self, records: Records, secret: bytes) -> None:
        self._records = records
        self._secret = AESGCM(secret)

    def commit(self, subject: str, name: str, value: str, *, at: int) -> str:
        """Store a value of `subject` and return the commitment (64 hex digits) that goes into the fact."""
        salt = secrets.token_urlsafe(16)
        line = json.dumps([salt, name, value], ensure_ascii=False).encode()
        commitment = sha256(line).hexdigest()
        key, wrapped = self._subject_key(subject, at)
        sealed = _seal(key, line, commitment)
        entry = {"subject": subject, "key": key_name(wrapped), "line": base64.b64encode(sealed).decode()}
        self._records.keep(LINE, commitment, json.dumps(entry, ensure_ascii=False).encode(), at=at)
        return commitment

    def disclosure(self, commitment: str) -> str | None:
        """The line that opens a commitment; None where the subject was erased or the commitment is unknown.

        Raises Refusal VAULT_UNREADABLE when the stored line cannot be decrypted or opens another commitment.
        """
        entry = self._records.get(LINE, commitment)
        if entry is None:
            return None
        found: Mapping[str, str] = json.loads(entry)
        wrapped = self._records.get(KEY, found["subject"])
        if wrapped is None or key_name(wrapped) != found["key"]:  # erased; a later value brought another key
            return None
        try:
            key = AESGCM(_open(self._secret, wrapped, found["subject"]))
            line = _open(key, base64.b64decode(found["line"]), commitment)
        except InvalidTag as error:
            raise Refusal("VAULT_UNREADABLE", "disclose", subject=found["subject"]) from error
        if sha256(line).hexdigest() != commitment:
            raise Refusal("VAULT_UNREADABLE", "disclose", subject=found["subject"])
        return line.decode()

    def erase(self, subject: str) -> None:
        """Destroy the key of `subject`. Raises Refusal SUBJECT_UNKNOWN where there is none."""
        if self._records.get(KEY, subject) is None:
            raise Refusal("SUBJECT_UNKNOWN", "subject", subject=subject)
        self._records.remove(KEY, subject)

    def _subject_key(self, subject: str, at: int) -> tuple[AESGCM, bytes]:
        """The subject's key, and its encrypted form."""
        wrapped = self._records.get(KEY, subject)
        if wrapped is None:
            key = secrets.token_bytes(_KEY)
            wrapped = _seal(self._secret, key, subject)
            self._records.put(KEY, subject, wrapped, at=at)
            return AESGCM(key), wrapped
        try:
            return AESGCM(_open(self._secret, wrapped, subject)), wrapped
        except InvalidTag as error:
            raise Refusal("VAULT_UNREADABLE", "subject", subject=subject) from error


def key_name(wrapped: bytes) -> str:
    """The name by which a line refers to its key."""
    return sha256(wrapped).hexdigest()[:16]


def open_secret(directory: Path | None) -> bytes:
    """The vault's own key (32 bytes) in `vault.key`, made there on first use; without a directory a temporary one."""
    if directory is None:
        return secrets.token_bytes(_KEY)
    require_private(directory)
    path = directory / "vault.key"
    if not path.exists():
        with suppress(FileExistsError):  # another process was first: its key is the vault's
            write_private(path, secrets.token_bytes(_KEY))
    secret = path.read_bytes()
    if len(secret) != _KEY:
        raise Refusal("KEY_UNREADABLE", "key", file=path.name)
    return secret


def _seal(key: AESGCM, plain: bytes, about: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + key.encrypt(nonce, plain, about.encode())


def _open(key: AESGCM, sealed: bytes, about: str) -> bytes:
    return key.decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
