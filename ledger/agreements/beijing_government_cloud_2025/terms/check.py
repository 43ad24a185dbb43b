"""Terms that contradict themselves: checks across values, each on whatever could be read of the rest.

Every check takes the values as :func:`ledger.domain.terms_values.read` left them (a key that is missing or
could not be read is absent, and its fault already named) and yields one refusal per contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Inexact
from typing import Any, Final

from ledger.agreements.beijing_government_cloud_2025.terms.shape import GENERAL_RULES, RULE_KEYS
from ledger.domain.bands import LOWER, UPPER, Band, band_of, overlaps
from ledger.domain.errors import Refusal
from ledger.domain.money import Fen, yuan
from ledger.domain.terms_values import Row, adds_up

_ENDS: Final = frozenset({*LOWER, *UPPER})
_PARAMETERS: Final = frozenset[str]().union(*RULE_KEYS.values())
# Wide enough for any product of two values of 15 + 12 digits; it would rather raise than round.
_EXACT: Final = Context(prec=80, traps=[Inexact])
_FACTORS: Final = frozenset({"unit_price", "quantity", "periods", "total"})


def contradictions(values: dict[str, Any], faulty: frozenset[str]) -> Iterator[Refusal]:
    """Every contradiction between the values of one document; ``faulty`` are the paths already refused."""
    payment = values.get("payment", {})
    yield from _instalments_add_up(payment)
    if "term" in values:
        yield from _term_is_one(values["term"], faulty, priced=bool(values.get("damages", {}).get("material")))
    yield from _stated_once(values.get("periods", {}), "periods", "scale_out_days", "scale_out_working_days")
    yield from _something_promised(values.get("quality") or {})
    yield from _outage_grades_in_order(values.get("grades", {}).get("outage", {}))
    damages = values.get("damages", {})
    for annex in ("material", "general"):
        rows = damages.get(annex, [])
        for path, row in rows:
            yield from _row_fits_its_rule(annex, path, row, faulty)
            yield from _band_does_not_cross(path, row)
        yield from _bands_do_not_overlap(rows)
    if "order" in values:
        yield from _lines_multiply(values["order"].get("lines", []))
        yield from _lines_add_up(values["order"].get("lines", []), payment.get("total"))


def _instalments_add_up(payment: dict[str, Any]) -> Iterator[Refusal]:
    added = _amounts(payment.get("instalments", []), "amount")
    yield from adds_up("TERMS_INSTALMENTS_SUM", "payment.instalments", added, payment.get("total"))


def _term_is_one(term: dict[str, Any], faulty: frozenset[str], *, priced: bool) -> Iterator[Refusal]:
    """A term is of months from what starts it, or from a day to a day; ``priced``: annex 2 divides by its months."""
    keys = ("months", "starts_with", "starts_on", "ends_on")
    stated = {key for key in keys if key in term or f"term.{key}" in faulty}
    dated = stated & {"starts_on", "ends_on"}
    if "months" not in stated and (priced or not dated):
        yield Refusal("TERMS_KEY_MISSING", "term.months")
    if len(dated) == 1:
        yield Refusal("TERMS_KEY_MISSING", f"term.{({'starts_on', 'ends_on'} - dated).pop()}")
    if dated and "starts_with" in stated:
        yield Refusal("TERMS_START_TWICE", "term.starts_with")
    if "starts_on" in term and "ends_on" in term and term["ends_on"] < term["starts_on"]:
        yield Refusal("TERMS_TERM_CROSSED", "term.ends_on", starts_on=term["starts_on"], ends_on=term["ends_on"])


def _stated_once(table: dict[str, Any], path: str, first: str, second: str) -> Iterator[Refusal]:
    if first in table and second in table:
        yield Refusal("TERMS_PERIOD_TWICE", f"{path}.{second}", first=first, second=second)


def _something_promised(quality: dict[str, Any]) -> Iterator[Refusal]:
    for path, row in quality.get("systems", ()):
        if not row.keys() & {"availability", "data_reliability"}:
            yield Refusal("TERMS_KEY_MISSING", f"{path}.availability")


def _outage_grades_in_order(outage: dict[str, Any]) -> Iterator[Refusal]:
    """Grade A is the graver: where it asks less than grade B throughout, the two were exchanged."""
    a, b = outage.get("A", {}), outage.get("B", {})
    keys = ("systems_share_over", "people_from", "loss_from")
    if all(key in a and key in b for key in keys):
        differences = [a[key] - b[key] for key in keys]
        if max(differences) <= 0 and min(differences) < 0:
            yield Refusal("TERMS_GRADES_EXCHANGED", "grades.outage.A")


def _row_fits_its_rule(
    annex: str, path: str, row: dict[str, Any], faulty: frozenset[str]
) -> Iterator[Refusal]:
    rule = row.get("rule")
    if rule is None:
        return
    if annex == "material" and rule in GENERAL_RULES:
        yield Refusal("TERMS_RULE_WRONG_ANNEX", f"{path}.rule", rule=rule)
    wanted = RULE_KEYS[rule]
    given = {key for key in _PARAMETERS if key in row or f"{path}.{key}" in faulty}
    for key in sorted(wanted - given - _ENDS):
        yield Refusal("TERMS_RULE_KEY_MISSING", f"{path}.{key}", rule=rule)
    if wanted & _ENDS and not given & set(LOWER):
        yield Refusal("TERMS_RULE_KEY_MISSING", f"{path}.{LOWER[0]}", rule=rule)
    for first, second in (LOWER, UPPER):
        if wanted >= {first, second} and given >= {first, second}:
            yield Refusal("TERMS_BAND_TWICE", f"{path}.{second}", first=first, second=second)
    for key in sorted(given - wanted):
        known = ", ".join(sorted(wanted)) or "–"
        yield Refusal("TERMS_RULE_KEY_FOREIGN", f"{path}.{key}", rule=rule, known=known)


def _band_does_not_cross(path: str, row: dict[str, Any]) -> Iterator[Refusal]:
    band = band_of(row)
    if band is not None and band.is_empty:
        end = next(key for key in UPPER if key in row)
        yield Refusal("TERMS_BAND_CROSSED", f"{path}.{end}", low=band.low, high=band.high)


def _bands_do_not_overlap(rows: list[Row]) -> Iterator[Refusal]:
    """Neighbours may share an end that is not in both; a value must never find two rows of a rule."""
    bands: dict[str, list[tuple[Band, str, str]]] = {}
    for path, row in rows:
        band = band_of(row)
        if "rule" in row and band is not None and not band.is_empty:
            end = next(key for key in LOWER if key in row)
            bands.setdefault(row["rule"], []).append((band, path, end))
    for of_rule in bands.values():
        for place, other in overlaps([band for band, _, _ in of_rule]):
            band, path, end = of_rule[place]
            reach, first, _ = of_rule[other]
            high = "∞" if reach.high is None else reach.high
            yield Refusal("TERMS_BANDS_OVERLAP", f"{path}.{end}", low=band.low, other=first, high=high)


def _lines_multiply(lines: list[Row]) -> Iterator[Refusal]:
    for path, line in lines:
        if not line.keys() >= _FACTORS:
            continue
        product = _EXACT.multiply(_EXACT.multiply(line["unit_price"], line["quantity"]), line["periods"])
        if product != _EXACT.scaleb(line["total"], -2):
            factors = {key: line[key] for key in ("unit_price", "quantity", "periods")}
            yield Refusal(
                "TERMS_LINE_PRODUCT",
                f"{path}.total",
                **factors,
                product=f"{product:f}",
                total=yuan(line["total"]),
            )


def _lines_add_up(lines: list[Row], total: Fen | None) -> Iterator[Refusal]:
    yield from adds_up("TERMS_LINES_SUM", "order.lines", _amounts(lines, "total"), total)


def _amounts(rows: list[Row], key: str) -> list[Fen] | None:
    """An amount of each row, or None where there are none or one is unreadable."""
    return [row[key] for _, row in rows] if rows and all(key in row for _, row in rows) else None
