"""Draw the conclusions of a package again from its facts, by the rules installed here, and compare them with what it
says.

The words it cites and its list of evidence are compared as well. Report and catalogue are not made again: they are
sealed like every file, and beyond that state what the maker of the package states. Only the package is read (its facts,
its notices on working days, how it was asked) and the notices that are installed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from ledger.domain.calendar import Calendar
from ledger.domain.clock import clock_corrections, known_from
from ledger.domain.declare import dataclass
from ledger.domain.fact import Fact
from ledger.domain.moments import beijing_day, parse_utc
from ledger.evidence import inventory
from ledger.evidence.package import LoggedFact
from ledger.notices import published_notices, shipped_notices
from ledger.projections.basis import Basis
from ledger.projections.status import RULES, status
from ledger.store.decoding import decode_fact

Verdict = Literal["same", "differs", "other-rules", "partial"]
Read = Callable[[str], bytes]
MOST = 20  # differences named


@dataclass(frozen=True, slots=True)
class Rederived:
    """The result; `differences` are paths into the conclusions, `rules` the version that the package names.

    `altered` are files that differ from what follows from the facts: the words cited, the list of evidence.

    - other-rules: the package was made by other rules than those here, so nothing was compared.
    - partial: facts are withheld, so conclusions drawn from the rest would differ.
    """

    verdict: Verdict
    rules: str
    differences: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()


def rederive(read: Read) -> Rederived:
    """Draw the conclusions of a package again; `read` gives a file of it by name.

    Call it only for a package that verifies: it takes the facts as they are. Raises KeyError, ValueError or Refusal
    where a file is missing or malformed.
    """
    claimed = json.loads(read("data/conclusions.json"))
    asked = json.loads(read("data/environment.json"))["question"]
    rules = str(claimed["receipt"]["rules"])
    if rules != RULES:
        return Rederived("other-rules", rules)
    contract = str(claimed["contract"])
    placed = [json.loads(line) for line in read("data/log/inclusion.jsonl").splitlines()]
    if any("leaf" in row and row["contract"] == contract for row in placed):
        return Rederived("partial", rules)
    leaves = read("data/events.jsonl").splitlines()
    facts = list(_facts([row for row in placed if "leaf" not in row], leaves))
    known_at = parse_utc(claimed["known_at"])
    corrections = clock_corrections(facts)
    known = [fact for fact in facts if known_from(fact.position, fact.recorded_at, corrections) <= known_at]
    export = [fact for fact in facts if fact.contract == contract][-1]
    notices = [fact for fact in known if fact.contract == "calendar"]
    own = [fact for fact in known if fact.contract == contract and fact is not export]
    drawn = status(Basis(
        own, _calendar(notices, known_at), date.fromisoformat(claimed["as_of"]), known_at, asked.get("as_seen_by"),
        asked.get("readings") or {}, bool(asked.get("sensitivity")),
    ))  # fmt: skip
    differing = tuple(_differences("", claimed, json.loads(json.dumps(drawn))))
    altered = () if differing else tuple(_altered(read, claimed, placed, leaves))
    return Rederived("differs" if differing or altered else "same", rules, differing[:MOST], altered[:MOST])


def _altered(
    read: Read, claimed: Mapping[str, Any], placed: Sequence[dict[str, Any]], leaves: Sequence[bytes]
) -> Iterator[str]:
    """The files of words cited and of evidence that differ from what facts and conclusions give."""
    shown = [row for row in placed if "leaf" not in row]
    bodies = [
        (LoggedFact(row["index"], row["contract"], row["seq"], leaf, ()), json.loads(leaf))
        for row, leaf in zip(shown, leaves, strict=True)
    ]  # fmt: skip
    own = [leaf for fact, leaf in bodies if fact.contract == claimed["contract"]]
    contract = own[0]["data"]["terms"]["contract"]
    cited = inventory.clauses(claimed, [leaf for _, leaf in bodies], contract)
    in_package = re.findall(r"^\S+ +data/clauses/(.+)$", read("manifest-sha256.txt").decode(), re.MULTILINE)
    for name in sorted({*cited, *in_package}):
        if name not in in_package or read(f"data/clauses/{name}").decode() != cited.get(name):
            yield f"data/clauses/{name}"
    listed = json.loads(read("data/items.json"))["items"]
    absent = {one["sha256"] for one in listed if one.get("absent")}
    held = {one["sha256"]: read(f"data/sources/{one['sha256']}") for one in listed if "size" in one}
    opened = [sha256(line).hexdigest() for line in read("data/disclosures.txt").splitlines()]
    if json.loads(json.dumps(inventory.items(contract, bodies, held, absent, opened))) != listed:
        yield "data/items.json"


def _facts(placed: list[dict[str, Any]], leaves: Sequence[bytes]) -> Iterator[Fact]:
    for row, leaf in zip(placed, leaves, strict=True):
        fields = json.loads(leaf)
        yield decode_fact("package", row["index"] + 1, fields, sha256(leaf).hexdigest())


def _calendar(recorded: list[Fact], known_at: int) -> Calendar:
    return Calendar((*shipped_notices(), *published_notices(recorded))).known_by(beijing_day(known_at))


def _differences(path: str, one: object, other: object) -> Iterator[str]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in sorted(one.keys() | other.keys()):
            yield from _differences(f"{path}.{key}".lstrip("."), one.get(key, ...), other.get(key, ...))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for at, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _differences(f"{path}.{at}", left, right)
    elif one != other:
        yield path
