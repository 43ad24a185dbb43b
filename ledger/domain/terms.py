"""The parameters of a contract: what differs from one agreement to the next (SPEC 2.3).

A document is what a TOML file or the registration's JSON holds. :func:`parse_terms` checks it whole and
returns :class:`Terms`; :func:`amend` makes the document an agreed amendment leaves; :func:`document_json`
is the document as it is recorded. This module is the door; the tables are in ``terms_tables``, the keys in
``terms_shape``, the kinds of values in ``terms_values``, the contradictions in ``terms_check``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.domain.errors import Refusal
from ledger.domain.template import TEMPLATES
from ledger.domain.terms_amendment import amend, document_json
from ledger.domain.terms_check import contradictions
from ledger.domain.terms_shape import REQUIREMENTS, RULE_KEYS, SHAPE
from ledger.domain.terms_tables import (
    Contract,
    Damages,
    DamagesRow,
    DataLoss,
    DataLossGradeA,
    DataLossGradeB,
    Grades,
    Instalment,
    Intrusion,
    IntrusionGradeA,
    Order,
    OrderLine,
    Outage,
    OutageGrade,
    Party,
    Payment,
    Periods,
    Quality,
    Tampering,
    Term,
    Termination,
    Terms,
)
from ledger.domain.terms_values import Row, read, shown

__all__ = [
    "REQUIREMENTS", "RULE_KEYS", "Contract", "Damages", "DamagesRow", "DataLoss", "DataLossGradeA",
    "DataLossGradeB", "Grades", "Instalment", "Intrusion", "IntrusionGradeA", "Order", "OrderLine", "Outage",
    "OutageGrade", "Party", "Payment", "Periods", "Quality", "Tampering", "Term", "Termination", "Terms",
    "amend", "document_json", "parse_terms",
]  # fmt: skip


def parse_terms(document: Mapping[str, object]) -> Terms:
    """The terms a document states; dates may be TOML dates or JSON text.

    Raises Refusal ``TERMS_INVALID`` whose ``faults`` name every unknown or missing key, wrong type, value out
    of range, duplicate and contradiction at once, each with its path as ``field``.
    """
    faults = _of_no_template(document)
    if faults:
        raise Refusal("TERMS_INVALID", faults=faults, count=len(faults))
    values = read(SHAPE, document, "", faults)
    if isinstance(values, dict):
        faulty = frozenset(fault.field for fault in faults if fault.field is not None)
        faults.extend(contradictions(values, faulty))
    if faults:
        raise Refusal("TERMS_INVALID", faults=faults, count=len(faults))
    return _terms(values)


def _of_no_template(document: Mapping[str, object]) -> list[Refusal]:
    """The fault of a document whose template nobody declared."""
    contract = document.get("contract") if isinstance(document, Mapping) else None
    slug = contract.get("template") if isinstance(contract, Mapping) else None
    if not isinstance(slug, str) or slug in TEMPLATES:
        return []
    return [Refusal("TEMPLATE_UNKNOWN", "contract.template", template=shown(slug), known=", ".join(sorted(TEMPLATES)))]


def _terms(values: dict[str, Any]) -> Terms:
    payment = values["payment"]
    instalments = tuple(Instalment(**row) for _, row in payment["instalments"])
    return Terms(
        contract=Contract(**values["contract"]),
        parties={role: Party(**party) for role, party in values["parties"].items()},
        payment=Payment(**payment | {"instalments": instalments}),
        term=Term(**values["term"]),
        periods=Periods(**values["periods"]),
        quality=Quality(**values["quality"]),
        termination=Termination(**values["termination"]),
        grades=_grades(values.get("grades", {})),
        readings=values.get("readings", {}),
        damages=Damages(**{annex: _damages_rows(rows) for annex, rows in values.get("damages", {}).items()}),
        order=Order(lines=tuple(OrderLine(**line) for _, line in values.get("order", {}).get("lines", ()))),
    )


def _damages_rows(rows: list[Row]) -> tuple[DamagesRow, ...]:
    return tuple(DamagesRow(**row) for _, row in rows)


def _grades(values: dict[str, Any]) -> Grades:
    outage, tampering = values.get("outage"), values.get("tampering")
    data_loss, intrusion = values.get("data_loss"), values.get("intrusion")
    return Grades(
        outage=outage
        and Outage(minutes=outage["minutes"], a=OutageGrade(**outage["A"]), b=OutageGrade(**outage["B"])),
        tampering=tampering and Tampering(**tampering),
        data_loss=data_loss
        and DataLoss(
            months_over=data_loss["months_over"],
            a=DataLossGradeA(**data_loss["A"]),
            b=DataLossGradeB(**data_loss["B"]),
        ),
        intrusion=intrusion and Intrusion(hours=intrusion["hours"], a=IntrusionGradeA(**intrusion["A"])),
    )
