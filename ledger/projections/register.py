"""The register of facts: each as recorded, how late, what later facts did to it, and whether it is a claim.

Most facts simply stand. So beside a contract's facts only the others need to be stored, and how many there are of each
kind (:class:`RegisterIndex`): a page of the register then costs as much as it shows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from ledger.domain import history
from ledger.domain.admission_state import fact_number
from ledger.domain.declare import NamedTuple, dataclass
from ledger.domain.fact import OTHER_PARTY, TYPES, Fact
from ledger.domain.facts.record import DocumentAttached
from ledger.domain.standing import Standing
from ledger.domain.statements import Statements, is_quiet

_DONE = {"FactCorrected": "corrected_by", "FactRetracted": "retracted_by", "FactContested": "contested_by"}
CLAIM = "claim"

ACTS = frozenset(_DONE)
"""The types of facts by which another's line is otherwise."""

LATE = (1, 7, 30)  # days, at least, by which facts recorded late are counted
STANDINGS = ("record", "claim", "contested", "corrected", "retracted", "on-behalf")

Told: TypeAlias = dict[str, Any]
"""What is told of a fact beside that it stands: ids by ``corrected_by``, ``retracted_by``, ``contested_by``, and
``claim``, why it is one."""
Counts: TypeAlias = dict[str, dict[str, int]]
"""How many facts have each value, by ``fact_type``, ``by``, ``recorder``, ``standing``, ``late`` (at least so many
days); a value that none has is left out."""


def register(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """A line a fact, in order of ``seq``: ``{"fact", "days_late", "corrected_by", "retracted_by", "contested_by"}``.

    ``days_late`` are the days from happening to recording; the others list the ids of the facts that did so and
    stand themselves.
    """
    told = _acted_on(facts)
    return [plain(fact) | told.get(fact.seq, {}) for fact in facts]


def plain(fact: Fact) -> dict[str, Any]:
    """The line of a fact that no other fact concerns."""
    return {"fact": fact.id, "days_late": fact.days_late} | {key: [] for key in _DONE.values()}


def _acted_on(facts: Sequence[Fact]) -> dict[int, Told]:
    """By seq, what standing acts did to facts."""
    told: dict[int, Told] = {}
    if ACTS.isdisjoint(fact.type for fact in facts):
        return told
    seqs = history.numbering(facts)
    for act in history.resolve(facts):
        if act.type in ACTS:
            what: Any = act.what
            target = history.pointed(seqs, what.target, act.seq)
            if target is not None:
                told.setdefault(target, {}).setdefault(_DONE[act.type], []).append(act.id)
    return told


class RegisterEntry(NamedTuple):
    """A fact with its line of :func:`register` (but for ``fact``), and why it is a claim ("" where it is of record)."""

    fact: Fact
    told: Mapping[str, Any]
    claim: str

    @property
    def standings(self) -> tuple[str, ...]:
        """The members of :data:`STANDINGS` that apply to it."""
        return _standings(self.told, self.claim, self.fact)


def _standings(told: Mapping[str, Any], claim: str, fact: Fact) -> tuple[str, ...]:
    found = ["claim" if claim else "record"]
    found += [one for one in ("contested", "corrected", "retracted") if told.get(f"{one}_by")]
    return (*found, "on-behalf") if fact.on_behalf else tuple(found)


@dataclass(frozen=True, slots=True)
class RegisterIndex:
    """What must be known of a contract's first ``facts`` facts as of a day; the last of them has ``digest``.

    ``told`` has, by seq, the facts that do not simply stand. ``called`` are the facts whose ref is another's number, by
    that ref; ``attached`` the seqs of the facts that attached a document, by the name of what it is about.
    """

    facts: int
    digest: str
    counts: Counts
    told: Mapping[int, Told]
    called: Mapping[str, int]
    attached: Mapping[str, Sequence[int]]

    def entry(self, fact: Fact) -> RegisterEntry:
        """The entry of one of these facts."""
        told = self.told.get(fact.seq, {})
        line = plain(fact) | {key: value for key, value in told.items() if key != CLAIM}
        del line["fact"]
        return RegisterEntry(fact, line, told.get(CLAIM, ""))

    def named(self, contract: str, name: str) -> int | None:
        """The seq of the fact that an id, a number or ``#`` and a number means; None for any other name."""
        number = name.removeprefix(f"{contract}#")
        seq = self.called.get(name, fact_number(name)) if number == name else fact_number(f"#{number}")
        return seq if seq is not None and seq <= self.facts else None

    def json(self) -> dict[str, Any]:
        """It as JSON, which :func:`index_of_json` reads."""
        shown: dict[str, Any] = {
            "facts": self.facts, "digest": self.digest, "counts": self.counts,
            "told": {str(seq): one for seq, one in self.told.items()}, "called": dict(self.called),
            "attached": {name: list(seqs) for name, seqs in self.attached.items()},
        }  # fmt: skip
        return shown


def index_of_json(shown: Mapping[str, Any]) -> RegisterIndex:
    """What :meth:`RegisterIndex.json` wrote."""
    told = {int(seq): one for seq, one in shown["told"].items()}
    return RegisterIndex(
        shown["facts"], shown["digest"], shown["counts"], told, shown["called"], shown["attached"]
    )


def register_index(standing: Standing, day: date) -> RegisterIndex:
    """The index of all the facts that were weighed, as of a day: what is claimed by its end."""
    facts = standing.recorded
    told = _acted_on(facts)
    for claim in standing.claims(day):
        told.setdefault(claim.fact.seq, {})[CLAIM] = claim.why
    return RegisterIndex(
        len(facts), facts[-1].digest, counted(facts, told), told, dict(_called(facts)), _attached(facts, {})
    )


def extended(
    index: RegisterIndex, more: Sequence[Fact], said: Statements | None, day: date
) -> RegisterIndex | None:
    """The index with the next facts added, without reading earlier ones; None where that is not possible.

    It is possible where none of them acts on others, and ``said``, the statements of all earlier facts, is at hand
    (they are added to it), or each is of record whatever was said.
    """
    if any(fact.type in history.ACTS for fact in more):
        return None
    if said is None and any(_may_be_a_claim(fact) for fact in more):
        return None
    claims = {fact.seq: why for fact in more if said is not None and (why := said.next(fact)) is not None}
    told = {fact.seq: {CLAIM: claims[fact.seq]} for fact in more if fact.seq in claims and fact.day <= day}
    fresh = counted(more, told)
    counts = {name: dict(Counter(held) + Counter(fresh[name])) for name, held in index.counts.items()}
    return replace(
        index, facts=index.facts + len(more), digest=more[-1].digest, counts=counts, told={**index.told, **told},
        called={**index.called, **dict(_called(more))}, attached=_attached(more, index.attached),
    )  # fmt: skip


def _may_be_a_claim(fact: Fact) -> bool:
    """Whether earlier statements may make it a claim."""
    return not is_quiet(TYPES[fact.type]) and fact.speaker in OTHER_PARTY


def counted(facts: Sequence[Fact], told: Mapping[int, Told]) -> Counts:
    """How many of these facts have each value, given what is told of them by seq."""
    late = [days for fact in facts if (days := fact.days_late) >= LATE[0]]
    standings = Counter(
        one for fact in facts if fact.seq in told or fact.on_behalf
        for one in _standings(told.get(fact.seq, {}), told.get(fact.seq, {}).get(CLAIM, ""), fact)
    )  # fmt: skip
    standings["record"] = len(facts) - standings["claim"]
    return {
        "fact_type": dict(Counter(fact.type for fact in facts)), "by": dict(Counter(fact.by for fact in facts)),
        "recorder": dict(Counter(fact.recorded_by for fact in facts)), "standing": dict(+standings),
        "late": {str(least): count for least in LATE if (count := sum(days >= least for days in late))},
    }  # fmt: skip


def _called(facts: Iterable[Fact]) -> Iterator[tuple[str, int]]:
    for fact in facts:
        number = fact_number(fact.ref)
        if number is not None and number != fact.seq:
            yield fact.ref, fact.seq


def _attached(facts: Iterable[Fact], before: Mapping[str, Sequence[int]]) -> dict[str, Sequence[int]]:
    found = dict(before)
    for fact in facts:
        if isinstance(fact.what, DocumentAttached):
            found[fact.what.about] = [*found.get(fact.what.about, ()), fact.seq]
    return found
