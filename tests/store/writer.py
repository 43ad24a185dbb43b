"""A writer in a process of its own: appends one fact after another until told otherwise, saying what is durable.

Arguments: the store's URL, the contract, how many facts (0: until killed).
"""

from __future__ import annotations

import sys
import time

from ledger.store import Draft, open_store


def main(url: str, contract: str, count: int) -> None:
    drafts = [Draft("InvoiceVoided.v1", "2025-11-24", "party_b", None, {"invoice": "i", "reason": "r" * 300})]
    with open_store(url) as store:
        written = 0
        while not count or written < count:
            row = store.append(contract, drafts, now=lambda: time.time_ns() // 1000, recorded_by="w")[0]
            written += 1
            print(row.position, row.digest, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
