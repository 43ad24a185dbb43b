"""The cost of an import (SPEC 8): a workbook of 10,000 rows, read, checked, previewed on a terminal, then confirmed.

Wanted: ``lvyue import table CONTRACT FILE --preview`` in at most 10 s, with progress shown. Wall-clock and processor
time of the command in its own process on a pseudo-terminal; processor time stays comparable on a busy machine.
``python -m bench.imports [ROWS]``; 10,000 by default.
"""

from __future__ import annotations

import os
import pty
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

from bench.ledger import history, terms
from ledger.exporters import FORMS, facts_tables, written
from ledger.service import Ledger


def on_terminal(*words: str) -> tuple[float, float, int]:
    """Run ``lvyue`` on a pseudo-terminal; wall-clock and processor seconds, and how often progress was shown."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "ledger.cli", *words])
    said = b""
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:  # the command has ended
            break
        if not piece:
            break
        said += piece
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status == 0, said.decode(errors="replace")[-2000:]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, used, len(re.findall(rb"\r\x1b\[K[^\r]*[0-9]", said))


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as made_in:
        folder = Path(made_in)
        store, book = f"sqlite:///{folder / 'imports.db'}", folder / "facts.xlsx"
        source = Ledger("sqlite:///:memory:", create=True)
        contract = source.register(terms()).fact.contract
        source.record(contract, list(history(rows)))
        register = source.register_of(contract)
        for form in FORMS:
            began = time.process_time()
            content = written(facts_tables(register, form), form)
            used = time.process_time() - began
            print(f"{rows} facts as {form:8} {used:6.2f} s of processor  {len(content):>10,} bytes")
            if form == "xlsx":
                book.write_bytes(content)
        Ledger(store, create=True).register(terms())
        asked = ("import", "table", contract, str(book), "--store", store)
        for said, more in (("previewed", "--preview"), ("recorded", "--confirm")):
            wall, used, told = on_terminal(*asked, more)
            print(f"{rows} rows {said:9} {wall:6.2f} s, {used:6.2f} s of processor, progress told {told} times")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
