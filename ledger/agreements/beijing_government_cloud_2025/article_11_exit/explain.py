"""Is an exit under way, and from when can it take effect? (SPEC 4.1)"""

from __future__ import annotations

from ledger.agreements.beijing_government_cloud_2025.article_11_exit import rule
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.facts import ExitPermitted
from ledger.agreements.beijing_government_cloud_2025.article_11_exit.state import Exit, Exits
from ledger.domain.calendar import corresponding_day
from ledger.domain.fact import Fact
from ledger.explanation import Explanation


def exit_(x: Explanation) -> None:
    x.cite("11.1")
    asked = rule.current(x.m)
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
    months = x.terms(asked.fact.day).periods.exit_notice_months
    notice = corresponding_day(asked.fact.day, months or 0)
    x.step("EX_EXIT_ASKED", fact=x.fact(asked.fact.id), on=asked.exit_on)
    if months is None:
        x.step("EX_EXIT_NO_NOTICE")
    else:
        x.step("EX_EXIT_NOTICE", asked=asked.fact.day, months=months, notice=notice)
        x.step("EX_EXIT_TOO_SHORT" if asked.exit_on < notice else "EX_EXIT_IN_TIME", on=asked.exit_on, notice=notice)
    if asked.permitted is None:
        x.step("EX_EXIT_UNANSWERED", day=x.day)
    elif asked.consent is not None:
        x.step("EX_EXIT_PERMITTED", fact=x.fact(asked.consent.id))
        _consented(x, asked, asked.consent)
    elif asked.refusal is not None:
        x.step("EX_EXIT_REFUSED", fact=x.fact(asked.refusal.id))
    x.step("EX_EXIT_EARLIEST", earliest=asked.earliest_on)
    first = asked.earliest_on if asked.consent is None else max(asked.earliest_on, asked.consent.day)
    if first != asked.earliest_on:
        x.step("EX_EXIT_FROM_CONSENT", on=first)


def _consented(x: Explanation, asked: Exit, consent: Fact) -> None:
    """A permission that names a day of its own consents to that day (民法典 562)."""
    what = consent.what
    assert isinstance(what, ExitPermitted)
    named = what.exit_on
    if named is None:
        return
    strict = x.read("notice-waiver", consent.day) == "strict"
    if not strict:
        x.cite("civil code 562")
    x.step("EX_EXIT_CONSENT_STRICT" if strict else "EX_EXIT_CONSENT", on=named, earliest=asked.earliest_on)


def notice_too_short(x: Explanation, fact: Fact) -> None:
    leaving(x, next(other for other in x.m[Exits].exits.values() if other.fact.id == fact.id))
