"""What the oracle found: small histories on which the sweep and SPEC once parted."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger.notices import shipped_calendar
from ledger.projections.basis import Basis
from ledger.projections.status import status
from tests.test_oracle import PAPER, Draft, history, invoice, leased, outage_a, signed
from tests.test_sweep_against_oracle import fact_of, parse_utc


def concluded(facts: list[dict[str, Any]], day: str, as_seen_by: str | None = None) -> dict[str, Any]:
    told = [fact_of({**fact, "id": f"C#{fact['seq']}"}) for fact in facts]
    asked = Basis(told, shipped_calendar(), date.fromisoformat(day), parse_utc(facts[-1]["recorded_at"]), as_seen_by)
    return status(asked)


def test_an_absence_raises_nothing_where_there_is_no_operating_period() -> None:
    """SPEC 4.6: "Months and minutes outside the operating period raise nothing." """
    absence: Draft = ("OnSiteAbsenceRecorded", "2026-03-08", "supervisor", {"minutes": 119, "consequence": "major"})
    assert concluded(history(*signed(), absence), "2026-04-01")["damages"]["items"] == []
    [item] = concluded(history(*signed(), leased("2025-12-01"), absence), "2026-04-01")["damages"]["items"]
    assert item["id"] == "a2-r11:f-5"


def test_a_partys_key_does_not_write_the_supervisors_word() -> None:
    """SPEC 2.4: "A fact marked 代录 whose principal holds a party's role weighs as that party's word"."""
    own = outage_a("i1", "2026-01-10")
    type_, on, _, data = outage_a("i2", "2026-01-10")
    facts = history(*signed(), leased("2025-12-01"), own, (type_, on, "supervisor", {**data, "duration_minutes": 60}))
    grades = concluded(facts, "2026-02-01")["incidents"]["grades"]
    assert grades == {}  # the supervisor's measures alone count: 60 minutes are no A
    facts[-1]["recorded_roles"] = ["party_b"]
    assert concluded(facts, "2026-02-01")["incidents"]["grades"] == {"i1": "A"}


def test_a_change_of_a_judgment_that_is_itself_a_claim_is_listed() -> None:
    """SPEC 2.4 no. 2: "corrects or retracts such a fact [...] without a document"; `claims` list "corrections and
    retractions at every D"."""
    said = {"dispute": "d1", "court": "法院", "reference": "1", "final": True, "rulings": [{"terminated_on": None}]}
    facts = history(
        ("DisputeOpened", "2026-01-01", "party_a", {"dispute": "d1", "clauses": ["10.2"], "facts": []}),
        ("JudgmentEntered", "2026-02-01", "party_b", said),
        ("FactCorrected", "2026-02-02", "party_b", {"target": "f-3", "reason": "笔误", "data": said}),
    )
    claims = concluded(facts, "2026-03-01")["claims"]
    assert [(claim["fact"], claim["why"]) for claim in claims] == [
        ("C#3", "speaks-for-both"), ("C#4", "speaks-for-both")
    ]  # fmt: skip


def test_a_debt_whose_time_stands_still_is_listed_last() -> None:
    """SPEC 4.9: "`limitation` lists debts by last_day (those without one last)"; while a suit is open there is none."""
    facts = history(
        *signed(),
        invoice("early", "2026-01-05", "100.00"),
        invoice("late", "2026-03-05", "100.00"),
        ("DisputeOpened", "2026-04-01", "party_b", {"dispute": "d1", "clauses": ["9.1"], "facts": ["f-4"]}),
    )
    first = [debt["debt"] for debt in concluded(facts, "2026-06-01")["limitation"]]
    assert first == ["pay-invoice:early", "pay-invoice:late"]
    suit: Draft = ("LawsuitFiled", "2026-05-01", "party_b", {"dispute": "d1", "court": "法院"})
    facts += [{**history(suit)[-1], "seq": 7, "ref": "f-7"}]
    told = concluded(facts, "2026-06-01")["limitation"]
    assert [(debt["debt"], debt["state"]) for debt in told] == [
        ("pay-invoice:late", "running"), ("pay-invoice:early", "stopped")
    ]  # fmt: skip


def test_an_invoice_owed_again_takes_first_of_its_own_payments() -> None:
    """SPEC 4.3: "an invoice that comes to conform, or is owed again because money went back, takes first of its own
    payments what is still free": what was paid on another that does not conform comes after it."""
    parts = [{"invoice": "wrong", "amount": "500.00"}, {"invoice": "right", "amount": "1000.00"}]
    facts = history(
        *signed(),
        invoice("right", "2026-01-05", "1000.00"),
        invoice("wrong", "2026-01-05", "500.00", tax_rate="0.13"),
        ("PaymentMade", "2026-01-06", "party_a", {"payment": "p1", "invoice": "right", "amount": "400.00"}),
        ("PaymentMade", "2026-01-08", "party_a", {"payment": "p2", "allocations": parts, "amount": "1500.00"}),
        ("PaymentReturned", "2026-01-20", "party_a", {"payment": "p1", "reason": "退票"}),
    )
    answer = concluded(facts, "2026-02-01")
    [duty] = [one for one in answer["obligations"] if one["kind"] == "pay-invoice"]
    assert (duty["state"], duty["settled_on"], duty["settled_by"]) == ("fulfilled", "2026-01-08", ["C#7"])
    assert answer["balance"]["credit"] == "500.00"


def test_what_a_contested_judgment_took_away_is_still_a_claim() -> None:
    """SPEC 2.4: "other roles see the record less what they contest": without the judgment a grade agreed by one party's
    word alone is what it was, a claim."""
    agreed = {"incident": "i1", "grade": "A", "confirmed_by": ["party_a", "party_b"]}
    ruled = {"dispute": "d1", "court": "法院", "reference": "1", "final": True}
    facts = history(
        *signed(), leased("2025-12-01"), outage_a("i1", "2026-01-10", responsibility="other"),
        ("IncidentGradeAgreed", "2026-01-11", "party_a", agreed),
        ("DisputeOpened", "2026-01-12", "party_b", {"dispute": "d1", "clauses": ["10.1"], "facts": []}),
        ("JudgmentEntered", "2026-02-01", "party_b", {**ruled, "rulings": [{"fact": "f-6", "stands": False}]}),
        ("FactContested", "2026-02-02", "supervisor", {"target": "f-8", "reason": "不认可"}),
    )  # fmt: skip
    facts[5]["documents"] = []
    facts[7]["documents"] = facts[8]["documents"] = [PAPER]
    for role in (None, "party_a", "party_b", "supervisor"):
        assert concluded(facts, "2026-03-01", role)["incidents"]["grades"] == {}, role
    assert concluded(facts, "2026-03-01")["claims"] == []  # the record: retracted facts never


def test_a_contested_judgment_that_is_a_claim_is_listed() -> None:
    """SPEC 2.4: "`claims` and `contested` list what counts by D"; what a court is said to have decided is no other."""
    said = {"dispute": "d1", "court": "法院", "reference": "1", "final": True, "rulings": [{"terminated_on": None}]}
    facts = history(
        ("DisputeOpened", "2026-01-01", "party_a", {"dispute": "d1", "clauses": ["10.2"], "facts": []}),
        ("JudgmentEntered", "2026-02-01", "party_a", said),
        ("FactContested", "2026-02-02", "party_b", {"target": "f-3", "reason": "不认可"}),
    )
    assert concluded(facts, "2026-03-01")["contested"] == ["C#3"]
    assert concluded(facts, "2026-01-31")["contested"] == []  # not entered yet


def test_the_earliest_credit_goes_first_to_its_end() -> None:
    """SPEC 4.3: credit "covers conforming invoices [...] in order of due date then id [...] (the earliest credit
    first)"."""
    facts = history(
        *signed(),
        invoice("wrong", "2026-01-05", "2000.00", tax_rate="0.13"),
        ("PaymentMade", "2026-01-06", "party_a", {"payment": "p1", "invoice": "wrong", "amount": "1000.00"}),
        ("PaymentMade", "2026-01-07", "party_a", {"payment": "p2", "invoice": "wrong", "amount": "1000.00"}),
        invoice("right-1", "2026-01-08", "300.00"),
        invoice("right-2", "2026-01-08", "400.00"),
    )
    duties = [one for one in concluded(facts, "2026-02-01")["obligations"] if one["kind"] == "pay-invoice"]
    assert [(duty["id"], duty["settled_by"]) for duty in duties] == [
        ("pay-invoice:right-1", ["C#5"]), ("pay-invoice:right-2", ["C#5"])
    ]  # fmt: skip


def test_an_agreement_rests_on_what_its_item_rested_on_though_a_view_contests_it() -> None:
    """SPEC 4.6: "An item that is no longer there still rests on what it rested on when the agreement was made": also
    where nothing was agreed before, and it is gone because a role contests it."""
    absence = {"minutes": 61, "incidents": ["i1"], "consequence": "major"}
    level = {"month": "2026-02", "response_minutes": 20, "consequence": "major", "incidents": ["i1"]}
    facts = history(
        *signed(), leased("2025-12-01"),
        ("IncidentReported", "2026-01-10", "party_a", {"incident": "i1", "kind": "outage"}),
        ("OnSiteAbsenceRecorded", "2026-01-11", "supervisor", absence),
        ("DamagesAgreed", "2026-01-20", "party_b",
         {"items": ["a2-r11:f-6"], "amount": "100.00", "confirmed_by": ["party_a", "party_b"]}),
        ("ServiceLevelReported", "2026-02-28", "supervisor", level),
        ("FactContested", "2026-03-01", "party_a", {"target": "f-6", "reason": "不认可"}),
    )  # fmt: skip
    for role in (None, "party_a"):
        items = {one["id"]: one["absorbed_by"] for one in concluded(facts, "2026-04-01", role)["damages"]["items"]}
        assert items["a2-r7:f-8"] == "agreed:f-7", role


def test_months_agreed_later_decide_whether_the_contract_was_over_when_it_was_declared_terminated() -> None:
    """SPEC 4.8: a declaration is judged "by every fact that counts as of D"; 2.2: "`term.months` [...] is read as of
    D"."""

    def amended(months: int, on: str) -> Draft:
        both = ["party_a", "party_b"]
        return ("AmendmentAgreed", on, "party_a",
                {"changes": {"term.months": months}, "confirmed_by": both, "summary": "补充协议"})  # fmt: skip

    begun = [*signed(), leased("2025-12-01"), outage_a("i1", "2026-03-10")]
    late = history(
        *begun, ("TerminationDeclared", "2026-12-15", "party_a", {}),
        ("NoticeServed", "2026-12-15", "party_a", {"about": "f-6", "manner": "handed"}), amended(24, "2027-01-10"),
    )  # fmt: skip
    late[-1]["documents"] = [PAPER]
    assert ended(late, "2027-01-09") == (None, "gone", ["TERMINATION_WITHOUT_GROUND"])
    assert ended(late, "2027-01-10") == ("2026-12-15", "exercised", [])
    early = history(
        *begun, ("TerminationDeclared", "2026-09-15", "party_a", {}),
        ("NoticeServed", "2026-09-15", "party_a", {"about": "f-6", "manner": "handed"}), amended(6, "2026-10-10"),
    )  # fmt: skip
    early[-1]["documents"] = [PAPER]
    assert ended(early, "2026-10-09") == ("2026-09-15", "exercised", [])
    assert ended(early, "2026-10-10") == (None, "gone", ["TERMINATION_WITHOUT_GROUND"])


def ended(facts: list[dict[str, Any]], day: str) -> tuple[str | None, str, list[str]]:
    """Since when it is terminated, what became of the right to, and what is odd about the declarations."""
    told = concluded(facts, day)
    odd = [one["code"] for one in told["anomalies"] if one["code"].startswith("TERMINATION")]
    return told["term"]["terminated_on"], told["termination"]["state"], odd


def test_an_agreement_rests_on_every_report_that_was_one_with_its_item() -> None:
    """SPEC 4.6: "An item that is no longer there still rests on what it rested on when the agreement was made": on an
    incident that two reports told then, also where a party's word of it makes them two."""
    outage = {"kind": "outage", "scope": "system", "duration_minutes": 130}
    other = {"incident": "i1", "responsibility": "other", "system": "s1"}
    fee = {"system": "s1", "name": "系统", "annual_fee": "1200.00", "mlps_level": 3, "important": False}
    facts = history(
        *signed(), leased("2025-12-01"), ("SystemRegistered", "2025-12-01", "party_a", fee),
        ("IncidentReported", "2026-01-10", "supervisor", {"incident": "i1", **outage}),
        ("IncidentReported", "2026-01-10", "party_a", {"incident": "i2", **outage}),
        ("DamagesAgreed", "2026-01-20", "party_b",
         {"items": ["a3-r5:f-6"], "amount": "100.00", "confirmed_by": ["party_a", "party_b"]}),
        ("IncidentAssessed", "2026-02-01", "party_b", other),
    )  # fmt: skip
    facts[6]["documents"] = facts[7]["documents"] = [PAPER]
    items = {one["id"]: one["absorbed_by"] for one in concluded(facts, "2026-04-01", "party_b")["damages"]["items"]}
    assert items == {"agreed:f-8": None, "a3-r5:f-7": "agreed:f-8"}


def test_an_agreement_rests_on_what_its_item_rested_on_though_a_link_told_later_takes_it_away() -> None:
    """SPEC 4.6, as above: a link with a graded incident, recorded after the agreement for a day before it."""
    level = {"month": "2026-02", "response_minutes": 20, "consequence": "problem", "incidents": ["i1"]}
    outage = {"kind": "outage", "scope": "system", "duration_minutes": 60, "system": "s1"}
    fee = {"system": "s1", "name": "系统", "annual_fee": "1200.00", "mlps_level": 3, "important": False}
    facts = history(
        *signed(), leased("2025-12-01"), ("SystemRegistered", "2025-12-01", "party_a", fee),
        ("IncidentReported", "2026-01-01", "party_a", {"incident": "i1", **outage}), outage_a("g", "2026-01-05"),
        ("IncidentReported", "2026-01-10", "party_a", {"incident": "i2", **outage}),
        ("IncidentReported", "2026-01-12", "party_a", {"incident": "i3", **outage}),
        ("DamagesAgreed", "2026-01-20", "party_b",
         {"items": ["a3-r6:f-9"], "amount": "10.00", "confirmed_by": ["party_a", "party_b"]}),
        ("IncidentsLinked", "2026-01-15", "party_a", {"incidents": ["g", "i2"], "root_cause": "c"}),
        ("ServiceLevelReported", "2026-03-01", "supervisor", level),
    )  # fmt: skip
    facts[9]["documents"] = [PAPER]
    items = {one["id"]: one["absorbed_by"] for one in concluded(facts, "2026-04-01")["damages"]["items"]}
    assert items == {"agreed:f-10": None, "a3-r8:f-12": "agreed:f-10"}


def test_what_a_red_letter_frees_has_not_settled_the_invoice() -> None:
    """SPEC 4.2 `pay-invoice`: settled by "payments, set-offs and credit that cover it", "settled on the day those that
    cover it now did"."""
    facts = history(
        *signed(), invoice("i1", "2026-01-05", "1000.00"),
        ("PaymentMade", "2026-01-06", "party_a", {"payment": "p1", "invoice": "i1", "amount": "600.00"}),
        ("PaymentMade", "2026-01-07", "party_a", {"payment": "p2", "invoice": "i1", "amount": "400.00"}),
        ("InvoiceVoided", "2026-02-01", "party_b", {"invoice": "i1", "reason": "红字", "amount": "400.00"}),
    )  # fmt: skip
    for day, by in (("2026-01-31", ["C#5", "C#6"]), ("2026-02-01", ["C#5"])):
        [duty] = [one for one in concluded(facts, day)["obligations"] if one["kind"] == "pay-invoice"]
        assert (duty["settled_on"], duty["settled_by"]) == ("2026-01-07", by), day
