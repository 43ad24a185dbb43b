"""绿植养护协议: the agreement, its clauses in the order in which they take a fact."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ledger.agreements.words import read_words
from ledger.domain.template import Template
from ledger.explanation.sections import ANOMALIES, CLAIMS, CONTESTED, OBLIGATIONS, POSITIONS, limitation_with
from ledger.messages import declare

from . import SLUG, article_1_care, article_2_fees, article_3_losses
from .article_2_fees.answer import FEES
from .readings import READINGS
from .said import SAID
from .terms import TERMS

declare(SAID)
AGREEMENT = Template(
    SLUG,
    __package__,
    zh="绿植养护协议（示例）",
    en="Plant care agreement (an example)",
    terms=TERMS,
    readings=READINGS,
    words=partial(read_words, Path(__file__).parent),
    words_of="PLANTS-1",
    clauses=(article_1_care.CLAUSE, article_2_fees.CLAUSE, article_3_losses.CLAUSE),
    sections=(FEES, OBLIGATIONS, ANOMALIES, CONTESTED, CLAIMS, POSITIONS, limitation_with()),
    foremost="fees.outstanding",
    general={"obligations": ("1",), "contested": ("3",), "readings": ("3",)},
)
