"""The report of a contract of few and of many facts: seconds, bytes and memory. Nothing is asserted: read the table."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.ledger import AS_OF, history, terms
from ledger.evidence.report import Material, report
from ledger.exporting import MOST_WEIGHED
from ledger.service import Ledger, Question

COUNTS = (70, 2_000, 20_000)
CHECKPOINT = "log.example/lvyue\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"


def main() -> None:
    """Measure each count in its own process, so that memory is not shared."""
    print(f"{'facts':>7} {'answer':>8} {'report':>8} {'PDF':>9} {'memory':>8}")
    for count in COUNTS:
        subprocess.run([sys.executable, "-m", "bench.report", str(count)], check=True)


def one(count: int) -> None:
    import resource

    from ledger.projections.explain import explainer

    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(f"sqlite:///{Path(folder) / 'ledger.db'}", create=True)
        contract = ledger.register(terms()).fact.contract
        ledger.record(contract, list(history(count - 1)))
        question = Question(as_of=AS_OF, sensitivity=count <= MOST_WEIGHED)
        started = time.perf_counter()
        answer = ledger.status(contract, question)
        answered = time.perf_counter()
        basis = ledger.load(contract, question)
        stored = b"".join(leaf + b"\n" for _, _, leaf in ledger.store.rows(contract))
        files = {"conclusions.json": json.dumps(answer, ensure_ascii=False).encode(), "events.jsonl": stored}
        made = report(Material(
            terms=ledger.terms(contract), conclusions=answer, facts=basis.facts, explain=explainer(basis),
            made_at=ledger.clock(), checkpoint=CHECKPOINT, attachments=files,
        ))  # fmt: skip
        done = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took = f"{answered - started:>6.2f} s {done - answered:>6.2f} s"
    print(f"{count:>7} {took} {len(made) / 1e6:>6.2f} MB {memory:>5.0f} MB")


if __name__ == "__main__":
    one(int(sys.argv[1])) if len(sys.argv) > 1 else main()
