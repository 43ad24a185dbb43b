"""The command ``lvyue``: it reads arguments and draws answers; the service (:mod:`ledger.service`) computes them.

Exit statuses: 0 done, 1 refused (the facts or the request), 2 usage error, 3 integrity failure, 70 a defect of
this program, 130 interrupted. The reasons for this design are in docs/adr/0003-command-line.md.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command given in ``arguments``, those of the process if None; returns the exit status."""
    for name in ("stdout", "stderr"):  # closed by the parent process: output is discarded
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    if arguments is None:
        gc.disable()  # imports leave no garbage to collect: saves a twelfth of a command's time
    try:
        from ledger.cli.program import of_one, run

        given = list(sys.argv[1:] if arguments is None else arguments)
        status = run(given)
        if arguments is None and of_one(given):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)  # skips tearing down every module: saves a twelfth of the time
        return status
    except KeyboardInterrupt:
        return 130
