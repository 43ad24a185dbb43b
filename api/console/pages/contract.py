"""合同 Contract: the main answers with drawings, what comes next, then the tables behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from api.console import conclusions, sections
from api.console.context import PageContext
from api.console.foot import foot
from api.console.routes import Pages
from api.console.tables import shortened
from api.console.words import PageWords, is_day
from api.parameters import flag
from ledger import labels
from ledger.domain.fact import PARTIES
from ledger.domain.section import Section, Verdict
from ledger.domain.template import EVERY_ANSWER, Template
from ledger.drawing.sections import days_between
from ledger.messages import say

_ALL = flag("all")
TOLD_ELSEWHERE = (*EVERY_ANSWER, "limitation")  # sections that every agreement has, drawn by api.console.conclusions


def contract(pages: Pages) -> None:
    """``/contract/{contract}``."""
    ledger = pages.console.components.ledger

    @pages.get("contract", "/contract/{contract}", takes=(_ALL,), long=True)
    def show_contract(context: PageContext, contract: str) -> Response:
        context.may("read", contract)
        title = ledger.terms(contract)["contract"]["title"]
        what = f"contract {context.one('all', False)}"
        body = context.remembered(contract, what, lambda: _body(context, contract, title))
        return context.page(title, body, here="contract", contract=contract)

    def _body(context: PageContext, contract: str, title: str) -> Markup:
        words, asked = context.words(contract), context.question
        answer, template = ledger.status(contract, asked), ledger.template(contract)
        facts = ledger.standing(contract, asked)
        how = context.reckoned(contract)
        own = [one for one in template.by_weight if one.key not in TOLD_ELSEWHERE and not _in_title(one, answer)]
        whole = context.one("all", False)
        drawn = [sections.drawn(one, answer, facts, words, whole=whole) for one in own]
        money = sorted((one for one in drawn if one.sums and one.bands), key=lambda one: len(one.tables))
        first = [one for one in drawn if one.bands and not one.sums]
        rest = [one._replace(bands=()) for one in drawn if one not in first and (one.tables or one not in money)]
        role, told = context.permissions.principal.role(contract), verdicts(answer, template, words)
        said = {fact.id: fact for fact in ledger.facts(contract, asked)}
        return context.render(
            "contract.html", contract, title=title, moment=context.moment(contract), count=answer["facts"],
            answer=answer, at_a_glance=at_a_glance(answer, template, words),
            verdicts=told, whose=of_another(told, role),
            figures=figures(answer, template, role, words), first=first, rest=rest, money=money,
            coming=shortened(conclusions.coming(answer, how, template, words), whole=whole), days=days_between,
            obligations=shortened(conclusions.obligations(answer, how, words), whole=whole),
            claims=shortened(conclusions.claims(answer, said, role, words), whole=whole),
            positions=shortened(conclusions.positions(answer, words), whole=whole),
            anomalies=shortened(conclusions.anomalies(answer, words), whole=whole),
            limitation=shortened(conclusions.limitation(answer, words), whole=whole)
            if "limitation" in template.sections else None,
            contested=answer["contested"], foot=foot(answer, words, "contract"), 
            head=lambda key: sections.head_of(template.sections[key], words),
            provisos=_provisos(answer, template, words),
        )  # fmt: skip


def verdicts(answer: Mapping[str, Any], template: Template, words: PageWords) -> list[Verdict]:
    """The answer of each section, in one sentence."""
    every = [one.verdicts for one in template.sections.values() if one.verdicts is not None]
    return [one for told in every for one in told(answer, words.lang)]


def of_another(told: Sequence[Verdict], role: str | None) -> str:
    """The party whose right the only verdict is about, if not the reader's own, who might take it for theirs."""
    return told[0].role if len(told) == 1 and told[0].role != role else ""


def at_a_glance(answer: Mapping[str, Any], template: Template, words: PageWords) -> list[Markup]:
    """The state of the contract at a glance: values that are one word, then dates."""
    found: list[Markup] = []
    for key, one in template.sections.items():
        value = answer[key]
        if isinstance(value, str):
            found.append(words.fig(key, one.headline(value, words.lang) if one.headline else words.value(key, value)))
        elif _in_title(one, answer):
            found += [Markup("{} {}").format(labels.path(f"{key}.{part}", words.lang),
                                             words.fig(f"{key}.{part}", words.day(day, weekday=False)))
                      for part, day in value.items() if is_day(day)]  # fmt: skip
    return found


def _in_title(section: Section, answer: Mapping[str, Any]) -> bool:
    """Whether a section's whole content is shown under the title, as it is one word or only dates."""
    value = answer[section.key]
    if not isinstance(value, Mapping):
        return isinstance(value, str)
    return not section.records and all(is_day(one) or not one for one in value.values()) and any(value.values())


Figures = list[tuple[object, Markup]]


def figures(answer: Mapping[str, Any], template: Template, role: str | None, words: PageWords) -> Figures:
    """Figures beside the answer: the agreement's sums, each party's obligations, claims that await an answer."""
    return [*sums(answer, template, words), *_due(answer, role, words), waiting(answer, role, words)]


def sums(answer: Mapping[str, Any], template: Template, words: PageWords) -> Figures:
    """The figures that sections name."""
    found: Figures = []
    for key, one in template.sections.items():
        for part in one.figures:
            path = f"{key}.{part}"
            shown = words.fig(path, words.value(path, answer[key][part]))
            shown = words.say("yuan", sum=shown) if one.money else shown
            said = one.under(part, answer, words.lang) if one.under is not None else ""
            shown += Markup("<small>{}</small>").format(said) if said else Markup("")
            found.append((labels.path(path, words.lang), shown))
    return found


def _due(answer: Mapping[str, Any], role: str | None, words: PageWords) -> Figures:
    found: Figures = []
    for party in PARTIES:
        whose = "ours" if party == role else "theirs" if role in PARTIES else party
        role_named = words.say("due-soon", role=words.label("role", party))
        said = words.say(f"due-soon.{whose}") if whose != party else role_named
        found.append((said, conclusions.counted(conclusions.due_soon(answer, party), words)))
    return found


def waiting(answer: Mapping[str, Any], role: str | None, words: PageWords) -> tuple[object, Markup]:
    """Claims of other roles that have not been answered."""
    listed = [one for one in answer["claims"] if one["by"] != role and one["fact"] not in answer["contested"]]
    to = words.url("contract", anchor="claims")
    link = Markup('<a class="fig" href="{}">{}</a>').format(to, words.say("items", count=len(listed)))
    return words.say("waiting-for-us") if role in PARTIES else words.say("waiting"), link


def _provisos(answer: Mapping[str, Any], template: Template, words: PageWords) -> list[str]:
    """The reservations to state beside the sums of sections that are not empty."""
    def stands(section: Section) -> bool:
        return any(part for part in answer[section.key].values() if isinstance(part, list))

    return [say(one.proviso, words.lang) for one in template.sections.values() if one.proviso and stands(one)]
