"""The current status: every conclusion about one contract as of a day (SPEC 5), section by section."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ledger.canonical import canonical, digest
from ledger.collector import collector_paused
from ledger.domain.calendar import Calendar, format_utc
from ledger.domain.fact import PARTY_A, PARTY_B, Fact
from ledger.domain.facts.agreement import ContractRegistered
from ledger.domain.machine import Machine
from ledger.domain.standing import Standing
from ledger.domain.sweep import Sweep
from ledger.explanation.sections import OBLIGATIONS, POSITIONS, shown
from ledger.projections.basis import Basis, counted
from ledger.projections.paths import changes, compared, differing

if TYPE_CHECKING:
    from ledger.projections.sensitivity import Concluding, Each, Tell

RULES = "2026.2"
VIEWS = (None, PARTY_A, PARTY_B)  # the record, and as seen by either party


def every_view(facts: Sequence[Fact], calendar: Calendar, day: date) -> Iterator[Machine]:
    """The contract at the end of ``day``: of record, and where that may differ as each party sees it (SPEC 2.4)."""
    standing = Standing(facts)
    for role in VIEWS if standing.parted else VIEWS[:1]:
        pass_ = Sweep(standing, role, calendar, {})
        pass_.advance(day)
        yield pass_.machine


def status(basis: Basis) -> dict[str, Any]:
    """Everything that SPEC section 5 names, its receipt last."""
    found = answer(basis, basis.sweep())[0]
    return with_sensitivity(found, basis) if basis.sensitivity else found


def with_sensitivity(
    found: Mapping[str, Any], basis: Basis, tell: Tell | None = None, each: Each = map
) -> dict[str, Any]:
    """An answer with what depends on how the contract is read; ``tell`` is called with the percentage done."""
    from ledger.projections.sensitivity import weigh  # only where it is asked for

    listed, robust = weigh(_concluding(basis), basis.template, found["readings"], tell, each)
    told = {**found, "sensitivity": listed, "robust": robust}
    pieces = {key: canonical(value) for key, value in told.items() if key != "receipt"}
    return told | {"receipt": found["receipt"] | {"result": result(pieces)}}


def _concluding(basis: Basis) -> Concluding:
    """Conclusions in the view asked for; differences between the views are not worked out again for each reading."""
    standing = Standing(basis.facts)  # whatever the readings

    def concluding(change: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
        consulted: dict[str, None] = {}
        pass_ = Sweep(standing, basis.as_seen_by, basis.calendar, {**basis.readings, **change}, consulted)
        pass_.advance(basis.as_of)
        return conclusions(pass_.machine, basis.as_of), list(consulted)

    def undisturbed(change: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
        with collector_paused():  # until the pass is gone: hundreds of them are not to be looked through
            return concluding(change)

    return undisturbed


def answer(basis: Basis, pass_: Sweep) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The answer from a pass not yet advanced past ``as_of``, and the canonical JSON of its parts.

    Afterwards the pass has seen what comes next, if nothing new happens.
    """
    pass_.advance(basis.as_of)
    concluded = in_every_view(pass_, basis)
    years = set(pass_.machine.years)
    found = preamble(basis) | concluded
    found["next_changes"] = next_changes(pass_, Board(pass_.machine, concluded))
    found["readings"] = readings(pass_.machine, basis.as_of)
    found["sensitivity"] = found["robust"] = None
    pieces = {key: canonical(value) for key, value in found.items()}
    found["receipt"] = receipt(pass_.machine, basis.facts, pieces, basis.as_of, years)
    return found, pieces


def preamble(basis: Basis) -> dict[str, Any]:
    """The beginning of an answer: the contract, the day, the moment of knowledge, the number of facts that count."""
    return {
        "contract": basis.facts[0].contract,
        "as_of": basis.as_of.isoformat(),
        "known_at": format_utc(basis.known_at),
        "facts": len(counted(basis.facts, basis.as_of)),
    }


def conclusions(m: Machine, day: date) -> dict[str, Any]:
    """The conclusions proper, without what only describes the answer."""
    return {key: section.show(m, day) for key, section in m.template.sections.items()}


def in_every_view(pass_: Sweep, basis: Basis) -> dict[str, Any]:
    """The conclusions of a pass advanced to ``as_of``, with the positions: where the views differ.

    The views are swept only where something is claimed or contested, or stands in one view only (SPEC 2.4).
    """
    machine = pass_.machine
    machine.positions = []  # positions found earlier are not part of these conclusions
    found = conclusions(machine, basis.as_of)
    if machine.standing.parted or machine.template.views_differ(machine.view):
        views = [found if role == basis.as_seen_by else _seen_by(role, machine, basis) for role in VIEWS]
        machine.positions = [
            {"path": path, "record": record, PARTY_A: a, PARTY_B: b}
            for path, (record, a, b) in differing(views, machine.template)
        ]
        found[POSITIONS.key] = POSITIONS.show(machine, basis.as_of)
    return found


def _seen_by(role: str | None, m: Machine, basis: Basis) -> dict[str, Any]:
    pass_ = Sweep(m.standing, role, basis.calendar, basis.readings)
    pass_.advance(basis.as_of)
    m.compared.append((pass_.machine.day, pass_.next_day()))
    return conclusions(pass_.machine, basis.as_of)


def concluded(m: Machine, day: date) -> dict[str, Any]:
    """The conclusions, and the readings in force."""
    return conclusions(m, day) | {"readings": readings(m, day)}


def readings(m: Machine, day: date) -> dict[str, str]:
    """The option in force of every reading, in the order the agreement declares them."""
    in_force = m.agreement.on(day).readings
    return {reading: in_force[reading] for reading in m.template.readings}


# -- what comes next --------------------------------------------------------------------------------


class Board:
    """The conclusions section by section, worked out again only where the machine was touched."""

    def __init__(self, m: Machine, concluded: Mapping[str, Any]) -> None:
        self._shown = dict(concluded)
        self._shown[OBLIGATIONS.key] = {duty["id"]: duty for duty in concluded[OBLIGATIONS.key]}
        m.touched.clear()

    def look(self, m: Machine, day: date) -> list[dict[str, Any]]:
        """What changed since the last look, by path."""
        touched, m.touched = m.touched, set()
        moved: dict[str, Any] = {}
        for section in m.template.marked(touched):
            if section.idle is None or not section.idle(m):
                fresh = section.show(m, day)
                if fresh != self._shown[section.key]:
                    moved[section.key] = fresh
        listed = changes({key: self._shown[key] for key in moved}, moved, m.template) if moved else []
        self._shown |= moved
        return sorted(listed + self._duties(m, touched, day), key=_path)

    def _duties(self, m: Machine, touched: set[str], day: date) -> list[dict[str, Any]]:
        """Obligations are many: each has a mark of its own."""
        held = self._shown[OBLIGATIONS.key]
        before, after = dict[str, Any](), dict[str, Any]()
        for name in touched:
            if name.startswith("obligations."):
                id_ = name.removeprefix("obligations.")
                duty = m.duties.get(id_)
                old, new = held.pop(id_, None), shown(duty, day) if duty is not None else None
                if old is not None:
                    before[id_] = old
                if new is not None:
                    after[id_] = held[id_] = new
        return compared(OBLIGATIONS.key, before, after)


def _path(change: dict[str, Any]) -> str:
    return str(change["path"])


def next_changes(pass_: Sweep, board: Board, most: int = 20) -> list[dict[str, Any]]:
    """The next days, at most ``most``, on which some conclusion changes if nothing new happens.

    An entry ``{"on", "what", "from", "to"}`` a day and changed path: ``what`` is the path, ``from`` and ``to`` its
    values on the day before and on that day, null where there is none.
    """
    pass_.stop_facts()
    listed: list[dict[str, Any]] = []
    days = 0
    while days < most and (day := pass_.next_day()) is not None:
        pass_.advance(day)
        changed = board.look(pass_.machine, day)
        if changed:
            days += 1
            listed += [_to_come(day, change) for change in changed]
    return listed


def _to_come(day: date, change: Mapping[str, Any]) -> dict[str, Any]:
    return {"on": day.isoformat(), "what": change["path"], "from": change["from"], "to": change["to"]}


# -- the receipt ------------------------------------------------------------------------------------


def receipt(
    m: Machine, facts: Sequence[Fact], pieces: Mapping[str, bytes], day: date, years: set[int]
) -> dict[str, Any]:
    """What is needed to reproduce and recognise the answer; ``result`` is the digest of its RFC 8785 form."""
    registered = m.registration.what
    assert isinstance(registered, ContractRegistered)
    return {
        "rules": RULES,
        "terms": digest(registered.terms),
        "calendar": m.calendar.documents(sorted(years)),
        "head": next(fact.digest for fact in reversed(facts) if fact.day <= day or fact.seq == 1),
        "result": result(pieces),
    }


def result(pieces: Mapping[str, bytes]) -> str:
    """The digest of an answer without its receipt, from the canonical JSON of each of its parts."""
    hashed = hashlib.sha256()
    before = b"{"
    for key in sorted(pieces):  # piece by piece: megabytes are not copied together first
        hashed.update(b'%s"%s":' % (before, key.encode()))
        hashed.update(pieces[key])
        before = b","
    hashed.update(b"}")
    return hashed.hexdigest()
