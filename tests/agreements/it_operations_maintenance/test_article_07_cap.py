"""第七条 责任限额: what counts within the cap; sums agreed, ruled, settled (SPEC 9.6)."""

from __future__ import annotations

from tests.happenings import A, B, fact
from tests.operations import (
    SIGNED,
    accepted,
    agreed,
    anomalies,
    bond,
    claimed,
    given,
    invoice,
    item,
    measured,
    opened,
    paid,
    resolved,
    section,
    settled,
)
from tests.scenario import balance, obligation

DELAY, JULY = "delay:accept:initial", "availability-credit:2025-07:portal"
LATE = [SIGNED, measured("2025-07", 100, on="2025-08-01"), claimed("2025-08-02", JULY), accepted("2025-08-16")]
# 2,000.00 from 2 August, 180.00 from the 16th


def capped(share: str) -> object:
    return given(LATE, cap={"share": share}).as_of("2025-08-31")


def test_what_lies_within_the_cap_counts_the_rest_is_cut_in_order_of_time() -> None:
    # of 1,200,000: exactly both, a fen less, exactly the first, less than that
    capped("0.001816666667").then(section("damages", cap="2180.00", accrued="2180.00"), item(DELAY, counted="180.00"))  # type: ignore[attr-defined]
    capped("0.00181665833").then(section("damages", cap="2179.99", accrued="2179.99"), item(DELAY, counted="179.99"))  # type: ignore[attr-defined]
    capped("0.001666666667").then(section("damages", cap="2000.00", accrued="2000.00"), item(DELAY, counted="0.00"))  # type: ignore[attr-defined]
    capped("0.00166665833").then(item(JULY, counted="1999.99", amount="2000.00"), item(DELAY, counted="0.00"))  # type: ignore[attr-defined]


def test_without_a_cap_all_counts() -> None:
    told = given(LATE, cap=None, termination=None)
    told.as_of("2025-08-31").then(section("damages", cap=None, accrued="2180.00"))


def test_an_agreed_sum_takes_the_place_of_its_items_and_is_not_cut() -> None:
    told = given(LATE, agreed("2025-09-01", JULY, amount="2500.00"), cap={"share": "0.001816666667"})
    told.as_of("2025-08-31").then(section("damages", accrued="2180.00"))
    told.as_of("2025-09-01").then(
        item(JULY, state="absorbed", absorbed_by="agreed:sum-2025-09-01", counted="0.00"),
        item("agreed:sum-2025-09-01", amount="2500.00", counted="2500.00", debtor="party_b", state="standing"),
        section("damages", accrued="2680.00"),
    )


def test_of_two_sums_on_one_item_the_later_counts_and_a_ruling_goes_before() -> None:
    told = given(
        LATE, agreed("2025-09-01", JULY, amount="1500.00"), agreed("2025-09-02", JULY, DELAY, amount="1600.00"),
        fact("DisputeOpened", "2025-09-03", A, "d", dispute="D-1", clauses=["3.1"], facts=["terms"]),
        fact("JudgmentEntered", "2025-09-04", A, "j", dispute="D-1", court="示例法院", reference="1 号", final=True,
             rulings=[{"items": [JULY], "amount": "1700.00"}]),
        agreed("2025-09-05", JULY, amount="1800.00"),
    )  # fmt: skip
    told.as_of("2025-09-02").then(
        section("damages", accrued="1600.00"), item("agreed:sum-2025-09-01", state="absorbed"),
        item(DELAY, absorbed_by="agreed:sum-2025-09-02"),
    )  # fmt: skip
    told.as_of("2025-09-05").then(
        item("agreed:j", amount="1700.00", state="standing"), item("agreed:sum-2025-09-05", absorbed_by="agreed:j"),
    )  # fmt: skip


def test_what_is_deducted_is_set_off_as_far_as_both_are_there() -> None:
    base = [LATE, bond("2025-08-20"), invoice("INV-1", 1, "2025-08-20")]
    told = given(base, settled("2025-09-01", JULY, DELAY, amount="5000.00", invoice="INV-1"))
    told.as_of("2025-09-01").then(
        section("damages", settled="2180.00", deductible="0.00"), balance(deducted="2180.00", payable="357820.00"),
    )  # fmt: skip
    part = given(base, settled("2025-09-01", DELAY, amount="100.00", invoice="INV-1"))
    part.as_of("2025-09-01").then(section("damages", settled="100.00", deductible="2080.00"))
    debts = {one["debt"]: one["amount"] for one in part.as_of("2025-09-01").status["limitation"]}
    assert (debts[JULY], debts[DELAY]) == ("2000.00", "80.00")


def test_what_was_paid_beyond_the_cap_is_settled_where_more_of_the_item_counts_later() -> None:
    agreed_sum = "agreed:sum-2025-09-01"
    told = given(
        LATE, bond("2025-08-20"), invoice("INV-1", 1, "2025-08-20"), settled("2025-08-20", DELAY, amount="180.00"),
        settled("2025-08-21", DELAY, amount="10.00", invoice="INV-1"), agreed("2025-09-01", JULY, amount="1000.00"),
        cap={"share": "0.00175"},
    )  # fmt: skip
    for day, counts, owed in (
        ("2025-08-31", "100.00", {JULY: "2000.00"}), ("2025-09-01", "180.00", {agreed_sum: "1000.00"}),
    ):  # fmt: skip
        told.as_of(day).then(item(DELAY, counted=counts))
        debts = {one["debt"]: one["amount"] for one in told.as_of(day).status["limitation"]}
        assert {id_: debts[id_] for id_ in (JULY, DELAY, agreed_sum) if id_ in debts} == owed


def test_what_is_paid_is_settled_for_either_party() -> None:
    told = given(
        LATE, settled("2025-09-01", JULY, amount="2000.00"), bond("2025-08-20"), invoice("INV-1", 1, "2025-08-20"),
        fact("PaymentMade", "2025-09-04", A, "late", payment="late", invoice="INV-1", amount="360000.00"),
        settled("2025-09-10", "delay:pay-invoice:INV-1", amount="100.00", by=A),
    )  # fmt: skip
    # due on 3 September, a day late
    told.as_of("2025-09-10").then(
        section("damages", settled="2000.00", deductible="180.00", owed_by_party_a="80.00"),
        obligation("pay-invoice:INV-1", "fulfilled_late"), anomalies(),
    )  # fmt: skip


def test_the_cap_stands_for_each_party_by_itself() -> None:
    told = given(
        LATE, bond("2025-08-20"), invoice("INV-1", 1, "2025-08-20"), opened("T-1", "2025-08-21", "P2"),
        resolved("T-1", "2025-08-21"), cap={"share": "0.0001"},
    )  # fmt: skip
    told.as_of("2026-06-30").then(section("damages", cap="120.00", accrued="120.00", owed_by_party_a="120.00"))


def test_a_sum_agreed_on_a_delay_that_is_gone_is_still_party_a_s() -> None:
    late = [SIGNED, bond("2025-07-01"), invoice("INV-1", 1, "2025-07-02")]  # due on 16 July
    delay = "delay:pay-invoice:INV-1"
    told = given(late, paid("2025-07-20", "INV-1", "360000.00"), agreed("2025-08-01", delay, amount="100.00"),
                 fact("InvoiceVoided", "2025-09-01", B, "void", invoice="INV-1", reason="开错"))  # fmt: skip
    for day in ("2025-08-31", "2025-09-01"):
        told.as_of(day).then(section("damages", accrued="0.00", owed_by_party_a="100.00"))


def test_each_part_payment_on_an_item_starts_its_time_anew() -> None:
    told = given(LATE, settled("2025-09-01", DELAY, amount="50.00"), settled("2025-10-01", DELAY, amount="60.00"))
    [debt] = [one for one in told.as_of("2025-10-01").status["limitation"] if one["debt"] == DELAY]
    assert (debt["amount"], len(debt["restarted_by"])) == ("70.00", 2)


def test_a_sum_that_names_one_agreed_for_a_later_day_does_not_take_its_place() -> None:
    told = given(LATE, agreed("2025-09-02", DELAY, amount="150.00"),
                 agreed("2025-09-01", "agreed:sum-2025-09-02", DELAY, amount="160.00"))  # fmt: skip
    told.as_of("2025-09-02").then(
        section("damages", accrued="2150.00"), item("agreed:sum-2025-09-02", state="standing"),
        item("agreed:sum-2025-09-01", state="absorbed", absorbed_by="agreed:sum-2025-09-02"),
    )  # fmt: skip


def test_a_sum_agreed_after_a_ruling_does_not_take_its_place_though_it_names_it() -> None:
    told = given(
        LATE, fact("DisputeOpened", "2025-09-03", A, "d", dispute="D-1", clauses=["3.1"], facts=["terms"]),
        fact("JudgmentEntered", "2025-09-04", A, "j", dispute="D-1", court="示例法院", reference="1 号", final=True,
             rulings=[{"items": [DELAY], "amount": "170.00"}]),
        agreed("2025-09-05", "agreed:j", DELAY, amount="160.00"),
    )  # fmt: skip
    told.as_of("2025-09-05").then(
        section("damages", accrued="2170.00"), item("agreed:j", state="standing"), item(DELAY, absorbed_by="agreed:j"),
    )  # fmt: skip
