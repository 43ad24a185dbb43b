"""What a package would hold and say, before anything is recorded: its list of evidence, and its report as a draft.

Nothing is recorded here and nothing exported. The draft says that it is one; it has no files attached.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ledger.bilingual import Text
from ledger.domain.declare import dataclass
from ledger.evidence import inventory
from ledger.evidence.catalogue import rows_of
from ledger.evidence.export import Chosen, Exporting, Preview, Wanted, choose, previewed, values_opened
from ledger.evidence.package import LoggedFact
from ledger.evidence.progress import Progress, unheard
from ledger.evidence.report import Material, report


@dataclass(frozen=True, slots=True)
class Catalogued:
    """What an export would choose, and the rows of its 证据目录: name, source, what it proves, pages, copies."""

    preview: Preview
    rows: list[list[Text]]


def catalogued(ledger: Exporting, wanted: Wanted) -> Catalogued:
    """Raises what :func:`ledger.evidence.export.choose` raises."""
    facts, answered = ledger.whole(), ledger.answer(unheard)
    with TemporaryDirectory(prefix="lvyue-") as folder:
        chosen = choose(ledger, facts, answered, wanted, Path(folder), Progress())
        items = inventory.items(
            answered.terms["contract"], _bodies(ledger, chosen), chosen.sources, chosen.absent, values_opened(chosen)
        )
    listed = [one for one in items if str(one["fact"]).startswith(f"{chosen.contract}#")]
    return Catalogued(previewed(chosen, facts), list(rows_of(listed, b"")))


def report_draft(ledger: Exporting, wanted: Wanted, at: int) -> bytes:
    """The report as PDF, marked as a draft made at ``at`` (µs), of what is known now."""
    facts, answered = ledger.whole(), ledger.answer(unheard)
    with TemporaryDirectory(prefix="lvyue-") as folder:
        chosen = choose(ledger, facts, answered, wanted, Path(folder), Progress())
    shown = {fact.seq for fact in facts} if chosen.shown is None else chosen.shown
    head = ledger.log.last() or ledger.checkpoint()
    return report(Material(
        terms=answered.terms, conclusions=answered.conclusions, facts=answered.facts, explain=answered.explain,
        made_at=at, checkpoint=str(head.note), withheld=frozenset(fact.seq for fact in facts if fact.seq not in shown),
        as_seen_by=answered.question.get("as_seen_by"), disclosed=values_opened(chosen), edition=wanted.edition,
        at_issue=chosen.at_issue, draft=True,
    ))  # fmt: skip


def _bodies(ledger: Exporting, chosen: Chosen) -> list[tuple[LoggedFact, inventory.Leaf]]:
    """The facts a package would show, with what is stored of each."""
    return [
        (LoggedFact(position - 1, chosen.contract, seq, leaf, ()), inventory.leaf_of(leaf))
        for position, seq, leaf in ledger.streams.rows(chosen.contract)
        if chosen.shown is None or seq in chosen.shown
    ]
