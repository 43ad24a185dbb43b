"""The verb correct: changes some fields of a fact by recording a FactCorrected with the complete new data."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ledger.cli.opening import checkpointed, ledger_of
from ledger.cli.output import Output
from ledger.cli.recording import preview, tell
from ledger.domain.errors import Refusal
from ledger.domain.fact import TYPES
from ledger.domain.fact_data import fields_of, flat_of

ON = "on"  # the day it happened: part of the envelope, not of the data


def correct(asked: Namespace, out: Output) -> None:
    """``correct CONTRACT FACT field=value…``; an empty value removes the field, ``on=`` changes the day."""
    ledger = ledger_of(asked)
    fact = ledger.fact(asked.contract, asked.fact)
    data = ledger.personal.as_corrected(fact)
    given = dict(asked.fields)
    stated: dict[str, Any] = {"target": fact.id, "reason": asked.reason}
    if ON in given:
        stated[ON] = given.pop(ON)
    for key, text in given.items():
        data[key] = _value(fact.type, key, text)
    stated["data"] = {key: value for key, value in data.items() if given.get(key) != ""}
    envelope = {
        "type": "FactCorrected", "on": ledger.day().isoformat(), "by": asked.by or fact.by, "data": stated,
    }  # fmt: skip
    if asked.preview:
        return preview(ledger, asked.contract, [envelope], out)
    recorded = ledger.record(asked.contract, [envelope], recorded_by=asked.principal)
    checkpointed(ledger, out)
    tell(ledger, asked.contract, recorded, out)


def _value(type_: str, key: str, text: str) -> Any:
    """The typed text as the field's type: tried as text, JSON, a list; else unchanged, for admission to refuse."""
    cls = TYPES[type_].cls
    flat = flat_of(cls)
    fields = (*fields_of(cls), *(flat.fields.values() if flat is not None else ()))
    shape = next((field.shape for field in fields if field.key == key), None)
    if shape is None:
        return text
    for value in _readings(text):
        with suppress(Refusal):
            read = shape.parse(value)
            written = read if shape.encode is None else shape.encode(read)
            return value if type(written) is type(value) else written  # "15" becomes 15 where the field is a number
    return text


def _readings(text: str) -> Iterator[Any]:
    yield text
    with suppress(ValueError, RecursionError):
        yield json.loads(text)
    yield text.split(",")
