"""Verbs register and record, and reading the files they name."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import BufferedReader
from typing import Any, BinaryIO, TypeAlias

from ledger.cli.arguments import UsageError
from ledger.cli.opening import checkpointed, ledger_of
from ledger.cli.output import Output
from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.domain.fact_faults import Stated
from ledger.importers.jsonl import Line, read_array, read_lines
from ledger.importers.spreadsheet import looks_like_table
from ledger.importers.table import UNTOLD, FactRow, Told, read_table
from ledger.messages import say
from ledger.recording import Recorded
from ledger.service import CALENDAR, Ledger, envelope

LARGEST_DOCUMENT = 4_000_000  # bytes, of a file of terms or a notice
LARGEST_TABLE = 64_000_000  # bytes
LOOKED_AT = 8_192  # bytes read to detect a file's format
LONG = 5_000  # facts: from this many on, progress is shown
# Refusals of a whole request rather than of one fact in it.
_OF_NO_LINE = ("CONTRACT_UNKNOWN", "CONTRACT_UNKNOWN_THEN", "VERSION_CONFLICT", "CLOCK_BEHIND")


def register(asked: Namespace, out: Output) -> None:
    from ledger.domain.terms import parse_terms
    from ledger.domain.terms_amendment import document_json

    document = terms_of(asked.file)
    parse_terms(document)  # reports every fault at once, before dates become text
    ledger = ledger_of(asked, create=True)
    told = ledger.advice(document)
    recorded = ledger.register(document_json(document), by=asked.by, recorded_by=asked.principal)
    checkpointed(ledger, out)
    if out.as_json:
        return out.json(shown(recorded) | {"advice": told})
    contract = recorded.fact.contract
    if recorded.repeated:
        return out.say("DONE_REGISTERED_BEFORE", contract=contract)
    out.say("DONE_REGISTERED", contract=contract, title=document["contract"]["title"], fact=recorded.fact.id)
    if told:
        out.say("DONE_TERMS_ADVISED_SHORT", count=len(told), file=asked.file)


def terms_of(path: str) -> dict[str, Any]:
    """The terms in a TOML file, as a document. Refusal TOML_BROKEN."""
    import tomllib

    try:
        return tomllib.loads(_utf8(read_document(path)))
    except (tomllib.TOMLDecodeError, RecursionError) as flaw:
        raise Refusal("TOML_BROKEN", file=path, detail=str(flaw)) from None


def record(asked: Namespace, out: Output) -> None:
    """Record a file of facts, all or none, and show how many and what they changed."""
    if asked.bulk:
        from ledger.cli.bulk import record_bulk

        return record_bulk(asked, out)
    if asked.file is None:
        message = say("USAGE_FILE_MISSING", out.lang)
        raise UsageError("USAGE", say("USAGE", out.lang, message=message, program="lvyue record"))
    ledger = ledger_of(asked)
    lines = read_facts(asked.file, out, ledger.clock(), Told(asked.type, asked.by, asked.actor, asked.skip or ()))
    total = len(lines)
    if asked.preview:
        with with_line(lines):
            return preview(ledger, asked.contract, [line.stated for line in lines], out)

    def progress(count: int) -> None:
        out.progress("PROGRESS_CHECKED", count=count, total=total)

    with with_line(lines):
        recorded = ledger.record(
            asked.contract, [line.stated for line in lines], recorded_by=asked.principal,
            expected_version=asked.expected_version, progress=progress if total >= LONG else None,
        )  # fmt: skip
    out.progress_done()
    checkpointed(ledger, out)
    tell(ledger, asked.contract, recorded, out)


def preview(ledger: Ledger, contract: str, stated: Sequence[Stated], out: Output) -> None:
    """Show what recording would change, without recording."""
    def checked(done: int) -> None:
        out.progress("PROGRESS_CHECKED", count=done, total=len(stated))

    count, changed = ledger.preview(contract, stated, checked if len(stated) >= LONG else None)
    out.progress_done()
    if out.as_json:
        return out.json({
            "contract": contract, "version": ledger.version(contract), "recorded": 0, "repeated": len(stated) - count,
            "would_record": count, "effects": changed,
        })  # fmt: skip
    from ledger.cli.screens import effects

    out.say("DONE_PREVIEWED", count=count, contract=contract)
    if count:
        effects(out.screen(), changed)


def tell(ledger: Ledger, contract: str, recorded: Sequence[Recorded], out: Output) -> None:
    """Show how many facts were recorded and what they changed."""
    repeated = sum(one.repeated for one in recorded)
    count, version = len(recorded) - repeated, ledger.version(contract)
    changed = ledger.effects(recorded)
    if out.as_json:
        return out.json({
            "contract": contract, "version": version, "recorded": count, "repeated": repeated,
            "facts": [shown(one) for one in recorded], "effects": changed,
        })  # fmt: skip
    if not recorded:
        return out.say("DONE_NOTHING")
    out.say("DONE_RECORDED", count=count, contract=contract, version=version)
    if repeated:
        out.say("DONE_REPEATED", count=repeated)
    if count and contract != CALENDAR:
        from ledger.cli.screens import effects

        effects(out.screen(), changed)


def shown(recorded: Recorded) -> dict[str, Any]:
    """A recorded fact as JSON, with its digests and whether it had been recorded before."""
    return envelope(recorded.fact) | {"repeated": recorded.repeated}


def read_facts(file: str, out: Output, now: int, told: Told = UNTOLD) -> Sequence[Stood]:
    """The facts of a file of JSON lines, of a JSON array or of a table, or of standard input where it is ``-``.

    ``now`` (µs) is the moment against which rows of a table are checked; ``told`` applies to a table as a whole.
    """

    def progress(count: int) -> None:
        if count >= LONG:
            out.progress("PROGRESS_READ", count=count)

    try:
        if file == "-":
            if sys.stdin is None:
                raise Refusal("FILE_UNREADABLE", file="-", detail="stdin")
            return _read(BufferedReader(sys.stdin.buffer, LOOKED_AT), file, now, told, progress)  # type: ignore[arg-type]
        with open(file, "rb") as stream:
            return _read(stream, file, now, told, progress)
    except OSError as error:
        raise _unreadable(file, error) from None
    finally:
        out.progress_done()


def opened(stack: ExitStack, file: str) -> BinaryIO:
    """A file, or standard input where it is ``-``, closed with ``stack``. Refusal FILE_MISSING, FILE_UNREADABLE."""
    if file == "-" and sys.stdin is not None:
        return sys.stdin.buffer
    try:
        return stack.enter_context(open(file, "rb"))
    except OSError as error:
        raise _unreadable(file, error) from None


class TableLine(NamedTuple):
    """A row of a table: its position, and the fact it states."""

    row: FactRow
    stated: Stated

    @property
    def number(self) -> int:
        """The row's number in the spreadsheet."""
        return self.row.number

    def located(self, fault: Refusal) -> Refusal:
        """The fault with its row and cell."""
        fault.line = self.row.number
        return self.row.located(fault)


Stood: TypeAlias = Line | TableLine


def _read(
    stream: BufferedReader, file: str, now: int, told: Told, progress: Callable[[int], None]
) -> Sequence[Stood]:
    start: bytes = stream.peek(LOOKED_AT)
    is_table, is_array = looks_like_table(start, file), start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"[")
    if not is_table and not is_array:
        return list(read_lines(stream, progress=progress))
    content = stream.read(LARGEST_TABLE + 1)
    if len(content) > LARGEST_TABLE:
        raise Refusal("FILE_TOO_LARGE", file=file, longest=LARGEST_TABLE)
    if is_array:
        return read_array(content)
    return [TableLine(row, row.stated(now)) for row in read_table(content, told, progress=progress)]


def read_document(file: str) -> bytes:
    """The bytes of a small file. Raises Refusal FILE_MISSING, FILE_UNREADABLE or FILE_TOO_LARGE."""
    return read_bytes(file, LARGEST_DOCUMENT)


def read_bytes(file: str, longest: int) -> bytes:
    """The bytes of a file of at most ``longest``; Refusals as for :func:`read_document`."""
    try:
        with open(file, "rb") as stream:
            text = stream.read(longest + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None
    if len(text) > longest:
        raise Refusal("FILE_TOO_LARGE", file=file, longest=longest)
    return text


def _utf8(text: bytes) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as flaw:
        raise Refusal("NOT_UTF8", line=text.count(b"\n", 0, flaw.start) + 1, byte=flaw.start + 1) from None


def _unreadable(file: str, error: Exception) -> Refusal:
    if isinstance(error, FileNotFoundError):
        return Refusal("FILE_MISSING", file=file)
    return Refusal("FILE_UNREADABLE", file=file, detail=getattr(error, "strerror", None) or error)


@contextmanager
def with_line(lines: Sequence[Stood]) -> Iterator[None]:
    """Within it, a refusal of the n-th fact names the line of the file on which that fact stands."""
    try:
        yield
    except Refusal as refused:
        of_request = refused.code in _OF_NO_LINE or refused.code.startswith("STORE_")
        faults = refused.faults if refused.code == "FACTS_FAULTY" else (refused,)
        for fault in faults if lines and not of_request else ():
            lines[(fault.line or refused.line or 1) - 1].located(fault)
        raise
