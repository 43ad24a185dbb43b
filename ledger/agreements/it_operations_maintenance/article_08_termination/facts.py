"""第八条 解除: notice of termination."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ledger.domain.fact import AB, Saying, fact
from ledger.domain.fields import list_of
from ledger.domain.values import choice

GroundClauses: TypeAlias = Annotated[tuple[str, ...], list_of(choice("条款", "clauses", {
    number: (f"第 {number} 款", f"clause {number}") for number in ("8.1", "8.2", "8.3", "8.4")
}, name="TerminationClause"), least=1)]


@fact(
    "8.5", zh="解除通知", en="termination noticed", actors=AB, served=True,
    saying=Saying(done=True, relied_on=True, ends=True),
    meaning="一方书面通知解除合同，可写明依据哪几款。",
    example={"clauses": ["8.1"]},
)  # fmt: skip
class TerminationNoticed:
    """A party gave notice of termination; ``clauses`` says under which (Art. 8.1 to 8.5)."""

    clauses: GroundClauses | None = None
