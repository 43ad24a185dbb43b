"""A section of the answer (SPEC 5), as a clause declares it: everything that other packages need to show it.

Status, replay, next changes, diff, explain, sensitivity, screens and API walk over ``template.sections`` and name none.
A path into a section joins keys with dots; a list of records is addressed by what identifies each
(``damages.items.a2-r7:sl-1.amount``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints

from ledger.domain.declare import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from ledger.domain.machine import Machine


# What answers are made of, by the names under which the API document declares them.
Sum: TypeAlias = Annotated[str, "Money"]  # yuan, two decimals
Day: TypeAlias = Annotated[str, "Day"]  # YYYY-MM-DD
FactId: TypeAlias = Annotated[str, "FactId"]
Role: TypeAlias = Annotated[str, "Role"]
State: TypeAlias = Annotated[str, "State"]  # of an obligation
Why: TypeAlias = Annotated[str, "Why"]  # a fact is a claim


class Issue(NamedTuple):
    """A conclusion that can be at issue in a dispute: its path, the clauses it stands on, the facts (ids) it names."""

    path: str
    clauses: tuple[str, ...]
    facts: tuple[str, ...]


class Listing(NamedTuple):
    """How the records of a part are listed: which ``fields``, in this order, others left out (none: all of them), and
    what its states are (``tones``: wrong, broken, due, live, over, contested)."""

    fields: tuple[str, ...] = ()
    tones: Mapping[str, str] = {}


class Verdict(NamedTuple):
    """What a section answers to the question most people ask, in words: ``says`` as short as a headline, then why
    (each a clause, the words, and the path that explains it), the last day, what else must be said with it.

    ``tone`` is that of a state (:class:`Listing`), ``role`` whose right it is about; ``why_last`` what makes that day
    the last.
    """

    says: str
    tone: str
    path: str
    reasons: tuple[tuple[str, str, str], ...] = ()
    last_day: str | None = None
    why_last: str = ""
    notes: tuple[str, ...] = ()
    role: str = ""


def by_identity(records: Sequence[Mapping[str, Any]], identity: tuple[str, ...]) -> dict[str, Any]:
    """Records by what identifies each, ``+`` added for each earlier one of the same name."""
    found: dict[str, Any] = {}
    for record in records:
        name = "@".join(str(record[key]) for key in identity)
        while name in found:  # two grounds of one clause on one day
            name += "+"
        found[name] = record
    return found


def glanced(value: Any, part: str) -> Any:
    """What a line about the contract shows of a section's value: what stands at the dotted path ``part`` (``""``: all).

    ``*`` in it stands for each record of a list, of which the least counts, so the earliest of days; None where there
    is none. Of a list it is how many.
    """
    key, _, rest = part.partition(".")
    if key == "*":
        return min((one for record in value if (one := glanced(record, rest)) is not None), default=None)
    if key:
        return glanced(value[key], rest)
    return len(value) if isinstance(value, list) else value


def glanced_shape(shape: Any, part: str) -> Any:
    """The type of what :func:`glanced` gives for a value of type ``shape``."""
    key, _, rest = part.partition(".")
    if key == "*":
        return glanced_shape(get_args(shape)[0], rest) | None
    if key:
        return glanced_shape(get_type_hints(shape, include_extras=True)[key], rest)
    return int if get_origin(shape) is list else shape


def _nothing(machine: Machine, path: str) -> Collection[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Section:
    """``show`` gives the section's JSON at the end of a day; ``shape`` is its type: a plain type, a list, or a
    TypedDict whose name without ``Json`` is that of the schema. ``alone``: the API gives it by itself as well.

    ``marks`` are the marks on the machine (``machine.touched``) after which it is looked at again, unless ``idle`` says
    that it cannot have moved. ``records`` are the parts that are lists of records, each with what identifies one;
    ``named`` those whose records an explanation may be asked for by their name alone; ``maps`` the parts keyed by
    identifiers; ``no_change`` the parts that move with the day alone, which ``on`` brings up to another day of the
    same state. ``weighed`` are the paths in it that are held against every reading (``robust``), ``*`` for each
    key or record: ``allowed``, ``grades.*``, ``*.state``, ``""`` for the whole. ``absent`` gives the keys of a part
    that may be asked about although nothing is there. ``tell`` explains: the explanation, the part (``""`` for the
    whole), the key of a record in it, the value.

    ``draw`` draws it on a screen, given the whole answer, and ``headline`` says it in a word beside the contract's
    number; without either it is drawn by its labels. ``follows`` says of a path and a new value that the change only
    follows from others. ``sorts`` are the sorts of labels of fields whose values are words, ``money`` says that its
    numbers are sums, ``name`` what a record is called (part, key, language). ``at_a_glance`` are the parts that a line
    about the contract shows, by the name they have there, each as :func:`glanced` has it; ``short_of`` are those names
    whose values tell how many are missing to a threshold.
    ``glance`` says one of them (name, line, language) in a few words: "" for nothing, None for its label and value.
    ``proviso`` is the code of what is to be said wherever its sums stand without it, once below a list of contracts.

    ``report`` writes it into the report (its book), ``in_short`` says it in the summary, ``in_report_of`` names the
    section that tells it along with its own, ``weight`` the place among the others. ``issues`` are its conclusions that
    can be in dispute (facts, value); those of a section that ``underlies`` others are at issue with what rests on them.
    ``cites`` are clauses its value stands on beside those it names.

    For pages: ``title`` is the code of its heading, without one what its path is called; ``listings`` tell how the
    records of a part are listed; ``verdicts`` answer in a sentence each (answer, language); ``figures`` are the parts
    shown beside it, ``under`` what is said below one (part, answer, language); ``pictures`` gives what is to be drawn
    and listed instead (answer, standing facts, language), as :mod:`ledger.drawing.bands` and
    :mod:`ledger.drawing.listed`. Without these a section is listed by its shape and its labels.
    """

    key: str
    show: Callable[[Machine, date], Any]
    shape: Any
    marks: frozenset[str]
    tell: Callable[[Any, str, str | None, Any], None]
    records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    maps: frozenset[str] = frozenset()
    no_change: frozenset[str] = frozenset()
    weighed: tuple[str, ...] = ()
    idle: Callable[[Machine], bool] | None = None
    on: Callable[[Machine, date, Any], Any] | None = None
    absent: Callable[[Machine, str], Collection[str]] = _nothing
    alone: bool = False
    draw: Callable[[Any, Mapping[str, Any]], None] | None = None
    headline: Callable[[Any, Any], str] | None = None
    follows: Callable[[str, Any], bool] | None = None
    sorts: Mapping[str, str] = field(default_factory=dict)
    money: bool = False
    name: Callable[[str, str, Any], str] | None = None
    report: Callable[[Any], None] | None = None
    in_report_of: str | None = None
    in_short: Callable[[Any], Any] | None = None
    weight: int = 100
    issues: Callable[[Sequence[Any], Any], Iterable[Issue]] | None = None
    underlies: bool = False
    cites: Callable[[Any], Iterable[str]] | None = None
    at_a_glance: Mapping[str, str] = field(default_factory=dict)
    short_of: frozenset[str] = frozenset()
    glance: Callable[[str, Mapping[str, Any], Any], str | None] | None = None
    proviso: str = ""
    title: str = ""
    listings: Mapping[str, Listing] = field(default_factory=dict)
    verdicts: Callable[[Mapping[str, Any], Any], Iterable[Verdict]] | None = None
    figures: tuple[str, ...] = ()
    under: Callable[[str, Mapping[str, Any], Any], str] | None = None
    pictures: Callable[[Mapping[str, Any], Sequence[Any], Any], Iterable[Any]] | None = None
