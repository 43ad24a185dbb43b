"""The command ``lvyue``: words of the command line only; every answer comes from the service.

Exit statuses: 0 done, 1 refused (the facts or the request), 2 usage, 3 integrity failure, 70 a defect of
this program, 130 interrupted. Why it is built so: docs/adr/0003-command-line.md.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit status."""
    for name in ("stdout", "stderr"):  # closed by whoever started us: what is said goes nowhere
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    if arguments is None:
        gc.disable()  # until everything is imported, which leaves no garbage to look for: a twelfth of a command
    try:
        from ledger.cli.program import of_one, run

        given = list(sys.argv[1:] if arguments is None else arguments)
        status = run(given)
        if arguments is None and of_one(given):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)  # what was imported is not taken apart piece by piece first: a twelfth of a command
        return status
    except KeyboardInterrupt:
        return 130
