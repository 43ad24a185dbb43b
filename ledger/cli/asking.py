"""Verbs that ask: status, facts, replay, explain, simulate, diff, portfolio."""

from __future__ import annotations

from argparse import Namespace

from ledger.cli.arguments import UsageError
from ledger.cli.opening import ledger_of
from ledger.cli.output import Output
from ledger.messages import say
from ledger.service import Question, envelope


def question_of(asked: Namespace) -> Question:
    return Question(
        asked.as_of, asked.known_at, asked.as_seen_by, dict(asked.reading), getattr(asked, "sensitivity", False)
    )


def status(asked: Namespace, out: Output) -> None:
    """The conclusions of SPEC section 5."""
    ledger = ledger_of(asked)
    answer = ledger.status(asked.contract, question_of(asked))
    if out.as_json:
        return out.json(answer)
    from ledger.cli.status_screen import draw

    title = ledger.terms(asked.contract)["contract"]["title"]
    draw(out.screen(), answer, title=title, as_seen_by=asked.as_seen_by)


def facts(asked: Namespace, out: Output) -> None:
    from ledger.cli import screens

    found = ledger_of(asked).facts(asked.contract, Question(asked.as_of, asked.known_at))
    out.answer([envelope(fact) for fact in found], screens.facts)


def replay(asked: Namespace, out: Output) -> None:
    from ledger.cli import screens

    out.answer(ledger_of(asked).replay(asked.contract, question_of(asked)), screens.replay)


def explain(asked: Namespace, out: Output) -> None:
    from ledger.cli import screens

    out.answer(ledger_of(asked).explain(asked.contract, asked.path, question_of(asked)), screens.explain)


def simulate(asked: Namespace, out: Output) -> None:
    from ledger.cli import screens
    from ledger.cli.recording import read_facts, with_line

    lines = read_facts(asked.file, out)
    with with_line(lines):
        answer = ledger_of(asked).simulate(
            asked.contract, [line.stated for line in lines], question_of(asked)
        )
    out.answer(answer, screens.simulated)


def diff(asked: Namespace, out: Output) -> None:
    """Between two days, or between two moments of knowledge; a single other one counts for both."""
    from ledger.cli import screens

    as_of, known_at = asked.as_of or [None], asked.known_at or [None]
    if max(len(as_of), len(known_at)) != 2:
        message = say("USAGE_DIFF", out.lang)
        raise UsageError("USAGE_DIFF", say("USAGE", out.lang, message=message, program="lvyue diff"))
    readings = dict(asked.reading)
    first, second = (
        Question(as_of[at % len(as_of)], known_at[at % len(known_at)], asked.as_seen_by, readings) for at in (0, 1)
    )
    out.answer(ledger_of(asked).diff(asked.contract, first, second), screens.diff)


def portfolio(asked: Namespace, out: Output) -> None:
    from ledger.cli import screens

    out.answer(ledger_of(asked).portfolio(question_of(asked)), screens.portfolio)
