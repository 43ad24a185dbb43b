"""Random, valid histories of one contract, for checking the product's sweep against the oracle.

`random_history(rng, size)` gives envelopes as SPEC 2.1 has them, with `seq`, `id`, `recorded_at` and
mostly a `ref`; the first is the registration. Measures stand on both sides of every threshold, days
before, on and after every deadline; some facts are recorded late, corrected, retracted or contested.
`random_question` asks something worth asking of one.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.oracle_facts import READINGS, Fact, corresponding_day, day_of
from tests.random_histories.changing import correct, correct_terms, retract, retract_retraction
from tests.random_histories.courses import (
    a_year_of_b_incidents,
    billing,
    complaints,
    damages_course,
    errands,
    exit_course,
    late_scale_out,
    one_outage_told_by_several,
    outages,
    proposal_course,
    set_off,
    unheeded,
    whole_order,
)
from tests.random_histories.single import (
    about_exit,
    absent,
    acceptance,
    agree_damages,
    agree_grade,
    agree_reading,
    amend,
    announce,
    answer,
    answer_notice,
    assess_incident,
    assess_month,
    assess_three_months,
    complain,
    complete_request,
    dual_active,
    invoice,
    issue_notice,
    link,
    pay,
    perform,
    plain,
    propose,
    record_absence,
    register_system,
    report_availability,
    report_incident,
    report_service_level,
    report_staffing,
    request_exit,
    request_other,
    request_scale_out,
    return_payment,
    review,
    side_fact,
    sign,
    start_lease,
    test_system,
    void,
)
from tests.random_histories.standing import (
    acknowledge,
    contest,
    declare_and_serve,
    demand,
    dispute,
    judge,
    pay_settlement,
    relied,
    resolve,
    serve,
    settle_accounts,
    sue,
)
from tests.random_histories.status import items_in_some_view
from tests.random_histories.story import BOTH, Story, weekdays

WEIGHTS: tuple[tuple[Callable[[Story], None], float], ...] = (
    (sign, 0.5), (start_lease, 0.3), (plain("TrialRunStarted", ("party_a", "party_b")), 0.7), (amend, 2.5),
    (agree_reading, 1.5), (propose, 1), (answer, 2), (declare_and_serve, 1.5), (request_exit, 0.7), (about_exit, 1.5),
    (plain("SwitchoverCompleted", ("party_a", "party_b")), 0.3), (invoice, 3), (void, 1), (pay, 4),
    (return_payment, 1.5), (agree_damages, 1.5), (plain("ResourcesDeployed", ("party_b",)), 1), (review, 2),
    (register_system, 2), (test_system, 1), (acceptance, 3), (perform, 1), (report_incident, 11),
    (assess_incident, 4), (link, 4), (agree_grade, 1.5), (issue_notice, 5), (answer_notice, 4), (announce, 1.5),
    (absent, 1.5), (report_staffing, 2), (dual_active, 1.5), (report_availability, 6), (report_service_level, 5),
    (record_absence, 3), (assess_month, 2), (assess_three_months, 1), (complain, 2), (request_scale_out, 1.5),
    (complete_request, 3), (request_other, 2), (side_fact, 3), (correct, 5), (correct_terms, 0.2), (retract, 4),
    (retract_retraction, 0.7), (contest, 5), (a_year_of_b_incidents, 1.5), (unheeded, 4), (complaints, 1),
    (outages, 1.5), (late_scale_out, 1), (whole_order, 1), (exit_course, 0.5), (proposal_course, 0.8),
    (damages_course, 1), (billing, 2.5), (errands, 2), (acknowledge, 4), (serve, 2), (relied, 1.5),
    (settle_accounts, 1), (pay_settlement, 1), (demand, 1.5), (dispute, 1.5), (sue, 0.7), (resolve, 0.7), (judge, 1),
    (one_outage_told_by_several, 2.5), (set_off, 1),
)  # fmt: skip


def prologue(s: Story) -> None:
    """Most contracts are signed, begin, and know a system or two."""
    if s.rng.random() < 0.93:
        for party in s.rng.sample(BOTH, 2):
            s.put("ContractSigned", party, {"party": party})
            s.advance()
    for _ in range(s.rng.randint(0, 3)):
        register_system(s)
    if s.rng.random() < 0.4:
        s.put("TrialRunStarted", s.rng.choice(BOTH), {})
        s.advance()
    if s.rng.random() < 0.92:
        start_lease(s)


def random_history(
    rng: random.Random, size: int, *, span_days: int | None = None, is_working_day: Callable[[date], bool] = weekdays
) -> list[Fact]:
    """About `size` envelopes over about `span_days` days (else 200 to 900) from November 2025, the
    registration first."""
    return random_story(rng, size, span_days=span_days, is_working_day=is_working_day).facts


def random_story(
    rng: random.Random, size: int, *, span_days: int | None = None, is_working_day: Callable[[date], bool] = weekdays
) -> Story:
    """The story of such a history, which can be told on."""
    story = Story(rng, size, span_days or rng.choice((200, 400, 600, 900)), is_working_day)
    story.items = lambda: items_in_some_view(story)
    prologue(story)
    happenings, weights = [h for h, _ in WEIGHTS], [w for _, w in WEIGHTS]
    for _ in range(20 * size):
        if len(story.facts) >= size:
            break
        story.advance()
        if story.plan and rng.random() < 0.6:
            story.plan.pop(0)(story)
        else:
            rng.choices(happenings, weights)[0](story)
    return story


# --- questions ------------------------------------------------------------------------------------


def telling_days(facts: list[Fact]) -> list[date]:
    """The days around which something may change: of facts and of the dates in their data, a day, months,
    years later."""
    named = [value for f in facts for value in f["data"].values() if isinstance(value, str) and len(value) == 10]
    days = {day_of(f["on"]) for f in facts}
    for text in named:
        try:
            days.add(date.fromisoformat(text))
        except ValueError:
            continue
    later = {corresponding_day(day, months) for day in days for months in (1, 2, 3, 6, 12, 18)}
    return sorted({day + timedelta(days=n) for day in days | later for n in (-1, 0, 1)})


def random_question(rng: random.Random, facts: list[Fact]) -> dict[str, Any]:
    """`as_of`, `known_at`, `as_seen_by` and `readings` for `conclude`."""
    readings = {name: rng.choice(READINGS[name]) for name in rng.sample(sorted(READINGS), rng.choice((0, 0, 1, 1, 3)))}
    last = max(day_of(f["on"]) for f in facts)
    near = [day for day in telling_days(facts) if day <= last]
    as_of = rng.choice(near if rng.random() < 0.7 else telling_days(facts))
    return {
        "as_of": as_of,
        "known_at": None if rng.random() < 0.7 else rng.choice(facts)["recorded_at"],
        "as_seen_by": rng.choice((None, None, None, "party_a", "party_b", "supervisor")),
        "readings": readings,
    }
