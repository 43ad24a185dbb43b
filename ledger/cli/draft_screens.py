"""The screens of imports and their drafts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ledger import labels
from ledger.domain.fact import TYPES
from ledger.domain.fact_words import said_of_field
from ledger.drawing import ALARM, FAINT, STRONG, WARNING, Screen, Styled
from ledger.explanation.content import Content
from ledger.importers.columns import headings
from ledger.importers.drafts import CONFIRMED, DRAFT
from ledger.messages import in_language, say

Record = Mapping[str, Any]
MOST = 40  # drafts shown, faulty ones first; --json has all
LONGEST_VALUE = 120  # characters of one value


def imports(s: Screen, listed: Sequence[Record]) -> None:
    """The imports of a contract, the latest first."""
    if not listed:
        return s.line(s.word("no_imports"))
    rows = [("" if one["state"] == "open" else FAINT, [
        one["id"], s.word(f"import_{one['kind']}"), one["name"], labels.weekday(one["made_at"], s.lang)[:16],
        one["made_by"], _counts(s, one),
    ]) for one in listed]  # fmt: skip
    s.table(("import", "import_kind", "file", "made_at", "made_by", "import_rows"), rows, wide=(2,))


def _counts(s: Screen, one: Record) -> str:
    said = [s.word(f"count_{key}", count=count) for key, count in one["counts"].items() if count]
    return s.word("joint").join(said) or s.word("feed_nothing_new")


def drafts(s: Screen, made: Record, only: Sequence[int] | None = None) -> None:
    """One import: each draft with its values, its faults and its notes."""
    s.line(Styled(made["name"], STRONG), s.word(f"import_{made['kind']}"), _counts(s, made))
    s.line(s.word("import_id", id=made["id"]), labels.clock(made["made_at"], s.lang), made["made_by"])
    rows = [row for row in made["rows"] if only is None or row["row"] in only]
    shown = sorted(rows, key=lambda row: (not row["faults"], row["row"]))[:MOST]
    for row in sorted(shown, key=lambda row: int(row["row"])):
        _draft(s, row)
    if len(rows) > len(shown):
        s.line(s.word("more_drafts", count=len(rows) - len(shown)))
    if made["counts"][DRAFT]:
        s.prose(s.word("drafts_hint", contract=made["contract"], id=made["id"]))


def _draft(s: Screen, row: Record) -> None:
    envelope = row["envelope"]
    type_ = envelope.get("type")
    named = labels.fact_type(type_, s.lang) if type_ in TYPES else s.word("no_type")
    told = [f"{row['row']}.", Styled(named, STRONG), _day(envelope, s), *_who(envelope, s)]
    if row["state"] != DRAFT:
        told.append(Styled(say(f"draft.{row['state']}", s.lang), FAINT))
    if row["state"] == CONFIRMED and row["fact"]:
        told.append(labels.short_id(row["fact"]))
    s.line(*told)
    data = envelope.get("data", {})
    if data and not row["faults"] and type_ in TYPES:
        told_of = Content(again=True).data(str(type_), data, None)
        s.prose(s.word("listed").join(in_language(one, s.lang) for one in told_of), indent=4, style=FAINT)
    elif data:
        s.prose(s.word("listed").join(_value(s, key, value) for key, value in data.items()), indent=4, style=FAINT)
    for fault in row["faults"]:
        place = fault["place"] or _field(s, fault["field"] or "", str(type_))
        colon = say("joint:colon", s.lang)
        s.prose(f"✗ {place}{colon if place else ''}{fault['message'][s.lang]}", indent=4, hang=2, style=ALARM)
    for note in row["notes"]:
        s.prose(f"· {note['message'][s.lang]}", indent=4, hang=2, style=WARNING if note["code"] in ODD else "")


ODD = (
    "EINVOICE_ON_RECORD", "EINVOICE_SELLER_OTHER", "EINVOICE_BUYER_OTHER", "EINVOICE_SUM_OTHER", "EINVOICE_RATE_OTHER",
    "EINVOICE_RED_OF_WHICH", "OUTAGE_UNDECIDED", "OUTAGE_END_ALONE",
)  # fmt: skip
"""Notes that somebody should look at before recording."""


def _day(envelope: Record, s: Screen) -> str:
    on = envelope.get("on")
    if not isinstance(on, str) or len(on) < 10:
        return s.word("no_day")
    try:
        return labels.weekday(on, s.lang)
    except ValueError:
        return on


def _field(s: Screen, path: str, type_: str) -> str:
    """The label of a field without a cell, and its name for ``--set``: 期次 instalment."""
    column = headings(TYPES[type_]).columns.get(path) if type_ in TYPES else None
    if column is None:
        return path
    return f"{in_language(column.name, s.lang)} {path.removeprefix('data.')}"


def _who(envelope: Record, s: Screen) -> list[str]:
    by = str(envelope.get("by", ""))
    return [labels.who(by, str(envelope.get("actor", by)), s.lang)] if by else []


def _value(s: Screen, key: str, value: Any) -> str:
    said = said_of_field(key)
    name = in_language(said, s.lang) if said is not None else key
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        text = labels.label("truth", str(value).lower(), s.lang)
    elif isinstance(value, str):
        text = labels.label(key, value, s.lang)
    cut = text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
    return f"{name}{say('joint:colon', s.lang)}{cut}"
