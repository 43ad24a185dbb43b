"""The verb demo: a year of a contract, played by the commands a newcomer would type.

Every command is printed as ``$ lvyue …`` and then run by the same program, so that it can be repeated. The contract
(``NAME.toml``), its facts (``NAME.story.jsonl``) and the steps of the demo (``NAME.demo.jsonl``) are in ``contracts/``.
"""

from __future__ import annotations

import os
import shlex
import tomllib
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, files
from itertools import count
from pathlib import Path
from typing import Any

from ledger.cli.demo_package import hand_over
from ledger.cli.output import Output
from ledger.domain.errors import Refusal
from ledger.domain.moments import format_utc, parse_on
from ledger.importers.jsonl import Line, read_lines
from ledger.messages import say
from ledger.service import now

ACTS = ".demo.jsonl"
DAY = 86_400_000_000  # µs


def demo(asked: Namespace, out: Output) -> int:
    """Register, record and ask, in a new ledger that is kept afterwards for further questions."""
    return _Stage(out, _acts(asked), _new_folder(Path(asked.into))).play()


def _new_folder(into: Path) -> Path:
    """Make the folder of this demo: the first of ``ledger``, ``ledger-2`` … that does not exist yet."""
    into.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        folder = into / ("ledger" if number == 1 else f"ledger-{number}")
        with suppress(FileExistsError):
            folder.mkdir()
            break
    return folder


def _acts(asked: Namespace) -> Path:
    """The first file of steps whose contract's name begins as asked: in the folder named, here, or installed."""
    begins = asked.name or ""
    places = [Path(asked.contracts)] if asked.contracts else [Path("contracts"), *_installed()]
    for place in places:
        for acts in sorted(place.glob(f"*{ACTS}")):
            if acts.name.startswith(begins):
                return acts
    raise Refusal("DEMO_FILES_MISSING", file=str(places[0] / f"{begins}*{ACTS}"))


def _installed() -> Iterator[Path]:
    """Folders that may hold the contracts: beside the packages in a clone, ``share/lvyue`` for an installed wheel."""
    yield Path(__file__).parents[2] / "contracts"
    with suppress(PackageNotFoundError):
        for file in files("lvyue-ledger") or ():
            if file.name.endswith(ACTS):
                yield Path(str(file.locate())).resolve().parent


class _Stage:
    """A running demo: its contract, its ledger, its clock."""

    def __init__(self, out: Output, acts: Path, ledger: Path) -> None:
        self.out = out
        self.contracts = acts.parent
        self.terms = acts.with_name(acts.name.removesuffix(ACTS) + ".toml")
        story = acts.with_name(acts.name.removesuffix(ACTS) + ".story.jsonl")
        self.folder = ledger
        self.store = f"sqlite:///{(ledger / 'lvyue.db').as_posix()}"
        self.contract = str(tomllib.loads(self.terms.read_text("utf-8"))["contract"]["id"])
        with open(acts, "rb") as stream:
            self.about, *self.acts = (line.envelope for line in read_lines(stream))
        with open(story, "rb") as stream:
            self.lines = list(read_lines(stream))
        self.text = story.read_bytes().splitlines()
        self.end = max((parse_on(line.envelope["on"]) for line in self.lines), key=lambda on: on.at)
        self.began = now()
        self.at = min(parse_on(line.envelope["on"]).at for line in self.lines)

    def clock(self) -> int:
        """The demo's clock (µs): facts are recorded the day after the latest of them, so that known-at can be asked."""
        return self.at + now() - self.began

    def play(self) -> int:
        """Play all steps; returns the exit status of the first that fails, else 0."""
        for name, value in (("LVYUE_STORE", self.store), ("LVYUE_LANG", self.out.lang)):
            os.environ[name] = value
        self._tell("DEMO_WELCOME", about=self.about[self.out.lang], store=self.store, language=self.out.lang)
        self._tell("DEMO_CLOCK")
        told: set[int] = set()
        for place, act in enumerate(self.acts):
            status = self._play(act, self._facts(place, told))
            if status:
                return status
        edition = ["--lang", "en"] if self.out.lang == "en" else []  # its default is Chinese
        end = ["--as-of", self.end.day.isoformat()]
        status = hand_over(self.folder, self.contract, [*end, *edition], self._one, self._tell)
        if not status:
            self._tell("DEMO_END", contract=self.contract)
        return status

    def _facts(self, place: int, told: set[int]) -> list[Line]:
        """The lines of the facts that a step records; they are added to ``told``."""
        act = self.acts[place]
        later = {ref for one in self.acts[place + 1 :] for ref in one.get("facts", ())}
        left = [line for line in self.lines if line.number not in told]
        refs = [line.envelope.get("ref") for line in left]
        found: list[Line] = []
        if "until" in act:
            found = left[: refs.index(act["until"]) + 1]
        elif "facts" in act:
            found = [line for line, ref in zip(left, refs, strict=True) if ref in act["facts"]]
        elif act.get("rest"):
            found = [line for line, ref in zip(left, refs, strict=True) if ref not in later]
        told.update(line.number for line in found)
        return found

    def _play(self, act: dict[str, Any], facts: list[Line]) -> int:
        """Run a step's command; where the step asks for it, compare the conclusions known before and after."""
        before = self.clock()
        self.at = max([self.at, *(parse_on(line.envelope["on"]).at + DAY for line in facts)])
        arguments = [self._argument(word, act, facts) for word in act["run"]]
        status = self._act(act[self.out.lang], arguments)
        compared = act.get("compare")
        if status or compared is None:
            return status
        moments = ("--known-at", format_utc(before), "--known-at", format_utc(self.clock()))
        return self._act(compared[self.out.lang], ["diff", self.contract, *compared["options"], *moments])

    def _argument(self, word: str, act: dict[str, Any], facts: list[Line]) -> str:
        if word == "FACTS":
            return self._file(f"{act['name']}.jsonl", facts)
        if word == "TERMS":
            return self.terms.as_posix()
        if word.startswith("CONTRACTS/"):
            return (self.contracts / word.removeprefix("CONTRACTS/")).as_posix()
        return self.contract if word == "CONTRACT" else word

    def _file(self, name: str, lines: list[Line]) -> str:
        """Write these lines of the story, unchanged, to a file of the demo; returns its name."""
        file = self.folder / name
        file.write_bytes(b"".join(self.text[line.number - 1] + b"\n" for line in lines))
        return file.as_posix()

    def _tell(self, code: str, **values: object) -> None:
        print(say(code, self.out.lang, **values), file=self.out.stream, flush=True)

    def _one(self, title: str, arguments: list[str]) -> int:
        """Run one command under a title of the catalogue, or silently where its output is redirected."""
        if title:
            return self._act(say(title, self.out.lang), arguments)
        from ledger.cli.program import run

        return run(arguments, clock=self.clock)

    def _act(self, title: str, arguments: list[str]) -> int:
        from ledger.cli.program import run

        print(f"\n{title}\n$ lvyue {shlex.join(arguments)}", file=self.out.stream, flush=True)
        return run(arguments, clock=self.clock)
