"""Facts of any contract's disputes, from their opening to their end."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from ledger.domain.fact import AB, DONE, fact, kind
from ledger.domain.fields import IDENTIFIER, NAME, Identifier, Name, Text, YesNo, list_of
from ledger.domain.rulings import RULING

DISPUTE = kind("dispute", "争议", "dispute", "D-1")
Clauses: TypeAlias = Annotated[tuple[str, ...], list_of(NAME)]
FactNames: TypeAlias = Annotated[tuple[str, ...], list_of(IDENTIFIER)]


@fact(
    zh="发生争议", en="dispute opened", actors=AB, introduces=DISPUTE,
    saying=DONE,
    meaning="一方就若干条款和事实提出争议。",
    labels={"clauses": ("条款", "clauses"), "facts": ("事实", "facts")},
    example={"clauses": ["10.2"], "facts": ["#2"]},
)  # fmt: skip
class DisputeOpened:
    """A party raised a dispute over clauses and facts."""

    dispute: Identifier
    clauses: Clauses
    facts: FactNames


@fact(
    zh="提起诉讼", en="lawsuit filed", actors=AB, subject=DISPUTE,
    saying=DONE,
    meaning="一方就争议向法院起诉。",
    labels={"court": ("法院", "court")},
    example={"court": "北京市东城区人民法院"},
)  # fmt: skip
class LawsuitFiled:
    """A party brought a dispute before a court."""

    dispute: Identifier
    court: Name


@fact(
    zh="争议解决", en="dispute resolved", actors=AB, subject=DISPUTE,
    meaning="争议终结。",
    labels={"outcome": ("结果", "outcome")},
    example={"outcome": "调解"},
)  # fmt: skip
class DisputeResolved:
    """A dispute came to its end."""

    dispute: Identifier
    outcome: Text


Rulings: TypeAlias = Annotated[tuple[Any, ...], list_of(RULING, least=1, unique=False)]


@fact(
    zh="生效裁判", en="judgment entered", actors=AB, subject=DISPUTE,
    meaning="法院就争议作出裁判；是否已生效由 final 写明，各项裁判逐项列出。",
    labels={
        "court": ("法院", "court"), "reference": ("案号", "case number"), "final": ("已生效", "final"),
        "rulings": ("裁判事项", "rulings"),
    },
    example={
        "court": "北京市东城区人民法院", "reference": "（2026）京0101民初1号", "final": True,
        "rulings": [{"debtor": "party_a", "amount": "30000.00", "due_on": "2026-09-15"}],
    },
)  # fmt: skip
class JudgmentEntered:
    """A court decided a dispute: each of ``rulings`` is one record; ``final`` once it is beyond appeal."""

    dispute: Identifier
    court: Name
    reference: Name
    final: YesNo
    rulings: Rulings
