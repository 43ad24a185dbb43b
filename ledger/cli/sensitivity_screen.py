"""The screen of ``lvyue status --sensitivity``: which conclusions depend on how the contract is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from ledger import labels
from ledger.domain.template import Template
from ledger.drawing import FAINT, STRONG, Screen
from ledger.projections.sensitivity import weighed, weighed_parts

Answer = Mapping[str, Any]
CHANGES_SHOWN = 6  # changes shown of one other reading; --json has all
SETS_SHOWN = 4  # sets of readings shown for one conclusion
EACH_SHOWN = 6  # conclusions of a section listed singly as holding


def sensitivity(s: Screen, answer: Answer) -> None:
    """Each other reading with the changes it makes, weighed conclusions (``Section.weighed``) first."""
    s.section(s.word("sensitivity"))
    if not answer["sensitivity"]:
        return s.prose(s.word("none_sensitive"))
    paths = {one["path"] for one in answer["robust"]["paths"]}
    first = paths | {path.rpartition(".")[0] for path in paths}  # for a record that came or went, itself
    for (reading, option), ones in groupby(answer["sensitivity"], key=lambda one: (one["reading"], one["option"])):
        s.prose(f"{reading}={option}", style=STRONG)
        question = labels.label("reading", reading, s.lang)
        s.prose(s.word("other_reading", question=question, option=labels.option(reading, option, s.lang)), indent=3)
        _changes(s, sorted(ones, key=lambda one: one["path"] not in first))


def _changes(s: Screen, changes: Sequence[Mapping[str, Any]]) -> None:
    rows = [
        ("", ["", labels.path(one["path"], s.lang), labels.value(one["path"], one["from"], s.lang),
              labels.value(one["path"], one["to"], s.lang)])
        for one in changes[:CHANGES_SHOWN]
    ]  # fmt: skip
    s.table(("", "change", "from", "to"), rows, wide=(1, 2, 3))
    if len(changes) > CHANGES_SHOWN:
        s.line(s.word("more", count=len(changes) - CHANGES_SHOWN), indent=3)


def robust(s: Screen, answer: Answer, template: Template) -> None:
    """The conclusions that hold under every reading, and for the others the readings they depend on."""
    listed = answer["robust"]["paths"]
    s.section(s.word("robust"))
    s.prose(s.word(f"robust_{answer['robust']['tried']}"), style=FAINT)
    turning = {one["path"]: one["changed_by"] for one in listed if "changed_by" in one}
    for part, values in weighed_parts(answer, template).items():
        _held(s, part, {path: value for path, value in values.items() if path not in turning}, len(values))
    if not turning:
        return s.prose(s.word("nothing_turns"))
    s.section(s.word("turning"))
    stands = weighed(answer, template)
    rows = [
        ("", [labels.path(path, s.lang), labels.value(path, stands.get(path), s.lang), _sets(s, sets)])
        for path, sets in turning.items()
    ]
    s.table(("conclusion", "as_it_stands", "changed_by"), rows, wide=(0, 1, 2))


def _held(s: Screen, part: str, held: Mapping[str, Any], count: int) -> None:
    if not held:
        return
    if ".*." not in part and len(held) <= EACH_SHOWN:
        for path, value in held.items():
            s.line(s.word("holds", name=labels.path(path, s.lang), value=labels.value(path, value, s.lang)))
        return
    records, _, name = part.partition(".*")
    told = " ".join([labels.path(records, s.lang), *([labels.field(name[1:], s.lang)] if name else [])])
    s.line(s.word("hold", name=told, held=len(held), count=count))


def _sets(s: Screen, sets: Sequence[Mapping[str, str]]) -> str:
    told = [" + ".join(f"{reading}={option}" for reading, option in one.items()) for one in sets[:SETS_SHOWN]]
    left = len(sets) - SETS_SHOWN
    return s.word("or").join([*told, *([s.word("more", count=left)] if left > 0 else [])])
