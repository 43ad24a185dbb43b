"""第二条 养护费."""

from __future__ import annotations

from ledger.domain.clause import Clause

from . import rule
from .facts import CarePaid
from .state import Paid

CLAUSE = Clause("2", handles={CarePaid: rule.paid}, states=(Paid,))
