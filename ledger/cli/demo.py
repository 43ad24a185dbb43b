"""The verb demo: a year of a real contract, told by the commands a newcomer would type.

Every command is printed as ``$ lvyue …`` and then done by the same program, so that it can be repeated.
"""

from __future__ import annotations

import os
import shlex
import tomllib
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, files
from itertools import count
from pathlib import Path

from ledger.cli.demo_package import hand_over
from ledger.cli.output import Output
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc, parse_on
from ledger.importers.jsonl import Line, read_lines
from ledger.messages import say
from ledger.service import now

TERMS, STORY = "cu12-1101-2025-018605.toml", "cu12-1101-2025-018605.story.jsonl"
PAPER = "cu12-1101-2025-018605.agree-1.zh.txt"  # what both signed, which agree-1 of the story names
DAY = 86_400_000_000  # µs
ONE_DAY = timedelta(days=1)


def demo(asked: Namespace, out: Output) -> int:
    """Register, record, ask, in a ledger of its own, which is left where it can be asked more."""
    return _Stage(out, _contracts(asked), _new_folder(Path(asked.into))).play()


def _new_folder(into: Path) -> Path:
    """A folder for this demonstration: ``ledger``, ``ledger-2`` …, the first there is not; what is there is kept."""
    into.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        folder = into / ("ledger" if number == 1 else f"ledger-{number}")
        with suppress(FileExistsError):
            folder.mkdir()
            break
    return folder


def _contracts(asked: Namespace) -> Path:
    """The folder of the demonstration's contract: the one named, the one here, or that which was installed."""
    places = [Path(asked.contracts)] if asked.contracts else [Path("contracts"), *_installed()]
    for place in places:
        if (place / TERMS).is_file() and (place / STORY).is_file():
            return place
    raise Refusal("DEMO_FILES_MISSING", file=str(places[0] / STORY))


def _installed() -> Iterator[Path]:
    """Where the contracts are: beside the packages in a clone, in ``share/lvyue`` where a wheel was installed."""
    yield Path(__file__).parents[2] / "contracts"
    with suppress(PackageNotFoundError):
        for file in files("lvyue-ledger") or ():
            if file.name == TERMS:
                yield Path(str(file.locate())).resolve().parent


class _Stage:
    """The demonstration: its contract, its ledger, its clock."""

    def __init__(self, out: Output, contracts: Path, ledger: Path) -> None:
        self.out = out
        self.terms, self.paper = contracts / TERMS, contracts / PAPER
        self.folder = ledger
        self.store = f"sqlite:///{(ledger / 'lvyue.db').as_posix()}"
        self.contract = str(tomllib.loads(self.terms.read_text("utf-8"))["contract"]["id"])
        with open(contracts / STORY, "rb") as stream:
            self.lines = list(read_lines(stream))
        self.text = (contracts / STORY).read_bytes().splitlines()
        self.end = max((parse_on(line.envelope["on"]) for line in self.lines), key=lambda on: on.at)
        # Nothing may be recorded before it happened: on a machine whose clock is behind the story it is put on.
        self.ahead = max(0, self.end.at + DAY - now())

    def clock(self) -> int:
        return now() + self.ahead

    def play(self) -> int:
        """All acts; the exit status of the first that fails."""
        for name, value in (("LVYUE_STORE", self.store), ("LVYUE_LANG", self.out.lang)):
            os.environ[name] = value
        self._tell("DEMO_WELCOME", store=self.store, language=self.out.lang)
        if self.ahead:
            self._tell("DEMO_CLOCK", day=self.end.day)
        contract, end = self.contract, ("--as-of", self.end.day.isoformat())
        correction, acknowledgement = self._of("FactCorrected"), self._of("FactAcknowledged")[-1:]
        declaration, service = self._of("TerminationDeclared"), self._of("NoticeServed")
        turn = self.lines.index(correction[0])
        told_later = [*correction, *acknowledgement, *declaration, *service]
        rest = [line for line in self.lines[turn:] if line not in told_later]
        corrected = ("--as-of", correction[0].envelope["on"])
        before = ("--as-of", (parse_on(declaration[0].envelope["on"]).day - ONE_DAY).isoformat())
        declared = ("--as-of", parse_on(declaration[0].envelope["on"]).day.isoformat())
        status = self._act([
            ("DEMO_REGISTER", ["register", self.terms.as_posix()]),
            ("DEMO_RECORD", ["record", contract, self._file("winter.jsonl", self.lines[:turn])]),
        ])  # fmt: skip
        status = status or self._compare("DEMO_CORRECT", "DEMO_DIFF", "correction.jsonl", correction, corrected)
        status = status or self._act([
            ("DEMO_REST", ["record", contract, self._file("year.jsonl", rest)]),
            ("DEMO_ATTACH", ["attach", contract, "agree-1", self.paper.as_posix()]),
            ("DEMO_STATUS", ["status", contract, *before]),
            ("DEMO_REPLAY", ["replay", contract, "--as-of", "2025-12-31"]),
            ("DEMO_EXPLAIN", ["explain", contract, "termination.allowed", *before]),
        ])  # fmt: skip
        status = status or self._act([("DEMO_CLAIMS", ["claims", contract, *before])])
        status = status or self._compare("DEMO_ACKNOWLEDGE", "DEMO_RECORD_NOW", "ack.jsonl", acknowledgement, before)
        status = status or self._act([
            ("DEMO_SET_OFF", ["explain", contract, "balance.deducted", *before]),
            ("DEMO_ROBUST", ["status", contract, *before, "--sensitivity"]),
            ("DEMO_DECLARE", ["record", contract, self._file("declaration.jsonl", declaration)]),
            ("DEMO_DECLARED", ["explain", contract, "termination.state", *declared]),
            ("DEMO_SERVE", ["record", contract, self._file("service.jsonl", service)]),
            ("DEMO_SERVED", ["explain", contract, "phase", *end]),
        ])  # fmt: skip
        edition = ["--lang", "en"] if self.out.lang == "en" else []  # a package is in Chinese unless asked otherwise
        status = status or hand_over(self.folder, contract, [*end, *edition], self._one, self._tell)
        if not status:
            self._tell("DEMO_END", contract=contract)
        return status

    def _of(self, type_: str) -> list[Line]:
        """The story's facts of a type."""
        return [line for line in self.lines if line.envelope["type"] == type_]

    def _compare(self, title: str, then: str, name: str, lines: list[Line], as_of: tuple[str, str]) -> int:
        """Record some facts, and compare what was concluded as known before and after."""
        before = self.clock()
        status = self._act([(title, ["record", self.contract, self._file(name, lines)])])
        moments = ("--known-at", format_utc(before), "--known-at", format_utc(self.clock()))
        return status or self._act([(then, ["diff", self.contract, *as_of, *moments])])

    def _file(self, name: str, lines: list[Line]) -> str:
        """The facts of the story on these lines, word for word, in a file of the demonstration."""
        file = self.folder / name
        file.write_bytes(b"".join(self.text[line.number - 1] + b"\n" for line in lines))
        return file.as_posix()

    def _tell(self, code: str, **values: object) -> None:
        print(say(code, self.out.lang, **values), file=self.out.stream, flush=True)

    def _one(self, title: str, arguments: list[str]) -> int:
        """A command under a title, or a silent one whose output goes elsewhere."""
        if title:
            return self._act([(title, arguments)])
        from ledger.cli.program import run

        return run(arguments, clock=self.clock)

    def _act(self, acts: list[tuple[str, list[str]]]) -> int:
        from ledger.cli.program import run

        for title, arguments in acts:
            print(file=self.out.stream)
            self._tell(title)
            print("$ lvyue " + shlex.join(arguments), file=self.out.stream, flush=True)
            status = run(arguments, clock=self.clock)
            if status:
                return status
        return 0
