"""Output of answers: JSON or screens on standard output, sentences and progress on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any

from ledger.messages import Language, say

if TYPE_CHECKING:
    from ledger.drawing import Screen
    from ledger.exporters import Form, ListTable

BAR = 24  # characters
FIRST_REPORT, REPORT_EVERY = 5_000, 25_000  # items between progress lines, without a terminal


class Output:
    """Writes one answer in one language, as JSON or as text for people."""

    def __init__(self, lang: Language, *, as_json: bool, to: IO[str] | None = None) -> None:
        self.lang: Language = lang
        self.as_json = as_json
        self.as_csv = False  # set once the verb is known to answer with a list
        self.file: str | None = None  # the file that such a list is written to
        self.stream = to or sys.stdout
        self._next = FIRST_REPORT
        self._rewriting = False
        self._listing = False  # whether a list was begun
        for stream in (self.stream, sys.stderr):
            _survives_any_text(stream)

    @property
    def tabular(self) -> bool:
        """Whether a list is asked for as a table, by --csv or --output."""
        return self.as_csv or self.file is not None

    def say(self, code: str, **values: object) -> None:
        """Print an answer that is a single sentence of the catalogue."""
        print(say(code, self.lang, **values), file=self.stream)

    def answer(
        self, document: object, draw: Callable[[Screen, Any], None], rows: Iterable[Mapping[str, Any]] | None = None, *,
        tables: Callable[[Form], list[ListTable]] | None = None,
    ) -> None:  # fmt: skip
        """Write the answer as one JSON document, as a table, or drawn by ``draw``.

        The table is made by ``tables`` if given, else from ``rows``, else from the document.
        """
        if self.tabular:
            listed: Any = document if rows is None else rows
            self._table(tables or (lambda _: [_table_of(listed)]))
        elif self.as_json:
            self.json(document)
        else:
            draw(self.screen(), document)

    def table(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the rows as a table."""
        self._table(lambda _: [_table_of(rows)])

    def _table(self, tables: Callable[[Form], list[ListTable]]) -> None:
        """Write the table as CSV to standard output, or to the file of --output in the format of its extension."""
        from ledger.domain.errors import Refusal
        from ledger.exporters import FORMS, written

        if self.file is None:
            return self.bytes(written(tables("csv"), "csv"))
        ending = self.file.rpartition(".")[2].lower()
        form = next((one for one in FORMS if one == ending), None)
        if form is None:
            raise Refusal("EXPORT_FORM", form=self.file, known=", ".join(f".{one}" for one in FORMS))
        made = tables(form)
        content = written(made, form)
        with open(self.file, "wb") as out:
            out.write(content)
        count = sum(len(one.rows) for one in made)
        if self.as_json:
            return self.json({"file": self.file, "rows": count, "bytes": len(content)})
        self.say("DONE_EXPORTED", file=self.file, count=count)

    def each(self, documents: Iterable[Any], draw: Callable[[Screen, Iterable[Any]], None]) -> None:
        """Write a list item by item: as one JSON document, or drawn by ``draw``.

        An error on the way ends the list with ``{"error": …}`` (:meth:`failed`).
        """
        import json

        if not self.as_json:
            return draw(self.screen(), documents)
        before = "["
        for document in documents:
            text = json.dumps(document, ensure_ascii=False, allow_nan=False)
            self.bytes((before + text).encode("utf-8", "backslashreplace"))
            before, self._listing = ", ", True
        self.bytes(b"]\n" if self._listing else b"[]\n")
        self._listing = False

    def json(self, document: object) -> None:
        """Write one JSON document and a newline, in UTF-8 whatever the locale."""
        import json

        text = json.dumps(document, ensure_ascii=False, allow_nan=False)
        # A lone surrogate (from a file name, for example) is written as its JSON escape.
        self.bytes((text + "\n").encode("utf-8", "backslashreplace"))

    def bytes(self, encoded: bytes) -> None:
        """Write UTF-8 bytes unchanged, whatever the locale."""
        self.stream.flush()
        buffer = getattr(self.stream, "buffer", None)
        if buffer is not None:
            buffer.write(encoded)
        else:
            self.stream.write(encoded.decode())

    def screen(self) -> Screen:
        """The screen to draw on."""
        from ledger.drawing import Screen

        return Screen(self.stream, self.lang)

    def progress(self, code: str, count: int, **values: object) -> None:
        """Show the progress of a long job: rewritten in place on a terminal, else occasional lines."""
        sentence = say(code, self.lang, count=count, **values)
        if sys.stderr.isatty():
            print(f"\r\x1b[K{sentence}", end="", file=sys.stderr, flush=True)
            self._rewriting = True
        elif count >= self._next:
            print(sentence, file=sys.stderr, flush=True)
            self._next = count + REPORT_EVERY

    def percent(self, code: str) -> Callable[[int], None]:
        """A function that takes the percentage done of a long job and shows it as :meth:`progress` does."""
        return lambda done: self.progress(code, count=done, bar=bar(done, 100))

    def progress_done(self) -> None:
        if self._rewriting:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        self._next, self._rewriting = FIRST_REPORT, False

    def failed(
        self, code: str, sentence: str, status: int, *, field: str | None = None, line: int | None = None,
        faults: list[dict[str, Any]] | None = None,
    ) -> int:  # fmt: skip
        """Report an error on standard error, with --json also as a document; returns ``status``."""
        self.progress_done()
        with suppress(OSError):
            print(sentence, file=sys.stderr, flush=True)
        if self.as_json:
            error: dict[str, Any] = {"code": code, "field": field, "line": line, "message": sentence}
            with suppress(OSError):
                document = {"error": error | ({"faults": faults} if faults else {})}
                if self._listing:
                    self.bytes(b", ")
                self.json(document)
                if self._listing:
                    self.bytes(b"]\n")
                self.finish()
        return status

    def finish(self) -> None:
        """Flush the output; raises BrokenPipeError at the latest here if the reader has closed it."""
        self.stream.flush()

    def abandon(self) -> None:
        """The reader has closed the output: discard whatever is written from now on, also at exit."""
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())


def _table_of(rows: Any) -> ListTable:
    from ledger.exporters import table_of

    return table_of("lvyue", rows)


def bar(done: int, total: int) -> str:
    """A progress bar as text."""
    filled = BAR * done // max(total, 1)
    return "█" * filled + "░" * (BAR - filled)


def _survives_any_text(stream: Any) -> None:
    """Escape characters that the terminal's encoding lacks, instead of failing."""
    with suppress(AttributeError, ValueError):
        stream.reconfigure(errors="backslashreplace")
