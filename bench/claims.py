"""What claims cost (SPEC 2.4): a status of which the views differ, and a fact recorded beside them.

Ratios to the same contract without claims, in the same run and by processor time. Wanted: a status with claims at most
3.5 times one without, since three views are swept instead of one; a fact recorded at no more than it costs without.
Nothing is asserted: read the table. ``python -m bench.claims [FACTS]``; 10,000 if left out.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench.ledger import AS_OF, Envelope, fact, history, terms
from ledger.service import Ledger, Question

CLAIMS = 20
ROUNDS = 7
RECORDED = 50  # in a round


def claims(facts: list[Envelope]) -> Iterator[Envelope]:
    """Party B assesses incidents that the supervisor reported: without an acknowledgement that is a claim."""
    incidents = [one["data"]["incident"] for one in facts if one["type"] == "IncidentReported"]
    every = max(1, len(incidents) // CLAIMS)
    for incident in incidents[: every * CLAIMS : every]:
        yield fact("IncidentAssessed", AS_OF.isoformat(), "party_b", incident=incident, duration_minutes=1)


def filled(folder: Path, count: int, *, claimed: bool) -> tuple[str, str]:
    """A store with one contract of ``count`` facts, the last of them claims or not."""
    url = f"sqlite:///{folder / f'claimed-{claimed}.db'}"
    ledger = Ledger(url, create=True)
    contract = ledger.register(terms()).fact.contract
    facts = list(history(count - 1 - CLAIMS))
    more = list(claims(facts)) if claimed else [work() for _ in range(CLAIMS)]
    for start in range(0, len(facts), 1_000):
        ledger.record(contract, facts[start : start + 1_000])
    ledger.record(contract, more)
    found = ledger.status(contract, Question(as_of=AS_OF))
    assert len(found["claims"]) == (CLAIMS if claimed else 0), found["claims"]
    ledger.store.close()
    return url, contract


def work() -> Envelope:
    return fact("ServicePerformed", AS_OF.isoformat(), "party_b", service="vcpu", units=1)


def cold(url: str, contract: str) -> float:
    """Seconds for a status from nothing kept."""
    ledger = Ledger(url)
    taken = used(lambda: ledger.status(contract, Question(as_of=AS_OF)))
    ledger.store.close()
    return taken


def recorded(url: str, contract: str) -> float:
    """Seconds for a fact, one durable commit each, on a stream that is known."""
    ledger = Ledger(url)
    ledger.record(contract, [work()])
    taken = used(lambda: [ledger.record(contract, [work()]) for _ in range(RECORDED)])
    ledger.store.close()
    return taken / RECORDED


def used(do: Callable[[], object]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        with_claims, without = (filled(Path(name), count, claimed=claimed) for claimed in (True, False))
        told("cold status", cold, with_claims, without, 1e3, "ms", "(wanted ≤ 3.5)")
        told("record one fact", recorded, with_claims, without, 1e6, "µs", "(wanted ≤ 1.2)")


def told(
    what: str, measure: Callable[[str, str], float], with_claims: tuple[str, str], without: tuple[str, str],
    scale: float, unit: str, wanted: str,
) -> None:  # fmt: skip
    """Both in turns, so that a busy machine slows both alike."""
    pairs = [(measure(*with_claims), measure(*without)) for _ in range(ROUNDS)]
    ours, plain = (median(one) * scale for one in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    seconds = f"with {CLAIMS} claims {ours:8.1f} {unit}   without {plain:8.1f} {unit}"
    print(f"{what:16} {seconds}   ratio {ratio:4.2f}   {wanted}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
