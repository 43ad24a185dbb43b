"""Where the contract stands between signature and switch-over, and whether an exit is under way (SPEC 4.1)."""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_11_exit import rule as art_11_exit
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.state import Exit, Exits
from ledger.agreements.beijing_government_cloud_2025.article_13_term import rule as art_13_term
from ledger.agreements.beijing_government_cloud_2025.article_13_term.state import Life, Proposal
from ledger.domain.calendar import corresponding_day
from ledger.projections.explain_deadline import deadline
from ledger.projections.explain_obligation import term_end
from ledger.projections.explanation import Explanation, label


def phase(x: Explanation) -> None:
    exits = x.m[Exits]
    effective(x)
    lease(x)
    if x.m[Life].lease is not None:
        term_end(x)
    terminated(x)
    if exits.switched_over is not None:
        x.cite("11.2")
        x.step("EX_SWITCHED_OVER", fact=x.fact(exits.switched_over.id))
    disputes = x.of_type("DisputeOpened")
    if disputes:
        x.cite("12.2")
        x.step("EX_DISPUTED", facts=x.facts(fact.id for fact in disputes))
    x.step("EX_PHASE", day=x.day, phase=label("phase", art_13_term.phase(x.m, x.day)))


def part(x: Explanation, name: str | None) -> None:
    match name:
        case "signed_on" | "effective_on":
            effective(x)
        case "lease_started_on":
            lease(x)
        case "ends_on":
            term_end(x)
        case "terminated_on" | "provisional":
            terminated(x)
        case _:
            phase(x)


def effective(x: Explanation) -> None:
    x.cite("13.1")
    life = x.m[Life]
    for party, signature in life.signed.items():
        x.step("EX_SIGNED", party=label("role", party), fact=x.fact(signature.id))
    if life.effective_on is not None:
        x.step("EX_EFFECTIVE", on=life.effective_on)
    else:
        x.step("EX_NOT_EFFECTIVE", day=x.day)


def lease(x: Explanation) -> None:
    life = x.m[Life]
    x.cite("13.1")
    if life.lease is not None:
        x.step("EX_LEASE", fact=x.fact(life.lease.id))
    else:
        x.step("EX_TERM_NO_LEASE")


def terminated(x: Explanation) -> None:
    """What ended the contract early, or what would."""
    x.cite("10.1", "10.2", "10.4", "11.1", "13.2")
    life = x.m[Life]
    over = life.terminated_on is not None and life.terminated_on <= x.day
    if not over:
        x.step("EX_NOT_TERMINATED", day=x.day)
        return
    facts = [x.by_id[id_] for id_ in life.terminated_by]
    for proposal in life.proposals.values():
        if proposal.fact in facts:
            _by_consent(x, proposal)
    exited = x.m[Exits].exited
    if exited is not None:
        leaving(x, exited)
    if any(fact.type == "TerminationDeclared" for fact in facts):
        x.cite(*(getattr(fact.what, "clause", "10.1") for fact in facts))
    x.step("EX_TERMINATED", on=life.terminated_on, facts=x.facts(life.terminated_by))


def _by_consent(x: Explanation, proposal: Proposal) -> None:
    x.cite("13.2")
    x.step("EX_PROPOSED", fact=x.fact(proposal.fact.id), on=proposal.day)
    notice_period(x, proposal)


def notice_period(x: Explanation, proposal: Proposal) -> None:
    """The working days of notice a proposal needs (13.2)."""
    count = x.m.agreement.terms(proposal.fact.day).periods.termination_notice_working_days
    deadline(x, x.m.calendar.working_days(proposal.fact.day, count))


def exit_(x: Explanation) -> None:
    x.cite("11.1")
    asked = art_11_exit.current(x.m)
    for one in x.m[Exits].exits.values():
        if one.withdrawn:
            x.step("EX_EXIT_WITHDRAWN", fact=x.fact(one.fact.id))
    if asked is None:
        x.step("EX_EXIT_NONE", day=x.day)
    else:
        leaving(x, asked)


def leaving(x: Explanation, asked: Exit) -> None:
    """From the request to the first day the exit can take effect."""
    x.cite("11.1", "civil code 202")
    months = x.m.agreement.terms(asked.fact.day).periods.exit_notice_months
    notice = corresponding_day(asked.fact.day, months)
    x.step("EX_EXIT_ASKED", fact=x.fact(asked.fact.id), on=asked.exit_on)
    x.step("EX_EXIT_NOTICE", asked=asked.fact.day, months=months, notice=notice)
    code = "EX_EXIT_TOO_SHORT" if asked.exit_on < notice else "EX_EXIT_IN_TIME"
    x.step(code, on=asked.exit_on, notice=notice, earliest=asked.earliest_on)
    if asked.permitted is None or asked.consent is None:
        x.step("EX_EXIT_UNANSWERED", day=x.day)
    else:
        x.step("EX_EXIT_PERMITTED" if asked.permitted else "EX_EXIT_REFUSED", fact=x.fact(asked.consent.id))
