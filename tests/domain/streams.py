"""A contract's stream for tests of admission: registered, and told one fact after another."""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any

import pytest

from ledger import messages
from ledger.domain.admission import AdmissionState, Admitted, Repeat, admit
from ledger.domain.errors import Refusal
from ledger.domain.fact_data import parse_data
from ledger.domain.moments import parse_on
from ledger.domain.terms import document_json
from tests.domain.terms_documents import THIS

CONTRACT = "CU12-1101-2025-018605"
NOW = parse_on("2026-11-22T14:00:00+08:00").at
BOTH = ["party_a", "party_b"]


class Stream:
    """What is known of the contract; ``tell`` admits a fact and takes it in."""

    def __init__(self, terms: dict[str, Any] = THIS, items: Collection[str] = ()) -> None:
        on = parse_on("2025-11-19")
        registered = parse_data("ContractRegistered", {"terms": document_json(terms)})
        first = Admitted(
            "ContractRegistered", "2025-11-19", on.day, on.at, "party_a", "terms", registered, (), "party_a"
        )
        self.known = AdmissionState(CONTRACT, [first])
        self.items = items
        self.asked = 0

    def known_items(self) -> Collection[str]:
        self.asked += 1
        return self.items

    def decide(self, envelope: Any) -> Admitted | Repeat:
        before = copy.copy(envelope)
        decided = admit(envelope, self.known, now=NOW, known_items=self.known_items)
        assert envelope == before
        return decided

    def tell(self, type_: str, by: str, on: str = "2026-03-01", ref: str | None = None, **data: Any) -> int:
        """The seq of the fact, which is new."""
        admitted = self.decide(envelope(type_, by, on, ref, **data))
        assert isinstance(admitted, Admitted)
        return self.known.add(admitted)

    def refuse(self, code: str, field: str, type_: str, by: str, on: str = "2026-03-01", ref: str | None = None,
               **data: Any) -> Refusal:
        """The fact is refused with ``code`` for ``field``, and nothing is taken in."""
        version = self.known.version
        refused = self.refuse_envelope(code, field, envelope(type_, by, on, ref, **data))
        assert self.known.version == version
        return refused

    def refuse_envelope(self, code: str, field: str | None, sent: Any) -> Refusal:
        with pytest.raises(Refusal) as caught:
            self.decide(sent)
        assert (caught.value.code, caught.value.field) == (code, field)
        for lang in ("zh", "en"):
            assert messages.refusal(caught.value, lang).isprintable() or caught.value.faults
        return caught.value


def envelope(type_: str, by: str, on: str = "2026-03-01", ref: str | None = None, **data: Any) -> dict[str, Any]:
    """As a client sends it; ``on_`` is the ``on`` of the data, as a correction has it."""
    data = {key.removesuffix("_"): value for key, value in data.items()}
    return {"type": type_, "on": on, "by": by, "data": data} | ({"ref": ref} if ref else {})


def invoice(number: str = "INV-1", amount: str = "1843129.06") -> dict[str, Any]:
    return {"invoice": number, "instalment": 1, "amount": amount, "tax_rate": "0.06"}
