"""What must hold of every history by rules 2026.2 (issue 10): nobody rewrites alone, breach is never rewarded, sums add
up, nothing lies outside the operating period; on random histories, as the program concludes them."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from ledger.domain.calendar import parse_utc
from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.status import status
from tests.oracle import question
from tests.oracle_facts import NEUTRAL, PARTIES, Question, day_of, other
from tests.oracle_grounds import month_in, span_of_contract
from tests.oracle_standing import MONTHLY, Standing, heard, weigh
from tests.random_histories import random_story
from tests.random_histories.story import BOTH, Data, Story
from tests.test_sweep_against_oracle import fact_of

SEEDS = st.integers(0, 2**32)
EXAMPLES = int(os.environ.get("LVYUE_EXAMPLES", "6"))  # of each property
SOME = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
BESIDE = ("facts", "known_at", "claims", "contested", "positions", "receipt", "next_changes", "readings")


def story_of(seed: int, least: int = 12, most: int = 45) -> Story:
    rng = random.Random(seed)
    return random_story(rng, rng.randrange(least, most))


def answer(facts: list[dict[str, Any]], day: date, role: str | None = None, upto: int | None = None) -> dict[str, Any]:
    """What the program concludes of these facts (the first `upto`), all of them known."""
    known = facts[: upto or len(facts)]
    known_at = parse_utc(known[-1]["recorded_at"])
    return status(Basis([fact_of(one) for one in known], shipped_calendar(), day, known_at, role))


def concluded(facts: list[dict[str, Any]], day: date, role: str | None = None) -> dict[str, Any]:
    """The conclusions alone."""
    return {key: value for key, value in answer(facts, day, role).items() if key not in BESIDE}


def days_of(story: Story, count: int = 3) -> list[date]:
    """Days to ask about: the last, and some within and after."""
    last = max(day_of(f["on"]) for f in story.facts)
    return [last, *(last + timedelta(days=story.rng.randint(-200, 300)) for _ in range(count - 1))]


def asserted(story: Story, type_: str, by: str, data: Data, *, documents: float = 0, on: str | None = None) -> bool:
    """Record one fact said by `by` of itself; whether it was admitted."""
    before = len(story.facts)
    story.admit({
        "type": type_, "on": on or story.today().isoformat(), "by": by, "data": data,
        "documents": [{"sha256": "1" * 64, "name": "附件.pdf", "media_type": "application/pdf"}] if documents else [],
    })  # fmt: skip
    return len(story.facts) > before


# --- no one rewrites alone --------------------------------------------------------------------------


def links(s: Story) -> bool:
    """party_b links incidents (10.3 shields it)."""
    known = s.known("incident")
    some = sorted(s.rng.sample(known, min(3, len(known))))
    return len(some) > 1 and asserted(s, "IncidentsLinked", "party_b", {"incidents": some, "root_cause": "alone"})


def unlinks(s: Story) -> bool:
    """party_a unlinks what was linked."""
    linked = [f for f in s.alive() if f["type"] == "IncidentsLinked"]
    return bool(linked) and asserted(s, "IncidentsUnlinked", "party_a", dict(s.rng.choice(linked)["data"]))


def assesses(s: Story) -> bool:
    """A party assesses an incident that another role reported."""
    told = s.introducers("incident")
    if not told:
        return False
    fact = s.rng.choice(told)
    by = s.rng.choice([role for role in BOTH if role != fact["by"]])
    return asserted(s, "IncidentAssessed", by, {"incident": fact["data"]["incident"], "responsibility": "other"})


def agrees(s: Story) -> bool:
    """One party agrees for both, without a document."""
    fact, by = s.pick("incident"), s.rng.choice(BOTH)
    if fact is not None and s.rng.random() < 0.5:
        data = {"incident": fact["data"]["incident"], "grade": s.rng.choice(("A", "B", "none")), "confirmed_by": BOTH}
        return asserted(s, "IncidentGradeAgreed", by, data)
    data = {"settlement": "alone", "debtor": "party_a", "amount": "9.00", "summary": "结算", "confirmed_by": BOTH}
    return asserted(s, "SettlementAgreed", by, data)


def rules(s: Story) -> bool:
    """One party says, without a document, what a court decided."""
    fact = s.pick("dispute")
    if fact is None:
        asserted(s, "DisputeOpened", "party_a", {"dispute": "alone", "clauses": ["10.2"], "facts": []})
        fact = s.pick("dispute")
    if fact is None:
        return False
    said = {"court": "人民法院", "reference": "1", "final": True, "rulings": [{"terminated_on": s.today().isoformat()}]}
    return asserted(s, "JudgmentEntered", s.rng.choice(BOTH), {"dispute": fact["data"]["dispute"], **said})


def retells(s: Story) -> bool:
    """A party reports a month of which another role's report is of record."""
    standing = Standing(s.facts)
    told = [f for f in standing.facts if f["type"] in MONTHLY and f["type"] != "AssessmentRecorded"]
    told = [f for f in told if standing.stands(f) and f["id"] in {a["id"] for a in s.alive()}]
    if not told:
        return False
    fact = s.rng.choice(told)
    data = dict(standing.data_of(fact))
    data.update({"actual": 0} if "actual" in data else {"consequence": "none"})
    by = s.rng.choice([role for role in BOTH if role != fact["by"]])
    return asserted(s, fact["type"], by, data)


def takes_back(s: Story) -> bool:
    """A party retracts or corrects its own word that the other had acknowledged."""
    standing = Standing(s.facts)
    own = [f for f in standing.facts if f["by"] in PARTIES and standing.stands(f)]
    agreed = [f for f in own if any(a["by"] == other(f["by"]) for a in standing.acknowledgements(f))]
    if not agreed and own:
        fact = s.rng.choice(own[1:] or own)
        if fact["type"] == "ContractRegistered" or not asserted(
            s, "FactAcknowledged", other(fact["by"]), {"target": fact["id"]}
        ):
            return False
        if weigh(s.facts[-1]) is None:  # 代录 by the other party's principal: nothing is acknowledged
            return False
        agreed = [fact]
    agreed = [f for f in agreed if f["type"] != "ContractRegistered"]
    if not agreed:
        return False
    fact = s.rng.choice(agreed)
    return asserted(
        s, "FactRetracted", fact["by"], {"target": fact["id"], "reason": "改口"}, documents=s.rng.choice((0, 1))
    )


REWRITES: tuple[Callable[[Story], bool], ...] = (links, unlinks, assesses, agrees, rules, retells, takes_back)


@SOME
@given(SEEDS, st.sampled_from(REWRITES))
def test_no_one_rewrites_alone(seed: int, rewrite: Callable[[Story], bool]) -> None:
    """SPEC 2.4: no fact said by one party changes, of record, what the other party, a neutral role, an agreement or a
    court said; it shows in `claims`."""
    story = story_of(seed)
    story.advance()
    assume(rewrite(story))
    said, before = weigh(story.facts[-1]), story.facts[:-1]
    # 代录 by the other party's principal it is that one's word, an admission; a retraction then counts for nothing
    assume(said is not None and said["by"] == story.facts[-1]["by"])
    assert said is not None
    for day in days_of(story):
        assert concluded(story.facts, day) == concluded(before, day)
        assert concluded(story.facts, day, "supervisor") == concluded(before, day, "supervisor")
        assert concluded(story.facts, day, other(said["by"])) == concluded(before, day, other(said["by"]))
    claims = {claim["fact"]: claim for claim in answer(story.facts, story.today())["claims"]}
    assert claims[said["id"]]["by"] == said["by"]


@SOME
@given(SEEDS, st.booleans())
def test_a_contest_takes_out_of_the_record_the_disputed_partys_own_word_only(seed: int, documented: bool) -> None:
    """SPEC 2.4: what a neutral role says stays, whoever contests it; a documented word stays against a bare denial."""
    story = story_of(seed)
    story.advance()
    there = [f for f in heard(story.facts) if f["type"] not in ("ContractRegistered", "FactContested")]
    there = [f for f in there if f["by"] in NEUTRAL or f.get("documents")]
    assume(there)
    target = story.rng.choice(there)
    by = story.rng.choice([role for role in BOTH if role != target["by"]])
    documents = documented and target["by"] in NEUTRAL
    before = list(story.facts)
    assume(asserted(story, "FactContested", by, {"target": target["id"], "reason": "不认可"}, documents=documents))
    for day in days_of(story):
        assert concluded(story.facts, day) == concluded(before, day)


@SOME
@given(SEEDS)
def test_the_views_agree_where_nothing_is_claimed_or_contested(seed: int) -> None:
    story = story_of(seed, 5, 25)
    far = max(day_of(f["on"]) for f in story.facts) + timedelta(days=400)
    told = answer(story.facts, far)
    assume(not told["claims"] and not told["contested"])
    # "and no `root_cause` ties in one view only (10.3)"
    stated = [data for f in story.facts if f["by"] == "party_b" for data in (f["data"], f["data"].get("data") or {})]
    assume(not any(data.get("root_cause") for data in stated))
    for day in [*days_of(story), far]:
        assert answer(story.facts, day)["positions"] == []
        of_record = concluded(story.facts, day)
        assert all(concluded(story.facts, day, role) == of_record for role in ("party_a", "party_b", "supervisor"))


# --- breach and payment -----------------------------------------------------------------------------


def fen(text: str) -> int:
    return int(text.replace(".", ""))


@SOME
@given(SEEDS)
def test_more_breach_never_costs_less(seed: int) -> None:
    """SPEC 4.6: "grades and agreements aside, a further breach never lowers what is owed"."""
    story = story_of(seed)
    story.advance()
    rng, day = story.rng, story.today()
    begin = story.now - timedelta(hours=30)
    before = list(story.facts)
    if rng.random() < 0.5:
        data: Data = {**story.system(), **story.causes(), "minutes": rng.choice((61, 121, 239))}
        assume(
            asserted(
                story, "OnSiteAbsenceRecorded", "party_a", {**data, "consequence": rng.choice(("problem", "major"))}
            )
        )
    else:
        data = {"incident": "one-more", "kind": "mutual_backup", **story.system()}
        assume(asserted(story, "IncidentReported", "party_a", data, on=begin.replace(microsecond=0).isoformat()))
    for asked in (day, day + timedelta(days=40)):
        less, more = (answer(facts, asked)["damages"]["accrued"] for facts in (before, story.facts))
        assert fen(more) >= fen(less)


@SOME
@given(SEEDS)
def test_an_earlier_payment_never_makes_more_overdue(seed: int) -> None:
    """4.3: whenever it came, money covers what is due; set-offs aside, which count only as far as something is unpaid
    on their day."""
    story = story_of(seed)
    facts = [f for f in story.facts if f["data"].get("manner") != "deducted"]
    payments = [n for n, f in enumerate(facts) if f["type"] == "PaymentMade"]
    assume(payments)
    n = story.rng.choice(payments)
    earlier = (day_of(facts[n]["on"]) - timedelta(days=story.rng.choice((1, 7, 60)))).isoformat()
    moved = [*facts[:n], {**facts[n], "on": earlier}, *facts[n + 1 :]]
    for day in days_of(story, 5):
        assert fen(answer(moved, day)["balance"]["overdue"]) <= fen(answer(facts, day)["balance"]["overdue"])


# --- retraction and knowledge -----------------------------------------------------------------------


@SOME
@given(SEEDS)
@example(112)  # party_a's principal records that party_b takes its report back: nothing is taken back
def test_retracting_restores(seed: int) -> None:
    """A fact recorded and at once taken back by who said it leaves every conclusion as it was; taking it back in that
    party's name changes nothing (SPEC 2.4)."""
    story = story_of(seed)
    story.advance()
    before = list(story.facts)
    if story.rng.random() < 0.5:
        data = {"incident": "one-more", "kind": "outage", "scope": "system", "duration_minutes": 130, **story.system()}
        assume(
            asserted(
                story, "IncidentReported", story.rng.choice(BOTH), data, on=(story.today() - timedelta(3)).isoformat()
            )
        )
    else:
        assume(asserted(story, "LeaseStarted", story.rng.choice(BOTH), {}))
    said = weigh(story.facts[-1])
    assert said is not None
    assume(asserted(story, "FactRetracted", said["by"], {"target": said["id"], "reason": "误录"}))
    if weigh(story.facts[-1]) is None:  # 代录 by the other party's principal, it counts for nothing
        before = story.facts[:-1]
    for day in days_of(story):
        assert concluded(story.facts, day) == concluded(before, day)
        assert answer(story.facts, day)["claims"] == answer(before, day)["claims"]


@SOME
@given(SEEDS)
def test_known_at_answers_never_change(seed: int) -> None:
    """What is recorded later, claims and contests too, shows in no answer about what was known before."""
    story = story_of(seed, 20, 45)
    cut = story.rng.randrange(5, len(story.facts))
    moment = parse_utc(story.facts[cut - 1]["recorded_at"])
    cut = len([f for f in story.facts if parse_utc(f["recorded_at"]) <= moment])
    day = day_of(story.facts[-1]["on"])
    for role in (None, "party_a", "party_b"):
        known = [f for f in story.facts if parse_utc(f["recorded_at"]) <= moment]
        asked = Basis([fact_of(f) for f in known], shipped_calendar(), day, moment, role, {})
        then = status(asked)
        assert then["claims"] == Standing(story.facts[:cut]).claims(day)
        assert all(int(fact.rpartition("#")[2]) <= cut for fact in then["contested"])


# --- the operating period ---------------------------------------------------------------------------


def of_record(story: Story) -> Question:
    calendar = shipped_calendar()
    return question(Standing(story.facts), None, calendar.is_working_day, calendar.provisional, {})


@SOME
@given(SEEDS)
def test_no_ground_without_a_real_period(seed: int) -> None:
    """SPEC 4.5: a ground under 10.4 is a notice "with a deadline after the day it arrived"."""
    story = story_of(seed, 20, 60)
    by_id = {f["id"]: f for f in of_record(story).live}
    for day in days_of(story):
        for ground in answer(story.facts, day)["termination"]["grounds"]:
            if ground["clause"] == "10.4":
                told = [by_id[id_] for id_ in ground["because"] if id_ in by_id]  # it names corrections too
                notices = [f for f in told if f["type"] == "RectificationNoticeIssued"]
                assert notices
                assert all(date.fromisoformat(n["data"]["deadline"]) > n["day"] for n in notices)


@SOME
@given(SEEDS)
def test_no_item_ground_or_count_from_outside_the_operating_period(seed: int) -> None:
    """SPEC 4.1, 4.4 to 4.6."""
    story = story_of(seed, 20, 60)
    q = of_record(story)
    by_id = {f["id"]: f for f in q.live}
    for day in days_of(story):
        told, span = answer(story.facts, day), span_of_contract(q, day)
        assert all(span.holds(date.fromisoformat(one["on"])) for one in told["incidents"]["counted"])
        for ground in told["termination"]["grounds"]:
            assert span.last is None or date.fromisoformat(ground["arose_on"]) <= span.last
        for item in told["damages"]["items"]:
            facts = [by_id[id_] for id_ in item["because"] if id_ in by_id]  # it names corrections and links too
            months = [f for f in facts if f["type"] in MONTHLY]
            assert item["annex"] is None or span.start is not None or not months
            assert all(month_in(span, f["data"]["month"]) for f in months)


# --- sums -------------------------------------------------------------------------------------------


@SOME
@given(SEEDS)
def test_sums(seed: int) -> None:
    """SPEC 4.3, 4.6: total = paid + deducted + outstanding; accrued = the rows that stand; settled and deductible."""
    story = story_of(seed)
    for day in days_of(story):
        for role in (None, "party_a", "party_b"):
            told = answer(story.facts, day, role)
            balance, damages = told["balance"], told["damages"]
            assert fen(balance["total"]) == sum(fen(balance[key]) for key in ("paid", "deducted", "outstanding"))
            assert 0 <= fen(balance["overdue"]) <= fen(balance["payable"]) <= fen(balance["invoiced"])
            stands = [fen(item["amount"] or "0.00") for item in damages["items"] if item["absorbed_by"] is None]
            assert fen(damages["accrued"]) == sum(stands)
            assert fen(damages["deductible"]) == max(0, fen(damages["accrued"]) - fen(damages["settled"]))
