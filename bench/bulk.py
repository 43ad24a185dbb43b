"""The memory of ``lvyue record --bulk`` while it records millions of facts.

    python -m bench.bulk [facts [contracts [store URL]]] [--refs]

The lines are generated as they are read, for one contract after the other; with --refs each has a ref of its own, in
no order, and every twentieth corrects an earlier one. After every eighth of the facts it prints the command's resident
memory and the anonymous part of it (MB), and the processor time per fact so far (µs). Then it copies the ledger with
``lvyue copy`` and prints that command's highest memory.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from bench.ledger import Envelope, fact, history, terms
from bench.memory import resident

LVYUE = [sys.executable, "-m", "ledger.cli"]


def lines(facts: int, contracts: int, *, refs: bool) -> Iterator[bytes]:
    """The lines of a file: the registration of each contract, then its facts."""
    each = max(1, facts // contracts)
    for number in range(contracts):
        contract = f"BULK-{number:06}"
        registered = {"contract": contract, "type": "ContractRegistered", "by": "party_a",
                      "data": {"terms": terms(contract)}}  # fmt: skip
        yield json.dumps(registered).encode() + b"\n"
        for one in named(history(each - 1)) if refs else history(each - 1):
            yield json.dumps({"contract": contract} | one).encode() + b"\n"


def named(facts: Iterator[Envelope]) -> Iterator[Envelope]:
    """The facts, each with a ref of its own; every twentieth instead corrects what was performed long before."""
    rng, performed = random.Random(1), deque[str](maxlen=10_000)
    for count, one in enumerate(facts):
        ref = f"{rng.getrandbits(128):032x}"
        if count % 20 == 19 and performed and one["type"] == "ServicePerformed":
            corrected = {"target": performed[0], "data": {"service": "vcpu", "units": 2}, "reason": "typo"}
            one = fact("FactCorrected", one["on"], "party_b", **corrected)
        elif one["type"] == "ServicePerformed":
            performed.append(ref)
        yield one | {"ref": ref}


def spent(pid: int) -> float:
    """Processor seconds used by a process."""
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def main(facts: int, contracts: int, url: str, *, refs: bool) -> None:
    """Run the benchmark and print the table (see the module)."""
    folder = tempfile.TemporaryDirectory()
    url, quiet = url or f"sqlite:///{folder.name}/bulk.db", subprocess.DEVNULL
    command = [*LVYUE, "--store", url, "record", "--bulk", "-"]
    recording = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
    assert recording.stdin is not None
    eighth = facts // 8
    for count, line in enumerate(lines(facts, contracts, refs=refs), 1):
        recording.stdin.write(line)
        if count % eighth == 0:
            recording.stdin.flush()
            held, each = resident(recording.pid), spent(recording.pid) / count * 1e6
            print(f"{count:>9} facts in {contracts} contracts: resident {held['VmRSS']:6.0f}, its own"
                  f" {held['RssAnon']:6.0f} MB, {each:5.1f} µs a fact", flush=True)  # fmt: skip
    recording.stdin.close()
    assert recording.wait() == 0
    copying = subprocess.Popen([*LVYUE, "copy", url, f"sqlite:///{folder.name}/copy.db"], stdout=quiet, stderr=quiet)
    most = 0.0
    while copying.poll() is None:
        most = max(most, resident(copying.pid).get("VmHWM", 0.0))
        time.sleep(0.2)
    assert copying.returncode == 0
    print(f"copied: at most {most:6.0f} MB")


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if one != "--refs"]
    main(int(given[0]) if given else 1_000_000, int(given[1]) if given[1:] else 1000, given[2] if given[2:] else "",
         refs="--refs" in sys.argv)  # fmt: skip
