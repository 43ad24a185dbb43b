"""Facts drafted from an outage seen by monitoring: an incident or, for one on record, its duration.

What monitoring cannot know (who was affected, the cost, how much of the platform was down) stays open. Whether a month
kept its availability is remarked as undecided where the monitor's precision is coarser than what the terms allow.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from ledger.agreements.beijing_government_cloud_2025.vocabulary import INCIDENT, SYSTEM
from ledger.domain.admission_state import AdmissionState
from ledger.domain.feeds import DraftingBasis, DraftNote, MonitoredOutage, Proposed
from ledger.domain.moments import MINUTE, beijing_day

OPEN = ("people_affected", "economic_loss", "systems_share", "consequence")
_SECOND = 1_000_000


def outages(told: Sequence[MonitoredOutage], known: DraftingBasis) -> list[Proposed]:
    """The drafts for the outages of a file or post; none for an outage that is on record as reported."""
    found = []
    for one in told:
        if (INCIDENT, one.name) in known.stream.holders or one.began is None:
            made = _assessed(one, known)
        else:
            made = _reported(one, known)
        found += [made] if made is not None else []
    return found


def _reported(one: MonitoredOutage, known: DraftingBasis) -> Proposed:
    assert one.began is not None
    data: dict[str, Any] = {"incident": one.name, "kind": "outage"}
    system = one.labels.get("system")
    if system is not None and (SYSTEM, system) in known.stream.holders:
        data |= {"system": system, "scope": "system"}
    if one.ended is not None:
        data["duration_minutes"] = _minutes(one.ended - one.began)
    notes = [_told_of(one, known), DraftNote("OUTAGE_OPEN" if one.ended is not None else "OUTAGE_LASTS")]
    notes += _undecided(one, known)
    return Proposed(known.envelope("IncidentReported", one.began, one.name, data), tuple(notes))


def _assessed(one: MonitoredOutage, known: DraftingBasis) -> Proposed | None:
    """The duration of an incident on record; None where that is on record, or still unknown."""
    if one.ended is None:
        return None
    began = one.began if one.began is not None else _began(known.stream, one.name)
    data: dict[str, Any] = {"incident": one.name}
    if began is not None:
        data["duration_minutes"] = _minutes(one.ended - began)
        if _on_record(known.stream, one.name) == Decimal(data["duration_minutes"]):
            return None
    notes = (_told_of(one, known),) if began is not None else (DraftNote("OUTAGE_END_ALONE", {"incident": one.name}),)
    return Proposed(known.envelope("IncidentAssessed", one.ended, f"{one.name}-ended", data), notes)


def _began(stream: AdmissionState, name: str) -> int | None:
    seq = stream.holders.get((INCIDENT, name))
    return None if seq is None else stream.at(seq)


def _on_record(stream: AdmissionState, name: str) -> Decimal | None:
    """The duration last reported of an incident."""
    last = None
    for seq, entry in enumerate(stream.entries, 1):
        if entry.type in ("IncidentReported", "IncidentAssessed") and stream.what(seq).incident == name:
            last = stream.what(seq).measures.duration_minutes if last is None else last
            last = stream.what(seq).measures.duration_minutes or last
    return None if last is None else Decimal(last)


def _minutes(length: int) -> int | str:
    """A duration in µs as minutes, with up to six decimals, as a fact may have."""
    exact = (Decimal(length) / MINUTE).quantize(Decimal("0.000001")).normalize()
    return int(exact) if exact == int(exact) else f"{exact:f}"


def _resolution(one: MonitoredOutage, known: DraftingBasis) -> int:
    """The precision of the times (µs): as stated with the feed, else as usual for such feeds."""
    said = known.answers.get("resolution")
    return one.resolution if said is None else int(Decimal(str(said)) * _SECOND)


def _told_of(one: MonitoredOutage, known: DraftingBasis) -> DraftNote:
    seconds = Decimal(_resolution(one, known)) / _SECOND
    return DraftNote("OUTAGE_TOLD", {"about": one.about, "seconds": f"{seconds.normalize():f}"})


def _undecided(one: MonitoredOutage, known: DraftingBasis) -> Iterator[DraftNote]:
    """The floors of the month that this outage alone may or may not have broken, within the precision."""
    if one.began is None or one.ended is None:
        return
    day = beijing_day(one.began)
    month = monthrange(day.year, day.month)[1] * 86_400
    lasted, blur = Decimal(one.ended - one.began) / _SECOND, Decimal(_resolution(one, known)) / _SECOND
    for floor in sorted(set(_floors(known.stream.document()))):
        allowed = (100 - floor) / 100 * month
        if abs(lasted - allowed) <= blur:
            yield DraftNote("OUTAGE_UNDECIDED", {
                "month": f"{day:%Y-%m}", "floor": f"{floor:f}", "allowed": _seconds(allowed),
                "lasted": _seconds(lasted), "blur": _seconds(blur),
            })  # fmt: skip


def _seconds(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.001')).normalize():f}"


def _floors(terms: dict[str, Any]) -> Iterator[Decimal]:
    """The minimum availability, and reliability of data, in the terms, in per cent."""
    damages = terms.get("damages", {})
    rows = [terms.get("quality", {}), *damages.get("material", ()), *damages.get("general", ())]
    for row in rows:
        for key in ("availability", "data_reliability"):
            if row.get(key) is not None:
                yield Decimal(row[key])
