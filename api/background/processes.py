"""Processes that answer long questions, so that other requests are not delayed.

In one process a sweep of a hundred thousand facts takes the interpreter from all other threads, a few milliseconds at a
time and half a second at once for garbage collection. A process here has its own connection and ledger, answers one
question after another, and caches what it read. It is started on first use; the first one starts with the server where
the ledger is large enough to have a long contract.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import BaseContext
from operator import attrgetter
from threading import Condition
from typing import Any, NamedTuple

from api.processor import everywhere
from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered

MOST = 2
MOST_WAITING = 6  # threads that wait for a process: the others are there for what is answered at once
# what the ledger imports only for a question that needs it
_ASKED = [f"ledger.projections.{name}" for name in ("clauses", "deadlines", "register", "sensitivity")]

Tell = Callable[[int], None]


class LongQuestion(NamedTuple):
    """A method of the ledger or of a part of it, the moment of the question (µs), the contract, and the arguments."""

    method: str
    at: int
    contract: str
    given: Sequence[object]
    named: Mapping[str, object]


class Answering:
    """One answering process, and the contracts it was asked about."""

    def __init__(self, url: str) -> None:
        context = _context()
        self._pipe, far = context.Pipe()
        self._process = context.Process(  # type: ignore[attr-defined]  # every context has it
            target=answer_all, args=(url, far), name="answering", daemon=True
        )
        with everywhere():
            self._process.start()
        far.close()
        self.asked: set[str] = set()

    def ask(self, question: LongQuestion, tell: Tell | None) -> Any:
        """The answer; raises what the process raised, EOFError where it has ended."""
        self.asked.add(question.contract)
        self._pipe.send((question, tell is not None))
        while True:
            kind, value = self._pipe.recv()
            if kind == "progress" and tell is not None:
                tell(value)
            elif kind == "answer":
                return value
            else:
                raise _raised(kind, value)

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _context() -> BaseContext:
    """How processes are started: since threads run here, forked from one that has imported the ledger, where possible.
    """
    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    context = get_context(method)
    context.set_forkserver_preload(["ledger.service", *_ASKED])
    return context


class Processes:
    """The processes of one server. Safe to use from several threads, each of which waits for its answer."""

    def __init__(self, url: str, most: int = MOST) -> None:
        self._url = url
        self._most = most
        self._free: list[Answering] = []
        self._busy: set[Answering] = set()
        self._waiting = 0
        self._stopped = False
        self._turn = Condition()

    def ask(self, question: LongQuestion, tell: Tell | None = None, *, at_once: bool = False) -> Any:
        """The answer; ``tell`` is called with progress. Raises what the ledger raises, SERVER_BUSY where too many wait,
        or with ``at_once`` where no process is free.

        An exception from ``tell`` ends the answering process.
        """
        process = self._take(question.contract, at_once=at_once)
        sound = False
        try:
            found = process.ask(question, tell)
            sound = True
            return found
        except (Refusal, Tampered):
            sound = True
            raise
        except (EOFError, OSError):  # it was killed, for its memory perhaps
            raise Refusal("SERVER_BUSY") from None
        finally:
            self._give_back(process, sound=sound)

    def begin(self) -> None:
        """Start a process before it is needed, without waiting for it."""
        with self._turn:
            if not self._stopped and not self._free and not self._busy:
                self._free.append(Answering(self._url))

    def answering(self, clock: Callable[[], int]) -> Callable[[str, str, Sequence[Any], Mapping[str, Any]], Any]:
        """What a ledger asks when something takes long, as of its clock; ``progress`` among the names is told, and
        ``at_once`` is for what the ledger may as well do itself.
        """

        def ask(method: str, contract: str, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
            plain = {key: value for key, value in named.items() if key not in ("progress", "each", "at_once")}
            question = LongQuestion(method, clock(), contract, given, plain)
            return self.ask(question, named.get("progress"), at_once=named.get("at_once", False))

        return ask

    def stop(self) -> None:
        """End every process; threads that wait for one get SERVER_BUSY."""
        with self._turn:
            self._stopped = True
            ending = [*self._free, *self._busy]
            self._free.clear()
            self._turn.notify_all()
        for process in ending:
            with suppress(OSError):
                process.end()

    def _take(self, contract: str, *, at_once: bool) -> Answering:
        """A free process, preferably one that has the contract in its cache."""
        with self._turn:
            if self._waiting >= MOST_WAITING or (at_once and not self._free and len(self._busy) >= self._most):
                raise Refusal("SERVER_BUSY")
            self._waiting += 1
            try:
                self._turn.wait_for(lambda: self._stopped or self._free or len(self._busy) < self._most)
            finally:
                self._waiting -= 1
            if self._stopped:
                raise Refusal("SERVER_BUSY")
            process = next((one for one in self._free if contract in one.asked), None)
            if process is None and len(self._free) + len(self._busy) < self._most:
                process = Answering(self._url)
            process = process or self._free[0]
            if process in self._free:
                self._free.remove(process)
            self._busy.add(process)
            return process

    def _give_back(self, process: Answering, *, sound: bool) -> None:
        with self._turn:
            self._busy.discard(process)
            if sound and not self._stopped:
                self._free.append(process)
            self._turn.notify()
        if not sound or self._stopped:
            with suppress(OSError):
                process.end()


def _raised(kind: str, value: Any) -> Exception:
    if kind == "tampered":
        code, values = value
        return Tampered(code, **values)
    return value if isinstance(value, Exception) else RuntimeError(str(value))


def answer_all(url: str, pipe: Pipe) -> None:
    """The main loop of a process: answer until the other end is closed."""
    from ledger.service import Ledger

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    now = [0]
    ledger = Ledger(url, clock=lambda: now[0])
    with suppress(EOFError, OSError):
        while True:
            question, told = pipe.recv()
            now[0] = question.at
            named = dict(question.named)
            if told:
                named["progress"] = lambda percent: pipe.send(("progress", percent))
            pipe.send(_answered(ledger, question, named))


def _answered(ledger: Any, question: LongQuestion, named: Mapping[str, object]) -> tuple[str, Any]:
    try:
        return "answer", attrgetter(question.method)(ledger)(question.contract, *question.given, **named)
    except Tampered as altered:
        return "tampered", (altered.code, altered.values)
    except Refusal as refused:
        return "refused", refused
    except Exception as error:  # as it would have failed here
        return "failed", f"{type(error).__name__}: {error}"
