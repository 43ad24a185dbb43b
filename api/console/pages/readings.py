"""解读 Readings: the open questions of the text, their options with reasons, and what each option would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from api.console.context import PageContext
from api.console.long_pages import AGAIN_SECONDS
from api.console.routes import Pages
from api.console.tables import TableColumn, TableRow, table
from api.console.weighed import weighed
from api.console.words import PageWords
from ledger import labels
from ledger.domain.template import Template
from ledger.projections.paths import in_one_line
from ledger.projections.sensitivity import weighed as held
from ledger.projections.sensitivity import weighed_parts

MOST_CHANGES = 8  # changes shown of one option; the number of others is given
Answer = Mapping[str, Any]


def readings(pages: Pages) -> None:
    """``/contract/{contract}/readings``."""
    components = pages.console.components
    ledger = components.ledger

    @pages.get("readings", "/contract/{contract}/readings", long=True)
    def show_readings(context: PageContext, contract: str) -> Response:
        context.may("read", contract)
        words, template = context.words(contract), ledger.template(contract)
        found = weighed(components, contract, context.question)
        answer: Answer = found.answer or ledger.status(contract, context.question)
        changes = _by_option(found.answer) if found.answer is not None else None
        questions = [_question(words, template, name, answer, changes) for name in template.readings]
        turning = [one for one in questions if one["turns"]]
        body = context.render(
            "readings.html", contract, turning=turning, others=[one for one in questions if not one["turns"]],
            count=len(questions), progress=None if found.answer is not None else found.progress,
            deciding=deciding(words, found.answer, template) if found.answer is not None else None,
            holding=_holding(words, found.answer, template) if found.answer is not None else [],
            tried=found.answer["robust"]["tried"] if found.answer is not None else "", again=context.address(),
        )  # fmt: skip
        again = AGAIN_SECONDS if found.answer is None else 0
        return context.page(words.plain("nav.readings"), body, here="readings", contract=contract, again=again)


def _by_option(answer: Answer) -> dict[tuple[str, str], list[Answer]]:
    ordered = answer["sensitivity"]
    return {key: list(ones) for key, ones in groupby(ordered, key=lambda one: (one["reading"], one["option"]))}


def _question(
    words: PageWords, template: Template, name: str, answer: Answer,
    changes: Mapping[tuple[str, str], Sequence[Answer]] | None,
) -> dict[str, Any]:  # fmt: skip
    """A question with its options: the one in force; each one's reason, the changes it makes, the address to try it."""
    reading, in_force = template.readings[name], answer["readings"][name]
    options = [
        {"name": option, "said": labels.option(name, option, words.lang), "in_force": option == in_force,
         "argument": labels.argument(name, option, words.lang),
         "to": words.url("contract", reading=f"{name}={option}"),
         "changes": None if changes is None else _changes(words, changes.get((name, option), ()))}
        for option in reading.options
    ]  # fmt: skip
    return {"name": name, "asks": labels.label("reading", name, words.lang), "clauses": reading.clauses,
            "options": options, "turns": any(one["changes"] for one in options)}  # fmt: skip


def _changes(words: PageWords, changes: Sequence[Answer]) -> list[Markup]:
    """The changes an option would make, the most important first."""
    ordered = sorted(changes, key=lambda one: labels.weight(one["path"]))
    said = [
        words.running(labels.change(one["path"], one["from"], one["to"], words.lang)) for one in ordered[:MOST_CHANGES]
    ]
    left = len(ordered) - MOST_CHANGES
    return [*said, words.say("readings.more", count=left)] if left > 0 else said


def deciding(words: PageWords, answer: Answer, template: Template, paths: Iterable[str] | None = None) -> Any:
    """The conclusions that depend on readings, and on which; only those about ``paths``, if given."""
    wanted = None if paths is None else list(paths)
    stands = held(answer, template)
    lines = [
        TableRow([labels.path(one["path"], words.lang), _standing(words, one["path"], stands.get(one["path"])),
              _sets(words, one["changed_by"])])
        for one in answer["robust"]["paths"]
        if "changed_by" in one and (wanted is None or any(in_one_line(one["path"], path) for path in wanted))
    ]  # fmt: skip
    heads = [TableColumn(words.plain(f"readings.head.{one}")) for one in ("conclusion", "stands", "changed-by")]
    return table("", heads, lines, empty=words.say("readings.nothing-turns"))


def _standing(words: PageWords, path: str, value: Any) -> Markup:
    """A conclusion's present value, linked to its explanation if it has one."""
    return words.value(path, value) if value is None else words.fig(path, words.value(path, value))


def _sets(words: PageWords, sets: Sequence[Mapping[str, str]]) -> Markup:
    """The smallest sets of other readings that change a conclusion, one per line."""
    said = [
        words.say("readings.both-read").join(
            words.link("readings", words.say("readings.read-as", question=labels.label("reading", name, words.lang),
                                             option=labels.option(name, option, words.lang)), anchor=name)
            for name, option in one.items()
        )
        for one in sets[:4]
    ]  # fmt: skip
    more = [words.say("readings.more", count=len(sets) - 4)] if len(sets) > 4 else []
    return Markup("<br>").join([*said, *more])


def _holding(words: PageWords, answer: Answer, template: Template) -> list[Markup]:
    """The conclusions that hold under every reading, by section."""
    turning = {one["path"] for one in answer["robust"]["paths"] if "changed_by" in one}
    found = []
    for part, values in weighed_parts(answer, template).items():
        left = {path: value for path, value in values.items() if path not in turning}
        if not left:
            continue
        if ".*." not in part and len(left) <= 4:
            found += [words.say("readings.holds", name=labels.path(path, words.lang),
                                value=_standing(words, path, value)) for path, value in left.items()]  # fmt: skip
            continue
        records, _, name = part.partition(".*")
        called = " ".join([labels.path(records, words.lang), *([labels.field(name[1:], words.lang)] if name else [])])
        found.append(words.say("readings.hold", name=called, held=len(left), count=len(values)))
    return found
