"""Long questions in processes of their own: whatever is asked, other requests are answered as if it were not.

In one process a sweep of a hundred thousand facts takes the interpreter from everybody else, a few milliseconds at a
time and for collecting what it leaves half a second at once. A process here has a connection and a ledger of its own,
answers one question after another, and remembers what it read; it is begun when it is first needed, the first one with
the server where its ledger is large enough to hold a long contract.
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

from ledger.domain.errors import Refusal
from ledger.log.failure import Tampered

MOST = 2
MOST_WAITING = 6  # threads that wait for a process: the others are there for what is answered at once

Tell = Callable[[int], None]


class LongQuestion(NamedTuple):
    """A method of the ledger, or of a part of it, asked at a moment (µs), of which contract, and what it is given."""

    method: str
    at: int
    contract: str
    given: Sequence[object]
    named: Mapping[str, object]


class Answering:
    """One process that answers, and the contracts it was asked about."""

    def __init__(self, url: str) -> None:
        context = _context()
        self._pipe, far = context.Pipe()
        self._process = context.Process(  # type: ignore[attr-defined]  # every context has it
            target=answer_all, args=(url, far), name="answering", daemon=True
        )
        self._process.start()
        far.close()
        self.asked: set[str] = set()

    def ask(self, question: LongQuestion, tell: Tell | None) -> Any:
        """What it answers; raises what it raised, EOFError where the process has ended."""
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
        """End it, whatever it is at."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _context() -> BaseContext:
    """How processes are begun: threads run here, so forked off one that has imported the ledger, where there can be."""
    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    context = get_context(method)
    context.set_forkserver_preload(["ledger.service"])
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

    def ask(self, question: LongQuestion, tell: Tell | None = None) -> Any:
        """The answer; ``tell`` hears of progress. Raises what the ledger raises, SERVER_BUSY where too many wait.

        What ``tell`` raises ends the process that was answering.
        """
        process = self._take(question.contract)
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
        """Have a process ready before it is needed, without waiting for it."""
        with self._turn:
            if not self._stopped and not self._free and not self._busy:
                self._free.append(Answering(self._url))

    def answering(self, clock: Callable[[], int]) -> Callable[[str, str, Sequence[Any], Mapping[str, Any]], Any]:
        """What a ledger asks when something takes long, as of its clock; ``progress`` among the names is told."""

        def ask(method: str, contract: str, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
            plain = {key: value for key, value in named.items() if key not in ("progress", "each")}
            return self.ask(LongQuestion(method, clock(), contract, given, plain), named.get("progress"))

        return ask

    def stop(self) -> None:
        """End every process; whoever waits for one is told SERVER_BUSY."""
        with self._turn:
            self._stopped = True
            ending = [*self._free, *self._busy]
            self._free.clear()
            self._turn.notify_all()
        for process in ending:
            with suppress(OSError):
                process.end()

    def _take(self, contract: str) -> Answering:
        """A free process, one that remembers the contract if there is one."""
        with self._turn:
            if self._waiting >= MOST_WAITING:
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
    """What a process does: answer until the other end is closed."""
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
