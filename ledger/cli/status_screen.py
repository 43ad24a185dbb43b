"""The screen of ``lvyue status``: the most important first, readable in 80 columns."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from ledger import labels
from ledger.domain.template import Template
from ledger.drawing import STRONG, Screen, Styled
from ledger.drawing.sections import plain

Answer = Mapping[str, Any]
DAYS_SHOWN = 8  # next changes shown; --json has all


def draw(s: Screen, answer: Answer, template: Template, *, title: str, as_seen_by: str | None = None) -> None:
    """Draw the answer of SPEC section 5, section by section."""
    _head(s, answer, template, title, as_seen_by)
    for key, one in template.sections.items():
        if one.draw is not None or one.headline is None:
            section(s, answer, template, key)
    _next_changes(s, answer, template)
    _readings(s, answer, template)
    if answer["sensitivity"] is not None:
        from ledger.cli import sensitivity_screen

        sensitivity_screen.sensitivity(s, answer)
        sensitivity_screen.robust(s, answer, template)
    s.blank()


def section(s: Screen, answer: Answer, template: Template, key: str) -> None:
    """Draw one section of the answer."""
    draw_ = template.sections[key].draw
    if draw_ is not None:
        draw_(s, answer)
    else:
        plain(s, key, answer[key])


def _head(s: Screen, answer: Answer, template: Template, title: str, as_seen_by: str | None) -> None:
    s.line(Styled(title, STRONG))
    heads = [one.headline(answer[key], s.lang) for key, one in template.sections.items() if one.headline is not None]
    s.line(answer["contract"], *(Styled(head, STRONG) for head in heads))
    seen = [s.word("as_seen_by", role=labels.label("role", as_seen_by, s.lang))] if as_seen_by else []
    s.line(
        s.word("as_of", day=labels.weekday(answer["as_of"], s.lang)),
        s.word("known_at", moment=labels.clock(answer["known_at"], s.lang)),
        s.word("facts", count=answer["facts"]), *seen,
    )  # fmt: skip


def _next_changes(s: Screen, answer: Answer, template: Template) -> None:
    listed = answer["next_changes"]
    if not listed:
        return
    s.section(s.word("next_changes"))
    days = [(day, list(ones)) for day, ones in groupby(listed, key=lambda one: str(one["on"]))]
    rows: list[tuple[str, list[str]]] = []
    for day, ones in days[:DAYS_SHOWN]:
        told = [one for one in ones if not _follows(one, template)]
        said = [labels.change(one["what"], one["from"], one["to"], s.lang) for one in told or ones]
        rows += [("", [labels.weekday(day, s.lang) if line is said[0] else "", line]) for line in said]
    s.table(("", ""), rows, wide=(1,))
    if len(days) > DAYS_SHOWN:
        s.line(s.word("more", count=len(days) - DAYS_SHOWN))


def _follows(change: Mapping[str, Any], template: Template) -> bool:
    """Whether a change merely follows from another of the same day, as its section declares."""
    section = template.sections.get(change["what"].partition(".")[0])
    return section is not None and section.follows is not None and section.follows(change["what"], change["to"])


def _readings(s: Screen, answer: Answer, template: Template) -> None:
    other = {name: option for name, option in answer["readings"].items() if option != template.readings[name].default}
    if not other:
        return
    s.section(s.word("readings"))
    for reading, option in other.items():
        s.line(f"{labels.label('reading', reading, s.lang)}: {labels.option(reading, option, s.lang)}")
