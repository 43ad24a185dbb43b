"""Which keys the terms have beyond those of every contract, and of what kind (SPEC 2.3): the one table of them.

Reading, amending and the messages all follow :data:`KEYS`; a key that is not here does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ledger.domain.terms_values import (
    DAY,
    SLUG,
    TEXT,
    Reader,
    Rows,
    Shape,
    Table,
    Unreadable,
    Value,
    choice,
    decimal,
    integer,
    money,
    several,
    slug,
)
from ledger.domain.values import quoted

REQUIREMENTS: Final = ("deployment", "stage-review")
"""What an instalment may require to have passed before its invoice conforms (Art. 9.1), beside named acceptances."""
STARTS: Final = ("lease", "billing")
"""What a term of months begins with (Art. 13.1): 起租 or 开通计费."""
_ACCEPTANCE: Final = "(?:[a-z0-9]+-)*acceptance"

_FLOORS: Final = frozenset({"availability", "data_reliability"})
_BAND: Final = frozenset({"over", "under", "from", "to"})
RULE_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "availability": _FLOORS,
    "mutual-backup": frozenset(),
    "tampering": frozenset(),
    "data-loss": frozenset(),
    "intrusion": frozenset(),
    "unheeded-notice": frozenset(),
    "response": _BAND,
    "recovery": _BAND,
    "on-site-absence": _BAND,
    "repeated-complaints": _FLOORS | {"count"},
    "failed-assessments": frozenset({"count"}),
    "late-scale-out": frozenset(),
    "outage": frozenset({"minutes"}),
    "repeated-outages": frozenset({"count", "minutes"}),
}
"""The rules of annexes 2 and 3, each with exactly the parameters a row of it states.

Of a band one lower end (``over`` or ``from``) and at most one upper end (``under`` or ``to``).
"""
GENERAL_RULES: Final = frozenset(
    {"repeated-complaints", "failed-assessments", "late-scale-out", "outage", "repeated-outages"}
)
"""The rules only annex 3 (``damages.general``) knows; the others may stand in both."""

_COUNT: Final = integer(1, 1_000_000)
_MINUTES: Final = integer(1, 10_000_000)
_DAYS: Final = integer(1, 3650)
_WORKING_DAYS: Final = integer(1, 1000)
_MONTHS: Final = integer(1, 600)
_LEVEL: Final = integer(1, 5)
_PERCENT: Final = decimal("0", "100", sort="percent")
_SHARE: Final = decimal("0", "1", below=True, sort="share")


def _requirement(raw: object) -> str:
    if raw in REQUIREMENTS or (re.fullmatch(_ACCEPTANCE, slug(raw)) is not None):
        return str(raw)
    known = ", ".join((*REQUIREMENTS, "acceptance", "…-acceptance"))
    raise Unreadable("TERMS_CHOICE_UNKNOWN", given=quoted(raw), known=known)


_REQUIREMENT: Final = Reader(
    _requirement,
    {"type": "string", "pattern": f"^({'|'.join((*REQUIREMENTS, _ACCEPTANCE))})$", "maxLength": 64},
    "word",
)
"""What an instalment waits for: one of the above, or an acceptance by its name (``preliminary-acceptance``)."""


def _values(**readers: Reader) -> dict[str, Shape]:
    return {key: Value(reader) for key, reader in readers.items()}


def _optional(**readers: Reader) -> dict[str, Shape]:
    return {key: Value(reader, optional=True) for key, reader in readers.items()}


_INSTALMENT: Final = Table(
    _values(number=_COUNT, amount=money()) | _optional(requires=several(_REQUIREMENT))
)
_PAYMENT: Final = Table(
    _values(total=money(), currency=choice("CNY"))
    | _optional(
        tax_rate=_SHARE, pay_within_working_days=_WORKING_DAYS, stage_review_by=DAY
    )
    | {"instalments": Rows(_INSTALMENT, "number")}
)
_PERIODS: Final = Table(
    _optional(
        trial_run_days=_DAYS,
        rework_days=_DAYS,
        return_materials_working_days=_WORKING_DAYS,
        scale_out_days=_DAYS,
        scale_out_working_days=_WORKING_DAYS,
        exit_notice_months=_MONTHS,
        termination_notice_working_days=_WORKING_DAYS,
        switchover_months=_MONTHS,
    ),
    optional=True,
)
_FLOORS_STATED: Final = _optional(availability=_PERCENT, data_reliability=_PERCENT)
_OUTAGE_GRADE: Final = Table(
    _values(
        systems_share_over=_SHARE, people_from=integer(1, 10**10), loss_from=money()
    )
)
_GRADES: Final = Table(
    {
        "outage": Table({"minutes": Value(_MINUTES), "A": _OUTAGE_GRADE, "B": _OUTAGE_GRADE}, optional=True),
        "tampering": Table(_values(minutes=_MINUTES), optional=True),
        "data_loss": Table(
            {
                "months_over": Value(decimal("0", "600")),
                "A": Table(_values(systems_over=integer(0, 1_000_000), mlps_level_from=_LEVEL)),
                "B": Table(_values(systems_from=_COUNT)),
            },
            optional=True,
        ),
        "intrusion": Table(
            {"hours": Value(integer(1, 8760)), "A": Table(_values(mlps_level_from=_LEVEL))}, optional=True
        ),
    },
    optional=True,
)
_DAMAGES_ROW: Final = Table(
    _values(
        row=_COUNT,
        rule=choice(*RULE_KEYS),
        # A share of the base: "1.00" is 100 %. Ten times the base is far beyond any table, and catches "100".
        rate=decimal("0", "10", above=True, sort="share"),
    )
    | _optional(
        availability=_PERCENT,
        data_reliability=_PERCENT,
        over=integer(0, 10_000_000),
        under=_MINUTES,
        to=_MINUTES,
        count=_COUNT,
        minutes=_MINUTES,
        **{"from": integer(0, 10_000_000)},
    )
)
_ORDER_LINE: Final = Table(
    _values(
        part=SLUG,
        service=SLUG,
        name=TEXT,
        unit_price=decimal("0", "999999999999"),
        quantity=decimal("0", "999999999999", above=True),
        periods=integer(1, 10_000),
        total=money(zero=True),
    )
)

KEYS: Final[Mapping[str, Shape]] = {
    "payment": _PAYMENT,
    "term": Table(_optional(months=_MONTHS, starts_with=choice(*STARTS), starts_on=DAY, ends_on=DAY)),
    "periods": _PERIODS,
    "quality": Table(
        _FLOORS_STATED | {"systems": Rows(Table(_values(system=SLUG) | _FLOORS_STATED), "system", optional=True)},
        optional=True,
    ),
    "termination": Table(
        _values(a_incidents=_COUNT, b_incidents=_COUNT) | _optional(b_window_months=_MONTHS), optional=True
    ),
    "grades": _GRADES,
    "damages": Table(
        {
            "material": Rows(_DAMAGES_ROW, "row", optional=True),
            "general": Rows(_DAMAGES_ROW, "row", optional=True),
        },
        optional=True,
    ),
    "order": Table({"lines": Rows(_ORDER_LINE, "service", optional=True)}, optional=True),
}
"""The tables of the document; ``[contract]``, ``[parties]`` and ``[readings]`` every agreement has."""
