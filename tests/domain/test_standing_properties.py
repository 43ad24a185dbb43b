"""No one rewrites alone, and the views agree where nothing is claimed or contested: over every small history.

Issue 10: "no fact said by one party changes, of record, what the other party, a neutral role, an agreement or a court
said; a contest takes out of the record the disputed party's own word only, and a documented one only with a document.
Either shows in `claims`, `positions` and the party's own view."
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

import pytest

from ledger.domain.errors import Refusal
from ledger.domain.fact import OTHER_PARTY, PARTIES, Fact
from ledger.domain.history import CHANGING, numbering, pointed, subject_of
from ledger.domain.standing import Standing
from tests.happenings import (
    SUPERVISOR,
    A,
    B,
    Happening,
    acknowledged,
    assessed,
    availability,
    b_incident,
    contested,
    corrected,
    fact,
    grade_agreed,
    lease_started,
    linked,
    rectified,
    retracted,
    signed,
    unlinked,
)
from tests.scenario import History, given

BASE = (signed, lease_started("2025-12-01"))
LATE = "2026-06-01"
VIEWED = ("next_changes", "receipt")  # what an answer has beside its conclusions of the day
OF_A = b_incident("2026-01-10", "of-a").said_by(A)
OF_B = b_incident("2026-02-10", "of-b").said_by(B)
OF_S = b_incident("2026-03-10", "of-s").said_by(SUPERVISOR)
PAPERED = b_incident("2026-04-10", "papered").said_by(A).documented()
MONTH = availability("2026-02-01", "2026-01", "99.90", ref="month").said_by(SUPERVISOR)
AGREED = grade_agreed("2026-03-15", "A", "of-s").named("agreed")
DECLARED = fact("TerminationDeclared", "2026-05-01", A, "declared", clauses=["10.2"])
SAID = (OF_A, OF_B, OF_S, PAPERED, MONTH, AGREED, DECLARED)


def words(role: str) -> list[Happening]:
    """Whatever a party may say about what was said."""
    other = OTHER_PARTY[role]
    tie = linked(LATE, "of-a", "of-b", "of-s").said_by(role).named(f"tie-{role}")
    own = next(one for one in (OF_A, OF_B) if one.by == role)
    theirs = next(one for one in (OF_A, OF_B) if one.by == other)
    return [
        tie, unlinked(LATE, "of-a", "of-s").said_by(role).named(f"untie-{role}"),
        *(assessed(LATE, one.ref or "", responsibility="other").said_by(role).named(f"as-{one.ref}-{role}")
          for one in (OF_A, OF_B, OF_S)),
        availability("2026-02-02", "2026-01", "99.999", ref=f"month-{role}").said_by(role),
        grade_agreed(LATE, "none", "of-s").bare().said_by(role).named(f"grade-{role}"),
        retracted(LATE, own).named(f"back-{role}"), corrected(LATE, own, people_affected=1).named(f"mended-{role}"),
        contested(LATE, theirs, role).named(f"denied-{role}"),
        contested(LATE, OF_S, role).named(f"denied-s-{role}"),
        *([] if role == A else [contested(LATE, PAPERED, B).named("denied-papered"),
                                contested(LATE, AGREED, B).named("denied-agreed")]),
    ]  # fmt: skip


def said_after(said: Sequence[Happening]) -> History | None:
    try:
        return given(*BASE, *SAID, *(one.recorded_on(LATE) for one in said))
    except Refusal:
        return None  # the second names what the first took back


def histories() -> Iterator[tuple[Happening, ...]]:
    for role in PARTIES:
        yield from ((one,) for one in words(role))
        yield from permutations(words(role), 2)


ALONE = list(histories())
SINGLE, PAIRS = ([said for said in ALONE if len(said) == count] for count in (1, 2))


def record(facts: Sequence[Fact]) -> dict[int, Any]:
    return {fact.seq: (fact.what, fact.on) for fact in Standing(facts).view().facts}


@pytest.mark.parametrize("role", PARTIES)
def test_no_one_rewrites_alone(role: str) -> None:
    tried = 0
    for said in ALONE:
        if said[0].by != role or (told := said_after(said)) is None:
            continue
        tried += 1
        before = record(told.facts[: -len(said)])
        after = record(told.facts)
        by_seq = {fact.seq: fact for fact in told.facts}
        denied = _documented_enough(told.facts, role)
        for seq, stated in before.items():
            if by_seq[seq].speaker == role and by_seq[seq].type != "IncidentGradeAgreed":
                continue  # its own word
            if seq in denied:
                continue  # the other party's own, and bare
            if after.get(seq) != stated:
                assert _hangs_on_own(by_seq[seq], by_seq.values(), role), [one.ref for one in said]
    assert tried > 100


def _documented_enough(facts: Sequence[Fact], role: str) -> set[int]:
    """The facts of the other party that a contest of this role takes out: its own word, bare or met by a document."""
    seqs = numbering(facts)
    found = set()
    for contest in (one for one in facts if one.type == "FactContested" and one.by == role):
        target = facts[(pointed(seqs, contest.what.target, contest.seq) or 1) - 1]
        if target.speaker == OTHER_PARTY[role] and (contest.documents or not target.documents):
            found.add(target.seq)
    return found


def _hangs_on_own(fact: Fact, facts: Any, role: str) -> bool:
    """What is said of a role's own report goes with it (2.4, its last words)."""
    subject = subject_of(fact)
    return any(one.speaker == role and subject == ("incident", getattr(one.what, "incident", None)) for one in facts)


@pytest.mark.parametrize("said", SINGLE, ids=lambda said: said[0].ref or "")
def test_what_is_not_of_record_shows_in_claims_or_contested_and_in_the_partys_own_view(
    said: tuple[Happening, ...],
) -> None:
    told = said_after(said)
    assert told is not None
    (role,) = {one.by for one in said}
    answer = told.as_of("2026-06-30")
    standing = Standing(told.facts)
    new = told.facts[-1]
    of_record = new.seq in {one.seq for one in standing.view().facts}
    if new.type == "FactContested":
        assert answer.status["contested"]
        target = pointed(numbering(told.facts), new.what.target, new.seq)
        assert target not in {one.seq for one in standing.view(role).facts}
    else:
        claimed = {one["fact"] for one in answer.status["claims"]}
        assert of_record is (new.id not in claimed)
        assert new.seq in {one.seq for one in standing.view(role).facts}
        if not of_record:
            assert new.seq not in {one.seq for one in standing.view(OTHER_PARTY[role]).facts}


@pytest.mark.parametrize("said", SINGLE, ids=lambda said: said[0].ref or "")
def test_what_the_other_party_acknowledges_is_record_and_no_claim(said: tuple[Happening, ...]) -> None:
    (one,) = said
    if one.type == "FactContested":
        told = said_after([one, retracted(LATE, one).named("given-up")])
        assert told is not None and Standing(told.facts).contests == {}
        return
    told = said_after([one, acknowledged(LATE, one, OTHER_PARTY[one.by]).named("granted")])
    assert told is not None
    standing = Standing(told.facts)
    assert not standing.parted
    assert all(standing.view(role).facts == standing.view().facts for role in PARTIES)


def test_the_views_agree_where_nothing_is_claimed_or_contested() -> None:
    tried = agreed = 0
    for said in SINGLE + PAIRS[:: int(os.environ.get("LVYUE_VIEWS_EVERY", "4"))]:  # each costs nine sweeps
        told = said_after(said)
        if told is None:
            continue
        tried += 1
        standing = Standing(told.facts)
        answers = [told.as_of("2026-06-30", as_seen_by=role).status for role in (None, *PARTIES)]
        if not standing.parted:
            agreed += 1
            assert answers[0] == answers[1] == answers[2] and answers[0]["positions"] == []
        else:
            assert answers[0]["positions"] == answers[1]["positions"] == answers[2]["positions"]
            same = all(answer[key] == answers[0][key] for answer in answers for key in answers[0] if key not in VIEWED)
            assert (answers[0]["positions"] == []) is same
    assert tried > 60 and agreed > 3


def test_a_claim_stays_one_whatever_else_the_other_party_says_but_grants_it_or_takes_back_what_it_is_about() -> None:
    tried = 0
    for first, second in permutations([*words(A), *words(B)], 2):
        if first.by == second.by or second.type in CHANGING or (told := said_after((first, second))) is None:
            continue
        tried += 1
        before, after = Standing(told.facts[:-1]).claimed, Standing(told.facts).claimed
        assert {seq: after[seq] for seq in before} == before, (first.ref, second.ref)
    assert tried > 100


def test_a_performance_told_after_a_declaration_shows_as_a_claim() -> None:
    warned = fact("RectificationNoticeIssued", "2026-01-10", A, "warned", notice="warned", ground="patching",
                  demand="整改", deadline="2026-02-01")  # fmt: skip
    done = rectified("2026-01-31", "warned").named("done").recorded_on(LATE)
    told = given(*BASE, warned, DECLARED, done)
    assert Standing(told.facts).claimed == {told.facts[-1].seq: "takes-back"}
