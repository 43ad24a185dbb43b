"""What in the terms cannot be together (SPEC 9.1): each contradiction by its path, all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from ledger.agreements.it_operations_maintenance.terms.tables import share_of
from ledger.domain.errors import Refusal
from ledger.domain.money import Fen
from ledger.domain.terms_values import Row, adds_up

Values = Mapping[str, Any]
_TAKES = {"acceptance": {"stage"}, "service-year": {"year", "assessed"}, "signing": set[str](), "invoice": set[str]()}


def contradictions(values: dict[str, Any], faulty: frozenset[str]) -> Iterable[Refusal]:
    """``faulty`` are the paths that are refused already."""
    if any(path.startswith(("term", "price", "stages")) for path in faulty):
        return
    stages = {row["stage"] for _, row in values.get("stages", ())}
    yield from _term(values["term"], stages)
    yield from _price(values, stages)
    yield from _elsewhere(values)


def _term(term: Values, stages: set[str]) -> Iterator[Refusal]:
    given = sorted(term)
    if given not in (["from", "to"], ["accepted", "months"], ["months"]):
        yield Refusal("TERM_STATED_TWO_WAYS", "term", given=", ".join(given) or "–")
    elif "from" in term and term["from"] > term["to"]:
        yield Refusal("TERM_ENDS_BEFORE", "term.to", first=term["from"], last=term["to"])
    elif "accepted" in term and term["accepted"] not in stages:
        yield Refusal("STAGE_UNKNOWN", "term.accepted", stage=term["accepted"], known=", ".join(sorted(stages)) or "–")


def _price(values: Values, stages: set[str]) -> Iterator[Refusal]:
    price = values["price"]
    sums: list[Fen] = []
    for path, part in price["parts"]:
        yield from _part(path, part, stages)
        if "amount" in part or "share" in part:
            sums.append(part["amount"] if "amount" in part else share_of(part["share"], price["total"]))
        if "bond-paid" in part.get("requires", ()) and not values.get("bond"):
            yield Refusal("PART_NEEDS", f"{path}.requires", key="bond-paid", needs="[bond]")
    added = sums if len(sums) == len(price["parts"]) else None
    yield from adds_up("PARTS_NOT_TOTAL", "price.parts", added, price["total"])


def _part(path: str, part: Values, stages: set[str]) -> Iterator[Refusal]:
    for keys in (("share", "amount"), ("days", "working_days", "months")):
        if len([key for key in keys if key in part]) != 1:
            yield Refusal("PART_ONE_OF", path, keys=", ".join(keys))
    takes = _TAKES[part["after"]]
    for key in ("stage", "year", "assessed"):
        needed = key in takes and key != "assessed"
        if needed and key not in part:
            yield Refusal("PART_LACKS", f"{path}.{key}", key=key, after=part["after"])
        elif key in part and key not in takes:
            yield Refusal("PART_TAKES_NOT", f"{path}.{key}", key=key, after=part["after"])
    if "stage" in part and part["stage"] not in stages:
        known = ", ".join(sorted(stages)) or "–"
        yield Refusal("STAGE_UNKNOWN", f"{path}.stage", stage=part["stage"], known=known)


def _twice(rows: list[Row], key: str) -> Iterator[Refusal]:
    seen = set()
    for where, row in rows:
        if key in row and row[key] in seen:
            yield Refusal("BAND_TWICE", f"{where}.{key}", value=row[key])
        seen.add(row.get(key))


def _elsewhere(values: Values) -> Iterator[Refusal]:
    yield from _twice((values.get("service") or {}).get("availability", []), "below")
    rows: list[Row] = values.get("assessment", {}).get("coefficients", [])
    yield from _twice(rows, "from")
    if rows and all(row.get("from") != 0 for _, row in rows):
        yield Refusal("COEFFICIENTS_FROM_ZERO", "assessment.coefficients")
    delay = values.get("delay", {})
    if delay.get("cap", Decimal(1)) < delay.get("rate_per_day", Decimal(0)):
        yield Refusal("DELAY_CAP_BELOW_RATE", "delay.cap", cap=delay["cap"], rate=delay["rate_per_day"])
    termination = values.get("termination", {})
    floor = termination.get("availability", {})
    if floor.get("months", 0) > floor.get("within_months", 600):
        yield Refusal(
            "MONTHS_BEYOND_WINDOW", "termination.availability.months", months=floor["months"],
            within=floor["within_months"],
        )  # fmt: skip
    if termination.get("cap_reached") and not values.get("cap"):
        yield Refusal("PART_NEEDS", "termination.cap_reached", key="cap_reached", needs="[cap]")
