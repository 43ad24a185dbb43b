"""Records facts at one host only, like a client on its side of a partition, and prints the outcome of each.

    python -m deploy.late_writer URL CONTRACT

Each line: seconds (monotonic clock, the same for all processes), then ``acknowledged`` and a ref or ``refused`` and a
code.
"""

from __future__ import annotations

import sys
import time
from itertools import count

from deploy.facts import complaint
from ledger.domain.errors import Refusal
from ledger.service import Ledger

PAUSE_SECONDS = 0.2


def main(url: str, contract: str) -> None:
    """Record facts until the process is killed."""
    ledger: Ledger | None = None
    for number in count(1):
        ref = f"late-{time.time_ns()}-{number}"
        try:
            ledger = ledger or Ledger(url)
            ledger.record(contract, [complaint(ref)])
            became = f"acknowledged {ref}"
        except Refusal as refused:
            became = f"refused {refused.code}"
        print(time.monotonic(), became, flush=True)
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
