"""Verbs that ask: status, facts, replay, explain, clause, deadlines, simulate, diff, portfolio."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from typing import Any

from ledger.cli.arguments import UsageError
from ledger.cli.forking import forked
from ledger.cli.opening import ledger_of
from ledger.cli.output import Output
from ledger.domain.errors import Refusal
from ledger.domain.moments import beijing_day, parse_on
from ledger.domain.template import Template
from ledger.messages import Language, say
from ledger.service import Ledger, Question

MANY = 500  # contracts: from this many on, several processes make the missing portfolio rows
LONG = 300  # facts: from this many on, several processes try the other readings
_BOTH: tuple[Language, ...] = ("zh", "en")


def question_of(asked: Namespace) -> Question:
    return Question(
        asked.as_of, asked.known_at, asked.as_seen_by, dict(asked.reading), getattr(asked, "sensitivity", False)
    )


def status(asked: Namespace, out: Output) -> None:
    """Show the conclusions of SPEC section 5."""
    ledger, question = ledger_of(asked), question_of(asked)
    if asked.section is None and out.tabular:
        message = say("USAGE_SECTION", out.lang)
        raise UsageError("USAGE", say("USAGE", out.lang, message=message, program="lvyue status"))
    many = question.sensitivity and ledger.version(asked.contract) >= LONG
    progress = out.percent("PROGRESS_WEIGHED")
    answer = ledger.status(asked.contract, question, progress=progress, each=forked if many else map)
    out.progress_done()
    if asked.section is not None:
        return _section(ledger.template(asked.contract), answer, asked.section, out)
    if out.as_json:
        return out.json(answer)
    from ledger.cli.status_screen import draw

    template = ledger.template(asked.contract)
    draw(out.screen(), answer, template, title=ledger.title(asked.contract), as_seen_by=asked.as_seen_by)


def _section(template: Template, answer: dict[str, Any], key: str, out: Output) -> None:
    """One section of the answer, drawn as in the full status, or as a table."""
    from ledger.cli.status_screen import section
    from ledger.exporters import section_table

    table = section_table(answer, template, key)
    shown = {part: answer[part] for part in ("contract", "as_of", "known_at", key)}
    out.answer(shown, lambda s, _: section(s, answer, template, key), tables=lambda _: [table])


def facts(asked: Namespace, out: Output) -> None:
    """List the facts: who recorded each, how late, and whether it was corrected, retracted or contested since."""
    from ledger.cli import screens
    from ledger.exporters import facts_tables

    found = ledger_of(asked).register_each(asked.contract, Question(asked.as_of, asked.known_at))
    wanted = (fact for fact in found if _wanted(fact, asked))
    if out.tabular:
        listed = list(wanted)
        return out.answer(listed, screens.facts, tables=lambda form: facts_tables(listed, form, out.lang))
    out.each(wanted, screens.facts)


def _wanted(fact: dict[str, Any], asked: Namespace) -> bool:
    day = fact["on"][:10] if len(fact["on"]) == 10 else beijing_day(parse_on(fact["on"]).at).isoformat()
    return (
        asked.type in (None, fact["type"]) and asked.by in (None, fact["by"])
        and asked.recorded_by in (None, fact["recorded_by"])
        and (asked.start is None or asked.start.isoformat() <= day)
        and (asked.until is None or day <= asked.until.isoformat())
        and (asked.late is None or fact["days_late"] >= asked.late)
    )


def replay(asked: Namespace, out: Output) -> None:
    from ledger.cli import screens
    from ledger.exporters import by_change

    recorded = asked.by == "recorded"
    entries = ledger_of(asked).replay(asked.contract, question_of(asked), as_recorded=recorded)
    out.answer(entries, screens.recorded if recorded else screens.replay, by_change(entries))


def explain(asked: Namespace, out: Output) -> None:
    """Explain the conclusion at a path; without a path list the paths that can be explained."""
    from ledger.cli import screens

    ledger, question = ledger_of(asked), question_of(asked)
    if asked.path is None:
        return out.answer(ledger.paths(asked.contract, question), screens.paths)
    if out.tabular:
        message = say("USAGE_CSV_NO_LIST", out.lang)
        raise UsageError("USAGE", say("USAGE", out.lang, message=message, program="lvyue explain"))
    try:
        answer = ledger.explain(asked.contract, asked.path, question)
    except Refusal as refused:
        if refused.code != "PATH_UNKNOWN":
            raise
        answer = ledger.explain(asked.contract, _meant(asked.path, ledger.paths(asked.contract, question), refused),
                                question)  # fmt: skip
    out.answer(answer, screens.explain)


def clause(asked: Namespace, out: Output) -> None:
    """Show the agreement's wording clause by clause, each with its present conclusions."""
    from ledger.cli import screens

    out.answer(ledger_of(asked).clauses(asked.contract, asked.article, question_of(asked)), screens.clauses)


def _meant(typed: str, listed: list[dict[str, Any]], refused: Refusal) -> str:
    """The path whose displayed words or last part were typed; else raises the refusal, naming the nearest path."""
    from ledger.domain.values import nearest
    from ledger.labels import obligation, path

    known = [str(one["path"]) for one in listed]
    found = {
        one for one in known
        if one.endswith((f".{typed}", f":{typed}"))
        or any(f" {path(one, lang)}".endswith(f" {typed}") for lang in _BOTH)
        or typed in (obligation(one.removeprefix("obligations."), lang) for lang in _BOTH)
    }  # fmt: skip
    if found:
        # for an incident its grade; for an invoice the duty to pay rather than its limitation
        return min(found, key=lambda one: (one.startswith("limitation."), len(one), one))
    refused.values["near"] = nearest(typed, known)
    raise refused


def deadlines(asked: Namespace, out: Output) -> None:
    """List what is overdue and what falls due, for one contract or for all."""
    from ledger.cli import screens

    ledger, question = ledger_of(asked), question_of(asked)
    known = [ledger.deadlines(contract, question) for contract in ([asked.contract] if asked.contract
             else ledger.contracts())]  # fmt: skip
    found = sorted(
        ({"contract": of.contract, "on": one.day.isoformat(), "what": one.what, "subject": one.subject,
          "obligor": one.obligor, "clause": one.clause, "provisional": one.provisional, "path": one.path}
         for of in known for one in of.deadlines if asked.until is None or one.day <= asked.until),
        key=lambda one: (str(one["on"]), str(one["contract"]), str(one["path"])),
    )  # fmt: skip
    out.answer(found, partial(screens.deadlines, as_of=ledger.day(question), several=asked.contract is None))


def simulate(asked: Namespace, out: Output) -> None:
    from ledger.cli import screens
    from ledger.cli.recording import read_facts, with_line
    from ledger.importers.table import Told

    ledger = ledger_of(asked)
    lines = read_facts(asked.file, out, ledger.clock(), Told(asked.type, asked.by, asked.actor, asked.skip or ()))
    with with_line(lines):
        answer = ledger.simulate(
            asked.contract, [line.stated for line in lines], question_of(asked)
        )
    out.answer(answer, screens.simulated)


def diff(asked: Namespace, out: Output) -> None:
    """Compare two days, or two moments of knowledge; where only one day (or moment) is given it applies to both."""
    from ledger.cli import screens

    as_of, known_at = asked.as_of or [None], asked.known_at or [None]
    if max(len(as_of), len(known_at)) != 2:
        message = say("USAGE_DIFF", out.lang)
        raise UsageError("USAGE_DIFF", say("USAGE", out.lang, message=message, program="lvyue diff"))
    readings = dict(asked.reading)
    first, second = (
        Question(as_of[at % len(as_of)], known_at[at % len(known_at)], asked.as_seen_by, readings) for at in (0, 1)
    )
    answer = ledger_of(asked).diff(asked.contract, first, second)
    out.answer(answer, screens.diff, answer["changes"])


def keep_portfolio(ledger: Ledger, out: Output, *, anew: bool, dask: str | None = None) -> None:
    """Build all portfolio rows if there are none or ``anew`` is set: one process per processor, or on ``dask``."""
    from ledger.dask import in_dask
    from ledger.portfolio_rows import assumed, in_processes

    def made(count: int, total: int) -> None:
        out.progress("PROGRESS_PORTFOLIO", count=count, total=total)

    if anew or not (ledger.projector.stands() or ledger.store.replica):  # whose rows come with its facts
        there = in_dask(dask, ledger.store, assumed(ledger.calendar())) if dask else in_processes(ledger.store.url)
        with there as swept:
            ledger.projector.rebuild(swept, made)
        out.progress_done()


def _what_if(ledger: Ledger, asked: Namespace, out: Output) -> dict[str, Any]:
    """The contracts that would change under the supposed reading, notice or facts."""
    from json import loads

    from ledger.cli.recording import read_document, read_facts
    from ledger.notices import notice_from_data
    from ledger.supposing import Supposition

    stated = [line.stated for line in read_facts(asked.if_facts, out, ledger.clock())] if asked.if_facts else []
    notices = [notice_from_data(loads(read_document(file)), path=file) for file in asked.if_notice]
    supposition = Supposition(dict(asked.if_reading), notices, stated)
    found = ledger.portfolio.what_if(asked.prefix or "", supposition, progress=out.percent("PROGRESS_SUPPOSED"))
    out.progress_done()
    return found


def portfolio(asked: Namespace, out: Output) -> None:
    from ledger.cli import screens
    from ledger.exporters import portfolio_table

    ledger = ledger_of(asked)
    if asked.rebuild or asked.dask or ledger.store.registered() >= MANY:
        keep_portfolio(ledger, out, anew=asked.rebuild or asked.dask is not None, dask=asked.dask)
    if asked.if_reading or asked.if_notice or asked.if_facts:
        return out.answer(_what_if(ledger, asked, out), screens.what_if)
    from ledger.portfolio import PortfolioQuery

    wanted = PortfolioQuery(asked.where, asked.prefix or "", asked.contains or "", asked.order or "")
    lines = ledger.portfolio.lines(question_of(asked), wanted)
    out.answer(lines, screens.portfolio, tables=lambda _: [portfolio_table(lines)])
