"""Facts about the ledger itself, in the stream `log`: its signing key replaced, personal values destroyed."""

from __future__ import annotations

from ledger.domain.declare import record


@record
class LogKeyRotated:
    """The log's key named its successor (Art. 12.1: what is proof has to be signed by a known key; SPEC 7).

    ``statement`` is a note signed by the key before: the log's name and `key`, then the new key.
    """

    statement: str


@record
class PersonalDataErased:
    """The key to a subject's personal values was destroyed (Art. 7.2: confidentiality; SPEC 7).

    ``erased`` values were kept under it; the facts keep their commitments, which nobody can open any more.
    """

    subject: str
    reason: str
    erased: int
