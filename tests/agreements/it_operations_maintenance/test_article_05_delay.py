"""第五条 迟延: a rate for each day late, capped, for either party (SPEC 9.6)."""

from __future__ import annotations

from datetime import date

from ledger.projections.basis import Basis
from ledger.projections.explain import explain
from tests.happenings import fact
from tests.operations import (
    SIGNED,
    accepted,
    amended,
    bond,
    given,
    invoice,
    item,
    noticed,
    paid,
    scored,
    section,
    served,
)
from tests.scenario import calendar_at, obligation

ACCEPT, PAY = "delay:accept:initial", "delay:pay-invoice:INV-1"
INVOICED = [SIGNED, bond("2025-07-01"), invoice("INV-1", 1, "2025-07-02")]  # due 2025-07-16


def running(told: object, day: str) -> list[tuple[str, int, str]]:
    listed = told.as_of(day).status["damages"]["running"]  # type: ignore[attr-defined]
    return [(one["id"], one["days"], one["amount"]) for one in listed]


def test_accepted_on_its_day_nothing_is_late_a_day_after_one_day_is() -> None:
    in_time, late = given(SIGNED, accepted("2025-08-15")), given(SIGNED, accepted("2025-08-16"))
    in_time.as_of("2025-08-31").then(item(ACCEPT), obligation("accept:initial", "fulfilled"))
    # 0.05 % of 360,000 a day
    late.as_of("2025-08-16").then(
        item(ACCEPT, amount="180.00", day="2025-08-16", debtor="party_b"),
        obligation("accept:initial", "fulfilled_late"),
    )


def test_while_it_goes_on_it_is_running_until_its_cap_makes_it_an_item() -> None:
    told = given(SIGNED)
    assert running(told, "2025-08-15") == []
    assert running(told, "2025-08-16") == [(ACCEPT, 1, "180.00")]
    # 5 % at 0.05 % a day: a hundred days
    assert running(told, "2025-11-22") == [(ACCEPT, 99, "17820.00")]
    told.as_of("2025-11-22").then(item(ACCEPT))
    told.as_of("2025-11-23").then(item(ACCEPT, amount="18000.00", day="2025-11-23"), section("damages", running=[]))
    given(SIGNED, accepted("2025-12-01")).as_of("2025-12-31").then(item(ACCEPT, amount="18000.00", day="2025-11-23"))


def test_a_delay_that_goes_on_is_no_daily_change_the_day_of_its_cap_is() -> None:
    changes = given(SIGNED).as_of("2025-08-20").status["next_changes"]
    days = sorted({one["on"] for one in changes if one["what"].startswith("damages")})
    assert days == ["2025-11-23"]


def test_a_delay_ends_with_the_contract() -> None:
    scores = [scored(1, "50", "2025-09-01"), scored(2, "50", "2025-09-02")]
    told = given(SIGNED, scores, noticed("2025-09-02"), served("2025-09-02", "notice-party_a-2025-09-02"))
    # ends on 17 September, 33 days after the 15th of August
    told.as_of("2025-09-16").then(item(ACCEPT))
    told.as_of("2025-09-17").then(item(ACCEPT, amount="5940.00", day="2025-09-17"))
    told.as_of("2025-12-31").then(item(ACCEPT, amount="5940.00"))


def test_an_amendment_of_the_day_moves_the_duty_and_the_delay() -> None:
    told = given(SIGNED, amended("2025-08-01", stages__initial__by="2025-08-20"), accepted("2025-08-21"))
    told.as_of("2025-08-21").then(
        obligation("accept:initial", "fulfilled_late", due_on="2025-08-20"), item(ACCEPT, amount="180.00")
    )


def test_paid_on_the_due_day_is_in_time_a_day_after_a_day_late() -> None:
    given(INVOICED, paid("2025-07-16", "INV-1", "360000.00")).as_of("2025-08-31").then(item(PAY))
    given(INVOICED, paid("2025-07-17", "INV-1", "360000.00")).as_of("2025-08-31").then(
        item(PAY, amount="180.00", day="2025-07-17", debtor="party_a", clause="5.2"),
        section("damages", owed_by_party_a="180.00", accrued="0.00"),
    )


def test_each_payment_is_late_by_its_own_days() -> None:
    told = given(
        INVOICED, paid("2025-07-16", "INV-1", "100000.00"), paid("2025-07-18", "INV-1", "60000.00"),
        paid("2025-07-26", "INV-1", "200000.00"),
    )  # fmt: skip
    # 60,000 two days and 200,000 ten days at 0.05 %
    assert running(told, "2025-07-20") == [(PAY, 4, yuan(60000 * 2 + 200000 * 4))]
    told.as_of("2025-07-26").then(item(PAY, amount=yuan(60000 * 2 + 200000 * 10), day="2025-07-26"))


def yuan(yuan_days: int) -> str:
    """0.05 % of so many yuan times days."""
    return f"{yuan_days * 5 / 10_000:.2f}"


def test_what_is_late_is_capped_by_its_share_with_payments_on_the_way() -> None:
    told = given(INVOICED, paid("2025-08-05", "INV-1", "180000.00"))
    # half paid after 20 days; the other half alone needs 180 days for 5 % of the whole
    assert running(told, "2026-01-11") == [(PAY, 179, yuan(180000 * 20 + 180000 * 179))]
    told.as_of("2026-01-11").then(item(PAY))
    told.as_of("2026-01-12").then(item(PAY, amount="18000.00", day="2026-01-12"))


def test_without_the_table_nothing_is_owed_for_delay() -> None:
    told = given(INVOICED, delay=None)
    assert running(told, "2025-12-31") == []
    told.as_of("2025-12-31").then(item(PAY), item(ACCEPT))


def test_a_red_letter_takes_back_what_accrued_on_its_part() -> None:
    void = fact("InvoiceVoided", "2025-07-20", "party_b", "red", invoice="INV-1", reason="多开", amount="360000.00")
    told = given(INVOICED, void)
    assert running(told, "2025-07-19") == [(PAY, 3, "540.00")]
    assert running(told, "2025-07-20") == []


def test_a_rest_so_small_that_no_calendar_reaches_its_cap_stays_late() -> None:
    told = given(
        SIGNED, bond("2025-07-01"), invoice("INV-1", 1, "2025-07-02"), paid("2025-07-17", "INV-1", "359999.99")
    )
    [running] = told.as_of("2025-08-01").status["damages"]["running"]
    assert (running["id"], running["amount"]) == ("delay:pay-invoice:INV-1", "180.00")


def test_a_delay_tells_what_it_is_reckoned_on_and_what_set_the_day() -> None:
    told = given(SIGNED, accepted("2025-08-16"))
    asked = Basis(told.facts, calendar_at(told._now), date(2025, 8, 31), told._now)
    delayed, duty = (
        " ".join(step["zh"] for step in explain(asked, path)["steps"])
        for path in (f"damages.items.{ACCEPT}", "obligations.accept:initial")
    )
    assert "以该阶段验收为付款节点的价款 360,000.00 元，每日 0.05%" in delayed and "分次付款" not in delayed
    assert "条款参数中阶段 initial 的日期（stages.initial.by）" in duty
