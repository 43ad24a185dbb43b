"""The oracle's standing (SPEC 2.4, 4.8): whose word counts, in the record and in each role's view.

It does not depend on the day asked. `Standing` takes the facts as recorded (those known) and answers, one
fact at a time, whether it is a claim; `view` gives the facts of a view as corrected, in order.
"""

from datetime import date
from typing import Any

from tests.oracle_facts import (
    CONTROL,
    INTRODUCES,
    NEUTRAL,
    PARTIES,
    SUBJECTS,
    Fact,
    actor,
    dated,
    identifier,
    named_by,
    other,
    place,
)

# 2.4 no. 4: "what the speaker itself does by saying it (propose, accept, permit, refuse, withdraw, request,
# announce, give notice, declare, complain, assess a month, review, sign, open a dispute, sue)"
ACTS = (
    "RenewalProposed", "TerminationProposed", "ProposalAccepted", "ProposalRejected", "ExitPermitted",
    "ExitRefused", "ExitWithdrawn", "ExitRequested", "DualActiveRequested", "DualActiveRefused",
    "ReturnOfMaterialsRequested", "ScaleOutRequested", "MonitoringReportRequested", "AcceptanceRequested",
    "MajorEventAnnounced", "RectificationNoticeIssued", "RectificationRejected", "DemandMade",
    "TerminationDeclared", "ComplaintFiled", "AssessmentRecorded", "StageReviewPassed", "StageReviewFailed",
    "AcceptancePassed", "AcceptanceFailed", "ContractSigned", "DisputeOpened", "LawsuitFiled",
    "FactAcknowledged", "FactContested",
    # 9.2: "CreditsClaimed, BondDrawn and TerminationNoticed are done by saying them"; "StageAccepted is done"
    "CreditsClaimed", "BondDrawn", "TerminationNoticed", "StageAccepted",
)  # fmt: skip

# 2.4 no. 3: the acts that rely on the other side's word
RELYING = (
    "TerminationDeclared", "ProposalAccepted", "ExitPermitted", "AcceptancePassed", "DamagesAgreed",
    "DamagesSettled", "SettlementAgreed",
    # 9.2: "TerminationNoticed ends, BondDrawn [...] rely on the other's word; StageAccepted is done and relied on"
    "TerminationNoticed", "BondDrawn", "StageAccepted",
)  # fmt: skip
ENDING = ("TerminationDeclared", "TerminationNoticed")

# 2.4 no. 3: "a performance (what fulfils an obligation of 4.2)"
PERFORMANCES = (
    "TrialRunStarted", "ResourcesDeployed", "PaymentMade", "AcceptanceRequested",
    "MaterialsReturned", "RectificationCompleted", "ScaleOutCompleted", "MonitoringReportDelivered",
    "ServicePerformed", "SwitchoverCompleted", "SecurityReviewPassed",
    # 9.2: "BondPaid, TicketResponded, TicketResolved, HandoverCompleted, PaymentMade and BondReturned perform"
    "BondPaid", "TicketResponded", "TicketResolved", "HandoverCompleted", "BondReturned",
)  # fmt: skip

MONTHLY = ("StaffingReported", "AvailabilityReported", "ServiceLevelReported", "AssessmentRecorded")
STATEMENTS = (*MONTHLY, "AvailabilityMeasured", "QuarterAssessed")  # 9.2: on a month and system; on a quarter
SYSTEM_OF_TERMS = ("SystemRegistered", "AvailabilityMeasured", "MaintenanceAnnounced", "TicketOpened")
MEASURES_LEFT_OUT = ("incident",)


def weigh(fact: Fact) -> Fact | None:
    """SPEC 2.4: "A fact marked 代录 (2.1) whose principal holds a party's role weighs as that party's word; as a
    correction, retraction, acknowledgement, contest or a neutral's word it then counts for nothing"; 2.1: "marked 代录
    where `by` is none of them; none are known: taken at its word". What it says a neutral role said is that party's
    word of what the neutral did."""
    roles = fact.get("recorded_roles")
    holds = [role for role in PARTIES if role in (roles or ())]
    if not roles or fact["by"] in roles or not holds or fact["type"] == "ContractRegistered":
        return fact
    if fact["type"] in CONTROL:
        return None
    return {**fact, "actor": actor(fact), "by": holds[0]}


def said_in(correction: Fact) -> dict[str, Any]:
    """What a correction, or one of a correction, says of the fact that it comes down to."""
    said: dict[str, Any] = correction["data"].get("data") or {}
    while "target" in said:
        said = said.get("data") or {}
    return said


class Standing:
    """The standing of every fact of a contract that is known."""

    def __init__(self, facts: list[Fact]) -> None:
        self.recorded = facts
        self.facts = [weighed for f in sorted(facts, key=lambda f: f["seq"]) if (weighed := weigh(f)) is not None]
        self.memo: dict[Any, Any] = {}
        self.targets = {f["seq"]: self.target_of(f) for f in self.facts if f["type"] in CONTROL}
        self.controls: dict[int, list[Fact]] = {}  # by what they are about
        for f in self.facts:
            if f["type"] in CONTROL and (target := self.targets[f["seq"]]) is not None:
                self.controls.setdefault(target["seq"], []).append(f)

    # references

    def target_of(self, fact: Fact) -> Fact | None:
        """What a correction, retraction, acknowledgement or contest is about."""
        return named_by(fact["data"]["target"], [f for f in self.facts if f["seq"] < fact["seq"]])

    def about(self, fact: Fact, *types: str) -> list[Fact]:
        """The controls of these types whose target is this fact."""
        return [f for f in self.controls.get(fact["seq"], []) if f["type"] in types]

    # of record

    def ask(self, question: str, fact: Fact) -> Any:
        """Do not find the same answer twice."""
        key = question, fact["seq"]
        if key not in self.memo:
            self.memo[key] = getattr(self, question)(fact)
        return self.memo[key]

    def stands(self, fact: Fact) -> bool:
        """Of record: "what nobody disputes, what a neutral role says, what both agreed and what a court
        decided", and not retracted."""
        return not self.ask("claim", fact) and not self.ask("retracted", fact)

    def rulings(self, fact: Fact, key: str) -> list[tuple[Fact, dict[str, Any]]]:
        """The rulings of final judgments of record about a fact, the later judgment last."""
        found = []
        for judgment in self.facts:
            if judgment["type"] != "JudgmentEntered" or judgment["seq"] == fact["seq"]:
                continue
            if judgment["data"]["final"] is not True:
                continue
            for ruling in judgment["data"]["rulings"]:
                meant = named_by(ruling["fact"], self.facts) if "fact" in ruling else None
                if meant is not None and meant["seq"] == fact["seq"] and self.stands(judgment):
                    found.append((judgment, ruling))
        return sorted(found, key=lambda pair: (pair[0]["on"][:10], pair[0]["seq"]))

    def upheld(self, fact: Fact) -> bool:
        """2.4: "{"fact", "stands": bool} (true as an acknowledgement, false as a retraction"."""
        rulings = self.rulings(fact, "fact")
        return bool(rulings) and rulings[-1][1]["stands"] is True

    def retracted(self, fact: Fact) -> bool:
        """2.2: a retraction "applies to its target at every `as_of`"; ContractRegistered "cannot be
        retracted"."""
        if fact["type"] == "ContractRegistered":
            return False
        rulings = self.rulings(fact, "fact")
        if rulings:
            return rulings[-1][1]["stands"] is False
        return any(self.stands(f) for f in self.about(fact, "FactRetracted"))

    def data_of(self, fact: Fact) -> dict[str, Any]:
        """The data of a fact as corrected of record."""
        data: dict[str, Any] = fact["data"]
        for f in self.about(fact, "FactCorrected"):
            if "data" in f["data"] and self.stands(f):
                data = f["data"]["data"]
        return data

    def on_of(self, fact: Fact) -> str:
        """The `on` of a fact as corrected of record."""
        on: str = fact["on"]
        for f in self.about(fact, "FactCorrected"):
            if f["data"].get("on") and self.stands(f):
                on = f["data"]["on"]
        return on

    def acknowledgements(self, fact: Fact) -> list[Fact]:
        """The acknowledgements of a fact that stand."""
        return [f for f in self.about(fact, "FactAcknowledged") if self.stands(f)]

    def acknowledged(self, fact: Fact) -> bool:
        """2.4: "A claim becomes record once the other party acknowledges it [...] or a final judgment
        upholds it"."""
        by_other = any(f["by"] == other(fact["by"]) for f in self.acknowledgements(fact))
        return by_other or self.ask("upheld", fact)

    def contested(self, fact: Fact) -> bool:
        """2.4: "the other party, or the role whose act or observation it tells, contests it"; "a contest of a
        fact that carries a document counts only if it carries one itself"; "An acknowledgement ends an earlier
        contest by the same role and bars a later one"."""
        for f in self.about(fact, "FactContested"):
            if f["by"] not in (other(fact["by"]), actor(fact)) or f["by"] == fact["by"]:
                continue
            ended = any(a["by"] == f["by"] for a in self.acknowledgements(fact))
            enough = bool(f.get("documents")) or not fact.get("documents")
            if self.stands(f) and enough and not ended:
                return True
        return False

    def claim(self, fact: Fact) -> str | None:
        """2.4: "A fact said by a party is a claim while one of these holds; `why` is the word in brackets",
        "the first number that holds"; not once it is acknowledged or upheld."""
        if fact["by"] not in PARTIES or fact["type"] == "ContractRegistered":
            return None
        if self.acknowledged(fact):
            return None
        if self.changes_anothers_word(fact):
            return "changes-anothers-word"
        if self.speaks_for_both(fact) and (not fact.get("documents") or self.contested(fact)):
            return "speaks-for-both"
        if self.takes_back(fact):
            return "takes-back"
        excepted = fact["type"] in ACTS and actor(fact) == fact["by"]
        return "contested" if self.contested(fact) and not excepted else None

    # no. 1

    def reports_of(self, incident: str, fact: Fact) -> list[Fact]:
        """What introduced an incident before a fact was recorded; "the one recorded first counts"."""
        found = [f for f in self.facts if f["type"] == "IncidentReported" and f["data"]["incident"] == incident]
        found = [f for f in found if f["seq"] < fact["seq"] and not self.ask("retracted", f)]
        return found[:1]

    def changes_anothers_word(self, fact: Fact) -> bool:
        """No. 1."""
        type_ = fact["type"]
        if type_ == "IncidentsLinked":  # "it links incidents by party_b's word"
            return bool(fact["by"] == "party_b")
        if type_ == "IncidentsUnlinked":  # "or unlinks them by party_a's"
            return bool(fact["by"] == "party_a")
        before = [f for f in self.facts if f["seq"] < fact["seq"]]
        if type_ == "IncidentAssessed":
            data = self.data_of(fact)
            # "assesses an incident that another role reported"
            if any(r["by"] != fact["by"] for r in self.reports_of(data["incident"], fact)):
                return True
            # "or a measure that another role's assessment of record, recorded before, gave"
            return any(
                f["by"] != fact["by"]
                and (d := self.data_of(f))["incident"] == data["incident"]
                and (d.keys() & data.keys()) - {"incident"}
                and self.stands(f)
                for f in before
                if f["type"] == "IncidentAssessed"
            )
        target = self.targets.get(fact["seq"])
        if (
            type_ in ("FactRetracted", "FactCorrected")
            and target is not None
            and target["type"] == "IncidentReported"
            and (type_ == "FactRetracted" or self.moves(fact, target))
        ):
            # "retracts (or by a correction renames, moves to another day or kind) a report that a neutral role has
            # assessed or linked"
            incident = target["data"]["incident"]
            return any(
                f["by"] in NEUTRAL
                and target["seq"] < f["seq"]
                and (f["data"].get("incident") == incident or incident in f["data"].get("incidents", []))
                and not self.ask("retracted", f)
                for f in before
                if f["type"] in ("IncidentAssessed", "IncidentsLinked")
            )
        if type_ in STATEMENTS:
            # "reports or assesses a month (and system) of which another role's report, recorded before, is of record"
            return any(self.same_thing(f, fact) and f["by"] != fact["by"] and self.stands(f) for f in before)
        return False

    def moves(self, correction: Fact, report: Fact) -> bool:
        """Does it say that the report is of another incident, kind or moment than was said before?"""
        said = correction["data"]
        if any(said["data"].get(key) != report["data"].get(key) for key in ("incident", "kind")):
            return True
        earlier = [report["on"]]
        for f in self.about(report, "FactCorrected"):
            if f["seq"] < correction["seq"] and f["data"].get("on"):
                earlier.append(f["data"]["on"])
        return bool(said.get("on")) and dated(report, {}, said["on"])["at"] != dated(report, {}, earlier[-1])["at"]

    def same_thing(self, one: Fact, two: Fact) -> bool:
        """Whether two facts state the same thing: a month (and system), or an incident."""
        monthly = one["type"] in STATEMENTS and one["type"] == two["type"]
        assessed = two["type"] == "IncidentAssessed" and one["type"] in ("IncidentReported", "IncidentAssessed")
        if not monthly and not assessed:
            return False
        a, b = self.data_of(one), self.data_of(two)
        if monthly:
            return all(a.get(key) == b.get(key) for key in ("month", "system", "quarter"))
        return bool(a["incident"] == b["incident"])

    # no. 2

    def speaks_for_both(self, fact: Fact) -> bool:
        """No. 2: "it has `confirmed_by`, is a JudgmentEntered, corrects or retracts such a fact or an
        acknowledgement, or corrects the registered terms"."""
        if "confirmed_by" in fact["data"] or fact["type"] == "JudgmentEntered":
            return True
        target = self.targets.get(fact["seq"])
        if target is None or fact["type"] not in ("FactCorrected", "FactRetracted"):
            return False
        return target["type"] in ("FactAcknowledged", "ContractRegistered") or self.speaks_for_both(target)

    # no. 3

    def relied_on(self, old: Fact, new: Fact) -> bool:
        """No. 3: "that the other party had acknowledged, or that had been recorded before (by `seq`) a
        TerminationDeclared, [...] said by the other party"."""
        acknowledged = any(f["by"] == other(old["by"]) and f["seq"] < new["seq"] for f in self.acknowledgements(old))
        ruled = self.rulings(old, "fact")  # 2.4: "true as an acknowledgement"
        acknowledged |= bool(ruled) and ruled[-1][1]["stands"] is True and ruled[-1][0]["seq"] < new["seq"]
        acted = any(
            f["type"] in RELYING
            and f["by"] == other(old["by"])
            and old["seq"] < f["seq"] < new["seq"]
            and not self.ask("retracted", f)
            for f in self.facts
        )
        return acknowledged or acted

    def taken_back(self, fact: Fact) -> list[Fact]:
        """No. 3: what it "corrects, retracts or by a later statement on the same thing replaces", of its own."""
        if fact["type"] in ("FactCorrected", "FactRetracted"):
            target = self.targets[fact["seq"]]
            return [target] if target is not None and target["by"] == fact["by"] else []
        found = []
        for f in self.facts:
            if f["seq"] >= fact["seq"] or f["by"] != fact["by"] or not self.same_thing(f, fact):
                continue
            later = f["type"] == "IncidentReported" or self.moment_of(f) <= self.moment_of(fact)
            if later and not self.ask("retracted", f):
                found.append(f)
        return found

    def moment_of(self, fact: Fact) -> Any:
        """When it happened, as corrected of record."""
        return dated(fact, {}, self.on_of(fact))["at"]

    def passed_over(self, fact: Fact) -> bool:
        """No. 3: "a change of a correction or retraction is one of what that changed, if acknowledged since": what the
        other party acknowledged as the act left it."""
        acts, one = ("FactCorrected", "FactRetracted"), self.targets.get(fact["seq"])
        if fact["type"] not in acts or one is None:
            return False
        since, under = one["seq"], []
        while one is not None and one["type"] in acts:
            one = self.targets[one["seq"]]
            under += [one] if one is not None else []
        grants = [a for o in under for a in self.acknowledgements(o) if a["by"] == other(fact["by"])]
        return any(since < a["seq"] < fact["seq"] for a in grants)

    def told_late(self, fact: Fact) -> bool:
        """No. 3: "recorded after a TerminationDeclared said by the other party [...], tells a performance [...] of
        its own dated before it"."""
        return (
            fact["type"] in PERFORMANCES
            and actor(fact) == fact["by"]
            and any(
                f["type"] in ENDING
                and f["by"] == other(fact["by"])
                and f["seq"] < fact["seq"]
                and self.moment_of(fact) < self.moment_of(f)
                and not self.ask("retracted", f)
                for f in self.facts
            )
        )

    def takes_back(self, fact: Fact) -> bool:
        """No. 3, whole; "or the other party contests it"."""
        old = self.taken_back(fact)
        late = self.told_late(fact)
        if any(self.relied_on(o, fact) for o in old) or self.passed_over(fact) or (late and not fact.get("documents")):
            return True
        if old and self.takes_away(fact):
            return True
        return (bool(old) or late) and self.contested(fact)

    def takes_away(self, act: Fact) -> bool:
        """No. 3: "or takes away (retracts, or gives another identifier) what a fact of record by another role, an
        agreement or a ruling, recorded before, is about"."""
        gone = self.names_gone(act) if act["type"] in ("FactCorrected", "FactRetracted") else []
        for f in self.facts:
            about = [s for s in [identifier(SUBJECTS, f)] if s and f["type"] != "ComplaintFiled"]
            parts = f["data"].get("allocations") or [] if f["type"] == "PaymentMade" else []
            paid = f["type"] in ("PaymentMade", "DamagesSettled") and f["data"].get("invoice")
            about += [("invoice", part["invoice"]) for part in parts] + ([("invoice", paid)] if paid else [])
            built = any(since < f["seq"] < act["seq"] and name in about for name, since in gone)
            if built and self.word_of_others(f, act["by"]):
                return True
        return False

    def names_gone(self, act: Fact) -> list[tuple[Any, int]]:
        """The identifiers a fact no longer bears by an act on it, or on acts on it; each with since when it did."""
        found: list[tuple[Any, int]] = []
        for fact, above in self.ends_of(act):
            if fact["type"] not in INTRODUCES:
                continue
            kind, key = INTRODUCES[fact["type"]]
            named = [((kind, fact["data"][key]), fact["seq"])]
            for f in self.facts:
                if f["type"] == "FactCorrected" and [e for e, _ in self.ends_of(f)][:1] == [fact]:
                    named.append(((kind, said_in(f).get(key, fact["data"][key])), f["seq"]))
            names = dict(reversed(named))
            left = None
            if act["type"] == "FactCorrected" and above["type"] == "FactCorrected":
                left = (kind, said_in(act).get(key))
            elif above["type"] == "FactCorrected" and len(names) == 1:
                left = next(iter(names))
            target = self.targets[act["seq"]]
            assert target is not None
            found += [(name, max(since, target["seq"])) for name, since in names.items() if name != left]
        return found

    def ends_of(self, act: Fact) -> list[tuple[Fact, Fact]]:
        """The facts that are no corrections or retractions to which an act comes down, each with the act above it."""
        acts, target, ends = ("FactCorrected", "FactRetracted"), self.targets[act["seq"]], []
        starts = [(act, target)]
        said = act["data"].get("data") if target is not None and target["type"] in acts else None
        while isinstance(said, dict) and "target" in said and target is not None:
            starts.append((target, named_by(said["target"], [f for f in self.facts if f["seq"] < target["seq"]])))
            said = said.get("data")
        for above, one in starts:
            while one is not None and one["type"] in acts:
                above, one = one, self.targets[one["seq"]]
            ends += [(one, above)] if one is not None else []
        return ends

    def word_of_others(self, fact: Fact, by: str) -> bool:
        """Whether a fact is of record and not the word of this role alone."""
        if not self.of_record_so_far(fact):
            return False
        if self.speaks_for_more(fact):
            return True
        bare = fact["by"] == by or "confirmed_by" in fact["data"] or fact["type"] == "IncidentAssessed"
        done = fact["type"] in ACTS and actor(fact) == fact["by"]
        return not bare and (done or not self.contested(fact))

    def of_record_so_far(self, fact: Fact) -> bool:
        """Not taken back, and no judgment that is but claimed."""
        judgment = fact["type"] == "JudgmentEntered"
        return not self.ask("retracted", fact) and not (judgment and self.ask("claim", fact))

    def speaks_for_more(self, fact: Fact) -> bool:
        """A neutral role's word, a judgment, an agreement of record, or what the other party granted."""
        if fact["by"] in NEUTRAL or fact["type"] == "JudgmentEntered" or self.acknowledged(fact):
            return True
        return "confirmed_by" in fact["data"] and bool(fact.get("documents")) and not self.contested(fact)

    def core_stands(self, report: Fact) -> bool:
        """2.4: "That an incident happened stays of record where only its report is disputed and a neutral role's word,
        an agreement or a ruling rests on it"."""
        if report["type"] != "IncidentReported" or self.ask("claim", report) != "contested":
            return False
        name = self.data_of(report)["incident"]
        for f in self.facts:
            about = f["type"] in ("IncidentAssessed", "IncidentGradeAgreed") and f["data"]["incident"] == name
            tied = f["by"] in NEUTRAL and f["type"] == "IncidentsLinked" and name in f["data"]["incidents"]
            if f["seq"] > report["seq"] and (about or tied) and self.of_record_so_far(f) and self.speaks_for_more(f):
                return True
        return False

    # views

    def view(self, role: str | None) -> tuple[list[Fact], list[tuple[Fact, Fact]], Fact]:
        """The facts of a view as corrected, the acknowledgements with their targets, the registration."""
        alive = self.alive(role)
        facts = without_lost_mentions(with_subjects([f for f in alive if f["type"] not in CONTROL]))
        there = {f["seq"]: f for f in facts}
        acknowledgements = [
            (f, there[t["seq"]])
            for f in alive
            if f["type"] == "FactAcknowledged" and (t := self.targets[f["seq"]]) is not None and t["seq"] in there
        ]
        return facts, acknowledgements, next(f for f in alive if f["type"] == "ContractRegistered")

    def alive(self, role: str | None) -> list[Fact]:
        """ "of *record* (the default), and `as_seen_by` party_a or party_b: the record, that party's claims, less
        what it contests (other roles see the record less what they contest)"."""
        alive: list[Fact] = []

        def of(fact: Fact, *types: str) -> list[Fact]:
            seqs = {f["seq"] for f in self.about(fact, *types)}
            return [f for f in reversed(alive) if f["seq"] in seqs] if seqs else []

        for fact in reversed(self.facts):
            registration = fact["type"] == "ContractRegistered"
            claimed = self.ask("claim", fact) is not None
            acknowledged = {f["by"] for f in of(fact, "FactAcknowledged")}
            rulings = [
                (j, r)
                for j in alive
                if j["type"] == "JudgmentEntered" and j["data"]["final"] is True
                for r in j["data"]["rulings"]
                if "fact" in r and (t := named_by(r["fact"], self.facts)) is not None and t["seq"] == fact["seq"]
            ]
            rulings.sort(key=lambda pair: place(pair[0]))
            upheld = bool(rulings) and rulings[-1][1]["stands"] is True
            core = claimed and fact["by"] != role and self.core_stands(fact)
            if claimed and fact["by"] != role and not core:
                continue
            struck = rulings[-1][1]["stands"] is False if rulings else bool(of(fact, "FactRetracted"))
            contested = role is not None and any(f["by"] == role for f in of(fact, "FactContested"))
            if not registration and (struck or (contested and role not in acknowledged and not upheld)):
                continue
            data, on = fact["data"], fact["on"]
            # 4.8: "`data` and `on` are each those of the latest correction that states them"
            saying: dict[str, Fact] = {}
            for f in of(fact, "FactCorrected"):
                data, on = f["data"].get("data", data), f["data"].get("on") or on
                saying |= {key: f for key in ("data", "on") if f["data"].get(key) is not None}
            data = {key: data[key] for key in ("incident", "kind")} if core else data
            agreed = fact["by"] in PARTIES and (upheld or other(fact["by"]) in acknowledged)
            # a neutral's word "prevails over what parties said of the same thing before": as any later word of record,
            # for a party's word against it is a claim, unless it is an admission
            rank = 2 if claimed else 1 if agreed else 0
            more = {"rank": rank, "claimed": claimed, "agreed": agreed, "corrected_by": list(saying.values())}
            alive.append({**dated(fact, data, on), **more})
        return sorted(alive, key=place)

    # lists

    def listed(self, fact: Fact, as_of: date) -> bool:
        """ "`claims` and `contested` list what counts by D, corrections and retractions at every D, retracted facts
        never"."""
        if self.ask("retracted", fact):
            return False
        always = fact["type"] in ("FactCorrected", "FactRetracted")
        return always or dated(fact, {}, self.on_of(fact))["day"] <= as_of

    def in_order(self, facts: list[Fact]) -> list[Fact]:
        """ "in (`on`, `seq`) order"."""
        return sorted(facts, key=lambda f: (self.moment_of(f), f["seq"]))

    def claims(self, as_of: date) -> list[dict[str, Any]]:
        """SPEC 5 `claims`."""
        found = [f for f in self.facts if self.ask("claim", f) is not None and self.listed(f, as_of)]
        counting = {by: {f["seq"] for f in self.alive(by)} for by in PARTIES}  # what its own speaker took back: never
        found = [f for f in found if f["seq"] in counting[f["by"]]]
        return [
            {"fact": f["id"], "by": f["by"], "why": self.ask("claim", f), "concerns": self.concerns(f)}
            for f in self.in_order(found)
        ]

    def concerns(self, fact: Fact) -> str:
        """ "`concerns` the incident, month, fact or dispute it is about"."""
        data, target = self.data_of(fact), self.targets.get(fact["seq"])
        if target is not None:
            return str(target["id"])
        if data.get("incidents") and fact["type"] in ("IncidentsLinked", "IncidentsUnlinked"):
            return str(data["incidents"][0])
        for key in ("incident", "month", "dispute"):
            if key in data:
                return str(data[key])
        return str(fact["id"])

    def contested_facts(self, as_of: date) -> list[str]:
        """SPEC 5 `contested`: "Beyond no. 2, 3 and 4 a contest changes nothing of record: the fact is listed under
        `contested`"."""
        found = []
        for fact in self.facts:
            ended = {a["by"] for a in self.acknowledgements(fact)}
            contests = [f for f in self.about(fact, "FactContested") if self.stands(f) and f["by"] not in ended]
            if contests and not self.ask("upheld", fact) and self.listed(fact, as_of):
                found.append(fact)
        return [f["id"] for f in self.in_order(found)]


# --- what hangs on what is not there --------------------------------------------------------------


def subjects_of(fact: Fact) -> list[tuple[str, str]]:
    """The identifiers a fact is about."""
    if fact["type"] == "PaymentMade":
        return [(kind, fact["data"][kind]) for kind in ("invoice", "settlement") if fact["data"].get(kind)]
    about = identifier(SUBJECTS, fact)
    return [about] if about else []


def ruled_on(subject: tuple[str, str], there: dict[Any, int]) -> bool:
    """2.4: a ruling with a debtor is told as `settlement:{dispute}`, "from the second on `settlement:{dispute}.2`"."""
    kind, name = subject
    return kind == "settlement" and any(("dispute", one) in there for one in (name, name.rpartition(".")[0]))


def with_subjects(alive: list[Fact]) -> list[Fact]:
    """SPEC 4.8: "Only a fact whose subject is retracted counts for nothing", and what is about that fact
    in its turn; 2.4: "where two facts of a view introduce one identifier, the one recorded first counts"."""
    kept = alive
    while True:
        owner: dict[Any, int] = {}
        for f in sorted(kept, key=lambda f: f["seq"]):
            if f["type"] in INTRODUCES:
                owner.setdefault(identifier(INTRODUCES, f), f["seq"])
        left = [
            f
            for f in kept
            if all(subject in owner or ruled_on(subject, owner) for subject in subjects_of(f))
            and (f["type"] not in INTRODUCES or owner[identifier(INTRODUCES, f)] == f["seq"])
        ]
        if len(left) == len(kept):
            return left
        kept = left


def without_lost_mentions(kept: list[Fact]) -> list[Fact]:
    """SPEC 4.8: "a retracted system, notice or incident merely mentioned [...] is read as not given".
    (`about` is resolved where it is used.)"""
    there = [identifier(INTRODUCES, f) for f in kept]
    result = []
    for fact in kept:
        data = dict(fact["data"])
        if fact["type"] not in SYSTEM_OF_TERMS and "system" in data and ("system", data["system"]) not in there:
            del data["system"]
        if "unheeded_notice" in data and ("notice", data["unheeded_notice"]) not in there:
            del data["unheeded_notice"]
        if data.get("incidents"):
            data["incidents"] = [i for i in data["incidents"] if ("incident", i) in there]
        if data.get("allocations"):
            data["allocations"] = [a for a in data["allocations"] if ("invoice", a["invoice"]) in there]
        result.append({**fact, "data": data})
    return result


# --- what admission knows -------------------------------------------------------------------------


def heard(facts: list[Fact]) -> list[Fact]:
    """What was said and not taken back by anyone, claims or not, as corrected by anyone: SPEC 2.1 "an identifier used
    twice (that of a retracted fact is free again)". From the last fact back, since a retraction may be retracted."""
    standing = Standing(facts)
    alive: list[Fact] = []
    for fact in reversed(standing.facts):
        seqs = {f["seq"] for f in standing.about(fact, "FactRetracted", "FactCorrected")}
        acting = [f for f in reversed(alive) if f["seq"] in seqs] if seqs else []
        if fact["type"] != "ContractRegistered" and any(f["type"] == "FactRetracted" for f in acting):
            continue
        data, on = fact["data"], fact["on"]
        for f in [f for f in acting if f["type"] == "FactCorrected"]:
            data, on = f["data"].get("data", data), f["data"].get("on") or on
        alive.append(dated(fact, data, on))
    return sorted(alive, key=place)
