"""The terms of contracts drawn from this agreement (SPEC 9.1): their keys in ``shape``, what is built in ``tables``."""

from __future__ import annotations

from typing import Any

from ledger.agreements.it_operations_maintenance.terms.advice import advise
from ledger.agreements.it_operations_maintenance.terms.check import contradictions
from ledger.agreements.it_operations_maintenance.terms.names import NAMES, STATED_IN
from ledger.agreements.it_operations_maintenance.terms.said import SAID
from ledger.agreements.it_operations_maintenance.terms.shape import KEYS
from ledger.agreements.it_operations_maintenance.terms.tables import (
    AllowedTime,
    Assessment,
    Bond,
    Cap,
    CoefficientRow,
    CreditBand,
    Delay,
    LowScores,
    OperationsTerms,
    Price,
    PricePart,
    Priority,
    ServedSystem,
    Service,
    ServicePeriod,
    Shortfall,
    Stage,
    TerminationRights,
    WithinDays,
)
from ledger.domain.template import TermsOf
from ledger.domain.terms import shared
from ledger.messages import declare

declare(SAID)


def build(values: dict[str, Any]) -> OperationsTerms:
    """The terms, from values that were read and do not contradict each other."""
    price, assessment = values["price"], values.get("assessment")
    return OperationsTerms(
        **shared(values),
        term=ServicePeriod(**_python(values["term"])),
        stages=tuple(Stage(**row) for _, row in values.get("stages", ())),
        price=Price(**price | {"parts": tuple(PricePart(**row) for _, row in price["parts"])}),
        service=_service(values.get("service") or {}),
        assessment=Assessment(
            coefficients=tuple(CoefficientRow(**_python(row)) for _, row in assessment["coefficients"])
        ) if assessment else None,
        delay=_one(Delay, values.get("delay")),
        bond=_one(Bond, values.get("bond")),
        cap=_one(Cap, values.get("cap")),
        termination=_termination(values.get("termination")),
        handover=_one(WithinDays, values.get("handover")),
        credits=_one(WithinDays, values.get("credits")),
    )  # fmt: skip


def _python(values: dict[str, Any]) -> dict[str, Any]:
    """``from`` is a word of the language."""
    return {"from_" if key == "from" else key: value for key, value in values.items()}


def _one(of: Any, values: dict[str, Any] | None) -> Any:
    """A table that is left out, or empty, is none."""
    return of(**values) if values else None


def _service(values: dict[str, Any]) -> Service:
    lists = {
        "systems": tuple(ServedSystem(**row) for _, row in values.get("systems", ())),
        "availability": tuple(CreditBand(**row) for _, row in values.get("availability", ())),
        "priorities": tuple(
            Priority(
                priority=row["priority"], respond=AllowedTime(**row["respond"]), resolve=AllowedTime(**row["resolve"])
            )
            for _, row in values.get("priorities", ())
        ),
    }  # fmt: skip
    return Service(**values | lists)


def _termination(values: dict[str, Any] | None) -> TerminationRights | None:
    if not values:
        return None
    tables = {
        "availability": _one(Shortfall, values.get("availability")),
        "scores": _one(LowScores, values.get("scores")),
    }
    return TerminationRights(**values | tables)


TERMS = TermsOf(KEYS, build, contradictions, STATED_IN, NAMES, advise)
