"""Principals, what they may do, and their keys, kept in the store's records.

A principal has one role per contract, or one for all (``*``). A key is ``lvy_<id>_<secret>``: 256 random bits,
shown once and kept as their SHA-256, compared in constant time; it expires and can be revoked. Every grant,
revocation, refusal and export is kept for good (records of kind ``access-log``), naming the principal and
never a secret.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from json import loads
from typing import Any

from ledger.custody.roles import EVERY, PRINCIPAL
from ledger.domain.errors import Refusal
from ledger.domain.fact import ROLES as CONTRACT_ROLES
from ledger.domain.moments import format_utc, parse_utc
from ledger.domain.terms_values import Unreadable, contract_id
from ledger.domain.values import quoted
from ledger.store import Store
from ledger.store.database import Transaction
from ledger.store.encoding import encode
from ledger.store.records import SELECT_RECORD, keep, put

ROLES = (*CONTRACT_ROLES, "operator")
WRITERS = ("party_a", "party_b", "supervisor", "integrator", "administrator")
DAY = 86_400_000_000  # µs
KEY_DAYS = 365
MOST_KEY_DAYS = 1095
LOG_PAGE = 1000  # entries read at a time where only some are wanted
REMEMBERED_SECONDS = 1.0  # how long another process's revocation may take to be noticed
KEY, SUBJECT, LOG = "api-key", "oidc-subject", "access-log"

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_TOKEN = re.compile(r"lvy_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Principal:
    """A caller: its name (shown as ``recorded_by``) and its role by contract, ``*`` for all others."""

    name: str
    roles: Mapping[str, str]
    expires_at: int = 1 << 62
    key: str | None = None

    def role(self, contract: str) -> str | None:
        """The role on a contract, None where there is none."""
        return self.roles.get(contract) or self.roles.get(EVERY)

    def allowed(self, roles: tuple[str, ...]) -> bool:
        """Is one of these the role for everything?"""
        return self.roles.get(EVERY) in roles


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key; times in µs."""

    id: str
    principal: str
    sha256: str = field(repr=False)
    created_at: int
    expires_at: int
    revoked_at: int | None = None

    def shown(self) -> dict[str, Any]:
        """Its JSON, without the digest."""
        revoked = format_utc(self.revoked_at) if self.revoked_at is not None else None
        return {"id": self.id, "created_at": format_utc(self.created_at),
                "expires_at": format_utc(self.expires_at), "revoked_at": revoked}  # fmt: skip


class Principals:
    """The principals of one store. Safe to use from several threads and processes."""

    def __init__(self, store: Store, clock: Callable[[], int]) -> None:
        self.store = store
        self.clock = clock
        self._remembered: dict[bytes, tuple[Principal, float]] = {}

    # --- who is it -------------------------------------------------------------------------------

    def remembered(self, token: str, moment: float) -> Principal | None:
        """The principal of a key looked up within the last second; ``moment`` is monotonic seconds."""
        found = self._remembered.get(sha256(token.encode()).digest())
        if found is None or found[1] < moment or found[0].expires_at <= self.clock():
            return None
        return found[0]

    def authenticate(self, token: str, moment: float) -> Principal:
        """The principal whose key this is. Refusal KEY_INVALID, whatever is wrong with it."""
        matched = _TOKEN.fullmatch(token)
        key = self._key(matched[1]) if matched else None
        # The comparison is made whether the key is there or not, so that its time says nothing.
        given = sha256(matched[2].encode() if matched else b"").hexdigest()
        same = compare_digest(given, key.sha256 if key else "0" * 64)
        if key is None or not same or key.revoked_at is not None or key.expires_at <= self.clock():
            raise Refusal("KEY_INVALID", "Authorization")
        found = self.find(key.principal)
        if found is None:
            raise Refusal("KEY_INVALID", "Authorization")
        principal = Principal(found.name, found.roles, key.expires_at, key.id)
        if len(self._remembered) > 10_000:
            self._remembered.clear()
        self._remembered[sha256(token.encode()).digest()] = (principal, moment + REMEMBERED_SECONDS)
        return principal

    def usable(self, principal: Principal) -> bool:
        """Is the key it came with still good?"""
        key = self._key(principal.key) if principal.key is not None else None
        return principal.key is None or (key is not None and key.revoked_at is None)

    def of_subject(self, issuer: str, subject: str) -> Principal | None:
        """The principal an identity provider calls ``subject``."""
        name = self.store.get(SUBJECT, f"{issuer} {subject}")
        return self.find(name.decode()) if name is not None else None

    def find(self, name: str) -> Principal | None:
        """The principal of that name."""
        value = self.store.get(PRINCIPAL, name)
        return Principal(name, loads(value)["roles"]) if value is not None else None

    # --- granting and revoking -------------------------------------------------------------------

    def grant(
        self, name: str, role: str, contract: str = EVERY, *, by: str, subject: tuple[str, str] | None = None,
        unchanged: str | None = None,
    ) -> Principal:  # fmt: skip
        """Give ``name`` a role on a contract or on all, instead of the one it had there.

        ``subject`` (issuer, sub) is what an identity provider calls it. ``unchanged`` is the version
        (:func:`version_of`) the caller read, or ``*`` for any. Refusal PRINCIPAL_NAME, ROLE_UNKNOWN, ROLE_FOR_ALL_ONLY,
        TERMS_ID_CHARACTERS or PRECONDITION_FAILED. The contract may still have to be registered.
        """
        if not _NAME.fullmatch(name):
            raise Refusal("PRINCIPAL_NAME", "name", name=quoted(name))
        if role not in ROLES:
            raise Refusal("ROLE_UNKNOWN", "role", role=quoted(role), known=", ".join(ROLES))
        if role == "operator" and contract != EVERY:
            raise Refusal("ROLE_FOR_ALL_ONLY", "contract", role=role)
        if contract != EVERY:
            try:
                contract_id(contract)
            except Unreadable as error:
                raise Refusal(error.code, "contract", **error.values) from None
        with self.store.writing() as transaction:
            roles = self._roles(transaction, name, unchanged) | {contract: role}
            self._put(transaction, name, roles)
            if subject is not None:
                put(transaction, SUBJECT, " ".join(subject), name.encode(), at=self.clock())
            entry = {"did": "grant", "principal": name, "role": role, "contract": contract, "by": by}
            self.note_within(transaction, entry)
        self._remembered.clear()
        return Principal(name, roles)

    def take_away(self, name: str, contract: str | None, *, by: str, unchanged: str | None = None) -> Principal:
        """Take a role away, on one contract or (None) every one, and then every key with it.

        Refusal PRINCIPAL_UNKNOWN, PRINCIPAL_LAST_OPERATOR, PRECONDITION_FAILED.
        """
        with self.store.writing() as transaction:
            roles = self._roles(transaction, name, unchanged, must_exist=True)
            left = {} if contract is None else {key: role for key, role in roles.items() if key != contract}
            if roles.get(EVERY) == "operator" and EVERY not in left:
                self._refuse_last_operator(transaction, name)
            self._put(transaction, name, left)
            self.note_within(transaction, {"did": "revoke", "principal": name, "contract": contract or EVERY, "by": by})
        self._remembered.clear()
        for key in self.keys_of(name) if contract is None else ():
            self.revoke(key.id, by=by)
        return Principal(name, left)

    def issue(self, name: str, *, by: str, days: int = KEY_DAYS) -> tuple[Key, str]:
        """A new key of a principal, and its text, which is kept nowhere. Refusal PRINCIPAL_UNKNOWN, NUMBER_RANGE."""
        if not 1 <= days <= MOST_KEY_DAYS:
            raise Refusal("NUMBER_RANGE", "days", value=days, least=1, most=MOST_KEY_DAYS)
        now, secret = self.clock(), secrets.token_urlsafe(32)
        digest = sha256(secret.encode()).hexdigest()
        key = Key(secrets.token_hex(6), name, digest, now, now + days * DAY)
        with self.store.writing() as transaction:
            self._roles(transaction, name, None, must_exist=True)
            self._put_key(transaction, key)
            self.note_within(transaction, {"did": "issue-key", "principal": name, "key": key.id, "by": by})
        return key, f"lvy_{key.id}_{secret}"

    def revoke(self, key_id: str, *, by: str) -> Key:
        """Revoke a key, for good. Refusal KEY_UNKNOWN or PRINCIPAL_LAST_OPERATOR."""
        key = self._key(key_id)
        if key is None:
            raise Refusal("KEY_UNKNOWN", "key", key=quoted(key_id))
        if key.revoked_at is not None:
            return key
        gone = Key(key.id, key.principal, key.sha256, key.created_at, key.expires_at, self.clock())
        with self.store.writing() as transaction:
            if self._roles(transaction, key.principal, None).get(EVERY) == "operator":
                self._refuse_last_operator(transaction, key.principal, but=key_id)
            self._put_key(transaction, gone)
            self.note_within(transaction, {"did": "revoke-key", "principal": key.principal, "key": key.id, "by": by})
        self._remembered.clear()
        return gone

    def keys_of(self, name: str) -> list[Key]:
        """Every key a principal ever had."""
        return [key for one in self.store.list(KEY) if (key := _key(one.key, one.value)).principal == name]

    def first_key(self) -> str | None:
        """The one operator key of a store without principals; None where there are some already."""
        if self.store.list(PRINCIPAL):
            return None
        with self.store.writing() as transaction:  # of servers started at once, one is first
            if transaction.query("SELECT 1 FROM records WHERE kind = ? LIMIT 1", (PRINCIPAL,)):
                return None
            self.grant("operator", "operator", by="first serve")
            return self.issue("operator", by="first serve")[1]

    def listed(self) -> list[dict[str, Any]]:
        """Every principal with its roles, keys (without secrets) and version."""
        keys = [_key(record.key, record.value) for record in self.store.list(KEY)]
        return [
            {"name": one.key, "roles": loads(one.value)["roles"], "version": version_of(one.value),
             "keys": [key.shown() for key in keys if key.principal == one.key]}
            for one in self.store.list(PRINCIPAL)
        ]  # fmt: skip

    # --- on record -------------------------------------------------------------------------------

    def note(self, entry: Mapping[str, object]) -> None:
        """Keep an entry of the access log for good."""
        with self.store.writing() as transaction:
            self.note_within(transaction, entry)

    def log(self, after: str, most: int, contracts: frozenset[str] | None = None) -> list[dict[str, Any]]:
        """The access log in order, from the entry after ``after`` on; of some contracts only what concerns them."""
        if contracts is None:
            return self._logged(after, most)
        found: list[dict[str, Any]] = []
        while len(found) < most and (page := self._logged(after, LOG_PAGE)):
            found += [entry for entry in page if _concerns(entry, contracts)]
            after = page[-1]["id"]
        return found[:most]

    def latest(self, most: int) -> list[dict[str, Any]]:
        """The entries of the access log made last, the latest first."""
        found = self.store.query("SELECT key, value FROM records WHERE kind = ? ORDER BY key DESC LIMIT ?", (LOG, most))
        return [{"id": key, **loads(bytes(value))} for key, value in found]

    def last_entry(self) -> str:
        """The id of the last entry of the access log; empty where there is none."""
        return str(self.store.query("SELECT max(key) FROM records WHERE kind = ?", (LOG,))[0][0] or "")

    def _logged(self, after: str, most: int) -> list[dict[str, Any]]:
        found = self.store.query(
            "SELECT key, value FROM records WHERE kind = ? AND key > ? ORDER BY key LIMIT ?", (LOG, after, most)
        )
        return [{"id": key, **loads(bytes(value))} for key, value in found]

    # --- inside ----------------------------------------------------------------------------------

    def note_within(self, transaction: Transaction, entry: Mapping[str, object]) -> None:
        """Keep an entry together with what it tells of."""
        at = self.clock()
        shown = {"at": format_utc(at), **entry}
        keep(transaction, LOG, f"{at:016d}-{secrets.token_hex(4)}", encode(shown), at=at)

    def _roles(
        self, transaction: Transaction, name: str, unchanged: str | None, *, must_exist: bool = False
    ) -> dict[str, str]:
        found = transaction.query(SELECT_RECORD, (PRINCIPAL, name))
        value = bytes(found[0][1]) if found else None
        if value is None and must_exist:
            raise Refusal("PRINCIPAL_UNKNOWN", "name", name=quoted(name))
        held = version_of(value) if value is not None else None
        if unchanged is not None and (held is None or unchanged not in ("*", held)):
            raise Refusal("PRECONDITION_FAILED", "If-Match")
        return dict(loads(value)["roles"]) if value is not None else {}

    def _put(self, transaction: Transaction, name: str, roles: Mapping[str, str]) -> None:
        put(transaction, PRINCIPAL, name, encode({"roles": dict(sorted(roles.items()))}), at=self.clock())

    def _put_key(self, transaction: Transaction, key: Key) -> None:
        kept = {"principal": key.principal, "sha256": key.sha256, "created_at": format_utc(key.created_at),
                "expires_at": format_utc(key.expires_at),
                "revoked_at": format_utc(key.revoked_at) if key.revoked_at is not None else None}  # fmt: skip
        put(transaction, KEY, key.id, encode(kept), at=self.clock())

    def _key(self, key_id: str) -> Key | None:
        value = self.store.get(KEY, key_id)
        return _key(key_id, value) if value is not None else None

    def _refuse_last_operator(self, transaction: Transaction, name: str, but: str | None = None) -> None:
        """Nobody could grant anything any more, not even over HTTP; the shell still could."""
        kept = [loads(bytes(row[0])) | {"name": row[1]} for row in transaction.query(
            "SELECT value, key FROM records WHERE kind = ?", (PRINCIPAL,))]  # fmt: skip
        operators = {one["name"] for one in kept if one["roles"].get(EVERY) == "operator"}
        rows = transaction.query("SELECT value, key FROM records WHERE kind = ?", (KEY,))
        now = self.clock()
        for value, key_id in rows:
            key = _key(key_id, bytes(value))
            usable = key.revoked_at is None and key.expires_at > now and key.principal in operators
            if usable and key.id != but and (but is not None or key.principal != name):
                return
        raise Refusal("PRINCIPAL_LAST_OPERATOR", "name")


def _concerns(entry: Mapping[str, Any], contracts: frozenset[str]) -> bool:
    """Is it about one of these contracts, or was a role on every contract given or taken away?"""
    contract = entry.get("contract") or str(entry.get("fact", "")).rpartition("#")[0]
    return contract in contracts or (contract == EVERY and entry["did"] in ("grant", "revoke"))


def version_of(value: bytes) -> str:
    """What changes whenever a principal's record does."""
    return sha256(value).hexdigest()[:16]


def _key(key_id: str, value: bytes) -> Key:
    kept = loads(value)
    revoked = parse_utc(kept["revoked_at"]) if kept["revoked_at"] is not None else None
    return Key(key_id, kept["principal"], kept["sha256"], parse_utc(kept["created_at"]),
               parse_utc(kept["expires_at"]), revoked)  # fmt: skip
