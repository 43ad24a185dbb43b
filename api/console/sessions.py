"""Sessions of the console, kept in the store's records beside the keys (kind ``session``).

A session begins with a key (or a token of the identity provider), lasts at most twelve hours and never longer than
that key, and ends with it, by signing out, from the list, or when it has not been used for some time. When it was used
is remembered by the server that answered and kept a few times in that time, so that after a restart, or at another
server of the same store, it may end up to a sixth of the time sooner, and never later. The cookie holds
``name/id/secret``; the store holds the secret's SHA-256, so that several servers on one store know the same
sessions and none can be forged from it.
The last session over is kept, so that a page can say what changed since; older ones are removed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from hmac import compare_digest
from json import loads
from threading import Lock

from api.principals import REMEMBERED_SECONDS, Principal, Principals
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc, parse_utc
from ledger.store.encoding import encode
from ledger.store.records import SELECT_RECORD, put, remove

SESSION = "session"
LASTS = 12 * 3_600_000_000  # µs
MINUTE = 60_000_000
NOTED = 6  # times in the time after which an unused session ends
MOST = 20  # sessions of one principal at a time
_COOKIE = re.compile(r"([a-z0-9][a-z0-9._-]{0,63})/([0-9a-f]{12})/([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Session:
    """A session as stored; times in µs. ``key`` is the key it began with, None for a token.

    ``idle`` is how long it may go unused, by the server that checks it.
    """

    id: str
    principal: str
    key: str | None
    sha256: str = field(repr=False)
    created_at: int
    expires_at: int
    agent: str
    used_at: int
    idle: int
    ended_at: int | None = None

    @property
    def until(self) -> int:
        """When it ended, or will if it is not used again."""
        return self.ended_at if self.ended_at is not None else min(self.expires_at, self.used_at + self.idle)

    def open_at(self, moment: int) -> bool:
        return self.ended_at is None and moment < self.until


class Sessions:
    """The sessions of one store. Safe to use from several threads and processes."""

    def __init__(self, principals: Principals, idle: float) -> None:
        """``idle`` is the number of minutes after which an unused session ends."""
        self.idle = int(idle * MINUTE)
        self._used: dict[str, int] = {}  # when each was used here, by principal and id
        self._principals = principals
        self._store = principals.store
        self._clock = principals.clock
        self._remembered: dict[str, tuple[Session, Principal, float]] = {}
        self._lock = Lock()

    def begin(self, principal: Principal, agent: str) -> str:
        """Begin a session for somebody who has just presented a key or token; returns the cookie's value."""
        now, secret = self._clock(), secrets.token_urlsafe(32)
        session = Session(
            secrets.token_hex(6), principal.name, principal.key, sha256(secret.encode()).hexdigest(), now,
            min(now + LASTS, principal.expires_at), agent[:200], now, self.idle,
        )  # fmt: skip
        before = self.of(principal.name)
        over = [one for one in before if not one.open_at(now)]
        with self._store.writing() as transaction:
            for old in [*over[:-1], *[one for one in before if one.open_at(now)][: -MOST + 1]]:
                remove(transaction, SESSION, f"{old.principal}/{old.id}")
            put(transaction, SESSION, f"{session.principal}/{session.id}", _encoded(session), at=now)
            entry = {"did": "sign-in", "principal": principal.name, "session": session.id}
            self._principals.note_within(transaction, entry)
        return f"{session.principal}/{session.id}/{secret}"

    def remembered(self, cookie: str, moment: float) -> tuple[Session, Principal] | None:
        """A session found within the last second; ``moment`` is monotonic seconds."""
        found, now = self._remembered.get(cookie), self._clock()
        if found is None or found[2] < moment or not found[0].open_at(now):
            return None
        self._used[f"{found[0].principal}/{found[0].id}"] = now
        return found[0], found[1]

    def find(self, cookie: str, moment: float) -> tuple[Session, Principal]:
        """The session of a cookie, and its principal. Refusal SESSION_OVER, whatever is wrong with it."""
        matched = _COOKIE.fullmatch(cookie)
        value = self._store.get(SESSION, f"{matched[1]}/{matched[2]}") if matched else None
        session = self._session(matched[1], matched[2], value) if matched and value is not None else None
        given = sha256(matched[3].encode() if matched else b"").hexdigest()
        same = compare_digest(given, session.sha256 if session else "0" * 64)
        now = self._clock()
        if session is None or not same or not session.open_at(now):
            raise Refusal("SESSION_OVER", "session")
        known = self._principals.find(session.principal)
        if known is None or not self._principals.usable(Principal(known.name, known.roles, key=session.key)):
            raise Refusal("SESSION_OVER", "session")
        principal = Principal(known.name, known.roles, session.expires_at, session.key)
        session = self._note_use(session, now)
        with self._lock:
            if len(self._remembered) > 10_000:
                self._remembered.clear()
                self._used.clear()
            self._remembered[cookie] = (session, principal, moment + REMEMBERED_SECONDS)
        return session, principal

    def _note_use(self, session: Session, now: int) -> Session:
        """The session as used now; that is kept where it was not for a while."""
        name, used = f"{session.principal}/{session.id}", replace(session, used_at=now)
        self._used[name] = now
        kept = self._store.get(SESSION, name)
        if kept is not None and now - _used_at(loads(kept)) >= self.idle // NOTED:
            with suppress(Refusal), self._store.writing() as transaction:  # of a store that is only read it is not kept
                if transaction.query(SELECT_RECORD, (SESSION, name)):  # nobody ended it meanwhile
                    put(transaction, SESSION, name, _encoded(used), at=now)
        return used

    def _session(self, principal: str, id_: str, value: bytes) -> Session:
        kept = loads(value)
        ended = parse_utc(kept["ended_at"]) if kept["ended_at"] is not None else None
        used = max(_used_at(kept), self._used.get(f"{principal}/{id_}", 0))
        return Session(id_, principal, kept["key"], kept["sha256"], parse_utc(kept["created_at"]),
                       parse_utc(kept["expires_at"]), kept["agent"], used, self.idle, ended)  # fmt: skip

    def of(self, principal: str) -> list[Session]:
        """The sessions of a principal that are kept, in the order in which they began."""
        rows = self._store.query(
            "SELECT key, value FROM records WHERE kind = ? AND key > ? AND key < ?",
            (SESSION, f"{principal}/", f"{principal}0"),
        )  # "0" is the character after "/"
        return sorted((self._session(principal, key.rpartition("/")[2], bytes(value)) for key, value in rows),
                      key=lambda one: (one.created_at, one.id))  # fmt: skip

    def end(self, principal: str, id_: str) -> None:
        """End a session of its own principal. Refusal SESSION_UNKNOWN."""
        found = next((one for one in self.of(principal) if one.id == id_), None)
        if found is None:
            raise Refusal("SESSION_UNKNOWN", "session")
        now = self._clock()
        if found.open_at(now):
            over = replace(found, ended_at=now)
            with self._store.writing() as transaction:
                put(transaction, SESSION, f"{principal}/{id_}", _encoded(over), at=now)
                entry = {"did": "sign-out", "principal": principal, "session": id_}
                self._principals.note_within(transaction, entry)
        with self._lock:
            self._remembered.clear()

    def before(self, session: Session) -> int | None:
        """When the session before this one began (µs); None where there was none."""
        earlier = [one.created_at for one in self.of(session.principal) if one.created_at < session.created_at]
        return earlier[-1] if earlier else None


def form_token(cookie: str) -> str:
    """The token that a form must send back: only a page of the cookie's owner can know it."""
    return sha256(f"form {cookie}".encode()).hexdigest()[:43]


def _used_at(kept: Mapping[str, str]) -> int:
    """When a session was used, as it is kept; those of earlier programs say only when they began."""
    return parse_utc(kept.get("used_at", kept["created_at"]))


def _encoded(one: Session) -> bytes:
    ended = format_utc(one.ended_at) if one.ended_at is not None else None
    return encode({
        "key": one.key, "sha256": one.sha256, "created_at": format_utc(one.created_at),
        "expires_at": format_utc(one.expires_at), "agent": one.agent, "used_at": format_utc(one.used_at),
        "ended_at": ended,
    })  # fmt: skip
