"""The memory of ``lvyue record --bulk`` while it records millions of facts.

    python -m bench.bulk [facts [contracts [store URL]]]

The lines are generated as they are read, for one contract after the other. After every eighth of the facts it prints
the command's resident memory and the anonymous part of it (MB), and the processor time per fact so far (µs).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.ledger import history, terms
from bench.memory import resident

RECORD = [sys.executable, "-m", "ledger.cli"]


def lines(facts: int, contracts: int) -> Iterator[bytes]:
    """The lines of a file: the registration of each contract, then its facts."""
    each = max(1, facts // contracts)
    for number in range(contracts):
        contract = f"BULK-{number:06}"
        registered = {"contract": contract, "type": "ContractRegistered", "by": "party_a",
                      "data": {"terms": terms(contract)}}  # fmt: skip
        yield json.dumps(registered).encode() + b"\n"
        for one in history(each - 1):
            yield json.dumps({"contract": contract} | one).encode() + b"\n"


def spent(pid: int) -> float:
    """Processor seconds used by a process."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def main(facts: int, contracts: int, url: str) -> None:
    """Run the benchmark and print the table (see the module)."""
    folder = tempfile.TemporaryDirectory()
    command = [*RECORD, "--store", url or f"sqlite:///{folder.name}/bulk.db", "record", "--bulk", "-"]
    recording = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert recording.stdin is not None
    eighth = facts // 8
    for count, line in enumerate(lines(facts, contracts), 1):
        recording.stdin.write(line)
        if count % eighth == 0:
            recording.stdin.flush()
            held, each = resident(recording.pid), spent(recording.pid) / count * 1e6
            print(f"{count:>9} facts in {contracts} contracts: resident {held['VmRSS']:6.0f}, its own"
                  f" {held['RssAnon']:6.0f} MB, {each:5.1f} µs a fact", flush=True)  # fmt: skip
    recording.stdin.close()
    assert recording.wait() == 0


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else 1_000_000, int(given[1]) if given[1:] else 1000, given[2] if given[2:] else "")
