"""绿植养护协议: the agreement, its clauses in the order in which they take a fact."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ledger.agreements.words import read_words
from ledger.domain.template import Template
from ledger.explanation.sections import ANOMALIES, CLAIMS, CONTESTED, OBLIGATIONS, POSITIONS, limitation_with
from ledger.messages import declare

from . import SLUG
from .article_1_care import clause as article_1
from .article_2_fees import clause as article_2
from .article_2_fees.answer import FEES
from .article_3_losses import clause as article_3
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
    clauses=(article_1.CLAUSE, article_2.CLAUSE, article_3.CLAUSE),
    sections=(FEES, OBLIGATIONS, ANOMALIES, CONTESTED, CLAIMS, POSITIONS, limitation_with()),
    foremost="fees.outstanding",
    general={"obligations": ("1",), "contested": ("3",), "readings": ("3",)},
)
