"""The keys, the log, the vault and the documents of one store, each opened on first use."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.domain.errors import Refusal
from ledger.log.tables import TreeTables
from ledger.store import Store

if TYPE_CHECKING:
    from ledger.custody.documents import Documents
    from ledger.custody.vault import Records, Vault
    from ledger.log.keys import Keyring
    from ledger.log.lineage import Witness
    from ledger.log.log import TransparencyLog
    from ledger.log.signed import Remembered
    from ledger.log.storage import SignedHead

STAMP_SECONDS = 5.0  # how long one request to the time-stamp authority may hold up a write
CHECKPOINT_SECONDS = 60
_MICROSECONDS = 1_000_000


class Custody:
    """What is kept beside the facts of one store. Safe to use from several threads.

    ``environment`` names the keys (see :mod:`ledger.log.keys`) and the time-stamp authority, LVYUE_TSA_URL.
    """

    def __init__(self, store: Store, environment: Mapping[str, str] | None = None) -> None:
        self.store = store
        self._environment = os.environ if environment is None else environment
        self._lock = threading.RLock()
        self._keyring: tuple[Keyring, int] | None = None  # and when its file was changed, in ns
        self._log: TransparencyLog | None = None
        self._grown = False
        self._remembered: Remembered | None = None
        self._admitted: tuple[int, list[Witness]] = (0, [])  # the facts of the log's own stream, the witnesses by then

    @cached_property
    def documents(self) -> Documents:
        """The documents of the store."""
        from ledger.custody.documents import Documents

        return Documents(self.store)

    # -- keys and log -----------------------------------------------------------------------------

    @property
    def directory(self) -> Path | None:
        """Where the keys are kept; None for a store in memory."""
        from ledger.log.folder import key_directory

        return key_directory(self.store.url or "sqlite:///:memory:", self._environment)

    @property
    def unnamed(self) -> Path | None:
        """The default folder, taken for a server's ledger where none was named; a file's keys lie visibly beside it."""
        named = self.store.dialect == "sqlite" or self._environment.get("LVYUE_KEYS")
        return None if named else self.directory

    @property
    def keyring(self) -> Keyring:
        """The keys that sign this log's checkpoints; made on first use, read again after a rotation by another process.

        Raises Refusal KEY_UNREADABLE or KEY_EXPOSED.
        """
        from ledger.log.folder import KEY
        from ledger.log.keys import open_keyring

        with self._lock:
            directory = self.directory
            if self._keyring is None or _changed(directory, KEY) not in (0, self._keyring[1]):
                keyring = self._keys_at_hand() or open_keyring(directory, self._environment)
                self._keyring = keyring, _changed(directory, KEY)
                self._log = None
            return self._keyring[0]

    @property
    def log(self) -> TransparencyLog:
        """The log over this store; on first use its tables are made and facts it lacks are added."""
        from ledger.log.log import TransparencyLog
        from ledger.log.stamps import request_stamp

        with self._lock:
            if not self._grown:
                self._grow()
                self._grown = True
            keyring = self.keyring
            if self._log is None:
                url = self._environment.get("LVYUE_TSA_URL") or None
                ask = partial(request_stamp, timeout=STAMP_SECONDS)
                self._log = TransparencyLog(self.store, keyring, tsa_url=url, ask=ask, witnesses=self.witnesses)
            return self._log

    @property
    def remembered(self) -> Remembered:
        """The key folder's memory of what was signed last; nothing heavy is imported, and no key is read."""
        if self._remembered is None:
            from ledger.log.signed import Remembered

            self._remembered = Remembered(self.directory, self.store)
        return self._remembered

    def witnesses(self) -> list[Witness]:
        """The witnesses admitted by facts of the log's own stream; the last fact on each key counts."""
        from ledger.log.lineage import Witness
        from ledger.log.note import MalformedNote, parse_key

        last = self.store.last_seq("log")
        with self._lock:
            if self._admitted[0] != last:
                admitted: dict[str, Witness] = {}
                for _, leaf, _ in self.store.decoded("log"):
                    if leaf["type"].startswith("WitnessAdmitted."):
                        with suppress(MalformedNote):  # what was written past the program admits nobody
                            key = leaf["data"]["key"]
                            admitted[key] = Witness(parse_key(key), leaf["data"]["principal"])
                self._admitted = last, list(admitted.values())
            return self._admitted[1]

    def _keys_at_hand(self) -> Keyring | None:
        """For a copy of a ledger without its keys: the log's name and a temporary key, which can sign nothing for it.
        """
        from ledger.log.folder import KEY
        from ledger.log.keys import open_keyring

        if not self.store.holds("log_keys"):
            return None
        known = self.store.query("SELECT vkey FROM log_keys WHERE role = ? ORDER BY since", ("log",))
        directory = self.directory
        lacks = directory is None or not (directory / KEY).exists()
        supplied = any(self._environment.get(name) for name in ("LVYUE_LOG_KEY", "LVYUE_LOG_KEY_FILE"))
        if not known or not lacks or supplied:
            return None
        return open_keyring(None, {"LVYUE_LOG_ORIGIN": known[0][0].partition("+")[0]}, sm2=False)

    def _grow(self) -> None:
        """Add every fact to the tree, including those recorded before there was a log."""
        tables = TreeTables()
        if not self.store.holds("log_hashes"):
            with self.store.writing() as transaction:
                for statement in tables.schema(self.store.dialect):
                    transaction.execute(statement)
        held = self.store.query("SELECT max(size) FROM log_hashes")[0][0] or 0
        if held < self.store.standing():
            with self.store.writing() as transaction:
                tables.catch_up(transaction)

    def checkpoint(self, now: int) -> SignedHead | None:
        """A signed head over everything recorded (None without facts), the time stamps due, a seal of the journal.

        Raises Tampered instead of signing over an alteration; Refusal KEY_FOREIGN, KEY_RETIRED, KEY_UNREADABLE,
        KEY_EXPOSED or KEY_FOLDER_UNWRITABLE.
        """
        log = self.log
        self.remembered.check()
        if not log.size():
            return None
        head = log.checkpoint(now)
        log.stamp(now)
        self.seal(now)
        return head

    def checkpoint_if_due(self, now: int, seconds: float = CHECKPOINT_SECONDS) -> SignedHead | None:
        """Make a checkpoint where facts have waited for one, and the last is ``seconds`` old."""
        log = self.log
        last = log.last()
        waits = log.size() > (last.checkpoint.size if last else 0)
        if waits and (last is None or now - last.made_at >= seconds * _MICROSECONDS):
            return self.checkpoint(now)
        if not waits and last is not None:
            log.stamp(now)
            self._seal_if_due(now, seconds)
        return None

    def seal(self, now: int) -> bool:
        """Sign how far the journal reaches; see :func:`ledger.log.seals.seal`."""
        from ledger.log.seals import seal

        return seal(self.store, self.keyring, now)

    def _seal_if_due(self, now: int, seconds: float) -> None:
        from ledger.log.seals import due

        if due(self.store.query, now - int(seconds * _MICROSECONDS)):
            self.seal(now)

    def rotate(self, now: int, announce: Callable[[str], object]) -> tuple[str, str]:
        """Replace the log's key: the old one signs a statement that names the new one, which ``announce`` records.

        Returns both verifier keys. Can be repeated after a failure: the key that waits is the one announced.
        Raises Refusal KEY_SUPPLIED where the key is not kept here.
        """
        from ledger.log.keys import keep_statement, prepare_successor, succeed

        with self._lock:
            keyring, log = self.keyring, self.log
            successor = prepare_successor(keyring)
            if successor.key not in [known.key for known in log.known_keys()]:
                self.checkpoint(now)
                statement = str(log.seal(f"{log.origin} key\n{successor.key}\n"))
                announce(statement)
                self.checkpoint(now)  # the old key's last word covers its statement
                log.recognise(successor.key, "log", statement.encode())
            said = next(known.statement for known in log.known_keys() if known.key == successor.key)
            keep_statement(keyring.directory, said.decode())
            succeed(keyring)
            self._keyring = None
            self.seal(now)
            return str(keyring.signer.key), str(self.keyring.signer.key)

    def follow(self, announce: Callable[[str], object]) -> None:
        """Where this ledger was restored to before its key was replaced: record again the statements of its keys.

        ``announce`` records each statement. Only a statement by the log's present key is accepted, so that whoever
        trusts that key can follow to the key at hand; where no statement is kept, the key at hand stays foreign
        (KEY_FOREIGN).
        """
        from ledger.log.keys import statements
        from ledger.log.lineage import own, successor_in

        with self._lock:
            log, at_hand = self.log, self.keyring.signer.key
            for statement in statements(self.directory):
                keys = [known.key for known in own(log.known_keys())]
                named = successor_in(statement, keys[-1]) if keys and at_hand not in keys else None
                if named is not None:
                    announce(statement)
                    log.recognise(named, "log", statement.encode())

    def own_keyring(self) -> Keyring | None:
        """The keyring where there is one here already; none is made."""
        from ledger.log.folder import KEY

        directory = self.directory
        supplied = any(self._environment.get(name) for name in ("LVYUE_LOG_KEY", "LVYUE_LOG_KEY_FILE"))
        here = (directory / KEY).exists() if directory is not None else self._keyring is not None
        return self.keyring if supplied or here else None

    # -- personal values --------------------------------------------------------------------------

    @cached_property
    def _secret(self) -> bytes:
        from ledger.custody.vault import open_secret

        self.require_vault_key()
        return open_secret(self.directory)

    def require_vault_key(self) -> None:
        """Raise Refusal VAULT_KEY_MISSING where values were stored under a key that is elsewhere: a second key would
        divide them.
        """
        from ledger.custody.vault import KEY

        folder = self.directory
        if folder is not None and not (folder / "vault.key").exists() and self.store.list(KEY):
            raise Refusal("VAULT_KEY_MISSING", "data", folder=str(folder))

    def keyed_digest(self, content: bytes) -> str:
        """A digest of ``content`` that nobody without the vault's key can guess from: HMAC-SHA256.

        Refusal VAULT_KEY_MISSING, KEY_UNREADABLE.
        """
        import hmac

        key = hmac.digest(self._secret, b"lvyue request digest", "sha256")  # the vault's own key encrypts, no more
        return hmac.digest(key, content, "sha256").hex()

    def vault(self, records: Records | None = None) -> Vault:
        """The personal values, kept in the store or in what stands before it."""
        from ledger.custody.vault import Vault

        with self._lock:
            return Vault(records or self.store, self._secret)

    def values_of(self, subject: str) -> int:
        """How many values of a subject are stored. Refusal SUBJECT_UNKNOWN where there is no key to them."""
        import json

        from ledger.custody.vault import KEY, LINE, key_name

        wrapped = self.store.get(KEY, subject)
        if wrapped is None:
            raise Refusal("SUBJECT_UNKNOWN", "subject", subject=subject)
        key = key_name(wrapped)
        return sum(json.loads(record.value)["key"] == key for record in self.store.list(LINE))


def _changed(directory: Path | None, name: str) -> int:
    """When a file was last changed, in nanoseconds; 0 where there is none."""
    try:
        return 0 if directory is None else (directory / name).stat().st_mtime_ns
    except OSError:
        return 0
