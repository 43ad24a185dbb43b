"""What an export of evidence asks of a ledger; the package itself is made in :mod:`ledger.evidence`."""

from __future__ import annotations

from functools import cache

from ledger.domain.declare import replace
from ledger.domain.fact import Fact
from ledger.domain.moments import beijing_day
from ledger.evidence.export import Conclusions, Exporting
from ledger.evidence.progress import Counted
from ledger.loading import TODAY, Question
from ledger.log.storage import SignedHead
from ledger.projections.explain import explainer
from ledger.service import Ledger

MOST_WEIGHED = 2_000  # facts: of a longer contract a report tries no other readings, which takes minutes, unless asked


def exporting(
    ledger: Ledger, contract: str, question: Question = TODAY, *, by: str = "party_a", recorded_by: str = "local",
    weighed: bool = False,
) -> Exporting:  # fmt: skip
    """A contract to be exported as a question answers it, by which role and principal.

    ``weighed`` is for a report, which states what other readings would change. Refusal as for
    :meth:`ledger.loading.Loader.load`, where there is no such contract.
    """
    ledger.load(contract, question)

    def answer(counted: Counted) -> Conclusions:
        basis = ledger.load(contract, question)
        sensitivity = question.sensitivity or (weighed and len(basis.facts) <= MOST_WEIGHED)
        fixed = replace(question, as_of=basis.as_of, known_at=basis.known_at, sensitivity=sensitivity)
        said = {"as_seen_by": fixed.as_seen_by, "readings": dict(fixed.readings), "sensitivity": sensitivity}
        told = cache(lambda: explainer(basis))  # a sweep of its own, and not always asked for
        answer = ledger.status(contract, fixed, progress=lambda percent: counted(percent, 100))
        return Conclusions(said, answer, ledger.terms(contract), basis.facts, lambda path: told()(path))

    def record(scope: str, count: int) -> Fact:
        on, data = beijing_day(ledger.clock()).isoformat(), {"scope": scope, "facts": count}
        given = {"type": "EvidenceExported", "on": on, "by": by, "data": data}
        return ledger.record(contract, [given], recorded_by=recorded_by, expected_version=count)[0].fact

    def checkpoint() -> SignedHead:
        head = ledger.checkpoint()
        assert head is not None  # the export itself is in the log
        return head

    custody = ledger.custody
    return Exporting(
        ledger.store, custody.log, ledger.store.dialect, lambda: ledger.facts(contract), answer, record, checkpoint,
        custody.documents.read, lambda commitment: custody.vault().disclosure(commitment),
    )  # fmt: skip
