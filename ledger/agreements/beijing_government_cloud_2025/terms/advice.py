"""What of these terms counsel wants to see before signing (SPEC 2.3).

Gaps, double matches, floors that disagree, grades out of reach, periods that the calendar makes shorter. Found on the
bounds, not by trying values; of days, all of the last year with a notice are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations

from ledger.agreements.beijing_government_cloud_2025.terms.tables import (
    CloudTerms,
    DamagesRow,
    QualityTerms,
    SystemFloors,
)
from ledger.bilingual import phrase
from ledger.domain.advice import (
    ONE_DAY,
    Advice,
    Floor,
    day_off,
    days_of,
    floors_disagree,
    just_below,
    months_short,
    noticed_year,
)
from ledger.domain.bands import Band, Gap, gaps
from ledger.domain.calendar import Calendar
from ledger.domain.fields import MINUTE_PLACES
from ledger.domain.law.periods import corresponding_day
from ledger.domain.words import Said

BANDED = ("response", "recovery", "on-site-absence")
TABLES = {2: "material", 3: "general"}
CONSEQUENCES = {("availability", 2): "major", ("availability", 3): "problem", ("repeated-complaints", 3): "any"}
CEILING = Decimal("0.30")  # 附件1 "超过 10% 至 30% 业务系统中断"; no term states it
FINEST = Decimal(1).scaleb(-MINUTE_PLACES)
"""The smallest difference between two durations that can be recorded, in minutes."""


def advise(terms: CloudTerms, calendar: Calendar) -> Iterator[Advice]:
    """Everything there is to tell, in the order of the contract."""
    yield from _instalments(terms)
    yield from _floors_disagree(terms)
    yield from _periods(terms, calendar)
    yield from _grades(terms)
    for annex in TABLES:
        yield from _bands(terms, annex)
    yield from _below_two_floors(terms)
    yield from _outage_of_two_rows(terms)
    if terms.damages.general:
        yield Advice("ADVICE_NO_SYSTEM_PRICE", "annex 3", "damages.general", {})


# -- instalments: 9.1 -------------------------------------------------------------------------------


def _instalments(terms: CloudTerms) -> Iterator[Advice]:
    """One that waits for nothing after others that wait may be invoiced before them."""
    waiting: int | None = None
    for one in terms.payment.instalments:
        if one.requires:
            waiting = one.number if waiting is None else waiting
        elif waiting is not None:
            yield Advice(
                "ADVICE_INSTALMENT_WAITS_NOT", "9.1", f"payment.instalments.{one.number}",
                {"number": one.number, "waiting": waiting}, one.number,
            )  # fmt: skip


# -- bands: annex 2 rows 7 to 12, annex 3 rows 8 to 13 ----------------------------------------------


def _bands(terms: CloudTerms, annex: int) -> Iterator[Advice]:
    for rule in BANDED:
        rows = [row for of, row in terms.damages.by_rule.get(rule, ()) if of == annex]
        for gap in gaps([row.band for row in rows]):
            below = rows[gap.below]
            above = rows[gap.below + 1] if gap.below + 1 < len(rows) else None
            on_an_end = gap.band.high is None or gap.band.low == gap.band.high
            if on_an_end and "band-gaps" in terms.readings:
                continue  # a fortiori it falls into the band below, literally into none: either way they have said so
            yield _gap(annex, rule, gap, below, above, "band-gaps" if on_an_end else None)


def _gap(
    annex: int, rule: str, gap: Gap, below: DamagesRow, above: DamagesRow | None, reading: str | None
) -> Advice:
    code = "ADVICE_GAP_ABOVE" if above is None else "ADVICE_GAP_BETWEEN"
    if gap.band.low == gap.band.high:
        code = "ADVICE_GAP_POINT"
    values: dict[str, object] = {
        "rule": rule, "value": gap.band.low, "gap": said_of(gap.band), "below": below.row,
        "below_band": said_of(below.band),
    }
    if above is not None:
        values |= {"above": above.row, "above_band": said_of(above.band)}
    field = f"damages.{TABLES[annex]}.{below.row}"
    return Advice(code, f"annex {annex} row {below.row}", field, values, _plain(gap.smallest(FINEST)), reading)


def said_of(band: Band) -> Said:
    """A band in words, as the contract has them."""
    low, high = band.low, band.high
    ends = "within" if band.low_within else "over"
    if high is not None:
        ends += "-to" if band.high_within else "-under"
    return phrase(f"advice.band.{ends}", low=low, high=high)


def _plain(value: int | Decimal) -> int | str:
    return value if isinstance(value, int) else f"{value:f}"


# -- floors: 6.3, annex 2 row 1, annex 3 rows 1 and 2 -----------------------------------------------


def _floored(terms: CloudTerms) -> list[tuple[int, DamagesRow]]:
    return [row for rule in ("availability", "repeated-complaints") for row in terms.damages.by_rule.get(rule, ())]


def _floors_disagree(terms: CloudTerms) -> Iterator[Advice]:
    """Those of 6.3, of the platform and of single systems, and of the tables."""
    for measure in ("availability", "data_reliability"):
        promised: dict[str, QualityTerms | SystemFloors] = {}
        if terms.quality is not None:
            promised["quality"] = terms.quality
            promised |= {f"quality.systems.{one.system}": one for one in terms.quality.systems}
        floors = [Floor(least, "6.3", f"{path}.{measure}") for path, one in promised.items()
                  if (least := getattr(one, measure)) is not None]  # fmt: skip
        for annex, row in _floored(terms):
            path = f"damages.{TABLES[annex]}.{row.row}.{measure}"
            floors.append(Floor(getattr(row, measure), f"annex {annex} row {row.row}", path))
        reading = "data-reliability-floor" if measure == "data_reliability" else None
        if reading is None or reading not in terms.readings:
            yield from floors_disagree(measure, floors, reading)


def _below_two_floors(terms: CloudTerms) -> Iterator[Advice]:
    """Months below the floors of two rows that one consequence can meet."""
    for (annex, row), (other_annex, other) in combinations(_floored(terms), 2):
        met = {CONSEQUENCES.get((one.rule, of), "any") for of, one in ((annex, row), (other_annex, other))}
        if len(met) == 2 and "any" not in met:
            continue
        availability, reliability = (
            min(floor for one in (row, other) if (floor := getattr(one, measure)) is not None)
            for measure in ("availability", "data_reliability")
        )
        yield Advice(
            "ADVICE_BELOW_BOTH", f"annex {other_annex} row {other.row}", f"damages.{TABLES[other_annex]}.{other.row}",
            {"first": f"annex {annex} row {row.row}", "second": f"annex {other_annex} row {other.row}",
             "availability": f"{availability:f}", "reliability": f"{reliability:f}"},
            f"{just_below(availability):f}", "same-cause-damages",
        )  # fmt: skip


def _outage_of_two_rows(terms: CloudTerms) -> Iterator[Advice]:
    """One outage long enough both for the row of an outage and for that of hours in all."""
    for annex, row in terms.damages.by_rule.get("outage", ()):
        for other_annex, other in terms.damages.by_rule.get("repeated-outages", ()):
            least = max(row.minutes or 0, other.minutes or 0)
            yield Advice(
                "ADVICE_OUTAGE_BOTH", f"annex {other_annex} row {other.row}",
                f"damages.{TABLES[other_annex]}.{other.row}.minutes",
                {"minutes": least, "first": f"annex {annex} row {row.row}",
                 "second": f"annex {other_annex} row {other.row}"},
                least, "same-cause-damages",
            )  # fmt: skip


# -- grades: annex 1 --------------------------------------------------------------------------------


def _grades(terms: CloudTerms) -> Iterator[Advice]:
    grades = terms.grades
    if terms.termination is not None and not any(getattr(grades, kind) for kind in grades.__slots__):  # type: ignore[attr-defined]
        yield Advice("ADVICE_NOTHING_GRADED", "10.1", "grades", {})
    if (grades.outage or grades.data_loss) and "force-majeure" not in terms.readings:
        yield Advice("ADVICE_FORCE_MAJEURE", "annex 1", "grades", {}, None, "force-majeure")
    if grades.outage is not None:
        yield from _outage(terms)
    if grades.tampering is not None:
        yield Advice("ADVICE_ATTENTION_BOTH", "annex 1 tampering A", "grades.tampering", {}, "municipal_leader")
    if grades.data_loss is not None:
        yield from _data_loss(terms)


def _outage(terms: CloudTerms) -> Iterator[Advice]:
    """The text says 超过 … 以上 of the share; B is what A leaves, and may be nothing."""
    outage = terms.grades.outage
    assert outage is not None
    a, b = outage.a, outage.b
    share = f"{a.systems_share_over:f}"
    yield Advice(
        "ADVICE_OVER_AND_FROM", "annex 1 outage A", "grades.outage.A.systems_share_over",
        {"value": f"{_percent(a.systems_share_over)}%", "taken": f"> {share}"}, share,
    )  # fmt: skip
    if "outage-criteria" not in terms.readings:
        yield Advice("ADVICE_ALL_OR_ANY", "annex 1 outage A", "grades.outage", {}, None, "outage-criteria")
    if b.people_from < a.people_from or b.loss_from < a.loss_from:
        yield from _above_the_ceiling(terms)
    graver = b.systems_share_over >= a.systems_share_over and b.people_from >= a.people_from
    if graver and b.loss_from >= a.loss_from:
        yield Advice("ADVICE_B_OUT_OF_REACH", "annex 1 outage B", "grades.outage.B", {"kind": "outage"})
    elif terms.readings.get("outage-b-ceiling") == "thirty-percent" and b.systems_share_over >= CEILING:
        yield Advice(
            "ADVICE_B_OUT_OF_REACH", "annex 1 outage B", "grades.outage.B.systems_share_over", {"kind": "outage"},
            None, "outage-b-ceiling",
        )  # fmt: skip


def _above_the_ceiling(terms: CloudTerms) -> Iterator[Advice]:
    """附件1 "超过 10% 至 30%": a share above it whose people or loss make no A."""
    outage = terms.grades.outage
    assert outage is not None
    if "outage-b-ceiling" not in terms.readings and outage.b.systems_share_over < CEILING:
        yield Advice(
            "ADVICE_ABOVE_CEILING", "annex 1 outage B", "grades.outage.B.systems_share_over", {}, f"{CEILING}1",
            "outage-b-ceiling",
        )  # fmt: skip


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"


def _data_loss(terms: CloudTerms) -> Iterator[Advice]:
    loss = terms.grades.data_loss
    assert loss is not None
    months = f"{loss.months_over:f}"
    yield Advice(
        "ADVICE_OVER_AND_FROM", "annex 1 data_loss A", "grades.data_loss.months_over",
        {"value": phrase("advice.months", months=months), "taken": f"> {months}"}, months,
    )  # fmt: skip
    if loss.b.systems_from < loss.a.systems_over:
        yield Advice(
            "ADVICE_SYSTEMS_BETWEEN", "annex 1 data_loss B", "grades.data_loss.B.systems_from",
            {"from": loss.b.systems_from, "over": loss.a.systems_over}, loss.b.systems_from + 1,
        )  # fmt: skip
    if loss.b.systems_from > loss.a.systems_over and loss.a.mlps_level_from == 1:  # every level there is makes an A
        yield Advice("ADVICE_B_OUT_OF_REACH", "annex 1 data_loss B", "grades.data_loss.B", {"kind": "data_loss"})


# -- periods ----------------------------------------------------------------------------------------


def _periods(terms: CloudTerms, calendar: Calendar) -> Iterator[Advice]:
    review, term = terms.payment.stage_review_by, terms.term
    if terms.payment.pay_within_working_days is None:
        yield Advice("ADVICE_NO_DAY_TO_PAY", "9.1", "payment.pay_within_working_days", {})
    if review is not None:
        yield from day_off(calendar, review, "9.1", "payment.stage_review_by", "stage-review-date")
    for field, clause, months, reading in (
        ("periods.exit_notice_months", "11.1", terms.periods.exit_notice_months, None),
        ("term.months", "13.1", term.months if term.ends_on is None else None, "term-end"),
    ):
        if months is not None:
            yield from months_short(calendar, months, clause, field, reading)
    if term.ends_on is not None:
        yield from day_off(calendar, term.ends_on, "13.1", "term.ends_on")
        yield from _months_beside_days(terms)
    days = terms.periods.scale_out_days
    if terms.damages.by_rule.get("late-scale-out"):
        if days is not None and "natural-days" not in terms.readings:
            yield from _natural_days(days, calendar)
        elif days is None and terms.periods.scale_out_working_days is None:
            yield Advice("ADVICE_ROW_NEVER", "annex 3 row 4", "periods.scale_out_days", {"first": "annex 3 row 4"})


def _months_beside_days(terms: CloudTerms) -> Iterator[Advice]:
    """A term of days, and other months by which the base of annex 2 is divided."""
    term = terms.term
    assert term.starts_on is not None and term.ends_on is not None
    if term.months is None or not terms.damages.material:
        return
    whole = {corresponding_day(term.starts_on, term.months), corresponding_day(term.starts_on, term.months) - ONE_DAY}
    if term.ends_on not in whole:
        yield Advice(
            "ADVICE_MONTHS_DIFFER", "annex 2", "term.months",
            {"months": term.months, "from": term.starts_on.isoformat(), "to": term.ends_on.isoformat()}, term.months,
        )  # fmt: skip


def _natural_days(days: int, calendar: Calendar) -> Iterator[Advice]:
    """Natural days that do not roll: the beginning on a working day that leaves the fewest working days."""

    def left(day: date) -> int:
        return sum(calendar.is_working_day(day + ONE_DAY * number) for number in range(1, days + 1))

    working = [day for day in days_of(noticed_year(calendar)) if calendar.is_working_day(day)]
    begun = min(working, key=lambda day: (left(day), day))
    if left(begun) < days // 7 * 5 + max(0, days % 7 - 2):  # what a stretch without holidays has at least
        yield Advice(
            "ADVICE_DAYS_SHORT" if left(begun) else "ADVICE_DAYS_NONE", "annex 3 row 4", "periods.scale_out_days",
            {"days": days, "from": begun.isoformat(), "to": (begun + ONE_DAY * days).isoformat(), "left": left(begun)},
            begun.isoformat(), "natural-days",
        )  # fmt: skip
