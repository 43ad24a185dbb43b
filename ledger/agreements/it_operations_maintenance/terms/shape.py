"""Which keys the terms have beyond those of every contract, and of what kind (SPEC 9.1): the one table of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.domain.terms_values import (
    BOOLEAN,
    DAY,
    SLUG,
    TEXT,
    Rows,
    Shape,
    Table,
    Value,
    choice,
    choices,
    decimal,
    integer,
    money,
)

CONDITIONS: Final = ("bond-paid", "no-major-incident")
"""What a part of the price may wait for (2.2)."""
TRIGGERS: Final = ("signing", "acceptance", "service-year", "invoice")
"""After what a part of the price is paid (2.1)."""
PRIORITIES: Final = ("P1", "P2", "P3", "P4")
MAJOR: Final = "P1"
"""The priority of a major incident (3.2)."""

_NUMBER: Final = integer(1, 1_000_000)
_DAYS: Final = integer(1, 1000)
_SHARE: Final = decimal("0", "1", above=True, sort="share")
_PERCENT: Final = decimal("0", "100", sort="percent")
_SCORE: Final = decimal("0", "100")
_TIME: Final = Table({
    "within_minutes": Value(integer(1, 10_000_000)), "amount": Value(money()), "per": Value(choice("breach", "hour")),
})  # fmt: skip
_PART: Final = Table({
    "number": Value(_NUMBER),
    "share": Value(_SHARE, optional=True),
    "amount": Value(money(), optional=True),
    "after": Value(choice(*TRIGGERS)),
    "stage": Value(SLUG, optional=True),
    "year": Value(integer(1, 100), optional=True),
    "assessed": Value(BOOLEAN, optional=True),
    "days": Value(_DAYS, optional=True),
    "working_days": Value(_DAYS, optional=True),
    "months": Value(integer(1, 600), optional=True),
    "requires": Value(choices(*CONDITIONS), optional=True),
})  # fmt: skip
_SERVICE: Final = Table({
    "maintenance_notice_hours": Value(integer(0, 8760), optional=True),
    "systems": Rows(
        Table({"system": Value(SLUG), "name": Value(TEXT), "monthly_fee": Value(money())}), "system", optional=True
    ),
    "availability": Rows(
        Table({
            "row": Value(_NUMBER), "below": Value(decimal("0", "100", above=True, sort="percent")),
            "credit": Value(decimal("0", "10", above=True, sort="share")),
        }),
        "row", optional=True,
    ),
    "priorities": Rows(
        Table({"priority": Value(choice(*PRIORITIES)), "respond": _TIME, "resolve": _TIME}), "priority", optional=True
    ),
}, optional=True)  # fmt: skip
_TERMINATION: Final = Table({
    "notice_days": Value(integer(0, 365)),
    "availability": Table({
        "below": Value(_PERCENT), "months": Value(integer(1, 600)), "within_months": Value(integer(1, 600)),
    }, optional=True),
    "scores": Table({"below": Value(_SCORE), "count": Value(_NUMBER)}, optional=True),
    "cap_reached": Value(BOOLEAN, optional=True),
    "payment_late_days": Value(integer(1, 3650), optional=True),
}, optional=True)  # fmt: skip

KEYS: Final[Mapping[str, Shape]] = {
    "term": Table({
        "from": Value(DAY, optional=True), "to": Value(DAY, optional=True),
        "months": Value(integer(1, 600), optional=True), "accepted": Value(SLUG, optional=True),
    }),
    "stages": Rows(
        Table({"stage": Value(SLUG), "name": Value(TEXT), "by": Value(DAY, optional=True)}), "stage", optional=True
    ),
    "price": Table({
        "total": Value(money()), "currency": Value(choice("CNY")),
        "tax_rate": Value(decimal("0", "1", below=True, sort="share"), optional=True),
        "parts": Rows(_PART, "number"),
    }),
    "service": _SERVICE,
    "assessment": Table({
        "coefficients": Rows(
            Table({"row": Value(_NUMBER), "from": Value(_SCORE), "coefficient": Value(decimal("0", "1"))}), "row"
        ),
    }, optional=True),
    "delay": Table({"rate_per_day": Value(_SHARE), "cap": Value(_SHARE)}, optional=True),
    "bond": Table({
        "amount": Value(money()), "pay_within_days": Value(_DAYS), "return_within_days": Value(_DAYS),
    }, optional=True),
    "cap": Table({"share": Value(_SHARE)}, optional=True),
    "termination": _TERMINATION,
    "handover": Table({"within_days": Value(_DAYS)}, optional=True),
    "credits": Table({"within_days": Value(_DAYS)}, optional=True),
}  # fmt: skip
"""The tables of the document; ``[contract]``, ``[parties]`` and ``[readings]`` every agreement has."""
