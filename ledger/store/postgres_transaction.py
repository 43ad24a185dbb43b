"""The write transaction on PostgreSQL in two messages: one begins it, takes the lock and asks, the other writes and
commits.

A message to the server and back costs as much as inserting a fact, and others wait for the lock meanwhile. So the first
look-ups of a transaction are sent with its beginning, and what is written waits for the next look-up or the commit. A
message of several statements takes no parameters: values are written into it, as literals.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import count, islice
from typing import Any, LiteralString

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus
from psycopg.sql import Literal

from ledger.store.database import Dialect, Question

Connection = psycopg.Connection[tuple[Any, ...]]
Rows = list[tuple[Any, ...]]

BEGIN = "BEGIN", "LOCK TABLE heads IN EXCLUSIVE MODE"  # which lets readers read
MANY = 500  # rows an executemany sends at a time
FEW = 32  # rows that it lets wait, each a statement of its own
LARGE = 16 * 1024  # bytes or characters of a value that is sent by itself: to parse it costs more than a message
FULL = 1024 * 1024  # characters of a message
OFTEN = 3  # uses of a statement before the server prepares it
PREPARED = 100  # statements it prepares for one connection
_PLAIN = re.compile(r"[\w.-]*", re.ASCII)
_INSERT = re.compile(r"INSERT INTO (\w+)( \([\w, ]+\))? VALUES \([?, ]+\)")


class PostgresConnection(Connection):
    """A connection that has the server prepare what it is often told: to plan a statement costs more than to run it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._names: dict[str, str] = {}  # under which statements are prepared
        self._unsent: list[str] = []  # those that are to be prepared by a message not sent yet
        self._uses = Counter[str]()
        self._numbers = count(1)
        self.message_cursor = self.cursor()  # one for all messages: to make one takes as long as to use it

    def begin(self, ahead: Sequence[Question]) -> PostgresTransaction:
        """Begin a transaction, take the write lock, and look up ``ahead``, in one message."""
        transaction = PostgresTransaction(self)
        transaction.ask(BEGIN, ahead)
        return transaction

    def roll_back(self, how: bytes = b"ROLLBACK") -> None:
        """Undo the transaction, or a part, without psycopg, which would have the server forget what is prepared."""
        self.not_sent()
        with suppress(psycopg.Error):  # of a connection that is gone, and everything with it
            self.pgconn.exec_(how)

    @contextmanager
    def transaction(self, *given: Any, **named: Any) -> Iterator[psycopg.Transaction]:
        """psycopg's own, which has the server forget what is prepared where it is rolled back."""
        undone = True
        try:
            with super().transaction(*given, **named) as transaction:
                yield transaction
                undone = bool(named.get("force_rollback"))
        finally:
            if undone:
                self.forget()

    def with_values(self, sql: str, params: Sequence[object], *, often: bool = False) -> str:
        """A statement with its values in it, for the next message, which also prepares one that is used ``often``."""
        literals = [self._literal(one) for one in params]
        name = self._names.get(sql)
        if name is not None:
            return f"EXECUTE {name}({', '.join(literals)})" if literals else f"EXECUTE {name}"
        self._uses[sql] += 1
        if len(self._names) >= PREPARED or not (often or self._uses[sql] >= OFTEN):
            return "".join(f"{literals[place - 1]}{text}" if place else text for place, text in _pieces(sql))
        if len(self._uses) > 10 * PREPARED:
            self._uses.clear()
        self._names[sql] = name = f"lvyue_{next(self._numbers)}"
        self._unsent.append(sql)
        numbered = "".join(f"${place}{text}" if place else text for place, text in _pieces(sql))
        return f"PREPARE {name} AS {numbered}; {self.with_values(sql, params)}"

    def sent(self) -> None:
        """The message was sent: what it was to prepare is prepared."""
        self._unsent.clear()

    def not_sent(self) -> None:
        """The message is not sent, or failed: what it was to prepare is not prepared."""
        while self._unsent:
            self._names.pop(self._unsent.pop(), None)

    def forget(self) -> None:
        """Count nothing as prepared."""
        self._names.clear()
        self._unsent.clear()

    def _literal(self, value: object) -> str:
        if value.__class__ is int:
            return str(value)
        if isinstance(value, (bytes, bytearray)):
            return f"'\\x{value.hex()}'"
        if isinstance(value, str) and _PLAIN.fullmatch(value):
            return f"'{value}'"
        return Literal(value).as_string(self)


class PostgresTransaction:
    """The open write transaction. What is written waits for the next look-up or the commit, where a refusal of the
    server is raised then.
    """

    dialect: Dialect = "postgresql"

    def __init__(self, connection: PostgresConnection) -> None:
        self.connection = connection
        self._cursor = connection.message_cursor
        self._told: dict[Question, Rows] = {}
        self._waiting: list[str] = []
        self._length = 0  # of what waits

    def query(self, sql: str, params: Sequence[object] = ()) -> Rows:
        """All rows of a SELECT; what was asked ahead is told once."""
        if self._told:
            told = self._told.pop((sql, tuple(params)), None)
            if told is not None:
                return told
        self.send()
        return self.connection.execute(own(sql), params, binary=True).fetchall()

    def execute(self, sql: str, params: Sequence[object] = ()) -> None:
        """Run one statement that gives no rows, by the next look-up or the commit; one with a large value at once, as
        that is no literal.
        """
        if sql.startswith(("ALTER ", "DROP ")):  # after which psycopg has the server forget what is prepared
            self.send()
            self.connection.execute(own(sql))
            self.connection.forget()
            return
        if _large(params):
            self.send()
            self.connection.execute(own(sql), params)
            return
        text = self.connection.with_values(sql, params) if params else sql
        self._waiting.append(text)
        self._length += len(text)
        if self._length > FULL:
            self.send()

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters, some hundred at a time; many plain rows are copied in."""
        inserts, remaining = _INSERT.fullmatch(sql), iter(rows)
        while some := list(islice(remaining, MANY)):
            if len(some) == 1 or (len(some) <= FEW and not any(map(_large, some))):
                for row in some:
                    self.execute(sql, row)
            else:
                self.send()
                with self.connection.cursor() as cursor:
                    if inserts is None:
                        cursor.executemany(own(sql), some)
                    else:
                        _copy(cursor, f"{inserts[1]}{inserts[2] or ''}", some)

    def ask(self, first: Sequence[str], ahead: Sequence[Question]) -> None:
        """Run what waits and statements of our own; look up what ``query`` is to tell; all in one message."""
        self._send([*first, *(self.connection.with_values(*question, often=True) for question in ahead)])
        self._told = {}
        for question in ahead:
            while self._cursor.rownumber is None:
                self._cursor.nextset()
            self._told[question] = self._cursor.fetchall()
            self._cursor.nextset()

    def send(self) -> None:
        """Run what waits."""
        if self._waiting:
            self._send()

    @contextmanager
    def part(self, ahead: Sequence[Question]) -> Iterator[None]:
        """A part of the transaction, undone alone on an exception; ``ahead`` is looked up first."""
        self.ask(("SAVEPOINT part",), ahead)
        try:
            yield
            self._send(("RELEASE part",))
        except BaseException:
            self._waiting, self._length = [], 0
            self.connection.roll_back(b"ROLLBACK TO part; RELEASE part")
            raise
        finally:
            self._told = {}

    def commit(self) -> None:
        """Run what waits and COMMIT, in one message. Raises InFailedSqlTransaction where a statement failed before: the
        server would roll back, and call that no error.
        """
        if self.connection.pgconn.transaction_status == TransactionStatus.INERROR:
            raise errors.InFailedSqlTransaction("a statement of this transaction failed")
        self._send(("COMMIT",))

    def _send(self, then: Sequence[str] = ()) -> None:
        """Run what waits and then these statements."""
        text: Any = "; ".join([*self._waiting, *then])
        self._waiting, self._length = [], 0
        self._cursor.execute(text, prepare=False)
        self.connection.sent()


def _copy(cursor: psycopg.Cursor[Any], into: str, rows: Iterable[Sequence[object]]) -> None:
    """Insert rows by COPY, which takes a third of the time of a statement for each; triggers fire all the same."""
    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _large(params: Sequence[object]) -> bool:
    return any(isinstance(one, (bytes, bytearray, str)) and len(one) > LARGE for one in params)


@lru_cache(maxsize=256)
def own(sql: str) -> LiteralString:
    """``sql`` with psycopg's placeholders; it is always this program's own text, never a user's."""
    text: Any = sql.replace("?", "%s")
    return text  # type: ignore[no-any-return]


@lru_cache(maxsize=256)
def _pieces(sql: str) -> list[tuple[int, str]]:
    """The text before the first parameter, numbered 0, and after each."""
    return list(enumerate(sql.split("?")))
