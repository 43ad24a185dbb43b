"""The agreement's own words, clause by clause, each with what holds under it now and the facts it rests on.

It draws no conclusion of its own: which conclusion stands on which clause is declared by the sections
(``Section.issues``), which fact belongs to which article by its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ledger import labels
from ledger.bilingual import clause_name, path_name, worded
from ledger.domain.calendar import format_utc
from ledger.domain.declare import NamedTuple
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES, Fact, chronological
from ledger.domain.law.source import source_of
from ledger.domain.machine import Machine
from ledger.domain.template import Template
from ledger.domain.values import nearest, quoted
from ledger.domain.words import clause_order
from ledger.explanation import Explanation
from ledger.projections.basis import Basis
from ledger.projections.explain import PathIndex, opened


class Stands(NamedTuple):
    """A conclusion that stands on a clause: its path, and the facts (ids) it names."""

    path: str
    facts: tuple[str, ...]


def clauses(basis: Basis, article: str | None = None) -> dict[str, Any]:
    """``{"contract", "as_of", "known_at", "clauses": [...]}``, all of them or those of one article.

    Each clause has its ``words``, the amendments of what they state (``changed_by``), the ``conclusions`` that stand on
    it as they are now, the ``facts`` under it, the ``readings`` in force of what is unclear in it, and further remarks
    (``steps``). Raises Refusal CLAUSE_UNKNOWN.
    """
    x, shown = opened(basis)
    template = x.m.template
    places = PathIndex(shown, x.m, x.m.day)
    wanted = named(template, article) if article is not None else in_order(template)
    standing = _standing_on(template, x.standing, shown)
    of_types = _of_types(x)
    return {
        "contract": basis.facts[0].contract,
        "as_of": basis.as_of.isoformat(),
        "known_at": format_utc(basis.known_at),
        "clauses": [_told(x.anew(), places, name, standing.get(name, []), of_types.get(name, [])) for name in wanted],
    }


def _told(
    x: Explanation, places: PathIndex, name: str, standing: Iterable[Stands], of_types: Iterable[str]
) -> dict[str, Any]:  # fmt: skip
    template = x.m.template
    conclusions = [told for one in standing for told in _conclusions(places, x.m, one)]
    x.cite(name)
    under = {*of_types, *(fact for one in conclusions for fact in one["facts"])} & x.by_id.keys()
    x.rest_on(*sorted(under, key=lambda id_: chronological(x.by_id[id_])))
    for reading, one in template.readings.items():
        if name in one.clauses:
            x.read(reading)
    told = x.answer(name, None)
    words = next(one for one in told["clauses"] if one["clause"] == name)
    return {
        **words, "name": clause_name(name).json(),
        "title_en": template.words[name].title_en, "conclusions": conclusions, "facts": told["facts"],
        "readings": told["readings"], "steps": told["steps"],
    }  # fmt: skip


def _conclusions(places: PathIndex, m: Machine, one: Stands) -> Iterator[dict[str, Any]]:
    """The conclusions in words: of a record its state, where it has one; of a section each of its parts."""
    value = places.find(one.path).value
    section = m.template.sections.get(one.path)
    if section is None or not isinstance(value, dict):
        yield _conclusion(one, one.path, value)
    else:
        parts = (part for part in value if part not in section.records and part not in section.no_change)
        yield from (_conclusion(one, f"{one.path}.{part}", value[part]) for part in parts)


def _conclusion(one: Stands, path: str, value: Any) -> dict[str, Any]:
    state = value.get("state") if isinstance(value, dict) else None
    said, what = (f"{path}.state", state) if state is not None else (path, value)
    return {
        "path": path, "about": path_name(path).json(), "state": state,
        "says": worded(said, what).json(), "facts": list(one.facts),
    }  # fmt: skip


def _standing_on(template: Template, facts: Sequence[Fact], shown: Mapping[str, Any]) -> dict[str, list[Stands]]:
    """The conclusions by the clauses they stand on, in the order of the answer."""
    found: dict[str, list[Stands]] = {}
    for key, section in template.sections.items():
        for issue in section.issues(facts, shown[key]) if section.issues is not None else ():
            names = issue.clauses or _of_anomaly(template, issue.path)
            for name in dict.fromkeys(names):
                found.setdefault(name, []).append(Stands(issue.path, issue.facts))
    return found


def _of_anomaly(template: Template, path: str) -> tuple[str, ...]:
    """The clauses by which something is an anomaly, from its code."""
    code = path.rpartition(".")[2].partition("@")[0]
    told = template.anomalies.get(code)
    return told.clauses if told is not None else ()


def _of_types(x: Explanation) -> dict[str, list[str]]:
    """The facts by the article of their type."""
    found: dict[str, list[str]] = {}
    for fact in x.standing:
        found.setdefault(x.m.template.article_of(TYPES[fact.type]), []).append(fact.id)
    return found


# -- which clauses there are, and which is meant -------------------------------------------------------


def in_order(template: Template) -> list[str]:
    """The clauses of an agreement as it has them: its articles, then its annexes."""
    return sorted((name for name in template.words if source_of(name) is None), key=clause_order)


def named(template: Template, article: str) -> list[str]:
    """The clauses meant by what a person typed or a screen shows: ``9``, ``9.1``, ``第九条``, ``附件 3-4``.

    Refusal CLAUSE_UNKNOWN, with the nearest one.
    """
    known = in_order(template)
    typed = _close_up(article)
    found = [name for name in known if any(_is(typed, shown) for shown in _called(template, name))]
    if not found:
        near = nearest(article, known)
        raise Refusal("CLAUSE_UNKNOWN", "article", article=quoted(article), near=near or ", ".join(known))
    return found


def _called(template: Template, name: str) -> Iterator[str]:
    """The ways to refer to a clause: its name, as sentences and tables cite it, its heading."""
    yield name
    yield name.replace("annex ", "附件")
    for lang in ("zh", "en"):
        yield labels.article(name, lang)
        yield labels.clause(name, lang)
    words = template.words[name]
    yield from (words.title, words.title.split(" ")[0], words.title_en)
    number = re.match(r"(\d+)\.", name)
    if number is not None:
        yield from (f"第{number[1]}条", f"article {number[1]}")


def _is(typed: str, shown: str) -> bool:
    """The clause itself, or one within it: ``9`` has ``9.1``, ``annex 3`` its rows."""
    shown = _close_up(shown)
    within = typed[-1:].isdigit() and shown.startswith(typed) and not shown[len(typed) :][:1].isdigit()
    return shown == typed or within


def _close_up(text: str) -> str:
    """Without white space and brackets, which alone may differ: ``10(2)`` is ``10.2``."""
    text = re.sub(r"(\d)[（(](\d+)[)）]", r"\1.\2", text.strip().lower())
    return re.sub(r"\s+", "", text)

