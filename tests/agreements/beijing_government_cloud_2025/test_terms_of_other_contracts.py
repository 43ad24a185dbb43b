"""Contracts of the same kind that say it otherwise: other ends of the term, other conditions to pay, other floors."""

from __future__ import annotations

from typing import Any

import pytest

from tests.agreements.beijing_government_cloud_2025.test_explained_life_and_money import said
from tests.happenings import (
    accepted,
    amended,
    availability,
    exit_permitted,
    exit_requested,
    fact,
    invoice,
    lease_started,
    scale_out_completed,
    scale_out_requested,
    signed_on,
    termination_proposed,
)
from tests.scenario import (
    Step,
    anomalies,
    balance,
    exit_is,
    given,
    no_anomalies,
    no_obligation,
    obligation,
    phase,
    term,
    terms,
)

FROM_TO = {"months": 12, "starts_on": "2025-12-01", "ends_on": "2026-10-31"}
BILLING = {"months": 36, "starts_with": "billing"}
ACCEPTED = [
    {"number": 1, "amount": "1843129.06", "requires": ["preliminary-acceptance"]},
    {"number": 2, "amount": "460782.26", "requires": ["deployment", "acceptance"]},
]


def billing_started(on: str):
    return fact("BillingStarted", on, "party_b", "billing")


def acceptance(on: str, round_: int | str, name: str | None = None, passed: str | None = None) -> list[Step]:
    named = {} if name is None else {"acceptance": name}
    asked = fact("AcceptanceRequested", on, "party_b", f"asked-{round_}", round=round_, **named)
    if passed is None:
        return [asked]
    return [asked, fact("AcceptancePassed", passed, "party_a", f"passed-{round_}", round=round_, rating="good")]


def said_under(under: dict[str, Any], path: str, day: str, *steps: Step) -> dict[str, str]:
    """What is said of a path in either language."""
    told = given(*steps, under=under)
    return {lang: said(told, path, day, lang) for lang in ("zh", "en")}


# -- the term ---------------------------------------------------------------------------------------


def test_a_term_from_a_day_to_a_day_needs_no_fact_to_start_it_but_both_signatures() -> None:
    told = given(signed_on("2025-11-19"), under=terms(term=FROM_TO))
    told.as_of("2025-11-30").then(phase("effective"), term(ends_on="2026-10-31", starts_on=None, starts_with="dates"))
    told.as_of("2025-12-01").then(
        phase("in_service"), term(starts_on="2025-12-01", lease_started_on=None),
        obligation("availability", "standing", raised_on="2025-12-01", raised_by=["terms"]),
        obligation("host-scan", "pending", due_on="2026-10-31"),
    )  # fmt: skip
    told.as_of("2026-10-31").then(phase("in_service"))  # a Saturday: a day agreed does not roll
    told.as_of("2026-11-01").then(phase("ended"), obligation("switchover", "pending", raised_by=["terms"]))


def test_a_term_agreed_by_days_has_begun_where_the_contract_is_signed_after_its_first_day() -> None:
    told = given(signed_on("2025-12-10"), under=terms(term=FROM_TO))
    told.as_of("2025-12-09").then(phase("registered"), no_obligation("availability"))
    told.as_of("2025-12-10").then(
        phase("in_service"), term(starts_on="2025-12-01"), obligation("availability", "standing")
    )


def test_a_lease_starts_nothing_where_the_days_are_agreed_and_an_amendment_moves_them() -> None:
    told = given(signed_on("2025-11-19"), lease_started("2026-01-05"), under=terms(term=FROM_TO))
    told.as_of("2026-02-01").then(term(starts_on="2025-12-01", ends_on="2026-10-31", lease_started_on=None))
    later = amended("2026-02-01", **{"term.ends_on": "2026-12-31", "term.starts_on": "2026-03-01"})
    moved = given(signed_on("2025-11-19"), later, under=terms(term=FROM_TO))
    moved.as_of("2026-02-01").then(phase("effective"), term(starts_on=None, ends_on="2026-12-31"))
    moved.as_of("2026-03-01").then(phase("in_service"), term(starts_on="2026-03-01", ends_on="2026-12-31"))


def test_a_term_that_starts_with_billing_runs_from_it_and_not_from_the_lease() -> None:
    told = given(
        signed_on("2025-11-19"), lease_started("2025-12-01"), billing_started("2026-01-15"), under=terms(term=BILLING)
    )
    told.as_of("2026-01-14").then(phase("effective"), term(starts_on=None, starts_with="billing", ends_on=None))
    told.as_of("2026-01-15").then(
        phase("in_service"), term(starts_on="2026-01-15", ends_on="2029-01-15", lease_started_on=None),
        obligation("availability", "standing", raised_by=["billing"]),
    )  # fmt: skip
    given(signed_on("2025-11-19"), billing_started("2026-01-15")).as_of("2026-02-01").then(phase("effective"))


def test_what_set_the_days_of_the_term_is_told() -> None:
    dated = said_under(terms(term=FROM_TO), "term.ends_on", "2026-02-01", signed_on("2025-11-19"))
    assert "自 2025-12-01 起至 2026-10-31 止（含）" in dated["zh"] and "term.starts_on, term.ends_on" in dated["en"]
    billed = said_under(
        terms(term=BILLING), "term.ends_on", "2026-02-01", signed_on("2025-11-19"), billing_started("2026-01-15")
    )
    assert "自开通计费" in billed["zh"] and "36 months from the start of billing" in billed["en"]


# -- instalments that wait for acceptances ----------------------------------------------------------


def test_an_instalment_waits_for_the_acceptance_it_names_and_its_invoice_then_ripens() -> None:
    under = terms(payment__instalments=ACCEPTED)
    early = ("INVOICE_BEFORE_ACCEPTANCE", "inv", "2025-12-10")
    waiting = [signed_on("2025-11-19"), invoice("2025-12-10"), *acceptance("2025-12-15", 1, "preliminary-acceptance")]
    told = given(*waiting, fact("AcceptancePassed", "2025-12-20", "party_a", "ok", round=1, rating="fair"), under=under)
    told.as_of("2025-12-19").then(anomalies(early), no_obligation("pay-invoice:inv"))
    told.as_of("2025-12-20").then(
        anomalies(early), obligation("pay-invoice:inv", "pending", raised_by=["inv", "ok"], due_on="2025-12-26")
    )
    failed = fact("AcceptanceFailed", "2025-12-20", "party_a", "bad", round=1, defects="未达标")
    given(*waiting, failed, under=under).as_of("2025-12-31").then(no_obligation("pay-invoice:inv"))
    again = acceptance("2026-01-05", 2, "preliminary-acceptance", "2026-01-06")  # the round after the rework
    given(*waiting, failed, *again, under=under).as_of("2026-01-06").then(obligation("pay-invoice:inv", "pending"))


@pytest.mark.parametrize(("round_", "name", "counts"), [
    ("preliminary-acceptance", None, True), (1, None, False), (1, "acceptance", False), ("acceptance", None, False),
    ("acceptance", "preliminary-acceptance", True),
])  # fmt: skip
def test_a_round_is_of_the_acceptance_it_says_else_of_the_one_it_is_named_after(
    round_: int | str, name: str | None, counts: bool
) -> None:
    under = terms(payment__instalments=ACCEPTED)
    told = given(signed_on("2025-11-19"), *acceptance("2025-12-01", round_, name, "2025-12-10"),
                 invoice("2025-12-10"), under=under).as_of("2025-12-10")  # fmt: skip
    if counts:
        told.then(no_anomalies, balance(payable="1843129.06"))
    else:
        told.then(anomalies(("INVOICE_BEFORE_ACCEPTANCE", "inv", "2025-12-10")), balance(payable="0.00"))


def test_deployment_and_an_acceptance_are_both_waited_for() -> None:
    under = terms(payment__instalments=ACCEPTED)
    told = given(
        signed_on("2025-11-19"), *acceptance("2025-12-01", "acceptance", None, "2025-12-02"),
        invoice("2025-12-10", "460782.26", "inv", 2), under=under,
    ).as_of("2025-12-10")  # fmt: skip
    told.then(anomalies(("INVOICE_BEFORE_DEPLOYMENT", "inv", "2025-12-10")))


def test_the_acceptance_an_invoice_waited_for_is_told() -> None:
    under = terms(payment__instalments=ACCEPTED)
    steps = [signed_on("2025-11-19"), invoice("2025-12-10"),
             *acceptance("2025-12-15", 1, "preliminary-acceptance", "2025-12-20")]  # fmt: skip
    early = said_under(under, "anomalies.INVOICE_BEFORE_ACCEPTANCE@inv", "2025-12-31", *steps)
    assert "尚未合格的验收：初步验收" in early["zh"] and "not been passed: preliminary acceptance" in early["en"]
    due = said_under(under, "obligations.pay-invoice:inv", "2025-12-31", *steps)
    assert "以“初步验收”合格为前提" in due["zh"] and "payment.pay_within_working_days" in due["en"]


# -- periods ----------------------------------------------------------------------------------------


def working_days(**periods: Any) -> dict[str, Any]:
    return terms(periods__scale_out_days=None, periods__scale_out_working_days=5, **periods)


def test_a_scale_out_within_working_days_skips_rest_days_and_says_which_term_set_the_day() -> None:
    steps = (signed_on("2025-11-19"), lease_started("2025-12-01"), scale_out_requested("2026-02-13", system=None))
    told = given(*steps, under=working_days())
    due = {"due_on": "2026-02-27", "within": "periods.scale_out_working_days"}  # 14 is worked, 15 to 23 are off
    told.as_of("2026-02-27").then(obligation("scale-out:more", "pending", **due))
    told.as_of("2026-02-28").then(obligation("scale-out:more", "overdue", **due))
    said = said_under(working_days(), "obligations.scale-out:more", "2026-02-20", *steps)
    assert "“扩容期限（工作日）”：5（periods.scale_out_working_days）" in said["zh"]
    assert "scale-out within (working days)" in said["en"]
    natural = given(*steps).as_of("2026-02-20").obligation("scale-out:more")
    assert natural is not None and natural["due_on"] == "2026-02-20" and "within" not in natural


def test_what_a_period_left_out_would_give_does_not_arise() -> None:
    under = terms(periods=None, payment__pay_within_working_days=None, payment__tax_rate=None)
    told = given(
        signed_on("2025-11-19"), lease_started("2025-12-01"), invoice("2025-12-02", tax_rate="0.13"),
        scale_out_requested("2025-12-02", system=None), scale_out_completed("2025-12-20"),
        fact("ReturnOfMaterialsRequested", "2025-12-02", "party_a", "back", request="back"),
        *acceptance("2025-12-02", 1), fact("AcceptanceFailed", "2025-12-03", "party_a", "bad", round=1, defects="差"),
        exit_requested("2026-01-05", "2026-01-20"), under=under,
    ).as_of("2026-01-10")  # fmt: skip
    told.then(
        no_anomalies, no_obligation("trial-run"), no_obligation("scale-out:more"), no_obligation("rework:1"),
        no_obligation("return-materials:back"), obligation("pay-invoice:inv", "pending", due_on=None),
        balance(payable="1843129.06", overdue="0.00"), exit_is("exit", None, "2026-01-20"),
    )  # fmt: skip
    ended = given(signed_on("2025-11-19"), lease_started("2025-12-01"), exit_requested("2026-01-05", "2026-01-20"),
                  exit_permitted("2026-01-06"), under=under).as_of("2026-01-20")  # fmt: skip
    ended.then(phase("terminated"), obligation("switchover", "pending", due_on=None))
    agreed = given(signed_on("2025-11-19"), termination_proposed("2026-01-05", "2026-01-07"), accepted("2026-01-06"),
                   under=under).as_of("2026-01-07")  # fmt: skip
    agreed.then(phase("terminated"), no_anomalies)


# -- floors of single systems -----------------------------------------------------------------------


def test_a_system_has_a_floor_of_its_own_beside_the_platforms() -> None:
    floors = [{"system": "portal", "availability": "99.9"}, {"system": "mail", "data_reliability": "99.99"}]
    under = terms(quality__systems=floors)
    served = [signed_on("2025-11-19"), lease_started("2025-12-01"), *map(registered, ("portal", "mail"))]
    kept = availability("2026-01-01", "2025-12", "99.9", "99.9999", system="portal")
    portal = availability("2026-02-01", "2026-01", "99.89", "99.9999", system="portal")
    mail = availability("2026-02-01", "2026-01", "50", "99.99", system="mail", ref="mail")
    told = given(*served, kept, portal, mail, under=under)
    told.as_of("2026-01-31").then(
        obligation("system-availability:portal", "standing"), obligation("system-availability:mail", "standing"),
        obligation("availability", "standing"),
    )  # fmt: skip
    told.as_of("2026-02-01").then(
        obligation("system-availability:portal", "breached", settled_on="2026-02-01"),
        obligation("system-availability:mail", "standing"), obligation("availability", "standing"),
    )  # fmt: skip
    below = given(*served, availability("2026-02-01", "2026-01", "50", "99.98", system="mail"), under=under)
    below.as_of("2026-02-01").then(obligation("system-availability:mail", "breached"))


def registered(name: str):
    data = {"name": name, "annual_fee": "1200.00", "mlps_level": 2, "important": False}
    return fact("SystemRegistered", "2025-12-01", "party_b", f"system-{name}", system=name, **data)


def test_why_a_system_is_below_its_floor_is_told_by_the_measures_promised() -> None:
    under = terms(quality__systems=[{"system": "portal", "availability": "99.9"}])
    steps = [signed_on("2025-11-19"), lease_started("2025-12-01"), registered("portal"),
             availability("2026-02-01", "2026-01", "99.89", "50", system="portal")]  # fmt: skip
    said = said_under(under, "obligations.system-availability:portal", "2026-02-01", *steps)
    assert "系统 portal 的报告" in said["zh"] and "99.89%（应不低于 99.9%）。" in said["zh"]
    assert "99.89 % (at least 99.9 %)" in said["en"] and "reliability" not in said["en"].split("at least")[-1]
