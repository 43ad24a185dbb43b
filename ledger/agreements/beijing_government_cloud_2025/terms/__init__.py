"""The terms of contracts drawn from this agreement: payment, term, periods, quality, grades, damages, order (SPEC 2.3).

The tables are in ``tables``, their keys in ``shape``, what would contradict in ``check``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.terms.advice import advise
from ledger.agreements.beijing_government_cloud_2025.terms.check import contradictions
from ledger.agreements.beijing_government_cloud_2025.terms.names import NAMES
from ledger.agreements.beijing_government_cloud_2025.terms.said import SAID
from ledger.agreements.beijing_government_cloud_2025.terms.shape import KEYS
from ledger.agreements.beijing_government_cloud_2025.terms.tables import (
    CloudTerms,
    DamagesRow,
    DamagesTerms,
    DataLoss,
    DataLossGradeA,
    DataLossGradeB,
    Grades,
    Instalment,
    Intrusion,
    IntrusionGradeA,
    OrderLine,
    OrderTerms,
    Outage,
    OutageGrade,
    PaymentTerms,
    Periods,
    QualityTerms,
    SystemFloors,
    Tampering,
    Term,
    Termination,
)
from ledger.domain.template import TermsOf
from ledger.domain.terms import shared
from ledger.domain.terms_values import Row
from ledger.messages import declare

__all__ = [
    "ANNEXES", "TERMS", "CloudTerms", "DamagesRow", "Grades", "OrderLine", "OutageGrade", "QualityTerms",
    "SystemFloors", "window_months",
]  # fmt: skip

declare(SAID)

ANNEXES = {2: "material", 3: "general"}
"""The table of each annex of damages."""


def build(values: dict[str, Any]) -> CloudTerms:
    """The terms, from values that were read and do not contradict each other."""
    payment = values["payment"]
    instalments = tuple(Instalment(**row) for _, row in payment["instalments"])
    return CloudTerms(
        **shared(values),
        payment=PaymentTerms(**payment | {"instalments": instalments}),
        term=Term(**values["term"]),
        periods=Periods(**values.get("periods", {})),
        quality=_quality(values["quality"]) if values.get("quality") else None,
        termination=Termination(**values["termination"]) if values.get("termination") else None,
        grades=_grades(values.get("grades", {})),
        damages=_damages(values.get("damages", {})),
        order=OrderTerms(lines=tuple(OrderLine(**line) for _, line in values.get("order", {}).get("lines", ()))),
    )


def _quality(values: dict[str, Any]) -> QualityTerms:
    systems = tuple(SystemFloors(**row) for _, row in values.get("systems", ()))
    return QualityTerms(**values | {"systems": systems})


def _damages(annexes: dict[str, list[Row]]) -> DamagesTerms:
    tables = {
        annex: tuple(DamagesRow(**{"from_" if key == "from" else key: value for key, value in row.items()})
                     for _, row in rows)
        for annex, rows in annexes.items()
    }  # fmt: skip
    by_rule: dict[str, tuple[tuple[int, DamagesRow], ...]] = {}
    for number, annex in ANNEXES.items():
        for row in sorted(tables.get(annex, ()), key=_place):
            by_rule[row.rule] = (*by_rule.get(row.rule, ()), (number, row))
    return DamagesTerms(**tables, by_rule=by_rule)


def _place(row: DamagesRow) -> tuple[int | Decimal, bool, int]:
    """Bands in ascending order, other rows by number."""
    banded = row.over is not None or row.from_ is not None
    return (*(row.band.place() if banded else (0, False)), row.row)


def _grades(values: dict[str, Any]) -> Grades:
    """A kind whose table is left out, or empty, is never graded."""
    outage, tampering = values.get("outage"), values.get("tampering")
    loss, intrusion = values.get("data_loss"), values.get("intrusion")
    return Grades(
        outage=Outage(minutes=outage["minutes"], a=OutageGrade(**outage["A"]), b=OutageGrade(**outage["B"]))
        if outage else None,
        tampering=Tampering(**tampering) if tampering else None,
        data_loss=DataLoss(
            months_over=loss["months_over"], a=DataLossGradeA(**loss["A"]), b=DataLossGradeB(**loss["B"])
        ) if loss else None,
        intrusion=Intrusion(hours=intrusion["hours"], a=IntrusionGradeA(**intrusion["A"])) if intrusion else None,
    )  # fmt: skip


STATED_IN: dict[str, tuple[str, ...]] = {
    "6.2": ("periods.trial_run_days",),
    "6.3": ("quality",),
    "6.6": ("periods.rework_days",),
    "7.2": ("periods.return_materials_working_days",),
    "9.1": ("payment.instalments", "payment.pay_within_working_days", "payment.stage_review_by"),
    "9.2": ("payment.total", "payment.currency", "payment.tax_rate"),
    "10.1": ("termination.a_incidents",),
    "10.2": ("termination.b_incidents", "termination.b_window_months"),
    "11.1": ("periods.exit_notice_months",),
    "11.2": ("periods.switchover_months",),
    "13.1": ("term.months", "term.starts_with", "term.starts_on", "term.ends_on"),
    "13.2": ("periods.termination_notice_working_days",),
    **{f"annex 1 {kind} {grade}": (f"grades.{kind}",) for kind in Grades.__slots__ for grade in "AB"},  # type: ignore[attr-defined]
    "annex 2": ("damages.material",),
    "annex 3": ("damages.general",),
    **{f"annex {annex} row {row}": (f"damages.{ANNEXES[annex]}.{row}",)
       for annex, last in ((2, 12), (3, 13)) for row in range(1, last + 1)},
    "annex 3 row 4": ("damages.general.4", "periods.scale_out_days", "periods.scale_out_working_days"),
    "annex 4": ("order",),
}  # fmt: skip
"""Which clauses' words state what stands at which dotted paths of the terms."""
TERMS = TermsOf(KEYS, build, contradictions, STATED_IN, NAMES, advise)



def window_months(terms: CloudTerms) -> int:
    """Within how many months grade B incidents count together (Art. 10.2)."""
    return terms.termination.b_window_months if terms.termination is not None else 12
