"""The open questions of the text: thirty passages two careful people may read differently (SPEC 4.7).

The first option of each is the default. A contract's terms may settle another, the parties may agree
one from a day on (``ReadingAgreed``), and any question may be asked under another. The contract's words stand
in the arguments between Chinese quotation marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ledger.agreements.beijing_government_cloud_2025.readings.annex_1 import ANNEX_1
from ledger.agreements.beijing_government_cloud_2025.readings.annexes_2_3 import ANNEXES_2_3
from ledger.agreements.beijing_government_cloud_2025.readings.article_10 import ARTICLE_10
from ledger.agreements.beijing_government_cloud_2025.readings.term_and_payment import TERM_AND_PAYMENT
from ledger.domain.machine import Machine
from ledger.domain.words import Reading

SIX_NINES = Decimal("99.9999")

READINGS: Mapping[str, Reading] = {**ANNEX_1, **ARTICLE_10, **TERM_AND_PAYMENT, **ANNEXES_2_3}
"""In the order of the table of SPEC 4.7, which is that of answers."""


def reliability_floor(m: Machine, day: date, written: Decimal, told: Decimal) -> Decimal:
    """The floor in percent that a data reliability ``told`` is held against on a day.

    As written, or six nines everywhere (``data-reliability-floor``), which is asked only where it matters to what is
    told.
    """
    matters = (told < written) != (told < SIX_NINES)
    readings = m.agreement.on(day).readings if matters else m.agreement.quietly(day)
    return SIX_NINES if readings["data-reliability-floor"] == "six-nines" else written
