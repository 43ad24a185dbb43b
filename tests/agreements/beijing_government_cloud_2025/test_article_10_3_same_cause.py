"""Art. 10(3): of what one occurrence makes due only the largest stands, or what the parties agreed."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest

from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.status import status
from tests.damages import HALF, MONTH, P30, SERVED, SUM, TWICE
from tests.happenings import (
    A,
    acknowledged,
    damages_agreed,
    damages_settled,
    incident,
    linked,
    notice,
    on_site_absence,
    reading_agreed,
    retracted,
    service_level,
    system,
    unlinked,
)
from tests.random_histories import random_history
from tests.scenario import (
    Answer,
    accrued,
    deductible,
    given,
    item,
    items_are,
    settled,
)
from tests.test_sweep_against_oracle import fact_of

WARNED = notice("2026-01-05", "2026-01-20", name="warning", by="supervisor")


# -- what absorbs what (10.3) -----------------------------------------------------------------------


def test_of_two_items_on_one_report_the_larger_stands() -> None:
    told = given(
        *SERVED, service_level("2026-02-01", "2026-01", "major", "r", response_minutes=16, recovery_minutes=61)
    )
    told.as_of("2026-02-01").then(
        item("a2-r7:r", amount=MONTH, absorbed_by="a2-r10:r"),
        item("a2-r10:r", amount=TWICE, absorbed_by=None),
        accrued(TWICE),
    )
    told.as_of("2026-02-01", reading=SUM).then(accrued("575977.83"), item("a2-r7:r", absorbed_by=None))


def test_of_equals_the_lower_row_stands() -> None:
    told = given(
        *SERVED, service_level("2026-02-01", "2026-01", "major", "r", response_minutes=16, recovery_minutes=31)
    )
    told.as_of("2026-02-01").then(
        item("a2-r7:r", absorbed_by=None), item("a2-r9:r", absorbed_by="a2-r7:r"), accrued(MONTH)
    )


def test_of_equals_the_lower_annex_stands() -> None:
    """A system as dear as the whole contract: half of either base is 95996.31."""
    dear = system(name="dear", annual_fee="2303911.32")
    told = given(
        *SERVED,
        dear,
        WARNED,
        incident("2026-02-01", "mutual_backup", consequence="problem", unheeded_notice="warning", system="dear"),
    )
    told.as_of("2026-02-01").then(
        item("a2-r2:inc", amount=HALF, absorbed_by=None),
        item("a3-r7:inc", amount=HALF, absorbed_by="a2-r2:inc"),
        accrued(HALF),
    )


def test_items_of_incidents_that_are_one_form_a_group_while_they_are_linked() -> None:
    told = given(
        *SERVED,
        incident("2026-02-01", "tampering", "one", consequence="major", security_service_fault=True),
        incident("2026-02-05", "intrusion", "two", consequence="major", security_service_fault=True),
        linked("2026-03-01", "one", "two"),
        unlinked("2026-04-01", "two").said_by("supervisor"),
    )
    told.as_of("2026-02-28").then(accrued("575977.83"))
    told.as_of("2026-03-01").then(
        accrued(TWICE), item("a2-r5:two", absorbed_by="a2-r3:one"), item("a2-r3:one", absorbed_by=None)
    )
    told.as_of("2026-04-01").then(accrued("575977.83"), item("a2-r5:two", absorbed_by=None))


def test_items_of_one_root_cause_form_a_group_across_the_annexes() -> None:
    told = given(
        *SERVED,
        incident("2026-02-01", "mutual_backup", "one", root_cause="电源"),
        incident("2026-02-01", "outage", "two", scope="system", system="mail", duration_minutes=120, root_cause="电源"),
    )
    told.as_of("2026-02-01").then(item("a3-r5:two", amount=P30, absorbed_by="a2-r2:one"), accrued(HALF))


def test_an_item_without_an_amount_is_absorbed_by_one_that_has_one() -> None:
    told = given(
        *SERVED, WARNED, incident("2026-02-01", "mutual_backup", consequence="problem", unheeded_notice="warning")
    )
    told.as_of("2026-02-01").then(item("a3-r7:inc", amount=None, absorbed_by="a2-r2:inc"), accrued(HALF))


def test_reports_of_two_months_are_two_occurrences() -> None:
    told = given(
        *SERVED,
        service_level("2026-02-01", "2026-01", "major", "one", response_minutes=16),
        service_level("2026-03-01", "2026-02", "major", "two", response_minutes=16),
    )
    told.as_of("2026-03-01").then(accrued(TWICE))


def test_the_reading_of_same_cause_damages_is_that_of_the_day_asked_about() -> None:
    told = given(
        *SERVED,
        service_level("2026-02-01", "2026-01", "major", "r", response_minutes=16, recovery_minutes=61),
        reading_agreed("2026-03-01", "same-cause-damages", "sum"),
    )
    told.as_of("2026-02-28").then(accrued(TWICE))
    told.as_of("2026-03-01").then(accrued("575977.83"))


# -- agreed and settled -----------------------------------------------------------------------------

BOTH_MINUTES = service_level("2026-02-01", "2026-01", "major", "r", response_minutes=16, recovery_minutes=61)


def test_an_agreed_amount_takes_the_place_of_its_items_whole_group() -> None:
    for named in ("a2-r7:r", "a2-r10:r"):
        told = given(
            *SERVED,
            BOTH_MINUTES,
            on_site_absence("2026-02-02", 61, "major"),
            damages_agreed("2026-03-01", "1000.00", named),
        )
        told.as_of("2026-02-28").then(accrued("575977.83"))
        told.as_of("2026-03-01").then(accrued("192992.61"))
        told.as_of("2026-03-01", reading=SUM).then(accrued("192992.61"))


def test_an_amount_agreed_on_items_of_several_groups_takes_the_place_of_them_all() -> None:
    told = given(
        *SERVED,
        BOTH_MINUTES,
        on_site_absence("2026-02-02", 61, "major"),
        damages_agreed("2026-03-01", "1000.00", "a2-r7:r", "a2-r11:nobody-2026-02-02"),
    )
    told.as_of("2026-03-01").then(accrued("1000.00"))


def test_of_two_agreements_on_one_group_the_later_counts() -> None:
    told = given(
        *SERVED,
        BOTH_MINUTES,
        damages_agreed("2026-03-01", "1000.00", "a2-r7:r"),
        damages_agreed("2026-04-01", "2000.00", "a2-r10:r", ref="anew"),
    )
    told.as_of("2026-03-31").then(accrued("1000.00"))
    told.as_of("2026-04-01").then(accrued("2000.00"))


def test_an_agreed_amount_stands_even_if_its_items_vanish_later_or_under_another_reading() -> None:
    report = service_level("2026-02-01", "2026-01", "major", "r", response_minutes=16)
    back = retracted("2026-04-01", report)
    agreed = damages_agreed("2026-03-01", "1000.00", "a2-r7:r")
    told = given(*SERVED, report, agreed, back, acknowledged("2026-04-01", back, A))
    told.as_of("2026-04-01").then(items_are({"agreed:agreed": "1000.00"}), accrued("1000.00"))
    read = given(
        *SERVED,
        reading_agreed("2026-01-10", "band-gaps", "a-fortiori"),
        service_level("2026-02-01", "2026-01", "major", "r", response_minutes=30),
        damages_agreed("2026-03-01", "1000.00", "a2-r7:r"),
    )
    read.as_of("2026-03-01", reading={"band-gaps": "literal"}).then(
        items_are({"agreed:agreed": "1000.00"}), accrued("1000.00")
    )


def test_a_retracted_agreement_restores_what_stood() -> None:
    agreed = damages_agreed("2026-03-01", "1000.00", "a2-r7:r")
    told = given(*SERVED, BOTH_MINUTES, agreed, retracted("2026-04-01", agreed).documented())
    told.as_of("2026-03-01").then(accrued(TWICE))


def test_an_agreed_amount_is_an_item_of_its_own_and_the_table_adds_up() -> None:
    told = given(*SERVED, BOTH_MINUTES, on_site_absence("2026-02-02", 61, "major"),
                 damages_agreed("2026-03-01", "1000.00", "a2-r7:r"))  # fmt: skip
    answer = told.as_of("2026-03-01")
    answer.then(
        item("agreed:agreed", annex=None, row=None, base=None, rate=None, amount="1000.00", absorbed_by=None,
             because=["agreed"]),
        item("a2-r7:r", absorbed_by="agreed:agreed"),
        item("a2-r10:r", absorbed_by="agreed:agreed"),
        accrued("192992.61"),
    )  # fmt: skip
    assert _standing(answer) == Decimal("192992.61")


def _standing(answer: Answer) -> Decimal:
    listed = answer.items().values()
    return sum((Decimal(one["amount"] or 0) for one in listed if one["absorbed_by"] is None), Decimal(0))


def test_an_agreement_that_a_later_one_replaced_stays_listed_absorbed_by_it() -> None:
    told = given(
        *SERVED,
        BOTH_MINUTES,
        damages_agreed("2026-03-01", "1000.00", "a2-r7:r"),
        damages_agreed("2026-04-01", "2000.00", "a2-r10:r", ref="anew"),
    )
    told.as_of("2026-03-31").then(items_are({"a2-r7:r": MONTH, "a2-r10:r": TWICE, "agreed:agreed": "1000.00"}))
    told.as_of("2026-04-01").then(
        item("agreed:agreed", amount="1000.00", absorbed_by="agreed:anew"),
        item("agreed:anew", amount="2000.00", absorbed_by=None),
        item("a2-r7:r", absorbed_by="agreed:anew"),
        item("a2-r10:r", absorbed_by="agreed:anew"),
        accrued("2000.00"),
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_table_adds_up_whatever_happened(seed: int) -> None:
    facts = [fact_of(envelope) for envelope in random_history(random.Random(seed), 60)]
    answer = Answer(status(Basis(facts, shipped_calendar(), date(2026, 11, 30), 2**52)), {f.id: f.ref for f in facts})
    damages = answer.status["damages"]
    assert _standing(answer) == Decimal(damages["accrued"])
    left = Decimal(damages["accrued"]) - Decimal(damages["settled"])
    assert Decimal(damages["deductible"]) == max(Decimal(0), left)


def test_what_was_settled_is_not_deductible_any_more_and_nothing_is_below_zero() -> None:
    told = given(
        *SERVED,
        BOTH_MINUTES,
        damages_settled("2026-03-01", "383985.21", "a2-r10:r"),
        damages_settled("2026-04-01", "5.00", "a2-r10:r"),
    )
    told.as_of("2026-02-28").then(accrued(TWICE), deductible(TWICE))
    told.as_of("2026-03-01").then(accrued(TWICE), deductible("0.01"))
    told.as_of("2026-04-01").then(accrued(TWICE), deductible("0.00"))


def test_what_was_settled_adds_up_from_its_days() -> None:
    told = given(
        *SERVED,
        BOTH_MINUTES,
        damages_settled("2026-03-01", "100.01", "a2-r10:r"),
        damages_settled("2026-04-01", "0.99", "a2-r10:r"),
    )
    told.as_of("2026-02-28").then(settled("0.00"))
    told.as_of("2026-03-31").then(settled("100.01"), accrued(TWICE))
    told.as_of("2026-04-01").then(settled("101.00"), accrued(TWICE))
