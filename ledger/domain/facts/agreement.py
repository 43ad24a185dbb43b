"""Facts of every contract: its registration, what the parties changed of it, how they agreed to read it."""

from __future__ import annotations

from ledger.domain.fact import AB, fact
from ledger.domain.fields import BothParties, Identifier, JsonObject, Text


@fact("14.4", zh="合同登记", en="contract registered", by=AB)
class ContractRegistered:
    """The contract's terms, body and annexes as one document, entered the ledger (Art. 14.4)."""

    terms: JsonObject


@fact("14.2", zh="合同变更", en="amendment agreed", by=AB, first=True)
class AmendmentAgreed:
    """Both parties confirmed in writing a change of terms (Art. 14.2); ``changes`` by dotted key."""

    changes: JsonObject
    confirmed_by: BothParties
    summary: Text


@fact("14.2", zh="约定条款解读", en="reading agreed", by=AB, first=True)
class ReadingAgreed:
    """Both parties confirmed how an unclear passage is to be read (Art. 14.2)."""

    reading: Identifier
    option: Identifier
    confirmed_by: BothParties
