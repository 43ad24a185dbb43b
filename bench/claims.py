"""The cost of claims (SPEC 2.4): for a status where the parties' views differ, and for recording a further fact.

Ratios to the same contract without claims, in the same run and in processor time. Wanted: a status with claims at most
3.5 times one without, as three views are swept instead of one; recording a fact at most as much as without.
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
RECORDED = 50  # facts recorded in a round


def claims(facts: list[Envelope]) -> Iterator[Envelope]:
    """Assessments by party B of incidents the supervisor reported: claims, as they are not acknowledged."""
    incidents = [one["data"]["incident"] for one in facts if one["type"] == "IncidentReported"]
    every = max(1, len(incidents) // CLAIMS)
    for incident in incidents[: every * CLAIMS : every]:
        yield fact("IncidentAssessed", AS_OF.isoformat(), "party_b", incident=incident, duration_minutes=1)


def filled(folder: Path, count: int, *, claimed: bool) -> tuple[str, str]:
    """A store, one contract of ``count`` facts, the last of them claims if ``claimed``: its URL and the contract."""
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
    """Seconds for a status with empty caches."""
    ledger = Ledger(url)
    taken = used(lambda: ledger.status(contract, Question(as_of=AS_OF)))
    ledger.store.close()
    return taken


def recorded(url: str, contract: str) -> float:
    """Seconds per fact, one durable commit each, on a stream already in memory."""
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
    """Measure both in turn, so that a busy machine slows both alike, and print the ratio."""
    pairs = [(measure(*with_claims), measure(*without)) for _ in range(ROUNDS)]
    ours, plain = (median(one) * scale for one in zip(*pairs, strict=True))
    ratio = median(one / other for one, other in pairs)
    seconds = f"with {CLAIMS} claims {ours:8.1f} {unit}   without {plain:8.1f} {unit}"
    print(f"{what:16} {seconds}   ratio {ratio:4.2f}   {wanted}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
