"""第十二条 争议解决: disputes, from their opening to their end."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ledger.agreements.beijing_government_cloud_2025.vocabulary import DISPUTE
from ledger.domain.admission_names import facts_are_known
from ledger.domain.fact import AB, fact
from ledger.domain.fields import IDENTIFIER, NAME, Identifier, Name, Text, list_of

Clauses: TypeAlias = Annotated[tuple[str, ...], list_of(NAME)]
FactNames: TypeAlias = Annotated[tuple[str, ...], list_of(IDENTIFIER)]


@fact("12.1", zh="发生争议", en="dispute opened", by=AB, introduces=DISPUTE, admit=facts_are_known)
class DisputeOpened:
    """A party raised a dispute over clauses and facts (Art. 12.1)."""

    dispute: Identifier
    clauses: Clauses
    facts: FactNames


@fact("12.1", zh="提起诉讼", en="lawsuit filed", by=AB, subject=DISPUTE)
class LawsuitFiled:
    """A party brought a dispute before a court (Art. 12.1)."""

    dispute: Identifier
    court: Name


@fact("12.2", zh="争议解决", en="dispute resolved", by=AB, subject=DISPUTE)
class DisputeResolved:
    """A dispute came to its end (Art. 12.2)."""

    dispute: Identifier
    outcome: Text
